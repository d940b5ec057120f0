"""Compile the catalogue: the YAML under `src/wsis_model/data` into the one file that the package
loads.

    python tools/compile_catalogue.py [--check]

With `--check` nothing is written; the exit status is 1 where the compiled file is not what the YAML
says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wsis_model import Corpus, dumps, load

DATA = Path(__file__).resolve().parents[1] / "src" / "wsis_model" / "data"
COMPILED = DATA / "catalogue.json"


def written() -> Corpus:
    """The corpus as people wrote it."""
    return Corpus.union(load(path) for path in sorted(DATA.iterdir()) if path.is_dir())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the compiled file is up to date"
    )
    options = parser.parse_args()
    data = dumps(written(), "json")
    if COMPILED.exists() and COMPILED.read_bytes() == data:
        return 0
    if options.check:
        print(f"{COMPILED.name} is stale; run python tools/compile_catalogue.py", file=sys.stderr)
        return 1
    COMPILED.write_bytes(data)
    print(f"{COMPILED.name}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
