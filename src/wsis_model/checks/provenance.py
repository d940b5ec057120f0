"""Family provenance."""

from __future__ import annotations

from ._rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
