"""Differences as pages, Markdown, text and data."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import FOUR, ONE, THREE, TWO, document, read_html

from wsis_model._width import readable
from wsis_model.diff import Difference, difference
from wsis_model.testing import (
    a_roadmap,
    texts,
)


def shown(text: str) -> str:
    """The signs of a text as a page can show them, without spaces."""
    return "".join(readable(text).split())


def with_texts(before: str, after: str) -> Difference:
    """The difference of two documents of one paragraph, and of an activity's words."""
    return difference(document(before, name="a-91-l-1"), document(after))


HOSTILE = (
    "<script>alert(1)</script>", "&lt;b&gt;", "[a](http://x.example)", "![a](b)", "**a**", "~~a~~", "__a__", "`a`", "# a", "1. a", "1) a",
    "- a", "+ a", "> a", "---", "===", "| a | b |", "\\", "a\\", "<!-- a", "]]>", "${a}", "http://x.example/**", "a\n\n# b", "```", "    a",
    "*", "~", "**", "_a_", "<a@x.example>", "&amp;", "'\"", ":::", "^a^", "a ** b",
)  # fmt: skip
MIXED = (
    st.lists(
        st.sampled_from(HOSTILE) | texts() | st.sampled_from(("well", "the", ", and", "“so”")),
        min_size=1,
        max_size=5,
    )
    .map(" ".join)
    .filter(bool)
)


@given(MIXED, MIXED)
def test_hostile_texts_in_html(before: str, after: str) -> None:
    """Whatever the texts hold, the page shows them as text, deletions and insertions in their
    elements.
    """
    found = with_texts(before, after)
    page = read_html(found.to_page())

    for change in found.changes:
        for op, tag in (("deleted", "del"), ("inserted", "ins")):
            wanted = "".join(shown(said) for each, said in change.words if each == op)
            there = "".join(said for where, said in page.said if where == tag)
            assert wanted in "".join(there.split())


@given(MIXED, MIXED)
def test_hostile_texts_in_markdown(before: str, after: str) -> None:
    """Whatever the texts hold, Markdown shows them as text: struck through where deleted, bold
    where inserted.
    """
    markdown_it = pytest.importorskip(
        "markdown_it", reason="a reader of Markdown is needed to read it back"
    )
    found = with_texts(before, after)
    read = markdown_it.MarkdownIt("commonmark").enable(["strikethrough", "table"])
    said: Counter[str] = Counter()
    held: dict[str, str] = {"": "", "s": "", "strong": ""}
    quoted = False
    for block in read.parse(found.to_markdown()):
        said[block.type] += 1
        quoted = block.type == "blockquote_open" or (quoted and block.type != "blockquote_close")
        where = ""
        for token in block.children or ():
            said[token.type] += 1
            if token.type.endswith("_open"):
                where = token.tag
            elif token.type.endswith("_close"):
                where = ""
            elif quoted:
                held[where] += token.content
    texts_of = {
        op: "".join(
            shown(text) for change in found.changes for each, text in change.words if each == op
        )
        for op in ("same", "deleted", "inserted")
    }

    assert {"".join(held[each].split()) for each in ("", "s", "strong")} == {
        *texts_of.values()
    } or not found
    assert not {
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "code_inline",
        "fence",
        "code_block",
        "hr",
        "ordered_list_open",
        "table_open",
        "em_open",
    } & {*said}


def test_read_without_colour() -> None:
    """Deletions and insertions are elements, named in words for those who hear the page, with a
    legend, and the page needs no other file.
    """
    page = difference(document(ONE), document(ONE.replace("map", "list"))).to_page()
    read = read_html(page)

    assert page.count("<del>") == page.count("</del>") == 2
    assert [said for _, said in read.said if said.startswith("[")] == ["[deleted: ", "[added: "] * 2
    assert "struck through" in page and "underlined" in page
    assert "line-through" in page and "underline" in page
    assert not re.search(r"https?:|url\(|@import|<link|<script", page)
    assert ("html", {"lang": "en"}) in read.seen


def test_direction() -> None:
    """An Arabic text stands from right to left."""
    found = difference(
        document("عين", language="ar"), document("بئر", language="ar"), language="ar"
    )

    assert '<p class="wsis-text" lang="ar" dir="rtl">' in found.to_html()


def test_minutes() -> None:
    """The Markdown reads as minutes."""
    found = difference(
        document(ONE, TWO, THREE),
        document(ONE.replace("map", "list"), FOUR, TWO, THREE, name="91-2"),
    )

    assert (
        found.to_markdown(context=2)
        == "# What changed from 91-1 to 91-2\n\n1 paragraph changed, 1 added, 2 renumbered, 2 the"
        " same.\n\n~~struck through~~: deleted; **bold**: added\n\n## Paragraphs\n\n### Para."
        " 1: changed\n\n> … draw a ~~map~~ **list** of all …\n\n### Para. 2: added\n\n>"
        f" **{FOUR}**\n\n## Renumbered\n\n- Paras. 2 to 3 → paras. 3 to 4\n"
    )
    assert "Para. 1" not in difference(document(ONE), document(ONE)).to_markdown()


def test_what_changed_in_what() -> None:
    """Titles stand beside identifiers, also that of a milestone's activity, and fields are called
    as in a workbook; programs get both.
    """
    before = a_roadmap()
    activity = before.activities[0]
    late = activity.milestones[0].replace(due={"date": "2038-06-30"})
    other = before.activities[1].replace(title="A very long title " * 9, depends_on=[])
    found = difference(
        before, before.replace(activities=[activity.replace(milestones=[late]), other])
    )
    due = next(change for change in found.changes if change.what == "milestone")
    title, within = str(late.title), str(activity.title)

    assert (due.title, due.within, due.field, due.heading) == (
        title,
        within,
        "due.date",
        "due: date",
    )
    assert (
        f"\n  milestone {late.id} “{title}”: changed\n    in activity “{within}”\n    Due: date: "
        in str(found)
    )
    assert (
        f"\n### Milestone {late.id} “{title}”: changed\n\nIn activity “{within}”\n\n- Due: date: "
        in found.to_markdown()
    )
    assert (
        f"Milestone {late.id} “{title}” <span" in found.to_html()
        and f">In activity “{within}”</p>" in found.to_html()
    )
    assert "- Depends on: " in found.to_markdown() and "<li>Title (en): " in found.to_html()
    assert all(len(line) <= 80 for line in str(found).splitlines() if line.startswith("  activity"))
    assert "activity c1-roadmap/a2 “A very long title A very long title A very …”: changed" in str(
        found
    )


def test_text_for_a_terminal() -> None:
    """Printed, it shows a few words around each change, and nothing that steers a terminal."""
    before = a_roadmap(description="Wells and bridges")
    printed = str(difference(before, before.replace(description="Wells \x1b[31m and roads")))

    assert "Description: Wells [-and bridges-] {+" in printed
    assert "\x1b" not in printed


def test_plain_data() -> None:
    """As plain data values are as files write them, whole records too."""
    before = a_roadmap()
    found = difference(
        before, before.replace(objectives=[], period={"start": "2037", "end": "2041"})
    ).to_dict()

    assert found["changes"][0] == {
        "kind": "changed", "what": "road map", "record": "c1-roadmap", "was": "c1-roadmap", "label": "road map c1-roadmap",
        "title": "Road map for Action Line C1", "within": "", "field": "period.end", "heading": "period: end",
        "before": "2040", "after": "2041", "words": [], "count": 1,
    }  # fmt: skip
    assert found["changes"][1]["before"] == before.objectives[0].to_dict()
