"""What the outcome says to a Regional Internet Registry: what it says, what it asks and by which
route, by when, what to watch.

    python examples/technical_community.py [actor]

The actor is any entity or group, by identifier, acronym or name: `LACNIC`, `icann`,
`civil society`.
"""

from __future__ import annotations

import datetime
import sys
from textwrap import fill

import wsis_model as wsis
from wsis_model import Corpus, MandateKind, MandateMatch, Window

#: The reading: a question, and the themes that answer it.
READING = {
    "Multistakeholder cooperation": "themes/multistakeholder-cooperation",
    "Internet governance": "themes/internet-governance",
    "One Internet, not several": "themes/fragmentation",
    "The Internet Governance Forum": "themes/igf",
    "Human rights": "themes/human-rights",
    "Divides in access and affordability": "themes/digital-divides",
    "Skills": "themes/skills",
    "Capacity building": "themes/capacity-building",
    "Measurement": "themes/measurement",
    "UNGIS": "themes/ungis",
    "Road maps": "themes/road-maps",
}


def paragraph(text: str, indent: int = 4) -> str:
    return fill(text, 110, initial_indent=" " * indent, subsequent_indent=" " * indent)


def says(corpus: Corpus) -> None:
    print("WHAT THE OUTCOME SAYS (A/RES/80/173, in words of our own)")
    for title, theme in READING.items():
        provisions = corpus.about(theme, document="80-173")
        print(f"\n  {title}: paragraphs {', '.join(provision.number for provision in provisions)}")
        for provision in provisions[:3]:
            print(paragraph(f"{provision.number}. {provision.summary}"))
        if len(provisions) > 3:
            print(f"    ... and {len(provisions) - 3} more")


def asks(corpus: Corpus, actor: str) -> None:
    asked = [
        a
        for a in corpus.mandates(addressee=actor, document="80-173")
        if a.mandate.kind is not MandateKind.COMMITMENT
    ]
    print(f"\n\nWHAT IT ASKS OF {actor.upper()}: {len(asked)} mandates")
    for route in dict.fromkeys(a.by_route for a in asked):
        print(f"\n  By this route: {route}")
        for a in asked:
            if a.by_route == route:
                due = f" [{a.mandate.due}]" if a.mandate.due else ""
                verb = corpus.concept(a.mandate.verb).label
                print(paragraph(f"{wsis.cite(a.provision.id)}, {verb}: {a.mandate.action}{due}"))


def window(corpus: Corpus, asked: MandateMatch) -> Window:
    return asked.mandate.due.window(corpus.calendar) if asked.mandate.due else Window(None, None)


def watch(corpus: Corpus, today: datetime.date) -> None:
    def names(identifiers: tuple[str, ...]) -> str:
        records = [corpus[each] for each in identifiers]
        return ", ".join(
            str(getattr(each, "acronym", None) or getattr(each, "name", None) or each.label)
            for each in records
        )

    dated = sorted(
        (a for a in corpus.mandates(document="80-173") if a.mandate.due),
        key=lambda a: window(corpus, a),
    )
    past = [a for a in dated if (latest := window(corpus, a).latest) and latest < today]
    for title, asked in {
        "SHOULD BE DONE BY NOW": past,
        "WHAT TO WATCH NEXT": [a for a in dated if a not in past],
    }.items():
        print(f"\n\n{title} ({today})")
        for a in asked:
            due = window(corpus, a)
            print(
                f"\n  {due if due.latest else a.mandate.due}: {wsis.cite(a.provision.id)},"
                f" {names(a.mandate.addressees) or 'nobody named'}"
            )
            print(paragraph(a.mandate.action))


def main() -> None:
    corpus = wsis.catalogue()
    record = corpus.find(sys.argv[1] if len(sys.argv) > 1 else "LACNIC")
    says(corpus)
    asks(corpus, record.id)
    watch(corpus, datetime.date.today())


if __name__ == "__main__":
    main()
