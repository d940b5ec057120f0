"""What the outcome says to a Regional Internet Registry: what it says, what it asks and by which route, by when, what to watch.

    python examples/technical_community.py [actor]

The actor is any entity or group, by identifier, acronym or name: `LACNIC`, `icann`, `civil society`.
"""

from __future__ import annotations

import sys
from textwrap import fill

import wsis_model as wsis
from wsis_model import Asked, Corpus, MandateKind, Window

#: The reading: a question, and the themes that answer it.
READING = {
    "Multistakeholder cooperation": "themes/multistakeholder-cooperation",
    "Internet governance": "themes/internet-governance",
    "One Internet, not several": "themes/fragmentation",
    "The Internet Governance Forum": "themes/igf",
    "Human rights": "themes/human-rights",
    "Divides in access, affordability and skills": "themes/digital-divides",
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
    asked = [a for a in corpus.mandates(addressee=actor, document="80-173") if a.mandate.kind is not MandateKind.COMMITMENT]
    print(f"\n\nWHAT IT ASKS OF {actor.upper()}: {len(asked)} mandates")
    for route in dict.fromkeys(a.by_route for a in asked):
        print(f"\n  By this route: {route}")
        for a in asked:
            if a.by_route == route:
                due = f" [{a.mandate.due}]" if a.mandate.due else ""
                verb = corpus.concept(a.mandate.verb).label
                print(paragraph(f"{wsis.cite(a.provision.id)}, {verb}: {a.mandate.action}{due}"))


def watch(corpus: Corpus) -> None:
    def window(a: Asked) -> Window:
        return a.mandate.due.window(corpus.calendar) if a.mandate.due else Window(None, None)

    print("\n\nWHAT TO WATCH NEXT")
    for a in sorted(corpus.mandates(document="80-173"), key=window):
        if a.mandate.due is None:
            continue
        who = ", ".join(str(corpus[each].acronym or corpus[each].name) if corpus.kind(each) == "entity" else str(corpus[each].label) for each in a.mandate.addressees)
        when = str(window(a)) if window(a).latest else str(a.mandate.due)
        print(paragraph(f"{when:>24}  {wsis.cite(a.provision.id)}: {a.mandate.action} ({who or 'nobody named'})", 2))


def main() -> None:
    corpus = wsis.catalogue()
    record = corpus.find(sys.argv[1] if len(sys.argv) > 1 else "LACNIC")
    says(corpus)
    asks(corpus, record.id)
    watch(corpus)


if __name__ == "__main__":
    main()
