"""What `mkdocs` runs while it builds the site: the pages that come from the catalogue or lie at the
top of the repository, and the two files for programs that read the whole (`llms.txt`,
`llms-full.txt`).

The pages are made in memory at each build: they say what the catalogue says, and none is committed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from compact import compact
from explorer_data import outcome
from indexes import by_actor, by_date, by_theme, records
from llms import Listed, full_text, listing
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from paragraphs import Paragraphs

from wsis_model import Corpus, catalogue

ROOT = Path(__file__).resolve().parents[2]
#: Where the page that checks is built.
CHECKER = ROOT / "build" / "web"
#: What lies at the top of the repository and is a page of the site too.
TOP = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

_read: dict[str, Listed] = {}


def pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Every page that comes from the catalogue, as source file and Markdown."""
    yield from Paragraphs(corpus).pages()
    yield compact(corpus)
    yield by_actor(corpus)
    yield by_theme(corpus)
    yield by_date(corpus)
    yield from records(corpus)


def top_pages() -> Iterator[tuple[str, str]]:
    """The pages that lie at the top of the repository, with their links as the site has them."""
    for name in TOP:
        text = (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        for other in TOP:
            text = text.replace(f"]({other})", f"]({other.lower()})")
        yield name.lower(), text


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that come from the catalogue, and those from the top of the repository."""
    for path, text in (*pages(catalogue()), *top_pages()):
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - as mkdocs calls it
    """Remember what stands on the page, for `llms.txt`."""
    _read[page.file.src_uri] = Listed.of(page, markdown)


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - as mkdocs calls it
    """Begin anew: `mkdocs serve` builds again and again."""
    _read.clear()


def on_post_build(config: MkDocsConfig) -> None:
    """Write `llms.txt` and `llms-full.txt` at the root of the site, and put the page that checks on
    it, as far as `tools/do.py web` has built it.
    """
    site = Path(config.site_dir)
    if CHECKER.is_dir():
        shutil.copytree(CHECKER, site / "try", dirs_exist_ok=True)
    else:  # the page explores the outcome all the same
        explored = json.dumps(outcome(catalogue()), ensure_ascii=False)
        (site / "try" / "outcome.json").write_text(explored, encoding="utf-8")
    (site / "llms.txt").write_text(listing(config, _read), encoding="utf-8")
    (site / "llms-full.txt").write_text(full_text(_read), encoding="utf-8")
