"""Findings marked in a copy of the workbook or of the CSV tables that somebody filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import attrs

from ..errors import Finding, LoadError, Position
from ..formats import csv as tables
from ..formats._files import files_of

__all__ = ["marked_copy"]


def marked_copy(
    paths: Sequence[str], findings: Iterable[Finding]
) -> bytes | dict[str, bytes] | None:
    """A marked copy of the workbook, table or folder in *paths*; for a folder, its files by name.

    None if the file does not exist, which the report says already.

    Raises:
        LoadError: There are several, or it has another format or cannot be marked.
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
                (each.position, f"{each.code}: {_remark(each)}")
            )
    candidates = files_of(source) if source.is_dir() else (source,)
    files = [
        path for path in candidates if path.is_file() and path.suffix.lower() in (".csv", ".xlsx")
    ]
    if not files:
        _refuse(
            "only workbooks and CSV tables can be marked; for other files see the report",
            source,
        )
    made = {path: _copy_of(path, remarks.get(str(path), [])) for path in files}
    if not source.is_dir():
        return made[source]
    return {path.relative_to(source).as_posix(): data for path, data in made.items()}


def _remark(finding: Finding) -> str:
    """A finding in words, without record and field if row and heading say them."""
    if not finding.position.heading:
        return finding.text
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def _refuse(message: str, place: Path) -> NoReturn:
    raise LoadError((Finding("unreadable", message, Position(str(place))),))


def _copy_of(source: Path, remarks: list[tuple[Position, str]]) -> bytes:
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
