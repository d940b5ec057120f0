"""The questions on `docs/linked-data.md` find what the library finds, in two stores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from wsis_model import Corpus, Entity, StakeholderGroup, load
from wsis_model.interop import jsonld, rdf

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/linked-data.md").read_text(encoding="utf-8")
REACH, ANSWERS, RECALLS = re.findall(r"^```sparql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BASE = "https://w3id.org/wsis-model/id/"


@pytest.fixture(scope="module")
def corpus(catalogue: Corpus) -> Corpus:
    """The catalogue and a road map."""
    return catalogue | load(ROOT / "examples/data/c2-roadmap.yaml")


@pytest.fixture(scope="module")
def store(corpus: Corpus) -> pyoxigraph.Store:
    """The corpus in Oxigraph, from JSON-LD."""
    made = pyoxigraph.Store()
    made.load(jsonld.write(corpus), format=RdfFormat.JSON_LD)
    return made


def rows(store: pyoxigraph.Store, query: str) -> Iterator[tuple[str | None, ...]]:
    """The rows of an answer; identifiers and texts."""
    solutions: Any = store.query(query)
    for solution in solutions:
        yield tuple(None if value is None else value.value.removeprefix(BASE) for value in solution)


@pytest.mark.heavy
def test_what_reaches_an_actor_is_what_the_library_finds(
    corpus: Corpus, store: pyoxigraph.Store
) -> None:
    """For every actor that still exists, the question finds the mandates that `mandates()` finds,
    with the last day of each.
    """
    actors: list[StakeholderGroup | Entity] = [*corpus.groups, *corpus.all_entities]
    took_over = {each.succeeded_by for each in corpus.all_entities}
    asked = 0
    for actor in actors:
        if (isinstance(actor, Entity) and actor.until) or actor.id in took_over:
            continue
        found = list(rows(store, REACH.replace("id:itu", f"<{BASE}{actor.id}>")))
        expected = {each.mandate.id: each.mandate for each in corpus.mandates(addressee=actor.id)}
        assert {mandate for mandate, _, _ in found} == {*expected}, actor.id
        asked += len(found)
        for mandate, latest, _ in found:
            due = expected[str(mandate)].due
            day = due and due.window(corpus.calendar).latest
            assert latest == (day and day.isoformat())

    assert asked > 1_000


def test_the_goals_of_mandates_are_those_of_their_provisions(
    corpus: Corpus, store: pyoxigraph.Store
) -> None:
    """The goal is the one above what the provision is aligned with, and no other."""
    for mandate, _, goal in rows(store, REACH):
        provision = corpus[str(mandate).rpartition(".")[0]]
        about = {each.concept for each in provision.alignments if each.concept.startswith("sdg/")}
        goals = {each.split("/")[1].split(".")[0] for each in about}
        assert goal in goals or (goal is None and not goals)


def test_activities_that_answer_provisions_about_a_theme(
    corpus: Corpus, store: pyoxigraph.Store
) -> None:
    """They are those of the road map that answer a provision, or a mandate of it, with the theme."""
    about = {each.id for each in corpus.about("themes/connectivity")}
    expected = {
        (activity.id, provision)
        for activity in corpus["c2-roadmap"].activities
        for answered in activity.answers
        if (provision := re.sub(r"\.\d+$", "", answered)) in about
    }

    assert expected
    assert {*rows(store, ANSWERS)} == expected


def test_documents_that_the_outcome_recalls(corpus: Corpus, store: pyoxigraph.Store) -> None:
    """They are those that its paragraphs cite with that verb."""
    cited = {
        citation.target
        for provision in corpus["80-173"].provisions
        for citation in provision.citations
        if citation.verb == "verbs/recall"
    }
    found = {document: (symbol, title) for document, symbol, title in rows(store, RECALLS)}

    assert {*found} == cited
    for name, said in found.items():
        document = corpus.document(str(name))
        assert said == (document.symbol, document.title["en"])


@pytest.mark.parametrize("question", [REACH, ANSWERS, RECALLS])
def test_rdflib_answers_the_same(question: str, corpus: Corpus, store: pyoxigraph.Store) -> None:
    """Both stores give the same rows."""
    answer: Any = rdf.graph(corpus).query(question)
    expected = {
        tuple(None if value is None else str(value).removeprefix(BASE) for value in row)
        for row in answer
    }

    assert expected == {*rows(store, question)}
