"""Any record: a strategy for each class, worked out from the types of its fields."""

from __future__ import annotations

import functools
import inspect
import itertools
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from hypothesis import strategies as st

from ..model import (
    Activity,
    Alignment,
    Citation,
    Concept,
    Date,
    Document,
    Due,
    Entity,
    Evidence,
    Extensions,
    File,
    Identifier,
    Indicator,
    Iri,
    Mandate,
    Milestone,
    Note,
    Objective,
    Observation,
    PartialDate,
    Period,
    Provision,
    Record,
    Refers,
    Resource,
    Roadmap,
    Role,
    Section,
    Session,
    Source,
    StakeholderGroup,
    Subject,
    Target,
    Text,
    TextRow,
    TextTable,
    Translations,
    Update,
    Vocabulary,
)
from ..model.fields import shape_of
from ._values import Strategy, amounts, extensions, identifiers, partial_dates, texts, translations

__all__ = [
    "activities",
    "alignments",
    "citations",
    "concepts",
    "documents",
    "dues",
    "entities",
    "evidence",
    "files",
    "groups",
    "indicators",
    "mandates",
    "milestones",
    "notes",
    "objectives",
    "observations",
    "periods",
    "provisions",
    "records",
    "resources",
    "roadmaps",
    "roles",
    "sections",
    "sessions",
    "sources",
    "subjects",
    "targets",
    "text_rows",
    "text_tables",
    "updates",
    "vocabularies",
]

R = TypeVar("R", bound=Record)

#: The types of fields, as annotated or without their constraints, that have a strategy of their
#: own.
_OF_TYPE: tuple[tuple[Any, Callable[[], Strategy[Any]]], ...] = (
    (Identifier, identifiers),
    (Text, texts),
    (str, lambda: st.just("") | texts()),
    (
        Iri,
        lambda: st.from_regex(
            r"https?://[a-z]{1,8}\.example/[a-z0-9#?=&;,'%_~-]{0,12}", fullmatch=True
        ),
    ),
    (Date, st.dates),
    (PartialDate, partial_dates),
    (Translations, translations),
    (Extensions, extensions),
    (Decimal, amounts),
    (bool, st.booleans),
    (int, lambda: st.integers(-(2**40), 2**40)),
)


def _values(annotation: Any) -> Strategy[Any]:
    """Values of a field with this annotation; for `X | None`, an `X`."""
    known = next((made for each, made in _OF_TYPE if each == annotation), None)
    if known is not None:
        return known()
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _constrained(*arguments)
    if origin in (typing.Union, types.UnionType):
        return _values(arguments[0])
    if origin is tuple:
        return _several(arguments[0])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if issubclass(annotation, Enum):
        members: tuple[Enum, ...] = tuple(annotation)
        return st.sampled_from(members)
    return _records(annotation)


def _constrained(bare: Any, *marks: Any) -> Strategy[Any]:
    if any(isinstance(mark, Refers) for mark in marks):
        return identifiers()
    bounds: dict[str, int] = {}
    for mark in marks:
        for each in getattr(mark, "metadata", ()):  # what pydantic's Field was told
            bounds.update(
                (name, getattr(each, name))
                for name in ("ge", "le", "min_length")
                if hasattr(each, name)
            )
    if "ge" in bounds:
        return st.integers(bounds["ge"], bounds["le"])
    pattern: str | None = next(
        (mark.pattern for mark in marks if getattr(mark, "pattern", None)), None
    )
    if pattern:
        return st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
    if typing.get_origin(bare) is tuple:
        return _several(typing.get_args(bare)[0], bounds["min_length"])
    return _values(bare)


def _several(annotation: Any, at_least: int = 0) -> Strategy[tuple[Any, ...]]:
    return st.lists(_values(annotation), min_size=at_least, max_size=2).map(tuple)


def records(record: type[R]) -> Strategy[R]:
    """Any valid record of a class: with or without optional fields, with texts that are hard to
    read and write, and identifiers that refer to nothing.

    Examples:
        >>> from wsis_model import Due
        >>> isinstance(records(Due), st.SearchStrategy)
        True
    """
    return typing.cast("Strategy[R]", _records(record))


@functools.cache
def _records(record: type[Record]) -> Strategy[Record]:
    annotations = {
        **inspect.get_annotations(Record, eval_str=True),
        **inspect.get_annotations(record, eval_str=True),
    }
    fields = {name: _values(annotations[name]) for name in record.model_fields}
    required = {
        name: made for name, made in fields.items() if record.model_fields[name].is_required()
    }
    optional = {name: made for name, made in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional).map(record.model_validate)


documents: functools.partial[Strategy[Document]] = functools.partial(records, Document)
"""An outcome document, with anything in it."""
sections: functools.partial[Strategy[Section]] = functools.partial(records, Section)
"""A heading of a document."""
provisions: functools.partial[Strategy[Provision]] = functools.partial(records, Provision)
"""A numbered paragraph or lettered item."""
mandates: functools.partial[Strategy[Mandate]] = functools.partial(records, Mandate)
"""What a provision asks, decides or pledges."""
citations: functools.partial[Strategy[Citation]] = functools.partial(records, Citation)
"""A reference from one text to another."""
notes: functools.partial[Strategy[Note]] = functools.partial(records, Note)
"""A footnote or endnote."""
subjects: functools.partial[Strategy[Subject]] = functools.partial(records, Subject)
"""What a library files a document under."""
text_tables: functools.partial[Strategy[TextTable]] = functools.partial(records, TextTable)
"""A table that stands in a document."""
text_rows: functools.partial[Strategy[TextRow]] = functools.partial(records, TextRow)
"""A row of such a table."""
vocabularies: functools.partial[Strategy[Vocabulary]] = functools.partial(records, Vocabulary)
"""A dated list of concepts."""
concepts: functools.partial[Strategy[Concept]] = functools.partial(records, Concept)
"""An entry of a vocabulary."""
alignments: functools.partial[Strategy[Alignment]] = functools.partial(records, Alignment)
"""The claim that something is about a concept."""
groups: functools.partial[Strategy[StakeholderGroup]] = functools.partial(records, StakeholderGroup)
"""A stakeholder group."""
entities: functools.partial[Strategy[Entity]] = functools.partial(records, Entity)
"""An organisation, body, mechanism or forum."""
roles: functools.partial[Strategy[Role]] = functools.partial(records, Role)
"""A role that an entity holds."""
sessions: functools.partial[Strategy[Session]] = functools.partial(records, Session)
"""A session of a body, or a meeting."""
dues: functools.partial[Strategy[Due]] = functools.partial(records, Due)
"""When something is due."""
periods: functools.partial[Strategy[Period]] = functools.partial(records, Period)
"""A span of time."""
sources: functools.partial[Strategy[Source]] = functools.partial(records, Source)
"""Where a record comes from."""
roadmaps: functools.partial[Strategy[Roadmap]] = functools.partial(records, Roadmap)
"""An implementation road map."""
objectives: functools.partial[Strategy[Objective]] = functools.partial(records, Objective)
"""An expected result of a road map."""
activities: functools.partial[Strategy[Activity]] = functools.partial(records, Activity)
"""What a road map says will be done."""
milestones: functools.partial[Strategy[Milestone]] = functools.partial(records, Milestone)
"""A point on the way of an activity."""
indicators: functools.partial[Strategy[Indicator]] = functools.partial(records, Indicator)
"""Something that is measured."""
targets: functools.partial[Strategy[Target]] = functools.partial(records, Target)
"""The value that an indicator should reach."""
observations: functools.partial[Strategy[Observation]] = functools.partial(records, Observation)
"""A value of an indicator at a time."""
resources: functools.partial[Strategy[Resource]] = functools.partial(records, Resource)
"""Money, people or things that an activity takes."""
updates: functools.partial[Strategy[Update]] = functools.partial(records, Update)
"""What someone reports about a road map."""
evidence: functools.partial[Strategy[Evidence]] = functools.partial(records, Evidence)
"""What shows that something was done or measured."""


@st.composite
def files(draw: st.DrawFn) -> File:
    """Any valid file with unique identifiers; in half of them the identifier of a part begins with
    that of its owner.
    """
    nested = draw(st.booleans())
    return _named_once(draw(records(File)), "", set(), nested=nested)


def _named_once(record: R, owner: str, taken: set[str], *, nested: bool) -> R:
    """A copy of *record* with identifiers that are unique and not in *taken*."""
    changes: dict[str, Any] = {}
    name = getattr(record, "id", None)
    if isinstance(name, str):
        wanted = f"{owner}/{name.rpartition('/')[2]}" if nested and owner else name
        owner = next(
            each
            for each in itertools.chain((wanted,), (f"{wanted}-{n}" for n in itertools.count(2)))
            if each not in taken
        )
        taken.add(owner)
        changes["id"] = owner
    for field in shape_of(type(record)):
        members = getattr(record, field.name)
        if field.what == "records" and members:
            changes[field.name] = tuple(
                _named_once(each, owner, taken, nested=nested) for each in members
            )
    return record.replace(**changes)
