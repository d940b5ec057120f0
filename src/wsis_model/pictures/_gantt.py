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
from ._labels import (
    clean,
    counted,
    day_text,
    fit,
    is_right_to_left,
    list_some,
    name_of,
    pixel_width,
    window_text,
)
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
    grid,
    haloed,
    key,
    look,
    marks,
    overlaid,
    rules,
    specification,
    stacked,
    texts,
    today,
)

__all__ = ["ACTIVITY_SIGNS", "Row", "describe_rows", "gantt", "rows_of"]

ROWS, MARKS = 60, 600
DESCRIBED = 12
NAMES, PLOT = 320, 540
#: Letters of a title; from right to left fewer, because they are drawn wider, and the renderer
#: would cut them at the wrong end.
TITLE, LEFTWARD = 54, 45
HEADING, LOW = 28, 22
#: The height of a lane of milestones, and the most lanes; milestones of an activity that would hide
#: each other stand in different lanes.
LANE, LANES = 15, 5
#: Half of a mark, and the distance of a word beside it.
HALF, APART = 8, 10
#: Over more years than this, recurring milestones would overlap.
YEARS = 40

ACTIVITY_SIGNS = {
    ActivityStatus.DONE: Sign("done", BAR, INK),
    ActivityStatus.UNDER_WAY: Sign("under way", BAR, ACCENT, ACCENT),
    ActivityStatus.PLANNED: Sign("planned", BAR, WHITE, ACCENT),
    ActivityStatus.SUSPENDED: Sign("suspended", BAR, LIGHT, GREY, (4, 2)),
    ActivityStatus.CANCELLED: Sign("cancelled", BAR, FAINT, GREY, (1, 2)),
}
_BAND = Sign("objective", BAR, FAINT, FAINT)
_WHEN = Sign("possible days", "stroke", GREY, GREY, width=2, size=400)
_BEGUN = Sign("no first day is given", "M1,0H-1M-0.3,-0.6L-1,0L-0.3,0.6", INK, width=1.2, size=130)
_ENDLESS = Sign("no last day is given", "M-1,0H1M0.3,-0.6L1,0L0.3,0.6", INK, width=1.2, size=130)
_ORDER = (
    *ACTIVITY_SIGNS.values(),
    REACHED,
    OPEN,
    RISK,
    LATE,
    DROPPED,
    AGAIN,
    _WHEN,
    _BEGUN,
    _ENDLESS,
)
_OPEN_ENDED = Window(None, None)


@attrs.frozen
class Row:
    """An activity as it is drawn."""

    activity: Activity
    window: Window
    points: tuple[Point, ...]

    @property
    def days(self) -> list[datetime.date]:
        """The days on which its bar and its milestones begin or end."""
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
    """Who does what and when: the activities of a road map as bars, in the order of objectives and
    of their start.

    Milestones are diamonds on their last possible day, with a line over all possible days if there
    are several. Milestones of an activity that would hide each other stand below each other. A
    recurring milestone has a small mark at each of its other occurrences. At most 60 activities and
    600 milestones are drawn; activities without dates stand last. Milestones without a last day are
    counted in the subtitle.

    Args:
        corpus: Holds the road map, and the sessions at which its milestones are due.
        roadmap: The road map's identifier.
        as_of: The day to mark; milestones that were due before it and are not done are marked as
            late.

    Raises:
        UnknownIdentifier: There is no such road map.
    """
    record = corpus.roadmap(roadmap)
    rows = rows_of(corpus, record, as_of)
    title = clean(record.title.pick())
    if not rows:
        return Picture(
            title,
            f"The road map {title} has no activities yet: nothing to draw.",
            empty(f"{title} has no activities yet."),
        )
    return Picture(
        f"{title}: who does what, and when",
        describe_rows(corpus, title, rows, as_of),
        _chart(corpus, record, rows, as_of),
    )


def rows_of(corpus: Corpus, record: Roadmap, as_of: datetime.date | None) -> list[Row]:
    """The activities of a road map, by objective and start; those without dates last."""
    place = {objective.id: index for index, objective in enumerate(record.objectives)}
    all_points = points(corpus, record, as_of)
    rows = [
        Row(
            activity,
            activity.period.window() if activity.period else _OPEN_ENDED,
            tuple(itertools.islice(all_points, len(activity.milestones))),
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


def _standing(rows: list[Row], as_of: datetime.date | None) -> str:
    """How many activities and milestones there are, by status."""
    by_status = Counter(row.activity.status for row in rows)
    states = ", ".join(
        f"{by_status[status]:,} {sign.means}"
        for status, sign in ACTIVITY_SIGNS.items()
        if by_status[status]
    )
    signs = Counter(point.sign for row in rows for point in row.points)
    total = sum(signs.values()) - signs[DROPPED]
    late = (
        f", {signs[LATE]:,} late and {signs[RISK]:,} at risk on {day_text(as_of)}"
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


def describe_rows(corpus: Corpus, title: str, rows: list[Row], as_of: datetime.date | None) -> str:
    """The activities of a road map in words, for people who do not see them drawn."""
    undated = [row for row in rows if not row.days]
    lines = [f"Bar chart over time of the road map {title}. {_standing(rows, as_of)}."]
    lines.append(
        f"In order: {list_some([_row_text(corpus, row) for row in rows[:DESCRIBED]], len(rows))}."
    )
    if undated:
        lines.append(f"{counted(len(undated), 'activity has', 'activities have')} no dates.")
    return " ".join(lines)


def _row_text(corpus: Corpus, row: Row) -> str:
    activity = row.activity
    leads = [name_of(corpus, each) for each in activity.leads]
    lead = f" ({list_some(leads[:DESCRIBED], len(leads))})" if leads else ""
    when = _period_text(activity.period) if activity.period else "no period"
    milestones = ", ".join(map(_point_text, row.points[:DESCRIBED]))
    more = f", and {len(row.points) - DESCRIBED:,} more" if len(row.points) > DESCRIBED else ""
    listed = f"; milestones: {milestones}{more}" if milestones else ""
    means = ACTIVITY_SIGNS[activity.status].means
    return f"{fit(activity.title.pick(), 80)}{lead}, {when}, {means}{listed}"


def _first_lead(corpus: Corpus, activity: Activity) -> str:
    """Who leads first, and how many others, in the little room beside a bar."""
    if not activity.leads:
        return "no lead"
    others = f" +{len(activity.leads) - 1:,}" if activity.leads[1:] else ""
    return f"{fit(name_of(corpus, activity.leads[0]), 18 - len(others))}{others}"


def _point_text(point: Point) -> str:
    text = ", ".join(filter(None, (window_text(point.window), point.state, point.note)))
    return f"{fit(point.milestone.title.pick(), 60)} ({text})"


def _period_text(period: Period) -> str:
    if period.start and period.end:
        return period.start if period.start == period.end else f"{period.start} to {period.end}"
    if period.start:
        return f"from {period.start} on"
    return f"until {period.end}" if period.end else "no period"


# --- as a picture ---------------------------------------------------------------------------------


@attrs.frozen
class _Mark:
    """A milestone with the place of its line, its marks and its words in a lane."""

    point: Point
    x: float
    since: float
    """Where the line over the possible days begins; *x* if there is none."""
    times: tuple[tuple[float, Sign], ...]
    """The places of its other occurrences, with their signs."""

    @property
    def words(self) -> str:
        """The words after its last mark."""
        urgent, every = self.point.urgent, self.point.every
        if urgent and self.last > self.x:
            return f"{every}, one {urgent}"
        return ", ".join(filter(None, (urgent, every)))

    @property
    def left(self) -> float:
        """Where it begins; its line may begin below the mark of another."""
        return min(self.x - HALF, self.since + HALF, *(x - HALF for x, _ in self.times))

    @property
    def last(self) -> float:
        """Where its last mark stands."""
        return max([self.x, *(x for x, _ in self.times)])

    def right(self, *, words: bool) -> float:
        """Where it ends, with or without its words."""
        return self.last + (
            APART + pixel_width(self.words) + HALF if words and self.words else HALF
        )


def _in_lanes(marks_of_row: Iterable[_Mark], *, words: bool) -> list[tuple[int, _Mark]]:
    """The marks, each in the first lane where it overlaps nothing; some may fit in none."""
    ends: list[float] = []
    found: list[tuple[int, _Mark]] = []
    for mark in sorted(marks_of_row, key=lambda mark: mark.left):
        lane = next((lane for lane, taken in enumerate(ends) if taken <= mark.left), len(ends))
        if lane < LANES:
            ends[lane : lane + 1] = [mark.right(words=words)]
            found.append((lane, mark))
    return found


class _Layers:
    """The rows of data of each layer, collected from top to bottom."""

    def __init__(self, span: Span | None, unrolling: Unrolling) -> None:
        self.span = span
        self.unrolling = unrolling
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.signs: dict[Sign, None] = {}
        self.drawn = 0

    def bar(self, row: Row, y: float) -> None:
        """Add the bar of an activity; an open end goes to the edge and has an arrow."""
        window, span = row.window, self.span
        if span is None or (window.earliest is None and window.latest is None):
            return
        sign = ACTIVITY_SIGNS[row.activity.status]
        self.signs[sign] = None
        x = 0 if window.earliest is None else span.at(window.earliest)
        x2 = span.width if window.latest is None else span.end(window.latest)
        self.rows["bars"].append(
            {"x": x, "x2": x2, "y": y - 6, "y2": y + 6, "activity": row.activity.id, **look(sign)}
        )
        for arrow, end, at in (
            (_BEGUN, window.earliest, -9),
            (_ENDLESS, window.latest, span.width + 9),
        ):
            if end is None:
                self.signs[arrow] = None
                self.rows["points"].append({"x": at, "y": y, **look(arrow)})

    def milestones(self, row: Row, record: Roadmap, y: float) -> int:
        """Add the milestones of an activity in as many lanes as they need; gives the number of
        lanes.
        """
        room = MARKS - self.drawn
        marked = (
            [self._mark(self.span, point, row, record) for point in row.dated[:room]]
            if self.span
            else []
        )
        placed = _in_lanes(marked, words=True)
        words = len(placed) == len(marked)
        if not words:  # the key explains the signs, so words are left out before marks are
            placed = _in_lanes(marked, words=False)
        for lane, mark in placed:
            self._draw(mark, y + LANE * lane, words=words)
        self.drawn += len(placed)
        return max((lane + 1 for lane, _ in placed), default=0)

    def _mark(self, span: Span, point: Point, row: Row, record: Roadmap) -> _Mark:
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
        """Add the marks and words of a milestone."""
        self.signs[mark.point.sign] = None
        self.rows["points"].append(
            {"x": mark.x, "y": y, "milestone": mark.point.milestone.id, **look(mark.point.sign)}
        )
        for x, sign in mark.times:
            self.signs[sign] = None
            self.rows["points"].append(
                {"x": x, "y": y, "again": mark.point.milestone.id, **look(sign)}
            )
        if mark.since < mark.x:
            self.signs[_WHEN] = None
            self.rows["lines"].append({"x": mark.since, "x2": mark.x, "y": y})
        if words and mark.words:
            self.rows["late" if mark.point.urgent else "every"].append(
                {"x": mark.last + APART, "y": y, "text": mark.words}
            )


def _chart(
    corpus: Corpus, record: Roadmap, rows: list[Row], as_of: datetime.date | None
) -> dict[str, Any]:
    shown = rows[:ROWS]
    span = Span.of([day for row in shown for day in row.days], PLOT)
    layers = _Layers(span, Unrolling.of(corpus))
    height = _place(corpus, record, shown, layers)
    parts: list[Any] = [grid(span, height)] if span else []
    parts += [
        rules(layers.rows["lines"], colour=GREY, width=2),
        boxes(layers.rows["bars"], corner=2),
    ]
    if span and as_of is not None and span.holds(as_of):
        parts += today(span, as_of, height)
    parts.append(boxes(layers.rows["bands"]))
    parts += [
        haloed(layers.rows["late"], bold=True),
        haloed(layers.rows["every"]),
        marks(layers.rows["points"]),
        texts(layers.rows["objective"], size=NORMAL, bold=True),
        texts(layers.rows["name"], size=NORMAL, limit=NAMES - 18),
        texts(layers.rows["state"], colour=GREY, limit=170),
    ]
    chart = overlaid(*parts, width=PLOT, height=height)
    if layers.signs:
        chart = stacked(
            chart,
            key([sign for sign in _ORDER if sign in layers.signs], -NAMES, PLOT + 150),
            spacing=12,
        )
    return specification(
        chart,
        clean(record.title.pick()),
        f"{_standing(rows, as_of)}. {_left_out(rows, layers.drawn)}".strip(),
    )


def _left_out(rows: list[Row], drawn: int) -> str:
    """How much has a date but is not drawn, because there is no room."""
    sentences: list[str] = []
    if beyond := rows[ROWS:]:
        count = sum(len(row.dated) for row in beyond)
        of = f", with {counted(count, 'milestone')}" if count else ""
        sentences.append(
            f"{counted(len(beyond), 'more activity is', 'more activities are')} not drawn{of}."
        )
    if missing := sum(len(row.dated) for row in rows[:ROWS]) - drawn:
        sentences.append(
            f"{counted(missing, 'milestone has', 'milestones have')} no room and "
            f"{'is' if missing == 1 else 'are'} not drawn."
        )
    return " ".join(sentences)


def _place(corpus: Corpus, record: Roadmap, shown: list[Row], layers: _Layers) -> float:
    """Add all rows, with a heading where the objective changes; gives the total height."""
    statements = {objective.id: objective.statement.pick() for objective in record.objectives}
    heading: str | None = None
    y: float = 0
    for row in shown:
        heading_here = (
            "No dates"
            if not row.days
            else statements.get(row.activity.objective or "", "Serving no objective")
        )
        if heading_here != heading and (statements or not row.days):
            heading = heading_here
            layers.rows["objective"].append(
                {"x": -NAMES, "y": y + HEADING / 2 + 3, "text": fit(heading_here, 150)}
            )
            layers.rows["bands"].append(
                {
                    "x": -NAMES - 6,
                    "x2": PLOT + 190,
                    "y": y + 4,
                    "y2": y + HEADING - 1,
                    **look(_BAND),
                }
            )
            y += HEADING
        middle = y + LOW / 2
        title, lead = (
            clean(row.activity.title.pick()),
            _first_lead(corpus, row.activity),
        )
        layers.rows["name"].append(
            {
                "x": -NAMES,
                "y": middle,
                "text": fit(title, LEFTWARD if is_right_to_left(title) else TITLE),
            }
        )
        layers.rows["state"].append(
            {
                "x": PLOT + 22,
                "y": middle,
                "text": f"{lead} · {ACTIVITY_SIGNS[row.activity.status].means}",
            }
        )
        layers.bar(row, middle)
        lanes = layers.milestones(row, record, y + LOW + 3)
        y += LOW + (LANE * lanes - 3 if lanes else 0)
    return y
