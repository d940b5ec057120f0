"""Builders of one small invented outcome document and the records that it refers to."""

from __future__ import annotations

import datetime
import functools
from importlib.resources import files
from typing import Any, TypeVar, cast

from ..corpus import Corpus
from ..loading import loads
from ..model import (
    Activity,
    Concept,
    Document,
    Entity,
    Indicator,
    Mandate,
    Provision,
    Record,
    Roadmap,
    Section,
    Session,
    Source,
    StakeholderGroup,
    Vocabulary,
    number_to_segment,
)
from ..model.fields import shape_of

__all__ = [
    "AS_OF",
    "a_concept",
    "a_corpus",
    "a_document",
    "a_group",
    "a_mandate",
    "a_provision",
    "a_roadmap",
    "a_section",
    "a_session",
    "a_source",
    "a_vocabulary",
    "an_activity",
    "an_entity",
    "an_indicator",
    "changed",
]

R = TypeVar("R", bound=Record)

AS_OF = datetime.date(2037, 2, 1)
"""The day on which sound corpora are sound, and broken ones broken, under rules that need a day."""


@functools.cache
def _invented() -> Corpus:
    """The corpus that the builders take their records from."""
    return loads(files("wsis_model.testing").joinpath("corpus.yaml").read_bytes(), "yaml")


def _like(record: type[R], identifier: str, changes: dict[str, Any]) -> R:
    """The record of this class and identifier, with changes."""
    found = _invented()[identifier]
    assert isinstance(found, record)
    return found.replace(**changes)


def a_source(**changes: Any) -> Source:
    """A complete source.

    Examples:
        >>> a_source(terms=None).terms is None
        True
    """
    return cast("Source", a_document().source).replace(**changes)


def a_section(**changes: Any) -> Section:
    """The first section of the document."""
    return _like(Section, "91-1/s1", changes)


def a_mandate(**changes: Any) -> Mandate:
    """A request with an addressee, a due session and a report.

    Examples:
        >>> a_mandate(addressees=("cstd",)).addressees
        ('cstd',)
    """
    return _like(Mandate, "91-1/1.1", changes)


def a_provision(**changes: Any) -> Provision:
    """An operative paragraph; its identifier follows from its number.

    Examples:
        >>> a_provision(number="3(a)").id
        '91-1/3-a'
    """
    number = str(changes.get("number", "1"))
    given: dict[str, Any] = {
        "id": f"91-1/{number_to_segment(number)}",
        "number": number,
        "section": "91-1/s1",
        "summary": "Says in our own words what is to happen",
    }
    return Provision(**{**given, **changes})


def a_document(**changes: Any) -> Document:
    """A resolution with two sections and some paragraphs.

    Examples:
        >>> [provision.number for provision in a_document().provisions]
        ['P1', 'P2', '1', '2', '2(a)', '2(b)', '2(c)', '3', '4']
    """
    return _like(Document, "91-1", changes)


def a_concept(**changes: Any) -> Concept:
    """A theme."""
    return _like(Concept, "themes/skills", changes)


def a_vocabulary(**changes: Any) -> Vocabulary:
    """The vocabulary of themes."""
    return _like(Vocabulary, "themes", changes)


def a_group(**changes: Any) -> StakeholderGroup:
    """The Governments, as the document names them."""
    return _like(StakeholderGroup, "groups/governments", changes)


def an_entity(**changes: Any) -> Entity:
    """An entity that facilitates an Action Line."""
    return _like(Entity, "itu", changes)


def a_session(**changes: Any) -> Session:
    """A session at which things are due."""
    return _like(Session, "sessions/cstd-40", changes)


def an_activity(**changes: Any) -> Activity:
    """An activity that answers the request."""
    return _like(Activity, "c1-roadmap/a1", changes)


def an_indicator(**changes: Any) -> Indicator:
    """An indicator with a baseline and a target."""
    return _like(Indicator, "c1-roadmap/i1", changes)


def a_roadmap(**changes: Any) -> Roadmap:
    """A road map that answers the request.

    Examples:
        >>> a_roadmap(owners=("cstd",), activities=()).owners
        ('cstd',)
    """
    return _like(Roadmap, "c1-roadmap", changes)


def a_corpus(*records: Record) -> Corpus:
    """All records of the builders: a sound corpus. Given top records replace those with the same
    identifier, or are added.

    Examples:
        >>> from wsis_model import check
        >>> check(a_corpus()).ok
        True
        >>> a_corpus(a_document(title="Another title"))["91-1"].title["en"]
        'Another title'
    """
    by_identifier = {record.id: record for record in _invented().top}
    by_identifier.update((getattr(record, "id", ""), record) for record in records)
    return Corpus.of(*by_identifier.values())


def changed(corpus: Corpus, identifier: str, **changes: Any) -> Corpus:
    """A corpus in which one record, at the top or in another, has these changes.

    Raises:
        UnknownIdentifier: The corpus does not hold it.
        pydantic.ValidationError: A change does not fit the field.

    Examples:
        >>> changed(a_corpus(), "91-1/4", summary="Ends").provision("91-1/4").summary
        'Ends'
    """
    corpus[identifier]
    return Corpus.of(*(_changed(record, identifier, changes) for record in corpus.top))


def _changed(record: R, identifier: str, changes: dict[str, Any]) -> R:
    if getattr(record, "id", None) == identifier:
        return record.replace(**changes)
    listed = [
        field.name
        for field in shape_of(type(record))
        if field.what == "records" and getattr(record, field.name)
    ]
    return (
        record.replace(
            **{
                name: tuple(_changed(each, identifier, changes) for each in getattr(record, name))
                for name in listed
            }
        )
        if listed
        else record
    )
