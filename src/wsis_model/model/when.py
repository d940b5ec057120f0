"""When something is due: a date, a session of a body, an event, or repeatedly."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum

import attrs
from pydantic import Field

from .identifiers import ActorId, Identifier, SessionId
from .record import PartialDate, Record, Text, Year, first_day, last_day
from .text import Label, Source

__all__ = ["Due", "Period", "Recurrence", "Session", "Window"]


class Recurrence(str, Enum):
    """How often something is to be done."""

    ONCE = "once"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    PERIODIC = "periodic"
    """Again and again, at an interval that the text does not give."""
    STANDING = "standing"
    """From now on, without end."""


class Session(Record):
    """A numbered session of a body, or a meeting; the field sets its deadlines by them."""

    id: Identifier = Field(examples=["sessions/cstd-30"])
    """Its identifier."""
    title: Label = Field(
        examples=[{"en": "Commission on Science and Technology for Development, thirtieth session"}]
    )
    """What it is called."""
    body: ActorId | None = Field(default=None, examples=["cstd"])
    """The body that meets."""
    number: int | None = Field(default=None, examples=[30])
    """Number of the session."""
    year: Year | None = Field(default=None, examples=[2027])
    """Year in which it opens."""
    opens: PartialDate | None = Field(default=None, examples=["2025-09-09"])
    """First day, month or year, as far as known."""
    closes: PartialDate | None = Field(default=None, examples=["2026-09"])
    """Last day, month or year, as far as known."""
    place: Text | None = Field(default=None, examples=["Geneva"])
    """Where it meets."""
    source: Source | None = None
    """Where its dates come from."""

    def window(self) -> Window:
        """The first and the last day of the session, as far as known."""
        opens = self.opens or self.closes or self._year_text
        closes = self.closes or (self._year_text if self.opens is None else None) or self.opens
        return Window(first_day(opens) if opens else None, last_day(closes) if closes else None)

    @property
    def _year_text(self) -> str | None:
        return None if self.year is None else str(self.year)


@attrs.frozen
class Window:
    """The earliest and the latest day that a due may mean; `None` for no limit.

    Windows sort the latest day, then by the earliest; a window without limits comes
    last.

    Examples:
        >>> import datetime
        >>> Window(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)) < Window(None, None)
        True
    """

    earliest: datetime.date | None
    """The earliest day."""
    latest: datetime.date | None
    """The latest day."""

    def _key(self) -> tuple[datetime.date, datetime.date]:
        return (self.latest or datetime.date.max, self.earliest or datetime.date.max)

    def __lt__(self, other: Window) -> bool:
        return self._key() < other._key()

    def __le__(self, other: Window) -> bool:
        return self._key() <= other._key()

    def __gt__(self, other: Window) -> bool:
        return self._key() > other._key()

    def __ge__(self, other: Window) -> bool:
        return self._key() >= other._key()

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return "open" if self.latest is None else self.latest.isoformat()
        return f"{self.earliest or '…'} to {self.latest or '…'}"


class Due(Record):
    """When something is due. Give what the text gives: often a session, not a day."""

    date: PartialDate | None = Field(default=None, examples=["2027", "2027-06", "2027-06-30"])
    """A year, a month or a day."""
    session: SessionId | None = Field(default=None, examples=["sessions/cstd-30"])
    """A session or meeting."""
    event: Text | None = Field(default=None, examples=["inaugural Global Dialogue"])
    """An event that no session record stands for."""
    recurrence: Recurrence | None = Field(default=None, examples=["annual"])
    """How often."""

    @property
    def day(self) -> datetime.date | None:
        """The day, where the date is one; None where it is a month or a year, or none is given.

        Examples:
            >>> Due(date="2026-06-30").day, Due(date="2027").day
            (datetime.date(2026, 6, 30), None)
        """
        return (
            datetime.date.fromisoformat(self.date) if self.date and len(self.date) == 10 else None
        )

    def window(self, calendar: Mapping[str, Session]) -> Window:
        """The earliest and the latest day that this may mean, with the sessions in *calendar* (by
        identifier).

        A day counts with any session. If the calendar has no dates for the session, the year or
        month counts; without these the window has no limits.

        Examples:
            >>> calendar = {
            ...     "sessions/cstd-30": Session(id="sessions/cstd-30", title="CSTD 30", year=2027)
            ... }
            >>> (
            ...     str(Due(session="sessions/cstd-30").window(calendar)),
            ...     str(Due(recurrence="annual").window(calendar)),
            ... )
            ('2027-01-01 to 2027-12-31', 'open')
        """
        date = Window(None, None)
        if self.date is not None:
            date = Window(first_day(self.date), last_day(self.date))
        session = calendar.get(self.session) if self.session and self.day is None else None
        if session is None:
            return date
        meeting = session.window()
        earliest = max(filter(None, (meeting.earliest, date.earliest)), default=None)
        latest = min(filter(None, (meeting.latest, date.latest)), default=None)
        if earliest and latest and earliest > latest:
            return meeting  # date and session disagree, which a rule reports: the session counts
        return Window(earliest, latest)

    def __str__(self) -> str:
        recurrence = None if self.recurrence is None else self.recurrence.value
        parts = filter(None, (self.session, self.event, self.date, recurrence))
        return ", ".join(parts) or "no date"


class Period(Record):
    """A span of time; either end may be open."""

    start: PartialDate | None = Field(default=None, examples=["2026"])
    """First day, month or year."""
    end: PartialDate | None = Field(default=None, examples=["2030-12-31"])
    """Last day, month or year."""

    def window(self) -> Window:
        """The period as days.

        Examples:
            >>> str(Period(start="2026", end="2027-06").window())
            '2026-01-01 to 2027-06-30'
        """
        return Window(
            first_day(self.start) if self.start else None, last_day(self.end) if self.end else None
        )
