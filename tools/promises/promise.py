"""A promise: what a version said of itself, as it is kept in `compatibility/`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import attrs

from . import api, schema, words
from .breaks import Break

__all__ = ["Promise", "Version"]


@attrs.frozen(order=True)
class Version:
    """A version of the package; what follows its three numbers (`rc1`, `.dev0`) does not count."""

    major: int
    minor: int
    patch: int

    @classmethod
    def of(cls, text: str) -> Version:
        """The version that a text names.

        Raises:
            ValueError: It names none.
        """
        found = re.match(r"(\d+)\.(\d+)\.(\d+)", text)
        if found is None:
            raise ValueError(f"{text!r} is no version of three numbers")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def may_break(self, promised: Version) -> bool:
        """Whether a promise of an older version may be broken in this one."""
        return self >= promised.breaking()

    def may_add(self, promised: Version) -> bool:
        """Whether this version may offer what an older one did not."""
        return promised.major == 0 or (self.major, self.minor) > (promised.major, promised.minor)

    def breaking(self) -> Version:
        """The next version that may break promises: the next minor one before 1.0, then the next
        major one.
        """
        return Version(self.major + 1, 0, 0) if self.major else Version(0, self.minor + 1, 0)

    def adding(self) -> Version:
        """The next version that may offer more."""
        return Version(self.major, self.minor + 1, 0)


@attrs.frozen
class Promise:
    """What programs and files may rely on."""

    api: Mapping[str, str]
    """The stub of each public module."""
    schema: Mapping[str, Any]
    """The JSON Schema of files."""
    words: Mapping[str, list[str]]
    """Codes, formats, columns, arguments of commands."""

    @classmethod
    def today(cls) -> Self:
        """What the sources say now."""
        return cls(api.promised(), schema.promised(), words.promised())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What was promised, from the folder of a version."""
        stubs = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("api/*.pyi")}
        return cls(stubs, _json(folder / "schema.json"), _json(folder / "words.json"))

    def write(self, folder: Path) -> None:
        """Write it to the folder of a version."""
        (folder / "api").mkdir(parents=True, exist_ok=True)
        for path in folder.glob("api/*.pyi"):
            path.unlink()
        for name, stub in self.api.items():
            (folder / "api" / f"{name}.pyi").write_text(stub, encoding="utf-8")
        for name, told in (("schema", self.schema), ("words", self.words)):
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8")

    def broken_by(self, later: Promise) -> list[Break]:
        """What of this a later version does not keep, other than in files."""
        return [
            *api.breaks(dict(self.api), dict(later.api)),
            *words.breaks(dict(self.words), dict(later.words)),
        ]

    def broken_in_files_by(self, later: Promise) -> list[Break]:
        """What files may say under this, and not under a later version."""
        return schema.breaks(dict(self.schema), dict(later.schema))

    @property
    def format_version(self) -> str:
        """The version of the file format."""
        return schema.format_version(dict(self.schema))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
