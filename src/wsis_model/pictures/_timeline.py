"""Activities as bars over the years, one line each: a picture that can be read on paper."""

from __future__ import annotations

import datetime
from typing import Any

import attrs

from ..corpus import Corpus
from ..model import ActivityStatus
from ._gantt import ACTIVITY_SIGNS, Row, describe_rows, rows_of
from ._labels import clean, counted, day_text, fit, is_right_to_left
from ._milestones import DROPPED, LATE, OPEN, REACHED, RISK
from ._picture import (
    GREY,
    LIGHT,
    NORMAL,
    WHITE,
    Picture,
    Sign,
    Span,
    boxes,
    empty,
    grid,
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

__all__ = ["timeline"]

#: How many activities are drawn, unless another number is asked for.
ROWS = 14
#: The widths of the names, the years and the words on how an activity stands, in pixels.
NAMES, PLOT, WORDS = 318, 300, 76
ROW = 20
#: Letters of a title; from right to left fewer, because they are drawn wider.
TITLE, LEFTWARD = 54, 45
_ENDED = (ActivityStatus.DONE, ActivityStatus.CANCELLED, ActivityStatus.SUSPENDED)
_ORDER = (*ACTIVITY_SIGNS.values(), REACHED, OPEN, RISK, LATE, DROPPED)


def timeline(corpus: Corpus, roadmap: str, *, as_of: datetime.date, rows: int = ROWS) -> Picture:
    """The activities of a road map as bars, one line each, with the milestones on them: narrower
    and lower than [`gantt`][wsis_model.pictures.gantt], so that it can be read where a printed page
    is all the room there is.

    How each activity stands is written beside it: `late` or `at risk` as its worst milestone is,
    else its status.

    Args:
        corpus: Holds the road map, and the sessions at which its milestones are due.
        roadmap: The road map's identifier.
        as_of: The day to mark, on which something is late or not.
        rows: How many activities to draw at most. Of more, those that are late or at risk are
            chosen first, then those that are under way; the order is that of `gantt`.

    Raises:
        UnknownIdentifier: There is no such road map.
    """
    record = corpus.roadmap(roadmap)
    title = clean(record.title.pick())
    everything = rows_of(corpus, record, as_of)
    if not everything:
        return Picture(
            title,
            f"The road map {title} has no activities yet: nothing to draw.",
            empty(f"{title} has no activities yet."),
        )
    urgent = sorted(everything, key=lambda row: (_rank(row), row.begins))[:rows]
    chosen = {row.activity.id for row in urgent}
    shown = [row for row in everything if row.activity.id in chosen][:rows]
    return Picture(
        f"{title}: activities over time",
        describe_rows(corpus, title, everything, as_of),
        _chart(shown, len(everything), as_of),
    )


def _rank(row: Row) -> int:
    words = ("late", "at risk", "under way", "planned")
    word = _word(row)
    return words.index(word) if word in words else len(words)


def _word(row: Row) -> str:
    """How an activity stands, in a word."""
    if row.activity.status not in _ENDED:
        signs = {point.sign for point in row.points}
        for sign, word in ((LATE, "late"), (RISK, "at risk")):
            if sign in signs:
                return word
    return ACTIVITY_SIGNS[row.activity.status].means


def _chart(shown: list[Row], total: int, as_of: datetime.date) -> dict[str, Any]:
    span = Span.of([day for row in shown for day in row.days], PLOT)
    height = ROW * len(shown)
    bars: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    signs: dict[Sign, None] = {}
    names: list[dict[str, Any]] = []
    words: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for at, row in enumerate(shown):
        y = ROW * at + ROW / 2
        title, word = clean(row.activity.title.pick()), _word(row)
        cut = fit(title, LEFTWARD if is_right_to_left(title) else TITLE)
        names.append({"x": -NAMES, "y": y, "text": cut})
        words[word in ("late", "at risk")].append({"x": PLOT + 12, "y": y, "text": word})
        if span is None:
            continue
        bars += _bar(row, span, y, signs)
        for point in row.dated:
            if point.window.latest is not None:
                signs[point.sign] = None
                # White behind a mark, so that it can be seen on a bar.
                x, behind = (
                    span.at(point.window.latest),
                    attrs.evolve(point.sign, stroke=WHITE, width=4),
                )
                points += [{"x": x, "y": y, **look(sign)} for sign in (behind, point.sign)]
    lines = [{"x": -NAMES, "x2": PLOT + WORDS, "y": ROW * at} for at in range(len(shown) + 1)]
    parts = [
        rules(lines, colour=LIGHT),
        *([grid(span, height)] if span else []),
        boxes(bars, corner=2),
        *(today(span, as_of, height) if span and span.holds(as_of) else ()),
        marks(points),
        texts(names, size=NORMAL, limit=NAMES - 12),
        texts(words[False], colour=GREY),
        texts(words[True], bold=True),
    ]
    chart = overlaid(*parts, width=PLOT, height=height)
    if signs:
        found = key([sign for sign in _ORDER if sign in signs], -NAMES, PLOT + WORDS - 20)
        chart = stacked(chart, found, spacing=8)
    left = total - len(shown)
    more = f", {len(shown)} of {total:,} drawn" if left else ""
    of = counted(total, "activity", "activities")
    return specification(chart, f"{of} over time, on {day_text(as_of)}{more}")


def _bar(row: Row, span: Span, y: float, signs: dict[Sign, None]) -> list[dict[str, Any]]:
    """The bar of an activity; one whose first or last day is not known goes to the edge."""
    window = row.window
    if window.earliest is None and window.latest is None:
        return []
    sign = ACTIVITY_SIGNS[row.activity.status]
    signs[sign] = None
    x = 0 if window.earliest is None else span.at(window.earliest)
    x2 = span.width if window.latest is None else span.end(window.latest)
    bar = {"x": x, "x2": x2, "y": y - 5, "y2": y + 5, "activity": row.activity.id, **look(sign)}
    return [bar]
