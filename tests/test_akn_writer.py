"""Writing Akoma Ntoso: valid against the schema, named as the UN names it, and undone by reading."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import Citation, Document, Note, Part, Provision, Section, Translations
from wsis_model.interop import akn
from wsis_model.interop.akn.writer import write
from wsis_model.model import Alignment, Basis, Extensions, Subject, TextRow, TextTable
from wsis_model.testing import a_document, a_provision, corpora, documents

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
#: What a document gains that never was Akoma Ntoso: the words of its cover page and closing
#: formula.
PRINTED = ("akn:cover-en", "akn:closing-en")


# --- Helpers --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def faults(shared: Path) -> Any:
    """What is wrong with a file according to the official schema."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(shared / "akn4un" / "akomantoso30.xsd"))

    def found(text: str) -> list[str]:
        return (
            []
            if schema.validate(etree.fromstring(text.encode()))
            else str(schema.error_log).splitlines()
        )

    return found


@pytest.fixture(scope="session")
def official(shared: Path) -> list[Path]:
    """The official files."""
    return sorted((shared / "documents" / "akn").glob("*.xml"))


def reread(
    document: Document, annexes: Iterable[Document] = (), **options: Any
) -> tuple[Document, ...]:
    """What reading finds in what was written, without the words that only writing made up."""
    made = akn.read(write(document, annexes=annexes, **options).encode()).documents
    return tuple(
        each.replace(
            extensions={
                name: value for name, value in each.extensions.items() if name not in PRINTED
            }
        )
        for each in made
    )


def root(document: Document, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(write(document, **options))


def with_text(document: Document) -> Document:
    """The document with an English text, made up where there is none."""
    provisions = [
        each.replace(text=each.text or {"en": f"text of {each.number};"})
        for each in document.provisions
    ]
    return document.replace(provisions=provisions)


def held(document: Document) -> Document:
    """The document with what the format holds and no more."""
    provisions = [
        Provision(
            id=each.id,
            number=each.number,
            part=each.part,
            section=each.section,
            parent=each.parent,
            text=Translations(en=each.text["en"]),
            citations=tuple(
                cited.replace(verb=None, target=(cited.target or "").split("/")[0] or None)
                for cited in each.citations
            ),
        )
        for each in with_text(document).provisions
    ]
    return document.replace(
        title=document.title.pick("en"),
        languages=("en",),
        agenda_item=None,
        urls=(f"https://docs.un.org/en/{quote(document.symbol or '')}",),
        akn_iri=f"/akn/un/statement/deliberation/unga/{document.adopted}/{document.id}/",
        source=None,
        sections=[
            Section(
                id=each.id,
                heading=Translations(en=each.heading.pick("en")),
                level=each.level,
                parent=each.parent,
            )
            for each in document.sections
        ],
        provisions=provisions,
    )


# --- Validity -------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_every_official_file_is_valid_and_the_same_when_written_anew(
    official: list[Path], faults: Any
) -> None:
    """Reading undoes writing for the documents and annexes of every official file, and what is
    written is valid though not all files are.
    """
    assert official
    for path in official:
        read = akn.read(path).documents
        text = write(read[0], annexes=read[1:])
        assert faults(text) == [], path.name
        again = akn.read(text.encode())
        assert again.documents == read, path.name
        assert again.left_out == (), path.name


@given(documents())
def test_whatever_can_be_written_is_valid(faults: Any, document: Document) -> None:
    """A document with anything in it is refused with a ValueError, or written as the schema wants
    it.
    """
    try:
        text = write(document, summaries=True)
    except ValueError as error:
        text, refused = "", str(error)
    else:
        refused = ""
    assert faults(text) == [] if text else "has no text" in refused or "XML" in refused


def test_votes_and_procedure_in_any_words_are_valid(faults: Any) -> None:
    """The schema has addresses where the UN writes names of States and titles of reports."""
    step = {
        "outcome": "adopted [as amended]",
        "as": "A/91/PV.1 %",
        "by": 'Brazil: "on behalf of" <some> States {a|b}',
        "date": "soon",
    }
    extensions = {
        "akn:workflow": [step, {"outcome": "adopted", "date": "2036-12-05"}],
        "akn:votes": {
            "inFavour": {"count": "2", "voters": ["BRAZIL", "KENYA"]},
            "not voting": {"count": "1"},
        },
        "akn:agenda": [{"item": "15", "title": "Anything", "agenda": "A/91/251 [draft]"}],
    }
    assert faults(write(with_text(a_document(adoption="vote", extensions=extensions)))) == []


# --- Reading undoes writing -----------------------------------------------------------------------


@given(corpora())
def test_reading_undoes_writing_for_documents_of_corpora(corpus: Any) -> None:
    """Of a document made by hand comes back all that the format holds."""
    document = held(corpus["91-1"])
    assert reread(document) == (document,)


_WORDS = (
    "Welcomes",
    "the",
    "Internet",
    "91/2",
    "A/RES/90/1,",
    "(a)",
    "«été»",
    "世界",
    "اللجنة",
    "& <so> on",
    "2037",
)
_CITED = (
    "90-1",
    "70-125",
    "217-a-iii",
    "80-1-a",
    "e-res-2025-18",
    "a-80-l-41",
    "a-conf-157-24",
    "e-ffdf-2019-3",
)


def _sentences(ends: str = ".;") -> st.SearchStrategy[str]:
    return st.builds(
        "{}{}".format,
        st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join),
        st.sampled_from(ends),
    )


def _citations() -> st.SearchStrategy[list[Citation]]:
    targets = st.sampled_from(_CITED).map(lambda target: Citation(target=target))
    others = st.sampled_from(("a report", "https://example.org/a", "世界")).map(
        lambda text: Citation(text=text)
    )
    return st.lists(targets | others, max_size=3, unique=True)


class _Drafting:
    """Puts a document together in the order in which it is printed."""

    def __init__(self, draw: st.DrawFn, identifier: str) -> None:
        self.draw = draw
        self.id = identifier
        self.part = Part.ANNEX if "annex" in identifier else Part.OPERATIVE
        self.sections: list[Section] = []
        self.provisions: list[Provision] = []
        self.notes: list[Note] = []
        self.tables: list[TextTable] = []

    def heading(self) -> None:
        level = (
            self.draw(st.integers(1, min(self.sections[-1].level + 1, 9))) if self.sections else 1
        )
        parent = next((each.id for each in reversed(self.sections) if each.level < level), None)
        name = f"{self.id}/s{len(self.sections) + 1}"
        self.sections.append(
            Section(
                id=name, heading=Translations(en=f"Heading of {name}"), level=level, parent=parent
            )
        )
        if self.draw(st.booleans()):
            self.note(None)

    def note(self, provision: str | None) -> list[Citation]:
        mark = str(len(self.notes) + 1)
        citations = self.draw(_citations())
        self.notes.append(
            Note(
                mark=mark,
                provision=provision,
                text=Translations(en=self.draw(_sentences())),
                citations=tuple(citations),
            )
        )
        return [each.replace(mark=mark) for each in citations]

    def provision(
        self, number: str, *, parent: str | None = None, part: Part | None = None, items: int = 0
    ) -> str:
        name = a_provision(number=number).id.replace("91-1", self.id)
        lines = (
            [self.draw(_sentences(":"))]
            if items
            else self.draw(st.lists(_sentences(), min_size=1, max_size=2))
        )
        if items and self.draw(st.booleans()):
            lines.append(self.draw(_sentences()))
        preambular = part is Part.PREAMBULAR
        if preambular:
            lines = [line[:-1] + "," for line in (lines if items else lines[:1])]
        citations = self.draw(_citations()) if len(lines) == 1 else []
        if self.draw(st.booleans()):
            citations += self.note(name)
        self.provisions.append(
            Provision(
                id=name,
                number=number,
                part=part or self.part,
                section=self.sections[-1].id if self.sections and not preambular else None,
                parent=parent,
                text=Translations(en="\n".join(lines)),
                citations=tuple(citations),
            )
        )
        if self.draw(st.integers(0, 4)) == 0:
            rows = tuple(
                TextRow(cells=("Target", self.draw(_sentences()), ""))
                for _ in range(self.draw(st.integers(1, 2)))
            )
            self.tables.append(TextTable(provision=name, language="en", rows=rows))
        return name

    def items(self, number: str, parent: str, part: Part | None, count: int) -> None:
        for letter in "abcdefghi"[:count]:
            inner = self.draw(st.integers(0, 3)) if letter == "b" else 0
            name = self.provision(f"{number}({letter})", parent=parent, part=part, items=inner)
            for numeral in ("i", "ii", "iii")[:inner]:
                self.provision(f"{number}({letter})({numeral})", parent=name, part=part)

    def whole(self, number: str, part: Part | None = None) -> None:
        count = self.draw(st.sampled_from((0, 0, 1, 3, 9)))
        self.items(number, self.provision(number, part=part, items=count), part, count)

    def body(self) -> None:
        number = 0
        for _ in range(self.draw(st.integers(1, 5))):
            if self.draw(st.booleans()):
                self.heading()
            number += 1
            self.whole(str(number))

    def fields(self) -> dict[str, Any]:
        return {
            "sections": self.sections,
            "provisions": self.provisions,
            "notes": self.notes,
            "tables": self.tables,
        }


@st.composite
def drafts(draw: st.DrawFn) -> Document:
    """A resolution of any structure that the format holds: headings at all depths, items of items,
    notes, tables, citations.
    """
    drafting = _Drafting(draw, "91-1")
    for ordinal in range(1, draw(st.integers(0, 3)) + 1):
        drafting.whole(f"P{ordinal}", Part.PREAMBULAR)
    drafting.body()
    adopted = datetime.date(2036, 12, 5)
    return Document(
        id="91-1",
        title=Translations(en="Review of the information society"),
        symbol="A/RES/91/1",
        kind="resolution",
        body="general-assembly",
        adopted=adopted,
        adoption=draw(st.sampled_from((None, "consensus", "vote"))),
        session="sessions/ga-91",
        agenda_item=draw(st.sampled_from((None, "15", "18 (b)"))),
        draft=draw(st.sampled_from((None, "a-91-l-2", "a-c-2-91-l-17-rev-1"))),
        urls=("https://docs.un.org/en/A/RES/91/1",),
        akn_iri=f"/akn/un/statement/deliberation/unga/{adopted}/91-1/",
        distributed=draw(st.sampled_from((None, datetime.date(2036, 12, 19)))),
        meeting=draw(st.sampled_from((None, "68th plenary meeting"))),
        subjects=tuple(draw(st.lists(st.sampled_from(_SUBJECTS), max_size=2, unique=True))),
        alignments=tuple(
            Alignment(concept=f"sdg/{code}", basis=Basis.STATED)
            for code in draw(st.sampled_from(((), ("9", "17", "9.c"))))
        ),
        opening=Translations(en="The General Assembly,\nAdopts the following & more:"),
        languages=("en",),
        **drafting.fields(),
    )


_SUBJECTS = (
    Subject(label="INTERNET", iri="http://metadata.un.org/thesaurus/1003348"),
    Subject(label="World Summit on the Information Society"),
)


@given(drafts())
def test_reading_undoes_writing_for_any_structure(document: Document) -> None:
    """Headings, items, notes, tables and citations come back where they stood."""
    assert reread(document) == (document,)


@given(drafts())
def test_any_structure_is_valid(faults: Any, document: Document) -> None:
    """The schema allows what is written, however headings and items are nested."""
    assert faults(write(document)) == []


@st.composite
def annexed(draw: st.DrawFn) -> tuple[Document, ...]:
    """Annexes, some of which begin with a heading."""
    count = draw(st.integers(1, 2))
    made: list[Document] = []
    for numeral in ("", "II") if count > 1 else ("",):
        number = numeral or ("I" if count > 1 else "")
        name = f"91-1-annex{number and '-'}{number.lower()}"
        drafting = _Drafting(draw, name)
        if draw(st.booleans()):
            drafting.heading()
        drafting.body()
        made.append(
            Document(
                id=name,
                title=Translations(en=f"Programme {number}".strip()),
                symbol=f"A/RES/91/1, annex {number}".strip(),
                kind="annex",
                annex_of="91-1",
                body="general-assembly",
                adopted=a_document().adopted,
                session="sessions/ga-91",
                languages=("en",),
                extensions=Extensions({"akn:annex-en": f"Annex {number}".strip()}),
                **drafting.fields(),
            )
        )
    return tuple(made)


@given(annexed())
def test_reading_undoes_writing_for_annexes(annexes: tuple[Document, ...]) -> None:
    """Annexes come back as documents of their own."""
    document = held(a_document())
    assert reread(document, annexes) == (document, *annexes)


@given(annexed())
def test_annexes_are_valid(faults: Any, annexes: tuple[Document, ...]) -> None:
    """No eId comes twice in a file, also where numbers start again in each annex."""
    assert faults(write(held(a_document()), annexes=annexes)) == []


def test_resolutions_under_one_number_are_parts_of_one_file(faults: Any) -> None:
    """A and B are components with their own symbols, and come back as documents of the whole."""
    whole = held(a_document(provisions=(), sections=(), notes=())).replace(
        opening="The General Assembly,"
    )
    parts = [
        held(
            a_document(
                id=f"91-1-{letter.lower()}",
                symbol=f"A/RES/91/1 {letter}",
                title=f"Part {letter}",
                annex_of="91-1",
                sections=(),
                notes=(),
                provisions=(
                    Provision(
                        id=f"91-1-{letter.lower()}/1", number="1", text=Translations(en="Decides.")
                    ),
                ),
            )
        )
        for letter in "AB"
    ]
    assert faults(write(whole, annexes=parts)) == []
    assert reread(whole, parts) == (whole, *parts)


FIXTURES = sorted((Path(__file__).parent / "fixtures" / "akn").glob("*.xml"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_file_with_its_annexes_and_parts_reads_back(faults: Any, path: Path) -> None:
    """Collections, parts with annexes of their own, annexes that are headings: all documents are
    the same, in any language unasked.
    """
    read = akn.read(path).documents
    text = write(read[0], annexes=read[1:])
    assert faults(text) == []
    assert akn.read(text.encode()).documents == read


def test_an_annex_may_be_but_a_table(faults: Any) -> None:
    """What has no paragraph has no paragraph to miss."""
    table = TextTable(language="en", rows=(TextRow(cells=("Pots", "12")),))
    annex = a_document(
        id="91-1-annex", kind="annex", provisions=(), sections=(), notes=(), tables=(table,)
    )
    text = write(held(a_document()), annexes=[annex])
    assert faults(text) == []
    assert akn.read(text.encode()).documents[1].tables == (table,)


def test_preambular_paragraphs_may_follow_numbered_ones(faults: Any) -> None:
    """Resolutions of several parts have preambular paragraphs in each."""
    provisions = (
        Provision(id="91-1/1", number="1", section="91-1/s1", text=Translations(en="Decides;")),
        Provision(
            id="91-1/p1",
            number="P1",
            part=Part.PREAMBULAR,
            text=Translations(en="Recalling 90/1:\nas well,"),
            citations=(Citation(target="90-1"),),
        ),
        Provision(
            id="91-1/p1-a",
            number="P1(a)",
            part=Part.PREAMBULAR,
            parent="91-1/p1",
            text=Translations(en="this,"),
        ),
        Provision(
            id="91-1/2", number="2", section="91-1/s1", text=Translations(en="Decides further.")
        ),
    )
    document = held(
        a_document(
            provisions=provisions,
            sections=(Section(id="91-1/s1", heading=Translations(en="One")),),
            notes=(),
        )
    )
    assert faults(write(document)) == []
    assert reread(document) == (document,)


def test_a_number_above_its_items_may_have_a_note(faults: Any) -> None:
    """A paragraph that is nothing but its items keeps its note."""
    provisions = (
        Provision(id="91-1/1", number="1", citations=(Citation(target="90-1", mark="1"),)),
        Provision(id="91-1/1-a", number="1(a)", parent="91-1/1", text=Translations(en="Decides.")),
    )
    notes = (
        Note(
            mark="1",
            provision="91-1/1",
            text=Translations(en="Resolution 90/1."),
            citations=(Citation(target="90-1"),),
        ),
    )
    text = write(a_document(provisions=provisions, sections=(), notes=notes))
    assert faults(text) == []
    assert [
        each.replace(part=Part.OPERATIVE) for each in akn.read(text.encode()).document.provisions
    ] == list(provisions)
    assert akn.read(text.encode()).document.notes == notes


def test_headings_may_stand_among_the_items_of_a_paragraph(faults: Any) -> None:
    """The Sevilla Commitment has headings between (b) and (c)."""
    provisions = (
        Provision(id="91-1/1", number="1", section="91-1/s1", text=Translations(en="We will:")),
        Provision(
            id="91-1/1-a",
            number="1(a)",
            section="91-1/s2",
            parent="91-1/1",
            text=Translations(en="write;"),
        ),
        Provision(
            id="91-1/1-b",
            number="1(b)",
            section="91-1/s3",
            parent="91-1/1",
            text=Translations(en="read."),
        ),
        Provision(id="91-1/2", number="2", section="91-1/s3", text=Translations(en="We thank.")),
    )
    sections = (
        Section(id="91-1/s1", heading=Translations(en="Actions")),
        Section(id="91-1/s2", heading=Translations(en="Writing"), level=2, parent="91-1/s1"),
        Section(id="91-1/s3", heading=Translations(en="Reading"), level=2, parent="91-1/s1"),
    )
    document = held(a_document(provisions=provisions, sections=sections, notes=()))
    assert faults(write(document)) == []
    assert reread(document) == (document,)


# --- How it is written ----------------------------------------------------------------------------


def test_a_work_is_named_as_the_un_names_it() -> None:
    """Work, expression and manifestation follow from the body, the date, the symbol and the
    language.
    """
    meta = root(with_text(a_document(distributed=datetime.date(2036, 12, 19)))).find(
        f".//{AKN}identification"
    )
    assert meta is not None
    work = "/akn/un/statement/deliberation/unga/2036-12-01/91-1"
    assert [each.get("value") for each in meta.iter(f"{AKN}FRBRthis")] == [
        f"{work}/!main/",
        f"{work}/eng@!main/",
        f"{work}/eng@/!main.xml",
    ]
    assert [each.get("value") for each in meta.iter(f"{AKN}FRBRuri")] == [
        f"{work}/",
        f"{work}/eng@/",
        f"{work}/eng@.xml",
    ]
    dates = [(each.get("name"), each.get("date")) for each in meta.iter(f"{AKN}FRBRdate")]
    assert dates == [
        ("adoption", "2036-12-01"),
        ("publication", "2036-12-19"),
        ("markup", "0001-01-01"),
    ]


def test_eids_follow_the_numbers() -> None:
    """A paragraph's eId says under which heading it stands, an item's in which list."""
    names = {each.get("eId") for each in root(with_text(a_document())).iter()}
    assert {
        "recital_1",
        "sec_1",
        "sec_1__para_2",
        "sec_1__para_2__list_1__point_a",
        "sec_2__para_3",
        "authorialNote_1",
    } <= names


def test_a_citation_is_a_link_where_the_text_names_it() -> None:
    """The words that name the symbol lead to its official address; a longer number that begins
    alike does not.
    """
    provision = a_provision(
        text={"en": "Recalls 90/11 and 90/1."}, citations=(Citation(target="90-1"),)
    )
    (link,) = root(a_document(provisions=(provision,), notes=())).iter(f"{AKN}a")
    assert (link.text, link.get("href"), link.tail) == (
        "90/1",
        "https://docs.un.org/en/A/RES/90/1",
        ".",
    )


def test_a_wrap_up_follows_the_items() -> None:
    """What a text holds after its chapeau is printed after the items."""
    provisions = (
        a_provision(number="1", text={"en": "Requests the body:\nand thanks it."}),
        a_provision(number="1(a)", parent="91-1/1", text={"en": "to report,"}),
    )
    (listed,) = root(a_document(provisions=provisions, notes=())).iter(f"{AKN}list")
    printed = [
        (each.tag.removeprefix(AKN), "".join(each.itertext()).split()[-1]) for each in listed
    ]
    assert printed == [("intro", "body:"), ("point", "report,"), ("wrapUp", "it.")]


def test_writing_twice_gives_the_same_bytes() -> None:
    """Nothing depends on the clock or on chance, in this process or the next."""
    code = (
        "from wsis_model.interop.akn.writer import write; from wsis_model.testing import a_document"
        " as a; print(write(a(), summaries=True), end='')"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": _path()},
        )
        for seed in "12"
    ]
    assert runs[0].stdout == runs[1].stdout == write(a_document(), summaries=True).encode()


def _path() -> str:
    import os

    return os.pathsep.join(sys.path)


def test_layout_leaves_sentences_alone() -> None:
    """Elements stand on lines of their own; no white space comes between a word and the mark of its
    note.
    """
    lines = write(with_text(a_document())).splitlines()
    assert "        <num>1.</num>" in [line[2:] for line in lines]
    assert any(
        line.lstrip().startswith("<p>text of P1;<authorialNote ")
        and line.endswith("</authorialNote></p>")
        for line in lines
    )


# --- What is refused ------------------------------------------------------------------------------


def test_a_document_without_its_text_is_refused() -> None:
    """Our summaries are not passed off as the text of a resolution."""
    with pytest.raises(ValueError, match=r"^91-1 .*'en'.* P1, P2.*with_text\(\)"):
        write(a_document())


def test_a_paragraph_without_its_text_is_refused() -> None:
    """One paragraph that is missing is named."""
    document = with_text(a_document())
    provisions = [
        each.replace(text={}) if each.number == "3" else each for each in document.provisions
    ]
    with pytest.raises(ValueError, match=r"'en' .*\b3:"):
        write(document.replace(provisions=provisions))


def test_the_only_language_there_is_need_not_be_told() -> None:
    """One language is written without being asked for; of several English is, and where it is not
    there, none.
    """
    french = a_document(provisions=(a_provision(text={"fr": "Remue."}),), notes=())
    assert 'language="fra"' in write(french)
    both = a_document(provisions=(a_provision(text={"fr": "Remue.", "en": "Stirs."}),), notes=())
    assert "Stirs." in write(both)
    neither = a_document(provisions=(a_provision(text={"fr": "Remue.", "es": "Agita."}),), notes=())
    with pytest.raises(ValueError, match="'en'"):
        write(neither)


def test_a_document_without_the_language_is_refused() -> None:
    """A text in another language is no text in this one."""
    with pytest.raises(ValueError, match="'fr'"):
        write(with_text(a_document()), language="fr")


def test_an_annex_without_its_text_is_refused() -> None:
    """The rule holds for all parts of a file."""
    with pytest.raises(ValueError, match=r"^gdc "):
        write(with_text(a_document()), annexes=[a_document(id="gdc", kind="annex")])


def test_summaries_are_marked(faults: Any) -> None:
    """Asked for, summaries stand as the text: a remark says what they are, and each is marked."""
    text = write(a_document(), summaries=True)
    made = ElementTree.fromstring(text)
    (remark,) = made.iter(f"{AKN}remark")
    assert "not official" in (remark.text or "")
    assert sum(each.get("status") == "editorial" for each in made.iter(f"{AKN}p")) == len(
        a_document().provisions
    )
    assert faults(text) == []


def test_summaries_of_an_annex_are_marked(faults: Any) -> None:
    """Each document of a file says of itself whether it holds summaries."""
    text = write(
        with_text(a_document()), annexes=[a_document(id="91-1-annex", kind="annex")], summaries=True
    )
    assert text.count("</remark>") == 1
    assert faults(text) == []


def test_official_text_has_no_remark() -> None:
    """Where every paragraph has its text there is nothing to remark, whether or not summaries would
    do.
    """
    assert "remark" not in write(with_text(a_document()), summaries=True)


def test_what_xml_cannot_hold_is_refused() -> None:
    """A control character is refused with its number and its place, not dropped."""
    with pytest.raises(ValueError, match=r"91-1 .*U\+0001"):
        write(a_document(provisions=(a_provision(text={"en": "a\x01b"}),), notes=()))
