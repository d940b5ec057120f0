"""What programs say and read besides Python: codes, formats, tables and their columns, commands with
their options. Each is a name in a list; one that is gone breaks a promise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, cast

from wsis_model import RULES, cli, formats, relational
from wsis_model.cli.exports import EXPORTS

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
        "columns of tables": sorted(
            name
            for table, schema in relational.schemas().items()
            for column in schema
            for name in _columns(f"{table}.{column.name}", column.type)
        ),
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
