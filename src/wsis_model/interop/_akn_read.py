"""One Akoma Ntoso file into documents: the main one, then its annexes and parts."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pydantic

from ..errors import excerpt
from ..model import Document, Translations, is_identifier
from ..model.identifiers import NAMES
from ._akn_build import Builder, annexes, identifier_of
from ._akn_lines import HEAD, PARA, RECITAL, Body, Line
from ._akn_meta import Facts, facts_of
from ._akn_numbers import annex_of_heading, roman
from ._akn_xml import Source, kind_of, local, parse, plain, read_bytes, refuse
from ._reading import LeftOut, Reading

if TYPE_CHECKING:
    from ._akn_xml import Element

__all__ = ["read_parsed", "read_source"]

_KINDS = {
    "resolutiondraft": "draft-resolution",
    "draftresolution": "draft-resolution",
    "publication": "resolution",
}
_WORKS = {name: work for work, names in NAMES.items() for name in names}
#: What a part or an annex has from the document that it belongs to.
_INHERITED = ("body", "session", "adopted", "adoption", "agenda_item", "distributed", "meeting")
_APART = frozenset(
    ("meta", "coverPage", "preface", "conclusions", "attachments", "components", "collectionBody")
)


def read_source(source: Source) -> Reading:
    """Read one file.

    Raises:
        LoadError: It is no well-formed XML, declares a DTD, is too large or too deep, or is no Akoma Ntoso.
        MissingExtra: lxml is not installed.
    """
    name, data = read_bytes(source)
    return read_parsed(name, parse(name, data))


def read_parsed(name: str, root: Element) -> Reading:
    """Read a file that is parsed already."""
    return _File(name).read(root)


class _File:
    """A file while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documents: list[dict[str, Any]] = []
        self.left_out: list[LeftOut] = []
        self._taken: set[str] = set()
        self._components: dict[str, Element] = {}

    def read(self, root: Element) -> Reading:
        elements = (
            [root]
            if kind_of(root.tag) == "document"
            else [child for child in root if kind_of(child.tag) == "document"]
        )
        if local(root) != "akomaNtoso" and kind_of(root.tag) != "document":
            refuse(
                "not-akn",
                f"is no Akoma Ntoso: its root element is {excerpt(local(root))}",
                self.name,
                root.sourceline,
            )
        if not elements:
            refuse("not-akn", "is Akoma Ntoso without a document", self.name, root.sourceline)
        for component in root.iterchildren("{*}components"):
            self._list_components(component)
        main = self._document(elements[0], None)
        for element in (*elements[1:], *self._unread()):
            self._document(element, main)
        return Reading(
            tuple(self._validated(fields) for fields in self.documents), tuple(self.left_out)
        )

    def _list_components(self, components: Element) -> None:
        for component in components:
            for document in component:
                if kind_of(document.tag) == "document":
                    self._components[
                        component.get("eId") or f"component {len(self._components)}"
                    ] = document

    def _unread(self) -> list[Element]:
        found, self._components = list(self._components.values()), {}
        return found

    def _validated(self, fields: dict[str, Any]) -> Document:
        try:
            return Document.model_validate(fields)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            refuse(
                "not-a-document",
                f"{excerpt(where)}: {first['msg']}, found {excerpt(first['input'])}",
                self.name,
            )

    # Documents

    def _document(self, element: Element, main: dict[str, Any] | None) -> dict[str, Any]:
        """Read a document with its annexes; *main* is the one that it is a part of."""
        facts = facts_of(element, main["languages"][0] if main else "und")
        if main is not None and facts.symbol == main.get("symbol"):
            facts.symbol = facts.fields["symbol"] = f"{facts.symbol} {facts.number}".strip()
        identifier = self._free(self._identifier(element, facts, main))
        body = self._body(element)
        title = facts.title or facts.symbol or (main["title"].pick() if main else "") or identifier
        own, *others = annexes(body.lines)
        fields = self._fields(
            facts, identifier, title, Builder(identifier, facts.language, title).fields(own[1])
        )
        fields["kind"] = self._kind(element, facts)
        if main is not None:
            fields["annex_of"] = main["id"]
            for name in _INHERITED:
                if main.get(name) is not None:
                    fields.setdefault(name, main[name])
        self.documents.append(fields)
        for number, lines in others:
            self._annex(fields, facts, number, lines)
        for attachments in element.iterchildren("{*}attachments"):
            for attachment in attachments:
                self._attachment(fields, attachment)
        for components in element.iterchildren("{*}components"):
            self._list_components(components)
        for part in (*body.documents, *(self._unread() if main is None else ())):
            self._document(part, main or fields)
        return fields

    def _body(self, element: Element) -> Body:
        body = Body(self.name)
        for child in element:
            name = local(child)
            if name == "preamble":
                body.walk(child, RECITAL)
            elif name == "collectionBody":
                self._collection(child, body)
            elif name not in _APART:
                body.walk(child) if kind_of(child.tag) == "wrapper" else body.walk_one(child)
        self.left_out += body.left_out
        return body

    def _collection(self, collection: Element, body: Body) -> None:
        for child in collection:
            references = list(child.iter("{*}documentRef", "{*}componentRef"))
            for reference in references:
                target = (reference.get("href") or reference.get("src") or "").lstrip("#")
                if target not in self._components:
                    body.leave_out(
                        reference,
                        "refers to a document that stands elsewhere",
                        reference.get("showAs"),
                    )
            if not references:
                body.walk(child) if local(child) == "component" else body.walk_one(child)

    def _fields(
        self, facts: Facts, identifier: str, title: str, made: dict[str, Any]
    ) -> dict[str, Any]:
        fields: dict[str, Any] = {**facts.fields, **made}
        fields.update(
            id=identifier, title=Translations({facts.language: title}), languages=(facts.language,)
        )
        if facts.extensions:
            fields["extensions"] = facts.extensions
        return fields

    def _identifier(self, element: Element, facts: Facts, main: dict[str, Any] | None) -> str:
        if facts.symbol and (found := identifier_of(facts.symbol)):
            return found
        if main is not None:
            return f"{main['id']}-{_slug(facts.number or element.get('name', '')) or 'part'}"
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
        return _KINDS.get(name.lower(), _slug(name) or None)

    def _free(self, identifier: str) -> str:
        name, again = identifier, 1
        while name in self._taken:
            again += 1
            name = f"{identifier}-{again}"
        self._taken.add(name)
        return name

    # Annexes

    def _attachment(self, owner: dict[str, Any], attachment: Element) -> None:
        """An annex with its own elements; several annexes may stand in one, apart by their headings alone."""
        said = " ".join(
            filter(
                None,
                (plain(child) for child in attachment if kind_of(child.tag) in ("num", "heading")),
            )
        )
        document = next((child for child in attachment if kind_of(child.tag) == "document"), None)
        body = Body(self.name)
        if document is None:
            for child in attachment:
                if kind_of(child.tag) not in ("num", "heading"):
                    body.walk_one(child)
            facts = Facts()
        else:
            facts = facts_of(document, owner["languages"][0])
            body = self._body(document)
        if document is None:
            self.left_out += body.left_out
            facts.language = owner["languages"][0]
        facts.language = owner["languages"][0] if facts.language == "und" else facts.language
        lines = body.lines
        if said and not (
            lines and lines[0].kind == HEAD and annex_of_heading(lines[0].text) is not None
        ):
            lines.insert(0, Line(HEAD, None, said))
        for number, part in annexes(lines):
            if part:
                self._annex(owner, facts, max(number, 0), part, own=True)
        if document is not None:
            for attachments in document.iterchildren("{*}attachments"):
                for inner in attachments:
                    self._attachment(owner, inner)
            for inner in body.documents:
                self._document(inner, owner)

    def _annex(
        self,
        owner: dict[str, Any],
        facts: Facts,
        number: int,
        lines: list[Line],
        *,
        own: bool = False,
    ) -> None:
        """An annex out of its lines; *own* says that the particulars are its own, not those of the document it is annexed to."""
        extensions: dict[str, Any] = {}
        title = facts.title if own else ""
        if lines[0].kind == HEAD and annex_of_heading(lines[0].text) is not None:
            extensions[f"akn:annex-{facts.language}"] = lines[0].text
            title = title or lines[0].text
            lines = lines[1:]
            if lines and lines[0].kind == HEAD:
                title = lines[0].text
                if len(lines) < 2 or lines[1].kind != PARA:
                    lines = lines[1:]
        elif lines[0].kind == HEAD:
            title = title or lines[0].text
        symbol = (
            f"{owner['symbol']}, annex" + (f" {roman(number).upper()}" if number else "")
            if owner.get("symbol")
            else None
        )
        identifier = self._free(
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


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:100].strip("-")
