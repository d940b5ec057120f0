"""Names, titles and dates of records, as lines of a page."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ..corpus import Corpus
from ..model import (
    Activity,
    Concept,
    Document,
    Entity,
    Evidence,
    Indicator,
    Mandate,
    Milestone,
    Objective,
    Period,
    Provision,
    Record,
    Roadmap,
    Translations,
    Window,
    cite,
)
from ..model.description import Detail, describe
from ..model.fields import Field, shape_of
from ..model.identifiers import owner_of
from ..model.record import first_day, identifier_of, last_day
from ..pictures._labels import clean, day_text, fit, name_of, window_text
from ._content import Code, Line, in_page, joined, linked

__all__ = [
    "NAMED",
    "citation",
    "details_of",
    "records_in",
    "label_of",
    "without_empty_columns",
    "name_with_link",
    "paragraphs_of",
    "part_name",
    "part_names",
    "part_title",
    "date_text",
    "days_text",
    "period_text",
    "names_of",
    "evidence_text",
    "concept_label",
    "title_of",
    "title_with_id",
    "with_verb",
]

NAMED, LONGEST_VALUE = 6, 300


def name_with_link(corpus: Corpus, identifier: str) -> Line:
    """The full name of a record with its acronym and a link; as code if the corpus does not hold
    it.
    """
    record = corpus.get(identifier)
    if isinstance(record, Entity):
        acronym = f" ({clean(record.acronym)})" if record.acronym else ""
        return (linked(clean(record.name.pick()), record.url), acronym)
    if record is None:
        return (Code(identifier),)
    return (label_of(corpus, identifier),)


def label_of(corpus: Corpus, identifier: str) -> str:
    """The name of a record in a table: the citation of a paragraph, the code and label of a line or
    target.
    """
    record = corpus.get(identifier)
    if isinstance(record, (Document, Provision, Mandate)):
        return cite(identifier)
    return name_of(corpus, identifier)


def citation(corpus: Corpus, identifier: str) -> Line:
    """The citation of a paragraph or mandate, with a link to the official text."""
    document = corpus.get(identifier.partition("/")[0])
    url = document.urls[0] if isinstance(document, Document) and document.urls else None
    return (linked(cite(identifier), url),)


def paragraphs_of(identifiers: Iterable[str]) -> list[str]:
    """The paragraphs of mandates, each once.

    Examples:
        >>> paragraphs_of(["80-173/67.1", "80-173/67.2", "80-173/113"])
        ['80-173/67', '80-173/113']
    """
    owners = ((each, owner_of(each)) for each in identifiers)
    return list(dict.fromkeys(owner if "/" in owner else each for each, owner in owners))


def names_of(corpus: Corpus, identifiers: Iterable[str], limit: int = NAMED) -> Line:
    """The names of records; of many, the first and how many more."""
    items = list(identifiers)
    more = f" and {len(items) - limit:,} more" if len(items) > limit else ""
    return (f"{'; '.join(label_of(corpus, each) for each in items[:limit])}{more}",)


def period_text(period: Period | None) -> str:
    """A period in words; empty if it has no start and no end."""
    if period is None or not (period.start or period.end):
        return ""
    if period.start and period.end:
        return " to ".join(dict.fromkeys(map(date_text, (period.start, period.end))))
    return (
        f"from {date_text(period.start)}"
        if period.start
        else f"until {date_text(period.end or '')}"
    )


def date_text(partial: str) -> str:
    """A year, a month or a day in words.

    Examples:
        >>> [date_text(each) for each in ("2027", "2027-06", "2027-06-30")]
        ['2027', 'June 2027', '30 June 2027']
    """
    return window_text(Window(first_day(partial), last_day(partial)))


def days_text(window: Window) -> str:
    """A window in words, with dates that are not broken over lines."""
    return " to ".join(part.replace(" ", "\u00a0") for part in window_text(window).split(" to "))


def title_with_id(text: Translations, identifier: str) -> Line:
    """A title with the identifier of its record."""
    return (in_page(text), " ", Code(identifier))


def concept_label(corpus: Corpus, identifier: str | None) -> str:
    """The label of a kind of deliverable or of a theme."""
    record = None if identifier is None else corpus.get(identifier)
    return clean(record.label.pick()) if isinstance(record, Concept) else identifier or ""


def part_name(corpus: Corpus, identifier: str) -> Line:
    """The title and identifier of a road map or a part of one; the name of any other record."""
    record = corpus.get(identifier)
    if isinstance(record, (Roadmap, Objective, Activity, Milestone, Indicator)):
        return title_with_id(title_of(record), identifier)
    return name_with_link(corpus, identifier)


def part_title(corpus: Corpus, identifier: str) -> Line:
    """The title of a road map or a part of one; the identifier of what the corpus does not hold."""
    record = corpus.get(identifier)
    return (Code(identifier),) if record is None else (in_page(title_of(record)),)


def title_of(record: Record) -> Translations:
    """The title of a road map or of a part of one: the statement of an objective, the name of an
    indicator.
    """
    return next((text for text in texts_of(record) if text), Translations())


def texts_of(record: Record) -> Iterator[Translations]:
    """The texts of a record by language, not those of records in it."""
    for field in shape_of(type(record)):
        if field.what == "translations":
            yield getattr(record, field.name)


def records_in(
    record: Record, owner: str = "", path: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Record]]:
    """A record and all records in it: each with its own identifier or that of the record it belongs
    to, and the labels of the fields that lead to it from there.
    """
    name = identifier_of(record)
    owner, path = (name, ()) if name else (owner, path)
    yield owner, path, record
    for field, label in _record_fields(type(record)):
        value = getattr(record, field.name)
        for item in value if field.what == "records" else (value,) if value else ():
            yield from records_in(item, owner, (*path, label))


@functools.cache
def _record_fields(record: type[Record]) -> tuple[tuple[Field, str], ...]:
    """The fields of a class that hold records, each with its label; lists come last."""
    fields = [field for field in shape_of(record) if field.record is not None]
    fields.sort(key=lambda field: field.what == "records")
    return tuple((field, field.key.replace("_", " ")) for field in fields)


def part_names(corpus: Corpus, identifiers: Iterable[str]) -> Line:
    """The titles or names of records; of many, the first and how many more."""
    items = list(identifiers)
    more: list[Line] = [(f"{len(items) - NAMED:,} more",)] if len(items) > NAMED else []
    return joined([*(part_name(corpus, each) for each in items[:NAMED]), *more], "; ")


def evidence_text(evidence: Iterable[Evidence]) -> Line:
    """The titles of evidence, with links."""
    shown: list[Line] = []
    for each in evidence:
        more = "; ".join(
            filter(None, (day_text(each.date) if each.date else "", clean(each.note or "")))
        )
        shown.append((linked(each.title, each.url), f" ({more})" if more else ""))
    return joined(shown, "; ")


def details_of(
    corpus: Corpus, record: Record, *skip: str, **labels: str
) -> Iterator[tuple[str, Line]]:
    """The values of a record with their names, except those of the fields to *skip*; *labels* are
    names to use instead of those of the fields.
    """
    for each in describe(record, ("id", *skip)):
        own = each.label if each.field.what == "extensions" else each.label.capitalize()
        yield labels.get(each.field.name, clean(own)), _detail(corpus, each)


def _detail(corpus: Corpus, detail: Detail) -> Line:
    field, value = detail.field, detail.value
    if field.refers is not None:
        return part_names(corpus, (value,) if field.what == "value" else value)
    if isinstance(value, Translations):
        return (in_page(value),)
    words = detail.in_words(lambda identifier: name_of(corpus, identifier))
    return (fit(words, LONGEST_VALUE) if field.what == "extensions" else clean(words),)


def without_empty_columns(
    heads: tuple[str, ...], rows: list[tuple[Line, ...]]
) -> tuple[tuple[str, ...], list[tuple[Line, ...]]]:
    """A table without empty columns, except the first."""
    kept = [
        at
        for at in range(len(heads))
        if at == 0 or any(any(words != "" for words in row[at]) for row in rows)
    ]
    return tuple(heads[at] for at in kept), [tuple(row[at] for at in kept) for row in rows]


def with_verb(count: int, noun: str = "") -> str:
    """A number with its verb, e.g. `"1 is"`, `"2 more are"`."""
    return f"{count:,}{noun} {'is' if count == 1 else 'are'}"
