"""What an agent is told: the answers of `wsis-model mcp`, as text.

They are the texts of the commands with what an agent lacks beside them: whose words they are, the
address of the official document, and a sentence where nothing was found. The annotations of the
arguments are the schemas that clients see. Nothing here knows of the protocol.
"""

from __future__ import annotations

import datetime
import functools
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import attrs
from pydantic import Field

from .._width import readable
from ..analysis import HORIZON, calendar
from ..analysis._calendar import Entry
from ..analysis._names import short_name
from ..checks import check
from ..corpus import Corpus, join
from ..errors import Finding, WsisModelError, bounded
from ..interop.sqlite import index, search
from ..loading import Partial, salvage
from ..model import (
    Concept,
    Document,
    Entity,
    Mandate,
    Provision,
    Record,
    Roadmap,
    Session,
    StakeholderGroup,
    Vocabulary,
    cite,
)
from ..model.description import in_words
from ..names.index import OUTCOME
from ..positions import path_text
from ..queries import MandateMatch
from .inputs import only_own_records
from .terminal import record_text

__all__ = ["LONGEST", "Desk", "NotAsked"]

NAME = 500
"""The longest name or question, in characters."""
LONGEST = 200_000
"""The longest text of a road map, in characters."""
SHOWN = 50
"""The most items in an answer, if fewer are not asked for."""
FULL = 40_000
"""The longest answer, in characters, before it says where the official documents are."""
REACHED = 40
"""How many of those whom a mandate reaches are named."""
WIDTH = 1000
"""No line of an answer is broken: whoever reads it breaks lines itself."""

Name = Annotated[
    str,
    Field(
        min_length=1,
        max_length=NAME,
        description="An identifier or any name: '80-173/113', 'A/RES/80/173, para. 113', "
        "'para. 113', 'SDG 9.c', 'UNESCO', 'C7: e-health'.",
    ),
]
Actor = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=NAME,
        description="An entity or stakeholder group by any name, e.g. 'UNESCO', 'ripe-ncc', "
        "'technical community'. Mandates that reach it through a group it belongs to or a body "
        "in which it holds a role count too.",
    ),
]
InDocument = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=NAME,
        description="Only of this document, e.g. 'A/RES/80/173' or 'gdc'.",
    ),
]
Day = Annotated[datetime.date | None, Field(description="A day as YYYY-MM-DD.")]
Limit = Annotated[int, Field(ge=1, le=200, description="How many at most.")]
Kinds = Literal[
    "document", "section", "provision", "mandate", "vocabulary", "concept", "group", "entity",
    "session", "roadmap", "objective", "activity", "milestone", "indicator", "update",
]  # fmt: skip


@attrs.frozen(slots=False, auto_exc=False)
class NotAsked(WsisModelError, ValueError):
    """A question that has no answer because of how it is asked."""

    reason: str
    """What is wrong with it."""

    def _sentence(self) -> str:
        return self.reason


@attrs.define(eq=False, slots=False)
class Desk:
    """Answers questions about one corpus. Methods may be called from any thread."""

    corpus: Corpus
    """The catalogue, joined with the files that were given."""
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)

    @functools.cached_property
    def _index(self) -> sqlite3.Connection:
        return index(self.corpus)

    # --- tools ------------------------------------------------------------------------------------

    def search(
        self,
        question: Annotated[
            str,
            Field(
                min_length=1,
                max_length=NAME,
                description="What is looked for, in plain words, e.g. 'who pays for broadband'.",
            ),
        ],
        kinds: Annotated[
            list[Kinds] | None,
            Field(description="Only these kinds of record; without it, all of them."),
        ] = None,
        limit: Limit = 10,
    ) -> str:
        """Full-text search over paragraphs, mandates, Action Lines, SDG targets, actors, sessions
        and road maps. Any word is enough; the best match comes first. Use it when you do not know
        the identifier; then ask `provision` for one of those found.
        """
        with self._lock:
            hits = search(self._index, question, kinds=kinds or None, limit=limit)
        if not hits:
            return self._told("Nothing was found. Try other words, or fewer.", ())
        lines = [f"{_counted(len(hits), 'record')} found, the best first."]
        for hit in hits:
            said = f": {hit.excerpt}" if hit.excerpt and hit.excerpt != hit.title else ""
            lines.append(f"- {hit.record} ({hit.kind}) {hit.title}{said}")
        return self._told("\n".join(lines), (hit.record for hit in hits))

    def provision(self, reference: Name) -> str:
        """One paragraph with our summary, its mandates, who is reached by each and why, what it is
        about, what it cites and what cites it. Any other record can be asked for too: a mandate, an
        Action Line, an SDG target, an actor, a session, a road map.
        """
        record = self.corpus.find(reference)
        parts = [record_text(self.corpus, record, width=WIDTH)]
        mandates: tuple[Mandate, ...] = ()
        if isinstance(record, Provision):
            mandates = record.mandates
        elif isinstance(record, Mandate):
            mandates = (record,)
        parts += ["\n".join(self._reached(mandate)) for mandate in mandates]
        return self._told("\n\n".join(parts), (record.id,))

    def mandates(
        self,
        addressee: Actor = None,
        document: InDocument = None,
        due_by: Annotated[
            str | None,
            Field(
                min_length=4,
                max_length=NAME,
                description="Due by this year, month, day or session: '2027', '2027-06', "
                "'2027-06-30', 'CSTD 30'. What recurs without a date is not.",
            ),
        ] = None,
        action_line: Annotated[
            str | None,
            Field(max_length=NAME, description="Whose paragraph concerns this Action Line: 'C2'."),
        ] = None,
        about: Annotated[
            str | None,
            Field(
                max_length=NAME,
                description="Whose paragraph concerns this theme, SDG target, or other concept.",
            ),
        ] = None,
        kind: Literal["decision", "request", "call", "commitment"] | None = None,
        limit: Limit = SHOWN,
    ) -> str:
        """What is asked, decided or pledged: one mandate for each verb and set of addressees, with
        due and, if you name an addressee, why it is reached. All conditions must hold.
        """
        found = self.corpus.mandates(
            addressee=addressee,
            document=document,
            due_before=due_by,
            action_line=action_line,
            about=about,
            kind=kind,
        )
        if not found:
            return self._told("No mandate fits all of these conditions.", ())
        shown = found[:limit]
        lines = [_heading(len(shown), len(found), "mandate")]
        lines += [self._mandate(each, is_routed=addressee is not None) for each in shown]
        return self._told("\n".join(lines), (each.mandate.id for each in shown))

    def calendar(
        self,
        since: Day = None,
        until: Day = None,
        who: Actor = None,
        document: InDocument = None,
        limit: Limit = SHOWN,
    ) -> str:
        """What falls due between two days, for everyone or for one actor: mandates of the
        documents, and milestones of road maps that were given. What recurs is listed each time.
        Without an end, the calendar goes to the next review in 2035.
        """
        if since is not None and until is not None and since > until:
            reason = f"nothing lies between {since} and {until}: the first day is the later"
            raise NotAsked(reason)
        found = calendar(
            self.corpus,
            document=document,
            actor=who,
            start=since,
            horizon=HORIZON if until is None else until,
        )
        if not found:
            return self._told("Nothing is due in that time, as far as a time is given.", ())
        shown = found[:limit]
        lines = [_heading(len(shown), len(found), "date")]
        lines += [self._entry(each) for each in shown]
        return self._told("\n".join(lines), (each.what for each in shown))

    def check_roadmap(
        self,
        text: Annotated[
            str,
            Field(
                min_length=1,
                max_length=LONGEST,
                description="The road map itself, not a path or address: a file with the key "
                "'roadmaps', e.g. 'roadmaps: [{id: my-plan, title: My plan, owners: [itu]}]'.",
            ),
        ],
        format: Annotated[Literal["yaml", "json"], Field(description="How it is written.")] = (
            "yaml"
        ),
        profile: Annotated[
            Literal["draft", "publish"],
            Field(description="'draft' for work in progress, 'publish' asks for more."),
        ] = "draft",
        as_of: Annotated[
            datetime.date | None,
            Field(description="The day for rules about what is overdue, as YYYY-MM-DD."),
        ] = None,
    ) -> str:
        """Check the text of a road map: everything that cannot be read and everything unsound, each
        with line and column, rule, and the correction where it is certain. Nothing is stored.
        """
        name = f"roadmap.{format}"
        read = salvage(text.encode("utf-8", "surrogatepass"), format=format, name=name)
        # What is checked takes the place of what was given under the same name.
        own = {each.id for each in read.corpus.roadmaps}
        others = [each for each in self.corpus.roadmaps if each.id not in own]
        whole, clashes = join((attrs.evolve(self.corpus, roadmaps=others), read.corpus))
        problems = (*read.problems, *(each.finding() for each in clashes))
        report = check(Partial(whole, problems, read.lost), profile=profile, as_of=as_of)
        report = only_own_records(report, (read.corpus,), len(problems))
        if not report.findings:
            roadmaps = _counted(len(own), "road map")
            return self._told(f"Nothing is wrong in {roadmaps} (profile {profile}).", ())
        lines = [f"{report.summary()} (profile {profile})"]
        for each in report.findings[:SHOWN]:
            lines += [f"- {each}", *(f"  correction: {said}" for said in _correction(each))]
        if len(report.findings) > SHOWN:
            lines.append(f"... and {len(report.findings) - SHOWN} more; correct these first")
        return self._told("\n".join(lines), ())

    # --- their parts ------------------------------------------------------------------------------

    def _mandate(self, found: MandateMatch, *, is_routed: bool) -> str:
        mandate = found.mandate
        said = [f"- {mandate.id} ({cite(found.provision.id)}) {mandate.kind.value}"]
        if mandate.due:
            said.append(f"due {in_words(mandate.due, self._name)}")
        if mandate.addressees:
            said.append(f"asked of {', '.join(map(self._name, mandate.addressees))}")
        if mandate.reports_to:
            said.append(f"reports to {', '.join(map(self._name, mandate.reports_to))}")
        if is_routed:
            said.append(f"reached: {found.by_route}")
        return f"{'; '.join(said)}: {mandate.action}"

    def _entry(self, entry: Entry) -> str:
        said = [f"- {entry.when}: {entry.what} ({entry.kind})"]
        if entry.session:
            said.append(f"at {self._name(entry.session)}")
        if entry.who:
            said.append(f"by {', '.join(map(self._name, entry.who))}")
        if entry.note:
            said.append(entry.note)
        if entry.status:
            said.append(entry.status)
        return f"{'; '.join(said)}: {entry.title}"

    def _name(self, identifier: str) -> str:
        """A name with the identifier, if they differ."""
        name = short_name(self.corpus, identifier).strip()
        return identifier if name == identifier else f"{name} ({identifier})"

    def _reached(self, mandate: Mandate) -> Iterator[str]:
        """Who is reached by a mandate, each with the route."""
        if not mandate.addressees:
            yield f"{mandate.id} names no addressee."
            return
        reached = {
            entity.id: next(steps for name, steps in routes.items() if name in mandate.addressees)
            for entity in self.corpus.all_entities
            if not entity.until
            and not (routes := self.corpus.routes(entity.id)).keys().isdisjoint(mandate.addressees)
        }
        yield f"Who is reached by {mandate.id} ({_counted(len(reached), 'entity', 'entities')}):"
        nearest = sorted(reached, key=lambda each: len(reached[each]))
        for each in nearest[:REACHED]:
            why = ", ".join(map(str, reached[each])) or "named"
            yield f"  {self._name(each)}: {why}"
        if len(reached) > REACHED:
            yield f"  ... and {len(reached) - REACHED} more; ask `mandates` about one of them"
        groups = [each for each in mandate.addressees if each not in reached]
        if groups:
            yield f"  addressed as a whole: {', '.join(map(self._name, groups))}"

    def _told(self, text: str, identifiers: Iterable[str]) -> str:
        """An answer, with whose words it is and where the official documents are."""
        addresses = dict.fromkeys(
            address for each in identifiers for address in self._addresses(each)
        )
        if not addresses:
            addresses = dict.fromkeys(self._addresses(OUTCOME))
        if len(text) > FULL:
            text = f"{text[:FULL]}\n... cut here; ask about one of the records that are named"
        told = [text, "", WHOSE]
        told += list(addresses)[:SHOWN]
        return readable("\n".join(told), lines=True)

    def _addresses(self, identifier: str) -> Iterator[str]:
        """The line with the address of the official document that a record belongs to, or of its
        source; none where we know of none.
        """
        record = self.corpus.get(identifier)
        if record is None:
            return
        for each in (record, *self.corpus.ancestors(identifier)):
            if (address := _address(each)) is not None:
                yield address
                return


WHOSE = (
    "Summaries, actions and labels are in the words of wsis_model or of the road map, not in those "
    "of the United Nations; quote the official document only."
)


def _address(record: Record) -> str | None:
    match record:
        case Document(urls=(url, *_)):
            return f"Official: {record.symbol or record.title}, {url}"
        case Concept(id=name, iri=str(address)) | Entity(id=name, url=str(address)):
            return f"Source: {name}, {address}"
        case Document() | Vocabulary() | StakeholderGroup() | Session() | Roadmap():
            where = record.source.url if record.source else None
            return f"Source: {record.id}, {where}" if where else None
        case _:
            return None


def _correction(finding: Finding) -> Iterator[str]:
    """The change that surely mends a finding, in words."""
    if (fix := finding.fix) is None:
        return
    place = path_text(fix.path)
    if fix.key:
        yield f"rename the last part of {place} to {fix.new}"
    elif fix.new is None:
        yield f"remove {place}"
    else:
        yield f"write {_value(fix.new)} at {place}"


def _value(value: object) -> str:
    return bounded(value) if isinstance(value, str) else bounded(repr(value))


def _counted(count: int, what: str, several: str = "") -> str:
    return f"{count} {what if count == 1 else several or what + 's'}"


def _heading(shown: int, found: int, what: str) -> str:
    if shown == found:
        return f"{_counted(found, what)}."
    return f"{found} {what}s, of which the first {shown}; narrow the question, or raise the limit."
