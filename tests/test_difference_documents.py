"""Differences between two versions of a document."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import FOUR, ONE, THREE, TWO, document, marked, told, writes_well

from wsis_model import Document
from wsis_model.diff import ChangeKind, difference, match
from wsis_model.diff.words import Keys, likeness
from wsis_model.testing import (
    a_document,
    a_mandate,
    a_provision,
    a_section,
    documents,
)

EMPTY: dict[str, Any] = {
    "summary": None,
    "mandates": (),
    "citations": (),
    "alignments": (),
    "mentions": (),
}


class TestParagraphs:
    def test_the_same(self) -> None:
        """Two equal documents differ in nothing, and the difference is false and empty."""
        found = difference(a_document(), a_document())

        assert (bool(found), len(found), found.summary()) == (
            False,
            0,
            "no change; 2 headings, 9 paragraphs, 2 mandates, 1 note the same",
        )

    def test_a_word(self) -> None:
        """A changed word is told as that word."""
        found = difference(document(ONE, TWO), document(ONE, TWO.replace("every", "each")))

        assert told(found) == [("changed", "para. 2", "text.en")]
        assert (
            marked(found.changes[0])
            == f"Invites[- every-][+ each+]{TWO.removeprefix('Invites every')}"
        )
        assert found.summary() == "1 paragraph changed, 1 the same"

    def test_an_insertion_shifts_numbers_and_nothing_else(self) -> None:
        """A paragraph in the middle is one addition, and those behind it are renumbered, told once."""
        found = difference(document(ONE, TWO, THREE), document(ONE, FOUR, TWO, THREE))

        assert told(found) == [("added", "para. 2", ""), ("renumbered", "paras. 3 to 4", "number")]
        assert (found.changes[1].before, found.changes[1].after, found.changes[1].count) == (
            "paras. 2 to 3",
            "paras. 3 to 4",
            2,
        )
        assert found.summary() == "1 paragraph added, 2 renumbered, 3 the same"

    def test_a_removal(self) -> None:
        """What is gone is told where it stood, by the number it had."""
        found = difference(document(ONE, TWO, THREE), document(ONE, THREE.replace("snow", "ice")))

        assert told(found) == [
            ("removed", "former para. 2", ""),
            ("changed", "para. 2 (was 3)", "text.en"),
            ("renumbered", "para. 2", "number"),
        ]
        assert (found.changes[0].record, found.changes[1].record, found.changes[1].was) == (
            "91-1/2",
            "91-1/2",
            "91-1/3",
        )

    def test_moved_and_changed(self) -> None:
        """A paragraph that went elsewhere is moved once, and its words are compared with what they
        were.
        """
        found = difference(
            document(ONE, TWO, THREE, FOUR),
            document(TWO, THREE, FOUR, ONE.replace("wells", "springs")),
        )

        assert told(found)[:2] == [
            ("moved", "para. 4 (was 1)", ""),
            ("changed", "para. 4 (was 1)", "text.en"),
        ]
        assert [
            change.count for change in found.changes if change.kind is ChangeKind.RENUMBERED
        ] == [3]
        assert found.summary() == "1 paragraph changed, 1 moved, 3 renumbered, 3 the same"

    def test_the_other_way_round(self) -> None:
        """Of paragraphs in the opposite order the one in the middle stayed: of equally many that
        could have, those with their number did.
        """
        said = (ONE, TWO, THREE, FOUR, "Welcomes the offer of the singers to sing")
        found = difference(document(*said, name="a-91-l-1"), document(*reversed(said)))

        assert [(change.kind.value, change.before, change.after) for change in found.changes] == [
            ("moved", "para. 5", "para. 1"),
            ("moved", "para. 4", "para. 2"),
            ("moved", "para. 2", "para. 4"),
            ("moved", "para. 1", "para. 5"),
        ]

    def test_the_others_went_around_it(self) -> None:
        """A paragraph that two pairs changed places around has its number, and is not told as
        moved.
        """
        said = (ONE, TWO, THREE, FOUR, "Welcomes the offer of the singers to sing")
        found = difference(
            document(*said, name="a-91-l-1"), document(*(said[at] for at in (3, 4, 2, 0, 1)))
        )

        assert [(change.kind.value, change.before, change.after) for change in found.changes] == [
            ("moved", "para. 4", "para. 1"),
            ("moved", "para. 5", "para. 2"),
            ("renumbered", "paras. 1 to 2", "paras. 4 to 5"),
        ]

    @given(
        st.permutations(
            [f"Visits the village of wells {n} times {'and again ' * n}" for n in range(1, 8)]
        )
    )
    def test_in_any_order(self, after: list[str]) -> None:
        """However paragraphs are ordered, none is told as moved from a number to the same number,
        and as few as can be as moved.
        """
        before = sorted(after, key=len)
        found = difference(document(*before, name="a-91-l-1"), document(*after))
        moved = [change for change in found.changes if change.kind is ChangeKind.MOVED]
        order = [before.index(each) for each in after]
        kept = [
            set(each)
            for size in range(len(order) + 1)
            for each in itertools.combinations(order, size)
            if list(each) == sorted(each)
        ]
        longest = max(map(len, kept))
        stayed = max(sum(order[at] == at for at in each) for each in kept if len(each) == longest)

        assert all(change.before != change.after for change in moved)
        assert {order[at] for at in range(7) if order[at] != at} >= {
            int(change.was.rpartition("/")[2]) - 1 for change in moved
        }
        assert len(order) - len(moved) == longest + sum(order[at] == at for at in range(7)) - stayed

    def test_numbers_that_are_not_in_order(self) -> None:
        """A paragraph that took its number with it is told by what it stands behind."""
        before = document(ONE, TWO)
        (change,) = difference(before, before.replace(provisions=before.provisions[::-1])).changes

        assert (change.before, change.after) == ("para. 2, behind para. 1", "para. 2, first")

    def test_a_rewritten_paragraph_keeps_its_place(self) -> None:
        """Between the same neighbours little likeness will do; without any, one paragraph went and
        another came. Between two versions of one record, a paragraph of the same identifier is the
        same paragraph all the same.
        """
        rewritten = (
            "Requests the secretariat to report about the wells and to name those who dig them"
        )
        near = difference(document(FOUR, ONE, TWO), document(FOUR, rewritten, TWO))
        other = difference(document(FOUR, ONE, TWO, name="a-91-l-1"), document(FOUR, THREE, TWO))
        version = difference(document(FOUR, ONE, TWO), document(FOUR, THREE, TWO))

        assert told(near) == [("changed", "para. 2", "text.en")]
        assert told(other) == [("removed", "former para. 2", ""), ("added", "para. 2", "")]
        assert told(version) == [("changed", "para. 2", "text.en")]

    def test_numbers_decide_between_equals(self) -> None:
        """Of paragraphs that say the same, those of the same number belong together."""
        found = difference(document(ONE, ONE, ONE, TWO), document(ONE, ONE, ONE, TWO))

        assert not found

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("non-binding", "non\u2011binding"),
            ("co\u00adoperation", "cooperation"),
            ("five\u00a0wells", "five wells"),
            ("five \n wells", "five wells"),
            ("“wells”", '"wells"'),
            ("the valley’s well", "the valley's well"),
            ("ﬁve wells", "five wells"),
            ("cafe\u0301", "café"),
            ("\u200fعين\u200f", "عين"),
            ("five\u200b wells\ufeff", "five wells"),
        ],
    )
    def test_printing_is_no_change(self, before: str, after: str) -> None:
        """Hyphens that hold a line, spaces, quotation marks, invisible signs and ways of writing a
        letter are not words.
        """
        assert not difference(document(before), document(after))

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Member States", "member States"),
            ("2020–2025", "2020-2025"),
            ("wells, and", "wells and"),
            ("re-creation", "recreation"),
            ("can not", "cannot"),
            ("10,000", "10.000"),
            ("well", "wells"),
            ("x²", "x2"),
            ("资讯社会", "信息社会"),
        ],
    )
    def test_a_change_of_a_word_is_told(self, before: str, after: str) -> None:
        """Capitals, dashes, commas, figures and letters are an editor's decisions."""
        assert told(difference(document(before), document(after))) == [
            ("changed", "para. 1", "text.en")
        ]

    def test_unspaced_scripts_by_character(self) -> None:
        """Where words are not spaced, characters are compared."""
        (change,) = difference(
            document("建设资讯社会", language="zh"),
            document("建设信息社会", language="zh"),
            language="zh",
        ).changes

        assert marked(change) == "建设[-资讯-][+信息+]社会"

    def test_language(self) -> None:
        """Texts are compared in the language asked for; where the two have none in it, in one that
        both have.
        """
        before, after = document(ONE, language="fr"), document(TWO, language="fr")

        assert difference(before, after).language == "fr"
        assert difference(a_document(), a_document(), language="ru").language == "ru"
        both = [
            each.replace(
                provisions=[
                    each.provisions[0].replace(text={"en": "Same", **each.provisions[0].text})
                ]
            )
            for each in (before, after)
        ]
        assert not difference(*both)
        assert difference(*both, language="fr")

    def test_summaries_where_there_is_no_text(self) -> None:
        """Records without text are matched by identifier and compared by what they say."""
        before = a_document()
        provisions = [
            each.replace(summary="Asks for something else") if each.number == "3" else each
            for each in before.provisions
        ]
        found = difference(before, before.replace(provisions=provisions))

        assert told(found) == [("changed", "para. 3", "summary")]

    def test_mandates_by_verb_where_the_numbers_shifted(self) -> None:
        """A mandate put before another is one addition; the other is renumbered and the same."""
        first, call = (
            a_mandate(),
            a_mandate(id="91-1/1.2", verb="verbs/call-upon", addressees=("groups/governments",)),
        )
        before = a_document(provisions=[a_provision(mandates=[call.replace(id="91-1/1.1")])])
        after = a_document(
            provisions=[a_provision(mandates=[first, call.replace(action="Another action")])]
        )
        found = difference(before, after)

        assert [
            (change.kind.value, change.record, change.was, change.field) for change in found.changes
        ] == [
            ("added", "91-1/1.1", "", ""),
            ("renumbered", "91-1/1.2", "91-1/1.1", "id"),
            ("changed", "91-1/1.2", "91-1/1.1", "action"),
        ]

    def test_a_mandate_by_identifier(self) -> None:
        """A mandate that got other addressees is the same mandate, and a field of it changed."""
        before = a_document()
        first = before.provisions[2]
        one, other = first.mandates
        changed = first.replace(
            mandates=[one.replace(addressees=["cstd"], due={"date": "2040"}), other]
        )
        found = difference(
            before,
            before.replace(provisions=[*before.provisions[:2], changed, *before.provisions[3:]]),
        )

        assert told(found) == [
            ("changed", "mandate 91-1/1.1", "addressees"),
            ("changed", "mandate 91-1/1.1", "due.date"),
            ("changed", "mandate 91-1/1.1", "due.session"),
        ]

    def test_alignments_and_citations(self) -> None:
        """What a provision is aligned with and cites is told by concept and by target."""
        before = a_document()
        first = before.provisions[2]
        changed = first.replace(
            alignments=[
                first.alignments[0].replace(note="because"),
                {"concept": "themes/media", "basis": "stated"},
            ]
        )
        found = difference(
            before,
            before.replace(provisions=[*before.provisions[:2], changed, *before.provisions[3:]]),
        )

        assert told(found) == [
            ("changed", "para. 1", "alignments[action-lines/c1].note"),
            ("added", "para. 1", "alignments[themes/media]"),
            ("removed", "para. 1", "alignments[themes/skills]"),
        ]

    def test_headings(self) -> None:
        """A heading in the middle is added, the others are renumbered once, and the paragraphs that
        now stand under it are told once.
        """
        before = a_document()
        sections = [
            before.sections[0],
            a_section(id="91-1/s2", heading="Bridges"),
            before.sections[1].replace(id="91-1/s3"),
        ]
        under = {"2": "91-1/s2", "2(a)": "91-1/s2", "3": "91-1/s3", "4": "91-1/s3"}
        provisions = [
            each.replace(section=under.get(each.number, each.section)) for each in before.provisions
        ]
        found = difference(before, before.replace(sections=sections, provisions=provisions))

        assert told(found) == [
            ("added", "heading 91-1/s2", ""),
            ("renumbered", "91-1/s3", "number"),
            ("moved", "paras. 2 to 2(a)", "section"),
        ]
        assert (found.changes[2].before, found.changes[2].after, found.changes[2].count) == (
            "Development of the information society",
            "Bridges",
            2,
        )
        assert (
            found.summary()
            == "1 heading added, 1 renumbered, 2 the same; 2 paragraphs under another heading, 9"
            " the same; 2 mandates, 1 note the same"
        )

    def test_notes(self) -> None:
        """Notes are matched by their words and their paragraph: their marks only count them."""

        def noted(name: str, *notes: tuple[str, str, str]) -> Document:
            made = [
                {"mark": mark, "provision": f"{name}/{place}", "text": text}
                for mark, place, text in notes
            ]
            return document(ONE, TWO, name=name, notes=made)

        before = noted(
            "a-91-l-1",
            ("1", "1", "See 90/1."),
            ("2", "1", "Ibid."),
            ("3", "2", "Wells of the world, 2020."),
        )
        after = noted(
            "91-1",
            ("1", "1", "See 89/7."),
            ("2", "1", "See 90/1."),
            ("3", "1", "Ibid."),
            ("4", "2", "Wells of the world, 2025."),
        )
        found = difference(before, after)

        assert told(found) == [
            ("added", "note 1 (para. 1)", ""),
            ("changed", "note 4 (para. 2)", "text.en"),
        ]

    def test_a_draft_and_what_was_adopted(self) -> None:
        """Symbol, dates and other particulars of two documents are no change; the title and the
        opening words are text.
        """
        before = document(ONE, name="a-91-l-1", symbol="A/91/L.1", opening="The Assembly,")
        after = document(
            ONE,
            symbol="A/RES/91/1",
            adopted=datetime.date(2036, 12, 5),
            draft="a-91-l-1",
            opening="The Assembly",
        )
        found = difference(before, after)

        assert (found.a, found.b) == ("A/91/L.1", "A/RES/91/1")
        assert told(found) == [("changed", "A/RES/91/1", "opening.en")]
        assert told(difference(after, after.replace(symbol="A/RES/91/2", opening={}))) == [
            ("changed", "A/RES/91/2", "symbol"),
            ("changed", "A/RES/91/2", "opening.en"),
        ]

    def test_what_only_one_says_anything_of(self) -> None:
        """A record of ours and the text it is about are not compared in what only one of them has;
        it is named.
        """
        ours = a_document()
        notes = [ours.notes[0].replace(text="See 90/1.")]
        read = ours.replace(
            provisions=[each.replace(**EMPTY, text="Words") for each in ours.provisions],
            notes=notes,
        )
        found = difference(ours, read)

        assert found.not_compared == (
            "text",
            "summary",
            "mandates",
            "citations",
            "alignments",
            "mentions",
        )
        assert not found
        assert "not compared, being in one of them only: text, summary" in found.summary()

    @pytest.mark.parametrize(
        ("before", "after", "beginning"),
        [
            pytest.param(
                {"summary": "Asks for a map"}, {"text": ONE},
                "2 paragraphs in both, of which no words could be compared: one side holds no text (en); not compared", id="a summary and a text",
            ),
            pytest.param(
                {"text": {"fr": ONE}}, {"text": {"ru": TWO}},
                "2 paragraphs in both, of which no words could be compared: not both hold any (en)", id="no language in common",
            ),
            pytest.param({}, {}, "2 paragraphs in both, of which no words could be compared: not both hold any (en)", id="numbers alone"),
            pytest.param({"text": {"en": ONE, "fr": ONE}}, {"text": {"en": ONE}}, "no change; 2 paragraphs the same", id="one language"),
            pytest.param({"summary": "A", "text": ONE}, {"summary": "A"}, "no change; 2 paragraphs the same; not compared", id="summaries"),
        ],
    )  # fmt: skip
    def test_of_what_was_not_compared_nothing_is_said(
        self, before: dict[str, Any], after: dict[str, Any], beginning: str
    ) -> None:
        """Paragraphs of which no words could be compared are not the same: how many they are, and
        why, is what is said first.
        """

        def two(name: str, says: dict[str, Any]) -> Document:
            return Document.model_validate(
                {
                    "id": name,
                    "title": "Wells",
                    "provisions": [{"id": f"{name}/{n}", "number": str(n)} | says for n in "12"],
                }
            )

        found = difference(two("a-91-l-1", before), two("91-1", after))

        assert (bool(found), found.summary()[: len(beginning)]) == (False, beginning)
        for written in (found.to_markdown(), found.to_html(), str(found)):
            assert beginning.lower() in written.lower()
        assert (
            found.to_dict()["same"].get("paragraph", 0)
            + found.to_dict()["wordless"].get("paragraph", 0)
            == 2
        )

    def test_some_that_could_not_be_compared(self) -> None:
        """Where most paragraphs have words on both sides, those that have not are counted by
        themselves, notes too.
        """
        before = document(
            ONE,
            TWO,
            THREE,
            name="a-91-l-1",
            notes=[{"mark": "1", "provision": "a-91-l-1/1", "text": {"fr": "Voir 90/1."}}],
        )
        after = document(
            ONE, TWO, FOUR, notes=[{"mark": "1", "provision": "91-1/1", "text": {"ru": "90/1"}}]
        )
        spoken = before.provisions[1].replace(text={"fr": TWO})
        found = difference(
            before.replace(provisions=[before.provisions[0], spoken, before.provisions[2]]), after
        )

        assert (found.wordless, dict(found.same)["paragraph"]) == (
            (("paragraph", 1), ("note", 1)),
            1,
        )
        assert (
            found.summary()
            == "1 paragraph, 1 note in both, of which no words could be compared: not both hold any"
            " (en); 1 paragraph added, 1 removed, 1 the same"
        )

    def test_versions_that_say_nothing_are_the_same(self) -> None:
        """Two equal versions of one record hide no words from each other."""
        bare = document("x").replace(
            provisions=[{"id": "91-1/1", "number": "1"}],
            notes=[{"mark": "1", "citations": [{"target": "79-1"}]}],
        )

        assert difference(bare, bare).summary() == "no change; 1 paragraph, 1 note the same"

    def test_first_mandates_are_additions(self) -> None:
        """Between two versions of one record, what was empty before is new."""
        before = a_document(provisions=[a_provision()])
        found = difference(before, a_document(provisions=[a_provision(mandates=[a_mandate()])]))

        assert (told(found), found.not_compared) == ([("added", "mandate 91-1/1.1", "")], ())

    def test_work_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of many rewritten paragraphs each is held against a few others, not against all."""
        tried: list[Keys] = []

        def counting(old: Keys, new: Keys) -> float:
            tried.append(new)
            return likeness(old, new)

        monkeypatch.setattr(match, "likeness", counting)
        before = document(*(f"{ONE} {n} {n * 7} {THREE}" for n in range(300)))
        after = document(*(f"{ONE} {n} {n * 7} {FOUR}" for n in range(300)))
        found = difference(before, after)

        assert len(found) == 300
        assert len(tried) <= 300 * 2 * match.TRIED


@given(documents(), documents())
def test_any_documents(a: Document, b: Document) -> None:
    """Any two documents have a difference that can be written, and none from themselves."""
    writes_well(difference(a, b))
    writes_well(difference(a, b.replace(id=a.id)))
    assert not difference(a, a)
