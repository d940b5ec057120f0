"""The outcome and the Compact are read by one rule: what is a mandate, what is about what."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from wsis_model import Basis, Concept, Corpus, Mandate, MandateKind, Provision
from wsis_model.interop import akn

HERE = Path(__file__).parent / "outcome"
DOCUMENTS = ("80-173", "gdc")
#: The kinds of mandate that a verb makes, by its class: of rank 5 to 7, and of rank 8 or 9.
KINDS = {
    "verbs/class-deciding": (MandateKind.COMMITMENT, MandateKind.DECISION),
    "verbs/class-directive": (MandateKind.CALL, MandateKind.REQUEST),
}


def cases(name: str) -> Any:
    """A file of cases beside this one."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


READINGS = cases("readings")
LINKS: dict[str, dict[str, str]] = cases("links")


def kind_of(verb: Concept) -> MandateKind | None:
    """The kind of mandate that a verb makes by its class and rank; None where it makes none."""
    if verb.parent not in KINDS or (verb.rank or 0) < 5:
        return None
    return KINDS[verb.parent][(verb.rank or 0) >= 8]


def mandates(catalogue: Corpus) -> list[tuple[Provision, Mandate]]:
    """Every mandate of the two documents, with its provision."""
    return [
        (provision, mandate)
        for document in DOCUMENTS
        for provision in catalogue.document(document).provisions
        for mandate in provision.mandates
    ]


# --- kinds and addressees -------------------------------------------------------------------------


def test_the_kind_of_a_mandate_follows_from_its_verb(catalogue: Corpus) -> None:
    """Class and rank of the verb give the kind, whoever is addressed; the exceptions are known."""
    differing = {
        mandate.id: mandate.kind.value
        for _, mandate in mandates(catalogue)
        if mandate.kind is not kind_of(catalogue.concept(mandate.verb))
    }

    assert {name: case["kind"] for name, case in READINGS["kinds"].items()} == differing
    assert not [name for name in differing if catalogue[name].basis is not Basis.EDITORIAL]


def test_commitments_are_upon_the_governments(catalogue: Corpus) -> None:
    """Who pledges is who adopted the text, but for 119; a request names whom it asks."""
    others = {
        mandate.id: list(mandate.addressees)
        for _, mandate in mandates(catalogue)
        if mandate.kind is MandateKind.COMMITMENT and mandate.addressees != ("groups/governments",)
    }

    assert {"80-173/119.1": []} == others
    assert not [
        mandate.id
        for _, mandate in mandates(catalogue)
        if mandate.kind is MandateKind.REQUEST and not mandate.addressees
    ]


@pytest.mark.parametrize(
    ("verb", "kind", "found"),
    [
        ("call-upon", "call", "53.1 86.1 100.1 100.2 101.1 102.1 111.1 112.1 126.2"),
        ("encourage", "call", "51.1 85.1 107.1 108.1 125.1"),
        ("invite", "call", "67.1 67.3 103.2 121.4"),
        ("request", "request", "67.2 98.2 113.1 117.1 122.1 124.1 124.2 127.1"),
    ],
)
def test_one_verb_is_one_kind(catalogue: Corpus, verb: str, kind: str, found: str) -> None:
    """To call upon one body is what it is to call upon all; only what is requested is a request."""
    kinds = {
        asked.mandate.id.removeprefix("80-173/"): asked.mandate.kind.value
        for asked in catalogue.mandates(verb=f"verbs/{verb}", document="80-173")
    }

    assert {kind} == {kinds[name] for name in found.split()} == set(kinds.values())


# --- what is about what ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", LINKS)
def test_provisions_are_found_by_what_they_are_about(catalogue: Corpus, name: str) -> None:
    """Each link of the table is there, once, as our judgement."""
    held = Counter(
        alignment.concept
        for alignment in catalogue.provision(name).alignments
        if alignment.basis is Basis.EDITORIAL
    )

    assert dict.fromkeys(LINKS[name], 1) == {concept: held[concept] for concept in LINKS[name]}


# --- held to the official texts -------------------------------------------------------------------


@cache
def official(shared: Path) -> dict[str, str]:
    """The official English text of every provision of the two documents."""
    files = (
        shared / "documents" / "akn" / f"{name}.English.xml"
        for name in ("A_RES_80_173", "A_RES_79_1")
    )
    return {
        provision.id: provision.text["en"]
        for file in files
        for document in akn.read(file).documents
        if document.id in DOCUMENTS
        for provision in document.provisions
    }


#: A paragraph whose items are what is asked or pledged: it ends "We commit, by 2030, to:".
OPENING = re.compile(r"\b(?:to|on|will|urgently):$")
BETWEEN = r"(?:,? (?:also|further|therefore|particularly|urgently|strongly))*,? "


def words_of_asking(catalogue: Corpus) -> re.Pattern[str]:
    """Finds verbs that pledge after "we" or "our cooperation", or that ask after "we" or "and"."""
    forms: dict[str, list[str]] = {"verbs/class-deciding": [], "verbs/class-directive": []}
    for verb in catalogue.concepts("verbs"):
        if kind_of(verb) is not None:
            forms[str(verb.parent)] += [
                re.escape(form)
                for form in (str(verb.code), *verb.aliases)
                if not re.fullmatch(r"\w+(?:ed|ing)\b.*", form)
            ]
    deciding, directive = ("|".join(sorted(each, key=len, reverse=True)) for each in forms.values())
    return re.compile(
        rf"\b(?:we|our (?:digital )?cooperation){BETWEEN}(?P<pledge>{deciding})\b"
        rf"|(?:\bwe|\band|,|:|\bStates){BETWEEN}(?P<ask>{directive})\b",
        re.IGNORECASE,
    )


def asking(
    provision: Provision, texts: dict[str, str], words: re.Pattern[str], verbs: dict[str, str]
) -> Counter[str]:
    """The verbs with which a provision asks or pledges.

    A lettered item is one mandate, under the verb of the words that open its list.
    """
    text, opening = texts[provision.id], texts.get(provision.parent or "", "")
    of_a_list = OPENING.search(opening) is not None
    if of_a_list:
        text = f"{opening.rpartition('. ')[2]} {text}"
    elif OPENING.search(text):
        text = text.rpartition(". ")[0]
    found = [verbs[(match["pledge"] or match["ask"]).casefold()] for match in words.finditer(text)]
    return Counter(found[:1] if of_a_list else found)


def test_what_asks_or_pledges_in_the_text_is_a_mandate(catalogue: Corpus, shared: Path) -> None:
    """The verbs with which the official text of a provision asks and pledges are its mandates'."""
    verbs = {
        form.casefold(): verb.id
        for verb in catalogue.concepts("verbs")
        if kind_of(verb) is not None
        for form in (str(verb.code), *verb.aliases)
    }
    words = words_of_asking(catalogue)
    unread: dict[str, list[str]] = {}
    unfounded: dict[str, list[str]] = {}
    for document in DOCUMENTS:
        for provision in catalogue.document(document).provisions:
            stated = asking(provision, official(shared), words, verbs)
            held = Counter(mandate.verb for mandate in provision.mandates)
            # One verb may make several mandates, where it has several objects; never the reverse.
            if missing := list((stated - held).elements()):
                unread[provision.id] = missing
            if extra := sorted(held.keys() - stated.keys()):
                unfounded[provision.id] = extra

    assert {name: [case["verb"]] for name, case in READINGS["words"].items()} == unread
    assert {
        name.rpartition(".")[0]: [catalogue[name].verb] for name in READINGS["kinds"]
    } == unfounded


RUN = 10
"""How many equal words make a repetition, and no chance."""


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words of a text, without the Goals that the Compact prints after it."""
    words = re.findall(r"\w+", re.sub(r"\((?:all )?SDGs?[^)]*\)", "", text).casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def test_what_says_the_same_is_about_the_same(catalogue: Corpus, shared: Path) -> None:
    """What repeats over half of a provision of the Compact is linked with it and has its themes."""
    texts = official(shared)
    outcome = [(each, runs(texts[each.id])) for each in catalogue.document("80-173").provisions]
    repeated = 0
    missing: list[tuple[str, str, set[str]]] = []
    for told in catalogue.document("gdc").provisions:
        of_the_compact = runs(texts[told.id])
        for provision, ours in outcome:
            if 2 * len(ours & of_the_compact) <= len(of_the_compact):
                continue
            repeated += 1
            about = {alignment.concept for alignment in provision.alignments}
            expected = {told.id} | {
                alignment.concept
                for alignment in told.alignments
                if alignment.concept.startswith(("themes/", "action-lines/"))
            }
            if not expected <= about:
                missing.append((provision.id, told.id, expected - about))

    assert repeated >= 14
    assert [] == missing
