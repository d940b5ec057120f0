"""What road maps are expected to answer, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import attrs

from ..corpus import Corpus
from ..model import (
    Basis,
    Due,
    Entity,
    Mandate,
    Provision,
    Recurrence,
    Roadmap,
    RoadmapKind,
    StakeholderGroup,
)
from ._answers import LINES, RoadmapIndex, current_concepts

__all__ = ["Expected", "names_addressing"]


def names_addressing(corpus: Corpus) -> Callable[[str], frozenset[str]]:
    """A function that gives the addressees that mean an actor: itself, and the groups of those with
    a role that it has.
    """
    by_role = frozenset(group.id for group in corpus.groups if group.roles)

    def names(actor: str) -> frozenset[str]:
        routes = corpus.routes(actor) if isinstance(corpus.get(actor), Entity) else {}
        return frozenset({actor, *(name for name in by_role if len(routes.get(name, ())) == 1)})

    return names


@attrs.frozen
class Expected:
    """What road maps are expected to answer, and why."""

    asked: frozenset[str]
    """The owners, and the groups of those with their roles."""
    dated: bool
    """Whether everything that is due is expected, whoever the addressee is."""
    lines: dict[str, str]
    """The Action Lines, with the reason."""
    targets: dict[str, str]
    """The SDG targets that the official matrix links with an Action Line in scope, with the reason.
    """
    about: frozenset[str]
    """The Action Lines whose paragraphs count: those of the road map, if it is one of an Action
    Line.
    """
    groups: frozenset[str]
    """The groups to which its owners belong."""

    @classmethod
    def of(cls, corpus: Corpus, index: RoadmapIndex, roadmap: Roadmap | None) -> Expected:
        names = names_addressing(corpus)
        lines = current_concepts(corpus, LINES)
        in_scope = [line for line in lines if index.roadmaps_covering(line)]
        codes_of: dict[str, list[str]] = defaultdict(list)
        for line in in_scope:
            for target in dict.fromkeys(
                each.concept for each in line.alignments if each.basis is Basis.OFFICIAL_MATRIX
            ):
                codes_of[target].append(line.code or line.id)
        of_line = roadmap is not None and roadmap.kind is RoadmapKind.ACTION_LINE
        return cls(
            asked=frozenset(name for owner in index.by_owner for name in names(owner)),
            dated=roadmap is None,
            lines={line.id: "in scope" for line in in_scope}
            if roadmap
            else {line.id: "paragraph 113 asks for its road map" for line in lines},
            targets={
                target: f"official matrix of {', '.join(codes)}"
                for target, codes in codes_of.items()
            },
            about=frozenset(line.id for line in in_scope) if of_line else frozenset(),
            groups=frozenset(group for owner in index.by_owner for group in _belongs(corpus, owner))
            if of_line
            else frozenset(),
        )

    def mandate(self, mandate: Mandate, provision: Provision) -> str:
        """Why a mandate is expected to be answered; empty if it is not."""
        reasons = ["falls due"] if self.dated and _falls_due(mandate.due) else []
        if not self.asked.isdisjoint(mandate.addressees):
            reasons.append("is asked of an owner")
        elif not self.groups.isdisjoint(mandate.addressees) and not self.about.isdisjoint(
            each.concept for each in provision.alignments
        ):
            reasons.append("is about its Action Line, asked of an owner's group")
        return " and ".join(reasons)


def _belongs(corpus: Corpus, actor: str) -> Iterator[str]:
    """The groups to which an actor belongs."""
    if isinstance(corpus.get(actor), (Entity, StakeholderGroup)):
        yield from (
            each for each in corpus.routes(actor) if isinstance(corpus.get(each), StakeholderGroup)
        )


def _falls_due(due: Due | None) -> bool:
    """Whether there is a time for it; a standing task has none."""
    return due is not None and (
        due.recurrence is not Recurrence.STANDING or bool(due.date or due.session or due.event)
    )
