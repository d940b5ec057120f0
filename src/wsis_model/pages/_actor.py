"""The page of an actor: what is asked of it, with the official text beside our words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..analysis import calendar
from ..corpus import Corpus
from ..model import Entity, StakeholderGroup, cite
from ..model.description import in_words
from ..pictures._labels import clean, counted, day_text, name_of
from ..queries import ACTORS, MandateMatch
from ._content import Block, Line, Paragraph, Section, Words, grid, in_page
from ._lines import citation, days_text, label_of, names_of, without_empty_columns
from .page import Page

__all__ = ["actor_page"]


def actor_page(
    corpus: Corpus, actor: str, *, as_of: datetime.date, document: str | None = None
) -> Page:
    """What is asked of an entity or group, on one page: each mandate in our words with the official
    text of its paragraph beside it, how it reaches the actor, which activities answer it; and what
    is due.

    Args:
        corpus: The catalogue, with official text where it is to stand beside:
            `catalogue().with_text(akn.read(path).documents)`; and road maps, if there are any.
        actor: The entity or group, by identifier, acronym or name.
        as_of: The day of the page, from which on what is due is listed.
        document: Only mandates of this document.

    Raises:
        UnknownIdentifier: There is no such actor or document.

    Examples:
        >>> from wsis_model import catalogue
        >>> page = actor_page(
        ...     catalogue(), "ITU", as_of=datetime.date(2026, 11, 24), document="80-173"
        ... )
        >>> page.title
        'What is asked of ITU'
    """
    record = corpus.find(actor, ACTORS)
    found = corpus.mandates(addressee=record.id, document=document)
    due = calendar(corpus, actor=record.id, document=document, start=as_of)
    named = [match for match in found if not match.route]
    reached = [match for match in found if match.route]
    rows: list[tuple[Line, ...]] = [
        (
            (days_text(entry.window),),
            (clean(entry.title),),
            (label_of(corpus, entry.what),),
            (clean(entry.note),),
        )
        for entry in due
    ]
    heads, rows = without_empty_columns(("When", "What", "Where", "How often"), rows)
    call = f"wsis_model.analysis.calendar(corpus, actor={record.id!r})"
    sections = (
        Section("named", "By name", tuple(_mandates(corpus, named))),
        Section("reached", "As one of others", tuple(_mandates(corpus, reached))),
        Section(
            "due",
            "What is due",
            (grid("In order of time", heads, rows, call) if rows else Paragraph(("Nothing.",)),),
        ),
    )
    title = f"What is asked of {name_of(corpus, record.id)}"
    assert isinstance(record, (Entity, StakeholderGroup))
    full = record.name if isinstance(record, Entity) else record.label
    where = cite(corpus.document(document).id) if document else "all documents"
    lead = f"{clean(full.pick())}: {counted(len(found), 'mandate')} of {where}, as of "
    return Page(title, f"{lead}{day_text(as_of)}", sections)


def _mandates(corpus: Corpus, found: list[MandateMatch]) -> Iterator[Block]:
    """The mandates, paragraph by paragraph, each with its official text."""
    if not found:
        yield Paragraph(("Nothing.",))
        return
    if not any(match.provision.text for match in found):
        yield Paragraph(
            ("The official text is not here; the links lead to it. What stands here is ours.",)
        )
    rows: list[tuple[Line, ...]] = []
    for number, match in enumerate(found):
        above = number > 0 and found[number - 1].provision is match.provision
        rows.append(_row(corpus, match, text_is_above=above))
    heads, rows = without_empty_columns(_HEADS, rows)
    yield grid(
        "The official text is what counts", heads, rows, "corpus.mandates(addressee=ACTOR).to_csv()"
    )


_HEADS = (
    "Where",
    "In our words",
    "Official text",
    "Due",
    "Reported to",
    "Reached by",
    "Answered by",
)


def _row(corpus: Corpus, match: MandateMatch, *, text_is_above: bool) -> tuple[Line, ...]:
    mandate, provision = match.mandate, match.provision
    answers = {mandate.id, provision.id}
    activities = [
        activity.title.pick()
        for roadmap in corpus.roadmaps
        for activity in roadmap.activities
        if not answers.isdisjoint(activity.answers)
    ]
    text: Words = in_page(provision.text) if provision.text else ""
    if text and text_is_above:
        text = "as above"
    return (
        citation(corpus, provision.id),
        (clean(mandate.action),),
        (text,),
        (in_words(mandate.due, lambda name: name_of(corpus, name)) if mandate.due else "",),
        names_of(corpus, mandate.reports_to),
        (", ".join(f"{step.how} {name_of(corpus, step.to)}" for step in match.route),),
        ("; ".join(map(clean, activities)),),
    )
