"""Run by `test_description.py` with a copy of the library in which a field `hazard` was added in one
line of one file: prints, as JSON, where what it says is not shown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from page_makers import DAY, EXAMPLE

import wsis_model as wsis
from wsis_model import Corpus, Record, Roadmap, relational
from wsis_model.cli.terminal import record_text
from wsis_model.formats.csv import tables
from wsis_model.interop import jsonld
from wsis_model.model._notebook import html_of
from wsis_model.model.fields import shape_of
from wsis_model.pages import roadmap_page
from wsis_model.schema import schema_of
from wsis_model.testing import activities


def with_hazards(record: Record, hazards: list[str]) -> Record:
    """A record in which it and all that it holds says something in the new field; what they say is
    added to *hazards*.
    """
    said: dict[str, Any] = {}
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if field.key == "hazard":
            value = f"hazard {len(hazards)}."
            hazards.append(value)
        elif field.what == "records":
            value = tuple(with_hazards(each, hazards) for each in value)
        elif field.what == "record" and value is not None:
            value = with_hazards(value, hazards)
        said[field.name] = value
    return type(record)(**said)


def records_of(corpus: Corpus) -> Iterator[Record]:
    """A few records of each kind that has identifiers."""
    by_kind: dict[str, list[str]] = {}
    for identifier in corpus:
        by_kind.setdefault(corpus.kind(identifier), []).append(identifier)
    for held in by_kind.values():
        yield from (corpus[each] for each in held[:: max(len(held) // 4, 1)])


def told_in_place(record: Record) -> Iterator[str]:
    """What a record says in the new field, and what it holds without identifiers does."""
    hazard = getattr(record, "hazard", None)
    if hazard is not None:
        yield hazard
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        for each in value if field.what == "records" else (value,) if field.record else ():
            if each is not None and not hasattr(each, "id"):
                yield from told_in_place(each)


def writers() -> dict[str, list[str]]:
    """What is not shown of a road map on its page, and of records in a terminal and a notebook."""
    corpus = wsis.catalogue() | wsis.load(EXAMPLE)
    hazards: list[str] = []
    example = corpus.roadmap("c2-roadmap")
    few = {"activities": example.activities[:4], "indicators": example.indicators[:3]}
    roadmap = with_hazards(example.replace(**few, updates=example.updates[-3:]), hazards)
    assert isinstance(roadmap, Roadmap)
    page = roadmap_page(
        wsis.catalogue() | Corpus.of(roadmap), roadmap.id, as_of=DAY, pictures=False
    )
    shown_of = {
        "page as HTML": [each for each in hazards if each not in page.to_html()],
        "page as Markdown": [each for each in hazards if each not in page.to_markdown()],
    }
    for plain in records_of(corpus):
        record = with_hazards(plain, [])
        for place, text in (
            ("terminal", " ".join(record_text(corpus, record).split())),
            ("notebook", html_of(record)),
        ):
            missing = [each for each in told_in_place(record) if each not in text]
            shown_of[f"{place}, {plain}"] = missing[:3]
    return shown_of


def everywhere() -> dict[str, list[str]]:
    """What is not shown of a field of activities, from the skeleton of a road map to its page."""
    catalogue = wsis.catalogue()
    activity: dict[str, Any] = {"id": "mine/a1", "title": "Map", "hazard": "grave hazard"}
    roadmap = {"id": "mine", "title": "Mine", "owners": ["itu"], "activities": [activity]}
    mine = Corpus.of(Roadmap.model_validate(roadmap))
    draft = wsis.authoring.new_roadmap(catalogue, action_line="C2")
    page = roadmap_page(catalogue | mine, "mine", as_of=DAY, pictures=False)
    folder = Path(sys.argv[2])
    wsis.save(mine, folder / "mine.xlsx")
    again = wsis.load(folder / "mine.xlsx").roadmaps[0].to_dict()
    texts = {
        "skeleton": draft.to_yaml(),
        "tables of the skeleton": str(draft.tables()["activities"]),
        "workbook": str(again),
        "schema": json.dumps(schema_of(Roadmap)),
        "tables": str(tables(mine.to_file())["activities"]),
        "tables in Arrow": str(relational.tables(mine)["activities"].to_pylist()),
        "linked data": jsonld.write(mine).decode(),
        "strategies": repr(activities()),
        "page": page.to_html(),
        "terminal": record_text(mine, mine["mine/a1"]),
        "notebook": html_of(mine["mine"]),
    }
    return {place: [] if "hazard" in str(text) else ["hazard"] for place, text in texts.items()}


if __name__ == "__main__":
    found = {"writers": writers, "everywhere": everywhere}[sys.argv[1]]()
    print(json.dumps({place: missing for place, missing in found.items() if missing}))
