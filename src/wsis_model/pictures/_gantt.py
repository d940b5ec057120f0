"""Activities as bars over the years, with their milestones."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import attrs

from ..analysis._calendar import Unrolling
from ..corpus import Corpus
from ..model import Activity, ActivityStatus, Period, Roadmap, Window
from ._labels import across, clean, counted, fit, leftward, listed, name_of, said_day, said_window
from ._milestones import AGAIN, DROPPED, LATE, OPEN, REACHED, RISK, Point, other_times, points
from ._picture import (
    ACCENT,
    BAR,
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
    marks,
    need,
    rules,
    texts,
    today,
)

__all__ = ["gantt"]

ROWS, MARKS = 60, 600
TOLD = 12
NAMES, PLOT = 320, 540
#: Letters of a title; where they read from right to left they are drawn wider, and must not be cut
#: by the renderer at the wrong end.
TITLE, LEFTWARD = 54, 45
HEAD, LOW = 28, 22
#: Milestones of an activity that would hide each other stand in lanes below each other, in so many
#: at the most.
LANE, LANES = 15, 5
#: Half of a mark, and where a word beside it begins.
HALF, APART = 8, 10
#: Over more years than this the times of what recurs would run together.
YEARS = 40

_BARS = {
    ActivityStatus.DONE: Sign("done", BAR, INK),
    ActivityStatus.UNDER_WAY: Sign("under way", BAR, ACCENT, ACCENT),
    ActivityStatus.PLANNED: Sign("planned", BAR, WHITE, ACCENT),
    ActivityStatus.SUSPENDED: Sign("suspended", BAR, LIGHT, GREY, (4, 2)),
    ActivityStatus.CANCELLED: Sign("cancelled", BAR, FAINT, GREY, (1, 2)),
}
_BAND = Sign("objective", BAR, FAINT, FAINT)
_WHEN = Sign("any day of it is meant", "stroke", GREY, GREY, width=2, size=400)
_BEGUN = Sign("no first day is given", "M1,0H-1M-0.3,-0.6L-1,0L-0.3,0.6", INK, width=1.2, size=130)
_ENDLESS = Sign("no last day is given", "M-1,0H1M0.3,-0.6L1,0L0.3,0.6", INK, width=1.2, size=130)
_ORDER = (*_BARS.values(), REACHED, OPEN, RISK, LATE, DROPPED, AGAIN, _WHEN, _BEGUN, _ENDLESS)
_OPEN_ENDED = Window(None, None)


@attrs.frozen
class _Row:
    """An activity as it is drawn."""

    activity: Activity
    window: Window
    points: tuple[Point, ...]

    @property
    def days(self) -> list[datetime.date]:
        """Every day that its bar and its milestones begin or end on."""
        windows = [self.window, *(point.window for point in self.points)]
        return [
            day for window in windows for day in (window.earliest, window.latest) if day is not None
        ]

    @property
    def dated(self) -> list[Point]:
        """The milestones that have a last day, and so a place."""
        return [point for point in self.points if point.window.latest is not None]

    @property
    def begins(self) -> datetime.date:
        """Its first day, for the order of rows."""
        return min(self.days, default=datetime.date.max)


def gantt(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture:
    """Who does what from when to when: the activities of a road map as bars, in the order of
    objectives and of their start.

    Milestones are diamonds on the last day of what their due may mean, with a line over all of it
    where it is more than a day. Those of an activity that would hide each other stand below each
    other. What recurs has a small mark at each of its other times. At most 60 activities are drawn,
    and 600 milestones; what has no date stands last. Milestones with no last day are counted in the
    subtitle.

    Args:
        corpus: Holds the road map, and the sessions by which its milestones tell time.
        roadmap: The road map's identifier.
        as_of: The day to mark; milestones that were due before it and are not done are marked as
            late.

    Raises:
        UnknownIdentifier: There is no such road map.
        MissingExtra: `altair` is not installed.
    """
    need("altair")
    record = corpus.roadmap(roadmap)
    rows = _rows(corpus, record, as_of)
    title = clean(record.title.pick())
    if not rows:
        return Picture(
            title,
            f"The road map {title} has no activities yet: nothing to draw.",
            empty(f"{title} has no activities yet."),
        )
    return Picture(
        f"{title}: who does what, and when",
        _told(corpus, title, rows, as_of),
        _drawn(corpus, record, rows, as_of),
    )


def _rows(corpus: Corpus, record: Roadmap, as_of: datetime.date | None) -> list[_Row]:
    place = {objective.id: index for index, objective in enumerate(record.objectives)}
    held = points(corpus, record, as_of)
    rows = [
        _Row(
            activity,
            activity.period.window() if activity.period else _OPEN_ENDED,
            tuple(itertools.islice(held, len(activity.milestones))),
        )
        for activity in record.activities
    ]
    return sorted(
        rows,
        key=lambda row: (
            not row.days,
            place.get(row.activity.objective or "", len(place)),
            row.begins,
        ),
    )


# --- in words -------------------------------------------------------------------------------------


def _standing(rows: list[_Row], as_of: datetime.date | None) -> str:
    """How many activities and milestones there are, by how far they have come."""
    by_status = Counter(row.activity.status for row in rows)
    states = ", ".join(
        f"{by_status[status]:,} {sign.means}" for status, sign in _BARS.items() if by_status[status]
    )
    signs = Counter(point.sign for row in rows for point in row.points)
    total = sum(signs.values()) - signs[DROPPED]
    late = (
        f", {signs[LATE]:,} late and {signs[RISK]:,} at risk on {said_day(as_of)}"
        if as_of is not None
        else ""
    )
    dropped = f", and {signs[DROPPED]:,} more cancelled" if signs[DROPPED] else ""
    of_points = (
        f"{signs[REACHED]:,} of {counted(total, 'milestone')} reached{late}{dropped}"
        if total
        else "no milestones"
    )
    if dropped and not total:
        of_points = f"{counted(signs[DROPPED], 'milestone')}, cancelled"
    undated = sum(len(row.points) - len(row.dated) for row in rows)
    not_drawn = (
        f"; {undated:,} with no last day {'is' if undated == 1 else 'are'} not drawn"
        if undated
        else ""
    )
    return f"{counted(len(rows), 'activity', 'activities')} ({states}); {of_points}{not_drawn}"


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
    held = ", ".join(map(_told_point, row.points[:TOLD]))
    more = f", and {len(row.points) - TOLD:,} more" if len(row.points) > TOLD else ""
    return (
        f"{fit(activity.title.pick(), 80)}{lead}, {when}, "
        f"{_BARS[activity.status].means}{f'; milestones: {held}{more}' if held else ''}"
    )


def _told_point(point: Point) -> str:
    said = ", ".join(filter(None, (said_window(point.window), point.state, point.note)))
    return f"{fit(point.milestone.title.pick(), 60)} ({said})"


def _said_period(period: Period) -> str:
    if period.start and period.end:
        return period.start if period.start == period.end else f"{period.start} to {period.end}"
    if period.start:
        return f"from {period.start} on"
    return f"until {period.end}" if period.end else "no period"


# --- as a picture ---------------------------------------------------------------------------------


@attrs.frozen
class _Mark:
    """A milestone with the part of a lane that its line, its marks and its words take."""

    point: Point
    x: float
    since: float
    """Where the line over the days that are meant begins; *x* where there is none."""
    times: tuple[tuple[float, Sign], ...]
    """Where it comes round beside that, and the sign of each."""

    @property
    def words(self) -> str:
        """What is written behind its last mark."""
        urgent, every = self.point.urgent, self.point.every
        if urgent and self.last > self.x:
            return f"{every}, one {urgent}"
        return ", ".join(filter(None, (urgent, every)))

    @property
    def left(self) -> float:
        """Where it begins; a line may begin below the mark of another."""
        return min(self.x - HALF, self.since + HALF, *(x - HALF for x, _ in self.times))

    @property
    def last(self) -> float:
        """Where its last mark stands."""
        return max([self.x, *(x for x, _ in self.times)])

    def right(self, *, words: bool) -> float:
        """Where it ends, with or without its words."""
        return self.last + (APART + across(self.words) + HALF if words and self.words else HALF)


def _in_lanes(held: Iterable[_Mark], *, words: bool) -> list[tuple[int, _Mark]]:
    """Each in the first lane where it hits nothing; what fits in none is left out."""
    ends: list[float] = []
    found: list[tuple[int, _Mark]] = []
    for mark in sorted(held, key=lambda mark: mark.left):
        lane = next((lane for lane, taken in enumerate(ends) if taken <= mark.left), len(ends))
        if lane < LANES:
            ends[lane : lane + 1] = [mark.right(words=words)]
            found.append((lane, mark))
    return found


class _Lines:
    """The rows of data of each layer, gathered from top to bottom."""

    def __init__(self, span: Span | None, unrolling: Unrolling) -> None:
        self.span = span
        self.unrolling = unrolling
        self.bands: list[dict[str, Any]] = []
        self.bars: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.signs: dict[Sign, None] = {}
        self.drawn = 0

    def bar(self, row: _Row, y: float) -> None:
        """The bar of an activity; where an end is open, it goes to the edge and an arrow says so."""
        window, span = row.window, self.span
        if span is None or (window.earliest is None and window.latest is None):
            return
        sign = _BARS[row.activity.status]
        self.signs[sign] = None
        x = 0 if window.earliest is None else span.at(window.earliest)
        x2 = span.width if window.latest is None else span.end(window.latest)
        self.bars.append(
            {"x": x, "x2": x2, "y": y - 6, "y2": y + 6, "activity": row.activity.id, **look(sign)}
        )
        for arrow, end, at in (
            (_BEGUN, window.earliest, -9),
            (_ENDLESS, window.latest, span.width + 9),
        ):
            if end is None:
                self.signs[arrow] = None
                self.points.append({"x": at, "y": y, **look(arrow)})

    def milestones(self, row: _Row, record: Roadmap, y: float) -> int:
        """The milestones of an activity in as many lanes as it takes for all to be seen; gives how
        many lanes.
        """
        room = MARKS - self.drawn
        held = (
            [self._mark(self.span, point, row, record) for point in row.dated[:room]]
            if self.span
            else []
        )
        placed = _in_lanes(held, words=True)
        words = len(placed) == len(held)
        if not words:  # what a sign says the key says too: words give way before marks do
            placed = _in_lanes(held, words=False)
        for lane, mark in placed:
            self._draw(mark, y + LANE * lane, words=words)
        self.drawn += len(placed)
        return max((lane + 1 for lane, _ in placed), default=0)

    def _mark(self, span: Span, point: Point, row: _Row, record: Roadmap) -> _Mark:
        first, last = point.window.earliest, point.window.latest
        assert last is not None
        x = span.at(last)
        times: list[tuple[float, Sign]] = []
        if point.note and span.years <= YEARS:
            others = other_times(point, row.activity, record, self.unrolling, span.last)
            times = [
                (span.at(each.latest), sign) for each, sign in others if each.latest is not None
            ]
        return _Mark(point, x, x if first is None else span.at(first), tuple(times))

    def _draw(self, mark: _Mark, y: float, *, words: bool) -> None:
        """A milestone on the last day that its due may mean."""
        self.signs[mark.point.sign] = None
        self.points.append(
            {"x": mark.x, "y": y, "milestone": mark.point.milestone.id, **look(mark.point.sign)}
        )
        for x, sign in mark.times:
            self.signs[sign] = None
            self.points.append({"x": x, "y": y, "again": mark.point.milestone.id, **look(sign)})
        if mark.since < mark.x:
            self.signs[_WHEN] = None
            self.lines.append({"x": mark.since, "x2": mark.x, "y": y})
        if words and mark.words:
            self.words["late" if mark.point.urgent else "every"].append(
                {"x": mark.last + APART, "y": y, "text": mark.words}
            )


def _drawn(
    corpus: Corpus, record: Roadmap, rows: list[_Row], as_of: datetime.date | None
) -> dict[str, Any]:
    import altair as alt

    shown = rows[:ROWS]
    span = Span.of([day for row in shown for day in row.days], PLOT)
    lines = _Lines(span, Unrolling.of(corpus))
    height = _place(corpus, record, shown, lines)
    parts: list[Any] = [grid(span, height)] if span else []
    parts += [rules(lines.lines, colour=GREY, width=2), boxes(lines.bars, corner=2)]
    if span and as_of is not None and span.holds(as_of):
        parts += today(span, as_of, height)
    parts.append(boxes(lines.bands))
    parts += [
        haloed(lines.words["late"], bold=True),
        haloed(lines.words["every"]),
        marks(lines.points),
        texts(lines.words["objective"], size=NORMAL, bold=True),
        texts(lines.words["name"], size=NORMAL, limit=NAMES - 18),
        texts(lines.words["state"], colour=GREY, limit=170),
    ]
    chart: Any = alt.layer(*parts).properties(width=PLOT, height=height)
    if lines.signs:
        chart = alt.vconcat(
            chart,
            key([sign for sign in _ORDER if sign in lines.signs], -NAMES, PLOT + 150),
            spacing=12,
        )
    return finished(
        chart,
        clean(record.title.pick()),
        f"{_standing(rows, as_of)}. {_left_out(rows, lines.drawn)}".strip(),
    )


def _left_out(rows: list[_Row], drawn: int) -> str:
    """What has a date and is not drawn, for want of room."""
    said: list[str] = []
    if beyond := rows[ROWS:]:
        count = sum(len(row.dated) for row in beyond)
        of = f", with {counted(count, 'milestone')}" if count else ""
        said.append(
            f"{counted(len(beyond), 'more activity is', 'more activities are')} not drawn{of}."
        )
    if missing := sum(len(row.dated) for row in rows[:ROWS]) - drawn:
        said.append(
            f"{counted(missing, 'milestone has', 'milestones have')} no room and "
            f"{'is' if missing == 1 else 'are'} not drawn."
        )
    return " ".join(said)


def _place(corpus: Corpus, record: Roadmap, shown: list[_Row], lines: _Lines) -> float:
    """Put every row below the one before, a heading wherever the objective changes; gives the
    height of all.
    """
    statements = {objective.id: objective.statement.pick() for objective in record.objectives}
    heading: str | None = None
    y: float = 0
    for row in shown:
        head = (
            "No dates"
            if not row.days
            else statements.get(row.activity.objective or "", "Serving no objective")
        )
        if head != heading and (statements or not row.days):
            heading = head
            lines.words["objective"].append(
                {"x": -NAMES, "y": y + HEAD / 2 + 3, "text": fit(head, 150)}
            )
            lines.bands.append(
                {"x": -NAMES - 6, "x2": PLOT + 190, "y": y + 4, "y2": y + HEAD - 1, **look(_BAND)}
            )
            y += HEAD
        middle = y + LOW / 2
        title, lead = (
            clean(row.activity.title.pick()),
            name_of(corpus, row.activity.lead) or "no lead",
        )
        lines.words["name"].append(
            {"x": -NAMES, "y": middle, "text": fit(title, LEFTWARD if leftward(title) else TITLE)}
        )
        lines.words["state"].append(
            {
                "x": PLOT + 22,
                "y": middle,
                "text": f"{fit(lead, 18)} · {_BARS[row.activity.status].means}",
            }
        )
        lines.bar(row, middle)
        lanes = lines.milestones(row, record, y + LOW + 3)
        y += LOW + (LANE * lanes - 3 if lanes else 0)
    return y
