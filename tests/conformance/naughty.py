"""A text put into every text of a corpus, written in every format and shown in every way."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import wsis_model as wsis
from wsis_model import cli, testing
from wsis_model.analysis import coverage
from wsis_model.pages import roadmap_page

__all__ = ["lines", "written_everywhere"]

FORMATS = ("json", "yaml", "ndjson", "excel")
_WORDS = "Any words at all"
#: Signs that steer a terminal, or turn what stands around them.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STEP = re.compile(r"[^.\[\]]+")


def lines(text: str) -> Iterator[tuple[str, str]]:
    """The strings of the list, each with the number of its line as its name."""
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.startswith("#"):
            yield f"line {number}", line


def _corpus() -> wsis.Corpus:
    """One record of each kind that people write, with names that the shipped catalogue does not
    have.
    """
    provision = testing.a_provision(text="Official words", mandates=(testing.a_mandate(),))
    skill = testing.a_concept(id="matters/skills")
    return wsis.Corpus.of(
        testing.a_document(provisions=(provision,), sections=(testing.a_section(),), notes=()),
        testing.a_vocabulary(id="matters", concepts=(skill,)),
        testing.a_group(id="groups/ours"),
        testing.an_entity(id="a-body"),
        testing.a_session(),
        testing.a_roadmap(),
    )


def _leaves(plain: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The values of plain data, each with its path as problems tell it."""
    if isinstance(plain, list):
        for at, each in enumerate(cast("Sequence[Any]", plain)):
            yield from _leaves(each, f"{path}[{at}]")
    elif isinstance(plain, dict):
        for key, each in cast("dict[str, Any]", plain).items():
            yield from _leaves(each, f"{path}.{key}".removeprefix("."))
    else:
        yield path, plain


def _with(plain: Any, text: str, kept: frozenset[str], path: str = "") -> Any:
    """Plain data with *text* for every value but those at the paths *kept*."""
    if isinstance(plain, list):
        items = cast("Sequence[Any]", plain)
        return [_with(each, text, kept, f"{path}[{at}]") for at, each in enumerate(items)]
    if isinstance(plain, dict):
        return {
            key: _with(each, text, kept, f"{path}.{key}".removeprefix("."))
            for key, each in cast("dict[str, Any]", plain).items()
        }
    return plain if path in kept else text


def _plain(corpus: wsis.Corpus) -> Any:
    return json.loads(wsis.dumps(corpus, "json"))


@functools.cache
def _sound() -> tuple[Any, frozenset[str]]:
    """A corpus as plain data, and the paths of what is no free text in it: where any words would
    not stay as they are.
    """
    plain = _plain(_corpus())
    kept = frozenset(path for path, _ in _leaves(plain) if re.search(r"wsis_model|\bid$", path))
    while True:
        try:
            corpus = wsis.load(_with(plain, _WORDS, kept), names=wsis.Corpus())
        except wsis.LoadError as error:
            more = kept | {each.field for each in error.problems}
        else:
            more = kept | {path for path, value in _leaves(_plain(corpus)) if value != _WORDS}
        if more == kept:
            return plain, kept
        kept = more


def _shown(corpus: wsis.Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that shows the corpus to people, and what it shows."""
    path = folder / "corpus.json"
    wsis.save(corpus, path)
    roadmap = next(record.id for record in corpus.roadmaps)
    for words in (["show", roadmap, "--in", str(path)], ["check", "--alone", str(path)]):
        written = io.BytesIO()
        out = io.TextIOWrapper(written, "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            cli.main(words)
            out.flush()
        yield words[0], written.getvalue().decode()
    report = wsis.check(corpus)
    for form in ("to_text", "to_github", "to_csv"):
        yield f"report.{form}", getattr(report, form)()
    table = coverage(corpus, document=None).mandates
    for form in ("to_text", "to_markdown"):
        yield f"table.{form}", getattr(table, form)()
    page = roadmap_page(corpus, roadmap, as_of=testing.AS_OF, pictures=False)
    yield "page.to_html", page.to_html()
    yield "page.to_markdown", page.to_markdown()


def written_everywhere(text: str, folder: Path) -> str:
    """What is wrong with *text* as every text of a corpus; empty where nothing is."""
    plain, kept = _sound()
    try:
        corpus = wsis.load(_with(plain, text, kept), names=wsis.Corpus())
    except wsis.LoadError as error:
        return f"refused: {', '.join(sorted({each.code for each in error.problems}))}"
    wrong: list[str] = []
    if _plain(corpus) != _with(plain, text, kept):
        wrong.append("taken as something else")
    for form in FORMATS:
        if wsis.loads(wsis.dumps(corpus, form), form) != corpus:
            wrong.append(f"{form}: comes back as something else")
    wsis.save(corpus, folder / "tables", format="csv")
    if wsis.load(folder / "tables") != corpus:
        wrong.append("csv: comes back as something else")
    for how, shown in _shown(corpus, folder):
        if found := _STEERING.search(shown):
            wrong.append(f"{how}: shows U+{ord(found[0]):04X}")
    return "; ".join(wrong)
