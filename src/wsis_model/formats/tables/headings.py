"""Which column each heading of a table stands for, and what is wrong with the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import islice

from ..._messages import sentence
from ...errors import Finding, Fix, excerpt
from ...model import File
from ...names.typos import is_slip
from .._problems import nearest_field
from .._text import HINTED, MAX_PROBLEMS, may_be_extension
from .columns import (
    ALIGNED,
    FAULTS,
    NUMBERED,
    OF,
    OWN,
    TABLES,
    Column,
    aliases_of,
    column_under,
    folded,
    in_order,
    is_aligned,
    kind_name,
    known_columns,
    label_of,
    language_of,
    must_be_filled,
    owners_of,
)
from .natural_keys import NAME
from .rows import Table

__all__ = ["LISTED", "headings_repeated", "list_lacking", "read_headings", "repeats_headings"]

LISTED = 30
"""At most this many columns are listed in a hint."""
#: Headings for notes, without a final `s`: they are not compared with our headings by letters.
_REMARKS = frozenset(("comment", "remark"))


def read_headings(table: Table, problems: list[Finding], *, keep: bool) -> bool:
    """Find the column that each heading of a table stands for, and what is wrong with the headings.

    A misspelt heading stands for the column that is meant, so that its cells are checked. Gives
    whether the missing columns were reported with a heading.
    """
    columns = known_columns(TABLES.get(table.name, File))
    table.language = language_of(table.name, table.headings.values())
    names: dict[str, str] = {}
    strange: dict[int, str] = {}
    exact = {
        column
        for heading in table.headings.values()
        if (column := column_under(table.name, heading))
    }
    for number, heading in table.headings.items():
        if len(problems) >= MAX_PROBLEMS:
            break
        if not heading or heading.startswith(OWN) or folded(heading) == FAULTS:
            continue
        place = table.at(table.number, number, heading)
        stem, colon, language = heading.partition(":")
        name = column_under(table.name, heading) or (OF if heading == OF else None)
        if name is None and stem in columns and colon and not language:
            translated = columns[stem].field.what == "translations"
            hint = f"write {table.shown(stem)}" + (
                f" or {table.shown(f'{stem}:fr')}" if translated else ""
            )
            problems.append(
                Finding(
                    "wrong-heading",
                    f"the heading {excerpt(heading)} names no language",
                    place,
                    heading,
                    hint,
                )
            )
        elif name is None and keep and may_be_extension(heading):
            name = heading
        elif name is None:
            sought = len(strange) < HINTED
            meant = strange[number] = _nearest_column(table.name, heading, exact) if sought else ""
            name = None if meant in exact or meant in names else meant or None
        elif name in names:
            first = names[name]
            message = sentence(
                "the columns {first} and {second} are the same",
                first=excerpt(first),
                second=excerpt(heading),
            )
            if first == heading:
                message = sentence("the column {heading} stands twice", heading=excerpt(heading))
            hint = sentence("keep one")
            problems.append(Finding("duplicate-key", message, place, heading, hint))
            name = None
        if name is not None:
            names[name] = heading
            table.columns[number] = name
            _note_column(table, name, number, columns)
    table.lacking = _lacking(table.name, names)
    return _report_strange(table, strange, problems)


def _lacking(table: str, names: Iterable[str]) -> Set[str]:
    """The columns that must be filled and that a table does not have."""
    there = {re.split("[.:]", name)[0] for name in names}
    return (
        (must_be_filled(table) if table in TABLES else frozenset[str]())
        - there
        - ({"id"} if table in NUMBERED else set[str]())
    )


def list_lacking(table: Table) -> str:
    """Which columns a table lacks, in a message."""
    listed = [
        table.shown(column)
        for column in in_order(table.name, (), human=table.human)
        if column in table.lacking
    ]
    columns = ", ".join(map(repr, listed))
    if table.human and len(listed) > 1:
        return sentence("the sheet has no columns {columns}", columns=columns)
    if table.human:
        return sentence("the sheet has no column {columns}", columns=columns)
    if len(listed) > 1:
        return sentence("the table has no columns {columns}", columns=columns)
    return sentence("the table has no column {columns}", columns=columns)


def _report_strange(table: Table, strange: Mapping[int, str], problems: list[Finding]) -> bool:
    """Report the headings that stand for no column; with the first that is like none, also the
    missing columns, if there are any.
    """
    reported = False
    for number, meant in islice(strange.items(), MAX_PROBLEMS):
        heading = table.headings[number]
        kind = TABLES.get(table.name, File).__name__
        sheet = sentence("the sheet {sheet}", sheet=table.sheet(table.name))
        message = sentence(
            "{heading} is not a column of {of}",
            heading=excerpt(heading),
            of=sheet if table.human else kind,
        )
        fix = None
        if meant:
            hint = sentence("did you mean {meant}?", meant=repr(table.shown(meant)))
            # What stands in parentheses, a unit or a currency, would be lost.
            if "(" not in heading and _is_certain(table, heading, meant):
                fix = Fix((heading,), heading, table.shown(meant), key=True)
        else:
            listed = ", ".join(map(table.shown, _to_fill(table)[:LISTED]))
            hint = sentence("columns are {columns}", columns=listed)
            if table.lacking and not reported:
                reported = True
                lacking = list_lacking(table)
                message = sentence("{message}, and {lacking}", message=message, lacking=lacking)
        hint = sentence(
            "{hint}; begin the heading with # to keep the column for yourself", hint=hint
        )
        problems.append(
            Finding(
                "unknown-field",
                message,
                table.at(table.number, number, heading),
                heading,
                hint,
                found=heading,
                meant=(table.shown(meant),) if meant else (),
                fix=fix,
            )
        )
    return reported


def _is_certain(table: Table, heading: str, column: str) -> bool:
    """Whether a heading is that of a column with a slip of the pen."""
    called = (each for each, meant in aliases_of(table.name).items() if meant == column)
    names = (column, label_of(column), *called)
    return any(is_slip(heading, name, closed=True) for name in names)


def _to_fill(table: Table) -> list[str]:
    """The columns of a table that people fill, in order."""
    record = TABLES.get(table.name, File)
    columns = [
        name
        for name, column in known_columns(record).items()
        if column.field.what not in ("record", "extensions")
    ]
    columns += (
        *(ALIGNED if is_aligned(record) else ()),
        *((OF,) if owners_of(table.name) else ()),
    )
    return in_order(table.name, columns, human=table.human)


def _stemmed(text: str) -> set[str]:
    """The words of a heading, each without an `s` at the end."""
    return {word.removesuffix("s") for word in folded(text).split()}


def _nearest_column(table: str, heading: str, there: Set[str]) -> str:
    """The column that people mean by a heading that stands for none; empty where none is near.

    `SDGs` is said of *SDG targets*, `Start` of *Period: start* and `End date` of *Period: end*:
    words count before letters.

    Args:
        table: The table.
        heading: The heading.
        there: The columns that have a heading of their own.

    Examples:
        >>> (
        ...     _nearest_column("activities", "SDGs", set()),
        ...     _nearest_column("activities", "End date", set()),
        ...     _nearest_column("activities", "Titel", set()),
        ... )
        ('sdg_targets', 'period.end', 'title')
        >>> (
        ...     _nearest_column("targets", "Comments", set()),
        ...     _nearest_column("activities", "Comments", set()),
        ... )
        ('note', '')
    """
    record = TABLES.get(table, File)
    columns = known_columns(record)
    words = _stemmed(heading)
    if words == {"due", "year"}:
        words = {"due", "date"}
    if not words.isdisjoint(_REMARKS):
        return "note" if "note" in columns else ""
    near = nearest_field(
        heading.partition(":")[0], dict.fromkeys([*columns, *aliases_of(table).values(), OF])
    )
    if re.sub("[^a-z]", "", heading.lower()) == re.sub("[^a-z]", "", near):
        return near
    filled = [
        name
        for name, column in columns.items()
        if column.field.what not in ("record", "extensions")
    ]
    filled += [name for name in ALIGNED if name != "themes"] if is_aligned(record) else []
    labels = {name: label_of(name) for name in filled if name not in there}
    owners = [
        OF
        for holder in owners_of(table)
        if OF not in there and _stemmed(kind_name(holder)) <= words
    ]
    part_of = (name for name, label in labels.items() if words <= _stemmed(label))
    more_than = (
        name for name, label in labels.items() if _stemmed(label.rpartition(": ")[2]) <= words
    )
    return [*owners, *part_of, *more_than, near][0]


def _note_column(table: Table, name: str, number: int, columns: Mapping[str, Column]) -> None:
    stem, _, language = name.partition(":")
    if stem in columns and columns[stem].field.what == "translations":
        table.under[f"{stem}.{language or 'en'}"] = number
    table.under.setdefault(stem, number)


def repeats_headings(table: Table, cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a row holds the headings again, as it does where tables were pasted one under the
    other.
    """
    filled = ((at, cell.strip()) for at, cell in cells if cell.strip())
    count = 0
    for at, cell in filled:
        column = table.columns.get(at)
        if len(cell) > NAME or column is None or column_under(table.name, cell) != column:
            return False
        count += 1
    return count > 1


def headings_repeated(table: Table, number: int, at: int) -> Finding:
    """A row holds the headings again."""
    place = table.at(number, at, table.headings.get(at))
    return Finding(
        "wrong-heading", f"{table.row(number)} holds the headings again", place, hint="delete it"
    )
