"""Faults written back where a non-programmer sees them: into a copy of the workbook or of the tables that were filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .errors import LoadError, Position, Problem
from .formats import csv as tables
from .formats._files import files_of

if TYPE_CHECKING:
    from .checks import Finding

__all__ = ["mark"]


def mark(paths: Sequence[str], findings: Iterable[Finding], copy: Path) -> list[Path]:
    """Write a marked copy of the one workbook, table or folder of them in *paths*, and give what was written.

    Raises:
        LoadError: There is not just one, it is of another format, or the copy would take its place.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.
    """
    if len(paths) != 1 or paths[0] == "-":
        _refuse("one workbook or one folder of tables can be marked at a time", copy)
    source = Path(paths[0])
    if not source.exists():
        return []  # told already
    if copy.resolve().is_relative_to(source.resolve()):  # itself too
        _refuse("the marked copy needs a name of its own, and not inside the folder", copy)
    remarks: dict[str, list[tuple[Position, str]]] = {}
    for each in findings:
        if each.position is not None:
            remarks.setdefault(each.position.file, []).append(
                (each.position, f"{each.code}: {_told(each)}")
            )
    held = files_of(source) if source.is_dir() else (source,)
    files = [path for path in held if path.is_file() and path.suffix.lower() in (".csv", ".xlsx")]
    if not files:
        _refuse(
            "only workbooks and CSV tables can be marked; faults in other files are told with their lines",
            source,
        )
    written: list[Path] = []
    for path in files:
        data = _marked(path, remarks.get(str(path), []))
        if data is not None:
            target = copy / path.relative_to(source) if source.is_dir() else copy
            if source.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written.append(target)
    return written


def _told(finding: Finding) -> str:
    """What is wrong, without the path of record and field where a row and a heading tell them to people."""
    if finding.position is None or not finding.position.heading:
        return finding.said
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def _refuse(message: str, place: Path) -> NoReturn:
    raise LoadError((Problem("unreadable", message, Position(str(place))),))


def _marked(source: Path, remarks: list[tuple[Position, str]]) -> bytes | None:
    """A marked copy of a workbook or table; None for a workbook that cannot be opened, which is told already."""
    if source.suffix.lower() == ".csv":
        data = source.read_bytes()
        return data if tables.named(source.name)[1] == "" else tables.mark(data, remarks)
    from .formats import excel

    try:
        return excel.mark(source.read_bytes(), remarks)
    except LoadError:
        return None
