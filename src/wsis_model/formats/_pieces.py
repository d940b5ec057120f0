"""Files read a record at a time, so that no more of a file is held than one of its records."""

from __future__ import annotations

import contextlib
import gzip
import os
import zlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path as FilePath
from typing import IO, Any

import attrs

from ..errors import Finding, LoadError, Position
from ..model import File, kinds
from ..positions import Path, Places
from ._files import opened
from ._text import ANY_RATIO, PIECE, RATIO

__all__ = [
    "HELD",
    "Piece",
    "PlacesBelow",
    "PlainPiece",
    "TOP",
    "Undivided",
    "lines",
    "opened_expanded",
]

PlainPiece = tuple[Any, Places, list[Finding]]
"""Plain data, the places of its values by paths below it, and what is wrong with its writing."""

HELD = 2**27
"""No more bytes of a file are held at once than this: a longer record is not read."""


@attrs.define(eq=False)  # one for each line: a frozen class takes three times as long
class Piece:
    """A record of a file, not validated yet; or what stands in the file beside its records."""

    kind: kinds.Kind | None
    """Which kind of record it is; None for what stands beside them: version and extensions."""
    parse: Callable[[], PlainPiece]
    """Gives it as plain data."""
    line: int
    """The line of the file on which it begins."""
    data: bytes | None = None
    """The record as JSON, to be validated as it is; None if it has to be parsed."""
    parse_typed: Callable[[], PlainPiece] | None = None
    """See `Parsed.parse_typed`."""


@attrs.frozen(slots=False, auto_exc=False)
class Undivided(Exception):
    """A file cannot be divided into records: something else stands where they belong."""

    position: Position
    """Where."""


class _Expanded:
    """The content of a gzip file, as a stream with a bound."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        size = os.fstat(stream.fileno()).st_size
        self._most = max(RATIO * size, ANY_RATIO)
        self._stream = gzip.GzipFile(fileobj=stream)
        self._name = name
        self._given = 0

    def read(self, size: int = PIECE) -> bytes:
        """Up to *size* bytes; none at the end.

        Raises:
            LoadError: The file is damaged, or expands beyond all measure.
        """
        try:
            data = self._stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            message = f"not a whole gzip file: {error}"
            raise LoadError.of(Position(self._name), "gzip", message) from None
        self._given += len(data)
        if self._given > self._most:
            message = f"expands to more than {RATIO} times its size"
            hint = "give it as it is, without compression"
            raise LoadError.of(Position(self._name), "gzip", message, hint)
        return data


@contextlib.contextmanager
def opened_expanded(path: FilePath, *, compressed: bool) -> Generator[Any]:
    """A file, open for reading; what it expands to, if it is *compressed*.

    Raises:
        LoadError: It cannot be opened, or read, or expanded.
    """
    with opened(path) as stream:
        yield _Expanded(stream, str(path)) if compressed else stream


def lines(stream: IO[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a stream with their numbers, from 1, without their ends.

    Raises:
        LoadError: A line is longer than what may be held.
    """
    number, rest = 1, b""
    while data := stream.read(PIECE):
        *whole, rest = (rest + data).split(b"\n") if rest else data.split(b"\n")
        yield from enumerate(whole, number)
        number += len(whole)
        if len(rest) > HELD:
            message = f"the line is longer than {HELD:,} bytes"
            raise LoadError.of(Position(name, number, 1), "too-large", message)
    yield number, rest


@attrs.frozen(eq=False)
class PlacesBelow:
    """Places in a part of a file: paths lead from the top of the file, and what stands at *depth*
    steps is the top of the part.
    """

    places: Places
    depth: int

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The position of what stands at a path; with *key* that of its key."""
        return self.places.find(path[self.depth :], key=key and len(path) > self.depth)


#: The kinds of which a file has a list.
TOP = {kind.field: kind for kind in kinds.TOP_KINDS}
assert TOP.keys() < File.model_fields.keys()
