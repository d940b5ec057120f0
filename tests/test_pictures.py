"""Pictures: what holds for all of them."""

from __future__ import annotations

import io
import json
import re
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from drawing import ARABIC, EVERY, SVG, Draw, large, small, words

from wsis_model import Corpus, MissingExtra, Roadmap, UnknownFormat, UnknownIdentifier, load
from wsis_model.pictures import gantt, heat_map

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "data" / "c2-roadmap.yaml"

HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'text' \x07 ]]> \u202e"


CHINESE = (
    "行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图行动方面C2的路线图"
)


every = pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)


@every
def test_each_is_a_valid_specification_of_its_own(draw: Draw, catalogue: Corpus) -> None:
    """The specification is plain JSON, valid Vega-Lite, and loads no data from anywhere."""
    altair = pytest.importorskip("altair", reason="knows the schema of Vega-Lite")
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
def test_a_specification_is_the_callers_own(draw: Draw, catalogue: Corpus) -> None:
    """Who changes one changes no other."""
    corpus = catalogue | Corpus.of(small())
    before = json.dumps(draw(corpus, "plan").spec)
    changed = draw(corpus, "plan").spec
    changed["config"].clear()
    changed["vconcat"][0]["layer"].clear()
    assert json.dumps(draw(corpus, "plan").spec) == before


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


def test_what_is_not_installed_is_named(catalogue: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings the package."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtra, match=r"wsis_model\[plot\]"):
        gantt(catalogue | Corpus.of(small()), "plan").to_svg()


def test_the_example_can_be_drawn(catalogue: Corpus) -> None:
    """The worked example of the documentation has every picture, and the PNG is not blank."""
    image = pytest.importorskip("PIL.Image", reason="looks at pixels with Pillow")
    for draw in EVERY.values():
        shown = image.open(
            io.BytesIO(draw(catalogue | load(EXAMPLE), "c2-roadmap").to_png(1))
        ).convert("L")
        low, high = shown.getextrema()
        assert low < 100 and high == 255
