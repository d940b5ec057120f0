"""The styles of a Word document: those that Word knows by name, and a few of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["SIDE", "set_styles"]

#: The margins on either side, in centimetres.
SIDE = 1.9
FONT = "Arial"
INK, SOFT, LINK, RULE, BAND = "1B1F24", "4D5661", "0B4F8A", "8A939D", "F1F4F7"

#: What stands after a border among the properties of a paragraph.
_AFTER_BORDER = ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")

#: Style: size in points, space before and after in points, bold, colour, kept with what follows.
_PARAGRAPHS: dict[str, tuple[float, float, float, bool, str, bool]] = {
    "Normal": (9.5, 0, 3, False, INK, False),
    "Title": (18, 0, 1, True, INK, True),
    "Subtitle": (9.5, 0, 5, False, SOFT, False),
    "Heading 1": (12, 8, 3, True, INK, True),
    "Heading 2": (10.5, 6, 2, True, INK, True),
    "Heading 3": (9.5, 5, 2, True, INK, True),
    "Heading 4": (9.5, 4, 2, True, SOFT, True),
    "TOC Heading": (12, 6, 3, True, INK, True),
    "TOC 1": (9.5, 0, 2, False, INK, False),
    "List Bullet": (9.5, 0, 1.5, False, INK, False),
    "List": (9.5, 0, 1.5, False, INK, False),
    "Caption": (8.5, 3, 2, True, SOFT, True),
    "Footer": (8, 0, 0, False, SOFT, False),
    "Notice": (9.5, 2, 5, False, INK, False),
    "Fact": (9.5, 0, 1.5, False, INK, False),
    "Remark": (8.5, 2, 4, False, SOFT, False),
    "Figure": (9.5, 2, 4, False, INK, False),
    "Table Text": (8.5, 1, 1, False, INK, False),
    "Table Head": (8.5, 1, 1, True, INK, True),
}


def set_styles(document: Document) -> None:
    """Set the paper, the language and the styles of an empty document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    paper: Any = document.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    paper.left_margin = paper.right_margin = Cm(SIDE)
    paper.top_margin, paper.bottom_margin = Cm(1.5), Cm(1.5)
    paper.header_distance, paper.footer_distance = Cm(0.7), Cm(0.7)
    styles: Any = document.styles
    there = {each.name for each in styles}
    for name, (size, before, after, bold, colour, kept) in _PARAGRAPHS.items():
        if name not in there:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        style = styles[name]
        _set_font(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        space = style.paragraph_format
        space.space_before, space.space_after = Pt(before), Pt(after)
        space.line_spacing, space.keep_with_next = 1.08, kept
        space.widow_control = True
    for name in ("List", "List Bullet"):
        styles[name].paragraph_format.left_indent = Cm(0.5)
        styles[name].paragraph_format.first_line_indent = Cm(-0.5)
        styles[name].paragraph_format.keep_together = True
    _border(styles["Notice"], "left", RULE, 24, 6)
    styles["Notice"].paragraph_format.left_indent = Cm(0.3)
    _border(styles["Heading 1"], "bottom", RULE, 6, 1)
    _no_border(styles["Title"])
    for name, bold, colour, underlined in (
        ("Strong", True, "", False),
        ("Hyperlink", False, LINK, True),
        ("Code", False, "", False),
    ):
        if name not in there:
            styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        font = styles[name].font
        font.bold, font.underline = bold or None, underlined or None
        if colour:
            font.color.rgb = RGBColor.from_string(colour)
    styles["Code"].font.name = "Consolas"
    _table_style(styles)
    _set_language(styles)


def _set_font(style: Any) -> None:
    """One font for all scripts, instead of those of the theme."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    for name in ("spacing", "kern"):
        for each in properties.findall(qn(f"w:{name}")):
            properties.remove(each)
    fonts = properties.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _border(style: Any, side: str, colour: str, eighths: int, space: int) -> None:
    """A line beside or below the paragraphs of a style, so many eighths of a point thick."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _no_border(style)
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)
    properties = style.element.get_or_add_pPr()
    later = {qn(f"w:{each}") for each in _AFTER_BORDER}
    before = next((each for each in properties if each.tag in later), None)
    if before is None:
        properties.append(borders)
    else:
        before.addprevious(borders)


def _no_border(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for each in properties.findall(qn("w:pBdr")):
        properties.remove(each)


def _table_style(styles: Any) -> None:
    """The style of tables: lines between rows, and headings on a band."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    style = styles.add_style("Plan", WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    borders = (
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    heads = (
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/></w:tcPr></w:tblStylePr>'
    )
    for part in (borders, heads):
        style.element.append(parse_xml(part))


def _set_language(styles: Any) -> None:
    """English as the language of everything that does not say otherwise."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "en-GB")
