"""Whether a text may be a misspelling of a name, is the name of something else, or says nothing."""

from __future__ import annotations

import itertools
import re
import unicodedata

__all__ = ["is_slip", "joined", "numbers_differ", "says_nothing", "typo_cost"]

#: Texts for "nothing" or "not yet", in lower case, without points and spaces.
_NOTHING = frozenset(
    (
        *("n/a", "na", "n/d", "s/o", "so", "nil", "none", "null", "nothing", "unknown", "pending"),
        *("tba", "tbc", "tbd", "tobeannounced", "tobeconfirmed", "tobedecided", "tobedefined"),
        *("tobedetermined", "notapplicable", "notavailable", "notknown", "notyetknown", "nodata"),
        *("àconfirmer", "àdéfinir", "àdéterminer", "àpréciser", "sansobjet", "néant"),
        *("porconfirmar", "pordefinir", "pordeterminar", "noaplica", "ninguno", "ninguna"),
        *("нет", "н/д", "неизвестно", "уточняется", "待定", "无", "不适用", "لاينطبق", "غيرمتوفر"),
    )
)
#: A number with the points before and in it: `.14` may have been 1.4.
_NUMBER = re.compile(r"\.*[0-9]+(?:\.[0-9]+)*")
_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "the"))


def says_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing, or nothing yet.

    Examples:
        >>> [
        ...     each
        ...     for each in ("tbc", "N/A", "n.a.", "–", "?", "(TBD)", "soon")
        ...     if says_nothing(each)
        ... ]
        ['tbc', 'N/A', 'n.a.', '–', '?', '(TBD)']
    """
    plain = re.sub(r"[\s.…()\[\]_]", "", text[:60]).casefold()
    return bool(text.strip()) and (not plain.strip("-–—−?*/") or plain in _NOTHING)


def typo_cost(written: str, name: str) -> int | None:
    """How badly *written* misspells *name*: the higher, the worse; None where it names something
    else.

    The shorter a word, the less of it may be wrong. Four letters are an acronym, and with another
    letter that of somebody else: only a doubled letter is a misspelling. In five letters, two may
    be swapped, or one missing or added; in six, one may be another. In a name of several words each
    may be shorter by one letter, since the others confirm it; but each must be there. Numbers must
    agree: the thirty-first session is not the thirtieth.

    Examples:
        >>> (
        ...     typo_cost("RIPENCC", "RIPE NCC"),
        ...     typo_cost("UNSECO", "UNESCO"),
        ...     typo_cost("Unisef", "UNICEF"),
        ...     typo_cost("UNSECO", "UNSCO"),
        ... )
        (0, 1, 2, 3)
        >>> (
        ...     typo_cost("IFAP", "IFAD"),
        ...     typo_cost("CSTD 31", "CSTD 30"),
        ...     typo_cost("European Commission", "Broadband Commission"),
        ... )
        (None, None, None)
    """
    if numbers_differ(written, name):
        return None
    ours, theirs = _main_words(written), _main_words(name)
    if min(len(ours), len(theirs)) < 2 or "".join(ours) == "".join(theirs):
        return _word_cost("".join(ours), "".join(theirs))
    far = 0
    left = iter(theirs)
    for word in ours:
        for passed, other in enumerate(left):
            cost = _word_cost(word, other, 1)
            if cost is not None:
                far += cost + 5 * passed
                break
        else:
            return None
    return far + 5 * len(list(left))


def is_slip(written: str, name: str, *, closed: bool = False) -> bool:
    """Whether *written* is certainly *name*, written otherwise or with one slip of the pen.

    Case, accents, spaces and signs do not count. Apart from them, one word may have two letters
    swapped or one doubled, and a long one a letter too many, too few or another. A short word alone
    has no slip: ICAN is not ICANN. Every other word, and every number with its points, must be the
    same. Where this holds of one name alone, no person need be asked; `typo_cost` finds more, to
    ask about.

    Args:
        written: The text.
        name: What it may be.
        closed: Whether nothing but some words of a list can be meant, as for a field or a status:
            then of these a shorter one may have a slip, too.

    Examples:
        >>> (
        ...     is_slip("UNSECO", "UNESCO"),
        ...     is_slip("Internatonal Telecommunication Union", "Int'l Telecommunication Union"),
        ...     is_slip("Commision on Science", "Commission on Science"),
        ...     is_slip("under way", "under-way"),
        ... )
        (True, False, True, True)
        >>> (
        ...     is_slip("ICAN", "ICANN"),
        ...     is_slip("UNITAD", "UNITAR"),
        ...     is_slip("sdg/9.99", "sdg/9"),
        ...     is_slip("unplanned", "planned", closed=True),
        ... )
        (False, False, False, False)
        >>> [
        ...     is_slip(written, name, closed=True)
        ...     for written, name in (("stauts", "status"), ("owner", "owners"), ("data", "date"))
        ... ]
        [True, True, False]
    """
    if _NUMBER.findall(written) != _NUMBER.findall(name):
        return False
    if joined(written) == joined(name):
        return bool(joined(name))
    if closed:
        cost = typo_cost(written, name)
        if cost is not None and cost < 5:  # or a word was passed over
            return True
    ours, theirs = _main_words(written), _main_words(name)
    if len(ours) != len(theirs):
        return False
    alone = len(ours) == 1
    unlike = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    if len(unlike) != 1:
        return not unlike
    ((word, other),) = unlike
    size = min(len(word), len(other))
    if _edit_distance(word, other) > 1:
        return False
    if sorted(word) == sorted(other) or _without_doubled(word) == _without_doubled(other):
        return size >= (6 if alone and not closed else 4)
    return size >= 9 or (closed and size >= 4 and len(word) != len(other))


def numbers_differ(written: str, name: str) -> bool:
    """Whether both name numbers, and not the same.

    Examples:
        >>> (
        ...     numbers_differ("IGF 2027", "igf-2025"),
        ...     numbers_differ("23-a.1", "sdg/2.3.1"),
        ...     numbers_differ("e-health", "c7-e-health"),
        ... )
        (True, True, False)
    """
    ours, theirs = (re.findall(r"[0-9]+", text) for text in (written, name))
    return bool(ours and theirs) and ours != theirs


def joined(text: str) -> str:
    """The letters and digits of a text, without case and accents."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(
        r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text)).casefold()
    )


def _main_words(text: str) -> list[str]:
    words = _words(text)
    return [word for word in words if word not in _SMALL] or words


def _word_cost(written: str, word: str, shorter: int = 0) -> int | None:
    """How badly a word is misspelt; None where it is another. It may be *shorter* by so many
    letters than one that stands alone.
    """
    if written == word:
        return 0
    size = min(len(written), len(word)) + shorter
    if (shorter or len(written) > 3) and _without_doubled(written) == _without_doubled(word):
        return 1
    if size < 5 or abs(len(written) - len(word)) > 2:
        return None
    steps = _edit_distance(written, word)
    if steps == 1 and len(written) != len(word):
        return 3
    if steps == 1 and sorted(written) == sorted(word):
        return 1
    if steps == 1 and size > 5:
        return 2
    return 4 if steps == 2 and size > 9 else None


def _without_doubled(word: str) -> str:
    return "".join(letter for letter, _ in itertools.groupby(word))


def _edit_distance(written: str, word: str) -> int:
    """The number of letters by which two words differ; a swap counts as one (optimal string
    alignment).
    """
    before, row = list[int](), list(range(len(word) + 1))
    for i, letter in enumerate(written, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and written[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
