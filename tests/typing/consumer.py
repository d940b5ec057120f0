"""How another project uses the library, for the type checkers: never run by the tests, only read by
mypy and pyright in strict mode.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import assert_type

import wsis_model as wsis
from wsis_model import (
    Activity,
    Concept,
    Corpus,
    Document,
    Entity,
    Finding,
    LoadError,
    Mandate,
    MandateMatch,
    Provision,
    Report,
    Roadmap,
    Table,
    Translations,
)
from wsis_model.checks import CheckContext, Found, Rule, found, rule


def reads(path: str) -> Corpus:
    try:
        mine = wsis.load(path, unknown="keep")
    except LoadError as error:
        raise SystemExit("\n".join(f"{p.position}: {p.message}" for p in error.problems)) from None
    return wsis.catalogue() | mine


def asks(corpus: Corpus) -> list[str]:
    assert_type(corpus.document("80-173"), Document)
    assert_type(corpus.provision("80/173 para 99"), Provision)
    assert_type(corpus.concept("SDG 9.c"), Concept)
    assert_type(corpus.entity("ITU"), Entity)
    assert_type(corpus.roadmap("c2"), Roadmap)
    asked = corpus.mandates(addressee="ripe-ncc", due_before=datetime.date(2030, 1, 1))
    assert_type(asked, Table[MandateMatch])
    assert_type(asked[0].mandate, Mandate)
    return [each.mandate.action for each in asked]


def builds() -> bytes:
    activity = Activity(
        id="r/a1", title=Translations(en="Map schools"), lead="itu", answers=("80-173/37.1",)
    )
    roadmap = Roadmap(id="r", title=Translations(en="R"), owners=("itu",), activities=(activity,))
    assert_type(roadmap.replace(version="2"), Roadmap)
    assert_type(Corpus(roadmaps=[roadmap]).roadmaps, tuple[Roadmap, ...])
    assert_type(wsis.parse_reference("SDG 9.c"), str)
    return wsis.dumps(roadmap, "yaml")


@rule("X001")
def has_an_owner(context: CheckContext) -> Iterator[Found]:
    """Every road map has an owner."""
    for roadmap in context.corpus.roadmaps:
        if not roadmap.owners:
            yield found(roadmap, "nobody", "owners")


def checks(corpus: Corpus) -> tuple[Finding, ...]:
    assert_type(has_an_owner, Rule)
    report = wsis.check(corpus, rules=(*wsis.RULES, has_an_owner), as_of=datetime.date(2027, 1, 1))
    assert_type(report, Report)
    return report.findings
