"""Small PDFs in the layout of United Nations documents, written by hand: what the tests of the
reader read.

Places and sizes are those of the documents: Letter, Times, text from 123 to 488, first lines from
147, notes under a rule, heads and feet on every page but the first. The words are ours.
"""

from __future__ import annotations

import re
import textwrap

import attrs

LEFT, INDENT, TOP, BOTTOM, PITCH = 123.0, 147.0, 84.0, 640.0, 12.0
FONTS = {"R": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic"}
#: `*italic*`, `**bold**`, `^mark^`; anything else is plain.
_FACES = re.compile(r"\*\*(?P<B>.+?)\*\*|\*(?P<I>.+?)\*|\^(?P<mark>.+?)\^")


@attrs.define
class Sheet:
    """A page: what is printed on it, and its links."""

    content: list[str] = attrs.Factory(list[str])
    links: list[tuple[float, float, float, float, str]] = attrs.Factory(
        list[tuple[float, float, float, float, str]]
    )

    def print(self, x: float, y: float, text: str, *, size: float = 10, face: str = "R") -> None:
        """Print *text* from the left edge *x*, on a line *y* below the top of the page."""
        shown: list[str] = []
        at = 0
        for found in _FACES.finditer(text):
            shown.append(_run(text[at : found.start()], face, size))
            if found["mark"]:
                shown.append(f"{0.35 * size:.2f} Ts {_run(found['mark'], 'R', 0.65 * size)} 0 Ts")
            else:
                shown.append(_run(found["B"] or found["I"], "B" if found["B"] else "I", size))
            at = found.end()
        shown.append(_run(text[at:], face, size))
        self.content.append(f"BT {x:.2f} {792 - y:.2f} Td {' '.join(filter(None, shown))} ET")

    def link(self, x: float, y: float, width: float, address: str) -> None:
        """Lay a link over what is printed there."""
        self.links.append((x, 792 - y - 3, x + width, 792 - y + 9, address))


def _run(text: str, face: str, size: float) -> str:
    if not text:
        return ""
    escaped = re.sub(r"([\\()])", r"\\\1", text)
    return f"/{face} {size:.2f} Tf ({escaped}) Tj"


def bare(text: str) -> str:
    """*text* without the signs that say how it is printed."""
    return _FACES.sub(lambda found: found["B"] or found["I"] or "", text)


@attrs.define
class Maker:
    """Lays paragraphs out on pages, as a word processor does."""

    symbol: str
    head: str = "A title that runs on at the head of every page"
    sheets: list[Sheet] = attrs.Factory(lambda: [Sheet()])
    y: float = 0.0
    notes: list[tuple[str, str, str]] = attrs.Factory(list[tuple[str, str, str]])

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def masthead(self, *, session: str, item: str, agenda: str, day: str) -> None:
        """The first page down to the title of the agenda item."""
        sheet = self.sheet
        sheet.print(LEFT, 58, "United Nations", size=14)
        sheet.print(482, 57, self.symbol[0], size=20)
        sheet.print(500, 57, self.symbol[1:])
        sheet.print(124, 86, "General Assembly", size=20, face="B")
        sheet.print(397, 87, "Distr.: General")
        sheet.print(397, 98, day)
        sheet.print(60, 222, session, face="B")
        sheet.print(60, 234, item)
        sheet.print(60, 246, agenda, face="B")
        self.y = 270

    def lines(
        self,
        lines: list[str],
        *,
        first: float = INDENT,
        size: float = 10,
        face: str = "R",
        left: float = LEFT,
        pitch: float = PITCH,
    ) -> None:
        """A paragraph, line by line; what finds no room goes on on another page."""
        self.y += 6
        for index, line in enumerate(lines):
            if self.y + pitch > BOTTOM:
                self.turn()
            self.y += pitch
            self.sheet.print(first if index == 0 else left, self.y, line, size=size, face=face)

    def paragraph(
        self, text: str, *, first: float = INDENT, face: str = "R", size: float = 10
    ) -> None:
        """A paragraph, broken into lines, also after hyphens."""
        self.lines(
            textwrap.wrap(text, 78, break_long_words=False), first=first, face=face, size=size
        )

    def heading(self, text: str, *, face: str = "B", size: float = 10) -> None:
        self.y += 6
        self.paragraph(text, first=LEFT, face=face, size=size)

    def note(self, mark: str, text: str, address: str = "") -> None:
        """A note at the foot of the page that is open; without a mark, more of the last note of the
        page before.
        """
        self.notes.append((mark, text, address))

    def turn(self) -> None:
        """Finish the page and open another."""
        self._foot()
        self.sheets.append(Sheet())
        number = len(self.sheets)
        outer, inner = (60.0, 320.0) if number % 2 == 0 else (500.0, 60.0)
        self.sheet.print(outer, 59, self.symbol, size=8.5, face="B")
        self.sheet.print(inner, 49, self.head, size=8.5, face="B")
        self.sheet.print(inner, 59, "and on over a second line", size=8.5, face="B")
        self.y = TOP - PITCH

    def _foot(self) -> None:
        sheet, number = self.sheet, len(self.sheets)
        if self.notes:
            y = 730 - 10.5 * sum(1 + text.count("\n") for _, text, _ in self.notes)
            sheet.print(99, y - 4, "_" * 15, size=9, face="B")
            for mark, text, address in self.notes:
                if address:
                    sheet.link(LEFT, y + 10.5, 60, address)
                for index, line in enumerate(text.split("\n")):
                    y += 10.5
                    sheet.print(
                        117 if mark and index == 0 else LEFT,
                        y,
                        f"^{mark}^  {line}" if mark and index == 0 else line,
                        size=8.5,
                    )
        self.notes = []
        if number == 1:
            sheet.print(60, 749, "99-12345 (E)")
            sheet.print(60, 765, "9912345", size=12)
        else:
            sheet.print(525, 754, "99-12345", size=7)
            sheet.print(60, 755, f"{number}/9", size=8.5, face="B")

    def made(self) -> bytes:
        """The file."""
        self._foot()
        return pdf(self.sheets)


def pdf(sheets: list[Sheet], *, count: int | None = None, trailer: str = "") -> bytes:
    """The file that holds *sheets*; *count* is what it says of how many they are."""
    objects: list[str] = ["", ""]  # the catalogue and the tree of pages, which know the others
    fonts: dict[str, int] = {}
    for name, base in FONTS.items():
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        )
        fonts[name] = len(objects)
    resources = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    kids: list[int] = []
    for sheet in sheets:
        content = "\n".join(sheet.content)
        objects.append(
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"
        )
        stream = len(objects)
        marks = " ".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{left:.1f} {bottom:.1f} {right:.1f} {top:.1f}]"
            f" /A << /S /URI /URI ({address}) >> >>"
            for left, bottom, right, top, address in sheet.links
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R"
            f" /Resources << /Font << {resources} >> >> /Annots [{marks}] >>"
        )
        kids.append(len(objects))
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = (
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count"
        f" {count or len(kids)} >>"
    )
    return assembled([each.encode("cp1252") for each in objects], trailer.encode())


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """The file that holds *objects*, the first of which is the catalogue."""
    made = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(made)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    made += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, trailer)
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def resolution() -> bytes:
    """A resolution of three pages with everything that the reader minds, and an annex."""
    made = Maker("A/RES/99/7")
    made.masthead(
        session="Ninety-ninth session",
        item="Agenda item 7 (b)",
        agenda="Gardens of the cities",
        day="21 May 2044",
    )
    made.y += 15
    made.lines(
        ["Resolution adopted by the General Assembly", "on 17 May 2044"],
        first=LEFT,
        size=14,
        face="B",
        pitch=15,
    )
    made.lines(["[*without reference to a Main Committee (A/99/L.5)*]"], first=LEFT)
    made.y += 6
    made.lines(["99/7.  Public gardens and those who"], first=85, size=12, face="B")
    made.y -= 4
    made.lines(["look after them"], first=LEFT, size=12, face="B")
    made.paragraph("*The General Assembly*,")
    made.paragraph(
        "*Recalling* its earlier words on gardens,^1^ and those on the people who look after them"
        " in all the well-known cities of the world,"
    )
    made.note("1", "Resolution 98/4.", "https://docs.un.org/en/A/RES/98/4")
    made.paragraph("*Noting* that a garden needs water,")
    made.heading("I. Water")
    made.lines(
        [
            "1.  *Decides* that each garden may use as much water as it needs, on a long-",
            "term plan of its own, and that the plan is read by the neighbours;^2^",
        ]
    )
    made.note(
        "2",
        "Neighbours are those within sight of the garden, as the word is used in the\nPlan for"
        " Gardens, chap. II.",
    )
    made.paragraph("2.  *Asks* the gardeners:")
    made.paragraph(
        "(a)  To count the trees, the shrubs and everything else that has roots, one by one, in"
        " spring and in autumn;"
    )
    made.paragraph("(b)  To write down:")
    made.paragraph("(i)  What they have counted;", first=171)
    made.paragraph("(ii)  What they could not count;", first=171)
    made.paragraph("(c)  To rest;")
    made.turn()
    made.heading("II. Paths")
    made.heading("Gravel", face="I")
    long = "3.  *Also decides* that a path is raked once a week, and that whoever rakes it "
    made.paragraph(long + "is thanked by whoever walks on it " * 40 + "in every season;")
    made.paragraph("4.  *Requests* a report of 99^th^ length, with a table:")
    for cells in (("Garden", "Trees", "Paths"), ("North", "12", "3"), ("South", "40", "5")):
        made.y += PITCH
        for x, cell in zip((147.0, 300.0, 400.0), cells, strict=True):
            made.sheet.print(x, made.y, cell)
    made.y += 12
    for x, line in ((396.0, "12th plenary meeting"), (423.0, "17 May 2044")):
        made.y += PITCH
        made.sheet.print(x, made.y, line, face="I")
    made.heading("Annex")
    made.heading("Plan for gardens")
    made.paragraph("1.  We will plant before we count.", first=LEFT)
    made.paragraph("2.  We will count before we cut.", first=LEFT)
    return made.made()
