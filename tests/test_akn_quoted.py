"""Reading Akoma Ntoso: documents quoted in documents."""

from __future__ import annotations

import pytest
from akoma_ntoso import paragraph, resolution, texts

from wsis_model.interop import akn


def quoting(inner: str, number: str = "") -> bytes:
    """A resolution whose only paragraph quotes a structure."""
    num = f"<num>{number}</num>" if number else ""
    return resolution(
        f"<mainBody><paragraph>{num}<content><p>Adopts the"
        f" following:<embeddedStructure>{inner}</embeddedStructure></p></content></paragraph>"
        + paragraph("Thanks all.", "9.")
        + "</mainBody>"
    )


SPEECH = (
    '<container name="formula"><p><i>The Kitchen</i>,</p></container><container><p><i>Mindful</i>'
    " of soup,</p></container>"
)
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
        own, *others = akn.read(data).documents

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
        made = akn.read(quoting(QUOTED[case][0], "1.")).documents
        again = akn.read(akn.write(made[0], annexes=made[1:]).encode()).documents

        assert [each.replace(akn_iri=None) for each in again] == list(made)
