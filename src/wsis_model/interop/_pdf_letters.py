"""Which letter a glyph is, where the PDF itself says a wrong one.

Some files print a *j* and say of its glyph that it is an *o*: "obective" is then what any program
copies from them. The glyphs of a
font stand in the order of the alphabet, and so a file that says so is found out: between *i* and
*k* stands a second *o*, and no *j*.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from ..errors import Position
from ._reading import Repair

__all__ = ["mended"]

_STREAM = re.compile(rb"stream\r?\n(?=x)")  # x is how compressed streams begin
_MAPS = re.compile(rb"beginbf(range|char)((?:(?!beginbf|endbf).)*+)endbf", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*\[?\s*<([0-9A-Fa-f]{4})>")
_CHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*()<([0-9A-Fa-f]{4})>")
#: The maps of official files have some 2,000 bytes, and these files three to ten fonts.
LONGEST = 65_536
MOST = 100


def mended(data: bytes, file: str) -> tuple[bytes, tuple[Repair, ...]]:
    """The file with wrong letters corrected, and the repairs; each map keeps its place and its
    length.
    """
    repairs: list[Repair] = []
    made = bytearray()
    for start, end in itertools.islice(_maps(data), MOST):
        opened = zlib.decompressobj()
        try:
            text = opened.decompress(data[start : min(end, start + LONGEST)], LONGEST)
        except zlib.error:
            continue
        fixed, found = _fixed(text)
        packed = zlib.compress(fixed, 9)
        if found and opened.eof and len(packed) <= end - start:
            made = made or bytearray(data)
            made[start:end] = packed.ljust(end - start, b"\n")
            repairs += (
                Repair(
                    "wrong-letter",
                    Position(file),
                    f"glyph {code:04X} as {wrong}",
                    f"read as {right}",
                )
                for code, wrong, right in found
            )
    return bytes(made) if made else data, tuple(repairs)


def _maps(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the streams begin and end that map the glyphs of a font to letters."""
    for stream in _STREAM.finditer(data):
        start = stream.end()
        try:
            begins = zlib.decompressobj().decompress(data[start : start + 512], 100)
        except zlib.error:
            continue
        if b"begincmap" in begins and (end := data.find(b"endstream", start)) >= 0:
            yield start, end


def _fixed(text: bytes) -> tuple[bytes, list[tuple[int, str, str]]]:
    """A map from glyphs to letters with its errors corrected, and for each error the glyph, the
    wrong letter and the right one.
    """
    letters: dict[int, int] = {}
    places: dict[int, tuple[int, int]] = {}
    """Where the letter of a glyph that has an entry of its own is written."""
    for part in _MAPS.finditer(text):
        for entry in (_RANGE if part[1] == b"range" else _CHAR).finditer(part[2]):
            first, letter = int(entry[1], 16), int(entry[3], 16)
            last = min(int(entry[2] or entry[1], 16), first + 255)
            letters.update((code, letter + code - first) for code in range(first, last + 1))
            if first == last:
                places[first] = part.start(2) + entry.start(3), part.start(2) + entry.end(3)
    claims = Counter(letters.values())
    found: list[tuple[int, str, str]] = []
    for code, (start, end) in places.items():
        wrong, right = letters[code], letters.get(code - 1, 0) + 1
        if (
            chr(right).isascii()
            and chr(right).isalpha()
            and letters.get(code + 1) == right + 1
            and not claims[right]
            and claims[wrong] > 1
        ):
            text = text[:start] + b"%04X" % right + text[end:]
            found.append((code, chr(wrong), chr(right)))
    return text, found
