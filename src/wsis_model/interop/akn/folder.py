"""Whole folders of files, one after the other and on several cores, in bounded memory."""

from __future__ import annotations

import concurrent.futures
import itertools
import multiprocessing
import os
import pickle
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from ...errors import LoadError, MissingExtra
from ...formats._files import write_whole
from .._reading import Reading
from .._xml import refuse
from .completeness import find_source, read_source
from .reader import Found

__all__ = ["ReadFile", "read_folder", "rows", "to_parquet"]

#: The columns of `rows`, in their order.
COLUMNS = (
    "document",
    "symbol",
    "body",
    "adopted",
    "provision",
    "number",
    "part",
    "parent",
    "section",
    "language",
    "text",
)
#: Rows in one group of a Parquet file: about 10 MB of text in memory.
GROUP = 20_000
#: Files sent to a process at once: enough that sending costs little, few enough that results do not
#: pile up.
CHUNK = 16


@attrs.frozen
class ReadFile:
    """One file of a folder: what was read of it, or why it could not be."""

    path: Path
    """The file."""
    reading: Reading | None = None
    """What was read."""
    error: LoadError | None = None
    """Why it could not be read."""


def rows(files: Iterable[ReadFile]) -> Iterator[dict[str, str | None]]:
    """One flat row for each provision and language, for NDJSON, Parquet or a data frame; a file
    that could not be read gives none.

    Columns: `document`, `symbol`, `body`, `adopted` (ISO date), `provision`, `number`, `part`,
    `parent`, `section` (its heading), `language`, `text`.

    Examples:
        >>> import json
        >>> from wsis_model import Document, Provision
        >>> document = Document(
        ...     id="99-1",
        ...     title="Tea",
        ...     provisions=[Provision(id="99-1/1", number="1", text={"en": "Welcomes tea;"})],
        ... )
        >>> (row,) = rows([ReadFile(Path("tea.xml"), Reading((document,)))])
        >>> json.dumps(row)[:60]
        '{"document": "99-1", "symbol": null, "body": null, "adopted"'
    """
    for file in files:
        for document in file.reading.documents if file.reading else ():
            headings = {section.id: section.heading for section in document.sections}
            for provision in document.provisions:
                heading = headings.get(provision.section or "")
                for language, text in provision.text.items():
                    yield {
                        "document": document.id,
                        "symbol": document.symbol,
                        "body": document.body,
                        "adopted": document.adopted.isoformat() if document.adopted else None,
                        "provision": provision.id,
                        "number": provision.number,
                        "part": provision.part.value,
                        "parent": provision.parent,
                        "section": heading.pick(language) if heading else None,
                        "language": language,
                        "text": text,
                    }


def to_parquet(rows: Iterable[Mapping[str, str | None]], path: str | os.PathLike[str]) -> int:
    """Write rows as [`rows`][wsis_model.interop.akn.rows] gives them to one Parquet file, and count
    them. Some 20,000 are in memory at a time.

    All columns are strings but `adopted`, which is a date. The file is written beside its place
    and moved there when whole. For records as tables of their own, with citations and mandates,
    see `wsis_model.relational`.

    Raises:
        MissingExtra: pyarrow is not installed.
        OSError: The file cannot be written.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "resolutions.parquet"
        >>> to_parquet([{"document": "99-1", "provision": "99-1/1", "text": "Welcomes tea;"}], path)
        1
    """
    try:
        arrow: Any = import_module("pyarrow")  # it has no types
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        extra = "arrow"
        raise MissingExtra(extra, "pyarrow") from None
    schema = arrow.schema([(name, arrow.string()) for name in COLUMNS])
    written = schema.set(
        COLUMNS.index("adopted"), arrow.field("adopted", arrow.date32())
    ).with_metadata({"wsis_model.table": "akn.rows"})
    sink = _Sink()
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        waiting = iter(rows)
        with parquet.ParquetWriter(sink, written, compression="zstd") as writer:
            while group := list(itertools.islice(waiting, GROUP)):
                writer.write_table(arrow.Table.from_pylist(group, schema).cast(written))
                count += len(group)
                yield from sink.taken()
        yield from sink.taken()

    write_whole(Path(path), pieces())
    return count


class _Sink:
    """Takes the bytes of a file as they are made, and gives them to who writes it."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """There is nothing to flush."""

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def taken(self) -> list[bytes]:
        """What has come since the last time."""
        pieces, self._pieces = self._pieces, []
        return pieces


def _read(path: Path) -> ReadFile:
    try:
        return ReadFile(path, read_source(path))
    except LoadError as error:
        return ReadFile(path, error=error)


def _find(path: Path) -> Found | Reading | LoadError:
    try:
        return find_source(path)
    except LoadError as error:
        return error


def _find_all(paths: Sequence[Path]) -> list[bytes]:
    """What stands in files, each as a piece that is opened only when it is asked for."""
    return [pickle.dumps(_find(path), pickle.HIGHEST_PROTOCOL) for path in paths]


def _read_found(path: Path, piece: bytes) -> ReadFile:
    """A file of what another process found in it: to validate that takes less time here than to
    receive records.
    """
    found: Found | Reading | LoadError = pickle.loads(piece)  # noqa: S301 - we wrote it
    if isinstance(found, LoadError):
        return ReadFile(path, error=found)
    try:
        return ReadFile(path, found.reading() if isinstance(found, Found) else found)
    except LoadError as error:
        return ReadFile(path, error=error)


def read_folder(
    path: str | os.PathLike[str], *, processes: int = 1, progress: bool = False
) -> Iterator[ReadFile]:
    """Read every `.xml` file of a folder and of those in it, in the order of their names, as a
    stream.

    A file that cannot be read does not stop the others: it comes with its error. Only a few files
    are in memory at a time.

    Args:
        path: The folder.
        processes: On how many cores. With more than one, each is a process of its own, started
            afresh: a script that asks for that has to stand behind `if __name__ == "__main__":`.
        progress: Count the files on the standard error stream.

    Raises:
        LoadError: The folder is none, or holds no XML file.
        MissingExtra: lxml is not installed.
    """
    folder = Path(path)
    paths = sorted(each for each in folder.rglob("*.xml") if each.is_file())
    if not paths:
        refuse(
            "empty",
            "the folder holds no .xml file" if folder.is_dir() else "is no folder",
            str(folder),
        )
    files = map(_read, paths) if processes < 2 else _on_several(paths, processes)
    return _counted(files, len(paths)) if progress else files


def _on_several(paths: Sequence[Path], processes: int) -> Iterator[ReadFile]:
    """The files in order, with no more chunks in work than keep every process busy."""
    chunks = iter([paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)])
    context = multiprocessing.get_context(
        "spawn"
    )  # a fork copies the locks of other threads as they are
    with concurrent.futures.ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting = deque(
            (chunk, pool.submit(_find_all, chunk))
            for chunk in itertools.islice(chunks, processes + 2)
        )
        try:
            while waiting:
                paths, future = waiting.popleft()
                found = future.result()
                if (chunk := next(chunks, None)) is not None:
                    waiting.append((chunk, pool.submit(_find_all, chunk)))
                yield from map(_read_found, paths, found)
        finally:
            for _, future in waiting:
                future.cancel()


def _counted(files: Iterable[ReadFile], total: int) -> Iterator[ReadFile]:
    failed = 0
    for count, file in enumerate(files, 1):
        failed += file.error is not None
        if count % 20 == 0 or count == total:
            end = "\n" if count == total else ""
            print(
                f"\r{count} of {total} files, {failed} not readable",
                end=end,
                file=sys.stderr,
                flush=True,
            )
        yield file
