"""The actors that a run of text names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

import attrs

from ..corpus import Corpus

__all__ = ["ActorNames", "Named"]

_WORD = re.compile(r"[^\W_]+(?:[-’'&./][^\W_]+)*|,|;|\(|\)")
#: The groups that a text means by words that are no name of theirs by themselves.
_ELSEWISE = {
    "countries": "groups/governments",
    "all countries": "groups/governments",
    "states members": "groups/governments",
    "states members of the united nations": "groups/governments",
    "states parties": "groups/governments",
    "parties": "groups/governments",
    "government": "groups/governments",
    "stakeholders": "groups/all-stakeholders",
    "all business enterprises": "groups/private-sector",
    "financial institutions": "groups/international-financial-institutions",
    "united nations agencies": "groups/un-system",
    "specialized agencies": "groups/un-system",
    "united nations development system": "groups/un-system",
    "civil society organizations": "groups/civil-society",
    "assembly": "general-assembly",
    "donor community": "groups/development-partners",
}
_JOINS = frozenset(
    (",", ";", "and", "or", "including", "particularly", "notably", "namely", "also")
)
_PREPOSITIONS = frozenset(
    re.findall(
        r"\w+",
        "of in for from on within with to at by under through concerning against among between "
        "into regarding without who whose which that as than until",
    )
)
_LINKS = frozenset(("of", "on", "for", "to"))
#: Parts of something, which stand for it: "the organizations of the United Nations system".
_PARTS = frozenset(
    re.findall(
        r"\w+",
        "entities entity organizations organs organisations bodies agencies funds programmes "
        "offices mechanisms parts members institutions components structures rest",
    )
)
_LONGEST = 16


@attrs.frozen
class Named:
    """An actor where it is named."""

    actor: str
    start: int
    end: int


def _words(name: str) -> tuple[str, ...]:
    return tuple(found[0].casefold().replace("’", "'") for found in _WORD.finditer(name))


@attrs.frozen(eq=False)
class ActorNames:
    """The names of the groups and entities of a corpus, word by word."""

    names: Mapping[tuple[str, ...], str]
    short: Mapping[str, tuple[str, ...]]
    """Entities by a word of their names, so that "the Forum" is found again."""
    acronyms: frozenset[tuple[str, ...]]
    """Names that count only in their own letters: `WHO` is not "who"."""
    written: Mapping[tuple[str, ...], str]

    @classmethod
    def of(cls, corpus: Corpus) -> ActorNames:
        """The names that mean one actor of *corpus*."""
        names: dict[tuple[str, ...], str] = {}
        written: dict[tuple[str, ...], str] = {}
        short: dict[str, list[str]] = {}
        doubtful: set[tuple[str, ...]] = set()

        def add(name: str | None, actor: str) -> None:
            key = _words(name or "")
            if key and names.setdefault(key, actor) != actor:
                doubtful.add(key)
            written.setdefault(key, name or "")

        for group in corpus.groups:
            for name in (group.label.get("en"), *group.aliases):
                add(name, group.id)
        for entity in corpus.all_entities:
            label = entity.name.get("en")
            for name in (label, entity.acronym, *entity.aliases):
                add(name, entity.id)
            words = _words(label or "")
            heads = [word for word, then in itertools.pairwise(words) if then in _LINKS]
            for word in (*heads[:1], *words[:1], *words[-1:]):
                short.setdefault(word, []).append(entity.id)
        for name, actor in _ELSEWISE.items():
            if actor in corpus:
                names.setdefault(_words(name), actor)
        acronyms = frozenset(
            key for key, name in written.items() if len(key) == 1 and name.isupper()
        )
        kept = {key: actor for key, actor in names.items() if key not in doubtful}
        found = {word: tuple(dict.fromkeys(each)) for word, each in short.items()}
        return cls(kept, found, acronyms, written)

    def all_in(self, text: str, start: int, end: int) -> Iterator[Named]:
        """Every actor that a run of text names, wherever it stands in it."""
        words = list(_WORD.finditer(text, start, end))
        at = 0
        while at < len(words):
            named, taken = self._at(words, at)
            yield from named
            at += taken or 1

    def _at(self, words: list[re.Match[str]], at: int) -> tuple[list[Named], int]:
        """The actors that begin at a word, and how many words name them."""
        keys = tuple(each[0].casefold().replace("’", "'") for each in words[at : at + _LONGEST])
        for count in range(len(keys), 0, -1):
            key = keys[:count]
            actor = self.names.get(key)
            if actor is None or (key in self.acronyms and words[at][0] != self.written[key]):
                continue
            if (
                count == 1
                and key[0] in ("parties", "states", "government")
                and not (words[at][0][:1].isupper() or key[0] == "parties")
            ):
                continue
            if actor == "united-nations" and _names_parts(words, at, count):
                actor = "groups/un-system"
            return [Named(actor, words[at].start(), words[at + count - 1].end())], count
        # "international and regional organizations": the noun belongs to both.
        if len(keys) > 3 and keys[1] in ("and", "or"):
            first = self.names.get((keys[0], keys[3]))
            second = self.names.get((keys[2], keys[3]))
            if first is not None and second is not None:
                place = (words[at].start(), words[at + 3].end())
                return [Named(first, *place), Named(second, *place)], 4
        return [], 0

    def listed(
        self, text: str, start: int, end: int, mentioned: tuple[str, ...] = (), *, one: bool = False
    ) -> Iterator[Named]:
        """The actors that a list names, and not those that only say more about one of it: of "the
        secretariat of the Forum and all States in Africa", the States.

        Args:
            text: The text.
            start: Where the list begins.
            end: Where it ends at the latest.
            mentioned: Actors named before, for "the Forum".
            one: Whether it ends with the first word that is neither a name nor joins two: so does
                the subject of a sentence.
        """
        words = list(_WORD.finditer(text, start, end))
        at, is_open, part, found_any = 0, True, False, False
        while at < len(words):
            word = words[at][0].casefold()
            named, taken = self._at(words, at) if is_open else ([], 0)
            if not named and is_open and words[at][0][:1].isupper():
                named, taken = self._again(words, at, mentioned)
            if named:
                yield from named
                at, is_open, part, found_any = at + taken, False, False, True
                continue
            if word in _JOINS:
                is_open, part = True, False
            elif word == "well" and at and words[at - 1][0] == "as":
                is_open = True
            elif word in ("as", "such") or (word == "in" and _next(words, at) == "particular"):
                pass
            elif word in _PREPOSITIONS:
                is_open = is_open and part and word in ("of", "within", "in")
            elif one and found_any and not is_open:
                return
            elif is_open:
                part = word in _PARTS or (part and word in ("the", "all"))
            at += 1

    def _again(
        self, words: list[re.Match[str]], at: int, mentioned: tuple[str, ...]
    ) -> tuple[list[Named], int]:
        """The actor that "the Forum" means: the last one mentioned of whose name it is a part."""
        if not at or words[at - 1][0].casefold() != "the":
            return [], 0
        following = words[at + 1][0] if at + 1 < len(words) else ""
        if following[:1].isupper() or following == "of":
            return [], 0
        called = set(self.short.get(words[at][0].casefold(), ()))
        for actor in reversed(mentioned):
            if actor in called:
                return [Named(actor, words[at].start(), words[at].end())], 1
        return [], 0


def _names_parts(words: list[re.Match[str]], at: int, count: int) -> bool:
    """Whether a name stands for parts of what it names: "United Nations bodies", "the entities of
    the United Nations".
    """
    before = [each[0].casefold() for each in words[max(at - 3, 0) : at]]
    return _next(words, at + count - 1) in _PARTS or (
        "of" in before and not _PARTS.isdisjoint(before)
    )


def _next(words: list[re.Match[str]], at: int) -> str:
    return words[at + 1][0].casefold() if at + 1 < len(words) else ""
