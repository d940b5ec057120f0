"""Records as tables: every field has its column, and reading undoes writing."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wsis_model import (
    Concept,
    Corpus,
    Document,
    Finding,
    LoadError,
    Provision,
    Record,
    Target,
    Vocabulary,
    dumps,
    relational,
)
from wsis_model.model import File
from wsis_model.model.fields import shape_of
from wsis_model.model.kinds import KINDS, LISTS
from wsis_model.model.record import field_docs
from wsis_model.testing import (
    a_corpus,
    a_mandate,
    a_provision,
    a_roadmap,
    a_session,
    a_source,
    an_activity,
    changed,
    corpora,
    extensions,
    files,
)

pytest.importorskip("pyarrow", reason="needs the extra arrow")
from faulty import parquet as faulty
from faulty.parquet import pa, parquet

Tables = dict[str, Any]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented corpus, not to be changed."""
    folder = tmp_path_factory.mktemp("written") / "tables"
    relational.to_parquet(a_corpus(), folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A folder with the invented corpus."""
    return shutil.copytree(written, tmp_path / "tables")


def problems_of(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with a folder."""
    with pytest.raises(LoadError) as caught:
        relational.from_parquet(folder)
    return caught.value.problems


def streamed(corpus: Corpus) -> Iterator[Record]:
    """A corpus as NDJSON has it: provisions and concepts after what holds them."""
    for record in corpus.top:
        if isinstance(record, Document):
            yield record.replace(provisions=())
            yield from record.provisions
        elif isinstance(record, Vocabulary):
            yield record.replace(concepts=())
            yield from record.concepts
        else:
            yield record


class TestSchemas:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
    def test_every_field_has_its_column(self, kind: Any) -> None:
        """By its name in files, in its order, with its explanation, however deep; lists of records
        with identifiers are tables of their own.
        """

        def compare(record: type[Record], columns: list[Any]) -> None:
            fields = [each for each in shape_of(record) if each.name not in LISTS.get(record, ())]
            assert [each.name for each in columns] == [each.key for each in fields]
            for field, column in zip(fields, columns, strict=True):
                described = column.metadata[b"description"].decode()
                assert described == field_docs(record).get(field.name, "")
                if field.record is not None:
                    inner = column.type if field.what == "record" else column.type.value_type
                    compare(field.record, list(inner))

        schema = relational.schemas()[kind.field]
        assert schema.names[:3] == ["id", "belongs_to", "position"]
        assert schema.metadata == {
            b"wsis_model": b"1",
            b"wsis_model.table": kind.field.encode(),
        }
        compare(kind.record, [schema.field(0), *list(schema)[3:]])

    def test_there_is_a_table_for_each_kind_and_two_that_follow_from_them(self) -> None:
        """In the order of the kinds."""
        names = [*relational.schemas()]

        assert names == [*(kind.field for kind in KINDS), "references", "identifiers"]


class TestRows:
    @given(corpora())
    def test_references_are_those_of_the_corpus(self, corpus: Corpus) -> None:
        """In the same order, with their fields and kinds, and the record at the top."""
        table = relational.tables(corpus)["references"].to_pylist()

        def top(identifier: str) -> str:
            names: list[str] = [each.id for each in corpus.ancestors(identifier)]
            return (*names, identifier)[0]

        assert [tuple(row.values()) for row in table] == [
            (n, each.source, each.field, each.target, "|".join(each.kinds), top(each.source))
            for n, each in enumerate(corpus.references())
        ]

    @given(corpora())
    def test_identifiers_are_those_of_the_corpus(self, corpus: Corpus) -> None:
        """Each with its kind and what holds it, a holder before its members."""
        rows = relational.tables(corpus)["identifiers"].to_pylist()

        assert [row["n"] for row in rows] == [*range(len(rows))]
        assert {row["id"]: row["kind"] for row in rows} == {
            each: corpus.kind(each) for each in corpus
        }
        for row in rows:
            holders = [each.id for each in corpus.ancestors(row["id"])]
            assert row["depth"] == len(holders)
            assert row["top"] == (*holders, row["id"])[0]
            assert row["belongs_to"] == (holders[-1] if holders else None)
            if not holders:
                assert (row["holder"], row["field"]) == (None, None)
                continue
            assert row["holder"] < row["n"]
            assert rows[row["holder"]]["id"] == holders[-1]
            field, _, place = row["field"].removesuffix("]").partition("[")
            assert getattr(corpus[holders[-1]], field)[int(place)].id == row["id"]

    @given(corpora(), st.booleans())
    def test_a_stream_has_the_rows_of_its_corpus(self, corpus: Corpus, backwards: bool) -> None:
        """Members that come by themselves find what holds them, before it or after it."""
        records = list(streamed(corpus))
        if backwards:
            records = sorted(records, key=lambda each: type(each) not in (Provision, Concept))
        made, whole = relational.tables(records), relational.tables(corpus)

        for name in (kind.field for kind in KINDS):
            assert made[name].equals(whole[name]), name

        def known(table: Any, columns: list[str]) -> set[tuple[object, ...]]:
            return {tuple(row.values()) for row in table.select(columns).to_pylist()}

        columns = ["source", "field", "target", "kinds", "top"]
        assert known(made["references"], columns) == known(whole["references"], columns)
        columns = ["id", "kind", "belongs_to", "field", "depth", "top"]
        assert known(made["identifiers"], columns) == known(whole["identifiers"], columns)
        rows = made["identifiers"].sort_by("n").to_pylist()
        for row in rows:
            assert row["holder"] is None or rows[row["holder"]]["id"] == row["belongs_to"]

    def test_a_member_whose_record_never_comes_is_reported(self) -> None:
        """By its identifier."""
        with pytest.raises(LoadError) as caught:
            relational.tables([a_provision(id="91-9/1")])

        (problem,) = caught.value.problems
        assert (problem.code, problem.record, problem.names) == ("no-owner", "91-9/1", ("91-9",))

    @pytest.mark.parametrize(
        "record",
        [
            a_mandate(),
            an_activity().milestones[0],
            a_source(),
        ],
        ids=lambda each: type(each).__name__,
    )
    def test_what_no_identifier_can_place_is_refused(self, record: Record) -> None:
        """A mandate stands in its provision."""
        with pytest.raises(TypeError, match=type(record).__name__):
            relational.tables([record])

    @pytest.mark.parametrize(
        ("identifier", "change", "path"),
        [
            ("action-lines/c1", {"rank": 2**63}, ("rank",)),
            ("sessions/cstd-40", {"number": -(2**63) - 1}, ("number",)),
        ],
    )
    def test_a_number_that_does_not_fit_is_named(
        self, identifier: str, change: dict[str, Any], path: tuple[str | int, ...]
    ) -> None:
        """With its record and field; nothing is written."""
        corpus = changed(a_corpus(), identifier, **change)

        with tempfile.TemporaryDirectory() as place:
            with pytest.raises(LoadError) as caught:
                relational.to_parquet(corpus, Path(place, "tables"))
            assert not [*Path(place).iterdir()]

        (problem,) = caught.value.problems
        assert (problem.code, problem.record, problem.path) == ("wrong-value", identifier, path)

    def test_an_amount_that_does_not_fit_is_named(self) -> None:
        """Validation takes none; a record that was not validated may have one."""
        huge = Target.model_construct(value=Decimal("1" * 27), by="2040")
        roadmap = a_roadmap()
        indicator = roadmap.indicators[0].model_copy(update={"targets": (huge,)})

        with pytest.raises(LoadError) as caught:
            relational.tables([roadmap.model_copy(update={"indicators": (indicator,)})])
        (problem,) = caught.value.problems
        assert (problem.record, problem.path) == (indicator.id, ("targets", 0, "value"))


class TestRoundTrip:
    @given(files())
    def test_any_valid_file(self, file: File) -> None:
        """Records are equal, and give the same JSON, after all kinds of values."""
        corpus = Corpus.from_file(file)
        try:
            made = relational.tables(corpus)
        except LoadError:
            assume(False)  # a number is too large
            raise
        again = relational.from_tables(made)

        assert again == corpus
        assert dumps(again) == dumps(corpus)

    @given(corpora(), extensions())
    def test_corpora_in_parquet(self, corpus: Corpus, added: dict[str, Any]) -> None:
        """Also from a stream; the extensions of the whole stay."""
        whole = Corpus.from_file(corpus.to_file().replace(extensions=added))
        with tempfile.TemporaryDirectory() as place:
            relational.to_parquet(whole, place)
            assert dumps(relational.from_parquet(place)) == dumps(whole)
            relational.to_parquet(streamed(corpus), place)
            assert relational.from_parquet(place) == corpus

    def test_the_catalogue(self, catalogue: Corpus, tmp_path: Path) -> None:
        """The same bytes."""
        relational.to_parquet(catalogue, tmp_path / "tables")

        assert dumps(relational.from_parquet(tmp_path / "tables")) == dumps(catalogue)

    def test_amounts_keep_all_their_digits(self) -> None:
        """Up to the width of their column."""
        amount = Decimal("123456789012345678.000000000625")
        corpus = changed(a_corpus(), "c1-roadmap/i1", targets=[{"value": amount, "by": "2040"}])

        again = relational.from_tables(relational.tables(corpus))
        assert again["c1-roadmap/i1"].targets[0].value == amount

    def test_nothing(self, tmp_path: Path) -> None:
        """An empty corpus has all tables, without rows."""
        relational.to_parquet(Corpus(), tmp_path / "tables")

        assert len([*(tmp_path / "tables").iterdir()]) == len(relational.schemas())
        assert relational.from_parquet(tmp_path / "tables") == Corpus()

    @pytest.mark.parametrize("library", ["pandas", "polars", "polars-lazy", "duckdb", "arrow"])
    def test_frames_of_other_libraries(self, library: str) -> None:
        """Whatever narwhals knows; lazy ones are collected."""
        frames = {name: in_library(library, table) for name, table in made().items()}

        assert relational.from_tables(frames) == a_corpus()

    def test_rows_in_any_order(self) -> None:
        """Positions say where a record stands."""
        tables = {name: table.take([*range(len(table))][::-1]) for name, table in made().items()}

        assert relational.from_tables(tables) == a_corpus()


def made() -> Tables:
    return relational.tables(a_corpus())


def in_library(library: str, table: Any) -> Any:
    if library == "arrow":
        return table
    if library == "pandas":
        pytest.importorskip("pandas")
        return table.to_pandas()
    if library == "duckdb":
        duckdb: Any = pytest.importorskip("duckdb")
        return duckdb.connect().from_arrow(table)
    polars: Any = pytest.importorskip("polars")
    frame = polars.from_arrow(table)
    return frame.lazy() if library == "polars-lazy" else frame


class TestFolders:
    def test_part_files_as_spark_writes_them(self, folder: Path) -> None:
        """A table may be a folder; what begins with a line below or a dot is no part."""
        for name in ("provisions", "sections"):
            file = folder / f"{name}.parquet"
            table = parquet.read_table(file)
            file.unlink()
            file.mkdir()
            for number, (start, size) in enumerate(((0, 1), (1, len(table)))):
                parquet.write_table(
                    table.slice(start, size).replace_schema_metadata(),
                    file / f"part-{number:05}.snappy.parquet",
                )
            (file / "_SUCCESS").touch()
            (file / ".part-0.parquet.crc").touch()

        assert relational.from_parquet(folder) == a_corpus()

    def test_a_folder_of_tables_is_replaced(self, folder: Path) -> None:
        """Whole, with nothing left beside it."""
        relational.to_parquet([a_session()], folder)

        assert dict(relational.from_parquet(folder).counts())["session"] == 1
        assert [each.name for each in folder.parent.iterdir()] == ["tables"]

    def test_what_is_not_ours_stays(self, folder: Path) -> None:
        """And so do the tables beside it."""
        (folder / "notes.txt").write_text("mine")

        with pytest.raises(ValueError, match="notes"):
            relational.to_parquet([a_session()], folder)
        (folder / "notes.txt").unlink()
        assert relational.from_parquet(folder) == a_corpus()

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        """It stays."""
        (tmp_path / "x").write_text("mine")

        with pytest.raises(OSError, match="x"):
            relational.to_parquet([a_session()], tmp_path / "x")
        assert (tmp_path / "x").read_text() == "mine"

    def test_a_stream_that_fails_changes_nothing(self, folder: Path) -> None:
        """Not even beside the folder."""

        def broken() -> Iterator[Record]:
            yield a_session()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            relational.to_parquet(broken(), folder)
        assert relational.from_parquet(folder) == a_corpus()
        assert [each.name for each in folder.parent.iterdir()] == ["tables"]

    def test_what_killed_writers_left_goes_or_is_put_back(self, folder: Path) -> None:
        """A folder that was being replaced comes back; half of a new one goes."""
        (folder.parent / ".tables.00ff.part").mkdir()
        folder.rename(folder.parent / ".tables.00ff.old")

        with pytest.raises(LoadError):
            relational.to_parquet([a_provision(id="91-9/1")], folder)
        assert relational.from_parquet(folder) == a_corpus()
        assert [each.name for each in folder.parent.iterdir()] == ["tables"]


class TestFaults:
    """A folder that cannot be read gives one error, with every fault that was found."""

    def test_no_folder(self, tmp_path: Path) -> None:
        """It is not there, is a file, or holds no tables."""
        (tmp_path / "file").touch()
        (tmp_path / "empty").mkdir()

        codes = [problems_of(tmp_path / name)[0].code for name in ("none", "file", "empty")]
        assert codes == ["unreadable", "unreadable", "empty"]

    def test_columns_of_what_need_not_be_said_may_be_left_out(self, folder: Path) -> None:
        """So that what an older version wrote is read when fields were added since, also within
        records.
        """
        sections = tuple(each.replace(level=1) for each in a_corpus().documents[1].sections)
        faulty.set_column(folder / "sections.parquet", "level", None)
        faulty.fill_column(
            folder / "provisions.parquet", "alignments", [{"concept": "a/b", "basis": "stated"}]
        )

        found = relational.from_parquet(folder).documents[1]
        assert found.sections == sections
        assert {"a/b"} == {each.concept for said in found.provisions for each in said.alignments}

    def test_a_missing_table(self, folder: Path) -> None:
        """Named; the two that follow from the others are not needed."""
        for name in ("sections", "references", "identifiers"):
            (folder / f"{name}.parquet").unlink()

        (problem,) = problems_of(folder)
        assert (problem.code, "sections.parquet" in problem.message) == ("missing-table", True)

    @pytest.mark.parametrize("size", [0, 3, 200, -1, -200])
    def test_a_truncated_file(self, folder: Path, size: int) -> None:
        """The file is named."""
        file = folder / "provisions.parquet"
        file.write_bytes(file.read_bytes()[:size])

        (problem,) = problems_of(folder)
        assert (problem.code, problem.position.file) == ("parquet", str(file))

    def test_damaged_bytes(self, folder: Path) -> None:
        """Wherever they are, there is one error, or nothing was harmed."""
        file = folder / "provisions.parquet"
        data = file.read_bytes()
        for place in range(4, len(data), max(1, len(data) // 60)):
            file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
            with contextlib.suppress(LoadError):
                assert relational.from_parquet(folder) == a_corpus()

    @pytest.mark.parametrize(("table", "column", "value", "code", "heading"), faulty.COLUMNS)
    def test_other_columns(
        self, folder: Path, table: str, column: str, value: object, code: str, heading: str
    ) -> None:
        """Columns that are missing, unknown or of another type, also within a record."""
        file = folder / f"{table}.parquet"
        faulty.fill_column(file, column, value)

        problem = problems_of(folder)[0]
        assert (problem.code, problem.position.file) == (code, str(file))
        assert problem.position.heading == heading

    @pytest.mark.parametrize(("metadata", "code"), faulty.METADATA)
    def test_tables_of_another_format(
        self, folder: Path, metadata: dict[str, str], code: str
    ) -> None:
        """Or under the name of another table."""
        file = folder / "sections.parquet"
        faulty.set_metadata(file, metadata)

        (problem,) = problems_of(folder)
        assert (problem.code, problem.position.file) == (code, str(file))

    def test_faults_of_several_tables_are_found_at_once(self, folder: Path) -> None:
        """A broken file, and a column in another."""
        (folder / "mandates.parquet").write_bytes(b"PAR1")
        faulty.set_column(folder / "sections.parquet", "heading", None)

        assert sorted(each.code for each in problems_of(folder)) == ["missing-field", "parquet"]

    @pytest.mark.parametrize(("table", "column", "value", "code", "heading"), faulty.VALUES)
    def test_values_that_no_field_takes(
        self, folder: Path, table: str, column: str, value: object, code: str, heading: str
    ) -> None:
        """The file, the row and the column are told."""
        file = folder / f"{table}.parquet"
        rows = faulty.set_value(file, column, value)

        problem = problems_of(folder)[0]
        assert (problem.code, problem.position.file) == (code, str(file))
        assert (problem.position.line, problem.position.heading) == (rows, heading)

    def test_two_records_that_could_hold_a_member(self, folder: Path) -> None:
        """Which of them does cannot be told. Two that hold nothing are for the rules."""
        file = folder / "provisions.parquet"
        rows = parquet.read_table(file)
        names = rows["id"].to_pylist()
        before = len(a_corpus().document("91-1").provisions)
        for name in ("91-1/3", "91-1/1"):
            twice = pa.concat_tables([rows, rows.slice(names.index(name), 1)])
            parquet.write_table(twice, file)
            if name == "91-1/3":
                read = relational.from_parquet(folder)
                assert len(read.document("91-1").provisions) == before + 1

        problem, *_ = problems_of(folder)
        assert (problem.code, problem.found) == ("duplicate-record", "91-1/1")
        assert (problem.position.file, problem.position.line) == (str(file), len(rows) + 1)

    def test_tables_of_no_kind(self) -> None:
        """The name of a table is told."""
        with pytest.raises(LoadError) as caught:
            relational.from_tables({"provision": made()["provisions"]})

        (problem,) = caught.value.problems
        assert (problem.code, problem.found) == ("unknown-kind", "provision")

    def test_what_is_no_frame(self) -> None:
        """Is a mistake of the program."""
        with pytest.raises(TypeError):
            relational.from_tables({"provisions": 3})


def test_without_pyarrow_the_extra_is_named() -> None:
    """The rest of the library does not need it."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import wsis_model as wsis\n"
        "try: wsis.relational\n"
        "except wsis.MissingExtra as error: print(error.extra, error.module)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["arrow", "pyarrow"]
