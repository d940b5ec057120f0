"""What opens, falls due and closes; what is due at a session; what is asked of an actor."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import Ran

import wsis_model as wsis
from wsis_model.analysis import calendar, watch
from wsis_model.pages import actor_page

PLAN = """
roadmaps:
- id: plan
  title: Plan
  owners: [undp]
  activities:
  - id: plan/a1
    title: Schools
    lead: itu
    co_leads: [unesco]
    period: {start: 2027-02, end: 2027-05-31}
    answers: [80-173/67.2]
    milestones:
    - {id: plan/a1.m1, title: Survey, due: {date: 2027-03-31}}
    - {id: plan/a1.m2, title: Report, due: {date: 2027-04}}
    - {id: plan/a1.m3, title: Review, due: {date: 2027}}
    - {id: plan/a1.m4, title: Given up, due: {date: 2027-03}, status: cancelled}
  - {id: plan/a2, title: Cancelled, period: {start: 2027-03, end: 2027-03}, status: cancelled}
"""


def test_what_opens_falls_due_and_closes_is_in_order_of_time(catalogue: wsis.Corpus) -> None:
    """A month falls due on its last day, a year opens and closes; what is given up does neither."""
    found = watch(
        catalogue | wsis.loads(PLAN, "yaml"),
        datetime.date(2027, 1, 1),
        datetime.date(2027, 12, 31),
        roadmap="plan",
    )

    assert [
        ("2027-01-01", "opens", "plan/a1.m3"),
        ("2027-02-01", "opens", "plan/a1"),
        ("2027-03-31", "falls due", "plan/a1.m1"),
        ("2027-04-30", "falls due", "plan/a1.m2"),
        ("2027-05-31", "closes", "plan/a1"),
        ("2027-12-31", "closes", "plan/a1.m3"),
    ] == [(str(turn.day), turn.kind.value, turn.record) for turn in found]
    assert ("itu", "unesco") == found[1].who


def test_only_what_concerns_an_actor_is_watched(catalogue: wsis.Corpus) -> None:
    """Its mandates and activities, and the sessions of a body."""
    corpus = catalogue | wsis.loads(PLAN, "yaml")
    days = datetime.date(2027, 1, 1), datetime.date(2027, 6, 30)

    def kinds(actor: str) -> set[str]:
        return {turn.of for turn in watch(corpus, *days, actor=actor)}

    assert {"mandate", "milestone", "activity"} == kinds("ITU")
    assert "activity" in kinds("unesco")
    assert "session" in kinds("CSTD")
    assert not any(turn.record == "plan/a1" for turn in watch(corpus, *days, actor="wmo"))


@settings(max_examples=30)
@given(st.dates(datetime.date(2025, 1, 1), datetime.date(2036, 1, 1)), st.integers(0, 400))
def test_two_spans_show_what_one_does(first: datetime.date, days: int) -> None:
    """Nothing falls between two spans that follow each other, and nothing is shown twice."""
    corpus = wsis.catalogue()
    last = first + datetime.timedelta(days=days)
    middle = first + datetime.timedelta(days=days // 2)
    whole = watch(corpus, first, last)
    parts = [*watch(corpus, first, middle)]
    if middle < last:
        parts += watch(corpus, middle + datetime.timedelta(days=1), last)

    assert {(turn.day, turn.kind, turn.record) for turn in whole} == {
        (turn.day, turn.kind, turn.record) for turn in parts
    }
    assert all(first <= turn.day <= last for turn in whole)


def test_a_span_that_ends_before_it_begins_is_refused(catalogue: wsis.Corpus) -> None:
    """It is an error of the caller."""
    with pytest.raises(ValueError, match="is before the first"):
        watch(catalogue, datetime.date(2027, 1, 2), datetime.date(2027, 1, 1))


@pytest.mark.parametrize("name", ["CSTD 30", "sessions/cstd-30"])
def test_a_session_has_what_is_due_at_it_and_reported_to_it(
    name: str, catalogue: wsis.Corpus
) -> None:
    """Of the outcome five mandates, of which three name the session; for ITU these."""
    found = calendar(catalogue, session=name, document="80-173")

    assert ["80-173/67.2", "80-173/98.2", "80-173/113.1", "80-173/117.1", "80-173/124.1"] == [
        entry.what for entry in found
    ]
    mine = calendar(catalogue, session=name, document="80-173", actor="ITU")
    assert {"80-173/67.2", "80-173/113.1", "80-173/117.1"} == {entry.what for entry in mine}
    with pytest.raises(wsis.UnknownIdentifier):
        calendar(catalogue, session="CSTD 99")


def test_official_text_stands_beside_our_words(catalogue: wsis.Corpus) -> None:
    """In the table and on the page, once the corpus holds it; else the page says where it is."""
    text = {"en": "Asks <b>for</b> it, officially."}
    official = wsis.Document.model_validate(
        {
            "id": "80-173",
            "title": "T",
            "provisions": [{"id": "80-173/67", "number": "67", "text": text}],
        }
    )
    day = datetime.date(2026, 11, 27)
    with_text = catalogue.with_text(official) | wsis.loads(PLAN, "yaml")

    table = with_text.mandates(addressee="itu", document="80-173")
    assert "Asks <b>for</b> it, officially." in table.to_csv()
    page = actor_page(with_text, "ITU", as_of=day, document="80-173").to_html()
    assert "Asks &lt;b&gt;for&lt;/b&gt; it, officially." in page
    assert "Schools" in page
    without = actor_page(catalogue, "ITU", as_of=day, document="80-173").to_markdown()
    assert "The official text is not here" in without
    assert "as facilitator of" in without


def test_commands_for_the_analyst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`watch`, `mandates` and `calendar --session` from the command line."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")

    watched = Ran(capsys, ("watch", "2027-03..2027-04", "plan.yaml", "--roadmap", "plan"))
    assert (0, True) == (watched.code, "plan/a1.m1" in watched.out)
    for wrong in ("2027-04..2027-03", "soon", "..", "2027-13"):
        assert 2 == Ran(capsys, ("watch", wrong)).code
    asked = Ran(capsys, ("mandates", "ITU", "--document", "80-173", "--format", "json"))
    assert any(each["mandate"] == "80-173/67.1" for each in asked.data)
    page = Ran(capsys, ("mandates", "ITU", "--format", "html", "--as-of", "2026-11-27"))
    assert page.out.startswith("<!DOCTYPE html>")
    due = Ran(capsys, ("calendar", "--session", "CSTD 30", "--actor", "ITU", "--format", "csv"))
    assert (0, True) == (due.code, "80-173/113.1" in due.out)
