"""An index of the names of records: identifiers, references, acronyms, labels, aliases."""

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
from ..model.kinds import KIND_OF
from .columns import write_in_column
from .labels import folded, unlabelled
from .several import LONGEST, MAX_ITEMS, continued, pieces_of, run_of
from .typos import is_slip, joined, numbers_differ, typo_cost

__all__ = ["OUTCOME", "Context", "Index", "IndexOnDemand", "Resolution", "Understood"]

R = TypeVar("R", bound=Record)

OUTCOME, COMPACT = "80-173", "gdc"
"""The document of a paragraph that is cited without one."""
_SIGNS = str.maketrans("", "", "/.-")
_LAST_PART = re.compile(r"[/.-][^/.-]*$")
_ASIDE = re.compile(r"\([^()]*\)")
_TEXTS = frozenset(("provision", "mandate"))
_MAX_LENGTH = 300
"""A longer text is not split."""
_MAX_LOOKUPS = 50_000
"""At most this many names are looked up for one file to split texts that name several things."""
_MAX_UNDERSTOOD = 10_000
"""At most this many names in one context are remembered."""


@attrs.frozen(kw_only=True, cache_hash=True)
class Context:
    """Where a name stands, and what belongs there."""

    kinds: tuple[str, ...] = ()
    """What kinds of record, e.g. `("group", "entity")`; empty: any kind."""
    head: str = ""
    """How the identifiers begin that are preferred, e.g. `"action-lines/"`."""
    many: bool = False
    """Whether several may stand there."""
    place: Literal["speech", "text", "cell"] = "speech"
    """The medium: a question or command, a value of YAML or JSON, a cell of a table."""


@attrs.frozen
class Resolution:
    """What a text means where it stands."""

    identifiers: tuple[str, ...] = ()
    """The identifiers that it stands for; empty if it names nothing, or is ambiguous. Several are a
    fault if one is wanted.
    """
    known: bool = False
    """Whether all of these are identifiers of records in the index."""
    ambiguous: tuple[str, ...] = ()
    """The identifiers of the records that share this name, if there are several."""
    _near: Callable[[], tuple[str, ...]] = attrs.field(default=tuple, eq=False, repr=False)

    @property
    def near(self) -> tuple[str, ...]:
        """Identifiers that the text may be a misspelling of, the nearest first."""
        return self._near()


_Piece = tuple[str, str]
Understood = Mapping[Context, Mapping[str, tuple[str, str]]]
"""Texts that are no identifiers and name one record of an index, by their context: its identifier,
and the text folded. A file in which a record of its own is called so means that one.
"""


@attrs.define
class _Budget:
    """The work that the files of one load may still cause, and what was understood in them."""

    hints: int
    lookups: int = _MAX_LOOKUPS
    near: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = attrs.Factory(
        dict[tuple[str, tuple[str, ...]], tuple[str, ...]]
    )
    understood: dict[Context, dict[str, tuple[str, str]]] = attrs.Factory(
        dict[Context, dict[str, tuple[str, str]]]
    )


@attrs.frozen(eq=False)
class Index:
    """The names of the records of a mapping, worked out when first needed.

    Every text that names a record is looked up here: values of files, cells, commands, questions.

    Examples:
        >>> from wsis_model import catalogue
        >>> names = catalogue().names
        >>> names.resolve("UNESCO")
        Resolution(identifiers=('unesco',), known=True, ambiguous=())
        >>> names.resolve("ICC").ambiguous
        ('international-chamber-of-commerce', 'international-criminal-court')
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
    """The names that a file gives its own records: folded name, kind, identifier and its rank.
    These come first.
    """
    _budget: _Budget | None = None
    _shared: Index | None = None

    def with_own_names(self, own: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Index:
        """This index, with the names that a file gives its own records before it."""
        return attrs.evolve(self, own=own, shared=self._base)

    def bounded(self, hints: int) -> Index:
        """This index for reading files of any size and number: at most *hints* names get near
        misses, only so many texts that name several things are split, and what was understood once
        is remembered.
        """
        return attrs.evolve(self, budget=_Budget(hints), shared=self._base)

    @property
    def _base(self) -> Index:
        """The index that holds the cached names, which copies of it share."""
        return self if self._shared is None else self._shared

    @property
    def understood(self) -> Understood:
        """What was understood so far, if this index is bounded."""
        return {} if self._budget is None else self._budget.understood

    def resolve(self, text: str, context: Context = Context()) -> Resolution:
        """What a text means.

        A record's own identifier comes before an acronym, that before a label, and that before an
        alias; of bodies, concepts and documents of one name the bodies come first, and each
        vocabulary stands for itself. What follows " | " is a label for the reader; a paragraph
        without a document is one of the outcome, A/RES/80/173, and a lettered item one of the
        Compact. A reference to what is not known is an identifier all the same. What fits the kinds
        comes before what does not.

        Several may be meant by one text, whether the context takes them or not.
        """
        identifier, key = self.understood.get(context, {}).get(text, ("", ""))
        if identifier and key not in self.own:
            near = functools.partial(self.near, identifier, 3, context.kinds)
            return Resolution((identifier,), True, (), near)
        name = unlabelled(text)
        one = self._resolve_one(name, context)
        if len(one) > 1:
            return Resolution(ambiguous=one)
        key = folded(name)
        if not one or (one[0] not in self.records and key not in self.own):
            several = self._resolve_list(name, context)
            if several and (not one or self._all_known(several)):
                one = several
        elif key not in self.own:
            self._remember(text, context, one[0], key)
        near = functools.partial(self.near, (*one, text)[0], 3, context.kinds)
        return Resolution(one, bool(one) and self._all_known(one), (), near)

    def _remember(self, text: str, context: Context, identifier: str, key: str) -> None:
        """Keep what a text means that names a record by itself, in whatever file."""
        if self._budget is None or len(text) > _MAX_LENGTH or is_identifier(text):
            return
        understood = self._budget.understood.setdefault(context, {})
        if len(understood) < _MAX_UNDERSTOOD:
            understood[text] = (identifier, key)

    def find(self, text: str, context: Context = Context()) -> str:
        """The identifier of the one record that a text names.

        Raises:
            UnknownIdentifier: It names none, or none of these kinds; with the near misses.
            AmbiguousName: It names several.
        """
        if text in self.records and self._of_kinds((text,), context.kinds):
            return text
        found = self.resolve(text, context)
        several = found.ambiguous or (found.identifiers if len(found.identifiers) > 1 else ())
        if several:
            raise AmbiguousName(text, several)
        fitting = self._of_kinds(found.identifiers, context.kinds)
        if not fitting:
            name = text if found.known else (*found.identifiers, text)[0]
            near = self.near(name, 3, context.kinds) or self._similar_identifiers(name, context)
            raise UnknownIdentifier(name, near, self.last_paragraph_for(text, context))
        return fitting[0]

    def _similar_identifiers(self, name: str, context: Context) -> tuple[str, ...]:
        """Identifiers spelt much like a text; not for actors, whose names must be exact."""
        if not context.kinds or "entity" in context.kinds or self.last_paragraph(name):
            return ()
        listed = self._of_kinds(self.records, context.kinds)
        return tuple(difflib.get_close_matches(name[:200], listed))

    def find_or_none(self, text: str, context: Context) -> str | None:
        """The identifier of the one record of the right kind that a text names, or None."""
        found = self._of_kinds(self.resolve(text, context).identifiers, context.kinds)
        return found[0] if len(found) == 1 else None

    def last_paragraph(self, identifier: str) -> str:
        """The last paragraph of a document, e.g. `"80-173/127"`, if *identifier* is of one that the
        document does not have; else the empty string.
        """
        head, slash, _ = identifier.partition("/")
        document = self.records.get(head)
        if identifier in self.records or not slash or not isinstance(document, Document):
            return ""
        return document.provisions[-1].id if document.provisions else ""

    def last_paragraph_for(self, text: str, context: Context = Context()) -> str:
        """The last paragraph of the document, if a text cites, or ends a range with, one that the
        document does not have; else the empty string.
        """
        for end in (text, *run_of(text[:_MAX_LENGTH])[-1:]):
            for named in self.resolve(end, context).identifiers:
                if last := self.last_paragraph(named):
                    return last
        return ""

    def display_name(self, identifier: str, context: Context = Context()) -> str:
        """The name of a record as people write it in a place, which resolves to the same record; in
        YAML and JSON, which programs read too, its identifier.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> cell = Context(place="cell")
            >>> [
            ...     names.display_name(each, cell)
            ...     for each in ("unesco", "80-173/26", "sdg/9.c", "gdc/21-a")
            ... ]
            ['UNESCO', 'para. 26', 'SDG target 9.c', 'GDC 21(a)']
            >>> names.display_name("unesco", Context(place="text"))
            'unesco'
        """
        if context.place == "text":
            return identifier
        if context.head:
            return write_in_column(context.head, identifier)
        for name in self._display_names(identifier):
            plain = len(name) <= 60 and not re.search(r"[;\n]| \| ", name)
            if plain and not is_identifier(name):
                meant = self.resolve(name, context).identifiers
                if meant == (identifier,):
                    return name
        return identifier

    def _display_names(self, identifier: str) -> Iterable[str]:
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
        """Identifiers of records that *identifier* may be a misspelling of, the nearest first; none
        where it names something else.

        The shorter a name, the less of it may be wrong: `IFLA` is not IFAD. Numbers must agree:
        the 31st session is not the 30th.

        Args:
            identifier: What was written.
            count: How many are wanted.
            kinds: Only records of these kinds, e.g. `("group", "entity")`; empty: any kind.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> names.near("unesko", 1), names.near("9.c"), names.near("media")
            (('unesco',), ('sdg/9.c',), ('groups/media', 'themes/media', 'action-lines/c9'))
        """
        if self._budget is None:
            return self._near(identifier, count, kinds)
        asked, budget = (identifier, kinds), self._budget
        if asked not in budget.near and len(budget.near) < budget.hints:
            budget.near[asked] = self._near(identifier, 3, kinds)
        return budget.near.get(asked, ())[:count]

    def certain(self, text: str, near: Iterable[str]) -> str | None:
        """The one of some near misses that a text certainly means, by `is_slip`; None where there
        is none, or several are as near, or it may be a name of a record of the file itself.

        Args:
            text: What was written.
            near: The identifiers that `near` gave.

        Examples:
            >>> from wsis_model import catalogue
            >>> names = catalogue().names
            >>> names.near("UNSECO"), names.certain("UNSECO", names.near("UNSECO"))
            (('unesco', 'unsco'), 'unesco')
            >>> names.near("ICAN"), names.certain("ICAN", names.near("ICAN"))
            (('icann',), None)
        """
        text = text[:200]
        found = [
            each
            for each in near
            if any(is_slip(text, name) for name in (each, *self._base._names_of.get(each, ())))
        ]
        return found[0] if len(found) == 1 and not self._is_like_own(text, found[0]) else None

    def has_own(self, identifier: str, kinds: tuple[str, ...]) -> bool:
        """Whether a file has a record of this identifier itself, of one of these kinds."""
        called = self.own.get(folded(identifier), {})
        return any(identifier in called.get(kind, ()) for kind in kinds or called)

    def _is_like_own(self, text: str, but: str) -> bool:
        """Whether a file gives a name that is like a text to a record of its own, *but* one."""
        size = len(text)
        return any(
            abs(len(name) - size) <= 4
            and typo_cost(text, name) is not None
            and any(each != but for ranks in kinds.values() for each in ranks)
            for name, kinds in self.own.items()
        )

    def _near(self, identifier: str, count: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        text = identifier[:200]
        for called in dict.fromkeys((folded(text), folded(_ASIDE.sub(" ", text)))):
            same = self._of_kinds(
                (*self._base._by_code.get(called, ()), *self._base._by_name.get(called, {})), kinds
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
        close = close or self._similar_names(text, kinds, count)
        if not close:
            # `sdg-9.c`: only the signs are wrong; `23-a.1`: only the document is missing.
            plain, end = joined(text), f"/{text.casefold()}"
            alike = (
                each
                for each in self._of_kinds(self.records, kinds)
                if each.translate(_SIGNS) == plain or each.endswith(end)
            )
            close = [
                each for each in alike if not numbers_differ(text, each)
            ] or self._nearest_holder(text, kinds)
        return tuple(dict.fromkeys(close))[:count]

    def _nearest_holder(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        """The paragraph or concept that would hold the one named: `80-173/99` for `80-173/99.9`."""
        while "/" in (text := _LAST_PART.sub("", text)):
            if text in self.records:
                return self._of_kinds((text,), kinds)
        return []

    def _of_kinds(self, identifiers: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
        """The given identifiers of records in the index, if of these kinds."""
        held = ((each, self.records.get(each)) for each in identifiers)
        return [
            each
            for each, record in held
            if record is not None and (not kinds or KIND_OF[type(record)] in kinds)
        ]

    def _similar_names(self, text: str, kinds: tuple[str, ...] = (), count: int = 3) -> list[str]:
        """Identifiers of records whose names differ only by misspelling, the most similar first."""
        fitting = {
            name: fits
            for name, held in self._base._spellings.items()
            if (fits := self._of_kinds(held, kinds))
        }
        close = difflib.get_close_matches(folded(text[:200]), fitting, n=20, cutoff=0.7)
        ranked = [(far, name) for name in close if (far := typo_cost(text[:200], name)) is not None]
        return list(
            dict.fromkeys(
                each for _, name in sorted(ranked, key=lambda one: one[0]) for each in fitting[name]
            )
        )[:count]

    def _all_known(self, identifiers: Iterable[str]) -> bool:
        return all(each in self.records for each in identifiers)

    def _resolve_one(self, name: str, context: Context, of: str = "") -> tuple[str, ...]:
        """The meaning of one name, *of* being the document it is in; several if ambiguous."""
        called = self.own.get(folded(name), {})
        for kind in context.kinds or called:
            if kind in called:
                return _best_ranked(called[kind])
        found: list[str] = []
        for kinds in dict.fromkeys((context.kinds, ())):
            read = self._parse(name, kinds, context, of)
            found += read
            fitting = self._of_kinds((name, *read), kinds)
            if fitting:
                return (fitting[0],)
            if named := self._records_named(name, kinds, context.head):
                return named
            if read and "/" in read[0] and read[0] != name and not _TEXTS.isdisjoint(kinds):
                break  # a paragraph that does not exist, and not the name of something else
        return tuple(found[:1])

    def _parse(self, name: str, kinds: tuple[str, ...], context: Context, of: str) -> list[str]:
        """The identifiers that a text may mean by the grammar of references: `c7` has the form of
        an identifier, and people mean Action Line C7.
        """
        if not of and (not kinds or not _TEXTS.isdisjoint(kinds)):
            # A number alone is no paragraph where anything, or another kind of record, belongs.
            anything = context.place != "speech" or context.kinds or name[:1] == "0"
            bare = name[:1].isdigit() and anything and not kinds
            of = "" if bare else COMPACT if context.head == "gdc/" else OUTCOME
        # The outcome has no lettered items: `11(a)` alone is one of the Compact's.
        item = of == OUTCOME and name[:1].isdigit() and "(" in name
        documents = (of, COMPACT) if item else (of,)
        found: list[str] = []
        for each in dict.fromkeys((name, name.upper())):
            with contextlib.suppress(NotAReference):
                found += (parse_reference(each, document) for document in documents)
            if found and found[0] != name:
                break
        return found

    def _records_named(self, name: str, kinds: tuple[str, ...], head: str = "") -> tuple[str, ...]:
        """The identifiers of the records of a name, all of the same rank; only those that begin
        with *head*, if any do.
        """
        key = folded(name)
        ranks = self._base._by_name.get(key, {})
        fitting = self._of_kinds(ranks, kinds)
        fitting = [each for each in fitting if each.startswith(head)] or fitting
        if not fitting and not key.isdecimal():
            return tuple(self._of_kinds(self._base._by_code.get(key, ()), kinds))
        return _best_ranked({each: ranks[each] for each in fitting})

    def _resolve_list(self, name: str, context: Context) -> tuple[str, ...]:
        """The identifiers of the things that a list names, in its order; none for one thing, or
        where a part of it means nothing.
        """
        if len(name) > _MAX_LENGTH or (self._budget is not None and self._budget.lookups <= 0):
            return ()
        pieces = pieces_of(name)
        found: dict[str, None] = {}
        last, at = ("", ""), 0
        while at < len(pieces):
            if not pieces[at].strip():
                at += 2
                continue
            for end in range(min(at + 2 * LONGEST - 1, len(pieces)), at, -2):
                run = self._resolve_run("".join(pieces[at:end]), context, last)
                if run:
                    break
            else:
                return ()
            found |= dict.fromkeys(identifier for _, identifier in run)
            if len(found) > MAX_ITEMS:
                return ()
            joint = pieces[end] if end < len(pieces) else ""
            last = ("", "") if ";" in joint or "\n" in joint else run[-1]
            at = end + 1
        return tuple(found)

    def _resolve_run(self, text: str, context: Context, last: _Piece) -> list[_Piece]:
        """The things that one item of a list names: one, or a range of them."""
        one = self._resolve_piece(text, context, last)
        texts = () if one and one[1] in self.records else run_of(text)
        if texts and self._resolve_piece(texts[-1], context, last):
            run = [self._resolve_piece(each, context, last) for each in texts]
            whole = [each for each in run if each and not self.last_paragraph(each[1])]
            if len(whole) == len(run):
                return whole
        return [one] if one else []

    def _resolve_piece(self, text: str, context: Context, last: _Piece) -> _Piece | None:
        """An item of a list in full, with its identifier; *last* is the item before it."""
        if self._budget is not None:
            self._budget.lookups -= 1
        name, of = continued(text.strip(), *last)
        named, *others = (self._resolve_one(name, context, of) if name else ()) or ("",)
        # Any word has the form of an identifier: in a list it must be a known one.
        sure = named in self.records or "/" in named or named != name
        return (name, named) if named and sure and not others else None

    @functools.cached_property
    def _by_code(self) -> dict[str, list[str]]:
        """Concepts and groups by the last segment of their identifiers: `9.c` of `sdg/9.c`."""
        codes: dict[str, list[str]] = defaultdict(list)
        concepts = (
            concept for vocabulary in self._all(Vocabulary) for concept in vocabulary.concepts
        )
        held: tuple[StakeholderGroup | Concept, ...] = (*self._all(StakeholderGroup), *concepts)
        for record in held:
            codes[record.id.rpartition("/")[2]].append(record.id)
        return dict(codes)

    @functools.cached_property
    def _spellings(self) -> dict[str, list[str]]:
        """All spellings: names, last segments of identifiers, and identifiers without a slash."""
        top = {each: [each] for each in self.records if "/" not in each}
        return {
            key: [*self._by_name.get(key, {}), *self._by_code.get(key, ()), *top.get(key, ())]
            for key in (*self._by_name, *self._by_code, *top)
        }

    @functools.cached_property
    def _names_of(self) -> dict[str, list[str]]:
        """The spellings of each record."""
        names: dict[str, list[str]] = defaultdict(list)
        for name, held in self._spellings.items():
            for each in held:
                names[each].append(name)
        return dict(names)

    @functools.cached_property
    def _by_name(self) -> dict[str, dict[str, int]]:
        """The records of each folded name, with its rank: acronym, then label, then alias."""
        entities, groups = self._all(Entity), self._all(StakeholderGroup)
        bodies = {each.id: (each.acronym or str(each.name), *each.aliases) for each in entities}
        numbered = [each for each in self._all(Session) if each.body in bodies and each.number]
        vocabularies = [each.concepts for each in self._all(Vocabulary)]
        labelled: list[tuple[str, Sequence[Any]]] = [
            ("name", entities),
            ("label", groups),
            ("title", self._all(Session)),
            ("title", self._all(Roadmap)),
            *(("label", concepts) for concepts in vocabularies),
            ("title", self._all(Document)),
        ]
        with_aliases: list[Sequence[Any]] = [entities, groups, *vocabularies]
        ranked: list[list[tuple[str | None, str]]] = [
            [(each.acronym, each.id) for each in entities],
            [(each.symbol, each.id) for each in self._all(Document)],
            [
                (f"{called} {each.number}", each.id)
                for each in numbered
                for called in bodies[str(each.body)]
            ],
            [(each.id.partition("/")[2].replace("-", " "), each.id) for each in self._all(Session)],
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

    def _all(self, record: type[R]) -> tuple[R, ...]:
        """The records of a class, in the order of the mapping."""
        return cast("tuple[R, ...]", tuple(self._by_class.get(record, ())))

    @functools.cached_property
    def _by_class(self) -> dict[type[Record], list[Record]]:
        found: dict[type[Record], list[Record]] = defaultdict(list)
        for record in self.records.values():
            found[type(record)].append(record)
        return dict(found)


@attrs.define(eq=False)
class IndexOnDemand:
    """Gives an index, which is made when it is first asked for."""

    make: Callable[[], Index]
    """Makes it."""
    _made: Index | None = attrs.field(default=None, init=False)

    def __call__(self) -> Index:
        """The index."""
        if self._made is None:
            self._made = self.make()
        return self._made

    @property
    def understood(self) -> Understood:
        """What was understood so far; nothing as long as the index was not needed."""
        return {} if self._made is None else self._made.understood


def _best_ranked(ranks: Mapping[str, int]) -> tuple[str, ...]:
    """The identifiers of the lowest rank."""
    first = min(ranks.values(), default=0)
    return tuple(each for each, rank in ranks.items() if rank == first)
