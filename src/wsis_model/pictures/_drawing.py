"""Drawing a specification as SVG.

To lay out a picture, Vega measures its words, letter by letter, and that takes most of the time.
But where words end within their chart, nothing depends on how wide they are. While a picture is
drawn, a single letter stands for such words, and the words are put in its place afterwards.
"""

from __future__ import annotations

import html
import importlib.util
import json
import math
import re
from collections.abc import Callable
from typing import Any

from ..errors import MissingExtra

__all__ = ["BOLDER", "LETTER", "LETTERS", "PIXELS", "WIDEST", "WIDTHS", "WORDS", "Chart", "draw"]

Chart = dict[str, Any]
"""A part of a specification: a chart of some rows, or of several charts."""
#: A place in pixels.
PIXELS: Chart = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
#: Words at places in pixels.
WORDS: Chart = {
    "x": PIXELS,
    "y": {**PIXELS, "field": "y"},
    "text": {"field": "text", "type": "nominal"},
}
#: What is said of words of which it is known where they end.
_LOOK = {"type", "align", "fontSize", "fontWeight", "color", "limit"}
_LINE = {"stroke", "strokeWidth", "strokeJoin"}
#: Half of a white line around words, and what rounding may add, in pixels.
_MARGIN = 3
#: How wide letters are, of size 1, in Arial and the fonts with its widths.
WIDTHS = {
    letter: width
    for width, letters in {
        0.222: "ijl", 0.278: " !,./:;I[]ft", 0.333: "()-r·", 0.5: "Jcksvxyz",
        0.556: "0123456789?L_abdeghnopqu", 0.611: "FTZ", 0.667: "&ABEKPSVXY", 0.722: "CDHNRUw",
        0.778: "GOQ", 0.833: "Mm",
    }.items()
    for letter in letters
}  # fmt: skip
#: How much wider these are in bold, at most.
BOLDER = 0.056
#: Letters of which none is wider than this; what has others is measured.
_KNOWN, WIDEST = re.compile("[ -~¡-¬®-ÿ–—‘’“”•…]+"), 1.02
#: Letters that stand for words, and how wide they are at most.
LETTERS, LETTER = range(0x100, 0x250), 1.4
_ALONE = re.compile(f"(?<=>)[{chr(LETTERS[0])}-{chr(LETTERS[-1])}](?=</text>)")


def draw(spec: Chart, *, arial: bool) -> str:
    """A Vega-Lite specification as SVG.

    Args:
        spec: The specification.
        arial: Whether words are written in letters of Arial's widths, and as their marks say.

    Raises:
        MissingExtra: `vl-convert-python` is not installed.
    """
    if importlib.util.find_spec("vl_convert") is None:
        raise MissingExtra("plot", "vl_convert")  # noqa: EM101 - facts, no sentence
    import vl_convert

    written = json.dumps(spec, ensure_ascii=False)
    free = (chr(each) for each in LETTERS if chr(each) not in written)
    letters: dict[str, str] = {}

    def letter(text: str) -> str:
        if text not in letters:
            letters[text] = next(free, text)
        return letters[text]

    short = json.dumps(_shortened(spec, letter, 0)) if arial else written
    drawn = vl_convert.vegalite_to_svg(short, allowed_base_urls=[])
    words = {letter: html.escape(text, quote=False) for text, letter in letters.items()}
    return _ALONE.sub(lambda found: words.get(found[0], found[0]), drawn)


def _shortened(chart: Chart, letter: Callable[[str], str], width: float) -> Chart:
    """A chart with a *letter* for words that end within it; *width* is that of the chart around."""
    width = chart.get("width", width)
    for parts in {"layer", "vconcat"} & chart.keys():
        return {**chart, parts: [_shortened(each, letter, width) for each in chart[parts]]}
    if chart.get("encoding") != WORDS or not chart["mark"].keys() <= _LOOK | _LINE:
        return chart
    mark = chart["mark"]
    rows, limit = chart["data"]["values"], mark.get("limit", math.inf)
    needs = [_widest(row["text"], mark) for row in rows]
    if all(each <= limit for each in needs):  # to find out what is to be cut takes longest
        mark = {name: value for name, value in mark.items() if name != "limit"}
    short = [
        {**row, "text": letter(row["text"])}
        if each <= limit and _ends_within(row["x"], each + _MARGIN, mark["align"], width)
        else row
        for row, each in zip(rows, needs, strict=True)
    ]
    return {**chart, "data": {"values": short}, "mark": mark}


def _widest(text: str, mark: Chart) -> float:
    """How wide a text may be, in pixels, or the letter that stands for it."""
    if text != text.strip() or not _KNOWN.fullmatch(text):  # Vega strips words
        return math.inf
    more = BOLDER if mark["fontWeight"] == "bold" else 0
    width = sum(WIDTHS.get(letter, WIDEST) + more for letter in text)
    return float(mark["fontSize"] * max(width, LETTER))


def _ends_within(x: float, needs: float, align: str, width: float) -> bool:
    """Whether words at *x* end within a chart of this *width*. Where they begin does not depend on
    their letters, if it is at one of their ends.
    """
    if align == "left":
        return x + needs <= width
    if align == "right":
        return x - needs >= 0
    return needs / 2 <= x <= width - needs / 2
