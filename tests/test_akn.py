"""Reading Akoma Ntoso: what a document holds."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from akoma_ntoso import FIXTURES, NAMES, NAMESPACE, numbers, paragraph, resolution, texts

from wsis_model import Corpus, LoadError, check
from wsis_model.interop import akn
from wsis_model.model import Document, Part


class TestKettles:
    """A resolution in the layout of A/RES/80/173, in words of our own."""

    @pytest.fixture
    def english(self) -> Document:
        return akn.read(FIXTURES / "kettles.en.xml").document

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
        found = akn.read(FIXTURES / "annexes.xml")

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
        document = akn.read(FIXTURES / "annexes.xml").documents[2]

        assert [row.cells for row in document.tables[0].rows] == [
            ("Thing", "Number"),
            ("Plates", "12"),
            ("Cups", ""),
        ]
        assert document.notes[0].text["en"] == "Counted at night."

    def test_what_has_no_place_is_reported(self) -> None:
        """Contents and images are left out, with their lines."""
        left = akn.read(FIXTURES / "annexes.xml").left_out

        assert [(each.text, each.reason) for each in left] == [
            ("Everything, page 1", "table of contents"),
            ("img", "image or foreign matter"),
        ]
        assert all(each.position.line for each in left)

    def test_an_image_alone_in_a_paragraph_is_reported_once(self) -> None:
        """A paragraph that holds nothing else is tried in one way only."""
        image = '<content><p><img src="tea.png"/></p></content>'
        found = akn.read(
            resolution(
                f"<mainBody><paragraph>{image}</paragraph>"
                f"<paragraph><num>2.</num>{image}</paragraph></mainBody>"
            )
        )

        assert [each.text for each in found.left_out] == ["img", "img"]
        assert numbers(found.document) == ["2"]

    def test_parts_of_a_collection(self) -> None:
        """A and B are documents of their own that belong to the collection and have its
        particulars; annexes belong to their part.
        """
        found = akn.read(FIXTURES / "collection.xml")

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
        found = akn.read(FIXTURES / "parts.xml")

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
        found = akn.read(data).documents

        assert [(each.id, each.symbol, str(each.title)) for each in found[1:]] == [
            ("99-1-a", "A/RES/99/1 A", "Of A"),
            ("99-1-b", "A/RES/99/1 B", "Of B"),
        ]
        assert all(numbers(each) == ["1", "2"] for each in found[1:])
        assert akn.unplaced(data) == ()

    def test_a_reading_has_the_document_its_annexes_and_what_was_left_out(self) -> None:
        """Nothing of a file is dropped in silence."""
        found = akn.read(FIXTURES / "annexes.xml")
        assert found.document.id == "98-21"
        assert [each.id for each in found.annexes] == ["98-21-annex-i", "98-21-annex-ii"]
        assert len(found.left_out) == 2

        joined = akn.translations([FIXTURES / "parts.xml"])
        assert joined.annexes == akn.read(FIXTURES / "parts.xml").annexes

    def test_security_council(self) -> None:
        """A resolution without a preface has its particulars from the cover page."""
        document = akn.read(FIXTURES / "council.xml").document

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
    whole = akn.read(FIXTURES / "kettles.en.xml")
    less = akn.Reading((whole.document.replace(notes=()),))

    def forgetful(_: object) -> akn.Reading:
        return less

    monkeypatch.setattr("wsis_model.interop.akn.reader.Found.reading", forgetful)

    assert [left.text for left in akn.unplaced(FIXTURES / "kettles.en.xml")] == [
        "See",
        "96/4",
        "B.",
        "Ibid.",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_sound(name: str) -> None:
    """Identifiers are unique, agree with numbers and begin with their document's; headings nest."""
    corpus = Corpus.of(*akn.read(FIXTURES / name).documents)

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

    assert numbers(akn.read(resolution(f"<mainBody>{body}</mainBody>")).document) == expected


def test_a_corrected_number_keeps_what_was_printed() -> None:
    """What the file says is under the extensions of the provision."""
    body = "".join(paragraph("Stir it;", num) for num in NUMBERING["a count that slips"][0])
    third = akn.read(resolution(f"<mainBody>{body}</mainBody>")).document.provisions[2]

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

    assert texts(akn.read(data).document) == expected
    assert akn.unplaced(data) == ()


GUIDELINES = sorted(
    set(
        "alinea article book chapter clause division hcontainer indent level list paragraph part"
        " point proviso rule section subchapter subclause subdivision sublist subparagraph subpart"
        " subrule subsection subtitle title tome transitional block blockContainer container tblock"
        " debateSection recitals recital citations citation speech question answer scene narrative"
        " summary other embeddedStructure quotedStructure interstitial conclusion signature remark"
        " omissis def term ref".split()
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
    document = akn.read(resolution("<mainBody/>").replace(b"A/RES/99/1", symbol.encode())).document

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
            '<meta><notes><note eId="n1"><p>With a'
            ' spoon.</p></note></notes></meta><mainBody><p>Stir<noteRef href="#n1" marker="*"/>'
            ' it<noteRef href="#n2"/>.</p></mainBody>',
            root="act",
        )
        found = akn.read(data)

        assert [(note.mark, note.provision, note.text["und"]) for note in found.document.notes] == [
            ("*", "99-1/u1", "With a spoon.")
        ]
        assert len(found.left_out) == 1
        assert akn.unplaced(data) == ()

    def test_metadata_without_a_field_is_told(self) -> None:
        """With its name, how often it stands there, its words, and where it stands first."""
        data = resolution(
            "<meta><lifecycle><eventRef/></lifecycle>\n<proprietary>Two"
            " words</proprietary><proprietary>and"
            " more</proprietary></meta><body><article><num>1</num><p>Stir.</p></article></body>",
            root="act",
        )
        found = akn.read(data)

        assert [
            (each.element, each.count, each.words, each.position.line) for each in found.not_taken
        ] == [("lifecycle", 1, 0, 1), ("proprietary", 2, 4, 2)]


def test_other_namespaces() -> None:
    """Files of an earlier version of the standard, and of none, are read alike."""
    plain = resolution("<mainBody>" + paragraph("Stir.", "1.") + "</mainBody>")

    for namespace in ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13", "urn:x"):
        assert texts(akn.read(plain.replace(NAMESPACE.encode(), namespace.encode())).document) == {
            "1": "Stir."
        }, namespace
