"""Hints for dates, numbers and currencies that are written in another way than a field takes."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import attrs

from .._messages import sentence
from ..errors import Position
from ..model._currencies import CURRENCIES_CALLED, SHARED_SIGNS, currencies
from ..names.hints import UNSURE, FieldPlace, Hint

__all__ = [
    "day_meant",
    "hint_for_currency",
    "hint_for_date",
    "hint_for_nothing",
    "hint_for_number",
    "hint_for_year",
    "is_exact",
    "last_day_of",
    "times_meant",
]

#: An earlier year is no date in this field.
_FIRST_YEAR = 1000
#: A day as ISO 8601 writes it: where it is no day, the month is shorter.
_NO_DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-\d\d")
#: What the months are called in English, French, Spanish and Russian.
_MONTH_NAMES = (
    "january jan janvier janv enero ene январь января янв",
    "february feb février fevrier févr fév febrero февраль февраля фев",
    "march mar mars marzo март марта мар",
    "april apr avril avr abril abr апрель апреля апр",
    "may mai mayo май мая",
    "june jun juin junio июнь июня июн",
    "july jul juillet juil julio июль июля июл",
    "august aug août aout agosto ago август августа авг",
    "september sep sept septembre septiembre setiembre сентябрь сентября сен",
    "october oct octobre octubre октябрь октября окт",
    "november nov novembre noviembre ноябрь ноября ноя",
    "december dec décembre decembre déc diciembre dic декабрь декабря дек",
)
_MONTHS = {name: number for number, said in enumerate(_MONTH_NAMES, 1) for name in said.split()}
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})\s?[./ -]\s?(\d{4})")
_YEAR_FIRST = re.compile(
    r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?"
)
_MONTH_FIRST = re.compile(r"(\d{1,2})[./-](\d{4})")
_YEAR_THEN_MONTH = re.compile(r"(\d{4})[./-](\d{1,2})")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er)?\s+(?:(?:of|de)\s+)?)?([^\W\d_]{3,10})\.?,?\s+(?:de\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_SPOKEN = re.compile(
    r"(?:(?:by|in|until|before|during)[\s-]*)*(?:the\s+)?"
    r"(?P<part>(?:beginning|start|early|mid|middle|late|end|début|mi|fin)?)[\s-]*"
    r"(?:(?:of|de)\s+)?(?:the\s+)?(?P<year>\d{4})",
    re.IGNORECASE,
)
#: The first and the last month of a part of a year in words; any other word means the whole year.
_SPOKEN_PARTS = {
    "beginning": (1, 1),
    "start": (1, 1),
    "début": (1, 1),
    "mid": (6, 6),
    "middle": (6, 6),
    "mi": (6, 6),
    "end": (12, 12),
    "fin": (12, 12),
}
#: A quarter (T is French and Spanish) or a half (S is).
_NUMBERED = re.compile(
    r"(?:(?:by|in|until|before|during)\s+)?(?:the\s+)?(?:(?:end|start|beginning)\s+of\s+)?"
    r"(?:(?P<part>[QT][1-4]|[HS][12]|[1-4][QT]|[12][HS])[\s/-]*(?:of\s+)?(?P<year>\d{4})"
    r"|(?P<before>\d{4})[\s/-]*(?P<after>[QT][1-4]|[HS][12]|[1-4][QT]|[12][HS]))",
    re.IGNORECASE,
)
_QUARTER = r"(?:quarter|trimestre)"
_HALF = r"(?:half|semestre)"
_WORDS_OF_PARTS = re.compile(
    rf"(?:(?P<first>1st|first|1er|premier|primer)|(?P<second>2nd|second|2e|2ème|deuxième|segundo)"
    rf"|(?P<third>3rd|third|3e|3ème|troisième|tercer)"
    rf"|(?P<fourth>4th|fourth|4e|4ème|quatrième|cuarto))"
    rf"\s+(?:(?P<quarter>{_QUARTER})|(?P<half>{_HALF}))\s+(?:(?:of|de)\s+)?(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})\s*(?:-|–|/|to|until)\s*(\d{4})")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
#: Thousands set apart. Where three digits follow one comma or point, it may as well stand before
#: the places after the point.
_GROUPED = re.compile(
    r"(?P<whole>-?[1-9]\d{0,2}(?:(?P<mark>[',. \u00a0\u202f\u2019])\d{3})(?:(?P=mark)\d{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<rest>\d+))?"
)
_LEADING_ZEROS = re.compile(r"(-?)0+((?:0|[1-9]\d*)\.\d+|[1-9]\d*)")
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
_QUANTITY = re.compile(
    r"(?P<before>[A-Z]{3}|US\$|[$€£¥])?\s*(?P<number>-?\d(?:[\d.,' \u00a0\u202f\u2019]*\d)?)\s*"
    rf"(?P<times>(?i:{'|'.join(sorted(_POWERS, key=len, reverse=True))}))?s?\.?\s*"
    r"(?P<after>[A-Z]{3}|US\$|[$€£¥])?"
)
#: Three capitals that count people, not money.
_STAFF = "FTE"
_PERCENT = re.compile(r"(.*?)\s*(?:%|per\s?cent|pct\.?)", re.IGNORECASE)
_NUMBER_HINT = sentence(
    "write a number alone, e.g. 74 or 41.5; what else there is to say goes into the unit or a note"
)
Span = tuple[str, str]
"""The first and the last day, month or year of a time, as ISO 8601 writes them; the same where it
is one.
"""


def times_meant(text: str) -> tuple[Span, ...]:
    """The times that a text may mean: none, one, or two where the day or the month may stand first.

    Examples:
        >>> times_meant("30.6.2027"), times_meant("June 2027")
        ((('2027-06-30', '2027-06-30'),), (('2027-06', '2027-06'),))
        >>> times_meant("05/06/2027")
        (('2027-06-05', '2027-06-05'), ('2027-05-06', '2027-05-06'))
        >>> times_meant("T3 2027"), times_meant("end of 2027"), times_meant("soon")
        ((('2027-07', '2027-09'),), (('2027-12', '2027-12'),), ())
    """
    plain = ascii_digits(text)[:60]
    if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", plain):
        if len(plain) == 7:
            return _within(plain[:4], int(plain[5:]), int(plain[5:]))
        found = _day(int(plain[:4]), int(plain[5:7]), int(plain[8:]))
        return ((found, found),) if found else ()
    if match := _DAY_FIRST.fullmatch(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        days = [_day(year, second, first)]
        if match[2] != "." or second > 12:
            days.append(_day(year, first, second))
        return tuple((day, day) for day in dict.fromkeys(days) if day)
    if match := _YEAR_FIRST.fullmatch(plain):
        day = _day(int(match[1]), int(match[3]), int(match[4]))
        return ((day, day),) if day else ()
    if match := _MONTH_FIRST.fullmatch(plain):
        return _within(match[2], int(match[1]), int(match[1]))
    if match := _YEAR_THEN_MONTH.fullmatch(plain):
        return _within(match[1], int(match[2]), int(match[2]))
    if (match := _NAMED.fullmatch(plain)) and (month := _MONTHS.get(match[2].casefold())):
        if not (match[1] or match[3]):
            return _within(match[4], month, month)
        day = _day(int(match[4]), month, int(match[1] or match[3]))
        return ((day, day),) if day else ()
    if match := _NUMBERED.fullmatch(plain):
        part = (match["part"] or match["after"]).upper()
        number = int(part.strip("QTHS"))
        return _part(match["year"] or match["before"], number, quarter=bool({*part} & {*"QT"}))
    if match := _WORDS_OF_PARTS.fullmatch(plain):
        ordinals = ("first", "second", "third", "fourth")
        number = next(n for n, each in enumerate(ordinals, 1) if match[each])
        return _part(match["year"], number, quarter=match["quarter"] is not None)
    if match := _SPOKEN.fullmatch(plain):
        whole = match["year"]
        if months := _SPOKEN_PARTS.get(match["part"].casefold()):
            return _within(whole, *months)
        return ((whole, whole),) if int(whole) >= _FIRST_YEAR else ()
    return ()


#: Words by which a time is about the one that is named, or before or after it.
_ABOUT = re.compile(
    r"\b(?:by|until|before|during|beginning|start|early|mid|middle|late|end|début|mi|fin)\b",
    re.IGNORECASE,
)


def is_exact(text: str) -> bool:
    """Whether a text for which `times_meant` gives one time says that one, and no other.

    Examples:
        >>> [
        ...     is_exact(each)
        ...     for each in ("31/12/2027", "31.12.2027", "June 2027", "mid-2027", "03.04.2027")
        ... ]
        [True, True, True, False, False]
    """
    plain = ascii_digits(text)[:60]
    day = _DAY_FIRST.fullmatch(plain)
    # With points nearly everybody writes the day first.
    either = day is not None and int(day[1]) != int(day[3]) and max(int(day[1]), int(day[3])) <= 12
    return not either and _ABOUT.search(plain) is None


def ascii_digits(text: str) -> str:
    """A text with the digits and signs of other scripts, and full-width ones, as ASCII has them,
    and without invisible signs.

    Examples:
        >>> ascii_digits("２０２７－０６"), ascii_digits("٢٠٢٧"), ascii_digits("2027年6月30日")
        ('2027-06', '2027', '2027-6-30')
    """
    folded = unicodedata.normalize("NFKC", text[:200]).strip()
    plain = "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else _DASHES.get(each, each)
        for each in folded
        if unicodedata.category(each) != "Cf"  # nobody sees them
    ).strip()
    return re.sub(r"(?<=\d)\s*(?:年|月)\s*(?=\d)", "-", plain).rstrip("年月日")


#: Signs that stand for the hyphen of dates.
_DASHES = dict.fromkeys("‐‑‒–—−ー", "-")


def _part(year: str, number: int, *, quarter: bool) -> tuple[Span, ...]:
    size = 3 if quarter else 6
    return _within(year, size * (number - 1) + 1, size * number)


def _within(year: str, first: int, last: int) -> tuple[Span, ...]:
    """A span of months; none where there are no such months."""
    there = 1 <= first <= last <= 12 and int(year) >= _FIRST_YEAR
    return ((f"{year}-{first:02}", f"{year}-{last:02}"),) if there else ()


def _day(year: int, month: int, day: int) -> str | None:
    if not (
        year >= _FIRST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def day_meant(text: str) -> str | None:
    """The day, month or year that a text plainly means, as ISO 8601 writes it; None where it may
    mean several, or none.

    Examples:
        >>> (
        ...     day_meant("30.6.2027"),
        ...     day_meant("12/31/2027"),
        ...     day_meant("4/5/2027"),
        ...     day_meant("June 2027"),
        ...     day_meant("Q3 2027"),
        ... )
        ('2027-06-30', '2027-12-31', None, '2027-06', '2027')
    """
    times = times_meant(text)
    if len(times) != 1:
        return None
    first, last = times[0]
    return first if first == last else first[:4]


def last_day_of(partial: str) -> str:
    """The last day of a day, month or year.

    Examples:
        >>> last_day_of("2027"), last_day_of("2027-06"), last_day_of("2027-06-05")
        ('2027-12-31', '2027-06-30', '2027-06-05')
    """
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    return (
        partial
        if len(partial) == 10
        else f"{partial[:4]}-{month:02}-{calendar.monthrange(year, month)[1]}"
    )


#: How a date is written: whether a year or a month will do, and whether something is due then.
_DATE_HINTS = {
    (False, False): sentence("write YYYY-MM-DD"),
    (True, False): sentence("write YYYY, YYYY-MM or YYYY-MM-DD"),
    (False, True): sentence("write YYYY-MM-DD; a session or an event has a field of its own"),
    (True, True): sentence(
        "write YYYY, YYYY-MM or YYYY-MM-DD; a session or an event has a field of its own"
    ),
}


def hint_for_date(text: str, *, partial: bool, due: bool = False) -> Hint:
    """What to write where a date belongs.

    Args:
        text: What was written.
        partial: Whether a year or a month will do.
        due: Whether it stands where something is due.

    Examples:
        >>> hint_for_date("Q3 2027", partial=True).text
        'write 2027-07 for its beginning or 2027-09 for its end'
        >>> (
        ...     hint_for_date("June 2027", partial=True).new,
        ...     hint_for_date("mid-2027", partial=True).text,
        ...     hint_for_date("mid-2027", partial=False).text,
        ... )
        ('2027-06', 'did you mean 2027-06?', 'write a day, e.g. 2027-06-30')
        >>> hint_for_date("05/06/2027", partial=False).meant
        ('2027-06-05', '2027-05-06')
    """
    times = times_meant(text)
    if len(times) == 2:
        (day_first, _), (month_first, _) = times
        hint = sentence(
            "write {day_first} if the day stands first, or {month_first} if the month does",
            day_first=day_first,
            month_first=month_first,
        )
        return Hint(hint, (day_first, month_first))
    if times:
        first, last = times[0]
        if (partial and first == last) or len(first) == 10:
            meant = Hint.sure(first)
            return meant if is_exact(text) else attrs.evolve(meant, new=UNSURE)
        if partial:
            ends = sentence(
                "write {first} for its beginning or {last} for its end", first=first, last=last
            )
            return Hint(ends, (first, last))
        return Hint(
            sentence("write a day, e.g. {day}", day=last_day_of(last)), (last_day_of(last),)
        )
    if iso := _NO_DAY.fullmatch(text):
        day = last_day_of(iso[1])
        return Hint(sentence("that month ends on {day}", day=day), (day,))
    if partial and (years := _YEARS.fullmatch(ascii_digits(text)[:60])):
        first, last = years[1], years[2]
        ends = sentence(
            "a period has a start and an end: {first} and {last}", first=first, last=last
        )
        return Hint(ends)
    return Hint(_DATE_HINTS[partial, due])


def hint_for_number(text: str, place: Position | None = None) -> Hint:
    """What to write where a number belongs; two numbers for a text that may mean either.

    Examples:
        >>> hint_for_number("1,500,000").new, hint_for_number("0,125").new
        (1500000, 0.125)
        >>> hint_for_number("74,125").text, hint_for_number("74,125").meant
        ('write 74125, or 74.1250 if that is meant', ('74125', '74.1250'))
        >>> hint_for_number("35 %").text, hint_for_number("1.5m").text
        ('write 35; the % belongs in the unit', 'write 1500000 if millions are meant')
        >>> hint_for_number("USD 1.5 million").text, hint_for_number("0125").text
        ('write 1500000; the currency goes into its own field or the unit', 'write 125 or 0.125')
    """
    plain = ascii_digits(text)[:60]
    if percent := _PERCENT.fullmatch(plain):
        # A cell in percent format takes every number as a percentage.
        in_cell = place is not None and place.sheet is not None
        return _number_hint(
            _plain_numbers(percent[1]), _write_percent_cell if in_cell else _write_percent
        )
    if zeros := _LEADING_ZEROS.fullmatch(plain):
        sign, digits = zeros.groups()
        if "." in digits:
            return _number_hint((f"{sign}{digits}",))
        meant = (f"{sign}{digits}", f"{sign}0.{digits}")
        return Hint(sentence("write {first} or {last}", first=meant[0], last=meant[1]), meant)
    found = _QUANTITY.fullmatch(plain)
    if _PLAIN.fullmatch(plain):  # and there is a sign in it that nobody sees
        return _number_hint((plain,) if plain != text.strip() else ())
    if found is None:
        return Hint(_NUMBER_HINT)
    around = {found["before"], found["after"]} - {None}
    mark, money = (found["times"] or "").casefold(), bool(around - {_STAFF})
    said = _plain_numbers(found["number"], _POWERS.get(mark, 0))

    def write(number: str) -> str:
        hint = _write(number) if money or mark not in _UNITS else _UNITS[mark](number)
        if money:
            return sentence("{hint}; the currency goes into its own field or the unit", hint=hint)
        return sentence("{hint}; FTE belongs in the unit", hint=hint) if around else hint

    sure = not around and mark not in _UNITS
    return _number_hint(said, _write if sure else write)


def _write(number: str) -> str:
    return sentence("write {number}", number=number)


def _write_percent(number: str) -> str:
    return sentence("write {number}; the % belongs in the unit", number=number)


def _write_percent_cell(number: str) -> str:
    return sentence(
        "format the cell as a number (in Excel: Home > Number > General), then write {number}; "
        "the % belongs in the unit",
        number=number,
    )


#: Without a currency these may be a unit instead.
_UNITS: dict[str, Callable[[str], str]] = {
    "k": lambda number: sentence("write {number} if thousands are meant", number=number),
    "m": lambda number: sentence("write {number} if millions are meant", number=number),
}


def _number_hint(said: tuple[str, ...], write: Callable[[str], str] = _write) -> Hint:
    """The hint for a number that is written in another way, or may be one of two."""
    if not said:
        return Hint(_NUMBER_HINT)
    number: str = said[0]
    if said[1:]:
        first, last = said
        number = sentence("{first}, or {last} if that is meant", first=first, last=last)
    hint = write(number)
    if said[1:] or write is not _write:
        return Hint(hint, said)
    value = float(said[0]) if "." in said[0] else int(said[0])
    exact = Decimal(repr(value)) == Decimal(said[0])
    return Hint(hint, said, value if exact else UNSURE)


def _plain_numbers(text: str, power: int = 0) -> tuple[str, ...]:
    """A number with other marks, times a power of ten, as we write it: one, two if the text may
    mean either, none if it is no number.
    """
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        whole = re.sub(r"[^\d-]", "", grouped["whole"])
        thousands = _scaled(f"{whole}.{grouped['rest']}" if grouped["rest"] else whole, power)
        mark = grouped["mark"]
        # With "million" a point is not between thousands: 1.125 million.
        if (mark != "," and (mark != "." or power)) or grouped["rest"] or text.count(mark) > 1:
            return (_scaled(text, power) if _PLAIN.fullmatch(text) else thousands,)
        return (thousands, _unambiguous(text.replace(",", "."), power))
    pointed = text.replace(",", ".")
    return (_scaled(pointed, power),) if _PLAIN.fullmatch(pointed) else ()


def _unambiguous(number: str, power: int) -> str:
    """A number with three digits after its point, written with fewer or four, so that its point
    cannot be one between thousands.
    """
    short = number.rstrip("0").removesuffix(".")
    return _scaled(number, power) if power else short if short != number else f"{number}0"


def _scaled(number: str, power: int) -> str:
    return format(Decimal(number).scaleb(power), "f") if power else number


def hint_for_nothing(where: FieldPlace) -> Hint | None:
    """What to do with a value that says that there is nothing to say; None where something must be
    said.

    A field that can be left empty is; a row that cannot be without it waits until it is known; who
    answers for something must be named.
    """
    if not where.must_be_filled:
        if where.listed:
            return Hint(sentence("leave it out until it is known"))
        if where.form == "text":
            return Hint(sentence("leave it out until it is known"), new=None)
        return Hint(sentence("leave the cell empty until it is known"), new=None)
    if where.field is not None and where.field.refers is None and where.field.key != "id":
        if where.form == "text":
            return Hint(
                sentence("this must be filled: leave the whole record out until it is known")
            )
        return Hint(sentence("this must be filled: leave the whole row out until it is known"))
    return None


def hint_for_year(text: str) -> Hint:
    """What to write where a year belongs.

    Examples:
        >>> hint_for_year("in 2027").new, hint_for_year("2027-06-30").text
        (2027, 'did you mean 2027?')
        >>> hint_for_year("soon").text
        'write a year alone, e.g. 2027'
    """
    times = times_meant(text)
    if not times:
        return Hint(sentence("write a year alone, e.g. 2027"))
    year = times[0][0][:4]
    sure = times[0] == (year, year) and is_exact(text)
    return attrs.evolve(Hint.sure(year), new=int(year) if sure else UNSURE)


def hint_for_currency(text: str, otherwise: str) -> Hint:
    """What to write where the code of a currency belongs.

    Examples:
        >>> hint_for_currency("€", "").new, hint_for_currency("chf", "").text
        ('EUR', 'did you mean CHF?')
        >>> hint_for_currency("$", "write three capitals").text
        'write three capitals'
    """
    plain = ascii_digits(text)[:60].upper()
    meant = plain if plain in currencies() else CURRENCIES_CALLED.get(plain)
    if meant is None:
        return Hint(otherwise)
    hint = Hint.sure(meant)
    return attrs.evolve(hint, new=UNSURE) if plain in SHARED_SIGNS else hint
