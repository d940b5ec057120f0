"""References on tables at scale: rows with faults sown among them, checked in a process of its own.

python benchmarks/scale.py 1_000_000 10_000_000
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

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


def measure(folder: Path) -> dict[str, Any]:
    """Check the tables, and say what it took."""
    rules = [each for each in wsis.RULES if each.code in CODES]
    start = time.perf_counter()
    report = scale.check(folder, rules=rules)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "wall": round(wall, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "peak_mib": used.ru_maxrss // 1024,
        "found": {code: len(found) for code, found in report.by_code().items()},
    }


def checked(references: int) -> dict[str, Any]:
    """What a check of so many references takes, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, "--sow", folder, str(references)], check=True)
        run = [sys.executable, __file__, "--measure", folder]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
        size = sum(each.stat().st_size for each in Path(folder).glob("*.parquet"))
    return {"references": references, "mib": size >> 20, **json.loads(done.stdout)}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--sow", folder, count]:
            sow(Path(folder), int(count))
        case ["--measure", folder]:
            print(json.dumps(measure(Path(folder))))
        case counts:
            for each in counts or ("1_000_000", "10_000_000"):
                print(checked(int(each)), flush=True)
