"""Corpora that are sound, whatever is drawn."""

from __future__ import annotations

import datetime
import itertools
import string
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Document,
    Due,
    Evidence,
    Indicator,
    Mandate,
    MandateKind,
    Milestone,
    MilestoneStatus,
    Observation,
    Period,
    Provision,
    Record,
    Recurrence,
    Resource,
    Roadmap,
    Target,
    Translations,
    Update,
)
from ..model.fields import shape_of
from ._builders import (
    AS_OF,
    a_corpus,
    a_document,
    a_provision,
    a_roadmap,
    a_source,
    an_activity,
    an_indicator,
)
from ._values import Strategy

__all__ = ["corpora"]

R = TypeVar("R", bound=Record)

#: Characters that are visible and look like no others.
_VISIBLE = string.ascii_letters + string.digits + string.punctuation + " \néüßñø«»–’…世界اللجنة🌍"
#: With enough Latin letters that a text counts as English.
_BEGINNINGS = (
    "Words of some length",
    "yes to all of it ",
    "'a' in quotation marks ",
    "1. first of several ",
    "# one of several kept ",
    "- one: of several kept ",
    "عمل working together ",
)
_FREE = frozenset(
    (
        "action",
        "agenda_item",
        "checked",
        "definition",
        "description",
        "edition",
        "lead_reason",
        "method",
        "note",
        "place",
        "summary",
        "terms",
    )
)
_TITLES = frozenset(("heading", "label", "name", "statement", "title"))
_ACTORS = ("itu", "cstd", "groups/governments", "groups/action-line-facilitators")
_VERBS = (
    (MandateKind.REQUEST, "verbs/request"),
    (MandateKind.CALL, "verbs/call-upon"),
    (MandateKind.DECISION, "verbs/decide"),
    (MandateKind.COMMITMENT, "verbs/commit"),
)


def _readable_texts() -> Strategy[str]:
    """A text for people: words, and characters that are visible and look like no others."""
    return st.builds(
        "{}{}".format,
        st.sampled_from(_BEGINNINGS),
        st.text(_VISIBLE, max_size=12),
    )


@st.composite
def _mandates_of(draw: st.DrawFn, provision: str, count: int) -> tuple[Mandate, ...]:
    """The mandates of a sound paragraph."""
    dues_ = (
        None,
        Due(session="sessions/cstd-40", date="2037"),
        Due(date="2040"),
        Due(date="2038-02-28", recurrence=Recurrence.ONCE),
        Due(event="the next review"),
        Due(recurrence=Recurrence.ANNUAL),
    )
    made: list[Mandate] = []
    for ordinal in range(1, count + 1):
        kind, verb = draw(st.sampled_from(_VERBS))
        # Nobody commits others.
        actors = ("groups/governments",) if kind is MandateKind.COMMITMENT else _ACTORS
        reports = draw(st.booleans())
        made.append(
            Mandate(
                id=f"{provision}.{ordinal}",
                kind=kind,
                verb=verb,
                action="Do what is asked",
                addressees=tuple(
                    draw(st.lists(st.sampled_from(actors), min_size=1, max_size=2, unique=True))
                ),
                deliverable="deliverables/report" if reports else None,
                reports_to=("cstd",) if reports else (),
                due=draw(st.sampled_from(dues_)),
                caveats=tuple(draw(st.lists(_readable_texts(), max_size=2))),
            )
        )
    return tuple(made)


def _official(provision: Provision) -> Provision:
    """The paragraph with a text that contains its verbs."""
    forms = {
        "verbs/request": "Requests",
        "verbs/call-upon": "Calls upon",
        "verbs/decide": "Decides",
        "verbs/commit": "Commits",
        "verbs/recall": "Recalls",
    }
    verbs = [mandate.verb for mandate in provision.mandates] + [
        citation.verb for citation in provision.citations if citation.verb
    ]
    sentences = [f"{forms[verb]} something;" for verb in verbs]
    return provision.replace(
        text={
            "en": " ".join((*sentences, f"text of {provision.number}")),
            "fr": f"texte de {provision.number}",
        }
    )


@st.composite
def _sound_documents(draw: st.DrawFn) -> Document:
    """The invented document, with further paragraphs, items and mandates."""
    further: list[Provision] = []
    for number, (asks, items) in enumerate(
        draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3)), 5
    ):
        parent = a_provision(
            number=str(number),
            section="91-1/s2",
            mandates=draw(_mandates_of(f"91-1/{number}", asks)),
        )
        further += (
            parent,
            *(
                a_provision(number=f"{number}({letter})", section="91-1/s2", parent=parent.id)
                for letter in "ab"[:items]
            ),
        )
    document = a_document(provisions=(*a_document().provisions, *further))
    return (
        document.replace(provisions=tuple(map(_official, document.provisions)))
        if draw(st.booleans())
        else document
    )


def _evidence(title: str) -> Evidence:
    return Evidence(title=title, url="https://example.org/shown", date=datetime.date(2037, 1, 15))


#: Dues of milestones from 2037 on: at a session, in a year, on a day, at an event, repeated, or
#: none.
_DUES = (
    None,
    Due(session="sessions/cstd-40", date="2037"),
    Due(session="sessions/ga-91"),
    Due(date="2038"),
    Due(date="2038-06-30"),
    Due(event="the next review"),
    Due(recurrence=Recurrence.ANNUAL),
    Due(date="2037", recurrence=Recurrence.ANNUAL),
)
_RESOURCES = (
    Resource(
        kind="funding",
        amount=Decimal("2500.50"),
        currency="CHF",
        funder="itu",
        within_existing=False,
    ),
    Resource(
        kind="staff",
        amount=Decimal(3),
        period=Period(start="2037", end="2037-06"),
        within_existing=True,
    ),
    Resource(kind="rooms", note="in Geneva"),
)
#: Leads with the reason for which they lead, where one is needed.
_LEADS = (
    ("itu", None),
    ("cstd", "it has the experience"),
    ("groups/action-line-facilitators", "all of them do it together"),
)


@st.composite
def _sound_activity(draw: st.DrawFn, number: int, before: tuple[str, ...]) -> Activity:
    """Another activity, which ends after all before it and may depend on them."""
    name = f"c1-roadmap/a{number}"
    status = draw(
        st.sampled_from([each for each in ActivityStatus if each is not ActivityStatus.CANCELLED])
    )
    done = status is ActivityStatus.DONE
    milestones: list[Milestone] = []
    for place, due in enumerate(
        draw(st.lists(st.sampled_from(_DUES), min_size=int(done), max_size=3)), 1
    ):
        reached = done or draw(st.booleans())
        milestones.append(
            Milestone(
                id=f"{name}.m{place}",
                title=Translations(en=f"Step {place}"),
                due=due,
                status=MilestoneStatus.DONE
                if reached
                else draw(st.sampled_from((MilestoneStatus.PLANNED, MilestoneStatus.AT_RISK))),
                depends_on=tuple(
                    each.id for each in milestones if each.due is None or each.due == due
                ),
                evidence=(_evidence("Shown"),) if reached else (),
            )
        )
    lead, reason = draw(st.sampled_from(_LEADS))
    return an_activity(
        id=name,
        title=f"Activity {number}",
        answers=draw(st.sampled_from((("91-1/1.1",), ("91-1/2",), ("91-1/4", "91-1/1.1")))),
        alignments=draw(st.sampled_from(((), an_activity().alignments))),
        lead=lead,
        lead_reason=reason,
        partners=tuple(
            draw(
                st.lists(
                    st.sampled_from([each for each in _ACTORS if each != lead]),
                    max_size=2,
                    unique=True,
                )
            )
        ),
        period=draw(
            st.sampled_from(
                (
                    # By when is said by a period, or by what is due.
                    *((None,) if any(each.due for each in milestones) else ()),
                    Period(start="2037"),
                    Period(start="2037-01", end=str(2035 + number)),
                )
            )
        ),
        milestones=tuple(milestones),
        depends_on=tuple(draw(st.lists(st.sampled_from(before), max_size=2, unique=True))),
        resources=tuple(draw(st.lists(st.sampled_from(_RESOURCES), max_size=2))),
        status=status,
    )


@st.composite
def _sound_indicator(draw: st.DrawFn, number: int) -> Indicator:
    """Another indicator, to increase, decrease or maintain, with or without observations."""
    first, later, target = draw(st.sampled_from(((10, 12, 90), (40, 38, 0), (95, 100, 95))))
    direction = "increase" if target > first else "decrease" if target < first else "maintain"
    seen = Observation(value=Decimal(later), when="2036-12", source=a_source())
    return an_indicator(
        id=f"c1-roadmap/i{number}",
        name=f"Indicator {number}",
        unit=draw(st.sampled_from(("percent", "% of all", "points"))),
        direction=direction,
        baseline=Observation(
            value=Decimal(first), when=draw(st.sampled_from(("2035", "2036", "2036-06-30")))
        ),
        targets=(
            Target(value=(Decimal(target) + first) / 2, by="2038"),
            Target(value=Decimal(target), by="2040-12"),
        ),
        observations=draw(st.sampled_from(((), (seen,)))),
        sdg_indicator=draw(st.sampled_from((None, "sdg/9.c.1"))),
        measures=draw(st.sampled_from((("c1-roadmap/o1",), ("c1-roadmap/a1",)))),
    )


@st.composite
def _sound_roadmaps(draw: st.DrawFn, document: Document) -> Roadmap:
    """The road map with more activities and indicators, as a draft or in consultation, with or
    without updates.
    """
    made = a_roadmap(status=draw(st.sampled_from(("draft", "consultation"))))
    # All mandates with a date are answered, because some are addressed to the owner.
    dated = tuple(
        mandate.id
        for provision in document.provisions
        for mandate in provision.mandates
        if mandate.due is not None
    )
    given = [
        each.replace(answers=tuple(dict.fromkeys((*each.answers, *dated))))
        for each in made.activities
    ]
    for number in range(3, 3 + draw(st.integers(0, 3))):
        given.append(draw(_sound_activity(number, tuple(each.id for each in given))))
    if draw(st.booleans()):
        given.append(
            an_activity(
                id="c1-roadmap/a8",
                title="Given up",
                lead=None,
                answers=(),
                milestones=(),
                status="cancelled",
            )
        )
    indicators_ = [
        *made.indicators,
        *(draw(_sound_indicator(number)) for number in range(2, 2 + draw(st.integers(0, 2)))),
    ]
    more = Update(
        date=AS_OF, about="c1-roadmap", status="on course", evidence=(_evidence("Minutes"),)
    )
    news = draw(st.sampled_from(((), made.updates, (*made.updates, more))))
    return made.replace(activities=tuple(given), indicators=tuple(indicators_), updates=news)


def _reworded(record: R, words: Iterator[str | None]) -> R:
    """A copy in which texts that no rule compares are replaced by the next of *words*."""
    changes: dict[str, Any] = {}
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if field.what == "records":
            changes[field.name] = tuple(_reworded(each, words) for each in value)
        elif field.what == "record" and value is not None:
            changes[field.name] = _reworded(value, words)
        elif field.name in _TITLES and isinstance(value, Translations):
            changes[field.name] = {**value, "fr": next(words) or "Mot"}
        elif field.name in _FREE:
            changes[field.name] = next(words) or value
    return record.replace(**changes)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """A sound corpus: a document, the records it refers to, and a road map that answers it."""
    words = itertools.cycle(draw(st.lists(st.none() | _readable_texts(), min_size=1, max_size=7)))
    document = draw(_sound_documents())
    corpus = a_corpus(document, draw(_sound_roadmaps(document)))
    return Corpus.of(*(_reworded(record, words) for record in corpus.top))
