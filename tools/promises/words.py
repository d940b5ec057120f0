"""What programs say and read besides Python: codes, formats, tables and their columns, commands with
their options. Each is a name in a list; one that is gone breaks a promise.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from wsis_model import RULES, Corpus, cli, formats, relational
from wsis_model.cli.exports import EXPORTS
from wsis_model.interop import jsonld, sqlite

from .breaks import Break

__all__ = ["breaks", "promised"]

Words = dict[str, list[str]]


def promised() -> Words:
    """The names, listed by what they are names of."""
    return {
        "codes of rules": sorted(rule.code for rule in RULES),
        "codes of problems": sorted(formats.CODES),
        "names of formats": sorted(
            name for each in formats.FORMATS for name in (each.name, *each.suffixes)
        ),
        "formats of others that are written": sorted(
            name
            for each in EXPORTS
            for name in (
                each.name,
                *each.suffixes,
                *(f"{each.name} --option {option}" for option in each.options),
            )
        ),
        "terms of linked data": sorted(
            f"{term} {json.dumps(meaning, sort_keys=True)}"
            for term, meaning in jsonld.context().items()
        ),
        "columns of tables": sorted(
            name
            for table, schema in relational.schemas().items()
            for column in schema
            for name in _columns(f"{table}.{column.name}", column.type)
        ),
        "columns of databases": sorted(_database_columns()),
        "arguments of commands": sorted(set(_arguments(_parser(), ""))),
    }


def _columns(name: str, of: Any) -> Iterator[str]:
    """A column with its Arrow type; of lists of structs, each field, so that one may be added."""
    if str(of).startswith("list<"):
        yield from _columns(f"{name}[]", of.value_type)
    elif str(of).startswith("struct<"):
        for field in of:
            yield from _columns(f"{name}.{field.name}", field.type)
    else:
        yield f"{name} {of}"


def _database_columns() -> Iterator[str]:
    """Tables and views of a database with their columns, but for those in which SQLite keeps its
    index.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        sqlite.save(Corpus(), path)
        with closing(sqlite3.connect(path)) as database:
            names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            for (table,) in database.execute(names).fetchall():
                if not table.startswith("search_"):
                    columns = database.execute(
                        "SELECT name, type FROM pragma_table_info(?)", (table,)
                    )
                    yield from (f"{table}.{name} {of}".strip() for name, of in columns)


def _parser() -> argparse.ArgumentParser:
    return cli._parser()  # pyright: ignore[reportPrivateUsage]  # all commands are asked of it


def _arguments(of: argparse.ArgumentParser, command: str) -> Iterator[str]:
    """Each option, its choices, and the arguments that have no name, command by command."""
    for action in of._actions:  # pyright: ignore[reportPrivateUsage]  # argparse has no other way to ask
        choices: Any = action.choices or ()
        if isinstance(choices, dict):
            commands = cast(dict[str, argparse.ArgumentParser], choices)
            for name, each in commands.items():
                inner = f"{command} {name}".strip()
                yield inner
                yield from _arguments(each, inner)
            continue
        names = action.option_strings or [f"<{action.metavar or action.dest}>"]
        for name in names:
            yield f"{command} {name}".strip()
            yield from (f"{command} {name} {choice}".strip() for choice in choices)


def breaks(old: Words, new: Words) -> list[Break]:
    """The names that are gone."""
    return [
        Break(kind, f"{name!r} is gone")
        for kind, names in old.items()
        for name in sorted({*names} - {*new.get(kind, ())})
    ]
