"""What the command line writes: to standard output and error, whatever the terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

__all__ = ["colours", "complain", "emit", "progress", "send"]


def emit(text: str, path: Path | None) -> None:
    """Write text to a file, or to standard output."""
    data = (f"{text.rstrip()}\n" if text else "").encode("utf-8", "backslashreplace")
    if path is not None:
        path.write_bytes(data)
    else:
        send(data)


def send(data: bytes) -> None:
    """Write bytes to standard output."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain when it flushes at exit: let it flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(*lines: str) -> None:
    """Write lines to standard error."""
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            print(line, file=sys.stderr)


def colours(stream: Any) -> bool:
    """Whether to colour: NO_COLOR says no, FORCE_COLOR says yes, and else a terminal is asked for."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        stream.isatty() and os.environ.get("TERM") != "dumb"
    )


@contextlib.contextmanager
def progress() -> Generator[Callable[[str], None]]:
    """A function that says on a terminal, in one line written over and over, what is being done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def say(text: str) -> None:
        sys.stderr.write(f"\r{text:<60}")
        sys.stderr.flush()

    try:
        yield say
    finally:
        sys.stderr.write("\r" + " " * 60 + "\r")
        sys.stderr.flush()
