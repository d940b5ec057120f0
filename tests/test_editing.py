"""Editing in place: what can be read, what is refused, how it is saved."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path

import pytest
from edits import MAP, REFUSED, SMALL
from faulty import faults

from wsis_model import (
    DuplicateIdentifier,
    EditError,
    LoadError,
    UnknownIdentifier,
    catalogue,
)
from wsis_model.editing import edit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small road map in a file."""
    made = tmp_path / "map.yaml"
    made.write_text(SMALL, encoding="utf-8")
    return made


class TestReading:
    """What stands in the file, as plain data."""

    def test_fields_are_found_by_record_and_path(self, path: Path) -> None:
        """A path is one text, or its steps; through lists, aliases and from the top."""
        file = edit(path)

        assert (
            "There"
            == file.get("m/a2", "milestones[0].title")
            == file.get("m/a2", ("milestones", -1, "title"))
        )
        assert {"start": "2026"} == file.get("m/a1", "period")
        assert (
            "2026"
            == file.get("m/a1", "period.start")
            == file["roadmaps.0.activities.0.period.start"]
        )
        assert "m/a2.m1" == file.get("m/a2.m1")["id"]

    def test_what_is_not_there_is_the_default(self, path: Path) -> None:
        """`get` gives a default, indexing from the top raises."""
        file = edit(path)

        assert file.get("m/a1", "lead") is None
        assert "?" == file.get("m/a1", ("milestones", 0, "due", "date"), "?")
        with pytest.raises(UnknownIdentifier) as caught:
            file["roadmaps[1]"]
        assert "roadmaps[1]" == caught.value.identifier

    def test_merged_keys_are_read(self, tmp_path: Path) -> None:
        """A key that comes through `<<` is read like any other, below extensions with its type."""
        made = tmp_path / "map.yaml"
        made.write_text(
            MAP + "    extensions: {x:p: &p {a: 1, d: {e: f}}, x:q: {<<: [*p, {g: 2}], c: 3}}\n"
        )
        file = edit(made)

        assert {"a": 1, "d": {"e": "f"}, "g": 2, "c": 3} == file.get("m", ("extensions", "x:q"))
        assert [1, "f", 2] == [
            file.get("m", ("extensions", "x:q", *steps)) for steps in (("a",), ("d", "e"), ("g",))
        ]


@pytest.mark.parametrize("claim", REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(claim: str, path: Path) -> None:
    """Each case: this call raises that, and the file is as it was."""
    (name, *arguments), error, facts = REFUSED[claim]
    before = path.read_bytes()
    file = edit(path)
    with pytest.raises(error) as caught:
        getattr(file, name)(*arguments)

    if isinstance(caught.value, EditError):
        problem = caught.value.problem
        assert facts == (problem.code, problem.field, problem.position.line)
    elif isinstance(caught.value, UnknownIdentifier):
        assert set(facts) == set(caught.value.near)
    assert file.data == before == path.read_bytes()


class TestWhatWouldBeUnsoundIsNotWritten:
    """The result is read as any file is before it is written."""

    def test_every_problem_is_told_with_its_place_in_the_new_text(self, path: Path) -> None:
        """A wrong value and a wrong date, each on its line as it would be."""
        before = path.read_bytes()
        file = edit(path)
        file.set("m", "description", "Two\nlines")
        file.set("m/a2.m1", "due.date", "2027-02-30")
        file.set("m", "status", "drat")
        with pytest.raises(LoadError) as caught:
            file.write()

        assert [("wrong-value", 8), ("wrong-date", 12)] == [
            (each.code, each.position.line) for each in caught.value.problems
        ]
        assert path.read_bytes() == before

    def test_nothing_is_written_when_the_block_fails(self, path: Path) -> None:
        """An error of the caller leaves the file alone."""
        before = path.read_bytes()
        file = edit(path)
        file.set("m", "status", "published")
        with pytest.raises(ZeroDivisionError), file:
            raise ZeroDivisionError

        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("written", "field"),
        [
            ("[a: 1, b]", ("x:a", 0, "c")),
            ("\n        ? a", ("x:a", "a")),
            ("{a: 'one'\n\t\n    }", ("x:a", "b")),
        ],
    )
    def test_a_way_of_writing_that_does_not_allow_the_change_is_told(
        self, path: Path, written: str, field: tuple[str | int, ...]
    ) -> None:
        """The file stays as it is, rather than saying something else than was asked for."""
        path.write_text(MAP + f"    extensions:\n      x:a: {written}\n")
        before = path.read_bytes()
        with pytest.raises(EditError) as caught, edit(path) as file:
            file.set("m", ("extensions", *field), 5)

        assert "not-in-place" == caught.value.problem.code
        assert before == path.read_bytes()

    def test_a_list_that_changes_in_part_changes_not_at_all(self, path: Path) -> None:
        """Where one part of a value cannot be replaced, no part is."""
        file = edit(path)
        with pytest.raises(EditError) as caught:
            file.set("m", (), {"id": "m", "title": "New", "owners": ["itu"]})

        assert "shared" == caught.value.problem.code
        assert (file.get("m", "title"), file.data) == ("Media", path.read_bytes())

    def test_a_file_that_is_no_yaml_is_not_opened(self, path: Path) -> None:
        """Syntax, emptiness, absence, compression: told on opening."""
        for text, code in (("roadmaps: [", "yaml-syntax"), ("# nothing\n", "empty")):
            path.write_text(text)
            assert [code] == [each.code for each in faults(edit, path)], text
        for absent in (path.parent, path.with_name("none.yaml")):
            assert ["unreadable"] == [each.code for each in faults(edit, absent)], absent
        with pytest.raises(EditError) as caught:
            edit(path.with_name("map.yaml.gz"))
        assert "compressed" == caught.value.problem.code

    def test_two_records_of_one_identifier_are_not_guessed_at(self, tmp_path: Path) -> None:
        """Which of them is meant, nobody can know."""
        made = tmp_path / "map.yaml"
        made.write_text(MAP + "    activities: [{id: m/a1, title: A}, {id: m/a1, title: B}]\n")
        with pytest.raises(DuplicateIdentifier) as caught:
            edit(made).set("m/a1", "lead", "itu")

        assert "m/a1" == caught.value.identifier

    def test_an_error_is_made_of_facts(self, path: Path) -> None:
        """It pickles, compares, and names place, field and code."""
        with pytest.raises(EditError) as caught:
            edit(path).set("m/a1", "leed", "itu")

        assert pickle.loads(pickle.dumps(caught.value)) == caught.value
        assert ("unknown-field", "leed", 8) == (
            caught.value.problem.code,
            caught.value.problem.field,
            caught.value.problem.position.line,
        )


class TestWriting:
    """The file is replaced as a whole, and only when there is something to write."""

    def test_what_is_the_same_is_not_written(self, path: Path) -> None:
        """A value set to itself leaves the file untouched, its time of change too."""
        os.utime(path, (1, 1))
        with edit(path) as file:
            file.set("m", "status", "draft")
            file.set("m", "owners", ("itu",))

        assert 1 == path.stat().st_mtime

    def test_permissions_stay_and_links_are_followed(self, path: Path) -> None:
        """The link stays a link, and the file behind it keeps its mode."""
        path.chmod(0o640)
        link = path.with_name("link.yaml")
        link.symlink_to(path)
        with edit(link) as file:
            file.set("m", "status", "published")

        assert link.is_symlink()
        assert 0o640 == stat.S_IMODE(path.stat().st_mode)
        assert "status: published  # c" in path.read_text()
        assert ["link.yaml", "map.yaml"] == sorted(each.name for each in path.parent.iterdir())

    def test_a_file_that_is_write_protected_is_left_alone(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That it could be replaced is no reason to."""

        def no(*_: object) -> bool:
            return False

        monkeypatch.setattr(os, "access", no)  # the tests may run as root, who may write everything
        with pytest.raises(PermissionError), edit(path) as file:
            file.set("m", "status", "published")

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, path: Path) -> None:
        """The change is refused, and theirs stays."""
        file = edit(path)
        file.set("m", "status", "published")
        path.write_text("theirs")
        with pytest.raises(EditError) as caught:
            file.write()

        assert "changed" == caught.value.problem.code
        assert "theirs" == path.read_text()

    def test_the_result_can_be_had_without_writing(self, path: Path) -> None:
        """`text` and `data` are what would be written; writing is the last step, and can be
        repeated.
        """
        before = path.read_text()
        file = edit(path)
        file.set("m", "status", "published")

        assert (file.text, file.data.decode()) == (before.replace("draft", "published"),) * 2
        file.set("m", "status", "draft")
        assert before == file.text
        file.set("m", "status", "published")
        assert before == path.read_text()
        file.write()
        file.set("m", "status", "draft")
        file.write()
        assert before == path.read_text()

    def test_names_and_unknown_fields_are_read_as_load_reads_them(self, path: Path) -> None:
        """A file with names for identifiers is understood by the catalogue, one of a newer version
        with `unknown="keep"`.
        """
        path.write_text("roadmaps:\n- {id: m, title: T, owners: [UNESCO], mood: good}\n")
        with edit(path, unknown="keep", names=catalogue()) as file:
            file.set("m", "mood", "better")
            file.append("m", "mandated_by", "para. 113")

        assert "owners: [UNESCO], mandated_by: [para. 113], mood: better}" in path.read_text()
