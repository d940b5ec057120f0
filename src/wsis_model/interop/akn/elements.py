"""What an element of a file is by how it looks: a sentence, a number, a heading of some rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .._xml import clean, local, plain
from .line import COMMAS, CONTINUATION, HEADING, ITEM_LINE, OPENING, PARAGRAPH, RECITAL, TABLE, Line
from .xml import BLOCKS, KINDS, has_blocks, kind_of

if TYPE_CHECKING:
    from .._xml import Element

__all__ = [
    "CLASS_RANKS",
    "HEADING_CLASS",
    "RANK_BOLD",
    "RANK_LETTER",
    "RANK_MINOR",
    "RANK_ROMAN",
    "quoted_lines",
    "is_document",
    "is_formula",
    "is_note_bracket",
    "is_number",
    "is_one_block",
    "is_sentence",
    "is_text",
    "is_title",
    "look_of",
    "rows_of",
]

#: How high headings stand that no structure ranks, the highest first.
RANK_DOCUMENT, RANK_ROMAN, RANK_LETTER, RANK_BOLD, RANK_MINOR, RANK_ITALIC = range(100, 106)
CLASS_RANKS = {
    "H1": RANK_DOCUMENT,
    "HCh": RANK_DOCUMENT,
    "HCh0": RANK_DOCUMENT,
    "HM": RANK_DOCUMENT,
    "H23": RANK_ROMAN,
    "H2": RANK_ROMAN,
    "H3": RANK_LETTER,
}
HEADING_CLASS = re.compile(r"H(?:\d|Ch|M)")
#: "Action 1." before a tab, at the very start of a line.
_LABELLED = re.compile(r"[\s\u200e\u200f]*[^\W\d_]{1,14}[\s\xa0]?\d{1,3}[.．:：。]\s*\t")
#: Ends of sentences and clauses, which headings do not have.
_CLOSED = (".", ",", ";", ":", "。", "，", "；", "：", "؛", "،", "、")
_LONGEST_HEADING = 400
_LONGEST_NUMBER = 40


def is_sentence(block: Element) -> bool:
    """Whether a block is text, even with structures in it; one that holds only blocks is a
    wrapper.
    """
    if not len(block) or not has_blocks(block):
        return True
    if f"{block.text or ''}{''.join(child.tail or '' for child in block)}".strip():
        return True
    return any((KINDS.get(child.tag) or kind_of(child.tag)) not in BLOCKS for child in block)


def is_one_block(content: Element) -> bool:
    """Whether an element holds one block and nothing else."""
    return (
        len(content) == 1
        and kind_of(content[0].tag) == "block"
        and not f"{content.text or ''}{content[0].tail or ''}".strip()
    )


def is_text(num: Element) -> bool:
    """Whether a number element holds text: it has blocks, or is longer than numbers are."""
    if not len(num):
        text = num.text or ""
        return len(text) > _LONGEST_NUMBER and len(clean(text)) > _LONGEST_NUMBER
    return has_blocks(num) or len(plain(num)) > _LONGEST_NUMBER


def is_number(block: Element) -> bool:
    """Whether a block holds nothing but a number: `<p><num>IV</num></p>` above the heading of a
    section.
    """
    return (
        len(block) == 1
        and kind_of(block.tag) == "block"
        and kind_of(block[0].tag) == "num"
        and not f"{block.text or ''}{block[0].tail or ''}".strip()
    )


def is_formula(line: Line) -> bool:
    """Whether a line is only the beginning of a sentence, as "The General Assembly," is."""
    return line.kind in (RECITAL, PARAGRAPH) and len(line.text) < 60 and line.text.endswith(COMMAS)


def is_document(lines: Sequence[Line]) -> bool:
    """Whether what is quoted is a document of its own, not a piece of one.

    A document has a preamble or an enacting formula, or a heading or the like over paragraphs that
    count from 1.
    """
    if any(line.kind in (OPENING, RECITAL) for line in lines):
        return True
    counts = any(line.kind == PARAGRAPH and line.label and line.label.digit == 1 for line in lines)
    return counts and (
        is_formula(lines[0]) or any(line.kind == HEADING or line.recital for line in lines)
    )


def quoted_lines(lines: Sequence[Line], level: int) -> Sequence[Line]:
    """Lines that a paragraph quotes, as lines of its own: those with a number are its items, all
    others more of its text.
    """
    numbered = any(line.kind == PARAGRAPH and line.label is not None for line in lines)
    for line in lines:
        if line.kind == ITEM_LINE:
            line.level += level + numbered if line.level else 0
        elif line.label is not None:
            line.kind, line.level = ITEM_LINE, level + 1
        elif line.kind != TABLE:
            line.kind, line.level = CONTINUATION, level
    return lines


def rows_of(table: Element) -> Iterator[Element]:
    """The rows and the caption of a table, without those of tables in its cells."""
    for child in table:
        if local(child) in ("tbody", "thead", "tfoot"):
            yield from child
        else:
            yield child


def is_note_bracket(sup: Element) -> bool:
    """Whether a superscript is one of the brackets that Arabic puts around the mark of a note."""
    text = "" if len(sup) else (sup.text or "").strip()
    if text == "(":
        beside = sup.getnext()
        return beside is not None and kind_of(beside.tag) == "note" and not (sup.tail or "").strip()
    if text == ")":
        beside = sup.getprevious()
        return beside is not None and kind_of(beside.tag) == "note"
    return False


def _style(element: Element) -> str:
    """`"bold"`, `"italic"` or `""`; bold italic is bold."""
    cls = element.get("class") or {
        "b": "bold",
        "i": "italic",
        "strong": "bold",
        "em": "italic",
    }.get(local(element), "")
    return "bold" if "bold" in cls else "italic" if "italic" in cls else ""


def _style_of_all(block: Element) -> str:
    """The style of a whole block, from its first word to its last; `""` where it changes."""
    styles: set[str] = set()
    for child in block:
        if kind_of(child.tag) not in ("note", "break", "mark") and plain(child):
            styles.add(_style(child))
        if child.tail and child.tail.strip(" \t\n.。"):
            return ""
    if not styles or "" in styles:
        return ""
    return "bold" if "bold" in styles else "italic"


def look_of(block: Element, raw: str, text: str, cls: str) -> tuple[int, bool]:
    """The rank of an unnumbered paragraph as a heading (0 when it is none), and whether it starts
    with emphasised words.
    """
    if cls[:1] == "H" and HEADING_CLASS.match(cls):
        return CLASS_RANKS.get(cls, RANK_MINOR), False
    lead, style = False, ""
    if len(block) and (block.text is None or block.text.isspace()):
        lead = bool(_style(block[0]))
        if len(text) <= _LONGEST_HEADING and not (block[-1].tail or "").strip(" \t\n.。"):
            style = _style_of_all(block)
    if len(text) > _LONGEST_HEADING:
        return 0, lead
    if style == "bold" and not text.endswith((",", ";", "，", "؛", "،", "；")):
        return RANK_BOLD, lead
    if text.endswith(_CLOSED):
        return (RANK_BOLD, lead) if _LABELLED.match(raw) else (0, lead)
    if style == "italic":
        return RANK_ITALIC, lead
    if raw.lstrip("\n \u200e\u200f").startswith("\t\t") or _LABELLED.match(raw):
        return RANK_BOLD, lead
    return 0, lead


def is_title(block: Element, text: str, cls: str) -> bool:
    """Whether the text after the number of a section is its heading."""
    if len(text) > _LONGEST_HEADING:
        return False
    if cls[:1] == "H" and HEADING_CLASS.match(cls):
        return True
    return not text.endswith(_CLOSED) or (
        len(block) > 0 and not (block.text or "").strip() and _style_of_all(block) == "bold"
    )
