"""The records: what files say, as frozen, validated types. They know nothing of files, corpora or
each other's lookup.
"""

from __future__ import annotations

from ._notebook import html_of
from .actors import Entity, Role, RoleKind, StakeholderGroup
from .concepts import Alignment, Concept, ConceptStatus, Vocabulary
from .documents import (
    Citation,
    Document,
    Mandate,
    MandateKind,
    Note,
    Part,
    Provision,
    Section,
    Subject,
    TextRow,
    TextTable,
)
from .file import File
from .identifiers import (
    Identifier,
    cite,
    is_identifier,
    number_to_segment,
    owner_of,
    parse_reference,
)
from .record import Date, Extensions, FrozenMap, Iri, PartialDate, Record, Refers, Text, Year
from .roadmaps import (
    Activity,
    ActivityStatus,
    Direction,
    Evidence,
    Indicator,
    Milestone,
    MilestoneStatus,
    Objective,
    Observation,
    Resource,
    Roadmap,
    RoadmapKind,
    RoadmapStatus,
    Target,
    Update,
)
from .text import Basis, Certainty, Source, Translations
from .when import Due, Period, Recurrence, Session, Window

__all__ = [
    "RECORDS",
    "Activity",
    "ActivityStatus",
    "Alignment",
    "Basis",
    "Certainty",
    "Citation",
    "Concept",
    "ConceptStatus",
    "Date",
    "Direction",
    "Document",
    "Due",
    "Entity",
    "Evidence",
    "Extensions",
    "File",
    "FrozenMap",
    "Identifier",
    "Indicator",
    "Iri",
    "Mandate",
    "MandateKind",
    "Milestone",
    "MilestoneStatus",
    "Note",
    "Objective",
    "Observation",
    "Part",
    "PartialDate",
    "Period",
    "Provision",
    "Record",
    "Recurrence",
    "Refers",
    "Resource",
    "Roadmap",
    "RoadmapKind",
    "RoadmapStatus",
    "Role",
    "RoleKind",
    "Section",
    "Session",
    "Source",
    "StakeholderGroup",
    "Subject",
    "Target",
    "Text",
    "TextRow",
    "TextTable",
    "Translations",
    "Update",
    "Vocabulary",
    "Window",
    "Year",
    "cite",
    "is_identifier",
    "number_to_segment",
    "owner_of",
    "parse_reference",
]

#: Every kind of record, the containers before what they contain.
RECORDS: tuple[type[Record], ...] = (
    File,
    Document,
    Section,
    Provision,
    Mandate,
    Citation,
    Note,
    Subject,
    TextTable,
    TextRow,
    Vocabulary,
    Concept,
    Alignment,
    StakeholderGroup,
    Entity,
    Role,
    Session,
    Due,
    Period,
    Source,
    Roadmap,
    Objective,
    Activity,
    Milestone,
    Indicator,
    Target,
    Observation,
    Resource,
    Update,
    Evidence,
)

# What a notebook shows of a record is worked out from its fields, and stands above the record
# itself.
setattr(Record, "_repr_html_", html_of)  # noqa: B010 - a method that no checker needs to know
