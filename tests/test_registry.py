"""The Mandate Source Registry's JSON: read without loss, marked as machine-made, and written back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from faulty import faults
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import (
    Basis,
    Certainty,
    Citation,
    Corpus,
    Document,
    LoadError,
    Mandate,
    MandateKind,
    NotAReference,
    Part,
    Provision,
)
from wsis_model.interop import registry

FIXTURE = Path(__file__).parent / "fixtures" / "registry" / "A_RES_99_7.json"
REAL = ("A_RES_56_183", "A_RES_70_1", "A_RES_70_125", "E_RES_2024_13")


def blocks(*given: dict[str, Any]) -> bytes:
    """A file of blocks, of which a case names only what it is about."""
    return json.dumps(
        [
            {"type": "paragraph", "text": "Text.", "paragraph_type": "operative", **block}
            for block in given
        ]
    ).encode()


@pytest.fixture(scope="module")
def maps(catalogue: Corpus) -> Document:
    """The fixture, read with the shipped catalogue."""
    return registry.read(FIXTURE, corpus=catalogue).document


def provision(document: Document, number: str) -> Provision:
    """The provision of this number."""
    return next(each for each in document.provisions if each.number == number)


# --- what a document says -------------------------------------------------------------------------


def test_front_and_back_tell_the_particulars(maps: Document) -> None:
    """Title, symbol, body, day, meeting, session and draft come from the lines around the text."""
    assert ("99-7", "A/RES/99/7", "Maps for all", "general-assembly") == (
        maps.id,
        maps.symbol,
        maps.title["en"],
        maps.body,
    )
    assert ("2031-05-04", "9th plenary meeting", "sessions/ga-99", "a-99-l-3") == (
        str(maps.adopted),
        maps.meeting,
        maps.session,
        maps.draft,
    )
    assert {"en": "The General Assembly,"} == maps.opening


def test_paragraphs_have_the_numbers_printed(maps: Document) -> None:
    """Items are numbered with their paragraph, preambular paragraphs and bullets are counted, each
    under its parent.
    """
    assert [
        ("P1", None),
        ("1", None),
        ("1(a)", "99-7/1"),
        ("1(b)", "99-7/1"),
        ("1(b)(i)", "99-7/1-b"),
        ("U1", "99-7/1-b"),
        ("2", None),
        ("3", None),
    ] == [(each.number, each.parent) for each in maps.provisions]
    assert [
        "99-7/p1",
        "99-7/1",
        "99-7/1-a",
        "99-7/1-b",
        "99-7/1-b-i",
        "99-7/u1",
        "99-7/2",
        "99-7/3",
    ] == [each.id for each in maps.provisions]
    assert Part.PREAMBULAR is maps.provisions[0].part


def test_what_follows_the_items_belongs_to_their_paragraph(maps: Document) -> None:
    """Text that wraps a list of items up stands on a line of its own in the paragraph."""
    assert "and that fit a pocket." == provision(maps, "1").text["en"].splitlines()[1]


def test_headings_nest_by_level(maps: Document) -> None:
    """A heading belongs to the last one above its level, and a paragraph to the last heading."""
    assert [
        ("The maps", 1, None),
        ("Where they are kept", 2, "99-7/s1"),
        ("Follow-up", 1, None),
    ] == [(each.heading["en"], each.level, each.parent) for each in maps.sections]
    assert ("99-7/s2", "99-7/s3") == (provision(maps, "1").section, provision(maps, "3").section)


def test_links_are_citations(maps: Document) -> None:
    """The address of a link tells the document; its words stand where the address does not."""
    found = registry.read(
        blocks(
            {
                "links": [
                    ["70/1", "https://undocs.org/en/A/RES/70/1"],
                    ["its charter", "https://example.org"],
                    ["2023/3", None],
                ]
            }
        ),
        symbol="A/RES/99/8",
    ).document

    assert (Citation(target="70-125"),) == provision(maps, "P1").citations
    assert (
        Citation(target="70-1"),
        Citation(text="its charter"),
        Citation(target="e-res-2023-3"),
    ) == found.provisions[0].citations


def test_an_annex_is_a_document_of_its_own() -> None:
    """Numbers begin again in an annex, which takes the heading below its own as its title."""
    _, annex = registry.read(FIXTURE).documents

    assert ("99-7-annex", "99-7", "How to fold") == (annex.id, annex.annex_of, annex.title["en"])
    assert [("99-7-annex/1", Part.ANNEX)] == [(each.id, each.part) for each in annex.provisions]


def test_annex_one_of_the_pact_is_the_compact() -> None:
    """The one annex with a name of its own has it."""
    found = registry.read(
        blocks(
            {},
            {"type": "heading", "text": "Annex I"},
            {"type": "heading", "text": "Global Digital Compact"},
        ),
        symbol="A/RES/79/1",
    )

    assert "gdc" == found.documents[1].id


def test_a_number_printed_twice_is_counted_and_reported() -> None:
    """The second paragraph of a number is kept under a number of its own."""
    found = registry.read(
        blocks({"prefix": "1."}, {"prefix": "1.", "text": "Again."}, {"prefix": "?"}),
        symbol="A/RES/99/8",
    )

    assert ["1", "U1", "U2"] == [each.number for each in found.document.provisions]
    assert ["1"] == [each.text for each in found.left_out]


# --- what the machine found -----------------------------------------------------------------------


def test_verbs_become_mandates_that_say_they_are_machine_made(maps: Document) -> None:
    """Every mandate is editorial, says who made it, and so does the source of the document."""
    mandates = [mandate for each in maps.provisions for mandate in each.mandates]

    assert [
        (
            "99-7/1.1",
            MandateKind.REQUEST,
            "verbs/request",
            ("secretary-general",),
            "deliverables/report",
        ),
        ("99-7/2.1", MandateKind.COMMITMENT, "verbs/commit", ("general-assembly",), None),
        ("99-7/2.2", MandateKind.DECISION, "verbs/unfurl", (), None),
        ("99-7/3.1", MandateKind.DECISION, "verbs/decide", (), None),
    ] == [(each.id, each.kind, each.verb, each.addressees, each.deliverable) for each in mandates]
    assert all(
        each.basis is Basis.EDITORIAL and (each.note or "").startswith(registry.MACHINE_MADE)
        for each in mandates
    )
    assert maps.source is not None and Certainty.REPORTED is maps.source.certainty


def test_names_that_nobody_bears_are_noted_and_reported(catalogue: Corpus) -> None:
    """An assignee, a verb or a kind of deliverable that the corpus does not hold is in the note,
    the first two in the report too.
    """
    found = registry.read(FIXTURE, corpus=catalogue)
    first, second = (
        provision(found.document, "1").mandates[0],
        provision(found.document, "2").mandates[1],
    )

    assert (first.note or "").endswith("addressees not matched: Guild of Mapmakers")
    assert (second.note or "").endswith("kinds of deliverable not matched: cartography")
    assert [
        ("A line that says nothing we record", "a line before the text that has no field"),
        ("Guild of Mapmakers", "an assignee that the corpus does not hold"),
        ("unfurl", "a verb that the corpus does not hold"),
    ] == [(each.text, each.reason) for each in found.left_out]


def test_mentioned_entities_are_mentions(maps: Document) -> None:
    """Who is named and not addressed is a mention of the provision."""
    assert ("itu",) == provision(maps, "1").mentions


def test_without_a_corpus_nobody_is_addressed() -> None:
    """Names are matched with the corpus that is given, never with one of our own."""
    found = registry.read(FIXTURE)
    mandate = provision(found.document, "1").mandates[0]

    assert ((), "verbs/request") == (mandate.addressees, mandate.verb)
    assert (mandate.note or "").endswith(
        "UN Secretary-General, Guild of Mapmakers; kinds of deliverable not matched: report"
    )
    assert "no corpus was given to match the name with" in {each.reason for each in found.left_out}


def test_an_annotation_of_the_opening_words_is_reported() -> None:
    """The opening is no paragraph: a mandate has no place there."""
    decides = {"action_verb": "decides", "action_verb_type": "deciding"}
    opening = {"text": "The General Assembly,", "paragraph_type": "preambular"}
    data = blocks({**opening, "mandates": [decides]}, {"prefix": "1.", "paragraph_level": 1})
    found = registry.read(data, symbol="A/RES/99/1")
    assert found.document.opening == {"en": "The General Assembly,"}
    assert "verbs/decides" in {left.text for left in found.left_out}


def test_a_verb_that_asks_nothing_makes_no_mandate(maps: Document) -> None:
    """What recalls or welcomes stays with the paragraph as the registry said it."""
    recalling = provision(maps, "P1")

    assert () == recalling.mandates
    assert "recall" == recalling.extensions["registry:mandates"][0]["action_verb_normalized"]


@pytest.mark.parametrize(
    ("verb", "verb_class", "kind"),
    [
        ("request", "directive", MandateKind.REQUEST),
        ("invite", "directive", MandateKind.CALL),
        ("call upon", "directive", MandateKind.CALL),
        ("commit", "deciding", MandateKind.COMMITMENT),
        ("decide", "deciding", MandateKind.DECISION),
        ("must", "deciding", None),
    ],
)
def test_the_verb_gives_the_kind(
    catalogue: Corpus, verb: str, verb_class: str, kind: MandateKind | None
) -> None:
    """What the registry annotates is of the kind that the same verb makes in the catalogue."""
    annotation = {
        "action_verb": verb,
        "action_verb_normalized": verb,
        "action_verb_type": verb_class,
    }
    document = registry.read(
        blocks({"prefix": "1.", "mandates": [annotation]}), symbol="A/RES/99/8", corpus=catalogue
    ).document

    assert ([kind] if kind else []) == [
        mandate.kind for mandate in provision(document, "1").mandates
    ]


def test_doubts_of_the_machine_are_kept(maps: Document) -> None:
    """The registry's `uncertainties` stand with the paragraph."""
    assert (
        "Who the Guild is was not clear."
        == provision(maps, "1").extensions["registry:uncertainties"]
    )


def test_fields_that_the_format_does_not_have_are_reported() -> None:
    """A key nobody knows is told, wherever it stands."""
    found = registry.read(
        blocks(
            {"prefix": "1.", "colour": "red", "mandates": [{"action_verb": "note", "mood": "calm"}]}
        ),
        symbol="A/RES/99/8",
    )

    assert ["colour", "mood"] == [each.text for each in found.left_out]


# --- writing --------------------------------------------------------------------------------------


def test_reading_undoes_writing_of_a_file_that_was_read(maps: Document, catalogue: Corpus) -> None:
    """Writing what was read and reading it again changes nothing."""
    assert (
        maps
        == registry.read(registry.write(maps, corpus=catalogue).encode(), corpus=catalogue).document
    )


def test_written_blocks_are_those_that_were_read(maps: Document, catalogue: Corpus) -> None:
    """Annotations come back as the registry wrote them, as long as nobody changed the mandates."""
    written = {block["text"]: block for block in json.loads(registry.write(maps, corpus=catalogue))}
    read = [
        block
        for block in json.loads(FIXTURE.read_text(encoding="utf-8"))
        if block["type"] == "paragraph" and block.get("mandates")
    ]

    assert [block["mandates"] for block in read] == [
        written[block["text"]]["mandates"] for block in read
    ]


def test_changed_mandates_are_written_as_changed(maps: Document, catalogue: Corpus) -> None:
    """What the registry once said of a paragraph does not outlive a correction."""
    first = provision(maps, "1")
    mandate = first.mandates[0].replace(addressees=("itu",), note=registry.MACHINE_MADE)
    changed = maps.replace(
        provisions=tuple(
            first.replace(mandates=(mandate,)) if each is first else each
            for each in maps.provisions
        )
    )

    again = registry.read(
        registry.write(changed, corpus=catalogue).encode(), corpus=catalogue
    ).document

    assert (mandate,) == provision(again, "1").mandates


def test_reading_undoes_writing_of_a_document_of_ours(catalogue: Corpus) -> None:
    """A document made here comes back, its mandates with it, from the names in the corpus."""
    mandate = Mandate(
        id="99-9/1.1",
        kind=MandateKind.CALL,
        verb="verbs/call-upon",
        action="draw; then fold",
        addressees=("groups/governments", "itu"),
        deliverable="deliverables/road-map",
        basis=Basis.EDITORIAL,
        note=registry.MACHINE_MADE,
    )
    made = registry.read(blocks({"prefix": "1."}), symbol="A/RES/99/9").document.replace(
        title="Maps",
        adopted="2031-05-04",
        body="general-assembly",
        agenda_item="15",
        meeting="9th plenary meeting",
        sections=(
            {"id": "99-9/s1", "heading": "Empty"},
            {"id": "99-9/s2", "heading": "Full", "level": 2, "parent": "99-9/s1"},
        ),
        provisions=(
            {
                "id": "99-9/p1",
                "number": "P1",
                "part": "preambular",
                "text": "Recalling,",
                "citations": [{"target": "gdc/21-a"}],
            },
            {
                "id": "99-9/1",
                "number": "1",
                "text": "Asks:\nand rests.",
                "section": "99-9/s2",
                "mandates": (mandate,),
                "mentions": ["ietf"],
            },
            {
                "id": "99-9/1-a",
                "number": "1(a)",
                "text": "one;",
                "section": "99-9/s2",
                "parent": "99-9/1",
                "mentions": ["cstd"],
            },
            {"id": "99-9/2", "number": "2", "text": "Ends.", "section": "99-9/s2"},
        ),
    )

    assert (
        made
        == registry.read(registry.write(made, corpus=catalogue).encode(), corpus=catalogue).document
    )


def test_every_actor_is_found_again_under_its_own_name(catalogue: Corpus) -> None:
    """Addressees come back whoever they are, also two of one name."""
    actors = (
        *(each.id for each in catalogue.all_entities),
        *(each.id for each in catalogue.groups),
    )
    document = registry.read(blocks({"prefix": "1."}), symbol="A/RES/99/9").document.replace(
        provisions=({"id": "99-9/1", "number": "1", "text": "T", "mentions": actors},)
    )

    assert (
        actors
        == registry.read(registry.write(document, corpus=catalogue).encode(), corpus=catalogue)
        .document.provisions[0]
        .mentions
    )


# --- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty", 1, 1),
        (b"[]", "empty", 1, 1),
        (b"{}", "wrong-shape", 1, 1),
        (b"\xff\xfe[", "encoding", 1, 1),
        (b'[\n {"text": "a" "b"}]', "json-syntax", 2, 15),
        (b'[{"text": "a", "type": "paragraph"}', "json-syntax", 1, 36),
        (b'[{"text": "a", "type": "paragraph"}] x', "json-syntax", 1, 38),
        (b'[\n "text"]', "wrong-shape", 2, 2),
        (b'[\n {"type": "paragraph"}]', "missing-field", 2, 2),
        (b'[{"text": "a", "type": "paragraph", "links": [["70/1"]]}]', "missing-field", 1, 2),
        (b'[{"text": "a", "type": "paragraph", "mandates": 3}]', "wrong-shape", 1, 2),
        (b'[{"text": "\\ud800", "type": "paragraph"}]', "wrong-value", 1, 2),
        (b'[{"text": ' + b"[" * 100_000, "too-deep", 1, 2),
        (b'[{"text": ' + b"1" * 5_000 + b"}]", "json-syntax", 1, 2),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told(data: bytes, code: str, line: int, column: int) -> None:
    """Damage is told by line and column."""
    with pytest.raises(LoadError) as caught:
        registry.read(data, symbol="A/RES/99/8").document

    problem = caught.value.problems[0]
    assert (code, line, column) == (problem.code, problem.position.line, problem.position.column)
    assert len(str(problem)) < 700


def test_all_wrong_blocks_are_told_at_once() -> None:
    """A second wrong block is told beside the first."""
    with pytest.raises(LoadError) as caught:
        registry.read(
            b'[{"text": 1, "type": "t"},\n{"text": "a", "type": 2, "prefix": 3}]',
            symbol="A/RES/99/8",
        ).document

    assert ["[0].text", "[1].type", "[1].prefix"] == [each.field for each in caught.value.problems]


def test_a_document_without_a_symbol_is_not_read(tmp_path: Path) -> None:
    """The symbol comes from the argument, the file's name or the title, or the file is not read."""
    with pytest.raises(LoadError, match="symbol="):
        registry.read(blocks({})).document
    with pytest.raises(NotAReference):
        registry.read(blocks({}), symbol="maps, all of them").document
    (tmp_path / "E_RES_2031_4.json").write_bytes(blocks({}))

    assert "e-res-2031-4" == registry.read(tmp_path / "E_RES_2031_4.json").document.id
    assert (
        "2031-4"
        not in registry.read(blocks({}, {"type": "title", "text": "99/8.\tMaps"})).document.id
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No other exception tells it."""
    (problem,) = faults(registry.read, tmp_path / "none.json")
    assert ("unreadable", str(tmp_path / "none.json")) == (problem.code, problem.position.file)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
WORDS = st.sampled_from(
    [
        "Annex I",
        "The General Assembly,",
        "* star",
        "and so on",
        "1.",
        "(a)",
        "(b)",
        "(i)",
        "•",
        "preambular",
        "operative",
        "9th plenary meeting",
        "request",
    ]
)
WORD = WORDS | st.text(max_size=5)
ANNOTATION = st.fixed_dictionaries(
    {
        "action_verb_normalized": st.none() | WORD,
        "action_verb_type": st.none() | st.sampled_from(["directive", "deciding", "observing"]),
    },
    optional={
        "assignees": st.lists(st.fixed_dictionaries({"assignee_normalized": WORD}), max_size=2),
        "deliverables": st.lists(
            st.fixed_dictionaries({"deliverable_normalized": WORD, "deliverable_type": WORD}),
            max_size=2,
        ),
    },
)
BLOCK = st.fixed_dictionaries(
    {
        "text": WORD,
        "type": (
            st.sampled_from(["paragraph", "heading", "title", "frontmatter", "backmatter"]) | WORD
        ),
    },
    optional={
        "paragraph_type": WORD,
        "paragraph_level": st.integers(-2, 20),
        "heading_level": st.integers(-2, 20),
        "prefix": WORD,
        "links": st.lists(st.tuples(WORD, st.none() | WORD), max_size=2),
        "mandates": st.lists(ANNOTATION, max_size=2),
        "more": JSON,
    },
)


@given(
    st.binary() | st.lists(BLOCK | JSON, max_size=8).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever a file holds, there is a document or a `LoadError`."""
    try:
        found = registry.read(data, symbol="A/RES/99/8")
    except LoadError:
        return

    assert "99-8" == found.document.id


@given(st.lists(BLOCK, min_size=1, max_size=8).map(lambda value: json.dumps(value).encode()))
def test_identifiers_of_a_document_are_unique(data: bytes) -> None:
    """No two provisions of one document share an identifier, and parents come first."""
    try:
        found = registry.read(data, symbol="A/RES/99/8")
    except LoadError:
        return

    for document in found.documents:
        ids = [each.id for each in document.provisions]
        assert len(ids) == len(set(ids)), document.id
        assert all(
            each.parent is None or each.parent in ids[: ids.index(each.id)]
            for each in document.provisions
        ), document.id


# --- the real files -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REAL)
def test_no_text_of_a_real_file_is_lost(shared: Path, catalogue: Corpus, name: str) -> None:
    """Each block's text is in the document or is reported."""
    path = shared / "documents" / "registry" / f"{name}.json"
    found = registry.read(path, corpus=catalogue)
    document = found.document
    held = [*document.opening.values(), document.title["en"]]
    held += [each.text["en"] for each in document.provisions] + [
        each.heading["en"] for each in document.sections
    ]
    held += [f"{note.mark} {note.text['en']}" for note in document.notes] + [
        each.text for each in found.left_out
    ]
    facts = (
        "plenary meeting",
        "Resolution adopted",
        "without reference",
        "Agenda item",
        "2024 session",
        str(document.adopted)[8:],
    )

    text = "\n".join(held)
    for block in json.loads(path.read_text(encoding="utf-8")):
        line = " ".join(block["text"].split())
        assert (
            line in text or line.partition(". ")[2] in text or any(fact in line for fact in facts)
        ), line


@pytest.mark.parametrize(
    ("name", "count"),
    [("A_RES_56_183", 8), ("A_RES_70_1", 91), ("A_RES_70_125", 71), ("E_RES_2024_13", 124)],
)
def test_paragraphs_of_real_files_run_without_a_gap(shared: Path, name: str, count: int) -> None:
    """The plain numbers are 1 to the last, each once."""
    document = registry.read(shared / "documents" / "registry" / f"{name}.json").document
    numbers = Counter(int(each.number) for each in document.provisions if each.number.isdigit())

    assert dict.fromkeys(range(1, count + 1), 1) == dict(numbers)


@pytest.mark.parametrize("name", REAL)
def test_reading_undoes_writing_of_real_files(shared: Path, catalogue: Corpus, name: str) -> None:
    """Writing what was read and reading it again changes nothing."""
    document = registry.read(
        shared / "documents" / "registry" / f"{name}.json", corpus=catalogue
    ).document

    assert (
        document
        == registry.read(
            registry.write(document, corpus=catalogue).encode(),
            symbol=document.symbol,
            corpus=catalogue,
        ).document
    )


def test_the_ten_year_review_addresses_whom_it_names(shared: Path, catalogue: Corpus) -> None:
    """Paragraph 12 of A/RES/70/125 calls upon those that the catalogue knows by the registry's
    names.
    """
    document = registry.read(
        shared / "documents" / "registry" / "A_RES_70_125.json", corpus=catalogue
    ).document
    pledge, call, request = next(
        each for each in document.provisions if each.number == "12"
    ).mandates

    assert (MandateKind.COMMITMENT, MandateKind.CALL, MandateKind.REQUEST) == (
        pledge.kind,
        call.kind,
        request.kind,
    )
    assert {"groups/governments", "groups/private-sector", "groups/civil-society"} <= set(
        call.addressees
    )
    assert ("groups/un-system",) == request.addressees
