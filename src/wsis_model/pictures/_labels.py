"""Days, numbers, names and lines of text for pictures and pages."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal

from .._width import beginning, readable, width_of
from ..analysis._names import short_name
from ..corpus import Corpus
from ..model import Entity, Window

__all__ = [
    "pixel_width",
    "clean",
    "counted",
    "figure",
    "fit",
    "full_name",
    "is_right_to_left",
    "list_some",
    "name_of",
    "day_text",
    "window_text",
    "wrapped",
]

#: The width of a letter of size `SMALL` in pixels: an upper bound of the average.
LETTER = 6.1
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNITS = {10**12: "tn", 10**9: "bn", 10**6: "m"}
RIGHT_TO_LEFT = "\u200f"


def day_text(day: datetime.date) -> str:
    """A day in English, in any locale.

    Examples:
        >>> day_text(datetime.date(2026, 11, 24))
        '24 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def window_text(window: Window) -> str:
    """A window in words: a day, a year, or from when to when.

    Examples:
        >>> window_text(Window(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)))
        '2027'
        >>> window_text(Window(datetime.date(2026, 7, 6), datetime.date(2026, 7, 10)))
        '6 to 10 July 2026'
    """
    first, last = window.earliest, window.latest
    if first is None and last is None:
        return "no date"
    if first is None or last is None or first == last:
        return day_text(last) if last is not None else f"from {day_text(first)}" if first else ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + datetime.timedelta(days=last < datetime.date.max)).day == 1:
        ends = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
        return " to ".join(dict.fromkeys(ends))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_text(last)}"
    return f"{day_text(first)} to {day_text(last)}"


def clean(text: str) -> str:
    r"""A text on one line, with escapes for characters that XML forbids or that change the
    direction of writing.

    Examples:
        >>> print(clean("Road\nmap \x07 of C2"))
        Road map \x07 of C2
    """
    return " ".join(readable(text).split())


def pixel_width(text: str) -> float:
    """About how wide a text of size `SMALL` is, in pixels; rather too wide than too narrow."""
    return width_of(text) * LETTER


def fit(text: str, columns: int) -> str:
    r"""A text cut to so many columns; East Asian letters take two, and no letter loses its accents.

    In a text from right to left, an invisible mark of that direction after the ellipsis keeps it at
    the end of the text.

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
    return f"{kept}…{RIGHT_TO_LEFT if is_right_to_left(text) else ''}"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


def wrapped(text: str, columns: int, lines: int = 3) -> list[str]:
    """A text in lines of so many columns, the last one cut."""
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
    """A number in few letters; all numbers of a picture are written in the same way, which depends
    on the *largest*.

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


def list_some(parts: Sequence[str], of: int) -> str:
    """Some of several parts of a description, and how many more there are."""
    return "; ".join(parts) + (f"; and {of - len(parts):,} more" if of > len(parts) else "")


def name_of(corpus: Corpus, identifier: str | None) -> str:
    """The short name of a record on one line; empty without an identifier."""
    return "" if identifier is None else clean(short_name(corpus, identifier))


def full_name(corpus: Corpus, identifier: str) -> str:
    """The full name of an entity if it is not too long, otherwise the short name."""
    record = corpus.get(identifier)
    name = clean(record.name.pick()) if isinstance(record, Entity) else ""
    return name if 0 < len(name) <= 60 else name_of(corpus, identifier)
