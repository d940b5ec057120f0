"""Days, names and lines of text, as pictures and pages say them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal

from .._width import beginning, readable, width_of
from ..corpus import Corpus
from ..model import Concept, Entity, Provision, Session, StakeholderGroup, Window

__all__ = [
    "across",
    "clean",
    "counted",
    "figure",
    "fit",
    "full_name",
    "leftward",
    "listed",
    "name_of",
    "said_day",
    "said_window",
    "wrapped",
]

#: How wide a letter of `SMALL` is, at the most, on average.
LETTER = 6.1
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNITS = {10**12: "tn", 10**9: "bn", 10**6: "m"}
RIGHT_TO_LEFT = "\u200f"


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
    r"""A text on one line, with escapes for what XML cannot hold and what turns the direction of
    writing.

    Examples:
        >>> print(clean("Road\nmap \x07 of C2"))
        Road map \x07 of C2
    """
    return " ".join(readable(text).split())


def across(text: str) -> float:
    """How wide a text of `SMALL` letters is, in pixels: about, and rather too wide than too narrow."""
    return width_of(text) * LETTER


def fit(text: str, columns: int) -> str:
    r"""A text cut to so many letters; those of East Asia count twice, and no letter loses its
    accents.

    In a line from left to right, what follows the last letter stands on its right; a text that
    reads from right to left ends on its left. An invisible letter of that direction behind the sign
    of omission keeps it at the end.

    Examples:
        >>> fit("Map the schools that have no connection", 16)
        'Map the schools…'
        >>> fit("接続されていない学校", 10)
        '接続され…'
        >>> fit("خريطة المدارس", 8)
        'خريطة ا…\u200f'
    """
    text = clean(text)
    if width_of(text) <= columns:
        return text
    kept = beginning(text, columns - 1).rstrip(f" …{RIGHT_TO_LEFT}")
    return f"{kept}…{RIGHT_TO_LEFT if leftward(text) else ''}"


def leftward(text: str) -> bool:
    """Whether the first letter that has a direction reads from right to left."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


def wrapped(text: str, columns: int, lines: int = 3) -> list[str]:
    """A text in lines of so many letters, the last one cut."""
    found: list[str] = []
    words = clean(text).split(" ")
    while words and len(found) < lines - 1:
        taken = 1
        while taken < len(words) and width_of(" ".join(words[: taken + 1])) <= columns:
            taken += 1
        found.append(fit(" ".join(words[:taken]), columns))
        words = words[taken:]
    if words:
        found.append(fit(" ".join(words), columns))
    return found


def figure(value: Decimal, largest: Decimal, digits: int = 6) -> str:
    """A number in few letters, among others of which *largest* is the largest, so that all of them
    are written in one way.

    Examples:
        >>> [
        ...     figure(Decimal(each), Decimal(100))
        ...     for each in ("0", "75", "13.123456789", "0.000012")
        ... ]
        ['0', '75', '13.1235', '0.000012']
        >>> [
        ...     figure(Decimal(each), Decimal(10**13))
        ...     for each in ("7500000000000", "2300000000.55", "2500000", "1500")
        ... ]
        ['7.5 tn', '2.3 bn', '2.5 m', '1,500']
        >>> (
        ...     figure(Decimal("3e17"), Decimal("3e17")),
        ...     figure(Decimal("0.0000025"), Decimal("0.00001")),
        ... )
        ('3e17', '2.5e-6')
    """
    number = Context(prec=digits).plus(value).normalize()
    size, most = abs(number), abs(largest)
    if size and ((most >= 10**15 and size >= 10**6) or most < Decimal("0.0001")):
        exponent = number.adjusted()
        return f"{number.scaleb(-exponent):f}e{exponent}"
    for unit, name in UNITS.items():
        if size >= unit:
            return f"{number / unit:,f} {name}"
    return f"{number:,f}"


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
    """What people call a record in few words: an acronym, a code, a label; the identifier when the
    corpus does not hold it.
    """
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
    """The full name of who acts, where it is short enough to be read at a glance; else what people
    call it.
    """
    record = corpus.get(identifier)
    name = clean(record.name.pick()) if isinstance(record, Entity) else ""
    return name if 0 < len(name) <= 60 else name_of(corpus, identifier)
