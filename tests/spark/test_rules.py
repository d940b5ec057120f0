"""Spark finds what `check` finds, on a corpus with faults of every kind that tables show."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from sown import sown

import wsis_model as wsis
from wsis_model import Corpus, Report, relational, scale

ROOT = Path(__file__).resolve().parents[2]
ROADMAPS = ("c2-roadmap.yaml", "joint-roadmap.yaml", "rir-commitments.yaml")
SEED = 2
"""One by which every rule on tables finds something."""
PARTS = 3
"""In how many parts a table lies."""

#: The rules that are looked for in tables.
RELATIONAL = tuple(each for each in wsis.RULES if each.code in scale.RELATIONAL)


@pytest.fixture(scope="session")
def faulty() -> Corpus:
    """The shipped catalogue and three road maps, with some faults of each kind."""
    corpus = wsis.catalogue()
    for name in ROADMAPS:
        corpus |= wsis.load(ROOT / "examples" / "data" / name)
    return sown(corpus, seed=SEED, faults=4)


@pytest.fixture(scope="session")
def folder(faulty: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a folder of Parquet."""
    folder = tmp_path_factory.mktemp("tables")
    relational.to_parquet(faulty, folder)
    return folder


@pytest.fixture(scope="session")
def expected(faulty: Corpus) -> Report:
    """What there is to find."""
    return wsis.check(faulty, rules=RELATIONAL, profile="publish")


def facts(report: Report) -> list[tuple[str, str, str, str, str]]:
    """What two reports must agree on."""
    return [
        (each.code, each.record, each.field, each.message, each.hint) for each in report.findings
    ]


def test_a_folder_of_parquet_is_checked_as_the_corpus_is(
    spark: SparkSession, folder: Path, expected: Report
) -> None:
    """The tables that Spark reads from a folder give the findings of `check`, in their order, and
    every rule on tables finds something.
    """
    report = scale.check(scale.tables(folder, spark), profile="publish")

    assert facts(expected) == facts(report)
    assert {each.code for each in RELATIONAL} == {each.code for each in report.findings}


def test_a_session_is_checked_by_the_names_of_its_tables(
    spark: SparkSession, folder: Path, expected: Report
) -> None:
    """A session is enough where tables or views have the names of ours; here their rows lie in
    parts, out of order.
    """
    for name in relational.schemas():
        frame = spark.read.parquet(str(folder / f"{name}.parquet"))
        frame.repartition(PARTS).createOrReplaceTempView(name)

    report = scale.check(spark, profile="publish")

    assert facts(expected) == facts(report)
