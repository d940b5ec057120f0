"""Reading undoes writing, in every format; and what cannot be read is told in a bounded message."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import pickle
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from wsis_model import Corpus, LoadError, Record, cite, dumps, load, loads, parse_reference, save
from wsis_model.formats import compress
from wsis_model.formats.csv import tables as tables_of
from wsis_model.model import RECORDS, File
from wsis_model.model.fields import shape_of
from wsis_model.testing import (
    a_corpus,
    corpora,
    extensions,
    files,
    identifiers,
    records,
    references,
    texts,
)

FORMATS = ("yaml", "json", "ndjson", "csv", "yaml.gz", "json.gz", "ndjson.gz", "csv.gz")
HARDER = settings.get_profile("heavy")
#: A message lists this many problems at most, and each in a few lines' worth.
BOUND = 25 * 2_000

formats = pytest.mark.parametrize("format", FORMATS)


def written_to(folder: str, corpus: Corpus, format: str, name: str = "corpus") -> None:
    """Save a corpus in a folder; CSV makes a folder of tables."""
    place = Path(folder) / name
    if not format.startswith("csv"):
        save(corpus, f"{place}.{format}")
        return
    save(corpus, place, format="csv")
    if format.endswith(".gz"):
        for table in tuple(place.glob("*.csv")):
            Path(f"{table}.gz").write_bytes(b"".join(compress((table.read_bytes(),))))
            table.unlink()


def read_again(corpus: Corpus, format: str) -> Corpus:
    """What is read of a corpus once it is written."""
    with tempfile.TemporaryDirectory() as folder:
        written_to(folder, corpus, format)
        return load(folder)


def joined(file: File) -> Corpus:
    """The records of a file as a corpus."""
    return Corpus.from_file(file)


def backwards(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping with its keys in the opposite order."""
    return dict(reversed(pairs))


def any_record() -> st.SearchStrategy[Record]:
    """A record of any class."""
    return st.sampled_from(RECORDS).flatmap(records)


class TestReadingUndoesWriting:
    """Each format reads back exactly what it wrote."""

    @formats
    @given(corpora())
    def test_a_sound_corpus_comes_back_equal(self, format: str, corpus: Corpus) -> None:
        """A sound corpus comes back equal."""
        assert read_again(corpus, format) == corpus

    @formats
    @given(files().filter(lambda file: any(Corpus.from_file(file).top)).map(joined))
    def test_an_unsound_corpus_comes_back_equal(self, format: str, corpus: Corpus) -> None:
        """So does one that is merely valid, with hostile texts and identifiers that lead nowhere."""
        assert read_again(corpus, format) == corpus

    @formats
    @pytest.mark.heavy
    @given(files().filter(lambda file: any(Corpus.from_file(file).top)).map(joined))
    @settings(HARDER)
    def test_however_hard_one_tries(self, format: str, corpus: Corpus) -> None:
        """The same, tried harder."""
        assert read_again(corpus, format) == corpus

    @given(files().map(joined))
    def test_canonical_json_is_the_same_byte_for_byte(self, corpus: Corpus) -> None:
        """Writing what was read of canonical JSON gives the same bytes."""
        once = dumps(corpus)
        assert dumps(loads(once, "json")) == once

    @given(files().map(joined))
    def test_the_order_of_keys_does_not_matter(self, corpus: Corpus) -> None:
        """Canonical JSON is the same for the same records, however a file orders its keys."""
        once = dumps(corpus)
        assert (
            dumps(loads(json.dumps(json.loads(once, object_pairs_hook=backwards)), "json")) == once
        )

    @given(st.data(), corpora())
    def test_the_order_of_files_does_not_matter(self, data: st.DataObject, corpus: Corpus) -> None:
        """A corpus split over files of all formats, whatever their names, is the same corpus."""
        top = data.draw(st.permutations(list(corpus.top)))
        cuts = sorted(data.draw(st.lists(st.integers(0, len(top)), max_size=3)))
        parts = [
            top[start:end]
            for start, end in zip([0, *cuts], [*cuts, len(top)], strict=True)
            if start < end
        ]
        with tempfile.TemporaryDirectory() as folder:
            for number, part in enumerate(parts):
                written_to(
                    folder,
                    Corpus.of(*part),
                    data.draw(st.sampled_from(FORMATS)),
                    name=f"part-{number}",
                )
            assert load(folder) == corpus


@pytest.mark.parametrize("name", ["map.yaml", "map.json.gz", "map.xlsx"])
def test_saving_over_a_file_keeps_what_it_is(tmp_path: Path, name: str) -> None:
    """Its permissions stay, and a link to it stays a link."""
    path, link = tmp_path / "there" / name, tmp_path / name
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    save(a_corpus(), link)

    assert link.is_symlink()
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert a_corpus() == load(path)
    assert [path] == list(path.parent.iterdir())


def test_saving_over_a_write_protected_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it could be replaced is no reason to."""
    path = tmp_path / "map.yaml"
    path.write_bytes(b"old")

    def no(*_: object) -> bool:
        return False

    monkeypatch.setattr(os, "access", no)  # the tests may run as root, who may write everything
    with pytest.raises(PermissionError):
        save(a_corpus(), path)

    assert b"old" == path.read_bytes()


class TestJoining:
    """Merging is a union."""

    @given(st.data(), files().map(joined))
    def test_it_does_not_matter_which_comes_first(
        self, data: st.DataObject, corpus: Corpus
    ) -> None:
        """Two overlapping parts of a corpus give the whole, joined either way."""
        sides = [
            (record, data.draw(st.sampled_from(("left", "right", "both")))) for record in corpus.top
        ]
        left = Corpus.of(*(record for record, side in sides if side != "right"))
        right = Corpus.of(*(record for record, side in sides if side != "left"))
        assert left | right == right | left == Corpus.of(*corpus.top)

    @given(files().map(joined))
    def test_a_corpus_joined_with_itself_or_nothing_is_itself(self, corpus: Corpus) -> None:
        """Neither a corpus nor an empty one adds anything to it."""
        assert corpus | corpus == corpus | Corpus() == Corpus() | corpus == corpus


class TestRecords:
    """A record is a value."""

    @given(any_record())
    def test_replacing_nothing_gives_an_equal_record(self, record: Record) -> None:
        """`replace()` copies, and equal records have equal hashes."""
        made = record.replace()
        assert made == record
        assert hash(made) == hash(record)

    @given(any_record())
    def test_replacing_validates(self, record: Record) -> None:
        """What a record would not take when made, it does not take as a change."""
        with pytest.raises(ValidationError):
            record.replace(no_such_field=1)
        for field in shape_of(type(record)):
            with pytest.raises(ValidationError):
                record.replace(**{field.name: object()})

    @given(any_record())
    def test_pickled_and_copied_records_are_equal(self, record: Record) -> None:
        """A record survives pickling, copying and deep copying."""
        assert (
            pickle.loads(pickle.dumps(record))
            == copy.copy(record)
            == copy.deepcopy(record)
            == record
        )

    @given(any_record())
    def test_plain_data_is_the_record(self, record: Record) -> None:
        """A record is made again of its plain data."""
        assert type(record).model_validate(json.loads(json.dumps(record.to_dict()))) == record

    @given(files().map(joined))
    def test_pickled_and_copied_corpora_are_equal(self, corpus: Corpus) -> None:
        """So does a corpus."""
        assert (
            pickle.loads(pickle.dumps(corpus))
            == copy.copy(corpus)
            == copy.deepcopy(corpus)
            == corpus
        )
        assert hash(copy.copy(corpus)) == hash(corpus)

    def test_a_corpus_read_from_a_file_can_be_pickled(self, tmp_path: Path) -> None:
        """Its pickle does without the file."""
        save(a_corpus(), tmp_path / "corpus.yaml")
        read = load(tmp_path / "corpus.yaml")
        assert pickle.loads(pickle.dumps(read)) == read


class TestReferences:
    """Names are read as they are written."""

    @given(identifiers())
    @settings(max_examples=200)
    def test_parsing_undoes_citing(self, identifier: str) -> None:
        """What `cite` writes, `parse_reference` reads."""
        assert parse_reference(cite(identifier)) == identifier

    @given(references())
    @settings(max_examples=200)
    def test_people_are_understood(self, reference: tuple[str, str]) -> None:
        """The ways in which people write a reference lead to its identifier."""
        text, identifier = reference
        assert parse_reference(text) == identifier

    @given(files().map(joined))
    def test_cited_by_turns_references_round(self, corpus: Corpus) -> None:
        """Each reference is found from its target, and nothing else is."""
        made = corpus.references()
        found = {target: corpus.cited_by(target) for target in {each.target for each in made}}
        assert all(each.target == target for target, listed in found.items() for each in listed)
        assert sorted(map(repr, made)) == sorted(
            repr(each) for listed in found.values() for each in listed
        )

    @given(files().map(joined))
    def test_what_is_broken_leads_nowhere_or_to_the_wrong_kind(self, corpus: Corpus) -> None:
        """The quick search for broken references finds what a slow one finds."""
        slow = tuple(
            each
            for each in corpus.references()
            if each.target not in corpus
            or (each.kinds and corpus.kind(each.target) not in each.kinds)
        )
        assert corpus.broken_references() == slow


# --- Anything at all ------------------------------------------------------------------------------

_TOKENS = (
    b"documents", b"roadmaps", b"entities", b"extensions", b"id", b"title", b"owners", b"due", b"en", b"null", b"true", b"itu",
    b"1.10", b"1e999",
    b": ", b":", b"- ", b"\n", b"  ", b" ", b"\t", b"{", b"}", b"[", b"]", b",", b'"', b"'", b";", b"\\", b"\r", b"\x00",
    b"\xff", b"\xed\xa0\x80",
    b"&a", b"*a", b"<<: ", b"!!int", b"!x", b"| ", b"> ", b"---", b"...", b"? ", b"#", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf",
    b"\\ud800", b"NaN", b'"\\u0000"',
    b"belongs_to", b".", b"{}", b"[" * 200, b"{a: " * 120,
)  # fmt: skip


def tokens() -> st.SearchStrategy[bytes]:
    """Bits and pieces of our formats in any order."""
    return st.lists(st.sampled_from(_TOKENS), max_size=30).map(b"".join)


@st.composite
def mutants(draw: st.DrawFn, data: bytes) -> bytes:
    """A real file with a few slices removed, doubled or overwritten."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        data = (
            data[:start]
            + draw(
                st.sampled_from((b"", data[start:end] * 2))
                | st.sampled_from(_TOKENS)
                | st.binary(max_size=3)
            )
            + data[end:]
        )
    return data


def real_files() -> dict[str, bytes]:
    """A real file of each format, and each table of CSV, by name."""
    corpus = a_corpus()
    made = {
        f"corpus.{format}": dumps(corpus, format)
        for format in FORMATS
        if not format.startswith("csv")
    }
    return made | {f"{name}.csv": data for name, data in tables_of(corpus.to_file()).items()}


REAL = real_files()


def either_way(data: bytes, name: str, unknown: Literal["forbid", "keep"]) -> None:
    """Bytes give a corpus, which can be written again, or a bounded `LoadError`."""
    try:
        corpus = loads(data, name, name=name, unknown=unknown)
    except LoadError as error:
        problems, message = error.problems, str(error)
    else:
        problems, message = (), ""
        for each in ("json", "yaml", "ndjson"):
            assert loads(dumps(corpus, each), each, unknown=unknown) == corpus
        return
    assert problems
    assert len(message) < BOUND
    assert all(each.position.file == name for each in problems)


#: Files on which a reader once failed, or a writer of what it read.
CRASHES = [
    ("a.json", b"\xfe\xff\x00<"),
    ("a.json", b'{"later":1,"extensions":[1]}'),
    ("a.yaml", b"later: 1\nextensions: [a]"),
    ("a.ndjson", b'{"record":"file","later":1,"extensions":3}'),
    ("a.json", b'{"extensions":{"a:b":"\\ud800"}}'),
    ("a.json", b'{"extensions":{"a:b":{"\\ud800":1}}}'),
    ("a.json", b'{"later":"\\ud800"}'),
    ("a.json", b'{"extensions":{"a:b":{"extensions":{"unknown:x":1}}}}'),
    ("a.json", b'{"a field":1}'),
    ("documents.csv", b"id,title,source,source.title\r\na,b,c,d\r\n"),
    ("documents.csv", b"id,title,id.later,source.later.more,a field\r\na,b,c,d,e\r\n"),
    ("documents.csv", b"id,title,extensions,later\r\na,b,5,c\r\n"),
    ("documents.csv", b"id,title,later,extensions\r\na,b,c,5\r\n"),
]


def long_files() -> Iterator[tuple[str, bytes]]:
    """Files in which one thing is far too long."""
    word = b"x" * 100_000
    yield "key.json", b'{"' + word + b'": 1}'
    yield "value.json", b'{"documents": [{"id": "' + word + b'", "title": "a"}]}'
    yield "wide.json", b'{"documents": [' + b"{}," * 10_000 + b"{}]}"
    yield "deep.json", b"[" * 100_000
    yield "language.json", b'{"documents": [{"id": "a", "title": {"' + word + b'": "a"}}]}'
    yield "extension.json", b'{"extensions": {"' + word + b'": 1}}'
    yield "twice.json", b'{"' + word + b'": 1, "' + word + b'": 1}'
    yield "digits.json", b'{"documents": [{"id": ' + b"9" * 10_000 + b"}]}"
    yield "key.yaml", word + b": 1"
    yield "value.yaml", b"documents: [{id: " + word + b", title: a}]"
    yield "tag.yaml", b"documents: !" + word + b" []"
    yield "anchor.yaml", b"documents: *" + word
    yield "deep.yaml", b"[" * 100_000
    yield (
        "bomb.yaml",
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 110)
        ),
    )
    yield "kind.ndjson", b'{"record": "' + word + b'"}'
    yield "owner.ndjson", b'{"record": "provision", "id": "' + word + b'/1"}'
    yield "deep.ndjson", b"[" * 100_000
    yield "documents.csv", b"id," + word + b"\r\na,b\r\n"
    yield "provisions.csv", b"belongs_to,id\r\n" + word + b",b\r\n"
    yield "entities.csv", b"id,name:" + word + b"\r\na,b\r\n"


class TestAnything:
    """Any bytes give a corpus or a `LoadError`, never another exception."""

    @pytest.mark.parametrize("unknown", ["forbid", "keep"])
    @pytest.mark.parametrize("name", REAL)
    @given(data=st.data())
    def test_a_damaged_file(
        self, name: str, unknown: Literal["forbid", "keep"], data: st.DataObject
    ) -> None:
        """A real file, damaged anywhere, is read or told of."""
        either_way(data.draw(mutants(REAL[name])), name, unknown)

    @pytest.mark.parametrize("unknown", ["forbid", "keep"])
    @pytest.mark.parametrize(
        "name",
        [
            "a.yaml",
            "a.json",
            "a.ndjson",
            "a.json.gz",
            *(f"{table}.csv" for table in ("documents", "mandates", "file")),
        ],
    )
    @given(data=st.binary() | tokens())
    def test_any_bytes(self, name: str, unknown: Literal["forbid", "keep"], data: bytes) -> None:
        """So are bytes of no meaning at all."""
        either_way(data, name, unknown)

    @pytest.mark.heavy
    @pytest.mark.parametrize("unknown", ["forbid", "keep"])
    @pytest.mark.parametrize("name", REAL)
    @given(data=st.data())
    @settings(HARDER)
    def test_a_damaged_file_however_hard_one_tries(
        self, name: str, unknown: Literal["forbid", "keep"], data: st.DataObject
    ) -> None:
        """The same, tried harder."""
        either_way(data.draw(mutants(REAL[name]) | tokens()), name, unknown)

    @pytest.mark.parametrize("unknown", ["forbid", "keep"])
    @pytest.mark.parametrize(("name", "data"), CRASHES)
    def test_what_once_went_wrong(
        self, name: str, data: bytes, unknown: Literal["forbid", "keep"]
    ) -> None:
        """Files that brought down a reader or could not be written again."""
        either_way(data, name, unknown)

    @pytest.mark.parametrize("unknown", ["forbid", "keep"])
    @pytest.mark.parametrize(
        ("name", "data"), [pytest.param(*case, id=case[0]) for case in long_files()]
    )
    def test_a_message_is_bounded(
        self, name: str, data: bytes, unknown: Literal["forbid", "keep"]
    ) -> None:
        """However long what is wrong, the message about it is not."""
        with pytest.raises(LoadError) as caught:
            loads(data, name, name=name, unknown="forbid" if name.startswith("key") else unknown)
        assert len(str(caught.value)) < BOUND


# --- Data of a later version ----------------------------------------------------------------------


def mappings_of_records(
    plain: dict[str, Any], record: type[Record] = File
) -> Iterator[dict[str, Any]]:
    """Each mapping in plain data that stands for a record."""
    yield plain
    for field in shape_of(record):
        if field.record is not None and field.key in plain:
            for below in plain[field.key] if field.what == "records" else [plain[field.key]]:
                yield from mappings_of_records(below, field.record)


@st.composite
def later_data(draw: st.DrawFn) -> dict[str, Any]:
    """A file in the shape that a later version may write: with fields that this one does not know."""
    plain = {"wsis_model": "1", **joined(draw(files())).to_file().to_dict()}
    places = list(mappings_of_records(plain))
    value = extensions().map(lambda made: next(iter(made.values()), 1))
    for place in draw(st.lists(st.sampled_from(range(len(places))), min_size=1, max_size=3)):
        places[place]["later_" + draw(st.text("abcXYZ019_.-", max_size=3))] = json.loads(
            json.dumps(draw(value))
        )
    return plain


class TestLaterData:
    """`unknown="keep"` loses nothing."""

    @pytest.mark.parametrize("format", ["json", "yaml", "ndjson"])
    @given(later_data())
    def test_unknown_fields_are_written_back_where_they_stood(
        self, format: str, plain: dict[str, Any]
    ) -> None:
        """Read, written in any format, read again and written as JSON, the data is what it was."""
        kept = loads(json.dumps(plain), "json", unknown="keep")
        again = loads(dumps(kept, format), format, unknown="keep")
        assert again == kept
        assert json.loads(dumps(again)) == plain

    @given(later_data())
    def test_unless_they_are_kept_each_is_a_problem(self, plain: dict[str, Any]) -> None:
        """An author is told of every one."""
        with pytest.raises(LoadError) as caught:
            loads(json.dumps(plain), "json")
        assert {each.code for each in caught.value.problems} == {"unknown-field"}

    @pytest.mark.parametrize("table", tables_of(a_corpus().to_file()))
    @given(cell=texts().filter(str.strip))
    def test_unknown_columns_are_written_back(self, table: str, cell: str) -> None:
        """A column that a later version added keeps its cells, as text."""
        with tempfile.TemporaryDirectory() as folder:
            save(a_corpus(), folder, format="csv")
            path = Path(folder) / f"{table}.csv"
            rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, [*rows[0], "later"])
                writer.writeheader()
                writer.writerows({**row, "later": cell} for row in rows)
            kept = load(folder, unknown="keep")
        with tempfile.TemporaryDirectory() as folder:
            save(kept, folder, format="csv")
            text = (Path(folder) / f"{table}.csv").read_bytes().decode()
            assert [row["later"] for row in csv.DictReader(io.StringIO(text, newline=""))] == [
                cell
            ] * len(rows)
