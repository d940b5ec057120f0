"""The calendar as iCalendar, held against the rules of RFC 5545."""

from __future__ import annotations

import datetime
import re
import sys
from collections import Counter
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import Corpus, MissingExtra, Roadmap, Window, testing
from wsis_model.analysis import Entry, calendar, events, to_ical
from wsis_model.interop import ical
from wsis_model.interop.ical import Event
from wsis_model.model import Due, File, Recurrence

STAMP = datetime.datetime(2026, 11, 24, 12, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 7, 6)
#: A content line: a name, parameters, a colon and a value without control characters but the tab
#: (RFC 5545, section 3.1).
LINE = re.compile(
    r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*):([^\x00-\x08\x0a-\x1f\x7f]*)'
)
#: What a value of type TEXT may hold: any other backslash, comma or semicolon is an error (section
#: 3.3.11).
TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP")
AT_MOST_ONCE = ("DTEND", "DESCRIPTION", "URL")


def lines_of(data: bytes) -> list[tuple[str, str, str]]:
    """Name, parameters and value of each content line, with what RFC 5545 asks of any line held
    against it.
    """
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    physical = data.split(b"\r\n")[:-1]
    assert max(map(len, physical)) <= 75
    for line in physical:
        line.decode()  # no character is cut in two
    unfolded = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    found = [LINE.fullmatch(line) for line in unfolded]
    assert None not in found, unfolded[found.index(None)]
    return [match.groups() for match in found if match is not None]  # type: ignore[misc]  # the expression has three groups


def assert_valid(data: bytes) -> list[dict[str, str]]:
    """Hold a file against RFC 5545, in our own words and the library's; the events in it, property
    to value.
    """
    lines = lines_of(data)
    assert [line[0] for line in lines[:3]] == ["BEGIN", "VERSION", "PRODID"]
    assert (lines[0][2], lines[1][2], lines[-1]) == ("VCALENDAR", "2.0", ("END", "", "VCALENDAR"))
    found: list[dict[str, str]] = []
    inside = False
    for name, parameters, value in lines[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert not inside, name
            inside = True
            found.append({})
        elif (name, value) == ("END", "VEVENT"):
            inside = False
        elif inside:
            assert name not in found[-1], f"{name} twice in one event"
            found[-1][name] = value
            assert parameters == (";VALUE=DATE" if name in ("DTSTART", "DTEND") else ""), name
        if name in ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "UID"):
            assert TEXT.fullmatch(value), value
    assert not inside
    for event in found:
        assert set(ONCE) <= set(event) <= {*ONCE, *AT_MOST_ONCE, "CATEGORIES"}, event
        assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", event["DTSTAMP"]), event
        assert re.fullmatch(r"[0-9]{8}", event["DTSTART"]), event
        assert "DTEND" not in event or event["DTEND"] > event["DTSTART"], event
    assert max(Counter(event["UID"] for event in found).values(), default=1) == 1
    read: Any = icalendar.Calendar.from_ical(data)
    assert [error for component in read.walk() for error in component.errors] == []
    return found


def parsed(data: bytes) -> list[Any]:
    """The events, as another program reads them."""
    read: Any = icalendar.Calendar.from_ical(data)
    return list(read.walk("VEVENT"))


# --- what is due, as events -----------------------------------------------------------------------


def test_the_calendar_of_the_outcome_is_valid(catalogue: Corpus) -> None:
    """Every dated entry is an event; those without an end are not, and the calendar's description
    names them.
    """
    entries = calendar(catalogue, document="80-173")
    data = to_ical(entries, catalogue, name="WSIS+20: what is due", stamp=STAMP)
    found = assert_valid(data)
    assert (
        len(found) == sum(entry.window.latest is not None for entry in entries) == len(entries) - 3
    )
    (said,) = (value for name, _, value in lines_of(data) if name == "X-WR-CALDESC")
    assert (
        said
        == "Not in this calendar\\, because no last day is known: 80-173/99.1\\, 80-173/99.2\\,"
        " 80-173/116.2."
    )


def test_no_more_than_twenty_are_named_that_are_left_out(catalogue: Corpus) -> None:
    """The description of the calendar stays short."""
    entries = [
        Entry(
            f"1-1/{n}.1",
            "Go on",
            "mandate",
            Window(None, None),
            Due(recurrence=Recurrence.STANDING),
        )
        for n in range(25)
    ]
    (said,) = (
        value
        for name, _, value in lines_of(to_ical(entries, catalogue, name="x"))
        if name == "DESCRIPTION"
    )
    assert said.endswith("1-1/19.1 and 5 more.")


def test_a_short_meeting_is_shown_on_its_days(catalogue: Corpus) -> None:
    """The Dialogue of 6 and 7 July 2026 lasts two days; its end is the day after, as iCalendar
    counts.
    """
    (event,) = parsed(
        to_ical(
            calendar(catalogue, document="80-173", actor="iawg-ai"),
            catalogue,
            name="x",
            stamp=STAMP,
        )
    )
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, datetime.date(2026, 7, 8))
    assert event["url"] == "https://docs.un.org/en/A/RES/80/173"
    assert event["categories"].cats == ["mandate", "A/RES/80/173"]
    assert event["dtstamp"].dt == STAMP
    assert "When: between 2026-07-06 and 2026-07-07." in event["description"].splitlines()


def test_a_wide_window_is_shown_on_its_last_day_and_says_so(catalogue: Corpus) -> None:
    """A year-long bar would hide all else: one day stands for it, and title and description say
    that any day is meant.
    """
    found = {
        event.uid: event for event in events(calendar(catalogue, document="80-173"), catalogue)
    }
    joint = found["80-173/122.1@wsis_model"]
    assert (joint.first, joint.last) == (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    assert joint.title.startswith("[2026] ")
    assert joint.title.endswith("(A/RES/80/173, para. 122)")
    assert joint.description.splitlines()[1:] == [
        "Who: UNGIS",
        "Reported to: CSTD",
        "At: CSTD 29",
        (
            "When: at any time between 2026-01-01 and 2026-12-31; shown on the last day because no"
            " narrower date is known."
        ),
        "Source: A/RES/80/173, para. 122, mandate 1 [80-173/122.1]",
        "In words of our own; the official text is what counts.",
    ]


@pytest.mark.parametrize(
    ("last", "shown"), [("2026-07-31", "2026-07-01"), ("2026-08-01", "2026-08-01")]
)
def test_thirty_one_days_are_not_yet_wide(catalogue: Corpus, last: str, shown: str) -> None:
    """A window of a month is shown in full, one of a day more on its last day."""
    window = Window(datetime.date(2026, 7, 1), datetime.date.fromisoformat(last))
    (event,) = events([Entry("1-1/1.1", "Report", "mandate", window, Due(event="x"))], catalogue)
    assert str(event.first) == shown


def test_each_time_of_what_recurs_is_an_event_of_its_own(catalogue: Corpus) -> None:
    """Its `uid` has the number of the time, which does not depend on how much of the calendar was
    asked for.
    """
    later = calendar(
        catalogue,
        document="80-173",
        start=datetime.date(2030, 1, 1),
        horizon=datetime.date(2031, 12, 31),
    )
    found = [event for event in events(later, catalogue) if event.uid.startswith("80-173/98.2")]
    assert [(event.uid, event.first.year) for event in found] == [
        ("80-173/98.2#5@wsis_model", 2030),
        ("80-173/98.2#6@wsis_model", 2031),
    ]
    assert (
        "How often: every year; no first year is given: counted from 2026."
        in found[0].description.splitlines()
    )


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        ("every year", ["How often: every year."]),
        ("every year; as partner", ["How often: every year.", "As a partner, not as the lead."]),
        ("as partner", ["As a partner, not as the lead."]),
    ],
)
def test_a_partner_is_told_that_it_is_one(catalogue: Corpus, note: str, lines: list[str]) -> None:
    """How often something comes round, and that it is a partner's, are told apart."""
    entry = Entry(
        "map/a1.m1", "Draft sent", "milestone", Window(DAY, DAY), Due(date="2026-07-06"), note=note
    )
    (event,) = events([entry], catalogue)
    assert event.description.splitlines()[1:-1] == lines


def test_a_milestone_has_its_road_map_s_address_and_its_status() -> None:
    """A milestone's event names the road map, leads to where that can be read, and says how far it
    is.
    """
    milestone = {
        "id": "map/a1.m1",
        "title": "Draft sent",
        "due": {"date": "2026-12-15"},
        "status": "under-way",
    }
    activity = {"id": "map/a1", "title": "Write", "lead": "someone", "milestones": [milestone]}
    source = {"title": "Site", "url": "https://example.org/map"}
    corpus = Corpus.of(
        Roadmap.model_validate(
            {
                "id": "map",
                "title": "The map",
                "owners": ["itu"],
                "activities": [activity],
                "source": source,
            }
        )
    )
    (event,) = events(calendar(corpus), corpus)
    assert event == Event(
        "map/a1.m1@wsis_model",
        "Draft sent (The map)",
        datetime.date(2026, 12, 15),
        datetime.date(2026, 12, 15),
        "Draft sent\nWho: someone\nStatus: under-way\nSource: The map [map/a1.m1]",
        "https://example.org/map",
        ("milestone", "map"),
    )


def test_where_two_records_claim_one_identifier_the_first_is_shown(catalogue: Corpus) -> None:
    """As in the corpus: an unsound file still gives a valid calendar."""
    window = Window(DAY, DAY)
    entries = [
        Entry("1-1/1.1", title, "mandate", window, Due(date="2026-07-06"))
        for title in ("First", "Second")
    ]
    (event,) = events(entries, catalogue)
    assert event.title.startswith("First")


# --- the file -------------------------------------------------------------------------------------


def test_equal_events_give_equal_bytes(catalogue: Corpus) -> None:
    """With a stamp given, nothing in the file depends on when it was made."""
    found = events(calendar(catalogue), catalogue)
    assert ical.to_ical(found, name="x", stamp=STAMP) == ical.to_ical(found, name="x", stamp=STAMP)


def test_the_stamp_is_in_coordinated_universal_time() -> None:
    """Another time zone is converted; where none is given UTC is meant; without a stamp it is now."""
    event = Event("1@example.org", "x", DAY, DAY)
    zone = datetime.timezone(datetime.timedelta(hours=2))
    for stamp in (STAMP, STAMP.astimezone(zone), STAMP.replace(tzinfo=None)):
        assert (
            assert_valid(ical.to_ical([event], name="x", stamp=stamp))[0]["DTSTAMP"]
            == "20261124T123000Z"
        ), stamp
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    assert parsed(ical.to_ical([event], name="x"))[0]["dtstamp"].dt >= before


def test_the_name_of_the_calendar_is_escaped() -> None:
    """What divides values elsewhere is text in a name."""
    lines = lines_of(ical.to_ical([], name="Due, when; and\\or"))
    assert [value for name, _, value in lines if name in ("NAME", "X-WR-CALNAME")] == [
        "Due\\, when\\; and\\\\or"
    ] * 2


def test_text_of_any_script_survives() -> None:
    """Arabic, Chinese and emoji come back as they were, folded between characters and never within
    one.
    """
    title = "خارطة الطريق " * 9 + "路线图" * 30 + "🗺️" * 20
    data = ical.to_ical(
        [Event("1@example.org", title, DAY, DAY, f"{title}\nа, б; в\\г")], name="Дорожная карта"
    )
    assert_valid(data)
    (event,) = parsed(data)
    assert (event["summary"], event["description"]) == (title, f"{title}\nа, б; в\\г")


def test_the_end_of_the_calendar_is_an_end() -> None:
    """The last day there is has no day after it, so its event says no end: without one it lasts
    that day.
    """
    (event,) = assert_valid(
        ical.to_ical([Event("1@example.org", "x", datetime.date.max, datetime.date.max)], name="x")
    )
    assert (event["DTSTART"], event.get("DTEND")) == ("99991231", None)


def test_an_event_ends_after_it_begins() -> None:
    """An event with its days the wrong way round is refused."""
    with pytest.raises(ValueError, match="before its first day"):
        Event("1@example.org", "x", DAY, DAY - datetime.timedelta(days=1))


def test_no_two_events_share_a_uid() -> None:
    """A calendar program would take the second for a new version of the first."""
    with pytest.raises(ValueError, match="two events"):
        ical.to_ical([Event("1@example.org", title, DAY, DAY) for title in "ab"], name="x")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told what to install."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra) as caught:
        ical.to_ical([], name="x")
    assert caught.value.extra == "ical"


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(_TEXTS, _TEXTS, st.lists(_TEXTS.filter(str.strip), max_size=3), _TEXTS)
def test_any_text_makes_a_valid_file(
    title: str, description: str, categories: list[str], name: str
) -> None:
    """Line breaks, control characters and marks of iCalendar's own in a text break nothing, and
    lose no other character.
    """
    event = Event(
        "1@example.org",
        title,
        DAY,
        DAY,
        description,
        "https://example.org/a?b=1,2;c",
        tuple(categories),
    )
    data = ical.to_ical([event], name=name, description=description, stamp=STAMP)
    (found,) = assert_valid(data)
    assert found["URL"] == "https://example.org/a?b=1,2;c"
    (read,) = parsed(data)
    assert "".join(str(read["summary"]).split()) == "".join(
        re.sub(r"[\x00-\x1f\x7f]", "", title).split()
    )


@given(testing.files())
def test_any_records_make_a_valid_file(file: File) -> None:
    """Whatever is due in a corpus, sound or not, can be written."""
    corpus = Corpus.from_file(file)
    entries = calendar(corpus)
    found = assert_valid(to_ical(entries, corpus, name="x", stamp=STAMP))
    assert len(found) == len(
        {(each.what, each.occurrence) for each in entries if each.window.latest is not None}
    )
