"""Full-text search over a corpus with SQLite, which comes with Python."""

from __future__ import annotations

from ._full_text import Hit, NoFullText, index, search

__all__ = ["Hit", "NoFullText", "index", "search"]
