"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import contextlib
import csv
import doctest
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import wsis_model as wsis
from wsis_model import LoadError, Position, Problem, cli
from wsis_model.checks import PROFILES, RULES
from wsis_model.checks.texts import TEXT_RULES
from wsis_model.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(
    re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the page *Command line*, where the commands are run; no setting of
    the caller counts.
    """
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


class Ran:
    """A command that was run: its exit code and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        try:
            self.code: object = main(arguments)
        except SystemExit as stopped:
            self.code = stopped.code
        printed = capsys.readouterr()
        self.out: str = printed.out
        self.err: str = printed.err

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def process(
    *arguments: str, given: bytes = b"", settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with something on standard input and in its environment."""
    environment = {**os.environ, **(settings or {})}
    return subprocess.run(
        [sys.executable, "-m", "wsis_model", *arguments],
        input=given,
        env=environment,
        capture_output=True,
        check=False,
    )


# --- the page -------------------------------------------------------------------------------------


def sessions() -> list[tuple[str, str]]:
    """Each command in the console blocks of the page, with the lines below it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        found += re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return found


def test_the_page_shows_what_happens(capsys: pytest.CaptureFixture[str]) -> None:
    """The commands in `docs/cli.md` print what the page says, and end with the code it says (0
    where it says none).
    """
    checker = doctest.OutputChecker()
    told = sessions()
    assert len(told) > 20
    code: object = 0
    for index, (command, expected) in enumerate(told):
        if command == "echo $?":
            printed = f"{code}\n"
        else:
            assert command.startswith("wsis-model ")
            ran = Ran(capsys, tuple(shlex.split(command)[1:]))
            code, printed = ran.code, ran.out + ran.err
            asked = told[index + 1 : index + 2]
            assert code == 0 or (asked and asked[0][0] == "echo $?"), (
                f"{command} ended with {code}: {printed}"
            )
        assert checker.check_output(expected, printed, doctest.ELLIPSIS), f"$ {command}\n{printed}"


def test_the_page_and_help_tell_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """What `--help` lists stands on the page, and both tell the exit codes."""
    commands = (
        "check",
        "show",
        "new",
        "report",
        "coverage",
        "calendar",
        "progress",
        "workload",
        "gaps",
        "diff",
        "convert",
        "rules",
        "schema",
        "fetch",
    )

    for command in commands:
        ran = Ran(capsys, (command, "--help"))
        options = set(re.findall(r"--[a-z-]+", ran.out)) - {"--help"}
        assert "exit codes:" in ran.out
        assert all(option in PAGE for option in options - {"--output"}), options

    assert all(f"\n    {command} " in Ran(capsys, ("--help",)).out for command in commands)


# --- check ----------------------------------------------------------------------------------------


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
    said = f"{len(asked)} rules rested for want of a day ({', '.join(asked)}); add --as-of today\n"

    assert ("M717", "M718") == asked
    for profile in PROFILES:
        without = Ran(capsys, ("check", "roadmap.yaml", "--profile", profile))
        dated = Ran(
            capsys, ("check", "roadmap.yaml", "--profile", profile, "--as-of", "2026-01-01")
        )
        assert without.out == dated.out + said
        assert without.code == dated.code
        assert (
            "rested"
            not in Ran(
                capsys, ("check", "roadmap.yaml", "--profile", profile, "--format", "json")
            ).out
        )
    assert "rested" not in Ran(capsys, ("check",)).out


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
        assert wsis.load(f"by-{name}", format="xlsx") == corpus
        assert wsis.loads(wsis.dumps(corpus, name), "excel") == corpus
        assert 0 == Ran(capsys, ("convert", "roadmap.yaml", f"to-{name}", "--to", name)).code
        new = ("new", "roadmap", "--action-line", "C2", "--format", name, "-o", f"{name}.xlsx")
        assert 0 == Ran(capsys, new).code
        back = ("convert", f"to-{name}", f"{name}.json", "--from", "xlsx")
        assert 0 == Ran(capsys, back).code
        assert wsis.load(f"{name}.json") == corpus


def test_an_interruption_is_silent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control-C ends with 130 and prints nothing."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wsis_model.loading.salvage", interrupted)

    ran = Ran(capsys, ("check", "roadmap.yaml"))

    assert (130, "", "") == (ran.code, ran.out, ran.err)


# --- show -----------------------------------------------------------------------------------------


def test_a_provision_is_shown_with_all_it_asks(capsys: pytest.CaptureFixture[str]) -> None:
    """Paragraph 113: citation, section, who is asked, by when, to whom it is reported, with whom."""
    ran = Ran(capsys, ("show", "80/173", "para", "113"))

    assert 0 == ran.code
    assert "A/RES/80/173, para. 113  80-173/113" == ran.out.splitlines()[0]
    for said in (
        "Request: Action Line facilitators",
        "2027",
        "reports to:  CSTD (cstd)",
        "with:        UNGIS (ungis)",
        "(themes/road-maps)",
    ):
        assert said in ran.out


def test_an_entity_is_shown_with_its_routes(capsys: pytest.CaptureFixture[str]) -> None:
    """RIPE NCC: through whom it is addressed, and what is asked of it."""
    ran = Ran(capsys, ("show", "ripe-ncc"))

    assert (
        "Technical community (groups/technical-community): belongs to groups/technical-community"
        in ran.out
    )
    assert len(wsis.catalogue().mandates(addressee="ripe-ncc")) == int(
        re.findall(r"Asked of it \((\d+)\)", ran.out)[0]
    )


def test_an_entity_that_ended_says_what_took_over(capsys: pytest.CaptureFixture[str]) -> None:
    """The Office of the Envoy: when it ended, and what took over; nothing is asked of it now."""
    ran = Ran(capsys, ("show", "OSET"))
    said = dict(re.findall(r"^(ended|now): +(.*)$", ran.out, re.MULTILINE))

    assert {"ended": "2024-12", "now": "ODET (odet)"} == said
    assert "Asked of it (0)" in ran.out


def test_a_name_of_two_is_shown_as_two(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for ICC is given both bodies to choose from, and shown neither."""
    ran = Ran(capsys, ("show", "ICC"))

    assert (2, "") == (ran.code, ran.out)
    assert [
        "wsis-model: several are called 'ICC'",
        "- international-chamber-of-commerce",
        "- international-criminal-court",
    ] == ran.err.splitlines()


def test_every_record_of_the_catalogue_can_be_shown() -> None:
    """A page of every record, of every kind, within the width and without control characters."""
    from wsis_model.cli.terminal import shown

    corpus = wsis.catalogue()
    by_kind: dict[str, list[str]] = {}
    for identifier in corpus:
        by_kind.setdefault(corpus.kind(identifier), []).append(identifier)
    for identifier in (
        each for held in by_kind.values() for each in held[:: max(len(held) // 8, 1)]
    ):
        lines = shown(corpus, corpus[identifier], width=80).splitlines()
        assert identifier in lines[0] or "-" in identifier
        assert all(
            len(line) <= 80 or re.fullmatch(r"(\S+: +)?\S+", line.strip()) or line == lines[0]
            for line in lines
        ), identifier
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", "".join(lines))


def test_what_a_file_says_does_not_steer_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters of a file are not printed."""
    (folder / "sly.yaml").write_text(
        'entities: [{id: sly, name: "a\\e[2Jb", url: "https://x.example"}]', encoding="utf-8"
    )

    ran = Ran(capsys, ("show", "sly", "--in", "sly.yaml"))

    assert 0 == ran.code
    assert "\033" not in ran.out


def test_records_are_printed_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON and YAML, one document after the other, the record as it is."""
    itu = wsis.catalogue()["itu"].to_dict()

    assert itu == Ran(capsys, ("show", "ITU", "--format", "json")).data
    assert [itu, wsis.catalogue()["unesco"].to_dict()] == list(
        yaml.safe_load_all(Ran(capsys, ("show", "ITU", "UNESCO", "--format", "yaml")).out)
    )


def test_unknown_names_get_near_misses_and_the_others_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of several references those that lead somewhere are shown; the exit code is 2."""
    ran = Ran(capsys, ("show", "itu", "ripe-nc"))

    assert 2 == ran.code
    assert ran.out.startswith("ITU  itu\n")
    assert ["wsis-model: nothing is called 'ripe-nc'", "- ripe-ncc"] == ran.err.splitlines()[:2]


def test_words_of_one_reference_are_not_taken_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph that is not there is unknown; the document is not shown in its stead."""
    ran = Ran(capsys, ("show", "80/173", "para", "999"))

    assert (2, "") == (ran.code, ran.out)
    assert "80-173/999" in ran.err


# --- convert, rules, schema -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml", "json.gz"])
def test_conversion_keeps_everything(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There and back again is the same corpus."""
    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", f"out.{form}")).code
    assert wsis.load("roadmap.yaml") == wsis.load(f"out.{form}")


def test_conversion_reads_and_writes_streams() -> None:
    """From standard input to standard output, as bytes."""
    done = process(
        "convert", "-", "-", "--from", "yaml", "--to", "json", given=FILES["roadmap.yaml"].encode()
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert wsis.loads(FILES["roadmap.yaml"], "yaml") == wsis.loads(done.stdout, "json")


def test_several_tables_do_not_fit_one_stream(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV of several tables to one file is refused with the way out."""
    ran = Ran(capsys, ("convert", "roadmap.yaml", "out.csv"))

    assert 2 == ran.code
    assert "folder" in ran.err


def test_conversion_writes_over_nothing_unasked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, or a folder in which something stands, is not written over without --force; an empty
    folder is filled.
    """
    (folder / "tables").mkdir()
    (folder / "filled.json").write_text("{}", encoding="utf-8")

    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", "tables", "--to", "csv")).code
    for target in ("filled.json", "tables"):
        arguments = (
            "convert",
            "roadmap.yaml",
            target,
            "--to",
            "csv" if target == "tables" else "json",
        )
        refused = Ran(capsys, arguments)
        assert (
            2,
            f"wsis-model: {target} is there already; choose another name, or say --force\n",
        ) == (refused.code, refused.err)
    assert "{}" == (folder / "filled.json").read_text(encoding="utf-8")
    for target in ("filled.json", "tables"):
        assert (
            0
            == Ran(
                capsys,
                (
                    "convert",
                    "roadmap.yaml",
                    target,
                    "--force",
                    *(("--to", "csv") if target == "tables" else ()),
                ),
            ).code
        )
        assert wsis.load("roadmap.yaml") == wsis.load(target)


def test_unknown_fields_are_kept_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A field of a newer version is refused, or kept and written back."""
    (folder / "newer.yaml").write_text(
        "entities: [{id: x, name: X, colour: red}]", encoding="utf-8"
    )

    assert 2 == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json")).code
    assert (
        "red"
        == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json", "--unknown", "keep")).data[
            "entities"
        ][0]["colour"]
    )


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has every rule; its documentation comes by code, in any case of letters."""
    rules = Ran(capsys, ("rules", "--format", "json")).data

    assert {each.code for each in (*wsis.RULES, *TEXT_RULES)} | {"W901"} == {
        each["code"] for each in rules
    }
    assert all(each["title"] and each["documentation"] for each in rules)
    assert "Mend:" in Ran(capsys, ("rules", "w901")).out


def test_schemas_are_printed_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One schema to standard output, or all to a folder."""
    from wsis_model.schema import schemas

    assert schemas()["roadmap"] == Ran(capsys, ("schema", "roadmap")).data
    assert 0 == Ran(capsys, ("schema", "--all", "there")).code
    assert schemas() == {
        path.stem: json.loads(path.read_bytes()) for path in (folder / "there").iterdir()
    }


# --- how it behaves as a program ------------------------------------------------------------------


def test_the_version_is_told_without_importing_the_records() -> None:
    """`--version` imports no pydantic, so that it answers at once."""
    program = "import sys\nfrom wsis_model.cli import main\ntry: main(['--version'])\nexcept SystemExit: print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert f"wsis-model {wsis.__version__}\n[]\n" == done.stdout


def test_a_closed_pipe_is_silent() -> None:
    """The reader may leave (`| head -1`): nothing is printed about it, and the exit code is the
    command's.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "wsis_model", "schema", "file"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()

    assert (b"", 0) == (said, running.returncode)


def test_output_is_utf_8_whatever_the_locale() -> None:
    """Names are printed as they are where the system would not encode them."""
    done = process("show", "ripe-ncc", settings={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})

    assert "Réseaux" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour_is_forced_and_forbidden(
    settings: dict[str, str],
    coloured: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No colour into a pipe, unless FORCE_COLOR is set and NO_COLOR is not."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    for arguments in (("check", "unsound.yaml"), ("show", "itu")):
        assert coloured == ("\033[" in Ran(capsys, arguments).out)


class Terminal(io.StringIO):
    """Standard error of someone who watches."""

    def isatty(self) -> bool:
        return True


def test_progress_is_told_on_a_terminal_and_wiped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which file is being read stands in one line that is gone at the end; without a terminal
    nothing is told.
    """
    assert "" == Ran(capsys, ("check", "roadmap.yaml", "unsound.yaml")).err
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)

    main(["check", "roadmap.yaml", "unsound.yaml"])

    said = watched.getvalue()
    assert "\rreading 2 of 2 files" in said
    assert "\n" not in said
    assert said.endswith("\r" + " " * 60 + "\r")


def test_the_module_is_the_command() -> None:
    """`python -m wsis_model` is `wsis-model`."""
    done = process("--version")

    assert f"wsis-model {wsis.__version__}" == done.stdout.decode().strip()


def test_standard_input_is_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` is standard input, in the format that is said; without one the command says what to say."""

    def given(text: str, *options: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return Ran(capsys, ("check", "-", *options))

    sound = given("roadmaps: [{id: r, title: T, owners: [itu]}]", "--from", "yaml")
    broken = given("roadmaps: [{id: r, title: T, owners: itu}]", "--from", "yaml")
    unnamed = given("roadmaps: []")

    assert [0, 2, 2] == [sound.code, broken.code, unnamed.code]
    assert "<stdin>:1:38" in broken.out
    assert "--from" in unnamed.out


# --- road maps ------------------------------------------------------------------------------------

SEVERAL = """
roadmaps:
- {id: one, title: One, owners: [itu], activities: [{id: one/a1, title: "Über 中文", lead: itu}]}
- {id: two, title: Two, owners: [itu]}
"""
FORMS = ("csv", "json", "markdown", "text")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", ["coverage", "calendar", "progress", "workload", "gaps"])
def test_tables_come_in_every_format(
    command: str, form: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table is the same on standard output and in a file, in each format that is offered."""
    printed = Ran(capsys, (command, "roadmap.yaml", "--format", form))
    written = Ran(capsys, (command, "roadmap.yaml", "--format", form, "-o", "table.out"))

    assert (0, 0, "") == (printed.code, written.code, written.out)
    assert printed.out == (folder / "table.out").read_text(encoding="utf-8")
    if form == "json":
        assert printed.data
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(printed.out))}) == 1


@pytest.mark.parametrize(
    "part", ["mandates", "action-lines", "sdg-targets", "commitments", "groups"]
)
def test_each_part_of_coverage_comes_whole(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`coverage --of` gives one table with a row for each record."""
    rows = list(
        csv.DictReader(
            io.StringIO(
                Ran(capsys, ("coverage", "roadmap.yaml", "--of", part, "--format", "csv")).out
            )
        )
    )

    assert len(rows) > 10 and "record" in rows[0]


def test_a_report_follows_the_name_of_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page is HTML, or Markdown where the file is called so or it is asked for."""
    common = ("report", "roadmap.yaml", "--as-of", "2026-11-24", "--no-pictures")
    for arguments in (
        ("-o", "page.html"),
        ("-o", "page.md"),
        ("-o", "page.txt", "--format", "markdown"),
    ):
        assert 0 == Ran(capsys, (*common, *arguments)).code

    refused = Ran(capsys, (*common, "-o", "page.pdf"))

    assert 2 == refused.code and not (folder / "page.pdf").exists()
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (folder / "page.md").read_text(encoding="utf-8") == (folder / "page.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("command", ["report", "progress"])
def test_a_command_for_one_road_map_says_what_is_missing(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a road map, with several, or with one that is not there, it is told what to say."""
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")
    (folder / "none.yaml").write_text("entities: [{id: some-body, name: Some}]", encoding="utf-8")

    none, several, other = (
        Ran(capsys, (command, *arguments))
        for arguments in (["none.yaml"], ["several.yaml"], ["several.yaml", "--roadmap", "three"])
    )

    assert [2, 2, 2] == [none.code, several.code, other.code]
    assert "wsis-model: none.yaml: there is no road map here\n" == none.err
    assert "there are 2 road maps here; say which with --roadmap, e.g. one or two" in several.err
    assert "no road map here is called 'three'; say e.g. one or two" in other.err
    assert 0 == Ran(capsys, ("progress", "several.yaml", "--roadmap", "one")).code


@pytest.mark.parametrize("command", ["coverage", "calendar", "gaps"])
def test_a_road_map_asked_for_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is the name of something else is no road map."""
    ran = Ran(capsys, (command, "roadmap.yaml", "--roadmap", "itu"))

    assert (
        2,
        "wsis-model: roadmap.yaml: no road map here is called 'itu'; say e.g. my-roadmap\n",
    ) == (ran.code, ran.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "roadmap"), "say which Action Line"),
        (("new", "roadmap", "--kind", "action-line"), "say which Action Line"),
        (("new", "roadmap", "--kind", "national"), "name the owners"),
        (("new", "roadmap", "--kind", "national", "--owner", "Ruritania"), "under 'entities'"),
        (("new", "roadmap", "--action-line", "C12"), "did you mean 'action-lines/c2'"),
        (("new", "roadmap", "--action-line", "C2", "--id", "My Map"), "write it in lower case"),
        (
            ("new", "roadmap", "--action-line", "C2", "--id", "itu"),
            "another record has this identifier",
        ),
        (
            ("new", "roadmap", "--action-line", "C2", "-o", "plan.txt"),
            "let it end in .yaml or .yml",
        ),
        (
            ("new", "roadmap", "--action-line", "C2", "--format", "xlsx", "-o", "plan.yaml"),
            "let it end in .xlsx",
        ),
        (
            ("new", "roadmap", "--action-line", "C2", "-o", "no/such/plan.yaml"),
            "no/such/plan.yaml: No such file or directory",
        ),
        (
            ("new", "roadmap", "--from", "roadmap.yaml", "--format", "yaml"),
            "use wsis-model convert",
        ),
        (("new", "roadmap", "--from", "roadmap.yaml", "-o", "plan.csv"), "use wsis-model convert"),
        (
            ("new", "roadmap", "--from", "roadmap.yaml", "--action-line", "C2", "--id", "x"),
            "--action-line, --id: the road map of --from",
        ),
        (
            ("new", "roadmap", "--from", "roadmap.yaml", "--roadmap", "other"),
            "no road map here is called 'other'",
        ),
        (
            ("report", "roadmap.yaml", "--no-pictures", "-o", "no/such/page.html"),
            "no/such/page.html: No such file or directory",
        ),
        (
            ("calendar", "roadmap.yaml", "--format", "ics", "-o", "no/such/all.ics"),
            "no/such/all.ics: No such file or directory",
        ),
        (("calendar", "--actor", "Nobody"), "nothing is called 'Nobody'"),
        (
            ("calendar", "--actor", "ICC"),
            "'ICC' is the name of 'international-chamber-of-commerce' and of",
        ),
        (("workload", "--actor", "Nobody"), "nothing is called 'Nobody'"),
        (("coverage", "--document", "99-999"), "nothing is called '99-999'"),
        (("gaps", "broken.yaml"), "broken.yaml:2:9"),
        (("diff", "roadmap.yaml", "80-173"), "one holds a road map, the other a document"),
        (("diff", "absent.yaml", "80-173"), "there is no such file"),
        (
            ("check", "roadmap.yaml", "--mark", "marked.yaml"),
            "only workbooks and CSV tables can be marked",
        ),
        (("check", "--mark", "marked.xlsx"), "one workbook or one folder"),
    ],
    ids=str,
)
def test_what_a_road_map_command_cannot_do_is_told(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments are told in words that lead on, without a traceback, and the exit code is 2."""
    ran = Ran(capsys, arguments)

    assert 2 == ran.code
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ((), None),
        (("-o", "plan.yaml"), "plan.yaml"),
        (("-o", "plan.xlsx"), "plan.xlsx"),
        (("--format", "csv"), "c2-roadmap"),
    ],
)
def test_a_new_road_map_reads_back(
    options: tuple[str, ...], made: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `new` writes is sound as it stands, and is not written over without --force."""
    arguments = ("new", "roadmap", "--action-line", "C2", *options)
    first = Ran(capsys, arguments)
    assert 0 == first.code
    if made is None:
        (folder / "plan.yaml").write_text(first.out, encoding="utf-8")
    written = made or "plan.yaml"

    assert 0 == Ran(capsys, ("check", written, "--strict")).code
    if made is not None:
        again = Ran(capsys, arguments)
        assert (
            2,
            f"wsis-model: {made} is there already; choose another name, or say --force\n",
        ) == (again.code, again.err)
        assert 0 == Ran(capsys, (*arguments, "--force")).code


def test_a_road_map_is_taken_up_as_a_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is not in the workbook, and does not write over a workbook that somebody may
    have filled in.
    """
    text = (folder / "roadmap.yaml").read_text(encoding="utf-8")
    (folder / "more.yaml").write_text(
        text + "groups:\n- {id: groups/poets, label: Poets}\n", encoding="utf-8"
    )
    ran = Ran(capsys, ("new", "roadmap", "--from", "more.yaml"))
    (made,) = folder.glob("*.xlsx")

    assert (0, True) == (ran.code, "\nleft out: groups/poets (groups)" in ran.err)
    assert list(wsis.load("roadmap.yaml")) == list(wsis.load(made))
    assert 2 == Ran(capsys, ("new", "roadmap", "--from", "more.yaml")).code
    assert 0 == Ran(capsys, ("new", "roadmap", "--from", "more.yaml", "--force")).code


def test_faults_are_marked_in_a_copy_of_a_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy holds the remarks of the report as comments, the workbook itself stays, and the copy
    reads as the workbook does.
    """
    import openpyxl

    Ran(capsys, ("new", "roadmap", "--action-line", "C2", "-o", "plan.xlsx"))
    before = (folder / "plan.xlsx").read_bytes()
    ran = Ran(capsys, ("check", "plan.xlsx", "--profile", "publish", "--mark", "marked.xlsx"))

    book = openpyxl.load_workbook(folder / "marked.xlsx")
    remarks = [
        cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert (1, "wrote marked.xlsx\n") == (ran.code, ran.err)
    assert before == (folder / "plan.xlsx").read_bytes()
    assert any("M707" in each for each in remarks)
    assert 0 == Ran(capsys, ("check", "marked.xlsx", "--strict")).code


def test_faults_are_marked_in_a_copy_of_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each table of the folder is copied with a column of faults, also those that could not be
    read, and the folder stays as it is.
    """
    tables = folder / "tables"
    tables.mkdir()
    (tables / "roadmaps.csv").write_text("id,title,owners\nplan,Plan,ITU\n", encoding="utf-8")
    (tables / "activities.csv").write_text(
        "id,title,lead,period.end\nplan/a1,A,nobody,2027\nplan/a2,B,ITU,soon\n", encoding="utf-8"
    )

    ran = Ran(capsys, ("check", "tables", "--mark", "marked"))
    rows = list(
        csv.DictReader(
            io.StringIO((folder / "marked" / "activities.csv").read_text(encoding="utf-8"))
        )
    )

    assert 2 == ran.code
    assert "by sheet" not in ran.out
    assert ["lead: R201: ", "period.end: "] == [
        row["faults"][: len(said)]
        for row, said in zip(rows, ("lead: R201: ", "period.end: "), strict=True)
    ]
    assert {"roadmaps.csv", "activities.csv"} == {
        path.name for path in (folder / "marked").iterdir()
    }
    assert "faults" not in (tables / "activities.csv").read_text(encoding="utf-8")
    assert 2 == Ran(capsys, ("check", "tables", "--mark", "tables/marked")).code


def test_a_copy_of_tables_named_as_sheets_is_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables that a spreadsheet saved are marked under their names; what is not read is copied as
    it is, lock files are left out.
    """
    tables = folder / "tables"
    tables.mkdir()
    (tables / "plan-Road maps.csv").write_text("ID;Title;Owners\nplan;Plan;ITU\n", encoding="utf-8")
    (tables / "plan-Activities.CSV").write_text("ID;Title;Lead\na1;A;nobody\n", encoding="utf-8")
    (tables / "plan-Read me.csv").write_text("How to fill it\n", encoding="utf-8")
    (tables / "~$plan.xlsx").write_bytes(b"somebody")

    ran = Ran(capsys, ("check", "tables", "--mark", "marked"))
    marked = {path.name: path.read_text(encoding="utf-8") for path in (folder / "marked").iterdir()}

    assert 1 == ran.code
    assert {"plan-Road maps.csv", "plan-Activities.CSV", "plan-Read me.csv"} == set(marked)
    assert "How to fill it\n" == marked["plan-Read me.csv"]
    assert "a1;A;nobody;Lead: R201: " in marked["plan-Activities.CSV"]


def test_a_workbook_that_is_none_is_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be opened cannot be marked, and is told in the report."""
    (folder / "plan.xlsx").write_bytes(b"no workbook")

    ran = Ran(capsys, ("check", "plan.xlsx", "--mark", "marked.xlsx"))

    assert (2, 1) == (ran.code, (ran.out + ran.err).count("not a whole workbook"))
    assert not (folder / "marked.xlsx").exists()


def test_documents_of_the_catalogue_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """A document is named by identifier or symbol; with itself nothing changed, and every format
    says so.
    """
    same = Ran(capsys, ("diff", "80-173", "A/RES/80/173", "--format", "json"))
    assert ([], "no change") == (same.data["changes"], same.data["summary"][:9])

    for form, beginning in (
        ("text", "A/RES/80/173 →"),
        ("markdown", "#"),
        ("html", "<!DOCTYPE html>"),
    ):
        ran = Ran(capsys, ("diff", "80-173", "gdc", "--format", form))
        assert (0, beginning) == (ran.code, ran.out[: len(beginning)])

    stub = Ran(capsys, ("diff", "A/C.2/80/L.17", "A/RES/80/118"))
    assert 2 == stub.code and "the catalogue holds its particulars only" in stub.err


def test_versions_of_a_road_map_are_compared_by_identifier(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several road maps those that both files hold are compared; where that does not tell, it is
    said.
    """
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")
    (folder / "two.yaml").write_text(
        "roadmaps: [{id: two, title: Second, owners: [itu]}]", encoding="utf-8"
    )

    ran = Ran(capsys, ("diff", "several.yaml", "two.yaml", "--format", "json"))
    unclear = Ran(capsys, ("diff", "several.yaml", "several.yaml"))

    assert (["title.en"], 0) == ([change["field"] for change in ran.data["changes"]], ran.code)
    assert 2 == unclear.code and "it is not told which" in unclear.err


@pytest.mark.parametrize(
    ("module", "extra", "arguments"),
    [
        ("xlsxwriter", "excel", ("new", "roadmap", "--action-line", "C2", "-o", "plan.xlsx")),
        ("openpyxl", "excel", ("check", "book.xlsx")),
        ("icalendar", "ical", ("calendar", "--format", "ics")),
        ("altair", "plot", ("report", "roadmap.yaml", "-o", "page.html")),
    ],
)
def test_a_missing_extra_is_told_with_the_command_that_brings_it(
    module: str,
    extra: str,
    arguments: tuple[str, ...],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not installed is named with the pip command, the exit code is 2, and nothing is
    written.
    """
    Ran(capsys, ("new", "roadmap", "--action-line", "C2", "-o", "book.xlsx"))
    monkeypatch.setitem(sys.modules, module, None)

    ran = Ran(capsys, arguments)

    assert (2, "") == (ran.code, ran.out)
    assert f"pip install 'wsis_model[{extra}]'" in ran.err
    assert not (folder / arguments[-1]).exists() or arguments[-1] == "book.xlsx"


def test_names_of_files_and_texts_are_printed_whatever_the_locale(folder: Path) -> None:
    """With the locale C a road map with a title in any script is read and printed as UTF-8."""
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")

    done = process(
        "gaps",
        "several.yaml",
        "--format",
        "json",
        settings={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    shown = process(
        "show",
        "one/a1",
        "--in",
        "several.yaml",
        settings={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )

    assert (0, b"", 0) == (done.returncode, done.stderr, shown.returncode)
    assert "Über 中文" in shown.stdout.decode("utf-8")


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


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_command_works_without_a_standard_stream(
    closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daemon has none, and `>&-` takes it away: the file is as sound as before."""
    monkeypatch.setattr(sys, closed, None)

    assert cli.main(["check", str(ROOT / "examples" / "data" / "c2-roadmap.yaml")]) == 0


def test_a_stream_need_not_say_whether_it_is_a_terminal() -> None:
    """What is redirected may go to anything that takes text."""

    class Lines:
        said: list[str] = []

        def write(self, text: str) -> None:
            self.said.append(text)

        def flush(self) -> None:
            pass

    with contextlib.redirect_stdout(Lines()):  # type: ignore[type-var]  # as people do
        assert cli.main(["check", str(ROOT / "examples" / "data" / "c2-roadmap.yaml")]) == 0
    assert any("0 errors" in each for each in Lines.said)


def test_a_workbook_that_cannot_be_marked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was read, no copy was written, and somebody waits for it."""
    pytest.importorskip("openpyxl", reason="a workbook is marked with it")
    book, copy = tmp_path / "k.xlsx", tmp_path / "marked.xlsx"
    wsis.save(wsis.load(ROOT / "examples" / "data" / "c2-roadmap.yaml"), book)
    from wsis_model.formats import excel

    def refuse(*_: object) -> bytes:
        raise LoadError((Problem("workbook", "too many cells are merged", Position("")),))

    monkeypatch.setattr(excel, "mark", refuse)

    assert cli.main(["check", str(book), "--mark", str(copy)]) == 2
    assert f"{book}: too many cells are merged [workbook]" in capsys.readouterr().err
    assert not copy.exists()
