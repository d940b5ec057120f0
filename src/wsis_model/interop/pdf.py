"""PDF files in the layout of United Nations documents, read with
[pypdfium2](https://pypdfium2.readthedocs.io) (extra `pdf`).

Only a text layer is read, as word processors write it; a scanned page has none. Paragraphs are
recognised by the distance between lines and by indentation, both measured on the pages; headings by
being bold, or italic, from end to end. The level of a heading follows from its numbering ("I.",
"A."), from a word and a number ("Objective 1."), and is lower for italics than for bold.

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

from ..errors import LoadError, MissingExtra, NotAReference, Position
from ..model import Citation, Part, Source, TextRow, TextTable
from ._drafting import Draft, Drafts, OpenItems, bytes_of, faults_of
from ._pdf_headings import (
    CLOSED,
    COMMA,
    ITEM,
    NUMBER,
    RECITAL,
    DocumentBlocks,
    documents_in,
    masthead_texts,
    rank_of,
    without_stars,
)
from ._pdf_layout import Block, Layout, NoteBlock, Table, laid_out
from ._pdf_letters import mended
from ._pdf_pages import Page, at_page, joined, look_before_opening, page_of, pages_of
from ._pdf_process import is_possible, read_apart
from ._reading import Reading
from ._wording import (
    annex_of,
    citation_of,
    citations_of,
    facts_of_line,
    facts_of_masthead,
    identifier_of,
    is_opening,
    labels_after,
    language_of_script,
    letters_and_digits,
    number_in_title,
    symbol_in_name,
    symbol_in_title,
)

__all__ = ["read"]

_SYMBOL = re.compile(
    r"(?:A|E|S|ST)(?:/[A-Za-z0-9-]+(?:\.[0-9]+)*)+"
    r"(?:\s?\((?:[IVXLC]+|\d{4})\))?(?:\s[A-Z](?:-[A-Z])?)?"
)
_BULLET = re.compile(r"[•–—]\s+(?=\S)")
_DRAFT = re.compile(
    r".*\bdraft (resolution|decision)\b.*"
    r"|(Projet de résolution|Proyecto de resolución|Проект резолюции)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ADOPTED_AT = re.compile(
    r"Adopted by the Security Council at its (\w+ meeting), on (\d{1,2} \w+ \d{4})"
)
_OLD_NUMBER = re.compile(r"\d+\s?[A-Z]\s?\([IVXL]+\)")
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
    """Read a PDF: the document, its annexes, and what found no place in them.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither masthead nor file name (`A_80_L.41.pdf`) nor
            title has it.
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
        raise LoadError.of(Position(file), "empty", "the file holds no text", hint)
    layout = laid_out(pages)
    with faults_of(file):
        found = symbol or _symbol_of(pages, layout, file)
        source = Source(title=f"{found}, PDF file")
        draft = Draft.of_symbol(found, language or _language_of(pages), source)
        made = _Reader(found, [draft], file, layout).read(pages)
        return attrs.evolve(made, repairs=repairs)


def _symbol_of(pages: tuple[Page, ...], layout: Layout, file: str) -> str:
    """The symbol in the masthead, else in the running heads, else in the file's name, else that of
    the title's number; empty where none of them has one.
    """
    cells = [cell for line in layout.front for cell in line.cells()]
    cells += [cell for page in pages[1:4] for line in page.lines[:8] for cell in line.cells()]
    for cell in [*cells, *(line.text for line in layout.front)]:
        symbol = cell.rstrip("*† ")
        if _SYMBOL.fullmatch(symbol) and _is_reference(symbol):
            return symbol
    titles = (
        symbol_in_title(block.text) for block in layout.blocks[:12] if isinstance(block, Block)
    )
    return symbol_in_name(file) or next(filter(None, titles), "")


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


@attrs.define(eq=False)
class _Reader(Drafts):
    """Puts the blocks of a file into its documents."""

    file: str
    layout: Layout
    notes: dict[int, list[NoteBlock]] = attrs.Factory(dict[int, list[NoteBlock]])
    """Notes by page, until a mark leads to them."""

    def __attrs_post_init__(self) -> None:
        for note in self.layout.notes:
            self.notes.setdefault(note.page, []).append(note)

    def leave_out(self, text: str, reason: str, page: int) -> None:
        """Report a text that has no place."""
        self.main.leave_out(text, reason, at_page(self.file, page))

    def leave_links_out(self, block: Block | Table) -> None:
        """Report the links of a block that is neither paragraph nor note: it cannot cite."""
        for words, address in block.links:
            self.leave_out(address or words, "a link outside the paragraphs", block.page)

    def read(self, pages: tuple[Page, ...]) -> Reading:
        """The documents that the blocks make."""
        for page in pages:
            if page.turned:
                reason = "text that does not run from left to right"
                self.leave_out(page.turned, reason, page.number)
            if page.pictures:
                count = f"{page.pictures} picture{'s' * (page.pictures > 1)}"
                self.leave_out(count, "no text", page.number)
        for number, text, kind in self.layout.furniture:
            self.leave_out(text, f"a {kind}", number)
        agenda = self._masthead()
        self._starred_notes()
        first, *others = documents_in(self.layout.blocks[self._front_blocks() :], self.layout)
        _Text(self, self.main, first.blocks).place()
        for part in others:
            self.drafts.append(self._annex(part))
            _Text(self, self.draft, part.blocks).place()
        self.main.title = self.main.title or agenda
        for note in itertools.chain.from_iterable(self.notes.values()):
            text = f"{note.mark} {note.text}".strip()
            self.leave_out(text, "a note that no mark leads to", note.page)
        self.main.left_out.sort(key=lambda left: page_of(left.position))
        return self.reading()

    def _annex(self, part: DocumentBlocks) -> Draft:
        """The draft of an annex, or of a part that is a resolution of its own."""
        main = self.main
        if part.letter:
            made = main.annex(f"{main.id}-{part.letter.lower()}", part.title or part.letter)
            made.part = Part.OPERATIVE
            symbol = f"{self.symbol} {part.letter}"
            made.facts = {**main.facts, "symbol": symbol, "annex_of": main.id}
            return made
        taken = {draft.id for draft in self.drafts}
        named = annex_of(part.name, main.id, self.symbol, taken)
        made = main.annex(named or f"{main.id}-annex-{len(taken)}", part.title or part.name)
        shared = ("body", "adopted", "session")
        made.facts |= {name: main.facts[name] for name in shared if name in main.facts}
        made.facts["symbol"] = f"{self.symbol}, {part.name[:1].lower()}{part.name[1:]}"
        return made

    # --- the front

    def _masthead(self) -> str:
        """Take what the masthead says; the title of the agenda item, if it has one."""
        agenda = ""
        for text, bold in masthead_texts(self.layout):
            words = without_stars(text)
            if words == self.symbol:
                continue
            if facts := facts_of_masthead(words):
                self.main.add_facts(facts, text, at_page(self.file, 1))
                continue
            after_item = bold and "agenda_item" in self.main.facts
            agenda = agenda or (words if after_item else "")
            self.leave_out(
                text, "the title of the agenda item" if after_item else "the masthead", 1
            )
        return agenda

    def _front_blocks(self) -> int:
        """How many blocks stand before the body: who adopted it and when, from which draft, and the
        title.
        """
        for index, block in enumerate(self.layout.blocks):
            if isinstance(block, Table) or block.page > 2:
                return index
            if not self._is_front(block, first=index == 0):
                return index
        return len(self.layout.blocks)

    def _is_front(self, block: Block, *, first: bool) -> bool:
        """Take a block that stands before the body; False where it does not stand there."""
        text, main = block.text, self.main
        words = without_stars(text)
        number, title = number_in_title(words)
        facts = facts_of_line(words)
        if meeting := _ADOPTED_AT.fullmatch(words):
            facts = facts_of_line(meeting[1]) | facts_of_line(meeting[2])
        if text.startswith("[") or (block.bold and facts):
            if facts:
                main.add_facts(facts, text, at_page(self.file, block.page))
            else:
                self.leave_out(text, "the origin of the draft", block.page)
            return True
        if not block.bold or main.title:
            return False
        if number is not None and number in self.symbol:
            main.title = title
        elif kind := _DRAFT.fullmatch(text):
            main.facts.setdefault("kind", f"draft-{(kind[1] or 'resolution').lower()}")
            self.leave_out(text, "who submitted the draft", block.page)
        elif block.size > 1.1 * self.layout.size:
            main.title = words
        elif first:
            self.leave_out(text, "a line above the title", block.page)
        else:
            return False
        self.note_marks(block.marks, main, None)
        return True

    # --- notes

    def note_marks(
        self, marks: Iterable[tuple[int, str]], draft: Draft, provision: dict[str, Any] | None
    ) -> None:
        """Add each note where its mark stands: the mark is on the page of the note, or on the one
        before.
        """
        for page, mark in marks:
            for near in (page, page + 1):
                found = next((note for note in self.notes.get(near, ()) if note.mark == mark), None)
                if found is not None:
                    self.notes[near].remove(found)
                    self._note(found, draft, provision)
                    break
            else:
                self.leave_out(mark, "a mark for which no further note is there", page)

    def _note(self, note: NoteBlock, draft: Draft, provision: dict[str, Any] | None) -> None:
        citations = citations_of(note.links, _citation)
        draft.note(note.mark, note.text, provision["id"] if provision else None, citations)
        if provision is not None:
            _cite(provision, (citation.replace(mark=note.mark) for citation in citations))

    def _starred_notes(self) -> None:
        """Add the starred notes of the first page, whose marks stand in title or masthead."""
        for note in list(self.notes.get(1, ())):
            if not note.mark.strip("*†‡") and note.mark:
                self.notes[1].remove(note)
                self._note(note, self.main, None)


def _cite(provision: dict[str, Any], citations: Iterable[Citation]) -> None:
    """Add citations to a provision, each once."""
    if cited := tuple(dict.fromkeys((*provision.get("citations", ()), *citations))):
        provision["citations"] = cited


def _citation(words: str, address: str) -> Citation | None:
    words = words.strip(" ,.;")
    if _OLD_NUMBER.fullmatch(words):  # several resolutions have the number: the letter tells which
        return citation_of(f"resolution {words}", "")
    host = _HOST.match(address)
    path = _PART_OF.sub("", unquote(address[host.end() :])).upper() if host else ""
    return citation_of(words, path)


class _Text:
    """Puts the blocks of one document into its draft."""

    def __init__(self, reader: _Reader, draft: Draft, blocks: list[Block | Table]) -> None:
        self.reader = reader
        self.draft = draft
        self.blocks = blocks
        self.items = OpenItems()
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
            elif self.draft.provisions and {"meeting", "adopted"} & set(
                facts := facts_of_line(block.text)
            ):  # the closing lines
                position = at_page(self.reader.file, block.page)
                self.reader.main.add_facts(facts, block.text, position)
            elif (rank := rank_of(block, self.reader.layout)) is not None:
                numbered = isinstance(following, Block) and NUMBER.match(following.text) is not None
                self._heading(block, rank, numbered=numbered)
            else:
                self._paragraph(block)

    def _heading(self, block: Block, rank: int, *, numbered: bool) -> None:
        """A section; the title, where the text repeats it, is one when numbered paragraphs stand
        under it, else part of the opening.
        """
        self.base = self.last = None
        self.items = OpenItems()
        text = without_stars(block.text)
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
        self.reader.leave_links_out(block)

    def _is_title(self, text: str, rank: int) -> bool:
        """Whether a heading repeats the title, or is the title of what is to be adopted."""
        title = self.draft.title
        if not title:
            return rank == 0 and not self.draft.sections
        return letters_and_digits(text) == letters_and_digits(title)

    def _paragraph(self, block: Block) -> None:
        """A paragraph or an item."""
        position = at_page(self.reader.file, block.page)
        text = block.text
        made: dict[str, Any] | None = None
        if number := NUMBER.match(text):
            label, text = number[1] or number[2], text[number.end() :]
            words = "" if ITEM.match(text) else text
            made = self._numbered(block, label, words, position)
        if item := ITEM.match(text):  # also in "1. (a) ..."
            words = text[item.end() :]
            made = self._item(block, item[1] or item[2], words, position)
        elif made is None:
            made = self._unnumbered(text, position)
        if made is not None:
            _cite(made, citations_of(block.links, _citation))
        self.reader.note_marks(block.marks, self.draft, made)

    def _numbered(self, block: Block, label: str, text: str, position: Position) -> dict[str, Any]:
        """A numbered paragraph; or an item with a number, where numbers begin anew within a
        paragraph that ends in a colon.
        """
        value = int(label.split()[0])
        colon = self.last is not None and str(self.last["text"]).endswith((":", "："))
        begins = value == 1 and self.number > 0 and colon
        before = self.items.items[-1] if self.items.items else None
        goes_on = (
            before is not None
            and before.label.isdecimal()
            and label in labels_after(before.label)
            and (
                value != self.number + 1 or abs(block.left - before.left) < self.reader.layout.size
            )
        )
        if begins or goes_on:
            return self._item(block, label, text, position, numeral=True)
        self.items = OpenItems()
        self.number, self.counted = value, True
        self.base = self.last = self.draft.paragraph(text, position, label=label)
        return self.last

    def _item(
        self, block: Block, label: str, text: str, position: Position, *, numeral: bool = False
    ) -> dict[str, Any]:
        depth = 1 + self.items.add(label, block.left, self.reader.layout.size)
        printed = label if numeral else f"({label})"
        self.last = self.draft.paragraph(text, position, label=printed, depth=depth)
        return self.last

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
        self.items = OpenItems()
        self.last = draft.paragraph(text, position, part=Part.PREAMBULAR if recital else None)
        return self.last

    def _table(self, table: Table) -> None:
        draft = self.draft
        rows = tuple(TextRow(cells=row) for row in table.rows)
        draft.tables.append(TextTable(provision=draft.last, language=draft.language, rows=rows))
        self.reader.note_marks(table.marks, draft, self.last)
        self.reader.leave_links_out(table)
