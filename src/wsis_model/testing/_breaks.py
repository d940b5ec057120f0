"""Broken corpora: sound ones with the edits that break one rule."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, cast

import yaml

from ..corpus import Corpus
from ..formats._libyaml import BaseLoader
from ..loading import load
from ._corpora import corpora
from ._values import Strategy

__all__ = ["broken", "cases"]


@functools.cache
def cases(code: str) -> Any:
    """The cases of a rule, from `checks/cases/CODE.yaml`: corpora that are `sound` and `broken`
    under it, and `breaks`, the edits that break it in a sound corpus. Values are read as text.

    Raises:
        KeyError: No rule has this code.
    """
    file = files("wsis_model.checks").joinpath("cases", f"{code}.yaml")
    if not file.is_file():
        raise KeyError(code)
    # Makes only texts, lists and mappings.
    return yaml.load(file.read_bytes(), Loader=BaseLoader)  # noqa: S506


def broken(code: str) -> Strategy[Corpus]:
    """A corpus that breaks only the rule with this code, also for publishing and on the day
    `AS_OF`: a sound one after the edits under `breaks` in the cases of the rule.

    Raises:
        KeyError: No rule has this code.
    """
    return corpora().map(functools.partial(_edited, edits=cases(code)["breaks"]))


def _edited(corpus: Corpus, edits: list[dict[str, Any]]) -> Corpus:
    """The corpus after some edits, one after the other.

    An edit names a `record`, or none for the corpus itself, and what to `set` in it, to `add` to
    its lists, and to `remove`: fields of the record, or records of the corpus at any depth.
    """
    tree = corpus.to_file().to_dict()
    for edit in edits:
        by_identifier = {record["id"]: (members, record) for members, record in _records_in(tree)}
        record = by_identifier[edit["record"]][1] if "record" in edit else tree
        record.update(edit.get("set", {}))
        for field, members in edit.get("add", {}).items():
            record.setdefault(field, []).extend(members)
        for name in edit.get("remove", ()):
            if record is tree:
                by_identifier[name][0].remove(by_identifier[name][1])
            else:
                record.pop(name, None)
    return load(tree)


def _records_in(value: object) -> Iterator[tuple[list[object], dict[str, Any]]]:
    """The records with identifiers in plain data, at any depth, each after its list."""
    if isinstance(value, dict):
        for each in cast("dict[str, object]", value).values():
            yield from _records_in(each)
    elif isinstance(value, list):
        members = cast("list[object]", value)
        for each in members:
            yield from _records_in(each)
            if isinstance(each, dict) and "id" in each:
                yield members, cast("dict[str, Any]", each)
