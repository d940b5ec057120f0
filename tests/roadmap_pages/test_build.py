"""Pages of road maps: how they are built."""

from __future__ import annotations

import itertools
import re

from page_makers import DAY, LONG, Outline, each

from wsis_model import Corpus
from wsis_model.pages import roadmap_page


@each
def test_elements_nest_and_ids_are_unique(name: str, written: dict[str, str]) -> None:
    """Every element that opens closes in its turn, and no two share an identifier; what is referred
    to is there.
    """
    outline = Outline(written[name])
    ids = [attrs["id"] for _, attrs in outline.elements if "id" in attrs]
    named = {
        part for _, attrs in outline.elements for part in attrs.get("aria-labelledby", "").split()
    }

    assert not outline.open
    assert len(ids) == len(set(ids))
    assert named <= set(ids)
    assert {
        attrs["href"][1:] for attrs in outline.all("a") if attrs["href"].startswith("#")
    } <= set(ids)


@each
def test_nothing_is_loaded_and_no_script_runs(name: str, written: dict[str, str]) -> None:
    """There is no script, no frame, no form, no address but in links and names of namespaces; a
    policy forbids the rest.
    """
    outline = Outline(written[name])

    assert not outline.all(
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "img",
        "form",
        "base",
        "use",
        "image",
        "foreignObject",
    )
    assert not [
        attrs
        for _, attrs in outline.elements
        if {"src", "srcset", "xlink:href", "style"} & set(attrs)
    ]
    assert not [key for _, attrs in outline.elements for key in attrs if key.startswith("on")]
    assert "url(" not in written[name] and "@import" not in written[name]
    assert [
        attrs
        for attrs in outline.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert all(attrs["href"].startswith(("https://", "http://", "#")) for attrs in outline.all("a"))


@each
def test_headings_descend_one_by_one(name: str, written: dict[str, str]) -> None:
    """One first heading, and none that leaves out a level."""
    levels = [
        int(tag[1]) for tag, _ in Outline(written[name]).elements if re.fullmatch("h[1-6]", tag)
    ]

    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@each
def test_the_page_can_be_found_ones_way_in(name: str, written: dict[str, str]) -> None:
    """Language, title, viewport, a link past the navigation, and the landmarks."""
    outline = Outline(written[name])

    assert outline.all("html") == [{"lang": "en"}]
    assert len(outline.all("title")) >= 1 and outline.all("meta")[0] == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in outline.all(
        "meta"
    )
    assert outline.all("a")[0] == {"class": "skip", "href": "#content"}
    assert [len(outline.all(mark)) for mark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert all("aria-labelledby" in attrs for attrs in outline.all("section"))


@each
def test_tables_say_what_they_hold(name: str, written: dict[str, str]) -> None:
    """Each has a caption, and each heading says whether it is of a column or of a row."""
    outline = Outline(written[name])

    assert len(outline.all("table")) == len(outline.all("caption")) > 2
    assert {attrs.get("scope") for attrs in outline.all("th")} == {"col", "row"}


@each
def test_pictures_are_named_and_told(name: str, written: dict[str, str]) -> None:
    """Each figure (five; four where there is no activity to draw) has a name, a caption with the
    description, and an image with title and description.
    """
    outline = Outline(written[name])
    figures = 4 if name == "bare" else 5

    assert len(outline.all("figure")) == len(outline.all("figcaption")) == figures
    assert len(outline.all("svg")) == figures
    assert all(attrs.get("aria-label") for attrs in outline.all("figure"))
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in outline.all("svg"))
    assert len(outline.all("desc")) == figures


def test_wicked_texts_stay_texts(written: dict[str, str], corpus: Corpus) -> None:
    """What looks like markup is shown as it was typed; no address but one of the web becomes a
    link.
    """
    outline = Outline(written["wicked"])
    shown = "".join(outline.text)

    assert "<script>alert('1')</script><img src=x onerror=alert(1)>" in shown
    assert "\u202e" not in shown and "\x07" not in shown
    markdown = roadmap_page(corpus, "wicked", as_of=DAY, pictures=False).to_markdown()
    assert "<script" not in re.sub(r"\\.", "", markdown) and "](javascript" not in re.sub(
        r"\\.", "", markdown
    )


def test_a_title_in_another_language_says_so(written: dict[str, str]) -> None:
    """An Arabic title is marked as Arabic, and written from right to left."""
    assert Outline(written["bare"]).all("h1") == [{"lang": "ar", "dir": "auto"}]


def test_words_that_would_widen_a_table_may_be_broken(written: dict[str, str]) -> None:
    """In titles, in links and in other languages the longest words are marked as breakable;
    ordinary ones are not.
    """
    breakable = f'<span class="long">{LONG}</span>'

    for around in (
        '<th scope="row">{} <code>lengthy/a1.m1',
        '<th scope="row">{}</th>',
        '<bdi lang="fr">{}</bdi>',
        f'<a href="https://example.org/{LONG}">{{}}</a>',
        "<td>{}</td>",
    ):
        assert around.format(breakable) in written["lengthy"], around
    assert '<span class="long">' not in written["c2-roadmap"].partition('id="details"')[0]


def test_numbers_stand_below_each_other(written: dict[str, str], corpus: Corpus) -> None:
    """Columns of numbers, with their heads, are aligned on the right in both forms; years and other
    columns are not.
    """
    text = roadmap_page(corpus, "lengthy", as_of=DAY, pictures=False).to_markdown()

    assert re.findall('<th scope="col" class="number">([^<]*)<', written["lengthy"]) == [
        "Amount", "Expected", "Answered", "Partly", "Not answered", "Answered besides",
        "Not addressed to it",
    ]  # fmt: skip
    assert (
        '<td class="number">250,000</td>' in written["lengthy"]
        and '<td class="number">12</td>' in written["lengthy"]
    )
    assert "| For | What | Amount | Note |\n|---|---|---:|---|\n" in text


def test_the_style_leaves_what_is_folded_off_the_paper() -> None:
    """On paper what is folded is not there and it is said how to have it; rows are not split and
    addresses of sources are shown; focus can be seen on the screen.
    """
    from wsis_model.pages._html import STYLE

    screen, _, paper = STYLE.partition("@media print")
    assert ":focus-visible" in screen
    assert re.search(r'content: "[^"]*scroll sideways[^"]*" / "";', screen), (
        "the sign is for the eye: no screen reader is to read it above each table"
    )
    assert (
        "details:not([open]) { display: none; }" in paper
        and ".folded:not(:has(details[open])) { display: none; }" in paper
        and ".paper { display: inline; }" in paper
        and "break-inside: avoid" in paper
        and "attr(href)" in paper
        and "size: A4" in paper
    )


def test_letters_stand_out_from_what_is_behind_them() -> None:
    """Every colour of letters has a contrast of 4.5 to 1 at least against every colour that they
    stand on.
    """
    from wsis_model.pages._html import STYLE
    from wsis_model.pictures._picture import brightness

    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", STYLE))
    for letters in ("ink", "soft", "link", "mark"):
        for behind in (colours["band"], "#ffffff", "#fff8ec"):
            low, high = sorted((brightness(colours[letters]), brightness(behind)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (letters, behind)
