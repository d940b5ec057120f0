"""How a text is shown: escapes for invisible characters, widths, and lines."""

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
    "cut",
    "cut_start",
    "in_html",
    "isolated",
    "letters",
    "longest_part",
    "overruns",
    "pad",
    "readable",
    "visible",
    "text_in_html",
    "width_of",
    "wrap",
    "wrap_at_most",
]

#: A long word (an identifier, a path) may be broken after a hyphen between letters and after a
#: slash; a date may not.
_JOINT = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])|(?<=/)(?=\w)")
ELLIPSIS = "…"
#: Characters that control a terminal or the direction of writing, non-characters, and invisible
#: ones.
_INVISIBLE = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
HIDDEN = re.compile(_INVISIBLE)
#: Such a character: in the group `unseen`, or in no group where people write it on purpose.
_INTENDED_OR_NOT = re.compile(
    # joiners within words of scripts that have them, and within emoji
    "(?<=[^\x00-\u02ff\u2000-\u206f])[\u034f\u180b-\u180f\u200b-\u200d\u2800]"
    "(?=[^\x00-\u02ff\u2000-\u2027\u202a-\u206f\ufe00-\ufe0f])"
    # variants: of symbols, of digits on keys, of Chinese characters
    "|(?<=[\xa9\xae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    # flags of parts of countries, and where a word may be broken
    "|\U0001f3f4[\U000e0020-\U000e007e]{1,10}\U000e007f|(?<=\\w)\xad(?=\\w)"
    f"|(?P<unseen>{_INVISIBLE})"
)
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]+")
#: Texts in which every character takes one column.
_NARROW = re.compile("[\x00-\u02ff\u2010-\u2027]*")
#: Characters that belong together: flags, emoji with a skin tone, parts of Hangul syllables.
_PARTS = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[\u261d-\u270d\U0001f385-\U0001faff][\U0001f3fb-\U0001f3ff]"
    "|[\u1100-\u115f\ua960-\ua97c][\u1160-\u11ff\ud7b0-\ud7fb]+|.",
    re.DOTALL,
)
#: Characters that join the next one to the letter: the joiner of emoji, and those of consonants.
_JOINERS = "\u200d\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2"
#: Marks that take a column: the soft hyphen, and Arabic number signs.
_VISIBLE_MARKS = "\xad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
#: Characters that take two columns because they are shown as emoji.
_EMOJI = re.compile(
    "[\xa9\xae\u203c-\u3299\U0001f000-\U0001faff]\ufe0f|[0-9#*]\ufe0f?\u20e3"
    "|[\U0001f1e6-\U0001f1ff]"
)
_DIRECTIONS = "\u061c\u200e\u200f"
_LEFTWARD_RANGES = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_LEFTWARD = re.compile(f"[{_LEFTWARD_RANGES}]")
#: Words that read from right to left, with the numbers among them and after them.
_LEFTWARD_RUN = re.compile(f"[{_LEFTWARD_RANGES}](?: ?[{_LEFTWARD_RANGES}0-9/.'’\u200c-\u200f-]+)*")
#: First strong isolate, and pop directional isolate.
_ISOLATED = "\u2068{}\u2069"


def visible(text: str) -> str:
    r"""A text for a message, with escapes for characters that are invisible or control a terminal.

    Examples:
        >>> print(visible("plan\x1b[2J.yaml"), visible("ri\u200bpe\nncc"))
        plan\x1b[2J.yaml ri\u200bpe\nncc
    """
    if text.isascii() and text.isprintable():
        return text
    return HIDDEN.sub(_escape, text)


def readable(text: str, *, lines: bool = False) -> str:
    r"""A text by a person, for people: as `visible`, but keeps what its script needs.

    Joiners stay within emoji and within words of scripts that have them, marks of direction beside
    letters that read from right to left. A line break becomes a space, unless *lines* is true.

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

    return _INTENDED_OR_NOT.sub(shown, text if lines else _BREAKS.sub(" ", text))


def in_html(text: str) -> str:
    """As `readable`, escaped for HTML."""
    return html.escape(readable(text))


def text_in_html(text: str) -> str:
    r"""As `in_html`, for what stands between tags: a text that reads from right to left does not
    turn round what stands beside it.

    Examples:
        >>> text_in_html("R&D"), text_in_html("\u0645\u062f\u0631\u0633\u0629 2030")
        ('R&amp;D', "<bdi dir='auto'>\u0645\u062f\u0631\u0633\u0629 2030</bdi>")
    """
    escaped = in_html(text)
    return f"<bdi dir='auto'>{escaped}</bdi>" if _LEFTWARD.search(text) else escaped


def isolated(text: str) -> str:
    r"""A text for a terminal, in which words that read from right to left are kept apart from the
    identifiers, signs and numbers beside them (U+2068 and U+2069).

    Examples:
        >>> ascii(isolated("a1: \u0645\u062f\u0631\u0633\u0629 2030 (planned), 2027"))
        "'a1: \\u2068\\u0645\\u062f\\u0631\\u0633\\u0629 2030\\u2069 (planned), 2027'"
    """
    if text.isascii():
        return text
    return _LEFTWARD_RUN.sub(lambda found: _ISOLATED.format(found[0]), text)


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def width_of(text: str) -> int:
    r"""How many columns a text takes: East Asian letters and emoji take two, marks none.

    Examples:
        >>> width_of("Médias"), width_of("Me\u0301dias"), width_of("学校"), width_of("👩🏽‍🚀")
        (6, 6, 4, 2)
    """
    return len(text) if _NARROW.fullmatch(text) else sum(map(_columns, letters(text)))


def letters(text: str) -> Iterator[str]:
    """The letters of a text as people see them, each with its marks; joined characters, such as a
    flag or a family, are one letter.
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
    """How many columns a letter takes: two at most, even if it has many characters."""
    return 2 if _EMOJI.match(letter) else min(2, sum(map(_column, letter)))


@functools.lru_cache(2048)
def _column(sign: str) -> int:
    if category(sign) in ("Mn", "Me", "Cf") and sign not in _VISIBLE_MARKS:
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def pad(text: str, width: int) -> str:
    """A text with spaces after it, to take *width* columns."""
    return text + " " * (width - width_of(text))


def cut(text: str, width: int) -> str:
    """A text in at most *width* columns: cut between words, or within a word if too little is left.

    Examples:
        >>> cut("Map the schools that have no connection", 20), cut("接続されていない学校", 10)
        ('Map the schools …', '接続され…')
    """
    if width_of(text) <= width:
        return text
    kept = beginning(text, width - len(ELLIPSIS))
    words = kept[: kept.rfind(" ")] if " " in kept else ""
    if width_of(words := words.rstrip()) > width // 2:
        return f"{words} {ELLIPSIS}"
    return kept.rstrip() + ELLIPSIS


def cut_start(text: str, width: int) -> str:
    """The end of a text in at most *width* columns, for a place in a file.

    Examples:
        >>> cut_start("road-maps/2026/c2-roadmap.yaml:12:5", 25)
        '…/c2-roadmap.yaml:12:5'
    """
    if width_of(text) <= width:
        return text
    kept = "".join(reversed(_fitting([*letters(text)][::-1], width - len(ELLIPSIS))))
    name = kept.find("/")
    return ELLIPSIS + (kept[name:] if 0 <= name < len(kept) // 2 else kept)


def beginning(text: str, width: int) -> str:
    """The first letters of a text, as many as fit in *width* columns."""
    return "".join(_fitting(letters(text), width))


def _fitting(parts: Iterable[str], width: int) -> list[str]:
    """The first letters, as many as fit."""
    kept: list[str] = []
    for each in parts:
        width -= _columns(each)
        if width < 0:
            break
        kept.append(each)
    return kept


def longest_part(text: str, whole: int) -> int:
    """The width of the longest part of a text that stays on one line: a word, or a part of a word
    that is wider than *whole*.
    """
    parts = (
        part
        for word in text.split()
        for part in ((word,) if width_of(word) <= whole else _JOINT.split(word))
    )
    return max((min(width_of(part), whole) for part in parts), default=0)


def wrap(text: str, width: int, *, whole: bool = False) -> Iterator[str]:
    """A text in lines of at most *width* columns, broken between words; a longer word is broken at
    a hyphen, at a slash, or anywhere.

    Args:
        text: The text; several spaces count as one.
        width: How many columns a line may take.
        whole: Do not break long words, so that addresses can be clicked; scripts without spaces are
            broken all the same.

    Examples:
        >>> list(wrap("led by partnership-on-measuring-ict, 2027-04-30", 22))
        ['led by partnership-on-', 'measuring-ict,', '2027-04-30']
        >>> list(wrap("接続されていない学校", 8))
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
    """The parts that stay on one line, each after the text between it and the part before."""
    for word in text.split():
        glue, size = " ", width_of(word)
        if size <= width or (whole and size <= len(word)):
            yield glue, word
            continue
        for part in _JOINT.split(word):
            for each in (part,) if width_of(part) <= width else letters(part):
                yield glue, each
                glue = ""


def wrap_at_most(text: str, width: int, most: int) -> list[str]:
    """A text in at most *most* lines, the last one cut; in one more if that completes it.

    Examples:
        >>> wrap_at_most("Map the schools that have no connection", 12, 2)
        ['Map the', 'schools …']
        >>> wrap_at_most("Map the schools that have no connection", 12, 3)
        ['Map the', 'schools that', 'have no', 'connection']
    """
    lines = list(itertools.islice(wrap(text, width), most + 2))
    if len(lines) < most + 2:
        return lines
    last = lines[most - 1]
    return [
        *lines[: most - 1],
        f"{last} {ELLIPSIS}" if width_of(last) + 2 <= width else cut(f"{last} {ELLIPSIS}", width),
    ]


def overruns(text: str, width: int, most: int) -> bool:
    """Whether a text takes more than *most* lines."""
    return next(itertools.islice(wrap(text, width), most, None), None) is not None
