"""Coverage: what road maps answer, counted by hand and case by case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from operator import methodcaller
from pathlib import Path

import pytest

from wsis_model import Corpus, UnknownIdentifier, check, load, loads
from wsis_model.analysis import Answer, Coverage, CoverageRow, coverage
from wsis_model.testing import changed

#: What a notebook shows of an object: it calls this method by name.
in_a_notebook: Callable[[object], str] = methodcaller("_repr_html_")

EXAMPLE_FILES = Path(__file__).parents[1] / "examples" / "data"

#: Two road maps over the shipped catalogue, small enough to count by hand.
BY_HAND = """
roadmaps:
- id: lines
  title: Of a facilitator
  owners: [itu]
  mandated_by: [80-173/113.1]
  scope: [action-lines/c2, action-lines/c7]
  objectives:
  - {id: lines/o1, statement: Access, alignments: [{concept: action-lines/c2, basis: editorial}, {concept: sdg/9.c, basis: editorial},
     {concept: gdc/11-a, basis: editorial}, {concept: sdg/4, basis: editorial}]}
  activities:
  - {id: lines/a1, title: Schools, lead: itu, partners: [unicef], answers: [80-173/37.1],
     alignments: [{concept: sdg/4.a, basis: editorial}, {concept: gdc/11-d, basis: editorial}]}
  - {id: lines/a2, title: Broadband, lead: itu, partners: [groups/private-sector], answers: [80-173/26, 80-173/27],
     alignments: [{concept: sdg/9.c, basis: editorial}]}
  - {id: lines/a3, title: Hospitals, lead: who, status: suspended, answers: [80-173/38.1], alignments: [{concept: action-lines/c7-e-health, basis: editorial}]}
  - {id: lines/a4, title: Soil, lead: fao, status: cancelled, answers: [80-173/42.1], alignments: [{concept: action-lines/c7-e-agriculture, basis: editorial}]}
  - {id: lines/a5, title: Business, lead: unctad, alignments: [{concept: action-lines/c7-e-business, basis: editorial}]}
  indicators:
  - {id: lines/i1, name: Users, sdg_indicator: sdg/17.8.1}
- id: registry
  title: Of a registry
  owners: [ripe-ncc]
  activities:
  - {id: registry/a1, title: Training, lead: ripe-ncc, answers: [80-173/60.1, gdc/13], alignments: [{concept: action-lines/c4, basis: editorial}]}
"""

#: What is answered in part or whole, counted by hand over `BY_HAND`: everything else is not
#: answered.
COUNTED = {
    "mandates": {
        "80-173/26.1": "partly: a2 names paragraph 26, which holds three",
        "80-173/26.2": "partly: likewise",
        "80-173/26.3": "partly: likewise",
        "80-173/27.1": "answered: a2 names paragraph 27, which holds only this one",
        "80-173/37.1": "answered: a1 names it",
        "80-173/38.1": "partly: only the suspended a3 names it",
        "80-173/60.1": "answered: the registry's a1 names it",
        "80-173/113.1": "partly: no activity names it, the road map is mandated by it",
    },
    "action_lines": {
        "action-lines/c2": "answered: in scope, o1 names it",
        "action-lines/c4": "partly: the registry's a1 names it, in nobody's scope",
        "action-lines/c7": "partly: of eight sub-lines one is answered",
        "action-lines/c7-e-government": "partly: in scope with C7, named by nobody",
        "action-lines/c7-e-business": "answered: in scope with C7, a5 names it",
        "action-lines/c7-e-learning": "partly: as e-government",
        "action-lines/c7-e-health": "partly: the suspended a3 names it",
        "action-lines/c7-e-employment": "partly: as e-government",
        "action-lines/c7-e-environment": "partly: as e-government",
        "action-lines/c7-e-agriculture": "partly: a4, which names it, is cancelled",
        "action-lines/c7-e-science": "partly: as e-government",
    },
    "sdg_targets": {
        "sdg/4.a": "answered: a1 names it; goal 4, which o1 names, says nothing of any target",
        "sdg/9.c": "answered: a2 names it",
        "sdg/17.8": "partly: i1 is its indicator 17.8.1",
    },
    "commitments": {
        "gdc/11-a": "partly: only o1 names it",
        "gdc/11-d": "answered: a1 serves it",
        **{
            f"gdc/13-{letter}": "partly: the registry's a1 answers paragraph 13 as a whole"
            for letter in "abcdefgh"
        },
    },
    "groups": {
        "groups/action-line-facilitators": "answered: ITU and UNCTAD facilitate, and lead",
        "groups/all-stakeholders": (
            "partly: everybody belongs to it, and one of many does not stand for all"
        ),
        "groups/other-stakeholders": "partly: likewise",
        "groups/intergovernmental-organizations": "answered: ITU belongs to it",
        "groups/international-organizations": "answered: likewise",
        "groups/un-system": "answered: likewise",
        "groups/technical-community": "answered: RIPE NCC belongs to it",
        "groups/technical-and-academic-communities": (
            "answered: the technical community is part of it"
        ),
        "groups/private-sector": "partly: a partner in a2",
        "groups/international-community": (
            "answered: the international organizations are part of it"
        ),
        "groups/other-organizations-and-forums": (
            "partly: whoever of the international organizations is not named"
        ),
    },
}


def all_tables(found: Coverage) -> dict[str, tuple[CoverageRow, ...]]:
    """The rows under the names of the fields."""
    return {name: getattr(found, name).rows for name in COUNTED}


def test_it_agrees_with_a_count_by_hand(catalogue: Corpus) -> None:
    """Whatever two small road maps answer of the shipped outcome is found, and nothing else."""
    found = coverage(catalogue | loads(BY_HAND, "yaml"))

    for name, rows in all_tables(found).items():
        counted = {record: why.partition(":")[0] for record, why in COUNTED[name].items()}
        assert counted == {
            row.record: row.answer.value for row in rows if row.answer is not Answer.NOT
        }, name
    assert [("Mandates", 3, 5, 85, 93), ("Action Lines", 2, 9, 8, 19), ("SDG targets", 2, 1, 166, 169), ("Compact commitments", 1, 9, 113, 123),
            ("Stakeholder groups", 7, 4, 26, 37)] == [(each.kind, each.answered, each.partly, each.not_, each.total) for each in found.summary]  # fmt: skip


#: What the example road maps answer, counted by hand from their files. `c2`, `joint` and `rir`
#: stand for the three.
EXAMPLES = {
    "mandates": {
        "80-173/11.1": "answered: c2 a7",
        "80-173/23.1": "answered: c2 a8",
        "80-173/24.1": "answered: c2 a9",
        "80-173/26.1": "partly: c2 a2 names paragraph 26, which holds three",
        "80-173/26.2": "partly: likewise",
        "80-173/26.3": "answered: c2 a11 names it",
        "80-173/27.1": "answered: c2 a2",
        "80-173/37.1": "answered: c2 a1 and a4",
        "80-173/50.1": "answered: c2 a5, rir a1",
        "80-173/53.1": "answered: c2 a6",
        "80-173/58.1": "answered: rir a2",
        "80-173/59.1": "answered: rir a4",
        "80-173/60.1": "answered: rir a4",
        "80-173/61.1": "answered: rir a5",
        "80-173/65.1": "answered: c2 a11",
        "80-173/67.1": "answered: c2 a10, joint a4",
        "80-173/67.2": "answered: c2 a10, joint a4",
        "80-173/67.3": "answered: joint a4",
        "80-173/102.1": "answered: rir a6",
        "80-173/103.1": "answered: rir a6",
        "80-173/107.1": "answered: rir a7",
        "80-173/108.2": "answered: c2 a5 and a6",
        "80-173/111.1": "answered: c2 a13",
        "80-173/112.1": "answered: c2 a7",
        "80-173/113.1": "answered: c2 a3, joint a2",
        "80-173/114.1": "answered: rir a3",
        "80-173/116.2": "answered: c2 a12",
        "80-173/117.1": "answered: c2 a12, joint a3",
        "80-173/118.2": "answered: rir a3",
        "80-173/121.2": "answered: joint a5",
        "80-173/121.4": "answered: joint a5",
        "80-173/122.1": "answered: joint a1",
        "80-173/125.1": "answered: joint a6",
        "80-173/126.2": "answered: joint a7",
    },
    "action_lines": {
        "action-lines/c2": "answered: in scope of c2, which is of the line, and named by it",
        "action-lines/c3": "partly: c2 a8 names it, in nobody's scope",
        "action-lines/c4": "partly: in scope of rir, named by a4; but rir is an organisation's",
        "action-lines/c5": "partly: likewise, a2",
        "action-lines/c6": "partly: likewise, a6",
        "action-lines/c7": "partly: its sub-line e-learning is, in part",
        "action-lines/c7-e-learning": "partly: c2 a1 and a4 name it, in nobody's scope",
        "action-lines/c11": "partly: c2 a5, rir a6 and others name it, in nobody's scope",
    },
    "sdg_targets": {
        "sdg/1.4": "answered: c2 a9",
        "sdg/4.4": "answered: rir a4",
        "sdg/4.a": "answered: c2 a1",
        "sdg/5.b": "answered: c2 a7",
        "sdg/8.2": "answered: c2 a11",
        "sdg/9.1": "answered: c2 a5",
        "sdg/9.a": "answered: c2 a5",
        "sdg/9.c": "answered: c2 a2",
        "sdg/10.2": "answered: c2 a8",
        "sdg/11.5": "answered: c2 a6",
        "sdg/11.b": "answered: c2 a6",
        "sdg/16.7": "answered: rir a6",
        "sdg/17.8": "partly: c2 i1 is its indicator 17.8.1",
        "sdg/17.9": "answered: rir a4",
        "sdg/17.14": "answered: c2 a13 and a3",
        "sdg/17.17": "answered: rir a6",
        "sdg/17.18": "answered: c2 a12",
    },
    "commitments": {
        "gdc/11-a": "answered: c2 a12",
        "gdc/11-b": "answered: c2 a2",
        "gdc/11-c": "answered: c2 a5",
        "gdc/11-d": "answered: c2 a1",
        "gdc/11-f": "answered: c2 a9",
        "gdc/11-g": "answered: c2 a7",
        "gdc/13-a": "answered: rir a5",
        "gdc/13-b": "answered: c2 a8",
        "gdc/21-c": "answered: rir a3",
        "gdc/21-j": "answered: rir a2",
        "gdc/29-a": "answered: rir a1",
        "gdc/29-b": "answered: rir a6",
        "gdc/29-c": "partly: only rir o1",
        "gdc/66": "partly: rir is mandated by 66.1",
    },
    "groups": {
        "groups/academia": "partly: a partner in rir a3",
        "groups/action-line-facilitators": "answered: ITU leads, being one",
        "groups/all-stakeholders": (
            "partly: everybody belongs to it, and one of many does not stand for all"
        ),
        "groups/other-stakeholders": "partly: likewise",
        "groups/civil-society": "partly: a partner in c2 a8",
        "groups/developing-countries": "partly: the small island States are part of it",
        "groups/development-finance-institutions": "partly: a partner in c2 a11",
        "groups/development-partners": "partly: the banks are part of it",
        "groups/governments": "partly: a partner in c2 a7",
        "groups/intergovernmental-organizations": "answered: ITU leads",
        "groups/international-organizations": "answered: ITU leads",
        "groups/international-community": (
            "answered: the international organizations are part of it"
        ),
        "groups/international-financial-institutions": "partly: the World Bank, a partner in c2",
        "groups/multilateral-development-banks": "partly: a partner in c2 a2",
        "groups/other-organizations-and-forums": (
            "partly: whoever of the international organizations is not named"
        ),
        "groups/private-sector": "partly: a partner in c2 a2",
        "groups/small-island-developing-states": "partly: a partner in c2 a6",
        "groups/standards-development-organizations": "partly: a partner in c2 a8",
        "groups/technical-and-academic-communities": "answered: the registry leads",
        "groups/technical-community": "answered: the registry leads",
        "groups/un-regional-commissions": "answered: ECA, ESCAP and ECLAC lead",
        "groups/un-system": "answered: ITU and others lead",
    },
}


def test_the_examples_agree_with_a_count_by_hand(catalogue: Corpus) -> None:
    """Whatever the three example road maps answer of the shipped outcome is found, and nothing
    else.
    """
    c2, joint, rir = (
        load(EXAMPLE_FILES / f"{name}.yaml")
        for name in ("c2-roadmap", "joint-roadmap", "rir-commitments")
    )
    found = coverage(catalogue | c2 | joint | rir)

    for name, rows in all_tables(found).items():
        counted = {record: why.partition(":")[0] for record, why in EXAMPLES[name].items()}
        assert counted == {
            row.record: row.answer.value for row in rows if row.answer is not Answer.NOT
        }, name
    assert [("Mandates", 32, 2, 59, 93), ("Action Lines", 1, 7, 11, 19), ("SDG targets", 16, 1, 152, 169), ("Compact commitments", 12, 2, 109, 123),
            ("Stakeholder groups", 8, 14, 15, 37)] == [(each.kind, each.answered, each.partly, each.not_, each.total) for each in found.summary]  # fmt: skip


#: The mandates of the Compact that the example road maps answer, counted by hand: none is named,
#: and each commitment above holds one.
COMPACT_MANDATES = {
    **{
        f"gdc/{item}.1": "partly: an activity is aligned with its item"
        for item in (
            "11-a",
            "11-b",
            "11-c",
            "11-d",
            "11-f",
            "11-g",
            "13-a",
            "13-b",
            "21-c",
            "21-j",
            "29-a",
            "29-b",
        )
    },
    "gdc/29-c.1": "partly: only rir o1 is aligned with its item",
    "gdc/66.1": "partly: rir is mandated by it",
}


def test_mandates_and_commitments_of_the_compact_agree(catalogue: Corpus) -> None:
    """Of the mandates of the Compact those are answered, if only in part, whose commitments are:
    told apart is how far, not whether.
    """
    c2, joint, rir = (
        load(EXAMPLE_FILES / f"{name}.yaml")
        for name in ("c2-roadmap", "joint-roadmap", "rir-commitments")
    )
    found = coverage(catalogue | c2 | joint | rir, document="gdc")

    counted = {record: why.partition(":")[0] for record, why in COMPACT_MANDATES.items()}
    assert counted == {
        row.record: row.answer.value for row in found.mandates if row.answer is not Answer.NOT
    }


@pytest.mark.parametrize(
    "plan",
    [
        "activities: [{answers: [gdc/21-a.1]}]",
        "activities: [{answers: [gdc/21]}]",
        "activities: [{serves: gdc/21-a}]",
        "activities: [{serves: gdc/66.2}, {serves: gdc/21, status: suspended}]",
        "objectives: [{serves: gdc/21-a}, {serves: gdc/13}]",
        "mandated_by: [gdc/66.1, gdc/13]",
    ],
)
def test_a_commitment_is_answered_just_where_a_mandate_of_it_is(
    catalogue: Corpus, plan: str
) -> None:
    """Whichever way a road map takes it up, one table never says *not* where the other says that
    something is done.
    """
    found = coverage(catalogue | a_plan(plan), document="gdc")
    taken_up = {
        row.record.rpartition(".")[0] for row in found.mandates if row.answer is not Answer.NOT
    }

    assert (
        taken_up
        == {row.record for row in found.commitments if row.answer is not Answer.NOT}
        != set()
    )


#: One activity, objective, indicator or road map, and how it answers one thing: field, record,
#: answer, route.
CASES = [
    ("activities: [{answers: [80-173/67.2]}]", "mandates", "80-173/67.2", "answered", "names it"),
    ("activities: [{answers: [80-173/37]}]", "mandates", "80-173/37.1", "answered", "names its paragraph"),
    ("activities: [{answers: [80-173/67]}]", "mandates", "80-173/67.2", "partly", "names its paragraph, which holds 3 mandates"),
    ("activities: [{answers: [80-173/67.1]}]", "mandates", "80-173/67.2", "not", ""),
    ("activities: [{answers: [80-173/37.1], status: done}]", "mandates", "80-173/37.1", "answered", "names it"),
    ("activities: [{answers: [80-173/37.1], status: cancelled}]", "mandates", "80-173/37.1", "not", ""),
    ("activities: [{answers: [80-173/37.1], status: suspended}]", "mandates", "80-173/37.1", "partly", "names it, suspended"),
    ("activities: [{answers: [gdc/21-a.1]}]", "mandates", "gdc/21-a.1", "answered", "names it"),
    ("activities: [{answers: [gdc/21-a]}]", "mandates", "gdc/21-a.1", "answered", "names its paragraph"),
    ("activities: [{answers: [gdc/21]}]", "mandates", "gdc/21-a.1", "partly", "names a wider paragraph"),
    ("activities: [{serves: gdc/21-a}]", "mandates", "gdc/21-a.1", "partly", "an activity is aligned with it"),
    ("activities: [{serves: gdc/21-a.1}]", "mandates", "gdc/21-a.1", "partly", "an activity is aligned with it"),
    ("objectives: [{serves: gdc/21-a}]", "mandates", "gdc/21-a.1", "partly", "an objective is aligned with it"),
    ("activities: [{serves: gdc/21}]", "mandates", "gdc/21-a.1", "partly", "names a wider paragraph"),
    ("activities: [{serves: gdc/21-b}]", "mandates", "gdc/21-a.1", "not", ""),
    ("mandated_by: [gdc/21-a.1]", "commitments", "gdc/21-a", "partly", "the road map's own mandate"),
    ("mandated_by: [80-173/113.1]", "mandates", "80-173/113.1", "partly", "the road map's own mandate"),
    ("mandated_by: [80-173/113]", "mandates", "80-173/113.1", "partly", "the road map's own mandate"),
    ("{mandated_by: [80-173/113], activities: [{answers: [80-173/113.1]}]}", "mandates", "80-173/113.1", "answered", "names it"),
    ("{mandated_by: [80-173/113], status: superseded}", "mandates", "80-173/113.1", "not", ""),
    ("{scope: [action-lines/c2], activities: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "answered", "in scope and named"),
    ("{scope: [action-lines/c2], objectives: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "answered", "in scope and named"),
    ("{kind: action-line, scope: [action-lines/c2], activities: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "answered",
     "in scope and named"),
    ("{kind: joint, scope: [action-lines/c2], activities: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "partly",
     "in scope and named, in a joint road map"),
    ("{kind: national, scope: [action-lines/c2], objectives: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "partly",
     "in scope and named, in a national road map"),
    ("{kind: organisational, scope: [action-lines/c7], activities: [{serves: action-lines/c7-e-health}]}", "action_lines",
     "action-lines/c7-e-health", "partly", "in scope and named, in an organisational road map"),
    ("{scope: [action-lines/c2]}", "action_lines", "action-lines/c2", "partly", "in scope, not named"),
    ("{activities: [{serves: action-lines/c2}]}", "action_lines", "action-lines/c2", "partly", "named, not in scope"),
    ("{scope: [action-lines/c7], activities: [{serves: action-lines/c7}]}", "action_lines", "action-lines/c7", "answered", "in scope and named"),
    ("{scope: [action-lines/c7-e-health], activities: [{serves: action-lines/c7-e-health}]}", "action_lines", "action-lines/c7", "partly",
     "1 of its 8 sub-lines answered"),
    ("{activities: [{serves: action-lines/c7-e-health}]}", "action_lines", "action-lines/c7", "partly", "0 of its 8 sub-lines answered, 1 partly"),
    ("activities: [{serves: sdg/9.c}]", "sdg_targets", "sdg/9.c", "answered", "an activity names it"),
    ("objectives: [{serves: sdg/9.c}]", "sdg_targets", "sdg/9.c", "partly", "an objective names it"),
    ("indicators: [{sdg_indicator: sdg/9.c.1}]", "sdg_targets", "sdg/9.c", "partly", "an indicator measures it"),
    ("activities: [{serves: sdg/9}]", "sdg_targets", "sdg/9.c", "not", ""),
    ("{scope: [action-lines/c2], activities: [{serves: action-lines/c2}]}", "sdg_targets", "sdg/9.c", "not", ""),
    ("activities: [{serves: gdc/21-a}]", "commitments", "gdc/21-a", "answered", "an activity serves it"),
    ("activities: [{answers: [gdc/21-a]}]", "commitments", "gdc/21-a", "answered", "an activity answers it"),
    ("activities: [{answers: [gdc/21-a.1]}]", "commitments", "gdc/21-a", "answered", "an activity answers it"),
    ("objectives: [{serves: gdc/21-a}]", "commitments", "gdc/21-a", "partly", "an objective names it"),
    ("activities: [{serves: gdc/21}]", "commitments", "gdc/21-a", "partly", "names a wider paragraph"),
    ("activities: [{answers: [gdc/21]}]", "commitments", "gdc/21-a", "partly", "names a wider paragraph"),
    ("activities: [{lead: groups/academia}]", "groups", "groups/academia", "answered", "led by Academia"),
    ("activities: [{lead: groups/academia}]", "groups", "groups/technical-and-academic-communities", "answered", "led by Academia"),
    ("activities: [{lead: groups/academia}]", "groups", "groups/research-institutions", "not", ""),
    ("activities: [{lead: itu}]", "groups", "groups/action-line-facilitators", "answered", "led by ITU"),
    ("activities: [{lead: itu}]", "groups", "groups/international-organizations", "answered", "led by ITU"),
    ("activities: [{lead: itu}]", "groups", "groups/all-stakeholders", "partly",
     "led by some of those it embraces: ITU; a road map is owned by Giga initiative"),
    ("activities: [{lead: groups/all-stakeholders}]", "groups", "groups/all-stakeholders", "answered", "led by All stakeholders"),
    ("activities: [{lead: igf-mag}]", "groups", "groups/all-stakeholders", "answered", "led by MAG"),
    ("activities: [{lead: apnic, status: suspended}]", "groups", "groups/technical-community", "partly", "led by APNIC, suspended"),
    ("activities: [{partners: [apnic, arin]}]", "groups", "groups/technical-community", "partly", "joined by APNIC, ARIN"),
    ("owners: [apnic]", "groups", "groups/technical-community", "partly", "a road map is owned by APNIC"),
]  # fmt: skip


def a_plan(text: str) -> Corpus:
    """A road map of which a case tells only what it is about; `serves` stands for an alignment."""
    import yaml

    plan = {"id": "plan", "title": "A plan", "owners": ["giga"], **yaml.safe_load(text)}
    filled = {
        "objectives": {"statement": "It is so"},
        "activities": {"title": "Do"},
        "indicators": {"name": "How much"},
    }
    for kind, given in filled.items():
        for number, part in enumerate(plan.get(kind, ()), 1):
            part.update({"id": f"plan/{kind[0]}{number}", **given})
            if "serves" in part:
                part["alignments"] = [{"concept": part.pop("serves"), "basis": "editorial"}]
    return loads(json.dumps({"roadmaps": [plan]}), "json")


@pytest.mark.parametrize(("plan", "kind", "record", "answer", "route"), CASES)
def test_how_something_is_answered(
    catalogue: Corpus, plan: str, kind: str, record: str, answer: str, route: str
) -> None:
    """Each way in which a road map can answer something counts as much as it should, and is told."""
    rows = {
        row.record: row for row in getattr(coverage(catalogue | a_plan(plan), document=None), kind)
    }

    assert (answer, route) == (rows[record].answer.value, rows[record].route)
    assert (answer != "not") == bool(rows[record].by) == bool(rows[record].roadmaps)


def test_the_best_answer_counts(catalogue: Corpus) -> None:
    """Of several answers the best are named, in the order of the road map, with how each of them is
    given.
    """
    plan = a_plan(
        "activities: [{answers: [80-173/27]}, {answers: [80-173/27.1]}, {answers: [80-173/27.1],"
        " status: suspended}]"
    )
    [row] = [row for row in coverage(catalogue | plan).mandates if row.record == "80-173/27.1"]

    assert ("plan/a1", "plan/a2") == row.by
    assert "names it; names its paragraph" == row.route
    assert ("plan",) == row.roadmaps


def test_all_sub_lines_answered_answer_the_line(catalogue: Corpus) -> None:
    """C7 is answered once each of its eight sub-lines is."""
    lines = [line.id for line in catalogue.concepts(under="action-lines/c7")]
    plan = a_plan(json.dumps({"scope": lines, "activities": [{"serves": line} for line in lines]}))
    [row] = [
        row for row in coverage(catalogue | plan).action_lines if row.record == "action-lines/c7"
    ]

    assert (Answer.ANSWERED, "8 of its 8 sub-lines answered") == (row.answer, row.route)
    assert 8 == len(row.by)


def test_a_route_names_few(catalogue: Corpus) -> None:
    """Through whom a group answers is told with three names at most."""
    plan = a_plan(
        "activities: [{lead: afrinic}, {lead: apnic}, {lead: arin}, {lead: lacnic}, {lead:"
        " ripe-ncc}]"
    )
    [row] = [
        row
        for row in coverage(catalogue | plan).groups
        if row.record == "groups/technical-community"
    ]

    assert "led by AFRINIC, APNIC, ARIN and 2 more" == row.route


#: What is expected of the road maps in `BY_HAND`, where it can be told from the definition by
#: reading the outcome.
EXPECTED = {
    "80-173/113.1": (True, True, "asked of the facilitators, of whom ITU is one; and it is dated"),
    "80-173/111.1": (True, True, "asked of the facilitators, without a date"),
    "80-173/121.3": (True, True, "asked of ITU by name"),
    "80-173/122.1": (
        True,
        False,
        "dated, but asked of UNGIS, whose member ITU is: the road maps together are to answer it",
    ),
    "80-173/98.2": (True, False, "every year, asked of the IGF"),
    "80-173/99.1": (False, False, "standing: nothing falls due"),
    "80-173/23.1": (False, False, "asked of all stakeholders"),
    "80-173/108.1": (False, False, "asked of the regional commissions"),
}


@pytest.mark.parametrize("mandate", EXPECTED)
def test_which_mandates_are_expected_to_be_answered(catalogue: Corpus, mandate: str) -> None:
    """What is due is expected of the road maps together; what is asked of an owner, also of each
    one.
    """
    corpus = catalogue | loads(BY_HAND, "yaml")
    together, alone = (
        {row.record: row.expected for row in coverage(corpus, roadmap=each).mandates}
        for each in (None, "lines")
    )

    assert EXPECTED[mandate][:2] == (together[mandate], alone[mandate])


#: Why a row is expected: of road maps together, and of one alone. `plan` covers C2 and is owned by
#: ITU.
REASONS = {
    "80-173/113.1": (
        "falls due and is asked of an owner",
        "is asked of an owner",
        "ITU is one of the facilitators; it is dated",
    ),
    "80-173/122.1": ("falls due", "", "dated, and asked of UNGIS"),
    "80-173/23.1": (
        "",
        "is about its Action Line, asked of an owner's group",
        "C2, asked of all stakeholders",
    ),
    "80-173/26.3": (
        "",
        "is about its Action Line, asked of an owner's group",
        "C2, asked of international organizations",
    ),
    "80-173/26.1": ("", "", "C2, but asked of Governments, of whom ITU is none"),
    "80-173/26.2": ("", "", "C2, but asked of nobody in particular"),
    "80-173/28.1": ("", "", "asked of all stakeholders, but about C8"),
    "action-lines/c2": ("paragraph 113 asks for its road map", "in scope", ""),
    "action-lines/c3": ("paragraph 113 asks for its road map", "", ""),
    "sdg/9.c": ("official matrix of C2", "official matrix of C2", ""),
    "sdg/4.a": ("", "", "the matrix does not tie it to C2"),
    "gdc/10": (
        "one of its mandates is asked of an owner",
        "one of its mandates is asked of an owner",
        "ITU is named",
    ),
    "groups/governments": (
        "an answered mandate addresses it",
        "an answered mandate addresses it",
        "a1 answers 37.1",
    ),
    "groups/media": ("", "", ""),
}


@pytest.mark.parametrize("record", REASONS)
def test_a_row_says_why_it_is_expected(catalogue: Corpus, record: str) -> None:
    """The reason stands in the row, and where it is empty nothing is expected."""
    plan = (
        "{kind: action-line, owners: [itu], scope: [action-lines/c2], activities: [{answers:"
        " [80-173/37.1]}]}"
    )
    corpus = catalogue | a_plan(plan)
    for roadmap, why in zip((None, "plan"), REASONS[record], strict=False):
        [row] = [
            row
            for table in coverage(corpus, roadmap=roadmap).tables.values()
            for row in table
            if row.record == record
        ]
        assert (row.why, row.expected) == (why, bool(why)), roadmap


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            "{kind: action-line, owners: [itu], scope: [action-lines/c2]}",
            ["23.1", "24.1", "26.3", "63.1", "65.2", "116.2"],
        ),
        ("{kind: action-line, owners: [unesco], scope: [action-lines/c9]}", ["77.1"]),
        ("{kind: action-line, owners: [itu]}", []),
        ("{kind: action-line, owners: [somebody], scope: [action-lines/c2]}", []),
        ("{kind: organisational, owners: [itu], scope: [action-lines/c2]}", []),
        ("{owners: [itu], scope: [action-lines/c2]}", []),
    ],
)
def test_what_is_about_its_action_line_is_expected_of_its_road_map(
    catalogue: Corpus, plan: str, expected: list[str]
) -> None:
    """Of the road map of a line, what its paragraphs ask of groups that the owner belongs to;
    counted by reading them. Of others, not.
    """
    rows = coverage(catalogue | a_plan(plan), roadmap="plan").mandates

    assert expected == [
        row.record.removeprefix("80-173/") for row in rows if "is about its Action Line" in row.why
    ]


def test_who_is_asked_is_told(catalogue: Corpus) -> None:
    """Of mandates and commitments, whom they address; of what asks nobody, nothing."""
    found = coverage(catalogue)
    asked = {row.record: row.asked for table in found.tables.values() for row in table}

    assert ("itu", "ungis-financing-task-force") == asked["80-173/67.2"]
    assert {"groups/governments", "itu"} == set(asked["gdc/10"])
    assert not any(row.asked for row in (*found.action_lines, *found.sdg_targets, *found.groups))


def test_the_matrix_says_which_targets_are_expected(catalogue: Corpus) -> None:
    """The targets that the official matrix ties to a line in scope are expected, and not thereby
    answered.
    """
    found = coverage(catalogue | a_plan("scope: [action-lines/c2]"))

    assert ["sdg/1.4", "sdg/8.2", "sdg/9.1", "sdg/9.a", "sdg/9.c", "sdg/11.5", "sdg/11.b"] == [
        row.record for row in found.sdg_targets if row.expected
    ]
    assert not any(row.by for row in found.sdg_targets)


def test_which_lines_are_expected(catalogue: Corpus) -> None:
    """Every line is expected to be answered by somebody; of one road map only those in its scope
    are, C7 with its sub-lines.
    """
    corpus = catalogue | loads(BY_HAND, "yaml")

    assert all(row.expected for row in coverage(corpus).action_lines)
    assert {row.record for row in coverage(corpus, roadmap="lines").action_lines if row.expected} == {
        "action-lines/c2", "action-lines/c7", *(line.id for line in catalogue.concepts(under="action-lines/c7")),
    }  # fmt: skip


def test_groups_that_are_addressed_are_expected(catalogue: Corpus) -> None:
    """Of whom an answered mandate asks something is expected to take part, and is missed when it
    does not.
    """
    found = coverage(catalogue | a_plan("activities: [{lead: itu, answers: [80-173/118.2]}]"))

    assert ["groups/private-sector"] == [row.record for row in found.groups if row.expected]
    assert [1] == [count.missing for count in found.summary if count.kind == "Stakeholder groups"]


def test_only_the_road_map_asked_about_counts(catalogue: Corpus) -> None:
    """With `roadmap=` only what that road map answers is answered, even by one that is superseded."""
    corpus = changed(catalogue | loads(BY_HAND, "yaml"), "registry", status="superseded")

    assert ["80-173/60.1"] == [
        row.record for row in coverage(corpus, roadmap="registry").mandates if row.by
    ]
    assert "80-173/60.1" not in [row.record for row in coverage(corpus).mandates if row.by]


def test_mandates_of_one_document_or_all(catalogue: Corpus) -> None:
    """The mandates are those of the outcome, of another document, or of every document that holds
    any.
    """
    assert [93, 136, 229] == [
        len(coverage(catalogue, document=each).mandates) for each in ("A/RES/80/173", "gdc", None)
    ]


def test_what_is_not_held_is_not_covered() -> None:
    """Without vocabularies, Compact and groups their tables are empty, and whoever leads without a
    record belongs to nobody.
    """
    found = coverage(a_plan("activities: [{lead: nobody, serves: sdg/9.c}]"), document=None)

    assert [0, 0, 0, 0, 0] == [count.total for count in found.summary]


def test_what_names_nothing_is_refused(catalogue: Corpus) -> None:
    """A road map or document that is not there raises, with the near miss."""
    with pytest.raises(UnknownIdentifier):
        coverage(catalogue, document="80-174")
    with pytest.raises(UnknownIdentifier):
        coverage(catalogue, roadmap="80-173")


def deep(first: str) -> Corpus:
    """A document with an item of an item of a paragraph, of which *first* is the parent."""
    asks = (
        "mandates: [{id: 90-1/1-a-i.1, kind: call, verb: verbs/urge, action: Do, due: {date: 2027},"
        " addressees: [giga]}]"
    )
    items = (
        '{id: 90-1/1-a, number: "1(a)", parent: 90-1/1}, {id: 90-1/1-a-i, number: "1(a)(i)",'
        f" parent: 90-1/1-a, {asks}}}"
    )
    return loads(
        'documents: [{id: 90-1, title: T, provisions: [{id: 90-1/1, number: "1", parent:'
        f" {first}}}, {items}]}}]",
        "yaml",
    )


@pytest.mark.parametrize(
    ("plan", "route"),
    [
        ("activities: [{answers: [90-1/1]}]", "names a wider paragraph"),
        ("activities: [{answers: [90-1/1-a]}]", "names a wider paragraph"),
        ("mandated_by: [90-1/1]", "the road map's own mandate"),
    ],
)
def test_a_paragraph_reaches_its_items_at_any_depth(plan: str, route: str) -> None:
    """An item of an item is answered partly by who names the paragraph; a wheel of items, which a
    rule reports, ends.
    """
    for first in ("null", "90-1/1-a-i"):
        [row] = coverage(deep(first) | a_plan(plan), document="90-1").mandates
        assert ("partly", route) == (row.answer.value, row.route)


def test_what_the_rule_finds_unanswered_is_unanswered(catalogue: Corpus) -> None:
    """C801 and this table agree: what is asked of owners and that rule misses is expected here, and
    not answered.
    """
    plans = (
        "{owners: [itu, ungis], activities: [{answers: [80-173/67.1]}]}",
        (
            "{owners: [itu], mandated_by: [80-173/113], activities: [{answers: [80-173/67], status:"
            " cancelled}]}"
        ),
        (
            "{owners: [igf, secretary-general], activities: [{answers: [80-173/98.2], status:"
            " suspended}]}"
        ),
        "{owners: [groups/action-line-facilitators], activities: [{answers: [gdc/13]}]}",
    )
    found = 0
    for plan in plans:
        corpus = catalogue | a_plan(plan)
        rows = {row.record: row for row in coverage(corpus, document=None).mandates}
        missed = [
            re.findall(r"[\w-]+/[\w.-]+", each.message)[0]
            for each in check(corpus, profile="publish").findings
            if each.code == "C801"
        ]
        assert all(rows[each].expected and rows[each].answer is Answer.NOT for each in missed)
        found += len(missed)
    assert found > 0


@pytest.mark.parametrize("kind", ["action-line", "joint", "national", "organisational", None])
def test_what_has_no_road_map_by_the_rule_is_not_answered(
    catalogue: Corpus, kind: str | None
) -> None:
    """C802 and this table mean the same by the road map of a line: where the rule misses it, the
    line is answered at most in part.
    """
    said = "" if kind is None else f"kind: {kind}, "
    corpus = catalogue | a_plan(
        f"{{{said}scope: [action-lines/c5], activities: [{{serves: action-lines/c5}}]}}"
    )
    corpus |= loads(
        "roadmaps: [{id: all, title: Of all, owners: [ungis], kind: joint, scope:"
        " [action-lines/c5]}]",
        "yaml",
    )
    [row] = [row for row in coverage(corpus).action_lines if row.record == "action-lines/c5"]
    missed = [
        each
        for each in check(corpus, profile="publish").findings
        if (each.code, each.record) == ("C802", "all")
    ]

    assert (row.answer is Answer.ANSWERED) == (not missed) == (kind in ("action-line", None))
    assert row.answer is not Answer.NOT


def test_a_wheel_of_parents_does_no_harm() -> None:
    """Lines that are each other's parents, which a rule reports, are answered like any others."""
    lines = loads(
        "vocabularies: [{id: action-lines, title: L, concepts: [{id: action-lines/c1, label: A,"
        " parent: action-lines/c2},{id: action-lines/c2, label: B, parent: action-lines/c1}]}]",
        "yaml",
    )
    found = coverage(
        lines | a_plan("{scope: [action-lines/c1], activities: [{serves: action-lines/c1}]}"),
        document=None,
    )

    assert [Answer.ANSWERED, Answer.ANSWERED] == [row.answer for row in found.action_lines]


def test_it_prints_what_is_missing(catalogue: Corpus) -> None:
    """As text it is the summary and, within bounds, what is expected and not answered."""
    text = str(coverage(catalogue | loads(BY_HAND, "yaml")))

    assert text.startswith("Coverage of A/RES/80/173 by all road maps\n")
    assert "Mandates, expected and not answered" in text
    assert "80-173/67.1" in text
    assert (
        "why expected" in text
        and "falls due and is asked of an owner" in text
        and "asked of" in text
    )
    assert "... and " in text
    assert len(text.splitlines()) < 90


def test_it_shows_in_a_notebook(catalogue: Corpus) -> None:
    """In a notebook it is a summary and five tables under headings, escaped."""
    shown = in_a_notebook(
        coverage(
            changed(
                catalogue | a_plan("activities: [{answers: [80-173/37.1]}]"),
                "80-173/37.1",
                action="Connect <all>",
            )
        )
    )

    assert 6 == shown.count("<table>") == shown.count("<h4>") + 1
    assert "Connect &lt;all&gt;" in shown


def test_it_goes_to_json(catalogue: Corpus) -> None:
    """As plain data it holds the summary and the five tables, and JSON can write it."""
    plain = json.loads(
        json.dumps(coverage(catalogue | loads(BY_HAND, "yaml"), roadmap="lines").to_dict())
    )

    assert ["document", "roadmap", "summary", *COUNTED] == list(plain)
    assert {
        "kind": "Mandates",
        "answered": 2,
        "partly": 5,
        "not": 86,
        "total": 93,
        "expected, not answered": 7,
    } == plain["summary"][0]
    assert {
        "record": "80-173/37.1", "label": "Connect all schools to the Internet.", "answer": "answered", "by": ["lines/a1"],
        "route": "names it", "road maps": ["lines"], "expected": False, "why expected": "", "asked of": ["groups/governments"],
    } == next(row for row in plain["mandates"] if row["record"] == "80-173/37.1")  # fmt: skip
