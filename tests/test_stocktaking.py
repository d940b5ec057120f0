"""What the form of the WSIS Stocktaking and Prizes asks for, filled in from a road map: the road
map's words, and no others.
"""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import pytest

from wsis_model import Corpus, UnknownIdentifier, load, loads
from wsis_model.interop.stocktaking import WORDS, Box, categories, sheet, word_count

EXAMPLE = Path(__file__).parents[1] / "examples" / "data" / "c2-roadmap.yaml"
SMALL = """
roadmaps:
- id: small
  title: Schools online
  owners: [itu]
  scope: [action-lines/c2]
  description: All schools of the islands are to be online.
  source: {title: Site, url: "https://example.org/schools"}
  objectives:
  - id: small/o1
    statement: Every school is online
    alignments:
    - {concept: sdg/9.c, basis: editorial}
    - {concept: sdg/4, basis: editorial}
    - {concept: gdc/11-d, basis: editorial}
  activities:
  - id: small/a1
    title: Map the schools
    description: Boats go round the islands.
    lead: itu
    co_leads: [unesco]
    partners: [unicef]
    beneficiaries: [groups/youth]
    alignments: [{concept: action-lines/c7-e-learning, basis: editorial}]
    milestones:
    - {id: small/a1.m1, title: Map drawn, status: done, reached: 2026-05-01, evidence: [{title: Map, url: "https://example.org/map"}]}
    - {id: small/a1.m2, title: Map checked, due: {date: 2026-09}}
    - {id: small/a1.m3, title: Map printed, due: {date: 2027}, status: at-risk}
    - {id: small/a1.m4, title: Map forgotten, due: {date: 2027}, status: cancelled}
  - {id: small/a2, title: Dropped, status: cancelled, lead: wmo, alignments: [{concept: sdg/1, basis: editorial}]}
  - {id: small/a3, title: Put off, status: suspended}
  indicators:
  - id: small/i1
    name: Schools online
    unit: percent
    baseline: {value: 10, when: 2024}
    observations: [{value: 12.5, when: 2025}, {value: 20, when: 2026}]
    targets: [{value: 100, by: 2030}]
  - {id: small/i2, name: Nobody measured it}
"""


@pytest.fixture(scope="module")
def small(catalogue: Corpus) -> Corpus:
    return catalogue | loads(SMALL, "yaml")


def boxes(corpus: Corpus, roadmap: str = "small", **said: Any) -> dict[str, Box]:
    """The boxes by name."""
    return {each.name: each for each in sheet(corpus, roadmap, **said)}


def test_the_categories_are_the_eighteen(catalogue: Corpus) -> None:
    """The Action Lines, with the eight of C7 in the place of C7."""
    found = [each.id for each in categories(catalogue)]

    assert 18 == len(found)
    assert "action-lines/c7" not in found
    assert 8 == sum(each.startswith("action-lines/c7-") for each in found)


def test_every_box_is_filled_with_what_the_road_map_says(small: Corpus) -> None:
    """Names, links, results, partners: from records, in the order of the form."""
    found = boxes(
        small, challenges="Storms", contact="schools@example.org", links=("https://example.org",)
    )

    assert "C2 Information and communication infrastructure" == found["Category"].text
    assert "Schools online" == found["Title"].text
    assert "C7 E-learning" == found["WSIS Action Lines"].text.splitlines()[1]
    assert [
        "SDG 4 Quality education: Every school is online",
        "SDG 9 Industry, innovation and infrastructure (targets 9.c): Every school is online",
    ] == found["Links with the SDGs"].text.splitlines()
    assert found["Links with the Global Digital Compact"].text.startswith("Objective 1. ")
    assert found["Links with the Global Digital Compact"].text.endswith("(para. 11 (d))")
    assert [
        "Schools online (percent): 10 in 2024, 20 in 2026, 100 aimed at by 2030",
        "Reached on 2026-05-01: Map drawn",
    ] == found["Results and impact"].text.splitlines()
    assert [
        "Responsible: International Telecommunication Union (ITU)",
        "Leading: United Nations Educational, Scientific and Cultural Organization (UNESCO)",
        "Taking part: United Nations Children's Fund (UNICEF)",
        "For: Youth",
    ] == found["Partnerships"].text.splitlines()
    assert ["Storms", "Suspended: Put off", "At risk: Map printed"] == found[
        "Main challenges"
    ].text.splitlines()
    assert [
        "https://example.org",
        "https://example.org/schools",
        "https://example.org/map",
    ] == found["Links"].text.splitlines()
    assert "schools@example.org" == found["Contact"].text


def test_what_nobody_says_stays_empty_with_a_remark(catalogue: Corpus) -> None:
    """Nothing is made up for a road map that has a name and an owner."""
    bare = catalogue | loads("roadmaps: [{id: bare, title: {fr: Écoles}, owners: [itu]}]", "yaml")
    found = boxes(bare, "bare")

    filled = {name for name, box in found.items() if box.text}
    assert {"Title", "Partnerships"} == filled
    assert all(box.remark for name, box in found.items() if name not in filled)
    assert found["Title"].remark


def test_milestones_that_were_due_are_challenges_on_a_day(small: Corpus) -> None:
    """Without a day all that is open is to come."""
    without, late = boxes(small), boxes(small, as_of=datetime.date(2026, 10, 1))

    assert ["By 2026-09-30: Map checked", "By 2027-12-31: Map printed"] == without[
        "Future perspectives"
    ].text.splitlines()
    assert ["By 2027-12-31: Map printed"] == late["Future perspectives"].text.splitlines()
    assert "Late since 2026-09-30: Map checked" in late["Main challenges"].text


def test_a_category_is_chosen_by_the_author_where_there_are_several(
    small: Corpus, catalogue: Corpus
) -> None:
    """Of several in the scope none is taken; of C7 its eight are offered, and it is none itself."""
    several = catalogue | loads(
        "roadmaps: [{id: r, title: T, owners: [itu], scope: [action-lines/c2, action-lines/c9]}]",
        "yaml",
    )
    wide = catalogue | loads(
        "roadmaps: [{id: r, title: T, owners: [itu], scope: [action-lines/c7]}]", "yaml"
    )

    assert "" == boxes(several, "r")["Category"].text
    assert "C9 Media" in boxes(several, "r")["Category"].remark
    assert 8 == boxes(wide, "r")["Category"].remark.count("C7 E-")
    assert "C7 E-health" == boxes(small, category="C7: e-health")["Category"].text
    with pytest.raises(UnknownIdentifier) as raised:
        sheet(small, "small", category="C7")
    assert "action-lines/c7-e-health" in raised.value.near
    with pytest.raises(UnknownIdentifier):
        sheet(small, "small", category="C12")
    with pytest.raises(UnknownIdentifier):
        sheet(small, "none")


def test_a_short_description_is_filled_up_with_the_road_maps_own_sentences(
    small: Corpus, catalogue: Corpus
) -> None:
    """Results and activities follow one by one, until there are enough words; too few are told, and
    a description that is given or too long is left as it is.
    """
    short = boxes(small)["Short description"]
    enough = boxes(catalogue | load(EXAMPLE), "c2-roadmap")["Short description"]
    long = boxes(small, description="word " * 250)["Short description"]

    assert short.text == (
        "All schools of the islands are to be online. Expected result: Every school is online. "
        "Activity: Map the schools. Boats go round the islands. Activity: Put off."
    )
    assert "27 words" in short.remark
    assert WORDS[0] <= enough.words <= WORDS[1]
    assert 250 == long.words and "250 words" in long.remark
    exact = boxes(small, description="word " * WORDS[1])["Short description"]
    assert (WORDS[1], "") == (exact.words, exact.remark)


def test_it_is_a_table(small: Corpus) -> None:
    """A row for each box, in Markdown and CSV as other tables have it."""
    table = sheet(small, "small")
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))

    assert [each.name for each in table] == [each["box"] for each in rows]
    assert [each.text for each in table] == [each["text"] for each in rows]
    assert all(int(each["words"]) == word_count(each["text"]) for each in rows)
    assert len(table) + 2 == len(table.to_markdown().splitlines())
