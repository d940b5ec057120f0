"""Links to SDG targets, commitments of the Compact, and Action Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..._messages import sentence
from ...errors import Fix
from ...model import (
    Activity,
    Concept,
    Document,
    Mandate,
    Objective,
    Provision,
    Roadmap,
    RoadmapKind,
)
from .._rule import PUBLISH, CheckContext, Found, Severity, found, rule
from .common import (
    ACTION_LINES,
    action_lines,
    alignments_of,
    all_indicators,
    not_cancelled,
    of_action_lines,
    records_with_alignments,
)

SDG = "sdg"
COMPACT = "gdc"


def _levels(context: CheckContext) -> dict[str, int]:
    """The concepts of the vocabulary `sdg`: 0 for goals, 1 for targets, 2 for indicators; none
    where the corpus does not hold it.
    """
    parents = {name: each.parent for name, each in context.concepts(SDG).items()}
    return {
        name: 0 if parent is None else 1 if parents.get(parent) is None else 2
        for name, parent in parents.items()
    }


def _missing(context: CheckContext, links: Iterable[str], holder: str) -> bool:
    """Whether any of some links into a vocabulary or document leads nowhere: R201 says so, and what
    was meant is not known.
    """
    return any(each.startswith(f"{holder}/") and each not in context.corpus for each in links)


def _identifiers_asking_for(context: CheckContext, roadmap: Roadmap) -> set[str]:
    """What asks for a road map: mandates, the paragraphs that hold them, and of a paragraph its
    mandates.
    """
    asking = set(roadmap.mandated_by)
    for name in roadmap.mandated_by:
        record = context.get(name, Mandate, Provision)
        if isinstance(record, Mandate):
            asking.add(name.rpartition(".")[0])
        elif record is not None:
            asking.update(each.id for each in record.mandates)
    return asking


def _linked(context: CheckContext, roadmap: Roadmap) -> Iterator[tuple[Activity, set[str]]]:
    """The activities that should link to something, with all that they and their objectives are
    aligned with and answer.

    One that answers only what asks for the road map draws it up or reports on it, and serves no
    target of its own.
    """
    asking = _identifiers_asking_for(context, roadmap)
    for activity in not_cancelled(roadmap):
        if activity.answers and asking.issuperset(activity.answers):
            continue
        links = {*alignments_of(activity), *activity.answers}
        if activity.objective is not None:
            objective = context.get(activity.objective, Objective)
            if objective is None:  # R201 says so, and what it is aligned with is not known
                continue
            links.update(alignments_of(objective))
        yield activity, links


@rule(
    "M712",
    profiles=PUBLISH,
    reads=("answers", "kind", "mandated_by", "objective", "objectives", "status"),
    whole="what asks for a road map is in documents",
)
def activities_link_to_sdg_targets(context: CheckContext) -> Iterator[Found]:
    """An activity links to an SDG target, by itself or through its objective; a goal is not enough.

    Paragraph 113 asks for links to *targets*. No target is inferred from a goal; an indicator
    counts for its target. The rule does not apply to joint, national and organisational road maps,
    nor to activities that only draw up or report the road map.

    Mend: add the target to `alignments` of the activity or its objective, e.g. `sdg/9.c`.
    """
    levels = _levels(context)
    for roadmap in of_action_lines(context) if levels else ():
        for activity, links in _linked(context, roadmap):
            if _missing(context, links, SDG) or any(levels.get(each, 0) for each in links):
                continue
            goal = min((each for each in links if each in levels), default=None)
            message = (
                sentence("links to no SDG target")
                if goal is None
                else sentence("links to {goal}, a goal, and to no target of it", goal=repr(goal))
            )
            yield found(
                activity,
                message,
                "alignments",
                hint=sentence("e.g. sdg/9.c; a goal is not enough"),
                column="sdg_targets",
                names=() if goal is None else (goal,),
            )


@rule(
    "M713",
    profiles=PUBLISH,
    reads=("answers", "kind", "mandated_by", "objective", "objectives", "status"),
    whole="the Compact and what asks for a road map are in documents",
)
def activities_link_to_compact_commitments(context: CheckContext) -> Iterator[Found]:
    """An activity links to a commitment of the Global Digital Compact, by itself or through its
    objective.

    Paragraph 113 asks for these links. An answer to a paragraph of the Compact counts too, if the
    paragraph asks or pledges something. The rule does not apply to joint, national and
    organisational road maps, nor to activities that only draw up or report the road map.

    Mend: add the commitment to `alignments` of the activity or its objective, e.g. `gdc/11-a`.
    """
    document = context.get(COMPACT, Document)
    provisions = () if document is None else document.provisions
    commitments = {
        name
        for each in provisions
        if each.mandates
        for name in (each.id, *(one.id for one in each.mandates))
    }
    for roadmap in of_action_lines(context) if commitments else ():
        for activity, links in _linked(context, roadmap):
            if not _missing(context, links, COMPACT) and commitments.isdisjoint(links):
                other = min(
                    (each for each in links if each.partition("/")[0] == COMPACT), default=None
                )
                message = (
                    sentence("links to no commitment of the Compact")
                    if other is None
                    else sentence("links to {other}, which holds no commitment", other=repr(other))
                )
                yield found(
                    activity,
                    message,
                    "alignments",
                    hint=sentence("e.g. {example}", example="gdc/11-a"),
                    column="commitments",
                    names=() if other is None else (other,),
                )


@rule(
    "M714",
    profiles=PUBLISH,
    reads=("kind", "objective", "objectives", "scope", "status"),
    whole="what asks for a road map is in documents",
)
def activities_link_to_action_lines(context: CheckContext) -> Iterator[Found]:
    """An activity links to an Action Line: by itself, through its objective, or through the scope
    of the road map.

    Activities are found by their Action Line. One line in `scope` is enough for the whole road map;
    a joint road map is about all of them.

    Mend: name the line in `scope` of the road map, or in `alignments` of the activity or its
    objective.
    """
    lines = action_lines(context).keys()
    for roadmap in context.corpus.roadmaps if lines else ():
        if (
            roadmap.kind is not RoadmapKind.JOINT
            and lines.isdisjoint(roadmap.scope)
            and not _missing(context, roadmap.scope, ACTION_LINES)
        ):
            for activity, links in _linked(context, roadmap):
                if lines.isdisjoint(links) and not _missing(context, links, ACTION_LINES):
                    hint = sentence("name one here, or in the road map's scope")
                    yield found(
                        activity,
                        sentence("links to no Action Line"),
                        "alignments",
                        hint=hint,
                        column="action_lines",
                    )


@rule("M723", Severity.WARNING, PUBLISH, reads=("scope", "objectives", "activities"))
def global_indicators_belong_to_targets_that_are_named(context: CheckContext) -> Iterator[Found]:
    """A global SDG indicator belongs to an SDG target that the road map links to.

    The road map should aim at what it measures: indicator 17.8.1 belongs to target 17.8. If the
    road map links to no target at all, only M712 reports it.

    Mend: add the target to the alignments of the record that the indicator measures; or name
    another indicator.
    """
    levels = _levels(context)
    for roadmap in context.corpus.roadmaps if levels else ():
        links = {*roadmap.scope}
        links.update(
            link for each in records_with_alignments(roadmap) for link in alignments_of(each)
        )
        targets = {_target(context, each) for each in links if levels.get(each, 0)}
        if not targets or _missing(context, links, SDG):
            continue
        for indicator in roadmap.indicators:
            name = indicator.sdg_indicator
            if name is not None and levels.get(name) == 2 and _target(context, name) not in targets:
                target = _target(context, name)
                message = f"{name!r} belongs to {target!r}, which the road map does not link to"
                yield found(indicator, message, "sdg_indicator", names=(name, target))


def _target(context: CheckContext, name: str) -> str:
    """An SDG target; of an indicator, the target it belongs to."""
    concept = context.get(name, Concept)
    wider = None if concept is None else context.get(concept.parent, Concept)
    return name if wider is None or wider.parent is None else str(wider.id)


@rule("M729")
def global_indicators_are_indicators(context: CheckContext) -> Iterator[Found]:
    """`sdg_indicator` names a global SDG indicator, not a goal or a target.

    `sdg/17.8` is a target; its indicator is `sdg/17.8.1`. With the indicator the values can be
    compared with those that countries report.

    Mend: name the indicator; or remove the field if the indicator is your own.
    """
    levels = _levels(context)
    for indicator in all_indicators(context) if levels else ():
        if (
            context.get(indicator.sdg_indicator, Concept)
            and levels.get(str(indicator.sdg_indicator)) != 2
        ):
            yield found(
                indicator,
                f"{indicator.sdg_indicator!r} is no global SDG indicator",
                "sdg_indicator",
                hint="e.g. sdg/17.8.1",
                names=(str(indicator.sdg_indicator),),
            )


@rule("M730", Severity.WARNING, reads=("activities", "kind", "objective", "objectives", "status"))
def goals_have_a_target_beside_them(context: CheckContext) -> Iterator[Found]:
    """An objective or activity that links to an SDG goal also links to a target of that goal.

    Paragraph 113 asks for targets, and nobody can tell which of the goal's targets "SDG 4" means.
    If there is no target at all, M712 reports it when the road map is to be published. The rule
    does not apply to joint, national and organisational road maps.

    Mend: write the target, e.g. `sdg/4.4`; or remove the goal.
    """
    levels = _levels(context)
    for roadmap in of_action_lines(context) if levels else ():
        own = {each.id: set(alignments_of(each)) for each in roadmap.objectives}
        with_activities = {name: set(links) for name, links in own.items()}
        for activity in not_cancelled(roadmap):
            if activity.objective in with_activities:
                with_activities[activity.objective].update(alignments_of(activity))
        for holder in records_with_alignments(roadmap):
            if isinstance(holder, Objective):
                links = with_activities[holder.id]
            else:
                links = {*alignments_of(holder), *own.get(holder.objective or "", ())}
            targets = {_target(context, each) for each in links if levels.get(each, 0)}
            for number, link in enumerate(alignments_of(holder)):
                if (
                    levels.get(link) == 0
                    and (targets or not context.publishing)
                    and not any(each.startswith(f"{link}.") for each in targets)
                ):
                    message = sentence(
                        "{goal} is a goal, and no target of it stands beside it", goal=repr(link)
                    )
                    yield found(
                        holder,
                        message,
                        ("alignments", number, "concept"),
                        hint=sentence("name the target, e.g. {target}", target=f"{link}.1"),
                        names=(link,),
                    )


@rule("M731", Severity.WARNING, reads=("status",))
def indicators_do_not_stand_for_targets(context: CheckContext) -> Iterator[Found]:
    """A road map is aligned with SDG targets, not with global indicators.

    An indicator measures a target. Tables by target count it for its target, but readers who look
    for the target do not find it.

    Mend: name the target, `sdg/9.c` instead of `sdg/9.c.1`; the indicator belongs in
    `sdg_indicator`.
    """
    levels = _levels(context)
    for roadmap in context.corpus.roadmaps if levels else ():
        for holder in records_with_alignments(roadmap):
            for number, link in enumerate(alignments_of(holder)):
                if levels.get(link) == 2:
                    target = _target(context, link)
                    yield found(
                        holder,
                        sentence(
                            "{link} is an SDG indicator, and stands where a target belongs",
                            link=repr(link),
                        ),
                        ("alignments", number, "concept"),
                        hint=sentence("name the target, {target}", target=target),
                        names=(link,),
                        meant=(target,),
                        fix=Fix(("alignments", number, "concept"), link, target),
                    )
