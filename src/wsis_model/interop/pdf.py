"""PDF files in the layout of United Nations documents, read with
[pypdfium2](https://pypdfium2.readthedocs.io) (extra `pdf`).

Only a text layer is read, as word processors write it; a scanned page has none. Paragraphs are told
by the distance between lines and by indentation, both measured on the pages; headings by being
bold, or italic, from end to end. Their level is not in the face: it is told by their numbering
("I.", "A."), by a word and a number ("Objective 1."), by italics under bold.

**Kept**: symbol, body and day of distribution from the masthead; session, agenda item, draft,
title, meeting and day of adoption; headings; preambular paragraphs, paragraphs and items with their
numbers; annexes and parts as documents of their own; notes at the paragraph their marks stand in;
links as citations; rows of tables, line by line. A hyphen that ends a line belongs to its word.

**Lost**: italics, bold and layout. Running heads and feet, the masthead, the title of the agenda
item, who submitted a draft, and pictures are in [`Reading.left_out`][wsis_model.interop.Reading],
each with its page.

Paragraphs without a number are `P1`, `P2` ... in the preamble and `U1`, `U2` ... elsewhere; one
that follows a numbered paragraph under the same heading is more of that paragraph, on a line of its
own.

A file that is cut off is refused, though PDFium would give what is left of it; so is one with more
pages or letters than any document.

**Memory and time are bounded.** A few kilobytes may make PDFium ask for gigabytes and end its
process. So files are read in another process, which is started with the first (0.3 s) and used
again for all that follow. Each may take 128 MiB and 64 times its size, and 2 seconds of the
processor and 10 for each MiB. What takes more is refused as `too-large`. Windows bounds no memory;
there only the clock does (ten times as long). A browser's Python has no other processes, and reads
in its own. `isolated=False` reads in this process, without these bounds: for files that you trust,
or in a sandbox of your own.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

import attrs
from pydantic import ValidationError

from ..errors import Finding, LoadError, MissingExtra, NotAReference, Position, excerpt
from ..model import Citation, Note, Part, Source, TextRow, TextTable, Translations
from ._drafting import Draft, bytes_of
from ._pdf_headings import (
    CLOSED,
    COMMA,
    ITEM,
    NUMBER,
    RECITAL,
    Apart,
    Level,
    apart,
    masthead_texts,
    plain,
    rank_of,
)
from ._pdf_layout import Block, Layout, NoteBlock, Table, laid_out
from ._pdf_letters import mended
from ._pdf_pages import Page, at_page, joined, look_before_opening, pages_of
from ._pdf_process import is_possible, read_apart
from ._reading import LeftOut, Reading
from ._wording import (
    BODIES,
    annex_of,
    cited,
    front_fact,
    identifier_of,
    is_opening,
    labels_after,
    language_of_script,
    number_in_title,
    session_of,
    symbol_in_name,
    symbol_in_title,
)

__all__ = ["read"]

_SYMBOL = re.compile(
    r"(?:A|E|S|ST)(?:/[A-Za-z0-9-]+(?:\.[0-9]+)*)+(?:\s?\((?:[IVXLC]+|\d{4})\))?(?:\s[A-Z](?:-[A-Z])?)?"
)


_BULLET = re.compile(r"[•–—]\s+(?=\S)")


_DRAFT = re.compile(
    r".*\bdraft (resolution|decision)\b.*|(Projet de résolution|Proyecto de resolución|Проект резолюции)\b.*",
    re.IGNORECASE | re.DOTALL,
)


_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


_ADOPTED_AT = re.compile(
    r"Adopted by the Security Council at its (\w+ meeting), on (\d{1,2} \w+ \d{4})"
)


_OLD = re.compile(r"\d+\s?[A-Z]\s?\([IVXL]+\)")


_HOST = re.compile(
    r"https?://(?:www\.)?(?:docs\.un\.org|undocs\.org)(?:/(?:ar|zh|en|fr|ru|es))?(?=/)",
    re.IGNORECASE,
)


_PART_OF = re.compile(r"\s*\(part[^)]*\)", re.IGNORECASE)


_MASTHEADS = {"Nations Unies": "fr", "Naciones Unidas": "es"}


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
    isolated: bool = True,
) -> Reading:
    """What a PDF holds: the document, its annexes, and every text in it that found no place in
    them.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither masthead nor file name (`A_80_L.41.pdf`) nor
            title tells it.
        language: Language of its text (`"fr"`), where script and masthead do not tell it.
        isolated: Read it in another process, whose memory and time are bounded.

    Raises:
        LoadError: The file is no whole PDF, has no text, is not to be opened, or takes more memory
            or time than it may.
        NotAReference: *symbol* is no symbol.
        MissingExtra: pypdfium2 is not installed.
    """
    if symbol is not None:
        identifier_of(symbol)
    data, file = bytes_of(source)
    look_before_opening(data, file)
    if not isolated or not is_possible():
        return read_here(data, file, symbol, language)
    if not _is_installed("pypdfium2"):
        raise MissingExtra("pdf", "pypdfium2")  # noqa: EM101 - facts, no sentence
    return read_apart(data, file, symbol, language)


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ValueError:  # something stands in its place
        return False


def read_here(data: bytes, file: str, symbol: str | None, language: str | None) -> Reading:
    """As `read`, in this process."""
    data, repairs = mended(data, file)
    pages = pages_of(data, file)
    if not any(page.lines for page in pages):
        hint = "a scanned file has only pictures of text"
        raise LoadError((Finding("empty", "the file holds no text", Position(file), hint=hint),))
    layout = laid_out(pages)
    found = symbol or _symbol_of(pages, layout, file)
    if found is None:
        raise LoadError(
            (
                Finding(
                    "missing-field",
                    "neither masthead nor file name nor title tells the document's symbol",
                    Position(file),
                    hint="give symbol=",
                ),
            )
        )
    try:
        made = _Reader(file, layout, found, language or _language_of(pages)).reading(pages)
        return attrs.evolve(made, repairs=repairs)
    except ValidationError as error:  # a value that one of our fields does not take
        raise LoadError(
            (Finding("wrong-value", excerpt(str(error), 200).strip("'\""), Position(file)),)
        ) from None


def _symbol_of(pages: tuple[Page, ...], layout: Layout, file: str) -> str | None:
    """The symbol in the masthead, else in the running heads, else in the file's name, else that of
    the title's number.
    """
    cells = [cell for line in layout.front for cell in line.cells()]
    cells += [cell for page in pages[1:4] for line in page.lines[:8] for cell in line.cells()]
    for cell in [*cells, *(line.text for line in layout.front)]:
        said = cell.rstrip("*† ")
        if _SYMBOL.fullmatch(said) and _is_reference(said):
            return said
    titles = (
        symbol_in_title(block.text) for block in layout.blocks[:12] if isinstance(block, Block)
    )
    return symbol_in_name(file) or next(filter(None, titles), None)


def _is_reference(symbol: str) -> bool:
    try:
        identifier_of(symbol)
    except NotAReference:
        return False
    return True


def _language_of(pages: tuple[Page, ...]) -> str:
    """The language of the text: by its script, else by the masthead."""
    text = " ".join(line.text for page in pages[:20] for line in page.lines)
    by_masthead = (language for words, language in _MASTHEADS.items() if words in text[:600])
    return language_of_script(text) or next(by_masthead, "en")


class _Reader:
    """Puts the blocks of a file in their places."""

    def __init__(self, file: str, layout: Layout, symbol: str, language: str) -> None:
        self.file = file
        self.layout = layout
        self.symbol = symbol
        self.main = Draft(identifier_of(symbol), language)
        self.main.facts |= {"symbol": symbol, "source": Source(title=f"{symbol}, PDF file")}
        self.notes: dict[int, list[NoteBlock]] = {}
        """Notes by page, until they have their place."""
        for note in layout.notes:
            self.notes.setdefault(note.page, []).append(note)

    def leave(self, text: str, reason: str, page: int) -> None:
        """Report a text that has no place."""
        self.main.left_out.append(LeftOut(at_page(self.file, page), text, reason))

    def reading(self, pages: tuple[Page, ...]) -> Reading:
        """The documents that the blocks make."""
        for page in pages:
            if page.turned:
                self.leave(page.turned, "text that does not run from left to right", page.number)
            if page.pictures:
                self.leave(
                    f"{page.pictures} picture{'s' * (page.pictures > 1)}", "no text", page.number
                )
        for number, text, kind in self.layout.furniture:
            self.leave(text, f"a {kind}", number)
        agenda = self._masthead()
        self._starred()
        drafts: list[Draft] = []
        for part in apart(self.layout.blocks[self._front() :], self.layout):
            draft = self._draft(part, drafts)
            drafts.append(draft)
            _Text(self, draft, part.blocks).place()
        self.main.title = self.main.title or agenda
        self._rest()
        left_out = sorted(
            self.main.left_out,
            key=lambda left: int((left.position.heading or "page 0").partition(" ")[2]),
        )
        return Reading(tuple(draft.document() for draft in drafts), tuple(left_out))

    def _draft(self, part: Apart, before: list[Draft]) -> Draft:
        """The document that a part of the file is."""
        if not before:
            return self.main
        if part.letter:
            made = self.main.annex(
                f"{self.main.id}-{part.letter.lower()}", part.title or part.letter
            )
            made.part = Part.OPERATIVE
            made.facts = {
                **self.main.facts,
                "symbol": f"{self.symbol} {part.letter}",
                "annex_of": self.main.id,
            }
            return made
        taken = {draft.id for draft in before}
        named = annex_of(part.name, self.main.id, self.symbol, taken)
        made = self.main.annex(
            named or f"{self.main.id}-annex-{len(taken)}", part.title or part.name
        )
        made.facts |= {
            name: self.main.facts[name]
            for name in ("body", "adopted", "session")
            if name in self.main.facts
        }
        made.facts["symbol"] = f"{self.symbol}, {part.name[:1].lower()}{part.name[1:]}"
        return made

    # --- the front

    def _masthead(self) -> str:
        """Take what the masthead says; the title of the agenda item."""
        facts = self.main.facts
        if (session := session_of("", self.symbol) or _session_in(self.symbol)) is not None:
            facts["session"] = session
        if "/RES/" in self.symbol:
            facts["kind"] = "resolution"
        agenda = ""
        for text, bold in masthead_texts(self.layout):
            plain = text.rstrip("*† ")
            said = front_fact(plain)
            if plain == self.symbol:
                continue
            if plain in BODIES:
                said = {"body": BODIES[plain]}
            elif (
                _DAY.fullmatch(plain) and "adopted" in said
            ):  # a day by itself is that of distribution
                said = {"distributed": said["adopted"]}
            if said:
                self.main.take(said, at_page(self.file, 1), text)
                continue
            after_item = bold and "agenda_item" in facts
            agenda = agenda or (plain if after_item else "")
            self.leave(text, "the title of the agenda item" if after_item else "the masthead", 1)
        return agenda

    def _front(self) -> int:
        """How many blocks stand before the text: who adopted it and when, from which draft, and the
        title.
        """
        index = 0
        for block in self.layout.blocks:
            if (
                isinstance(block, Table)
                or block.page > 2
                or not self._of_front(block, first=index == 0)
            ):
                break
            index += 1
        return index

    def _of_front(self, block: Block, *, first: bool) -> bool:
        """Take a block that stands before the text; False where it does not."""
        text, position, main = block.text, at_page(self.file, block.page), self.main
        plain = text.rstrip("*† ")
        number, title = number_in_title(plain)
        said = front_fact(plain)
        if meeting := _ADOPTED_AT.fullmatch(plain):
            said = front_fact(meeting[1]) | front_fact(meeting[2])
        if text.startswith("[") or (block.bold and said):
            if said:
                main.take(said, position, text)
            else:
                self.leave(text, "the origin of the draft", block.page)
            return True
        if not block.bold or main.title:
            return False
        if number is not None and number in self.symbol:
            main.title = title
        elif kind := _DRAFT.fullmatch(text):
            main.facts.setdefault("kind", f"draft-{(kind[1] or 'resolution').lower()}")
            self.leave(text, "who submitted the draft", block.page)
        elif block.size > 1.1 * self.layout.size:
            main.title = plain
        elif first:
            self.leave(text, "a line above the title", block.page)
        else:
            return False
        self.note_marks(block.marks, main, None)
        return True

    # --- notes

    def note_marks(
        self, marks: Iterable[tuple[int, str]], draft: Draft, provision: dict[str, Any] | None
    ) -> None:
        """Put the notes where their marks stand: on the page of the mark, or on the next."""
        for page, mark in marks:
            for near in (page, page + 1):
                found = next((note for note in self.notes.get(near, ()) if note.mark == mark), None)
                if found is not None:
                    self.notes[near].remove(found)
                    self._note(found, draft, provision)
                    break
            else:
                self.leave(mark, "a mark of a note that has its note already", page)

    def _note(self, note: NoteBlock, draft: Draft, provision: dict[str, Any] | None) -> None:
        citations = _citations(note.links)
        text = Translations({draft.language: note.text}) if note.text else Translations()
        draft.notes.append(
            Note(
                mark=note.mark,
                provision=provision["id"] if provision else None,
                text=text,
                citations=citations,
            )
        )
        if provision is not None and citations:
            of_mark = (citation.replace(mark=note.mark) for citation in citations)
            provision["citations"] = tuple(
                dict.fromkeys((*provision.get("citations", ()), *of_mark))
            )

    def _starred(self) -> None:
        """Notes of the first page with stars, which stand in title or masthead."""
        for note in list(self.notes.get(1, ())):
            if not note.mark.strip("*†‡") and note.mark:
                self.notes[1].remove(note)
                self._note(note, self.main, None)

    def _rest(self) -> None:
        """Report the notes that no mark leads to."""
        for page, notes in self.notes.items():
            for note in notes:
                self.leave(f"{note.mark} {note.text}".strip(), "a note that no mark leads to", page)


def _citations(links: Iterable[tuple[str, str]]) -> tuple[Citation, ...]:
    """What links cite, each thing once."""
    found = (_citation(words.strip(" ,.;"), address) for words, address in links)
    return tuple(dict.fromkeys(citation for citation in found if citation is not None))


def _citation(words: str, address: str) -> Citation | None:
    if _OLD.fullmatch(
        words
    ):  # of several old resolutions with one number, only the words say which
        return cited(f"resolution {words}", "")
    host = _HOST.match(address)
    path = _PART_OF.sub("", unquote(address[host.end() :])).upper() if host else ""
    return cited(words, path)


def _session_in(symbol: str) -> str | None:
    """The session that a symbol carries: of the General Assembly in drafts, of the Economic and
    Social Council in resolutions.
    """
    if assembly := re.match(r"A/(?:C\.\d/)?(\d{1,3})/", symbol):
        return f"sessions/ga-{assembly[1]}"
    council = re.match(r"E/RES/(\d{4})/", symbol)
    return f"sessions/ecosoc-{council[1]}" if council else None


class _Text:
    """Puts the blocks of one document in their places."""

    def __init__(self, reader: _Reader, draft: Draft, blocks: list[Block | Table]) -> None:
        self.reader = reader
        self.draft = draft
        self.blocks = blocks
        self.levels: list[Level] = []
        self.number: int = 0
        self.counted = False
        """Whether the document has come to its first number."""
        self.base: dict[str, Any] | None = None
        """The numbered paragraph that is open."""
        self.last: dict[str, Any] | None = None
        self.ranks: list[int] = []

    def place(self) -> None:
        for block, following in itertools.zip_longest(self.blocks, self.blocks[1:]):
            if isinstance(block, Table):
                self._table(block)
            elif not block.text:  # a title, or marks alone
                self.reader.note_marks(block.marks, self.draft, self.last)
            elif self.draft.provisions and set(facts := front_fact(block.text)) & {
                "meeting",
                "adopted",
            }:  # the closing lines
                self.reader.main.take(facts, at_page(self.reader.file, block.page), block.text)
            elif (rank := rank_of(block, self.reader.layout)) is not None:
                self._heading(
                    block,
                    rank,
                    numbered=isinstance(following, Block)
                    and NUMBER.match(following.text) is not None,
                )
            else:
                self._paragraph(block)

    def _heading(self, block: Block, rank: int, *, numbered: bool) -> None:
        """A section; the title, where the text repeats it, is one when numbered paragraphs stand
        under it, else part of the opening.
        """
        self.base = self.last = None
        self.levels.clear()
        text = plain(block.text)
        titles = not self.counted and self.draft is self.reader.main and self._is_title(text, rank)
        if titles:
            self.draft.title = self.draft.title or text
        if titles and not numbered:
            self.draft.opening.append(text)
        else:
            while self.ranks and self.ranks[-1] >= rank:
                self.ranks.pop()
            self.ranks.append(rank)
            self.draft.heading(text, len(self.ranks))
        self.reader.note_marks(block.marks, self.draft, None)
        for words, address in block.links:
            self.reader.leave(address or words, "a link outside the paragraphs", block.page)

    def _is_title(self, text: str, rank: int) -> bool:
        """Whether a heading repeats the title, or is the title of what is about to be adopted."""
        title = self.draft.title
        if not title:
            return rank == 0 and not self.draft.sections
        return "".join(filter(str.isalnum, text.casefold())) == "".join(
            filter(str.isalnum, title.casefold())
        )

    def _paragraph(self, block: Block) -> None:
        """A paragraph or an item."""
        position = at_page(self.reader.file, block.page)
        text = block.text
        made: dict[str, Any] | None
        if number := NUMBER.match(text):
            label, text = number[1] or number[2], text[number.end() :]
            item = ITEM.match(text)
            made = self._numbered(block, label, "" if item else text, position)
            if item:  # "1. (a) ..."
                made = self._item(block, item[1] or item[2], text[item.end() :], position)
        elif item := ITEM.match(text):
            made = self._item(block, item[1] or item[2], text[item.end() :], position)
        else:
            made = self._unnumbered(text, position)
        if made is not None and (citations := _citations(block.links)):
            made["citations"] = tuple(dict.fromkeys((*made.get("citations", ()), *citations)))
        self.reader.note_marks(block.marks, self.draft, made)

    def _numbered(self, block: Block, label: str, text: str, position: Position) -> dict[str, Any]:
        """A numbered paragraph; or an item with a number, where numbers begin anew within a
        paragraph that ends in a colon.
        """
        value = int(label.split()[0])
        open_ended = self.last is not None and str(self.last["text"]).endswith((":", "："))
        begins = value == 1 and self.number > 0 and open_ended
        goes_on = (
            bool(self.levels)
            and label in labels_after(self.levels[-1].label)
            and self.levels[-1].label.isdecimal()
        )
        if begins or (
            goes_on
            and (
                value != self.number + 1
                or abs(block.left - self.levels[-1].left) < self.reader.layout.size
            )
        ):
            return self._item(block, label, text, position, numeral=True)
        self.levels.clear()
        self.number, self.counted = value, True
        made = self.draft.paragraph(text, position, label=label)
        self.base = self.last = made
        return made

    def _item(
        self, block: Block, label: str, text: str, position: Position, *, numeral: bool = False
    ) -> dict[str, Any]:
        self._descend(label, block.left)
        made = self.draft.paragraph(
            text, position, label=label if numeral else f"({label})", depth=1 + len(self.levels)
        )
        self.last = made
        return made

    def _descend(self, label: str, left: float) -> None:
        """Open the level of an item with this label: the one it goes on with, else one of its own."""
        inner = self.levels and left > self.levels[-1].left + self.reader.layout.size
        if not (inner and label in ("a", "i", "1")):
            for depth in range(len(self.levels), 0, -1):
                if label in labels_after(self.levels[depth - 1].label):
                    del self.levels[depth - 1 :]
                    break
            else:
                if self.levels and label not in ("a", "i", "1"):
                    del self.levels[-1:]
        del self.levels[7:]
        self.levels.append(Level(label, left))

    def _unnumbered(self, text: str, position: Position) -> dict[str, Any] | None:
        draft = self.draft
        resolves = draft.part is Part.OPERATIVE
        if (
            resolves
            and not draft.provisions
            and (
                is_opening(text)
                or (not draft.opening and len(text) < 60 and COMMA.search(text[-20:]))
            )
        ):
            draft.opening.append(text)
            return None
        last = self.last
        if last is not None and not CLOSED.search(last["text"][-20:]) and text[:1].islower():
            last["text"] = joined(last["text"], text)
            return last
        if self.base is not None:
            base = last if last is not None and _BULLET.match(text) else self.base
            base["text"] = f"{base['text']}\n{text}".strip()
            return base
        recital = resolves and (
            COMMA.search(text[-20:]) or (text.endswith(":") and RECITAL.match(text))
        )
        self.levels.clear()
        self.last = draft.paragraph(text, position, part=Part.PREAMBULAR if recital else None)
        return self.last

    def _table(self, table: Table) -> None:
        draft = self.draft
        rows = tuple(TextRow(cells=row) for row in table.rows)
        draft.tables.append(TextTable(provision=draft.last, language=draft.language, rows=rows))
        self.reader.note_marks(table.marks, draft, self.last)
        for words, address in table.links:
            self.reader.leave(address or words, "a link outside the paragraphs", table.page)
