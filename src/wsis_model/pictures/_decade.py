"""What is due from now to the next review of the Summit, in lanes by who answers for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import attrs

from ..analysis import HORIZON, Entry, calendar
from ..corpus import Corpus
from ..model import MilestoneStatus, Session, Window, cite
from ._picture import (
    BAR,
    CIRCLE,
    DIAMOND,
    GREY,
    INK,
    LIGHT,
    WHITE,
    Picture,
    Sign,
    Span,
    boxes,
    empty,
    finished,
    grid,
    haloed,
    key,
    look,
    need,
    points,
    rules,
    texts,
)
from ._words import LETTER, across, clean, counted, fit, full_name, name_of, said_window, wrapped

__all__ = ["decade"]

NAMES, PLOT, STEP, GAP = 220, 820, 32, 10
LANES, ITEMS, TOLD, TOGETHER = 16, 80, 8, 3
SESSIONS, MILESTONES, OTHERS, NOBODY = "Sessions and reviews", "Milestones", "Others", "Nobody is named"

_MEETING = Sign("session or meeting", BAR, GREY, GREY)
_SOME_TIME = Sign("session or meeting, some days of the year", BAR, WHITE, GREY)
_WHEN = Sign("any day of it is meant", BAR, LIGHT, GREY, width=0.75)
_ASKED = Sign("mandate, due at the latest", CIRCLE, INK, size=70)
_COUNTED = Sign("the same, first year counted by us", CIRCLE, WHITE, size=70)
_REACHED = Sign("milestone reached", DIAMOND, INK, size=90)
_OPEN = Sign("milestone to come", DIAMOND, WHITE, size=90)
_ORDER = (_MEETING, _SOME_TIME, _ASKED, _COUNTED, _REACHED, _OPEN, _WHEN)


@attrs.frozen
class _Item:
    """What has one label: something due once, all the times of what recurs, or several things that fall due together."""

    label: str
    sign: Sign
    windows: tuple[Window, ...]
    told: str


@attrs.frozen
class _Placed:
    """An item with the part of its lane that mark and label take."""

    item: _Item
    row: int
    x: float
    label: str


def decade(
    corpus: Corpus,
    *,
    document: str | None = None,
    roadmap: str | None = None,
    start: datetime.date | None = None,
    horizon: datetime.date = HORIZON,
) -> Picture:
    """The calendar of the years to 2035: mandates in lanes by who is asked, milestones of road maps, and the sessions they fall in.

    A mark stands on the last day that a due may mean, with a bar over all of it. What recurs has a mark for each time. More than three
    mandates of the same actors that fall due in the same days share one mark. What has no last day is counted in the subtitle.

    Args:
        corpus: Holds documents, road maps and sessions.
        document: Only the mandates of this document, and of road maps only what `roadmap` names.
        roadmap: Only the milestones of this road map, and of documents only what `document` names.
        start: Leave out what ended before this day.
        horizon: Leave out what begins after this day.

    Raises:
        UnknownIdentifier: There is no such document or road map.
        MissingExtra: `altair` is not installed.
    """
    need("altair")
    entries = calendar(corpus, document=document, roadmap=roadmap, start=start, horizon=horizon)
    dated = [entry for entry in entries if entry.window.latest is not None]
    of = [cite(corpus.document(document).id)] if document is not None else []
    of += [clean(corpus.roadmap(roadmap).title.pick())] if roadmap is not None else []
    title = f"What is due until {horizon.year}{': ' if of else ''}{' and '.join(of)}"
    if not dated:
        said = f"Nothing that is held here is due on a known day until {horizon.year}."
        return Picture(title, said, empty(said))
    lanes = _lanes(corpus, dated)
    undated = [entry for entry in entries if entry.window.latest is None]
    return Picture(title, _told(title, dated, undated, lanes), _drawn(title, dated, undated, lanes, horizon))


# --- lanes ----------------------------------------------------------------------------------------------------------------


def _lanes(corpus: Corpus, entries: list[Entry]) -> dict[str, list[_Item]]:
    """The items of each lane: sessions first, then who is asked in the order of the first due, milestones last."""
    asked: dict[tuple[str, ...], list[Entry]] = {}
    reached: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "mandate":
            asked.setdefault(entry.who, []).append(entry)
        else:
            reached.setdefault(entry.roadmap or "", []).append(entry)
    several = len({entry.document for entry in entries if entry.kind == "mandate"}) > 1
    lanes: dict[str, list[_Item]] = {SESSIONS: list(_meetings(corpus, entries))}
    for place, (who, held) in enumerate(asked.items()):
        name = (full_name(corpus, who[0]) if len(who) == 1 else ", ".join(name_of(corpus, each) for each in who)) or NOBODY
        lanes.setdefault(name if place < LANES else OTHERS, []).extend(_items(held, several=several))
    for place, (roadmap, held) in enumerate(reached.items()):
        of = clean(corpus.roadmap(roadmap).title.pick()) if place < LANES else "other road maps"
        name = f"{MILESTONES}: {of}" if len(reached) > 1 else MILESTONES
        lanes.setdefault(name, []).extend(_items(held, several=several))
    return {name: items for name, items in lanes.items() if items}


def _meetings(corpus: Corpus, entries: Iterable[Entry]) -> Iterable[_Item]:
    """The sessions that something falls in, by their days."""
    named = dict.fromkeys(entry.session for entry in entries if entry.session)
    held = [session for each in named if isinstance(session := corpus.get(each), Session) and session.window().latest is not None]
    for session in sorted(held, key=lambda session: session.window()):
        name = name_of(corpus, session.id)
        sign = _MEETING if session.opens or session.closes else _SOME_TIME
        yield _Item(name, sign, (session.window(),), f"{name}, {said_window(session.window())}")


def _items(entries: list[Entry], *, several: bool) -> Iterable[_Item]:
    """Entries that are the same thing again, or that fall due in the same days, as one item each."""
    groups: dict[Any, list[Entry]] = {}
    for entry in entries:
        once = entry.occurrence is None
        groups.setdefault((entry.window.earliest, entry.window.latest, _sign(entry)) if once else entry.what, []).append(entry)
    for held in groups.values():
        first = held[0]
        if first.occurrence is not None or len(held) > TOGETHER:
            yield _item(held, several=several)
        else:
            yield from (_item([entry], several=several) for entry in held)


def _item(held: list[Entry], *, several: bool) -> _Item:
    first = held[0]
    windows = tuple(dict.fromkeys(entry.window for entry in held))
    if first.occurrence is not None:
        said = first.note.partition(";")[0] or "again and again"
        label = f"{_name(first, several=several)}, {said}"
        told = f"{_name(first, several=several)}, {said} from {said_window(windows[0])}"
    elif len(held) > 1:
        names = f"{_number(first, several=several)} to {_number(held[-1], several=several)}" if first.kind == "mandate" else ""
        label = f"{counted(len(held), first.kind)}{f', {names}' if names else ''}"
        told = f"{label}, {said_window(windows[0])}"
    else:
        label = _name(first, several=several)
        told = f"{label}, {said_window(windows[0])}"
    return _Item(label, _sign(first), windows, told)


def _sign(entry: Entry) -> Sign:
    if entry.kind == "milestone":
        return _REACHED if entry.status == MilestoneStatus.DONE.value else _OPEN
    return _COUNTED if entry.counted else _ASKED


def _number(entry: Entry, *, several: bool) -> str:
    said = cite(entry.what).partition(", mandate")[0]
    return said if several else said.rpartition(", ")[2]


def _name(entry: Entry, *, several: bool) -> str:
    title = fit(entry.title.rstrip("."), 60)
    return title if entry.kind == "milestone" else f"{_number(entry, several=several)}: {title}"


# --- in words -------------------------------------------------------------------------------------------------------------


def _counts(dated: list[Entry], undated: list[Entry]) -> str:
    mandates = len({entry.what for entry in dated if entry.kind == "mandate"})
    milestones = len({entry.what for entry in dated if entry.kind == "milestone"})
    held = [counted(mandates, "mandate")] if mandates or not milestones else []
    held += [counted(milestones, "milestone")] if milestones else []
    more = f"; {len(undated):,} more with no last day" if undated else ""
    return f"{' and '.join(held)} with a date{more}."


def _told(title: str, dated: list[Entry], undated: list[Entry], lanes: dict[str, list[_Item]]) -> str:
    said = [f"Calendar. {title}: {_counts(dated, undated)}"]
    for name, items in lanes.items():
        more = f"; and {len(items) - TOLD} more" if len(items) > TOLD else ""
        said.append(f"{name}: {'; '.join(item.told for item in items[:TOLD])}{more}.")
    if undated:
        names = ", ".join(dict.fromkeys(cite(entry.what).partition(", mandate")[0] for entry in undated[:TOLD]))
        said.append(f"With no last day: {names}.")
    return " ".join(said)


# --- as a picture ---------------------------------------------------------------------------------------------------------


def _placed(items: Iterable[_Item], span: Span) -> list[_Placed]:
    """Each item in the first row of its lane where mark and label meet nothing that stands there."""
    ends: list[float] = []
    found: list[_Placed] = []
    for item in items:
        x = min(_begin(window, span) for window in item.windows)
        end = max(_end(window, span) for window in item.windows)
        label = fit(item.label, int(PLOT / LETTER))
        text = x if x + across(label) <= PLOT else max(0.0, PLOT - across(label))
        row = next((row for row, taken in enumerate(ends) if taken + GAP <= min(x, text)), len(ends))
        taken = max(end, text + across(label))
        ends[row : row + 1] = [taken]
        found.append(_Placed(item, row, text, label))
    return found


def _begin(window: Window, span: Span) -> float:
    return 0 if window.earliest is None else span.at(window.earliest)


def _end(window: Window, span: Span) -> float:
    return span.width if window.latest is None else span.end(window.latest)


class _Lanes:
    """The rows of data of each layer, gathered from lane to lane."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.height: float = 0
        self.drawn = 0
        self.between: list[dict[str, Any]] = []
        self.bars: list[dict[str, Any]] = []
        self.marks: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.names: list[dict[str, Any]] = []
        self.signs: dict[Sign, None] = {}

    def add(self, name: str, items: list[_Item]) -> None:
        """A lane below those that are there; of many items the first, and how many more."""
        room = max(1, ITEMS - self.drawn)
        placed = _placed(items[:room], self.span)
        self.drawn += len(placed)
        lines = [*wrapped(name, 32, 2), *([f"(and {len(items) - room:,} more)"] if len(items) > room else [])]
        self.between.append({"x": -NAMES, "x2": PLOT, "y": self.height})
        self.names += [{"x": -NAMES, "y": self.height + 14 + 14 * at, "text": line} for at, line in enumerate(lines)]
        for each in placed:
            top = self.height + STEP * each.row + 4
            self.labels.append({"x": each.x, "y": top + 8, "text": each.label})
            for window in each.item.windows:
                self._mark(each.item.sign, window, top + 21)
        self.height += max(STEP * (1 + max(each.row for each in placed)), 14 * len(lines)) + 8

    def _mark(self, sign: Sign, window: Window, y: float) -> None:
        """A session as a bar over its days; what is due as a mark on the last day, with a bar where it is more than a few."""
        x, end = _begin(window, self.span), _end(window, self.span)
        self.signs[sign] = None
        if sign in (_MEETING, _SOME_TIME):
            self.bars.append({"x": x, "x2": max(end, x + 4), "y": y - 4, "y2": y + 4, **look(sign)})
            return
        if end - x > 4:
            self.signs[_WHEN] = None
            self.bars.append({"x": x, "x2": end, "y": y - 3, "y2": y + 3, **look(_WHEN)})
        self.marks.append({"x": end, "y": y, "due": str(window), **look(sign)})


def _drawn(title: str, dated: list[Entry], undated: list[Entry], lanes: dict[str, list[_Item]], horizon: datetime.date) -> dict[str, Any]:
    import altair as alt

    days = [day for entry in dated for day in (entry.window.earliest or entry.window.latest,) if day is not None]
    span = Span(datetime.date(min(days).year, 1, 1), datetime.date(max(horizon, max(days)).year, 12, 31), PLOT)
    rows = _Lanes(span)
    for name, items in lanes.items():
        rows.add(name, items)
    chart = alt.layer(
        rules(rows.between, colour=LIGHT),
        grid(span, rows.height),
        boxes(rows.bars, corner=2),
        points(rows.marks),
        haloed(rows.labels),
        texts(rows.names, bold=True, limit=NAMES - 8),
    ).properties(width=PLOT, height=rows.height)
    whole = alt.vconcat(chart, key([sign for sign in _ORDER if sign in rows.signs], -NAMES, PLOT), spacing=12)
    return finished(whole, title, _counts(dated, undated))
