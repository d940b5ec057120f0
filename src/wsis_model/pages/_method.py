"""The section on how the figures are worked out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..analysis._indicators import AHEAD, ON_COURSE, TOLERANCE
from ..analysis._milestones import NEAR
from ..pictures._labels import day_text
from ._content import Block, Bullets, Strong
from ._facts import RoadmapFacts

__all__ = ["method_section"]


def method_section(facts: RoadmapFacts, *, pictures: bool) -> Iterator[Block]:
    """The meaning of the words and figures in the other sections."""
    drawn = (
        "; in the picture of indicators, while that month or year is not over, its value stands "
        "on the day of the report"
    )
    late = f"before {day_text(facts.as_of)}"
    yield Bullets(
        (
            (
                "A mandate is ",
                Strong("answered"),
                (
                    " when an activity names it, or names its paragraph and that holds no other "
                    "mandate."
                ),
            ),
            (
                "It is answered ",
                Strong("partly"),
                (
                    " when an activity names a paragraph that holds several mandates, or the "
                    "paragraph of which it is an item; when only the "
                    "road map itself is mandated by it; or when what answers it is suspended. "
                    "What is cancelled answers nothing."
                ),
            ),
            (
                "What is ",
                Strong("expected"),
                " is explained above each table, and for each row, in the row.",
            ),
            (
                (
                    "An Action Line is answered when the road map covers it and an activity or "
                    "objective names it; an SDG target or a Compact "
                    "commitment when an activity names it; a stakeholder group when it, or one "
                    "who belongs to it, leads an activity. A group that "
                    "all others are part of is answered in part only by those who belong to it "
                    "through another group: one of many does "
                    "not stand for all. No target is inferred from a goal or from the official "
                    "matrix."
                ),
            ),
            (
                "The path of an ",
                Strong("indicator"),
                (
                    " is a straight line from the baseline through the targets in order of date. "
                    "A value given for a month or a year stands at "
                    f"its last day{drawn if pictures else ''}. The latest observation is held "
                    "against the path on its own day: what has come "
                    f"{_percent(AHEAD)} of the way expected, or more, is ahead, from "
                    f"{_percent(ON_COURSE)} on it is on course, and less than "
                    f"that is behind. Where nothing is to change, {_percent(TOLERANCE)} of the "
                    "baseline is allowed. Where the path leads "
                    "against the stated direction, there is no course."
                ),
            ),
            (
                "A milestone is ",
                Strong("late"),
                f" when its last day was {late} and it is not done. It is ",
                Strong("at risk"),
                (
                    " when its status says so; when something it depends on is late; when it is "
                    f"due within {NEAR} days and still planned; or "
                    "when its activity is suspended."
                ),
            ),
            (
                (
                    "A due that is given as a year, a session or a meeting may mean any of its "
                    "days; what counts is the last one. Where a "
                    "recurring duty has no first year, it is counted from the adoption of the "
                    "text, and so marked."
                ),
            ),
            (
                (
                    "Summaries of mandates and labels of targets are in words of our own; the "
                    "official texts are what counts."
                ),
            ),
        )
    )


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"
