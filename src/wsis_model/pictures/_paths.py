"""Indicators, each against the straight path from its baseline to its targets."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from ..analysis import Course, Measured, progress
from ..analysis._indicators import targets_of
from ..corpus import Corpus
from ..model import Indicator, Observation
from ..model.record import first_day, last_day
from ._labels import UNITS, clean, counted, day_text, figure, fit, pixel_width, wrapped
from ._picture import (
    ACCENT,
    CIRCLE,
    GREY,
    INK,
    LIGHT,
    NORMAL,
    WHITE,
    Picture,
    Sign,
    Span,
    empty,
    halo,
    key,
    look,
    marks,
    overlaid,
    rules,
    specification,
    stacked,
    texts,
)

__all__ = ["indicator_paths"]

SHOWN, ACROSS, DESCRIBED = 12, 3, 8
#: How many targets before the last one may have a figure, if there is room.
BETWEEN = 8
#: A line not longer than this is hidden by the mark at its beginning.
SEEN = 6
#: A panel in pixels: the whole, the head above its axes, the room for values left of them, and the
#: axes.
WIDTH, HEIGHT, HEAD, LEFT = 330, 232, 60, 52
PLOT, TALL = 232, 126
DASH = (5, 3)

_BASELINE = Sign("baseline", CIRCLE, WHITE, INK, size=60)
_TARGET = Sign("target", "square", WHITE, INK, size=70)
_OBSERVED = Sign("observed", CIRCLE, ACCENT, ACCENT, size=50)
_PATH = Sign("straight path to the targets", "stroke", INK, GREY, DASH, 2, 500)
_RUNNING = Sign(
    "compared with the path at the end of its month or year, which is not over",
    "stroke",
    ACCENT,
    ACCENT,
    width=1.25,
    size=400,
)
_CUT = Sign(
    "the axis does not begin at 0",
    "M0,-1L0.5,-0.7L-0.5,-0.25L0.5,0.25L-0.5,0.7L0,1",
    WHITE,
    INK,
    width=1.25,
    size=190,
)
_TODAY = Sign("", "M0,-1L0,1", INK, INK, (2, 2), 1.5, 200)


@attrs.frozen
class _Point:
    """A value of an indicator, and its place."""

    day: datetime.date
    """Its last possible day, on which it is compared with the path."""
    shown: datetime.date
    """The day of its mark."""
    value: Decimal
    when: str


@attrs.frozen
class _Series:
    """The data of one indicator: the path, the observations, and its course."""

    indicator: Indicator
    path: tuple[_Point, ...]
    observed: tuple[_Point, ...]
    measured: Measured | None

    @property
    def points(self) -> tuple[_Point, ...]:
        """All values."""
        return (*self.path, *self.observed)


def indicator_paths(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture:
    """Whether each indicator is where it should be: its observations, and the straight path from
    its baseline through its targets.

    Every indicator has a panel, with its own axis for values; the years are the same in all. A
    value for a month or a year stands at its last day, on which it is compared with the path; if
    that month or year is not over on *as_of*, it stands at *as_of*, with a thin line to the last
    day. Figures have at most six digits, and are left out if they would hide another; the
    description has all. At most twelve indicators are drawn, the first that have values.

    Args:
        corpus: Holds the road map.
        roadmap: The road map's identifier.
        as_of: The day to mark, which also decides the course of each indicator; later observations
            are left out.

    Raises:
        UnknownIdentifier: There is no such road map.
    """
    record = corpus.roadmap(roadmap)
    measured = (
        progress(corpus, roadmap, as_of=as_of).indicators
        if as_of is not None
        else [None] * len(record.indicators)
    )
    every = [
        _series(indicator, found, as_of)
        for indicator, found in zip(record.indicators, measured, strict=True)
    ]
    drawn = [series for series in every if series.points]
    name = clean(record.title.pick())
    if not drawn:
        text = (
            f"No indicator of {name} has a baseline, a target or an observation yet."
            if every
            else f"{name} has no indicators yet."
        )
        return Picture(f"{name}: indicators", text, empty(text))
    title = f"{name}: indicators against the path to their targets"
    standing = _standing(every, drawn, as_of)
    return Picture(
        title, _description(title, drawn, standing), _chart(title, drawn[:SHOWN], standing, as_of)
    )


def _series(
    indicator: Indicator, measured: Measured | None, as_of: datetime.date | None
) -> _Series:
    path: list[_Point] = []
    if indicator.baseline is not None:
        path.append(_point(indicator.baseline, as_of))
    path += [
        _Point(day, day, each.value, each.by)
        for each in targets_of(indicator)
        for day in (last_day(each.by),)
    ]
    begun = (
        _point(each, as_of)
        for each in indicator.observations
        if as_of is None or first_day(each.when) <= as_of
    )
    # Sorted by day alone, so that of two for one day the last in the file is the latest, as in
    # `progress`.
    return _Series(
        indicator, tuple(path), tuple(sorted(begun, key=lambda point: point.day)), measured
    )


def _point(observation: Observation, as_of: datetime.date | None) -> _Point:
    day = last_day(observation.when)
    running = as_of is not None and first_day(observation.when) <= as_of < day
    return _Point(
        day, as_of if running and as_of is not None else day, observation.value, observation.when
    )


# --- in words -------------------------------------------------------------------------------------


def _standing(every: list[_Series], drawn: list[_Series], as_of: datetime.date | None) -> str:
    """How many indicators there are of each course, and how many are not drawn."""
    parts = [counted(len(every), "indicator")]
    if as_of is not None:
        courses = Counter(series.measured.course for series in every if series.measured is not None)
        counts = ", ".join(f"{courses[each]} {each.value}" for each in Course if courses[each])
        parts.append(f"{counts} on {day_text(as_of)}")
    if len(drawn) < len(every):
        parts.append(f"{len(every) - len(drawn)} without any value")
    if len(drawn) > SHOWN:
        parts.append(f"the first {SHOWN} with values are drawn")
    return "; ".join(parts)


def _description(title: str, drawn: list[_Series], standing: str) -> str:
    parts = [_series_text(series) for series in drawn[:DESCRIBED]]
    more = f" And {len(drawn) - DESCRIBED} more." if len(drawn) > DESCRIBED else ""
    return f"Line charts. {title}: {standing}. {' '.join(parts)}{more}"


def _series_text(series: _Series) -> str:
    indicator = series.indicator
    unit = f" ({clean(indicator.unit)})" if indicator.unit else ""
    has_baseline = indicator.baseline is not None
    baseline = (
        f"baseline {_number(series.path[0].value)} in {series.path[0].when}"
        if has_baseline
        else "no baseline"
    )
    targets = series.path[1:] if has_baseline else series.path
    to = (
        f"target {', '.join(f'{_number(each.value)} by {each.when}' for each in targets)}"
        if targets
        else "no target"
    )
    seen = ", ".join(
        f"{_number(each.value)} in {each.when}" for each in series.observed[-DESCRIBED:]
    )
    course = f"; {series.measured.course.value}" if series.measured is not None else ""
    return (
        f"{fit(indicator.name.pick(), 100)}{unit}: {baseline}, {to}, "
        f"{f'observed {seen}' if seen else 'nothing observed'}{course}."
    )


def _number(value: Decimal) -> str:
    return format(value, ",f")


# --- as a picture ---------------------------------------------------------------------------------


@attrs.frozen
class _Axis:
    """An axis: values as pixels from the top of a panel, with round numbers."""

    low: Decimal
    step: Decimal
    steps: int

    @property
    def is_cut(self) -> bool:
        """Whether 0 is not on it."""
        return self.low > 0 or self.low + self.step * self.steps < 0

    @classmethod
    def of(cls, values: list[Decimal]) -> _Axis:
        """An axis for some values: from 0 if they are not far from it, otherwise from a round
        number below them.
        """
        low, high = min(values), max(values)
        if 0 <= low <= high / 2:
            low = Decimal(0)
        if low == high:
            low, high = low - 1, high + 1
        step = _round_step((high - low) / 3)
        # Decimal rounds towards 0.
        first = (low // step - (1 if low < 0 and low % step else 0)) * step
        return cls(
            first, step, int(-((first - high) // step) + (1 if (high - first) % step else 0))
        )

    def at(self, value: Decimal) -> float:
        """The place of a value."""
        return round(TALL - float((value - self.low) / (self.step * self.steps)) * TALL, 2)

    def ticks(self) -> list[Decimal]:
        """The round numbers."""
        return [self.low + self.step * n for n in range(self.steps + 1)]


def _round_step(rough: Decimal) -> Decimal:
    """The next 1, 2 or 5 times a power of ten."""
    ten = Decimal(1).scaleb(rough.adjusted())
    return next(ten * each for each in (1, 2, 5, 10) if ten * each >= rough)


# --- room for figures -----------------------------------------------------------------------------


@attrs.frozen
class _Box:
    """The box of a figure or a mark, in pixels from the left and the top of the axes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, place: _Place) -> bool:
        """Whether a place lies within it."""
        return self.left < place[0] < self.right and self.top < place[1] < self.bottom

    def is_crossed(self, line: _Line) -> bool:
        """Whether a line passes through it."""
        (x, y), (x2, y2) = line
        since, until = 0.0, 1.0
        for start, way, low, high in (
            (x, x2 - x, self.left, self.right),
            (y, y2 - y, self.top, self.bottom),
        ):
            if not way:
                if not low < start < high:
                    return False
                continue
            enters, leaves = sorted(((low - start) / way, (high - start) / way))
            since, until = max(since, enters), min(until, leaves)
        return since < until


_Place = tuple[float, float]
_Line = tuple[_Place, _Place]
#: Where a figure may stand: how far right and down of its mark, and its alignment.
_ABOVE, _BELOW, _RIGHT, _LEFT = (
    (0, -13, "center"),
    (0, 13, "center"),
    (9, 0, "left"),
    (-9, 0, "right"),
)
_CORNERS = ((6, -13, "left"), (-6, -13, "right"), (6, 13, "left"), (-6, 13, "right"))
_OVER, _UNDER, _BESIDE = (
    (_ABOVE, _BELOW, _RIGHT),
    (_BELOW, _ABOVE, _RIGHT),
    (_RIGHT, _ABOVE, _BELOW),
)


class _Room:
    """The room for figures in a panel: they never overlap, should not hide marks, and avoid lines
    and other marks.
    """

    def __init__(self, marks: Iterable[_Place], lines: Iterable[_Line]) -> None:
        self.marks = [
            (_box(x, y, 12, "center"), _Box(x - 9, y - 14, x + 9, y + 14)) for x, y in marks
        ]
        self.lines = list(lines)
        self.taken: list[_Box] = []

    def place(
        self, at: _Place, text: str, sides: Iterable[tuple[int, int, str]], *, must: bool
    ) -> tuple[float, float, str] | None:
        """The best place for a figure; None if it would overlap others or, unless it *must* be
        there, hide a mark.
        """
        found = [
            (self._harm(box, at) + 0.1 * number, box, (at[0] + right, at[1] + down, align))
            for number, (right, down, align) in enumerate(sides)
            for box in (_box(at[0] + right, at[1] + down, pixel_width(text), align),)
            if box.left >= 0
            and box.right <= WIDTH - LEFT
            and box.top >= -8
            and box.bottom <= TALL + 5
            if not any(box.meets(other) for other in self.taken)
        ]
        harm, box, place = min(found, key=lambda each: each[0], default=(HIDING, None, None))
        if box is None or (harm >= HIDING and not must):
            return None
        self.taken.append(box)
        return place

    def _harm(self, box: _Box, at: _Place) -> float:
        hidden = sum(box.meets(mark) for mark, _ in self.marks)
        near = sum(box.meets(around) for _, around in self.marks if not around.holds(at))
        return HIDING * hidden + 2 * near + sum(map(box.is_crossed, self.lines))


#: The cost of hiding a mark: more than that of any number of lines.
HIDING = 1000


def _box(x: float, y: float, width: float, align: str) -> _Box:
    left = x - {"left": 0, "center": width / 2, "right": width}[align]
    return _Box(left, y - 6, left + width, y + 6)


# --- the panels -----------------------------------------------------------------------------------


def _chart(
    title: str, shown: list[_Series], standing: str, as_of: datetime.date | None
) -> dict[str, Any]:
    span = Span.of([point.day for series in shown for point in series.points], PLOT)
    assert span is not None
    panels = _Panels(span, as_of)
    for place, series in enumerate(shown):
        panels.add(series, place % ACROSS * WIDTH + LEFT, place // ACROSS * HEIGHT + HEAD)
    width = WIDTH * min(ACROSS, len(shown))
    chart = overlaid(
        rules(panels.lines["grid"], colour=LIGHT),
        rules(panels.lines["axis"], colour=GREY),
        rules(panels.lines["today"], colour=INK, width=1.5, dash=(2, 2)),
        rules(panels.lines["path"], colour=GREY, width=2, dash=DASH),
        rules(panels.lines["running"], colour=ACCENT, width=_RUNNING.width),
        rules(panels.lines["observed"], colour=ACCENT, width=2.5),
        *(halo(rows, align=align, bold=bold) for (align, bold), rows in panels.figures.items()),
        marks(panels.marks),
        *(texts(rows, align=align, bold=bold) for (align, bold), rows in panels.figures.items()),
        texts(panels.words["name"], size=NORMAL, bold=True, limit=WIDTH - 8),
        texts(panels.words["unit"], colour=GREY, limit=WIDTH - 8),
        texts(panels.words["value"], colour=GREY, align="right"),
        texts(panels.words["year"], colour=GREY, align="center"),
        width=width,
        height=HEIGHT * ((len(shown) - 1) // ACROSS + 1),
    )
    signs = [
        _BASELINE,
        _PATH,
        _TARGET,
        *([_OBSERVED] if any(each.observed for each in shown) else []),
    ]
    signs += [_RUNNING] if panels.lines["running"] else []
    if panels.lines["today"] and as_of is not None:
        signs.append(attrs.evolve(_TODAY, means=day_text(as_of)))
    signs += [_CUT] if panels.has_cut else []
    return specification(
        stacked(chart, key(signs, 0, width), spacing=4), title, standing, panels.units
    )


class _Panels:
    """The rows of data of each layer, collected panel by panel."""

    def __init__(self, span: Span, as_of: datetime.date | None) -> None:
        self.span = span
        self.as_of = as_of
        self.lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.figures: dict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
        self.marks: list[dict[str, Any]] = []
        self.has_cut = False

    @property
    def units(self) -> str:
        """The meaning of the letters after large numbers."""
        texts_drawn = [
            row["text"] for held in (self.words["value"], *self.figures.values()) for row in held
        ]
        used = [
            name
            for name in UNITS.values()
            if any(each.endswith(f" {name}") for each in texts_drawn)
        ]
        return ", ".join(f"{name}: {_LONG[name]}" for name in reversed(used))

    def add(self, series: _Series, left: float, top: float) -> None:
        """Add the panel of an indicator, with its axes at *left* and *top*."""
        axis = _Axis.of([point.value for point in series.points])
        notation = _Notation.of([*axis.ticks(), *(point.value for point in _with_figures(series))])
        self._head(series, left, top)
        self._axes(axis, notation, left, top)
        lines: list[_Line] = []
        for kind, points in (("path", series.path), ("observed", series.observed)):
            places = [
                (
                    self.span.end(point.shown if kind == "observed" else point.day),
                    axis.at(point.value),
                )
                for point in points
            ]
            lines += itertools.pairwise(places)
            self.lines[kind] += [_line_row(line, left, top) for line in itertools.pairwise(places)]
            for number, point in enumerate(points):
                first = number == 0 and series.indicator.baseline is not None
                sign = _OBSERVED if kind == "observed" else _BASELINE if first else _TARGET
                x, y = self._at(point, axis)
                self.marks.append(
                    {
                        "x": left + x,
                        "y": top + y,
                        "value": float(point.value),
                        "when": point.when,
                        **look(sign),
                    }
                )
                running = ((x, y), (self.span.end(point.day), y))
                if running[1][0] - x > SEEN:
                    lines.append(running)
                    self.lines["running"].append(_line_row(running, left, top))
        self._values(
            series,
            axis,
            notation,
            _Room([self._at(point, axis) for point in series.points], lines),
            left,
            top,
        )

    def _at(self, point: _Point, axis: _Axis) -> _Place:
        return self.span.end(point.shown), axis.at(point.value)

    def _head(self, series: _Series, left: float, top: float) -> None:
        lines = wrapped(series.indicator.name.pick(), 43, 2)
        for number, line in enumerate(lines):
            self.words["name"].append(
                {"x": left - LEFT + 4, "y": top - 30 - 15 * (len(lines) - number - 1), "text": line}
            )
        course = f" · {series.measured.course.value}" if series.measured is not None else ""
        unit = fit(series.indicator.unit or "no unit given", 48 - len(course))
        self.words["unit"].append({"x": left - LEFT + 4, "y": top - 14, "text": unit + course})

    def _axes(self, axis: _Axis, notation: _Notation, left: float, top: float) -> None:
        drawn: set[str] = set()
        for tick in axis.ticks():
            y = top + axis.at(tick)
            self.lines["grid"].append({"x": left, "y": y, "x2": left + PLOT, "y2": y})
            text = notation(tick)
            if (
                text not in drawn
            ):  # numbers that differ too little have the same text: once is enough
                self.words["value"].append({"x": left - 5, "y": y, "text": text})
            drawn.add(text)
        self.lines["axis"].append({"x": left, "y": top, "x2": left, "y2": top + TALL})
        if axis.is_cut:
            self.has_cut = True
            self.marks.append(
                {"x": left, "y": top + (TALL - 16 if axis.low > 0 else 16), **look(_CUT)}
            )
        ticks = self.span.ticks()
        for x, _ in ticks:
            self.lines["grid"].append(
                {"x": left + x, "y": top + TALL, "x2": left + x, "y2": top + TALL + 4}
            )
        for (x, name), (x2, _) in itertools.pairwise([*ticks, (float(PLOT), "")]):
            if len(ticks) <= 6 or name in (ticks[0][1], ticks[len(ticks) // 2][1], ticks[-1][1]):
                self.words["year"].append(
                    {"x": left + (x + x2) / 2, "y": top + TALL + 12, "text": name}
                )
        if self.as_of is not None and self.span.holds(self.as_of):
            x = left + self.span.at(self.as_of)
            self.lines["today"].append({"x": x, "y": top, "x2": x, "y2": top + TALL})

    def _values(
        self,
        series: _Series,
        axis: _Axis,
        notation: _Notation,
        room: _Room,
        left: float,
        top: float,
    ) -> None:
        """Add figures as long as there is room: the latest observation, the last target, the
        baseline, the other targets.
        """
        latest = series.observed[-1] if series.observed else None
        for point in _with_figures(series):
            is_last = bool(series.path) and point is series.path[-1]
            if point is latest:
                over = point.value >= _path_value(series.path, point.shown)
            else:
                over = bool(series.path) and series.path[-1].value < point.value
            sides = (*(_BESIDE if is_last else _OVER if over else _UNDER), _LEFT, *_CORNERS)
            place = room.place(
                self._at(point, axis), notation(point.value), sides, must=point is latest or is_last
            )
            if place is not None:
                x, y, align = place
                self.figures[align, point is latest].append(
                    {"x": left + x, "y": top + y, "text": notation(point.value)}
                )


_LONG = {"m": "million", "bn": "billion", "tn": "trillion"}


def _line_row(line: _Line, left: float, top: float) -> dict[str, Any]:
    (x, y), (x2, y2) = line
    return {"x": left + x, "y": top + y, "x2": left + x2, "y2": top + y2}


def _with_figures(series: _Series) -> Iterator[_Point]:
    """The values that have figures, the most important first."""
    yield from series.observed[-1:]
    yield from series.path[-1:]
    yield from series.path[:1] if len(series.path) > 1 else ()
    between = series.path[1:-1]
    yield from between[:: 1 + (len(between) - 1) // BETWEEN] if between else ()


@attrs.frozen
class _Notation:
    """How the numbers of a panel are written: all in the same way, with enough digits to differ."""

    largest: Decimal
    digits: int

    @classmethod
    def of(cls, values: Iterable[Decimal]) -> _Notation:
        """The notation for some numbers."""
        distinct = set(values)
        largest = max(map(abs, distinct))
        enough = (
            digits
            for digits in (6, 9)
            if len({figure(value, largest, digits) for value in distinct}) == len(distinct)
        )
        return cls(largest, next(enough, 9))

    def __call__(self, value: Decimal) -> str:
        return figure(value, self.largest, self.digits)


def _path_value(path: tuple[_Point, ...], day: datetime.date) -> Decimal:
    """The value of the path on a day, to put a label on the other side."""
    for since, until in itertools.pairwise(path):
        if since.day <= day <= until.day:
            return since.value + (until.value - since.value) * (day - since.day).days / max(
                (until.day - since.day).days, 1
            )
    return path[-1].value if path else Decimal(0)
