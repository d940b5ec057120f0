"""Records as JSON-LD 1.1, for web pages, search engines, catalogues and whoever reads RDF. Needs no
extra.

The `@context` stands in the file, so that every reader works without a network. SKOS, ELI, the
Organization Ontology, PROV-O, Dublin Core and schema.org are used where they fit, and a namespace
of our own, `https://w3id.org/wsis-model/ns#`, for the rest; `docs/linked-data.md` has the mapping
field by field.

**Kept**: every field of every record; what stands in another record without an identifier of its
own has an IRI made of its place (`80-173/114#alignments.0`).

**Lost**: the order of values that are no records. Which of the extensions are numbers and which are
texts is kept as JSON text. Reading it back as records is not promised.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from .._version import BASE_IRI
from ..corpus import Corpus
from .linked import mapping
from .linked.nodes import nodes

__all__ = ["context", "to_jsonld", "write"]


def context(base: str = BASE_IRI) -> dict[str, Any]:
    """The `@context`: what each name in the nodes means.

    Args:
        base: The base of the IRIs of records, with a slash at its end.

    Examples:
        >>> context()["wsis"], context()["@base"]
        ('https://w3id.org/wsis-model/ns#', 'https://w3id.org/wsis-model/id/')
    """
    return {"@base": f"{base}id/", **copy.deepcopy(mapping.context())}


def to_jsonld(
    corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI
) -> dict[str, Any]:
    """The records as JSON-LD data: the `@context`, and in `@graph` a node for each record at the
    top and each concept, which holds those of what stands in it.

    Args:
        corpus: What is written.
        context: Where that which it refers to is looked up. What only the context holds is told in
            short (its class, name and code, and the official IRI), so that the file says what it
            refers to.
        base: The base of the IRIs of records, with a slash at its end. What only the context holds
            has the IRI under which we publish it.

    Raises:
        ValueError: The base is no absolute IRI that ends with a slash.

    Examples:
        >>> from wsis_model import catalogue
        >>> data = to_jsonld(catalogue())
        >>> node = next(each for each in data["@graph"] if each["id"] == "sdg/9.c")
        >>> node["skos:notation"], node["skos:broader"], node["skos:exactMatch"]
        ('9.c', 'sdg/9', 'http://metadata.un.org/sdg/9.c')
    """
    graph = nodes(corpus, context, base)
    return {"@context": _context(base), "@graph": graph}


_context = context


def write(corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI) -> bytes:
    """The records as the bytes of a JSON-LD file, a node to a line. Equal records give equal bytes.

    Args:
        corpus: What is written.
        context: Where that which it refers to is looked up: see
            [`to_jsonld`][wsis_model.interop.jsonld.to_jsonld].
        base: The base of the IRIs of records, with a slash at its end.

    Raises:
        ValueError: The base is no absolute IRI that ends with a slash.

    Examples:
        >>> from wsis_model import Corpus, Entity
        >>> data = write(Corpus.of(Entity(id="example-forum", name="Example Forum")))
        >>> print(data.decode().splitlines()[-2])
        {"id":"example-forum","type":["wsis:Entity","org:Organization","schema:Organization"],...}
    """
    graph = nodes(corpus, context, base)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head = json.dumps(_context(base), ensure_ascii=False, indent=1)
    lines = ",\n".join(map(encode, graph))
    # A record made without validation may hold half of a surrogate pair, which UTF-8 cannot.
    return f'{{"@context": {head},\n"@graph": [\n{lines}\n]}}\n'.encode(errors="replace")
