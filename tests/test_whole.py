"""Which rules need the whole corpus: the others find the same in each document and road map alone,
with the vocabularies, actors and sessions beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import RULES, Corpus, Report, Rule, check
from wsis_model.testing import AS_OF, a_corpus, broken
from wsis_model.testing._breaks import cases

ALONE = tuple(each for each in RULES if not each.whole)
WHOLE = tuple(each for each in RULES if each.whole)


def pieces(corpus: Corpus) -> Iterator[Corpus]:
    """The small records, and each document and road map with them."""
    small = (*corpus.vocabularies, *corpus.groups, *corpus.all_entities, *corpus.sessions)
    yield Corpus.of(*small)
    for each in (*corpus.documents, *corpus.roadmaps):
        yield Corpus.of(each, *small)


def facts(report: Report) -> set[tuple[str, ...]]:
    return {
        (each.code, each.record, each.field, each.message, *each.names) for each in report.findings
    }


def found_in_pieces(
    corpus: Corpus, rules: tuple[Rule, ...], as_of: dt.date | None
) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """What rules find in the whole, and in the pieces."""
    whole = facts(check(Corpus.of(*corpus.top), profile="publish", rules=rules, as_of=as_of))
    alone: set[tuple[str, ...]] = set()
    for piece in pieces(corpus):
        alone |= facts(check(piece, profile="publish", rules=rules, as_of=as_of))
    return whole, alone


def all_cases() -> list[Any]:
    return [
        pytest.param(case if "corpus" in case else {"corpus": case}, id=f"{each.code}-{kind}-{n}")
        for each in RULES
        for kind in ("sound", "broken")
        for n, case in enumerate(cases(each.code)[kind], 1)
    ]


@pytest.mark.parametrize("case", all_cases())
def test_rules_find_the_same_in_pieces(case: dict[str, Any]) -> None:
    """What a rule that does not need the whole finds in the cases of all rules, it finds piece by
    piece.
    """
    as_of = dt.date.fromisoformat(case["as_of"]) if "as_of" in case else None

    whole, alone = found_in_pieces(wsis.load(case["corpus"]), ALONE, as_of)

    assert whole == alone


@given(st.sampled_from([each.code for each in RULES]).flatmap(broken))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rules_find_the_same_in_pieces_of_any_corpus(corpus: Corpus) -> None:
    """In generated corpora with a fault too."""
    whole, alone = found_in_pieces(corpus, ALONE, AS_OF)

    assert whole == alone


#: For each rule that needs the whole, records of which it says another thing in pieces.
MANDATE = {"id": "90-1/1.1", "kind": "call", "verb": "verbs/urge", "action": "A"}
DOCUMENT = {
    "id": "90-1",
    "title": "T",
    "provisions": [{"id": "90-1/1", "number": "1", "mandates": [MANDATE]}],
}
SDG = {"id": "sdg", "title": "S", "concepts": [{"id": "sdg/9", "label": "9"}]}
LINES = {
    "id": "action-lines",
    "title": "L",
    "concepts": [{"id": f"action-lines/c{n}", "label": "C", "code": f"C{n}"} for n in (1, 2)],
}
ITU = {"id": "itu", "name": "ITU", "groups": ["groups/g"]}
GROUP = {"id": "groups/g", "label": "G"}


def roadmap(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": "R", "owners": ["itu"], **more}


def activity(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": "A", **more}


def two(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {"entities": [ITU], "groups": [GROUP], "roadmaps": [one, other]}


def with_mandate(**more: Any) -> dict[str, Any]:
    return {
        "documents": [DOCUMENT],
        "entities": [ITU],
        "groups": [GROUP],
        "vocabularies": [SDG, LINES],
        "roadmaps": [roadmap("r", **more)],
    }


_TASK = activity("r/a1", answers=["90-1/1.1"])
_OF_GDC = {
    "id": "gdc",
    "title": "G",
    "provisions": [
        {"id": "gdc/1", "number": "1", "mandates": [{**MANDATE, "id": "gdc/1.1"}]},
    ],
}
_LATE = activity("r/a1", period={"end": "2030"})
APART: dict[str, dict[str, Any]] = {
    "I101": two(
        roadmap("r", objectives=[{"id": "x/o1", "statement": "O"}]),
        roadmap("s", objectives=[{"id": "x/o1", "statement": "O"}]),
    ),
    "R201": with_mandate(mandated_by=["90-1/1.1"]),
    "R202": with_mandate(mandated_by=["90-1"]),
    "R204": with_mandate(mandated_by=["90-1/9"]),
    "R206": two(
        roadmap("r", activities=[activity("r/a1", depends_on=["s/a1"])]),
        roadmap("s", activities=[activity("s/a1", depends_on=["r/a1"])]),
    ),
    "R208": {
        "documents": [
            {"id": "d-1", "title": "D", "annex_of": "d-2"},
            {"id": "d-2", "title": "D", "annex_of": "d-1"},
        ]
    },
    "S307": {
        "documents": [
            DOCUMENT,
            {
                "id": "90-2",
                "title": "T",
                "provisions": [{"id": "90-2/1-a", "number": "1(a)", "parent": "90-1/1"}],
            },
        ]
    },
    "M706": two(
        roadmap("r", activities=[_LATE]),
        roadmap(
            "s", activities=[activity("s/a1", period={"end": "2028"}, depends_on=["r/a1"])]
        ),
    ),
    "M712": with_mandate(mandated_by=["90-1/1"], activities=[_TASK]),
    "M713": {
        **with_mandate(activities=[activity("r/a1")]),
        "documents": [_OF_GDC],
    },
    "M714": with_mandate(mandated_by=["90-1/1"], activities=[_TASK]),
    "M715": two(
        roadmap("r", activities=[activity("r/a1", status="done")]),
        roadmap(
            "s",
            updates=[
                {
                    "date": "2037-01-01",
                    "about": "r/a1",
                    "status": "done",
                    "evidence": [{"title": "E"}],
                }
            ],
        ),
    ),
    "M717": two(
        roadmap("r", activities=[activity("r/a1", period={"end": "2030"})]),
        roadmap("s", updates=[{"date": "2036-01-01", "about": "r/a1", "status": "late"}]),
    ),
    "M720": {
        **with_mandate(activities=[{**_TASK, "lead": "itu"}]),
        "documents": [
            {
                **DOCUMENT,
                "provisions": [
                    {
                        "id": "90-1/1",
                        "number": "1",
                        "mandates": [{**MANDATE, "addressees": ["cstd"]}],
                    }
                ],
            }
        ],
        "entities": [ITU, {"id": "cstd", "name": "CSTD", "groups": ["groups/g"]}],
    },
    "M727": two(
        roadmap("r", activities=[activity("r/a1", status="cancelled")]),
        roadmap("s", activities=[activity("s/a1", depends_on=["r/a1"])]),
    ),
    "P602": {
        **with_mandate(
            activities=[
                activity(
                    "r/a1", alignments=[{"concept": "90-1/1", "basis": "official-matrix"}]
                )
            ]
        ),
    },
    "C801": {
        **with_mandate(),
        "documents": [
            {
                **DOCUMENT,
                "provisions": [
                    {
                        "id": "90-1/1",
                        "number": "1",
                        "mandates": [{**MANDATE, "addressees": ["itu"], "due": {"date": "2030"}}],
                    }
                ],
            }
        ],
    },
    "C802": {
        **two(
            roadmap("r", kind="joint", scope=["action-lines/c1"]),
            roadmap("s", kind="action-line", scope=["action-lines/c1"]),
        ),
        "vocabularies": [LINES],
    },
    "C803": two(
        roadmap(
            "r",
            objectives=[{"id": "r/o1", "statement": "O"}],
            indicators=[{"id": "r/i1", "name": "I", "measures": ["s/o1"]}],
        ),
        roadmap("s", objectives=[{"id": "s/o1", "statement": "O"}]),
    ),
    "C804": two(
        roadmap(
            "r",
            objectives=[{"id": "r/o1", "statement": "O"}],
            activities=[activity("r/a1", objective="s/o1")],
        ),
        roadmap("s", objectives=[{"id": "s/o1", "statement": "O"}]),
    ),
    "C806": {
        **two(
            roadmap("r", kind="joint", scope=["action-lines/c1", "action-lines/c2"]),
            roadmap("s", kind="action-line", scope=["action-lines/c1"]),
        ),
        "vocabularies": [LINES],
    },
}  # fmt: skip


@pytest.mark.parametrize("each", WHOLE, ids=lambda each: each.code)
def test_rules_that_need_the_whole_do(each: Rule) -> None:
    """A rule that says why it needs the whole finds something else in pieces."""
    whole, alone = found_in_pieces(wsis.load(APART[each.code]), (each,), AS_OF)

    assert whole != alone


def test_the_builders_corpus_is_sound_in_pieces_too() -> None:
    """The rules that look at one record at a time find nothing in the pieces of a sound corpus."""
    whole, alone = found_in_pieces(a_corpus(), ALONE, AS_OF)

    assert (set(), set()) == (whole, alone)
