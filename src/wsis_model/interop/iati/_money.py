"""Resources as budgets: IATI has one a year at most."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import ROUND_DOWN, Context, Decimal
from xml.etree.ElementTree import Element

import attrs

from ...errors import Finding
from ...model import Activity, Period, Resource
from ...model.record import first_day, last_day
from ._tree import add, number
from .publishing import LongBudgets
from .wire import COMMITTED, clean, is_money

__all__ = ["Budget", "add_budget", "budgets"]

_EXACT = Context(prec=80)  # more digits than an amount may have
_CENT = Decimal("0.01")
_DAY = datetime.timedelta(days=1)


@attrs.frozen
class Budget:
    """Money for a year at most."""

    resource: Resource
    """The resource that it is part of."""
    number: int
    """Which resource of the activity that is, from 1."""
    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""
    amount: Decimal
    """How much, in the currency of the resource."""


def budgets(
    activity: Activity,
    first: datetime.date | None,
    last: datetime.date | None,
    long: LongBudgets,
    problems: list[Finding],
) -> Iterator[Budget]:
    """The budgets of an activity that lasts from *first* to *last*; what none can be made of goes
    into *problems*.
    """
    for index, resource in enumerate(activity.resources):
        if not is_money(resource):
            continue
        period = resource.period
        starts = first_day(period.start) if period and period.start else first
        ends = last_day(period.end) if period and period.end else last
        path = ("resources", index, "period")
        if starts is None or ends is None:
            problems.append(
                Finding(
                    "iati-missing",
                    "IATI demands what the road map does not say: from when to when the money is",
                    path=path,
                    record=activity.id,
                    expected="a period with both its ends, of the resource or of the activity",
                    hint="give the resource a period",
                )
            )
        elif starts > ends:
            problems.append(
                Finding(
                    "iati-dates",
                    f"the money begins on {starts}, after its end on {ends}",
                    path=path,
                    record=activity.id,
                    found=str(starts),
                )
            )
        elif ends > _year_after(starts) and long != "split":
            problems.append(
                Finding(
                    "iati-long-budget",
                    f"no budget of IATI lasts longer than a year, and this one from {starts} to "
                    f"{ends}",
                    path=path,
                    record=activity.id,
                    found=f"{starts}/{ends}",
                    expected="a year at most",
                    hint="give a resource for each year, or the argument long_budgets='split'",
                )
            )
        else:
            yield from _parts(resource, index + 1, starts, ends)


def _year_after(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the last year of the calendar
        return datetime.date.max if day.year == datetime.MAXYEAR else day + 365 * _DAY


def _parts(
    resource: Resource, index: int, first: datetime.date, last: datetime.date
) -> Iterator[Budget]:
    """Equal parts, one a year; by days, where the last year is not whole."""
    assert resource.amount is not None
    if last <= _year_after(first):
        yield Budget(resource, index, first, last, resource.amount)
        return
    begins = [first]
    while begins[-1] < datetime.date.max and (following := _year_after(begins[-1])) <= last:
        begins.append(following)
    ends = [*(each - _DAY for each in begins[1:]), last]
    whole = last == datetime.date.max or last + _DAY == _year_after(begins[-1])
    weights = [
        1 if whole else (end - begin).days + 1 for begin, end in zip(begins, ends, strict=True)
    ]
    rest = resource.amount
    for place, (begin, end, weight) in enumerate(zip(begins, ends, weights, strict=True)):
        amount = rest
        if place < len(begins) - 1:
            share = _EXACT.divide(_EXACT.multiply(resource.amount, weight), sum(weights))
            amount = share.quantize(_CENT, ROUND_DOWN, _EXACT)
            rest = _EXACT.subtract(rest, amount)
        yield Budget(resource, index, begin, end, amount)


def add_budget(parent: Element, budget: Budget) -> None:
    """A budget as an element."""
    resource = budget.resource
    status = clean(resource.status or "")
    period = resource.period or Period()
    made = add(
        parent,
        "budget",
        {
            "type": "1",
            "status": "2" if status.casefold() in COMMITTED else "1",
            "wsis:resource": str(budget.number),
            "wsis:kind": clean(resource.kind) or "-",
            "wsis:status": status or None,
            "wsis:funder": resource.funder,
            "wsis:start": period.start,
            "wsis:end": period.end,
            "wsis:within-existing": _flag(resource.within_existing),
        },
    )
    add(made, "period-start", {"iso-date": str(budget.first)})
    add(made, "period-end", {"iso-date": str(budget.last)})
    value = {"currency": resource.currency, "value-date": str(budget.first)}
    add(made, "value", value).text = number(budget.amount)


def _flag(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
