"""`llms.txt` (https://llmstxt.org): the site as a list of links for programs that read it, and
`llms-full.txt`: the guides and the outcome as one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

__all__ = ["Listed", "full_text", "listing"]

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)|\[([^\]]+)\]\[[^\]]*\]")


@attrs.frozen
class Listed:
    """A page of the site."""

    title: str
    """Its title."""
    url: str
    """Its whole address."""
    said: str
    """Its first sentence, or the description that it gives of itself."""
    markdown: str
    """Its text."""

    @classmethod
    def of(cls, page: Page, markdown: str) -> Listed:
        """The page as mkdocs read it."""
        said = page.meta.get("description") or _first_sentence(markdown)
        title = cast(Any, page).title  # mkdocs gives this property no type
        return cls(str(title), page.canonical_url or page.url, str(said), markdown)


def _first_sentence(markdown: str) -> str:
    """The first sentence of prose on a page, without its markup."""
    for block in markdown.split("\n\n"):
        text = " ".join(block.split())
        if (text and text[0].isalnum()) or text.startswith(("**", "`", "[")):
            plain = _LINK.sub(r"\1\2", text).replace("**", "").replace("\\", "")
            return re.split(r"(?<=[.:?]) ", plain)[0].rstrip(":")
    return ""


def listing(config: MkDocsConfig, pages: Mapping[str, Listed]) -> str:
    """The content of `llms.txt`, in the order of the navigation; then what is not in it, such as the
    pages of the paragraphs.
    """
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", ""]
    groups = [*_groups(cast(list[dict[str, Any]], config["nav"]))]
    listed = {source for _, items in groups for source in items}
    # By the convention, what stands under this heading may be left out where room is short.
    groups.append(("Optional", [source for source in pages if source not in listed]))
    for title, items in groups:
        lines += [f"## {title}", ""]
        for source in items:
            if page := pages.get(source):
                lines.append(
                    f"- [{page.title}]({page.url})" + (f": {page.said}" if page.said else "")
                )
        lines.append("")
    return "\n".join(lines)


def _groups(nav: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """The headings of the navigation, each with the source files below it; what stands below none
    comes first.
    """
    alone: list[str] = []
    groups: list[tuple[str, list[str]]] = []
    for item in nav:
        for title, below in item.items():
            if isinstance(below, str):
                alone.append(below)
            else:
                groups.append((title, [source for each in below for source in each.values()]))
    yield "Start", alone
    yield from groups


def full_text(pages: Mapping[str, Listed]) -> str:
    """The content of `llms-full.txt`: the guides and the outcome, paragraph by paragraph. What is
    made from docstrings is left out: it has no Markdown of its own.
    """
    texts = (
        f"<!-- {page.url} -->\n\n{page.markdown.strip()}\n"
        for source, page in pages.items()
        if not source.startswith(("api/", "outcome/records/"))
    )
    return "\n".join(texts)
