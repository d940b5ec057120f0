"""Queries on a corpus: mandates and activities of an actor, the routes by which it is addressed,
and what is under a concept. What finds a record by identifier or name is in `corpus`.
"""

from __future__ import annotations

import abc
import datetime
import difflib
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from .errors import UnknownIdentifier
from .model import (
    Activity,
    ActivityStatus,
    Basis,
    Concept,
    Document,
    Entity,
    FrozenMap,
    Mandate,
    MandateKind,
    Provision,
    Record,
    Roadmap,
    RoleKind,
    Session,
    StakeholderGroup,
    Vocabulary,
)
from .model.record import last_day
from .names.index import Context, Index
from .tables import Table

__all__ = ["ACTORS", "ActivityMatch", "MandateMatch", "Queries", "RouteStep"]

ACTORS = ("group", "entity")
"""The kinds of record that act, and can be asked to."""


@attrs.frozen
class RouteStep:
    """One step of the route by which something reaches an actor."""

    how: str
    """The relation, e.g. `"belongs to"`."""
    to: str
    """The group or entity reached, e.g. `"groups/technical-community"`."""

    def __str__(self) -> str:
        return f"{self.how} {self.to}"


@attrs.frozen
class MandateMatch:
    """A mandate that answers a question, with where it stands and by which route it reached the
    actor asked about.
    """

    mandate: Mandate
    """The mandate."""
    provision: Provision
    """The provision that holds it."""
    document: Document
    """The document that holds the provision."""
    route: tuple[RouteStep, ...] = ()
    """How the actor asked about is addressed; empty when it is named itself, or when no actor was
    asked about.
    """

    @property
    def by_route(self) -> str:
        """The route in words, e.g.
        `"belongs to groups/technical-community, is part of groups/all-stakeholders"`.
        """
        return ", ".join(map(str, self.route)) or "named"


@attrs.frozen
class ActivityMatch:
    """An activity that answers a question, with its road map."""

    activity: Activity
    """The activity."""
    roadmap: Roadmap
    """The road map that holds it."""


class Queries(Mapping[str, Record], abc.ABC):
    """The questions that a [`Corpus`][wsis_model.Corpus], the only subclass, answers: it holds the
    records and finds them.
    """

    documents: tuple[Document, ...]
    vocabularies: tuple[Vocabulary, ...]
    groups: tuple[StakeholderGroup, ...]
    all_entities: tuple[Entity, ...]
    sessions: tuple[Session, ...]
    roadmaps: tuple[Roadmap, ...]

    @abc.abstractmethod
    def find(self, reference: str, kinds: tuple[str, ...] = ()) -> Any:
        """The record of an identifier or reference."""

    @functools.cached_property
    def names(self) -> Index:
        """The index of the names of the records."""
        return Index(self)

    @functools.cached_property
    def provisions(self) -> tuple[Provision, ...]:
        """All provisions, document by document, in their order."""
        return tuple(provision for document in self.documents for provision in document.provisions)

    @functools.cached_property
    def calendar(self) -> Mapping[str, Session]:
        """The sessions by identifier, as [`Due.window`][wsis_model.Due.window] takes them."""
        return FrozenMap({session.id: session for session in self.sessions})

    # --- questions --------------------------------------------------------------------------------

    def routes(
        self, actor: str, *, reporting_lines: bool = False
    ) -> dict[str, tuple[RouteStep, ...]]:
        """The groups and entities by whose names *actor* is addressed, each with the shortest
        route; the actor itself has an empty one.

        A group is addressed with every wider group, and with the rest of one ("other
        stakeholders"). An entity is addressed with its groups, with each mechanism or body in which
        it holds a role (not with the groups of that body), with the groups made of those who hold
        its roles, and with what it succeeded. A narrower group is not its wider one: what is asked
        of the technical community is not asked of all stakeholders.

        Roles that have ended do not count, and an entity that has ended is addressed by its own
        name alone.

        Args:
            actor: A group or entity.
            reporting_lines: Also by the name of what it is part of or reports to (`parent`). A
                reporting line carries no duty: UNICEF reports to the General Assembly, and need not
                hold the meetings asked of it.

        Raises:
            UnknownIdentifier: There is no such group or entity.
            AmbiguousName: Several are called so.

        Examples:
            >>> from wsis_model import catalogue
            >>> corpus = catalogue()
            >>> route = corpus.routes("ripe-ncc")["groups/all-stakeholders"]
            >>> [step.to.removeprefix("groups/") for step in route]
            ['technical-community', 'technical-and-academic-communities', 'all-stakeholders']
            >>> "general-assembly" in corpus.routes("unicef")
            False
            >>> corpus.routes("unicef", reporting_lines=True)["general-assembly"]
            (RouteStep(how='reports to', to='general-assembly'),)
        """
        record = self.find(actor, ACTORS)
        found: dict[str, tuple[RouteStep, ...]] = {record.id: ()}
        queue: list[str] = [record.id]
        for here in queue:
            for step in self._steps(here, reporting_lines, own=here == record.id):
                if step.to not in found:
                    found[step.to] = (*found[here], step)
                    queue.append(step.to)
        return found

    def _steps(self, here: str, reporting_lines: bool, *, own: bool) -> Iterator[RouteStep]:
        """The routes one step on from a name; *own* says that it is the actor's own."""
        record = self.get(here)
        if isinstance(record, StakeholderGroup):
            if record.parent:
                yield RouteStep("is part of", record.parent)
            # A group that a sentence names is reached by its name, which is shorter; the others are
            # the rest.
            for rest in self._remainder_groups.get(here, ()):
                yield RouteStep("counts among", rest)
        elif isinstance(record, Entity) and not (own and record.until):
            # An actor answers for a body in which it holds a role, not for the groups of that body.
            yield from self._memberships(record) if own else ()
            for former in self._succeeded.get(here, ()):
                yield RouteStep("succeeded", former)
            if reporting_lines and record.parent:
                yield RouteStep("reports to", record.parent)

    def _memberships(self, entity: Entity) -> Iterator[RouteStep]:
        for group in entity.groups:
            yield RouteStep("belongs to", group)
        for role in entity.roles:
            if role.until is not None:
                continue
            if isinstance(self.get(role.of), Entity):
                yield RouteStep(f"is {role.role.value} of", role.of)
            for group in self._groups_by_role.get(role.role, ()):
                yield RouteStep(f"as {role.role.value} of {role.of} belongs to", group)

    @functools.cached_property
    def _succeeded(self) -> dict[str, list[str]]:
        """What an entity took over from."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.all_entities:
            if entity.succeeded_by is not None:
                found[entity.succeeded_by].append(entity.id)
        return dict(found)

    @functools.cached_property
    def _remainder_groups(self) -> dict[str, list[str]]:
        """The groups that are the rest of a group."""
        found: dict[str, list[str]] = defaultdict(list)
        for group in self.groups:
            if group.rest_of is not None:
                found[group.rest_of].append(group.id)
        return dict(found)

    @functools.cached_property
    def _groups_by_role(self) -> dict[RoleKind, list[str]]:
        found: dict[RoleKind, list[str]] = defaultdict(list)
        for group in self.groups:
            for role in group.roles:
                found[role].append(group.id)
        return dict(found)

    def _narrower(self, concept: str, head: str = "") -> set[str]:
        """A concept and all under it; for a paragraph, itself and its items."""
        kinds = ("concept", "provision")
        found = {self.names.find(concept, Context(kinds=kinds, head=head))}
        children: dict[str, list[str]] = defaultdict(list)
        for vocabulary in self.vocabularies:
            for each in vocabulary.concepts:
                if each.parent:
                    children[each.parent].append(each.id)
        for provision in self.provisions:
            if provision.parent:
                children[provision.parent].append(provision.id)
        queue = list(found)
        for here in queue:
            new = [each for each in children[here] if each not in found]
            found.update(new)
            queue += new
        return found

    def about(
        self, concept: str, *, document: str | None = None, basis: Basis | None = None
    ) -> tuple[Provision, ...]:
        """The provisions aligned with a concept (a theme, an Action Line, an SDG target, a Compact
        commitment) or one under it.

        Args:
            concept: An identifier or reference, e.g. `"themes/fragmentation"`, `"SDG 9"`.
            document: Only provisions of this document.
            basis: Only alignments on this ground, e.g. `Basis.STATED`.

        Raises:
            UnknownIdentifier: There is no such concept or document.

        Examples:
            >>> from wsis_model import catalogue
            >>> [
            ...     provision.id
            ...     for provision in catalogue().about("themes/fragmentation", document="80-173")
            ... ]
            ['80-173/90']
        """
        wanted = self._narrower(concept)
        documents = self.documents if document is None else (self.find(document, ("document",)),)
        return tuple(
            provision
            for each in documents
            for provision in each.provisions
            if any(
                a.concept in wanted and (basis is None or a.basis is basis)
                for a in provision.alignments
            )
        )

    def _latest(self, limit: datetime.date | int | str) -> datetime.date:
        if isinstance(limit, datetime.datetime):
            return limit.date()
        if isinstance(limit, datetime.date):
            return limit
        text = str(limit)
        if text[:4].isdigit() and "/" not in text:
            try:
                return last_day(text)
            except ValueError:
                raise UnknownIdentifier(text) from None
        session: Session = self.find(text, ("session",))
        latest = session.window().latest
        if latest is None:
            raise UnknownIdentifier(text, tuple(self.calendar))
        return latest

    def mandates(
        self,
        *,
        addressee: str | None = None,
        reporting_lines: bool = False,
        verb: str | None = None,
        kind: str | None = None,
        due_before: datetime.date | int | str | None = None,
        action_line: str | None = None,
        about: str | None = None,
        document: str | None = None,
    ) -> Table[MandateMatch]:
        """The mandates that fit every condition given, in the order of their documents. Where the
        corpus holds the official text of the provisions, the table has it beside our words.

        Args:
            addressee: A group or entity. Mandates that reach it by another name than its own (a
                group it belongs to, a body in which it holds a role) are found too, and say by
                which route: see [`routes`][wsis_model.Corpus.routes]. An entity that has ended
                draws only what names it; ask for the one in its `succeeded_by`.
            reporting_lines: Also what is asked of those that it is part of or reports to.
            verb: An operative verb, e.g. `"request"` or `"verbs/request"`; a class of verbs stands
                for all verbs in it.
            kind: `"decision"`, `"request"`, `"call"` or `"commitment"`.
            due_before: Due on or before this day, the last day of this year, month or session. What
                recurs without a date is not.
            action_line: Whose provision is aligned with this Action Line (of C7: or one of its
                sub-lines).
            about: Whose provision is aligned with this concept, of any vocabulary.
            document: Of this document only.

        Raises:
            UnknownIdentifier: A condition names nothing.

        Examples:
            >>> from wsis_model import catalogue
            >>> found = catalogue().mandates(
            ...     addressee="groups/action-line-facilitators", verb="request", due_before=2027
            ... )
            >>> [match.mandate.id for match in found]
            ['80-173/113.1']
        """
        routes = (
            None if addressee is None else self.routes(addressee, reporting_lines=reporting_lines)
        )
        verbs = None if verb is None else self._narrower(verb, "verbs/")
        _check_known(kind, [each.value for each in MandateKind])
        limit = None if due_before is None else self._latest(due_before)
        conditions = ((action_line, "action-lines/"), (about, ""))
        lines = [self._narrower(text, head) for text, head in conditions if text is not None]
        documents = self.documents if document is None else (self.find(document, ("document",)),)
        found: list[MandateMatch] = []
        for each in documents:
            for provision in each.provisions:
                if not provision.mandates or not all(
                    any(a.concept in line for a in provision.alignments) for line in lines
                ):
                    continue
                for mandate in provision.mandates:
                    if verbs is not None and mandate.verb not in verbs:
                        continue
                    if kind is not None and mandate.kind.value != kind:
                        continue
                    if limit is not None:
                        latest = mandate.due.window(self.calendar).latest if mandate.due else None
                        if latest is None or latest > limit:
                            continue
                    route: tuple[RouteStep, ...] = ()
                    if routes is not None:
                        reached = [routes[named] for named in mandate.addressees if named in routes]
                        if not reached:
                            continue
                        route = min(reached, key=len)
                    found.append(MandateMatch(mandate, provision, each, route))
        with_text = any(match.provision.text for match in found)
        return Table(tuple(found), {**_MANDATES, **_OFFICIAL_TEXT} if with_text else _MANDATES)

    def activities(
        self,
        *,
        lead: str | None = None,
        partner: str | None = None,
        answers: str | None = None,
        action_line: str | None = None,
        due_before: datetime.date | int | str | None = None,
        status: str | None = None,
    ) -> Table[ActivityMatch]:
        """The activities of road maps that fit every condition given.

        Args:
            lead: Led by this entity or group, alone or with others.
            partner: With this partner.
            answers: That answer this provision (or any of its mandates) or mandate.
            action_line: Aligned with this Action Line (of C7: or one of its sub-lines).
            due_before: Whose period ends on or before this day, or the last day of this year, month
                or session.
            status: E.g. `"under-way"`.

        Raises:
            UnknownIdentifier: A condition names nothing.
        """
        _check_known(status, [each.value for each in ActivityStatus])
        leads = None if lead is None else self.find(lead, ACTORS).id
        partners = None if partner is None else self.find(partner, ACTORS).id
        limit = None if due_before is None else self._latest(due_before)
        line = None if action_line is None else self._narrower(action_line, "action-lines/")
        answered: set[str] | None = None
        if answers is not None:
            record = self.find(answers, ("provision", "mandate"))
            answered = {record.id, *(each.id for each in getattr(record, "mandates", ()))}

        def ends_in_time(activity: Activity) -> bool:
            ends = activity.period.window().latest if activity.period else None
            return limit is None or (ends is not None and ends <= limit)

        found = tuple(
            ActivityMatch(activity, roadmap)
            for roadmap in self.roadmaps
            for activity in roadmap.activities
            if (leads is None or leads in activity.leads)
            and (partners is None or partners in activity.partners)
            and (answered is None or not answered.isdisjoint(activity.answers))
            and (line is None or any(each.concept in line for each in activity.alignments))
            and ends_in_time(activity)
            and (status is None or activity.status.value == status)
        )
        return Table(found, _ACTIVITIES)

    def entities(
        self,
        *,
        group: str | None = None,
        role: str | None = None,
        of: str | None = None,
        kind: str | None = None,
        current: bool = True,
    ) -> Table[Entity]:
        """The entities that fit every condition given.

        Args:
            group: That belong to this group, directly or through a narrower one.
            role: That hold a role, e.g. `"facilitator"`.
            of: That hold a role in this Action Line, mechanism or body.
            kind: E.g. `"specialized-agency"`.
            current: Leave out roles that have ended.

        Raises:
            UnknownIdentifier: A condition names nothing.

        Examples:
            >>> from wsis_model import catalogue
            >>> [
            ...     entity.id
            ...     for entity in catalogue().entities(role="facilitator", of="action-lines/c2")
            ... ]
            ['itu']
        """
        _check_known(role, [each.value for each in RoleKind])
        _check_known(kind, [each.kind for each in self.all_entities if each.kind])
        wanted = None if group is None else self.find(group, ("group",)).id
        target = None if of is None else self.find(of, ("entity", "concept")).id

        def has_role(entity: Entity) -> bool:
            return any(
                (role is None or each.role.value == role)
                and (target is None or each.of == target)
                and not (current and each.until)
                for each in entity.roles
            )

        found = tuple(
            entity
            for entity in self.all_entities
            if (kind is None or entity.kind == kind)
            and ((role is None and target is None) or has_role(entity))
            and (wanted is None or wanted in self.routes(entity.id))
        )
        return Table(found, _ENTITIES)

    def concepts(
        self, vocabulary: str | None = None, *, under: str | None = None
    ) -> Table[Concept]:
        """The concepts of a vocabulary, or those under a concept, or all.

        Args:
            vocabulary: Identifier of the vocabulary, e.g. `"themes"`.
            under: Only concepts under this one, at any depth, e.g. `"SDG 9"`.

        Raises:
            UnknownIdentifier: There is no such vocabulary or concept.
        """
        vocabularies = (
            self.vocabularies if vocabulary is None else (self.find(vocabulary, ("vocabulary",)),)
        )
        wanted = (
            None
            if under is None
            else self._narrower(under) - {self.find(under, ("concept", "provision")).id}
        )
        found = tuple(
            concept
            for holder in vocabularies
            for concept in holder.concepts
            if wanted is None or concept.id in wanted
        )
        return Table(found, _CONCEPTS)


def _check_known(value: str | None, known: Iterable[str]) -> None:
    """Refuse a condition that no record can meet, with the near misses."""
    values = set(known)
    if value is not None and value not in values:
        raise UnknownIdentifier(value, tuple(difflib.get_close_matches(value[:100], values)))


_MANDATES: dict[str, Callable[[MandateMatch], Any]] = {
    "mandate": lambda match: match.mandate.id,
    "kind": lambda match: match.mandate.kind.value,
    "verb": lambda match: match.mandate.verb.removeprefix("verbs/"),
    "addressees": lambda match: match.mandate.addressees,
    "action": lambda match: match.mandate.action,
    "due": lambda match: match.mandate.due,
    "reports to": lambda match: match.mandate.reports_to,
    "route": lambda match: match.by_route if match.route else "",
}
_OFFICIAL_TEXT: dict[str, Callable[[MandateMatch], Any]] = {
    "official text": lambda match: match.provision.text.pick() if match.provision.text else "",
}
_ACTIVITIES: dict[str, Callable[[ActivityMatch], Any]] = {
    "activity": lambda match: match.activity.id,
    "title": lambda match: match.activity.title,
    "lead": lambda match: match.activity.lead,
    "answers": lambda match: match.activity.answers,
    "status": lambda match: match.activity.status.value,
    "road map": lambda match: match.roadmap.id,
}
_ENTITIES: dict[str, Callable[[Entity], Any]] = {
    "entity": lambda entity: entity.id,
    "name": lambda entity: entity.name,
    "kind": lambda entity: entity.kind,
    "groups": lambda entity: entity.groups,
    "roles": lambda entity: tuple(f"{role.role.value} of {role.of}" for role in entity.roles),
}
_CONCEPTS: dict[str, Callable[[Concept], Any]] = {
    "concept": lambda concept: concept.id,
    "code": lambda concept: concept.code,
    "label": lambda concept: concept.label,
    "parent": lambda concept: concept.parent,
}
