"""The rules: each by its cases, and the reports that tell what was found.

Cases are data, in `checks/cases/<CODE>.yaml`: corpora that are `sound` under the rule, and `broken`
ones with what is found in them. A case of a rule that needs a day gives it as `as_of`, beside its
`corpus`.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib
import io
import json
import pickle
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import wsis_model as wsis
from wsis_model import RULES, Finding, Position, Report, Severity, Waiver, check, checks
from wsis_model._version import BASE_IRI
from wsis_model.checks import (
    FAMILIES,
    UNUSED_WAIVER,
    CheckContext,
    Found,
    Rule,
    found,
    references,
    rule,
)
from wsis_model.checks._rule import collected
from wsis_model.checks.texts import TEXT_RULES
from wsis_model.testing._breaks import cases

HERE = Path(__file__).parent
CASES = {path.stem for path in (Path(wsis.__file__).parent / "checks" / "cases").glob("*.yaml")}
BY_CODE = {each.code: each for each in RULES}


def each_case(kind: str) -> list[Any]:
    numbered = (
        (each, number, case)
        for each in RULES
        for number, case in enumerate(
            cases(each.code).get(kind, ()) if each.code in CASES else (), 1
        )
    )
    return [pytest.param(each, case, id=f"{each.code}-{number}") for each, number, case in numbered]


def look(case: dict[str, Any], *rules: Rule, profile: str = "publish") -> Report:
    as_of = dt.date.fromisoformat(case["as_of"]) if "as_of" in case else None
    return check(wsis.load(case["corpus"]), rules=rules, profile=profile, as_of=as_of)


@pytest.mark.parametrize(("each", "case"), each_case("sound"))
def test_sound_corpora_are_found_sound(each: Rule, case: dict[str, Any]) -> None:
    """A rule finds nothing in a corpus that keeps it."""
    assert () == look(case if "corpus" in case else {"corpus": case}, each).findings


@pytest.mark.parametrize(("each", "case"), each_case("broken"))
def test_what_is_broken_is_found_where_it_is(each: Rule, case: dict[str, Any]) -> None:
    """A rule finds in a broken corpus just what is broken, at its record and field; and it is found
    among all rules too.
    """
    expected = sorted((one["record"], one["field"]) for one in case["found"])
    findings = look(case, each).findings

    assert expected == sorted((one.record, one.field) for one in findings)
    assert {each.code} == {one.code for one in findings}
    assert set(findings) <= set(look(case, *RULES).findings)


@pytest.mark.parametrize("code", sorted(BY_CODE.keys() | CASES))
def test_every_rule_has_cases(code: str) -> None:
    """There is a file of cases for every rule and none for any other, and each has sound and broken
    ones, and what breaks the rule.
    """
    assert code in BY_CODE and code in CASES
    assert all(cases(code).get(kind) for kind in ("sound", "broken", "breaks"))


def test_codes_are_unique_and_of_a_family() -> None:
    """A code is one rule's, starts with the letter of its family, and rules stand in the order of their
    codes.
    """
    codes = [each.code for each in RULES]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z][0-9]{3}", code) and code[0] in FAMILIES for code in codes)
    assert codes == sorted(codes)


def test_every_rule_in_the_package_is_run() -> None:
    """A rule in any module of `checks` is one of `RULES`, or of those that compare with official text."""
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}.")
    ]

    assert set(collected(*modules)) == {*RULES, *TEXT_RULES, UNUSED_WAIVER}


@pytest.mark.parametrize("each", [*RULES, UNUSED_WAIVER], ids=lambda each: each.code)
def test_every_rule_is_documented(each: Rule) -> None:
    """A rule's docstring is the rule as one sentence, then why it matters, then how to mend it."""
    title, why, mend = each.doc.split("\n\n")

    assert title.endswith(".") and "\n" not in title
    assert why.endswith(".")
    assert mend.startswith("Mend: ") and mend.endswith(".")


@pytest.mark.parametrize(("each", "case"), each_case("broken"))
def test_messages_are_bounded_sentences(each: Rule, case: dict[str, Any]) -> None:
    """Whatever a message quotes, it stays on one line and short."""
    for one in look(case, each).findings:
        assert one.message, one
        assert "\n" not in one.message + one.hint, one
        assert len(one.message) + len(one.hint) < 700, one


def test_the_page_of_rules_is_up_to_date() -> None:
    """`docs/rules.md` says what the docstrings say."""
    done = subprocess.run(
        [sys.executable, str(HERE.parent / "tools" / "write_rules_page.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)


# --- What rules say -------------------------------------------------------------------------------


def only(corpus: dict[str, Any], code: str) -> Finding:
    (finding,) = check(wsis.load(corpus), rules=[BY_CODE[code]]).findings
    return finding


def test_a_near_miss_is_of_the_kind_that_belongs_there() -> None:
    """No concept is offered where an actor belongs."""
    vocabularies = [{"id": "v", "title": "V", "concepts": [{"id": "v/ripe-nc", "label": "N"}]}]

    finding = only(
        {
            "vocabularies": vocabularies,
            "roadmaps": [{"id": "a", "title": "T", "owners": ["v/ripe-ncc"]}],
        },
        "R201",
    )

    assert "" == finding.hint


def test_a_long_circle_is_walked_without_recursion_and_told_in_short() -> None:
    """Ten thousand records in one circle are one finding, in a short sentence."""
    count = 10_000
    groups = [
        {"id": f"groups/g{n:05}", "label": "G", "parent": f"groups/g{(n + 1) % count:05}"}
        for n in range(count)
    ]

    message = only({"groups": groups}, "R205").message

    assert 10 == len(re.findall(r"groups/g\d{5}", message))


def test_a_missing_target_is_no_finding_of_any_other_rule() -> None:
    """One mistake, one finding: what names something missing is not blamed for what the missing
    record would have said.
    """
    mandate = {
        "id": "90-1/1.1", "kind": "decision", "verb": "verbs/none", "action": "Act", "deliverable": "deliverables/none",
        "addressees": ["groups/none"], "due": {"session": "sessions/none", "date": "2027"},
    }  # fmt: skip
    provision = {
        "id": "90-1/1",
        "number": "1",
        "text": "Acts",
        "mandates": [mandate],
        "alignments": [{"concept": "v/none", "basis": "official-matrix"}],
    }
    source = {"title": "S", "date": "2025-12-19", "terms": "facts"}
    corpus = {
        "documents": [
            {
                "id": "90-1",
                "title": "T",
                "adopted": "2025-12-17",
                "provisions": [provision],
                "source": source,
            }
        ],
        "vocabularies": [
            {
                "id": "verbs",
                "title": "V",
                "concepts": [{"id": "verbs/class-deciding", "label": "D"}],
                "source": source,
            },
            {
                "id": "deliverables",
                "title": "D",
                "concepts": [{"id": "deliverables/report", "label": "R"}],
                "source": source,
            },
        ],
        "groups": [{"id": "groups/governments", "label": "G", "named_in": ["90-1/1"]}],
    }

    assert ["R201"] * 5 == [one.code for one in check(wsis.load(corpus)).findings]


def road_map(**more: Any) -> dict[str, Any]:
    """An otherwise blank road map with these fields."""
    return {"roadmaps": [{"id": "r", "title": "T", "owners": ["itu"], **more}]}


def test_a_draft_of_a_road_map_is_asked_little() -> None:
    """What is missing is no finding in a draft: title, owner and the title of what will be done are
    enough.
    """
    entities = [{"id": "itu", "name": "ITU", "groups": ["groups/un"]}]
    groups = [{"id": "groups/un", "label": "UN", "source": {"title": "S"}}]
    blank = road_map(
        objectives=[{"id": "r/o1", "statement": "O"}],
        activities=[
            {"id": "r/a1", "title": "TODO", "milestones": [{"id": "r/a1.m1", "title": "M"}]}
        ],
        indicators=[{"id": "r/i1", "name": "I"}],
    )

    report = check(
        wsis.load({"entities": entities, "groups": groups, **blank}), as_of=dt.date(2027, 6, 1)
    )

    assert () == report.findings


def test_a_report_goes_to_another_process() -> None:
    """Reports and rules can be pickled, so that folders can be checked side by side; a rule comes
    back as itself.
    """
    report = check(
        wsis.load({"roadmaps": [{"id": "r", "title": "T", "owners": ["nobody"]}]}),
        profile="publish",
    )

    assert report == pickle.loads(pickle.dumps(report))
    assert all(each is pickle.loads(pickle.dumps(each)) for each in RULES)
    function: Any = json.dumps  # any that has a name
    own = Rule("X001", Severity.ERROR, function, dated=True)
    assert own == pickle.loads(pickle.dumps(own))


def test_coverage_is_asked_of_what_is_published() -> None:
    """A draft is held to what cannot be so, not to what it leaves out."""
    asked = [each.code for each in RULES if each.code[0] == "C" and "draft" in each.profiles]

    assert [] == asked


def test_without_road_maps_there_is_nothing_to_ask_of_them() -> None:
    """The shipped catalogue is clean for publishing, on any day: no rule about road maps looks at
    what we ship.
    """
    report = check(
        wsis.catalogue(),
        profile="publish",
        as_of=dt.date(2036, 1, 1),
        rules=[each for each in RULES if each.code[0] in "MC"],
    )

    assert () == report.findings


def test_an_empty_road_map_is_not_fit_for_publishing() -> None:
    """Whoever gives all that readers ask first, and nothing that will be done or measured, is told
    so.
    """
    corpus = wsis.load(road_map(
        kind="action-line", mandated_by=["80-173/113.1"], scope=["action-lines/c2"], reports_to=["cstd"], version="1",
        period={"start": "2026", "end": "2030"}, source={"title": "S", "date": "2026-01-01", "terms": "CC BY 4.0"},
    ))  # fmt: skip

    report = check(wsis.catalogue() | corpus, profile="publish")

    assert {"C803", "C804"} == {
        one.code for one in report.findings if one.severity is Severity.ERROR
    }


def test_one_misspelt_answer_is_one_finding() -> None:
    """A mandate that is misspelt is told as such, and not as one that nothing answers."""
    activities = [{"id": "r/a1", "title": "A", "answers": ["80-173/122.11"]}]
    corpus = wsis.catalogue() | wsis.load(road_map(owners=["ungis"], activities=activities))

    codes = {one.code for one in check(corpus, profile="publish").findings}

    assert "R204" in codes and "C801" not in codes


@pytest.mark.parametrize(
    ("profile", "codes"), [("draft", ["M730"]), ("publish", ["M712"])], ids=["draft", "publish"]
)
def test_a_goal_instead_of_a_target_is_told_once(profile: str, codes: list[str]) -> None:
    """In a draft as something to look at, and as a fault when it is to be published."""
    goal = [{"concept": "sdg/9", "basis": "editorial"}]
    corpus = wsis.catalogue() | wsis.load(
        road_map(activities=[{"id": "r/a1", "title": "A", "alignments": goal}])
    )
    rules = [BY_CODE["M712"], BY_CODE["M730"], BY_CODE["M731"]]

    assert codes == [one.code for one in check(corpus, rules=rules, profile=profile).findings]


@pytest.mark.parametrize(
    ("owner", "scope", "expected"),
    [
        ("itu", ["action-lines/c2"], ["80-173/113.1", "80-173/67.2"]),
        ("itu", ["action-lines/c5"], ["80-173/113.1"]),
        ("unesco", [], ["80-173/113.1"]),
        ("ripe-ncc", [], []),
        ("groups/governments", [], []),
    ],
)
def test_little_is_expected_of_an_owner(owner: str, scope: list[str], expected: list[str]) -> None:
    """A facilitator is expected to answer what is asked of facilitators and of itself about its
    lines; a registry, nothing.
    """
    corpus = wsis.catalogue() | wsis.load(road_map(owners=[owner], scope=scope))

    findings = check(corpus, rules=[BY_CODE["C801"]], profile="publish").findings

    asked = [re.findall(r"[\d-]+/[\d.]+", one.message)[0] for one in findings]
    assert expected == sorted(asked)


@pytest.mark.parametrize(("comparisons", "hinted"), [(1_000, 9), (100_000, 100), (1, 3)])
def test_hints_are_given_within_bounds(
    monkeypatch: pytest.MonkeyPatch, comparisons: int, hinted: int
) -> None:
    """A near miss costs a look at every identifier: where all of them would cost too much, the
    first few targets get one.
    """
    monkeypatch.setattr(references, "COMPARISONS", comparisons)
    entities = [{"id": f"body-{n:06}", "name": "B", "parent": f"body-{n:06}x"} for n in range(100)]

    findings = check(wsis.load({"entities": entities}), rules=[BY_CODE["R201"]]).findings

    assert (100, hinted) == (len(findings), sum(bool(one.hint) for one in findings))


# --- Waivers, own rules, profiles -----------------------------------------------------------------

BROKEN = """
roadmaps:
- {id: plan, title: "Plan, 100% done", owners: [itu]}
- {id: other, title: Other, owners: [who]}
"""


def broken() -> wsis.Corpus:
    return wsis.loads(BROKEN, "yaml", name="road maps/plan: 1.yaml")


def test_a_waiver_excuses_a_finding() -> None:
    """An excused finding is kept apart, with the reason, and the report is good without it."""
    report = check(
        broken(),
        waivers=[
            Waiver("R201", "plan", "It joins next year."),
            Waiver("R201", "oth*", "So does this one."),
        ],
    )

    assert report.ok
    assert () == report.findings
    assert [("other", "So does this one."), ("plan", "It joins next year.")] == sorted(
        (w.finding.record, w.waiver.reason) for w in report.waived
    )


def test_a_waiver_of_another_code_excuses_nothing_and_is_a_finding() -> None:
    """A waiver that excuses nothing is reported as W901, with a way to mend it."""
    report = check(broken(), waivers=[Waiver("R202", "plan", "It joins next year.")])

    assert ["R201", "R201", "W901"] == sorted(one.code for one in report.findings)
    (unused,) = report.by_code()["W901"]
    assert (Severity.WARNING, "plan") == (unused.severity, unused.record)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_waiver_says_why(reason: str) -> None:
    """There is no waiver without a reason."""
    with pytest.raises(ValueError, match="reason"):
        Waiver("R201", "plan", reason)


@rule("X001", Severity.WARNING, profiles=("publish",))
def names_a_version(context: CheckContext) -> Iterator[Found]:
    """Every road map names its version.

    Readers quote road maps by version.

    Mend: add `version`.
    """
    for roadmap in context.corpus.roadmaps:
        if roadmap.version is None:
            yield found(roadmap, "has no version", "version", hint="e.g. 0.1")


def test_own_rules_run_beside_ours() -> None:
    """A rule of one's own is passed beside ours, and found in the report by its code and sentence."""
    report = check(broken(), rules=(*RULES, names_a_version), profile="publish")

    assert ["other", "plan"] == sorted(one.record for one in report.by_code()["X001"])
    assert "Every road map names its version." in report.to_text()


def test_profiles_choose_rules() -> None:
    """`publish` asks more than `draft`: a draft of a road map needs no source, no mandate, and no
    version under our own rule.
    """
    rules = (BY_CODE["M701"], BY_CODE["P607"], BY_CODE["R201"], names_a_version)
    codes = {
        profile: set(check(broken(), rules=rules, profile=profile).by_code())
        for profile in wsis.PROFILES
    }

    assert {"draft": {"R201"}, "publish": {"M701", "P607", "R201", "X001"}} == codes


def test_there_are_no_other_profiles() -> None:
    """A profile that is not there is told with those that are."""
    with pytest.raises(ValueError, match=r"draft.*publish"):
        check(broken(), profile="final")


# --- Reports --------------------------------------------------------------------------------------


def report() -> Report:
    return check(
        broken(),
        rules=(BY_CODE["R201"], names_a_version),
        profile="publish",
        waivers=[Waiver("X001", "other", "Later.")],
    )


def test_findings_know_their_place() -> None:
    """A finding names the file, line and column of the value, and findings stand in the order of
    the file.
    """
    places = [
        (one.code, one.position and (one.position.line, one.position.column))
        for one in report().findings
    ]

    assert [("X001", (3, 3)), ("R201", (3, 49)), ("R201", (4, 38))] == places


def test_a_report_prints_as_text() -> None:
    """Findings are grouped by code under the rule's sentence; waived ones and a summary come last."""
    assert """\
error R201 (2): Every identifier that a record names is the identifier of a record.
  road maps/plan: 1.yaml:3:49: plan owners[0]: there is no 'itu'
  road maps/plan: 1.yaml:4:38: other owners[0]: there is no 'who'
warning X001 (1): Every road map names its version.
  road maps/plan: 1.yaml:3:3: plan version: has no version; e.g. 0.1
waived X001 other: Later.
2 errors, 1 warning, 1 waived in 2 records under 2 rules""" == str(report())


def test_colour_changes_nothing_but_colour() -> None:
    """With colours there are escapes for terminals, and without them the same text."""
    coloured = report().to_text(colour=True)

    assert "\033[31merror R201" in coloured
    assert report().to_text() == re.sub(r"\033\[[0-9]+m", "", coloured)


def test_a_report_goes_to_json() -> None:
    """JSON holds every fact; what is not known is left out."""
    made = json.loads(report().to_json())

    assert (False, ["R201", "X001"], 2) == (made["ok"], made["rules"], made["records"])
    assert {
        "code": "R201", "severity": "error", "record": "plan", "field": "owners[0]", "path": ["owners", 0], "names": ["itu"], "message": "there is no 'itu'",
        "position": {"file": "road maps/plan: 1.yaml", "line": 3, "column": 49},
    } == made["findings"][1]  # fmt: skip
    assert "Later." == made["waived"][0]["reason"]


def test_a_report_goes_to_csv() -> None:
    """CSV has a line for each finding, whatever stands in it."""
    place = Position("b.xlsx", sheet="A", cell="C7")
    awkward = Finding("X001", 'says "a, b"\nand c', place, "title", record="plan")

    rows = list(csv.DictReader(io.StringIO(Report((awkward,)).to_csv())))

    assert [("X001", "error", 'says "a, b"\nand c', "A", "C7", "")] == [
        (row["code"], row["severity"], row["message"], row["sheet"], row["cell"], row["line"])
        for row in rows
    ]


def test_a_report_goes_to_github() -> None:
    """Workflow commands escape what would end a setting or a line."""
    place = Position("road maps/a,b: 1.yaml", 3, 5)
    awkward = Finding(
        "X001", "100% a\nb", place, "title", "c: d, e", Severity.WARNING, record="plan"
    )

    assert (
        "::warning title=X001,file=road maps/a%2Cb%3A 1.yaml,line=3,col=5::plan title: 100%25"
        " a\\nb; c: d, e" == Report((awkward,)).to_github()
    )
    assert (
        "::error title=R201::plan: gone"
        == Report((Finding("R201", "gone", record="plan"),)).to_github()
    )


@functools.cache
def sarif_schema() -> Any:
    return json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def sarif(given: Report) -> Any:
    """The report in SARIF, held to the schema of the standard."""
    made = json.loads(json.dumps(given.to_sarif()))
    jsonschema.validate(made, sarif_schema(), jsonschema.Draft4Validator)
    return made["runs"][0]


def test_a_report_goes_to_sarif() -> None:
    """SARIF keeps to the standard's schema, places each result, and suppresses what is waived."""
    run = sarif(report())

    assert ["R201", "X001"] == [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert [("X001", "warning"), ("R201", "error"), ("R201", "error"), ("X001", "warning")] == [
        (r["ruleId"], r["level"]) for r in run["results"]
    ]
    place = run["results"][1]["locations"][0]
    assert {"uri": "road%20maps/plan%3A%201.yaml"} == place["physicalLocation"]["artifactLocation"]
    assert {"startLine": 3, "startColumn": 49} == place["physicalLocation"]["region"]
    assert "plan.owners[0]" == place["logicalLocations"][0]["fullyQualifiedName"]
    assert [{"kind": "external", "justification": "Later."}] == run["results"][-1]["suppressions"]


def test_sarif_says_where_our_rules_are_explained() -> None:
    """Each of our rules leads to its heading on the page of rules; somebody else's does not."""
    driver = sarif(report())["tool"]["driver"]
    ours, theirs = driver["rules"]

    assert driver["informationUri"] == BASE_IRI
    assert f"{BASE_IRI}rules/#r201" == ours["helpUri"] and "helpUri" not in theirs
    page = (HERE.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    for each in (*RULES, *TEXT_RULES, UNUSED_WAIVER):
        assert f"{BASE_IRI}rules/#{each.code.lower()}" == each.url
        assert f"\n### {each.code}\n" in page


@pytest.mark.parametrize(
    "position",
    [
        None,
        Position("a.yaml"),
        Position("/data/a b.yaml", 1, 1),
        Position("b.xlsx", sheet="A", cell="C7"),
        Position("c.csv", 3),
    ],
)
def test_sarif_is_valid_wherever_a_finding_stands(position: Position | None) -> None:
    """Findings without a place, in a sheet, or of a file that is not ours to find, make valid SARIF
    too.
    """
    run = sarif(
        Report(
            (Finding("X001", "gone", position or Position(""), record="plan"),),
            rules=(names_a_version,),
        )
    )

    assert 0 == run["results"][0]["ruleIndex"]


def test_all_rules_make_valid_sarif() -> None:
    """The description of every rule is valid SARIF."""
    assert len(RULES) == len(sarif(check(wsis.Corpus()))["tool"]["driver"]["rules"]) + sum(
        each.profiles == ("publish",) for each in RULES
    )


def notebook_html(shown: Any) -> str:
    """What a notebook shows of a value."""
    return str(shown._repr_html_())


def test_a_report_shows_in_a_notebook() -> None:
    """HTML shows the summary and a table, and nothing of the data as markup."""
    awkward = Finding("X001", "<script>alert(1)</script>", path="title", record="plan")

    shown = notebook_html(Report((awkward,)))

    assert "<table" in shown and "1 error, 0 warnings" in shown
    assert "<script>" not in shown


def test_findings_group_by_code() -> None:
    """`by_code` groups the findings in the order of codes; a report without errors is good."""
    assert ["R201", "X001"] == list(report().by_code())
    assert check(wsis.Corpus()).ok
    assert "0 errors, 0 warnings in 0 records" in check(wsis.Corpus()).summary()
