"""Coverage: which mandates, Action Lines, SDG targets, Compact commitments and stakeholder groups
the road maps answer.

One walk over the road maps indexes which part refers to which identifier. All five tables are made
from these indexes, so that the time grows in proportion to the number of activities.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from ..checks.roadmaps.common import in_force, with_ancestors
from ..corpus import Corpus
from ..model import (
    Concept,
    Document,
    Entity,
    Mandate,
    Provision,
    StakeholderGroup,
    cite,
)
from ..tables import Table
from ._answers import (
    COMPACT,
    LINES,
    SDG,
    Answer,
    CoverageRow,
    Link,
    PartsByIdentifier,
    RoadmapIndex,
    RoadmapPart,
    all_parts,
    answer_of,
    coverage_row,
    current_concepts,
    links_of,
)
from ._expected import Expected
from ._names import short_name

__all__ = ["Count", "Coverage", "coverage", "sdg_targets"]

#: A route names this many actors.
ACTORS_IN_ROUTE = 3
#: `str(coverage)` lists this many rows under a heading.
ROWS_LISTED = 10


@attrs.frozen
class Count:
    """How many records of a kind are answered."""

    kind: str
    """The kind, e.g. `"Mandates"`."""
    answered: int
    """Answered."""
    partly: int
    """Answered in part."""
    not_: int
    """Not answered."""
    total: int
    """All of them."""
    missing: int
    """Expected, and not answered at all."""


@attrs.frozen(repr=False)
class Coverage:
    """What road maps answer, by kind. It prints as a summary with what is missing; a notebook shows
    all of it.
    """

    mandates: Table[CoverageRow]
    """The mandates, in the order of their documents."""
    action_lines: Table[CoverageRow]
    """The Action Lines, sub-lines of C7 included."""
    sdg_targets: Table[CoverageRow]
    """The targets of the Sustainable Development Goals."""
    commitments: Table[CoverageRow]
    """The provisions of the Global Digital Compact with a mandate."""
    groups: Table[CoverageRow]
    """The stakeholder groups."""
    document: str | None = None
    """The document of the mandates; None for all."""
    roadmap: str | None = None
    """The road map of the question; None for all."""

    @property
    def tables(self) -> dict[str, Table[CoverageRow]]:
        """The five tables by their headings."""
        return {
            "Mandates": self.mandates,
            "Action Lines": self.action_lines,
            "SDG targets": self.sdg_targets,
            "Compact commitments": self.commitments,
            "Stakeholder groups": self.groups,
        }

    @property
    def summary(self) -> Table[Count]:
        """How many of each kind are answered, partly and not."""
        return Table(tuple(_count(kind, table) for kind, table in self.tables.items()), _COUNTS)

    @property
    def title(self) -> str:
        """The question, e.g. `"Coverage of A/RES/80/173 by all road maps"`."""
        return (
            f"Coverage of {'all documents' if self.document is None else cite(self.document)} by "
            f"{self.roadmap or 'all road maps'}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The coverage as plain data, for JSON."""
        fields = ("summary", "mandates", "action_lines", "sdg_targets", "commitments", "groups")
        tables = {name: getattr(self, name).to_dicts(plain=True) for name in fields}
        return {"document": self.document, "roadmap": self.roadmap, **tables}

    def to_text(self, width: int | None = None) -> str:
        """The summary and what is missing as lines of text, no wider than *width*."""
        lines = [self.title, "", self.summary.to_text(width)]
        for kind, table in self.tables.items():
            missing = [row for row in table if _missing(row)]
            if missing:
                columns = _MISSING
                if not any(row.asked for row in missing):
                    columns = {name: _MISSING[name] for name in _MISSING if name != "asked of"}
                lines += [
                    "",
                    f"{kind}, expected and not answered",
                    Table(tuple(missing[:ROWS_LISTED]), columns).to_text(width),
                ]
            if len(missing) > ROWS_LISTED:
                lines.append(f"... and {len(missing) - ROWS_LISTED} more")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        counts = (f"{each.answered} of {each.total} {each.kind}" for each in self.summary)
        return f"<{self.title}: {', '.join(counts)} answered>"

    def _repr_html_(self) -> str:
        parts = [f"<h3>{html.escape(self.title)}</h3>", _html(self.summary)]
        for kind, table in self.tables.items():
            parts += [f"<h4>{html.escape(kind)}</h4>", _html(table)]
        return "".join(parts)


def _html(table: Table[Any]) -> str:
    # The notebook protocol.
    return table._repr_html_()  # pyright: ignore[reportPrivateUsage]


def _missing(row: CoverageRow) -> bool:
    return row.expected and row.answer is Answer.NOT


def _count(kind: str, table: Table[CoverageRow]) -> Count:
    answers = [row.answer for row in table]
    answered, partly, not_ = (answers.count(each) for each in Answer)
    return Count(kind, answered, partly, not_, len(answers), sum(map(_missing, table)))


def coverage(
    corpus: Corpus, *, roadmap: str | None = None, document: str | None = "80-173"
) -> Coverage:
    """What the road maps answer of the mandates, Action Lines, SDG targets, Compact commitments and
    stakeholder groups.

    Superseded road maps are left out, unless *roadmap* names one, and so are cancelled activities.
    What only suspended activities answer is answered partly. If something is answered in several
    ways, the best counts, and `by` lists the parts that answer it in that way. An alignment with a
    mandate answers it partly; an alignment with a commitment answers the commitment. So a
    commitment is answered, at least partly, exactly if one of its mandates is.

    Mandates:

    - *Answered*: an activity lists in `answers` the mandate, or its paragraph if the paragraph
      holds no other mandate.
    - *Partly*: an activity lists the paragraph, and the paragraph holds several mandates; or it
      lists a paragraph of which this one is an item; or an activity or objective is aligned with
      one of these; or the road map itself is mandated by one of them.
    - *Expected*: the mandate falls due (at a date, a session, an event or repeatedly); or an owner
      of a road map is asked, by name or through a group of those with a role that the owner has,
      such as the Action Line facilitators. With `roadmap=`, only what its own owners are asked is
      expected. If its kind is `action-line`, this includes what is asked of a group to which an
      owner belongs, such as all stakeholders, in a paragraph about an Action Line in its scope.
      Otherwise such a group does not count.

    Action Lines (a road map covers a line if its scope names the line, or the line above it):

    - *Answered*: an activity or objective of a road map that covers the line is aligned with it,
      and the road map has the kind `action-line` or no kind. Paragraph 113 asks for such a road
      map; a joint, national or organisational one does not replace it. A line is also answered if
      all its sub-lines are.
    - *Partly*: the line is only in a scope, or only named, or named in a road map of another kind;
      or some of its sub-lines are answered, or one is answered partly.
    - *Expected*: every line, because paragraph 113 asks for a road map of each; with `roadmap=`,
      the lines that it covers.

    SDG targets:

    - *Answered*: an activity is aligned with the target.
    - *Partly*: an objective is aligned with it, or an indicator is a global indicator under it.
      Nothing is inferred from a goal or from the official matrix.
    - *Expected*: the official matrix links the target with an Action Line that a road map covers.

    Compact commitments:

    - *Answered*: an activity is aligned with the provision or one of its mandates, or lists one of
      these in `answers`.
    - *Partly*: an objective is aligned with one of these; or an activity or objective names the
      paragraph of which the provision is an item; or the road map itself is mandated by one of
      them.
    - *Expected*: one of its mandates is expected.

    Stakeholder groups:

    - *Answered*: the group, or one of its members, leads an activity.
    - *Partly*: the group, or one of its members, is a partner in an activity, or owns a road map.
      A group that all others are part of, such as all stakeholders, is only partly answered by a
      lead that belongs to it through another group: one of many does not stand for all.
    - *Expected*: the group is an addressee of a mandate of the document that is answered, at least
      partly.

    Each row says why it is expected (`why`).

    Args:
        corpus: The road maps, together with the documents, vocabularies and actors that they refer
            to: `coverage(catalogue() | mine)`.
        roadmap: Only what this road map answers.
        document: Only mandates of this document; None for every document that holds mandates.

    Raises:
        UnknownIdentifier: There is no such road map or document.

    Examples:
        >>> from wsis_model import catalogue
        >>> for count in coverage(catalogue()).summary:
        ...     print(count.kind, count.answered, count.total)
        Mandates 0 93
        Action Lines 0 19
        SDG targets 0 169
        Compact commitments 0 123
        Stakeholder groups 0 37
    """
    chosen = None if roadmap is None else corpus.roadmap(roadmap)
    documents = corpus.documents if document is None else (corpus.document(document),)
    index = RoadmapIndex.of(in_force(corpus) if chosen is None else (chosen,))
    expected = Expected.of(corpus, index, chosen)
    pairs = list(_mandates(documents))
    enclosing = _enclosing(documents)
    mandates = [
        _mandate(index, expected, mandate, provision, enclosing(provision))
        for mandate, provision in pairs
    ]
    answered_mandates = (
        mandate
        for row, (mandate, _) in zip(mandates, pairs, strict=True)
        if row.answer is not Answer.NOT
    )
    return Coverage(
        _table(mandates),
        _table(_lines(corpus, index, expected)),
        _table(_target(index, expected, each, below) for each, below in sdg_targets(corpus)),
        _table(
            _commitment(index, expected, each, enclosing) for each, enclosing in _compact(corpus)
        ),
        _table(
            _groups(
                corpus,
                index,
                {actor for mandate in answered_mandates for actor in mandate.addressees},
            )
        ),
        None if document is None else documents[0].id,
        None if chosen is None else chosen.id,
    )


# --- mandates and commitments ---------------------------------------------------------------------


def _mandates(documents: Iterable[Document]) -> Iterator[tuple[Mandate, Provision]]:
    for document in documents:
        for provision in document.provisions:
            yield from ((mandate, provision) for mandate in provision.mandates)


def _enclosing(documents: Iterable[Document]) -> Callable[[Provision], tuple[str, ...]]:
    """A function that gives the paragraphs of which a provision is an item, at any depth."""
    parents = {each.id: each.parent for document in documents for each in document.provisions}

    def enclosing(provision: Provision) -> tuple[str, ...]:
        paragraphs = with_ancestors(parents, provision.parent)
        return tuple(each for each in paragraphs if each != provision.id)

    return enclosing


def _mandate(
    index: RoadmapIndex,
    expected: Expected,
    mandate: Mandate,
    provision: Provision,
    enclosing: tuple[str, ...],
) -> CoverageRow:
    answer, route = Answer.ANSWERED, "names its paragraph"
    if (count := len(provision.mandates)) > 1:
        answer, route = Answer.PARTLY, f"{route}, which holds {count} mandates"
    both = (mandate.id, provision.id)
    activities = all_parts(index.by_activity_alignment, both)
    objectives = all_parts(index.by_objective_alignment, both)
    links = [
        *links_of(Answer.ANSWERED, "names it", index.by_answers.get(mandate.id, ())),
        *links_of(answer, route, index.by_answers.get(provision.id, ())),
        *links_of(Answer.PARTLY, "an activity is aligned with it", activities),
        *links_of(Answer.PARTLY, "an objective is aligned with it", objectives),
        *_enclosing_paragraphs(index, enclosing),
        *_mandated(index, (mandate.id, provision.id, *enclosing)),
    ]
    return coverage_row(
        mandate.id, mandate.action, links, expected.mandate(mandate, provision), mandate.addressees
    )


def _enclosing_paragraphs(index: RoadmapIndex, enclosing: tuple[str, ...]) -> Iterator[Link]:
    parts = (
        part
        for each in (index.by_answers, index.by_activity_alignment, index.by_objective_alignment)
        for part in all_parts(each, enclosing)
    )
    return links_of(Answer.PARTLY, "names a wider paragraph", parts)


def _mandated(index: RoadmapIndex, names: Iterable[str]) -> Iterator[Link]:
    return links_of(Answer.PARTLY, "the road map's own mandate", all_parts(index.by_mandate, names))


def _compact(corpus: Corpus) -> Iterator[tuple[Provision, tuple[str, ...]]]:
    """The provisions of the Compact with mandates, each with the paragraphs around it."""
    document = corpus.get(COMPACT)
    if isinstance(document, Document):
        enclosing = _enclosing((document,))
        yield from ((each, enclosing(each)) for each in document.provisions if each.mandates)


def _commitment(
    index: RoadmapIndex, expected: Expected, provision: Provision, enclosing: tuple[str, ...]
) -> CoverageRow:
    identifiers = (provision.id, *(each.id for each in provision.mandates))
    links = [
        *links_of(
            Answer.ANSWERED,
            "an activity serves it",
            all_parts(index.by_activity_alignment, identifiers),
        ),
        *links_of(
            Answer.ANSWERED, "an activity answers it", all_parts(index.by_answers, identifiers)
        ),
        *links_of(
            Answer.PARTLY,
            "an objective names it",
            all_parts(index.by_objective_alignment, identifiers),
        ),
        *_enclosing_paragraphs(index, enclosing),
        *_mandated(index, (*identifiers, *enclosing)),
    ]
    reasons = dict.fromkeys(
        filter(None, (expected.mandate(each, provision) for each in provision.mandates))
    )
    why = f"one of its mandates {'; one '.join(reasons)}" if reasons else ""
    asked = (actor for each in provision.mandates for actor in each.addressees)
    return coverage_row(provision.id, provision.summary or cite(provision.id), links, why, asked)


# --- Action Lines and SDG targets -----------------------------------------------------------------


def _lines(corpus: Corpus, index: RoadmapIndex, expected: Expected) -> Iterator[CoverageRow]:
    lines = current_concepts(corpus, LINES)
    own = {line.id: _line(index, line) for line in lines}
    below: dict[str, list[list[Link]]] = defaultdict(list)
    for line in lines:
        if line.parent:
            below[line.parent].append(own[line.id])
    for line in lines:
        yield coverage_row(
            line.id,
            str(line.label),
            [*own[line.id], *_sub_lines(below.get(line.id, []))],
            expected.lines.get(line.id, ""),
        )


def _line(index: RoadmapIndex, line: Concept) -> list[Link]:
    """The links of a line itself, without those that come from its sub-lines."""
    roadmaps = index.roadmaps_covering(line)
    in_scope: list[RoadmapPart] = []
    by_other_kind: dict[str, list[RoadmapPart]] = defaultdict(list)
    out_of_scope: list[RoadmapPart] = []
    for each in (
        *index.by_activity_alignment.get(line.id, ()),
        *index.by_objective_alignment.get(line.id, ()),
    ):
        kind = index.other_kinds.get(each.roadmap)
        if each.roadmap not in roadmaps:
            out_of_scope.append(each)
        elif kind is None:
            in_scope.append(each)
        else:
            by_other_kind[kind].append(each)
    naming = {each.roadmap for parts in (in_scope, *by_other_kind.values()) for each in parts}
    return [
        *links_of(Answer.ANSWERED, "in scope and named", in_scope),
        *(
            link
            for kind, parts in by_other_kind.items()
            for link in links_of(Answer.PARTLY, f"in scope and named, in {kind} road map", parts)
        ),
        *links_of(Answer.PARTLY, "named, not in scope", out_of_scope),
        *links_of(
            Answer.PARTLY,
            "in scope, not named",
            (part for roadmap, part in roadmaps.items() if roadmap not in naming),
        ),
    ]


def _sub_lines(below: Sequence[list[Link]]) -> Iterator[Link]:
    """The link of a line that comes from its sub-lines, given the links of each of these."""
    answers = [answer_of(links) for links in below]
    answered, partly = answers.count(Answer.ANSWERED), answers.count(Answer.PARTLY)
    if answered or partly:
        route = f"{answered} of its {len(below)} sub-lines answered" + (
            f", {partly} partly" if partly else ""
        )
        parts = [each for links in below for link in links for each in link.parts]
        yield Link(Answer.ANSWERED if answered == len(below) else Answer.PARTLY, route, parts)


def sdg_targets(corpus: Corpus) -> Iterator[tuple[Concept, tuple[str, ...]]]:
    """The SDG targets, each with its indicators."""
    concepts = current_concepts(corpus, SDG)
    goals = {each.id for each in concepts if each.parent is None}
    below: dict[str, list[str]] = defaultdict(list)
    for each in concepts:
        below[each.parent or ""].append(each.id)
    yield from ((each, tuple(below.get(each.id, ()))) for each in concepts if each.parent in goals)


def _target(
    index: RoadmapIndex, expected: Expected, target: Concept, indicators: tuple[str, ...]
) -> CoverageRow:
    links = [
        *links_of(
            Answer.ANSWERED, "an activity names it", index.by_activity_alignment.get(target.id, ())
        ),
        *links_of(
            Answer.PARTLY, "an objective names it", index.by_objective_alignment.get(target.id, ())
        ),
        *links_of(
            Answer.PARTLY, "an indicator measures it", all_parts(index.by_sdg_indicator, indicators)
        ),
    ]
    return coverage_row(target.id, str(target.label), links, expected.targets.get(target.id, ""))


# --- stakeholder groups ---------------------------------------------------------------------------


def _groups(corpus: Corpus, index: RoadmapIndex, addressed: set[str]) -> Iterator[CoverageRow]:
    actors = dict.fromkeys((*index.by_lead, *index.by_partner, *index.by_owner))
    members_of: dict[str, list[str]] = defaultdict(list)
    direct: set[tuple[str, str]] = set()
    for actor in actors:
        record = corpus.get(actor)
        if isinstance(record, (Entity, StakeholderGroup)):
            # An entity is one step from its own group, a group no step from itself.
            steps = 1 if isinstance(record, Entity) else 0
            for name, route in corpus.routes(actor).items():
                members_of[name].append(actor)
                if len(route) <= steps:
                    direct.add((name, actor))
    parents = {group.parent for group in corpus.groups}
    for group in corpus.groups:
        members = members_of.get(group.id, ())
        is_everybody = group.rest_of is not None or (group.parent is None and group.id in parents)
        own_members, members_of_subgroups = list(members), list[str]()
        if is_everybody:
            own_members = [actor for actor in members if (group.id, actor) in direct]
            members_of_subgroups = [actor for actor in members if (group.id, actor) not in direct]
        links = [
            *_through(Answer.ANSWERED, "led by", corpus, index.by_lead, own_members),
            *_through(
                Answer.PARTLY,
                "led by some of those it embraces:",
                corpus,
                index.by_lead,
                members_of_subgroups,
            ),
            *_through(Answer.PARTLY, "joined by", corpus, index.by_partner, members),
            *_through(Answer.PARTLY, "a road map is owned by", corpus, index.by_owner, members),
        ]
        yield coverage_row(
            group.id,
            str(group.label),
            links,
            "an answered mandate addresses it" if group.id in addressed else "",
        )


def _through(
    answer: Answer, how: str, corpus: Corpus, index: PartsByIdentifier, actors: Iterable[str]
) -> Iterator[Link]:
    """The links through the members of a group that stand in an index; the route names the first of
    them.
    """
    present = [actor for actor in actors if actor in index]
    names = ", ".join(short_name(corpus, each) for each in present[:ACTORS_IN_ROUTE])
    if len(present) > ACTORS_IN_ROUTE:
        names += f" and {len(present) - ACTORS_IN_ROUTE} more"
    yield from links_of(
        answer,
        f"{how} {names}",
        all_parts(index, present),
    )


# --- tables ---------------------------------------------------------------------------------------


def _table(rows: Iterable[CoverageRow]) -> Table[CoverageRow]:
    return Table(tuple(rows), _COLUMNS)


_COLUMNS: dict[str, Callable[[CoverageRow], Any]] = {
    "record": lambda row: row.record,
    "label": lambda row: row.label,
    "answer": lambda row: row.answer.value,
    "by": lambda row: row.by,
    "route": lambda row: row.route,
    "road maps": lambda row: row.roadmaps,
    "expected": lambda row: row.expected,
    "why expected": lambda row: row.why,
    "asked of": lambda row: row.asked,
}
_MISSING: dict[str, Callable[[CoverageRow], Any]] = {
    name: _COLUMNS[name] for name in ("record", "label", "why expected", "asked of")
}
_COUNTS: dict[str, Callable[[Count], Any]] = {
    "kind": lambda row: row.kind,
    "answered": lambda row: row.answered,
    "partly": lambda row: row.partly,
    "not": lambda row: row.not_,
    "total": lambda row: row.total,
    "expected, not answered": lambda row: row.missing,
}
