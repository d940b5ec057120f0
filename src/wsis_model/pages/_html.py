"""A page as HTML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from .._version import __version__
from .._width import in_html
from ._content import (
    Bullets,
    Code,
    Facts,
    Figure,
    Fold,
    Foreign,
    Grid,
    Heading,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Words,
)

__all__ = ["html_of"]

#: Nothing may be fetched and no script may run, whatever the texts contain.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)

#: An identifier longer than this may be broken over lines.
LONG = 40

#: A table with more columns than this is printed in smaller letters.
MANY = 7

#: A word of this length may be broken over lines; it is mostly an address.
_LONG_WORD = re.compile(r"(\S{25,})")

#: On paper, below a page of which parts are folded.
_PAPER = (
    '<span class="paper"> What is folded away is not on paper; unfold it before you print to have '
    "it there.</span>"
)

#: The style of every page, which is part of it.
STYLE = files("wsis_model.pages").joinpath("page.css").read_text("utf-8")


def html_of(title: str, lead: str, sections: Sequence[Section], language: str) -> str:
    """A page as HTML; *language* is that of its title."""
    numbers = itertools.count(1)
    folds = any(isinstance(block, Fold) for section in sections for block in section.blocks)
    marks = "" if language == "en" else f' lang="{in_html(language)}" dir="auto"'
    links = "".join(
        f'<li><a href="#{section.id}">{in_html(section.title)}</a></li>' for section in sections
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="wsis_model {in_html(__version__)}">',
        f"<title>{in_html(title)}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#content">Skip to the content</a>',
        f'<header><h1{marks}>{in_html(title)}</h1><p class="lead">{in_html(lead)}</p></header>',
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>',
        '<main id="content" tabindex="-1">',
        *(part for section in sections for part in _section(section, numbers)),
        "</main>",
        (
            f"<footer><p>Made with wsis_model {in_html(__version__)}. This page stands alone: "
            f"nothing is loaded when it is opened.{_PAPER if folds else ''}</p></footer>"
        ),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    # What is folded away is not on paper, and a heading without text would be.
    folded = all(isinstance(block, Fold) and not block.shown for block in section.blocks)
    mark = ' class="folded"' if folded else ""
    yield f'<section aria-labelledby="{section.id}"{mark}>'
    yield f'<h2 id="{section.id}">{in_html(section.title)}</h2>'
    for block in section.blocks:
        yield _block(block, numbers)
    yield "</section>"


def _block(
    block: Paragraph | Heading | Facts | Bullets | Grid | Figure | Fold, numbers: Iterator[int]
) -> str:
    match block:
        case Paragraph(line, notice):
            return f'<p class="notice">{_line(line)}</p>' if notice else f"<p>{_line(line)}</p>"
        case Heading(text):
            return f"<h3>{in_html(text)}</h3>"
        case Facts(pairs):
            rows = (f"<dt>{in_html(name)}</dt><dd>{_line(line)}</dd>" for name, line in pairs)
            return f"<dl>{''.join(rows)}</dl>"
        case Bullets(lines, more, signs):
            mark = ' class="signs"' if signs else ""
            items = "".join(f"<li>{_line(line)}</li>" for line in lines)
            return f"<ul{mark}>{items}</ul>{_more(more)}"
        case Grid():
            return _grid(block, next(numbers))
        case Figure(picture):
            title = in_html(picture.title)
            return (
                f'<figure aria-label="{title}"><div class="scroll" role="group" tabindex="0" '
                f'aria-label="{title}">{picture.to_svg()}</div>'
                "<figcaption><details><summary>In words: "
                f"{title}</summary><p>{in_html(picture.alt)}</p></details></figcaption></figure>"
            )
        case Fold(line, blocks, shown):
            inside = "".join(_block(each, numbers) for each in blocks)
            state = " open" if shown else ""
            return f"<details{state}><summary>{_line(line)}</summary>{inside}</details>"


def _grid(grid: Grid, number: int) -> str:
    name = f"table-{number}"
    marks = [' class="number"' if each in grid.numbers else "" for each in grid.heads]
    head = "".join(
        f'<th scope="col"{mark}>{in_html(each)}</th>'
        for each, mark in zip(grid.heads, marks, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{_line(row[0])}</th>'
        + "".join(
            f"<td{mark}>{_line(cell)}</td>" for cell, mark in zip(row[1:], marks[1:], strict=True)
        )
        + "</tr>\n"
        for row in grid.rows
    )
    many = ' class="many"' if len(grid.heads) > MANY else ""
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-labelledby="{name}"><table{many}>'
        f'<caption id="{name}"><span>{in_html(grid.caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>{_more(grid.more)}"
    )


def _more(text: str) -> str:
    return f'<p class="more">{in_html(text)}</p>' if text else ""


def _line(line: Line) -> str:
    return "".join(map(_words, line))


def _words(words: Words) -> str:
    match words:
        case Link(text, url):
            return f'<a href="{in_html(url)}">{_breakable(text)}</a>'
        case Code(text):
            return f"<code{' class=long' if len(text) > LONG else ''}>{in_html(text)}</code>"
        case Strong(text):
            return f"<strong>{_breakable(text)}</strong>"
        case Foreign(text, language):
            return f'<bdi lang="{in_html(language)}">{_breakable(text)}</bdi>'
        case _:
            return _breakable(words)


def _breakable(text: str) -> str:
    """Words in HTML; long ones, such as an address, may be broken over lines, so that a table does
    not leave the page.
    """
    parts = _LONG_WORD.split(text)
    return "".join(
        f'<span class="long">{in_html(part)}</span>' if at % 2 else in_html(part)
        for at, part in enumerate(parts)
    )
