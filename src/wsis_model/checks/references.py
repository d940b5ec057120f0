"""References: each leads to a record that exists, is of the right kind, is current, and does not
lead back in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import attrs

from .._messages import sentence
from ..corpus import Corpus, Reference
from ..errors import Fix
from ..model import ConceptStatus, Document, Record
from ..model.fields import field_at, record_at
from ..model.kinds import KINDS
from ..model.references import collect, references_in
from ..names.index import Context, Index
from ..names.typos import says_nothing
from ._circles import circle_text, circles
from ._rule import CheckContext, Found, Path, found, rule

OF_COUNTRY = sentence(
    "a country acts through somebody: describe its ministry or agency under 'entities' of your "
    "file, and name that"
)

#: To find a near miss, every identifier is compared. This many comparisons are made for one check,
#: so that a large corpus with many faults is still looked through in time; the first few targets
#: always get a hint.
COMPARISONS = 500_000
ALWAYS_HINTED = 3
_CLASSES: dict[str, type[Record]] = {kind.name: kind.record for kind in KINDS}


class Held(Protocol):
    """What the sentences about references need to know of the records that are held: those of a
    corpus, or of tables.
    """

    def __len__(self) -> int:
        """How many names are looked through for a near miss."""
        ...

    def kind(self, identifier: str) -> str:
        """The kind of a record, e.g. `"provision"`."""
        ...

    def last_number(self, document: str) -> str | None:
        """The printed number of the last paragraph of a document; empty if it is held without its
        paragraphs, None if it is not held.
        """
        ...

    def near(self, place: Reference) -> tuple[tuple[str, ...], str | None]:
        """Identifiers of the right kind that look like a missing one, or the reference it means;
        and the one of these that certainly is meant, if there is one.
        """
        ...


@attrs.frozen
class Named:
    """A target that is not there, or is of the wrong kind: the first reference to it, and how many
    others there are.
    """

    place: Reference
    others: int = 0
    kind: str = ""
    """The kind of the target, if it is there."""


@attrs.frozen
class InCorpus:
    """What a corpus holds."""

    corpus: Corpus

    def __len__(self) -> int:
        return len(self.corpus)

    def kind(self, identifier: str) -> str:
        """The kind of a record."""
        return self.corpus.kind(identifier)

    def last_number(self, document: str) -> str | None:
        """The number of the last paragraph of a document."""
        record = self.corpus.get(document)
        if not isinstance(record, Document):
            return None
        return record.provisions[-1].number if record.provisions else ""

    def near(self, place: Reference) -> tuple[tuple[str, ...], str | None]:
        """What a missing target may mean."""
        return near_in(self.corpus.names, place)


def near_in(names: Index, place: Reference) -> tuple[tuple[str, ...], str | None]:
    """Identifiers of the right kind that look like a missing one, or the reference it means; and
    the one of these that certainly is meant, if there is one.
    """
    run = names.resolve(place.target, Context(kinds=place.kinds))
    if run.known and len(run.identifiers) > 1:
        text = f"paras {place.target}"
        if (
            names.resolve(text, Context(kinds=place.kinds, many=True)).identifiers
            == run.identifiers
        ):
            return (text,), text
    near = names.near(place.target, 6, place.kinds)[:3]
    return near, names.certain(place.target, near)


def _missing(context: CheckContext) -> list[Named]:
    """The targets that are not there, in the order in which they are named first."""
    missing: dict[str, list[Reference]] = {}
    for each in context.broken_references:
        if each.target not in context.corpus:
            missing.setdefault(each.target, []).append(each)
    return [Named(places[0], len(places) - 1) for places in missing.values()]


def _until_known(held: Held, place: Reference) -> str:
    """The hint for a name such as "n/a"."""
    steps = tuple(step for step in place.path if isinstance(step, str))
    record = _CLASSES[held.kind(place.source)]
    field, holder = field_at(record, steps), record_at(record, steps[:-1])
    must = (
        field is not None and holder is not None and holder.model_fields[field.name].is_required()
    )
    if must:
        return sentence("this must be filled: name one")
    return sentence("leave it out until it is known")


def _with_others(message: str, count: int) -> str:
    """A message about a name, with the number of other places that name it, too."""
    if count == 0:
        return message
    if count == 1:
        return sentence("{message} (1 other place names it)", message=message)
    return sentence("{message} ({count} other places name it)", message=message, count=count)


def _report(
    held: Held, missing: Iterable[Named], say: Callable[[str], tuple[str, str]]
) -> Iterator[Found]:
    """One finding for each missing target, at the first place that names it. *say* gives the
    message, and a hint if no name is like it.
    """
    hinted = max(ALWAYS_HINTED, COMPARISONS // (len(held) + 1))
    for number, each in enumerate(missing):
        place = each.place
        message, hint = say(place.target)
        near: tuple[str, ...] = ()
        sure: str | None = None
        if says_nothing(place.target):
            hint = _until_known(held, place)
        elif number < hinted:
            near, sure = held.near(place)
            hint = _near_hint(near) if near else hint
        yield found(
            place.source,
            _with_others(message, each.others),
            place.path,
            hint=hint,
            names=(place.target,),
            meant=near,
            fix=None if sure is None else Fix(place.path, place.target, sure),
        )


def _near_hint(near: Sequence[str]) -> str:
    """The hint that names what looks like a missing target: three at most."""
    return sentence("did you mean {meant}?", meant=_either([*map(repr, near)]))


def _either(names: Sequence[str]) -> str:
    """Names of which one is meant."""
    named = names[0]
    for each in names[1:]:
        named = sentence("{first} or {last}", first=named, last=each)
    return named


def lead_nowhere(held: Held, missing: Iterable[Named]) -> Iterator[Found]:
    """What R201 says of the targets that are not there: all but those of R204."""

    def say(target: str) -> tuple[str, str]:
        head, slash, _ = target.partition("/")
        without = slash and held.last_number(head) == ""
        message = sentence("there is no {target}", target=repr(target))
        if not without:
            return message, ""
        return message, sentence(
            "{document} is held without its paragraphs: name the document", document=head
        )

    yield from _report(held, [each for each in missing if not _is_cited(held, each)], say)


def cite_no_part(held: Held, missing: Iterable[Named]) -> Iterator[Found]:
    """What R204 says of the targets that are not there, of those that are parts of a document that
    is held with its paragraphs.
    """

    def say(target: str) -> tuple[str, str]:
        head, _, rest = target.partition("/")
        last = held.last_number(head) or ""
        return (
            sentence("{document} has no {part}", document=head, part=repr(rest)),
            sentence("its last paragraph is {last}", last=last[:20]),
        )

    yield from _report(held, [each for each in missing if _is_cited(held, each)], say)


def _is_cited(held: Held, named: Named) -> bool:
    """Whether a target would be a part of a document that is held with its paragraphs."""
    head, slash, _ = named.place.target.partition("/")
    return bool(slash and held.last_number(head))


def are_of_the_wrong_kind(wrong: Iterable[Named]) -> Iterator[Found]:
    """What R202 says of targets of the wrong kind."""
    for each in wrong:
        target, kinds = each.place.target, each.place.kinds
        message = sentence(
            "{target} is of the kind {kind}; here belongs: {kinds}",
            target=repr(target),
            kind=each.kind,
            kinds=_either(kinds),
        )
        hint = OF_COUNTRY if target.startswith("regions/") and "entity" in kinds else ""
        yield found(
            each.place.source,
            _with_others(message, each.others),
            each.place.path,
            hint=hint,
            names=(target,),
        )


def are_retired(places: Iterable[Reference], retired: Mapping[str, str | None]) -> Iterator[Found]:
    """What R203 says of references to retired concepts, given with what replaced them."""
    for each in places:
        instead = retired[each.target]
        yield found(
            each.source,
            sentence("{target} is retired", target=repr(each.target)),
            each.path,
            hint=sentence("use {instead}", instead=repr(instead)) if instead else "",
            names=(each.target,),
            meant=(instead,) if instead else (),
            fix=Fix(each.path, each.target, instead) if instead else None,
        )


def names_itself(name: str, path: Path) -> Found:
    """What R207 says of a record that names itself."""
    return found(name, "names itself", path)


@rule("R201", of_values=True, whole="a reference may lead to another document or road map")
def references_lead_somewhere(context: CheckContext) -> Iterator[Found]:
    """Every identifier that a record names is the identifier of a record.

    A reference that leads nowhere is missing from every answer: coverage, deadlines, addressees. A
    missing target is reported once, with the number of other places that name it; no other rule
    reports it.

    Mend: correct the spelling, add the record, or check your files together with the catalogue:
    `check(catalogue() | mine)`.
    """
    yield from lead_nowhere(InCorpus(context.corpus), _missing(context))


@rule("R202", of_values=True, whole="a reference may lead to another document or road map")
def references_lead_to_the_right_kind(context: CheckContext) -> Iterator[Found]:
    """A reference leads to a record of the kind that belongs there.

    A group where a concept belongs, or a concept where an actor belongs, makes answers wrong.

    Mend: name a record of the right kind.
    """
    wrong: dict[tuple[str, tuple[str, ...]], list[Reference]] = {}
    for each in context.broken_references:
        if each.target in context.corpus:
            wrong.setdefault((each.target, each.kinds), []).append(each)
    yield from are_of_the_wrong_kind(
        Named(places[0], len(places) - 1, context.corpus.kind(target))
        for (target, _), places in wrong.items()
    )


@rule("R203", reads=("status",), of_values=True)
def references_lead_to_current_concepts(context: CheckContext) -> Iterator[Found]:
    """No record names a retired concept.

    Retired concepts are kept so that old records still lead somewhere; new tables do not count
    them. References from retired concepts are not looked at.

    Mend: name the concept that replaced it.
    """
    corpus = context.corpus
    retired = {
        each.id: each.replaced_by
        for one in corpus.vocabularies
        for each in one.concepts
        if each.status is ConceptStatus.RETIRED
    }
    if not retired:
        return
    places = (
        each
        for each in corpus.references()
        if each.target in retired and each.source not in retired
    )
    yield from are_retired(places, retired)


@rule(
    "R204",
    reads=("sections",),
    of_values=True,
    whole="a reference may lead to a paragraph of another document",
)
def parts_that_are_cited_exist(context: CheckContext) -> Iterator[Found]:
    """A paragraph, item, section or mandate that is named exists in its document, if the document
    is held with its paragraphs.

    There is no paragraph 128 of A/RES/80/173: this is a wrong citation, not a record that will
    follow.

    Mend: look the paragraph up and correct the number.
    """
    yield from cite_no_part(InCorpus(context.corpus), _missing(context))


def closing(links: dict[str, list[str]], path: Callable[[str, str], Path]) -> Iterator[Found]:
    """A finding for each link that closes a circle. *path* gives the field of the link between two
    records.
    """
    for names, last in circles(links):
        yield found(
            last,
            f"leads in a circle: {circle_text(names, last)}",
            path(last, names[0]),
            names=(*names, last),
        )


def parents_closing(parents: Mapping[str, str]) -> Iterator[Found]:
    """What R205 says of records by their parents."""
    links = {name: [parent] for name, parent in parents.items()}
    yield from closing(links, lambda _last, _first: ("parent",))


@rule("R205")
def parents_form_no_circle(context: CheckContext) -> Iterator[Found]:
    """No concept, group, entity, provision or section is its own ancestor by its parents.

    A search for the wider groups of a group would never end.

    Mend: remove the parent that leads back.
    """
    yield from parents_closing(
        {
            name: parent
            for name, record in context.corpus.items()
            # Asking a record for an attribute that its class does not have is slow.
            if (parent := record.__dict__.get("parent"))
        }
    )


def dependencies_closing(links: dict[str, list[str]]) -> Iterator[Found]:
    """What R206 says of what each activity and milestone depends on."""
    yield from closing(links, lambda last, first: ("depends_on", links[last].index(first)))


@rule("R206", whole="a circle may lead through other road maps")
def dependencies_form_no_circle(context: CheckContext) -> Iterator[Found]:
    """No activity or milestone depends on itself through others.

    In such a circle no work can begin.

    Mend: remove the wrong dependency.
    """
    links: dict[str, list[str]] = {}
    for roadmap in context.corpus.roadmaps:
        for activity in roadmap.activities:
            links[activity.id] = list(activity.depends_on)
            links |= {each.id: list(each.depends_on) for each in activity.milestones}
    yield from dependencies_closing(links)


@rule("R207")
def nothing_refers_to_itself(context: CheckContext) -> Iterator[Found]:
    """No record names itself.

    A record that is its own parent, dependency or source is a mistake of copying. An update about
    its own road map is fine.

    Mend: remove the reference, or name the right record.
    """
    for name, record in context.corpus.items():
        named: dict[tuple[str, ...], list[str]] = {}
        # Quick, but without the place: the few records that name themselves are looked at again.
        collect(type(record), (record,), named)
        if any(name in targets for targets in named.values()):
            for each in references_in(record):
                own = each.target == each.source == name and each.path[0] != "updates"
                if own and (not each.kinds or context.corpus.kind(name) in each.kinds):
                    yield names_itself(name, each.path)


#: The fields whose links may not lead back, by the list of the records that have them.
CHAINS: dict[str, tuple[str, ...]] = {
    "concepts": ("replaced_by",),
    "entities": ("succeeded_by",),
    "documents": ("annex_of", "draft"),
}


def chains_closing(links: dict[str, dict[str, str]]) -> Iterator[Found]:
    """What R208 says of the links of records: for each the identifiers by field."""
    yield from closing(
        {name: [*fields.values()] for name, fields in links.items()},
        lambda last, first: next((f,) for f, named in links[last].items() if named == first),
    )


@rule("R208", whole="a circle may lead through other documents")
def chains_do_not_lead_back(context: CheckContext) -> Iterator[Found]:
    """What replaced a concept or entity, or holds or preceded a document, does not lead back to it.

    A search for the current concept in place of a retired one would never end.

    Mend: remove the link that leads back.
    """
    corpus = context.corpus
    links: dict[str, dict[str, str]] = {}
    for kind, records in (
        ("concepts", (each for held in corpus.vocabularies for each in held.concepts)),
        ("entities", corpus.all_entities),
        ("documents", corpus.documents),
    ):
        for record in records:
            fields = {f: named for f in CHAINS[kind] if (named := getattr(record, f))}
            if fields:
                links[record.id] = fields
    yield from chains_closing(links)
