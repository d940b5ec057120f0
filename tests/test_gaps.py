"""Gaps: what a road map still lacks, as a list of things to do for each owner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest

from wsis_model import Corpus, Position, UnknownIdentifier, Waiver, check, loads
from wsis_model.analysis import Gap, checklist, gaps
from wsis_model.testing import changed

#: Two road maps with a dead reference in every part, and a document with one that is none of their
#: business.
FAULTY = """
documents: [{id: 90-1, title: A test, body: nobody-0}]
roadmaps:
- id: plan
  title: Plan
  owners: [unesco, itu]
  reports_to: [nobody-1]
  objectives: [{id: plan/o1, statement: It is so, alignments: [{concept: sdg/99, basis: editorial}]}]
  activities:
  - {id: plan/a1, title: A, lead: who, answers: [80-173/999], milestones: [{id: plan/a1.m1, title: M, due: {session: sessions/x-1}}]}
  - {id: plan/a2, title: B, answers: [80-173/998]}
  indicators: [{id: plan/i1, name: How much, measures: [plan/o9]}]
- {id: other, title: Other, owners: [itu], mandated_by: [80-173/997]}
"""


def dead(found: Iterable[Gap]) -> list[tuple[str, str, str]]:
    """Owner, record and field of the gaps that are dead references: whatever other rules ask for is
    not what these tests are about.
    """
    return [(gap.owner, gap.record, gap.field) for gap in found if gap.code.startswith("R2")]


def test_each_gap_is_somebodys(catalogue: Corpus) -> None:
    """What an activity lacks is for its lead, everything else for the owners; sorted by owner, then
    in the order of the file.
    """
    assert [
        ("itu", "other", "mandated_by[0]"),
        ("unesco, itu", "plan", "reports_to[0]"),
        ("unesco, itu", "plan/o1", "alignments[0].concept"),
        ("unesco, itu", "plan/a2", "answers[0]"),
        ("unesco, itu", "plan/i1", "measures[0]"),
        ("who", "plan/a1", "answers[0]"),
        ("who", "plan/a1.m1", "due.session"),
    ] == dead(gaps(catalogue | loads(FAULTY, "yaml", name="faulty.yaml")))


def test_gaps_are_what_a_check_finds_in_road_maps(catalogue: Corpus) -> None:
    """They are the findings of the profile `publish` on a day, word for word, without those about
    other records.
    """
    corpus = catalogue | loads(FAULTY, "yaml", name="faulty.yaml")
    day = datetime.date(2030, 1, 1)
    report = check(corpus, profile="publish", as_of=day)

    assert {
        (f.code, f.record, f.field, f.message, f.hint, f.position)
        for f in report.findings
        if f.record.startswith(("plan", "other"))
    } == {
        (gap.code, gap.record, gap.field, gap.what, gap.hint, gap.position)
        for gap in gaps(corpus, as_of=day)
    }


def test_the_table_says_what_is_lacking_and_what_would_mend_it(catalogue: Corpus) -> None:
    """Its headings tell a finding from an identifier."""
    table = gaps(catalogue | loads(FAULTY, "yaml"), "other")

    assert [
        "owner",
        "record",
        "field",
        "code",
        "what is lacking",
        "how to correct it",
        "place",
    ] == list(table.columns)


def test_gaps_of_one_road_map(catalogue: Corpus) -> None:
    """With a road map only its own gaps are listed; one that is not there raises."""
    corpus = catalogue | loads(FAULTY, "yaml")

    assert [("itu", "other", "mandated_by[0]")] == dead(gaps(corpus, "other"))
    with pytest.raises(UnknownIdentifier):
        gaps(corpus, "80-173")


def test_a_superseded_road_map_lacks_nothing_unless_it_is_asked_about(catalogue: Corpus) -> None:
    """Nobody publishes it any more; by name its gaps are listed."""
    corpus = catalogue | changed(loads(FAULTY, "yaml"), "other", status="superseded")

    assert "other" not in {gap.record for gap in gaps(corpus)}
    assert [("itu", "other", "mandated_by[0]")] == dead(gaps(corpus, "other"))


def test_what_is_waived_is_no_gap(catalogue: Corpus) -> None:
    """A finding that a waiver accepts is nothing to do."""
    corpus = catalogue | loads(FAULTY, "yaml")
    [code] = [gap.code for gap in gaps(corpus, "other") if gap.field == "mandated_by[0]"]

    assert [] == dead(
        gaps(
            corpus,
            "other",
            waivers=[Waiver(code, "other", "the paragraph is still to be numbered")],
        )
    )


def test_a_checklist_has_a_heading_for_each_owner() -> None:
    """As Markdown, each owner has a heading and a box for each thing to do, with its place, and
    nothing in it is taken for Markdown.
    """
    found = [
        Gap(
            "itu",
            "plan/i1",
            "targets",
            "X1",
            "no *target*",
            "give <one>",
            Position("plan.yaml", 3, 5),
        ),
        Gap("itu", "plan/o1", "", "X2", "is not\nmeasured", "", None),
        Gap("who", "plan/a1", "lead_reason", "X3", "no reason", "", None),
    ]

    assert checklist(found) == (
        "## itu\n\n"
        r"- [ ] `plan/i1` targets: no \*target\*; give &lt;one&gt; (X1, plan.yaml:3:5)" "\n"
        "- [ ] `plan/o1`: is not measured (X2)\n\n"
        "## who\n\n"
        r"- [ ] `plan/a1` lead\_reason: no reason (X3)" "\n"
    )  # fmt: skip
    assert "" == checklist([])
