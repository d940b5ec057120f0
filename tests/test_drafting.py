"""What a machine suggests from an official text: each rule by its cases, and the whole by texts of
people.

Cases are data, in `drafting/cases/<CODE>.yaml`: `seen` are texts in which the rule sees something,
`unseen` those in which it does not. Both say what is suggested of them in the end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import Basis, Corpus, Document, Provision, Translations, check, drafting
from wsis_model.drafting import RULES, Draft, suggest

CASES = Path(drafting.__file__).parent / "cases"
BY_CODE = {each.code: each for each in RULES}


def each_case() -> list[Any]:
    return [
        pytest.param(path.stem, kind == "seen", case, id=f"{path.stem}-{kind}-{number}")
        for path in sorted(CASES.glob("*.yaml"))
        for kind, listed in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for number, case in enumerate(listed, 1)
    ]


def document(case: dict[str, Any]) -> Document:
    """A document with the text of a case as its last paragraph."""
    above, language = case.get("above"), case.get("language", "en")
    part = "preambular" if case.get("preambular") else "operative"
    provisions: list[dict[str, Any]] = []
    if above:
        provisions.append({"id": "99-1/1", "number": "1", "text": {language: above}})
    name, parent = ("99-1/1-a", "99-1/1") if above else ("99-1/2", None)
    provisions.append(
        {
            "id": name,
            "number": "2",
            "text": {language: case["text"]},
            "part": part,
            "parent": parent,
        }
    )
    return Document.model_validate(
        {"id": "99-1", "title": "Ferries", "body": "general-assembly", "provisions": provisions}
    )


@pytest.mark.parametrize(("code", "sees", "case"), each_case())
def test_a_rule_sees_what_its_cases_say(
    code: str, sees: bool, case: dict[str, Any], catalogue: Corpus
) -> None:
    draft = suggest(document(case), catalogue)
    made = [each.mandate for each in draft.suggestions]
    assert len(made) == len(case["suggests"])
    for mandate, expected in zip(made, case["suggests"], strict=True):
        plain = mandate.to_dict() | {"due": mandate.due and mandate.due.to_dict()}
        for name, value in expected.items():
            assert (plain.get(name) or None) == (value or None), name
    if case["suggests"]:
        rules = {seen.rule for each in draft.suggestions for seen in each.seen} | {
            seen.partition(" ")[0]
            for each in draft.document.provisions
            for seen in each.extensions.get("draft:seen", ())
        }
        assert (code in rules) is sees


def test_every_rule_has_cases_and_says_what_it_sees() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(BY_CODE)
    assert len(BY_CODE) == len(RULES)
    assert all(each.doc for each in RULES)


WORDS = st.sampled_from(
    (
        *(
            "requests",
            "Requests",
            "We",
            "we will",
            "urge",
            "calls upon",
            "are urged to",
            "and",
            ",",
            ";",
        ),
        *(
            ".",
            ":",
            "to",
            "that",
            "the",
            "Secretary-General",
            "it",
            "by 2031",
            "at its",
            "ninetieth",
        ),
        *(
            "session",
            "annual",
            "report",
            "(SDGs 1",
            ")",
            "resolution",
            "70/1",
            "\n",
            "’",
            "\u0000",
            "é",
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given_(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_a_draft_whose_places_lie_in_the_text(text: str) -> None:
    provision = {"id": "99-1/1", "number": "1", "text": {"en": text}} if text else None
    given = {"id": "99-1", "title": "T", "provisions": [provision] if provision else []}
    before = Document.model_validate(given)
    draft = suggest(before, wsis.catalogue())

    assert before == Document.model_validate(given)
    for each in draft.suggestions:
        assert 0 <= each.start <= each.end <= len(text)
        assert all(0 <= seen.start <= seen.end <= len(text) for seen in each.seen)


TEXT = (
    "Welcomes the ferries, and requests the Secretary-General to count them by 2031 and to report "
    "thereon to the General Assembly, within existing resources;"
)


@pytest.fixture
def draft(catalogue: Corpus) -> Draft:
    return suggest(document({"text": TEXT}), catalogue)


def test_every_fact_says_where_it_stands(draft: Draft) -> None:
    (one,) = draft.suggestions
    spoken = {(seen.field, TEXT[seen.start : seen.end]) for seen in one.seen}
    assert ("verb", "requests") in spoken
    assert ("addressees", "Secretary-General") in spoken
    assert ("due.date", "by 2031") in spoken
    assert ("caveats", "within existing resources") in spoken
    assert TEXT[one.start : one.end].startswith("requests the Secretary-General")


def test_a_draft_holds_no_official_text_and_no_quotation(draft: Draft, catalogue: Corpus) -> None:
    assert not any(each.text for each in draft.document.provisions)
    official = Corpus.of(document({"text": TEXT}))
    joined = Corpus.of(draft.document).with_text(official.documents)
    assert not [each for each in check(joined | catalogue).findings if each.code == "P603"]


def test_what_a_machine_suggests_says_so(draft: Draft) -> None:
    (mandate,) = draft.document.provisions[-1].mandates
    assert mandate.basis is Basis.MACHINE


def test_a_paragraph_says_what_it_cites_and_is_about(catalogue: Corpus) -> None:
    text = (
        "Recalls resolution 70/1 of 25 September 2015 and the Geneva Plan of Action (SDGs 4 and 9);"
    )
    (made,) = suggest(document({"text": text}), catalogue).document.provisions
    cited = [(each.target, each.verb) for each in made.citations]
    assert cited == [("70-1", "verbs/recall"), ("geneva-plan", "verbs/recall")]
    assert [(each.concept, each.basis) for each in made.alignments] == [
        ("sdg/4", Basis.MACHINE),
        ("sdg/9", Basis.MACHINE),
    ]


def test_the_language_is_english_where_there_is_english_and_can_be_chosen(
    catalogue: Corpus,
) -> None:
    text = {"en": "The ferries are slow.", "fr": "Nous invitons les États à les repeindre."}
    both = Document.model_validate(
        {"id": "99-1", "title": "T", "provisions": [{"id": "99-1/1", "number": "1", "text": text}]}
    )
    assert suggest(both, catalogue).suggestions == ()
    (one,) = suggest(both, catalogue, language="fr").suggestions
    assert (one.rule, one.mandate.verb) == ("V111", "verbs/invite")


def test_a_document_without_text_gets_no_suggestions(catalogue: Corpus) -> None:
    silent = Document(
        id="99-1", title=Translations(en="T"), provisions=(Provision(id="99-1/1", number="1"),)
    )
    assert suggest(silent, catalogue).suggestions == ()


def test_the_shipped_catalogue_is_looked_up_by_default() -> None:
    assert suggest(document({"text": TEXT})) == suggest(document({"text": TEXT}), wsis.catalogue())
