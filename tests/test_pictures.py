"""The pictures: what they show, what they say in words, and that no text, script or size breaks them."""

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
from wsis_model.model import ActivityStatus
from wsis_model.pictures import Picture, decade, gantt, heat_map, indicator_paths
from wsis_model.testing import changed

pytest.importorskip("altair", reason="pictures need the extra plot")
pytest.importorskip("vl_convert", reason="pictures need the extra plot")

DAY = datetime.date(2027, 2, 1)
SVG = "{http://www.w3.org/2000/svg}"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "data" / "c2-roadmap.yaml"

HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'text' \x07 ]]> \u202e"
ARABIC = "خريطة الطريق لخط العمل جيم 2"
CHINESE = "行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图"


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
                "alignments": [{"concept": "action-lines/c2", "basis": "editorial"}, {"concept": "sdg/9.c", "basis": "editorial"}],
                "milestones": [
                    {"id": "plan/a1.m1", "title": "Method agreed", "due": {"date": "2026-09-30"}, "status": "done"},
                    {"id": "plan/a1.m2", "title": "Pilot over", "due": {"date": "2026-12-31"}},
                    {"id": "plan/a1.m3", "title": "Report sent", "due": {"session": "sessions/cstd-30"}},
                ],
            },
            {
                "id": "plan/a2",
                "title": "Go on for ever",
                "period": {"start": "2027"},
                "alignments": [{"concept": "sdg/4.a", "basis": "editorial"}],
            },
            {"id": "plan/a3", "title": "Came to an end", "period": {"end": "2026"}, "status": "done"},
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
            "alignments": [{"concept": "action-lines/c4", "basis": "editorial"}, {"concept": "sdg/4.4", "basis": "editorial"}],
            "milestones": [{"id": f"large/a{n}.m1", "title": f"Milestone {n}", "due": {"year": 2027 + n % 8}}],
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
    return Roadmap.model_validate({"id": "large", "title": "Large", "owners": ["itu"], "activities": activities, "indicators": indicators})


Draw = Callable[[Corpus, str], Picture]
EVERY: dict[str, Draw] = {
    "gantt": lambda corpus, roadmap: gantt(corpus, roadmap, as_of=DAY),
    "gantt without a day": gantt,
    "heat map": heat_map,
    "indicator paths": lambda corpus, roadmap: indicator_paths(corpus, roadmap, as_of=DAY),
    "indicator paths without a day": indicator_paths,
    "decade": lambda corpus, roadmap: decade(corpus, roadmap=roadmap),
}
every = pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)


def words(picture: Picture) -> list[str]:
    """Every text that is drawn."""
    return ["".join(each.itertext()) for each in ElementTree.fromstring(picture.to_svg()).iter(f"{SVG}text")]


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """The rows of data in a specification that have all of these fields."""
    return [row for held in spec["datasets"].values() for row in held if all(field in row for field in fields)]


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
    """The SVG is one image to assistive technology, named by its title and described by its alt text, with nothing else to read."""
    picture = draw(catalogue | Corpus.of(small()), "plan")
    svg = ElementTree.fromstring(picture.to_svg())

    assert svg.get("role") == "img"
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None and title.text == picture.title
    assert description is not None and description.text == picture.alt
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert not [each for each in svg.iter() if each is not svg and ("role" in each.attrib or "aria-label" in each.attrib)]


@every
def test_no_letters_are_too_small(draw: Draw, catalogue: Corpus) -> None:
    """Nothing is written smaller than eleven pixels."""
    sizes = [float(size) for size in re.findall(r'font-size="([0-9.]+)px"', draw(catalogue | Corpus.of(small()), "plan").to_svg())]

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
    picture = draw(Corpus.of(Roadmap.model_validate({"id": "bare", "title": "Bare", "owners": ["itu"]})), "bare")

    assert len(picture.alt) > 20
    assert "Nothing to draw" in words(picture)


@every
@pytest.mark.parametrize(
    "title", [HOSTILE, ARABIC, CHINESE, "x" * 5000, "\u0301" * 50 + "e"], ids=["hostile", "arabic", "chinese", "long", "marks"]
)
def test_any_title_is_text_and_nothing_else(draw: Draw, title: str, catalogue: Corpus) -> None:
    """Titles in any script, of any length, with any signs stay text: well-formed SVG, no element of theirs."""
    plan = small(title={"en": title})
    first = plan.activities[0].replace(title={"en": title})
    indicator = plan.indicators[0].replace(name={"en": title}, unit=title)
    svg = draw(catalogue | Corpus.of(plan.replace(activities=(first, *plan.activities[1:]), indicators=(indicator,))), "plan").to_svg()

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
def test_what_is_not_installed_is_named(module: str, catalogue: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings the package."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"wsis_model\[plot\]"):
        gantt(catalogue | Corpus.of(small()), "plan").to_svg()


# --- what each shows ------------------------------------------------------------------------------------------------------


def test_the_gantt_chart_tells_its_numbers(catalogue: Corpus) -> None:
    """Its description counts activities and milestones by how far they have come, and names those without dates."""
    alt = gantt(catalogue | Corpus.of(small()), "plan", as_of=DAY).alt

    assert "4 activities (1 done, 1 under way, 2 planned); 1 of 3 milestones reached, 1 late and 0 at risk on 1 February 2027" in alt
    assert "Map the schools (ITU), 2026 to 2028-06, under way" in alt
    assert "Pilot over (31 December 2026, late)" in alt
    assert "from 2027 on" in alt and "until 2026" in alt
    assert "1 activity has no dates" in alt


def test_the_gantt_chart_counts_what_is_cancelled(catalogue: Corpus) -> None:
    """A cancelled milestone is not among those to be reached, and is told beside them; also where there is no other."""
    one = changed(catalogue | Corpus.of(small()), "plan/a1.m3", status="cancelled")
    every = changed(changed(one, "plan/a1.m1", status="cancelled"), "plan/a1.m2", status="cancelled")

    assert "1 of 2 milestones reached, 1 late and 0 at risk on 1 February 2027, and 1 more cancelled." in gantt(one, "plan", as_of=DAY).alt
    assert "(1 done, 1 under way, 2 planned); 3 milestones, cancelled." in gantt(every, "plan", as_of=DAY).alt


def test_what_is_late_is_said_by_a_word_too(catalogue: Corpus) -> None:
    """The sign of lateness does not depend on colour; and without a day nothing is late."""
    corpus = catalogue | Corpus.of(small())

    assert "late" in words(gantt(corpus, "plan", as_of=DAY)) and "1 February 2027" in words(gantt(corpus, "plan", as_of=DAY))
    assert "late" not in words(gantt(corpus, "plan"))


def test_bars_end_where_their_last_day_ends(catalogue: Corpus) -> None:
    """A period from 2026 to June 2028 fills its share of the years shown; one without an end goes to the edge, with an arrow."""
    picture = gantt(catalogue | Corpus.of(small()), "plan")
    bars = {row["activity"]: row for row in rows(picture.spec, "activity")}
    width = max(row["x2"] for row in bars.values())
    days = (datetime.date(2028, 12, 31) - datetime.date(2026, 1, 1)).days + 1

    assert (bars["plan/a1"]["x"], bars["plan/a2"]["x2"], bars["plan/a3"]["x"]) == (0, width, 0)
    assert bars["plan/a1"]["x2"] == pytest.approx(
        width * ((datetime.date(2028, 6, 30) - datetime.date(2026, 1, 1)).days + 1) / days, abs=0.02
    )
    assert {"→", "←"} <= set(words(picture))
    assert "plan/a4" not in bars and "No dates" in words(picture)


def test_the_gantt_chart_counts_what_it_leaves_out(catalogue: Corpus) -> None:
    """Sixty activities are drawn, and the subtitle says how many are not."""
    picture = gantt(catalogue | Corpus.of(large(600)), "large")

    assert len(rows(picture.spec, "activity")) == 60
    assert any("540 more activities are not drawn" in text for text in words(picture))


def test_the_heat_map_counts_activities(catalogue: Corpus) -> None:
    """An activity counts for the line it names, or else for the line its road map covers, and for the goal of the target it names."""
    picture = heat_map(catalogue | Corpus.of(small()), "plan")

    assert "C2 and Goal 9: 1 activity" in picture.alt and "C2 and Goal 4: 1 activity" in picture.alt
    assert "1 of the 4 that the official matrix links" in picture.alt
    assert "by no activity: C2: 1, 8, 11" in picture.alt


def test_the_heat_map_leaves_out_what_is_cancelled_or_superseded(catalogue: Corpus) -> None:
    """Nobody does it: it answers nothing here, as in the coverage. A superseded road map counts when it is asked about."""
    corpus = catalogue | Corpus.of(small(status="superseded"))
    cancelled = changed(catalogue | Corpus.of(small()), "plan/a1", status="cancelled")

    assert "Activities link 0 pairs" in heat_map(corpus).alt and "C2 and Goal 9: 1 activity" in heat_map(corpus, "plan").alt
    assert "C2 and Goal 9" not in heat_map(cancelled, "plan").alt and "C2 and Goal 4: 1 activity" in heat_map(cancelled).alt


def test_the_heat_map_of_all_agrees_with_the_matrix(catalogue: Corpus) -> None:
    """Over all lines the matrix links 124 pairs, and each that nothing answers has a ring."""
    picture = heat_map(catalogue)

    assert "Activities link 0 pairs" in picture.alt and "0 of the 124" in picture.alt
    rings = [row for row in rows(picture.spec, "shape", "x", "y") if row["shape"] == "circle"]
    assert len(rings) == 124 + 1  # and the one in the key


def test_every_number_of_the_heat_map_can_be_read(catalogue: Corpus) -> None:
    """Numbers stand on their shade with a contrast of 4.5 to 1 at least, whatever the shade."""
    from wsis_model.pictures._heat_map import BLACK, MIDDLE
    from wsis_model.pictures._picture import WHITE, brightness, shade

    for step in range(101):
        behind = brightness(shade(step / 100))
        letter = brightness(BLACK if behind > MIDDLE else WHITE)
        assert (max(behind, letter) + 0.05) / (min(behind, letter) + 0.05) >= 4.5, step


def test_indicators_are_told_with_their_arithmetic(catalogue: Corpus) -> None:
    """Baseline, target, observation and course stand in the description; what has no value is counted."""
    picture = indicator_paths(catalogue | Corpus.of(small()), "plan", as_of=datetime.date(2027, 12, 31))

    assert "Internet users (percent of population): baseline 74 in 2025, target 90 by 2030, observed 75.5 in 2026; behind" in picture.alt
    assert "1 without any value" in picture.alt
    assert {"74", "90", "75.5", "percent of population · behind"} <= set(words(picture))


def test_observations_after_the_day_are_not_drawn(catalogue: Corpus) -> None:
    """As of a day before the observation began, nothing is observed."""
    corpus = catalogue | Corpus.of(small())

    assert "nothing observed" in indicator_paths(corpus, "plan", as_of=datetime.date(2025, 12, 31)).alt
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
    assert {f"Indicator {n}" for n in range(12)} <= set(words(picture)) and "Indicator 12" not in words(picture)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (("0", "0"), {"-1", "0", "1"}),
        (("-5", "-1"), {"-6", "-4", "-2", "0"}),
        (("1000000", "3500000"), {"0", "2 m", "4 m"}),
        (("0.000001", "0.000002"), {"0", "1e-06", "2e-06"}),
        (("100000000000000000", "100000000000000001"), {"1e+17"}),
    ],
)
def test_axes_have_round_numbers(values: tuple[str, str], shown: set[str], catalogue: Corpus) -> None:
    """Whatever the size of the values, the axis holds them and names round numbers in few letters."""
    first, last = values
    indicator = {"id": "plan/i1", "name": "X", "baseline": {"value": first, "when": "2025"}, "targets": [{"value": last, "by": "2030"}]}
    picture = indicator_paths(catalogue | Corpus.of(small(indicators=[indicator])), "plan")

    assert shown <= set(words(picture))
    assert all(-1 <= row["y"] - 60 <= 127 for row in rows(picture.spec, "value", "when"))


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
    """No two labels of one line come nearer than their widths allow, measured as the picture measures them."""
    from wsis_model.pictures._words import across

    picture = decade(catalogue, roadmap=None)
    lines: dict[float, list[tuple[float, float]]] = {}
    for row in rows(picture.spec, "text", "y", "x"):
        lines.setdefault(row["y"], []).append((row["x"], row["x"] + across(row["text"])))
    for placed in lines.values():
        held = sorted(set(placed))
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(held)), held


def test_the_decade_has_so_many_lanes_however_many_road_maps(catalogue: Corpus) -> None:
    """The milestones of all that come after the first sixteen share a lane."""
    many = [large(1).replace(id=f"m{n}", title=f"Map {n}") for n in range(40)]
    shown = words(decade(Corpus.of(*many), start=DAY))

    assert "Milestones: Map 0" in shown and "Milestones: other road maps" in shown
    assert 17 == sum(text.startswith("Milestones: ") for text in shown)


def test_a_session_of_which_only_the_year_is_known_does_not_last_all_year(catalogue: Corpus) -> None:
    """It is drawn otherwise than one whose days are known, as the Assembly's eightieth session, and the key says so."""
    some, known = decade(catalogue, document="80-173"), decade(catalogue.of(*catalogue.sessions, small()), roadmap="plan")

    assert "session or meeting, some days of the year" in words(some) and "session or meeting" in words(some)
    assert "session or meeting, some days of the year" in words(known) and "session or meeting" not in words(known)


def test_many_dues_of_one_day_share_a_mark(catalogue: Corpus) -> None:
    """The Compact's commitments to 2030 are one mark that says how many they are."""
    assert any(text.startswith("54 mandates, ") for text in words(decade(catalogue, document="gdc")))


def test_greys_tell_statuses_apart(catalogue: Corpus) -> None:
    """In grey, the bars of any two statuses differ by a tenth of the way from ink to paper, or by their outline; and a word tells them."""
    from wsis_model.pictures._picture import brightness

    activities = [{"id": f"plan/{s.value}", "title": s.value, "status": s.value, "period": {"start": "2026"}} for s in ActivityStatus]
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
        shown = image.open(io.BytesIO(draw(catalogue | load(EXAMPLE), "c2-roadmap").to_png(1))).convert("L")
        low, high = shown.getextrema()
        assert low < 100 and high == 255
