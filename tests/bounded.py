"""Calls in child processes that the machine bounds in memory and time: what dies or hangs there is
told, and nobody else is hurt.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs

__all__ = ["MEMORY", "SECONDS", "Outcome", "Pool"]

MEMORY = 2**30
"""Bytes of address space that a child may have."""
SECONDS = 10
"""Seconds of processor time that one call may take."""
_OUT_OF_MEMORY = 77
_DAMAGED = (EOFError, OSError, pickle.UnpicklingError)


@attrs.frozen
class Outcome:
    """What came of a call in a child."""

    value: Any = None
    """What it gave."""
    failed: str = ""
    """What it raised, e.g. `"ValueError: ..."`, or of what the child died; empty where it gave
    something."""
    lived: bool = True
    """Whether the child is still there."""
    seconds: float = 0.0
    """Processor time that it took, in the child and what that started."""
    memory: int = 0
    """Bytes by which the child and what it started grew at most."""


# --- in the child ---------------------------------------------------------------------------------


def serve(name: str) -> None:
    """Answer calls of `module:function` from the standard input, until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed goes to the errors
    module, _, function = name.partition(":")
    call = getattr(importlib.import_module(module), function)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError):
        while True:
            case = pickle.load(sys.stdin.buffer)
            answers.write(pickle.dumps(_answer(call, case)))
            answers.flush()


def _answer(call: Any, case: Any) -> Outcome:
    soft = int(time.process_time()) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    seconds, memory = _used(afresh=True)
    value, failed = None, ""
    try:
        value = call(case)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the caller is told
        failed = f"{type(error).__name__}: {error}"[:500]
    after, peak = _used()
    return Outcome(value, failed, True, max(after - seconds, 0.0), max(peak - memory, 0))


def _used(*, afresh: bool = False) -> tuple[float, int]:
    """Processor time, and the most memory, of this process and those it started; *afresh* gives the
    memory of now.
    """
    seconds, kilobytes = 0.0, 0
    try:
        tasks = list(Path("/proc/self/task").iterdir())
        started = [each for task in tasks for each in (task / "children").read_text().split()]
        for process in ("self", *started):
            folder = Path("/proc", process)
            if afresh:
                (folder / "clear_refs").write_text("5")
            status = (folder / "status").read_text()
            kilobytes += int(status.partition("VmHWM:")[2].split()[0])
            times = (folder / "stat").read_text().rpartition(")")[2].split()
            seconds += (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):  # no Linux, or a process that has just ended
        return time.process_time(), 0
    return seconds, kilobytes * 1024


# --- in the parent --------------------------------------------------------------------------------


class _Child:
    """A process that answers calls, one after the other."""

    def __init__(self, name: str) -> None:
        path = os.pathsep.join((str(Path(__file__).parent), *filter(None, sys.path)))
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"import bounded; bounded.serve({name!r})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, case: Any) -> Outcome:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        hung = False
        try:
            self.process.stdin.write(pickle.dumps(case))
            self.process.stdin.flush()
            # A busy machine gives little of its time; what waits for nothing is ended all the same.
            if select.select([self.process.stdout], [], [], 30 + 10 * SECONDS)[0]:
                outcome: Outcome = pickle.load(self.process.stdout)
                return outcome
            hung = True
        except _DAMAGED:
            pass
        self.close()
        code = self.process.returncode
        if hung:
            why = "waited without an end"
        elif code == _OUT_OF_MEMORY:
            why = "ran out of memory"
        elif code in (-signal.SIGXCPU, -signal.SIGKILL):
            why = "ran out of time"
        else:
            why = f"died of {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        return Outcome(failed=why, lived=False)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Pool:
    """A few children that answer calls of one function; one that dies is replaced.

    Args:
        name: The function, as `module:function`; what it takes and gives must pickle.
        children: How many.
    """

    def __init__(self, name: str, children: int = 2) -> None:
        self._name = name
        self._idle: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        for _ in range(children):
            self._idle.put(None)
        self._threads = ThreadPoolExecutor(children)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            child = self._idle.get()
            if child is not None:
                child.close()

    def ask(self, case: Any) -> Outcome:
        """What came of one call."""
        child = self._idle.get() or _Child(self._name)
        outcome = child.ask(case)
        self._idle.put(child if outcome.lived else None)
        return outcome

    def map(self, cases: Iterable[Any]) -> Iterator[Outcome]:
        """What came of each call, in the order of the cases."""
        return self._threads.map(self.ask, cases)
