"""No command writes over what it reads, nor over anything unasked; and what was written is said.

The commands and their options are taken from the parser: one that is added cannot be forgotten
here.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wsis_model import cli
from wsis_model.cli.console import Source, Target

PLAN = "id,title,owners,issued\nplan,Plan,ITU,2026-03-01\n"

#: A command that is complete but for the option that says where to write; `roadmaps.csv` is what
#: it reads.
COMPLETE: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("check", "--output"): (("check", "roadmaps.csv"), "out.txt"),
    ("check", "--mark"): (("check", "roadmaps.csv"), "out.csv"),
    ("convert", "target"): (("convert", "roadmaps.csv", "--to", "json"), "out.json"),
    ("new", "--output"): (("new", "roadmap", "--from", "roadmaps.csv"), "out.xlsx"),
    ("report", "--output"): (("report", "roadmaps.csv", "--no-pictures"), "out.html"),
    ("brief", "--output"): (("brief", "roadmaps.csv", "--no-pictures"), "out.docx"),
    ("coverage", "--output"): (("coverage", "roadmaps.csv"), "out.txt"),
    ("calendar", "--output"): (("calendar", "roadmaps.csv", "--format", "ics"), "out.ics"),
    ("progress", "--output"): (("progress", "roadmaps.csv"), "out.txt"),
    ("workload", "--output"): (("workload", "roadmaps.csv"), "out.txt"),
    ("gaps", "--output"): (("gaps", "roadmaps.csv"), "out.md"),
    ("stocktaking", "--output"): (("stocktaking", "roadmaps.csv"), "out.txt"),
    ("watch", "--output"): (("watch", "2027", "roadmaps.csv"), "out.txt"),
    ("mandates", "--output"): (("mandates", "ITU", "roadmaps.csv"), "out.txt"),
    ("history", "--output"): (("history", "roadmaps.csv"), "out.txt"),
    ("joint", "--output"): (("joint", "roadmaps.csv"), "out.txt"),
    ("diff", "--output"): (("diff", "roadmaps.csv", "roadmaps.csv"), "out.txt"),
    ("schema", "--all"): (("schema",), "out"),
}
#: What does not read `roadmaps.csv`, or not under any name: tried in `test_fixing.py` and
#: `test_draft.py`.
OF_ONE_FILE = {("check", "--fix"), ("draft", "--output")}
READING = {key: each for key, each in COMPLETE.items() if "roadmaps.csv" in each[0]}
#: Options that name a place and are neither read nor written over: `fetch` leaves alone what lies
#: there.
ELSEWHERE = {("fetch", "--folder")}


def actions() -> Iterator[tuple[str, argparse.Action]]:
    """Each argument of each command."""
    parser = cli._parser()  # pyright: ignore[reportPrivateUsage]  # all commands are asked of it
    for group in parser._actions:  # pyright: ignore[reportPrivateUsage]  # argparse has no other way
        choices: Any = group.choices
        for command, each in choices.items() if hasattr(choices, "items") else ():
            for action in each._actions:
                yield command, action


def name_of(action: argparse.Action) -> str:
    """The long name of an option; of an argument by place its own."""
    return action.option_strings[-1] if action.option_strings else action.dest


def run(case: tuple[str, str], target: str, *more: str, source: str = "roadmaps.csv") -> object:
    """The exit code of a command that is to write to *target*."""
    arguments = [source if each == "roadmaps.csv" else each for each in COMPLETE[case][0]]
    where = [target] if case[1] == "target" else [case[1], target]
    at = 2 if case[1] == "target" else len(arguments)
    try:
        return cli.main([*arguments[:at], *where, *arguments[at:], *more])
    except SystemExit as stopped:
        return stopped.code


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a road map, where the commands are run."""
    (tmp_path / "roadmaps.csv").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_that_writes_is_tried_here() -> None:
    """The cases of this file are all options of all commands that say where to write, and each can
    be forced.
    """
    written = {(command, name_of(each)) for command, each in actions() if each.type is Target}
    forced = {command for command, each in actions() if name_of(each) == "--force"}

    assert written == {*COMPLETE, *OF_ONE_FILE}
    assert forced == {command for command, _ in written}


def test_every_place_is_known_as_read_or_written() -> None:
    """An argument that names a file or folder says by its type whether it is read or written."""
    places = {"FILE", "DIR", "COPY", "PATH", "A", "B"}
    unknown = {
        (command, name_of(each))
        for command, each in actions()
        if each.metavar in places and each.type not in (Source, Target)
    }

    assert unknown == ELSEWHERE


@pytest.mark.parametrize(
    "module",
    ["__init__", "drafting", "fixing", "inputs", "marking", "new", "pages", "roadmaps"],
)
def test_nothing_is_written_by_another_way(module: str) -> None:
    """The modules of the commands open no file for writing themselves: `console` does, and asks
    first.
    """
    ways = {"open", "write_text", "write_bytes", "mkdir", "save", "touch", "rename", "replace"}
    path = Path(cli.__file__).with_name(f"{module}.py")
    called = [
        each.func
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.Call)
    ]
    used = {each.attr for each in called if isinstance(each, ast.Attribute)} & ways
    built_in = {each.id for each in called if isinstance(each, ast.Name)} & {"open"}

    of_texts = {"replace"} if module in ("new", "roadmaps") else set[str]()
    assert used - of_texts == set()
    assert not built_in


def hard_link(folder: Path) -> str:
    os.link(folder / "roadmaps.csv", folder / "twin.csv")
    return "twin.csv"


def link(folder: Path) -> str:
    (folder / "alias.csv").symlink_to("roadmaps.csv")
    return "alias.csv"


def linked_folder(folder: Path) -> str:
    (folder / "there").symlink_to(folder, target_is_directory=True)
    return "there/roadmaps.csv"


SPELLINGS: dict[str, Callable[[Path], str]] = {
    "itself": lambda _: "roadmaps.csv",
    "dotted": lambda _: "./roadmaps.csv",
    "whole": lambda folder: str(folder / "roadmaps.csv"),
    "up and down": lambda folder: f"../{folder.name}/roadmaps.csv",
    "link": link,
    "hard link": hard_link,
    "linked folder": linked_folder,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("case", READING, ids=" ".join)
def test_nothing_is_written_over_what_is_read(
    case: tuple[str, str], spelling: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the input is called where the output is named, and also when it is forced."""
    target = SPELLINGS[spelling](folder)
    before = held(folder)

    for more in ((), ("--force",)):
        assert run(case, target, *more) == 2, more
        assert "is read" in capsys.readouterr().err, more
    assert held(folder) == before


@pytest.mark.parametrize("case", READING, ids=" ".join)
def test_nothing_is_written_where_an_input_should_be(case: tuple[str, str], folder: Path) -> None:
    """A file that is to be read and is not there is not made either."""
    for target in ("absent.csv", str(folder / "absent.csv")):
        assert run(case, target, source="absent.csv") == 2, target
    assert not (folder / "absent.csv").exists()
    assert run(case, "out.html", source="a\0b") == 2


@pytest.mark.parametrize("case", READING, ids=" ".join)
def test_nothing_is_written_into_a_folder_that_is_read(case: tuple[str, str], folder: Path) -> None:
    """It would be read as part of it the next time; nor over the folder itself, nor one that holds
    it.
    """
    tables = folder / "outer" / "tables"
    tables.mkdir(parents=True)
    (tables / "roadmaps.csv").write_text(PLAN, encoding="utf-8")
    before = held(folder)

    for target in ("outer/tables/new.csv", "outer/tables/deep/new.csv", "outer/tables", "outer"):
        assert run(case, target, "--force", source="outer/tables") == 2, target
    assert held(folder) == before


@pytest.mark.parametrize("case", COMPLETE, ids=" ".join)
def test_nothing_is_written_over_unasked(
    case: tuple[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there stays, unless it is forced; and what was written is said on standard error."""
    target = folder / COMPLETE[case][1]
    mine = target / "mine" if case == ("schema", "--all") else target
    mine.parent.mkdir(exist_ok=True)
    mine.write_bytes(b"mine")

    refused, said = run(case, target.name), capsys.readouterr()
    assert (
        2,
        f"wsis-model: {target.name} is there already; choose another name, or say --force\n",
    ) == (
        refused,
        said.err,
    )
    assert mine.read_bytes() == b"mine"

    assert run(case, target.name, "--force") in (0, 1)
    assert f"wrote {target.name}\n" in capsys.readouterr().err
    assert mine.read_bytes() != b"mine" or len(held(target)) > 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system that has pipes with names")
@pytest.mark.parametrize("case", COMPLETE, ids=" ".join)
def test_what_is_no_file_is_left_alone(case: tuple[str, str], folder: Path) -> None:
    """A pipe would be waited for, and a device or a link that leads in a circle cannot be written."""
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    before = [*folder.iterdir()]

    for target in ("pipe", "loop", "a\0b"):
        assert run(case, target, "--force") == 2, target
    assert [*folder.iterdir()] == before


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
@pytest.mark.parametrize("case", COMPLETE, ids=" ".join)
def test_standard_output_is_a_place_too(
    case: tuple[str, str], name: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`-` and `/dev/stdout` are standard output; it takes one output, and no folder."""
    before = held(folder)
    apart = ("--output", "report.txt") if case[1] == "--mark" else ()
    code = run(case, name, *apart)
    out = capsysbinary.readouterr().out

    if case == ("schema", "--all"):
        assert (code, out) == (2, b"")
    else:
        assert code in (0, 1) and out
    assert {*held(folder)} - {*before} == {str(folder / each) for each in apart[1:]}


def test_two_outputs_do_not_go_to_one_place(folder: Path) -> None:
    """The report and the marked copy are two things."""
    for report, copy in (("-", "-"), ("out.csv", "out.csv"), ("out.csv", "./out.csv")):
        assert run(("check", "--mark"), copy, "--output", report) == 2, report
    assert run(("check", "--mark"), "-") == 2
    assert [*held(folder)] == [str(folder / "roadmaps.csv")]


# --- where there is no terminal and no pipe -------------------------------------------------------


class Notebook(io.StringIO):
    """Standard output as a notebook has it: it takes text, and has neither bytes below it nor a
    number nor a name.
    """

    @property
    def encoding(self) -> str:  # type: ignore[override]  # this stream is of nobody's making
        raise AttributeError


@pytest.mark.parametrize("stream", [io.StringIO, Notebook])
def test_a_command_runs_where_output_is_text(stream: type[io.StringIO]) -> None:
    """In a notebook and under `redirect_stdout` the text is the same, and what is no text is
    refused.
    """
    out, err = stream(), stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(["show", "itu"])
        binary = run(("new", "--output"), "-")
        wrong = run(("check", "--output"), "-", "--formt")

    assert (code, out.getvalue().splitlines()[0]) == (0, "ITU  itu")
    assert (binary, wrong) == (2, 2)
    assert "-o FILE" in err.getvalue() and "'--format'" in err.getvalue()


def test_standard_input_may_be_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands on standard input is read where it is text in memory."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("roadmaps: [{id: r, title: Ü, owners: [itu]}]"))

    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert 0 == cli.main(["convert", "-", "-", "--from", "yaml", "--to", "json"])
    assert "Ü" in out.getvalue()
