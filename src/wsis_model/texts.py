"""The official text added to our records of a document.

A reader of a foreign format (`wsis_model.interop`) gives a [`Document`][wsis_model.Document] with
official text and nothing of ours; the catalogue has what is ours and no official sentence.
[`with_text`][wsis_model.texts.with_text] makes one of the two. What differs between them is found
by [`join`][wsis_model.checks.texts.join].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from .model import Document, Note, Provision, Section, TextTable

__all__ = ["headings", "same_places", "with_text"]

R = TypeVar("R", Provision, Note)
T = TypeVar("T")


def with_text(ours: Document, theirs: Document) -> Document:
    """Our record of a document with the official text that *theirs* holds; of a corpus see
    `Corpus.with_text`.

    Text goes into provisions, headings, notes, tables and the opening, language by language; titles
    are added in the languages that ours lacks. Summaries, mandates, citations, alignments and all
    else that ours says stay as they are. Provisions and notes that ours lacks are added where they
    stand in the text; those that the text lacks stay without text.

    Examples:
        >>> from wsis_model import Provision
        >>> ours = Document(
        ...     id="99-1",
        ...     title="Maps",
        ...     provisions=[Provision(id="99-1/1", number="1", summary="Asks for maps.")],
        ... )
        >>> read = Document(
        ...     id="99-1",
        ...     title="Maps",
        ...     provisions=[Provision(id="99-1/1", number="1", text={"fr": "Demande."})],
        ... )
        >>> (provision,) = with_text(ours, read).provisions
        >>> provision.summary, provision.text["fr"]
        ('Asks for maps.', 'Demande.')
    """
    sections = headings(ours, theirs)
    return ours.replace(
        title={**theirs.title, **ours.title},
        opening={**ours.opening, **theirs.opening},
        sections=_sections(ours, theirs, sections),
        provisions=_provisions(ours, theirs, sections),
        notes=_notes(ours, theirs),
        tables=_tables(ours, theirs),
    )


def headings(ours: Document, theirs: Document) -> Mapping[str, str]:
    """The sections of *ours* by those of *theirs* that they match, whatever the languages: sections
    match that open with the same provision.

    Examples:
        >>> from wsis_model import Provision
        >>> def document(section, heading):
        ...     provision = Provision(id="99-1/7", number="7", section=section)
        ...     return Document(
        ...         id="99-1",
        ...         title="Maps",
        ...         sections=[Section(id=section, heading=heading)],
        ...         provisions=[provision],
        ...     )
        >>> headings(document("99-1/s2", {"en": "Data"}), document("99-1/s1", {"fr": "Données"}))
        {'99-1/s1': '99-1/s2'}
    """
    if not ours.sections:  # theirs are taken over
        return {section.id: section.id for section in theirs.sections}
    if not any(provision.section for provision in ours.provisions):
        known = {section.id for section in ours.sections}
        return {section.id: section.id for section in theirs.sections if section.id in known}
    by_place = _sections_by_place(ours)
    return {
        identifier: by_place[place]
        for place, identifier in _sections_by_place(theirs).items()
        if place in by_place
    }


def _sections_by_place(document: Document) -> dict[tuple[str, int], str]:
    """Sections by the first provision under them, and by how many headings stand between."""
    first: dict[str, str] = {}
    for provision in document.provisions:
        if provision.section is not None:
            first.setdefault(provision.section, provision.id)
    places: dict[tuple[str, int], str] = {}
    opens, between = "", 0
    for section in reversed(document.sections):
        opens, between = (first[section.id], 0) if section.id in first else (opens, between + 1)
        places[opens, between] = section.id
    return places


def _sections(ours: Document, theirs: Document, known: Mapping[str, str]) -> tuple[Section, ...]:
    if not ours.sections:
        return theirs.sections
    read = _by_name(
        (section for section in theirs.sections if section.id in known),
        lambda section: known[section.id],
    )
    return tuple(
        section.replace(heading={**section.heading, **read[name].heading})
        if name in read
        else section
        for name, section in _by_name(ours.sections, lambda section: section.id).items()
    )


def _provisions(
    ours: Document, theirs: Document, sections: Mapping[str, str]
) -> tuple[Provision, ...]:
    def added(provision: Provision) -> Provision:
        section = provision.section
        return provision.replace(section=sections.get(section)) if section else provision

    return _merge(_provisions_by_id(ours.provisions), _provisions_by_id(theirs.provisions), added)


def _notes(ours: Document, theirs: Document) -> tuple[Note, ...]:
    return _merge(_notes_by_mark(ours.notes), _notes_by_mark(theirs.notes), lambda note: note)


def _tables(ours: Document, theirs: Document) -> tuple[TextTable, ...]:
    """Tables have no names to match: the tables read replace ours of the same language."""
    languages = {table.language for table in theirs.tables}
    return (*(table for table in ours.tables if table.language not in languages), *theirs.tables)


def _by_name(members: Iterable[T], name: Callable[[T], str]) -> dict[Hashable, T]:
    """Members by name and, as a name may come again (an asterisk), by how often it came before."""
    seen: Counter[str] = Counter()
    found: dict[Hashable, T] = {}
    for member in members:
        key = name(member)
        seen[key] += 1
        found[key, seen[key]] = member
    return found


def _provisions_by_id(provisions: Iterable[Provision]) -> dict[Hashable, Provision]:
    return _by_name(provisions, lambda provision: provision.id)


def _notes_by_mark(notes: Iterable[Note]) -> dict[Hashable, Note]:
    return _by_name(notes, lambda note: note.mark)


def _merge(
    ours: Mapping[Hashable, R],
    theirs: Mapping[Hashable, R],
    added: Callable[[R], R],
) -> tuple[R, ...]:
    """Ours in our order with the text of theirs of the same name; what only they have comes after
    what it follows there.
    """
    behind: dict[Hashable, list[R]] = {}
    last: Hashable = None
    for name, each in theirs.items():
        if name in ours:
            last = name
        else:
            behind.setdefault(last, []).append(added(each))
    made = list(behind.get(None, ()))
    for name, each in ours.items():
        if name in theirs:
            each = each.replace(text={**each.text, **theirs[name].text})
        made.append(each)
        made += behind.get(name, ())
    return tuple(made)


def same_places(before: Document, after: Document) -> bool:
    """Whether every provision and note of *before* stands in *after* where it stood.

    Examples:
        >>> document = Document(id="99-1", title="Maps")
        >>> same_places(document, document)
        True
    """
    return all(
        [name for name, _ in zip(new, old, strict=False)] == list(old)
        for new, old in (
            (_provisions_by_id(after.provisions), _provisions_by_id(before.provisions)),
            (_notes_by_mark(after.notes), _notes_by_mark(before.notes)),
        )
    )
