"""The action plan of the UN80 Initiative as a road map: nothing is lost, nothing is made up, and
whatever stands in the file is read or refused with its place.
"""

from __future__ import annotations

import datetime
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wsis_model import Corpus, LoadError, check, dumps, loads
from wsis_model.analysis import calendar, coverage, history, progress, workload
from wsis_model.interop import un80
from wsis_model.interop.un80 import ActionPlan
from wsis_model.pages import roadmap_page
from wsis_model.pictures import gantt

FIXTURE = Path(__file__).parent / "fixtures" / "un80" / "actions.json"
DATA = FIXTURE.read_bytes()
ROWS: list[dict[str, Any]] = json.loads(DATA)
DAY = datetime.date(2026, 8, 22)
PLAN = un80.read(FIXTURE)
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_MAPPING: Any = dict
_HOLDERS: Any = (dict, list, tuple)


@pytest.fixture(params=["fixture", "real"])
def source(request: pytest.FixtureRequest) -> Path:
    """The fixture, and the file itself where it is there."""
    if request.param == "fixture":
        return FIXTURE
    shared: Path = request.getfixturevalue("shared")
    return shared / "documents" / "un80" / "actions.json"


def leaves(value: Any) -> Iterator[str]:
    """The texts, numbers and flags in JSON data; nothing that is null or blank."""
    if isinstance(value, _HOLDERS):
        held: Iterable[Any] = value.values() if isinstance(value, _MAPPING) else value
        for each in held:
            yield from leaves(each)
    elif value is not None and value != "":
        yield json.dumps(value)


def activity(name: str) -> dict[str, Any]:
    """An activity of the fixture as plain data."""
    (found,) = (each for each in PLAN.roadmap.activities if each.id == f"un80/{name}")
    return found.to_dict()


def read(*rows: Any, **said: Any) -> ActionPlan:
    """The road map of some rows."""
    return un80.read(json.dumps(rows).encode(), **said)


def row(**said: Any) -> dict[str, Any]:
    """A row that says no more than it must, and this."""
    return {"action_number": 1, "indicative_activity": "Act", **said}


# --- what becomes of it ---------------------------------------------------------------------------


@pytest.mark.parametrize("published", [None, DAY])
def test_nothing_is_lost(source: Path, published: datetime.date | None) -> None:
    """Every text, number and flag of each row stands, as it is written, in an activity of its own,
    in the objective that this serves, or in an update about it.
    """
    roadmap = un80.read(source, published=published).roadmap
    objectives = {each.id: each.to_dict() for each in roadmap.objectives}
    rows = [set(leaves(each)) for each in json.loads(source.read_bytes())]
    told = [
        {
            *leaves(each.to_dict()),
            *leaves(objectives.get(each.objective or "")),
            *leaves([update.to_dict() for update in roadmap.updates if update.about == each.id]),
        }
        for each in roadmap.activities
    ]

    assert len(rows) == len(told)
    assert [] == [said for said in rows if not any(said <= kept for kept in told)]


def test_a_row_is_an_activity_with_its_package_leads_and_milestones() -> None:
    """Leads are found by their entities, partners are those who do not lead, and the milestone to
    come stands beside the first and the final one.
    """
    made = activity("ws3-a14")

    assert ("dppa", ["dpo", "un80-usg-policy"]) == (made["lead"], made["co_leads"])
    assert ["undp", "un-women", "un80-osrsg-caac", "un-habitat"] == made["partners"]
    assert ("un80/ws3-wp1", "under-way") == (made["objective"], made["status"])
    assert made["description"].startswith("Tasks that others")
    assert [
        ("un80/ws3-a14.first", "2026-02-15"),
        ("un80/ws3-a14.final", "2026-06-10"),
        ("un80/ws3-a14.upcoming", "2026-04-01"),
    ] == [(each["id"], each["due"]["date"]) for each in made["milestones"]]
    assert ["USG DPPA", "USG DPO", "USG Policy"] == made["extensions"]["un80:action_leads"]
    assert "23" == made["extensions"]["un80:document_paragraph"]


def test_what_is_decided_is_done_with_its_milestones() -> None:
    """The dashboard counts such an action complete; what is to come of it is no milestone. The
    status stays as it is written.
    """
    made = activity("ws3-a2")

    assert "done" == made["status"]
    assert ["done", "done"] == [each["status"] for each in made["milestones"]]
    assert "Decision taken" == made["extensions"]["un80:public_action_status"]
    assert "No longer relevant" == made["extensions"]["un80:upcoming_milestone"]


def test_an_older_layout_is_read_too() -> None:
    """Numbers as text, leads in one text, another name for a date, a day with a time, a date in
    words, a status that nobody knows, and a field with a name of its own.
    """
    made = activity("ws2-a9")

    assert ("un80-dsg", ["itu"]) == (made["lead"], made["co_leads"])
    assert "status" not in made
    assert [{"date": "2026-01-30"}, {"event": "third quarter of 2026"}, {"date": "2026-08-30"}] == [
        each["due"] for each in made["milestones"]
    ]
    assert {"Money (USD)": [{"amount": 1.5, "year": 2026}]} == made["extensions"]["un80:-"]
    assert {"unknown-status", "no-date"} == {each.code for each in PLAN.repairs}
    assert {"Under consideration", "third quarter of 2026"} == {each.found for each in PLAN.repairs}


def test_sub_actions_have_the_name_of_what_they_do() -> None:
    """A sub-action with details is called by them; those without have an identifier each that comes
    of what they are about.
    """
    found = [each for each in PLAN.roadmap.activities if each.id.startswith("un80/ws1")]
    named = activity("ws1-a95-journeys-visas")

    assert 4 == len({each.id for each in found})
    assert ("Journeys & visas", "Do what is left over") == (
        named["title"]["en"],
        named["description"],
    )
    assert 2 == sum(each.id.startswith("un80/ws1-a95-sub-") for each in found)


def test_actors_that_nobody_knows_are_entities_with_a_name_and_no_more() -> None:
    """What the catalogue does not hold is an entity with the name as it is written; that it is part
    of another where the file writes it so.
    """
    entities = {each.id: each for each in PLAN.entities}

    assert {
        "un80-big", "un80-dsg", "un80-hlcm", "un80-osrsg-caac", "un80-unaids", "un80-usg-policy",
    } == set(entities)  # fmt: skip
    assert ("UNAIDS", None) == (str(entities["un80-unaids"].name), entities["un80-unaids"].parent)
    assert "eosg" == entities["un80-usg-policy"].parent
    assert all(not each.groups and not each.kind for each in entities.values())


def test_the_order_of_the_file_does_not_matter() -> None:
    """Rows in any order give the same road map: identifiers do not come from places."""
    for seed in range(5):
        rows = random.Random(seed).sample(ROWS, len(ROWS))
        again = read(*rows)
        assert (PLAN.roadmap, PLAN.entities) == (again.roadmap, again.entities)


def test_a_row_that_stands_twice_is_told_and_read_once() -> None:
    """It is left out with its place."""
    again = read(*ROWS, ROWS[0])

    assert len(ROWS) == len(again.roadmap.activities)
    assert ["action 14"] == [each.text for each in again.left_out]
    assert PLAN.roadmap == again.roadmap


def test_the_next_file_is_an_edition_of_the_same_road_map(catalogue: Corpus) -> None:
    """Identifiers hold from file to file, also of sub-actions without a name: what moved is told,
    and nothing else.
    """
    rows = json.loads(DATA)
    rows[0]["final_milestone_deadline"] = "2026-09-30"
    rows[5]["public_action_status"] = "Further work ongoing"
    rows[5]["first_milestone_deadline"] = "2026-06-30"
    first = un80.read(FIXTURE, published=datetime.date(2026, 3, 1)).roadmap
    second = read(*reversed(rows), published=DAY).roadmap

    slips = history(catalogue, (second, first)).slips
    assert {("un80/ws3-a14.final", 112), ("un80/ws1-a95-sub", 91)} == {
        (re.sub(r"-sub-[0-9a-f]{8}\.first$", "-sub", each.record), each.days) for each in slips
    }


def test_updates_need_a_day() -> None:
    """The file has none: the caller gives it, or they stand in the extensions."""
    dated = un80.read(FIXTURE, published=DAY).roadmap

    assert () == PLAN.roadmap.updates
    assert "Agreed in December" == activity("ws3-a2")["extensions"]["un80:updates"]
    assert [("un80/ws3-a2", DAY, "Agreed in December")] == [
        (each.about, each.date, each.note) for each in dated.updates
    ]


# --- what it is good for --------------------------------------------------------------------------


def test_it_is_sound_with_the_catalogue(source: Path, catalogue: Corpus) -> None:
    """Nothing that is read is an error; and what is written is read again."""
    plan = un80.read(source, published=DAY)
    report = check(catalogue | plan.corpus, as_of=DAY)

    assert [] == [str(each) for each in report.findings if each.severity.value == "error"]
    assert plan.corpus == loads(dumps(plan.corpus), "json")
    assert plan.corpus == loads(dumps(plan.corpus, "yaml"), "yaml")


def test_other_tools_of_ours_work_on_it(source: Path, catalogue: Corpus) -> None:
    """Progress, calendar, coverage and workload count what stands in the file."""
    corpus = catalogue | un80.read(source, published=DAY).corpus
    rows = json.loads(source.read_bytes())
    activities = corpus.roadmap("un80").activities

    assert len(rows) == len(activities)
    assert sum(len(each.milestones) for each in activities) == len(
        progress(corpus, "un80", as_of=DAY).milestones
    )
    dated = {each.id for a in activities for each in a.milestones if each.due and each.due.date}
    assert dated <= {each.what for each in calendar(corpus)}
    (load,) = workload(corpus, "dppa")
    leads = [each.id for each in activities if "dppa" in each.leads and each.status.value != "done"]
    assert sorted(leads) == sorted(load.leads)
    (group,) = (each for each in coverage(corpus).groups if each.record == "groups/un-system")
    assert leads[0] in group.by


def test_it_has_a_page_and_a_chart(source: Path, catalogue: Corpus) -> None:
    """Every activity stands on the page; the chart has the work packages as its headings."""
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    plan = un80.read(source, published=DAY)
    corpus = catalogue | plan.corpus
    page = roadmap_page(corpus, "un80", as_of=DAY, pictures=False).to_html()

    assert [] == [each.id for each in plan.roadmap.activities if f"{each.id}<" not in page]
    chart = gantt(corpus, "un80", as_of=DAY)
    assert f"{len(plan.roadmap.activities)} activities" in chart.alt
    assert str(plan.roadmap.objectives[0].statement) in json.dumps(chart.spec, ensure_ascii=False)


# --- what is wrong with a file --------------------------------------------------------------------

FAULTS: dict[str, tuple[bytes, list[tuple[str, int, int]]]] = {
    "nothing": (b"", [("json-syntax", 1, 1)]),
    "no action": (b"[]", [("empty", 1, 1)]),
    "no list": (b'{"a": 1}', [("wrong-shape", 1, 1)]),
    "no mapping": (b"[\n 1,\n [] ]", [("wrong-shape", 2, 2), ("wrong-shape", 3, 2)]),
    "not UTF-8": (b'[{"a": "\xff"}]', [("encoding", 1, 9)]),
    "a comma too few": (b'[{"a": 1}\n {"a": 1}]', [("json-syntax", 2, 2)]),
    "a key twice": (
        b'[{"action_number": 1, "indicative_activity": "A",\n "report": "X", "report": "Y"}]',
        [("duplicate-key", 2, 17)],
    ),
    "no number, no name": (b"[\n {}]", [("missing-field", 2, 2), ("missing-field", 2, 2)]),
    "wrong types": (
        (
            b'[{"action_number": true,\n"indicative_activity": 5,\n"action_leads": {"a": 1},\n'
            b'"work_package_leads": ["A",\n 7], "is_subaction": "yes"}]'
        ),
        [
            ("wrong-shape", 1, 20),
            ("wrong-shape", 2, 24),
            ("wrong-shape", 3, 17),
            ("wrong-shape", 5, 2),
            ("wrong-shape", 5, 22),
        ],
    ),
    "a huge number": (
        b'[{"action_number": 1, "indicative_activity": "A",\n "cost": ' + b"9" * 5000 + b"}]",
        [("wrong-value", 2, 10)],
    ),
    "half a pair": (
        b'[{"action_number": 1, "indicative_activity": "\\ud800"}]',
        [("wrong-value", 1, 2)],
    ),
    "no number at all": (
        b'[{"action_number": NaN, "indicative_activity": "A"}]',
        [("json-syntax", 1, 20)],
    ),
    "too deep": (b"[" * 5000 + b"]" * 5000, [("too-deep", 1, 101)]),
    "deep in an extension": (
        b'[{"action_number": 1, "indicative_activity": "A",\n "x": '
        + b"[" * 90
        + b"1"
        + b"]" * 90
        + b"}]",
        [("wrong-value", 2, 88)],
    ),
}


@pytest.mark.parametrize(("data", "told"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_told_with_its_place(
    data: bytes, told: list[tuple[str, int, int]]
) -> None:
    """Every fault at once, with line and column."""
    with pytest.raises(LoadError) as raised:
        un80.read(data)

    assert told == [
        (each.code, each.position.line, each.position.column)
        for each in raised.value.problems
        if each.position
    ]


def test_a_file_that_is_not_there_is_told() -> None:
    """As any that cannot be read."""
    with pytest.raises(LoadError) as raised:
        un80.read("nowhere.json")

    assert ["unreadable"] == [each.code for each in raised.value.problems]


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=(HealthCheck.too_slow,))
def test_damaged_bytes_are_read_or_refused(data: st.DataObject) -> None:
    """Nothing but a road map or a `LoadError` comes of them."""
    damaged = bytearray(DATA)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        until = at + data.draw(st.integers(0, 9))
        damaged[at:until] = data.draw(st.binary(max_size=6) | st.sampled_from((b'"', b"[", b"}")))
    try:
        plan = un80.read(bytes(damaged))
    except LoadError as error:
        assert error.problems  # noqa: PT017 - either is right
    else:
        assert plan.corpus == loads(dumps(plan.corpus), "json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_values_are_read_or_refused(data: st.DataObject) -> None:
    """Rows with any values under any keys give a road map that is written and read again, or a
    `LoadError` that says where.
    """
    rows = json.loads(DATA)
    for _ in range(data.draw(st.integers(1, 4))):
        chosen = data.draw(st.sampled_from(rows))
        key = data.draw(st.sampled_from(sorted(ROWS[0])) | st.text(max_size=9))
        chosen[key] = data.draw(VALUES)
    try:
        plan = un80.read(json.dumps(rows).encode())
    except LoadError as error:
        assert all(  # noqa: PT017 - either is right
            each.position and each.position.line for each in error.problems
        )
    else:
        assert plan.corpus == loads(dumps(plan.corpus), "json")
        assert len(plan.roadmap.activities) + len(plan.left_out) == len(rows)
