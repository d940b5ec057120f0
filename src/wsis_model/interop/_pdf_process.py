"""Reading a PDF in another process, whose memory and time are bounded.

PDFium believes what a file says of itself: a few kilobytes may ask it for gigabytes, upon which it
ends the process it runs in. So that process is another one. It waits for more files when it has
read one, and ends when the pipe to it is closed, as it is when this process ends in whatever way.

What goes through the pipes, both ways, is a line of JSON and bytes, and what comes back is
validated: nothing that a file does to the other process can make this one run anything.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import importlib.util
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

import attrs

from .. import formats
from ..errors import Finding, LoadError, Position
from ..model import File
from ._reading import LeftOut, Reading, Repair

__all__ = ["bounds", "end_all", "is_possible", "read_apart", "serve", "waiting"]

#: By what a process bounds itself. Windows has no such module: there only the clock bounds what is
#: read.
resource: Any = (
    importlib.import_module("resource") if importlib.util.find_spec("resource") else None
)
#: So many processes wait for more files; several threads that read at once have one each.
KEPT = 4
#: No answer is longer.
ANSWER = 2**28
#: A process that has kept this much memory from the files it read is not used again.
SWOLLEN = 2**25
#: How long a process may take to start, in seconds: it imports what it needs, on a machine that may
#: be busy.
START = 120
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from wsis_model.interop import _pdf_process, pdf; _pdf_process.serve(pdf.read_here)"
)

T = TypeVar("T", Finding, LeftOut, Repair)
Read = Callable[[bytes, str, str | None, str | None], Reading]


def bounds(size: int) -> tuple[int, int]:
    """What reading a file of this size may take: bytes of memory, and seconds of the processor.

    Examples:
        >>> bounds(2**20)
        (201326592, 12)
    """
    return 2**27 + 64 * size, 2 + 10 * size // 2**20


def is_possible() -> bool:
    """Whether there can be another process; a browser's Python has none, and runs in a sandbox
    itself.
    """
    return sys.platform not in ("emscripten", "wasi")


def _send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    stream.write(json.dumps({**head, "size": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read one message.

    Raises:
        EOFError: The other side has ended instead.
    """
    line = stream.readline(ANSWER)
    if not line.endswith(b"\n"):
        raise EOFError
    head: dict[str, Any] = json.loads(line)
    size = min(head["size"], ANSWER)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return head, body


# --- the other process ----------------------------------------------------------------------------


def serve(read: Read) -> None:
    """Read the files that come in, until the pipe is closed."""
    importlib.import_module("pypdfium2")  # before anything is bounded
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # is meant for who reads, not for this
    # What anything prints must not come between the answers.
    with contextlib.suppress(EOFError), os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        began = _address_space()
        _send(answers, {"ready": True})
        while True:
            head, data = _receive(sys.stdin.buffer)
            _bound(head["memory"], head["seconds"])
            answer, body = _answer_to(read, data, head)
            del data
            _send(answers, {**answer, "swollen": _address_space() > began + SWOLLEN}, body)


def _address_space() -> int:
    """The address space of this process, in bytes, where the system tells it."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _bound(memory: int, seconds: int) -> None:
    """Let this process take this much more than it has taken, where the system can enforce it."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, _address_space() + memory),
        (resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # some systems know it and do not bound it
            allowed = resource.getrlimit(what)[1]
            most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
            resource.setrlimit(what, (most, allowed))


def _answer_to(read: Read, data: bytes, head: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What to answer about a file, and its documents."""
    try:
        found = read(data, head["file"], head["symbol"], head["language"])
        # Not as our files have it: which fields were set comes through as well.
        body = File(documents=found.documents).model_dump_json(exclude_unset=True).encode()
        facts: dict[str, Any] = {
            "left_out": [attrs.asdict(each) for each in found.left_out],
            "repairs": [attrs.asdict(each) for each in found.repairs],
        }
    except LoadError as error:
        known = [
            attrs.asdict(each, filter=lambda field, value: value != field.default)
            for each in error.problems
        ]
        return {"problems": known}, b""
    except MemoryError:
        return {"ended": "memory"}, b""
    except Exception as error:  # noqa: BLE001 - a file that breaks the reader must not end it
        return {"ended": type(error).__name__}, b""
    return facts, body


# --- this process ---------------------------------------------------------------------------------


@attrs.define(eq=False)
class _Child:
    """The other process, seen from this one."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]

    @classmethod
    def started(cls) -> _Child:
        """A process that waits for files.

        Raises:
            OSError: None can be started.
        """
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError(0, "this program is no Python that can be started again")
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, and our own module
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        child = cls(process, process.stdin, process.stdout)
        _ALL.add(child)
        answer, _ = child.exchange(START)
        if "ended" in answer:
            raise OSError(0, f"another Python ended as it began ({answer['ended']})")
        return child

    def exchange(
        self, seconds: float, asked: tuple[dict[str, Any], bytes] | None = None
    ) -> tuple[dict[str, Any], bytes]:
        """The answer of the other process to a request; how it ended, where it ends instead or
        takes more seconds.
        """
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            if asked is not None:
                _send(self.requests, *asked)
            return _receive(self.answers)
        except (OSError, EOFError, ValueError, LookupError, TypeError):
            self.end()
            status = self.process.returncode
            if late.is_set() or status == -getattr(signal, "SIGXCPU", 0):
                return {"ended": "time"}, b""
            # PDFium aborts where it gets no memory.
            return {"ended": "memory" if status == -signal.SIGABRT else f"exit {status}"}, b""
        except BaseException:  # an interrupt: the answer must not be taken for one to the next file
            self.end()
            raise
        finally:
            clock.cancel()

    def end(self) -> None:
        """End the other process."""
        _ALL.discard(self)
        for pipe in (self.requests, self.answers):
            with contextlib.suppress(OSError):  # what was not sent yet
                pipe.close()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


_ALL: set[_Child] = set()
waiting: list[_Child] = []
"""The processes that wait for more files."""


@atexit.register
def end_all() -> None:
    """End all other processes; the next file starts one again."""
    waiting.clear()
    for child in tuple(_ALL):
        child.end()


def _disown_children() -> None:
    """In a fork of this process, let go of the others: they are not its own, and end only when the
    pipes to them are closed here too.
    """
    for child in _ALL:
        for pipe in (child.requests, child.answers):
            # A buffer, whose contents are not ours to send.
            pipe.raw.close()  # type: ignore[attr-defined]
        child.process.returncode = 0  # nor is it waited for
    _ALL.clear()
    waiting.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disown_children)


def _idle_child() -> _Child:
    """A process that waits for files; a new one where all are busy."""
    while waiting:
        with contextlib.suppress(IndexError):  # another thread was quicker
            child = waiting.pop()
            if child.process.poll() is None:
                return child
            child.end()
    return _Child.started()


def read_apart(data: bytes, file: str, symbol: str | None, language: str | None) -> Reading:
    """Read a PDF in another process.

    Raises:
        LoadError: As for reading it here; it takes more memory or time than it may, or there is no
            other process.
    """
    try:
        child = _idle_child()
    except OSError as error:
        raise LoadError.of(
            Position(file),
            "unreadable",
            f"no other process to read the file in: {error.strerror}",
            "isolated=False reads it in this one",
        ) from None
    memory, seconds = bounds(len(data))
    asked = {"file": file, "symbol": symbol, "language": language}
    bound = {"memory": memory, "seconds": seconds}
    head, body = child.exchange(10 * seconds, ({**asked, **bound}, data))
    if "ended" not in head and not head["swollen"] and len(waiting) < KEPT:
        waiting.append(child)
    else:
        child.end()
    if "problems" in head:
        raise LoadError(tuple(_received(Finding, **each) for each in head["problems"]))
    if ended := head.get("ended"):
        trusted = "isolated=False reads a file that you trust without bounds"
        if ended == "memory":
            what = f"reading the file takes more than {memory >> 20:,} MiB of memory"
        elif ended == "time":
            what = f"reading the file takes more than {seconds} seconds"
        else:
            raise LoadError.of(Position(file), "pdf", f"the file ends what reads it ({ended})")
        raise LoadError.of(Position(file), "too-large", what, trusted)
    return Reading(
        formats.read_trusted(body).documents,
        tuple(_received(LeftOut, **each) for each in head["left_out"]),
        tuple(_received(Repair, **each) for each in head["repairs"]),
    )


def _received(kind: type[T], position: dict[str, Any], **facts: Any) -> T:
    """A problem, a text left out or a repair that the other process sent."""
    return kind(position=Position(**position), **facts)
