"""Road maps beside each other: what is done twice, cannot hold together, waits, and is left open."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

import pytest

import wsis_model as wsis
from wsis_model.analysis import Joint, joint
from wsis_model.analysis import coverage as coverage_of
from wsis_model.pages import joint_page

LINES = tuple(f"c{number}" for number in range(1, 12))
SIZE = 200
Plain = dict[str, Any]
#: Paragraphs and commitments that ask several; mandates that ask one entity; global indicators.
PARAGRAPHS = (
    "gdc/13-a",
    "gdc/13-b",
    "gdc/13-c",
    "gdc/13-d",
    "gdc/13-e",
    "gdc/11-a",
    "gdc/11-b",
    "gdc/11-c",
)
ASKS_ONE = ("80-173/67.3", "80-173/100.1", "80-173/102")
SDG_INDICATORS = {1: "sdg/17.8.1", 3: "sdg/4.4.1", 5: "sdg/5.b.1", 7: "sdg/17.6.1"}


def maps() -> dict[str, Plain]:
    """Road maps of the eleven Action Lines, two hundred activities each, in which nothing is wrong:
    each has a lead of its own, every mandate that is expected is answered once.
    """
    made: dict[str, Plain] = {}
    catalogue = wsis.catalogue()
    for line in LINES:
        activities = [
            {
                "id": f"{line}/a{number}",
                "title": f"Work {number} on {line}",
                "lead": f"{line}-lead",
                "beneficiaries": ["groups/youth"],
                "period": {"start": "2026", "end": "2027"},
                "milestones": [
                    {"id": f"{line}/a{number}.m1", "title": "Half", "due": {"date": "2026-12"}}
                ],
            }
            for number in range(SIZE)
        ]
        made[line] = {
            "id": line,
            "title": f"Road map {line}",
            "owners": [f"{line}-lead"],
            "kind": "action-line",
            "activities": activities,
            "indicators": [
                {
                    "id": f"{line}/i1",
                    "name": f"Share of {line}",
                    "unit": "percent",
                    "direction": "increase",
                    "baseline": {"value": 10, "when": "2025"},
                    "targets": [{"value": 50, "by": "2030"}],
                    "observations": [{"value": 20, "when": "2026"}],
                    "measures": [f"{line}/a0"],
                }
            ],
        }
    expected = [
        row.record
        for row in coverage_of(catalogue | corpus_of(made)).mandates
        if row.expected and row.answer.value == "not"
    ]
    for number, mandate in enumerate(expected):
        activity = made[LINES[number % 11]]["activities"][10 + number // 11]
        activity["answers"] = [mandate]
    return made


def corpus_of(made: dict[str, Plain]) -> wsis.Corpus:
    """The road maps as a corpus, with those who lead them."""
    leads = [{"id": f"{line}-lead", "name": f"Lead of {line}"} for line in LINES]
    return wsis.load({"entities": leads, "roadmaps": list(made.values())})


def test_road_maps_of_which_none_touches_another_are_found_sound() -> None:
    """Eleven road maps that were written apart, and nothing to say."""
    found = joint(wsis.catalogue() | corpus_of(maps()))

    assert LINES == tuple(sorted(found.roadmaps, key=by_line))
    for heading, table in found.tables.items():
        assert heading == "Who carries most" or not len(table), (heading, table)
    assert {SIZE} == {len(load.leads) for load in found.workload}


class Planted:
    """Thirty things that are wrong, put into road maps in which nothing is; and what looks like it
    and is not.
    """

    def __init__(self, made: dict[str, Plain]) -> None:
        self.made = made
        self.found: dict[str, list[tuple[str, ...]]] = {}
        """What is to be found, by kind: the records, or what is left open."""
        self._same_work()
        self._leads()
        self._dates()
        self._indicators()
        self._gaps()

    def change(self, name: str, **fields: Any) -> None:
        line, _, number = name.partition("/a")
        self.made[line]["activities"][int(number)].update(fields)

    def _same_work(self) -> None:
        """Eight, one of them in three road maps."""
        groups: list[tuple[str, ...]] = [(f"c{at}/a100", f"c{at + 1}/a101") for at in range(1, 8)]
        groups.append(("c8/a102", "c9/a102", "c11/a102"))
        for number, names in enumerate(groups):
            for name in names:
                own = f"{name.partition('/')[0]}-lead"
                self.change(
                    name,
                    answers=[PARAGRAPHS[number]],
                    lead="itu",
                    beneficiaries=["groups/women", own],
                )
        self.found["overlaps"] = groups
        # Not the same: for others, of nobody who says for whom, led by others.
        self.change("c1/a103", answers=["gdc/21-a"], lead="undp", beneficiaries=["groups/women"])
        self.change("c2/a103", answers=["gdc/21-a"], lead="undp", beneficiaries=["groups/youth"])
        self.change("c3/a103", answers=["gdc/21-a"], lead="undp", beneficiaries=[])
        self.change("c4/a103", answers=["gdc/21-a"], lead="unesco", beneficiaries=["groups/women"])

    def _leads(self) -> None:
        """Six: three mandates that ask one entity, and three activities of one title."""
        pairs = [(f"c{at}/a110", f"c{at + 1}/a{110 + at}") for at in range(1, 7)]
        for number, (one, other) in enumerate(pairs):
            answer = ASKS_ONE[number] if number < 3 else "gdc/21-c"
            title = {} if number < 3 else {"title": f"Survey {number}"}
            self.change(one, answers=[answer], **title)
            self.change(other, answers=[answer], **title)
        self.change("c9/a118", answers=[ASKS_ONE[0]], lead_reason="Both agreed on it")
        self.found["two leads"] = list(pairs)

    def _dates(self) -> None:
        """Four that come too late, and two circles."""
        late: list[tuple[str, ...]] = []
        for at in range(1, 5):
            one, other = f"c{at}/a130", f"c{at + 5}/a130"
            if at % 2:
                one = f"{one}.m1"
                self.change(
                    one[:-3],
                    milestones=[
                        {"id": one, "title": "M", "due": {"date": "2026"}, "depends_on": [other]}
                    ],
                )
            else:
                self.change(one, depends_on=[other])
            self.change(other, period={"start": "2028", "end": "2029"})
            late.append((one, other))
        self.found["dates"] = late
        self.change("c10/a130", depends_on=["c11/a130"])
        self.change("c11/a130", period={"start": "2028", "end": "2029"}, status="done")
        self.change("c5/a131", depends_on=["c6/a131"])
        self.change("c6/a131", depends_on=["c5/a131"])
        self.change("c7/a131", depends_on=["c8/a131.m1"])
        self.change(
            "c8/a131",
            milestones=[{"id": "c8/a131.m1", "title": "M", "depends_on": ["c9/a131"]}],
        )
        self.change("c9/a131", depends_on=["c7/a131"])
        self.found["circle"] = [("c5/a131", "c6/a131"), ("c7/a131", "c8/a131.m1", "c9/a131")]

    def _indicators(self) -> None:
        """Eight: what two road maps say of one indicator."""
        sayings: list[tuple[str, Plain, Plain]] = [
            (
                "two baselines",
                {"baseline": {"value": 1, "when": "2025"}},
                {"baseline": {"value": 2, "when": "2025"}},
            ),
            (
                "two baselines",
                {"baseline": {"value": 1, "when": "2024"}},
                {"baseline": {"value": 1, "when": "2025"}},
            ),
            (
                "two baselines",
                {"baseline": {"value": 1, "when": "2024"}},
                {"baseline": {"value": 3, "when": "2025"}},
            ),
            (
                "two targets",
                {"targets": [{"value": 9, "by": "2030"}]},
                {"targets": [{"value": 8, "by": "2030"}]},
            ),
            (
                "two targets",
                {"targets": [{"value": 9, "by": "2030"}]},
                {"targets": [{"value": 7, "by": "2029"}, {"value": 8, "by": "2030"}]},
            ),
            (
                "two values",
                {"observations": [{"value": 5, "when": "2026"}]},
                {"observations": [{"value": 6, "when": "2026"}]},
            ),
            ("two directions", {"direction": "increase"}, {"direction": "decrease"}),
            (
                "two units",
                {"unit": "households"},
                {"unit": "percent", "targets": [{"value": 8, "by": "2030"}]},
            ),
            (
                "",
                {"unit": "Percent", "targets": [{"value": 9, "by": "2030"}]},
                {
                    "unit": "percent",
                    "targets": [{"value": 9, "by": "2030"}, {"value": 10, "by": "2031"}],
                },
            ),
        ]
        for number, (kind, one, other) in enumerate(sayings):
            names: list[str] = []
            for line, said in (("c1", one), (f"c{number + 2}", other)):
                name = {"name": f"Schools  {number}" if line == "c1" else f"schools {number}"}
                if number % 2:
                    name = {"name": f"{line} {number}", "sdg_indicator": SDG_INDICATORS[number]}
                names.append(f"{line}/j{number}")
                self.made[line]["indicators"].append({"id": names[-1], **name, **said})
            if kind:
                self.found.setdefault(kind, []).append(tuple(names))

    def _gaps(self) -> None:
        """A mandate that is not answered any more, and a target that nobody measures; another is
        measured by an indicator of another road map.
        """
        activity = next(each for each in self.made["c11"]["activities"] if "answers" in each)
        self.found["unanswered"] = [tuple(activity.pop("answers"))]
        self.change("c1/a140", alignments=[{"concept": "sdg/1.4", "basis": "editorial"}])
        self.change("c2/a140", alignments=[{"concept": "sdg/9.c", "basis": "editorial"}])
        self.made["c3"]["indicators"].append(
            {"id": "c3/k1", "name": "Covered by a network", "sdg_indicator": "sdg/9.c.1"}
        )
        self.found["unmeasured"] = [("sdg/1.4",)]


def by_line(name: str) -> tuple[int, str]:
    """The order of the Action Lines."""
    line, _, rest = name.removeprefix("c").partition("/")
    return int(line), rest


def found_in(found: Joint) -> dict[str, list[tuple[str, ...]]]:
    """The records of what was found, or what is left open, by kind."""
    by_kind: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    by_kind["overlaps"] = [tuple(sorted(each.activities, key=by_line)) for each in found.overlaps]
    for conflict in found.conflicts:
        by_kind[conflict.kind.value].append(conflict.records)
    by_kind["unanswered"] = [(each.record,) for each in found.unanswered]
    by_kind["unmeasured"] = [(each.target,) for each in found.unmeasured]
    return {kind: sorted(records) for kind, records in by_kind.items()}


def test_thirty_planted_cases_are_found_and_nothing_else() -> None:
    """In eleven road maps of two hundred activities; what only looks like a case is none."""
    made = maps()
    planted = Planted(made).found
    found = joint(wsis.catalogue() | corpus_of(made))

    assert 30 == sum(map(len, planted.values()))
    assert {kind: sorted(records) for kind, records in planted.items()} == found_in(found)


def test_what_waits_for_another_road_map_is_listed_with_its_days() -> None:
    """Each dependency between road maps, whether it can be kept or not."""
    made = maps()
    Planted(made)
    found = joint(wsis.catalogue() | corpus_of(made))

    rows = {(row.record, row.needs): row for row in found.dependencies}
    late, done = rows["c2/a130", "c7/a130"], rows["c10/a130", "c11/a130"]
    assert ("c2", "c7", False) == (late.roadmap, late.on, late.done)
    assert ("2027-12-31", "2029-01-01") == (str(late.by.latest), str(late.ready.earliest))
    assert done.done
    assert 10 == len(rows)


def test_the_page_names_people_what_is_found() -> None:
    """Each kind of contradiction is explained once, with the titles of what contradicts."""
    made = maps()
    Planted(made)
    page = joint_page(wsis.catalogue() | corpus_of(made), as_of=datetime.date(2026, 11, 27))
    text = page.to_markdown()

    for words in (
        "8 things are done twice; 20 contradictions",
        "| Work 130 on c2 | Work 130 on c2 (c2); Work 130 on c7 (c7) | by 2027-12-31",
        "| 17.8.1 People using the Internet | c1 1 (c1); c3 1 (c3) | 1 (2024); 1 (2025) |",
        "| Survey 3 (c4); Survey 3 (c5) | Lead of c4; Lead of c5 |",
        "Work 140 on c1 (c1)",
    ):
        assert words in text
    assert 1 == text.count("Two baselines")


def test_only_the_road_maps_that_are_named_are_compared() -> None:
    """Two of eleven, also where a national one is among them; an unknown one is told."""
    made = maps()
    Planted(made)
    made["c2"]["kind"] = "national"
    corpus = wsis.catalogue() | corpus_of(made)

    assert ["c1/a100"] == [each.activities[0] for each in joint(corpus, ["c1", "c2"]).overlaps]
    assert "c2" not in joint(corpus).roadmaps
    with pytest.raises(wsis.UnknownIdentifier, match="c12"):
        joint(corpus, ["c1", "c12"])


def test_where_nothing_is_said_nothing_is_found() -> None:
    """Without road maps, and with one that holds nothing."""
    empty = wsis.load({"roadmaps": [{"id": "c1", "title": "C1", "owners": ["itu"]}]})
    for corpus in (wsis.Corpus(), empty, wsis.catalogue()):
        found = joint(corpus, document=None)
        assert not (found.overlaps or found.conflicts or found.dependencies or found.unmeasured)
        assert found.to_text().startswith(found.title)
