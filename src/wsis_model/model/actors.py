"""Who acts: stakeholder groups as the outcome names them, entities, and the roles that entities
hold.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from .identifiers import AnyId, Identifier, ProvisionId
from .record import Iri, PartialDate, Record, Refers, Text
from .text import Label, Source

__all__ = ["Entity", "Role", "RoleKind", "StakeholderGroup"]

GroupId = Annotated[Identifier, Refers(("group",))]
EntityId = Annotated[Identifier, Refers(("entity",))]


class RoleKind(str, Enum):
    """What an entity is to an Action Line, a mechanism or a body."""

    FACILITATOR = "facilitator"
    """Leads the facilitation of an Action Line."""
    CO_FACILITATOR = "co-facilitator"
    PARTNER = "partner"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    ADVISER = "adviser"


class Role(Record):
    """A role that an entity holds, from when to when. Facilitators are not a fixed list: each claim
    has its source.
    """

    role: RoleKind
    """Which role, e.g. `"facilitator"`."""
    of: AnyId
    """In what, e.g. `"action-lines/c2"`, `"ungis"`."""
    since: PartialDate | None = None
    """From when, e.g. `"2008-05"`."""
    until: PartialDate | None = None
    """Until when; absent while it lasts."""
    source: Source | None = None
    """Who says so, and how well it is known."""


class StakeholderGroup(Record):
    """A group of stakeholders as a document names it.

    Three readings exist: five groups (80/173, paras. 3 and 91), six (105), and youth added (3,
    119). All are allowed.
    """

    id: Identifier
    """Its name here, e.g. `"groups/technical-community"`."""
    label: Label
    """What it is called, e.g. `{"en": "Technical community"}`."""
    parent: GroupId | None = None
    """The wider group, e.g. `"groups/technical-and-academic-communities"`."""
    definition: Text | None = None
    """Who belongs to it, in our own words."""
    roles: tuple[RoleKind, ...] = ()
    """The roles that make up the group, e.g. `["facilitator", "co-facilitator"]`, if any do."""
    rest_of: GroupId | None = None
    """Where a group is whoever of a wider group is not named beside it, that group, e.g.
    `"groups/all-stakeholders"`.
    """
    aliases: tuple[Text, ...] = ()
    """Other ways in which it is named, e.g. `["Member States"]`."""
    named_in: tuple[ProvisionId, ...] = ()
    """Where the outcome and the Compact name it, e.g. `["80-173/3"]`."""
    source: Source | None = None
    """Which document names it."""


class Entity(Record):
    """An organisation, body, mechanism or forum that can be asked to do something."""

    id: Identifier
    """Its name here, e.g. `"itu"`, `"ripe-ncc"`."""
    name: Label
    """Its full name, e.g. `{"en": "International Telecommunication Union"}`."""
    acronym: Text | None = None
    """The acronym as it writes it, e.g. `"ITU"`."""
    kind: Text | None = None
    """What sort of entity, e.g. `"specialized-agency"`."""
    groups: tuple[GroupId, ...] = ()
    """The stakeholder groups it belongs to, e.g. `["groups/technical-community"]`."""
    parent: EntityId | None = None
    """What it is part of or reports to, e.g. `"un-secretariat"`: a line that carries no duty."""
    until: PartialDate | None = None
    """When it ended, e.g. `"2024-12"`; absent while it lasts. Then only its name reaches it."""
    succeeded_by: EntityId | None = None
    """What took over from it, e.g. `"odet"`."""
    url: Iri | None = None
    """Its site, e.g. `"https://www.itu.int"`."""
    aliases: tuple[Text, ...] = ()
    """Other names, e.g. `["RIPE Network Coordination Centre"]`."""
    roles: tuple[Role, ...] = ()
    """What it does for Action Lines, mechanisms and bodies."""
    source: Source | None = None
    """Where the record comes from."""
