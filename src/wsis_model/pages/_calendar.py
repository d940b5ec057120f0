"""The section on what is due, and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..analysis import HORIZON, Entry, Standing, calendar
from ..analysis._calendar import meeting
from ..model import cite
from ..pictures._labels import clean, day_text
from ._content import Block, Code, Line, Paragraph, Strong, grid
from ._facts import RoadmapFacts
from ._lines import days_text, names_of

__all__ = ["calendar_section"]


def calendar_section(facts: RoadmapFacts) -> Iterator[Block]:
    """The milestones of the road map and its mandates, in the order of their last days."""
    entries = list(_entries(facts))
    if not entries:
        yield Paragraph(("Nothing that it holds or answers is due at a time that is known.",))
        return
    yield Paragraph(
        (
            (
                "Its own milestones, and the mandates that it answers or is expected to answer, "
                "by when they must be done, until "
                f"{day_text(_horizon(facts))}. "
                "Of what recurs, the next time is given; of what has no last day, that it has none."
            ),
        )
    )
    standing = {each.milestone.id: each.standing for each in facts.progress.milestones}
    rows = [_entry(facts, entry, standing.get(entry.what)) for entry in entries]
    call = facts.call("wsis_model.analysis.calendar(corpus, roadmap=ID)")
    yield grid("What is due", ("When", "What", "Who", "Session or event", "Standing"), rows, call)


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
    passed = "its time is over" if is_over else Standing.COMING.value
    state = passed if standing is None else standing.value
    urgent = standing in (Standing.LATE, Standing.AT_RISK)
    recurrence = f" ({entry.note.partition(';')[0]})" if entry.note else ""
    what: Line = (
        (f"{clean(entry.title)} ", Code(entry.what))
        if entry.kind == "milestone"
        else (f"{cite(entry.what)}: {clean(entry.title)}",)
    )
    session = clean(meeting(entry.session, entry.due, facts.corpus))
    return (
        (days_text(entry.window) + recurrence,),
        what,
        names_of(facts.corpus, entry.who),
        (session,),
        (Strong(state) if urgent else state,),
    )
