"""The text of a record that `wsis-model show` prints, with names for all identifiers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from .._width import pad, readable, width_of, wrap, wrap_at_most
from ..corpus import Corpus
from ..model import (
    Basis,
    Concept,
    ConceptStatus,
    Document,
    Entity,
    Mandate,
    Provision,
    Record,
    Role,
    Section,
    StakeholderGroup,
    cite,
)
from ..model.description import describe, in_words
from ..model.record import identified, identifier_of
from ..queries import MandateMatch

__all__ = ["record_text"]

_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_INDEX = re.compile(r"\[[0-9]+\]")
_LABELS = ("symbol", "acronym", "label", "name", "title", "heading", "statement")
LISTED = 20
"""How many records that cite a record are named."""


def record_text(corpus: Corpus, record: Record, *, width: int = 100, colour: bool = False) -> str:
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
        >>> print(record_text(corpus, corpus["itu"]))
        ITU  itu
        International Telecommunication Union
    """
    page = _Page(corpus, width, colour)
    write = next(_PAGES[kind] for kind in type(record).__mro__ if kind in _PAGES)
    write(page, record)
    return "\n".join(page.lines).strip("\n")


@attrs.define
class _Page:
    """The lines of the text, and what is needed to write them."""

    corpus: Corpus
    width: int
    colour: bool
    lines: list[str] = attrs.field(factory=list[str])

    def title(self, text: str, identifier: str) -> None:
        text, remarks = _clean(text), "" if text == identifier else f"  {identifier}"
        self.lines.append(
            f"{_BOLD}{text}{_PLAIN}{_DIM}{remarks}{_PLAIN}" if self.colour else text + remarks
        )

    def heading(self, text: str) -> None:
        self.lines += ["", f"{_BOLD}{text}{_PLAIN}" if self.colour else text]

    def text(self, text: object, indent: str = "", after: str | None = None) -> None:
        """A paragraph; lines after the first are indented by *after*."""
        after = indent if after is None else after
        lines = wrap(_clean(text), self.width - max(len(indent), len(after)), whole=True)
        self.lines += [f"{after if at else indent}{line}" for at, line in enumerate(lines)]

    def also(self, names: tuple[str, ...]) -> None:
        if names:
            self.text(f"also: {', '.join(names)}")

    def field(self, name: str, values: str, indent: str = "", left_width: int = 12) -> None:
        """A name with a value, unless it is empty."""
        if values := _clean(values):
            self.text(
                values, f"{indent}{name + ':':<{left_width}} ", indent + " " * (left_width + 1)
            )

    def details(self, record: Record, *skip: str, indent: str = "", **labels: str) -> None:
        """The fields of a record, a line for each, and a line for each record in it.

        Args:
            record: The record.
            skip: Names of fields to leave out.
            indent: What stands in front of each line.
            labels: Labels of fields, if they are not their names.
        """
        values = describe(record, ("id", *skip))
        lines = [
            (labels.get(each.field.name, each.label), each.in_words(self.named))
            for each in values
            if each.field.what != "records"
        ]
        left_width = max((12, *(len(name) + 1 for name, _ in lines)))
        for name, words in lines:
            self.field(name, words, indent, left_width)
        for each in values:
            if each.field.what == "records":
                self.list_records(each.label.capitalize(), each.value)

    def list_records(self, heading: str, records: tuple[Record, ...]) -> None:
        """Records in a record: their names or, without identifiers, all their values."""
        self.heading(f"{heading} ({len(records)})")
        if identified(type(records[0])):
            self.rows((name, self.label(name)) for name in map(identifier_of, records))
            return
        for each in records:
            self.text(in_words(each, self.named), "  ", "    ")

    def remarks(self, record: Record, *skip: str) -> str:
        """The fields of a record on one line, without those to skip."""
        return ", ".join(
            f"{each.label} {each.in_words(self.named)}" for each in describe(record, skip)
        )

    def rows(self, rows: Iterable[tuple[str, str]], indent: str = "  ") -> None:
        """Two columns: names with identifiers in full, and texts that are cut after two lines."""
        cells = [(_clean(left), _clean(right)) for left, right in rows]
        room = self.width - len(indent) - 2
        left_width = max((width_of(left) for left, _ in cells), default=0)
        left_width = min(
            left_width,
            max(room - max((width_of(right) for _, right in cells), default=0), room // 2),
        )
        for left, right in cells:
            first, *rest = (left,) if width_of(left) <= left_width else wrap(left, left_width - 2)
            names, remarks = (
                (first, *(f"  {each}" for each in rest)),
                wrap_at_most(right, room - left_width, 1),
            )
            self.lines += [
                f"{indent}{pad(name, left_width)}  {values}".rstrip()
                for name, values in itertools.zip_longest(names, remarks, fillvalue="")
            ]

    def table(self, heading: str, rows: Iterable[tuple[str, str]], *, count: bool = True) -> None:
        """Rows under a heading, with their number; nothing if there are no rows."""
        if listed := list(rows):
            self.heading(f"{heading} ({len(listed)})" if count else heading)
            self.rows(listed)

    def label(self, identifier: str) -> str:
        """The name of a record; the identifier if it has none."""
        record = self.corpus.get(identifier)
        if isinstance(record, (Document, Provision, Mandate)) and cite(identifier) != identifier:
            return cite(identifier)
        name = next((str(value) for key in _LABELS if (value := getattr(record, key, None))), "")
        return name or cite(identifier)

    def named(self, identifier: str) -> str:
        """The name of a record with its identifier."""
        label = self.label(identifier)
        return identifier if label == identifier else f"{label} ({identifier})"

    def all_named(self, identifiers: Iterable[str]) -> str:
        return "; ".join(map(self.named, identifiers))


def _clean(text: object) -> str:
    return readable(str(text)).strip()


# --- parts of pages -------------------------------------------------------------------------------


def _mandate(page: _Page, mandate: Mandate, indent: str) -> None:
    page.text(
        f"{page.label(mandate.verb)}: {page.all_named(mandate.addressees) or 'nobody is named'}",
        indent,
    )
    page.text(mandate.action, indent)
    default_value = ("basis",) if mandate.basis is Basis.STATED else ()
    page.details(mandate, "kind", "verb", "addressees", "action", *default_value, indent=indent)


def _alignments(page: _Page, record: Provision | Concept, heading: str) -> None:
    rows = (
        (
            page.named(each.concept),
            _listed(
                each.basis.value + (f": {each.note}" if each.note else ""),
                page.remarks(each, "concept", "basis", "note"),
            ),
        )
        for each in record.alignments
    )
    page.table(heading, rows, count=False)


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _cited_by(page: _Page, identifiers: Iterable[str], besides: Iterable[str] = ()) -> None:
    """The records that cite one of *identifiers* (a record and its parts), except *besides*."""
    names = tuple(identifiers)
    left_out = {*names, *besides}
    sources: dict[str, dict[str, None]] = {}
    for each in (reference for one in names for reference in page.corpus.cited_by(one)):
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


def _mandates_of(page: _Page, actor: str) -> None:
    """The mandates of an actor by the route through which they reach it, direct ones first."""
    mandates = page.corpus.mandates(addressee=actor)
    page.heading(f"Asked of it ({len(mandates)})")
    by_route: dict[tuple[Any, ...], list[MandateMatch]] = {}
    for each in mandates:
        by_route.setdefault(each.route, []).append(each)
    for route in sorted(by_route, key=len):
        found = by_route[route]
        page.text(f"{found[0].by_route} ({len(found)})", "  ", "    ")
        page.rows(((each.mandate.id, _in_short(page, each.mandate)) for each in found), "    ")


def _in_short(page: _Page, mandate: Mandate) -> str:
    due = f" [{in_words(mandate.due, page.named)}]" if mandate.due else ""
    return f"{page.label(mandate.verb)}{due}: {mandate.action}"


def _provisions(page: _Page, provisions: Iterable[Provision], heading: str) -> None:
    page.table(heading, ((cite(each.id), each.summary or "") for each in provisions))


# --- pages ----------------------------------------------------------------------------------------


def _provision(page: _Page, provision: Provision) -> None:
    page.title(cite(provision.id), provision.id)
    if provision.section:
        page.text(page.label(provision.section))
    for text in (provision.summary, provision.text.pick()):
        if text:
            page.lines.append("")
            page.text(text)
    page.lines.append("")
    page.details(
        provision, "number", "section", "summary", "text", "mandates", "citations", "alignments"
    )
    if provision.mandates:
        page.heading(f"Mandates ({len(provision.mandates)})")
        for mandate in provision.mandates:
            page.text(mandate.id, "  ")
            _mandate(page, mandate, "    ")
    _alignments(page, provision, "About")
    citations = (
        (
            page.named(each.target) if each.target else each.text or "",
            _listed(
                page.label(each.verb) if each.verb else "",
                page.remarks(each, "target", "verb", *(() if each.target else ("text",))),
            ),
        )
        for each in provision.citations
    )
    page.table("Cites", citations, count=False)
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
    if document.provisions:
        mandates = Counter(
            mandate.kind.value
            for provision in document.provisions
            for mandate in provision.mandates
        )
        page.field("provisions", _counts(Counter(each.part.value for each in document.provisions)))
        page.field("mandates", _counts(mandates))
    skip = ("title", "symbol", "adopted", "adoption", "sections", "provisions", "notes")
    page.details(document, *skip)
    sections = (
        (f"{'  ' * (each.level - 1)}{page.label(each.id)}", _extent(document, each))
        for each in document.sections
    )
    page.table("Sections", sections)
    if document.notes:
        page.list_records("Notes", document.notes)
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
    members = [each for each in document.provisions if each.section == section.id]
    if not members:
        return section.id
    numbers = (
        members[0].number if len(members) == 1 else f"{members[0].number} to {members[-1].number}"
    )
    mandates = sum(len(each.mandates) for each in members)
    return f"{section.id}: {numbers}, {mandates} mandate{'' if mandates == 1 else 's'}"


def _section(page: _Page, section: Section) -> None:
    page.title(str(section.heading), section.id)
    page.text(cite(section.id))
    page.details(section, "heading", parent="under")
    _provisions(
        page, [each for each in page.corpus.provisions if each.section == section.id], "Provisions"
    )


def _entity(page: _Page, entity: Entity) -> None:
    page.title(entity.acronym or str(entity.name), entity.id)
    if entity.acronym:
        page.text(entity.name)
    page.also(entity.aliases)
    page.text(_listed(entity.kind or "", entity.url or ""))
    skip = ("name", "acronym", "aliases", "kind", "url", "roles")
    page.details(entity, *skip, parent="reports to", until="ended", succeeded_by="now")
    roles = (
        (f"{role.role.value} of {page.named(role.of)}", _term_of_role(page, role))
        for role in entity.roles
    )
    page.table("Roles", roles, count=False)
    _actor(page, entity.id)


def _term_of_role(page: _Page, role: Role) -> str:
    """The time of a role, and its certainty."""
    known = role.source.certainty.value if role.source else ""
    return _listed(page.remarks(role, "role", "of", "source"), known)


def _group(page: _Page, group: StakeholderGroup) -> None:
    page.title(str(group.label), group.id)
    page.also(group.aliases)
    page.text(group.definition or "")
    page.details(group, "label", "aliases", "definition", "named_in", parent="part of")
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
        _mandates_of(page, actor)
    led = (each.activity for each in page.corpus.activities(lead=actor))
    page.table("Leads", ((each.id, f"{each.status.value}: {each.title}") for each in led))


def _concept(page: _Page, concept: Concept) -> None:
    values = cite(concept.id)
    page.title(
        str(concept.label) if values == concept.id else f"{values}: {concept.label}", concept.id
    )
    page.also(concept.aliases)
    page.text(concept.definition or "")
    page.text(concept.iri or "")
    skip = ("label", "aliases", "definition", "iri", "alignments")
    default_value = ("status",) if concept.status is ConceptStatus.CURRENT else ()
    page.details(concept, *skip, *default_value, parent="under")
    narrower = page.corpus.concepts(under=concept.id)
    page.table("Narrower", ((each.id, str(each.label)) for each in narrower))
    _alignments(page, concept, "Corresponds to")
    about = page.corpus.about(concept.id)
    _provisions(page, about, "Provisions about it")
    _cited_by(page, (concept.id,), besides=(each.id for each in about))


def _any(page: _Page, record: Record) -> None:
    """Any other record."""
    name = identifier_of(record)
    title = page.label(name)
    page.title(title, name)
    page.lines.append("")
    in_title = (
        each.field.name
        for each in describe(record)
        if each.field.what == "translations" and str(each.value) == title
    )
    page.details(record, *in_title)
    _cited_by(page, (name,))


_PAGES: dict[type[Record], Callable[[_Page, Any], None]] = {
    Document: _document,
    Section: _section,
    Provision: _provision,
    Mandate: _one_mandate,
    Concept: _concept,
    StakeholderGroup: _group,
    Entity: _entity,
    Record: _any,
}
