"""A document made of lines: which are preambular, the numbers of paragraphs, the parents of items,
and where annexes start.
"""

from __future__ import annotations

import functools
import re
import urllib.parse
from collections.abc import Iterable
from typing import Any

import attrs

from ...errors import NotAReference
from ...model import Citation, Part, Translations, is_identifier, parse_reference
from .._wording import letters_and_digits
from .elements import RANK_DOCUMENT, is_formula
from .line import (
    COMMAS,
    CONTINUATION,
    HEADING,
    ITEM_LINE,
    OPENING,
    PARAGRAPH,
    RECITAL,
    Line,
    NoteText,
)
from .numbers import Label, Reading, annex_of_heading, letters_of, roman

__all__ = [
    "SERIES",
    "Builder",
    "citation_of",
    "identifier_of",
    "split_at_annexes",
    "split_at_letters",
    "without_range",
]

_HOSTS = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:docs\.un\.org|undocs\.org|un\.org|daccess-ods\.un\.org)/"
    r"(?:[a-z]{2}/)?(?=[AEST]+/|ga/|en/)",
    re.IGNORECASE,
)
#: Resolutions of a body, as the start of their symbols, by its name in Akoma Ntoso addresses.
SERIES = {"unga": "A/RES/", "ga": "A/RES/", "ecosoc": "E/RES/", "unecosoc": "E/RES/"}
_QUERY = re.compile(r"[?&]symbol=([^&]+)", re.IGNORECASE)
_AKN_WORK = re.compile(r"/akn/un/\w+/\w+/(?P<body>\w+)/\d{4}-\d{2}-\d{2}/(?P<number>[^/!@]+)")
_PART_OF = re.compile(r"\s*\(\s*PART\s*[IVX]+\s*\)", re.IGNORECASE)
_OLD_NUMBER = re.compile(r"\d+\s?[A-Z]\s?\([IVXL]+\)")
_LETTER_OF_PART = re.compile(r"(?<=\d)\s?([A-Za-z])$")
#: Marks of direction, which may stand around a heading.
_INVISIBLE = "\u200e\u200f\u200b\ufeff "
_RANGE = re.compile(r"\s*\b([A-Z])\s*(?:[-–—]|and|to)\s*[A-Z]$")


def identifier_of(symbol: str) -> str | None:
    """The identifier of a document by its symbol; also of symbols that `parse_reference` does not
    know.

    Examples:
        >>> (
        ...     identifier_of("A/RES/75/101 A-B"),
        ...     identifier_of("E/RES/2021/2 B"),
        ...     identifier_of("A/RES/77/150/Corr.1"),
        ... )
        ('75-101', 'e-res-2021-2-b', '77-150-corr-1')
    """
    cleaned = without_range(symbol)
    try:
        return parse_reference(cleaned)
    except NotAReference:
        slug = "-".join(re.findall(r"[a-z0-9]+", cleaned.lower().removeprefix("a/res/")))[
            :150
        ].strip("-")
        return slug if is_identifier(slug) else None


def without_range(symbol: str) -> str:
    """A symbol without the letters of the parts that it stands for: `A/RES/75/101` of `A/RES/75/101
    A-B`.
    """
    return _RANGE.sub("", " ".join(symbol.split()))


@functools.lru_cache(maxsize=8192)
def citation_of(href: str, text: str) -> tuple[str | None, str | None]:
    """What a link cites: an identifier, or the text where its address names no document.

    Examples:
        >>> (
        ...     citation_of("https://docs.un.org/en/A/RES/70/125", "70/125"),
        ...     citation_of("https://www.ohchr.org", "OHCHR"),
        ... )
        (('70-125', None), (None, 'OHCHR'))
    """
    address = urllib.parse.unquote(href.strip())
    symbol = ""
    if query := _QUERY.search(address):
        symbol = query[1]
    elif host := _HOSTS.match(address):
        symbol = address[host.end() :].partition("?")[0].partition("#")[0].strip("/ ")
    elif work := _AKN_WORK.match(address):
        series = SERIES.get(work["body"].lower())
        symbol = series + work["number"].replace("-", "/") if series else ""
    if symbol:
        symbol = _PART_OF.sub("", symbol)
        # Of the old resolutions, only the words of the link say which letter.
        old = [f"resolution {text}"] if _OLD_NUMBER.fullmatch(text) else []
        for written in (
            *old,
            symbol,
            _LETTER_OF_PART.sub(lambda part: f" {part[1].upper()}", symbol),
        ):
            try:
                found = parse_reference(written)
            except NotAReference:
                continue
            return found, None
    return None, (text or symbol or address)[:500] or None


@functools.lru_cache(maxsize=8192)
def _citation(target: str | None, text: str | None, mark: str | None) -> Citation:
    if mark:
        return Citation(target=target, text=text, mark=mark)
    return Citation(target=target) if target else Citation(text=text)


def _citations(links: Iterable[tuple[str, str]]) -> list[Citation]:
    """What links cite, each thing once."""
    found = dict.fromkeys(citation_of(href, text) for href, text in links)
    return [_citation(target, text, None) for target, text in found if target or text]


def split_at_annexes(lines: list[Line]) -> list[tuple[int, list[Line]]]:
    """The lines split at headings that open annexes: the number of each annex (-1 for what comes
    before the first), and its lines.
    """
    parts: list[tuple[int, list[Line]]] = [(-1, [])]
    for line in lines:
        if (
            line.kind == HEADING
            and len(line.text) < 40
            and (number := annex_of_heading(line.text)) is not None
        ):
            parts.append((number, [line]))
        else:
            parts[-1][1].append(line)
    return parts


def split_at_letters(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines split at the letters of resolutions that share a number: each letter (`""` before
    the first), and its lines.
    """
    parts: list[tuple[str, list[Line]]] = [("", [])]
    for index, line in enumerate(lines):
        if line.kind == HEADING and re.fullmatch("[A-Z]", line.text):
            following = lines[index + 1 : index + 4]
            if any(each.kind == OPENING or is_formula(each) for each in following):
                parts.append((line.text, []))
                continue
        parts[-1][1].append(line)
    return parts


def _is_title(heading: Line, title: str) -> bool:
    text, title = letters_and_digits(heading.text), letters_and_digits(title)
    contained = text in title or title in text
    return bool(text) and (text == title or (heading.rank == RANK_DOCUMENT and contained))


def _join_numbers(lines: list[Line]) -> list[Line]:
    """A number that stands alone, joined to the text that follows it."""
    if all(line.text or line.label is None for line in lines):
        return lines
    kept: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if waiting is not None and line.label is None and line.kind in (PARAGRAPH, RECITAL):
            line.label = waiting.label
            kept.pop()
        waiting = (
            line
            if line.label is not None and not line.text and line.kind in (PARAGRAPH, RECITAL)
            else None
        )
        kept.append(line)
    return kept


def _restarted_numbers(lines: list[Line]) -> dict[int, int]:
    """Correct numbers that start again within a section: they are a list in the paragraph or an
    error, and the number after them decides which.

    After 7 come 1 to 5, then 8: five items of 7. After 2 come 1 to 34, then 37: the file miscounts,
    and they are 3 to 36. Numbers to be corrected are returned by index; items are marked in place.
    """
    numbered = [
        (index, line.label.digit)
        for index, line in enumerate(lines)
        if line.kind == PARAGRAPH and line.label and line.label.digit
    ]
    corrected: dict[int, int] = {}
    place, last = 0, 0
    while place < len(numbered):
        index, value = numbered[place]
        if (
            last
            and value <= last
            and place
            and not _heading_between(lines, numbered[place - 1][0], index)
        ):
            end = place
            while end + 1 < len(numbered) and numbered[end + 1][1] == numbered[end][1] + 1:
                end += 1
            after = numbered[end + 1][1] if end + 1 < len(numbered) else None
            count = end - place + 1
            run = numbered[place : end + 1]
            if after == last + count + 1 and value == 1:
                corrected.update((at, last + shift) for shift, (at, _) in enumerate(run, 1))
                last += count
                place = end + 1
                continue
            if value == 1 and (after is None or after == last + 1):
                for at, _ in run:
                    lines[at].kind, lines[at].level = ITEM_LINE, 1
                place = end + 1
                continue
        last = value
        place += 1
    return corrected


def _heading_between(lines: list[Line], start: int, end: int) -> bool:
    return any(lines[index].kind == HEADING for index in range(start, end))


@attrs.define(eq=False)
class _Level:
    """The last item at one depth, which a further item may follow."""

    style: str
    value: int
    identifier: str
    number: str
    index: int
    """Its place among the provisions."""
    bullets: int = 0


class Builder:
    """Makes the fields of one document out of its lines."""

    def __init__(self, identifier: str, language: str, title: str, *, annex: bool = False) -> None:
        self.identifier = identifier
        self.language = language
        self.title = title
        self.annex = annex
        self.opening: list[str] = []
        self.sections: list[dict[str, Any]] = []
        self.provisions: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.tables: list[dict[str, Any]] = []
        self._texts: list[str] = []
        self._taken: set[str] = set()
        self._open_sections: list[tuple[int, str]] = []
        self._section: str | None = None
        self._open: list[_Level] = []
        self._paragraph: tuple[str, str] | None = None
        self._part = Part.ANNEX if annex else Part.OPERATIVE
        self._recitals = 0
        self._unnumbered = 0
        self._after_heading = True
        self._is_numbered = False

    def fields(self, lines: list[Line]) -> dict[str, Any]:
        """Fields of the document: opening, sections, provisions, notes, tables."""
        lines = _join_numbers(lines)
        if not self.annex:
            self._mark_opening(lines)
        corrected = _restarted_numbers(lines)
        for index, line in enumerate(lines):
            kind = line.kind
            if kind == PARAGRAPH and line.label is not None:
                self._numbered(line, line.label, corrected.get(index))
            elif kind in (PARAGRAPH, CONTINUATION):
                self._block(line)
            elif kind == ITEM_LINE:
                self._item(line, lines[index + 1] if index + 1 < len(lines) else None)
            elif kind == HEADING:
                self._heading(line)
            elif kind == RECITAL:
                self._recital(line) if line.label is None else self._numbered(
                    line, line.label, None
                )
            elif kind == OPENING:
                self.opening.append(line.text)
                self._add_notes(line, None)
            else:
                self._table(line)
        language = self.language
        for provision, text in zip(self.provisions, self._texts, strict=True):
            if text:
                provision["text"] = {language: text}
        made: dict[str, Any] = {
            "sections": self.sections,
            "provisions": self.provisions,
            "notes": self.notes,
            "tables": self.tables,
        }
        if any(self.opening):
            made["opening"] = Translations({language: "\n".join(self.opening)})
        return made

    def _mark_opening(self, lines: list[Line]) -> None:
        """Mark the lines before the first number or heading as preambular paragraphs, wherever the
        file has them, or as the opening.

        A heading that repeats the title is no heading; what stands before it, and what precedes the
        first preambular paragraph, belongs to the opening ("The General Assembly,", "We, the
        Ministers,").
        """
        if lines and is_formula(lines[0]):
            lines[0].kind = OPENING
        end, titled = self._end_of_front(lines)
        last = max((index for index in range(end) if lines[index].recital), default=-1)
        begun = False
        for index in range(end):
            line = lines[index]
            if line.kind == HEADING:
                if not (last < index and end < len(lines) and lines[end].kind == PARAGRAPH):
                    line.kind = OPENING
            elif line.recital or (begun and line.kind == PARAGRAPH and line.text.endswith(COMMAS)):
                line.kind, begun = RECITAL, True
            elif (
                line.kind in (PARAGRAPH, CONTINUATION)
                and index < max(titled, last)
                and not (begun and line.kind == CONTINUATION)
            ):
                line.kind = OPENING
        for line in lines[end:]:
            if line.recital:
                line.kind = RECITAL

    def _end_of_front(self, lines: list[Line]) -> tuple[int, int]:
        """The index of the first number or heading, and that of the heading that repeats the title
        (-1: nowhere).
        """
        titled = -1
        for index, line in enumerate(lines):
            if line.kind == HEADING and titled < 0 and _is_title(line, self.title):
                titled = index
            elif line.kind == HEADING or line.label is not None:
                return index, titled
        return len(lines), titled

    # What each line becomes

    def _free_identifier(self, segment: str) -> str:
        """A free identifier where numbers start again: the section comes before the number."""
        section = (self._section or "").rpartition("/")[2] or "x1"
        name, again = f"{self.identifier}/{section}-{segment}", 1
        while name in self._taken:
            again += 1
            name = f"{self.identifier}/x{again}-{segment}"
        return name

    def _add_provision(
        self, line: Line, segment: str, number: str, part: Part, parent: str | None = None
    ) -> str:
        name = f"{self.identifier}/{segment}"
        if name in self._taken:
            name = self._free_identifier(segment)
        self._taken.add(name)
        provision: dict[str, Any] = {"id": name, "number": number}
        if part is not Part.OPERATIVE:
            provision["part"] = part
        if self._section is not None and part is not Part.PREAMBULAR:
            provision["section"] = self._section
        if parent is not None:
            provision["parent"] = parent
        self.provisions.append(provision)
        self._texts.append(line.text)
        if line.notes or line.links:
            self._add_notes(line, name, provision)
        self._after_heading = False
        return name

    def _numbered(self, line: Line, label: Label, corrected: int | None) -> None:
        number, segment = label.number, label.segment
        if corrected is not None:
            number = segment = f"{corrected}{label.suffix}"
        name = self._add_provision(line, segment, number, self._part)
        if corrected is not None:
            self.provisions[-1]["extensions"] = {f"akn:num-{self.language}": label.printed}
        self._begin_paragraph(name, number, counts=True)

    def _recital(self, line: Line) -> None:
        self._recitals += 1
        number = f"P{self._recitals}"
        self._begin_paragraph(
            self._add_provision(line, number.lower(), number, Part.PREAMBULAR), number
        )

    def _begin_paragraph(self, name: str, number: str, *, counts: bool = False) -> None:
        self._is_numbered = counts
        self._paragraph = (name, number)
        self._open.clear()

    def _levels(self) -> list[_Level]:
        """The open levels, that of the paragraph first; made when first needed, as most paragraphs
        have no items.
        """
        if not self._open and self._paragraph is not None:
            name, number = self._paragraph
            self._open.append(_Level("", 0, name, number, len(self.provisions) - 1))
        return self._open

    def _block(self, line: Line) -> None:
        """A block without a number: more of the paragraph before it, or after a heading a paragraph
        of its own.
        """
        levels = self._levels()
        if levels and (
            line.kind == CONTINUATION or (self._is_numbered and not self._after_heading)
        ):
            self._continue(line, levels[min(line.level, len(levels) - 1)])
            return
        self._unnumbered += 1
        number = f"U{self._unnumbered}"
        self._begin_paragraph(self._add_provision(line, number.lower(), number, self._part), number)

    def _continue(self, line: Line, where: _Level) -> None:
        before = self._texts[where.index]
        self._texts[where.index] = (
            f"{before}\n{line.text}" if before and line.text else before or line.text
        )
        self._add_notes(line, where.identifier, self.provisions[where.index])

    def _item(self, line: Line, following: Line | None) -> None:
        label = line.label
        if label is None:  # a point without a number
            self._block(line)
            return
        levels = self._open or self._levels()
        if not levels:
            levels.append(_Level("", 0, "", "", -1))
        reading = self._series(line, label, following)
        style, value = reading.style, reading.value
        parent = levels[-1]
        if style == "bullet":  # counted, as nothing else tells one from the next
            parent.bullets += 1
            written = str(parent.bullets)
        else:
            written = (
                letters_of(value)
                if style == "alpha"
                else roman(value)
                if style == "roman" and value < 400
                else label.segment
            )
        printed = label.printed.strip("()") if style == "other" else written
        number = f"{parent.number}({printed})"
        segment = parent.identifier.rpartition("/")[2]
        part = (
            self.provisions[parent.index].get("part", Part.OPERATIVE)
            if parent.index >= 0
            else self._part
        )
        name = self._add_provision(
            line,
            f"{segment}-{written}" if segment else written,
            number,
            part,
            parent.identifier or None,
        )
        levels.append(_Level(style, value, name, number, len(self.provisions) - 1))

    def _series(self, line: Line, label: Label, following: Line | None) -> Reading:
        """Close the levels that an item ends, and give the series that it continues or begins."""
        levels = self._open
        readings: list[Reading] = list(label.readings)
        if len(readings) > 1 and _is_second_roman(following):
            readings = [*(each for each in readings if each.style == "roman"), *readings]
        first = readings[0]
        if line.level:  # the elements tell how deep
            del levels[line.level :]
            return first
        for depth in range(len(levels) - 1, 0, -1):
            for reading in readings:
                if (
                    reading.style == levels[depth].style
                    and reading.value == levels[depth].value + 1
                ):
                    del levels[depth:]
                    return reading
        reading = next((reading for reading in readings if reading.value == 1), first)
        # A series that starts again, or that leaves a number out, goes on at the level where it
        # was.
        for depth in range(len(levels) - 1, 0, -1):
            if levels[depth].style == reading.style:
                del levels[depth:]
                break
        return reading

    def _heading(self, line: Line) -> None:
        if not line.text:
            self._add_notes(line, None)
            return
        while self._open_sections and self._open_sections[-1][0] >= line.rank:
            self._open_sections.pop()
        self._section = f"{self.identifier}/s{len(self.sections) + 1}"
        self._taken.add(self._section)
        section: dict[str, Any] = {
            "id": self._section,
            "heading": Translations({self.language: line.text.strip(_INVISIBLE) or line.text}),
        }
        if self._open_sections:
            section["level"] = min(len(self._open_sections) + 1, 9)
            section["parent"] = self._open_sections[-1][1]
        self.sections.append(section)
        self._open_sections.append((line.rank, self._section))
        self._after_heading = True
        self._add_notes(line, None)

    def _table(self, line: Line) -> None:
        where = self._levels()[-1].identifier if self._levels() else ""
        table: dict[str, Any] = {
            "language": self.language,
            "rows": [{"cells": cells} for cells in line.rows],
        }
        if where:
            table["provision"] = where
        if line.rows:
            self.tables.append(table)
        self._add_notes(
            line, where or None, self.provisions[self._open[-1].index] if where else None
        )

    def _add_notes(
        self, line: Line, name: str | None, provision: dict[str, Any] | None = None
    ) -> None:
        if not (line.notes or line.links):
            return
        cited = _citations(line.links)
        for note in line.notes:
            of_note = _citations(note.links)
            self.notes.append(self._note(note, name, of_note))
            cited += (_citation(each.target, each.text, note.mark) for each in of_note)
        if provision is not None and cited:
            provision["citations"] = list(dict.fromkeys((*provision.get("citations", ()), *cited)))

    def _note(self, note: NoteText, name: str | None, cited: list[Citation]) -> dict[str, Any]:
        made: dict[str, Any] = {"mark": note.mark}
        if name:
            made["provision"] = name
        if note.text:
            made["text"] = {self.language: note.text}
        if cited:
            made["citations"] = cited
        return made


def _is_second_roman(line: Line | None) -> bool:
    """Whether a line is item (ii), so that the (i) before it is a numeral and no letter."""
    return (
        line is not None
        and line.kind == ITEM_LINE
        and line.label is not None
        and any(reading.style == "roman" and reading.value == 2 for reading in line.label.readings)
    )
