"""A first look: the shipped outcome and a sample road map, checked, with what the road map answers.

Run it: `python examples/first_look.py`.
"""

from __future__ import annotations

import datetime
import os
import textwrap
from pathlib import Path

import wsis_model as wsis
from wsis_model import Corpus, LoadError, Part
from wsis_model.analysis import calendar, coverage, progress

AS_OF = datetime.date(2026, 11, 24)
DATA = Path(os.path.relpath(Path(__file__).parent / "data"))


def figures(corpus: Corpus) -> None:
    """What the catalogue holds."""
    outcome, compact = corpus.document("A/RES/80/173"), corpus.document("gdc")
    asked = corpus.mandates(document="80-173")
    print(f"{outcome.symbol}, adopted {outcome.adopted}: {outcome.title}")
    print(
        f"  {sum(p.part is Part.OPERATIVE for p in outcome.provisions)} provisions under"
        f" {len(outcome.sections)} headings, {len(asked)} mandates:",
        end=" ",
    )
    kinds = [each.mandate.kind.value for each in asked]
    print(
        ", ".join(
            f"{kinds.count(kind)} {kind}s" for kind in ("decision", "request", "call", "commitment")
        )
    )
    commitments = [p for p in compact.provisions if p.parent and p.parent != "gdc/8"]
    goals, targets, indicators = (
        sum(c.id.count(".") == dots for c in corpus.concepts("sdg")) for dots in (0, 1, 2)
    )
    print(
        f"  {compact.title}: {sum(p.parent is None for p in compact.provisions)} paragraphs,"
        f" {len(commitments)} lettered commitments"
    )
    lines = [c for c in corpus.concepts("action-lines") if c.parent is None]
    print(
        f"  {len(lines)} Action Lines; {goals} Sustainable Development Goals, {targets} targets,"
        f" {indicators} indicators"
    )
    print(
        f"  {len(corpus.groups)} stakeholder groups, {len(corpus.entities())} entities,"
        f" {len(corpus.sessions)} sessions and meetings"
    )


def answered(corpus: Corpus, roadmap: str) -> None:
    """What the road map answers, and what falls due next."""
    print(textwrap.indent(str(coverage(corpus, roadmap=roadmap).summary), "  "))
    following = calendar(corpus, roadmap=roadmap, start=AS_OF)[0]
    print(f"  next: {following.title}, {following.window} ({', '.join(following.who)})")
    print(f"  {progress(corpus, roadmap, as_of=AS_OF).summary}")


def main() -> None:
    corpus = wsis.catalogue()
    figures(corpus)
    print("\nThe shipped catalogue, checked:")
    print(f"  {wsis.check(corpus).summary()}")

    print("\nexamples/data/c2-roadmap.yaml, a road map invented for illustration:")
    mine = corpus | wsis.load(DATA / "c2-roadmap.yaml")
    print(f"  {wsis.check(mine).summary()}")
    answered(mine, "c2-roadmap")

    print("\nexamples/data/unsound.yaml reads well; its findings:")
    print(wsis.check(corpus | wsis.load(DATA / "unsound.yaml")))

    print("\nexamples/data/ten-faults.yaml cannot be read; its problems:")
    try:
        wsis.load(DATA / "ten-faults.yaml")
    except LoadError as error:
        print(error)


if __name__ == "__main__":
    main()
