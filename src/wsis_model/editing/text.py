"""The text of a YAML file: the positions of its values, and the splices that change them."""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Iterator
from typing import Any

import attrs
import yaml

from ..formats._libyaml import BaseLoader
from ..formats.yaml import Dumper
from ..positions import Path
from .values import BOTH, DICT, LIST, REPRESENTER

__all__ = [
    "BREAK",
    "Entry",
    "NotInPlace",
    "SharedValue",
    "Source",
    "Splice",
    "Writer",
    "removing",
    "leaving_empty",
    "inserting",
    "is_single",
    "replacing",
    "taking_out",
    "within",
]

WIDTH = 100
"""Lists and mappings that fit on a line of this width are in brackets, if the file has any."""

Splice = tuple[int, int, str]
"""Start and end of a part of the text, and its replacement."""

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_COMMENT = "#[^\n\r\x85\u2028\u2029]*(?![^\n\r\x85\u2028\u2029])"

_COLON = re.compile(rf"(?:\s|{_COMMENT})*:")

_COMMA = re.compile(rf"(?:\s|{_COMMENT})*,")

_DASH = re.compile(rf"(?:\s|{_COMMENT})*-")

_BEFORE_ITEM = re.compile(rf"(?:\s|[,\[]|{_COMMENT})*")

_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t]+")

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")

_ALIAS = re.compile(rf"(?:\s|{_COMMENT})*\*[^\s,\[\]{{}}]+")

_HEADER = re.compile("[|>][-+0-9]*")

#: A line with only a comment, with blank lines before it; the group is its indentation.
_BELOW = re.compile(rf"(?:[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029]))+( *){_COMMENT}")

#: Numbers and dates, which people write without quotes even for text.
_BARE = re.compile(r"[0-9][0-9.:/-]*")

#: Text that no block style can hold.
_ODD = re.compile("\n\n\\Z|[\r\x85\u2028\u2029]")

_STR = "tag:yaml.org,2002:str"


@attrs.frozen(eq=False)
class Entry:
    """An item of a list, or a key of a mapping with its value, with its positions in the text."""

    key: str | None
    node: Any
    start: int
    """Where it begins: at its key, or its dash."""
    after: int
    """Where its dash ends, or the colon after its key, or a key without a colon."""
    end: int
    """Where it ends."""
    alias: bool
    """Whether it is an alias."""


@attrs.frozen(eq=False)
class Source:
    """The text of a file, and the nodes in it."""

    text: str
    root: Any
    lines: list[int]
    """Where each line begins."""
    newline: str
    shared: frozenset[int]
    """The nodes (by `id`) that aliases repeat."""
    known: dict[int, list[Entry]] = attrs.Factory(dict[int, list["Entry"]])
    """A cache of the entries of mappings and lists, by the `id` of the node."""

    @classmethod
    def of(cls, text: str) -> Source:
        """A text, which must be valid YAML, with its nodes."""
        root: Any = yaml.compose(text, Loader=BaseLoader)
        seen: dict[int, int] = {}
        queue = [root]
        while queue:
            node = queue.pop()
            seen[id(node)] = seen.get(id(node), 0) + 1
            if seen[id(node)] == 1 and not isinstance(node, yaml.ScalarNode):
                queue += (
                    [each for pair in node.value for each in pair]
                    if isinstance(node, yaml.MappingNode)
                    else node.value
                )
        breaks = [*BREAK.finditer(text)]
        many = frozenset(name for name, count in seen.items() if count > 1)
        newline = breaks[0][0] if breaks else "\n"
        return cls(text, root, [0, *(each.end() for each in breaks)], newline, many)

    def line(self, at: int) -> int:
        """Where the line of an offset begins."""
        return self.lines[bisect.bisect_right(self.lines, at) - 1]

    def end_of_line(self, at: int) -> int:
        """Where the line of an offset ends, its break not included."""
        found = BREAK.search(self.text, at)
        return len(self.text) if found is None else found.start()

    def next_line(self, at: int) -> int:
        """Where the line after that of an offset begins; after the last, the end of the text."""
        found = BREAK.search(self.text, at)
        return len(self.text) if found is None else found.end()

    def first_on_line(self, at: int) -> bool:
        """Whether only space is before an offset on its line."""
        return not self.text[self.line(at) : at].strip()

    def is_blank(self, at: int) -> bool:
        """Whether the line of an offset is blank; false before the first and after the last."""
        return (
            0 <= at < len(self.text) and not self.text[self.line(at) : self.next_line(at)].strip()
        )

    def tail(self, end: int, column: int) -> int:
        """The end of the line of an offset, and of the comments below it that are deeper than
        *column*.
        """
        at = self.end_of_line(end)
        while (found := _BELOW.match(self.text, at)) is not None and len(found[1]) > column:
            at = found.end()
        return at

    def entries(self, node: Any) -> list[Entry]:
        """The entries of a mapping or list, in the order of the text."""
        if id(node) in self.known:
            return self.known[id(node)]
        found: list[Entry] = []
        at = _end_of(_PROPERTIES, self.text, node.start_mark.index)
        for each in node.value:
            key, value = each if isinstance(node, yaml.MappingNode) else (None, each)
            if key is not None:
                start = key.start_mark.index
                colon = _COLON.match(self.text, key.end_mark.index)
                after = colon.end() if colon else key.end_mark.index
            elif node.flow_style:
                start = after = _end_of(_BEFORE_ITEM, self.text, at)
            else:
                after = _end_of(_DASH, self.text, at)
                start = after - 1
            alias = _ALIAS.match(self.text, after)
            at = alias.end() if alias else max(after, self.end(value))
            name = None if key is None else str(key.value)
            found.append(Entry(name, value, start, after, at, alias is not None))
        self.known[id(node)] = found
        return found

    def end(self, node: Any) -> int:
        """Where a value ends; the marks of libyaml may be after blank lines and comments."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                return start + len(self.text[start:end].rstrip())
            return -1 if start == end else end  # an empty one is marked where the next thing is
        return end if node.flow_style else self.entries(node)[-1].end

    def column(self, node: Any) -> int:
        """The column, from 0, of the keys or dashes of a mapping or list without brackets."""
        start = self.entries(node)[0].start
        return start - self.line(start)

    def entry(self, node: Any, step: str | int) -> Entry | None:
        """The entry of a mapping or list under a step; None if there is none."""
        if isinstance(node, yaml.ScalarNode):
            return None
        entries = self.entries(node)
        if isinstance(step, int):
            return entries[step] if step < len(entries) else None
        return next((each for each in entries if each.key == step), None)

    def reach(self, path: Path) -> tuple[Any, Entry | None]:
        """The entry at *path*, after the mapping or list with it; None and the whole for `()`.

        Raises:
            SharedValue: Aliases repeat it, or what holds it.
        """
        inside = node = self.root
        entry: Entry | None = None
        for index, step in enumerate(path):
            inside = node
            entry = self.entry(node, step)
            last = index == len(path) - 1
            if entry is None or (entry.alias and not last):
                raise SharedValue(path[:index])
            if not entry.alias and id(entry.node) in self.shared:
                raise SharedValue(path[:index])
            node = entry.node
        return inside, entry

    def refuse_shared(self, entry: Entry, path: Path) -> None:
        """Refuse to remove a value with shared parts; an alias itself may be removed.

        Raises:
            SharedValue: Aliases repeat some of it.
        """
        if not entry.alias and any(id(each) in self.shared for each in within(entry.node)):
            raise SharedValue(path)

    def is_apart(self, start: int) -> bool:
        """Whether there is a blank line before an entry, or before the comments above it."""
        at = self.line(start)
        while at and self.text[self.line(at - 1) : at].lstrip().startswith("#"):
            at = self.line(at - 1)
        return at > 0 and self.is_blank(at - 1)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


class NotInPlace(Exception):
    """The text does not allow a change in place."""


@attrs.frozen(slots=False, auto_exc=False)
class SharedValue(NotInPlace):
    """A value stands in several places, by an alias, or comes from another by `<<`."""

    at: Path
    """What holds it."""


@attrs.frozen
class Writer:
    """Writes plain data as text."""

    brackets: bool
    """Whether short lists and mappings are written in brackets."""
    dash: int
    """How many columns the dashes of a list are indented below its key."""

    @classmethod
    def of(cls, source: Source) -> Writer:
        """A writer with the style of a file."""
        brackets, dash = False, 2
        queue: list[tuple[Any, int | None]] = [(source.root, None)]
        while queue:
            node, column = queue.pop()
            if isinstance(node, yaml.ScalarNode):
                continue
            brackets = brackets or bool(node.flow_style and node.value)
            if node.flow_style or not node.value:
                continue
            here = int(
                (
                    node.value[0] if isinstance(node, yaml.SequenceNode) else node.value[0][0]
                ).start_mark.column
            )
            if isinstance(node, yaml.MappingNode):
                queue += ((value, here) for _, value in node.value)
            else:
                if column is not None:
                    dash = node.start_mark.column - column
                queue += ((value, None) for value in node.value)
        return cls(brackets, max(dash, 0))

    def inline(self, data: Any, style: str = "", *, typed: bool) -> str:
        """A value on one line."""
        node = REPRESENTER.represent_data(data)
        queue = [node]
        while queue:
            here = queue.pop()
            if isinstance(here, yaml.ScalarNode):
                if "\n" in here.value:
                    here.style = '"'
                continue
            here.flow_style = True
            queue += [
                each
                for pair in here.value
                for each in (pair if isinstance(here, yaml.MappingNode) else [pair])
            ]
        if isinstance(node, yaml.ScalarNode) and data is not None:
            if not typed and not style and isinstance(data, str) and _BARE.fullmatch(data):
                return data
            if (
                style in ("'", '"')
                and "\n" not in node.value
                and (isinstance(data, str) or not typed)
            ):
                node.tag, node.style = _STR, style
        whole = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
        return _written_by_yaml(whole, 1 << 30).strip()[1:-1]

    def value(self, data: Any, column: int, style: str = "", *, item: bool, typed: bool) -> str:
        """The text after a key or a dash at *column*, from the space or line break on."""
        in_lines = style in ("|", ">") or (not style and "\n" in str(data))
        if isinstance(data, str) and in_lines and data.strip() and not _ODD.search(data):
            return self._text(data, column, style or "|")
        if not isinstance(data, BOTH):
            return " " + self.inline(data, style if style in ("'", '"') else "", typed=typed)
        if not data or (self.brackets and self._is_short(data, column)):
            return " " + self.inline(data, typed=typed)
        inner = column + (2 if isinstance(data, DICT) or item else self.dash)
        lines = ("\n" + " " * inner).join(self.entries(data, inner, typed=typed))
        return f" {lines}" if item else f"\n{' ' * inner}{lines}"

    def entries(self, data: Any, column: int, *, typed: bool) -> Iterator[str]:
        """The items of a list with their dashes, the keys of a mapping with their values."""
        if isinstance(data, LIST):
            for each in data:
                yield "-" + self.value(each, column, item=True, typed=typed)
            return
        for key, each in data.items():
            below = typed or key == "extensions"
            name = self.inline(key, typed=False)
            yield f"{name}:{self.value(each, column, item=False, typed=below)}"

    def _is_short(self, data: Any, column: int) -> bool:
        """Whether it can be in brackets: no list of mappings, and not longer than a line."""
        if isinstance(data, LIST) and any(isinstance(each, BOTH) for each in data):
            return False
        return column + len(self.inline(data, typed=True)) <= WIDTH

    @staticmethod
    def _text(text: str, column: int, style: str) -> str:
        node = yaml.ScalarNode(_STR, text, style=style)
        key = yaml.ScalarNode(_STR, "k")
        whole = yaml.MappingNode("tag:yaml.org,2002:map", [(key, node)], flow_style=False)
        first, *rest = _written_by_yaml(whole, WIDTH - column).removesuffix("\n")[2:].split("\n")
        return "\n".join((first, *(line and " " * column + line for line in rest)))


def _written_by_yaml(node: yaml.Node, width: int) -> str:
    stream = io.StringIO()
    dumper: Any = Dumper(stream, allow_unicode=True, width=width, sort_keys=False)
    try:
        dumper.open()
        dumper.serialize(node)
        dumper.close()
    finally:
        dumper.dispose()
    return stream.getvalue()


def replacing(source: Source, inside: Any, entry: Entry, data: Any, *, typed: bool) -> Splice:
    """The splice that replaces the value of an entry by *data*."""
    text, node = source.text, entry.node
    scalar = is_single(entry)
    style = (node.style or "") if scalar and not entry.alias else ""
    empty = entry.end <= entry.after
    start = entry.after if empty else int(node.start_mark.index)
    if entry.alias:
        start = text.rindex("*", 0, entry.end)
    start = _end_of(_ANCHOR, text, start)
    if text[start : start + 1] in ("&", "!"):
        raise NotInPlace
    writer = Writer.of(source) if isinstance(data, BOTH) else Writer(brackets=False, dash=2)
    if inside.flow_style:
        lead = "" if not empty or entry.key is None else " " if text[start - 1] == ":" else ": "
        return start, max(start, entry.end), lead + writer.inline(data, style, typed=typed)
    column, item = source.column(inside), entry.key is None
    new = writer.value(data, column, style, item=item, typed=typed)
    in_lines = style in ("|", ">")
    if scalar and not in_lines and not empty and "\n" not in new:
        return start, entry.end, new[1:]
    # From the colon on. The rest of its line, or of the line with `|` or `>`, is a comment and
    # stays.
    if in_lines:
        at = _end_of(_HEADER, text, start)
    elif start > source.end_of_line(entry.after):
        at = entry.after
    else:
        at = entry.end
    kept = text[at : source.end_of_line(at)].rstrip()
    end = entry.end if in_lines else max(entry.end, source.end_of_line(at))
    lost = text[start : entry.end] if not scalar else ""
    behind = (
        text[entry.end : source.end_of_line(entry.end)] if at == entry.after and not empty else ""
    )
    if "#" in lost or behind.strip():
        raise NotInPlace  # comments would be lost
    first, _, more = new.partition("\n")
    return entry.after, end, first + kept + (f"\n{more}" if more else "")


def is_single(entry: Entry) -> bool:
    """Whether an entry holds a single value or an alias."""
    return entry.alias or isinstance(entry.node, yaml.ScalarNode)


def inserting(
    source: Source, node: Any, index: int, key: str | None, data: Any, *, typed: bool
) -> tuple[Splice, ...]:
    """The splices that insert an entry before the one at *index*."""
    writer, entries = Writer.of(source), source.entries(node)
    index = min(index, len(entries))
    name = "" if key is None else f"{writer.inline(key, typed=False)}:"
    if node.flow_style:
        body = writer.inline(data, typed=typed)
        return _inserting_flow(source, node, entries, index, f"{name} {body}" if name else body)
    column = source.column(node)
    pad = "\n" + " " * column
    like = next((each.node for each in reversed(entries) if _is_like(each.node, data)), None)
    if key is None and like is not None:  # items look alike
        body = writer.inline(data, typed=typed)
        if not like.flow_style:
            body = f"\n{' ' * (column + 2)}".join(writer.entries(data, column + 2, typed=typed))
        body = f"- {body}"
    else:
        body = (name or "-") + writer.value(data, column, item=key is None, typed=typed)
    if index == 0:
        return ((entries[0].start, entries[0].start, body + pad),)
    before = entries[index - 1]
    at = source.tail(before.end, column)
    apart = key is None and index == len(entries) > 1 and source.is_apart(before.start)
    return ((at, at, ("\n" if apart else "") + pad + body),)


def _is_like(node: Any, data: Any) -> bool:
    """Whether both are mappings, or both lists."""
    if isinstance(data, DICT):
        return isinstance(node, yaml.MappingNode)
    return isinstance(data, LIST) and isinstance(node, yaml.SequenceNode)


def _inserting_flow(
    source: Source, node: Any, entries: list[Entry], index: int, body: str
) -> tuple[Splice, ...]:
    """The splices that insert an entry in brackets, on its own line if the one before has one."""
    text = source.text
    if index < len(entries):
        at = entries[index].start
        own = source.first_on_line(at)
        between = ",\n" + " " * (at - source.line(at)) if own else ", "
        return ((at, at, body + between),)
    last = entries[-1]
    comma = _COMMA.match(text, last.end)
    at = comma.end() if comma else last.end
    space = " " if text[last.end - 1] == ":" else ""
    end = source.end_of_line(at)
    if not source.first_on_line(last.start) or end >= node.end_mark.index - 1:
        return ((at, at, f" {body}" if comma else f"{space}, {body}"),)
    pad = "\n" + " " * (last.start - source.line(last.start))
    if comma:
        return ((end, end, f"{pad}{body},"),)
    return ((last.end, end, f"{space},{text[last.end : end]}{pad}{body}"),)


def leaving_empty(source: Source, inside: Any, holder: Entry, entry: Entry) -> Splice:
    """The splice that removes the only entry and leaves an empty mapping or list."""
    line = source.end_of_line(holder.after)
    kept = (
        "" if source.line(entry.start) < holder.after else source.text[holder.after : line].rstrip()
    )
    if "#" in source.text[max(line, holder.after) : max(line, entry.start)]:
        raise NotInPlace
    brackets = "{}" if isinstance(inside, yaml.MappingNode) else "[]"
    return holder.after, source.tail(entry.end, source.column(inside)), f" {brackets}{kept}"


def removing(source: Source, inside: Any, entries: list[Entry], index: int) -> Splice:
    """The splice that removes one of several entries, or any in brackets."""
    text, entry = source.text, entries[index]
    after = entries[index + 1] if index + 1 < len(entries) else None
    if inside.flow_style:
        comma = _end_of(_COMMA, text, entry.end)
        line = source.line(entry.start), source.next_line(comma)
        behind = text[comma : line[1]].strip()
        if source.first_on_line(entry.start) and (not behind or behind.startswith("#")):
            return *line, ""  # it has lines of its own, and its comment goes with it
        if after is not None:
            start, end, gap = entry.start, after.start, text[entry.end : after.start]
        elif index:
            start, end = entries[index - 1].end, max(entry.end, entry.after)
            gap = text[start : entry.start]
        else:
            start, end, gap = entry.start, comma, ""
        if "#" in gap:
            raise NotInPlace  # it is not clear to which entry the comment belongs
        return start, end, " " if text[start - 1] == ":" else ""
    if not source.first_on_line(entry.start):
        if after is None or "#" in text[source.end_of_line(entry.end) : after.start]:
            raise NotInPlace
        return entry.start, after.start, ""
    start = source.line(entry.start)
    end = source.next_line(source.tail(entry.end, source.column(inside)))
    if start and source.is_blank(start - 1) and (end == len(text) or source.is_blank(end)):
        start = source.line(start - 1)
    if end == len(text) and not BREAK.search(text, source.end_of_line(entry.end)):
        start = max(0, start - len(source.newline))  # there was no line end, and there is none
    return start, end, ""


def taking_out(source: Source, path: Path) -> Splice:
    """The splice that removes the value at *path*, with its key or dash.

    Raises:
        NotInPlace: The file would hold nothing, or a comment would be lost.
        SharedValue: Aliases repeat it.
    """
    inside, entry = source.reach(path)
    assert entry is not None
    source.refuse_shared(entry, path)
    entries = source.entries(inside)
    if len(entries) == 1 and not inside.flow_style:
        if len(path) == 1:
            raise NotInPlace  # the file would hold nothing
        _, holder = source.reach(path[:-1])
        assert holder is not None
        return leaving_empty(source, inside, holder, entry)
    index = next(i for i, each in enumerate(entries) if each.start == entry.start)
    return removing(source, inside, entries, index)


def within(node: Any) -> Iterator[Any]:
    """A node and all below it."""
    queue = [node]
    while queue:
        here = queue.pop()
        yield here
        if isinstance(here, yaml.MappingNode):
            queue += (each for pair in here.value for each in pair)
        elif isinstance(here, yaml.SequenceNode):
            queue += here.value
