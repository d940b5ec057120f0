"""What people write instead of what a field takes, and what they meant: a day, a number, the name of something."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from typing import Literal

import attrs

from ..errors import Position
from ..model import Alignment, Due, Record, is_identifier
from ..model._shape import Field, shape_of
from ._meant import Names, likely

__all__ = [
    "Known",
    "day_meant",
    "hint_for_currency",
    "hint_for_date",
    "hint_for_name",
    "hint_for_number",
    "hint_for_year",
]

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})\s?[./ -]\s?(\d{4})")
_YEAR_FIRST = re.compile(
    r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?"
)
_MONTH_FIRST = re.compile(r"(\d{1,2})[./-](\d{4})")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([A-Za-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_YEAR = re.compile(
    r"(?:(?:by|in|until|before|end|mid|early|late|during)[\s-]*)+(?:of\s+)?(?:the\s+)?(\d{4})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?:by|in|until|before|during)\s+)?(?:(?P<part>Q[1-4]|H[12]|mid)[\s/-]*(?:of\s+)?(?P<year>\d{4})|(?P<before>\d{4})[\s/-]*(?P<after>Q[1-4]|H[12]))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})\s*(?:-|–|/|to|until)\s*(\d{4})")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
#: Thousands set apart. Where three digits follow one comma or point, it may as well stand before the places after the point.
_GROUPED = re.compile(
    r"(?P<whole>-?[1-9]\d{0,2}(?:(?P<mark>[',. \u00a0\u202f\u2019])\d{3})(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<rest>\d+))?"
)
_NOUGHTS = re.compile(r"(-?)0+((?:0|[1-9]\d*)\.\d+|[1-9]\d*)")
_POWERS = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "mio": 6,
    "million": 6,
    "bn": 9,
    "mrd": 9,
    "billion": 9,
    "milliard": 9,
}
#: Of these nobody can tell but by the currency: they may be the unit.
_UNITS = {"k": "thousands", "m": "millions"}
_QUANTITY = re.compile(
    r"(?P<before>[A-Z]{3}|US\$|[$€£¥])?\s*(?P<number>-?\d(?:[\d.,' \u00a0\u202f\u2019]*\d)?)\s*"
    rf"(?P<times>(?i:{'|'.join(sorted(_POWERS, key=len, reverse=True))}))?s?\.?\s*(?P<after>[A-Z]{{3}}|US\$|[$€£¥])?"
)
#: Three capitals that count people, and no money.
_STAFF = "FTE"
#: What currencies are called but by their codes. A dollar or a yen may be of several countries.
_CURRENCIES = {"€": "EUR", "£": "GBP", "US$": "USD"}
_PERCENT = re.compile(r"(.*?)\s*(?:%|per\s?cent|pct\.?)", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[;,\n&]|\band\b)\s*", re.IGNORECASE)
#: These separate names where each side is one: symbols and units have them too.
_JOINTS = re.compile(r"\s*[/+]\s*")
#: The columns of tables that take concepts, by the letters of their headings: the beginning of the identifiers that belong there.
_COLUMNS = {
    "actionlines": "action-lines/",
    "sdgtargets": "sdg/",
    "commitments": "gdc/",
    "compactcommitments": "gdc/",
    "themes": "",
    "otheralignments": "",
}
#: What stands before a number of that column where it stands elsewhere.
_PREFIXES = {"action-lines/": "C", "sdg/": "SDG ", "gdc/": "GDC "}
_SUB_LINE = re.compile(r"(C\s?\d{1,2})\s*\(\s*(e-?[a-z]+)\s*\)", re.IGNORECASE)
_ITEM = re.compile(r"(?:GDC\s*)?(\d{1,3})\s*[.-]?\s*([a-z])", re.IGNORECASE)
_PAGE = re.compile(r"(?:p|par|pg)\b\.?\s*(\d{1,3})", re.IGNORECASE)
_NUMBER_HINT = (
    "write a number alone, e.g. 74 or 41.5; what else there is to say goes into the unit or a note"
)
_NAME_HINT = "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, or an identifier such as groups/youth"
#: By the form of a file: how to add an organisation, and how to write what is due without a session.
_ADDED = {
    "workbook": "give it a line in the sheet Entities",
    "table": "give it a line in the table entities",
    "text": "describe it under 'entities'",
}
_DUE = {
    "workbook": ("'Due: event'", "'Due: year'"),
    "table": ("'due.event'", "'due.year'"),
    "text": ("due: {event: ...}", "due: {year: ...}"),
}
SEVERAL = 20
"""Into so many parts a text is taken apart at most, to see whether it names several things."""


@attrs.frozen
class Known:
    """Who knows what things are called, and where the name of one belongs."""

    names: Names
    """Knows names."""
    field: Field
    """The field that takes it."""
    holder: type[Record] | None
    """The class of the record that has the field."""
    place: Position
    """Where it stands."""

    @property
    def form(self) -> Literal["workbook", "table", "text"]:
        """What it stands in."""
        if self.place.sheet is not None:
            return "workbook"
        return "text" if self.place.heading is None else "table"

    @property
    def column(self) -> str | None:
        """With what the identifiers begin that belong in the column of alignments it stands in; None where it stands in none."""
        if self.holder is not Alignment or self.place.heading is None:
            return None
        return _COLUMNS.get(re.sub(r"[^a-z]", "", self.place.heading[:100].lower()))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of record are meant there; none stands for any."""
        return ("provision",) if self.column == "gdc/" else likely(self.field)


def day_meant(text: str) -> str | None:
    """The day, month or year that a text plainly means, as ISO 8601 writes it; None where it may mean several, or none.

    Examples:
        >>> (
        ...     day_meant("30.6.2027"),
        ...     day_meant("12/31/2027"),
        ...     day_meant("4/5/2027"),
        ...     day_meant("June 2027"),
        ...     day_meant("end of 2027"),
        ... )
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
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if (found := _MONTH_FIRST.fullmatch(plain)) and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    if (found := _NAMED.fullmatch(plain)) and (month := _MONTHS.get(found[2].casefold())):
        day = found[1] or found[3]
        return _day(int(found[4]), month, int(day)) if day else f"{found[4]}-{month:02}"
    if months := _months(plain):
        return months[0][:4]
    if found := _YEAR.fullmatch(plain):
        return found[1]
    return None


def _day(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _months(text: str) -> tuple[str, str] | None:
    """The first and the last month of a quarter, a half or the middle of a year.

    Examples:
        >>> _months("Q3 2027"), _months("2027-H1"), _months("mid-2027"), _months("2027")
        (('2027-07', '2027-09'), ('2027-01', '2027-06'), ('2027-06', '2027-06'), None)
    """
    found = _PART.fullmatch(text)
    if found is None:
        return None
    year, part = found["year"] or found["before"], (found["part"] or found["after"]).upper()
    if part == "MID":
        return f"{year}-06", f"{year}-06"
    size = 3 if part[0] == "Q" else 6
    last = size * int(part[1])
    return f"{year}-{last - size + 1:02}", f"{year}-{last:02}"


def hint_for_date(text: str, otherwise: str) -> str:
    """What to write where a date belongs.

    Examples:
        >>> (
        ...     hint_for_date("Q3 2027", "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ...     hint_for_date("mid-2027", "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ... )
        ('write 2027-07 for its beginning or 2027-09 for its end', 'did you mean 2027-06?')
    """
    plain = text.strip()[:60]
    partial = otherwise.startswith("write YYYY,")
    if partial and (months := _months(plain)):
        first, last = months
        return (
            f"did you mean {first}?"
            if first == last
            else f"write {first} for its beginning or {last} for its end"
        )
    meant = day_meant(plain)
    if meant is not None:
        return f"did you mean {meant}?" if partial or len(meant) == 10 else otherwise
    if found := _YEARS.fullmatch(plain):
        return f"a period has a start and an end: {found[1]} and {found[2]}"
    return otherwise


def hint_for_number(text: str, place: Position | None = None) -> str:
    """What to write where a number belongs. What may be two numbers is told as two.

    Examples:
        >>> (
        ...     hint_for_number("35 %"),
        ...     hint_for_number("1,500,000"),
        ...     hint_for_number("0,125"),
        ...     hint_for_number("74,125"),
        ... )
        ('write 35; the % belongs in the unit', 'write 1500000', 'write 0.125', 'write 74125, or 74.1250 if that is meant')
        >>> hint_for_number("USD 1.5 million"), hint_for_number("1.5m"), hint_for_number("0125")
        ('write 1500000; the currency goes into its own field or the unit', 'write 1500000 if millions are meant', 'write 125 or 0.125')
    """
    plain = text.strip()[:60]
    if percent := _PERCENT.fullmatch(plain):
        said = _written(percent[1])
        # A cell that shows per cent takes what is typed for per cent, whatever is typed.
        cell = (
            "format the cell as a number (in Excel: Home > Number > General), then "
            if place and place.sheet is not None
            else ""
        )
        return f"{cell}{said}; the % belongs in the unit" if said else _NUMBER_HINT
    if noughts := _NOUGHTS.fullmatch(plain):
        sign, digits = noughts.groups()
        return f"write {sign}{digits}" + ("" if "." in digits else f" or {sign}0.{digits}")
    found = _QUANTITY.fullmatch(plain)
    if found is None or _PLAIN.fullmatch(plain):
        return _NUMBER_HINT
    around = {found["before"], found["after"]} - {None}
    mark, money = (found["times"] or "").casefold(), bool(around - {_STAFF})
    said = _written(found["number"], _POWERS.get(mark, 0))
    if said and mark in _UNITS and not money:
        said += f" if {_UNITS[mark]} are meant"
    aside = (
        "; the currency goes into its own field or the unit"
        if money
        else f"; {_STAFF} belongs in the unit"
        if around
        else ""
    )
    return said + aside if said else _NUMBER_HINT


def _written(text: str, power: int = 0) -> str:
    """How a number is written that people write with other marks, times a power of ten; nothing where it is none."""
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        whole = re.sub(r"[^\d-]", "", grouped["whole"])
        thousands = _times(f"{whole}.{grouped['rest']}" if grouped["rest"] else whole, power)
        mark = grouped["mark"]
        # Nobody sets thousands of millions apart by a point: 1.125 million.
        if (mark != "," and (mark != "." or power)) or grouped["rest"] or text.count(mark) > 1:
            return f"write {_times(text, power) if _PLAIN.fullmatch(text) else thousands}"
        return f"write {thousands}, or {_pointed(text.replace(',', '.'), power)} if that is meant"
    pointed = text.replace(",", ".")
    return f"write {_times(pointed, power)}" if _PLAIN.fullmatch(pointed) else ""


def _pointed(number: str, power: int) -> str:
    """A number with three places after its point, so that nobody takes the point for one between thousands: with fewer, or a fourth."""
    short = number.rstrip("0").removesuffix(".")
    return _times(number, power) if power else short if short != number else f"{number}0"


def _times(number: str, power: int) -> str:
    return format(Decimal(number).scaleb(power), "f") if power else number


def hint_for_year(text: str) -> str:
    """What to write where a year belongs.

    Examples:
        >>> hint_for_year("mid-2027"), hint_for_year("2027-06-30"), hint_for_year("soon")
        ('did you mean 2027?', 'did you mean 2027?', 'write a year alone, e.g. 2027')
    """
    meant = day_meant(text[:60]) or (text if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", text) else None)
    return f"did you mean {meant[:4]}?" if meant else "write a year alone, e.g. 2027"


def hint_for_currency(text: str, otherwise: str) -> str:
    """What to write where the code of a currency belongs.

    Examples:
        >>> (
        ...     hint_for_currency("€", "write three capitals"),
        ...     hint_for_currency("chf", ""),
        ...     hint_for_currency("$", "write three capitals"),
        ... )
        ('did you mean EUR?', 'did you mean CHF?', 'write three capitals')
    """
    plain = text[:60].strip().upper()
    meant = plain if re.fullmatch(r"[A-Z]{3}", plain) else _CURRENCIES.get(plain)
    return f"did you mean {meant}?" if meant else otherwise


def hint_for_name(text: str, known: Known) -> str:
    """Who or what was meant where another record is named."""
    parts = _parts(text, known)
    means = [_means(part, known) for part in parts] if 1 < len(parts) <= SEVERAL else []
    if any(means) and known.column is not None:
        how = (
            f": {'; '.join(_in_column(part, known.column) for part in parts)}" if all(means) else ""
        )
        return f"several are separated by semicolons{how}"
    if any(means) and known.field.what == "value":
        return _only_one(parts if all(means) else [], known)
    if any(means):
        how = f": {'; '.join(parts)}" if all(means) else ""
        return f"several are separated by semicolons in a cell, and make a list elsewhere{how}"
    if ";" in text:
        return "only one belongs here"
    close = _respelt(text.strip(), known) or _near(text, known)
    return f"did you mean {close!r}?" if close else _otherwise(known.kinds, known)


def _near(text: str, known: Known) -> str | None:
    """What is called nearly so, of what belongs there."""
    first, *others = _JOINTS.split(text, 1)
    if others and "entity" in known.kinds and known.names.meant(first, known.kinds):
        return None  # of UNESCO/IFAP the second would be lost
    head = known.column or ""
    close = known.names.near(text, SEVERAL if head else 1, known.kinds)
    return next((each for each in close if each.startswith(head)), None)


def _parts(text: str, known: Known) -> list[str]:
    """The parts of a text that names several things: a few, or one more than that."""
    found: list[str] = []
    for part in _SEPARATORS.split(text.strip()):
        sides = [side for side in _JOINTS.split(part, SEVERAL) if side]
        joint = (
            1 < len(sides) <= SEVERAL
            and not _means(part, known)
            and all(known.names.meant(side, known.kinds) for side in sides)
        )
        found += sides if joint else [part] if part else []
        if len(found) > SEVERAL:
            break
    return found


def _means(part: str, known: Known) -> bool:
    if known.column:
        meant = known.names.meant(_in_column(part, known.column, full=True), known.kinds)
        return meant is not None and meant.startswith(known.column)
    return is_identifier(part) or known.names.meant(part, known.kinds) is not None


def _in_column(part: str, head: str, *, full: bool = False) -> str:
    """One of several concepts as it is written in the column where identifiers begin so, or, in *full*, as it is elsewhere."""
    prefix = _PREFIXES.get(head, "")
    if head == "gdc/" and (item := _ITEM.fullmatch(part)):
        part = f"{item[1]}({item[2].lower()})"
    bare = part.removeprefix(prefix)
    if head != "action-lines/":
        return f"{prefix}{bare}" if full and bare[:1].isdigit() else bare
    return f"{prefix}{part}" if part.isdecimal() else part


def _respelt(text: str, known: Known) -> str | None:
    """What is meant by a number without what belongs before it, or with other signs within it, where there is such a thing."""
    plain = text[:60]
    if "provision" in known.kinds and (page := _PAGE.fullmatch(plain)):
        said = f"para. {page[1]}"
        meant = known.names.meant(said, known.kinds)
        return said if meant and meant in known.names.near(meant, 1, known.kinds) else None
    if line := _SUB_LINE.fullmatch(plain):
        said = f"{line[1]}: {line[2].lower()}"
    elif _ITEM.fullmatch(plain) and (known.column == "gdc/" or plain[:3].upper() == "GDC"):
        said = _in_column(plain, "gdc/", full=True)
    elif known.column and plain.isdecimal():
        said = _in_column(plain, known.column, full=True)
    else:
        return None
    kinds = ("provision",) if said.startswith("GDC") else known.kinds
    meant = known.names.meant(said, kinds)
    if (
        meant is None
        or not meant.startswith(known.column or "")
        or meant not in known.names.near(meant, 1, kinds)
    ):
        return None
    return said if plain.isdecimal() else meant


def _only_one(parts: list[str], known: Known) -> str:
    """That a field takes one, and where the others go."""
    beside = (
        next((each for each in shape_of(known.holder) if each.key == "partners"), None)
        if known.holder
        else None
    )
    if beside is None or beside.refers != known.field.refers:
        return "only one belongs here"
    where = "Partners" if known.form == "workbook" else "partners"
    if not parts:
        return f"only one belongs here; the others go under {where}"
    return f"only one belongs here: write {parts[0]}, and {'; '.join(parts[1:])} under {where}"


def _otherwise(kinds: tuple[str, ...], known: Known) -> str:
    """What does where nothing is meant: what may be written, and how to say what is not held."""
    if "entity" in kinds:
        return f"write a name such as UNESCO or an identifier such as groups/youth, or {_ADDED[known.form]}"
    if kinds == ("session",) and known.holder is Due:
        event, year = _DUE[known.form]
        return f"what is due there may be written as an event ({event}) or a year ({year})"
    return _NAME_HINT
