"""Commands for road maps."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from running import REFUSED, Ran, process

import wsis_model as wsis

SEVERAL = """
roadmaps:
- {id: one, title: One, owners: [itu], activities: [{id: one/a1, title: "Über 中文", lead: itu}]}
- {id: two, title: Two, owners: [itu]}
"""
FORMS = ("csv", "json", "markdown", "text")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "command", ["coverage", "calendar", "progress", "workload", "gaps", "stocktaking"]
)
def test_tables_come_in_every_format(
    command: str, form: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table is the same on standard output and in a file, in each format that is offered."""
    printed = Ran(capsys, (command, "roadmap.yaml", "--format", form))
    written = Ran(capsys, (command, "roadmap.yaml", "--format", form, "-o", "table.out"))

    assert (0, 0, "") == (printed.code, written.code, written.out)
    assert printed.out == (folder / "table.out").read_text(encoding="utf-8")
    if form == "json":
        assert printed.data
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(printed.out))}) == 1


@pytest.mark.parametrize(
    "part", ["mandates", "action-lines", "sdg-targets", "commitments", "groups"]
)
def test_each_part_of_coverage_comes_whole(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`coverage --of` gives one table with a row for each record."""
    rows = list(
        csv.DictReader(
            io.StringIO(
                Ran(capsys, ("coverage", "roadmap.yaml", "--of", part, "--format", "csv")).out
            )
        )
    )

    assert len(rows) > 10 and "record" in rows[0]


def test_a_report_follows_the_name_of_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page is HTML, or Markdown where the file is called so or it is asked for."""
    common = ("report", "roadmap.yaml", "--as-of", "2026-11-24", "--no-pictures")
    for arguments in (
        ("-o", "page.html"),
        ("-o", "page.md"),
        ("-o", "page.txt", "--format", "markdown"),
    ):
        assert 0 == Ran(capsys, (*common, *arguments)).code, arguments

    refused = Ran(capsys, (*common, "-o", "page.odt"))

    assert 2 == refused.code and not (folder / "page.odt").exists()
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (folder / "page.md").read_text(encoding="utf-8") == (folder / "page.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("command", ["report", "progress"])
def test_a_command_for_one_road_map_says_what_is_missing(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a road map, with several, or with one that is not there, it is told what to say."""
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")
    (folder / "none.yaml").write_text("entities: [{id: some-body, name: Some}]", encoding="utf-8")

    none, several, other = (
        Ran(capsys, (command, *arguments))
        for arguments in (["none.yaml"], ["several.yaml"], ["several.yaml", "--roadmap", "three"])
    )

    assert [2, 2, 2] == [none.code, several.code, other.code]
    assert "wsis-model: none.yaml: there is no road map here\n" == none.err
    assert "there are 2 road maps here; say which with --roadmap, e.g. one or two" in several.err
    assert "no road map here is called 'three'; say e.g. one or two" in other.err
    assert 0 == Ran(capsys, ("progress", "several.yaml", "--roadmap", "one")).code


@pytest.mark.parametrize("command", ["coverage", "calendar", "gaps"])
def test_a_road_map_asked_for_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is the name of something else is no road map."""
    ran = Ran(capsys, (command, "roadmap.yaml", "--roadmap", "itu"))

    assert (
        2,
        "wsis-model: roadmap.yaml: no road map here is called 'itu'; say e.g. my-roadmap\n",
    ) == (ran.code, ran.err)


@pytest.mark.parametrize(("arguments", "names"), REFUSED, ids=str)
def test_what_a_road_map_command_cannot_do_is_told(
    arguments: tuple[str, ...], names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments are told by what is wrong with them, without a traceback, and the exit code
    is 2.
    """
    ran = Ran(capsys, arguments)

    assert 2 == ran.code
    assert [] == [each for each in names if each not in ran.err]
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ((), None),
        (("-o", "plan.yaml"), "plan.yaml"),
        (("-o", "plan.xlsx"), "plan.xlsx"),
        (("--format", "csv"), "c2-roadmap"),
    ],
)
def test_a_new_road_map_reads_back(
    options: tuple[str, ...], made: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `new` writes is sound as it stands, and is not written over without --force."""
    arguments = ("new", "roadmap", "--action-line", "C2", *options)
    first = Ran(capsys, arguments)
    assert 0 == first.code
    if made is None:
        (folder / "plan.yaml").write_text(first.out, encoding="utf-8")
    written = made or "plan.yaml"

    assert 0 == Ran(capsys, ("check", written, "--strict")).code
    if made is not None:
        again = Ran(capsys, arguments)
        assert (
            2,
            f"wsis-model: {made} is there already; choose another name, or say --force\n",
        ) == (again.code, again.err)
        assert 0 == Ran(capsys, (*arguments, "--force")).code


def test_a_road_map_is_taken_up_as_a_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is not in the workbook, and does not write over a workbook that somebody may
    have filled in.
    """
    text = (folder / "roadmap.yaml").read_text(encoding="utf-8")
    (folder / "more.yaml").write_text(
        text + "groups:\n- {id: groups/poets, label: Poets}\n", encoding="utf-8"
    )
    ran = Ran(capsys, ("new", "roadmap", "--from", "more.yaml"))
    (made,) = folder.glob("*.xlsx")

    assert (0, True) == (ran.code, "\nleft out: groups/poets (groups)" in ran.err)
    assert list(wsis.load("roadmap.yaml")) == list(wsis.load(made))
    assert 2 == Ran(capsys, ("new", "roadmap", "--from", "more.yaml")).code
    assert 0 == Ran(capsys, ("new", "roadmap", "--from", "more.yaml", "--force")).code


def test_documents_of_the_catalogue_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """A document is named by identifier or symbol; with itself nothing changed, and every format
    says so.
    """
    same = Ran(capsys, ("diff", "80-173", "A/RES/80/173", "--format", "json"))
    assert ([], "no change") == (same.data["changes"], same.data["summary"][:9])

    for form, beginning in (
        ("text", "A/RES/80/173 →"),
        ("markdown", "#"),
        ("html", "<!DOCTYPE html>"),
    ):
        ran = Ran(capsys, ("diff", "80-173", "gdc", "--format", form))
        assert (0, beginning) == (ran.code, ran.out[: len(beginning)])

    stub = Ran(capsys, ("diff", "A/C.2/80/L.17", "A/RES/80/118"))
    assert 2 == stub.code and "the catalogue holds its particulars only" in stub.err


def test_versions_of_a_road_map_are_compared_by_identifier(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several road maps those that both files hold are compared; where that does not tell, it is
    said.
    """
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")
    (folder / "two.yaml").write_text(
        "roadmaps: [{id: two, title: Second, owners: [itu]}]", encoding="utf-8"
    )

    ran = Ran(capsys, ("diff", "several.yaml", "two.yaml", "--format", "json"))
    unclear = Ran(capsys, ("diff", "several.yaml", "several.yaml"))

    assert (["title.en"], 0) == ([change["field"] for change in ran.data["changes"]], ran.code)
    assert 2 == unclear.code and "which of several" in unclear.err


@pytest.mark.parametrize(
    ("module", "extra", "arguments"),
    [
        ("xlsxwriter", "excel", ("new", "roadmap", "--action-line", "C2", "-o", "plan.xlsx")),
        ("openpyxl", "excel", ("check", "book.xlsx")),
        ("icalendar", "ical", ("calendar", "--format", "ics")),
        ("vl_convert", "plot", ("report", "roadmap.yaml", "-o", "page.html")),
        ("vl_convert", "plot", ("brief", "roadmap.yaml", "-o", "brief.docx")),
        ("docx", "docx", ("brief", "roadmap.yaml", "-o", "brief.docx")),
    ],
)
def test_a_missing_extra_is_told_with_the_command_that_brings_it(
    module: str,
    extra: str,
    arguments: tuple[str, ...],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not installed is named with the pip command, the exit code is 2, and nothing is
    written.
    """
    Ran(capsys, ("new", "roadmap", "--action-line", "C2", "-o", "book.xlsx"))
    monkeypatch.setitem(sys.modules, module, None)

    ran = Ran(capsys, arguments)

    assert (2, "") == (ran.code, ran.out)
    assert f"pip install 'wsis_model[{extra}]'" in ran.err
    assert not (folder / arguments[-1]).exists() or arguments[-1] == "book.xlsx"


def test_names_of_files_and_texts_are_printed_whatever_the_locale(folder: Path) -> None:
    """With the locale C a road map with a title in any script is read and printed as UTF-8."""
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")

    done = process(
        "gaps",
        "several.yaml",
        "--format",
        "json",
        settings={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    shown = process(
        "show",
        "one/a1",
        "--in",
        "several.yaml",
        settings={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )

    assert (0, b"", 0) == (done.returncode, done.stderr, shown.returncode)
    assert "Über 中文" in shown.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "2 road maps"), ("json", "{"), ("html", "<!DOCTYPE"), ("markdown", "# 2 road maps")],
)
def test_road_maps_are_laid_beside_each_other(
    form: str, begins: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`joint` compares what the files hold, or what is named."""
    (folder / "several.yaml").write_text(SEVERAL, encoding="utf-8")

    found = Ran(capsys, ("joint", "several.yaml", "--format", form))
    assert (0, True) == (found.code, found.out.startswith(begins))
    one = Ran(capsys, ("joint", "several.yaml", "--roadmap", "two"))
    assert one.out.startswith("1 road map beside")
    assert 2 == Ran(capsys, ("joint", "several.yaml", "--roadmap", "three")).code


def test_editions_are_compared_and_any_day_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`history` reads an edition a file, and writes a road map as it stood."""
    for year, due in (("2026", "2027"), ("2027", "2028")):
        text = f"{{id: r, title: R, owners: [itu], issued: {year}-03-01, activities: [{{id: r/a1, title: A, period: {{end: {due}}}}}]}}"
        (folder / f"{year}.yaml").write_text(f"roadmaps: [{text}]", encoding="utf-8")

    found = Ran(capsys, ("history", "2027.yaml", "2026.yaml", "--format", "json"))
    assert ["postponed"] == [each["what"] for each in found.data["slips"]]
    assert (
        0
        == Ran(
            capsys, ("history", "2027.yaml", "2026.yaml", "--at", "2026-12-31", "-o", "past.yaml")
        ).code
    )
    assert wsis.load("past.yaml") == wsis.load("2026.yaml")
    assert 2 == Ran(capsys, ("history", "2027.yaml", "2027.yaml")).code
    refused = Ran(capsys, ("history", "2027.yaml", "--roadmap", "nope"))
    assert (2, True) == (refused.code, "'nope'; there is r" in refused.err)
