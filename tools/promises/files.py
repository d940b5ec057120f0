"""One corpus that says something in every field of every record, in each format that we read. What
was written with an older version is read for ever, and gives equal records.
"""

from __future__ import annotations

import datetime
import json
import shutil
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import attrs

import wsis_model as wsis
from wsis_model import Corpus, Record, relational
from wsis_model.interop import datapackage
from wsis_model.model import File
from wsis_model.model.fields import Field, shape_of

from .breaks import Break

__all__ = ["FORMS", "Form", "breaks", "sample", "silent", "write"]


@attrs.frozen
class Form:
    """A form of files that old versions wrote, and how it is written and read."""

    name: str
    """The file or folder, e.g. `everything.yaml`."""
    write: Callable[[Corpus, Path], object] = wsis.save
    read: Callable[[Path], Corpus] = wsis.load


def _save_folder(corpus: Corpus, path: Path) -> None:
    wsis.save(corpus, path, format="csv")


FORMS: tuple[Form, ...] = (
    Form("everything.json"),
    Form("everything.yaml"),
    Form("everything.ndjson"),
    Form("everything-csv", _save_folder),
    Form("everything-datapackage", datapackage.save),
    Form("everything.xlsx"),
    Form("everything-parquet", relational.to_parquet, relational.from_parquet),
)
"""The forms; the first holds the records as they are compared."""

_WORDS: dict[type, Any] = {
    str: "In our own words",
    int: 3,
    bool: True,
    Decimal: "1.50",
    datetime.date: "2027-06-30",
}


def sample() -> Corpus:
    """A corpus of one record of each kind, in which each field of each class says something: its
    first example, or a few words where it has none. Its references lead nowhere.
    """
    tree = _record(File, "promised")
    return wsis.loads(json.dumps(tree), "json")


def _record(record: type[Record], at: str) -> dict[str, Any]:
    return {field.key: _value(record, field, at) for field in shape_of(record)}


def _value(record: type[Record], field: Field, at: str) -> Any:
    if field.key == "id":
        return at
    if field.record is not None:
        within = field.key if record is File else f"{at}/{field.key.replace('_', '-')}"
        held = _record(field.record, within)
        return [held] if field.what == "records" else held
    default = record.model_fields[field.name].get_default()
    said = [each for each in field.examples if each != default]
    if said:
        return said[0]
    if field.what == "translations":
        return {"en": _WORDS[str], "fr": "Dans nos propres mots"}
    if typing.get_origin(field.type) is Literal:  # the version of the format
        return default
    if issubclass(field.type, Enum):
        return next(each.value for each in field.type if each != default)
    value = _WORDS[field.type]
    return [value] if field.what == "values" else value


def silent(corpus: Corpus) -> list[str]:
    """The fields, as `Roadmap.title`, of which no record of a corpus says anything but the default.

    Of the file itself, neither its version nor its extensions count.
    """
    said: set[str] = set()
    known: dict[str, None] = {}

    def look(record: Record) -> None:
        for field in shape_of(type(record)):
            value = getattr(record, field.name)
            name = f"{type(record).__name__}.{field.key}"
            known[name] = None
            if value != type(record).model_fields[field.name].get_default(
                call_default_factory=True
            ):
                said.add(name)
            for each in _held(field, value):
                look(each)

    look(corpus.to_file())
    return [name for name in known if name not in said and name != "File.wsis_model"]


def _held(field: Field, value: Any) -> Iterator[Record]:
    if field.record is not None and value is not None:
        yield from value if field.what == "records" else (value,)


def write(corpus: Corpus, folder: Path) -> None:
    """Write a corpus in every form."""
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        place = folder / form.name
        if place.is_dir():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        form.write(corpus, place)


def breaks(folder: Path, *, same_format: bool) -> list[Break]:
    """What today's version does not read, or reads otherwise, of the files that an older one wrote.

    Args:
        folder: The folder of these files.
        same_format: Whether today's format of files has the version that theirs has; otherwise
            what is written is not compared with what is read, only the forms with each other.
    """
    found: list[Break] = []
    read: dict[str, Corpus] = {}
    for form in FORMS:
        place = folder / form.name
        if not place.exists():  # a form that came later
            continue
        name = f"{folder.parent.name}/{form.name}"
        try:
            read[name] = form.read(place)
        except Exception as error:  # noqa: BLE001 - whatever it is, the file is not read
            said = str(error).splitlines() or [type(error).__name__]
            found.append(
                Break(name, f"is not read any more, which no version may break: {said[0][:300]}")
            )
    for name, corpus in list(read.items())[1:]:
        if corpus != next(iter(read.values())):
            found.append(Break(name, "gives other records than the first of these files"))
    written = folder / FORMS[0].name
    if same_format and (first := read.get(f"{folder.parent.name}/{FORMS[0].name}")) is not None:
        tree = json.loads(written.read_bytes())
        if json.loads(wsis.dumps(first)) != tree:
            found.append(Break(str(written.name), "is written otherwise when it was read"))
    return found
