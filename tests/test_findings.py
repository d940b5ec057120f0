"""A finding is its facts: they compare, are bounded and pickle; what rules speak of is among them."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from typing import Any

import attrs
import pytest

import wsis_model as wsis
from wsis_model import RULES, Finding, Fix, LoadError, Position, Report, Severity, check
from wsis_model.checks import Rule
from wsis_model.testing._breaks import cases

ONE = Finding(
    "X001",
    "a message",
    Position("a.yaml", 1, 2),
    ("milestones", 0, "due"),
    "a hint",
    Severity.WARNING,
    record="r/a",
    found="2027",
    expected="a mapping",
    meant=("2027",),
    names=("r",),
    fix=Fix(("milestones", 0, "due"), "2027", {"date": "2027"}),
)


def test_words_do_not_compare() -> None:
    """Two findings of the same facts are one, whatever their words; each fact tells them apart."""
    assert attrs.evolve(ONE, message="other words", hint="") == ONE
    assert hash(attrs.evolve(ONE, message="other words")) == hash(ONE)
    for field in attrs.fields(Finding):
        if field.name not in ("message", "hint", "severity", "position"):
            other: Any = ("else",) if isinstance(getattr(ONE, field.name), tuple) else "else"
            assert attrs.evolve(ONE, **{field.name: other}) != ONE, field.name


def test_a_finding_pickles_with_its_words() -> None:
    """Nothing is lost."""
    copy = pickle.loads(pickle.dumps(ONE))

    assert copy == ONE
    assert (copy.message, copy.hint, copy.fix) == (ONE.message, ONE.hint, ONE.fix)


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    """As text it is one line; a position without a file is none."""
    assert str(ONE) == "a.yaml:1:2: r/a milestones[0].due: a message; a hint [warning X001]"
    assert str(Finding("X001", "gone", record="r")) == "r: gone [X001]"
    assert not Finding("X001", "gone").position


@pytest.mark.parametrize("key", ["x" * 100_000, "é" * 301])
def test_what_is_long_is_cut(key: str) -> None:
    """However long a key or value of a file is, the facts of it are short, and nothing is fixed by
    half.
    """
    data = {"roadmaps": [{"id": "r", "title": "T", "owners": ["itu"], key: 1, "status": key}]}
    with pytest.raises(LoadError) as caught:
        wsis.load(data)

    assert {each.code for each in caught.value.problems} == {"unknown-field", "wrong-value"}
    for problem in caught.value.problems:
        assert len(pickle.dumps(problem)) < 5000
        assert problem.fix is None


def test_reports_give_the_facts_as_json() -> None:
    """Every fact that is known stands there, and a fix with what it takes the place of."""
    (made,) = json.loads(Report((ONE,)).to_json())["findings"]

    assert made["path"] == ["milestones", 0, "due"]
    assert made["fix"] == {
        "path": ["milestones", 0, "due"],
        "old": "2027",
        "new": {"date": "2027"},
        "key": False,
        "several": False,
    }
    assert (made["found"], made["meant"], made["names"]) == ("2027", ["2027"], ["r"])


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_rules_give_the_identifiers_that_they_speak_of(each: Rule) -> None:
    """Whatever a message quotes that is the identifier of a record is among the names."""
    for case in cases(each.code)["broken"]:
        corpus = wsis.load(case["corpus"])
        day = dt.date.fromisoformat(case["as_of"]) if "as_of" in case else None
        for one in check(corpus, rules=[each], profile=each.profiles[-1], as_of=day).findings:
            quoted = {name for name in re.findall("'([^']+)'", one.message) if name in corpus}
            assert quoted <= {one.record, *one.names}
