"""Drawing: words that need not be measured are not, and nobody sees it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drawing import ARABIC, EVERY, Draw, large, small
from hypothesis import example, given
from hypothesis import strategies as st

from wsis_model import Corpus, Roadmap
from wsis_model.pictures import Picture
from wsis_model.pictures._drawing import BOLDER, LETTER, LETTERS, WIDEST, WIDTHS, draw
from wsis_model.pictures._picture import overlaid, specification, stacked, texts

WIDTH = re.compile('<svg .*?width="([0-9.]+)"')
KNOWN = [chr(each) for each in (*range(0x20, 0x7F), *range(0xA1, 0x100))] + list("–—‘’“”•…")
TIMES = 20


TITLES = (ARABIC, "Ā", "<b> & \"c\" 'd'", "iiii " * 40)
ROADMAPS = [large(30), *(small(title=title) for title in TITLES)]


@pytest.mark.parametrize("draw_picture", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("roadmap", ROADMAPS, ids=range(len(ROADMAPS)))
def test_each_picture_is_as_if_all_words_were_measured(
    draw_picture: Draw, roadmap: Roadmap, catalogue: Corpus
) -> None:
    """The SVG is the same to the byte."""
    spec = draw_picture(catalogue | Corpus.of(roadmap), roadmap.id).spec

    assert draw(spec, arial=True) == draw(spec, arial=False)


@given(
    words=st.lists(
        st.tuples(
            st.floats(-50, 250).map(lambda x: round(x, 2)),
            st.text("iWm.,AV To—é&<'", max_size=30) | st.text("iĀǱ学", max_size=9),
        ),
        max_size=8,
    ),
    align=st.sampled_from(["left", "right", "center"]),
    bold=st.booleans(),
    limit=st.none() | st.integers(10, 200),
)
@example(words=[(185, "i" * 8)], align="left", bold=False, limit=None)
@example(words=[(194, "i")], align="left", bold=False, limit=None)
@example(words=[(0, "m" * 9)], align="left", bold=False, limit=40)
@example(words=[(0, "m "), (0, " "), (0, "")], align="left", bold=False, limit=None)
def test_words_anywhere_are_as_if_all_were_measured(
    words: list[tuple[float, str]], align: str, bold: bool, limit: int | None
) -> None:
    """Wherever words stand, long or short, cut or whole, the SVG is the same to the byte."""
    rows = [{"x": x, "y": 10 * n, "text": text} for n, (x, text) in enumerate(words)]
    more: dict[str, Any] = {} if limit is None else {"limit": limit}
    chart = overlaid(texts(rows, align=align, bold=bold, **more), width=200, height=50)
    spec = specification(stacked(chart, chart, spacing=4), "Words")

    assert draw(spec, arial=True) == draw(spec, arial=False)


@pytest.mark.heavy
@pytest.mark.parametrize("bold", [False, True])
def test_no_letter_is_wider_than_it_is_said_to_be(bold: bool) -> None:
    """What Vega measures is never above the width that is reckoned with."""
    more = BOLDER if bold else 0
    said = {letter: WIDTHS.get(letter, WIDEST) + more for letter in KNOWN}
    said |= {chr(each): LETTER for each in LETTERS}
    for width in set(said.values()):
        letters = "".join(letter for letter in said if said[letter] == width)
        widest = _measured([f"|{letter * TIMES}|" for letter in letters], bold=bold)

        assert widest - _measured(["||"], bold=bold) <= TIMES * 100 * width + 1, letters


def _measured(words: list[str], *, bold: bool) -> float:
    """How wide the widest of some words is in letters of 100 pixels."""
    chart = texts([{"x": 0, "y": 0, "text": text} for text in words], size=100, bold=bold)
    return _width(draw({**specification(chart, ""), "width": 1}, arial=False))


def _width(svg: str) -> float:
    found = WIDTH.match(svg)
    assert found is not None
    return float(found[1])


def test_other_letters_are_measured() -> None:
    """Who changes the letters of a specification gets a picture that has room for them."""
    words = texts([{"x": 0, "y": 0, "text": "ill" * 30}])
    spec = specification({**words, "width": 250, "height": 20}, "Ill")
    plain = Picture("Ill", "Ill", spec).to_svg()
    changed = {**spec, "config": {**spec["config"], "font": "monospace"}}

    assert _width(Picture("Ill", "Ill", changed).to_svg()) > _width(plain) + 100
