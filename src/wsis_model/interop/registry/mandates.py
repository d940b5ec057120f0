"""Annotations of the registry as mandates, and mandates as annotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ...corpus import Corpus
from ...model import (
    Basis,
    Mandate,
    MandateKind,
    Provision,
)
from ...model.identifiers import is_identifier
from .._wording import one_line
from .wire import Annotation, Deliverable, Wire

__all__ = ["MACHINE_MADE", "Derived", "EntityNames", "annotations_of", "derive", "plain_annotation"]

MACHINE_MADE = "machine-made by the UN Mandate Source Registry"
"""What the note of every mandate read here begins with."""

LANGUAGE = "en"

#: Verbs of the registry's class "deciding" with which the authors pledge something of themselves.
_PLEDGES = frozenset(
    f"verbs/{verb}"
    for verb in (
        "aim",
        "be-determined",
        "commit",
        "pledge",
        "reaffirm-commitment",
        "recommit",
        "will",
        "will-support",
    )
)

#: The verb of its class "deciding" that states a need and settles or promises nothing.
_NEED = "verbs/must"
#: The verb of its class "directive" that gives somebody a task; the others appeal.
_REQUEST = "verbs/request"

#: The registry's own short forms that are nobody's acronym.
_SHORT_FORMS = {
    "ga": "general assembly",
    "un secretary-general": "secretary-general",
    "un": "united nations",
}

_ADVERBS = re.compile(
    r"\b(?:also|further|furthermore|moreover|therefore|strongly|fully|highly|ourselves)\b"
)


#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_TUPLE: Any = tuple


def _key(name: str) -> str:
    """A name for comparing: without case, article, and a short form in brackets."""
    plain = re.sub(r"\s*\([^()]*\)$", "", one_line(name).casefold().replace("_", " ")).replace(
        "’", "'"
    )
    plain = plain.removeprefix("the ")
    return _SHORT_FORMS.get(plain, plain)


@attrs.frozen(eq=False)
class EntityNames:
    """The names that a corpus has for its actors, verbs and kinds of deliverable."""

    actors: Mapping[str, str]
    verbs: Mapping[str, str]
    deliverables: Mapping[str, str]
    classes: Mapping[str, str]
    """Class of each verb, e.g. `{"verbs/request": "directive"}`."""
    written_names: Mapping[str, str]
    """The name under which each identifier is written."""

    @classmethod
    def of(cls, corpus: Corpus | None) -> EntityNames:
        """The names in *corpus*; no names without a corpus."""
        actors: dict[str, str] = {}
        written_names: dict[str, str] = {}
        concepts: dict[str, dict[str, str]] = {"verbs": {}, "deliverables": {}}
        classes: dict[str, str] = {}
        if corpus is None:
            return cls(actors, concepts["verbs"], concepts["deliverables"], classes, written_names)
        for entity in corpus.all_entities:
            _add_names(
                entity.id,
                (entity.acronym, *entity.name.values(), *entity.aliases),
                actors,
                written_names,
            )
        for group in corpus.groups:
            _add_names(group.id, (*group.label.values(), *group.aliases), actors, written_names)
        for vocabulary in corpus.vocabularies:
            if vocabulary.id not in concepts:
                continue
            for concept in vocabulary.concepts:
                _add_names(
                    concept.id,
                    (concept.code, *concept.label.values(), *concept.aliases),
                    concepts[vocabulary.id],
                    written_names,
                )
                if concept.parent and concept.parent.startswith("verbs/class-"):
                    classes[concept.id] = concept.parent.removeprefix("verbs/class-")
        return cls(actors, concepts["verbs"], concepts["deliverables"], classes, written_names)

    def why_not(self, reason: str) -> str:
        """The reason why a name was not matched."""
        return reason if self.actors else "no corpus was given to match the name with"

    def actor(self, *names: str | None) -> str | None:
        """The actor with the first of these names that is known."""
        return next(
            (self.actors[_key(name)] for name in names if name and _key(name) in self.actors), None
        )

    def verb(self, annotation: Annotation) -> str | None:
        """The verb of an annotation, of whatever form; None where no word of it is known."""
        for words in (annotation.action_verb_normalized, annotation.action_verb):
            for form in (words or "", _ADVERBS.sub("", words or "")):
                if (found := self.verbs.get(_key(form))) is not None:
                    return found
        return None

    def deliverable(self, deliverable: Deliverable) -> str | None:
        """The kind of a deliverable: by its name, else by the registry's type."""
        for name in (deliverable.deliverable_normalized, deliverable.deliverable_type):
            if name and (found := self.deliverables.get(_key(name))) is not None:
                return found
        return None


def _add_names(
    identifier: str,
    names: Iterable[str | None],
    known: dict[str, str],
    written_names: dict[str, str],
) -> None:
    for name in (*names, identifier):
        if name and known.setdefault(_key(name), identifier) == identifier:
            written_names.setdefault(identifier, name)


def _kind(verb: str, verb_class: str | None) -> MandateKind | None:
    """The kind of mandate of a verb; None where the verb requests, decides and pledges nothing."""
    if verb_class == "deciding" and verb != _NEED:
        return MandateKind.COMMITMENT if verb in _PLEDGES else MandateKind.DECISION
    if verb_class == "directive":
        return MandateKind.REQUEST if verb == _REQUEST else MandateKind.CALL
    return None


@attrs.define(eq=False)
class Derived:
    """The mandates and mentions of a paragraph, and what of its annotations is in neither."""

    mandates: list[Mandate] = attrs.Factory(list[Mandate])
    mentions: list[str] = attrs.Factory(list[str])
    left_out: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])


def derive(provision: str, annotations: Iterable[Annotation], names: EntityNames) -> Derived:
    """Mandates and mentions from what the machine found in a paragraph."""
    made = Derived()
    for annotation in annotations:
        for mentioned in annotation.mentioned_entities:
            actor = names.actor(mentioned.mentioned_entity_normalized, mentioned.mentioned_entity)
            if actor is None:
                name = mentioned.mentioned_entity_normalized or mentioned.mentioned_entity or ""
                made.left_out.append(
                    (name, names.why_not("a name mentioned that the corpus does not hold"))
                )
            elif actor not in made.mentions:
                made.mentions.append(actor)
        _derive_mandate(f"{provision}.{len(made.mandates) + 1}", annotation, names, made)
    made.left_out = [(text, reason) for text, reason in made.left_out if text]
    return made


def _derive_mandate(
    identifier: str, annotation: Annotation, names: EntityNames, made: Derived
) -> None:
    word = annotation.action_verb_normalized or annotation.action_verb or ""
    known = names.verb(annotation)
    slug = "-".join(re.findall(r"[a-z0-9]+", word.lower()))
    verb = known or f"verbs/{slug}"
    kind = (
        _kind(verb, annotation.action_verb_type or names.classes.get(verb))
        if slug and is_identifier(verb)
        else None
    )
    deliverables = [
        one_line(each.deliverable_normalized or each.deliverable or "")
        for each in annotation.deliverables
    ]
    if kind is None:
        if annotation.assignees or annotation.deliverables:
            made.left_out.append(
                (
                    word or "; ".join(filter(None, deliverables)),
                    "an annotation whose verb requests nothing",
                )
            )
        return
    if known is None:
        made.left_out.append((word, names.why_not("a verb that the corpus does not hold")))
    addressees: list[str] = []
    unknown: list[str] = []
    for each in annotation.assignees:
        actor = names.actor(each.assignee_normalized, each.assignee)
        name = one_line(each.assignee_normalized or each.assignee or "")
        if actor is None and name:
            unknown.append(name)
        elif actor is not None and actor not in addressees:
            addressees.append(actor)
    kinds = [names.deliverable(each) for each in annotation.deliverables]
    unmatched = [
        one_line(each.deliverable_type)
        for each, found in zip(annotation.deliverables, kinds, strict=True)
        if found is None and each.deliverable_type
    ]
    made.left_out += [
        (name, names.why_not("an assignee that the corpus does not hold")) for name in unknown
    ]
    note = [MACHINE_MADE]
    if unknown:
        note.append(f"addressees not matched: {', '.join(unknown)}")
    if unmatched:
        note.append(f"kinds of deliverable not matched: {', '.join(dict.fromkeys(unmatched))}")
    mandate = Mandate(
        id=identifier,
        kind=kind,
        verb=verb,
        action="; ".join(filter(None, deliverables)) or one_line(annotation.action_verb or word),
        addressees=tuple(addressees),
        deliverable=next(filter(None, kinds), None),
        basis=Basis.EDITORIAL,
        note="; ".join(note),
    )
    made.mandates.append(mandate)


def annotations_of(provision: Provision, names: EntityNames) -> list[dict[str, Any]]:
    """The annotations that state the mandates and mentions of a provision."""
    made = [_annotation_of(mandate, names) for mandate in provision.mandates]
    if provision.mentions:
        if not made:
            made.append(plain_annotation(Annotation()))
        made[0]["mentioned_entities"] = [
            {
                "mentioned_entity": names.written_names.get(actor, actor),
                "mentioned_entity_normalized": names.written_names.get(actor, actor),
                "mentioned_entity_type": "other",
            }
            for actor in provision.mentions
        ]
    return made


def _annotation_of(mandate: Mandate, names: EntityNames) -> dict[str, Any]:
    verb = names.written_names.get(mandate.verb, mandate.verb.rpartition("/")[2].replace("-", " "))
    decides = mandate.kind in (MandateKind.DECISION, MandateKind.COMMITMENT)
    kind = (
        None
        if mandate.deliverable is None
        else names.written_names.get(mandate.deliverable, mandate.deliverable.rpartition("/")[2])
    )
    written_names = [names.written_names.get(actor, actor) for actor in mandate.addressees]
    return {
        "action_verb": verb,
        "action_verb_normalized": verb,
        "action_verb_type": "deciding" if decides else "directive",
        "assignees": [
            {"assignee": name, "assignee_normalized": name, "assignee_type": "other"}
            for name in written_names
        ],
        "deliverables": [
            {
                "deliverable": mandate.action,
                "deliverable_normalized": mandate.action,
                "deliverable_type": kind,
            }
        ],
        "mentioned_entities": [],
    }


def plain_annotation(wire: Wire) -> dict[str, Any]:
    """An annotation as JSON data, without fields that the format does not have."""
    plain: dict[str, Any] = {}
    for name in type(wire).model_fields:
        value: Any = getattr(wire, name)
        each_plain = isinstance(value, _TUPLE)
        plain[name] = [plain_annotation(each) for each in value] if each_plain else value
    return plain
