"""Hold the documentation to the public names: each has a docstring, and each stands on a page.

Run it after `mkdocs build`: `python tools/check_public_docs.py`.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import griffe
from promises.public import PUBLIC

ROOT = Path(__file__).resolve().parents[1]


def inventory(path: Path) -> set[str]:
    """The names that the built pages document, from the inventory that mkdocstrings writes."""
    data = path.read_bytes()
    body = zlib.decompress(data.split(b"\n", 4)[4]).decode("utf-8")
    return {line.split(" ", 1)[0] for line in body.splitlines()}


def undocumented(package: griffe.Object | griffe.Alias) -> list[str]:
    """Public names, and the public members of public classes, that have no docstring."""
    missing: list[str] = []
    for module in PUBLIC:
        holder = _module(package, module)
        for name in holder.exports or ():
            item = holder[str(name)]
            target = item.final_target if item.is_alias else item
            if not target.docstring and not target.is_attribute:
                missing.append(f"{module}.{name}")
            if target.is_class:
                missing += [
                    f"{module}.{name}.{member.name}"
                    for member in target.members.values()
                    if not member.is_alias
                    and member.is_public
                    and not member.name.startswith(("model_", "__"))
                    and not hasattr(dict, member.name)  # what a frozen mapping refuses
                    and not member.docstring
                    and not (target.labels and member.is_attribute)
                    and not _is_enum_member(target, member)
                ]
    return missing


def _module(package: griffe.Object | griffe.Alias, name: str) -> griffe.Object | griffe.Alias:
    return package if name == "wsis_model" else package[name.removeprefix("wsis_model.")]


def _is_enum_member(
    holder: griffe.Object | griffe.Alias, member: griffe.Object | griffe.Alias
) -> bool:
    return member.is_attribute and any(
        str(base).rpartition(".")[2] == "Enum" for base in getattr(holder, "bases", ())
    )


def main() -> int:
    package = griffe.load("wsis_model", search_paths=[ROOT / "src"], resolve_aliases=True)
    pages = inventory(ROOT / "site" / "objects.inv")
    absent = [
        f"{module}.{name}"
        for module in PUBLIC
        for name in _module(package, module).exports or ()
        if f"{module}.{name}" not in pages and not _module(package, module)[str(name)].is_attribute
    ]
    bare = undocumented(package)
    for name in bare:
        print(f"no docstring: {name}", file=sys.stderr)
    for name in absent:
        print(f"on no page: {name}", file=sys.stderr)
    return 1 if bare or absent else 0


if __name__ == "__main__":
    raise SystemExit(main())
