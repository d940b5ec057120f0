"""The calendar: what is due, when, at which session, and who answers for it."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import attrs
import pytest
from hypothesis import given

from wsis_model import (
    Corpus,
    Document,
    Due,
    Entity,
    Roadmap,
    Session,
    Translations,
    UnknownIdentifier,
    Window,
    testing,
)
from wsis_model.analysis import Entry, calendar, events
from wsis_model.model import File

#: `shared/facts/facts.md`, section 2, "Dated and recurring items (complete list)".
DATED = (37, 67, 86, 98, 99, 103, 110, 113, 116, 117, 119, 121, 122, 124, 125, 126, 127)
OUTCOME = "80-173"


def day(text: str) -> datetime.date:
    """A day, as a case writes it."""
    return datetime.date.fromisoformat(text)


def paragraph(entry: Entry) -> int:
    """The number of the paragraph that a mandate of the outcome stands in."""
    return int(entry.what.removeprefix(f"{OUTCOME}/").partition(".")[0])


def asking(due: dict[str, Any], adopted: str | None = "2025-12-17") -> Document:
    """A document that asks one thing, due as given."""
    mandate = {
        "id": "1-1/1.1",
        "kind": "request",
        "verb": "verbs/request",
        "action": "Report",
        "due": due,
        "addressees": ["igf"],
    }
    provision = {"id": "1-1/1", "number": "1", "mandates": [mandate]}
    return Document.model_validate(
        {"id": "1-1", "title": "A", "adopted": adopted, "provisions": [provision]}
    )


def planning(
    due: dict[str, Any] | None,
    *,
    period: dict[str, str] | None = None,
    whole: dict[str, str] | None = None,
    **more: Any,
) -> Roadmap:
    """A road map with one milestone, due as given; `period` is its activity's, `whole` the road
    map's.
    """
    milestone = {"id": "map/a1.m1", "title": "There", "due": due, **more.pop("milestone", {})}
    activity = {
        "id": "map/a1",
        "title": "Go",
        "lead": "itu",
        "period": period,
        "milestones": [milestone],
        **more.pop("activity", {}),
    }
    given = {
        "id": "map",
        "title": "Map",
        "owners": ["ungis"],
        "reports_to": ["cstd"],
        "period": whole,
        "activities": [activity],
        **more,
    }
    return Roadmap.model_validate(given)


def times(
    record: Document | Roadmap, *sessions: Session, **asked: Any
) -> list[tuple[str, int | None, bool]]:
    """When the one thing in *record* is due: in short, the how-manieth time, and whether the first
    year is counted.
    """
    return [
        (each.when, each.occurrence, each.counted)
        for each in calendar(Corpus.of(record, *sessions), **asked)
    ]


CSTD = tuple(
    Session(
        id=f"sessions/cstd-{number}",
        title=Translations(en=f"CSTD {number}"),
        body="cstd",
        number=number,
        year=number + 1997,
    )
    for number in (29, 30, 32)
)


# --- the outcome ----------------------------------------------------------------------------------


def test_exactly_the_dated_and_recurring_items_of_the_outcome_are_listed(catalogue: Corpus) -> None:
    """The seventeen paragraphs that say a time, counted by hand, and no other."""
    assert sorted({paragraph(entry) for entry in calendar(catalogue, document=OUTCOME)}) == list(
        DATED
    )


def test_each_is_listed_as_often_as_it_comes_round(catalogue: Corpus) -> None:
    """Annual items ten times from 2026 to 2035, biennial ones five times from 2027, all others
    once.
    """
    found = calendar(catalogue, document=OUTCOME)
    years: dict[str, list[int]] = {}
    for entry in found:
        years.setdefault(entry.what, []).append(
            entry.window.latest.year if entry.window.latest else 0
        )
    annual, biennial = list(range(2026, 2036)), [2027, 2029, 2031, 2033, 2035]
    assert {what: said for what, said in years.items() if len(said) > 1} == {
        "80-173/98.2": annual,
        "80-173/110.1": annual,
        "80-173/121.2": annual,
        "80-173/119.1": biennial,
        "80-173/124.1": biennial,
        "80-173/124.2": biennial,
    }
    assert {what for what, said in years.items() if said == [0]} == {
        "80-173/99.1",
        "80-173/99.2",
        "80-173/116.2",
    }


def test_what_has_no_first_year_says_that_it_was_counted(catalogue: Corpus) -> None:
    """The text gives no first year for 98, 110, 119, 121 and 124: their entries are marked, and say
    from when they count.
    """
    found = calendar(catalogue, document=OUTCOME)
    assert {paragraph(entry) for entry in found if entry.counted} == {98, 110, 119, 121, 124}
    assert {entry.note for entry in found if entry.counted} == {
        "every year; no first year is given: counted from 2026",
        "every two years; no first year is given: counted from 2027",
    }


def test_the_joint_road_map_comes_before_cstd_30_and_after_ga_80_opens(catalogue: Corpus) -> None:
    """No day is given for it; its window orders it all the same."""
    windows = {entry.what: entry.window for entry in calendar(catalogue, document=OUTCOME)}
    joint, cstd_30, ga_80 = (
        windows["80-173/122.1"],
        windows["80-173/113.1"],
        windows["80-173/103.2"],
    )
    opening = Window(day("2025-09-09"), day("2025-09-09"))
    assert ga_80.earliest == opening.earliest
    assert opening < joint < cstd_30
    assert catalogue["80-173/122.1"].due.day is None


@pytest.mark.parametrize(
    ("due", "window"),
    [
        ({"date": "2027-02"}, "2027-02-01 to 2027-02-28"),
        ({"date": "2028-02"}, "2028-02-01 to 2028-02-29"),
        ({"date": "2027-12"}, "2027-12-01 to 2027-12-31"),
        ({"date": "2027-04", "session": "sessions/x"}, "2027-04-26 to 2027-04-30"),
        ({"date": "2027", "session": "sessions/x"}, "2027-04-26 to 2027-05-07"),
        ({"date": "2027-06", "session": "sessions/x"}, "2027-04-26 to 2027-05-07"),
        ({"date": "2027-06-30", "session": "sessions/x"}, "2027-06-30"),
        ({"date": "2027-06", "session": "sessions/y"}, "2027-06-01 to 2027-06-30"),
    ],
)
def test_a_date_and_a_session_have_one_window(due: dict[str, Any], window: str) -> None:
    """What both allow; where they disagree, a day stands, and else the session."""
    session = Session(
        id="sessions/x", title=Translations(en="X"), opens="2027-04-26", closes="2027-05-07"
    )

    assert window == str(Due.model_validate(due).window({session.id: session}))


def test_a_session_of_the_assembly_runs_into_the_next_year(catalogue: Corpus) -> None:
    """What is due at the eightieth session (103) is due by September 2026."""
    (entry,) = (each for each in calendar(catalogue, document=OUTCOME) if paragraph(each) == 103)
    assert (entry.when, entry.session) == ("2025-09-09 to 2026-09-30", "sessions/ga-80")


def test_the_review_of_the_compact_has_one_time(catalogue: Corpus) -> None:
    """At the eighty-second session (Compact, 74) and in 2027 (outcome, 125): from its opening in
    September to the end of that year.
    """
    found = {
        entry.what: entry.when
        for entry in calendar(catalogue)
        if entry.what in ("80-173/125.1", "gdc/74.2", "gdc/74.3")
    }
    assert found == dict.fromkeys(
        ("80-173/125.1", "gdc/74.2", "gdc/74.3"), "2027-09-01 to 2027-12-31"
    )


def test_the_calendar_is_sorted_and_what_has_no_end_comes_last(catalogue: Corpus) -> None:
    """Entries come by the day by which they must be done; standing and periodic ones last, with an
    open window.
    """
    found = calendar(catalogue)
    assert all(before.window <= after.window for before, after in itertools.pairwise(found))
    assert [(entry.what, entry.when, entry.note) for entry in found[-3:]] == [
        ("80-173/99.1", "open", "standing, without end"),
        ("80-173/99.2", "open", "standing, without end"),
        ("80-173/116.2", "open", "again and again; no interval is given"),
    ]


def test_the_table_shows_session_and_addressees(catalogue: Corpus) -> None:
    """A session is named in short where its body has an acronym and it a number; else by its title."""
    rows = {row["identifier"]: row for row in calendar(catalogue, document=OUTCOME).to_dicts()}
    assert list(rows["80-173/113.1"]) == [
        "when", "session", "identifier", "title", "who", "reports to", "status", "note", "earliest", "latest",
    ]  # fmt: skip
    assert (rows["80-173/113.1"]["session"], rows["80-173/113.1"]["who"]) == (
        "CSTD 30",
        ("groups/action-line-facilitators",),
    )
    assert rows["80-173/103.2"]["session"] == "Eightieth session of the General Assembly"
    assert (rows["80-173/98.2"]["session"], rows["80-173/98.2"]["reports to"]) == ("", ("cstd",))


def test_the_compact_is_listed_with_the_rest(catalogue: Corpus) -> None:
    """Named alone the Compact gives its own mandates; with no document named all of them are there."""
    compact, outcome, everything = (
        calendar(catalogue, document=each) for each in ("gdc", OUTCOME, None)
    )
    assert {entry.document for entry in compact} == {"gdc"}
    assert {"gdc/11-a.1", "gdc/74.2"} <= {entry.what for entry in compact}
    assert len(everything) == len(compact) + len(outcome)


# --- once, or again and again ---------------------------------------------------------------------

UNTIL_2030 = {"horizon": datetime.date(2030, 12, 31)}
CASES: tuple[tuple[str, dict[str, Any], list[tuple[str, int | None, bool]]], ...] = (
    ("a day", {"date": "2027-05-01"}, [("2027-05-01", None, False)]),
    ("a year", {"date": "2027", "recurrence": "once"}, [("2027", None, False)]),
    ("an event", {"event": "inaugural Dialogue"}, [("open", None, False)]),
    ("a session that nobody knows", {"session": "sessions/cstd-99"}, [("open", None, False)]),
    ("every year from a day", {"date": "2028-06-30", "recurrence": "annual"}, [
        ("2028-06-30", 1, False), ("2029-06-30", 2, False), ("2030-06-30", 3, False),
    ]),
    ("every two years from 29 February", {"date": "2024-02-29", "recurrence": "biennial"}, [
        ("2024-02-29", 1, False), ("2026-02-28", 2, False), ("2028-02-29", 3, False), ("2030-02-28", 4, False),
    ]),
    ("every two years from a year", {"date": "2027", "recurrence": "biennial"}, [("2027", 1, False), ("2029", 2, False)]),
    ("every year, no first year", {"recurrence": "annual"}, [
        ("2026", 1, True), ("2027", 2, True), ("2028", 3, True), ("2029", 4, True), ("2030", 5, True),
    ]),
    ("a month", {"date": "2028-02"}, [("2028-02", None, False)]),
    ("every year from a month", {"date": "2028-02", "recurrence": "annual"}, [
        ("2028-02", 1, False), ("2029-02", 2, False), ("2030-02", 3, False)]),
    ("every two years, no first year", {"recurrence": "biennial"}, [("2027", 1, True), ("2029", 2, True)]),
    ("standing", {"recurrence": "standing"}, [("open", None, False)]),
    ("standing from a day", {"date": "2027-01-01", "recurrence": "standing"}, [("2027-01-01 to …", None, False)]),
    ("periodic from a year", {"date": "2028", "recurrence": "periodic"}, [("2028-01-01 to …", None, False)]),
    ("beyond the horizon", {"date": "2031"}, []),
)  # fmt: skip


@pytest.mark.parametrize(
    ("due", "expected"), [pytest.param(due, expected, id=name) for name, due, expected in CASES]
)
def test_recurring_items_are_unrolled(
    due: dict[str, Any], expected: list[tuple[str, int | None, bool]]
) -> None:
    """From the time given, or counted from the adoption in 2025, until the end of 2030."""
    assert times(asking(due), **UNTIL_2030) == expected


def test_what_recurs_at_sessions_goes_from_session_to_session() -> None:
    """Later times take the numbered session of the same body in that year; of a year without one
    only the year is known.
    """
    due = {"session": "sessions/cstd-29", "recurrence": "annual"}
    found = calendar(Corpus.of(asking(due), *CSTD), horizon=day("2029-12-31"))
    assert [(entry.when, entry.session) for entry in found] == [
        ("2026", "sessions/cstd-29"),
        ("2027", "sessions/cstd-30"),
        ("2028", None),
        ("2029", "sessions/cstd-32"),
    ]


def test_a_year_beside_a_session_chooses_a_part_of_it() -> None:
    """What is due in 2026 at a session that opens in 2025 comes round in 2027 at the session that
    opens in 2026.
    """
    assembly = tuple(
        Session.model_validate(
            {
                "id": f"sessions/ga-{n}",
                "title": f"GA {n}",
                "body": "ga",
                "number": n,
                "opens": f"{n + 1945}-09",
                "closes": f"{n + 1946}-09",
            }
        )
        for n in (80, 81, 82)
    )
    due = {"session": "sessions/ga-80", "date": "2026", "recurrence": "annual"}
    found = calendar(Corpus.of(asking(due), *assembly), horizon=day("2028-12-31"))
    assert [(entry.when, entry.session) for entry in found] == [
        ("2026-01-01 to 2026-09-30", "sessions/ga-80"),
        ("2027-01-01 to 2027-09-30", "sessions/ga-81"),
        ("2028-01-01 to 2028-09-30", "sessions/ga-82"),
    ]


def test_sessions_of_nobody_do_not_follow_each_other() -> None:
    """Two numbered meetings of which no body is known may have nothing to do with each other: only
    the year is known then.
    """
    meetings = tuple(
        Session(id=f"sessions/m-{year}", title=Translations(en="Meeting"), number=1, year=year)
        for year in (2026, 2027)
    )
    found = calendar(
        Corpus.of(asking({"session": "sessions/m-2026", "recurrence": "annual"}), *meetings),
        horizon=day("2027-12-31"),
    )
    assert [(entry.when, entry.session) for entry in found] == [
        ("2026", "sessions/m-2026"),
        ("2027", None),
    ]


def test_without_a_day_of_adoption_nothing_is_counted() -> None:
    """What recurs from no known year is listed once, without a date, and says so."""
    (entry,) = calendar(Corpus.of(asking({"recurrence": "annual"}, adopted=None)))
    assert (entry.when, entry.occurrence, entry.note) == (
        "open",
        None,
        "every year; no first year is given",
    )


def test_a_horizon_at_the_end_of_time_is_reached() -> None:
    """Unrolling stops where the calendar does."""
    found = calendar(
        Corpus.of(asking({"date": "9998-01-01", "recurrence": "annual"}, adopted="9999-12-31")),
        horizon=datetime.date.max,
    )
    assert [entry.when for entry in found] == ["9998-01-01", "9999-01-01"]
    assert times(
        asking({"recurrence": "biennial"}, adopted="9999-12-31"), horizon=datetime.date.max
    ) == [("9999-12-31", 1, True)]


def test_start_leaves_out_what_is_over_and_counts_on() -> None:
    """What ended before the first day asked for is left out; the number of an occurrence does not
    change by that.
    """
    found = times(
        asking({"date": "2025", "recurrence": "annual"}),
        start=day("2027-06-01"),
        horizon=day("2028-12-31"),
    )
    assert found == [("2027", 3, False), ("2028", 4, False)]
    assert times(asking({"recurrence": "standing"}), start=day("2030-01-01")) == [
        ("open", None, False)
    ]


WINDOWS = (
    ("2027-01-01", "2027-12-31", "2027"),
    ("2026-09-01", "2026-09-30", "2026-09"),
    ("2026-02-01", "2026-02-27", "2026-02-01 to 2026-02-27"),
    ("2026-09-02", "2026-09-30", "2026-09-02 to 2026-09-30"),
    ("2026-01-01", "2027-12-31", "2026-01-01 to 2027-12-31"),
    ("2026-07-06", "2026-07-06", "2026-07-06"),
    ("9999-12-01", "9999-12-31", "9999-12"),
)


@pytest.mark.parametrize(("first", "last", "said"), WINDOWS)
def test_a_window_is_said_in_few_words(first: str, last: str, said: str) -> None:
    """A whole year or month is named; what is neither has its two ends."""
    entry = Entry("1-1/1.1", "Report", "mandate", Window(day(first), day(last)), Due(event="x"))
    assert entry.when == said


# --- road maps ------------------------------------------------------------------------------------


def test_a_milestone_says_who_answers_for_it() -> None:
    """The lead of its activity, or the owners where none leads; to whom its road map is reported;
    how far it is.
    """
    (entry,) = calendar(Corpus.of(planning({"date": "2027"}, milestone={"status": "under-way"})))
    assert attrs.astuple(entry, recurse=False)[:8] == (
        "map/a1.m1",
        "There",
        "milestone",
        Window(day("2027-01-01"), day("2027-12-31")),
        Due(date="2027"),
        ("itu",),
        ("cstd",),
        "under-way",
    )
    assert (entry.roadmap, entry.document) == ("map", None)
    (unled,) = calendar(Corpus.of(planning({"date": "2027"}, activity={"lead": None})))
    assert unled.who == ("ungis",)


def test_a_milestone_comes_round_while_its_activity_lasts() -> None:
    """It counts from the first year of the activity's period to the last; where that is silent, of
    the road map's.
    """
    annual, biennial = {"recurrence": "annual"}, {"recurrence": "biennial"}
    assert times(
        planning(
            annual,
            period={"start": "2027-03", "end": "2028"},
            whole={"start": "2026", "end": "2030"},
        )
    ) == [
        ("2027", 1, True),
        ("2028", 2, True),
    ]
    assert times(
        planning(biennial, period={"start": "2027"}, whole={"start": "2026", "end": "2030"})
    ) == [
        ("2028", 1, True),
        ("2030", 2, True),
    ]
    assert times(planning({"date": "2029", **annual}, period={"end": "2028"})) == [
        ("2029", 1, False)
    ]
    assert times(planning(annual)) == [("open", None, False)]


def test_what_is_cancelled_or_has_no_date_is_not_due() -> None:
    """A cancelled milestone, one of a cancelled activity, and one that names no time are left out."""
    assert times(planning({"date": "2027"}, milestone={"status": "cancelled"})) == []
    assert times(planning({"date": "2027"}, activity={"status": "cancelled"})) == []
    assert times(planning(None)) == []
    assert times(planning({"date": "2027"}, milestone={"status": "done"})) == [
        ("2027", None, False)
    ]


@pytest.mark.parametrize(
    ("due", "statuses"),
    [
        ({"date": "2026", "recurrence": "annual"}, ["done", "planned", "planned"]),
        ({"date": "2026-06-30", "recurrence": "biennial"}, ["done", "planned"]),
        ({"recurrence": "annual"}, ["done", "planned", "planned"]),
        ({"date": "2026"}, ["done"]),
        ({"recurrence": "periodic"}, ["done"]),
    ],
)
def test_what_comes_again_is_not_done_beforehand(due: dict[str, Any], statuses: list[str]) -> None:
    """Of a milestone that is done and recurs the first time is done, and each later one planned
    while work goes on, in a calendar program too.
    """
    corpus = Corpus.of(planning(due, milestone={"status": "done"}, period={"start": "2026"}))
    entries = calendar(corpus, horizon=day("2028-12-31"))

    over = Corpus.of(
        planning(
            due, milestone={"status": "done"}, period={"start": "2026"}, activity={"status": "done"}
        )
    )
    assert {entry.status for entry in calendar(over, horizon=day("2028-12-31"))} == {"done"}
    assert [entry.status for entry in entries] == statuses
    assert all(
        f"Status: {status}" in event.description
        for status, event in zip(statuses, events(entries, corpus), strict=False)
    )


def test_other_words_on_what_recurs_are_about_each_time() -> None:
    """Whoever is under way with what comes every year, or sees it at risk, does not say of which
    year.
    """
    for status in ("under-way", "at-risk"):
        found = calendar(
            Corpus.of(
                planning({"date": "2026", "recurrence": "annual"}, milestone={"status": status})
            ),
            horizon=day("2027-12-31"),
        )
        assert [entry.status for entry in found] == [status, status]


def test_a_superseded_road_map_is_listed_only_by_name() -> None:
    """Another has taken its place, and lists what is still due."""
    corpus = Corpus.of(planning({"date": "2027"}, status="superseded"))
    assert (len(calendar(corpus)), len(calendar(corpus, roadmap="map"))) == (0, 1)


def test_document_and_road_map_may_be_asked_for_together_or_alone() -> None:
    """One named gives what is in it; both give both; neither gives all."""
    other = planning({"date": "2027"}).replace(id="other")
    corpus = Corpus.of(asking({"date": "2026"}), planning({"date": "2028"}), other)

    def held(**asked: Any) -> list[str | None]:
        return [entry.document or entry.roadmap for entry in calendar(corpus, **asked)]

    assert held(document="1-1") == ["1-1"]
    assert held(roadmap="map") == ["map"]
    assert held(document="1-1", roadmap="map") == ["1-1", "map"]
    assert held() == ["1-1", "other", "map"]


def test_an_actor_sees_what_reaches_it_and_what_it_leads_or_owns() -> None:
    """Mandates through the bodies it is a member of, milestones it leads, and those of road maps it
    owns: no others.
    """
    member = Entity.model_validate(
        {"id": "itu", "name": "ITU", "roles": [{"role": "member", "of": "igf"}]}
    )
    entities = [
        member,
        *(Entity(id=each, name=Translations(en=each)) for each in ("igf", "ungis", "cstd", "undp")),
    ]
    theirs = planning({"date": "2029"}, activity={"lead": "undp"}).replace(id="theirs")
    corpus = Corpus.of(asking({"date": "2026"}), planning({"date": "2028"}), theirs, *entities)

    def due(actor: str) -> list[str | None]:
        return [entry.document or entry.roadmap for entry in calendar(corpus, actor=actor)]

    assert {actor: due(actor) for actor in ("itu", "igf", "ungis", "undp", "cstd")} == {
        "itu": ["1-1", "map"],
        "igf": ["1-1"],
        "ungis": ["map", "theirs"],
        "undp": ["theirs"],
        "cstd": [],
    }


def test_a_partner_sees_the_milestones_it_takes_part_in() -> None:
    """They are noted as such, beside how often they come round; who leads is still told. A lead or
    owner that is a partner too is no mere partner.
    """
    members: list[dict[str, Any]] = [
        {"id": "giga", "name": "Giga", "roles": [{"role": "member", "of": "unicef"}]},
        *({"id": i, "name": i} for i in ("unicef", "itu", "ungis")),
    ]
    plan = planning(
        {"date": "2030", "recurrence": "biennial"},
        activity={"partners": ["unicef", "itu", "ungis"]},
        period={"end": "2030"},
    )
    corpus = Corpus.of(plan, *map(Entity.model_validate, members))

    assert {
        each["id"]: [(entry.who, entry.note) for entry in calendar(corpus, actor=each["id"])]
        for each in members
    } == {
        "giga": [(("itu",), "every two years; as partner")],
        "unicef": [(("itu",), "every two years; as partner")],
        "itu": [(("itu",), "every two years")],
        "ungis": [(("itu",), "every two years")],
    }


def test_reporting_lines_are_followed_on_request(catalogue: Corpus) -> None:
    """What the General Assembly is to do is UNICEF's only by the line on which it reports to it."""
    for reporting_lines in (False, True):
        due = calendar(catalogue, actor="unicef", reporting_lines=reporting_lines)
        assert reporting_lines == ("80-173/127.1" in {entry.what for entry in due})


def test_an_actor_may_be_named_as_people_do(catalogue: Corpus) -> None:
    """A Regional Internet Registry is asked what its groups are asked; its acronym will do."""
    by_acronym, by_identifier = (
        calendar(catalogue, actor="RIPE NCC"),
        calendar(catalogue, actor="ripe-ncc"),
    )
    assert by_acronym == by_identifier
    assert "80-173/113.1" in {entry.what for entry in calendar(catalogue, actor="ITU")}


@pytest.mark.parametrize(
    "asked",
    [{"document": "80-174"}, {"roadmap": "no-map"}, {"actor": "nobody"}, {"actor": "80-173"}],
)
def test_names_that_name_nothing_are_refused(catalogue: Corpus, asked: dict[str, str]) -> None:
    """A document, road map or actor that is not there is told, not answered with an empty table."""
    with pytest.raises(UnknownIdentifier):
        calendar(catalogue, **asked)  # type: ignore[arg-type]  # the cases name one argument each


@given(testing.files())
def test_any_records_give_a_sorted_calendar(file: File) -> None:
    """Whatever records say, sound or not, there is a calendar, in order and within the horizon."""
    horizon = day("2035-12-31")
    found = calendar(Corpus.from_file(file), horizon=horizon)
    assert all(before.window <= after.window for before, after in itertools.pairwise(found))
    assert all(entry.window.earliest is None or entry.window.earliest <= horizon for entry in found)
    assert all(entry.counted <= (entry.occurrence is not None) for entry in found)
