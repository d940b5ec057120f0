"""A question in your own words, put to the outcome, the Compact and a road map: which paragraphs
speak of it, what is asked, and which activity answers.

Run it: `python examples/search_the_outcome.py who pays for broadband in villages`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import wsis_model as wsis
from wsis_model.interop import graph, sqlite

KINDS = {
    "provision": "Paragraphs that speak of it",
    "mandate": "What is asked",
    "activity": "What the sample road map does about it",
}
DATA = Path(os.path.relpath(Path(__file__).parent / "data"))


def main(question: str) -> None:
    """Search, and write what was searched as a database for others to ask."""
    corpus = wsis.catalogue() | wsis.load(DATA / "c2-roadmap.yaml")
    with closing(sqlite.index(corpus)) as connection:
        for kind, heading in KINDS.items():
            print(heading)
            for hit in sqlite.search(connection, question, kinds=[kind], limit=3):
                said = textwrap.shorten(hit.excerpt, 60, placeholder=" …")
                print(f"  {hit.record:<15} {hit.title:<45.45} {said}")
        best = sqlite.search(connection, question, kinds=["mandate"], limit=1)

    if best:
        print(f"\nAround {best[0].title}, for a README:\n")
        print(graph.mermaid(corpus, best[0].record))

    path = Path(tempfile.mkdtemp(), "outcome.sqlite")
    sqlite.save(corpus, path)
    print(f"The same for SQL and Datasette: {path.name}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "who pays for broadband in villages")
