"""What the text formats share: decoding, gzip with a bound, and kept unknown fields."""

from __future__ import annotations

import codecs
import gzip
import io
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..errors import Finding, LoadError, Position
from ..positions import Path

__all__ = [
    "DEPTH",
    "HINTED",
    "MAX_PROBLEMS",
    "UNKNOWN_PREFIX",
    "UNREAD",
    "HugeNumber",
    "Plain",
    "as_written",
    "may_be_extension",
    "compress",
    "decode",
    "expand",
    "holds_half_pair",
    "is_day",
    "line_and_column",
    "restore_unknown",
    "too_deep",
    "too_deep_problem",
    "whole_number",
]

Plain = dict[str, Any] | list[Any] | str | float | None
"""What JSON, YAML and tables are made of; members are not looked at here, the records type them."""

UNKNOWN_PREFIX = "unknown:"
"""Prefix in `extensions` of unknown fields that are kept."""

UNREAD = "unread"
"""Stands for a mandatory name that could not be read, so that the rest of its record can be looked
at."""

_KEPT = re.compile(r"[A-Za-z0-9_.-]{1,190}")

#: The mark of UTF-32 begins like that of UTF-16.
_FOREIGN = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

MAX_PROBLEMS = 10_000
"""At most this many problems of a file are reported. The rest is not looked at, or a small file
could
take all memory."""
HINTED = 100
"""At most this many unknown names get a near miss: each is compared with every known name."""
DEPTH = 100
"""Lists and mappings nested deeper than this are a problem, in every text format."""
#: One that is not closed goes to the end, or each quote in it would be looked at as the beginning
#: of one.
_STRING = rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'
_STRINGS = re.compile(_STRING, re.DOTALL)
_SIGNS = re.compile(rb"[][{}]|" + _STRING, re.DOTALL)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_SIGNS = bytes(set(range(256)) - set(_STEPS))

EXPANDED = 2**31
"""A compressed file may expand to this many bytes."""
RATIO = 100
"""It may expand to this many times its size; our catalogue expands to seven times its own."""
ANY_RATIO = 2**20
"""A file that expands to no more bytes may have any ratio."""
PIECE = 2**20


@attrs.frozen(repr=False)
class HugeNumber:
    """A whole number of more digits than Python converts. No field takes it, which is
    reported.
    """

    digits: int

    def __repr__(self) -> str:
        return f"a number of {self.digits:,} digits"


def whole_number(text: str) -> Any:
    """The number that *text* writes in digits; what stands for it if there are too many of them."""
    try:
        return int(text)
    except ValueError:
        return HugeNumber(len(text.removeprefix("-")))


def holds_half_pair(value: Any) -> bool:
    """Whether a text in JSON data holds half of a surrogate pair, which no record takes."""
    try:
        json.dumps(value, ensure_ascii=False, default=repr).encode()
    except UnicodeEncodeError:
        return True
    return False


def too_deep(data: bytes, above: int = 0) -> int | None:
    """Where in some JSON a list or mapping is nested too deep, as the offset in its text; None
    where none is.

    Args:
        data: The JSON.
        above: In how many lists and mappings it stands itself.

    Examples:
        >>> too_deep(b"[" * 100), too_deep(b"[" * 101), too_deep(b"[" * 99, 2)
        (None, 100, 98)
    """
    most = DEPTH - above
    if data.count(b"[") + data.count(b"{") <= most:
        return None
    signs = _STRINGS.sub(b"", data).translate(None, _NO_SIGNS)
    if max(itertools.accumulate(map(_STEPS.__getitem__, signs)), default=0) <= most:
        return None
    depth = 0
    for found in _SIGNS.finditer(data):
        depth += _STEPS.get(found[0][0], 0)
        if depth > most:
            return len(data[: found.start()].decode(errors="replace"))
    return None


def too_deep_problem(place: Position) -> Finding:
    """The problem of a file that is nested too deep, in any format."""
    return Finding("too-deep", f"nested more than {DEPTH} deep", place)


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it."""
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None


def as_written(path: Path) -> Path:
    """The path at which a field kept under `extensions` as `unknown:name` stands in its file."""
    for index, step in enumerate(path):
        if (
            index
            and isinstance(step, str)
            and step.startswith(UNKNOWN_PREFIX)
            and path[index - 1] == "extensions"
        ):
            return (*path[: index - 1], step.removeprefix(UNKNOWN_PREFIX), *path[index + 1 :])
    return path


def may_be_extension(name: str) -> bool:
    """Whether an unknown field of this name fits under `extensions`: no version of ours will have
    another.
    """
    return _KEPT.fullmatch(name) is not None


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The line and column, from 1, of an offset in *text*; a lone carriage return ends a line, as
    in YAML.
    """
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text[:at]))]
    return len(starts), at - starts[-1] + 1


def decode(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of *data*, which must be UTF-8 (a byte order mark is allowed), or the problem with
    it.
    """
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            return "", [
                Finding(
                    "encoding",
                    f"the file is {name}, not UTF-8",
                    Position(file, 1, 1),
                    hint="save it as UTF-8",
                )
            ]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = line_and_column(before, len(before))
        found = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [
            Finding("encoding", found, Position(file, line, column), hint="save the file as UTF-8")
        ]


def expand(data: bytes, file: str) -> bytes:
    """The bytes of a gzip file.

    Raises:
        LoadError: It is damaged, or expands beyond all measure: to more than `EXPANDED` bytes, or
            `RATIO` times its size.
    """
    most = min(EXPANDED, max(RATIO * len(data), ANY_RATIO))
    expanded = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while (piece := stream.read(PIECE)) and expanded.tell() <= most:
                expanded.write(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError.of(Position(file), "gzip", f"not a whole gzip file: {error}") from None
    if expanded.tell() > most:
        size = f"{most:,} bytes" if most == EXPANDED else f"{RATIO} times its size"
        hint = "give it as it is, without compression"
        raise LoadError.of(Position(file), "gzip", f"expands to more than {size}", hint)
    return expanded.getvalue()


def compress(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Data as gzip, piece by piece: the same bytes for the same data (no time stamp).

    Examples:
        >>> gzip.decompress(b"".join(compress((b"road", b"maps"))))
        b'roadmaps'
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def restore_unknown(plain: Plain | tuple[Any, ...]) -> Any:
    """Plain data with fields kept under `extensions` as `unknown:name` back in their places."""
    if isinstance(plain, dict):
        made = {
            key: value if key == "extensions" else restore_unknown(value)
            for key, value in plain.items()
        }
        extensions: Plain = made.get("extensions")
        if isinstance(extensions, dict) and any(
            key.startswith(UNKNOWN_PREFIX) for key in extensions
        ):
            rest = {
                key: value
                for key, value in extensions.items()
                if not key.startswith(UNKNOWN_PREFIX)
            }
            del made["extensions"]
            made |= {
                key[len(UNKNOWN_PREFIX) :]: value
                for key, value in extensions.items()
                if key.startswith(UNKNOWN_PREFIX)
            }
            if rest:
                made["extensions"] = rest
        return made
    if isinstance(plain, (list, tuple)):
        return [restore_unknown(each) for each in plain]
    return plain
