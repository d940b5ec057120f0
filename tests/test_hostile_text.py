"""Whatever a file holds, it is read or refused in bounded time and memory, and says one thing about
one mistake.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

import wsis_model as wsis
from wsis_model import Corpus, LoadError
from wsis_model._collector import collector, paused_collector
from wsis_model.formats._problems import AT_ONCE
from wsis_model.formats._text import MAX_PROBLEMS
from wsis_model.loading import salvage
from wsis_model.model import RECORDS, File, Record
from wsis_model.model.fields import Field, shape_of

posix = pytest.mark.skipif(os.name != "posix", reason="limits and alarms of POSIX")


@contextlib.contextmanager
def ends() -> Generator[None]:
    """What is done here comes to an end."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(120)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def told(data: bytes | str, form: str, name: str = "") -> list[tuple[str, str, str]]:
    """Code, field and what is plainly meant, of each problem."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(data, form, name=name or f"file.{form}")
    return [(each.code, each.field, "".join(each.meant)) for each in caught.value.problems]


# --- names where identifiers belong ---------------------------------------------------------------

#: An entity of an identifier that is none, and how a road map may name it.
MISNAMED = {
    "BDT": ("bdt", ["BDT", "bdt ", "Telecommunication Development Bureau"]),
    "Ministry of ICT": ("ministry-of-ict", ["Ministry of ICT", "ministry of ict", "MoICT"]),
    "Ministère": ("ministere", ["MINISTÈRE"]),
    "МСЭ": ("", ["МСЭ", "MoICT"]),
}
_NAMES = {"name": "Telecommunication Development Bureau", "acronym": "MoICT"}


@pytest.mark.parametrize("identifier", MISNAMED)
@pytest.mark.parametrize("form", ["yaml", "json", "ndjson", "csv", "excel"])
def test_a_faulty_identifier_is_one_problem(identifier: str, form: str, tmp_path: Path) -> None:
    """It is told where it stands, with what to write; who names the entity by what it is called is
    told nothing.
    """
    meant, owners = MISNAMED[identifier]
    entity: dict[str, Any] = {"id": identifier, **_NAMES}
    path = _written([entity], owners, form, tmp_path)

    with ends(), pytest.raises(LoadError) as caught:
        wsis.load(path)
    (problem,) = caught.value.problems
    assert (problem.code, "".join(problem.meant)) == ("wrong-identifier", meant)
    assert repr(meant) in problem.hint if meant else problem.hint
    kept = salvage(path)
    assert len(kept.problems) == 1
    assert all(each == "unread" or (each, "") in kept.lost for each in kept.corpus["r"].owners)


def test_a_missing_identifier_is_one_problem() -> None:
    """Also where there is none at all."""
    found = told(
        "entities: [{name: ICT Office}]\nroadmaps: [{id: r, title: T, owners: [ICT Office]}]",
        "yaml",
    )
    assert found == [("missing-field", "entities[0].id", "")]


def test_what_is_called_as_its_identifier_is_found() -> None:
    """`BDT` is `bdt`, without an acronym that says so; what third parties keep in extensions is
    called nothing.
    """
    corpus = wsis.loads(
        "entities: [{id: bdt, name: Bureau}]\nroadmaps: [{id: r, title: T, owners: [BDT]}]", "yaml"
    )
    assert corpus["r"].owners == ("bdt",)

    extension = '{"x:y": {"entities": [{"id": "A B", "name": "Foo"}]}}'
    found = told(f"extensions: {extension}\nroadmaps: [{{id: r, title: T, owners: [Foo]}}]", "yaml")
    assert found == [("wrong-identifier", "roadmaps[0].owners[0]", "")]


def _written(entities: list[dict[str, Any]], owners: list[str], form: str, folder: Path) -> Path:
    """Entities, and a road map that they own, in a form."""
    roadmap = {"id": "r", "title": "T", "owners": owners}
    if form in ("yaml", "json"):
        path = folder / f"plan.{form}"
        tree = {"entities": entities, "roadmaps": [roadmap]}
        path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        return path
    if form == "ndjson":
        path = folder / "plan.ndjson"
        lines = [{"record": "roadmap", **roadmap}, *({"record": "entity", **e} for e in entities)]
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text(text, encoding="utf-8")
        return path
    tables: dict[str, list[list[str]]] = {
        "Entities": [
            ["id", "name", "acronym"],
            *([str(each.get(key, "")) for key in ("id", "name", "acronym")] for each in entities),
        ],
        "Road maps": [["id", "title", "owners"], ["r", "T", "; ".join(owners)]],
    }
    if form == "csv":
        for name, rows in tables.items():
            text = "".join(",".join(_quoted(cell) for cell in row) + "\n" for row in rows)
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder
    book = openpyxl.Workbook()
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


#: What people call things, in few enough words that one is the name of another.
WORDS = st.sampled_from(
    [
        "BDT",
        "Ministry of ICT",
        "a",
        "A",
        "a/b",
        "para. 26",
        "C7: e-health",
        "МСЭ",
        "国际电联",
        "x y",
    ]
)
TEXTS = WORDS | WORDS.map(lambda word: f" {word.upper()}  | {word}") | st.text(max_size=9)


def trees(record: type[Record], depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Plain data in the shape of a record, with people's words in every identifier, reference and
    name.
    """
    fields = [field for field in shape_of(record) if field.record is None or depth < 2]
    return st.fixed_dictionaries(
        {}, optional={f.key: value for f in fields if (value := _value(f, depth)) is not None}
    )


def _value(field: Field, depth: int) -> st.SearchStrategy[Any] | None:
    if (record := field.record) is not None:
        inner = st.deferred(lambda: trees(record, depth + 1))
        return st.lists(inner, max_size=2) if field.what == "records" else inner
    if field.key in ("id", "acronym") or field.what == "translations":
        return TEXTS
    if field.refers is None:
        return None
    return st.lists(TEXTS, max_size=3) if field.what == "values" else TEXTS


@given(tree=trees(File), form=st.sampled_from(["yaml", "json", "ndjson"]))
def test_resolving_comes_to_an_end(tree: dict[str, Any], form: str) -> None:
    """Whatever people write into identifiers and references, and whatever is called what."""
    if form == "ndjson":
        kinds = {"entities": "entity", "vocabularies": "vocabulary"}
        lines: list[dict[str, Any]] = [
            {"record": kinds.get(group, group.removesuffix("s")), **each}
            for group, records in tree.items()
            for each in records
        ]
        data = "\n".join(json.dumps(line, ensure_ascii=True) for line in lines)
    else:
        data = json.dumps(tree, ensure_ascii=True)
    with ends(), contextlib.suppress(LoadError):
        wsis.loads(data, form)


@settings(max_examples=8)
@given(
    entities=st.lists(
        st.fixed_dictionaries({"id": TEXTS, "name": TEXTS, "acronym": TEXTS}), max_size=3
    ),
    owners=st.lists(TEXTS, max_size=3),
    form=st.sampled_from(["csv", "excel"]),
)
def test_resolving_in_tables_comes_to_an_end(
    entities: list[dict[str, Any]],
    owners: list[str],
    form: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """As in text."""
    folder = tmp_path_factory.mktemp("tables")
    try:
        path = _written(entities, owners, form, folder)
    except (ValueError, IllegalCharacterError):  # signs that no workbook, or no file, can hold
        return
    with ends(), contextlib.suppress(LoadError):
        wsis.load(path)


def test_every_reference_is_tried() -> None:
    """The strategy puts words where any record names another."""
    named = {field.key for record in RECORDS for field in shape_of(record) if field.refers}
    assert {"owners", "concept", "lead", "answers", "addressees", "about"} <= named


# --- how deep, and how many -----------------------------------------------------------------------


@pytest.mark.parametrize("depth", [10, 80, 90, 110, 500])
def test_what_is_nested_too_deep_is_so_in_every_form(depth: int) -> None:
    """JSON, NDJSON and YAML take the same, and refuse the rest with the same code at the same
    value.
    """
    value = "[" * depth + "1" + "]" * depth
    entity = f'"id": "a", "name": "A", "extensions": {{"x:y": {value}}}'
    data = {
        "yaml": f'{{"entities": [{{{entity}}}]}}',
        "json": f'{{"entities": [{{{entity}}}]}}',
        "ndjson": f'{{"record": "entity", {entity}}}',
    }
    found: dict[str, object] = {}
    for form, text in data.items():
        text = text.replace('"A"', '{"en": "A"}')
        try:
            found[form] = wsis.loads(text, form)
        except LoadError as error:
            (problem,) = error.problems
            found[form] = problem.code, text[(problem.position.column or 0) - 1 :].count("[")
    assert found["yaml"] == found["json"] == found["ndjson"]
    assert isinstance(found["json"], Corpus) == (depth <= 80)


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("text", ["[" * 200, "\\\\" + "{" * 200, '\\"' + "[" * 200, "]" * 200])
def test_brackets_in_a_text_are_no_lists(form: str, text: str) -> None:
    """However many there are, and whatever signs stand before them."""
    entity = f'"id": "a", "name": {{"en": "{text}"}}'
    data = {
        "json": f'{{"entities": [{{{entity}}}], "x": 1}}',
        "ndjson": f'{{"record": "entity", {entity}}}',
    }[form]
    corpus = wsis.loads(data, form, unknown="keep")
    assert corpus["a"].name["en"] == json.loads(f'"{text}"')


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_has_no_numbers_that_are_none(number: str) -> None:
    """`parse` itself refuses them, each at its place; in a text they are words."""
    text = f'{{"extensions": {{"x:y": ["{number}",\n {number}, {number}]}}}}'
    with pytest.raises(LoadError) as caught:
        wsis.loads(text, "json")
    places = [(each.code, each.position.line) for each in caught.value.problems]
    assert places == [("json-syntax", 2)] * 2
    assert told(f'{{"record": "entity", "id": "a", "x": {number}}}', "ndjson") == [
        ("json-syntax", "", "")
    ]
    with pytest.raises(LoadError):
        wsis.loads(f'id,name,extensions\na,A,"{{""x:y"": {number}}}"\n', "csv", name="entities.csv")


@pytest.mark.parametrize("form", ["yaml", "json", "ndjson"])
def test_so_many_problems_are_told(form: str) -> None:
    """And that there are more; all of them sound, and nothing is said of what was not looked at."""
    fields = ", ".join(f'"k{n}": 1' for n in range(12_000))
    entity = f'"id": "a", "name": {{"en": "A"}}, {fields}'
    data = {
        "yaml": f"entities: [{{{entity.replace(', ', chr(10) + '  , ')}}}]",
        "json": f'{{"entities": [{{{entity}}}, 1, 2]}}',
        "ndjson": f'{{"record": "entity", {entity}}}',
    }[form]

    *found, last = told(data, form)

    assert len(found) == 10_000
    assert {code for code, _, _ in found} == {"unknown-field"}
    assert last[0] == "too-many"


@pytest.mark.parametrize("sound", [0, 1, 40, 399, 400, 401, 3000])
def test_faults_behind_what_is_sound_are_found(sound: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more errors than are looked at together, those at the beginning are told, wherever they
    begin.
    """
    monkeypatch.setattr("wsis_model.formats._problems.AT_ONCE", 400)
    monkeypatch.setattr("wsis_model.formats._problems.MAX_PROBLEMS", 100)
    entities = [*({"id": f"e{n}", "name": "A"} for n in range(sound)), *[0] * 2000]
    with pytest.raises(LoadError) as caught:
        wsis.load({"entities": entities})
    *found, last = caught.value.problems

    assert [each.field for each in found] == [
        f"entities[{n}]" for n in range(sound, sound + len(found))
    ]
    assert found
    assert last.code == "too-many"


def test_many_names_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than are looked at together."""
    monkeypatch.setattr("wsis_model.formats._problems.AT_ONCE", 400)
    monkeypatch.setattr("wsis_model.formats._problems.MAX_PROBLEMS", 100)
    names = ", ".join(f"Name of {n}" for n in range(3000))
    entities = "".join(f"- {{id: e{n}, name: Name of {n}}}\n" for n in range(3000))
    corpus = wsis.loads(
        f"entities:\n{entities}roadmaps: [{{id: r, title: T, owners: [{names}]}}]", "yaml"
    )
    assert corpus["r"].owners == tuple(f"e{n}" for n in range(3000))


def hostile() -> Iterator[tuple[str, str, bytes]]:
    """Small files that once took minutes, or a gigabyte: name, format, bytes."""
    many = range(40_000)
    yield (
        "unknown",
        "yaml",
        "".join(("entities:\n- id: a\n", *(f"  k{n}: 1\n" for n in many))).encode(),
    )
    yield (
        "doubled",
        "yaml",
        "".join(("entities:\n- id: a\n", *(f"  k{n}: 1\n" for n in [*many, *many]))).encode(),
    )
    yield "directives", "yaml", b"".join(b"%%TAG !a%d! t:x\n" % n for n in many) + b"---\na: 1"
    yield "aliases", "yaml", b"entities: [" + b"*x," * 200_000 + b"]"
    yield "empty", "yaml", b"entities: [" + b"{}," * 300_000 + b"]"
    yield "empty", "json", b'{"entities":[' + b"{}," * 300_000 + b"1]}"
    yield (
        "names",
        "ndjson",
        json.dumps(
            {"record": "roadmap", "id": "r", "owners": [f"Nobody {n}" for n in many]}
        ).encode(),
    )
    yield (
        "unknown",
        "ndjson",
        json.dumps({"record": "entity", **{f"k{n}": 1 for n in many}}).encode(),
    )
    yield (
        "owners",
        "ndjson",
        "\n".join(
            (
                *(json.dumps({"record": "document", "id": f"c{n}"}) for n in range(12_000)),
                *(json.dumps({"record": "provision", "id": f"b{n}/1"}) for n in range(12_000)),
            )
        ).encode(),
    )
    yield "quotes", "json", b"[" * 200 + b'"' + b'\\"' * 400_000
    yield "quotes", "ndjson", b"[" * 200 + b'"' + b'\\"' * 400_000 + b"\\"
    yield "headings", "csv", b"id,name," + b"x," * 200_000 + b"\n"
    yield "rows", "csv", b"id,name\n" + b"A B,\n" * 150_000
    yield "bomb", "json.gz", gzip.compress(b'{"a": "' + b"0" * 200_000_000 + b'"}')


_BOUNDED = """
import pickle, resource, sys
import wsis_model as wsis
resource.setrlimit(resource.RLIMIT_AS, (1_000_000 << 10, 1_000_000 << 10))
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
for name, form, data in pickle.load(sys.stdin.buffer):
    try:
        wsis.loads(data, form, name="entities." + form)
    except wsis.LoadError as error:
        print(name, form, error.problems[-1].code, flush=True)
"""


@posix
def test_hostile_files_are_refused_in_bounded_time_and_memory() -> None:
    """All of them together within less than a minute of a processor, and each within a gigabyte of
    address space.
    """
    files = list(hostile())
    out = subprocess.run(
        [sys.executable, "-c", _BOUNDED],
        input=pickle.dumps(files),
        capture_output=True,
        check=False,
    )
    found = [line.split() for line in out.stdout.decode().splitlines()]

    assert out.returncode == 0, (found, out.stderr.decode()[-500:])
    assert [each[:2] for each in found] == [[name, form] for name, form, _ in files]
    assert {each[2] for each in found if each[1].endswith("gz")} == {"gzip"}


@posix
def test_an_innocent_gz_is_read_in_little_space(tmp_path: Path) -> None:
    """What is compressed takes no more address space than what is in it, and may be many times as
    large.
    """
    lines = b"".join(
        b'{"record":"entity","id":"e%d","name":{"en":"Entity number %d"}}\n' % (n, n)
        for n in range(20_000)
    )
    (tmp_path / "many.ndjson.gz").write_bytes(gzip.compress(lines))
    code = (
        "import resource, sys, wsis_model as wsis\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_000_000 << 10, 1_000_000 << 10))\n"
        f"print(len(wsis.load({str(tmp_path / 'many.ndjson.gz')!r})))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert out.stdout.strip() == b"20000"


# --- memory that comes back, threads, pickles -----------------------------------------------------


class Knot:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.me = self


def test_what_was_made_in_a_pause_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Garbage that the collector was not shown goes with a later pause."""
    monkeypatch.setattr(collector, "bound", 5000)  # it is set anew once that is reached
    monkeypatch.setattr(collector, "unseen", 0)
    knots: list[weakref.ref[Knot]] = []
    for _ in range(20):
        with paused_collector():
            knots += (weakref.ref(Knot()) for _ in range(1000))

    assert knots[0]() is None


def test_what_a_full_collection_has_seen_is_not_collected_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pause does not make the collector look again at what it has looked at since the last."""
    monkeypatch.setattr(collector, "unseen", 10**9)
    gc.collect()
    before = gc.get_stats()
    with paused_collector():
        pass

    assert before[-1]["collections"] == gc.get_stats()[-1]["collections"]


def test_the_collector_is_paused_until_the_last_is_done() -> None:
    """Pauses may overlap, as those of threads do, and leave it as they found it."""
    assert gc.isenabled()
    first, second = paused_collector(), paused_collector()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()

    gc.disable()
    try:
        with paused_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_that_ask_first_share_one_catalogue() -> None:
    """However many ask at once, it is built once."""
    code = (
        "import threading, wsis_model as wsis\n"
        "barrier, found = threading.Barrier(4), []\n"
        "def ask():\n    barrier.wait(); found.append(wsis.catalogue())\n"
        "threads = [threading.Thread(target=ask) for _ in range(4)]\n"
        "[each.start() for each in threads]; [each.join() for each in threads]\n"
        "print(len({id(each) for each in found}))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert out.stdout.strip() == b"1"


def _as_file(form: str) -> Callable[[Path], Any]:
    def given(folder: Path) -> Any:
        if form == "csv":
            wsis.save(UNSOUND, folder / "tables", format="csv")
            return folder / "tables"
        wsis.save(UNSOUND, folder / f"plan.{form}")
        return folder / f"plan.{form}"

    return given


UNSOUND = wsis.loads(
    "roadmaps: [{id: r, title: T, owners: [itu], activities: [{id: r/a, title: A, lead: nobody}]}]",
    "yaml",
)


@pytest.mark.parametrize("form", ["yaml", "json", "ndjson", "csv", "xlsx", "yaml.gz"])
def test_a_pickled_corpus_keeps_its_lines(form: str, tmp_path: Path) -> None:
    """Findings of a copy stand where those of the original do, although the file is gone; twice
    pickled, too.
    """
    corpus = wsis.load(_as_file(form)(tmp_path))
    places = [each.position for each in wsis.check(corpus).findings]
    data = pickle.dumps(pickle.loads(pickle.dumps(corpus)))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()

    copy = pickle.loads(data)

    assert copy == corpus
    assert [each.position for each in wsis.check(copy).findings] == places
    assert any(each.file for each in places)


def test_a_large_file_is_read_again_for_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are not kept, in a pickle neither; without it there is its name alone."""
    monkeypatch.setattr("wsis_model.loading.KEEP_BYTES", 10)
    path = _as_file("yaml")(tmp_path)
    data = pickle.dumps(wsis.load(path))
    assert pickle.loads(data).origins["r"].find(("title",)).line is not None
    path.unlink()
    assert pickle.loads(data).origins["r"].find(("title",)).line is None


def test_what_came_from_no_file_has_no_line_in_a_pickle() -> None:
    """What is left of an unsound file has, as what was read whole."""
    given = wsis.load({"roadmaps": [{"id": "r", "title": "T", "owners": ["itu"]}]})
    kept = salvage(b"roadmaps: [{id: r, title: T, owners: [itu], x: 1}]", format="yaml").corpus
    opened = wsis.load(io.BytesIO(b"roadmaps: [{id: r, title: T, owners: [itu]}]"), format="yaml")
    lines = [
        pickle.loads(pickle.dumps(each)).origins["r"].find(("title",)).line
        for each in (given, kept, opened)
    ]
    assert lines == [None, 1, 1]


@pytest.mark.parametrize("beyond", [-2, -1, 0, 1, 2])
@pytest.mark.parametrize("before", [0, 1, AT_ONCE])
def test_as_many_faults_as_are_looked_at_together_are_no_loop(before: int, beyond: int) -> None:
    """Around the number of errors that are held at once, the first are told, and reading ends."""
    sound = [{"id": f"e{number}", "name": "E"} for number in range(before)]
    faulty: list[dict[str, str]] = [{}] * (AT_ONCE // 2 + beyond)  # each lacks two fields
    with pytest.raises(LoadError) as caught:
        wsis.load({"entities": [*sound, *faulty]})

    assert len(caught.value.problems) > MAX_PROBLEMS // 2
    assert caught.value.problems[-1].code == "too-many"
