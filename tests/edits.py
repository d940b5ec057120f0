"""YAML files that tests edit in place."""

from __future__ import annotations

from typing import Any

Call = tuple[Any, ...]
"""The name of a method, and its arguments."""


#: The top of a road map, for what stands below it.
MAP = "roadmaps:\n  - id: m\n    title: Media\n    owners: [itu]\n"
