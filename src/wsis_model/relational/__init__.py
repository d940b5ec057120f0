"""Records as tables."""

from __future__ import annotations

from ._build import from_tables
from ._flatten import tables
from ._schemas import FORMAT, schemas

__all__ = ["FORMAT", "from_tables", "schemas", "tables"]
