"""The body of an Akoma Ntoso document as one flat list of lines: openings, headings, paragraphs,
items, tables.

Elements only say what may be a heading or a paragraph; what a line is for the document, its
neighbours say (see `build`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ...errors import Position
from .._reading import LeftOut
from .numbers import ITEM, NUMBERED, Label, label_of
from .xml import BLOCKS, KINDS, bounded, clean, has_blocks, kind_of, local, plain

if TYPE_CHECKING:
    from .xml import Element

__all__ = [
    "COMMAS",
    "HEAD",
    "ITEM_LINE",
    "MORE",
    "OPENING",
    "PARA",
    "RECITAL",
    "TABLE",
    "Body",
    "Line",
    "NoteText",
    "Part",
    "is_formula",
]

OPENING = "opening"
"""The enacting formula."""
RECITAL = "recital"
"""A paragraph of a preamble."""
PARA = "paragraph"
"""A paragraph of the body, numbered or not."""
ITEM_LINE = "item"
"""A lettered item."""
MORE = "more"
"""A further block of the paragraph or item before it."""
HEAD = "heading"
"""A heading."""
TABLE = "table"
"""A table."""

#: How high headings stand that no structure ranks, the highest first.
RANK_DOCUMENT, RANK_ROMAN, RANK_LETTER, RANK_BOLD, RANK_MINOR, RANK_ITALIC = range(100, 106)
_CLASS_RANKS = {
    "H1": RANK_DOCUMENT,
    "HCh": RANK_DOCUMENT,
    "HCh0": RANK_DOCUMENT,
    "HM": RANK_DOCUMENT,
    "H23": RANK_ROMAN,
    "H2": RANK_ROMAN,
    "H3": RANK_LETTER,
}
_HEADING_CLASS = re.compile(r"H(?:\d|Ch|M)")
#: "Action 1." before a tab, at the very start of a line.
_LABELLED = re.compile(r"[\s\u200e\u200f]*[^\W\d_]{1,14}[\s\xa0]?\d{1,3}[.．:：。]\s*\t")
#: Ends of sentences and clauses, which headings do not have.
_CLOSED = (".", ",", ";", ":", "。", "，", "；", "：", "؛", "،", "、")
_LONGEST_HEADING = 400
_LONGEST_NUMBER = 40
COMMAS = (",", "，", "،")


class NoteText:
    """A note at its mark: the text and what it links to."""

    __slots__ = ("links", "mark", "text")

    def __init__(self, mark: str, text: str, links: list[tuple[str, str]]) -> None:
        self.mark = mark
        self.text = text
        self.links = links


class Line:
    """One paragraph, item, heading or table, before it is known what it is to the document."""

    notes: tuple[NoteText, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    rank: int = 0
    """Of a heading, how high it stands: the lower, the higher."""
    lead: bool = False
    """Whether it starts with emphasised words, as preambular and operative paragraphs do."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, its cells."""

    def __init__(
        self, kind: str, label: Label | None, text: str, level: int = 0, rank: int = 0
    ) -> None:
        self.kind = kind
        self.label = label
        self.text = text
        self.level = level
        """Of an item, how deep its element says it is, from 1; 0 where its number has to tell."""
        if rank:
            self.rank = rank

    @property
    def recital(self) -> bool:
        """Whether it reads like a preambular paragraph, wherever it stands: emphasised words first,
        a comma last.
        """
        return self.kind == RECITAL or (
            self.kind == PARA and self.lead and self.label is None and self.text.endswith(COMMAS)
        )


Part: TypeAlias = "Element | Body"
"""A document within another: its element, or its text where it is quoted without one."""


class Body:
    """Walks the body of one document and lists its lines."""

    def __init__(self, name: str, known: dict[str, Element]) -> None:
        self.name = name
        self.known = known
        """Components of the file, which are read anyway, and notes of its metadata, by their
        eIds."""
        self.lines: list[Line] = []
        self.left_out: list[LeftOut] = []
        self.documents: list[Part] = []
        """Whole documents met on the way, e.g. in a collection."""
        self._notes: list[NoteText] = []
        self._links: list[tuple[str, str]] = []
        self._inner: list[Element] = []
        self._marks = 0

    def leave_out(self, element: Element, reason: str, text: str | None = None) -> None:
        """Report what has no place."""
        said = plain(element) if text is None else text
        self.left_out.append(
            LeftOut(Position(self.name, element.sourceline), said or local(element), reason)
        )

    # Blocks

    def walk(
        self, parent: Element, kind: str = PARA, depth: int = 0, rank: int = 0, level: int = 0
    ) -> None:
        """List what stands in an element of blocks; *kind* is what an unnumbered paragraph there
        is.
        """
        bounded(depth, parent, self.name)
        if (text := parent.text) and not text.isspace():
            self._loose(text, kind, level)
        for child in parent:
            what = KINDS.get(child.tag) or kind_of(child.tag)
            if what == "unit":
                self.unit(child, kind, level, depth + 1)
            elif what == "block" and _is_sentence(child):
                self.line(child, None, kind, level)
            elif what == "group":
                self._group(child, kind, depth + 1, rank)
            elif (
                what == "wrapper"
                and len(child)
                and local(child) != "preamble"
                and has_blocks(child)
            ):
                self.walk(child, kind, depth + 1, rank, level)
            else:
                self._other(child, what, kind, depth + 1, rank, level)
            if (text := child.tail) and not text.isspace():
                self._loose(text, kind, level)

    def walk_one(self, element: Element) -> None:
        """List one element of blocks."""
        what = kind_of(element.tag)
        if what == "unit":
            self.unit(element, PARA, 0, 1)
        elif what == "group":
            self._group(element, PARA, 1, 0)
        elif what == "content":
            self._content(element, None, PARA, 0, 1)
        else:
            self._other(element, what, PARA, 1, 0)

    def _other(
        self, child: Element, what: str, kind: str, depth: int, rank: int, level: int = 0
    ) -> None:
        if what == "heading":
            self._heading(child, rank)
        elif what == "list":
            self._list(child, None, kind, level, depth)
        elif what == "table":
            self._table(child, depth)
        elif what == "formula":
            self.walk(child, OPENING, depth) if has_blocks(child) else self.line(
                child, None, OPENING, 0
            )
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
            self.walk(child, RECITAL, depth)
        elif has_blocks(child):
            self.walk(child, kind, depth, rank, level)
        else:
            if what == "link" and not child.text:  # it stands alone, for what it leads to
                self._link(child)
            self.line(child, None, kind, level)

    def _quoted(self, element: Element, kind: str, depth: int, level: int) -> None:
        """A structure within a sentence: a document of its own, or a piece that belongs to the
        paragraph.
        """
        bounded(depth, element, self.name)
        inner = Body(self.name, self.known)
        inner.walk(element, PARA, depth + 1)
        self.left_out += inner.left_out
        if _is_document(inner.lines):
            self.documents.append(inner)
            return
        self.documents += inner.documents
        self.lines += _as_quoted(inner.lines, level) if kind == MORE else inner.lines

    def loose(self, text: str | None) -> None:
        """List text that stands outside all blocks, if there is any."""
        if text and not text.isspace():
            self._loose(text, PARA)

    def _loose(self, text: str, kind: str, level: int = 0) -> None:
        """Text between blocks, where the schema allows none."""
        self.lines.append(Line(kind if kind != RECITAL else PARA, None, clean(text), level))

    def _group(self, group: Element, kind: str, depth: int, rank: int) -> None:
        """A section: its number and heading as one line, then what stands in it."""
        if (text := group.text) and not text.isspace():
            self._loose(text, kind)
        parts: list[Element] = []
        for child in group:
            if not _is_number(child) and (
                kind_of(child.tag) not in ("num", "heading")
                or child.get("refersTo") == "#preamble"
                or local(child).lower() == "crossheading"
            ):
                break
            parts.append(child)
        if parts:
            said = (part[0] if _is_number(part) else part for part in parts)
            text = " ".join(filter(None, map(self._sentence, said)))
            if text:
                self._add(Line(HEAD, None, text, rank=rank + 1))
        for part in parts:
            if (text := part.tail or "") and not text.isspace():
                self._loose(text, kind)
        self._rest(group, len(parts), kind, depth, rank + 1)

    def _rest(self, parent: Element, start: int, kind: str, depth: int, rank: int) -> None:
        bounded(depth, parent, self.name)
        for child in parent[start:]:
            what = kind_of(child.tag)
            if what == "unit":
                self.unit(child, kind, 0, depth + 1)
            elif what == "group":
                self._group(child, kind, depth + 1, rank)
            elif what == "content":
                self._content(child, None, kind, 0, depth + 1)
            elif what == "num" or (what == "block" and _is_sentence(child)):
                self.line(child, None, kind, 0)
            else:
                self._other(child, what, kind, depth + 1, rank)
            if (text := child.tail) and not text.isspace():
                self._loose(text, kind)

    def _heading(self, element: Element, rank: int) -> None:
        if (
            element.get("refersTo") == "#preamble"
        ):  # the guidelines' way of marking preambular text in a section
            text = self._sentence(element)
            self._add(Line(RECITAL, None, text))
        else:
            self._add(
                Line(HEAD, None, self._sentence(element), rank=rank + 1 if rank else RANK_BOLD)
            )

    def _usual(self, unit: Element, kind: str, level: int) -> bool:
        """The shape of nine paragraphs in ten, a number and one block; False, with nothing done,
        where it is another.
        """
        parts = unit[:]
        if len(parts) == 2:
            num, content = parts
            if KINDS.get(num.tag) != "num" or len(num) or kind in (MORE, OPENING) or _is_text(num):
                return False
            label = label_of(num.text or "")
            loose = num.tail or ""
        elif len(parts) == 1:
            (content,) = parts
            label, loose = None, ""
        else:
            return False
        if len(content) != 1 or KINDS.get(content.tag) != "content":
            return False
        block = content[0]
        if KINDS.get(block.tag) != "block" or (len(block) and has_blocks(block)):
            return False
        loose += f"{unit.text or ''}{content.text or ''}{content.tail or ''}{block.tail or ''}"
        if loose and not loose.isspace():
            return False
        return self.line(block, label, kind, level, unit.get("class", ""))

    def unit(self, unit: Element, kind: str, level: int, depth: int) -> None:
        """A paragraph or an item with its number, its blocks and its own items."""
        if self._usual(unit, kind, level):
            return
        bounded(depth, unit, self.name)
        if kind in (MORE, OPENING) and any(kind_of(child.tag) == "num" for child in unit):
            kind, level = PARA, level + (kind == MORE)  # what has a number is no mere text
        label: Label | None = None
        head = ""
        for child in unit:
            what = KINDS.get(child.tag) or kind_of(child.tag)
            if what == "content":
                if _is_one_block(child) and not head:
                    if self.line(child[0], label, kind, level, unit.get("class", "")):
                        label, kind = None, MORE
                elif self._content(
                    child, label, kind, level, depth + 1, unit.get("class", ""), head
                ):
                    label, kind, head = None, MORE, ""
            elif what == "num" and not _is_text(child):
                label = label_of(self._sentence(child) if len(child) else child.text or "")
                kind = PARA if kind == MORE else kind  # a number behind text begins anew
            elif what == "heading":
                if child.get("refersTo") == "#preamble":
                    self._heading(child, 0)
                elif label is None and level == 0 and not head and child.getnext() is not None:
                    self._bare(unit, None, self._sentence(child), kind, level)  # a heading over it
                else:
                    head = " ".join(filter(None, (head, self._sentence(child))))
            elif what == "list":
                if self._list(child, label, kind, level, depth + 1, head):
                    label, kind, head = None, MORE, ""
            elif what == "num" or (what == "block" and _is_sentence(child)):
                if self.line(child, label, kind, level, unit.get("class", ""), head):
                    label, kind, head = None, MORE, ""
            else:
                if label is not None or head:
                    self._begun(label, kind, level, head)
                    label, kind, head = None, MORE, ""
                if what in ("unit", "group"):
                    self.unit(child, PARA if kind == MORE else kind, level + 1, depth + 1)
                else:
                    self._other(child, what, kind, depth + 1, 0, level)
            if (text := child.tail) and not text.isspace():
                self._begun(label, kind, level, f"{head} {text}")
                label, kind, head = None, MORE, ""
        if (text := unit.text) and not text.isspace():
            self._loose(text, MORE, level)
        if label is not None or head:
            self._bare(unit, label, head, kind, level)

    def _begun(self, label: Label | None, kind: str, level: int, text: str) -> None:
        """Text that no block holds where a paragraph or item may begin, with its number."""
        item = label is not None and (level or (label.item and kind == PARA))
        self._add(Line(ITEM_LINE if item else kind, label, clean(text), level))

    def _bare(self, unit: Element, label: Label | None, head: str, kind: str, level: int) -> None:
        """A unit of nothing but a number and a heading: a heading of the document."""
        cls = unit.get("class", "")
        if head:
            rank = _CLASS_RANKS.get(cls, RANK_MINOR if cls.startswith("H") else RANK_BOLD)
            self._add(Line(HEAD, None, f"{label.printed} {head}" if label else head, rank=rank))
        else:
            self._add(
                Line(ITEM_LINE if level or (label and label.item) else kind, label, "", level)
            )

    def _content(
        self,
        content: Element,
        label: Label | None,
        kind: str,
        level: int,
        depth: int,
        cls: str = "",
        head: str = "",
    ) -> bool:
        """The blocks of a paragraph: the first with its number, the others as more of it. Whether
        there was any text.
        """
        bounded(depth, content, self.name)
        if not has_blocks(content):
            return self.line(content, label, kind, level, cls, head)
        started = False
        if (text := content.text) and not text.isspace():
            self._begun(label, kind, level, f"{head} {text}")
            started = True
        for child in content:
            what = kind_of(child.tag)
            if what == "block" and _is_sentence(child):
                if self.line(
                    child,
                    None if started else label,
                    MORE if started else kind,
                    level,
                    cls,
                    "" if started else head,
                ):
                    started = True
            elif what == "list":
                started = (
                    self._list(
                        child,
                        None if started else label,
                        MORE if started else kind,
                        level,
                        depth + 1,
                        "" if started else head,
                    )
                    or started
                )
            else:
                if not started and (label is not None or head):
                    self._begun(label, kind, level, head)
                    started = True
                if what == "unit":
                    self.unit(child, PARA, level + 1, depth + 1)
                else:
                    self._other(child, what, MORE if started else kind, depth + 1, 0, level)
            if (text := child.tail) and not text.isspace():
                if started:
                    self._loose(text, MORE, level)
                else:
                    self._begun(label, kind, level, f"{head} {text}")
                    started = True
        return started

    def _list(
        self,
        parent: Element,
        label: Label | None,
        kind: str,
        level: int,
        depth: int,
        head: str = "",
    ) -> bool:
        """A list: its introduction belongs to the paragraph, its points are items, its end is more
        of the paragraph.
        """
        bounded(depth, parent, self.name)
        started = False
        if (text := parent.text) and not text.isspace():
            self._loose(text, kind)
        deeper = 1 if local(parent) == "sublist" else 0
        ordinal = 0
        for child in parent:
            what = kind_of(child.tag)
            if what == "content" and local(child) in ("wrapUp", "listWrapUp", "listConclusion"):
                self._content(child, None, MORE, level, depth + 1)
            elif what == "content":
                started = self._content(child, label, kind, level, depth + 1, "", head) or started
                label, head = (None, "") if started else (label, head)
            elif what == "unit":
                if not started and (label is not None or head):
                    self._begun(label, kind, level, head)
                    started, label, head = True, None, ""
                ordinal += 1
                if local(child) == "li":
                    self._plain_item(child, ordinal, level + 1 + deeper, depth + 1)
                else:
                    self.unit(child, PARA, level + 1 + deeper, depth + 1)
            elif what == "list":
                self._list(child, None, MORE, level + 1, depth + 1)
            else:
                if not started and (label is not None or head):
                    self._begun(label, kind, level, head)
                    started, label, head = True, None, ""
                self._other(child, what, MORE if started else kind, depth + 1, 0, level)
            if (text := child.tail) and not text.isspace():
                self._loose(text, MORE, level)
        return started

    def _plain_item(self, item: Element, ordinal: int, level: int, depth: int) -> None:
        """A list item of the kind HTML has: its number is its place or its `value`."""
        label = label_of(item.get("value") or str(ordinal))
        if not self._content(item, label, PARA, level, depth):
            self._add(Line(ITEM_LINE, label, "", level))

    # Sentences

    def line(
        self,
        block: Element,
        label: Label | None,
        kind: str,
        level: int,
        cls: str = "",
        head: str = "",
    ) -> bool:
        """One block of text as a line. Whether there was any text."""
        raw = self._inline(block, 0) if len(block) else block.text or ""
        text = clean(raw)
        if head:
            text = f"{head} {text}"
        if not text and not self._notes:
            if self._inner:
                self._after(kind, level)
            return False
        if label is None:
            line = (
                self._unnumbered(block, raw, text, cls)
                if level == 0 and kind in (PARA, RECITAL)
                else Line(kind, None, text, level)
            )
            if line.kind == PARA:
                line.kind = kind
        elif label.digit is None or level or cls[:1] == "H":
            line = self._unusual(block, label, text, kind, level, cls)
        else:
            line = Line(kind, label, text)
        if self._notes or self._links:
            line.notes, line.links = tuple(self._notes), tuple(self._links)
            self._notes.clear()
            self._links.clear()
        self.lines.append(line)
        if self._inner:
            self._after(MORE, level)
        return True

    def _unnumbered(self, block: Element, raw: str, text: str, cls: str) -> Line:
        """A block without a number of its own: a heading, an item or a paragraph that has the
        number in its text, or a paragraph.
        """
        rank, lead = _look(block, raw, text, cls)
        if rank:
            return Line(HEAD, None, text, 0, rank)
        if raw[:1] in "\t\n (" or ")" in raw[:8]:
            if (found := ITEM.match(raw)) and "\t" in found[0] + raw[:1]:
                return Line(ITEM_LINE, label_of(found[1]), clean(raw[found.end() :]))
            if found := NUMBERED.match(raw):
                return Line(PARA, label_of(found[1]), clean(raw[found.end() :]))
        line = Line(PARA, None, text)
        if lead:
            line.lead = True
        return line

    def _unusual(
        self, block: Element, label: Label, text: str, kind: str, level: int, cls: str
    ) -> Line:
        """A numbered block that may be an item or a heading."""
        if label.capital and _is_title(block, text, cls):
            rank = RANK_ROMAN if label.readings[0].style == "Roman" else RANK_LETTER
            return Line(HEAD, None, f"{label.printed} {text}", 0, rank)
        if level or (label.item and kind == PARA):
            return Line(ITEM_LINE, label, text, level)
        if label.digit and _HEADING_CLASS.match(cls):
            return Line(HEAD, None, f"{label.printed} {text}", 0, _CLASS_RANKS.get(cls, RANK_MINOR))
        return Line(kind, label, text, level)

    def _after(self, kind: str, level: int) -> None:
        """Tables and structures that stood within a sentence come after it."""
        while self._inner:
            inner, self._inner = self._inner, []
            for element in inner:
                what = kind_of(element.tag)
                depth = sum(1 for _ in element.iterancestors())
                if what == "list":
                    self._list(element, None, kind, level, depth)
                elif what == "unit":
                    self.unit(element, PARA, level + 1, depth)
                else:
                    self._other(element, what, kind, depth, 0, level)

    def _add(self, line: Line) -> None:
        """Add a line made of more than one block, with the notes and links met in them."""
        line.notes, line.links = tuple(self._notes), tuple(self._links)
        self._notes.clear()
        self._links.clear()
        if line.text or line.label is not None or line.notes:
            self.lines.append(line)
        self._after(MORE, line.level)

    def _sentence(self, element: Element) -> str:
        return clean(self._inline(element, 0))

    def _inline(self, element: Element, depth: int) -> str:
        """The text of a block without its notes, which are kept for the line, as are its links."""
        if depth:
            bounded(depth, element, self.name)
        out = [element.text or ""]
        for child in element:
            what = KINDS.get(child.tag) or kind_of(child.tag)
            if what in ("words", "", "num"):
                out.append(self._inline(child, depth + 1) if len(child) else child.text or "")
            elif what == "link":
                self._link(child)
                out.append(self._inline(child, depth + 1) if len(child) else child.text or "")
            elif what == "note":
                self._note(child, child)
            elif what == "noteRef":
                self._note_elsewhere(child)
            elif what == "break":
                out.append(f" {self._inline(child, depth + 1)}")
            elif what == "mark":
                if not _is_note_bracket(child):
                    out.append(self._inline(child, depth + 1))
            elif what == "image":
                if child.get("src") or len(child) or child.text:
                    self.leave_out(child, "image or foreign matter")
            elif what in ("block", "content"):
                out.append(" " + self._inline(child, depth + 1) + " ")
            elif what in BLOCKS:
                self._inner.append(child)
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

    def _note_elsewhere(self, reference: Element) -> None:
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
        self._marks += 1
        outer = self._links
        self._links = []
        raw = self._inline(element, 1)
        text = clean(raw)
        if text.startswith("()"):
            text = text[2:].lstrip()
        mark = " ".join(place.get("marker", "").split()) or str(self._marks)
        self._notes.append(NoteText(mark, text, self._links))
        self._links = outer

    # Tables

    def _table(self, table: Element, depth: int) -> None:
        bounded(depth, table, self.name)
        line = Line(TABLE, None, "")
        rows: list[tuple[str, ...]] = []
        loose = [clean(text) for text in (table.text, *(child.tail for child in table)) if text]
        rows += ((text,) for text in loose if text)
        for row in _rows(table):
            whole = local(row) != "tr" or any(
                text and not text.isspace() for text in (row.text, *(cell.tail for cell in row))
            )
            cells = (self._sentence(row),) if whole else tuple(self._sentence(cell) for cell in row)
            if any(cells):
                rows.append(cells)
        line.rows = tuple(rows)
        line.notes, line.links = tuple(self._notes), tuple(self._links)
        self._notes.clear()
        self._links.clear()
        self.lines.append(line)
        inner, self._inner = self._inner, []
        for element in inner:  # a table in a cell comes after the table, as one of its own
            self._other(element, kind_of(element.tag), MORE, depth + 1, 0)


def _is_sentence(block: Element) -> bool:
    """Whether a block is text, also where structures stand in it; one that holds nothing but blocks
    only stands around them.
    """
    if not len(block) or not has_blocks(block):
        return True
    if f"{block.text or ''}{''.join(child.tail or '' for child in block)}".strip():
        return True
    return any((KINDS.get(child.tag) or kind_of(child.tag)) not in BLOCKS for child in block)


def _is_one_block(content: Element) -> bool:
    """Whether an element holds one block and nothing else."""
    return (
        len(content) == 1
        and kind_of(content[0].tag) == "block"
        and not f"{content.text or ''}{content[0].tail or ''}".strip()
    )


def _is_text(num: Element) -> bool:
    """Whether what should be a number is text: it has blocks, or more words than numbers have."""
    return has_blocks(num) or len(plain(num)) > _LONGEST_NUMBER


def _is_number(block: Element) -> bool:
    """Whether a block holds nothing but a number: `<p><num>IV</num></p>` above the heading of a
    section.
    """
    return (
        len(block) == 1
        and kind_of(block.tag) == "block"
        and kind_of(block[0].tag) == "num"
        and not f"{block.text or ''}{block[0].tail or ''}".strip()
    )


def is_formula(line: Line) -> bool:
    """Whether a line is but the beginning of a sentence, as "The General Assembly," is."""
    return line.kind in (RECITAL, PARA) and len(line.text) < 60 and line.text.endswith(COMMAS)


def _is_document(lines: Sequence[Line]) -> bool:
    """Whether what is quoted is a document of its own, not a piece of one.

    A document has a preamble or an enacting formula, or a heading or the like over paragraphs that
    count from 1.
    """
    if any(line.kind in (OPENING, RECITAL) for line in lines):
        return True
    counts = any(line.kind == PARA and line.label and line.label.digit == 1 for line in lines)
    return counts and (
        is_formula(lines[0]) or any(line.kind == HEAD or line.recital for line in lines)
    )


def _as_quoted(lines: Sequence[Line], level: int) -> Sequence[Line]:
    """Lines that a paragraph quotes, as its own: what has a number is its items, all else more of
    its text.
    """
    numbered = any(line.kind == PARA and line.label is not None for line in lines)
    for line in lines:
        if line.kind == ITEM_LINE:
            line.level += level + numbered if line.level else 0
        elif line.label is not None:
            line.kind, line.level = ITEM_LINE, level + 1
        elif line.kind != TABLE:
            line.kind, line.level = MORE, level
    return lines


def _rows(table: Element) -> Iterator[Element]:
    """The rows and the caption of a table, without those of tables in its cells."""
    for child in table:
        if local(child) in ("tbody", "thead", "tfoot"):
            yield from child
        else:
            yield child


def _is_note_bracket(sup: Element) -> bool:
    """Whether a superscript is one of the brackets that Arabic puts around the mark of a note."""
    text = "" if len(sup) else (sup.text or "").strip()
    if text == "(":
        beside = sup.getnext()
        return beside is not None and kind_of(beside.tag) == "note" and not (sup.tail or "").strip()
    if text == ")":
        beside = sup.getprevious()
        return beside is not None and kind_of(beside.tag) == "note"
    return False


def _style(element: Element) -> str:
    """`"bold"`, `"italic"` or `""`; bold italic is bold."""
    cls = element.get("class") or {
        "b": "bold",
        "i": "italic",
        "strong": "bold",
        "em": "italic",
    }.get(local(element), "")
    return "bold" if "bold" in cls else "italic" if "italic" in cls else ""


def _throughout(block: Element) -> str:
    """In what style a block is set from its first word to its last; `""` where it changes."""
    styles: set[str] = set()
    for child in block:
        if kind_of(child.tag) not in ("note", "break", "mark") and plain(child):
            styles.add(_style(child))
        if child.tail and child.tail.strip(" \t\n.。"):
            return ""
    if not styles or "" in styles:
        return ""
    return "bold" if "bold" in styles else "italic"


def _look(block: Element, raw: str, text: str, cls: str) -> tuple[int, bool]:
    """The rank of an unnumbered paragraph as a heading (0 when it is none), and whether it starts
    with emphasised words.
    """
    if cls[:1] == "H" and _HEADING_CLASS.match(cls):
        return _CLASS_RANKS.get(cls, RANK_MINOR), False
    lead, style = False, ""
    if len(block) and (block.text is None or block.text.isspace()):
        lead = bool(_style(block[0]))
        if len(text) <= _LONGEST_HEADING and not (block[-1].tail or "").strip(" \t\n.。"):
            style = _throughout(block)
    if len(text) > _LONGEST_HEADING:
        return 0, lead
    if style == "bold" and not text.endswith((",", ";", "，", "؛", "،", "；")):
        return RANK_BOLD, lead
    if text.endswith(_CLOSED):
        return (RANK_BOLD, lead) if _LABELLED.match(raw) else (0, lead)
    if style == "italic":
        return RANK_ITALIC, lead
    if raw.lstrip("\n \u200e\u200f").startswith("\t\t") or _LABELLED.match(raw):
        return RANK_BOLD, lead
    return 0, lead


def _is_title(block: Element, text: str, cls: str) -> bool:
    """Whether what stands behind the number of a section is its heading."""
    if len(text) > _LONGEST_HEADING:
        return False
    if cls[:1] == "H" and _HEADING_CLASS.match(cls):
        return True
    return not text.endswith(_CLOSED) or (
        len(block) > 0 and not (block.text or "").strip() and _throughout(block) == "bold"
    )
