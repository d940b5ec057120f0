"""How a text is shown: what stands for signs that nobody sees, and how it is broken into lines."""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections.abc import Iterable, Iterator
from unicodedata import category, east_asian_width

__all__ = [
    "HIDDEN",
    "beginning",
    "broken",
    "cut",
    "cut_in_front",
    "in_html",
    "in_lines",
    "letters",
    "longest",
    "overruns",
    "padded",
    "readable",
    "visible",
    "width_of",
]

#: After a hyphen between letters and after a slash a long word (an identifier, a path) may go on in
#: the next line; a date may not.
_JOINT = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])|(?<=/)(?=\w)")
ETC = "…"
#: What steers a terminal, turns the direction of writing, is no character, or is not seen at all.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
HIDDEN = re.compile(_UNSEEN)
#: Such a sign, in the group `unseen`; or, in none, where people write it on purpose.
_MEANT = re.compile(
    # joiners within words of scripts that have them, and within emoji
    "(?<=[^\x00-\u02ff\u2000-\u206f])[\u034f\u180b-\u180f\u200b-\u200d\u2800]"
    "(?=[^\x00-\u02ff\u2000-\u2027\u202a-\u206f\ufe00-\ufe0f])"
    # variants: of symbols, of digits on keys, of Chinese characters
    "|(?<=[\xa9\xae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    # flags of parts of countries, and where a word may be broken
    "|\U0001f3f4[\U000e0020-\U000e007e]{1,10}\U000e007f|(?<=\\w)\xad(?=\\w)"
    f"|(?P<unseen>{_UNSEEN})"
)
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]+")
#: Texts of which each sign takes a column.
_NARROW = re.compile("[\x00-\u02ff\u2010-\u2027]*")
#: Two signs that are one: flags, emoji with a tone of skin, syllables of Hangul in parts.
_PARTS = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[\u261d-\u270d\U0001f385-\U0001faff][\U0001f3fb-\U0001f3ff]"
    "|[\u1100-\u115f\ua960-\ua97c][\u1160-\u11ff\ud7b0-\ud7fb]+|.",
    re.DOTALL,
)
#: What the sign behind it is written with: the joiner of emoji, and what joins consonants.
_JOINERS = "\u200d\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2"
#: Marks that stand for themselves: the hyphen where a word may be broken, Arabic signs of numbers.
_SEEN = "\xad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
#: Signs that take two columns since they are shown as emoji.
_EMOJI = re.compile(
    "[\xa9\xae\u203c-\u3299\U0001f000-\U0001faff]\ufe0f|[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]"
)
_DIRECTIONS = "\u061c\u200e\u200f"
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def visible(text: str) -> str:
    r"""A text for a message: signs that are not seen, or that steer a terminal, stand as their
    escapes.

    Examples:
        >>> print(visible("plan\x1b[2J.yaml"), visible("ri\u200bpe\nncc"))
        plan\x1b[2J.yaml ri\u200bpe\nncc
    """
    if text.isascii() and text.isprintable():
        return text
    return HIDDEN.sub(_escape, text)


def readable(text: str, *, lines: bool = False) -> str:
    r"""A text that somebody wrote, for people: as `visible`, but for what its writing needs.

    Joiners stay within words of scripts that have them and within emoji, marks of direction beside
    letters that read from right to left. White space is white space: what ends a line is a space,
    unless *lines* may stay.

    Examples:
        >>> print(readable("A\ttitle\nin \x1b[31mred"))
        A title in \x1b[31mred
        >>> ascii(readable("\u06cc\u200c\u062e, a\u200cb"))  # in a Persian word, and in no word
        "'\\u06cc\\u200c\\u062e, a\\\\u200cb'"
    """
    if text.isascii() and text.isprintable():
        return text
    leftward = _LEFTWARD.search(text) is not None

    def shown(found: re.Match[str]) -> str:
        sign = found["unseen"]
        if sign is None or (leftward and sign in _DIRECTIONS) or (lines and sign in "\t\n\r"):
            return found[0]
        return _escape(found)

    return _MEANT.sub(shown, text if lines else _BREAKS.sub(" ", text))


def in_html(text: str) -> str:
    """As `readable`, as text of an HTML page."""
    return html.escape(readable(text))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def width_of(text: str) -> int:
    r"""How many columns a text takes: letters of East Asia and emoji take two, marks none.

    Examples:
        >>> width_of("Médias"), width_of("Me\u0301dias"), width_of("学校"), width_of("👩🏽‍🚀")
        (6, 6, 4, 2)
    """
    return len(text) if _NARROW.fullmatch(text) else sum(map(_columns, letters(text)))


def letters(text: str) -> Iterator[str]:
    """The letters of a text as people see them, each with its marks; what is joined, such as a flag
    or a family, is one.
    """
    letter = ""
    for found in _PARTS.finditer(text):
        sign = text[found.start()]
        if letter and _column(sign) and category(sign) != "Mc" and letter[-1] not in _JOINERS:
            yield letter
            letter = ""
        letter += found[0]
    if letter:
        yield letter


def _columns(letter: str) -> int:
    """How many columns a letter takes: two at the most, whatever it is joined of."""
    return 2 if _EMOJI.match(letter) else min(2, sum(map(_column, letter)))


@functools.lru_cache(2048)
def _column(sign: str) -> int:
    if category(sign) in ("Mn", "Me", "Cf") and sign not in _SEEN:
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def padded(text: str, width: int) -> str:
    """A text with spaces after it, so that it takes *width* columns."""
    return text + " " * (width - width_of(text))


def cut(text: str, width: int) -> str:
    """A text in at most *width* columns: cut between words, or within one that would be lost whole.

    Examples:
        >>> cut("Map the schools that have no connection", 20), cut("接続されていない学校", 10)
        ('Map the schools …', '接続され…')
    """
    if width_of(text) <= width:
        return text
    kept = beginning(text, width - len(ETC))
    words = kept[: kept.rfind(" ")] if " " in kept else ""
    if width_of(words := words.rstrip()) > width // 2:
        return f"{words} {ETC}"
    return kept.rstrip() + ETC


def cut_in_front(text: str, width: int) -> str:
    """The end of a text in at most *width* columns: of a place in a file it tells more.

    Examples:
        >>> cut_in_front("road-maps/2026/c2-roadmap.yaml:12:5", 25)
        '…/c2-roadmap.yaml:12:5'
    """
    if width_of(text) <= width:
        return text
    kept = "".join(reversed(_fitting([*letters(text)][::-1], width - len(ETC))))
    name = kept.find("/")
    return ETC + (kept[name:] if 0 <= name < len(kept) // 2 else kept)


def beginning(text: str, width: int) -> str:
    """As many letters from the beginning of a text as fit in *width* columns."""
    return "".join(_fitting(letters(text), width))


def _fitting(parts: Iterable[str], width: int) -> list[str]:
    """Of letters the first that fit."""
    kept: list[str] = []
    for each in parts:
        width -= _columns(each)
        if width < 0:
            break
        kept.append(each)
    return kept


def longest(text: str, whole: int) -> int:
    """How many columns the longest part of a text takes that stays in one line: a word, or a part
    of one that takes more than *whole*.
    """
    return max((part for word in text.split() for part in _sizes(word, whole)), default=0)


def _sizes(word: str, whole: int) -> Iterator[int]:
    size = width_of(word)
    if size <= whole:
        yield size
    else:
        yield from (min(width_of(part), whole) for part in _JOINT.split(word))


def broken(text: str, width: int, *, whole: bool = False) -> Iterator[str]:
    """A text in lines of at most *width* columns: between words, and words that are longer at a
    hyphen, a slash, or anywhere.

    Args:
        text: The text; several spaces count as one.
        width: How many columns a line may take.
        whole: Leave long words whole, so that addresses can be clicked; writing without spaces is
            broken all the same.

    Examples:
        >>> list(broken("led by partnership-on-measuring-ict, 2027-04-30", 22))
        ['led by partnership-on-', 'measuring-ict,', '2027-04-30']
        >>> list(broken("接続されていない学校", 8))
        ['接続され', 'ていない', '学校']
    """
    line, used = "", 0
    for glue, part in _parts(text, width, whole):
        size = width_of(part)
        if used and used + len(glue) + size > width:
            yield line
            line, used = "", 0
        if used:
            line, used = line + glue, used + len(glue)
        line, used = line + part, used + size
    if line:
        yield line


def _parts(text: str, width: int, whole: bool) -> Iterator[tuple[str, str]]:
    """What stays in one line, each after what stands between it and the part before."""
    for word in text.split():
        glue, size = " ", width_of(word)
        if size <= width or (whole and size <= len(word)):
            yield glue, word
            continue
        for part in _JOINT.split(word):
            for each in (part,) if width_of(part) <= width else letters(part):
                yield glue, each
                glue = ""


def in_lines(text: str, width: int, most: int) -> list[str]:
    """A text in at most so many lines, the last one cut; in one more, where that is all of it.

    Examples:
        >>> in_lines("Map the schools that have no connection", 12, 2)
        ['Map the', 'schools …']
        >>> in_lines("Map the schools that have no connection", 12, 3)
        ['Map the', 'schools that', 'have no', 'connection']
    """
    lines = list(itertools.islice(broken(text, width), most + 2))
    if len(lines) < most + 2:
        return lines
    last = lines[most - 1]
    return [
        *lines[: most - 1],
        f"{last} {ETC}" if width_of(last) + 2 <= width else cut(f"{last} {ETC}", width),
    ]


def overruns(text: str, width: int, most: int) -> bool:
    """Whether a text takes more than so many lines."""
    return next(itertools.islice(broken(text, width), most, None), None) is not None
