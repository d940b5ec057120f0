"""The benchmarks: one table of ratios, measured in one run.

    python benchmarks/run.py [--size 10000 --size 100000] [--rounds 5] [--only load]

Each round runs every measure once, one after the other, each in a fresh process. A ratio is the
median of the ratios of the rounds, so that a machine that is busy for a while slows both sides of
it. Times are process CPU seconds. Needs the dependency group `bench`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import attrs
import yaml
from measures import MEASURES, SMALL_FILES
from synthetic import corpus, json_of, road_maps

HERE = Path(__file__).parent
YAML_PROVISIONS = 1_500
FILES = 10_000
FEW, MANY = 400, 4_000
IMPORTS = {
    "bare": "pass",
    "package": "import wsis_model",
    "records": "import wsis_model.model",
    "pydantic": "from pydantic import BaseModel",
}
REPORT = ["report", str(HERE.parent / "examples/data/c2-roadmap.yaml"), "--as-of", "2026-11-24"]
PROCESSES = IMPORTS | {
    "report": f"from wsis_model.cli import main; main({REPORT})",
    "plain report": f"from wsis_model.cli import main; main({[*REPORT, '--no-pictures']})",
    "drawing": 'import vl_convert; vl_convert.vegalite_to_svg(\'{"mark": "point"}\')',
}

Times = dict[str, float]
"""One round: name of a measure (and size) to what it gave."""


@attrs.frozen
class Row:
    """A line of the table: what is compared, and what should come out."""

    what: str
    ours: Callable[[Times], float]
    theirs: Callable[[Times], float] | None
    ratio: Callable[[Times], float]
    at_least: float | None = None
    at_most: float | None = None
    unit: str = "s"
    needs: tuple[str, ...] = ()


def _speed(what: str, ours: str, theirs: str, at_least: float) -> Row:
    """How many times as fast as the yardstick we are."""
    return Row(
        what,
        lambda t: t[ours],
        lambda t: t[theirs],
        lambda t: t[theirs] / t[ours],
        at_least=at_least,
        needs=(ours, theirs),
    )


def _figure(what: str, ours: str, at_most: float, unit: str = "s") -> Row:
    """A figure with a bound and no yardstick."""
    return Row(
        what, lambda t: t[ours], None, lambda t: t[ours], at_most=at_most, unit=unit, needs=(ours,)
    )


def _linear(what: str, name: str, small: int, large: int) -> Row:
    """Time a provision in a large corpus over time a provision in a small one: about 1 where the
    work is linear.
    """
    ours, theirs = f"{name}@{large}", f"{name}@{small}"
    return Row(
        what,
        lambda t: t[ours],
        lambda t: t[theirs],
        lambda t: t[ours] / t[theirs] * small / large,
        at_most=2,
        needs=(ours, theirs),
    )


def _imports() -> list[Row]:
    def net(name: str) -> Callable[[Times], float]:
        return lambda t: 1000 * (t[f"process {name}"] - t["process bare"])

    needs = tuple(f"process {name}" for name in IMPORTS)
    return [
        Row(
            "`import wsis_model`, net of bare Python",
            net("package"),
            None,
            net("package"),
            at_most=20,
            unit="ms",
            needs=needs,
        ),
        Row(
            "importing the records against `from pydantic import BaseModel`",
            net("records"),
            net("pydantic"),
            lambda t: net("records")(t) / net("pydantic")(t),
            at_most=1.75,
            unit="ms",
            needs=needs,
        ),
    ]


def _report() -> Row:
    """A page with four pictures, whole process, without the start of what draws them."""
    whole, plain, drawing, bare = needs = (
        "process report", "process plain report", "process drawing", "process bare"
    )  # fmt: skip

    def ours(times: Times) -> float:
        return times[whole] - times[drawing] + times[bare]

    return Row(
        "`report` with four pictures, less the start of vl-convert, against `--no-pictures`",
        ours,
        lambda t: t[plain],
        lambda t: ours(t) / t[plain],
        at_most=2,
        needs=needs,
    )


def _million(size: int) -> Row:
    time, count = f"broken_references@{size}", f"references@{size}"
    spent: Callable[[Times], float] = lambda t: t[time] / t[count] * 1e6  # noqa: E731 - one of a row's three functions
    return Row(
        f"resolving 1M references, index included, at {size:,}",
        spent,
        None,
        spent,
        at_most=0.5,
        needs=(time, count),
    )


def rows(sizes: list[int]) -> list[Row]:
    """The table, line by line."""
    made = [
        *_imports(),
        _figure("first `catalogue()`, with the import of the records", "catalogue_first", 0.25),
        _figure("second `catalogue()`", "catalogue_second", 0.001),
        _report(),
    ]
    for size in sizes:
        theirs = f"load_json_msgspec_paused@{size}"
        made += [
            _speed(
                f"`loads` JSON at {size:,} against msgspec, both paused",
                f"load_json_paused@{size}",
                theirs,
                0.45,
            ),
            _speed(
                f"`formats.read` JSON at {size:,} against msgspec, both paused",
                f"read_json_paused@{size}",
                theirs,
                0.45,
            ),
            _speed(
                f"`loads` JSON at {size:,} against naive pydantic",
                f"load_json@{size}",
                f"load_json_naive@{size}",
                3 if size < 100_000 else 4,
            ),
            _speed(
                f"`dumps` JSON at {size:,} against msgspec",
                f"dump_json@{size}",
                f"dump_json_msgspec@{size}",
                0.35,
            ),
            _figure(f"memory a provision at {size:,}", f"memory@{size}", 9.7, "KB"),
            _million(size),
        ]
    small, large = min(sizes), max(sizes)
    if small < large:
        made += [
            _linear(
                "`broken_references`, time a provision, large over small",
                "broken_references",
                small,
                large,
            ),
            _linear("`check`, time a provision, large over small", "check", small, large),
        ]
    made.append(
        _speed(
            f"YAML at {YAML_PROVISIONS:,}, validated, with positions, against CSafeLoader's parse",
            "load_yaml",
            "load_yaml_stock",
            4,
        )
    )
    made.append(
        _speed(
            f"a folder of {FILES:,} small YAML files with names for identifiers, validated, "
            "against CSafeLoader's parse of each",
            "load_folder",
            "load_folder_stock",
            round(1 / 1.2, 2),
        )
    )
    made.append(
        _linear(f"`Corpus.union`, time a corpus, {MANY:,} over {FEW:,} of them", "union", FEW, MANY)
    )
    return made


def _child(arguments: list[str], folder: Path) -> tuple[str, float]:
    """What a fresh Python printed, and its CPU seconds from start to end."""
    # Compiled modules are kept, whatever the caller's setting: compiling is no part of importing.
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, *arguments], stdout=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(process.returncode)
        out.seek(0)
        return out.read().decode(), usage.ru_utime + usage.ru_stime


def _one(name: str, folder: Path) -> float:
    kind, _, rest = name.partition(" ")
    if kind == "process":
        return statistics.median(_child(["-c", PROCESSES[rest]], folder)[1] for _ in range(5))
    function, _, size = name.partition("@")
    assert function in MEASURES
    return float(
        _child(
            [
                str(HERE / "measures.py"),
                function,
                str(folder / f"corpus-{size or YAML_PROVISIONS}.json"),
            ],
            folder,
        )[0]
    )


def _corpora(folder: Path, sizes: list[int]) -> None:
    for size in sizes:
        (folder / f"corpus-{size}.json").write_bytes(json_of(corpus(size)))
    plain = corpus(YAML_PROVISIONS)
    text = yaml.dump(  # pyright: ignore[reportUnknownMemberType]  # newer stubs than the checker knows
        plain,
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        encoding="utf-8",
        width=110,
    )
    (folder / f"corpus-{YAML_PROVISIONS}.yaml").write_bytes(text)
    (folder / SMALL_FILES).mkdir()
    for name, text_of_file in road_maps(FILES):
        (folder / SMALL_FILES / name).write_text(text_of_file, encoding="utf-8")


def _cells(row: Row, rounds: list[Times]) -> tuple[str, ...]:
    def middle(of: Callable[[Times], float]) -> float:
        return statistics.median(map(of, rounds))

    ratio = middle(row.ratio)
    met = (row.at_least is None or ratio >= row.at_least) and (
        row.at_most is None or ratio <= row.at_most
    )
    theirs = f"{middle(row.theirs):,.3f} {row.unit}" if row.theirs else ""
    shown = f"{ratio:.2f}x" if row.theirs else ""
    bound = f">= {row.at_least:g}" if row.at_least is not None else f"<= {row.at_most:g}"
    return (
        row.what,
        f"{middle(row.ours):,.3f} {row.unit}",
        theirs,
        shown,
        bound,
        "yes" if met else "no",
    )


def _table(lines: list[tuple[str, ...]]) -> str:
    head = ("what", "ours", "yardstick", "ratio", "target", "met")
    return "\n".join(
        "| " + " | ".join(line) + " |" for line in (head, ("---",) * len(head), *lines)
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--size",
        type=int,
        action="append",
        help="provisions of the corpus; may be given again (10000 and 100000)",
    )
    parser.add_argument(
        "--rounds", type=int, default=5, help="how often everything is measured (5)"
    )
    parser.add_argument("--only", default="", help="only the lines that contain this text")
    options = parser.parse_args()
    sizes: list[int] = sorted(set(options.size or (10_000, 100_000)))
    chosen = [row for row in rows(sizes) if options.only in row.what]
    names = list(dict.fromkeys(name for row in chosen for name in row.needs))
    rounds: list[Times] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _corpora(folder, sizes)
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            rounds.append({each: _one(each, folder) for each in names})
    print(_table([_cells(row, rounds) for row in chosen]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
