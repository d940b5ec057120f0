"""Pictures: the decade."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from drawing import ARABIC, DAY, large, one_activity, rows, small, words

from wsis_model import Corpus
from wsis_model.model import Session
from wsis_model.pictures import decade, gantt
from wsis_model.testing import changed


def test_the_decade_names_sessions_and_lanes(catalogue: Corpus) -> None:
    """The calendar of the outcome to 2035: who is asked, at which sessions, and what recurs."""
    picture = decade(catalogue, document="80-173")

    for session in (
        "CSTD 29",
        "CSTD 30",
        "High-level review of the Global Digital Compact",
        "2030 Agenda",
        "next overall review of the Summit",
    ):
        assert any(session in text for text in words(picture)), session
    assert "17 mandates with a date; 3 more with no last day" in picture.alt
    assert "Action Line facilitators: para. 113" in picture.alt
    assert "every two years from 2027" in picture.alt


def test_labels_of_the_decade_do_not_overlap(catalogue: Corpus) -> None:
    """No two labels of one line come nearer than their widths allow, measured as the picture
    measures them.
    """
    from wsis_model.pictures._labels import pixel_width

    picture = decade(catalogue, roadmap=None)
    lines: dict[float, list[tuple[float, float]]] = {}
    for row in rows(picture.spec, "text", "y", "x"):
        start = row.get("left", row["x"])
        lines.setdefault(row["y"], []).append((start, start + pixel_width(row["text"])))
    for placed in lines.values():
        held = sorted(set(placed))
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(held)), held


def test_the_decade_has_so_many_lanes_however_many_road_maps(catalogue: Corpus) -> None:
    """The milestones of all that come after the first sixteen share a lane."""
    many = [large(1).replace(id=f"m{n}", title=f"Map {n}") for n in range(40)]
    shown = words(decade(Corpus.of(*many), start=DAY))

    assert "Milestones: Map 0" in shown and "Milestones: other road maps" in shown
    assert 17 == sum(text.startswith("Milestones: ") for text in shown)


@pytest.mark.parametrize(
    ("days", "known"),
    [
        ({"year": 2027}, False),
        ({"opens": "2027-09", "closes": "2027-12"}, False),
        ({"number": 30, "opens": "2027-04", "closes": "2027-04"}, False),
        ({"opens": "2027-04-12", "closes": "2027-04-16"}, True),
        ({"number": 81, "opens": "2026-09", "closes": "2027-09"}, True),
    ],
)
def test_a_session_whose_days_are_not_known_does_not_last_all_the_time(
    days: dict[str, Any], known: bool
) -> None:
    """It is drawn otherwise than one whose days are known, and the key says so."""
    meeting = Session.model_validate({"id": "sessions/x", "title": "X", **days})
    shown = words(
        decade(
            Corpus.of(meeting, *one_activity({"due": {"session": "sessions/x"}}).top),
            roadmap="plan",
        )
    )

    assert (
        "session or meeting" in shown,
        "session or meeting, some days of that time" in shown,
    ) == (known, not known)


def test_the_decade_says_what_is_late_on_a_day(catalogue: Corpus) -> None:
    """As the Gantt chart does, in sign and word, with a line for the day; without a day nothing
    depends on one.
    """
    corpus = catalogue | Corpus.of(small())
    on, without = decade(corpus, roadmap="plan", as_of=DAY), decade(corpus, roadmap="plan")

    assert {"Pilot over (late)", "Report sent", "milestone late", "1 February 2027"} <= set(
        words(on)
    )
    assert "3 milestones with a date, 1 late and 0 at risk on 1 February 2027" in on.alt
    assert "Pilot over, 31 December 2026, late" in on.alt
    assert (
        "Pilot over" in words(without)
        and "late" not in without.alt
        and "milestone late" not in words(without)
    )
    assert "3 milestones with a date." in without.alt


def test_the_decade_draws_what_is_said_to_be_at_risk(catalogue: Corpus) -> None:
    """That is recorded, and does not depend on a day."""
    corpus = changed(catalogue | Corpus.of(small()), "plan/a1.m2", status="at-risk")

    assert {"Pilot over (at risk)", "milestone at risk"} <= set(
        words(decade(corpus, roadmap="plan"))
    )


def test_the_decade_does_not_say_twice_how_often(catalogue: Corpus) -> None:
    """A title that says that something comes round every year is not followed by the same words."""
    shown = [
        text for text in words(decade(catalogue, document="80-173")) if text.startswith("para. ")
    ]

    assert "para. 110: Keep holding the WSIS Forum every year" in shown
    assert not [
        text for text in shown if text.count("every year") > 1 or text.count("every two years") > 1
    ]
    assert any(text.endswith("…, every two years") for text in shown)


def test_a_label_that_has_no_room_behind_its_mark_ends_at_it(catalogue: Corpus) -> None:
    """The review of 2035 has its label before it, and the two end together."""
    spec = decade(catalogue, document="80-173").spec
    (label,) = {
        row["x"] for row in rows(spec, "text", "left") if row["text"].startswith("para. 127: ")
    }

    assert label == max(row["x"] for row in rows(spec, "due"))


def test_few_milestones_are_named_each(catalogue: Corpus) -> None:
    """Five that fall due on one day have five labels while there are few things in all; of many,
    one label with their number and names.
    """
    dues = [{"title": f"Report {n}", "due": {"date": "2028"}} for n in range(5)]
    others = [{"due": {"date": f"2029-{n % 12 + 1:02}-{n + 1:02}"}} for n in range(28)]
    few, many = (
        decade(one_activity(*dues, *held), roadmap="plan") for held in ((), others + others)
    )

    assert {f"Report {n}" for n in range(5)} <= set(words(few))
    assert "5 milestones: Report 0; Report 1; Report 2; and 2 more" in words(many)


def test_many_dues_of_one_day_share_a_mark(catalogue: Corpus) -> None:
    """The Compact's commitments to 2030 are one mark that says how many they are."""
    assert any(
        text.startswith("54 mandates, ") for text in words(decade(catalogue, document="gdc"))
    )


def test_a_cut_title_from_right_to_left_ends_on_its_left(catalogue: Corpus) -> None:
    """The sign of omission is followed by an invisible letter of that direction, and nothing else
    cuts the title at its other end.
    """
    activity = small().activities[0].replace(title={"ar": f"{ARABIC} {ARABIC} {ARABIC}"})
    (shown,) = (
        text
        for text in words(
            gantt(catalogue | Corpus.of(small().replace(activities=(activity,))), "plan")
        )
        if text[0] == ARABIC[0]
    )

    assert shown.endswith("…\u200f") and len(shown) > 40
