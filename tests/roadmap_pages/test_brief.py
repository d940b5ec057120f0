"""The brief on a road map: what it says, how long it is, and its Word document."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from page_makers import DAY, EXAMPLE, NAMES

from wsis_model import Corpus, MissingExtra, MissingProgram, Roadmap, load
from wsis_model.analysis import progress
from wsis_model.model import cite
from wsis_model.pages import Page, brief_page, roadmap_page
from wsis_model.pages._content import Figure, Grid
from wsis_model.pages._paper import PAGE, SMALL, lines_of, shares_of

docx = pytest.importorskip("docx", reason="Word documents need the extra docx")

SECTIONS = [
    "At a glance",
    "What it will do",
    "What is late or at risk",
    "What is on course",
    "What it answers",
    "What it asks of others",
    "Who to ask",
]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def manifold(size: int) -> Roadmap:
    """The worked example with *size* activities, each of them for somebody."""
    record: dict[str, Any] = load(EXAMPLE).roadmap("c2-roadmap").to_dict()
    activities: list[dict[str, Any]] = []
    for number in range(size):
        of = record["activities"][number % len(record["activities"])]
        name = f"c2-roadmap/a{number + 100}"
        activities.append(
            {
                **of,
                "id": name,
                "depends_on": [],
                "beneficiaries": ["groups/youth", "groups/developing-countries"],
                "milestones": [
                    {**each, "id": f"{name}.m{at}", "depends_on": []}
                    for at, each in enumerate(of["milestones"])
                ],
            }
        )
    kept = {name: each for name, each in record.items() if name not in ("indicators", "updates")}
    return Roadmap.model_validate({**kept, "activities": activities})


@pytest.fixture(scope="module")
def brief(corpus: Corpus) -> Page:
    """The brief on the worked example, with its picture."""
    return brief_page(corpus, "c2-roadmap", as_of=DAY)


@pytest.fixture(scope="module")
def data(brief: Page) -> bytes:
    """The same as a Word document."""
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    return brief.to_docx()


def read(data: bytes) -> Any:
    """A Word document, as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def shown(data: bytes) -> str:
    """All words in the body of a Word document."""
    body = ElementTree.fromstring(part(data, "word/document.xml"))
    return "".join(each.text or "" for each in body.iter(f"{_W}t"))


def part(data: bytes, name: str) -> bytes:
    """A file in the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


# --- what it says ---------------------------------------------------------------------------------


def test_a_brief_has_seven_parts(brief: Page) -> None:
    """What it will do, how it stands, what it answers and asks, who to ask."""
    assert [each.title for each in brief.sections] == SECTIONS


def test_what_is_late_is_said_in_signs_and_words(brief: Page, corpus: Corpus) -> None:
    """Each late milestone stands with its sign, its word, its date and its lead."""
    text = brief.to_markdown().replace("\u00a0", " ")
    late = [
        each
        for each in progress(corpus, "c2-roadmap", as_of=DAY).milestones
        if each.standing.value == "late"
    ]

    assert len(late) > 1
    for each in late:
        assert f"- **▲ late**: {each.milestone.title.pick()} (was due " in text
    assert re.search(r"▼ behind\*?\*?: .* \(\d", text) and "● on course" in text


def test_what_it_answers_is_cited_with_links(brief: Page) -> None:
    """Paragraphs are cited as the field does, lead to the official text, and stand once each."""
    text = brief.to_markdown()
    answers = text[text.index("## What it answers") : text.index("## What it asks")]

    assert "mandate" not in answers
    cited = re.findall(
        r"^- \[(.*?)\]\(<https://docs\.un\.org/en/A/RES/80/173>\): ", answers, re.MULTILINE
    )
    assert len(cited) == len(set(cited)) > 2 and cite("80-173/11") in cited
    assert "And paragraphs " in answers and "not answered here" in answers


def test_what_it_asks_of_others_is_summed(corpus: Corpus) -> None:
    """Money without a funder is summed by currency; what has one, or comes out of existing
    resources, or belongs to what is over, is not asked for.
    """

    def of(status: str, *resources: dict[str, Any]) -> dict[str, Any]:
        number = len(activities)
        return {"id": f"m/a{number}", "title": "T", "status": status, "resources": [*resources]}

    activities: list[dict[str, Any]] = []
    swiss: dict[str, Any] = {"kind": "funding", "amount": 1000, "currency": "CHF"}
    for status, resources in (
        ("planned", [swiss, {**swiss, "currency": "USD"}]),
        ("under-way", [swiss, {**swiss, "funder": "itu"}, {**swiss, "within_existing": True}]),
        ("done", [swiss]),
        ("cancelled", [swiss]),
    ):
        activities.append(of(status, *resources))
    mine = {"id": "m", "title": "M", "owners": ["itu"], "activities": activities}
    text = brief_page(
        corpus | Corpus.of(Roadmap.model_validate(mine)), "m", as_of=DAY
    ).to_markdown()

    assert "**Resources of CHF 2,000 and USD 1,000 that nobody has promised yet:**" in text
    assert "**A lead:** T; T." in text


def test_for_whom_is_told_or_that_nobody_says(
    corpus: Corpus, catalogue: Corpus, brief: Page
) -> None:
    """Beneficiaries have a column; where no activity names any, a sentence says so."""
    record = corpus.roadmap("c2-roadmap")
    nobody = tuple(each.replace(beneficiaries=()) for each in record.activities)
    other = catalogue | Corpus.of(record.replace(activities=nobody))

    text = brief.to_markdown()
    assert "| Activity | Lead | For whom | By when | Standing |" in text
    assert "| African countries |" in text
    text = brief_page(other, "c2-roadmap", as_of=DAY).to_markdown()
    assert "For whom it is done is not said of any activity." in text and "For whom |" not in text


def test_no_identifier_stands_in_the_way(brief: Page) -> None:
    """Titles and names, not what programs call them; dates as people write them."""
    text = brief.to_markdown()

    assert not re.search(r"c2-roadmap/|groups/|action-lines/|80-173", text)
    assert not re.search(r"\d{4}-\d\d|in \d+ days", text)


def test_a_road_map_of_which_nothing_is_known_has_a_brief(corpus: Corpus) -> None:
    """It says that there is nothing, and who to ask."""
    text = brief_page(corpus, "bare", as_of=DAY).to_markdown()

    assert "No activity is planned yet." in text and "International Telecommunication Union" in text


# --- how long it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NAMES, 13, 20, 5000])
def test_every_brief_has_room_on_two_pages(
    name: str | int, corpus: Corpus, catalogue: Corpus
) -> None:
    """However many the activities and however long the words."""
    if isinstance(name, int):
        corpus, name = catalogue | Corpus.of(manifold(name)), "c2-roadmap"

    page = brief_page(corpus, name, as_of=DAY)

    assert lines_of(page.sections) < 2 * PAGE - 5


def test_no_word_of_a_table_is_broken() -> None:
    """A column is as wide as its longest word, which a no-break space does not end; very long words
    are broken.
    """
    rows = tuple(((f"{'Very long words ' * 8}{n}",), ("●\u00a0on\u00a0course",)) for n in range(5))
    narrow = shares_of(Grid("", ("What", "How"), rows))
    wide = shares_of(Grid("", ("What", "How"), ((("a",), ("b" * 500,)),)))

    assert narrow[1] * SMALL >= len("● on course") and sum(narrow) == pytest.approx(1)
    assert sum(wide) == pytest.approx(1) and min(wide) > 0.04


def test_long_lists_say_what_is_left_out(catalogue: Corpus) -> None:
    """Of many activities, those that are late come first, and the rest is counted."""
    page = brief_page(catalogue | Corpus.of(manifold(300)), "c2-roadmap", as_of=DAY)
    text = page.to_markdown().replace("\u00a0", " ")
    rows = re.findall(r"^\| .* \| \*?\*?(.) [a-z ]+\*?\*? \|$", text, re.MULTILINE)
    [left] = re.findall(r"^And (\d+) more: .*late", text, re.MULTILINE)

    assert set(rows) == {"▲"} and len(rows) + int(left) == 300


@pytest.mark.heavy
@pytest.mark.parametrize("size", [13, 20])
def test_two_sheets_of_paper(size: int, catalogue: Corpus, tmp_path: Path) -> None:
    """Printed by what is there, it has two pages."""
    pypdfium = pytest.importorskip("pypdfium2", reason="pages are counted by the extra pdf")
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    if not any(map(shutil.which, ("chromium", "google-chrome", "soffice"))):
        pytest.skip("needs Chromium or LibreOffice")
    page = brief_page(catalogue | Corpus.of(manifold(size)), "c2-roadmap", as_of=DAY)
    page.save(tmp_path / "brief.pdf")

    assert len(pypdfium.PdfDocument(tmp_path / "brief.pdf")) <= 2


# --- the Word document ----------------------------------------------------------------------------


def test_headings_are_headings(data: bytes, corpus: Corpus) -> None:
    """Title and parts have the styles that Word knows, so that one can go from one to the next."""
    found = read(data).paragraphs

    assert found[0].style.name == "Title"
    assert found[0].text == corpus.roadmap("c2-roadmap").title.pick()
    assert [each.text for each in found if each.style.name == "Heading 1"] == SECTIONS
    assert {"List", "List Bullet", "Caption", "Subtitle"} <= {each.style.name for each in found}


def test_nothing_is_spaced_by_empty_paragraphs(data: bytes) -> None:
    """Every paragraph holds words or a picture."""
    assert all(each.text.strip() or "w:drawing" in each._p.xml for each in read(data).paragraphs)


def test_the_picture_is_told_in_words(data: bytes, brief: Page) -> None:
    """It has the description of the picture as its alternative text, whole."""
    [shape] = read(data).inline_shapes
    [picture] = [each.picture for each in brief.sections[0].blocks if isinstance(each, Figure)]

    assert shape._inline.docPr.get("descr") == picture.alt and len(picture.alt) > 200
    assert shape._inline.docPr.get("title") == picture.title


def test_tables_repeat_their_heads(data: bytes) -> None:
    """The first row is marked as a head, no row is split, and the table says what it holds."""
    [table] = read(data).tables
    properties = [each._tr.trPr for each in table.rows]

    assert [each.find(f"{_W}tblHeader") is not None for each in properties] == [
        True,
        *[False] * (len(properties) - 1),
    ]
    assert all(each.find(f"{_W}cantSplit") is not None for each in properties)
    assert "<w:tblCaption w:val=" in table._tbl.xml


def test_links_lead_to_official_texts_and_owners(data: bytes) -> None:
    """Links are links of the document, to the web only."""
    found = {each.target_ref for each in read(data).part.rels.values() if each.is_external}

    assert {"https://docs.un.org/en/A/RES/80/173", "https://www.itu.int/"} <= found
    assert all(each.startswith(("https://", "http://")) for each in found)


def test_the_document_says_what_it_is(data: bytes, corpus: Corpus) -> None:
    """Title, subject, language and the day of the brief stand in its properties; the language of
    its words in its styles.
    """
    properties = read(data).core_properties

    assert properties.title == corpus.roadmap("c2-roadmap").title.pick()
    assert (properties.language, properties.created.date()) == ("en-GB", DAY)
    assert b'w:val="en-GB"' in part(data, "word/styles.xml")


def test_words_in_another_language_say_so(corpus: Corpus) -> None:
    """An Arabic title is marked as Arabic, from right to left."""
    data = brief_page(corpus, "bare", as_of=DAY).to_docx()
    title = read(data).paragraphs[0]

    assert '<w:lang w:bidi="ar"/>' in title._p.xml and "<w:rtl/>" in title._p.xml


def test_a_short_document_has_no_contents_and_a_long_one_has(brief: Page, data: bytes) -> None:
    """A table of contents stands only where there is something to look for."""
    long = Page("Long", "Very", brief.sections[1:] * 4)

    assert b" TOC " not in part(data, "word/document.xml")
    document = part(long.to_docx(), "word/document.xml")
    assert b" TOC " in document and document.count(b'w:anchor="plan"') == 4


def test_what_is_folded_may_be_left_out_of_a_document(corpus: Corpus) -> None:
    """As it is where a page is printed; a document to write on has all of it."""
    page = roadmap_page(corpus, "c2-roadmap", as_of=DAY, pictures=False)
    whole, short = (shown(page.to_docx(folded=each)) for each in (True, False))

    assert "How the figures are worked out" in whole
    assert "How the figures are worked out" not in short and "What it answers" in short


@pytest.mark.parametrize("name", ["wicked", "lengthy"])
def test_wicked_texts_make_a_sound_document(name: str, corpus: Corpus) -> None:
    """No control character, no bracket that opens an element, no address but of the web."""
    data = brief_page(corpus, name, as_of=DAY, pictures=False).to_docx()
    text = shown(data)

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    if name == "wicked":
        assert "</title><script>alert('1')</script>" in text
    links = [each.target_ref for each in read(data).part.rels.values() if each.is_external]
    assert not [each for each in links if not each.startswith("http")]


def test_the_same_brief_gives_the_same_bytes(brief: Page, data: bytes) -> None:
    """Nothing in it depends on when it was made."""
    assert brief.to_docx() == data


def test_the_document_is_written_by_its_suffix(
    corpus: Corpus, data: bytes, brief: Page, tmp_path: Path
) -> None:
    """As Page.save does with HTML and Markdown."""
    brief.save(tmp_path / "brief.docx")

    assert (tmp_path / "brief.docx").read_bytes() == data


# --- what is missing ------------------------------------------------------------------------------


def test_without_the_extra_it_is_named(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-docx the command that brings it is told."""
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(MissingExtra, match=r"wsis_model\[docx\]"):
        brief_page(corpus, "bare", as_of=DAY).to_docx()


def test_without_a_printer_it_is_told_what_to_install(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where neither a browser nor LibreOffice is on the path, and where they write nothing."""
    page = brief_page(corpus, "bare", as_of=DAY, pictures=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MissingProgram, match=r"Chromium.*LibreOffice.*not found") as missing:
        page.to_pdf()
    assert missing.value.programs == ("Chromium (or Chrome)", "LibreOffice")
    if sys.platform != "win32":
        for name in ("chromium", "soffice"):
            (tmp_path / name).write_text("#!/bin/sh\nexit 1\n", "utf-8")
            (tmp_path / name).chmod(0o755)
        with pytest.raises(MissingProgram, match="wrote no PDF"):
            page.to_pdf()


def test_nothing_depends_on_a_day_of_ours(corpus: Corpus) -> None:
    """What is late is late on the day that is asked about."""
    early = brief_page(corpus, "c2-roadmap", as_of=datetime.date(2026, 1, 1)).to_markdown()

    assert "▲" not in early
