"""Road maps as activities of IATI."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, indent, tostring

import attrs

from ..._version import BASE_IRI
from ...corpus import Corpus
from ...errors import Finding, WriteError, excerpt
from ...model import (
    Activity,
    ActivityStatus,
    Alignment,
    Concept,
    MilestoneStatus,
    Period,
    Roadmap,
    Session,
    cite,
)
from ...model.record import first_day, last_day
from ._money import add_budget, budgets
from ._results import Results
from ._tree import Texts, Tree, add, number
from .publishing import (
    LongBudgets,
    Organisation,
    Publication,
    Share,
    Shares,
    organisation_type,
    publication,
)
from .wire import NAMESPACE, STATUSES, VERSION, clean, cleaned, code_of, is_money, titled

__all__ = ["write"]

#: What the format is called in errors.
FORMAT = "iati"
#: Codes of `ActivityDateType`.
_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"
#: Codes of `DescriptionType`.
_GENERAL, _OBJECTIVES, _TARGET_GROUPS = "1", "2", "3"
#: Codes of `OrganisationRole`.
_FUNDING, _ACCOUNTABLE, _IMPLEMENTING = "1", "2", "4"
#: Codes of `RelatedActivityType`.
_PARENT, _CHILD, _SIBLING = "1", "2", "3"
#: Code of `OtherIdentifierType`: what the publisher itself calls an activity.
_INTERNAL = "A1"


def write(
    corpus: Corpus,
    roadmap: Roadmap | str | None = None,
    *,
    reporting_org: Organisation | str | None = None,
    recipient: Shares | None = None,
    sector: Shares | None = None,
    scope: str | None = None,
    default_currency: str | None = None,
    planned_start: datetime.date | None = None,
    long_budgets: LongBudgets = "refuse",
    language: str = "en",
    refs: Mapping[str, str] | None = None,
    base: str = BASE_IRI,
    context: Corpus | None = None,
    generated: datetime.datetime | None = None,
) -> bytes:
    """A road map as a file of IATI 2.03: an activity for itself, and one below it for each of its
    activities. Equal arguments, with *generated*, give equal bytes.

    Args:
        corpus: Where the road map is.
        roadmap: The road map, or its identifier; all of the corpus, where none is named.
        reporting_org: Who publishes. Of an entity of the corpus, or a reference of one whose
            identifier in IATI ships, type and name are known: `"ITU"`, `"XM-DAC-41303"`.
        recipient: The countries (ISO 3166-1) or regions (OECD) that benefit, e.g. `"KE:60, UG:40"`
            or `"998"`.
        sector: The sectors, by the OECD's purpose codes: `"22040"`; of another vocabulary with its
            code before, as `"2/220"`, or as [`Share`][wsis_model.interop.iati.Share].
        scope: How far it reaches, a code of `ActivityScope`: `"1"` is global.
        default_currency: The currency of amounts that name none; the road map's name theirs.
        planned_start: The first day of activities of which the road map does not say it.
        long_budgets: What becomes of money for more than a year: `"refuse"` it, or `"split"` it in
            equal parts, one a year.
        language: The language of texts that are in one only, and that narratives do not name.
        refs: Identifiers in IATI of actors, e.g. `{"apnic": "AU-ABN-42081528010"}`, beside those
            that ship and those under `iati:ref` in the `extensions` of entities.
        base: The base of the IRIs of our vocabularies.
        context: Where labels, actors and sessions are looked up; *corpus*, where none is given.
        generated: When the file was made; UTC where no time zone is given; now, where there is
            none.

    Raises:
        WriteError: IATI demands what neither the road map nor the caller says, or forbids what
            they say; everything at once.
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> from wsis_model import Corpus, Roadmap, WriteError, catalogue
        >>> corpus = Corpus.of(Roadmap(id="plan", title="Plan", owners=["itu"]))
        >>> try:
        ...     write(corpus, context=catalogue())
        ... except WriteError as error:
        ...     [(each.record, *each.path) for each in error.problems]
        [('', 'reporting_org'), ('', 'recipient'), ('', 'sector'), ('plan', 'period', 'start')]
        >>> data = write(
        ...     corpus,
        ...     reporting_org="ITU",
        ...     recipient="998",
        ...     sector="22040",
        ...     planned_start=datetime.date(2026, 1, 1),
        ...     context=catalogue(),
        ... )
        >>> b"<iati-identifier>XM-DAC-41303-plan</iati-identifier>" in data
        True
    """
    chosen = _chosen(corpus, roadmap)
    published, problems = publication(
        context or corpus,
        reporting_org=reporting_org,
        recipient=recipient,
        sector=sector,
        scope=scope,
        default_currency=default_currency,
        planned_start=planned_start,
        long_budgets=long_budgets,
        language=language,
        refs=refs,
        base=base,
        generated=generated,
    )
    if not chosen:
        problems.append(
            Finding(
                "iati-missing",
                "a file of IATI holds an activity at least, and there is no road map to write",
                path="roadmap",
                expected="a road map",
            )
        )
    root = Element(
        "iati-activities",
        {
            "version": VERSION,
            "generated-datetime": _stamp(published.generated),
            "xmlns:wsis": NAMESPACE,
        },
    )
    writer = _Writer(published, problems)
    for each in chosen:
        writer.roadmap(root, each)
    if problems:
        raise WriteError(FORMAT, tuple(problems))
    indent(root)
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _chosen(corpus: Corpus, roadmap: Roadmap | str | None) -> tuple[Roadmap, ...]:
    if isinstance(roadmap, Roadmap):
        return (roadmap,)
    return corpus.roadmaps if roadmap is None else (corpus.roadmap(roadmap),)


def _stamp(when: datetime.datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}Z" if when.year > 999 else f"{when.isoformat()[:19]}Z"


@attrs.frozen
class _Day:
    """A date of an activity that is written."""

    day: datetime.date
    stated: str | None = None
    """What the road map says; None where it is worked out, or the caller says it."""


@attrs.frozen
class _Dates:
    """The dates of an activity, by the code of their type."""

    days: Mapping[str, _Day]

    def first(self) -> datetime.date | None:
        """The first day: as planned, or else the real one."""
        found = self.days.get(_PLANNED_START) or self.days.get(_ACTUAL_START)
        return None if found is None else found.day

    def last(self) -> datetime.date | None:
        """The last day: as planned, or else the real one."""
        found = self.days.get(_PLANNED_END) or self.days.get(_ACTUAL_END)
        return None if found is None else found.day


class _Writer:
    """Adds road maps to a file, and gathers what IATI forbids."""

    def __init__(self, published: Publication, problems: list[Finding]) -> None:
        self.published = published
        self.problems = problems
        self.tree = Tree(published.language)
        self.calendar: dict[str, Session] = {each.id: each for each in published.context.sessions}
        self.results = Results(self.tree, self.calendar, published.base)
        self.taken: dict[str, str] = {}

    # --- a road map, and an activity of it --------------------------------------------------------

    def roadmap(self, root: Element, roadmap: Roadmap) -> None:
        """The road map and its activities."""
        dates = {each.id: self._dates(each) for each in roadmap.activities}
        starts = [first for each in dates.values() if (first := each.first()) is not None]
        own = self._own_dates(roadmap, min(starts, default=None))
        issued = roadmap.issued
        updated = self.published.generated if issued is None else self._not_to_come(roadmap, issued)
        names = {
            roadmap.id: self._identifier(roadmap),
            **{each.id: self._identifier(each) for each in roadmap.activities},
        }
        status = _status_of(roadmap)
        made = self._opened(root, roadmap.id, names, "1", updated)
        made.set("wsis:record", "roadmap")
        made.set("wsis:status", roadmap.status.value)
        if issued is not None:
            made.set("wsis:issued", str(issued))
        if roadmap.kind is not None:
            made.set("wsis:kind", roadmap.kind.value)
        self._described(made, roadmap.title, roadmap.description, roadmap.id)
        for objective in roadmap.objectives:
            statement = titled(objective.statement, objective.id, self.tree.language)
            given = {"type": _OBJECTIVES, "wsis:objective": objective.id}
            self.tree.told(made, "description", statement, given)
        for owner in roadmap.owners:
            self._participant(made, owner, _ACCOUNTABLE, "owners")
        self._where_and_when(made, roadmap.id, status, own)
        for field in ("mandated_by", "scope"):
            for identifier in getattr(roadmap, field):
                self._tag(made, identifier, {"wsis:field": field.replace("_", "-")})
        for objective in roadmap.objectives:
            self._aligned(made, objective.alignments, objective.id)
        for activity in roadmap.activities:
            add(made, "related-activity", {"ref": names[activity.id], "type": _CHILD})
        self.results.outcomes(made, roadmap.objectives, roadmap.indicators)
        for activity in roadmap.activities:
            self._activity(root, roadmap, activity, dates[activity.id], names, updated)

    def _activity(
        self,
        root: Element,
        roadmap: Roadmap,
        activity: Activity,
        dates: _Dates,
        names: Mapping[str, str],
        updated: datetime.datetime,
    ) -> None:
        made = self._opened(root, activity.id, names, "2", updated)
        made.set("wsis:record", "activity")
        if activity.depends_on:  # the schema lets no `related-activity` have an attribute of ours
            made.set("wsis:depends-on", " ".join(activity.depends_on))
        self._described(made, activity.title, activity.description, activity.id)
        if activity.objective is not None:
            made.set("wsis:objective", activity.objective)
            for objective in roadmap.objectives:
                if objective.id == activity.objective:
                    statement = titled(objective.statement, objective.id, self.tree.language)
                    given = {"type": _OBJECTIVES, "wsis:objective": objective.id}
                    self.tree.told(made, "description", statement, given)
        for group in activity.beneficiaries:
            given = {"type": _TARGET_GROUPS, "wsis:id": group}
            self.tree.told(made, "description", self._name(group), given)
        self._participants(made, roadmap, activity)
        self._where_and_when(made, activity.id, STATUSES[activity.status], dates)
        for answered in activity.answers:
            self._tag(made, answered, {"wsis:field": "answers"})
        self._aligned(made, activity.alignments)
        problems, long = self.problems, self.published.long_budgets
        for budget in budgets(activity, dates.first(), dates.last(), long, problems):
            add_budget(made, budget)
        add(made, "related-activity", {"ref": names[roadmap.id], "type": _PARENT})
        owners = {
            milestone.id: each.id for each in roadmap.activities for milestone in each.milestones
        }
        for before in activity.depends_on:
            known = names.get(owners.get(before, before)) or self._made_identifier(before)
            add(made, "related-activity", {"ref": known, "type": _SIBLING})
        for milestone in activity.milestones:
            self.results.milestone(made, milestone)

    # --- its parts, in the order of the schema ----------------------------------------------------

    def _opened(
        self,
        root: Element,
        identifier: str,
        names: Mapping[str, str],
        hierarchy: str,
        updated: datetime.datetime,
    ) -> Element:
        published = self.published
        made = add(
            root,
            "iati-activity",
            {
                "xml:lang": published.language,
                "default-currency": published.currency,
                "hierarchy": hierarchy,
                "last-updated-datetime": _stamp(updated),
            },
        )
        add(made, "iati-identifier").text = names[identifier]
        organisation = published.reporting_org
        given = {"ref": organisation.ref, "type": organisation.type}
        self.tree.told(made, "reporting-org", published.name, given)
        return made

    def _described(
        self, made: Element, title: Mapping[str, str], description: str | None, identifier: str
    ) -> None:
        """Title and description. IATI demands both: where there is no description, the title."""
        told = titled(title, identifier, self.tree.language)
        self.tree.told(made, "title", told)
        if description is not None and clean(description):
            self.tree.told(made, "description", description, {"type": _GENERAL})
        else:
            given = {"type": _GENERAL, "wsis:field": "title"}
            self.tree.told(made, "description", told, given)

    def _participants(self, made: Element, roadmap: Roadmap, activity: Activity) -> None:
        """Who takes part; the owners of the road map answer for what names nobody."""
        told = [
            *((each, _ACCOUNTABLE, "lead") for each in (activity.lead,) if each is not None),
            *((each, _ACCOUNTABLE, "co-leads") for each in activity.co_leads),
            *((each, _IMPLEMENTING, "partners") for each in activity.partners),
        ]
        funders = dict.fromkeys(
            each.funder for each in activity.resources if is_money(each) and each.funder
        )
        told += [(each, _FUNDING, "funder") for each in funders]
        if not told:
            told = [(each, _ACCOUNTABLE, "owners") for each in roadmap.owners]
        for actor, role, field in told:
            self._participant(made, actor, role, field)

    def _participant(self, made: Element, actor: str, role: str, field: str) -> None:
        record: Any = self.published.context.get(actor)
        self.tree.told(
            made,
            "participating-org",
            self._name(actor),
            {
                "ref": self.published.refs.get(actor),
                "type": organisation_type(record) if record is not None else None,
                "role": role,
                "wsis:id": actor,
                "wsis:field": field,
            },
        )

    def _name(self, actor: str) -> Texts:
        record: Any = self.published.context.get(actor)
        texts = getattr(record, "name", None) or getattr(record, "label", None)
        return (cleaned(texts) if texts else {}) or actor

    def _where_and_when(self, made: Element, identifier: str, status: str, dates: _Dates) -> None:
        add(made, "other-identifier", {"ref": identifier, "type": _INTERNAL})
        add(made, "activity-status", {"code": status})
        for kind, found in sorted(dates.days.items()):
            given = {"type": kind, "iso-date": str(found.day), "wsis:date": found.stated}
            add(made, "activity-date", given)
        published = self.published
        if published.scope is not None:
            add(made, "activity-scope", {"code": published.scope})
        for each in published.countries:
            self._share(made, "recipient-country", each, None)
        for each in published.regions:
            self._share(made, "recipient-region", each, each.vocabulary)
        for each in published.sectors:
            self._share(made, "sector", each, each.vocabulary)

    def _share(self, made: Element, name: str, share: Share, vocabulary: str | None) -> None:
        percentage = None if share.percentage is None else number(share.percentage)
        given = {
            "code": share.code,
            "vocabulary": vocabulary,
            "vocabulary-uri": share.vocabulary_uri if vocabulary else None,
            "percentage": percentage,
        }
        element = add(made, name, given)
        if share.name:
            self.tree.narratives(element, share.name)

    def _aligned(
        self, made: Element, alignments: Iterable[Alignment], objective: str | None = None
    ) -> None:
        for each in alignments:
            given = {
                "wsis:field": "alignments",
                "wsis:basis": each.basis.value,
                "wsis:objective": objective,
            }
            self._tag(made, each.concept, given)

    def _tag(self, made: Element, identifier: str, attributes: Mapping[str, str | None]) -> None:
        code = code_of(identifier, self.published.base)
        given = {
            "vocabulary": code.vocabulary,
            "code": code.code,
            "vocabulary-uri": code.uri,
            **attributes,
        }
        self.tree.told(made, "tag", self._label(identifier), given)

    def _label(self, identifier: str) -> Texts:
        record: Any = self.published.context.get(identifier)
        named = cleaned(record.label) if isinstance(record, Concept) else {}
        return named or cite(identifier)

    # --- identifiers and dates --------------------------------------------------------------------

    def _identifier(self, record: Roadmap | Activity) -> str:
        """The identifier in IATI: the one under which the record is published already, or ours."""
        given = record.extensions.get("iati:identifier")
        head = f"{self.published.reporting_org.ref}-"
        made = given if isinstance(given, str) else self._made_identifier(record.id)
        if (
            not made.startswith(head)
            or len(made) == len(head)
            or set(made) & set("/&|?")
            or (made != clean(made))
        ):
            self.problems.append(
                Finding(
                    "iati-identifier",
                    f"{excerpt(made)} does not begin with {excerpt(head)}, or has a sign that IATI "
                    "forbids",
                    path=("extensions", "iati:identifier"),
                    record=record.id,
                    found=made,
                    expected=f"an identifier that begins with {head}",
                )
            )
        elif (other := self.taken.setdefault(made, record.id)) != record.id:
            self.problems.append(
                Finding(
                    "iati-identifier",
                    f"{excerpt(made)} is the identifier of {other!r} too",
                    path=("extensions", "iati:identifier"),
                    record=record.id,
                    found=made,
                    names=(other,),
                )
            )
        return made

    def _made_identifier(self, identifier: str) -> str:
        # IATI forbids "/"; no identifier of ours has ":".
        return f"{self.published.reporting_org.ref}-{identifier.replace('/', ':')}"

    def _dates(self, activity: Activity) -> _Dates:
        """When an activity begins and ends: as stated, else with its milestones."""
        days = _planned(activity.period)
        for kind, day in ((_ACTUAL_START, activity.started), (_ACTUAL_END, activity.finished)):
            if day is not None:
                self._not_to_come(activity, day)
                days[kind] = _Day(day, str(day))
        if not {_PLANNED_START, _ACTUAL_START} & days.keys():
            if self.published.planned_start is not None:
                days[_PLANNED_START] = _Day(self.published.planned_start)
            else:
                self._no_start(activity)
        first = days.get(_PLANNED_START)
        if _PLANNED_END not in days:
            windows = (
                each.due.window(self.calendar).latest for each in activity.milestones if each.due
            )
            # A milestone that is due before all begins says nothing of the end.
            later = [each for each in windows if each and (not first or each >= first.day)]
            if later:
                days[_PLANNED_END] = _Day(max(later))
        if _ACTUAL_END not in days and (ended := _last_reached(activity)) is not None:
            started = days.get(_ACTUAL_START)
            if started is None or ended >= started.day:
                self._not_to_come(activity, ended)
                days[_ACTUAL_END] = _Day(ended)
        return self._in_order(activity, _Dates(days))

    def _own_dates(self, roadmap: Roadmap, earliest: datetime.date | None) -> _Dates:
        """When a road map begins and ends: as stated, else with its first activity."""
        days = _planned(roadmap.period)
        first = earliest or self.published.planned_start
        if _PLANNED_START not in days and first is not None:
            days[_PLANNED_START] = _Day(first)
        elif _PLANNED_START not in days and not roadmap.activities:
            self._no_start(roadmap)
        return self._in_order(roadmap, _Dates(days))

    def _not_to_come(self, record: Roadmap | Activity, day: datetime.date) -> datetime.datetime:
        """The day as a time; told where it is yet to come, which IATI forbids of what is real."""
        if day > self.published.generated.date():
            self.problems.append(
                Finding(
                    "iati-dates",
                    f"it says what happened on {day}, which is yet to come",
                    record=record.id,
                    found=str(day),
                    expected="a day that has been",
                )
            )
        return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)

    def _no_start(self, record: Roadmap | Activity) -> None:
        self.problems.append(
            Finding(
                "iati-missing",
                "IATI demands what the road map does not say: the day on which it begins",
                path=("period", "start"),
                record=record.id,
                expected="the start of a period",
                hint="give it a period, or the argument planned_start",
            )
        )

    def _in_order(self, record: Roadmap | Activity, dates: _Dates) -> _Dates:
        days = dates.days
        for start, end, path in (
            (_PLANNED_START, _PLANNED_END, "period"),
            (_ACTUAL_START, _ACTUAL_END, "finished"),
        ):
            if start in days and end in days and (first := days[start].day) > days[end].day:
                self.problems.append(
                    Finding(
                        "iati-dates",
                        f"it begins on {first}, after its end on {days[end].day}",
                        path=path,
                        record=record.id,
                        found=str(first),
                    )
                )
        return dates


def _planned(period: Period | None) -> dict[str, _Day]:
    days: dict[str, _Day] = {}
    if period and period.start:
        days[_PLANNED_START] = _Day(first_day(period.start), period.start)
    if period and period.end:
        days[_PLANNED_END] = _Day(last_day(period.end), period.end)
    return days


def _last_reached(activity: Activity) -> datetime.date | None:
    """The day on which the last milestone of an activity that is done was reached."""
    counted = [each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED]
    days = [each.reached for each in counted if each.reached is not None]
    done = activity.status is ActivityStatus.DONE
    return max(days) if done and days and len(days) == len(counted) else None


def _status_of(roadmap: Roadmap) -> str:
    """How far a road map has come: as far as its activities."""
    found = {each.status for each in roadmap.activities}
    if len(found) == 1:
        return STATUSES[found.pop()]
    begun = found - {ActivityStatus.PLANNED, ActivityStatus.CANCELLED}
    if found and found <= {ActivityStatus.DONE, ActivityStatus.CANCELLED}:
        return STATUSES[ActivityStatus.DONE]
    return STATUSES[ActivityStatus.UNDER_WAY if begun else ActivityStatus.PLANNED]
