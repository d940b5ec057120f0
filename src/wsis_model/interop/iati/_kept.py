"""What of a road map a file of IATI keeps: reading what was written gives just this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...model import (
    Activity,
    Alignment,
    Due,
    Evidence,
    Indicator,
    Milestone,
    Objective,
    Observation,
    Period,
    Record,
    Resource,
    Roadmap,
    Source,
    Target,
)
from ...model.record import first_day, last_day
from .wire import address, clean, is_money, titled

__all__ = ["LOST", "kept"]

#: Fields for which IATI has no place, by class.
LOST: Mapping[type[Record], tuple[str, ...]] = {
    Roadmap: ("version", "reports_to", "updates", "source"),
    Activity: ("lead_reason",),
    Alignment: ("note", "source"),
    Due: ("event",),
    Indicator: ("method", "disaggregation", "source"),
    Resource: ("note",),
    Source: ("retrieved", "terms", "checked", "certainty"),
}


def kept(roadmap: Roadmap, *, language: str = "en") -> Roadmap:
    """The road map as far as a file of IATI holds it. To see what is lost, compare the two with
    [`difference`][wsis_model.diff.difference].

    Texts lose control characters and the space around them. Of resources, money is kept; of
    evidence and sources, what has an address; of extensions, `iati:identifier`. Targets and
    observations come in the order of time.

    Args:
        roadmap: The road map.
        language: The language of texts that are in one only, as it is given to
            [`write`][wsis_model.interop.iati.write].

    Examples:
        >>> plan = Roadmap(id="plan", title="Plan ", owners=["itu"], version="0.1")
        >>> kept(plan).to_dict()
        {'id': 'plan', 'title': {'en': 'Plan'}, 'owners': ['itu']}
    """
    return _Kept(language).roadmap(roadmap)


class _Kept:
    def __init__(self, language: str) -> None:
        self.language = language

    def roadmap(self, roadmap: Roadmap) -> Roadmap:
        return Roadmap.model_validate(
            {
                **self._rest(roadmap, "title", "description", "objectives", "activities"),
                "title": titled(roadmap.title, roadmap.id, self.language),
                **_said(description=roadmap.description),
                "objectives": [self._objective(each) for each in roadmap.objectives],
                "activities": [self._activity(each) for each in roadmap.activities],
                "indicators": [self._indicator(each) for each in roadmap.indicators],
                "period": _period(roadmap.period),
            }
        )

    def _objective(self, objective: Objective) -> Objective:
        return Objective.model_validate(
            {
                "id": objective.id,
                "statement": titled(objective.statement, objective.id, self.language),
                "alignments": self._aligned(objective.alignments),
            }
        )

    def _aligned(self, alignments: Iterable[Alignment]) -> tuple[Alignment, ...]:
        return tuple(Alignment(concept=each.concept, basis=each.basis) for each in alignments)

    def _activity(self, activity: Activity) -> Activity:
        return Activity.model_validate(
            {
                **self._rest(activity, "title", "description", "alignments", "resources"),
                "title": titled(activity.title, activity.id, self.language),
                **_said(description=activity.description),
                "alignments": self._aligned(activity.alignments),
                "milestones": [self._milestone(each) for each in activity.milestones],
                "resources": [_resource(each) for each in activity.resources if is_money(each)],
                "period": _period(activity.period),
            }
        )

    def _milestone(self, milestone: Milestone) -> Milestone:
        due = milestone.due
        lasting = due and Due(date=due.date, session=due.session, recurrence=due.recurrence)
        return Milestone.model_validate(
            {
                **self._rest(milestone, "title", "due", "evidence"),
                "title": titled(milestone.title, milestone.id, self.language),
                "due": lasting if lasting != Due() else None,
                "evidence": [_evidence(each) for each in milestone.evidence if address(each.url)],
            }
        )

    def _indicator(self, indicator: Indicator) -> Indicator:
        return Indicator.model_validate(
            {
                **self._rest(indicator, "name", "unit", "definition", "baseline"),
                "name": titled(indicator.name, indicator.id, self.language),
                **_said(unit=indicator.unit, definition=indicator.definition),
                "baseline": indicator.baseline and _observation(indicator.baseline),
                "targets": [
                    Target.model_validate(
                        {"value": each.value, "by": each.by, **_said(note=each.note)}
                    )
                    for each in sorted(indicator.targets, key=lambda each: _span(each.by))
                ],
                "observations": [
                    _observation(each)
                    for each in sorted(indicator.observations, key=lambda each: _span(each.when))
                ],
            }
        )

    def _rest(self, record: Record, *changed: str) -> dict[str, Any]:
        """The fields that are kept as they are."""
        lost = {*LOST.get(type(record), ()), *changed, "extensions"}
        rest = {
            name: getattr(record, name) for name in type(record).model_fields if name not in lost
        }
        given = record.extensions.get("iati:identifier")
        if isinstance(record, Roadmap | Activity) and isinstance(given, str):
            rest["extensions"] = {"iati:identifier": given}
        return rest


def _said(**texts: str | None) -> dict[str, str]:
    """The texts that say something once they are clean."""
    return {name: said for name, text in texts.items() if text and (said := clean(text))}


def _span(partial: str) -> tuple[Any, Any]:
    return (first_day(partial), last_day(partial))


def _period(period: Period | None) -> Period | None:
    lasting = period and Period(start=period.start, end=period.end)
    return None if lasting == Period() else lasting


def _source(source: Source | None) -> Source | None:
    if source is None or (url := address(source.url)) is None:
        return None
    return Source(title=clean(source.title) or url, url=url, date=source.date)


def _observation(observation: Observation) -> Observation:
    return Observation.model_validate(
        {
            "value": observation.value,
            "when": observation.when,
            "source": _source(observation.source),
            **_said(note=observation.note),
        }
    )


def _evidence(evidence: Evidence) -> Evidence:
    url = address(evidence.url)
    title = clean(evidence.title) or url
    return Evidence.model_validate(
        {"title": title, "url": url, "date": evidence.date, **_said(note=evidence.note)}
    )


def _resource(resource: Resource) -> Resource:
    return Resource.model_validate(
        {
            "kind": clean(resource.kind) or "-",
            "amount": resource.amount,
            "currency": resource.currency,
            "period": _period(resource.period),
            "funder": resource.funder,
            "within_existing": resource.within_existing,
            **_said(status=resource.status),
        }
    )
