"""The kinds of record that have identifiers, or may have one: what each is called, and where such
records are listed.
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
    """The field that lists such records, e.g. `"provisions"`."""
    inside: type[Record] | None = None
    """The class of the records that list it; None for a kind at the top of a file."""


#: The table of kinds. A new one is a line here; all else is worked out from it.
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
"""The name of each kind, by the field that lists such records."""

TOP_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.inside is None)
"""The kinds that stand at the top of a file, in the order in which files are written."""

LISTS: dict[type[Record], tuple[str, ...]] = {
    holder: tuple(kind.field for kind in KINDS if kind.inside is holder)
    for holder in dict.fromkeys(kind.inside for kind in KINDS if kind.inside is not None)
}
"""The fields of a class that list records with identifiers."""
