"""Which resolutions ask the Secretary-General to report, and when? One question, asked of every
resolution of a folder: read as the UN publishes them, kept as Parquet, asked with DuckDB.

    pip install 'wsis_model[akn,duckdb]'

Run it: `python examples/reports_asked_for.py FOLDER [resolutions.parquet]`, with a folder of
official XML files: some thousands take seconds. Official text is not ours to ship, so without a
folder the same question goes to our own summaries of what the catalogue holds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

import wsis_model as wsis
from wsis_model.interop import akn

QUESTION = r"""
    SELECT coalesce(symbol, document), provision, adopted::VARCHAR, concat_ws(', ',
             nullif(regexp_extract(text, '(?i)at (?:its|the) ((?:[a-z]+-)?[a-z]+ session)', 1), ''),
             nullif(regexp_extract(text, '(?i)(?:in|by|before) [a-z ]{0,20}(20\d\d)', 1), ''),
             nullif(regexp_extract(text, '(?i)annual|biennial|every (?:two|three|five) years'), ''))
    FROM read_parquet(?)
    WHERE language = 'en' AND part <> 'preambular' AND regexp_matches(text,
      '(?i)\b(requests?|asks)\b[^;.]{0,60}\bSecretary-General\b[^;.]*\breports?\b')
    ORDER BY adopted, document, provision
"""


def official(folder: str) -> Iterable[akn.ReadFile]:
    return akn.read_folder(folder, processes=2, progress=True)


def summaries() -> Iterable[akn.ReadFile]:
    """The documents of the catalogue, with our summaries where their text would be."""
    for document in wsis.catalogue().documents:
        said = [
            provision.replace(text={"en": provision.summary})
            for provision in document.provisions
            if provision.summary
        ]
        copy = document.replace(provisions=said)
        yield akn.ReadFile(Path(document.id), akn.Reading((copy,)))


def answer(path: Path) -> None:
    found = duckdb.execute(QUESTION, [str(path)]).fetchall()
    for symbol, provision, adopted, when in found:
        print(f"  {adopted or '-':<10}  {symbol:<20}  {provision:<16}  {when or 'not said'}")
    print(f"{len(found)} paragraphs ask the Secretary-General for a report.")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(sys.argv[2] if len(sys.argv) > 2 else Path(scratch) / "resolutions.parquet")
        if len(sys.argv) > 1:
            files = official(sys.argv[1])
        else:
            print("No folder of official files was given: these are our own summaries.\n")
            files = summaries()
        print(f"{akn.to_parquet(akn.rows(files), path)} rows in {path.name}\n")
        answer(path)


if __name__ == "__main__":
    main()
