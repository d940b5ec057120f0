"""What the text formats share: decoding with a clear word when it fails, gzip with a bound, and kept unknown fields."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import Any

from ..errors import LoadError, Position, Problem

__all__ = ["UNKNOWN", "Plain", "can_be_kept", "compress", "decode", "expand", "restore_unknown"]

Plain = dict[str, Any] | list[Any] | str | float | None
"""What JSON, YAML and tables are made of; members are not looked at here, the records type them."""

UNKNOWN = "unknown:"
"""Prefix in `extensions` of fields that this version does not know and was told to keep."""

_KEPT = re.compile(r"[A-Za-z0-9_.-]{1,190}")

EXPANDED = 2**31
"""A compressed file may expand to this many bytes."""


def can_be_kept(name: str) -> bool:
    """Whether an unknown field of this name fits under `extensions`: no version of ours will have another."""
    return _KEPT.fullmatch(name) is not None


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of *data*, which must be UTF-8 (a byte order mark is allowed), or the problem with it."""
    for mark, name in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            return "", [Problem("encoding", f"the file is {name}, not UTF-8", Position(file, 1, 1), hint="save it as UTF-8")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        found = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [Problem("encoding", found, Position(file, line, column), hint="save the file as UTF-8")]


def expand(data: bytes, file: str) -> bytes:
    """The bytes of a gzip file.

    Raises:
        LoadError: It is damaged, or expands beyond all measure.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            expanded = stream.read(EXPANDED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError((Problem("gzip", f"not a whole gzip file: {error}", Position(file)),)) from None
    if len(expanded) > EXPANDED:
        raise LoadError((Problem("gzip", f"expands to more than {EXPANDED:,} bytes", Position(file)),))
    return expanded


def compress(data: bytes) -> bytes:
    """*data* as gzip, the same bytes for the same data (no time stamp)."""
    return gzip.compress(data, compresslevel=6, mtime=0)


def restore_unknown(plain: Plain | tuple[Any, ...]) -> Any:
    """Plain data in which fields kept under `extensions` as `unknown:name` stand where they stood."""
    if isinstance(plain, dict):
        made = {key: value if key == "extensions" else restore_unknown(value) for key, value in plain.items()}
        extensions: Plain = made.get("extensions")
        if isinstance(extensions, dict) and any(key.startswith(UNKNOWN) for key in extensions):
            rest = {key: value for key, value in extensions.items() if not key.startswith(UNKNOWN)}
            del made["extensions"]
            made |= {key[len(UNKNOWN) :]: value for key, value in extensions.items() if key.startswith(UNKNOWN)}
            if rest:
                made["extensions"] = rest
        return made
    if isinstance(plain, (list, tuple)):
        return [restore_unknown(each) for each in plain]
    return plain
