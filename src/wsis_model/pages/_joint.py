"""The page of several road maps beside each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..analysis import Conflict, ConflictKind, Joint, joint
from ..corpus import Corpus
from ..model import Activity, Document
from ..pictures._labels import clean, counted, day_text, name_of, window_text
from ._content import Block, Facts, Line, Paragraph, Section, grid, joined
from ._facts import OUTCOME
from ._lines import days_text, label_of, names_of, part_title
from .page import Page

__all__ = ["joint_page"]

CARRIERS = 20
_MANDATE = (
    "A/RES/80/173, para. 122, which asks UNGIS for a joint road map; para. 113 asks the "
    "facilitators of each Action Line for one of theirs."
)
_TWICE = (
    "Activities of different road maps with the same lead, for the same people, in answer to the "
    "same mandate. They may be meant: then each should say how it differs."
)


def joint_page(
    corpus: Corpus, roadmaps: Iterable[str] | None = None, *, as_of: datetime.date
) -> Page:
    """Several road maps as one page: what is done twice, what cannot hold together, what waits for
    another road map, what is left open, and who carries most.

    Args:
        corpus: The road maps, together with the documents, vocabularies and actors that they refer
            to: `catalogue() | mine`.
        roadmaps: The road maps to compare, by identifier; without it those that
            [`joint`][wsis_model.analysis.joint] compares.
        as_of: The day of the report.

    Raises:
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> import datetime
        >>> from wsis_model import catalogue, load
        >>> corpus = catalogue() | load("examples/data/c2-roadmap.yaml")
        >>> page = joint_page(corpus, as_of=datetime.date(2026, 11, 24))
        >>> page.to_markdown().splitlines()[0]
        '# 1 road map beside each other'
    """
    document = OUTCOME if isinstance(corpus.get(OUTCOME), Document) else None
    found = joint(corpus, roadmaps, document=document, as_of=as_of)
    sections = (
        Section("summary", "Summary", tuple(_summary(corpus, found))),
        Section("twice", "What is done twice", tuple(_overlaps(corpus, found))),
        Section("conflicts", "What cannot hold together", tuple(_conflicts(corpus, found))),
        Section("waiting", "What waits for another road map", tuple(_waiting(corpus, found))),
        Section("open", "What is left open", tuple(_open(corpus, found))),
        Section("carriers", "Who carries most", tuple(_carriers(corpus, found))),
    )
    return Page(found.title, f"Joint reading as of {day_text(as_of)}", sections)


def _summary(corpus: Corpus, found: Joint) -> Iterator[Block]:
    """What was found, in a sentence, and what was compared."""
    counts = [
        counted(len(table), one, many)
        for (one, many), table in (
            (("thing is done twice", "things are done twice"), found.overlaps),
            (("contradiction", "contradictions"), found.conflicts),
            (("wait for another road map", "waits for another road map"), found.dependencies),
            (("mandate that nobody answers", "mandates that nobody answers"), found.unanswered),
            (("target that nobody measures", "targets that nobody measures"), found.unmeasured),
        )
    ]
    yield Paragraph((f"{'; '.join(counts)}.",))
    activities = sum(len(corpus.roadmap(each).activities) for each in found.roadmaps)
    yield Facts(
        (
            ("Compared", joined([part_title(corpus, each) for each in found.roadmaps], "; ")),
            ("Hold", (counted(activities, "activity", "activities"),)),
            (
                "Asked for by",
                (_MANDATE,),
            ),
        )
    )


def _overlaps(corpus: Corpus, found: Joint) -> Iterator[Block]:
    yield Paragraph((_TWICE,))
    rows: list[tuple[Line, ...]] = [
        (
            _parts(corpus, each.activities),
            names_of(corpus, each.leads),
            names_of(corpus, each.beneficiaries) if each.beneficiaries else ("not said",),
            names_of(corpus, each.answers),
        )
        for each in found.overlaps
    ]
    yield from _table("Done twice", ("Activities", "Led by", "For", "Answer"), rows, "overlaps")


def _conflicts(corpus: Corpus, found: Joint) -> Iterator[Block]:
    for kind, explained in _KINDS.items():
        rows = [_conflict(corpus, each) for each in found.conflicts if each.kind is kind]
        if rows:
            heads = ("What", "Where", "What they say")
            yield Paragraph((explained,))
            yield from _table(kind.value.capitalize(), heads[: len(rows[0])], rows, "conflicts")
    if not found.conflicts:
        yield Paragraph(("Nothing.",))


_KINDS = {
    ConflictKind.LEADS: "One mandate asks one body, or two activities are one, and different "
    "bodies lead. Agree on a lead, make the other a co-lead, or say why (lead_reason).",
    ConflictKind.DATES: "Something is to be done before what it waits for can be there.",
    ConflictKind.CIRCLE: "Each waits for the next, and the last for the first.",
    ConflictKind.BASELINES: "One indicator starts from different values, or at different times.",
    ConflictKind.TARGETS: "One indicator is to reach different values by one date.",
    ConflictKind.VALUES: "One indicator was measured at one time with different results.",
    ConflictKind.DIRECTIONS: "One indicator is to go different ways.",
    ConflictKind.UNITS: "One indicator is measured in different units.",
}


def _conflict(corpus: Corpus, conflict: Conflict) -> tuple[Line, ...]:
    where = _parts(corpus, conflict.records)
    if conflict.kind in (ConflictKind.DATES, ConflictKind.CIRCLE):
        about = part_title(corpus, conflict.about)
    else:
        about = (label_of(corpus, conflict.about),)
    said: Line = ("; ".join(conflict.values),)
    if conflict.kind is ConflictKind.LEADS:
        activities = (corpus[each] for each in conflict.records)
        leads = (each.leads for each in activities if isinstance(each, Activity))
        said = joined([names_of(corpus, each) for each in leads], "; ")
    return (about, where, said) if conflict.values else (about, where)


def _waiting(corpus: Corpus, found: Joint) -> Iterator[Block]:
    rows: list[tuple[Line, ...]] = [
        (
            _part(corpus, each.record),
            (days_text(each.by),),
            _part(corpus, each.needs),
            ("done",) if each.done else (days_text(each.ready),),
        )
        for each in found.dependencies
    ]
    heads = ("What waits", "To be done", "For what", "Ready")
    yield from _table("Dependencies between road maps", heads, rows, "dependencies")


def _open(corpus: Corpus, found: Joint) -> Iterator[Block]:
    yield Paragraph(("Mandates that these road maps are expected to answer, and none does:",))
    rows: list[tuple[Line, ...]] = [
        (
            (label_of(corpus, each.record),),
            (clean(each.label),),
            names_of(corpus, each.asked),
            (each.why,),
        )
        for each in found.unanswered
    ]
    heads = ("Mandate", "Action", "Asked of", "Why expected")
    yield from _table("Not answered", heads, rows, "unanswered")
    yield Paragraph(("SDG targets that they say they serve, and no indicator measures:",))
    rows = [
        (
            (label_of(corpus, each.target),),
            _parts(corpus, each.by),
        )
        for each in found.unmeasured
    ]
    yield from _table("Not measured", ("Target", "Served by"), rows, "unmeasured")


def _carriers(corpus: Corpus, found: Joint) -> Iterator[Block]:
    numbers = ("Leads", "Takes part in", "In road maps", "Open milestones")
    rows: list[tuple[Line, ...]] = []
    for each in found.workload[:CARRIERS]:
        own = {corpus.ancestors(name)[0].id for name in (*each.leads, *each.joins)}
        counts = (len(each.leads), len(each.joins), len(own), len(each.milestones))
        rows.append(
            (
                (name_of(corpus, each.actor),),
                *((f"{count:,}",) for count in counts),
                (window_text(each.next_due) if each.next_due else "",),
            )
        )
    more = max(len(found.workload) - CARRIERS, 0)
    if more:
        yield Paragraph((f"The first {CARRIERS}; {counted(more, 'other')} carry less.",))
    heads = ("Who", *numbers, "Next due")
    yield from _table("Who leads and takes part", heads, rows, "workload", numbers)


def _table(
    caption: str,
    heads: tuple[str, ...],
    rows: list[tuple[Line, ...]],
    field: str,
    numbers: tuple[str, ...] = (),
) -> Iterator[Block]:
    """A table, or that there is nothing."""
    if not rows:
        yield Paragraph(("Nothing.",))
        return
    yield grid(caption, heads, rows, f"wsis_model.analysis.joint(corpus).{field}.to_csv()", numbers)


def _part(corpus: Corpus, identifier: str) -> Line:
    """The title of a part of a road map, and which road map it is in."""
    roadmap = corpus.ancestors(identifier)[0]
    return (*part_title(corpus, identifier), f" ({name_of(corpus, roadmap.id)})")


def _parts(corpus: Corpus, identifiers: Iterable[str]) -> Line:
    return joined([_part(corpus, each) for each in identifiers], "; ")
