"""How much of what people and the UN's registry found in official texts the rules find.

    python benchmarks/drafting.py ../shared [--held-out] [--show]

Ours: the mandates of A/RES/80/173 and the Global Digital Compact in the shipped catalogue, read by
people, against the official English text. A suggestion is right if the paragraph has a mandate of
that verb; two of one verb must be two. The registry's: paragraphs of the operative part that it
annotated; one is right if both say that it asks, decides or pledges something. A paragraph that
stops at a colon is found if one of its items is. Addressees are counted one by one: for ours over
the mandates that both have, for the registry's over the paragraphs that both have and whose names
the catalogue knows.

The rules were written with two of three files of the registry in sight; --held-out measures the
third that was set aside. Needs the real documents.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import attrs

import wsis_model as wsis
from wsis_model import Document, Mandate, Part
from wsis_model.drafting import suggest
from wsis_model.interop import akn, registry

DATED = ("37", "67", "86", "103", "113", "117", "122", "125", "126", "127")
RECURRING = ("98", "99", "110", "116", "119", "121", "124")
#: A plain search for a verb that decides or directs, as the floor.
PLAIN = re.compile(
    r"\b(?:[Rr]equests?|[Ii]nvites?|[Uu]rges?|[Ee]ncourages?|[Cc]alls? (?:up)?on|[Cc]alls? for|"
    r"[Rr]ecommends?|[Dd]ecides?|[Rr]esolves?)\b"
)


@attrs.define
class Score:
    """What was found rightly, wrongly and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: Iterable[object], found: Iterable[object]) -> None:
        """Count two collections against each other."""
        theirs, ours = Counter(expected), Counter(found)
        self.right += sum((theirs & ours).values())
        self.wrong += sum((ours - theirs).values())
        self.missed += sum((theirs - ours).values())

    def __str__(self) -> str:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def pairs(theirs: Iterable[Mandate], ours: Iterable[Mandate]) -> Iterable[tuple[Mandate, Mandate]]:
    """The mandates of one paragraph that have the same verb, in order."""
    left = list(ours)
    for one in theirs:
        match = next((each for each in left if each.verb == one.verb), None)
        if match is not None:
            left.remove(match)
            yield one, match


def against_ours(read: Document, show: bool) -> None:
    """One document against the shipped record of it."""
    record = wsis.catalogue()[read.id]
    assert isinstance(record, Document)
    draft = suggest(read)
    expected = {each.id: each.mandates for each in record.provisions}
    found = {each.id: each.mandates for each in draft.document.provisions}
    mandates, addressees, reports, kinds = Score(), Score(), Score(), Score()
    for provision in {**expected, **found}:
        theirs, ours = expected.get(provision, ()), found.get(provision, ())
        mandates.add([each.verb for each in theirs], [each.verb for each in ours])
        if show and Counter(e.verb for e in theirs) != Counter(e.verb for e in ours):
            print("   ", provision, [e.verb for e in theirs], [e.verb for e in ours])
        for one, match in pairs(theirs, ours):
            addressees.add(one.addressees, match.addressees)
            reports.add(one.reports_to, match.reports_to)
            kinds.add([one.kind], [match.kind])
    print(f"{read.id:<10} mandates    {mandates}")
    print(f"{'':<10} kinds       {kinds}")
    print(f"{'':<10} addressees  {addressees}")
    print(f"{'':<10} reports to  {reports}")
    if read.id == "80-173":
        dues = {
            number: [each.due for each in found[f"80-173/{number}"] if each.due is not None]
            for number in (*DATED, *RECURRING)
        }
        dated = [n for n in DATED if any(due.date or due.session for due in dues[n])]
        recurring = [n for n in RECURRING if any(due.recurrence for due in dues[n])]
        print(
            f"{'':<10} dated {len(dated)} of {len(DATED)}, recurring {len(recurring)} of ", end=""
        )
        print(len(RECURRING))


def against_registry(files: Iterable[Path], show: bool) -> None:
    """Files of the registry, each against what the rules suggest of its text."""
    paragraphs, plain, addressees = Score(), Score(), Score()
    for file in files:
        annotated = {
            " ".join(block["text"].split())
            for block in json.loads(file.read_text(encoding="utf-8"))
            if block.get("paragraph_type") == "operative" and "mandates" in block
        }
        reading = registry.read(file, corpus=wsis.catalogue())
        for document in (reading.document, *reading.annexes):
            bare = [each.replace(mandates=()) for each in document.provisions]
            draft = suggest(document.replace(provisions=tuple(bare))).document
            found = {each.id: each.mandates for each in draft.provisions}
            items: dict[str, list[str]] = {}
            for each in document.provisions:
                items.setdefault(each.parent or "", []).append(each.id)
            for each in document.provisions:
                text = " ".join(each.text.get("en", "").split())
                if each.part is Part.PREAMBULAR or text not in annotated:
                    continue
                theirs, ours = each.mandates, found[each.id]
                below = any(found[item] for item in items.get(each.id, ()))
                asks, seen = bool(theirs), bool(ours or (theirs and below))
                paragraphs.add([1] * asks, [1] * seen)
                plain.add([1] * asks, [1] * (PLAIN.search(text) is not None))
                if show and asks != seen:
                    print("   ", each.id, [one.verb for one in theirs], [one.verb for one in ours])
                known = not any("addressees not matched" in (one.note or "") for one in theirs)
                if theirs and ours and known:
                    addressees.add(
                        {actor for one in theirs for actor in one.addressees},
                        {actor for one in ours for actor in one.addressees},
                    )
    print(f"{'registry':<10} paragraphs  {paragraphs}")
    print(f"{'':<10} addressees  {addressees}")
    print(f"{'':<10} plain search {plain}")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shared", type=Path, help="the folder with the real documents")
    parser.add_argument("--held-out", action="store_true", help="the registry's files set aside")
    parser.add_argument("--show", action="store_true", help="the paragraphs that differ")
    options = parser.parse_args()
    texts = options.shared / "documents" / "akn"
    for name in ("A_RES_80_173", "A_RES_79_1"):
        reading = akn.read(texts / f"{name}.English.xml")
        for document in (reading.document, *reading.annexes):
            if document.id in ("80-173", "gdc"):
                against_ours(document, options.show)
    files = sorted((options.shared / "annotated").glob("*.json"))
    aside = files[2::3]
    chosen = aside if options.held_out else [each for each in files if each not in aside]
    against_registry(chosen, options.show)


if __name__ == "__main__":
    main()
