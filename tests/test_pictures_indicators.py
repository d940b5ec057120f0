"""Pictures: paths of indicators."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from drawing import DAY, large, rows, small, words

from wsis_model import Corpus
from wsis_model.pictures import Picture, indicator_paths


def test_indicators_are_told_with_their_arithmetic(catalogue: Corpus) -> None:
    """Baseline, target, observation and course stand in the description; what has no value is
    counted.
    """
    picture = indicator_paths(
        catalogue | Corpus.of(small()), "plan", as_of=datetime.date(2027, 12, 31)
    )

    assert (
        "Internet users (percent of population): baseline 74 in 2025, target 90 by 2030, observed"
        " 75.5 in 2026; behind" in picture.alt
    )
    assert "1 without any value" in picture.alt
    assert {"74", "90", "75.5", "percent of population · behind"} <= set(words(picture))


def test_observations_after_the_day_are_not_drawn(catalogue: Corpus) -> None:
    """As of a day before the observation began, nothing is observed."""
    corpus = catalogue | Corpus.of(small())

    assert (
        "nothing observed" in indicator_paths(corpus, "plan", as_of=datetime.date(2025, 12, 31)).alt
    )
    assert "observed 75.5" in indicator_paths(corpus, "plan").alt


def test_of_two_values_for_one_day_the_last_one_counts(catalogue: Corpus) -> None:
    """As in the progress, so that the picture shows the values that were reckoned with."""
    indicator = {
        "id": "plan/i1",
        "name": "X",
        "baseline": {"value": 10, "when": "2025"},
        "targets": [{"value": 40, "by": "2030"}, {"value": 30, "by": "2030-12-31"}],
        "observations": [{"value": 20, "when": "2026"}, {"value": 15, "when": "2026-12-31"}],
    }
    picture = indicator_paths(catalogue | Corpus.of(small(indicators=[indicator])), "plan")

    assert "target 30 by 2030-12-31, observed 20 in 2026, 15 in 2026-12-31" in picture.alt


def test_at_most_twelve_indicators_are_drawn(catalogue: Corpus) -> None:
    """The subtitle says that there are more."""
    picture = indicator_paths(catalogue | Corpus.of(large(600)), "large")

    assert "60 indicators; the first 12 with values are drawn" in picture.alt
    assert {f"Indicator {n}" for n in range(12)} <= set(
        words(picture)
    ) and "Indicator 12" not in words(picture)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (("0", "0"), {"-1", "0", "1"}),
        (("-5", "-1"), {"-6", "-4", "-2", "0"}),
        (("1000000", "3500000"), {"0", "2 m", "4 m"}),
        (("0.000001", "0.000009"), {"0", "5e-6", "1e-5", "1e-6", "9e-6"}),
        (("0.00001", "0.00012"), {"0", "0.00005", "0.00015", "0.00001", "0.00012"}),
        (("1200000000", "7500000000000"), {"0", "5 tn", "1.2 bn", "7.5 tn"}),
        (("13.123456789", "99.999"), {"0", "50", "100", "13.1235", "99.999"}),
        (("93", "93.00001"), {"93", "93.00001"}),
        (("100000000000000000", "100000000000000001"), {"1e17"}),
    ],
)
def test_axes_have_round_numbers(
    values: tuple[str, str], shown: set[str], catalogue: Corpus
) -> None:
    """Whatever the size of the values, the axis holds them and names round numbers in few letters."""
    first, last = values
    indicator = {
        "id": "plan/i1",
        "name": "X",
        "baseline": {"value": first, "when": "2025"},
        "targets": [{"value": last, "by": "2030"}],
    }
    picture = indicator_paths(catalogue | Corpus.of(small(indicators=[indicator])), "plan")

    assert shown <= set(words(picture))
    assert all(-1 <= row["y"] - 60 <= 127 for row in rows(picture.spec, "value", "when"))


def figures(picture: Picture) -> dict[str, tuple[float, float]]:
    """Where the figures in the panels of indicators stand."""
    marks = {f"{row['value']:g}" for row in rows(picture.spec, "value", "when")}
    return {
        row["text"]: (row["x"], row["y"])
        for row in rows(picture.spec, "text", "x", "y")
        if row["text"] in marks and row["x"] > 52
    }


def indicator(**changes: Any) -> Corpus:
    """A road map of an indicator with baseline, three targets and an observation of this year."""
    plan: dict[str, Any] = {
        "id": "plan/i1",
        "name": "X",
        "baseline": {"value": 74, "when": "2025"},
        "targets": [
            {"value": 80, "by": "2027"},
            {"value": 84, "by": "2028"},
            {"value": 91, "by": "2030"},
        ],
        "observations": [{"value": 76, "when": "2026"}],
    }
    return Corpus.of(small(activities=[], indicators=[plan | changes]))


def test_a_value_of_a_year_that_is_not_over_is_no_forecast() -> None:
    """It stands on the day that is marked, and a line leads to the last day of the year, on which
    it is held against the path.
    """
    picture = indicator_paths(indicator(), "plan", as_of=datetime.date(2026, 6, 30))
    later = indicator_paths(indicator(), "plan", as_of=datetime.date(2027, 6, 30))
    (today,) = (
        row["x"]
        for row in rows(picture.spec, "x2", "y2")
        if row["x"] == row["x2"] and row["x"] > 53 and row["y2"] - row["y"] > 100
    )
    place, place_later = (
        next(row for row in rows(each.spec, "when") if row["when"] == "2026")["x"]
        for each in (picture, later)
    )
    said = "compared with the path at the end of its month or year, which is not over"

    assert place == pytest.approx(today, abs=0.2) and place_later > place + 15
    assert [
        row
        for row in rows(picture.spec, "x2", "y2")
        if row["x"] == place and row["x2"] == place_later
    ]
    assert said in words(picture) and said not in words(later)


def test_letters_behind_large_numbers_are_explained() -> None:
    """Those that occur, in the subtitle."""
    large = indicator(
        baseline={"value": "2300000000", "when": "2025"},
        targets=[{"value": "7500000000000", "by": "2030"}],
        observations=[],
    )

    assert any(
        "bn: billion, tn: trillion" in text for text in words(indicator_paths(large, "plan"))
    )
    assert not any("illion" in text for text in words(indicator_paths(indicator(), "plan")))


def test_an_axis_that_does_not_begin_at_nought_says_so() -> None:
    """A sign on the axis and a word in the key; not where the axis holds nought."""
    said = "the axis does not begin at 0"

    assert said in words(indicator_paths(indicator(), "plan"))
    assert said not in words(
        indicator_paths(indicator(baseline={"value": 7, "when": "2025"}), "plan")
    )


def test_targets_on_the_way_have_figures() -> None:
    """All of few have theirs; of many so many as there is room for."""
    many = indicator(
        targets=[{"value": 75 + n, "by": f"{2026 + n // 12}-{n % 12 + 1:02}"} for n in range(48)]
    )

    assert {"74", "76", "80", "84", "91"} == set(figures(indicator_paths(indicator(), "plan")))
    assert 5 < len(figures(indicator_paths(many, "plan"))) < 12


MEETING: dict[str, dict[str, Any]] = {
    "one value": {"observations": [{"value": 74.5, "when": "2026-01"}]},
    "long values": {
        "baseline": {"value": "1200000.75", "when": "2025"},
        "observations": [{"value": "1300000.75", "when": "2026-01"}],
    },
    "many values": {
        "observations": [{"value": 60 + n * 5 % 17, "when": f"2026-{n + 1:02}"} for n in range(12)]
    },
    "falls": {
        "baseline": {"value": 99, "when": "2025"},
        "observations": [{"value": 99, "when": "2026-02"}],
    },
    "all alike": {
        "baseline": {"value": 0, "when": "2025"},
        "targets": [{"value": 0, "by": "2030"}],
        "observations": [],
    },
}


@pytest.mark.parametrize("changes", MEETING.values(), ids=MEETING)
def test_figures_do_not_meet(changes: dict[str, Any]) -> None:
    """Figures in a panel stand apart from each other, as the picture measures them."""
    from wsis_model.pictures._paths import _Box, _box  # pyright: ignore[reportPrivateUsage]

    picture = indicator_paths(indicator(**changes), "plan", as_of=DAY)
    boxes: list[_Box] = []
    for layer in picture.spec["vconcat"][0]["layer"]:
        mark = layer["mark"]
        if mark["type"] == "text" and mark["color"] == "#1b1f24" and mark["fontSize"] == 11:
            boxes += [
                _box(row["x"], row["y"], 6 * len(row["text"]), mark["align"])
                for row in layer["data"]["values"]
            ]

    assert len(boxes) >= 2
    assert not [(one, other) for one, other in itertools.combinations(boxes, 2) if one.meets(other)]
