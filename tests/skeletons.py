"""Road maps to begin."""

from __future__ import annotations

from typing import Any

import pytest

from wsis_model import RoadmapKind

LINES = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C7: e-government",
    "C7: e-business",
    "C7: e-learning",
    "C7: e-health",
    "C7: e-employment",
    "C7: e-environment",
    "C7: e-agriculture",
    "C7: e-science",
    "C8",
    "C9",
    "C10",
    "C11",
]
KINDS: list[dict[str, Any]] = [
    *({"action_line": line} for line in LINES),
    {"kind": "joint"},
    {"kind": "national", "owners": ["Governments"]},
    {"kind": "organisational", "owners": ["RIPE NCC"]},
    {"kind": RoadmapKind.ORGANISATIONAL, "owners": ["APNIC", "isoc"], "action_line": "C5"},
]
EVERY = pytest.mark.parametrize(
    "given", KINDS, ids=lambda given: " ".join(map(str, given.values()))
)
