"""The suites: what their cases are, and how what we make of one is judged.

A case is judged in a child process (see `bounded`), by `judge`: the empty text says that all is as
the suite expects, anything else says in a few words what happens instead.
"""

from __future__ import annotations

import importlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

import wsis_model as wsis
from wsis_model.formats import format_of
from wsis_model.formats._text import decode
from wsis_model.interop import Reading, akn

from .naughty import lines, written_everywhere

__all__ = ["SUITES", "Suite", "judge"]


@attrs.frozen
class Suite:
    """Files that others wrote, and what is expected of us."""

    name: str
    """Name of its folder."""
    title: str
    """What people call it."""
    source: str
    """Where it comes from."""
    licence: str
    """On what terms."""
    expected: str
    """What is expected, for the page."""
    cases: Callable[[Path], Iterator[tuple[str, Any]]]
    """The cases in a folder: the name of each, and what the judgement needs of it."""
    judged: Callable[[str, Any], str]
    """What happens to a case instead of what is expected; empty where nothing does."""


def _files(folder: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.iterdir()):
        yield path.name, path


# --- plain trees: JSON, YAML, CSV -----------------------------------------------------------------


def _tree(data: bytes, form: str, **more: Any) -> tuple[Any, str]:
    """The plain data of a text before records are made of it, and the codes of what is wrong with
    its writing.
    """
    _, wrong = decode(data, form)
    if wrong:
        return None, f"refused: {wrong[0].code}"
    tree, _, problems = format_of(form)[0].module.parse(data, form, **more)
    codes = sorted({each.code for each in problems})
    return tree, f"refused: {', '.join(codes)}" if codes else ""


def _json(name: str, path: Path) -> str:
    data = path.read_bytes()
    tree, refused = _tree(data, "json")
    if name.startswith("i_"):
        return ""
    if name.startswith("n_"):
        return "" if refused else "read"
    return refused or ("" if tree == json.loads(data) else "read as something else")


#: How the suite shows signs that are not seen.
_SIGNS = (
    (re.compile("—*»"), "\t"),
    (re.compile("␣"), " "),
    (re.compile("↵"), ""),
    (re.compile("∎\n$"), ""),
    (re.compile("←"), "\r"),
    (re.compile("⇔"), "\ufeff"),
)


def _yaml_cases(folder: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.glob("*.yaml")):
        found: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for number, case in enumerate(found):
            text = case["yaml"]
            for sign, meant in _SIGNS:
                text = sign.sub(meant, text)
            name = path.stem if len(found) == 1 else f"{path.stem}/{number:02}"
            yield name, (text, bool(case.get("fail")), case.get("json"))


def _values(text: str) -> list[Any]:
    """The JSON values that stand one after the other in a text."""
    values: list[Any] = []
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        values.append(value)
        text = text[end:]
    return values


def _yaml(_: str, case: tuple[str, bool, str | None]) -> str:
    text, fails, meant = case
    tree, refused = _tree(text.encode(), "yaml", typed=True)
    if fails:
        return "" if refused else "read"
    if refused or meant is None:
        return refused
    values = _values(meant) or [None]
    return "" if values == [tree] else "read as something else"


#: Columns of a table of ours, for the cells of tables that have others, and where their cells stand
#: in the plain data.
_COLUMNS = {
    "id": ("id",),
    "title": ("title", "en"),
    "symbol": ("symbol",),
    "agenda_item": ("agenda_item",),
    "source.title": ("source", "title"),
}


def _csv_cases(folder: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted((folder / "csvs").iterdir()):
        yield path.name, (path, folder / "json" / f"{path.stem}.json")


def _csv(_: str, case: tuple[Path, Path]) -> str:
    path, meant = case
    said = meant.read_text("utf-8")
    rows: list[dict[str, str]] = json.loads(said if said.startswith("[") else f"[{said}]")
    heads = list(rows[0])
    columns = dict(zip(heads, _COLUMNS.items(), strict=False))
    head, end, body = path.read_bytes().partition(b"\n")
    assert head.decode().rstrip("\r").split(",") == heads
    ours = ",".join(column for column, _ in columns.values()).encode()
    table = ours + b"\r" * head.endswith(b"\r") + end + body
    tree, _, problems = format_of("csv")[0].module.parse({"documents": (path.name, table)}, "csv")
    if problems:
        return f"refused: {', '.join(sorted({each.code for each in problems}))}"

    def cell(row: Any, steps: tuple[str, ...]) -> str:
        for step in steps:
            row = row.get(step, {})
        return row or ""

    read = [
        {name: cell(row, steps) for name, (_, steps) in columns.items()}
        for row in tree["documents"]
    ]
    return "" if read == rows else "read as something else"


# --- whole files ----------------------------------------------------------------------------------


def _told(_: str, path: Path) -> str:
    """Any records, or a `LoadError`: whatever else is raised is told by the child."""
    try:
        wsis.load(path)
    except wsis.LoadError as error:
        str(error)
    return ""


def _read_by(reader: str, **given: str) -> Callable[[str, Path], str]:
    def judged(_: str, path: Path) -> str:
        module: Any = importlib.import_module(f"wsis_model.interop.{reader}")
        try:
            reading: Reading = module.read(path, **given)
        except wsis.LoadError as error:
            str(error)
            return ""
        some = any(
            each.provisions or each.sections or each.notes or each.tables
            for each in reading.documents
        )
        return "" if some or reading.left_out else "gives nothing, and does not say so"

    return judged


#: No file of a suite tells a symbol, without which none is read to its end.
_SYMBOL = "A/RES/99/7"
#: Room for text in one of our own files: what a case declares is asked for there too.
_OURS = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="r"><meta>
<identification source="#u"><FRBRWork><FRBRthis value="/akn/un/statement/deliberation/unga/2031-05-04/99-7/!main"/>
<FRBRuri value="/akn/un/statement/deliberation/unga/2031-05-04/99-7"/><FRBRdate date="2031-05-04" name="a"/>
<FRBRauthor href="#a"/><FRBRcountry value="un"/></FRBRWork></identification></meta><preface><p><docNumber>A/RES/99/7
</docNumber></p></preface><mainBody><paragraph><num>1.</num><content><p>{}</p></content></paragraph></mainBody></statement></akomaNtoso>"""
_DECLARED = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_INSIDE = re.compile(r"<(?:bomb|root)>(.*)</(?:bomb|root)>", re.DOTALL)
#: No text of a case is longer than this unless something in it was repeated.
_SHORT = 2_000


def _xml(_: str, path: Path) -> str:
    text = path.read_text("utf-8")
    declared, inside = _DECLARED.search(text), _INSIDE.search(text)
    ours = (declared[0] if declared else "") + _OURS.format(inside[1] if inside else "text")
    for each in (path.read_bytes(), ours.encode()):
        try:
            documents = akn.read(each).documents
        except wsis.LoadError as error:
            str(error)
            continue
        if len(wsis.dumps(documents, "json")) > _SHORT:
            return "expanded"
    return ""


def _naughty_cases(folder: Path) -> Iterator[tuple[str, Any]]:
    yield from lines((folder / "blns.txt").read_text("utf-8"))


def _naughty(_: str, text: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return written_everywhere(text, Path(folder))


_ANY = "Records, or a `LoadError` that tells every problem"
_SPOKEN = "A document, with what found no place in it, or a `LoadError`"
_POI = "https://github.com/apache/poi/tree/trunk/test-data"

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite(
            "json",
            "JSONTestSuite",
            "https://github.com/nst/JSONTestSuite",
            "MIT",
            "`y_` are read as Python reads them, `n_` are refused, `i_` are either",
            _files,
            _json,
        ),
        Suite(
            "yaml",
            "YAML Test Suite",
            "https://github.com/yaml/yaml-test-suite",
            "MIT",
            "Read as the JSON beside the case says, and refused where the suite says so",
            _yaml_cases,
            _yaml,
        ),
        Suite(
            "csv",
            "csv-spectrum",
            "https://github.com/max-mapper/csv-spectrum",
            "MIT",
            "Cells as the JSON beside the case has them, under headings of ours",
            _csv_cases,
            _csv,
        ),
        Suite("workbooks", "Apache POI, spreadsheets", _POI, "Apache-2.0", _ANY, _files, _told),
        Suite(
            "word",
            "Apache POI, documents",
            _POI,
            "Apache-2.0",
            _SPOKEN,
            _files,
            _read_by("docx", symbol=_SYMBOL),
        ),
        Suite(
            "pdf",
            "sample-files of pypdf",
            "https://github.com/py-pdf/sample-files",
            "CC BY-SA 4.0",
            _SPOKEN,
            _files,
            _read_by("pdf", symbol=_SYMBOL),
        ),
        Suite(
            "akn",
            "OASIS Akoma Ntoso, examples",
            "https://github.com/oasis-open/legaldocml-akomantoso",
            "OASIS",
            _SPOKEN,
            _files,
            _read_by("akn"),
        ),
        Suite(
            "xml",
            "defusedxml",
            "https://github.com/tiran/defusedxml",
            "PSF",
            "A `LoadError`, or text in which nothing was expanded; as it is, and inside of a file"
            " that we read",
            _files,
            _xml,
        ),
        Suite(
            "naughty",
            "Big List of Naughty Strings",
            "https://github.com/minimaxir/big-list-of-naughty-strings",
            "MIT",
            "In every text of a corpus: comes back equal from every format, and is shown without"
            " control characters",
            _naughty_cases,
            _naughty,
        ),
    )
}


def judge(case: tuple[str, str, Any]) -> str:
    """What happens to a case of a suite instead of what is expected; empty where nothing does."""
    suite, name, needed = case
    return SUITES[suite].judged(name, needed)
