"""Official text beside our records: joining them, and what is found when the one is held against
the other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given

import wsis_model as wsis
from wsis_model import (
    Citation,
    Corpus,
    Document,
    Finding,
    Note,
    Provision,
    Section,
    Severity,
    Translations,
    check,
    testing,
)
from wsis_model.checks.texts import TEXT_RULES, compare, join
from wsis_model.model import TextRow, TextTable
from wsis_model.texts import headings

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def said(text: str, language: str = "en") -> Translations:
    return Translations({language: text})


def provision(number: str, *, of: str = "99-1", **fields: Any) -> Provision:
    return Provision(id=f"{of}/{number.lower()}", number=number, **fields)


def read(language: str, *numbers: str, **fields: Any) -> Document:
    """What a reader gives of a file in one language: text, and nothing of ours."""
    fields.setdefault(
        "provisions",
        tuple(provision(number, text=said(f"{language} {number}", language)) for number in numbers),
    )
    return Document(id="99-1", title=said(f"Title {language}", language), **fields)


def ours(**fields: Any) -> Document:
    """A record as the catalogue has it: everything that is ours, and no text."""
    asks = wsis.Mandate(
        id="99-1/2.1", kind=wsis.MandateKind.CALL, verb="verbs/urge", action="Draw maps."
    )
    about = wsis.Alignment(concept="themes/igf", basis=wsis.Basis.EDITORIAL)
    two = provision("2", summary="Wants maps.", mandates=(asks,), alignments=(about,))
    fields.setdefault("provisions", (provision("1", summary="Recalls."), two, provision("3")))
    return Document(id="99-1", title=said("Maps"), **fields)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.record, finding.field) for finding in findings]


# --- joining --------------------------------------------------------------------------------------


def test_text_goes_into_the_provisions_language_by_language() -> None:
    """Each language comes beside those that are there, in whatever order they are given."""
    corpus = Corpus.of(ours())
    languages = [read(language, "1", "2", "3") for language in ("fr", "ru", "en")]

    joined = corpus.with_text(languages)

    assert {"en": "en 2", "fr": "fr 2", "ru": "ru 2"} == joined["99-1/2"].text
    assert (
        joined
        == corpus.with_text(languages[:1]).with_text(languages[1:])
        == corpus.with_text(reversed(languages))
    )


def test_what_is_ours_is_not_touched() -> None:
    """But for text, every field of every provision is what it was, and the corpus that was given is
    the same.
    """
    corpus = Corpus.of(ours())
    theirs = read("en", "1", "2", "3")
    machine = theirs.provisions[1].replace(
        summary="No.", mandates=(), mentions=("itu",), citations=(Citation(target="gdc"),)
    )
    joined = corpus.with_text(
        theirs.replace(
            symbol="A/RES/99/9", provisions=(theirs.provisions[0], machine, theirs.provisions[2])
        ),
    )

    assert corpus == Corpus.of(ours())
    assert ours().provisions == tuple(
        each.replace(text={}) for each in joined.documents[0].provisions
    )
    assert joined.documents[0].symbol is None


def test_joining_twice_is_joining_once() -> None:
    """A corpus that has the text already stays as it is."""
    table = TextTable(provision="99-1/1", language="en", rows=(TextRow(cells=("a", "b")),))
    theirs = read(
        "en",
        "1",
        "2",
        "4",
        tables=(table,),
        notes=(Note(mark="1", text=said("See.")),),
        opening=said("The Assembly,"),
    )
    once = Corpus.of(ours()).with_text(theirs)

    assert once == once.with_text(theirs)
    assert (table,) == once.documents[0].tables
    assert "The Assembly," == once.documents[0].opening["en"]


SAME_SECTION_TWICE = Document.model_validate(
    {
        "id": "99-1",
        "title": "Maps",
        "sections": [
            {"id": "99-1/s1", "heading": {"en": "Data"}},
            {"id": "99-1/s1", "heading": {"en": "Data", "ar": "بيانات"}},
        ],
    }
)


@example(SAME_SECTION_TWICE, SAME_SECTION_TWICE)
@given(testing.documents(), testing.documents())
def test_nothing_is_lost(held: Document, theirs: Document) -> None:
    """A document joined to itself is itself; joined to any other, it keeps every record and every
    word of both; and compare raises nothing.
    """
    corpus = Corpus.of(held)
    joined = corpus.with_text(theirs.replace(id=held.id))[held.id]

    assert corpus == corpus.with_text(held)
    for kept, of_ours, of_theirs in (
        (joined.provisions, held.provisions, theirs.provisions),
        (joined.notes, held.notes, theirs.notes),
    ):
        assert len(kept) >= max(len(of_ours), len(of_theirs))
        texts = [text for each in kept for text in each.text.values()]
        assert {text for each in of_theirs for text in each.text.values()} <= set(texts)
    compare(corpus, theirs.replace(id=held.id))


def test_titles_are_added_and_not_replaced() -> None:
    """Our title stays; a language that it lacks is added."""
    joined = Corpus.of(ours()).with_text([read("en", "1"), read("fr", "1")])

    assert {"en": "Maps", "fr": "Title fr"} == joined["99-1"].title


def test_what_the_record_lacks_is_added_where_it_stands() -> None:
    """Provisions and notes that only the text has come behind what they stand behind there; those
    that it lacks stay.
    """
    notes = (
        Note(mark="*", provision="99-1/1", citations=(Citation(target="gdc"),)),
        Note(mark="*"),
    )
    theirs = (
        Note(mark="1", text=said("New.")),
        Note(mark="*", text=said("First.")),
        Note(mark="2", text=said("New.")),
        Note(mark="*", text=said("Second.")),
    )
    joined = Corpus.of(ours(notes=notes)).with_text(read("en", "P1", "2", "2A", "4", notes=theirs))[
        "99-1"
    ]

    assert ["P1", "1", "2", "2A", "4", "3"] == [each.number for each in joined.provisions]
    assert ["New.", "First.", "New.", "Second."] == [str(each.text) for each in joined.notes]
    assert notes[0] == joined.notes[1].replace(text={})


def test_documents_that_are_not_held_are_added() -> None:
    """A document is added as it was read; its other languages go into it."""
    joined = Corpus().with_text([read("en", "1"), read("fr", "1")])

    assert Corpus().with_text(read("en", "1"))["99-1"] == read("en", "1")
    assert {"en": "en 1", "fr": "fr 1"} == joined["99-1/1"].text


def test_a_record_without_provisions_gets_those_of_the_text() -> None:
    """Of a document that is only named, the text brings provisions and headings; nothing is found,
    for nothing was said.
    """
    sections = (Section(id="99-1/s1", heading=said("Cartes", "fr")),)
    theirs = read("fr", "1", sections=sections).replace(
        provisions=(provision("1", section="99-1/s1", text=said("fr 1", "fr")),)
    )
    joined = join(Corpus.of(Document(id="99-1", title=said("Maps"), kind="resolution")), theirs)

    assert (theirs.provisions, sections, "resolution") == (
        joined.corpus["99-1"].provisions,
        sections,
        joined.corpus["99-1"].kind,
    )
    assert () == joined.findings


def placed(*sections: tuple[str, str, tuple[str, ...]], language: str = "en") -> Document:
    """A document with sections (identifier, heading, numbers of the provisions under it)."""
    made = [
        Section(id=f"99-1/{name}", heading=said(heading, language)) for name, heading, _ in sections
    ]
    under = [
        provision(
            number,
            section=f"99-1/{name}",
            text=said("Text.", language) if language != "en" else Translations(),
        )
        for name, _, numbers in sections
        for number in numbers
    ]
    return Document(id="99-1", title=said("Maps"), sections=tuple(made), provisions=tuple(under))


def test_headings_are_known_by_what_stands_under_them() -> None:
    """A heading that a file lacks does not shift the others; headings above headings are told
    apart.
    """
    held = placed(
        ("s1", "Maps", ()),
        ("s2", "Roads", ("1", "2")),
        ("s3", "Rivers", ("3",)),
        ("s4", "Seas", ("4",)),
    )
    theirs = placed(
        ("s1", "Cartes", ()),
        ("s2", "Routes", ("1", "2", "3")),
        ("s3", "Mers", ("4", "5")),
        language="fr",
    )

    assert {"99-1/s1": "99-1/s1", "99-1/s2": "99-1/s2", "99-1/s3": "99-1/s4"} == headings(
        held, theirs
    )
    joined = Corpus.of(held).with_text(theirs)
    assert ["Cartes", "Routes", "Rivers", "Mers"] == [
        section.heading.pick("fr") for section in joined["99-1"].sections
    ]
    assert "99-1/s4" == joined["99-1/5"].section


def test_places_in_the_file_are_right_or_not_told(tmp_path: Path) -> None:
    """Findings name the line of a record that has only got text; where members were put between,
    they name none.
    """
    file = tmp_path / "mine.json"
    file.write_bytes(wsis.dumps(Corpus.of(ours()), "json"))
    mine = wsis.load(file)

    assert mine.position("99-1/3") == mine.with_text(read("en", "1", "2", "3", "4")).position(
        "99-1/3"
    )
    assert mine.with_text(read("en", "P1", "1")).position("99-1/3") is None
    missing = next(
        each for each in compare(mine, read("en", "P1", "1", "2")) if each.record == "99-1/3"
    )
    assert missing.position is not None
    assert missing.position.file == str(file)


# --- what differs ---------------------------------------------------------------------------------


def test_nothing_is_found_where_record_and_text_agree() -> None:
    """Languages may come in one document or in several."""
    several = [read("en", "1", "2", "3"), read("fr", "1", "2", "3")]
    one = Corpus().with_text(several)["99-1"]

    assert () == compare(Corpus.of(ours()), several) == compare(Corpus.of(ours()), one)


def test_numbers_that_only_one_has_are_found() -> None:
    """Which language lacks a provision is said."""
    found = compare(Corpus.of(ours()), [read("en", "1", "2", "4"), read("fr", "1")])

    assert [("P611", "99-1/2", "text"), ("P611", "99-1/3", ""), ("P611", "99-1/4", "")] == codes(
        found
    )
    assert "in fr" in found[0].message
    assert "in en" in found[2].message
    assert {Severity.ERROR} == {finding.severity for finding in found}


def test_headings_that_differ_are_found() -> None:
    """Case and signs do not count; a heading in another language is not compared; one too many or
    too few is told.
    """
    held = placed(
        ("s1", "Roads, and bridges", ("1",)), ("s2", "Rivers", ("2",)), ("s3", "Seas", ("3",))
    )

    def found(
        *sections: tuple[str, str, tuple[str, ...]], language: str = "en"
    ) -> list[tuple[str, str, str]]:
        return codes(compare(Corpus.of(held), placed(*sections, language=language)))

    assert [] == found(
        ("s1", "ROADS AND BRIDGES", ("1",)), ("s2", "Rivers", ("2",)), ("s3", "Seas", ("3",))
    )
    assert [] == found(
        ("s1", "Routes", ("1",)), ("s2", "Fleuves", ("2",)), ("s3", "Mers", ("3",)), language="fr"
    )
    assert [("P612", "99-1/s2", "heading.en")] == found(
        ("s1", "Roads and bridges", ("1",)), ("s2", "Lakes", ("2",)), ("s3", "Seas", ("3",))
    )
    assert [("P612", "99-1/s2", "heading")] == found(
        ("s1", "Roads and bridges", ("1", "2")), ("s2", "Seas", ("3",))
    )
    more = found(
        ("s1", "Roads and bridges", ("1",)),
        ("s2", "Rivers", ("2",)),
        ("s3", "Ways", ()),
        ("s4", "Seas", ("3",)),
    )
    assert [("P612", "99-1", "sections")] == more


def cites(number: str, *targets: str, **fields: Any) -> Provision:
    return provision(
        number, citations=tuple(Citation(target=target) for target in targets), **fields
    )


def noting(mark: str, number: str, *targets: str) -> Note:
    return Note(
        mark=mark,
        provision=f"99-1/{number}",
        citations=tuple(Citation(target=target) for target in targets),
    )


WORKS = (
    Document(id="79-1", title=said("Pact"), symbol="A/RES/79/1"),
    Document(id="gdc", title=said("Compact"), symbol="A/RES/79/1, annex I", annex_of="79-1"),
)


@pytest.mark.parametrize(
    ("held", "theirs", "expected"),
    [
        pytest.param([cites("1", "70-1")], [cites("1", "70-1")], [], id="the same"),
        pytest.param([cites("1")], [cites("1", "70-1")], [("P613", "99-1/1", "citations")], id="the text cites more"),
        pytest.param([cites("1", "70-1")], [cites("1")], [("P613", "99-1/1", "citations[0]")], id="the record cites more"),
        pytest.param([cites("1", "70-1")], [cites("1", text=said("See 70/1."))], [], id="the symbol stands in the text without a link"),
        pytest.param([cites("1", "tunis-agenda")], [cites("1")], [], id="cited by name"),
        pytest.param([cites("1", "gdc")], [cites("1", "79-1")], [], id="an annex by its document"),
        pytest.param([cites("1", "gdc/21")], [cites("1", "gdc")], [], id="a paragraph of a work"),
        pytest.param([cites("1", "a-conf-1-2-part-i")], [cites("1", "a-conf-1-2")], [], id="a part of a work"),
        pytest.param([cites("1", "217-a-iii")], [cites("1", "217-iii")], [], id="an old resolution without its letter"),
        pytest.param([cites("1", "70-1"), provision("2")], [cites("1", "70-1"), cites("2", "70-1")], [("P613", "99-1/2", "citations")], id="cited elsewhere"),
        pytest.param([cites("1")], [cites("1", "99-1")], [], id="itself"),
        pytest.param([noting("1", "1", "70-1"), cites("1")], [cites("1", "70-1")], [], id="in a note"),
        pytest.param([cites("1", "70-1")], [noting("1", "1", "70-1"), cites("1")], [], id="in a note of the text"),
        pytest.param([noting("1", "1", "70-1"), cites("1")], [cites("1")], [("P613", "99-1", "notes[0].citations[0]")], id="a note of ours alone"),
        pytest.param([cites("1"), cites("1-a", "70-1", parent="99-1/1")], [cites("1", "70-1"), provision("1-a", parent="99-1/1")], [], id="in an item"),
        pytest.param([cites("1", parent="99-1/1")], [cites("1", "70-1")], [("P613", "99-1/1", "citations")], id="a parent in a circle"),
    ],
)  # fmt: skip
def test_citations_that_differ_are_found(
    held: list[Provision | Note],
    theirs: list[Provision | Note],
    expected: list[tuple[str, str, str]],
) -> None:
    """Notes and items count as their paragraph, annexes and parts as their work; names alone are
    not looked for.
    """

    def document(members: list[Provision | Note]) -> Document:
        provisions = tuple(each for each in members if isinstance(each, Provision))
        return Document(
            id="99-1",
            title=said("Maps"),
            provisions=provisions,
            notes=tuple(each for each in members if isinstance(each, Note)),
        )

    found = compare(Corpus.of(document(held), *WORKS), document(theirs))

    assert expected == codes(found)
    assert {Severity.WARNING} >= {finding.severity for finding in found}


def test_verbs_are_looked_for_in_the_text(catalogue: Corpus) -> None:
    """The verb of a mandate that does not stand in the English text is found by its own rule."""
    theirs = [
        each.replace(text={"en": "We decide otherwise."})
        for each in (provision("1"), provision("2"), provision("3"))
    ]
    found = compare(
        catalogue | Corpus.of(ours()),
        Document(id="99-1", title=said("Maps"), provisions=tuple(theirs)),
    )

    assert [("D405", "99-1/2.1", "verb")] == codes(found)


def test_the_rules_of_joining_find_nothing_alone(catalogue: Corpus) -> None:
    """They are given to no check, and may be: they rest without a text."""
    assert not {each.code for each in TEXT_RULES} & {each.code for each in wsis.RULES}
    assert () == check(catalogue, rules=TEXT_RULES).findings
    assert all("Mend:" in each.doc for each in TEXT_RULES)


# --- real documents -------------------------------------------------------------------------------

#: What differs between the catalogue and the UN's own files, and why.
EXPLAINED = {
    (
        "P613",
        "80-173/72",
    ),  # the Arabic file has note 10 in paragraph 72, where all others have it in 71
    (
        "P613",
        "80-173/122",
    ),  # the record says itself that the text gives no symbol for what ECOSOC recommended
}


def test_the_outcome_in_six_languages(shared: Path, catalogue: Corpus) -> None:
    """A/RES/80/173 has all 7 preambular and 127 numbered paragraphs, 17 headings and 12 notes in
    six languages; the catalogue agrees.
    """
    akn = pytest.importorskip("wsis_model.interop.akn")
    files = sorted((shared / "documents" / "akn").glob("A_RES_80_173.*.xml"))
    assert len(LANGUAGES) == len(files)

    joined = join(catalogue, [akn.read(file).document for file in files])

    document = joined.corpus.document("80-173")
    assert {LANGUAGES} == {tuple(each.text) for each in document.provisions}
    assert (134, 17, 12) == (len(document.provisions), len(document.sections), len(document.notes))
    assert {LANGUAGES} == {tuple(text) for each in document.sections for text in [each.heading]} | {
        tuple(each.text) for each in document.notes
    }
    assert LANGUAGES == tuple(document.opening)
    assert catalogue["80-173/113"].mandates == joined.corpus["80-173/113"].mandates
    assert {(finding.code, finding.record) for finding in joined.findings} <= EXPLAINED
    assert check(joined.corpus).ok


def test_the_compact_in_six_languages(shared: Path, catalogue: Corpus) -> None:
    """Every provision of the Compact has its text in six languages; two headings are shortened,
    which the catalogue says.
    """
    akn = pytest.importorskip("wsis_model.interop.akn")
    files = sorted((shared / "documents" / "akn").glob("A_RES_79_1.*.xml"))
    texts = [
        document for file in files for document in akn.read(file).documents if document.id == "gdc"
    ]

    joined = join(catalogue, texts)

    assert {LANGUAGES} == {
        tuple(joined.corpus[each.id].text) for each in catalogue["gdc"].provisions
    }
    assert {("P612", "gdc/s5"), ("P612", "gdc/s10")} == {
        (each.code, each.record) for each in joined.findings if each.code != "P611"
    }
    # The five goals printed below paragraph 7 have bullets and no letters, and are no records of
    # ours.
    assert {"gdc/7"} >= {
        each.record.rpartition("-")[0] for each in joined.findings if each.code == "P611"
    }
