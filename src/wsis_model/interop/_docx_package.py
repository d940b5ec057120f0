"""The parts, paragraphs and tables of a Word file."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..errors import LoadError, MissingExtra, Position, excerpt
from ..formats._packages import check_package
from ..model import Citation
from ._wording import citations_of, one_line

__all__ = [
    "FALLBACK",
    "FilePart",
    "Line",
    "Package",
    "Table",
    "W",
    "blocks_of",
    "line_of",
    "opened",
    "owner",
]

#: A document may have so many elements, and so many more for each of its bytes: each takes 450
#: bytes of memory.
ELEMENTS = (300_000, 0.2)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_REMOVED = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_WORDLESS = frozenset(
    f"{W}{name}"
    for name in [
        "pPr",
        "rPr",
        "instrText",
        "delText",
        "delInstrText",
        "sdtPr",
        "rt",
        "annotationRef",
        "footnoteRef",
    ]
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')


@attrs.frozen(eq=False)
class FilePart:
    """A part of the package: its XML, and where its links lead."""

    root: Any
    links: Mapping[str, str]


@attrs.frozen(eq=False)
class Package:
    """The parts of a Word file that are read."""

    file: str
    main: FilePart
    styles: Mapping[str, str]
    """Names of styles by their identifiers."""
    others: Mapping[str, tuple[FilePart, ...]]
    """Parts of these kinds: `header`, `footer`, `footnotes`, `endnotes`, `comments`."""


def opened(data: bytes, file: str) -> Package:
    """The parts of a Word file.

    Raises:
        LoadError: It is none, or one that is not to be opened.
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx  # takes 0.1 s, and is an extra
        import docx.oxml
    except ImportError:
        raise MissingExtra("docx", "docx") from None  # noqa: EM101 - facts, no sentence
    _refuse_unsafe(data, file)
    try:
        document = docx.Document(io.BytesIO(data))
        main: Any = document.part
        styles = {str(style.style_id): str(style.name or "") for style in document.styles}
        kinds = ("header", "footer", "footnotes", "endnotes", "comments")
        others: dict[str, list[FilePart]] = {kind: [] for kind in kinds}
        for relation in main.rels.values():
            kind = str(relation.reltype).rpartition("/")[2]
            if kind in others and not relation.is_external:
                part = relation.target_part
                # python-docx parses the parts it knows; the rest, footnotes among them, by its own
                # parser, which resolves no entities.
                root = part.element if hasattr(part, "element") else docx.oxml.parse_xml(part.blob)
                others[kind].append(FilePart(root, _links_of(part)))
        if main.element.body is None:
            raise ValueError("no body")  # noqa: EM101 - reported below
    except Exception as error:  # noqa: BLE001 - the library raises anything for damaged bytes
        # python-docx names the stream that it was given.
        reason = re.sub(r"^file '<.*?>'", "the file", str(error))
        raise LoadError.of(
            Position(file), "docx", f"not a whole Word document: {excerpt(reason, 120)}"
        ) from None
    return Package(
        file,
        FilePart(main.element.body, _links_of(main)),
        styles,
        {kind: tuple(parts) for kind, parts in others.items()},
    )


def _links_of(part: Any) -> dict[str, str]:
    return {
        str(key): str(relation.target_ref)
        for key, relation in part.rels.items()
        if relation.is_external
    }


def _refuse_unsafe(data: bytes, file: str) -> None:
    """Check that a package is safe to open.

    Raises:
        LoadError: It is not.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "the file is encrypted, or of the old Word format"
        raise LoadError.of(Position(file), "docx", message, "save it as .docx without a password")
    try:
        check_package(data, file, "docx", ELEMENTS[0] + int(ELEMENTS[1] * len(data)))
    except LoadError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises anything for damaged bytes
        reason = excerpt(str(error), 120)
        raise LoadError.of(Position(file), "docx", f"not a whole Word document: {reason}") from None


@attrs.define(eq=False)
class Line:
    """A paragraph as it stands in the file."""

    style: str = ""
    text: str = ""
    """Its text, tabs included."""
    bold: bool = False
    """Whether all its letters are bold."""
    listed: bool = False
    """Whether Word counts its number."""
    notes: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])
    """Kind of part and identifier of each note in it."""
    links: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])
    """Words and address of each link."""
    unplaced: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])
    """What has no place: the text, and why."""

    @property
    def plain(self) -> str:
        """Its text on one line."""
        return one_line(self.text)

    def citations(self) -> tuple[Citation, ...]:
        """What its links cite, each once."""
        return citations_of(self.links)


@attrs.define(eq=False)
class _Field:
    """A field of Word that is being read: where its result begins, and the address it leads to."""

    address: str = ""
    start: int = 0


@attrs.define(eq=False)
class _LineReader:
    """Reads the text of a paragraph into a line."""

    links: Mapping[str, str]
    line: Line
    pieces: list[str] = attrs.Factory(list[str])
    fields: list[_Field] = attrs.Factory(list[_Field])
    letter_counts: Counter[bool] = attrs.Factory(Counter[bool])

    def read(self, element: Any, *, bold: bool = False) -> None:
        """Read the text below *element*."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):  # a comment
                continue
            name = tag.removeprefix(W)
            if name in ("t", "sym") or tag == _M_TEXT:
                self._letters(child, bold=bold, symbol=name == "sym")
            elif name in _SIGNS and tag.startswith(W):
                self.pieces.append(_SIGNS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                self.line.notes.append(
                    (name.removesuffix("Reference") + "s", child.get(f"{W}id", ""))
                )
            elif name == "fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif name == "instrText":
                self._instruction(child.text or "")
            elif name == "hyperlink":
                start = len(self.pieces)
                self.read(child, bold=bold)
                self.line.links.append(
                    ("".join(self.pieces[start:]), self.links.get(child.get(_R_ID, ""), ""))
                )
            elif tag in _PICTURES:
                self.line.unplaced += _picture(child)
            elif tag in _REMOVED:
                self._removed(child)
            elif tag not in _WORDLESS and tag != FALLBACK:
                self.read(child, bold=_is_bold(child) if name == "r" else bold)

    def _letters(self, element: Any, *, bold: bool, symbol: bool) -> None:
        if symbol:
            sign = f"{element.get(f'{W}font')} {element.get(f'{W}char')}"
            self.line.unplaced.append((sign, "a symbol of a font, which is no letter"))
            return
        text = element.text or ""
        self.pieces.append(text)
        self.letter_counts[bold] += len(text.strip())

    def _removed(self, element: Any) -> None:
        text = "".join(each.text or "" for each in element.iter(f"{W}delText", f"{W}t"))
        if text:
            self.line.unplaced.append((text, "deleted by a tracked change"))

    def _instruction(self, text: str) -> None:
        if self.fields and (found := _LINK_FIELD.match(text)):
            self.fields[-1].address = found[1]

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field(start=len(self.pieces)))
        elif kind == "separate" and self.fields:
            self.fields[-1].start = len(self.pieces)
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            if field.address:
                self.line.links.append(("".join(self.pieces[field.start :]), field.address))


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _picture(element: Any) -> Iterator[tuple[str, str]]:
    """What to report of a drawing: the text of its boxes, or the drawing itself."""
    choices = [
        each
        for each in element.iter(f"{W}t")
        if not any(above.tag == FALLBACK for above in each.iterancestors())
    ]
    words = one_line(" ".join(each.text or "" for each in choices))
    yield (words, "a text box") if words else (element.tag.removeprefix(W), "a picture or drawing")


def line_of(paragraph: Any, links: Mapping[str, str], styles: Mapping[str, str]) -> Line:
    properties = paragraph.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    line = Line(style="" if style is None else styles.get(style.get(f"{W}val", ""), ""))
    line.listed = properties is not None and properties.find(f"{W}numPr") is not None
    scan = _LineReader(links, line)
    scan.read(paragraph)
    line.text = "".join(scan.pieces)
    line.bold = scan.letter_counts[True] > 0 and scan.letter_counts[False] == 0
    return line


@attrs.frozen(eq=False)
class _Cell:
    """A cell of a table with its lines and how many columns it spans."""

    lines: tuple[Line, ...]
    columns: int

    @property
    def text(self) -> str:
        return one_line(" ".join(line.text for line in self.lines))


#: The blocks of a body: paragraphs, and tables as rows of cells.
Table = tuple[tuple[_Cell, ...], ...]


def blocks_of(container: Any, part: FilePart, styles: Mapping[str, str]) -> Iterator[Line | Table]:
    for child in container:
        tag = child.tag
        if not isinstance(tag, str) or not tag.startswith(W) or tag in _WORDLESS:
            continue
        if tag == f"{W}p":
            yield line_of(child, part.links, styles)
        elif tag == f"{W}tbl":
            yield tuple(
                _row(row, part, styles)
                for row in child.iter(f"{W}tr")
                if owner(row, f"{W}tbl") is child
            )
        elif tag == f"{W}altChunk":
            yield Line(unplaced=[("altChunk", "another file inside this one")])
        elif tag != f"{W}sectPr":
            yield from blocks_of(child, part, styles)  # content controls and the like


def owner(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _row(row: Any, part: FilePart, styles: Mapping[str, str]) -> tuple[_Cell, ...]:
    cells: list[_Cell] = []
    for cell in row.iter(f"{W}tc"):
        if owner(cell, f"{W}tr") is not row:  # of a table in a cell, whose text is the cell's
            continue
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = "1" if span is None else span.get(f"{W}val", "1")
        columns = int(width) if re.fullmatch("[0-9]{1,2}", width) else 1
        lines = tuple(line_of(each, part.links, styles) for each in cell.iter(f"{W}p"))
        cells.append(_Cell(lines, max(columns, 1)))
    return tuple(cells)
