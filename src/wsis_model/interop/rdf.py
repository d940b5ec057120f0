"""Records as RDF: a graph of rdflib, Turtle and N-Triples. Needs the extra `rdf`.

The triples are those of [`jsonld`][wsis_model.interop.jsonld], of which both are made; what is kept
and lost is told there. The ontology of our namespace and the SHACL shapes need no extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast

from .._version import BASE_IRI
from ..corpus import Corpus
from ..errors import MissingExtra, UnknownFormat
from . import linked
from .linked import mapping
from .linked.nodes import Node, listed, nodes

if TYPE_CHECKING:
    import rdflib

__all__ = ["graph", "ontology", "shapes", "write"]

RdfFormat = Literal["turtle", "nt"]


def _rdflib() -> Any:
    try:
        import rdflib
    except ImportError:
        raise MissingExtra("rdf", "rdflib") from None  # noqa: EM101 - facts, no sentence
    return rdflib


def graph(corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI) -> rdflib.Graph:
    """The records as a graph. It has no blank nodes.

    Args:
        corpus: What is written.
        context: Where that which it refers to is looked up: see
            [`to_jsonld`][wsis_model.interop.jsonld.to_jsonld].
        base: The base of the IRIs of records, with a slash at its end.

    Raises:
        MissingExtra: rdflib is not installed.
        ValueError: The base is no absolute IRI that ends with a slash.

    Examples:
        >>> from wsis_model import catalogue
        >>> from rdflib import SKOS, URIRef
        >>> concept = URIRef("https://w3id.org/wsis-model/id/sdg/9.c")
        >>> str(graph(catalogue()).value(concept, SKOS.exactMatch))
        'http://metadata.un.org/sdg/9.c'
    """
    library = _rdflib()
    made: rdflib.Graph = library.Graph(bind_namespaces="none")
    for prefix, namespace in mapping.NAMESPACES.items():
        made.bind(prefix, namespace)
    made.addN(
        (*triple, made) for triple in _Triples(library, base).of(nodes(corpus, context, base))
    )
    return made


def write(
    corpus: Corpus,
    *,
    context: Corpus | None = None,
    base: str = BASE_IRI,
    format: RdfFormat = "turtle",
) -> bytes:
    """The records as the bytes of a Turtle file, or as N-Triples in alphabetical order. Equal
    records give equal bytes.

    Args:
        corpus: What is written.
        context: Where that which it refers to is looked up: see
            [`to_jsonld`][wsis_model.interop.jsonld.to_jsonld].
        base: The base of the IRIs of records, with a slash at its end.
        format: `"turtle"` or `"nt"`.

    Raises:
        MissingExtra: rdflib is not installed.
        UnknownFormat: The format is neither.
        ValueError: The base is no absolute IRI that ends with a slash.

    Examples:
        >>> from wsis_model import Corpus, Entity
        >>> forum = Corpus.of(Entity(id="example-forum", name="Example Forum"))
        >>> print(write(forum).decode().splitlines()[-3].strip())
        skos:prefLabel "Example Forum"@en ;
    """
    if format not in ("turtle", "nt"):
        raise UnknownFormat(format, ("turtle", "nt"))
    text: str = graph(corpus, context=context, base=base).serialize(format=format)
    if format == "nt":
        text = "\n".join(sorted(filter(None, text.split("\n")))) + "\n"
    return text.encode()


def ontology() -> bytes:
    """The ontology of our namespace as Turtle: every class and property with what it means, and
    where they can be told, its domain and range.

    Examples:
        >>> b"wsis:Mandate a owl:Class" in ontology()
        True
    """
    return (files(linked) / "ontology.ttl").read_bytes()


def shapes() -> bytes:
    """The SHACL shapes as Turtle: what a validator can check in a graph that was written with
    `context`.

    Examples:
        >>> b"sh:targetClass wsis:Mandate" in shapes()
        True
    """
    return (files(linked) / "shapes.ttl").read_bytes()


class _Triples:
    """Reads nodes as a processor of JSON-LD would, as far as ours go."""

    def __init__(self, library: Any, base: str) -> None:
        self.library = library
        self.base = f"{base}id/"
        self.coerced: Any = mapping.context()
        self.known: dict[str, Any] = {}

    def of(self, nodes: Iterable[Node]) -> Iterator[tuple[Any, Any, Any]]:
        """The triples of the nodes and of those in them."""
        for node in nodes:
            subject = self.iri(node["id"])
            for name, value in node.items():
                if name == "id":
                    continue
                if name == "type":
                    a = self.library.RDF.type
                    yield from ((subject, a, self.iri(each)) for each in value)
                    continue
                yield from self.values(subject, name, listed(value))

    def values(
        self, subject: Any, name: str, held: Iterable[Any]
    ) -> Iterator[tuple[Any, Any, Any]]:
        """The triples of one property of a subject."""
        literal = self.library.Literal
        property_ = self.iri(name)
        how = self.coerced.get(name, {})
        for each in held:
            if isinstance(each, dict):
                one = cast(dict[str, Any], each)
                if "id" in one:
                    yield subject, property_, self.iri(one["id"])
                    yield from self.of([one])
                elif "@value" in one:
                    datatype = self.iri(one["@type"])
                    yield subject, property_, literal(_utf8(one["@value"]), datatype=datatype)
                else:
                    for language, text in one.items():
                        yield subject, property_, literal(_utf8(text), lang=language)
            elif how.get("@type") == "@id":
                yield subject, property_, self.iri(each)
            elif isinstance(each, str):
                datatype = self.iri(how["@type"]) if "@type" in how else None
                yield subject, property_, literal(_utf8(each), datatype=datatype)
            else:
                yield subject, property_, literal(each)

    def iri(self, name: str) -> Any:
        """The IRI of a record, of a term with its prefix, or as it stands."""
        known = self.known.get(name)
        if known is None:
            prefix, colon, _ = name.partition(":")
            if not colon:
                whole = self.base + name
            else:
                whole = mapping.expand(name) if prefix in mapping.NAMESPACES else name
            known = self.known[name] = self.library.URIRef(whole)
        return known


def _utf8(text: str) -> str:
    """A text that UTF-8 can hold: a record that was not validated may hold half a character."""
    return text if text.isascii() else text.encode(errors="replace").decode()
