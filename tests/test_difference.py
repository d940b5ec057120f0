"""What changed between two versions: paragraphs matched by what they say, fields of road maps, and
minutes that quote hostile texts.
"""

from __future__ import annotations

import datetime
import itertools
import json
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import Document, Roadmap
from wsis_model._width import readable
from wsis_model.diff import Change, ChangeKind, Difference, compare, difference, match
from wsis_model.diff.words import Keys, keys_of, likeness, words_of
from wsis_model.interop import akn, pdf
from wsis_model.model import Text
from wsis_model.testing import (
    a_document,
    a_mandate,
    a_provision,
    a_roadmap,
    a_section,
    an_activity,
    an_indicator,
    documents,
    roadmaps,
    texts,
)

EMPTY: dict[str, Any] = {
    "summary": None,
    "mandates": (),
    "citations": (),
    "alignments": (),
    "mentions": (),
}
ONE = "Requests the secretariat to draw a map of all wells in the northern valleys"
TWO = "Invites every village to send a report about its bridges before the spring"
THREE = "Decides to meet again when the snow has melted and the roads are open"
FOUR = "Thanks the cooks, the singers and the people who carried the chairs"


def document(*said: str, name: str = "91-1", language: str = "en", **more: Any) -> Document:
    """A document of numbered paragraphs that say this."""
    provisions = [
        {"id": f"{name}/{n}", "number": str(n), "text": {language: text}}
        for n, text in enumerate(said, 1)
    ]
    return Document.model_validate({"id": name, "title": "Wells", "provisions": provisions, **more})


def told(found: Difference) -> list[tuple[str, str, str]]:
    """The changes as kind, label and field."""
    return [(change.kind.value, change.label, change.field) for change in found.changes]


def marked(change: Change) -> str:
    """The words of a change with marks."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return "".join(marks[op].format(said) for op, said in change.words)


# --- documents ------------------------------------------------------------------------------------


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
            mandates=[one.replace(addressees=["cstd"], due={"year": 2040}), other]
        )
        found = difference(
            before,
            before.replace(provisions=[*before.provisions[:2], changed, *before.provisions[3:]]),
        )

        assert told(found) == [
            ("changed", "mandate 91-1/1.1", "addressees"),
            ("changed", "mandate 91-1/1.1", "due.year"),
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
            == "1 heading added, 1 renumbered, 2 the same; 2 paragraphs under another heading, 9 the same; 2 mandates, 1 note the same"
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
        assert found.summary() == (
            "1 paragraph, 1 note in both, of which no words could be compared: not both hold any (en); 1 paragraph added, 1 removed, 1 the same"
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


# --- road maps ------------------------------------------------------------------------------------


def counted(
    *titles: str, name: str = "m", about: str = "", measures: str = "", **more: dict[int, Any]
) -> Roadmap:
    """A road map as a workbook without identifiers gives it: its activities are counted, and so are
    their milestones.
    """
    activities = [
        {
            "id": f"{name}/a{n}",
            "title": title,
            "milestones": [{"id": f"{name}/a{n}.m1", "title": "Report"}],
        }
        | {field: values[n] for field, values in more.items() if n in values}
        for n, title in enumerate(titles, 1)
    ]
    return Roadmap.model_validate(
        {
            "id": name,
            "title": "Wells",
            "owners": ["itu"],
            "activities": activities,
            "indicators": [{"id": f"{name}/i1", "name": "Wells", "measures": [measures]}]
            if measures
            else [],
            "updates": [{"date": "2036-01-01", "about": about}] if about else [],
        }
    )


class TestRoadmaps:
    def test_fields(self) -> None:
        """Each field that changed is told as the file writes it, old and new."""
        before = a_roadmap()
        activity = before.activities[0]
        changed = activity.replace(
            status="done",
            partners=["cstd", "undp"],
            period={"start": "2037", "end": "2038"},
            description="Twice a year",
        )
        found = difference(
            before, before.replace(version="0.2", activities=[changed, *before.activities[1:]])
        )

        assert [(change.field, change.before, change.after) for change in found.changes] == [
            ("version", "0.1", "0.2"),
            ("description", None, "Twice a year"),
            ("partners", ("cstd",), ("cstd", "undp")),
            ("period.end", "2037-03", "2038"),
            ("status", "planned", "done"),
        ]
        assert (found.a, found.b) == ("c1-roadmap, version 0.1", "c1-roadmap, version 0.2")
        same = difference(before, before.replace(title="New"))
        assert (same.a, same.b) == (
            "c1-roadmap, version 0.1 (earlier)",
            "c1-roadmap, version 0.1 (later)",
        )
        named = difference(before, before.replace(title="New"), names=("old.xlsx", "new.xlsx"))
        assert (named.a, named.b) == ("old.xlsx", "new.xlsx") and str(named).startswith(
            "old.xlsx → new.xlsx\n"
        )
        assert "What changed from old.xlsx to new.xlsx" in named.to_markdown()
        texts = difference(a_document(), a_document(), names=("draft.docx", "adopted.docx"))
        assert (texts.a, texts.b) == ("draft.docx", "adopted.docx")
        assert (
            found.summary()
            == "the road map itself changed; 1 activity changed, 1 the same; 1 objective, 1 milestone, 1 indicator the same"
        )

    def test_members_by_identifier(self) -> None:
        """Objectives, activities and milestones are matched by identifier; added and removed ones
        are told whole.
        """
        before = a_roadmap()
        new = an_activity(id="c1-roadmap/a9", title="Publish")
        found = difference(
            before, before.replace(objectives=[], activities=[*before.activities, new])
        )

        assert told(found) == [
            ("removed", "objective c1-roadmap/o1", ""),
            ("added", "activity c1-roadmap/a9", ""),
        ]
        assert (found.changes[0].before, found.changes[1].after) == (before.objectives[0], new)

    def test_members_without_identifiers(self) -> None:
        """Targets and observations are matched by their dates, updates by what they are about."""
        values = {
            "targets": [{"value": 9, "by": "2037"}, {"value": 11, "by": "2038"}],
            "observations": [{"value": 1, "when": "2036"}],
        }
        indicator = an_indicator(**values)
        before = a_roadmap(indicators=[indicator])
        target, other = indicator.targets
        later = indicator.replace(
            targets=[other, target.replace(value=10)],
            observations=[*indicator.observations, {"value": 2, "when": "2037"}],
        )
        update = before.updates[0].replace(note="Nobody has answered")
        found = difference(before, before.replace(indicators=[later], updates=[update]))

        assert told(found) == [
            ("changed", "road map c1-roadmap", "updates[c1-roadmap/a1].note"),
            ("changed", "indicator c1-roadmap/i1", "targets[2037].value"),
            ("moved", "indicator c1-roadmap/i1", "targets"),
            ("added", "indicator c1-roadmap/i1", "observations[2037]"),
        ]
        assert found.changes[0].words == (
            ("deleted", "Most have"),
            ("inserted", "Nobody has"),
            ("same", " answered"),
        )

    def test_another_order_is_told_once(self) -> None:
        """Activities in another order are one change, and none of them changed."""
        activities = [
            an_activity(id=f"c1-roadmap/a{n}", milestones=[], depends_on=[]) for n in range(20)
        ]
        found = difference(
            a_roadmap(activities=activities),
            a_roadmap(activities=[*activities[:5], *reversed(activities[5:])]),
        )

        assert told(found) == [("moved", "road map c1-roadmap", "activities")]
        assert found.changes[0].before == tuple(each.id for each in activities[5:])

    def test_another_identifier(self) -> None:
        """A road map under another name is one change: what stands in it is compared by the rest of
        its names.
        """
        before = a_roadmap()
        after = Roadmap.model_validate(
            json.loads(before.model_dump_json().replace("c1-roadmap", "c1-plan"))
        )

        assert told(difference(before, after)) == [("changed", "road map c1-plan", "id")]

    def test_a_field_of_tomorrow(self) -> None:
        """A field that a record gains is compared without a change to the comparison."""

        class Newer(Roadmap):
            motto: Text | None = None

        before = Newer.model_validate(a_roadmap().model_dump())
        assert told(difference(before, before.replace(motto="Wells for all"))) == [
            ("changed", "road map c1-roadmap", "motto")
        ]

    def test_all_languages(self) -> None:
        """Titles are compared in every language."""
        before = a_roadmap(title={"en": "Wells", "fr": "Puits"})

        assert told(
            difference(before, before.replace(title={"en": "Wells", "fr": "Les puits"}))
        ) == [("changed", "road map c1-roadmap", "title.fr")]

    @pytest.mark.parametrize(
        ("before", "after", "changes", "summary"),
        [
            pytest.param(
                "Draw Train Visit Print", "Train Visit Print",
                [("removed", "former activity m/a1"), ("renumbered", "activities m/a1 to m/a3")],
                "1 activity removed, 3 renumbered, 3 the same; 3 milestones the same",
                id="a row was deleted",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Meet Train Visit",
                [("added", "activity m/a2"), ("renumbered", "activities m/a3 to m/a4")],
                "1 activity added, 2 renumbered, 3 the same; 3 milestones the same",
                id="a row was inserted",
            ),
            pytest.param(
                "Draw Train Visit", "Train Draw Visit",
                [("moved", "road map m"), ("renumbered", "activity m/a1"), ("renumbered", "activity m/a2")],
                "the road map itself changed; 2 activities renumbered, 3 the same; 3 milestones the same",
                id="two rows were swapped",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Teach Visit",
                [("changed", "activity m/a2")],
                "1 activity changed, 2 the same; 3 milestones the same",
                id="a title was edited",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Train\u200b Visit",
                [("changed", "activity m/a2")],
                "1 activity changed, 2 the same; 3 milestones the same",
                id="a title is printed in another way",
            ),
            pytest.param(
                "Train Train Visit", "Train Visit",
                [("removed", "former activity m/a2"), ("renumbered", "activity m/a2")],
                "1 activity removed, 1 renumbered, 2 the same; 2 milestones the same",
                id="two of one title: by identifier",
            ),
            pytest.param(
                "Draw Train Visit", "Teach Visit",
                [("changed", "activity m/a1"), ("removed", "former activity m/a2"), ("renumbered", "activity m/a2")],
                "1 activity changed, 1 removed, 1 renumbered, 1 the same; 2 milestones the same",
                id="a title was edited and a row deleted: by identifier",
            ),
        ],
    )  # fmt: skip
    def test_rows_that_a_file_only_counts(
        self, before: str, after: str, changes: list[tuple[str, str]], summary: str
    ) -> None:
        """Where identifiers count rows, a title that no other has tells which activity is which,
        and its milestones go with it.
        """
        found = difference(counted(*before.split(" ")), counted(*after.split(" ")))

        assert [(kind, label) for kind, label, _ in told(found)] == changes
        assert found.summary() == summary
        assert summary in str(found)
        for minutes in (found.to_markdown(), found.to_html()):
            assert f"{summary[0].upper()}{summary[1:]}." in minutes
            for change in found.changes:
                assert (
                    change.kind is not ChangeKind.RENUMBERED
                    or f"{change.before} → {change.after}".capitalize() in minutes
                )

    def test_what_refers_to_the_renumbered(self) -> None:
        """References that only follow are no change; one to what is gone, and one that means
        another activity now, are told.
        """
        before = counted(
            "Draw",
            "Train",
            "Visit",
            depends_on={2: ["m/a3", "m/a1"], 3: ["m/a2.m1"]},
            about="m/a2",
            measures="m/a3",
        )
        after = counted(
            "Train",
            "Visit",
            depends_on={1: ["m/a2"], 2: ["m/a1.m1"]},
            about="m/a1",
            measures="m/a2",
        )
        found = difference(before, after)
        means_another = difference(before, after.replace(updates=before.updates))

        assert told(found) == [
            ("changed", "activity m/a1 (was a2)", "depends_on"),
            ("removed", "former activity m/a1", ""),
            ("renumbered", "activities m/a1 to m/a2", "id"),
        ]
        assert (found.changes[0].before, found.changes[0].after) == (
            ("m/a2", "former m/a1"),
            ("m/a2",),
        )
        assert [
            (each.before, each.after) for each in means_another.changes if each.what == "road map"
        ] == [("m/a1", "m/a2")]

    def test_milestones_with_their_activity(self) -> None:
        """Of an activity that is renumbered, what became of its milestones is told, and none that
        another activity has.
        """
        two = [
            {"id": "m/a2.m1", "title": "Begin"},
            {"id": "m/a2.m2", "title": "Go on"},
            {"id": "m/a2.m3", "title": "End"},
        ]
        before = counted("Draw", "Train", "Visit", milestones={2: two})
        after = counted(
            "Train",
            "Visit",
            milestones={1: [{"id": "m/a1.m1", "title": "Go on", "status": "done"}]},
        )

        assert told(difference(before, after)) == [
            ("changed", "milestone m/a1.m1 (was a2.m2)", "status"),
            ("removed", "former milestone m/a2.m1", ""),
            ("removed", "former milestone m/a2.m3", ""),
            ("removed", "former activity m/a1", ""),
            ("renumbered", "milestone m/a1.m1", "id"),
            ("renumbered", "activities m/a1 to m/a2", "id"),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "was", "others"),
        [
            pytest.param({"a1": "Draw", "a2": "Train"}, {"a1": "Draw", "a2": "Train"}, "activity m/a1", [], id="to another"),
            pytest.param({"a1": "Draw", "a2": "Train"}, {"a2": "Train"}, "activity m/a1", ["removed"], id="from one that is gone"),
            pytest.param({"a1": "Draw"}, {"a1": "Draw", "a2": "Train"}, "activity m/a1", ["added"], id="to a new one"),
            pytest.param(
                {"a1": "Draw", "a2": "Visit", "a3": "Train"}, {"a1": "Visit", "a2": "Train"}, "former activity m/a1",
                ["removed", "renumbered"], id="where the rows are counted",
            ),
        ],
    )  # fmt: skip
    def test_a_milestone_of_another_activity(
        self, before: dict[str, str], after: dict[str, str], was: str, others: list[str]
    ) -> None:
        """A milestone that went from the first activity to the last is moved, once, with both
        activities, and compared.
        """

        def held(titles: dict[str, str], owner: str, status: str) -> Roadmap:
            milestone = {"id": "m/a1.m1", "title": "Report", "status": status}
            activities = [
                {"id": f"m/{name}", "title": title, "milestones": [milestone] * (name == owner)}
                for name, title in titles.items()
            ]
            return Roadmap.model_validate(
                {"id": "m", "title": "Wells", "owners": ["itu"], "activities": activities}
            )

        found = difference(held(before, "a1", "planned"), held(after, "a2", "done"))

        assert [
            (change.kind.value, change.label, change.before, change.after)
            for change in found.changes
            if change.what == "milestone"
        ] == [
            ("moved", "milestone m/a1.m1", f"{was} “Draw”", "activity m/a2 “Train”"),
            ("changed", "milestone m/a1.m1", "planned", "done"),
        ]
        assert [
            change.kind.value for change in found.changes if change.what == "activity"
        ] == others
        assert "1 milestone changed, 1 moved" in found.summary()
        assert f"> ~~{was} “Draw”~~ **activity m/a2 “Train”**" in found.to_markdown()

    def test_a_milestone_that_is_only_counted_alike(self) -> None:
        """Where activities are counted otherwise, one that went from one and another that came to
        the next have one identifier by chance.
        """
        two = [{"id": "m/a1.m1", "title": "Begin"}, {"id": "m/a1.m2", "title": "Print"}]
        before = counted("Draw", "Train", milestones={1: two})
        after = counted("Train", "Draw", milestones={1: [{"id": "m/a1.m1", "title": "Report"}, {"id": "m/a1.m2", "title": "Sing"}],
                                                     2: [{"id": "m/a2.m1", "title": "Begin"}]})  # fmt: skip
        found = difference(before, after)

        assert [(kind, label) for kind, label, _ in told(found) if "milestone" in label] == [
            ("added", "milestone m/a1.m2"),
            ("removed", "former milestone m/a1.m2"),
        ]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a\u00a0well", "a well"),
            ("a well", "a\u200b well"),
            ("cafe\u0301", "café"),
            ("a\nwell", "a well"),
        ],
    )
    def test_what_nobody_sees_is_said(self, before: str, after: str) -> None:
        """A title that looks as it did has changed, for road maps are compared exactly; that it
        looks alike is said.
        """
        found = difference(counted(before, "Visit"), counted(after, "Visit"))

        assert [(change.before, change.after) for change in found.changes] == [(before, after)]
        for written in (str(found), found.to_markdown(), found.to_html()):
            said = readable(after).replace("\\", "\\\\" if written == found.to_markdown() else "\\")
            assert f"Title (en), only spaces or signs written otherwise: {said}" in written
            assert "[-" not in written and "<li><del>" not in written

    def test_another_order_of_what_is_told_apart_by_nothing(self) -> None:
        """Two targets of one year that changed places are told by their values; of equal ones there
        is no order.
        """
        first, second = {"value": 1, "by": "2037"}, {"value": 2, "by": "2037"}
        before, after, equal = (
            a_roadmap(indicators=[an_indicator(targets=each)])
            for each in ([first, second], [second, first], [first] * 2)
        )
        (change,) = difference(before, after).changes

        assert (change.kind.value, change.field) == ("moved", "targets")
        assert (change.before, change.after) == (
            ("(value: 1, by: 2037)", "(value: 2, by: 2037)"),
            ("(value: 2, by: 2037)", "(value: 1, by: 2037)"),
        )
        assert [each.field for each in difference(after, equal).changes] == ["targets[2037].value"]

    def test_renumbered_under_another_name(self) -> None:
        """In a road map that is called otherwise what only got its name is not renumbered, and what
        is counted otherwise is.
        """
        found = difference(counted("Draw", "Train", name="old"), counted("Train", name="new"))

        assert told(found) == [
            ("changed", "road map new", "id"),
            ("removed", "former activity old/a1", ""),
            ("renumbered", "activity new/a1", "id"),
        ]
        assert [(each.before, each.after) for each in found.changes[2:]] == [
            ("activity old/a2", "activity new/a1")
        ]

    @given(st.permutations([f"Visit {n}" for n in range(8)]), st.integers(0, 8))
    def test_rows_in_any_order(self, titles: list[str], kept: int) -> None:
        """However rows that are only counted are sorted, deleted and brought back, no activity that
        stayed is told to have changed.
        """
        rows, some = sorted(titles), titles[:kept]
        ways = ((rows, some, ChangeKind.REMOVED), (some, rows, ChangeKind.ADDED))
        for found, kind in (
            (difference(counted(*before), counted(*after)), kind) for before, after, kind in ways
        ):
            members = [change for change in found.changes if change.what != "road map"]
            moved = sum(change.count for change in members if change.kind is ChangeKind.RENUMBERED)

            assert {change.kind for change in members} <= {kind, ChangeKind.RENUMBERED}
            assert sum(change.kind is kind for change in members) == len(rows) - kept
            assert moved == sum(rows.index(title) != at for at, title in enumerate(some))
            assert dict(found.same).get("activity", 0) == kept

    def test_thousands_of_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of five thousand activities the first is deleted: two changes, for which each title is
        read once.
        """
        read: list[str] = []

        def reading(text: str) -> Keys:
            read.append(text)
            return keys_of(text)

        monkeypatch.setattr(compare, "keys_of", reading)
        titles = [f"Visit {n}" for n in range(5000)]
        found = difference(counted(*titles), counted(*titles[1:]))

        assert told(found) == [
            ("removed", "former activity m/a1", ""),
            ("renumbered", "activities m/a1 to m/a4999", "id"),
        ]
        assert len(read) == 9999

    def test_what_is_no_pair(self) -> None:
        """A document and a road map have no difference."""
        mixed: Any = a_roadmap()
        with pytest.raises(
            TypeError, match="two documents or two road maps, not 'Document' and 'Roadmap'"
        ):
            difference(a_document(), mixed)

    @given(roadmaps(), roadmaps(), st.data())
    def test_there_is_a_difference_where_they_differ(
        self, a: Roadmap, b: Roadmap, data: st.DataObject
    ) -> None:
        """Two road maps differ in nothing exactly when they are equal, and no value keeps the
        difference from being written.
        """
        fields = data.draw(st.sets(st.sampled_from(sorted(Roadmap.model_fields))))
        mixed = a.replace(**{name: getattr(b, name) for name in fields})
        found = difference(a, mixed)

        assert bool(found) == (a != mixed)
        assert not difference(a, a)
        written(found)


def written(found: Difference) -> None:
    """Write a difference in every way."""
    assert json.loads(json.dumps(found.to_dict()))["summary"] == found.summary()
    assert "\n" not in found.summary()
    assert len(found.changes.to_csv()) > 0
    assert (
        str(found) and str(found.changes) and found.to_markdown() and found.to_markdown(context=2)
    )
    read_html(found.to_page())
    read_html(found._repr_html_())  # pyright: ignore[reportPrivateUsage]  # the notebook protocol


@given(documents(), documents())
def test_any_documents(a: Document, b: Document) -> None:
    """Any two documents have a difference that can be written, and none from themselves."""
    written(difference(a, b))
    written(difference(a, b.replace(id=a.id)))
    assert not difference(a, a)


# --- words ----------------------------------------------------------------------------------------


def solid(text: str) -> str:
    """The signs of a text as they are compared, without spaces."""
    return unicodedata.normalize("NFC", "".join(keys_of(text)))


WORDY = st.lists(
    texts() | st.sampled_from(("well", "wells", "the", "a", ",", "of", "non-binding", "“")),
    max_size=12,
).map(" ".join)


@given(WORDY, WORDY)
def test_words_make_up_both_texts(before: str, after: str) -> None:
    """What is the same or inserted is the new text, as printed; what is the same or deleted is the
    old one, as compared.
    """
    words = words_of(before, after)

    assert after.startswith(new := "".join(said for op, said in words if op != "deleted"))
    assert keys_of(after.removeprefix(new)) == ()
    assert solid("".join(said for op, said in words if op != "inserted")) == solid(before)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a map, a well", "a map, a bridge, a well", "a map, a[+ bridge, a+] well"),
        ("the map", "the map, in time,", "the map[+, in time,+]"),
        ("wells, old", "wells, deep, old", "wells,[+ deep,+] old"),
        (
            "one two three four five six",
            "six five four three and one",
            "[-one two three four five six-][+six five four three and one+]",
        ),
        ("same", "same", "same"),
        ("", "new", "[+new+]"),
    ],
)
def test_changes_read_as_an_editor_makes_them(before: str, after: str, said: str) -> None:
    """An insertion ends with its comma, and single words that happen to be the same are not picked
    out of a rewritten line.
    """
    change = Change(
        ChangeKind.CHANGED, "paragraph", "91-1/1", "para. 1", words=words_of(before, after)
    )

    assert marked(change) == said


def test_a_very_long_rewriting_is_one_change() -> None:
    """Beyond a bound the differing part is told whole."""
    words = words_of("Start " + "a b " * 400 + "end", "Start " + "b a a " * 400 + "end")

    assert [op for op, _ in words] == ["same", "deleted", "inserted", "same"]


# --- minutes --------------------------------------------------------------------------------------

TAGS = frozenset(
    "html head meta title style body main h1 h2 h3 h4 h5 p strong div ul li del ins span".split()
)


class _Page(HTMLParser):
    """Collects what a page says, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append((self.open[-1] if self.open else "", data))


def read_html(page: str) -> _Page:
    """A page read back: well nested, with no elements but ours."""
    read = _Page()
    read.feed(page)
    read.close()
    assert not read.open
    assert {tag for tag, _ in read.seen} <= TAGS
    assert {name for _, attributes in read.seen for name in attributes} <= {
        "lang",
        "dir",
        "class",
        "charset",
        "name",
        "content",
    }
    return read


def shown(text: str) -> str:
    """The signs of a text as a page can show them, without spaces."""
    return "".join(readable(text).split())


def with_texts(before: str, after: str) -> Difference:
    """The difference of two documents of one paragraph, and of an activity's words."""
    return difference(document(before, name="a-91-l-1"), document(after))


HOSTILE = (
    "<script>alert(1)</script>", "&lt;b&gt;", "[a](http://x.example)", "![a](b)", "**a**", "~~a~~", "__a__", "`a`", "# a", "1. a", "1) a",
    "- a", "+ a", "> a", "---", "===", "| a | b |", "\\", "a\\", "<!-- a", "]]>", "${a}", "http://x.example/**", "a\n\n# b", "```", "    a",
    "*", "~", "**", "_a_", "<a@x.example>", "&amp;", "'\"", ":::", "^a^", "a ** b",
)  # fmt: skip
MIXED = (
    st.lists(
        st.sampled_from(HOSTILE) | texts() | st.sampled_from(("well", "the", ", and", "“so”")),
        min_size=1,
        max_size=5,
    )
    .map(" ".join)
    .filter(bool)
)


@given(MIXED, MIXED)
def test_hostile_texts_in_html(before: str, after: str) -> None:
    """Whatever the texts hold, the page shows them as text, deletions and insertions in their
    elements.
    """
    found = with_texts(before, after)
    page = read_html(found.to_page())

    for change in found.changes:
        for op, tag in (("deleted", "del"), ("inserted", "ins")):
            wanted = "".join(shown(said) for each, said in change.words if each == op)
            there = "".join(said for where, said in page.said if where == tag)
            assert wanted in "".join(there.split())


@given(MIXED, MIXED)
def test_hostile_texts_in_markdown(before: str, after: str) -> None:
    """Whatever the texts hold, Markdown shows them as text: struck through where deleted, bold
    where inserted.
    """
    markdown_it = pytest.importorskip(
        "markdown_it", reason="a reader of Markdown is needed to read it back"
    )
    found = with_texts(before, after)
    read = markdown_it.MarkdownIt("commonmark").enable(["strikethrough", "table"])
    said: Counter[str] = Counter()
    held: dict[str, str] = {"": "", "s": "", "strong": ""}
    quoted = False
    for block in read.parse(found.to_markdown()):
        said[block.type] += 1
        quoted = block.type == "blockquote_open" or (quoted and block.type != "blockquote_close")
        where = ""
        for token in block.children or ():
            said[token.type] += 1
            if token.type.endswith("_open"):
                where = token.tag
            elif token.type.endswith("_close"):
                where = ""
            elif quoted:
                held[where] += token.content
    texts_of = {
        op: "".join(
            shown(text) for change in found.changes for each, text in change.words if each == op
        )
        for op in ("same", "deleted", "inserted")
    }

    assert {"".join(held[each].split()) for each in ("", "s", "strong")} == {
        *texts_of.values()
    } or not found
    assert not {
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "code_inline",
        "fence",
        "code_block",
        "hr",
        "ordered_list_open",
        "table_open",
        "em_open",
    } & {*said}


def test_read_without_colour() -> None:
    """Deletions and insertions are elements, named in words for those who hear the page, with a
    legend, and the page needs no other file.
    """
    page = difference(document(ONE), document(ONE.replace("map", "list"))).to_page()
    read = read_html(page)

    assert page.count("<del>") == page.count("</del>") == 2
    assert [said for _, said in read.said if said.startswith("[")] == ["[deleted: ", "[added: "] * 2
    assert "struck through" in page and "underlined" in page
    assert "line-through" in page and "underline" in page
    assert not re.search(r"https?:|url\(|@import|<link|<script", page)
    assert ("html", {"lang": "en"}) in read.seen


def test_direction() -> None:
    """An Arabic text stands from right to left."""
    found = difference(
        document("عين", language="ar"), document("بئر", language="ar"), language="ar"
    )

    assert '<p class="wsis-text" lang="ar" dir="rtl">' in found.to_html()


def test_minutes() -> None:
    """The Markdown reads as minutes."""
    found = difference(
        document(ONE, TWO, THREE),
        document(ONE.replace("map", "list"), FOUR, TWO, THREE, name="91-2"),
    )

    assert found.to_markdown(context=2) == (
        "# What changed from 91-1 to 91-2\n\n1 paragraph changed, 1 added, 2 renumbered, 2 the same.\n\n"
        "~~struck through~~: deleted; **bold**: added\n\n## Paragraphs\n\n### Para. 1: changed\n\n"
        "> … draw a ~~map~~ **list** of all …\n\n### Para. 2: added\n\n"
        f"> **{FOUR}**\n\n## Renumbered\n\n- Paras. 2 to 3 → paras. 3 to 4\n"
    )
    assert "Para. 1" not in difference(document(ONE), document(ONE)).to_markdown()


def test_what_changed_in_what() -> None:
    """Titles stand beside identifiers, also that of a milestone's activity, and fields are called
    as in a workbook; programs get both.
    """
    before = a_roadmap()
    activity = before.activities[0]
    late = activity.milestones[0].replace(due={"date": "2038-06-30"})
    other = before.activities[1].replace(title="A very long title " * 9, depends_on=[])
    found = difference(
        before, before.replace(activities=[activity.replace(milestones=[late]), other])
    )
    due = next(change for change in found.changes if change.what == "milestone")
    title, within = str(late.title), str(activity.title)

    assert (due.title, due.within, due.field, due.heading) == (
        title,
        within,
        "due.date",
        "due: date",
    )
    assert (
        f"\n  milestone {late.id} “{title}”: changed\n    in activity “{within}”\n    Due: date: "
        in str(found)
    )
    assert (
        f"\n### Milestone {late.id} “{title}”: changed\n\nIn activity “{within}”\n\n- Due: date: "
        in found.to_markdown()
    )
    assert (
        f"Milestone {late.id} “{title}” <span" in found.to_html()
        and f">In activity “{within}”</p>" in found.to_html()
    )
    assert "- Depends on: " in found.to_markdown() and "<li>Title (en): " in found.to_html()
    assert all(len(line) <= 80 for line in str(found).splitlines() if line.startswith("  activity"))
    assert "activity c1-roadmap/a2 “A very long title A very long title A very …”: changed" in str(
        found
    )


def test_text_for_a_terminal() -> None:
    """Printed, it shows a few words around each change, and nothing that steers a terminal."""
    before = a_roadmap(description="Wells and bridges")
    printed = str(difference(before, before.replace(description="Wells \x1b[31m and roads")))

    assert "Description: Wells [-and bridges-] {+" in printed
    assert "\x1b" not in printed


def test_plain_data() -> None:
    """As plain data values are as files write them, whole records too."""
    before = a_roadmap()
    found = difference(
        before, before.replace(objectives=[], period={"start": "2037", "end": "2041"})
    ).to_dict()

    assert found["changes"][0] == {
        "kind": "changed", "what": "road map", "record": "c1-roadmap", "was": "c1-roadmap", "label": "road map c1-roadmap",
        "title": "Road map for Action Line C1", "within": "", "field": "period.end", "heading": "period: end",
        "before": "2040", "after": "2041", "words": [], "count": 1,
    }  # fmt: skip
    assert found["changes"][1]["before"] == before.objectives[0].to_dict()


# --- real documents -------------------------------------------------------------------------------


def numbers(found: Difference, kind: ChangeKind, what: str = "paragraph") -> list[str]:
    """The last part of the identifiers of what was added, removed or changed."""
    return [
        change.record.rpartition("/")[2]
        for change in found.changes
        if change.kind is kind and change.what == what
    ]


@pytest.fixture(scope="module")
def found(shared: Path) -> Difference:
    """A/C.2/80/L.17 against A/RES/80/118."""
    draft = pdf.read(shared / "documents" / "pdf" / "A_C.2_80_L.17.pdf")
    return difference(draft, akn.read(shared / "documents" / "akn" / "A_RES_80_118.English.xml"))


class TestRealDocuments:
    """Drafts and what was adopted. Counted by reading both texts side by side, without this module."""

    def test_what_the_committee_changed(self, found: Difference) -> None:
        """Twenty-two paragraphs changed in their words, by their numbers in the resolution."""
        changed = "p5 p22 p26 p27 p33 p36 p49 p55 p58 7 17 32 35 36 48 59 63 64 66 68 72 74".split()

        assert numbers(found, ChangeKind.CHANGED) == changed

    def test_what_came_and_went(self, found: Difference) -> None:
        """Two preambular and two operative paragraphs came, and the one that recalled a forum's
        mandate went.
        """
        assert numbers(found, ChangeKind.ADDED) == ["p23", "p56", "18", "46"]
        assert [
            change.label
            for change in found.changes
            if change.kind is ChangeKind.REMOVED and change.what == "paragraph"
        ] == ["former para. 36"]

    def test_what_was_only_renumbered(self, found: Difference) -> None:
        """Four runs of paragraphs shifted; 109 of 135 say what they said, whatever their number."""
        runs = [
            (change.before, change.after)
            for change in found.changes
            if change.kind is ChangeKind.RENUMBERED
        ]

        assert runs == [
            ("preambular paras. 23 to 54", "preambular paras. 24 to 55"),
            ("preambular paras. 55 to 57", "preambular paras. 57 to 59"),
            ("paras. 18 to 35", "paras. 19 to 36"),
            ("paras. 46 to 73", "paras. 47 to 74"),
        ]
        assert dict(found.same)["paragraph"] == 109

    def test_notes(self, found: Difference) -> None:
        """Four notes came and three went with the one on the draft's front page; one cites another
        resolution.
        """
        notes = [
            (change.kind.value, change.label) for change in found.changes if change.what == "note"
        ]

        assert Counter(kind for kind, _ in notes) == {"added": 4, "removed": 4, "changed": 1}
        assert ("changed", "note 23 (para. 48)") in notes
        assert dict(found.same)["note"] == 21

    @pytest.mark.parametrize(
        ("record", "deleted", "inserted"),
        [
            ("80-118/7", ["the Government"], ["Governments"]),
            ("80-118/p27", [], ["from 7 to 11 July 2025,"]),
            ("80-118/p49", [], ["of 6 July 2017"]),
            ("80-118/35", ["with appreciation"], []),
            ("80-118/59", [], ["effective"]),
            ("80-118/63", ["Welcomes"], ["Takes note of"]),
        ],
    )
    def test_words(
        self, found: Difference, record: str, deleted: list[str], inserted: list[str]
    ) -> None:
        """The words that changed, and no others."""
        (change,) = [change for change in found.changes if change.record == record and change.words]

        assert [said.strip() for op, said in change.words if op == "deleted"] == deleted
        assert [said.strip() for op, said in change.words if op == "inserted"] == inserted

    @pytest.mark.parametrize(
        ("draft", "resolution", "paragraphs"),
        [("A_80_L.41", "A_RES_80_173", 134), ("A_C.2_80_L.58", "A_RES_80_118", 135)],
    )
    def test_a_draft_adopted_as_it_was(
        self, shared: Path, draft: str, resolution: str, paragraphs: int
    ) -> None:
        """A/80/L.41 became A/RES/80/173 and A/C.2/80/L.58 became A/RES/80/118 without a change of a
        word, whatever way they are printed.
        """
        before = pdf.read(shared / "documents" / "pdf" / f"{draft}.pdf")
        for after in (
            akn.read(shared / "documents" / "akn" / f"{resolution}.English.xml"),
            pdf.read(shared / "documents" / "pdf" / f"{resolution}.pdf"),
        ):
            found = difference(before, after)

            assert not found, str(found)
            assert dict(found.same)["paragraph"] == paragraphs
            assert before != after

    def test_one_changed_word_in_a_real_text_is_found(self, shared: Path) -> None:
        """The comparison that finds no change between two printings finds one word that is put in."""
        before = pdf.read(shared / "documents" / "pdf" / "A_80_L.41.pdf")
        after = akn.read(shared / "documents" / "akn" / "A_RES_80_173.English.xml")
        provisions = [
            each.replace(text=each.text["en"].replace("permanent", "lasting", 1))
            if each.number == "99"
            else each
            for each in after.provisions
        ]
        found = difference(before, after.replace(provisions=provisions))

        assert told(found) == [("changed", "para. 99", "text.en")]
        assert [said for op, said in found.changes[0].words if op != "same"] == [
            " permanent",
            " lasting",
        ]
