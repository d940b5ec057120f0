"""The outcome as one JSON file, for the page that explores it: made from the catalogue at each build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addresses import OUTCOME, name
from paragraphs import route_text

from wsis_model import Concept, Corpus, Due, Entity, Mandate, Provision, StakeholderGroup
from wsis_model.authoring.suggestions import current_concepts

__all__ = ["LANGUAGES", "outcome"]

LANGUAGES = ("en", "fr", "es")
"""The languages of the page."""


def outcome(corpus: Corpus) -> dict[str, Any]:
    """The paragraphs with what they ask, the themes, and the actors with the names that reach them.

    Names are texts by language where they differ from the English one; else one text.
    """
    document = corpus.document(OUTCOME)
    named = {who for each in document.provisions for m in each.mandates for who in m.addressees}
    actors = [each.id for each in corpus.groups]
    actors += [each.id for each in corpus.all_entities if each.until is None]
    reached = {each: _reached(corpus, each, named) for each in actors}
    themes = {
        a.concept for each in document.provisions for a in each.alignments if _theme(a.concept)
    }
    shown = {*named, *(actor for actor, routes in reached.items() if routes), *themes}
    shown |= {m.verb for each in document.provisions for m in each.mandates}
    sections = {each.id: str(each.heading) for each in document.sections}
    return {
        "symbol": document.symbol,
        "adopted": str(document.adopted),
        "official": {each: document.urls[0].replace("/en/", f"/{each}/") for each in LANGUAGES},
        "names": {each: _names(corpus, each) for each in sorted(shown)},
        "aliases": {
            each: list(corpus[each].aliases) for each in sorted(shown) if corpus[each].aliases
        },
        "themes": sorted(themes),
        "lines": [
            {"id": each.id, "code": each.code, "name": each.label}
            for each in current_concepts(corpus, "action-lines")
        ],
        "actors": {actor: routes for actor, routes in reached.items() if routes},
        "paragraphs": [_paragraph(corpus, each, sections) for each in document.provisions],
    }


def _theme(concept: str) -> bool:
    return concept.startswith("themes/")


def _reached(corpus: Corpus, actor: str, named: set[str]) -> dict[str, str]:
    """The names in mandates that reach an actor, each with the route in words: empty where it is
    named itself.
    """
    routes = corpus.routes(actor)
    return {
        each: route_text(corpus, route) if route else ""
        for each, route in routes.items()
        if each in named
    }


def _names(corpus: Corpus, identifier: str) -> str | Mapping[str, str]:
    """What a record is called; the page shows the name in its language."""
    record = corpus[identifier]
    english = name(corpus, identifier)
    if isinstance(record, Entity):
        full, acronym = record.name, record.acronym
    elif isinstance(record, Concept | StakeholderGroup):
        full, acronym = record.label, None
    else:
        return english
    said = {
        each: f"{acronym} ({full[each]})" if acronym and acronym != full[each] else full[each]
        for each in LANGUAGES
        if each in full
    }
    return said if len(set(said.values())) > 1 else next(iter(said.values()), english)


def _paragraph(corpus: Corpus, provision: Provision, sections: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": provision.id,
        "number": provision.number,
        "section": sections.get(provision.section or "", ""),
        "summary": str(provision.summary),
        "themes": [each.concept for each in provision.alignments if _theme(each.concept)],
        "mandates": [_mandate(corpus, each) for each in provision.mandates],
    }


def _mandate(corpus: Corpus, mandate: Mandate) -> dict[str, Any]:
    due = mandate.due
    window = due.window(corpus.calendar) if due else None
    return {
        "id": mandate.id,
        "kind": mandate.kind.value,
        "verb": mandate.verb,
        "action": str(mandate.action),
        "addressees": list(mandate.addressees),
        "due": _due(corpus, due) if due else "",
        "latest": str(window.latest) if window and window.latest else "",
    }


def _due(corpus: Corpus, due: Due) -> str:
    """When something is due, in words."""
    said = (
        name(corpus, due.session) if due.session else "",
        due.event or "",
        str(due.date) if due.date else "",
        due.recurrence.value if due.recurrence else "",
    )
    return ", ".join(filter(None, said))
