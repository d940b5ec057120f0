"""Results of IATI as milestones, objectives and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ...model import (
    Direction,
    Due,
    Evidence,
    Indicator,
    Milestone,
    Objective,
    Observation,
    Source,
    Target,
    Translations,
)
from .._xml import Element, local
from ._elements import Elements, children, mark, marks
from .wire import Code, identifier_in, partial_between

__all__ = ["FoundResults", "ReadResults", "span_of"]

_TRUE, _FALSE = ("1", "true"), ("0", "false")
#: Code of `IndicatorMeasure`.
_PERCENTAGE = "2"
#: Code of `IndicatorVocabulary`: indicators of the Sustainable Development Goals.
_SDG = "9"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@attrs.define
class FoundResults:
    """What the results of an activity say."""

    objectives: list[Objective] = attrs.Factory(list[Objective])
    milestones: list[Milestone] = attrs.Factory(list[Milestone])
    #: With their number in the road map; 0 where the file does not say it.
    indicators: list[tuple[int, Indicator]] = attrs.Factory(list[tuple[int, Indicator]])


def day_in(element: Element) -> str | None:
    """The day in `iso-date`, without a time zone; None where it holds none."""
    found = _DAY.match((element.get("iso-date") or "").strip())
    return found[0] if found else None


def span_of(element: Element) -> tuple[str | None, str | None]:
    """The days in `period-start` and `period-end`."""
    first = next((day_in(each) for each in children(element, "period-start")), None)
    last = next((day_in(each) for each in children(element, "period-end")), None)
    return first, last


class ReadResults:
    """Reads the results of one activity."""

    def __init__(self, elements: Elements, base: str, head: str, about: str) -> None:
        self.elements = elements
        self.base = base
        #: What identifiers of what others wrote begin with.
        self.head = head
        #: What indicators of what others wrote measure.
        self.about = about
        self.found = FoundResults()

    def result(self, result: Element) -> None:
        """A milestone, or an objective with its indicators."""
        if mark(result, "milestone") is not None:
            self._milestone(result)
            return
        ours = any(mark(each, "id") for each in children(result, "indicator"))
        measures: tuple[str, ...] = (self.about,)
        if not ours and (objective := self._objective(result)) is not None:
            self.found.objectives.append(objective)
            measures = (objective.id, self.about)
        for each in result:
            name = local(each)
            if name == "indicator":
                self._indicator(each, measures)
            elif name not in ("title", "description"):
                self.elements.leave(each, "no field of an objective holds it")

    def _objective(self, result: Element) -> Objective | None:
        statement = self._title(result)
        for each in children(result, "description"):
            self.elements.leave(each, "an objective is its statement alone")
        if not statement:
            return None
        identifier = f"{self.head}.r{len(self.found.objectives) + 1}"
        return self.elements.make(Objective, result, id=identifier, statement=statement)

    def _title(self, element: Element) -> Translations:
        return next(
            (self.elements.texts(each) for each in children(element, "title")), Translations()
        )

    # --- milestones -------------------------------------------------------------------------------

    def _milestone(self, result: Element) -> None:
        identifier = mark(result, "milestone")
        due = self.elements.make(
            Due,
            result,
            date=mark(result, "due"),
            session=mark(result, "session"),
            recurrence=mark(result, "recurrence"),
        )
        milestone = self.elements.make(
            Milestone,
            result,
            id=identifier,
            title=self._title(result) or ({"en": identifier} if identifier else None),
            due=None if due == Due() else due,
            status=mark(result, "status"),
            reached=mark(result, "reached"),
            depends_on=marks(result, "depends-on"),
            deliverable=self._deliverable(result),
            evidence=tuple(self._documents(result)),
        )
        if milestone is not None:
            self.found.milestones.append(milestone)

    def _deliverable(self, result: Element) -> str | None:
        for each in children(result, "reference"):
            code = Code(
                each.get("vocabulary", ""), each.get("code", ""), each.get("vocabulary-uri")
            )
            if (identifier := identifier_in(code, self.base)) is not None:
                return identifier
            self.elements.leave(each, "no concept of ours")
        return None

    def _documents(self, parent: Element) -> Iterator[Evidence]:
        for link in children(parent, "document-link"):
            url = link.get("url")
            days = (day_in(each) for each in children(link, "document-date"))
            notes = (self.elements.text(each) for each in children(link, "description"))
            evidence = self.elements.make(
                Evidence,
                link,
                title=str(self._title(link)) or url,
                url=url,
                date=next(days, None),
                note=next(notes, None),
            )
            if evidence is not None:
                yield evidence

    # --- indicators -------------------------------------------------------------------------------

    def _indicator(self, element: Element, about: tuple[str, ...]) -> None:
        own = mark(element, "id")
        unit = mark(element, "unit")
        name = self._title(element)
        if unit:
            suffix = f" ({unit})"
            name = Translations({key: text.removesuffix(suffix) for key, text in name.items()})
        if own is None:
            own = f"{self.head}.i{len(self.found.indicators) + 1}"
            unit = "percent" if element.get("measure") == _PERCENTAGE else None
            measures = about
        else:
            measures = marks(element, "measures")
        ascending = (element.get("ascending") or "").strip()
        direction = mark(element, "direction")
        if ascending in _TRUE + _FALSE:
            direction = (Direction.INCREASE if ascending in _TRUE else Direction.DECREASE).value
        baselines = [self._baseline(each) for each in children(element, "baseline")]
        targets: list[Target] = []
        observations: list[Observation] = []
        for period in children(element, "period"):
            self._period(period, targets, observations)
        definitions = [self.elements.text(each) for each in children(element, "description")]
        for each in element:
            if local(each) not in ("title", "description", "reference", "baseline", "period"):
                self.elements.leave(each, "no field of an indicator holds it")
        known = [each for each in baselines if each is not None]
        for each in list(children(element, "baseline"))[1:]:
            self.elements.leave(each, "an indicator has one baseline")
        indicator = self.elements.make(
            Indicator,
            element,
            id=own,
            name=name or {"en": own},
            unit=unit,
            direction=direction,
            frequency=mark(element, "frequency"),
            definition=next(iter(definitions), None),
            measures=measures,
            baseline=next(iter(known), None),
            targets=tuple(targets),
            observations=tuple(observations),
            sdg_indicator=self._sdg_indicator(element),
        )
        if indicator is not None:
            number = mark(element, "number") or ""
            place = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
            self.found.indicators.append((place, indicator))

    def _sdg_indicator(self, element: Element) -> str | None:
        for each in children(element, "reference"):
            code, uri = (each.get("code") or "").strip(), each.get("indicator-uri") or ""
            if each.get("vocabulary") == _SDG:
                found = identifier_in(Code("4", code), self.base)
            else:
                found = uri.removeprefix(self.base) if uri.startswith(self.base) else None
            if found is not None:
                return found
            self.elements.leave(each, "no indicator of the Sustainable Development Goals")
        return None

    def _baseline(self, element: Element) -> Observation | None:
        year = (element.get("year") or "").strip()
        when = mark(element, "when") or day_in(element)
        if when is None and year.isascii() and year.isdigit() and len(year) <= 4:
            when = year.zfill(4)
        return self._observation(element, when)

    def _observation(self, element: Element, when: str | None) -> Observation | None:
        value = self.elements.decimal(element, element.get("value"))
        if value is None or when is None:
            self.elements.leave(element, "has no value, or no date")
            return None
        sources: list[Source | None] = []
        for each in self._documents(element):
            if each.note is not None or sources:
                self.elements.leave(element, "of a source, title, address and date are kept")
            given = {"title": each.title, "url": each.url, "date": each.date}
            sources.append(self.elements.make(Source, element, **given))
        return self.elements.make(
            Observation,
            element,
            value=value,
            when=when,
            source=next(iter(sources), None),
            note=self._comment(element, "document-link"),
        )

    def _comment(self, element: Element, *read: str) -> str | None:
        for each in element:
            if local(each) not in ("comment", *read):
                self.elements.leave(each, "no field of a value holds it")
        return next((self.elements.text(each) for each in children(element, "comment")), None)

    def _period(
        self, period: Element, targets: list[Target], observations: list[Observation]
    ) -> None:
        first, last = span_of(period)
        try:
            when = partial_between(first, last) or last if first and last else last
        except ValueError:  # a day that is in no calendar
            when = None
        for each in children(period, "target"):
            value = self.elements.decimal(each, each.get("value"))
            if value is None or when is None:
                self.elements.leave(each, "has no value, or no date")
                continue
            target = self.elements.make(
                Target, each, value=value, by=when, note=self._comment(each)
            )
            if target is not None:
                targets.append(target)
        for each in children(period, "actual"):
            observation = self._observation(each, when)
            if observation is not None:
                observations.append(observation)
