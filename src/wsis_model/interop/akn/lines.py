"""The body of an Akoma Ntoso document as one flat list of lines: openings, headings, paragraphs,
items, tables.

Elements only tell what may be a heading or a paragraph; what a line is in the document follows from
its neighbours (see `build`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import attrs

from ...errors import Position
from .._reading import LeftOut
from .._xml import clean, local, plain
from .elements import (
    CLASS_RANKS,
    HEADING_CLASS,
    RANK_BOLD,
    RANK_LETTER,
    RANK_MINOR,
    RANK_ROMAN,
    is_document,
    is_note_bracket,
    is_number,
    is_one_block,
    is_sentence,
    is_text,
    is_title,
    look_of,
    quoted_lines,
    rows_of,
)
from .line import (
    CONTINUATION,
    HEADING,
    ITEM_LINE,
    OPENING,
    PARAGRAPH,
    RECITAL,
    TABLE,
    Line,
    NoteText,
)
from .numbers import ITEM, NUMBERED, Label, label_of
from .xml import BLOCKS, KINDS, bounded, has_blocks, kind_of

if TYPE_CHECKING:
    from .._xml import Element

__all__ = ["Body", "Part"]


Part: TypeAlias = "Element | Body"
"""A document within another: its element, or its text where it is quoted without one."""


@attrs.define(eq=False)
class _Start:
    """How the next text of a paragraph or item begins: with its number and its heading. All text
    after the first is more of it.
    """

    kind: str
    level: int = 0
    label: Label | None = None
    heading: str = ""

    @property
    def pending(self) -> bool:
        """Whether there is a number or a heading that no text has taken yet."""
        return self.label is not None or self.heading != ""

    def use(self) -> None:
        """The first text has been read."""
        self.label, self.kind, self.heading = None, CONTINUATION, ""


class Body:
    """The body of one document as it is read: its lines, and what has no place in them."""

    def __init__(self, name: str, known: dict[str, Element]) -> None:
        self.name = name
        self.known = known
        """Components of the file, which are read in any case, and notes of its metadata, by their
        eIds."""
        self.lines: list[Line] = []
        self.left_out: list[LeftOut] = []
        self.documents: list[Part] = []
        """Whole documents within the text, e.g. in a collection."""
        self._notes: list[NoteText] = []
        self._links: list[tuple[str, str]] = []
        self._blocks_within: list[Element] = []
        """Tables and the like that stand within the sentence being read."""
        self._note_count = 0

    def leave_out(self, element: Element, reason: str, text: str | None = None) -> None:
        """Report what has no place."""
        words = plain(element) if text is None else text
        position = Position(self.name, element.sourceline)
        self.left_out.append(LeftOut(position, words or local(element), reason))

    # Blocks

    def read_blocks(
        self, parent: Element, kind: str = PARAGRAPH, depth: int = 0, rank: int = 0, level: int = 0
    ) -> None:
        """Read what stands in an element of blocks; *kind* is what an unnumbered paragraph there
        is.
        """
        bounded(depth, parent, self.name)
        if (text := parent.text) and not text.isspace():
            self._stray_text(text, kind, level)
        self._read_each(parent[:], kind, depth, rank, level, in_section=False)

    def _read_each(
        self,
        children: Iterable[Element],
        kind: str,
        depth: int,
        rank: int,
        level: int = 0,
        *,
        in_section: bool = True,
    ) -> None:
        for child in children:
            if KINDS.get(child.tag) != "unit":
                self.read_block(child, kind, depth + 1, rank, level, in_section=in_section)
            elif not self._simple_unit(child, kind, level):
                self._unit_of_parts(child, kind, level, depth + 1)
            if (text := child.tail) and not text.isspace():
                self._stray_text(text, kind, level)

    def read_block(
        self,
        child: Element,
        kind: str = PARAGRAPH,
        depth: int = 1,
        rank: int = 0,
        level: int = 0,
        *,
        in_section: bool = True,
    ) -> None:
        """Read one block; *in_section* says that it may be the number or the content of a section,
        not of a mere wrapper.
        """
        what = KINDS.get(child.tag) or kind_of(child.tag)
        if what == "unit":
            self._unit(child, kind, level, depth)
        elif (what == "num" and in_section) or (what == "block" and is_sentence(child)):
            self._sentence_block(child, _Start(kind, level))
        elif what == "group":
            self._group(child, kind, depth, rank)
        elif what == "content" and in_section:
            self._content(child, _Start(kind, level), depth)
        else:
            self._special_block(child, what, kind, depth, rank, level)

    def _special_block(
        self, child: Element, what: str, kind: str, depth: int, rank: int, level: int = 0
    ) -> None:
        """Read a block that is no paragraph: a heading, a list, a table, a quotation, a wrapper."""
        if what == "heading":
            self._heading(child, rank)
        elif what == "list":
            self._list(child, _Start(kind, level), depth)
        elif what == "table":
            self._table(child, depth)
        elif what == "formula" and has_blocks(child):
            self.read_blocks(child, OPENING, depth)
        elif what == "formula":
            self._sentence_block(child, _Start(OPENING))
        elif what == "document":
            self.documents.append(child)
        elif what == "quoted":
            self._quoted(child, kind, depth, level)
        elif what == "contents":
            self.leave_out(child, "table of contents")
        elif what == "image":
            self.leave_out(child, "image or foreign matter")
        elif what == "meta":
            pass
        elif local(child) == "preamble":
            self.read_blocks(child, RECITAL, depth)
        elif has_blocks(child):
            self.read_blocks(child, kind, depth, rank, level)
        else:
            if what == "link" and not child.text:  # it stands alone, for what it leads to
                self._link(child)
            self._sentence_block(child, _Start(kind, level))

    def _quoted(self, element: Element, kind: str, depth: int, level: int) -> None:
        """A structure within a sentence: a document of its own, or a piece that belongs to the
        paragraph.
        """
        bounded(depth, element, self.name)
        inner = Body(self.name, self.known)
        inner.read_blocks(element, PARAGRAPH, depth + 1)
        self.left_out += inner.left_out
        if is_document(inner.lines):
            self.documents.append(inner)
            return
        self.documents += inner.documents
        self.lines += quoted_lines(inner.lines, level) if kind == CONTINUATION else inner.lines

    def read_stray_text(self, text: str | None) -> None:
        """Read text that stands outside all blocks, if there is any."""
        if text and not text.isspace():
            self._stray_text(text, PARAGRAPH)

    def _stray_text(self, text: str, kind: str, level: int = 0) -> None:
        """Text between blocks, where the schema allows none."""
        self.lines.append(Line(kind if kind != RECITAL else PARAGRAPH, None, clean(text), level))

    def _group(self, group: Element, kind: str, depth: int, rank: int) -> None:
        """A section: its number and heading as one line, then what stands in it."""
        if (text := group.text) and not text.isspace():
            self._stray_text(text, kind)
        parts: list[Element] = []
        for child in group:
            if not is_number(child) and (
                kind_of(child.tag) not in ("num", "heading")
                or child.get("refersTo") == "#preamble"
                or local(child).lower() == "crossheading"
            ):
                break
            parts.append(child)
        if parts:
            printed = (part[0] if is_number(part) else part for part in parts)
            text = " ".join(filter(None, map(self._sentence, printed)))
            if text:
                self._add(Line(HEADING, None, text, rank=rank + 1))
        for part in parts:
            if (text := part.tail or "") and not text.isspace():
                self._stray_text(text, kind)
        bounded(depth, group, self.name)
        self._read_each(group[len(parts) :], kind, depth, rank + 1)

    def _heading(self, element: Element, rank: int) -> None:
        text = self._sentence(element)
        if element.get("refersTo") == "#preamble":  # how the guidelines mark preambular text
            self._add(Line(RECITAL, None, text))
        else:
            self._add(Line(HEADING, None, text, rank=rank + 1 if rank else RANK_BOLD))

    def _simple_unit(self, unit: Element, kind: str, level: int) -> bool:
        """Read a unit of a number and one block, as nine in ten are; False, with nothing read,
        where it has another shape.
        """
        parts = unit[:]
        if len(parts) == 2:
            num, content = parts
            if (
                KINDS.get(num.tag) != "num"
                or len(num)
                or kind in (CONTINUATION, OPENING)
                or is_text(num)
            ):
                return False
            label = label_of(num.text or "")
            loose = num.tail or ""
        elif len(parts) == 1:
            (content,) = parts
            label, loose = None, ""
        else:
            return False
        inner = content[:]
        if len(inner) != 1 or KINDS.get(content.tag) != "content":
            return False
        (block,) = inner
        if KINDS.get(block.tag) != "block" or (len(block) and has_blocks(block)):
            return False
        loose += f"{unit.text or ''}{content.text or ''}{content.tail or ''}{block.tail or ''}"
        if loose and not loose.isspace():
            return False
        cls = unit.get("class", "")
        if not self._line_of_block(block, kind, level, label, "", cls) and label is not None:
            self._unit_without_text(cls, _Start(kind, level, label))
        return True

    def _unit(self, unit: Element, kind: str, level: int, depth: int) -> None:
        """A paragraph or an item with its number, its blocks and its own items."""
        if not self._simple_unit(unit, kind, level):
            self._unit_of_parts(unit, kind, level, depth)

    def _unit_of_parts(self, unit: Element, kind: str, level: int, depth: int) -> None:
        """Read a unit of any shape, part by part."""
        bounded(depth, unit, self.name)
        if kind in (CONTINUATION, OPENING) and any(kind_of(child.tag) == "num" for child in unit):
            kind, level = (
                PARAGRAPH,
                level + (kind == CONTINUATION),
            )  # what has a number is no mere text
        start, cls = _Start(kind, level), unit.get("class", "")
        for child in unit[:]:
            what = KINDS.get(child.tag) or kind_of(child.tag)
            if what == "content" and is_one_block(child) and not start.heading:
                self._sentence_block(child[0], start, cls)
            elif what == "content":
                self._content(child, start, depth + 1, cls)
            elif what == "num" and not is_text(child):
                start.label = label_of(self._sentence(child) if len(child) else child.text or "")
                start.kind = (
                    PARAGRAPH if start.kind == CONTINUATION else start.kind
                )  # it begins anew
            elif what == "heading":
                self._heading_in_unit(child, start, cls)
            elif what == "list":
                self._list(child, start, depth + 1)
            elif what == "num" or (what == "block" and is_sentence(child)):
                self._sentence_block(child, start, cls)
            else:
                self._begin_without_block(start)
                if what in ("unit", "group"):
                    kind = PARAGRAPH if start.kind == CONTINUATION else start.kind
                    self._unit(child, kind, level + 1, depth + 1)
                else:
                    self._special_block(child, what, start.kind, depth + 1, 0, level)
            if (text := child.tail) and not text.isspace():
                self._begin_without_block(start, text)
        if (text := unit.text) and not text.isspace():
            self._stray_text(text, CONTINUATION, level)
        if start.pending:
            self._unit_without_text(cls, start)

    def _heading_in_unit(self, heading: Element, start: _Start, cls: str) -> None:
        """A heading within a paragraph or item: over it, or the first words of its text."""
        if heading.get("refersTo") == "#preamble":
            self._heading(heading, 0)
        elif start.pending or start.level or heading.getnext() is None:
            words = (start.heading, self._sentence(heading))
            start.heading = " ".join(filter(None, words))
        else:
            over = _Start(start.kind, 0, None, self._sentence(heading))
            self._unit_without_text(cls, over)

    def _begin_without_block(self, start: _Start, text: str = "") -> None:
        """Begin a paragraph or item with its number and text that no block holds, if any."""
        if not text and not start.pending:
            return
        label = start.label
        item = label is not None and (start.level or (label.item and start.kind == PARAGRAPH))
        words = clean(f"{start.heading} {text}")
        self._add(Line(ITEM_LINE if item else start.kind, label, words, start.level))
        start.use()

    def _unit_without_text(self, cls: str, start: _Start) -> None:
        """A unit of nothing but a number and a heading: a heading of the document."""
        label = start.label
        if start.heading:
            rank = CLASS_RANKS.get(cls, RANK_MINOR if cls.startswith("H") else RANK_BOLD)
            text = f"{label.printed} {start.heading}" if label else start.heading
            self._add(Line(HEADING, None, text, rank=rank))
        else:
            item = start.level or (label and label.item)
            self._add(Line(ITEM_LINE if item else start.kind, label, "", start.level))

    def _content(self, content: Element, start: _Start, depth: int, cls: str = "") -> None:
        """The blocks of a paragraph: the first with its number, the others as more of it."""
        bounded(depth, content, self.name)
        if not has_blocks(content):
            self._sentence_block(content, start, cls)
            return
        if (text := content.text) and not text.isspace():
            self._begin_without_block(start, text)
        for child in content[:]:
            what = kind_of(child.tag)
            if what == "block" and is_sentence(child):
                self._sentence_block(child, start, cls)
            elif what == "list":
                self._list(child, start, depth + 1)
            else:
                self._begin_without_block(start)
                if what == "unit":
                    self._unit(child, PARAGRAPH, start.level + 1, depth + 1)
                else:
                    self._special_block(child, what, start.kind, depth + 1, 0, start.level)
            if (text := child.tail) and not text.isspace():
                self._begin_without_block(start, text)

    def _list(self, parent: Element, start: _Start, depth: int) -> None:
        """A list: its introduction belongs to the paragraph, its points are items, its end is more
        of the paragraph.
        """
        bounded(depth, parent, self.name)
        kind, level = start.kind, start.level
        if (text := parent.text) and not text.isspace():
            self._stray_text(text, start.kind)
        within = level + (2 if local(parent) == "sublist" else 1)
        ordinal = 0
        for child in parent[:]:
            what = kind_of(child.tag)
            if what == "content" and local(child) in ("wrapUp", "listWrapUp", "listConclusion"):
                self._content(child, _Start(CONTINUATION, level), depth + 1)
            elif what == "content":  # each introduction begins as the paragraph does
                start.kind = kind
                self._content(child, start, depth + 1)
            elif what == "list":
                self._list(child, _Start(CONTINUATION, level + 1), depth + 1)
            else:
                self._begin_without_block(start)
                ordinal += what == "unit"
                if what != "unit":
                    self._special_block(child, what, start.kind, depth + 1, 0, level)
                elif local(child) == "li":
                    self._html_item(child, ordinal, within, depth + 1)
                else:
                    self._unit(child, PARAGRAPH, within, depth + 1)
            if (text := child.tail) and not text.isspace():
                self._stray_text(text, CONTINUATION, level)

    def _html_item(self, item: Element, ordinal: int, level: int, depth: int) -> None:
        """An item of a list as HTML has it: its number is its `value`, or its place in the list."""
        start = _Start(PARAGRAPH, level, label_of(item.get("value") or str(ordinal)))
        self._content(item, start, depth)
        if start.pending:
            self._add(Line(ITEM_LINE, start.label, "", level))

    # Sentences

    def _sentence_block(self, block: Element, start: _Start, cls: str = "") -> bool:
        """Read one block of text as a line. Whether there was any text."""
        if self._line_of_block(block, start.kind, start.level, start.label, start.heading, cls):
            start.use()
            return True
        return False

    def _line_of_block(
        self, block: Element, kind: str, level: int, label: Label | None, heading: str, cls: str
    ) -> bool:
        """Read one block with the number and heading before it. Whether there was any text."""
        raw = self._inline(block, 0) if len(block) else block.text or ""
        text = clean(raw)
        if heading:
            text = f"{heading} {text}"
        if not text and not self._notes:
            self._read_blocks_within(kind, level)
            return False
        if label is None:
            if level == 0 and kind in (PARAGRAPH, RECITAL):
                line = self._unlabelled_line(block, raw, text, cls)
                if line.kind == PARAGRAPH:
                    line.kind = kind
            else:
                line = Line(kind, None, text, level)
        elif label.digit is None or level or cls[:1] == "H":
            line = self._labelled_line(block, label, text, kind, level, cls)
        else:
            line = Line(kind, label, text)
        if self._notes or self._links:
            self._take_notes(line)
        self.lines.append(line)
        if self._blocks_within:
            self._read_blocks_within(CONTINUATION, level)
        return True

    def _take_notes(self, line: Line) -> None:
        """Give a line the notes and links that were met in it."""
        line.notes, line.links = tuple(self._notes), tuple(self._links)
        self._notes.clear()
        self._links.clear()

    def _unlabelled_line(self, block: Element, raw: str, text: str, cls: str) -> Line:
        """A block without a number of its own: a heading, an item or a paragraph that has the
        number in its text, or a paragraph.
        """
        rank, lead = look_of(block, raw, text, cls)
        if rank:
            return Line(HEADING, None, text, 0, rank)
        if raw[:1] in "\t\n (" or ")" in raw[:8]:
            if (found := ITEM.match(raw)) and "\t" in found[0] + raw[:1]:
                return Line(ITEM_LINE, label_of(found[1]), clean(raw[found.end() :]))
            if found := NUMBERED.match(raw):
                return Line(PARAGRAPH, label_of(found[1]), clean(raw[found.end() :]))
        line = Line(PARAGRAPH, None, text)
        if lead:
            line.lead = True
        return line

    def _labelled_line(
        self, block: Element, label: Label, text: str, kind: str, level: int, cls: str
    ) -> Line:
        """A numbered block that may be an item or a heading."""
        if label.capital and is_title(block, text, cls):
            rank = RANK_ROMAN if label.readings[0].style == "Roman" else RANK_LETTER
            return Line(HEADING, None, f"{label.printed} {text}", 0, rank)
        if level or (label.item and kind == PARAGRAPH):
            return Line(ITEM_LINE, label, text, level)
        if label.digit and HEADING_CLASS.match(cls):
            return Line(
                HEADING, None, f"{label.printed} {text}", 0, CLASS_RANKS.get(cls, RANK_MINOR)
            )
        return Line(kind, label, text, level)

    def _read_blocks_within(self, kind: str, level: int) -> None:
        """Read the tables and structures that stood within a sentence, after it."""
        while self._blocks_within:
            blocks, self._blocks_within = self._blocks_within, []
            for element in blocks:
                what = kind_of(element.tag)
                depth = sum(1 for _ in element.iterancestors())
                if what == "unit":
                    self._unit(element, PARAGRAPH, level + 1, depth)
                else:
                    self._special_block(element, what, kind, depth, 0, level)

    def _add(self, line: Line) -> None:
        """Add a line made of more than one block, with the notes and links met in them."""
        self._take_notes(line)
        if line.text or line.label is not None or line.notes:
            self.lines.append(line)
        self._read_blocks_within(CONTINUATION, line.level)

    def _sentence(self, element: Element) -> str:
        return clean(self._inline(element, 0))

    def _inline(self, element: Element, depth: int) -> str:
        """The text of a block without its notes, which are kept for the line, as are its links."""
        if depth:
            bounded(depth, element, self.name)
        out = [element.text or ""]
        for child in element[:]:
            what = KINDS.get(child.tag) or kind_of(child.tag)
            if what in ("words", "", "num"):
                out.append(self._inline(child, depth + 1) if len(child) else child.text or "")
            elif what == "link":
                self._link(child)
                out.append(self._inline(child, depth + 1) if len(child) else child.text or "")
            elif what == "note":
                self._note(child, child)
            elif what == "noteRef":
                self._note_reference(child)
            elif what == "break":
                out.append(f" {self._inline(child, depth + 1)}")
            elif what == "mark":
                if not is_note_bracket(child):
                    out.append(self._inline(child, depth + 1))
            elif what == "image":
                if child.get("src") or len(child) or child.text:
                    self.leave_out(child, "image or foreign matter")
            elif what in ("block", "content"):
                out.append(" " + self._inline(child, depth + 1) + " ")
            elif what in BLOCKS:
                self._blocks_within.append(child)
            else:
                out.append(self._inline(child, depth + 1))
            if child.tail:
                out.append(child.tail)
        return "".join(out)

    def _link(self, element: Element) -> None:
        text = plain(element) or element.get("showAs", "")
        href = element.get("href") or element.get("src") or element.get("ref") or ""
        if href.lstrip("#") in self.known:
            return
        if href or text:
            self._links.append((href, text))
        if local(element) in ("documentRef", "componentRef") and text:
            self.leave_out(element, "refers to a document that stands elsewhere", text)

    def _note_reference(self, reference: Element) -> None:
        """The mark of a note whose text stands in the metadata: it is read where it is first
        referred to.
        """
        name = reference.get("href", "").lstrip("#")
        note = self.known.get(name)
        if note is None or local(note) != "note":
            self.leave_out(reference, "refers to a note that is not there, or is read already")
        else:
            del self.known[name]
            self._note(note, reference)

    def _note(self, element: Element, place: Element) -> None:
        """A note: its text without the tabs and empty brackets that stand for the mark, which
        *place* has.
        """
        self._note_count += 1
        outer = self._links
        self._links = []
        raw = self._inline(element, 1)
        text = clean(raw)
        if text.startswith("()"):
            text = text[2:].lstrip()
        mark = " ".join(place.get("marker", "").split()) or str(self._note_count)
        self._notes.append(NoteText(mark, text, self._links))
        self._links = outer

    # Tables

    def _table(self, table: Element, depth: int) -> None:
        bounded(depth, table, self.name)
        line = Line(TABLE, None, "")
        rows: list[tuple[str, ...]] = []
        loose = [clean(text) for text in (table.text, *(child.tail for child in table)) if text]
        rows += ((text,) for text in loose if text)
        for row in rows_of(table):
            whole = local(row) != "tr" or any(
                text and not text.isspace() for text in (row.text, *(cell.tail for cell in row))
            )
            cells = (self._sentence(row),) if whole else tuple(self._sentence(cell) for cell in row)
            if any(cells):
                rows.append(cells)
        line.rows = tuple(rows)
        self._take_notes(line)
        self.lines.append(line)
        inner, self._blocks_within = self._blocks_within, []
        for element in inner:  # a table in a cell comes after the table, as one of its own
            self._special_block(element, kind_of(element.tag), CONTINUATION, depth + 1, 0)
