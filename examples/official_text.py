"""The official text beside our reading of it: paragraph 113 of A/RES/80/173 in French, and the
mandate that the catalogue has of it.

Run it: `python examples/official_text.py [the official file in French, XML]`. Without a file it
says where to get one.
"""

from __future__ import annotations

import sys
from textwrap import fill

import wsis_model as wsis
from wsis_model.checks.texts import join
from wsis_model.sources import sources_of

SYMBOL, PARAGRAPH, LANGUAGE = "A/RES/80/173", "80-173/113", "fr"


def paragraph(text: str) -> str:
    return fill(text, 110, initial_indent="  ", subsequent_indent="  ")


def where_to_get_it() -> None:
    print(f"Official files of {SYMBOL} in {LANGUAGE!r}:")
    for file in sources_of(SYMBOL):
        if file.language == LANGUAGE:
            print(f"  {file.format:<5} {file.url}")
    print(f"\nGet one with: wsis-model fetch {SYMBOL} --lang {LANGUAGE}")
    print("then give its path to this program.")


def beside(path: str) -> None:
    from wsis_model.interop import akn

    joined = join(wsis.catalogue(), akn.read(path).document)
    provision = joined.corpus.provision(PARAGRAPH)

    print(f"THE OFFICIAL TEXT: {wsis.cite(PARAGRAPH)}, in {LANGUAGE!r}\n")
    print(paragraph(provision.text.pick(LANGUAGE)))
    print("\nOUR READING\n")
    for mandate in provision.mandates:
        print(
            f"  {mandate.id}: {joined.corpus.concept(mandate.verb).label},"
            f" {', '.join(mandate.addressees)}, {mandate.due}"
        )
        print(paragraph(mandate.action))

    print(f"\nWHAT DIFFERS between the catalogue and this file ({len(joined.findings)})")
    for finding in joined.findings:
        print(f"  {finding}")


def main() -> None:
    if len(sys.argv) > 1:
        beside(sys.argv[1])
    else:
        where_to_get_it()


if __name__ == "__main__":
    main()
