"""What `wsis-model show` prints of a record: what a delegate asks of it, with every identifier given a name."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import attrs

from .corpus import Asked, Corpus
from .model import Concept, Document, Due, Entity, Mandate, Provision, Record, Section, Source, StakeholderGroup, Translations, cite
from .model._shape import shape_of

__all__ = ["shown"]

_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
#: What a file says must not steer the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
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
        >>> corpus = Corpus.of(Entity(id="itu", name="International Telecommunication Union", acronym="ITU"))
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
    lines: list[str] = attrs.Factory(list)

    def title(self, text: str, identifier: str) -> None:
        text, beside = _clean(text), "" if text == identifier else f"  {identifier}"
        self.lines.append(f"{_BOLD}{text}{_PLAIN}{_DIM}{beside}{_PLAIN}" if self.colour else text + beside)

    def heading(self, text: str) -> None:
        self.lines += ["", f"{_BOLD}{text}{_PLAIN}" if self.colour else text]

    def text(self, text: object, indent: str = "", after: str | None = None) -> None:
        """A paragraph; lines after the first are indented by *after*."""
        wrapped = textwrap.wrap(_clean(text), self.width, initial_indent=indent, subsequent_indent=indent if after is None else after)
        self.lines += wrapped

    def field(self, name: str, value: object, indent: str = "") -> None:
        """A name and what is said under it; nothing where nothing is said."""
        said = _clean(self.words(value))
        if said:
            self.text(f"{name + ':':<12} {said}", indent, indent + " " * 13)

    def rows(self, rows: Iterable[tuple[str, str]], indent: str = "  ") -> None:
        """Two columns; the second is cut to one line."""
        held = [(_clean(left), _clean(right)) for left, right in rows]
        wide = min(max((len(left) for left, _ in held), default=0), self.width // 2)
        for left, right in held:
            room = max(self.width - len(indent) - wide - 2, 20)
            self.lines.append(f"{indent}{left:<{wide}}  {textwrap.shorten(right, room, placeholder=' …')}".rstrip())

    def words(self, value: Any) -> str:
        """A value as people say it."""
        if isinstance(value, Due):
            return self.due(value)
        if isinstance(value, Source):
            return ", ".join(filter(None, (value.title, value.url, value.certainty.value)))
        if isinstance(value, Record):
            return ", ".join(f"{key.replace('_', ' ')} {self.words(each)}" for key, each in _said(value))
        if isinstance(value, tuple):
            return "; ".join(map(self.words, value))
        if isinstance(value, Enum):
            return str(value.value)
        return "" if value is None else str(value)

    def due(self, due: Due) -> str:
        session = None if due.session is None else self.named(due.session)
        year = None if due.date else due.year
        recurrence = None if due.recurrence is None else due.recurrence.value
        return ", ".join(str(each) for each in (due.date, session, due.event, year, recurrence) if each)

    def label(self, identifier: str) -> str:
        """What an identifier is called, without itself where it has a name."""
        record = self.corpus.get(identifier)
        if isinstance(record, (Provision, Mandate)):
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
    return _CONTROL.sub(" ", str(text)).strip()


def _said(record: Record) -> Iterable[tuple[str, Any]]:
    """The fields of a record that say something, in order."""
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if value is not None and value not in ((), {}):
            yield field.key, value


# --- parts of pages ---------------------------------------------------------------------------------------------------


def _mandate(page: _Page, mandate: Mandate, ordinal: str) -> None:
    indent = " " * len(ordinal)
    page.text(f"{ordinal}{page.label(mandate.verb)}: {page.all_named(mandate.addressees) or 'nobody is named'}", "", indent)
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
        page.rows((page.named(each.concept), each.basis.value + (f": {each.note}" if each.note else "")) for each in record.alignments)


def _cited_by(page: _Page, identifiers: Iterable[str]) -> None:
    """Who refers to any of *identifiers*, which stand for one record and its parts."""
    own = tuple(identifiers)
    references = [each for one in own for each in page.corpus.cited_by(one) if each.source not in own]
    if not references:
        return
    page.heading(f"Cited by ({len(references)})")
    page.rows((cite(each.source), each.field) for each in references[:LISTED])
    if len(references) > LISTED:
        page.text(f"… and {len(references) - LISTED} more", "  ")


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


def _provisions(page: _Page, provisions: Iterable[Provision], heading: str) -> None:
    held = tuple(provisions)
    if held:
        page.heading(f"{heading} ({len(held)})")
        page.rows((cite(each.id), each.summary or "") for each in held)


# --- pages ------------------------------------------------------------------------------------------------------------


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
        for number, mandate in enumerate(provision.mandates, 1):
            _mandate(page, mandate, f"  {number}. ")
    _alignments(page, provision, "About")
    cited = [each for each in provision.citations if each.target or each.text]
    if cited:
        page.heading("Cites")
        page.rows((page.named(each.target) if each.target else str(each.text), page.label(each.verb) if each.verb else "") for each in cited)
    _provisions(page, (each for each in page.corpus.provisions if each.parent == provision.id), "Items")
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
    mandates = Counter(mandate.kind.value for provision in document.provisions for mandate in provision.mandates)
    if document.provisions:
        page.field("provisions", _counts(Counter(each.part.value for each in document.provisions)))
        page.field("mandates", _counts(mandates))
    page.field("source", document.source)
    if document.sections:
        page.heading(f"Sections ({len(document.sections)})")
        page.rows((f"{'  ' * (each.level - 1)}{page.label(each.id)}", _extent(document, each)) for each in document.sections)
    inside = (document.id, *(each.id for each in document.provisions), *(m.id for each in document.provisions for m in each.mandates))
    _cited_by(page, inside if document.provisions else (document.id,))


def _counts(counts: Counter[str]) -> str:
    return f"{counts.total()}" + (f" ({', '.join(f'{count} {kind}' for kind, count in counts.items())})" if counts else "")


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
    _provisions(page, (each for each in page.corpus.provisions if each.section == section.id), "Provisions")


def _entity(page: _Page, entity: Entity) -> None:
    page.title(entity.acronym or str(entity.name), entity.id)
    for text in (entity.name, ", ".join(entity.aliases), ", ".join(filter(None, (entity.kind, entity.url)))):
        if str(text) and str(text) != entity.acronym:
            page.text(text)
    if entity.roles:
        page.heading("Roles")
        page.rows((f"{role.role.value} of {page.named(role.of)}", page.words((role.since, role.until, role.source))) for role in entity.roles)
    _actor(page, entity.id)


def _group(page: _Page, group: StakeholderGroup) -> None:
    page.title(str(group.label), group.id)
    for text in (", ".join(group.aliases), group.definition):
        if text:
            page.text(text)
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
        page.rows((page.named(to), ", ".join(map(str, steps))) for to, steps in routes.items())
    if page.corpus.provisions:
        _asked(page, actor)
    led = page.corpus.activities(lead=actor)
    if led:
        page.heading(f"Leads ({len(led)})")
        page.rows((each.activity.id, f"{each.activity.status.value}: {each.activity.title}") for each in led)


def _concept(page: _Page, concept: Concept) -> None:
    said = cite(concept.id)
    page.title(str(concept.label) if said == concept.id else f"{said}: {concept.label}", concept.id)
    for text in (concept.definition, ", ".join(concept.aliases), concept.iri):
        if text:
            page.text(text)
    page.field("under", concept.parent and page.named(concept.parent))
    page.field("status", "" if concept.status.value == "current" else concept.status)
    page.field("replaced by", concept.replaced_by and page.named(concept.replaced_by))
    narrower = page.corpus.concepts(under=concept.id)
    if narrower:
        page.heading(f"Narrower ({len(narrower)})")
        page.rows((each.id, str(each.label)) for each in narrower)
    _alignments(page, concept, "Corresponds to")
    _provisions(page, page.corpus.about(concept.id), "Provisions about it")
    _cited_by(page, (concept.id,))


def _any(page: _Page, record: Any) -> None:
    """Any other record: field by field, and of the records it holds a line each."""
    page.title(page.label(record.id), record.id)
    page.lines.append("")
    refers = {field.key for field in shape_of(type(record)) if field.refers}
    held: dict[str, tuple[Record, ...]] = {}
    for key, value in _said(record):
        if isinstance(value, tuple) and isinstance(value[0], Record):
            held[key] = value
        elif key in refers:
            page.field(key.replace("_", " "), page.all_named((value,) if isinstance(value, str) else value))
        elif key != "id" and not (isinstance(value, Translations) and str(value) == page.label(record.id)):
            page.field(key.replace("_", " "), value)
    for key, records in held.items():
        page.heading(f"{key.replace('_', ' ').capitalize()} ({len(records)})")
        for each in records:
            name = getattr(each, "id", None)
            if isinstance(name, str):
                page.rows([(name, page.label(name))])
            else:
                page.text(page.words(each), "  ", "    ")
    _cited_by(page, (record.id,))


_PAGES: dict[type[Record], Callable[[_Page, Any], None]] = {
    Document: _document,
    Section: _section,
    Provision: _provision,
    Mandate: _one_mandate,
    Concept: _concept,
    StakeholderGroup: _group,
    Entity: _entity,
}
