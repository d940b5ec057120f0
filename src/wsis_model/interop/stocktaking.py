"""A road map as what the WSIS Stocktaking and the WSIS Prizes ask for: box by box, to copy from.

[`sheet`][wsis_model.interop.stocktaking.sheet] gives a table with a row for each box of the form;
Markdown, CSV and JSON are the table's own. Every text is the road map's or the caller's: what
neither says stays empty, with a remark on what is missing.

The form takes one of 18 categories (the Action Lines, with the eight of C7 for C7 itself), a
description of 150 to 200 words, how the project furthers its Action Line, the SDGs and the
objectives of the Global Digital Compact, its impact, its partners, its challenges and what comes
next, in English. The [rules of the prizes](https://www.itu.int/net4/wsis/stocktaking/Prizes) say
so.

**Kept**: title, description, statements, activities, links, indicators with what was observed,
milestones reached and to come, names of owners, leads and partners, addresses.

**Lost**: dependencies, resources, identifiers, and whatever else a jury does not ask for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from ..corpus import Corpus
from ..errors import UnknownIdentifier
from ..model import (
    Activity,
    ActivityStatus,
    Concept,
    Document,
    Entity,
    Evidence,
    Indicator,
    Milestone,
    MilestoneStatus,
    Objective,
    Provision,
    Roadmap,
    Section,
    StakeholderGroup,
    Translations,
    cite,
)
from ..tables import Table

__all__ = ["PLATFORM", "WORDS", "Box", "categories", "sheet", "word_count"]

WORDS = (150, 200)
"""The fewest and the most words that a description may have."""
PLATFORM = "wsis-stocktaking"
"""The entity to which a road map is reported that goes into the stocktaking."""
LINES = "action-lines"
_LANGUAGE = "en"
_OBJECTIVE = "Objective "
#: How many activities are told for each goal, and how many milestones to come.
_TOLD = 5


_Dated = tuple[datetime.date, Milestone]


@attrs.frozen
class Box:
    """A box of the form."""

    name: str
    """What the form asks for, e.g. `"Short description"`."""
    text: str
    """What to paste; empty where neither the road map nor the caller says it."""
    remark: str = ""
    """What to look at before it is sent: what is missing, or does not fit the form."""

    @property
    def words(self) -> int:
        """The number of words of the text."""
        return word_count(self.text)


def word_count(text: str) -> int:
    """How many words a text has, as forms and word processors count: what stands between blanks.

    Examples:
        >>> word_count("One map, state-of-the-art:  3 % done")
        6
    """
    return len(text.split())


def categories(corpus: Corpus) -> tuple[Concept, ...]:
    """The categories: the Action Lines that have no narrower ones.

    Examples:
        >>> from wsis_model import catalogue
        >>> found = categories(catalogue())
        >>> len(found), found[6].id
        (18, 'action-lines/c7-e-government')
    """
    lines = _lines(corpus)
    wider = {each.parent for each in lines}
    return tuple(each for each in lines if each.id not in wider)


def sheet(
    corpus: Corpus,
    roadmap: str,
    *,
    category: str | None = None,
    description: str | None = None,
    challenges: str | None = None,
    links: Sequence[str] = (),
    contact: str | None = None,
    as_of: datetime.date | None = None,
) -> Table[Box]:
    """The boxes of the form, in its order, filled in from a road map.

    The description is the road map's own. If it has fewer words than the form asks for, expected
    results and activities are added to it one by one, as long as they fit; if it has more, it is
    given whole, with a remark: what to leave out is the author's to say.

    Args:
        corpus: The road map, together with the catalogue: `sheet(catalogue() | mine, ...)`.
        roadmap: Its identifier.
        category: The Action Line under which it is entered. Without it the one that it covers; of
            several none is chosen.
        description: The description, instead of that of the road map.
        challenges: What was hard: a road map has no field for it.
        links: More addresses.
        contact: Whom to ask.
        as_of: The day of the entry: milestones that were due before are challenges, not plans.

    Raises:
        UnknownIdentifier: There is no such road map, or no such category.

    Examples:
        >>> from wsis_model import catalogue, loads
        >>> plan = "{id: mine, title: Schools online, owners: [itu], scope: [action-lines/c2]}"
        >>> mine = loads(f"roadmaps: [{plan}]", "yaml")
        >>> boxes = sheet(catalogue() | mine, "mine")
        >>> boxes[0].text, boxes[2].remark
        ('C2 Information and communication infrastructure',
         'no words: the form asks for 150 to 200')
    """
    record = corpus.roadmap(roadmap)
    writer = _Sheet(corpus, record, tuple(_aligned(record)), as_of)
    boxes = (
        writer.category(category),
        writer.title(),
        writer.description(description),
        writer.action_lines(),
        writer.goals(),
        writer.commitments(),
        writer.impact(),
        writer.partners(),
        writer.challenges(challenges),
        writer.next_steps(),
        writer.links(links),
        Box("Contact", contact or "", "" if contact else "yours to fill in"),
    )
    return Table(boxes, _COLUMNS)


_COLUMNS: dict[str, Callable[[Box], Any]] = {
    "box": lambda box: box.name,
    "text": lambda box: box.text,
    "words": lambda box: box.words,
    "remark": lambda box: box.remark,
}


def _lines(corpus: Corpus) -> tuple[Concept, ...]:
    return tuple(corpus.concepts(LINES)) if LINES in corpus else ()


def _aligned(roadmap: Roadmap) -> Iterator[tuple[str, Objective | Activity]]:
    """What a road map serves, each with the objective or activity that serves it; nothing of what
    was cancelled.
    """
    records: tuple[Objective | Activity, ...] = (*roadmap.objectives, *_activities(roadmap))
    for record in records:
        for alignment in record.alignments:
            yield alignment.concept, record


def _activities(roadmap: Roadmap) -> tuple[Activity, ...]:
    return tuple(each for each in roadmap.activities if each.status is not ActivityStatus.CANCELLED)


def _english(text: Translations) -> str:
    return " ".join(text.pick(_LANGUAGE).split())


def _sentence(text: str) -> str:
    """A text with a full stop, if it ends without a mark.

    Examples:
        >>> _sentence("Schools are online"), _sentence("Are they?")
        ('Schools are online.', 'Are they?')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


@attrs.frozen
class _Sheet:
    """Fills in the boxes."""

    corpus: Corpus
    roadmap: Roadmap
    aligned: tuple[tuple[str, Objective | Activity], ...]
    as_of: datetime.date | None

    def category(self, chosen: str | None) -> Box:
        name = "Category"
        known = {each.id: each for each in categories(self.corpus)}
        if chosen is not None:
            found = self.corpus.find(chosen, ("concept",)).id
            if found not in known:
                near = tuple(each for each in known if known[each].parent == found)
                raise UnknownIdentifier(chosen, near)
            return Box(name, self._name(found))
        covered = [each for each in self.roadmap.scope if each in known]
        if len(covered) == 1:
            return Box(name, self._name(covered[0]))
        wider = [
            each.id for each in known.values() if each.parent and each.parent in self.roadmap.scope
        ]
        offered = [*covered, *wider] or [
            each for each in dict.fromkeys(concept for concept, _ in self.aligned) if each in known
        ]
        names = "; ".join(map(self._name, offered))
        return Box(name, "", f"choose one: {names}" if names else f"choose one of {len(known)}")

    def title(self) -> Box:
        title = self.roadmap.title
        remark = "" if _LANGUAGE in title else "the form is filled in in English"
        return Box("Title", _english(title), remark)

    def description(self, given: str | None) -> Box:
        least, most = WORDS
        text = " ".join((given or self.roadmap.description or "").split())
        added = False
        if given is None and word_count(text) < least:
            for part in self._more():
                longer = f"{_sentence(text)} {part}" if text else part
                if word_count(longer) <= most:
                    text, added = longer, True
                if word_count(text) >= least:
                    break
        count = word_count(text)
        asked = f"the form asks for {least} to {most}"
        remarks = (
            "put together from results and activities: read it over" if added else "",
            "" if least <= count <= most else f"{_words(count)}: {asked}",
        )
        remark = "; ".join(filter(None, remarks))
        return Box("Short description", text, remark)

    def _more(self) -> Iterator[str]:
        """What may be added to a description that is too short: whole sentences of the road map."""
        for objective in self.roadmap.objectives:
            yield _sentence(f"Expected result: {_english(objective.statement)}")
        for activity in _activities(self.roadmap):
            yield _sentence(f"Activity: {_english(activity.title)}")
            if activity.description:
                yield _sentence(" ".join(activity.description.split()))

    def action_lines(self) -> Box:
        lines = {each.id for each in _lines(self.corpus)}
        served = (*self.roadmap.scope, *(concept for concept, _ in self.aligned))
        found = [each for each in dict.fromkeys(served) if each in lines]
        return _box("WSIS Action Lines", map(self._name, found), "it is aligned with none")

    def goals(self) -> Box:
        by_goal: dict[str, dict[str, None]] = {}
        targets: dict[str, dict[str, None]] = {}
        for name, record in self.aligned:
            goal = self._goal(name)
            if goal is not None:
                by_goal.setdefault(goal.id, {})[_told(record)] = None
                if name != goal.id:
                    targets.setdefault(goal.id, {})[cite(name).removeprefix("SDG target ")] = None
        lines: list[str] = []
        for goal_id in sorted(by_goal, key=lambda each: int(self.corpus[each].code or 0)):
            what = f" (targets {', '.join(targets[goal_id])})" if goal_id in targets else ""
            lines.append(f"SDG {self._name(goal_id)}{what}: {_some(by_goal[goal_id])}")
        return _box("Links with the SDGs", lines, "it is aligned with none")

    def _goal(self, name: str) -> Concept | None:
        """The SDG that a concept is, or is a target of."""
        record = self.corpus.get(name)
        while isinstance(record, Concept) and record.id.startswith("sdg/") and record.parent:
            record = self.corpus.get(record.parent)
        return record if isinstance(record, Concept) and record.id.startswith("sdg/") else None

    def commitments(self) -> Box:
        """The objectives of the Compact, by the headings under which its commitments stand."""
        found: dict[str, dict[str, None]] = {}
        for name, _ in self.aligned:
            record = self.corpus.get(name)
            heading = self._objective_of(record) if isinstance(record, Provision) else None
            if heading is not None:
                found.setdefault(heading, {})[cite(name).rpartition("para. ")[2]] = None
        lines = [f"{heading} (para. {', '.join(found[heading])})" for heading in sorted(found)]
        return _box("Links with the Global Digital Compact", lines, "it is aligned with none")

    def _objective_of(self, provision: Provision) -> str | None:
        document = self.corpus.get(provision.id.partition("/")[0])
        sections = (
            {each.id: each for each in document.sections} if isinstance(document, Document) else {}
        )
        section: Section | None = sections.get(provision.section or "")
        while section is not None:
            heading = _english(section.heading)
            if heading.startswith(_OBJECTIVE):
                return heading
            section = sections.get(section.parent or "")
        return None

    def impact(self) -> Box:
        """What was measured, and what was reached."""
        measured = [text for each in self.roadmap.indicators if (text := _measured(each))]
        reached = (
            f"Reached{f' on {each.reached}' if each.reached else ''}: {_english(each.title)}"
            for each in self._milestones()
            if each.effective_status is MilestoneStatus.DONE
        )
        missing = "no indicator has a value, and no milestone is reached"
        lines = dict.fromkeys((*measured, *reached))
        return _box("Results and impact", lines, missing)

    def _milestones(self) -> Iterator[Milestone]:
        for activity in _activities(self.roadmap):
            yield from activity.milestones

    def partners(self) -> Box:
        activities = _activities(self.roadmap)
        named = {
            "Responsible": self.roadmap.owners,
            "Leading": [name for each in activities for name in each.leads],
            "Taking part": [name for each in activities for name in each.partners],
            "For": [name for each in activities for name in each.beneficiaries],
        }
        seen: set[str] = set()
        lines: list[str] = []
        for label, names in named.items():
            new = [each for each in dict.fromkeys(names) if each not in seen or label == "For"]
            seen.update(new)
            if new:
                lines.append(f"{label}: {'; '.join(map(self._name, new))}")
        return _box("Partnerships", lines, "")

    def challenges(self, given: str | None) -> Box:
        """What the caller says, and what the road map says is held up."""
        held_up = [
            *(
                f"Late since {day}: {_english(each.title)}"
                for day, each in self._late_and_coming()[0]
            ),
            *(
                f"Suspended: {_english(each.title)}"
                for each in self.roadmap.activities
                if each.status is ActivityStatus.SUSPENDED
            ),
            *(
                f"At risk: {_english(each.title)}"
                for each in self._milestones()
                if each.effective_status is MilestoneStatus.AT_RISK
            ),
        ]
        said = " ".join((given or "").split())
        remark = "" if said else "yours to write: a road map has no field for it"
        return Box("Main challenges", "\n".join(filter(None, (said, *held_up))), remark)

    def next_steps(self) -> Box:
        """The milestones to come that have a date, the earliest first."""
        coming = self._late_and_coming()[1]
        told = [f"By {day}: {_english(each.title)}" for day, each in coming[:_TOLD]]
        more = len(coming) - len(told)
        missing = "no milestone with a date is to come"
        return _box(
            "Future perspectives", (*told, *((f"and {more:,} more",) if more else ())), missing
        )

    def _late_and_coming(self) -> tuple[list[_Dated], list[_Dated]]:
        """The open milestones with a last day, the earliest first: those of which it is over, and
        the others. Without a day nothing is over.
        """
        over = (MilestoneStatus.DONE, MilestoneStatus.CANCELLED)
        windows = [
            (each.due.window(self.corpus.calendar), each)
            for each in self._milestones()
            if each.due is not None and each.effective_status not in over
        ]
        dated = sorted(
            ((window.latest, each) for window, each in windows if window.latest),
            key=lambda pair: pair[0],
        )
        late = [pair for pair in dated if self.as_of is not None and pair[0] < self.as_of]
        return late, dated[len(late) :]

    def links(self, given: Sequence[str]) -> Box:
        source = self.roadmap.source
        evidence: list[Evidence] = [
            *(one for each in self._milestones() for one in each.evidence),
            *(one for each in self.roadmap.updates for one in each.evidence),
        ]
        urls = (source.url if source else None, *(each.url for each in evidence))
        return _box("Links", dict.fromkeys(filter(None, (*given, *urls))), "no address is known")

    def _name(self, identifier: str) -> str:
        """The name of a record as a form has it: code and label, full name and acronym."""
        match self.corpus.get(identifier):
            case Concept() as concept:
                code = (concept.code or "").partition(".")[0]  # C7 of "C7.e-health", 9 of SDG 9
                return f"{code} {_english(concept.label)}".strip()
            case Entity() as entity:
                acronym = f" ({entity.acronym})" if entity.acronym else ""
                return f"{_english(entity.name)}{acronym}"
            case StakeholderGroup() as group:
                return _english(group.label)
            case _:
                return identifier


def _box(name: str, lines: Iterable[str], missing: str) -> Box:
    """A box of lines; with a remark where there is none."""
    text = "\n".join(lines)
    return Box(name, text, "" if text else missing)


def _words(count: int) -> str:
    return "no words" if not count else "1 word" if count == 1 else f"{count:,} words"


def _told(record: Objective | Activity) -> str:
    return _english(record.statement if isinstance(record, Objective) else record.title)


def _some(texts: Iterable[str]) -> str:
    several = list(texts)
    more = len(several) - _TOLD
    return "; ".join(several[:_TOLD]) + (f"; and {more:,} more" if more > 0 else "")


def _measured(indicator: Indicator) -> str:
    """What an indicator says was measured; empty where nothing was."""
    latest = max(indicator.observations, key=lambda each: each.when, default=None)
    if latest is None:
        return ""
    unit = f" ({indicator.unit})" if indicator.unit else ""
    baseline, last = indicator.baseline, indicator.targets[-1] if indicator.targets else None
    parts = (
        f"{baseline.value:f} in {baseline.when}" if baseline else "",
        f"{latest.value:f} in {latest.when}",
        f"{last.value:f} aimed at by {last.by}" if last else "",
    )
    return f"{_english(indicator.name)}{unit}: {', '.join(filter(None, parts))}"
