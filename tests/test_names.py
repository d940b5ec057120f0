"""What people call things means the same wherever it is written or asked."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import wsis_model as wsis
from wsis_model import AmbiguousName, Corpus
from wsis_model.cli import main

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
