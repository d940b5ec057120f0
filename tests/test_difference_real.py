"""Differences between real documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from versions import told

from wsis_model.diff import ChangeKind, Difference, difference
from wsis_model.interop import akn, pdf


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
    draft = pdf.read(shared / "documents" / "pdf" / "A_C.2_80_L.17.pdf").document
    return difference(
        draft, akn.read(shared / "documents" / "akn" / "A_RES_80_118.English.xml").document
    )


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
        before = pdf.read(shared / "documents" / "pdf" / f"{draft}.pdf").document
        for after in (
            akn.read(shared / "documents" / "akn" / f"{resolution}.English.xml").document,
            pdf.read(shared / "documents" / "pdf" / f"{resolution}.pdf").document,
        ):
            found = difference(before, after)

            assert not found, str(found)
            assert dict(found.same)["paragraph"] == paragraphs
            assert before != after

    def test_one_changed_word_in_a_real_text_is_found(self, shared: Path) -> None:
        """The comparison that finds no change between two printings finds one word that is put in."""
        before = pdf.read(shared / "documents" / "pdf" / "A_80_L.41.pdf").document
        after = akn.read(shared / "documents" / "akn" / "A_RES_80_173.English.xml").document
        provisions = [
            (
                each.replace(text=each.text["en"].replace("permanent", "lasting", 1))
                if each.number == "99"
                else each
            )
            for each in after.provisions
        ]
        found = difference(before, after.replace(provisions=provisions))

        assert told(found) == [("changed", "para. 99", "text.en")]
        assert [said for op, said in found.changes[0].words if op != "same"] == [
            " permanent",
            " lasting",
        ]
