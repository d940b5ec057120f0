"""Which modules are public. `docs/compatibility.md` lists them for people; a test compares."""

from __future__ import annotations

from pathlib import Path

__all__ = ["PUBLIC", "SOURCE"]

SOURCE = Path(__file__).resolve().parents[2] / "src"
_INTEROP = SOURCE / "wsis_model" / "interop"
#: Readers and writers of foreign formats are public, but for what tells files apart.
_FOREIGN = sorted(
    {path.stem for path in _INTEROP.glob("*.py")}
    | {path.parent.name for path in _INTEROP.glob("*/__init__.py")}
)
PUBLIC: tuple[str, ...] = (
    "wsis_model",
    "wsis_model.analysis",
    "wsis_model.authoring",
    "wsis_model.checks",
    "wsis_model.corpus",
    "wsis_model.diff",
    "wsis_model.editing",
    "wsis_model.formats",
    "wsis_model.interop",
    *(f"wsis_model.interop.{name}" for name in _FOREIGN if name[0] != "_" and name != "detect"),
    "wsis_model.model",
    "wsis_model.pages",
    "wsis_model.pictures",
    "wsis_model.relational",
    "wsis_model.scale",
    "wsis_model.schema",
    "wsis_model.testing",
)
"""The public modules; what is public of each is its `__all__`."""
