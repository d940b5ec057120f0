"""Fixes: applied to the data, each takes the fault away that it is of, and brings no other."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from faulty import Case, cases
from openpyxl.utils.cell import coordinate_to_tuple
from workbooks import workbook

import wsis_model as wsis
from wsis_model import RULES, Finding, Fix, LoadError, check, formats
from wsis_model.checks import Rule
from wsis_model.testing._breaks import cases as cases_of

#: As `Any`, so that what is looked at stays `Any`.
_MAPPING: Any = dict
_LIST: Any = list
FILES = [case for case in cases() if not {"check", "folder", "sheets"} & {*case.given}]


def apply(tree: Any, fix: Fix) -> None:
    """Change plain data as a fix says."""
    *steps, last = fix.path
    for step in steps:
        tree = tree[step]
    if fix.several and isinstance(last, int):
        tree[last : last + 1] = fix.new
    elif fix.key:
        tree[fix.new] = tree.pop(last)
    elif fix.new is None:
        del tree[last]
    else:
        tree[last] = fix.new


def faults(tree: Any) -> Counter[tuple[str, str]]:
    """The codes and fields of what is wrong with plain data."""
    try:
        wsis.load(tree)
    except LoadError as error:
        return Counter((each.code, each.field) for each in error.problems)
    return Counter()


def tree_of(case: Case) -> Any:
    """The plain data of a case, made anew."""
    if "mapping" in case.given:
        return json.loads(json.dumps(case.given["mapping"]))
    form, text = case.source()
    data = text.encode() if isinstance(text, str) else text
    name = case.given.get("name", f"roadmaps.{form}")
    kind, _ = formats.format_of(name)
    source: Any = {name: (name, data)} if kind.name == "csv" else data
    return formats.parse(source, name, kind).tree


def fixable(case: Case, folder: Path) -> list[Finding]:
    """The problems of a case that have a fix."""
    return [each for each in case.problems(folder) if each.fix is not None]


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.label)
def test_a_fix_mends_a_file(case: Case, tmp_path: Path) -> None:
    """The fault is gone and there is no new one, whatever else is wrong with the file."""
    for problem in fixable(case, tmp_path):
        if problem.position.heading and len(problem.path) == 1:
            continue  # a heading, which is in no record: see the test of tables
        tree = tree_of(case)
        before = faults(tree)
        assert problem.fix is not None
        apply(tree, problem.fix)
        after = faults(tree)

        assert before[problem.code, problem.field] == 1
        assert not after - (before - Counter([(problem.code, problem.field)]))


def test_many_faults_have_a_fix(tmp_path: Path) -> None:
    """What is plainly meant is a fix; what has two readings is none."""
    found = Counter(each.code for case in FILES for each in fixable(case, tmp_path))

    assert {"unknown-field", "wrong-date", "wrong-identifier", "wrong-shape", "wrong-value"} <= {
        *found
    }
    assert sum(found.values()) > 50


def _held(tree: Any, name: str) -> Any:
    """The record of this identifier, in plain data."""
    if isinstance(tree, _MAPPING) and tree.get("id") == name:
        return tree
    inner = tree.values() if isinstance(tree, _MAPPING) else tree if isinstance(tree, _LIST) else ()
    return next((found for each in inner if (found := _held(each, name)) is not None), None)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_fix_mends_what_a_rule_found(each: Rule) -> None:
    """The finding is gone, and no other of the rule has come."""
    for case in cases_of(each.code)["broken"]:
        corpus = wsis.load(case["corpus"])
        found = check(corpus, rules=[each], profile=each.profiles[-1]).findings
        for finding, fix in ((one, one.fix) for one in found if one.fix is not None):
            tree = json.loads(wsis.dumps(corpus, "json"))
            apply(_held(tree, finding.record), fix)
            left = check(wsis.load(tree), rules=[each], profile=each.profiles[-1]).findings

            assert finding not in left
            assert len(left) < len(found)


TABLES = [
    case for case in cases() if {"sheets", "csv"} & {*case.given} and "check" not in case.given
]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.label)
def test_a_fix_mends_a_cell(case: Case) -> None:
    """Written into the cell where the fault is, it takes the fault away; what is new then, as where
    others name the record as it was called, has a fix too.
    """
    name = case.given.get("name", "roadmaps.csv")

    def problems(sheets: dict[str, list[list[Any]]]) -> tuple[Finding, ...]:
        try:
            if "sheets" in case.given:
                wsis.loads(workbook(sheets), "excel", name="map.xlsx")
            else:
                wsis.loads(written(sheets[""]), "csv", name=name)
        except LoadError as error:
            return error.problems
        return ()

    def given() -> dict[str, list[list[Any]]]:
        if "sheets" in case.given:
            return case.sheets()
        return {"": list(csv.reader(io.StringIO(str(case.source()[1]), newline="")))}

    for problem in problems(given()):
        sheets, place, fix = given(), problem.position, problem.fix
        if fix is None or not isinstance(fix.new, str):
            continue
        rows = next(rows for each, rows in sheets.items() if each == (place.sheet or ""))
        if place.cell:
            row, column = coordinate_to_tuple(place.cell)
        else:
            line, column = place.line or 0, rows[0].index(place.heading) + 1
            row = next(at for at, end in enumerate(ends(rows), 1) if line <= end)
        assert len(rows[row - 1]) >= column, str(problem)
        rows[row - 1][column - 1] = fix.new
        left = Counter((each.code, each.field) for each in problems(sheets))

        before = Counter((each.code, each.field) for each in problems(given()))
        assert left[problem.code, problem.field] < before[problem.code, problem.field], str(problem)
        new = left - before
        assert not [
            str(each)
            for each in problems(sheets)
            if new[each.code, each.field] and each.fix is None
        ], str(problem)


def written(rows: list[list[Any]]) -> str:
    """Rows as CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def ends(rows: list[list[Any]]) -> list[int]:
    """The last line of each row of a CSV file."""
    return list(
        itertools.accumulate(1 + max(str(cell).count("\n") for cell in row) for row in rows)
    )
