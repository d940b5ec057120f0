"""Activities as bars over the years, with their milestones."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from ..analysis import Standing, progress
from ..corpus import Corpus
from ..model import Activity, ActivityStatus, Milestone, MilestoneStatus, Period, Roadmap, Session, Window
from ._picture import (
    ACCENT,
    BAR,
    CROSS,
    DIAMOND,
    FAINT,
    GREY,
    INK,
    LIGHT,
    NORMAL,
    WHITE,
    Picture,
    Sign,
    Span,
    boxes,
    empty,
    finished,
    grid,
    haloed,
    key,
    look,
    need,
    points,
    rules,
    texts,
)
from ._words import clean, counted, fit, listed, name_of, said_day, said_window

__all__ = ["gantt"]

ROWS = 60
TOLD = 12
NAMES, PLOT = 310, 540
HEAD, TALL, LOW = 28, 34, 22

_BARS = {
    ActivityStatus.DONE: Sign("done", BAR, INK),
    ActivityStatus.UNDER_WAY: Sign("under way", BAR, ACCENT, ACCENT),
    ActivityStatus.PLANNED: Sign("planned", BAR, WHITE, ACCENT),
    ActivityStatus.SUSPENDED: Sign("suspended", BAR, LIGHT, GREY, (4, 2)),
    ActivityStatus.CANCELLED: Sign("cancelled", BAR, FAINT, GREY, (1, 2)),
}
_BAND = Sign("objective", BAR, FAINT, FAINT)
_REACHED = Sign("milestone reached", DIAMOND, INK)
_OPEN = Sign("milestone to come", DIAMOND)
_LATE = Sign("milestone late", DIAMOND, stroke=INK, width=3.5, size=130)
_RISK = Sign("milestone at risk", DIAMOND, LIGHT, INK)
_DROPPED = Sign("milestone cancelled", CROSS, GREY, GREY)
_SIGNS = {Standing.DONE: _REACHED, Standing.LATE: _LATE, Standing.AT_RISK: _RISK, Standing.CANCELLED: _DROPPED}
_STATUSES = {MilestoneStatus.DONE: _REACHED, MilestoneStatus.AT_RISK: _RISK, MilestoneStatus.CANCELLED: _DROPPED}
_OPEN_ENDED = Window(None, None)


@attrs.frozen
class _Point:
    """A milestone as it is drawn."""

    milestone: Milestone
    window: Window
    sign: Sign


@attrs.frozen
class _Row:
    """An activity as it is drawn."""

    activity: Activity
    window: Window
    points: tuple[_Point, ...]

    @property
    def days(self) -> list[datetime.date]:
        """Every day that its bar and its milestones begin or end on."""
        windows = [self.window, *(point.window for point in self.points)]
        return [day for window in windows for day in (window.earliest, window.latest) if day is not None]

    @property
    def begins(self) -> datetime.date:
        """Its first day, for the order of rows."""
        return min(self.days, default=datetime.date.max)


def gantt(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture:
    """Who does what from when to when: the activities of a road map as bars, in the order of objectives and of their start.

    Milestones are diamonds on the last day of what their due may mean, with a line over all of it where it is more than a day.
    At most 60 activities are drawn; what has no date stands last.

    Args:
        corpus: Holds the road map, and the sessions by which its milestones tell time.
        roadmap: The road map's identifier.
        as_of: The day to mark; milestones that were due before it and are not done are marked as late.

    Raises:
        UnknownIdentifier: There is no such road map.
        MissingExtra: `altair` is not installed.
    """
    need("altair")
    record = corpus.roadmap(roadmap)
    rows = _rows(corpus, record, as_of)
    title = clean(record.title.pick())
    if not rows:
        return Picture(title, f"The road map {title} has no activities yet: nothing to draw.", empty(f"{title} has no activities yet."))
    return Picture(f"{title}: who does what, and when", _told(corpus, title, rows, as_of), _drawn(corpus, record, rows, as_of))


def _rows(corpus: Corpus, record: Roadmap, as_of: datetime.date | None) -> list[_Row]:
    place = {objective.id: index for index, objective in enumerate(record.objectives)}
    points = (
        (
            _Point(each.milestone, each.window, _SIGNS.get(each.standing, _OPEN))
            for each in progress(corpus, record.id, as_of=as_of).milestones
        )
        if as_of is not None
        else (_point(milestone, corpus.calendar) for activity in record.activities for milestone in activity.milestones)
    )
    rows = [
        _Row(
            activity,
            activity.period.window() if activity.period else _OPEN_ENDED,
            tuple(itertools.islice(points, len(activity.milestones))),
        )
        for activity in record.activities
    ]
    return sorted(rows, key=lambda row: (not row.days, place.get(row.activity.objective or "", len(place)), row.begins))


def _point(milestone: Milestone, calendar: Mapping[str, Session]) -> _Point:
    """A milestone as it stands on no day in particular."""
    window = milestone.due.window(calendar) if milestone.due else _OPEN_ENDED
    return _Point(milestone, window, _STATUSES.get(milestone.status, _OPEN))


# --- in words -------------------------------------------------------------------------------------------------------------


def _standing(rows: list[_Row], as_of: datetime.date | None) -> str:
    """How many activities and milestones there are, by how far they have come."""
    by_status = Counter(row.activity.status for row in rows)
    states = ", ".join(f"{by_status[status]:,} {sign.means}" for status, sign in _BARS.items() if by_status[status])
    signs = Counter(point.sign for row in rows for point in row.points)
    total = sum(signs.values()) - signs[_DROPPED]
    late = f", {signs[_LATE]:,} late and {signs[_RISK]:,} at risk on {said_day(as_of)}" if as_of is not None else ""
    dropped = f", and {signs[_DROPPED]:,} more cancelled" if signs[_DROPPED] else ""
    of_points = f"{signs[_REACHED]:,} of {counted(total, 'milestone')} reached{late}{dropped}" if total else "no milestones"
    if dropped and not total:
        of_points = f"{counted(signs[_DROPPED], 'milestone')}, cancelled"
    return f"{counted(len(rows), 'activity', 'activities')} ({states}); {of_points}"


def _told(corpus: Corpus, title: str, rows: list[_Row], as_of: datetime.date | None) -> str:
    undated = [row for row in rows if not row.days]
    lines = [f"Bar chart over time of the road map {title}. {_standing(rows, as_of)}."]
    lines.append(f"In order: {listed([_told_row(corpus, row) for row in rows[:TOLD]], len(rows))}.")
    if undated:
        lines.append(f"{counted(len(undated), 'activity has', 'activities have')} no dates.")
    return " ".join(lines)


def _told_row(corpus: Corpus, row: _Row) -> str:
    activity = row.activity
    lead = f" ({name_of(corpus, activity.lead)})" if activity.lead else ""
    when = _said_period(activity.period) if activity.period else "no period"
    points = ", ".join(
        f"{fit(point.milestone.title.pick(), 60)} ({said_window(point.window)}, {point.sign.means.removeprefix('milestone ')})"
        for point in row.points[:TOLD]
    )
    return f"{fit(activity.title.pick(), 80)}{lead}, {when}, {_BARS[activity.status].means}{f'; milestones: {points}' if points else ''}"


def _said_period(period: Period) -> str:
    if period.start and period.end:
        return period.start if period.start == period.end else f"{period.start} to {period.end}"
    if period.start:
        return f"from {period.start} on"
    return f"until {period.end}" if period.end else "no period"


# --- as a picture ---------------------------------------------------------------------------------------------------------


class _Lines:
    """The rows of data of each layer, gathered from top to bottom."""

    def __init__(self, span: Span | None) -> None:
        self.span = span
        self.bands: list[dict[str, Any]] = []
        self.bars: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.signs: dict[Sign, None] = {}

    def bar(self, row: _Row, y: float) -> None:
        """The bar of an activity; where an end is open, it goes to the edge and an arrow says so."""
        window, span = row.window, self.span
        if span is None or (window.earliest is None and window.latest is None):
            return
        sign = _BARS[row.activity.status]
        self.signs[sign] = None
        x = 0 if window.earliest is None else span.at(window.earliest)
        x2 = span.width if window.latest is None else span.end(window.latest)
        self.bars.append({"x": x, "x2": x2, "y": y - 6, "y2": y + 6, "activity": row.activity.id, **look(sign)})
        if window.earliest is None:
            self.words["ends"].append({"x": -10, "y": y, "text": "←"})
        if window.latest is None:
            self.words["ends"].append({"x": span.width + 3, "y": y, "text": "→"})

    def point(self, point: _Point, y: float) -> None:
        """A milestone on the last day that its due may mean."""
        if self.span is None or point.window.latest is None:
            return
        self.signs[point.sign] = None
        x = self.span.at(point.window.latest)
        self.points.append({"x": x, "y": y, "milestone": point.milestone.id, **look(point.sign)})
        if point.window.earliest is not None and point.window.earliest < point.window.latest:
            self.lines.append({"x": self.span.at(point.window.earliest), "x2": x, "y": y})
        if point.sign in (_LATE, _RISK):
            self.words["late"].append({"x": x + 10, "y": y, "text": point.sign.means.removeprefix("milestone ")})


def _drawn(corpus: Corpus, record: Roadmap, rows: list[_Row], as_of: datetime.date | None) -> dict[str, Any]:
    import altair as alt

    shown = rows[:ROWS]
    span = Span.of([day for row in shown for day in row.days], PLOT)
    lines = _Lines(span)
    height = _place(corpus, record, shown, lines)
    parts: list[Any] = [grid(span, height)] if span else []
    parts += [rules(lines.lines, colour=GREY, width=2), boxes(lines.bars, corner=2)]
    if span and as_of is not None and span.holds(as_of):
        x = span.at(as_of)
        parts.append(rules([{"x": x, "y": -2, "y2": height + 4}], colour=INK, width=1.5, dash=(5, 3)))
        parts.append(texts([{"x": x, "y": height + 13, "text": said_day(as_of)}], align="center", bold=True))
    parts.append(boxes(lines.bands))
    parts.append(points(lines.points))
    parts += [
        texts(lines.words["objective"], size=NORMAL, bold=True),
        texts(lines.words["name"], size=NORMAL, limit=NAMES - 8),
        texts(lines.words["state"], colour=GREY, limit=170),
        texts(lines.words["ends"]),
        haloed(lines.words["late"], bold=True),
    ]
    chart: Any = alt.layer(*parts).properties(width=PLOT, height=height)
    if lines.signs:
        order = [*_BARS.values(), _REACHED, _OPEN, _RISK, _LATE, _DROPPED]
        chart = alt.vconcat(chart, key([sign for sign in order if sign in lines.signs], -NAMES, PLOT + 150), spacing=12)
    left_out = f"{counted(len(rows) - len(shown), 'more activity is', 'more activities are')} not drawn." if len(rows) > len(shown) else ""
    return finished(chart, clean(record.title.pick()), f"{_standing(rows, as_of)}. {left_out}".strip())


def _place(corpus: Corpus, record: Roadmap, shown: list[_Row], lines: _Lines) -> float:
    """Put every row below the one before, a heading wherever the objective changes; gives the height of all."""
    statements = {objective.id: objective.statement.pick() for objective in record.objectives}
    heading: str | None = None
    y: float = 0
    for row in shown:
        head = "No dates" if not row.days else statements.get(row.activity.objective or "", "Serving no objective")
        if head != heading and (statements or not row.days):
            heading = head
            lines.words["objective"].append({"x": -NAMES, "y": y + HEAD / 2 + 3, "text": fit(head, 150)})
            lines.bands.append({"x": -NAMES - 6, "x2": PLOT + 190, "y": y + 4, "y2": y + HEAD - 1, **look(_BAND)})
            y += HEAD
        dated = [point for point in row.points if point.window.latest is not None]
        middle = y + LOW / 2
        name, lead = fit(row.activity.title.pick(), 54), name_of(corpus, row.activity.lead) or "no lead"
        lines.words["name"].append({"x": -NAMES, "y": middle, "text": name})
        lines.words["state"].append({"x": PLOT + 18, "y": middle, "text": f"{fit(lead, 18)} · {_BARS[row.activity.status].means}"})
        lines.bar(row, middle)
        for point in dated:
            lines.point(point, y + LOW + 3)
        y += TALL if dated else LOW
    return y
