"""Fixes in the text of a YAML file."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import Any

import attrs
import yaml

from ..errors import Finding, Fix
from ..formats._text import is_day
from ..formats.yaml import parse
from ..positions import Path
from .edits import Document, Edit, differing, spliced
from .text import (
    Entry,
    NotInPlace,
    Source,
    Splice,
    Writer,
    inserting,
    replacing,
    taking_out,
)
from .values import DICT, as_read

__all__ = ["YamlDocument"]


@attrs.frozen(eq=False)
class YamlDocument(Document):
    """A YAML file. Comments, quotes and line ends stay."""

    @functools.cached_property
    def source(self) -> Source:
        """The text with the positions in it."""
        return Source.of(self.text)

    def read(self) -> Any:
        """The content: every scalar is text, below `extensions` typed."""
        tree, _, _ = parse(self.text.encode(), self.file)
        if tree is None:
            raise ValueError(self.file)
        return tree

    def edit(self, finding: Finding) -> Edit:
        """What the fix of a finding changes."""
        path, fix = self.place(finding), finding.fix
        assert fix is not None
        self.check_stands(path, fix, as_read(fix.old, typed=False))
        try:
            splices = self._splices(path, fix)
        except yaml.YAMLError:
            raise NotInPlace from None
        newline = self.source.newline
        ended = tuple((start, end, new.replace("\n", newline)) for start, end, new in splices)
        new = fix.new if fix.key else as_read(fix.new, typed=False)
        return Edit(finding, path, ended, new)

    def _splices(self, path: Path, fix: Fix) -> tuple[Splice, ...]:
        source = self.source
        inside, entry = source.reach(path)
        assert entry is not None
        _refuse_doubled(source, path)
        if fix.key:
            return (_renaming(source, inside, str(path[-1]), str(fix.new)),)
        if fix.several:
            source.refuse_shared(entry, path)
            return (_dividing(source, path, fix.new),)
        if fix.new is None:
            return (taking_out(source, path),)
        return (replacing(source, inside, entry, _with_days(fix.new), typed=False),)


def _refuse_doubled(source: Source, path: Path) -> None:
    """Refuse a change on whose path a key stands twice: nobody knows which is meant."""
    node = source.root
    for step in path:
        entry = source.entry(node, step)
        alike = [each for each in source.entries(node) if each.key == step]
        if entry is None or (isinstance(step, str) and len(alike) > 1):
            raise NotInPlace
        node = entry.node


def _with_days(value: Any) -> Any:
    """A new value in which days and years within mappings are written without quotes."""
    if isinstance(value, DICT):
        return {key: _day(each) for key, each in value.items()}
    return value


def _day(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    year = re.fullmatch("[1-9][0-9]{3}", text)
    return date.fromisoformat(text) if is_day(text) else int(text) if year else text


def _renaming(source: Source, inside: Any, key: str, new: str) -> Splice:
    """The splice that gives a key another name."""
    if not isinstance(inside, yaml.MappingNode):
        raise NotInPlace
    node: Any = next((each for each, _ in inside.value if each.value == key), None)
    if node is None:
        raise NotInPlace
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if source.text[start : start + 1] in ("&", "!", "*", "|", ">"):
        raise NotInPlace
    style = node.style if node.style in ("'", '"') else ""
    return start, end, Writer(brackets=False, dash=2).inline(new, style, typed=False)


def _dividing(source: Source, path: Path, items: list[Any]) -> Splice:
    """The splice that puts several items into the place of one."""
    *above, index = path
    assert isinstance(index, int)
    before = source.text
    inside, entry = source.reach(path)
    assert entry is not None
    first, *rest = items
    made = Source.of(spliced(before, (_first(source, path, inside, entry, first),)))
    for number, item in enumerate(rest, index + 1):
        node, holder = made.root, made.reach(tuple(above))[1]
        node = node if holder is None else holder.node
        made = Source.of(spliced(made.text, inserting(made, node, number, None, item, typed=False)))
    return differing(before, made.text)


def _first(source: Source, path: Path, inside: Any, entry: Entry, item: Any) -> Splice:
    """The splice for the first of several items: only what differs, so that comments stay."""
    if isinstance(entry.node, yaml.MappingNode) and not entry.alias:
        for key, value in item.items():
            within, held = source.reach((*path, key))
            assert held is not None
            if held.node.value != value:
                return replacing(source, within, held, value, typed=False)
    return replacing(source, inside, entry, item, typed=False)
