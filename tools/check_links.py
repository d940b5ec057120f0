"""Check the links of the built site: each page, file and anchor that a page refers to is there.

    python tools/check_links.py [SITE]

Run it after `mkdocs build`; SITE is the folder it wrote, by default `site`. Addresses of other sites
are not looked at: nothing is fetched.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import attrs

ROOT = Path(__file__).resolve().parents[1]
_REFERRING = {"href", "src", "poster", "data"}


@attrs.frozen
class Link:
    """A link on a page."""

    page: str
    """The file of the page, below the site."""
    line: int
    """The line of the page."""
    to: str
    """What the link says."""


class _Reader(HTMLParser):
    """Collects the anchors and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.anchors: set[str] = set()
        self.links: list[Link] = []
        self.canonical = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser's signature
        given = dict(attrs)
        self.anchors.update(each for each in (given.get("id"), given.get("name")) if each)
        if given.get("rel") == "canonical":
            self.canonical = given.get("href") or ""
            return
        self.links += [
            Link(self.page, self.getpos()[0], value)
            for key, value in attrs
            if key in _REFERRING and value is not None
        ]


def read(site: Path) -> dict[str, _Reader]:
    """Every page of the site, by its file."""
    pages: dict[str, _Reader] = {}
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        pages[page] = _Reader(page)
        pages[page].feed(path.read_text(encoding="utf-8"))
    return pages


def base_of(pages: dict[str, _Reader]) -> str:
    """The address of the site, as its first page gives it."""
    home = pages.get("index.html")
    return (home.canonical if home else "") or "https://site.invalid/"


def texts(site: Path) -> Iterator[Link]:
    """The links of `llms.txt`, which is Markdown."""
    path = site / "llms.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for to in re.findall(r"\]\((\S+?)\)", line):
            yield Link("llms.txt", number, to)


def broken(site: Path) -> list[tuple[Link, str]]:
    """The links of the site that lead nowhere, each with what is missing."""
    pages = read(site)
    base = base_of(pages)
    found: list[tuple[Link, str]] = []
    for link in (*(each for page in pages.values() for each in page.links), *texts(site)):
        target = urljoin(base + link.page.removesuffix("index.html"), link.to)
        if not target.startswith(base):
            if urlsplit(link.to).scheme or link.to.startswith("//"):
                continue
            found.append((link, "leads out of the site"))
            continue
        path, _, anchor = target.removeprefix(base).partition("#")
        file = unquote(path.partition("?")[0])
        if file == "" or file.endswith("/"):
            file += "index.html"
        if not (site / file).is_file():
            found.append((link, f"no file {file}"))
        elif anchor and file in pages and unquote(anchor) not in pages[file].anchors:
            found.append((link, f"no anchor {unquote(anchor)!r} in {file}"))
    return found


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    site = parser.parse_args(argv).site
    if not all((site / name).is_file() for name in ("index.html", "llms.txt")):
        print(f"{site} holds no built site with its llms.txt; run mkdocs build", file=sys.stderr)
        return 2
    lost = broken(site)
    for link, why in lost:
        print(f"{link.page}:{link.line}: {link.to}: {why}", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
