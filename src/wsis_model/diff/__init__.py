"""What changed between two versions of a road map, or between two texts of a document."""

from __future__ import annotations

from .change import Change, ChangeKind
from .difference import Difference, difference

__all__ = ["Change", "ChangeKind", "Difference", "difference"]
