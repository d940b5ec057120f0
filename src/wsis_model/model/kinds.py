"""The kinds of record that have identifiers, or may have one: what each is called, and which field
holds such records.
"""

from __future__ import annotations

import attrs

from .actors import Entity, StakeholderGroup
from .concepts import Concept, Vocabulary
from .documents import Document, Mandate, Provision, Section
from .record import Record
from .roadmaps import Activity, Indicator, Milestone, Objective, Roadmap, Update
from .when import Session

__all__ = ["BY_LIST", "KINDS", "LISTS", "KIND_OF", "TOP_KINDS", "Kind"]


@attrs.frozen
class Kind:
    """A kind of record that has identifiers, or may have one, as an update."""

    name: str
    """Its name in messages and on reference fields, e.g. `"provision"`."""
    record: type[Record]
    """Its class."""
    field: str
    """The field that holds such records, e.g. `"provisions"`."""
    inside: type[Record] | None = None
    """The class that has this field; None for a top kind, whose records are nested in no other."""


#: The table of kinds. A new nested kind is a line here, the field of the class that holds it, a
#: line in `Corpus._index`, and its noun in `corpus._plural` if the plural is irregular. A new top
#: kind needs a line here, a field of `File`, `Queries` and `Corpus`, and its place in
#: `corpus.TopRecord` and `Corpus._records_by_kind`. Formats, schemas, references and findings
#: follow by themselves.
KINDS: tuple[Kind, ...] = (
    Kind("document", Document, "documents"),
    Kind("section", Section, "sections", Document),
    Kind("provision", Provision, "provisions", Document),
    Kind("mandate", Mandate, "mandates", Provision),
    Kind("vocabulary", Vocabulary, "vocabularies"),
    Kind("concept", Concept, "concepts", Vocabulary),
    Kind("group", StakeholderGroup, "groups"),
    Kind("entity", Entity, "entities"),
    Kind("session", Session, "sessions"),
    Kind("roadmap", Roadmap, "roadmaps"),
    Kind("objective", Objective, "objectives", Roadmap),
    Kind("activity", Activity, "activities", Roadmap),
    Kind("milestone", Milestone, "milestones", Activity),
    Kind("indicator", Indicator, "indicators", Roadmap),
    Kind("update", Update, "updates", Roadmap),
)

KIND_OF: dict[type[Record], str] = {kind.record: kind.name for kind in KINDS}
"""The name of each kind, by class."""

BY_LIST: dict[str, str] = {kind.field: kind.name for kind in KINDS}
"""The name of each kind, by the field that holds such records."""

TOP_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.inside is None)
"""The kinds whose records are nested in no other, in the order in which files are written."""

LISTS: dict[type[Record], tuple[str, ...]] = {
    holder: tuple(kind.field for kind in KINDS if kind.inside is holder)
    for holder in dict.fromkeys(kind.inside for kind in KINDS if kind.inside is not None)
}
"""The fields of a class that hold records with identifiers."""
