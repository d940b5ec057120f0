"""Indicators, each against the straight path from its baseline to its targets."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import attrs

from ..analysis import Course, Measured, progress
from ..analysis._progress import targets_of
from ..corpus import Corpus
from ..model import Indicator, Observation
from ..model._record import first_day, last_day
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
    finished,
    haloed,
    key,
    look,
    need,
    points,
    rules,
    texts,
)
from ._words import across, clean, counted, fit, said_day, wrapped

__all__ = ["indicator_paths"]

SHOWN, ACROSS, TOLD = 12, 3, 8
#: A panel in pixels: the whole, the head above its axes, the room for values left of them, and the axes.
WIDTH, HEIGHT, HEAD, LEFT = 330, 232, 60, 52
PLOT, TALL = 232, 126
DASH = (5, 3)

_BASELINE = Sign("baseline", CIRCLE, WHITE, INK, size=60)
_TARGET = Sign("target", "square", WHITE, INK, size=70)
_OBSERVED = Sign("observed", CIRCLE, ACCENT, ACCENT, size=50)
_PATH = Sign("straight path to the targets", "stroke", INK, GREY, DASH, 2, 700)
_TODAY = Sign("", "M0,-1L0,1", INK, INK, (2, 2), 1.5, 200)

Point = tuple[datetime.date, Decimal, str]


@attrs.frozen
class _Series:
    """What is drawn of one indicator: the path, what was observed, and how it stands."""

    indicator: Indicator
    path: tuple[Point, ...]
    observed: tuple[Point, ...]
    measured: Measured | None

    @property
    def points(self) -> tuple[Point, ...]:
        """Everything that has a place."""
        return (*self.path, *self.observed)


def indicator_paths(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture:
    """Whether each indicator is where it should be: its observations, and the straight path from its baseline through its targets.

    Every indicator has a panel, with an axis of its own for its values; the years are the same in all. A value that is given for a
    month or a year stands at its last day. At most twelve indicators are drawn, those that have values first in their order.

    Args:
        corpus: Holds the road map.
        roadmap: The road map's identifier.
        as_of: The day to mark, and on which to say how each indicator stands; later observations are left out.

    Raises:
        UnknownIdentifier: There is no such road map.
        MissingExtra: `altair` is not installed.
    """
    need("altair")
    record = corpus.roadmap(roadmap)
    measured = progress(corpus, roadmap, as_of=as_of).indicators if as_of is not None else [None] * len(record.indicators)
    every = [_series(indicator, found, as_of) for indicator, found in zip(record.indicators, measured, strict=True)]
    drawn = [series for series in every if series.points]
    name = clean(record.title.pick())
    if not drawn:
        said = f"No indicator of {name} has a baseline, a target or an observation yet." if every else f"{name} has no indicators yet."
        return Picture(f"{name}: indicators", said, empty(said))
    title = f"{name}: indicators against the path to their targets"
    standing = _standing(every, drawn, as_of)
    return Picture(title, _told(title, drawn, standing), _drawn(title, drawn[:SHOWN], standing, as_of))


def _series(indicator: Indicator, measured: Measured | None, as_of: datetime.date | None) -> _Series:
    path: list[Point] = []
    if indicator.baseline is not None:
        path.append(_point(indicator.baseline))
    path += [(last_day(each.by), each.value, each.by) for each in targets_of(indicator)]
    begun = (_point(each) for each in indicator.observations if as_of is None or first_day(each.when) <= as_of)
    # Sorted by day alone: of two for one day the one written last is the latest, here as in the progress.
    return _Series(indicator, tuple(path), tuple(sorted(begun, key=lambda point: point[0])), measured)


def _point(observation: Observation) -> Point:
    return last_day(observation.when), observation.value, observation.when


# --- in words -------------------------------------------------------------------------------------------------------------


def _standing(every: list[_Series], drawn: list[_Series], as_of: datetime.date | None) -> str:
    """How many indicators stand how, and how many are not drawn."""
    said = [counted(len(every), "indicator")]
    if as_of is not None:
        courses = Counter(series.measured.course for series in every if series.measured is not None)
        said.append(f"{', '.join(f'{courses[course]} {course.value}' for course in Course if courses[course])} on {said_day(as_of)}")
    if len(drawn) < len(every):
        said.append(f"{len(every) - len(drawn)} without any value")
    if len(drawn) > SHOWN:
        said.append(f"the first {SHOWN} with values are drawn")
    return "; ".join(said)


def _told(title: str, drawn: list[_Series], standing: str) -> str:
    parts = [_told_one(series) for series in drawn[:TOLD]]
    more = f" And {len(drawn) - TOLD} more." if len(drawn) > TOLD else ""
    return f"Line charts. {title}: {standing}. {' '.join(parts)}{more}"


def _told_one(series: _Series) -> str:
    indicator = series.indicator
    unit = f" ({clean(indicator.unit)})" if indicator.unit else ""
    has_baseline = indicator.baseline is not None
    baseline = f"baseline {_number(series.path[0][1])} in {series.path[0][2]}" if has_baseline else "no baseline"
    targets = series.path[1:] if has_baseline else series.path
    to = f"target {', '.join(f'{_number(value)} by {by}' for _, value, by in targets)}" if targets else "no target"
    seen = ", ".join(f"{_number(value)} in {when}" for _, value, when in series.observed[-TOLD:])
    course = f"; {series.measured.course.value}" if series.measured is not None else ""
    return f"{fit(indicator.name.pick(), 100)}{unit}: {baseline}, {to}, {f'observed {seen}' if seen else 'nothing observed'}{course}."


def _number(value: Decimal) -> str:
    return format(value, ",f")


# --- as a picture ---------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Axis:
    """Values as pixels from the top of a panel's axes, with round numbers beside them."""

    low: Decimal
    step: Decimal
    steps: int

    @classmethod
    def of(cls, values: list[Decimal]) -> _Axis:
        """An axis that holds all values: from nought where they are not far from it, from a round number below them elsewhere."""
        low, high = min(values), max(values)
        if 0 <= low <= high / 2:
            low = Decimal(0)
        if low == high:
            low, high = low - 1, high + 1
        step = _round_step((high - low) / 3)
        first = (low // step - (1 if low < 0 and low % step else 0)) * step  # Decimal cuts towards nought
        return cls(first, step, int(-((first - high) // step) + (1 if (high - first) % step else 0)))

    def at(self, value: Decimal) -> float:
        """Where a value stands."""
        return round(TALL - float((value - self.low) / (self.step * self.steps)) * TALL, 2)

    def ticks(self) -> list[Decimal]:
        """The round numbers."""
        return [self.low + self.step * n for n in range(self.steps + 1)]


def _round_step(rough: Decimal) -> Decimal:
    """The next 1, 2 or 5 with noughts."""
    ten = Decimal(1).scaleb(rough.adjusted())
    return next(ten * each for each in (1, 2, 5, 10) if ten * each >= rough)


def _short(value: Decimal) -> str:
    """A number of an axis in few letters.

    Examples:
        >>> [_short(Decimal(each)) for each in ("0", "75", "2500000", "0.05", "3000000000000000")]
        ['0', '75', '2.5 m', '0.05', '3e+15']
    """
    size = abs(value)
    if size >= 10**12 or 0 < size < Decimal("0.0001"):
        return f"{float(value):.3g}"
    for unit, name in ((10**9, " bn"), (10**6, " m")):
        if size >= unit:
            return f"{(value / unit).normalize():,f}{name}"
    return f"{value.normalize():,f}"


def _drawn(title: str, shown: list[_Series], standing: str, as_of: datetime.date | None) -> dict[str, Any]:
    import altair as alt

    span = Span.of([day for series in shown for day, _, _ in series.points], PLOT)
    assert span is not None
    panels = _Panels(span, as_of)
    for place, series in enumerate(shown):
        panels.add(series, place % ACROSS * WIDTH + LEFT, place // ACROSS * HEIGHT + HEAD)
    width = WIDTH * min(ACROSS, len(shown))
    chart = alt.layer(
        rules(panels.lines["grid"], colour=LIGHT),
        rules(panels.lines["today"], colour=INK, width=1.5, dash=(2, 2)),
        rules(panels.lines["path"], colour=GREY, width=2, dash=DASH),
        rules(panels.lines["observed"], colour=ACCENT, width=2.5),
        points(panels.marks),
        texts(panels.words["name"], size=NORMAL, bold=True, limit=WIDTH - 8),
        texts(panels.words["unit"], colour=GREY, limit=WIDTH - 8),
        texts(panels.words["value"], colour=GREY, align="right"),
        texts(panels.words["year"], colour=GREY, align="center"),
        haloed(panels.words["start"], align="center"),
        haloed(panels.words["beside"]),
        haloed(panels.words["end"], align="right"),
        haloed(panels.words["latest"], colour=INK, bold=True, align="center"),
    ).properties(width=width, height=HEIGHT * ((len(shown) - 1) // ACROSS + 1))
    signs = [_BASELINE, _PATH, _TARGET, *([_OBSERVED] if panels.lines["observed"] or any(each.observed for each in shown) else [])]
    if panels.lines["today"] and as_of is not None:
        signs.append(attrs.evolve(_TODAY, means=said_day(as_of)))
    return finished(alt.vconcat(chart, key(signs, 0, width), spacing=4), title, standing)


class _Panels:
    """The rows of data of each layer, gathered panel by panel."""

    def __init__(self, span: Span, as_of: datetime.date | None) -> None:
        self.span = span
        self.as_of = as_of
        self.lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.marks: list[dict[str, Any]] = []

    def add(self, series: _Series, left: float, top: float) -> None:
        """The panel of an indicator, with its axes at *left* and *top*."""
        axis = _Axis.of([value for _, value, _ in series.points])
        self._head(series, left, top)
        self._axes(axis, left, top)
        for kind, held in (("path", series.path), ("observed", series.observed)):
            places = [(left + self.span.end(day), top + axis.at(value)) for day, value, _ in held]
            self.lines[kind] += [{"x": x, "y": y, "x2": x2, "y2": y2} for (x, y), (x2, y2) in itertools.pairwise(places)]
            for number, ((x, y), (_, value, when)) in enumerate(zip(places, held, strict=True)):
                first = number == 0 and series.indicator.baseline is not None
                sign = _OBSERVED if kind == "observed" else _BASELINE if first else _TARGET
                self.marks.append({"x": x, "y": y, "value": float(value), "when": when, **look(sign)})
        self._values(series, axis, left, top)

    def _head(self, series: _Series, left: float, top: float) -> None:
        lines = wrapped(series.indicator.name.pick(), 43, 2)
        for number, line in enumerate(lines):
            self.words["name"].append({"x": left - LEFT + 4, "y": top - 30 - 15 * (len(lines) - number - 1), "text": line})
        course = f" · {series.measured.course.value}" if series.measured is not None else ""
        unit = fit(series.indicator.unit or "no unit given", 48 - len(course))
        self.words["unit"].append({"x": left - LEFT + 4, "y": top - 14, "text": unit + course})

    def _axes(self, axis: _Axis, left: float, top: float) -> None:
        for tick in axis.ticks():
            y = top + axis.at(tick)
            self.lines["grid"].append({"x": left, "y": y, "x2": left + PLOT, "y2": y})
            self.words["value"].append({"x": left - 5, "y": y, "text": _short(tick)})
        ticks = self.span.ticks()
        for x, _ in ticks:
            self.lines["grid"].append({"x": left + x, "y": top + TALL, "x2": left + x, "y2": top + TALL + 4})
        for (x, name), (x2, _) in itertools.pairwise([*ticks, (float(PLOT), "")]):
            if len(ticks) <= 6 or name in (ticks[0][1], ticks[len(ticks) // 2][1], ticks[-1][1]):
                self.words["year"].append({"x": left + (x + x2) / 2, "y": top + TALL + 12, "text": name})
        if self.as_of is not None and self.span.holds(self.as_of):
            x = left + self.span.at(self.as_of)
            self.lines["today"].append({"x": x, "y": top, "x2": x, "y2": top + TALL})

    def _values(self, series: _Series, axis: _Axis, left: float, top: float) -> None:
        """The first and the last value of the path, and the latest one that was observed, in figures."""
        for day, value, _ in series.path[:1]:
            x, y = left + self.span.end(day), axis.at(value)
            rises = series.path[-1][1] >= value
            below = rises if 14 < y < TALL - 12 else y <= 14
            self.words["start"].append({"x": x, "y": top + y + (13 if below else -12), "text": _number(value)})
        for day, value, _ in series.path[1:][-1:]:
            x, y, said = left + self.span.end(day), top + axis.at(value), _number(value)
            beside = across(said) < WIDTH - LEFT - PLOT - 8
            self.words["beside" if beside else "end"].append({"x": x + 8 if beside else x, "y": y if beside else y - 13, "text": said})
        for day, value, _ in series.observed[-1:]:
            y = axis.at(value)
            over = y > 14 and (value >= _on_path(series.path, day) or y > TALL - 12)
            self.words["latest"].append({"x": left + self.span.end(day), "y": top + y + (-12 if over else 13), "text": _number(value)})


def _on_path(path: tuple[Point, ...], day: datetime.date) -> Decimal:
    """Where the path is on a day, for putting a label on the other side."""
    for (since, low, _), (until, high, _) in itertools.pairwise(path):
        if since <= day <= until:
            return low + (high - low) * (day - since).days / max((until - since).days, 1)
    return path[-1][1] if path else Decimal(0)
