"""Editing in place: any file, any change."""

from __future__ import annotations

import copy
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from edits import MAP
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import (
    EditError,
    LoadError,
    dumps,
)
from wsis_model.editing import Editor, edit
from wsis_model.formats.yaml import parse
from wsis_model.testing import corpora

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted(
    path
    for path in [
        *(ROOT / "src" / "wsis_model" / "data").rglob("*.yaml"),
        *(ROOT / "examples" / "data").rglob("*.yaml"),
    ]
    if path.name
    # No sound YAML on purpose; no records.
    not in ("ten-faults.yaml", "official_files.yaml", "iati.yaml")
)


#: Fields that take any text.
WORDED = (
    "summary",
    "action",
    "note",
    "title",
    "name",
    "en",
    "description",
    "statement",
    "definition",
    "label",
)


Steps = tuple[str | int, ...]
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
CONTAINERS: Any = (dict, list)
LIST: Any = list


def trees(node: Any, path: Steps = ()) -> list[tuple[Steps, Any]]:
    """Every value below *node*, with its path."""
    found: list[tuple[Steps, Any]] = []
    for step, value in node.items() if hasattr(node, "items") else enumerate(node):
        found.append(((*path, step), value))
        if isinstance(value, CONTAINERS):
            found += trees(value, (*path, step))
    return found


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.name)
class TestShippedFiles:
    """Every YAML file that is shipped or shown."""

    def test_a_value_set_to_itself_changes_nothing(self, shipped: Path) -> None:
        """All values, one after the other."""
        file = edit(shipped)
        for path, value in trees(parse(shipped.read_bytes(), "")[0]):
            file.set(None, path, value)

        assert file.data is file._data  # pyright: ignore[reportPrivateUsage]  # the very same: nothing was rendered

    def test_a_value_set_and_set_back_leaves_the_bytes(self, shipped: Path) -> None:
        """Texts of every style, in one sitting."""
        found = trees(parse(shipped.read_bytes(), "")[0])
        # What stands in a source may be repeated by an alias.
        texts = [
            (path, value)
            for path, value in found
            if path[-1] in WORDED and isinstance(value, str) and "source" not in path
        ]
        file = edit(shipped)
        for path, _ in texts:
            file.set(None, path, "Something else: in short")
        changed = file.text
        for path, value in texts:
            file.set(None, path, value)

        assert file.data == shipped.read_bytes()
        assert len(texts) == changed.count("Something else: in short")


def decorated(draw: st.DrawFn, plain: bytes) -> str:
    """A file of our own writing with comments and blank lines where people put them."""
    lines = plain.decode().split("\n")
    begins: set[int] = set()
    ends: set[int] = set()
    events: Any = pyyaml.parse(plain, Loader=pyyaml.CSafeLoader)
    for event in events:
        row, column = int(event.start_mark.line), int(event.start_mark.column)
        last, end = int(event.end_mark.line), int(event.end_mark.column)
        if isinstance(event, pyyaml.ScalarEvent) and row == last:
            if re.fullmatch(r" *(- )*", lines[row][:column]):
                begins.add(row)
            if not lines[row][end:]:
                ends.add(row)
    chosen = draw(st.sets(st.sampled_from(sorted(begins)), max_size=12))
    trailing = draw(st.sets(st.sampled_from(sorted(ends)), max_size=12)) if ends else set[int]()
    made: list[str] = []
    for row, line in enumerate(lines):
        if row in chosen:
            made += draw(
                st.lists(
                    st.sampled_from(["", "# a: [comment", "      # deep", "  #- x"]), max_size=3
                )
            )
        made.append(f"{line}  # {row}: c" if row in trailing else line)
    return "\n".join(made)


def changes(tree: dict[str, Any]) -> list[tuple[str, Steps]]:
    """What can be changed in a tree: texts that can be set, lists to which more of the same can be
    added, items to take out.
    """
    found = trees(tree)
    made = [("set", path) for path, value in found if path[-1] in WORDED and isinstance(value, str)]
    made += [
        ("append", path)
        for path, value in found
        if isinstance(value, LIST) and value and "extensions" not in path
    ]
    several = [
        path
        for path, value in found
        if isinstance(value, LIST) and len(value) > 1 and "extensions" not in path
    ]
    made += [("remove", (*path, index)) for path in several for index in (0, -1)]
    made += [
        ("remove", path)
        for path, _ in found
        if path[-1] in ("note", "source", "mandates", "alignments", "url")
    ]
    return made


@st.composite
def changed_files(draw: st.DrawFn) -> tuple[str, str, Steps, Any]:
    """A decorated file, and a change: its name, its path, and its value."""
    plain = dumps(draw(corpora()), "yaml")
    text = decorated(draw, plain)
    tree = parse(text.encode(), "")[0]
    assert tree == parse(plain, "")[0]
    name, path = draw(st.sampled_from(changes(tree)))
    if path[-1] == -1:
        path = (*path[:-1], len(at(tree, path[:-1])) - 1)
    return text, name, path, draw(st.text(min_size=1).filter(encodable)) if name == "set" else None


def encodable(text: str) -> bool:
    """Whether UTF-8 has every character of a text."""
    return not re.search("[\ud800-\udfff]", text)


def sound(file: Editor) -> bool:
    """Whether what would be written can be read: a mandate or a title may have to be there."""
    try:
        return bool(file.data)
    except LoadError:
        return False


def at(tree: Any, path: Steps) -> Any:
    """What stands at a path."""
    for step in path:
        tree = tree[step]
    return tree


def asked_for(tree: Any, name: str, path: Steps, value: Any) -> Any:
    """The tree that a change asks for, made without the editor."""
    made = copy.deepcopy(tree)
    inside = at(made, path[:-1])
    if name == "set":
        inside[path[-1]] = value
    elif name == "append":
        inside[path[-1]].append(inside[path[-1]][0])
    else:
        del inside[path[-1]]
    return made


def lines_of(text: str, path: Steps) -> tuple[int, int]:
    """The lines, from 0, on which the value at a path begins (with its key) and the first value
    behind it does.
    """
    tree, places, _ = parse(text.encode(), "")
    order = [each for each, _ in trees(tree)]
    behind = next(
        (each for each in order[order.index(path) + 1 :] if each[: len(path)] != path), None
    )
    first = places.find(path, key=True).line
    after = None if behind is None else places.find(behind, key=True).line
    assert first is not None
    return first - 1, len(text.split("\n")) if after is None else after - 1


@given(changed_files())
def test_a_change_gives_the_tree_that_it_asks_for_and_leaves_all_other_lines(
    case: tuple[str, str, Steps, Any],
) -> None:
    """In files of our own writing, decorated with comments: the tree is right, and lines before and
    behind are as they were.
    """
    text, name, path, value = case
    tree = parse(text.encode(), "")[0]
    if name == "append":
        value = at(tree, path)[0]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "map.yaml"
        place.write_bytes(text.encode())
        file = edit(place)
        getattr(file, name)(None, path, *(() if name == "remove" else (value,)))
        if name == "remove" and not sound(file):
            return
        file.write()
        after = place.read_bytes().decode()

    assert parse(after.encode(), "")[0] == asked_for(tree, name, path, value)
    first, behind = lines_of(text, path)
    old, new = text.split("\n"), after.split("\n")
    shared = (
        old[:first] if name != "remove" else "\n".join(old[:first]).rstrip("\n").split("\n")
    )  # a blank line may go
    moved_up = name == "remove" and old[first].lstrip().startswith("- ")
    rest = old[behind + moved_up :]
    assert new[: len(shared)] == shared or first == 0
    assert not rest or new[-len(rest) :] == rest


def test_a_file_that_names_things_as_people_do_is_edited_as_it_is(tmp_path: Path) -> None:
    """Names that people write where identifiers belong stay as they are written, and new ones may
    be given.
    """
    path = tmp_path / "map.yaml"
    path.write_text("roadmaps:\n- {id: m, title: M, owners: [UNESCO]}  # the lead agency\n")
    with edit(path) as file:
        file.append("m", "owners", "ITU")

    assert (
        path.read_text()
        == "roadmaps:\n- {id: m, title: M, owners: [UNESCO, ITU]}  # the lead agency\n"
    )


#: What people put around the commas of a list or mapping in brackets.
GAPS = st.sampled_from(
    [
        "",
        "",
        " ",
        " ",
        "  ",
        "\n      ",
        "\n        ",
        "  # c, d: [e\n      ",
        "\n\n      # on the next\n      ",
    ]
)


@st.composite
def bracketed(draw: st.DrawFn) -> tuple[str, dict[str, str | None]]:
    """A mapping in brackets, and what it says."""
    said: dict[str, str | None] = {
        f"x:{letter}": draw(st.sampled_from(["v", "w, x", None]))
        for letter in "abcd"[: draw(st.integers(1, 4))]
    }
    pairs = [
        f"{draw(st.sampled_from([key, repr(key)]))}: " + ("" if value is None else repr(value))
        for key, value in said.items()
    ]
    commas = [draw(GAPS) + "," + draw(GAPS) for _ in pairs[1:]] + [draw(st.sampled_from(["", ","]))]
    inside = "".join(
        part for pair, comma in zip(pairs, commas, strict=True) for part in (pair, comma)
    )
    return "{" + draw(GAPS) + inside + draw(GAPS) + "}", said


@given(bracketed(), st.data())
def test_what_stands_in_brackets_can_be_changed_however_it_is_laid_out(
    case: tuple[str, dict[str, str | None]], data: st.DataObject
) -> None:
    """Keys are set, added and taken out in any order: the file says it, or the change is refused."""
    text, said = case
    refused: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "map.yaml"
        place.write_text(MAP + f"    extensions: {text}\n")
        with edit(place) as file:
            for _ in range(data.draw(st.integers(1, 4))):
                key = data.draw(st.sampled_from([*said, "x:n", "x:o"]))
                if key in said and len(said) > 1 and data.draw(st.booleans()):
                    try:
                        file.remove("m", ("extensions", key))
                    except EditError as error:  # whose comment it is, nobody can know
                        refused.append(error.problem.code)
                    else:
                        del said[key]
                else:
                    said[key] = data.draw(st.sampled_from(["new", "a: b, c"]))
                    file.set("m", ("extensions", key), said[key])
        after = place.read_bytes().decode()

    assert not refused or (set(refused) == {"not-in-place"} and "#" in text)
    assert said == parse(after.encode(), "")[0]["roadmaps"][0]["extensions"]
    assert all(line.startswith("    ") or not line for line in after.removeprefix(MAP).split("\n"))
