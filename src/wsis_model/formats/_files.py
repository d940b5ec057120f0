"""Files on disk: read with a word on what stands in the way, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import IO

from ..errors import LoadError, Position, Problem, excerpt

__all__ = ["opened", "write_whole"]


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
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError((Problem("unreadable", f"cannot be read: {reason}", Position(excerpt(str(path), 300).strip("'"))),)) from None


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there when whole, so that a failure leaves no half of it.

    A file that was there keeps its permissions, and a link stays a link.

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
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            if there:
                shutil.copymode(target, beside)  # before anything stands in it that not everybody may read
            stream.writelines(pieces)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
