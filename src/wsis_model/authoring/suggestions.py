"""Suggestions of what a road map may answer, link to and name, from the corpus."""

from __future__ import annotations

import datetime
import difflib
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from ..corpus import Corpus
from ..errors import UnknownIdentifier
from ..model import (
    Alignment,
    Basis,
    Concept,
    ConceptStatus,
    Document,
    Due,
    Entity,
    Mandate,
    MandateKind,
    Provision,
    Session,
    Window,
    cite,
)
from ..names.index import Context
from ..tables import Table

__all__ = ["Candidate", "Finder", "Suggestions"]

LINES, SDG, DELIVERABLES = "action-lines", "sdg", "deliverables"

COMPACT = "gdc"

ROAD_MAP, JOINT_ROAD_MAP = "deliverables/road-map", "deliverables/joint-road-map"

SHORT = 70
"""Characters of a label in a drop-down list."""

LONG = 60
"""The most characters of a name; otherwise the identifier is used."""


@attrs.frozen
class Candidate:
    """A record that the road map may answer, link to or name."""

    record: str
    """Its identifier, e.g. `"80-173/37.1"`."""
    written: str
    """Its name to type, e.g. `"SDG target 9.c"`."""
    label: str
    """What it is, e.g. the action of a mandate."""
    why: str
    """Why it is suggested, e.g. `"aligned with C2, editorial"`."""
    due: Due | None = None
    """When a mandate is due."""


#: Named getters, so that a draft can be pickled.
_CANDIDATES: dict[str, Callable[[Candidate], Any]] = {
    name: operator.attrgetter(name) for name in ("record", "written", "label", "why", "due")
}


@attrs.frozen
class Suggestions:
    """Suggestions for a road map, the most relevant first."""

    mandates: Table[Candidate]
    """The mandates aligned with the Action Line or addressed to the owners, without the commitments
    of the Compact.
    """
    sdg_targets: Table[Candidate]
    """The SDG targets that the official matrix links with the Action Line; none if it links only
    goals.
    """
    commitments: Table[Candidate]
    """The commitments of the Compact aligned with the Action Line, or with one of its targets or
    goals; all if there is no line.
    """
    actors: Table[Candidate]
    """The owners, actors with a role in the Action Line, and those named by suggested mandates."""


def name_to_type(corpus: Corpus, record: Any) -> str:
    """The name of a record that people can type in a cell, so that `corpus.find` understands it; or
    its identifier.
    """
    if isinstance(record, (Provision, Mandate, Document)) and not record.id.startswith(
        f"{COMPACT}/"
    ):
        return str(record.id)
    return corpus.names.display_name(record.id, Context(place="cell"))


def name_to_choose(corpus: Corpus, record: Any) -> str:
    """The name of a record in a list: its citation, or else as in `name_to_type`."""
    name = cite(record.id)
    cited = isinstance(record, (Mandate, Document)) or record.id.startswith(f"{LINES}/")
    return (
        name
        if cited and len(name) <= LONG and corpus.resolve(name) == (record.id,)
        else name_to_type(corpus, record)
    )


def label_of(record: Any) -> str:
    """The label of a record, or its text."""
    match record:
        case Entity():
            return str(record.name)
        case Session():
            return str(record.title)
        case Mandate():
            return record.action
        case Provision():
            return record.summary or cite(record.id)
        case _:
            return str(record.label)


def is_target(corpus: Corpus, identifier: str) -> bool:
    """Whether this is an SDG target, which is under a goal."""
    concept = corpus.get(identifier)
    goal = (
        corpus.get(concept.parent)
        if isinstance(concept, Concept) and identifier.startswith(f"{SDG}/") and concept.parent
        else None
    )
    return isinstance(goal, Concept) and goal.parent is None


def _goal(identifier: str) -> str:
    return identifier.partition(".")[0]


@attrs.frozen
class ActionLine:
    """An Action Line, the lines under and above it, and its links in the official matrix."""

    concept: Concept
    near: dict[str, int]
    """The distance of lines: 0 for the line and those under it, 1 for that above it."""
    targets: tuple[str, ...]
    goals: frozenset[str]

    @property
    def name(self) -> str:
        return cite(self.concept.id).removeprefix("Action Line ")


def action_line_of(corpus: Corpus, name: str) -> ActionLine:
    """The Action Line of a name.

    Raises:
        UnknownIdentifier: There is none; with similar names of Action Lines.
    """
    lines = {
        each.id: each
        for vocabulary in corpus.vocabularies
        if vocabulary.id == LINES
        for each in vocabulary.concepts
    }
    context = Context(kinds=("concept",), head=f"{LINES}/")
    concept = lines.get(corpus.names.find_or_none(name, context) or "")
    if concept is None:
        names = {
            written.casefold(): each.id
            for each in lines.values()
            for written in (*each.label.values(), *each.aliases, name_to_type(corpus, each))
        }
        close = difflib.get_close_matches(name[:100].casefold(), names)
        raise UnknownIdentifier(name, tuple(dict.fromkeys(names[each] for each in close)))
    under = [each for each in lines.values() if each.parent == concept.id]
    near = {concept.id: 0, **{each.id: 0 for each in under}}
    if concept.parent:
        near.setdefault(concept.parent, 1)
    linked = [
        a.concept
        for each in (concept, *under)
        for a in each.alignments
        if a.basis is Basis.OFFICIAL_MATRIX
    ]
    targets = tuple(dict.fromkeys(each for each in linked if is_target(corpus, each)))
    return ActionLine(
        concept,
        near,
        targets,
        frozenset(_goal(each) for each in linked if each.startswith(f"{SDG}/")),
    )


def _closest_alignment(
    line: ActionLine | None, alignments: Iterable[Alignment]
) -> Alignment | None:
    """The alignment with the line that is closest to a line; None if there is none."""
    found = [each for each in alignments if line is not None and each.concept in line.near]
    return min(found, key=lambda each: line.near[each.concept] if line else 0, default=None)


def _reason(corpus: Corpus, alignment: Alignment) -> str:
    return (
        f"aligned with {name_to_type(corpus, corpus[alignment.concept])}, {alignment.basis.value}"
    )


def commitments(corpus: Corpus) -> Iterator[Provision]:
    """The provisions of the Compact that hold a commitment."""
    compact = corpus.get(COMPACT)
    for provision in compact.provisions if isinstance(compact, Document) else ():
        if any(mandate.kind is MandateKind.COMMITMENT for mandate in provision.mandates):
            yield provision


def current_concepts(corpus: Corpus, vocabulary: str) -> list[Concept]:
    """The current concepts of a vocabulary."""
    concepts = (
        each for one in corpus.vocabularies if one.id == vocabulary for each in one.concepts
    )
    return [each for each in concepts if each.status is ConceptStatus.CURRENT]


def indicators_of(corpus: Corpus, first: Iterable[Candidate]) -> list[Concept]:
    """The global SDG indicators, those of the targets in *first* first."""
    targets = {each.record for each in first}
    concepts = [
        each
        for each in current_concepts(corpus, SDG)
        if each.parent and is_target(corpus, each.parent)
    ]
    return sorted(concepts, key=lambda each: each.parent not in targets)


@attrs.frozen
class Finder:
    """Finds suggestions for one road map in a corpus."""

    corpus: Corpus
    line: ActionLine | None
    owners: tuple[str, ...]
    home: str | None
    """The document that asks for road maps, whose mandates come first."""
    begins: datetime.date | None
    """The first day of the road map; earlier dues are left out."""

    def suggestions(self) -> Suggestions:
        """All suggestions."""
        mandates = self._mandates()
        return Suggestions(
            Table(mandates, _CANDIDATES),
            Table(self._targets(), _CANDIDATES),
            Table(self._commitments(), _CANDIDATES),
            Table(self._actors(mandates), _CANDIDATES),
        )

    def _candidate(self, identifier: str, why: str, due: Due | None = None) -> Candidate:
        record = self.corpus[identifier]
        return Candidate(identifier, name_to_type(self.corpus, record), label_of(record), why, due)

    def _mandates(self) -> tuple[Candidate, ...]:
        """The mandates: aligned and addressed first, then aligned, then addressed by name or role,
        then addressed through a group; dated ones first.
        """
        by_role = {group.id for group in self.corpus.groups if group.roles}
        reach = {owner: self.corpus.routes(owner) for owner in self.owners}
        open_ended = Window(None, None)
        found: list[tuple[tuple[int, bool, Window, int], Candidate]] = []
        for place, match in enumerate(self.corpus.mandates()):
            mandate = match.mandate
            if match.document.id == COMPACT and mandate.kind is MandateKind.COMMITMENT:
                continue
            window = mandate.due.window(self.corpus.calendar) if mandate.due else open_ended
            if self.begins and window.latest and window.latest < self.begins:
                continue
            alignment = _closest_alignment(self.line, match.provision.alignments)
            routes = [
                (owner, routes[each], each)
                for owner, routes in reach.items()
                for each in mandate.addressees
                if each in routes
            ]
            if alignment is None and not routes:
                continue
            owner, route, addressee = min(
                routes, key=lambda found: len(found[1]), default=("", (), "")
            )
            direct = bool(routes) and (not route or addressee in by_role)
            rank = (0 if direct else 1) if alignment else (2 if direct else 3)
            why = [_reason(self.corpus, alignment)] if alignment else []
            if routes:
                name = name_to_type(self.corpus, self.corpus[owner])
                why.append(
                    f"asks {name_to_type(self.corpus, self.corpus[addressee])}, {name} among them"
                    if route
                    else f"names {name}"
                )
            found.append(
                (
                    (rank, match.document.id != self.home, window, place),
                    self._candidate(mandate.id, "; ".join(why), mandate.due),
                )
            )
        return tuple(candidate for _, candidate in sorted(found, key=lambda each: each[0]))

    def _targets(self) -> tuple[Candidate, ...]:
        if self.line is None:
            return ()
        return tuple(
            self._candidate(each, f"official matrix, {self.line.name}")
            for each in self.line.targets
        )

    def _commitments(self) -> tuple[Candidate, ...]:
        found: list[tuple[int, Candidate]] = []
        for provision in commitments(self.corpus):
            rank, why = self._link_with_line(provision)
            if why:
                found.append((rank, self._candidate(provision.id, why)))
        return tuple(candidate for _, candidate in sorted(found, key=lambda each: each[0]))

    def _link_with_line(self, provision: Provision) -> tuple[int, str]:
        """The rank of a commitment by its link with the line, and the reason; without a line, all
        are equal.
        """
        if self.line is None:
            return 0, "of the Compact"
        alignment = _closest_alignment(self.line, provision.alignments)
        if alignment is not None:
            return self.line.near[alignment.concept], _reason(self.corpus, alignment)
        for rank, shared in ((2, set(self.line.targets)), (3, set(self.line.goals))):
            for each in provision.alignments:
                if each.concept in shared:
                    name = cite(each.concept)
                    return (
                        rank,
                        (
                            f"{name}: {each.basis.value} of it, and of {self.line.name} in the "
                            "official matrix"
                        ),
                    )
        return 4, ""

    def _actors(self, mandates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        why = dict.fromkeys(self.owners, "owner")
        if self.line is not None:
            for entity in self.corpus.all_entities:
                for role in entity.roles:
                    if role.until is None and self.line.near.get(role.of) == 0:
                        why.setdefault(
                            entity.id,
                            (
                                f"{role.role.value} of "
                                f"{name_to_type(self.corpus, self.corpus[role.of])}"
                            ),
                        )
        for candidate in mandates:
            mandate = self.corpus[candidate.record]
            for actor in (*mandate.addressees, *mandate.with_):
                if actor in self.corpus:
                    why.setdefault(actor, f"named in {candidate.record}")
        return tuple(self._candidate(actor, reason) for actor, reason in why.items())
