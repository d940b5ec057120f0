"""Every message and hint that loading, editing in place, checks and commands give over the faulty
inputs of these tests, in `golden/sentences.txt`. `WSIS_UPDATE=1 pytest tests/test_sentences.py`
writes it anew: its difference is what a change to a sentence does, and is to be read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from edits import BY_HAND, MAP, REFUSED, SMALL, Call
from faulty import cases, facts, faults, without, written
from faulty.iati import READ, WRITTEN
from faulty.pdfs import PDFS
from running import FILES
from running import REFUSED as REFUSED_ARGUMENTS

import wsis_model as wsis
from wsis_model import EditError, Finding, relational
from wsis_model.cli import main
from wsis_model.editing import edit
from wsis_model.interop import iati, pdf
from wsis_model.testing import a_corpus, a_provision, changed
from wsis_model.testing._breaks import cases as rule_cases

pytest.importorskip("openpyxl", reason="needs the extra excel")
pytest.importorskip("xlsxwriter", reason="needs the extra excel")
pytest.importorskip("pypdfium2", reason="needs the extra pdf")
pytest.importorskip("pyarrow", reason="needs the extra arrow")
from faulty import packages, parquet

GOLDEN = Path(__file__).parent / "golden" / "sentences.txt"
#: Codes that take more than one faulty input to bring about.
UNSAID = {
    *("half-saved", "too-many"),
    *("not-a-document", "no-document", "other-document", "same-language"),
    *("compressed", "changed"),
}
#: A sentence that is told in more places than these lists so many of them.
PLACES = 3
#: What a library or Python itself says is theirs to change.
FOREIGN = re.compile(
    r"(not a whole gzip file|not a whole Word document|not a whole workbook(?!: the sheet)"
    r"|not JSON(?=: ')|is not well-formed XML|not Parquet, or is damaged): .*"
)
HEAD = """\
What is told of faulty inputs: under each code its messages, below each message its hint after `>`,
and where it was told. Written by `WSIS_UPDATE=1 pytest tests/test_sentences.py`.
"""


@attrs.frozen
class Sentence:
    """What was told, and of what."""

    code: str
    message: str
    hint: str
    place: str


def said(problem: Finding, folder: Path, of: str = "") -> Sentence:
    """What a problem says in words, and where."""
    told = facts(problem, folder)
    place = " ".join(told[name] for name in ("at", "record", "field") if name in told)
    message, hint = (without(folder, text) for text in (problem.message, problem.hint))
    message = FOREIGN.sub(r"\1: ...", message)
    return Sentence(problem.code, message, hint, f"{place}{of and f': {of}'}")


def folders(path: Path) -> Iterator[Path]:
    """New empty folders, all of one length of name."""
    for number in range(10_000):
        folder = path / f"{number:04}"
        folder.mkdir()
        yield folder


def of_loading(path: Path) -> Iterator[Sentence]:
    """What reading tells."""
    made = folders(path)
    for case in cases():
        folder = next(made)
        for problem in case.problems(folder):
            yield said(problem, folder)
    for label, text in written.texts():
        for problem in faults(wsis.loads, text, "yaml", name="roadmaps.yaml"):
            yield said(problem, path, label)
    for label, (name, content, _) in (packages.OFFICE | packages.DOCUMENTS).items():
        folder = next(made)
        (folder / name).write_bytes(content)
        for problem in faults(wsis.load, folder / name):
            yield said(problem, folder, label)
    books = {label: content for label, (content, _) in packages.WORKBOOKS.items()}
    books["formulas that nobody worked out"] = packages.uncounted()
    for label, content in books.items():
        for problem in faults(wsis.loads, content, "excel", name="map.xlsx"):
            yield said(problem, path, label)
    for label, (content, _) in PDFS.items():
        for problem in faults(pdf.read, content, isolated=False):
            yield said(problem, path, label)
    for label, content in packages.COMPRESSED.items():
        for problem in faults(wsis.loads, content, "yaml.gz", name="r.yaml.gz"):
            yield said(problem, path, label)
    for label, folder in parquet.folders(next(made)):
        for problem in faults(relational.from_parquet, folder):
            yield said(problem, folder, label)
    huge = changed(a_corpus(), "sessions/cstd-40", number=2**63)
    for problem in (
        *faults(relational.tables, huge),
        *faults(relational.tables, [a_provision(id="91-9/1")]),
        *faults(relational.from_tables, {"provision": None}),
    ):
        yield said(problem, path, "tables")


def of_editing(path: Path) -> Iterator[Sentence]:
    """What editing in place tells, also to whoever calls it wrongly."""
    file = path / "map.yaml"

    def raised(text: str, call: Call) -> Exception:
        name, *arguments = call
        file.write_text(text, encoding="utf-8")
        with pytest.raises(Exception) as caught, edit(file) as editor:  # noqa: PT011 - of any kind
            getattr(editor, name)(*arguments)
        return caught.value

    for label, text, call in (
        *((label, SMALL, call) for label, (call, _, _) in REFUSED.items()),
        *((label, MAP + text, call) for label, (text, call, _) in BY_HAND.items()),
    ):
        error = raised(text, call)
        if isinstance(error, EditError):
            yield said(error.problem, path, label)
        else:
            yield Sentence(type(error).__name__, str(error), "", label)


def of_commands(path: Path) -> Iterator[Sentence]:
    """What commands for road maps tell whoever gives them wrong arguments."""
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(path):
        for arguments, _ in REFUSED_ARGUMENTS:
            told = io.StringIO()
            with contextlib.redirect_stderr(told), contextlib.suppress(SystemExit):
                main(arguments)
            yield Sentence("wsis-model", told.getvalue().strip(), "", " ".join(arguments))


def of_checks(path: Path) -> Iterator[Sentence]:
    """What rules find in the corpora that break them."""
    for rule in wsis.RULES:
        for case in rule_cases(rule.code)["broken"]:
            day = dt.date.fromisoformat(case["as_of"]) if "as_of" in case else None
            corpus = wsis.load(case["corpus"])
            for finding in wsis.check(corpus, rules=[rule], profile="publish", as_of=day).findings:
                place = f"{finding.record} {finding.field}".strip()
                yield Sentence(finding.code, finding.message, finding.hint, place)


def of_iati(path: Path) -> Iterator[Sentence]:
    """What is told of files that are no activities, and of road maps that cannot be any."""
    for name, data in READ.items():
        with pytest.raises(wsis.LoadError) as caught:
            iati.read(data)
        yield from (said(each, path, name) for each in caught.value.problems)
    for name, (roadmap, given) in WRITTEN.items():
        with pytest.raises(wsis.WriteError) as refused:
            iati.write(wsis.Corpus.of(roadmap), context=wsis.catalogue(), **given)
        yield from (said(each, path, name) for each in refused.value.problems)


def page(path: Path) -> str:
    """All sentences under their codes."""
    told: dict[str, dict[tuple[str, str], list[str]]] = {}
    for source in (of_loading, of_editing, of_checks, of_commands, of_iati):
        folder = path / source.__name__
        folder.mkdir()
        for each in source(folder):
            places = told.setdefault(each.code, {}).setdefault((each.message, each.hint), [])
            if each.place not in places:
                places.append(each.place)
    lines = [HEAD]
    for code, sentences in sorted(told.items()):
        lines.append(f"\n[{code}]\n")
        for (message, hint), places in sentences.items():
            lines += [message, *([f"  > {hint}"] if hint else [])]
            lines += [f"    {each}" for each in places[:PLACES]]
            if len(places) > PLACES:
                lines.append(f"    and {len(places) - PLACES} more")
            lines.append("")
    return "\n".join(lines)


def by_code(page: str) -> dict[str, str]:
    """The parts of the page, each under its code."""
    return {part.partition("]")[0]: part for part in page.split("\n[")}


def test_every_sentence_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code by code, so that the first that differs is named."""
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    now = page(tmp_path)
    if os.environ.get("WSIS_UPDATE"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(now, encoding="utf-8")
    before = GOLDEN.read_text(encoding="utf-8")

    assert by_code(before) == by_code(now)


def test_every_code_has_a_sentence() -> None:
    """Each rule's and each of loading's is in the golden file, but for those listed here, which
    take more than a file to bring about.
    """
    told = set(GOLDEN.read_text(encoding="utf-8").split("\n"))

    assert UNSAID == {
        code
        for code in (*wsis.formats.CODES, *(rule.code for rule in wsis.RULES))
        if f"[{code}]" not in told
    }
