"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

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
from wsis_model import cli
from wsis_model.checks import PROFILES
from wsis_model.checks.texts import TEXT_RULES
from wsis_model.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the page *Command line*, where the commands are run; no setting of the caller counts."""
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


def process(*arguments: str, given: bytes = b"", settings: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with something on standard input and in its environment."""
    environment = {**os.environ, **(settings or {})}
    return subprocess.run([sys.executable, "-m", "wsis_model", *arguments], input=given, env=environment, capture_output=True, check=False)


# --- the page ---------------------------------------------------------------------------------------------------------


def sessions() -> list[tuple[str, str]]:
    """Each command in the console blocks of the page, with the lines below it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        found += re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return found


def test_the_page_shows_what_happens(capsys: pytest.CaptureFixture[str]) -> None:
    """The commands in `docs/cli.md` print what the page says, and end with the code it says (0 where it says none)."""
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
            assert code == 0 or (asked and asked[0][0] == "echo $?"), f"{command} ended with {code}: {printed}"
        assert checker.check_output(expected, printed, doctest.ELLIPSIS), f"$ {command}\n{printed}"


def test_the_page_and_help_tell_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """What `--help` lists stands on the page, and both tell the exit codes."""
    commands = ("check", "show", "convert", "rules", "schema", "fetch")

    for command in commands:
        ran = Ran(capsys, (command, "--help"))
        options = set(re.findall(r"--[a-z-]+", ran.out)) - {"--help"}
        assert "exit codes:" in ran.out
        assert all(option in PAGE for option in options - {"--output"}), options

    assert all(f"\n    {command} " in Ran(capsys, ("--help",)).out for command in commands)


# --- check ------------------------------------------------------------------------------------------------------------


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
    ran = Ran(capsys, ("check", "unsound.yaml", "roadmap.yaml", "--profile", "publish", "--format", "json"))

    assert 1 == ran.code
    assert ("R201", "other-roadmap", "unsound.yaml") in {
        (f["code"], f["record"], f.get("position", {}).get("file")) for f in ran.data["findings"]
    }
    assert {f["record"].split("/")[0] for f in ran.data["findings"]} <= {"my-roadmap", "other-roadmap"}
    assert 3 == ran.data["records"]


def test_files_are_joined_with_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reference from one given file to another leads somewhere."""
    (folder / "registry.yaml").write_text("entities: [{id: lacnik, name: A registry}]", encoding="utf-8")

    assert "R201" not in Ran(capsys, ("check", "unsound.yaml", "registry.yaml", "--format", "csv")).out


def test_alone_leaves_the_catalogue_out(capsys: pytest.CaptureFixture[str]) -> None:
    """With --alone even ITU is unknown."""
    ran = Ran(capsys, ("check", "roadmap.yaml", "--alone", "--format", "json"))

    assert 1 == ran.code
    assert "my-roadmap" in {f["record"] for f in ran.data["findings"] if f["code"] == "R201"}


BROKEN = (("wrong-identifier", 2), ("unknown-field", 3), ("wrong-shape", 4))


def test_problems_of_all_files_come_in_the_format_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that cannot be read are reported like findings: as JSON, SARIF, annotations and CSV, all problems of all files."""
    paths = ("broken.yaml", "roadmap.yaml", "absent.yaml", "notes.txt", "--waivers", "absent-too.yaml")
    (folder / "notes.txt").write_text("what is this?", encoding="utf-8")
    files = [*("broken.yaml",) * 3, "absent.yaml", "notes.txt", "absent-too.yaml"]
    codes = [*(code for code, _ in BROKEN), "unreadable", "unreadable", "unreadable"]

    text = Ran(capsys, ("check", *paths))
    data = Ran(capsys, ("check", *paths, "--format", "json"))
    sarif = Ran(capsys, ("check", *paths, "--format", "sarif"))
    github = Ran(capsys, ("check", *paths, "--format", "github"))
    table = Ran(capsys, ("check", *paths, "--format", "csv"))

    assert [2] * 5 == [each.code for each in (text, data, sarif, github, table)]
    assert 7 == len(text.out.splitlines())
    assert [*zip(codes, files, strict=True)] == [(f["code"], f["position"]["file"]) for f in data.data["findings"]]
    assert codes == [each["ruleId"] for each in sarif.data["runs"][0]["results"]]
    assert codes == re.findall(r"^::error title=([^,]+),", github.out, re.MULTILINE)
    assert codes == [row["code"] for row in csv.DictReader(io.StringIO(table.out))]


def test_a_record_that_differs_from_the_catalogue_is_a_problem_with_a_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that claims a shipped identifier for something else is told where, and for each such record."""
    (folder / "mine.yaml").write_text("entities:\n- {id: itu, name: Mine}\n- {id: unesco, name: Mine}\n", encoding="utf-8")

    ran = Ran(capsys, ("check", "mine.yaml"))

    assert 2 == ran.code
    assert ["mine.yaml:2:8", "mine.yaml:3:8"] == [line.partition(": ")[0] for line in ran.out.splitlines()[:2]]
    assert 0 == Ran(capsys, ("check", "mine.yaml", "--alone", "--format", "json")).data["summary"].count("problem")


def test_warnings_fail_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    """A waiver that excuses nothing is a warning: exit code 0, and 1 with --strict."""
    lenient = Ran(capsys, ("check", "roadmap.yaml", "--waivers", "waivers.yaml"))
    strict = Ran(capsys, ("check", "roadmap.yaml", "--waivers", "waivers.yaml", "--strict"))

    assert (0, 1) == (lenient.code, strict.code)
    assert "W901" in lenient.out


def test_faults_in_a_waivers_file_are_told_with_their_places(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every fault of the waivers, at once, by line and column."""
    (folder / "w.yaml").write_text(
        "- code: R201\n  record: x\n  reason:\n- cod: R201\n  record: x\n  reason: '  '\n- none\n", encoding="utf-8"
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


@pytest.mark.parametrize(("text", "code"), [("{code: R201}", 2), ("- [", 2), ("", 0), ("# none left\n", 0)])
def test_a_waivers_file_holds_a_list(text: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything but a list is a fault; an empty file waives nothing."""
    (folder / "w.yaml").write_text(text, encoding="utf-8")

    assert code == Ran(capsys, ("check", "roadmap.yaml", "--waivers", "w.yaml")).code


def test_the_report_goes_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_what_cannot_be_done_ends_with_2_and_a_word(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong arguments and unreadable files are told on standard error, without a traceback."""
    ran = Ran(capsys, arguments)

    assert (2, "") == (ran.code, ran.out)
    assert ran.err
    assert "Traceback" not in ran.err


def test_an_interruption_is_silent(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Control-C ends with 130 and prints nothing."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wsis_model.loading.load", interrupted)

    ran = Ran(capsys, ("check", "roadmap.yaml"))

    assert (130, "", "") == (ran.code, ran.out, ran.err)


# --- show -------------------------------------------------------------------------------------------------------------


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

    assert "Technical community (groups/technical-community): belongs to groups/technical-community" in ran.out
    assert len(wsis.catalogue().mandates(addressee="ripe-ncc")) == int(re.findall(r"Asked of it \((\d+)\)", ran.out)[0])


def test_every_record_of_the_catalogue_can_be_shown() -> None:
    """A page of every record, of every kind, within the width and without control characters."""
    from wsis_model._terminal import shown

    corpus = wsis.catalogue()
    by_kind: dict[str, list[str]] = {}
    for identifier in corpus:
        by_kind.setdefault(corpus.kind(identifier), []).append(identifier)
    for identifier in (each for held in by_kind.values() for each in held[:: max(len(held) // 8, 1)]):
        lines = shown(corpus, corpus[identifier], width=80).splitlines()
        assert identifier in lines[0] or "-" in identifier
        assert all(len(line) <= 80 or " " not in line.strip() or line == lines[0] for line in lines), identifier
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", "".join(lines))


def test_what_a_file_says_does_not_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters of a file are not printed."""
    (folder / "sly.yaml").write_text('entities: [{id: sly, name: "a\\e[2Jb", url: "https://x.example"}]', encoding="utf-8")

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


def test_unknown_names_get_near_misses_and_the_others_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
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


# --- convert, rules, schema -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml", "json.gz"])
def test_conversion_keeps_everything(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There and back again is the same corpus."""
    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", f"out.{form}")).code
    assert wsis.load("roadmap.yaml") == wsis.load(f"out.{form}")


def test_conversion_reads_and_writes_streams() -> None:
    """From standard input to standard output, as bytes."""
    done = process("convert", "-", "-", "--from", "yaml", "--to", "json", given=FILES["roadmap.yaml"].encode())

    assert (0, b"") == (done.returncode, done.stderr)
    assert wsis.loads(FILES["roadmap.yaml"], "yaml") == wsis.loads(done.stdout, "json")


def test_several_tables_do_not_fit_one_stream(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV of several tables to one file is refused with the way out."""
    ran = Ran(capsys, ("convert", "roadmap.yaml", "out.csv"))

    assert 2 == ran.code
    assert "folder" in ran.err


def test_unknown_fields_are_kept_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field of a newer version is refused, or kept and written back."""
    (folder / "newer.yaml").write_text("entities: [{id: x, name: X, colour: red}]", encoding="utf-8")

    assert 2 == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json")).code
    assert "red" == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json", "--unknown", "keep")).data["entities"][0]["colour"]


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has every rule; its documentation comes by code, in any case of letters."""
    rules = Ran(capsys, ("rules", "--format", "json")).data

    assert {each.code for each in (*wsis.RULES, *TEXT_RULES)} | {"W901"} == {each["code"] for each in rules}
    assert all(each["title"] and each["documentation"] for each in rules)
    assert "Mend:" in Ran(capsys, ("rules", "w901")).out


def test_schemas_are_printed_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One schema to standard output, or all to a folder."""
    from wsis_model.schema import schemas

    assert schemas()["roadmap"] == Ran(capsys, ("schema", "roadmap")).data
    assert 0 == Ran(capsys, ("schema", "--all", "there")).code
    assert schemas() == {path.stem: json.loads(path.read_bytes()) for path in (folder / "there").iterdir()}


# --- how it behaves as a program --------------------------------------------------------------------------------------


def test_the_version_is_told_without_importing_the_records() -> None:
    """`--version` imports no pydantic, so that it answers at once."""
    program = "import sys\nfrom wsis_model.cli import main\ntry: main(['--version'])\nexcept SystemExit: print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert f"wsis-model {wsis.__version__}\n[]\n" == done.stdout


def test_a_closed_pipe_is_silent() -> None:
    """The reader may leave (`| head -1`): nothing is printed about it, and the exit code is the command's."""
    with subprocess.Popen(
        [sys.executable, "-m", "wsis_model", "schema", "file"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
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
    ("settings", "coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_colour_is_forced_and_forbidden(
    settings: dict[str, str], coloured: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
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


def test_progress_is_told_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Which file is being read stands in one line that is gone at the end; without a terminal nothing is told."""
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


def test_standard_input_is_checked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
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
