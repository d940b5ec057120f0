"""What Spark writes is read as records."""

from __future__ import annotations

from pathlib import Path

from pyspark.sql import SparkSession

import wsis_model as wsis
from wsis_model import relational

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "data"


def test_tables_that_spark_wrote_are_the_same_records(spark: SparkSession, tmp_path: Path) -> None:
    """In parts and out of order, with all kinds of values: structs in lists, maps, amounts, days."""
    corpus = wsis.catalogue() | wsis.load(EXAMPLES / "c2-roadmap.yaml")
    relational.to_parquet(corpus, tmp_path / "ours")
    for name in relational.schemas():
        frame = spark.read.parquet(str(tmp_path / "ours" / f"{name}.parquet"))
        frame.repartition(3).write.parquet(str(tmp_path / "theirs" / f"{name}.parquet"))

    assert wsis.dumps(relational.from_parquet(tmp_path / "theirs")) == wsis.dumps(corpus)
    frames = {
        name: spark.read.parquet(str(tmp_path / "ours" / f"{name}.parquet"))
        for name in relational.schemas()
    }
    assert relational.from_tables(frames) == corpus
