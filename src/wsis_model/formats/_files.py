"""Files on disk: read with a clear error, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib
import os
import re
import shutil
import stat
import sys
import zipfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path, PurePath
from typing import IO, Any, NoReturn

from ..errors import LoadError, Position, excerpt
from ._text import expand

__all__ = [
    "files_of",
    "locked",
    "locked_folder",
    "office_reader",
    "opened",
    "read_bytes",
    "stream_of",
    "write_whole",
]

SAVING = ".saving"
"""The folder of tables that are saved and not in their places yet."""
SAVED = "tables"
"""The list of all of them, in that folder."""
#: None on Windows, where a file that is open is neither moved nor taken away.
_fcntl: Any = importlib.import_module("fcntl") if os.name == "posix" else None
_BINARY: int = getattr(os, "O_BINARY", 0)
_NOT_A_LINK: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

#: The workbooks and documents that office programs write and we do not read, by suffix, and what to
#: save them as.
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
        LoadError: It cannot be opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a folder is none
            raise OSError(errno.EINVAL, "is no file")
        with path.open("rb") as stream:
            yield stream
    except LoadError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        place = Position(excerpt(str(path), 300).strip("'"))
        raise LoadError.of(place, "unreadable", message) from None


def read_bytes(path: Path, *, compressed: bool = False) -> bytes:
    """The bytes of a file, expanded if it is *compressed*.

    Raises:
        LoadError: It cannot be read, or is not a whole gzip file.
    """
    with opened(path) as stream:
        data = stream.read()
    return expand(data, str(path)) if compressed else data


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; links that lead nowhere count as files,
    and are reported when they are read.

    Left out are hidden ones, and those by which office programs lock what they have open
    (`~$plan.xlsx`, `.~lock.plan.xlsx#`); but not the list of tables that a save has written and not
    put in their places yet.
    """
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):  # skips folders that vanish
        folders[:] = [each for each in folders if not each.startswith(".")]
        paths = (Path(parent, each) for each in names if not each.startswith((".", "~$")))
        found += (each for each in paths if each.is_file() or each.is_symlink())
        if (saved := Path(parent, SAVING, SAVED)).is_file():
            found.append(saved)
    yield from sorted(found, key=lambda path: path.parts)


def office_reader(name: str, stream: IO[bytes]) -> str | None:
    """The reader for a file of an office program, by its content: `"excel"` or `"docx"`; None for
    any other file.

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
        except Exception:  # noqa: BLE001 - zipfile raises many kinds of error at damaged bytes
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
    code = "workbook" if better == ".xlsx" else "unreadable"
    raise LoadError.of(Position(name), code, message, f"save it as {better}{how}")


_STREAM = re.compile(r"/dev/(?:(stdout)|(stderr)|fd/([0-9]+))|/proc/self/fd/([0-9]+)")


def stream_of(target: Path) -> int | None:
    """The number of the open file that a name stands for, as `/dev/stdout` does; None for the name
    of a file on disk.
    """
    found = _STREAM.fullmatch(os.fspath(target)) if os.name == "posix" else None
    if found is None:
        return None
    return 1 if found[1] else 2 if found[2] else int(found[3] or found[4])


def locked(place: int, *, wait: bool = False) -> bool | None:
    """Lock an open file against others that lock it; the lock ends when the file is closed or its
    process is killed.

    False if another process holds the lock; None if the system has no locks.
    """
    if _fcntl is None:
        return None
    try:
        _fcntl.flock(place, _fcntl.LOCK_EX | (0 if wait else _fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # a system of files without locks
        return None
    return True


@contextlib.contextmanager
def locked_folder(folder: Path, *, wait: bool = False) -> Generator[bool]:
    """Lock a folder against others that do; False if another process holds the lock, or the system
    has no locks.
    """
    try:
        place = os.open(folder, os.O_RDONLY)
    except OSError:  # a system on which a folder cannot be opened
        yield False
        return
    try:
        yield bool(locked(place, wait=wait))
    finally:
        os.close(place)


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there when whole, so that a failure leaves no half
    of it.

    A file that was there keeps its permissions, and a link stays a link. Of several that write to
    one place, the last wins. What a killed process left beside it is removed by the next write.

    Raises:
        OSError: The place cannot be written to, or is no file: a folder, a pipe, a device.
            `/dev/stdout` and the like are written to.

    Examples:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "map.yaml"
        >>> write_whole(path, (b"roadmaps: ", b"[]"))
        >>> path.read_text()
        'roadmaps: []'
    """
    if (number := stream_of(target)) is not None:
        if number == 1 and sys.stdout is not None:
            sys.stdout.flush()  # what was printed before comes first
        with os.fdopen(os.dup(number), "wb") as stream:
            stream.writelines(pieces)
        return
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    target = Path(os.path.realpath(target))
    there = True
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        there = False
    else:
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        if not stat.S_ISREG(mode):  # what waits at the other end of a pipe would wait for ever
            raise OSError(errno.EINVAL, "is no file, but a pipe or a device", str(target))
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    beside, place = _new_part_file(target)
    stream = os.fdopen(place, "wb")
    try:
        if there:  # before anything stands in it that not everybody may read
            shutil.copymode(target, beside)
        stream.writelines(pieces)
        stream.flush()
        if _fcntl is None:  # such a system moves no open file
            stream.close()
        beside.replace(target)
    except BaseException:
        if _fcntl is None:
            stream.close()
        beside.unlink(missing_ok=True)  # while it is locked: a moment later it may be another's
        raise
    finally:
        stream.close()


def _new_part_file(target: Path) -> tuple[Path, int]:
    """A new file beside another, open and locked. Leftovers of killed processes are removed."""
    name = os.fsencode(target.name)
    head = f".{name[:60].decode(errors='ignore')}-{hashlib.sha256(name).hexdigest()[:8]}"
    number = 0
    while True:
        path = target.with_name(f"{head}.{number}.part")
        try:
            place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        except FileExistsError:
            number += not _remove_leftover(path)
            continue
        if locked(place) is not False and _is_open_at(place, path):
            while _remove_leftover(target.with_name(f"{head}.{(number := number + 1)}.part")):
                pass
            return path, place
        os.close(place)  # another process took it for a leftover


def _is_open_at(place: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(place), path.stat())
    except FileNotFoundError:
        return False


def _remove_leftover(path: Path) -> bool:
    """Remove the part file of a writer that was killed; False if there is none, or it is still
    being written, or belongs to another user.
    """
    try:
        place = os.open(path, os.O_RDONLY | _BINARY | _NOT_A_LINK)
    except OSError:
        return False
    try:
        # Under its name there may be another by now: its writer has moved it to its place.
        if locked(place) and _is_open_at(place, path):
            path.unlink()
            return True
    except OSError:
        return False
    finally:
        os.close(place)
    if _fcntl is None:
        with contextlib.suppress(OSError):  # it is open
            path.unlink()
            return True
    return False
