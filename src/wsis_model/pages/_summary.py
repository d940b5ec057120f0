"""What a road map is and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..analysis import Answer, Course, Standing
from ..model import RoadmapKind
from ..pictures._labels import clean, counted, name_of, said_day
from ._content import Block, Code, Facts, Fold, Line, Paragraph, grid, joined
from ._facts import RoadmapFacts
from ._findings import is_error
from ._lines import are, cited, details_of, lean, named, part_of, said_period, shown_by

__all__ = ["summary_section"]


def summary_section(facts: RoadmapFacts) -> Iterator[Block]:
    """Where the road map stands, its particulars, and the updates."""
    record, corpus = facts.roadmap, facts.corpus
    if record.description:
        yield Paragraph((clean(record.description),), notice=True)
    yield Paragraph(tuple(_standing(facts)))
    pairs: list[tuple[str, Line]] = [("Status", (record.status.value,))]
    if record.kind:
        pairs.append(("Kind", (_KINDS[record.kind],)))
    if record.version:
        pairs.append(("Version", (clean(record.version),)))
    pairs.append(("Owners", joined([named(corpus, each) for each in record.owners])))
    if said_period(record.period):
        pairs.append(("Period", (said_period(record.period),)))
    if record.scope:
        pairs.append(("Covers", joined([named(corpus, each) for each in record.scope])))
    if record.mandated_by:
        pairs.append(("Asked for by", joined([cited(corpus, each) for each in record.mandated_by])))
    if record.reports_to:
        pairs.append(("Reported to", joined([named(corpus, each) for each in record.reports_to])))
    pairs += details_of(corpus, record, *_TOLD)
    milestones = sum(len(activity.milestones) for activity in record.activities)
    sizes = (
        counted(len(record.objectives), "objective"),
        counted(len(record.activities), "activity", "activities"),
        counted(milestones, "milestone"),
        counted(len(record.indicators), "indicator"),
        counted(sum(len(activity.resources) for activity in record.activities), "resource"),
        counted(len(record.updates), "update"),
    )
    pairs += [("Holds", (", ".join(sizes),)), ("Identifier", (Code(record.id),))]
    yield Facts(tuple(pairs))
    yield from _updates(facts)


_TOLD = (
    "title", "description", "status", "kind", "version", "owners", "period", "scope", "mandated_by",
    "reports_to", "objectives", "activities", "indicators", "updates", "source",
)  # fmt: skip
_KINDS = {
    RoadmapKind.ACTION_LINE: "road map of an Action Line",
    RoadmapKind.JOINT: "joint road map",
    RoadmapKind.NATIONAL: "national road map",
    RoadmapKind.ORGANISATIONAL: "road map of an organisation",
}


def _standing(facts: RoadmapFacts) -> Iterator[str]:
    """Where the road map stands, in plain sentences."""
    record = facts.roadmap
    statuses = Counter(activity.status.value for activity in record.activities)
    standings = Counter(each.standing for each in facts.progress.milestones)
    courses = Counter(each.course for each in facts.progress.indicators)
    yield f"On {said_day(facts.as_of)}, "
    if record.activities:
        yield (
            f"{statuses['done']:,} of {counted(len(record.activities), 'activity', 'activities')} "
            f"{are(1 if len(record.activities) == 1 else statuses['done'])} done. "
        )
    else:
        yield "no activity is planned yet. "
    dropped = standings[Standing.CANCELLED]
    total = sum(standings.values()) - dropped
    if total:
        late, risk = standings[Standing.LATE], standings[Standing.AT_RISK]
        yield (
            f"Of {counted(total, 'milestone')}, {standings[Standing.DONE]:,} "
            f"{are(standings[Standing.DONE])} reached, "
        )
        yield (
            f"{late:,} {are(late)} late and {risk:,} {are(risk)} at "
            f"risk{f'; {dropped:,} more {are(dropped)} cancelled' if dropped else ''}. "
        )
    elif dropped:
        yield f"{counted(dropped, 'milestone')} {are(dropped)} cancelled. "
    if record.indicators:
        found = ", ".join(
            f"{courses[course]:,} {_COURSES[course]}" for course in Course if courses[course]
        )
        yield f"Of {counted(len(record.indicators), 'indicator')}, {found}. "
    missing = [
        each for each in facts.coverage.mandates if each.expected and each.answer is Answer.NOT
    ]
    if any(each.expected for each in facts.coverage.mandates):
        expected = sum(each.expected for each in facts.coverage.mandates)
        yield (
            f"Of {counted(expected, 'mandate')} that it is expected to answer, {len(missing):,} "
            f"{are(len(missing))} not answered. "
        )
    errors = sum(is_error(gap.code) for gap in facts.gaps)
    others = len(facts.gaps) - errors
    if errors:
        yield f"Before it can be published, {counted(errors, 'thing is', 'things are')} to be mended"
        yield f"; {others:,} more should be looked at." if others else "."
    else:
        yield "Nothing stands against its being published"
        yield f"; {counted(others, 'thing')} should be looked at." if others else "."


_COURSES = {
    Course.AHEAD: "ahead",
    Course.ON_COURSE: "on course",
    Course.BEHIND: "behind",
    Course.NO_DATA: "without data",
}


def _updates(facts: RoadmapFacts) -> Iterator[Block]:
    if not facts.roadmap.updates:
        return
    latest = sorted(facts.roadmap.updates, key=lambda update: update.date, reverse=True)
    rows: list[tuple[Line, ...]] = [
        (
            (said_day(each.date),),
            part_of(facts.corpus, each.about),
            (name_of(facts.corpus, each.by),),
            (clean(each.status or ""),),
            (clean(each.note or ""),),
            shown_by(each.evidence),
        )
        for each in latest
    ]
    heads = ("When", "About", "By", "Status", "Note", "Evidence")
    table = grid(
        "Updates, the latest first", *lean(heads, rows), facts.call("corpus.roadmap(ID).updates")
    )
    yield Fold(
        (f"{counted(len(latest), 'update')}, the latest of {said_day(latest[0].date)}",), (table,)
    )
