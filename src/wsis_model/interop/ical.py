"""Days as iCalendar (RFC 5545), for calendar programs to import or subscribe to. Needs the extra
`ical`.

[`to_ical`][wsis_model.interop.ical.to_ical] writes events that last whole days. What is due as a
road map or a document states it is turned into events by
[`wsis_model.analysis.events`][wsis_model.analysis.events].

**Kept**: first and last day, title, description, address, categories, and one identifier for each
event that stays the same from file to file, so that a program which reads a later version changes
its entries and adds none twice.

**Lost**: who is to do it, to whom it is reported and how far it has come are words in the
description: an `ATTENDEE` would be sent invitations, and a `VTODO`, which could hold a status, is
not shown by Google Calendar. Characters that control a terminal.

No event makes its reader busy (`TRANSP:TRANSPARENT`). There is no `METHOD`: the file is a calendar,
not a message of an organiser.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

import attrs

from ..errors import MissingExtra

__all__ = ["Event", "to_ical"]

PRODID = "-//wsis_model//calendar//EN"
#: RFC 5545 knows one break of lines in a text; these are others that programs take for one.
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: What RFC 5545, section 3.1 lets no value hold.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def _ends_after_it_begins(event: Event, _: object, last: datetime.date) -> None:
    if last < event.first:
        msg = f"an event cannot end on {last}, before its first day {event.first}"
        raise ValueError(msg)


@attrs.frozen
class Event:
    """Something that lasts one or several whole days.

    Raises:
        ValueError: The last day is before the first.
    """

    uid: str
    """What no other event is called, now or later, e.g. `"80-173/113.1@wsis_model"`."""
    title: str
    """What the calendar shows, in a line."""
    first: datetime.date
    """The first day."""
    last: datetime.date = attrs.field(validator=_ends_after_it_begins)
    """The last day; the first, when it is one day."""
    description: str = ""
    """More about it, in lines."""
    url: str | None = None
    """Where it is to be read, e.g. `"https://docs.un.org/en/A/RES/80/173"`."""
    categories: tuple[str, ...] = ()
    """What it is filed under, e.g. `("mandate", "A/RES/80/173")`."""


def to_ical(
    events: Iterable[Event],
    *,
    name: str,
    description: str = "",
    stamp: datetime.datetime | None = None,
) -> bytes:
    """The events as the bytes of an iCalendar file, in the order given.

    Args:
        events: The events. Two with one `uid` are two versions of one event to a calendar program,
            so there may not be two.
        name: What the calendar is called.
        description: What it is, in a sentence.
        stamp: When the file was made; UTC where no time zone is given; now, when there is none.
            With it, equal events give equal bytes.

    Raises:
        MissingExtra: `icalendar` is not installed.
        ValueError: Two events have one `uid`.

    Examples:
        >>> import datetime
        >>> day = datetime.date(2026, 7, 6)
        >>> data = to_ical(
        ...     [Event("dialogue@example.org", "Dialogue on AI", day, day)], name="Meetings"
        ... )
        >>> [line for line in data.decode().splitlines() if line.startswith(("DTSTART", "DTEND"))]
        ['DTSTART;VALUE=DATE:20260706', 'DTEND;VALUE=DATE:20260707']
    """
    try:
        import icalendar
    except ImportError:
        raise MissingExtra("ical", "icalendar") from None  # noqa: EM101 - facts, no sentence
    made = stamp or datetime.datetime.now(datetime.UTC)
    made = (
        made.replace(tzinfo=datetime.UTC) if made.tzinfo is None else made.astimezone(datetime.UTC)
    )
    calendar: Any = icalendar.Calendar()  # as `Any`: the library leaves the values it takes untyped
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # What programs have long read, and what RFC 7986 made of it. The library knows none of the four
    # to be text: it would not escape them.
    for key, text in (
        ("name", name),
        ("x-wr-calname", name),
        ("description", description),
        ("x-wr-caldesc", description),
    ):
        if text:
            calendar.add(key, icalendar.vText(_clean(text)))
    known: set[str] = set()
    for event in events:
        if event.uid in known:
            msg = f"two events have the uid {event.uid!r}"
            raise ValueError(msg)
        known.add(event.uid)
        one: Any = icalendar.Event()
        one.add("uid", _clean(event.uid))
        one.add("dtstamp", made)
        one.add("dtstart", event.first)
        if event.last < datetime.date.max:
            one.add(
                "dtend", event.last + datetime.timedelta(days=1)
            )  # the first day on which it is over
        one.add("summary", " ".join(_clean(event.title).split()))
        if event.description:
            one.add("description", _clean(event.description))
        if event.url:
            one.add("url", "".join(_clean(event.url).split()))
        if event.categories:
            one.add("categories", [_clean(each) for each in event.categories])
        one.add("transp", "TRANSPARENT")
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def _clean(text: str) -> str:
    """*text* with one kind of line break and nothing that iCalendar forbids."""
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))
