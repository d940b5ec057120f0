"""What is planned: objectives, activities and what they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..corpus import Corpus
from ..model import Activity, Alignment, Basis, Document, Mandate, Objective, Provision
from ..pictures._labels import clean, counted, name_of
from ._content import (
    ROWS,
    Block,
    Bullets,
    Facts,
    Fold,
    Grid,
    Heading,
    Line,
    Paragraph,
    grid,
    joined,
    left_out,
)
from ._facts import RoadmapFacts
from ._lines import (
    NAMED,
    cited,
    details_of,
    lean,
    named,
    said_period,
    several,
    term_of,
    titled,
)

__all__ = ["activities_section"]

UNFOLDED = 25


def activities_section(facts: RoadmapFacts) -> Iterator[Block]:
    """Objectives, activities and what the table does not tell of them, and resources."""
    record, corpus = facts.roadmap, facts.corpus
    if record.objectives:
        yield Heading("Objectives")
        yield Bullets(
            tuple(_objective(corpus, each) for each in record.objectives[:ROWS]),
            left_out(len(record.objectives), facts.call("corpus.roadmap(ID).objectives")),
        )
    if not record.activities:
        yield Paragraph(("No activity is planned yet.",))
        return
    yield Heading("Activities")
    rows: list[tuple[Line, ...]] = [
        (
            titled(each.title, each.id),
            (name_of(corpus, each.lead) or "nobody named",),
            several(corpus, each.partners),
            (said_period(each.period) or "no period",),
            (each.status.value.replace("-", " "),),
            several(corpus, each.answers),
        )
        for each in record.activities[:ROWS]
    ]
    call = facts.call("corpus.roadmap(ID).activities")
    heads = ("Activity", "Lead", "Partners", "Period", "Status", "Answers")
    yield Grid(
        "Activities, in the order of the road map",
        heads,
        tuple(rows),
        left_out(len(record.activities), call),
    )
    told = [(each, pairs) for each in record.activities[:ROWS] if (pairs := _more(corpus, each))]
    if told:
        yield Heading("Activity by activity")
        yield from (Fold(titled(each.title, each.id), (Facts(pairs),)) for each, pairs in told)
    yield from _resources(facts)


def _objective(corpus: Corpus, objective: Objective) -> Line:
    serves = joined([line for _, line in _links(corpus, objective.alignments)], "; ")
    return (
        *titled(objective.statement, objective.id),
        *((". Serves: ", *serves) if serves else ()),
    )


_LINKS = {"action-lines": "Action Lines", "sdg": "SDG targets", "gdc": "Compact commitments"}
_BESIDE = "Also about"


def _links(corpus: Corpus, alignments: Iterable[Alignment]) -> list[tuple[str, Line]]:
    """What an objective or activity serves, vocabulary by vocabulary."""
    found: dict[str, list[Line]] = defaultdict(list)
    for each in alignments:
        kind = _LINKS.get(each.concept.partition("/")[0], _BESIDE)
        if isinstance(corpus.get(each.concept), (Document, Provision, Mandate)):
            name = cited(corpus, each.concept)
        else:
            name = (
                (term_of(corpus, each.concept),) if kind == _BESIDE else named(corpus, each.concept)
            )
        judged = "" if each.basis is Basis.EDITORIAL else each.basis.value.replace("-", " ")
        beside = "; ".join(filter(None, (judged, clean(each.note or ""))))
        found[kind].append((*name, f" ({beside})" if beside else ""))
    return [
        (kind, joined(found[kind], "; ")) for kind in (*_LINKS.values(), _BESIDE) if kind in found
    ]


def _more(corpus: Corpus, activity: Activity) -> tuple[tuple[str, Line], ...]:
    """What the table does not tell of an activity; of many partners and answers it has the first."""
    many = (("Partners", activity.partners), ("Answers", activity.answers))
    return (
        *((name, several(corpus, held, len(held))) for name, held in many if len(held) > NAMED),
        *details_of(corpus, activity, *_TOLD, lead_reason="Why that lead"),
        *_links(corpus, activity.alignments),
    )


_TOLD = (
    "title", "lead", "partners", "period", "status", "answers", "alignments", "milestones", "resources",
)  # fmt: skip


def _resources(facts: RoadmapFacts) -> Iterator[Block]:
    rows: list[tuple[Line, ...]] = [
        (
            titled(activity.title, activity.id),
            (clean(each.kind),),
            ("" if each.amount is None else f"{each.amount:,f}",),
            (each.currency or "",),
            (said_period(each.period),),
            (name_of(facts.corpus, each.funder),),
            (clean(each.status or ""),),
            ("" if each.within_existing is None else "yes" if each.within_existing else "no",),
            (clean(each.note or ""),),
        )
        for activity in facts.roadmap.activities
        for each in activity.resources
    ]
    if not rows:
        return
    heads = (
        "For",
        "What",
        "Amount",
        "Currency",
        "Period",
        "Funder",
        "Status",
        "Within existing resources",
        "Note",
    )
    call = facts.call("[(each.id, each.resources) for each in corpus.roadmap(ID).activities]")
    table = grid("Resources, activity by activity", *lean(heads, rows), call, numbers=("Amount",))
    yield Heading("Resources")
    yield Fold((counted(len(rows), "resource"),), (table,)) if len(rows) > UNFOLDED else table
