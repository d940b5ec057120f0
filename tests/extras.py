"""Which optional packages a page says to install; without the others its code must run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: What each extra brings.
EXTRAS: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["optional-dependencies"]
#: Packages that are not imported by their own name, in lower case.
_IMPORTED = {"python-docx": "docx", "vl-convert-python": "vl_convert"}
#: What packages bring that is an extra of ours too.
_BRING = {"altair": {"narwhals"}}


def _package(requirement: str) -> str:
    name = re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower()
    return _IMPORTED.get(name, name)


def brought_by(extras: set[str]) -> set[str]:
    """The modules that these extras bring."""
    found: set[str] = set()
    for requirement in (each for extra in extras for each in EXTRAS[extra]):
        own = re.fullmatch(r"wsis_model\[(.+)\]", requirement)
        package = _package(requirement)
        found |= brought_by({*own[1].split(",")}) if own else {package, *_BRING.get(package, ())}
    return found


#: All modules that the base install lacks.
OPTIONAL = brought_by({*EXTRAS})


def lacking(text: str) -> set[str]:
    """The optional modules that are not there, after who reads *text* has done what its install
    lines say.
    """
    there: set[str] = set()
    for line in re.findall(r"pip install ([^`\n]+)", text):
        for each in re.findall(r"wsis_model\[([\w,]+)\]", line):
            there |= brought_by({*each.split(",")})
        there |= {_package(each) for each in line.split()}
    return OPTIONAL - there
