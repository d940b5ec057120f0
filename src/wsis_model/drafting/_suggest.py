"""A document's mandates as the rules suggest them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from ..corpus import Corpus
from ..model import (
    Basis,
    Citation,
    Document,
    Due,
    Mandate,
    MandateKind,
    Part,
    Provision,
    Vocabulary,
    cite,
)
from ..model.record import Extensions
from . import addressees, mandates, references, terms, translated
from ._actors import ActorNames
from ._rule import NEAR, Clause, Head, Paragraph, Passage, Rule, Seen, collected
from ._verbs import Verbs

__all__ = ["RULES", "Draft", "Suggestion", "suggest"]

MANDATE_RULES: tuple[Rule[Paragraph], ...] = collected(mandates)
"""The rules that find mandates in English."""
DETAIL_RULES: tuple[Rule[Clause], ...] = collected(addressees, terms)
"""The rules that see the particulars of a mandate."""
PASSAGE_RULES: tuple[Rule[Passage], ...] = collected(references)
"""The rules that see what a paragraph cites and is about."""
TRANSLATED_RULES: tuple[Rule[Paragraph], ...] = (
    *collected(translated),
    mandates.items_inherit,
)
"""The rules that find mandates in other languages."""
RULES: tuple[Rule[Any], ...] = tuple(
    sorted(
        {*MANDATE_RULES, *TRANSLATED_RULES, *DETAIL_RULES, *PASSAGE_RULES},
        key=lambda each: each.code,
    )
)
"""All rules, in the order of their codes."""
_MANY = ("addressees", "with", "reports_to", "caveats")
WORDS = 12
"""An extract has at most so many words: fewer than rule P603 takes for a quotation."""


@attrs.frozen
class Suggestion:
    """A mandate that a machine suggests, and where everything in it stands in the text."""

    mandate: Mandate
    """The mandate, with the basis `machine`."""
    provision: str
    """The paragraph or item in whose text it stands."""
    start: int
    """Where in that text its clause begins, in characters from 0."""
    end: int
    """Where it ends, exclusive."""
    rule: str
    """The code of the rule that found it."""
    seen: tuple[Seen, ...] = ()
    """What the rules saw in it."""


@attrs.frozen
class Draft:
    """A document with suggested mandates."""

    document: Document
    """The document without official text."""
    suggestions: tuple[Suggestion, ...]
    """The suggestions, in the order of the text."""


def suggest(
    document: Document, corpus: Corpus | None = None, *, language: str | None = None
) -> Draft:
    """The mandates that rules see in the official text of a document.

    Args:
        document: The document, with its text.
        language: The language of the text that is read; by default English, else the first of
            French, Spanish, Russian, Arabic and Chinese that the document has. In these, only the
            verbs and kinds are suggested, citations and goals.
        corpus: Where verbs, actors and sessions are looked up; by default
            [`catalogue()`][wsis_model.catalogue].

    Examples:
        >>> from wsis_model import Document
        >>> text = "Requests the Secretary-General to count the ferries by 2031;"
        >>> provision = {"id": "99-1/1", "number": "1", "text": text}
        >>> document = Document(id="99-1", title={"en": "Ferries"}, provisions=[provision])
        >>> for each in suggest(document).suggestions:
        ...     print(each.rule, each.mandate.verb, each.mandate.addressees, each.mandate.due.date)
        V101 verbs/request ('secretary-general',) 2031
    """
    if corpus is None:
        from .._catalogue import catalogue

        corpus = catalogue()
    spoken = {each for provision in document.provisions for each in provision.text}
    known = (each for each in ("en", *translated.LANGUAGES) if each in spoken)
    return _Reader(document, corpus, language or next(known, "en")).draft()


@attrs.define(eq=False)
class _Reader:
    document: Document
    corpus: Corpus
    language: str
    mentioned: list[str] = attrs.Factory(list[str])

    @functools.cached_property
    def verbs(self) -> Verbs:
        return Verbs.of(self.corpus)

    @functools.cached_property
    def actors(self) -> ActorNames:
        return ActorNames.of(self.corpus)

    @functools.cached_property
    def deliverables(self) -> dict[str, str]:
        vocabulary = self.corpus.get("deliverables")
        concepts = vocabulary.concepts if isinstance(vocabulary, Vocabulary) else ()
        return {
            name.casefold(): concept.id
            for concept in reversed(concepts)
            for name in (concept.label.get("en", concept.id), *concept.aliases)
        }

    def draft(self) -> Draft:
        suggestions: list[Suggestion] = []
        provisions: list[Provision] = []
        chapeaus: dict[str, Clause] = {}
        texts = {each.id: each.text.get(self.language, "") for each in self.document.provisions}
        parents = {each.parent for each in self.document.provisions}
        for provision in self.document.provisions:
            text = provision.text.get(self.language, "")
            paragraph = Paragraph(
                text,
                self.verbs,
                self.actors,
                self.deliverables,
                self.corpus.calendar,
                body=self.document.body,
                year=self.document.adopted.year if self.document.adopted else None,
                preambular=provision.part is Part.PREAMBULAR,
                language=self.language,
                above=texts.get(provision.parent or "", ""),
                chapeau=chapeaus.get(provision.parent or ""),
                mentioned=tuple(self.mentioned[-NEAR:]),
            )
            clauses = _clauses(paragraph)
            open_clause = next(
                (each for each in reversed(clauses) if provision.id in parents and each.is_chapeau),
                None,
            )
            if open_clause is not None:
                chapeaus[provision.id] = open_clause
            elif paragraph.chapeau is not None and provision.id in parents:
                chapeaus[provision.id] = paragraph.chapeau
            asked = [
                each
                for each in clauses
                if each.head.kind is not None and (each is not open_clause or each.is_complete)
            ]
            made = [
                self._suggestion(provision, number, each) for number, each in enumerate(asked, 1)
            ]
            suggestions += made
            self.mentioned += [each.actor for each in paragraph.named]
            passage = Passage(paragraph, clauses, self.corpus, self.document.id)
            seen = tuple(one for rule in PASSAGE_RULES for one in rule.look(passage))
            provisions.append(
                provision.replace(
                    text={},
                    mandates=tuple(each.mandate for each in made),
                    citations=_citations(provision, seen, self.corpus),
                    alignments=(*provision.alignments, *_values(seen, "alignments")),
                    mentions=tuple(dict.fromkeys(each.actor for each in paragraph.named)),
                    extensions=_places(seen),
                )
            )
        return Draft(_without_text(self.document, provisions, self.corpus), tuple(suggestions))

    def _suggestion(self, provision: Provision, number: int, clause: Clause) -> Suggestion:
        head = clause.head
        seen = [Seen("verb", head.verb, head.start, head.end, head.rule)]
        if self.language == "en":
            for rule in DETAIL_RULES:
                seen += rule.look(clause)
        fields: dict[str, Any] = {}
        due: dict[str, Any] = {}
        for one in seen[1:]:
            if one.field in _MANY:
                fields[one.field] = tuple(dict.fromkeys((*fields.get(one.field, ()), one.value)))
            elif one.field.startswith("due."):
                due.setdefault(one.field.removeprefix("due."), one.value)
            else:
                fields.setdefault(one.field, one.value)
        if due:
            fields["due"] = Due(**due)
        mandate = Mandate(
            id=f"{provision.id}.{number}",
            kind=head.kind or MandateKind.CALL,
            verb=head.verb,
            action=f"To be written: {_extract(clause)}",
            basis=Basis.MACHINE,
            extensions=Extensions({"draft:at": f"{head.start}-{clause.end}", **_places(seen)}),
            **fields,
        )
        return Suggestion(mandate, provision.id, head.start, clause.end, head.rule, tuple(seen))


def _without_text(document: Document, provisions: Iterable[Provision], corpus: Corpus) -> Document:
    """The document with other provisions, and without what else is official text in it."""
    notes = tuple(
        each.replace(
            text={},
            extensions={},
            citations=tuple(
                one if _is_held(one, corpus) else _by_name(one) for one in each.citations
            ),
        )
        for each in document.notes
    )
    return document.replace(
        provisions=tuple(provisions), notes=notes, opening={}, tables=(), extensions={}
    )


def _places(seen: Sequence[Seen]) -> dict[str, Any]:
    """The rules that saw something, and where, as extensions."""
    listed = [f"{one.rule} {one.field} {one.start}-{one.end}" for one in seen]
    return {"draft:seen": listed} if listed else {}


def _values(seen: Iterable[Seen], field: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(one.value for one in seen if one.field == field))


def _citations(provision: Provision, seen: Iterable[Seen], corpus: Corpus) -> tuple[Citation, ...]:
    """The citations that the document has, with their verbs, and those that only the rules saw."""
    found: dict[str, Citation] = {}
    for one in _values(seen, "citations"):
        found.setdefault(one.target, one)
    given = [
        each.replace(verb=found[each.target].verb)
        if each.verb is None and each.target in found
        else each
        for each in provision.citations
    ]
    held = {each.target for each in given}
    given += [each for target, each in found.items() if target not in held]
    return tuple(each if _is_held(each, corpus) else _by_name(each) for each in given)


def _is_held(citation: Citation, corpus: Corpus) -> bool:
    return citation.target is None or citation.target in corpus


def _by_name(citation: Citation) -> Citation:
    """A citation of a document that there is no record of: by its symbol."""
    text = citation.text or cite(citation.target or "")
    return Citation(text=text, verb=citation.verb, mark=citation.mark)


def _extract(clause: Clause) -> str:
    words = clause.text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _clauses(paragraph: Paragraph) -> tuple[Clause, ...]:
    """The clauses of a paragraph: each goes from its verb to the next, or to the end of its
    sentence.
    """
    heads: dict[int, Head] = {}
    rules = MANDATE_RULES if paragraph.language == "en" else TRANSLATED_RULES
    for rule in rules:
        for head in rule.look(paragraph):
            known = heads.get(head.start)
            if known is None or known.kind is None:
                heads[head.start] = head
    ordered = [heads[start] for start in sorted(heads)]
    own = [head for head in ordered if not head.inherited]
    complete = paragraph.chapeau is not None and paragraph.chapeau.is_complete
    if own and (own[0].start == 0 or complete):
        ordered = own  # an item that has a verb of its own
    made: list[Clause] = []
    places = list(mandates.sentences(paragraph.text))
    for head, following in itertools.zip_longest(ordered, ordered[1:]):
        end = following.start if following is not None else len(paragraph.text)
        while len(places) > 1 and places[0][1] <= head.end:
            places.pop(0)
        opening, stop = places[0] if places else (0, len(paragraph.text))
        before = made[-1] if made else None
        made.append(Clause(paragraph, head, min(end, stop), min(opening, head.start), before))
    return tuple(made)
