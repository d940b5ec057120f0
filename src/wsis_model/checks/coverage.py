"""Coverage: mandates are answered, objectives worked on and measured, lines have road maps."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Set

import attrs

from .._messages import sentence
from ..model import (
    Activity,
    Entity,
    Mandate,
    Objective,
    Provision,
    Record,
    Roadmap,
    RoadmapKind,
    StakeholderGroup,
    Window,
    cite,
)
from ._rule import PUBLISH, CheckContext, Found, Severity, found, rule
from .roadmaps.common import (
    ALWAYS,
    action_lines,
    alignments_of,
    in_force,
    is_of_a_line,
    not_cancelled,
    of_action_lines,
    records_with_alignments,
    with_ancestors,
)

#: A message names this many Action Lines.
SHOWN = 6
#: And this many characters of what a mandate asks.
WORDS = 100


def _answered(roadmaps: Iterable[Roadmap]) -> set[str]:
    """The provisions and mandates that activities answer, and those that road maps as a whole
    answer.
    """
    answered: set[str] = set()
    for roadmap in roadmaps:
        answered.update(roadmap.mandated_by)
        answered.update(name for activity in not_cancelled(roadmap) for name in activity.answers)
    return answered


@attrs.frozen
class _OpenMandate:
    """A dated mandate that no activity answers."""

    mandate: Mandate
    window: Window
    lines: frozenset[str]
    """The Action Lines that its paragraph is about, and those above them."""


def _open_mandates(context: CheckContext, answered: Set[str]) -> Iterator[_OpenMandate]:
    lines = action_lines(context)
    for document in context.corpus.documents:
        parents = {each.id: each.parent for each in document.provisions}
        for provision in document.provisions:
            for mandate in provision.mandates:
                window = ALWAYS
                if mandate.due is not None:
                    window = mandate.due.window(context.corpus.calendar)
                identifiers = (mandate.id, *with_ancestors(parents, provision.id))
                if window.latest is not None and answered.isdisjoint(identifiers):
                    yield _OpenMandate(mandate, window, _lines_of(provision, lines))


def _lines_of(provision: Provision, lines: Mapping[str, str | None]) -> frozenset[str]:
    concepts = (each.concept for each in provision.alignments if each.concept in lines)
    return frozenset(wider for each in concepts for wider in with_ancestors(lines, each))


def _reached_as(context: CheckContext, owner: str, kind: RoadmapKind | None) -> set[str]:
    """An owner, and the groups to which it belongs by a role it holds, as a facilitator does; other
    groups are everybody's.

    What is asked of a role is answered in the road map of an Action Line: by others it is named
    itself.
    """
    if context.get(owner, Entity) is None:
        group = context.get(owner, StakeholderGroup)
        return {owner} if group is not None and group.roles else set()
    if not is_of_a_line(kind):
        return {owner}
    routes = context.corpus.routes(owner)
    near = (name for name, route in routes.items() if len(route) == 1)
    return {
        owner,
        *(name for name in near if getattr(context.corpus.get(name), "roles", ())),
    }


def _expected(mandate: _OpenMandate, roadmap: Roadmap, lines: Mapping[str, str | None]) -> bool:
    """Whether a mandate falls into the time and the lines of a road map."""
    period = ALWAYS if roadmap.period is None else roadmap.period.window()
    if period.earliest and mandate.window.latest and mandate.window.latest < period.earliest:
        return False
    if period.latest and mandate.window.earliest and mandate.window.earliest > period.latest:
        return False
    scope = {
        wider for each in roadmap.scope if each in lines for wider in with_ancestors(lines, each)
    }
    return not scope or not mandate.lines or not scope.isdisjoint(mandate.lines)


@rule(
    "C801",
    Severity.WARNING,
    PUBLISH,
    reads=("kind", "mandated_by", "period", "scope", "status"),
    whole="mandates are in documents, and any road map may answer them",
)
def mandates_of_owners_are_answered(context: CheckContext) -> Iterator[Found]:
    """A dated mandate that names an owner of a road map is answered by an activity, or by the road
    map itself.

    Readers check first whether a road map does what its owner was asked to do by a date. The rule
    expects an answer to mandates that name the owner, are due within the period of the road map,
    and are about a line in its scope or about no line; for the road map of an Action Line also to
    those that name a role of the owner (Action Line facilitators). Mandates addressed to everybody,
    or to all Governments, are not expected; see `coverage` for these. An activity of any road map
    counts, and so does one that answers the whole paragraph; an alignment alone does not. Each
    mandate is reported once.

    Mend: let an activity answer it; or waive the rule and say where it is answered.
    """
    roadmaps = in_force(context.corpus)
    lines = action_lines(context)
    owned: dict[str, list[Roadmap]] = {}
    for roadmap in roadmaps:
        answers = (name for activity in roadmap.activities for name in activity.answers)
        if _any_missing(context, (*roadmap.mandated_by, *roadmap.scope, *answers)):
            continue
        for name in sorted(
            {name for owner in roadmap.owners for name in _reached_as(context, owner, roadmap.kind)}
        ):
            owned.setdefault(name, []).append(roadmap)
    for each in _open_mandates(context, _answered(roadmaps)) if owned else ():
        candidates = (
            roadmap for name in each.mandate.addressees for roadmap in owned.get(name, ())
        )
        first = next((roadmap for roadmap in candidates if _expected(each, roadmap, lines)), None)
        if first is not None:
            message = f"no activity answers {each.mandate.id}, due {each.mandate.due}"
            addressees = ", ".join(each.mandate.addressees[:3])
            hint = f"asked of {addressees}: {_short(each.mandate.action)}"
            yield found(first, message, "activities", hint=hint, names=(each.mandate.id,))


def _short(text: str) -> str:
    return textwrap.shorten(text, WORDS, placeholder=" ...")


def _leaves(lines: Mapping[str, str | None]) -> dict[str, set[str]]:
    """The lowest lines under each Action Line: itself, if nothing is under it."""
    wider = set(lines.values())
    leaves: dict[str, set[str]] = {name: set() for name in lines}
    for line in lines:
        if line not in wider:
            for name in with_ancestors(lines, line):
                leaves.setdefault(name, set()).add(line)
    return leaves


@rule(
    "C802",
    Severity.WARNING,
    PUBLISH,
    reads=("status",),
    whole="the road map of a line is another than the joint one",
)
def lines_of_joint_road_maps_have_road_maps(context: CheckContext) -> Iterator[Found]:
    """Every Action Line in the scope of a joint road map has a road map; all of them, if it names
    none.

    A joint road map joins those of the lines. A road map for C7 as a whole counts for each of its
    eight parts; that of an organisation or a country with the line in its scope does not count.
    Check the joint road map together with the others: only loaded road maps count.

    Mend: load the road maps of the lines too; narrow the `scope`; or waive the rule until they are
    written.
    """
    for roadmap, missing in _without_their_own(context):
        rest = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        shown = ", ".join(cite(line).removeprefix("Action Line ") for line in missing[:SHOWN])
        yield found(
            roadmap, f"no road map here is for {shown}{rest}", "scope", names=missing[:SHOWN]
        )


def _without_their_own(context: CheckContext) -> Iterator[tuple[Roadmap, list[str]]]:
    """The joint road maps, each with the lines in its scope that have no road map, if any."""
    lines = action_lines(context)
    leaves = _leaves(lines)
    own = (each for each in in_force(context.corpus) if is_of_a_line(each.kind))
    covered = {leaf for each in own for line in each.scope for leaf in leaves.get(line, ())}
    for roadmap in in_force(context.corpus) if lines else ():
        if roadmap.kind is RoadmapKind.JOINT:
            scope = [line for line in roadmap.scope if line in lines]
            wanted = {leaf for line in scope or lines for leaf in leaves[line]}
            missing = [line for line in lines if line in wanted and line not in covered]
            if missing:
                yield roadmap, missing


def _any_missing(context: CheckContext, names: Iterable[str | None], *kinds: type[Record]) -> bool:
    """Whether any of some names leads nowhere, which R201 or R202 reports."""
    return any(name is not None and context.get(name, *kinds) is None for name in names)


def has_no_indicator(roadmap: str) -> Found:
    """What C803 says of a road map without objectives."""
    return found(roadmap, sentence("has no objective, and no indicator"), "indicators")


def is_not_measured(objective: str) -> Found:
    """What C803 says of an objective."""
    return found(objective, sentence("no indicator measures it"))


@rule(
    "C803",
    profiles=PUBLISH,
    reads=("activities", "indicators", "kind", "objectives"),
    whole="an objective or activity that is named may be in another road map",
)
def objectives_are_measured(context: CheckContext) -> Iterator[Found]:
    """Every objective has an indicator, its own or that of one of its activities; a road map
    without objectives has an indicator.

    Paragraph 113 asks for result-oriented road maps with indicators and metrics: a result that is
    not measured cannot be shown. The rule does not apply to joint, national and organisational road
    maps.

    Mend: add an indicator, or name the objective in `measures` of one.
    """
    for roadmap in of_action_lines(context):
        if not roadmap.objectives and not roadmap.indicators:
            yield has_no_indicator(roadmap.id)
        measured = {name for indicator in roadmap.indicators for name in indicator.measures}
        if not _any_missing(context, measured, Objective, Activity):
            measured.update(
                each.objective
                for each in not_cancelled(roadmap)
                if each.id in measured and each.objective is not None
            )
            for objective in roadmap.objectives:
                if objective.id not in measured:
                    yield is_not_measured(objective.id)


def has_no_activity(roadmap: str) -> Found:
    """What C804 says of a road map without objectives."""
    return found(roadmap, sentence("has no activity"), "activities")


def is_not_worked_on(objective: str) -> Found:
    """What C804 says of an objective."""
    return found(objective, sentence("no activity serves it"))


@rule(
    "C804",
    profiles=PUBLISH,
    reads=("activities", "objectives"),
    whole="an objective that is named may be in another road map",
)
def objectives_are_worked_on(context: CheckContext) -> Iterator[Found]:
    """Every objective has an activity that was not cancelled; a road map without objectives has an
    activity.

    An objective without an activity is only a wish.

    Mend: name the objective in `objective` of an activity; or remove it.
    """
    for roadmap in context.corpus.roadmaps:
        if not roadmap.objectives and next(not_cancelled(roadmap), None) is None:
            yield has_no_activity(roadmap.id)
        objectives = {each.objective for each in not_cancelled(roadmap)}
        if not _any_missing(context, (each.objective for each in roadmap.activities), Objective):
            for objective in roadmap.objectives:
                if objective.id not in objectives:
                    yield is_not_worked_on(objective.id)


def measures_nothing(indicator: str) -> Found:
    """What C805 says of an indicator."""
    return found(indicator, sentence("measures nothing of the road map"), "measures")


@rule("C805", Severity.WARNING, PUBLISH)
def indicators_measure_something(context: CheckContext) -> Iterator[Found]:
    """Every indicator says which objective or activity it measures.

    Otherwise the indicator shows no progress of the road map.

    Mend: name the objective or activity in `measures`.
    """
    for roadmap in context.corpus.roadmaps:
        for indicator in roadmap.indicators:
            if not indicator.measures:
                yield measures_nothing(indicator.id)


@rule(
    "C806",
    Severity.WARNING,
    PUBLISH,
    reads=("activities", "kind", "objectives"),
    whole="whether a line has a road map of its own depends on the others",
)
def lines_in_scope_are_worked_on(context: CheckContext) -> Iterator[Found]:
    """If a road map has several Action Lines in its scope, an activity or objective names each of
    them.

    A line that is only in the scope is promised, but nobody works on it. With one line in scope,
    all activities are about it. A part of C7 counts for C7 too. If a line of a joint road map has
    no road map of its own, only C802 reports it.

    Mend: add the line to the `alignments` of an activity or objective; or remove it from the scope.
    """
    lines = action_lines(context)
    reported = {
        roadmap.id: {wider for line in missing for wider in with_ancestors(lines, line)}
        for roadmap, missing in _without_their_own(context)
    }
    for roadmap in context.corpus.roadmaps if lines else ():
        scope = [(number, each) for number, each in enumerate(roadmap.scope) if each in lines]
        concepts = {
            wider
            for each in records_with_alignments(roadmap)
            for link in alignments_of(each)
            if link in lines
            for wider in with_ancestors(lines, link)
        }
        for number, line in scope if len(scope) > 1 else ():
            if line not in concepts and line not in reported.get(roadmap.id, ()):
                yield found(
                    roadmap,
                    f"no activity or objective is about {line!r}",
                    ("scope", number),
                    names=(line,),
                )
