"""A file in plain data, in records, and what is left of one that is not sound."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

import wsis_model as wsis
from wsis_model import Corpus, Finding, Partial, Position, salvage, testing
from wsis_model.formats import CSV, FORMATS, Format, Unknown, build, parse, write
from wsis_model.formats.csv import tables
from wsis_model.model import File


def test_what_was_left_out_explains_findings() -> None:
    """A finding comes of what was left out where it stands there, names it, or looked at it."""
    lost = {("plan/a1", ""), ("plan/a2.m1", "due"), ("plan/a4", "period"), ("plan", "x")}
    read = Partial(Corpus(), (), frozenset(lost))

    def explained(
        record: str, *path: str | int, names: tuple[str, ...] = (), reads: tuple[str, ...] = ()
    ) -> bool:
        found = Finding("M701", "", Position(""), path, record=record, names=names)
        return read.explains(found, reads)

    assert explained("plan/a3", "lead", names=("itu", "plan/a1"))
    assert explained("plan/a3", "lead", names=("unread",))
    assert explained("plan/a2.m1", "due", "date")
    assert explained("plan/a2", "milestones", 0)
    assert explained("plan/a3", "lead", reads=("x",))
    assert explained("plan/a4.m1", "due", reads=("period",))
    assert not explained("plan/a3", "x", names=("itu",), reads=("due",))
    assert not explained("plan/a2", "due")


def test_a_check_leaves_out_what_comes_of_what_could_not_be_read() -> None:
    """The problems come first, then what is found in the rest: not that a lead is missing that could
    not be read; but that one that is there leads nowhere.
    """
    data = {
        "roadmaps": [
            {
                "id": "plan",
                "title": "Plan",
                "owners": ["itu"],
                "activities": [
                    {"id": "plan/a1", "title": "One", "lead": 5},
                    {"id": "plan/a2", "title": "Two", "lead": "itu", "partners": [7, "nobody"]},
                ],
            }
        ]
    }
    report = wsis.check(wsis.catalogue() | salvage(data))

    assert [
        (each.code, each.field)
        for each in report.findings
        if each.record in ("", "plan/a1", "plan/a2")
    ] == [
        ("wrong-shape", "roadmaps[0].activities[0].lead"),
        ("wrong-shape", "roadmaps[0].activities[1].partners[0]"),
        ("R201", "partners[0]"),
    ]


DROPPED = """
vocabularies:
- {id: v, title: V, concepts: [3, {id: v/a, label: A}]}
- 7
- id: w
  title: W
  concepts:
  - {id: w/a}
  - {label: No name}
  - {id: w/b, label: B, aliases: [{}, b, [], bb]}
  - {id: w/c, label: C}
"""


@pytest.mark.parametrize("carried", [False, True])
def test_places_of_what_is_left_are_those_in_the_file(carried: bool) -> None:
    """However much was left out before it, and after a pickle."""
    corpus = salvage(DROPPED.encode(), format="yaml", name="x.yaml").corpus
    if carried:
        corpus = pickle.loads(pickle.dumps(corpus))
    places = [corpus.position(each) for each in ("v/a", "w", "w/b", "w/c")]

    assert [(each.line, each.column) for each in places if each] == [
        (3, 35),
        (5, 3),
        (10, 5),
        (11, 5),
    ]
    at = corpus.position("w/b", ("aliases", 1))
    assert at is not None and (at.line, at.column) == (10, 46)


@pytest.mark.parametrize("form", [*FORMATS, None])
@pytest.mark.parametrize("unknown", ["forbid", "keep"])
def test_a_file_is_parsed_built_and_taken_whole_or_in_part(
    form: Format | None, unknown: Unknown
) -> None:
    """Every format takes the one way; of a sound file the part is the whole."""
    corpus = Corpus.of(testing.an_entity())
    file = corpus.to_file()
    given: Any = json.loads(wsis.dumps(corpus))
    if form == CSV:
        given = {name: (f"{name}.csv", data) for name, data in tables(file).items()}
    elif form is not None:
        given = b"".join(write(file, form))
    parsed = parse(given, "x", form, unknown)
    built = build(parsed)

    assert (list(parsed.problems), parsed.unknown, built.complete()) == ([], unknown, file)
    assert (built.partial().records, built.partial().lost) == (file, frozenset())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [b"", b" \n", b"\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"{", b'"'])
def test_parsing_raises_nothing_about_the_data(form: Format, data: bytes) -> None:
    """What cannot be parsed has problems, and the records are refused with them, or are none."""
    parsed = parse(data, "x", form)
    built = build(parsed)

    assert parsed.problems or parsed.tree is not None
    assert built.problems and built.partial().records == File()
    with pytest.raises(wsis.LoadError) as caught:
        built.complete()
    assert caught.value.problems == built.problems
