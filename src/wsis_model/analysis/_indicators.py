"""Indicators, compared with the path from their baseline to their targets."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from ..model import (
    Direction,
    Indicator,
    Observation,
    Target,
)
from ..model.record import first_day, last_day

__all__ = [
    "AHEAD",
    "MEASURED",
    "ON_COURSE",
    "READ",
    "TOLERANCE",
    "Course",
    "Measured",
    "measure",
    "percent",
    "targets_of",
]

AHEAD = Fraction(11, 10)
"""An indicator with at least this share of the way expected is ahead."""

ON_COURSE = Fraction(9, 10)
"""An indicator with at least this share of the way expected is on course, and otherwise behind."""

TOLERANCE = Fraction(2, 100)
"""If no change is expected, a value may be worse by this share of the baseline and be on course."""

_SIGNS: dict[Direction | None, int] = {Direction.INCREASE: 1, Direction.DECREASE: -1}
_WIDE = Context(prec=60)
_SHARE = 4
_LEGS = 3


class Course(str, Enum):
    """The course of an indicator, compared with the path to its targets."""

    AHEAD = "ahead"
    ON_COURSE = "on course"
    BEHIND = "behind"
    NO_DATA = "no data"
    """A baseline, a target or an observation is missing, nothing was observed after the baseline,
    or the path leads against the stated direction.
    """


@attrs.frozen
class Measured:
    """The latest observation of an indicator, compared with the path from its baseline through its
    targets.
    """

    indicator: Indicator
    """The indicator."""
    course: Course
    """Its course."""
    observed: Observation | None
    """The latest observation."""
    expected: Decimal | None
    """The value of the path on the day of that observation, with two more decimal places than in
    `arithmetic`.
    """
    target: Target | None
    """The next target after that day, or the last one."""
    share: Decimal | None
    """The share of the way expected by then, `1` being all of it; four places, rounded down. None
    if no change was expected.
    """
    arithmetic: str
    """The calculation in words, e.g. `"from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31, 76
    observed for 2026: 62 % of the way expected"`.
    """
    shown: str = ""
    """The expected value as in `arithmetic`; empty if there is none."""


def measure(indicator: Indicator, as_of: datetime.date) -> Measured:
    baseline = indicator.baseline
    started = [each for each in indicator.observations if first_day(each.when) <= as_of]
    # Of two for one day, the last in the file.
    observed = max(reversed(started), key=lambda each: last_day(each.when), default=None)
    targets = targets_of(indicator)
    keep = indicator.direction is Direction.MAINTAIN
    missing = _missing(indicator, targets, observed, as_of)
    if baseline is None or observed is None or missing:
        return Measured(
            indicator, Course.NO_DATA, observed, None, None, None, f"missing: {', '.join(missing)}"
        )
    day = last_day(observed.when)
    target = next(
        (each for each in targets if last_day(each.by) >= day), targets[-1] if targets else None
    )
    if day <= last_day(baseline.when):
        text = (
            f"{_plain(observed.value)} observed for {observed.when}, not after the baseline of "
            f"{baseline.when}: nothing has elapsed"
        )
        return Measured(indicator, Course.NO_DATA, observed, None, target, None, text)
    expected = _expected(baseline, targets, day)
    start, value = Fraction(baseline.value), Fraction(observed.value)
    if (expected - start) * _SIGNS.get(indicator.direction, 0) < 0:
        assert indicator.direction is not None
        text = (
            f"its path leads against its direction: {_path_text(baseline, targets, target)}, and "
            f"it should {indicator.direction.value}"
        )
        return Measured(indicator, Course.NO_DATA, observed, None, target, None, text)
    places = 1 + max(
        _places(each)
        for each in (baseline.value, observed.value, *(each.value for each in targets))
    )
    if keep or expected == start:
        course, outcome, share = (
            *_against_level(indicator, targets, start, expected, value, places + 2),
            None,
        )
    else:
        share = (value - start) / (expected - start)
        course = (
            Course.AHEAD
            if share >= AHEAD
            else Course.ON_COURSE
            if share >= ON_COURSE
            else Course.BEHIND
        )
        outcome = (
            f"{percent(share)} of the way expected"
            if share >= 0
            else f"farther from the target than the baseline ({percent(share)})"
        )
        if target is not None and day >= last_day(target.by) and share < 1:
            outcome += f"; the target of {_plain(target.value)} was not reached"
    rounded = _plain(_decimal(expected, places))
    text = (
        f"{_path_text(baseline, targets, target)}: {rounded} expected by {day}, "
        f"{_plain(observed.value)} observed for {observed.when}: {outcome}"
    )
    shown = (
        None
        if share is None
        else _decimal(Fraction(math.floor(share * 10**_SHARE), 10**_SHARE), _SHARE)
    )
    return Measured(
        indicator, course, observed, _decimal(expected, places + 2), target, shown, text, rounded
    )


def _missing(
    indicator: Indicator, targets: list[Target], observed: Observation | None, as_of: datetime.date
) -> list[str]:
    """What an indicator lacks, so that it has no course."""
    target = (
        "target"
        if not indicator.targets or indicator.baseline is None
        else "target after the baseline"
    )
    needed = (
        ("baseline", indicator.baseline is not None),
        (target, bool(targets) or indicator.direction is Direction.MAINTAIN),
        (f"observation by {as_of}", observed is not None),
    )
    return [name for name, there in needed if not there]


def targets_of(indicator: Indicator) -> list[Target]:
    """The targets after the baseline, in order of date; of two for one day the last in the file."""
    start = last_day(indicator.baseline.when) if indicator.baseline else datetime.date.min
    by_day = {last_day(target.by): target for target in indicator.targets}
    return [by_day[day] for day in sorted(by_day) if day > start]


def _expected(baseline: Observation, targets: list[Target], day: datetime.date) -> Fraction:
    """The value of the path on a day after the baseline."""
    points = [
        (last_day(baseline.when), Fraction(baseline.value)),
        *((last_day(each.by), Fraction(each.value)) for each in targets),
    ]
    for (since, low), (until, high) in itertools.pairwise(points):
        if day <= until:
            return low + (high - low) * Fraction((day - since).days, (until - since).days)
    return points[-1][1]


def _against_level(
    indicator: Indicator,
    targets: list[Target],
    start: Fraction,
    expected: Fraction,
    value: Fraction,
    places: int,
) -> tuple[Course, str]:
    """The course of a value if no change is expected, with the outcome in words."""
    leads = Fraction(targets[-1].value) - start if targets else Fraction(0)
    rises = indicator.direction is Direction.INCREASE or (indicator.direction is None and leads > 0)
    falls = indicator.direction is Direction.DECREASE or (indicator.direction is None and leads < 0)
    worse = expected - value if rises else value - expected if falls else abs(value - expected)
    allowed = TOLERANCE * abs(start)
    if worse <= 0:
        return Course.ON_COURSE, "kept"
    off = f"off by {_plain(_decimal(worse, places))}, {_plain(_decimal(allowed, places))} allowed"
    return (Course.ON_COURSE if worse <= allowed else Course.BEHIND), off


def _path_text(baseline: Observation, targets: list[Target], target: Target | None) -> str:
    """The path up to *target*, in words."""
    start = f"from {_plain(baseline.value)} ({baseline.when})"
    if target is None:
        return f"{start}, to be maintained"
    between = targets[: targets.index(target)]
    stops = [f"{_plain(each.value)} ({each.by})" for each in between]
    through = (
        f" through {', '.join(stops) if len(stops) <= _LEGS else f'{len(stops)} targets'}"
        if stops
        else ""
    )
    return f"{start}{through} to {_plain(target.value)} ({target.by})"


def _decimal(value: Fraction, places: int) -> Decimal:
    """*value* rounded to so many places, half to even, without zeros at the end."""
    rounded = Decimal(round(value * 10**places)).scaleb(-places, _WIDE)
    return Decimal(format(rounded.normalize(_WIDE), "f"))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _plain(value: Decimal) -> str:
    return format(value, "f")


def percent(share: Fraction) -> str:
    """A share in percent, rounded down, so that 89.9 % is not 90 %."""
    return f"{math.floor(share * 100)} %"


MEASURED: dict[str, Callable[[Measured], Any]] = {
    "indicator": lambda each: each.indicator.id,
    "name": lambda each: each.indicator.name,
    "course": lambda each: each.course.value,
    "observed": lambda each: None if each.observed is None else each.observed.value,
    "observed for": lambda each: None if each.observed is None else each.observed.when,
    "expected": lambda each: each.expected,
    "share of the way expected": lambda each: each.share,
    "arithmetic": lambda each: each.arithmetic,
}
#: The same for people; files have the numbers with more places.
READ: dict[str, Callable[[Measured], Any]] = {
    **MEASURED,
    "expected": lambda each: each.shown,
    "share of the way expected": lambda each: (
        None if each.share is None else percent(Fraction(each.share))
    ),
}
