"""The rules on tables: they find in every engine what `check` finds in the corpus."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sown import sown

import wsis_model as wsis
from wsis_model import (
    RULES,
    Corpus,
    Report,
    Rule,
    Waiver,
    catalogue,
    check,
    load,
    relational,
    scale,
)
from wsis_model.analysis import Answer, coverage
from wsis_model.testing._breaks import cases

# Their types say nothing to checkers.
ibis: Any = import_module("ibis")
pa: Any = import_module("pyarrow")
compute: Any = import_module("pyarrow.compute")
parquet: Any = import_module("pyarrow.parquet")

EXAMPLES = Path(__file__).parent.parent / "examples" / "data"
RELATIONAL = tuple(each for each in RULES if each.code in scale.RELATIONAL)


@functools.cache
def base() -> Corpus:
    mine = (
        load(EXAMPLES / f"{name}.yaml")
        for name in ("c2-roadmap", "joint-roadmap", "rir-commitments")
    )
    return Corpus.union((catalogue(), *mine))


def facts(report: Report) -> list[Any]:
    return [
        (f.code, f.record, f.path, f.message, f.names, f.severity, f.hint, f.meant, f.fix)
        for f in report.findings
    ]


def in_memory(corpus: Corpus) -> list[Any]:
    return facts(check(corpus, rules=RELATIONAL, profile="publish"))


def on_tables(source: Any) -> list[Any]:
    return facts(scale.check(source, profile="publish"))


def folder_of(corpus: Corpus, folder: Path) -> Path:
    relational.to_parquet(corpus, folder)
    return folder


def duckdb_tables(folder: Path) -> Any:
    return scale.tables(folder, duckdb.connect())


def ibis_tables(folder: Path) -> Any:
    return scale.tables(folder, ibis.duckdb.connect())


def polars_tables(folder: Path) -> Any:
    return scale.tables(folder, "polars")


def views(folder: Path) -> Any:
    """A connection that has views of the names of the tables."""
    connection = duckdb.connect()
    for name, table in scale.tables(folder, connection).items():
        table.create_view(name)
    return connection


ENGINES: tuple[Callable[[Path], Any], ...] = (
    Path,
    duckdb_tables,
    polars_tables,
    ibis_tables,
    views,
)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("engine", ENGINES[:3], ids=lambda each: each.__name__)
def test_what_is_sown_is_found_as_in_memory(
    engine: Callable[[Path], Any], seed: int, tmp_path: Path
) -> None:
    """Every engine finds the same records, fields, messages and near misses, of every kind of fault."""
    corpus = sown(base(), seed, 1 + seed)

    found = on_tables(engine(folder_of(corpus, tmp_path / "tables")))

    assert found == in_memory(corpus)


# Ibis 12 asks DuckDB 2 by an old name.
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
@pytest.mark.parametrize("engine", ENGINES[3:], ids=lambda each: each.__name__)
def test_other_sources_find_the_same(engine: Callable[[Path], Any], tmp_path: Path) -> None:
    """An Ibis connection, and a database with views, are sources too."""
    corpus = sown(base(), 17, 3)

    found = on_tables(engine(folder_of(corpus, tmp_path / "tables")))

    assert found == in_memory(corpus)


def test_the_sown_faults_are_of_every_rule(tmp_path: Path) -> None:
    """The property above would hold of a sound corpus too: this one is not."""
    found = {each[0] for seed in range(8) for each in in_memory(sown(base(), seed, 1 + seed))}

    assert found >= {"I101", "R201", "R202", "R203", "R204", "R206", "R207", "C803", "C804", "C805"}


def each_case() -> Iterator[Any]:
    for each in RELATIONAL:
        for kind in ("sound", "broken"):
            for number, case in enumerate(cases(each.code).get(kind, ())):
                name = f"{each.code}-{kind}-{number}"
                yield pytest.param(each, case.get("corpus", case), id=name)


@pytest.mark.parametrize(("rule", "data"), [*each_case()])
def test_the_cases_of_the_rules_hold_on_tables(rule: Rule, data: dict[str, Any]) -> None:
    """What is sound is sound, and what is broken is found, in the cases of each rule."""
    corpus = load(data)

    report = scale.check(relational.tables(corpus), rules=[rule], profile="publish")

    assert facts(report) == facts(check(corpus, rules=[rule], profile="publish"))


def test_parts_of_tables_are_read(tmp_path: Path) -> None:
    """A table may be a folder of files, also one whose folders are named after what is in them."""
    folder = folder_of(base(), tmp_path / "tables")
    references = parquet.read_table(folder / "references.parquet")
    (folder / "references.parquet").unlink()
    for top in set(references["top"].to_pylist()):
        part = folder / "references.parquet" / f"top={top}"
        part.mkdir(parents=True)
        rows = references.filter(compute.equal(references["top"], top))
        parquet.write_table(rows.drop_columns("top"), part / "part-0.parquet")

    expected = in_memory(base())

    assert on_tables(folder) == expected
    assert on_tables(polars_tables(folder)) == expected


def test_the_report_is_that_of_a_check() -> None:
    """Rules, records, waivers and profiles are those of `check`."""
    corpus = Corpus.of(
        wsis.Document.model_validate({"id": "99-1", "title": "Maps", "body": "nobody"})
    )
    waivers = [Waiver("R201", "99-1", "It follows."), Waiver("R202", "99-1", "Nothing is there.")]

    report = scale.check(relational.tables(corpus), waivers=waivers)

    expected = check(
        corpus, rules=[each for each in RELATIONAL if "draft" in each.profiles], waivers=waivers
    )
    assert report == expected
    with pytest.raises(ValueError, match="profile"):
        scale.check(relational.tables(corpus), profile="final")


def without_table(folder: Path) -> None:
    (folder / "identifiers.parquet").unlink()


def without_column(folder: Path) -> None:
    change(folder, lambda table: table.drop_columns("target"))


def of_another_type(folder: Path) -> None:
    numbers = pa.array(range(parquet.read_metadata(folder / "references.parquet").num_rows))
    change(
        folder,
        lambda table: table.set_column(table.schema.get_field_index("target"), "target", numbers),
    )


def of_another_version(folder: Path) -> None:
    change(folder, lambda table: table.replace_schema_metadata({"wsis_model": "7"}))


def of_another_table(folder: Path) -> None:
    shutil.copy(folder / "identifiers.parquet", folder / "references.parquet")


def cut(folder: Path) -> None:
    place = folder / "references.parquet"
    place.write_bytes(place.read_bytes()[:-100])


def damaged(folder: Path) -> None:
    place = folder / "references.parquet"
    data = bytearray(place.read_bytes())
    data[100 : len(data) // 2] = b"\xff" * (len(data) // 2 - 100)
    place.write_bytes(data)


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


def change(folder: Path, how: Callable[[Any], Any]) -> None:
    place = folder / "references.parquet"
    parquet.write_table(how(parquet.read_table(place)), place)


BAD: dict[Callable[[Path], None], str] = {
    without_table: "missing-table",
    without_column: "missing-field",
    of_another_type: "wrong-shape",
    of_another_version: "wrong-value",
    of_another_table: "unknown-kind",
    cut: "parquet",
    damaged: "parquet",
    gone: "unreadable",
}


@pytest.mark.parametrize("spoil", [*BAD], ids=lambda each: each.__name__)
def test_a_bad_folder_is_one_clear_error(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    """A table or column that is missing, of another type or version, or broken, is said at once."""
    folder = folder_of(base(), tmp_path / "tables")
    spoil(folder)

    with pytest.raises(wsis.LoadError) as error:
        scale.check(folder)

    assert {each.code for each in error.value.problems} == {BAD[spoil]}


def test_frames_are_looked_at_too() -> None:
    """Of frames in a program, the table and column that are wrong are named."""
    tables = dict(relational.tables(base()))
    del tables["concepts"]
    tables["references"] = tables["references"].drop_columns("n")

    with pytest.raises(wsis.LoadError) as error:
        scale.check(tables)

    places = [(each.code, each.position.file, each.path) for each in error.value.problems]
    assert sorted(places) == [
        ("missing-field", "references", ("n",)),
        ("missing-table", "concepts", ()),
    ]


def test_what_is_no_source_is_refused(tmp_path: Path) -> None:
    """Neither a number nor an engine that nobody knows is taken."""
    with pytest.raises(TypeError, match="int"):
        scale.check(7)
    with pytest.raises(TypeError, match="dask"):
        scale.tables(folder_of(Corpus(), tmp_path / "tables"), "dask")


def test_every_rule_on_tables_is_one_of_the_rules() -> None:
    """Codes lead to rules, and each says which tables it reads."""
    columns: Any = import_module("wsis_model.scale._columns")

    assert set(scale.RELATIONAL) <= {each.code for each in RULES}
    assert set(columns.TABLES) == set(scale.RELATIONAL)
    assert {name for names in columns.TABLES.values() for name in names} <= set(columns.COLUMNS)


@pytest.mark.parametrize("seed", range(4))
def test_unanswered_mandates_are_those_of_coverage(seed: int) -> None:
    """The mandates that no road map answers, not even in part."""
    corpus = sown(base(), seed, 2)
    rows = coverage(corpus, document=None).mandates
    expected = sorted(row.record for row in rows if row.answer is Answer.NOT)

    assert expected == list(scale.unanswered(relational.tables(corpus)))
    assert 0 < len(expected) < len(rows)
