"""The lines of pages joined into paragraphs, without running heads and feet; notes and tables.

Nothing here goes by fixed places alone. What is measured, on the pages themselves: the size of the
letters, the left edge of the text, the distance between its lines, and what the pages repeat.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ._pdf_pages import Line, Page, Run, joined, words_of

__all__ = ["Block", "Layout", "NoteBlock", "Table", "laid_out"]

#: Share of the height of a page above which stands nothing but its head, and below which nothing
#: but its foot.
HEAD, FOOT = 0.088, 0.93
#: Share of the height of the first page above which nothing but its masthead stands, where it has
#: one.
MASTHEAD = 0.16
#: Letters smaller than this share of those of the text are those of notes, heads and feet.
SMALL = 0.93
#: Lines farther apart than this many sizes of their letters are two paragraphs.
PARAGRAPH_GAP = 1.55
#: No paragraph has more lines.
LONGEST = 2_000
#: An indentation, in sizes of the letters.
INDENT = 0.9

_RULE = re.compile(r"_{4,}")
#: The words of a foot: number of the page, of the job, its language, a day, a bar code.
_FOOT = re.compile(r"\d{1,4}/\d{1,4}|(?:GE\.)?\d{2}-\d{4,6}X?|\([A-Z]\)|\d{6}|\*\d{6,}\*")
_MARK = re.compile(r"\d{1,3}|[a-z]|[*†‡]{1,4}")
_STARRED = re.compile(r"([*†‡]{1,4})\s?(?=\S)")
_COUNTED = re.compile(r"\d+")
#: The label of a paragraph, an item or a heading, which a wide gap may follow.
_LABEL = re.compile(
    r"(?:\d{1,4}|[A-Z]|[IVXLC]{1,6}|\d+/\d+(?: [A-Z])?)\.|\(?[A-Za-z0-9]{1,5}\)"
    r"|[•–—-]|\d{1,3}\s?[–—-]"
)
_ANNEX = re.compile(
    r"(?:Annexe?|Anexo|Appendix|Enclosure|Приложение|附件|المرفق|مرفق)"
    r"(?:\s+[IVXLC\d]{1,6})?\s?\*{0,3}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,4})\.\s+\S")
_ITEM = re.compile(r"\(?(?:[^\W\d_]{1,5}|\d{1,2})\)\s+\S")
_ENDED = re.compile(r"[.;:!?,。；：][”’\"»)]?$")
_CLOSED = re.compile(r"[.;:!?。；：][”’\"»)]?$")
_BULLET = re.compile(r"[•–—]\s+\S")


@attrs.define(eq=False)
class Block:
    """A paragraph, an item or a heading as printed, its number still in it."""

    page: int
    left: float
    """Left edge of its first line."""
    right: float
    size: float
    bold: bool
    """Whether it is bold from end to end."""
    italic: bool
    text: str
    marks: list[tuple[int, str]] = attrs.Factory(list[tuple[int, str]])
    """Page and mark of each note in it."""
    links: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])
    """Words and address of each link in it."""


@attrs.define(eq=False)
class NoteBlock:
    """A note as printed at the foot of a page."""

    page: int
    mark: str
    text: str
    links: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])


@attrs.frozen(eq=False)
class Table:
    """Lines whose text stands in columns."""

    page: int
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@attrs.frozen(eq=False)
class Layout:
    """What the pages hold, each thing in the order of the file."""

    front: tuple[Line, ...]
    """Lines of the first page that stand above the text, or to the left of it."""
    blocks: tuple[Block | Table, ...]
    notes: tuple[NoteBlock, ...]
    furniture: tuple[tuple[int, str, str], ...]
    """Page, text and kind of what is no text: heads, feet, rules."""
    left: float
    """Left edge of the text."""
    size: float
    """Size of its letters."""


@attrs.define(eq=False)
class _Measures:
    """What is measured on all pages."""

    size: float
    left: float
    right: float
    pitch: float
    """From one line to the next within a paragraph."""


def _measure(pages: Sequence[Page]) -> _Measures:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = max(sizes, key=lambda each: sizes[each])
    text = [
        line
        for page in pages
        for line in page.lines
        if abs(line.size - size) < 0.06 * size
        and FOOT * page.height > line.base > (MASTHEAD if page is pages[0] else HEAD) * page.height
    ]
    right = max((line.right for line in text), default=0.0)
    # Lines that fill the measure tell its left edge; what stands beside or above the text does not
    # fill it.
    full = [line for line in text if line.right > right - 6 * size]
    gaps = Counter(
        round(below.base - above.base)
        for above, below in itertools.pairwise(text)
        if above.page == below.page
    )
    pitch = next(
        (gap for gap, _ in gaps.most_common() if 0.9 * size < gap < PARAGRAPH_GAP * size),
        1.2 * size,
    )
    return _Measures(size, _left(full, text, size), right, float(pitch))


def _left(full: Sequence[Line], text: Sequence[Line], size: float) -> float:
    """The left edge of the text. Lines that begin a paragraph stand farther in, and may be more
    than those that continue one.
    """
    edges = Counter(round(line.left) for line in text)
    common, most = Counter(round(line.left) for line in full).most_common(1)[0] if full else (0, 0)
    # Signs are cut at slightly different places; only what is well to the left is another edge.
    return float(
        min(
            (
                edge
                for edge, count in edges.items()
                if common - 4 * size < edge <= common and count >= most / 4
            ),
            default=common,
        )
    )


def laid_out(pages: Sequence[Page]) -> Layout:
    """The paragraphs, tables and notes of the pages, and what is none of these."""
    measures = _measure(pages)
    repeated = _repeated(pages)
    furniture: list[tuple[int, str, str]] = []
    notes: list[NoteBlock] = []
    front: list[Line] = []
    body: list[Line] = []
    for index, page in enumerate(pages):
        lines = list(page.lines)
        feet = _feet(page, lines, measures, repeated)
        heads = _heads(page, lines, measures, repeated) if index else 0
        furniture += [(page.number, line.text, "running head") for line in lines[:heads]]
        text, below, rule = _split_off_notes(lines[heads : len(lines) - feet], measures)
        furniture += [(page.number, line.text, "rule above notes") for line in rule]
        _notes(below, notes)
        furniture += [
            (page.number, line.text, "running foot") for line in lines[len(lines) - feet :]
        ]
        if index == 0:
            start = _lines_above_text(page, text, measures)
            front, text = text[:start], text[start:]
        body += text
    marks: dict[int, set[str]] = {}
    for note in notes:
        marks.setdefault(note.page, set()).add(note.mark)
    blocks = tuple(_blocks(body, measures, marks))
    return Layout(
        tuple(front), blocks, tuple(notes), tuple(furniture), measures.left, measures.size
    )


# --- heads and feet -------------------------------------------------------------------------------


def _without_numbers(text: str) -> str:
    """A line with its numbers as zeros, as pages repeat it."""
    return _COUNTED.sub("0", text)


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """Lines that stand near the top or the bottom of more than one page."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_without_numbers(line.text) for line in [*page.lines[:8], *page.lines[-4:]]})
    return frozenset(text for text, count in seen.items() if count > 1)


def _heads(page: Page, lines: Sequence[Line], measures: _Measures, repeated: frozenset[str]) -> int:
    """How many lines at the top are the running head."""
    count = last = 0
    for index, line in enumerate(lines):
        high = line.base < HEAD * page.height
        if not high and (line.base > 0.25 * page.height or line.size >= SMALL * measures.size):
            break
        count = index + 1
        if high or _without_numbers(line.text) in repeated:
            last = count
    return last


def _feet(page: Page, lines: Sequence[Line], measures: _Measures, repeated: frozenset[str]) -> int:
    """How many lines at the bottom are the running foot."""
    count = 0
    for line in reversed(lines):
        low = line.base > FOOT * page.height
        if not low and line.base < 0.85 * page.height:
            break
        if not all(_FOOT.fullmatch(word) for word in line.text.split()):
            small = (
                line.size < SMALL * measures.size
                and line.left < measures.left - INDENT * measures.size
            )
            if not (
                low
                and (
                    small
                    or _without_numbers(line.text) in repeated
                    or line.base > 0.95 * page.height
                )
            ):
                break
        count += 1
    return count


# --- notes ----------------------------------------------------------------------------------------


def _split_off_notes(
    lines: list[Line], measures: _Measures
) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines of the text, those of the notes, and the rule between them."""
    for index in range(len(lines) - 1, -1, -1):
        if _RULE.fullmatch(lines[index].text):
            below = lines[index + 1 :]
            if all(line.size < SMALL * measures.size for line in below):
                return lines[:index], below, lines[index : index + 1]
            break
    # Another template draws the rule: the notes are the small lines at the end, from the first that
    # begins with a mark.
    start = len(lines)
    while start and lines[start - 1].size < SMALL * measures.size:
        start -= 1
    first = next((index for index in range(start, len(lines)) if _mark_of(lines[index])), None)
    cut = len(lines) if first is None else first
    return (
        [line for line in lines[:cut] if not _RULE.fullmatch(line.text)],
        lines[cut:],
        [line for line in lines[:cut] if _RULE.fullmatch(line.text)],
    )


def _mark_of(line: Line) -> str | None:
    """The mark with which a note begins."""
    mark = ""
    for run in line.runs:
        if run.blank:
            continue
        if not run.raised:
            break
        mark += run.text.strip()
    if _MARK.fullmatch(mark):
        return mark
    starred = _STARRED.match(line.text)
    return starred[1] if starred else None


def _notes(lines: Iterable[Line], notes: list[NoteBlock]) -> None:
    """Add the notes in *lines*; lines before the first mark continue the last note of the page
    before.
    """
    for line in lines:
        mark = _mark_of(line)
        text, links = line.text, _links(line.runs)
        if mark is not None:
            notes.append(NoteBlock(line.page, mark, text.removeprefix(mark).strip(), links))
        elif notes:
            last = notes[-1]
            last.text = joined(last.text, text)
            last.links = _joined_links(last.links, links)
        else:
            notes.append(NoteBlock(line.page, "", text, links))


def _links(runs: Iterable[Run]) -> list[tuple[str, str]]:
    """Words and address of the links on runs; one link may lie on several."""
    found: list[tuple[str, str]] = []
    open_ = False
    for run in runs:
        if run.blank:
            continue
        if run.address is None:
            open_ = False
            continue
        if open_ and found[-1][1] == run.address:
            found[-1] = (found[-1][0] + run.text, run.address)
        else:
            found.append((run.text, run.address))
        open_ = True
    return [(" ".join(text.split()), address) for text, address in found]


def _joined_links(
    first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The links of two lines; one that continues over the end of the line is one link."""
    if first and second and first[-1][1] == second[0][1]:
        return [*first[:-1], (joined(first[-1][0], second[0][0]), first[-1][1]), *second[1:]]
    return [*first, *second]


# --- paragraphs -----------------------------------------------------------------------------------


def _lines_above_text(page: Page, lines: Sequence[Line], measures: _Measures) -> int:
    """How many lines of the first page stand above the text: the masthead, and what stands to the
    left of the text under it.
    """
    out = measures.left - 2 * measures.size
    masthead = any(
        line.base < MASTHEAD * page.height and line.size > 1.3 * measures.size for line in lines
    )
    start = 0
    for index, line in enumerate(lines):
        if line.base > 0.6 * page.height:
            break
        numbered = re.match(r"\d+/\d+", line.text) and line.bold
        if (line.left < out and not numbered) or (masthead and line.base < MASTHEAD * page.height):
            start = index + 1
    return start


def _blocks(
    lines: Sequence[Line], measures: _Measures, marks: dict[int, set[str]]
) -> Iterator[Block | Table]:
    rows = _table_rows(lines) | _small_table_rows(lines, measures)
    paragraph: list[Line] = []
    index = 0
    number = 0
    while index < len(lines):
        line = lines[index]
        if index in rows:
            if paragraph:
                yield _block(paragraph, marks)
                paragraph = []
            end = index
            while end in rows and lines[end].page == line.page:
                end += 1
            yield _table(lines[index:end], marks)
            index = end
            continue
        if paragraph and _begins_paragraph(paragraph, line, measures, number):
            yield _block(paragraph, marks)
            paragraph = []
        if not paragraph and (numbered := _NUMBERED.match(line.text)):
            number = int(numbered[1])
        paragraph.append(line)
        index += 1
    if paragraph:
        yield _block(paragraph, marks)


def _table_rows(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are rows of tables: two or more consecutive ones with wide gaps in them."""
    wide = [_is_row(line) for line in lines]
    return frozenset(
        index
        for index, line in enumerate(lines)
        if wide[index]
        and any(
            0 <= near < len(lines) and wide[near] and lines[near].page == line.page
            for near in (index - 1, index + 1)
        )
    )


def _small_table_rows(lines: Sequence[Line], measures: _Measures) -> set[int]:
    """The lines of tables that are set smaller than the text, also those that only continue a
    cell.
    """
    found: set[int] = set()
    size = SMALL * measures.size
    kinds = ((lines[index].page, lines[index].size < size) for index in range(len(lines)))
    for (_, small), group in itertools.groupby(enumerate(kinds), operator.itemgetter(1)):
        indices = [index for index, _ in group]
        rows = [index for index in indices if small and _is_row(lines[index])]
        if len(rows) > 1:
            last = rows[-1]
            while last < indices[-1] and (
                lines[last + 1].base - lines[last].base < PARAGRAPH_GAP * lines[last].size
            ):
                last += 1
            found |= set(range(rows[0], last + 1))
    return found


def _is_row(line: Line) -> bool:
    cells = line.cells()
    if cells and _LABEL.fullmatch(cells[0]):
        cells = cells[1:]
    return len(cells) > 1 and not (len(cells) == 2 and _LABEL.fullmatch(cells[0]))


def _begins_paragraph(
    paragraph: Sequence[Line], line: Line, measures: _Measures, number: int
) -> bool:
    """Whether a line begins another paragraph than that of the lines before it."""
    before = paragraph[-1]
    if len(paragraph) >= LONGEST:
        return True
    if _ANNEX.fullmatch(before.text) or (_ANNEX.fullmatch(line.text) and line.bold):
        return True
    if abs(before.size - line.size) > 0.08 * measures.size:
        return True
    if before.bold != line.bold and _heading_ends(paragraph, line, measures):
        return True
    indented = (
        line.left > measures.left + INDENT * measures.size
        and line.left > before.left + INDENT * measures.size
    )
    hanging = len(paragraph) == 1 and _has_hanging_number(before, line)
    if before.page == line.page:
        gap = line.base - before.base
        return (
            gap > PARAGRAPH_GAP * max(line.size, before.size)
            or gap <= 0
            or (indented and not hanging)
        )
    return _begins_paragraph_on_page(
        paragraph, line, measures, number, indented=indented and not hanging
    )


def _heading_ends(paragraph: Sequence[Line], line: Line, measures: _Measures) -> bool:
    """Whether a change of face separates a heading from text; a bold phrase that fills a line does
    not.
    """
    before = paragraph[-1]
    if line.page != before.page:
        return line.bold or all(each.bold for each in paragraph)
    apart = (
        line.base - before.base > 1.1 * measures.pitch
        or before.right < measures.right - 3 * measures.size
    )
    return apart and (line.bold or all(each.bold for each in paragraph))


def _has_hanging_number(before: Line, line: Line) -> bool:
    """Whether a line continues a paragraph whose number stands out to the left of it."""
    seen = [run for run in before.runs if not run.blank]
    return (
        len(seen) > 1
        and _LABEL.fullmatch(seen[0].text.strip()) is not None
        and abs(seen[1].left - line.left) < 3
    )


def _begins_paragraph_on_page(
    paragraph: Sequence[Line], line: Line, measures: _Measures, number: int, *, indented: bool
) -> bool:
    """As `_begins_paragraph`, for the first line of a page, above which no distance can be
    measured.
    """
    before = paragraph[-1]
    if line.bold and before.bold:
        return (
            _ENDED.search(before.text) is not None
            or before.right < measures.right - 8 * measures.size
        )
    ended = _ENDED.search(before.text) is not None
    short = before.right < measures.right - 2 * measures.size
    goes_on = (
        len(paragraph) > 1 and abs(before.left - line.left) < 3
    )  # a paragraph that is indented as a whole
    if indented or (ended and not goes_on and line.left > measures.left + INDENT * measures.size):
        return True
    if (numbered := _NUMBERED.match(line.text)) and ended:
        return int(numbered[1]) in (number + 1, 1) or short
    if (_ITEM.match(line.text) or _BULLET.match(line.text)) and ended:
        return True
    if (
        ended and _opens_in_italics(paragraph[0]) and _opens_in_italics(line)
    ):  # "Recalling", "Decides"
        return True
    return _CLOSED.search(before.text) is not None and short


def _opens_in_italics(line: Line) -> bool:
    """Whether a line begins with a capital in italics, as most paragraphs of resolutions do."""
    first = next(run for run in line.runs if not run.blank)
    return first.italic and first.text.lstrip()[:1].isupper()


def _block(lines: Sequence[Line], marks: dict[int, set[str]]) -> Block:
    first = lines[0]
    block = Block(
        first.page,
        first.left,
        max(line.right for line in lines),
        first.size,
        all(line.bold for line in lines),
        all(line.italic for line in lines),
        "",
    )
    for line in lines:
        words, marks_here = _without_marks(line, marks)
        block.text = joined(block.text, words)
        block.marks += [(line.page, mark) for mark in marks_here]
        block.links = _joined_links(block.links, _links(line.runs))
    return block


def _without_marks(line: Line, marks: dict[int, set[str]]) -> tuple[str, list[str]]:
    """The text of a line without the marks of notes, and the marks; a raised sign that belongs to
    no note is text.
    """
    known = marks.get(line.page, set()) | marks.get(line.page + 1, set())
    raised = [run for run in line.runs if run.raised and not run.blank]
    if not raised:
        return line.text, []
    groups: list[list[Run]] = []
    for run in raised:
        if groups and run.left - groups[-1][-1].right < 0.3 * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    found: list[str] = []
    gone: set[int] = set()
    for group in groups:
        mark = "".join(run.text.strip() for run in group)
        for each in re.split(r"\s*,\s*", mark):
            if each in known and _MARK.fullmatch(each):
                found.append(each)
                gone |= {id(run) for run in group}
    if not gone:
        return line.text, []
    return words_of(
        attrs.evolve(run, text="") if id(run) in gone else run for run in line.runs
    ), found


def _table(lines: Sequence[Line], marks: dict[int, set[str]]) -> Table:
    return Table(
        lines[0].page,
        tuple(tuple(line.cells()) for line in lines),
        tuple((line.page, mark) for line in lines for mark in _without_marks(line, marks)[1]),
        tuple(link for line in lines for link in _links(line.runs)),
    )
