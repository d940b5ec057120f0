"""Records as tables."""

from __future__ import annotations

from ._flatten import tables
from ._schemas import FORMAT, schemas

__all__ = ["FORMAT", "schemas", "tables"]
