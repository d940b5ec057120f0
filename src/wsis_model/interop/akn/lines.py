"""The body of an Akoma Ntoso document as one flat list of lines: openings, headings, paragraphs,
items, tables.

Elements only say what may be a heading or a paragraph; what a line is for the document, its
neighbours say (see `build`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ...errors import Position
from .._reading import LeftOut
from .elements import (
    CLASS_RANKS,
    HEADING_CLASS,
    RANK_BOLD,
    RANK_LETTER,
    RANK_MINOR,
    RANK_ROMAN,
    as_quoted,
    is_document,
    is_note_bracket,
    is_number,
    is_one_block,
    is_sentence,
    is_text,
    is_title,
    look_of,
    rows_of,
)
from .line import HEAD, ITEM_LINE, MORE, OPENING, PARA, RECITAL, TABLE, Line, NoteText
from .numbers import ITEM, NUMBERED, Label, label_of
from .xml import BLOCKS, KINDS, bounded, clean, has_blocks, kind_of, local, plain

if TYPE_CHECKING:
    from .xml import Element

__all__ = ["Body", "Part"]


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
            elif what == "block" and is_sentence(child):
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
        if is_document(inner.lines):
            self.documents.append(inner)
            return
        self.documents += inner.documents
        self.lines += as_quoted(inner.lines, level) if kind == MORE else inner.lines

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
            if not is_number(child) and (
                kind_of(child.tag) not in ("num", "heading")
                or child.get("refersTo") == "#preamble"
                or local(child).lower() == "crossheading"
            ):
                break
            parts.append(child)
        if parts:
            said = (part[0] if is_number(part) else part for part in parts)
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
            elif what == "num" or (what == "block" and is_sentence(child)):
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
            if KINDS.get(num.tag) != "num" or len(num) or kind in (MORE, OPENING) or is_text(num):
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
                if is_one_block(child) and not head:
                    if self.line(child[0], label, kind, level, unit.get("class", "")):
                        label, kind = None, MORE
                elif self._content(
                    child, label, kind, level, depth + 1, unit.get("class", ""), head
                ):
                    label, kind, head = None, MORE, ""
            elif what == "num" and not is_text(child):
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
            elif what == "num" or (what == "block" and is_sentence(child)):
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
            rank = CLASS_RANKS.get(cls, RANK_MINOR if cls.startswith("H") else RANK_BOLD)
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
            if what == "block" and is_sentence(child):
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
        rank, lead = look_of(block, raw, text, cls)
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
        if label.capital and is_title(block, text, cls):
            rank = RANK_ROMAN if label.readings[0].style == "Roman" else RANK_LETTER
            return Line(HEAD, None, f"{label.printed} {text}", 0, rank)
        if level or (label.item and kind == PARA):
            return Line(ITEM_LINE, label, text, level)
        if label.digit and HEADING_CLASS.match(cls):
            return Line(HEAD, None, f"{label.printed} {text}", 0, CLASS_RANKS.get(cls, RANK_MINOR))
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
                if not is_note_bracket(child):
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
        for row in rows_of(table):
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
