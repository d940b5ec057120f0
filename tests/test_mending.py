"""`mend` on whole files: nothing sound changes, nothing is mended twice, and hostile bytes come to an
end.
"""

from __future__ import annotations

import contextlib
import copy
import gzip
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from faulty import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT
from workbooks import ROADMAP, workbook

import wsis_model as wsis
from wsis_model import Corpus, LoadError, check
from wsis_model.checks import Waiver
from wsis_model.editing import Mended, mend, replacements
from wsis_model.editing.edits import spliced
from wsis_model.testing import corpora

HERE = Path(__file__).parent
FORMS = ("yaml", "json", "ndjson", "excel")
EXAMPLE = ROOT / "examples" / "data" / "c2-roadmap.yaml"
#: As `Any`, so that what is looked at stays `Any`.
_MAPPING: Any = dict
_LIST: Any = list


def test_a_sound_file_is_copied_byte_by_byte() -> None:
    """The examples of the manual have nothing to mend."""
    for path in sorted(EXAMPLE.parent.glob("*roadmap*.yaml")):
        made = mend(path)

        assert path.read_bytes() == made.data, path.name
        assert () == made.changes


@settings(max_examples=12)
@given(corpora(), st.sampled_from(FORMS))
def test_sound_records_are_never_changed(corpus: Corpus, form: str) -> None:
    """In no format is anything changed in what rules and readers find nothing in."""
    data = wsis.dumps(corpus, form)
    made = mend(data, format=form)

    assert data == made.data
    assert () == made.changes


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("form", [*FORMS, "csv"])
def test_every_format_is_mended(form: str, compressed: bool, tmp_path: Path) -> None:
    """The same faults are mended in all formats, and the copy says the same in each."""
    sound = wsis.load(
        {
            "roadmaps": [
                {
                    "id": "r",
                    "title": "T",
                    "owners": ["itu"],
                    "activities": [{"id": "r/a", "title": "U", "lead": "unesco", "status": "done"}],
                }
            ]
        }
    )
    if form == "csv":
        wsis.save(sound, tmp_path / "tables", format="csv")
        path = tmp_path / "tables" / "activities.csv"
        path.write_bytes(path.read_bytes().replace(b"done", b"donne").replace(b"unesco", b"UNSECO"))
        made = mend(tmp_path / "tables")
        (tmp_path / "copy").mkdir()
        for name, data in made.files.items():
            (tmp_path / "copy" / name).write_bytes(data)
        again = wsis.load(tmp_path / "copy")
        assert {"activities.csv", "roadmaps.csv"} == made.files.keys()
    else:
        data = wsis.dumps(sound, form)
        if form == "excel":
            data = _with_cells(data, {"done": "donne", "unesco": "UNSECO"})
        else:
            data = data.replace(b"done", b"donne").replace(b"unesco", b"UNSECO")
        kind = f"{form}.gz" if compressed else form
        made = mend(gzip.compress(data) if compressed else data, format=kind)
        again = wsis.loads(made.data, kind)

    assert again == sound
    assert [("wrong-identifier", "UNSECO"), ("wrong-value", "donne")] == sorted(
        (each.finding.code, str(each.finding.found)) for each in made.changes
    )


def _with_cells(data: bytes, changes: dict[str, str]) -> bytes:
    """A workbook in which the cells with some texts hold others."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if str(cell.value).lower() in changes:
            cell.value = changes[str(cell.value).lower()]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SINGLE = [
    case for case in cases() if not {"check", "folder", "mapping"} & {*case.given} and case.given
]


def _mended(case: Case) -> tuple[bytes, str, str, Mended]:
    if "sheets" in case.given:
        data, form, name = workbook(case.sheets()), "excel", "map.xlsx"
    else:
        form, text = case.source()
        data = text.encode() if isinstance(text, str) else text
        name = case.given.get("name", f"roadmaps.{form}")
    return data, form, name, mend(data, format=form, name=name, known=Corpus())


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.label)
def test_of_any_faulty_file_what_is_sound_stays(case: Case) -> None:
    """What could be read of a record reads the same in the copy, but for what a rule found; and a
    second run changes nothing.
    """
    data, form, name, made = _mended(case)
    before = wsis.salvage(data, format=form, name=name)
    after = wsis.salvage(made.data, format=form, name=name)
    ruled = {each.finding.record for each in made.changes if each.finding.record}

    for identifier in {*before.corpus} & {*after.corpus} - ruled:
        kept = _known(before.corpus[identifier].to_dict())
        assert _holds(after.corpus[identifier].to_dict(), kept), identifier
    assert len(after.problems) <= len(before.problems) or made.changes
    again = mend(made.data, format=form, name=name, known=Corpus())
    assert made.data == again.data
    assert () == again.changes


def _known(value: Any) -> Any:
    """What was read, without what stands for what could not be."""
    if isinstance(value, _MAPPING):
        known = {key: _known(each) for key, each in value.items()}
        if "unread" in known.values() and "id" not in known:
            return {}
        return {key: each for key, each in known.items() if each not in ("unread", {}, [])}
    if isinstance(value, _LIST):
        return [each for each in map(_known, value) if each not in ("unread", {}, [])]
    return value


def _holds(whole: Any, part: Any) -> bool:
    """Whether all values of a mapping stand in another, too."""
    if isinstance(part, _MAPPING):
        return isinstance(whole, _MAPPING) and all(
            key in whole and _holds(whole[key], each) for key, each in part.items()
        )
    if isinstance(part, _LIST):  # of some lists items could not be read
        return isinstance(whole, _LIST) and all(
            any(_holds(item, each) for item in whole) for each in part
        )
    return bool(whole == part)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of the texts in plain data, but for identifiers."""
    if isinstance(value, _MAPPING):
        return [
            leaf
            for key, each in value.items()
            if key not in ("id", "wsis_model")
            for leaf in _leaves(each, (*path, key))
        ]
    if isinstance(value, _LIST):
        return [leaf for at, each in enumerate(value) for leaf in _leaves(each, (*path, at))]
    return [path] if isinstance(value, str) else []


TREE = json.loads(wsis.dumps(wsis.load(EXAMPLE), "json"))
LEAVES = _leaves(TREE)


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


@st.composite
def slips(draw: st.DrawFn) -> tuple[tuple[Any, ...], str]:
    """A text of the example, and how somebody may have written it."""
    path = draw(st.sampled_from(LEAVES))
    text = str(_at(TREE, path))
    at = draw(st.integers(0, max(len(text) - 2, 0)))
    day = text.split("-")
    written = [
        text.upper(),
        text.title(),
        f"{text} ",
        f"{text}\u200b",
        text.replace("-", " "),
        text[:at] + text[at : at + 1] + text[at:],
        text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        *(("/".join(reversed(day)),) if len(day) == 3 and len(text) == 10 else ()),
    ]
    # A digit less is another number, which nobody can know.
    same = [
        each
        for each in written
        if sorted(filter(str.isdigit, each)) == sorted(filter(str.isdigit, text))
    ]
    return path, draw(st.sampled_from(same))


@settings(max_examples=20)
@given(slips())
def test_a_slip_becomes_what_was_meant_or_stays(slip: tuple[tuple[Any, ...], str]) -> None:
    """One text of a sound file is written otherwise: it is mended to what it was, or it is not
    mended; and nothing else changes.
    """
    path, written = slip
    faulty = copy.deepcopy(TREE)
    _at(faulty, path[:-1])[path[-1]] = written
    made = json.loads(mend(json.dumps(faulty).encode(), format="json").data)
    now = _at(made, path) if path[-1] in _steps_at(made, path[:-1]) else None

    meant = str(_at(TREE, path))
    assert str(now) in (written, meant) or _is_same(str(now), meant)
    _at(faulty, path[:-1])[path[-1]] = now
    assert faulty == made


def _steps_at(tree: Any, path: tuple[Any, ...]) -> Any:
    holder = _at(tree, path)
    return holder if isinstance(holder, _MAPPING) else range(len(holder))


def _is_same(name: str, identifier: str) -> bool:
    """Whether a name means a record."""
    return wsis.catalogue().resolve(name) == (identifier,)


@settings(max_examples=40)
@given(st.binary(max_size=200), st.sampled_from((*FORMS, "csv", "yaml.gz")))
def test_any_bytes_are_copied(data: bytes, form: str) -> None:
    """What is no file of records is given back as it is, with what is wrong with it."""
    made = mend(data, format=form, known=Corpus())

    if not made.changes:
        assert data == made.data


@settings(max_examples=40)
@given(st.data())
def test_damaged_files_come_to_an_end(data: st.DataObject) -> None:
    """A faulty file of which a part is gone or stands twice is mended or refused."""
    case = data.draw(st.sampled_from([each for each in SINGLE if "sheets" not in each.given]))
    form, text = case.source()
    raw = text.encode() if isinstance(text, str) else text
    start = data.draw(st.integers(0, min(len(raw), 2000)))
    end = data.draw(st.integers(start, min(len(raw), start + 50)))
    damaged = raw[:start] + raw[start:end] * data.draw(st.sampled_from((0, 2))) + raw[end:]
    name = case.given.get("name", f"roadmaps.{form}")
    with contextlib.suppress(LoadError):
        made = mend(damaged, format=form, name=name, known=Corpus())
        again = mend(made.data, format=form, name=name, known=Corpus())
        assert made.data == again.data


# --- what is told ---------------------------------------------------------------------------------


def test_each_change_is_told_where_it_was() -> None:
    """Also those of later rounds, of which the lines have shifted, stand where they were in the
    original.
    """
    text = (
        "roadmpas:\n- id: r\n  title: T\n  status: tbc\n  owners: [itu]\n"
        "  activities:\n  - {id: r/a, title: T, lead: UNSECO}\n"
    )
    made = mend(text.encode(), format="yaml", name="map.yaml")

    assert [
        "map.yaml:1:1: 'roadmpas' -> 'roadmaps' [unknown-field]",
        "map.yaml:4:11: 'tbc' -> nothing [wrong-value]",
        "map.yaml:7:31: 'UNSECO' -> 'unesco' [wrong-identifier]",
    ] == [str(each) for each in made.changes]


def test_what_cannot_be_changed_alone_is_told() -> None:
    """A value that an alias repeats stays, and stands among what is refused and what is left."""
    text = "roadmaps:\n- {id: r, title: T, owners: &o [UNSECO]}\n- {id: s, title: T, owners: *o}\n"
    made = mend(text.encode(), format="yaml")

    assert text.encode() == made.data
    assert () == made.changes
    assert made.refused
    assert {*made.refused} <= {*made.left}


def test_a_name_is_mended_wherever_it_stands() -> None:
    """A rule tells a missing record once; all places that name it are mended, each is told."""
    acts = ", ".join(f"{{id: r/a{n}, title: T, lead: unescco}}" for n in range(1, 6))
    text = f"roadmaps: [{{id: r, title: T, owners: [itu], activities: [{acts}]}}]\n"
    made = mend(text.encode(), format="yaml")

    assert text.replace("unescco", "unesco").encode() == made.data
    assert [f"r/a{n}" for n in range(1, 6)] == [each.finding.record for each in made.changes]


def test_reports_and_partial_files_know_what_has_a_fix() -> None:
    """`fixes` of both are the findings that have one."""
    partial = wsis.salvage(
        {"roadmaps": [{"id": "r", "title": "T", "owners": ["unescco"], "status": "Draft"}]}
    )
    report = check(wsis.catalogue() | partial)

    assert ["wrong-value"] == [each.code for each in partial.fixes]
    assert ["wrong-value", "R201"] == [each.code for each in report.fixes]
    assert all(each.fix is not None for each in report.fixes)


def test_a_waived_finding_is_not_mended() -> None:
    """What is accepted stays as it is."""
    text = b"roadmaps: [{id: r, title: T, owners: [unescco]}]\n"
    waiver = Waiver("R201", "r", "The body is new.")

    assert b"unesco]" in mend(text, format="yaml").data
    assert text == mend(text, format="yaml", waivers=[waiver]).data


def test_a_mended_rule_brings_no_other_fault() -> None:
    """Of two changes the one that would break another rule is left."""
    text = (
        b"roadmaps: [{id: r, title: T, owners: [itu], activities: "
        b"[{id: r/a, title: T, lead: unesco, partners: [unescco]}]}]\n"
    )
    made = mend(text, format="yaml")

    assert text == made.data
    assert ["R201"] == [each.code for each in made.left]
    assert made.refused == made.left


def test_a_name_may_be_that_of_a_record_of_another_file(tmp_path: Path) -> None:
    """What stands in one file of a folder and is no near miss of anything in it may mean a record
    of the next one; and then it is not changed.
    """
    for name, text in {
        "a.yaml": "roadmaps: [{id: r, title: T, owners: [UNSECO]}]\n",
        "b.yaml": "entities: [{id: unseco, name: Unseco Ltd, acronym: UNSECO}]\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = mend(tmp_path)

    assert () == made.changes
    assert "wrong-identifier" in [each.code for each in made.left]
    (tmp_path / "b.yaml").unlink()
    assert ["wrong-identifier"] == [each.finding.code for each in mend(tmp_path).changes]


def test_the_original_is_left_alone(tmp_path: Path) -> None:
    """Neither a file nor a folder is written to."""
    path = tmp_path / "in" / "map.yaml"
    path.parent.mkdir()
    path.write_text("roadmpas: [{id: r, title: T, owners: [itu]}]\n", encoding="utf-8")
    (path.parent / "README.md").write_text("Ours.\n", encoding="utf-8")
    before = path.read_bytes(), path.stat().st_mtime_ns

    one, all_of_them = mend(path), mend(path.parent)

    assert before == (path.read_bytes(), path.stat().st_mtime_ns)
    assert one.data == all_of_them.files["map.yaml"] != before[0]
    assert b"Ours.\n" == all_of_them.files["README.md"]
    assert str(path) == all_of_them.changes[0].finding.position.file
    with pytest.raises(ValueError, match="2 files"):
        _ = all_of_them.data
    with pytest.raises(LoadError):
        mend(tmp_path / "nothing.yaml")


# --- workbooks ------------------------------------------------------------------------------------


def test_a_workbook_says_in_each_cell_what_was_changed() -> None:
    """The comment has it, below what it said before; other cells, formulas and the values stored
    for them stay.
    """
    openpyxl = pytest.importorskip("openpyxl")
    xlsxwriter = pytest.importorskip("xlsxwriter")
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Road maps")
        sheet.write_row("A1", ["ID", "Titel", "Owners", "Status"])
        sheet.write_row("A2", ["r", None, "itu; UNSECO"])
        sheet.write_formula("B2", '=UPPER("t & u")', None, "T & U")
        sheet.write_formula("D2", '="Draf"&"ft"', None, "Drafft")
        sheet.write_comment("C2", "Who?")
    made = mend(stream.getvalue(), format="xlsx", name="map.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Road maps"]
    values = openpyxl.load_workbook(io.BytesIO(made.data), data_only=True)["Road maps"]

    assert ["ID", "Title", "Owners", "Status"] == [cell.value for cell in sheet[1]]
    assert "itu; UNESCO" == sheet["C2"].value
    assert "Who?\n\nChanged:\n'UNSECO' -> 'UNESCO' (wrong-identifier)" == sheet["C2"].comment.text
    assert "'Titel' -> 'Title'" in sheet["B1"].comment.text
    assert ('=UPPER("t & u")', "T & U") == (sheet["B2"].value, values["B2"].value)
    assert ["wrong-value"] == [each.code for each in made.left]
    assert [("D2", "Drafft")] == [(each.position.cell, each.found) for each in made.refused]


def test_numbers_and_merged_cells_of_a_workbook_are_mended_as_such() -> None:
    """A number becomes a number, and what is merged over several rows is changed once."""
    openpyxl = pytest.importorskip("openpyxl")
    data = workbook(
        {
            **ROADMAP,
            "Activities": [["ID", "Title", "Lead"], ["a1", "T", "UNSECO"], ["a2", "U", None]],
            "Resources": [["Belongs to", "Kind", "Amount"], ["a1", "staff", "1 500"]],
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Activities"].merge_cells("C2:C3")
    stream = io.BytesIO()
    book.save(stream)
    made = mend(stream.getvalue(), format="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(made.data))

    assert 1500 == book["Resources"]["C2"].value
    assert "UNESCO" == book["Activities"]["C2"].value
    corpus = wsis.loads(made.data, "xlsx")
    assert {"unesco"} == {each.lead for each in corpus.roadmaps[0].activities}


# --- SARIF ----------------------------------------------------------------------------------------


def test_sarif_says_what_a_fix_changes_in_the_text(tmp_path: Path) -> None:
    """The regions are valid SARIF, and the text with all of them replaced is the mended one."""
    path = tmp_path / "map.yaml"
    text = (
        "roadmaps:\n- id: r\n  titel: Ü 😀\n  owners: [UNSECO]\n  status: tbc\n"
        "  period: {start: 31/12/2027}\n"
    )
    path.write_text(text, encoding="utf-8")
    report = check(wsis.catalogue() | wsis.salvage(path))
    known = replacements(report.fixes)
    run = report.to_sarif(known)
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(run)), schema, jsonschema.Draft4Validator)

    regions = [
        (replacement["deletedRegion"], replacement.get("insertedContent", {"text": ""})["text"])
        for result in run["runs"][0]["results"]
        for fix in result.get("fixes", ())
        for change in fix["artifactChanges"]
        for replacement in change["replacements"]
    ]
    starts: list[int] = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    splices: list[tuple[int, int, str]] = [
        (
            starts[int(region["startLine"]) - 1] + int(region["startColumn"]) - 1,
            starts[int(region["endLine"]) - 1] + int(region["endColumn"]) - 1,
            str(new),
        )
        for region, new in regions
    ]
    assert 4 == len(known) == len(splices)
    assert mend(path).data.decode() == spliced(text, splices)
    assert "fixes" not in json.dumps(report.to_sarif())
