"""What a road map wants to reach, as results of IATI: objectives with their indicators, and
milestones.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

import attrs

from ...model import (
    Direction,
    Due,
    Indicator,
    Milestone,
    MilestoneStatus,
    Objective,
    Observation,
    Session,
    Target,
)
from ...model.record import first_day, last_day
from ._tree import Tree, add, listed, number
from .wire import clean, code_of, own_code, titled

__all__ = ["Results", "is_percentage"]

#: Codes of `ResultType`.
_OUTPUT, _OUTCOME, _OTHER = "1", "2", "9"
#: Codes of `IndicatorMeasure`.
_UNIT, _PERCENTAGE = "1", "2"
#: Code of `IndicatorVocabulary`: indicators of the Sustainable Development Goals.
_SDG = "9"
_ASCENDING = {Direction.INCREASE: "1", Direction.DECREASE: "0"}


def is_percentage(unit: str | None) -> bool:
    """Whether a unit is a percentage of something.

    Examples:
        >>> [is_percentage(each) for each in ("percent of women", "% of GNI", "countries", None)]
        [True, True, False, False]
    """
    plain = (unit or "").casefold()
    return plain.startswith(("percent", "per cent", "%"))


@attrs.frozen
class Results:
    """Adds results to activities."""

    tree: Tree
    calendar: Mapping[str, Session]
    base: str

    def outcomes(
        self, parent: Element, objectives: Iterable[Objective], indicators: Iterable[Indicator]
    ) -> None:
        """A result for each objective that is measured, with its indicators; then one for each
        indicator that measures none. An indicator of several stands with the first.
        """
        numbered = list(enumerate(indicators, 1))
        for objective in objectives:
            own = [(count, each) for count, each in numbered if objective.id in each.measures]
            if not own:
                continue
            result = add(parent, "result", {"type": _OUTCOME, "wsis:objective": objective.id})
            title = titled(objective.statement, objective.id, self.tree.language)
            self.tree.told(result, "title", title)
            for count, each in own:
                self._indicator(result, each, count)
                numbered.remove((count, each))
        for count, each in numbered:
            result = add(parent, "result", {"type": _OTHER})
            self.tree.told(result, "title", titled(each.name, each.id, self.tree.language))
            self._indicator(result, each, count)

    def milestone(self, parent: Element, milestone: Milestone) -> None:
        """A result of which there is to be one: by the end of its period, if it is due."""
        due = milestone.due or Due()
        reached = None if milestone.reached is None else str(milestone.reached)
        result = add(
            parent,
            "result",
            {
                "type": _OUTPUT,
                "wsis:milestone": milestone.id,
                "wsis:status": milestone.status.value,
                "wsis:reached": reached,
                "wsis:depends-on": listed(milestone.depends_on),
                "wsis:due": due.date,
                "wsis:session": due.session,
                "wsis:recurrence": due.recurrence and due.recurrence.value,
            },
        )
        title = titled(milestone.title, milestone.id, self.tree.language)
        self.tree.told(result, "title", title)
        for each in milestone.evidence:
            self.tree.document(result, each.url, each.title, each.date, each.note)
        if milestone.deliverable is not None:
            code = own_code(milestone.deliverable, self.base)
            given = {"vocabulary": code.vocabulary, "code": code.code, "vocabulary-uri": code.uri}
            add(result, "reference", given)
        indicator = add(result, "indicator", {"measure": _UNIT, "ascending": "1"})
        self.tree.told(indicator, "title", title)
        window = self._window(milestone)
        if window is None:
            return
        period = _period(indicator, *window)
        add(period, "target", {"value": "1"})
        if milestone.effective_status is MilestoneStatus.DONE:
            actual = add(period, "actual", {"value": "1"})
            self.tree.comment(actual, reached)

    def _window(self, milestone: Milestone) -> tuple[datetime.date, datetime.date] | None:
        window = milestone.due and milestone.due.window(self.calendar)
        if window and window.latest:
            return (window.earliest or window.latest, window.latest)
        return (milestone.reached, milestone.reached) if milestone.reached else None

    def _indicator(self, parent: Element, indicator: Indicator, count: int) -> None:
        unit = clean(indicator.unit or "")
        maintained = indicator.direction is Direction.MAINTAIN
        made = add(
            parent,
            "indicator",
            {
                "measure": _PERCENTAGE if is_percentage(unit) else _UNIT,
                "ascending": _ASCENDING.get(indicator.direction) if indicator.direction else None,
                "wsis:id": indicator.id,
                "wsis:number": str(count),
                "wsis:unit": unit or None,
                "wsis:direction": Direction.MAINTAIN.value if maintained else None,
                "wsis:frequency": indicator.frequency and indicator.frequency.value,
                "wsis:measures": listed(indicator.measures),
            },
        )
        title = titled(indicator.name, indicator.id, self.tree.language)
        suffix = f" ({unit})" if unit else ""
        self.tree.told(
            made, "title", {language: f"{text}{suffix}" for language, text in title.items()}
        )
        if indicator.definition and clean(indicator.definition):
            self.tree.told(made, "description", indicator.definition)
        if indicator.sdg_indicator is not None:
            self._reference(made, indicator.sdg_indicator)
        if indicator.baseline is not None:
            self._baseline(made, indicator.baseline)
        self._periods(made, indicator.targets, indicator.observations)

    def _reference(self, parent: Element, identifier: str) -> None:
        code = code_of(identifier, self.base)
        if code.vocabulary == "99" and identifier.startswith("sdg/"):
            add(parent, "reference", {"vocabulary": _SDG, "code": code.code})
            return
        given = {
            "vocabulary": "99",
            "code": own_code(identifier).code,
            "indicator-uri": f"{self.base}{identifier}",
        }
        add(parent, "reference", given)

    def _baseline(self, parent: Element, observation: Observation) -> None:
        when = observation.when
        made = add(
            parent,
            "baseline",
            {
                "iso-date": when if len(when) == 10 else None,
                "year": str(int(when[:4])),
                "value": number(observation.value),
                "wsis:when": when if len(when) == 7 else None,
            },
        )
        self._source(made, observation)
        self.tree.comment(made, observation.note)

    def _periods(
        self, parent: Element, targets: Iterable[Target], observations: Iterable[Observation]
    ) -> None:
        """A period for each year, month or day in which something should be reached or was
        measured.
        """
        periods: dict[tuple[datetime.date, datetime.date], list[Target | Observation]] = {}
        for target in targets:
            span = (first_day(target.by), last_day(target.by))
            periods.setdefault(span, []).append(target)
        for observation in observations:
            span = (first_day(observation.when), last_day(observation.when))
            periods.setdefault(span, []).append(observation)
        for span in sorted(periods):
            period = _period(parent, *span)
            for each in periods[span]:
                kind = "target" if isinstance(each, Target) else "actual"
                made = add(period, kind, {"value": number(each.value)})
                self.tree.comment(made, each.note)
                if isinstance(each, Observation):
                    self._source(made, each)

    def _source(self, parent: Element, observation: Observation) -> None:
        source = observation.source
        if source is not None:
            self.tree.document(parent, source.url, source.title, source.date)


def _period(parent: Element, first: datetime.date, last: datetime.date) -> Element:
    period = add(parent, "period")
    add(period, "period-start", {"iso-date": str(first)})
    add(period, "period-end", {"iso-date": str(last)})
    return period
