"""A new road map to start from: what asks for it, what it may answer, and every field explained where it is to be filled in.

Paragraph 113 of A/RES/80/173 asks the facilitators of the Action Lines for road maps, paragraph 122 asks UNGIS for a joint
one. [`new_roadmap`][wsis_model.authoring.new_roadmap] reads both from the corpus, not from here: who is asked, by when, and to
whom it is reported. What a drafter still has to say begins with `TODO`. [`resume`][wsis_model.authoring.resume] takes up one that
is there already, so that others may fill it in.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import operator
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from ._catalogue import catalogue
from .corpus import Asked, Corpus
from .errors import UnknownIdentifier, excerpt
from .formats._rows import ALIGNED, OF, TABLES, columns_of, in_order, owners_of, rows_of
from .formats.csv import OF_ROADMAP
from .model import (
    Activity,
    Alignment,
    Basis,
    Concept,
    ConceptStatus,
    Document,
    Due,
    Entity,
    File,
    Indicator,
    Mandate,
    MandateKind,
    Milestone,
    Objective,
    Observation,
    Period,
    Provision,
    Record,
    Resource,
    Roadmap,
    RoadmapKind,
    RoleKind,
    Session,
    StakeholderGroup,
    Target,
    Translations,
    Update,
    Window,
    cite,
    is_identifier,
)
from .model._record import field_docs
from .model._shape import Field, shape_of
from .tables import Table

__all__ = ["Candidate", "Draft", "Suggestions", "new_roadmap", "resume"]

LINES, SDG, DELIVERABLES = "action-lines", "sdg", "deliverables"
COMPACT = "gdc"
ROAD_MAP, JOINT_ROAD_MAP = "deliverables/road-map", "deliverables/joint-road-map"
TODO = "TODO"
"""What every text begins with that is still to be written."""

WIDTH = 128
"""A line of the skeleton is no longer than this, where it can be helped."""
LISTED = 12
"""So many candidates are listed beside a field."""
SHORT = 70
"""Characters of a label in a drop-down list."""
LONG = 60
"""A name that has more characters is not written out: the identifier is shorter."""

#: The records of a road map that are explained field by field; the others stand on one line each, explained above it.
EXPLAINED: tuple[type[Record], ...] = (
    Roadmap,
    Objective,
    Activity,
    Milestone,
    Indicator,
    Target,
    Observation,
    Resource,
    Update,
)


# --- what may go in ---------------------------------------------------------------------------------------------------


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
    """The mandates aligned with the Action Line or addressed to the owners; what the Compact pledges is under `commitments`."""
    sdg_targets: Table[Candidate]
    """The SDG targets that the official matrix links with the Action Line; none for a line of which it names goals alone."""
    commitments: Table[Candidate]
    """The Compact's commitments aligned with the Action Line, or with one of its targets or goals; without a line, all."""
    actors: Table[Candidate]
    """The owners, who has a role in the Action Line, and who is named by the mandates suggested."""


def _written(corpus: Corpus, record: Any) -> str:
    """How people write a record: as `corpus.find` understands it, and fit for a cell; its identifier where nothing else is."""
    match record:
        case Entity():
            names = [record.acronym, str(record.name)]
        case Session():
            body = corpus.get(record.body) if record.body else None
            numbered = (
                f"{body.acronym} {record.number}"
                if isinstance(body, Entity) and body.acronym and record.number
                else None
            )
            names = [numbered, str(record.title), record.id.partition("/")[2].replace("-", " ")]
        case Provision():
            names = [f"GDC {record.number}" if record.id.startswith(f"{COMPACT}/") else None]
        case Concept():
            names = [
                cite(record.id).removeprefix("Action Line ")
                if record.id.startswith((f"{LINES}/", f"{SDG}/"))
                else str(record.label)
            ]
        case StakeholderGroup():
            names = [str(record.label)]
        case _:
            names = []
    for name in names:
        fits = (
            name
            and len(name) <= LONG
            and not re.search(r"[;\n]| \| ", name)
            and not is_identifier(name)
        )
        if name and fits and corpus.meant(name) == record.id:
            return name
    return str(record.id)


def _chosen(corpus: Corpus, record: Any) -> str:
    """How people choose a record from a list: as they would cite it in a letter, else as `_written`."""
    said = cite(record.id)
    cited = isinstance(record, (Mandate, Document)) or record.id.startswith(f"{LINES}/")
    return (
        said
        if cited and len(said) <= LONG and corpus.meant(said) == record.id
        else _written(corpus, record)
    )


def _label(record: Any) -> str:
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


def _is_target(corpus: Corpus, identifier: str) -> bool:
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
class _Line:
    """An Action Line, what is under it and above it, and what the official matrix links with it."""

    concept: Concept
    near: dict[str, int]
    """The line and those under it at 0, those above it at 1."""
    targets: tuple[str, ...]
    goals: frozenset[str]

    @property
    def name(self) -> str:
        return cite(self.concept.id).removeprefix("Action Line ")


def _line(corpus: Corpus, said: str) -> _Line:
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
    # Looked up among the lines first: "Media" is a stakeholder group too.
    names = {
        name.casefold(): each.id
        for each in lines.values()
        for name in (*each.label.values(), *each.aliases, _written(corpus, each))
    }
    concept = lines.get(names.get(" ".join(said.split()).casefold()) or corpus.meant(said) or "")
    if concept is None:
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
    targets = tuple(dict.fromkeys(each for each in linked if _is_target(corpus, each)))
    return _Line(
        concept,
        near,
        targets,
        frozenset(_goal(each) for each in linked if each.startswith(f"{SDG}/")),
    )


def _aligned(line: _Line | None, alignments: Iterable[Alignment]) -> Alignment | None:
    """The alignment that ties something most closely to a line; None where none does."""
    found = [each for each in alignments if line is not None and each.concept in line.near]
    return min(found, key=lambda each: line.near[each.concept] if line else 0, default=None)


def _ground(corpus: Corpus, alignment: Alignment) -> str:
    return f"aligned with {_written(corpus, corpus[alignment.concept])}, {alignment.basis.value}"


def _pledges(corpus: Corpus) -> Iterator[Provision]:
    """The provisions of the Compact that hold a commitment."""
    compact = corpus.get(COMPACT)
    for provision in compact.provisions if isinstance(compact, Document) else ():
        if any(mandate.kind is MandateKind.COMMITMENT for mandate in provision.mandates):
            yield provision


def _current(corpus: Corpus, vocabulary: str) -> list[Concept]:
    """The concepts of a vocabulary that may be used."""
    held = (each for one in corpus.vocabularies if one.id == vocabulary for each in one.concepts)
    return [each for each in held if each.status is ConceptStatus.CURRENT]


def _indicators(corpus: Corpus, first: Iterable[Candidate]) -> list[Concept]:
    """The global SDG indicators, those of the targets in *first* first."""
    targets = {each.record for each in first}
    held = [
        each for each in _current(corpus, SDG) if each.parent and _is_target(corpus, each.parent)
    ]
    return sorted(held, key=lambda each: each.parent not in targets)


@attrs.frozen
class _Finder:
    """Looks through a corpus once for what may go into one road map."""

    corpus: Corpus
    line: _Line | None
    owners: tuple[str, ...]
    home: str | None
    """The document that asks for road maps: what it asks stands before what others ask."""
    begins: datetime.date | None
    """The first day of the road map: what was due before is over."""

    def suggestions(self) -> Suggestions:
        mandates = self._mandates()
        return Suggestions(
            Table(mandates, _CANDIDATES),
            Table(self._targets(), _CANDIDATES),
            Table(self._commitments(), _CANDIDATES),
            Table(self._actors(mandates), _CANDIDATES),
        )

    def _candidate(self, identifier: str, why: str, due: Due | None = None) -> Candidate:
        record = self.corpus[identifier]
        return Candidate(identifier, _written(self.corpus, record), _label(record), why, due)

    def _mandates(self) -> tuple[Candidate, ...]:
        """Aligned and addressed first, then aligned, then addressed by name or role, then addressed as one of many; dated ones first."""
        by_role = {group.id for group in self.corpus.groups if group.role is not None}
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
                said = _written(self.corpus, self.corpus[owner])
                why.append(
                    f"asks {_written(self.corpus, self.corpus[addressee])}, {said} among them"
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
        for provision in _pledges(self.corpus):
            rank, why = self._tie(provision)
            if why:
                found.append((rank, self._candidate(provision.id, why)))
        return tuple(candidate for _, candidate in sorted(found, key=lambda each: each[0]))

    def _tie(self, provision: Provision) -> tuple[int, str]:
        """How closely a commitment is tied to the line, and by what; without a line, any is as good."""
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
                        f"{said}: {each.basis.value} of it, and of {self.line.name} in the official matrix",
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
                            f"{role.role.value} of {_written(self.corpus, self.corpus[role.of])}",
                        )
        for candidate in mandates:
            mandate = self.corpus[candidate.record]
            for actor in (*mandate.addressees, *mandate.with_):
                if actor in self.corpus:
                    why.setdefault(actor, f"named in {candidate.record}")
        return tuple(self._candidate(actor, ground) for actor, ground in why.items())


# --- the draft --------------------------------------------------------------------------------------------------------


@attrs.frozen
class Draft:
    """A road map to be filled in, and what may go into it."""

    roadmap: Roadmap
    """The road map: it loads; one that has only been begun stands the profile `draft`."""
    suggestions: Suggestions = attrs.field(repr=False)
    """What it may answer, link to and name."""
    corpus: Corpus = attrs.field(repr=False, eq=False)
    """The corpus from which both were drawn."""

    def to_yaml(self) -> str:
        """The road map as YAML in which every field is explained, and those not used yet stand ready behind a `#`.

        It reads back as `roadmap`. Candidates for what it answers, links to and names are listed beside the fields.

        Examples:
            >>> from wsis_model import catalogue, loads
            >>> draft = new_roadmap(catalogue(), action_line="C2")
            >>> loads(draft.to_yaml(), "yaml")["c2-roadmap"] == draft.roadmap
            True
        """
        return _Skeleton(self).text()

    def tables(self) -> dict[str, bytes]:
        r"""The road map as CSV tables by name (`roadmaps`, `activities` ...): each table it may have, with every heading.

        As in the workbook, the entities that the catalogue does not hold go along.

        Examples:
            >>> from wsis_model import catalogue
            >>> tables = new_roadmap(catalogue(), action_line="C2").tables()
            >>> tables["objectives"].decode().split("\r\n")[0]
            'id,belongs_to,statement,extensions,action_lines,sdg_targets,commitments,themes'
        """
        rows = rows_of(self._file, human=True)
        return {
            name: _table(name, rows.get(name, [])) for name in dict.fromkeys((*OF_ROADMAP, *rows))
        }

    def to_xlsx(self) -> bytes:
        """The road map as a workbook with drop-down lists, to be filled in by hand; with the entities that the catalogue does not hold.

        Raises:
            MissingExtra: The package that writes workbooks is not installed.
        """
        from .formats import excel

        return excel.template(self._file, self.choices(), spoken=self._spoken)

    @property
    def _file(self) -> File:
        """The road map, with the entities that the catalogue does not hold."""
        known = catalogue()
        return File(
            roadmaps=(self.roadmap,),
            entities=tuple(each for each in self.corpus.all_entities if each.id not in known),
        )

    def _spoken(self, identifier: str) -> str:
        """What people call the record of an identifier, as the lists offer it."""
        record = self.corpus.get(identifier)
        return identifier if record is None else _chosen(self.corpus, record)

    def choices(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """What may be chosen in a drop-down list: for each list the texts as people write them, with labels, the most relevant first.

        The lists are `actors`, `mandates`, `commitments`, `sessions` (from the beginning of the road map on),
        `concepts:action-lines`, `concepts:sdg`, `concepts:sdg-indicators` and `concepts:deliverables`.

        Examples:
            >>> from wsis_model import catalogue
            >>> choices = new_roadmap(catalogue(), action_line="C7: e-health").choices()
            >>> choices["actors"][0], choices["concepts:action-lines"][0]
            (('WHO', 'World Health Organization'), ('C7: e-health', 'E-health'))
            >>> choices["mandates"][0][0]
            'A/RES/80/173, para. 38, mandate 1'
        """
        hints = self.suggestions
        held = _current(self.corpus, SDG)
        targets = [each for each in held if _is_target(self.corpus, each.id)]
        goals = [each for each in held if each.parent is None]
        return {
            "actors": self._choice(hints.actors, (*self.corpus.all_entities, *self.corpus.groups)),
            "mandates": self._choice(
                hints.mandates,
                (
                    m
                    for p in self.corpus.provisions
                    for m in p.mandates
                    if p.id.split("/")[0] != COMPACT
                ),
            ),
            "commitments": self._choice(hints.commitments, _pledges(self.corpus)),
            "sessions": self._choice((), self._sessions()),
            "concepts:action-lines": self._choice((), self._lines()),
            "concepts:sdg": self._choice(hints.sdg_targets, (*targets, *goals)),
            "concepts:sdg-indicators": self._choice(
                (), _indicators(self.corpus, hints.sdg_targets)
            ),
            "concepts:deliverables": self._choice((), _current(self.corpus, DELIVERABLES)),
        }

    def _choice(
        self, first: Iterable[Candidate], rest: Iterable[Any]
    ) -> tuple[tuple[str, str], ...]:
        records = {
            record.id: record for record in (*(self.corpus[each.record] for each in first), *rest)
        }
        return tuple(
            (_chosen(self.corpus, each), _short(_label(each))) for each in records.values()
        )

    def _lines(self) -> list[Concept]:
        """The Action Lines, those in the road map's scope first."""
        return sorted(
            _current(self.corpus, LINES), key=lambda concept: concept.id not in self.roadmap.scope
        )

    def _sessions(self) -> list[Session]:
        """The sessions that are not over when the road map begins, the next first."""
        begins = self.roadmap.period.window().earliest if self.roadmap.period else None
        windows = [(each.window(), each.id, each) for each in self.corpus.sessions]
        return [
            each
            for window, _, each in sorted(windows, key=lambda w: w[:2])
            if not (begins and window.latest and window.latest < begins)
        ]


def _table(name: str, rows: list[dict[str, str]]) -> bytes:
    """A table with every column that it may have."""
    columns = [column for column, field in columns_of(TABLES[name]) if field.what != "record"]
    aligned = any(field.key == "alignments" for field in shape_of(TABLES[name]))
    stream = io.StringIO(newline="")
    headings = in_order(
        name,
        (*columns, *(ALIGNED if aligned else ()), *((OF,) if owners_of(name) else ())),
        human=True,
    )
    writer = csv.DictWriter(stream, headings, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _short(text: str) -> str:
    """A label for a list: one short line, without what separates values in a cell."""
    return textwrap.shorten(text.replace(";", ","), SHORT, placeholder=" …")


def new_roadmap(
    corpus: Corpus,
    *,
    action_line: str | None = None,
    kind: RoadmapKind | str | None = None,
    owners: Iterable[str] = (),
    id: str | None = None,  # noqa: A002 - the field's name
    title: str | None = None,
) -> Draft:
    """A road map to start from: with its mandate, owners, scope, period and whom it is reported to, and one of everything else.

    Args:
        corpus: Where the mandates, actors and vocabularies are read; mostly the shipped catalogue. An owner that it does not hold
            (a ministry, say) is added first: `catalogue() | load("our-entities.yaml")`.
        action_line: For which Action Line, as people write it, e.g. `"C2"`, `"C7: e-health"`.
        kind: `"action-line"`, `"joint"`, `"national"` or `"organisational"`; may be left out where an Action Line is given.
        owners: Who answers for it. Without it those who lead the facilitation of the Action Line, or who are asked for the joint one.
        id: Its identifier; without it made of the Action Line or the first owner.
        title: What it is called.

    Raises:
        UnknownIdentifier: There is no such Action Line, owner or kind; with the near misses.
        ValueError: It is not said what the road map is for, or who answers for it; or the identifier is none, or another record's.

    Examples:
        >>> from wsis_model import catalogue
        >>> draft = new_roadmap(catalogue(), action_line="C2")
        >>> (
        ...     draft.roadmap.owners,
        ...     draft.roadmap.mandated_by,
        ...     draft.roadmap.reports_to,
        ...     str(draft.roadmap.activities[0].milestones[0].due),
        ... )
        (('itu',), ('80-173/113.1',), ('cstd',), 'sessions/cstd-30, 2027')
        >>> [candidate.written for candidate in draft.suggestions.sdg_targets][-3:]
        ['SDG target 9.c', 'SDG target 11.5', 'SDG target 11.b']
    """
    if id is not None and (not is_identifier(id) or id in corpus):
        why = (
            "another record has this identifier"
            if id in corpus
            else "write it in lower case and without spaces, e.g. 'c2-roadmap'"
        )
        msg = f"{excerpt(id)} cannot be the identifier of a road map: {why}"
        raise ValueError(msg)
    whose = _kind(kind, action_line)
    line = None if action_line is None else _line(corpus, action_line)
    asking = _asking(corpus, whose)
    named = tuple(_actor(corpus, each) for each in owners) or _owners(corpus, whose, line, asking)
    if not named:
        msg = "nobody is known who would answer for this road map; name the owners"
        raise ValueError(msg)
    name = id or _name(whose, line, named[0])
    frame = asking or _asking(corpus, RoadmapKind.ACTION_LINE)
    home = frame[0].document if frame else None
    period = _period(corpus, home) if home else None
    begins = period.window().earliest if period else None
    suggestions = _Finder(corpus, line, named, home.id if home else None, begins).suggestions()
    joint = whose is RoadmapKind.JOINT and COMPACT in corpus
    aligned = () if line is None else (Alignment(concept=line.concept.id, basis=Basis.EDITORIAL),)
    roadmap = Roadmap(
        id=name,
        title=Translations(en=title or _title(corpus, whose, line, named[0])),
        owners=named,
        kind=whose,
        mandated_by=tuple(each.mandate.id for each in asking),
        scope=(
            *((line.concept.id,) if line else ()),
            *((home.id,) if home else ()),
            *((COMPACT,) if joint else ()),
        ),
        period=period,
        version="0.1",
        reports_to=asking[0].mandate.reports_to if asking else (),
        objectives=(
            Objective(
                id=f"{name}/o1",
                statement=_todo("What will be different in the end"),
                alignments=aligned,
            ),
        ),
        activities=(_activity(corpus, name, named[0], aligned, asking, suggestions),),
        indicators=(
            Indicator(
                id=f"{name}/i1",
                name=_todo("What is measured"),
                unit=f"{TODO}: in what unit",
                measures=(f"{name}/o1",),
            ),
        ),
    )
    return Draft(roadmap, suggestions, corpus)


def resume(corpus: Corpus, roadmap: str) -> Draft:
    """A road map that is there already, to be filled in further: as a workbook with drop-down lists, say, that goes round.

    Args:
        corpus: Holds the road map, and what it names: `catalogue() | load("c2-roadmap.yaml")`.
        roadmap: Its identifier, e.g. `"c2-roadmap"`.

    Raises:
        UnknownIdentifier: The corpus holds no such road map; with the near misses.

    Examples:
        >>> from wsis_model import catalogue, load
        >>> draft = resume(catalogue() | load("examples/data/c2-roadmap.yaml"), "c2-roadmap")
        >>> draft.roadmap.owners, draft.suggestions.sdg_targets[0].written
        (('itu',), 'SDG target 1.4')
    """
    found = corpus.roadmap(roadmap)
    lines = (corpus.get(each) for each in found.scope)
    line = next(
        (
            each.id
            for each in lines
            if isinstance(each, Concept) and each.id.startswith(f"{LINES}/")
        ),
        None,
    )
    documents = (each.partition("/")[0] for each in (*found.mandated_by, *found.scope))
    home = next(
        (each for each in documents if each != COMPACT and isinstance(corpus.get(each), Document)),
        None,
    )
    begins = found.period.window().earliest if found.period else None
    owners = tuple(
        each for each in found.owners if isinstance(corpus.get(each), (Entity, StakeholderGroup))
    )
    return Draft(
        found,
        _Finder(corpus, _line(corpus, line) if line else None, owners, home, begins).suggestions(),
        corpus,
    )


def _kind(kind: RoadmapKind | str | None, action_line: str | None) -> RoadmapKind:
    if kind is None:
        if action_line is None:
            msg = "say which Action Line the road map is for, or of which kind it is: joint, national or organisational"
            raise ValueError(msg)
        return RoadmapKind.ACTION_LINE
    try:
        found = RoadmapKind(kind)
    except ValueError:
        raise UnknownIdentifier(str(kind), tuple(each.value for each in RoadmapKind)) from None
    if found is RoadmapKind.ACTION_LINE and action_line is None:
        msg = "say which Action Line the road map is for, e.g. 'C2'"
        raise ValueError(msg)
    return found


def _asking(corpus: Corpus, kind: RoadmapKind) -> tuple[Asked, ...]:
    """The mandates that ask for a road map of this kind, the first due first; nobody asks for national and organisational ones."""
    facilitators = {group.id for group in corpus.groups if group.role is RoleKind.FACILITATOR}
    found: list[Asked] = []
    for asked in corpus.mandates():
        mandate = asked.mandate
        if kind is RoadmapKind.JOINT:
            fits = mandate.deliverable == JOINT_ROAD_MAP
        else:
            fits = (
                kind is RoadmapKind.ACTION_LINE
                and mandate.deliverable == ROAD_MAP
                and not facilitators.isdisjoint(mandate.addressees)
            )
        if fits:
            found.append(asked)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.mandate.due.window(corpus.calendar) if each.mandate.due else Window(None, None)
            ),
        )
    )


def _actor(corpus: Corpus, said: str) -> str:
    record = corpus.find(said)
    if not isinstance(record, (Entity, StakeholderGroup)):
        raise UnknownIdentifier(
            said,
            tuple(each for each in corpus.near(said) if corpus.kind(each) in ("entity", "group")),
        )
    return record.id


def _owners(
    corpus: Corpus, kind: RoadmapKind, line: _Line | None, asking: tuple[Asked, ...]
) -> tuple[str, ...]:
    """Who leads the facilitation of the line, else of the lines under it, else of the one above; or who is asked for the joint one."""
    if kind is RoadmapKind.JOINT:
        return asking[0].mandate.addressees if asking else ()
    if kind is not RoadmapKind.ACTION_LINE or line is None:
        return ()
    leads: dict[str, list[str]] = {}
    for entity in corpus.all_entities:
        for role in entity.roles:
            if role.role is RoleKind.FACILITATOR and role.until is None and role.of in line.near:
                leads.setdefault(role.of, []).append(entity.id)
    under = [
        each
        for of, rank in line.near.items()
        if rank == 0 and of != line.concept.id
        for each in leads.get(of, ())
    ]
    above = [each for of, rank in line.near.items() if rank for each in leads.get(of, ())]
    return tuple(dict.fromkeys(leads.get(line.concept.id) or under or above))


def _name(kind: RoadmapKind, line: _Line | None, owner: str) -> str:
    stem = (
        owner
        if kind in (RoadmapKind.NATIONAL, RoadmapKind.ORGANISATIONAL)
        else line.concept.id
        if line
        else kind.value
    )
    return f"{stem.rpartition('/')[2]}-roadmap"


def _title(corpus: Corpus, kind: RoadmapKind, line: _Line | None, owner: str) -> str:
    if kind is RoadmapKind.JOINT:
        return "Joint implementation road map"
    if line is not None and kind is RoadmapKind.ACTION_LINE:
        label = str(line.concept.label)
        return f"Road map for Action Line {line.name}" + (
            "" if label.casefold() in line.name.casefold() else f": {label}"
        )
    said = _label(corpus[owner])
    return f"National road map of {said}" if kind is RoadmapKind.NATIONAL else f"Road map of {said}"


def _period(corpus: Corpus, document: Document) -> Period | None:
    """From the year after a document was adopted to the last date that it sets: that of the next overall review."""
    windows = (
        m.due.window(corpus.calendar) for p in document.provisions for m in p.mandates if m.due
    )
    last = max((window.latest for window in windows if window.latest), default=None)
    start = document.adopted.year + 1 if document.adopted else None
    if start is None and last is None:
        return None
    return Period(
        start=None if start is None else str(start), end=None if last is None else str(last.year)
    )


def _activity(
    corpus: Corpus,
    name: str,
    lead: str,
    aligned: tuple[Alignment, ...],
    asking: tuple[Asked, ...],
    suggestions: Suggestions,
) -> Activity:
    """An activity that answers the first mandate suggested, with a milestone when the road map is to be reported."""
    asks = [each.mandate.id for each in asking]
    answered = next(
        (each.record for each in suggestions.mandates if each.record not in asks),
        next(iter(asks), None),
    )
    return Activity(
        id=f"{name}/a1",
        title=_todo("What will be done"),
        objective=f"{name}/o1",
        answers=() if answered is None else (answered,),
        alignments=aligned,
        lead=lead,
        lead_reason=_lead_reason(corpus, lead, answered),
        milestones=(
            Milestone(
                id=f"{name}/a1.m1",
                title=_todo("What will be there"),
                due=asking[0].mandate.due if asking else None,
            ),
        ),
    )


def _todo(what: str) -> Translations:
    return Translations(en=f"{TODO}: {what}")


def _lead_reason(corpus: Corpus, lead: str, answered: str | None) -> str | None:
    """What is to be said where the mandate does not reach the lead."""
    if answered is None or not corpus.routes(lead).keys().isdisjoint(corpus[answered].addressees):
        return None
    return f"{TODO}: Why this lead, as the mandate addresses others"


# --- the skeleton -----------------------------------------------------------------------------------------------------

_HEAD = """\
{title}: begun, still to be written.

How to fill it in:
* What begins with {todo} is to be written; `wsis-model check --profile publish` says what else is asked of what is published.
* Fields that may be used stand behind a #, like `#description:`. Remove the # before each of their lines, and write what holds.
* Where an identifier of something else belongs, write what people call it: "SDG 9.c", "UNESCO", "C7: e-health", "para. 26".
* To add an objective, activity, milestone or indicator, copy the one there and give it the next number.
* Mandatory are only the identifiers, the titles and the owners."""
_EXAMPLE = re.compile(r"`(.+?)`")
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ()'/.-]*[A-Za-z0-9)])?")
_TYPED = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"))
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _text(value: str) -> str:
    """A text as YAML takes it, also inside brackets: quoted unless nobody could take it for anything else."""
    if (_PLAIN.fullmatch(value) and value.casefold() not in _TYPED) or (
        is_identifier(value) and "/" in value
    ):
        return value
    return _ESCAPED.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def _comment(text: str) -> list[str]:
    """Lines of explanation."""
    lines: list[str] = []
    for line in text.splitlines():
        plain = "".join(each if each.isprintable() else " " for each in line)
        lines += [f"# {each}" for each in textwrap.wrap(plain, WIDTH)] or ["#"]
    return lines


def _off(lines: Iterable[str]) -> list[str]:
    """Lines that only count once the # is removed."""
    return [f"#{line}" for line in lines]


def _under(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _item(lines: list[str]) -> list[str]:
    """The lines of a mapping as an item of a list; what is explained before the first field stands above the item."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]


@attrs.define
class _Skeleton:
    """Writes a draft as commented YAML. Each kind of record is explained where it comes first."""

    draft: Draft
    seen: set[type[Record]] = attrs.Factory(set[type[Record]])

    def text(self) -> str:
        head = _comment(_HEAD.format(title=str(self.draft.roadmap.title), todo=TODO))
        body = _under(_item(self._mapping(Roadmap, self.draft.roadmap.to_dict())))
        return "\n".join((*head, "wsis_model: 1", "roadmaps:", *body)) + "\n"

    def _mapping(
        self, record: type[Record], plain: dict[str, Any], *, example: bool = False
    ) -> list[str]:
        """The fields of a record, one below the other; as an example, every field with its example value."""
        known, docs = record in self.seen, field_docs(record)
        self.seen.add(record)
        lines: list[str] = []
        for field in shape_of(record):
            used = field.key in plain
            if (
                not used
                and known
                and not (example and record.model_fields[field.name].is_required())
            ):
                continue
            if (
                not used and field.what == "extensions" and record is not Roadmap
            ):  # the same everywhere: shown once
                continue
            if not known:
                lines += self._explained(record, field, docs.get(field.name, ""))
            if used:
                lines += self._field(field, plain[field.key])
            else:
                shown = self._example(field, docs.get(field.name, ""))
                lines += shown if example else _off(shown)
        return lines

    def _explained(self, record: type[Record], field: Field, doc: str) -> list[str]:
        said = doc.replace("`", "").replace("c2-roadmap", self.draft.roadmap.id)
        if isinstance(field.type, type) and issubclass(field.type, Enum):
            said += f" One of {', '.join(str(each.value) for each in field.type)}."
        lines = _comment(said)
        if (
            field.record is not None
            and field.record not in EXPLAINED
            and field.record not in self.seen
        ):
            self.seen.add(field.record)
            below = field_docs(field.record)
            for each in shape_of(field.record):
                if each.what == "extensions":
                    continue
                lines += _comment(f"- {each.key}: {below[each.name]}".replace("`", ""))
        return [*lines, *self._candidates(record, field.key)]

    def _candidates(self, record: type[Record], key: str) -> list[str]:
        hints, corpus = self.draft.suggestions, self.draft.corpus
        match record.__name__, key:
            case "Activity", "answers":
                return _listed("Candidates", hints.mandates)
            case "Activity", "partners":
                return _listed("Candidates", hints.actors)
            case "Activity", "alignments":
                return (
                    _comment("Candidates are those of the objective.")
                    if hints.sdg_targets or hints.commitments
                    else []
                )
            case "Objective", "alignments":
                return [
                    *_listed("SDG targets", hints.sdg_targets),
                    *_listed("Compact commitments", hints.commitments),
                ]
            case "Milestone", "deliverable":
                return _comment(
                    "Kinds: "
                    + ", ".join(_written(corpus, each) for each in _current(corpus, DELIVERABLES))
                )
            case "Indicator", "sdg_indicator":
                targets = {each.record for each in hints.sdg_targets}
                chosen = [
                    each
                    for each in _indicators(corpus, hints.sdg_targets)
                    if each.parent in targets
                ]
                return _listed(
                    "Candidates",
                    [
                        Candidate(each.id, _written(corpus, each), str(each.label), "")
                        for each in chosen
                    ],
                )
            case _:
                return []

    def _field(self, field: Field, value: Any) -> list[str]:
        """A field that is used."""
        if field.what == "records" and field.record is not None:
            if field.record in EXPLAINED:
                items = [
                    line for each in value for line in _item(self._mapping(field.record, each))
                ]
            else:
                items = [f"- {_flow(field.record, each)}" for each in value]
            return [f"{field.key}:", *_under(items)]
        if field.what == "record" and field.record is not None and field.record in EXPLAINED:
            return [f"{field.key}:", *_under(self._mapping(field.record, value))]
        return [f"{field.key}: {_value(field, value)}"]

    def _example(self, field: Field, doc: str) -> list[str]:
        """A field as it could be used."""
        if field.what in ("record", "records") and field.record is not None:
            if field.record in EXPLAINED:
                lines = self._mapping(field.record, {}, example=True)
                return [
                    f"{field.key}:",
                    *_under(_item(lines) if field.what == "records" else lines),
                ]
            flow = _flow(field.record, _example_of(field.record))
            return [f"{field.key}: [{flow}]" if field.what == "records" else f"{field.key}: {flow}"]
        return [f"{field.key}: {_value(field, _said(field, doc, self.draft.roadmap.id))}"]


def _listed(what: str, candidates: Iterable[Candidate]) -> list[str]:
    found = list(candidates)
    if not found:
        return []
    shown = found[:LISTED]
    width = max(len(each.written) for each in shown)
    lines = [f"# {what}:"]
    for each in shown:
        ground = "; ".join(
            part for part in (f"due {each.due}" if each.due else "", each.why) if part
        )
        label = (
            ""
            if each.label == each.written
            else textwrap.shorten(each.label, SHORT, placeholder=" …")
        )
        line = f"# - {each.written.ljust(width)}  {label}".rstrip() + (
            f" [{ground}]" if ground else ""
        )
        lines.append("".join(character if character.isprintable() else " " for character in line))
    if len(found) > len(shown):
        lines.append(f"# - and {len(found) - len(shown)} more")
    return lines


def _value(field: Field, value: Any) -> str:
    """A value, a list of values or a text in languages, on one line."""
    if field.what == "extensions":
        return _ESCAPED.sub(
            lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
        )
    if field.what == "translations":
        return (
            _text(value["en"])
            if list(value) == ["en"]
            else "{" + ", ".join(f"{key}: {_text(text)}" for key, text in value.items()) + "}"
        )
    if field.what == "record" and field.record is not None:
        return _flow(field.record, value)
    if field.what == "values":
        return (
            "[" + ", ".join(_text(each) if field.type is str else str(each) for each in value) + "]"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if field.type is str else str(value)


def _flow(record: type[Record], plain: dict[str, Any]) -> str:
    """A record on one line."""
    parts: list[str] = []
    for field in shape_of(record):
        if field.key in plain:
            value = plain[field.key]
            inner = field.record
            shown = (
                "[" + ", ".join(_flow(inner, each) for each in value) + "]"
                if field.what == "records" and inner
                else _value(field, value)
            )
            parts.append(f"{field.key}: {shown}")
    return "{" + ", ".join(parts) + "}"


def _said(field: Field, doc: str, name: str = "") -> Any:
    """The example value in a field's docstring; what is to be written, where there is none."""
    found = _EXAMPLE.search(doc[doc.find("e.g. ") + 1 :])
    if found is None:
        return {"en": TODO} if field.what == "translations" else TODO
    text = found[1].replace("c2-roadmap", name) if name else found[1]
    try:
        return json.loads(text)
    except ValueError:  # a date
        return text


def _example_of(record: type[Record]) -> dict[str, Any]:
    """A record with its mandatory fields, or else with its first, each with its example value."""
    docs = field_docs(record)
    needed = [
        field for field in shape_of(record) if record.model_fields[field.name].is_required()
    ] or shape_of(record)[:1]
    return {field.key: _said(field, docs[field.name]) for field in needed}
