r"""CSV: one table per kind of record, for people who live in spreadsheets.

A corpus is a folder of tables (`documents.csv`, `provisions.csv`, `mandates.csv` ...). In each:

* a column per field, named as in YAML; a nested record takes a column per field of its own (`due.year`, `source.title`);
* text in English stands under the field's name, in other languages under `title:fr`;
* several values of one cell are separated by `;` (a `;` inside a value is written `\;`);
* rows that belong to another record name it under `belongs_to`, by its identifier (a note or update, which has none, by
  `80-173#notes/0`: the first note of 80-173), and stand in their order;
* `extensions` holds JSON; an empty cell is an absent field. `docs/tables.md` lists every table and column.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from ..errors import DuplicateIdentifier, Position, Problem, excerpt
from ..model import RECORDS, File, Record
from ..model._shape import Field, shape_of
from ..positions import Path, path_text
from ._problems import bounded, near, nearest_field
from ._text import UNKNOWN, Plain, as_written, can_be_kept, decode, line_and_column, whole_number

__all__ = ["TABLES", "columns_of", "parse", "tables"]

OF = "belongs_to"
"""The column that names the record a row belongs to."""


def _find_tables() -> dict[str, type[Record]]:
    """Each record class that stands in a list somewhere, by the name of the list."""
    found: dict[str, type[Record]] = {}
    for holder in RECORDS:
        for field in shape_of(holder):
            if field.what == "records" and field.record is not None:
                assert found.setdefault(field.key, field.record) is field.record, field.key
    return found


#: Table name to record class. A table is named as the list that holds the records.
TABLES: dict[str, type[Record]] = _find_tables()
_TOP = {field.key for field in shape_of(File) if field.what == "records"}


def columns_of(record: type[Record], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """The columns of a record's table, without those for languages other than English."""
    for field in shape_of(record):
        name = prefix + field.key
        if field.what == "record" and field.record is not None:
            yield name, field
            yield from columns_of(field.record, name + ".")
        elif field.what != "records":
            yield name, field


# --- writing ----------------------------------------------------------------------------------------------------------


def _join(values: tuple[Any, ...]) -> str:
    shown: list[str] = []
    for value in values:
        text = str(value).replace("\\", "\\\\").replace(";", "\\;")
        text = re.sub(r"^(?=\s)|(?<=\s)$", r"\\e", text)
        shown.append(text or "\\e")
    return "; ".join(shown)


def _split(cell: str) -> list[str]:
    parts = re.findall(r"(?:\\.|[^;\\]|\\$)+", cell, re.DOTALL)
    stripped = (part.strip() for part in parts)
    return [re.sub(r"\\(.)", lambda m: "" if m[1] == "e" else m[1], part, flags=re.DOTALL) for part in stripped if part]


def _cell(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(value)
    return str(value)


def _flatten(record: Record, row: dict[str, str], prefix: str = "") -> None:
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        name = prefix + field.key
        if value is None or value == ():
            continue
        if field.what == "records":
            continue
        if field.what == "record":
            _flatten(value, row, name + ".")
        elif field.what == "values":
            row[name] = _join(value)
        elif field.what == "translations":
            for language, text in value.items():
                row[name if language == "en" else f"{name}:{language}"] = text
        elif field.what == "extensions":
            rest = {}
            for key, each in value.items():
                if key.startswith(UNKNOWN) and isinstance(each, str) and each:
                    row[prefix + key[len(UNKNOWN) :]] = each
                else:
                    rest[key] = each
            if rest:
                row[name] = json.dumps(rest, ensure_ascii=False)
        elif not (isinstance(value, Enum) and value == type(record).model_fields[field.name].get_default()):
            row[name] = _cell(value)
    if prefix and not any(key.startswith(prefix) for key in row):
        row[prefix.removesuffix(".")] = "{}"


def _rows(record: Record, table: str, owner: str, key: str, found: dict[str, list[dict[str, str]]], keys: set[str]) -> None:
    row = {OF: owner} if owner else {}
    _flatten(record, row)
    found.setdefault(table, []).append(row)
    listed = [(field, getattr(record, field.name)) for field in shape_of(type(record)) if field.what == "records"]
    if not any(members for _, members in listed):
        return
    if key in keys:
        raise DuplicateIdentifier(key, (table, table))
    keys.add(key)
    for field, members in listed:
        for index, member in enumerate(members):
            _rows(member, field.key, key, getattr(member, "id", f"{key}#{field.key}/{index}"), found, keys)


def tables(file: File) -> dict[str, bytes]:
    """The tables of a file, by name, as CSV.

    Raises:
        DuplicateIdentifier: Two records with members of their own have one identifier, so that `belongs_to` could not tell them apart.
    """
    found: dict[str, list[dict[str, str]]] = {}
    for field in shape_of(File):
        if field.what == "records":
            for record in getattr(file, field.name):
                _rows(record, field.key, "", record.id, found, set() if not found else _keys_of(found))
    if file.extensions:
        found["file"] = [{"extensions": json.dumps(dict(file.extensions), ensure_ascii=False)}]
    return {name: _table(name, found[name]) for name in (*TABLES, "file") if name in found}


def _keys_of(found: dict[str, list[dict[str, str]]]) -> set[str]:
    return {row[OF] for rows in found.values() for row in rows if OF in row}


def _table(name: str, rows: list[dict[str, str]]) -> bytes:
    record = TABLES.get(name, File)
    order = {column: index for index, (column, _) in enumerate(columns_of(record), 1)}
    order[OF] = 0
    used = {column for row in rows for column in row}
    required = {field.key for field in shape_of(record) if record.model_fields[field.name].is_required()}

    def place(column: str) -> tuple[int, str]:
        return (order.get(column.partition(":")[0], len(order)), column)

    columns = sorted(used | (required if name != "file" else set()), key=place)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


# --- reading ----------------------------------------------------------------------------------------------------------


@attrs.define(eq=False)
class _Rows:
    """Places in tables: which row of which file a record came from, then the column."""

    file: str
    rows: dict[Path, tuple[str, int]] = attrs.Factory(dict[Path, tuple[str, int]])

    headings: dict[str, dict[str, str]] = attrs.Factory(dict[str, dict[str, str]])
    """For each file, its headings as they are written, by the field they stand for (`title.fr`)."""

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        path = as_written(path)
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.rows:
                name, line = self.rows[path[:depth]]
                heading = self._heading(name, [str(step) for step in path[depth:] if isinstance(step, str)])
                return Position(name, line, heading=heading and bounded(heading))
        return Position(self.file, 1)

    def _heading(self, file: str, steps: list[str]) -> str | None:
        """The heading over a field as it is written; the name of the field where the table has none for it."""
        written = self.headings.get(file, {})
        for size in range(len(steps), 0, -1):
            if heading := written.get(".".join(steps[:size])):
                return heading
        return ".".join(steps) or None


def _below(tree: dict[str, Any], steps: list[str]) -> dict[str, Any] | None:
    """The mapping that stands for a record in a record; None where a cell put text there, of which typing will tell."""
    for step in steps:
        below: Plain = tree.setdefault(step, {})
        if not isinstance(below, dict):
            return None
        tree = below
    return tree


def _keep(tree: dict[str, Any], columns: Mapping[str, Field], column: str, cell: str) -> None:
    """Put a cell of a column that no field has among the extensions of the record it would belong to."""
    steps = column.split(".")
    depth = 0
    while depth < len(steps) - 1 and (field := columns.get(".".join(steps[: depth + 1]))) and field.what == "record":
        depth += 1
    here = _below(tree, steps[:depth])
    held = None if here is None else here.setdefault("extensions", {})
    if isinstance(held, dict):
        held[UNKNOWN + ".".join(steps[depth:])] = cell


def _put(tree: dict[str, Any], columns: Mapping[str, Field], column: str, cell: str) -> bool:
    """Put a cell where its column says; False where no field has this column."""
    stem, _, language = column.partition(":")
    field = columns.get(stem)
    if field is None or (language and field.what != "translations"):
        return False
    *above, last = stem.split(".")
    holder = _below(tree, above)
    if holder is None:
        return True
    tree = holder
    value: Any = cell
    if field.what == "values":
        value = _split(cell)
    elif field.what == "translations":
        tree.setdefault(last, {})[language or "en"] = cell
        return True
    elif field.what == "record":
        value = {} if cell.strip() == "{}" else cell  # text: of which typing will tell
    elif field.what == "extensions":
        try:
            value = json.loads(cell, parse_int=whole_number)
        except (ValueError, RecursionError):
            value = cell
    if isinstance(value, dict) and isinstance(tree.get(last), dict):
        tree[last].update(value)
    else:
        tree[last] = value
    return True


def parse(  # one pass over the rows, then one over the owners
    sources: Mapping[str, tuple[str, bytes]], file: str, *, keep: bool = False
) -> tuple[Any, _Rows, list[Problem]]:
    """The plain data of a set of tables, the places of its values, and what is wrong with their writing.

    Args:
        sources: Table name to file name and bytes.
        file: Name of the folder, for messages about the whole.
        keep: Keep columns that no field has, as extensions.
    """
    problems: list[Problem] = []
    places = _Rows(file)
    made: list[tuple[str, dict[str, Any], str, str, int]] = []  # table, record, owner's key, file, line
    csv.field_size_limit(2**31 - 1)
    extensions: Any = None
    for table, (name, data) in sources.items():
        if table == "file":
            record: type[Record] = File
        elif table in TABLES:
            record = TABLES[table]
        else:
            hint = near(table, TABLES) or f"tables are {', '.join(TABLES)}"
            problems.append(Problem("unknown-kind", f"{excerpt(table)} is not a table of records", Position(name), hint=hint))
            continue
        text, wrong = decode(data, name)
        problems += wrong
        if wrong:
            continue
        columns = dict(columns_of(record))
        if separated := _separated(text, name):
            problems.append(separated)
            continue
        written: list[str] | None = None
        headings: list[str] = []
        told: set[int] = set()
        for start, cells in _cells(text, name, problems):
            if written is None:
                written = [cell.strip() for cell in cells]
                headings, wrong = _headings(written, record, columns, name, start, keep=keep)
                problems += wrong
                places.headings[name] = _fields(headings, written, columns)
                continue
            problems += _unheaded(cells, written, name, start, told)
            tree: dict[str, Any] = {}
            of = ""
            for column, cell in zip(headings, cells, strict=False):
                if cell == "" or not column:
                    continue
                if column == OF and table not in _TOP and record is not File:
                    of = cell.strip()
                elif not _put(tree, columns, column, cell) and keep and can_be_kept(column):
                    _keep(tree, columns, column, cell)
            if record is File:
                extensions = tree.get("extensions")
            else:
                made.append((table, tree, of, name, start))
        if written is None:
            problems.append(Problem("empty", "the table has no headings", Position(name, 1)))
    tree = _join_rows(made, places, problems)
    if extensions is not None:
        tree["extensions"] = extensions
    return tree, places, problems


def _separated(text: str, file: str) -> Problem | None:
    """The problem of a table whose columns are not separated by commas, as spreadsheets of many countries save it."""
    blank = len(text) - len(text.lstrip())
    first = text[blank:].partition("\n")[0].rstrip()
    place = Position(file, *line_and_column(text, blank)[:1])
    told = re.fullmatch(r"sep=(.?)", first, re.IGNORECASE)
    if told and told[1] == ",":
        return Problem("csv-syntax", "the first line is for a spreadsheet, not a heading", place, hint="remove it")
    # A tab at the end of `sep=` went with the line end.
    mark = told[1] if told else next((each for each in ";\t" if each in first and "," not in first), None)
    if mark is None:
        return None
    name = {"\t": "tabs", "": "tabs"}.get(mark, repr(mark))
    return Problem("csv-syntax", f"columns are separated by {name}", place, hint="save the table with commas between the columns")


def _cells(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that hold something, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "close the quotes around a cell, and write a quote inside them twice"
            said = "a quote is not closed" if "unexpected end" in str(error) else str(error)
            problems.append(Problem("csv-syntax", f"not CSV: {said[:120]}", Position(file, start), hint=hint))
            return
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _unheaded(cells: list[str], headings: list[str], file: str, line: int, told: set[int]) -> Iterator[Problem]:
    """The cells of a row that no heading stands over. Each column is told once."""
    if len(cells) > len(headings) and any(cells[len(headings) :]):
        found = f"the row has {len(cells)} cells, the table {len(headings)} columns"
        yield Problem("csv-syntax", found, Position(file, line), hint="quote a cell that holds a comma")
    for number, (heading, cell) in enumerate(zip(headings, cells, strict=False), 1):
        if not heading and cell.strip() and number not in told:
            told.add(number)
            place = Position(file, line, heading=f"column {number}")
            yield Problem("csv-syntax", f"column {number} has no heading, and row {line} has a cell in it", place, hint="give it a heading")


def _fields(headings: list[str], written: list[str], columns: Mapping[str, Field]) -> dict[str, str]:
    """The headings as they are written, by the field they stand for."""
    found: dict[str, str] = {}
    for name, heading in zip(headings, written, strict=True):
        stem, _, language = name.partition(":")
        if name and stem in columns and columns[stem].what == "translations":
            found[f"{stem}.{language or 'en'}"] = heading
        if name:
            found.setdefault(stem, heading)
    return found


def _headings(
    written: list[str], record: type[Record], columns: Mapping[str, Field], file: str, line: int, *, keep: bool
) -> tuple[list[str], list[Problem]]:
    """The column that each heading stands for, blank where its cells are not to be read, and what is wrong with them.

    A heading that is nearly one stands for it, so that its cells are checked and not missed.
    """
    names: list[str] = []
    found: list[Problem] = []
    for number, heading in enumerate(written):
        place = Position(file, line, heading=bounded(heading) or f"column {number + 1}")
        stem, colon, language = heading.partition(":")
        field = columns.get(stem)
        name = stem if field is not None and language == "en" and field.what == "translations" else heading
        if field is not None and colon and not language:
            hint = f"write {stem} or {stem}:fr" if field.what == "translations" else f"write {stem}"
            found.append(Problem("csv-syntax", f"the heading {excerpt(heading)} names no language", place, bounded(heading), hint))
            name = ""
        elif heading and heading != OF and not _is_column(field, language) and not (keep and can_be_kept(heading)):
            meant = nearest_field(stem, [*columns, OF])
            hint = f"did you mean {meant!r}?" if meant else f"columns are {', '.join(list(columns)[:30])}"
            said = f"{excerpt(heading)} is not a column of {record.__name__}"
            found.append(Problem("unknown-field", said, place, bounded(heading), hint))
            name = "" if meant in written or meant in names else meant
        elif name and name in names:
            first = written[names.index(name)]
            same = f"the column {excerpt(heading)} stands twice"
            said = same if first == heading else f"the columns {excerpt(first)} and {excerpt(heading)} are the same"
            found.append(Problem("duplicate-key", said, place, bounded(heading), "keep one"))
            name = ""
        names.append(name)
    return names, found


def _is_column(field: Field | None, language: str) -> bool:
    return field is not None and (not language or field.what == "translations")


def _join_rows(made: list[tuple[str, dict[str, Any], str, str, int]], places: _Rows, problems: list[Problem]) -> dict[str, Any]:
    """Rows become records in records: each finds its owner by `belongs_to`."""
    tree: dict[str, Any] = {}
    waiting: dict[str, list[tuple[str, dict[str, Any], str, int]]] = {}
    ready: list[tuple[str, dict[str, Any], Path]] = []
    for table, record, of, name, line in made:
        if table in _TOP:
            listed = tree.setdefault(table, [])
            path: Path = (table, len(listed))
            listed.append(record)
            places.rows[path] = (name, line)
            ready.append((str(record.get("id", "")), record, path))
        else:
            waiting.setdefault(of, []).append((table, record, name, line))
    while ready:
        key, owner, path = ready.pop()
        for table, record, name, line in waiting.pop(key, ()):
            members: Plain = owner.setdefault(table, [])
            if not isinstance(members, list):  # a column of that name held something else
                continue
            below: Path = (*path, table, len(members))
            members.append(record)
            places.rows[below] = (name, line)
            ready.append((str(record.get("id", f"{key}#{table}/{len(members) - 1}")), record, below))
    for of, rows in waiting.items():
        for table, _, name, line in rows:
            found = f"{excerpt(of)} is not in these tables" if of else f"a row of {table} names nothing it belongs to"
            hint = (
                near(of, [str(record.get("id", "")) for _, record, *_ in made]) if of else "name the owner's identifier under 'belongs_to'"
            )
            problems.append(Problem("no-owner", found, Position(name, line, heading=OF), path_text((table,)), hint))
    return tree
