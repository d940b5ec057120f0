"""Pictures: the Gantt chart."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from drawing import DAY, EVERY, Draw, large, one_activity, rows, small, words

from wsis_model import Corpus
from wsis_model.pictures import gantt
from wsis_model.testing import changed


def test_the_gantt_chart_tells_its_numbers(catalogue: Corpus) -> None:
    """Its description counts activities and milestones by how far they have come, and names those
    without dates.
    """
    alt = gantt(catalogue | Corpus.of(small()), "plan", as_of=DAY).alt

    assert (
        "4 activities (1 done, 1 under way, 2 planned); 1 of 3 milestones reached, 1 late and 0 at"
        " risk on 1 February 2027" in alt
    )
    assert "Map the schools (ITU), 2026 to 2028-06, under way" in alt
    assert "Pilot over (31 December 2026, late)" in alt
    assert "from 2027 on" in alt and "until 2026" in alt
    assert "1 activity has no dates" in alt


def test_the_gantt_chart_counts_what_is_cancelled(catalogue: Corpus) -> None:
    """A cancelled milestone is not among those to be reached, and is told beside them; also where
    there is no other.
    """
    one = changed(catalogue | Corpus.of(small()), "plan/a1.m3", status="cancelled")
    every = changed(
        changed(one, "plan/a1.m1", status="cancelled"), "plan/a1.m2", status="cancelled"
    )

    assert (
        "1 of 2 milestones reached, 1 late and 0 at risk on 1 February 2027, and 1 more cancelled."
        in gantt(one, "plan", as_of=DAY).alt
    )
    assert (
        "(1 done, 1 under way, 2 planned); 3 milestones, cancelled."
        in gantt(every, "plan", as_of=DAY).alt
    )


def test_what_is_late_is_said_by_a_word_too(catalogue: Corpus) -> None:
    """The sign of lateness does not depend on colour; and without a day nothing is late."""
    corpus = catalogue | Corpus.of(small())

    assert "late" in words(gantt(corpus, "plan", as_of=DAY)) and "1 February 2027" in words(
        gantt(corpus, "plan", as_of=DAY)
    )
    assert "late" not in words(gantt(corpus, "plan"))


def test_bars_end_where_their_last_day_ends(catalogue: Corpus) -> None:
    """A period from 2026 to June 2028 fills its share of the years shown; one without an end goes
    to the edge, with an arrow.
    """
    picture = gantt(catalogue | Corpus.of(small()), "plan")
    bars = {row["activity"]: row for row in rows(picture.spec, "activity")}
    width = max(row["x2"] for row in bars.values())
    days = (datetime.date(2028, 12, 31) - datetime.date(2026, 1, 1)).days + 1

    assert (bars["plan/a1"]["x"], bars["plan/a2"]["x2"], bars["plan/a3"]["x"]) == (0, width, 0)
    assert bars["plan/a1"]["x2"] == pytest.approx(
        width * ((datetime.date(2028, 6, 30) - datetime.date(2026, 1, 1)).days + 1) / days, abs=0.02
    )
    assert {"no first day is given", "no last day is given"} <= set(words(picture))
    assert "plan/a4" not in bars and "No dates" in words(picture)


def test_the_gantt_chart_counts_what_it_leaves_out(catalogue: Corpus) -> None:
    """Sixty activities are drawn, and the subtitle says how many are not."""
    picture = gantt(catalogue | Corpus.of(large(600)), "large")

    assert len(rows(picture.spec, "activity")) == 60
    assert any(
        "540 more activities are not drawn, with 540 milestones." in text for text in words(picture)
    )


NEAR: dict[str, list[dict[str, Any]]] = {
    "in one week": [
        {"due": {"date": "2027-01-20"}},
        {"due": {"date": "2027-01-22"}, "status": "at-risk"},
        {"due": {"date": "2027-01-25"}, "status": "done"},
        {"due": {"date": "2027-03-01"}, "status": "at-risk"},
    ],
    "on one day": [
        {"due": {"date": "2029-06-30"}},
        {"due": {"date": "2029-06-30"}, "status": "done"},
    ],
    "in the line of another": [
        {"due": {"date": "2029"}},
        {"due": {"date": "2029-06-30"}, "status": "at-risk"},
    ],
    "again and again": [
        {"due": {"date": "2026-06-01", "recurrence": "annual"}},
        {"due": {"date": "2028-06-05"}},
    ],
}


@pytest.mark.parametrize("milestones", NEAR.values(), ids=NEAR)
def test_milestones_do_not_hide_each_other(milestones: list[dict[str, Any]]) -> None:
    """Every milestone has a mark of its own that no other mark, line or word of the activity
    touches.
    """
    from wsis_model.pictures._labels import pixel_width

    spec = gantt(one_activity(*milestones), "plan", as_of=DAY).spec
    marks = [*rows(spec, "milestone"), *rows(spec, "again")]

    assert len(rows(spec, "milestone")) == len(milestones)
    for one, other in itertools.combinations(marks, 2):
        assert abs(one["x"] - other["x"]) >= 10 or abs(one["y"] - other["y"]) >= 14, (one, other)
    lanes = {mark["y"] for mark in marks}
    beside = [
        (row["x"], row["x"] + pixel_width(row["text"]), row["y"])
        for row in rows(spec, "text")
        if row["y"] in lanes
    ]
    # Of the line that ends at a mark only the part before it counts.
    beside += [
        (row["x"] + 8, row["x2"] - 8, row["y"])
        for row in rows(spec, "x2", "y")
        if row["y"] in lanes and "y2" not in row
    ]
    for start, end, y in beside:
        assert not [mark for mark in marks if mark["y"] == y and start - 5 < mark["x"] < end + 5]


def test_what_has_no_room_in_the_gantt_chart_is_counted() -> None:
    """Of nine milestones in nine days five are drawn, without words; the subtitle says how many are
    not.
    """
    picture = gantt(
        one_activity(
            *({"due": {"date": f"2028-03-0{n}"}, "status": "at-risk"} for n in range(1, 10))
        ),
        "plan",
        as_of=DAY,
    )

    assert len(rows(picture.spec, "milestone")) == 5 and "at risk" not in words(picture)
    assert any("4 milestones have no room and are not drawn" in text for text in words(picture))


def test_the_gantt_chart_draws_so_many_milestones_at_the_most() -> None:
    """Six hundred, whatever there is room for."""
    activities = [
        {
            "id": f"plan/a{n}",
            "title": "X",
            "milestones": [
                {"id": f"plan/a{n}.m{m}", "title": "X", "due": {"date": str(2026 + m)}}
                for m in range(20)
            ],
        }
        for n in range(40)
    ]
    picture = gantt(Corpus.of(small(activities=activities)), "plan")

    assert len(rows(picture.spec, "milestone")) == 600
    assert any("200 milestones have no room and are not drawn" in text for text in words(picture))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            EVERY["gantt"],
            (
                "0 of 3 milestones reached, 0 late and 0 at risk on 1 February 2027; 2 with no last"
                " day are not drawn."
            ),
        ),
        (
            EVERY["decade"],
            (
                "1 milestone with a date, 0 late and 0 at risk on 1 February 2027; 1 more with no"
                " last day; 1 milestone without a date."
            ),
        ),
    ],
    ids=["gantt", "decade"],
)
def test_milestones_without_a_date_are_counted(draw: Draw, said: str) -> None:
    """They have no place on an axis of time: subtitle and description say how many there are, and
    the latter which.
    """
    undated = ({"title": "Undated"}, {"title": "Standing", "due": {"recurrence": "standing"}})
    picture = draw(one_activity({"due": {"date": "2027"}}, *undated), "plan")

    assert said in picture.alt and any(text.endswith(said) for text in words(picture))
    assert "Undated" in picture.alt


@pytest.mark.parametrize("draw", [EVERY["gantt"], EVERY["decade"]], ids=["gantt", "decade"])
def test_what_recurs_is_seen_to_recur(draw: Draw) -> None:
    """A yearly milestone has a mark for each year; the next one is drawn as it stands, the others
    smaller; and words say how often.
    """
    picture = draw(one_activity({"due": {"date": "2026-09-01", "recurrence": "annual"}}), "plan")
    sizes = [
        row["size"]
        for row in rows(picture.spec, "shape", "x", "y")
        if row["shape"] == "diamond" and row["x"] > 0
    ]

    assert sorted(sizes) == [45, 45, 45, 45, 110]
    assert "the same milestone, at another time" in words(picture)
    assert (
        any(text.endswith("every year") for text in words(picture)) and "every year" in picture.alt
    )


def test_a_recurring_milestone_without_a_first_year_is_drawn() -> None:
    """It counts from the first year of its activity, and the description says so; with a day or
    without.
    """
    corpus = one_activity({"due": {"recurrence": "annual"}})

    for picture in (gantt(corpus, "plan"), gantt(corpus, "plan", as_of=datetime.date(2026, 2, 1))):
        assert len(rows(picture.spec, "milestone")) == 1
        assert (
            "(2026, to come, every year; no first year is given: counted from 2026)" in picture.alt
        )


def test_what_is_done_was_done_the_first_time() -> None:
    """Of a yearly milestone that is done, the first time is drawn as reached, the next as to come."""
    spec = gantt(
        one_activity({"due": {"date": "2026-09-01", "recurrence": "annual"}, "status": "done"}),
        "plan",
        as_of=DAY,
    ).spec
    first = min(rows(spec, "again"), key=lambda row: row["x"])

    assert first["fill"] == "#1b1f24" and rows(spec, "milestone")[0]["fill"] == "#ffffff"


def test_milestones_of_a_cancelled_activity_are_not_to_come(catalogue: Corpus) -> None:
    """They are cancelled with it, on whatever day one looks; what was reached stays so."""
    corpus = changed(catalogue | Corpus.of(small()), "plan/a1", status="cancelled")

    for picture in (gantt(corpus, "plan"), gantt(corpus, "plan", as_of=DAY)):
        assert (
            "(30 September 2026, reached)" in picture.alt
            and "(31 December 2026, cancelled)" in picture.alt
        )


def test_the_key_of_the_gantt_chart_explains_what_occurs() -> None:
    """Lines over days and arrows are in the key where there are some, and only there."""
    signs = {"possible days", "no first day is given", "no last day is given"}
    plain = one_activity({"due": {"date": "2027-05-01"}})
    every = one_activity({"due": {"date": "2027"}}, period={"end": "2028"})

    assert not signs & set(words(gantt(plain, "plan")))
    assert signs & set(words(gantt(every, "plan"))) == signs - {"no last day is given"}
