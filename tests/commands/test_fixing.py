"""What is certain, mended in copies by `check --fix`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Ran

FAULTY = "roadmpas:\n- {id: r, title: T, owners: [UNSECO], period: {end: 03/04/2027}}  # ours\n"
MENDED = "roadmaps:\n- {id: r, title: T, owners: [unesco], period: {end: 03/04/2027}}  # ours\n"


def test_a_copy_is_mended_checked_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The changes are told, then what is left of the copy; the file stays as it is."""
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    ran = Ran(capsys, ("check", "faulty.yaml", "--fix", "mended.yaml"))

    assert 2 == ran.code
    assert MENDED == (folder / "mended.yaml").read_text(encoding="utf-8")
    assert FAULTY == (folder / "faulty.yaml").read_text(encoding="utf-8")
    assert [
        "wrote mended.yaml",
        "faulty.yaml:1:1: 'roadmpas' -> 'roadmaps' [unknown-field]",
        "faulty.yaml:2:30: 'UNSECO' -> 'unesco' [wrong-identifier]",
        "2 changes",
        "1 problem in reading; what could be read was checked",
    ] == ran.err.splitlines()
    assert "mended.yaml:2:53: roadmaps[0].period.end" in ran.out
    assert "faulty.yaml" not in ran.out


def test_a_mended_copy_has_nothing_to_mend(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run writes the same bytes, and a sound file is copied."""
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    Ran(capsys, ("check", "faulty.yaml", "--fix", "mended.yaml"))
    again = Ran(capsys, ("check", "mended.yaml", "--fix", "again.yaml"))
    sound = Ran(capsys, ("check", "roadmap.yaml", "--fix", "copy.yaml", "--format", "json"))

    assert "no changes" in again.err
    assert (folder / "mended.yaml").read_bytes() == (folder / "again.yaml").read_bytes()
    assert (0, "wrote copy.yaml\nno changes\n") == (sound.code, sound.err)
    assert (folder / "roadmap.yaml").read_bytes() == (folder / "copy.yaml").read_bytes()
    assert sound.data["ok"]


def test_the_copy_does_not_write_over_anything(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the file, nor what is there, unless that is asked for."""
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "there.yaml").write_text("mine", encoding="utf-8")

    assert 2 == Ran(capsys, ("check", "faulty.yaml", "--fix", "faulty.yaml", "--force")).code
    assert 2 == Ran(capsys, ("check", "faulty.yaml", "--fix", "there.yaml")).code
    assert "mine" == (folder / "there.yaml").read_text(encoding="utf-8")
    assert FAULTY == (folder / "faulty.yaml").read_text(encoding="utf-8")
    Ran(capsys, ("check", "faulty.yaml", "--fix", "there.yaml", "--force"))
    assert MENDED == (folder / "there.yaml").read_text(encoding="utf-8")


def test_a_folder_is_mended_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files keep their places; those without faults are copied."""
    (folder / "in" / "more").mkdir(parents=True)
    (folder / "in" / "a.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "in" / "more" / "b.json").write_text(
        '{"entities": [{"id": "acme", "name": {"en": "A"}, "aliases": "B"}]}', encoding="utf-8"
    )
    (folder / "in" / "README.md").write_text("Ours.\n", encoding="utf-8")
    ran = Ran(capsys, ("check", "in", "--fix", "out"))

    assert MENDED == (folder / "out" / "a.yaml").read_text(encoding="utf-8")
    assert ["B"] == json.loads((folder / "out" / "more" / "b.json").read_text(encoding="utf-8"))[
        "entities"
    ][0]["aliases"]
    assert "Ours.\n" == (folder / "out" / "README.md").read_text(encoding="utf-8")
    assert f"{Path('in/more/b.json')}:1:62: 'B' -> [\"B\"] [wrong-shape]" in ran.err
    assert str(Path("out/a.yaml")) in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("roadmap.yaml", "unsound.yaml", "--fix", "copy.yaml"), "one file or one folder"),
        (("--fix", "copy.yaml"), "one file or one folder"),
        (("-", "--from", "yaml", "--fix", "copy.yaml"), "one file or one folder"),
        (("roadmap.yaml", "--fix", "copy.json"), "suffix .yaml"),
        (("roadmap.yaml", "--fix", "copy"), "suffix .yaml"),
        (("roadmap.yaml", "--fix", "copy.yaml.gz"), "suffix .yaml"),
        (("roadmaps.csv", "--fix", "copy.csv"), "call the copy roadmaps.csv"),
        (("roadmap.yaml", "--fix", "-", "-o", "report.txt"), "the name of a file"),
        (("roadmap.yaml", "--fix", "copy.yaml", "--mark", "m.xlsx"), "second run"),
        (("roadmap.yaml", "--fix", "copy.yaml", "--stream"), "second run"),
        (("nothing.yaml", "--fix", "copy.yaml"), "nothing.yaml"),
    ],
    ids=str,
)
def test_what_cannot_be_mended_is_refused(
    arguments: tuple[str, ...], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said why, and nothing is written."""
    before = {*folder.iterdir()}
    ran = Ran(capsys, ("check", *arguments))

    assert 2 == ran.code
    assert said in ran.err
    assert before == {*folder.iterdir()}


def test_sarif_has_the_fixes_of_a_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plain check changes nothing, and says in SARIF what would be changed."""
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    ran = Ran(capsys, ("check", "faulty.yaml", "--format", "sarif"))
    (fix,) = ran.data["runs"][0]["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]

    assert {"uri": "faulty.yaml"} == change["artifactLocation"]
    assert [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 9},
            "insertedContent": {"text": "roadmaps"},
        }
    ] == change["replacements"]
