"""What is due, and when: mandates of documents and milestones of road maps, by session and date."""

from __future__ import annotations

import datetime
import textwrap
from calendar import isleap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from ..checks.roadmaps.common import in_force
from ..corpus import Corpus
from ..interop import ical
from ..model import (
    Activity,
    ActivityStatus,
    Document,
    Due,
    Milestone,
    MilestoneStatus,
    Recurrence,
    Roadmap,
    Session,
    Window,
    cite,
)
from ..queries import ACTORS
from ..tables import Table
from ._names import short_name

__all__ = ["HORIZON", "WIDE", "Entry", "Occurrence", "Unrolling", "calendar", "events", "to_ical"]

HORIZON = datetime.date(2035, 12, 31)
"""The last day for occurrences of recurring items: the end of the year of the next review, as set
by paragraph 127 of A/RES/80/173.
"""

WIDE = 31
"""A window of more days than this is shown in a calendar program on its last day only: a bar across
a whole year would hide everything else.
"""

_EVERY: dict[Recurrence | None, tuple[int, str]] = {
    Recurrence.ANNUAL: (1, "every year"),
    Recurrence.BIENNIAL: (2, "every two years"),
}
_ENDLESS: dict[Recurrence | None, str] = {
    Recurrence.PERIODIC: "again and again; no interval is given",
    Recurrence.STANDING: "standing, without end",
}
AS_PARTNER = "as partner"
_TITLE = 90
_NAMED = 20


# --- once, or again and again ---------------------------------------------------------------------


@attrs.frozen
class Occurrence:
    """One time at which something is due."""

    window: Window
    """The earliest and the latest day."""
    number: int | None = None
    """1 for the first occurrence, 2 for the second; None if it is due once, or recurs without a
    known interval.
    """
    session: str | None = None
    """The identifier of the session at which it is due."""
    counted: bool = False
    """Whether the first year is worked out, because none is given."""
    note: str = ""
    """How often it recurs, and from when, in words."""

    def is_over(self, as_of: datetime.date) -> bool:
        """Whether its last day is before a day."""
        return is_over(self.window, as_of)

    def status_of(
        self, milestone: Milestone, activity: Activity, as_of: datetime.date | None = None
    ) -> MilestoneStatus:
        """The status of a milestone at this occurrence. If it is done, or says when it was reached,
        the first occurrence is done, and a later one is planned until it is over, unless its
        activity is done too.
        """
        later = (self.number or 0) > 1 and not (as_of is not None and self.is_over(as_of))
        activity_is_done = activity.status is ActivityStatus.DONE
        status = milestone.effective_status
        done = status is MilestoneStatus.DONE
        return MilestoneStatus.PLANNED if later and done and not activity_is_done else status


def _numbered(sessions: Iterable[Session]) -> dict[tuple[str, int], Session]:
    """The numbered sessions, by body and the year in which they open."""
    found: dict[tuple[str, int], Session] = {}
    for session in sessions:
        opens = session.window().earliest
        if session.body is not None and session.number is not None and opens is not None:
            found.setdefault((session.body, opens.year), session)
    return found


@attrs.frozen
class Unrolling:
    """Finds the occurrences of a due, with the sessions of a corpus."""

    sessions: Mapping[str, Session]
    """The sessions, by identifier."""
    numbered: Mapping[tuple[str, int], Session]
    """The numbered sessions, by body and year."""

    @classmethod
    def of(cls, corpus: Corpus) -> Unrolling:
        """The unrolling with the sessions of *corpus*."""
        return cls(corpus.calendar, _numbered(corpus.sessions))

    def occurrences(
        self, due: Due, *, since: int | None, until: datetime.date
    ) -> Iterator[Occurrence]:
        """The occurrences of *due* in order: the first always, later ones if they begin by *until*.

        Args:
            due: The due of a record.
            since: The year from which to count if *due* has no first year: the first occurrence is
                one interval later. None if unknown.
            until: The last day on which an occurrence may begin.
        """
        first = due.window(self.sessions)
        if due.recurrence in _ENDLESS:
            yield Occurrence(
                Window(first.earliest, None), session=due.session, note=_ENDLESS[due.recurrence]
            )
            return
        if due.recurrence not in _EVERY:
            yield Occurrence(first, session=due.session)
            return
        years, every = _EVERY[due.recurrence]
        if first.earliest is None and since is None:
            yield Occurrence(first, session=due.session, note=f"{every}; no first year is given")
            return
        counted = first.earliest is None
        if counted and since is not None:
            first = _year(since + years)
            every += f"; no first year is given: counted from {since + years}"
        assert first.earliest is not None
        yield Occurrence(first, 1, due.session, counted, every)
        for passed in range(years, until.year - first.earliest.year + 1, years):
            window, session = self._later(due, first, passed)
            if window.earliest is not None and window.earliest <= until:
                yield Occurrence(window, passed // years + 1, session, counted, every)

    def next(
        self, due: Due, *, since: int | None, until: datetime.date, as_of: datetime.date | None
    ) -> Occurrence:
        """The first occurrence of *due* that is not over on a day, or the last one; without a day,
        the first.
        """
        occurrence = Occurrence(Window(None, None))
        for occurrence in self.occurrences(due, since=since, until=until):
            if as_of is None or not occurrence.is_over(as_of):
                break
        return occurrence

    def _later(self, due: Due, first: Window, years: int) -> tuple[Window, str | None]:
        """The window *years* after the first, and its session."""
        assert first.earliest is not None
        assert first.latest is not None
        date = None if due.date is None else _years_on(due.date, years)
        if date is not None and (due.day is not None or due.session is None):
            return Due(date=date).window(self.sessions), None
        following = self._following(due.session, years)
        if following is not None:
            return Due(session=following.id, date=date).window(self.sessions), following.id
        # Only the year of later sessions without dates is known.
        return Window(
            _year(first.earliest.year + years).earliest, _year(first.latest.year + years).latest
        ), None

    def _following(self, identifier: str | None, years: int) -> Session | None:
        """The numbered session of the same body that opens so many years later."""
        meeting = self.sessions.get(identifier) if identifier else None
        opens = None if meeting is None else meeting.window().earliest
        if meeting is None or opens is None or meeting.body is None or meeting.number is None:
            return None
        return self.numbered.get((meeting.body, opens.year + years))


def is_over(window: Window, as_of: datetime.date) -> bool:
    """Whether the last day of a window is before a day."""
    return window.latest is not None and window.latest < as_of


def _year(year: int) -> Window:
    if year > datetime.MAXYEAR:
        return Window(datetime.date.max, datetime.date.max)
    return Window(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _years_on(partial: str, years: int) -> str:
    """The same day, month or year, some years later; 28 February if there is no 29th."""
    later = min(int(partial[:4]) + years, datetime.MAXYEAR)
    no_such_day = partial[4:] == "-02-29" and not isleap(later)
    return f"{later:04}{'-02-28' if no_such_day else partial[4:]}"


# --- the calendar ---------------------------------------------------------------------------------


@attrs.frozen
class Entry:
    """One occurrence of a mandate or a milestone that is due."""

    what: str
    """The mandate or milestone, by identifier, e.g. `"80-173/113.1"`."""
    title: str
    """What is to be done or reached, in our words or those of the road map."""
    kind: Literal["mandate", "milestone"]
    """Whether it is a mandate or a milestone."""
    window: Window
    """The earliest and the latest possible day; without a latest day if there is no end."""
    due: Due
    """The due of the record."""
    who: tuple[str, ...] = ()
    """The addressees of a mandate; for a milestone, the leads of its activity, or else the owners
    of the road map.
    """
    reports_to: tuple[str, ...] = ()
    """To whom the mandate, or the road map of the milestone, is reported."""
    status: str = ""
    """The status of a milestone, e.g. `"under-way"`; if it recurs and is done, later occurrences
    are `"planned"`; empty for mandates.
    """
    occurrence: int | None = None
    """1 for the first occurrence, 2 for the second, listed or not; None if it does not recur."""
    counted: bool = False
    """Whether we worked out the first year, because the text gives none."""
    roadmap: str | None = None
    """The road map of a milestone."""
    document: str | None = None
    """The document of a mandate."""
    session: str | None = None
    """The session or meeting at which it is due, e.g. `"sessions/cstd-30"`."""
    note: str = ""
    """How often it recurs, and from when, e.g.
    `"every year; no first year is given: counted from 2026"`; and `"as partner"` if the actor asked
    about does not lead.
    """

    @property
    def when(self) -> str:
        """The window in short: `"2027"`, `"2026-09"`, `"2026-07-06"`,
        `"2026-07-06 to 2026-07-07"`, `"open"`.
        """
        return in_short(self.window)


def in_short(window: Window) -> str:
    """A window in short, e.g. `"2027-09"`."""
    first, last = window.earliest, window.latest
    if first is None or last is None or first == last:
        return str(window)
    if (first, last) == (datetime.date(first.year, 1, 1), datetime.date(first.year, 12, 31)):
        return str(first.year)
    if (
        first.day == 1
        and (first.year, first.month) == (last.year, last.month)
        and _is_last_of_month(last)
    ):
        return f"{first:%Y-%m}"
    return str(window)


def _is_last_of_month(day: datetime.date) -> bool:
    return day == datetime.date.max or (day + datetime.timedelta(days=1)).day == 1


def calendar(
    corpus: Corpus,
    *,
    document: str | None = None,
    roadmap: str | None = None,
    actor: str | None = None,
    reporting_lines: bool = False,
    session: str | None = None,
    start: datetime.date | None = None,
    horizon: datetime.date = HORIZON,
) -> Table[Entry]:
    """Everything that is due, in the order of last days: mandates of documents and milestones of
    road maps that have a due.

    What recurs every year or every two years is listed each time until the horizon. If the text
    gives no first year, it is worked out: the year after the adoption of the document, or the
    second year after it if it is biennial; for a milestone, the first or second year of the period
    of its activity, or else of its road map. Such entries are marked as `counted`. What is periodic
    or standing is listed once, without an end, and comes last. A milestone does not recur after the
    end of its activity or road map; if it is done, the first occurrence is done, and later ones are
    planned until its activity is done. A milestone that is cancelled, or whose activity is, is not
    due; nor is one of a superseded road map, unless *roadmap* names it. A milestone without a due
    is not listed.

    Args:
        corpus: The records.
        document: Only the mandates of this document, and of road maps only what `roadmap` names.
        roadmap: Only the milestones of this road map, and of documents only what `document` names.
        actor: Only mandates addressed to this actor, directly or through a group or body it belongs
            to; milestones of activities that it leads in the same way, or in which it is a partner
            (with a note); and milestones of road maps that it owns.
        reporting_lines: Also what is asked of bodies that the actor is part of or reports to.
        session: Only what is due at this session, by identifier or name (`"CSTD 30"`), and what is
            reported to the body that meets and is due, or may be, while it does.
        start: Leave out what ended before this day.
        horizon: Leave out what begins after this day.

    Raises:
        UnknownIdentifier: There is no such document, road map, actor or session.

    Examples:
        >>> import datetime
        >>> from wsis_model import catalogue
        >>> [entry.what for entry in calendar(catalogue(), session="CSTD 30", document="80-173")]
        ['80-173/67.2', '80-173/98.2', '80-173/113.1', '80-173/117.1', '80-173/124.1']
        >>> due = calendar(
        ...     catalogue(), document="80-173", actor="ungis", horizon=datetime.date(2027, 12, 31)
        ... )
        >>> [(entry.when, entry.what, entry.counted) for entry in due if entry.window.latest]
        [('2026', '80-173/121.2', True), ('2026', '80-173/122.1', False),
         ('2027', '80-173/121.2', True)]
    """
    unrolling = Unrolling.of(corpus)
    everything = document is None and roadmap is None
    documents = corpus.documents if everything else ()
    if document is not None:
        documents = (corpus.document(document),)
    roadmaps = in_force(corpus) if everything else ()
    if roadmap is not None:
        roadmaps = (corpus.roadmap(roadmap),)
    routes = None if actor is None else corpus.routes(actor, reporting_lines=reporting_lines)
    name = None if actor is None else corpus.find(actor, ACTORS).id

    def reaches(whom: tuple[str, ...], owners: tuple[str, ...] = ()) -> bool:
        return routes is None or name in owners or any(each in routes for each in whom)

    entries = [
        each
        for one in documents
        for each in _mandates(one, unrolling, horizon)
        if reaches(each.who)
    ]
    for one in roadmaps:
        for each, partners in _milestones(one, unrolling, horizon):
            if reaches(each.who, one.owners):
                entries.append(each)
            elif reaches(partners):
                entries.append(
                    attrs.evolve(each, note="; ".join(filter(None, (each.note, AS_PARTNER))))
                )
    rows = [each for each in entries if _overlaps(each.window, start, horizon)]
    if session is not None:
        meets = corpus.find(session, ("session",))
        assert isinstance(meets, Session)
        rows = [each for each in rows if _belongs_to(each, meets)]
    rows.sort(key=lambda entry: entry.window)
    return Table(tuple(rows), _columns(corpus))


def _belongs_to(entry: Entry, session: Session) -> bool:
    """Whether something is due at a session, or is reported to the body while it meets."""
    if entry.session is not None or session.body not in entry.reports_to:
        return entry.session == session.id
    days = session.window()
    return (
        days.earliest is not None
        and days.latest is not None
        and not is_over(entry.window, days.earliest)
        and entry.window.latest is not None
        and (entry.window.earliest or days.latest) <= days.latest
    )


def _overlaps(window: Window, start: datetime.date | None, horizon: datetime.date) -> bool:
    over = start is not None and is_over(window, start)
    return not over and (window.earliest is None or window.earliest <= horizon)


def _mandates(document: Document, unrolling: Unrolling, horizon: datetime.date) -> Iterator[Entry]:
    since = document.adopted.year if document.adopted else None
    for provision in document.provisions:
        for mandate in provision.mandates:
            if mandate.due is None:
                continue
            for each in unrolling.occurrences(mandate.due, since=since, until=horizon):
                yield Entry(
                    mandate.id,
                    mandate.action,
                    "mandate",
                    each.window,
                    mandate.due,
                    mandate.addressees,
                    mandate.reports_to,
                    occurrence=each.number,
                    counted=each.counted,
                    document=document.id,
                    session=each.session,
                    note=each.note,
                )


def _milestones(
    roadmap: Roadmap, unrolling: Unrolling, horizon: datetime.date
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The milestones, each with the partners of its activity."""
    for activity in roadmap.activities:
        since, until = span(activity, roadmap)
        for milestone in activity.milestones:
            if milestone.due is None or MilestoneStatus.CANCELLED.value in (
                milestone.status.value,
                activity.status.value,
            ):
                continue
            for each in unrolling.occurrences(
                milestone.due, since=since, until=min(until, horizon)
            ):
                entry = Entry(
                    milestone.id,
                    str(milestone.title),
                    "milestone",
                    each.window,
                    milestone.due,
                    activity.leads or roadmap.owners,
                    roadmap.reports_to,
                    each.status_of(milestone, activity).value,
                    each.number,
                    each.counted,
                    roadmap.id,
                    session=each.session,
                    note=each.note,
                )
                yield entry, activity.partners


def span(activity: Activity, roadmap: Roadmap) -> tuple[int | None, datetime.date]:
    """The year before an activity begins, from which to count recurring milestones, and its last
    day; those of the road map if it has no period.
    """
    windows = [each.period.window() for each in (activity, roadmap) if each.period is not None]
    begins = next((each.earliest for each in windows if each.earliest is not None), None)
    ends = next((each.latest for each in windows if each.latest is not None), datetime.date.max)
    return (None if begins is None else begins.year - 1, ends)


def _columns(corpus: Corpus) -> dict[str, Callable[[Entry], Any]]:
    return {
        "when": lambda entry: entry.when,
        "session": lambda entry: meeting(entry.session, entry.due, corpus),
        "identifier": lambda entry: entry.what,
        "title": lambda entry: entry.title,
        "who": lambda entry: entry.who,
        "reports to": lambda entry: entry.reports_to,
        "status": lambda entry: entry.status,
        "note": lambda entry: entry.note,
        "earliest": lambda entry: entry.window.earliest,
        "latest": lambda entry: entry.window.latest,
    }


def meeting(name: str | None, due: Due | None, corpus: Corpus) -> str:
    """The short name of a session, e.g. `"CSTD 30"`, and the event, if there is one."""
    session = short_name(corpus, name) if name else None
    return ", ".join(filter(None, (session, due.event if due else None)))


# --- for calendar programs ------------------------------------------------------------------------


def events(entries: Iterable[Entry], corpus: Corpus) -> tuple[ical.Event, ...]:
    """The entries as events of a calendar program, in order, without entries that have no last day.

    A window of more than 31 days becomes its last day: the title then begins with the window, and
    the description says that it may be any day of it. The `uid` is the identifier, with `#` and the
    number of the occurrence if it recurs.

    Args:
        entries: What is due, from [`calendar`][wsis_model.analysis.calendar].
        corpus: The records, for names and addresses.

    Examples:
        >>> from wsis_model import catalogue
        >>> found = events(calendar(catalogue(), document="80-173", actor="iawg-ai"), catalogue())
        >>> [(event.uid, str(event.first), str(event.last)) for event in found]
        [('80-173/86.1@wsis_model', '2026-07-06', '2026-07-07')]
    """
    found: dict[str, ical.Event] = {}
    for entry in entries:
        first, last = entry.window.earliest, entry.window.latest
        if last is not None:
            event = _event(entry, first or last, last, corpus)
            # If two records have the same identifier the first counts, as in the corpus.
            found.setdefault(event.uid, event)
    return tuple(found.values())


def to_ical(
    entries: Iterable[Entry],
    corpus: Corpus,
    *,
    name: str = "WSIS: what is due",
    stamp: datetime.datetime | None = None,
) -> bytes:
    """The entries as an iCalendar file; its description lists entries without a last day, which it
    does not contain.

    Args:
        entries: What is due, from [`calendar`][wsis_model.analysis.calendar].
        corpus: The records, for names and addresses.
        name: What the calendar is called.
        stamp: When the file was made; without it, now.

    Raises:
        MissingExtra: `icalendar` is not installed.

    Examples:
        >>> from wsis_model import catalogue
        >>> data = to_ical(calendar(catalogue(), document="80-173"), catalogue(), name="WSIS+20")
        >>> data.splitlines()[0], data.count(b"BEGIN:VEVENT") > 30
        (b'BEGIN:VCALENDAR', True)
    """
    listed = tuple(entries)
    undated = [entry.what for entry in listed if entry.window.latest is None]
    description = ""
    if undated:
        more = f" and {len(undated) - _NAMED} more" if len(undated) > _NAMED else ""
        description = (
            "Not in this calendar, because no last day is known: "
            f"{', '.join(undated[:_NAMED])}{more}."
        )
    return ical.to_ical(events(listed, corpus), name=name, description=description, stamp=stamp)


def _event(entry: Entry, first: datetime.date, last: datetime.date, corpus: Corpus) -> ical.Event:
    wide = (last - first).days >= WIDE
    holder = corpus.get(entry.document or entry.roadmap or "")
    number = "" if entry.occurrence is None else f"#{entry.occurrence}"
    title = textwrap.shorten(entry.title, _TITLE, placeholder=" …")
    source = (
        cite(entry.what)
        if entry.kind == "mandate"
        else str(getattr(holder, "title", entry.roadmap))
    )
    symbol = holder.symbol if isinstance(holder, Document) else None
    return ical.Event(
        f"{entry.what}{number}@wsis_model",
        f"{f'[{entry.when}] ' if wide else ''}{title} ({source.partition(', mandate ')[0]})",
        last if wide else first,
        last,
        "\n".join(_description(entry, first, last, source, corpus)),
        _address(holder),
        tuple(filter(None, (entry.kind, symbol or entry.document or entry.roadmap))),
    )


def _description(
    entry: Entry, first: datetime.date, last: datetime.date, source: str, corpus: Corpus
) -> Iterator[str]:
    """The lines of an event's description."""
    yield entry.title
    if entry.who:
        yield f"Who: {', '.join(short_name(corpus, each) for each in entry.who)}"
    if entry.reports_to:
        yield f"Reported to: {', '.join(short_name(corpus, each) for each in entry.reports_to)}"
    if at := meeting(entry.session, entry.due, corpus):
        yield f"At: {at}"
    if (last - first).days >= WIDE:
        yield (
            f"When: at any time between {first} and {last}; shown on the last day because no "
            "narrower date is known."
        )
    elif first != last:
        yield f"When: between {first} and {last}."
    if often := entry.note.removesuffix(AS_PARTNER).rstrip("; "):
        yield f"How often: {often}."
    if entry.note.endswith(AS_PARTNER):
        yield "As a partner, not as the lead."
    if entry.status:
        yield f"Status: {entry.status}"
    yield f"Source: {source} [{entry.what}]"
    if entry.kind == "mandate":
        yield "In words of our own; the official text is what counts."


def _address(holder: object) -> str | None:
    if isinstance(holder, Document):
        return holder.urls[0] if holder.urls else None
    return holder.source.url if isinstance(holder, Roadmap) and holder.source else None
