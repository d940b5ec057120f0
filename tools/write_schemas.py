"""Write the JSON Schemas of all records to `docs/schema`, from where they are published.

    python tools/write_schemas.py [--check]

With `--check` nothing is written; the exit status is 1 where a schema is missing, stale, or of no
record any more.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from wsis_model.schema import schemas

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"


def wanted() -> dict[Path, bytes]:
    """What should be there: path to content."""
    return {
        FOLDER / f"{name}.json": (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas().items()
    }


def stale(files: dict[Path, bytes]) -> list[Path]:
    """The files that are missing, differ, or should not be there."""
    return sorted(
        {path for path, data in files.items() if not path.exists() or path.read_bytes() != data}
        | (set(FOLDER.glob("*.json")) - set(files))
    )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the schemas are up to date"
    )
    options = parser.parse_args(argv)
    files = wanted()
    outdated = stale(files)
    if options.check:
        for path in outdated:
            print(f"{path.name} is stale; run python tools/write_schemas.py", file=sys.stderr)
        return 1 if outdated else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in outdated:
        if path in files:
            path.write_bytes(files[path])
        else:
            path.unlink()
        print(path.name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
