"""The pictures: what they show, what they say in words, and that no text, script or size breaks
them.
"""

from __future__ import annotations

import datetime
import io
import itertools
import json
import re
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from wsis_model import Corpus, MissingExtra, Roadmap, UnknownFormat, UnknownIdentifier, load
from wsis_model.model import ActivityStatus, Session
from wsis_model.pictures import Picture, decade, gantt, heat_map, indicator_paths
from wsis_model.testing import changed

pytest.importorskip("altair", reason="pictures need the extra plot")
pytest.importorskip("vl_convert", reason="pictures need the extra plot")

DAY = datetime.date(2027, 2, 1)
SVG = "{http://www.w3.org/2000/svg}"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "data" / "c2-roadmap.yaml"

HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'text' \x07 ]]> \u202e"
ARABIC = "خريطة الطريق لخط العمل جيم 2"
CHINESE = (
    "行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图"
)


def small(**changes: Any) -> Roadmap:
    """A road map of four activities: one in each way that dates may be given."""
    plan: dict[str, Any] = {
        "id": "plan",
        "title": "A small plan",
        "owners": ["itu"],
        "scope": ["action-lines/c2"],
        "objectives": [{"id": "plan/o1", "statement": "Everyone is connected"}],
        "activities": [
            {
                "id": "plan/a1",
                "title": "Map the schools",
                "objective": "plan/o1",
                "lead": "itu",
                "status": "under-way",
                "period": {"start": "2026", "end": "2028-06"},
                "alignments": [
                    {"concept": "action-lines/c2", "basis": "editorial"},
                    {"concept": "sdg/9.c", "basis": "editorial"},
                ],
                "milestones": [
                    {
                        "id": "plan/a1.m1",
                        "title": "Method agreed",
                        "due": {"date": "2026-09-30"},
                        "status": "done",
                    },
                    {"id": "plan/a1.m2", "title": "Pilot over", "due": {"date": "2026-12-31"}},
                    {
                        "id": "plan/a1.m3",
                        "title": "Report sent",
                        "due": {"session": "sessions/cstd-30"},
                    },
                ],
            },
            {
                "id": "plan/a2",
                "title": "Go on for ever",
                "period": {"start": "2027"},
                "alignments": [{"concept": "sdg/4.a", "basis": "editorial"}],
            },
            {
                "id": "plan/a3",
                "title": "Came to an end",
                "period": {"end": "2026"},
                "status": "done",
            },
            {"id": "plan/a4", "title": "Some time", "lead": "groups/technical-community"},
        ],
        "indicators": [
            {
                "id": "plan/i1",
                "name": "Internet users",
                "unit": "percent of population",
                "direction": "increase",
                "baseline": {"value": 74, "when": "2025"},
                "targets": [{"value": 90, "by": "2030"}],
                "observations": [{"value": "75.5", "when": "2026"}],
            },
            {"id": "plan/i2", "name": "Something that nobody measured"},
        ],
    }
    return Roadmap.model_validate(plan | changes)


def large(size: int) -> Roadmap:
    """A road map of many activities, milestones and indicators."""
    activities = [
        {
            "id": f"large/a{n}",
            "title": f"Activity {n}",
            "lead": "itu",
            "period": {"start": str(2026 + n % 4), "end": str(2030 + n % 4)},
            "alignments": [
                {"concept": "action-lines/c4", "basis": "editorial"},
                {"concept": "sdg/4.4", "basis": "editorial"},
            ],
            "milestones": [
                {"id": f"large/a{n}.m1", "title": f"Milestone {n}", "due": {"year": 2027 + n % 8}}
            ],
        }
        for n in range(size)
    ]
    indicators = [
        {
            "id": f"large/i{n}",
            "name": f"Indicator {n}",
            "baseline": {"value": n, "when": "2025"},
            "targets": [{"value": n + 9, "by": "2030"}],
        }
        for n in range(size // 10)
    ]
    return Roadmap.model_validate(
        {
            "id": "large",
            "title": "Large",
            "owners": ["itu"],
            "activities": activities,
            "indicators": indicators,
        }
    )


Draw = Callable[[Corpus, str], Picture]
EVERY: dict[str, Draw] = {
    "gantt": lambda corpus, roadmap: gantt(corpus, roadmap, as_of=DAY),
    "gantt without a day": gantt,
    "heat map": heat_map,
    "indicator paths": lambda corpus, roadmap: indicator_paths(corpus, roadmap, as_of=DAY),
    "indicator paths without a day": indicator_paths,
    "decade": lambda corpus, roadmap: decade(corpus, roadmap=roadmap, as_of=DAY),
    "decade without a day": lambda corpus, roadmap: decade(corpus, roadmap=roadmap),
}
every = pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)


def words(picture: Picture) -> list[str]:
    """Every text that is drawn."""
    return [
        "".join(each.itertext())
        for each in ElementTree.fromstring(picture.to_svg()).iter(f"{SVG}text")
    ]


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """The rows of data in a specification that have all of these fields."""
    return [
        row
        for held in spec["datasets"].values()
        for row in held
        if all(field in row for field in fields)
    ]


@every
def test_each_is_a_valid_specification_of_its_own(draw: Draw, catalogue: Corpus) -> None:
    """The specification is plain JSON, valid Vega-Lite, and loads no data from anywhere."""
    import altair

    picture = draw(catalogue | Corpus.of(small()), "plan")

    assert json.loads(json.dumps(picture.spec)) == picture.spec
    altair.Chart.from_dict(picture.spec)  # raises for what is not in the schema
    assert '"url"' not in json.dumps(picture.spec)


@every
def test_each_is_an_image_with_a_name_and_a_description(draw: Draw, catalogue: Corpus) -> None:
    """The SVG is one image to assistive technology, named by its title and described by its alt
    text, with nothing else to read.
    """
    picture = draw(catalogue | Corpus.of(small()), "plan")
    svg = ElementTree.fromstring(picture.to_svg())

    assert svg.get("role") == "img"
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None and title.text == picture.title
    assert description is not None and description.text == picture.alt
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert not [
        each
        for each in svg.iter()
        if each is not svg and ("role" in each.attrib or "aria-label" in each.attrib)
    ]


@every
def test_no_letters_are_too_small(draw: Draw, catalogue: Corpus) -> None:
    """Nothing is written smaller than eleven pixels."""
    sizes = [
        float(size)
        for size in re.findall(
            r'font-size="([0-9.]+)px"', draw(catalogue | Corpus.of(small()), "plan").to_svg()
        )
    ]

    assert sizes and min(sizes) >= 11


@every
def test_the_same_road_map_gives_the_same_picture(draw: Draw, catalogue: Corpus) -> None:
    """Nothing in a picture depends on when or how often it is drawn."""
    corpus = catalogue | Corpus.of(small())

    assert draw(corpus, "plan") == draw(corpus, "plan")
    assert draw(corpus, "plan").to_svg() == draw(corpus, "plan").to_svg()


@every
def test_a_theme_of_the_user_changes_nothing(draw: Draw, catalogue: Corpus) -> None:
    """What the user has switched on for other charts neither enters ours nor is switched off."""
    import altair

    corpus = catalogue | Corpus.of(small())
    before = draw(corpus, "plan").spec
    with altair.theme.enable("dark"):
        assert draw(corpus, "plan").spec == before
        assert altair.theme.active == "dark"


@every
def test_an_empty_road_map_is_said_to_be_empty(draw: Draw) -> None:
    """Where there is nothing to draw, the picture says so, in the image and in words."""
    picture = draw(
        Corpus.of(Roadmap.model_validate({"id": "bare", "title": "Bare", "owners": ["itu"]})),
        "bare",
    )

    assert len(picture.alt) > 20
    assert "Nothing to draw" in words(picture)


@every
@pytest.mark.parametrize(
    "title",
    [HOSTILE, ARABIC, CHINESE, "x" * 5000, "\u0301" * 50 + "e"],
    ids=["hostile", "arabic", "chinese", "long", "marks"],
)
def test_any_title_is_text_and_nothing_else(draw: Draw, title: str, catalogue: Corpus) -> None:
    """Titles in any script, of any length, with any signs stay text: well-formed SVG, no element of
    theirs.
    """
    plan = small(title={"en": title})
    first = plan.activities[0].replace(title={"en": title})
    indicator = plan.indicators[0].replace(name={"en": title}, unit=title)
    svg = draw(
        catalogue
        | Corpus.of(
            plan.replace(activities=(first, *plan.activities[1:]), indicators=(indicator,))
        ),
        "plan",
    ).to_svg()

    tags = {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "rect", "g", "path", "line", "text", "tspan"}
    assert "\u202e" not in svg and "\x07" not in svg


@every
def test_a_picture_stays_small_however_large_the_road_map(draw: Draw, catalogue: Corpus) -> None:
    """Of six hundred activities a bounded part is drawn and told."""
    picture = draw(catalogue | Corpus.of(large(600)), "large")

    assert len(json.dumps(picture.spec)) < 200_000
    assert len(picture.alt) < 10_000


@every
def test_an_unknown_road_map_is_refused(draw: Draw, catalogue: Corpus) -> None:
    """The near miss is told, as everywhere."""
    with pytest.raises(UnknownIdentifier):
        draw(catalogue, "no-such-plan")


def test_the_picture_saves_by_its_suffix(catalogue: Corpus, tmp_path: Path) -> None:
    """SVG, PNG and the specification are written; another suffix is refused."""
    picture = gantt(catalogue | Corpus.of(small()), "plan")
    for suffix in ("svg", "png", "json"):
        picture.save(tmp_path / f"plan.{suffix}")

    assert (tmp_path / "plan.svg").read_text("utf-8") == picture.to_svg() + "\n"
    assert json.loads((tmp_path / "plan.json").read_text("utf-8")) == picture.spec
    data = (tmp_path / "plan.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and width > 1000 and height > 200
    with pytest.raises(UnknownFormat):
        picture.save(tmp_path / "plan.gif")


def test_a_larger_scale_gives_more_pixels(catalogue: Corpus) -> None:
    """Scale is pixels of the PNG for each of the specification."""
    picture = gantt(catalogue | Corpus.of(small()), "plan")
    sizes = [struct.unpack(">II", picture.to_png(scale)[16:24]) for scale in (1, 2)]

    assert abs(sizes[1][0] - 2 * sizes[0][0]) <= 1 and abs(sizes[1][1] - 2 * sizes[0][1]) <= 1


def test_a_picture_shows_itself(catalogue: Corpus) -> None:
    """In a notebook as the image, in print as title and description."""
    picture = heat_map(catalogue | Corpus.of(small()), "plan")

    assert picture._repr_html_() == picture.to_svg()  # pyright: ignore[reportPrivateUsage]  # the notebook protocol
    assert str(picture).splitlines() == [picture.title, picture.alt]
    assert hash(picture) == hash(heat_map(catalogue | Corpus.of(small()), "plan"))


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_what_is_not_installed_is_named(
    module: str, catalogue: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the extra that brings the package."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"wsis_model\[plot\]"):
        gantt(catalogue | Corpus.of(small()), "plan").to_svg()


# --- what each shows ------------------------------------------------------------------------------


def test_the_gantt_chart_tells_its_numbers(catalogue: Corpus) -> None:
    """Its description counts activities and milestones by how far they have come, and names those
    without dates.
    """
    alt = gantt(catalogue | Corpus.of(small()), "plan", as_of=DAY).alt

    assert (
        "4 activities (1 done, 1 under way, 2 planned); 1 of 3 milestones reached, 1 late and 0 at risk on 1 February 2027"
        in alt
    )
    assert "Map the schools (ITU), 2026 to 2028-06, under way" in alt
    assert "Pilot over (31 December 2026, late)" in alt
    assert "from 2027 on" in alt and "until 2026" in alt
    assert "1 activity has no dates" in alt


def test_the_gantt_chart_counts_what_is_cancelled(catalogue: Corpus) -> None:
    """A cancelled milestone is not among those to be reached, and is told beside them; also where
    there is no other.
    """
    one = changed(catalogue | Corpus.of(small()), "plan/a1.m3", status="cancelled")
    every = changed(
        changed(one, "plan/a1.m1", status="cancelled"), "plan/a1.m2", status="cancelled"
    )

    assert (
        "1 of 2 milestones reached, 1 late and 0 at risk on 1 February 2027, and 1 more cancelled."
        in gantt(one, "plan", as_of=DAY).alt
    )
    assert (
        "(1 done, 1 under way, 2 planned); 3 milestones, cancelled."
        in gantt(every, "plan", as_of=DAY).alt
    )


def test_what_is_late_is_said_by_a_word_too(catalogue: Corpus) -> None:
    """The sign of lateness does not depend on colour; and without a day nothing is late."""
    corpus = catalogue | Corpus.of(small())

    assert "late" in words(gantt(corpus, "plan", as_of=DAY)) and "1 February 2027" in words(
        gantt(corpus, "plan", as_of=DAY)
    )
    assert "late" not in words(gantt(corpus, "plan"))


def test_bars_end_where_their_last_day_ends(catalogue: Corpus) -> None:
    """A period from 2026 to June 2028 fills its share of the years shown; one without an end goes
    to the edge, with an arrow.
    """
    picture = gantt(catalogue | Corpus.of(small()), "plan")
    bars = {row["activity"]: row for row in rows(picture.spec, "activity")}
    width = max(row["x2"] for row in bars.values())
    days = (datetime.date(2028, 12, 31) - datetime.date(2026, 1, 1)).days + 1

    assert (bars["plan/a1"]["x"], bars["plan/a2"]["x2"], bars["plan/a3"]["x"]) == (0, width, 0)
    assert bars["plan/a1"]["x2"] == pytest.approx(
        width * ((datetime.date(2028, 6, 30) - datetime.date(2026, 1, 1)).days + 1) / days, abs=0.02
    )
    assert {"no first day is given", "no last day is given"} <= set(words(picture))
    assert "plan/a4" not in bars and "No dates" in words(picture)


def test_the_gantt_chart_counts_what_it_leaves_out(catalogue: Corpus) -> None:
    """Sixty activities are drawn, and the subtitle says how many are not."""
    picture = gantt(catalogue | Corpus.of(large(600)), "large")

    assert len(rows(picture.spec, "activity")) == 60
    assert any(
        "540 more activities are not drawn, with 540 milestones." in text for text in words(picture)
    )


def one_activity(*milestones: dict[str, Any], **changes: Any) -> Corpus:
    """A road map of one activity from 2026 to 2030 with these milestones."""
    held = [
        {"id": f"plan/a1.m{n}", "title": f"Milestone {n}", **each}
        for n, each in enumerate(milestones)
    ]
    activity = {
        "id": "plan/a1",
        "title": "Do it",
        "period": {"start": "2026", "end": "2030"},
        "milestones": held,
        **changes,
    }
    return Corpus.of(small(activities=[activity], indicators=[]))


NEAR: dict[str, list[dict[str, Any]]] = {
    "in one week": [
        {"due": {"date": "2027-01-20"}},
        {"due": {"date": "2027-01-22"}, "status": "at-risk"},
        {"due": {"date": "2027-01-25"}, "status": "done"},
        {"due": {"date": "2027-03-01"}, "status": "at-risk"},
    ],
    "on one day": [
        {"due": {"date": "2029-06-30"}},
        {"due": {"date": "2029-06-30"}, "status": "done"},
    ],
    "in the line of another": [
        {"due": {"year": 2029}},
        {"due": {"date": "2029-06-30"}, "status": "at-risk"},
    ],
    "again and again": [
        {"due": {"date": "2026-06-01", "recurrence": "annual"}},
        {"due": {"date": "2028-06-05"}},
    ],
}


@pytest.mark.parametrize("milestones", NEAR.values(), ids=NEAR)
def test_milestones_do_not_hide_each_other(milestones: list[dict[str, Any]]) -> None:
    """Every milestone has a mark of its own that no other mark, line or word of the activity
    touches.
    """
    from wsis_model.pictures._words import across

    spec = gantt(one_activity(*milestones), "plan", as_of=DAY).spec
    marks = [*rows(spec, "milestone"), *rows(spec, "again")]

    assert len(rows(spec, "milestone")) == len(milestones)
    for one, other in itertools.combinations(marks, 2):
        assert abs(one["x"] - other["x"]) >= 10 or abs(one["y"] - other["y"]) >= 14, (one, other)
    lanes = {mark["y"] for mark in marks}
    beside = [
        (row["x"], row["x"] + across(row["text"]), row["y"])
        for row in rows(spec, "text")
        if row["y"] in lanes
    ]
    # Of the line that ends at a mark only the part before it counts.
    beside += [
        (row["x"] + 8, row["x2"] - 8, row["y"])
        for row in rows(spec, "x2", "y")
        if row["y"] in lanes and "y2" not in row
    ]
    for start, end, y in beside:
        assert not [mark for mark in marks if mark["y"] == y and start - 5 < mark["x"] < end + 5]


def test_what_has_no_room_in_the_gantt_chart_is_counted() -> None:
    """Of nine milestones in nine days five are drawn, without words; the subtitle says how many are
    not.
    """
    picture = gantt(
        one_activity(
            *({"due": {"date": f"2028-03-0{n}"}, "status": "at-risk"} for n in range(1, 10))
        ),
        "plan",
        as_of=DAY,
    )

    assert len(rows(picture.spec, "milestone")) == 5 and "at risk" not in words(picture)
    assert any("4 milestones have no room and are not drawn" in text for text in words(picture))


def test_the_gantt_chart_draws_so_many_milestones_at_the_most() -> None:
    """Six hundred, whatever there is room for."""
    activities = [
        {
            "id": f"plan/a{n}",
            "title": "X",
            "milestones": [
                {"id": f"plan/a{n}.m{m}", "title": "X", "due": {"year": 2026 + m}}
                for m in range(20)
            ],
        }
        for n in range(40)
    ]
    picture = gantt(Corpus.of(small(activities=activities)), "plan")

    assert len(rows(picture.spec, "milestone")) == 600
    assert any("200 milestones have no room and are not drawn" in text for text in words(picture))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            EVERY["gantt"],
            "0 of 3 milestones reached, 0 late and 0 at risk on 1 February 2027; 2 with no last day are not drawn.",
        ),
        (
            EVERY["decade"],
            "1 milestone with a date, 0 late and 0 at risk on 1 February 2027; 1 more with no last day; 1 milestone without a date.",
        ),
    ],
    ids=["gantt", "decade"],
)
def test_milestones_without_a_date_are_counted(draw: Draw, said: str) -> None:
    """They have no place on an axis of time: subtitle and description say how many there are, and
    the latter which.
    """
    undated = ({"title": "Undated"}, {"title": "Standing", "due": {"recurrence": "standing"}})
    picture = draw(one_activity({"due": {"year": 2027}}, *undated), "plan")

    assert said in picture.alt and any(text.endswith(said) for text in words(picture))
    assert "Undated" in picture.alt


@pytest.mark.parametrize("draw", [EVERY["gantt"], EVERY["decade"]], ids=["gantt", "decade"])
def test_what_recurs_is_seen_to_recur(draw: Draw) -> None:
    """A yearly milestone has a mark for each year; the next one is drawn as it stands, the others
    smaller; and words say how often.
    """
    picture = draw(one_activity({"due": {"date": "2026-09-01", "recurrence": "annual"}}), "plan")
    sizes = [
        row["size"]
        for row in rows(picture.spec, "shape", "x", "y")
        if row["shape"] == "diamond" and row["x"] > 0
    ]

    assert sorted(sizes) == [45, 45, 45, 45, 110]
    assert "the same milestone, at another time" in words(picture)
    assert (
        any(text.endswith("every year") for text in words(picture)) and "every year" in picture.alt
    )


def test_a_recurring_milestone_without_a_first_year_is_drawn() -> None:
    """It counts from the first year of its activity, and the description says so; with a day or
    without.
    """
    corpus = one_activity({"due": {"recurrence": "annual"}})

    for picture in (gantt(corpus, "plan"), gantt(corpus, "plan", as_of=datetime.date(2026, 2, 1))):
        assert len(rows(picture.spec, "milestone")) == 1
        assert (
            "(2026, to come, every year; no first year is given: counted from 2026)" in picture.alt
        )


def test_what_is_done_was_done_the_first_time() -> None:
    """Of a yearly milestone that is done, the first time is drawn as reached, the next as to come."""
    spec = gantt(
        one_activity({"due": {"date": "2026-09-01", "recurrence": "annual"}, "status": "done"}),
        "plan",
        as_of=DAY,
    ).spec
    first = min(rows(spec, "again"), key=lambda row: row["x"])

    assert first["fill"] == "#1b1f24" and rows(spec, "milestone")[0]["fill"] == "#ffffff"


def test_milestones_of_a_cancelled_activity_are_not_to_come(catalogue: Corpus) -> None:
    """They are cancelled with it, on whatever day one looks; what was reached stays so."""
    corpus = changed(catalogue | Corpus.of(small()), "plan/a1", status="cancelled")

    for picture in (gantt(corpus, "plan"), gantt(corpus, "plan", as_of=DAY)):
        assert (
            "(30 September 2026, reached)" in picture.alt
            and "(31 December 2026, cancelled)" in picture.alt
        )


def test_the_key_of_the_gantt_chart_explains_what_occurs() -> None:
    """Lines over days and arrows are in the key where there are some, and only there."""
    signs = {"any day of it is meant", "no first day is given", "no last day is given"}
    plain = one_activity({"due": {"date": "2027-05-01"}})
    every = one_activity({"due": {"year": 2027}}, period={"end": "2028"})

    assert not signs & set(words(gantt(plain, "plan")))
    assert signs & set(words(gantt(every, "plan"))) == signs - {"no last day is given"}


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


def test_indicators_are_told_with_their_arithmetic(catalogue: Corpus) -> None:
    """Baseline, target, observation and course stand in the description; what has no value is
    counted.
    """
    picture = indicator_paths(
        catalogue | Corpus.of(small()), "plan", as_of=datetime.date(2027, 12, 31)
    )

    assert (
        "Internet users (percent of population): baseline 74 in 2025, target 90 by 2030, observed 75.5 in 2026; behind"
        in picture.alt
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
    said = "held against the path at the end of its month or year, which is not over"

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
            held = picture.spec["datasets"][layer["data"]["name"]]
            boxes += [_box(row["x"], row["y"], 6 * len(row["text"]), mark["align"]) for row in held]

    assert len(boxes) >= 2
    assert not [(one, other) for one, other in itertools.combinations(boxes, 2) if one.meets(other)]


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
    from wsis_model.pictures._words import across

    picture = decade(catalogue, roadmap=None)
    lines: dict[float, list[tuple[float, float]]] = {}
    for row in rows(picture.spec, "text", "y", "x"):
        start = row.get("left", row["x"])
        lines.setdefault(row["y"], []).append((start, start + across(row["text"])))
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
    dues = [{"title": f"Report {n}", "due": {"year": 2028}} for n in range(5)]
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


def test_the_example_can_be_drawn(catalogue: Corpus) -> None:
    """The worked example of the documentation has every picture, and the PNG is not blank."""
    image = pytest.importorskip("PIL.Image", reason="looks at pixels with Pillow")
    for draw in EVERY.values():
        shown = image.open(
            io.BytesIO(draw(catalogue | load(EXAMPLE), "c2-roadmap").to_png(1))
        ).convert("L")
        low, high = shown.getextrema()
        assert low < 100 and high == 255
