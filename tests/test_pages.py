"""The report page: what it says, that it stands alone, that everybody can read it, and that no text
breaks it.
"""

from __future__ import annotations

import datetime
import html
import itertools
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from wsis_model import Corpus, Roadmap, UnknownFormat, UnknownIdentifier, load
from wsis_model.analysis import coverage, gaps, progress
from wsis_model.checks import RULES, Severity
from wsis_model.pages import Page, roadmap_page

DAY = datetime.date(2027, 2, 1)
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "data" / "c2-roadmap.yaml"
RULE = {rule.code: rule for rule in RULES}
VOID = {"meta", "br", "hr", "img", "input", "link"}
HOSTILE = "</title><script>alert('1')</script><img src=x onerror=alert(1)> & | `code` [a](javascript:alert(1)) **b** \x07\u202e"


class Outline(HTMLParser):
    """What a page is made of, and whether every element that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "desc"):
            self.text.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of these names."""
        return [attrs for tag, attrs in self.elements if tag in tags]


def hostile() -> Roadmap:
    """A road map that says something wicked in every text it has."""
    source = {"title": HOSTILE, "url": "javascript:alert(1)", "terms": HOSTILE}
    return Roadmap.model_validate(
        {
            "id": "wicked",
            "title": HOSTILE,
            "description": HOSTILE,
            "version": HOSTILE,
            "owners": ["itu"],
            "objectives": [{"id": "wicked/o1", "statement": HOSTILE}],
            "activities": [
                {
                    "id": "wicked/a1",
                    "title": HOSTILE,
                    "objective": "wicked/o1",
                    "period": {"start": "2026", "end": "2027"},
                    "milestones": [
                        {
                            "id": "wicked/a1.m1",
                            "title": HOSTILE,
                            "due": {"year": 2026, "event": HOSTILE},
                        }
                    ],
                }
            ],
            "indicators": [
                {
                    "id": "wicked/i1",
                    "name": HOSTILE,
                    "unit": HOSTILE,
                    "baseline": {"value": 1, "when": "2025", "source": source},
                }
            ],
            "updates": [
                {"date": "2026-11-24", "about": "wicked/a1", "status": HOSTILE, "note": HOSTILE}
            ],
            "source": source,
        }
    )


LONG = "Averyveryverylongword" * 6


def lengthy() -> Roadmap:
    """A road map with words too long for a column, and numbers."""
    milestone = {
        "id": "lengthy/a1.m1",
        "title": LONG,
        "due": {"year": 2026},
        "evidence": [{"title": LONG, "url": f"https://example.org/{LONG}"}],
    }
    resources = [{"kind": "funding", "amount": amount, "note": LONG} for amount in (250000, 12)]
    activity = {
        "id": "lengthy/a1",
        "title": {"fr": LONG},
        "lead": "groups/action-line-facilitators",
        "answers": ["80-173/37.1"],
        "partners": ["itu"],
        "milestones": [milestone],
        "resources": resources,
    }
    return Roadmap.model_validate(
        {
            "id": "lengthy",
            "title": LONG,
            "kind": "action-line",
            "owners": ["itu"],
            "activities": [activity],
        }
    )


def large(size: int) -> Roadmap:
    """A road map of many activities, each with a milestone."""
    activities = [
        {
            "id": f"large/a{n}",
            "title": f"Activity {n}",
            "milestones": [{"id": f"large/a{n}.m", "title": f"M {n}", "due": {"year": 2030}}],
        }
        for n in range(size)
    ]
    return Roadmap.model_validate(
        {"id": "large", "title": "Large", "owners": ["itu"], "activities": activities}
    )


@pytest.fixture(scope="module")
def corpus(catalogue: Corpus) -> Corpus:
    """The catalogue with the worked example and the road maps of this module."""
    bare = Roadmap.model_validate(
        {"id": "bare", "title": {"ar": "خريطة الطريق"}, "owners": ["itu"]}
    )
    return catalogue | load(EXAMPLE) | Corpus.of(hostile(), lengthy(), large(500), bare)


NAMES = ("c2-roadmap", "wicked", "lengthy", "large", "bare")


@pytest.fixture(scope="module")
def written(corpus: Corpus) -> dict[str, str]:
    """The pages as HTML, with pictures."""
    pytest.importorskip("altair", reason="pictures need the extra plot")
    return {name: roadmap_page(corpus, name, as_of=DAY).to_html() for name in NAMES}


@pytest.fixture(scope="module")
def example(corpus: Corpus) -> Page:
    """The page of the worked example, without pictures."""
    return roadmap_page(corpus, "c2-roadmap", as_of=DAY, pictures=False)


each = pytest.mark.parametrize("name", NAMES)


# --- how it is built ------------------------------------------------------------------------------


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
    """Each of the four figures has a name, a caption with the description, and an image with title
    and description.
    """
    outline = Outline(written[name])

    assert (
        len(outline.all("figure")) == len(outline.all("figcaption")) == len(outline.all("svg")) == 4
    )
    assert all(attrs.get("aria-label") for attrs in outline.all("figure"))
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in outline.all("svg"))
    assert len(outline.all("desc")) == 4


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
        '<bdi lang="fr">{}</bdi>',
        f'<a href="https://example.org/{LONG}">{{}}</a>',
        "<td>{}</td>",
    ):
        assert around.format(breakable) in written["lengthy"]
    assert '<span class="long">' not in written["c2-roadmap"].partition('id="pictures"')[0]


def test_numbers_stand_below_each_other(written: dict[str, str], corpus: Corpus) -> None:
    """Columns of numbers, with their heads, are aligned on the right in both forms; years and other
    columns are not.
    """
    text = roadmap_page(corpus, "lengthy", as_of=DAY, pictures=False).to_markdown()

    assert re.findall('<th scope="col" class="number">([^<]*)<', written["lengthy"]) == [
        "Amount", "Answered", "Partly", "Not", "In all", "Expected, not answered", "Found",
    ]  # fmt: skip
    assert (
        '<td class="number">250,000</td>' in written["lengthy"]
        and '<td class="number">12</td>' in written["lengthy"]
    )
    assert "| For | What | Amount | Note |\n|---|---|---:|---|\n" in text


def test_the_style_prints_what_is_folded() -> None:
    """On paper details are unfolded, rows are not split and addresses are shown; focus can be seen
    on the screen.
    """
    from wsis_model.pages._html import STYLE

    screen, _, paper = STYLE.partition("@media print")
    assert ":focus-visible" in screen
    assert re.search(r'content: "[^"]*scroll sideways[^"]*" / "";', screen), (
        "the sign is for the eye: no screen reader is to read it above each table"
    )
    assert (
        "details::details-content" in paper
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


# --- what it says ---------------------------------------------------------------------------------


def test_the_summary_agrees_with_the_analysis(example: Page, corpus: Corpus) -> None:
    """The sentence on where it stands has the numbers that coverage, progress and gaps give."""
    text = example.to_markdown()
    found = progress(corpus, "c2-roadmap", as_of=DAY)
    standings = [each.standing.value for each in found.milestones]
    rows = [row for row in coverage(corpus, roadmap="c2-roadmap").mandates if row.expected]
    unanswered = sum(row.answer.value == "not" for row in rows)
    cancelled = standings.count("cancelled")

    assert (
        f"{standings.count('late')} are late and {standings.count('at risk')} are at risk" in text
    )
    assert re.search(
        rf"Of {len(rows)} mandates that it is expected to answer, {unanswered} (is|are) not answered",
        text,
    )
    assert cancelled == 1 and f"at risk; {cancelled} more is cancelled." in text
    assert (
        f"Of {len(standings) - cancelled} milestones" in text
        and f"{len(standings)} milestones" in text
    )


def test_errors_and_warnings_are_told_apart(catalogue: Corpus, example: Page) -> None:
    """What must be mended stands against publication, what should be looked at does not; both are
    marked in the list of things to do.
    """
    mine = catalogue | Corpus.of(
        Roadmap.model_validate({"id": "mine", "title": "Mine", "owners": ["itu"]})
    )
    found = gaps(mine, "mine", as_of=DAY)
    errors = sum(RULE[gap.code].severity is Severity.ERROR for gap in found)
    bare, text = (
        roadmap_page(mine, "mine", as_of=DAY, pictures=False).to_markdown(),
        example.to_markdown(),
    )

    assert 1 < errors < len(found)
    assert (
        f"Before it can be published, {errors} things are to be mended; {len(found) - errors} more should be looked at."
        in bare
    )
    assert f": {errors} to mend, {len(found) - errors} to look at" in bare
    assert bare.count("(error ") == errors and bare.count("(warning ") == len(found) - errors
    assert "Nothing stands against its being published; 2 things should be looked at." in text
    assert text.count("(warning ") == 2 and "(error " not in text and " to mend" not in text


def test_nothing_to_do_is_said_so(corpus: Corpus) -> None:
    """Where nothing is found, no number is named."""
    text = roadmap_page(
        corpus, "c2-roadmap", as_of=datetime.date(2026, 11, 24), pictures=False
    ).to_markdown()

    assert not gaps(corpus, "c2-roadmap", as_of=datetime.date(2026, 11, 24))
    assert "Nothing stands against its being published." in text


FULL: dict[str, Any] = {
    "id": "full",
    "title": "Full",
    "kind": "action-line",
    "owners": ["unesco"],
    "scope": ["action-lines/c9"],
    "objectives": [{"id": "full/o1", "statement": "Media are free", "alignments": [{"concept": "sdg/16.10", "basis": "editorial"}]}],
    "activities": [
        {
            "id": "full/a1",
            "title": "Train",
            "description": "A year of courses",
            "objective": "full/o1",
            "lead": "groups/civil-society",
            "lead_reason": "They are nearest",
            "answers": ["80-173/77.1"],
            "alignments": [
                {"concept": "action-lines/c9", "basis": "editorial"},
                {"concept": "sdg/16.10", "basis": "editorial", "note": "by name"},
                {"concept": "gdc/35-b", "basis": "editorial"},
                {"concept": "themes/media", "basis": "editorial"},
            ],
            "milestones": [
                {"id": "full/a1.m1", "title": "Begun", "deliverable": "deliverables/report", "due": {"year": 2026}, "status": "done",
                 "evidence": [{"title": "Minutes", "url": "https://example.org/m"}]},
                {"id": "full/a1.m2", "title": "Dropped", "status": "cancelled"},
            ],
            "resources": [
                {"kind": "funding", "amount": 250000, "currency": "CHF", "period": {"start": "2027"}, "funder": "itu", "status": "pledged"},
                {"kind": "staff", "within_existing": True},
            ],
        },
        {"id": "full/a2", "title": "Go on", "depends_on": ["full/a1"]},
    ],
    "indicators": [
        {"id": "full/i1", "name": "Trained", "unit": "persons", "direction": "increase", "baseline": {"value": 1000, "when": "2025"},
         "targets": [{"value": 2000, "by": "2028"}, {"value": 3000, "by": "2030"}], "definition": "Who passed"},
        {"id": "full/i2", "name": "Asked", "observations": [{"value": 7, "when": "2026", "note": "estimate"}]},
    ],
    "updates": [{"date": "2026-11-24", "about": "full/a1", "note": "On its way", "evidence": [{"title": "Photograph"}]}],
    "source": {"title": "A draft", "certainty": "reported"},
}  # fmt: skip


def test_what_the_drafter_entered_is_there(corpus: Corpus) -> None:
    """Resources, lead reasons, links, descriptions, deliverables, evidence; indicators with all
    that is known where nothing is measured yet.
    """
    text = roadmap_page(
        corpus | Corpus.of(Roadmap.model_validate(FULL)), "full", as_of=DAY, pictures=False
    ).to_markdown()

    for line in (
        "| For | What | Amount | Currency | Period | Funder | Status | Within existing resources |",
        "| Train `full/a1` | funding | 250,000 | CHF | from 2027 | ITU | pledged |  |",
        "| Train `full/a1` | staff |  |  |  |  |  | yes |",
        "- **Description**: A year of courses",
        "- **Why that lead**: They are nearest",
        "- **Objective**: Media are free `full/o1`",
        "- **Action Lines**: C9 Media",
        "- **Also about**: Media and journalism",
        "- **Depends on**: Train `full/a1`",
        "| Indicator | Unit | Direction | Baseline | Targets | Latest observation |",
        "| Trained `full/i1` | persons | increase | 1,000 (2025) | 2,000 by 2028; 3,000 by 2030 | none |",
        "| Asked `full/i2` | no unit given | not given | none | none | 7 (2026, estimate) |",
        "- **Definition**: Who passed",
        "| Begun `full/a1.m1` | done | 2026 | Civil society | done | Report | [Minutes](<https://example.org/m>) |",
        "| 24 November 2026 | Train `full/a1` | On its way | Photograph |",
    ):
        assert line in text.replace("\\", "").splitlines(), line
    assert "- **SDG targets**: [16.10" in text or "- **SDG targets**: 16.10" in text
    assert (
        "(by name)" in text
        and "- **Compact commitments**: [Global Digital Compact, para. 35 (b)]" in text
    )
    assert "1 objective, 2 activities, 2 milestones, 2 indicators, 2 resources, 1 update" in text


BESIDE: dict[str, Any] = {
    "id": "full",
    "title": {"en": "Full", "fr": "Complète"},
    "kind": "national",
    "owners": ["unesco"],
    "objectives": [{"id": "full/o1", "statement": {"en": "Media are free", "ar": "إعلام حر"}}],
    "activities": [
        {
            "id": "full/a1",
            "title": {"es": "Formar", "fr": "Former"},
            "partners": ["itu", "undp", "ifad", "cstd", "igf", "un-women", "who"],
            "milestones": [
                {"id": "full/a1.m1", "title": "Present", "due": {"event": "WSIS Forum 2027"}, "status": "under-way"},
                {"id": "full/a1.m2", "title": "Publish", "due": {"year": 2028, "event": "Media Week"}, "depends_on": ["full/a1.m1"]},
                {"id": "full/a1.m3", "title": "Report", "due": {"session": "sessions/cstd-30"},
                 "evidence": [{"title": "Draft", "date": "2027-01-05", "note": "page 3"}]},
            ],
            "resources": [{"kind": "staff", "extensions": {"unknown:budget-code": "B-12"}}],
            "extensions": {"apnic:programme": {"name": "community | open"}},
        },
    ],
}  # fmt: skip


def test_what_the_tables_have_no_room_for_is_there_too(corpus: Corpus) -> None:
    """Events, what is under way, what milestones wait for, dates of evidence, many partners, titles
    in other languages, added fields.
    """
    text = roadmap_page(
        corpus | Corpus.of(Roadmap.model_validate(BESIDE)), "full", as_of=DAY, pictures=False
    ).to_markdown()
    lines = text.replace("\\", "").replace("\u00a0", " ").splitlines()

    for line in (
        "| When | What | Who | Session or event | Standing |",
        "| no date | Present `full/a1.m1` | UNESCO | WSIS Forum 2027 | no date |",
        "| 2028 | Publish `full/a1.m2` | UNESCO | Media Week | coming |",
        "| Milestone | Standing | Due | Why | Depends on | Evidence |",
        "| Present `full/a1.m1` | no date | WSIS Forum 2027 | no day follows from: WSIS Forum 2027; under way |  |  |",
        "- **Kind**: national road map",
        "- **Partners**: ITU; UNDP; IFAD; CSTD; IGF; UN-Women; WHO",
        "3 titles in other languages: ar, fr",
        "| Title | ar | fr |",
        "| Full `full` |  | Complète |",
        "| Media are free `full/o1` | إعلام حر |  |",
        "| Formar `full/a1` |  | Former |",
        "2 fields that others have added",
        '| Formar `full/a1` | apnic:programme | {"name": "community | open"} |',
        "| Formar `full/a1` | budget-code | B-12 |",
    ):
        assert line in lines, line
    assert any(
        line.startswith("| Publish `full/a1.m2` | coming | 2028 (Media Week) |")
        and "| Present `full/a1.m1` |" in line
        for line in lines
    )
    assert any(
        re.match(
            r"\| Report `full/a1.m3` \| .*\(CSTD 30\) \|.*\| Draft \(5 January 2027; page 3\) \|$",
            line,
        )
        for line in lines
    )


def test_a_page_has_no_words_on_what_nobody_added(example: Page) -> None:
    """Where every title has one language and no field was added, the page says nothing of them."""
    assert (
        "in other languages" not in example.to_markdown()
        and "have added" not in example.to_markdown()
    )


def test_rows_say_why_they_are_expected_and_who_is_asked(corpus: Corpus) -> None:
    """Each table begins with what is expected in it; people and groups are called by name."""
    text = roadmap_page(
        corpus | Corpus.of(Roadmap.model_validate(FULL)), "full", as_of=DAY, pictures=False
    ).to_markdown()

    assert text.count("\n\nExpected ") == 5 and "This being the road map of an Action Line" in text
    [row] = [
        line
        for line in text.splitlines()
        if line.startswith("| A/RES/80/173, para. 77, mandate 1: ")
    ]
    assert row.endswith(
        "| All stakeholders | answered | names it | `full/a1` | is about its Action Line, asked of an owner's group |"
    )
    assert "| Civil society | answered | led by Civil society | `full/a1` | not expected |" in text
    assert "| official matrix of C9 |" in text
    assert not re.search(r"groups/|led by (?!some of)[a-z]", text)


def test_one_word_for_what_is_coming(example: Page) -> None:
    """Milestones and mandates that are still ahead stand under one word."""
    assert "| coming |" in example.to_markdown() and "| to come |" not in example.to_markdown()


def test_certainty_is_told_where_it_is_less_than_verified(example: Page, corpus: Corpus) -> None:
    """A source to which nobody gave a certainty is not called verified; what is only reported is."""
    text = roadmap_page(
        corpus | Corpus.of(Roadmap.model_validate(FULL)), "full", as_of=DAY, pictures=False
    ).to_markdown()
    of_roadmap = text[text.index("**Sources of the road map**") :]

    assert "| verified |" not in example.to_markdown() + text
    assert (
        of_roadmap.splitlines()[2] == "| Source | Used for | Dated | Read on | Terms | Certainty |"
    )
    assert "| A draft | the road map | not given | not given | not given | reported |" in of_roadmap


def test_the_face_says_what_the_road_map_is(example: Page, corpus: Corpus) -> None:
    """The description stands first, set off from the rest; the mandate is cited and leads to the
    official text.
    """
    first = Outline(example.to_html())
    record = corpus.roadmap("c2-roadmap")

    assert next(attrs for attrs in first.all("p") if attrs.get("class") == "notice")
    assert record.description and " ".join(record.description.split()) in example.to_markdown()
    assert (
        "[A/RES/80/173, para. 113, mandate 1](<https://docs.un.org/en/A/RES/80/173>)"
        in example.to_markdown()
    )


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_both_forms_have_every_part(form: str, example: Page) -> None:
    """HTML and Markdown hold the same sections in the same order."""
    text = example.to_html() if form == "html" else example.to_markdown()
    places = [
        text.rindex(
            ("\n## " if form == "markdown" else f'<h2 id="{part.id}">') + html.escape(part.title)
        )
        for part in example.sections
    ]

    assert [part.id for part in example.sections] == [
        "summary", "activities", "coverage", "calendar", "progress", "findings", "method", "sources",
    ]  # fmt: skip
    assert places == sorted(places)


def test_late_milestones_come_first(example: Page, corpus: Corpus) -> None:
    """In the table of milestones, what is late and at risk stands before what is to come and what
    is done.
    """
    text = example.to_markdown()
    table = (
        text[text.index("Milestones, late and at risk first") :].split("\n\n")[1].splitlines()[2:]
    )
    order = [row.split(" | ")[1].strip("*") for row in table]

    assert len(order) == len(progress(corpus, "c2-roadmap", as_of=DAY).milestones)
    assert order == sorted(
        order, key=["late", "at risk", "coming", "no date", "done", "cancelled"].index
    )


def test_every_source_of_the_road_map_is_listed(example: Page, corpus: Corpus) -> None:
    """Titles of the sources of baselines and of the road map itself stand at the end."""
    text = example.to_markdown()
    sources = text[text.index("\n## Sources") :].replace("\\", "")
    record = corpus.roadmap("c2-roadmap")
    held = [
        record.source,
        *(indicator.baseline.source for indicator in record.indicators if indicator.baseline),
    ]

    assert len([each for each in held if each is not None]) > 3
    assert all(each.title in sources for each in held if each is not None)
    assert "Sources of the documents and vocabularies" in sources


def test_what_is_too_long_is_cut_and_counted(corpus: Corpus) -> None:
    """Of five hundred rows two hundred are shown, and it is said how to get all of them."""
    text = roadmap_page(corpus, "large", as_of=DAY, pictures=False).to_markdown()

    assert (
        "The first 200 of 500 are listed here; 300 are left out. All of them: corpus.roadmap('large').activities"
        in text
    )
    assert "| Activity 199 `large/a199` |" in text and "Activity 200 " not in text
    assert (
        "progress(corpus, 'large', as\\_of=datetime.date(2027, 2, 1)).milestones.to\\_csv()" in text
    )
    assert len(text) < 300_000


def test_the_calendar_has_the_next_time_of_what_recurs(corpus: Corpus) -> None:
    """A yearly duty stands once in the table, at its next time as of the day."""
    mine = Roadmap.model_validate(
        {
            "id": "mine",
            "title": "Mine",
            "owners": ["igf"],
            "activities": [{"id": "mine/a1", "title": "A", "answers": ["80-173/98"]}],
        }
    )
    text = roadmap_page(corpus | Corpus.of(mine), "mine", as_of=DAY, pictures=False).to_markdown()
    rows = [
        line for line in text.splitlines() if "para. 98, mandate 2" in line and "every year" in line
    ]

    assert len(rows) == 1 and rows[0].startswith("| 2027 (every year)")


def test_the_calendar_reaches_to_the_end_of_the_road_map(corpus: Corpus) -> None:
    """To the next review of the Summit, and further where the road map goes further; the page says
    to which day.
    """
    milestone = {"id": "mine/a1.m1", "title": "Far away", "due": {"year": 2040}}
    mine = {
        "id": "mine",
        "title": "Mine",
        "owners": ["igf"],
        "activities": [{"id": "mine/a1", "title": "A", "milestones": [milestone]}],
    }
    pages = [
        roadmap_page(
            Corpus.of(Roadmap.model_validate(mine | more)), "mine", as_of=DAY, pictures=False
        ).to_markdown()
        for more in (
            {},
            {"period": {"end": "2040"}},
            {"period": {"end": "2030"}, "mandated_by": ["80-173/113.1"]},
        )
    ]

    assert ["| 2040 | Far away" in page for page in pages] == [False, True, False]
    assert "until 31 December 2040." in pages[1]


def test_the_page_does_not_tell_whose_folder_it_was(example: Page) -> None:
    """Places in files are told by the name of the file alone: the page is passed on."""
    assert str(EXAMPLE.parent) not in example.to_html()


def test_a_corpus_without_the_outcome_has_a_page_too() -> None:
    """Road maps can be looked at with nothing beside them."""
    page = roadmap_page(
        Corpus.of(Roadmap.model_validate({"id": "mine", "title": "Mine", "owners": ["us"]})),
        "mine",
        as_of=DAY,
        pictures=False,
    )

    assert "Mine" in page.to_markdown() and "`us`" in page.to_markdown()


def test_the_same_road_map_gives_the_same_page(corpus: Corpus, example: Page) -> None:
    """Nothing on it depends on when it was made."""
    again = roadmap_page(corpus, "c2-roadmap", as_of=DAY, pictures=False)

    assert again.to_html() == example.to_html() and again.to_markdown() == example.to_markdown()


def test_a_page_without_pictures_needs_none(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made although nothing that draws is installed."""
    import sys

    for module in ("altair", "vl_convert"):
        monkeypatch.setitem(sys.modules, module, None)
    assert not Outline(roadmap_page(corpus, "bare", as_of=DAY, pictures=False).to_html()).all("svg")


def test_markdown_says_where_the_pictures_are(corpus: Corpus) -> None:
    """Once, and how to get them; of each it tells in a few short lines what no table tells, and
    where the rest stands.
    """
    pytest.importorskip("altair", reason="pictures need the extra plot")
    text = roadmap_page(corpus, "c2-roadmap", as_of=DAY).to_markdown()
    told = text[text.index("\n## Pictures") : text.index("\n## How the figures")]

    assert told.count("`-o NAME.html`") == 1
    assert len(re.findall(r"^\*\*.*\*\*$", told, re.MULTILINE)) == 4
    assert (
        "The tables of activities and of milestones, above, tell the same." in told
        and "The tables of indicators, above" in told
    )
    assert "`wsis-model calendar --document 80-173`" in told
    assert (
        "\n- Table of 4 Action Lines by 17 Sustainable Development Goals" in told
        and "\n- C2 and Goal 1: 1 activity; " in told
    )
    assert "Bar chart over time" not in told and max(map(len, told.splitlines())) < 650


def test_markdown_tells_short_descriptions_whole(corpus: Corpus) -> None:
    """Where there is nothing to draw, it says so; what is long is cut between its parts."""
    pytest.importorskip("altair", reason="pictures need the extra plot")
    lines = roadmap_page(corpus, "bare", as_of=DAY).to_markdown().splitlines()
    [missing] = [line for line in lines if line.startswith("- Linked in the official matrix")]

    assert "- خريطة الطريق has no indicators yet." in lines
    assert len(missing) < 650 and re.search(r"; C\d+(\.\S+)?: [\d, ]+; and more\.$", missing)


def test_the_pictures_are_of_the_day_of_the_report(written: dict[str, str], corpus: Corpus) -> None:
    """The calendar of the years to 2035 knows what is late on that day, as the tables do."""
    standings = [
        each.standing.value for each in progress(corpus, "c2-roadmap", as_of=DAY).milestones
    ]
    [told] = re.findall(r"<p>(Calendar\. [^<]*)</p>", written["c2-roadmap"])

    assert standings.count("late") > 1
    assert (
        f"{standings.count('late')} late and {standings.count('at risk')} at risk on 1 February 2027"
        in told
    )


def test_the_method_tells_where_values_are_drawn(written: dict[str, str], example: Page) -> None:
    """Where there are pictures, it is said where the value of a year that is not over stands."""
    said = "stands at its last day; in the picture of indicators, while that month or year is not over, its value stands on the day of the report."

    assert said in written["c2-roadmap"] and "in the picture" not in example.to_html()


def test_every_row_of_a_markdown_table_has_its_cells(corpus: Corpus) -> None:
    """Bars in texts do not end a cell: each row has as many as its head."""
    for name in NAMES:
        width = 0
        for line in (
            roadmap_page(corpus, name, as_of=DAY, pictures=False).to_markdown().splitlines()
        ):
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (width and cells) or cells == width, line
            width = cells


def test_a_page_saves_by_its_suffix(example: Page, tmp_path: Path) -> None:
    """HTML and Markdown are written; another suffix is refused."""
    example.save(tmp_path / "page.html")
    example.save(tmp_path / "page.md")

    assert (tmp_path / "page.html").read_text("utf-8") == example.to_html()
    assert (tmp_path / "page.md").read_text("utf-8") == example.to_markdown()
    with pytest.raises(UnknownFormat):
        example.save(tmp_path / "page.docx")


def test_an_unknown_road_map_is_refused(corpus: Corpus) -> None:
    """The near miss is told."""
    with pytest.raises(UnknownIdentifier, match="c2-roadmap"):
        roadmap_page(corpus, "c2-roadmpa", as_of=DAY)


# --- in a browser ---------------------------------------------------------------------------------

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RUN = """
axe.run(document, {runOnly: {type: "tag", values: TAGS}}).then(found => {
  const told = document.createElement("pre");
  told.id = "axe-found";
  told.textContent = JSON.stringify({
    version: axe.version,
    passes: found.passes.length,
    violations: found.violations.map(each => ({id: each.id, nodes: each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))})),
    unsure: found.incomplete.flatMap(each => each.nodes.filter(node => !node.element?.closest?.("svg") && !/^<(text|tspan)/.test(node.html))
      .map(node => each.id + ": " + node.html.slice(0, 200))),
  });
  document.body.appendChild(told);
});
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """A Chromium that can be run without a screen."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("needs Chromium or Chrome")
    return found


def browse(chromium: str, page: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Open a page, and give what the browser printed."""
    command = [chromium, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", *more, page.as_uri()]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=180
    )


def axe() -> str:
    """The accessibility checker, as it may stand inside a page."""
    package = pytest.importorskip(
        "axe_core_python", reason="accessibility is checked with axe-core"
    )
    return (
        (Path(package.__file__).parent / "axe.min.js")
        .read_text("utf-8")
        .replace("</script", "<\\/script")
    )


@pytest.mark.heavy
@each
def test_the_browser_has_nothing_to_complain_of(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """Opened in Chromium, the page writes nothing to the console, and asks for nothing."""
    page = tmp_path / "page.html"
    page.write_text(written[name], "utf-8")
    done = browse(chromium, page, "--dump-dom")

    assert "<h1" in done.stdout
    said = [
        line
        for line in done.stderr.splitlines()
        if "CONSOLE" in line or "ERR_" in line or "http://" in line or "https://" in line
    ]
    assert not said, said


@pytest.mark.heavy
def test_a_request_would_be_noticed(chromium: str, tmp_path: Path) -> None:
    """The check above can fail: an image from elsewhere is told in the log of the browser."""
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><title>x</title><h1>x</h1><script>fetch('https://example.org/').catch(e => console.error(e))</script>",
        "utf-8",
    )
    done = browse(chromium, page, "--virtual-time-budget=5000", "--dump-dom")

    assert "CONSOLE" in done.stderr


@pytest.mark.heavy
@each
def test_axe_finds_no_barrier(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """axe-core finds no violation of WCAG 2.1 A and AA and of good practice, in a copy of the page
    that lets it run.
    """
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", written[name])
    copy = copy.replace("<details>", "<details open>")  # what is folded away is looked at too
    script = f"<script>{axe()}</script><script>{RUN.replace('TAGS', json.dumps(TAGS))}</script>"
    page = tmp_path / "page.html"
    page.write_text(copy.replace("</body>", f"{script}</body>"), "utf-8")
    done = browse(chromium, page, "--virtual-time-budget=120000", "--dump-dom")
    told = re.search(r'<pre id="axe-found">(.*?)</pre>', done.stdout, re.DOTALL)

    assert told is not None, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    assert found["passes"] > 20
    assert not found["violations"], found["violations"]
    assert not found["unsure"], found["unsure"]


MEASURE = """
document.querySelectorAll("details").forEach(each => each.open = true);
const told = document.createElement("pre");
told.id = "measured";
told.textContent = JSON.stringify({
  page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  tables: [...document.querySelectorAll(".scroll")].map(each => {
    const caption = each.querySelector("caption");
    const sign = caption ? getComputedStyle(caption, "::after") : getComputedStyle(each, "::before");
    return {beyond: each.scrollWidth - each.clientWidth, sign: parseFloat(sign.paddingBottom)};
  }),
  cells: [...document.querySelectorAll("td:not(.number)")].map(each => each.getBoundingClientRect().width),
});
document.body.appendChild(told);
"""


def measured(chromium: str, page: Path, text: str, width: int) -> dict[str, Any]:
    """How wide things are where a page is shown in so many pixels, everything unfolded."""
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    page.write_text(copy.replace("</body>", f"<script>{MEASURE}</script></body>"), "utf-8")
    done = browse(chromium, page, f"--window-size={width},900", "--dump-dom")
    told = re.search(r'<pre id="measured">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told is not None, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


@pytest.mark.heavy
@each
def test_no_table_is_wider_than_the_screen(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On a screen of 1280 pixels nothing has to be scrolled sideways, however long the words, and
    no sign says so.
    """
    found = measured(chromium, tmp_path / "page.html", written[name], 1280)

    assert found["page"] <= 0
    assert all(each["beyond"] <= 0 and not each["sign"] for each in found["tables"])


@pytest.mark.heavy
@each
def test_what_can_be_scrolled_says_so(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On a small screen a sign stands at what is wider than it, and at nothing else; the page
    itself is not wider.
    """
    found = measured(chromium, tmp_path / "page.html", written[name], 500)

    assert found["page"] <= 0
    assert any(each["sign"] for each in found["tables"])
    assert all((each["beyond"] > 2) == (each["sign"] > 15) for each in found["tables"])


@pytest.mark.heavy
@each
def test_tables_fit_the_paper(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On A4 no table is wider than the page, and no column so narrow that each line holds a word."""
    paper = (
        written[name]
        .replace("@media print", "@media all")
        .replace("</style>", "body { width: 182mm; } </style>")
    )
    found = measured(chromium, tmp_path / "page.html", paper, 1280)

    assert all(each["beyond"] <= 0 for each in found["tables"])
    assert min(found["cells"]) > 60
