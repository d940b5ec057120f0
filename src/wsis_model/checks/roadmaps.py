"""Road maps: a draft does not contradict itself, and what is published holds what paragraph 113 of
A/RES/80/173 asks.

What cannot be so is an error in a draft too; what is only missing is asked for when a road map is
to be published. Links to SDG targets and commitments, and indicators, are asked of the road maps of
Action Lines, because paragraph 113 asks them of those; the joint road map of paragraph 122, and
what a country or an organisation does of its own accord, need not have them.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from .._slips import says_nothing
from ..errors import excerpt
from ..model import (
    Activity,
    ActivityStatus,
    Concept,
    Direction,
    Document,
    Due,
    Entity,
    Evidence,
    Indicator,
    Mandate,
    Milestone,
    MilestoneStatus,
    Objective,
    Observation,
    Period,
    Provision,
    Recurrence,
    Resource,
    Roadmap,
    RoadmapKind,
    RoadmapStatus,
    StakeholderGroup,
    Target,
    Update,
    Window,
)
from ..model._currencies import CURRENCIES_CALLED, currencies
from ..model.record import first_day, last_day
from ._rule import Found, Path, Severity, Subject, found, rule
from ._walk import parts, texts

__all__ = [
    "action_lines",
    "alignments_of",
    "in_force",
    "of_action_lines",
    "to_do",
    "within",
]

ACTION_LINES = "action-lines"
SDG = "sdg"
COMPACT = "gdc"
PUBLISH = ("publish",)
#: Made of one's own accord: nobody asks for them, and they need not be reported to anybody.
_OWN_ACCORD = (RoadmapKind.NATIONAL, RoadmapKind.ORGANISATIONAL)
_DONE = (ActivityStatus.DONE, MilestoneStatus.DONE)
_OPEN = (MilestoneStatus.PLANNED, MilestoneStatus.UNDER_WAY, MilestoneStatus.AT_RISK)
_ALWAYS = Window(None, None)
_MONEY = re.compile(
    r"\b(?:money|fund(?:s|ing)?|financ(?:e|ing|ial)|budget|costs?|grants?|loans?|cash)\b",
    re.IGNORECASE,
)
_IN_KIND = re.compile(r"\bin[- ]kind\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper[\s-]?cents?\b|\bpercentages?\b|\bpct\b", re.IGNORECASE)
#: What may well be more than 100 percent, or less than none: changes, comparisons, and prices held
#: against incomes.
_BEYOND = re.compile(
    r"\b(?:change|growth|rise|increase|decrease|decline|reduction|difference|gap|points?|relative|compared|average|level|baseline|index"
    r"|inflation|penetration|gdp|gni|income|price|cost|budget|gross|subscriptions?|[12][0-9]{3})\b",
    re.IGNORECASE,
)
#: Beside values of this many percent or more, less than one is rather a fraction of a whole.
_PLAINLY_PERCENT = 10
_TO_DO = re.compile(r"\s*TODO\b")


# --- What several rules look at -------------------------------------------------------------------


def in_force(subject: Subject) -> tuple[Roadmap, ...]:
    """The road maps that no other has taken the place of."""
    return tuple(
        each for each in subject.corpus.roadmaps if each.status is not RoadmapStatus.SUPERSEDED
    )


def to_do(roadmap: Roadmap) -> Iterator[Activity]:
    """The activities of a road map that were not cancelled."""
    return (each for each in roadmap.activities if each.status is not ActivityStatus.CANCELLED)


def action_lines(subject: Subject) -> dict[str, str | None]:
    """The Action Lines by identifier, each with the line that it is under; none where the corpus
    does not hold them.
    """
    return {
        each.id: each.parent
        for one in subject.corpus.vocabularies
        if one.id == ACTION_LINES
        for each in one.concepts
    }


def alignments_of(record: Objective | Activity) -> Iterator[str]:
    """The concepts and commitments that an objective or activity is aligned with."""
    return (each.concept for each in record.alignments)


def _span(partial: str) -> Window:
    """A day, month or year as days."""
    return Window(first_day(partial), last_day(partial))


def _before(one: Window, other: Window) -> bool:
    """Whether *one* lies before *other* whatever day each may mean."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _sane(window: Window) -> Window:
    """A window; one that ends before it begins is reported by M726 or A505, and bounds nothing."""
    return (
        _ALWAYS if window.earliest and window.latest and window.latest < window.earliest else window
    )


def _frame(period: Period | None) -> Window:
    """A period as days."""
    return _ALWAYS if period is None else _sane(period.window())


def _outside(window: Window, frame: Window) -> str | None:
    """How a window lies outside a frame, for certain."""
    if _before(window, frame):
        return f"before {frame.earliest}"
    return f"after {frame.latest}" if _before(frame, window) else None


def _due(subject: Subject, due: Due | None) -> Window:
    return _ALWAYS if due is None else _sane(due.window(subject.corpus.calendar))


def _done_by(subject: Subject, record: Activity | Milestone) -> Window:
    """The days between which a milestone is to be reached, or an activity is to end."""
    if isinstance(record, Milestone):
        return _due(subject, record.due)
    frame = _frame(record.period)
    end = None if record.period is None or frame == _ALWAYS else record.period.end
    return Window(frame.earliest, None) if end is None else _span(end)


def _dependent(
    subject: Subject,
) -> Iterator[tuple[Activity | Milestone, Path, Activity | Milestone]]:
    """What is still to be done, with the path to each thing that it depends on, and that."""
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            milestones = (
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            )
            records: tuple[Activity | Milestone, ...] = (activity, *milestones)
            for record in records:
                for number, name in enumerate(record.depends_on):
                    needed = subject.target(name, Activity, Milestone)
                    if needed is not None:
                        yield record, ("depends_on", number), needed


def _indicators(subject: Subject) -> Iterator[Indicator]:
    return (each for roadmap in subject.corpus.roadmaps for each in roadmap.indicators)


def of_action_lines(subject: Subject) -> Iterator[Roadmap]:
    """The road maps of which paragraph 113 asks links and indicators: those of Action Lines, and
    those that do not say whose they are.
    """
    return (
        each for each in subject.corpus.roadmaps if each.kind in (RoadmapKind.ACTION_LINE, None)
    )


# --- What a road map answers ----------------------------------------------------------------------


@rule("M701", profiles=PUBLISH, reads=("kind",))
def road_maps_name_their_mandate(subject: Subject) -> Iterator[Found]:
    """A road map names the mandate that asks for it.

    Whoever asked must find the answer: paragraph 113 of A/RES/80/173 asks the Action Line
    facilitators for road maps, paragraph 122 asks UNGIS for the joint one. A national or
    organisational road map is asked for by nobody, and need not.

    Mend: add `mandated_by`, e.g. `80-173/113.1`; or say in `kind` that it is national or
    organisational.
    """
    for roadmap in subject.corpus.roadmaps:
        if not roadmap.mandated_by and roadmap.kind not in _OWN_ACCORD:
            yield found(
                roadmap, "does not say what asks for it", "mandated_by", hint="e.g. 80-173/113.1"
            )


@rule("M702", profiles=PUBLISH)
def activities_have_a_lead(subject: Subject) -> Iterator[Found]:
    """Every activity has a lead.

    What everybody does nobody answers for.

    Mend: name an entity or a group in `lead`; or cancel the activity.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            if activity.lead is None:
                yield found(activity, "has no lead", "lead")


@rule("M703", profiles=PUBLISH)
def activities_answer_something(subject: Subject) -> Iterator[Found]:
    """Every activity answers a provision or a mandate.

    What answers nothing is in no list of what the outcome led to. To draw up and report the road
    map answers what asks for it.

    Mend: name what it answers in `answers`, e.g. `80-173/37.1`, or a whole paragraph, `80-173/26`.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            if not activity.answers:
                yield found(
                    activity,
                    "answers nothing",
                    "answers",
                    hint="name a paragraph or a mandate of it",
                )


# --- Time -----------------------------------------------------------------------------------------


@rule("M704", Severity.WARNING)
def activities_lie_inside_the_road_map(subject: Subject) -> Iterator[Found]:
    """Activities lie inside the period of their road map.

    What was begun before and goes on may be meant, and someone should look. An activity without a
    period is looked at by its milestones. `2027` lies inside a road map that ends in June 2027:
    only what is outside for certain is found.

    Mend: correct the years, or the period of the road map.
    """
    for roadmap in subject.corpus.roadmaps:
        frame = _frame(roadmap.period)
        for activity in to_do(roadmap) if frame != _ALWAYS else ():
            yield from (
                _ends_outside(activity, activity.period, frame)
                if activity.period
                else _dues_outside(subject, activity, frame)
            )


def _ends_outside(activity: Activity, period: Period, frame: Window) -> Iterator[Found]:
    ends = (("start", "begins", period.start), ("end", "ends", period.end))
    for field, word, value in ends if _frame(period) != _ALWAYS else ():
        if value is not None and (how := _outside(_span(value), frame)):
            yield found(
                activity, f"{word} in {value}; the road map has nothing {how}", "period", field
            )
            return


def _dues_outside(subject: Subject, activity: Activity, frame: Window) -> Iterator[Found]:
    for milestone in activity.milestones:
        if milestone.status in _OPEN and (how := _outside(_due(subject, milestone.due), frame)):
            yield found(milestone, f"is due {milestone.due}; the road map has nothing {how}", "due")


@rule("M705")
def milestones_are_due_while_work_goes_on(subject: Subject) -> Iterator[Found]:
    """A milestone is due inside the period of its activity.

    It is a point on the way: before the first day and after the last there is no way. Of a session
    the days are taken from the calendar. Where the activity has no period, M704 looks at that of
    the road map.

    Mend: correct the due date or the period.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            frame = _frame(activity.period)
            for milestone in activity.milestones:
                if milestone.status is not MilestoneStatus.CANCELLED and (
                    how := _outside(_due(subject, milestone.due), frame)
                ):
                    yield found(
                        milestone, f"is due {milestone.due}; its activity does nothing {how}", "due"
                    )


@rule("M706")
def nothing_is_due_before_what_it_depends_on(subject: Subject) -> Iterator[Found]:
    """Nothing is due, or ends, before what it depends on.

    Such a plan cannot be kept. An activity may well begin before what it depends on is there: only
    the ends are compared, and only where every day that the two may mean is in the wrong order. A
    report due in 2027 may rest on a survey of 2027. What is done already keeps nobody waiting. Of
    several that come too late the last is named.

    Mend: correct one of the two dates, or take the dependency out.
    """
    late: dict[str, list[tuple[dt.date, str]]] = {}
    for record, _, needed in _dependent(subject):
        earliest = _done_by(subject, needed).earliest
        if (
            earliest is not None
            and needed.status not in _DONE
            and _before(_done_by(subject, record), Window(earliest, None))
        ):
            late.setdefault(record.id, []).append((earliest, needed.id))
    for name, needs in late.items():
        record = subject.target(name, Activity, Milestone)
        earliest, last = max(needs)
        more = f", as {len(needs) - 1} more that it depends on" if len(needs) > 1 else ""
        message = (
            f"is to be done by {_done_by(subject, record).latest}, and depends on {last!r}, "
            f"which will not be there before {earliest}{more}"
        )
        yield found(name, message, *_end(record))


def _end(record: Activity | Milestone) -> Path:
    """The field that says by when a milestone is to be reached, or an activity ends."""
    if isinstance(record, Activity):
        return ("period", "end")
    said = (field for field in ("date", "session", "year") if getattr(record.due, field, None))
    return ("due", *said)[:2]


# --- Measuring ------------------------------------------------------------------------------------

_MEASURING = (
    ("unit", "unit", "e.g. percent of population"),
    ("direction", "direction", "increase, decrease or maintain"),
    ("baseline", "baseline", "the value to start from, and of when it is"),
    ("targets", "target", "a value and a year; a potential one will do"),
)


@rule("M707", profiles=PUBLISH)
def indicators_can_be_followed(subject: Subject) -> Iterator[Found]:
    """An indicator has a unit, a direction, a baseline and a target.

    Without any one of them nobody can tell whether it is on course. Paragraph 113 asks for
    *potential* targets: say in the target's `note` that it is one.

    Mend: fill in what is missing.
    """
    for indicator in _indicators(subject):
        for field, word, hint in _MEASURING:
            if not getattr(indicator, field):
                yield found(indicator, f"has no {word}", field, hint=hint)


@rule("M708")
def targets_come_after_the_baseline(subject: Subject) -> Iterator[Found]:
    """A target is for a time after the baseline, and no two are for one time.

    A target of the past is a slip of the hand, and of two for one year nobody knows which holds.

    Mend: correct `by`, or take the target out.
    """
    for indicator in _indicators(subject):
        start = None if indicator.baseline is None else first_day(indicator.baseline.when)
        if start is not None and subject.as_of is not None and start > subject.as_of:
            start = None  # M718 says that it is yet to come
        seen: set[str] = set()
        for number, target in enumerate(indicator.targets):
            if start is not None and last_day(target.by) <= start:
                yield found(
                    indicator,
                    f"is for {target.by}, not after the baseline",
                    "targets",
                    number,
                    "by",
                )
            elif target.by in seen:
                yield found(
                    indicator, f"there is another target for {target.by}", "targets", number, "by"
                )
            seen.add(target.by)


def _plain(value: Decimal) -> str:
    return f"{value:f}"


@rule("M709")
def targets_lie_in_the_stated_direction(subject: Subject) -> Iterator[Found]:
    """Targets lie in the stated direction from the baseline, and each from the one before.

    To increase from 74 to 70 is none: value or direction is wrong, and every sum of progress with
    it. What is to be maintained may have a target above or below the baseline.

    Mend: correct the value or `direction`.
    """
    for indicator in _indicators(subject):
        yield from _astray(indicator)


def _astray(indicator: Indicator) -> Iterator[Found]:
    """The targets that lie the other way than the values should go."""
    if indicator.direction not in (Direction.INCREASE, Direction.DECREASE):
        return
    sign = 1 if indicator.direction is Direction.INCREASE else -1
    word = "above" if sign > 0 else "below"
    baseline = indicator.baseline
    wrong: set[int] = set()
    for number, target in enumerate(indicator.targets):
        if baseline is not None and (target.value - baseline.value) * sign <= 0:
            wrong.add(number)
            message = f"{_plain(target.value)} is not {word} the baseline, {_plain(baseline.value)}"
            yield found(indicator, message, "targets", number, "value")
    ordered = sorted(indicator.targets, key=_by)
    for number, target in enumerate(indicator.targets):
        # Of two dates that overlap, such as a year and a day of it, which comes first is not known:
        # the last that is over counts.
        before = bisect.bisect_left(ordered, first_day(target.by), key=_by)
        earlier = ordered[before - 1] if before else target
        if number not in wrong and (target.value - earlier.value) * sign < 0:
            message = f"{_plain(target.value)} by {target.by} is not {word} {_plain(earlier.value)} by {earlier.by}"
            yield found(indicator, message, "targets", number, "value")


def _by(target: Target) -> dt.date:
    return last_day(target.by)


@rule("M710")
def observations_come_after_the_baseline(subject: Subject) -> Iterator[Found]:
    """An observation is of a time after the baseline, and no two are of one time.

    The baseline is where counting begins. It may be repeated among the observations; two values of
    one time cannot both hold.

    Mend: correct `when`, give the month or day, or keep the later estimate and say so in its
    `note`.
    """
    for indicator in _indicators(subject):
        baseline = indicator.baseline
        seen = {} if baseline is None else {baseline.when: baseline.value}
        for number, each in enumerate(indicator.observations):
            if baseline is not None and last_day(each.when) < first_day(baseline.when):
                yield found(
                    indicator,
                    f"is of {each.when}, before the baseline",
                    "observations",
                    number,
                    "when",
                )
            elif seen.setdefault(each.when, each.value) != each.value:
                yield found(
                    indicator,
                    f"there is another value of {each.when}",
                    "observations",
                    number,
                    "when",
                )


@rule("M711", Severity.WARNING)
def percentages_are_of_a_whole(subject: Subject) -> Iterator[Found]:
    """Values in percent lie between 0 and 100.

    A share that was typed as 740 spoils every picture of it, and so does 0.74 for 74. Changes,
    growth, comparisons, gross ratios, subscriptions and what is held against an income, a price or
    a budget may well lie beyond, or below one, and are left alone: the words in `unit` and `name`
    tell. That a fraction of a whole is meant shows only beside other values: where all are 1 at
    most, the first is found; where all others are 10 or more, the one.

    Mend: correct the value or the unit; say what the percentage is of, e.g.
    `percent of 2025 level`.
    """
    for indicator in _indicators(subject):
        if _PERCENT.search(indicator.unit or "") and not _BEYOND.search(
            " ".join((indicator.unit or "", *indicator.name.values()))
        ):
            values = list(_all_values(indicator))
            for path, value in values:
                if not 0 <= value <= 100:
                    yield found(
                        indicator, f"{_plain(value)} is no share in percent", *path, "value"
                    )
            yield from _fractions(indicator, values)


def _fractions(indicator: Indicator, values: list[tuple[Path, Decimal]]) -> Iterator[Found]:
    """The value in percent that seems to be a fraction of a whole: one at most, since they have one
    cause.
    """
    small = [(path, value) for path, value in values if 0 < value < 1]
    others = [value for _, value in values if value >= 1]
    all_fractions = len(small) + len(others) > 1 and all(value == 1 for value in others)
    one_fraction = len(small) == 1 and others and min(others) >= _PLAINLY_PERCENT
    astray = {one.path[:-1] for one in _astray(indicator)}  # M709 says so
    if small and small[0][0] not in astray and (all_fractions or one_fraction):
        path, value = small[0]
        percent = _plain((value * 100).normalize())
        yield found(
            indicator,
            f"{_plain(value)} percent may be a fraction of a whole, {percent} percent",
            *path,
            "value",
            hint=f"write {percent}, or waive the rule if {_plain(value)} percent is meant",
        )


def _all_values(indicator: Indicator) -> Iterator[tuple[Path, Decimal]]:
    if indicator.baseline is not None:
        yield ("baseline",), indicator.baseline.value
    yield from ((("targets", number), each.value) for number, each in enumerate(indicator.targets))
    yield from (
        (("observations", number), each.value) for number, each in enumerate(indicator.observations)
    )


# --- Links ----------------------------------------------------------------------------------------


def _levels(subject: Subject) -> dict[str, int]:
    """The concepts of the vocabulary `sdg`: 0 for goals, 1 for targets, 2 for indicators; none
    where the corpus does not hold it.
    """
    parents = {
        each.id: each.parent
        for one in subject.corpus.vocabularies
        if one.id == SDG
        for each in one.concepts
    }
    return {
        name: 0 if parent is None else 1 if parents.get(parent) is None else 2
        for name, parent in parents.items()
    }


def _missing(subject: Subject, links: Iterable[str], holder: str) -> bool:
    """Whether any of some links into a vocabulary or document leads nowhere: R201 says so, and what
    was meant is not known.
    """
    return any(each.startswith(f"{holder}/") and each not in subject.corpus for each in links)


def _asking(subject: Subject, roadmap: Roadmap) -> set[str]:
    """What asks for a road map: mandates, the paragraphs that hold them, and of a paragraph its
    mandates.
    """
    asking = set(roadmap.mandated_by)
    for name in roadmap.mandated_by:
        record = subject.target(name, Mandate, Provision)
        if isinstance(record, Mandate):
            asking.add(name.rpartition(".")[0])
        elif record is not None:
            asking.update(each.id for each in record.mandates)
    return asking


def _linked(subject: Subject, roadmap: Roadmap) -> Iterator[tuple[Activity, set[str]]]:
    """The activities that should link to something, with all that they and their objectives are
    aligned with and answer.

    One that answers only what asks for the road map draws it up or reports on it, and serves no
    target of its own.
    """
    asking = _asking(subject, roadmap)
    for activity in to_do(roadmap):
        if activity.answers and asking.issuperset(activity.answers):
            continue
        links = {*alignments_of(activity), *activity.answers}
        if activity.objective is not None:
            objective = subject.target(activity.objective, Objective)
            if objective is None:  # R201 says so, and what it is aligned with is not known
                continue
            links.update(alignments_of(objective))
        yield activity, links


@rule("M712", profiles=PUBLISH, reads=("kind", "objective", "objectives", "answers"))
def activities_link_to_sdg_targets(subject: Subject) -> Iterator[Found]:
    """An activity links to an SDG target, by itself or through its objective; a goal is not enough.

    Paragraph 113 asks for links to *targets*, and no target is inferred from a goal; an indicator
    stands for its target. Not asked of joint, national and organisational road maps, nor of what
    only draws up or reports the road map itself.

    Mend: add the target to `alignments` of the activity or its objective, e.g. `sdg/9.c`.
    """
    levels = _levels(subject)
    for roadmap in of_action_lines(subject) if levels else ():
        for activity, links in _linked(subject, roadmap):
            if _missing(subject, links, SDG) or any(levels.get(each, 0) for each in links):
                continue
            goal = min((each for each in links if each in levels), default=None)
            message = (
                "links to no SDG target"
                if goal is None
                else f"links to {goal!r}, a goal, and to no target of it"
            )
            yield found(
                activity,
                message,
                "alignments",
                hint="e.g. sdg/9.c; a goal is not enough",
                column="sdg_targets",
            )


@rule("M713", profiles=PUBLISH, reads=("kind", "objective", "objectives", "answers"))
def activities_link_to_compact_commitments(subject: Subject) -> Iterator[Found]:
    """An activity links to a commitment of the Global Digital Compact, by itself or through its
    objective.

    Paragraph 113 asks for these links. To answer a paragraph of the Compact is a link too; a
    paragraph that asks and pledges nothing is none. Not asked of joint, national and organisational
    road maps, nor of what only draws up or reports the road map.

    Mend: add the commitment to `alignments` of the activity or its objective, e.g. `gdc/11-a`.
    """
    document = subject.target(COMPACT, Document)
    provisions = () if document is None else document.provisions
    commitments = {
        name
        for each in provisions
        if each.mandates
        for name in (each.id, *(one.id for one in each.mandates))
    }
    for roadmap in of_action_lines(subject) if commitments else ():
        for activity, links in _linked(subject, roadmap):
            if not _missing(subject, links, COMPACT) and commitments.isdisjoint(links):
                other = min(
                    (each for each in links if each.partition("/")[0] == COMPACT), default=None
                )
                message = (
                    "links to no commitment of the Compact"
                    if other is None
                    else f"links to {other!r}, which holds no commitment"
                )
                yield found(
                    activity, message, "alignments", hint="e.g. gdc/11-a", column="commitments"
                )


@rule("M714", profiles=PUBLISH, reads=("kind", "scope", "objective", "objectives"))
def activities_link_to_action_lines(subject: Subject) -> Iterator[Found]:
    """An activity links to an Action Line: by itself, through its objective, or through the scope
    of the road map.

    By its line an activity is found in the framework of the Summit. One line in `scope` does for
    the whole road map; a joint one is about all of them.

    Mend: name the line in `scope` of the road map, or in `alignments` of the activity or its
    objective.
    """
    lines = action_lines(subject).keys()
    for roadmap in subject.corpus.roadmaps if lines else ():
        if (
            roadmap.kind is not RoadmapKind.JOINT
            and lines.isdisjoint(roadmap.scope)
            and not _missing(subject, roadmap.scope, ACTION_LINES)
        ):
            for activity, links in _linked(subject, roadmap):
                if lines.isdisjoint(links) and not _missing(subject, links, ACTION_LINES):
                    hint = "name one here, or in the road map's scope"
                    yield found(
                        activity,
                        "links to no Action Line",
                        "alignments",
                        hint=hint,
                        column="action_lines",
                    )


# --- Progress -------------------------------------------------------------------------------------


def _updates(subject: Subject) -> Iterator[Update]:
    return (each for roadmap in subject.corpus.roadmaps for each in roadmap.updates)


@rule("M715", Severity.WARNING, reads=("updates",))
def what_is_done_has_evidence(subject: Subject) -> Iterator[Found]:
    """What is done has evidence.

    "Done" is a claim until somebody can look. Of a milestone its own evidence counts, or that of an
    update about it; an activity with milestones is shown by theirs, one without by an update about
    it. What shows that an activity is done shows its milestones.

    Mend: add `evidence` to the milestone, or an update with `evidence`.
    """
    shown = {each.about for each in _updates(subject) if each.evidence}
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            milestones = [
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            ]
            if activity.status is ActivityStatus.DONE and activity.id in shown:
                continue
            if activity.status is ActivityStatus.DONE and not milestones:
                yield found(
                    activity,
                    "is done, and nothing shows it",
                    "status",
                    hint="add an update with evidence",
                )
            for each in milestones:
                if (
                    each.status is MilestoneStatus.DONE
                    and not each.evidence
                    and each.id not in shown
                ):
                    yield found(
                        each,
                        "is done, and nothing shows it",
                        "evidence",
                        hint="add it, or an update with evidence",
                    )


@rule("M716")
def what_is_done_has_nothing_open(subject: Subject) -> Iterator[Found]:
    """An activity that is done has no milestone that is still open.

    One of the two says too much.

    Mend: correct the status of the activity or of the milestone; what was given up is `cancelled`.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in roadmap.activities:
            for each in activity.milestones if activity.status is ActivityStatus.DONE else ():
                if each.status in _OPEN:
                    yield found(
                        each, f"is {each.status.value}, and {activity.id!r} is done", "status"
                    )


def _overdue(subject: Subject, milestone: Milestone, as_of: dt.date) -> dt.date | None:
    """The last day on which a milestone was due, if that is past. What comes again and again is
    never over.
    """
    if (
        milestone.status not in _OPEN
        or milestone.due is None
        or milestone.due.recurrence not in (None, Recurrence.ONCE)
    ):
        return None
    latest = _due(subject, milestone.due).latest
    return latest if latest is not None and latest < as_of else None


def _unspoken(latest: dict[str, dt.date], day: dt.date, *names: str) -> bool:
    """Whether nothing was reported about any of some records on or after a day."""
    return all(latest.get(name, dt.date.min) < day for name in names)


@rule("M717", Severity.WARNING, dated=True, reads=("updates",))
def what_is_overdue_has_news(subject: Subject) -> Iterator[Found]:
    """What is overdue has an update since.

    Silence after the day leaves readers to guess. For a milestone an update about its activity will
    do, and for an activity one about a milestone of it. Looked at only where the day is given,
    `as_of`; a session is over on its last day. What is suspended, recurs, or stands in a road map
    that was superseded is not overdue. Where an update is about something that is not there, R201
    says so, and it may have been news of anything.

    Mend: add an update that says how it stands; set the status; or agree on another date.
    """
    if subject.as_of is None:
        return
    latest: dict[str, dt.date] = {}
    for each in _updates(subject):
        latest[each.about] = max(each.date, latest.get(each.about, each.date))
    for roadmap in in_force(subject):
        stray = (each.date for each in roadmap.updates if each.about not in subject.corpus)
        latest[_STRAY] = max(stray, default=dt.date.min)
        for activity in roadmap.activities:
            if activity.status in (ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY):
                yield from _silent(subject, activity, latest, subject.as_of)


#: Stands for what updates are about that are about nothing there is: no identifier is empty.
_STRAY = ""


def _silent(
    subject: Subject, activity: Activity, latest: dict[str, dt.date], as_of: dt.date
) -> Iterator[Found]:
    """The overdue milestones of an activity about which nothing was said; or, where there are none,
    the activity.
    """
    silent = False
    for each in activity.milestones:
        day = _overdue(subject, each, as_of)
        if day is not None and _unspoken(latest, day, each.id, activity.id, _STRAY):
            silent = True
            yield found(
                each,
                f"was due by {day}, and nothing was reported since",
                "due",
                hint="add an update, or its status",
            )
    ended = _frame(activity.period).latest
    names = (activity.id, _STRAY, *(each.id for each in activity.milestones))
    if not silent and ended is not None and ended < as_of and _unspoken(latest, ended, *names):
        message = f"was to end by {ended}, and nothing was reported since"
        yield found(activity, message, "period", "end", hint="add an update, or its status")


@rule("M718", dated=True)
def nothing_was_seen_in_the_future(subject: Subject) -> Iterator[Found]:
    """No observation, update or evidence is of a day that is yet to come.

    What is expected is a target or a milestone. Looked at only where the day is given, `as_of`.

    Mend: correct the date; make an expected value a target.
    """
    if subject.as_of is None:
        return
    for name, path, seen in parts(subject.corpus, Observation):
        if first_day(seen.when) > subject.as_of:
            yield found(name, f"is of {seen.when}, which is yet to come", *path, "when")
    for name, path, update in parts(subject.corpus, Update):
        if update.date > subject.as_of:
            yield found(name, f"is of {update.date}, which is yet to come", *path, "date")
    for name, path, shown in parts(subject.corpus, Evidence):
        if shown.date is not None and shown.date > subject.as_of:
            yield found(name, f"is of {shown.date}, which is yet to come", *path, "date")


# --- Who, and with what ---------------------------------------------------------------------------


@rule("M719", profiles=PUBLISH)
def money_has_a_currency(subject: Subject) -> Iterator[Found]:
    """An amount of money has a currency.

    A quarter of a million is no amount until one knows of what. The words in `kind` tell money
    (funding, budget, costs) from staff, things and what is given in kind. That a code is none of
    ISO 4217 is found by M732.

    Mend: add `currency`, e.g. `CHF`.
    """
    for name, path, resource in parts(subject.corpus, Resource):
        money = _MONEY.search(resource.kind) and not _IN_KIND.search(resource.kind)
        if money and resource.amount is not None and resource.currency is None:
            message = f"{_plain(resource.amount)} is an amount of {excerpt(resource.kind)}, in no currency"
            yield found(name, message, *path, "currency", hint="e.g. CHF")


@rule("M720", Severity.WARNING, PUBLISH, reads=("answers",))
def leads_are_addressed_or_say_why(subject: Subject) -> Iterator[Found]:
    """The lead of an activity is among those whom what it answers addresses, or it is said why it
    leads.

    Others may well do what Governments pledged; readers will ask. To be addressed through a group,
    as a member or as part of something counts: a department may lead what its organisation is
    asked. One answer that addresses the lead is enough, and what addresses nobody is open to all.

    Mend: say why in `lead_reason`, or name another lead.
    """
    addressed = _addressed(subject)
    routes: dict[str, set[str]] = {}
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            if (
                activity.lead_reason is not None
                or not activity.answers
                or not subject.target(activity.lead, Entity, StakeholderGroup)
            ):
                continue
            lead = str(activity.lead)
            if lead not in routes:
                routes[lead] = set(subject.corpus.routes(lead, reporting_lines=True))
            if not any(
                addressed.get(name) is None or not routes[lead].isdisjoint(addressed[name])
                for name in activity.answers
            ):
                message = f"{lead!r} leads, whom {activity.answers[0]} does not address"
                yield found(
                    activity, message, "lead", hint="say why in {}", naming=("lead_reason",)
                )


def _addressed(subject: Subject) -> dict[str, set[str]]:
    """Whom each mandate addresses, and each provision by its mandates and those of its items; left
    out is what addresses nobody, or nobody who is there.
    """
    by_record: dict[str, set[str]] = {}
    unbound: set[str] = set()
    for document in subject.corpus.documents:
        parents = {each.id: each.parent for each in document.provisions}
        for provision in document.provisions:
            for mandate in provision.mandates:
                for name in (mandate.id, *within(parents, provision.id)):
                    by_record.setdefault(name, set()).update(mandate.addressees)
                    if not mandate.addressees or not all(map(subject.target, mandate.addressees)):
                        unbound.add(name)
    return {name: actors for name, actors in by_record.items() if name not in unbound}


def within(parents: Mapping[str, str | None], name: str | None) -> Iterator[str]:
    """A name, what it is under, what that is under, and so on; a circle is walked once."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        name = parents.get(name)


@rule("M721", profiles=PUBLISH, reads=("kind",))
def road_maps_say_what_readers_ask_first(subject: Subject) -> Iterator[Found]:
    """A road map says of what period it is, which version, and to whom it is reported.

    Readers quote road maps by version, and the Commission must know which are coming. How far the
    road map has come is in `status`: a draft, unless it says otherwise. A national or
    organisational one need not be reported to anybody.

    Mend: add `period`, `version`, `reports_to`.
    """
    for roadmap in subject.corpus.roadmaps:
        if roadmap.period is None or (roadmap.period.start is None and roadmap.period.end is None):
            yield found(roadmap, "has no period", "period", hint="e.g. start 2026, end 2030")
        if roadmap.version is None:
            yield found(roadmap, "has no version", "version", hint='e.g. "0.1"')
        if not roadmap.reports_to and roadmap.kind not in _OWN_ACCORD:
            yield found(
                roadmap, "does not say to whom it is reported", "reports_to", hint="e.g. cstd"
            )


@rule("M722", profiles=PUBLISH)
def nothing_is_left_to_write(subject: Subject) -> Iterator[Found]:
    """No text of a road map begins with "TODO".

    That is how skeletons mark what is yet to be written. In a draft it may stand.

    Mend: write the text, or take the field out.
    """
    for roadmap in subject.corpus.roadmaps:
        for name, path, text in texts(roadmap):
            if _TO_DO.match(text):
                yield found(name, f"is yet to be written: {excerpt(text)}", *path)


# --- Small contradictions -------------------------------------------------------------------------


@rule("M723", Severity.WARNING, PUBLISH, reads=("scope", "objectives", "activities"))
def global_indicators_belong_to_targets_that_are_named(subject: Subject) -> Iterator[Found]:
    """A global SDG indicator belongs to an SDG target that the road map links to.

    What is measured should be what is aimed at: indicator 17.8.1 goes with target 17.8. Where the
    road map links to no target at all, M712 speaks.

    Mend: add the target to the alignments of what the indicator measures; or name another
    indicator.
    """
    levels = _levels(subject)
    for roadmap in subject.corpus.roadmaps if levels else ():
        holders: tuple[Objective | Activity, ...] = (*roadmap.objectives, *to_do(roadmap))
        links = {*roadmap.scope, *(link for each in holders for link in alignments_of(each))}
        linked = {_target(subject, each) for each in links if levels.get(each, 0)}
        for indicator in roadmap.indicators if linked and not _missing(subject, links, SDG) else ():
            name = indicator.sdg_indicator
            if name is not None and levels.get(name) == 2 and _target(subject, name) not in linked:
                message = f"{name!r} belongs to {_target(subject, name)!r}, which the road map does not link to"
                yield found(indicator, message, "sdg_indicator")


def _target(subject: Subject, name: str) -> str:
    """An SDG target; of an indicator, the target it belongs to."""
    concept = subject.target(name, Concept)
    wider = None if concept is None else subject.target(concept.parent, Concept)
    return name if wider is None or wider.parent is None else str(wider.id)


@rule("M724", Severity.WARNING)
def nobody_takes_part_twice(subject: Subject) -> Iterator[Found]:
    """Nobody is named twice among the lead and the partners of an activity.

    Who leads takes part. Counted twice, an entity seems to do more than it does.

    Mend: take the second mention out.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in roadmap.activities:
            seen = {activity.lead}
            for number, partner in enumerate(activity.partners):
                if partner in seen:
                    yield found(
                        activity,
                        f"{partner!r} {'leads' if partner == activity.lead else 'is named twice'}",
                        "partners",
                        number,
                    )
                seen.add(partner)


@rule("M725", Severity.WARNING)
def what_happens_later_stands_later(subject: Subject) -> Iterator[Found]:
    """Targets, observations and updates stand in the order of time, the oldest first.

    A list is read from the top: the last update is taken for the news.

    Mend: put them in order.
    """
    for roadmap in subject.corpus.roadmaps:
        yield from _disordered(
            roadmap, "updates", "date", [each.date.isoformat() for each in roadmap.updates]
        )
        for indicator in roadmap.indicators:
            yield from _disordered(
                indicator, "targets", "by", [each.by for each in indicator.targets]
            )
            yield from _disordered(
                indicator, "observations", "when", [each.when for each in indicator.observations]
            )


def _disordered(
    holder: Roadmap | Indicator, field: str, date: str, times: list[str]
) -> Iterator[Found]:
    """The first of a list that comes for certain before the one above it."""
    for number, (above, here) in enumerate(pairwise(times), 1):
        if _before(_span(here), _span(above)):
            yield found(holder, f"{here} stands after {above}", field, number, date)
            return


@rule("M726")
def periods_end_after_they_begin(subject: Subject) -> Iterator[Found]:
    """A period does not end before it begins.

    Whatever lies inside it, or is counted over it, would lie in no time at all.

    Mend: correct one of the two.
    """
    for name, path, period in parts(subject.corpus, Period):
        if period.start and period.end and last_day(period.end) < first_day(period.start):
            yield found(
                name, f"ends in {period.end}, before it begins in {period.start}", *path, "end"
            )


@rule("M727", Severity.WARNING)
def nothing_waits_for_what_was_cancelled(subject: Subject) -> Iterator[Found]:
    """Nothing that is still to be done depends on something that was cancelled.

    It would wait for ever, or does not depend on it after all.

    Mend: take the dependency out, name what took its place, or cancel this too.
    """
    for record, path, needed in _dependent(subject):
        if record.status not in _DONE and needed.status in (
            ActivityStatus.CANCELLED,
            MilestoneStatus.CANCELLED,
        ):
            yield found(record, f"depends on {needed.id!r}, which was cancelled", *path)


@rule("M728")
def amounts_are_not_negative(subject: Subject) -> Iterator[Found]:
    """The amount of a resource is not negative.

    Resources are what an activity takes; nothing takes less than none.

    Mend: correct the amount.
    """
    for name, path, resource in parts(subject.corpus, Resource):
        if resource.amount is not None and resource.amount < 0:
            yield found(name, f"{_plain(resource.amount)} is negative", *path, "amount")


@rule("M729")
def global_indicators_are_indicators(subject: Subject) -> Iterator[Found]:
    """What is named as a global SDG indicator is one, not a goal or a target.

    `sdg/17.8` is a target; its indicator is `sdg/17.8.1`. By it the values meet those that
    countries report.

    Mend: name the indicator; or leave the field out if the indicator is your own.
    """
    levels = _levels(subject)
    for indicator in _indicators(subject) if levels else ():
        if (
            subject.target(indicator.sdg_indicator, Concept)
            and levels.get(str(indicator.sdg_indicator)) != 2
        ):
            yield found(
                indicator,
                f"{indicator.sdg_indicator!r} is no global SDG indicator",
                "sdg_indicator",
                hint="e.g. sdg/17.8.1",
            )


@rule("M730", Severity.WARNING, reads=("objective", "objectives"))
def goals_have_a_target_beside_them(subject: Subject) -> Iterator[Found]:
    """Where an objective or activity links to an SDG goal, a target of that goal stands beside it.

    Written among targets, "SDG 4" is passed over: paragraph 113 asks for targets, and which of the
    goal's ten was meant nobody can tell. Where there is no target at all, M712 speaks as soon as a
    road map is to be published. Not asked of joint, national and organisational road maps.

    Mend: write the target that is meant, e.g. `sdg/4.4`; or take the goal out.
    """
    levels = _levels(subject)
    for roadmap in of_action_lines(subject) if levels else ():
        shared = {each.id: set(alignments_of(each)) for each in roadmap.objectives}
        whole = {name: set(links) for name, links in shared.items()}
        for activity in to_do(roadmap):
            if activity.objective in whole:
                whole[activity.objective].update(alignments_of(activity))
        holders: tuple[Objective | Activity, ...] = (*roadmap.objectives, *to_do(roadmap))
        for holder in holders:
            at_hand = (
                whole[holder.id]
                if isinstance(holder, Objective)
                else {*alignments_of(holder), *shared.get(holder.objective or "", ())}
            )
            narrower = {_target(subject, each) for each in at_hand if levels.get(each, 0)}
            for number, link in enumerate(alignments_of(holder)):
                if (
                    levels.get(link) == 0
                    and (narrower or not subject.publishing)
                    and not any(each.startswith(f"{link}.") for each in narrower)
                ):
                    message = f"{link!r} is a goal, and no target of it stands beside it"
                    yield found(
                        holder,
                        message,
                        "alignments",
                        number,
                        "concept",
                        hint=f"name the target, e.g. {link}.1",
                    )


@rule("M731", Severity.WARNING)
def indicators_do_not_stand_for_targets(subject: Subject) -> Iterator[Found]:
    """What a road map is aligned with is an SDG target, and not a global indicator of one.

    An indicator tells how a target is measured. Tables by target count it for its target, and
    readers who look for the target do not find it.

    Mend: name the target, `sdg/9.c` instead of `sdg/9.c.1`; what is measured by the indicator goes
    into `sdg_indicator`.
    """
    levels = _levels(subject)
    for roadmap in subject.corpus.roadmaps if levels else ():
        holders: tuple[Objective | Activity, ...] = (*roadmap.objectives, *to_do(roadmap))
        for holder in holders:
            for number, link in enumerate(alignments_of(holder)):
                if levels.get(link) == 2:
                    yield found(
                        holder,
                        f"{link!r} is an SDG indicator, and stands where a target belongs",
                        "alignments",
                        number,
                        "concept",
                        hint=f"name the target, {_target(subject, link)}",
                    )


@rule("M732")
def currencies_are_those_of_iso_4217(subject: Subject) -> Iterator[Found]:
    """A currency is one that ISO 4217 has.

    Amounts are added up and converted by the code; one that nobody knows is left out of every sum.

    Mend: correct the code, e.g. `GBP` for pounds sterling.
    """
    for name, path, resource in parts(subject.corpus, Resource):
        code = resource.currency
        if code is not None and code not in currencies():
            meant = CURRENCIES_CALLED.get(code)
            hint = f"did you mean {meant!r}?" if meant else ""
            yield found(
                name,
                f"{code!r} is no currency of ISO 4217",
                *path,
                "currency",
                hint="leave it out until it is known" if says_nothing(code) else hint,
            )


@rule("M733", profiles=PUBLISH, reads=("milestones",))
def activities_say_by_when(subject: Subject) -> Iterator[Found]:
    """Every activity has a period, or a milestone that is due.

    By when is the second question after by whom, and the period of the road map answers it for none
    of its activities.

    Mend: add `period` to the activity, or `due` to one of its milestones; or cancel the activity.
    """
    for roadmap in subject.corpus.roadmaps:
        for activity in to_do(roadmap):
            period = activity.period or Period()
            milestones = (
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            )
            if not (period.start or period.end) and all(
                (each.due or Due()) == Due() for each in milestones
            ):
                yield found(
                    activity,
                    "does not say by when",
                    "period",
                    "end",
                    hint="add a period, or say when a milestone is due",
                )
