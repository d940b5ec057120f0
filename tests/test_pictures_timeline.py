"""Pictures: activities over time, one line each."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from drawing import ARABIC, DAY, large, one_activity, rows, small, words

from wsis_model import Corpus
from wsis_model.pictures import gantt, timeline


def test_each_activity_has_one_line(catalogue: Corpus) -> None:
    """Its name, its bar and how it stands are at the same height, whatever its milestones."""
    spec = timeline(catalogue | Corpus.of(small()), "plan", as_of=DAY).spec
    names = [each for each in rows(spec, "text") if each["text"] == "Map the schools"]
    [bar] = [each for each in rows(spec, "activity") if each["activity"] == "plan/a1"]
    late = [each for each in rows(spec, "text") if each["text"] == "late"]

    assert [each["y"] for each in (*names, *late)] == [(bar["y"] + bar["y2"]) / 2] * 2


def test_it_is_narrower_and_lower_than_the_gantt_chart(catalogue: Corpus) -> None:
    """So that its letters can be read on paper."""
    corpus = catalogue | Corpus.of(large(14))

    def size(spec: dict[str, Any]) -> tuple[int, int]:
        chart = spec["vconcat"][0]
        return chart["width"], chart["height"]

    narrow, wide = (size(draw(corpus, "large", as_of=DAY).spec) for draw in (timeline, gantt))
    assert narrow[0] < wide[0] * 0.7 and narrow[1] < wide[1]


def test_it_is_described_as_the_gantt_chart_is(catalogue: Corpus) -> None:
    """The description has every activity that there is room to tell, drawn or not."""
    corpus = catalogue | Corpus.of(small())

    assert timeline(corpus, "plan", as_of=DAY).alt == gantt(corpus, "plan", as_of=DAY).alt


@pytest.mark.parametrize("limit", [1, 14, 40])
def test_of_many_the_urgent_ones_are_drawn(limit: int, catalogue: Corpus) -> None:
    """Those that are late first; and it is said how many are drawn of how many."""
    corpus = catalogue | Corpus.of(large(300))
    picture = timeline(corpus, "large", as_of=datetime.date(2028, 2, 1), rows=limit)
    shown = words(picture)
    late = [each for each in shown if each == "late"]

    assert f"300 activities over time, on 1 February 2028, {limit} of 300 drawn" in shown
    assert len([each for each in shown if each.startswith("Activity ")]) == limit
    assert len(late) == min(limit, 38), "an eighth of them fell due in 2027"


def test_what_is_cancelled_or_done_is_not_called_late(catalogue: Corpus) -> None:
    """An activity that is over stands as its status says, whatever its milestones."""
    due = {"due": {"date": "2026-06-30"}}
    for status in ("cancelled", "done", "suspended"):
        corpus = catalogue | one_activity(due, status=status)
        assert status in words(timeline(corpus, "plan", as_of=DAY))
    assert "late" in words(timeline(catalogue | one_activity(due), "plan", as_of=DAY))


def test_without_activities_or_dates_it_says_so(catalogue: Corpus) -> None:
    """Nothing to draw is said; what has no dates has a line without a bar."""
    nothing = catalogue | Corpus.of(small(activities=[], indicators=[]))
    undated = catalogue | Corpus.of(
        small(activities=[{"id": "plan/a1", "title": ARABIC}], indicators=[])
    )

    assert "nothing to draw" in timeline(nothing, "plan", as_of=DAY).alt
    assert not rows(timeline(undated, "plan", as_of=DAY).spec, "activity")
    assert ARABIC in words(timeline(undated, "plan", as_of=DAY))
