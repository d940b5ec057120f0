"""One index of what people call records: identifiers, references, acronyms, names, labels, aliases."""

from __future__ import annotations

import contextlib
import difflib
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar, cast

import attrs

from ..errors import AmbiguousName, NotAReference, UnknownIdentifier
from ..model import (
    Concept,
    Document,
    Entity,
    Provision,
    Record,
    Roadmap,
    Session,
    StakeholderGroup,
    Vocabulary,
    cite,
    is_identifier,
    parse_reference,
)
from ..model.kinds import NAMES
from .columns import spoken_in_column
from .labels import folded, unlabelled
from .several import LONGEST, MOST, continued, pieces_of, run_of
from .typos import joined, numbers_differ, typo_cost

__all__ = ["OUTCOME", "Context", "Index", "Resolution"]

R = TypeVar("R", bound=Record)

OUTCOME = "80-173"
"""What a paragraph without a document is one of."""
_SIGNS = str.maketrans("", "", "/.-")
_LAST_PART = re.compile(r"[/.-][^/.-]*$")
_ASIDE = re.compile(r"\([^()]*\)")
_TEXTS = frozenset(("provision", "mandate"))
_LONG = 300
"""A longer text is not taken apart."""
_AT_MOST = 50_000
"""So many names are looked up for one file at most, to take texts apart that name several things."""


@attrs.frozen(kw_only=True)
class Context:
    """Where a name stands, and what belongs there."""

    kinds: tuple[str, ...] = ()
    """What kinds of record, e.g. `("group", "entity")`; none stands for any."""
    head: str = ""
    """With what the identifiers begin that are looked for first, e.g. `"action-lines/"`."""
    many: bool = False
    """Whether several may stand there."""
    place: Literal["speech", "text", "cell"] = "speech"
    """In what it is written: a question or command, a value of YAML or JSON, a cell."""


@attrs.frozen
class Resolution:
    """What a text means where it stands."""

    identifiers: tuple[str, ...] = ()
    """The identifiers of what it means; none where it means nothing, or nobody can tell. Where one
    is wanted, several are a fault.
    """
    held: bool = False
    """Whether all of these are records that are known."""
    ambiguous: tuple[str, ...] = ()
    """The identifiers of those that bear the name in the same way, where several do."""
    _near: Callable[[], tuple[str, ...]] = attrs.field(default=tuple, eq=False, repr=False)

    @property
    def near(self) -> tuple[str, ...]:
        """Identifiers of what it may be a slip of the hand for, the nearest first."""
        return self._near()


_Piece = tuple[str, str]


@attrs.define
class _Spent:
    """What is left of what one file may cost."""

    hints: int
    lookups: int = _AT_MOST
    near: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = attrs.Factory(
        dict[tuple[str, tuple[str, ...]], tuple[str, ...]]
    )


@attrs.frozen(eq=False)
class Index:
    """What people call the records of a mapping. Worked out when first asked.

    Whatever asks what is meant asks it here: values of files, cells, commands and questions.

    Examples:
        >>> from wsis_model import catalogue
        >>> names = catalogue().names
        >>> names.resolve("UNESCO"), names.resolve("ICC").ambiguous
        (Resolution(identifiers=('unesco',), held=True, ambiguous=()), ('international-chamber-of-commerce', 'international-criminal-court'))
        >>> [
        ...     names.resolve(text).identifiers
        ...     for text in ("para. 26", "paras 26-27", "SDG 9.c & 4.4")
        ... ]
        [('80-173/26',), ('80-173/26', '80-173/27'), ('sdg/9.c', 'sdg/4.4')]
    """

    records: Mapping[str, Record]
    """The records, by identifier."""
    own: Mapping[str, Mapping[str, Mapping[str, int]]] = attrs.Factory(
        dict[str, dict[str, dict[str, int]]]
    )
    """What the records of a file are called in it, folded: by kind their identifiers, each with its
    rank. These come first.
    """
    _spent: _Spent | None = None
    _shared: Index | None = None

    def beside(self, own: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Index:
        """This index behind the names that a file has of its own."""
        return attrs.evolve(self, own=own, shared=self._known)

    def bounded(self, hints: int) -> Index:
        """This index for reading files of any size: so many names get near misses, and texts that
        name several things are taken apart as long as it does not take too long.
        """
        return attrs.evolve(self, spent=_Spent(hints), shared=self._known)

    @property
    def _known(self) -> Index:
        """The index that has worked out what the records are called."""
        return self if self._shared is None else self._shared

    def resolve(self, text: str, context: Context = Context()) -> Resolution:
        """What a text means.

        A record's own identifier comes before an acronym, that before a label, and that before an
        alias; of bodies, concepts and documents of one name the bodies come first, and each
        vocabulary stands for itself. What follows " | " is a label for the reader; a paragraph
        without a document is one of the outcome, A/RES/80/173. A reference to what is not known is
        an identifier all the same. What fits the kinds comes before what does not.

        Several may be meant by one text, whether the context takes them or not.
        """
        said = unlabelled(text)
        one = self._one(said, context)
        if len(one) > 1:
            return Resolution(ambiguous=one)
        if not one or (one[0] not in self.records and folded(said) not in self.own):
            several = self._several(said, context)
            if several and (not one or self._all_held(several)):
                one = several
        near = functools.partial(self.near, (*one, text)[0], 3, context.kinds)
        return Resolution(one, bool(one) and self._all_held(one), (), near)

    def one(self, text: str, context: Context = Context()) -> str:
        """The identifier of the one record that is known and meant.

        Raises:
            UnknownIdentifier: None is, or it is not of these kinds; with the near misses.
            AmbiguousName: Several are.
        """
        if text in self.records and self._of_kinds((text,), context.kinds):
            return text
        found = self.resolve(text, context)
        several = found.ambiguous or (found.identifiers if len(found.identifiers) > 1 else ())
        if several:
            raise AmbiguousName(text, several)
        fitting = self._of_kinds(found.identifiers, context.kinds)
        if not fitting:
            said = text if found.held else (*found.identifiers, text)[0]
            near = self.near(said, 3, context.kinds) or self._alike(said, context)
            raise UnknownIdentifier(said, near, self.beyond(text, context))
        return fitting[0]

    def _alike(self, said: str, context: Context) -> tuple[str, ...]:
        """Identifiers of one kind that are written much like one: nobody's name is."""
        if not context.kinds or "entity" in context.kinds or self.last_of(said):
            return ()
        listed = self._of_kinds(self.records, context.kinds)
        return tuple(difflib.get_close_matches(said[:200], listed))

    def held(self, text: str, context: Context) -> str | None:
        """The identifier of the one record of the right kind that is known and meant; None where
        there is none.
        """
        found = self._of_kinds(self.resolve(text, context).identifiers, context.kinds)
        return found[0] if len(found) == 1 else None

    def last_of(self, identifier: str) -> str:
        """Of a paragraph that a document does not have, though its paragraphs are known: the last
        that it has, e.g. `"80-173/127"`; nothing of anything else.
        """
        head, slash, _ = identifier.partition("/")
        document = self.records.get(head)
        if identifier in self.records or not slash or not isinstance(document, Document):
            return ""
        return document.provisions[-1].id if document.provisions else ""

    def beyond(self, text: str, context: Context = Context()) -> str:
        """The last paragraph of the document of which a text names one, or ends a run with one, that
        it does not have; nothing of any other text.
        """
        for end in (text, *run_of(text[:_LONG])[-1:]):
            for named in self.resolve(end, context).identifiers:
                if last := self.last_of(named):
                    return last
        return ""

    def spoken(self, identifier: str, context: Context = Context()) -> str:
        """A name as people write it in a place, where it is understood as this again: in a text
        that programs read too it is the identifier.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> cell = Context(place="cell")
            >>> [
            ...     names.spoken(each, cell)
            ...     for each in ("unesco", "80-173/26", "sdg/9.c", "gdc/21-a")
            ... ]
            ['UNESCO', 'para. 26', 'SDG target 9.c', 'GDC 21(a)']
            >>> names.spoken("unesco", Context(place="text"))
            'unesco'
        """
        if context.place == "text":
            return identifier
        if context.head:
            return spoken_in_column(context.head, identifier)
        for name in self._called_by_people(identifier):
            plain = len(name) <= 60 and not re.search(r"[;\n]| \| ", name)
            if plain and not is_identifier(name):
                meant = self.resolve(name, context).identifiers
                if meant == (identifier,):
                    return name
        return identifier

    def _called_by_people(self, identifier: str) -> Iterable[str]:
        match record := self.records.get(identifier):
            case Entity():
                yield from filter(None, (record.acronym, str(record.name)))
            case Session():
                body = self.records.get(record.body or "")
                if isinstance(body, Entity) and body.acronym and record.number:
                    yield f"{body.acronym} {record.number}"
                yield str(record.title)
                yield record.id.partition("/")[2].replace("-", " ")
            case Provision() if identifier.startswith("gdc/"):
                yield f"GDC {record.number}"
            case Concept() if identifier.startswith(("action-lines/", "sdg/")):
                yield cite(identifier).removeprefix("Action Line ")
            case Concept() | StakeholderGroup():
                yield str(record.label)
            case _:
                yield cite(identifier).removeprefix(f"{cite(OUTCOME)}, ")

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
        if self._spent is None:
            return self._near(identifier, count, kinds)
        asked, spent = (identifier, kinds), self._spent
        if asked not in spent.near and len(spent.near) < spent.hints:
            spent.near[asked] = self._near(identifier, 3, kinds)
        return spent.near.get(asked, ())[:count]

    def _near(self, identifier: str, count: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        text = identifier[:200]
        for called in dict.fromkeys((folded(text), folded(_ASIDE.sub(" ", text)))):
            same = self._of_kinds(
                (*self._known._codes.get(called, ()), *self._known._names.get(called, {})), kinds
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
        """Those of some identifiers that are known, and of these kinds."""
        held = ((each, self.records.get(each)) for each in identifiers)
        return [
            each
            for each, record in held
            if record is not None and (not kinds or NAMES[type(record)] in kinds)
        ]

    def _called(self, text: str, kinds: tuple[str, ...] = (), count: int = 3) -> list[str]:
        """Identifiers of what is called so, but for slips of the hand, the slightest first."""
        fitting = {
            name: fits
            for name, held in self._known._spellings.items()
            if (fits := self._of_kinds(held, kinds))
        }
        close = difflib.get_close_matches(folded(text[:200]), fitting, n=20, cutoff=0.7)
        ranked = [(far, name) for name in close if (far := typo_cost(text[:200], name)) is not None]
        return list(
            dict.fromkeys(
                each for _, name in sorted(ranked, key=lambda one: one[0]) for each in fitting[name]
            )
        )[:count]

    def _all_held(self, identifiers: Iterable[str]) -> bool:
        return all(each in self.records for each in identifiers)

    def _one(self, said: str, context: Context, of: str = "") -> tuple[str, ...]:
        """What one name means, of a document if it does not say; several where it is open."""
        called = self.own.get(folded(said), {})
        for kind in context.kinds or called:
            if kind in called:
                return _foremost(called[kind])
        found: list[str] = []
        for kinds in dict.fromkeys((context.kinds, ())):
            read = self._read(said, kinds, context, of)
            found += read
            fitting = self._of_kinds((said, *read), kinds)
            if fitting:
                return (fitting[0],)
            if bearers := self._bearers(said, kinds, context.head):
                return bearers
            if read and "/" in read[0] and read[0] != said and not _TEXTS.isdisjoint(kinds):
                break  # a paragraph that is not there, and not the name of something else
        return tuple(found[:1])

    def _read(self, said: str, kinds: tuple[str, ...], context: Context, of: str) -> list[str]:
        """The identifiers that a reference may mean by grammar: `c7` is one by its form, and people
        mean Action Line C7.
        """
        if not of and (not kinds or not _TEXTS.isdisjoint(kinds)):
            # A number alone is no paragraph where a file may name anything, or another kind is wanted.
            anything = context.place != "speech" or context.kinds or said[:1] == "0"
            bare = said[:1].isdigit() and anything and not kinds
            of = "" if bare else "gdc" if context.head == "gdc/" else OUTCOME
        found: list[str] = []
        for each in dict.fromkeys((said, said.upper())):
            with contextlib.suppress(NotAReference):
                found.append(parse_reference(each, of))
            if found and found[0] != said:
                break
        return found

    def _bearers(self, name: str, kinds: tuple[str, ...], head: str = "") -> tuple[str, ...]:
        """The identifiers of those that bear a name, all in the same way; those that begin with
        *head*, if any do.
        """
        key = folded(name)
        ranks = self._known._names.get(key, {})
        fitting = self._of_kinds(ranks, kinds)
        fitting = [each for each in fitting if each.startswith(head)] or fitting
        if not fitting and not key.isdecimal():
            return tuple(self._of_kinds(self._known._codes.get(key, ()), kinds))
        return _foremost({each: ranks[each] for each in fitting})

    def _several(self, said: str, context: Context) -> tuple[str, ...]:
        """The identifiers of the several things that a text names, in its order; none where it
        names one, or a part of it means nothing.
        """
        if len(said) > _LONG or (self._spent is not None and self._spent.lookups <= 0):
            return ()
        pieces = pieces_of(said)
        found: dict[str, None] = {}
        last, at = ("", ""), 0
        while at < len(pieces):
            if not pieces[at].strip():
                at += 2
                continue
            for end in range(min(at + 2 * LONGEST - 1, len(pieces)), at, -2):
                run = self._run("".join(pieces[at:end]), context, last)
                if run:
                    break
            else:
                return ()
            found |= dict.fromkeys(identifier for _, identifier in run)
            if len(found) > MOST:
                return ()
            joint = pieces[end] if end < len(pieces) else ""
            last = ("", "") if ";" in joint or "\n" in joint else run[-1]
            at = end + 1
        return tuple(found)

    def _run(self, text: str, context: Context, last: _Piece) -> list[_Piece]:
        """What one piece of a list names: one thing, or a run of them."""
        one = self._piece(text, context, last)
        texts = () if one and one[1] in self.records else run_of(text)
        if texts and self._piece(texts[-1], context, last):
            run = [self._piece(each, context, last) for each in texts]
            whole = [each for each in run if each and not self.last_of(each[1])]
            if len(whole) == len(run):
                return whole
        return [one] if one else []

    def _piece(self, text: str, context: Context, last: _Piece) -> _Piece | None:
        """A name in full, and what it means, of what continues a list."""
        if self._spent is not None:
            self._spent.lookups -= 1
        said, of = continued(text.strip(), *last)
        named, *others = (self._one(said, context, of) if said else ()) or ("",)
        # A word is an identifier by its form: in a list it must be known as one.
        sure = named in self.records or "/" in named or named != said
        return (said, named) if named and sure and not others else None

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
                    names.setdefault(folded(text), {}).setdefault(identifier, rank)
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


def _foremost(ranks: Mapping[str, int]) -> tuple[str, ...]:
    """Those who bear a name in the way that comes first."""
    first = min(ranks.values(), default=0)
    return tuple(each for each, rank in ranks.items() if rank == first)
