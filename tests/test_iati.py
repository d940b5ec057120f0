"""IATI: road maps as activities, valid against the official schema and what IATI's validator asks
beyond it, read back as far as the format holds them; and what others write.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from okfn_iati import (  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]  # it has no types
    IatiMultiCsvConverter,
    IatiValidator,
)

import wsis_model as wsis
from wsis_model import (
    Activity,
    Corpus,
    LoadError,
    Period,
    Resource,
    Roadmap,
    WriteError,
)
from wsis_model._version import BASE_IRI
from wsis_model.interop import iati
from wsis_model.testing import (
    activities,
    alignments,
    indicators,
    milestones,
    objectives,
    observations,
    resources,
    roadmaps,
    targets,
)

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "data"
GENERATED = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
#: What the caller says where a case is about something else.
SAID: dict[str, Any] = {
    "reporting_org": "XM-DAC-41303",
    "recipient": "998",
    "sector": "22040",
    "planned_start": datetime.date(2026, 1, 1),
    "long_budgets": "split",
    "generated": GENERATED,
}
Xml = Any


@pytest.fixture(scope="module")
def faults(shared: Path) -> Callable[[bytes], list[str]]:
    """What the official schema has against a file."""
    schema = etree.XMLSchema(
        etree.parse(shared / "schemas" / "iati" / "iati-activities-schema.xsd")
    )

    def against(data: bytes) -> list[str]:
        schema.validate(etree.fromstring(data))
        log: Any = schema.error_log  # which the stubs do not know as a list
        return [str(each) for each in log]

    return against


@pytest.fixture(scope="module")
def context(catalogue: Corpus) -> Corpus:
    """The shipped corpus and the illustrative road maps."""
    return Corpus.union((catalogue, *(wsis.load(each) for each in example_files())))


def example_files() -> list[Path]:
    """The illustrative road maps."""
    return sorted(path for path in EXAMPLES.glob("*roadmap*.yaml") if "fault" not in path.name)


@pytest.fixture(scope="module")
def illustrated(context: Corpus) -> bytes:
    """The illustrative road map of Action Line C2."""
    return iati.write(context, "c2-roadmap", scope="1", context=context, **SAID)


def said(**changes: Any) -> dict[str, Any]:
    """What the caller says, with a publisher whom no corpus has to know."""
    return {**SAID, **NAMED, **changes}


def plan(**fields: Any) -> Roadmap:
    """A road map of which a case names only what it is about."""
    return Roadmap.model_validate({"id": "plan", "title": "Plan", "owners": ("itu",), **fields})


def an_activity(**fields: Any) -> Activity:
    """An activity of it."""
    return Activity.model_validate({"id": "plan/a1", "title": "Map", **fields})


def money(**fields: Any) -> Resource:
    """A resource, given as people write it."""
    return Resource.model_validate(fields)


def root_of(data: bytes) -> Xml:
    """The root of a file."""
    return etree.fromstring(data)


def written(*activities: Activity, **changes: Any) -> Xml:
    """The root of a road map with these activities."""
    roadmap = plan(activities=activities)
    return root_of(iati.write(Corpus(roadmaps=(roadmap,)), **said(**changes)))


#: A publisher whom no corpus has to know.
NAMED: dict[str, Any] = {"reporting_org": iati.Organisation("XM-DAC-41303", "40", "ITU")}


def told(**changes: Any) -> list[tuple[str, str, tuple[str | int, ...], tuple[str, ...]]]:
    """Code, record, path and near misses of what is told of a road map."""
    roadmap = changes.pop("roadmap", plan())
    corpus = changes.pop("corpus", Corpus(roadmaps=(roadmap,)))
    with pytest.raises(WriteError) as caught:
        iati.write(corpus, **said(**changes))
    assert caught.value.format == "iati"
    return [(each.code, each.record, each.path, each.meant) for each in caught.value.problems]


# --- what is written ------------------------------------------------------------------------------


def test_the_example_is_valid(illustrated: bytes, faults: Callable[[bytes], list[str]]) -> None:
    """The official schema has nothing against the illustrative road map."""
    assert [] == faults(illustrated)


def test_every_road_map_in_one_file(context: Corpus, faults: Callable[[bytes], list[str]]) -> None:
    """Where none is named, all road maps of the corpus are written, each at the top of its own."""
    data = iati.write(context, context=context, **SAID)

    assert [] == faults(data)
    assert len(context.roadmaps) == len(root_of(data).xpath("iati-activity[@hierarchy='1']")) > 1


def test_activities_stand_below_their_road_map(illustrated: bytes) -> None:
    """An activity for the road map, and one below it for each of its activities, which name each
    other.
    """
    root = root_of(illustrated)
    top = root.xpath("iati-activity[@hierarchy='1']/iati-identifier/text()")
    below = root.xpath("iati-activity[@hierarchy='2']/iati-identifier/text()")

    assert ["XM-DAC-41303-c2-roadmap"] == top
    assert "XM-DAC-41303-c2-roadmap:a1" == below[0]
    assert below == root.xpath("iati-activity[1]/related-activity[@type='2']/@ref")
    assert top * len(below) == root.xpath("//related-activity[@type='1']/@ref")


def test_who_takes_part_by_role(context: Corpus) -> None:
    """Who leads is accountable, partners carry out, funders fund; with the reference where it is
    known and the type where there is no doubt.
    """
    activity = an_activity(
        lead="itu",
        co_leads=("unesco",),
        partners=("groups/civil-society", "apnic"),
        resources=(money(kind="funding", amount=1, currency="CHF", funder="world-bank"),),
        period=Period(start="2026", end="2026"),
    )
    root = written(activity, context=context, refs={"apnic": "AU-ABN-42081528010"})

    assert [
        ("2", "XM-DAC-41303", "40"),
        ("2", "XM-DAC-41304", "40"),
        ("4", None, None),
        ("4", "AU-ABN-42081528010", None),
        ("1", None, "40"),
    ] == [
        (each.get("role"), each.get("ref"), each.get("type"))
        for each in root.xpath("iati-activity[2]/participating-org")
    ]


def test_owners_answer_for_what_names_nobody(context: Corpus) -> None:
    """IATI demands a participant: the owner of the road map, where an activity names none."""
    root = written(an_activity(), context=context)

    assert [("2", "XM-DAC-41303")] == [
        (each.get("role"), each.get("ref"))
        for each in root.xpath("iati-activity[2]/participating-org")
    ]


@pytest.mark.parametrize(
    ("identifier", "vocabulary", "code", "uri"),
    [
        ("sdg/9", "2", "9", None),
        ("sdg/9.c", "3", "9.c", None),
        ("sdg/9.c.1", "99", "9.c.1", "http://metadata.un.org/sdg"),
        ("action-lines/c2", "99", "c2", f"{BASE_IRI}action-lines"),
        ("gdc/11-a", "99", "11-a", f"{BASE_IRI}gdc"),
    ],
)
def test_alignments_are_tags(
    identifier: str, vocabulary: str, code: str, uri: str | None, catalogue: Corpus
) -> None:
    """Goals and targets are in the vocabularies that IATI has for them, indicators in the UN's own,
    all else in ours; each with what people call it.
    """
    activity = an_activity(
        alignments=[{"concept": identifier, "basis": "editorial"}],
    )
    (tag,) = written(activity, context=catalogue).xpath("//tag")

    assert (vocabulary, code, uri) == (
        tag.get("vocabulary"),
        tag.get("code"),
        tag.get("vocabulary-uri"),
    )
    assert tag.findtext("narrative")


def test_answers_are_tags_with_the_paragraph(catalogue: Corpus) -> None:
    """A mandate that is answered is cited the way the field does."""
    activity = an_activity(answers=("80-173/37.1",))
    (tag,) = written(activity, context=catalogue).xpath("//tag")

    assert ("37.1", "A/RES/80/173, para. 37, mandate 1") == (
        tag.get("code"),
        tag.findtext("narrative"),
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [("planned", "1"), ("under-way", "2"), ("done", "4"), ("cancelled", "5"), ("suspended", "6")],
)
def test_every_status_has_a_code(status: str, code: str) -> None:
    """Of an activity; and a road map of which all activities have one status has it too."""
    root = written(an_activity(status=status))

    assert [code, code] == root.xpath("//activity-status/@code")


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ((), "1"),
        (("planned", "under-way"), "2"),
        (("planned", "done"), "2"),
        (("planned", "cancelled"), "1"),
        (("done", "cancelled"), "4"),
    ],
)
def test_a_road_map_has_come_as_far_as_its_activities(statuses: tuple[str, ...], code: str) -> None:
    """It is under way as soon as one of them is or was."""
    activities = [an_activity(id=f"plan/a{n}", status=status) for n, status in enumerate(statuses)]

    assert code == written(*activities).xpath("iati-activity[1]/activity-status/@code")[0]


def test_dates_come_from_period_and_milestones() -> None:
    """The planned end is that of the period, or else the day on which the last milestone is due;
    the real end of what is done is the day on which the last was reached.
    """
    milestones = (
        {"id": "plan/a1.m1", "title": "Half", "due": {"date": "2026-06"}, "reached": "2026-07-02"},
        {"id": "plan/a1.m2", "title": "All", "due": {"date": "2026-10"}, "reached": "2026-09-30"},
        {"id": "plan/a1.m3", "title": "More", "due": {"date": "2026"}, "status": "cancelled"},
    )
    period = Period(start="2026-02")
    activity = an_activity(status="done", period=period, milestones=milestones)

    assert [("1", "2026-02-01"), ("3", "2026-12-31"), ("4", "2026-09-30")] == [
        (each.get("type"), each.get("iso-date"))
        for each in written(activity).xpath("iati-activity[2]/activity-date")
    ]


def test_what_happened_is_a_real_date(faults: Callable[[bytes], list[str]]) -> None:
    """The days on which an activity began and was finished; where it says when it began, nobody
    has to say when it should have. A road map is of the day on which it was issued.
    """
    activity = an_activity(started="2026-03-02", finished="2026-06-30")
    roadmap = plan(issued="2026-11-24", activities=[activity])
    root = root_of(data := iati.write(Corpus(roadmaps=(roadmap,)), **said(planned_start=None)))

    assert [] == faults(data)
    assert [("2", "2026-03-02"), ("4", "2026-06-30")] == [
        (each.get("type"), each.get("iso-date"))
        for each in root.xpath("iati-activity[2]/activity-date")
    ]
    assert {"2026-11-24T00:00:00Z"} == set(root.xpath("//@last-updated-datetime"))
    assert roadmap == iati.read(data).roadmap


def test_for_whom_it_is_done_is_a_description(catalogue: Corpus) -> None:
    """Of the type for target groups, as no role of an organisation is for them."""
    root = written(an_activity(beneficiaries=("groups/youth",)), context=catalogue)

    assert ["Youth"] == root.xpath("//description[@type='3']/narrative[not(@*)]/text()")


def test_a_milestone_is_a_result(catalogue: Corpus) -> None:
    """One is to be reached by the end of the period in which it is due, and one was."""
    milestone = {
        "id": "plan/a1.m1",
        "title": "Report sent",
        "due": {"session": "sessions/cstd-30"},
        "reached": "2027-03-01",
        "deliverable": "deliverables/report",
        "evidence": [
            {"title": "Report", "url": "https://a.example/report.PDF", "date": "2027-03-02"}
        ],
    }
    activity = an_activity(milestones=[milestone])
    (result,) = written(activity, context=catalogue).xpath("iati-activity[2]/result")
    (period,) = result.xpath("indicator/period")

    assert "report" == result.find("reference").get("code")
    assert "application/pdf" == result.find("document-link").get("format")
    assert "2027-12-31" == period.find("period-end").get("iso-date")
    assert ("1", "1", "2027-03-01") == (
        period.find("target").get("value"),
        period.find("actual").get("value"),
        period.findtext("actual/comment/narrative"),
    )


def test_indicators_stand_with_the_objective_that_they_measure(illustrated: bytes) -> None:
    """In a result of its objective: measure, direction, baseline, and a period for each target and
    observation, with the unit in the title, as IATI has no field for it.
    """
    (result,) = root_of(illustrated).xpath(
        "iati-activity[1]/result[title/narrative[starts-with(., 'Women and girls')]]"
    )
    (indicator,) = result.xpath("indicator")

    assert "Women using the Internet (percent of women)" == indicator.findtext("title/narrative")
    assert ("2", "1") == (indicator.get("measure"), indicator.get("ascending"))
    assert ("2025", "71") == tuple(indicator.find("baseline").attrib.values())
    assert [("2026-12-31", None, "75.6"), ("2030-12-31", "90", None)] == [
        (
            each.find("period-end").get("iso-date"),
            *(
                None if (found := each.find(name)) is None else found.get("value")
                for name in ("target", "actual")
            ),
        )
        for each in indicator.xpath("period")
    ]


@pytest.mark.parametrize(
    ("period", "amount", "parts"),
    [
        (("2026", "2026"), "10", [("2026-01-01", "2026-12-31", "10")]),
        (
            ("2026-03", "2027-03-01"),
            "10",
            [("2026-03-01", "2027-03-01", "10")],
        ),
        (
            ("2026", "2028"),
            "10",
            [
                ("2026-01-01", "2026-12-31", "3.33"),
                ("2027-01-01", "2027-12-31", "3.33"),
                ("2028-01-01", "2028-12-31", "3.34"),
            ],
        ),
        (
            ("2026", "2027-03"),
            "455",
            [("2026-01-01", "2026-12-31", "365.00"), ("2027-01-01", "2027-03-31", "90.00")],
        ),
        (
            ("2024-02-29", "2025-12-31"),
            "1",
            [("2024-02-29", "2025-02-27", "0.54"), ("2025-02-28", "2025-12-31", "0.46")],
        ),
    ],
)
def test_money_for_years_is_split_when_asked(
    period: tuple[str, str], amount: str, parts: list[tuple[str, str, str]]
) -> None:
    """In equal parts of a year, or by days where the last year is not whole; together they are what
    the road map says.
    """
    resource = money(
        kind="funding",
        amount=amount,
        currency="CHF",
        status="committed",
        period=Period(start=period[0], end=period[1]),
    )
    budgets = written(an_activity(resources=[resource])).xpath("//budget")

    assert parts == [
        (
            *(each.find(name).get("iso-date") for name in ("period-start", "period-end")),
            each.findtext("value"),
        )
        for each in budgets
    ]
    assert {"2"} == {each.get("status") for each in budgets}
    assert Decimal(amount) == sum(Decimal(each.findtext("value")) for each in budgets)


def test_what_is_no_money_is_no_budget() -> None:
    """Staff, and an amount of which nobody says the currency."""
    resources = [money(kind="staff", within_existing=True), money(kind="people", amount=3)]

    assert [] == written(an_activity(resources=resources)).xpath("//budget")


def test_texts_are_in_the_language_of_the_file_first() -> None:
    """Narratives in the language of the file do not name it; others do."""
    title = {"en": "Maps", "fr": "Cartes", "zh-Hant": "地圖"}
    root = written(an_activity(title=title), language="fr")

    assert [(None, "Cartes"), ("en", "Maps"), ("zh-Hant", "地圖")] == [
        (each.get("{http://www.w3.org/XML/1998/namespace}lang"), each.text)
        for each in root.xpath("iati-activity[2]/title/narrative")
    ]


def test_equal_arguments_give_equal_bytes(context: Corpus, illustrated: bytes) -> None:
    """With the time of writing given."""
    assert illustrated == iati.write(context, "c2-roadmap", scope="1", context=context, **SAID)


# --- what IATI demands ----------------------------------------------------------------------------


def test_everything_that_is_missing_is_told_at_once() -> None:
    """Who publishes, where, in which sector, when it begins, and for how long the money is."""
    funding = money(kind="funding", amount=5, currency="CHF")
    activity = an_activity(resources=[funding])
    roadmap = plan(activities=(activity,))
    nothing = dict.fromkeys(("reporting_org", "recipient", "sector", "planned_start"))

    assert [
        ("iati-missing", "", ("reporting_org",), ()),
        ("iati-missing", "", ("recipient",), ()),
        ("iati-missing", "", ("sector",), ()),
        ("iati-missing", "plan/a1", ("period", "start"), ()),
        ("iati-missing", "plan/a1", ("resources", 0, "period"), ()),
    ] == told(roadmap=roadmap, **nothing)


@pytest.mark.parametrize(
    ("changes", "path", "meant"),
    [
        ({"reporting_org": iati.Organisation("X Y", "40", "ITU")}, "reporting_org.ref", ()),
        (
            {"reporting_org": iati.Organisation("GB-COH-1", "multilateral", "Maps")},
            "reporting_org.type",
            ("40",),
        ),
        ({"recipient": "KEN"}, "recipient", ("KE",)),
        ({"recipient": "Kenya"}, "recipient", ("KE",)),
        ({"recipient": "Africa"}, "recipient", ("298",)),
        ({"recipient": "KEN:60, UG:40"}, "recipient", ("KE",)),
        ({"recipient": "KE:60, UG:30"}, "recipient.percentage", ()),
        ({"recipient": "KE"}, None, ()),
        ({"recipient": "KE:120, UG:-20"}, "recipient", ()),
        ({"recipient": "KE:60, 298:40"}, None, ()),
        ({"sector": "2204"}, "sector", ("22040",)),
        ({"sector": "12/x"}, None, ()),
        ({"sector": "77/x"}, "sector", ()),
        ({"sector": "22040:50, 2/220:100, 22020:50"}, None, ()),
        ({"sector": "22040:50, 22020:40"}, "sector.percentage", ()),
        ({"sector": [iati.Share("c2", vocabulary="99")]}, "sector.name", ()),
        ({"scope": "global"}, "scope", ("1",)),
        ({"default_currency": "sfr"}, "default_currency", ("CHF",)),
        ({"long_budgets": "both"}, "long_budgets", ("refuse", "split")),
        ({"language": "English"}, "language", ()),
        ({"refs": {"apnic": "a/b"}}, "refs.apnic", ()),
    ],
)
def test_codes_of_arguments_are_checked(
    changes: dict[str, Any], path: str | None, meant: tuple[str, ...], catalogue: Corpus
) -> None:
    """Against the lists of IATI, with the code that was meant; percentages are 100 together."""
    if path is None:
        assert b"<iati-activity" in iati.write(
            Corpus(roadmaps=(plan(),)),
            **said(**changes),
        )
        return
    ((_, record, found, near),) = told(context=catalogue, **changes)

    assert ("", (path,), meant) == (record, found, near)


def test_several_places_need_their_percentages() -> None:
    """Of two countries each has its share."""
    assert [("iati-missing", "", ("recipient.percentage",), ())] == told(recipient="KE, UG")


def test_a_publisher_is_known_by_what_the_corpus_says_of_it(catalogue: Corpus) -> None:
    """By its acronym or its reference; of one that is in no list, what is missing is told."""
    corpus = Corpus(roadmaps=(plan(),))
    for name in ("UNESCO", "unesco", "XM-DAC-41304"):
        data = iati.write(corpus, context=catalogue, **said(reporting_org=name))
        organisation = root_of(data).find("iati-activity/reporting-org")
        assert ("XM-DAC-41304", "40") == (organisation.get("ref"), organisation.get("type"))
    assert [("reporting_org.ref",), ("reporting_org.type",)] == [
        path for _, _, path, _ in told(reporting_org="APNIC", context=catalogue)
    ]
    assert [("reporting_org.type",), ("reporting_org.name",)] == [
        path for _, _, path, _ in told(reporting_org="GB-COH-1", context=catalogue)
    ]


_YEARS, _BACK = {"start": "2026", "end": "2027"}, {"start": "2027", "end": "2026"}


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"period": Period(start="2027", end="2026")}, "iati-dates", ("period",)),
        (
            {"resources": [{"kind": "f", "amount": 1, "currency": "CHF", "period": _YEARS}]},
            "iati-long-budget",
            ("resources", 0, "period"),
        ),
        (
            {"resources": [{"kind": "f", "amount": 1, "currency": "CHF", "period": _BACK}]},
            "iati-dates",
            ("resources", 0, "period"),
        ),
        (
            {
                "status": "done",
                "milestones": [{"id": "plan/a1.m1", "title": "M", "reached": "2026-11-28"}],
            },
            "iati-dates",
            (),
        ),
        ({"started": "2026-11-28"}, "iati-dates", ()),
        ({"started": "2026-11-02", "finished": "2026-11-01"}, "iati-dates", ("finished",)),
        (
            {"extensions": {"iati:identifier": "GB-COH-1-X"}},
            "iati-identifier",
            ("extensions", "iati:identifier"),
        ),
        (
            {"extensions": {"iati:identifier": "XM-DAC-41303-plan"}},
            "iati-identifier",
            ("extensions", "iati:identifier"),
        ),
    ],
)
def test_what_the_rules_of_iati_forbid_is_told(
    fields: dict[str, Any], code: str, path: tuple[str | int, ...]
) -> None:
    """Dates out of order or real ones to come, budgets of more than a year, identifiers that do not
    begin with that of who reports or that are there twice.
    """
    activity = an_activity(**fields)
    roadmap = plan(activities=(activity,))

    assert [(code, "plan/a1", path, ())] == told(roadmap=roadmap, long_budgets="refuse")


def test_no_road_map_is_no_file() -> None:
    """The schema demands an activity at least."""
    assert [("iati-missing", "", ("roadmap",), ())] == told(corpus=Corpus())
    with pytest.raises(wsis.UnknownIdentifier):
        iati.write(Corpus(), "plan", **said())


def test_an_activity_keeps_the_identifier_under_which_it_is_published() -> None:
    """As its extensions say, there and back."""
    given = {"iati:identifier": "XM-DAC-41303-2019-7"}
    roadmap = plan(
        extensions={"iati:identifier": "XM-DAC-41303-2019"},
        activities=[an_activity(extensions=given)],
    )
    data = iati.write(Corpus(roadmaps=(roadmap,)), **said())

    assert ["XM-DAC-41303-2019", "XM-DAC-41303-2019-7"] == root_of(data).xpath(
        "//iati-identifier/text()"
    )
    assert roadmap == iati.read(data).roadmap


#: Rules of IATI beyond its schema (`js-validator-api`, data quality rules), as XPath that finds
#: what breaks them.
RULES = {
    "1.1.2": "//iati-activity[iati-identifier = preceding::iati-identifier]",
    "1.1.21": "//iati-activity[not(starts-with(iati-identifier, concat(reporting-org/@ref, '-')))]",
    "1.3.13": "//iati-identifier[translate(., '/&|?', '') != .]",
    "2.1.2": "//iati-activity[sector[@vocabulary='1'][2]]"
    "[sum(sector[@vocabulary='1']/@percentage) != 100]",
    "3.7.1": "//iati-activity[not(recipient-country or recipient-region)]",
    "4.3.1": "//title[not(narrative[normalize-space()])]",
    "4.4.1": "//description[not(narrative[normalize-space()])]",
    "6.2.2": "//iati-activity[not(sector)]",
    "6.10.1": "//participating-org[not(@ref) and not(narrative)]",
    "6.11.1": "//iati-activity[not(activity-date[@type='1' or @type='2'])]",
    "7.5.2": "//budget[not(value/@value-date)]",
    "7.8.1": "//budget/value[not(@currency)]",
    "8.10.1": "//actual[not(@value)]",
    "8.11.1": "//result[reference][indicator/reference]",
    "8.8.1": "//baseline[not(@value)]",
    "8.9.1": "//target[not(@value)]",
    "9.95.1": "//iati-activity[not(@xml:lang)]",
}
ORDERED = {
    "11.1.2": ("//iati-activity", "activity-date[@type='1']", "activity-date[@type='3']"),
    "8.6.1": ("//period", "period-start", "period-end"),
    "8.6.3": ("//budget", "period-start", "period-end"),
}


def broken_rules(root: Xml) -> list[str]:
    """The rules beyond the schema that a file breaks."""
    broken = [code for code, rule in RULES.items() if root.xpath(rule)]
    for code, (where, first, last) in ORDERED.items():
        for each in root.xpath(where):
            days = [found.get("iso-date") for name in (first, last) for found in each.xpath(name)]
            broken += [code] if days != sorted(days) else []
    return broken


def test_the_rules_of_iati_find_nothing(illustrated: bytes) -> None:
    """Of its validator, on the illustrative road map; and they would find something."""
    assert [] == broken_rules(root_of(illustrated))
    spoilt = illustrated.replace(b"XM-DAC-41303-c2", b"GB-COH-1-c2").replace(
        b'type="1" iso-date="2026', b'type="1" iso-date="2036'
    )
    assert ["1.1.21", "11.1.2"] == sorted(set(broken_rules(root_of(spoilt))))


def test_a_program_of_others_reads_it(illustrated: bytes, tmp_path: Path) -> None:
    """The validator and the reader of Open Knowledge (okfn-iati) find what we wrote."""
    validated = IatiValidator().validate(illustrated.decode())
    source = tmp_path / "c2.xml"
    source.write_bytes(illustrated)
    assert IatiMultiCsvConverter().xml_to_csv_folder(source, tmp_path / "tables")

    def rows(name: str) -> list[dict[str, str]]:
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    assert (True, {"schema_errors": [], "ruleset_errors": []}) == validated
    assert 14 == len(rows("activities"))
    assert {"XM-DAC-41303"} == {each["reporting_org_ref"] for each in rows("activities")}
    assert "77.2" in {each["actual_value"] for each in rows("indicator_periods")}
    assert Decimal(12_000_000) == sum(
        Decimal(each["value"])
        for each in rows("budgets")
        if each["activity_identifier"] == "XM-DAC-41303-c2-roadmap:a4"
    )


# --- there and back -------------------------------------------------------------------------------


def test_the_examples_come_back(context: Corpus) -> None:
    """What is read is what is kept, of every illustrative road map."""
    data = iati.write(context, context=context, **SAID)

    assert [iati.kept(each) for each in context.roadmaps] == [*iati.read(data).roadmaps]


def test_what_is_told_by_who_publishes_is_left_out(illustrated: bytes) -> None:
    """Reading says what no road map holds: who reports, where, in which sector; with the line."""
    found = iati.read(illustrated)

    assert {"who publishes says it, not the road map"} == {each.reason for each in found.left_out}
    assert 14 * 4 == len(found.left_out)
    assert all(each.position.line for each in found.left_out)
    assert () == found.entities


def in_order(period: Period | None) -> Period | None:
    """A period that does not end before it begins."""
    if period is None or period.start is None or period.end is None:
        return period
    start, end = sorted((period.start, period.end), key=lambda each: f"{each}-01-01"[:10])
    return Period(start=start, end=end if start[:4] != end[:4] else start[:4])


def amounts_of_money() -> st.SearchStrategy[Resource]:
    """A resource that is money."""
    numbers = st.decimals(-10, 10**9, places=3, allow_nan=False)
    spans = st.sampled_from((("2026", "2026"), ("2026-03", "2029-07-15")))
    made = st.tuples(resources(), numbers, st.sampled_from(("CHF", "USD", "XAF")), spans)
    return made.map(
        lambda given: given[0].replace(
            amount=given[1],
            currency=given[2],
            period=Period(start=given[3][0], end=given[3][1]),
        )
    )


#: Periods of activities; one for each of those that is made up.
LASTING = (Period(start="2025", end="2031-02"), Period(start="2026-02-03"), None)


@st.composite
def publishable(draw: st.DrawFn) -> Roadmap:
    """Any road map with something in it, with names that differ and periods in order."""
    objective = draw(st.lists(objectives(), max_size=3))
    goals = [each.replace(id=f"{each.id}-o{n}") for n, each in enumerate(objective)]
    works = [
        each.replace(
            id=f"{each.id}-a{n}",
            period=draw(st.sampled_from(LASTING)) or in_order(each.period),
            finished=max(filter(None, (each.started, each.finished)), default=None),
            milestones=draw(st.lists(milestones(), max_size=3)),
            resources=[
                *draw(st.lists(amounts_of_money(), max_size=3)),
                *draw(
                    st.lists(resources().map(lambda other: other.replace(amount=None)), max_size=3)
                ),
            ],
            alignments=draw(st.lists(alignments(), max_size=3)),
        )
        for n, each in enumerate(draw(st.lists(activities(), min_size=1, max_size=3)))
    ]
    names = [*(each.id for each in goals), *(each.id for each in works)]
    measured = [
        each.replace(
            id=f"{each.id}-i{n}",
            measures=draw(st.lists(st.sampled_from(names), unique=True, max_size=3)),
            targets=draw(st.lists(targets(), max_size=3)),
            observations=draw(st.lists(observations(), max_size=3)),
        )
        for n, each in enumerate(draw(st.lists(indicators(), max_size=3)))
    ]
    roadmap = draw(roadmaps())
    return roadmap.replace(
        id=f"{roadmap.id}-r",
        period=in_order(roadmap.period),
        objectives=goals,
        activities=works,
        indicators=measured,
    )


@given(publishable(), st.sampled_from(("en", "fr", "zh-Hant")))
def test_what_is_read_is_what_is_kept(
    faults: Callable[[bytes], list[str]], roadmap: Roadmap, language: str
) -> None:
    """Of any road map that IATI takes, whatever its texts; and the file is valid."""
    stated = said(
        planned_start=datetime.date.min,
        language=language,
        generated=datetime.datetime(9998, 1, 1, tzinfo=datetime.UTC),
    )
    try:
        data = iati.write(Corpus(roadmaps=(roadmap,)), **stated)
    except WriteError as error:
        told = {each.code for each in error.problems}
        assert {"iati-missing", "iati-dates"} >= told
        return

    assert [] == faults(data)
    assert [] == broken_rules(root_of(data))
    assert iati.kept(roadmap, language=language) == iati.read(data).roadmap


# --- what others write ----------------------------------------------------------------------------

OTHERS = Path(__file__).parent / "fixtures" / "iati" / "others.xml"


@pytest.fixture(scope="module")
def others(catalogue: Corpus) -> iati.RoadmapReading:
    """The file of others, read with the shipped catalogue."""
    return iati.read(OTHERS, context=catalogue)


def test_the_file_of_others_is_read_as_a_road_map_for_each_reporter(
    others: iati.RoadmapReading,
) -> None:
    """Each is of the organisation that reports, which becomes an entity where nobody knows it; an
    activity has a name of its own whatever it is called.
    """
    first, second = others.roadmaps

    assert ("xx-ong-17-activities", ("xx-ong-17",)) == (first.id, first.owners)
    assert ("itu-activities", ("itu",)) == (second.id, second.owners)
    assert ["cartes-2026", "cartes-2026-2"] == [
        each.id.rpartition("/")[2] for each in first.activities
    ]
    assert {"xx-ong-17": "Maps for all", "atelier-12": "Atelier 12"} == {
        each.id: str(each.name) for each in others.entities
    }
    assert "XX-ONG-17" == others.entities[0].extensions["iati:ref"]
    assert {"xx-ong-17-activities/cartes-2026", "atelier-12"} <= set(others.corpus)


def test_an_activity_of_others_field_by_field(others: iati.RoadmapReading) -> None:
    """What has a field is there: texts, dates, participants by role, tags, budgets in numbers."""
    activity = others.roadmap.activities[0]

    assert {"fr": "Dessiner les écoles", "en": "Draw the schools"} == activity.title
    assert "Premier paragraphe.\n\nSecond paragraphe." == activity.description
    assert (Period(start="2026-01-15", end="2027-12-31"), "2026-02-01") == (
        activity.period,
        str(activity.started),
    )
    assert ("xx-ong-17", ("itu", "atelier-12")) == (activity.lead, activity.partners)
    assert ["sdg/9.c", "sdg/4", "sdg/4.a.1", "action-lines/c2"] == [
        each.concept for each in activity.alignments
    ]
    assert [("unicef", None, None, None), (None, Decimal("2500.5"), "KES", "indicative")] == [
        (each.funder, each.amount, each.currency, each.status) for each in activity.resources
    ]
    assert "under-way" == activity.status.value
    assert {"iati:identifier": "XX-ONG-17-CARTES/2026"} == activity.extensions


def test_a_file_is_known_by_its_content(illustrated: bytes, tmp_path: Path) -> None:
    """Whatever it is called, loading reads it."""
    path = tmp_path / "file"
    path.write_bytes(illustrated)

    assert iati.read(illustrated).corpus == wsis.load(path)
    assert "xx-ong-17-activities" in wsis.load(OTHERS)


def test_results_of_others_are_objectives_and_indicators(others: iati.RoadmapReading) -> None:
    """A result is an objective that its indicators measure; a period that is no year, month or day
    counts with its last day.
    """
    (objective,) = others.roadmap.objectives
    (indicator,) = others.roadmap.indicators

    assert "Des écoles reliées" == objective.statement["fr"]
    assert (objective.id, others.roadmap.activities[0].id) == indicator.measures
    assert ("percent", "increase", "sdg/4.a.1") == (
        indicator.unit,
        indicator.direction and indicator.direction.value,
        indicator.sdg_indicator,
    )
    assert indicator.baseline
    assert (Decimal(40), "2025", "enquête") == (
        indicator.baseline.value,
        indicator.baseline.when,
        indicator.baseline.note,
    )
    assert [(Decimal(60), "2026"), (Decimal(80), "2027-06-30")] == [
        (each.value, each.by) for each in indicator.targets
    ]


def test_what_finds_no_place_is_told_with_its_line(others: iati.RoadmapReading) -> None:
    """Texts in another language, what no field holds, and values that are none."""
    lines = OTHERS.read_text(encoding="utf-8").splitlines()
    told = [(each.text, each.reason) for each in others.left_out]

    for each in others.left_out:
        assert each.position.line
        assert each.position.line <= len(lines)
    for text in (
        "In English.",
        "Toutes les écoles sur la carte",
        "participating-org 4",
        "other-identifier A-7 A3",
        "recipient-country KE 100",
        "sector 1 22040",
        "tag 1 c_2018",
        "1,000",
        "environ 50",
        "dimension sex all",
        "related-activity XX-ONG-17-AUTRE 3",
        "activity-status 8",
    ):
        assert text in [each for each, _ in told], text
    assert told == [
        (each.text, each.reason)
        for each in sorted(others.left_out, key=lambda each: each.position.line or 0)
    ]


def test_what_others_wrote_can_be_written(
    others: iati.RoadmapReading, faults: Callable[[bytes], list[str]], catalogue: Corpus
) -> None:
    """As a road map of its publisher, whose reference its entity has."""
    context = Corpus.union((catalogue, others.corpus))
    organisation = iati.Organisation("xx-ong-17", "22")
    (first, _) = others.roadmaps
    first = first.replace(activities=[each.replace(extensions={}) for each in first.activities])
    data = iati.write(
        Corpus(roadmaps=(first,)), context=context, **said(reporting_org=organisation)
    )

    assert [] == faults(data)
    assert iati.kept(first) == iati.read(data).roadmap


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xml"),
        (b"<iati-activities", "not-xml"),
        (b"<akomaNtoso/>", "not-iati"),
        (b"<iati-organisations/>", "not-iati"),
        (b"<iati-activities version='2.03'/>", "no-activities"),
        (b"<iati-activities version='1.05'><iati-activity/></iati-activities>", "iati-version"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><iati-activities>&b;</iati-activities>", "dtd"),
        (b"<iati-activities>" + b"<a>" * 300 + b"</a>" * 300 + b"</iati-activities>", "not-xml"),
        (b"<iati-activities x='" + b"y" * 11_000_000 + b"'/>", "not-xml"),
    ],
    ids=lambda value: value[:40].decode() if isinstance(value, bytes) else value,
)
def test_what_is_no_file_of_activities_is_refused(data: bytes, code: str) -> None:
    """With the place and a code; also what is nested too deep, or has attributes without bounds."""
    with pytest.raises(LoadError) as caught:
        iati.read(data)

    (problem,) = caught.value.problems
    assert (code, "<data>") == (problem.code, problem.position.file)
    assert len(str(problem)) < 1000


def test_a_bomb_of_entities_is_not_opened(shared: Path) -> None:
    """The XML bombs of others are refused."""
    bombs = sorted((shared / "suites" / "xml").glob("**/*.xml"))
    assert bombs
    for path in bombs:
        with pytest.raises(LoadError):
            iati.read(path)


@pytest.mark.parametrize("date", ["99999999999999999999", "2026-1", "soon", "2026-02-30", ""])
def test_a_mark_that_is_no_date_is_passed_over(date: str) -> None:
    """The day of the file counts where ours says nothing that it could have been made of."""
    data = iati.write(
        Corpus(roadmaps=(plan(activities=[an_activity(period={"start": "2026"})]),)), **said()
    )
    spoilt_mark = data.replace(b'wsis:date="2026"', f'wsis:date="{date}"'.encode())

    assert Period(start="2026-01-01") == iati.read(spoilt_mark).roadmap.activities[0].period


def spoilt(data: bytes, draw: Any) -> bytes:
    """A file with a few things changed: signs, attributes and elements taken from one place and put
    in another.
    """
    pieces = re.findall(rb"<[^>]*>|[^<]+", data)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(pieces) - 1))
        what = draw(st.integers(0, 5))
        if what == 0:
            pieces[place] = pieces[draw(st.integers(0, len(pieces) - 1))]
        elif what == 1:
            pieces[place] = b""
        elif what == 2:
            pieces[place] = re.sub(rb'"[^"]*"', b'"%s"' % draw(VALUES), pieces[place], count=1)
        elif what == 3:
            pieces[place] = re.sub(rb'[\w:-]+="[^"]*"', b"", pieces[place], count=1)
        elif what == 4 and not pieces[place].startswith(b"<"):
            pieces[place] = draw(VALUES)
        else:
            piece = bytearray(pieces[place])
            if piece:
                piece[draw(st.integers(0, len(piece) - 1))] = draw(st.integers(0, 255))
            pieces[place] = bytes(piece)
    return b"".join(pieces)


#: Values that a field may not take.
VALUES = st.sampled_from(
    (
        b"", b"x", b"-1", b"1e999999", b"NaN", b"0000-00-00", b"2027-02-30", b"99999999999",
        b"a/b//c", "Ａ\u202e".encode(), b" ", b"true", b"../..", b"1" * 500, b"http://[",
        b"2027-01-01T00:00:00Z", b"en-US-x-" + b"y" * 100, b"CHF CHF", b"&#0;", b"&amp;",
    )
)  # fmt: skip


@given(st.data())
def test_any_bytes_give_a_result_or_a_load_error(illustrated: bytes, data: st.DataObject) -> None:
    """Of files that were spoilt, ours and those of others; and what is read is sound enough to be
    written.
    """
    source = data.draw(st.sampled_from((illustrated, OTHERS.read_bytes())))
    try:
        found = iati.read(spoilt(source, data.draw))
    except LoadError as error:
        assert all(len(str(each)) < 2000 for each in error.problems)  # noqa: PT017 - beside what was read
        return

    wsis.dumps(found.corpus, "json")
    assert all(len(each.text) <= 300 for each in found.left_out)
