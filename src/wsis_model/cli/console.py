"""What the command line reads and writes: files and standard streams, whatever the terminal."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from .._width import visible
from ..errors import WsisModelError

__all__ = [
    "Refused",
    "Source",
    "Target",
    "clear",
    "colours",
    "complain",
    "emit",
    "is_terminal",
    "progress",
    "received",
    "standing_streams",
    "write",
    "write_by",
    "write_folder",
]

PROGRESS = 60
"""What is being done is said in so many columns, or in as many as a narrower terminal has."""
_NULL = "\0"
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class Source(str):
    """What a command reads, the type of such arguments: a file, a folder, or `-` for stdin."""

    __slots__ = ()

    @property
    def is_path(self) -> bool:
        """Whether there can be a file of this name."""
        return self != "-" and _NULL not in self


@attrs.frozen
class Target:
    """Where a command writes, the type of such arguments: a file, a folder, or `-` for stdout."""

    name: str
    """As it was given, e.g. `"plan.xlsx"`."""

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
    """Nothing is written there."""

    place: str
    """Where."""
    reason: str
    """Why not."""

    def _sentence(self) -> str:
        return f"{self.place} {self.reason}"


# --- what may be written over ---------------------------------------------------------------------


def clear(options: argparse.Namespace, target: Target | None = None) -> None:
    """Make sure that a command writes over nothing that it reads, and over nothing unasked.

    Every command comes through here before it runs, and with each file again before it is written.

    Args:
        options: All its arguments: a `Source` is read, a `Target` is written.
        target: What is written; without it, all of them.

    Raises:
        Refused: It would write over something.
    """
    sources = [each for each in _given(options) if isinstance(each, Source) and each.is_path]
    targets = [each for each in _given(options) if isinstance(each, Target)]
    places: set[str] = set()
    for each in targets if target is None else (target,):
        if _NULL in each.name:
            raise Refused(each.name, "is no name for a file")
        place = "-" if each.is_stdout else os.path.realpath(each.name)
        if place in places:
            raise Refused(each.name, "cannot take two outputs; say another name for one")
        places.add(place)
        if not each.is_stdout:
            _clear(each.name, Path(place), sources, force=options.force)


def _given(options: argparse.Namespace) -> Iterator[object]:
    """The arguments of a command, one by one."""
    for value in vars(options).values():
        yield from cast("list[object]", value) if isinstance(value, (list, tuple)) else (value,)


def _clear(name: str, place: Path, sources: list[Source], *, force: bool) -> None:
    kind = stat.S_IFMT(place.stat().st_mode) if os.path.lexists(place) else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):  # a pipe would be waited for, a device replaced
        raise Refused(name, "is no file and no folder")
    read = {each: {*_within(Path(each))} for each in sources}
    for source, held in read.items():
        if os.path.realpath(source) == str(place) or not held.isdisjoint(_same(place)):
            raise Refused(name, f"is read ({source}); choose another name")
        if any(not held.isdisjoint(_same(folder)) for folder in place.parents):
            raise Refused(name, f"lies in {source}, which is read; choose another folder")
    if kind and not force and (kind == stat.S_IFREG or any(place.iterdir())):
        raise Refused(name, "is there already; choose another name, or say --force")
    there = {*_within(place)} if sources else set[tuple[int, int]]()
    for source, held in read.items():
        if not held.isdisjoint(there):
            raise Refused(name, f"holds {source}, which is read; choose another folder")


def _within(path: Path) -> Iterator[tuple[int, int]]:
    """The file, or the folder and all that lies in it."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        yield from _same(each)


def _same(path: Path) -> Iterator[tuple[int, int]]:
    """What a file or folder is to the system, however called; nothing where there is none."""
    with contextlib.suppress(OSError, ValueError):
        found = path.stat()
        yield found.st_dev, found.st_ino


# --- out ------------------------------------------------------------------------------------------


def emit(text: str, options: argparse.Namespace, target: Target | None = None) -> None:
    """Write text where the command was told to."""
    shown = f"{text.rstrip()}\n" if text else ""
    write(shown.encode("utf-8", "backslashreplace"), options, target)


def write(data: bytes, options: argparse.Namespace, target: Target | None = None) -> None:
    """Write bytes to *target* or, without one, where `--output` says, and to standard output where
    nothing does.

    Raises:
        Refused: It would write over something.
        OSError: It cannot be written.
    """
    from ..formats._files import write_whole

    place: Target = target or vars(options).get("output") or Target("-")
    if place.is_stdout:
        _send(data)
    else:
        write_by(lambda path: write_whole(path, (data,)), options, place)


def write_folder(files: Mapping[str, bytes], options: argparse.Namespace, target: Target) -> None:
    """Write files, by their names within it, to a folder.

    Raises:
        Refused: It would write over something, or is standard output.
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
    write_by(save, options, target)


def write_by(save: Callable[[Path], None], options: argparse.Namespace, target: Target) -> None:
    """Let *save* write a file or folder, and say so.

    Raises:
        Refused: It would write over something.
        OSError: It cannot be written.
    """
    clear(options, target)
    try:
        save(target.path)
    except FileNotFoundError as error:  # of a folder in the name, which says less
        raise FileNotFoundError(error.errno, os.strerror(errno.ENOENT), target.name) from None
    complain(f"wrote {target}")


def _send(data: bytes) -> None:
    """Write bytes to standard output, also where that is a notebook or a text in memory."""
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
        # The reader has gone (`| head`). Python would complain when it flushes at exit: let it
        # flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(*lines: str) -> None:
    """Write lines to standard error."""
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            print(visible(line), file=sys.stderr)


def received() -> bytes:
    """What stands on standard input."""
    buffer = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read().encode() if buffer is None else buffer.read()


def is_terminal(stream: Any) -> bool:
    """Whether somebody reads a stream on a terminal."""
    return bool(getattr(stream, "isatty", bool)())


def colours(stream: Any) -> bool:
    """Whether to colour: NO_COLOR says no, FORCE_COLOR says yes, and else a terminal is asked for."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        is_terminal(stream) and os.environ.get("TERM") != "dumb"
    )


@contextlib.contextmanager
def standing_streams() -> Generator[None]:
    """Let what has no standard output or no standard error (a daemon, `>&-`) write into nothing."""
    with contextlib.ExitStack() as stack:
        nothing = stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
        if sys.stdout is None:
            stack.enter_context(contextlib.redirect_stdout(nothing))
        if sys.stderr is None:
            stack.enter_context(contextlib.redirect_stderr(nothing))
        yield


@contextlib.contextmanager
def progress() -> Generator[Callable[[str], None]]:
    """A function that says on a terminal, in one line written over and over, what is being done."""
    if not is_terminal(sys.stderr):
        yield lambda _: None
        return

    width = min(PROGRESS, shutil.get_terminal_size().columns - 1)

    def say(text: str) -> None:
        sys.stderr.write(f"\r{visible(text)[:width]:<{width}}")
        sys.stderr.flush()

    try:
        yield say
    finally:
        sys.stderr.write("\r" + " " * width + "\r")
        sys.stderr.flush()
