"""How paragraphs and items are numbered in six languages, read into one form."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal

import attrs

from ...model import number_to_segment

__all__ = [
    "ITEM",
    "NUMBERED",
    "Label",
    "Reading",
    "annex_of_heading",
    "label_of",
    "letters_of",
    "roman",
]

Style = Literal["digit", "alpha", "roman", "Alpha", "Roman", "bullet", "other"]


@attrs.frozen
class Reading:
    """One way of reading a label: `(i)` is the ninth letter and the first Roman numeral."""

    style: Style
    """In which series it counts."""
    value: int
    """Its place in that series, from 1."""


@attrs.frozen
class Label:
    """The number of a paragraph or item as printed, and its meaning. Labels are cached, so what
    every paragraph asks is worked out once.
    """

    printed: str
    """As printed, e.g. `"(a)"`, `"1 -"`."""
    readings: tuple[Reading, ...]
    """What it may be, the likeliest first."""
    suffix: str
    """What follows the number, e.g. `"bis"`."""
    digit: int | None
    """The number, where it is that of a paragraph."""
    item: bool
    """Whether it is the number of an item: a small letter, a small Roman numeral, a bullet."""
    capital: bool
    """Whether it is the number of a section."""
    number: str
    """The canonical number of a paragraph."""
    segment: str
    """The last segment of its identifier, of ASCII whatever the number is written in."""


def _label(printed: str, *readings: Reading, suffix: str = "") -> Label:
    style, value = readings[0].style, readings[0].value
    number = printed if style != "digit" else f"{value}{' ' if len(suffix) > 1 else ''}{suffix}"
    segment = (
        number_to_segment(number)[:60].strip("-")
        or "-".join(f"{ord(sign):x}" for sign in number[:8] if sign.isalnum())
        or "x"
    )
    return Label(
        printed,
        readings,
        suffix,
        digit=value if style == "digit" else None,
        item=style in ("alpha", "roman", "bullet"),
        capital=style in ("Alpha", "Roman"),
        number=number,
        segment=segment,
    )


# Arabic letters count in the order of the abjad; Russian ones skip those that no list uses.
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LOOK_ALIKE = {"а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y", "і": "i"}
_CHINESE = "一二三四五六七八九十"
_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_TRIMMED = " \t\n\r\xa0.()[]）（。、:-–—‐‑«»\u200e\u200f\u0640"
_SIGNS = re.compile(r"([0-9]+)\s*([a-z]|bis|ter|quater|quinquies)?", re.IGNORECASE)

#: An item whose number is part of its text: a tab, then `(a)`, `a)`, `(أ)`, `(ii)`, `㈠`.
ITEM = re.compile(
    r"\s*(\([^\W\d_]{1,6}\u0640?\)|\(\d{1,2}\)|[^\W\d_]{1,5}\)|[㈠-㈩]|[‘’']\d{1,2}[‘’'])"
    r"\s*[\t\xa0]\s*"
)
#: A paragraph whose number is part of its text: a tab, `3 –`, a tab.
NUMBERED = re.compile(r"\s*(\d{1,3})\s*[.\-–—]\s*\t\s*")


def _roman_value(text: str) -> int | None:
    if not text or _ROMAN.fullmatch(text) is None:
        return None
    total, last = 0, 0
    for sign in reversed(text):
        value = _ROMAN_VALUES[sign]
        total += -value if value < last else value
        last = max(last, value)
    return total


@functools.lru_cache(maxsize=1024)
def roman(value: int) -> str:
    """A small Roman numeral.

    Examples:
        >>> roman(4), roman(29)
        ('iv', 'xxix')
    """
    written = ""
    for sign, worth in (
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ):
        times, value = divmod(value, worth)
        written += sign * times
    return written


@functools.lru_cache(maxsize=1024)
def letters_of(value: int) -> str:
    """The letter of an item by its place; after `z` come `aa`, `bb`.

    Examples:
        >>> letters_of(1), letters_of(26), letters_of(28)
        ('a', 'z', 'bb')
    """
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _digits(text: str) -> str:
    """*text* with the decimal digits of any script as those of ASCII."""
    return (
        text if text.isascii() else "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    )


def _chinese_value(text: str) -> int | None:
    if not text or any(sign not in _CHINESE for sign in text) or len(text) > 3:
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE.index(text) + 1 if len(text) == 1 else None
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (
        _CHINESE.index(ones) + 1 if ones else 0
    )


def _letter_values(text: str) -> list[int]:
    """Places in the alphabet of an item's letter, in any script; the letter doubled counts on from
    the 26th.
    """
    if len(set(text)) != 1 or len(text) > 4:
        return []
    sign = text[0]
    places: list[int] = []
    folded = _LOOK_ALIKE.get(sign, sign)
    if "a" <= folded <= "z":
        places.append(ord(folded) - ord("a") + 1)
    bare = {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}.get(sign, sign)
    places += (alphabet.index(bare) + 1 for alphabet in (_ABJAD, _RUSSIAN) if bare in alphabet)
    return [place + 26 * (len(text) - 1) for place in places]


@functools.lru_cache(maxsize=4096)
def label_of(printed: str) -> Label:
    """Read the number of a paragraph or item.

    Examples:
        >>> label_of("12 -").digit, label_of("(ب)").readings[0].value, label_of("IV.").capital
        (12, 2, True)
        >>> [reading.style for reading in label_of("(i)").readings]
        ['alpha', 'roman']
    """
    printed = " ".join(printed[:80].split())
    bare = _digits(printed.strip(_TRIMMED))
    if (sub := bare.strip("‘’'")) != bare and sub.isdigit():  # Arabic: ‘1’ for (i)
        return _label(printed, Reading("roman", int(sub)))
    if number := _SIGNS.fullmatch(bare):
        if len(number[1]) < 7 and int(number[1]):
            return _label(
                printed, Reading("digit", int(number[1])), suffix=(number[2] or "").lower()
            )
    elif len(bare) == 1 and "㈠" <= bare <= "㈩":
        return _label(printed, Reading("roman", ord(bare) - ord("㈠") + 1))
    elif (chinese := _chinese_value(bare)) is not None:
        return _label(printed, Reading("roman" if printed[0] in "(（" else "Roman", chinese))
    elif bare and bare.isalpha():
        small = bare.lower()
        value = _roman_value(small)
        if bare == small or (bare != bare.upper()):
            found = [Reading("alpha", place) for place in _letter_values(small)]
            if value is not None:
                found.append(Reading("roman", value))
        else:
            places = [Reading("Alpha", place) for place in _letter_values(small)]
            numeral = [] if value is None else [Reading("Roman", value)]
            # A lone C or D is a letter, a lone I, V or X a numeral.
            found = [*numeral, *places] if len(small) > 1 or small in "ivx" else [*places, *numeral]
        if found:
            return _label(printed, *found)
    return _label(
        printed, Reading("other" if any(sign.isalnum() for sign in printed) else "bullet", 0)
    )


#: The word for "annex" at the head of one, in six languages.
_ANNEX = re.compile(
    r"(?:annexe?s?|anexos?|приложени[ея]|附件|(?:ال)?مرفق)\b[\s:.\-–]*(.{0,20})",
    re.IGNORECASE | re.DOTALL,
)
_ORDINALS = (
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
)


def annex_of_heading(heading: str) -> int | None:
    """Which annex a heading opens: 0 for the only one, None when it opens none.

    Examples:
        >>> (
        ...     annex_of_heading("Annex"),
        ...     annex_of_heading("Annexe II"),
        ...     annex_of_heading("附件一"),
        ...     annex_of_heading("Annex to the report"),
        ... )
        (0, 2, 1, None)
    """
    match = _ANNEX.fullmatch(heading.replace("附件", "附件 ").strip())
    if match is None:
        return None
    number = match[1].strip(_TRIMMED)
    if not number:
        return 0
    if number in _ORDINALS:
        return _ORDINALS.index(number) + 1
    label = label_of(number)
    return label.readings[0].value if label.digit or label.capital else None
