"""What opens, falls due and closes between two days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import attrs

from ..checks.roadmaps.common import in_force, not_cancelled
from ..corpus import Corpus
from ..model import Window
from ..queries import ACTORS
from ..tables import Table
from ._calendar import WIDE, calendar

__all__ = ["Turn", "TurnKind", "watch"]


class TurnKind(str, Enum):
    """What happens on a day."""

    OPENS = "opens"
    """The first day on which something may be done, or on which it begins."""
    FALLS_DUE = "falls due"
    """The last day for something that has a day, or a month at most, to be done in."""
    CLOSES = "closes"
    """The last day of anything that has longer."""


@attrs.frozen
class Turn:
    """A day on which something opens, falls due or closes."""

    day: datetime.date
    """The day."""
    kind: TurnKind
    """What happens."""
    record: str
    """The mandate, milestone, activity or session, e.g. `"80-173/113.1"`."""
    title: str
    """What it is, in words of ours."""
    of: str
    """The kind of record, e.g. `"mandate"`."""
    who: tuple[str, ...]
    """The addressees of a mandate, the leads of an activity, the body that meets."""


def watch(
    corpus: Corpus,
    first: datetime.date,
    last: datetime.date,
    *,
    actor: str | None = None,
    document: str | None = None,
    roadmap: str | None = None,
) -> Table[Turn]:
    """What opens, falls due and closes from one day to another, both included, in order of time:
    mandates and milestones as [`calendar`][wsis_model.analysis.calendar] finds them, activities by
    their periods, and sessions.

    Of something that may be done on any day of a year, the year opens and closes; what has a month
    at most falls due on its last day. What has no day, or none of its days between these two, is
    not listed.

    Args:
        corpus: The records: `catalogue() | mine`.
        first: The first day.
        last: The last day.
        actor: Only what concerns this actor, as for [`calendar`][wsis_model.analysis.calendar];
            activities that it leads or joins, and sessions of its own.
        document: Only mandates of this document, and no sessions.
        roadmap: Only what is in this road map, and no sessions.

    Raises:
        ValueError: The last day is before the first.
        UnknownIdentifier: There is no such actor, document or road map.

    Examples:
        >>> from wsis_model import catalogue
        >>> found = watch(
        ...     catalogue(), datetime.date(2026, 7, 1), datetime.date(2026, 7, 31), actor="iawg-ai"
        ... )
        >>> [(str(turn.day), turn.kind.value, turn.record) for turn in found]
        [('2026-07-07', 'falls due', '80-173/86.1')]
    """
    if last < first:
        msg = f"the last day, {last}, is before the first, {first}"
        raise ValueError(msg)
    turns: list[Turn] = []
    due = calendar(
        corpus, actor=actor, document=document, roadmap=roadmap, start=first, horizon=last
    )
    for entry in due:
        turns += _turns(entry.window, entry.what, entry.title, entry.kind, entry.who)
    name = None if actor is None else corpus.find(actor, ACTORS).id
    roadmaps = () if document and roadmap is None else in_force(corpus)
    for plan in roadmaps if roadmap is None else (corpus.roadmap(roadmap),):
        for activity in not_cancelled(plan):
            concerned = (*activity.leads, *activity.partners, *plan.owners)
            if activity.period and (name is None or name in concerned):
                who = activity.leads or plan.owners
                window = activity.period.window()
                turns += _turns(window, activity.id, activity.title.pick(), "activity", who)
    for session in corpus.sessions if document is None and roadmap is None else ():
        if name is None or name == session.body:
            who = (session.body,) if session.body else ()
            turns += _turns(session.window(), session.id, session.title.pick(), "session", who)
    rows = [turn for turn in turns if first <= turn.day <= last]
    rows.sort(key=lambda turn: turn.day)
    return Table(tuple(dict.fromkeys(rows)), _COLUMNS)


def _turns(
    window: Window, record: str, title: str, of: str, who: tuple[str, ...]
) -> Iterator[Turn]:
    """The first and the last day of something; only the last of what has a month at most."""
    opens, closes = window.earliest, window.latest
    short = opens is not None and closes is not None and (closes - opens).days < WIDE
    if opens is not None and not (short and of in ("mandate", "milestone")):
        yield Turn(opens, TurnKind.OPENS, record, title, of, who)
    if closes is not None:
        due = short and of in ("mandate", "milestone")
        kind = TurnKind.FALLS_DUE if due else TurnKind.CLOSES
        yield Turn(closes, kind, record, title, of, who)


_COLUMNS: dict[str, Callable[[Turn], Any]] = {
    "day": lambda turn: turn.day,
    "what": lambda turn: turn.kind.value,
    "of": lambda turn: turn.of,
    "identifier": lambda turn: turn.record,
    "title": lambda turn: turn.title,
    "who": lambda turn: turn.who,
}
