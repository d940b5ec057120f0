"""How tables, sheets and the files of tables are named, and which of them are not read."""

from __future__ import annotations

import functools
import re

from ..._messages import LANGUAGES, in_language
from .columns import SHEET, SHEETS, sheet_of

__all__ = ["FAULTS_SHEET", "LISTS", "READ_ME", "is_passed_over", "plain_name", "table_named"]

READ_ME, LISTS, FAULTS_SHEET = "Read me", "Lists", "Faults"


def plain_name(name: str) -> str:
    """The name of a sheet or of a file of a table, however it is spelt."""
    return re.sub(r"[\s_]", "", name).casefold()


_NAMED = {plain_name(each): table for table, sheet in SHEETS.items() for each in (table, sheet)}
_PASSED_OVER = frozenset(map(plain_name, (READ_ME, LISTS, FAULTS_SHEET)))


@functools.cache
def _in_languages() -> tuple[dict[str, str], frozenset[str]]:
    """The tables by the names of their sheets in other languages, and the names of sheets that are
    not read, all plain. They are looked up last, so that catalogues are read when they are needed.
    """
    named = {
        plain_name(sheet_of(table, language)): table
        for language in LANGUAGES[1:]
        for table in SHEETS
    }
    passed_over = frozenset(
        plain_name(in_language(each, language, SHEET))
        for language in LANGUAGES[1:]
        for each in (READ_ME, LISTS, FAULTS_SHEET)
    )
    return named, passed_over


def table_named(name: str) -> str | None:
    """The table of a plain name, in any language; None for any other name.

    Examples:
        >>> table_named("activities"), table_named("feuillesderoute"), table_named("x")
        ('activities', 'roadmaps', None)
    """
    return _NAMED.get(name) or _in_languages()[0].get(name)


def is_passed_over(name: str) -> bool:
    """Whether a plain name is that of a sheet that is not read, in any language."""
    return name in _PASSED_OVER or (name not in _NAMED and name in _in_languages()[1])
