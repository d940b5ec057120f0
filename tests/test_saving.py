"""Saving: whole or not at all, nowhere but to a file, and with nothing left behind, whoever is
killed meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import wsis_model as wsis
from wsis_model import Corpus, LoadError
from wsis_model.formats import _files

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and locks of POSIX")


def roadmap(version: str, *more: str) -> Corpus:
    """A road map of which every table says which version it is of."""
    activities = ", ".join(
        f"{{id: r/a{n}, title: {version}, milestones: [{{id: r/a{n}.m1, title: {version}}}]}}"
        for n in range(3)
    )
    tables = "".join(f", {each}" for each in more)
    return wsis.loads(
        f"roadmaps: [{{id: r, title: {version}, owners: [itu], "
        f"activities: [{activities}]{tables}}}]",
        "yaml",
    )


OLD = roadmap("old", "objectives: [{id: r/o1, statement: old}]")
NEW = roadmap("new", "updates: [{date: 2027-01-01, about: r/a1, note: new}]")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- files ----------------------------------------------------------------------------------------


@posix
def test_only_a_file_is_written_over(tmp_path: Path) -> None:
    """A pipe would be waited for, a device is nobody's file, a link that leads round to itself
    leads nowhere; each stays.
    """
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    (tmp_path / "null.yaml").symlink_to("/dev/null")
    (tmp_path / "folder.yaml").mkdir()
    before = names(tmp_path)

    for name in before:
        with pytest.raises(OSError, match=name if name != "null.yaml" else "null"):
            wsis.save(OLD, tmp_path / name)

    assert before == names(tmp_path)
    assert (tmp_path / "pipe.yaml").is_fifo()


@posix
@pytest.mark.parametrize("form", ["yaml", "json", "ndjson"])
def test_what_is_saved_to_stdout_comes_out(form: str) -> None:
    """Into a pipe, and after what was printed before."""
    code = (
        "import wsis_model as wsis; print('# first')\nwsis.save(wsis.load({'roadmaps': [{'id':"
        f" 'r', 'title': 'T', 'owners': ['itu']}}]}}), '/dev/stdout', format={form!r})"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout

    first, _, rest = out.partition(b"\n")
    assert first == b"# first"
    assert wsis.loads(rest, form)["r"].title["en"] == "T"


@posix
def test_one_table_goes_to_stdout(tmp_path: Path) -> None:
    """As CSV, too, where it is one table: it is no folder."""
    place = os.open(tmp_path / "out", os.O_WRONLY | os.O_CREAT)
    wsis.save(
        wsis.loads("entities: [{id: itu, name: ITU}]", "yaml"), f"/dev/fd/{place}", format="csv"
    )
    os.close(place)

    assert (tmp_path / "out").read_bytes() == b"id,name\r\nitu,ITU\r\n"


@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path, letter: str) -> None:
    """What is written beside a file meanwhile has a name of its own, and a short one."""
    size = (os.pathconf(tmp_path, "PC_NAME_MAX") if hasattr(os, "pathconf") else 255) - 5
    path = tmp_path / (letter * (size // len(letter.encode())) + ".json")

    wsis.save(OLD, path)

    assert wsis.load(path) == OLD
    assert names(tmp_path) == {path.name}


@posix
def test_what_a_killed_save_left_goes_with_the_next(tmp_path: Path) -> None:
    """And what another save is writing still does not."""
    path = tmp_path / "r.json"
    code = (
        "import os, sys, pathlib\nfrom wsis_model.formats._files import write_whole\n"
        "def pieces():\n    yield b'half'\n    os._exit(9)\n"
        f"write_whole(pathlib.Path({str(path)!r}), pieces())"
    )
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert len(names(tmp_path)) == 1

    beside, place = _files._new_part_file(path)  # pyright: ignore[reportPrivateUsage] - as if it went on
    wsis.save(OLD, path)
    assert names(tmp_path) == {path.name, beside.name}
    os.close(place)
    wsis.save(OLD, path)

    assert names(tmp_path) == {path.name}
    assert wsis.load(path) == OLD


@posix
def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    """Whoever can guess the name of the file beside cannot have another written over by it."""
    path, victim = tmp_path / "r.json", tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    beside, place = _files._new_part_file(path)  # pyright: ignore[reportPrivateUsage] - to know the name
    os.close(place)
    beside.unlink()
    beside.symlink_to(victim)

    wsis.save(OLD, path)

    assert wsis.load(path) == OLD
    assert victim.read_text(encoding="utf-8") == "mine"


# --- folders of tables ----------------------------------------------------------------------------

#: A save in a child of which is killed before its nth step; for each n it is told what the folder
#: holds then, and after one more save.
_KILLED = """
import os, pathlib, pickle, shutil, sys
import wsis_model as wsis
folder, old, new = pathlib.Path(sys.argv[1]), *pickle.load(sys.stdin.buffer)
STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree")
def saved(step, how):
    left = step
    def count(event, arguments):
        nonlocal left
        if event in STEPS and (event != "open" or str(folder) in str(arguments[0])):
            left -= 1
            if left == 0 and how == "kill":
                os._exit(9)
            if left == 0:
                raise OSError(28, "No space left on device")
    sys.addaudithook(count)
    try:
        wsis.save(new, folder, format="csv")
    except OSError:
        os._exit(28)
    os._exit(0 if left > 0 else 1)  # 1: it went on, as where a leaving could not be removed
def ended(step, how):
    child = os.fork()
    if not child:
        saved(step, how)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
wsis.load(folder); wsis.save(old, folder, format="csv")
for how in ("kill", "full"):
    for step in range(1, 200):
        shutil.rmtree(folder); folder.mkdir()
        (folder / "notes.txt").write_text("mine"); (folder / "ideas.d").mkdir()
        wsis.save(old, folder, format="csv")
        code = ended(step, how)
        held = wsis.load(folder)
        again = held == old or held == new
        wsis.save(old, folder, format="csv")
        clean = wsis.load(folder) == old and not [each for each in os.listdir(folder) if each.startswith(".")]
        kept = (folder / "notes.txt").read_text() == "mine" and (folder / "ideas.d").is_dir()
        print(how, step, code, "old" if held == old else "new" if held == new else "mixed", clean, kept)
        if code == 0:
            break
"""


@posix
def test_a_folder_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    """Killed before any of its steps, or refused any of them, a save leaves the old tables or the
    new, and never some of both.

    The next save leaves nothing of it, and other files stay.
    """
    import pickle

    folder = tmp_path / "tables"
    wsis.save(OLD, folder, format="csv")
    out = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder)],
        input=pickle.dumps((OLD, NEW)),
        capture_output=True,
        check=False,
    )
    steps = [line.split() for line in out.stdout.decode().splitlines()]

    assert out.returncode == 0, out.stderr.decode()
    for how, ends in (("kill", "9"), ("full", "28")):
        of_this = [step for step in steps if step[0] == how]
        held = [step[3] for step in of_this]
        assert {step[2] for step in of_this[:-1]} <= {ends, "1"}, of_this
        assert of_this[-1][2] == "0", how
        assert len(of_this) > 15, how
        if how == "kill":
            assert held == sorted(held, reverse=True), how  # from one step on it is the new one
        assert set(held) == {"old", "new"}, how
        assert {(step[4], step[5]) for step in of_this} == {("True", "True")}, how


def test_whoever_reads_a_folder_meanwhile_reads_one_save(tmp_path: Path) -> None:
    """Two that save and two that read at once do not trip over each other."""
    wsis.save(OLD, tmp_path, format="csv")
    wrong: list[object] = []
    ended = threading.Event()

    def save(corpus: Corpus) -> None:
        try:
            for _ in range(15):
                wsis.save(corpus, tmp_path, format="csv")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test is to tell
            wrong.append(error)
        ended.set()

    def read() -> None:
        while not ended.is_set():
            try:
                held = wsis.load(tmp_path)
                if held not in (OLD, NEW):
                    wrong.append(held)
            except LoadError as error:
                wrong.extend(each for each in error.problems if each.code != "half-saved")

    threads = [threading.Thread(target=save, args=(each,)) for each in (OLD, NEW)]
    threads += [threading.Thread(target=read) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert wrong == []
    assert wsis.load(tmp_path) in (OLD, NEW)
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def broken_off(folder: Path) -> None:
    """A folder whose save was killed as soon as it counted."""
    wsis.save(NEW, folder / ".saving", format="csv")
    tables = [f"{each.stem}\t{each.stat().st_size}" for each in (folder / ".saving").iterdir()]
    (folder / ".saving" / "tables").write_text("\n".join([*tables, "."]), encoding="utf-8")


def test_a_save_that_was_broken_off_counts_from_its_last_step(tmp_path: Path) -> None:
    """Its tables are read where they are, with those that people put beside; who edits an old one
    is told of the new.
    """
    wsis.save(OLD, tmp_path, format="csv")
    broken_off(tmp_path)
    assert wsis.load(tmp_path) == NEW

    table = tmp_path / "activities.csv"
    table.write_bytes(table.read_bytes().replace(b"old", b"edited"))
    later = (tmp_path / ".saving" / "tables").stat().st_mtime + 1
    os.utime(table, (later, later))

    with pytest.raises(LoadError) as caught:
        wsis.load(tmp_path)
    assert [each.code for each in caught.value.problems] == ["half-saved"]
    assert caught.value.problems[0].position.file == str(table)


def test_a_folder_in_a_folder_is_read_so_too(tmp_path: Path) -> None:
    """Also where nothing is in its place yet."""
    broken_off(tmp_path / "plan")
    assert wsis.load(tmp_path) == NEW


def test_what_a_list_of_tables_names_stays_in_the_folder(tmp_path: Path) -> None:
    """A list that somebody else made leads nowhere else."""
    wsis.save(OLD, tmp_path / "roadmaps", format="csv")
    folder = tmp_path / "mine"
    (folder / ".saving").mkdir(parents=True)
    (folder / ".saving" / "tables").write_text("../roadmaps/roadmaps\n\0\n", encoding="utf-8")

    with pytest.raises(LoadError):
        wsis.load(folder)
    with pytest.raises(ValueError, match="cut off"):
        wsis.save(NEW, folder, format="csv")
    assert wsis.load(tmp_path / "roadmaps") == OLD


def test_tables_are_edited_by_hand(tmp_path: Path) -> None:
    """A table that is edited, added or taken away is what the folder holds."""
    wsis.save(OLD, tmp_path, format="csv")
    table = tmp_path / "milestones.csv"
    table.write_bytes(table.read_bytes().replace(b"old", b"edited"))
    (tmp_path / "objectives.csv").unlink()
    (tmp_path / "entities.csv").write_text("id,name\nicto,ICT Office\n", encoding="utf-8")

    held = wsis.load(tmp_path)

    assert held["r/a1.m1"].title["en"] == "edited"
    assert held.roadmaps[0].objectives == ()
    assert "icto" in held


@pytest.mark.parametrize(
    "listed",
    ["", "roadmaps\t1\n.", "roadmaps\t70", "a\0b\t1\n."],
    ids=["nothing", "another size", "no end", "no table"],
)
def test_what_a_save_left_that_was_cut_off_is_told(tmp_path: Path, listed: str) -> None:
    """A list or a table that is not whole, as a power cut may leave it, is no silent loss."""
    corpus = wsis.load({"roadmaps": [{"id": "m", "title": "M", "owners": ["itu"]}]})
    wsis.save(corpus, tmp_path, format="csv")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / ".saving").mkdir()
    (tmp_path / ".saving" / "tables").write_text(listed)
    (tmp_path / ".saving" / "roadmaps.csv").write_bytes(b"")
    with pytest.raises(LoadError) as caught:
        wsis.load(tmp_path)
    with pytest.raises(ValueError, match="cut off"):
        wsis.save(corpus, tmp_path, format="csv")

    assert [each.code for each in caught.value.problems] == ["half-saved"]
    assert before == {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}


@pytest.mark.parametrize("name", ["notes.csv", "roadmaps.csv"])
def test_a_file_of_the_users_own_that_is_called_like_a_table_stays(
    tmp_path: Path, name: str
) -> None:
    """A save neither takes it away nor writes over it, and says why."""
    (tmp_path / name).write_text("date,what I thought\n2026-11-01,hello\n")
    corpus = wsis.load({"roadmaps": [{"id": "m", "title": "M", "owners": ["itu"]}]})
    with pytest.raises(ValueError, match="none of its headings"):
        wsis.save(corpus, tmp_path, format="csv")

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert "hello" in (tmp_path / name).read_text()
