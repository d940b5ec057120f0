"""Records for tests, ours and yours: Hypothesis strategies, and builders that leave a test to name
only what it is about.

Needs the extra `testing` (`pip install 'wsis_model[testing]'`).

* **Any record**: [`records`][wsis_model.testing.records] of a class, or by name: `documents()`,
  `provisions()`, `mandates()` ... They are *valid*, which is all that their types promise: texts
  are hostile, identifiers lead nowhere.
* **Whole**: [`files`][wsis_model.testing.files] are valid and their identifiers unique;
  [`corpora`][wsis_model.testing.corpora] are *sound*, so that [`check`][wsis_model.check] finds
  nothing, for publishing too, on the day [`AS_OF`][wsis_model.testing.AS_OF] too;
  [`broken`][wsis_model.testing.broken] corpora are sound but for one break of one rule.
* **By hand**: `a_document(...)`, `a_mandate(...)`, `a_roadmap(...)` ... always make the same sound
  record; give the fields that matter. [`a_corpus`][wsis_model.testing.a_corpus] holds them all, and
  [`changed`][wsis_model.testing.changed] changes one record in a corpus.

Examples:
    >>> from wsis_model import check
    >>> corpus = changed(a_corpus(), "91-1/1.1", addressees=())
    >>> [finding.code for finding in check(corpus).findings]
    ['D402']
"""

from __future__ import annotations

import datetime
import functools
import inspect
import itertools
import string
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from .corpus import Corpus
from .errors import MissingExtra
from .model import (
    Activity,
    ActivityStatus,
    Alignment,
    Basis,
    Citation,
    Concept,
    Date,
    Document,
    Due,
    Entity,
    Evidence,
    Extensions,
    File,
    Identifier,
    Indicator,
    Iri,
    Mandate,
    MandateKind,
    Milestone,
    MilestoneStatus,
    Note,
    Objective,
    Observation,
    PartialDate,
    Period,
    Provision,
    Record,
    Recurrence,
    Refers,
    Resource,
    Roadmap,
    Role,
    RoleKind,
    Section,
    Session,
    Source,
    StakeholderGroup,
    Subject,
    Target,
    Text,
    TextRow,
    TextTable,
    Translations,
    Update,
    Vocabulary,
    is_identifier,
    number_to_segment,
)
from .model.fields import shape_of

try:
    from hypothesis import strategies as st
except ImportError:
    extra = "testing"
    raise MissingExtra(extra, "hypothesis") from None

__all__ = [
    "AS_OF",
    "BREAKS",
    "a_concept",
    "a_corpus",
    "a_document",
    "a_group",
    "a_mandate",
    "a_provision",
    "a_roadmap",
    "a_section",
    "a_session",
    "a_source",
    "a_vocabulary",
    "activities",
    "alignments",
    "an_activity",
    "an_entity",
    "an_indicator",
    "broken",
    "changed",
    "citations",
    "concepts",
    "corpora",
    "documents",
    "dues",
    "entities",
    "evidence",
    "extensions",
    "files",
    "groups",
    "identifiers",
    "indicators",
    "mandates",
    "milestones",
    "notes",
    "objectives",
    "observations",
    "periods",
    "provisions",
    "records",
    "references",
    "resources",
    "roadmaps",
    "roles",
    "sections",
    "sessions",
    "sources",
    "subjects",
    "targets",
    "text_rows",
    "text_tables",
    "texts",
    "translations",
    "updates",
    "vocabularies",
]

R = TypeVar("R", bound=Record)
Strategy = st.SearchStrategy

# --- Values ---------------------------------------------------------------------------------------

#: Texts that are hard on a format: they look like other types, or like its own marks.
_HOSTILE = (
    "yes", "NO", "null", "~", "true", "1.10", "12:30", "0x1F", "1e5", "2027", "2027-01-01", "<<", "=", "-", "{}", "[]", "''",
    "a: b", "a #b", "# a", "- a", "? a", "& a", "* a", "! a", "| a", "> a", "% a", "@ a", "` a", '"a"', "'a'",
    "a;b", "a; b", ";", "\\", "\\;", "\\e", "a\\",
    " a", "a ", "\ta", " ", "\n", "a\nb", "a\n\n b\n", "a\r\nb", "a\rb",
    "a\x85b", "a\u2028b", "a\u2029", "\ufeff", "\x00", "\x1b", "a,b", "=1+1",
    "🌍", "👩‍💻", "اللجنة", "e\u0301", "\u200f", "Ａ", "\U0010ffff", "unknown:x", "---", "...",
)  # fmt: skip
_LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es", "zh-Hant", "pt-BR")
_DOCUMENTS = (
    "80-173",
    "79-1",
    "gdc",
    "tunis-agenda",
    "217-a-iii",
    "e-res-2025-18",
    "a-80-l-41",
    "a-conf-157-24",
    "s-res-1325-2000",
    "un-charter",
)
_OTHERS = (
    "sdg/9",
    "sdg/9.c",
    "sdg/9.c.1",
    "action-lines/c2",
    "action-lines/c7-e-health",
    "verbs/request",
    "groups/youth",
    "itu",
    "sessions/cstd-30",
    "my-roadmap/a1",
)


def texts() -> Strategy[str]:
    """Any text that a field takes, hostile ones first: quotes, colons, line ends of all kinds,
    numbers that are names, controls.
    """
    anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
    return st.sampled_from(_HOSTILE) | anything


def translations() -> Strategy[Translations]:
    """A text in one or more languages."""
    made = st.dictionaries(st.sampled_from(_LANGUAGES), texts(), min_size=1, max_size=3)
    return made.map(lambda given: Translations(dict(sorted(given.items()))))


def extensions() -> Strategy[Extensions]:
    """What a third party adds: any JSON data under `prefix:name`. The prefix `unknown`, which the
    loader keeps to itself, is left out.
    """
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    data = st.recursive(
        st.none() | st.booleans() | numbers | texts(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts(), inner, max_size=2),
        max_leaves=4,
    )
    keys = st.from_regex(r"[a-t][a-z0-9-]{0,5}:[A-Za-z0-9_.-]{1,6}", fullmatch=True)
    return st.dictionaries(keys, data, max_size=2).map(
        lambda given: Record(extensions=Extensions(given)).extensions
    )


def _numbers() -> Strategy[int]:
    return st.integers(1, 250)


def identifiers() -> Strategy[str]:
    """A canonical identifier: of every shape that the grammar gives a meaning, and of none."""
    resolutions = st.builds("{}-{}".format, _numbers(), _numbers())
    works = st.sampled_from(_DOCUMENTS) | resolutions
    items = st.sampled_from(("", "-a", "-k", "-b-ii"))
    provisions_ = st.builds(
        "{}/{}{}{}".format, works, st.sampled_from(("", "p")), _numbers(), items
    )
    mandates_ = st.builds("{}.{}".format, provisions_, _numbers())
    sections_ = st.builds("{}/s{}".format, works, _numbers())
    segments = st.from_regex(r"[a-z0-9]{1,5}(?:[.-][a-z0-9]{1,4}){0,2}", fullmatch=True)
    free = st.lists(segments, min_size=1, max_size=3).map("/".join).filter(is_identifier)
    return works | st.sampled_from(_OTHERS) | provisions_ | mandates_ | sections_ | free


@st.composite
def references(draw: st.DrawFn) -> tuple[str, str]:
    """What a person of the field writes, with the identifier that is meant."""
    return draw(
        st.one_of(
            _paragraph_references(),
            _goal_references(),
            _line_references(),
            identifiers().map(lambda name: (name, name)),
        )
    )


@st.composite
def _paragraph_references(draw: st.DrawFn) -> tuple[str, str]:
    session, number, paragraph = (draw(_numbers()) for _ in range(3))
    resolution = draw(
        st.sampled_from(
            (
                "A/RES/{}/{}",
                "a/res/{}/{}",
                "{}/{}",
                "resolution {}/{}",
                "GA resolution {}/{}",
                "General Assembly resolution {}/{}",
            )
        )
    )
    named = (
        ("GDC", "gdc"),
        ("Global Digital Compact", "gdc"),
        ("Tunis Agenda", "tunis-agenda"),
        ("A/80/L.41", "a-80-l-41"),
        ("E/RES/2025/18", "e-res-2025-18"),
    )
    work, document = draw(
        st.sampled_from(((resolution.format(session, number), f"{session}-{number}"), *named))
    )
    tails = (
        (" {}{}", ""),
        (", para. {}{}", ""),
        (" para {}{}", ""),
        (", paragraph {}{}", ""),
        (" § {}{}", ""),
        (" OP {}{}", ""),
        (" PP{}{}", "p"),
        (", preambular para. {}{}", "p"),
    )
    tail, part = draw(st.sampled_from(tails))
    written, item = draw(
        st.sampled_from((("", ""), ("(a)", "-a"), (" (b)", "-b"), (" (b) (ii)", "-b-ii")))
    )
    text, identifier = work + tail.format(paragraph, written), f"{document}/{part}{paragraph}{item}"
    if draw(st.booleans()):
        return f"{text}, mandate {number}", f"{identifier}.{number}"
    return text, identifier


def _goal_references() -> Strategy[tuple[str, str]]:
    goals, letters = st.integers(1, 17), st.sampled_from("123abc")
    return st.one_of(
        st.tuples(
            st.sampled_from(("SDG {}", "sdg {}", "Goal {}", "Sustainable Development Goal {}")),
            goals,
        ),
        st.tuples(
            st.sampled_from(("SDG {}", "SDG target {}", "target {}")),
            st.builds("{}.{}".format, goals, letters),
        ),
        st.tuples(
            st.sampled_from(("SDG {}", "SDG indicator {}", "indicator {}")),
            st.builds("{}.{}.{}".format, goals, letters, st.integers(1, 9)),
        ),
    ).map(lambda drawn: (drawn[0].format(drawn[1]), f"sdg/{drawn[1]}"))


def _line_references() -> Strategy[tuple[str, str]]:
    lines = st.tuples(
        st.sampled_from(("C{}", "c {}", "Action Line C{}", "WSIS Action Line C{}", "AL C{}")),
        st.integers(1, 11),
    )
    subs = st.tuples(
        st.sampled_from(("C7: {}", "C7 {}", "Action Line C7: {}")),
        st.sampled_from(("e-health", "e-science", "e-government")),
    )
    return lines.map(
        lambda drawn: (drawn[0].format(drawn[1]), f"action-lines/c{drawn[1]}")
    ) | subs.map(lambda drawn: (drawn[0].format(drawn[1]), f"action-lines/c7-{drawn[1]}"))


def _amounts() -> Strategy[Decimal]:
    def amount(digits: int, places: int) -> Decimal:
        return Decimal(digits).scaleb(-places)

    return st.builds(amount, st.integers(-(10**12), 10**12), st.integers(0, 6))


def _partial_dates() -> Strategy[str]:
    def partial_date(day: datetime.date, length: int) -> str:
        return day.isoformat()[:length]

    return st.builds(partial_date, st.dates(), st.sampled_from((4, 7, 10)))


# --- Any record -----------------------------------------------------------------------------------

#: The types of fields, as annotated or without their constraints, that have a strategy of their
#: own.
_OF_TYPE: tuple[tuple[Any, Callable[[], Strategy[Any]]], ...] = (
    (Identifier, identifiers),
    (Text, texts),
    (str, lambda: st.just("") | texts()),
    (
        Iri,
        lambda: st.from_regex(
            r"https?://[a-z]{1,8}\.example/[a-z0-9#?=&;,'%_~-]{0,12}", fullmatch=True
        ),
    ),
    (Date, st.dates),
    (PartialDate, _partial_dates),
    (Translations, translations),
    (Extensions, extensions),
    (Decimal, _amounts),
    (bool, st.booleans),
    (int, lambda: st.integers(-(2**40), 2**40)),
)


def _values(annotation: Any) -> Strategy[Any]:
    """What a field annotated so may hold; for `X | None`, an `X`."""
    known = next((made for each, made in _OF_TYPE if each == annotation), None)
    if known is not None:
        return known()
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _constrained(*arguments)
    if origin in (typing.Union, types.UnionType):
        return _values(arguments[0])
    if origin is tuple:
        return _several(arguments[0])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if issubclass(annotation, Enum):
        members: tuple[Enum, ...] = tuple(annotation)
        return st.sampled_from(members)
    return _records(annotation)


def _constrained(bare: Any, *marks: Any) -> Strategy[Any]:
    if any(isinstance(mark, Refers) for mark in marks):
        return identifiers()
    bounds: dict[str, int] = {}
    for mark in marks:
        for each in getattr(mark, "metadata", ()):  # what pydantic's Field was told
            bounds.update(
                (name, getattr(each, name))
                for name in ("ge", "le", "min_length")
                if hasattr(each, name)
            )
    if "ge" in bounds:
        return st.integers(bounds["ge"], bounds["le"])
    pattern: str | None = next(
        (mark.pattern for mark in marks if getattr(mark, "pattern", None)), None
    )
    if pattern:
        return st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
    if typing.get_origin(bare) is tuple:
        return _several(typing.get_args(bare)[0], bounds["min_length"])
    return _values(bare)


def _several(annotation: Any, at_least: int = 0) -> Strategy[tuple[Any, ...]]:
    return st.lists(_values(annotation), min_size=at_least, max_size=2).map(tuple)


def records(record: type[R]) -> Strategy[R]:
    """Any valid record of a class: what is optional is there or not, texts are hostile, and
    identifiers lead nowhere.

    Examples:
        >>> from wsis_model import Due
        >>> isinstance(records(Due), st.SearchStrategy)
        True
    """
    return typing.cast("Strategy[R]", _records(record))


@functools.cache
def _records(record: type[Record]) -> Strategy[Record]:
    annotations = {
        **inspect.get_annotations(Record, eval_str=True),
        **inspect.get_annotations(record, eval_str=True),
    }
    fields = {name: _values(annotations[name]) for name in record.model_fields}
    required = {
        name: made for name, made in fields.items() if record.model_fields[name].is_required()
    }
    optional = {name: made for name, made in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional).map(record.model_validate)


def documents() -> Strategy[Document]:
    """An outcome document, with anything in it."""
    return records(Document)


def sections() -> Strategy[Section]:
    """A heading of a document."""
    return records(Section)


def provisions() -> Strategy[Provision]:
    """A numbered paragraph or lettered item."""
    return records(Provision)


def mandates() -> Strategy[Mandate]:
    """What a provision asks, decides or pledges."""
    return records(Mandate)


def citations() -> Strategy[Citation]:
    """A reference from one text to another."""
    return records(Citation)


def notes() -> Strategy[Note]:
    """A footnote or endnote."""
    return records(Note)


def subjects() -> Strategy[Subject]:
    """What a library files a document under."""
    return records(Subject)


def text_tables() -> Strategy[TextTable]:
    """A table that stands in a document."""
    return records(TextTable)


def text_rows() -> Strategy[TextRow]:
    """A row of such a table."""
    return records(TextRow)


def vocabularies() -> Strategy[Vocabulary]:
    """A dated list of concepts."""
    return records(Vocabulary)


def concepts() -> Strategy[Concept]:
    """An entry of a vocabulary."""
    return records(Concept)


def alignments() -> Strategy[Alignment]:
    """The claim that something is about a concept."""
    return records(Alignment)


def groups() -> Strategy[StakeholderGroup]:
    """A stakeholder group."""
    return records(StakeholderGroup)


def entities() -> Strategy[Entity]:
    """An organisation, body, mechanism or forum."""
    return records(Entity)


def roles() -> Strategy[Role]:
    """A role that an entity holds."""
    return records(Role)


def sessions() -> Strategy[Session]:
    """A session of a body, or a meeting."""
    return records(Session)


def dues() -> Strategy[Due]:
    """When something is due."""
    return records(Due)


def periods() -> Strategy[Period]:
    """A span of time."""
    return records(Period)


def sources() -> Strategy[Source]:
    """Where a record comes from."""
    return records(Source)


def roadmaps() -> Strategy[Roadmap]:
    """An implementation road map."""
    return records(Roadmap)


def objectives() -> Strategy[Objective]:
    """An expected result of a road map."""
    return records(Objective)


def activities() -> Strategy[Activity]:
    """What a road map says will be done."""
    return records(Activity)


def milestones() -> Strategy[Milestone]:
    """A point on the way of an activity."""
    return records(Milestone)


def indicators() -> Strategy[Indicator]:
    """Something that is measured."""
    return records(Indicator)


def targets() -> Strategy[Target]:
    """The value that an indicator should reach."""
    return records(Target)


def observations() -> Strategy[Observation]:
    """A value of an indicator at a time."""
    return records(Observation)


def resources() -> Strategy[Resource]:
    """Money, people or things that an activity takes."""
    return records(Resource)


def updates() -> Strategy[Update]:
    """What someone reports about a road map."""
    return records(Update)


def evidence() -> Strategy[Evidence]:
    """What shows that something was done or measured."""
    return records(Evidence)


@st.composite
def files(draw: st.DrawFn) -> File:
    """Any valid file whose identifiers are unique; half of the time the parts' begin with those of
    what holds them.
    """
    nested = draw(st.booleans())
    return _named_once(draw(records(File)), "", set(), nested=nested)


def _named_once(record: R, owner: str, taken: set[str], *, nested: bool) -> R:
    """A copy of *record* in which no identifier of *taken* occurs, nor any twice."""
    changes: dict[str, Any] = {}
    name = getattr(record, "id", None)
    if isinstance(name, str):
        wanted = f"{owner}/{name.rpartition('/')[2]}" if nested and owner else name
        owner = next(
            each
            for each in itertools.chain((wanted,), (f"{wanted}-{n}" for n in itertools.count(2)))
            if each not in taken
        )
        taken.add(owner)
        changes["id"] = owner
    for field in shape_of(type(record)):
        members = getattr(record, field.name)
        if field.what == "records" and members:
            changes[field.name] = tuple(
                _named_once(each, owner, taken, nested=nested) for each in members
            )
    return record.replace(**changes)


# --- Builders -------------------------------------------------------------------------------------
# One small invented outcome document with all that it speaks of. It has its own identifiers, so
# that it can be joined with the shipped catalogue except where vocabularies and actors must go by
# their real names for the rules to know them.

_ADOPTED = datetime.date(2036, 12, 1)

AS_OF = datetime.date(2037, 2, 1)
"""The day on which sound corpora are sound, and broken ones broken, also under the rules that
depend on one.
"""


def a_source(**changes: Any) -> Source:
    """A complete source.

    Examples:
        >>> a_source(terms=None).terms is None
        True
    """
    given: dict[str, Any] = {
        "title": "A/RES/91/1",
        "url": "https://docs.un.org/en/A/RES/91/1",
        "date": datetime.date(2036, 12, 5),
        "retrieved": datetime.date(2037, 1, 10),
        "terms": "an invented document, free to use",
        "checked": "read against itself",
    }
    return Source(**{**given, **changes})


def a_section(**changes: Any) -> Section:
    """The first section of the document."""
    given: dict[str, Any] = {"id": "91-1/s1", "heading": "Development of the information society"}
    return Section(**{**given, **changes})


def a_mandate(**changes: Any) -> Mandate:
    """A request with an addressee, a due session and a report.

    Examples:
        >>> a_mandate(addressees=("cstd",)).addressees
        ('cstd',)
    """
    given: dict[str, Any] = {
        "id": "91-1/1.1",
        "kind": "request",
        "verb": "verbs/request",
        "action": "Draw up a road map for the Action Line",
        "addressees": ("itu",),
        "deliverable": "deliverables/report",
        "due": Due(session="sessions/cstd-40", year=2037),
        "reports_to": ("cstd",),
    }
    return Mandate(**{**given, **changes})


def a_provision(**changes: Any) -> Provision:
    """An operative paragraph; its identifier follows from its number.

    Examples:
        >>> a_provision(number="3(a)").id
        '91-1/3-a'
    """
    number = str(changes.get("number", "1"))
    given: dict[str, Any] = {
        "id": f"91-1/{number_to_segment(number)}",
        "number": number,
        "section": "91-1/s1",
        "summary": "Says in our own words what is to happen",
    }
    return Provision(**{**given, **changes})


def _provisions() -> tuple[Provision, ...]:
    cited = Citation(target="90-1", verb="verbs/recall", mark="1")
    about = (
        Alignment(concept="action-lines/c1", basis=Basis.STATED),
        Alignment(concept="themes/skills", basis=Basis.EDITORIAL, note="speaks of training"),
    )
    call = a_mandate(
        id="91-1/1.2",
        kind="call",
        verb="verbs/call-upon",
        addressees=("groups/governments",),
        deliverable=None,
        due=None,
        reports_to=(),
    )
    return (
        a_provision(
            number="P1",
            part="preambular",
            section=None,
            citations=(cited,),
            mentions=("groups/governments",),
        ),
        a_provision(number="P2", part="preambular", section=None),
        a_provision(
            number="1",
            mandates=(a_mandate(), call),
            alignments=about,
            mentions=("itu", "cstd", "groups/governments"),
        ),
        a_provision(number="2", citations=(Citation(target="91-1/1"),)),
        a_provision(number="2(a)", parent="91-1/2", mentions=("groups/action-line-facilitators",)),
        a_provision(number="2(b)", parent="91-1/2"),
        a_provision(number="2(c)", parent="91-1/2"),
        a_provision(number="3", section="91-1/s2"),
        a_provision(number="4", section="91-1/s2"),
    )


def a_document(**changes: Any) -> Document:
    """A resolution with two sections and some paragraphs.

    Examples:
        >>> [provision.number for provision in a_document().provisions]
        ['P1', 'P2', '1', '2', '2(a)', '2(b)', '2(c)', '3', '4']
    """
    given: dict[str, Any] = {
        "id": "91-1",
        "title": "Review of the information society",
        "symbol": "A/RES/91/1",
        "kind": "resolution",
        "body": "general-assembly",
        "adopted": _ADOPTED,
        "session": "sessions/ga-91",
        "sections": (a_section(), a_section(id="91-1/s2", heading="Follow-up and review")),
        "provisions": _provisions(),
        "notes": (Note(mark="1", provision="91-1/p1", citations=(Citation(target="90-1"),)),),
        "source": a_source(),
    }
    return Document(**{**given, **changes})


def _compact() -> Document:
    """The Compact by its real name, with one commitment: what road maps link to is looked for
    there.
    """
    pledge = a_mandate(
        id="gdc/1-a.1",
        kind="commitment",
        verb="verbs/commit",
        action="Connect everyone",
        addressees=("groups/governments",),
        deliverable=None,
        due=Due(year=2040),
        reports_to=(),
    )
    return Document(
        id="gdc",
        title=Translations(en="Compact"),
        adopted=_ADOPTED,
        provisions=(
            a_provision(id="gdc/1", number="1", section=None),
            a_provision(
                id="gdc/1-a", number="1(a)", section=None, parent="gdc/1", mandates=(pledge,)
            ),
        ),
        source=a_source(),
    )


def a_concept(**changes: Any) -> Concept:
    """A theme."""
    given: dict[str, Any] = {
        "id": "themes/skills",
        "label": "Skills",
        "definition": "What people learn to use the Internet well",
    }
    return Concept(**{**given, **changes})


def _concept(identifier: str, label: str, **more: Any) -> Concept:
    return Concept(id=identifier, label=Translations(en=label), **more)


def a_vocabulary(**changes: Any) -> Vocabulary:
    """The vocabulary of themes."""
    given: dict[str, Any] = {
        "id": "themes",
        "title": "Themes",
        "edition": "2037",
        "concepts": (
            a_concept(),
            a_concept(id="themes/media", label="Media"),
            a_concept(id="themes/press", label="Press", parent="themes/media"),
        ),
        "source": a_source(),
    }
    return Vocabulary(**{**given, **changes})


def _vocabularies() -> Iterator[Vocabulary]:
    yield a_vocabulary()
    lines = (
        _concept("action-lines/c1", "Governments and all stakeholders", code="C1"),
        _concept("action-lines/c2", "Infrastructure", code="C2"),
    )
    yield a_vocabulary(id="action-lines", title="Action Lines", concepts=lines)
    verbs = (
        _concept("verbs/class-deciding", "Deciding verbs", code="deciding"),
        _concept("verbs/recall", "recall", code="recall", aliases=("recalls", "recalling"), rank=1),
        _concept(
            "verbs/commit",
            "commit",
            code="commit",
            aliases=("commits", "committing"),
            parent="verbs/class-deciding",
            rank=5,
        ),
        _concept(
            "verbs/call-upon",
            "call upon",
            code="call upon",
            aliases=("calls upon", "calling upon"),
            rank=6,
        ),
        _concept(
            "verbs/request", "request", code="request", aliases=("requests", "requesting"), rank=8
        ),
        _concept(
            "verbs/decide",
            "decide",
            code="decide",
            aliases=("decides", "deciding"),
            parent="verbs/class-deciding",
            rank=9,
        ),
    )
    yield a_vocabulary(id="verbs", title="Verbs", concepts=verbs)
    yield a_vocabulary(
        id="deliverables",
        title="Deliverables",
        concepts=(_concept("deliverables/report", "Report", code="report"),),
    )
    goals = (
        _concept("sdg/1", "No poverty", code="1"),
        _concept("sdg/1.1", "No extreme poverty", code="1.1", parent="sdg/1"),
        _concept("sdg/1.1.1", "People in extreme poverty", code="1.1.1", parent="sdg/1.1"),
        _concept("sdg/9", "Infrastructure", code="9"),
        _concept("sdg/9.c", "Access to the Internet", code="9.c", parent="sdg/9"),
        _concept("sdg/9.c.1", "People covered by a mobile network", code="9.c.1", parent="sdg/9.c"),
    )
    yield a_vocabulary(id="sdg", title="Sustainable Development Goals", concepts=goals)


def a_group(**changes: Any) -> StakeholderGroup:
    """The Governments, as the document names them."""
    given: dict[str, Any] = {
        "id": "groups/governments",
        "label": "Governments",
        "named_in": ("91-1/1", "91-1/p1"),
        "source": a_source(),
    }
    return StakeholderGroup(**{**given, **changes})


def an_entity(**changes: Any) -> Entity:
    """An entity that facilitates an Action Line."""
    given: dict[str, Any] = {
        "id": "itu",
        "name": "International Telecommunication Union",
        "acronym": "ITU",
        "kind": "specialized-agency",
        "groups": ("groups/governments",),
        "roles": (
            Role(role=RoleKind.FACILITATOR, of="action-lines/c1", since="2006", source=a_source()),
            Role(role=RoleKind.FACILITATOR, of="action-lines/c2", since="2006"),
        ),
        "source": a_source(),
    }
    return Entity(**{**given, **changes})


def a_session(**changes: Any) -> Session:
    """A session at which things are due."""
    given: dict[str, Any] = {
        "id": "sessions/cstd-40",
        "title": "Commission on Science and Technology for Development, fortieth session",
        "body": "cstd",
        "number": 40,
        "year": 2037,
        "opens": "2037-04-13",
        "closes": "2037-04-17",
        "source": a_source(),
    }
    return Session(**{**given, **changes})


def _links(*left_out: str) -> tuple[Alignment, ...]:
    """The links that an activity should have, but for some."""
    return _aligned(
        *(each for each in ("action-lines/c1", "sdg/9.c", "gdc/1-a") if each not in left_out)
    )


def _aligned(*concepts_: str) -> tuple[Alignment, ...]:
    return tuple(Alignment(concept=each, basis=Basis.STATED) for each in concepts_)


def an_activity(**changes: Any) -> Activity:
    """An activity that answers the request."""
    given: dict[str, Any] = {
        "id": "c1-roadmap/a1",
        "title": "Ask the facilitators",
        "objective": "c1-roadmap/o1",
        "answers": ("91-1/1.1",),
        "alignments": _links(),
        "lead": "itu",
        "partners": ("cstd",),
        "period": Period(start="2037", end="2037-03"),
        "milestones": (
            Milestone(
                id="c1-roadmap/a1.m1",
                title=Translations(en="Answers are in"),
                due=Due(date=datetime.date(2037, 2, 1)),
                deliverable="deliverables/report",
            ),
        ),
    }
    return Activity(**{**given, **changes})


def an_indicator(**changes: Any) -> Indicator:
    """An indicator with a baseline and a target."""
    given: dict[str, Any] = {
        "id": "c1-roadmap/i1",
        "name": "Action Lines with a road map",
        "unit": "Action Lines",
        "direction": "increase",
        "measures": ("c1-roadmap/o1",),
        "baseline": Observation(value=Decimal(0), when="2036"),
        "targets": (Target(value=Decimal(11), by="2038"),),
    }
    return Indicator(**{**given, **changes})


def a_roadmap(**changes: Any) -> Roadmap:
    """A road map that answers the request.

    Examples:
        >>> a_roadmap(owners=("cstd",), activities=()).owners
        ('cstd',)
    """
    given: dict[str, Any] = {
        "id": "c1-roadmap",
        "title": "Road map for Action Line C1",
        "owners": ("itu",),
        "kind": "action-line",
        "mandated_by": ("91-1/1.1",),
        "scope": ("action-lines/c1",),
        "period": Period(start="2037", end="2040"),
        "version": "0.1",
        "reports_to": ("cstd",),
        "objectives": (
            Objective(
                id="c1-roadmap/o1",
                statement=Translations(en="Each Action Line has a road map"),
                alignments=_links(),
            ),
        ),
        "activities": (
            an_activity(),
            an_activity(
                id="c1-roadmap/a2",
                title="Write the road map",
                milestones=(),
                depends_on=("c1-roadmap/a1",),
            ),
        ),
        "indicators": (an_indicator(),),
        "updates": (
            Update(
                date=datetime.date(2037, 1, 20),
                about="c1-roadmap/a1",
                by="itu",
                note="Most have answered",
            ),
        ),
        "source": a_source(),
    }
    return Roadmap(**{**given, **changes})


def a_corpus(*records: Record) -> Corpus:
    """All that the builders make, joined: a sound corpus. Top records given replace those of the
    same identifier, or join them.

    Examples:
        >>> from wsis_model import check
        >>> check(a_corpus()).ok
        True
        >>> a_corpus(a_document(title="Another title"))["91-1"].title["en"]
        'Another title'
    """
    members = "groups/action-line-facilitators"
    ours: tuple[Any, ...] = (
        a_document(),
        a_document(
            id="90-1",
            title="Earlier review",
            symbol="A/RES/90/1",
            adopted=datetime.date(2035, 12, 1),
            session=None,
            sections=(),
            provisions=(),
            notes=(),
        ),
        _compact(),
        *_vocabularies(),
        a_group(),
        a_group(
            id=members,
            label="Action Line facilitators",
            roles=("facilitator",),
            named_in=("91-1/2-a",),
        ),
        an_entity(),
        an_entity(
            id="cstd",
            name="Commission on Science and Technology for Development",
            acronym="CSTD",
            kind="un-body",
            roles=(),
        ),
        an_entity(
            id="general-assembly", name="General Assembly", acronym=None, kind="un-organ", roles=()
        ),
        a_session(),
        a_session(
            id="sessions/ga-91",
            title="General Assembly, ninety-first session",
            body="general-assembly",
            number=91,
            year=2036,
            opens="2036-09-09",
            closes="2037-09",
        ),
        a_roadmap(),
    )
    held = {record.id: record for record in ours}
    held.update((getattr(record, "id", ""), record) for record in records)
    return Corpus.of(*held.values())


def changed(corpus: Corpus, identifier: str, **changes: Any) -> Corpus:
    """A corpus in which one record, at the top or in another, has these changes.

    Raises:
        UnknownIdentifier: The corpus does not hold it.
        pydantic.ValidationError: A change does not fit the field.

    Examples:
        >>> changed(a_corpus(), "91-1/4", summary="Ends").provision("91-1/4").summary
        'Ends'
    """
    corpus[identifier]
    return Corpus.of(*(_changed(record, identifier, changes) for record in corpus.top))


def _changed(record: R, identifier: str, changes: dict[str, Any]) -> R:
    if getattr(record, "id", None) == identifier:
        return record.replace(**changes)
    listed = [
        field.name
        for field in shape_of(type(record))
        if field.what == "records" and getattr(record, field.name)
    ]
    return (
        record.replace(
            **{
                name: tuple(_changed(each, identifier, changes) for each in getattr(record, name))
                for name in listed
            }
        )
        if listed
        else record
    )


# --- Sound corpora --------------------------------------------------------------------------------

#: Characters that can be seen and pass for no others.
_SEEN = string.ascii_letters + string.digits + string.punctuation + " \néüßñø«»–’…世界اللجنة🌍"
#: With so many Latin letters that a text is English, whatever comes after.
_BEGINNINGS = (
    "Words of some length",
    "yes to all of it ",
    "'a' in quotation marks ",
    "1. first of several ",
    "# one of several kept ",
    "- one: of several kept ",
    "عمل working together ",
)
_FREE = frozenset(
    (
        "action",
        "agenda_item",
        "checked",
        "definition",
        "description",
        "edition",
        "lead_reason",
        "method",
        "note",
        "place",
        "summary",
        "terms",
    )
)
_TITLES = frozenset(("heading", "label", "name", "statement", "title"))
_ACTORS = ("itu", "cstd", "groups/governments", "groups/action-line-facilitators")
_ASKING = (
    (MandateKind.REQUEST, "verbs/request"),
    (MandateKind.CALL, "verbs/call-upon"),
    (MandateKind.DECISION, "verbs/decide"),
    (MandateKind.COMMITMENT, "verbs/commit"),
)


def _seen_texts() -> Strategy[str]:
    """A text that means something to a person: some word, and no character that cannot be seen or
    passes for another.
    """
    return st.builds(
        "{}{}".format,
        st.sampled_from(_BEGINNINGS),
        st.text(_SEEN, max_size=12),
    )


@st.composite
def _asking(draw: st.DrawFn, provision: str, count: int) -> tuple[Mandate, ...]:
    """What a sound paragraph asks."""
    dues_ = (
        None,
        Due(session="sessions/cstd-40", year=2037),
        Due(year=2040),
        Due(date=datetime.date(2038, 2, 28), recurrence=Recurrence.ONCE),
        Due(event="the next review"),
        Due(recurrence=Recurrence.ANNUAL),
    )
    made: list[Mandate] = []
    for ordinal in range(1, count + 1):
        kind, verb = draw(st.sampled_from(_ASKING))
        # Nobody commits others.
        actors = ("groups/governments",) if kind is MandateKind.COMMITMENT else _ACTORS
        reports = draw(st.booleans())
        made.append(
            Mandate(
                id=f"{provision}.{ordinal}",
                kind=kind,
                verb=verb,
                action="Do what is asked",
                addressees=tuple(
                    draw(st.lists(st.sampled_from(actors), min_size=1, max_size=2, unique=True))
                ),
                deliverable="deliverables/report" if reports else None,
                reports_to=("cstd",) if reports else (),
                due=draw(st.sampled_from(dues_)),
                caveats=tuple(draw(st.lists(_seen_texts(), max_size=2))),
            )
        )
    return tuple(made)


def _official(provision: Provision) -> Provision:
    """The paragraph with a text in which its verbs stand."""
    forms = {
        "verbs/request": "Requests",
        "verbs/call-upon": "Calls upon",
        "verbs/decide": "Decides",
        "verbs/commit": "Commits",
        "verbs/recall": "Recalls",
    }
    verbs = [mandate.verb for mandate in provision.mandates] + [
        citation.verb for citation in provision.citations if citation.verb
    ]
    said = [f"{forms[verb]} something;" for verb in verbs]
    return provision.replace(
        text={
            "en": " ".join((*said, f"text of {provision.number}")),
            "fr": f"texte de {provision.number}",
        }
    )


@st.composite
def _sound_documents(draw: st.DrawFn) -> Document:
    """The invented document, with further paragraphs, items and mandates."""
    further: list[Provision] = []
    for number, (asks, items) in enumerate(
        draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3)), 5
    ):
        parent = a_provision(
            number=str(number), section="91-1/s2", mandates=draw(_asking(f"91-1/{number}", asks))
        )
        further += (
            parent,
            *(
                a_provision(number=f"{number}({letter})", section="91-1/s2", parent=parent.id)
                for letter in "ab"[:items]
            ),
        )
    document = a_document(provisions=(*_provisions(), *further))
    return (
        document.replace(provisions=tuple(map(_official, document.provisions)))
        if draw(st.booleans())
        else document
    )


def _evidence(title: str) -> Evidence:
    return Evidence(title=title, url="https://example.org/shown", date=datetime.date(2037, 1, 15))


#: What may be due in an activity from 2037 on: at a session, in a year, on a day, at an event,
#: again and again, or at no time.
_DUES = (
    None,
    Due(session="sessions/cstd-40", year=2037),
    Due(session="sessions/ga-91"),
    Due(year=2038),
    Due(date=datetime.date(2038, 6, 30)),
    Due(event="the next review"),
    Due(recurrence=Recurrence.ANNUAL),
    Due(year=2037, recurrence=Recurrence.ANNUAL),
)
_RESOURCES = (
    Resource(
        kind="funding",
        amount=Decimal("2500.50"),
        currency="CHF",
        funder="itu",
        within_existing=False,
    ),
    Resource(
        kind="staff",
        amount=Decimal(3),
        period=Period(start="2037", end="2037-06"),
        within_existing=True,
    ),
    Resource(kind="rooms", note="in Geneva"),
)
#: Leads with the reason for which they lead, where one is needed.
_LEADS = (
    ("itu", None),
    ("cstd", "it has the experience"),
    ("groups/action-line-facilitators", "all of them do it together"),
)


@st.composite
def _sound_activity(draw: st.DrawFn, number: int, before: tuple[str, ...]) -> Activity:
    """A further activity, which ends later than all those before it and may depend on them."""
    name = f"c1-roadmap/a{number}"
    status = draw(
        st.sampled_from([each for each in ActivityStatus if each is not ActivityStatus.CANCELLED])
    )
    done = status is ActivityStatus.DONE
    milestones: list[Milestone] = []
    for place, due in enumerate(
        draw(st.lists(st.sampled_from(_DUES), min_size=int(done), max_size=3)), 1
    ):
        reached = done or draw(st.booleans())
        milestones.append(
            Milestone(
                id=f"{name}.m{place}",
                title=Translations(en=f"Step {place}"),
                due=due,
                status=MilestoneStatus.DONE
                if reached
                else draw(st.sampled_from((MilestoneStatus.PLANNED, MilestoneStatus.AT_RISK))),
                depends_on=tuple(
                    each.id for each in milestones if each.due is None or each.due == due
                ),
                evidence=(_evidence("Shown"),) if reached else (),
            )
        )
    lead, reason = draw(st.sampled_from(_LEADS))
    return an_activity(
        id=name,
        title=f"Activity {number}",
        answers=draw(st.sampled_from((("91-1/1.1",), ("91-1/2",), ("91-1/4", "91-1/1.1")))),
        alignments=draw(st.sampled_from(((), _links()))),
        lead=lead,
        lead_reason=reason,
        partners=tuple(
            draw(
                st.lists(
                    st.sampled_from([each for each in _ACTORS if each != lead]),
                    max_size=2,
                    unique=True,
                )
            )
        ),
        period=draw(
            st.sampled_from(
                (
                    # By when is said by a period, or by what is due.
                    *((None,) if any(each.due for each in milestones) else ()),
                    Period(start="2037"),
                    Period(start="2037-01", end=str(2035 + number)),
                )
            )
        ),
        milestones=tuple(milestones),
        depends_on=tuple(draw(st.lists(st.sampled_from(before), max_size=2, unique=True))),
        resources=tuple(draw(st.lists(st.sampled_from(_RESOURCES), max_size=2))),
        status=status,
    )


@st.composite
def _sound_indicator(draw: st.DrawFn, number: int) -> Indicator:
    """A further indicator: something that should grow, shrink or stay, measured or not yet."""
    first, later, target = draw(st.sampled_from(((10, 12, 90), (40, 38, 0), (95, 100, 95))))
    direction = "increase" if target > first else "decrease" if target < first else "maintain"
    seen = Observation(value=Decimal(later), when="2036-12", source=a_source())
    return an_indicator(
        id=f"c1-roadmap/i{number}",
        name=f"Indicator {number}",
        unit=draw(st.sampled_from(("percent", "% of all", "points"))),
        direction=direction,
        baseline=Observation(
            value=Decimal(first), when=draw(st.sampled_from(("2035", "2036", "2036-06-30")))
        ),
        targets=(
            Target(value=(Decimal(target) + first) / 2, by="2038"),
            Target(value=Decimal(target), by="2040-12"),
        ),
        observations=draw(st.sampled_from(((), (seen,)))),
        sdg_indicator=draw(st.sampled_from((None, "sdg/9.c.1"))),
        measures=draw(st.sampled_from((("c1-roadmap/o1",), ("c1-roadmap/a1",)))),
    )


@st.composite
def _sound_roadmaps(draw: st.DrawFn, document: Document) -> Roadmap:
    """The road map with further activities and indicators, drafted or in consultation, with and
    without news.
    """
    made = a_roadmap(status=draw(st.sampled_from(("draft", "consultation"))))
    # What has a date is answered, whoever is asked: some of it is asked of the owner.
    dated = tuple(
        mandate.id
        for provision in document.provisions
        for mandate in provision.mandates
        if mandate.due is not None
    )
    given = [
        each.replace(answers=tuple(dict.fromkeys((*each.answers, *dated))))
        for each in made.activities
    ]
    for number in range(3, 3 + draw(st.integers(0, 3))):
        given.append(draw(_sound_activity(number, tuple(each.id for each in given))))
    if draw(st.booleans()):
        given.append(
            an_activity(
                id="c1-roadmap/a8",
                title="Given up",
                lead=None,
                answers=(),
                milestones=(),
                status="cancelled",
            )
        )
    indicators_ = [
        *made.indicators,
        *(draw(_sound_indicator(number)) for number in range(2, 2 + draw(st.integers(0, 2)))),
    ]
    more = Update(
        date=AS_OF, about="c1-roadmap", status="on course", evidence=(_evidence("Minutes"),)
    )
    news = draw(st.sampled_from(((), made.updates, (*made.updates, more))))
    return made.replace(activities=tuple(given), indicators=tuple(indicators_), updates=news)


def _reworded(record: R, words: Iterator[str | None]) -> R:
    """A copy in which the texts that no rule compares with anything are the next of *words*."""
    changes: dict[str, Any] = {}
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if field.what == "records":
            changes[field.name] = tuple(_reworded(each, words) for each in value)
        elif field.what == "record" and value is not None:
            changes[field.name] = _reworded(value, words)
        elif field.name in _TITLES and isinstance(value, Translations):
            changes[field.name] = {**value, "fr": next(words) or "Mot"}
        elif field.name in _FREE:
            changes[field.name] = next(words) or value
    return record.replace(**changes)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """A corpus that is sound by construction: a document, what it speaks of, and a road map that
    answers it.
    """
    words = itertools.cycle(draw(st.lists(st.none() | _seen_texts(), min_size=1, max_size=7)))
    document = draw(_sound_documents())
    corpus = a_corpus(document, draw(_sound_roadmaps(document)))
    return Corpus.of(*(_reworded(record, words) for record in corpus.top))


# --- Broken corpora -------------------------------------------------------------------------------


def _more(corpus: Corpus, identifier: str, field: str, *members: Any) -> Corpus:
    """The corpus with further members in one list of a record."""
    return changed(corpus, identifier, **{field: (*getattr(corpus[identifier], field), *members)})


def _without(corpus: Corpus, document: str, provision: str) -> Corpus:
    """The corpus without one paragraph."""
    return changed(
        corpus,
        document,
        provisions=[each for each in corpus[document].provisions if each.id != provision],
    )


def _parent_last(corpus: Corpus) -> Corpus:
    document = corpus["91-1"]
    order = ["91-1/2-a", "91-1/2-b", "91-1/2-c", "91-1/2"]
    moved = [corpus[name] for name in order]
    rest = [each for each in document.provisions if each.id not in order]
    place = rest.index(corpus["91-1/1"]) + 1
    return changed(corpus, "91-1", provisions=[*rest[:place], *moved, *rest[place:]])


def _own(number: int, **changes: Any) -> Activity:
    """An activity that answers more than what asks for the road map, so that its links are asked
    for.
    """
    return an_activity(
        id=f"c1-roadmap/a{number}",
        title="Another",
        **{"answers": ("91-1/2",), "milestones": (), **changes},
    )


def _unlinked(corpus: Corpus, link: str) -> Corpus:
    return _more(
        corpus, "c1-roadmap", "activities", _own(9, objective=None, alignments=_links(link))
    )


def _another_objective(corpus: Corpus) -> Corpus:
    return _more(
        corpus,
        "c1-roadmap",
        "objectives",
        Objective(id="c1-roadmap/o9", statement=Translations(en="Everybody knows")),
    )


def _out_of_scope(corpus: Corpus) -> Corpus:
    return _unlinked(changed(corpus, "c1-roadmap", scope=("themes/skills",)), "action-lines/c1")


def _joint(corpus: Corpus) -> Corpus:
    made = a_roadmap(
        id="joint",
        title="Joint road map",
        owners=("cstd",),
        kind="joint",
        scope=("action-lines/c1", "action-lines/c2"),
    )
    about = Objective(
        id="joint/o1",
        statement=Translations(en="One whole"),
        alignments=_aligned("action-lines/c1"),
    )
    work = _own(1).replace(id="joint/a1", objective="joint/o1")
    return corpus | Corpus.of(
        made.replace(objectives=(about,), activities=(work,), indicators=(), updates=())
    )


_SENTENCE = "This sentence is long enough to be known again by whoever reads it twice in the same corpus of records"

#: For each rule, by its code, what breaks it and no other in any of `corpora()`.
BREAKS: dict[str, Callable[[Corpus], Corpus]] = {
    "I101": lambda corpus: _more(corpus, "themes", "concepts", a_concept(label="Skills again")),
    "I102": lambda corpus: _more(corpus, "themes", "concepts", a_concept(id="skills/reading")),
    "I103": lambda corpus: changed(corpus, "91-1/p2", id="91-1/p9"),
    "I104": lambda corpus: _more(
        corpus, "verbs", "concepts", _concept("verbs/ask", "ask", code="request")
    ),
    "I105": lambda corpus: changed(corpus, "91-1/2", summary="An invisible\u200bspace"),
    "I106": lambda corpus: corpus | Corpus.of(an_entity(id="bodies/new", acronym=None, roles=())),
    "I107": lambda corpus: changed(corpus, "c1-roadmap/i1", name="Дорожные карты"),
    "R201": lambda corpus: _more(corpus, "91-1/2", "mentions", "nobody"),
    "R202": lambda corpus: _more(corpus, "91-1/2", "mentions", "sessions/ga-91"),
    "R203": lambda corpus: _more(
        _more(corpus, "themes", "concepts", a_concept(id="themes/telex", status="retired")),
        "91-1/2",
        "alignments",
        Alignment(concept="themes/telex", basis=Basis.STATED),
    ),
    "R204": lambda corpus: _more(corpus, "91-1/2", "citations", Citation(target="91-1/999")),
    "R205": lambda corpus: changed(corpus, "themes/media", parent="themes/press"),
    "R206": lambda corpus: changed(corpus, "c1-roadmap/a1", depends_on=["c1-roadmap/a2"]),
    "R207": lambda corpus: _more(corpus, "91-1/2", "citations", Citation(target="91-1/2")),
    "R208": lambda corpus: changed(changed(corpus, "91-1", draft="90-1"), "90-1", annex_of="91-1"),
    "S301": lambda corpus: _without(corpus, "91-1", "91-1/3"),
    "S302": lambda corpus: changed(corpus, "91-1/4", number="3"),
    "S303": lambda corpus: changed(corpus, "91-1/3", section=None),
    "S304": _parent_last,
    "S305": lambda corpus: changed(corpus, "91-1/4", section="91-1/s1"),
    "S306": lambda corpus: _without(corpus, "91-1", "91-1/2-b"),
    "S307": lambda corpus: changed(
        _more(corpus, "90-1", "sections", a_section(id="90-1/s1")), "91-1/3", section="90-1/s1"
    ),
    "S308": lambda corpus: _more(corpus, "91-1/2", "citations", Citation(target="90-1", mark="9")),
    "D401": lambda corpus: changed(
        changed(corpus, "91-1/1", text={}), "91-1/1.1", verb="verbs/class-deciding"
    ),
    "D402": lambda corpus: changed(corpus, "91-1/1.1", addressees=()),
    "D403": lambda corpus: changed(corpus, "91-1/1.1", reports_to=()),
    "D404": lambda corpus: changed(corpus, "91-1/1.1", due=Due(year=2035)),
    "D405": lambda corpus: changed(corpus, "91-1/1", text={"en": "Nothing of the kind"}),
    "D406": lambda corpus: changed(corpus, "91-1/1.2", id="91-1/1.3"),
    "D407": lambda corpus: changed(
        corpus, "91-1/1.1", due=Due(session="sessions/cstd-40", year=2039)
    ),
    "D408": lambda corpus: changed(corpus, "91-1/1.1", due=Due()),
    "D409": lambda corpus: changed(corpus, "91-1/1.2", kind="decision"),
    "D410": lambda corpus: changed(corpus, "91-1/1.1", deliverable="themes/skills"),
    "A501": lambda corpus: changed(corpus, "itu", roles=corpus["itu"].roles[:1]),
    "A502": lambda corpus: _more(
        corpus, "itu", "roles", Role(role=RoleKind.MEMBER, of="cstd", since="2020", until="2010")
    ),
    "A503": lambda corpus: changed(corpus, "cstd", groups=()),
    "A504": lambda corpus: changed(corpus, "groups/governments", named_in=(), source=None),
    "A505": lambda corpus: changed(corpus, "sessions/cstd-40", closes="2037-04-01"),
    "A506": lambda corpus: changed(corpus, "cstd", acronym="ITU"),
    "A507": lambda corpus: changed(
        changed(corpus, "cstd", until="2030"), "c1-roadmap/a2", partners=("cstd",)
    ),
    "M701": lambda corpus: changed(corpus, "c1-roadmap", mandated_by=()),
    "M702": lambda corpus: changed(corpus, "c1-roadmap/a2", lead=None),
    "M703": lambda corpus: changed(corpus, "c1-roadmap/a2", answers=()),
    "M704": lambda corpus: changed(
        corpus, "c1-roadmap/a2", period=Period(start="2035", end="2037-03")
    ),
    "M705": lambda corpus: changed(
        corpus, "c1-roadmap/a1.m1", due=Due(date=datetime.date(2037, 5, 1))
    ),
    "M706": lambda corpus: changed(corpus, "c1-roadmap/a2", period=Period(end="2037-02")),
    "M707": lambda corpus: changed(corpus, "c1-roadmap/i1", unit=None),
    "M708": lambda corpus: changed(
        corpus, "c1-roadmap/i1", targets=(Target(value=Decimal(11), by="2035"),)
    ),
    "M709": lambda corpus: changed(
        corpus, "c1-roadmap/i1", targets=(Target(value=Decimal(-1), by="2038"),)
    ),
    "M710": lambda corpus: changed(
        corpus, "c1-roadmap/i1", observations=(Observation(value=Decimal(1), when="2035"),)
    ),
    "M711": lambda corpus: changed(
        corpus, "c1-roadmap/i1", unit="percent", targets=(Target(value=Decimal(110), by="2038"),)
    ),
    "M712": lambda corpus: _unlinked(corpus, "sdg/9.c"),
    "M713": lambda corpus: _unlinked(corpus, "gdc/1-a"),
    "M714": _out_of_scope,
    "M715": lambda corpus: changed(corpus, "c1-roadmap/a1.m1", status="done"),
    "M716": lambda corpus: changed(corpus, "c1-roadmap/a1", status="done"),
    "M717": lambda corpus: changed(
        corpus, "c1-roadmap/a1.m1", due=Due(date=datetime.date(2037, 1, 25))
    ),
    "M718": lambda corpus: _more(
        corpus,
        "c1-roadmap",
        "updates",
        Update(date=datetime.date(2037, 2, 2), about="c1-roadmap/a1"),
    ),
    "M719": lambda corpus: changed(
        corpus, "c1-roadmap/a2", resources=(Resource(kind="funding", amount=Decimal(10)),)
    ),
    "M720": lambda corpus: changed(
        corpus, "c1-roadmap/a2", lead="general-assembly", lead_reason=None, answers=("91-1/1.1",)
    ),
    "M721": lambda corpus: changed(corpus, "c1-roadmap", version=None),
    "M722": lambda corpus: changed(corpus, "c1-roadmap/a2", description="TODO: say how"),
    "M723": lambda corpus: changed(corpus, "c1-roadmap/i1", sdg_indicator="sdg/1.1.1"),
    "M724": lambda corpus: changed(corpus, "c1-roadmap/a2", partners=("itu",)),
    "M725": lambda corpus: changed(
        corpus,
        "c1-roadmap/i1",
        targets=(Target(value=Decimal(11), by="2040"), Target(value=Decimal(5), by="2038")),
    ),
    "M726": lambda corpus: changed(
        corpus, "c1-roadmap/a2", period=Period(start="2038", end="2037")
    ),
    "M727": lambda corpus: changed(corpus, "c1-roadmap/a1", status="cancelled"),
    "M728": lambda corpus: changed(
        corpus, "c1-roadmap/a2", resources=(Resource(kind="staff", amount=Decimal(-1)),)
    ),
    "M729": lambda corpus: changed(corpus, "c1-roadmap/i1", sdg_indicator="sdg/9.c"),
    "M730": lambda corpus: _more(
        corpus, "c1-roadmap/a1", "alignments", Alignment(concept="sdg/1", basis=Basis.EDITORIAL)
    ),
    "M731": lambda corpus: _more(
        corpus, "c1-roadmap/a1", "alignments", Alignment(concept="sdg/9.c.1", basis=Basis.EDITORIAL)
    ),
    "M732": lambda corpus: changed(
        corpus,
        "c1-roadmap/a2",
        resources=(Resource(kind="funding", amount=Decimal(10), currency="UKP"),),
    ),
    "M733": lambda corpus: changed(
        changed(corpus, "c1-roadmap/a1.m1", due=None), "c1-roadmap/a1", period=None
    ),
    "C801": lambda corpus: changed(corpus, "91-1/1.2", addressees=("itu",), due=Due(year=2038)),
    "C802": _joint,
    "C803": lambda corpus: _more(
        _another_objective(corpus), "c1-roadmap", "activities", _own(9, objective="c1-roadmap/o9")
    ),
    "C804": lambda corpus: _more(
        _another_objective(corpus),
        "c1-roadmap",
        "indicators",
        an_indicator(id="c1-roadmap/i9", measures=("c1-roadmap/o9",)),
    ),
    "C805": lambda corpus: _more(
        corpus, "c1-roadmap", "indicators", an_indicator(id="c1-roadmap/i9", measures=())
    ),
    "C806": lambda corpus: changed(
        corpus, "c1-roadmap", scope=("action-lines/c1", "action-lines/c2")
    ),
    "P601": lambda corpus: changed(corpus, "91-1", source=None),
    "P602": lambda corpus: changed(corpus, "91-1/1.1", basis="editorial", note=None),
    "P603": lambda corpus: changed(corpus, "91-1/2", text={"en": _SENTENCE}, summary=_SENTENCE),
    "P604": lambda corpus: changed(corpus, "91-1/2", extensions={"unknown:mood": "good"}),
    "P605": lambda corpus: changed(
        corpus, "91-1", source=a_source(retrieved=datetime.date(2036, 1, 1))
    ),
    "P606": lambda corpus: changed(corpus, "cstd", source=a_source(terms=None)),
    "P607": lambda corpus: changed(corpus, "c1-roadmap", source=None),
}


def broken(code: str) -> Strategy[Corpus]:
    """A corpus that is sound, also for publishing and on the day `AS_OF`, but for one break of the
    rule with this code.

    Raises:
        KeyError: No rule has this code.
    """
    return corpora().map(BREAKS[code])
