"""Several references in one text: lists and ranges, split by grammar alone.

```text
list = reference *( ( ";" / "," / "&" / "and" ) reference )   ; para. 26; para. 27 · 26, 27 and 30
run  = reference ( "-" / "to" ) end                           ; paras 26-28 · 21 (a)-(c) · C2 to C5
```

What follows a comma or "and" continues what stands before it: the second of `GDC 21(a), 23`, of
`SDG 9.c & 4.4` and of `CSTD 29 and 30`. What follows a semicolon begins anew.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "MAX_ITEMS", "continued", "pieces_of", "run_of"]

MAX_ITEMS = 200
"""One text names at most this many things."""
LONGEST = 4
"""One name spans at most this many pieces: `Educational, Scientific and Cultural` has three."""
_JOINTS = re.compile(r"(\s*[;,&\n]\s*(?:and\s+)?|\s+and\s+)", re.IGNORECASE)
_RUN = re.compile(
    r"(?P<before>.*?)(?P<first>[0-9]+)\s*(?P<item>\(\s*[a-z]\s*\))?"
    r"\s*(?:[-–—\u2010\u2011]|\b(?:to|until|through)\b)\s*"
    r"(?P<again>[^0-9()]*|[0-9]+\.)(?P<last>[0-9]+)?\s*(?P<end>\(\s*[a-z]\s*\))?\s*\.?",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"(?P<item>\(\s*[a-z]\s*\))\s*(?:[-–—]|to\b)\s*(?P<end>\(\s*[a-z]\s*\))")
_WORD = re.compile(r"\s*(?:paragraphs?|paras?\.?|§§?|¶¶?|OP\.?)\s*", re.IGNORECASE)
_ITEM = re.compile(r"\(\s*([a-z]+)\s*\)")
_PART = re.compile(r"(?P<document>[^/]+)/p?[0-9]+(?P<items>(?:-[a-z]+)*)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9a-z]+)*(?:\s*\([a-z]+\))*\.?", re.IGNORECASE)
_LAST_NUMBER = re.compile(rf"{_NUMBER.pattern}$", re.IGNORECASE)


def pieces_of(text: str) -> list[str]:
    """The pieces of a list, at even indexes, with the separators between them.

    Examples:
        >>> pieces_of("26, 27 and 30")
        ['26', ', ', '27', ' and ', '30']
    """
    return _JOINTS.split(text, maxsplit=MAX_ITEMS)


def run_of(text: str) -> tuple[str, ...]:
    """The references that a range stands for; none for a text that is no range.

    Examples:
        >>> run_of("paras 26-28"), run_of("C2 to C4")
        (('paras 26', 'paras 27', 'paras 28'), ('C2', 'C3', 'C4'))
        >>> run_of("GDC 21 (a)-(c)")
        ('GDC 21(a)', 'GDC 21(b)', 'GDC 21(c)')
        >>> run_of("28-26"), run_of("11(a)-12(b)")
        ((), ())
    """
    run = _RUN.fullmatch(text) or _ITEMS.fullmatch(text)
    if run is None:
        return ()
    found = run.groupdict()
    before, first, last = found.get("before") or "", found.get("first") or "", found.get("last")
    if found["item"] and found["end"] and last in (None, first):
        ends = (_letter(found["item"]), _letter(found["end"]))
        return tuple(f"{before}{first}({chr(each)})" for each in range(ends[0], ends[1] + 1))
    again = found.get("again") or ""
    repeats = before.casefold().rstrip().endswith(again.casefold().strip())
    if found["item"] or found["end"] or not last or not (repeats or _WORD.fullmatch(again)):
        return ()
    if len(last) > 6 or int(last) - int(first) >= MAX_ITEMS:
        return ()
    numbers = range(int(first), int(last) + 1)
    return tuple(f"{before}{each}" for each in numbers) if len(numbers) > 1 else ()


def _letter(item: str) -> int:
    return ord(item.strip("() \t\n").lower())


def continued(piece: str, text: str, identifier: str) -> tuple[str, str]:
    """An item of a list in full, and the document that it is of if it does not say; empty for a
    number that does not follow another.

    Args:
        piece: The item, e.g. `"27"`.
        text: The item before it, in full; empty where it begins anew.
        identifier: The identifier of the item before it.

    Examples:
        >>> (
        ...     continued("27", "A/RES/80/173, para. 26", "80-173/26"),
        ...     continued("4.4", "SDG 9.c", "sdg/9.c"),
        ... )
        (('A/RES/80/173, para. 27', ''), ('SDG 4.4', ''))
        >>> continued("(b)", "GDC 21(a)", "gdc/21-a"), continued("30", "ITU", "itu")
        (('gdc/21-b', ''), ('', ''))
    """
    if not text:
        return piece, ""
    if _NUMBER.fullmatch(piece):
        number = _LAST_NUMBER.search(text)
        return (text[: number.start()] + piece if number else ""), ""
    part = _PART.fullmatch(identifier)
    if part and (item := _ITEM.fullmatch(piece)):
        above = identifier.rpartition("-")[0] if part["items"] else identifier
        return f"{above}-{item[1].lower()}", ""
    return piece, part["document"] if part else ""
