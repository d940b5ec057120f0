"""The results that the sections of the page of a road map share."""

from __future__ import annotations

import datetime

import attrs

from ..analysis import Answer, Coverage, Gap, Progress
from ..corpus import Corpus
from ..model import Roadmap
from ._standing import ActivityStanding, activity_standings

__all__ = ["OUTCOME", "RoadmapFacts"]

#: The document whose mandates count, where a corpus holds it.
OUTCOME = "80-173"


@attrs.frozen
class RoadmapFacts:
    """The results that the sections share."""

    corpus: Corpus
    roadmap: Roadmap
    as_of: datetime.date
    document: str | None
    """The document whose mandates count: the outcome, if the corpus holds it."""
    coverage: Coverage
    progress: Progress
    gaps: tuple[Gap, ...]

    @property
    def standings(self) -> tuple[ActivityStanding, ...]:
        """The activities, in the order of the road map, each with how it stands."""
        return activity_standings(self.progress)

    @property
    def concerned(self) -> frozenset[str]:
        """The mandates that this road map answers, in part at least, or is expected to answer."""
        return frozenset(
            row.record
            for row in self.coverage.mandates
            if row.expected or row.answer is not Answer.NOT
        )

    def call(self, what: str) -> str:
        """A call in Python, with the identifier of the road map for `ID` and the day for `DAY`."""
        return what.replace("ID", repr(self.roadmap.id)).replace("DAY", repr(self.as_of))
