"""Structure: numbers have no gaps, and sections, parents and paragraphs are in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..errors import excerpt
from ..model import Concept, Document, Part, Provision, Section, number_to_segment
from ._circles import circles
from ._rule import CheckContext, Found, Severity, found, rule
from .identity import agrees

_PARAGRAPH = re.compile(r"p?([0-9]{1,6})")
_LETTERS = re.compile(r"([a-z])\1?|a[a-z]")
_ROMAN = re.compile(r"[ivxlc]{1,9}")
_DIGITS = re.compile(r"[0-9]{1,6}")


def _out_of_step(run: Iterable[tuple[Provision, int]]) -> Iterator[tuple[Provision, int]]:
    """The provisions whose number is higher than the one expected in their place, with that."""
    expected = 1
    for provision, number in run:
        if number > expected:
            yield provision, expected
            expected = number
        expected += 1  # also for a number that repeats or goes back, which other rules report


def _stem(provision: Provision, segment: str) -> str:
    """Of a provision in an annex, its identifier without the number: each annex may start again
    from 1.
    """
    if provision.part is not Part.ANNEX:
        return ""
    denied = not provision.id.endswith(segment)
    return provision.id.rstrip("0123456789") if denied else provision.id.removesuffix(segment)


#: The number of a provision whose identifier and printed number disagree, which I103 reports; it
#: counts in the order.
_DENIED = 0


@rule("S301", Severity.WARNING, reads=("part",))
def paragraph_numbers_have_no_gaps(context: CheckContext) -> Iterator[Found]:
    """The paragraphs of a document are numbered 1, 2, 3 and so on, in each part, without a gap.

    A gap means that a paragraph was forgotten, or stands in the wrong place. Excerpts and a few old
    resolutions do have gaps. If number and identifier disagree, I103 reports it.

    Mend: add or move the paragraph; for an excerpt, waive the rule with that reason.
    """
    for document in context.corpus.documents:
        runs: dict[tuple[Part, str], list[tuple[Provision, int]]] = {}
        for each in document.provisions:
            segment = number_to_segment(each.number)
            denied = bool(segment) and not agrees(each, segment)
            if each.parent is None and ((number := _PARAGRAPH.fullmatch(segment)) or denied):
                runs.setdefault((each.part, _stem(each, segment)), []).append(
                    (each, _DENIED if denied or number is None else int(number[1]))
                )
        for run in runs.values():
            for each, expected in _out_of_step(run):
                yield found(
                    each, f"number {each.number} stands where {expected} is expected", "number"
                )


@rule("S302", reads=("part",))
def numbers_do_not_repeat(context: CheckContext) -> Iterator[Found]:
    """No two provisions of one part of a document have the same printed number.

    A citation of the number could mean either.

    Mend: correct one of the numbers.
    """
    for document in context.corpus.documents:
        first: dict[tuple[Part, str, str], str] = {}
        for each in document.provisions:
            segment = number_to_segment(each.number)
            first_id = (
                first.setdefault((each.part, _stem(each, segment), segment), each.id)
                if segment
                else each.id
            )
            if first_id != each.id:
                yield found(
                    each,
                    f"{first_id} has the number {excerpt(each.number)} too",
                    "number",
                    names=(first_id,),
                )


@rule("S303", reads=("parent", "part"))
def provisions_are_in_sections(context: CheckContext) -> Iterator[Found]:
    """Every operative paragraph of a document that has sections is in one of them.

    A paragraph without a section is missing from the table of contents and from every table by
    section. Lettered items belong to the section of their paragraph.

    Mend: name the section.
    """
    for document in context.corpus.documents:
        if document.sections:
            for each in document.provisions:
                if each.part is Part.OPERATIVE and each.section is None and each.parent is None:
                    yield found(each, "is in no section", "section")


def _late(records: Sequence[Provision | Section | Concept]) -> Iterator[Found]:
    """The records whose parent stands after them. Parents in a circle are reported by R205."""
    place = {each.id: number for number, each in enumerate(records)}
    links = {each.id: [each.parent] for each in records if each.parent}
    circular = {name for names, _ in circles(links, len(links)) for name in names}
    for number, each in enumerate(records):
        if (
            each.parent is not None
            and place.get(each.parent, -1) > number
            and each.id not in circular
        ):
            yield found(
                each, f"stands before its parent {each.parent!r}", "parent", names=(each.parent,)
            )


@rule("S304")
def parents_precede_their_children(context: CheckContext) -> Iterator[Found]:
    """A paragraph stands before its items, a section before its subsections, a wider concept before
    the narrower ones.

    Records are read and shown in their order, and a heading belongs above its text.

    Mend: move the parent up, or the child down.
    """
    for document in context.corpus.documents:
        yield from _late(document.sections)
        yield from _late(document.provisions)
    for vocabulary in context.corpus.vocabularies:
        yield from _late(vocabulary.concepts)


def _sections_in_order(document: Document) -> Iterator[Found]:
    ordinals = [(each, re.fullmatch(r".*/s([0-9]{1,6})", each.id)) for each in document.sections]
    numbered = [(each, int(match[1])) for each, match in ordinals if match]
    for (before, lower), (each, higher) in pairwise(numbered):
        if higher <= lower:
            yield found(
                each,
                f"stands after {before.id}",
                "id",
                hint="sections are numbered in their order",
                names=(before.id,),
            )
    level = 0
    for each in document.sections:
        if each.level > level + 1:
            said = f"follows a section of level {level}" if level else "is the first"
            yield found(
                each,
                f"has level {each.level} and {said}",
                "level",
                hint=f"expected at most {level + 1}",
            )
        level = each.level


@rule("S305", reads=("sections",))
def sections_are_in_order(context: CheckContext) -> Iterator[Found]:
    """Sections stand in the order of their ordinals and skip no level; provisions stand in the
    order of their sections.

    A paragraph that goes back to an earlier section has the wrong section, or stands in the wrong
    place.

    Mend: correct the section, or move the record.
    """
    for document in context.corpus.documents:
        yield from _sections_in_order(document)
        place = {each.id: number for number, each in enumerate(document.sections)}
        placed = [
            (each, place[each.section]) for each in document.provisions if each.section in place
        ]
        for (_, before), (each, here) in pairwise(placed):
            if here < before:
                yield found(
                    each,
                    f"goes back to {each.section} after {document.sections[before].id}",
                    "section",
                    names=(str(each.section), document.sections[before].id),
                )


def _roman(token: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in token]
    return sum(-one if one < following else one for one, following in pairwise([*values, 0]))


def _letter(token: str) -> int:
    """`a` is 1 and `z` 26; after that some write `aa, bb` and some `aa, ab`."""
    return ord(token[-1]) - 96 + (26 if len(token) == 2 else 0)


def _ordinals(items: Sequence[Provision]) -> list[tuple[Provision, int]]:
    """The items with the ordinals that their marks stand for, in the way of counting that the first
    mark shows.
    """
    segments = [(each, number_to_segment(each.number)) for each in items]
    marks = [
        (each, segment.rpartition("-")[2] if agrees(each, segment) else "")
        for each, segment in segments
    ]
    first = next((mark for _, mark in marks if mark), "")
    form, value = (
        (_DIGITS, int)
        if _DIGITS.fullmatch(first)
        else (_ROMAN, _roman)
        if first == "i"
        else (_LETTERS, _letter)
    )
    return [
        (each, value(mark) if mark else _DENIED)
        for each, mark in marks
        if not mark or form.fullmatch(mark)
    ]


@rule("S306")
def item_numbers_have_no_gaps(context: CheckContext) -> Iterator[Found]:
    """The items under a paragraph are lettered a, b, c (or i, ii, iii, or 1, 2, 3) without a gap.

    A gap means that an item was forgotten, or stands under the wrong paragraph.

    Mend: add or move the item.
    """
    for document in context.corpus.documents:
        items: dict[str, list[Provision]] = {}
        for each in document.provisions:
            if each.parent is not None:
                items.setdefault(each.parent, []).append(each)
        # R204 reports a missing parent; the paragraph of its items is not known.
        misplaced = [
            each.id for name in items if name not in context.corpus for each in items[name]
        ]
        for parent, below in items.items():
            if context.get(parent, Provision) and not any(
                name.startswith(f"{parent}-") for name in misplaced
            ):
                for each, expected in _out_of_step(_ordinals(below)):
                    yield found(
                        each,
                        f"{excerpt(each.number)} stands where item {expected} is expected",
                        "number",
                    )


@rule("S307", whole="a section or parent may be of another document")
def places_are_in_the_same_document(context: CheckContext) -> Iterator[Found]:
    """The section and the parent of a provision, and the parent of a section, are of the same
    document.

    A paragraph of one document cannot stand under a heading of another: the reference was copied.

    Mend: name the section or parent of this document.
    """
    for document in context.corpus.documents:
        sections = {each.id for each in document.sections}
        provisions = {each.id for each in document.provisions}
        for each in document.provisions:
            if each.section not in sections and context.get(each.section, Section):
                yield found(
                    each,
                    f"{each.section!r} is not a section of {document.id}",
                    "section",
                    names=(str(each.section), document.id),
                )
            if each.parent not in provisions and context.get(each.parent, Provision):
                yield found(
                    each,
                    f"{each.parent!r} is not a provision of {document.id}",
                    "parent",
                    names=(str(each.parent), document.id),
                )
        for section in document.sections:
            if section.parent not in sections and context.get(section.parent, Section):
                yield found(
                    section,
                    f"{section.parent!r} is not a section of {document.id}",
                    "parent",
                    names=(str(section.parent), document.id),
                )


@rule("S308", reads=("notes",))
def marks_are_those_of_notes(context: CheckContext) -> Iterator[Found]:
    """The mark of a citation is the mark of a note in the same provision, if the document has
    notes.

    In the printed text the mark leads from the paragraph to the work cited.

    Mend: correct the mark, or the provision of the note.
    """
    for document in context.corpus.documents:
        notes = {
            note.mark: note.provision if note.provision in context.corpus else None
            for note in document.notes
        }
        for each in document.provisions if notes else ():
            for number, citation in enumerate(each.citations):
                mark = citation.mark
                if mark is not None and notes.get(mark, "") not in (each.id, None):
                    where = f"stands in {notes[mark]}" if mark in notes else "is not there"
                    message = f"note {excerpt(mark)} {where}"
                    yield found(each, message, ("citations", number, "mark"))
