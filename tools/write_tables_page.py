"""Write the pages that the code knows best: `docs/problems.md` (problems of loading) and
`docs/tables.md` (columns of CSV).

    python tools/write_tables_page.py [--check]

With `--check` nothing is written; the exit status is 1 where a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wsis_model.formats import CODES
from wsis_model.formats.tables.columns import (
    ALIGNED,
    OF,
    TABLES,
    columns_of,
    doc_of,
    is_aligned,
    label_of,
)
from wsis_model.model import File
from wsis_model.model.fields import Field, shape_of

DOCS = Path(__file__).resolve().parents[1] / "docs"


def problems() -> str:
    lines = [
        "# Problems of loading",
        "",
        (
            "A [`LoadError`][wsis_model.LoadError] holds every problem of a file, an"
            " [`EditError`][wsis_model.EditError] the one that"
        ),
        (
            "stands in the way of a change, a [`WriteError`][wsis_model.WriteError] all that a"
            " format of others demands. The codes are stable; the wording is not."
        ),
        "",
    ]
    lines += [
        "| code | what it means |",
        "|---|---|",
        *(f"| `{code}` | {text} |" for code, text in CODES.items()),
    ]
    return "\n".join(lines) + "\n"


def _holds(field: Field) -> str:
    return {
        "value": "",
        "values": "several, separated by `;`",
        "translations": "text; other languages in columns such as `:fr`",
        "record": "`{}` for a record that says nothing",
        "extensions": "JSON",
    }.get(field.what, "")


def _row(column: str, said: str, holds: str) -> str:
    return f"| `{column}` | {label_of(column)} | {said.replace('|', chr(92) + '|')} | {holds} |"


def tables() -> str:
    lines = [
        "# Tables and columns",
        "",
        (
            "As CSV a corpus is a folder with a table per kind of record; in a workbook each table"
            " is a sheet. A table or column that would be"
        ),
        (
            "empty is left out when writing and may be left out by you. A heading may be the name"
            " of the column or what people call it, in any"
        ),
        (
            f"case. `{OF}` names the record that a row belongs to, and may stay blank where only"
            " one could own it; rows stand in their order there."
        ),
        "",
        (
            "Within a road map identifiers may be short (`a1` for `c2-roadmap/a1`). A blank one of"
            " an objective, activity, milestone or indicator"
        ),
        (
            "is made up, and no other row may name it: what is named stands in a cell, or is named"
            " by its title, where no other row of that table"
        ),
        "has the same.",
        "",
        (
            "An owner that has no identifier is named by what tells it apart from the others of its"
            " list: an update by its date"
        ),
        (
            "(`2027-02-01`), a note by its mark (`80-173#1`). Before it stand the identifier of"
            " what holds it and a `#`, which you may leave out where"
        ),
        (
            "no other is called so. Where nothing tells it apart it is named by its place, as"
            " `80-173#tables/2 of 3`; with a row more or fewer in the"
        ),
        (
            "list that names nothing, and is told of. An update may be given an identifier, which"
            " nothing of this can happen to."
        ),
        "",
        (
            "Not read are an example row as the template writes it (`example:`; one that was"
            " written over is a problem), a column whose heading,"
        ),
        (
            "or a sheet or table whose name, begins with `#`, and a column `faults`, which a marked"
            " copy has. A cell of spaces alone is empty; a"
        ),
        "text that is nothing but spaces is written between two `\\e`.",
        "",
        (
            "CSV is UTF-8. Columns are separated by commas; semicolons and tabs are understood too,"
            " with or without a first line `sep=;`, and then"
        ),
        (
            "several values of one cell, which stay separated by `;`, stand in quotes. In a"
            " workbook SDG targets are text: of 16.10 as a number"
        ),
        (
            "a spreadsheet keeps 16.1, which is told of; in CSV nothing is left to be seen of it,"
            " so write `SDG 16.10`."
        ),
        "",
        (
            "Numbers have a point before their fraction and none between thousands. A text such as"
            " `150.000` or `1.125` in a workbook, or between"
        ),
        (
            "semicolons or tabs, is told of, since 150000 or 1125 may be meant; between commas, as"
            " we write CSV, only one that ends in a nought is."
        ),
        (
            "Where another number, such as `12.5`, shows that the point stands before a fraction,"
            " `1.125` is taken as it is."
        ),
        "",
    ]
    top = {field.key for field in shape_of(File)}
    for table, record in TABLES.items():
        lines += [f"## {table}.csv", "", (record.__doc__ or "").partition("\n")[0], ""]
        lines += ["| column | for people | says | holds |", "|---|---|---|---|"]
        if table not in top:
            lines.append(
                _row(
                    OF,
                    doc_of(table, OF),
                    "identifier; an owner that has none is named as said above",
                )
            )
        lines += [
            _row(column, doc_of(table, column), _holds(field))
            for column, field in columns_of(record)
        ]
        if is_aligned(record):
            lines += [
                _row(
                    column,
                    doc_of(table, column),
                    "several, separated by `;`; alignments, basis editorial",
                )
                for column in ALIGNED
            ]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the pages are up to date"
    )
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
