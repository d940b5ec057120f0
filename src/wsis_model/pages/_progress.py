"""The section on how far a road map has come."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis import Course, Measured, Reached, Standing
from ..analysis._calendar import meeting
from ..corpus import Corpus
from ..model import Indicator, MilestoneStatus, Observation, Target, Window
from ..pictures._labels import clean
from ._content import (
    ROWS,
    Block,
    Facts,
    Fold,
    Heading,
    Line,
    Paragraph,
    Strong,
    grid,
)
from ._facts import RoadmapFacts
from ._lines import (
    concept_label,
    days_text,
    details_of,
    evidence_text,
    names_of,
    part_names,
    title_with_id,
    without_empty_columns,
)

__all__ = ["progress_section"]

_ORDER = (
    Standing.LATE,
    Standing.AT_RISK,
    Standing.COMING,
    Standing.NO_DATE,
    Standing.DONE,
    Standing.CANCELLED,
)


def progress_section(facts: RoadmapFacts) -> Iterator[Block]:
    """The milestones, indicators and objectives on the day of the report."""
    found = facts.progress
    if not (found.milestones or found.indicators or found.objectives):
        yield Paragraph(
            ("There is no objective, milestone or indicator yet to measure progress by.",)
        )
        return
    if found.milestones:
        ordered = sorted(
            found.milestones, key=lambda each: (_ORDER.index(each.standing), each.window)
        )
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).milestones.to_csv()")
        heads: tuple[str, ...] = (
            "Milestone",
            "Standing",
            "Due",
            "Lead",
            "Why",
            "Depends on",
            "Deliverable",
            "Evidence",
        )
        yield Heading("Milestones")
        yield grid(
            "Milestones, late and at risk first",
            *without_empty_columns(heads, [_reached(facts, each) for each in ordered]),
            call,
        )
    if found.indicators:
        call = facts.call("corpus.roadmap(ID).indicators")
        heads = ("Indicator", "Unit", "Direction", "Baseline", "Targets", "Latest observation")
        yield Heading("Indicators")
        yield grid(
            "Indicators: what is measured, from where and to where",
            heads,
            list(map(_measured, found.indicators)),
            call,
        )
        rows: list[tuple[Line, ...]] = [
            (
                title_with_id(each.indicator.name, each.indicator.id),
                (Strong("behind"),) if each.course is Course.BEHIND else (each.course.value,),
                (each.arithmetic,),
            )
            for each in found.indicators
        ]
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).indicators.to_csv()")
        yield grid(
            "Indicators against the straight path to their targets",
            ("Indicator", "Course", "Arithmetic"),
            rows,
            call,
        )
        folded = [
            (each.indicator, pairs)
            for each in found.indicators[:ROWS]
            if (pairs := _defined(facts.corpus, each.indicator))
        ]
        yield from (
            Fold(("More about: ", *title_with_id(each.name, each.id)), (Facts(pairs),))
            for each, pairs in folded
        )
    if found.objectives:
        rows = [
            (
                title_with_id(each.objective.statement, each.objective.id),
                (f"{each.done:,} of {each.activities:,}",),
                (_present(each.milestones) or "none",),
                (_present(each.indicators) or "none",),
            )
            for each in found.objectives
        ]
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).objectives.to_csv()")
        yield Heading("Objectives")
        yield grid(
            "Objectives, by what serves them",
            ("Objective", "Activities done", "Milestones", "Indicators"),
            rows,
            call,
        )


def _reached(facts: RoadmapFacts, each: Reached) -> tuple[Line, ...]:
    urgent = each.standing in (Standing.LATE, Standing.AT_RISK)
    state: Line = (Strong(each.standing.value),) if urgent else (each.standing.value,)
    days = days_text(each.window) if each.window != Window(None, None) else ""
    at = clean(meeting(each.session, each.milestone.due, facts.corpus))
    due = f"{days} ({at})" if days and at else days or at or "no date"
    begun = (
        each.milestone.status is MilestoneStatus.UNDER_WAY
        and each.standing is not Standing.CANCELLED
    )
    return (
        title_with_id(each.milestone.title, each.milestone.id),
        state,
        (due,),
        names_of(facts.corpus, each.activity.leads),
        (f"{clean(each.why)}{'; under way' if begun else ''}",),
        part_names(facts.corpus, each.milestone.depends_on),
        (concept_label(facts.corpus, each.milestone.deliverable),),
        evidence_text(each.milestone.evidence),
    )


def _measured(each: Measured) -> tuple[Line, ...]:
    indicator = each.indicator
    return (
        title_with_id(indicator.name, indicator.id),
        (clean(indicator.unit or "no unit given"),),
        (indicator.direction.value if indicator.direction else "not given",),
        (_observed(indicator.baseline) or "none",),
        ("; ".join(map(_target, indicator.targets)) or "none",),
        (_observed(each.observed) or "none",),
    )


def _observed(observation: Observation | None) -> str:
    if observation is None:
        return ""
    return f"{observation.value:,f} ({observation.when}{_noted(observation.note)})"


def _target(target: Target) -> str:
    return f"{target.value:,f} by {target.by}{_noted(target.note)}"


def _noted(note: str | None) -> str:
    return f", {clean(note)}" if note else ""


def _defined(corpus: Corpus, indicator: Indicator) -> tuple[tuple[str, Line], ...]:
    """The details of an indicator that are not in the tables."""
    pairs = details_of(
        corpus,
        indicator,
        *("name", "unit", "direction", "baseline", "targets", "observations", "source"),
        frequency="Measured",
        disaggregation="Broken down by",
        measures="Shows the progress of",
        sdg_indicator="SDG indicator",
    )
    observed = "; ".join(map(_observed, indicator.observations[-ROWS:]))
    several = len(indicator.observations) > 1
    return (*pairs, *((("Observations", (observed,)),) if several else ()))


def _present(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)
