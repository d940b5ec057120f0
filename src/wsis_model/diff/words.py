"""Texts compared word by word, ignoring how they are printed.

Words and punctuation marks are compared; white space is not. Different ways to print a word are the
same word:

| in print | compared as | why |
|---|---|---|
| hyphen, non-breaking hyphen | `-` | the second only forbids a line break |
| soft hyphen, zero-width space, joiners, marks of direction | nothing | they only affect layout |
| no-break, thin and other spaces, ends of lines | a space | as above |
| “ ” „ and `"`, ‘ ’ and `'` | straight quotation marks | word processors change them |
| a letter and its accent as one character or two, ﬁ and others | the letters | the font decides |

Dashes, capital letters and figures are compared as they are: an editor decides about them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

import attrs

__all__ = ["Keys", "Op", "Words", "keys_of", "likeness", "whole", "words_of"]

Op = Literal["same", "deleted", "inserted"]
Words = tuple[tuple[Op, str], ...]
"""Two texts as one: parts that are the same, deleted or inserted, in order; deleted before
inserted.
"""
Keys = tuple[str, ...]
"""The words and punctuation marks of a text, as they are compared."""

LARGEST = 250_000
"""The limit on pairs of equal words (in prose, two texts of about 4,000 words), because the time
grows with them; a longer text is shown as one deletion and one insertion.
"""

SHORT = 4
"""So many words that are the same between two longer changes count as changed with them, as an
editor would read it.
"""

_MARKS = r"!-/:-@\[-`{-~¡-¬®-¿×÷‐-‧‰-⁞،؛؟٪-٭۔、-〿！-／：-＠［-｀｛-･"
#: Scripts without spaces between words: each character is compared alone.
_UNSPACED = r"⺀-⿟\u3040-ヿ㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\s{_MARKS}{_UNSPACED}]+"
_TOKEN = re.compile(rf"\s*(?:[{_UNSPACED}]|{_WORD}(?:[-‐‑'’.,/:]{_WORD})*|\S)")
_PRINT = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **{
            chr(code): None
            for code in (
                0xAD,
                0xFEFF,
                0x061C,
                *range(0x200B, 0x2010),
                *range(0x202A, 0x202F),
                *range(0x2060, 0x2070),
            )
        },
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    }
)


@attrs.frozen
class _Token:
    """A word or mark: as compared, and as printed with the white space before it."""

    key: str
    printed: str


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    unread = ""
    for printed in _TOKEN.findall(text):
        key = unicodedata.normalize("NFC", printed.strip().translate(_PRINT))
        unread += printed
        if key:
            found.append(_Token(key, unread))
            unread = ""
    return found


def _printed(tokens: Iterable[_Token]) -> str:
    return "".join(token.printed for token in tokens)


def keys_of(text: str) -> Keys:
    """The words and punctuation marks of a text, as they are compared.

    Examples:
        >>> keys_of("A non‑binding “road map”, 2026")
        ('A', 'non-binding', '"', 'road', 'map', '"', ',', '2026')
    """
    return tuple(token.key for token in _tokens(text))


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How much of two texts is the same, from 0 to 1: twice the number of words they share in
    order, divided by the number of words in both.

    Examples:
        >>> likeness(keys_of("Welcomes the report"), keys_of("Notes the report"))
        0.6666666666666666
    """
    if _pairs(old, new) > LARGEST:
        shared = sum((Counter(old) & Counter(new)).values())
        return 2 * shared / (len(old) + len(new))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(count * counts[word] for word, count in Counter(old).items())


def words_of(before: str, after: str) -> Words:
    """The words of two texts that are the same, deleted or inserted.

    The parts that are the same or inserted make up the text after, those that are the same or
    deleted the text before, as far as it is compared. A few words that are the same between two
    longer changes count as changed with them.

    Examples:
        >>> words_of("Welcomes the report, with thanks", "Notes the report")
        (('deleted', 'Welcomes'), ('inserted', 'Notes'), ('same', ' the report'),
         ('deleted', ', with thanks'))
    """
    old, new = _tokens(before), _tokens(after)
    made: list[tuple[Op, str]] = []
    for same, i, j, k, m in _stretches([token.key for token in old], [token.key for token in new]):
        if not same:
            made.append(("deleted", _printed(old[i:j])))
        made.append(("same" if same else "inserted", _printed(new[k:m])))
    return tuple((op, text) for op, text in made if text)


def whole(op: Op, text: str) -> Words:
    """A text that only one of the two sides has."""
    return ((op, text),) if text else ()


Stretch = tuple[bool, int, int, int, int]
"""Whether it is the same; start and end in the old words; start and end in the new words."""


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterable[Stretch]:
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    i, j = len(old) - end, len(new) - end
    found = [
        (True, 0, start, 0, start),
        *_between(old[start:i], new[start:j], start),
        (True, i, len(old), j, len(new)),
    ]
    return _readable(_slid(found, old, new))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    return next(
        (index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )


def _between(old: Sequence[str], new: Sequence[str], start: int) -> list[Stretch]:
    if not old and not new:
        return []
    if _pairs(old, new) > LARGEST:
        return [(False, start, start + len(old), start, start + len(new))]
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (tag == "equal", start + i, start + j, start + k, start + m) for tag, i, j, k, m in found
    ]


def _slid(stretches: Sequence[Stretch], old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """The stretches, with each insertion or deletion as late as possible: "a, [b,] c", not
    "a[, b], c".
    """
    made = [*stretches]
    for index in range(1, len(made) - 1):
        same, i, j, k, m = made[index]
        if same or (i < j and k < m):
            continue
        before, after = made[index - 1], made[index + 1]
        words, first, last = (old, i, j) if i < j else (new, k, m)
        room = after[2] - after[1]
        step = next((at for at in range(room) if words[first + at] != words[last + at]), room)
        made[index - 1] = (True, before[1], i + step, before[3], k + step)
        made[index] = (False, i + step, j + step, k + step, m + step)
        made[index + 1] = (True, j + step, after[2], m + step, after[4])
    return made


def _readable(stretches: Sequence[Stretch]) -> Iterable[Stretch]:
    """The stretches; one that is the same, short, and no longer than the changes on both sides of
    it becomes part of these.
    """
    made: list[Stretch] = []
    for stretch, following in zip(stretches, (*stretches[1:], None), strict=True):
        last = made[-1] if made else None
        if (
            last is not None
            and not last[0]
            and (not stretch[0] or _is_island(last, stretch, following))
        ):
            made[-1] = (False, last[1], stretch[2], last[3], stretch[4])
        else:
            made.append(stretch)
    return made


def _is_island(before: Stretch, stretch: Stretch, after: Stretch | None) -> bool:
    return after is not None and _size(stretch) <= min(SHORT, _size(before), _size(after))


def _size(stretch: Stretch) -> int:
    return max(stretch[2] - stretch[1], stretch[4] - stretch[3])
