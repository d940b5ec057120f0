"""Workload: what each entity and group leads, joins, is asked and must report."""

from __future__ import annotations

import datetime

import pytest

from wsis_model import Corpus, UnknownIdentifier, Window, loads
from wsis_model.analysis import Load, workload
from wsis_model.testing import changed

SMALL = loads(
    """
documents:
- id: 90-1
  title: A test
  provisions:
  - {id: 90-1/1, number: "1", mandates: [
     {id: 90-1/1.1, kind: call, verb: verbs/urge, action: Do, addressees: [groups/all]},
     {id: 90-1/1.2, kind: request, verb: verbs/request, action: Plan, addressees: [groups/leads], reports_to: [club], due: {date: 2027}}]}
  - {id: 90-1/2, number: "2", mandates: [
     {id: 90-1/2.1, kind: request, verb: verbs/request, action: Tell, addressees: [net, groups/all], reports_to: [club, board], due: {date: 2026-03-01}},
     {id: 90-1/2.2, kind: request, verb: verbs/request, action: Meet, addressees: [club], due: {recurrence: annual}}]}
- {id: 90-2, title: Another, provisions: [{id: 90-2/1, number: "1", mandates: [{id: 90-2/1.1, kind: call, verb: verbs/urge, action: Be, addressees: [net]}]}]}
groups:
- {id: groups/all, label: All}
- {id: groups/tech, label: Technical, parent: groups/all}
- {id: groups/leads, label: Leads, roles: [facilitator]}
entities:
- {id: net, name: Network House, acronym: NET, groups: [groups/tech]}
- {id: lead, name: Lead Body, groups: [groups/all], roles: [{role: facilitator, of: lines/c1}, {role: member, of: club}]}
- {id: late, name: Late Body, roles: [{role: facilitator, of: lines/c1, until: "2010"}]}
- {id: club, name: Club}
- {id: idle, name: Idle Body, groups: [groups/tech]}
roadmaps:
- id: plan
  title: Plan
  owners: [lead, late]
  reports_to: [club]
  activities:
  - {id: plan/a1, title: A, lead: lead, partners: [net, stranger, net], milestones: [{id: plan/a1.m1, title: M, due: {date: 2026-02-01}, status: done},
     {id: plan/a1.m2, title: M, due: {date: 2027-02-01}}, {id: plan/a1.m3, title: M, status: at-risk}, {id: plan/a1.m4, title: M, status: cancelled}]}
  - {id: plan/a2, title: B, lead: net, partners: [lead], status: suspended, milestones: [{id: plan/a2.m1, title: M}]}
  - {id: plan/a3, title: C, lead: net, partners: [lead], status: done, milestones: [{id: plan/a3.m1, title: M}]}
  - {id: plan/a4, title: D, lead: net, partners: [lead], status: cancelled, milestones: [{id: plan/a4.m1, title: M}]}
""",
    "yaml",
)


def loads_of(corpus: Corpus) -> dict[str, Load]:
    """The rows by actor."""
    return {load.actor: load for load in workload(corpus)}


def test_what_an_owner_and_lead_has_to_see_to() -> None:
    """What it owns, leads and joins is counted; what is done or cancelled is not, what is suspended
    is.
    """
    load = loads_of(SMALL)["lead"]

    assert ("Lead Body", ("plan",), ("plan/a1",), ("plan/a2",)) == (
        load.name,
        load.owns,
        load.leads,
        load.joins,
    )
    assert ("plan/a1.m2", "plan/a1.m3") == load.milestones


def test_who_is_asked_by_name_and_who_through_others() -> None:
    """Mandates that name an actor, and those that reach it through its groups or what it is part
    of, stand apart, in order.
    """
    found = loads_of(SMALL)

    assert {
        "net": (("90-1/2.1", "90-2/1.1"), ("90-1/1.1",)),
        "lead": ((), ("90-1/1.1", "90-1/1.2", "90-1/2.1", "90-1/2.2")),
        "late": ((), ()),
        "groups/all": (("90-1/1.1", "90-1/2.1"), ()),
        "groups/leads": (("90-1/1.2",), ()),
        "club": (("90-1/2.2",), ()),
    } == {
        actor: (load.asked, load.asked_through)
        for actor, load in found.items()
        if actor not in ("board", "stranger")
    }


def test_what_is_to_be_reported_and_to_whom() -> None:
    """A report is due from whom a mandate names, or means by a role it still holds, and from the
    owners of a road map.
    """
    found = loads_of(SMALL)

    assert {
        "net": ["90-1/2.1 to club, board (2026-03-01)"],
        "lead": ["90-1/1.2 to club (2027-01-01 to 2027-12-31)", "plan to club"],
        "late": ["plan to club"],
        "groups/all": ["90-1/2.1 to club, board (2026-03-01)"],
        "groups/leads": ["90-1/1.2 to club (2027-01-01 to 2027-12-31)"],
    } == {actor: list(map(str, load.reports)) for actor, load in found.items() if load.reports}
    assert {"club": ("90-1/1.2", "90-1/2.1", "plan"), "board": ("90-1/2.1",)} == {
        a: load.receives for a, load in found.items() if load.receives
    }


@pytest.mark.parametrize(
    ("actor", "as_of", "latest"),
    [
        ("lead", None, datetime.date(2027, 2, 1)),
        ("net", None, datetime.date(2026, 3, 1)),
        ("net", datetime.date(2026, 3, 1), datetime.date(2026, 3, 1)),
        ("net", datetime.date(2026, 3, 2), None),
        ("lead", datetime.date(2027, 2, 1), datetime.date(2027, 2, 1)),
        ("lead", datetime.date(2027, 2, 2), datetime.date(2027, 12, 31)),
        ("lead", datetime.date(2029, 1, 1), None),
        ("club", None, None),
    ],
    ids=str,
)
def test_what_is_due_next(
    actor: str, as_of: datetime.date | None, latest: datetime.date | None
) -> None:
    """The first open milestone or dated mandate; on a given day the first that is still ahead."""
    [load] = workload(SMALL, actor, as_of=as_of)

    assert latest == (load.next_due.latest if load.next_due else None)


def test_what_is_overdue_is_told_apart() -> None:
    """On a given day open milestones of the past are overdue, and the table counts them; without
    one it has no such column.
    """
    day = datetime.date(2027, 2, 2)
    found = {load.actor: load.overdue for load in workload(SMALL, as_of=day)}

    assert {"lead": ("plan/a1.m2",)} == {
        actor: overdue for actor, overdue in found.items() if overdue
    }
    assert [1] == [
        row["overdue"] for row in workload(SMALL, as_of=day).to_dicts() if row["actor"] == "lead"
    ]
    assert [("plan/a1.m2",)] == [
        row["overdue"] for row in workload(SMALL, "lead", as_of=day).to_dicts()
    ]
    assert (
        ()
        == workload(SMALL, "lead", as_of=datetime.date(2027, 2, 1))[0].overdue
        == workload(SMALL, "lead")[0].overdue
    )
    assert "overdue" not in workload(SMALL).columns


def test_what_recurs_is_to_be_done_again() -> None:
    """A milestone that was done and recurs is open again once the time is over at which it was
    done, and the last time is the end of it.
    """
    corpus = changed(SMALL, "plan/a1.m1", due={"date": "2026", "recurrence": "annual"})
    corpus = changed(corpus, "plan/a1", period={"end": "2028"})

    def found(*when: int) -> tuple[bool, datetime.date | None]:
        [load] = workload(
            corpus, "lead", document="90-2", as_of=datetime.date(*when) if when else None
        )
        return "plan/a1.m1" in load.milestones, load.next_due.latest if load.next_due else None

    assert [(False, datetime.date(2027, 2, 1)), (False, datetime.date(2027, 2, 1)), (True, datetime.date(2027, 12, 31)), (False, None)] == [
        found(), found(2026, 12, 31), found(2027, 2, 2), found(2029, 1, 1),
    ]  # fmt: skip


def test_what_recurs_is_due_next_at_its_next_time() -> None:
    """As in the calendar: from the first year given, or counted from the adoption; of milestones
    while their activity lasts.
    """
    corpus = changed(SMALL, "90-1", adopted="2025-12-17")
    corpus = changed(corpus, "plan/a1.m2", due={"date": "2026", "recurrence": "biennial"})

    def latest(actor: str, as_of: datetime.date | None) -> datetime.date | None:
        [load] = workload(corpus, actor, as_of=as_of)
        return load.next_due.latest if load.next_due else None

    assert [datetime.date(2026, 12, 31), datetime.date(2029, 12, 31)] == [
        latest("club", day) for day in (None, datetime.date(2029, 6, 1))
    ]
    assert [datetime.date(2026, 12, 31), datetime.date(2028, 12, 31)] == [
        latest("lead", day) for day in (None, datetime.date(2028, 1, 1))
    ]


def test_the_greatest_burden_comes_first() -> None:
    """Rows are sorted by how many things somebody has to see to, each counted once, then by name;
    the idle have none.
    """
    assert [
        ("lead", 4), ("net", 4), ("groups/all", 2), ("club", 1), ("groups/leads", 1), ("late", 1), ("stranger", 1), ("board", 0),
    ] == [(load.actor, load.burden) for load in workload(SMALL)]  # fmt: skip


def test_one_actor_by_any_name() -> None:
    """One actor has one row, found as people name it, and the table then shows what instead of how
    many.
    """
    [row] = workload(SMALL, "NET").to_dicts()
    [count] = [each for each in workload(SMALL).to_dicts() if each["actor"] == "net"]

    assert (("plan/a2",), ("plan/a1",)) == (row["leads"], row["joins"])
    assert (1, 1, 2) == (count["leads"], count["joins"], count["asked"])
    assert [("idle", ("90-1/1.1", "90-1/2.1"))] == [
        (load.actor, load.asked_through) for load in workload(SMALL, "Idle Body")
    ]


def test_of_one_document() -> None:
    """With `document=` only its mandates count."""
    [load] = workload(SMALL, "net", document="90-2")

    assert (("90-2/1.1",), ()) == (load.asked, load.reports)


def test_a_superseded_road_map_is_nobodys_load() -> None:
    """What a superseded road map plans does not burden anybody."""
    assert "late" not in loads_of(changed(SMALL, "plan", status="superseded"))


@pytest.mark.parametrize("asked", ["nobody", "90-1"])
def test_who_is_not_an_actor_is_refused(asked: str) -> None:
    """What names nothing, or something else than an entity or group, raises."""
    with pytest.raises(UnknownIdentifier):
        workload(SMALL, asked)


def test_the_shipped_outcome_asks_itu(catalogue: Corpus) -> None:
    """Of ITU the outcome asks three things by name, and two reports to the Commission at its
    thirtieth session.
    """
    [load] = workload(catalogue, "ITU", document="80-173")

    assert ("80-173/67.1", "80-173/67.2", "80-173/121.3") == load.asked
    assert [("80-173/67.2", ("cstd",)), ("80-173/113.1", ("cstd",))] == [
        (each.what, each.to) for each in load.reports
    ]
    assert Window(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)) == load.next_due
