"""YAML, as people write it.

The file is read through libyaml's events, and every scalar is taken as text for the record to type.
So `NO` stays a country, `1.10` a version and `12:30` a time, against the rules of YAML 1.1; the
position of every key and value, doubled keys, and the limits on depth and aliases come with the
parse. Below `extensions`, where no record knows the type, plain scalars are typed as JSON would
(`null`, `true`, numbers).
"""

from __future__ import annotations

import codecs
import contextlib
import functools
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import IO, Any

import attrs
import yaml

from .._messages import sentence
from ..errors import Finding, Position, excerpt
from ..model import File, FrozenMap, kinds
from ..positions import Path, Places
from ._libyaml import BaseLoader, SafeDumper
from ._pieces import TOP, Piece, PlainPiece, Undivided
from ._text import (
    DEPTH,
    HINTED,
    MAX_PROBLEMS,
    PIECE,
    Plain,
    as_written,
    decode,
    line_and_column,
    restore_unknown,
    too_deep_problem,
    whole_number,
)

__all__ = ["parse", "pieces", "write"]

ALIASED = 200_000
"""A file may repeat this many values by alias before it is taken for an alias bomb."""

NULL = frozenset(("", "~", "null", "Null", "NULL"))
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_BREAKS = re.compile("[\r\x85\u2028\u2029]")
#: What libyaml refuses, wherever it stands.
_REFUSED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
#: libyaml compares each directive with all others.
_DIRECTIVE = re.compile("(?:^|[\r\n\x85\u2028\u2029])%")
_DIRECTIVE_BYTES = re.compile(b"(?:[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])%")
DIRECTIVES = 100
_FOREIGN = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00")
EVENTS = 400_000
"""A record that is read from a stream may consist of so many events."""
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
#: What stands around a value that is read alone, and around what is beside the records.
_BEGIN: Any = yaml.DocumentStartEvent()
_END: Any = yaml.StreamEndEvent()
_OPEN: Any = yaml.MappingStartEvent(None, None, implicit=True)
_CLOSE: Any = yaml.MappingEndEvent()
_TAGS = frozenset(
    (
        "!",
        "tag:yaml.org,2002:str",
        "tag:yaml.org,2002:map",
        "tag:yaml.org,2002:seq",
        "tag:yaml.org,2002:null",
    )
)


@attrs.define(eq=False)
class _Marks:
    """Places, as the marks that libyaml gave: for each container a list of marks, two for a key and
    its value.
    """

    file: str
    tree: Any = None
    root: Any = None
    of: dict[int, list[Any]] = attrs.Factory(dict[int, list[Any]])
    indexes: dict[int, dict[str, int]] = attrs.Factory(dict[int, dict[str, int]])
    """For mappings that were searched, the position of each key."""

    def find(self, path: Path, *, key: bool = False) -> Position:
        mark, found = self._mark(path, key=key)
        written = as_written(path)
        if not found and written != path:
            mark, _ = self._mark(written, key=True)
        if mark is None:
            return Position(self.file, 1, 1)
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _mark(self, path: Path, *, key: bool) -> tuple[Any, bool]:
        """The mark of the value at *path* (of its key, if *key*), or of the nearest container; and
        whether it is its own.
        """
        mark: Any = self.root
        here: Plain = self.tree
        for depth, step in enumerate(path):
            marks = self.of.get(id(here))
            if (
                isinstance(here, dict)
                and isinstance(step, str)
                and step in here
                and marks is not None
            ):
                # Merged keys (<<) stand elsewhere: the list is shorter than the mapping, and their
                # container is named.
                index = self._index(here)[step]
                if 2 * index >= len(marks):
                    return mark, False
                mark = marks[2 * index + (0 if key and depth == len(path) - 1 else 1)]
                here = here[step]
            elif (
                isinstance(here, list)
                and isinstance(step, int)
                and step < len(here)
                and marks is not None
            ):
                mark, here = marks[step], here[step]
            else:
                return mark, False
        return mark, True

    def _index(self, mapping: dict[str, Any]) -> dict[str, int]:
        found = self.indexes.get(id(mapping))
        if found is None:
            found = {key: index for index, key in enumerate(mapping)}
            self.indexes[id(mapping)] = found
        return found


def typed_scalar(text: str) -> Any:
    """A plain scalar below `extensions`, typed as JSON would."""
    if text in NULL:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return whole_number(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


class _Stop(Exception):
    """Nothing sensible can be read after this."""


class _Merge:
    """The merge key, which a quoted "<<" is not."""

    def __repr__(self) -> str:
        return "'<<'"


_MERGE: Any = _Merge()


@attrs.define(eq=False, slots=True)
class _Builder:
    """Plain data out of libyaml's events, with marks, and every fault on the way."""

    file: str
    marks: _Marks
    typed_everywhere: bool = False
    problems: list[Finding] = attrs.Factory(list[Finding])
    anchors: dict[str, tuple[Any, int]] = attrs.Factory(dict[str, tuple[Any, int]])
    repeated: int = 0

    def problem(self, code: str, mark: Any, message: str, hint: str = "", path: Path = ()) -> None:
        place = (
            Position(self.file, mark.line + 1, mark.column + 1)
            if mark is not None
            else Position(self.file, 1, 1)
        )
        self.problems.append(Finding(code, message, place, path, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def build(self, data: bytes) -> Any:
        """The tree of the one document in *data*; `None` for an empty one."""
        parser: Any = None
        try:
            parser = BaseLoader(data)  # for its events alone
            return self.tree(parser.get_event)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:
            self.problem(
                "yaml-syntax", None, f"not YAML: {excerpt(str(error).splitlines()[0], 120)}"
            )
        except _Stop:
            pass
        finally:
            if parser is not None:  # PyYAML's own begins to read when it is made
                parser.dispose()
        return None

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        """What libyaml could not read, and what people mostly did."""
        mark, said, hint = error.problem_mark, str(error.problem), str(error.context or "")
        if said.startswith("mapping values are not allowed"):
            hint = "put the text in quotes if it holds a colon"
        elif hint == "while scanning a quoted scalar":
            mark, said, hint = error.context_mark, "this quote is not closed", "close it"
        self.problem("yaml-syntax", mark, f"not YAML: {excerpt(said, 120).strip(chr(39))}", hint)

    def tree(self, get: Any) -> Any:  # one loop over events: calls would cost a third of the time
        tree: Any = None
        container: Any = None  # the list or dict being filled
        marks: list[Any] = []  # its marks
        key: str | None = None  # the key awaiting its value
        awaiting = False
        typed = self.typed_everywhere
        anchor: str | None = None
        size = 0
        stack: list[tuple[Any, list[Any], str | None, bool, bool, str | None, int]] = []
        documents = 0
        scalar_event, alias_event = yaml.ScalarEvent, yaml.AliasEvent
        mapping_start, sequence_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
        mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        type_of: Any = type  # a local is quick; as `Any` it stops checkers from narrowing
        while True:
            event = get()
            kind = type_of(event)
            if kind is scalar_event:
                text: str = event.value
                value: Any
                if container is None or type_of(container) is list or awaiting:
                    if event.style or not event.implicit[0]:
                        value = text
                        if event.tag is not None and event.tag not in _TAGS:
                            self.problem(
                                "yaml-tag",
                                event.start_mark,
                                f"the tag {excerpt(event.tag)} has no meaning here",
                                "remove it",
                            )
                    elif typed:
                        value = typed_scalar(text)
                    else:
                        value = None if text in NULL else text
                else:
                    value = _MERGE if text == "<<" and not event.style else text
            elif kind is mapping_start or kind is sequence_start:
                if len(stack) >= DEPTH:
                    mark = event.start_mark
                    place = Position(self.file, mark.line + 1, mark.column + 1)
                    self.problems.append(too_deep_problem(place))
                    raise _Stop
                if event.tag is not None and event.tag not in _TAGS:
                    self.problem(
                        "yaml-tag",
                        event.start_mark,
                        f"the tag {excerpt(event.tag)} has no meaning here",
                        "remove it",
                    )
                if type_of(container) is dict and not awaiting:
                    self.problem(
                        "yaml-key",
                        event.start_mark,
                        "a list or mapping cannot be a key",
                        "quote the key if it is text",
                    )
                    raise _Stop
                stack.append((container, marks, key, awaiting, typed, anchor, size))
                size = 0
                anchor = event.anchor
                typed = typed or key == "extensions"
                parent_marks = marks
                container = {} if kind is mapping_start else []
                marks, key, awaiting = [], None, False
                self.marks.of[id(container)] = marks
                if documents and len(stack) == 1:
                    self.marks.root = event.start_mark
                parent_marks.append(event.start_mark)
                continue
            elif kind is mapping_end or kind is sequence_end:
                value = container
                if kind is mapping_end and _MERGE in container:
                    value = self._merge(container, marks, event)
                if anchor is not None:
                    self.anchors[anchor] = (value, size + 1)
                inner = size + 1
                container, marks, key, awaiting, typed, anchor, size = stack.pop()
                size += inner
                if container is None:
                    tree = value
                elif type_of(container) is list:
                    container.append(value)
                else:
                    if key is not None:
                        container[key] = value
                    key, awaiting = None, False
                continue
            elif kind is alias_event:
                if event.anchor not in self.anchors:
                    self.problem(
                        "yaml-alias",
                        event.start_mark,
                        f"the alias *{excerpt(event.anchor)} names nothing before it, or itself",
                    )
                    value = None
                else:
                    value, copied = self.anchors[event.anchor]
                    size += copied
                    self.repeated += copied
                    if self.repeated > ALIASED:
                        self.problem(
                            "alias-bomb",
                            event.start_mark,
                            f"aliases repeat more than {ALIASED:,} values",
                            "write them out",
                        )
                        raise _Stop
                if type_of(container) is dict and not awaiting:
                    self.problem("yaml-key", event.start_mark, "an alias cannot be a key")
                    raise _Stop
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.problem(
                        "yaml-documents",
                        event.start_mark,
                        "a second YAML document begins here",
                        "one file holds one document; remove '---'",
                    )
                    raise _Stop
                continue
            elif kind is yaml.StreamEndEvent:
                return tree
            else:
                continue
            # A scalar or an alias: what was awaited, or a key.
            size += 1
            if kind is scalar_event and event.anchor is not None:
                self.anchors[event.anchor] = (value, 1)
            if container is None:
                self.marks.root = event.start_mark
                tree = value
            elif type_of(container) is list:
                marks.append(event.start_mark)
                container.append(value)
            elif awaiting:
                if key is not None:
                    marks.append(event.start_mark)
                    container[key] = value
                awaiting, key = False, None
            else:
                awaiting = True
                if value in container:
                    first = (
                        marks[2 * list(container).index(value)]
                        if len(marks) >= 2 * len(container) and len(self.problems) < HINTED
                        else None
                    )
                    self.problem(
                        "duplicate-key",
                        event.start_mark,
                        _twice(excerpt(value), first),
                        sentence("keep one"),
                    )
                    key = None
                    # Its value is read and dropped: a scratch list takes the marks of a container.
                    self._skip(get)
                    awaiting = False
                else:
                    key = value
                    marks.append(event.start_mark)

    @staticmethod
    def _skip(get: Callable[[], object]) -> None:
        """Read one value and forget it."""
        depth = 0
        while True:
            kind = type(get())
            if kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
                depth += 1
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                depth -= 1
            if depth <= 0:
                return

    def _merge(self, container: Any, marks: list[Any], event: Any) -> Any:
        """The merge key of YAML 1.1: what stands in the mapping itself wins, then the earlier of
        several.
        """
        index = list(container).index(_MERGE)
        source: Plain = container.pop(_MERGE)
        place = marks[2 * index] if 2 * index < len(marks) else event.start_mark
        del marks[2 * index : 2 * index + 2]
        each: Plain
        for each in source if isinstance(source, list) else [source]:
            if not isinstance(each, dict):
                self.problem(
                    "yaml-merge", place, "the merge key << takes a mapping or a list of mappings"
                )
                return container
            for name, value in each.items():
                container.setdefault(name, value)
        return container


def parse(data: bytes, file: str, *, typed: bool = False) -> tuple[Any, Places, list[Finding]]:
    """The plain data of a YAML file, the places of its values, and what is wrong with its writing.

    Args:
        data: The bytes of the file.
        file: Its name, for messages.
        typed: Type plain scalars as JSON would, everywhere; otherwise only below `extensions`.
    """
    text, problems = decode(data, file)
    marks = _Marks(file)
    if refused := _REFUSED.search(text):
        place = Position(file, *line_and_column(text, refused.start()))
        said = f"not YAML: the character U+{ord(refused[0]):04X} may not stand in it"
        problems.append(
            Finding(
                "yaml-syntax",
                said,
                place,
                hint="remove it, or write it as an escape in double quotes",
            )
        )
    if len(_DIRECTIVE.findall(text)) > DIRECTIVES:
        message = f"not YAML: more than {DIRECTIVES} lines begin with %"
        problems.append(Finding("yaml-syntax", message, Position(file, 1, 1)))
    if problems:
        return None, marks, problems
    builder = _Builder(file, marks, typed_everywhere=typed)
    marks.tree = builder.build(data)
    return marks.tree, marks, builder.problems


def _twice(key: str, first: Any) -> str:
    """The message for a key that stands twice; with the line of the first, if its mark is known."""
    message = sentence("the key {key} stands twice in one mapping", key=key)
    if first is None:
        return message
    return sentence("{message} (first on line {line})", message=message, line=first.line + 1)


def _place(file: str, mark: Any) -> Position:
    return Position(file, 1, 1) if mark is None else Position(file, mark.line + 1, mark.column + 1)


@attrs.define(eq=False)
class _Watched:
    """A stream that libyaml reads, unless it holds what libyaml takes too long over, or what is
    not to be read.
    """

    stream: IO[bytes]
    file: str
    directives: int = 0
    end: bytes = b"\n"

    def read(self, size: int = PIECE, /) -> bytes:
        """Up to *size* bytes."""
        data = self.stream.read(size)
        if self.end == b"\n" and data.startswith(_FOREIGN):
            raise Undivided(Position(self.file, 1, 1))
        self.directives += len(_DIRECTIVE_BYTES.findall(self.end + data))
        self.end = data[-3:] or b" "
        if self.directives > DIRECTIVES:
            raise Undivided(Position(self.file, 1, 1))
        return data


@attrs.define(eq=False)
class _Events:
    """The events of a YAML file that is read as a stream."""

    file: str
    get: Callable[[], Any]
    anchors: dict[str, tuple[Any, int]] = attrs.Factory(dict[str, tuple[Any, int]])
    """What aliases may name: values that were read before."""
    repeated: int = 0

    def value(self, first: Any) -> list[Any]:
        """The events of the value that begins with one."""
        events, depth = [first], 0
        while True:
            depth += isinstance(events[-1], _STARTS)
            depth -= isinstance(events[-1], _ENDS)
            if not depth:
                return events
            if len(events) > EVENTS:
                raise Undivided(_place(self.file, first.start_mark))
            events.append(self.get())

    def piece(self, events: list[Any], kind: kinds.Kind | None, line: int = 0) -> Piece:
        """The value of some events."""
        plain = self._plain(events, typed=False)
        parse_typed = functools.partial(self._plain, events, typed=True)
        number = line or events[0].start_mark.line + 1
        return Piece(kind, lambda: plain, number, parse_typed=parse_typed)

    def _plain(self, events: list[Any], *, typed: bool) -> PlainPiece:
        marks = _Marks(self.file)
        builder = _Builder(self.file, marks, typed, anchors=self.anchors, repeated=self.repeated)
        get = chain((_BEGIN,), events, (_END,)).__next__
        with contextlib.suppress(_Stop):
            marks.tree = builder.tree(get)
        self.repeated = builder.repeated
        return marks.tree, marks, builder.problems


def pieces(stream: IO[bytes], file: str) -> Iterator[Piece]:
    """The records of a YAML file, one by one, then what stands beside them.

    Raises:
        LoadError: The stream cannot be read any further.
        Undivided: It is no YAML, or has not the shape of a file of records.
    """
    parser: Any = None
    rest: list[Any] = []
    seen: set[str] = set()
    try:
        parser = BaseLoader(_Watched(stream, file))  # for its events alone
        events = _Events(file, parser.get_event)
        opening: list[Any] = [type(parser.get_event()) for _ in range(3)]
        if opening != [yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent]:
            raise Undivided(Position(file, 1, 1))
        while type(key := parser.get_event()) is yaml.ScalarEvent:
            if key.value in seen or key.value == "<<" or key.anchor is not None:
                raise Undivided(_place(file, key.start_mark))
            seen.add(key.value)
            first = parser.get_event()
            if key.value not in TOP or type(first) is not yaml.SequenceStartEvent:
                rest += (key, *events.value(first))
                continue
            if first.anchor is not None or (first.tag is not None and first.tag not in _TAGS):
                raise Undivided(_place(file, first.start_mark))
            while type(item := parser.get_event()) is not yaml.SequenceEndEvent:
                yield events.piece(events.value(item), TOP[key.value])
        after: Any = [parser.get_event() for _ in range(2)]
        if type(key) is not yaml.MappingEndEvent or type(after[1]) is not yaml.StreamEndEvent:
            raise Undivided(_place(file, after[1].start_mark))
    except yaml.YAMLError as error:
        raise Undivided(_place(file, getattr(error, "problem_mark", None))) from None
    finally:
        if parser is not None:
            parser.dispose()
    yield events.piece([_OPEN, *rest, _CLOSE], None, 1)


class Dumper(SafeDumper):
    """Block style, keys in the record's order, dates bare, and no anchors of its own making."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _represent_text(dumper: Any, data: str) -> Any:
    """Quoted where a plain scalar would be typed below `extensions`, escaped where libyaml would
    take it for a line end.
    """
    quoted = typed_scalar(data) is not data or _BREAKS.search(data) is not None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, '"' if quoted else None)


def _represent_map(dumper: Any, data: FrozenMap[Any]) -> Any:
    return dumper.represent_dict(data.items())


def _represent_date(dumper: Any, data: date) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", data.isoformat())


def _represent_number(dumper: Any, data: Decimal) -> Any:
    """Tagged as what its plain form looks like, so that no tag is written."""
    return dumper.represent_scalar(
        dumper.resolve(yaml.ScalarNode, str(data), (True, False)), str(data)
    )


Dumper.add_representer(str, _represent_text)
Dumper.add_multi_representer(FrozenMap, _represent_map)
Dumper.add_representer(tuple, lambda dumper, data: dumper.represent_list(data))
Dumper.add_multi_representer(Enum, lambda dumper, data: dumper.represent_str(data.value))
Dumper.add_representer(date, _represent_date)
Dumper.add_representer(Decimal, _represent_number)


def write(file: File) -> Iterator[bytes]:
    """The file as YAML, which `parse` reads back as the same records."""
    plain = {
        "wsis_model": 1,
        **restore_unknown(file.model_dump(mode="python", exclude_defaults=True)),
    }
    # Newer stubs than the checker knows.
    yield yaml.dump(  # pyright: ignore[reportUnknownMemberType]
        plain,
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=110,
        encoding="utf-8",
        default_flow_style=False,
    )
