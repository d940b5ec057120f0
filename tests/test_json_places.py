"""Places in JSON, against a reader that reads all of it one sign after the other."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from json import decoder
from typing import Any

import pytest
from test_doubled_keys import LIST, MAPPING, Writer

from wsis_model.errors import Position
from wsis_model.formats._json_places import JsonPlaces, is_shallow
from wsis_model.formats.json import doubled_keys
from wsis_model.positions import Path

#: Not in the stubs; there since Python 3.1.
scanstring: Callable[[str, int], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]
Known = dict[Path, tuple[int, int]]

TREE: Any = {
    "a": [{"id": "x", "en": "he said", "extensions": {"a:b": 1}}, {}, [], [[1, [2]], None]],
    "": {"en": "L", "fr": "M", "[": {"]": {"}": "{"}}},
    "n": [1, -2.5e10, True, None, "", "]", '"', "\\"],
    "deep": json.loads('[{"a":' * 12 + '["]}"]' + "}]" * 12),
}


def walked(text: str) -> tuple[Known, list[tuple[Path, int]]]:
    """Where the key and the value of each path stand, and the keys that stand twice."""
    known: Known = {}
    twice: list[tuple[Path, int]] = []

    def blanks(at: int) -> int:
        while text[at : at + 1] in {" ", "\t", "\r", "\n"}:
            at += 1
        return at

    def value(at: int, key_at: int, path: Path, *, first: bool = True) -> int:
        if first and known.setdefault(path, (key_at, at)) != (key_at, at):
            first = False
        if text[at] == '"':
            return scanstring(text, at + 1)[1]
        if text[at] not in "[{":
            return at + len(re.split(r"[\s,\]}]", text[at:], maxsplit=1)[0])
        close, seen, at = "]}"[text[at] == "{"], set[str | int](), blanks(at + 1)
        while text[at] != close:
            start = at
            step: str | int = len(seen)
            if close == "}":
                step, at = scanstring(text, at + 1)
                at = blanks(blanks(at) + 1)
                if step in seen:
                    twice.append(((*path, step), start))
            at = value(at, start, (*path, step), first=first and step not in seen)
            seen.add(step)
            at = blanks(at)
            at = blanks(at + 1) if text[at] == "," else at
        return at + 1

    start = blanks(0)
    value(start, start, ())
    return known, twice


def beside(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Every path in plain data, and paths that lead to nothing."""
    yield path
    if isinstance(tree, MAPPING):
        for key, below in tree.items():
            yield from beside(below, (*path, key))
        yield from ((*path, "none"), (*path, 0))
    elif isinstance(tree, LIST):
        for index, below in enumerate(tree):
            yield from beside(below, (*path, index))
        yield from ((*path, len(tree)), (*path, "none"), (*path, -1))
    else:
        yield (*path, "none")


def nearest(known: Known, path: Path, *, key: bool) -> int:
    """Where the value at a path stands, or the container nearest to it."""
    if path in known:
        return known[path][0 if key else 1]
    while path not in known:
        path = path[:-1]
    return known[path][1]


def position(text: str, at: int, line: int) -> Position:
    """The place of an offset, counted from the beginning of the text."""
    before = text[:at].split("\n")
    return Position("f", line + len(before) - 1, len(before[-1]) + 1)


class TestSamePlaces:
    """What is found on the way is found where it stands."""

    @pytest.mark.parametrize("seed", range(40))
    def test_any_text(self, seed: int) -> None:
        text = Writer(seed).value(TREE)
        if seed % 3 == 0:
            text = "\n " + text.replace(',"', ',\n"') + "\n "
        known, twice = walked(text)
        places = JsonPlaces("f", text, seed)
        paths = list(beside(json.loads(text)))
        random.Random(seed).shuffle(paths)
        for path in paths:
            for key in (False, True):
                there = position(text, nearest(known, path, key=key), seed)
                assert places.find(path, key=key) == there, (path, text)
        assert list(places.doubled()) == [(path, position(text, at, seed)) for path, at in twice]
        assert doubled_keys(text) == bool(twice)

    def test_unknown_fields_that_were_kept(self) -> None:
        text = '{"a": {\n "b": 1}}'
        path = ("a", "extensions", "unknown:b")
        assert JsonPlaces("f", text).find(path) == Position("f", 2, 2)

    @pytest.mark.parametrize("text", ["", "[", '{"a', '{"a" 1}', "{'a': 1}", "]", '{"a": [1'])
    def test_what_is_no_json(self, text: str) -> None:
        for path in ((), ("a",), (0,), ("a", 3)):
            assert JsonPlaces("f", text).find(path).line == 1

    def test_depth(self) -> None:
        text = '{"a": ' + "[" * 60 + "]" * 60 + ', "b": 1}'
        assert not is_shallow(text)
        assert JsonPlaces("f", text).find(("b",)) == Position("f", 1, 134)
        assert JsonPlaces("f", text).find(("a", *([0] * 59))) == Position("f", 1, 66)
