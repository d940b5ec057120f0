"""Editions of a road map: what slipped, who said so, and how it stood on any day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model.analysis import SlipKind, editions, history
from wsis_model.testing import roadmaps

#: Three editions of a road map, as its owners would issue them each year.
EDITIONS = """
- issued: 2026-03-01
  activities:
  - id: plan/a1
    title: Schools
    period: {start: 2026, end: 2027-06}
    milestones:
    - {id: plan/a1.m1, title: Survey, due: {date: 2026-09-30}}
    - {id: plan/a1.m2, title: Report, due: {date: 2027-04-24}}
    - {id: plan/a1.m3, title: Workshop, due: {date: 2027}}
    - {id: plan/a1.m4, title: Website, due: {date: 2027-12}}
  - {id: plan/a2, title: Money, period: {end: 2026}}
  indicators:
  - {id: plan/i1, name: Connected, observations: [{value: 10, when: 2025}]}
- issued: 2027-03-01
  activities:
  - id: plan/a1
    title: Schools
    started: 2026-04-01
    status: under-way
    period: {start: 2026, end: 2028-06}
    milestones:
    - {id: plan/a1.m1, title: Survey, due: {date: 2026-09-30}, status: done, reached: 2026-11-15, evidence: [{title: The survey, date: 2026-11-20}]}
    - {id: plan/a1.m2, title: Report, due: {date: 2027-11-30}}
    - {id: plan/a1.m3, title: Workshop, due: {date: 2026-12}}
    - {id: plan/a1.m4, title: Website, due: {date: 2027-12}, status: cancelled}
  indicators:
  - {id: plan/i1, name: Connected, observations: [{value: 10, when: 2025}, {value: 12, when: 2026}]}
  updates:
  - {date: 2026-10-02, about: plan/a1.m1, by: unicef, note: Two countries have not answered., evidence: [{title: Letter, date: 2026-10-01}]}
  - {date: 2027-02-01, about: plan/a1, by: undp, status: under-way, note: Sessions moved.}
- issued: 2028-03-01
  activities:
  - id: plan/a1
    title: Schools
    started: 2026-04-01
    status: under-way
    period: {start: 2026, end: 2028-06}
    milestones:
    - {id: plan/a1.m1, title: Survey, due: {date: 2026-09-30}, status: done, reached: 2026-11-15}
    - {id: plan/a1.m2, title: Report, due: {date: 2027-11-30}}
    - {id: plan/a1.m3, title: Workshop, due: {date: 2026-12}, status: done, reached: 2027-04-05}
  indicators:
  - {id: plan/i1, name: Connected, observations: [{value: 10, when: 2025}, {value: 12, when: 2026}, {value: 15, when: 2027}]}
  updates:
  - {date: 2027-06-01, about: plan/a1.m2, by: unicef, status: at-risk}
"""


@pytest.fixture(scope="module")
def found() -> tuple[wsis.Roadmap, ...]:
    """The editions, read one by one, since they have one identifier."""
    import yaml

    whole: list[dict[str, Any]] = yaml.load(EDITIONS, yaml.BaseLoader)
    common = {"id": "plan", "title": "Plan", "owners": ["itu"]}
    return tuple(wsis.load({"roadmaps": [{**common, **each}]}).roadmaps[0] for each in whole)


def test_what_slipped_is_told_with_who_said_so(
    catalogue: wsis.Corpus, found: tuple[wsis.Roadmap, ...]
) -> None:
    """In order of time: what an edition moved, gave up or no longer holds, what came late, and what
    is overdue; by whoever reported since the edition before, or else the owners.
    """
    slips = history(catalogue, found, as_of=datetime.date(2028, 3, 2)).slips

    assert [
        ("2026-11-15", "late", "plan/a1.m1", 46, ("unicef", "undp")),
        ("2027-03-01", "postponed", "plan/a1", 366, ("undp",)),
        ("2027-03-01", "postponed", "plan/a1.m2", 220, ("undp",)),
        ("2027-03-01", "brought forward", "plan/a1.m3", -365, ("undp",)),
        ("2027-03-01", "cancelled", "plan/a1.m4", None, ("undp",)),
        ("2027-03-01", "dropped", "plan/a2", None, ("itu",)),
        ("2027-04-05", "late", "plan/a1.m3", 95, ("itu",)),
        ("2028-03-02", "overdue", "plan/a1.m2", 93, ("itu",)),
    ] == [(str(each.told), each.kind.value, each.record, each.days, each.by) for each in slips]
    assert "Sessions moved." == slips[1].why


def test_every_item_has_its_planned_and_actual_dates(
    catalogue: wsis.Corpus, found: tuple[wsis.Roadmap, ...]
) -> None:
    """Also what the last edition does not hold."""
    rows = {each.record: each for each in history(catalogue, found).dates}

    assert 6 == len(rows)
    survey, workshop, money = rows["plan/a1.m1"], rows["plan/a1.m3"], rows["plan/a2"]
    assert ("2026-11-15", "done", 46) == (str(survey.actual), survey.status, survey.days)
    assert ("2027-12-31", -270) == (str(workshop.first_planned.latest), workshop.days)
    assert ("dropped", None) == (money.status, money.actual)


def test_any_day_can_be_rebuilt(found: tuple[wsis.Roadmap, ...]) -> None:
    """What had happened by then, and nothing else, from whatever edition tells it."""
    all_of_them = editions(reversed(found))
    [early, autumn, summer] = [
        all_of_them.as_of(datetime.date(*day))
        for day in ((2026, 3, 31), (2026, 12, 1), (2027, 6, 2))
    ]

    assert found[0] == early
    schools = autumn.activities[0]
    assert ("under-way", "2026-04-01") == (schools.status.value, str(schools.started))
    assert ["done", "planned", "planned", "planned"] == [
        each.status.value for each in schools.milestones
    ]
    assert ["Two countries have not answered."] == [each.note for each in autumn.updates]
    assert "2027-06" == schools.period.end if schools.period else None
    assert ["2025"] == [each.when for each in autumn.indicators[0].observations]

    statuses = [each.status.value for each in summer.activities[0].milestones]
    assert ["done", "at-risk", "done", "cancelled"] == statuses
    assert ["2025", "2026"] == [each.when for each in summer.indicators[0].observations]
    assert found[2].replace(updates=all_of_them.as_of(datetime.date(2099, 1, 1)).updates) == (
        all_of_them.as_of(datetime.date(2099, 1, 1))
    )


def test_before_the_first_edition_nothing_has_happened(found: tuple[wsis.Roadmap, ...]) -> None:
    """The first edition there is, without what is dated later."""
    then = editions(found[1:]).as_of(datetime.date(2026, 1, 1))

    assert not then.updates
    assert ["under-way"] == [each.status.value for each in then.activities]
    milestones = then.activities[0].milestones
    assert ["planned", "planned", "planned", "cancelled"] == [
        each.status.value for each in milestones
    ]
    assert not any(each.reached or each.evidence for each in then.activities[0].milestones)


Editions = tuple[wsis.Roadmap, ...]
BARE = wsis.Roadmap.model_validate(
    {"id": "other", "title": "Other", "owners": ["itu"], "issued": "2029-01-01"}
)
REFUSED: list[tuple[Callable[[Editions], Editions], str]] = [
    (lambda found: found[:0], "of none"),
    (lambda found: (found[0], BARE), "other, plan"),
    (lambda found: (found[0], found[1].replace(issued=None)), "1 of them does not"),
    (lambda found: (found[0], found[0]), "two are of one day"),
]


@pytest.mark.parametrize(
    ("change", "reason"), REFUSED, ids=["none", "two road maps", "undated", "one day"]
)
def test_what_are_no_editions_is_refused(
    change: Callable[[Editions], Editions], reason: str, found: Editions
) -> None:
    """With what is wrong with them."""
    with pytest.raises(ValueError, match=reason):
        editions(change(found))


@settings(max_examples=20)
@given(roadmaps(), st.dates())
def test_a_day_rebuilt_is_rebuilt_as_it_is(made: wsis.Roadmap, day: datetime.date) -> None:
    """Rebuilding keeps the plan, and rebuilding what was rebuilt changes nothing."""
    one = made.replace(issued="9999-01-01")
    rebuilt = editions([one]).as_of(day)

    assert rebuilt == editions([rebuilt]).as_of(day)
    assert one.objectives == rebuilt.objectives
    assert [each.period for each in one.activities] == [each.period for each in rebuilt.activities]
    slips = history(wsis.Corpus(), [one, one.replace(issued="9999-12-31")]).slips
    assert {each.kind for each in slips} <= {SlipKind.LATE}
