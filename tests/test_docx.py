"""Word files in the layout of United Nations documents: what is read, what is reported, and what is
never opened.
"""

from __future__ import annotations

import builtins
import functools
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as library
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import parse_xml
from faulty import faults
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import Citation, Document, LoadError, MissingExtra, NotAReference, Part
from wsis_model.formats import _packages
from wsis_model.interop import docx
from wsis_model.interop._reading import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
STYLES = (
    "Session",
    "Agenda_Item_Normal",
    "Agenda_Title_H2",
    "Title_H1",
    "_ H _Ch",
    "_ H_1",
    "_ H_2/3",
    "__Single Txt",
)
BODY = "__Single Txt"


class Paper:
    """A Word file in the making: each method adds what its name says."""

    def __init__(self) -> None:
        self.file: Any = library.Document()
        for style in STYLES:
            self.file.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        self.notes: list[str] = []

    def masthead(self, *lines: str) -> Paper:
        header = self.file.sections[0].header
        header.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            header.add_paragraph(line)
        return self

    def line(self, text: str, style: str = BODY) -> Paper:
        self.file.add_paragraph(text, style)
        return self

    def xml(self, inside: str) -> Paper:
        """A paragraph of the given runs."""
        properties = f'<w:pPr><w:pStyle w:val="{self.file.styles[BODY].style_id}"/></w:pPr>'
        self.file.element.body.insert(
            -1, parse_xml(f"<w:p {NAMESPACES}>{properties}{inside}</w:p>")
        )
        return self

    def link(self, before: str, words: str, address: str) -> Paper:
        key = self.file.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.xml(run(before) + f'<w:hyperlink r:id="{key}">{run(words)}</w:hyperlink>')

    def noted(self, before: str, note: str, after: str = "") -> Paper:
        self.notes.append(note)
        mark = f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        return self.xml(run(before) + mark + run(after))

    def table(self, *rows: tuple[str, ...]) -> Paper:
        table = self.file.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return self

    def part(self, kind: str, content: str) -> Paper:
        """Add a part that python-docx does not know."""
        name = PackURI(f"/word/{kind}.xml")
        made = OpcPart(
            name,
            f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml",
            content.encode(),
            self.file.part.package,
        )
        self.file.part.relate_to(made, f"{R}/{kind}")
        return self

    def bytes(self) -> bytes:
        if self.notes:
            notes = "".join(
                f'<w:footnote w:id="{n}"><w:p>{run(text)}</w:p></w:footnote>'
                for n, text in enumerate(self.notes, 1)
            )
            separator = (
                f'<w:footnote w:id="0" w:type="separator"><w:p>{run("---")}</w:p></w:footnote>'
            )
            self.part("footnotes", f"<w:footnotes {NAMESPACES}>{separator}{notes}</w:footnotes>")
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def reading(self, **given: str) -> Reading:
        return docx.read(self.bytes(), **{"symbol": "A/RES/99/7", **given})


def run(text: str, properties: str = "") -> str:
    """A run of WordprocessingML."""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{piece}</w:t>' for piece in text.split("\t")
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{pieces}</w:r>"


def resolution() -> Paper:
    """A resolution on maps, in the layout of the General Assembly."""
    paper = Paper().masthead(
        "A/RES/99/7", "United Nations", "General Assembly", "Distr.: General", "6 May 2031"
    )
    paper.line("Ninety-ninth session", "Session").line("Agenda item 15", "Agenda_Item_Normal").line(
        "Mapping", "Agenda_Title_H2"
    )
    paper.line("Resolution adopted by the General Assembly on 4 May 2031", "_ H_1")
    paper.line("[without reference to a Main Committee (A/99/L.3)]", "Normal")
    paper.line("99/7.\tMaps for all", "_ H_1")
    paper.line("\tThe General Assembly,")
    paper.noted("\tRecalling what it said of maps,", "A map of 1900.", " and of globes,")
    paper.line("The maps", "_ H _Ch").line("Where they are kept", "_ H_1")
    paper.line("\t1.\tAsks for maps that:").line("\t(a)\tare legible;").line("\t(b)\tshow by day:")
    paper.line("\t(i)\trivers;").line("\t(ii)\troads;").line("\t(c)\tare  light,\tand flat;").line(
        "and that fit a pocket."
    )
    paper.link("\t2.\tFollows ", "resolution 70/1", "https://docs.un.org/en/A/RES/70/1")
    paper.table(("Map", "Scale"), ("City", "1:10"))
    paper.line("\t(c)\tnot an item of it,")
    paper.line("9th plenary meeting\n4 May 2031", "Normal")
    return (
        paper.line("Annex", "_ H _Ch")
        .line("How to fold", "_ H_1")
        .line("1.\tOnce across.")
        .line("Where there is no table.")
    )


@pytest.fixture(scope="module")
def maps() -> Reading:
    """The resolution, read."""
    return docx.read(resolution().bytes())


def numbers(document: Document) -> list[str]:
    """The numbers of the provisions."""
    return [each.number for each in document.provisions]


# --- what a document says -------------------------------------------------------------------------


def test_masthead_and_front_tell_the_particulars(maps: Reading) -> None:
    """Symbol and day of distribution stand in the masthead, the rest in the lines before the text."""
    found = maps.document

    assert ("99-7", "A/RES/99/7", "Maps for all", "general-assembly") == (
        found.id,
        found.symbol,
        found.title["en"],
        found.body,
    )
    assert ("2031-05-04", "2031-05-06", "9th plenary meeting") == (
        str(found.adopted),
        str(found.distributed),
        found.meeting,
    )
    assert ("sessions/ga-99", "15", "a-99-l-3", "resolution") == (
        found.session,
        found.agenda_item,
        found.draft,
        found.kind,
    )
    assert {"en": "The General Assembly,"} == found.opening


def test_numbers_are_read_from_the_text(maps: Reading) -> None:
    """Paragraphs, items and items of items have the numbers that are typed before them."""
    assert ["P1", "1", "1(a)", "1(b)", "1(b)(i)", "1(b)(ii)", "1(c)", "2", "2(c)"] == numbers(
        maps.document
    )
    assert ("99-7/1-b-ii", "99-7/1-b") == (
        maps.document.provisions[5].id,
        maps.document.provisions[5].parent,
    )
    assert [Part.PREAMBULAR, Part.OPERATIVE] == [each.part for each in maps.document.provisions[:2]]


def test_text_has_single_spaces_and_neither_number_nor_mark(maps: Reading) -> None:
    """What remains of a paragraph is its words; what wraps its items up stands on a line of its
    own.
    """
    texts = {each.number: each.text["en"] for each in maps.document.provisions}

    assert "Recalling what it said of maps, and of globes," == texts["P1"]
    assert "are light, and flat;" == texts["1(c)"]
    assert "Asks for maps that:\nand that fit a pocket." == texts["1"]


def test_styles_tell_headings_and_their_depth(maps: Reading) -> None:
    """A chapter stands above a heading of the first degree."""
    assert [("The maps", 1, None), ("Where they are kept", 2, "99-7/s1")] == [
        (each.heading["en"], each.level, each.parent) for each in maps.document.sections
    ]
    assert "99-7/s2" == maps.document.provisions[1].section


def test_a_paragraph_bold_from_end_to_end_is_a_heading() -> None:
    """As long as it is short, has no number and ends like none."""
    paper = (
        Paper()
        .line("\t1.\tOne.")
        .xml(run("The ", "<w:b/>") + run("maps", "<w:b/>"))
        .xml(run("2.\tBold throughout.", "<w:b/>"))
        .xml(run("Half ", "<w:b/>") + run("bold"))
    )

    found = paper.reading().document

    assert ["The maps"] == [each.heading["en"] for each in found.sections]
    assert ["1", "2", "U1"] == numbers(found)


def test_notes_stand_where_their_marks_stand(maps: Reading) -> None:
    """Footnotes are counted as Word counts them, separators are none."""
    assert [("1", "99-7/p1", "A map of 1900.")] == [
        (each.mark, each.provision, each.text["en"]) for each in maps.document.notes
    ]


def test_starred_lines_are_notes() -> None:
    """A line that begins with a star is the note of the star in the front, which is not part of the
    field it stands at.
    """
    found = (
        Paper()
        .line("Item 137 of the preliminary list*", "Agenda_Item_Normal")
        .line("\t*\tA/99/50.", "Normal")
        .line("Maps**", "Title_H1")
        .reading()
        .document
    )

    assert ("137", "Maps", ["*"]) == (
        found.agenda_item,
        found.title["en"],
        [each.mark for each in found.notes],
    )


def test_links_are_citations(maps: Reading) -> None:
    """Of relations, and of fields."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText>HYPERLINK "https://undocs.org/en/A/RES/70/125"</w:instrText></w:r>'
    paper = Paper().xml(
        run("1.\tSee ")
        + field.format("begin")
        + code
        + field.format("separate")
        + run("the review")
        + field.format("end")
        + run(".")
    )

    assert (Citation(target="70-1"),) == maps.document.provisions[7].citations
    assert [(Citation(target="70-125"),), "See the review."] == [
        paper.reading().document.provisions[0].citations,
        paper.reading().document.provisions[0].text["en"],
    ]


def test_tables_are_kept_as_tables(maps: Reading) -> None:
    """A table stands after a provision and is a list of rows."""
    (table,) = maps.document.tables

    assert ("99-7/2", "en", [("Map", "Scale"), ("City", "1:10")]) == (
        table.provision,
        table.language,
        [row.cells for row in table.rows],
    )


def test_a_cell_that_spans_columns_is_followed_by_empty_ones() -> None:
    """Columns keep their places."""
    paper = Paper().line("1.\tOne.").table(("a", "b", "c"))
    row = paper.file.tables[0].rows[0]
    row.cells[0].merge(row.cells[1])

    assert ("a b", "", "c") == paper.reading().document.tables[0].rows[0].cells


def test_an_annex_is_a_document_of_its_own(maps: Reading) -> None:
    """Its numbers begin again; what has none is counted."""
    _, annex = maps.documents

    assert ("99-7-annex", "99-7", "How to fold") == (annex.id, annex.annex_of, annex.title["en"])
    assert [("99-7-annex/1", Part.ANNEX), ("99-7-annex/u1", Part.ANNEX)] == [
        (each.id, each.part) for each in annex.provisions
    ]


def test_inserted_text_is_read_and_deleted_text_reported() -> None:
    """Tracked changes are read as if accepted."""
    deleted = '<w:del w:id="2"><w:r><w:delText>not </w:delText></w:r></w:del>'
    found = (
        Paper()
        .xml(run("1.\tAsks ") + deleted + f'<w:ins w:id="3">{run("for maps.")}</w:ins>')
        .reading()
    )

    assert "Asks for maps." == found.document.provisions[0].text["en"]
    assert ("not ", "deleted by a tracked change") in [
        (each.text, each.reason) for each in found.left_out
    ]


def test_text_in_content_controls_is_read() -> None:
    """A paragraph in a control is a paragraph."""
    paper = Paper()
    control = (
        "<w:sdt"
        f" {NAMESPACES}><w:sdtPr/><w:sdtContent><w:p>{run('1.')}{run(chr(9) + 'One.')}</w:p></w:sdtContent></w:sdt>"
    )
    paper.file.element.body.insert(-1, parse_xml(control))

    assert ["1"] == numbers(paper.reading().document)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("a b c", "1(a) 1(b) 1(c)"),
        ("h i j", "1(h) 1(i) 1(j)"),
        ("a i ii iii b", "1(a) 1(a)(i) 1(a)(ii) 1(a)(iii) 1(b)"),
        ("i ii iii iv", "1(i) 1(ii) 1(iii) 1(iv)"),
        ("a i ii a b iii b", "1(a) 1(a)(i) 1(a)(ii) 1(a)(ii)(a) 1(a)(ii)(b) 1(a)(iii) 1(b)"),
        ("z aa bb", "1(z) 1(aa) 1(bb)"),
    ],
)
def test_depth_of_items_follows_from_their_labels(labels: str, expected: str) -> None:
    """After (h) comes (i), and after (a) begins (i)."""
    paper = Paper().line("1.\tAsks:")
    for label in labels.split():
        paper.line(f"\t({label})\tthis;")

    assert ["1", *expected.split()] == numbers(paper.reading().document)


@pytest.mark.parametrize(
    ("lines", "language", "expected"),
    [
        (
            ["L’Assemblée générale,", "Rappelant,", "1.\tDemande :", "\ta)\tune carte ;"],
            "fr",
            ["P1", "1", "1(a)"],
        ),
        (["Генеральная Ассамблея,", "ссылаясь,", "1.\tпросит;"], "ru", ["P1", "1"]),
        (["大会，", "回顾，", "1.\t要求："], "zh", ["P1", "1"]),
        (["إن الجمعية العامة،", "إذ تشير،", "1 - تطلب:", "(أ)\tخريطة؛"], "ar", ["P1", "1", "1(أ)"]),
    ],
)
def test_other_languages_are_read_alike(
    lines: list[str], language: str, expected: list[str]
) -> None:
    """Opening words, numbers and items are known in the six languages; the script tells the
    language where it can.
    """
    paper = Paper()
    for line in lines:
        paper.line(line)

    found = paper.reading(**({"language": "fr"} if language == "fr" else {})).document

    assert (expected, (language,)) == (numbers(found), found.languages)
    assert [language] == list(found.opening)


# --- what has no place ----------------------------------------------------------------------------


def test_what_has_no_place_is_reported(maps: Reading) -> None:
    """Running heads and titles of agenda items are told, each with its place."""
    assert [
        ("United Nations", "header 1"),
        ("Distr.: General", "header 1"),
        ("Mapping", "block 3"),
    ] == [(each.text, each.position.heading) for each in maps.left_out]


def test_pictures_text_boxes_signs_and_foreign_files_are_reported() -> None:
    """Whatever Word can put between the words is told."""
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent></w:pict></w:r>"
    paper = Paper().xml(
        run("1.\tOne") + box + '<w:r><w:drawing/><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    )
    paper.file.element.body.insert(-1, parse_xml(f'<w:altChunk {NAMESPACES} r:id="rId99"/>'))

    assert ["In a box", "drawing", "Wingdings F04A", "altChunk"] == [
        each.text for each in paper.reading().left_out
    ]


def test_numbers_that_word_counts_are_reported() -> None:
    """A list of Word's has no numbers in the file: the paragraph is kept, and the lack is told."""
    paper = Paper().line("1.\tOne.").line("Counted by Word", "List Number")
    paper.file.paragraphs[-1]._p.get_or_add_pPr().get_or_add_numPr()

    found = paper.reading()

    assert ["1", "U1"] == numbers(found.document)
    assert ["Counted by Word"] == [each.text for each in found.left_out]


def test_comments_and_notes_without_marks_are_reported() -> None:
    """A mark without a note and a note without a mark are told apart."""
    comments = (
        f"<w:comments {NAMESPACES}><w:comment"
        f' w:id="1"><w:p>{run("Who says so?")}</w:p></w:comment></w:comments>'
    )
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote"
        f' w:id="5"><w:p>{run("Alone.")}</w:p></w:footnote></w:footnotes>'
    )
    paper = (
        Paper()
        .xml(run("1.\tOne") + '<w:r><w:footnoteReference w:id="9"/></w:r>')
        .part("comments", comments)
        .part("footnotes", notes)
    )

    assert ["1", "Alone.", "Who says so?"] == [each.text for each in paper.reading().left_out]


def test_a_number_typed_twice_is_counted_and_reported() -> None:
    """The second paragraph of a number is kept under a number of its own."""
    found = Paper().line("1.\tOne.").line("1.\tAgain.").reading()

    assert ["1", "U1"] == numbers(found.document)
    assert ["1"] == [each.text for each in found.left_out]


# --- what is wrong --------------------------------------------------------------------------------


def zipped(**changes: bytes | None) -> bytes:
    """The resolution with parts of other content, or without them; `__` in a name stands for `/`,
    `_xml` for `.xml`.
    """
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(resolution().bytes())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        contents = {name: old.read(name) for name in old.namelist()}
        contents |= {
            name.replace("__", "/").replace("_xml", ".xml"): content  # type: ignore[misc]  # None takes a part away
            for name, content in changes.items()
        }
        for name, content in contents.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_encryption_bit() -> bytes:
    """The resolution, said to be encrypted in the table of the archive."""
    data = bytearray(resolution().bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b'
    b' "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)
DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "docx"),
    "not a zip": (lambda: b"%PDF-1.7", "docx"),
    "old Word, or encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
    "encrypted": (with_encryption_bit, "docx"),
    "truncated": (lambda: resolution().bytes()[:-2_000], "docx"),
    "a byte in the middle": (lambda: resolution().bytes().replace(b"\x00\x01", b"\x01\x00", 1), "docx"),
    "no document": (lambda: zipped(word__document_xml=None), "docx"),
    "no content types": (lambda: zipped(**{"[Content_Types]_xml": None}), "docx"),
    "no body": (lambda: zipped(word__document_xml=f'<w:document xmlns:w="{W}"/>'.encode()), "docx"),
    "not XML": (lambda: zipped(word__document_xml=b"<w:document"), "docx"),
    "entities in the text": (lambda: zipped(word__document_xml=BOMB + f'<w:document xmlns:w="{W}"/>'.encode()), "docx"),
    "entities in the notes": (lambda: zipped(word__footnotes_xml=BOMB + f'<w:footnotes xmlns:w="{W}">&b;</w:footnotes>'.encode()), "docx"),
    "entities in UTF-16": (lambda: zipped(word__footnotes_xml=BOMB.decode().encode("utf-16")), "docx"),
    "entities in the list of parts": (lambda: zipped(**{"_rels__.rels": BOMB + b"<Relationships/>"}), "docx"),
    "a bomb beside the text": (lambda: zipped(word__media__a_bin=b"\0" * 30_000_000), "too-large"),
    "a bomb for a text": (lambda: zipped(word__document_xml=b"<a>" + b" " * 30_000_000), "too-large"),
    "deep nesting": (lambda: zipped(word__document_xml=b"<a>" * 100_000), "docx"),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_file_is_told(case: str) -> None:
    """No other exception tells it, and no bomb goes off."""
    make, code = DAMAGED[case]

    with pytest.raises(LoadError) as caught:
        docx.read(make(), symbol="A/RES/99/7").document

    assert [code] == [each.code for each in caught.value.problems]
    assert len(str(caught.value)) < 700


def test_bounds_are_looked_at_before_anything_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bound alone refuses a file that passes the others."""
    data = resolution().bytes()
    for name, bound in (("MEMBERS", 3), ("EXPANDED", 3), ("XML", (3, 0))):
        with monkeypatch.context() as patch:
            patch.setattr(_packages, name, bound)
            with pytest.raises(LoadError, match="too-large"):
                docx.read(data).document


def test_a_symbol_is_needed(tmp_path: Path) -> None:
    """It stands in the masthead, in the file's name or in the title, or it is given."""
    plain = Paper().line("1.\tOne.").bytes()
    (tmp_path / "A_99_L.3.docx").write_bytes(plain)

    with pytest.raises(LoadError, match="symbol="):
        docx.read(plain).document
    with pytest.raises(NotAReference):
        docx.read(plain, symbol="maps, all of them").document
    assert "a-99-l-3" == docx.read(tmp_path / "A_99_L.3.docx").document.id
    assert (
        "99-7"
        == docx.read(Paper().line("99/7.\tMaps", "_ H_1").line("1.\tOne.").bytes()).document.id
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No other exception tells it."""
    (problem,) = faults(docx.read, tmp_path / "none.docx")
    assert ("unreadable", str(tmp_path / "none.docx")) == (problem.code, problem.position.file)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-docx the exception says how to get it."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "docx":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"wsis_model\[docx\]"):
        docx.read(b"", symbol="A/RES/99/7").document


@functools.cache
def sample() -> bytes:
    """The resolution, made once."""
    return resolution().bytes()


@given(st.binary(max_size=64), st.integers(0, 40_000), st.integers(0, 8))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, length: int) -> None:
    """Whatever the bytes, there is a document or a `LoadError`."""
    whole = sample()
    at %= len(whole)
    for data in (noise, whole[:at] + noise + whole[at + length :]):
        try:
            assert docx.read(data, symbol="A/RES/99/7").document.id == "99-7", data
        except LoadError:
            pass


PIECES = st.sampled_from(
    [
        "<w:r><w:t>Annex</w:t></w:r>", "<w:r><w:t>1.</w:t><w:tab/><w:t>One</w:t></w:r>", "<w:r><w:t>(a)</w:t><w:tab/></w:r>", "<w:r><w:tab/></w:r>",
        "<w:pPr><w:pStyle/></w:pPr>", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:hyperlink/>", "<w:r><w:footnoteReference/></w:r>",
        "<w:r><w:t/></w:r>", "<w:del><w:r/></w:del>", "<w:r><w:t>*</w:t></w:r>", "<w:r><w:t>* star</w:t></w:r>", "<w:r><w:pict/></w:r>", "<!-- c -->", "<?p i?>",
        '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', '<w:pPr><w:pStyle w:val="Title"/></w:pPr>', "<w:r><w:t>The General Assembly,</w:t></w:r>",
    ]
)  # fmt: skip
PARAGRAPH = st.lists(PIECES, max_size=4).map(lambda inside: f"<w:p>{''.join(inside)}</w:p>")
TABLE = st.lists(PARAGRAPH, max_size=3).map(
    lambda inside: (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan"
        f' w:val="x"/></w:tcPr>{"".join(inside)}</w:tc></w:tr></w:tbl>'
    )
)


@given(
    st.lists(
        PARAGRAPH
        | TABLE
        | st.sampled_from(["<w:sdt/>", "<w:tbl/>", "<!-- c -->", "<w:altChunk/>"]),
        max_size=12,
    )
)
def test_any_body_is_read(blocks: list[str]) -> None:
    """Whatever stands in a body, in whatever order, is read or reported, under identifiers that are
    unique.
    """
    paper = Paper()
    for block in blocks:
        wrapped = parse_xml(f"<w:body {NAMESPACES}>{block}</w:body>")
        for element in list(wrapped):
            paper.file.element.body.insert(-1, element)

    for document in paper.reading().documents:
        ids = [each.id for each in document.provisions]
        assert len(ids) == len(set(ids))


# --- the real files -------------------------------------------------------------------------------


def real(shared: Path, name: str) -> Reading:
    """A real file, read."""
    return docx.read(shared / "documents" / "docx" / f"{name}.docx")


def test_the_plan_outline_has_its_43_paragraphs(shared: Path) -> None:
    """Numbers 1 to 43 and eight items, under three chapters and nine headings below the second."""
    found = real(shared, "A_80_6_PLANOUTLINE").document

    assert [*map(str, range(1, 44)), *(f"43({letter})" for letter in "abcdefgh")] == numbers(found)
    assert [1, 1, 1, *[2] * 9, 1] == [each.level for each in found.sections]
    assert {"a-80-6-plan-outline/s3"} == {each.parent for each in found.sections if each.level == 2}
    assert ("A/80/6 (Plan outline)", "sessions/ga-80", "137 and 138", "2025-04-17") == (
        found.symbol,
        found.session,
        found.agenda_item,
        str(found.distributed),
    )
    assert ["*", "**"] == [each.mark for each in found.notes]


def test_the_income_section_has_its_table(shared: Path) -> None:
    """Numbers with letters are numbers, and the table has six rows of five cells."""
    found = real(shared, "A_80_6_INCOMESECT.1").document

    assert ["U1", "IS1.1", "IS1.2"] == numbers(found)
    assert [[5] * 6] == [[len(row.cells) for row in table.rows] for table in found.tables]
    assert (
        "Proposed programme budget for 2026: Income section 1: Income from staff assessment"
        == found.title["en"]
    )


@pytest.mark.parametrize("name", ["A_80_6_PLANOUTLINE", "A_80_6_INCOMESECT.1"])
def test_no_text_of_a_real_file_is_lost(shared: Path, name: str) -> None:
    """Each word that python-docx finds in the body is in the document or is reported."""
    found = real(shared, name)
    document = found.document
    held = [
        document.title["en"].replace(":", " "),
        *(each.heading["en"] for each in document.sections),
    ]
    held += [f"{each.number} {each.text['en']}" for each in document.provisions]
    held += [f"{each.mark} {each.text['en']}" for each in document.notes] + [
        each.text for each in found.left_out
    ]
    held += [cell for table in document.tables for row in table.rows for cell in row.cells]
    words = set(" ".join(held).replace("(", " ").replace(")", " ").split())
    front = {
        "Eightieth",
        "session",
        "Item",
        "Items",
        "137",
        "138",
        "of",
        "and",
        "the",
        "preliminary",
        "list*",
        "outline**",
    }

    body = library.Document(str(shared / "documents" / "docx" / f"{name}.docx"))
    for paragraph in body.paragraphs:
        for word in paragraph.text.replace("(", " ").replace(")", " ").replace("\t", " ").split():
            assert word.rstrip(".") in words or word in words or word in front, (
                word,
                paragraph.text,
            )
