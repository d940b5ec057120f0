"""A picture, and what all pictures share: colours, letters, marks, axes and the key."""

from __future__ import annotations

import datetime
import hashlib
import html
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from ..errors import UnknownFormat
from ._drawing import PIXELS, WORDS, Chart, draw
from ._labels import MONTHS, clean, day_text, pixel_width, wrapped

__all__ = ["Picture"]

INK, GREY, LIGHT, FAINT, WHITE = "#1b1f24", "#57606a", "#c3cad2", "#eceff2", "#ffffff"
#: The only accent colour. In grey it is half way between ink and paper, so that it is visible
#: without colour.
ACCENT = "#3178b8"
#: Sizes of letters in pixels; nothing is smaller than `SMALL`.
SMALL, NORMAL, LARGE = 11, 12, 16
#: Fonts with the widths of Arial, so that lines have the same width everywhere.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
DIAMOND, CIRCLE, BAR = "diamond", "circle", "M-1.7,-0.6H1.7V0.6H-1.7Z"
CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""The form of the specifications."""
SUFFIXES = ("svg", "png", "json")
_TAG, _ROLES = re.compile("<[^>]*>"), re.compile(' (?:role|aria-[a-z]+)="[^"]*"')


@attrs.frozen
class Picture:
    """A picture, with a title and a description in words for people who do not see it.

    A notebook shows it. `spec` is Vega-Lite JSON, for other tools.

    Examples:
        >>> picture = Picture("Nothing", "An empty picture.", empty("Nothing is planned"))
        >>> picture.to_svg()[:4], picture.to_png()[1:4]
        ('<svg', b'PNG')
    """

    title: str
    """What it shows, in a line, e.g.
    `"Action Line C2 road map: 3 activities, 1 of 3 milestones done"`.
    """
    alt: str
    """A description of what it shows, in words and numbers."""
    spec: dict[str, Any] = attrs.field(repr=False, hash=False)
    """The picture as a Vega-Lite specification."""

    def to_svg(self) -> str:
        """The picture as SVG, with title and description for assistive technology.

        Raises:
            MissingExtra: `vl-convert-python` is not installed.
        """
        drawn = draw(self.spec, arial=self.spec.get("config") == _config())
        name = "picture-" + hashlib.sha256(json.dumps(self.spec).encode()).hexdigest()[:12]
        marks = f'role="img" aria-labelledby="{name}-title {name}-desc"'
        title, desc = html.escape(clean(self.title)), html.escape(clean(self.alt))
        head, _, body = _TAG.sub(_without_roles, drawn).removeprefix("<svg ").partition(">")
        words = f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{desc}</desc>'
        return f"<svg {marks} {head}>{words}{body}"

    def to_png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG.

        Args:
            scale: Pixels of the picture for each pixel of the specification; 2 is sharp on most
                screens, 4 in print.

        Raises:
            MissingExtra: `vl-convert-python` is not installed.
        """
        svg = self.to_svg()
        import vl_convert

        return bytes(vl_convert.svg_to_png(svg, scale=scale))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture, in the format of the suffix: `.svg`, `.png` or `.json` (the
        specification).

        Raises:
            UnknownFormat: The suffix is another one.
            MissingExtra: `vl-convert-python` is not installed.
        """
        file = Path(path)
        suffix = file.suffix.lower().removeprefix(".")
        if suffix not in SUFFIXES:
            raise UnknownFormat(file.name, SUFFIXES)
        if suffix == "png":
            file.write_bytes(self.to_png())
        else:
            text = (
                self.to_svg()
                if suffix == "svg"
                else json.dumps(self.spec, ensure_ascii=False, indent=1)
            )
            file.write_text(text + "\n", encoding="utf-8", newline="\n")

    def __str__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_html_(self) -> str:
        return self.to_svg()


def _without_roles(tag: re.Match[str]) -> str:
    """A tag without roles, so that a screen reader takes the picture as one image."""
    return _ROLES.sub("", tag[0])


# --- the specification ----------------------------------------------------------------------------


def _chart(rows: Iterable[dict[str, Any]], mark: Chart, **channels: Chart) -> Chart:
    """A mark for each row, at (`x`, `y`) in pixels."""
    return {
        "data": {"values": list(rows)},
        "mark": mark,
        "encoding": {"x": {**PIXELS}, "y": {**PIXELS, "field": "y"}, **channels},
    }


def _as_given(field: str, what: str = "nominal") -> Chart:
    """The values of a field, taken as they are."""
    return {"field": field, "type": what, "scale": None}


def overlaid(*charts: Chart, **size: float) -> Chart:
    """Charts above one another, the last on top; *size* may have the `width` and `height`."""
    return {"layer": list(charts), **size}


def stacked(*charts: Chart, spacing: float) -> Chart:
    """Charts below one another."""
    return {"vconcat": list(charts), "spacing": spacing}


def specification(chart: Chart, title: str, *subtitle: str) -> Chart:
    """The specification of a chart."""
    lines = [each for line in subtitle if line for each in wrapped(line, 165)]
    head = {
        "text": wrapped(title, 100),
        **({"subtitle": lines} if lines else {}),
        "anchor": "start",
        "frame": "bounds",
        "offset": 14,
    }
    return {
        "$schema": SCHEMA,
        "title": head,
        "background": WHITE,
        "padding": 14,
        **chart,
        "config": _config(),
    }


def _config() -> Chart:
    """The look of what is not said of a mark."""
    return {
        "font": FONT,
        "aria": False,  # the picture as a whole has a description
        "view": {"stroke": None},
        "title": {
            "fontSize": LARGE,
            "color": INK,
            "subtitleFontSize": NORMAL,
            "subtitleColor": GREY,
            "subtitlePadding": 6,
            "lineHeight": 20,
            "subtitleLineHeight": 17,
        },
        "axis": {
            "labelFontSize": SMALL,
            "labelColor": INK,
            "titleFontSize": SMALL,
            "titleColor": GREY,
            "gridColor": LIGHT,
            "domainColor": GREY,
            "tickColor": GREY,
        },
        "text": {"fontSize": SMALL, "color": INK, "baseline": "middle"},
    }


def empty(text: str) -> Chart:
    """A picture with a sentence, because there is nothing to draw."""
    words = texts([{"x": 0, "y": 16, "text": clean(text)}], size=NORMAL, colour=GREY)
    return specification({**words, "width": 600, "height": 32}, "Nothing to draw")


def texts(
    rows: Iterable[dict[str, Any]],
    *,
    size: int = SMALL,
    colour: str = INK,
    align: str = "left",
    bold: bool = False,
    **more: Any,
) -> Chart:
    """Words at places in pixels: rows with `x`, `y`, `text`."""
    mark: Chart = {
        "type": "text",
        "align": align,
        "fontSize": size,
        "color": colour,
        "fontWeight": "bold" if bold else "normal",
        **more,
    }
    return _chart(rows, mark, text={**WORDS["text"]})


@attrs.frozen
class Sign:
    """The look of a mark, and its meaning in the key below a picture."""

    means: str
    shape: str
    fill: str = WHITE
    stroke: str = INK
    dash: tuple[int, ...] = (1, 0)
    width: float = 1.5
    size: int = 110


def key(signs: Sequence[Sign], left: float, width: int) -> Chart:
    """The key below a picture: its signs with their meanings, in lines from *left* to *width*."""
    shown: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    first = left + 10
    x, y = first, 10
    for sign in signs:
        needs = 16 + pixel_width(sign.means) + 22
        if x > first and x + needs > width:
            x, y = first, y + 20
        shown.append({"x": x, "y": y, **look(sign)})
        words.append({"x": x + 16, "y": y, "text": sign.means})
        x += needs
    return overlaid(marks(shown), texts(words, colour=GREY), width=width, height=y + 10)


def look(sign: Sign) -> dict[str, Any]:
    """A sign as fields of a row."""
    return {
        "shape": sign.shape, "fill": sign.fill, "stroke": sign.stroke,
        "dash": list(sign.dash), "width": sign.width, "size": sign.size,
    }  # fmt: skip


def halo(rows: Iterable[dict[str, Any]], *, align: str = "left", bold: bool = False) -> Chart:
    """White behind words, so that they can be read where lines pass; to be drawn below marks, so
    that it hides none.
    """
    return texts(
        rows, align=align, bold=bold, colour=WHITE, stroke=WHITE, strokeWidth=4, strokeJoin="round"
    )


def haloed(
    rows: Iterable[dict[str, Any]], *, colour: str = INK, align: str = "left", bold: bool = False
) -> Chart:
    """Words with a halo."""
    rows_list = list(rows)
    return overlaid(
        halo(rows_list, align=align, bold=bold),
        texts(rows_list, align=align, bold=bold, colour=colour),
    )


def marks(rows: Iterable[dict[str, Any]]) -> Chart:
    """Marks at (`x`, `y`), each with the look in its row."""
    return _chart(
        rows,
        {"type": "point", "opacity": 1},
        shape=_as_given("shape"),
        fill=_as_given("fill"),
        stroke=_as_given("stroke"),
        strokeDash=_as_given("dash"),
        strokeWidth=_as_given("width", "quantitative"),
        size=_as_given("size", "quantitative"),
    )


# --- days -----------------------------------------------------------------------------------------


@attrs.frozen
class Span:
    """The whole years that an axis shows."""

    first: datetime.date
    last: datetime.date
    width: int
    """How wide they are drawn, in pixels."""

    @classmethod
    def of(cls, days: Iterable[datetime.date], width: int) -> Span | None:
        """The whole years around some days; None if there are none."""
        known = list(days)
        if not known:
            return None
        return cls(
            datetime.date(min(known).year, 1, 1), datetime.date(max(known).year, 12, 31), width
        )

    @property
    def years(self) -> int:
        """How many years it has."""
        return self.last.year - self.first.year + 1

    def holds(self, day: datetime.date) -> bool:
        """Whether the axis shows this day."""
        return self.first <= day <= self.last

    def at(self, day: datetime.date) -> float:
        """Where a day begins, in pixels."""
        return self._pixels(day, 0)

    def end(self, day: datetime.date) -> float:
        """Where a day ends, in pixels."""
        return self._pixels(day, 1)

    def _pixels(self, day: datetime.date, later: int) -> float:
        days = (min(max(day, self.first), self.last) - self.first).days + later
        return round(days / ((self.last - self.first).days + 1) * self.width, 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Where each year begins, with its name; quarters if there are few years; about a dozen
        labels at most.
        """
        if self.years <= 2:
            starts = [
                datetime.date(self.first.year + n // 4, n % 4 * 3 + 1, 1)
                for n in range(4 * self.years)
            ]
            return [(self.at(day), f"{MONTHS[day.month - 1][:3]} {day.year}") for day in starts]
        step = next(
            step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if self.years / step <= 13
        )
        years = [
            year
            for year in range(self.first.year, self.last.year + 1)
            if (year - self.first.year) % step == 0
        ]
        return [(self.at(datetime.date(year, 1, 1)), str(year)) for year in years]


def grid(span: Span, height: float) -> Chart:
    """The years as lines from top to bottom, with their names above."""
    ticks = span.ticks()
    lines = [{"x": x, "y": -6, "y2": height} for x, _ in ticks] + [
        {"x": span.width, "y": -6, "y2": height}
    ]
    names = [{"x": x + 4, "y": -10, "text": name} for x, name in ticks]
    return overlaid(rules(lines, colour=LIGHT), texts(names, colour=GREY))


def today(span: Span, day: datetime.date, height: float) -> list[Chart]:
    """A day as a line from top to bottom, with its name below."""
    x = span.at(day)
    return [
        rules([{"x": x, "y": -2, "y2": height + 4}], colour=INK, width=1.5, dash=(5, 3)),
        texts([{"x": x, "y": height + 13, "text": day_text(day)}], align="center", bold=True),
    ]


def boxes(rows: Iterable[dict[str, Any]], *, corner: float = 0) -> Chart:
    """Boxes from (`x`, `y`) to (`x2`, `y2`), each with the look in its row."""
    return _chart(
        rows,
        {"type": "bar", "opacity": 1, "cornerRadius": corner},
        x2={"field": "x2"},
        y2={"field": "y2"},
        fill=_as_given("fill"),
        stroke=_as_given("stroke"),
        strokeDash=_as_given("dash"),
        strokeWidth=_as_given("width", "quantitative"),
    )


def rules(
    rows: Iterable[dict[str, Any]], *, colour: str, width: float = 1, dash: tuple[int, ...] = (1, 0)
) -> Chart:
    """Lines from (`x`, `y`) to (`x`, `y2`) or (`x2`, `y`), in pixels."""
    rows_list = list(rows)
    ends = {each: {"field": each} for each in ("x2", "y2") if rows_list and each in rows_list[0]}
    mark = {"type": "rule", "color": colour, "strokeWidth": width, "strokeDash": list(dash)}
    return _chart(rows_list, mark, **ends)


# --- shades ---------------------------------------------------------------------------------------


def shade(share: float) -> str:
    """A shade from pale to full accent, darker as *share* goes from 0 to 1."""
    pale, full = (0xDC, 0xE9, 0xF5), (0x12, 0x3F, 0x6B)
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(pale, full, strict=True)
    )


def brightness(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1, as WCAG 2 defines it.

    Examples:
        >>> brightness("#000000"), brightness("#ffffff")
        (0.0, 1.0)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)
