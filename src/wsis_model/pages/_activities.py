"""The section on what is planned: activities, resources and objectives."""

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
    Code,
    Facts,
    Fold,
    Grid,
    Line,
    Paragraph,
    Strong,
    grid,
    in_page,
    joined,
    left_out,
)
from ._facts import RoadmapFacts
from ._lines import (
    NAMED,
    citation,
    concept_label,
    details_of,
    name_with_link,
    names_of,
    period_text,
    title_with_id,
    without_empty_columns,
)
from ._standing import ActivityStanding, end_text

__all__ = ["activities_section"]


def activities_section(facts: RoadmapFacts) -> Iterator[Block]:
    """Objectives and activities; folded, the details of each activity, and the resources."""
    record, corpus = facts.roadmap, facts.corpus
    if not record.activities:
        yield Paragraph(("No activity is planned yet.",))
    else:
        heads, rows = without_empty_columns(
            ("Activity", "Standing", "Until", "Lead", "For whom"),
            [_row(corpus, each) for each in facts.standings[:ROWS]],
        )
        more = left_out(len(record.activities), facts.call("corpus.roadmap(ID).activities"))
        yield Grid("Activities, in the order of the road map", heads, tuple(rows), more)
        folds = tuple(
            Fold((in_page(each.title),), (Facts(_details(corpus, each)),))
            for each in record.activities[:ROWS]
        )
        yield Fold(("Activity by activity: partners, what it answers and serves, details",), folds)
        yield from _resources(facts)
    if record.objectives:
        objectives = Bullets(
            tuple(_objective(corpus, each) for each in record.objectives[:ROWS]),
            left_out(len(record.objectives), facts.call("corpus.roadmap(ID).objectives")),
        )
        yield Fold((counted(len(record.objectives), "objective"),), (objectives,))


def _row(corpus: Corpus, each: ActivityStanding) -> tuple[Line, ...]:
    activity = each.activity
    return (
        (in_page(activity.title),),
        (Strong(each.text) if each.urgent else each.text,),
        (end_text(each),),
        names_of(corpus, activity.leads) if activity.leads else ("nobody named",),
        names_of(corpus, activity.beneficiaries),
    )


def _objective(corpus: Corpus, objective: Objective) -> Line:
    serves = joined([line for _, line in _links(corpus, objective.alignments)], "; ")
    return (
        *title_with_id(objective.statement, objective.id),
        *((". Serves: ", *serves) if serves else ()),
    )


_LINKS = {"action-lines": "Action Lines", "sdg": "SDG targets", "gdc": "Compact commitments"}
_OTHER = "Also about"


def _links(corpus: Corpus, alignments: Iterable[Alignment]) -> list[tuple[str, Line]]:
    """The concepts that an objective or activity serves, by vocabulary."""
    found: dict[str, list[Line]] = defaultdict(list)
    for each in alignments:
        kind = _LINKS.get(each.concept.partition("/")[0], _OTHER)
        if isinstance(corpus.get(each.concept), (Document, Provision, Mandate)):
            name = citation(corpus, each.concept)
        else:
            name = (
                (concept_label(corpus, each.concept),)
                if kind == _OTHER
                else name_with_link(corpus, each.concept)
            )
        judged = "" if each.basis is Basis.EDITORIAL else each.basis.value.replace("-", " ")
        remark = "; ".join(filter(None, (judged, clean(each.note or ""))))
        found[kind].append((*name, f" ({remark})" if remark else ""))
    return [
        (kind, joined(found[kind], "; ")) for kind in (*_LINKS.values(), _OTHER) if kind in found
    ]


def _details(corpus: Corpus, activity: Activity) -> tuple[tuple[str, Line], ...]:
    """The details of an activity that are not in the table, and lists that are cut there."""
    lists = (
        ("Leads", activity.leads if len(activity.leads) > NAMED else ()),
        ("Partners", activity.partners),
        ("For whom", activity.beneficiaries),
        ("Answers", activity.answers),
    )
    period = period_text(activity.period)
    return (
        *((name, names_of(corpus, held, len(held))) for name, held in lists if held),
        *((("Period", (period,)),) if period else ()),
        ("Status", (activity.status.value.replace("-", " "),)),
        *details_of(corpus, activity, *IN_OTHER_PLACES, lead_reason="Why that lead"),
        *_links(corpus, activity.alignments),
        ("Identifier", (Code(activity.id),)),
    )


IN_OTHER_PLACES = (
    "title", "lead", "co_leads", "partners", "beneficiaries", "period", "status", "answers",
    "alignments", "milestones", "resources",
)  # fmt: skip


def _resources(facts: RoadmapFacts) -> Iterator[Block]:
    rows: list[tuple[Line, ...]] = [
        (
            (in_page(activity.title),),
            (clean(each.kind),),
            ("" if each.amount is None else f"{each.amount:,f}",),
            (each.currency or "",),
            (period_text(each.period),),
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
    table = grid(
        "Resources, activity by activity",
        *without_empty_columns(heads, rows),
        call,
        numbers=("Amount",),
    )
    yield Fold((counted(len(rows), "resource"),), (table,))
