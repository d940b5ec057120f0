"""A rule of your own, a waiver with its reason, and reports for people and for tools.

Run it: `python examples/your_own_rule.py [folder for the reports]`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import wsis_model as wsis
from wsis_model.checks import CheckContext, Found, Severity, found, rule

DATA = Path(__file__).parent / "data"


@rule("X001", Severity.WARNING)
def works_with_the_technical_community(context: CheckContext) -> Iterator[Found]:
    """Every road map has an activity with a partner from the technical community.

    A house rule: infrastructure road maps that leave out those who run the infrastructure do not
    get far.

    Mend: name such a partner under `partners`.
    """
    corpus = context.corpus
    for roadmap in corpus.roadmaps:
        partners = {
            partner
            for activity in roadmap.activities
            for partner in activity.partners
            if partner in corpus
        }
        if not any("groups/technical-community" in corpus.routes(partner) for partner in partners):
            yield found(
                roadmap,
                "no partner from the technical community",
                "activities",
                hint="see corpus.entities(group='technical community')",
            )


def main() -> None:
    corpus = wsis.catalogue() | wsis.load(DATA / "c2-roadmap.yaml")
    rules = (*wsis.RULES, works_with_the_technical_community)

    report = wsis.check(corpus, rules=rules)
    print(report, end="\n\n")

    waiver = wsis.Waiver(
        "X001", "c2-roadmap", "partners are being asked; decided at the meeting of 5 October 2026"
    )
    waived = wsis.check(corpus, rules=rules, waivers=[waiver])
    print(waived, end="\n\n")

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    for name, text in {
        "report.sarif": json.dumps(report.to_sarif()),
        "report.csv": report.to_csv(),
        "report.json": report.to_json(),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
        print("wrote", name, len(text), "characters")


if __name__ == "__main__":
    main()
