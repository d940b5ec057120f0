"""How activities, milestones and indicators stand, as a sign and a word: neither needs a colour."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import attrs

from ..analysis import Course, Progress, Reached, Standing
from ..model import Activity, ActivityStatus, Window
from ..model.record import first_day, last_day
from ..pictures._labels import counted, window_text

__all__ = [
    "WORDS",
    "ActivityStanding",
    "activity_standings",
    "counts_of",
    "course_text",
    "end_text",
    "sign_of",
    "standing_text",
]

#: How an activity may stand, the most urgent first.
WORDS = ("late", "at risk", "suspended", "on course", "planned", "done", "cancelled")
_STANDINGS = ("late", "at risk", "coming", "no date", "done", "cancelled")
_SIGNS = {
    "done": "✓",
    "late": "▲",
    "behind": "▼",
    "at risk": "◆",
    "on course": "●",
    "ahead": "●",
    "coming": "○",
    "planned": "○",
    "suspended": "□",
    "cancelled": "✕",
}


def sign_of(word: str) -> str:
    """The sign that stands for a word on how something stands."""
    return _SIGNS.get(word, "?")


def standing_text(word: str) -> str:
    r"""A word on how something stands, after its sign.

    Examples:
        >>> standing_text("late"), standing_text("no date")
        ('▲\xa0late', '?\xa0no\xa0date')
    """
    return f"{sign_of(word)} {word}".replace(" ", "\u00a0")


def course_text(course: Course) -> str:
    """The course of an indicator, after its sign."""
    return standing_text(course.value)


@attrs.frozen
class ActivityStanding:
    """An activity with how it stands on a day."""

    activity: Activity
    """The activity."""
    word: str
    """`late` or `at risk` as its worst milestone is, `on course` if it is under way otherwise; else
    its status.
    """
    milestones: tuple[Reached, ...]
    """Its milestones, in order."""

    @property
    def urgent(self) -> bool:
        """Whether someone must act."""
        return self.word in ("late", "at risk", "suspended")

    @property
    def text(self) -> str:
        """The word, after its sign."""
        return standing_text(self.word)


def activity_standings(progress: Progress) -> tuple[ActivityStanding, ...]:
    """The activities of a road map, in its order, each with how it stands."""
    found: Mapping[str, list[Reached]] = defaultdict(list)
    for each in progress.milestones:
        found[each.activity.id].append(each)
    return tuple(
        ActivityStanding(activity, _word(activity, found[activity.id]), tuple(found[activity.id]))
        for activity in progress.roadmap.activities
    )


def _word(activity: Activity, milestones: list[Reached]) -> str:
    status = activity.status
    if status in (ActivityStatus.DONE, ActivityStatus.CANCELLED, ActivityStatus.SUSPENDED):
        return str(status.value)
    standings = {each.standing for each in milestones}
    for standing in (Standing.LATE, Standing.AT_RISK):
        if standing in standings:
            return str(standing.value)
    return "on course" if status is ActivityStatus.UNDER_WAY else str(status.value)


def counts_of(
    progress: Progress, standings: tuple[ActivityStanding, ...]
) -> Iterator[tuple[str, str]]:
    """How many activities, milestones and indicators there are, and how many stand how."""
    courses = [each.course.value for each in progress.indicators]
    for noun, plural, stand, words in (
        ("activity", "activities", [each.word for each in standings], WORDS),
        ("milestone", "", [each.standing.value for each in progress.milestones], _STANDINGS),
        ("indicator", "", courses, tuple(each.value for each in Course)),
    ):
        if stand:
            counts = Counter(stand)
            found = [(sign_of(word), counts[word], word) for word in words if counts[word]]
            listed = ", ".join(
                f"{sign} {count:,} {word}".replace(" ", "\u00a0") for sign, count, word in found
            )
            yield counted(len(stand), noun, plural), listed


def end_text(each: ActivityStanding) -> str:
    """When an activity is to be finished, in words."""
    window = _end_of(each)
    return "no date" if window is None else window_text(window).replace(" ", "\u00a0")


def _end_of(each: ActivityStanding) -> Window | None:
    """When an activity is to be finished: the end of its period, or else its last milestone."""
    period = each.activity.period
    if period is not None and period.end is not None:
        return Window(first_day(period.end), last_day(period.end))
    dated = [one.window for one in each.milestones if one.window.latest is not None]
    return max(dated, default=None)
