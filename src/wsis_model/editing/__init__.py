"""Values of a YAML file changed in place: all other bytes stay the same; and what is certain
mended in a copy of a file of any format.

A change replaces a part of the text, and the new contents are compared with the requested ones
before anything is written. A change that cannot be made exactly is refused, with the line to edit
by hand.
"""

from __future__ import annotations

import os

from ..corpus import Corpus
from ..formats import Unknown
from .editor import Editor
from .mend import Change, Mended, mend, replacements

__all__ = ["Change", "Editor", "Mended", "edit", "mend", "replacements"]


def edit(
    path: str | os.PathLike[str], *, unknown: Unknown = "forbid", names: Corpus | None = None
) -> Editor:
    """Change values in a YAML file and keep its comments, its order and all other bytes.

    Args:
        path: The file.
        unknown: As for [`load`][wsis_model.load].
        names: The corpus in which names are looked up; without it the shipped catalogue, which is
            read when first needed.

    Raises:
        LoadError: The file cannot be read, or is not YAML.
        EditError: It is compressed.

    Examples:
        ```python
        with edit("c2-roadmap.yaml") as file:  # written on leaving the block, if nothing failed
            file.set("c2-roadmap/a1", "status", "under-way")
            file.set("c2-roadmap/a1.m1", "due", {"session": "sessions/cstd-30", "date": "2027"})
            file.append(
                "c2-roadmap/i1", "observations", Observation(value=Decimal(76), when="2026")
            )
            file.remove("c2-roadmap/a2", "resources")
        ```
    """
    return Editor(path, unknown=unknown, names=names)
