"""Files of office programs are packages of XML: checked before anything parses them.

What a parser takes, of time and of memory, grows with the bytes, the elements and the attributes
that it is given, and a few kilobytes may unpack to any number of them. So they are counted first,
part by part, which takes a hundredth of that, and what has more of them than a file of its size can
have is refused. Of 250 workbooks and documents that people made none comes near these bounds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from ..errors import LoadError, Position, excerpt

__all__ = ["EXPANDED", "MEMBERS", "check_package"]

#: A package may hold this many parts, and unpack to this many bytes.
MEMBERS, EXPANDED = 4_000, 2**28
#: A part of more than a mebibyte may unpack to this many times its size.
RATIO = 200
#: The XML of a package may have this many bytes, and this many more for each of its own.
XML = (2**23, 40)
_BLOCK = 2**20
_OVERLAP = 4_200
"""At most the length of anything that is searched for: this much of a block is read again with the
next."""


def check_package(
    data: bytes,
    file: str,
    code: str,
    elements: int,
    weight: Callable[[str], int] = lambda _: 1,
    forbidden: Callable[[str], re.Pattern[bytes] | None] = lambda _: None,
) -> None:
    """Check that a package is safe to open: its table of contents, then its parts, block by block.

    Args:
        data: The package.
        file: Its name, for messages.
        code: The code of the problem for a faulty package; for one that is too large it is
            `too-large`.
        elements: How many elements it may have; it may have twice as many attributes.
        weight: How many elements one in this part counts for: some cost more to read.
        forbidden: What this part may not hold, if anything, in less than 4,200 bytes.

    Raises:
        LoadError: It is not.
        Exception: Any exception of zipfile at damaged bytes.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _look_at_sizes(members, file, code)
        seen = _Counts(file, code, len(data), elements)
        for member in members:
            with archive.open(member) as stream:  # gives no more than the table says
                name = member.filename
                seen.part(name, stream.read, weight(name), forbidden(name))


def _look_at_sizes(members: list[zipfile.ZipInfo], file: str, code: str) -> None:
    if any(member.flag_bits & 1 for member in members):
        hint = "save it without a password"
        raise LoadError.of(Position(file), code, "the file is encrypted", hint)
    if len(members) > MEMBERS:
        what = (
            f"the file holds {len(members):,} others, more than any that an office program writes"
        )
        raise LoadError.of(Position(file), "too-large", what)
    if sum(member.file_size for member in members) > EXPANDED:
        what = f"the file expands to more than {EXPANDED:,} bytes"
        raise LoadError.of(Position(file), "too-large", what, "split it")
    for member in members:
        if member.file_size > max(2**20, RATIO * member.compress_size):
            what = f"{excerpt(member.filename)} expands to more than {RATIO} times its size"
            raise LoadError.of(Position(file), "too-large", what)


class _Counts:
    """Counts what is in a package, against its limits."""

    def __init__(self, file: str, code: str, size: int, elements: int) -> None:
        self.file = file
        self.code = code
        self.left = {
            "bytes of XML": XML[0] + XML[1] * size,
            "elements": elements,
            "attributes": 2 * elements,
        }

    def part(
        self,
        name: str,
        read: Callable[[int], bytes],
        weight: int,
        forbidden: re.Pattern[bytes] | None,
    ) -> None:
        """Look at a part, if it is XML, block by block."""
        block = read(_BLOCK)
        if not block[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
            return
        before = b""
        while block:
            self._take("bytes of XML", len(block))
            plain = before + block.replace(b"\0", b"")  # as well in UTF-16
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                what = f"{excerpt(name)} declares entities, which no office program does"
                raise LoadError.of(Position(self.file), self.code, what)
            if forbidden is not None and forbidden.search(plain):
                what = f"{excerpt(name)} holds what no office program writes"
                raise LoadError.of(Position(self.file), "too-large", what)
            self._take("elements", weight * (plain.count(b"<") - plain.count(b"</")))
            self._take("attributes", plain.count(b'="') + plain.count(b"='"))
            before = plain[-_OVERLAP:]
            block = read(_BLOCK)

    def _take(self, what: str, count: int) -> None:
        self.left[what] -= count
        if self.left[what] < 0:
            message = f"the file has more {what} than one of its size can have"
            raise LoadError.of(Position(self.file), "too-large", message)
