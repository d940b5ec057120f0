"""Beginning a road map: tables and workbooks."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from skeletons import EVERY
from workbooks import PARTS

import wsis_model as wsis
from wsis_model import Concept, Corpus, UnknownIdentifier
from wsis_model.authoring import EXPLAINED, Candidate, Draft, new_roadmap, resume
from wsis_model.formats.tables import columns, examples
from wsis_model.model import is_identifier
from wsis_model.model.fields import shape_of


@pytest.fixture(scope="module")
def draft(catalogue: Corpus) -> Draft:
    """The beginning of a road map for Action Line C2."""
    return new_roadmap(catalogue, action_line="C2")


@EVERY
def test_tables_read_back(catalogue: Corpus, tmp_path: Any, given: dict[str, Any]) -> None:
    """The tables, the empty ones too, are a folder that loads as the road map."""
    draft = new_roadmap(catalogue, **given)
    for name, table in draft.tables().items():
        (tmp_path / f"{name}.csv").write_bytes(table)

    assert draft.roadmap == wsis.load(tmp_path)[draft.roadmap.id]


def test_tables_have_every_heading(draft: Draft) -> None:
    """Each table that a road map may have is there, with a column for each field of its record."""
    tables = draft.tables()

    assert {*PARTS} <= set(tables)
    for record, name in zip(EXPLAINED, PARTS, strict=False):
        headings = tables[name].decode().partition("\r\n")[0].split(",")
        fields = {
            field.key for field in shape_of(record) if field.what not in ("record", "records")
        }
        assert fields <= set(headings), name
        assert "belongs_to" in headings or name == "roadmaps", name


@EVERY
def test_the_workbook_reads_back(catalogue: Corpus, given: dict[str, Any]) -> None:
    """The workbook to fill in holds the road map already."""
    pytest.importorskip("xlsxwriter", reason="needs the extra excel")
    draft = new_roadmap(catalogue, **given)

    assert draft.roadmap == wsis.loads(draft.to_xlsx(), "excel")[draft.roadmap.id]


def cells(data: bytes, sheet: str, row: int = 2) -> dict[str, Any]:
    """A row of a sheet, by heading."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {str(head.value): cell.value for head, cell in zip(found[1], found[row], strict=True)}


def test_the_workbook_speaks_as_people_do(draft: Draft) -> None:
    """What stands in it is written as the lists offer it, so that choosing it again changes
    nothing.
    """
    data, offered = (
        draft.to_xlsx(),
        {name: {text for text, _ in listed} for name, listed in draft.choices().items()},
    )
    roadmap, activity, milestone = (
        cells(data, sheet) for sheet in ("Road maps", "Activities", "Milestones")
    )

    assert ("ITU", "CSTD") == (roadmap["Owners"], roadmap["Reports to"])
    assert ("A/RES/80/173, para. 113, mandate 1", "Action Line C2; A/RES/80/173") == (
        roadmap["Mandated by"],
        roadmap["Scope"],
    )
    assert {roadmap["Owners"], roadmap["Reports to"], activity["Lead"]} <= offered["actors"]
    assert {roadmap["Mandated by"], activity["Answers"]} <= offered["mandates"]
    assert activity["Action Lines"] in offered["concepts:action-lines"]
    assert "CSTD 30" == milestone["Due: session"]
    assert milestone["Due: session"] in offered["sessions"]


def test_notes_and_examples_speak_as_people_do(draft: Draft, catalogue: Corpus) -> None:
    """In the notes on headings and in the example rows a name stands where a record is named, and
    the catalogue knows it as that.
    """
    for record in columns.TABLES.values():
        for column, field in columns.columns_of(record):
            if field.refers is None or not field.examples:
                continue
            plain, spoken = (
                examples.in_a_cell(field.examples[0], names=names).split("; ")
                for names in (False, True)
            )
            for identifier, words in zip(plain, spoken, strict=True):
                if identifier in catalogue:
                    assert (identifier,) == catalogue.resolve(words, field.refers.kinds), column
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    notes = {str(cell.value): cell.comment.text for cell in book["Activities"][1]}

    assert ("UNICEF", "A/RES/80/173, para. 37, mandate 1") == tuple(
        notes[heading].partition("e.g. ")[2].rstrip(".") for heading in ("Partners", "Answers")
    )
    assert "ITU" == cells(draft.to_xlsx(), "Resources")["Funder"]


EXAMPLES = Path(__file__).parents[1] / "examples" / "data"


@pytest.mark.parametrize("name", ["c2-roadmap", "joint-roadmap", "rir-commitments"])
def test_a_road_map_that_is_there_is_taken_up(catalogue: Corpus, name: str) -> None:
    """Its workbook reads back as all of it, with its own entities, and offers what it may link with
    and name.
    """
    pytest.importorskip("xlsxwriter", reason="needs the extra excel")
    ours = wsis.load(EXAMPLES / f"{name}.yaml")
    (roadmap,) = ours.roadmaps
    draft = resume(catalogue | ours, roadmap.id)
    found = wsis.loads(draft.to_xlsx(), "excel")

    assert list(ours) == list(found)
    assert all(listed for listed in draft.choices().values())


def test_a_draft_goes_to_another_process(draft: Draft) -> None:
    """It can be pickled, with what it suggests."""
    copy = pickle.loads(pickle.dumps(draft))

    assert (draft, draft.suggestions, draft.to_yaml()) == (copy, copy.suggestions, copy.to_yaml())


def test_the_line_of_a_road_map_is_that_of_its_scope(catalogue: Corpus, draft: Draft) -> None:
    """What may go into a road map taken up is what was suggested when it was begun."""
    again = resume(catalogue | wsis.load({"roadmaps": [draft.roadmap.to_dict()]}), draft.roadmap.id)

    assert draft == again


def test_a_road_map_that_names_nothing_known_is_taken_up(catalogue: Corpus) -> None:
    """An owner, a scope and a mandate that lead nowhere are the business of `check`."""
    ours = wsis.load(
        {
            "roadmaps": [
                {
                    "id": "r",
                    "title": "R",
                    "owners": ["nobody"],
                    "scope": ["gone"],
                    "mandated_by": ["gone/1.1"],
                }
            ]
        }
    )

    assert ours.roadmap("r") == resume(catalogue | ours, "r").roadmap
    with pytest.raises(UnknownIdentifier) as caught:
        resume(catalogue | ours, "rr")
    assert ("rr", "r") == (caught.value.identifier, caught.value.near[0])


MINISTRY = {
    "id": "ministry-of-ict",
    "name": "Ministry of Information and Communications",
    "acronym": "MoIC",
    "groups": ["groups/governments"],
    "source": {"title": "Website of the Ministry", "date": "2026-01-15", "terms": "facts only"},
}


def test_who_is_in_no_catalogue_goes_along(catalogue: Corpus) -> None:
    """The workbook of a national plan holds the entities that only its corpus knows, and so stands
    alone.
    """
    ours = wsis.load({"entities": [MINISTRY]})
    draft = new_roadmap(catalogue | ours, kind="national", owners=["MoIC"])
    found = wsis.loads(draft.to_xlsx(), "excel")

    assert ("MoIC", "MoIC") == (
        cells(draft.to_xlsx(), "Road maps")["Owners"],
        cells(draft.to_xlsx(), "Entities")["Acronym"],
    )
    assert (draft.roadmap, ours["ministry-of-ict"]) == (
        found[draft.roadmap.id],
        found["ministry-of-ict"],
    )


def test_who_is_in_no_catalogue_goes_along_in_tables(catalogue: Corpus, tmp_path: Path) -> None:
    """So do the tables, which have headings for further entities, and one for the roles that those
    of the corpus have.
    """
    role = {"role": "co-facilitator", "of": "action-lines/c2"}
    ours = wsis.load({"entities": [{**MINISTRY, "roles": [role]}]})
    draft = new_roadmap(catalogue | ours, kind="national", owners=["MoIC"])
    for name, table in draft.tables().items():
        (tmp_path / f"{name}.csv").write_bytes(table)
    found = wsis.load(tmp_path)

    assert (draft.roadmap, ours["ministry-of-ict"]) == (
        found[draft.roadmap.id],
        found["ministry-of-ict"],
    )
    assert "roles" not in new_roadmap(catalogue, action_line="C2").tables()


def test_a_workbook_can_be_published(draft: Draft, catalogue: Corpus) -> None:
    """With nothing but its own columns filled in, the workbook stands the profile `publish`, a
    partner of its own included.
    """
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    source = {"Source: title": "ITU", "Source: date": "2026-11-01", "Source: terms": "CC BY 4.0"}
    filled: dict[str, dict[str, Any]] = {
        "Road maps": source,
        "Objectives": {
            "Statement": "Every school is connected",
            "SDG targets": "9.c",
            "Compact commitments": "GDC 11(a)",
        },
        "Activities": {
            "Title": "Map the schools",
            "Objective": "Every school is connected",
            "Partners": "MoIC; UNICEF",
        },
        "Milestones": {"Title": "Map published", "Belongs to": "Map the schools"},
        "Indicators": {
            "Name": "Schools online",
            "Unit": "percent",
            "Direction": "increase",
            "Baseline: value": 40,
            "Baseline: when": "2025",
        },
        "Targets": {"Belongs to": "Schools online", "Value": 90, "By": "2030"},
        "Resources": {"Belongs to": "Map the schools", "Funder": "MoIC"},
        "Entities": {"ID": "ministry-of-ict"},
    }
    for name, row in filled.items():
        sheet = book[name]
        for cell in sheet[1]:
            if cell.value in row:
                sheet.cell(2, cell.column, row[cell.value])
    stream = io.BytesIO()
    book.save(stream)
    made = wsis.loads(stream.getvalue(), "excel")
    report = wsis.check(catalogue | made, profile="publish")

    assert not report.findings, str(report)
    assert ("ministry-of-ict", "unicef") == made.roadmap("c2-roadmap").activities[0].partners


@EVERY
def test_choices_are_what_people_write(catalogue: Corpus, given: dict[str, Any]) -> None:
    """Every text of every list is understood, as one record, and fits into a cell; no text stands
    for two.
    """
    for name, listed in new_roadmap(catalogue, **given).choices().items():
        assert listed, name
        texts = [text for text, _ in listed]
        assert len(texts) == len(set(texts)), name
        assert len({catalogue.find(text).id for text in texts}) == len(texts), name
        assert not [
            text
            for text, label in listed
            if re.search(r"[;\n]", text + label) or " | " in text or len(label) > 80
        ], name
        assert not [text for text in texts if is_identifier(text) and text not in catalogue], name


def test_the_most_relevant_choice_comes_first(draft: Draft) -> None:
    """Each list begins with what this road map is about."""
    choices = draft.choices()
    first = {name: listed[0][0] for name, listed in choices.items()}

    assert {
        "actors": "ITU",
        "mandates": "A/RES/80/173, para. 67, mandate 2",
        "commitments": "GDC 10",
        "sessions": "ai dialogue 2026",
        "concepts:action-lines": "Action Line C2",
        "concepts:sdg": "SDG target 1.4",
        "concepts:sdg-indicators": "SDG indicator 1.4.1",
        "concepts:deliverables": "Road map",
    } == first


def test_choices_are_whole(catalogue: Corpus, draft: Draft) -> None:
    """The lists hold all that could be chosen: every actor, line, target, indicator and kind of
    deliverable, and no past session.
    """
    choices = draft.choices()
    count = {name: len(listed) for name, listed in choices.items()}

    def held(vocabulary: str) -> list[Concept]:
        return list(catalogue.concepts(vocabulary))

    assert len(catalogue.all_entities) + len(catalogue.groups) == count["actors"]
    assert len(held("action-lines")) == count["concepts:action-lines"]
    assert len(held("sdg")) == count["concepts:sdg"] + count["concepts:sdg-indicators"]
    assert (17 + 169, 251) == (count["concepts:sdg"], count["concepts:sdg-indicators"])
    assert len(held("deliverables")) == count["concepts:deliverables"]
    assert {"CSTD 29", "CSTD 30"} <= {text for text, _ in choices["sessions"]}
    assert "WSIS+20 High-level Event 2025" not in {text for text, _ in choices["sessions"]}


def test_a_candidate_is_plain(draft: Draft) -> None:
    """Tables of candidates go where tables go."""
    table = draft.suggestions.sdg_targets

    assert isinstance(table[0], Candidate)
    assert "record,written,label,why,due" == table.to_csv().splitlines()[0]


def test_no_label_of_a_choice_reads_as_two_choices() -> None:
    """Whatever is chosen from the lists of the workbook, its label is taken off whole."""
    from wsis_model.names.labels import unlabelled

    for line in ("C2", "C7: e-health", "C9", "C11"):
        for choices in (
            wsis.authoring.new_roadmap(wsis.catalogue(), action_line=line).choices().values()
        ):
            assert [] == [
                (text, label)
                for text, label in choices
                if label and unlabelled(f"{text} | {label}") != text
            ]
