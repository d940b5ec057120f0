"""What is printed on the pages of a PDF: runs of text with their places, faces and links, gathered
into lines.

Everything asked of PDFium is asked here, through the plain C interface that pypdfium2 exposes: its
text by itself loses where a space was printed, and which sign was raised.
"""

from __future__ import annotations

import ctypes
import importlib
import math
import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import attrs

from ..errors import LoadError, MissingExtra, Position

__all__ = [
    "Line",
    "Page",
    "Run",
    "at_page",
    "joined",
    "look_before_opening",
    "page_of",
    "pages_of",
    "words_of",
]

#: No document of the United Nations is larger; a file beyond these is refused.
BYTES, PAGES, CHARACTERS, RUNS = 2**28, 3_000, 5_000_000, 1_000_000
#: No page has as many objects, or links; more are not looked at.
OBJECTS, LINKS = 200_000, 500
#: A gap between two runs this wide, in sizes of the letters, is a space even where none is printed.
SPACE = 0.3
#: A space that is printed after a dash and has less room than this is none.
TIGHT = 0.14
#: A gap this wide parts the cells of a row.
CELL = 2.0
#: What a run of smaller letters may be raised or lowered by and still stand in the line, in sizes
#: of the line.
RAISED, LOWERED = 0.65, 0.35

#: Signs to be read as another: a hyphen at the end of a line as PDFium gives it, and the bullet of
#: Word's symbol font.
_SIGNS = {0x02: "-", 0xA0: " ", 0xF0B7: "•", 0x2028: " ", 0xFFFE: "-"}
_WORDLESS = frozenset((*range(0x02), *range(0x03, 0x20), 0xFFFF, 0xFEFF))
_HYPHENS = ("-", "‐", "‑")
_CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_SUSPENDED = re.compile(r"(?:and|or|nor|to|et|ou|y|o|e|u|и|или)\s")


@attrs.frozen(eq=False)
class Run:
    """Letters printed in one go, in one face."""

    text: str
    left: float
    right: float
    base: float
    """The line that they stand on, from the top of the page."""
    size: float
    bold: bool
    italic: bool
    raised: bool = False
    address: str | None = None
    """Where a link on them leads."""

    @property
    def blank(self) -> bool:
        """Whether it is only white space."""
        return not self.text.strip()


@attrs.frozen(eq=False)
class Line:
    """A line of a page."""

    page: int
    """Number of the page, from 1."""
    base: float
    runs: tuple[Run, ...]
    """From left to right; never only blanks."""
    left: float
    right: float
    size: float
    """Size of most of its letters."""
    bold: bool
    """Whether all that can be seen is bold."""
    italic: bool
    """Whether all its letters are italic."""
    text: str

    def cells(self) -> list[str]:
        """Its text, split where the gaps are wide."""
        found: list[list[Run]] = []
        edge = -math.inf
        for run in self.runs:
            if run.blank:
                continue
            if run.left - edge > CELL * self.size:
                found.append([])
            found[-1].append(run)
            edge = run.right
        return [words_of(runs) for runs in found]


@attrs.frozen(eq=False)
class Page:
    """A page as a reader sees it."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    """From top to bottom."""
    turned: str = ""
    """Text that does not run from left to right."""
    pictures: int = 0


def at_page(file: str, page: int) -> Position:
    """A place in a PDF: its page, as there are no lines to count.

    Examples:
        >>> str(at_page("A_RES_80_173.pdf", 3))
        'A_RES_80_173.pdf (page 3)'
    """
    return Position(file, heading=f"page {page}")


def page_of(position: Position) -> int:
    """The page of a place in a PDF.

    Examples:
        >>> page_of(at_page("A_RES_80_173.pdf", 3))
        3
    """
    return int((position.heading or "page 0").partition(" ")[2])


def joined(first: str, second: str) -> str:
    """Two lines as one text. A hyphen that ends a line is the word's own; a soft one is not.

    Examples:
        >>> (
        ...     joined("a high-", "level meeting"),
        ...     joined("short-", "and long-term"),
        ...     joined("back-", "to-back"),
        ...     joined("from 16 –", "18 May"),
        ... )
        ('a high-level meeting', 'short- and long-term', 'back-to-back', 'from 16 – 18 May')
        >>> joined("the Sec\u00ad", "retariat"), joined("22–", "23 May")
        ('the Secretariat', '22–23 May')
    """
    if first.endswith("\u00ad"):
        return first[:-1] + second
    end = first[-2:]
    if re.fullmatch(r"\S[-‐‑]", end):
        return f"{first} {second}" if _SUSPENDED.match(second) else first + second
    tight = re.fullmatch(r"\S[–/]", end) or (_CJK.match(first[-1:]) and _CJK.match(second[:1]))
    return first + second if tight or not first or not second else f"{first} {second}"


def words_of(runs: Iterable[Run]) -> str:
    """The words of runs that stand in one line; a run without text keeps the space of what is left
    out.
    """
    made = ""
    edge = size = 0.0
    for run in runs:
        gap = run.left - edge if made else 0.0
        if made.endswith("– ") and not run.blank and gap < TIGHT * run.size:
            made = made[:-1]
        made += f" {run.text}" if gap > SPACE * max(run.size, size) else run.text
        if run.right > run.left:
            edge, size = run.right, run.size
    return " ".join(made.split())


# --- from the file --------------------------------------------------------------------------------


def pages_of(data: bytes, file: str) -> tuple[Page, ...]:
    """All that is printed on the pages of a PDF.

    Raises:
        LoadError: It is not whole or not to be opened, or it is larger than any document.
        MissingExtra: pypdfium2 is not installed.
    """
    try:
        pdfium: Any = importlib.import_module("pypdfium2")  # takes 0.1 s, and is an extra
    except ImportError:
        raise MissingExtra("pdf", "pypdfium2") from None  # noqa: EM101 - facts, no sentence
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            raise LoadError.of(
                Position(file), "pdf", "the file is encrypted", "save it without a password"
            ) from None
        raise LoadError.of(
            Position(file), "pdf", "not a whole PDF: its pages cannot be found"
        ) from None
    try:
        return tuple(_pages(pdfium, opened, file))
    except pdfium.PdfiumError as error:
        raise LoadError.of(Position(file), "pdf", f"not a whole PDF: {str(error)[:100]}") from None
    finally:
        opened.close()


def look_before_opening(data: bytes, file: str) -> None:
    """Check that bytes are those of a whole PDF.

    Raises:
        LoadError: They are not, or are too many.
    """
    if not data:
        raise LoadError.of(Position(file), "empty", "the file holds nothing")
    if len(data) > BYTES:
        raise LoadError.of(Position(file), "too-large", f"the file is larger than {BYTES:,} bytes")
    if b"%PDF-" not in data[:1024]:
        raise LoadError.of(Position(file), "pdf", "not a PDF: it does not begin with %PDF-")
    # PDFium mends what is cut off, and would give the half that is left as if it were the whole.
    if b"%%EOF" not in data[-4096:]:
        raise LoadError.of(
            Position(file), "pdf", "not a whole PDF: its end is missing", "get the file again"
        )


def _pages(pdfium: Any, opened: Any, file: str) -> Iterator[Page]:
    count = len(opened)
    if count > PAGES:
        raise LoadError.of(Position(file), "too-large", f"the file has more than {PAGES:,} pages")
    left, runs = CHARACTERS, RUNS
    for index in range(count):
        page = opened[index]
        try:
            text = page.get_textpage()
            try:
                left -= max(pdfium.raw.FPDFText_CountChars(text.raw), 0)
                if left < 0:
                    raise LoadError.of(
                        Position(file),
                        "too-large",
                        f"the file has more than {CHARACTERS:,} letters",
                    )
                read = _Reader(pdfium.raw, opened, page, text).page(index + 1)
            finally:
                text.close()
        finally:
            page.close()
        runs -= sum(len(line.runs) for line in read.lines)
        if runs < 0:
            raise LoadError.of(
                Position(file), "too-large", f"the text of the file is in more than {RUNS:,} pieces"
            )
        yield read


@attrs.frozen(eq=False)
class _Frame:
    """Turns a page's own coordinates into those of a reader: from the left, and from the top."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point, from the left and from the top."""
        from_left, from_right = x - self.left, self.right - x
        from_bottom, from_top = y - self.bottom, self.top - y
        return (
            (from_left, from_top),
            (from_bottom, from_left),
            (from_right, from_bottom),
            (from_top, from_right),
        )[self.turned]

    def along(self, a: float, b: float) -> tuple[float, float]:
        """A direction, to the right and down."""
        return ((a, -b), (b, a), (-a, b), (-b, -a))[self.turned]

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turned % 2 else (width, height)


@attrs.frozen(eq=False)
class _Link:
    left: float
    top: float
    right: float
    bottom: float
    address: str


class _Reader:
    """Reads one page."""

    def __init__(self, raw: Any, opened: Any, page: Any, text: Any) -> None:
        self.raw = raw
        self.opened = opened
        self.handle = page.raw
        self.text = text.raw
        left, bottom, right, top = page.get_bbox()
        self.frame = _Frame(left, bottom, right, top, raw.FPDFPage_GetRotation(page.raw) % 4)
        self.faces: dict[tuple[bytes, int], tuple[bool, bool]] = {}
        self.written: set[int] = set()
        """Objects of the page that letters were read from."""

    def page(self, number: int) -> Page:
        links = list(self._links())
        runs: list[Run] = []
        turned: list[str] = []
        for first, last, text in self._letter_groups():
            run = self._run(first, last, text, links)
            if run is not None:
                runs.append(run)
            elif text.strip():
                turned.append(text)
        spaces, pictures = self._objects()
        width, height = self.frame.extent
        return Page(
            number,
            width,
            height,
            tuple(_lines(number, runs + spaces)),
            " ".join(" ".join(turned).split()),
            pictures,
        )

    def _letter_groups(self) -> Iterator[tuple[int, int, str]]:
        """Letters that were printed in one go: the first and the last that can be seen, and their
        text.

        Spaces that PDFium adds where it guesses one belong to no object of the page: within a
        stretch they are kept, between two they are not, as it guesses wrong there.
        """
        text = self.text
        object_of, sign_of, address_of = (
            self.raw.FPDFText_GetTextObject,
            self.raw.FPDFText_GetUnicode,
            ctypes.addressof,
        )
        signs: list[str] = []
        owner = first = last = -1
        for index in range(self.raw.FPDFText_CountChars(text)):
            found = object_of(text, index)
            if not found:
                if signs and signs[-1] != " ":
                    signs.append("\0")
                continue
            here = address_of(found.contents)
            code = sign_of(text, index)
            if here != owner:
                if signs:
                    yield first, last, "".join(signs).rstrip("\0").replace("\0", " ")
                signs, owner, first, last = [], here, index, index
                self.written.add(here)
            if code in _WORDLESS:
                continue
            sign = _SIGNS.get(code) or (
                chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
            )
            if sign.isspace():
                if signs and signs[-1] in _HYPHENS and self._is_printed_over(index):
                    continue
            else:
                if not any(each.strip(" \0") for each in signs):
                    first = index
                last = index
            signs.append(sign)
        if signs:
            yield first, last, "".join(signs).rstrip("\0").replace("\0", " ")

    def _is_printed_over(self, space: int) -> bool:
        """Whether the letter after a space begins where the space does, so that the space cannot
        be seen.
        """
        left, right = self._edge(space, 0.0)
        return self._edge(space + 1, right)[0] < (left + right) / 2

    def _run(self, first: int, last: int, text: str, links: list[_Link]) -> Run | None:
        """The run between two letters; None where it does not run from left to right."""
        raw, page = self.raw, self.text
        matrix = raw.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        if not raw.FPDFText_GetMatrix(page, first, matrix) or not raw.FPDFText_GetCharOrigin(
            page, first, x, y
        ):
            return None
        right, down = self.frame.along(matrix.a, matrix.b)
        if right <= 0 or abs(down) > 0.1 * right:
            return None
        origin, base = self.frame.place(x.value, y.value)
        size = raw.FPDFText_GetFontSize(page, first) * math.hypot(matrix.c, matrix.d)
        if not (size > 0 and math.isfinite(size) and math.isfinite(base) and math.isfinite(origin)):
            return None
        if not text.strip():
            return Run(" ", origin, origin, base, size, bold=False, italic=False)
        left, end = self._edge(first, origin)[0], self._edge(last, origin)[1]
        bold, italic = self._face(first)
        middle = (left + end) / 2
        address = next(
            (
                link.address
                for link in links
                if link.left <= middle <= link.right and link.top <= base - size / 4 <= link.bottom
            ),
            None,
        )
        return Run(text, left, end, base, size, bold=bold, italic=italic, address=address)

    def _edge(self, index: int, otherwise: float) -> tuple[float, float]:
        """The left and right edge of what can be seen of a letter."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not self.raw.FPDFText_GetCharBox(self.text, index, left, right, bottom, top):
            return otherwise, otherwise
        one, other = (
            self.frame.place(left.value, bottom.value)[0],
            self.frame.place(right.value, top.value)[0],
        )
        return min(one, other), max(one, other)

    def _face(self, index: int) -> tuple[bool, bool]:
        """Whether a letter is bold, and whether it is italic."""
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 128, flags)
        key = (name.value, flags.value)
        if key not in self.faces:
            font = name.value.decode("utf-8", "replace").lower()
            heavy = self.raw.FPDFText_GetFontWeight(self.text, index) >= 600
            bold = (
                bool(flags.value & 1 << 18)
                or heavy
                or re.search("bold|black|heavy", font) is not None
            )
            self.faces[key] = (
                bold,
                bool(flags.value & 1 << 6) or re.search("italic|oblique", font) is not None,
            )
        return self.faces[key]

    def _links(self) -> Iterator[_Link]:
        raw = self.raw
        at, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        for _ in range(LINKS):
            if not raw.FPDFLink_Enumerate(self.handle, at, link):
                return
            action = raw.FPDFLink_GetAction(link)
            if not action or not raw.FPDFLink_GetAnnotRect(link, box):
                continue
            address = self._address(action)
            if address:
                one, other = (
                    self.frame.place(box.left, box.bottom),
                    self.frame.place(box.right, box.top),
                )
                across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
                yield _Link(across[0], down[0], across[1], down[1], address)

    def _address(self, action: Any) -> str:
        length = self.raw.FPDFAction_GetURIPath(self.opened.raw, action, None, 0)
        if not 1 < length < 4096:
            return ""
        buffer = ctypes.create_string_buffer(length)
        self.raw.FPDFAction_GetURIPath(self.opened.raw, action, buffer, length)
        return buffer.value.decode("utf-8", "replace")

    def _objects(self) -> tuple[list[Run], int]:
        """Spaces that were printed by themselves, some of which PDFium does not give as text, and
        how many pictures there are.
        """
        raw = self.raw
        spaces: list[Run] = []
        pictures = 0
        matrix = raw.FS_MATRIX()
        for index in range(min(raw.FPDFPage_CountObjects(self.handle), OBJECTS)):
            found = raw.FPDFPage_GetObject(self.handle, index)
            kind = raw.FPDFPageObj_GetType(found)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                pictures += 1
            elif (
                kind == raw.FPDF_PAGEOBJ_TEXT
                and ctypes.addressof(found.contents) not in self.written
                and raw.FPDFPageObj_GetMatrix(found, matrix)
            ):
                left, base = self.frame.place(matrix.e, matrix.f)
                if math.isfinite(left) and math.isfinite(base):
                    spaces.append(Run(" ", left, left, base, 1.0, bold=False, italic=False))
        return spaces, pictures


# --- runs into lines ------------------------------------------------------------------------------


def _lines(page: int, runs: list[Run]) -> Iterator[Line]:
    """The lines that runs make, from top to bottom, each with the signs that are raised above it
    or lowered below it.
    """
    rows = [row for row in _rows(runs) if not all(run.blank for run in row)]
    sizes = [_size(row) for row in rows]
    whole: list[list[Run]] = [[] for _ in rows]
    for index, row in enumerate(rows):
        owner = _owner(index, rows, sizes)
        whole[owner] += (
            row if owner == index else [attrs.evolve(run, raised=owner > index) for run in row]
        )
    return (_line(page, row) for row in whole if row)


def _owner(index: int, rows: list[list[Run]], sizes: list[float]) -> int:
    """The row that a row belongs to: itself, or one of larger letters just below or above it."""
    small = sizes[index] / 0.85
    for other in range(index + 1, min(index + 4, len(rows))):
        if (
            small < sizes[other]
            and rows[other][0].base - rows[index][0].base <= RAISED * sizes[other]
        ):
            return other
    above = index - 1
    if (
        above >= 0
        and small < sizes[above]
        and rows[index][0].base - rows[above][0].base <= LOWERED * sizes[above]
    ):
        return above
    return index


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs that stand at one height, or nearly."""
    rows: list[list[Run]] = []
    base = -math.inf
    for run in sorted(runs, key=attrgetter("base")):
        if not rows or run.base - base > 0.15 * run.size:
            rows.append([])
            base = run.base
        rows[-1].append(run)
    return rows


def _size(row: Iterable[Run]) -> float:
    """The size of most letters."""
    weights: dict[float, int] = {}
    for run in row:
        weights[run.size] = weights.get(run.size, 0) + len(run.text.strip())
    return max(weights, key=lambda size: (weights[size], size))


def _line(page: int, group: list[Run]) -> Line:
    runs = tuple(sorted(group, key=attrgetter("left")))
    seen = [run for run in runs if not run.blank]
    size = _size(seen)
    words = [run for run in seen if not run.raised and any(sign.isalnum() for sign in run.text)]
    return Line(
        page=page,
        base=max(run.base for run in seen if run.size == size),
        runs=runs,
        left=seen[0].left,
        right=max(run.right for run in seen),
        size=size,
        bold=bool(words) and all(run.bold for run in words),
        italic=bool(words) and all(run.italic for run in words),
        text=words_of(runs),
    )
