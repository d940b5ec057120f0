"""Faults written back where a non-programmer sees them: a copy of the workbook or of the tables
that were filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import attrs

from ..errors import Finding, LoadError, Position
from ..formats import csv as tables
from ..formats._files import files_of

__all__ = ["marked"]


def marked(paths: Sequence[str], findings: Iterable[Finding]) -> bytes | dict[str, bytes] | None:
    """A marked copy of the one workbook, table, or folder of them in *paths*; of a folder, its
    files by their names within it.

    None where there is nothing to mark, which is told already.

    Raises:
        LoadError: There is not just one, it is of another format, or cannot be marked.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.
    """
    if len(paths) != 1 or paths[0] == "-":
        _refuse("one workbook or one folder of tables can be marked at a time", Path("--mark"))
    source = Path(paths[0])
    if not source.exists():
        return None
    remarks: dict[str, list[tuple[Position, str]]] = {}
    for each in findings:
        if each.position:
            remarks.setdefault(each.position.file, []).append(
                (each.position, f"{each.code}: {_told(each)}")
            )
    held = files_of(source) if source.is_dir() else (source,)
    files = [path for path in held if path.is_file() and path.suffix.lower() in (".csv", ".xlsx")]
    if not files:
        _refuse(
            (
                "only workbooks and CSV tables can be marked; faults in other files are told with "
                "their lines"
            ),
            source,
        )
    made = {path: _marked(path, remarks.get(str(path), [])) for path in files}
    if not source.is_dir():
        return made[source]
    return {path.relative_to(source).as_posix(): data for path, data in made.items()}


def _told(finding: Finding) -> str:
    """What is wrong, without the path of record and field where a row and a heading tell them to
    people.
    """
    if not finding.position.heading:
        return finding.text
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def _refuse(message: str, place: Path) -> NoReturn:
    raise LoadError((Finding("unreadable", message, Position(str(place))),))


def _marked(source: Path, remarks: list[tuple[Position, str]]) -> bytes:
    """A marked copy of a workbook or table."""
    if source.suffix.lower() == ".csv":
        data = source.read_bytes()
        return data if tables.named(source.name)[1] == "" else tables.mark(data, remarks)
    from ..formats.workbooks.marks import mark

    try:
        return mark(source.read_bytes(), remarks)
    except LoadError as error:
        raise LoadError(
            tuple(
                attrs.evolve(each, position=attrs.evolve(each.position, file=str(source)))
                for each in error.problems
            )
        ) from None
