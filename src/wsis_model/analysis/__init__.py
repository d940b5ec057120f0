"""Questions with tables for answers: coverage, calendar, workload, progress, difference. To come; see the changelog."""

from __future__ import annotations

__all__: list[str] = []
