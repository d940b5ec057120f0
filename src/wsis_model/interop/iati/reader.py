"""Activities of IATI as road maps: our own files as they were, as far as IATI holds them; those of
others as far as a road map does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Context
from typing import Any

import attrs

from ..._collector import paused_collector
from ..._version import BASE_IRI
from ...corpus import Corpus, TopRecord
from ...model import (
    Activity,
    Alignment,
    Basis,
    Entity,
    Indicator,
    Objective,
    Period,
    Resource,
    Roadmap,
    Translations,
    is_identifier,
)
from ...model.record import first_day, last_day
from .._reading import LeftOut, Repair
from .._xml import Element, Source, local, parse_strictly, read_bytes, refuse
from ._actors import Actors, Names, slug
from ._elements import Elements, children, mark, marks
from ._read_results import FoundResults, ReadResults, day_in, span_of
from .wire import STATUSES, Code, identifier_in

__all__ = ["RoadmapReading", "read"]

_STATUS_OF = {code: status.value for status, code in STATUSES.items()} | {"3": "done"}
#: What a field is called in our attribute `field`, and the field.
_REFERENCES = {"answers": "answers", "mandated-by": "mandated_by", "scope": "scope"}
#: Codes of `SectorVocabulary` whose codes are SDG goals, targets and indicators.
_SDG_SECTORS = ("7", "8", "9")
#: Reasons why something was left out.
_NO_FIELD = "no field of a road map holds it"
_PUBLISHER = "who publishes says it, not the road map"
#: Codes of `BudgetStatus`.
_BUDGET_STATUS = {"1": "indicative", "2": "committed"}
_EXACT = Context(prec=80)  # more digits than an amount may have
_OLD = re.compile(r"\s*1\.")


@attrs.frozen
class RoadmapReading:
    """What reading a file of IATI has made of it."""

    roadmaps: tuple[Roadmap, ...]
    """The road maps, in the order of the file. Of activities that others wrote, one for each
    organisation that reports.
    """
    entities: tuple[Entity, ...] = ()
    """Organisations that are in neither the corpus that was given nor the list of identifiers that
    ships; each with its reference under `iati:ref`.
    """
    left_out: tuple[LeftOut, ...] = ()
    """What found no place in them, in the order of the file."""

    @property
    def roadmap(self) -> Roadmap:
        """The first road map."""
        return self.roadmaps[0]

    @property
    def records(self) -> tuple[TopRecord, ...]:
        """Road maps and entities, as any reader gives its records."""
        return (*self.roadmaps, *self.entities)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """None: what is damaged is not read."""
        return ()

    @property
    def corpus(self) -> Corpus:
        """Road maps and entities as a corpus."""
        return Corpus.of(*self.records)


def read(source: Source, *, context: Corpus | None = None, base: str = BASE_IRI) -> RoadmapReading:
    """Read a file of activities: what [`write`][wsis_model.interop.iati.write] wrote, or what
    others did.

    Args:
        source: Path of the file, or its bytes.
        context: Where organisations are looked up by their names and by what their records say
            under `iati:ref`, e.g. [`catalogue()`][wsis_model.catalogue].
        base: The base of the IRIs of our vocabularies, where `write` was given another one.

    Raises:
        LoadError: It is no file of activities of IATI 2, or is damaged.
        MissingExtra: lxml is not installed.

    Examples:
        >>> found = read(b'''<iati-activities version="2.03"><iati-activity>
        ... <iati-identifier>GB-COH-1-A</iati-identifier>
        ... <reporting-org ref="GB-COH-1" type="22"><narrative>Maps for all</narrative>
        ... </reporting-org>
        ... <title><narrative>Draw maps</narrative></title>
        ... <recipient-country code="KE"/>
        ... </iati-activity></iati-activities>''')
        >>> found.roadmap.id, found.roadmap.activities[0].id, str(found.left_out[0].text)
        ('gb-coh-1-activities', 'gb-coh-1-activities/a', 'recipient-country KE')
    """
    name, data = read_bytes(source)
    with paused_collector():
        root = parse_strictly(name, data, "iati")
        if local(root) != "iati-activities":
            refuse(
                "not-iati",
                f"its root is {local(root)!r}, not 'iati-activities'",
                name,
                root.sourceline,
                hint="a file of organisations holds no activities"
                if local(root) == "iati-organisations"
                else "",
            )
        version = root.get("version", "")
        if _OLD.match(version):
            refuse(
                "iati-version",
                f"version {version.strip()[:20]!r} of IATI is not read",
                name,
                root.sourceline,
                hint="ask its publisher for a file of version 2",
            )
        activities = list(children(root, "iati-activity"))
        if not activities:
            refuse("no-activities", "holds no activity", name, root.sourceline)
        return _Reader(name, context, base).read(activities)


@attrs.define
class _Found:
    """What an activity says, before it is known whose it is."""

    element: Element
    identifier: str
    """Ours."""
    record: str | None = None
    """What it was written for: `"roadmap"`, `"activity"`, or None where others wrote it."""
    published: str = ""
    """That of IATI."""
    parent: str = ""
    """That of the activity above it, in IATI."""
    ref: str = ""
    """Reference of who reports."""
    reporter: str = ""
    """The actor who does."""
    title: Translations = attrs.Factory(Translations)
    currency: str | None = None
    fields: dict[str, Any] = attrs.Factory(dict[str, Any])
    """Values of fields, by name."""
    lists: defaultdict[str, list[Any]] = attrs.Factory(lambda: defaultdict[str, list[Any]](list))
    """Values of fields that hold several."""
    dates: dict[str, str] = attrs.Factory(dict[str, str])
    """Days by the code of their type."""
    statements: dict[str, tuple[Element, Translations]] = attrs.Factory(
        dict[str, tuple[Element, Translations]]
    )
    """Objectives of the road map, by identifier."""
    aligned: defaultdict[str, list[Alignment]] = attrs.Factory(
        lambda: defaultdict[str, list[Alignment]](list)
    )
    """Alignments of objectives, by identifier."""
    budgets: dict[str, dict[str, Any]] = attrs.Factory(dict[str, dict[str, Any]])
    """Resources that were written in parts, by number."""
    results: FoundResults = attrs.Factory(FoundResults)

    def add(self, field: str, value: Any) -> None:
        """Another value of a field that holds several; None is none."""
        if value is not None:
            self.lists[field].append(value)


class _Reader:
    """Reads one file."""

    def __init__(self, file: str, context: Corpus | None, base: str) -> None:
        self.elements = Elements(file)
        self.names = Names()
        self.actors = Actors(context, self.names)
        self.base = base
        self.reporters: dict[str, Translations] = {}
        self.collections: dict[str, str] = {}

    def read(self, elements: list[Element]) -> RoadmapReading:
        """The road maps of these activities."""
        # What is ours keeps its name: where two have one, that of others gives way.
        own = [(each, _own_identifier(each)) for each in elements]
        named = [(each, name and self.names.take(name)) for each, name in own]
        found = [self._activity(each, name) for each, name in named]
        plans = {each.published: (each, list[_Found]()) for each in found if _is_plan(each)}
        collections: dict[str, list[_Found]] = {}
        for each in found:
            if _is_plan(each) and plans[each.published][0] is each:
                continue
            if each.record == "activity" and each.parent in plans:
                plans[each.parent][1].append(each)
            else:
                collections.setdefault(each.reporter, []).append(each)
        made = [
            *(self._plan(plan, members) for plan, members in plans.values()),
            *(self._collection(*each) for each in collections.items()),
        ]
        left_out = sorted(self.elements.left_out, key=lambda each: each.position.line or 0)
        entities = tuple(self.actors.made.values())
        return RoadmapReading(tuple(filter(None, made)), entities, tuple(left_out))

    # --- road maps --------------------------------------------------------------------------------

    def _plan(self, plan: _Found, members: list[_Found]) -> Roadmap | None:
        """A road map that was written as one."""
        elements = self.elements
        objectives = [
            elements.make(
                Objective,
                element,
                id=identifier,
                statement=statement or {"en": identifier},
                alignments=tuple(plan.aligned.pop(identifier, ())),
            )
            for identifier, (element, statement) in plan.statements.items()
        ]
        return self.elements.make(
            Roadmap,
            plan.element,
            id=plan.identifier,
            title=plan.title or {"en": plan.identifier},
            kind=mark(plan.element, "kind"),
            status=mark(plan.element, "status"),
            issued=mark(plan.element, "issued"),
            extensions=_extensions(plan),
            objectives=(*filter(None, objectives), *_objectives(plan, *members)),
            activities=tuple(filter(None, (self._built(each) for each in members))),
            indicators=_indicators(plan, *members),
            **{**plan.fields, "owners": tuple(plan.lists["owners"]) or (plan.reporter,)},
            **{name: tuple(plan.lists[name]) for name in ("mandated_by", "scope")},
        )

    def _collection(self, reporter: str, members: list[_Found]) -> Roadmap | None:
        """The activities that an organisation reports, as a road map of its."""
        return self.elements.make(
            Roadmap,
            members[0].element,
            id=self._collection_of(reporter),
            title=self.reporters.get(reporter) or {"en": reporter},
            owners=(reporter,),
            objectives=_objectives(*members),
            activities=tuple(filter(None, (self._built(each) for each in members))),
            indicators=_indicators(*members),
        )

    def _collection_of(self, reporter: str) -> str:
        if reporter not in self.collections:
            wanted = f"{reporter.replace('/', '-')}-activities"
            self.collections[reporter] = self.names.take(wanted)
        return self.collections[reporter]

    def _built(self, found: _Found) -> Activity | None:
        """An activity."""
        budgets = [
            self.elements.make(Resource, each.pop("element"), **each)
            for each in found.budgets.values()
        ]
        lists = ("co_leads", "partners", "beneficiaries", "answers", "alignments")
        return self.elements.make(
            Activity,
            found.element,
            id=found.identifier,
            title=found.title or {"en": found.published or found.identifier},
            objective=mark(found.element, "objective"),
            depends_on=marks(found.element, "depends-on"),
            milestones=tuple(found.results.milestones),
            resources=(*filter(None, budgets), *found.lists["resources"]),
            extensions=_extensions(found),
            **found.fields,
            **{name: tuple(found.lists[name]) for name in lists},
        )

    # --- an activity, element by element ----------------------------------------------------------

    def _activity(self, element: Element, own: str | None) -> _Found:
        self.elements.set_language(element)
        record = mark(element, "record") if own is not None else None
        published = next((_line(each) for each in children(element, "iati-identifier")), "")
        found = _Found(
            element, own or "", record, published, currency=element.get("default-currency")
        )
        reporting = next(children(element, "reporting-org"), None)
        if reporting is not None:
            found.ref = (reporting.get("ref") or "").strip()
            texts = self.elements.texts(reporting)
            found.reporter = self.actors.of(found.ref, texts)
            self.reporters.setdefault(found.reporter, texts)
        else:
            found.reporter = self.actors.of("", Translations())
        if own is None:
            rest = slug(published.removeprefix(found.ref)) or "activity"
            found.identifier = self.names.take(f"{self._collection_of(found.reporter)}/{rest}")
        head = found.identifier
        results = ReadResults(self.elements, self.base, head, head)
        found.results = results.found
        for each in element:
            name = local(each)
            if name == "result":
                results.result(each)
            elif (read := _READERS.get(name)) is not None:
                read(self, found, each)
            elif name not in ("iati-identifier", "reporting-org"):
                self.elements.leave(each, _NO_FIELD)
        if reporting is not None and record is not None:
            self.elements.leave(reporting, _PUBLISHER)
        self._period(found)
        return found

    def title(self, found: _Found, element: Element) -> None:
        found.title = found.title or self.elements.texts(element)

    def description(self, found: _Found, element: Element) -> None:
        objective = mark(element, "objective")
        if mark(element, "field") == "title" or (objective and found.record == "activity"):
            return  # what IATI demands, and the road map says elsewhere
        if objective is not None and found.record == "roadmap":
            found.statements.setdefault(objective, (element, self.elements.texts(element)))
        elif found.record == "activity" and (group := mark(element, "id")) is not None:
            found.lists["beneficiaries"].append(group)
        elif "description" in found.fields or element.get("type", "1") != "1":
            self.elements.leave(element, "a record has one description")
        else:
            found.fields["description"] = self.elements.text(element)

    def participant(self, found: _Found, element: Element) -> None:
        role, field = element.get("role"), mark(element, "field")
        ref = (element.get("ref") or "").strip()
        texts = self.elements.texts(element)
        own = mark(element, "id")
        if found.record is not None and own is not None and is_identifier(own):
            if field == "lead":
                found.fields["lead"] = own
            elif field in ("co-leads", "partners") or (
                field == "owners" and found.record == "roadmap"
            ):
                found.lists[field.replace("-", "_")].append(own)
            return
        if not ref and not texts:
            self.elements.leave(element, "names nobody")
            return
        actor = self.actors.of(ref, texts)
        if role == "1":
            found.add(
                "resources", self.elements.make(Resource, element, kind="funding", funder=actor)
            )
        elif role == "2" and "lead" not in found.fields:
            found.fields["lead"] = actor
        else:
            found.lists["co_leads" if role == "2" else "partners"].append(actor)

    def status(self, found: _Found, element: Element) -> None:
        code = (element.get("code") or "").strip()
        if found.record == "roadmap":
            return  # that of its activities
        if (status := _STATUS_OF.get(code)) is None:
            self.elements.leave(element, "no code of the list ActivityStatus")
        else:
            found.fields["status"] = status

    def date(self, found: _Found, element: Element) -> None:
        code, day = element.get("type", ""), day_in(element)
        stated = mark(element, "date")
        if found.record is not None and stated is None:
            if code in ("1", "2"):
                self.elements.leave(element, _PUBLISHER)
            return  # the others are those of milestones
        if day is None or code not in ("1", "2", "3", "4") or code in found.dates:
            self.elements.leave(element, "no date of an activity")
            return
        found.dates[code] = stated if stated and _means(stated, day, code) else day

    def _period(self, found: _Found) -> None:
        """What was planned is a period; real days are fields of their own."""
        start, end = found.dates.get("1"), found.dates.get("3")
        if start or end:
            found.fields["period"] = self.elements.make(Period, found.element, start=start, end=end)
        if found.record != "roadmap":
            found.fields |= {"started": found.dates.get("2"), "finished": found.dates.get("4")}

    def tag(self, found: _Found, element: Element) -> None:
        code = Code(
            element.get("vocabulary", ""), element.get("code", ""), element.get("vocabulary-uri")
        )
        identifier = identifier_in(code, self.base)
        if identifier is None:
            self.elements.leave(element, "of a vocabulary that is not ours")
            return
        field = _REFERENCES.get(mark(element, "field") or "")
        allowed = {"activity": ("answers",), "roadmap": ("mandated_by", "scope")}
        if field is not None and field in allowed.get(found.record or "", ()):
            found.lists[field].append(identifier)
            return
        alignment = self._alignment(element, identifier)
        if alignment is not None:
            objective = mark(element, "objective")
            if found.record == "roadmap" and objective is not None:
                found.aligned[objective].append(alignment)
            elif found.record == "roadmap":
                self.elements.leave(element, "a road map is not aligned, its parts are")
            else:
                found.lists["alignments"].append(alignment)

    def _alignment(self, element: Element, identifier: str) -> Alignment | None:
        """The claim of who reports, where no other ground is told."""
        basis = mark(element, "basis") or Basis.STATED.value
        return self.elements.make(Alignment, element, concept=identifier, basis=basis)

    def sector(self, found: _Found, element: Element) -> None:
        vocabulary = element.get("vocabulary", "1")
        identifier = identifier_in(Code("4", element.get("code", "")))
        if found.record is not None:
            self.elements.leave(element, _PUBLISHER)
        elif vocabulary in _SDG_SECTORS and identifier is not None:
            found.add("alignments", self._alignment(element, identifier))
        else:
            self.elements.leave(element, _NO_FIELD)

    def publisher(self, found: _Found, element: Element) -> None:
        self.elements.leave(element, _PUBLISHER if found.record is not None else _NO_FIELD)

    def other_identifier(self, found: _Found, element: Element) -> None:
        if found.record is None or element.get("type") != "A1":
            self.elements.leave(element, _NO_FIELD)

    def related(self, found: _Found, element: Element) -> None:
        if element.get("type") == "1":
            found.parent = (element.get("ref") or "").strip()
        if found.record is None:
            self.elements.leave(element, _NO_FIELD)

    def budget(self, found: _Found, element: Element) -> None:
        value = next(children(element, "value"), None)
        amount = None if value is None else self.elements.decimal(value, _line(value))
        if value is None or amount is None:
            self.elements.leave(element, "has no amount")
            return
        currency = value.get("currency") or found.currency
        number = mark(element, "resource")
        if found.record is None or number is None:
            first, last = span_of(element)
            resource = self.elements.make(
                Resource,
                element,
                kind="funding",
                amount=amount,
                currency=currency,
                period=self.elements.make(Period, element, start=first, end=last),
                status=_BUDGET_STATUS.get(element.get("status", "1")),
            )
            found.add("resources", resource)
        elif number in found.budgets:  # a part of what was split
            known = found.budgets[number]
            known["amount"] = _EXACT.add(known["amount"], amount)
        else:
            start, end = mark(element, "start"), mark(element, "end")
            found.budgets[number] = {
                "element": element,
                "kind": mark(element, "kind"),
                "amount": amount,
                "currency": currency,
                "status": mark(element, "status"),
                "funder": mark(element, "funder"),
                "within_existing": mark(element, "within-existing"),
                "period": self.elements.make(Period, element, start=start, end=end)
                if start or end
                else None,
            }


_READERS: dict[str, Callable[[_Reader, _Found, Element], None]] = {
    "title": _Reader.title,
    "description": _Reader.description,
    "participating-org": _Reader.participant,
    "other-identifier": _Reader.other_identifier,
    "activity-status": _Reader.status,
    "activity-date": _Reader.date,
    "activity-scope": _Reader.publisher,
    "recipient-country": _Reader.publisher,
    "recipient-region": _Reader.publisher,
    "sector": _Reader.sector,
    "tag": _Reader.tag,
    "budget": _Reader.budget,
    "related-activity": _Reader.related,
}


def _line(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_plan(found: _Found) -> bool:
    return found.record == "roadmap"


def _own_identifier(element: Element) -> str | None:
    """The identifier of the record that an activity was written for; None for one of others."""
    if mark(element, "record") not in ("roadmap", "activity"):
        return None
    for each in children(element, "other-identifier"):
        ref = each.get("ref", "")
        if each.get("type") == "A1" and len(ref) <= 200 and is_identifier(ref):
            return ref
    return None


def _extensions(found: _Found) -> dict[str, str] | None:
    """The identifier in IATI, where it is not the one that ours gives."""
    ours = f"{found.ref}-{found.identifier.replace('/', ':')}"
    given = found.record is None or found.published != ours
    return {"iati:identifier": found.published} if given and found.published else None


def _means(stated: str, day: str, code: str) -> bool:
    """Whether a year, month or day is the one that a date was made of."""
    if stated not in (day[:4], day[:7], day):
        return False
    try:
        end = last_day(stated) if code in ("3", "4") else first_day(stated)
    except ValueError:  # a day that is in no calendar
        return False
    return end.isoformat() == day


def _objectives(*found: _Found) -> tuple[Objective, ...]:
    return tuple(each for one in found for each in one.results.objectives)


def _indicators(*found: _Found) -> tuple[Indicator, ...]:
    """The indicators by their number in the road map; then those that have none."""
    numbered = [each for one in found for each in one.results.indicators]
    return tuple(each for _, each in sorted(numbered, key=lambda each: (not each[0], each[0])))
