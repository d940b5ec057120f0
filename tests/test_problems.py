"""What a problem says: one for each mistake, at its place, in the words of the people who write the
files.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from faulty import A_ROADMAP, an_activity
from faulty.written import EMPTY, NOTHING, RIGHT, placed

import wsis_model as wsis
from wsis_model import Finding, LoadError, formats


def told(text: str | bytes, form: str = "yaml") -> tuple[Finding, ...]:
    """The problems of a file of road maps."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(text, form, name=f"roadmaps.{form}")
    return caught.value.problems


def test_a_heading_may_name_english() -> None:
    """`title:en` is the column `title`."""
    assert wsis.loads("id,title,owners\nr,T,itu\n", "csv", name="roadmaps.csv") == wsis.loads(
        "id,title:en,owners\nr,T,itu\n", "csv", name="roadmaps.csv"
    )


@pytest.mark.parametrize(
    ("form", "said"), [("json", '"0125"'), ("yaml", "0125"), ("yaml", "'00.5'")]
)
def test_a_nought_in_front_is_refused(form: str, said: str) -> None:
    """What may be a number that lost its point is read as none, in any format; a nought before the
    point is fine.
    """
    text = (
        f'{{"roadmaps": [{{{A_ROADMAP}, "activities": [{{"id": "r/a", "title": "T", "resources":'
        ' [{"kind": "k", "amount": %s}]}]}]}'
    )

    assert ["wrong-value"] == [problem.code for problem in told(text % said, form)]
    assert wsis.loads(text % '"0.5"', form).roadmap("r").activities


@pytest.mark.parametrize(
    ("form", "text", "place"),
    [
        ("yaml", f"roadmaps:\n- {{{A_ROADMAP},\n   risk: {{a: 1}}}}", "roadmaps.yaml:3:4"),
        ("json", f'{{"roadmaps": [{{{A_ROADMAP},\n "risk": {{"a": 1}}}}]}}', "roadmaps.json:2:2"),
        ("ndjson", f'\n{{"record": "roadmap", "risk": 1, {A_ROADMAP}}}', "roadmaps.ndjson:2:23"),
        ("csv", "id,title,owners,risk\nr,T,itu,high\n", "roadmaps.csv:2 (risk)"),
    ],
)
def test_a_kept_field_is_found_where_it_is_written(form: str, text: str, place: str) -> None:
    """A finding about a field that was kept names its key in the file."""
    corpus = wsis.loads(text, form, name=f"roadmaps.{form}", unknown="keep")
    report = wsis.check(corpus, rules=[rule for rule in wsis.RULES if rule.code == "P604"])

    assert [place] == [str(finding.position) for finding in report.findings]


@pytest.mark.parametrize(("field", "written", "right"), RIGHT)
def test_every_hint_that_says_what_to_write_is_right(
    field: str, written: str, right: tuple[str, ...]
) -> None:
    """Whoever writes what the hint says has a file that loads; where two may be meant, both are
    offered.
    """
    text = placed(field)
    (problem,) = told(text.replace("%s", written))

    assert [each for each in right if each not in problem.hint] == []
    assert [len(wsis.loads(text.replace("%s", each), "yaml").roadmaps) for each in right] == [
        1 for _ in right
    ]


@pytest.mark.parametrize(
    ("field", "written"),
    # What has the form of a code is told by a rule.
    [
        (each, said)
        for each in EMPTY
        for said in NOTHING
        if (said, "currency" in each) != ("TBD", True)
    ],
)
def test_what_says_nothing_is_to_be_left_out(field: str, written: str) -> None:
    """It is one problem at its field, with a hint that takes up nothing of it, and the file loads
    without it.
    """
    text = placed(field)
    (problem,) = told(text.replace("%s", written))

    key = field[: field.index("%s")].rpartition("{")[2].rpartition(", ")[2]
    assert problem.field.endswith(key.partition(" ")[2].strip(": ") or key.strip(": "))
    assert problem.hint and not problem.meant
    assert written.strip("'") not in problem.hint
    assert wsis.loads(text.replace(f", {key}%s", "").replace(f"{key}%s", ""), "yaml").roadmaps


SOURCE = Path(formats.__file__).resolve().parents[1]


def codes_in_the_source() -> set[str]:
    """Each text that is given as `code` to a function of the source or to `Finding`; not those of
    rules.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    taking = {"Finding": 0}
    own: list[dict[str, int | None]] = []
    for tree in trees:
        here: dict[str, int | None] = {}
        for each in ast.walk(tree):
            if isinstance(each, ast.FunctionDef):
                names = [argument.arg for argument in each.args.args if argument.arg != "self"]
                here[each.name] = names.index("code") if "code" in names else None
        own.append(here)
        taking |= {name: at for name, at in here.items() if at is not None}
    found: set[str] = set()
    for tree, here in zip(trees, own, strict=True):
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            at = here.get(name, taking.get(name))
            if at is not None:
                given = [
                    *call.args[at : at + 1],
                    *(each.value for each in call.keywords if each.arg == "code"),
                ]
                found |= {
                    each.value
                    for value in given
                    for each in ast.walk(value)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return {each for each in found if re.fullmatch("[a-z]+(-[a-z]+)*", each)}


def test_every_code_is_on_the_page() -> None:
    """The guides list each code that a reader, an edit in place or a repair of XML can give."""
    guides = SOURCE.parents[1] / "docs"
    page, texts = (
        (guides / name).read_text(encoding="utf-8") for name in ("problems.md", "texts.md")
    )
    found = codes_in_the_source() - set(re.findall(r"^\| `([a-z-]+)` \|", texts, re.MULTILINE))

    assert {"unreadable", "workbook", "dtd", "not-in-place", "wrong-value"} <= found
    assert found <= set(formats.CODES)
    assert set(formats.CODES) == set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))


@pytest.mark.parametrize("date", ["2027", "'2027'", "2027-06", "2027-06-30"])
def test_a_due_takes_a_year_a_month_or_a_day(date: str) -> None:
    """It is kept as it was written, beside a session."""
    text = an_activity(f"milestones: [{{id: r/a.m1, title: M, due: {{date: {date}, event: E}}}}]")
    due = wsis.loads(text, "yaml").roadmaps[0].activities[0].milestones[0].due

    assert due == wsis.Due(date=date.strip("'"), event="E")


def test_the_year_of_a_due_is_its_date() -> None:
    """People write `year`, and are told the field that takes one."""
    (problem,) = told(an_activity("milestones: [{id: r/a.m1, title: M, due: {year: 2027}}]"))

    assert ("unknown-field", "roadmaps[0].activities[0].milestones[0].due.year", ("date",)) == (
        problem.code,
        problem.field,
        problem.meant,
    )
