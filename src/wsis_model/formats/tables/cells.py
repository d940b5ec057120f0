"""Cells: how values are written in them, and where values read from them belong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NoReturn

from ...model import is_identifier
from ...names.columns import read_in_column
from ...names.labels import unlabelled
from .._text import UNKNOWN_PREFIX, Plain, too_deep, whole_number
from .columns import ALIGNED, TABLES, Column, field_of, folded, known_columns

__all__ = [
    "cell_of",
    "join_values",
    "put_cell",
    "put_unknown",
    "relabel_references",
    "replace_in_cell",
    "several_in",
    "spaced",
    "visible",
]


def join_values(values: tuple[Any, ...]) -> str:
    """Several values in one cell, as `_split` reads them."""
    shown: list[str] = []
    for value in values:
        plain = value.value if isinstance(value, Enum) else value
        text = str(plain).replace("\\", "\\\\").replace(";", "\\;")
        text = re.sub(r"^(?=\s)|(?<=\s)$", r"\\e", text)
        shown.append(text or "\\e")
    return "; ".join(shown)


_BLANK = re.compile(r"(?:\\e)+\s+(?:\\e)+")


def visible(text: str) -> str:
    r"""A text as it is written: one of spaces alone stands between signs, since a cell that looks
    empty is empty.

    Examples:
        >>> visible("  "), visible(" a")
        ('\\e  \\e', ' a')
    """
    return rf"\e{text}\e" if not text.strip() or _BLANK.fullmatch(text) else text


def cell_of(value: Any) -> str:
    """One value in a cell."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(str(value))


def spaced(text: str) -> str:
    """A text without regard to case and spaces, as names are compared."""
    return " ".join(text.split()).casefold()


def relabel_references(
    table: str, column: str, cell: str, display_name: Callable[[str], str]
) -> str:
    """A cell that names other records, with each written by its *display_name*; any other cell as
    it is.

    Args:
        table: The table it stands in.
        column: Its column.
        cell: What is written.
        display_name: Gives the name of the record of an identifier.

    Examples:
        >>> (
        ...     relabel_references("roadmaps", "owners", "itu; cstd", str.upper),
        ...     relabel_references("roadmaps", "version", "0.1", str.upper),
        ... )
        ('ITU; CSTD', '0.1')
    """
    if column in ALIGNED:
        return "; ".join(
            display_name(read_in_column(ALIGNED[column][0], each)) for each in several_in(cell)
        )
    field = field_of(table, column)
    return (
        cell
        if field is None or field.refers is None
        else "; ".join(map(display_name, several_in(cell)))
    )


def _below(tree: dict[str, Any], steps: list[str]) -> dict[str, Any] | None:
    """The mapping that stands for a record in a record; None if a cell has put text there, which
    validation will report.
    """
    for step in steps:
        below: Plain = tree.setdefault(step, {})
        if not isinstance(below, dict):
            return None
        tree = below
    return tree


def put_unknown(
    tree: dict[str, Any], columns: Mapping[str, Column], column: str, cell: str
) -> None:
    """Put a cell of a column that no field has among the extensions of the record it would belong
    to.
    """
    steps = column.split(".")
    depth = 0
    while (
        depth < len(steps) - 1
        and (known := columns.get(".".join(steps[: depth + 1])))
        and known.field.what == "record"
    ):
        depth += 1
    here = _below(tree, steps[:depth])
    held = None if here is None else here.setdefault("extensions", {})
    if isinstance(held, dict):
        held[UNKNOWN_PREFIX + ".".join(steps[depth:])] = cell


def _split(cell: str) -> list[str]:
    r"""The values in a cell, as `join_values` writes them.

    Examples:
        >>> _split(r"a; b\;c; \e d")
        ['a', 'b;c', ' d']
    """
    if ";" not in cell and "\\" not in cell:
        return [cell.strip()] if cell.strip() else []
    parts = re.findall(r"(?:\\.|[^;\\]|\\$)+", cell, re.DOTALL)
    stripped = (part.strip() for part in parts)
    return [
        re.sub(r"\\(.)", lambda m: "" if m[1] == "e" else m[1], part, flags=re.DOTALL)
        for part in stripped
        if part
    ]


def several_in(cell: str) -> list[str]:
    """The names in a cell, separated by `;` or by ends of lines."""
    return [each for line in cell.splitlines() for each in _split(line)]


_PIECE = re.compile(r"(?:\\.|[^;\\\r\n]|\\$)+", re.MULTILINE)


def replace_in_cell(table: str, column: str, cell: str, old: str, new: str) -> str | None:
    """A cell in which one value takes the place of another, with all else in it as it was; None
    where the value does not stand in it.

    Args:
        table: The table it stands in.
        column: Its column.
        cell: What is written.
        old: The value that was read from it, or from a part of it.
        new: The value to write.

    Examples:
        >>> (
        ...     replace_in_cell("activities", "partners", "UNSECO;  ITU", "UNSECO", "UNESCO"),
        ...     replace_in_cell(
        ...         "activities", "period.end", "31/12/2027", "31/12/2027", "2027-12-31"
        ...     ),
        ...     replace_in_cell("activities", "partners", "ITU", "UNSECO", "UNESCO"),
        ... )
        ('UNESCO;  ITU', '2027-12-31', None)
    """
    known = known_columns(TABLES[table]).get(column.partition(":")[0]) if table in TABLES else None
    aligned = column in ALIGNED
    if not aligned and (known is None or known.field.what != "values"):
        said = cell.strip()
        if old in (cell, said, _named(said)):
            return new
        above = old.removesuffix(said)  # of a1 in a workbook the road map was added in reading
        short = bool(said) and above.endswith("/") and above + said == old
        return new.removeprefix(above) if short and new.startswith(above) else None

    def read(piece: str) -> str:
        (value,) = _split(piece) or ("",)
        if aligned:
            return read_in_column(ALIGNED[column][0], value)
        assert known is not None
        return value if known.free else str(known.words.get(folded(value), _named(value)))

    parts: list[str] = []
    at = 0
    for found in _PIECE.finditer(cell):
        piece = found[0].strip()
        if piece and old in (read(piece), *_split(piece)):
            start = found.start() + found[0].index(piece)
            parts += (cell[at:start], join_values((new,)))
            at = start + len(piece)
    return "".join((*parts, cell[at:])) if parts else None


def _named(text: str) -> str:
    """An identifier without its label; other words stay as they are."""
    name = unlabelled(text)
    return name if is_identifier(name) else text


def _json(cell: str) -> Any:
    def no_number(name: str) -> NoReturn:
        raise ValueError(name)

    return json.loads(cell, parse_int=whole_number, parse_constant=no_number)


def put_cell(tree: dict[str, Any], known: Column, column: str, cell: str) -> None:
    """Put a cell where its column says."""
    field = known.field
    stem, _, language = column.partition(":")
    *above, last = stem.split(".")
    if not cell.strip():
        return
    holder = _below(tree, above)
    if holder is None:
        return
    tree = holder
    if field.what == "translations":
        tree.setdefault(last, {})[language or "en"] = cell[2:-2] if _BLANK.fullmatch(cell) else cell
        return
    if known.free and field.what == "value" and _BLANK.fullmatch(cell):
        cell = cell[2:-2]
    value: Any = cell if known.free or field.what != "value" else cell.strip()
    if field.what == "values":
        value = (
            _split(cell)
            if known.free
            else [known.words.get(folded(each), _named(each)) for each in several_in(cell)]
        )
    elif field.what == "record":
        value = {} if cell.strip() == "{}" else cell  # text, which validation will report
    elif field.what == "extensions":
        try:
            value = cell if too_deep(cell.encode(errors="replace")) else _json(cell)
        except ValueError:
            value = cell
    elif field.refers is not None:
        value = _named(value)
    elif known.words:
        value = known.words.get(folded(cell), value)
    if isinstance(value, dict) and isinstance(tree.get(last), dict):
        tree[last].update(value)
    else:
        tree[last] = value
