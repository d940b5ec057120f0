"""The section on how far a road map has come."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis import Course, Measured, Reached, Standing
from ..analysis._calendar import meeting
from ..corpus import Corpus
from ..model import Observation, Target, Window
from ..pictures._labels import clean, counted
from ._calendar import reason
from ._content import (
    ROWS,
    Block,
    Code,
    Facts,
    Fold,
    Line,
    Paragraph,
    Strong,
    grid,
    in_page,
    joined,
)
from ._facts import RoadmapFacts
from ._lines import (
    NAMED,
    concept_label,
    date_text,
    days_text,
    details_of,
    evidence_text,
    names_of,
    part_title,
    title_with_id,
    without_empty_columns,
)
from ._standing import course_text, standing_text

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
    """The indicators on the day of the report; folded, the details, all milestones, and the
    objectives by what serves them.
    """
    found = facts.progress
    if not (found.milestones or found.indicators or found.objectives):
        yield Paragraph(
            ("There is no objective, milestone or indicator yet to measure progress by.",)
        )
        return
    if found.indicators:
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).indicators.to_csv()")
        heads = ("Indicator", "Standing", "Baseline", "Latest", "Next target")
        yield grid(
            "Indicators against the straight path to their targets",
            heads,
            list(map(_measured, found.indicators)),
            call,
        )
        folds = tuple(
            Fold((in_page(each.indicator.name),), (Facts(_defined(facts.corpus, each)),))
            for each in found.indicators[:ROWS]
        )
        yield Fold(("Indicator by indicator: what is counted and how, arithmetic",), folds)
    else:
        yield Paragraph(("Nothing is measured yet.",))
    if found.milestones:
        ordered = sorted(
            found.milestones, key=lambda each: (_ORDER.index(each.standing), each.window)
        )
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).milestones.to_csv()")
        columns = (
            "Milestone", "Standing", "Due", "Lead", "Why", "Depends on", "Deliverable", "Evidence",
        )  # fmt: skip
        table = grid(
            "Milestones, late and at risk first",
            *without_empty_columns(columns, [_reached(facts, each) for each in ordered]),
            call,
        )
        yield Fold((f"All {counted(len(ordered), 'milestone')}, late and at risk first",), (table,))
    if found.objectives:
        rows: list[tuple[Line, ...]] = [
            (
                (in_page(each.objective.statement),),
                (f"{each.done:,} of {each.activities:,}",),
                (_present(each.milestones) or "none",),
                (_present(each.indicators) or "none",),
            )
            for each in found.objectives
        ]
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).objectives.to_csv()")
        table = grid(
            "Objectives, by what serves them",
            ("Objective", "Activities done", "Milestones", "Indicators"),
            rows,
            call,
        )
        yield Fold((f"{counted(len(rows), 'objective')}, by what serves them",), (table,))


def _reached(facts: RoadmapFacts, each: Reached) -> tuple[Line, ...]:
    urgent = each.standing in (Standing.LATE, Standing.AT_RISK)
    state = standing_text(each.standing.value)
    days = days_text(each.window) if each.window != Window(None, None) else ""
    at = clean(meeting(each.session, each.milestone.due, facts.corpus))
    due = f"{days} ({at})" if days and at else days or at or "no date"
    return (
        title_with_id(each.milestone.title, each.milestone.id),
        (Strong(state) if urgent else state,),
        (due,),
        names_of(facts.corpus, each.activity.leads),
        reason(facts, each),
        joined([part_title(facts.corpus, one) for one in each.milestone.depends_on[:NAMED]], "; "),
        (concept_label(facts.corpus, each.milestone.deliverable),),
        evidence_text(each.milestone.evidence),
    )


def _measured(each: Measured) -> tuple[Line, ...]:
    indicator, course = each.indicator, course_text(each.course)
    unit = f" ({clean(indicator.unit)})" if indicator.unit else ""
    return (
        (in_page(indicator.name), unit),
        (Strong(course) if each.course is Course.BEHIND else course,),
        (_value(indicator.baseline) or "none",),
        (_value(each.observed) or "none",),
        (_aim(each.target) if each.target else "none",),
    )


def _value(observation: Observation | None) -> str:
    if observation is None:
        return ""
    return f"{observation.value:,f} in {date_text(observation.when)}".replace(" ", "\u00a0")


def _aim(target: Target) -> str:
    return f"{target.value:,f} by {date_text(target.by)}".replace(" ", "\u00a0")


def _observed(observation: Observation | None) -> str:
    if observation is None:
        return ""
    return f"{observation.value:,f} ({observation.when}{_noted(observation.note)})"


def _target(target: Target) -> str:
    return f"{target.value:,f} by {target.by}{_noted(target.note)}"


def _noted(note: str | None) -> str:
    return f", {clean(note)}" if note else ""


def _defined(corpus: Corpus, each: Measured) -> tuple[tuple[str, Line], ...]:
    """The details of an indicator that are not in the table."""
    indicator = each.indicator
    pairs = details_of(
        corpus,
        indicator,
        *("name", "direction", "baseline", "targets", "observations", "source"),
        frequency="Measured",
        disaggregation="Broken down by",
        measures="Shows the progress of",
        sdg_indicator="SDG indicator",
    )
    observed = "; ".join(map(_observed, indicator.observations[-ROWS:]))
    others: tuple[tuple[str, str], ...] = (
        ("Should", indicator.direction.value if indicator.direction else ""),
        ("Baseline", _observed(indicator.baseline)),
        ("Targets", "; ".join(map(_target, indicator.targets))),
        ("Observations", observed),
        ("Arithmetic", each.arithmetic),
    )
    return (
        *pairs,
        *((name, (words,)) for name, words in others if words),
        ("Identifier", (Code(indicator.id),)),
    )


def _present(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)
