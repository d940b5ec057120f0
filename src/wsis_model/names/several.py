"""Several references in one text: lists, and runs of numbers or items, taken apart by grammar
alone.

```text
list = reference *( ( ";" / "," / "&" / "and" ) reference )   ; para. 26; para. 27 · 26, 27 and 30
run  = reference ( "-" / "to" ) end                           ; paras 26-28 · 21 (a)-(c) · C2 to C5
```

What follows a comma or "and" belongs to the document of what stands before it: the second of
`GDC 21(a), 23` and of `SDG 9.c & 4.4`.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "MOST", "continued", "pieces_of", "run_of"]

MOST = 200
"""So many things are named by one text at most."""
LONGEST = 4
"""In so many pieces one name is cut at most: `Educational, Scientific and Cultural` in three."""
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
_PART = re.compile(r"(?P<document>[^/]+)/(?P<number>p?[0-9]+)(?:-[a-z]+)*")
_CODE = re.compile(r"[0-9]{1,2}(?:\.[0-9a-z]{1,2}){1,2}", re.IGNORECASE)


def pieces_of(text: str) -> list[str]:
    """The pieces of a list, at even places, with what joins them between.

    Examples:
        >>> pieces_of("26, 27 and 30")
        ['26', ', ', '27', ' and ', '30']
    """
    return _JOINTS.split(text, maxsplit=MOST)


def run_of(text: str) -> tuple[str, ...]:
    """The references that a run stands for; none where a text is no run.

    Examples:
        >>> run_of("paras 26-28"), run_of("GDC 21 (a)-(c)"), run_of("C2 to C4")
        (('paras 26', 'paras 27', 'paras 28'), ('GDC 21(a)', 'GDC 21(b)', 'GDC 21(c)'), ('C2', 'C3', 'C4'))
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
    if len(last) > 6 or int(last) - int(first) >= MOST:
        return ()
    numbers = range(int(first), int(last) + 1)
    return tuple(f"{before}{each}" for each in numbers) if len(numbers) > 1 else ()


def _letter(item: str) -> int:
    return ord(item.strip("() \t\n").lower())


def continued(piece: str, last: str) -> tuple[str, str]:
    """A piece of a list, and the document it is of, by the identifier of what stands before it.

    Examples:
        >>> continued("27", "80-173/26"), continued("(b)", "gdc/21-a"), continued("4.4", "sdg/9.c")
        (('27', '80-173'), ('gdc/21-b', ''), ('SDG 4.4', ''))
    """
    if last.startswith("sdg/"):
        return (f"SDG {piece}", "") if _CODE.fullmatch(piece) else (piece, "")
    part = _PART.fullmatch(last)
    if part is None:
        return piece, ""
    if item := _ITEM.fullmatch(piece):
        above = last.rpartition("-")[0] if "-" in last.partition("/")[2] else last
        return f"{above}-{item[1]}", ""
    return piece, part["document"]
