"""The section on what a road map is and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..analysis import Answer, Course, Standing
from ..model import RoadmapKind
from ..pictures._labels import clean, counted, day_text, name_of
from ._content import Block, Code, Facts, Fold, Line, Paragraph, grid, joined
from ._facts import RoadmapFacts
from ._findings import is_error
from ._lines import (
    citation,
    details_of,
    evidence_text,
    name_with_link,
    part_name,
    period_text,
    with_verb,
    without_empty_columns,
)

__all__ = ["summary_section"]


def summary_section(facts: RoadmapFacts) -> Iterator[Block]:
    """How the road map stands, its particulars, and its updates."""
    record, corpus = facts.roadmap, facts.corpus
    if record.description:
        yield Paragraph((clean(record.description),), notice=True)
    yield Paragraph(tuple(_standing(facts)))
    period = period_text(record.period)

    def names(identifiers: Iterable[str]) -> Line:
        return joined([name_with_link(corpus, each) for each in identifiers])

    particulars: tuple[tuple[str, Line], ...] = (
        ("Status", (record.status.value,)),
        ("Kind", (_KINDS[record.kind],) if record.kind else ()),
        ("Version", (clean(record.version),) if record.version else ()),
        ("Owners", names(record.owners)),
        ("Period", (period,) if period else ()),
        ("Covers", names(record.scope)),
        ("Asked for by", joined([citation(corpus, each) for each in record.mandated_by])),
        ("Reported to", names(record.reports_to)),
    )
    pairs = [(name, line) for name, line in particulars if line]
    pairs += details_of(corpus, record, *IN_OTHER_PLACES)
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


def _standing(facts: RoadmapFacts) -> Iterator[str]:
    """How the road map stands, in sentences."""
    record = facts.roadmap
    statuses = Counter(activity.status.value for activity in record.activities)
    standings = Counter(each.standing for each in facts.progress.milestones)
    courses = Counter(each.course for each in facts.progress.indicators)
    yield f"On {day_text(facts.as_of)}, "
    if record.activities:
        total, done = len(record.activities), statuses["done"]
        verb = "is" if 1 in (total, done) else "are"
        yield f"{done:,} of {counted(total, 'activity', 'activities')} {verb} done. "
    else:
        yield "no activity is planned yet. "
    dropped = standings[Standing.CANCELLED]
    total = sum(standings.values()) - dropped
    if total:
        reached, late, risk = (
            with_verb(standings[each]) for each in (Standing.DONE, Standing.LATE, Standing.AT_RISK)
        )
        more = f"; {with_verb(dropped, ' more')} cancelled" if dropped else ""
        yield (
            f"Of {counted(total, 'milestone')}, {reached} reached, {late} late and {risk} at "
            f"risk{more}. "
        )
    elif dropped:
        yield f"{with_verb(dropped, ' milestone' if dropped == 1 else ' milestones')} cancelled. "
    if record.indicators:
        found = ", ".join(
            f"{courses[course]:,} {_COURSES[course]}" for course in Course if courses[course]
        )
        yield f"Of {counted(len(record.indicators), 'indicator')}, {found}. "
    expected = [each for each in facts.coverage.mandates if each.expected]
    if expected:
        missing = with_verb(sum(each.answer is Answer.NOT for each in expected))
        yield f"Of {counted(len(expected), 'mandate')} that it is expected to answer, "
        yield f"{missing} not answered. "
    errors = sum(is_error(gap.code) for gap in facts.gaps)
    others = len(facts.gaps) - errors
    if errors:
        yield "Before it can be published, "
        yield f"{counted(errors, 'thing is', 'things are')} to be corrected"
        yield f"; {others:,} more should be looked at." if others else "."
    else:
        yield "Nothing prevents its publication"
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
            (day_text(each.date),),
            part_name(facts.corpus, each.about),
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
