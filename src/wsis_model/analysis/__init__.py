"""Questions about road maps, answered with tables.

| question | function |
|---|---|
| Which mandates, lines and targets are answered? | [`coverage`][wsis_model.analysis.coverage] |
| What is due when, and who answers for it? | [`calendar`][wsis_model.analysis.calendar] |
| What opens, falls due and closes between two days? | [`watch`][wsis_model.analysis.watch] |
| What does each entity lead, join, have to report? | [`workload`][wsis_model.analysis.workload] |
| Are indicators and milestones on course? | [`progress`][wsis_model.analysis.progress] |
| What does a road map still lack before it can be published? | [`gaps`][wsis_model.analysis.gaps] |
| What do road maps do twice, and where do they clash? | [`joint`][wsis_model.analysis.joint] |
| What slipped between editions, and who said so? | [`history`][wsis_model.analysis.history] |

For changes between two versions, see [`wsis_model.diff`][wsis_model.diff].

Each takes a [`Corpus`][wsis_model.Corpus] that holds the road maps *and* what they refer to:
`coverage(catalogue() | load("mine"))`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._answers import Answer, CoverageRow
    from ._calendar import HORIZON, Entry, calendar, events, to_ical
    from ._coverage import Count, Coverage, coverage
    from ._gaps import Gap, checklist, gaps
    from ._history import Dated, Editions, History, Slip, SlipKind, editions, history
    from ._indicators import Course, Measured
    from ._joint import Conflict, ConflictKind, Dependency, Joint, Overlap, Unmeasured, joint
    from ._milestones import Reached, Standing
    from ._progress import ObjectiveProgress, Progress, progress
    from ._watch import Turn, TurnKind, watch
    from ._workload import Load, Reporting, workload

#: The public names by module. They are imported when they are first used.
_WHERE = {
    "_answers": ("Answer", "CoverageRow"),
    "_calendar": ("HORIZON", "Entry", "calendar", "events", "to_ical"),
    "_coverage": ("Count", "Coverage", "coverage"),
    "_gaps": ("Gap", "checklist", "gaps"),
    "_history": ("Dated", "Editions", "History", "Slip", "SlipKind", "editions", "history"),
    "_indicators": ("Course", "Measured"),
    "_joint": (
        "Conflict",
        "ConflictKind",
        "Dated",
        "Dependency",
        "Editions",
        "Joint",
        "Overlap",
        "Unmeasured",
        "joint",
    ),
    "_milestones": ("Reached", "Standing"),
    "_progress": ("ObjectiveProgress", "Progress", "progress"),
    "_watch": ("Turn", "TurnKind", "watch"),
    "_workload": ("Load", "Reporting", "workload"),
}
_HOME = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "HORIZON",
    "Answer",
    "Conflict",
    "ConflictKind",
    "Count",
    "Course",
    "Coverage",
    "CoverageRow",
    "Dated",
    "Dependency",
    "Editions",
    "Entry",
    "Gap",
    "History",
    "Joint",
    "Load",
    "Measured",
    "ObjectiveProgress",
    "Overlap",
    "Progress",
    "Reached",
    "Reporting",
    "Slip",
    "SlipKind",
    "Standing",
    "Turn",
    "TurnKind",
    "Unmeasured",
    "calendar",
    "checklist",
    "coverage",
    "editions",
    "events",
    "gaps",
    "history",
    "joint",
    "progress",
    "to_ical",
    "watch",
    "workload",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return list(__all__)
