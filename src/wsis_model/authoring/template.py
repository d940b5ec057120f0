"""New road maps to start from, and existing ones to continue."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from .._catalogue import catalogue
from .._messages import in_language, sentence
from ..corpus import Corpus
from ..errors import UnknownIdentifier, excerpt
from ..formats.csv import OF_ROADMAP
from ..formats.tables.columns import (
    ALIGNED,
    OF,
    TABLES,
    columns_of,
    in_order,
    is_aligned,
    owners_of,
)
from ..formats.tables.write import rows_of
from ..model import (
    Activity,
    Alignment,
    Basis,
    Concept,
    Document,
    Entity,
    File,
    Indicator,
    Milestone,
    Objective,
    Period,
    Roadmap,
    RoadmapKind,
    RoleKind,
    Session,
    StakeholderGroup,
    Translations,
    Window,
    is_identifier,
)
from ..queries import ACTORS, MandateMatch
from .skeleton import TODO, Skeleton
from .suggestions import (
    COMPACT,
    DELIVERABLES,
    JOINT_ROAD_MAP,
    LINES,
    ROAD_MAP,
    SDG,
    SHORT,
    ActionLine,
    Candidate,
    Finder,
    Suggestions,
    action_line_of,
    commitments,
    current_concepts,
    indicators_of,
    is_target,
    label_of,
    name_to_choose,
)

__all__ = ["Draft", "new_roadmap", "resume"]


@attrs.frozen
class Draft:
    """A road map to fill in, with suggestions."""

    roadmap: Roadmap
    """The road map; a new one has no findings under the profile `draft`."""
    suggestions: Suggestions = attrs.field(repr=False)
    """What it may answer, link to and name."""
    corpus: Corpus = attrs.field(repr=False, eq=False)
    """The corpus of both."""
    language: str = attrs.field(default="en", kw_only=True)
    """The language of explanations, headings and instructions. What the catalogue of messages does
    not have is English; so are examples, and the values that a field takes.
    """

    def to_yaml(self) -> str:
        """The road map as YAML with an explanation of every field; unused fields are comments.

        It loads as `roadmap`. Candidates for references are listed beside the fields.

        Examples:
            >>> from wsis_model import catalogue, loads
            >>> draft = new_roadmap(catalogue(), action_line="C2")
            >>> loads(draft.to_yaml(), "yaml")["c2-roadmap"] == draft.roadmap
            True
        """
        return Skeleton(self.roadmap, self.suggestions, self.corpus, language=self.language).text()

    def tables(self) -> dict[str, bytes]:
        r"""The road map as CSV tables by name (`roadmaps`, `activities` ...): all tables with all
        headings.

        As in the workbook, entities that the catalogue does not hold are included.

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
        """The road map as a workbook with drop-down lists, with the entities that the catalogue
        does not hold.

        Raises:
            MissingExtra: The package for workbooks is not installed.
        """
        from ..formats.workbooks.template import template

        return template(
            self._file, self.choices(), display_name=self._name_of, language=self.language
        )

    @property
    def _file(self) -> File:
        """The road map, with the entities that the catalogue does not hold."""
        known = catalogue()
        return File(
            roadmaps=(self.roadmap,),
            entities=tuple(each for each in self.corpus.all_entities if each.id not in known),
        )

    def _name_of(self, identifier: str) -> str:
        """The name of a record, as in the lists."""
        record = self.corpus.get(identifier)
        return identifier if record is None else name_to_choose(self.corpus, record)

    def choices(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The drop-down lists: for each list the names of records with labels, the most relevant
        first.

        The lists are `actors`, `mandates`, `commitments`, `sessions` (from the beginning of the
        road map on), `concepts:action-lines`, `concepts:sdg`, `concepts:sdg-indicators` and
        `concepts:deliverables`.

        Examples:
            >>> from wsis_model import catalogue
            >>> choices = new_roadmap(catalogue(), action_line="C7: e-health").choices()
            >>> choices["actors"][0], choices["concepts:action-lines"][0]
            (('WHO', 'World Health Organization'), ('C7: e-health', 'E-health'))
            >>> choices["mandates"][0][0]
            'A/RES/80/173, para. 38, mandate 1'
        """
        suggestions = self.suggestions
        targets_and_goals = current_concepts(self.corpus, SDG)
        targets = [each for each in targets_and_goals if is_target(self.corpus, each.id)]
        goals = [each for each in targets_and_goals if each.parent is None]
        return {
            "actors": self._choice(
                suggestions.actors, (*self.corpus.all_entities, *self.corpus.groups)
            ),
            "mandates": self._choice(
                suggestions.mandates,
                (
                    m
                    for p in self.corpus.provisions
                    for m in p.mandates
                    if p.id.split("/")[0] != COMPACT
                ),
            ),
            "commitments": self._choice(suggestions.commitments, commitments(self.corpus)),
            "sessions": self._choice((), self._sessions()),
            "concepts:action-lines": self._choice((), self._lines()),
            "concepts:sdg": self._choice(suggestions.sdg_targets, (*targets, *goals)),
            "concepts:sdg-indicators": self._choice(
                (), indicators_of(self.corpus, suggestions.sdg_targets)
            ),
            "concepts:deliverables": self._choice((), current_concepts(self.corpus, DELIVERABLES)),
        }

    def _choice(
        self, first: Iterable[Candidate], others: Iterable[Any]
    ) -> tuple[tuple[str, str], ...]:
        records = {
            record.id: record for record in (*(self.corpus[each.record] for each in first), *others)
        }
        return tuple(
            (name_to_choose(self.corpus, each), _short(label_of(each))) for each in records.values()
        )

    def _lines(self) -> list[Concept]:
        """The Action Lines, those in the road map's scope first."""
        return sorted(
            current_concepts(self.corpus, LINES),
            key=lambda concept: concept.id not in self.roadmap.scope,
        )

    def _sessions(self) -> list[Session]:
        """The sessions that are not over when the road map begins, in order."""
        begins = self.roadmap.period.window().earliest if self.roadmap.period else None
        windows = [(each.window(), each.id, each) for each in self.corpus.sessions]
        return [
            each
            for window, _, each in sorted(windows, key=lambda w: w[:2])
            if not (begins and window.latest and window.latest < begins)
        ]


def _table(name: str, rows: list[dict[str, str]]) -> bytes:
    """A table with all its columns."""
    columns = [column for column, field in columns_of(TABLES[name]) if field.what != "record"]
    stream = io.StringIO(newline="")
    headings = in_order(
        name,
        (
            *columns,
            *(ALIGNED if is_aligned(TABLES[name]) else ()),
            *((OF,) if owners_of(name) else ()),
        ),
        human=True,
    )
    writer = csv.DictWriter(stream, headings, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _short(text: str) -> str:
    """A label for a list: one short line, without the separator of values in a cell."""
    return textwrap.shorten(text.replace(";", ","), SHORT, placeholder=" …")


def new_roadmap(
    corpus: Corpus,
    *,
    action_line: str | None = None,
    kind: RoadmapKind | str | None = None,
    owners: Iterable[str] = (),
    id: str | None = None,  # noqa: A002 - the field's name
    title: str | None = None,
    language: str = "en",
) -> Draft:
    """A road map to start from: with its mandate, owners, scope, period and `reports_to`, and one
    objective, activity, milestone and indicator.

    Args:
        corpus: The mandates, actors and vocabularies; usually the shipped catalogue. An owner that
            it does not hold (for example a ministry) is added first:
            `catalogue() | load("our-entities.yaml")`.
        action_line: The name of the Action Line, e.g. `"C2"`, `"C7: e-health"`.
        kind: `"action-line"`, `"joint"`, `"national"` or `"organisational"`; not needed with an
            Action Line.
        owners: The owners. Without it, the lead facilitators of the Action Line, or the addressees
            of the mandate for the joint road map.
        id: The identifier; without it, made from the Action Line or the first owner.
        title: The title.
        language: In which language it is to be written, and explained to the drafter: `"en"`,
            `"fr"` or `"es"`. Its texts are in this language alone.

    Raises:
        UnknownIdentifier: There is no such Action Line, owner or kind; with similar names.
        ValueError: Action Line and kind are missing, or there are no owners; or the identifier is
            not valid, or that of another record.

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
        >>> new_roadmap(catalogue(), action_line="C2", language="fr").roadmap.activities[0].title
        {'fr': 'TODO: Ce qui sera fait'}
    """
    if id is not None and (not is_identifier(id) or id in corpus):
        why = (
            "another record has this identifier"
            if id in corpus
            else "write it in lower case and without spaces, e.g. 'c2-roadmap'"
        )
        msg = f"{excerpt(id)} cannot be the identifier of a road map: {why}"
        raise ValueError(msg)
    kind_of_roadmap = _kind(kind, action_line)
    line = None if action_line is None else action_line_of(corpus, action_line)
    asking = _asking(corpus, kind_of_roadmap)
    named = tuple(_actor(corpus, each) for each in owners) or _owners(
        corpus, kind_of_roadmap, line, asking
    )
    if not named:
        msg = "no owner of this road map is known; name the owners"
        raise ValueError(msg)
    name = id or _name(kind_of_roadmap, line, named[0])
    frame = asking or _asking(corpus, RoadmapKind.ACTION_LINE)
    home = frame[0].document if frame else None
    period = _period(corpus, home) if home else None
    begins = period.window().earliest if period else None
    suggestions = Finder(corpus, line, named, home.id if home else None, begins).suggestions()
    joint = kind_of_roadmap is RoadmapKind.JOINT and COMPACT in corpus
    aligned = () if line is None else (Alignment(concept=line.concept.id, basis=Basis.EDITORIAL),)
    roadmap = Roadmap(
        id=name,
        title=Translations(
            {language: title or _title(corpus, kind_of_roadmap, line, named[0], language)}
        ),
        owners=named,
        kind=kind_of_roadmap,
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
                statement=_todo(sentence("What will be different in the end"), language),
                alignments=aligned,
            ),
        ),
        activities=(_activity(corpus, name, named[0], aligned, asking, suggestions, language),),
        indicators=(
            Indicator(
                id=f"{name}/i1",
                name=_todo(sentence("What is measured"), language),
                unit=_to_write(sentence("in what unit"), language),
                measures=(f"{name}/o1",),
            ),
        ),
    )
    return Draft(roadmap, suggestions, corpus, language=language)


def resume(corpus: Corpus, roadmap: str, *, language: str = "en") -> Draft:
    """An existing road map to continue, for example as a workbook with drop-down lists.

    Args:
        corpus: The road map and what it refers to: `catalogue() | load("c2-roadmap.yaml")`.
        roadmap: Its identifier, e.g. `"c2-roadmap"`.
        language: The language of explanations, headings and instructions: `"en"`, `"fr"` or `"es"`.

    Raises:
        UnknownIdentifier: The corpus holds no such road map; with similar names.

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
        Finder(
            corpus, action_line_of(corpus, line) if line else None, owners, home, begins
        ).suggestions(),
        corpus,
        language=language,
    )


def _kind(kind: RoadmapKind | str | None, action_line: str | None) -> RoadmapKind:
    if kind is None:
        if action_line is None:
            msg = (
                "say which Action Line the road map is for, or of which kind it is: joint, "
                "national or organisational"
            )
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


def _asking(corpus: Corpus, kind: RoadmapKind) -> tuple[MandateMatch, ...]:
    """The mandates that ask for a road map of this kind, in the order of due dates; none for
    national and organisational ones.
    """
    facilitators = {group.id for group in corpus.groups if RoleKind.FACILITATOR in group.roles}
    found: list[MandateMatch] = []
    for match in corpus.mandates():
        mandate = match.mandate
        of_line = kind is RoadmapKind.ACTION_LINE and mandate.deliverable == ROAD_MAP
        if (kind is RoadmapKind.JOINT and mandate.deliverable == JOINT_ROAD_MAP) or (
            of_line and not facilitators.isdisjoint(mandate.addressees)
        ):
            found.append(match)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.mandate.due.window(corpus.calendar) if each.mandate.due else Window(None, None)
            ),
        )
    )


def _actor(corpus: Corpus, name: str) -> str:
    return str(corpus.find(name, ACTORS).id)


def _owners(
    corpus: Corpus, kind: RoadmapKind, line: ActionLine | None, asking: tuple[MandateMatch, ...]
) -> tuple[str, ...]:
    """The lead facilitators of the line, else of the lines under it, else of the line above; or the
    addressees of the mandate for the joint road map.
    """
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


def _name(kind: RoadmapKind, line: ActionLine | None, owner: str) -> str:
    stem = (
        owner
        if kind in (RoadmapKind.NATIONAL, RoadmapKind.ORGANISATIONAL)
        else line.concept.id
        if line
        else kind.value
    )
    return f"{stem.rpartition('/')[2]}-roadmap"


def _title(
    corpus: Corpus, kind: RoadmapKind, line: ActionLine | None, owner: str, language: str
) -> str:
    if kind is RoadmapKind.JOINT:
        return in_language(sentence("Joint implementation road map"), language)
    if line is not None and kind is RoadmapKind.ACTION_LINE:
        title = sentence("Road map for Action Line {line}", line=line.name)
        label = line.concept.label.pick(language)
        if label.casefold() not in line.name.casefold():
            title = sentence("{title}: {label}", title=title, label=label)
        return in_language(title, language)
    name = label_of(corpus[owner])
    of_country = sentence("National road map of {owner}", owner=name)
    of_organisation = sentence("Road map of {owner}", owner=name)
    return in_language(of_country if kind is RoadmapKind.NATIONAL else of_organisation, language)


def _period(corpus: Corpus, document: Document) -> Period | None:
    """From the year after the adoption of a document to its last date, that of the next overall
    review.
    """
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
    asking: tuple[MandateMatch, ...],
    suggestions: Suggestions,
    language: str,
) -> Activity:
    """An activity that answers the first suggested mandate, with a milestone for the report on the
    road map.
    """
    asks = [each.mandate.id for each in asking]
    answered = next(
        (each.record for each in suggestions.mandates if each.record not in asks),
        next(iter(asks), None),
    )
    return Activity(
        id=f"{name}/a1",
        title=_todo(sentence("What will be done"), language),
        objective=f"{name}/o1",
        answers=() if answered is None else (answered,),
        alignments=aligned,
        lead=lead,
        lead_reason=_lead_reason(corpus, lead, answered, language),
        milestones=(
            Milestone(
                id=f"{name}/a1.m1",
                title=_todo(sentence("What will be there"), language),
                due=asking[0].mandate.due if asking else None,
            ),
        ),
    )


def _todo(what: str, language: str) -> Translations:
    return Translations({language: _to_write(what, language)})


def _to_write(what: str, language: str) -> str:
    return f"{TODO}: {in_language(what, language)}"


def _lead_reason(corpus: Corpus, lead: str, answered: str | None, language: str) -> str | None:
    """A text to write if the mandate does not reach the lead; None otherwise."""
    if answered is None:
        return None
    routes = corpus.routes(lead, reporting_lines=True)  # as M720 has it
    if not routes.keys().isdisjoint(corpus[answered].addressees):
        return None
    return _to_write(sentence("Why this lead, as the mandate addresses others"), language)
