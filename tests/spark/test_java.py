"""Spark starts on a machine that has nothing but Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from .java import environment, of_the_machine, starts


def test_spark_starts_with_the_java_that_pip_brings(java_of_the_package: Path) -> None:
    """Also where this machine has a Java: the one that CI on another machine will need works."""
    done = subprocess.run(
        [Path(sys.executable).with_name("spark-submit"), "--version"],
        env={**os.environ, **environment(java_of_the_package)},
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr
    assert "version 4" in done.stderr


def test_a_machine_without_java_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Java, and one that is too old to know what Spark asks of it, are no Java for Spark."""
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'Unrecognized option: '$1 >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")

    assert of_the_machine() is None
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert of_the_machine() is None
    assert not starts(tmp_path / "nothing" / "java")


def test_the_session_counts(spark: SparkSession) -> None:
    """The session is a real one: it has work done, and its workers find their Python."""
    doubled = spark.sparkContext.parallelize(range(4), 2).map(lambda number: 2 * number)

    assert [0, 2, 4, 6] == doubled.collect()
