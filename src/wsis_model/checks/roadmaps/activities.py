"""Activities: who leads, who takes part, what they answer, by when."""

from __future__ import annotations

from collections.abc import Iterator

from ..._messages import sentence
from ...model import Due, Entity, MilestoneStatus, Period, StakeholderGroup
from .._rule import PUBLISH, CheckContext, Found, Severity, found, rule
from .common import not_cancelled, with_ancestors


@rule("M702", profiles=PUBLISH, reads=("status",))
def activities_have_a_lead(context: CheckContext) -> Iterator[Found]:
    """Every activity has a lead.

    Without a lead nobody is responsible.

    Mend: name an entity or a group in `lead`; or cancel the activity.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            if activity.lead is None:
                yield found(activity, sentence("has no lead"), "lead")


@rule("M703", profiles=PUBLISH, reads=("status",))
def activities_answer_something(context: CheckContext) -> Iterator[Found]:
    """Every activity answers a provision or a mandate.

    An activity that answers nothing is in no list of results of the outcome. The activity of
    drawing up and reporting the road map answers the mandate that asks for it.

    Mend: name it in `answers`, e.g. `80-173/37.1`, or a whole paragraph, `80-173/26`.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            if not activity.answers:
                yield found(
                    activity,
                    sentence("answers nothing"),
                    "answers",
                    hint=sentence("name a paragraph or a mandate of it"),
                )


@rule(
    "M720",
    Severity.WARNING,
    PUBLISH,
    reads=("answers", "co_leads", "lead_reason", "status"),
    whole="addressees are in documents",
)
def leads_are_addressed_or_say_why(context: CheckContext) -> Iterator[Found]:
    """One who leads an activity is an addressee of what the activity answers, or the activity says
    why they lead.

    Others may carry out what Governments pledged, but readers will ask why. An addressee through a
    group counts, as a member or as a part of one: a department may lead what its organisation is
    asked to do. One answer that addresses the lead or a co-lead is enough, and a mandate without
    addressees is open to all.

    Mend: give the reason in `lead_reason`, or name another lead.
    """
    addressees = _addressees(context)
    routes: dict[str, set[str]] = {}
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            if (
                activity.lead_reason is not None
                or not activity.answers
                or not activity.lead
                or not all(context.get(each, Entity, StakeholderGroup) for each in activity.leads)
            ):
                continue
            for lead in activity.leads:
                if lead not in routes:
                    routes[lead] = set(context.corpus.routes(lead, reporting_lines=True))
            if not any(
                name not in addressees or not routes[lead].isdisjoint(addressees[name])
                for name in activity.answers
                for lead in activity.leads
            ):
                lead = activity.lead
                message = sentence(
                    "{lead} leads, whom {mandate} does not address",
                    lead=repr(lead),
                    mandate=activity.answers[0],
                )
                yield found(
                    activity,
                    message,
                    "lead",
                    hint="say why in {}",
                    hint_fields=("lead_reason",),
                    names=(lead, activity.answers[0]),
                )


def _addressees(context: CheckContext) -> dict[str, set[str]]:
    """The addressees of each mandate, and of each provision by its mandates and those of its items.

    Left out is what any lead may answer: a mandate without addressees or with one that the corpus
    does not hold, and the provisions around it.
    """
    by_record: dict[str, set[str]] = {}
    open_to_all: set[str] = set()
    for document in context.corpus.documents:
        parents = {each.id: each.parent for each in document.provisions}
        for provision in document.provisions:
            for mandate in provision.mandates:
                for name in (mandate.id, *with_ancestors(parents, provision.id)):
                    by_record.setdefault(name, set()).update(mandate.addressees)
                    if not mandate.addressees or not all(map(context.get, mandate.addressees)):
                        open_to_all.add(name)
    return {name: actors for name, actors in by_record.items() if name not in open_to_all}


@rule("M724", Severity.WARNING)
def participants_are_named_once(context: CheckContext) -> Iterator[Found]:
    """Nobody is named twice among the lead, the co-leads and the partners of an activity.

    Who leads takes part anyway. An entity that is counted twice seems to do more than it does.

    Mend: remove the second mention.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in roadmap.activities:
            seen = {activity.lead}
            for field, names in (
                ("co_leads", activity.co_leads),
                ("partners", activity.partners),
            ):
                for number, name in enumerate(names):
                    if name in seen:
                        leads = name == activity.lead or (
                            field == "partners" and name in activity.leads
                        )
                        yield found(
                            activity,
                            sentence("{name} leads", name=repr(name))
                            if leads
                            else sentence("{name} is named twice", name=repr(name)),
                            (field, number),
                            names=(name,),
                        )
                    seen.add(name)


@rule("M733", profiles=PUBLISH, reads=("milestones", "status"))
def activities_have_dates(context: CheckContext) -> Iterator[Found]:
    """Every activity has a period, or a milestone with a due date.

    Readers ask who and by when. The period of the road map does not say when its activities end.

    Mend: add `period` to the activity, or `due` to one of its milestones; or cancel the activity.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            period = activity.period or Period()
            milestones = (
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            )
            if not (period.start or period.end) and all(
                (each.due or Due()) == Due() for each in milestones
            ):
                yield found(
                    activity,
                    sentence("does not say by when"),
                    ("period", "end"),
                    hint=sentence("add a period, or say when a milestone is due"),
                )
