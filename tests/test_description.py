"""What a record says is shown wherever records are shown: a field that nobody listed, too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wsis_model
from wsis_model.model.description import describe
from wsis_model.model.fields import shape_of
from wsis_model.pages._activities import IN_OTHER_PLACES as OF_ACTIVITIES
from wsis_model.pages._details import IN_OTHER_PLACES as OF_OTHERS

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def example() -> wsis_model.Roadmap:
    """The worked example."""
    return wsis_model.load(HERE.parent / "examples" / "data" / "c2-roadmap.yaml").roadmaps[0]


@pytest.mark.parametrize(
    ("where", "module", "before"),
    [
        pytest.param("writers", "record.py", "    extensions: Extensions", id="of all records"),
        pytest.param("everywhere", "roadmaps.py", "    partners: tuple[", id="of activities"),
    ],
)
def test_a_new_field_is_one_line_in_one_file(
    where: str, module: str, before: str, tmp_path: Path
) -> None:
    """A field of activities shows in skeleton, workbook, schema, tables and strategies; a field of
    any record on the page of a road map, in a terminal and in a notebook.
    """
    copy = tmp_path / "src" / "wsis_model"
    shutil.copytree(Path(wsis_model.__file__).parent, copy)
    source = (copy / "model" / module).read_text("utf-8")
    assert source.count(before) == 1
    line = '    hazard: Annotated[str, Field(min_length=1)] | None = None\n    """A hazard."""\n'
    (copy / "model" / module).write_text(source.replace(before, line + before), "utf-8")
    ran = subprocess.run(
        [sys.executable, str(HERE / "new_field.py"), where, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(copy.parent), str(HERE)))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )

    assert not ran.returncode, ran.stderr[-2000:]
    assert {} == json.loads(ran.stdout)


def test_what_has_a_place_on_the_page_is_a_field() -> None:
    """No list of what the page tells of a record names a field that is none."""
    for kind, told in (*OF_OTHERS.items(), (wsis_model.Activity, OF_ACTIVITIES)):
        assert set(told) <= {field.name for field in shape_of(kind)}, kind


def test_a_record_is_told_field_by_field(example: wsis_model.Roadmap) -> None:
    """What it says, in order, with labels; nothing of what it does not say, nor of what has
    another place.
    """
    activity = example.activities[0].replace(extensions={"unknown:budget": 7, "x:y": {"z": "é"}})
    told = describe(activity, ("id", "title", "alignments", "milestones", "resources"))

    assert ["objective", "answers", "lead", "lead reason", "partners", "period", "status", "budget", "x:y"] == [
        each.label for each in told
    ]  # fmt: skip
    assert ["unicef; giga", "start 2026, end 2028", "under-way", "7", '{"z": "é"}'] == [
        each.in_words() for each in told[4:]
    ]
    assert "c2-roadmap/o1!" == told[0].in_words(lambda name: f"{name}!")
