"""Word files in the layout of United Nations documents, read with
[python-docx](https://python-docx.readthedocs.io) (extra `docx`).

Numbers are read from the text, where the United Nations types them; headings are told by their
styles (`_ H_1`, `_ H _Ch`, `Heading 1`) or by being bold from end to end. Language by the script,
else by what the file says of most of its text.

**Kept**: symbol, body and day of distribution from the masthead; session, agenda item, draft,
title, meeting and day of adoption; headings and their depth; preambular paragraphs, paragraphs and
items with their numbers; annexes as documents of their own; footnotes and endnotes where they
stand, starred lines as notes; links as citations; tables, a cell that spans columns being followed
by empty ones.

**Lost**: italics, bold and layout. Running heads and feet, titles of agenda items, text boxes,
pictures, comments, deleted text of tracked changes and numbers that Word counts are in
[`Reading.left_out`][wsis_model.interop.Reading]; inserted text is read.

Paragraphs without a number are `P1`, `P2` ... in the preamble and `U1`, `U2` ... elsewhere.

A file is refused before anything in it is opened when it is encrypted, when it would expand beyond
measure, when it has more elements than a file of its size can have, or when a part of it declares
entities. No address in it is ever looked up.
"""

from __future__ import annotations

import functools
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from pydantic import ValidationError

from ..errors import LoadError, MissingExtra, NotAReference, Position, Problem, excerpt
from ..formats._packages import look_over, refused
from ..model import Citation, Note, Part, Source, TextRow, TextTable, Translations
from ._drafting import (
    Draft,
    annex_of,
    bytes_of,
    cited,
    front_fact,
    identifier_of,
    is_opening,
    number_in_title,
    one_line,
    session_of,
    symbol_in_name,
    symbol_in_title,
)
from ._reading import LeftOut, Reading

__all__ = ["read"]

#: A document may have so many elements, and so many more for each of its bytes: each takes 450
#: bytes of memory.
ELEMENTS = (300_000, 0.2)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = frozenset(f"{_W}{name}" for name in ("drawing", "pict", "object"))
_REMOVED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom"))
_WORDLESS = frozenset(
    f"{_W}{name}"
    for name in (
        "pPr",
        "rPr",
        "instrText",
        "delText",
        "delInstrText",
        "sdtPr",
        "rt",
        "annotationRef",
        "footnoteRef",
    )
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}

_HEADING = re.compile(r"_?\s*H\s*_?\s*(Ch|M|[1-9])(?:/[1-9])*G?|heading ([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"Title.*", re.IGNORECASE)
_NUMBER = re.compile(
    r"[\t ]*(?:(\d{1,4})(?:\.\s+|\s?[-–]\s*(?=[\u0600-\u06ff]))|([A-Z]{0,4}\d{1,4}[A-Z]?(?:\.\d{1,4}){0,3})\.?[ \u00a0]*\t)\s*"
)
_ITEM = re.compile(r"[\t ]*(?:\(([^\W\d_]{1,5})\)|([a-z]{1,4})\))\s+")
_BULLET = re.compile(r"[\t ]*[•·●▪–—-]\t\s*")
_STARRED = re.compile(r"[\t ]*([*†‡]{1,5})\s*(.+)", re.DOTALL)
_SYMBOL_LINE = re.compile(r"[AES](?:/[A-Z0-9-]+(?:\.[0-9]+)*)+(?:\s?\([A-Za-z0-9. -]+\))?")
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')
_ROMANS = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
)
_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
_BODIES = {
    "General Assembly": "general-assembly",
    "Economic and Social Council": "ecosoc",
    "Security Council": "security-council",
}
_COUNTED = "only the number of this text, which Word counts and the file does not hold"
#: Depth of a heading that no style tells: deeper than all that styles do.
_BOLD = 10


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
) -> Reading:
    """What a Word file holds: the document, its annexes, and every text in it that found no place
    in them.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither masthead nor file name (`A_80_L.41.docx`) nor
            title tells it.
        language: Language of its text (`"fr"`), where the file does not tell it.

    Raises:
        LoadError: The file is no whole Word document, or one that is not to be opened.
        NotAReference: *symbol* is no symbol.
        MissingExtra: python-docx is not installed.
    """
    if symbol is not None:
        identifier_of(symbol)
    data, file = bytes_of(source)
    package = _opened(data, file)
    try:
        return _Reader.of(package, symbol, language).reading()
    except NotAReference:
        hint = "give symbol="
        raise LoadError(
            (
                Problem(
                    "missing-field",
                    "neither masthead nor file name nor title tells the document's symbol",
                    Position(file),
                    hint=hint,
                ),
            )
        ) from None
    except ValidationError as error:  # a value that one of our fields does not take
        raise LoadError(
            (Problem("wrong-value", excerpt(str(error), 200).strip("'\""), Position(file)),)
        ) from None


# --- the package ----------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Part:
    """A part of the package: its XML, and where its links lead."""

    root: Any
    links: Mapping[str, str]


@attrs.frozen(eq=False)
class _Package:
    """What is read of a Word file."""

    file: str
    main: _Part
    styles: Mapping[str, str]
    """Names of styles by their identifiers."""
    others: Mapping[str, tuple[_Part, ...]]
    """Parts of these kinds: `header`, `footer`, `footnotes`, `endnotes`, `comments`."""


def _opened(data: bytes, file: str) -> _Package:
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
    _look_before_opening(data, file)
    try:
        document = docx.Document(io.BytesIO(data))
        main: Any = document.part
        styles = {str(style.style_id): str(style.name or "") for style in document.styles}
        others: dict[str, list[_Part]] = {
            "header": [],
            "footer": [],
            "footnotes": [],
            "endnotes": [],
            "comments": [],
        }
        for relation in main.rels.values():
            kind = str(relation.reltype).rpartition("/")[2]
            if kind in others and not relation.is_external:
                part = relation.target_part
                # python-docx parses the parts it knows; the rest, footnotes among them, by its own
                # parser, which resolves no entities.
                root = part.element if hasattr(part, "element") else docx.oxml.parse_xml(part.blob)
                others[kind].append(_Part(root, _links_of(part)))
        if main.element.body is None:
            raise ValueError("no body")  # noqa: EM101 - told below like all that the library finds
    except Exception as error:  # noqa: BLE001 - what the library makes of damaged bytes may be any exception
        said = re.sub(
            r"^file '<.*?>'", "the file", str(error)
        )  # python-docx names the stream it was given
        raise refused(file, "docx", f"not a whole Word document: {excerpt(said, 120)}") from None
    return _Package(
        file,
        _Part(main.element.body, _links_of(main)),
        styles,
        {kind: tuple(parts) for kind, parts in others.items()},
    )


def _links_of(part: Any) -> dict[str, str]:
    return {
        str(key): str(relation.target_ref)
        for key, relation in part.rels.items()
        if relation.is_external
    }


def _look_before_opening(data: bytes, file: str) -> None:
    """See that a package is safe to open.

    Raises:
        LoadError: It is not.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(
            file,
            "docx",
            "the file is encrypted, or of the old Word format",
            "save it as .docx without a password",
        )
    try:
        look_over(data, file, "docx", ELEMENTS[0] + int(ELEMENTS[1] * len(data)))
    except LoadError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises half a dozen exceptions for damaged bytes
        raise refused(
            file, "docx", f"not a whole Word document: {excerpt(str(error), 120)}"
        ) from None


# --- paragraphs -----------------------------------------------------------------------------------


@attrs.define(eq=False)
class _Line:
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
    odd: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])
    """What has no place: the text, and why."""

    @property
    def plain(self) -> str:
        """Its text on one line."""
        return one_line(self.text)

    def citations(self) -> tuple[Citation, ...]:
        """What its links cite, each once."""
        found = (cited(words, address) for words, address in self.links)
        return tuple(dict.fromkeys(citation for citation in found if citation is not None))


@attrs.define(eq=False)
class _Field:
    """A field of Word that is being read: where its result begins, and the address it leads to."""

    address: str = ""
    start: int = 0


@attrs.define(eq=False)
class _Scan:
    """Walks over a paragraph."""

    links: Mapping[str, str]
    line: _Line
    pieces: list[str] = attrs.Factory(list[str])
    fields: list[_Field] = attrs.Factory(list[_Field])
    weights: Counter[bool] = attrs.Factory(Counter[bool])

    def walk(self, element: Any, *, bold: bool = False) -> None:
        """Take in the text below *element*."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):  # a comment
                continue
            name = tag.removeprefix(_W)
            if name in ("t", "sym") or tag == _M_TEXT:
                self._letters(child, bold=bold, symbol=name == "sym")
            elif name in _SIGNS and tag.startswith(_W):
                self.pieces.append(_SIGNS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                self.line.notes.append(
                    (name.removesuffix("Reference") + "s", child.get(f"{_W}id", ""))
                )
            elif name == "fldChar":
                self._field(child.get(f"{_W}fldCharType"))
            elif name == "instrText":
                self._instruction(child.text or "")
            elif name == "hyperlink":
                start = len(self.pieces)
                self.walk(child, bold=bold)
                self.line.links.append(
                    ("".join(self.pieces[start:]), self.links.get(child.get(_R_ID, ""), ""))
                )
            elif tag in _PICTURES:
                self.line.odd += _picture(child)
            elif tag in _REMOVED:
                self._removed(child)
            elif tag not in _WORDLESS and tag != _FALLBACK:
                self.walk(child, bold=_is_bold(child) if name == "r" else bold)

    def _letters(self, element: Any, *, bold: bool, symbol: bool) -> None:
        if symbol:
            self.line.odd.append(
                (
                    f"{element.get(f'{_W}font')} {element.get(f'{_W}char')}",
                    "a sign of a font, with no letter of its own",
                )
            )
            return
        text = element.text or ""
        self.pieces.append(text)
        self.weights[bold] += len(text.strip())

    def _removed(self, element: Any) -> None:
        text = "".join(each.text or "" for each in element.iter(f"{_W}delText", f"{_W}t"))
        if text:
            self.line.odd.append((text, "deleted by a tracked change"))

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
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _picture(element: Any) -> Iterator[tuple[str, str]]:
    """What a drawing holds: the text of its boxes, or nothing but itself."""
    choices = [
        each
        for each in element.iter(f"{_W}t")
        if not any(above.tag == _FALLBACK for above in each.iterancestors())
    ]
    words = one_line(" ".join(each.text or "" for each in choices))
    yield (words, "a text box") if words else (element.tag.removeprefix(_W), "a picture or drawing")


def _line_of(paragraph: Any, links: Mapping[str, str], styles: Mapping[str, str]) -> _Line:
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    line = _Line(style="" if style is None else styles.get(style.get(f"{_W}val", ""), ""))
    line.listed = properties is not None and properties.find(f"{_W}numPr") is not None
    scan = _Scan(links, line)
    scan.walk(paragraph)
    line.text = "".join(scan.pieces)
    line.bold = scan.weights[True] > 0 and scan.weights[False] == 0
    return line


@attrs.frozen(eq=False)
class _Cell:
    """A cell of a table with its lines and how many columns it spans."""

    lines: tuple[_Line, ...]
    columns: int

    @property
    def text(self) -> str:
        return one_line(" ".join(line.text for line in self.lines))


#: The blocks of a body: paragraphs, and tables as rows of cells.
_Table = tuple[tuple[_Cell, ...], ...]


def _blocks(container: Any, part: _Part, styles: Mapping[str, str]) -> Iterator[_Line | _Table]:
    for child in container:
        tag = child.tag
        if not isinstance(tag, str) or not tag.startswith(_W) or tag in _WORDLESS:
            continue
        if tag == f"{_W}p":
            yield _line_of(child, part.links, styles)
        elif tag == f"{_W}tbl":
            yield tuple(
                _row(row, part, styles)
                for row in child.iter(f"{_W}tr")
                if _owner(row, f"{_W}tbl") is child
            )
        elif tag == f"{_W}altChunk":
            yield _Line(odd=[("altChunk", "another file inside this one")])
        elif tag != f"{_W}sectPr":
            yield from _blocks(child, part, styles)  # content controls and the like


def _owner(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _row(row: Any, part: _Part, styles: Mapping[str, str]) -> tuple[_Cell, ...]:
    cells: list[_Cell] = []
    for cell in row.iter(f"{_W}tc"):
        if _owner(cell, f"{_W}tr") is not row:  # of a table in a cell, whose text is the cell's
            continue
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        said = "1" if span is None else span.get(f"{_W}val", "1")
        columns = int(said) if re.fullmatch("[0-9]{1,2}", said) else 1
        cells.append(
            _Cell(
                tuple(_line_of(each, part.links, styles) for each in cell.iter(f"{_W}p")),
                max(columns, 1),
            )
        )
    return tuple(cells)


# --- reading --------------------------------------------------------------------------------------


def _following(label: str) -> tuple[str, ...]:
    """What may come after an item with this label: after (h) come (i) and, were it Roman, nothing."""
    found: list[str] = []
    if label in _ROMANS[:-1]:
        found.append(_ROMANS[_ROMANS.index(label) + 1])
    if len(set(label)) == 1 and "a" <= label[0] < "z":
        found.append(chr(ord(label[0]) + 1) * len(label))
    if label == "z":
        found.append("aa")
    return tuple(found)


@attrs.define(eq=False)
class _Labels:
    """Tells how deep an item stands from the labels before it."""

    held: list[str] = attrs.Factory(list[str])
    """The last label at each depth."""

    def depth_of(self, label: str) -> int:
        """The depth of the item with this label, 1 the highest; there are eight."""
        for depth in range(len(self.held), 0, -1):
            if label in _following(self.held[depth - 1]):
                del self.held[depth - 1 :]
                break
        else:
            if label not in ("a", "i") or len(self.held) == 8:
                del self.held[-1:]
        self.held.append(label)
        return len(self.held)


@attrs.define(eq=False)
class _Reader:
    """Puts the lines of a file in their places."""

    package: _Package
    symbol: str
    blocks: list[_Line | _Table]
    last_title: int
    """Index of the last block in a style for titles, -1 where there is none."""
    levels: Mapping[int, int]
    """Depth in the document by what the style says."""
    drafts: list[Draft]
    titles: dict[str, None] = attrs.Factory(dict[str, None])
    """The lines of the title, each once."""
    labels: _Labels = attrs.Factory(_Labels)
    in_body: bool = False
    resolves: bool = False
    """Whether the document has opening words, so that a preamble may follow them."""
    numbered: bool = False
    annex_title_due: bool = False
    at: int = 0
    marks: Counter[str] = attrs.Factory(Counter[str])
    told: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])
    """Notes that a text refers to."""

    @classmethod
    def of(cls, package: _Package, symbol: str | None, language: str | None) -> _Reader:
        blocks = list(_blocks(package.main.root, package.main, package.styles))
        lines = [block for block in blocks if isinstance(block, _Line)]
        masthead = [
            line.plain
            for part in package.others["header"]
            for line in _lines_below(part, package.styles)
        ]
        found = (
            symbol
            or next((text for text in masthead if _SYMBOL_LINE.fullmatch(text)), None)
            or symbol_in_name(package.file)
            or next(filter(None, (symbol_in_title(line.plain) for line in lines)), "")
        )
        last_title = max(
            (
                at
                for at, block in enumerate(blocks)
                if isinstance(block, _Line) and _is_title(block)
            ),
            default=-1,
        )
        depths = sorted(
            {
                depth
                for line in blocks[last_title + 1 :]
                if isinstance(line, _Line) and (depth := _depth(line))
            }
        )
        draft = Draft(identifier_of(found), language or _language_of(package.main.root, lines))
        draft.facts["symbol"] = found
        made = cls(
            package,
            found,
            blocks,
            last_title,
            {depth: level for level, depth in enumerate(depths, 1)},
            [draft],
        )
        made._particulars()
        return made

    @property
    def draft(self) -> Draft:
        """The document, or the annex, that the reader is in."""
        return self.drafts[-1]

    @property
    def position(self) -> Position:
        """The block that the reader stands at."""
        return Position(self.package.file, heading=f"block {self.at}")

    def leave(self, text: str, reason: str, position: Position | None = None) -> None:
        """Report a text that has no place."""
        self.draft.left_out.append(LeftOut(position or self.position, text, reason))

    def _particulars(self) -> None:
        """What symbol and masthead say of the document."""
        draft = self.draft
        draft.facts["source"] = Source(title=f"{self.symbol}, Word file")
        if "/RES/" in self.symbol:
            draft.facts["kind"] = "resolution"
        if (session := session_of("", self.symbol)) is not None:
            draft.facts["session"] = session
        seen: set[str] = set()
        for kind, reason in (("header", "a running head"), ("footer", "a running foot")):
            for number, part in enumerate(self.package.others[kind], 1):
                for line in _lines_below(part, self.package.styles):
                    position = Position(self.package.file, heading=f"{kind} {number}")
                    for text, why in line.odd:
                        self.leave(text, why, position)
                    if (text := line.plain) and text not in seen:
                        seen.add(text)
                        self._masthead(text, reason, position)

    def _masthead(self, text: str, reason: str, position: Position) -> None:
        facts = front_fact(text)
        if text == self.symbol:
            return
        if text in _BODIES:
            self.draft.take({"body": _BODIES[text]}, position, text)
        elif set(facts) == {
            "adopted"
        }:  # a day by itself, which in a masthead is that of distribution
            self.draft.take({"distributed": facts["adopted"]}, position, text)
        else:
            self.leave(text, reason, position)

    def reading(self) -> Reading:
        """The documents that the blocks make."""
        lines = [block for block in self.blocks if isinstance(block, _Line)]
        self.in_body = not any(
            _is_title(line) or _depth(line) or _begins_body(line) for line in lines
        )
        for at, block in enumerate(self.blocks, 1):
            self.at = at
            if isinstance(block, _Line):
                self._line(block, before_title=self.at <= self.last_title + 1)
            else:
                self._table(block)
        self._rest()
        self.drafts[0].title = ": ".join(self.titles)
        return Reading(
            tuple(draft.document() for draft in self.drafts), tuple(self.drafts[0].left_out)
        )

    def _line(self, line: _Line, *, before_title: bool) -> None:
        for text, reason in line.odd:
            self.leave(text, reason)
        text = line.plain
        if not text:
            self._notes(line, None)
        elif note := _STARRED.fullmatch(line.text):
            self._starred(note, line)
        elif annex := annex_of(
            text, self.drafts[0].id, self.symbol, (draft.id for draft in self.drafts)
        ):
            self._annex(annex, text)
        elif before_title or (not self.in_body and not _begins_body(line)):
            self._front(line, text, before_title=before_title)
        elif depth := _depth(line):
            self._heading(line, text, self.levels[depth])
        else:
            self._body(line, text)

    def _front(self, line: _Line, text: str, *, before_title: bool) -> None:
        """A line before the text proper."""
        self._notes(line, None)
        self._links(line)
        number, title = number_in_title(text)
        if _is_title(line) or (before_title and _depth(line)):
            self._title(title)
            self.in_body = self.at > self.last_title
        elif facts := front_fact(text):
            self.draft.take(facts, self.position, text)
        elif "Agenda_Title" in line.style:
            self.leave(text, "the title of the agenda item")
        elif not self.titles and (_depth(line) or number):
            self._title(title)
            self.in_body = True
        else:
            self.leave(text, "a line of the front that no field takes")

    def _title(self, text: str) -> None:
        title = text.rstrip("*†‡")
        if title:
            self.titles.setdefault(title)

    def _links(self, line: _Line) -> None:
        """Report the links of a line that is no paragraph: only paragraphs and notes cite."""
        for words, address in line.links:
            self.leave(address or one_line(words), "a link outside the paragraphs")

    def _heading(self, line: _Line, text: str, level: int) -> None:
        self.labels = _Labels()
        text = text.rstrip("*†‡")
        if self.annex_title_due:
            self.draft.title = text
        elif text:
            self.draft.heading(text, level)
        self.annex_title_due = False
        self._notes(line, None)
        self._links(line)

    def _annex(self, identifier: str, text: str) -> None:
        self.drafts.append(self.drafts[0].annex(identifier, text))
        self.labels = _Labels()
        self.in_body = self.annex_title_due = True

    def _body(self, line: _Line, text: str) -> None:
        """A paragraph or an item."""
        self.in_body, self.annex_title_due = True, False
        draft = self.draft
        main = draft is self.drafts[0]
        if main and not draft.provisions and is_opening(text):
            draft.opening.append(text)
            self.resolves = True
            self._notes(line, None)
            return
        if main and (facts := front_fact(text)):  # the closing lines: meeting and day
            draft.take(facts, self.position, text)
            return
        made = self._provision(line, text)
        if line.listed:
            self.leave(text, _COUNTED)
        if citations := line.citations():
            made["citations"] = (*made.get("citations", ()), *citations)
        self._notes(line, made["id"])

    def _provision(self, line: _Line, text: str) -> dict[str, Any]:
        draft = self.draft
        if number := _NUMBER.match(line.text):
            self.numbered, self.labels = True, _Labels()
            return draft.paragraph(
                one_line(line.text[number.end() :]), self.position, label=number[1] or number[2]
            )
        if item := _ITEM.match(line.text):
            label = item[1] or item[2]
            depth = 1 + self.labels.depth_of(label)
            return draft.paragraph(
                one_line(line.text[item.end() :]), self.position, label=f"({label})", depth=depth
            )
        if bullet := _BULLET.match(line.text):
            return draft.paragraph(
                one_line(line.text[bullet.end() :]), self.position, depth=2 + len(self.labels.held)
            )
        preamble = self.resolves and not self.numbered and draft is self.drafts[0]
        return draft.paragraph(text, self.position, part=Part.PREAMBULAR if preamble else None)

    def _table(self, table: _Table) -> None:
        rows: list[TextRow] = []
        for row in table:
            cells: list[str] = []
            for cell in row:
                cells += [cell.text, *[""] * (cell.columns - 1)]
                for line in cell.lines:
                    for text, reason in line.odd:
                        self.leave(text, reason)
                    if line.listed and line.plain:
                        self.leave(line.plain, _COUNTED)
                    self._notes(line, self.draft.last)
                    self._links(line)
            rows.append(TextRow(cells=tuple(cells)))
        if any(cell for row in rows for cell in row.cells):
            self.draft.tables.append(
                TextTable(provision=self.draft.last, language=self.draft.language, rows=tuple(rows))
            )

    # --- notes

    @functools.cached_property
    def _note_lines(self) -> dict[tuple[str, str], list[_Line]]:
        """The lines of each note, by the kind of part and its identifier there."""
        found: dict[tuple[str, str], list[_Line]] = {}
        for kind in ("footnotes", "endnotes"):
            for part in self.package.others[kind]:
                for note in part.root.iter(f"{_W}{kind.removesuffix('s')}"):
                    if note.get(f"{_W}type") in (None, "normal"):
                        lines = [
                            _line_of(each, part.links, self.package.styles)
                            for each in note.iter(f"{_W}p")
                        ]
                        found.setdefault((kind, note.get(f"{_W}id", "")), lines)
        return found

    def _notes(self, line: _Line, provision: str | None) -> None:
        """Put the notes of a line where they stand. Footnotes and endnotes are counted apart, as
        Word does.
        """
        for key in line.notes:
            self.marks[key[0]] += 1
            mark = str(self.marks[key[0]])
            lines = self._note_lines.get(key)
            self.told.add(key)
            if lines is None:
                self.leave(mark, f"a mark of a note that is not in the file's {key[0]}")
                continue
            self._note(mark, one_line(" ".join(each.text for each in lines)), lines, provision)

    def _note(self, mark: str, text: str, lines: Iterable[_Line], provision: str | None) -> None:
        citations = tuple(
            dict.fromkeys(citation for each in lines for citation in each.citations())
        )
        said = Translations({self.draft.language: text}) if text else Translations()
        self.draft.notes.append(
            Note(mark=mark, provision=provision, text=said, citations=citations)
        )

    def _starred(self, note: re.Match[str], line: _Line) -> None:
        self._note(note[1], one_line(note[2]), [line], None)
        self._notes(line, None)

    def _rest(self) -> None:
        """Report what the text does not lead to: notes without a mark, and comments."""
        for key, lines in self._note_lines.items():
            if key not in self.told and (text := one_line(" ".join(line.text for line in lines))):
                self.leave(
                    text,
                    f"a note that no mark leads to, in {key[0]}",
                    Position(self.package.file, heading=f"{key[0]} {key[1]}"),
                )
        for part in self.package.others["comments"]:
            for line in _lines_below(part, self.package.styles):
                if text := line.plain:
                    self.leave(text, "a comment", Position(self.package.file, heading="comments"))


def _lines_below(part: _Part, styles: Mapping[str, str]) -> Iterator[_Line]:
    return (
        _line_of(each, part.links, styles)
        for each in part.root.iter(f"{_W}p")
        if _owner(each, _FALLBACK) is None
    )


def _is_title(line: _Line) -> bool:
    return _TITLE.fullmatch(line.style) is not None and line.plain != ""


def _depth(line: _Line) -> int:
    """How deep a heading stands by its style, 1 the highest; 0 where the line is none."""
    if found := _HEADING.fullmatch(line.style):
        said = (found[1] or found[2]).lower()
        return int(said) + (found[1] is not None) if said.isdigit() else 1
    short = 0 < len(line.text) < 200 and not line.text.rstrip().endswith((".", ";", ",", ":"))
    labelled = _NUMBER.match(line.text) or _ITEM.match(line.text) or _BULLET.match(line.text)
    return _BOLD if line.bold and short and not labelled and not _is_title(line) else 0


def _begins_body(line: _Line) -> bool:
    """Whether the text proper has begun with this line: opening words, a number, the style of
    running text.
    """
    return is_opening(line.plain) or _NUMBER.match(line.text) is not None


def _language_of(body: Any, lines: Iterable[_Line]) -> str:
    """The language of the text: by its script, else by what the file says of most of its runs;
    English where it says nothing.
    """
    text = " ".join(line.text for line in lines)
    for language, script in _SCRIPTS.items():
        if 2 * len(script.findall(text)) > len(re.findall(r"[^\W\d_]", text)):
            return language
    said: Counter[str] = Counter()
    for run in body.iter(f"{_W}r"):
        mark = run.find(f"{_W}rPr/{_W}lang")
        if mark is not None and (found := re.match(r"(en|fr|es)\b", mark.get(f"{_W}val", ""))):
            said[found[1]] += sum(len(each.text or "") for each in run.iter(f"{_W}t"))
    return said.most_common(1)[0][0] if said else "en"
