"""The rules over references on Spark: a folder of Parquet goes in, a report comes out.

On one machine, with two workers that are processes of their own. It needs Java 17 or 21, and
`pip install "wsis_model[spark]"`:

    spark-submit --master "local-cluster[2,1,1024]" examples/on_spark.py

On a cluster, with tables that all its machines can read (written by `relational.to_parquet`):

    spark-submit --master yarn examples/on_spark.py s3a://bucket/tables

Only the machine of the driver needs `wsis_model`: the rules become Spark's own joins and counts, so
no Python runs on the workers. Paths are Spark's: `hdfs://`, `s3a://`, `abfss://`, a folder.
Without an argument the tables are those of the shipped catalogue and of the road maps in
`examples/data`, in a folder that is deleted afterwards.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession

import wsis_model as wsis
from wsis_model import relational, scale

DATA = Path(__file__).parent / "data"
ROADMAPS = ("c2-roadmap.yaml", "joint-roadmap.yaml", "rir-commitments.yaml", "unsound.yaml")


def check(folder: str) -> None:
    """Look at the tables of *folder* under the rules that run on tables, and print what is found."""
    # The master, the memory and the number of workers are given when the job is submitted.
    spark = SparkSession.builder.appName("wsis_model").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        tables = scale.tables(folder, spark)
        print(scale.check(tables))
    finally:
        spark.stop()


def main() -> None:
    if sys.argv[1:]:
        check(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus = wsis.catalogue()
        for name in ROADMAPS:
            corpus |= wsis.load(DATA / name)
        relational.to_parquet(corpus, folder)
        check(folder)


if __name__ == "__main__":
    main()
