"""Identifiers and the ways in which people of the field write references."""

from __future__ import annotations

import pytest

from wsis_model import NotAReference, cite, parse_reference
from wsis_model.model import is_identifier, number_to_segment, owner_of

WRITTEN = {
    "80-173/99": ["A/RES/80/173, para. 99", "80/173 para 99", "resolution 80/173, paragraph 99", "A/RES/80/173 § 99", "80/173 OP99",
                  "General Assembly resolution 80/173, para. 99", "UNGA res. 80/173 para. 99", "a/res/80/173  PARA.  99", "80-173/99"],
    "80-173/67.2": ["A/RES/80/173, para. 67, mandate 2", "80/173 para 67 mandate 2"],
    "80-173/p3": ["A/RES/80/173, preambular para. 3", "80/173 PP3", "80/173 preambular paragraph 3"],
    "80-173/s14": ["A/RES/80/173, section 14"],
    "80-173": ["A/RES/80/173", "80/173", "resolution 80/173", "WSIS+20 outcome"],
    "79-254-a": ["A/RES/79/254 A", "resolution 79/254 A"],
    "217-a-iii": ["resolution 217 A (III)", "A/RES/217 A (III)", "A/RES/217(III) A", "Universal Declaration of Human Rights", "UDHR"],
    "es-11-1": ["A/RES/ES-11/1"],
    "e-res-2025-18": ["E/RES/2025/18", "ECOSOC resolution 2025/18", "Economic and Social Council resolution 2025/18", "resolution 2025/18"],
    "s-res-1325-2000": ["S/RES/1325 (2000)", "S/RES/1325(2000)"],
    "a-80-l-41": ["A/80/L.41"],
    "a-c-2-80-l-17": ["A/C.2/80/L.17"],
    "a-hrc-res-47-16": ["A/HRC/RES/47/16"],
    "a-conf-157-24": ["A/CONF.157/24"],
    "e-cn-16-2025-2": ["E/CN.16/2025/2"],
    "gdc": ["Global Digital Compact", "the Global Digital Compact", "GDC", "A/RES/79/1, annex I"],
    "gdc/21-a": ["GDC 21(a)", "Global Digital Compact, para. 21 (a)", "the Compact, paragraph 21(a)", "GDC para 21 (a)"],
    "tunis-agenda/72": ["Tunis Agenda, para. 72", "Tunis Agenda for the Information Society, paragraph 72"],
    "70-1": ["2030 Agenda", "2030 Agenda for Sustainable Development"],
    "sdg/9": ["SDG 9", "SDG9", "Goal 9", "Sustainable Development Goal 9"],
    "sdg/9.c": ["SDG 9.c", "SDG target 9.c", "target 9.C", "sdg/9.c"],
    "sdg/9.c.1": ["SDG indicator 9.c.1", "SDG 9.c.1", "indicator 9.c.1"],
    "action-lines/c2": ["C2", "Action Line C2", "WSIS Action Line C2", "C2: Information and communication infrastructure", "AL C2"],
    "action-lines/c7-e-health": ["C7: e-health", "C7 e-health", "C7.e-health", "Action Line C7: E-health", "c7: E-HEALTH"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "text"), [(i, t) for i, texts in WRITTEN.items() for t in texts]
)
def test_reads_what_people_write(identifier: str, text: str) -> None:
    """Every usual way of writing a reference gives the one identifier."""
    assert identifier == parse_reference(text)


@pytest.mark.parametrize("identifier", WRITTEN)
def test_cite_is_undone_by_parse(identifier: str) -> None:
    """What `cite` writes is read back."""
    assert identifier == parse_reference(cite(identifier))


@pytest.mark.parametrize(
    "identifier",
    ["itu", "groups/youth", "themes/igf", "sessions/cstd-30", "my-roadmap/a1", "sdg", "a-list/x"],
)
def test_cite_leaves_the_rest(identifier: str) -> None:
    """What the field has no way of writing stays the identifier it is."""
    assert identifier == cite(identifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "C12",
        "C7: e-fun",
        "SDG 18",
        "SDG 0",
        "para. 99",
        "§ 5",
        "80/",
        "A/RES/",
        "Itu",
        "x" * 5000,
        "80/173 para ninety",
        "C2 e-health",
        "\x00",
    ],
)
def test_says_what_is_no_reference(text: str) -> None:
    """What is no reference is refused with examples of what is, in bounded length."""
    with pytest.raises(NotAReference) as caught:
        parse_reference(text)

    assert "A/RES/80/173, para. 99" in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "text",
    [
        "80",
        "80/173",
        "para.26",
        "9.c",
        "a.b/c",
        "A-b",
        "a--b",
        "a/",
        "/a",
        "a//b",
        "a b",
        "é",
        "a" * 201,
        "a\n",
    ],
)
def test_identifiers_have_one_form(text: str) -> None:
    """Nothing but lower-case segments joined by slashes is an identifier."""
    assert not is_identifier(text)


@pytest.mark.parametrize(
    ("identifier", "owner"),
    [
        ("80-173", ""),
        ("80-173/99", "80-173"),
        ("80-173/67.2", "80-173/67"),
        ("gdc/21-a.1", "gdc/21-a"),
        ("sdg/9.c", "sdg"),
        ("80-173/p1.1", "80-173/p1"),
        ("themes/igf", "themes"),
    ],
)
def test_knows_the_owner(identifier: str, owner: str) -> None:
    """The owner of a part is read off its identifier."""
    assert owner == owner_of(identifier)


@pytest.mark.parametrize(
    ("number", "segment"),
    [("99", "99"), ("21(a)", "21-a"), ("21 (a) (ii)", "21-a-ii"), ("P4", "p4")],
)
def test_number_gives_the_segment(number: str, segment: str) -> None:
    """The printed number tells the last segment of the identifier."""
    assert segment == number_to_segment(number)
