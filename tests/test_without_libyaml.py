"""YAML where PyYAML was built without libyaml, as in a browser: PyYAML's own classes read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faulty import cases, facts

ROOT = Path(__file__).resolve().parents[1]
#: The one difference: where a value that is not there, or the end of what is not closed, stands.
#: PyYAML names the next sign, or the line after the last, and libyaml the last sign.
ELSEWHERE = (
    "roadmaps: [{id: r, title: , owners: [itu]}]",
    "roadmaps: [",
    "[",
    "- [",
)
#: Run without libyaml: what is told of each faulty file, what a file says, and how it is written.
PROGRAM = """
import sys
sys.modules["yaml._yaml"] = None  # as if it were not there
import yaml
assert not yaml.__with_libyaml__
sys.path.insert(0, sys.argv[1])
import test_without_libyaml
print(test_without_libyaml.told_json(sys.argv[2]))
"""


def told(folder: Path) -> dict[str, Any]:
    """What is told of each faulty file of YAML; and a sound one, read, written and changed in place."""
    import wsis_model as wsis
    from wsis_model import authoring, editing

    given = [
        each
        for each in cases()
        if {"yaml", "roadmap", "activity"} & set(each.given) and "check" not in each.given
    ]
    problems = {
        str(each.source()[1])[:300]: [facts(problem, folder) for problem in each.problems(folder)]
        for each in given
    }
    draft = authoring.new_roadmap(wsis.catalogue(), action_line="C2").to_yaml()
    path = folder / "map.yaml"
    path.write_text(draft, encoding="utf-8")
    with editing.edit(path) as file:
        file.set("c2-roadmap", "status", "consultation")
    changed = path.read_text(encoding="utf-8")
    read = wsis.loads(changed, "yaml")
    return {"problems": problems, "changed": changed, "written": wsis.dumps(read, "yaml").decode()}


def told_json(folder: str) -> str:
    """`told`, as text."""
    return json.dumps(told(Path(folder)))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is told with libyaml, and without."""
    folders = [str(tmp_path_factory.mktemp(name)) for name in ("with", "without")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT / "tests"), folders[1]],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    return json.loads(told_json(folders[0])), json.loads(done.stdout)


def test_the_same_is_told(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Every problem has the same code, field and mend, and but for few the same place."""
    usual, own = (each["problems"] for each in both)
    placeless = [
        {key: [{**problem, "at": ""} for problem in problems] for key, problems in each.items()}
        for each in (usual, own)
    ]

    assert len(usual) > 150
    assert placeless[0] == placeless[1]
    assert sorted(ELSEWHERE) == sorted(key for key in usual if usual[key] != own[key])


def test_the_same_is_written(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A file is read, written and changed in place alike."""
    usual, own = both

    assert "status: consultation" in usual["changed"]
    assert usual["changed"] == own["changed"]
    assert usual["written"] == own["written"]
