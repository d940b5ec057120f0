"""How tables, sheets and the files of tables are named, and which of them are not read."""

from __future__ import annotations

import re

from .columns import SHEETS

__all__ = ["FAULTS_SHEET", "LISTS", "NAMED", "PASSED_OVER", "READ_ME", "plain_name"]

READ_ME, LISTS, FAULTS_SHEET = "Read me", "Lists", "Faults"


def plain_name(name: str) -> str:
    """The name of a sheet or of a file of a table, however it is spelt."""
    return re.sub(r"[\s_]", "", name).casefold()


NAMED = {plain_name(each): table for table, sheet in SHEETS.items() for each in (table, sheet)}
PASSED_OVER = frozenset(map(plain_name, (READ_ME, LISTS, FAULTS_SHEET)))
