"""Indicators: what is measured, with baseline, targets and observations."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from ..._messages import sentence
from ...model import Direction, Indicator, Target
from ...model.record import first_day, last_day
from .._rule import PUBLISH, CheckContext, Found, Path, Severity, found, rule
from .common import all_indicators, plain

_PERCENT = re.compile(r"%|\bper[\s-]?cents?\b|\bpercentages?\b|\bpct\b", re.IGNORECASE)
#: What may well be more than 100 percent, or less than none: changes, comparisons, and prices held
#: against incomes.
_BEYOND = re.compile(
    r"\b(?:change|growth|rise|increase|decrease|decline|reduction|difference|gap|points?"
    r"|relative|compared|average|level|baseline|index|inflation"
    r"|penetration|gdp|gni|income|price|cost|budget|gross|subscriptions?|[12][0-9]{3})\b",
    re.IGNORECASE,
)
#: Beside values of this many percent or more, less than one is rather a fraction of a whole.
_PLAINLY_PERCENT = 10
_MEASURING = (
    ("unit", sentence("has no unit"), sentence("e.g. percent of population")),
    ("direction", sentence("has no direction"), sentence("increase, decrease or maintain")),
    (
        "baseline",
        sentence("has no baseline"),
        sentence("the value to start from, and of when it is"),
    ),
    (
        "targets",
        sentence("has no target"),
        sentence("a value and a year; a potential one will do"),
    ),
)


@rule("M707", profiles=PUBLISH)
def indicators_can_be_followed(context: CheckContext) -> Iterator[Found]:
    """An indicator has a unit, a direction, a baseline and a target.

    If one of these is missing, nobody can say whether the indicator is on course. Paragraph 113
    asks for *potential* targets: mark one as potential in its `note`.

    Mend: fill in the missing field.
    """
    for indicator in all_indicators(context):
        for field, message, hint in _MEASURING:
            if not getattr(indicator, field):
                yield found(indicator, message, field, hint=hint)


@rule("M708")
def targets_come_after_the_baseline(context: CheckContext) -> Iterator[Found]:
    """A target is for a time after the baseline, and no two are for one time.

    A target in the past is a mistake, and of two targets for one year nobody knows which counts.

    Mend: correct `by`, or remove the target.
    """
    for indicator in all_indicators(context):
        start = None if indicator.baseline is None else first_day(indicator.baseline.when)
        if start is not None and context.as_of is not None and start > context.as_of:
            start = None  # M718 says that it is yet to come
        seen: set[str] = set()
        for number, target in enumerate(indicator.targets):
            if start is not None and last_day(target.by) <= start:
                yield found(
                    indicator,
                    sentence("is for {by}, not after the baseline", by=target.by),
                    ("targets", number, "by"),
                )
            elif target.by in seen:
                yield found(
                    indicator,
                    sentence("there is another target for {by}", by=target.by),
                    ("targets", number, "by"),
                )
            seen.add(target.by)


@rule("M709")
def targets_lie_in_the_stated_direction(context: CheckContext) -> Iterator[Found]:
    """Targets lie in the stated direction from the baseline, and each from the one before.

    A change from 74 to 70 is no increase: the value or the direction is wrong, and so is every
    calculation of progress. If the direction is to maintain, targets may lie above or below the
    baseline.

    Mend: correct the value or `direction`.
    """
    for indicator in all_indicators(context):
        yield from _against_direction(indicator)


def _against_direction(indicator: Indicator) -> Iterator[Found]:
    """The targets that lie the other way than the values should go."""
    if indicator.direction not in (Direction.INCREASE, Direction.DECREASE):
        return
    sign = 1 if indicator.direction is Direction.INCREASE else -1
    word = "above" if sign > 0 else "below"
    baseline = indicator.baseline
    wrong: set[int] = set()
    for number, target in enumerate(indicator.targets):
        if baseline is not None and (target.value - baseline.value) * sign <= 0:
            wrong.add(number)
            message = f"{plain(target.value)} is not {word} the baseline, {plain(baseline.value)}"
            yield found(indicator, message, ("targets", number, "value"))
    ordered = sorted(indicator.targets, key=_by)
    for number, target in enumerate(indicator.targets):
        # Of two dates that overlap, such as a year and a day of it, which comes first is not known:
        # the last that is over counts.
        before = bisect.bisect_left(ordered, first_day(target.by), key=_by)
        earlier = ordered[before - 1] if before else target
        if number not in wrong and (target.value - earlier.value) * sign < 0:
            value, before_it = (f"{plain(each.value)} by {each.by}" for each in (target, earlier))
            message = f"{value} is not {word} {before_it}"
            yield found(indicator, message, ("targets", number, "value"))


def _by(target: Target) -> dt.date:
    return last_day(target.by)


@rule("M710")
def observations_come_after_the_baseline(context: CheckContext) -> Iterator[Found]:
    """An observation is of a time after the baseline, and no two observations are of the same time.

    Progress is counted from the baseline. The baseline may be repeated among the observations; two
    values for the same time cannot both be right.

    Mend: correct `when`, give the month or day, or keep the later estimate and say so in its
    `note`.
    """
    for indicator in all_indicators(context):
        baseline = indicator.baseline
        seen = {} if baseline is None else {baseline.when: baseline.value}
        for number, each in enumerate(indicator.observations):
            if baseline is not None and last_day(each.when) < first_day(baseline.when):
                yield found(
                    indicator,
                    f"is of {each.when}, before the baseline",
                    ("observations", number, "when"),
                )
            elif seen.setdefault(each.when, each.value) != each.value:
                yield found(
                    indicator,
                    f"there is another value of {each.when}",
                    ("observations", number, "when"),
                )


@rule("M711", Severity.WARNING)
def percentages_are_of_a_whole(context: CheckContext) -> Iterator[Found]:
    """Values in percent lie between 0 and 100.

    A share typed as 740 makes every chart wrong, and so does 0.74 for 74. Some values in percent
    may be above 100 or below 1: changes, growth, comparisons, gross ratios, subscriptions, and
    shares of an income, price or budget. They are recognised by the words in `unit` and `name`, and
    left alone. A fraction is recognised only by the other values: if all values are 1 at most, the
    first is reported; if all others are 10 or more, that one.

    Mend: correct the value or the unit; say what the percentage is of, e.g. `percent of 2025
    level`.
    """
    for indicator in all_indicators(context):
        if _PERCENT.search(indicator.unit or "") and not _BEYOND.search(
            " ".join((indicator.unit or "", *indicator.name.values()))
        ):
            values = list(_all_values(indicator))
            for path, value in values:
                if not 0 <= value <= 100:
                    message = sentence("{value} is no share in percent", value=plain(value))
                    yield found(indicator, message, (*path, "value"))
            yield from _fractions(indicator, values)


def _fractions(indicator: Indicator, values: list[tuple[Path, Decimal]]) -> Iterator[Found]:
    """The value in percent that seems to be a fraction of a whole: one at most, since they have one
    cause.
    """
    small = [(path, value) for path, value in values if 0 < value < 1]
    others = [value for _, value in values if value >= 1]
    all_fractions = len(small) + len(others) > 1 and all(value == 1 for value in others)
    one_fraction = len(small) == 1 and others and min(others) >= _PLAINLY_PERCENT
    wrong = {one.path[:-1] for one in _against_direction(indicator)}  # M709 says so
    if small and small[0][0] not in wrong and (all_fractions or one_fraction):
        path, value = small[0]
        percent = plain((value * 100).normalize())
        yield found(
            indicator,
            sentence(
                "{value} percent may be a fraction of a whole, {percent} percent",
                value=plain(value),
                percent=percent,
            ),
            (*path, "value"),
            hint=sentence(
                "write {percent}, or waive the rule if {value} percent is meant",
                percent=percent,
                value=plain(value),
            ),
        )


def _all_values(indicator: Indicator) -> Iterator[tuple[Path, Decimal]]:
    if indicator.baseline is not None:
        yield ("baseline",), indicator.baseline.value
    yield from ((("targets", number), each.value) for number, each in enumerate(indicator.targets))
    yield from (
        (("observations", number), each.value) for number, each in enumerate(indicator.observations)
    )
