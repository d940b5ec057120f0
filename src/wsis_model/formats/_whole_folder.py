"""A folder of files that is replaced as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Collection, Generator
from pathlib import Path

from ..errors import excerpt
from ._files import locked_folder

__all__ = ["whole_folder"]

NEW, OLD = ".part", ".old"
"""How the names of folders end that are written, and that are being replaced."""


@contextlib.contextmanager
def whole_folder(folder: str | os.PathLike[str], ours: Collection[str]) -> Generator[Path]:
    """A new folder beside the place of another, which is moved there at the end.

    A folder that is there already is replaced if it holds nothing but files of ours.

    Args:
        folder: The place; it is made if it is not there.
        ours: The names of all files that may be written to it.

    Raises:
        ValueError: It holds something else.
        OSError: The place cannot be written to, or is no folder.
    """
    target = Path(os.path.realpath(folder))
    _refuse_others(target, ours)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as new:
        yield new
        _refuse_others(target, ours)  # what came there meanwhile stays too
        _move(new, target)


def _refuse_others(target: Path, ours: Collection[str]) -> None:
    """Refuse a folder that holds what is not ours to replace."""
    if not target.exists():
        return
    for path in sorted(target.iterdir()):
        if path.name not in ours:
            msg = (
                f"the folder holds {excerpt(path.name)}, which is no table of ours: "
                "write to another one"
            )
            raise ValueError(msg)


@contextlib.contextmanager
def _beside(target: Path) -> Generator[Path]:
    """A new hidden folder beside another, locked while it is written. What killed writers left
    there is put back or goes.
    """
    for left in target.parent.iterdir():
        if left.name.startswith(f".{target.name}.") and left.name.endswith((NEW, OLD)):
            with locked_folder(left) as free:
                if free and left.name.endswith(OLD) and not target.exists():
                    left.rename(target)
                elif free:
                    shutil.rmtree(left, ignore_errors=True)
    new = target.with_name(f".{target.name}.{secrets.token_hex(4)}{NEW}")
    new.mkdir()
    try:
        with locked_folder(new):
            yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _move(new: Path, target: Path) -> None:
    """Move a folder to its place, and take away the one that was there."""
    if not target.exists():
        new.rename(target)
        return
    shutil.copymode(target, new)
    old = new.with_suffix(OLD)
    with locked_folder(target):
        target.rename(old)
        try:
            new.rename(target)
        except BaseException:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
