"""What people call things means the same wherever it is written or asked."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import AmbiguousName, Corpus
from wsis_model.cli import main
from wsis_model.names import index
from wsis_model.names.index import Context
from wsis_model.names.several import MAX_ITEMS

TABLE: dict[str, dict[str, str | list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "names.yaml").read_text("utf-8")
)
CASES = [
    (kind, str(text), tuple([means] if isinstance(means, str) else means))
    for kind, texts in TABLE.items()
    for text, means in texts.items()
]
#: The column of activities, or of milestones, that takes what is of a kind, and that of a workbook.
COLUMNS = {
    "provision": "answers",
    "mandate": "answers",
    "actor": "partners",
    "concept": "themes",
    "session": "due.session",
}


def the_map(kind: str, text: str) -> dict[str, Any]:
    """A road map that names one thing, in the shape of a file."""
    activity: dict[str, Any] = {"id": "r/a1", "title": "A"}
    match kind:
        case "provision" | "mandate":
            activity["answers"] = [text]
        case "actor":
            activity["partners"] = [text]
        case "concept":
            activity["alignments"] = [{"concept": text, "basis": "editorial"}]
        case _:
            due = {"session": text}
            activity["milestones"] = [{"id": "r/a1.m1", "title": "M", "due": due}]
    return {"roadmaps": [{"id": "r", "title": "R", "owners": ["itu"], "activities": [activity]}]}


def named_in(corpus: Corpus) -> tuple[str, ...]:
    """What the activity, or its milestone, names."""
    (activity,) = corpus.roadmap("r").activities
    if activity.milestones:
        due = activity.milestones[0].due
        return (str(due.session if due else None),)
    aligned = tuple(each.concept for each in activity.alignments)
    return aligned or activity.answers or activity.partners


def of_yaml(kind: str, text: str) -> tuple[str, ...]:
    written: str = yaml.safe_dump(the_map(kind, text))  # pyright: ignore[reportUnknownMemberType]  # newer stubs than the checker knows
    return named_in(wsis.loads(written, "yaml"))


def of_json(kind: str, text: str) -> tuple[str, ...]:
    return named_in(wsis.loads(json.dumps(the_map(kind, text)), "json"))


def of_cell(kind: str, text: str, folder: Path) -> tuple[str, ...]:
    rows = {
        "roadmaps": [["id", "title", "owners"], ["r", "R", "itu"]],
        "activities": [["belongs_to", "id", "title"], ["r", "a1", "A"]],
    }
    if kind == "session":
        rows["milestones"] = [
            ["belongs_to", "id", "title", "due.session"],
            ["a1", "a1.m1", "M", text],
        ]
    else:
        rows["activities"][0].append(COLUMNS[kind])
        rows["activities"][1].append(text)
    for name, table in rows.items():
        made = io.StringIO()
        csv.writer(made).writerows(table)
        (folder / f"{name}.csv").write_text(made.getvalue(), "utf-8")
    return named_in(wsis.load(folder))


def of_find(ask: Callable[[str], Any], text: str) -> tuple[str, ...]:
    """What a question that takes one thing finds, or between what it does not choose."""
    try:
        return (ask(text).id,)
    except AmbiguousName as error:
        return error.near


@pytest.mark.parametrize(("kind", "text", "means"), CASES)
def test_in_files(kind: str, text: str, means: tuple[str, ...], tmp_path: Path) -> None:
    """A value of YAML or JSON, and a cell."""
    assert means == of_yaml(kind, text) == of_json(kind, text) == of_cell(kind, text, tmp_path)


@pytest.mark.parametrize(("kind", "text", "means"), CASES)
def test_in_questions(
    kind: str, text: str, means: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The library's `find`, and `show` of the commands."""
    corpus = wsis.catalogue()
    assert means == of_find(corpus.find, text)

    assert main(["show", "--format", "json", text]) == 0
    shown = "[" + capsys.readouterr().out.replace("\n}\n{", "\n},{") + "]"
    assert means == tuple(each["id"] for each in json.loads(shown))


@pytest.mark.parametrize(("kind", "text", "means"), CASES)
def test_in_conditions(kind: str, text: str, means: tuple[str, ...]) -> None:
    """What a question is asked of; where it takes one thing and several are meant, it says so."""
    corpus = wsis.catalogue()
    ours = corpus | wsis.load(the_map(kind, means[0]))

    def ask(said: str) -> object:
        match kind:
            case "provision" | "mandate":
                return ours.activities(answers=said).rows
            case "actor":
                return ours.activities(partner=said).rows, corpus.mandates(addressee=said).rows
            case "concept":
                return corpus.about(said)
            case _:
                return corpus.mandates(due_before=said).rows

    if len(means) == 1:
        assert ask(text) == ask(means[0])
    else:
        with pytest.raises(AmbiguousName) as caught:
            ask(text)
        assert means == caught.value.near


# --- one where one is wanted ------------------------------------------------------------------------


OWN = """
entities:
- {id: one, name: First House, acronym: FH, aliases: [The House]}
- {id: two, name: Second House, acronym: FH}
- {id: three, name: FH}
roadmaps:
- {id: r, title: R, owners: [itu], activities: [{id: r/a1, title: A, lead: %s}]}
"""


@pytest.mark.parametrize(
    ("said", "means"),
    [("FH", None), ("Second House", "two"), ("The House", "one"), ("FH; UNESCO", None)],
)
def test_a_name_that_two_bear_in_one_file_is_told(said: str, means: str | None) -> None:
    """A file's own names come first; of those the acronym before the name, and neither of two."""
    read = wsis.salvage((OWN % said).encode(), format="yaml")

    assert bool(means) != bool(read.problems)
    assert read.corpus.roadmap("r").activities[0].lead == means


def test_a_paragraph_beyond_the_last_is_told_the_last() -> None:
    """In a question and in a check."""
    with pytest.raises(wsis.UnknownIdentifier) as caught:
        wsis.catalogue().find("80-173/999")
    assert (caught.value.last, caught.value.near) == ("80-173/127", ())
    assert caught.value == pickle.loads(pickle.dumps(caught.value))

    ours = wsis.load(the_map("provision", "para. 999"))
    findings = wsis.check(wsis.catalogue() | ours).findings
    assert [("R204", True)] == [
        (each.code, "127" in each.hint) for each in findings if each.record == "r/a1"
    ]


# --- places -----------------------------------------------------------------------------------------

SEVERAL = """\
roadmaps:
- id: r
  title: R
  owners: [itu]
  activities:
  - id: r/a1
    title: A
    answers:
    - paras 26-28
    - 80-173/998
    - para. 30; para. 31
    - 80-173/999
    partners: ["ITU, UNESCO", nobody]%s
"""


@pytest.mark.parametrize("wrong", ["", ", status: daft"])
def test_what_follows_several_is_told_at_its_place(wrong: str) -> None:
    """Findings and problems name the lines of the file, whatever was read from it."""
    read = wsis.salvage(
        (SEVERAL % wrong.replace(", ", "\n    ")).encode(), format="yaml", name="r.yaml"
    )
    findings = wsis.check(wsis.catalogue() | read.corpus).findings

    assert bool(wrong) == bool(read.problems)
    assert [(10, 7), (12, 7), (13, 31)] == [
        (each.position.line, each.position.column)
        for each in findings
        if each.position and each.code in ("R201", "R204")
    ]


def test_places_are_found_again(tmp_path: Path) -> None:
    """Also of a file that is read again, and of a pickle."""
    path = tmp_path / "r.yaml"
    path.write_text(SEVERAL % "")
    corpus: Corpus = pickle.loads(pickle.dumps(wsis.load(path)))

    lines = [corpus.position("r/a1", ("answers", index)) for index in range(7)]
    assert [9, 9, 9, 10, 11, 11, 12] == [each and each.line for each in lines]


def test_problems_after_several_are_told_at_their_place() -> None:
    """What is refused behind a run is told where it stands."""
    with pytest.raises(wsis.LoadError) as caught:
        wsis.loads((SEVERAL % "").replace("80-173/999", "no such thing"), "yaml")

    assert [12] == [each.position.line for each in caught.value.problems]


def test_cells_that_name_several_keep_their_place(tmp_path: Path) -> None:
    """Of a cell for alignments too, which becomes several records; what stands in the wrong column
    is told once each.
    """
    (tmp_path / "roadmaps.csv").write_text("id,title,owners\nr,R,itu\n")
    (tmp_path / "activities.csv").write_text(
        "belongs_to,id,title,action_lines,sdg_targets,commitments\n"
        'r,a1,A,"C2, C5","9.c & 4.4; 4.99",11(a)-(c)\n'
    )
    corpus = wsis.load(tmp_path)
    (activity,) = corpus.roadmap("r").activities
    places = [corpus.position("r/a1", ("alignments", n, "concept")) for n in range(8)]

    assert [
        ("action-lines/c2", "action_lines"),
        ("action-lines/c5", "action_lines"),
        ("sdg/9.c", "sdg_targets"),
        ("sdg/4.4", "sdg_targets"),
        ("sdg/4.99", "sdg_targets"),
        ("gdc/11-a", "commitments"),
        ("gdc/11-b", "commitments"),
        ("gdc/11-c", "commitments"),
    ] == [
        (each.concept, place and place.heading)
        for each, place in zip(activity.alignments, places, strict=True)
    ]

    (tmp_path / "activities.csv").write_text(
        'belongs_to,id,title,action_lines\nr,a1,A,"C2, SDG 9.c & 4.4"\n'
    )
    with pytest.raises(wsis.LoadError) as caught:
        wsis.load(tmp_path)
    assert ["wrong-column", "wrong-column"] == [each.code for each in caught.value.problems]


# --- any text -----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    (
        *("26", "1-200", "para.", "paras ", "GDC ", "(a)", "-(z)", " to ", "-", "–", ",", ";", " and "),
        *("SDG ", "9.c", "C7", ": ", "e-health", "UNESCO", "ICC", "A/RES/80/173", "/", " | ", "\n", " "),
        *("80-173/999", "the ", "§", "¶", "mandate 2", "9" * 40, "International Telecommunication Union"),
    )
)  # fmt: skip


@given(st.lists(WORDS, max_size=60).map("".join) | st.text())
def test_any_text_comes_to_an_end(text: str) -> None:
    """Whatever is asked is answered, and a name that is written means the same again."""
    names = wsis.catalogue().names
    for kinds in ((), ("provision", "mandate"), ("concept",), ("group", "entity")):
        found = names.resolve(text, Context(kinds=kinds))
        assert not (found.identifiers and found.ambiguous) and len(found.identifiers) <= MAX_ITEMS
        for each in found.identifiers[:3] if found.known else ():
            written = names.display_name(each, Context(kinds=kinds, place="cell"))
            assert names.resolve(written, Context(kinds=kinds)).identifiers == (each,)


def test_a_file_of_runs_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is named by few letters, so many names are looked up and no more."""
    read: list[str] = []

    def counted(text: str, of: str = "") -> str:
        read.append(text)
        return wsis.parse_reference(text, of)

    monkeypatch.setattr(index, "parse_reference", counted)
    activities = [
        {"id": f"r/a{number}", "title": "A", "answers": ["1-120," * 40 + f"nothing {number}"]}
        for number in range(300)
    ]
    found = wsis.salvage(
        {"roadmaps": [{"id": "r", "title": "R", "owners": ["itu"], "activities": activities}]}
    )

    assert len(found.problems) == 300 and len(read) < 100_000


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("SDGs 4 and 9", ("sdg/4", "sdg/9")),
        ("SDG targets 9.c, 4.4", ("sdg/9.c", "sdg/4.4")),
        ("CSTD 29 and 30", ("sessions/cstd-29", "sessions/cstd-30")),
        ("Action Lines C2, C5 and 6", tuple(f"action-lines/c{number}" for number in (2, 5, 6))),
        ("C7: e-health; e-learning", ("action-lines/c7-e-health", "action-lines/c7-e-learning")),
        ("GDC 21(a), para. 23; 26", ("gdc/21-a", "gdc/23", "80-173/26")),
        ("80-173/26-28", ("80-173/26", "80-173/27", "80-173/28")),
        ("79/1-3", ("79-1", "79-2", "79-3")),
        ("para. 26;", ("80-173/26",)),
        ("ITU, 26", ()),
        ("CSTD 29 and 99", ()),
        ("women and nobody", ()),
        ("countries, regions", ()),
    ],
)
def test_what_follows_continues_what_stands_before(text: str, means: tuple[str, ...]) -> None:
    """A number alone is never of something else; where nobody can tell, nothing is meant."""
    assert means == wsis.catalogue().resolve(text)


@pytest.mark.parametrize(
    ("asked", "last"), [("para. 128", "80-173/127"), ("paras 126-129", "80-173/127"), ("zzz", "")]
)
def test_whoever_asks_beyond_the_last_is_told(asked: str, last: str) -> None:
    """A run too."""
    with pytest.raises(wsis.UnknownIdentifier) as caught:
        wsis.catalogue().find(asked)
    assert last == caught.value.last


def test_a_condition_means_what_it_takes() -> None:
    """A group, a theme and an Action Line are called "Media": each question takes its own."""
    corpus = wsis.catalogue()

    assert corpus.find("Media").id == "groups/media"
    assert corpus.find("Media", ("concept",)).id == "action-lines/c9"
    for said, line in (("Media", "action-lines/c9"), ("c7: e-health", "action-lines/c7-e-health")):
        assert (
            corpus.mandates(action_line=said).rows == corpus.mandates(action_line=line).rows != ()
        )
    assert corpus.mandates(verb="Request").rows == corpus.mandates(verb="verbs/request").rows != ()
    with pytest.raises(wsis.UnknownIdentifier):
        corpus.mandates(addressee="SDG 9")


@pytest.mark.parametrize(
    ("text", "kinds", "means"),
    [
        ("4", (), ("80-173/4",)),
        ("4", ("provision",), ("80-173/4",)),
        ("4", ("concept",), ()),
        ("706", ("provision",), ("80-173/706",)),  # the code of a country, which is none here
        ("004", (), ("regions/afg",)),
        ("9.c", (), ("sdg/9.c",)),
        ("A/80/257", ("provision",), ("oewg-ict-final-report",)),
        ("GDC 99", ("provision", "mandate"), ("gdc/99",)),
    ],
)
def test_a_number_is_what_belongs_there(
    text: str, kinds: tuple[str, ...], means: tuple[str, ...]
) -> None:
    """A number alone is a paragraph of the outcome, or a code; of other kinds it says nothing."""
    assert means == wsis.catalogue().resolve(text, kinds)


def test_a_number_is_no_paragraph_where_anything_may_stand() -> None:
    """What an update is about may be anything: there it says nothing."""
    text = (
        "roadmaps: [{id: r, title: R, owners: [itu], updates: [{date: 2027-01-01, about: '%s'}]}]"
    )
    assert wsis.loads(text % "para. 26", "yaml").roadmap("r").updates[0].about == "80-173/26"
    with pytest.raises(wsis.LoadError) as caught:
        wsis.loads(text % "26", "yaml")
    assert ["wrong-identifier"] == [each.code for each in caught.value.problems]
