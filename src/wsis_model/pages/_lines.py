"""Names, titles and dates of records, as lines of a page."""

from __future__ import annotations

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
from ..pictures._labels import clean, fit, name_of, said_day, said_window
from ._content import Code, Line, joined, linked, said

__all__ = [
    "NAMED",
    "are",
    "cited",
    "details_of",
    "everything",
    "label_of",
    "lean",
    "named",
    "part_of",
    "parts_of",
    "said_days",
    "said_period",
    "several",
    "shown_by",
    "term_of",
    "title_of",
    "titled",
]

NAMED, LONGEST = 6, 300


def named(corpus: Corpus, identifier: str) -> Line:
    """Who or what an identifier names, in full, with the acronym; as code when the corpus does not
    hold it.
    """
    record = corpus.get(identifier)
    if isinstance(record, Entity):
        acronym = f" ({clean(record.acronym)})" if record.acronym else ""
        return (linked(clean(record.name.pick()), record.url), acronym)
    if record is None:
        return (Code(identifier),)
    return (label_of(corpus, identifier),)


def label_of(corpus: Corpus, identifier: str) -> str:
    """What a record is called in a table: of a paragraph its citation, of a line or target its code
    and label.
    """
    record = corpus.get(identifier)
    if isinstance(record, (Document, Provision, Mandate)):
        return cite(identifier)
    return name_of(corpus, identifier)


def cited(corpus: Corpus, identifier: str) -> Line:
    """A paragraph or mandate as the field cites it, leading to the official text."""
    document = corpus.get(identifier.partition("/")[0])
    url = document.urls[0] if isinstance(document, Document) and document.urls else None
    return (linked(cite(identifier), url),)


def several(corpus: Corpus, identifiers: Iterable[str], limit: int = NAMED) -> Line:
    """Some identifiers in words; of many, the first and how many more."""
    held = list(identifiers)
    more = f" and {len(held) - limit:,} more" if len(held) > limit else ""
    return (f"{'; '.join(label_of(corpus, each) for each in held[:limit])}{more}",)


def said_period(period: Period | None) -> str:
    """A period in words; empty where it has neither end."""
    if period is None or not (period.start or period.end):
        return ""
    if period.start and period.end:
        return period.start if period.start == period.end else f"{period.start} to {period.end}"
    return f"from {period.start}" if period.start else f"until {period.end}"


def said_days(window: Window) -> str:
    """A window in words, with dates that are not broken over lines."""
    return " to ".join(part.replace(" ", "\u00a0") for part in said_window(window).split(" to "))


def titled(text: Translations, identifier: str) -> Line:
    """A title with the identifier of what has it."""
    return (said(text), " ", Code(identifier))


def term_of(corpus: Corpus, identifier: str | None) -> str:
    """A kind of deliverable or a theme, by its label: its code is ours, and says the same."""
    record = None if identifier is None else corpus.get(identifier)
    return clean(record.label.pick()) if isinstance(record, Concept) else identifier or ""


def part_of(corpus: Corpus, identifier: str) -> Line:
    """A road map or a part of one, by its title and identifier; anything else by its name."""
    record = corpus.get(identifier)
    if isinstance(record, (Roadmap, Objective, Activity, Milestone, Indicator)):
        return titled(title_of(record), identifier)
    return named(corpus, identifier)


def title_of(record: Record) -> Translations:
    """The title of a road map or of a part of one: of an objective its statement, of an indicator
    its name.
    """
    texts = (each.value for each in describe(record) if isinstance(each.value, Translations))
    return next(texts, Translations())


def everything(
    record: Record, owner: str = "", path: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Record]]:
    """A record and all that it holds, each with the identifier of itself or of what it belongs to,
    and the labels of the fields that lead to it from there.
    """
    name: str | None = getattr(record, "id", None)
    owner, path = (owner, path) if name is None else (name, ())
    yield owner, path, record
    for each in sorted(describe(record), key=lambda each: each.field.what == "records"):
        if each.field.record is not None:
            for held in each.value if each.field.what == "records" else (each.value,):
                yield from everything(held, owner, (*path, each.label))


def parts_of(corpus: Corpus, identifiers: Iterable[str]) -> Line:
    """Some of them in words; of many, the first and how many more."""
    held = list(identifiers)
    more: list[Line] = [(f"{len(held) - NAMED:,} more",)] if len(held) > NAMED else []
    return joined([*(part_of(corpus, each) for each in held[:NAMED]), *more], "; ")


def shown_by(evidence: Iterable[Evidence]) -> Line:
    """What shows that something was done: titles, leading to where it can be seen."""
    shown: list[Line] = []
    for each in evidence:
        more = "; ".join(
            filter(None, (said_day(each.date) if each.date else "", clean(each.note or "")))
        )
        shown.append((linked(each.title, each.url), f" ({more})" if more else ""))
    return joined(shown, "; ")


def details_of(
    corpus: Corpus, record: Record, *placed: str, **called: str
) -> Iterator[tuple[str, Line]]:
    """All that a record says but in fields that have another place, each with its name: what it is
    called here, or the name of the field.
    """
    for each in describe(record, ("id", *placed)):
        own = each.label if each.field.what == "extensions" else each.label.capitalize()
        yield called.get(each.field.name, clean(own)), _detail(corpus, each)


def _detail(corpus: Corpus, detail: Detail) -> Line:
    field, value = detail.field, detail.value
    if field.refers is not None:
        return parts_of(corpus, (value,) if field.what == "value" else value)
    if isinstance(value, Translations):
        return (said(value),)
    words = detail.in_words(lambda identifier: name_of(corpus, identifier))
    return (fit(words, LONGEST) if field.what == "extensions" else clean(words),)


def lean(
    heads: tuple[str, ...], rows: list[tuple[Line, ...]]
) -> tuple[tuple[str, ...], list[tuple[Line, ...]]]:
    """A table without the columns, after the first, in which no row says anything."""
    kept = [
        at
        for at in range(len(heads))
        if at == 0 or any(any(words != "" for words in row[at]) for row in rows)
    ]
    return tuple(heads[at] for at in kept), [tuple(row[at] for at in kept) for row in rows]


def are(count: int) -> str:
    """The verb that goes with a number."""
    return "is" if count == 1 else "are"
