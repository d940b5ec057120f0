"""How a road map stands, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..analysis import Answer
from ..model import RoadmapKind
from ..pictures import timeline
from ..pictures._labels import clean, counted, day_text, name_of
from ._content import Block, Code, Facts, Figure, Fold, Line, Paragraph, grid, joined
from ._facts import RoadmapFacts
from ._lines import (
    citation,
    details_of,
    evidence_text,
    name_with_link,
    paragraphs_of,
    part_title,
    period_text,
    without_empty_columns,
)
from ._standing import counts_of

__all__ = ["particulars", "summary_section"]

#: How many activities the picture shows.
DRAWN = 40


def summary_section(facts: RoadmapFacts, *, pictures: bool) -> Iterator[Block]:
    """How the road map stands, in a line and in a picture, and whose it is."""
    record, corpus = facts.roadmap, facts.corpus
    if record.description:
        yield Paragraph((clean(record.description),), notice=True)
    counts = tuple(counts_of(facts.progress, facts.standings))
    if not record.activities:
        yield Paragraph(("No activity is planned yet.",))
    lines: list[tuple[str, Line]] = [(what, (how,)) for what, how in (*counts, *_answered(facts))]
    if lines:
        yield Facts(tuple(lines))

    def names(identifiers: Iterable[str]) -> Line:
        return joined([name_with_link(corpus, each) for each in identifiers])

    asked = [citation(corpus, each) for each in paragraphs_of(record.mandated_by)]
    version = f", version {clean(record.version)}" if record.version else ""
    pairs: tuple[tuple[str, Line], ...] = (
        ("Owners", names(record.owners)),
        ("Period", (period_text(record.period),)),
        ("State of the text", (f"{record.status.value}{version}",)),
        ("Asked for by", joined(asked)),
        ("Reported to", names(record.reports_to)),
    )
    yield Facts(tuple((name, line) for name, line in pairs if any(line)))
    if pictures and record.activities:
        yield Figure(
            timeline(corpus, record.id, as_of=facts.as_of, rows=DRAWN),
            ("The tables of activities and of milestones, below, say the same.",),
        )


def _answered(facts: RoadmapFacts) -> Iterator[tuple[str, str]]:
    """How many of the mandates that are addressed to its owners are answered."""
    expected = [each for each in facts.coverage.mandates if each.expected]
    if expected:
        missing = sum(each.answer is Answer.NOT for each in expected)
        are = "is" if missing == 1 else "are"
        all_of_them = "all answered, at least in part"
        yield (
            f"{counted(len(expected), 'mandate')} addressed to its owners",
            f"{missing:,} {are} not answered" if missing else all_of_them,
        )


def particulars(facts: RoadmapFacts) -> Iterator[Block]:
    """What else is known of the road map, and its updates, folded."""
    record, corpus = facts.roadmap, facts.corpus
    milestones = sum(len(activity.milestones) for activity in record.activities)
    sizes = (
        counted(len(record.objectives), "objective"),
        counted(len(record.activities), "activity", "activities"),
        counted(milestones, "milestone"),
        counted(len(record.indicators), "indicator"),
        counted(sum(len(activity.resources) for activity in record.activities), "resource"),
        counted(len(record.updates), "update"),
    )
    covers = joined([name_with_link(corpus, each) for each in record.scope])
    pairs: list[tuple[str, Line]] = [
        ("Kind", (_KINDS[record.kind],) if record.kind else ()),
        ("Covers", covers),
        *details_of(corpus, record, *IN_OTHER_PLACES),
        ("Holds", (", ".join(sizes),)),
        ("Identifier", (Code(record.id),)),
    ]
    shown = Facts(tuple((name, line) for name, line in pairs if line))
    yield Fold(("About the road map",), (shown,))
    yield from _updates(facts)


IN_OTHER_PLACES = (
    "title", "description", "status", "kind", "version", "owners", "period", "scope", "mandated_by",
    "reports_to", "objectives", "activities", "indicators", "updates", "source",
)  # fmt: skip
_KINDS = {
    RoadmapKind.ACTION_LINE: "road map of an Action Line",
    RoadmapKind.JOINT: "joint road map",
    RoadmapKind.NATIONAL: "national road map",
    RoadmapKind.ORGANISATIONAL: "road map of an organisation",
}


def _updates(facts: RoadmapFacts) -> Iterator[Block]:
    if not facts.roadmap.updates:
        return
    latest = sorted(facts.roadmap.updates, key=lambda update: update.date, reverse=True)
    rows: list[tuple[Line, ...]] = [
        (
            (day_text(each.date),),
            part_title(facts.corpus, each.about),
            (name_of(facts.corpus, each.by),),
            (clean(each.status or ""),),
            (clean(each.note or ""),),
            evidence_text(each.evidence),
        )
        for each in latest
    ]
    heads = ("When", "About", "By", "Status", "Note", "Evidence")
    table = grid(
        "Updates, the latest first",
        *without_empty_columns(heads, rows),
        facts.call("corpus.roadmap(ID).updates"),
    )
    yield Fold(
        (f"{counted(len(latest), 'update')}, the latest of {day_text(latest[0].date)}",), (table,)
    )
