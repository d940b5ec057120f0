"""Folders of Parquet files with one fault each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from wsis_model import relational
from wsis_model.testing import a_corpus

pa: Any = import_module("pyarrow")
parquet: Any = import_module("pyarrow.parquet")

#: Of a table a column that is put into every row, or taken away; the code, and the heading that is
#: told.
COLUMNS: list[tuple[str, str, object, str, str]] = [
    ("sections", "heading", None, "missing-field", "heading"),
    ("sections", "position", None, "missing-field", "position"),
    ("sections", "colour", "red", "unknown-field", "colour"),
    ("sections", "heading", "Follow-up", "wrong-shape", "heading"),
    ("sections", "belongs_to", 3, "wrong-shape", "belongs_to"),
    ("provisions", "number", 3, "wrong-shape", "number"),
    ("provisions", "mentions", [3], "wrong-shape", "mentions"),
    ("provisions", "alignments", [{"concept": "x"}], "missing-field", "alignments.basis"),
]
#: Of a table a value in the last row of a column.
VALUES: list[tuple[str, str, object, str, str]] = [
    ("provisions", "number", "", "wrong-value", "number"),
    ("provisions", "number", None, "missing-field", "number"),
    ("provisions", "part", "coda", "wrong-value", "part"),
    ("provisions", "section", "Not One", "wrong-identifier", "section"),
    ("provisions", "extensions", "{", "wrong-shape", "extensions"),
    ("mandates", "due", {"date": "2027-13"}, "wrong-date", "due.date"),
    ("mandates", "belongs_to", "91-1/77", "no-owner", "belongs_to"),
    ("mandates", "belongs_to", None, "no-owner", "belongs_to"),
    ("sessions", "id", "91-1", "duplicate-record", "id"),
]
#: What the metadata of a table say.
METADATA: list[tuple[dict[str, str], str]] = [
    ({"wsis_model": "2"}, "wrong-value"),
    ({"wsis_model.table": "concepts"}, "unknown-kind"),
]


def set_column(file: Path, name: str, values: Any) -> None:
    """Put other values into a column, or a new one at the end; none take it away."""
    table = parquet.read_table(file)
    place = table.schema.get_field_index(name)
    if values is None:
        table = table.drop_columns(name)
    elif place < 0:
        table = table.append_column(name, values)
    else:
        table = table.set_column(place, name, values)
    parquet.write_table(table, file)


def set_value(file: Path, name: str, value: object) -> int:
    """Put another value into the last row of a column; how many rows there are."""
    before = parquet.read_table(file)[name]
    values: list[object] = before.to_pylist()
    set_column(file, name, pa.array([*values[:-1], value], before.type))
    return len(values)


def fill_column(file: Path, name: str, value: object) -> None:
    """Put a value into every row of a column; None takes it away."""
    rows = len(parquet.read_table(file))
    set_column(file, name, None if value is None else pa.array([value] * rows))


def set_metadata(file: Path, metadata: dict[str, str]) -> None:
    """Give a table other metadata."""
    parquet.write_table(parquet.read_table(file).replace_schema_metadata(metadata), file)


def folders(path: Path) -> Iterator[tuple[str, Path]]:
    """A folder for each of these faults, and what it is."""
    sound = path / "sound"
    relational.to_parquet(a_corpus(), sound)

    def again() -> Path:
        shutil.rmtree(path / "tables", ignore_errors=True)
        return shutil.copytree(sound, path / "tables")

    for table, column, value, _, _ in COLUMNS:
        fill_column((folder := again()) / f"{table}.parquet", column, value)
        yield f"{table}.{column} is {value}", folder
    for table, column, value, _, _ in VALUES:
        set_value((folder := again()) / f"{table}.parquet", column, value)
        yield f"{table}.{column} has {value}", folder
    for metadata, _ in METADATA:
        set_metadata((folder := again()) / "sections.parquet", metadata)
        yield f"sections say {metadata}", folder
    ((folder := again()) / "sections.parquet").unlink()
    yield "a table is not there", folder
    ((folder := again()) / "sections.parquet").write_bytes(b"PAR1")
    yield "a file is cut off", folder
    for file in (folder := again()).iterdir():
        file.unlink()
    yield "the folder is empty", folder
    yield "there is no folder", path / "none"
