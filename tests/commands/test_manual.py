"""The page *Command line* shows what happens."""

from __future__ import annotations

import doctest
import re
import shlex

import pytest
from running import PAGE, Ran


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
        "brief",
        "coverage",
        "calendar",
        "progress",
        "workload",
        "gaps",
        "watch",
        "mandates",
        "history",
        "joint",
        "stocktaking",
        "diff",
        "convert",
        "draft",
        "rules",
        "schema",
        "fetch",
        "mcp",
    )

    for command in commands:
        ran = Ran(capsys, (command, "--help"))
        options = set(re.findall(r"--[a-z-]+", ran.out)) - {"--help"}
        assert "exit codes:" in ran.out
        assert all(option in PAGE for option in options - {"--output"}), options

    listed = set(re.findall(r"\n    ([a-z]+)\s", Ran(capsys, ("--help",)).out))
    assert set(commands) <= listed
