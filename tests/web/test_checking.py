"""The page that checks: what it tells of files, what it gives back, and what it cannot be made to do."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import test_fifteen_faults as fifteen
from faulty import cases

import wsis_model as wsis
from wsis_model.cli import main

from .conftest import Opened


def filled(folder: Path, *, wrongly: bool = True) -> Path:
    """The template, filled in; wrongly in fifteen ways."""
    book = fifteen.sound()
    if wrongly:
        for name, heading, value, _ in fifteen.FAULTS:
            fifteen.cell(book[name], heading, 2).value = value
    else:
        for sheet in ("Evidence", "Updates"):
            book[sheet].delete_rows(2)
        for heading, said in (("Direction", "increase"), ("Baseline: value", 50)):
            fifteen.cell(book["Indicators"], heading, 2).value = said
        fifteen.cell(book["Targets"], "Value", 2).value = 80
    path = folder / "filled.xlsx"
    book.save(path)
    return path


def test_fifteen_wrong_cells_are_fifteen_rows(ready: Opened, tmp_path: Path) -> None:
    """Each is told with sheet, cell and heading; a marked copy says the same; the verdict is read
    out and has the focus.
    """
    ready.check(filled(tmp_path))
    rows = ready.rows()

    assert len(fifteen.FAULTS) == len(rows)
    assert sorted((sheet, heading, code) for sheet, heading, _, code in fifteen.FAULTS) == sorted(
        (place.split("!")[0], place.split("\n")[1], rule.strip()) for place, _, _, rule in rows
    )
    assert ready.page.inner_text("#verdict") == "14 errors"
    assert ready.page.evaluate("document.activeElement.id") == "verdict"

    marked = openpyxl.load_workbook(ready.download("[data-copy=marked]", tmp_path))
    commented = {
        f"{sheet.title}!{each.coordinate}"
        for sheet in marked
        for row in sheet.iter_rows(min_row=2)
        for each in row
        if each.comment is not None and sheet.title != "Faults"
    }
    assert {place.split("\n")[0] for place, *_ in rows} == commented


def test_a_sound_workbook_has_a_report(ready: Opened, tmp_path: Path) -> None:
    """Nothing is wrong in it, and its page and its brief can be had, without pictures."""
    ready.check(filled(tmp_path, wrongly=False))

    assert "error" not in {row[1].split(":")[0].lower() for row in ready.rows()}
    assert ready.page.inner_text("#verdict") in ("No errors", "Sound: nothing was found")
    for copy in ("report", "brief"):
        page = ready.download(f"[data-copy={copy}]", tmp_path).read_text("utf-8")
        assert "<h1" in page and "Map the schools" in page


def test_what_can_be_mended_is(ready: Opened, tmp_path: Path) -> None:
    """A mended copy says what was changed, and has fewer faults."""
    ready.check(filled(tmp_path))
    mended = ready.download("[data-copy=mended]", tmp_path)
    assert "UNESCO" in ready.page.inner_text("#told")
    ready.check(mended)

    assert 0 < len(ready.rows()) < 15


def test_a_template_is_sound_and_comes_back(ready: Opened, tmp_path: Path) -> None:
    """For each way of writing it, the template is a file that the page finds no error in."""
    lines: list[str] = ready.page.eval_on_selector_all(
        "#line option", "all => all.map(each => each.value)"
    )
    assert {"action-lines/c2", "action-lines/c7-e-health"} <= {*lines}
    for form, line in (("xlsx", "action-lines/c2"), ("yaml", "action-lines/c7-e-health")):
        ready.page.select_option("#line", line)
        made = ready.download(f"[data-form={form}]", tmp_path)
        assert made.suffix == f".{form}"
        ready.check(made)
        assert ready.page.inner_text("#verdict") in ("No errors", "Sound: nothing was found")


def test_what_is_dropped_is_checked(ready: Opened) -> None:
    """A file that is dropped anywhere on the page, of YAML, is told with line and column."""
    ready.page.evaluate(
        """text => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "map.yaml"));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true}));
        }""",
        "roadmaps:\n  - id: m\n    titel: Media\n    owners: [itu]\n",
    )
    ready.wait()

    ((place, found, mend, code),) = ready.rows()
    assert place.split("\n") == ["Line 3, column 5", "map.yaml"]
    assert "title" in mend and "titel" in found and code == "unknown-field"


def bomb(folder: Path) -> Path:
    """A workbook that unpacks to two gigabytes."""
    path = folder / "bomb.xlsx"
    sound = zipfile.ZipFile(io.BytesIO(filled(folder, wrongly=False).read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for each in sound.infolist():
            if each.filename != "xl/worksheets/sheet1.xml":
                packed.writestr(each, sound.read(each))
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(256):
                sheet.write(bytes(2**23))
    return path


def test_a_hostile_workbook_is_told(ready: Opened, tmp_path: Path) -> None:
    """A bomb, and what is no workbook, give a row, and the page goes on."""
    ready.check(bomb(tmp_path))
    assert [["too-large"]] == [row[3:] for row in ready.rows()]

    (tmp_path / "none.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    ready.check(tmp_path / "none.xlsx")
    assert len(ready.rows()) == 1

    ready.check(filled(tmp_path))
    assert len(ready.rows()) == 15


def test_what_takes_too_long_is_stopped(ready: Opened, tmp_path: Path) -> None:
    """It is told, and the checker starts anew by itself."""
    slow = tmp_path / "slow.yaml"
    slow.write_text("roadmaps:\n" + "- {id: r, title: T, owners: [itu]}\n" * 60_000, "utf-8")
    ready.page.evaluate("document.body.dataset.limit = 2")
    ready.check(slow)
    assert "more than 2 seconds" in ready.page.inner_text("#problem")
    assert ready.page.is_hidden("#report")

    ready.page.evaluate("delete document.body.dataset.limit")
    ready.check(filled(tmp_path))
    assert ready.page.is_hidden("#problem") and len(ready.rows()) == 15


@pytest.mark.parametrize("name", ["large.csv", "large.mov"])
def test_what_is_too_large_is_not_read(name: str, ready: Opened, tmp_path: Path) -> None:
    """A file beyond the bound of the page is told before it is opened, whatever its kind."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(21_000_000)
    ready.check(tmp_path / name)

    assert "20 MB" in ready.page.inner_text("#problem")


def test_a_file_of_another_kind_is_told(ready: Opened, tmp_path: Path) -> None:
    """It is a row like any other fault."""
    (tmp_path / "plan.odt").write_bytes(b"PK")
    ready.check(tmp_path / "plan.odt")

    assert [["unreadable"]] == [row[3:] for row in ready.rows()]


def given(case: Any, folder: Path) -> list[Path]:
    """The files of a case, in a folder."""
    if "folder" in case.given:
        for name, text in case.given["folder"].items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return sorted(folder.iterdir())
    if "sheets" in case.given:
        from workbooks import workbook

        (folder / "map.xlsx").write_bytes(workbook(case.sheets()))
        return [folder / "map.xlsx"]
    form, data = case.source()
    path = folder / case.given.get("name", f"roadmaps.{form}")
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [path]


def twenty() -> list[Any]:
    """Four cases of each way to give a file."""
    every = [each for each in cases() if "check" not in each.given]
    ways = ("yaml", "json", "csv", "sheets", "folder")
    return [each for way in ways for each in [case for case in every if way in case.given][:8:2]]


def facts(finding: dict[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """What a finding says without words, files named without their folder."""
    position = dict(finding.get("position", {}))
    name = str(position.get("file", ""))
    position["file"] = name.replace(f"{folder}/", "") if folder else name
    told = {key: finding.get(key) for key in ("code", "severity", "record", "field", "fix")}
    return {**told, "position": position}


@pytest.mark.parametrize("case", twenty(), ids=lambda case: case.label)
def test_the_page_tells_what_the_command_line_tells(
    case: Any, ready: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same codes, places, fields and mends, in the same order, and the same rows on the page."""
    folder = tmp_path / "given"
    folder.mkdir()
    files = given(case, folder)
    main(["check", str(folder if len(files) > 1 else files[0]), "--format", "json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    ready.check(*files)
    found = ready.page.evaluate("document.getElementById('report').report.findings")

    assert [facts(each, folder) for each in told] == [facts(each) for each in found]
    assert [each["code"] for each in told] == [row[3].strip() for row in ready.rows()]
    assert len(told) > 0


def test_there_are_twenty_cases() -> None:
    """Of workbooks, folders and three ways of writing text."""
    assert len(twenty()) >= 20


def test_the_version_is_ours(ready: Opened) -> None:
    """The library in the page is the one that was built from these sources."""
    listed = json.loads((Path(__file__).parents[2] / "build/web/files.json").read_text("utf-8"))

    assert listed["library"] == wsis.__version__
