"""Input and output of the command line: files, standard streams, the terminal."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import attrs

from .._messages import LANGUAGES, language_of_user
from .._width import isolated, visible
from ..errors import WsisModelError

__all__ = [
    "Refused",
    "Source",
    "Target",
    "Unusable",
    "add_lang",
    "check_targets",
    "colours",
    "print_errors",
    "write_text",
    "is_terminal",
    "language_of",
    "progress",
    "read_stdin",
    "with_streams",
    "write",
    "write_with",
    "write_folder",
]

PROGRESS = 60
"""The columns of the line that shows progress, or those of a narrower terminal."""
AUTO = "auto"
_NULL = "\0"
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class Source(str):
    """The type of arguments for input: a file, a folder, or `-` for standard input."""

    __slots__ = ()

    @property
    def is_path(self) -> bool:
        """Whether it can be the name of a file."""
        return self != "-" and _NULL not in self


@attrs.frozen
class Target:
    """The type of arguments for output: a file, a folder, or `-` for standard output."""

    name: str
    """The argument, e.g. `"plan.xlsx"`."""

    @property
    def path(self) -> Path:
        """The file or folder."""
        return Path(self.name)

    @property
    def is_stdout(self) -> bool:
        """Whether it is standard output."""
        return self.name in _STDOUT

    def __str__(self) -> str:
        return self.name


@attrs.frozen(slots=False, auto_exc=False)
class Refused(WsisModelError, ValueError):
    """A file or folder that may not be written."""

    place: str
    """Its name."""
    reason: str
    """Why not."""

    def _sentence(self) -> str:
        return f"{self.place} {self.reason}"


@attrs.frozen(slots=False, auto_exc=False)
class Unusable(WsisModelError, ValueError):
    """A command cannot do what it is asked for."""

    reason: str
    """Why not."""
    paths: Sequence[str] | None = None
    """The files without what the command needs; None if the reason is not in files."""

    def _sentence(self) -> str:
        if self.paths is None:
            return self.reason
        return f"{', '.join(self.paths) or 'the shipped catalogue'}: {self.reason}"


def add_lang(parser: argparse.ArgumentParser, what: str) -> None:
    """Add `--lang`, the language of what is said to people."""
    parser.add_argument(
        "--lang",
        choices=(*LANGUAGES, AUTO),
        default=LANGUAGES[0],
        help=f"the language of {what} (en); auto: that of the environment, from LANG",
    )


def language_of(options: argparse.Namespace) -> str:
    """The language that `--lang` asks for."""
    return language_of_user(os.environ) if options.lang == AUTO else str(options.lang)


# --- what may be written over ---------------------------------------------------------------------


def check_targets(options: argparse.Namespace, target: Target | None = None) -> None:
    """Check that a command overwrites nothing that it reads, and nothing else without --force.

    Every command is checked before it runs, and each file again before it is written.

    Args:
        options: All its arguments: a `Source` is read, a `Target` is written.
        target: The target to check; without it, all of them.

    Raises:
        Refused: The command would overwrite something.
    """
    sources = [each for each in _arguments(options) if isinstance(each, Source) and each.is_path]
    targets = [each for each in _arguments(options) if isinstance(each, Target)]
    places: set[str] = set()
    for each in targets if target is None else (target,):
        if _NULL in each.name:
            raise Refused(each.name, "is no name for a file")
        place = "-" if each.is_stdout else os.path.realpath(each.name)
        if place in places:
            raise Refused(each.name, "cannot take two outputs; say another name for one")
        places.add(place)
        if not each.is_stdout:
            _check_target(each.name, Path(place), sources, force=options.force)


def _arguments(options: argparse.Namespace) -> Iterator[object]:
    """The arguments of a command, one by one."""
    for value in vars(options).values():
        yield from cast("list[object]", value) if isinstance(value, (list, tuple)) else (value,)


def _check_target(name: str, place: Path, sources: list[Source], *, force: bool) -> None:
    kind = stat.S_IFMT(place.stat().st_mode) if os.path.lexists(place) else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):  # a pipe would block, a device be replaced
        raise Refused(name, "is no file and no folder")
    read = {each: {*_within(Path(each))} for each in sources}
    for source, files_of_source in read.items():
        if os.path.realpath(source) == str(place) or not files_of_source.isdisjoint(
            _identity(place)
        ):
            raise Refused(name, f"is read ({source}); choose another name")
        if any(not files_of_source.isdisjoint(_identity(folder)) for folder in place.parents):
            raise Refused(name, f"lies in {source}, which is read; choose another folder")
    if kind and not force and (kind == stat.S_IFREG or any(place.iterdir())):
        raise Refused(name, "is there already; choose another name, or say --force")
    inside = {*_within(place)} if sources else set[tuple[int, int]]()
    for source, files_of_source in read.items():
        if not files_of_source.isdisjoint(inside):
            raise Refused(name, f"holds {source}, which is read; choose another folder")


def _within(path: Path) -> Iterator[tuple[int, int]]:
    """The identities of a file, or of a folder and all files in it."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        yield from _identity(each)


def _identity(path: Path) -> Iterator[tuple[int, int]]:
    """The identity of a file or folder for the system; nothing if it does not exist."""
    with contextlib.suppress(OSError, ValueError):
        found = path.stat()
        yield found.st_dev, found.st_ino


# --- out ------------------------------------------------------------------------------------------


def write_text(text: str, options: argparse.Namespace, target: Target | None = None) -> None:
    """Write text to *target* or, without one, to `--output`."""
    record_text = f"{text.rstrip()}\n" if text else ""
    place: Target = target or vars(options).get("output") or Target("-")
    if place.is_stdout and is_terminal(sys.stdout):
        record_text = isolated(record_text)
    write(record_text.encode("utf-8", "backslashreplace"), options, target)


def write(data: bytes, options: argparse.Namespace, target: Target | None = None) -> None:
    """Write bytes to *target* or, without one, to `--output` or standard output.

    Raises:
        Refused: It would overwrite something.
        OSError: It cannot be written.
    """
    from ..formats._files import write_whole

    place: Target = target or vars(options).get("output") or Target("-")
    if place.is_stdout:
        _send(data)
    else:
        write_with(lambda path: write_whole(path, (data,)), options, place)


def write_folder(files: Mapping[str, bytes], options: argparse.Namespace, target: Target) -> None:
    """Write files, by their names within it, to a folder.

    Raises:
        Refused: It would overwrite something, or is standard output.
        OSError: They cannot be written.
    """
    from ..formats._files import write_whole

    def save(folder: Path) -> None:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, (data,))

    if target.is_stdout:
        raise Refused(target.name, "cannot take several files; name a folder")
    write_with(save, options, target)


def write_with(save: Callable[[Path], None], options: argparse.Namespace, target: Target) -> None:
    """Let *save* write a file or folder, and print its name.

    Raises:
        Refused: It would overwrite something.
        OSError: It cannot be written.
    """
    check_targets(options, target)
    try:
        save(target.path)
    except FileNotFoundError as error:  # it may be about a folder of the path
        raise FileNotFoundError(error.errno, os.strerror(errno.ENOENT), target.name) from None
    print_errors(f"wrote {target}")


def _send(data: bytes) -> None:
    """Write bytes to standard output, even if it takes only text (in a notebook, in memory)."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        try:
            sys.stdout.write(data.decode("utf-8"))
        except UnicodeDecodeError:
            raise Refused(sys.stdout.__class__.__name__, "takes only text; say -o FILE") from None
        return
    try:
        sys.stdout.flush()
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`), and Python would fail when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_errors(*lines: str) -> None:
    """Write lines to standard error."""
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            print(visible(line), file=sys.stderr)


def read_stdin() -> bytes:
    """The bytes on standard input."""
    buffer = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read().encode() if buffer is None else buffer.read()


def is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal."""
    return bool(getattr(stream, "isatty", bool)())


def colours(stream: Any) -> bool:
    """Whether to use colours: not with NO_COLOR, with FORCE_COLOR, otherwise on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        is_terminal(stream) and os.environ.get("TERM") != "dumb"
    )


@contextlib.contextmanager
def with_streams() -> Generator[None]:
    """Discard output if there is no standard output or error (in a daemon, with `>&-`)."""
    with contextlib.ExitStack() as stack:
        nothing = stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
        if sys.stdout is None:
            stack.enter_context(contextlib.redirect_stdout(nothing))
        if sys.stderr is None:
            stack.enter_context(contextlib.redirect_stderr(nothing))
        yield


@contextlib.contextmanager
def progress() -> Generator[Callable[[str], None]]:
    """A function that shows on a terminal what is being done, always on the same line."""
    if not is_terminal(sys.stderr):
        yield lambda _: None
        return

    width = min(PROGRESS, shutil.get_terminal_size().columns - 1)

    def show_progress(text: str) -> None:
        sys.stderr.write(f"\r{visible(text)[:width]:<{width}}")
        sys.stderr.flush()

    try:
        yield show_progress
    finally:
        sys.stderr.write("\r" + " " * width + "\r")
        sys.stderr.flush()
