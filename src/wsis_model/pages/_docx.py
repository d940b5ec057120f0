"""A page as a Word document, with styles, headings, alternative texts and languages."""

# pyright: reportPrivateUsage=false
# python-docx has no public way to links, fields, bookmarks, alternative texts and repeated rows.

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .._version import __version__
from .._width import readable
from ..errors import MissingExtra
from ..pictures._labels import is_right_to_left
from ._content import (
    Bullets,
    Code,
    Facts,
    Figure,
    Fold,
    Foreign,
    Grid,
    Heading,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Words,
)
from ._docx_styles import SIDE, set_styles
from ._paper import PAGE, lines_of, shares_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph as DocxParagraph

__all__ = ["docx_of"]

#: The width between the margins and the most height of a picture, in centimetres.
WIDE, HIGH = 21 - 2 * SIDE, 12.5
#: A document of more pages has a table of contents.
LONG = 4
#: The day of a document of which none is known, and of all parts of its package.
EPOCH = datetime.date(1980, 1, 1)


def docx_of(
    title: str,
    lead: str,
    sections: Sequence[Section],
    language: str,
    day: datetime.date | None = None,
) -> bytes:
    """A page as a Word document (Office Open XML); *language* is that of its title, *day* the one
    that stands in its properties.

    Raises:
        MissingExtra: python-docx is not installed; or there are pictures, and what draws them is
            not.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("docx", "docx") from None  # noqa: EM101 - facts, no sentence

    document = docx.Document()
    set_styles(document)
    _set_properties(document, readable(title), readable(lead), day or EPOCH)
    writer = _Writer(document)
    writer.paragraph(
        (title if language == "en" else Foreign(title, language),),
        "Title",
    )
    writer.paragraph((lead,), "Subtitle")
    if lines_of(sections) > LONG * PAGE:
        writer.contents(sections)
    for section in sections:
        writer.section(section)
    writer.paragraph((f"Made with wsis_model {__version__}.",), "Remark")
    _footer(document, readable(title))
    stream = io.BytesIO()
    document.save(stream)
    return _repacked(stream.getvalue())


class _Writer:
    """Adds blocks to the body of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.marks = 0

    def section(self, section: Section) -> None:
        heading = self.paragraph((section.title,), "Heading 1")
        self._mark(heading, section.id)
        for block in section.blocks:
            self.block(block)

    def block(
        self, block: Paragraph | Heading | Facts | Bullets | Grid | Figure | Fold, level: int = 2
    ) -> None:
        match block:
            case Paragraph(line, notice):
                self.paragraph(line, "Notice" if notice else "Normal")
            case Heading(text):
                self.paragraph((text,), f"Heading {level}")
            case Facts(pairs):
                for name, line in pairs:
                    self.paragraph((Strong(f"{name}: "), *line), "Fact")
            case Bullets(lines, more, signs):
                for line in lines:
                    self.paragraph(line, "List" if signs else "List Bullet")
                self._remark(more)
            case Grid():
                self._grid(block)
            case Figure():
                self._figure(block)
            case Fold(line, blocks):
                self.paragraph(line, f"Heading {min(level + 1, 4)}")
                for each in blocks:
                    self.block(each, min(level + 2, 4))

    def paragraph(self, line: Line, style: str) -> DocxParagraph:
        found: DocxParagraph = self.document.add_paragraph(style=style)
        _write(found, line)
        return found

    def _remark(self, text: str) -> None:
        if text:
            self.paragraph((text,), "Remark")

    def _grid(self, grid: Grid) -> None:
        self.paragraph((grid.caption,), "Caption")
        table: Table = self.document.add_table(rows=len(grid.rows) + 1, cols=len(grid.heads))
        table.style = "Plan"
        _describe_table(table, readable(grid.caption))
        rows: Iterator[Any] = iter(table.rows)
        self._cells(next(rows), [(each,) for each in grid.heads], grid, heads=True)
        for line, row in zip(grid.rows, rows, strict=True):
            self._cells(row, line, grid)
        _set_widths(table, shares_of(grid))
        if grid.more:
            self._remark(grid.more)

    def _cells(self, row: Any, lines: Sequence[Line], grid: Grid, *, heads: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement

        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if heads:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, line, head in zip(row.cells, lines, grid.heads, strict=True):
            found = cell.paragraphs[0]
            found.style = "Table Head" if heads else "Table Text"
            if head in grid.numbers:
                found.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(found, line)

    def _figure(self, figure: Figure) -> None:
        from docx.shared import Cm

        picture = figure.picture
        data = picture.to_png(3)
        wide, high = struct.unpack(">II", data[16:24])
        width = min(WIDE, HIGH * wide / high)
        found = self.paragraph((), "Figure")
        shape = found.add_run().add_picture(io.BytesIO(data), width=Cm(width))
        properties = shape._inline.docPr
        properties.set("title", readable(picture.title))
        properties.set("descr", readable(picture.alt))
        properties.set("name", readable(picture.title))

    def contents(self, sections: Sequence[Section]) -> None:
        """A table of contents, which Word fills with page numbers when it is asked to update it."""
        self.paragraph(("Contents",), "TOC Heading")
        for at, section in enumerate(sections):
            found = self.document.add_paragraph(style="TOC 1")
            if at == 0:
                _field(found, r' TOC \o "1-1" \h \z \u ', begins=True)
            _link_within(found, section.id, readable(section.title))
            if at == len(sections) - 1:
                _field_end(found)

    def _mark(self, paragraph: DocxParagraph, name: str) -> None:
        """Make a paragraph a place that links can lead to."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.marks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self.marks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
                paragraph._p.insert(1, mark)
            else:
                paragraph._p.append(mark)


# --- words ----------------------------------------------------------------------------------------


def _write(paragraph: DocxParagraph, line: Line) -> None:
    """Add words to a paragraph."""
    for words in line:
        _add(paragraph, words)


def _add(paragraph: DocxParagraph, words: Words) -> None:
    match words:
        case Link(text, url):
            _link(paragraph, readable(text), url)
        case Code(text):
            paragraph.add_run(readable(text), style="Code")
        case Strong(text):
            paragraph.add_run(readable(text), style="Strong")
        case Foreign(text, language):
            _set_language(paragraph.add_run(readable(text)), language, text)
        case _:
            paragraph.add_run(readable(words))


def _set_language(run: Any, language: str, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    leftward = is_right_to_left(text)
    if leftward:
        run.font.rtl = True
    mark = OxmlElement("w:lang")
    mark.set(qn("w:bidi" if leftward else "w:val"), language)
    run._r.get_or_add_rPr().append(mark)


def _link(paragraph: DocxParagraph, text: str, url: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to(readable(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


def _link_within(paragraph: DocxParagraph, name: str, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _field(paragraph: DocxParagraph, instruction: str, *, begins: bool = False) -> None:
    """A field, which Word works out; one that only begins goes on in the next paragraphs."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "separate", *(() if begins else ("text", "end"))):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind == "text":
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = instruction
            part.set(qn("xml:space"), "preserve")
        run._r.append(part)


def _field_end(paragraph: DocxParagraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), "end")
    paragraph.add_run()._r.append(part)


# --- tables ---------------------------------------------------------------------------------------


def _describe_table(table: Table, caption: str) -> None:
    """The alternative text of a table, and which of its cells are headings."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties: Any = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name in list(look.attrib):
        del look.attrib[name]
    for name, value in (
        ("val", "06A0"),
        ("firstRow", "1"),
        ("lastRow", "0"),
        ("firstColumn", "1"),
        ("lastColumn", "0"),
        ("noHBand", "1"),
        ("noVBand", "1"),
    ):
        look.set(qn(f"w:{name}"), value)
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    properties.append(title)


def _set_widths(table: Table, shares: Sequence[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    widths = [Cm(WIDE * share) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


# --- the document as a whole ----------------------------------------------------------------------


def _set_properties(document: Document, title: str, lead: str, day: datetime.date) -> None:
    properties = document.core_properties
    when = datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Word takes it as UTC
    properties.title, properties.subject = title[:255], lead[:255]
    properties.language = "en-GB"
    properties.author = properties.last_modified_by = "wsis_model"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = when
    properties.revision = 1


def _footer(document: Document, title: str) -> None:
    """The title and the number of the page at the foot of each page."""
    found = document.sections[0].footer.paragraphs[0]
    found.style = "Footer"
    found.add_run(f"{title} · page ")
    _field(found, " PAGE ")
    found.add_run(" of ")
    _field(found, " NUMPAGES ")


def _repacked(data: bytes) -> bytes:
    """The same package with all its parts of one day, so that a page gives the same bytes again."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.infolist():
            part = zipfile.ZipInfo(each.filename, (EPOCH.year, EPOCH.month, EPOCH.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(each.filename))
    return stream.getvalue()
