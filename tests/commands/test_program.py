"""How the command behaves as a program."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys

import pytest
from running import ROOT, Ran, process

import wsis_model as wsis
from wsis_model import cli
from wsis_model.cli import main


def test_the_version_is_told_without_importing_the_records() -> None:
    """`--version` imports no pydantic, so that it answers at once."""
    program = (
        "import sys\nfrom wsis_model.cli import main\ntry: main(['--version'])\nexcept SystemExit:"
        " print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
    )
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
        assert coloured == ("\033[" in Ran(capsys, arguments).out), arguments


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
