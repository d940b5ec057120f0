"""Faulty inputs, which are data: what is told of each, without its words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from faulty import HERE, Case, cases, facts

from wsis_model.formats import CODES

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_what_is_told(case: Case, tmp_path: Path) -> None:
    """Every problem with its code, place and field, in order, and no other; a hint holds what it
    has to offer.
    """
    problems = case.problems(tmp_path)
    told = [{name: said for name, said in each.items() if name != "offers"} for each in case.told]

    assert told == [facts(each, tmp_path) for each in problems]
    assert [
        [each for each in said.get("offers", ()) if each not in problem.hint]
        for said, problem in zip(case.told, problems, strict=True)
    ] == [[] for _ in problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_a_problem_is_a_bounded_line_under_a_listed_code(case: Case, tmp_path: Path) -> None:
    """Whatever a sentence quotes, it stays on one line and short."""
    for problem in case.problems(tmp_path):
        assert problem.code in CODES or "check" in case.given
        assert problem.message and "\n" not in problem.message + problem.hint
        assert len(str(problem)) < 700


def test_no_case_stands_twice() -> None:
    """Each input is there once."""
    inputs = [
        repr({name: said for name, said in case.given.items() if name != "told"}) for case in CASES
    ]

    assert [] == sorted({each for each in inputs if inputs.count(each) > 1})


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_key_stands_twice(path: Path) -> None:
    """YAML takes the last of two in silence: a fact would not be asserted."""
    nodes = [yaml.compose(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), node.start_mark
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
