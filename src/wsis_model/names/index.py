"""One index of what people call records: identifiers, references, acronyms, names, labels, aliases."""

from __future__ import annotations

import contextlib
import difflib
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, cast

import attrs

from ..errors import NotAReference
from ..model import (
    Concept,
    Document,
    Entity,
    Record,
    Roadmap,
    Session,
    StakeholderGroup,
    Vocabulary,
    parse_reference,
)
from ..model.kinds import NAMES
from .labels import unlabelled
from .typos import joined, numbers_differ, typo_cost

__all__ = ["Index", "Names"]

R = TypeVar("R", bound=Record)

OUTCOME = "A/RES/80/173"
"""What a paragraph without a document is one of."""
_PARAGRAPH = re.compile(
    r"(?:(?:preambular|operative)\s+)?(?:paragraphs?\b|paras?\b|§)|(?:OP|PP)\s*[0-9]", re.IGNORECASE
)
_SIGNS = str.maketrans("", "", "/.-")
_LAST_PART = re.compile(r"[/.-][^/.-]*$")
_ASIDE = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"[0-9]+(?:\s*,?\s*mandate\s+[0-9]+)?", re.IGNORECASE)


class Names(Protocol):
    """Knows what people call things."""

    def meant(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """The identifier of what *text* means where records of these kinds belong; None where it
        means nothing.
        """
        ...

    def bearers(self, name: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The identifiers of the records of these kinds that bear *name*; several: which is open."""
        ...

    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Identifiers of records of these kinds that look like *identifier*, the nearest first."""
        ...


@attrs.frozen(eq=False)
class Index:
    """What people call the records of a mapping. Worked out when first asked."""

    records: Mapping[str, Record]
    """The records, by identifier."""

    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Identifiers held here of what *identifier* may be a slip of the hand for, the nearest
        first; none where it names something else.

        The shorter a name, the less of it may be wrong: `IFLA` is not IFAD. Numbers are never
        slips: the 31st session is not the 30th.

        Args:
            identifier: What was written.
            count: How many are wanted.
            kinds: Only records of these kinds, e.g. `("group", "entity")`; none stands for any.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> names.near("unesko", 1), names.near("9.c"), names.near("media")
            (('unesco',), ('sdg/9.c',), ('groups/media', 'themes/media', 'action-lines/c9'))
        """
        text = identifier[:200]
        for called in dict.fromkeys((_folded(text), _folded(_ASIDE.sub(" ", text)))):
            same = self._of_kinds(
                (*self._codes.get(called, ()), *self._names.get(called, {})), kinds
            )
            if same:
                return tuple(dict.fromkeys(same))[:count]
        close: list[str] = []
        if "/" in text:  # an identifier, or the beginning of one
            listed = [
                each
                for each in self._of_kinds(self.records, kinds)
                if not numbers_differ(text, each)
            ]
            close = difflib.get_close_matches(text.casefold(), listed, n=count, cutoff=0.7)
        close = close or self._called(text, kinds, count)
        if not close:
            plain, end = (
                joined(text),
                f"/{text.casefold()}",
            )  # `sdg-9.c`: only the signs are wrong; `23-a.1`: only the document is missing
            alike = (
                each
                for each in self._of_kinds(self.records, kinds)
                if each.translate(_SIGNS) == plain or each.endswith(end)
            )
            close = [each for each in alike if not numbers_differ(text, each)] or self._above(
                text, kinds
            )
        return tuple(dict.fromkeys(close))[:count]

    def _above(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        """The paragraph or concept of which a part is named that it does not have: `80-173/99` of
        `80-173/99.9`.
        """
        while "/" in (text := _LAST_PART.sub("", text)):
            if text in self.records:
                return self._of_kinds((text,), kinds)
        return []

    def _of_kinds(self, identifiers: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
        return [
            each for each in identifiers if not kinds or NAMES[type(self.records[each])] in kinds
        ]

    def _called(self, text: str, kinds: tuple[str, ...] = (), count: int = 3) -> list[str]:
        """Identifiers of what is called so, but for slips of the hand, the slightest first."""
        fitting = {
            name: fits
            for name, held in self._spellings.items()
            if (fits := self._of_kinds(held, kinds))
        }
        close = difflib.get_close_matches(_folded(text[:200]), fitting, n=20, cutoff=0.7)
        ranked = [(far, name) for name in close if (far := typo_cost(text[:200], name)) is not None]
        return list(
            dict.fromkeys(
                each for _, name in sorted(ranked, key=lambda one: one[0]) for each in fitting[name]
            )
        )[:count]

    def meant(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """The identifier of what a person means where a record belongs; None where the text means
        nothing.

        As [`Corpus.find`][wsis_model.Corpus.find], and more forgiving: what follows " | " is a label for
        the reader, and a paragraph without a document is one of the outcome, A/RES/80/173. A
        reference to what is not held here is still an identifier.

        Args:
            text: What was written, e.g. `"SDG 9.c | broadband"`, `"para. 26"`, `"UNESCO"`.
            kinds: What kinds of record belong there, e.g. `("provision", "mandate")`; none stands
                for any.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> (
            ...     names.meant("SDG 9.c | broadband"),
            ...     names.meant("UNESCO"),
            ...     names.meant("CSTD 30"),
            ...     names.meant("no such thing"),
            ... )
            ('sdg/9.c', 'unesco', 'sessions/cstd-30', None)
            >>> (
            ...     names.meant("para. 26"),
            ...     names.meant("para. 37, mandate 1"),
            ...     names.meant("26", ("provision", "mandate")),
            ... )
            ('80-173/26', '80-173/37.1', '80-173/26')
        """
        said = unlabelled(text)
        of_text = not {"provision", "mandate"}.isdisjoint(kinds)
        if (_PARAGRAPH.match(said) and (of_text or not kinds)) or (
            _NUMBER.fullmatch(said) and of_text
        ):
            said = f"{OUTCOME}, {said}"
        identifiers = _meant(said)
        held = [each for each in (said, *identifiers) if each in self.records]
        for fitting in (kinds, ()) if kinds else ((),):
            meant = self._of_kinds(held, fitting) or self.bearers(said, fitting)
            if meant:
                return meant[0] if len(meant) == 1 or meant[0] in held else None
        return next(iter(identifiers), None)

    def bearers(self, name: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The identifiers of those that bear a name; several where it does not say which is meant.

        An acronym comes before a label, and a label before an alias; of bodies, concepts and
        documents of one name the bodies come first, and each vocabulary stands for itself. Only
        who bears it in the same way bears it too.

        Args:
            name: An acronym, a symbol, a name, a label, a title or an alias, in any case.
            kinds: Only records of these kinds, e.g. `("group", "entity")`; none stands for any.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> names.bearers("UNESCO"), names.bearers("ICC")
            (('unesco',), ('international-chamber-of-commerce', 'international-criminal-court'))
        """
        ranks = self._names.get(_folded(name), {})
        fitting = self._of_kinds(ranks, kinds)
        first = min((ranks[each] for each in fitting), default=0)
        return tuple(each for each in fitting if ranks[each] == first)

    @functools.cached_property
    def _codes(self) -> dict[str, list[str]]:
        """Concepts and groups by the end of their identifiers, which is what people know: `9.c` of
        `sdg/9.c`.
        """
        codes: dict[str, list[str]] = defaultdict(list)
        concepts = (
            concept for vocabulary in self._of(Vocabulary) for concept in vocabulary.concepts
        )
        held: tuple[StakeholderGroup | Concept, ...] = (*self._of(StakeholderGroup), *concepts)
        for record in held:
            codes[record.id.rpartition("/")[2]].append(record.id)
        return dict(codes)

    @functools.cached_property
    def _spellings(self) -> dict[str, list[str]]:
        """Whatever people know things by: names, ends of identifiers, and identifiers without a
        slash.
        """
        top = {each: [each] for each in self.records if "/" not in each}
        return {
            key: [*self._names.get(key, {}), *self._codes.get(key, ()), *top.get(key, ())]
            for key in (*self._names, *self._codes, *top)
        }

    @functools.cached_property
    def _names(self) -> dict[str, dict[str, int]]:
        """Who bears a name (folded), each with its rank: an acronym, a label, an alias."""
        entities, groups = self._of(Entity), self._of(StakeholderGroup)
        bodies = {each.id: (each.acronym or str(each.name), *each.aliases) for each in entities}
        numbered = [each for each in self._of(Session) if each.body in bodies and each.number]
        vocabularies = [each.concepts for each in self._of(Vocabulary)]
        labelled: list[tuple[str, Sequence[Any]]] = [
            ("name", entities),
            ("label", groups),
            ("title", self._of(Session)),
            ("title", self._of(Roadmap)),
            *(("label", concepts) for concepts in vocabularies),
            ("title", self._of(Document)),
        ]
        with_aliases: list[Sequence[Any]] = [entities, groups, *vocabularies]
        ranked: list[list[tuple[str | None, str]]] = [
            [(each.acronym, each.id) for each in entities],
            [(each.symbol, each.id) for each in self._of(Document)],
            [
                (f"{called} {each.number}", each.id)
                for each in numbered
                for called in bodies[str(each.body)]
            ],
            [(each.id.partition("/")[2].replace("-", " "), each.id) for each in self._of(Session)],
            *(
                [(text, each.id) for each in held for text in getattr(each, key).values()]
                for key, held in labelled
            ),
            *(
                [(alias, each.id) for each in held for alias in each.aliases]
                for held in with_aliases
            ),
        ]
        names: dict[str, dict[str, int]] = {}
        for rank, called in enumerate(ranked):
            for text, identifier in called:
                if text:
                    names.setdefault(_folded(text), {}).setdefault(identifier, rank)
        return names

    def _of(self, record: type[R]) -> tuple[R, ...]:
        """The records of a class, in the order of the mapping."""
        return cast("tuple[R, ...]", tuple(self._by_class.get(record, ())))

    @functools.cached_property
    def _by_class(self) -> dict[type[Record], list[Record]]:
        found: dict[type[Record], list[Record]] = defaultdict(list)
        for record in self.records.values():
            found[type(record)].append(record)
        return dict(found)


def _meant(reference: str) -> list[str]:
    """The identifiers that a reference may mean: `c7` is one by its form, and people mean Action
    Line C7.
    """
    found: list[str] = []
    for said in (reference, reference.upper()):
        with contextlib.suppress(NotAReference):
            found.append(parse_reference(said))
    return found


def _folded(text: str) -> str:
    """A name as it is looked up: without case, needless spaces, and the article."""
    return " ".join(text.split()).casefold().removeprefix("the ")
