"""Counting, independently of the reader, that every text of a file is in its records or reported as
left out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ...errors import Position
from .._reading import LeftOut, Reading, Repair
from .._xml import Source, local, read_bytes
from .numbers import ITEM, NUMBERED, label_of, letters_of, roman
from .reader import Found, find_parsed
from .xml import parse

if TYPE_CHECKING:
    from .._xml import Element

__all__ = ["find_source", "read_source", "unplaced"]

#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
_CONTAINERS: Any = (dict, list)
_MAPPING: Any = dict


def unplaced(source: Source) -> tuple[LeftOut, ...]:
    """Text of the file that is neither in the records nor reported: empty, or the reader has lost
    something.

    Every text outside `meta` is looked for in what was read, as often as it stands in the file.
    White space, invisible marks of direction, and the brackets around the marks of notes and
    bullets do not count; numbers count in their canonical form.

    Raises:
        LoadError: The file cannot be read.
    """
    name, data = read_bytes(source)
    root, repairs = parse(name, data)
    return _missing(name, root, _read(name, root, repairs))


def read_source(source: Source) -> Reading:
    """Read one file.

    Raises:
        LoadError: It is no XML that can be read, declares a DTD, is too large or too deep, or
            is no Akoma Ntoso.
    """
    name, data = read_bytes(source)
    return _read(name, *parse(name, data))


def find_source(source: Source) -> Found | Reading:
    """Read one file as far as the records, which are made of what is found by whoever wants them.
    Where tags were mended it is read whole, as what is lost is seen from the records.

    Raises:
        LoadError: As `read_source` does, but for what only validation finds.
    """
    name, data = read_bytes(source)
    root, repairs = parse(name, data)
    return _read(name, root, repairs) if repairs else find_parsed(name, root)


def _read(name: str, root: Element, repairs: tuple[Repair, ...]) -> Reading:
    """Read a file that is parsed. Where tags were mended, text may stand where none belongs: such
    text is reported.
    """
    reading = find_parsed(name, root).reading()
    if not repairs:
        return reading
    left_out = (*reading.left_out, *_missing(name, root, reading))
    return attrs.evolve(reading, left_out=left_out, repairs=repairs)


def _missing(name: str, root: Element, reading: Reading) -> tuple[LeftOut, ...]:
    """The texts of a file that a reading does not have; takes the metadata out of *root*."""
    texts = _ReadTexts(reading)
    missing: list[LeftOut] = []
    needed: Counter[str] = Counter()
    for element, text in _texts(root):
        for piece in _pieces(element, text, texts):
            needed[piece] += 1
            if not texts.holds(piece, needed[piece]):
                missing.append(
                    LeftOut(
                        Position(name, element.sourceline), " ".join(text.split()), "in no record"
                    )
                )
    return tuple(missing)


def _squeezed(text: str) -> str:
    """*text* without white space and invisible characters."""
    whole = "".join(text.split())
    return (
        whole
        if whole.isascii()
        else "".join(sign for sign in whole if unicodedata.category(sign) != "Cf")
    )


def _strings(value: Any) -> Iterator[str]:
    """Every text in JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, _CONTAINERS):
        for each in value.values() if isinstance(value, _MAPPING) else value:
            yield from _strings(each)


class _ReadTexts:
    """All text that a reading holds, and the labels of its provisions."""

    def __init__(self, reading: Reading) -> None:
        texts: list[str] = []
        self.segments: set[str] = set()
        for document in reading.documents:
            texts += map(
                _squeezed, _strings(document.model_dump(mode="json", exclude={"urls", "akn_iri"}))
            )
            for provision in document.provisions:
                self.segments.update(provision.id.rpartition("/")[2].split("-"))
        texts += (_squeezed(left.text) for left in reading.left_out)
        self.text = "\0".join(texts)
        self._counts: dict[str, int] = {}

    def holds(self, piece: str, times: int) -> bool:
        if piece not in self._counts:
            self._counts[piece] = self.text.count(piece)
        return self._counts[piece] >= times

    def numbers(self, printed: str) -> bool:
        """Whether a provision has this number."""
        label = label_of(printed)
        written = {label.segment}
        for reading in label.readings:
            written.add(
                letters_of(reading.value)
                if reading.style == "alpha"
                else roman(reading.value)
                if reading.style == "roman"
                else str(reading.value)
            )
        return not written.isdisjoint(self.segments)


def _texts(root: Element) -> Iterator[tuple[Element, str]]:
    """Every text of the file outside its metadata, with the element that it stands in."""
    for part in [part for meta in root.iter("{*}meta") for part in meta]:
        if local(part) != "notes":
            part.clear(keep_tail=True)
    for element in root.iter():
        if element.text and not element.text.isspace():
            yield element, element.text
        parent = element.getparent()
        if parent is not None and element.tail and not element.tail.isspace():
            yield parent, element.tail


def _pieces(element: Element, text: str, texts: _ReadTexts) -> Iterator[str]:
    """The parts of a text that must be found: nothing of a number that a provision has; of a text
    that starts with such a number, the rest.
    """
    squeezed = _squeezed(text)
    name = local(element)
    if (
        (name == "num" and (label_of(text).readings[0].style == "bullet" or texts.numbers(text)))
        or (name == "sup" and squeezed in ("(", ")"))
        or not squeezed
    ):
        return
    if squeezed.startswith("()"):
        squeezed = squeezed[2:]
    elif (
        (found := ITEM.match(text) or NUMBERED.match(text))
        and not texts.holds(squeezed, 1)
        and texts.numbers(found[1])
    ):
        squeezed = _squeezed(text[found.end() :])
    if squeezed:
        yield squeezed
