"""Write the pages that the code knows best: `docs/problems.md` (problems of loading) and `docs/tables.md` (columns of CSV).

    python tools/write_tables_page.py [--check]

With `--check` nothing is written; the exit status is 1 where a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wsis_model.formats import CODES
from wsis_model.formats.csv import OF, TABLES, columns_of
from wsis_model.model import File
from wsis_model.model._record import field_docs
from wsis_model.model._shape import Field, shape_of

DOCS = Path(__file__).resolve().parents[1] / "docs"


def problems() -> str:
    lines = [
        "# Problems of loading",
        "",
        "A [`LoadError`][wsis_model.LoadError] holds every problem of a file. The codes are stable; the wording is not.",
        "",
    ]
    lines += ["| code | what it means |", "|---|---|", *(f"| `{code}` | {text} |" for code, text in CODES.items())]
    return "\n".join(lines) + "\n"


def _holds(field: Field) -> str:
    return {
        "value": "",
        "values": "several, separated by `;`",
        "translations": "text; other languages in columns such as `:fr`",
        "record": "`{}` for a record that says nothing",
        "extensions": "JSON",
    }.get(field.what, "")


def tables() -> str:
    lines = [
        "# Tables and columns",
        "",
        "As CSV a corpus is a folder with a table per kind of record. A table or column that would be empty is left out when writing and",
        f"may be left out by you. `{OF}` names the record that a row belongs to; rows stand in their order there.",
        "",
    ]
    top = {field.key for field in shape_of(File)}
    for table, record in TABLES.items():
        lines += [f"## {table}.csv", "", (record.__doc__ or "").partition("\n")[0], "", "| column | says | holds |", "|---|---|---|"]
        if table not in top:
            lines.append(f"| `{OF}` | The record that the row belongs to. | identifier, or `owner#list/index` for owners that have none |")
        docs = field_docs(record)
        for column, field in columns_of(record):
            said = docs.get(field.name, "") if "." not in column else ""
            lines.append(f"| `{column}` | {' '.join(said.split()).replace('|', chr(92) + '|')} | {_holds(field)} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the pages are up to date")
    options = parser.parse_args()
    stale: list[str] = []
    for name, text in {"problems.md": problems(), "tables.md": tables()}.items():
        page = DOCS / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not options.check:
                page.write_text(text, encoding="utf-8")
    if stale and options.check:
        print(f"stale: {', '.join(stale)}; run python tools/write_tables_page.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
