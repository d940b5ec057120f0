"""All road maps of the Action Lines beside each other, as for the joint road map that A/RES/80/173,
para. 122 asks UNGIS for: where they overlap, contradict each other, wait for each other, and leave
gaps.
"""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from ..checks._circles import circles
from ..checks.roadmaps.common import (
    alignments_of,
    in_force,
    is_of_a_line,
    not_cancelled,
    plain,
    records_with_alignments,
)
from ..checks.roadmaps.dates import done_by, status_of
from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Entity,
    Indicator,
    Mandate,
    Milestone,
    MilestoneStatus,
    Provision,
    Roadmap,
    RoadmapKind,
    Window,
)
from ..tables import Table
from ._answers import Answer, CoverageRow
from ._coverage import coverage, sdg_targets
from ._workload import Load, workload

__all__ = [
    "Conflict",
    "ConflictKind",
    "Dependency",
    "Joint",
    "Overlap",
    "Unmeasured",
    "joint",
]


class ConflictKind(str, Enum):
    """In what road maps contradict each other."""

    LEADS = "two leads"
    """What only one can lead is led by others in another road map."""
    DATES = "dates"
    """Something is to be done before what it depends on can be there."""
    CIRCLE = "circle"
    """Things wait for each other."""
    BASELINES = "two baselines"
    """One indicator starts from different values, or at different times."""
    TARGETS = "two targets"
    """One indicator is to reach different values by one date."""
    VALUES = "two values"
    """One indicator was measured at one time with different results."""
    DIRECTIONS = "two directions"
    """One indicator is to go up and down."""
    UNITS = "two units"
    """One indicator is measured in different units, so that its values are not compared."""


@attrs.frozen
class Overlap:
    """Activities of several road maps that do the same thing: they have a lead and those for whom
    it is done in common, and answer the same, or are called the same.
    """

    activities: tuple[str, ...]
    """The activities, in the order of their road maps."""
    roadmaps: tuple[str, ...]
    """Their road maps."""
    answers: tuple[str, ...]
    """The mandates and provisions that all of them answer; none if they are called the same."""
    leads: tuple[str, ...]
    """Who leads all of them."""
    beneficiaries: tuple[str, ...]
    """For whom all of them are done; empty if none of them says."""


@attrs.frozen
class Conflict:
    """Parts of several road maps that cannot all hold."""

    kind: ConflictKind
    """In what they differ."""
    about: str
    """What it is about: a mandate, a global SDG indicator, or the name or title that they share; of
    dates and circles, the part that waits."""
    records: tuple[str, ...]
    """The activities, milestones or indicators, in the order of their road maps; of dates and
    circles, each waits for the next."""
    roadmaps: tuple[str, ...]
    """Their road maps."""
    values: tuple[str, ...]
    """What each says, e.g. `("61 (2024)", "63 (2025)")`; none of circles."""


@attrs.frozen
class Dependency:
    """Something in one road map that waits for something in another."""

    record: str
    """The activity or milestone that waits."""
    needs: str
    """The activity or milestone that it waits for."""
    roadmap: str
    """The road map of the one that waits."""
    on: str
    """The road map of the other."""
    by: Window
    """When the one that waits is to be done."""
    ready: Window
    """When what it waits for is to be done."""
    done: bool
    """Whether that is done already."""


@attrs.frozen
class Unmeasured:
    """An SDG target that road maps say they serve, and that none of their indicators measures."""

    target: str
    """The target, e.g. `"sdg/9.c"`."""
    label: str
    """Its label."""
    roadmaps: tuple[str, ...]
    """The road maps that say they serve it."""
    by: tuple[str, ...]
    """Their objectives and activities that say so."""


@attrs.frozen(repr=False)
class Joint:
    """What road maps have in common, and what they leave open: see
    [`joint`][wsis_model.analysis.joint].
    """

    roadmaps: tuple[str, ...]
    """The road maps that were compared."""
    overlaps: Table[Overlap]
    """What is done twice."""
    conflicts: Table[Conflict]
    """What cannot hold together."""
    dependencies: Table[Dependency]
    """What waits for something in another road map."""
    unanswered: Table[CoverageRow]
    """The mandates that the road maps are expected to answer, and do not."""
    unmeasured: Table[Unmeasured]
    """The SDG targets that they serve, and do not measure."""
    workload: Table[Load]
    """Who leads or takes part, the greatest burden first."""

    @property
    def tables(self) -> dict[str, Table[Any]]:
        """The tables by their headings."""
        return {
            "Done twice": self.overlaps,
            "Cannot hold together": self.conflicts,
            "Wait for another road map": self.dependencies,
            "Expected and not answered": self.unanswered,
            "Served and not measured": self.unmeasured,
            "Who carries most": self.workload,
        }

    @property
    def title(self) -> str:
        """The question, e.g. `"11 road maps beside each other"`."""
        count = len(self.roadmaps)
        return f"{count} road map{'' if count == 1 else 's'} beside each other"

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        fields = [each.name for each in attrs.fields(type(self)) if each.name != "roadmaps"]
        tables = {name: getattr(self, name).to_dicts(plain=True) for name in fields}
        return {"roadmaps": list(self.roadmaps), **tables}

    def to_text(self, width: int | None = None) -> str:
        """The tables as lines of text, no wider than *width*; what is empty is said in a line."""
        lines = [self.title]
        for heading, table in self.tables.items():
            lines += ["", f"{heading}: {len(table) or 'nothing'}"]
            lines += [table.to_text(width)] if len(table) else []
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        counts = (f"{heading.lower()} {len(table)}" for heading, table in self.tables.items())
        return f"<{self.title}: {', '.join(counts)}>"


def joint(
    corpus: Corpus,
    roadmaps: Iterable[str] | None = None,
    *,
    document: str | None = "80-173",
    as_of: datetime.date | None = None,
) -> Joint:
    """What several road maps do twice, what they contradict each other in, what waits for another,
    and what all of them leave open.

    - *Overlaps*: activities of different road maps with a lead and a beneficiary in common that
      answer the same mandate, or have the same title. Where neither says for whom it is done, lead
      and answer are enough; where only one does, they are not the same. The only mandate of a
      provision is the same as the provision.
    - *Conflicts* of leads: activities of different road maps have nobody who leads both, and the
      same title, or answer the same mandate, which asks exactly one entity. A `lead_reason` settles
      it. Of dates: an activity or milestone is to be done, for certain, before what it depends on
      in another road map can be. Of indicators: those with the same `sdg_indicator`, or else the
      same name, are one; units, directions, baselines, targets by one date and observations of one
      time are compared, values only in one unit.
    - *Gaps*: mandates of *document* that are expected of these road maps, as
      [`coverage`][wsis_model.analysis.coverage] says it, and SDG targets that an objective or
      activity is aligned with while no indicator in any of them is of that target, or measures
      that objective or activity.

    Cancelled activities and milestones are left out. It takes time in proportion to the number of
    activities.

    Args:
        corpus: The road maps, together with the documents, vocabularies and actors that they refer
            to: `joint(catalogue() | mine)`.
        roadmaps: The road maps to compare, by identifier; without it all that are not superseded
            and are of an Action Line, or joint. Indicators of national road maps differ because
            countries do.
        document: The document whose mandates are to be answered; None for all.
        as_of: The day of the question, for what is overdue.

    Raises:
        UnknownIdentifier: There is no such road map or document.

    Examples:
        >>> from wsis_model import catalogue, loads
        >>> mine = loads(
        ...     '''
        ... roadmaps:
        ... - {id: c2, title: C2, owners: [itu], activities: [
        ...     {id: c2/a1, title: Map schools, lead: itu, answers: [80-173/37]}]}
        ... - {id: c4, title: C4, owners: [itu], activities: [
        ...     {id: c4/a1, title: Map all schools, lead: itu, answers: [80-173/37]}]}
        ... ''',
        ...     "yaml",
        ... )
        >>> [overlap.activities for overlap in joint(catalogue() | mine).overlaps]
        [('c2/a1', 'c4/a1')]
    """
    if roadmaps is None:
        chosen = tuple(
            each
            for each in in_force(corpus)
            if is_of_a_line(each.kind) or each.kind is RoadmapKind.JOINT
        )
    else:
        chosen = tuple(corpus.roadmap(each) for each in dict.fromkeys(roadmaps))
    only_these = attrs.evolve(corpus, roadmaps=chosen)
    parts = _Parts.of(chosen)
    answered = coverage(only_these, document=document).mandates
    return Joint(
        roadmaps=tuple(each.id for each in chosen),
        overlaps=Table(tuple(_overlaps(only_these, parts)), _OVERLAPS),
        conflicts=Table(
            tuple(
                itertools.chain(
                    _two_leads(only_these, parts),
                    _dates(only_these, parts),
                    _circles(parts),
                    _indicators(chosen),
                )
            ),
            _CONFLICTS,
        ),
        dependencies=Table(tuple(_dependencies(only_these, parts)), _DEPENDENCIES),
        unanswered=Table(
            tuple(row for row in answered if row.expected and row.answer is Answer.NOT),
            _UNANSWERED,
        ),
        unmeasured=Table(tuple(_unmeasured(only_these)), _UNMEASURED),
        workload=Table(
            tuple(row for row in workload(only_these, as_of=as_of) if row.leads or row.joins),
            _WORKLOAD,
        ),
    )


@attrs.frozen
class _Parts:
    """The activities and milestones of road maps that are not cancelled."""

    activities: tuple[Activity, ...]
    roadmap: Mapping[str, str]
    """Activity or milestone to the road map that it is part of."""
    waiting: tuple[tuple[Activity | Milestone, str], ...]
    """What waits for something: itself, and the identifier of the other, in another road map."""
    all: Mapping[str, Activity | Milestone]

    @classmethod
    def of(cls, roadmaps: Iterable[Roadmap]) -> _Parts:
        roadmap: dict[str, str] = {}
        activities: list[Activity] = []
        everything: dict[str, Activity | Milestone] = {}
        for each in roadmaps:
            for activity in not_cancelled(each):
                activities.append(activity)
                milestones = (
                    milestone
                    for milestone in activity.milestones
                    if milestone.status is not MilestoneStatus.CANCELLED
                )
                own: tuple[Activity | Milestone, ...] = (activity, *milestones)
                for part in own:
                    roadmap[part.id] = each.id
                    everything[part.id] = part
        waiting = tuple(
            (part, name)
            for part in everything.values()
            for name in dict.fromkeys(part.depends_on)
            if roadmap.get(name, roadmap[part.id]) != roadmap[part.id]
        )
        return cls(tuple(activities), roadmap, waiting, everything)

    def roadmaps_of(self, records: Iterable[str]) -> tuple[str, ...]:
        """The road maps of some parts, each once."""
        return tuple(dict.fromkeys(self.roadmap[each] for each in records))


def _answers_of(corpus: Corpus, activity: Activity) -> Iterator[str]:
    """What an activity answers; the only mandate of a provision instead of the provision."""
    for name in activity.answers:
        record = corpus.get(name)
        if isinstance(record, Provision) and len(record.mandates) == 1:
            yield record.mandates[0].id
        else:
            yield name


def _title(record: Activity | Indicator) -> str:
    """What an activity or indicator is called, whatever its case and spaces."""
    text = record.title if isinstance(record, Activity) else record.name
    return " ".join(text.pick().casefold().split())


def _overlaps(corpus: Corpus, parts: _Parts) -> Iterator[Overlap]:
    """What is done twice. Activities are gathered by everything that makes them the same; of the
    same activities there is one overlap, and none of a part of them.
    """
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for activity in parts.activities:
        named = dict.fromkeys(_answers_of(corpus, activity))
        for_whom = dict.fromkeys(activity.beneficiaries) or ("",)
        for key in itertools.product(named, activity.leads, for_whom):
            same[key].append(activity.id)
    groups: dict[tuple[str, ...], list[tuple[str, str, str]]] = defaultdict(list)
    for key, names in same.items():
        if len(parts.roadmaps_of(names)) > 1:
            groups[tuple(names)].append(key)
    for group in _largest(groups):
        answers, leads, beneficiaries = (
            tuple(dict.fromkeys(each)) for each in zip(*groups[group], strict=True)
        )
        beneficiaries = tuple(each for each in beneficiaries if each)
        yield Overlap(group, parts.roadmaps_of(group), answers, leads, beneficiaries)


def _largest(groups: Collection[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The groups that are not part of another, in their order."""
    holders: dict[str, list[frozenset[str]]] = defaultdict(list)
    for group in groups:
        for each in group:
            holders[each].append(frozenset(group))
    return (
        group
        for group in groups
        if not any(frozenset(group) < other for other in holders[group[0]])
    )


def _two_leads(corpus: Corpus, parts: _Parts) -> Iterator[Conflict]:
    """What only one can lead, and others lead in another road map."""
    groups: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in parts.activities:
        if not activity.leads or activity.lead_reason:
            continue
        for name in dict.fromkeys(_answers_of(corpus, activity)):
            groups[name, _title(activity)].append(activity)
            if _asks_one_entity(corpus, name):
                groups[name, ""].append(activity)
    told: set[tuple[str, ...]] = set()
    for (name, _), activities in groups.items():
        records = tuple(each.id for each in activities)
        if (
            records not in told
            and len(parts.roadmaps_of(records)) > 1
            and _fall_apart(each.leads for each in activities)
        ):
            told.add(records)
            leads = tuple(", ".join(each.leads) for each in activities)
            yield Conflict(ConflictKind.LEADS, name, records, parts.roadmaps_of(records), leads)


def _asks_one_entity(corpus: Corpus, name: str) -> bool:
    """Whether a mandate asks one entity, which alone can lead the answer."""
    mandate = corpus.get(name)
    return (
        isinstance(mandate, Mandate)
        and len(mandate.addressees) == 1
        and isinstance(corpus.get(mandate.addressees[0]), Entity)
    )


def _fall_apart(leads: Iterable[Iterable[str]]) -> bool:
    """Whether some activities have no lead in common with the others, not even through a third."""
    apart: list[set[str]] = []
    for each in leads:
        linked = [other for other in apart if not other.isdisjoint(each)]
        apart = [other for other in apart if other not in linked]
        apart.append(set[str]().union(each, *linked))
    return len(apart) > 1


def _dates(corpus: Corpus, parts: _Parts) -> Iterator[Conflict]:
    """What is to be done before what it depends on in another road map can be there."""
    for part, name in parts.waiting:
        other = parts.all[name]
        by, ready = done_by(corpus, part), done_by(corpus, other)
        late = by.latest and ready.earliest and by.latest < ready.earliest
        if late and status_of(other) not in _DONE:
            values = (f"by {by.latest}", f"not before {ready.earliest}")
            records = (part.id, name)
            yield Conflict(ConflictKind.DATES, part.id, records, parts.roadmaps_of(records), values)


def _circles(parts: _Parts) -> Iterator[Conflict]:
    """Parts of several road maps that wait for each other. An activity waits for its milestones."""
    links = {name: list(part.depends_on) for name, part in parts.all.items() if part.depends_on}
    for activity in parts.activities:
        waiting = [each.id for each in activity.milestones if each.id in links]
        if waiting:
            links[activity.id] = [*links.get(activity.id, ()), *waiting]
    for found, _ in circles(links, len(links)):
        records = tuple(each for each in found if each in parts.all)
        if len(parts.roadmaps_of(records)) > 1:
            yield Conflict(ConflictKind.CIRCLE, records[0], records, parts.roadmaps_of(records), ())


def _dependencies(corpus: Corpus, parts: _Parts) -> Iterator[Dependency]:
    for part, name in parts.waiting:
        other = parts.all[name]
        yield Dependency(
            part.id,
            name,
            parts.roadmap[part.id],
            parts.roadmap[name],
            done_by(corpus, part),
            done_by(corpus, other),
            status_of(other) in _DONE,
        )


def _indicators(roadmaps: Iterable[Roadmap]) -> Iterator[Conflict]:
    """In what road maps differ on one indicator."""
    same: dict[str, list[tuple[str, Indicator]]] = defaultdict(list)
    for roadmap in roadmaps:
        for indicator in roadmap.indicators:
            same[indicator.sdg_indicator or f"={_title(indicator)}"].append((roadmap.id, indicator))
    for name, indicators in same.items():
        about = indicators[0][1].name.pick() if name.startswith("=") else name
        said: dict[tuple[ConflictKind, str], list[tuple[str, str, str]]] = defaultdict(list)
        for owner, indicator in indicators:
            for kind, when, value in _said_of(indicator):
                said[kind, when].append((owner, indicator.id, value))
        for (kind, _), told in said.items():
            maps, records, values = (tuple(dict.fromkeys(each)) for each in zip(*told, strict=True))
            if len(maps) > 1 and len(values) > 1:
                yield Conflict(kind, about, records, maps, values)


def _said_of(indicator: Indicator) -> Iterator[tuple[ConflictKind, str, str]]:
    """What an indicator says: in what others may differ from it, what has to be the same for that
    (the unit, the time), and the value.
    """
    unit = (indicator.unit or "").casefold()
    if unit:
        yield ConflictKind.UNITS, "", unit
    if indicator.direction:
        yield ConflictKind.DIRECTIONS, "", indicator.direction.value
    if (baseline := indicator.baseline) is not None:
        yield ConflictKind.BASELINES, unit, f"{plain(baseline.value)} ({baseline.when})"
    for target in indicator.targets:
        yield ConflictKind.TARGETS, f"{unit} {target.by}", f"{plain(target.value)} ({target.by})"
    for each in indicator.observations:
        yield ConflictKind.VALUES, f"{unit} {each.when}", f"{plain(each.value)} ({each.when})"


def _unmeasured(corpus: Corpus) -> Iterator[Unmeasured]:
    """The SDG targets that road maps say they serve, and that no indicator measures."""
    served: dict[str, list[tuple[str, str]]] = defaultdict(list)
    measured: set[str] = set()
    for roadmap in corpus.roadmaps:
        parts = {each.id: each for each in records_with_alignments(roadmap)}
        for part in parts.values():
            for concept in dict.fromkeys(alignments_of(part)):
                served[concept].append((roadmap.id, part.id))
        for indicator in roadmap.indicators:
            measured.update(filter(None, (indicator.sdg_indicator,)))
            for name in indicator.measures:
                measured.update(alignments_of(parts[name]) if name in parts else ())
    for target, indicators in sdg_targets(corpus):
        if target.id in served and measured.isdisjoint((target.id, *indicators)):
            roadmaps, by = zip(*served[target.id], strict=True)
            label = target.label.pick()
            yield Unmeasured(target.id, label, tuple(dict.fromkeys(roadmaps)), by)


_DONE = (ActivityStatus.DONE, MilestoneStatus.DONE)
_OVERLAPS: dict[str, Callable[[Overlap], Any]] = {
    "activities": lambda row: row.activities,
    "answers": lambda row: row.answers,
    "leads": lambda row: row.leads,
    "for whom": lambda row: row.beneficiaries,
}
_CONFLICTS: dict[str, Callable[[Conflict], Any]] = {
    "kind": lambda row: row.kind.value,
    "about": lambda row: row.about,
    "records": lambda row: row.records,
    "what they say": lambda row: row.values,
}
_DEPENDENCIES: dict[str, Callable[[Dependency], Any]] = {
    "record": lambda row: row.record,
    "to be done": lambda row: row.by,
    "waits for": lambda row: row.needs,
    "ready": lambda row: row.ready,
    "done": lambda row: row.done,
}
_UNANSWERED: dict[str, Callable[[CoverageRow], Any]] = {
    "mandate": lambda row: row.record,
    "label": lambda row: row.label,
    "why expected": lambda row: row.why,
    "asked of": lambda row: row.asked,
}
_UNMEASURED: dict[str, Callable[[Unmeasured], Any]] = {
    "target": lambda row: row.target,
    "label": lambda row: row.label,
    "served by": lambda row: row.by,
}
_WORKLOAD: dict[str, Callable[[Load], Any]] = {
    "actor": lambda row: row.actor,
    "name": lambda row: row.name,
    "leads": lambda row: len(row.leads),
    "joins": lambda row: len(row.joins),
    "in road maps": lambda row: len({each.partition("/")[0] for each in (*row.leads, *row.joins)}),
    "open milestones": lambda row: len(row.milestones),
    "next due": lambda row: row.next_due,
}
