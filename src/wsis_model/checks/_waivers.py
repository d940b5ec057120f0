"""Waivers as a project writes them down: a YAML file of findings that it accepts, each with its
reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from ..errors import Finding, LoadError, excerpt
from ..formats import yaml
from ..formats._files import read_bytes
from ..formats._problems import near_miss
from ..positions import Places
from ._report import Waiver

__all__ = ["load_waivers"]

_FIELDS = ("code", "record", "reason")


def load_waivers(path: str | os.PathLike[str]) -> tuple[Waiver, ...]:
    """The waivers in a YAML file, to be passed to [`check`][wsis_model.check].

    ```yaml
    - code: A401
      record: action-lines/c11
      reason: The line has no facilitator until CSTD names one.
    ```

    Raises:
        LoadError: Every fault of the file, each with its place.
    """
    file = str(path)
    tree, places, problems = yaml.parse(read_bytes(Path(path)), file)
    if tree is not None and not isinstance(tree, list):
        message = f"{excerpt(tree)} stands where a list of waivers belongs"
        problems.append(Finding("wrong-shape", message, places.find(())))
    items = cast("list[object]", tree) if isinstance(tree, list) else []
    for index, item in enumerate(items):
        problems += _faults(item, index, places)
    if problems:
        raise LoadError(tuple(problems))
    return tuple(Waiver(**item) for item in cast("list[dict[str, str]]", items))


def _faults(item: object, index: int, places: Places) -> Iterator[Finding]:
    if not isinstance(item, dict):
        hint = f"each waiver has {', '.join(_FIELDS)}"
        message = f"{excerpt(item)} stands where a mapping belongs"
        yield Finding("wrong-shape", message, places.find((index,)), (index,), hint)
        return
    fields = cast("dict[str, object]", item)
    for key in fields:
        if key not in _FIELDS:
            near = near_miss(key, _FIELDS)
            place = places.find((index, key), key=True)
            yield Finding(
                "unknown-field",
                f"{excerpt(key)} is not a field of a waiver",
                place,
                (index, key),
                near.text or f"a waiver has {', '.join(_FIELDS)}",
                found=key,
                meant=near.meant,
            )
    for key in _FIELDS:
        value = fields.get(key)
        if key not in fields:
            place = places.find((index,))
            yield Finding("missing-field", f"{key!r} is missing", place, (index, key))
        elif not isinstance(value, str) or not value.strip():
            message = f"{'nothing' if value is None else excerpt(value)} stands where text belongs"
            yield Finding("wrong-shape", message, places.find((index, key)), (index, key))
