"""The outcome of the World Summit on the Information Society, twenty years on (A/RES/80/173), as
typed, validated data.

A tour, in the order in which you will want things:

* **The outcome itself**: [`catalogue`][wsis_model.catalogue] is the shipped
  [`Corpus`][wsis_model.Corpus]. Ask it with `corpus["80-173/99"]`,
  `corpus.find("A/RES/80/173, para. 99")`, `corpus.mandates(addressee="ripe-ncc")`,
  `corpus.about("themes/fragmentation")`, `corpus.cited_by("gdc")`.
* **Your own files**: [`load`][wsis_model.load] and [`loads`][wsis_model.loads] read YAML, JSON,
  NDJSON, CSV and workbooks and report every problem with its position; [`save`][wsis_model.save]
  and [`dumps`][wsis_model.dumps] write them. `catalogue() | mine` joins.
  [`salvage`][wsis_model.salvage] gives the valid records of a file together with its problems.
  [`wsis_model.relational`][wsis_model.relational] makes tables of records, in Arrow and Parquet.
* **Road maps**: [`wsis_model.authoring`][wsis_model.authoring] starts one,
  [`wsis_model.analysis`][wsis_model.analysis] says what it answers, what is due and whether it is
  on course, [`wsis_model.pictures`][wsis_model.pictures] draws it and
  [`wsis_model.pages`][wsis_model.pages] writes it as a page.
* **Is it sound?** [`check`][wsis_model.check] gives a [`Report`][wsis_model.Report] of
  [`Finding`][wsis_model.Finding]s under [`RULES`][wsis_model.RULES].
* **Records**: [`Document`][wsis_model.Document], [`Section`][wsis_model.Section],
  [`Provision`][wsis_model.Provision], [`Mandate`][wsis_model.Mandate], [`Due`][wsis_model.Due],
  [`Vocabulary`][wsis_model.Vocabulary], [`Concept`][wsis_model.Concept],
  [`StakeholderGroup`][wsis_model.StakeholderGroup], [`Entity`][wsis_model.Entity],
  [`Roadmap`][wsis_model.Roadmap], [`Activity`][wsis_model.Activity],
  [`Milestone`][wsis_model.Milestone], [`Indicator`][wsis_model.Indicator] and their parts. All are
  frozen [`Record`][wsis_model.Record]s.
* **Names**: [`parse_reference`][wsis_model.parse_reference] reads "A/RES/80/173, para. 99",
  [`cite`][wsis_model.cite] writes it.

What is public is the `__all__` of this module and of `wsis_model.model`, `formats`, `corpus`,
`checks`, `analysis`, `diff`, `editing`, `authoring`, `pictures`, `pages`, `relational`, `schema`,
`testing`, and of the readers and writers in `wsis_model.interop`. Exceptions and codes are part of
that; the wording of messages is not. `docs/compatibility.md` says it in full.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__ as __version__

if TYPE_CHECKING:
    from ._catalogue import catalogue
    from .checks import PROFILES, RULES, Report, Rule, Waiver, check
    from .corpus import Corpus, Reference
    from .errors import (
        AmbiguousName,
        DuplicateIdentifier,
        EditError,
        FetchError,
        Finding,
        Fix,
        LoadError,
        MissingExtra,
        MissingProgram,
        NotAReference,
        Position,
        Severity,
        UnknownFormat,
        UnknownIdentifier,
        WriteError,
        WsisModelError,
    )
    from .loading import Partial, dumps, load, loads, salvage, save
    from .model import (
        Activity,
        ActivityStatus,
        Alignment,
        Basis,
        Certainty,
        Citation,
        Concept,
        ConceptStatus,
        Direction,
        Document,
        Due,
        Entity,
        Evidence,
        Indicator,
        Mandate,
        MandateKind,
        Milestone,
        MilestoneStatus,
        Note,
        Objective,
        Observation,
        Part,
        Period,
        Provision,
        Record,
        Recurrence,
        Resource,
        Roadmap,
        RoadmapKind,
        RoadmapStatus,
        Role,
        RoleKind,
        Section,
        Session,
        Source,
        StakeholderGroup,
        Subject,
        Target,
        TextRow,
        TextTable,
        Translations,
        Update,
        Vocabulary,
        Window,
        cite,
        parse_reference,
    )
    from .queries import ActivityMatch, MandateMatch, RouteStep
    from .sources import OfficialFile, fetch, sources_of
    from .streams import Stream, Streamed, stream
    from .tables import Table

#: Module to the names that it exports here. A module is imported when one of its names is first
#: used, so that `import wsis_model` costs next to nothing. Each name stands also above, for type
#: checkers, and in `__all__`; a test compares the three.
_EXPORTS = {
    "_catalogue": ("catalogue",),
    "checks": ("PROFILES", "RULES", "Report", "Rule", "Waiver", "check"),
    "corpus": ("Corpus", "Reference"),
    "queries": ("ActivityMatch", "MandateMatch", "RouteStep"),
    "errors": (
        "AmbiguousName", "DuplicateIdentifier", "EditError", "FetchError", "Finding", "Fix",
        "LoadError", "MissingExtra", "MissingProgram", "NotAReference", "Position", "Severity",
        "UnknownFormat", "UnknownIdentifier", "WriteError", "WsisModelError",
    ),
    "sources": ("OfficialFile", "fetch", "sources_of"),
    "loading": ("Partial", "dumps", "load", "loads", "salvage", "save"),
    "streams": ("Stream", "Streamed", "stream"),
    "tables": ("Table",),
    "model": (
        "Activity", "ActivityStatus", "Alignment", "Basis", "Certainty", "Citation", "Concept",
        "ConceptStatus", "Direction", "Document", "Due", "Entity", "Evidence", "Indicator",
        "Mandate", "MandateKind", "Milestone", "MilestoneStatus", "Note", "Objective",
        "Observation", "Part", "Period", "Provision", "Record", "Recurrence", "Resource", "Roadmap",
        "RoadmapKind", "RoadmapStatus", "Role", "RoleKind", "Section", "Session", "Source",
        "StakeholderGroup", "Subject", "Target", "TextRow", "TextTable", "Translations", "Update",
        "Vocabulary", "Window", "cite", "parse_reference",
    ),
}  # fmt: skip
_SUBMODULES = frozenset(
    [
        "analysis",
        "authoring",
        "checks",
        "corpus",
        "diff",
        "editing",
        "errors",
        "formats",
        "interop",
        "loading",
        "model",
        "pages",
        "pictures",
        "queries",
        "relational",
        "schema",
        "sources",
        "testing",
        "texts",
    ]
)
_MODULE_OF = {name: module for module, names in _EXPORTS.items() for name in names}

__all__ = [
    "PROFILES",
    "RULES",
    "Activity",
    "ActivityMatch",
    "ActivityStatus",
    "Alignment",
    "AmbiguousName",
    "Basis",
    "Certainty",
    "Citation",
    "Concept",
    "ConceptStatus",
    "Corpus",
    "Direction",
    "Document",
    "Due",
    "DuplicateIdentifier",
    "EditError",
    "Entity",
    "Evidence",
    "FetchError",
    "Finding",
    "Fix",
    "Indicator",
    "LoadError",
    "Mandate",
    "MandateKind",
    "MandateMatch",
    "Milestone",
    "MilestoneStatus",
    "MissingExtra",
    "MissingProgram",
    "NotAReference",
    "Note",
    "Objective",
    "Observation",
    "OfficialFile",
    "Part",
    "Partial",
    "Period",
    "Position",
    "Provision",
    "Record",
    "Recurrence",
    "Reference",
    "Report",
    "Resource",
    "Roadmap",
    "RoadmapKind",
    "RoadmapStatus",
    "Role",
    "RoleKind",
    "RouteStep",
    "Rule",
    "Section",
    "Session",
    "Severity",
    "Source",
    "StakeholderGroup",
    "Stream",
    "Streamed",
    "Subject",
    "Table",
    "Target",
    "TextRow",
    "TextTable",
    "Translations",
    "UnknownFormat",
    "UnknownIdentifier",
    "Update",
    "Vocabulary",
    "Waiver",
    "Window",
    "WriteError",
    "WsisModelError",
    "catalogue",
    "check",
    "cite",
    "dumps",
    "fetch",
    "load",
    "loads",
    "parse_reference",
    "salvage",
    "save",
    "sources_of",
    "stream",
]


def __getattr__(name: str) -> Any:
    if name in _MODULE_OF:
        value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        globals()[name] = value
        return value
    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
