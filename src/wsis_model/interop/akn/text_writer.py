"""The text of one document as Akoma Ntoso."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from ...model import (
    Citation,
    Document,
    Note,
    Part,
    Provision,
    Section,
    TextTable,
    number_to_segment,
)
from .markup import Names, add_element, link_to, linked

__all__ = ["TextWriter"]

_COUNTED = re.compile(r"[PU][0-9]+")
_ITEM = re.compile(r"\([^()]+\)$")
_DIGITS = re.compile(r"[0-9]+(?:[a-z]| [a-z]+)?")
#: Deeper items than any document has are written as paragraphs.
_DEEPEST = 12


class TextWriter:
    """Writes the text of one document: opening, preamble, headings, paragraphs, items, notes and
    tables.
    """

    def __init__(
        self, document: Document, language: str, *, summaries: bool, names: Names, name: str
    ) -> None:
        self.document = document
        self.language = language
        self.summaries = summaries
        self.names = names
        self.prefix: str = f"{name}__" if name else ""
        self.opening: list[str] = [
            line for line in document.opening.get(self.language, "").split("\n") if line.strip()
        ]
        self.sections: list[Section] = list(document.sections)
        self.top: list[Provision] = []
        self.items: dict[str, list[Provision]] = {}
        self.notes: dict[str, list[Note]] = {}
        self.tables: dict[str, list[TextTable]] = {}
        self._recitals = 0
        self._sections_to_come = self.sections
        self._assign(document)

    def _assign(self, document: Document) -> None:
        """Assign items, tables and notes to paragraphs; items of no paragraph before them stand
        alone.
        """
        depths: dict[str, int] = {}
        for each in document.provisions:
            depth = depths.get(each.parent or "", _DEEPEST)
            if each.parent and depth < _DEEPEST:
                self.items.setdefault(each.parent, []).append(each)
                depths.setdefault(each.id, depth + 1)
            else:
                self.top.append(each)
                depths.setdefault(each.id, 0)
        for table in document.tables:
            if table.language in (None, self.language) and any(row.cells for row in table.rows):
                self.tables.setdefault(
                    table.provision if table.provision in depths else "", []
                ).append(table)
        before = ""
        for note in document.notes:
            if note.provision in depths:
                before = note.provision
                self.notes.setdefault(before, []).append(note)
            else:
                self.notes.setdefault(self._heading_after(before), []).append(note)

    def _heading_after(self, provision: str) -> str:
        """The heading for a note that is in no paragraph: the one after that paragraph; before all
        paragraphs, the opening.
        """
        if not provision and self.opening:
            return ""
        names = [section.id for section in self.sections]
        section = next(
            (each.section for each in self.document.provisions if each.id == provision), None
        )
        following = names[names.index(section) + 1 if section in names else 0 :]
        return following[0] if following else provision or (self.top[0].id if self.top else "")

    @property
    def begins_with_heading(self) -> bool:
        """Whether a heading is the first thing that is printed."""
        first = self.top[0] if self.top else None
        if (
            self.opening
            or not self.sections
            or (first is not None and first.part is Part.PREAMBULAR)
        ):
            return False
        return first is None or first.section in {section.id for section in self.sections}

    def write(self, element: Element, title: str = "") -> None:
        """The preamble and the body; *title* is a heading to begin with."""
        recitals: list[Provision] = []
        for each in self.top:
            if each.part is not Part.PREAMBULAR:
                break
            recitals.append(each)
        tables = self.tables.pop("", [])
        if self.opening or recitals:
            preamble = add_element(element, "preamble")
            self._write_opening(preamble)
            self._write_tables(preamble, f"{self.prefix}preamble", tables)
            self._write_recitals(preamble, recitals)
            tables = []
        body = add_element(element, "mainBody")
        self._write_tables(body, f"{self.prefix}body", tables)
        if title:
            add_element(
                add_element(
                    body, "hcontainer", eId=self.names.free(f"{self.prefix}title"), name="title"
                ),
                "heading",
                title,
            )
        self._write_sections(body, self.top[len(recitals) :])
        if not len(body):
            add_element(body, "p")

    def _name(self, parent: str, name: str) -> str:
        return self.names.free(f"{parent}__{name}" if parent else f"{self.prefix}{name}")

    # Preamble

    def _write_opening(self, preamble: Element) -> None:
        if self.opening:
            formula = add_element(
                preamble, "formula", eId=self._name("", "formula_1"), name="enactingFormula"
            )
            for line in self.opening:
                add_element(formula, "p", line)
            self._write_notes(formula[-1], self.notes.pop("", []), ())

    def _write_recitals(self, preamble: Element, provisions: Sequence[Provision]) -> None:
        if not provisions:
            return
        recitals = add_element(preamble, "recitals", eId=self._name("", "recitals_1"))
        for each in provisions:
            self._recitals += 1
            name = self._name("", f"recital_{self._recitals}")
            recital = add_element(recitals, "recital", eId=name)
            self._write_block_text(recital, each, name)

    def _write_block_text(self, holder: Element, provision: Provision, name: str) -> None:
        """Text and items where the schema has no room for paragraphs: in a preamble."""
        items = self.items.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        blocks = [add_element(holder, "p") for _ in lines]
        listed = None
        if items:
            listed = Element("blockList", {"eId": self._name(name, "list_1")})
            for each in items:
                printed = self._printed(each)
                inner = self._name(name, f"item_{_segment(printed)}")
                item = add_element(listed, "item", eId=inner)
                add_element(item, "num", printed)
                self._write_block_text(item, each, inner)
            blocks += [
                add_element(listed, "listWrapUp", eId=self._name(name, "wrapUp"))
                for _ in wrap_up[:1]
            ]
        self._fill(blocks, [*lines, *([" ".join(wrap_up)] if wrap_up else [])], provision)
        self._write_tables(holder, name, self.tables.pop(provision.id, []))
        if listed is not None:
            holder.append(listed)

    # Headings and paragraphs

    def _write_sections(self, body: Element, provisions: Sequence[Provision]) -> None:
        """Write paragraphs under their headings, deeper headings within higher ones."""
        opened: list[tuple[int, Element, str]] = []
        for each in provisions:
            for section in self._headings_before(each):
                self._open_section(body, section, opened)
            holder, name = (opened[-1][1], opened[-1][2]) if opened else (body, "")
            if each.part is Part.PREAMBULAR:
                self._write_late_recital(holder, each, name)
            else:
                self._write_paragraph(holder, each, name)
        for section in self._sections_to_come:
            self._open_section(body, section, opened)

    def _headings_before(self, provision: Provision) -> list[Section]:
        """The headings up to that of this provision that are not written yet; they then count as
        written.
        """
        names = [section.id for section in self._sections_to_come]
        until = names.index(provision.section) + 1 if provision.section in names else 0
        found, self._sections_to_come = (
            self._sections_to_come[:until],
            self._sections_to_come[until:],
        )
        return found

    def _open_section(
        self, body: Element, section: Section, opened: list[tuple[int, Element, str]]
    ) -> None:
        while opened and opened[-1][0] >= section.level:
            opened.pop()
        holder, within = (opened[-1][1], opened[-1][2]) if opened else (body, "")
        same = sum(child.tag == "section" for child in holder) + 1
        name = self._name(within, f"sec_{same}")
        element = add_element(holder, "section", eId=name)
        self._write_heading(element, "heading", section)
        opened.append((section.level, element, name))

    def _write_heading(
        self, holder: Element, tag: str, section: Section, **attributes: str
    ) -> None:
        heading = add_element(holder, tag, section.heading.pick(self.language), **attributes)
        self._write_notes(heading, self.notes.pop(section.id, []), ())

    def _write_late_recital(self, holder: Element, provision: Provision, within: str) -> None:
        """A preambular paragraph within the body, which the guidelines make a cross heading."""
        self._recitals += 1
        name = self._name(within, f"hcontainer_{self._recitals}")
        container = add_element(holder, "hcontainer", eId=name, name="preamble")
        items, tables = self.items.pop(provision.id, []), self.tables.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        blocks = [
            add_element(
                container,
                "crossHeading",
                eId=self._name(name, "crossHeading_1"),
                refersTo="#preamble",
            )
        ]
        if items or tables:
            blocks += self._write_list(container, name, items, tables, (0, len(wrap_up)))
        self._fill(blocks, [" ".join(lines), *wrap_up], provision)

    def _write_paragraph(self, holder: Element, provision: Provision, within: str) -> None:
        printed = self._printed(provision)
        name = self._name(within, f"para_{_segment(printed or provision.number)}")
        paragraph = add_element(holder, "paragraph", eId=name)
        if printed:
            add_element(paragraph, "num", printed)
        self._write_text(paragraph, provision, name)

    def _write_text(self, unit: Element, provision: Provision, name: str) -> None:
        """The text of a paragraph or item; one with items is a list with introduction and end."""
        items, tables = self.items.pop(provision.id, []), self.tables.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        if items:
            blocks = self._write_list(unit, name, items, tables, (len(lines), len(wrap_up)))
        else:
            content = add_element(unit, "content", eId=self._name(name, "content"))
            blocks = [add_element(content, "p") for _ in lines]
            self._write_tables(content, name, tables)
        self._fill(blocks, [*lines, *wrap_up], provision)

    def _write_list(
        self,
        unit: Element,
        name: str,
        items: Sequence[Provision],
        tables: Sequence[TextTable],
        counts: tuple[int, int],
    ) -> list[Element]:
        """Write a list of items; the blocks, still empty, for as many lines before and after them
        as *counts* says.
        """
        inner = self._name(name, "list_1")
        listed = add_element(unit, "list", eId=inner)
        before, after = counts
        blocks: list[Element] = []
        if before or tables:
            intro = add_element(listed, "intro", eId=self._name(inner, "intro"))
            blocks += [add_element(intro, "p") for _ in range(before)]
            self._write_tables(intro, inner, tables)
        for each in items:
            for section in self._headings_before(each):
                self._write_heading(
                    listed, "crossHeading", section, eId=self._name(inner, "crossHeading_1")
                )
            printed = self._printed(each)
            point = self._name(inner, f"point_{_segment(printed)}")
            element = add_element(listed, "point", eId=point)
            add_element(element, "num", printed)
            self._write_text(element, each, point)
        if after:
            ending = add_element(listed, "wrapUp", eId=self._name(inner, "wrapUp"))
            blocks += [add_element(ending, "p") for _ in range(after)]
        return blocks

    def _lines(self, provision: Provision, *, wrapped: bool) -> tuple[list[str], list[str]]:
        """The text of a paragraph line by line: what comes before its items, and what after."""
        text = provision.text.get(self.language, "")
        if not text and self.summaries:
            text = provision.summary or ""
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines and (not wrapped or provision.citations or provision.id in self.notes):
            lines = [""]
        if not wrapped:
            return lines, []
        chapeau = (
            max(
                (index for index, line in enumerate(lines) if line.rstrip().endswith((":", "："))),
                default=0,
            )
            + 1
        )
        return lines[:chapeau], lines[chapeau:]

    def _printed(self, provision: Provision) -> str:
        """The number as it is printed; of an item, its own part of it. Empty where it is only a
        count.
        """
        printed = provision.extensions.get(f"akn:num-{self.language}")
        if isinstance(printed, str):
            return printed
        number = provision.number
        if provision.parent and (item := _ITEM.search(number)):
            return item[0]
        if _COUNTED.fullmatch(number):
            return ""
        return f"{number}." if _DIGITS.fullmatch(number) else number

    # Sentences

    def _fill(self, blocks: Sequence[Element], lines: Sequence[str], provision: Provision) -> None:
        """Write the lines of a paragraph into their blocks, with its links and notes; text that is
        not official is marked.
        """
        notes = self.notes.pop(provision.id, [])
        marks = {note.mark for note in notes}
        links: list[list[Citation]] = [[] for _ in blocks]
        standing = dict.fromkeys(marks, 0)
        at, noted = 0, False
        for citation in provision.citations:
            if citation.mark in marks:
                standing[citation.mark], noted = at, True
                continue
            # A reader lists the links of a block, then those of its notes: this one is of the next.
            if noted:
                at, noted = min(at + 1, len(blocks) - 1), False
            at = next(
                (index for index in range(at, len(lines)) if _names(lines[index], citation)), at
            )
            links[at].append(citation)
        for block, line, cited in zip(blocks, lines, links, strict=True):
            linked(block, line, cited)
            if self.language not in provision.text and line and block.tag == "p":
                block.set("status", "editorial")
        place = 0
        for note in notes:
            place = max(place, standing[note.mark])
            self._write_notes(blocks[place], [note], provision.citations)

    def _write_notes(
        self, block: Element, notes: Iterable[Note], cited: Sequence[Citation]
    ) -> None:
        for note in notes:
            name = self.names.free(f"{self.prefix}authorialNote_{_segment(note.mark)}")
            element = add_element(
                block, "authorialNote", marker=note.mark, placement="bottom", eId=name
            )
            known = {(each.target, each.text) for each in note.citations}
            more = [
                each
                for each in cited
                if each.mark == note.mark and (each.target, each.text) not in known
            ]
            linked(
                add_element(element, "p"),
                note.text.get(self.language, ""),
                [*note.citations, *more],
            )

    def _write_tables(self, holder: Element, within: str, tables: Iterable[TextTable]) -> None:
        for table in tables:
            element = add_element(holder, "table", eId=self._name(within, "table_1"))
            for index, row in enumerate(row for row in table.rows if row.cells):
                line = add_element(element, "tr")
                for cell in row.cells:
                    add_element(add_element(line, "td" if index else "th"), "p", cell)


def _names(text: str, citation: Citation) -> bool:
    start, end, _ = link_to(citation, text, 0)
    return end > start


def _segment(printed: str) -> str:
    """The part of an eId for a printed number."""
    return number_to_segment(printed) or "x"
