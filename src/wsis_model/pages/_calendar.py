"""The section on what is late, what is next, and everything that is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..analysis import HORIZON, Entry, Reached, Standing, calendar
from ..analysis._calendar import meeting
from ..model import MilestoneStatus, cite
from ..pictures._labels import clean, counted, day_text
from ._content import Block, Fold, Line, Paragraph, Strong, grid, in_page
from ._facts import RoadmapFacts
from ._lines import days_text, names_of, part_title, without_empty_columns
from ._standing import standing_text

__all__ = ["calendar_section", "reason"]

#: How many milestones that are late or at risk, and how many of the next ones, are shown unfolded.
URGENT, NEXT = 12, 5


def calendar_section(facts: RoadmapFacts) -> Iterator[Block]:
    """The milestones that are late or at risk and the next ones; and, folded, all that is due."""
    urgent, coming = _attention(facts)
    shown = [*urgent[:URGENT], *coming[:NEXT]]
    if shown:
        heads, rows = without_empty_columns(
            ("Milestone", "Standing", "When", "Who", "Why"),
            [_milestone(facts, each) for each in shown],
        )
        left = len(urgent) - len(urgent[:URGENT])
        caption = "Milestones that are late or at risk, then the next ones"
        if not urgent:
            caption = "Nothing is late or at risk; the next milestones"
        yield grid(caption, heads, rows, "")
        if left:
            yield Paragraph((f"{left:,} more are late or at risk: see all milestones, below.",))
    entries = list(_entries(facts))
    if not entries:
        if not shown:
            yield Paragraph(("Nothing that it holds or answers is due at a time that is known.",))
        return
    standing = {each.milestone.id: each.standing for each in facts.progress.milestones}
    call = facts.call("wsis_model.analysis.calendar(corpus, roadmap=ID)")
    table = grid(
        "What is due",
        ("When", "What", "Who", "Session or event", "Standing"),
        [_entry(facts, entry, standing.get(entry.what)) for entry in entries],
        call,
    )
    said = (
        "Its own milestones, and the mandates that it answers or that are addressed to its owners, "
        f"by when they must be done, until {day_text(_horizon(facts))}. What recurs stands once, "
        "with its rhythm and its next time."
    )
    yield Fold(
        (f"Everything that is due: {counted(len(entries), 'entry', 'entries')}",),
        (Paragraph((said,)), table),
    )


def _attention(facts: RoadmapFacts) -> tuple[list[Reached], list[Reached]]:
    """The milestones that are late or at risk, and those that come next."""
    ordered = sorted(facts.progress.milestones, key=lambda each: each.window)
    urgent = [
        each
        for standing in (Standing.LATE, Standing.AT_RISK)
        for each in ordered
        if each.standing is standing
    ]
    dated = [each for each in ordered if each.standing is Standing.COMING and each.window.latest]
    return urgent, dated


def _milestone(facts: RoadmapFacts, each: Reached) -> tuple[Line, ...]:
    at = clean(meeting(each.session, each.milestone.due, facts.corpus))
    state = standing_text(each.standing.value)
    urgent = each.standing is not Standing.COMING
    return (
        (in_page(each.milestone.title),),
        (Strong(state) if urgent else state,),
        (f"{days_text(each.window)}{f' ({at})' if at else ''}",),
        names_of(facts.corpus, each.activity.leads),
        reason(facts, each),
    )


def reason(facts: RoadmapFacts, each: Reached) -> Line:
    """Why a milestone stands as it does; empty where its date says so."""
    milestone, found = each.milestone, list[Line]()
    if each.standing is Standing.DONE and milestone.reached is not None:
        late = (milestone.reached - each.window.latest).days if each.window.latest else 0
        after = f", {counted(late, 'day')} late" if late > 0 else ""
        return (f"reached on {day_text(milestone.reached)}{after}",)
    if each.standing is Standing.LATE and (said := _said_of(facts, milestone.id)):
        return (said,)
    if each.standing is not Standing.AT_RISK:
        begun = milestone.status is MilestoneStatus.UNDER_WAY
        return ("under way",) if begun and each.standing is not Standing.CANCELLED else ("",)
    if milestone.status is MilestoneStatus.AT_RISK:
        found.append(("reported as at risk",))
    if each.activity.status.value == "suspended":
        found.append(("its activity is suspended",))
    if each.waits_for is not None:
        found.append(("waits for what is late: ", *part_title(facts.corpus, each.waits_for)))
    if not found:
        found.append(("due soon, and not begun",))
    return tuple(words for at, line in enumerate(found) for words in (("; ",) if at else ()) + line)


def _said_of(facts: RoadmapFacts, identifier: str) -> str:
    """What was reported last about something."""
    notes = (
        clean(each.note)
        for each in sorted(facts.roadmap.updates, key=lambda each: each.date, reverse=True)
        if each.note and each.about == identifier
    )
    return next(notes, "")


def _entries(facts: RoadmapFacts) -> Iterator[Entry]:
    """The milestones and mandates of the road map; of recurring ones the next time, or the last."""
    concerned = facts.concerned
    all_entries = calendar(
        facts.corpus, document=facts.document, roadmap=facts.roadmap.id, horizon=_horizon(facts)
    )
    chosen: dict[str, Entry] = {}
    for entry in all_entries:
        if entry.kind == "mandate" and entry.what not in concerned:
            continue
        before = chosen.get(entry.what)
        if before is None or (
            before.window.latest is not None and before.window.latest < facts.as_of
        ):
            chosen[entry.what] = entry
    return iter(sorted(chosen.values(), key=lambda entry: entry.window))


def _horizon(facts: RoadmapFacts) -> datetime.date:
    """The last day of the table: that of the next review of the Summit, or of the road map."""
    latest = facts.roadmap.period.window().latest if facts.roadmap.period else None
    return max(HORIZON, latest or HORIZON)


def _entry(facts: RoadmapFacts, entry: Entry, standing: Standing | None) -> tuple[Line, ...]:
    is_over = entry.window.latest is not None and entry.window.latest < facts.as_of
    passed = "its time is over" if is_over else standing_text(Standing.COMING.value)
    state = passed if standing is None else standing_text(standing.value)
    urgent = standing in (Standing.LATE, Standing.AT_RISK)
    title = clean(entry.title)
    session = clean(meeting(entry.session, entry.due, facts.corpus))
    return (
        (_rhythm(facts, entry),),
        (title if entry.kind == "milestone" else f"{cite(entry.what)}: {title}",),
        names_of(facts.corpus, entry.who),
        (session,),
        (Strong(state) if urgent else state,),
    )


def _rhythm(facts: RoadmapFacts, entry: Entry) -> str:
    """When something is due; of what recurs how often, and its next time."""
    days, every = days_text(entry.window), entry.note.partition(";")[0]
    if not every or entry.window.latest is None:
        return every or days
    over = entry.window.latest < facts.as_of
    return f"{every}, {'last' if over else 'next'}: {days}"
