"""Whatever files, workbooks and people write: no output steers a terminal, and nothing in it is
unseen.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import Corpus, LoadError, Position, Report, cli
from wsis_model._width import readable, visible
from wsis_model.analysis import calendar, coverage, gaps, progress, workload
from wsis_model.analysis import checklist as checklist_of
from wsis_model.checks import Finding, Severity, Waived, Waiver
from wsis_model.cli.terminal import record_text
from wsis_model.diff import difference
from wsis_model.model._notebook import html_of
from wsis_model.pages import brief_page, roadmap_page
from wsis_model.tables import Table, json_text

#: What steers a terminal or a reader, or hides: controls, turned writing, tags, what ends a line,
#: what has no width.
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
#: What is unseen between letters of ours, where no script needs it.
UNSEEN = re.compile("(?<=[a-z])[\u200b-\u200f\u2060-\u2064\u034f\u3164\ufe00-\ufe0f](?=[a-z])")
SIGNS = (
    "\x1b[2J\x1b[31m", "\x9b31m", "\x07", "\b\b\b", "\x7f", "\r", "\x00", "\x85", "\u2028", "\u202egnp.exe", "\u2066", "a\u200bb", "a\u2060b",
    "a\u200db", "a\ufe0fb", "\ufeff", "\U000e0041", "a\u00adb", "\x1b]8;;http://x.example\x07y", "\u3164", "\x0b\x0c", "a\nb",
)  # fmt: skip
NAMES = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), min_size=1, max_size=4).map("x".join)
TODAY = datetime.date(2026, 11, 26)


def unseen(text: str) -> list[str]:
    """What an output holds that nobody sees."""
    return [*RAW.findall(text), *UNSEEN.findall(text)]


def naughty(shared: Path) -> list[str]:
    """The big list of naughty strings."""
    lines = (shared / "suites" / "naughty" / "blns.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


# --- what is shown of a sign ----------------------------------------------------------------------


@given(st.text() | NAMES)
def test_a_message_shows_every_sign(said: str) -> None:
    """In messages each sign that is not seen is an escape; what is shown once is shown the same
    again.
    """
    assert not unseen(visible(said))
    assert "\n" not in visible(said)
    assert visible(visible(said)) == visible(said)


@given(st.text() | NAMES)
def test_a_text_of_people_shows_what_steers(said: str) -> None:
    """In texts too, but that white space is white space."""
    assert not unseen(readable(said))
    assert readable(readable(said)) == readable(said)
    assert not unseen(readable(said, lines=True).replace("\r", "").replace("\t", ""))


@pytest.mark.parametrize(
    "said",
    [
        "می\u200cخواهم", "क\u094d\u200dष", "ශ\u0dca\u200dර", "ไทย\u200bไทย", "👨\u200d👩\u200d👧 family", "❤\ufe0f\u200d🔥", "1\ufe0f\u20e3", "©\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "辻\U000e0100", "عربي \u200f(1)", "Médias", "接続されていない学校", "Donau\u00addampf",
    ],
)  # fmt: skip
def test_writing_keeps_what_it_needs(said: str) -> None:
    """Joiners in Persian, Hindi, Sinhala, Thai and emoji, variants of signs, flags and marks of
    direction are the text.
    """
    assert readable(said) == said


# --- every output ---------------------------------------------------------------------------------


def a_corpus(said: str) -> Corpus:
    """The catalogue, with a road map in which every text that people write is *said*."""
    text = {"en": f"a {said} b", "fr": said or "f"}
    return wsis.catalogue() | wsis.load(
        {
            "entities": [{"id": "sly", "name": text, "acronym": said or "S", "aliases": [said or "s"]}],
            "roadmaps": [
                {
                    "id": "plan",
                    "title": text,
                    "owners": ["sly"],
                    "kind": "national",
                    "period": {"start": "2026", "end": "2030"},
                    "objectives": [{"id": "plan/o1", "statement": text}],
                    "activities": [
                        {
                            "id": "plan/a1",
                            "title": text,
                            "description": f"a {said} b",
                            "lead": "sly",
                            "objective": "plan/o1",
                            "answers": ["80-173/113.1"],
                            "milestones": [
                                {"id": "plan/a1.m1", "title": text, "due": {"event": said or "e", "date": "2027"}}
                            ],
                        }
                    ],
                    "indicators": [
                        {
                            "id": "plan/i1",
                            "name": text,
                            "unit": said or "u",
                            "direction": "increase",
                            "baseline": {"value": 1, "when": "2025", "note": said or "n"},
                            "targets": [{"value": 9, "by": "2030", "note": said or "n"}],
                        }
                    ],
                    "updates": [{"date": "2026-11-01", "about": "plan/a1", "by": "sly", "note": said or "n"}],
                }
            ],
        }
    )  # fmt: skip


def a_report(said: str) -> Report:
    """A report in which every part of every finding is *said*."""
    place = Position(said, 3, 5, sheet=said, cell="A1", heading=said)
    one = Finding(said, said, place, said, said, record=said)
    two = Finding("X001", said, Position(said, 3, 5), said, said, Severity.WARNING, record=said)
    return Report((one, two), (Waived(one, Waiver("X001", said, f"because {said}")),))


def _cells(text: str, form: str) -> str:
    return re.sub("[\r\t]", "", text) if form == "to_csv" else text


def _words_of(data: bytes) -> str:
    """What is read in a Word document: its words, alternative texts and properties."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(f"{name}.xml") for name in ("word/document", "docProps/core")]
    trees = [ElementTree.fromstring(each) for each in parts]
    return "\n".join(text for tree in trees for text in tree.itertext())


def outputs(said: str) -> Iterator[tuple[str, str]]:
    """Everything that is written for people, by its name; in a cell of CSV lines may end and tabs
    stand.
    """
    corpus = a_corpus(said)
    later = corpus["plan"].replace(title=f"{said} later")
    tables: dict[str, Any] = {
        "calendar": calendar(corpus, roadmap="plan"),
        "coverage": coverage(corpus, roadmap="plan").summary,
        "workload": workload(corpus, as_of=TODAY)[:5],
        "gaps": gaps(corpus, "plan", as_of=TODAY),
        "headings": Table((said,), {said: str}),
        "report": a_report(said).table,
    }
    for name, table in tables.items():
        for form in ("to_text", "to_json", "to_csv", "to_markdown", "_repr_html_"):
            yield f"{name} {form}", _cells(getattr(table, form)(), form)
        for width in (30, 80):
            yield f"{name} at {width}", table.to_text(width)
    for identifier in ("plan", "plan/a1", "plan/i1", "plan/o1", "sly"):
        yield f"show {identifier}", record_text(corpus, corpus[identifier])
        yield f"notebook {identifier}", html_of(corpus[identifier])
    page = roadmap_page(corpus, "plan", as_of=TODAY, pictures=False)
    yield from (("page", page.to_html()), ("page in Markdown", page.to_markdown()))
    brief = brief_page(corpus, "plan", as_of=TODAY, pictures=False)
    yield from (("brief", brief.to_html()), ("brief in Markdown", brief.to_markdown()))
    yield "brief in Word", _words_of(brief.to_docx())
    yield "progress", progress(corpus, "plan", as_of=TODAY).to_text(80)
    yield "checklist", checklist_of(gaps(corpus, "plan", as_of=TODAY))
    changes = difference(corpus["plan"], later, names=(said, said))
    for form in ("__str__", "to_markdown", "to_page", "to_html"):
        yield f"difference {form}", getattr(changes, form)()
    report = a_report(said)
    for form in ("to_text", "to_json", "to_csv", "to_github", "_repr_html_", "__repr__"):
        yield f"report {form}", _cells(getattr(report, form)(), form)
    yield "report in colour", report.to_text(colour=True).replace("\x1b[", "")
    yield "SARIF", json_text(report.to_sarif())
    for result in report.to_sarif()["runs"][0]["results"]:
        yield "SARIF message", result["message"]["text"]
    problem = Finding(said, said, Position(said, 1, 2, heading=said), said, said)
    yield "problem", str(problem)
    for error in (
        LoadError((problem, problem)),
        wsis.UnknownIdentifier(said, (said,)),
        wsis.UnknownFormat(said, (said,)),
        wsis.NotAReference(said),
        wsis.MissingExtra(said, said),
        wsis.FetchError(said, said, said, said, said, said),
        wsis.DuplicateIdentifier(said, (said, said)),
        wsis.WriteError(said, (problem, problem)),
        wsis.EditError(problem),
    ):
        yield type(error).__name__, str(error)


@settings(max_examples=5)  # each is everything that there is
@given(NAMES)
@example("".join(SIGNS))
def test_nothing_unseen_comes_out(said: str) -> None:
    """Each output shows what nobody would see, or would steer who reads it."""
    assert {name: found for name, text in outputs(said) if (found := unseen(text))} == {}


def test_nothing_naughty_comes_out(shared: Path) -> None:
    """The same with all naughty strings at once, which are some five hundred."""
    said = " ".join(naughty(shared))

    assert {name: found for name, text in outputs(said) if (found := unseen(text))} == {}


@given(NAMES)
def test_json_reads_back_as_it_was(said: str) -> None:
    """What is escaped in JSON is the same text for a program."""
    assert json.loads(Table((said,), {"n": str}).to_json()) == [{"n": said}]


@settings(max_examples=5)
@given(st.text(st.sampled_from("<>&\"'ab/ =!-[]()`")))
@example("<img src=x onerror=alert(1)>")
@example("\\<b>")
def test_markdown_holds_no_html(said: str) -> None:
    """Also where a reader of Markdown does not know that a backslash takes away a meaning."""
    for text in (
        Table((said,), {"n": str}).to_markdown(),
        roadmap_page(a_corpus(said), "plan", as_of=TODAY, pictures=False).to_markdown(),
    ):
        assert not re.search(r"<(?!https?://)", text)


# --- the command line -----------------------------------------------------------------------------


def ran(*arguments: str) -> str:
    """What a command prints, on both."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
        contextlib.suppress(SystemExit),
    ):
        cli.main(arguments)
    return out.getvalue() + err.getvalue()


SLY = "a\x1b[2J\u202eb\u200bc\x9b"
COMMANDS = (
    (SLY,), ("check", SLY), ("check", "--format", SLY), (f"--{SLY}",), ("check", "--as-of", SLY), ("show", SLY), ("show", "itu", "--in", SLY),
    ("convert", SLY, "x.json"), ("convert", "x.yaml", SLY), ("convert", "-", "x.json", "--from", SLY), ("fetch", SLY), ("rules", SLY), ("schema", SLY),
    ("coverage", "--document", SLY), ("calendar", "--actor", SLY), ("new", "roadmap", "--action-line", SLY), ("report", SLY), ("diff", SLY, "80-173"),
    ("new", "roadmap", "--kind", "national", "--owner", SLY), ("new", "roadmap", "--action-line", "C2", "--title", SLY), ("check", f"{SLY}.yaml"),
    ("check", f"{SLY}.yaml", "--format", "github"), ("check", f"{SLY}.yaml", "--format", "csv"), ("check", f"{SLY}.yaml", "--mark", f"{SLY}.xlsx"),
    ("gaps", f"{SLY}.yaml", "-o", SLY), ("show", "plan", "--in", "good.yaml"), ("show", "plan", "--in", "good.yaml", "--format", "yaml"),
    ("show", "plan", "--in", "good.yaml", "--format", "json"), ("gaps", "good.yaml"), ("diff", "good.yaml", "good.yaml"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=ascii)
def test_a_command_echoes_nothing_unseen(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong arguments, names of files, and what stands in them: of parsers' own messages too."""
    monkeypatch.chdir(tmp_path)
    escaped = json.dumps(SLY)
    (tmp_path / f"{SLY}.yaml").write_text(
        f"roadmaps: [{{id: {escaped}, title: T, owners: [{escaped}], {escaped}: 1}}]\n", "utf-8"
    )
    (tmp_path / "good.yaml").write_text(
        f"roadmaps: [{{id: plan, title: {escaped}, owners: [itu], "
        f"activities: [{{id: a1, title: {escaped}}}]}}]\n",
        "utf-8",
    )

    said = ran(*arguments)

    assert said and not unseen(said)


BROKEN: dict[str, bytes] = {
    "sly.yaml": f"roadmaps:\n- {{id: x, titl\u202ee: [\n\x00{SLY}".encode(),
    "key.yaml": f"roadmaps: [{{{json.dumps(SLY)}: {{{json.dumps(SLY)}: 1}}}}]".encode(),
    "sly.json": f'{{"roadmaps": [{{"{json.dumps(SLY)[1:-1]}": 1}}]}}'.encode(),
    "syntax.json": f'{{"roadmaps": {SLY}'.encode(),
    "sly.ndjson": (
        f'{{"kind": {json.dumps(SLY)}}}\n{{"kind": "roadmap", {json.dumps(SLY)}: 2}}\n'.encode()
    ),
    "roadmaps.csv": f'id,title,"{SLY}"\n{SLY},T,{SLY}\n'.encode(),
    f"{SLY}.csv": b"id\nx\n",
    "tag.yaml": "roadmaps: !\u202etag [1]".encode(),
    "sly.xml": f"<a>{SLY}".encode(),
}


@pytest.mark.parametrize("name", BROKEN, ids=ascii)
def test_problems_of_a_file_show_every_sign(name: str, tmp_path: Path) -> None:
    """Keys, headings, names of tables and what a parser says, as problems and as findings of
    `check`.
    """
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    with pytest.raises((LoadError, wsis.UnknownFormat)) as caught:
        wsis.load(path)

    assert not unseen(str(caught.value))
    for form in ("text", "json", "sarif", "github", "csv"):
        assert not unseen(ran("check", str(path), "--format", form)), form


def test_names_of_sheets_show_every_sign(tmp_path: Path) -> None:
    """A sheet and a heading of a workbook may hold what steers a terminal."""
    openpyxl = pytest.importorskip("openpyxl", reason="the workbook is made with it")
    book = openpyxl.Workbook()
    book.active.title = "plan\u202e\u200bs"
    book.active.append(["ID", "Ti\u202etle\u200b"])
    book.active.append(["a\u202eb", "x"])
    book.save(tmp_path / "plan.xlsx")

    for form in ("text", "json", "sarif", "github", "csv"):
        assert not unseen(ran("check", str(tmp_path / "plan.xlsx"), "--format", form)), form
