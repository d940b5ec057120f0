"""Progress: indicators against the path to their targets, milestones against their dates, worked
out by hand beside the program.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from wsis_model import Corpus, Entity, Roadmap, Session, UnknownIdentifier, load, testing
from wsis_model.analysis import Course, Measured, Progress, Reached, Standing, progress
from wsis_model.model import File

AS_OF = datetime.date(2027, 3, 1)
EXAMPLE = Path(__file__).parents[1] / "examples" / "data" / "c2-roadmap.yaml"


def a_map(**said: Any) -> Corpus:
    """A corpus of one road map."""
    return Corpus.of(
        Roadmap.model_validate({"id": "map", "title": "Map", "owners": ["itu"], **said})
    )


def points(said: str, value: str, when: str) -> list[dict[str, str]]:
    """Values and times as a case writes them: `"80 (2027), 90 (2030)"`."""
    parts = (part.removesuffix(")").split(" (") for part in said.split(", ") if part)
    return [{value: number, when: time} for number, time in parts]


def measured(
    direction: str | None,
    baseline: str,
    targets: str,
    observations: str,
    as_of: datetime.date = AS_OF,
) -> Measured:
    """One indicator, held against its path."""
    start = points(baseline, "value", "when")
    indicator = {
        "id": "map/i1",
        "name": "I",
        "direction": direction,
        "baseline": start[0] if start else None,
        "targets": points(targets, "value", "by"),
        "observations": points(observations, "value", "when"),
    }
    return progress(a_map(indicators=[indicator]), "map", as_of=as_of).indicators[0]


# --- indicators -----------------------------------------------------------------------------------

# Worked out by hand. Of the 1826 days from the end of 2025 to the end of 2030, 365 are over at the
# end of 2026: a fifth, nearly. Of the 100 days from 2026-01-01 to 2026-04-11, ten are over on
# 2026-01-11; with ten to go from 0 to 100 that is one a day.
BY_HAND: tuple[tuple[str, str | None, str, str, str, str, str | None, str | None, str], ...] = (
    # name, direction, baseline, targets, observations, course, expected, share, arithmetic
    ("the example of the outcome", "increase", "74 (2025)", "90 (2030)", "76 (2026)", "behind", "77.198", "0.6253",
     "from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31, 76 observed for 2026: 62 % of the way expected"),
    ("just as expected", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "10 (2026-01-11)", "on course", "10", "1",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 10 observed for 2026-01-11: 100 % of the way expected"),
    ("exactly 1.1", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "11 (2026-01-11)", "ahead", "10", "1.1",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 11 observed for 2026-01-11: 110 % of the way expected"),
    ("a hair under 1.1", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "10.99999 (2026-01-11)", "on course", "10", "1.0999",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 10.99999 observed for 2026-01-11: 109 % of the way expected"),
    ("exactly 0.9", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "9 (2026-01-11)", "on course", "10", "0.9",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 9 observed for 2026-01-11: 90 % of the way expected"),
    ("a hair under 0.9", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "8.99999 (2026-01-11)", "behind", "10", "0.8999",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 8.99999 observed for 2026-01-11: 89 % of the way expected"),
    ("downwards", "decrease", "5 (2026-01-01)", "2 (2026-04-11)", "3 (2026-03-02)", "ahead", "3.2", "1.1111",
     "from 5 (2026-01-01) to 2 (2026-04-11): 3.2 expected by 2026-03-02, 3 observed for 2026-03-02: 111 % of the way expected"),
    ("downwards, too slowly", "decrease", "5 (2026-01-01)", "2 (2026-04-11)", "4.1 (2026-03-02)", "behind", "3.2", "0.5",
     "from 5 (2026-01-01) to 2 (2026-04-11): 3.2 expected by 2026-03-02, 4.1 observed for 2026-03-02: 50 % of the way expected"),
    ("the wrong way", "increase", "50 (2026-01-01)", "150 (2026-04-11)", "45 (2026-01-11)", "behind", "60", "-0.5",
     "from 50 (2026-01-01) to 150 (2026-04-11): 60 expected by 2026-01-11, 45 observed for 2026-01-11: farther from the target than the baseline (-50 %)"),
    ("between two targets", "increase", "0 (2026-01-01)", "50 (2026-02-10), 110 (2026-04-11)", "80 (2026-03-12)", "on course", "80", "1",
     "from 0 (2026-01-01) through 50 (2026-02-10) to 110 (2026-04-11): 80 expected by 2026-03-12, 80 observed for 2026-03-12: 100 % of the way expected"),
    ("targets out of order", None, "0 (2026-01-01)", "110 (2026-04-11), 50 (2026-02-10)", "25 (2026-01-21)", "on course", "25", "1",
     "from 0 (2026-01-01) to 50 (2026-02-10): 25 expected by 2026-01-21, 25 observed for 2026-01-21: 100 % of the way expected"),
    ("at a target, short of it", "increase", "0 (2025)", "100 (2026)", "95 (2026)", "on course", "100", "0.95",
     "from 0 (2025) to 100 (2026): 100 expected by 2026-12-31, 95 observed for 2026: 95 % of the way expected; the target of 100 was not reached"),
    ("after the last target", "increase", "0 (2024)", "100 (2025)", "120 (2026)", "ahead", "100", "1.2",
     "from 0 (2024) to 100 (2025): 100 expected by 2026-12-31, 120 observed for 2026: 120 % of the way expected"),
    ("the latest of three observations", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "20 (2026-01-21), 10 (2026-01-11), 1 (2028)",
     "on course", "20", "1",
     "from 0 (2026-01-01) to 100 (2026-04-11): 20 expected by 2026-01-21, 20 observed for 2026-01-21: 100 % of the way expected"),
    ("two observations for one day", "increase", "0 (2026-01-01)", "100 (2026-04-11)", "5 (2026-01-11), 10 (2026-01-11)", "on course", "10", "1",
     "from 0 (2026-01-01) to 100 (2026-04-11): 10 expected by 2026-01-11, 10 observed for 2026-01-11: 100 % of the way expected"),
    ("a year that has begun counts whole", "increase", "74 (2025)", "90 (2030)", "82 (2027)", "ahead", "80.396", "1.2506",
     "from 74 (2025) to 90 (2030): 80.4 expected by 2027-12-31, 82 observed for 2027: 125 % of the way expected"),
    ("five targets on the way", None, "0 (2020)", "1 (2021), 2 (2022), 3 (2023), 4 (2024), 6 (2026)", "6 (2026)", "on course", "6", "1",
     "from 0 (2020) through 4 targets to 6 (2026): 6 expected by 2026-12-31, 6 observed for 2026: 100 % of the way expected"),
    ("a target that asks for the baseline", "increase", "50 (2025)", "50 (2030)", "49 (2026)", "on course", "50", None,
     "from 50 (2025) to 50 (2030): 50 expected by 2026-12-31, 49 observed for 2026: off by 1, 1 allowed"),
    ("and falls below it", "increase", "50 (2025)", "50 (2030)", "48.9 (2026)", "behind", "50", None,
     "from 50 (2025) to 50 (2030): 50 expected by 2026-12-31, 48.9 observed for 2026: off by 1.1, 1 allowed"),
    ("and rises above it", "increase", "50 (2025)", "50 (2030)", "70 (2026)", "on course", "50", None,
     "from 50 (2025) to 50 (2030): 50 expected by 2026-12-31, 70 observed for 2026: kept"),
    ("where lower is better, it may fall", "decrease", "50 (2025)", "50 (2030)", "10 (2026)", "on course", "50", None,
     "from 50 (2025) to 50 (2030): 50 expected by 2026-12-31, 10 observed for 2026: kept"),
    ("where lower is better, it may not rise", "decrease", "50 (2025)", "50 (2030)", "52 (2026)", "behind", "50", None,
     "from 50 (2025) to 50 (2030): 50 expected by 2026-12-31, 52 observed for 2026: off by 2, 1 allowed"),
    ("level at first, then down, no direction said", None, "50 (2025)", "50 (2026), 20 (2030)", "40 (2026)", "on course", "50", None,
     "from 50 (2025) to 50 (2026): 50 expected by 2026-12-31, 40 observed for 2026: kept"),
    ("level at first, then up, no direction said", None, "50 (2025)", "50 (2026), 80 (2030)", "40 (2026)", "behind", "50", None,
     "from 50 (2025) to 50 (2026): 50 expected by 2026-12-31, 40 observed for 2026: off by 10, 1 allowed"),
    ("maintained without a target", "maintain", "99 (2025)", "", "97.02 (2026)", "on course", "99", None,
     "from 99 (2025), to be maintained: 99 expected by 2026-12-31, 97.02 observed for 2026: off by 1.98, 1.98 allowed"),
    ("not maintained", "maintain", "99 (2025)", "99 (2030)", "97 (2026)", "behind", "99", None,
     "from 99 (2025) to 99 (2030): 99 expected by 2026-12-31, 97 observed for 2026: off by 2, 1.98 allowed"),
    ("maintained, and risen", "maintain", "10 (2025)", "", "12 (2026)", "behind", "10", None,
     "from 10 (2025), to be maintained: 10 expected by 2026-12-31, 12 observed for 2026: off by 2, 0.2 allowed"),
    ("maintained at nought", "maintain", "0 (2025)", "", "0 (2026)", "on course", "0", None,
     "from 0 (2025), to be maintained: 0 expected by 2026-12-31, 0 observed for 2026: kept"),
    ("a path that leads down where it should go up", "increase", "50 (2025)", "40 (2030)", "35 (2026)", "no data", None, None,
     "its path leads against its direction: from 50 (2025) to 40 (2030), and it should increase"),
    ("and up where it should go down", "decrease", "50 (2025)", "60 (2030)", "35 (2026)", "no data", None, None,
     "its path leads against its direction: from 50 (2025) to 60 (2030), and it should decrease"),
    ("first up, then back below the baseline", "increase", "0 (2026-01-01)", "10 (2026-01-21), -90 (2026-04-11)", "5 (2026-01-11)",
     "on course", "5", "1",
     "from 0 (2026-01-01) to 10 (2026-01-21): 5 expected by 2026-01-11, 5 observed for 2026-01-11: 100 % of the way expected"),
    ("to be maintained, at another value", "maintain", "50 (2025)", "40 (2026)", "40 (2026)", "on course", "40", None,
     "from 50 (2025) to 40 (2026): 40 expected by 2026-12-31, 40 observed for 2026: kept"),
    ("no baseline", "increase", "", "90 (2030)", "76 (2026)", "no data", None, None, "missing: baseline"),
    ("no target", "increase", "74 (2025)", "", "76 (2026)", "no data", None, None, "missing: target"),
    ("a target that comes too early", "increase", "74 (2025)", "90 (2024)", "76 (2026)", "no data", None, None,
     "missing: target after the baseline"),
    ("no observation yet", "increase", "74 (2025)", "90 (2030)", "82 (2028)", "no data", None, None, "missing: observation by 2027-03-01"),
    ("nothing at all", None, "", "", "", "no data", None, None, "missing: baseline, target, observation by 2027-03-01"),
    ("observed with the baseline", "increase", "74 (2025)", "90 (2030)", "76 (2025-06)", "no data", None, None,
     "76 observed for 2025-06, not after the baseline of 2025: nothing has elapsed"),
)  # fmt: skip


@pytest.mark.parametrize("case", BY_HAND, ids=[case[0] for case in BY_HAND])
def test_indicators_are_held_against_the_path(
    case: tuple[str, str | None, str, str, str, str, str | None, str | None, str],
) -> None:
    """Course, expected value, share and the sum in words, each as worked out by hand."""
    _, direction, baseline, targets, observations, course, expected, share, arithmetic = case
    found = measured(direction, baseline, targets, observations)
    assert (found.course.value, found.expected, found.share, found.arithmetic) == (
        course,
        None if expected is None else Decimal(expected),
        None if share is None else Decimal(share),
        arithmetic,
    )


def test_the_target_ahead_is_named() -> None:
    """The target to which the path leads on the day of the observation; after them all, the last."""
    said = "50 (2026), 60 (2028), 90 (2030)"
    for when, target in (
        ("2026", "2026"),
        ("2027-01-01", "2028"),
        ("2030-06", "2030"),
        ("2031", "2030"),
    ):
        found = measured("increase", "40 (2025)", said, f"55 ({when})", datetime.date(2032, 1, 1))
        assert found.target is not None, when
        assert found.target.by == target, when


def test_what_is_observed_later_does_not_count() -> None:
    """As of an earlier day an earlier observation is the latest."""
    on = {
        day: measured("increase", "0 (2025)", "100 (2035)", "5 (2026), 30 (2028-02)", day)
        for day in (AS_OF, datetime.date(2028, 2, 1))
    }
    assert [found.observed.when for found in on.values() if found.observed] == ["2026", "2028-02"]


# --- milestones -----------------------------------------------------------------------------------


def milestones(
    *activities: dict[str, Any], as_of: datetime.date = AS_OF, **said: Any
) -> dict[str, Reached]:
    """The milestones of a road map of these activities, by identifier."""
    given = [
        {
            "title": "A",
            **activity,
            "milestones": [{"title": "M", **each} for each in activity.get("milestones", ())],
        }
        for activity in activities
    ]
    return {
        each.milestone.id: each
        for each in progress(a_map(activities=given, **said), "map", as_of=as_of).milestones
    }


ALONE: tuple[tuple[str, dict[str, Any], dict[str, Any], str, str], ...] = (
    # name, milestone, activity, standing, why
    ("done in time or not", {"due": {"date": "2026-01-01"}, "status": "done"}, {}, "done", "done"),
    ("cancelled", {"due": {"date": "2026-01-01"}, "status": "cancelled"}, {}, "cancelled", "cancelled"),
    ("of a cancelled activity", {"due": {"date": "2026-01-01"}}, {"status": "cancelled"}, "cancelled", "its activity is cancelled"),
    ("done before that", {"due": {"date": "2026-01-01"}, "status": "done"}, {"status": "cancelled"}, "done", "done"),
    ("due yesterday", {"due": {"date": "2027-02-28"}, "status": "under-way"}, {}, "late", "due by 2027-02-28, 1 day ago"),
    ("due last year", {"due": {"date": "2026"}}, {}, "late", "due by 2026-12-31, 60 days ago"),
    ("late, whatever else is said", {"due": {"date": "2026"}, "status": "at-risk"}, {}, "late", "due by 2026-12-31, 60 days ago"),
    ("due today, begun", {"due": {"date": "2027-03-01"}, "status": "under-way"}, {}, "coming", "due by 2027-03-01, in 0 days"),
    ("due in 90 days, begun", {"due": {"date": "2027-05-30"}, "status": "under-way"}, {}, "coming", "due by 2027-05-30, in 90 days"),
    ("due in 90 days, not begun", {"due": {"date": "2027-05-30"}}, {}, "at risk", "due by 2027-05-30, in 90 days, and still planned"),
    ("due in 91 days, not begun", {"due": {"date": "2027-05-31"}}, {}, "coming", "due by 2027-05-31, in 91 days"),
    ("its status is at risk", {"due": {"date": "2030"}, "status": "at-risk"}, {}, "at risk", "its status is at risk"),
    ("its status is at risk, without a date", {"status": "at-risk"}, {}, "at risk", "its status is at risk"),
    ("of a suspended activity", {"due": {"date": "2027-05-30"}}, {"status": "suspended"}, "at risk",
     "its activity is suspended; due by 2027-05-30, in 90 days, and still planned"),
    ("without a date", {}, {}, "no date", "no date is given"),
    ("at an event", {"due": {"event": "the Dialogue"}}, {}, "no date", "no day follows from: the Dialogue"),
    ("every year from 2025", {"due": {"date": "2025", "recurrence": "annual"}}, {}, "coming", "due by 2027-12-31, in 305 days"),
    ("every year, until 2026", {"due": {"date": "2025", "recurrence": "annual"}}, {"period": {"end": "2026"}}, "late",
     "due by 2026-12-31, 60 days ago"),
    ("every two years of the activity", {"due": {"recurrence": "biennial"}}, {"period": {"start": "2025"}}, "coming",
     "due by 2028-12-31, in 671 days"),
    ("every year, done, and this time is to come", {"due": {"date": "2025", "recurrence": "annual"}, "status": "done"}, {}, "coming",
     "due again by 2027-12-31, in 305 days"),
    ("every year, done, and soon due again", {"due": {"date": "2025-05-30", "recurrence": "annual"}, "status": "done"}, {}, "at risk",
     "due again by 2027-05-30, in 90 days, and still planned"),
    ("every year, done for the first time", {"due": {"date": "2027", "recurrence": "annual"}, "status": "done"}, {}, "done", "done"),
    ("every year until 2026, done", {"due": {"date": "2025", "recurrence": "annual"}, "status": "done"}, {"period": {"end": "2026"}}, "done",
     "done"),
    ("every year, done with its activity", {"due": {"date": "2025", "recurrence": "annual"}, "status": "done"}, {"status": "done"}, "done",
     "done"),
    ("again and again, done", {"due": {"recurrence": "periodic"}, "status": "done"}, {}, "done", "done"),
)  # fmt: skip


@pytest.mark.parametrize("case", ALONE, ids=[case[0] for case in ALONE])
def test_milestones_are_held_against_their_dates(
    case: tuple[str, dict[str, Any], dict[str, Any], str, str],
) -> None:
    """A milestone alone, on 1 March 2027."""
    _, milestone, activity, standing, why = case
    found = milestones({"id": "map/a", **activity, "milestones": [{"id": "map/a.m", **milestone}]})[
        "map/a.m"
    ]
    assert (found.standing.value, found.why) == (standing, why)


LATE = {"due": {"date": "2026"}}
FAR = {"due": {"date": "2030"}}


def test_what_depends_on_something_late_is_at_risk_at_any_distance() -> None:
    """Through milestones and activities, those that wait for what waits included; each says what is
    late, and what lies next to it.
    """
    found = milestones(
        {"id": "map/a", "milestones": [{"id": "map/a.m1", **LATE}, {"id": "map/a.m2", **FAR}]},
        {
            "id": "map/b",
            "milestones": [
                {"id": "map/b.m1", "depends_on": ["map/a.m1"], **FAR},
                {"id": "map/b.m2", **FAR},
            ],
        },
        {"id": "map/c", "depends_on": ["map/b"], "milestones": [{"id": "map/c.m1", **FAR}]},
        {"id": "map/d", "depends_on": ["map/c"], "milestones": [{"id": "map/d.m1", **FAR}]},
    )
    assert {
        name: (each.standing.value, each.why)
        for name, each in found.items()
        if each.standing is not Standing.COMING
    } == {
        "map/a.m1": ("late", "due by 2026-12-31, 60 days ago"),
        "map/b.m1": ("at risk", "depends on map/a.m1, which is late"),
        "map/c.m1": ("at risk", "depends on map/b, and that on map/a.m1, which is late"),
        "map/d.m1": ("at risk", "depends on map/c, and that on map/a.m1, which is late"),
    }


def test_an_activity_that_should_have_ended_delays_what_depends_on_it() -> None:
    """Its period is over and it is neither done nor cancelled."""
    for status, standing in (
        ("under-way", "at risk"),
        ("suspended", "at risk"),
        ("done", "coming"),
        ("cancelled", "coming"),
    ):
        found = milestones(
            {"id": "map/a", "period": {"end": "2026"}, "status": status},
            {"id": "map/b", "depends_on": ["map/a"], "milestones": [{"id": "map/b.m1", **FAR}]},
        )
        assert (status, found["map/b.m1"].standing.value) == (status, standing)


def test_what_is_done_or_cancelled_stands_in_nobody_s_way() -> None:
    """Nothing waits through a thing that is done: what was late before it no longer matters."""
    for over in ("done", "cancelled"):
        found = milestones(
            {"id": "map/a", "milestones": [{"id": "map/a.m1", **LATE}]},
            {
                "id": "map/b",
                "milestones": [
                    {"id": "map/b.m1", "status": over, "depends_on": ["map/a.m1"], **FAR}
                ],
            },
            {"id": "map/c", "milestones": [{"id": "map/c.m1", "depends_on": ["map/b.m1"], **FAR}]},
        )
        assert (found["map/b.m1"].standing.value, found["map/c.m1"].standing.value) == (
            over,
            "coming",
        )


def test_what_comes_again_waits_again() -> None:
    """Done once, the next time of what recurs depends on what is late like anything that is
    planned.
    """
    found = milestones(
        {"id": "map/a", "milestones": [{"id": "map/a.m1", **LATE}]},
        {"id": "map/b", "milestones": [
            {"id": "map/b.m1", "status": "done", "depends_on": ["map/a.m1"], "due": {"date": "2026", "recurrence": "annual"}}]},
    )  # fmt: skip
    assert (found["map/b.m1"].standing.value, found["map/b.m1"].why) == (
        "at risk",
        "depends on map/a.m1, which is late",
    )


def test_circles_end() -> None:
    """Things that depend on each other are a fault of the road map, and no reason to go round for
    ever.
    """
    found = milestones(
        {
            "id": "map/a",
            "depends_on": ["map/b"],
            "milestones": [{"id": "map/a.m1", **LATE}, {"id": "map/a.m2", **FAR}],
        },
        {
            "id": "map/b",
            "depends_on": ["map/a"],
            "milestones": [{"id": "map/b.m1", "depends_on": ["map/b.m1"], **FAR}],
        },
    )
    assert [each.standing.value for each in found.values()] == ["late", "at risk", "at risk"]


def test_what_is_late_in_another_road_map_counts() -> None:
    """A milestone or activity elsewhere that should be over puts what depends on it at risk; one
    that recurs or is done does not.
    """
    elsewhere = {
        "id": "other",
        "title": "Other",
        "owners": ["undp"],
        "activities": [
            {"id": "other/a", "title": "A", "period": {"end": "2026"}},
            {"id": "other/b", "title": "B", "period": {"end": "2026"}, "status": "done"},
            {
                "id": "other/c",
                "title": "C",
                "milestones": [
                    {"id": "other/c.m1", "title": "M", **LATE},
                    {"id": "other/c.m2", "title": "M", "status": "done", **LATE},
                    {"id": "other/c.m3", "title": "M", "due": {"date": "2026", "recurrence": "annual"}},
                    {"id": "other/c.m4", "title": "M"},
                ],
            },
        ],
    }  # fmt: skip
    targets = ("a", "b", "c", "c.m1", "c.m2", "c.m3", "c.m4")
    mine = [
        {"id": f"map/a.m{n}", "title": "M", "depends_on": [f"other/{each}"], **FAR}
        for n, each in enumerate(targets)
    ]
    corpus = a_map(activities=[{"id": "map/a", "title": "A", "milestones": mine}]) | Corpus.of(
        Roadmap.model_validate(elsewhere)
    )
    found = progress(corpus, "map", as_of=AS_OF).milestones
    assert [
        target
        for target, each in zip(targets, found, strict=True)
        if each.standing is Standing.AT_RISK
    ] == ["a", "c.m1"]


def test_what_is_cancelled_in_another_road_map_holds_nothing_up() -> None:
    """A milestone of a cancelled activity is not late, there as here."""
    activity = {
        "id": "other/a",
        "title": "A",
        "status": "cancelled",
        "milestones": [{"id": "other/a.m1", "title": "M", **LATE}],
    }
    other = Roadmap.model_validate(
        {"id": "other", "title": "Other", "owners": ["undp"], "activities": [activity]}
    )
    mine = {
        "id": "map/a",
        "title": "A",
        "milestones": [{"id": "map/a.m1", "title": "M", "depends_on": ["other/a.m1"], **FAR}],
    }
    (found,) = progress(a_map(activities=[mine]) | Corpus.of(other), "map", as_of=AS_OF).milestones
    assert found.standing is Standing.COMING


def test_a_milestone_due_at_a_session_takes_its_days(catalogue: Corpus) -> None:
    """The corpus tells when a session is: CSTD 30 is some time in 2027."""
    activity = {
        "id": "map/a",
        "title": "A",
        "milestones": [{"id": "map/a.m1", "title": "M", "due": {"session": "sessions/cstd-30"}}],
    }
    corpus = catalogue | a_map(activities=[activity])
    for day, standing in (
        (datetime.date(2027, 6, 1), Standing.COMING),
        (datetime.date(2028, 1, 1), Standing.LATE),
    ):
        assert progress(corpus, "map", as_of=day).milestones[0].standing is standing, day


SESSIONS: tuple[tuple[dict[str, Any], dict[str, Any], str, str], ...] = (
    # session, due, standing on 1 March 2027, why
    ({"year": 2027}, {}, "coming", "due at CSTD 30, some day of 2027 (its days are not known)"),
    ({"year": 2026}, {}, "late", "due at CSTD 30, some day of 2026 (its days are not known)"),
    ({"year": 2027, "opens": "2027-04", "closes": "2027-04"}, {}, "at risk",
     "due at CSTD 30, some day of 2027-04 (its days are not known), and still planned"),
    ({"year": 2026, "opens": "2026-09-08", "closes": "2027-09"}, {"date": "2027"}, "coming",
     "due at CSTD 30, some day from 2027-01-01 to 2027-09-30 (its days are not known)"),
    ({"year": 2027}, {"event": "its second day"}, "coming", "due at CSTD 30, its second day, some day of 2027 (its days are not known)"),
    ({"year": 2027, "opens": "2027-04-12", "closes": "2027-04-16"}, {}, "at risk", "due by 2027-04-16, in 46 days, and still planned"),
    ({"year": 2027, "opens": "2027-06-14"}, {}, "coming", "due by 2027-06-14, in 105 days"),
    ({"year": 2027}, {"date": "2027-07-01"}, "coming", "due by 2027-07-01, in 122 days"),
)  # fmt: skip


@pytest.mark.parametrize(("session", "due", "standing", "why"), SESSIONS)
def test_a_session_without_known_days_has_no_countdown(
    session: dict[str, Any], due: dict[str, Any], standing: str, why: str
) -> None:
    """It is said instead, and stands in the table; the last day that it may mean decides about the
    standing.
    """
    meets = Session.model_validate(
        {"id": "sessions/cstd-30", "title": "T", "body": "cstd", "number": 30, **session}
    )
    milestone = {"id": "map/a.m1", "title": "M", "due": {"session": "sessions/cstd-30", **due}}
    corpus = a_map(activities=[{"id": "map/a", "title": "A", "milestones": [milestone]}])
    body = Entity.model_validate({"id": "cstd", "name": "Commission", "acronym": "CSTD"})
    found = progress(corpus | Corpus.of(meets, body), "map", as_of=AS_OF)

    assert [(each.standing.value, each.why, each.session) for each in found.milestones] == [
        (standing, why, "sessions/cstd-30")
    ]
    assert (
        ", ".join(filter(None, ("CSTD 30", due.get("event"))))
        == found.milestones.to_dicts()[0]["session"]
    )


def test_a_session_that_nobody_has_dated_leaves_the_year() -> None:
    """A session that the corpus does not hold is named as it is written."""
    (found,) = milestones(
        {
            "id": "map/a",
            "milestones": [{"id": "map/a.m", "due": {"session": "sessions/x-9", "date": "2028"}}],
        }
    ).values()
    assert found.why == "due at sessions/x-9, some day of 2028 (its days are not known)"


# --- objectives, and the whole --------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "objectives": [{"id": "map/o1", "statement": "One"}, {"id": "map/o2", "statement": "Two <br>"}],
    "activities": [
        {"id": "map/a", "title": "A", "objective": "map/o1", "status": "done", "milestones": [
            {"id": "map/a.m1", "title": "M", "status": "done"}, {"id": "map/a.m2", "title": "M", **LATE}]},
        {"id": "map/b", "title": "B", "objective": "map/o1", "status": "under-way"},
        {"id": "map/c", "title": "C", "milestones": [{"id": "map/c.m1", "title": "M", **FAR}]},
    ],
    "indicators": [
        {"id": "map/i1", "name": "I", "measures": ["map/o1", "map/b"], "baseline": {"value": 74, "when": "2025"},
         "targets": [{"value": 90, "by": "2030"}], "observations": [{"value": 76, "when": "2026"}]},
        {"id": "map/i2", "name": "J", "measures": ["map/a"]},
        {"id": "map/i3", "name": "K"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Progress:
    """A road map with a little of everything."""
    return progress(a_map(**WHOLE), "map", as_of=AS_OF)


def test_objectives_count_what_serves_them(whole: Progress) -> None:
    """Activities by status, their milestones by standing, and the indicators that measure it or
    them, each once.
    """
    first, second = whole.objectives
    assert (first.objective.id, first.activities, first.done) == ("map/o1", 2, 1)
    assert {kind: count for kind, count in first.statuses.items() if count} == {
        "done": 1,
        "under-way": 1,
    }
    assert {kind: count for kind, count in first.milestones.items() if count} == {
        "done": 1,
        "late": 1,
    }
    assert {kind: count for kind, count in first.indicators.items() if count} == {
        "behind": 1,
        "no data": 1,
    }
    assert (
        second.activities,
        sum(second.milestones.values()),
        sum(second.indicators.values()),
    ) == (0, 0, 0)
    assert (first.milestones[Standing.LATE], first.indicators[Course.BEHIND]) == (1, 1)


def test_the_whole_is_summed_up_in_a_line(whole: Progress) -> None:
    """What serves no objective is counted there too."""
    assert (
        whole.summary
        == "map as of 2027-03-01: 3 activities (1 planned, 1 under-way, 1 done); 3 milestones (1"
        " done, 1 late, 1 coming); 3 indicators (1 behind, 2 no data)"
    )


def test_it_prints_and_shows(whole: Progress) -> None:
    """As text with a heading for each table; in a notebook as tables, with markup in texts made
    harmless.
    """
    text = str(whole)
    assert [
        line for line in text.splitlines() if line in ("Objectives", "Indicators", "Milestones")
    ] == [
        "Objectives",
        "Indicators",
        "Milestones",
    ]
    assert text.startswith(f"{whole.summary}\n")
    assert list(whole.tables) == ["Objectives", "Indicators", "Milestones"]
    shown = whole._repr_html_()  # pyright: ignore[reportPrivateUsage]  # the notebook protocol
    assert shown.count("<table>") == 3
    assert "Two &lt;br&gt;" in shown
    assert repr(whole) == f"<Progress of {whole.summary}>"


def test_an_empty_road_map_prints_its_summary_only() -> None:
    """Tables without rows are left out."""
    found = progress(a_map(), "map", as_of=AS_OF)
    assert (
        str(found)
        == found.summary
        == "map as of 2027-03-01: 0 activities; 0 milestones; 0 indicators"
    )


def test_it_goes_to_json(whole: Progress) -> None:
    """As plain data: identifiers for records, text for days and numbers."""
    data = json.loads(json.dumps(whole.to_dict()))
    assert (data["roadmap"], data["as_of"], data["summary"]) == ("map", "2027-03-01", whole.summary)
    assert data["indicators"][0] == {
        "indicator": "map/i1",
        "course": "behind",
        "observed": {"value": "76", "when": "2026"},
        "expected": "77.198",
        "target": {"value": "90", "by": "2030"},
        "share": "0.6253",
        "arithmetic": (
            "from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31, 76 observed for 2026: 62 %"
            " of the way expected"
        ),
    }
    assert data["milestones"][1] == {
        "milestone": "map/a.m2",
        "activity": "map/a",
        "standing": "late",
        "earliest": "2026-01-01",
        "latest": "2026-12-31",
        "session": None,
        "why": "due by 2026-12-31, 60 days ago",
    }
    assert data["objectives"][0]["activities"]["done"] == 1


def test_numbers_are_rounded_less_in_files_than_for_reading(whole: Progress) -> None:
    """What is read shows the expected value as the sum in words does; rows, CSV and JSON have it to
    two more places.
    """
    reading = whole.tables["Indicators"].to_dicts()[0]
    exact = whole.indicators.to_dicts()[0]

    assert list(reading) == [
        "indicator", "name", "course", "observed", "observed for", "expected", "share of the way expected", "arithmetic",
    ]  # fmt: skip
    assert (reading["expected"], reading["share of the way expected"]) == ("77.2", "62 %")
    assert (exact["expected"], exact["share of the way expected"]) == (
        Decimal("77.198"),
        Decimal("0.6253"),
    )
    assert "77.198" in whole.indicators.to_csv() and "77.198" not in str(whole)
    assert [row["expected"] for row in whole.tables["Indicators"].to_dicts()[1:]] == ["", ""]


def test_a_day_may_be_given_with_its_hour(whole: Progress) -> None:
    """A date and time stands for its day."""
    at_noon = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
    assert progress(a_map(**WHOLE), "map", as_of=at_noon) == whole


def test_an_unknown_road_map_is_told(catalogue: Corpus) -> None:
    """A name that names no road map is refused."""
    with pytest.raises(UnknownIdentifier):
        progress(catalogue, "no-map", as_of=AS_OF)


def test_the_example_road_map_follows(catalogue: Corpus) -> None:
    """Every indicator and milestone of the worked example has a standing, and each sum says what it
    rests on.
    """
    corpus = catalogue | load(EXAMPLE)
    found = progress(corpus, "c2-roadmap", as_of=datetime.date(2026, 11, 24))
    roadmap = corpus.roadmap("c2-roadmap")
    assert [each.indicator for each in found.indicators] == list(roadmap.indicators)
    assert [each.milestone for each in found.milestones] == [
        each for activity in roadmap.activities for each in activity.milestones
    ]
    assert [each.objective for each in found.objectives] == list(roadmap.objectives)
    assert all(
        each.arithmetic.startswith("from " if each.expected is not None else "missing: ")
        for each in found.indicators
    )


@given(testing.files())
def test_any_road_map_has_a_progress(file: File) -> None:
    """Whatever a road map says, sound or not, its parts are each held against what it says, and
    none is lost.
    """
    corpus = Corpus.from_file(file)
    for roadmap in corpus.roadmaps:
        found = progress(corpus, roadmap.id, as_of=AS_OF)
        assert len(found.indicators) == len(roadmap.indicators), roadmap.id
        assert len(found.milestones) == sum(
            len(activity.milestones) for activity in roadmap.activities
        ), roadmap.id
        assert all(
            (each.course is Course.NO_DATA) == (each.expected is None) for each in found.indicators
        ), roadmap.id
        json.dumps(found.to_dict())
