"""Actors: Action Lines have facilitators, entities have groups, roles and sessions have possible
dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..errors import excerpt
from ..model import (
    Activity,
    ActivityStatus,
    ConceptStatus,
    Roadmap,
    RoadmapStatus,
    Role,
    RoleKind,
    Session,
)
from ..model.record import first_day, last_day
from ._rule import CheckContext, Found, Severity, found, rule

ACTION_LINES = "action-lines"


def _lasts(role: Role, as_of: dt.date | None) -> bool:
    """Whether a role is held on a day; without one, whether it has no end."""
    if as_of is None:
        return role.until is None
    begun = role.since is None or first_day(role.since) <= as_of
    return begun and (role.until is None or as_of <= last_day(role.until))


@rule("A501", Severity.WARNING, reads=("status",))
def action_lines_have_facilitators(context: CheckContext) -> Iterator[Found]:
    """Every Action Line without sub-lines has a facilitator now.

    Paragraph 113 of A/RES/80/173 asks the facilitators for road maps: a line without a facilitator
    has nobody to write one. The rule applies if the corpus holds the Action Lines and at least one
    facilitator. If a role names a line that does not exist, R201 reports that, and this rule
    reports nothing, since any line may be meant.

    Mend: give an entity the role, with its source; or waive the rule with the reason that the place
    is open.
    """
    roles = [
        role
        for entity in context.corpus.all_entities
        for role in entity.roles
        if role.role is RoleKind.FACILITATOR
    ]
    if not roles or not all(context.get(each.of) for each in roles):
        return
    led = {role.of for role in roles if _lasts(role, context.as_of)}
    lines = context.concepts(ACTION_LINES).values()
    wider = {line.parent for line in lines}
    for line in lines:
        if line.status is ConceptStatus.CURRENT and line.id not in wider | led:
            yield found(line, "has no facilitator now")


@rule("A502")
def roles_end_after_they_begin(context: CheckContext) -> Iterator[Found]:
    """A role does not end before it begins.

    The dates tell who held a role when.

    Mend: correct one of the dates.
    """
    for entity in context.corpus.all_entities:
        for number, role in enumerate(entity.roles):
            if role.since and role.until and last_day(role.until) < first_day(role.since):
                yield found(
                    entity,
                    f"ends in {role.until}, before it begins in {role.since}",
                    ("roles", number, "until"),
                )


@rule("A503", Severity.WARNING)
def entities_belong_to_groups(context: CheckContext) -> Iterator[Found]:
    """Every entity belongs to a stakeholder group.

    A request to the technical community reaches an organisation only if the organisation is known
    to belong to it. Being part of an entity that belongs to it is not enough: what is asked of an
    organisation is not asked of its departments.

    Mend: name its groups.
    """
    for entity in context.corpus.all_entities:
        if not entity.groups:
            yield found(entity, "belongs to no group", "groups")


@rule("A504", reads=("source",))
def groups_are_named_somewhere(context: CheckContext) -> Iterator[Found]:
    """Every group says which paragraphs name it, or gives a source of its own.

    Our groups are those of the outcome; a group of your own is welcome with a source.

    Mend: list the paragraphs in `named_in`, or add a source.
    """
    for group in context.corpus.groups:
        if not group.named_in and group.source is None:
            yield found(group, "does not say where it is named", "named_in")


def _wrong_dates(session: Session) -> tuple[str, str] | None:
    """The field of a session that cannot be so, and why."""
    if session.opens and session.closes and last_day(session.closes) < first_day(session.opens):
        return "closes", f"closes in {session.closes}, before it opens in {session.opens}"
    if session.year and session.opens and first_day(session.opens).year != session.year:
        return "year", f"opens in {session.opens}, not in {session.year}"
    if session.year and session.closes and last_day(session.closes).year < session.year:
        return "year", f"closes in {session.closes}, before {session.year}"
    return None


@rule("A505")
def sessions_close_after_they_open(context: CheckContext) -> Iterator[Found]:
    """A session does not close before it opens, and its year is the one in which it opens.

    Deadlines are computed from the dates of sessions.

    Mend: correct the dates or the year.
    """
    for session in context.corpus.sessions:
        wrong = _wrong_dates(session)
        if wrong is not None:
            yield found(session, wrong[1], wrong[0])


@rule("A506", Severity.WARNING)
def acronyms_are_not_shared(context: CheckContext) -> Iterator[Found]:
    """No two entities have the same acronym.

    People look up entities by acronym, and would find neither.

    Mend: make the acronyms different (`UN-SPBF`), or give it to neither and add it to the aliases
    of both (ICC): then a look-up by it names both.
    """
    first: dict[str, str] = {}
    for entity in context.corpus.all_entities:
        acronym = entity.acronym or ""
        other = first.setdefault(acronym.casefold(), entity.id) if acronym else entity.id
        if other != entity.id:
            message = f"{other} has the acronym {excerpt(acronym)} too"
            yield found(entity, message, "acronym", names=(other,))


_OVER = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


@rule("A507", Severity.WARNING, reads=("status",))
def ended_entities_have_no_open_work(context: CheckContext) -> Iterator[Found]:
    """No entity that has ended owns a road map, or leads or joins work that is still open.

    Nobody is left to do the work. Finished work may still name it.

    Mend: name its successor.
    """
    ended = {each.id: each for each in context.corpus.all_entities if each.until}
    for roadmap in context.corpus.roadmaps if ended else ():
        if roadmap.status is RoadmapStatus.SUPERSEDED:
            continue
        fields: list[tuple[Roadmap | Activity, str, tuple[str, ...]]]
        fields = [(roadmap, "owners", roadmap.owners)]
        for activity in roadmap.activities:
            if activity.status not in _OVER:
                lead = (activity.lead,) if activity.lead else ()
                fields += [
                    (activity, "lead", lead),
                    (activity, "co_leads", activity.co_leads),
                    (activity, "partners", activity.partners),
                ]
        for record, field, names in fields:
            for number, name in enumerate(names):
                if name in ended:
                    after = ended[name].succeeded_by
                    yield found(
                        record,
                        f"{name!r} ended in {ended[name].until}",
                        (field,) if field == "lead" else (field, number),
                        hint=f"{after!r} took over from it" if after else "",
                        names=(name,),
                        meant=(after,) if after else (),
                    )
