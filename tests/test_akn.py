"""Akoma Ntoso: what the UN's own files say, read without loss; and files that no one should have
written.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import Corpus, LoadError, MissingExtra, check, load
from wsis_model.interop import MoreInFile, RepairedFile, akn
from wsis_model.model import Document, Part

FIXTURES = Path(__file__).parent / "fixtures" / "akn"
NAMES = sorted(path.name for path in FIXTURES.glob("*.xml"))
SIX = ("Arabic", "Chinese", "English", "French", "Russian", "Spanish")
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def resolution(body: str, *, name: str = "resolution", root: str = "statement") -> bytes:
    """The bytes of a resolution A/RES/99/1 with this body."""
    return (
        f'<akomaNtoso xmlns="{NAMESPACE}"><{root} name="{name}"><preface><p><docNumber>A/RES/99/1</docNumber>'
        f"<docTitle>Of spoons</docTitle></p></preface>{body}</{root}></akomaNtoso>"
    ).encode()


def paragraph(text: str, num: str = "", cls: str = "") -> str:
    """A paragraph as the UN writes it."""
    number = f"<num>{num}</num>" if num else ""
    return f'<paragraph class="{cls}">{number}<content><p xml:space="preserve">{text}</p></content></paragraph>'


def numbers(document: Document) -> list[str]:
    return [provision.number for provision in document.provisions]


def texts(document: Document, language: str = "und") -> dict[str, str]:
    return {
        provision.id.rpartition("/")[2]: provision.text.get(language, "")
        for provision in document.provisions
    }


class TestKettles:
    """A resolution in the layout of A/RES/80/173, in words of our own."""

    @pytest.fixture
    def english(self) -> Document:
        return akn.read(FIXTURES / "kettles.en.xml")

    def test_numbers(self, english: Document) -> None:
        """Preambular paragraphs, wherever they stand, numbered ones and items, each with its
        printed number.
        """
        assert numbers(english) == [
            "P1",
            "P2",
            "1",
            "2",
            "2(a)",
            "2(b)",
            "2(b)(i)",
            "2(b)(ii)",
            "3",
        ]
        assert Counter(provision.part for provision in english.provisions) == {
            Part.PREAMBULAR: 2,
            Part.OPERATIVE: 7,
        }

    def test_opening(self, english: Document) -> None:
        """What precedes the preamble is the opening, the repeated title included."""
        assert english.opening["en"].split("\n") == [
            "The General Assembly,",
            "Adopts what follows:",
            "Kettles for all",
            "We, the cooks of the world,",
        ]

    def test_headings_by_any_mark(self, english: Document) -> None:
        """A bold paragraph and a subheading are both headings."""
        assert [section.heading["en"] for section in english.sections] == ["Water", "Tea"]
        assert [provision.section for provision in english.provisions[-2:]] == [
            "98-20/s1",
            "98-20/s2",
        ]

    def test_text_is_the_paragraphs_own(self, english: Document) -> None:
        """The chapeau and the words after the items are the paragraph's; the items are theirs; a
        number alone joins what follows.
        """
        said = texts(english, "en")
        assert said["2"] == "Cooks are asked:\nevery morning;"
        assert said["2-b-ii"] == "With coal;"
        assert said["3"] == "Tea is poured."
        assert english.provisions[7].parent == "98-20/2-b"

    def test_notes_and_citations(self, english: Document) -> None:
        """A note stands at its paragraph, without its mark; what it links to is cited with the
        mark.
        """
        assert [(note.mark, note.provision, note.text["en"]) for note in english.notes] == [
            ("1", "98-20/p1", "See 96/4 B."),
            ("2", "98-20/1", "Ibid."),
        ]
        assert [(cited.target, cited.mark) for cited in english.provisions[0].citations] == [
            ("97-3", None),
            ("96-4-b", "1"),
        ]

    def test_particulars(self, english: Document) -> None:
        """Metadata becomes fields; a missing date is none."""
        assert (english.symbol, english.kind, english.body, english.session) == (
            "A/RES/98/20",
            "resolution",
            "general-assembly",
            "sessions/ga-98",
        )
        assert (str(english.adopted), str(english.distributed), english.adoption) == (
            "2098-11-05",
            "2098-11-12",
            "vote",
        )
        assert (english.agenda_item, english.draft, english.meeting) == (
            "7 (b)",
            "a-98-l-7",
            "12th plenary meeting",
        )
        assert [subject.label for subject in english.subjects] == ["innovation", "KITCHENS"]
        assert [alignment.concept for alignment in english.alignments] == ["sdg/9"]
        steps: Any = english.extensions["akn:workflow"]
        assert [step["outcome"] for step in steps] == ["draftResolution", "adopted"]
        votes: Any = english.extensions["akn:votes"]
        assert votes["inFavour"]["voters"] == ("NORTHLAND", "SOUTHLAND")

    def test_languages_join(self) -> None:
        """Arabic numbers, letters and note brackets come to the same numbers, so that the versions
        join without a finding.
        """
        joined = akn.translations([FIXTURES / "kettles.ar.xml", FIXTURES / "kettles.en.xml"])

        assert joined.findings == ()
        assert joined.document.languages == ("en", "ar")
        assert all(set(provision.text) == {"en", "ar"} for provision in joined.document.provisions)
        assert joined.document.notes[0].text["ar"] == "انظر 96/4 باء."
        assert joined.document.sections[1].heading["ar"] == "الشاي"
        assert (
            akn.read_translations([FIXTURES / "kettles.ar.xml", FIXTURES / "kettles.en.xml"])
            == joined.document
        )

    def test_a_mismatch_is_a_finding(self) -> None:
        """What one version lacks is kept and said."""
        arabic = (
            (FIXTURES / "kettles.ar.xml")
            .read_text(encoding="utf-8")
            .replace("(ب)", "(ج)")
            .replace("الشاي</subheading>", "</subheading>")
        )
        joined = akn.translations([FIXTURES / "kettles.en.xml", arabic.encode()])

        assert {
            (finding.code, finding.record, finding.language) for finding in joined.findings
        } >= {
            ("P608", "98-20/2-b", "ar"),
            ("P608", "98-20/2-c", "en"),
        }
        assert "98-20/2-c" in {provision.id for provision in joined.document.provisions}
        assert len(
            {each.id for each in joined.document.provisions}
            | {each.id for each in joined.document.sections}
        ) == len(joined.document.provisions) + len(joined.document.sections)

    @pytest.mark.parametrize(
        "names", [(), ("kettles.en.xml", "council.xml"), ("kettles.en.xml", "kettles.en.xml")]
    )
    def test_only_versions_of_one_document_join(self, names: tuple[str, ...]) -> None:
        """Nothing, two documents, and one language twice are refused."""
        with pytest.raises(LoadError):
            akn.translations([FIXTURES / name for name in names])


class TestAnnexesAndParts:
    """Documents within documents."""

    def test_annexes_that_are_headings(self) -> None:
        """A heading opens an annex; numbers start again there."""
        found = akn.reading(FIXTURES / "annexes.xml")

        assert [
            (document.id, document.annex_of, document.title["en"]) for document in found.documents
        ] == [
            ("98-21", None, "Rules of the kitchen"),
            ("98-21-annex-i", "98-21", "Rules for cooks"),
            ("98-21-annex-ii", "98-21", "What there is"),
        ]
        assert numbers(found.documents[1]) == ["1", "1(1)", "1(2)", "2", "P1", "1"]
        assert found.documents[1].provisions[-1].id == "98-21-annex-i/s2-1"
        assert found.document.provisions[-1].number == "2(2)"

    def test_tables_stay_tables(self) -> None:
        """A table keeps its rows and its empty cells, and the notes in it."""
        document = akn.reading(FIXTURES / "annexes.xml").documents[2]

        assert [row.cells for row in document.tables[0].rows] == [
            ("Thing", "Number"),
            ("Plates", "12"),
            ("Cups", ""),
        ]
        assert document.notes[0].text["en"] == "Counted at night."

    def test_what_has_no_place_is_reported(self) -> None:
        """Contents and images are left out, with their lines."""
        left = akn.reading(FIXTURES / "annexes.xml").left_out

        assert [(each.text, each.reason) for each in left] == [
            ("Everything, page 1", "table of contents"),
            ("img", "image or foreign matter"),
        ]
        assert all(each.position.line for each in left)

    def test_parts_of_a_collection(self) -> None:
        """A and B are documents of their own that belong to the collection and have its
        particulars; annexes belong to their part.
        """
        found = akn.reading(FIXTURES / "collection.xml")

        assert [
            (document.id, document.symbol, document.annex_of) for document in found.documents
        ] == [
            ("98-30", "A/RES/98/30 A-B", None),
            ("98-30-a", "A/RES/98/30 A", "98-30"),
            ("98-30-a-annex", "A/RES/98/30 A, annex", "98-30-a"),
            ("98-30-b", "A/RES/98/30 B", "98-30"),
        ]
        assert {document.session for document in found.documents} == {"sessions/ga-98"}
        assert numbers(found.documents[1]) == ["U1"]
        assert [each.text for each in found.left_out] == ["Resolution C"]

    def test_parts_as_the_guidelines_have_them(self) -> None:
        """A, B and C have symbols of their own, whether or not their metadata says so, and their
        own annexes.
        """
        found = akn.reading(FIXTURES / "parts.xml")

        assert [(each.id, each.symbol, each.annex_of) for each in found.documents] == [
            ("98-31", "A/RES/98/31 A-C", None),
            ("98-31-a", "A/RES/98/31 A", "98-31"),
            ("98-31-b", "A/RES/98/31 B", "98-31"),
            ("98-31-b-annex", "A/RES/98/31 B, annex", "98-31-b"),
            ("98-31-c", "A/RES/98/31 C", "98-31"),
        ]
        assert numbers(found.documents[1]) == ["P1", "P2", "1", "2", "2(a)", "2(b)"]
        assert found.documents[1].sections[0].heading["en"] == "I Of spoons at table"
        assert found.left_out == ()

    def test_parts_that_are_headings(self) -> None:
        """A letter above a further opening begins a resolution of its own; a letter above
        paragraphs is a section.
        """
        body = "".join(
            f"<p><b>{letter}</b></p><p><b>Of {letter}</b></p><p>The General Assembly,</p>"
            + paragraph("Stir;", "1.")
            + f"<p><b>{section}</b></p>"
            + paragraph("Taste.", "2.")
            for letter, section in ("AC", "BD")
        )
        data = resolution(f"<mainBody>{body}</mainBody>")
        found = akn.reading(data).documents

        assert [(each.id, each.symbol, str(each.title)) for each in found[1:]] == [
            ("99-1-a", "A/RES/99/1 A", "Of A"),
            ("99-1-b", "A/RES/99/1 B", "Of B"),
        ]
        assert all(numbers(each) == ["1", "2"] for each in found[1:])
        assert akn.unplaced(data) == ()

    def test_who_asks_for_one_is_told_of_the_others(self) -> None:
        """`read` gives the document and warns of annexes and of what was left out; of a file that
        has neither it does not.
        """
        with pytest.warns(MoreInFile) as told:
            akn.read(FIXTURES / "annexes.xml")
        more = told[0].message
        assert isinstance(more, MoreInFile)
        assert (more.document, more.others) == ("98-21", ("98-21-annex-i", "98-21-annex-ii"))
        assert len(more.left_out) == 2

        with pytest.warns(MoreInFile):
            akn.read_translations([FIXTURES / "parts.xml"])
        akn.read(FIXTURES / "kettles.en.xml")

    def test_security_council(self) -> None:
        """A resolution without a preface has its particulars from the cover page."""
        document = akn.read(FIXTURES / "council.xml")

        assert (document.id, document.title["en"], document.meeting) == (
            "s-res-9999-2098",
            "Resolution 9999 (2098)",
            "12000th meeting",
        )
        assert document.provisions[0].citations[0].target == "s-res-9000-2097"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(name: str) -> None:
    """Every text of a file is in a record or reported."""
    assert akn.unplaced(FIXTURES / name) == ()


def test_the_count_finds_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that forgets the notes is found out."""
    whole = akn.reading(FIXTURES / "kettles.en.xml")
    less = akn.Reading((whole.document.replace(notes=()),))

    def forgetful(name: str, root: object) -> akn.Reading:
        return less

    monkeypatch.setattr("wsis_model.interop.akn.completeness.read_parsed", forgetful)

    assert [left.text for left in akn.unplaced(FIXTURES / "kettles.en.xml")] == [
        "See",
        "96/4",
        "B.",
        "Ibid.",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_sound(name: str) -> None:
    """Identifiers are unique, agree with numbers and begin with their document's; headings nest."""
    corpus = Corpus.of(*akn.reading(FIXTURES / name).documents)

    assert {finding.code for finding in check(corpus).findings} <= {
        "R201"
    }  # it cites what this corpus does not hold


NUMBERING = {
    "items of a paragraph": (["7.", "1.", "2.", "8."], ["7", "7(1)", "7(2)", "8"]),
    "a count that slips": (["1.", "2.", "1.", "2.", "5."], ["1", "2", "3", "4", "5"]),
    "letters and numerals": (
        ["1.", "(a)", "(i)", "(ii)", "(b)"],
        ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"],
    ),
    "the letter i": (["1.", "(h)", "(i)", "(j)"], ["1", "1(h)", "1(i)", "1(j)"]),
    "beyond z": (["1.", "z)", "aa)", "bb)"], ["1", "1(z)", "1(aa)", "1(bb)"]),
    "other digits": (["١ -", "٢ -"], ["1", "2"]),
    "Cyrillic look-alikes": (["1.", "а)", "b)", "с)"], ["1", "1(a)", "1(b)", "1(c)"]),
    "Russian letters": (["1.", "а)", "б)", "в)"], ["1", "1(a)", "1(b)", "1(c)"]),
    "Chinese": (["1.", "(a)", "㈠", "㈡"], ["1", "1(a)", "1(a)(i)", "1(a)(ii)"]),
    "inserted": (["5.", "5 bis.", "6."], ["5", "5 bis", "6"]),
    "gaps stay": (["1.", "4."], ["1", "4"]),
}


@pytest.mark.parametrize("case", NUMBERING)
def test_numbering(case: str) -> None:
    """Labels in any script come to one form, and what starts again is told by what follows."""
    printed, expected = NUMBERING[case]
    body = "".join(paragraph("Stir it;", num) for num in printed)

    assert numbers(akn.read(resolution(f"<mainBody>{body}</mainBody>"))) == expected


def test_a_corrected_number_keeps_what_was_printed() -> None:
    """What the file says is under the extensions of the provision."""
    body = "".join(paragraph("Stir it;", num) for num in NUMBERING["a count that slips"][0])
    third = akn.read(resolution(f"<mainBody>{body}</mainBody>")).provisions[2]

    assert third.extensions == {"akn:num-und": "1."}


STRUCTURES = {
    "article": ("<article><num>Article 1</num><heading>Use</heading><paragraph><num>1.</num><content><p>Stir.</p></content></paragraph></article>", {"1": "Stir."}),
    "nested parts": ("<part><num>I</num><heading>A</heading><chapter><num>1</num><paragraph><num>1.</num><content><p>Stir.</p></content></paragraph></chapter></part>", {"1": "Stir."}),
    "blockList": ("<paragraph><num>1.</num><content><blockList><listIntroduction>Take:</listIntroduction><item><num>(a)</num><p>A pot</p></item></blockList></content></paragraph>", {"1": "Take:", "1-a": "A pot"}),
    "html lists": ("<paragraph><num>1.</num><content><p>Take:</p><ol><li><p>A pot</p></li><li>A pan</li></ol></content></paragraph>", {"1": "Take:", "1-1": "A pot", "1-2": "A pan"}),
    "point with a heading": ("<paragraph><num>1.</num><list><intro><p>Take:</p></intro><point><num>(a)</num><heading>Pots.</heading><content><p>All.</p></content></point></list></paragraph>", {"1": "Take:", "1-a": "Pots. All."}),
    "list in a list": ("<paragraph><num>1.</num><list><intro><p>Take:</p></intro><point><num>(a)</num><list><intro><p>Pots:</p></intro><point><num>(i)</num><content><p>Big</p></content></point></list></point></list></paragraph>", {"1": "Take:", "1-a": "Pots:", "1-a-i": "Big"}),
    "two blocks": ("<paragraph><num>1.</num><content><p>Stir.</p><p>Taste.</p></content></paragraph>", {"1": "Stir.\nTaste."}),
    "no number": ("<paragraph><content><p>Stir.</p></content></paragraph>", {"u1": "Stir."}),
    "text in the body": ("<p>Stir.</p>", {"u1": "Stir."}),
    "embedded structure": ("<paragraph><num>1.</num><content><p>Adopts:<embeddedStructure><paragraph><content><p>Stir.</p></content></paragraph></embeddedStructure></p></content></paragraph>", {"1": "Adopts:\nStir."}),
    "unknown elements": ("<kitchen><shelf><p>Stir.</p></shelf></kitchen>", {"u1": "Stir."}),
    "loose text": ("Stir.<paragraph><num>1.</num>all<content>day</content></paragraph>", {"u1": "Stir.", "1": "all\nday"}),
    "numbers in the text": ("<paragraph><content><p>\t3 –\tStir.</p></content></paragraph>", {"3": "Stir."}),
    "alinea": ("<paragraph><num>1.</num><alinea><content><p>Stir.</p></content></alinea></paragraph>", {"1": "Stir."}),
    "blocks in a block": ("<paragraph><num>1.</num><content><p>Stir <b>well</b>:<container><p>Taste.</p></container></p></content></paragraph>", {"1": "Stir well:\nTaste."}),
    "text before a block": ("<paragraph><num>1.</num><content>Stir.<p>Taste.</p></content></paragraph>", {"1": "Stir.\nTaste."}),
    "a number after text": ("<paragraph><p>Stir.</p><num>1.</num><p>Taste.</p></paragraph>", {"u1": "Stir.", "1": "Taste."}),
    "a text for a number": ("<paragraph><num>Stir all that there is in the pot, slowly.</num></paragraph>", {"u1": "Stir all that there is in the pot, slowly."}),
    "a heading over a number": ("<paragraph><heading>Heat</heading><num>1.</num><content><p>Stir.</p></content></paragraph>", {"1": "Stir."}),
    "a number in a block": ("<section><p><num>II</num></p><heading>Heat</heading><paragraph><num>1.</num><content><p>Stir.</p></content></paragraph></section>", {"1": "Stir."}),
    "paragraphs in a paragraph": ("<paragraph><content><p>Stir.</p><container><paragraph><num>1.</num><content><p>Well.</p></content></paragraph></container></content></paragraph>", {"u1": "Stir.", "u1-1": "Well."}),
    "a table without rows": ("<paragraph><num>1.</num><content><table>Stir.<p>Taste.</p></table></content></paragraph>", {"1": ""}),
    "speech": ("<debateSection><heading>Soup</heading><speech><from>Cook:</from><p>Stir.</p></speech></debateSection>", {"u1": "Cook:", "u2": "Stir."}),
}  # fmt: skip


@pytest.mark.parametrize("case", STRUCTURES)
def test_structures(case: str) -> None:
    """Every structure that the guidelines name has a place, and no text in it is lost."""
    body, expected = STRUCTURES[case]
    data = resolution(f"<mainBody>{body}</mainBody>")

    assert texts(akn.read(data)) == expected
    assert akn.unplaced(data) == ()


GUIDELINES = sorted(
    set(
        "alinea article book chapter clause division hcontainer indent level list paragraph part point proviso rule section subchapter "
        "subclause subdivision sublist subparagraph subpart subrule subsection subtitle title tome transitional block blockContainer "
        "container tblock debateSection recitals recital citations citation speech question answer scene narrative summary other "
        "embeddedStructure quotedStructure interstitial conclusion signature remark omissis def term ref".split()
    )
)


@pytest.mark.parametrize("name", GUIDELINES)
def test_every_element_of_the_guidelines_keeps_its_text(name: str) -> None:
    """Each element, with and without number, heading and paragraphs in it, loses nothing."""
    for inner in (
        "<num>4.</num><heading>Salt</heading><content><p>Add salt.</p></content>",
        "<p>Add salt.</p>",
        "Add salt.",
        "<num>4.</num><p>Add salt.</p>",
        "<num>4.</num>Add<p>salt.</p>now",
    ):
        data = resolution(f"<mainBody><{name}>{inner}</{name}></mainBody>")

        assert akn.unplaced(data) == (), inner


IDENTIFIERS = {
    "A/RES/ES-11/1": ("es-11-1", "sessions/ga-es-11"),
    "A/RES/77/150/Corr.1": ("77-150-corr-1", "sessions/ga-77"),
    "E/RES/2021/2 B": ("e-res-2021-2-b", None),
    "A/80/L.41": ("a-80-l-41", None),
    "A/RES/75/101 A-B": ("75-101", "sessions/ga-75"),
    "A/HRC/RES/47/16": ("a-hrc-res-47-16", None),
}


@pytest.mark.parametrize("symbol", IDENTIFIERS)
def test_symbols(symbol: str) -> None:
    """Documents of every body are named by their symbols."""
    document = akn.read(resolution("<mainBody/>").replace(b"A/RES/99/1", symbol.encode()))

    assert (document.id, document.session) == IDENTIFIERS[symbol]
    assert document.symbol == symbol


class TestOtherProfiles:
    """Akoma Ntoso that is not the UN's is read by the same structures, and says what it has no
    place for.
    """

    def test_notes_of_the_metadata(self) -> None:
        """A note that stands in the metadata comes to its mark; a mark that leads nowhere is left
        out.
        """
        data = resolution(
            '<meta><notes><note eId="n1"><p>With a spoon.</p></note></notes></meta>'
            '<mainBody><p>Stir<noteRef href="#n1" marker="*"/> it<noteRef href="#n2"/>.</p></mainBody>',
            root="act",
        )
        found = akn.reading(data)

        assert [(note.mark, note.provision, note.text["und"]) for note in found.document.notes] == [
            ("*", "99-1/u1", "With a spoon.")
        ]
        assert len(found.left_out) == 1
        assert akn.unplaced(data) == ()

    def test_metadata_without_a_field_is_told(self) -> None:
        """With its name, how often it stands there, its words, and where it stands first."""
        data = resolution(
            "<meta><lifecycle><eventRef/></lifecycle>\n<proprietary>Two words</proprietary><proprietary>and more"
            "</proprietary></meta><body><article><num>1</num><p>Stir.</p></article></body>",
            root="act",
        )
        found = akn.reading(data)

        assert [
            (each.element, each.count, each.words, each.position.line) for each in found.not_taken
        ] == [("lifecycle", 1, 0, 1), ("proprietary", 2, 4, 2)]


def test_other_namespaces() -> None:
    """Files of an earlier version of the standard, and of none, are read alike."""
    plain = resolution("<mainBody>" + paragraph("Stir.", "1.") + "</mainBody>")

    for namespace in ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13", "urn:x"):
        assert texts(akn.read(plain.replace(NAMESPACE.encode(), namespace.encode()))) == {
            "1": "Stir."
        }


class TestHostile:
    """Files made to harm, or by accident: one clear error, soon."""

    BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    ) + f']><akomaNtoso xmlns="{NAMESPACE}"><statement><mainBody><p>&j;</p></mainBody></statement></akomaNtoso>'  # fmt: skip
    CASES: ClassVar[dict[str, bytes]] = {
        "empty": b"",
        "no XML": b"once upon a time",
        "not AKN": b"<html/>",
        "no document": f'<akomaNtoso xmlns="{NAMESPACE}"/>'.encode(),
        "entity bomb": BOMB.encode(),
        "entity bomb in UTF-16": BOMB.encode("utf-16"),
        "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso><statement><p>&e;</p></statement></akomaNtoso>',
        "external DTD": b'<!DOCTYPE akomaNtoso SYSTEM "http://example.org/x.dtd"><akomaNtoso><statement/></akomaNtoso>',
        "DTD behind a long comment": b"<!--" + b" " * 5000 + b'--><!DOCTYPE x [<!ENTITY e "e">]><akomaNtoso><statement><p>&e;</p></statement></akomaNtoso>',
        "a second document type": resolution("<mainBody><p>&nbsp;</p><!DOCTYPE x></mainBody>"),
        "faults without number": resolution("<mainBody><p>" + "</q>" * 300 + "</p></mainBody>"),
        "broken, and no AKN": b"<html><p>R&D</html>",
        "broken in an unknown encoding": b'<?xml version="1.0" encoding="punycode"?><akomaNtoso><statement>R&D</statement></akomaNtoso>',
        "deep nesting": resolution("<mainBody>" + "<container>" * 200 + "x" + "</container>" * 200 + "</mainBody>"),
        "deep sentences": resolution("<mainBody><p>" + "<span>" * 150 + "x" + "</span>" * 150 + "</p></mainBody>"),
        "deep lists": resolution("<mainBody>" + "<list><point>" * 80 + "x" + "</point></list>" * 80 + "</mainBody>"),
        "deeper than the parser goes": b"<a>" * 100_000,
        "huge attribute": b'<akomaNtoso x="' + b"y" * 11_000_000 + b'"/>',
        "truncated": resolution("<mainBody/>")[:-30],
        "wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><akomaNtoso><statement><p>\xff\xfe</p></statement></akomaNtoso>',
        "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><akomaNtoso/>',
        "null bytes": b"\0" * 100,
        "a symbol beyond measure": resolution("<mainBody/>").replace(b"A/RES/99/1", b"A/RES/" + b"9" * 400).replace(b"Of spoons", b""),
    }  # fmt: skip
    READ = frozenset(("a symbol beyond measure",))

    @pytest.mark.parametrize("case", CASES)
    def test_is_refused(self, case: str) -> None:
        """A LoadError with a bounded message, or a reading; never another exception."""
        if case in self.READ:
            assert akn.read(self.CASES[case]).id
            return
        with pytest.raises(LoadError) as caught:
            akn.reading(self.CASES[case])

        assert caught.value.problems
        assert len(str(caught.value)) < 600

    @pytest.mark.parametrize(
        "case",
        [
            case
            for case in CASES
            if "DTD" in case or "entity bomb" in case or case == "external entity"
        ],
    )
    def test_says_dtd(self, case: str) -> None:
        """The reason is the document type, not some consequence of it."""
        with pytest.raises(LoadError) as caught:
            akn.read(self.CASES[case])

        assert caught.value.problems[0].code == "dtd"

    def test_says_where(self) -> None:
        """A fault of the XML has file, line and column."""
        with pytest.raises(LoadError) as caught:
            akn.read(b"<akomaNtoso>\n  <statement>\n</statement>")

        position = caught.value.problems[0].position
        assert (position.file, position.line) == ("<data>", 3)
        assert position.column

    def test_too_large(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """What is larger than any document is not even parsed."""
        monkeypatch.setattr("wsis_model.interop.akn.xml.MAX_BYTES", 1000)
        (tmp_path / "large.xml").write_bytes(b"<a>" + b" " * 2000 + b"</a>")

        for source in (tmp_path / "large.xml", b" " * 2000):
            with pytest.raises(LoadError) as caught:
                akn.read(source)
            assert caught.value.problems[0].code == "too-large"

    @pytest.mark.parametrize("path", ["no-such.xml", ".", "nul\0.xml"])
    def test_unreadable(self, path: str) -> None:
        """A path that leads to no file is a LoadError too."""
        with pytest.raises(LoadError):
            akn.read(path)

    def test_notes_that_lead_to_notes_end(self) -> None:
        """A note of the metadata is read once: in a circle, or where each leads to two, it does not
        come back.
        """
        notes = "".join(
            f'<note eId="n{n}"><p>Stir.<noteRef href="#n{n + 1}"/><noteRef href="#n{n + 1}"/></p></note>'
            for n in range(40)
        )
        last = '<note eId="n40"><p>Stir.<noteRef href="#n0"/></p></note>'
        found = akn.reading(
            resolution(
                f"<meta><notes>{notes}{last}</notes></meta>"
                '<mainBody><p>Taste.<noteRef href="#n0"/></p></mainBody>'
            )
        )

        assert len(found.document.notes) == 41
        assert len(found.left_out) == 41

    def test_many_parts_take_their_time_in_proportion(self) -> None:
        """Ten thousand parts of one letter have ten thousand names."""
        part = "<p><b>A</b></p><p>The General Assembly,</p>"
        found = akn.reading(resolution(f"<mainBody>{part * 10_000}</mainBody>"))

        assert len({document.id for document in found.documents}) == 10_001

    def test_many_headings_take_their_time_in_proportion(self) -> None:
        """Twenty thousand headings and restarts are read; a method that compares each with all
        would not come back.
        """
        body = "".join(
            f"<paragraph class='H23'><subheading>Of {n}</subheading></paragraph>"
            + paragraph("Stir.", "1.")
            for n in range(10_000)
        )
        document = akn.read(resolution(f"<mainBody>{body}</mainBody>"))

        assert len({provision.id for provision in document.provisions}) == 10_000

    @given(st.data())
    def test_any_damage(self, data: st.DataObject) -> None:
        """A file cut, or with bytes changed, gives a reading or a LoadError."""
        whole = bytearray((FIXTURES / data.draw(st.sampled_from(NAMES))).read_bytes())
        for _ in range(data.draw(st.integers(0, 3))):
            place = data.draw(st.integers(0, len(whole) - 1))
            whole[place] = data.draw(st.sampled_from(b"<>/&\"' 0aZ\xff\x00"))
        cut = data.draw(st.sampled_from((len(whole), len(whole), len(whole) // 2)))
        try:
            akn.reading(bytes(whole[:cut]))
        except LoadError:
            pass


MENDS = {
    "an end tag of another name": (
        "<paragraph>\n<content><p>Stir.</p></content></alinea>" + paragraph("Taste.", "1."),
        [("misnamed-end-tag", 2, "</alinea>")],
        {"u1": "Stir.", "1": "Taste."},
    ),
    "end tags too many": (
        "<p>Stir.</p></p>\n</statement></akomaNtoso>" + paragraph("Taste.", "1."),
        [("stray-end-tag", 1, "</p>"), ("stray-end-tag", 2, "</statement>"), ("stray-end-tag", 2, "</akomaNtoso>")],
        {"u1": "Stir.", "1": "Taste."},
    ),
    "an end tag too few": (
        "<paragraph><num>1.</num>\n<content><p>Stir <i>well.</p></content></paragraph>" + paragraph("Taste.", "2."),
        [("unclosed-element", 2, "<i>")],
        {"1": "Stir well.", "2": "Taste."},
    ),
    "signs": (
        "<p>Salt &amp; pepper, R&D, 1 < 2,&nbsp;&oops; ]]> &#1;\x02.</p>",
        [("stray-sign", 1, "&"), ("stray-sign", 1, "<"), ("undefined-entity", 1, "&nbsp;"), ("undefined-entity", 1, "&oops;"),
         ("stray-sign", 1, "]]>"), ("stray-sign", 1, "&#1;"), ("stray-sign", 1, "\x02")],
        {"u1": "Salt & pepper, R&D, 1 < 2, &oops; ]]> ."},
    ),
    "attributes": (
        """<paragraph class=H1 eId="a" eId="b" 'c'><num\nx='1'>1.</num><content><p>Stir.</p></content></paragraph>""",
        [("broken-attribute", 1, "class=H1"), ("broken-attribute", 1, 'eId="b"'), ("broken-attribute", 1, "'c'")],
        None,
    ),
    "a prefix that nothing declares": (
        "<p>Stir <un:spoon>well</un:spoon>.</p>",
        [("undeclared-prefix", 1, "un:")],
        {"u1": "Stir well."},
    ),
}  # fmt: skip


class TestMended:
    """XML that is not well-formed is read as far as it says what it means, and every repair is
    told.
    """

    @pytest.mark.parametrize("case", MENDS)
    def test_repairs_are_told(self, case: str) -> None:
        """Each has a code, a place and what stands there; the text is whole."""
        body, repairs, said = MENDS[case]
        data = resolution(f"<mainBody>{body}</mainBody>")
        found = akn.reading(data)

        assert [(each.code, each.position.line, each.found) for each in found.repairs] == repairs
        assert all(each.position.column and each.done for each in found.repairs)
        assert said is None or texts(found.document) == said
        assert akn.unplaced(data) == ()

    def test_reading_and_loading_tell(self, tmp_path: Path) -> None:
        """Whoever asks for the document alone, or loads a folder, is warned."""
        path = tmp_path / "a.xml"
        path.write_bytes(resolution("<mainBody><p>R&D</p></mainBody>"))

        for read in (akn.read, load):
            with pytest.warns(RepairedFile) as told:
                read(path)
            message = told[0].message
            assert isinstance(message, RepairedFile)
            assert [each.code for each in message.repairs] == ["stray-sign"]

    def test_an_early_end_leaves_nothing_out(self) -> None:
        """What a stray end tag puts where no text belongs is read, or reported as left out."""
        data = resolution(
            "<mainBody><p>Stir.</p></mainBody></statement>" + paragraph("Taste.", "1.")
        )
        found = akn.reading(data)

        assert texts(found.document) == {"u1": "Stir.", "1": "Taste."}
        assert akn.unplaced(data) == ()

    @given(st.data())
    def test_no_word_is_lost(self, data: st.DataObject) -> None:
        """Whatever tags are dropped, doubled or renamed: what is read has every word, or says that
        it has no place.
        """
        whole = (FIXTURES / data.draw(st.sampled_from(NAMES))).read_text(encoding="utf-8")
        for _ in range(data.draw(st.integers(1, 3))):
            tags = list(re.finditer(r"</?\w+[^<>]*>", whole))
            tag = data.draw(st.sampled_from(tags))
            written = data.draw(st.sampled_from(("", tag[0] * 2, "</p>", "<p>", "<section>")))
            whole = whole[: tag.start()] + written + whole[tag.end() :]
        try:
            assert akn.unplaced(whole.encode()) == ()
        except LoadError:
            pass


def quoting(inner: str, number: str = "") -> bytes:
    """A resolution whose only paragraph quotes a structure."""
    num = f"<num>{number}</num>" if number else ""
    return resolution(
        f"<mainBody><paragraph>{num}<content><p>Adopts the following:<embeddedStructure>{inner}</embeddedStructure>"
        "</p></content></paragraph>" + paragraph("Thanks all.", "9.") + "</mainBody>"
    )


SPEECH = '<container name="formula"><p><i>The Kitchen</i>,</p></container><container><p><i>Mindful</i> of soup,</p></container>'
QUOTED: dict[str, tuple[str, list[tuple[str, str | None, dict[str, str]]]]] = {
    "a draft": (
        SPEECH + paragraph("Stir;", "1.") + paragraph("Taste.", "2."),
        [("99-1-draft-resolution", "draft-resolution", {"p1": "Mindful of soup,", "1": "Stir;", "2": "Taste."})],
    ),
    "a document": (
        '<doc name="letter"><meta/><preface><p><docTitle>A letter</docTitle></p></preface><mainBody><p>Dear cook.</p></mainBody></doc>',
        [("99-1-letter", "letter", {"u1": "Dear cook."})],
    ),
    "a plan": (
        "<section><heading>Plan</heading>" + paragraph("Stir;", "1.") + paragraph("Taste.", "2.") + "</section>",
        [("99-1-part", None, {"1": "Stir;", "2": "Taste."})],
    ),
    "a draft that quotes a draft": (
        SPEECH + "<paragraph><num>1.</num><content><p>Adopts:<embeddedStructure>" + SPEECH + paragraph("Taste.", "1.")
        + "</embeddedStructure></p></content></paragraph>",
        [("99-1-draft-resolution", "draft-resolution", {"p1": "Mindful of soup,", "1": "Adopts:"}),
         ("99-1-draft-resolution-draft-resolution", "draft-resolution", {"p1": "Mindful of soup,", "1": "Taste."})],
    ),
    "text": ("<p>Dear cook,</p><p>Come soon.</p>", []),
    "rules": (paragraph("Stir;", "3.") + paragraph("Taste.", "4."), []),
    "a list": ("<list><intro><p>Take:</p></intro><point><num>(a)</num><content><p>A pot.</p></content></point></list>", []),
}  # fmt: skip
#: What a piece that is no document of its own becomes: text and items of the paragraph that quotes
#: it.
OWN = {
    "text": {"u1": "Adopts the following:\nDear cook,\nCome soon."},
    "rules": {"u1": "Adopts the following:", "u1-3": "Stir;", "u1-4": "Taste."},
    "a list": {"u1": "Adopts the following:\nTake:", "u1-a": "A pot."},
}


class TestQuoted:
    """What stands in an `embeddedStructure`: a document of its own, or a piece that belongs to the
    paragraph.
    """

    @pytest.mark.parametrize("case", QUOTED)
    def test_becomes_provisions(self, case: str) -> None:
        """Numbers and texts are those that stand there, and nothing is lost."""
        inner, documents = QUOTED[case]
        data = quoting(inner)
        own, *others = akn.reading(data).documents

        assert texts(own) == {
            **OWN.get(case, {"u1": "Adopts the following:"}),
            "9": "Thanks all.",
        }
        assert [(each.id, each.kind, texts(each)) for each in others] == documents
        assert all(each.annex_of for each in others)
        assert akn.unplaced(data) == ()

    @pytest.mark.parametrize("case", QUOTED)
    def test_reads_back(self, case: str) -> None:
        """Written and read again it is the same, quoted documents too."""
        made = akn.reading(quoting(QUOTED[case][0], "1.")).documents
        again = akn.reading(akn.write(made[0], annexes=made[1:]).encode()).documents

        assert [each.replace(akn_iri=None) for each in again] == list(made)


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lxml the error says what to install."""
    from wsis_model.interop.akn import xml

    xml._parser.cache_clear()  # pyright: ignore[reportPrivateUsage] - the parser is made once; here as if lxml were not there
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtra) as caught:
        akn.read(resolution("<mainBody/>"))
    xml._parser.cache_clear()  # pyright: ignore[reportPrivateUsage] - as above

    assert caught.value.extra == "akn"


class TestFolder:
    """Folders of files as a stream."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in NAMES:
            shutil.copy(FIXTURES / name, tmp_path / name)
        (tmp_path / "broken.xml").write_text("<akomaNtoso>", encoding="utf-8")
        (tmp_path / "README.txt").write_text("no XML", encoding="utf-8")
        return tmp_path

    def test_goes_on_past_a_bad_file(self, folder: Path) -> None:
        """Every file comes, in the order of the names, the bad one with its error."""
        found = list(akn.read_folder(folder))

        assert [file.path.name for file in found] == sorted((*NAMES, "broken.xml"))
        assert [file.path.name for file in found if file.error] == ["broken.xml"]
        assert all((file.reading is None) == (file.error is not None) for file in found)

    def test_is_a_stream(self, folder: Path) -> None:
        """Nothing is read before it is asked for."""
        stream = akn.read_folder(folder)
        (folder / "kettles.en.xml").write_text("changed", encoding="utf-8")

        assert [file.path.name for file in stream if file.error] == ["broken.xml", "kettles.en.xml"]

    @pytest.mark.heavy
    def test_on_two_cores(self, folder: Path) -> None:
        """Several processes give what one gives, in the same order."""
        for copy in range(40):
            shutil.copy(FIXTURES / "council.xml", folder / f"copy{copy}.xml")

        assert list(akn.read_folder(folder, processes=2)) == list(akn.read_folder(folder))

    def test_progress(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Progress is counted on standard error."""
        list(akn.read_folder(folder, progress=True))

        total = len(NAMES) + 1
        assert f"{total} of {total} files, 1 not readable" in capsys.readouterr().err

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder that is none, or holds nothing, is refused at once."""
        for path in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(LoadError):
                akn.read_folder(path)


@pytest.mark.heavy
class TestOfficialFiles:
    """The UN's own files, where they lie beside the project."""

    @pytest.fixture
    def folder(self, shared: Path) -> Path:
        return shared / "documents" / "akn"

    def test_nothing_is_lost_in_any(self, folder: Path) -> None:
        """Every text of every file is in a record; none is left out."""
        for path in sorted(folder.glob("*.xml")):
            assert akn.unplaced(path) == (), path.name
            assert akn.reading(path).left_out == (), path.name

    HARD: ClassVar[dict[str, tuple[list[int], int]]] = {
        "E_RES_2023_25": ([1, 23], 0),
        "E_RES_2025_17": ([1, 42], 0),
        "S_PRST_2001_21": ([14], 1),
        "S_PRST_2004_22": ([7], 2),
        "A_RES_78_253": ([263], 0),
        "A_RES_79_298": ([27], 0),
        "A_RES_80_135": ([54], 0),
    }

    @pytest.mark.parametrize("name", HARD)
    def test_hard_files(self, shared: Path, name: str) -> None:
        """Drafts quoted whole, XML that is not well-formed, sections numbered beside their
        headings: all read, and read back.
        """
        path = shared / "documents" / "hard" / f"{name}.English.xml"
        found = akn.reading(path)
        provisions, repairs = self.HARD[name]

        assert [len(each.provisions) for each in found.documents] == provisions
        assert len(found.repairs) == repairs
        assert (akn.unplaced(path), found.left_out) == ((), ())
        written = akn.write(found.document, annexes=found.documents[1:])
        assert akn.reading(written.encode()).documents == found.documents

    def test_other_profiles(self, shared: Path) -> None:
        """Bills, acts, debates and judgments of other states have provisions, and no text of them
        is lost.
        """
        for path in sorted((shared / "suites" / "akn").glob("*.xml")):
            assert any(each.provisions for each in akn.reading(path).documents), path.name
            assert akn.unplaced(path) == (), path.name

    @pytest.mark.parametrize("language", SIX)
    def test_the_outcome(self, folder: Path, language: str) -> None:
        """A/RES/80/173 has 127 paragraphs, 17 headings, 12 notes and 7 preambular paragraphs in
        every language.
        """
        document = akn.read(folder / f"A_RES_80_173.{language}.xml")

        assert numbers(document) == [*(f"P{n}" for n in range(1, 8)), *map(str, range(1, 128))]
        assert (len(document.sections), [note.mark for note in document.notes]) == (
            17,
            [str(n) for n in range(1, 13)],
        )
        assert (str(document.adopted), document.agenda_item, document.draft, document.adoption) == (
            "2025-12-17",
            "15",
            "a-80-l-41",
            "consensus",
        )
        assert "68" in (document.meeting or "")

    def test_the_outcome_is_what_the_catalogue_says(self, folder: Path, catalogue: Corpus) -> None:
        """Identifiers, numbers, sections, headings, notes and particulars agree with the shipped
        data.
        """
        read, ours = akn.read(folder / "A_RES_80_173.English.xml"), catalogue["80-173"]
        assert isinstance(ours, Document)

        assert [(p.id, p.number, p.part, p.section) for p in read.provisions] == [
            (p.id, p.number, p.part, p.section) for p in ours.provisions
        ]
        assert [(s.id, s.level, s.heading["en"]) for s in read.sections] == [
            (s.id, s.level, s.heading["en"]) for s in ours.sections
        ]
        assert [(n.mark, n.provision) for n in read.notes] == [
            (n.mark, n.provision) for n in ours.notes
        ]
        for field in (
            "symbol",
            "kind",
            "body",
            "adopted",
            "adoption",
            "session",
            "agenda_item",
            "draft",
            "akn_iri",
            "urls",
        ):
            assert getattr(read, field) == getattr(ours, field), field

    def test_the_compact_is_what_the_catalogue_says(self, folder: Path, catalogue: Corpus) -> None:
        """Annex I of A/RES/79/1 has the Compact's sections and every provision of the shipped data."""
        compact, ours = (
            akn.reading(folder / "A_RES_79_1.English.xml").documents[1],
            catalogue["gdc"],
        )
        assert isinstance(ours, Document)
        known = {provision.id for provision in compact.provisions}

        assert compact.id == "gdc"
        assert {provision.id for provision in ours.provisions} <= known
        assert [(s.id, s.level, s.parent) for s in compact.sections] == [
            (s.id, s.level, s.parent) for s in ours.sections
        ]

    def test_numbers_are_those_of_the_file(self, folder: Path) -> None:
        """An independent count of `num` elements gives as many provisions and numbered headings."""
        etree = pytest.importorskip("lxml.etree")
        for path in sorted(folder.glob("*.xml")):
            printed = Counter(
                "".join(num.itertext()).strip(" \t.-")
                for num in etree.parse(path).iter(f"{{{NAMESPACE}}}num")
            )
            digits = sum(count for number, count in printed.items() if number.isdigit())
            found = akn.reading(path).documents
            counted = sum(
                p.number.rstrip(")").rpartition("(")[2].isdigit()
                for document in found
                for p in document.provisions
            )
            assert counted - digits in (0, 1), (
                path.name
            )  # in the Arabic 79/1 one number is part of the text

    @pytest.mark.parametrize(("symbol", "moved"), [("80_173", 1), ("79_1", 0)])
    def test_six_languages_join(self, folder: Path, symbol: str, moved: int) -> None:
        """Every paragraph and heading of the six versions is aligned; a note that the Arabic has
        elsewhere is a finding.
        """
        joined = akn.translations(folder / f"A_RES_{symbol}.{language}.xml" for language in SIX)

        assert len(joined.findings) == moved
        for document in joined.documents:
            assert all(len(provision.text) == 6 for provision in document.provisions)
            assert all(len(section.heading) == 6 for section in document.sections)

    def test_what_is_read_is_sound(self, folder: Path) -> None:
        """Nothing is found in what is read but citations of what is not there."""
        for path in sorted(folder.glob("*.English.xml")):
            codes = {
                finding.code for finding in check(Corpus.of(*akn.reading(path).documents)).findings
            }
            assert codes <= {"R201"}, path.name
