"""Loading: every fault in one go, each with its place and what would do."""

from __future__ import annotations

import concurrent.futures
import csv
import gzip
import io
import json
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from faulty import faults
from faulty.packages import COMPRESSED, DOCUMENTS, OFFICE, OLE, SLIDES, zipped

import wsis_model as wsis
from wsis_model import LoadError, UnknownFormat
from wsis_model.formats import CODES
from wsis_model.interop import docx

ROADMAP = "{id: r, title: T, owners: [itu]}"


def problems(text: str | bytes, form: str = "yaml") -> list[tuple[int | None, int | None, str]]:
    """Line, column and code of each problem of a file."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(text, form, name=f"file.{form}")
    for problem in caught.value.problems:
        assert problem.code in CODES
        assert len(str(problem)) < 700
    return [(p.position.line, p.position.column, p.code) for p in caught.value.problems]


def test_yaml_is_read_as_text() -> None:
    """Norway, versions and times of day stay what they are; booleans, numbers and dates are typed
    by the record.
    """
    corpus = wsis.loads(
        "roadmaps: [{id: r, title: NO, owners: [itu], version: 1.10, description: 12:30, scope:"
        " [sdg/9.c], activities: [{id: r/a, title: on, resources: [{kind: yes, within_existing:"
        " true, amount: 1_0}]}]}]".replace("1_0", "10"),
        "yaml",
    )

    roadmap = corpus.roadmap("r")
    resource = roadmap.activities[0].resources[0]
    assert ("NO", "1.10", "12:30") == (str(roadmap.title), roadmap.version, roadmap.description)
    assert ("on", "yes", True, Decimal(10)) == (
        str(roadmap.activities[0].title),
        resource.kind,
        resource.within_existing,
        resource.amount,
    )


def test_extensions_are_typed_as_json_would() -> None:
    """Where no record knows the type, plain scalars are typed, and quoted ones are text."""
    corpus = wsis.loads(
        f'roadmaps: [{ROADMAP[:-1]}, extensions: {{"a:b": [1, 1.5, true, null, "1", no, 09,'
        " 2025-01-01]}}]",
        "yaml",
    )

    assert (1, 1.5, True, None, "1", "no", "09", "2025-01-01") == corpus.roadmap("r").extensions[
        "a:b"
    ]


def test_merge_keys_and_aliases() -> None:
    """Anchors, aliases and merge keys work: what stands in the mapping itself wins."""
    corpus = wsis.loads(
        "roadmaps:\n- &base {id: a, title: T, owners: &o [itu]}\n- {<<: *base, id: b, partners:"
        " 1}\n".replace(", partners: 1", ""),
        "yaml",
    )

    assert corpus.roadmap("b").owners == ("itu",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "too-deep"),
        ('{"roadmaps": [' + '{"id":' * 400 + "1" + "}" * 400 + "]}", "too-deep"),
    ],
    ids=["a list", "a record"],
)
def test_what_is_nested_without_end_is_a_problem(text: str, code: str) -> None:
    """Whatever the depth, the answer is a problem with a place, never another exception."""
    assert code in [found for *_, found in problems(text, "json")]


def test_a_bom_is_no_fault() -> None:
    """A byte order mark before UTF-8 is skipped in every text format."""
    for form, text in {
        "yaml": f"roadmaps: [{ROADMAP}]",
        "json": '{"roadmaps":[{"id":"r","title":"T","owners":["itu"]}]}',
    }.items():
        assert "r" in wsis.loads("\ufeff" + text, form), form


def test_gzip_that_is_none() -> None:
    """A file that is called .gz and is not, or is cut short, is a problem."""
    for said, data in COMPRESSED.items():
        (problem,) = faults(wsis.loads, data, "yaml.gz")

        assert "gzip" == problem.code, said


def test_a_folder_tells_the_faults_of_all_its_files(tmp_path: Path) -> None:
    """One bad file does not hide the faults of another, nor do the good ones vanish in silence."""
    (tmp_path / "a.yaml").write_text("roadmaps: [{id: a}]", encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(f"roadmaps: [{ROADMAP}]", encoding="utf-8")
    (tmp_path / "README.md").write_text("not data", encoding="utf-8")

    with pytest.raises(LoadError) as caught:
        wsis.load(tmp_path)

    assert {"a.yaml", "b.json"} == {
        Path(problem.position.file).name for problem in caught.value.problems
    }


# --- names of tables ------------------------------------------------------------------------------

OBJECTIVES = b"id,belongs_to,statement\r\nr/o1,r,Done\r\n"
ACTIVITIES = b"ID;Belongs to;Title\r\na1;r;Map schools\r\n"
ROADMAPS = b"id,title,owners\r\nr,T,itu\r\n"


def folder_of(path: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        (path / name).write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("roadmaps", "activities", "beside"),
    [
        ("roadmaps.csv", "activities.csv", ()),
        (
            "Road maps.csv",
            "Activities.csv",
            ("Read me.csv", "Lists.csv", "Faults.csv", "#Mine.csv"),
        ),
        (
            "road_maps.CSV",
            "ACTIVITIES.Csv",
            ("#mine.csv", "~$plan.xlsx", ".~lock.plan.xlsx#", ".hidden.csv"),
        ),
        (
            "plan-Road maps.csv",
            "plan-Activities.csv",
            ("plan-Read me.csv", "plan-Lists.csv", "plan-#Mine.csv", "#notes.csv"),
        ),
        ("my-plan - Road maps.csv", "my-plan - Activities.csv", ()),
        ("my_plan_road_maps.csv", "my_plan_activities.csv", ()),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_tables_are_known_by_their_names(
    tmp_path: Path, roadmaps: str, activities: str, beside: tuple[str, ...]
) -> None:
    """A table is named as its list or its sheet, in any case, also after its workbook; what people
    keep for themselves is not read.
    """
    folder_of(
        tmp_path,
        {
            roadmaps: ROADMAPS,
            activities: ACTIVITIES,
            **dict.fromkeys(beside, b"what,else\r\nr,s\r\n"),
        },
    )

    corpus = wsis.load(tmp_path)

    assert ["Map schools"] == [str(each.title) for each in corpus.roadmap("r").activities]
    assert f"{tmp_path / activities}:2 (Title)" == str(corpus.position("r/a1", ("title",)))
    assert "r" in wsis.loads(ROADMAPS, "csv", name=roadmaps)


def test_a_table_and_its_compressed_copy_are_not_told_apart(tmp_path: Path) -> None:
    """Two files for one table are one problem, at the second: no row is lost in silence."""
    folder_of(tmp_path, {"roadmaps.csv": ROADMAPS, "roadmaps.csv.gz": gzip.compress(ROADMAPS)})

    (problem,) = faults(wsis.load, tmp_path)

    assert ("duplicate-key", "roadmaps.csv.gz") == (
        problem.code,
        Path(problem.position.file).name,
    )


def test_nothing_but_what_is_passed_over(tmp_path: Path) -> None:
    """A folder, or a file, of which nothing is read is told, unless there are files beside it."""
    folder_of(tmp_path, {"Read me.csv": b"Hello"})

    for source in (tmp_path, tmp_path / "Read me.csv"):
        (problem,) = faults(wsis.load, source)
        assert ("empty", str(source)) == (problem.code, problem.position.file)
    folder_of(tmp_path, {"r.yaml": f"roadmaps: [{ROADMAP}]".encode()})
    assert "r" in wsis.load(tmp_path)


def test_whoever_saves_at_the_same_time_saves_whole(tmp_path: Path) -> None:
    """Threads that save to one path do not trip over each other, and who reads meanwhile reads a
    whole file.
    """
    corpus = wsis.loads(f"roadmaps: [{ROADMAP}]", "yaml")
    path = tmp_path / "r.json"

    def save_and_load(_: int) -> bool:
        wsis.save(corpus, path)
        return wsis.load(path) == corpus

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save_and_load, range(400)))
    assert [path] == list(tmp_path.iterdir())


def test_reading_a_table_leaves_the_csv_module_as_it_was() -> None:
    """How long a cell may be is set for the whole program: it is raised only for a table that may
    need it.
    """
    usual = csv.field_size_limit(131_072)  # other libraries in this process may have raised it
    before = csv.field_size_limit()
    try:
        wsis.loads("id,title,owners\nr,R,itu\n", "csv", name="roadmaps.csv")
        assert before == csv.field_size_limit()
        long = wsis.loads(
            f"id,title,owners\nr,{'R' * (before + 1)},itu\n", "csv", name="roadmaps.csv"
        )
        assert before + 1 == len(str(long.roadmaps[0].title))
    finally:
        csv.field_size_limit(usual)


def test_a_saved_folder_reads_as_what_was_saved(tmp_path: Path) -> None:
    """Tables of an earlier save go, whatever their names; other files stay."""
    corpus = wsis.loads(f"roadmaps: [{ROADMAP}]", "yaml")
    folder_of(
        tmp_path,
        {
            "Activities.csv": ACTIVITIES,
            "Road maps.csv": b"id\r\ns\r\n",
            "file.csv": b"extensions\r\n",
            "activities": b"",
        },
    )

    wsis.save(corpus, tmp_path, format="csv")

    assert corpus == wsis.load(tmp_path)
    assert {"activities", "roadmaps.csv"} == {path.name for path in tmp_path.iterdir()}


# --- files of office programs ---------------------------------------------------------------------


@pytest.mark.parametrize("which", OFFICE)
def test_files_of_another_kind_are_known_as_such(tmp_path: Path, which: str) -> None:
    """A workbook or a document that is not read is known by its content or its suffix; alone, in a
    folder, and as bytes.
    """
    name, data, code = OFFICE[which]
    folder_of(tmp_path, {name: data})

    for source in (tmp_path, tmp_path / name):
        (problem,) = faults(wsis.load, source)
        assert (code, str(tmp_path / name)) == (problem.code, problem.position.file), source
    assert [code] == [each.code for each in wsis.salvage(data, name=name).problems]


@pytest.mark.parametrize("name", ["plan.xls", "plan.xlsm", "plan.docx", "plan"])
def test_a_workbook_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    """What is a workbook by its content is read as one."""
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    pytest.importorskip("xlsxwriter", reason="needs the extra excel")
    corpus = wsis.loads(f"roadmaps: [{ROADMAP}]", "yaml")
    folder_of(tmp_path, {name: wsis.dumps(corpus, "excel")})

    assert corpus == wsis.load(tmp_path / name) == wsis.load(tmp_path)


def test_other_packages_beside_the_data(tmp_path: Path) -> None:
    """An archive, or a file of thumbnails, beside the data is no fault."""
    folder_of(
        tmp_path,
        {"r.yaml": f"roadmaps: [{ROADMAP}]".encode(), "old.zip": zipped(r=b"x"), "Thumbs.db": OLE},
    )

    assert "r" in wsis.load(tmp_path)
    with pytest.raises(UnknownFormat):
        wsis.load(tmp_path / "old.zip")


@pytest.mark.parametrize("which", DOCUMENTS)
def test_documents_that_are_none_are_told(tmp_path: Path, which: str) -> None:
    """By the code of their kind, at the file."""
    pytest.importorskip("docx", reason="needs the extra docx")
    pytest.importorskip("lxml", reason="needs the extra akn")
    name, data, code = DOCUMENTS[which]
    folder_of(tmp_path, {name: data})
    (problem,) = faults(wsis.load, tmp_path / name)

    assert (code, str(tmp_path / name)) == (problem.code, problem.position.file)


def test_no_message_shows_an_object(tmp_path: Path) -> None:
    """A package that is no Word document is told without the names of Python's objects."""
    pytest.importorskip("docx", reason="needs the extra docx")
    folder_of(tmp_path, {"talk.pptx": SLIDES})

    for read in (lambda: wsis.load(tmp_path / "talk.pptx"), lambda: docx.read(SLIDES)):
        (problem,) = faults(read)
        assert "docx" == problem.code
        assert " object at " not in str(problem)


def test_two_records_of_one_identifier(tmp_path: Path) -> None:
    """Two files that claim one identifier for different records are told, with both places; equal
    records are one.
    """
    (tmp_path / "a.yaml").write_text(
        f"roadmaps:\n- {ROADMAP}\n- {{id: s, title: S, owners: [itu]}}\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text(
        f"roadmaps:\n- {ROADMAP}\n- {{id: s, title: other, owners: [itu]}}\n", encoding="utf-8"
    )

    with pytest.raises(LoadError) as caught:
        wsis.load(tmp_path)

    (problem,) = caught.value.problems
    assert ("duplicate-record", "b.yaml", 3) == (
        problem.code,
        Path(problem.position.file).name,
        problem.position.line,
    )
    assert "a.yaml:3" in problem.message  # the other place


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, an empty folder and an unknown suffix are told apart."""
    (missing,) = faults(wsis.load, tmp_path / "nothing.yaml")
    (nothing,) = faults(wsis.load, tmp_path)
    assert ("unreadable", "empty") == (missing.code, nothing.code)
    (tmp_path / "map.odt").write_bytes(b"")
    with pytest.raises(UnknownFormat) as caught:
        wsis.load(tmp_path / "map.odt")
    assert {"yaml", "json"} <= {*caught.value.known}


def test_open_files_and_mappings() -> None:
    """Open files are read by their name or by the format given, and plain data as it is."""
    text = f"roadmaps: [{ROADMAP}]"
    binary = io.BytesIO(text.encode())
    binary.name = "x.yaml"

    assert (
        wsis.load(binary)
        == wsis.load(io.StringIO(text), format="yaml")
        == wsis.load({"roadmaps": [{"id": "r", "title": "T", "owners": ["itu"]}]})
    )


@pytest.mark.parametrize("form", ["yaml", "json", "ndjson"])
def test_unknown_fields_can_be_kept(form: str) -> None:
    """With `unknown="keep"` a newer file loses nothing: what is not known is kept, reported, and
    written back where it stood.
    """
    roadmap = {
        "id": "r",
        "title": {"en": "T"},
        "owners": ["itu"],
        "risk": {"level": 3, "notes": ["a", None, 1.5]},
        "period": {"start": "2026", "fiscal": True},
    }
    newer = {"wsis_model": "1", "roadmaps": [roadmap], "observatories": [{"id": "o"}]}
    text = json.dumps(newer)
    if form == "ndjson":
        head = {"record": "file", "wsis_model": "1", "observatories": [{"id": "o"}]}
        text = json.dumps(head) + "\n" + json.dumps({"record": "roadmap", **roadmap})

    with pytest.raises(LoadError):
        wsis.loads(text, form)
    corpus = wsis.loads(text, form, unknown="keep")

    assert newer == json.loads(wsis.dumps(corpus, "json"))
    assert {"P604"} == set(
        wsis.check(corpus, rules=[rule for rule in wsis.RULES if rule.code == "P604"]).by_code()
    )


def test_what_is_no_table_stays_when_a_folder_is_saved(tmp_path: Path) -> None:
    """A folder that is named like a table stays, a link that leads nowhere goes, and tables saved
    from a workbook are not mixed with ours.
    """
    corpus = wsis.loads(f"roadmaps: [{ROADMAP}]", "yaml")
    (tmp_path / "Targets.csv").mkdir()
    (tmp_path / "ACTIVITIES.csv").symlink_to("nowhere")

    wsis.save(corpus, tmp_path, format="csv")

    assert {"Targets.csv", "roadmaps.csv"} == {path.name for path in tmp_path.iterdir()}
    (tmp_path / "roadmaps.csv").rename(tmp_path / "plan-roadmaps.csv")
    with pytest.raises(ValueError, match="plan"):
        wsis.save(corpus, tmp_path, format="csv")
    assert corpus == wsis.load(tmp_path)


def test_save_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """A failing save leaves what was there."""
    target = tmp_path / "out.csv"
    target.write_text("before", encoding="utf-8")

    with pytest.raises(ValueError, match="folder"):
        wsis.save(
            wsis.loads(f"roadmaps: [{ROADMAP}]\nentities: [{{id: itu, name: ITU}}]", "yaml"), target
        )

    assert ["out.csv"] == [path.name for path in tmp_path.iterdir()]
    assert "before" == target.read_text(encoding="utf-8")


def test_errors_are_facts() -> None:
    """Exceptions pickle, compare and hash by what they hold."""
    with pytest.raises(LoadError) as caught:
        wsis.loads("[", "yaml")

    copy = pickle.loads(pickle.dumps(caught.value))
    assert caught.value == copy
    assert hash(caught.value) == hash(copy)


def test_a_thousand_faults_have_a_bounded_message() -> None:
    """The message lists the first twenty; the attribute has them all."""
    with pytest.raises(LoadError) as caught:
        wsis.loads("roadmaps:\n" + "- {}\n" * 1000, "yaml")

    assert 3000 == len(caught.value.problems)
    assert len(str(caught.value)) < 10_000
