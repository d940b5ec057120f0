"""The page of a road map: what it is, what it answers, when things are due, how far they have come,
and what is still to do.
"""

from __future__ import annotations

import datetime
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import PurePath

import attrs

from ..analysis import (
    HORIZON,
    Answer,
    Count,
    Course,
    Coverage,
    Covered,
    Entry,
    Gap,
    Measured,
    Progress,
    Reached,
    Standing,
    calendar,
    coverage,
    gaps,
    progress,
)
from ..analysis._calendar import meeting
from ..analysis._progress import AHEAD, NEAR, ON_COURSE, TOLERANCE
from ..checks import RULES, Severity
from ..corpus import Corpus
from ..model import (
    Activity,
    Alignment,
    Certainty,
    Concept,
    Document,
    Entity,
    Evidence,
    Indicator,
    Mandate,
    Milestone,
    MilestoneStatus,
    Objective,
    Observation,
    Period,
    Provision,
    Record,
    Roadmap,
    RoadmapKind,
    Source,
    Target,
    Translations,
    Vocabulary,
    Window,
    cite,
)
from ..model.fields import shape_of
from ..pictures import decade, gantt, heat_map, indicator_paths
from ..pictures._labels import clean, counted, fit, name_of, said_day, said_window
from ._content import (
    ROWS,
    Block,
    Bullets,
    Code,
    Facts,
    Figure,
    Fold,
    Foreign,
    Grid,
    Heading,
    Line,
    Paragraph,
    Section,
    Strong,
    grid,
    joined,
    left_out,
    linked,
    said,
    shown_in,
)
from .page import Page

__all__ = ["roadmap_page"]

OUTCOME = "80-173"
NAMED, UNFOLDED, LONGEST = 6, 25, 300
_URGENT = (
    Standing.LATE,
    Standing.AT_RISK,
    Standing.COMING,
    Standing.NO_DATE,
    Standing.DONE,
    Standing.CANCELLED,
)
_RULES = {rule.code: rule for rule in RULES}


@attrs.frozen
class _Facts:
    """Everything that the sections tell, worked out once."""

    corpus: Corpus
    roadmap: Roadmap
    as_of: datetime.date
    document: str | None
    """The document whose mandates are asked about: the outcome, where the corpus holds it."""
    coverage: Coverage
    progress: Progress
    gaps: tuple[Gap, ...]

    @property
    def concerned(self) -> frozenset[str]:
        """The mandates that this road map answers, in part at least, or is expected to answer."""
        return frozenset(
            row.record
            for row in self.coverage.mandates
            if row.expected or row.answer is not Answer.NOT
        )

    def call(self, what: str) -> str:
        """How to get all of something in Python."""
        return what.replace("ID", repr(self.roadmap.id)).replace("DAY", repr(self.as_of))


def roadmap_page(
    corpus: Corpus, roadmap: str, *, as_of: datetime.date, pictures: bool = True
) -> Page:
    """A road map as one page: summary, activities, what it answers, calendar, progress, findings,
    pictures, method and sources.

    Args:
        corpus: The road map, together with the documents, vocabularies and actors that it refers
            to: `catalogue() | mine`.
        roadmap: The road map's identifier.
        as_of: The day from which to look: what is late, at risk or on course depends on it.
        pictures: Whether to draw pictures, which needs the extra `plot`.

    Raises:
        UnknownIdentifier: There is no such road map.
        MissingExtra: There are to be pictures, and `altair` or `vl-convert-python` is not
            installed.

    Examples:
        >>> import datetime
        >>> from wsis_model import catalogue, loads
        >>> mine = loads("roadmaps: [{id: my-map, title: My road map, owners: [itu]}]", "yaml")
        >>> page = roadmap_page(
        ...     catalogue() | mine, "my-map", as_of=datetime.date(2026, 11, 24), pictures=False
        ... )
        >>> page.to_markdown().splitlines()[0], page.to_html()[:15]
        ('# My road map', '<!DOCTYPE html>')
    """
    record = corpus.roadmap(roadmap)
    document = OUTCOME if isinstance(corpus.get(OUTCOME), Document) else None
    facts = _Facts(
        corpus,
        record,
        as_of,
        document,
        coverage(corpus, roadmap=record.id, document=document),
        progress(corpus, record.id, as_of=as_of),
        tuple(gaps(corpus, record.id, as_of=as_of)),
    )
    sections = [
        Section("summary", "Summary", tuple(_summary(facts))),
        Section("activities", "What is planned", (*_activities(facts), *_also(facts))),
        Section("coverage", "What it answers", tuple(_coverage(facts))),
        Section("calendar", "What is due, and when", tuple(_calendar(facts))),
        Section("progress", "How far it has come", tuple(_progress(facts))),
        Section(
            "findings", "What is still to be done to the road map itself", tuple(_findings(facts))
        ),
    ]
    if pictures:
        sections.append(Section("pictures", "Pictures", tuple(_pictures(facts))))
    sections.append(
        Section(
            "method", "How the figures are worked out", tuple(_method(facts, pictures=pictures))
        )
    )
    sections.append(Section("sources", "Sources", tuple(_sources(facts))))
    lead = f"Report on an implementation road map, as of {said_day(as_of)}"
    return Page(clean(record.title.pick()), lead, tuple(sections), shown_in(record.title))


def _pictures(facts: _Facts) -> Iterator[Figure]:
    corpus, name, day = facts.corpus, facts.roadmap.id, facts.as_of
    yield Figure(
        gantt(corpus, name, as_of=day),
        ("The tables of activities and of milestones, above, tell the same.",),
    )
    yield Figure(heat_map(corpus, name))
    yield Figure(
        indicator_paths(corpus, name, as_of=day),
        ("The tables of indicators, above, tell the same.",),
    )
    told: Line = ("The table of what is due, above, tells the same of this road map.",)
    if facts.document:
        told += (
            f" What {cite(facts.document)} asks of others is listed by ",
            Code(f"wsis-model calendar --document {facts.document}"),
            ".",
        )
    yield Figure(decade(corpus, document=facts.document, roadmap=name, as_of=day), told)


# --- words ----------------------------------------------------------------------------------------


def _named(corpus: Corpus, identifier: str) -> Line:
    """Who or what an identifier names, in full, with the acronym; as code when the corpus does not
    hold it.
    """
    record = corpus.get(identifier)
    if isinstance(record, Entity):
        acronym = f" ({clean(record.acronym)})" if record.acronym else ""
        return (linked(clean(record.name.pick()), record.url), acronym)
    if record is None:
        return (Code(identifier),)
    return (_label(corpus, identifier),)


def _label(corpus: Corpus, identifier: str) -> str:
    """What a record is called in a table: of a paragraph its citation, of a line or target its code
    and label.
    """
    record = corpus.get(identifier)
    if isinstance(record, (Document, Provision, Mandate)):
        return cite(identifier)
    return name_of(corpus, identifier)


def _cited(corpus: Corpus, identifier: str) -> Line:
    """A paragraph or mandate as the field cites it, leading to the official text."""
    document = corpus.get(identifier.partition("/")[0])
    url = document.urls[0] if isinstance(document, Document) and document.urls else None
    return (linked(cite(identifier), url),)


def _several(corpus: Corpus, identifiers: Iterable[str], limit: int = NAMED) -> Line:
    """Some identifiers in words; of many, the first and how many more."""
    held = list(identifiers)
    more = f" and {len(held) - limit:,} more" if len(held) > limit else ""
    return (f"{'; '.join(_label(corpus, each) for each in held[:limit])}{more}",)


def _when(period: Period | None) -> str:
    if period is None or not (period.start or period.end):
        return ""
    if period.start and period.end:
        return period.start if period.start == period.end else f"{period.start} to {period.end}"
    return f"from {period.start}" if period.start else f"until {period.end}"


def _days(window: Window) -> str:
    """A window in words, with dates that are not broken over lines."""
    return " to ".join(part.replace(" ", "\u00a0") for part in said_window(window).split(" to "))


def _title(text: Translations, identifier: str) -> Line:
    return (said(text), " ", Code(identifier))


def _term(corpus: Corpus, identifier: str | None) -> str:
    """A kind of deliverable or a theme, by its label: its code is ours, and says the same."""
    record = None if identifier is None else corpus.get(identifier)
    return clean(record.label.pick()) if isinstance(record, Concept) else identifier or ""


def _part(corpus: Corpus, identifier: str) -> Line:
    """A road map or a part of one, by its title and identifier; anything else by its name."""
    record = corpus.get(identifier)
    if isinstance(record, (Roadmap, Activity, Milestone)):
        return _title(record.title, identifier)
    if isinstance(record, Objective):
        return _title(record.statement, identifier)
    return (
        _title(record.name, identifier)
        if isinstance(record, Indicator)
        else _named(corpus, identifier)
    )


def _parts(corpus: Corpus, identifiers: Iterable[str]) -> Line:
    """Some of them in words; of many, the first and how many more."""
    held = list(identifiers)
    more: list[Line] = [(f"{len(held) - NAMED:,} more",)] if len(held) > NAMED else []
    return joined([*(_part(corpus, each) for each in held[:NAMED]), *more], "; ")


def _shown_by(evidence: Iterable[Evidence]) -> Line:
    shown: list[Line] = []
    for each in evidence:
        more = "; ".join(
            filter(None, (said_day(each.date) if each.date else "", clean(each.note or "")))
        )
        shown.append((linked(each.title, each.url), f" ({more})" if more else ""))
    return joined(shown, "; ")


def _lean(
    heads: tuple[str, ...], rows: list[tuple[Line, ...]]
) -> tuple[tuple[str, ...], list[tuple[Line, ...]]]:
    """A table without the columns, after the first, in which no row says anything."""
    kept = [
        at
        for at in range(len(heads))
        if at == 0 or any(any(words != "" for words in row[at]) for row in rows)
    ]
    return tuple(heads[at] for at in kept), [tuple(row[at] for at in kept) for row in rows]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


# --- summary --------------------------------------------------------------------------------------


def _summary(facts: _Facts) -> Iterator[Block]:
    record, corpus = facts.roadmap, facts.corpus
    if record.description:
        yield Paragraph((clean(record.description),), notice=True)
    yield Paragraph(tuple(_standing(facts)))
    pairs: list[tuple[str, Line]] = [("Status", (record.status.value,))]
    if record.kind:
        pairs.append(("Kind", (_KINDS[record.kind],)))
    if record.version:
        pairs.append(("Version", (clean(record.version),)))
    pairs.append(("Owners", joined([_named(corpus, each) for each in record.owners])))
    if _when(record.period):
        pairs.append(("Period", (_when(record.period),)))
    if record.scope:
        pairs.append(("Covers", joined([_named(corpus, each) for each in record.scope])))
    if record.mandated_by:
        pairs.append(
            ("Asked for by", joined([_cited(corpus, each) for each in record.mandated_by]))
        )
    if record.reports_to:
        pairs.append(("Reported to", joined([_named(corpus, each) for each in record.reports_to])))
    milestones = sum(len(activity.milestones) for activity in record.activities)
    sizes = (
        counted(len(record.objectives), "objective"),
        counted(len(record.activities), "activity", "activities"),
        counted(milestones, "milestone"),
        counted(len(record.indicators), "indicator"),
        counted(sum(len(activity.resources) for activity in record.activities), "resource"),
        counted(len(record.updates), "update"),
    )
    pairs += [("Holds", (", ".join(sizes),)), ("Identifier", (Code(record.id),))]
    yield Facts(tuple(pairs))
    yield from _updates(facts)


_KINDS = {
    RoadmapKind.ACTION_LINE: "road map of an Action Line",
    RoadmapKind.JOINT: "joint road map",
    RoadmapKind.NATIONAL: "national road map",
    RoadmapKind.ORGANISATIONAL: "road map of an organisation",
}


def _standing(facts: _Facts) -> Iterator[str]:
    """Where the road map stands, in plain sentences."""
    record = facts.roadmap
    statuses = Counter(activity.status.value for activity in record.activities)
    standings = Counter(each.standing for each in facts.progress.milestones)
    courses = Counter(each.course for each in facts.progress.indicators)
    yield f"On {said_day(facts.as_of)}, "
    if record.activities:
        yield f"{statuses['done']:,} of {counted(len(record.activities), 'activity', 'activities')} {_are(1 if len(record.activities) == 1 else statuses['done'])} done. "
    else:
        yield "no activity is planned yet. "
    dropped = standings[Standing.CANCELLED]
    total = sum(standings.values()) - dropped
    if total:
        late, risk = standings[Standing.LATE], standings[Standing.AT_RISK]
        yield f"Of {counted(total, 'milestone')}, {standings[Standing.DONE]:,} {_are(standings[Standing.DONE])} reached, "
        yield f"{late:,} {_are(late)} late and {risk:,} {_are(risk)} at risk{f'; {dropped:,} more {_are(dropped)} cancelled' if dropped else ''}. "
    elif dropped:
        yield f"{counted(dropped, 'milestone')} {_are(dropped)} cancelled. "
    if record.indicators:
        found = ", ".join(
            f"{courses[course]:,} {_COURSES[course]}" for course in Course if courses[course]
        )
        yield f"Of {counted(len(record.indicators), 'indicator')}, {found}. "
    missing = [
        each for each in facts.coverage.mandates if each.expected and each.answer is Answer.NOT
    ]
    if any(each.expected for each in facts.coverage.mandates):
        expected = sum(each.expected for each in facts.coverage.mandates)
        yield f"Of {counted(expected, 'mandate')} that it is expected to answer, {len(missing):,} {_are(len(missing))} not answered. "
    errors = sum(_is_error(gap.code) for gap in facts.gaps)
    others = len(facts.gaps) - errors
    if errors:
        yield f"Before it can be published, {counted(errors, 'thing is', 'things are')} to be mended"
        yield f"; {others:,} more should be looked at." if others else "."
    else:
        yield "Nothing stands against its being published"
        yield f"; {counted(others, 'thing')} should be looked at." if others else "."


_COURSES = {
    Course.AHEAD: "ahead",
    Course.ON_COURSE: "on course",
    Course.BEHIND: "behind",
    Course.NO_DATA: "without data",
}


def _updates(facts: _Facts) -> Iterator[Block]:
    if not facts.roadmap.updates:
        return
    latest = sorted(facts.roadmap.updates, key=lambda update: update.date, reverse=True)
    rows: list[tuple[Line, ...]] = [
        (
            (said_day(each.date),),
            _part(facts.corpus, each.about),
            (name_of(facts.corpus, each.by),),
            (clean(each.status or ""),),
            (clean(each.note or ""),),
            _shown_by(each.evidence),
        )
        for each in latest
    ]
    heads = ("When", "About", "By", "Status", "Note", "Evidence")
    table = grid(
        "Updates, the latest first", *_lean(heads, rows), facts.call("corpus.roadmap(ID).updates")
    )
    yield Fold(
        (f"{counted(len(latest), 'update')}, the latest of {said_day(latest[0].date)}",), (table,)
    )


# --- activities -----------------------------------------------------------------------------------


def _activities(facts: _Facts) -> Iterator[Block]:
    record, corpus = facts.roadmap, facts.corpus
    if record.objectives:
        yield Heading("Objectives")
        yield Bullets(
            tuple(_objective(corpus, each) for each in record.objectives[:ROWS]),
            left_out(len(record.objectives), facts.call("corpus.roadmap(ID).objectives")),
        )
    if not record.activities:
        yield Paragraph(("No activity is planned yet.",))
        return
    yield Heading("Activities")
    rows: list[tuple[Line, ...]] = [
        (
            _title(each.title, each.id),
            (name_of(corpus, each.lead) or "nobody named",),
            _several(corpus, each.partners),
            (_when(each.period) or "no period",),
            (each.status.value.replace("-", " "),),
            _several(corpus, each.answers),
        )
        for each in record.activities[:ROWS]
    ]
    call = facts.call("corpus.roadmap(ID).activities")
    heads = ("Activity", "Lead", "Partners", "Period", "Status", "Answers")
    yield Grid(
        "Activities, in the order of the road map",
        heads,
        tuple(rows),
        left_out(len(record.activities), call),
    )
    told = [(each, pairs) for each in record.activities[:ROWS] if (pairs := _more(corpus, each))]
    if told:
        yield Heading("Activity by activity")
        yield from (Fold(_title(each.title, each.id), (Facts(pairs),)) for each, pairs in told)
    yield from _resources(facts)


def _objective(corpus: Corpus, objective: Objective) -> Line:
    serves = joined([line for _, line in _links(corpus, objective.alignments)], "; ")
    return (
        *_title(objective.statement, objective.id),
        *((". Serves: ", *serves) if serves else ()),
    )


_LINKS = {"action-lines": "Action Lines", "sdg": "SDG targets", "gdc": "Compact commitments"}
_BESIDE = "Also about"


def _links(corpus: Corpus, alignments: Iterable[Alignment]) -> list[tuple[str, Line]]:
    """What an objective or activity serves, vocabulary by vocabulary."""
    found: dict[str, list[Line]] = defaultdict(list)
    for each in alignments:
        kind = _LINKS.get(each.concept.partition("/")[0], _BESIDE)
        if isinstance(corpus.get(each.concept), (Document, Provision, Mandate)):
            name = _cited(corpus, each.concept)
        else:
            name = (
                (_term(corpus, each.concept),) if kind == _BESIDE else _named(corpus, each.concept)
            )
        found[kind].append((*name, f" ({clean(each.note)})" if each.note else ""))
    return [
        (kind, joined(found[kind], "; ")) for kind in (*_LINKS.values(), _BESIDE) if kind in found
    ]


def _more(corpus: Corpus, activity: Activity) -> tuple[tuple[str, Line], ...]:
    """What the table does not tell of an activity."""
    pairs: list[tuple[str, Line]] = []
    if activity.description:
        pairs.append(("Description", (clean(activity.description),)))
    if activity.lead_reason:
        pairs.append(("Why that lead", (clean(activity.lead_reason),)))
    for name, several in (("Partners", activity.partners), ("Answers", activity.answers)):
        if len(several) > NAMED:  # in the table are the first of them
            pairs.append((name, _several(corpus, several, len(several))))
    if activity.objective:
        pairs.append(("Objective", _part(corpus, activity.objective)))
    pairs += _links(corpus, activity.alignments)
    if activity.depends_on:
        pairs.append(("Depends on", _parts(corpus, activity.depends_on)))
    return tuple(pairs)


def _resources(facts: _Facts) -> Iterator[Block]:
    rows: list[tuple[Line, ...]] = [
        (
            _title(activity.title, activity.id),
            (clean(each.kind),),
            ("" if each.amount is None else f"{each.amount:,f}",),
            (each.currency or "",),
            (_when(each.period),),
            (name_of(facts.corpus, each.funder),),
            (clean(each.status or ""),),
            ("" if each.within_existing is None else "yes" if each.within_existing else "no",),
            (clean(each.note or ""),),
        )
        for activity in facts.roadmap.activities
        for each in activity.resources
    ]
    if not rows:
        return
    heads = (
        "For",
        "What",
        "Amount",
        "Currency",
        "Period",
        "Funder",
        "Status",
        "Within existing resources",
        "Note",
    )
    call = facts.call("[(each.id, each.resources) for each in corpus.roadmap(ID).activities]")
    table = grid("Resources, activity by activity", *_lean(heads, rows), call, numbers=("Amount",))
    yield Heading("Resources")
    yield Fold((counted(len(rows), "resource"),), (table,)) if len(rows) > UNFOLDED else table


def _also(facts: _Facts) -> Iterator[Block]:
    """What the tables have no room for: titles in other languages, and fields that others have
    added.
    """
    texts: list[tuple[str, Translations]] = []
    added: list[tuple[Line, ...]] = []
    for owner, record in _all(facts.roadmap, facts.roadmap.id):
        said_in = [
            getattr(record, field.name)
            for field in shape_of(type(record))
            if field.what == "translations"
        ]
        texts += [(owner, text) for text in said_in if len(text) > 1]
        for key, value in record.to_dict()["extensions"].items() if record.extensions else ():
            written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            added.append(
                (
                    _part(facts.corpus, owner),
                    (clean(key.removeprefix("unknown:")),),
                    (fit(written, LONGEST),),
                )
            )
    if texts:
        others = [
            (owner, text, {each: text[each] for each in text if each != shown_in(text)})
            for owner, text in texts
        ]
        spoken = sorted({language for _, _, more in others for language in more})
        rows: list[tuple[Line, ...]] = [
            (
                _title(text, owner),
                *((Foreign(clean(more[each]), each) if each in more else "",) for each in spoken),
            )
            for owner, text, more in others
        ]
        table = grid(
            "Titles in other languages",
            ("Title", *spoken),
            rows,
            facts.call("corpus.roadmap(ID).to_dict()"),
        )
        yield Fold(
            (f"{counted(len(rows), 'title')} in other languages: {', '.join(spoken)}",), (table,)
        )
    if added:
        table = grid(
            "Fields that others have added",
            ("Of", "Field", "What it says"),
            added,
            facts.call("corpus.roadmap(ID).to_dict()"),
        )
        yield Fold((f"{counted(len(added), 'field')} that others have added",), (table,))


def _all(record: Record, owner: str) -> Iterator[tuple[str, Record]]:
    """A record and all that it holds, each with the identifier of itself or of what it belongs to."""
    name = getattr(record, "id", owner)
    yield name, record
    for field in shape_of(type(record)):
        held = getattr(record, field.name)
        if field.what == "records":
            for each in held:
                yield from _all(each, name)
        elif field.what == "record" and held is not None:
            yield from _all(held, name)


# --- coverage -------------------------------------------------------------------------------------


def _coverage(facts: _Facts) -> Iterator[Block]:
    of = (
        f"the mandates of {cite(facts.document)}"
        if facts.document
        else "the mandates of every document held here"
    )
    yield Paragraph(
        (
            (
                f"Held against {of}, the Action Lines, the targets of the Sustainable Development Goals, the Global Digital Compact and the "
                "stakeholder groups. Below are only those that this road map answers, at least in part, or is expected to answer."
            ),
        )
    )
    numbers = ("Answered", "Partly", "Not", "In all", "Expected, not answered")
    counts = tuple(_count(count) for count in facts.coverage.summary)
    yield Grid("What is answered, in numbers", ("Of", *numbers), counts, numbers=numbers)
    for (kind, table), field in zip(facts.coverage.tables.items(), _FIELDS, strict=True):
        held = [row for row in table if row.expected or row.answer is not Answer.NOT]
        if not held:
            continue
        held.sort(key=lambda row: row.answer is not Answer.NOT)
        heads, rows = _lean(
            ("What", "Asked of", "Answered", "How", "By", "Why expected"),
            [_covered(facts, row, asks=field in _ASKING) for row in held],
        )
        call = facts.call(
            f"wsis_model.analysis.coverage(corpus, roadmap=ID, document={facts.document!r}).{field}.to_csv()"
        )
        yield Fold(
            (f"{kind}: {len(rows):,} answered or expected",),
            (
                Paragraph((_expected(facts, field),)),
                grid(
                    f"{kind}: what answers them, those that nothing answers first",
                    heads,
                    rows,
                    call,
                ),
            ),
            shown=len(rows) <= UNFOLDED,
        )


_ASKING = ("mandates", "commitments")
_FIELDS = ("mandates", "action_lines", "sdg_targets", "commitments", "groups")
_SAID = {Answer.ANSWERED: "answered", Answer.PARTLY: "partly", Answer.NOT: "not answered"}


_EXPECTED = {
    "action_lines": "Expected are the lines that this road map covers.",
    "sdg_targets": "Expected are the targets that the official matrix of Action Lines and SDGs ties to a line that this road map covers.",
    "commitments": "Expected is a commitment when one of its mandates is, for the reasons that hold for all mandates.",
    "groups": "Expected are the groups to which a mandate is addressed that this road map answers, if only in part.",
}
_ASKED = (
    "Expected is what is asked of an owner of this road map by name, or of a group made of those who hold a role that an owner holds, such "
    "as the Action Line facilitators."
)
_ABOUT = (
    " This being the road map of an Action Line, what stands in a paragraph about that line and is asked of a group to which an owner "
    "belongs, such as all stakeholders, is expected too."
)


def _expected(facts: _Facts, field: str) -> str:
    """Why rows of a table are expected, in plain words."""
    about = _ABOUT if facts.roadmap.kind is RoadmapKind.ACTION_LINE else ""
    return _EXPECTED.get(field) or f"{_ASKED}{about}"


def _count(count: Count) -> tuple[Line, ...]:
    numbers = (count.answered, count.partly, count.not_, count.total, count.missing)
    return ((count.kind,), *((f"{number:,}",) for number in numbers))


def _covered(facts: _Facts, row: Covered, *, asks: bool) -> tuple[Line, ...]:
    name, label = cite(row.record), clean(row.label)
    words: Line = (
        (label,)
        if name == row.record
        else (name,)
        if label.casefold() in name.casefold()
        else (f"{name}: {label}",)
    )
    answer: Line = (
        (Strong("not answered"),)
        if row.expected and row.answer is Answer.NOT
        else (_SAID[row.answer],)
    )
    by = [each for each in row.by if each != facts.roadmap.id]
    shown = joined([(Code(each),) for each in by[:NAMED]])
    more = (f" and {len(by) - NAMED:,} more",) if len(by) > NAMED else ()
    asked: Line = (
        _several(facts.corpus, row.asked) if row.asked else ("nobody named" if asks else "",)
    )
    return (
        words,
        asked,
        answer,
        (clean(row.route),),
        (*shown, *more),
        (row.why or "not expected",),
    )


# --- calendar -------------------------------------------------------------------------------------


def _calendar(facts: _Facts) -> Iterator[Block]:
    entries = list(_concerned(facts))
    if not entries:
        yield Paragraph(("Nothing that it holds or answers is due at a time that is known.",))
        return
    yield Paragraph(
        (
            (
                "Its own milestones, and the mandates that it answers or is expected to answer, by when they must be done, until "
                f"{said_day(_horizon(facts))}. "
                "Of what recurs, the next time is given; of what has no last day, that it has none."
            ),
        )
    )
    standing = {each.milestone.id: each.standing for each in facts.progress.milestones}
    rows = [_entry(facts, entry, standing.get(entry.what)) for entry in entries]
    call = facts.call("wsis_model.analysis.calendar(corpus, roadmap=ID)")
    yield grid("What is due", ("When", "What", "Who", "Session or event", "Standing"), rows, call)


def _concerned(facts: _Facts) -> Iterator[Entry]:
    """The milestones of the road map and the mandates it is about; of what recurs the next time, or
    the last there is.
    """
    concerned = facts.concerned
    every = calendar(
        facts.corpus, document=facts.document, roadmap=facts.roadmap.id, horizon=_horizon(facts)
    )
    chosen: dict[str, Entry] = {}
    for entry in every:
        if entry.kind == "mandate" and entry.what not in concerned:
            continue
        before = chosen.get(entry.what)
        if before is None or (
            before.window.latest is not None and before.window.latest < facts.as_of
        ):
            chosen[entry.what] = entry
    return iter(sorted(chosen.values(), key=lambda entry: entry.window))


def _horizon(facts: _Facts) -> datetime.date:
    """Until when to look: the next review of the Summit, and no less than the road map lasts."""
    latest = facts.roadmap.period.window().latest if facts.roadmap.period else None
    return max(HORIZON, latest or HORIZON)


def _entry(facts: _Facts, entry: Entry, standing: Standing | None) -> tuple[Line, ...]:
    over = entry.window.latest is not None and entry.window.latest < facts.as_of
    state: Line = (
        standing.value
        if standing is not None
        else "its time is over"
        if over
        else Standing.COMING.value,
    )
    if standing in (Standing.LATE, Standing.AT_RISK):
        state = (Strong(str(state[0])),)
    often = f" ({entry.note.partition(';')[0]})" if entry.note else ""
    what: Line = (
        (f"{clean(entry.title)} ", Code(entry.what))
        if entry.kind == "milestone"
        else (f"{cite(entry.what)}: {clean(entry.title)}",)
    )
    at = clean(meeting(entry.session, entry.due, facts.corpus))
    return ((_days(entry.window) + often,), what, _several(facts.corpus, entry.who), (at,), state)


# --- progress -------------------------------------------------------------------------------------


def _progress(facts: _Facts) -> Iterator[Block]:
    found = facts.progress
    if not (found.milestones or found.indicators or found.objectives):
        yield Paragraph(
            ("There is no objective, milestone or indicator yet by which progress could be told.",)
        )
        return
    if found.milestones:
        ordered = sorted(
            found.milestones, key=lambda each: (_URGENT.index(each.standing), each.window)
        )
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).milestones.to_csv()")
        heads: tuple[str, ...] = (
            "Milestone",
            "Standing",
            "Due",
            "Lead",
            "Why",
            "Depends on",
            "Deliverable",
            "Evidence",
        )
        yield Heading("Milestones")
        yield grid(
            "Milestones, late and at risk first",
            *_lean(heads, [_reached(facts, each) for each in ordered]),
            call,
        )
    if found.indicators:
        call = facts.call("corpus.roadmap(ID).indicators")
        heads = ("Indicator", "Unit", "Direction", "Baseline", "Targets", "Latest observation")
        yield Heading("Indicators")
        yield grid(
            "Indicators: what is measured, from where and to where",
            heads,
            list(map(_measured, found.indicators)),
            call,
        )
        rows: list[tuple[Line, ...]] = [
            (
                _title(each.indicator.name, each.indicator.id),
                (Strong("behind"),) if each.course is Course.BEHIND else (each.course.value,),
                (each.arithmetic,),
            )
            for each in found.indicators
        ]
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).indicators.to_csv()")
        yield grid(
            "Indicators against the straight path to their targets",
            ("Indicator", "Course", "Arithmetic"),
            rows,
            call,
        )
        told = [
            (each.indicator, pairs)
            for each in found.indicators[:ROWS]
            if (pairs := _defined(facts.corpus, each.indicator))
        ]
        yield from (
            Fold(("More about: ", *_title(each.name, each.id)), (Facts(pairs),))
            for each, pairs in told
        )
    if found.objectives:
        rows = [
            (
                _title(each.objective.statement, each.objective.id),
                (f"{each.done:,} of {each.activities:,}",),
                (_present(each.milestones) or "none",),
                (_present(each.indicators) or "none",),
            )
            for each in found.objectives
        ]
        call = facts.call("wsis_model.analysis.progress(corpus, ID, as_of=DAY).objectives.to_csv()")
        yield Heading("Objectives")
        yield grid(
            "Objectives, by what serves them",
            ("Objective", "Activities done", "Milestones", "Indicators"),
            rows,
            call,
        )


def _reached(facts: _Facts, each: Reached) -> tuple[Line, ...]:
    urgent = each.standing in (Standing.LATE, Standing.AT_RISK)
    state: Line = (Strong(each.standing.value),) if urgent else (each.standing.value,)
    days = _days(each.window) if each.window != Window(None, None) else ""
    at = clean(meeting(each.session, each.milestone.due, facts.corpus))
    due = f"{days} ({at})" if days and at else days or at or "no date"
    begun = (
        each.milestone.status is MilestoneStatus.UNDER_WAY
        and each.standing is not Standing.CANCELLED
    )
    return (
        _title(each.milestone.title, each.milestone.id),
        state,
        (due,),
        (name_of(facts.corpus, each.activity.lead),),
        (f"{clean(each.why)}{'; under way' if begun else ''}",),
        _parts(facts.corpus, each.milestone.depends_on),
        (_term(facts.corpus, each.milestone.deliverable),),
        _shown_by(each.milestone.evidence),
    )


def _measured(each: Measured) -> tuple[Line, ...]:
    indicator = each.indicator
    return (
        _title(indicator.name, indicator.id),
        (clean(indicator.unit or "no unit given"),),
        (indicator.direction.value if indicator.direction else "not given",),
        (_observed(indicator.baseline) or "none",),
        ("; ".join(map(_target, indicator.targets)) or "none",),
        (_observed(each.observed) or "none",),
    )


def _observed(observation: Observation | None) -> str:
    if observation is None:
        return ""
    return f"{observation.value:,f} ({observation.when}{_noted(observation.note)})"


def _target(target: Target) -> str:
    return f"{target.value:,f} by {target.by}{_noted(target.note)}"


def _noted(note: str | None) -> str:
    return f", {clean(note)}" if note else ""


def _defined(corpus: Corpus, indicator: Indicator) -> tuple[tuple[str, Line], ...]:
    """What the tables do not tell of an indicator."""
    several = indicator.observations if len(indicator.observations) > 1 else ()
    said: tuple[tuple[str, Line], ...] = (
        ("Definition", (clean(indicator.definition or ""),)),
        ("Method", (clean(indicator.method or ""),)),
        ("Measured", (indicator.frequency.value if indicator.frequency else "",)),
        ("Broken down by", (clean(", ".join(indicator.disaggregation)),)),
        ("Shows the progress of", _parts(corpus, indicator.measures)),
        (
            "SDG indicator",
            _named(corpus, indicator.sdg_indicator) if indicator.sdg_indicator else (),
        ),
        ("Observations", ("; ".join(map(_observed, several[-ROWS:])),)),
    )
    return tuple((name, line) for name, line in said if any(words != "" for words in line))


def _present(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)


# --- findings -------------------------------------------------------------------------------------


def _findings(facts: _Facts) -> Iterator[Block]:
    if not facts.gaps:
        yield Paragraph(
            (
                "Checked under everything that a road map is asked before it is published: nothing was found.",
            )
        )
        return
    by_code: dict[str, list[Gap]] = defaultdict(list)
    for gap in facts.gaps:
        by_code[gap.code].append(gap)
    errors = sum(len(found) for code, found in by_code.items() if _is_error(code))
    yield Paragraph(
        (
            (
                f"Checked under everything that a road map is asked before it is published: {counted(errors, 'error')} and "
                f"{counted(len(facts.gaps) - errors, 'warning')}. An error says something that cannot be so or that others cannot use; "
                "a warning may be right, and someone should look."
            ),
        )
    )
    rows: list[tuple[Line, ...]] = [
        (
            (Code(code), f" {_sentence(code)}"),
            (Strong("error") if _is_error(code) else "warning",),
            (f"{len(found):,}",),
            joined([(Code(each),) for each in dict.fromkeys(gap.record for gap in found[:NAMED])]),
        )
        for code, found in sorted(
            by_code.items(), key=lambda pair: (not _is_error(pair[0]), pair[0])
        )
    ]
    yield Heading("By rule")
    yield Grid(
        "What was found, rule by rule",
        ("Rule", "Severity", "Found", "For example in"),
        tuple(rows),
        numbers=("Found",),
    )
    yield Heading("To do, by who answers for it")
    call = facts.call("wsis_model.analysis.gaps(corpus, ID, as_of=DAY).to_csv()")
    listed = 0
    for owner, group in itertools.groupby(facts.gaps, key=lambda gap: gap.owner):
        held = list(group)
        shown = held[: max(0, ROWS - listed)]
        listed += len(shown)
        more = (
            f"{len(held) - len(shown):,} more are left out. All of them: {call}"
            if len(shown) < len(held)
            else ""
        )
        names = ", ".join(name_of(facts.corpus, each) for each in owner.split(", "))
        errors = sum(_is_error(gap.code) for gap in held)
        counts = (
            f"{errors:,} to mend" if errors else "",
            f"{len(held) - errors:,} to look at" if len(held) > errors else "",
        )
        head: Line = (Strong(names), f": {', '.join(filter(None, counts))}")
        yield Fold(head, (Bullets(tuple(map(_to_do, shown)), more),), shown=len(held) <= UNFOLDED)


def _is_error(code: str) -> bool:
    return code in _RULES and _RULES[code].severity is Severity.ERROR


def _sentence(code: str) -> str:
    return _RULES[code].title if code in _RULES else ""


def _to_do(gap: Gap) -> Line:
    field = f" {clean(gap.field)}" if gap.field else ""
    hint = f"; {clean(gap.hint)}" if gap.hint else ""
    # The page is passed on: the name of the file is enough, and the folders of whoever made it are
    # nobody's business.
    position = gap.position and attrs.evolve(gap.position, file=PurePath(gap.position.file).name)
    severity = "error" if _is_error(gap.code) else "warning"
    place = (
        f" ({severity} {gap.code}, {clean(str(position))})"
        if position
        else f" ({severity} {gap.code})"
    )
    return (Code(gap.record), f"{field}: {clean(gap.what)}{hint}{place}")


# --- method and sources ---------------------------------------------------------------------------


def _method(facts: _Facts, *, pictures: bool) -> Iterator[Block]:
    drawn = "; in the picture of indicators, while that month or year is not over, its value stands on the day of the report"
    late = f"before {said_day(facts.as_of)}"
    yield Bullets(
        (
            (
                "A mandate is ",
                Strong("answered"),
                " when an activity names it, or names its paragraph and that holds no other mandate.",
            ),
            (
                "It is answered ",
                Strong("partly"),
                (
                    " when an activity names a paragraph that holds several mandates, or the paragraph of which it is an item; when only the "
                    "road map itself is mandated by it; or when what answers it is suspended. What is cancelled answers nothing."
                ),
            ),
            (
                "What is ",
                Strong("expected"),
                " is said above each table, and why a row is, in the row.",
            ),
            (
                (
                    "An Action Line is answered when the road map covers it and an activity or objective names it; an SDG target or a Compact "
                    "commitment when an activity names it; a stakeholder group when it, or one who belongs to it, leads an activity. A group that "
                    "all others are part of is answered in part only by those who belong to it through another group: one of many does "
                    "not stand for all. No target is inferred from a goal or from the official matrix."
                ),
            ),
            (
                "The path of an ",
                Strong("indicator"),
                (
                    " is a straight line from the baseline through the targets in order of date. A value given for a month or a year stands at "
                    f"its last day{drawn if pictures else ''}. The latest observation is held against the path on its own day: what has come "
                    f"{_percent(AHEAD)} of the way expected, or more, is ahead, from {_percent(ON_COURSE)} on it is on course, and less than "
                    f"that is behind. Where nothing is to change, {_percent(TOLERANCE)} of the baseline is allowed. Where the path leads "
                    "against the direction that is stated, nothing is said."
                ),
            ),
            (
                "A milestone is ",
                Strong("late"),
                f" when its last day was {late} and it is not done. It is ",
                Strong("at risk"),
                (
                    f" when it is said to be; when something it depends on is late; when it is due within {NEAR} days and nobody has begun; or "
                    "when its activity is suspended."
                ),
            ),
            (
                (
                    "A due that is given as a year, a session or a meeting may mean any of its days; what counts is the last one. Where a "
                    "recurring duty has no first year, it is counted from the adoption of the text, and so marked."
                ),
            ),
            (
                "Summaries of mandates and labels of targets are in words of our own; the official texts are what counts.",
            ),
        )
    )


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"


def _sources(facts: _Facts) -> Iterator[Block]:
    used: dict[Source, list[str]] = defaultdict(list)
    for source, what in _of_roadmap(facts.roadmap):
        used[source].append(what)
    if used:
        rows = [_source(source, what) for source, what in used.items()]
        yield grid(
            "Sources of the road map", *_lean(_SOURCE, rows), facts.call("corpus.roadmap(ID)")
        )
    else:
        yield Paragraph(("The road map names no source.",))
    beside: dict[Source, list[str]] = defaultdict(list)
    for record, name in _beside(facts):
        if record.source is not None:
            beside[record.source].append(name)
    if beside:
        rows = [_source(source, what) for source, what in beside.items()]
        caption = "Sources of the documents and vocabularies that it is held against"
        yield grid(caption, *_lean(_SOURCE, rows), "[each.source for each in corpus.top]")


_SOURCE = ("Source", "Used for", "Dated", "Read on", "Terms", "Certainty")


def _source(source: Source, what: list[str]) -> tuple[Line, ...]:
    held = list(dict.fromkeys(what))
    more = f" and {len(held) - 3:,} more" if len(held) > 3 else ""
    return (
        (linked(source.title, source.url),),
        (f"{', '.join(held[:3])}{more}",),
        (said_day(source.date) if source.date else "not given",),
        (said_day(source.retrieved) if source.retrieved else "not given",),
        (clean(source.terms or "not given"),),
        ("" if source.certainty is Certainty.VERIFIED else source.certainty.value,),
    )


def _aligned(record: Roadmap) -> tuple[Objective | Activity, ...]:
    return (*record.objectives, *record.activities)


def _of_roadmap(record: Roadmap) -> Iterator[tuple[Source, str]]:
    """Every source that the road map names, and for what."""
    if record.source is not None:
        yield record.source, "the road map"
    for holder in _aligned(record):
        for alignment in holder.alignments:
            if alignment.source is not None:
                yield alignment.source, f"an alignment of {holder.id}"
    for indicator in record.indicators:
        name = clean(indicator.name.pick())
        if indicator.source is not None:
            yield indicator.source, f"definition of: {name}"
        if indicator.baseline is not None and indicator.baseline.source is not None:
            yield indicator.baseline.source, f"baseline of: {name}"
        for observation in indicator.observations:
            if observation.source is not None:
                yield observation.source, f"observations of: {name}"


def _beside(facts: _Facts) -> Iterator[tuple[Document | Vocabulary, str]]:
    """The documents that the road map names, and the vocabularies."""
    corpus, record = facts.corpus, facts.roadmap
    named = {
        *record.mandated_by,
        *record.scope,
        *(each for activity in record.activities for each in activity.answers),
    }
    named |= {each.concept for holder in _aligned(record) for each in holder.alignments}
    tops = {each.partition("/")[0] for each in (*named, facts.document or "")}
    for document in corpus.documents:
        if document.id in tops:
            yield document, cite(document.id)
    for vocabulary in corpus.vocabularies:
        if vocabulary.id in tops:
            yield vocabulary, clean(vocabulary.title.pick())
