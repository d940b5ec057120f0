"""Pictures: the heat map."""

from __future__ import annotations

import itertools

from drawing import rows, small, words

from wsis_model import Corpus
from wsis_model.model import ActivityStatus
from wsis_model.pictures import gantt, heat_map
from wsis_model.testing import changed


def test_the_heat_map_counts_activities(catalogue: Corpus) -> None:
    """An activity counts for the line it names, or else for the line its road map covers, and for
    the goal of the target it names.
    """
    picture = heat_map(catalogue | Corpus.of(small()), "plan")

    assert "C2 and Goal 9: 1 activity" in picture.alt and "C2 and Goal 4: 1 activity" in picture.alt
    assert "1 of the 4 that the official matrix links" in picture.alt
    assert "by no activity: C2: 1, 8, 11" in picture.alt


def test_the_heat_map_leaves_out_what_is_cancelled_or_superseded(catalogue: Corpus) -> None:
    """Nobody does it: it answers nothing here, as in the coverage. A superseded road map counts
    when it is asked about.
    """
    corpus = catalogue | Corpus.of(small(status="superseded"))
    cancelled = changed(catalogue | Corpus.of(small()), "plan/a1", status="cancelled")

    assert (
        "Activities link 0 pairs" in heat_map(corpus).alt
        and "C2 and Goal 9: 1 activity" in heat_map(corpus, "plan").alt
    )
    assert (
        "C2 and Goal 9" not in heat_map(cancelled, "plan").alt
        and "C2 and Goal 4: 1 activity" in heat_map(cancelled).alt
    )


def test_the_heat_map_of_all_agrees_with_the_matrix(catalogue: Corpus) -> None:
    """Over all lines the matrix links 124 pairs, and each that nothing answers has a ring."""
    picture = heat_map(catalogue)

    assert "Activities link 0 pairs" in picture.alt and "0 of the 124" in picture.alt
    rings = [row for row in rows(picture.spec, "shape", "x", "y") if row["shape"] == "circle"]
    assert len(rings) == 124 + 1  # and the one in the key


def test_the_heat_map_tells_what_the_matrix_links_too(catalogue: Corpus) -> None:
    """A number in a cell that the official matrix links has a small ring beside it, whatever line
    of the matrix the road map covers.
    """
    plan = small()
    other = plan.activities[1].replace(
        alignments=[
            {"concept": each, "basis": "editorial"} for each in ("action-lines/c3", "sdg/10")
        ]
    )
    picture = heat_map(
        catalogue | Corpus.of(plan.replace(activities=(plan.activities[0], other))), "plan"
    )
    rings = [row for row in rows(picture.spec, "shape", "x", "y") if row["shape"] == "circle"]

    assert sorted(row["size"] for row in rings) == [
        30,
        30,
        30,
        60,
        60,
        60,
        60,
    ]  # C2 and 9, C3 and 10, the key; C2 and 1, 8, 11, the key
    assert "C2 and Goal 9: 1 activity; C3 and Goal 10: 1 activity." in picture.alt
    assert (
        "C2 and Goal 4: 1 activity, not in the official matrix"
        in heat_map(catalogue | Corpus.of(plan), "plan").alt
    )


def test_the_key_of_the_heat_map_explains_what_occurs(catalogue: Corpus) -> None:
    """Where no activity links anything, there is no shade in the key."""
    shade = "activities that link the two; the more, the darker"

    assert shade not in words(heat_map(catalogue)) and shade in words(
        heat_map(catalogue | Corpus.of(small()), "plan")
    )


def test_every_number_of_the_heat_map_can_be_read(catalogue: Corpus) -> None:
    """Numbers stand on their shade with a contrast of 4.5 to 1 at least, whatever the shade."""
    from wsis_model.pictures._heat_map import BLACK, MIDDLE
    from wsis_model.pictures._picture import WHITE, brightness, shade

    for step in range(101):
        behind = brightness(shade(step / 100))
        letter = brightness(BLACK if behind > MIDDLE else WHITE)
        assert (max(behind, letter) + 0.05) / (min(behind, letter) + 0.05) >= 4.5, step


def test_greys_tell_statuses_apart(catalogue: Corpus) -> None:
    """In grey, the bars of any two statuses differ by a tenth of the way from ink to paper, or by
    their outline; and a word tells them.
    """
    from wsis_model.pictures._picture import brightness

    activities = [
        {"id": f"plan/{s.value}", "title": s.value, "status": s.value, "period": {"start": "2026"}}
        for s in ActivityStatus
    ]
    picture = gantt(catalogue | Corpus.of(small(activities=activities)), "plan")
    bars = rows(picture.spec, "activity")

    assert len(bars) == len(ActivityStatus)
    for one, other in itertools.combinations(bars, 2):
        apart = abs(brightness(one["fill"]) ** 0.5 - brightness(other["fill"]) ** 0.5)
        assert apart > 0.1 or one["dash"] != other["dash"], (one["activity"], other["activity"])
    assert {f"no lead · {s.value.replace('-', ' ')}" for s in ActivityStatus} <= set(words(picture))


def test_more_activities_are_darker() -> None:
    """The shades of the heat map fall from pale to dark without a turn."""
    from wsis_model.pictures._picture import brightness, shade

    lights = [brightness(shade(step / 20)) for step in range(21)]
    assert lights == sorted(set(lights), reverse=True)
