"""The garbage collector, paused while many records are made."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Generator

import attrs

__all__ = ["collector", "paused_collector"]


@attrs.define(eq=False)
class _Collector:
    """The state of the garbage collector: how often it is paused, and how much it has not seen."""

    lock: threading.Lock = attrs.Factory(threading.Lock)
    pauses: int = 0
    """The number of pauses that have not ended."""
    was_on: bool = False
    unseen: int = 0
    """Roughly the number of objects moved to the oldest generation, unseen, since the last full
    collection."""
    collections: int = 0
    """The number of full collections that Python had run when the last pause ended."""
    bound: int = 250_000
    """With more than this, all are collected again: at the earliest when there are twice as many
    objects as after the last time."""

    def pause(self) -> None:
        with self.lock:
            if self.pauses == 0 and self.collections != _full_collections():
                self.unseen = 0  # one has seen all since
            full = self.pauses == 0 and self.unseen > self.bound
            if full:
                self.unseen = 0
        if full:  # what it finalizes may load files itself
            gc.collect()
            self.bound = max(250_000, len(gc.get_objects()))
        with self.lock:
            if self.pauses == 0:
                self.was_on = gc.isenabled()
                gc.disable()
            self.pauses += 1

    def resume(self) -> None:
        with self.lock:
            self.pauses -= 1
            if self.pauses or not self.was_on:
                return
            if not gc.get_freeze_count():
                # What was made will stay: straight to the oldest generation, or the next
                # collections walk all of it twice. That sets back the counts by which Python knows
                # when to collect that one: we keep them instead.
                young, middle, old = gc.get_count()
                each, of_middle, _ = gc.get_threshold()
                self.unseen += young + each * (middle + of_middle * old)
                gc.freeze()
                gc.unfreeze()
            self.collections = _full_collections()
            gc.enable()


def _full_collections() -> int:
    count: int = gc.get_stats()[-1]["collections"]
    return count


collector = _Collector()


@contextlib.contextmanager
def paused_collector() -> Generator[None]:
    """Stop the garbage collector while many records are made: measured, it makes loading two to
    five times faster.

    It may be paused within a pause, and by several threads: it goes on when the last of them is
    done.

    Examples:
        >>> with paused_collector():
        ...     records = [object() for _ in range(3)]
    """
    collector.pause()
    try:
        yield
    finally:
        collector.resume()
