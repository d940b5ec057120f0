"""A YAML file as nodes that know where they are written, so that one can be written anew and the rest left alone.

PyYAML's marks count characters (the byte order mark is not one of them). The mark at the end of a block collection, or of a
text in block style, lies behind the blank lines and comments that follow; the ends here do not.
"""

from __future__ import annotations

import bisect
import functools
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import attrs
import yaml

from ..errors import excerpt
from ..model import File, Record
from ..model._shape import Field, shape_of
from ._text import restore_unknown
from .yaml import NULL, Dumper, typed_scalar

__all__ = [
    "COMMENT",
    "REPRESENTER",
    "Entry",
    "Node",
    "Source",
    "compose",
    "fields_of",
    "fresh",
    "plain",
    "same",
    "within",
]

Kind = Literal["scalar", "map", "list", "alias"]

#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_MAPPING: Any = Mapping
_LISTS: Any = (list, tuple)
#: As `Any`, so that it does not narrow events, which their stubs know half.
type_of: Any = type

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
#: Whole, or what looks like a colon or a comma in it would be taken for one.
COMMENT = "#[^\n\r\x85\u2028\u2029]*(?![^\n\r\x85\u2028\u2029])"
_PROPERTIES = re.compile(rf"(?:(?:&[^\s,\[\]{{}}]+|!<[^>]*>|![^\s,\[\]{{}}]*)(?:\s|{COMMENT})*)+")
_DASH = re.compile(rf"(?:\s|{COMMENT})*-")
_COLON = re.compile(rf"(?:\s|{COMMENT})*:")
#: Lines with nothing but a comment, blank ones before it included; the group is its indentation.
_BELOW = re.compile(rf"(?:[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029]))+( *){COMMENT}")


@attrs.define(eq=False, slots=True, repr=False)
class Node:
    """A value: one that stands in the file, or one that is to be written."""

    kind: Kind
    """Whether it is a single value, a mapping, a list, or an alias of another."""
    value: Any = None
    """Of a single value: what the reader makes of it."""
    entries: list[Entry] = attrs.Factory(list["Entry"])
    """Of a mapping or list: what is in it, also what is to be taken out."""
    style: str = ""
    """Of a single value: its quotes (`'`, `"`, `|`, `>`, or none). Of others: `"flow"`, `"block"`, or nothing where it is open."""
    outer: int = -1
    """Where it begins in the text, with its anchor and tag; -1 for one that is to be written."""
    start: int = -1
    """Where it begins without them, or a single value with its tag."""
    end: int = -1
    """Where it ends."""
    column: int = 0
    """Of a mapping or list in block style: the column, from 0, of its keys or dashes."""
    inside: Node | None = None
    """The mapping or list that it stands in."""
    aliases: list[Node] = attrs.Factory(list["Node"])
    """Where it is repeated."""
    target: Node | None = None
    """Of an alias: what it repeats."""
    data: Any = None
    """Of a single value that is to be written: the value as it was given."""
    typed: bool = False
    """Of a single value that is to be written: whether it is read as JSON would, being below `extensions`."""
    of_record: bool = False
    """Whether a record was given for it, so that what is not in it has its default value."""

    def live(self) -> list[Entry]:
        """What is in a mapping or list."""
        return [each for each in self.entries if not each.gone]

    def own(self, key: str) -> Entry | None:
        """What a mapping holds under a key, merged keys (`<<`) left aside."""
        return next(
            (
                each
                for each in self.entries
                if each.key == key and not each.gone and not each.merges
            ),
            None,
        )

    def repeats(self) -> Iterator[Node]:
        """The aliases that repeat it and are not taken out."""
        return (each for each in self.aliases if each._stays())

    def _stays(self) -> bool:
        holder = self.inside
        return holder is None or (
            any(each.node is self for each in holder.live()) and holder._stays()
        )

    @property
    def merging(self) -> bool:
        """Whether it is a mapping that takes keys from elsewhere (`<<`)."""
        return any(each.merges and not each.gone for each in self.entries)


@attrs.define(eq=False, slots=True, repr=False)
class Entry:
    """An item of a list, or a key of a mapping with its value."""

    key: str | None
    """The key; None for an item."""
    node: Node
    """What it holds."""
    written: Node | None = None
    """What it holds in the text; None for an entry that is to be written."""
    start: int = -1
    """Where it begins: at its key, or its dash."""
    after: int = -1
    """Where its dash ends, or the colon behind its key, or a key that has none."""
    merges: bool = False
    """Whether it is the merge key (`<<`)."""
    gone: bool = False
    """Whether it is to be taken out."""

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.after if self.written is None else max(self.after, self.written.end)


@attrs.frozen(eq=False)
class Source:
    """The text of a file, without its byte order mark."""

    text: str
    """The text."""
    lines: list[int]
    """Where each line begins."""
    newline: str
    """How they end."""

    @classmethod
    def of(cls, text: str) -> Source:
        """A text with its lines."""
        first = _BREAK.search(text)
        return cls(
            text,
            [0, *(found.end() for found in _BREAK.finditer(text))],
            "\n" if first is None else first[0],
        )

    def line(self, at: int) -> int:
        """Where the line of an offset begins."""
        return self.lines[bisect.bisect_right(self.lines, at) - 1]

    def end_of_line(self, at: int) -> int:
        """Where the line of an offset ends, its break not included."""
        found = _BREAK.search(self.text, at)
        return len(self.text) if found is None else found.start()

    def next_line(self, at: int) -> int:
        """Where the line after that of an offset begins; the end of the text after the last."""
        index = bisect.bisect_right(self.lines, at)
        return self.lines[index] if index < len(self.lines) else len(self.text)

    def blank(self, at: int) -> bool:
        """Whether the line of an offset is blank; nothing is, before the first and after the last."""
        return at < 0 or not self.text[self.line(at) : self.end_of_line(at)].strip()

    def space_before(self, at: int) -> int:
        """Where the spaces and tabs before an offset begin."""
        while at and self.text[at - 1] in " \t":
            at -= 1
        return at

    def first_on_line(self, at: int) -> bool:
        """Whether nothing but space stands before an offset on its line."""
        return self.space_before(at) == self.line(at)

    def tail(self, end: int, column: int) -> int:
        """The end of the line on which an entry ends, and of the comments below it that are indented deeper than *column*."""
        at = self.end_of_line(end)
        while (found := _BELOW.match(self.text, at)) is not None and len(found[1]) > column:
            at = found.end()
        return at


def compose(data: bytes, source: Source) -> Node:
    """The nodes of a file that `parse` has found to be sound YAML."""
    parser = yaml.CBaseLoader(data)  # for its events alone
    try:
        return _Composer(source, parser.get_event).document()
    finally:
        parser.dispose()


@attrs.define(eq=False, slots=True, repr=False)
class _Composer:
    """Nodes out of libyaml's events."""

    source: Source
    get: Callable[[], Any]
    anchors: dict[str, Node] = attrs.Factory(dict[str, Node])

    def document(self) -> Node:
        while not isinstance(event := self.get(), yaml.NodeEvent):
            pass
        return self._node(event, None, typed=False, key=None)

    def _node(self, event: Any, inside: Node | None, *, typed: bool, key: str | None) -> Node:
        node = Node("scalar", inside=inside, outer=event.start_mark.index, end=event.end_mark.index)
        node.start = node.outer
        if type_of(event) is yaml.AliasEvent:
            node.kind, node.target = "alias", self.anchors[event.anchor]
            node.target.aliases.append(node)
            return node
        if event.anchor is not None or event.tag is not None:
            found = _PROPERTIES.match(self.source.text, node.outer)
            node.start = node.outer if found is None else found.end()
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        if type_of(event) is yaml.ScalarEvent:
            if event.tag is not None:
                node.start = (
                    node.outer
                )  # a tag says how the value is read: with another value it goes
            self._scalar(node, event, typed=typed)
            return node
        node.style = "flow" if event.flow_style else "block"
        typed = typed or key == "extensions"
        if type_of(event) is yaml.MappingStartEvent:
            node.kind = "map"
            end = self._mapping(node, typed=typed)
        else:
            node.kind = "list"
            end = self._list(node, typed=typed)
        if node.style == "flow":
            node.end = end
        else:
            node.end = node.entries[-1].end
            node.column = node.entries[0].start - self.source.line(node.entries[0].start)
        return node

    def _scalar(self, node: Node, event: Any, *, typed: bool) -> None:
        text: str = event.value
        node.style = event.style or ""
        if node.style or not event.implicit[0]:
            node.value = text
        elif typed:
            node.value = typed_scalar(text)
        else:
            node.value = None if text in NULL else text
        written = self.source.text
        if node.style in ("|", ">"):
            node.end = _end_of_block(written[node.start : node.end], text) + node.start
        elif not node.style and not text and event.tag is None:
            node.start = node.end  # behind its anchor, if it has one

    def _mapping(self, node: Node, *, typed: bool) -> int:
        event: Any
        while type_of(event := self.get()) is not yaml.MappingEndEvent:
            key: str = event.value
            start = _explicit(self.source.text, event.start_mark.index)
            after = event.end_mark.index
            colon = _COLON.match(self.source.text, after)
            after = after if colon is None else colon.end()
            value = self._node(self.get(), node, typed=typed, key=key)
            if value.outer == value.end:  # an empty value is marked where the next thing is found
                value.outer = value.start = value.end = after
            node.entries.append(
                Entry(key, value, value, start, after, merges=key == "<<" and not event.style)
            )
        return int(event.end_mark.index)

    def _list(self, node: Node, *, typed: bool) -> int:
        at = node.start
        event: Any
        while type_of(event := self.get()) is not yaml.SequenceEndEvent:
            item = self._node(event, node, typed=typed, key=None)
            start = after = item.outer
            if node.style == "block" and (dash := _DASH.match(self.source.text, at)) is not None:
                start, after = dash.end() - 1, dash.end()
            node.entries.append(Entry(None, item, item, start, after))
            at = node.entries[-1].end
        return int(event.end_mark.index)


def _end_of_block(written: str, value: str) -> int:
    """The length of a text in block style without the blank lines that follow it, unless they belong to it."""
    kept = value.endswith(("\n\n", " ", "\t", " \n", "\t\n")) or not value.strip()
    return (
        len(written) - len(found[0])
        if kept and (found := re.search(r"(?:\r\n|[\n\r])\Z", written))
        else len(written.rstrip())
    )


def _explicit(text: str, start: int) -> int:
    """Where a key begins: at the question mark before it, if it has one."""
    at = start
    while text[at - 1 : at] in (" ", "\t") and at:
        at -= 1
    return at - 1 if at and text[at - 1] == "?" and at < start else start


def plain(node: Node) -> Any:
    """The plain data that the reader makes of a node."""
    if node.kind == "scalar":
        return node.value
    if node.target is not None:
        return plain(node.target)
    if node.kind == "list":
        return [plain(each.node) for each in node.live()]
    made: dict[str, Any] = {
        str(each.key): plain(each.node) for each in node.live() if not each.merges
    }
    for merged in (each.node for each in node.live() if each.merges):
        found = plain(merged)
        for source in found if isinstance(found, _LISTS) else [found]:
            for key, value in source.items():
                made.setdefault(key, value)
    return made


def same(a: Any, b: Any) -> bool:
    """Whether plain data is equal, also in type: `1`, `1.0` and `true` differ."""
    if type(a) is not type(b):
        return False
    if isinstance(a, _MAPPING):
        return len(a) == len(b) and all(key in b and same(a[key], b[key]) for key in a)
    if isinstance(a, _LISTS):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


#: For what a single value looks like; nothing is written through it.
REPRESENTER: Any = Dumper(io.StringIO())


def fresh(
    value: Any, inside: Node | None = None, *, typed: bool = False, key: str | None = None
) -> Node:
    """A node that is to be written.

    Args:
        value: Plain data, a date, a Decimal, a member of an Enum, or a record.
        inside: The mapping or list that it is to stand in.
        typed: Whether it is below `extensions`, where plain values are read as JSON would.
        key: The key that it is to stand under.

    Raises:
        TypeError: It is, or holds, something that no file holds.
    """
    of_record = isinstance(value, Record)
    given: Any = (
        _said(value)
        if isinstance(value, Record)
        else value.value
        if isinstance(value, Enum)
        else value
    )
    below = typed or key == "extensions"
    if isinstance(given, _MAPPING):
        node = Node("map", inside=inside, of_record=of_record)
        for name, each in given.items():
            if not isinstance(name, str):
                msg = f"keys are text, not {excerpt(name)}"
                raise TypeError(msg)
            node.entries.append(Entry(name, fresh(each, node, typed=below, key=name)))
        return node
    if isinstance(given, _LISTS):
        node = Node("list", inside=inside)
        node.entries += (Entry(None, fresh(each, node, typed=below)) for each in given)
        return node
    data = _single(given)
    return Node("scalar", value=_as_read(data, typed=typed), inside=inside, data=data, typed=typed)


def _single(given: Any) -> Any:
    """A single value as one of the types that YAML writes."""
    if isinstance(given, str):
        given.encode()  # half of a surrogate pair is a ValueError here rather than when the file is written
        return str(given)
    for kind in (bool, int, float, Decimal):
        if isinstance(given, kind):
            return kind(given)
    if given is None or type(given) is date:
        return given
    msg = f"a file holds text, numbers, dates, lists, mappings and records, not {type(given).__name__}"
    raise TypeError(msg)


def _as_read(data: Any, *, typed: bool) -> Any:
    """What the reader makes of a single value, once it is written."""
    if data is None or isinstance(data, str):
        return data
    text: str = REPRESENTER.represent_data(data).value
    return typed_scalar(text) if typed else text


@functools.cache
def fields_of(record: type[Record]) -> dict[str, Field]:
    """The fields of a record in their order, by their names in files."""
    return {field.key: field for field in shape_of(record)}


def _said(record: Record) -> dict[str, Any]:
    """What a record says, as a file says it: no default values, and English texts without their language."""
    if isinstance(record, File):
        msg = "a whole file does not stand inside a file; give its records"
        raise TypeError(msg)
    made: dict[str, Any] = restore_unknown(record.model_dump(mode="python", exclude_defaults=True))
    return _short(made, type(record))


def _short(said: dict[str, Any], record: type[Record]) -> dict[str, Any]:
    fields = fields_of(record)
    return {
        key: _short_value(value, fields[key]) if key in fields else value
        for key, value in said.items()
    }


def _short_value(value: Any, field: Field) -> Any:
    if field.what == "translations" and set(value) == {"en"}:
        return value["en"]
    if field.record is not None:
        return (
            [_short(each, field.record) for each in value]
            if field.what == "records"
            else _short(value, field.record)
        )
    return value


def within(node: Node) -> Iterator[Node]:
    """A node and all below it, in no particular order."""
    queue = [node]
    while queue:
        here = queue.pop()
        yield here
        queue += (each.node for each in here.entries)
