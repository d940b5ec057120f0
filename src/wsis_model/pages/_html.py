"""A page as HTML."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._version import __version__
from .._width import readable
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

if TYPE_CHECKING:
    from .page import Page

__all__ = ["html_of"]

#: Nothing may be fetched and no script may run, whatever stands in the texts.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

#: An identifier is not broken over lines unless it is longer than this.
LONG = 40

#: A table of more columns than this is printed in smaller letters.
MANY = 7

#: A word may be broken over lines when it is as long as this: few words are that are no address and
#: no mistake.
_LONG_WORD = re.compile(r"(\S{25,})")

STYLE = """
:root { color-scheme: light; --ink: #1b1f24; --soft: #4d5661; --line: #c3cad2; --band: #f1f4f7; --link: #0b4f8a; --mark: #8a4b00; }
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body { margin: 0; color: var(--ink); background: #fff; font: 1rem/1.55 Arial, Helvetica, "Liberation Sans", sans-serif; }
header, nav, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 3px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
p, ul, dl { margin: .5rem 0 1rem; max-width: 46rem; overflow-wrap: anywhere; }
li { margin: .25rem 0; }
a { color: var(--link); text-decoration: underline; text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: .5rem; top: -5rem; background: #fff; padding: .6rem 1rem; border: 2px solid var(--link); z-index: 1; }
.skip:focus { top: .5rem; }
.lead { color: var(--soft); }
.notice { border-left: 5px solid var(--mark); background: #fff8ec; padding: .75rem 1rem; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; max-width: none; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .35rem 1.25rem; max-width: 60rem; }
dt { font-weight: bold; }
dd { margin: 0; }
code { font: .875em/1.4 "Liberation Mono", Consolas, Menlo, monospace; background: var(--band); padding: .05em .3em; white-space: nowrap; }
code.long { white-space: normal; }
.long { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; container-type: inline-size; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
caption { text-align: left; font-weight: bold; padding: .35rem 0; }
caption > span { display: block; position: sticky; left: 0; max-width: 100cqi; }
/* The sign that one can scroll has a height only where the table (100%) is wider than what is seen of it (100cqi); it is not read out. */
caption::after, figure > .scroll::before {
  content: "Wider than the page: scroll sideways \\2192"; content: "Wider than the page: scroll sideways \\2192" / ""; display: block; position: sticky; left: 0; max-width: 100cqi;
  height: 0; overflow: hidden; color: var(--mark); font: bold .925rem/1.6 Arial, Helvetica, "Liberation Sans", sans-serif; white-space: nowrap;
}
caption::after { padding-bottom: clamp(0rem, (100% - 100cqi - 2px) * 999, 1.6em); }
figure > .scroll::before { padding-bottom: clamp(0rem, (46rem - 100% - 2px) * 999, 1.6em); }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { background: var(--band); border-bottom: 2px solid var(--soft); }
tbody th { font-weight: normal; min-width: 11rem; }
td { min-width: 5rem; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; min-width: 4rem; }
.more { color: var(--soft); }
figure { margin: 1rem 0 1.5rem; }
figure svg { display: block; min-width: 46rem; max-width: 100%; height: auto; }
figcaption summary { color: var(--soft); }
details { margin: .5rem 0 1rem; }
summary { cursor: pointer; padding: .25rem 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-bottom: 2rem; color: var(--soft); border-top: 1px solid var(--line); }
@media (max-width: 40rem) {
  dl { display: block; }
  dd { margin: 0 0 .6rem; }
  h1 { font-size: 1.5rem; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body { font-size: 10pt; }
  header, nav, main, footer { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  h2, h3, caption, summary { break-after: avoid; }
  figcaption { display: none; }
  tr, li, dt, dd, summary { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  .scroll { overflow: visible; container-type: normal; }
  caption::after, figure > .scroll::before { content: none; }
  table { font-size: 8.5pt; }
  th, td { padding: 3pt; min-width: 17mm; }
  tbody th { min-width: 30mm; }
  th.number, td.number { min-width: 10mm; }
  .many { font-size: 7.5pt; }
  .many th, .many td { padding: 2.5pt; }
  figure svg { min-width: 0; width: auto; max-width: 100%; max-height: 235mm; }
  figure { break-inside: avoid; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; overflow-wrap: anywhere; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  details > summary { list-style: none; font-weight: bold; }
  footer { border: 0; }
}
"""


def html_of(page: Page) -> str:
    """The page as HTML."""
    numbers = itertools.count(1)
    language = "" if page.language == "en" else f' lang="{_escaped(page.language)}" dir="auto"'
    links = "".join(
        f'<li><a href="#{section.id}">{_escaped(section.title)}</a></li>'
        for section in page.sections
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="wsis_model {_escaped(__version__)}">',
        f"<title>{_escaped(page.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#content">Skip to the content</a>',
        f'<header><h1{language}>{_escaped(page.title)}</h1><p class="lead">{_escaped(page.lead)}</p></header>',
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>',
        '<main id="content" tabindex="-1">',
        *(part for section in page.sections for part in _section(section, numbers)),
        "</main>",
        f"<footer><p>Made with wsis_model {_escaped(__version__)}. This page stands alone: nothing is loaded when it is opened.</p></footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.id}">'
    yield f'<h2 id="{section.id}">{_escaped(section.title)}</h2>'
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
            return f"<h3>{_escaped(text)}</h3>"
        case Facts(pairs):
            return f"<dl>{''.join(f'<dt>{_escaped(name)}</dt><dd>{_line(line)}</dd>' for name, line in pairs)}</dl>"
        case Bullets(lines, more):
            return f"<ul>{''.join(f'<li>{_line(line)}</li>' for line in lines)}</ul>{_more(more)}"
        case Grid():
            return _grid(block, next(numbers))
        case Figure(picture):
            title = _escaped(picture.title)
            return (
                f'<figure aria-label="{title}"><div class="scroll" role="group" tabindex="0" aria-label="{title}">{picture.to_svg()}</div>'
                f"<figcaption><details><summary>In words: {title}</summary><p>{_escaped(picture.alt)}</p></details></figcaption></figure>"
            )
        case Fold(line, blocks, shown):
            inside = "".join(_block(each, numbers) for each in blocks)
            return f"<details{' open' if shown else ''}><summary>{_line(line)}</summary>{inside}</details>"


def _grid(grid: Grid, number: int) -> str:
    name = f"table-{number}"
    marks = [' class="number"' if each in grid.numbers else "" for each in grid.heads]
    head = "".join(
        f'<th scope="col"{mark}>{_escaped(each)}</th>'
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
        f'<caption id="{name}"><span>{_escaped(grid.caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>{_more(grid.more)}"
    )


def _more(said: str) -> str:
    return f'<p class="more">{_escaped(said)}</p>' if said else ""


def _line(line: Line) -> str:
    return "".join(map(_words, line))


def _words(words: Words) -> str:
    match words:
        case Link(text, url):
            return f'<a href="{_escaped(url)}">{_breakable(text)}</a>'
        case Code(text):
            return f"<code{' class=long' if len(text) > LONG else ''}>{_escaped(text)}</code>"
        case Strong(text):
            return f"<strong>{_breakable(text)}</strong>"
        case Foreign(text, language):
            return f'<bdi lang="{_escaped(language)}">{_breakable(text)}</bdi>'
        case _:
            return _breakable(words)


def _breakable(text: str) -> str:
    """Words of which the longest, such as an address, may be broken over lines: they would push a
    table off the page.
    """
    parts = _LONG_WORD.split(text)
    return "".join(
        f'<span class="long">{_escaped(part)}</span>' if at % 2 else _escaped(part)
        for at, part in enumerate(parts)
    )


def _escaped(text: str) -> str:
    return html.escape(readable(text))
