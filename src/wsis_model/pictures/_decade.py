"""What is due until the next review of the Summit, in lanes by addressee or road map."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..analysis import HORIZON, Entry, calendar
from ..checks.roadmaps.common import in_force
from ..corpus import Corpus
from ..model import ActivityStatus, Milestone, MilestoneStatus, Session, Window, cite
from ..model.record import first_day, last_day
from ._labels import (
    LETTER,
    clean,
    counted,
    day_text,
    fit,
    full_name,
    list_some,
    name_of,
    pixel_width,
    window_text,
    wrapped,
)
from ._milestones import AGAIN, LATE, OPEN, REACHED, RISK, Point, points, sign_at
from ._picture import (
    BAR,
    CIRCLE,
    GREY,
    INK,
    LIGHT,
    WHITE,
    Picture,
    Sign,
    Span,
    boxes,
    empty,
    grid,
    haloed,
    key,
    look,
    marks,
    overlaid,
    rules,
    specification,
    stacked,
    texts,
    today,
)

__all__ = ["decade"]

NAMES, PLOT, STEP, GAP = 220, 820, 32, 10
LANES, ITEMS, DESCRIBED = 16, 80, 8
#: If there are more items than this, those of the same days share a mark when there are more than a
#: few.
NAMED, GROUPED = 40, 3
TITLE = 60
SESSIONS, MILESTONES, OTHERS, NOBODY = (
    "Sessions and reviews",
    "Milestones",
    "Others",
    "Nobody is named",
)

_MEETING = Sign("session or meeting", BAR, GREY, GREY)
_SOME_TIME = Sign("session or meeting, some days of that time", BAR, WHITE, GREY)
_WHEN = Sign("possible days", BAR, LIGHT, GREY, width=0.75)
_MANDATE = Sign("mandate, due at the latest", CIRCLE, INK, size=70)
_COUNTED = Sign("the same, first year counted by us", CIRCLE, WHITE, size=70)
_ORDER = (_MEETING, _SOME_TIME, _MANDATE, _COUNTED, REACHED, OPEN, RISK, LATE, AGAIN, _WHEN)
#: Titles in which the recurrence is said already.
_HOW_OFTEN_IN_TITLE = {
    "every year": re.compile(r"\b(?:(?:every|each) year|yearly|annual(?:ly)?)\b", re.IGNORECASE),
    "every two years": re.compile(
        r"\b(?:every (?:two years|second year|other year)|biennial(?:ly)?)\b", re.IGNORECASE
    ),
}

Points = Mapping[str, Point]


@attrs.frozen
class _Item:
    """What has one label: something due once, all occurrences of a recurring one, or several things
    due on the same days.
    """

    name: str
    tail: str
    """What follows the name and is never cut: how often, and that it is late."""
    marks: tuple[tuple[Window, Sign], ...]
    description: str


@attrs.frozen
class _Placed:
    """An item with the place of its marks and label in a lane."""

    item: _Item
    row: int
    label: str
    left: float
    """Where the label begins."""
    right: float | None
    """Where it ends, if it is aligned with the end of its marks because there is no room after
    their beginning; otherwise None.
    """


def decade(
    corpus: Corpus,
    *,
    document: str | None = None,
    roadmap: str | None = None,
    start: datetime.date | None = None,
    horizon: datetime.date = HORIZON,
    as_of: datetime.date | None = None,
) -> Picture:
    """The calendar of the years to 2035: mandates in lanes by addressee, milestones of road maps,
    and the sessions in which they are due.

    A mark stands on the last possible day, with a bar over all possible days. What recurs has a
    mark for each occurrence. If there are more than forty things, more than three of the same
    addressees or road map that are due on the same days share one mark. What has no last day is
    counted in the subtitle, and so are milestones without any date.

    Args:
        corpus: Holds documents, road maps and sessions.
        document: Only the mandates of this document, and of road maps only what `roadmap` names.
        roadmap: Only the milestones of this road map, and of documents only what `document` names.
        start: Leave out what ended before this day.
        horizon: Leave out what begins after this day.
        as_of: The day to mark, which also decides which milestones are late or at risk.

    Raises:
        UnknownIdentifier: There is no such document or road map.
    """
    entries = calendar(corpus, document=document, roadmap=roadmap, start=start, horizon=horizon)
    dated = [entry for entry in entries if entry.window.latest is not None]
    of = [cite(corpus.document(document).id)] if document is not None else []
    of += [clean(corpus.roadmap(roadmap).title.pick())] if roadmap is not None else []
    title = f"What is due until {horizon.year}{': ' if of else ''}{' and '.join(of)}"
    undated = [entry for entry in entries if entry.window.latest is None]
    without_due = _without_date(corpus, document, roadmap)
    if not dated:
        text = (
            "; ".join(
                [
                    f"Nothing here is due on a known day until {horizon.year}",
                    *_missing(undated, without_due),
                ]
            )
            + "."
        )
        return Picture(title, text, empty(text))
    named = dict.fromkeys(entry.roadmap for entry in dated if entry.roadmap)
    points_by_id = {
        point.milestone.id: point
        for each in named
        for point in points(corpus, corpus.roadmap(each), as_of)
    }
    lanes = _lanes(corpus, dated, points_by_id)
    summary = _summary(dated, undated, without_due, points_by_id, as_of)
    return Picture(
        title,
        _description(f"{title}: {summary}", undated, without_due, lanes),
        _chart(title, summary, dated, lanes, horizon, as_of),
    )


def _without_date(corpus: Corpus, document: str | None, roadmap: str | None) -> list[Milestone]:
    """The milestones that have no due at all, so that they are in no calendar."""
    everything = document is None and roadmap is None
    chosen = (
        (corpus.roadmap(roadmap),)
        if roadmap is not None
        else in_force(corpus)
        if everything
        else ()
    )
    activities = (
        each
        for one in chosen
        for each in one.activities
        if each.status is not ActivityStatus.CANCELLED
    )
    milestones = (each for activity in activities for each in activity.milestones)
    return [
        each
        for each in milestones
        if each.due is None and each.status is not MilestoneStatus.CANCELLED
    ]


# --- lanes ----------------------------------------------------------------------------------------


def _lanes(corpus: Corpus, entries: list[Entry], points_by_id: Points) -> dict[str, list[_Item]]:
    """The items of each lane: sessions first, then addressees in the order of their first due date,
    milestones last.
    """
    by_addressees: dict[tuple[str, ...], list[Entry]] = {}
    by_roadmap: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "mandate":
            by_addressees.setdefault(entry.who, []).append(entry)
        else:
            by_roadmap.setdefault(entry.roadmap or "", []).append(entry)
    items = _Items(
        points_by_id,
        several=len({entry.document for entry in entries if entry.kind == "mandate"}) > 1,
        grouped=len({entry.what for entry in entries}) > NAMED,
    )
    lanes: dict[str, list[_Item]] = {SESSIONS: list(_meetings(corpus, entries))}
    for place, (who, found) in enumerate(by_addressees.items()):
        name = (
            full_name(corpus, who[0])
            if len(who) == 1
            else ", ".join(name_of(corpus, each) for each in who)
        ) or NOBODY
        lanes.setdefault(name if place < LANES else OTHERS, []).extend(items.of(found))
    for place, (roadmap, found) in enumerate(by_roadmap.items()):
        of = clean(corpus.roadmap(roadmap).title.pick()) if place < LANES else "other road maps"
        name = f"{MILESTONES}: {of}" if len(by_roadmap) > 1 else MILESTONES
        lanes.setdefault(name, []).extend(items.of(found))
    return {name: found for name, found in lanes.items() if found}


def _meetings(corpus: Corpus, entries: Iterable[Entry]) -> Iterable[_Item]:
    """The sessions in which something is due, by their days."""
    named = dict.fromkeys(entry.session for entry in entries if entry.session)
    sessions = [
        session
        for each in named
        if isinstance(session := corpus.get(each), Session) and session.window().latest is not None
    ]
    for session in sorted(sessions, key=lambda session: session.window()):
        name = name_of(corpus, session.id)
        sign = _MEETING if _lasts_all_days(session) else _SOME_TIME
        yield _Item(
            name, "", ((session.window(), sign),), f"{name}, {window_text(session.window())}"
        )


def _lasts_all_days(session: Session) -> bool:
    """Whether a session lasts from the first to the last day of its window, because its days are
    known or, as for those of the Assembly, its months.
    """
    ends = [end for end in (session.opens, session.closes) if end is not None]
    # A meeting without a number takes place some time between two months.
    through = session.number is not None and len(set(ends)) > 1
    return through or (bool(ends) and all(first_day(end) == last_day(end) for end in ends))


@attrs.frozen
class _Items:
    """Makes items from entries of the calendar."""

    points_by_id: Points
    several: bool
    """Whether mandates of several documents are drawn, so that each needs the name of its document.
    """
    grouped: bool
    """Whether there are so many entries that those of the same days share a mark."""

    def of(self, entries: list[Entry]) -> Iterable[_Item]:
        """One item for all occurrences of a thing, and for things due on the same days."""
        groups: dict[Any, list[Entry]] = {}
        for entry in entries:
            once = entry.occurrence is None
            groups.setdefault(
                (entry.window.earliest, entry.window.latest, self._sign(entry))
                if once
                else entry.what,
                [],
            ).append(entry)
        for found in groups.values():
            if found[0].occurrence is not None:
                yield self._again(found)
            elif self.grouped and len(found) > GROUPED:
                yield self._group(found)
            else:
                yield from map(self._once, found)

    def _once(self, entry: Entry) -> _Item:
        name, urgent = self._name(entry), self._urgent(entry)
        tail = f" ({urgent})" if urgent else ""
        return _Item(
            name,
            tail,
            ((entry.window, self._sign(entry)),),
            ", ".join(filter(None, (name, window_text(entry.window), urgent))),
        )

    def _again(self, entries: list[Entry]) -> _Item:
        first = entries[0]
        name, urgent = self._name(first), self._urgent(first)
        if urgent and len(entries) > 1:
            urgent = f"one {urgent}"
        every = first.note.partition(";")[0] or "again and again"
        often = (
            ""
            if every in _HOW_OFTEN_IN_TITLE and _HOW_OFTEN_IN_TITLE[every].search(name)
            else f", {every}"
        )
        tail = f"{often}{f' ({urgent})' if urgent else ''}"
        description = (
            f"{name}{often or ','} from "
            f"{window_text(first.window)}{f', {urgent}' if urgent else ''}"
        )
        times = {entry.window: self._sign(entry) for entry in entries}
        return _Item(name, tail, tuple(times.items()), description)

    def _group(self, entries: list[Entry]) -> _Item:
        first, urgent = entries[0], self._urgent(entries[0])
        count = f"{counted(len(entries), first.kind)}{f' ({urgent})' if urgent else ''}"
        if first.kind == "mandate":
            label = f"{count}, {self._number(first)} to {self._number(entries[-1])}"
        else:
            label = (
                f"{count}: "
                f"{list_some([self._name(entry) for entry in entries[:GROUPED]], len(entries))}"
            )
        return _Item(
            label, "", ((first.window, self._sign(first)),), f"{label}, {window_text(first.window)}"
        )

    def _sign(self, entry: Entry) -> Sign:
        if entry.kind == "mandate":
            return _COUNTED if entry.counted else _MANDATE
        return sign_at(self.points_by_id[entry.what], entry.window, entry.occurrence)

    def _urgent(self, entry: Entry) -> str:
        return self.points_by_id[entry.what].urgent if entry.kind == "milestone" else ""

    def _number(self, entry: Entry) -> str:
        citation = cite(entry.what).partition(", mandate")[0]
        return citation if self.several else citation.rpartition(", ")[2]

    def _name(self, entry: Entry) -> str:
        title = fit(entry.title.rstrip("."), TITLE)
        return title if entry.kind == "milestone" else f"{self._number(entry)}: {title}"


# --- in words -------------------------------------------------------------------------------------


def _summary(
    dated: list[Entry],
    undated: list[Entry],
    without_due: list[Milestone],
    points_by_id: Points,
    as_of: datetime.date | None,
) -> str:
    mandates = len({entry.what for entry in dated if entry.kind == "mandate"})
    milestones = {entry.what for entry in dated if entry.kind == "milestone"}
    of = [counted(mandates, "mandate")] if mandates or not milestones else []
    of += [counted(len(milestones), "milestone")] if milestones else []
    parts = [f"{' and '.join(of)} with a date"]
    if as_of is not None and milestones:
        signs = Counter(points_by_id[each].sign for each in milestones)
        parts[0] += f", {signs[LATE]:,} late and {signs[RISK]:,} at risk on {day_text(as_of)}"
    return f"{'; '.join([*parts, *_missing(undated, without_due)])}."


def _missing(undated: list[Entry], without_due: list[Milestone]) -> list[str]:
    """How many things have no place on the axis."""
    parts = [f"{len(undated):,} more with no last day"] if undated else []
    return parts + (
        [f"{counted(len(without_due), 'milestone')} without a date"] if without_due else []
    )


def _description(
    summary: str, undated: list[Entry], without_due: list[Milestone], lanes: dict[str, list[_Item]]
) -> str:
    parts = [f"Calendar. {summary}"]
    for name, items in lanes.items():
        more = f"; and {len(items) - DESCRIBED} more" if len(items) > DESCRIBED else ""
        parts.append(f"{name}: {'; '.join(item.description for item in items[:DESCRIBED])}{more}.")
    if undated:
        names = ", ".join(
            dict.fromkeys(
                cite(entry.what).partition(", mandate")[0] for entry in undated[:DESCRIBED]
            )
        )
        parts.append(f"With no last day: {names}.")
    if without_due:
        titles = [fit(each.title.pick(), TITLE) for each in without_due[:DESCRIBED]]
        parts.append(f"Without a date: {list_some(titles, len(without_due))}.")
    return " ".join(parts)


# --- as a picture ---------------------------------------------------------------------------------


def _placed(items: Iterable[_Item], span: Span) -> list[_Placed]:
    """The items, each in the first row of its lane where its marks and label overlap nothing."""
    ends: list[float] = []
    found: list[_Placed] = []
    for item in items:
        x = min(_begin(window, span) for window, _ in item.marks)
        end = max(_end(window, span) for window, _ in item.marks)
        label, left, right = _label(item, x, end)
        row = next(
            (row for row, taken in enumerate(ends) if taken + GAP <= min(x, left)), len(ends)
        )
        ends[row : row + 1] = [max(end, left + pixel_width(label))]
        found.append(_Placed(item, row, label, left, right))
    return found


def _label(item: _Item, x: float, end: float) -> tuple[str, float, float | None]:
    """The label of an item and its place: after the beginning of its marks or, if there is more
    room, before their end.
    """
    whole = pixel_width(item.name + item.tail)
    before = whole > PLOT - x and end > PLOT - x
    room = int((end if before else PLOT - x) / LETTER)
    label = fit(item.name, max(1, room - len(item.tail))) + item.tail
    return (label, max(0.0, end - pixel_width(label)), end) if before else (label, x, None)


def _begin(window: Window, span: Span) -> float:
    return 0 if window.earliest is None else span.at(window.earliest)


def _end(window: Window, span: Span) -> float:
    return span.width if window.latest is None else span.end(window.latest)


class _Lanes:
    """The rows of data of each layer, collected lane by lane."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.height: float = 0
        self.drawn = 0
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.signs: dict[Sign, None] = {}

    def add(self, name: str, items: list[_Item]) -> None:
        """Add a lane at the bottom; of many items the first, and how many more."""
        room = max(1, ITEMS - self.drawn)
        placed = _placed(items[:room], self.span)
        self.drawn += len(placed)
        lines = [
            *wrapped(name, 32, 2),
            *([f"(and {len(items) - room:,} more)"] if len(items) > room else []),
        ]
        self.rows["between"].append({"x": -NAMES, "x2": PLOT, "y": self.height})
        self.rows["names"] += [
            {"x": -NAMES, "y": self.height + 14 + 14 * at, "text": line}
            for at, line in enumerate(lines)
        ]
        for each in placed:
            top = self.height + STEP * each.row + 4
            row = {
                "x": each.left if each.right is None else each.right,
                "y": top + 8,
                "left": each.left,
                "text": each.label,
            }
            self.rows["labels" if each.right is None else "before"].append(row)
            for window, sign in each.item.marks:
                self._mark(sign, window, top + 21)
        self.height += max(STEP * (1 + max(each.row for each in placed)), 14 * len(lines)) + 8

    def _mark(self, sign: Sign, window: Window, y: float) -> None:
        """Add a session as a bar over its days, or a due as a mark on the last day, with a bar if
        it is more than a few days.
        """
        x, end = _begin(window, self.span), _end(window, self.span)
        self.signs[sign] = None
        if sign in (_MEETING, _SOME_TIME):
            self.rows["bars"].append(
                {"x": x, "x2": max(end, x + 4), "y": y - 4, "y2": y + 4, **look(sign)}
            )
            return
        if end - x > 4:
            self.signs[_WHEN] = None
            self.rows["bars"].append({"x": x, "x2": end, "y": y - 3, "y2": y + 3, **look(_WHEN)})
        self.rows["marks"].append({"x": end, "y": y, "due": str(window), **look(sign)})


def _chart(
    title: str,
    summary: str,
    dated: list[Entry],
    lanes: dict[str, list[_Item]],
    horizon: datetime.date,
    as_of: datetime.date | None,
) -> dict[str, Any]:
    days = [
        day
        for entry in dated
        for day in (entry.window.earliest or entry.window.latest,)
        if day is not None
    ]
    span = Span(
        datetime.date(min(days).year, 1, 1),
        datetime.date(max(horizon, max(days)).year, 12, 31),
        PLOT,
    )
    placed = _Lanes(span)
    for name, items in lanes.items():
        placed.add(name, items)
    chart = overlaid(
        rules(placed.rows["between"], colour=LIGHT),
        grid(span, placed.height),
        boxes(placed.rows["bars"], corner=2),
        *(today(span, as_of, placed.height) if as_of is not None and span.holds(as_of) else ()),
        haloed(placed.rows["labels"]),
        haloed(placed.rows["before"], align="right"),
        marks(placed.rows["marks"]),
        texts(placed.rows["names"], bold=True, limit=NAMES - 8),
        width=PLOT,
        height=placed.height,
    )
    whole = stacked(
        chart, key([sign for sign in _ORDER if sign in placed.signs], -NAMES, PLOT), spacing=12
    )
    return specification(whole, title, summary)
