"""The road maps under `examples/data`: sound, invented where they must be, and true where they
quote a figure.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import wsis_model as wsis
from wsis_model import Activity, Basis, Corpus, Indicator, Milestone, Objective, Roadmap
from wsis_model.analysis import progress

DATA = Path(__file__).resolve().parents[1] / "examples" / "data"
WORKED = ("c2-roadmap", "rir-commitments")
ALL = (*WORKED, "joint-roadmap")
TODAY = datetime.date(2026, 11, 24)
#: A run of this many equal words is a quotation.
RUN = 14
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@pytest.fixture(scope="module")
def corpus(catalogue: Corpus) -> Corpus:
    """The catalogue with all three road maps."""
    joined = catalogue
    for name in ALL:
        joined |= wsis.load(DATA / f"{name}.yaml")
    return joined


@pytest.fixture(scope="module")
def paragraphs(shared: Path) -> dict[str, str]:
    """The official text of A/RES/80/173, paragraph by paragraph."""
    root = ElementTree.parse(shared / "documents" / "akn" / "A_RES_80_173.English.xml").getroot()
    texts = (
        " ".join("".join(each.itertext()).split())
        for each in root.iter()
        if str(each.tag).endswith("}paragraph")
    )
    return {found[1]: text for text in texts if (found := re.match(r"([0-9]+)\. ", text))}


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


# --- sound ----------------------------------------------------------------------------------------


def test_all_three_are_sound_in_draft(corpus: Corpus) -> None:
    """Together with the catalogue they have no finding in the profile `draft`, on the day for which
    they were written.
    """
    report = wsis.check(corpus, as_of=TODAY)

    assert not report.findings, str(report)


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_ones_can_be_published(catalogue: Corpus, name: str) -> None:
    """Nothing that is asked of a published road map is missing in the two that are worked out."""
    report = wsis.check(
        catalogue | wsis.load(DATA / f"{name}.yaml"), profile="publish", as_of=TODAY
    )

    assert not report.findings, str(report)


def test_the_frame_lacks_what_the_resolution_leaves_open(corpus: Corpus, catalogue: Corpus) -> None:
    """Of the joint road map `publish` asks only for the two leads that the text does not name, and
    for the lines' own road maps.
    """
    report = wsis.check(
        catalogue | wsis.load(DATA / "joint-roadmap.yaml"), profile="publish", as_of=TODAY
    )
    said = {(each.code, each.record) for each in report.findings}

    open_ones = {
        each.id for each in corpus.roadmap("joint-roadmap").activities if each.lead is None
    }
    assert {
        ("M702", "joint-roadmap/a6"),
        ("M702", "joint-roadmap/a7"),
        ("C802", "joint-roadmap"),
    } == said
    assert {"joint-roadmap/a6", "joint-roadmap/a7"} == open_ones
    assert all("No lead is given" in str(corpus[each].description) for each in open_ones)


def test_the_frame_follows_the_mandates(corpus: Corpus) -> None:
    """In the joint road map a lead is one whom the mandate names, and a milestone is due when the
    mandate is.
    """
    for activity in corpus.roadmap("joint-roadmap").activities:
        mandates = [corpus[each] for each in activity.answers]
        named = {actor for mandate in mandates for actor in mandate.addressees}
        assert activity.lead is None or activity.lead in named, activity.id
        dues = [mandate.due for mandate in mandates if mandate.due]
        assert Counter(map(str, dues)) == Counter(
            str(each.due) for each in activity.milestones if each.due
        ), activity.id


def test_the_joint_road_map_is_due_between_two_sessions(corpus: Corpus) -> None:
    """No day is given for it, and it still comes before CSTD 30 and after the eightieth session of
    the Assembly has opened.
    """
    due = corpus["joint-roadmap/a1.m1"].due.window(corpus.calendar)

    assert due < corpus["joint-roadmap/a2.m1"].due.window(corpus.calendar)
    assert due.latest is not None and due.latest > corpus["sessions/ga-80"].window().earliest


def test_everything_has_its_parts(corpus: Corpus) -> None:
    """The C2 road map shows each kind of record, several leads, and statuses of every sort that a
    reader will meet.
    """
    roadmap = corpus.roadmap("c2-roadmap")
    milestones = [each for activity in roadmap.activities for each in activity.milestones]

    assert (5, 13, 29, 8) == tuple(
        map(len, (roadmap.objectives, roadmap.activities, milestones, roadmap.indicators))
    )
    assert {"itu", "unicef", "eca", "escap", "eclac", "un-women"} <= {
        each.lead for each in roadmap.activities
    }
    assert {"planned", "under-way", "done"} <= {each.status.value for each in roadmap.activities}
    assert {"planned", "under-way", "at-risk", "done", "cancelled"} == {
        each.status.value for each in milestones
    }
    assert (
        roadmap.updates
        and any(each.resources for each in roadmap.activities)
        and any(each.depends_on for each in milestones)
    )


def test_the_identifiers_that_others_point_at_still_mean_the_same(corpus: Corpus) -> None:
    """README, guides and programs name these records."""
    titles = {
        name: str(getattr(corpus[f"c2-roadmap/{name}"], field)) for name, field in NAMED.items()
    }

    assert {name: titles[name] for name in NAMED} == {
        "o1": "Everyone can get an affordable connection that is good enough to use",
        "a1": "Map the schools that have no connection",
        "a1.m1": "Method agreed",
        "a1.m2": "Map of all schools",
        "a2": "Propose incentives for entry-level broadband",
        "a3": "Report to the Commission at its thirtieth session",
        "a3.m1": "Report sent",
        "i1": "Individuals using the Internet",
        "i2": "Individuals using the Internet in low-income countries",
    }


NAMED = {
    "o1": "statement",
    "a1": "title",
    "a1.m1": "title",
    "a1.m2": "title",
    "a2": "title",
    "a3": "title",
    "a3.m1": "title",
    "i1": "name",
    "i2": "name",
}


@pytest.mark.parametrize("name", WORKED)
def test_progress_shows_every_course(corpus: Corpus, name: str) -> None:
    """On the day for which they were written indicators are ahead, on course, behind and without
    data; milestones done, late and coming.
    """
    seen = progress(corpus, name, as_of=TODAY)

    assert {"ahead", "on course", "behind", "no data"} == {
        each.course.value for each in seen.indicators
    }
    assert {"done", "late", "at risk", "coming"} <= {
        each.standing.value for each in seen.milestones
    }


# --- invented, and said so ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_each_says_that_it_is_illustrative(corpus: Corpus, name: str) -> None:
    """In the first line of the file, in the title, in the description; and the source says what was
    checked.
    """
    roadmap = corpus.roadmap(name)
    first = (DATA / f"{name}.yaml").read_text(encoding="utf-8").partition("wsis_model:")[0]

    assert "illustrat" in first
    assert "illustrative" in str(roadmap.title)
    assert "llustrat" in (roadmap.description or "")
    assert (
        roadmap.source is not None
        and roadmap.source.checked
        and roadmap.source.terms
        and roadmap.source.date
    )


@pytest.mark.parametrize("name", WORKED)
def test_every_figure_is_sourced_or_invented(corpus: Corpus, name: str) -> None:
    """A target says that it is invented; so does an observation, and a baseline that is not from
    the resolution.
    """
    for indicator in corpus.roadmap(name).indicators:
        assert indicator.targets and all(
            "invented" in (each.note or "") for each in indicator.targets
        ), indicator.id
        figures = [each for each in (indicator.baseline, *indicator.observations) if each]
        unsourced = [
            each
            for each in figures
            if each.source is None or not each.source.title.startswith("A/RES/80/173, para. ")
        ]
        assert all(each.note == "invented" and each.source is not None for each in unsourced), (
            indicator.id
        )


@pytest.mark.parametrize("name", WORKED)
def test_reports_say_that_they_are_invented(corpus: Corpus, name: str) -> None:
    """No update or piece of evidence can be taken for a real one."""
    roadmap = corpus.roadmap(name)
    evidence = [
        each
        for activity in roadmap.activities
        for milestone in activity.milestones
        for each in milestone.evidence
    ]

    assert all("Invented" in (each.note or "") for each in roadmap.updates)
    assert all(
        "(invented)" in each.title
        for each in (*evidence, *(one for each in roadmap.updates for one in each.evidence))
    )


def test_no_real_registry_is_made_to_promise_anything(corpus: Corpus) -> None:
    """The owner and lead of the registry's commitments is an invented entity, declared in the same
    file.
    """
    roadmap = corpus.roadmap("rir-commitments")
    owner = corpus.entity("example-rir")

    assert ("example-rir",) == roadmap.owners
    assert {"example-rir"} == {each.lead for each in roadmap.activities}
    assert "invented" in str(owner.name)
    assert owner.source is not None and "no such organisation" in (owner.source.checked or "")


# --- true -----------------------------------------------------------------------------------------


def figures(roadmap: Roadmap) -> Iterator[tuple[Indicator, str, str]]:
    """The baselines taken from the resolution: the indicator, the paragraph and the value."""
    for indicator in roadmap.indicators:
        if indicator.baseline and indicator.baseline.source:
            found = re.match(
                r"A/RES/80/173, para\. ([0-9]+) \(ITU\)$", indicator.baseline.source.title
            )
            if found:
                yield indicator, found[1], str(indicator.baseline.value)


def test_baselines_stand_in_the_paragraph_that_is_named(
    corpus: Corpus, paragraphs: dict[str, str]
) -> None:
    """Each baseline from the resolution is printed in its paragraph, in percent, and five
    indicators have one.
    """
    found = list(figures(corpus.roadmap("c2-roadmap")))

    assert {"20", "21", "22"} == {paragraph for _, paragraph, _ in found}
    assert 5 == len(found)
    missing = [
        (each.id, paragraph, value)
        for each, paragraph, value in found
        if not re.search(rf"\b{value} per cent", paragraphs[paragraph])
    ]
    assert not missing


@pytest.mark.parametrize(
    ("indicator", "paragraph", "words"),
    [
        ("i1", "20", r"Internet use has risen from .* to 74 per cent in 2025"),
        ("i2", "21", r"low-income countries \(23 per cent\)"),
        ("i3", "22", r"71 per cent of women .* Internet .* almost 77 per cent of men"),
        ("i4", "21", r"almost 85 per cent, while that in rural areas is 58 per cent"),
        ("i5", "20", r"more than 93 per cent .* covered by 4G"),
    ],
)
def test_baselines_mean_what_the_paragraph_says(
    corpus: Corpus, paragraphs: dict[str, str], indicator: str, paragraph: str, words: str
) -> None:
    """The figure is given in the paragraph for what the indicator measures."""
    record = corpus[f"c2-roadmap/{indicator}"]

    assert re.search(words, paragraphs[paragraph])
    assert re.search(rf"\b{record.baseline.value}\b", words)


def test_sdg_targets_by_the_matrix_are_in_the_matrix(corpus: Corpus) -> None:
    """What the C2 road map says is by the official matrix, the matrix says of C2; all seven of its
    targets are used.
    """
    matrix = {
        each.concept
        for each in corpus.concept("action-lines/c2").alignments
        if each.basis is Basis.OFFICIAL_MATRIX
    }
    roadmap = corpus.roadmap("c2-roadmap")
    claimed = {
        each.concept
        for objective in roadmap.objectives
        for each in objective.alignments
        if each.basis is Basis.OFFICIAL_MATRIX
    }

    assert claimed == {each for each in matrix if "." in each}


@pytest.mark.parametrize("name", WORKED)
def test_activities_are_tied_to_what_their_paragraphs_are_about(corpus: Corpus, name: str) -> None:
    """Each activity names an Action Line, an SDG target and a commitment of the Compact."""
    for activity in corpus.roadmap(name).activities:
        linked = [each.concept for each in activity.alignments]
        assert [each for each in linked if each.startswith("action-lines/")], activity.id
        assert [each for each in linked if each.startswith("sdg/") and "." in each], activity.id
        assert [each for each in linked if each.startswith("gdc/") and corpus[each].mandates], (
            activity.id
        )


@pytest.mark.parametrize("name", ALL)
def test_no_official_sentence_slipped_in(shared: Path, name: str) -> None:
    """No fourteen words on end are those of a paragraph of the resolution or the Compact."""
    said = set(runs((DATA / f"{name}.yaml").read_text(encoding="utf-8").replace("\n#", " ")))
    for document in ("A_RES_80_173", "A_RES_79_1"):
        root = ElementTree.parse(shared / "documents" / "akn" / f"{document}.English.xml").getroot()
        for element in root.iter():
            if str(element.tag).endswith(("}paragraph", "}container", "}point", "}p")):
                assert said.isdisjoint(runs("".join(element.itertext())))


def test_records_are_numbered_within_their_kind(corpus: Corpus) -> None:
    """Identifiers follow one pattern: `o1`, `a1`, `a1.m1`, `i1`."""
    patterns: dict[type, str] = {
        Objective: r"o[0-9]+",
        Activity: r"a[0-9]+",
        Milestone: r"a[0-9]+\.m[0-9]+",
        Indicator: r"i[0-9]+",
    }
    for name in ALL:
        for identifier, record in corpus.items():
            if identifier.startswith(f"{name}/"):
                assert re.fullmatch(rf"{name}/{patterns[type(record)]}", identifier), identifier
