"""PDF files of United Nations documents: the text of the XML edition, paragraph by paragraph, and
nothing of what surrounds it on the pages.
"""

from __future__ import annotations

import contextlib
import difflib
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty import faults
from faulty.pdfs import PDFS
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pdf_maker import LEFT, Maker, Sheet, pdf, resolution

from wsis_model import Citation, Document, LoadError, MissingExtra, NotAReference, Part
from wsis_model.interop import _pdf_letters, _pdf_pages, akn
from wsis_model.interop import pdf as reader
from wsis_model.interop._reading import Reading

BOTH = ("A_RES_80_173", "A_RES_79_1", "A_RES_79_277", "A_RES_80_118")
ALL = (*BOTH, "A_80_L.41", "A_C.2_80_L.17", "A_C.2_80_L.58")


@pytest.fixture(scope="module")
def made() -> bytes:
    """The resolution of our own making."""
    return resolution()


@pytest.fixture(scope="module")
def gardens(made: bytes) -> Reading:
    """The same, read."""
    return reader.read(made)


def texts(document: Document) -> dict[str, str]:
    """Numbers of provisions to their text."""
    return {each.number: str(each.text) for each in document.provisions}


def operative(document: Document) -> dict[str, str]:
    """The same without what is preambular."""
    return {number: text for number, text in texts(document).items() if not number.startswith("P")}


def one(*paragraphs: str) -> Maker:
    """A document of these paragraphs, with a masthead."""
    maker = Maker("A/RES/99/8")
    maker.masthead(
        session="Ninety-ninth session",
        item="Agenda item 7",
        agenda="Gardens of the cities",
        day="21 May 2044",
    )
    maker.paragraph("*The General Assembly*,")
    maker.paragraph(
        "*Recalling* all that was said of gardens in the years since gardens were first spoken of,"
        " which are many,"
    )
    for paragraph in paragraphs:
        maker.paragraph(paragraph)
    return maker


# --- what a document says -------------------------------------------------------------------------


def test_front_and_back_tell_the_particulars(gardens: Reading) -> None:
    """Symbol, body and days, session and item, draft and meeting come from the lines around the
    text.
    """
    document = gardens.document
    assert (document.id, document.symbol, document.kind, document.body) == (
        "99-7",
        "A/RES/99/7",
        "resolution",
        "general-assembly",
    )
    assert (str(document.adopted), str(document.distributed)) == ("2044-05-17", "2044-05-21")
    assert (document.session, document.agenda_item, document.draft) == (
        "sessions/ga-99",
        "7 (b)",
        "a-99-l-5",
    )
    assert (document.meeting, document.languages) == ("12th plenary meeting", ("en",))
    assert str(document.title) == "Public gardens and those who look after them"
    assert str(document.opening) == "The General Assembly,"


def test_paragraphs_and_items_have_their_numbers(gardens: Reading) -> None:
    """Also items of items, and (c) after (ii)."""
    numbers = [each.number for each in gardens.document.provisions]
    assert numbers == [
        "P1",
        "P2",
        "1",
        "2",
        "2(a)",
        "2(b)",
        "2(b)(i)",
        "2(b)(ii)",
        "2(c)",
        "3",
        "4",
    ]
    parents = {each.number: each.parent for each in gardens.document.provisions}
    assert (parents["2(c)"], parents["2(b)(ii)"], parents["3"]) == ("99-7/2", "99-7/2-b", None)
    parts = Counter(each.part for each in gardens.document.provisions)
    assert parts == {Part.PREAMBULAR: 2, Part.OPERATIVE: 9}


def test_headings_are_sections_and_italic_ones_stand_under_bold_ones(gardens: Reading) -> None:
    """The face tells that a line is a heading; numbering and italics tell how deep."""
    sections = [(str(each.heading), each.level, each.parent) for each in gardens.document.sections]
    assert sections == [("I. Water", 1, None), ("II. Paths", 1, None), ("Gravel", 2, "99-7/s2")]
    held = {each.number: each.section for each in gardens.document.provisions}
    assert (held["P1"], held["1"], held["3"]) == (None, "99-7/s1", "99-7/s3")


def test_a_running_head_never_stands_in_a_paragraph(gardens: Reading) -> None:
    """A paragraph that goes over two pages is one, without what stands between; that is reported
    with its page.
    """
    text = texts(gardens.document)["3"]
    assert text.count("is thanked by whoever walks on it") == 40
    assert text == " ".join(text.split())
    assert text.endswith("walks on it in every season;")
    left = {(each.text, each.reason, str(each.position)) for each in gardens.left_out}
    assert (
        "A title that runs on at the head of every page",
        "a running head",
        "<data> (page 2)",
    ) in left
    assert ("99-12345 (E)", "a running foot", "<data> (page 1)") in left


def test_a_hyphen_at_the_end_of_a_line_belongs_to_its_word(gardens: Reading) -> None:
    """It is the word's own: nothing is taken away, and no space is put in."""
    assert "on a long-term plan" in texts(gardens.document)["1"]
    assert "well-known cities" in texts(gardens.document)["P1"]


def test_notes_stand_where_their_marks_do(gardens: Reading) -> None:
    """The mark is not in the text; a raised sign that is no mark of a note is."""
    notes = [(each.mark, each.provision, str(each.text)) for each in gardens.document.notes]
    assert notes == [
        ("1", "99-7/p1", "Resolution 98/4."),
        (
            "2",
            "99-7/1",
            (
                "Neighbours are those within sight of the garden, as the word is used in the Plan"
                " for Gardens, chap. II."
            ),
        ),
    ]
    assert "gardens, and" in texts(gardens.document)["P1"]
    assert "99th length" in texts(gardens.document)["4"]


def test_links_are_citations(gardens: Reading) -> None:
    """A note cites, and so does the paragraph that it stands in, by the note's mark."""
    assert gardens.document.notes[0].citations == (Citation(target="98-4"),)
    assert gardens.document.provisions[0].citations == (Citation(target="98-4", mark="1"),)


@pytest.mark.parametrize(
    ("address", "words", "target"),
    [
        ("https://docs.un.org/en/A/RES/217(III)", "217 A (III)", "217-a-iii"),
        ("https://undocs.org/en/A/CONF.157/24(PartI)", "A/CONF.157/24 (Part I)", "a-conf-157-24"),
        ("https://undocs.org/A/77/CRP.1/Add.8", "A/77/CRP.1/Add.8", "a-77-crp-1-add-8"),
        ("https://example.org/A/RES/98/4", "somewhere else", None),
    ],
)
def test_addresses_tell_what_is_cited(address: str, words: str, target: str | None) -> None:
    """Of old resolutions the words say more than the address; an address elsewhere says nothing."""
    maker = one(f"1.  See *{words}*")
    maker.sheet.link(176, maker.y, 300, address)
    (cited,) = reader.read(maker.made()).document.provisions[-1].citations
    assert (cited.target, cited.text) == (target, None if target else words)


def test_an_annex_is_a_document_of_its_own(gardens: Reading) -> None:
    """Its numbers begin again, and its title is the heading under the word."""
    annex = gardens.documents[1]
    assert (annex.id, annex.annex_of, str(annex.title)) == (
        "99-7-annex",
        "99-7",
        "Plan for gardens",
    )
    assert (annex.symbol, annex.body, str(annex.adopted)) == (
        "A/RES/99/7, annex",
        "general-assembly",
        "2044-05-17",
    )
    assert [(each.id, str(each.heading)) for each in annex.sections] == [
        ("99-7-annex/s1", "Plan for gardens")
    ]
    assert [(each.id, each.part) for each in annex.provisions] == [
        ("99-7-annex/1", Part.ANNEX),
        ("99-7-annex/2", Part.ANNEX),
    ]


def test_lines_in_columns_are_rows_of_a_table(gardens: Reading) -> None:
    """The columns are told by the gaps."""
    (table,) = gardens.document.tables
    assert table.provision == "99-7/4"
    assert [row.cells for row in table.rows] == [
        ("Garden", "Trees", "Paths"),
        ("North", "12", "3"),
        ("South", "40", "5"),
    ]


def test_a_table_in_small_print_keeps_the_lines_of_its_cells() -> None:
    """A line that goes on with a cell has no gap to tell it by; what stands apart below the table
    is text.
    """
    maker = one("1.  *Approves* the posts:")
    for y, cells in enumerate(
        (
            ("Post", "Level"),
            ("Gardener of", "P-3"),
            ("the north",),
            ("Cook", "P-2"),
            ("and washer",),
        )
    ):
        for x, cell in zip((123, 400), cells, strict=False):
            maker.sheet.print(x, 360 + 11 * y, cell, size=8.5)
    maker.sheet.print(123, 435, "P: professional.", size=8.5)
    read = reader.read(maker.made()).document

    assert read.provisions[-1].text["en"] == "Approves the posts:\nP: professional."
    assert [row.cells for row in read.tables[0].rows] == [
        ("Post", "Level"),
        ("Gardener of", "P-3"),
        ("the north",),
        ("Cook", "P-2"),
        ("and washer",),
    ]


def test_each_section_may_have_a_preamble() -> None:
    """After a heading, before the first number under it, what ends in a comma is preambular."""
    maker = one("1.  *Decides* to plant;", "2.  *Decides* to water;")
    maker.heading("II")
    maker.paragraph("*Mindful* of the winter,")
    maker.paragraph("1.  *Decides* to wait.")

    assert [
        (each.number, each.part) for each in reader.read(maker.made()).document.provisions[-2:]
    ] == [
        ("P2", Part.PREAMBULAR),
        ("1", Part.OPERATIVE),
    ]


MAP = """/CIDInit /ProcSet findresource begin begincmap
1 beginbfchar <0003> <0020> endbfchar
3 beginbfrange <0044> <004C> <0061> <004D> <004D> [<006F>] <004E> <005D> <006B> endbfrange
endcmap"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", [(0x4D, "o", "j")]),
        ("[<006F>]", "[<006A>]", []),  # it says what it is
        ("[<006F>]", "[<00E9>]", []),  # a letter of its own, in whatever order
        ("<004E>", "<004F>", []),  # nothing tells what comes after it
    ],
)
def test_a_glyph_between_its_neighbours_is_the_letter_between_theirs(
    old: str, new: str, found: list[tuple[int, str, str]]
) -> None:
    """Where two glyphs claim one letter and the letter between is claimed by none; else the file is
    believed.
    """
    packed = zlib.compress(MAP.replace(old, new).encode())
    data = b"1 0 obj <<>>\nstream\n" + packed + b"\nendstream endobj\nstream\nx no map\nendstream"
    made, repairs = _pdf_letters.mended(data, "a.pdf")

    assert len(made) == len(data)
    assert [(each.code, each.found, each.done) for each in repairs] == [
        ("wrong-letter", f"glyph {code:04X} as {wrong}", f"read as {right}")
        for code, wrong, right in found
    ]
    assert (made == data) is not bool(found)


def test_parts_are_resolutions_of_their_own() -> None:
    """A letter by itself opens one, when the speaker is named again."""
    maker = one("1.  *Decides* to look at them;")
    for letter, title in (("A", "Roses"), ("B", "Lilies")):
        maker.heading(letter)
        maker.heading(title)
        maker.paragraph("*The General Assembly*,")
        maker.paragraph(f"1.  *Decides* that {title.lower()} are watered.")
    made = reader.read(maker.made()).documents
    assert [(each.id, str(each.title)) for each in made[1:]] == [
        ("99-8-a", "Roses"),
        ("99-8-b", "Lilies"),
    ]
    assert [
        (each.opening["en"], each.kind, [p.number for p in each.provisions]) for each in made[1:]
    ] == [("The General Assembly,", "resolution", ["1"])] * 2


def test_numbers_that_begin_again_after_a_colon_are_items() -> None:
    """As the Global Digital Compact lists its objectives, before it counts on."""
    maker = one(
        "7.  We have two aims:",
        "1.  To plant;",
        "2.  To water.",
        "8.  We will plant.",
        "9.  We will water.",
    )
    assert list(operative(reader.read(maker.made()).document)) == ["7", "7(1)", "7(2)", "8", "9"]


def test_the_letter_i_is_told_from_the_numeral() -> None:
    """After (h) stands the letter; farther in, the numeral."""
    letters = [f"({letter})  One of them;" for letter in "abcdefghij"]
    maker = one("1.  *Lists* them:", *letters)
    maker.paragraph("(i)  One within another;", first=171)
    assert list(texts(reader.read(maker.made()).document))[-3:] == ["1(i)", "1(j)", "1(j)(i)"]


def test_a_paragraph_without_a_number_goes_on_with_the_one_before() -> None:
    """On a line of its own; after a heading it is a paragraph counted apart."""
    maker = one("1.  *Asks* for:", "(a)  Water;", "(b)  Light;", "and for nothing else.")
    maker.heading("On light")
    maker.paragraph("Light is free.")
    read = operative(reader.read(maker.made()).document)
    assert read == {
        "1": "Asks for:\nand for nothing else.",
        "1(a)": "Water;",
        "1(b)": "Light;",
        "U1": "Light is free.",
    }


def test_a_note_may_go_on_on_the_next_page() -> None:
    """Its lines there have no mark."""
    maker = one("1.  *Decides* to go on.^1^")
    maker.note("1", "This note begins on one page")
    maker.turn()
    maker.note("", "and ends on another.")
    maker.paragraph("2.  *Decides* to end.")
    document = reader.read(maker.made()).document
    assert [(each.mark, str(each.text)) for each in document.notes] == [
        ("1", "This note begins on one page and ends on another.")
    ]


def test_a_paragraph_flush_left_at_the_top_of_a_page_is_known_by_its_number() -> None:
    """There is no gap above it to measure: the number that is due tells, another number does not."""
    maker = one()
    maker.lines(
        ["1.  We have counted all of the trees that stand in the gardens of the city of"],
        first=LEFT,
    )
    maker.turn()
    maker.lines(["2040. They are many, and they are old."], first=LEFT)
    maker.turn()
    maker.lines(["2.  We will count them again."], first=LEFT)
    read = texts(reader.read(maker.made()).document)
    assert read["1"].endswith(
        "in the gardens of the city of 2040. They are many, and they are old."
    )
    assert read["2"] == "We will count them again."


def test_a_source_is_a_path_or_bytes(made: bytes, tmp_path: Path) -> None:
    """Both say the same, and places name the file."""
    path = tmp_path / "A_RES_99_7.pdf"
    path.write_bytes(made)
    assert (
        reader.read(path).document == reader.read(str(path)).document == reader.read(made).document
    )
    assert str(reader.read(path).left_out[0].position).startswith(str(path))


def test_a_symbol_may_have_to_be_given() -> None:
    """It is asked for where nothing in the file tells it, and must be one."""
    sheet = Sheet()
    sheet.print(LEFT, 100, "A text by nobody knows whom.")
    with pytest.raises(LoadError, match="give symbol="):
        reader.read(pdf([sheet])).document
    assert reader.read(pdf([sheet]), symbol="A/99/L.6", language="fr").document.provisions[
        0
    ].text == {"fr": "A text by nobody knows whom."}
    with pytest.raises(NotAReference):
        reader.read(pdf([sheet]), symbol="all gardens").document


@pytest.mark.parametrize(
    "symbol", ["A/RES/99/7", "A/99/L.6/Rev.1", "A/C.2/99/L.17", "E/RES/2044/3", "A/RES/99/8 B"]
)
def test_a_symbol_is_read_though_its_first_letter_is_larger(symbol: str) -> None:
    """As the masthead prints it, in two runs."""
    maker = Maker(symbol)
    maker.masthead(
        session="Ninety-ninth session", item="Agenda item 7", agenda="Gardens", day="21 May 2044"
    )
    maker.paragraph(
        "*The General Assembly*, which has looked at all that grows in the gardens of its cities,"
        " has nothing to say."
    )
    assert reader.read(maker.made()).document.symbol == symbol


# --- what is no such file -------------------------------------------------------------------------


@pytest.mark.parametrize("which", PDFS)
def test_what_cannot_be_read_is_refused(which: str) -> None:
    """Empty, foreign, cut off, scanned, encrypted, beyond measure: as one problem."""
    data, code = PDFS[which]

    assert [code] == [each.code for each in faults(reader.read, data)]


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """As everywhere, with the path."""
    (problem,) = faults(reader.read, tmp_path / "nowhere.pdf")
    assert ("unreadable", str(tmp_path / "nowhere.pdf")) == (
        problem.code,
        problem.position.file,
    )


def test_letters_are_counted_before_they_are_read(
    made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may have no more of them than any document."""
    monkeypatch.setattr(_pdf_pages, "CHARACTERS", 500)
    (problem,) = faults(reader.read, made, isolated=False)
    assert problem.code == "too-large"


def test_the_extra_is_asked_for(made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pypdfium2 the error names what to install."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"wsis_model\[pdf\]"):
        reader.read(made).document


@given(st.data())
def test_damage_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever bytes are changed, the reader returns or raises one of ours."""
    damaged = bytearray(resolution())
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=30)):
        damaged[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(LoadError):
        assert reader.read(bytes(damaged)).documents


# --- the real documents ---------------------------------------------------------------------------

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"}
)


def plain(text: str) -> str:
    """*text* with blanks, quotation marks and dashes of one kind."""
    return " ".join(text.translate(_PLAIN).split())


def said(element: Any, without: tuple[str, ...] = ("authorialNote", "num")) -> str:
    """The text of an element of the XML edition, without its notes."""
    if element.tag in {f"{AKN}{name}" for name in without}:
        return ""
    return (element.text or "") + "".join(
        said(child, without) + (child.tail or "") for child in element
    )


def truth(path: Path) -> list[tuple[str, str]]:
    """Label and text of every paragraph of the XML edition, headings left out: independent of our
    own reader of it.
    """
    found: list[tuple[str, str]] = []
    root: Any = etree.parse(path).getroot()
    for part in root.iter(f"{AKN}preamble", f"{AKN}mainBody"):
        label = ""
        for element in part.iter(f"{AKN}num", f"{AKN}p"):
            if element.tag == f"{AKN}num":
                label = "".join(element.itertext())
                continue
            text = plain(said(element))
            bold = plain(
                "".join(
                    said(span)
                    for span in element.iter(f"{AKN}span")
                    if "bold" in span.get("class", "")
                )
            )
            in_note = any(True for _ in element.iterancestors(f"{AKN}authorialNote"))
            if not text or in_note or bold.replace(" ", "") == text.replace(" ", ""):
                continue
            if not label and (typed := re.match(r"(\([a-z]+\)|\d+\.)\s+(?=\S)", text)):
                label, text = typed[1], text[typed.end() :]
            found.append((re.sub(r"\W", "", label), text))
            label = ""
    return found


def ours(reading: Reading) -> Iterator[tuple[str, str]]:
    """The same of what the reader made of the PDF."""
    for document in reading.documents:
        yield from (
            ("", plain(line))
            for line in str(document.opening).splitlines()
            if line != str(document.title)
        )
        for provision in document.provisions:
            own = re.split(r"[()]+", provision.number.strip(")"))[-1]
            lines = str(provision.text).splitlines()
            yield "" if own[:1] in ("P", "U") else own, plain(lines[0]) if lines else ""
            yield from (("", plain(line)) for line in lines[1:])


@pytest.mark.heavy
@pytest.mark.parametrize("name", BOTH)
def test_the_text_is_that_of_the_xml_edition(shared: Path, name: str) -> None:
    """Paragraph by paragraph, with its number, in its order: 99.5 of 100 agree at least; today all
    do.
    """
    expected = truth(shared / "documents" / "akn" / f"{name}.English.xml")
    found = list(ours(reader.read(shared / "documents" / "pdf" / f"{name}.pdf")))
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    agree = sum(block.size for block in matcher.get_matching_blocks())
    differ = [
        (expected[a:b], found[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]
    assert agree >= 0.995 * max(len(expected), len(found)), differ[:3]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "differ"), [("A_RES_78_253", 4), ("A_RES_79_298", 0), ("A_RES_80_135", 0)]
)
def test_the_hard_files_agree_with_their_xml(shared: Path, name: str, differ: int) -> None:
    """As our reader of Akoma Ntoso has it; in one file the XML has a slip, and legends of tables
    where they do not belong.
    """
    path = shared / "documents" / "hard" / name
    xml, printed = (
        [
            (each.number[0] if each.number[0] in "PU" else each.number, plain(str(each.text)))
            for document in reading.documents
            for each in document.provisions
        ]
        for reading in (
            akn.read(path.with_suffix(".English.xml")),
            reader.read(path.with_suffix(".pdf")),
        )
    )
    matcher = difflib.SequenceMatcher(None, xml, printed, autojunk=False)
    agree = sum(block.size for block in matcher.get_matching_blocks())
    assert len(xml) - agree == differ


@pytest.mark.heavy
@pytest.mark.parametrize("name", BOTH)
def test_notes_are_those_of_the_xml_edition(shared: Path, name: str) -> None:
    """Marks, words, and the paragraph that each stands in."""
    root: Any = etree.parse(shared / "documents" / "akn" / f"{name}.English.xml").getroot()
    expected: list[tuple[str, str, str]] = []
    for note in root.iter(f"{AKN}authorialNote"):
        around = next(note.iterancestors(f"{AKN}p"))
        expected.append(
            (
                note.get("marker"),
                plain(said(note, without=()).replace("\t", " ")),
                plain(said(around))[-60:],
            )
        )
    found: list[tuple[str, str, str]] = []
    for document in reader.read(shared / "documents" / "pdf" / f"{name}.pdf").documents:
        held = {each.id: str(each.text) for each in document.provisions}
        found += [
            (each.mark, plain(str(each.text)), plain(held[each.provision or ""])[-60:])
            for each in document.notes
        ]
    assert found == expected


@pytest.mark.heavy
def test_the_outcome_document_is_whole(shared: Path) -> None:
    """127 paragraphs, 7 before them, 17 headings, 12 notes; and what its lines say of it."""
    document = reader.read(shared / "documents" / "pdf" / "A_RES_80_173.pdf").document
    numbers = [each.number for each in document.provisions]
    assert numbers == [*(f"P{number}" for number in range(1, 8)), *map(str, range(1, 128))]
    assert (len(document.sections), [each.mark for each in document.notes]) == (
        17,
        list(map(str, range(1, 13))),
    )
    assert (str(document.adopted), str(document.distributed), document.meeting) == (
        "2025-12-17",
        "2025-12-19",
        "68th plenary meeting",
    )
    assert (document.agenda_item, document.draft, document.session) == (
        "15",
        "a-80-l-41",
        "sessions/ga-80",
    )


@pytest.mark.heavy
def test_the_draft_says_what_the_resolution_says(shared: Path) -> None:
    """A/80/L.41 became A/RES/80/173 word for word."""
    folder = shared / "documents" / "pdf"
    draft, resolution_ = (
        reader.read(folder / f"{name}.pdf") for name in ("A_80_L.41", "A_RES_80_173")
    )
    assert list(ours(draft)) == list(ours(resolution_))
    assert [str(each.heading) for each in draft.document.sections] == [
        str(each.heading) for each in resolution_.document.sections
    ]
    assert (draft.document.kind, draft.document.title) == (
        "draft-resolution",
        resolution_.document.title,
    )


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "preambular", "operative", "marks"),
    [("A_C.2_80_L.17", 57, 73, 25), ("A_C.2_80_L.58", 59, 74, 26)],
)
def test_drafts_of_a_committee_are_whole(
    shared: Path, name: str, preambular: int, operative: int, marks: int
) -> None:
    """Their numbers run without a gap, and every note has its paragraph, but for those with a star."""
    document = reader.read(shared / "documents" / "pdf" / f"{name}.pdf").document
    numbers = [each.number for each in document.provisions if each.parent is None]
    assert numbers == [
        *(f"P{number}" for number in range(1, preambular + 1)),
        *map(str, range(1, operative + 1)),
    ]
    assert [each.mark for each in document.notes if each.mark != "*"] == list(
        map(str, range(1, marks + 1))
    )
    assert all(each.provision for each in document.notes if each.mark != "*")
    assert (
        str(document.title)
        == "Information and communications technologies for sustainable development"
    )


@pytest.mark.heavy
@pytest.mark.parametrize("name", ALL)
def test_no_letter_is_lost(shared: Path, name: str) -> None:
    """Every letter of the pages but the first is in the documents or reported, numbers of
    paragraphs included; and none comes of nowhere.
    """
    path = shared / "documents" / "pdf" / f"{name}.pdf"
    pages = _pdf_pages.pages_of(path.read_bytes(), name)
    printed = Counter(
        sign for page in pages for line in page.lines for sign in line.text if sign.isalpha()
    )
    made = reader.read(path)
    kept: Counter[str] = Counter()
    for document in made.documents:
        held = [document.opening, *(each.heading for each in document.sections)]
        held += [
            *(each.text for each in document.provisions),
            *(each.text for each in document.notes),
        ]
        kept.update(sign for text in held for sign in str(text) if sign.isalpha())
        kept.update(
            sign
            for each in document.provisions
            if "(" in each.number
            for sign in each.number.split("(")[-1]
            if sign.isalpha()
        )
    kept.update(
        sign
        for left in made.left_out
        if left.reason != "no text"
        for sign in left.text
        if sign.isalpha()
    )
    # What the front and the end say is kept as facts: symbol, body, days, session, item, draft,
    # title, meeting; titles of annexes.
    assert not kept - printed
    assert sum((printed - kept).values()) < 800
