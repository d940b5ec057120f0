"""The command `check`."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from running import Ran

import wsis_model as wsis
from wsis_model import cli, scale
from wsis_model.checks import PROFILES, RULES


def test_profiles_offered_are_the_profiles_there_are() -> None:
    """The parser, which imports no rules, knows their profiles."""
    assert PROFILES == cli.PROFILES


def test_the_catalogue_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path the shipped catalogue is checked, and it is sound."""
    ran = Ran(capsys, ("check", "--format", "json"))

    assert 0 == ran.code, ran.out
    assert ran.data["records"] == len(wsis.catalogue())


def test_only_findings_about_the_files_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """The catalogue is there for references to lead to, and is not reported on."""
    ran = Ran(
        capsys,
        ("check", "unsound.yaml", "roadmap.yaml", "--profile", "publish", "--format", "json"),
    )

    assert 1 == ran.code
    assert ("R201", "other-roadmap", "unsound.yaml") in {
        (f["code"], f["record"], f.get("position", {}).get("file")) for f in ran.data["findings"]
    }
    assert {f["record"].split("/")[0] for f in ran.data["findings"]} <= {
        "my-roadmap",
        "other-roadmap",
    }
    assert 3 == ran.data["records"]


def test_files_are_joined_with_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reference from one given file to another leads somewhere."""
    (folder / "registry.yaml").write_text(
        "entities: [{id: lacnik, name: A registry}]", encoding="utf-8"
    )

    assert (
        "R201" not in Ran(capsys, ("check", "unsound.yaml", "registry.yaml", "--format", "csv")).out
    )


def test_alone_leaves_the_catalogue_out(capsys: pytest.CaptureFixture[str]) -> None:
    """With --alone even ITU is unknown."""
    ran = Ran(capsys, ("check", "roadmap.yaml", "--alone", "--format", "json"))

    assert 1 == ran.code
    assert "my-roadmap" in {f["record"] for f in ran.data["findings"] if f["code"] == "R201"}


BROKEN = (("wrong-identifier", 2), ("unknown-field", 3), ("wrong-shape", 4))


def test_problems_of_all_files_come_in_the_format_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files that cannot be read are reported like findings: as JSON, SARIF, annotations and CSV,
    all problems of all files.
    """
    paths = (
        "broken.yaml",
        "roadmap.yaml",
        "absent.yaml",
        "notes.txt",
        "--waivers",
        "absent-too.yaml",
    )
    (folder / "notes.txt").write_text("what is this?", encoding="utf-8")
    files = [*("broken.yaml",) * 3, "absent.yaml", "notes.txt", "absent-too.yaml"]
    codes = [*(code for code, _ in BROKEN), "unreadable", "unreadable", "unreadable"]

    text = Ran(capsys, ("check", *paths))
    data = Ran(capsys, ("check", *paths, "--format", "json"))
    sarif = Ran(capsys, ("check", *paths, "--format", "sarif"))
    github = Ran(capsys, ("check", *paths, "--format", "github"))
    table = Ran(capsys, ("check", *paths, "--format", "csv"))

    assert [2] * 5 == [each.code for each in (text, data, sarif, github, table)]
    assert all(path in text.out for path in files)
    assert f"{len(codes)} problems in reading; what could be read was checked" in text.err
    assert [*zip(codes, files, strict=True)] == [
        (f["code"], f["position"]["file"]) for f in data.data["findings"]
    ]
    assert codes == [each["ruleId"] for each in sarif.data["runs"][0]["results"]]
    assert codes == re.findall(r"^::error title=([^,]+),", github.out, re.MULTILINE)
    assert codes == [row["code"] for row in csv.DictReader(io.StringIO(table.out))]


def test_a_record_that_differs_from_the_catalogue_is_a_problem_with_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that claims a shipped identifier for something else is told where, and for each such
    record.
    """
    (folder / "mine.yaml").write_text(
        "entities:\n- {id: itu, name: Mine}\n- {id: unesco, name: Mine}\n", encoding="utf-8"
    )

    ran = Ran(capsys, ("check", "mine.yaml"))

    assert 2 == ran.code
    assert ["mine.yaml:2:8", "mine.yaml:3:8"] == [
        line.strip().partition(": ")[0] for line in ran.out.splitlines()[1:3]
    ]
    assert 0 == Ran(capsys, ("check", "mine.yaml", "--alone", "--format", "json")).data[
        "summary"
    ].count("problem")


def test_rules_that_rest_for_want_of_a_day_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line of the text says so where there are road maps and no day; code, JSON and the
    check of the catalogue stay as they are.
    """
    asked = tuple(each.code for each in RULES if each.dated)
    said = f"{len(asked)} rules skipped without a date ({', '.join(asked)}); add --as-of today\n"

    assert ("M717", "M718") == asked
    for profile in PROFILES:
        without = Ran(capsys, ("check", "roadmap.yaml", "--profile", profile))
        dated = Ran(
            capsys, ("check", "roadmap.yaml", "--profile", profile, "--as-of", "2026-01-01")
        )
        assert without.out == dated.out + said, profile
        assert without.code == dated.code, profile
        assert (
            "skipped without a date"
            not in Ran(
                capsys, ("check", "roadmap.yaml", "--profile", profile, "--format", "json")
            ).out
        ), profile
    assert "skipped without a date" not in Ran(capsys, ("check",)).out


def test_warnings_fail_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    """A waiver that excuses nothing is a warning: exit code 0, and 1 with --strict."""
    lenient = Ran(capsys, ("check", "roadmap.yaml", "--waivers", "waivers.yaml"))
    strict = Ran(capsys, ("check", "roadmap.yaml", "--waivers", "waivers.yaml", "--strict"))

    assert (0, 1) == (lenient.code, strict.code)
    assert "W901" in lenient.out


def test_faults_in_a_waivers_file_are_told_with_their_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fault of the waivers, at once, by line and column."""
    (folder / "w.yaml").write_text(
        "- code: R201\n  record: x\n  reason:\n- cod: R201\n  record: x\n  reason: '  '\n- none\n",
        encoding="utf-8",
    )

    ran = Ran(capsys, ("check", "roadmap.yaml", "--waivers", "w.yaml", "--format", "csv"))

    assert 2 == ran.code
    assert [
        ("wrong-shape", "3", "10"),
        ("unknown-field", "4", "3"),
        ("missing-field", "4", "3"),
        ("wrong-shape", "6", "11"),
        ("wrong-shape", "7", "3"),
    ] == [(row["code"], row["line"], row["column"]) for row in csv.DictReader(io.StringIO(ran.out))]


@pytest.mark.parametrize(
    ("text", "code"), [("{code: R201}", 2), ("- [", 2), ("", 0), ("# none left\n", 0)]
)
def test_a_waivers_file_holds_a_list(
    text: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anything but a list is a fault; an empty file waives nothing."""
    (folder / "w.yaml").write_text(text, encoding="utf-8")

    assert code == Ran(capsys, ("check", "roadmap.yaml", "--waivers", "w.yaml")).code


def test_the_report_goes_to_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With -o the report is in the file, never coloured, and the summary on standard error."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    ran = Ran(capsys, ("check", "unsound.yaml", "-o", "report.txt"))

    assert (1, "") == (ran.code, ran.out)
    assert ran.err.startswith("1 error, ")
    assert "\033" not in (folder / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("look",),
        ("check", "--as-of", "tomorrow"),
        ("check", "--profile", "final"),
        ("check", "roadmap.yaml", "-o", "no/such/folder/report.txt"),
        ("show",),
        ("show", "my-roadmap", "--in", "broken.yaml"),
        ("convert", "roadmap.yaml", "roadmap.docx"),
        ("convert", "roadmap.yaml", "-"),
        ("convert", "-", "roadmap.json"),
        ("convert", "absent.yaml", "roadmap.json"),
        ("schema", "road-map"),
        ("rules", "R2O1"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_ends_with_2_and_a_word(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments and unreadable files are told on standard error, without a traceback."""
    ran = Ran(capsys, arguments)

    assert (2, "") == (ran.code, ran.out)
    assert ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("chekc", "roadmap.yaml"), "check"),
        (("calender",), "calendar"),
        (("check", "--format", "jsno"), "json"),
        (("check", "--profile", "publsh"), "publish"),
        (("check", "--formt", "json"), "--format"),
        (("coverage", "--of=mandats"), "mandates"),
        (("gaps", "--as-off=today"), "--as-of"),
        (("new", "raodmap"), "roadmap"),
    ],
    ids=" ".join,
)
def test_what_is_mistyped_gets_its_near_miss(
    arguments: tuple[str, ...], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command, an option, or one of its choices."""
    ran = Ran(capsys, arguments)

    assert (2, "") == (ran.code, ran.out)
    assert f"did you mean '{near}'?" in ran.err


def test_a_workbook_has_two_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`xlsx` is the format `excel`, in the library and on the command line."""
    corpus = wsis.load("roadmap.yaml")
    for name in ("xlsx", "excel"):
        wsis.save(corpus, f"by-{name}", format=name)
        assert wsis.load(f"by-{name}", format="xlsx") == corpus, name
        assert wsis.loads(wsis.dumps(corpus, name), "excel") == corpus, name
        assert 0 == Ran(capsys, ("convert", "roadmap.yaml", f"to-{name}", "--to", name)).code, name
        new = ("new", "roadmap", "--action-line", "C2", "--format", name, "-o", f"{name}.xlsx")
        assert 0 == Ran(capsys, new).code, name
        back = ("convert", f"to-{name}", f"{name}.json", "--from", "xlsx")
        assert 0 == Ran(capsys, back).code, name
        assert wsis.load(f"{name}.json") == corpus, name


def test_an_interruption_is_silent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control-C ends with 130 and prints nothing."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wsis_model.loading.salvage", interrupted)

    ran = Ran(capsys, ("check", "roadmap.yaml"))

    assert (130, "", "") == (ran.code, ran.out, ran.err)


# --- what only comes of what could not be read ----------------------------------------------------


def codes(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> list[tuple[str, str]]:
    """Code and record or line of what is found in a file, for publishing."""
    (folder / "faulty.yaml").write_text(text, encoding="utf-8")
    found = Ran(capsys, ("check", "faulty.yaml", "--profile", "publish", "--format", "json")).data[
        "findings"
    ]
    return [(each["code"], each.get("field", "")) for each in found]


def test_what_was_read_beside_a_fault_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong reference is told also where another item of its list could not be read."""
    found = codes(folder, capsys, """
roadmaps:
- {id: plan, title: P, owners: [Nobody At All, nobody], scope: [C99, action-lines/c77], kind: national}
""")  # fmt: skip

    assert 2 == [code for code, _ in found].count("R201")
    assert 2 == [code for code, _ in found].count("wrong-identifier")


@pytest.mark.parametrize(
    ("field", "absent"),
    [
        ("objectives: [{id: plan/o1, statement: S}], activities: [{title: Lost, objective: plan/o1}]", {"C803", "C804"}),
        ("objectives: [{id: plan/o1, statement: S}], activities: [{id: plan/a1, title: A, objective: No Such One}]", {"C804", "M712", "M713"}),
        ("objectives: [{id: plan/o1, statement: S}], indicators: [{id: plan/i1, name: N, measures: [No Such One]}]", {"C803", "C805"}),
        ("kind: natoinal, activities: [{id: plan/a1, title: A}]", {"M701", "M712", "M713", "C803"}),
        ("activities: [{id: plan/a1, title: A, status: done}], updates: [{about: plan/a1, date: soon, evidence: [{title: E}]}]", {"M715"}),
        ("owners: [No Such One]", {"R201"}),
    ],
)  # fmt: skip
def test_what_follows_from_a_fault_is_not_told_too(
    field: str, absent: set[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One mistake, one finding: what a rule would say only because something could not be read is
    left out.
    """
    owners = "" if field.startswith("owners") else "owners: [itu], "
    found = codes(folder, capsys, f"roadmaps:\n- {{id: plan, title: P, {owners}{field}}}\n")

    assert absent.isdisjoint(code for code, _ in found)
    assert any(code.partition("-")[0] in ("missing", "wrong") for code, _ in found)


# --- streams --------------------------------------------------------------------------------------


def test_a_stream_is_checked_as_the_file_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the rules find that run on a stream, with the line of the record; the others are named."""
    whole = Ran(capsys, ("check", "unsound.yaml", "--format", "json")).data["findings"]
    ran = Ran(capsys, ("check", "--stream", "unsound.yaml", "--format", "json"))
    text = Ran(capsys, ("check", "--stream", "unsound.yaml"))
    skipped = {each.code for each in RULES if each.whole} - set(scale.RELATIONAL)

    def told(findings: list[dict[str, Any]]) -> list[tuple[str, ...]]:
        return sorted((each["code"], each["record"], each["message"]) for each in findings)

    assert 1 == ran.code
    assert told(ran.data["findings"]) == told(
        [each for each in whole if each["code"] not in skipped]
    )
    assert all(each["position"]["line"] for each in ran.data["findings"])
    assert "M706" in text.out and "need the whole corpus" in text.out


def test_problems_in_a_stream_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends as without --stream; standard input cannot be read twice."""
    (folder / "faulty.yaml").write_text("roadmaps: [{id: r, titel: T, owners: [itu]}]")
    assert 2 == Ran(capsys, ("check", "--stream", "faulty.yaml")).code
    assert 2 == Ran(capsys, ("check", "--stream", "-", "--from", "yaml")).code
