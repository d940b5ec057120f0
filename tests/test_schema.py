"""JSON Schema: what the schemas accept, what they refuse, and that the published ones are fresh."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import wsis_model as wsis
from wsis_model.formats.yaml import parse
from wsis_model.model import RECORDS, File
from wsis_model.model.fields import shape_of
from wsis_model.schema import BASE, schema_name, schema_of, schemas

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "wsis_model" / "data"
FILES = [*sorted(DATA.glob("*/*.yaml")), ROOT / "examples" / "data" / "c2-roadmap.yaml"]
ROADMAP = {"id": "r", "title": "T", "owners": ["itu"]}


VALIDATOR: Any = Draft202012Validator(schema_of(File), format_checker=FormatChecker())


def faults(data: Any) -> list[str]:
    """What the schema of a file refuses, with the path to it."""
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(data)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files_are_accepted(path: Path) -> None:
    """The shipped YAML and the example road map, read as an editor reads them, fit the schema of a
    file.
    """
    tree, _, problems = parse(path.read_bytes(), path.name, typed=True)

    assert [] == problems
    assert [] == faults(tree)


def test_the_catalogue_is_accepted(catalogue: wsis.Corpus) -> None:
    """What the library writes as JSON fits the schema of a file."""
    assert [] == faults(json.loads(wsis.dumps(catalogue)))


SOUND: dict[str, dict[str, Any]] = {
    "title by language": {"roadmaps": [{**ROADMAP, "title": {"en": "T", "pt-BR": "T"}}]},
    "version as number": {"wsis_model": 1, "roadmaps": [ROADMAP]},
    "year as number": {"roadmaps": [{**ROADMAP, "period": {"start": 2026, "end": "2030-06"}}]},
    "amount as text": {"roadmaps": [{**ROADMAP, "indicators": [{"id": "r/i", "name": "N", "targets": [{"value": "1.50", "by": "2030"}]}]}]},
    "null for nothing": {"roadmaps": [{**ROADMAP, "version": None}]},
    "extension": {"roadmaps": [{**ROADMAP, "extensions": {"apnic:colour": ["any", 1]}}]},
    "alias": {"documents": [{"id": "d", "title": "T", "provisions": [
        {"id": "d/1", "number": "1", "mandates": [{"id": "d/1.1", "kind": "call", "verb": "verbs/urge", "action": "A", "with": ["itu"]}]},
    ]}]},
}  # fmt: skip
BROKEN: dict[str, dict[str, Any]] = {
    "unknown field": {"roadmaps": [{**ROADMAP, "titel": "T"}]},
    "missing field": {"roadmaps": [{"id": "r", "title": "T"}]},
    "no owner": {"roadmaps": [{**ROADMAP, "owners": []}]},
    "identifier": {"roadmaps": [{**ROADMAP, "id": "My Roadmap"}]},
    "empty title": {"roadmaps": [{**ROADMAP, "title": ""}]},
    "no language": {"roadmaps": [{**ROADMAP, "title": {}}]},
    "language tag": {"roadmaps": [{**ROADMAP, "title": {"English": "T"}}]},
    "choice": {"roadmaps": [{**ROADMAP, "status": "drafts"}]},
    "text for a list": {"roadmaps": [{**ROADMAP, "reports_to": "cstd"}]},
    "number for a name": {"roadmaps": [{**ROADMAP, "version": 0.2}]},
    "date": {"roadmaps": [{**ROADMAP, "updates": [{"date": "2026-13-01", "about": "r"}]}]},
    "partial date": {"roadmaps": [{**ROADMAP, "period": {"end": "2o30"}}]},
    "amount": {
        "roadmaps": [
            {
                **ROADMAP,
                "indicators": [
                    {"id": "r/i", "name": "N", "targets": [{"value": "much", "by": "2030"}]}
                ],
            }
        ]
    },
    "extension without prefix": {"roadmaps": [{**ROADMAP, "extensions": {"colour": "red"}}]},
    "version of the format": {"wsis_model": "2", "roadmaps": [ROADMAP]},
    "file of nothing we know": {"roadmap": [ROADMAP]},
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_sound_data_is_accepted_and_loads(data: dict[str, Any]) -> None:
    """The schema and the records agree on what may be written."""
    assert [] == faults(data)
    assert wsis.loads(json.dumps({**data, "wsis_model": "1"}), "json")


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_data_is_refused_by_both(data: dict[str, Any]) -> None:
    """The schema and the records agree on what may not be written."""
    assert faults(data)
    with pytest.raises(wsis.LoadError):
        wsis.loads(json.dumps(data), "json")


def test_every_record_has_a_schema() -> None:
    """Each class of `RECORDS` has one, valid, named, complete in itself, its fields in order."""
    made = schemas()

    assert [schema_name(record) for record in RECORDS] == list(made)
    for record, (name, schema) in zip(RECORDS, made.items(), strict=True):
        Draft202012Validator.check_schema(schema)
        assert f"{BASE}{name}.json" == schema["$id"], name
        assert [field.key for field in shape_of(record)] == list(schema["properties"]), name
        assert set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema))) == set(
            schema.get("$defs", {})
        ), name


def test_every_field_is_described() -> None:
    """The description of each field is its docstring."""
    for schema in schemas().values():
        assert schema["description"], schema["$id"]
        assert all(field["description"] for field in schema["properties"].values()), schema["$id"]
    assert "Its identifier." == schema_of(wsis.Entity)["properties"]["id"]["description"]


def test_patterns_work_beyond_python() -> None:
    """No pattern escapes what needs no escape: engines that read patterns as Unicode refuse that."""
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema_of(File))))

    assert patterns
    for pattern in map(json.loads, patterns):
        assert not re.search(r"\\(?![sdwSDWbB.\\/^$*+?()\[\]{}|-])", pattern), pattern


def test_examples_are_what_their_fields_hold() -> None:
    """An example of a field fits it, in the schema and when it is read."""
    for record in RECORDS:
        schema = schema_of(record)
        for field in shape_of(record):
            held = {**schema["properties"][field.key], "$defs": schema.get("$defs", {})}
            for example in field.examples:
                validator: Any = Draft202012Validator(held, format_checker=FormatChecker())
                assert [] == list(validator.iter_errors(example)), (record, field.key)
                assert example in schema["properties"][field.key]["examples"]


def test_the_published_schemas_are_fresh() -> None:
    """`docs/schema` holds what the records say today."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write_schemas.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
