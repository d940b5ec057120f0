"""Whom the dashboard's names mean: entities of a catalogue, or new ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import attrs

from ...corpus import Corpus
from ...model import Entity, Source, StakeholderGroup, Translations, is_identifier
from ...names.index import Context, Index
from ...names.typos import says_nothing
from .wire import slug_of

__all__ = ["Actors"]

_OFFICE = re.compile(
    r"(?:[UAD]?SG|E[DS]|DG|HC|SA|Administrator|Director|President|Rector|(?:Co-|Vice-)?Chairs?)"
    r"\s+(.+)"
)
"""Who heads an entity, before its name: "USG DPPA", "Co-Chairs BIG"."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&/-]*[A-Z0-9]")
_WITHIN = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
"""An office within an entity: "EOSG (USG Policy)"."""
_CONTEXT = Context(kinds=("entity", "group"))


@attrs.frozen(eq=False)
class Actors:
    """Finds the actors that names mean, and remembers the new ones."""

    names: Index
    """The names of the catalogue."""
    prefix: str
    """How the identifiers of new entities begin, e.g. `"un80"`."""
    _known: dict[str, str | None] = attrs.field(factory=dict[str, str | None], init=False)
    _spellings: dict[str, Counter[str]] = attrs.field(
        factory=lambda: defaultdict[str, Counter[str]](Counter), init=False
    )
    """How each new entity is written, by its identifier."""
    _parents: dict[str, set[str | None]] = attrs.field(
        factory=lambda: defaultdict[str, set[str | None]](set), init=False
    )

    @classmethod
    def of(cls, corpus: Corpus, prefix: str) -> Actors:
        """The actors of a corpus."""
        return cls(corpus.names.bounded(hints=0), prefix)

    def find(self, name: str) -> str | None:
        """The identifier of the actor that a name means; None if the name says that there is none.

        An actor of the catalogue is found by its name or acronym, or by these behind the office of
        who heads it ("USG DPPA"). What is an acronym behind such an office is an entity all the
        same; any other name that is not known is one as a whole ("USG Policy").
        """
        if says_nothing(name):
            return None
        if known := self._in_catalogue(name):
            return known
        if within := _WITHIN.fullmatch(name):
            holder, office = self._in_catalogue(within[1]), self.find(within[2])
            if office is not None and isinstance(self.names.records.get(holder or ""), Entity):
                self._parents[office].add(holder)
                return office
        if headed := _OFFICE.fullmatch(name):
            if known := self._in_catalogue(headed[1]):
                return known
            if _ACRONYM.fullmatch(headed[1]):
                return self._new(headed[1])
        return self._new(name)

    def _in_catalogue(self, name: str) -> str | None:
        if name not in self._known:
            spellings = (name, name.replace(" ", "-"))
            self._known[name] = next(filter(None, map(self._resolved, spellings)), None)
        return self._known[name]

    def _resolved(self, text: str) -> str | None:
        found = self.names.resolve(text, _CONTEXT)
        if not found.known or len(found.identifiers) != 1:
            return None
        record = self.names.records[found.identifiers[0]]
        return record.id if isinstance(record, (Entity, StakeholderGroup)) else None

    def _new(self, name: str) -> str:
        identifier = f"{self.prefix}-{slug_of(name)}"
        assert is_identifier(identifier)
        self._spellings[identifier][name] += 1
        return identifier

    def entities(self, source: Source) -> tuple[Entity, ...]:
        """The new entities: each with the name that the file gives it, and nothing else.

        Args:
            source: Where they come from.
        """
        return tuple(
            _entity(identifier, spellings, self._parents.get(identifier, set()), source)
            for identifier, spellings in sorted(self._spellings.items())
        )


def _entity(
    identifier: str, spellings: Counter[str], parents: set[str | None], source: Source
) -> Entity:
    name, *others = sorted(spellings, key=lambda each: (-spellings[each], each))
    return Entity(
        id=identifier,
        name=Translations(en=name),
        aliases=tuple(others),
        # It is part of one; where the file says of two, it does not say of which.
        parent=next(iter(parents)) if len(parents) == 1 else None,
        source=source,
    )
