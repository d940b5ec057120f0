"""More than fits in memory: provisions as a stream, as Parquet and under the rules; references on
tables, with faults sown among them. Each measure runs in a process of its own.

    python benchmarks/scale.py references [1_000_000 10_000_000]
    python benchmarks/scale.py provisions [100_000 1_000_000]

Times are process CPU seconds, and seconds of the clock; memory is the largest resident set. Needs
the dependency group `bench`, and `test` for DuckDB.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import models_msgspec
import msgspec
import synthetic

import wsis_model as wsis
from wsis_model import relational, scale

pa: Any = import_module("pyarrow")
compute: Any = import_module("pyarrow.compute")
parquet: Any = import_module("pyarrow.parquet")

CODES = ("I101", "R201", "R202", "R204", "R207")
PER_PROVISION = 10
"""References of a provision."""
PER_DOCUMENT = 200
"""Provisions of a document."""
GROUP = 100_000
ONCE = 100_000
"""The provisions that are made anew; more are copies of these."""
OF_DOCUMENTS = (b'{"record":"document"', b'{"record":"provision"')
NUMBER = re.compile(rb'"([123])-')
"""The number of the series that a document of the synthetic corpus is in."""


def _column(parts: list[Any]) -> Any:
    return compute.binary_join_element_wise(
        *(compute.cast(each, pa.string()) for each in parts), ""
    )


def _write(folder: Path, name: str, columns: dict[str, Any]) -> None:
    table = pa.table(columns).cast(relational.schemas()[name])
    parquet.write_table(table, folder / f"{name}.parquet", compression="zstd", row_group_size=GROUP)


def sow(folder: Path, references: int) -> None:
    """Write tables with so many references, and some faults of each rule."""
    relational.to_parquet(wsis.Corpus(), folder)
    provisions = references // PER_PROVISION
    numbers = pa.array(range(provisions))
    document = _column([pa.scalar("99-"), compute.divide(numbers, PER_DOCUMENT)])
    within = compute.subtract(
        numbers, compute.multiply(compute.divide(numbers, PER_DOCUMENT), PER_DOCUMENT)
    )
    provision = _column([document, pa.scalar("/"), compute.add(within, 1)])
    documents = compute.unique(document)
    concepts = _column([pa.scalar("themes/"), pa.array(range(500))])
    entities = _column([pa.scalar("body-"), pa.array(range(2000))])

    def every(count: int, value: Any, of: Any) -> Any:
        """A column with another value in every so many rows."""
        row = pa.array(range(len(of)))
        rest = compute.subtract(row, compute.multiply(compute.divide(row, count), count))
        return compute.if_else(compute.equal(rest, count - 1), value, of)

    step = provisions // 20
    ids = pa.concat_arrays(
        [
            each.combine_chunks() if isinstance(each, pa.ChunkedArray) else each
            for each in (documents, concepts, entities, every(step, "99-0/1", provision))
        ]
    )
    counts = (len(documents), 500, 2000, provisions)
    tops = len(ids) - provisions
    holder = pa.concat_arrays([pa.nulls(tops, pa.string()), document])
    _write(
        folder,
        "identifiers",
        {
            "n": range(len(ids)),
            "id": ids,
            "kind": [
                kind
                for kind, count in zip(
                    ("document", "concept", "entity", "provision"), counts, strict=True
                )
                for _ in range(count)
            ],
            "belongs_to": holder,
            "holder": pa.concat_arrays(
                [pa.nulls(tops, pa.int64()), compute.divide(numbers, PER_DOCUMENT)]
            ),
            "field": pa.concat_arrays(
                [
                    pa.nulls(tops, pa.string()),
                    _column([pa.scalar("provisions["), within, pa.scalar("]")]),
                ]
            ),
            "depth": pa.concat_arrays(
                [pa.array([0] * tops, pa.int8()), pa.array([1] * provisions, pa.int8())]
            ),
            "top": compute.coalesce(holder, ids),
        },
    )
    last = compute.equal(within, PER_DOCUMENT - 1)
    _write(folder, "documents", _empty("documents", documents))
    _write(folder, "provisions", {
        **_empty("provisions", provision.filter(last)),
        "belongs_to": document.filter(last),
        "position": within.filter(last),
        "number": ["200"] * compute.sum(last).as_py(),
    })  # fmt: skip

    n = pa.array(range(provisions * PER_PROVISION))
    of = compute.divide(n, PER_PROVISION)
    place = compute.subtract(n, compute.multiply(of, PER_PROVISION))
    source = provision.take(of)
    pick = compute.subtract(n, compute.multiply(compute.divide(n, 500), 500))
    aligned = compute.less(place, 6)
    target = compute.if_else(
        aligned, concepts.take(pick), provision.take(compute.subtract(provisions - 1, of))
    )
    tenth = len(n) // 30
    target = every(tenth, "themes/nowhere", target)
    target = every(tenth + 1, "99-0/900", target)
    target = every(tenth + 2, "body-7", target)
    target = every(tenth + 3, source, target)
    _write(folder, "references", {
        "n": n,
        "source": source,
        "field": compute.if_else(aligned, _column([pa.scalar("alignments["), place, pa.scalar("].concept")]), _column([pa.scalar("citations["), place, pa.scalar("].target")])),
        "target": target,
        "kinds": compute.if_else(aligned, "concept|provision", ""),
        "top": document.take(of),
    })  # fmt: skip


def _empty(name: str, ids: Any) -> dict[str, Any]:
    """Columns of a table with nothing but identifiers."""
    made = {each.name: pa.nulls(len(ids), each.type) for each in relational.schemas()[name]}
    return {**made, "id": ids, "position": pa.array(range(len(ids)))}


def written(path: Path, provisions: int) -> None:
    """NDJSON of so many provisions: a synthetic corpus again and again, under other numbers of
    documents.
    """
    once = min(provisions, ONCE)
    wsis.save(wsis.loads(synthetic.json_of(synthetic.corpus(once)), "json"), path)
    lines = path.read_bytes().splitlines(keepends=True)
    own = [each for each in lines if each.startswith(OF_DOCUMENTS)]
    with path.open("ab") as file:
        for copy in range(1, provisions // once):
            renamed = rb'"%d\1-' % copy
            file.writelines(NUMBER.sub(renamed, each) for each in own)


def read_by_msgspec(path: Path) -> str:
    """The yardstick of the stream: each provision by msgspec, with the same patterns."""
    decode = msgspec.json.Decoder(models_msgspec.Provision).decode
    head = b'{"record":"provision",'
    count = 0
    with path.open("rb") as file:
        for line in file:
            if line.startswith(head):
                decode(b"{" + line[len(head) :])
                count += 1
    return f"{count:,} provisions"


def read_by_us(path: Path) -> str:
    """The stream."""
    return f"{sum(1 for _ in wsis.stream(path)):,} records"


def flattened(path: Path) -> str:
    """The stream as a folder of Parquet."""
    folder = path.with_suffix(".tables")
    relational.to_parquet(wsis.stream(path), folder)
    return f"{sum(each.stat().st_size for each in folder.iterdir()) >> 20:,} MiB"


def on_tables(path: Path) -> str:
    """The rules on the tables of that folder, by DuckDB."""
    report = scale.check(path.with_suffix(".tables"), profile="publish")
    return f"{len(report.findings):,} findings in {report.records:,} records"


def references_on_tables(folder: Path) -> str:
    """Five rules over references, by DuckDB."""
    rules = [each for each in wsis.RULES if each.code in CODES]
    found = scale.check(folder, rules=rules).by_code()
    return ", ".join(f"{code} {len(each)}" for code, each in found.items())


MEASURES: dict[str, Callable[[Path], str]] = {
    each.__name__: each
    for each in (read_by_msgspec, read_by_us, flattened, on_tables, references_on_tables)
}


def measured(name: str, path: Path) -> str:
    """What a measure takes, in this process."""
    start, before = time.perf_counter(), time.process_time()
    said = MEASURES[name](path)
    wall, cpu = time.perf_counter() - start, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return f"| {name.replace('_', ' ')} | {cpu:.1f} s | {wall:.1f} s | {peak} MiB | {said} |"


def alone(*arguments: str) -> str:
    """What this program prints, run in a process of its own."""
    run = [sys.executable, __file__, *arguments]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()


def main(what: str, counts: Sequence[str]) -> None:
    """Print a table for each size."""
    for each in counts:
        print(f"\n| {int(each):,} {what} | CPU | clock | memory | |\n|---|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            if what == "references":
                alone("--sow", folder, each)
                names = ["references_on_tables"]
            else:
                path /= "provisions.ndjson"
                alone("--write", str(path), each)
                names = ["read_by_msgspec", "read_by_us", "flattened", "on_tables"]
            for name in names:
                print(alone("--measure", name, str(path)), flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--sow", folder, count]:
            sow(Path(folder), int(count))
        case ["--write", path, count]:
            written(Path(path), int(count))
        case ["--measure", name, path]:
            print(measured(name, Path(path)))
        case ["references", *counts]:
            main("references", counts or ("1_000_000", "10_000_000"))
        case ["provisions", *counts]:
            main("provisions", counts or ("100_000", "1_000_000"))
        case _:
            print(__doc__)
