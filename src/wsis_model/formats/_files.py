"""Files on disk: read with a word on what stands in the way, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import threading
import zipfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path, PurePath
from typing import IO, NoReturn

from ..errors import LoadError, Position, Problem, excerpt

__all__ = ["files_of", "office_reader", "opened", "write_whole"]

#: The workbooks and documents that office programs write and we do not read, by suffix, and what to save them as.
_OTHERS = {
    ".xls": ".xlsx",
    ".xlt": ".xlsx",
    ".ods": ".xlsx",
    ".ots": ".xlsx",
    ".doc": ".docx",
    ".dot": ".docx",
    ".odt": ".docx",
    ".ott": ".docx",
}
_WHAT = {".xlsx": "workbook", ".docx": "document"}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@contextlib.contextmanager
def opened(path: Path) -> Generator[IO[bytes]]:
    """A file, open for reading.

    Raises:
        LoadError: Whatever stands in the way.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a folder is none
            raise OSError(errno.EINVAL, "is no file")
        with path.open("rb") as stream:
            yield stream
    except LoadError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(
            (
                Problem(
                    "unreadable",
                    f"cannot be read: {reason}",
                    Position(excerpt(str(path), 300).strip("'")),
                ),
            )
        ) from None


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; links that lead nowhere are files, to be told of.

    Left out are hidden ones, and those by which office programs lock what they have open (`~$plan.xlsx`, `.~lock.plan.xlsx#`).
    """
    for path in sorted(folder.rglob("*")):
        hidden = any(step.startswith(".") for step in path.relative_to(folder).parts)
        if (
            not hidden
            and not path.name.startswith("~$")
            and not path.is_dir()
            and (path.is_file() or path.is_symlink())
        ):
            yield path


def office_reader(name: str, stream: IO[bytes]) -> str | None:
    """What reads a file of an office program, told by its content: `"excel"` or `"docx"`; None for what is no such file.

    Raises:
        LoadError: It is a workbook or a document of a kind that is not read.

    Examples:
        >>> import io
        >>> office_reader("roadmap.txt", io.BytesIO(b"roadmaps: []")) is None
        True
    """
    suffix = PurePath(name).suffix.lower()
    head = stream.read(len(_ZIP))
    stream.seek(0)
    if head == _ZIP:
        try:
            with zipfile.ZipFile(stream) as archive:
                names = archive.namelist()
                mimetype = b""
                if "mimetype" in names:
                    with archive.open("mimetype") as member:
                        mimetype = member.read(100)
        except Exception:  # noqa: BLE001 - zipfile raises half a dozen exceptions at damaged bytes, which the reader tells of
            return "excel" if suffix.startswith(".xl") else "docx"
        if any(each.startswith("xl/workbook") for each in names):
            return "excel"
        if b".opendocument.spreadsheet" in mimetype:
            _refuse(name, ".ods")
        if b".opendocument.text" in mimetype:
            _refuse(name, ".odt")
        if "[Content_Types].xml" in names:
            return "docx"
    if _OTHERS.get(suffix) == ".xlsx" or (head == _OLE and suffix in _OTHERS):
        _refuse(name, suffix)
    if head == _OLE and suffix == ".docx":
        _refuse(name, ".doc", " without a password")
    return None


def _refuse(name: str, kind: str, how: str = "") -> NoReturn:
    better = _OTHERS[kind]
    message = f"the file is a {_WHAT[better]} of another kind ({kind})"
    raise LoadError(
        (
            Problem(
                "workbook" if better == ".xlsx" else "unreadable",
                message,
                Position(name),
                hint=f"save it as {better}{how}",
            ),
        )
    )


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there when whole, so that a failure leaves no half of it.

    A file that was there keeps its permissions, and a link stays a link. Of several that write to one place, the last wins.

    Raises:
        OSError: The place cannot be written to.

    Examples:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "map.yaml"
        >>> write_whole(path, (b"roadmaps: ", b"[]"))
        >>> path.read_text()
        'roadmaps: []'
    """
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    target = Path(os.path.realpath(target))
    there = target.exists()
    if there and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    beside = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with beside.open("wb") as stream:
            if there:
                shutil.copymode(
                    target, beside
                )  # before anything stands in it that not everybody may read
            stream.writelines(pieces)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
