"""Several who lead an activity, and the day on which a milestone was reached: whoever asks who
leads hears of all, and what was reached is not late.
"""

from __future__ import annotations

import datetime

import pytest

from wsis_model import catalogue, check, dumps, loads
from wsis_model.analysis import Standing, calendar, coverage, gaps, progress, workload
from wsis_model.model import MilestoneStatus
from wsis_model.pages import roadmap_page
from wsis_model.pictures import gantt

DAY = datetime.date(2027, 3, 1)
PLAN = loads(
    """
roadmaps:
- id: plan
  title: Plan
  owners: [ungis]
  activities:
  - id: plan/a1
    title: Together
    lead: itu
    co_leads: [unesco, itu, undp]
    partners: [fao]
    period: {start: 2026, end: 2028}
    milestones:
    - {id: plan/a1.m1, title: In time, due: {date: 2026-12-31}, status: done, reached: 2026-12-01}
    - {id: plan/a1.m2, title: Later, due: {date: 2026-12-31}, reached: 2027-01-10}
    - {id: plan/a1.m3, title: Late, due: {date: 2026-12-31}}
    - {id: plan/a1.m4, title: Dropped, due: {date: 2026}, status: cancelled, reached: 2026-05-01}
    - {id: plan/a1.m5, title: Again, due: {date: 2026, recurrence: annual}, reached: 2026-05-01}
  - {id: plan/a2, title: Follows, lead: itu, milestones: [{id: plan/a2.m1, title: M, due: {date: 2030}, depends_on: [plan/a1.m2]}]}
""",
    "yaml",
)
WHOLE = catalogue() | PLAN


def test_all_who_lead_are_named_once_the_first_first() -> None:
    """`leads` holds `lead` and then `co_leads`."""
    together, alone = PLAN.roadmap("plan").activities

    assert ("itu", "unesco", "undp") == together.leads
    assert ("itu",) == alone.leads
    assert () == together.replace(lead=None, co_leads=()).leads


def test_who_asks_what_an_actor_leads_finds_what_it_co_leads() -> None:
    """A co-lead leads in queries, workload, coverage and the calendar; a partner does not."""
    assert ["plan/a1"] == [each.activity.id for each in WHOLE.activities(lead="UNESCO")]
    assert not WHOLE.activities(lead="fao")
    (load,) = workload(WHOLE, "undp", as_of=DAY)
    assert (("plan/a1",), ("plan/a1.m3", "plan/a1.m5"), ()) == (
        load.leads,
        load.milestones,
        load.joins,
    )
    (row,) = (each for each in coverage(WHOLE).groups if each.record == "groups/un-system")
    assert "UNDP" in row.route
    assert ("itu", "unesco", "undp") == calendar(PLAN)[0].who
    assert {"itu, unesco, undp"} == {
        each.owner for each in gaps(PLAN, "plan") if each.record.startswith("plan/a1")
    }


def test_what_was_reached_is_done_from_then_on() -> None:
    """A milestone that says when it was reached is done, whatever its status says, unless it is
    cancelled; nothing that depends on it is at risk. Of a recurring one the first time is done.
    """
    found = {each.milestone.id: each for each in progress(PLAN, "plan", as_of=DAY).milestones}

    assert {
        "plan/a1.m1": Standing.DONE,
        "plan/a1.m2": Standing.DONE,
        "plan/a1.m3": Standing.LATE,
        "plan/a1.m4": Standing.CANCELLED,
        "plan/a1.m5": Standing.COMING,
        "plan/a2.m1": Standing.COMING,
    } == {name: each.standing for name, each in found.items()}
    assert ("done on 2026-12-01", "done on 2027-01-10, 10 days late") == (
        found["plan/a1.m1"].why,
        found["plan/a1.m2"].why,
    )
    assert {"plan/a1.m3", "plan/a1.m5"} == {
        each.what for each in calendar(PLAN) if each.status != MilestoneStatus.DONE.value
    } - {"plan/a2.m1"}


def test_news_is_asked_only_of_what_was_not_reached() -> None:
    """M717 finds the late milestone, M734 those whose status says something else."""
    report = check(WHOLE, as_of=DAY)

    assert ["plan/a1.m3"] == [each.record for each in report.by_code()["M717"]]
    assert ["plan/a1.m2", "plan/a1.m4", "plan/a1.m5"] == [
        each.record for each in report.by_code()["M734"]
    ]


def test_the_page_and_the_gantt_chart_name_all_who_lead() -> None:
    """The table of activities names them, and the chart the first and how many more; the day on
    which a milestone was reached stands beside its due date.
    """
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    page = roadmap_page(WHOLE, "plan", as_of=DAY, pictures=False).to_markdown()
    chart = gantt(WHOLE, "plan", as_of=DAY)

    assert "ITU; UNESCO; UNDP" in page
    assert "reached on 10 January 2027, 10 days late" in page
    assert "(ITU; UNESCO; UNDP)" in chart.alt


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx"])
def test_both_are_written_and_read_again(form: str) -> None:
    """In text and in a workbook."""
    assert PLAN.roadmap("plan") == loads(dumps(PLAN, form), form).roadmap("plan")
