"""Where tables are: a folder, a connection, a session, frames."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from ..errors import Finding, LoadError, MissingExtra, Position, excerpt
from ..relational import schemas
from ..relational._columns import faults_of_version
from ..relational._folder import broken, files_of
from ._columns import faults_of
from ._tables import Frame, nw

__all__ = ["opened", "tables"]

Folder = str | os.PathLike[str]
SUFFIX = ".parquet"
#: The beginning of a path that is none of this machine: `s3://`, `dbfs:/`; a drive has one letter.
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


@contextlib.contextmanager
def opened(source: Any, needed: Iterable[str]) -> Generator[dict[str, Frame]]:
    """The tables of a source as lazy frames of narwhals, by name, while they are read.

    Raises:
        LoadError: A table or column that is needed is missing, of another type or version, or
            cannot be read.
        MissingExtra: The library of an engine is not installed.
        TypeError: The source is none.
    """
    if not isinstance(source, (str, os.PathLike)):
        frames = isinstance(source, Mapping)
        given = cast("Mapping[str, Any]", source) if frames else _of_connection(source)
        yield _sound("", given, needed)
        return
    folder = os.fspath(cast(Folder, source))
    if problems := tuple(_faults_of_files(folder, needed)):
        raise LoadError(problems)
    engine = _duckdb()
    with engine.connect() as connection:
        try:
            yield _sound(folder, tables(folder, connection), needed)
        except engine.Error as error:
            reason = excerpt(str(error).partition("\n")[0], 200)
            message = f"a file is not Parquet, or is damaged: {reason}"
            hint = "write it anew, or get a whole copy"
            raise LoadError.of(Position(folder), "parquet", message, hint) from None


def _sound(where: str, source: Mapping[str, Any], needed: Iterable[str]) -> dict[str, Frame]:
    """The tables that are needed, if nothing is wrong with them."""
    frames = {name: _lazy(source[name]) for name in needed if name in source}
    if problems := tuple(faults_of(where, frames, needed)):
        raise LoadError(problems)
    return frames


def _faults_of_files(folder: str, needed: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with the files of tables in a folder of this machine."""
    paths = _paths(folder)
    for name in () if _REMOTE.match(folder) else needed:
        for path in files_of(Path(paths[name])) if name in paths else ():
            try:
                with path.open("rb") as stream:
                    given = import_module("pyarrow.parquet").read_schema(stream)
            except (OSError, ValueError) as error:  # Arrow's errors are values or of the system
                yield from broken(path, error).problems
            else:
                yield from faults_of_version(str(path), given, name)


def _lazy(frame: Any) -> Frame:
    """A frame of narwhals. Those in memory are handed to DuckDB, since not all of their
    libraries join tables that have lists.
    """
    known = nw.from_native(frame)
    if isinstance(known, nw.LazyFrame):
        return known
    return known.lazy(_duckdb())


def _duckdb() -> Any:
    try:
        return import_module("duckdb")
    except ImportError:
        raise MissingExtra("duckdb", "duckdb") from None  # noqa: EM101 - facts, no sentence


def _library(engine: object) -> str:
    return type(engine).__module__.partition(".")[0].lstrip("_")


def _of_connection(engine: Any) -> dict[str, Any]:
    """The tables and views of our names in a database or session."""
    match _library(engine):
        case "duckdb":
            rows = engine.execute("SELECT table_name FROM information_schema.tables").fetchall()
            there = {name for (name,) in rows}
            return {name: engine.table(name) for name in schemas() if name in there}
        case "ibis":
            there = set(engine.list_tables())
            return {name: engine.table(name) for name in schemas() if name in there}
        case "pyspark":
            exists = engine.catalog.tableExists
            return {name: engine.table(name) for name in schemas() if exists(name)}
        case _:
            msg = (
                "tables are in a folder, a DuckDB or Ibis connection, a Spark session, or a "
                f"mapping from name to frame, not in a {type(engine).__name__}"
            )
            raise TypeError(msg)


def tables(folder: Folder, engine: Any) -> dict[str, Any]:
    """The tables of a folder of Parquet files as lazy frames of an engine, by name.

    A table is a file, `provisions.parquet`, or a folder with files, as Spark writes it. Tables that
    are not there are left out. What is no folder of this machine, `s3://...` for example, is left
    to the engine: all tables must be there then.

    Args:
        folder: The folder.
        engine: A DuckDB connection, an Ibis connection, a Spark session, or the name `"polars"`.

    Raises:
        LoadError: There is no such folder.
        TypeError: There is no such engine.

    Examples:
        >>> import duckdb, tempfile
        >>> from wsis_model import catalogue, relational
        >>> folder = tempfile.mkdtemp()
        >>> relational.to_parquet(catalogue(), folder)
        >>> tables(folder, duckdb.connect())["vocabularies"].count("id").fetchall()
        [(7,)]
    """
    return {name: _read(path, engine) for name, path in _paths(os.fspath(folder)).items()}


def _paths(folder: str) -> dict[str, str]:
    """The files of each table, as a pattern."""
    if _REMOTE.match(folder):
        return {name: f"{folder.rstrip('/')}/{name}{SUFFIX}" for name in schemas()}
    place = Path(folder)
    if not place.is_dir():
        why = "is no folder" if place.exists() else "there is no such folder"
        raise LoadError.of(Position(folder), "unreadable", f"cannot be read: {why}")
    found = {name: place / f"{name}{SUFFIX}" for name in schemas()}
    return {name: str(path) for name, path in found.items() if any(files_of(path))}


def _read(path: str, engine: object) -> Any:
    whole = f"{path}/**/*{SUFFIX}" if Path(path).is_dir() else path
    known = engine if isinstance(engine, str) else _library(engine)
    of = cast(Any, engine)
    match known:
        case "duckdb":
            quoted = whole.replace("'", "''")
            return of.sql(
                f"SELECT * FROM read_parquet('{quoted}', hive_types_autocast=false)"  # noqa: S608
            )
        case "polars":
            return _polars().scan_parquet(
                whole, hive_partitioning=Path(path).is_dir(), try_parse_hive_dates=False
            )
        case "ibis":
            return of.read_parquet(whole)
        case "pyspark":
            return of.read.parquet(path)
        case other:
            msg = f"no engine is called {other!r}"
            raise TypeError(msg)


def _polars() -> Any:
    try:
        return import_module("polars")
    except ImportError:
        raise MissingExtra("polars", "polars") from None  # noqa: EM101 - facts, no sentence
