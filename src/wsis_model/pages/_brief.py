"""The brief on a road map: two pages for somebody who has to speak about it tomorrow."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs

from .._width import cut
from ..analysis import Answer, Course, Measured, Reached, Standing, coverage, progress
from ..analysis._calendar import meeting
from ..corpus import Corpus
from ..model import Activity, ActivityStatus, Document, Translations, cite
from ..model.identifiers import owner_of
from ..pictures import timeline
from ..pictures._labels import clean, counted, day_text, window_text
from ._content import (
    Block,
    Bullets,
    Facts,
    Figure,
    Foreign,
    Grid,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Words,
    in_page,
    joined,
    language_shown,
)
from ._facts import OUTCOME, RoadmapFacts
from ._lines import (
    citation,
    date_text,
    label_of,
    name_with_link,
    paragraphs_of,
    period_text,
    without_empty_columns,
)
from ._paper import PAGE, lines_of
from ._standing import (
    WORDS,
    ActivityStanding,
    activity_standings,
    counts_of,
    course_text,
    end_text,
    standing_text,
)
from .page import Page

__all__ = ["brief_page"]

#: The pages of A4 that a brief may take.
PAGES = 2
#: Lines that are left free: a table or a list may not fill the end of a page.
SPARE = 5
#: How many paragraphs are named by their number only.
NUMBERED = 20


@attrs.frozen
class _Limits:
    """How many of each kind are listed at most, and how long a text may be."""

    activities: int
    urgent: int
    indicators: int
    answers: int
    names: int
    title: int
    sentence: int


#: From generous to narrow: the first with which a brief has room on its pages is taken.
_LIMITS = (
    _Limits(14, 6, 3, 4, 6, 110, 150),
    _Limits(12, 6, 3, 4, 5, 100, 130),
    _Limits(10, 6, 3, 4, 5, 90, 120),
    _Limits(8, 5, 2, 4, 4, 80, 100),
    _Limits(8, 4, 2, 3, 3, 54, 90),
    _Limits(6, 3, 1, 2, 2, 40, 60),
)


def brief_page(
    corpus: Corpus, roadmap: str, *, as_of: datetime.date, pictures: bool = True
) -> Page:
    """A road map on two pages for a delegate: what it will do, for whom and by when; what is on
    course and what is late; what it answers, what it asks of others, and who to ask.

    Lists are cut so that there is room for all of it on two sheets of A4, and say how much is left
    out; what is late or at risk comes first.

    Args:
        corpus: The road map, together with the documents, vocabularies and actors that it refers
            to: `catalogue() | mine`.
        roadmap: The road map's identifier.
        as_of: The day of the brief: what is late or on course depends on it.
        pictures: Whether to begin with a picture, which needs the extra `plot` unless the brief
            becomes Markdown.

    Raises:
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> import datetime
        >>> from wsis_model import catalogue, load
        >>> corpus = catalogue() | load("examples/data/c2-roadmap.yaml")
        >>> page = brief_page(corpus, "c2-roadmap", as_of=datetime.date(2026, 11, 24))
        >>> [section.title for section in page.sections][:3]
        ['At a glance', 'What it will do', 'What is late or at risk']
    """
    record = corpus.roadmap(roadmap)
    document = OUTCOME if isinstance(corpus.get(OUTCOME), Document) else None
    found = progress(corpus, record.id, as_of=as_of)
    answers = coverage(corpus, roadmap=record.id, document=document)
    facts = RoadmapFacts(corpus, record, as_of, document, answers, found, ())
    standings = activity_standings(found)
    sections: tuple[Section, ...] = ()
    for limits in _LIMITS:
        sections = _Brief(facts, standings, limits).sections(pictures=pictures)
        if lines_of(sections) <= PAGES * PAGE - SPARE:
            break
    return Page(
        cut(clean(record.title.pick()), 200),
        f"Brief for delegates, as of {day_text(as_of)}",
        sections,
        language_shown(record.title),
        as_of,
    )


@attrs.frozen
class _Brief:
    """Writes the sections of a brief within limits."""

    facts: RoadmapFacts
    standings: tuple[ActivityStanding, ...]
    limits: _Limits

    def sections(self, *, pictures: bool) -> tuple[Section, ...]:
        """All sections that say something."""
        found = (
            Section("glance", "At a glance", tuple(self._glance(pictures=pictures))),
            Section("plan", "What it will do", tuple(self._plan())),
            Section("late", "What is late or at risk", tuple(self._late())),
            Section("course", "What is on course", tuple(self._on_course())),
            Section("answers", "What it answers", tuple(self._answers())),
            Section("asks", "What it asks of others", tuple(self._asks())),
            Section("contact", "Who to ask", tuple(self._contact())),
        )
        return tuple(each for each in found if each.blocks)

    # --- words ------------------------------------------------------------------------------------

    def _title(self, text: Translations) -> Words:
        """A title, cut to a length that there is room for."""
        words = in_page(text)
        if isinstance(words, Foreign):
            return Foreign(cut(words.text, self.limits.title), words.language)
        return cut(words, self.limits.title) if isinstance(words, str) else words

    def _names(self, identifiers: Iterable[str], limit: int) -> str:
        """The short names of records; of many, the first and how many more."""
        items = list(identifiers)
        names = (
            cut(label_of(self.facts.corpus, each), self.limits.title) for each in items[:limit]
        )
        left = f" and {len(items) - limit:,} more" if len(items) > limit else ""
        return f"{'; '.join(names)}{left}"

    def _linked_name(self, identifier: str) -> Line:
        """The full name of an entity with its acronym and a link, cut."""
        return tuple(
            Link(cut(words.text, self.limits.title), words.url)
            if isinstance(words, Link)
            else words
            if not isinstance(words, str)
            else cut(words, self.limits.title)
            for words in name_with_link(self.facts.corpus, identifier)
        )

    def _sentence(self, text: str) -> str:
        return cut(clean(text), self.limits.sentence)

    def _summary(self, labels: Iterable[str]) -> str:
        """What is asked, in a sentence."""
        said = self._sentence("; ".join(labels))
        return said if said.endswith("…") else f"{said}."

    # --- at a glance ------------------------------------------------------------------------------

    def _glance(self, *, pictures: bool) -> Iterator[Block]:
        """What it is, how it stands in a line, and the picture."""
        record = self.facts.roadmap
        if record.description:
            yield Paragraph(
                (cut(clean(record.description), 2 * self.limits.sentence),), notice=True
            )
        counts = counts_of(self.facts.progress, self.standings)
        lines: list[Line] = [(Strong(f"{what}:"), f" {how}.") for what, how in counts]
        yield Paragraph(joined(lines, " ") or ("No activity is planned yet.",))
        asked = [citation(self.facts.corpus, each) for each in paragraphs_of(record.mandated_by)]
        pairs: tuple[tuple[str, Line], ...] = (
            ("By", (self._names(record.owners, self.limits.names),)),
            ("Period", (period_text(record.period),)),
            ("Covers", (self._names(record.scope, self.limits.names),)),
            ("Asked for by", joined(asked[: self.limits.answers]) or ("",)),
            ("Reported to", (self._names(record.reports_to, self.limits.names),)),
        )
        # One line, not a list: a brief has no room for five.
        shown: list[Line] = [
            (Strong(f"{name}:"), " ", *line) for name, line in pairs if line != ("",)
        ]
        yield Paragraph(joined(shown, " · "))
        if pictures and record.activities:
            picture = timeline(
                self.facts.corpus,
                record.id,
                as_of=self.facts.as_of,
                rows=self.limits.activities,
            )
            yield Figure(picture, ("The table below says the same.",))

    # --- what it will do --------------------------------------------------------------------------

    def _plan(self) -> Iterator[Block]:
        """The activities: what, by whom, for whom, by when, and how each stands."""
        if not self.standings:
            return
        limit = self.limits.activities
        ordered = list(self.standings)
        if len(ordered) > limit:
            ordered.sort(key=lambda each: WORDS.index(each.word))
        left = Counter(each.word for each in ordered[limit:])
        said = ", ".join(f"{left[word]:,} {word}" for word in WORDS if left[word])
        more = f"And {sum(left.values()):,} more: {said}." if left else ""
        heads, rows = without_empty_columns(
            ("Activity", "Lead", "For whom", "By when", "Standing"),
            [self._activity(each) for each in ordered[:limit]],
        )
        if "For whom" not in heads:
            more = f"{more} For whom it is done is not said of any activity.".strip()
        order = "those that are late or at risk first" if left else "in the order of the road map"
        yield Grid(f"Activities, {order}", heads, tuple(rows), more)

    def _activity(self, each: ActivityStanding) -> tuple[Line, ...]:
        activity = each.activity
        return (
            (self._title(activity.title),),
            (self._names(activity.leads, 2) or "nobody yet",),
            (self._names(activity.beneficiaries, 3),),
            (end_text(each),),
            (Strong(each.text) if each.urgent else each.text,),
        )

    # --- how it stands ----------------------------------------------------------------------------

    def _late(self) -> Iterator[Block]:
        """The milestones that are late or at risk, and the indicators that are behind."""
        urgent = [
            each
            for standing in (Standing.LATE, Standing.AT_RISK)
            for each in sorted(self.facts.progress.milestones, key=lambda one: one.window)
            if each.standing is standing
        ]
        behind = [each for each in self.facts.progress.indicators if each.course is Course.BEHIND]
        lines: list[Line] = [
            *map(self._urgent, urgent[: self.limits.urgent]),
            *map(self._measured, behind[: self.limits.indicators]),
        ]
        if lines:
            yield _signed(lines, len(urgent) + len(behind))
        else:
            yield Paragraph((f"Nothing, on {day_text(self.facts.as_of)}.",))

    def _urgent(self, each: Reached) -> Line:
        late = each.standing is Standing.LATE
        when = f"{'was due' if late else 'due'} {window_text(each.window)}"
        said = next(
            (
                update.note
                for update in reversed(self.facts.roadmap.updates)
                if update.note and update.about == each.milestone.id
            ),
            "",
        )
        return (
            Strong(standing_text(each.standing.value)),
            ": ",
            self._title(each.milestone.title),
            f" ({when}; {self._names(each.activity.leads, 2) or 'nobody leads'}).",
            f" {self._sentence(said)}" if said else "",
        )

    def _on_course(self) -> Iterator[Block]:
        """The indicators that are on their path, and the next milestones."""
        coming = sorted(
            (
                each
                for each in self.facts.progress.milestones
                if each.standing is Standing.COMING and each.window.latest
            ),
            key=lambda each: each.window,
        )
        good = [
            each
            for each in self.facts.progress.indicators
            if each.course in (Course.AHEAD, Course.ON_COURSE)
        ]
        limit = self.limits.indicators
        lines: list[Line] = [
            *map(self._measured, good[:limit]),
            *map(self._coming, coming[:limit]),
        ]
        if lines:
            yield _signed(lines, len(good) + len(coming))

    def _coming(self, each: Reached) -> Line:
        leads = self._names(each.activity.leads, 2)
        when = "; ".join(filter(None, (window_text(each.window), leads)))
        return (standing_text("coming"), ": ", self._title(each.milestone.title), f" ({when})")

    def _measured(self, each: Measured) -> Line:
        indicator, course = each.indicator, course_text(each.course)
        unit = f" {cut(clean(indicator.unit), 40)}" if indicator.unit else ""
        now = (
            f"{each.observed.value:,f} in {date_text(each.observed.when)}" if each.observed else ""
        )
        then = f"{each.target.value:,f}{unit} by {date_text(each.target.by)}" if each.target else ""
        return (
            Strong(course) if each.course is Course.BEHIND else course,
            ": ",
            self._title(indicator.name),
            f" ({', to be '.join(filter(None, (now, then)))})" if now or then else "",
        )

    # --- what it answers --------------------------------------------------------------------------

    def _answers(self) -> Iterator[Block]:
        """The paragraphs of the outcome that activities answer, and those that none answers yet."""
        corpus, limit = self.facts.corpus, self.limits.answers
        labels: dict[str, dict[str, None]] = defaultdict(dict)
        missing: list[str] = []
        for row in self.facts.coverage.mandates:
            if row.answer is not Answer.NOT:
                labels[owner_of(row.record)][clean(row.label).rstrip(".")] = None
            elif row.expected:
                missing.append(row.record)
        if labels:
            lines: list[Line] = [
                (*citation(corpus, each), f": {self._summary(labels[each])}")
                for each in list(labels)[:limit]
            ]
            yield Bullets(tuple(lines), _and_paragraphs(list(labels)[limit:]))
        else:
            yield Paragraph(("No activity names a mandate that it answers.",))
        if missing:
            found: list[Line] = [citation(corpus, each) for each in paragraphs_of(missing)]
            yield Paragraph(
                (
                    Strong("Asked of its owners and not answered here:"),
                    " ",
                    *_some(found, limit, ", "),
                )
            )

    # --- what it asks of others -------------------------------------------------------------------

    def _asks(self) -> Iterator[Block]:
        """Leads and money that are missing, decisions that are awaited, and partners."""
        asks = (self._without_lead(), self._without_funder(), *self._decisions(), self._partners())
        if any(asks):
            yield Bullets(tuple(filter(None, asks)))

    @property
    def _active(self) -> list[Activity]:
        over = (ActivityStatus.DONE, ActivityStatus.CANCELLED)
        return [each.activity for each in self.standings if each.activity.status not in over]

    def _without_lead(self) -> Line:
        titles: list[Line] = [(self._title(each.title),) for each in self._active if not each.leads]
        return (Strong("A lead:"), " ", *_some(titles, self.limits.answers)) if titles else ()

    def _without_funder(self) -> Line:
        """The money that nobody has promised, in all and for what."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        titles: list[Line] = []
        for activity in self._active:
            here: dict[str, Decimal] = defaultdict(Decimal)
            needed = [
                each
                for each in activity.resources
                if each.funder is None and not each.within_existing
            ]
            for each in needed:
                if each.amount is not None:
                    here[each.currency or cut(clean(each.kind), 30)] += each.amount
            for unit, amount in here.items():
                sums[unit] += amount
            if needed:
                what = _amounts(here) or cut(clean(needed[0].kind), 30)
                titles.append((self._title(activity.title), f" ({what})"))
        if not titles:
            return ()
        total = f" of {_amounts(sums)}" if sums else ""
        shown = _some(titles, self.limits.answers)
        return (Strong(f"Resources{total} that nobody has promised yet:"), " ", *shown)

    def _decisions(self) -> Iterator[Line]:
        """What meetings that lie ahead will receive."""
        at: dict[str, list[Reached]] = defaultdict(list)
        for each in self.facts.progress.milestones:
            if each.session and each.standing in (Standing.COMING, Standing.AT_RISK):
                at[each.session].append(each)
        for session, found in sorted(at.items(), key=lambda pair: pair[1][0].window)[:3]:
            name = clean(meeting(session, found[0].milestone.due, self.facts.corpus)) or session
            titles: list[Line] = [(self._title(each.milestone.title),) for each in found]
            yield (
                Strong(f"To take up at {cut(name, 60)} ({window_text(found[0].window)}):"),
                " ",
                *_some(titles, self.limits.answers),
            )

    def _partners(self) -> Line:
        counts = Counter(name for each in self._active for name in each.partners)
        found: list[Line] = [
            (f"{self._names((name,), 1)} ({counted(count, 'activity', 'activities')})",)
            for name, count in counts.most_common(self.limits.names)
        ]
        if not found:
            return ()
        left = len(counts) - len(found)
        more = f"; and {left:,} more." if left else "."
        return (Strong("Work as partners:"), " ", *joined(found, "; "), more)

    # --- who to ask -------------------------------------------------------------------------------

    def _contact(self) -> Iterator[Block]:
        """The owners, those who lead beside them, and the state of the road map."""
        record, limit = self.facts.roadmap, self.limits.names
        leads = Counter(
            name for each in record.activities for name in each.leads if name not in record.owners
        )
        owners = [self._linked_name(each) for each in record.owners[:limit]]
        version = f", version {cut(clean(record.version), 30)}" if record.version else ""
        pairs: list[tuple[str, Line]] = [("On the road map", joined(owners, "; "))]
        if leads:
            found = [self._linked_name(name) for name, _ in leads.most_common(limit)]
            left = len(leads) - len(found)
            more = f"; and {left:,} more" if left else ""
            pairs.append(("On activities that others lead", (*joined(found, "; "), more)))
        pairs.append(("State of the text", (f"{record.status.value}{version}",)))
        if record.source is not None:
            pairs.append(("Source", (self._sentence(record.source.title),)))
        yield Facts(tuple(pairs))


def _amounts(sums: Mapping[str, Decimal]) -> str:
    """Sums by currency, or by kind of what is no money."""
    return " and ".join(f"{unit} {amount:,f}" for unit, amount in list(sums.items())[:3])


def _and_paragraphs(rest: list[str]) -> str:
    """The sentence on paragraphs that are not listed."""
    if not rest:
        return ""
    numbers = ", ".join(cite(each).rpartition("para. ")[2] for each in rest[:NUMBERED])
    left = len(rest) - NUMBERED
    return f"And paragraphs {numbers}{f' and {left:,} more' if left > 0 else ''}."


def _some(parts: list[Line], limit: int, between: str = "; ") -> Line:
    """Some of several parts of a sentence, and how many more there are."""
    left = len(parts) - limit
    return (*joined(parts[:limit], between), f" and {left:,} more." if left > 0 else ".")


def _signed(lines: list[Line], total: int) -> Bullets:
    """A list of lines that begin with signs."""
    left = total - len(lines)
    return Bullets(tuple(lines), f"And {left:,} more." if left > 0 else "", signs=True)
