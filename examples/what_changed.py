"""What changed: between two versions of a road map, and between a draft and what was adopted.

Run it: `python examples/what_changed.py`, or with two files of your own, and a third name for a
page: `python examples/what_changed.py A_C.2_80_L.17.pdf A_RES_80_118.xml changes.html`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import wsis_model as wsis
from wsis_model.diff import Difference, difference

BEFORE = """
roadmaps:
  - id: wells-roadmap
    title: Road map for wells
    version: "0.1"
    owners: [itu]
    activities:
      - {id: wells-roadmap/a1, title: Map the wells, lead: itu, period: {start: 2026, end: 2027}}
      - {id: wells-roadmap/a2, title: Train those who dig them}
    indicators:
      - {id: wells-roadmap/i1, name: Wells on the map, unit: percent, targets: [{value: 60, by: 2028}]}
"""
AFTER = """
roadmaps:
  - id: wells-roadmap
    title: Road map for wells
    version: "0.2"
    owners: [itu]
    activities:
      - {id: wells-roadmap/a1, title: Map the wells and springs, lead: itu, partners: [undp], period: {start: 2026, end: 2028}}
      - {id: wells-roadmap/a3, title: Publish the map}
    indicators:
      - {id: wells-roadmap/i1, name: Wells on the map, unit: percent, targets: [{value: 75, by: 2028}]}
"""
DRAFT = (
    "Recalling that the valley is dry,",
    "Requests a map of all wells;",
    "Decides to meet in a year.",
)
ADOPTED = (
    "Recalling that the valley is dry,",
    "Thanks the cooks;",
    "Requests a map of all wells and springs;",
    "Decides to meet in a year.",
)


def resolution(identifier: str, symbol: str, paragraphs: tuple[str, ...]) -> wsis.Document:
    provisions = [
        {"id": f"{identifier}/{n}", "number": str(n), "text": text}
        for n, text in enumerate(paragraphs, 1)
    ]
    return wsis.Document.model_validate(
        {"id": identifier, "symbol": symbol, "title": "Wells", "provisions": provisions}
    )


def the_one(path: str) -> wsis.Document | wsis.Roadmap:
    """The road map or document that a file is about."""
    corpus = wsis.load(path)
    return (corpus.roadmaps or corpus.documents)[0]


def of_files(before: str, after: str) -> Difference:
    a, b = the_one(before), the_one(after)
    if isinstance(a, wsis.Roadmap) and isinstance(b, wsis.Roadmap):
        return difference(a, b)
    if isinstance(a, wsis.Document) and isinstance(b, wsis.Document):
        return difference(a, b)
    sys.exit("one of the files holds a road map, and the other a document")


def main() -> None:
    if len(sys.argv) > 2:
        found = of_files(*sys.argv[1:3])
        print(found)
        if len(sys.argv) > 3:
            Path(sys.argv[3]).write_text(found.to_page(), encoding="utf-8")
        return

    before, after = (wsis.loads(text, "yaml").roadmaps[0] for text in (BEFORE, AFTER))
    print("TWO VERSIONS OF A ROAD MAP\n")
    print(difference(before, after), end="\n\n")

    draft, adopted = (
        resolution("a-91-l-1", "A/91/L.1", DRAFT),
        resolution("91-1", "A/RES/91/1", ADOPTED),
    )
    found = difference(draft, adopted)
    print("A DRAFT AND WHAT WAS ADOPTED\n")
    print(found, end="\n\n")
    print("THE SAME AS MINUTES\n")
    print(found.to_markdown())


if __name__ == "__main__":
    main()
