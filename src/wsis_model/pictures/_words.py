"""Days, names and lines of text, as pictures and pages say them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence

from ..corpus import Corpus
from ..model import Concept, Entity, Provision, Session, StakeholderGroup, Window

__all__ = ["across", "clean", "counted", "fit", "full_name", "listed", "name_of", "said_day", "said_window", "wrapped"]

#: How wide a letter of `SMALL` is, at the most, on average.
LETTER = 6.1
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Control characters and what is no character, which XML cannot hold; and overrides of the direction of writing.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def said_day(day: datetime.date) -> str:
    """A day as people write it, in any locale.

    Examples:
        >>> said_day(datetime.date(2026, 11, 24))
        '24 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def said_window(window: Window) -> str:
    """A window as people say it: a day, a year, or from when to when.

    Examples:
        >>> said_window(Window(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)))
        '2027'
        >>> said_window(Window(datetime.date(2026, 7, 6), datetime.date(2026, 7, 10)))
        '6 to 10 July 2026'
    """
    first, last = window.earliest, window.latest
    if first is None and last is None:
        return "no date"
    if first is None or last is None or first == last:
        return said_day(last) if last is not None else f"from {said_day(first)}" if first else ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + datetime.timedelta(days=last < datetime.date.max)).day == 1:
        ends = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
        return " to ".join(dict.fromkeys(ends))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {said_day(last)}"
    return f"{said_day(first)} to {said_day(last)}"


def clean(text: str) -> str:
    r"""A text on one line, without what XML cannot hold and what turns the direction of writing.

    Examples:
        >>> clean("Road\nmap \x07 of C2")
        'Road map of C2'
    """
    return " ".join(_UNFIT.sub(" ", text).split())


def _columns(sign: str) -> int:
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def across(text: str) -> float:
    """How wide a text of `SMALL` letters is, in pixels: about, and rather too wide than too narrow."""
    return sum(map(_columns, text)) * LETTER


def fit(text: str, columns: int) -> str:
    """A text cut to so many letters; those of East Asia count twice, and no letter loses its accents.

    Examples:
        >>> fit("Map the schools that have no connection", 16)
        'Map the schools…'
        >>> fit("接続されていない学校", 10)
        '接続され…'
    """
    text = clean(text)
    if sum(map(_columns, text)) <= columns:
        return text
    used, kept = 1, 0
    for kept, sign in enumerate(text):  # noqa: B007 - where it stops is what is wanted
        used += _columns(sign)
        if used > columns:
            break
    return text[:kept].rstrip() + "…"


def wrapped(text: str, columns: int, lines: int = 3) -> list[str]:
    """A text in lines of so many letters, the last one cut."""
    found: list[str] = []
    words = clean(text).split(" ")
    while words and len(found) < lines - 1:
        taken = 1
        while taken < len(words) and sum(map(_columns, " ".join(words[: taken + 1]))) <= columns:
            taken += 1
        found.append(fit(" ".join(words[:taken]), columns))
        words = words[taken:]
    if words:
        found.append(fit(" ".join(words), columns))
    return found


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    Examples:
        >>> counted(1, "milestone"), counted(5000, "activity", "activities")
        ('1 milestone', '5,000 activities')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str], of: int) -> str:
    """Parts of a description joined, and how many more there are of all."""
    return "; ".join(parts) + (f"; and {of - len(parts):,} more" if of > len(parts) else "")


def name_of(corpus: Corpus, identifier: str | None) -> str:
    """What people call a record in few words: an acronym, a code, a label; the identifier when the corpus does not hold it."""
    if identifier is None:
        return ""
    record = corpus.get(identifier)
    if isinstance(record, Entity):
        return clean(record.acronym or record.name.pick())
    if isinstance(record, StakeholderGroup):
        return clean(record.label.pick())
    if isinstance(record, Concept):
        return clean(f"{record.code or ''} {record.label.pick()}")
    if isinstance(record, Session):
        body = corpus.get(record.body) if record.body else None
        if isinstance(body, Entity) and body.acronym and record.number is not None:
            return f"{body.acronym} {record.number}"
        return clean(record.title.pick())
    if isinstance(record, Provision):
        return f"para. {record.number}"
    return identifier


def full_name(corpus: Corpus, identifier: str) -> str:
    """The full name of who acts, where it is short enough to be read at a glance; else what people call it."""
    record = corpus.get(identifier)
    name = clean(record.name.pick()) if isinstance(record, Entity) else ""
    return name if 0 < len(name) <= 60 else name_of(corpus, identifier)
