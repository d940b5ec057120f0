"""Streams: what `load` and `salvage` read at once, record by record."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty import Case, cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import Corpus, Document, Finding, LoadError, Provision, testing
from wsis_model.model.record import identifier_of

FORMS = ("ndjson", "json", "yaml", "ndjson.gz", "json.gz", "yaml.gz", "csv.gz", "xlsx")
HERE = Path(__file__).parent
#: What load says of the whole file and a stream of the record, or the other way round.
DIFFERENT = {
    '{"a": NaN}',  # the unknown key is read before the number that is none
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    for form in FORMS:
        if form == "csv.gz":
            wsis.save(wsis.catalogue(), folder / "tables", format="csv")
        else:
            wsis.save(wsis.catalogue(), folder / f"catalogue.{form}")
    return folder


def told(problems: list[Finding]) -> list[tuple[object, ...]]:
    return sorted(
        (each.code, str(each.position), each.field, each.hint, repr(each.fix)) for each in problems
    )


@pytest.mark.parametrize("form", FORMS)
def test_records_of_a_stream_make_the_corpus(files: Path, form: str) -> None:
    """All formats give the records of the corpus, each once."""
    path = files / "tables" if form == "csv.gz" else files / f"catalogue.{form}"
    records = list(wsis.stream(path))

    assert Corpus.of(*records) == wsis.catalogue()
    assert len({identifier_of(each) for each in records}) == len(records)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=testing.corpora(), form=st.sampled_from(("ndjson", "json", "yaml", "ndjson.gz")))
def test_any_corpus_comes_back(corpus: Corpus, form: str, tmp_path: Path) -> None:
    """What was saved streams back, and a stream is saved as the corpus is."""
    path, again = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    wsis.save(corpus, path)
    stream = wsis.stream(path)
    assert Corpus.of(*stream) == wsis.load(path)

    wsis.save(wsis.stream(path), again)
    assert again.read_bytes() == path.read_bytes()


def test_a_document_comes_before_its_provisions(files: Path) -> None:
    """In the shape of NDJSON: the document without its provisions, then each with its line."""
    items = list(wsis.stream(files / "catalogue.json").items())
    documents = [each.record for each in items if isinstance(each.record, Document)]
    provision = next(each for each in items if each.record == wsis.catalogue()["80-173/113"])
    before = [identifier_of(each.record) for each in items[: items.index(provision)]]

    assert all(not each.provisions for each in documents)
    assert (provision.kind, provision.belongs_to) == ("provision", "80-173")
    assert "80-173" in before
    numbers = [
        each.position.line
        for each in wsis.stream(files / "catalogue.ndjson").items()
        if each.position.line is not None
    ]
    assert numbers == list(range(2, len(items) + 2))


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in cases()
        if any(isinstance(case.given.get(each), str) for each in ("yaml", "json", "ndjson"))
    ],
    ids=lambda case: case.label,
)
def test_the_problems_are_those_of_loading(case: Case, tmp_path: Path) -> None:
    """With code, place, field, hint and fix, whichever way the file is read."""
    form = next(
        each for each in ("yaml", "json", "ndjson") if isinstance(case.given.get(each), str)
    )
    path = tmp_path / f"a.{form}"
    path.write_text(case.given[form], encoding="utf-8")
    problems: list[Finding] = []
    list(wsis.stream(path, on_problem=problems.append))

    if case.given[form] not in DIFFERENT:
        assert told(problems) == told(list(wsis.salvage(path).problems))
    if problems:
        with pytest.raises(LoadError) as raised:
            list(wsis.stream(path))
        assert told(list(raised.value.problems)) == told(problems)


LINE = '{"record":"document","id":"99-1","title":{"en":"Maps"}}\n'


def problems_in(text: str | bytes, path: Path) -> tuple[list[str], list[str]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems: list[Finding] = []
    records = [identifier_of(each) for each in wsis.stream(path, on_problem=problems.append)]
    return records, [f"{each.position.line}: {each.code}" for each in problems]


@pytest.mark.parametrize(
    ("text", "records", "problems"),
    [
        (LINE + '{"record":"provision","id":"99-1/1","number":"1"}', ["99-1", "99-1/1"], []),
        ('{"record":"provision","id":"99-1/1","number":"1"}\n' + LINE, ["99-1/1", "99-1"], []),
        ('{"record":"provision","id":"99-2/1","number":"1"}', ["99-2/1"], ["1: no-owner"]),
        (LINE + LINE, ["99-1"], []),
        (LINE + LINE.replace("Maps", "Charts"), ["99-1"], ["2: duplicate-record"]),
        (
            LINE + '{"record":"provision","id":"99-1/1","number":"1","number":"2"}',
            ["99-1", "99-1/1"],
            ["2: duplicate-key"],
        ),
        (
            LINE + '{"record":"provision","id":"99-1/1","number":"1","subjekt":"x"}',
            ["99-1", "99-1/1"],
            ["2: unknown-field"],
        ),
        (LINE + "\n\n{", ["99-1"], ["4: json-syntax"]),
        (
            LINE.encode() + b'{"record":"entity","id":"itu","name":"\xff"}',
            ["99-1"],
            ["2: encoding"],
        ),
        (LINE + '{"record":"paper","id":"x"}', ["99-1"], ["2: unknown-kind"]),
    ],
)
def test_lines(text: str | bytes, records: list[str], problems: list[str], tmp_path: Path) -> None:
    """A faulty line does not stop the stream; what is sound in it is given."""
    assert problems_in(text, tmp_path / "a.ndjson") == (records, problems)


def test_two_files_may_hold_the_same_record(tmp_path: Path) -> None:
    """Equal, it is given once; different, it is told with both places, as `load` tells it."""
    wsis.save(wsis.catalogue()["itu"], tmp_path / "a.json")
    wsis.save(wsis.catalogue()["itu"], tmp_path / "b.yaml")
    assert ["itu"] == [identifier_of(each) for each in wsis.stream(tmp_path)]

    wsis.save(wsis.catalogue()["itu"].replace(acronym="UIT"), tmp_path / "c.ndjson")
    problems: list[Finding] = []
    assert len(list(wsis.stream(tmp_path, on_problem=problems.append))) == 1
    assert [each.code for each in problems] == ["duplicate-record"]
    assert "a.json" in problems[0].message


def test_what_stands_beside_the_records_comes_too(tmp_path: Path) -> None:
    """Extensions of the file are known after the last record, and saved with it."""
    extensions = {"apnic:edition": "2"}
    corpus = wsis.load({"entities": [{"id": "itu", "name": "ITU"}], "extensions": extensions})
    for form in ("json", "yaml", "ndjson"):
        wsis.save(corpus, tmp_path / f"a.{form}")
        wsis.save(wsis.stream(tmp_path / f"a.{form}"), tmp_path / "b.ndjson")
        assert wsis.load(tmp_path / "b.ndjson") == corpus


def test_names_are_looked_up_in_the_catalogue_given(tmp_path: Path) -> None:
    """Of a name the identifier is found as in `load`."""
    (tmp_path / "a.yaml").write_text("roadmaps: [{id: r, title: T, owners: [UNESCO]}]")
    (record,) = wsis.stream(tmp_path / "a.yaml")
    assert record == wsis.load(tmp_path / "a.yaml")["r"]


def test_saving_takes_what_comes_and_leaves_no_half(tmp_path: Path) -> None:
    """A generator that fails leaves the file as it was; a file may be rewritten from itself."""
    path = tmp_path / "a.ndjson"
    wsis.save(wsis.catalogue(), path)
    before = path.read_bytes()

    def failing() -> Iterator[Provision]:
        yield wsis.catalogue()["80-173/1"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        wsis.save(failing(), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.ndjson"]

    wsis.save(wsis.stream(path), path)
    assert path.read_bytes() == before
    wsis.save(wsis.stream(path), tmp_path / "b.ndjson.gz")
    assert gzip.decompress((tmp_path / "b.ndjson.gz").read_bytes()) == before


def test_members_without_what_holds_them_make_no_corpus() -> None:
    """They are refused, as what stands deeper in records is."""
    catalogue = wsis.catalogue()
    with pytest.raises(TypeError, match="give the record that holds it"):
        Corpus.of(catalogue["80-173/1"])
    with pytest.raises(TypeError, match="give the record that holds it"):
        Corpus.of(catalogue["80-173/113.1"])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b"[" * 200_000, "too-deep"),
        ("a.json", b'{"documents": [' + b"[" * 200_000, "too-deep"),
        ("a.json", b'{"documents": [{"id": "99-1", "title": "T"},]}', "json-syntax"),
        ("a.yaml", b"documents: [" + b"[" * 20_000, "yaml-syntax"),
        ("a.yaml", b"%a\n" * 20_000, "yaml-syntax"),
        ("a.yaml", b"a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b]\n" , "unknown-field"),
        ("a.ndjson.gz", gzip.compress(b"\n" * 2**25, mtime=0), "gzip"),
        ("a.ndjson.gz", gzip.compress(LINE.encode() * 99, mtime=0)[:-9], "gzip"),
        ("a.json.gz", b"no gzip", "gzip"),
        ("a.json", b"", "empty"),
        ("a.yaml", "a: b".encode("utf-16"), "encoding"),
    ],
    ids=lambda given: str(given)[:12],
)  # fmt: skip
def test_hostile_files(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    """They are told as `load` tells them."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LoadError) as raised:
        list(wsis.stream(tmp_path / name))
    assert raised.value.problems[0].code == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is a problem as any other; a folder without records too."""
    for path in (tmp_path / "a.ndjson", tmp_path):
        with pytest.raises(LoadError):
            list(wsis.stream(path))


def test_a_long_json_file_is_read_in_pieces(tmp_path: Path) -> None:
    """Lines and columns are those of the file, wherever its pieces end."""
    entities = [{"id": f"e{number}", "name": "N" * 997} for number in range(3000)]
    entities[2900]["acronym"] = ["x"]  # type: ignore[assignment]  # the fault
    for indent in (None, 1):
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"entities": entities}, indent=indent))
        problems: list[Finding] = []
        assert len(list(wsis.stream(path, on_problem=problems.append))) == 3000
        assert told(problems) == told(list(wsis.salvage(path).problems))


def test_bad_arguments_are_refused_at_once() -> None:
    """No path, an empty one, a format or a way that there is not: before anything is read."""
    with pytest.raises(TypeError, match="at least one"):
        wsis.stream()
    with pytest.raises(LoadError, match="the name is empty"):
        wsis.stream("")
    with pytest.raises(wsis.UnknownFormat):
        wsis.stream("a.ndjson", format="parket")
    with pytest.raises(ValueError, match="forbid"):
        wsis.stream("a.ndjson", unknown="drop")  # type: ignore[arg-type]  # what is tested
