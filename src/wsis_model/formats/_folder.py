"""A folder of tables: every reader sees all of one save or all of the next.

A save writes the new tables into a hidden folder beside the old ones, which then gets the name
`.saving` in one step: from then on the new tables count, wherever they are. They are moved to their
places one by one, what was there before goes, and `.saving` with it. Killed before the step, a save
has changed nothing; killed after it, readers take from `.saving` what is not in its place yet, and
the next save finishes it first. A manifest of what a folder should hold would not do: people edit
tables by hand, add some and remove some.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from ..errors import Finding, LoadError, Position, excerpt
from ._files import SAVED, SAVING, locked_folder, read_bytes, write_whole

__all__ = ["DESCRIPTOR", "is_descriptor", "read_tables", "save_tables"]

DESCRIPTOR = "datapackage.json"
"""The file that says what the tables beside it are, where there is one; it holds no records."""

SUFFIXES = (".csv", ".csv.gz")
ATTEMPTS = 50
"""A folder that is saved to while it is read is read at most this often."""

Named = Callable[[str], tuple[str, str | None]]
"""Gives for the name of a file its workbook and its table; the table is empty if the file is not
read, None if it is no table."""
Holds = Callable[[str, bytes], bool]
"""Whether bytes begin with a heading of this table."""
WHOLE = "."
"""The last line of the list of a save, which says that it is whole."""


def _tables_in(folder: Path, named: Named) -> list[tuple[Path, str]]:
    """The files of a folder that are tables saved by us or written by hand, with the table that
    each is.
    """
    found: list[tuple[Path, str]] = []
    for path in sorted(folder.iterdir()):
        workbook, table = named(path.name)
        of_ours = table and path.name.lower().endswith(SUFFIXES)
        if table and of_ours and (path.is_symlink() or path.is_file()):
            if workbook:
                msg = (
                    f"the folder holds tables of the workbook {excerpt(workbook)}, such as "
                    f"{excerpt(path.name)}: save to another one"
                )
                raise ValueError(msg)
            found.append((path, table))
    return found


def is_descriptor(path: Path, *, ours: bool = False) -> bool:
    """Whether a file is the descriptor of a Data Package; with *ours*, one that we wrote."""
    if path.name != DESCRIPTOR:
        return False
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(told, dict) and {"resources", "wsis_model" if ours else "resources"} <= {
        *told
    }


def save_tables(
    folder: Path,
    tables: Mapping[str, bytes],
    named: Named,
    holds: Holds,
    descriptor: bytes | None = None,
) -> None:
    """Write tables to a folder, whole or not at all; those that were there go, however they are
    spelt. A descriptor of ours that was there goes too: of other tables it would not be true.

    Args:
        folder: The folder; it is made if it is not there.
        tables: Name of each table to its bytes.
        named: Tells what table a file is.
        holds: Tells whether a file of that name is one.
        descriptor: What says of the tables what they are, to be written beside them.

    Raises:
        ValueError: It holds tables saved from a workbook, which would be read with these, or a file
            that is called like a table and is none, or what a save left that was cut off; or, where
            there is a descriptor to be written, one that we did not write.
        OSError: It cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked_folder(folder, wait=True) as alone:
        for path, table in _tables_in(folder, named):
            data = _bytes_of(path)
            if data and not holds(table, data):
                msg = (
                    f"{excerpt(path.name)} is called like a table and has none of its headings: "
                    "move it, or save to another folder"
                )
                raise ValueError(msg)
        described = folder / DESCRIPTOR
        stale = is_descriptor(described, ours=True)
        if descriptor is not None and described.exists() and not stale:
            msg = f"the folder holds a {DESCRIPTOR} that we did not write: save to another one"
            raise ValueError(msg)
        for left in folder.glob(f"{SAVING}-*") if alone else ():  # of a save that was killed
            shutil.rmtree(left, ignore_errors=True)
        _finish(folder, named)
        beside = Path(tempfile.mkdtemp(prefix=f"{SAVING}-", dir=folder))
        try:
            for name, data in tables.items():
                (beside / f"{name}.csv").write_bytes(data)
            lines = (f"{name}\t{len(data)}" for name, data in tables.items())
            (beside / SAVED).write_text("\n".join((*lines, WHOLE)), encoding="utf-8")
            shutil.copymode(folder, beside)
            if stale:  # before the new tables count, of which it would not be true
                described.unlink()
            beside.rename(folder / SAVING)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        _finish(folder, named)
        if descriptor is not None:
            write_whole(described, (descriptor,))


def _finish(folder: Path, named: Named) -> None:
    """Move the new tables to their places, and take away those that were there before."""
    saving = folder / SAVING
    try:
        tables = _pending(folder, named)
    except _CutOff:
        msg = f"{CUT_OFF}: {REMOVE}"
        raise ValueError(msg) from None
    if tables is not None:
        for name in tables:
            new, place = saving / f"{name}.csv", folder / f"{name}.csv"
            if place.is_symlink() and new.exists():
                write_whole(place, (new.read_bytes(),))
                new.unlink()
            elif new.exists():
                if place.exists():
                    shutil.copymode(place, new)
                new.replace(place)
        for path, table in _tables_in(folder, named):
            written = folder / f"{table}.csv"
            if table not in tables or not (path.exists() and path.samefile(written)):
                # A table of an earlier save would be read as part of this one. One file has many
                # names where case does not count.
                path.unlink()
        (saving / SAVED).unlink()
    with contextlib.suppress(FileNotFoundError):
        saving.rmdir()


CUT_OFF = "a save to this folder was cut off before its tables were whole"
REMOVE = f"remove {SAVING}; the tables beside it may be of both saves"


class _CutOff(Exception):
    """What a save left is not whole, as when the power fails."""


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, expanded where it is compressed; none of a link that leads nowhere."""
    if not path.exists():
        return b""
    try:
        return read_bytes(path, compressed=path.name.lower().endswith(".gz"))
    except LoadError:  # damaged, or not ours to read: no table
        return b"?"


def _pending(folder: Path, named: Named) -> tuple[str, ...] | None:
    """The tables of a save that has come to its end and is not in its place yet; None where there
    is none.

    Raises:
        _CutOff: Its list, or a table in it, is not whole.
    """
    try:
        listed = (folder / SAVING / SAVED).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    *lines, last = listed.split("\n")
    sizes = {name: size for name, _, size in (line.partition("\t") for line in lines)}
    if last != WHOLE or any(named(f"{each}.csv") != ("", each) for each in sizes):
        raise _CutOff
    for table, size in sizes.items():
        new = folder / SAVING / f"{table}.csv"
        with contextlib.suppress(FileNotFoundError):  # it is in its place
            if str(new.stat().st_size) != size:
                raise _CutOff
    return tuple(sizes)


@attrs.frozen
class _State:
    """The state of a folder: if it is the same before and after, what was read in between belongs
    together.
    """

    pending: tuple[str, ...] | None
    """The tables of a save that are not in their places yet."""
    since: int
    """When that came to its end."""
    files: dict[str, tuple[Path, tuple[int, int, int]]]
    """The files that count, by name: each with its place and what changes when it is written
    anew."""

    @classmethod
    def of(cls, folder: Path, named: Named) -> _State:
        # In this order: a save that ends in between has moved a file by then.
        pending, since = _pending(folder, named), _stamp(folder / SAVING / SAVED)[1]
        files: dict[str, tuple[Path, tuple[int, int, int]]] = {}
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~$")) or not path.name.lower().endswith(SUFFIXES):
                continue
            table = named(path.name)[1]
            if table != "" and not path.is_dir() and (pending is None or table is None):
                files[path.name] = path, _stamp(path)
        for table in pending or ():
            name = f"{table}.csv"
            path = folder / SAVING / name
            if not path.exists():
                path = folder / name
            files[name] = path, _stamp(path)
        return cls(pending, since, files)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:  # reported when it is read
        return (0, 0, 0)
    return found.st_ino, found.st_mtime_ns, found.st_size


def read_tables(
    folder: Path, named: Named
) -> tuple[dict[str, tuple[str, bytes]], tuple[Finding, ...]]:
    """The tables of a folder, by file name with path and bytes, all of one save; and what of them
    cannot be read.

    Args:
        folder: The folder.
        named: Tells what table a file is.
    """
    try:
        return _read(folder, named)
    except _CutOff:
        return {}, (Finding("half-saved", CUT_OFF, Position(str(folder)), hint=REMOVE),)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        return {}, (Finding("unreadable", reason, Position(str(folder))),)


def _read(folder: Path, named: Named) -> tuple[dict[str, tuple[str, bytes]], tuple[Finding, ...]]:
    for attempt in range(ATTEMPTS):
        before = _State.of(folder, named)
        sources: dict[str, tuple[str, bytes]] = {}
        problems: list[Finding] = []
        for name, (path, _) in before.files.items():
            try:
                data = read_bytes(path, compressed=name.lower().endswith(".gz"))
                sources[name] = (str(path), data)
            except LoadError as error:
                problems += error.problems
        if _State.of(folder, named) == before:
            return sources, (*problems, *_changed_since(folder, before))
        time.sleep(0.002 * attempt)
    hint = "read it when no other program saves to it"
    message = "the tables are saved again and again while they are read"
    return {}, (Finding("half-saved", message, Position(str(folder)), hint=hint),)


def _changed_since(folder: Path, state: _State) -> list[Finding]:
    """The tables that were edited after a save with newer ones was broken off."""
    if state.pending is None:
        return []
    found: list[Finding] = []
    for table in state.pending:
        place = folder / f"{table}.csv"
        if state.files[place.name][0] != place and _stamp(place)[1] > state.since:
            message = f"a save was broken off, and {excerpt(place.name)} was edited since"
            hint = f"move the tables in {SAVING} to their places, or remove it with them"
            found.append(Finding("half-saved", message, Position(str(place)), hint=hint))
    return found
