"""Other people's formats, each with a docstring of what it keeps and loses: Akoma Ntoso, PDF, Word, SKOS. To come; see the changelog."""

from __future__ import annotations

__all__: list[str] = []
