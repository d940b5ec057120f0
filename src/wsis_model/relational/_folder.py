"""A folder of Parquet files: written beside its place and moved there when whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import Finding, LoadError, Position, excerpt
from ..formats._whole_folder import whole_folder
from ..model import Record
from ..model.kinds import KINDS
from ._build import Part, build_corpus
from ._columns import faults_of_schema
from ._flatten import ArrowTable, batches, extended_metadata
from ._schemas import EXTENDED, Schema, pa, schemas

__all__ = ["broken", "files_of", "from_parquet", "to_parquet"]

_parquet: Any = import_module("pyarrow.parquet")
SUFFIX = ".parquet"
ROWS, BYTES = 100_000, 16_000_000
"""A group of rows is written when it has so many, or so many bytes in memory."""
#: What pyarrow raises for files that it cannot read, besides `OSError`.
_BROKEN: tuple[type[Exception], ...] = (pa.ArrowException, ValueError, OverflowError)


# --- writing --------------------------------------------------------------------------------------


@attrs.define
class _Writer:
    """Writes one table, a group of rows at a time."""

    place: Path
    schema: Schema
    waiting: list[ArrowTable] = attrs.Factory(list[ArrowTable])
    rows: int = 0
    bytes: int = 0
    """How much waits."""
    file: Any = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.file = _parquet.ParquetWriter(
            self.place, self.schema, compression="zstd", write_page_checksum=True
        )

    def add(self, table: ArrowTable) -> None:
        self.waiting.append(table)
        self.rows += table.num_rows
        self.bytes += table.nbytes
        if self.rows >= ROWS or self.bytes >= BYTES:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            table = pa.concat_tables(self.waiting).cast(self.schema)
            self.file.write_table(table, row_group_size=ROWS)
        self.waiting, self.rows, self.bytes = [], 0, 0


def to_parquet(source: Corpus | Iterable[Record], folder: str | os.PathLike[str]) -> None:
    """Write all tables of a corpus, or of a stream of records, to a folder: a Parquet file for each
    table, `provisions.parquet` and so on, also for one that has no rows.

    They are written in groups of rows as the records come, so that a long stream takes little more
    memory than a short one, and to a folder beside the place, which is moved there when it is
    whole. A folder that is there already is replaced, if it holds nothing but such tables.

    Args:
        source: A corpus or records, as for [`tables`][wsis_model.relational.tables].
        folder: The folder; it is made if it is not there.

    Raises:
        LoadError: A number does not fit into its column, or the record that a member belongs to is
            not there. Nothing is written.
        TypeError: A record is of a kind that stands in members, such as a mandate.
        ValueError: The folder holds something that is no table of ours.
        OSError: The place cannot be written to, or is no folder.

    Examples:
        >>> import tempfile
        >>> from wsis_model import catalogue
        >>> folder = tempfile.mkdtemp()
        >>> to_parquet(catalogue(), folder)
        >>> from_parquet(folder) == catalogue()
        True
    """
    paused = paused_collector() if isinstance(source, Corpus) else contextlib.nullcontext()
    with whole_folder(folder, [f"{name}{SUFFIX}" for name in schemas()]) as new, paused:
        _write(source, new)


def _write(source: Corpus | Iterable[Record], folder: Path) -> None:
    metadata = extended_metadata(source)
    writers: dict[str, _Writer] = {}
    try:
        for name, schema in schemas().items():
            given = schema.with_metadata(metadata) if name == EXTENDED else schema
            writers[name] = _Writer(folder / f"{name}{SUFFIX}", given)
        for batch in batches(source):
            for name, table in batch.items():
                writers[name].add(table)
        for writer in writers.values():
            writer.flush()
    finally:
        for writer in writers.values():
            writer.file.close()


# --- reading --------------------------------------------------------------------------------------


def from_parquet(folder: str | os.PathLike[str]) -> Corpus:
    """The corpus in a folder of Parquet files, as
    [`to_parquet`][wsis_model.relational.to_parquet] writes it, or another program: a table may be a
    folder with files, `provisions.parquet/part-0000.parquet` ..., as Spark writes it.

    Every record is validated. `references` and `identifiers` are not read: they follow from the
    records.

    Args:
        folder: The folder.

    Raises:
        LoadError: Every problem, each with its file, row and column.

    Examples:
        >>> try:
        ...     from_parquet("nowhere")
        ... except LoadError as error:
        ...     print(error)
        nowhere: cannot be read: No such file or directory [unreadable]
    """
    place = Path(folder)
    try:
        names = {path.name for path in place.iterdir()}
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or error
        shown = Position(excerpt(str(folder), 300).strip("'"))
        raise LoadError.of(shown, "unreadable", f"cannot be read: {reason}") from None
    wanted = {kind.field: f"{kind.field}{SUFFIX}" for kind in KINDS}
    if names.isdisjoint(wanted.values()):
        message = "the folder holds no tables of records"
        hint = f"tables are {', '.join(wanted.values())}"
        raise LoadError.of(Position(str(place)), "empty", message, hint)
    parts: dict[str, list[Part]] = {}
    problems: list[Finding] = []
    for name, file in wanted.items():
        parts[name] = []
        if file not in names:
            message, hint = (
                f"the table {file} is missing",
                "write one without rows if there are none",
            )
            problems.append(Finding("missing-table", message, Position(str(place)), hint=hint))
        for path in files_of(place / file) if file in names else ():
            try:
                parts[name].append(_read(path, name))
            except LoadError as error:
                problems += error.problems
    return build_corpus(str(place), parts, problems)


def files_of(table: Path) -> Iterator[Path]:
    """The files of a table: itself, or what is in its folder."""
    if not table.is_dir():
        if table.exists():
            yield table
        return
    for path in sorted(table.rglob(f"*{SUFFIX}")):
        if not path.name.startswith((".", "_")) and path.is_file():
            yield path


def _read(path: Path, name: str) -> Part:
    """A file of a table.

    Raises:
        LoadError: It cannot be read, or has other columns.
    """
    try:
        with path.open("rb") as stream:
            file = _parquet.ParquetFile(stream, page_checksum_verification=True)
            if faults := tuple(faults_of_schema(str(path), file.schema_arrow, name)):
                raise LoadError(faults)
            # Some versions of pyarrow cannot read a file without groups of rows.
            table = file.read() if file.num_row_groups else file.schema_arrow.empty_table()
            return Part(str(path), table)
    except LoadError:
        raise
    except OSError as error:
        if error.strerror is None:  # one of pyarrow's own
            raise broken(path, error) from None
        message = f"cannot be read: {error.strerror}"
        raise LoadError.of(Position(str(path)), "unreadable", message) from None
    except _BROKEN as error:
        raise broken(path, error) from None


def broken(path: Path, error: Exception) -> LoadError:
    """The error of a file that cannot be read as Parquet."""
    reason = excerpt(str(error).partition("\n")[0], 200)
    message = f"the file is not Parquet, or is damaged: {reason}"
    hint = "write it anew, or get a whole copy"
    return LoadError.of(Position(str(path)), "parquet", message, hint)
