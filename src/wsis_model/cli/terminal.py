"""What `wsis-model show` prints of a record: what a delegate asks of it, with every identifier
given a name.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, cast

import attrs

from .._width import broken, in_lines, padded, readable, width_of
from ..corpus import Asked, Corpus
from ..model import (
    Concept,
    Document,
    Due,
    Entity,
    Mandate,
    Provision,
    Record,
    Role,
    Section,
    Source,
    StakeholderGroup,
    cite,
)
from ..model.fields import Field, shape_of

__all__ = ["shown"]

_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_INDEX = re.compile(r"\[[0-9]+\]")
_LABELS = ("symbol", "acronym", "label", "name", "title", "heading", "statement")
LISTED = 20
"""Of who cites a record, this many are named."""


def shown(corpus: Corpus, record: Record, *, width: int = 100, colour: bool = False) -> str:
    """A record of *corpus* as text.

    Args:
        corpus: What holds the record and what it refers to.
        record: The record.
        width: Columns to keep within.
        colour: Mark titles and identifiers for a terminal.

    Examples:
        >>> from wsis_model import Corpus, Entity
        >>> corpus = Corpus.of(
        ...     Entity(id="itu", name="International Telecommunication Union", acronym="ITU")
        ... )
        >>> print(shown(corpus, corpus["itu"]))
        ITU  itu
        International Telecommunication Union
    """
    page = _Page(corpus, width, colour)
    _PAGES.get(type(record), _any)(page, record)
    return "\n".join(page.lines).strip("\n")


@attrs.define
class _Page:
    """Lines being written, and what is needed to write them."""

    corpus: Corpus
    width: int
    colour: bool
    lines: list[str] = attrs.field(factory=list[str])

    def title(self, text: str, identifier: str) -> None:
        text, beside = _clean(text), "" if text == identifier else f"  {identifier}"
        self.lines.append(
            f"{_BOLD}{text}{_PLAIN}{_DIM}{beside}{_PLAIN}" if self.colour else text + beside
        )

    def heading(self, text: str) -> None:
        self.lines += ["", f"{_BOLD}{text}{_PLAIN}" if self.colour else text]

    def text(self, text: object, indent: str = "", after: str | None = None) -> None:
        """A paragraph; lines after the first are indented by *after*."""
        after = indent if after is None else after
        lines = broken(_clean(text), self.width - max(len(indent), len(after)), whole=True)
        self.lines += [f"{after if at else indent}{line}" for at, line in enumerate(lines)]

    def also(self, names: tuple[str, ...]) -> None:
        if names:
            self.text(f"also: {', '.join(names)}")

    def field(self, name: str, value: object, indent: str = "") -> None:
        """A name and what is said under it; nothing where nothing is said."""
        said = _clean(self.words(value))
        if said:
            self.text(said, f"{indent}{name + ':':<12} ", indent + " " * 13)

    def rows(self, rows: Iterable[tuple[str, str]], indent: str = "  ") -> None:
        """Two columns: names with their identifiers, whole, and what is said of them, cut where two
        lines do not hold it.
        """
        held = [(_clean(left), _clean(right)) for left, right in rows]
        room = self.width - len(indent) - 2
        wide = max((width_of(left) for left, _ in held), default=0)
        wide = min(
            wide, max(room - max((width_of(right) for _, right in held), default=0), room // 2)
        )
        for left, right in held:
            first, *rest = (left,) if width_of(left) <= wide else broken(left, wide - 2)
            names, beside = (
                (first, *(f"  {each}" for each in rest)),
                in_lines(right, room - wide, 1),
            )
            self.lines += [
                f"{indent}{padded(name, wide)}  {said}".rstrip()
                for name, said in itertools.zip_longest(names, beside, fillvalue="")
            ]

    def words(self, value: object) -> str:
        """A value as people say it."""
        if isinstance(value, Due):
            return self.due(value)
        if isinstance(value, Source):
            return ", ".join(filter(None, (value.title, value.url, value.certainty.value)))
        if isinstance(value, Record):
            return ", ".join(f"{_words(field)} {self.words(each)}" for field, each in _said(value))
        if isinstance(value, tuple):
            return "; ".join(map(self.words, cast("tuple[object, ...]", value)))
        if isinstance(value, Enum):
            return str(value.value)
        return "" if value is None else str(value)

    def due(self, due: Due) -> str:
        session = None if due.session is None else self.named(due.session)
        year = None if due.date else due.year
        recurrence = None if due.recurrence is None else due.recurrence.value
        return ", ".join(
            str(each) for each in (due.date, session, due.event, year, recurrence) if each
        )

    def label(self, identifier: str) -> str:
        """What an identifier is called, without itself where it has a name."""
        record = self.corpus.get(identifier)
        if isinstance(record, (Document, Provision, Mandate)) and cite(identifier) != identifier:
            return cite(identifier)
        name = next((str(value) for key in _LABELS if (value := getattr(record, key, None))), "")
        return name or cite(identifier)

    def named(self, identifier: str) -> str:
        """What an identifier is called, and itself."""
        label = self.label(identifier)
        return identifier if label == identifier else f"{label} ({identifier})"

    def all_named(self, identifiers: Iterable[str]) -> str:
        return "; ".join(map(self.named, identifiers))


def _clean(text: object) -> str:
    return readable(str(text)).strip()


def _said(record: Record) -> Iterator[tuple[Field, Any]]:
    """The fields of a record that say something, in order."""
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if value is not None and value not in ((), {}):
            yield field, value


def _words(field: Field) -> str:
    return field.key.replace("_", " ")


# --- parts of pages -------------------------------------------------------------------------------


def _mandate(page: _Page, mandate: Mandate, indent: str) -> None:
    page.text(
        f"{page.label(mandate.verb)}: {page.all_named(mandate.addressees) or 'nobody is named'}",
        indent,
    )
    page.text(mandate.action, indent)
    page.field("due", mandate.due, indent)
    page.field("reports to", page.all_named(mandate.reports_to), indent)
    page.field("with", page.all_named(mandate.with_), indent)
    page.field("deliverable", mandate.deliverable and page.named(mandate.deliverable), indent)
    page.field("caveats", mandate.caveats, indent)
    page.field("basis", "" if mandate.basis.value == "stated" else mandate.basis, indent)
    page.field("note", mandate.note, indent)


def _alignments(page: _Page, record: Provision | Concept, heading: str) -> None:
    if record.alignments:
        page.heading(heading)
        page.rows(
            (page.named(each.concept), each.basis.value + (f": {each.note}" if each.note else ""))
            for each in record.alignments
        )


def _cited_by(page: _Page, identifiers: Iterable[str], besides: Iterable[str] = ()) -> None:
    """Who refers to any of *identifiers*, which stand for one record and its parts, *besides* those
    named already.
    """
    own = tuple(identifiers)
    left_out = {*own, *besides}
    sources: dict[str, dict[str, None]] = {}
    for each in (reference for one in own for reference in page.corpus.cited_by(one)):
        if each.source not in left_out:
            sources.setdefault(each.source, {})[_INDEX.sub("", each.field)] = None
    if not sources:
        return
    page.heading(f"Cited by ({len(sources)})")
    page.rows(
        (cite(source), ", ".join(fields)) for source, fields in list(sources.items())[:LISTED]
    )
    if len(sources) > LISTED:
        page.text(f"… and {len(sources) - LISTED} more", "  ")


def _asked(page: _Page, actor: str) -> None:
    """What is asked of an actor, by the route on which it reaches it, what names it first."""
    asked = page.corpus.mandates(addressee=actor)
    page.heading(f"Asked of it ({len(asked)})")
    by_route: dict[tuple[Any, ...], list[Asked]] = {}
    for each in asked:
        by_route.setdefault(each.route, []).append(each)
    for route in sorted(by_route, key=len):
        mandates = by_route[route]
        page.text(f"{mandates[0].by_route} ({len(mandates)})", "  ", "    ")
        page.rows(((each.mandate.id, _in_short(page, each.mandate)) for each in mandates), "    ")


def _in_short(page: _Page, mandate: Mandate) -> str:
    due = f" [{page.due(mandate.due)}]" if mandate.due else ""
    return f"{page.label(mandate.verb)}{due}: {mandate.action}"


def _provisions(page: _Page, held: Sequence[Provision], heading: str) -> None:
    if held:
        page.heading(f"{heading} ({len(held)})")
        page.rows((cite(each.id), each.summary or "") for each in held)


# --- pages ----------------------------------------------------------------------------------------


def _provision(page: _Page, provision: Provision) -> None:
    page.title(cite(provision.id), provision.id)
    if provision.section:
        page.text(page.label(provision.section))
    for text in (provision.summary, provision.text.pick()):
        if text:
            page.lines.append("")
            page.text(text)
    if provision.mandates:
        page.heading(f"Mandates ({len(provision.mandates)})")
        for mandate in provision.mandates:
            page.text(mandate.id, "  ")
            _mandate(page, mandate, "    ")
    _alignments(page, provision, "About")
    cited = [each for each in provision.citations if each.target or each.text]
    if cited:
        page.heading("Cites")
        page.rows(
            (
                page.named(each.target) if each.target else str(each.text),
                page.label(each.verb) if each.verb else "",
            )
            for each in cited
        )
    _provisions(
        page, [each for each in page.corpus.provisions if each.parent == provision.id], "Items"
    )
    _cited_by(page, (provision.id, *(each.id for each in provision.mandates)))


def _one_mandate(page: _Page, mandate: Mandate) -> None:
    page.title(cite(mandate.id), mandate.id)
    page.text(mandate.kind.value)
    page.lines.append("")
    _mandate(page, mandate, "")
    _cited_by(page, (mandate.id,))


def _document(page: _Page, document: Document) -> None:
    page.title(document.symbol or str(document.title), document.id)
    if document.symbol:
        page.text(document.title)
    page.lines.append("")
    adoption = f"by {document.adoption}" if document.adoption else ""
    page.field("adopted", " ".join(filter(None, (str(document.adopted or ""), adoption))))
    page.field("body", document.body and page.named(document.body))
    page.field("session", document.session and page.named(document.session))
    page.field("draft", document.draft and page.named(document.draft))
    page.field("annex of", document.annex_of and page.named(document.annex_of))
    page.field("urls", document.urls)
    page.field("languages", ", ".join(document.languages))
    mandates = Counter(
        mandate.kind.value for provision in document.provisions for mandate in provision.mandates
    )
    if document.provisions:
        page.field("provisions", _counts(Counter(each.part.value for each in document.provisions)))
        page.field("mandates", _counts(mandates))
    page.field("source", document.source)
    if document.sections:
        page.heading(f"Sections ({len(document.sections)})")
        page.rows(
            (f"{'  ' * (each.level - 1)}{page.label(each.id)}", _extent(document, each))
            for each in document.sections
        )
    inside = (
        document.id,
        *(each.id for each in document.provisions),
        *(m.id for each in document.provisions for m in each.mandates),
    )
    _cited_by(page, inside if document.provisions else (document.id,))


def _counts(counts: Counter[str]) -> str:
    return f"{counts.total()}" + (
        f" ({', '.join(f'{count} {kind}' for kind, count in counts.items())})" if counts else ""
    )


def _extent(document: Document, section: Section) -> str:
    held = [each for each in document.provisions if each.section == section.id]
    if not held:
        return section.id
    numbers = held[0].number if len(held) == 1 else f"{held[0].number} to {held[-1].number}"
    mandates = sum(len(each.mandates) for each in held)
    return f"{section.id}: {numbers}, {mandates} mandate{'' if mandates == 1 else 's'}"


def _section(page: _Page, section: Section) -> None:
    page.title(str(section.heading), section.id)
    page.text(cite(section.id))
    _provisions(
        page, [each for each in page.corpus.provisions if each.section == section.id], "Provisions"
    )


def _entity(page: _Page, entity: Entity) -> None:
    page.title(entity.acronym or str(entity.name), entity.id)
    if entity.acronym:
        page.text(entity.name)
    page.also(entity.aliases)
    page.text(", ".join(filter(None, (entity.kind, entity.url))))
    page.field("reports to", entity.parent and page.named(entity.parent))
    page.field("ended", entity.until)
    page.field("now", entity.succeeded_by and page.named(entity.succeeded_by))
    if entity.roles:
        page.heading("Roles")
        page.rows(
            (f"{role.role.value} of {page.named(role.of)}", _held(role)) for role in entity.roles
        )
    _actor(page, entity.id)


def _held(role: Role) -> str:
    """Since when, until when, and how well that is known."""
    since = f"since {role.since}" if role.since else ""
    until = f"until {role.until}" if role.until else ""
    known = role.source.certainty.value if role.source else ""
    return ", ".join(filter(None, (since, until, known)))


def _group(page: _Page, group: StakeholderGroup) -> None:
    page.title(str(group.label), group.id)
    page.also(group.aliases)
    page.text(group.definition or "")
    members = page.corpus.entities(group=group.id)
    if members:
        page.heading(f"Members ({len(members)})")
        page.text(", ".join(page.label(each.id) for each in members), "  ")
    if group.named_in:
        page.heading("Named in")
        page.text("; ".join(map(cite, group.named_in)), "  ")
    _actor(page, group.id)


def _actor(page: _Page, actor: str) -> None:
    routes = {to: steps for to, steps in page.corpus.routes(actor).items() if steps}
    if routes:
        page.heading("Addressed through")
        for to, steps in routes.items():
            page.text(f"{page.named(to)}: {', '.join(map(str, steps))}", "  ", "    ")
    if page.corpus.provisions:
        _asked(page, actor)
    led = page.corpus.activities(lead=actor)
    if led:
        page.heading(f"Leads ({len(led)})")
        page.rows(
            (each.activity.id, f"{each.activity.status.value}: {each.activity.title}")
            for each in led
        )


def _concept(page: _Page, concept: Concept) -> None:
    said = cite(concept.id)
    page.title(str(concept.label) if said == concept.id else f"{said}: {concept.label}", concept.id)
    page.also(concept.aliases)
    page.text(concept.definition or "")
    page.text(concept.iri or "")
    page.field("under", concept.parent and page.named(concept.parent))
    page.field("status", "" if concept.status.value == "current" else concept.status)
    page.field("replaced by", concept.replaced_by and page.named(concept.replaced_by))
    narrower = page.corpus.concepts(under=concept.id)
    if narrower:
        page.heading(f"Narrower ({len(narrower)})")
        page.rows((each.id, str(each.label)) for each in narrower)
    _alignments(page, concept, "Corresponds to")
    about = page.corpus.about(concept.id)
    _provisions(page, about, "Provisions about it")
    _cited_by(page, (concept.id,), besides=(each.id for each in about))


def _any(page: _Page, record: Record) -> None:
    """Any other record: field by field, and of the records it holds a line each."""
    name = str(getattr(record, "id", ""))
    title = page.label(name)
    page.title(title, name)
    page.lines.append("")
    held: list[tuple[str, tuple[Record, ...]]] = []
    for field, value in _said(record):
        if field.what == "records":
            held.append((_words(field), value))
        elif field.refers:
            page.field(_words(field), page.all_named((value,) if field.what == "value" else value))
        elif field.key != "id" and not (field.what == "translations" and str(value) == title):
            page.field(_words(field), value)
    for words, records in held:
        page.heading(f"{words.capitalize()} ({len(records)})")
        names = [each for record in records if (each := getattr(record, "id", None)) is not None]
        page.rows((each, page.label(each)) for each in names)
        for each in records[len(names) :]:  # a kind of record has identifiers or has none
            page.text(page.words(each), "  ", "    ")
    _cited_by(page, (name,))


_PAGES: dict[type[Record], Callable[[_Page, Any], None]] = {
    Document: _document,
    Section: _section,
    Provision: _provision,
    Mandate: _one_mandate,
    Concept: _concept,
    StakeholderGroup: _group,
    Entity: _entity,
}
