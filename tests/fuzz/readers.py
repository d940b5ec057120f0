"""Reads an input in a child, and says what came of it: nothing is wrong as long as it is records or
a `LoadError`.
"""

from __future__ import annotations

import itertools
from typing import Any

import wsis_model as wsis
from wsis_model import formats
from wsis_model.interop import detect

from .mutations import BETWEEN, made

__all__ = ["batch", "read"]

#: What our own formats are called, by kind of input.
_OURS = {"yaml": "yaml", "json": "json", "ndjson": "ndjson", "excel": "excel", "gz": "yaml.gz"}


def read(kind: str, data: bytes, *, salvaged: bool = False) -> None:
    """Read an input, as sound or as far as it is.

    Raises:
        Exception: Whatever the reader raises that is no `LoadError`.
    """
    try:
        if salvaged and kind in _OURS:
            _salvaged(data, _OURS[kind])
        elif kind in _OURS:
            wsis.loads(data, _OURS[kind])
        elif kind == "csv":
            parts = (each.partition(b"\n") for each in data.split(BETWEEN))
            tables = {name.decode("latin-1"): ("table.csv", table) for name, _, table in parts}
            found = formats.read(tables, "tables", formats.CSV)
            _told(found.partial().problems if salvaged else found.problems)
        else:
            wsis.dumps(detect.read_known(kind, data).records, "json")
    except wsis.LoadError as error:
        str(error)
        _told(error.problems)


def _salvaged(data: bytes, form: str) -> None:
    """Salvaging tells what loading tells, and then what differs in what is left; of a sound file it
    gives what loading gives.
    """
    found = wsis.salvage(data, format=form)
    _told(found.problems)
    wsis.check(found.corpus)
    for each in itertools.islice(found.corpus, 100):
        found.corpus.position(each)
    try:
        whole = wsis.loads(data, form)
    except wsis.LoadError as error:
        told = found.problems[: len(error.problems)]
        assert error.problems == told, "salvaging tells other problems than loading"  # noqa: PT017 - both are compared
    else:
        assert (whole, (), frozenset()) == (found.corpus, found.problems, found.lost)


def _told(problems: tuple[wsis.Finding, ...]) -> None:
    for problem in problems:
        assert len(str(problem)) < 2_000, "a message without bounds"


def batch(given: tuple[str, range | bytes]) -> list[tuple[int, str]]:
    """The numbers of a kind whose inputs gave something else, each with what that was; or that of
    the one input given.
    """
    kind, what = given
    wrong: list[tuple[int, str]] = []
    inputs: Any = [(0, what)] if isinstance(what, bytes) else [(n, made(kind, n)) for n in what]
    for number, data in inputs:
        try:
            for salvaged in (True, False) if isinstance(what, bytes) else (number % 2 == 0,):
                read(kind, data, salvaged=salvaged)
        except MemoryError:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            wrong.append((number, f"{type(error).__name__}: {error}"[:300]))
    return wrong
