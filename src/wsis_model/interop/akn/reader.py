"""The documents of one Akoma Ntoso file: the main one, then its annexes and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import attrs
import pydantic

from ...errors import Position, excerpt
from ...model import Document, Translations, is_identifier
from ...model.identifiers import NAMES
from .._reading import LeftOut, NotTaken, Reading
from .._xml import local, plain, refuse
from .build import Builder, identifier_of, split_at_annexes, split_at_letters, without_range
from .elements import is_formula
from .line import HEADING, OPENING, PARAGRAPH, RECITAL, Line
from .lines import Body, Part
from .meta import NO_KIND, TAKEN, Facts, add_symbol_fields, facts_of
from .numbers import annex_of_heading, roman
from .xml import is_akn, kind_of

if TYPE_CHECKING:
    from .._xml import Element

__all__ = ["Found", "find_parsed"]

_KINDS = {
    "resolutiondraft": "draft-resolution",
    "draftresolution": "draft-resolution",
    "publication": "resolution",
}
#: What a document is in which another quotes it whole: a body speaks in it that has still to adopt
#: it.
_QUOTED = "draft-resolution"
_WORKS = {name: work for work, names in NAMES.items() for name in names}
#: What a part or an annex has from the document that it belongs to.
_INHERITED = ("body", "session", "adopted", "adoption", "agenda_item", "distributed", "meeting")
_NOT_BODY = frozenset(
    ("meta", "coverPage", "preface", "conclusions", "attachments", "components", "collectionBody")
)


@attrs.frozen
class Found:
    """What a file holds, not validated yet: plain data, which goes from one process to another in
    half the time that records take.
    """

    name: str
    """The name of the file."""
    documents: tuple[dict[str, Any], ...]
    """The fields of each document."""
    left_out: tuple[LeftOut, ...]
    not_taken: tuple[NotTaken, ...]

    def reading(self) -> Reading:
        """The records.

        Raises:
            LoadError: A field is not as records have it.
        """
        documents = tuple(_validated(self.name, fields) for fields in self.documents)
        return Reading(documents, self.left_out, not_taken=self.not_taken)


def find_parsed(name: str, root: Element) -> Found:
    """Find what a file holds that is parsed already.

    Raises:
        LoadError: It is nested too deep, or is no Akoma Ntoso.
    """
    return _File(name).find(root)


def _validated(name: str, fields: dict[str, Any]) -> Document:
    try:
        return Document.model_validate(fields)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        refuse(
            "not-a-document",
            f"{excerpt(where)}: {first['msg']}, found {excerpt(first['input'])}",
            name,
        )


class _File:
    """A file while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documents: list[dict[str, Any]] = []
        self.left_out: list[LeftOut] = []
        self._taken: dict[str, int] = {}
        """Identifiers of the documents so far, and the last number given to each where it came
        again."""
        self._known: dict[str, Element] = {}
        """Components, and notes of the metadata, by their eIds: what a reference in the text may
        lead to."""

    def find(self, root: Element) -> Found:
        elements = (
            [root]
            if kind_of(root.tag) == "document"
            else [child for child in root if kind_of(child.tag) == "document"]
        )
        if not is_akn(root):
            refuse(
                "not-akn",
                f"is no Akoma Ntoso: its root element is {excerpt(local(root))}",
                self.name,
                root.sourceline,
            )
        if not elements:
            refuse("not-akn", "is Akoma Ntoso without a document", self.name, root.sourceline)
        metadata: list[Element] = []
        for each in root.iter("{*}meta", "{*}component", "{*}note"):
            if local(each) == "meta":
                metadata.append(each)
            else:
                self._known.setdefault(each.get("eId") or each.get("id", ""), each)
        main = self._document(elements[0], None, () if root is elements[0] else (root,))
        for element in elements[1:]:
            self._document(element, main)
        return Found(
            self.name,
            tuple(self.documents),
            tuple(self.left_out),
            _not_taken(self.name, metadata),
        )

    # Documents

    def _document(
        self, element: Element, main: dict[str, Any] | None, around: Sequence[Element] = ()
    ) -> dict[str, Any]:
        """Read a document with its annexes and parts; *main* is the document that it is a part of;
        elements *around* it may hold more of it.
        """
        facts = facts_of(element, main["languages"][0] if main else "und")
        if main is not None:
            _complete_part(facts, main, self.documents[0])
        body = self._body(element, *around)
        fields = self._fields(facts, self._kind(element, facts), body.lines, main)
        pending = list(body.documents)
        for attachments in element.iterchildren("{*}attachments"):
            for attachment in attachments:
                pending += self._attachment(fields, attachment)
        for each in (element, *around):
            pending += _documents_of(each)
        for part in pending:
            self._part(part, fields)
        return fields

    def _part(self, part: Part, main: dict[str, Any]) -> None:
        """Read a part of a document: an element, or a document that it quotes."""
        if not isinstance(part, Body):
            self._document(part, main)
            return
        speaks = any(
            line.kind == OPENING or line.recital or is_formula(line) for line in part.lines[:3]
        )
        fields = self._lettered_part("", _QUOTED if speaks else None, part.lines, main)
        for inner in part.documents:
            self._part(inner, fields)

    def _lettered_part(
        self, letter: str, kind: str | None, lines: list[Line], main: dict[str, Any]
    ) -> dict[str, Any]:
        """A part that has no element of its own: its letter, if any, and its title are lines above
        its text.
        """
        facts = Facts()
        facts.language, facts.number = main["languages"][0], letter
        if lines and lines[0].kind == HEADING and annex_of_heading(lines[0].text) is None:
            facts.title, lines = lines[0].text, lines[1:]
        if printed := f"{letter} {facts.title}".strip():
            facts.extensions[f"akn:cover-{facts.language}"] = [printed]
        _complete_part(facts, main, self.documents[0])
        return self._fields(facts, kind, lines, main)

    def _fields(
        self, facts: Facts, kind: str | None, lines: list[Line], main: dict[str, Any] | None
    ) -> dict[str, Any]:
        """The fields of a document from its particulars and lines, and those of annexes that are
        only headings among these.
        """
        identifier = self._unused(self._identifier(facts, kind, main))
        title = facts.title or facts.symbol or (main["title"].pick() if main else "") or identifier
        (_, lines), *parts = split_at_letters(lines)
        own, *others = split_at_annexes(lines)
        made = Builder(identifier, facts.language, title).fields(own[1])
        fields: dict[str, Any] = {**facts.fields, **made}
        fields.update(
            id=identifier,
            title=Translations({facts.language: title}),
            languages=(facts.language,),
            kind=kind,
        )
        if facts.extensions:
            fields["extensions"] = facts.extensions
        if main is not None:
            fields["annex_of"] = main["id"]
            for name in _INHERITED if kind != _QUOTED else ():
                if main.get(name) is not None:
                    fields.setdefault(name, main[name])
        self.documents.append(fields)
        for number, part in others:
            self._annex(fields, facts, number, part)
        for letter, part in parts:
            self._lettered_part(letter, kind, part, fields)
        return fields

    def _body(self, element: Element, *around: Element) -> Body:
        """The text of a document; elements *around* it may hold more of it, where its end tag
        comes too early.
        """
        body = Body(self.name, self._known)
        body.read_stray_text(element.text)
        for child in element:
            name = local(child)
            if name == "preamble":
                body.read_blocks(child, RECITAL)
            elif name == "collectionBody":
                self._collection(child, body)
            elif name == "components":
                for component in child:
                    for inner in component if kind_of(component.tag) == "wrapper" else [component]:
                        if kind_of(inner.tag) != "document":
                            body.read_block(inner)
            elif name not in _NOT_BODY:
                body.read_blocks(child) if kind_of(child.tag) == "wrapper" else body.read_block(
                    child
                )
            body.read_stray_text(child.tail)
        for child in (child for outer in around for child in outer):
            if kind_of(child.tag) not in ("document", "meta") and local(child) not in _NOT_BODY:
                body.read_block(child)
            body.read_stray_text(child.tail)
        self.left_out += body.left_out
        return body

    def _collection(self, collection: Element, body: Body) -> None:
        body.read_stray_text(collection.text)
        for child in collection:
            body.read_stray_text(child.tail)
            references = list(child.iter("{*}documentRef", "{*}componentRef"))
            for reference in references:
                target = (reference.get("href") or reference.get("src") or "").lstrip("#")
                if target not in self._known:
                    body.leave_out(
                        reference,
                        "refers to a document that stands elsewhere",
                        reference.get("showAs"),
                    )
            if not references:
                body.read_blocks(child) if local(child) == "component" else body.read_block(child)

    def _identifier(self, facts: Facts, kind: str | None, main: dict[str, Any] | None) -> str:
        if facts.symbol and (found := identifier_of(facts.symbol)):
            return found
        if main is not None:
            return f"{main['id']}-{_slug(facts.number) or kind or 'part'}"
        stem = _slug(PurePath(self.name).stem) if self.name != "<data>" else ""
        for slug in (_slug(facts.fields.get("akn_iri") or ""), stem):
            if is_identifier(slug):
                return slug
        return "document"

    @staticmethod
    def _kind(element: Element, facts: Facts) -> str | None:
        name = element.get("name", "").strip()
        if "/L." in facts.symbol:
            return "draft-resolution"
        return _KINDS.get(name.lower(), _slug(name) or None) if name != NO_KIND else None

    def _unused(self, identifier: str) -> str:
        name, again = identifier, self._taken.get(identifier, 1)
        while name in self._taken:
            again += 1
            name = f"{identifier}-{again}"
        self._taken[identifier] = again
        self._taken.setdefault(name, 1)
        return name

    # Annexes

    def _attachment(self, owner: dict[str, Any], attachment: Element) -> list[Part]:
        """Read an annex with its own elements, or several annexes in one, which only their
        headings separate; the parts that it has.
        """
        printed = (plain(each) for each in attachment if kind_of(each.tag) in ("num", "heading"))
        heading = " ".join(filter(None, printed))
        document = next((child for child in attachment if kind_of(child.tag) == "document"), None)
        if document is None:
            facts, body = Facts(), Body(self.name, self._known)
        else:
            facts, body = facts_of(document, owner["languages"][0]), self._body(document)
        others = Body(self.name, self._known)
        others.read_stray_text(attachment.text)
        for child in attachment:
            if child is not document and kind_of(child.tag) not in ("num", "heading"):
                others.read_block(child)
            others.read_stray_text(child.tail)
        body.lines += others.lines
        body.documents += others.documents
        self.left_out += others.left_out
        facts.language = owner["languages"][0] if facts.language == "und" else facts.language
        lines = body.lines
        if heading and not _opens_annex(lines):
            lines.insert(0, Line(HEADING, None, heading))
        for number, part in split_at_annexes(lines):
            if part:
                self._annex(owner, facts, max(number, 0), part, own=True)
        pending = list(body.documents)
        if document is not None:
            for attachments in document.iterchildren("{*}attachments"):
                for inner in attachments:
                    pending += self._attachment(owner, inner)
            pending += _documents_of(document)
        return pending

    def _annex(
        self,
        owner: dict[str, Any],
        facts: Facts,
        number: int,
        lines: list[Line],
        *,
        own: bool = False,
    ) -> None:
        """Make an annex of its lines; *own* says that the particulars are its own, not those of
        the document it is annexed to.
        """
        extensions: dict[str, Any] = {}
        title = facts.title if own else ""
        if _opens_annex(lines):
            extensions[f"akn:annex-{facts.language}"] = lines[0].text
            title = title or lines[0].text
            lines = lines[1:]
            if lines and lines[0].kind == HEADING:
                title = lines[0].text
                if len(lines) < 2 or lines[1].kind != PARAGRAPH:
                    lines = lines[1:]
        elif lines[0].kind == HEADING:
            title = title or lines[0].text
        symbol = (
            f"{owner['symbol']}, annex" + (f" {roman(number).upper()}" if number else "")
            if owner.get("symbol")
            else None
        )
        identifier = self._unused(
            _WORKS.get(symbol or "")
            or f"{owner['id']}-annex" + (f"-{roman(number)}" if number else "")
        )
        title = title or symbol or identifier
        builder = Builder(identifier, facts.language, title, annex=True)
        fields: dict[str, Any] = {
            "id": identifier,
            "title": Translations({facts.language: title}),
            "symbol": symbol,
            "kind": "annex",
            "annex_of": owner["id"],
            "languages": (facts.language,),
            **builder.fields(lines),
        }
        fields.update(
            (name, owner[name])
            for name in ("body", "adopted", "session")
            if owner.get(name) is not None
        )
        if own:
            extensions |= facts.extensions
            facts.extensions = {}  # of several annexes in one attachment, the first has them
        if extensions:
            fields["extensions"] = extensions
        self.documents.append(fields)


def _opens_annex(lines: Sequence[Line]) -> bool:
    """Whether the first line is the heading of an annex."""
    return bool(lines) and lines[0].kind == HEADING and annex_of_heading(lines[0].text) is not None


def _documents_of(parent: Element) -> list[Part]:
    """The documents among the components of a file or of a document."""
    return [
        document
        for components in parent.iterchildren("{*}components")
        for component in components
        for document in component
        if kind_of(document.tag) == "document"
    ]


def _complete_part(facts: Facts, main: dict[str, Any], first: dict[str, Any]) -> None:
    """Remove from a part the IRI and the symbol of the whole or of the *first* document of the
    file, and make a symbol with its letter.
    """
    if facts.fields.get("akn_iri") in (main.get("akn_iri"), first.get("akn_iri")):
        facts.fields.pop("akn_iri", None)
    symbol = main.get("symbol") or ""
    whole = without_range(symbol)
    if facts.symbol in ("", symbol, whole, first.get("symbol")):
        facts.symbol = f"{whole} {facts.number}" if facts.number and whole else ""
        for name in ("symbol", "urls", "body", "session"):
            facts.fields.pop(name, None)
        add_symbol_fields(facts)


def _not_taken(name: str, metadata: Sequence[Element]) -> tuple[NotTaken, ...]:
    """The parts of the metadata that no field holds, each element with its count and words."""
    found: dict[str, list[Element]] = {}
    for meta in metadata:
        for part in meta:
            if local(part) not in TAKEN:
                found.setdefault(local(part), []).append(part)
    return tuple(
        NotTaken(
            element,
            len(parts),
            sum(len(text.split()) for part in parts for text in part.itertext()),
            Position(name, parts[0].sourceline),
        )
        for element, parts in found.items()
    )


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:100].strip("-")
