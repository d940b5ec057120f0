"""What a notebook shows of a record: tables that say something of every part, whole where they are
unfolded.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from wsis_model import Corpus, catalogue, loads
from wsis_model.model._notebook import html_of

HELD = loads(
    """
entities:
- id: club
  name: {en: Club, fr: Cercle}
  roles:
  - {role: facilitator, of: lines/c1, since: 2025, source: {title: "<List>", url: "https://x.example", certainty: reported}}
  - {role: partner, of: lines/c2}
documents:
- id: 90-1
  title: A test
  notes:
  - {mark: "1", text: {en: "WORDS"}}
  - {mark: "2", text: {ar: "نص"}}
roadmaps:
- id: plan
  title: Plan
  owners: [club]
  period: {start: 2026, end: 2027}
  source: {title: "TITLE", url: "https://x.example"}
  objectives: [{id: plan/o1, statement: Everyone is connected}]
  activities:
  - id: plan/a1
    title: Map the schools
    lead: club
    milestones: [{id: plan/a1.m1, title: Method agreed, due: {date: 2027-04-30}, evidence: [{title: Minutes}]}]
  - {id: plan/a2, title: Connect them, lead_reason: it can}
""".replace("WORDS", "word " * 60 + "last").replace("TITLE", "list " * 60 + "end"),
    "yaml",
)


class Read(HTMLParser):
    """The text of HTML, with what is folded and what is not; whatever is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.shown: list[str] = []
        self.folded: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        (
            self.folded if self.open.count("details") > self.open.count("summary") else self.shown
        ).append(data)


def test_of_every_role_is_said_what_and_where() -> None:
    """Records without identifiers stand in rows: what each says, its source folded."""
    read = Read(html_of(HELD["club"]))

    assert read.shown[read.shown.index("roles (2)") + 1 :] == [
        "role", "of", "since", "all of it", "facilitator", "lines/c1", "2025", "show", "partner", "lines/c2",
    ]  # fmt: skip
    assert "<List>, https://x.example, reported" in read.folded
    itu = catalogue()["itu"]
    held = {role.of for role in itu.roles}

    assert len(itu.roles) == len([said for said in Read(html_of(itu)).shown if said in held])


def test_a_long_text_is_cut_in_its_row_and_whole_where_it_is_unfolded() -> None:
    """Of a note its mark is shown and how it begins; its language is told to whom it is read out."""
    made = html_of(HELD["90-1"])
    read = Read(made)
    [cut] = [each for each in read.shown if each.startswith("word")]

    assert cut.endswith("word …") and len(cut) <= 120
    assert f"{'word ' * 60}last" in read.folded
    assert ["1", cut, "show", "2", "نص"] == read.shown[-5:]
    assert "<span lang='ar' dir='auto'>نص</span>" in made


def test_every_part_of_a_road_map_is_shown_in_the_same_way() -> None:
    """Objectives, activities and milestones have rows with their names; what else they say is
    folded.
    """
    read = Read(html_of(HELD["plan"]))
    whole = " ".join(read.shown)

    assert "objectives (1) id statement plan/o1 Everyone is connected activities (2)" in whole
    assert (
        "id title lead status all of it plan/a1 Map the schools club planned show plan/a2 Connect"
        " them planned show" in whole
    )
    assert "start 2026, end 2027" in whole
    assert read.shown[-1].startswith("list list") and read.shown[-1].endswith("list …")
    assert {"Method agreed", "2027-04-30", "Minutes", "it can"} <= set(read.folded)


def test_of_many_the_first_are_shown() -> None:
    """How many there are is told, and how many are left out."""
    many = loads(
        "vocabularies: [{id: lines, title: Lines, concepts: ["
        + ",".join(f"{{id: lines/c{n}, label: L{n}}}" for n in range(60))
        + "]}]",
        "yaml",
    )
    shown = " ".join(Read(html_of(many["lines"])).shown)

    assert (
        "concepts (60)" in shown
        and "lines/c24" in shown
        and "lines/c25 " not in shown
        and shown.endswith("… and 35 more")
    )


@pytest.mark.parametrize("corpus", [catalogue(), HELD], ids=["catalogue", "held"])
def test_every_kind_of_record_is_well_formed(corpus: Corpus) -> None:
    """Of each kind a few records are shown, without script, and in bounds."""
    by_kind: dict[str, list[str]] = {}
    for identifier in corpus:
        by_kind.setdefault(corpus.kind(identifier), []).append(identifier)
    for identifier in (
        each for held in by_kind.values() for each in held[:: max(len(held) // 5, 1)]
    ):
        made = html_of(corpus[identifier])

        assert Read(made).shown and "<script" not in made
        assert len(made) < 300_000
