"""What people write instead of what a field takes, and what they meant: a day, a number, the name of something."""

from __future__ import annotations

import calendar
import re

import attrs

from ..model import is_identifier
from ._meant import LIKELY, Names

__all__ = ["Known", "day_meant", "hint_for_date", "hint_for_name", "hint_for_number", "hint_for_year"]

_MONTHS = {name.casefold(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})\s?[./ -]\s?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([A-Za-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_YEAR = re.compile(
    r"(?:(?:by|in|until|before|end|mid|early|late|during)[\s-]*)+(?:of\s+)?(?:the\s+)?(\d{4})|Q[1-4]\s+(\d{4})", re.IGNORECASE
)
_YEARS = re.compile(r"(\d{4})\s*(?:-|–|/|to|until)\s*(\d{4})")
_SEPARATORS = re.compile(r"\s*(?:[,\n&]|\band\b)\s*")
_NAME_HINT = "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, or an identifier such as groups/youth"
SEVERAL = 20
"""Into so many parts a text is taken apart at most, to see whether it names several things."""


@attrs.frozen
class Known:
    """Who knows what things are called, and what kinds of thing belong in a field."""

    names: Names
    """Knows names."""
    kinds: tuple[str, ...]
    """What belongs there; none stands for any."""
    key: str
    """Name of the field."""


def day_meant(text: str) -> str | None:
    """The day, month or year that a text plainly means, as ISO 8601 writes it; None where it may mean several, or none.

    Examples:
        >>> day_meant("30.6.2027"), day_meant("12/31/2027"), day_meant("4/5/2027"), day_meant("June 2027"), day_meant("end of 2027")
        ('2027-06-30', '2027-12-31', None, '2027-06', '2027')
    """
    plain = text.strip()
    if found := _DAY_FIRST.fullmatch(plain):
        first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        if second > 12:
            first, second = second, first
        elif mark != "." and first <= 12 and first != second:
            return None  # the day or the month may stand first
        return _day(year, second, first)
    if (found := _NAMED.fullmatch(plain)) and (month := _MONTHS.get(found[2].casefold())):
        day = found[1] or found[3]
        return _day(int(found[4]), month, int(day)) if day else f"{found[4]}-{month:02}"
    if found := _YEAR.fullmatch(plain):
        return found[1] or found[2]
    return None


def _day(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def hint_for_date(text: str, otherwise: str) -> str:
    """What to write where a date belongs."""
    meant = day_meant(text[:60])
    if meant is not None:
        return f"did you mean {meant}?" if otherwise.startswith("write YYYY,") or len(meant) == 10 else otherwise
    if found := _YEARS.fullmatch(text.strip()[:60]):
        return f"a period has a start and an end: {found[1]} and {found[2]}"
    return otherwise


def hint_for_number(text: str) -> str:
    """What to write where a number belongs.

    Examples:
        >>> hint_for_number("35 %"), hint_for_number("1,500,000"), hint_for_number("41,5")
        ('write 35; the % belongs in the unit', 'write 1500000', 'write 41.5')
    """
    plain = text.strip()[:60]
    number = plain.removesuffix("%").strip()
    if re.fullmatch(r"-?\d{1,3}(?:[,' \u00a0\u202f]\d{3})+(?:\.\d+)?", number):
        number = re.sub(r"[^\d.-]", "", number)
    elif re.fullmatch(r"-?\d+,\d+", number):
        number = number.replace(",", ".")
    if re.fullmatch(r"-?\d+(?:\.\d+)?", number) and number != plain:
        return f"write {number}; the % belongs in the unit" if plain.endswith("%") else f"write {number}"
    return "write a number alone, e.g. 74 or 41.5; what else there is to say goes into the unit or a note"


def hint_for_year(text: str) -> str:
    """What to write where a year belongs.

    Examples:
        >>> hint_for_year("mid-2027"), hint_for_year("2027-06-30"), hint_for_year("soon")
        ('did you mean 2027?', 'did you mean 2027?', 'write a year alone, e.g. 2027')
    """
    meant = day_meant(text[:60]) or (text if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", text) else None)
    return f"did you mean {meant[:4]}?" if meant else "write a year alone, e.g. 2027"


def hint_for_name(text: str, known: Known) -> str:
    """Who or what was meant where another record is named."""
    parts = [part for part in _SEPARATORS.split(text.strip()) if part][: SEVERAL + 1]
    means = [_means(part, known) for part in parts] if 1 < len(parts) <= SEVERAL else []
    if any(means):
        how = f": {'; '.join(parts)}" if all(means) else ""
        return f"several are separated by semicolons in a cell, and make a list elsewhere{how}"
    if ";" in text:
        return "only one belongs here"
    close = known.names.near(text, 1, known.kinds or LIKELY.get(known.key, ()))
    return f"did you mean {close[0]!r}?" if close else _NAME_HINT


def _means(part: str, known: Known) -> bool:
    return is_identifier(part) or known.names.meant(part, known.kinds) is not None
