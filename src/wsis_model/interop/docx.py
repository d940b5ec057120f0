"""Word files in the layout of United Nations documents, read with
[python-docx](https://python-docx.readthedocs.io) (extra `docx`).

Numbers are read from the text, where the United Nations types them; headings are recognised by
their styles (`_ H_1`, `_ H _Ch`, `Heading 1`) or by being bold from end to end. The
language follows from the script, else from what the file says of most of its text.

**Kept**: symbol, body and day of distribution from the masthead; session, agenda item, draft,
title, meeting and day of adoption; headings and their depth; preambular paragraphs, paragraphs and
items with their numbers; annexes as documents of their own; footnotes and endnotes where they
stand, starred lines as notes; links as citations; tables, a cell that spans columns being followed
by empty ones.

**Lost**: italics, bold and layout. Running heads and feet, titles of agenda items, text boxes,
pictures, comments, deleted text of tracked changes and numbers that Word counts are in
[`Reading.left_out`][wsis_model.interop.Reading]; inserted text is read.

Paragraphs without a number are `P1`, `P2` ... in the preamble and `U1`, `U2` ... elsewhere.

A file is refused before anything in it is opened when it is encrypted, when it would expand beyond
measure, when it has more elements than a file of its size can have, or when a part of it declares
entities. No address in it is ever looked up.
"""

from __future__ import annotations

import functools
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..errors import Position
from ..model import Part, Source, TextRow, TextTable
from ._docx_package import (
    FALLBACK,
    FilePart,
    Line,
    Package,
    Table,
    W,
    blocks_of,
    line_of,
    opened,
    owner,
)
from ._drafting import Draft, Drafts, OpenItems, bytes_of, faults_of
from ._reading import Reading
from ._wording import (
    facts_of_line,
    facts_of_masthead,
    identifier_of,
    is_opening,
    language_of_script,
    number_in_title,
    one_line,
    symbol_in_name,
    symbol_in_title,
)

__all__ = ["read"]

_HEADING = re.compile(r"_?\s*H\s*_?\s*(Ch|M|[1-9])(?:/[1-9])*G?|heading ([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"Title.*", re.IGNORECASE)
_NUMBER = re.compile(
    r"[\t ]*(?:(\d{1,4})(?:\.\s+|\s?[-–]\s*(?=[\u0600-\u06ff]))"
    r"|([A-Z]{0,4}\d{1,4}[A-Z]?(?:\.\d{1,4}){0,3})\.?[ \u00a0]*\t)\s*"
)
_ITEM = re.compile(r"[\t ]*(?:\(([^\W\d_]{1,5})\)|([a-z]{1,4})\))\s+")
_BULLET = re.compile(r"[\t ]*[•·●▪–—-]\t\s*")
_STARRED = re.compile(r"[\t ]*([*†‡]{1,5})\s*(.+)", re.DOTALL)
_SYMBOL_LINE = re.compile(r"[AES](?:/[A-Z0-9-]+(?:\.[0-9]+)*)+(?:\s?\([A-Za-z0-9. -]+\))?")
_NUMBERED_BY_WORD = "the number of this text, which Word makes and the file does not contain"
#: Depth of a heading that is bold and has no style for headings: deeper than any style.
_BOLD = 10


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
) -> Reading:
    """Read a Word file: the document, its annexes, and what found no place in them.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither masthead nor file name (`A_80_L.41.docx`) nor
            title has it.
        language: Language of its text (`"fr"`), where the file does not tell it.

    Raises:
        LoadError: The file is no whole Word document, or one that is not to be opened.
        NotAReference: *symbol* is no symbol.
        MissingExtra: python-docx is not installed.
    """
    if symbol is not None:
        identifier_of(symbol)
    data, file = bytes_of(source)
    package = opened(data, file)
    with faults_of(file):
        return _Reader.of(package, symbol, language).read()


@attrs.define(eq=False)
class _Reader(Drafts):
    """Puts the lines of a file into its documents."""

    package: Package
    blocks: list[Line | Table]
    last_title: int
    """Index of the last block in a style for titles, -1 where there is none."""
    levels: Mapping[int, int]
    """Level in the document of each depth that headings have by their style."""
    titles: dict[str, None] = attrs.Factory(dict[str, None])
    """The lines of the title, each once."""
    items: OpenItems = attrs.Factory(OpenItems)
    in_body: bool = False
    resolves: bool = False
    """Whether the document has opening words, so that a preamble may follow them."""
    numbered: bool = False
    at: int = 0
    marks: Counter[str] = attrs.Factory(Counter[str])
    """How many marks of notes there were so far, by kind of note."""
    used_notes: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])
    """Notes that a mark leads to."""

    @classmethod
    def of(cls, package: Package, symbol: str | None, language: str | None) -> _Reader:
        """A reader of the file, which has read what symbol and masthead say of the document."""
        blocks = list(blocks_of(package.main.root, package.main, package.styles))
        lines = [block for block in blocks if isinstance(block, Line)]
        masthead = [
            line.plain
            for part in package.others["header"]
            for line in _lines_below(part, package.styles)
        ]
        found = (
            symbol
            or next((text for text in masthead if _SYMBOL_LINE.fullmatch(text)), None)
            or symbol_in_name(package.file)
            or next(filter(None, (symbol_in_title(line.plain) for line in lines)), "")
        )
        last_title = max(
            (at for at, block in enumerate(blocks) if isinstance(block, Line) and _is_title(block)),
            default=-1,
        )
        body = (block for block in blocks[last_title + 1 :] if isinstance(block, Line))
        depths = sorted({depth for line in body if (depth := _depth(line))})
        draft = Draft.of_symbol(
            found,
            language or _language_of(package.main.root, lines),
            Source(title=f"{found}, Word file"),
        )
        levels = {depth: level for level, depth in enumerate(depths, 1)}
        made = cls(found, [draft], package, blocks, last_title, levels)
        made._read_masthead()
        return made

    @property
    def position(self) -> Position:
        """The block that the reader stands at."""
        return Position(self.package.file, heading=f"block {self.at}")

    def leave_out(self, text: str, reason: str, position: Position | None = None) -> None:
        """Report a text that has no place."""
        self.draft.leave_out(text, reason, position or self.position)

    def _read_masthead(self) -> None:
        """Take what running heads and feet say of the document, and report the rest."""
        seen = {self.symbol}
        for kind, reason in (("header", "a running head"), ("footer", "a running foot")):
            for number, part in enumerate(self.package.others[kind], 1):
                position = Position(self.package.file, heading=f"{kind} {number}")
                for line in _lines_below(part, self.package.styles):
                    for text, why in line.unplaced:
                        self.leave_out(text, why, position)
                    text = line.plain
                    if not text or text in seen:
                        continue
                    seen.add(text)
                    facts = facts_of_masthead(text)
                    if facts and set(facts) <= {"body", "distributed"}:
                        self.draft.add_facts(facts, text, position)
                    else:
                        self.leave_out(text, reason, position)

    def read(self) -> Reading:
        """The documents that the blocks make."""
        lines = [block for block in self.blocks if isinstance(block, Line)]
        self.in_body = not any(
            _is_title(line) or _depth(line) or _begins_body(line) for line in lines
        )
        for at, block in enumerate(self.blocks, 1):
            self.at = at
            if isinstance(block, Line):
                self._line(block, before_title=self.at <= self.last_title + 1)
            else:
                self._table(block)
        self._report_unread_parts()
        self.main.title = ": ".join(self.titles)
        return self.reading()

    def _line(self, line: Line, *, before_title: bool) -> None:
        for text, reason in line.unplaced:
            self.leave_out(text, reason)
        text = line.plain
        if not text:
            self._notes(line, None)
        elif note := _STARRED.fullmatch(line.text):
            self.draft.note(note[1], one_line(note[2]), None, line.citations())
            self._notes(line, None)
        elif self.begin_annex(text):
            self.items = OpenItems()
            self.in_body = True
        elif before_title or (not self.in_body and not _begins_body(line)):
            self._front(line, text, before_title=before_title)
        elif depth := _depth(line):
            self._heading(line, text, self.levels[depth])
        else:
            self._body(line, text)

    def _front(self, line: Line, text: str, *, before_title: bool) -> None:
        """A line before the body of the document."""
        self._notes(line, None)
        self._links(line)
        number, title = number_in_title(text)
        if _is_title(line) or (before_title and _depth(line)):
            self._title(title)
            self.in_body = self.at > self.last_title
        elif facts := facts_of_line(text):
            self.draft.add_facts(facts, text, self.position)
        elif "Agenda_Title" in line.style:
            self.leave_out(text, "the title of the agenda item")
        elif not self.titles and (_depth(line) or number):
            self._title(title)
            self.in_body = True
        else:
            self.leave_out(text, "a line before the text that has no field")

    def _title(self, text: str) -> None:
        title = text.rstrip("*†‡")
        if title:
            self.titles.setdefault(title)

    def _links(self, line: Line) -> None:
        """Report the links of a line that is neither paragraph nor note: it cannot cite."""
        for words, address in line.links:
            self.leave_out(address or one_line(words), "a link outside the paragraphs")

    def _heading(self, line: Line, text: str, level: int) -> None:
        self.items = OpenItems()
        self.add_heading(text.rstrip("*†‡"), level)
        self._notes(line, None)
        self._links(line)

    def _body(self, line: Line, text: str) -> None:
        """A paragraph or an item."""
        self.in_body, self.annex_title_due = True, False
        draft, main = self.draft, self.draft is self.main
        if main and not draft.provisions and is_opening(text):
            draft.opening.append(text)
            self.resolves = True
            self._notes(line, None)
            return
        if main and (facts := facts_of_line(text)):  # the closing lines: meeting and day
            draft.add_facts(facts, text, self.position)
            return
        made = self._provision(line, text)
        if line.listed:
            self.leave_out(text, _NUMBERED_BY_WORD)
        if citations := line.citations():
            made["citations"] = (*made.get("citations", ()), *citations)
        self._notes(line, made["id"])

    def _provision(self, line: Line, text: str) -> dict[str, Any]:
        draft, position = self.draft, self.position
        if number := _NUMBER.match(line.text):
            self.numbered, self.items = True, OpenItems()
            words = one_line(line.text[number.end() :])
            return draft.paragraph(words, position, label=number[1] or number[2])
        if item := _ITEM.match(line.text):
            label, words = item[1] or item[2], one_line(line.text[item.end() :])
            depth = 1 + self.items.add(label)
            return draft.paragraph(words, position, label=f"({label})", depth=depth)
        if bullet := _BULLET.match(line.text):
            words = one_line(line.text[bullet.end() :])
            return draft.paragraph(words, position, depth=2 + len(self.items.items))
        preamble = self.resolves and not self.numbered and draft is self.main
        return draft.paragraph(text, position, part=Part.PREAMBULAR if preamble else None)

    def _table(self, table: Table) -> None:
        rows: list[TextRow] = []
        for row in table:
            cells: list[str] = []
            for cell in row:
                cells += [cell.text, *[""] * (cell.columns - 1)]
                for line in cell.lines:
                    for text, reason in line.unplaced:
                        self.leave_out(text, reason)
                    if line.listed and line.plain:
                        self.leave_out(line.plain, _NUMBERED_BY_WORD)
                    self._notes(line, self.draft.last)
                    self._links(line)
            rows.append(TextRow(cells=tuple(cells)))
        if any(cell for row in rows for cell in row.cells):
            self.draft.tables.append(
                TextTable(provision=self.draft.last, language=self.draft.language, rows=tuple(rows))
            )

    # --- notes

    @functools.cached_property
    def _note_lines(self) -> dict[tuple[str, str], list[Line]]:
        """The lines of each note, by the kind of part and its identifier there."""
        found: dict[tuple[str, str], list[Line]] = {}
        for kind in ("footnotes", "endnotes"):
            for part in self.package.others[kind]:
                for note in part.root.iter(f"{W}{kind.removesuffix('s')}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        lines = [
                            line_of(each, part.links, self.package.styles)
                            for each in note.iter(f"{W}p")
                        ]
                        found.setdefault((kind, note.get(f"{W}id", "")), lines)
        return found

    def _notes(self, line: Line, provision: str | None) -> None:
        """Add the notes whose marks stand in a line. Footnotes and endnotes are counted separately,
        as Word does.
        """
        for key in line.notes:
            self.marks[key[0]] += 1
            mark = str(self.marks[key[0]])
            lines = self._note_lines.get(key)
            self.used_notes.add(key)
            if lines is None:
                self.leave_out(mark, f"a mark of a note that is not in the file's {key[0]}")
            else:
                text = one_line(" ".join(each.text for each in lines))
                citations = dict.fromkeys(each for line in lines for each in line.citations())
                self.draft.note(mark, text, provision, tuple(citations))

    def _report_unread_parts(self) -> None:
        """Report what no mark in the text leads to: further notes, and comments."""
        file = self.package.file
        for key, lines in self._note_lines.items():
            text = one_line(" ".join(line.text for line in lines))
            if text and key not in self.used_notes:
                reason = f"a note that no mark leads to, in {key[0]}"
                self.leave_out(text, reason, Position(file, heading=f"{key[0]} {key[1]}"))
        for part in self.package.others["comments"]:
            for line in _lines_below(part, self.package.styles):
                if text := line.plain:
                    self.leave_out(text, "a comment", Position(file, heading="comments"))


def _lines_below(part: FilePart, styles: Mapping[str, str]) -> Iterator[Line]:
    return (
        line_of(each, part.links, styles)
        for each in part.root.iter(f"{W}p")
        if owner(each, FALLBACK) is None
    )


def _is_title(line: Line) -> bool:
    return _TITLE.fullmatch(line.style) is not None and line.plain != ""


def _depth(line: Line) -> int:
    """The depth of a heading by its style, 1 the highest; 0 where the line is no heading."""
    if found := _HEADING.fullmatch(line.style):
        level = (found[1] or found[2]).lower()
        return int(level) + (found[1] is not None) if level.isdigit() else 1
    short = 0 < len(line.text) < 200 and not line.text.rstrip().endswith((".", ";", ",", ":"))
    labelled = _NUMBER.match(line.text) or _ITEM.match(line.text) or _BULLET.match(line.text)
    return _BOLD if line.bold and short and not labelled and not _is_title(line) else 0


def _begins_body(line: Line) -> bool:
    """Whether the body of the document begins with this line: with opening words or a number."""
    return is_opening(line.plain) or _NUMBER.match(line.text) is not None


def _language_of(body: Any, lines: Iterable[Line]) -> str:
    """The language of the text: by its script, else by what the file says of most of its runs;
    English where it says nothing.
    """
    if script := language_of_script(" ".join(line.text for line in lines)):
        return script
    letters: Counter[str] = Counter()
    for run in body.iter(f"{W}r"):
        mark = run.find(f"{W}rPr/{W}lang")
        if mark is not None and (found := re.match(r"(en|fr|es)\b", mark.get(f"{W}val", ""))):
            letters[found[1]] += sum(len(each.text or "") for each in run.iter(f"{W}t"))
    return letters.most_common(1)[0][0] if letters else "en"
