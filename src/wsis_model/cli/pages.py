"""The commands that write a road map as a page: report and brief."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import MissingExtra, MissingProgram
from .console import Unusable, write, write_text
from .inputs import load_all
from .roadmaps import (
    Command,
    add_as_of,
    add_of_roadmap,
    add_output,
    add_paths,
    roadmap_of,
    suffix_of,
)

if TYPE_CHECKING:
    from ..pages import Page

__all__ = ["add_commands"]

FORMATS = {
    "": "html",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pdf": "pdf",
}


def _report(options: argparse.Namespace) -> None:
    from ..pages import roadmap_page

    _write_page(functools.partial(roadmap_page, drafter=options.drafter), options)


def _brief(options: argparse.Namespace) -> None:
    from ..pages import brief_page

    _write_page(brief_page, options)


def _write_page(make: Callable[..., Page], options: argparse.Namespace) -> None:
    """Write a page of a road map, in the format that is asked for or that the name of the file
    tells.
    """
    form = options.format or FORMATS.get((suffix_of(options) or "").lower())
    if form is None:
        raise Unusable(
            reason=f"{options.output} is no name for a page; let it end in .html, .md, .docx or "
            ".pdf, or say --format"
        )
    corpus = load_all(options.paths)
    page = make(
        corpus,
        roadmap_of(corpus, options.paths, options.roadmap).id,
        as_of=options.as_of,
        pictures=options.pictures,
    )
    try:
        if form in ("docx", "pdf"):
            write(page.to_docx() if form == "docx" else page.to_pdf(), options)
        else:
            write_text(page.to_html() if form == "html" else page.to_markdown(), options)
    except MissingExtra as error:
        without = "; or say --no-pictures" if error.extra == "plot" else ""
        raise Unusable(reason=f"{error}{without}") from None
    except MissingProgram as error:
        raise Unusable(reason=f"{error}; or write .docx or .html and print that") from None


def add_commands(command: Command) -> None:
    """Add the commands that write pages to the parser."""
    for name, run, what in (
        (
            "report",
            _report,
            "Write a road map as one page: how it stands, what is planned, due and answered.",
        ),
        (
            "brief",
            _brief,
            "Write a brief of two pages for a delegate, also as a Word document or PDF.",
        ),
    ):
        parser = command(name, run, what)
        add_paths(parser, "the road map's file, and others it refers to")
        add_output(parser)
        add_of_roadmap(parser)
        add_as_of(parser)
        parser.add_argument(
            "--format",
            choices=("html", "markdown", "docx", "pdf"),
            help="html, or what the name of the output tells: .md, .docx, .pdf",
        )
        parser.add_argument(
            "--no-pictures",
            dest="pictures",
            action="store_false",
            help="without pictures, which need the extra plot",
        )
        if name == "report":
            parser.add_argument(
                "--drafter",
                action="store_true",
                help="with what is still to be done to the road map itself",
            )
