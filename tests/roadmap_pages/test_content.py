"""Pages of road maps: what they say."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from page_makers import DAY, EXAMPLE, NAMES, Outline

from wsis_model import Activity, Corpus, Milestone, Roadmap, UnknownFormat, UnknownIdentifier, load
from wsis_model.analysis import coverage, gaps, progress
from wsis_model.checks import RULES, Severity
from wsis_model.pages import Page, roadmap_page
from wsis_model.pages._content import at_first_sight

RULE = {rule.code: rule for rule in RULES}


def test_the_summary_agrees_with_the_analysis(example: Page, corpus: Corpus) -> None:
    """The sentence on where it stands has the numbers that coverage, progress and gaps give."""
    text = example.to_markdown().replace("\u00a0", " ")
    found = progress(corpus, "c2-roadmap", as_of=DAY)
    standings = [each.standing.value for each in found.milestones]
    rows = [row for row in coverage(corpus, roadmap="c2-roadmap").mandates if row.expected]
    unanswered = sum(row.answer.value == "not" for row in rows)
    cancelled = standings.count("cancelled")

    assert f"▲ {standings.count('late')} late, ◆ {standings.count('at risk')} at risk" in text
    assert re.search(
        rf"\*\*{len(rows)} mandates addressed to its owners\*\*: {unanswered} (is|are) not answered",
        text,
    )
    assert cancelled == 1 and f"✕ {cancelled} cancelled" in text
    assert f"**{len(standings)} milestones**" in text


def test_errors_and_warnings_are_told_apart(catalogue: Corpus, corpus: Corpus) -> None:
    """What must be corrected prevents publication, what should be looked at does not; both are
    marked in the list of things to do.
    """
    mine = catalogue | Corpus.of(
        Roadmap.model_validate({"id": "mine", "title": "Mine", "owners": ["itu"]})
    )
    found = gaps(mine, "mine", as_of=DAY)
    errors = sum(RULE[gap.code].severity is Severity.ERROR for gap in found)
    bare, text = (
        roadmap_page(one, name, as_of=DAY, pictures=False, drafter=True).to_markdown()
        for one, name in ((mine, "mine"), (corpus, "c2-roadmap"))
    )

    assert 1 < errors < len(found)
    assert f"before it is published: {errors} errors and {len(found) - errors} warnings" in bare
    assert f": {errors} to correct, {len(found) - errors} to look at" in bare
    assert bare.count("(error ") == errors and bare.count("(warning ") == len(found) - errors
    assert text.count("(warning ") == 2 and "(error " not in text and " to correct" not in text


def test_what_is_to_be_done_is_in_the_copy_of_the_drafter_only(
    corpus: Corpus, example: Page
) -> None:
    """Readers see the road map, not the list of the person who writes it."""
    mine = roadmap_page(corpus, "c2-roadmap", as_of=DAY, pictures=False, drafter=True)

    assert "findings" in [each.id for each in mine.sections]
    assert "findings" not in [each.id for each in example.sections]
    assert "(warning " not in example.to_markdown()


def test_nothing_to_do_is_said_so(corpus: Corpus) -> None:
    """Where nothing is found, the drafter's copy says so."""
    day = datetime.date(2026, 11, 24)
    text = roadmap_page(corpus, "c2-roadmap", as_of=day, pictures=False, drafter=True).to_markdown()

    assert not gaps(corpus, "c2-roadmap", as_of=day)
    assert "before it is published: nothing was found." in text


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
                {"id": "full/a1.m1", "title": "Begun", "deliverable": "deliverables/report", "due": {"date": "2026"}, "status": "done",
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
        "| Train | funding | 250,000 | CHF | from 2027 | ITU | pledged |  |",
        "| Train | staff |  |  |  |  |  | yes |",
        "- **Description**: A year of courses",
        "- **Why that lead**: They are nearest",
        "- **Objective**: Media are free `full/o1`",
        "- **Action Lines**: C9 Media",
        "- **Also about**: Media and journalism",
        "- **Depends on**: Train `full/a1`",
        "| Indicator | Standing | Baseline | Latest | Next target |",
        "| Trained (persons) | ? no data | 1,000 in 2025 | none | none |",
        "| Asked | ? no data | none | 7 in 2026 | none |",
        "- **Should**: increase",
        "- **Targets**: 2,000 by 2028; 3,000 by 2030",
        "- **Observations**: 7 (2026, estimate)",
        "- **Identifier**: `full/i2`",
        "- **Definition**: Who passed",
        (
            "| Begun `full/a1.m1` | ✓ done | 2026 | Civil society | Report | "
            "[Minutes](<https://example.org/m>) |"
        ),
        "| 24 November 2026 | Train | On its way | Photograph |",
    ):
        assert line in text.replace("\\", "").replace("\u00a0", " ").splitlines(), line
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
                {"id": "full/a1.m2", "title": "Publish", "due": {"date": "2028", "event": "Media Week"}, "depends_on": ["full/a1.m1"]},
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
        "| no date | Present | UNESCO | WSIS Forum 2027 | ? no date |",
        "| 2028 | Publish | UNESCO | Media Week | ○ coming |",
        "| Milestone | Standing | Due | Why | Depends on | Evidence |",
        "| Present `full/a1.m1` | ? no date | WSIS Forum 2027 | under way |  |  |",
        "- **Kind**: national road map",
        "- **Partners**: ITU; UNDP; IFAD; CSTD; IGF; UN-Women; WHO",
        "3 titles in other languages: ar, fr",
        "| Title | ar | fr |",
        "| Full `full` |  | Complète |",
        "| Media are free `full/o1` | إعلام حر |  |",
        "| Formar `full/a1` |  | Former |",
        '- **apnic:programme**: {"name": "community | open"}',
        "1 other detail",
        "| Formar `full/a1` | Resources: budget-code | B-12 |",
    ):
        assert line in lines, line
    assert any(
        line.startswith("| Publish `full/a1.m2` | ○ coming | 2028 (Media Week) |")
        and "| Present |" in line
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
        "| All stakeholders | answered | names it | Train | is about its Action Line, asked "
        "of an owner's group |"
    )
    assert (
        "| Civil society | answered | led by Civil society | Train | not addressed to its owners |"
        in text
    )
    assert "| official matrix of C9 |" in text
    assert not re.search(r"groups/|led by (?!some of)[a-z]", text)


def test_one_word_for_what_is_coming(example: Page) -> None:
    """Milestones and mandates that are still ahead stand under one word."""
    text = example.to_markdown().replace("\u00a0", " ")

    assert "| ○ coming |" in text and "| to come |" not in text


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
        "[A/RES/80/173, para. 113](<https://docs.un.org/en/A/RES/80/173>)" in example.to_markdown()
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
        "summary", "calendar", "activities", "progress", "coverage", "details",
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
    order = [row.split(" | ")[1].strip("*").split("\u00a0", 1)[1] for row in table]
    order = [each.replace("\u00a0", " ") for each in order]

    assert len(order) == len(progress(corpus, "c2-roadmap", as_of=DAY).milestones)
    assert order == sorted(
        order, key=["late", "at risk", "coming", "no date", "done", "cancelled"].index
    )


def test_every_source_of_the_road_map_is_listed(example: Page, corpus: Corpus) -> None:
    """Titles of the sources of baselines and of the road map itself stand at the end."""
    text = example.to_markdown()
    sources = text[text.index("**Sources of the road map**") :].replace("\\", "")
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
        "The first 200 of 500 are listed here; 300 are left out. All of them: "
        "corpus.roadmap('large').activities" in text
    )
    assert "| Activity 199 |" in text and "Activity 200 " not in text
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

    assert len(rows) == 1 and rows[0].startswith("| every year, next: 2027")


def test_the_calendar_reaches_to_the_end_of_the_road_map(corpus: Corpus) -> None:
    """To the next review of the Summit, and further where the road map goes further; the page says
    to which day.
    """
    milestone = {"id": "mine/a1.m1", "title": "Far away", "due": {"date": "2040"}}
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

    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert not Outline(roadmap_page(corpus, "bare", as_of=DAY, pictures=False).to_html()).all("svg")


def test_markdown_says_where_the_pictures_are(corpus: Corpus) -> None:
    """Once, and how to get them; of each it tells in a few short lines what no table tells, and
    where the rest stands.
    """
    text = roadmap_page(corpus, "c2-roadmap", as_of=DAY).to_markdown()
    told = text[text.index("\nMore pictures") : text.index("\nHow the figures")]

    assert text.count("`-o NAME.html`") == 1
    assert len(re.findall(r"^\*\*.*\*\*$", told, re.MULTILINE)) == 4
    assert (
        "The tables of activities and of milestones, above, say the same." in told
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
        f"{standings.count('late')} late and {standings.count('at risk')} at risk on 1 February "
        "2027" in told
    )


def test_the_method_tells_where_values_are_drawn(written: dict[str, str], example: Page) -> None:
    """Where there are pictures, it is said where the value of a year that is not over stands."""
    said = (
        "stands at its last day; in the picture of indicators, while that month or year is not "
        "over, its value stands on the day of the report."
    )

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
        example.save(tmp_path / "page.odt")


def test_an_unknown_road_map_is_refused(corpus: Corpus) -> None:
    """The near miss is told."""
    with pytest.raises(UnknownIdentifier, match="c2-roadmap"):
        roadmap_page(corpus, "c2-roadmpa", as_of=DAY)


# --- for somebody who has two minutes -------------------------------------------------------------


def shown_of(page: Page) -> str:
    """What is read before anything is unfolded."""
    sections = at_first_sight(page.sections)
    return attrs.evolve(page, sections=sections).to_markdown().replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["c2-roadmap", "rir-commitments", "joint-roadmap"])
def test_no_identifier_stands_in_the_way_of_the_reader(name: str, catalogue: Corpus) -> None:
    """Before anything is unfolded there are titles and dates as people write them: no identifier, no
    code, no days to count.
    """
    mine = catalogue | load(EXAMPLE.parent / f"{name}.yaml")
    text = shown_of(roadmap_page(mine, name, as_of=DAY, pictures=False))

    assert len(text) > 1000
    assert not re.search(
        r"`|\b[a-z-]+/[a-z0-9]|\d{4}-\d\d|\d+ days", re.sub(r"<http.*?>", "", text)
    )


def test_nothing_says_how_many_days_are_left(example: Page) -> None:
    """Not even in the details."""
    assert not re.search(r"\bin [\d,]+ days", example.to_markdown())


def test_what_puts_a_milestone_at_risk_is_named_by_its_title(example: Page, corpus: Corpus) -> None:
    """What it waits for, and not the identifier of that."""
    waiting = [
        each
        for each in progress(corpus, "c2-roadmap", as_of=DAY).milestones
        if each.waits_for is not None
    ]
    text = shown_of(example)

    assert waiting
    for each in waiting:
        late = corpus[each.waits_for or ""]
        assert isinstance(late, (Milestone, Activity))
        title = late.title.pick()
        assert f"| {each.milestone.title.pick()} | **◆ at risk** |" in text
        assert f"waits for what is late: {title}" in text


def test_what_is_asked_of_others_is_not_called_missing(example: Page, corpus: Corpus) -> None:
    """The mandates that are addressed to others are counted apart from those not answered."""
    rows = coverage(corpus, roadmap="c2-roadmap").mandates
    [counts] = re.findall(r"^\| Mandates \| (.*) \|$", example.to_markdown(), re.MULTILINE)
    missing = sum(each.expected and each.answer.value == "not" for each in rows)
    others = sum(not each.expected and each.answer.value == "not" for each in rows)
    numbers = [int(each.replace(",", "")) for each in counts.split(" | ")]

    assert (numbers[3], numbers[5]) == (missing, others) and others > missing
    assert sum(numbers[1:]) == len(rows)


def test_what_is_late_says_what_was_reported_of_it(corpus: Corpus) -> None:
    """The last note about a late milestone stands beside it."""
    record = corpus.roadmap("c2-roadmap")
    page = roadmap_page(corpus, "c2-roadmap", as_of=datetime.date(2026, 11, 24), pictures=False)
    text = shown_of(page)

    assert any(each.note and each.note in text for each in record.updates)
