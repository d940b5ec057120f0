"""The text of a YAML file with some of its nodes written anew, in the style of their place; all other characters as they were."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import attrs
import yaml

from ._yaml_nodes import COMMENT, REPRESENTER, Entry, Node, Source
from .yaml import NULL, Dumper

__all__ = ["rewritten"]

WIDTH = 110
"""Lines are not made longer than this, unless the file has longer ones."""
UNBROKEN = 1 << 30
_STR = "tag:yaml.org,2002:str"
#: Numbers and dates, which people leave without quotes where they know that a text is read.
_BARE = re.compile(r"[0-9][0-9.:/-]*")
_ODD = re.compile("[\r\x85\u2028\u2029]")
_BLOCK_TEXT = ("|", ">")


@attrs.define
class _Habits:
    """How the file at hand is written."""

    width: int = WIDTH
    dash: int | None = None
    """How much deeper than its key the dashes of a list stand."""
    step: int | None = None
    """How much deeper than its key the keys of a mapping stand."""
    any_flow: bool = False
    """Whether there is a list or mapping in brackets."""
    flow: dict[str, bool] = attrs.Factory(dict[str, bool])
    """By key: whether its list or mapping stands in brackets."""
    items: dict[str, bool] = attrs.Factory(dict[str, bool])
    """By key of a list: whether the lists or mappings in it do."""
    bare: set[str] = attrs.Factory(set[str])
    """Keys whose numbers and dates are texts without quotes."""
    text: dict[str, str] = attrs.Factory(dict[str, str])
    """By key: the block style (`|` or `>`) of its texts."""

    @classmethod
    def of(cls, source: Source, root: Node) -> _Habits:
        made = cls()
        starts = source.lines
        made.width = max(
            WIDTH,
            *(b - a - 1 for a, b in zip(starts, [*starts[1:], len(source.text) + 1], strict=True)),
        )
        queue: list[tuple[Node, str]] = [(root, "")]
        while queue:
            node, key = queue.pop()
            for each in node.entries:
                if each.written is not None:
                    name = key if each.key is None else each.key
                    made._see(each, each.written, node, name)
                    queue.append((each.written, name))
        return made

    def _see(self, entry: Entry, node: Node, inside: Node, key: str) -> None:
        if node.kind == "scalar":
            if node.style in _BLOCK_TEXT:
                self.text[key] = node.style
            elif not node.style and type(node.value) is str and _BARE.fullmatch(node.value):
                self.bare.add(key)
        elif node.entries and node.entries[0].written is not None:
            flow = node.style == "flow"
            self.any_flow = self.any_flow or flow
            (self.flow if entry.key is not None else self.items)[key] = flow
            if not flow and inside.kind == "map":
                if node.kind == "list" and self.dash is None:
                    self.dash = node.column - inside.column
                if node.kind == "map" and self.step is None:
                    self.step = node.column - inside.column


def _emitted(node: yaml.Node, width: int) -> str:
    stream = io.StringIO()
    dumper: Any = Dumper(stream, allow_unicode=True, width=width, sort_keys=False)
    try:
        dumper.open()
        dumper.serialize(node)
        dumper.close()
    finally:
        dumper.dispose()
    return stream.getvalue()


def _key(key: str) -> yaml.ScalarNode:
    made: yaml.ScalarNode = REPRESENTER.represent_data(key)
    return made


@attrs.frozen
class _Layout:
    """Writes nodes in the habits of a file."""

    habits: _Habits
    quoted: bool = False
    """No text in block style, which would take what follows for a part of it."""

    def _single(self, node: Node, key: str, wanted: str, *, flow: bool) -> yaml.ScalarNode:
        """A single value with the quotes that it needs, or else with those wanted."""
        made: yaml.ScalarNode = REPRESENTER.represent_data(node.data)
        text, is_text = made.value, isinstance(node.data, str)
        if node.data is None or _ODD.search(text):
            return made
        if (flow or self.quoted) and "\n" in text:
            made.style = '"'
        elif wanted in ("'", '"') and (is_text or not node.typed):
            made.tag, made.style = _STR, wanted
        elif is_text and not flow and not self.quoted and (wanted in _BLOCK_TEXT or "\n" in text):
            # More than one line end at the end would need `|+`, which takes what follows for its own.
            made.style = (
                '"'
                if text.endswith("\n\n") or not text.strip()
                else wanted
                if wanted in _BLOCK_TEXT
                else "|"
            )
        elif (
            is_text
            and not node.typed
            and key in self.habits.bare
            and _BARE.fullmatch(text)
            and text not in NULL
        ):
            made.tag, made.style = REPRESENTER.resolve(yaml.ScalarNode, text, (True, False)), None
        return made

    def _flow_node(self, node: Node, key: str, wanted: str = "") -> yaml.Node:
        if node.kind == "scalar":
            return self._single(node, key, wanted, flow=True)
        live = node.live()
        if node.kind == "list":
            return yaml.SequenceNode(
                "tag:yaml.org,2002:seq",
                [self._flow_node(each.node, key) for each in live],
                flow_style=True,
            )
        pairs = [(_key(str(each.key)), self._flow_node(each.node, str(each.key))) for each in live]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=True)

    def inline(self, node: Node, key: str, wanted: str = "") -> str:
        """A value on one line."""
        whole = yaml.SequenceNode(
            "tag:yaml.org,2002:seq", [self._flow_node(node, key, wanted)], flow_style=True
        )
        return _emitted(whole, UNBROKEN).strip()[1:-1]

    def inline_entry(self, entry: Entry, key: str) -> str:
        """An item, or a key with its value, on one line."""
        if entry.key is None:
            return self.inline(entry.node, key)
        return self.inline(Node("map", entries=[Entry(entry.key, entry.node)]), key)[1:-1]

    def in_flow(self, node: Node, key: str, column: int, *, item: bool) -> bool:
        """Whether a list or mapping is put in brackets: as its like is, if the line is long enough."""
        live = node.live()
        if not live:
            return True
        habit = (self.habits.items if item else self.habits.flow).get(key)
        wish = node.style == "flow" if node.style else habit
        if wish is None:
            wish = self.habits.any_flow and not (
                node.kind == "list" and any(each.node.kind != "scalar" for each in live)
            )
        return wish and column + len(key) + len(self.inline(node, key)) + 2 <= self.habits.width

    def value(self, node: Node, key: str, column: int, *, item: bool, wanted: str = "") -> str:
        """What follows a key or a dash that stands at *column*, from the space or line end on."""
        if node.kind == "scalar":
            return self._scalar(node, key, column, wanted, item=item)
        if self.in_flow(node, key, column, item=item):
            return " " + self.inline(node, key)
        if item:
            return " " + self.block(node, key, column + 2)
        dash = 2 if self.habits.dash is None else self.habits.dash
        inner = column + (dash if node.kind == "list" else self.habits.step or 2)
        return "\n" + " " * inner + self.block(node, key, inner)

    def _scalar(self, node: Node, key: str, column: int, wanted: str, *, item: bool) -> str:
        before = "k" if item else "k" * max(1, min(len(key), 100))
        made = self._single(node, key, wanted, flow=False)
        whole = _emitted(self._after(before, made), self.habits.width - column)
        if (
            not wanted
            and whole.count("\n") > 1
            and not made.style
            and key in self.habits.text
            and not self.quoted
        ):
            made.style = self.habits.text[key]
            whole = _emitted(self._after(before, made), self.habits.width - column)
        first, *rest = whole.removesuffix("\n")[len(before) + 1 :].split("\n")
        return "\n".join((first, *(line and " " * column + line for line in rest)))

    @staticmethod
    def _after(key: str, value: yaml.Node) -> yaml.Node:
        return yaml.MappingNode("tag:yaml.org,2002:map", [(_key(key), value)], flow_style=False)

    def block(self, node: Node, key: str, column: int) -> str:
        """A list or mapping in lines; the first without its indentation."""
        return ("\n" + " " * column).join(self.entry(each, key, column) for each in node.live())

    def entry(self, entry: Entry, key: str, column: int) -> str:
        """An item with its dash, or a key with its value."""
        if entry.key is None:
            return "-" + self.value(entry.node, key, column, item=True)
        name = self.inline(Node("scalar", data=entry.key, value=entry.key), "")
        return f"{name}:{self.value(entry.node, entry.key, column, item=False)}"


def _stays(node: Node) -> bool:
    """Whether anything of a list or mapping stays that stands in the file."""
    return any(each.written is not None and not each.gone for each in node.entries)


_HEADER = re.compile(rf"([|>][-+0-9]*)([ \t]+{COMMENT})?")
_SPACE = re.compile("[ \t]+")
_TRAILING = re.compile(rf"[ \t]+{COMMENT}")
_GAP = re.compile(r"[ \t]+(?=[,}\]])")
_BLANK_LINES = re.compile(
    "(?:(?:\r\n|\r(?!\n)|[\n\x85\u2028\u2029])[ \t]*(?=[\n\r\x85\u2028\u2029]))+"
)
_COMMA = re.compile(rf"(?:\s|{COMMENT})*,")
_PROPERTIES = re.compile(r"[&!]\S*(?:[ \t]+[&!]\S*)*")
#: What may follow an item that has a line of its own between brackets.
_REST = re.compile(rf"[ \t]*(,?)[ \t]*(?:{COMMENT})?(?=[\n\r\x85\u2028\u2029])")


@attrs.define
class _Rewriting:
    """Gathers what is to be put where."""

    source: Source
    layout: _Layout
    splices: list[tuple[int, int, str]] = attrs.Factory(list[tuple[int, int, str]])

    def put(self, start: int, end: int, text: str) -> None:
        self.splices.append((start, end, text.replace("\n", self.source.newline)))

    # What is in a list or mapping of the file.

    def collection(self, node: Node, key: str) -> None:
        last: Entry | None = None
        gone: list[Entry] = []
        new: list[Entry] = []
        for entry in node.entries:
            if entry.written is None:
                new.append(entry)
            elif entry.gone:
                gone.append(entry)
            else:
                self._between(node, key, last, gone, new, entry)
                self._kept(entry, entry.written, node, key if entry.key is None else entry.key)
                last, gone, new = entry, [], []
        self._between(node, key, last, gone, new, None)

    def _between(
        self,
        node: Node,
        key: str,
        last: Entry | None,
        gone: list[Entry],
        new: list[Entry],
        following: Entry | None,
    ) -> None:
        """What is taken out and what is put between an entry that stays and the next."""
        if not gone and not new:
            return
        like = {kind: self._like(node, kind) for kind in {each.node.kind for each in new}}
        for each in new:
            each.node.style = each.node.style or like[each.node.kind]
        if node.style == "flow":
            more = following is not None or self._comma(gone[-1] if gone else last) is not None
            if new:
                self._add_flow(key, last, new, following, more=more)
            if gone:
                self._cut_flow(last, gone, following, filled=bool(new))
            return
        text = self._text_before(last)
        for each in gone:
            self._cut_block(node, each, last, following, text)
        if new:
            self._add_block(node, key, last, new, following, text)

    def _kept(self, entry: Entry, written: Node, inside: Node, key: str) -> None:
        if entry.node is not written:
            self._replace(entry, written, entry.node, inside, key)
        elif _stays(written):
            self.collection(written, key)
        elif written.entries:  # all of it is new
            style = (
                written.style if any(each.written is not None for each in written.entries) else ""
            )
            self._replace(
                entry, written, Node(written.kind, entries=written.live(), style=style), inside, key
            )

    # Other values.

    def _replace(self, entry: Entry, old: Node, new: Node, inside: Node, key: str) -> None:
        text = self.source.text
        if inside.style == "flow":
            lead = (
                ""
                if old.start < old.end or entry.key is None
                else " "
                if text[entry.after - 1] == ":"
                else ": "
            )
            self.put(old.start, old.end, lead + self.layout.inline(new, key, old.style))
            return
        item, behind = entry.key is None, self._behind(entry, old)
        below = self.source.line(old.start) > behind and old.start < old.end
        layout = self._layout_before(old.end, inside.column)
        if (
            "#" in text[behind : old.start]
        ):  # a comment that stays, below what is put after the colon
            layout = attrs.evolve(layout, quoted=True)
        value = layout.value(
            new, key, inside.column, item=item, wanted=old.style if old.kind == "scalar" else ""
        )
        in_lines = new.kind != "scalar" and not layout.in_flow(new, key, inside.column, item=item)
        if old.style == "block" and below and not in_lines:
            self.put(behind, behind, value)
            self._cut_lines(old.start, self.source.tail(old.end, inside.column))
        elif not in_lines:
            self._replace_inline(old, value)
        elif item or below or old.style == "block":
            self._replace_lines(old, new, key, inside)
        elif old.style in _BLOCK_TEXT:
            self.put(behind, old.end, self._comment(old)[0] + value)
        else:
            self.put(behind, old.end, "")
            at = self.source.end_of_line(old.end)
            self.put(at, at, value)

    def _layout_before(self, end: int, column: int) -> _Layout:
        """The layout for what is followed by what stands at *end*."""
        at = self.source.end_of_line(end)
        last = at == len(self.source.text)
        return (
            attrs.evolve(self.layout, quoted=True)
            if last or self.source.tail(end, column) > at
            else self.layout
        )

    def _replace_lines(self, old: Node, new: Node, key: str, inside: Node) -> None:
        """A list or mapping in place of what has lines of its own; the comment on a single value goes before it."""
        start, before = old.start, old.start - self.source.line(old.start)
        column = max(
            before, inside.column + (2 if inside.kind == "list" else 0 if new.kind == "list" else 1)
        )
        lead = " " * (column - before)
        comment, end = self._comment(old)
        if old.style == "block":
            end = self.source.tail(old.end, inside.column)
        elif old.outer < start and not self.source.first_on_line(
            start
        ):  # behind an anchor, lines of its own begin below
            start, column = self.source.space_before(start), inside.column + 2
            lead = comment + "\n" + " " * column
        elif comment:
            lead += comment.lstrip() + "\n" + " " * column
        self.put(start, end, lead + self._layout_before(end, inside.column).block(new, key, column))

    def _behind(self, entry: Entry, old: Node) -> int:
        """The end of the dash, or of the colon, or of the anchor and tag on their line."""
        properties = _PROPERTIES.match(self.source.text, old.outer)
        if properties is not None and old.outer < old.start:
            return properties.end()
        return entry.after

    def _header(self, text: Node) -> re.Match[str] | None:
        """The sign of a text in block style, and the comment behind it."""
        return _HEADER.match(
            self.source.text, self._past(_SPACE, self._past(_PROPERTIES, text.start))
        )

    def _comment(self, old: Node) -> tuple[str, int]:
        """The comment on a value, which a text in block style has behind its sign, and where both end."""
        if old.style in _BLOCK_TEXT:
            header = self._header(old)
            return ("" if header is None else header[2] or "", old.end)
        end = self._past(_TRAILING, old.end)
        return self.source.text[old.end : end], end

    def _replace_inline(self, old: Node, value: str) -> None:
        """A value after its key or dash; the comment that follows stays, behind the sign of a text in block style if need be."""
        comment, end = self._comment(old)
        if value[1] in _BLOCK_TEXT:
            first, line_end, rest = value.partition("\n")
            value, end = first + comment + line_end + rest, self._past(_SPACE, end)
        elif old.style in _BLOCK_TEXT:
            value += comment
        else:
            end = old.end
        self.put(old.start, end, value if old.start == old.end else value[1:])

    # New entries.

    def _add_block(
        self,
        node: Node,
        key: str,
        last: Entry | None,
        new: list[Entry],
        following: Entry | None,
        text: re.Match[str] | None,
    ) -> None:
        pad = "\n" + " " * node.column
        if node.kind == "list" and self._spaced(node, last) and not (text and "+" in text[1]):
            pad = "\n" + pad
        if last is not None:
            at = self.source.tail(last.end, node.column)
            if text and at == len(self.source.text) == self.source.end_of_line(
                last.end
            ):  # its last line has no end, and will
                self.put(text.start(1), text.end(1), text[1].rstrip("+-") + "-")
            layout = self._layout_before(at, node.column)
            self.put(at, at, "".join(pad + layout.entry(each, key, node.column) for each in new))
        elif following is not None:
            self.put(
                following.start,
                following.start,
                "".join(self.layout.entry(each, key, node.column) + pad for each in new),
            )

    def _text_before(self, entry: Entry | None) -> re.Match[str] | None:
        """The sign of the text in block style with which an entry ends, if it does."""
        if entry is None or entry.node is not entry.written:
            return None
        node = entry.node
        last = next((each for each in reversed(node.entries) if not each.gone), None)
        return (
            self._text_before(last)
            if last is not None
            else self._header(node)
            if node.style in _BLOCK_TEXT
            else None
        )

    @staticmethod
    def _like(node: Node, kind: str) -> str:
        """The style of the last item of a list that is of a kind."""
        if node.kind != "list" or kind == "scalar":
            return ""
        alike = (
            each.written
            for each in reversed(node.entries)
            if each.written is not None and each.written.entries
        )
        return next((each.style for each in alike if each.kind == kind), "")

    def _spaced(self, node: Node, last: Entry | None) -> bool:
        """Whether a blank line stands before an item of a list, above the comments on it."""
        if last is None or last is node.entries[0]:
            return False
        line = self.source.line(last.start)
        while line and self.source.text[self.source.line(line - 1) : line].lstrip().startswith("#"):
            line = self.source.line(line - 1)
        return line > 0 and self.source.blank(line - 1)

    def _add_flow(
        self, key: str, last: Entry | None, new: list[Entry], following: Entry | None, *, more: bool
    ) -> None:
        """Put entries between brackets; *more* tells whether a comma belongs behind them."""
        texts = [self.layout.inline_entry(each, key) for each in new]
        if last is None:
            assert following is not None
            pad = ", " if self._own_line(following) is None else "," + self._new_line(following)
            self.put(following.start, following.start, "".join(text + pad for text in texts))
            return
        empty = (
            self.source.text[last.end - 1] == ":"
            and last.node is last.written
            and last.after == last.end
        )
        comma = " ," if empty else ","  # one that touches a colon is read as part of the key
        if (rest := self._own_line(last)) is not None:
            if not rest[1]:
                self.put(last.end, last.end, comma)
            pad = self._new_line(last)
            self.put(
                rest.end(),
                rest.end(),
                ",".join(pad + text for text in texts) + (rest[1] if more else ""),
            )
        elif (rest := self._own_line(last, ",")) is not None and not rest[1]:
            pad = self._new_line(last)
            self.put(rest.end(), rest.end(), "".join(pad + text for text in texts))
        else:
            end = self._past(_GAP, last.end) if empty else last.end
            self.put(last.end, end, comma + ",".join(f" {text}" for text in texts))

    def _new_line(self, entry: Entry) -> str:
        """A line end, and what stands before an entry on its line."""
        return "\n" + self.source.text[self.source.line(entry.start) : entry.start]

    def _own_line(self, entry: Entry, lead: str = "") -> re.Match[str] | None:
        """What follows an entry between brackets that has its line or lines for itself, behind *lead*; None for one that has not."""
        at = self.source.space_before(entry.start)
        if lead:
            at = self.source.space_before(at - 1) if self.source.text[at - 1] == lead else -1
        return (
            _REST.match(self.source.text, entry.end)
            if at == self.source.line(entry.start)
            else None
        )

    def _comma(self, entry: Entry | None) -> int | None:
        """Where the comma behind an entry between brackets is."""
        found = None if entry is None else _COMMA.match(self.source.text, entry.end)
        return None if found is None else found.end() - 1

    # What is taken out.

    def _cut_lines(self, start: int, end: int) -> None:
        """Take out lines, from the end of the one before, so that what is put at the end of either stays."""
        begin = self.source.line(start)
        if begin == 0:
            self.put(0, self.source.next_line(end), "")
        else:
            self.put(begin - (2 if self.source.text[begin - 2 : begin] == "\r\n" else 1), end, "")

    def _cut_block(
        self,
        node: Node,
        entry: Entry,
        last: Entry | None,
        following: Entry | None,
        text: re.Match[str] | None,
    ) -> None:
        end = self.source.tail(entry.end, node.column)
        if self.source.first_on_line(entry.start):
            line, below = self.source.line(entry.start), self.source.next_line(end)
            above = self.source.line(line - 1)
            if (
                node.kind == "list"
                and last is not None
                and above > last.end
                and self.source.blank(above)
                and self.source.blank(below)
            ):
                line = above  # one of the two blank lines goes too, unless it is part of a text
            if text and "+" in text[1]:  # blank lines would become part of it
                end = self._past(_BLANK_LINES, end)
            if text and end == len(self.source.text):  # it keeps its line end
                self.put(line, end, "")
            else:
                self._cut_lines(line, end)
            return
        # The first, on the line of what holds it: the next that stays moves up, unless a comment stands between.
        assert following is not None
        if "#" in self.source.text[end : following.start]:
            self.put(self.source.space_before(entry.start), end, "")
        else:
            self.put(entry.start, following.start, "")

    def _cut_flow(
        self, last: Entry | None, gone: list[Entry], following: Entry | None, *, filled: bool
    ) -> None:
        """Take entries out of brackets, each with a comma; *filled* tells whether others come in their place."""
        first, final = self._comma(last), self._comma(gone[-1])
        line = self.source.line
        leading = (
            first is not None and line(gone[0].start) <= first
        )  # the comma is on the line of what it precedes
        if final is None or (leading and line(final) >= gone[-1].end):
            for previous, entry in zip([last, *gone], gone, strict=False):
                assert previous is not None  # something stays, and nothing is behind these
                self._cut_with_comma_before(previous, entry, final=entry is gone[-1], filled=filled)
        else:
            for entry, beyond in zip(gone, [*gone[1:], following], strict=True):
                self._cut_with_comma_behind(entry, beyond, moves=last is None)

    def _cut_with_comma_before(
        self, previous: Entry, entry: Entry, *, final: bool, filled: bool
    ) -> None:
        """Take out an entry; the comma behind one that stays stays too if it is on another line, as that of the last."""
        text, comma = self.source.text, self._comma(previous)
        assert comma is not None
        rest = self._own_line(entry, ",") or self._own_line(entry)
        if rest is not None and not (final and rest[1]):
            self._cut_lines(entry.start, rest.end())
        elif self.source.line(entry.start) > comma and (
            filled or previous.gone or "#" in text[comma : entry.start]
        ):
            self.put(entry.start, entry.end, "")
        elif self.source.line(comma) > previous.end:
            self.put(comma, entry.end, "")
        else:
            glued = text[previous.end - 1] == ":" and not (filled or text[entry.end].isspace())
            self.put(previous.end, entry.end, " " if glued else "")
        if previous.gone:
            self.put(comma, comma + 1, "")

    def _cut_with_comma_behind(self, entry: Entry, beyond: Entry | None, *, moves: bool) -> None:
        """Take out an entry; *moves* tells whether the next moves up to what stands before it."""
        text, comma = self.source.text, self._comma(entry)
        assert comma is not None
        start, end = entry.start, self._past(_SPACE, comma + 1)
        if (rest := self._own_line(entry)) is not None:
            self._cut_lines(start, rest.end())
            if not rest[1]:
                self.put(comma, end, "")
            return
        if moves and beyond is not None:  # unless a comment stands between
            end = self._past(_TRAILING, comma + 1)
            end = beyond.start if "#" not in text[end : beyond.start] else end
        elif beyond is None or self.source.line(beyond.start) > comma:
            start, end = (
                start if self.source.first_on_line(start) else self.source.space_before(start),
                comma + 1,
            )
        behind = self._past(_TRAILING, entry.end)
        if "#" in text[behind:comma]:  # a comment on what follows
            self.put(start, behind, "")
            start = comma
        self.put(start, end, "")

    def _past(self, what: re.Pattern[str], at: int) -> int:
        found = what.match(self.source.text, at)
        return at if found is None else found.end()


def _applied(text: str, splices: list[tuple[int, int, str]]) -> Iterator[str]:
    at = 0
    # What is put between comes before what is put in place of something that begins there.
    for start, end, new in sorted(splices, key=lambda splice: (splice[0], splice[1] > splice[0])):
        if start < at and new:
            msg = "changes overlap"
            raise ValueError(msg)
        yield text[at : max(at, start)]
        yield new
        at = max(at, end)
    yield text[at:]


def rewritten(source: Source, root: Node) -> str:
    """The text with what was changed written anew.

    Raises:
        ValueError: The changes do not fit together.
    """
    if not _stays(root):
        msg = "nothing of the file would stay"
        raise ValueError(msg)
    rewriting = _Rewriting(source, _Layout(_Habits.of(source, root)))
    rewriting.collection(root, "")
    return "".join(_applied(source.text, rewriting.splices))
