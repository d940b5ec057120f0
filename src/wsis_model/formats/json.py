"""JSON: the canonical form, the same bytes for the same records.

The bytes are validated as they are. Only when something is wrong are they read again for the places
of their values.
"""

from __future__ import annotations

import codecs
import functools
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any, TypeVar

import attrs

from .._messages import sentence
from ..errors import Finding, Position, excerpt
from ..model import File, Record
from ..model.given import keys_given
from ..model.kinds import TOP_KINDS
from ..model.text import plain_texts
from ..positions import Path
from ._json_places import JsonPlaces, is_shallow
from ._pieces import HELD, TOP, Piece, PlainPiece, Undivided
from ._text import (
    MAX_PROBLEMS,
    PIECE,
    decode,
    restore_unknown,
    too_deep,
    too_deep_problem,
    whole_number,
)

__all__ = [
    "dense",
    "doubled_keys",
    "doubled_problems",
    "may_have_doubled_keys",
    "parse",
    "pieces",
    "read_record",
    "read_text",
    "write",
]

R = TypeVar("R", bound=Record)

#: What Python reads as a number and JSON does not have; strings, in which it may stand, are passed
#: over.
_NO_NUMBER = re.compile(r'(NaN|-?Infinity)|"(?:[^"\\]++|\\.)*+"', re.DOTALL)
#: A colon behind white space, found by looking at colons only; and the same behind a string.
_BLANK_COLON = re.compile(rb":(?<=[ \t\r\n]:)")
_LATE_COLON = re.compile(rb'"[ \t\r\n]+:')


SMALL = 2**14
"""JSON of so few bytes has no more errors than fit into the memory."""
_SIGN = re.compile(r"[^ \t\r\n]")


class _Doubled(Exception):
    pass


def _reject_doubled(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise _Doubled


def doubled_keys(data: bytes | str) -> bool:
    """Whether a key stands twice in one object of *data*, which is known to be JSON: by reading all
    of it.
    """
    try:
        json.loads(data, object_pairs_hook=_reject_doubled)
    except _Doubled:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def may_have_doubled_keys(data: bytes, records: Sequence[Record], plain: int = 0) -> bool:
    """Whether a key may stand twice in one object of *data*: quickly, and false only if none does.

    Args:
        data: JSON from which records were validated.
        records: The records that were made of it, all of one class, and of all of it.
        plain: How many of its texts were plain strings: by how much `plain_texts.seen` went up.

    Examples:
        >>> from wsis_model import Concept
        >>> once = b'{"id":"themes/igf","label":{"en":"IGF"}}'
        >>> twice = b'{"id":"themes/igf","label":{"en":"IGF","en":"Forum"}}'
        >>> [
        ...     may_have_doubled_keys(each, [Concept.model_validate_json(each)])
        ...     for each in (once, twice)
        ... ]
        [False, True]
    """
    # Every key that a record was made of stands in the text, so that as many keys as there are
    # ends of keys leave none over. What looks like one within a string makes us doubt, not err.
    ends = data.count(b'":')
    made = keys_given(type(records[0]), records) - plain if records else 0
    if ends != made and ends - data.count(b'\\":') + data.count(b'\\\\":') != made:
        return True
    if b"\t" in data or b"\n" in data or b"\r" in data:
        return _BLANK_COLON.search(data) is not None and _LATE_COLON.search(data) is not None
    return b" :" in data and _LATE_COLON.search(data) is not None


def dense(data: bytes) -> bool:
    """Whether some JSON has more values than records of its size have: their errors could fill the
    memory.

    Examples:
        >>> dense(b'{"id":"itu","name":"ITU"}' * 9_999), dense(b"[0,0]," * 9_999)
        (False, True)
    """
    return len(data) > SMALL and 10 * data.count(b",") > len(data)


def read_record(record: type[R], data: bytes) -> R | None:
    """The record in some JSON; None if a key stands twice.

    Raises:
        pydantic.ValidationError: It is no such record.

    Examples:
        >>> from wsis_model import Concept
        >>> read_record(Concept, b'{"id":"themes/igf","label":"IGF"}')
        Concept(id='themes/igf', label={'en': 'IGF'})
        >>> read_record(Concept, b'{"id":"themes/igf","label":"IGF","label":"Forum"}')
    """
    before = plain_texts.seen
    made = record.model_validate_json(data)
    doubtful = may_have_doubled_keys(data, [made], plain_texts.seen - before)
    return None if doubtful and doubled_keys(data) else made


def doubled_problems(places: JsonPlaces) -> list[Finding]:
    """The keys that stand twice in one object of a JSON text."""
    if not doubled_keys(places.text):
        return []
    return [
        Finding(
            "duplicate-key",
            sentence("the key {key} stands twice in one mapping", key=excerpt(path[-1])),
            place,
            path,
            sentence("keep one"),
        )
        for path, place in islice(places.doubled(), MAX_PROBLEMS)
    ]


def places(data: bytes, file: str) -> JsonPlaces:
    """The places of the values of a JSON file, without its data."""
    return JsonPlaces(file, decode(data, file)[0])


def parse(data: bytes, file: str) -> tuple[Any, JsonPlaces, list[Finding]]:
    """The plain data of a JSON file, the places of its values, and the problems of its writing."""
    text, problems = decode(data, file)
    places = JsonPlaces(file, text)
    if problems:
        return None, places, problems
    tree, problems = read_text(places)
    return tree, places, problems or doubled_problems(places)


#: Numbers stay as they are written: the text is only looked through.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


@attrs.define(eq=False)
class _Window:
    """The part of a JSON text that is held while the text is read from a stream."""

    stream: IO[bytes]
    file: str
    decoder: codecs.IncrementalDecoder = attrs.Factory(codecs.getincrementaldecoder("utf-8-sig"))
    text: str = ""
    at: int = 0
    marked: int = 0
    """An offset, and where it is in the file."""
    line: int = 1
    column: int = 1

    def more(self) -> bool:
        """Hold more of the text, and no longer what was passed over; False at its end.

        Raises:
            Undivided: It is not UTF-8, or more would have to be held than may be.
        """
        self._mark()
        self.text, self.at, self.marked = self.text[self.at :], 0, 0
        if len(self.text) > HELD:
            raise self.undivided()
        # Twice as much, so that a long value is looked at a few times only.
        data = self.stream.read(max(PIECE, len(self.text)))
        try:
            self.text += self.decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            raise self.undivided() from None
        return bool(data)

    def undivided(self) -> Undivided:
        """What is raised where the text is not as it should be."""
        self._mark()
        return Undivided(Position(self.file, self.line, self.column))

    def _mark(self) -> None:
        passed = self.text[self.marked : self.at]
        if lines := passed.count("\n"):
            self.line += lines
            self.column = len(passed) - passed.rfind("\n")
        else:
            self.column += len(passed)
        self.marked = self.at

    def sign(self) -> str:
        """The next sign that is no blank, where `at` then is; empty at the end."""
        while True:
            if (found := _SIGN.search(self.text, self.at)) is not None:
                self.at = found.start()
                return found[0]
            self.at = len(self.text)
            if not self.more():
                return ""

    def expect(self, signs: str) -> str:
        """Pass over the next sign, which is one of *signs*."""
        sign = self.sign()
        if not sign or sign not in signs:
            raise self.undivided()
        self.at += 1
        return sign

    def value(self) -> tuple[Any, JsonPlaces]:
        """Pass over the next value: what it is, and its text with its place."""
        self.sign()
        value: Any = None
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                end = -1
            except RecursionError:
                raise self.undivided() from None
            # A number that ends with what is held may go on.
            if (end < 0 or end == len(self.text)) and self.more():
                continue
            if end < 0:
                raise self.undivided()
            self._mark()
            text = self.text[self.at : end]
            self.at = end
            return value, JsonPlaces(self.file, text, self.line, column=self.column)


@attrs.frozen(eq=False)
class _Values:
    """The places in some values of a file, by their keys at its top."""

    file: str
    values: dict[str, tuple[JsonPlaces, JsonPlaces]]
    """The text of each key, and of its value."""

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The place of what stands at a path."""
        if not path or path[0] not in self.values:
            return Position(self.file, 1, 1)
        name, value = self.values[str(path[0])]
        return name.find(()) if key and len(path) == 1 else value.find(path[1:], key=key)


def pieces(stream: IO[bytes], file: str) -> Iterator[Piece]:
    """The records of a JSON file, one by one, then what stands beside them.

    Raises:
        LoadError: The stream cannot be read any further.
        Undivided: It is no JSON, or has not the shape of a file of records.
    """
    window = _Window(stream, file)
    rest: dict[str, tuple[JsonPlaces, JsonPlaces]] = {}
    seen: set[str] = set()
    window.expect("{")
    closed = window.sign() == "}"
    window.at += closed
    while not closed:
        key, name = window.value()
        if not isinstance(key, str) or key in seen:
            raise window.undivided()
        seen.add(key)
        window.expect(":")
        if key in TOP and window.sign() == "[":
            window.at += 1
            ended = window.sign() == "]"
            window.at += ended
            while not ended:
                _, item = window.value()
                data = item.text.encode(errors="replace")
                yield Piece(TOP[key], functools.partial(_plain, item), item.line, data)
                ended = window.expect(",]") == "]"
        else:
            rest[key] = (name, window.value()[1])
        closed = window.expect(",}") == "}"
    if window.sign():
        raise window.undivided()
    yield Piece(None, functools.partial(_beside, _Values(file, rest)), 1)


def _beside(places: _Values) -> PlainPiece:
    tree: dict[str, Any] = {}
    problems: list[Finding] = []
    for key, (_, text) in places.values.items():
        value, wrong = read_text(text, above=1)
        problems += wrong or doubled_problems(text)
        if not wrong:
            tree[key] = value
    return tree, places, problems


def _plain(places: JsonPlaces) -> PlainPiece:
    tree, problems = read_text(places, above=2)
    return tree, places, problems or doubled_problems(places)


def read_text(places: JsonPlaces, above: int = 0) -> tuple[Any, list[Finding]]:
    """The plain data of a JSON text, or why there is none.

    Args:
        places: The text with its places.
        above: In how many lists and mappings it stands.
    """
    text = places.text
    if not is_shallow(text) and (deep := too_deep(text.encode(), above)) is not None:
        return None, [too_deep_problem(places.position(deep))]
    strange = False

    def no_number(_: str) -> None:
        nonlocal strange
        strange = True

    try:
        tree = json.loads(text, parse_int=whole_number, parse_constant=no_number)
    except json.JSONDecodeError as error:
        message = f"not JSON: {excerpt(error.msg, 120)}"
        return None, [Finding("json-syntax", message, places.position(error.pos))]
    if strange:
        found = (each for each in _NO_NUMBER.finditer(text) if each[1])
        return None, [
            Finding(
                "json-syntax", f"not JSON: {each[1]} is no number", places.position(each.start())
            )
            for each in islice(found, MAX_PROBLEMS)
        ]
    return tree, []


def _body(record: Record) -> bytes:
    """One record as JSON, defaults left out, unknown fields back where they stood."""
    body = record.__pydantic_serializer__.to_json(record, exclude_defaults=True, by_alias=True)
    if b'"unknown:' not in body:
        return body
    plain = restore_unknown(record.model_dump(mode="json", exclude_defaults=True))
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def write(file: File) -> Iterator[bytes]:
    """The file as canonical JSON: compact, fields in the record's order, defaults left out, one
    line; a record at a time.
    """
    yield b'{"wsis_model":"1"'
    for name in (kind.field for kind in TOP_KINDS):
        records: tuple[Record, ...] = getattr(file, name)
        for index, record in enumerate(records):
            yield b"," if index else f',"{name}":['.encode()
            yield _body(record)
        if records:
            yield b"]"
    rest = _body(File(extensions=file.extensions))
    yield (b"," + rest[1:] if rest != b"{}" else b"}") + b"\n"
