"""What a road map may answer, link to and name, worked out from the corpus."""

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
"""A name that has more characters is not written out: the identifier is shorter."""

__all__ = ["Candidate", "Finder", "Suggestions"]


@attrs.frozen
class Candidate:
    """Something that the road map may answer, link to or name."""

    record: str
    """Its identifier, e.g. `"80-173/37.1"`."""
    written: str
    """How to write it by hand, e.g. `"SDG target 9.c"`."""
    label: str
    """What it is, e.g. the action of a mandate."""
    why: str
    """On what ground it is suggested, e.g. `"aligned with C2, editorial"`."""
    due: Due | None = None
    """Of a mandate, when it is due."""


#: Named getters, so that a draft can be pickled.
_CANDIDATES: dict[str, Callable[[Candidate], Any]] = {
    name: operator.attrgetter(name) for name in ("record", "written", "label", "why", "due")
}


@attrs.frozen
class Suggestions:
    """What the corpus holds for a road map, the most relevant first."""

    mandates: Table[Candidate]
    """The mandates aligned with the Action Line or addressed to the owners; what the Compact
    pledges is under `commitments`.
    """
    sdg_targets: Table[Candidate]
    """The SDG targets that the official matrix links with the Action Line; none for a line of which
    it names goals alone.
    """
    commitments: Table[Candidate]
    """The Compact's commitments aligned with the Action Line, or with one of its targets or goals;
    without a line, all.
    """
    actors: Table[Candidate]
    """The owners, who has a role in the Action Line, and who is named by the mandates suggested."""


def as_written(corpus: Corpus, record: Any) -> str:
    """How people write a record: as `corpus.find` understands it, and fit for a cell; its
    identifier where nothing else is.
    """
    if isinstance(record, (Provision, Mandate, Document)) and not record.id.startswith(
        f"{COMPACT}/"
    ):
        return str(record.id)
    return corpus.names.display_name(record.id, Context(place="cell"))


def as_chosen(corpus: Corpus, record: Any) -> str:
    """How people choose a record from a list: as they would cite it in a letter, else as
    `as_written`.
    """
    said = cite(record.id)
    cited = isinstance(record, (Mandate, Document)) or record.id.startswith(f"{LINES}/")
    return (
        said
        if cited and len(said) <= LONG and corpus.resolve(said) == (record.id,)
        else as_written(corpus, record)
    )


def label_of(record: Any) -> str:
    """What a record is called, or says."""
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
    """Whether this is an SDG target: it stands under a goal."""
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
    """An Action Line, what is under it and above it, and what the official matrix links with it."""

    concept: Concept
    near: dict[str, int]
    """The line and those under it at 0, those above it at 1."""
    targets: tuple[str, ...]
    goals: frozenset[str]

    @property
    def name(self) -> str:
        return cite(self.concept.id).removeprefix("Action Line ")


def action_line_of(corpus: Corpus, said: str) -> ActionLine:
    """The Action Line that a person means.

    Raises:
        UnknownIdentifier: It is none; with the near misses among the Action Lines.
    """
    lines = {
        each.id: each
        for vocabulary in corpus.vocabularies
        if vocabulary.id == LINES
        for each in vocabulary.concepts
    }
    context = Context(kinds=("concept",), head=f"{LINES}/")
    concept = lines.get(corpus.names.find_or_none(said, context) or "")
    if concept is None:
        names = {
            name.casefold(): each.id
            for each in lines.values()
            for name in (*each.label.values(), *each.aliases, as_written(corpus, each))
        }
        close = difflib.get_close_matches(said[:100].casefold(), names)
        raise UnknownIdentifier(said, tuple(dict.fromkeys(names[each] for each in close)))
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


def _aligned(line: ActionLine | None, alignments: Iterable[Alignment]) -> Alignment | None:
    """The alignment that ties something most closely to a line; None where none does."""
    found = [each for each in alignments if line is not None and each.concept in line.near]
    return min(found, key=lambda each: line.near[each.concept] if line else 0, default=None)


def _ground(corpus: Corpus, alignment: Alignment) -> str:
    return f"aligned with {as_written(corpus, corpus[alignment.concept])}, {alignment.basis.value}"


def pledges(corpus: Corpus) -> Iterator[Provision]:
    """The provisions of the Compact that hold a commitment."""
    compact = corpus.get(COMPACT)
    for provision in compact.provisions if isinstance(compact, Document) else ():
        if any(mandate.kind is MandateKind.COMMITMENT for mandate in provision.mandates):
            yield provision


def current_concepts(corpus: Corpus, vocabulary: str) -> list[Concept]:
    """The concepts of a vocabulary that may be used."""
    held = (each for one in corpus.vocabularies if one.id == vocabulary for each in one.concepts)
    return [each for each in held if each.status is ConceptStatus.CURRENT]


def indicators_of(corpus: Corpus, first: Iterable[Candidate]) -> list[Concept]:
    """The global SDG indicators, those of the targets in *first* first."""
    targets = {each.record for each in first}
    held = [
        each
        for each in current_concepts(corpus, SDG)
        if each.parent and is_target(corpus, each.parent)
    ]
    return sorted(held, key=lambda each: each.parent not in targets)


@attrs.frozen
class Finder:
    """Looks through a corpus once for what may go into one road map."""

    corpus: Corpus
    line: ActionLine | None
    owners: tuple[str, ...]
    home: str | None
    """The document that asks for road maps: what it asks stands before what others ask."""
    begins: datetime.date | None
    """The first day of the road map: what was due before is over."""

    def suggestions(self) -> Suggestions:
        """All of them."""
        mandates = self._mandates()
        return Suggestions(
            Table(mandates, _CANDIDATES),
            Table(self._targets(), _CANDIDATES),
            Table(self._commitments(), _CANDIDATES),
            Table(self._actors(mandates), _CANDIDATES),
        )

    def _candidate(self, identifier: str, why: str, due: Due | None = None) -> Candidate:
        record = self.corpus[identifier]
        return Candidate(identifier, as_written(self.corpus, record), label_of(record), why, due)

    def _mandates(self) -> tuple[Candidate, ...]:
        """Aligned and addressed first, then aligned, then addressed by name or role, then addressed
        as one of many; dated ones first.
        """
        by_role = {group.id for group in self.corpus.groups if group.roles}
        reach = {owner: self.corpus.routes(owner) for owner in self.owners}
        open_ended = Window(None, None)
        found: list[tuple[tuple[int, bool, Window, int], Candidate]] = []
        for place, asked in enumerate(self.corpus.mandates()):
            mandate = asked.mandate
            if asked.document.id == COMPACT and mandate.kind is MandateKind.COMMITMENT:
                continue
            window = mandate.due.window(self.corpus.calendar) if mandate.due else open_ended
            if self.begins and window.latest and window.latest < self.begins:
                continue
            alignment = _aligned(self.line, asked.provision.alignments)
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
            why = [_ground(self.corpus, alignment)] if alignment else []
            if routes:
                said = as_written(self.corpus, self.corpus[owner])
                why.append(
                    f"asks {as_written(self.corpus, self.corpus[addressee])}, {said} among them"
                    if route
                    else f"names {said}"
                )
            found.append(
                (
                    (rank, asked.document.id != self.home, window, place),
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
        for provision in pledges(self.corpus):
            rank, why = self._tie(provision)
            if why:
                found.append((rank, self._candidate(provision.id, why)))
        return tuple(candidate for _, candidate in sorted(found, key=lambda each: each[0]))

    def _tie(self, provision: Provision) -> tuple[int, str]:
        """How closely a commitment is tied to the line, and by what; without a line, any is as
        good.
        """
        if self.line is None:
            return 0, "of the Compact"
        alignment = _aligned(self.line, provision.alignments)
        if alignment is not None:
            return self.line.near[alignment.concept], _ground(self.corpus, alignment)
        for rank, shared in ((2, set(self.line.targets)), (3, set(self.line.goals))):
            for each in provision.alignments:
                if each.concept in shared:
                    said = cite(each.concept)
                    return (
                        rank,
                        (
                            f"{said}: {each.basis.value} of it, and of {self.line.name} in the "
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
                            f"{role.role.value} of {as_written(self.corpus, self.corpus[role.of])}",
                        )
        for candidate in mandates:
            mandate = self.corpus[candidate.record]
            for actor in (*mandate.addressees, *mandate.with_):
                if actor in self.corpus:
                    why.setdefault(actor, f"named in {candidate.record}")
        return tuple(self._candidate(actor, ground) for actor, ground in why.items())
