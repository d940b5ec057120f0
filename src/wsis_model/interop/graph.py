"""A corpus as a graph: GraphML for network programs, the CSV files that Neo4j imports, and Mermaid
flowcharts of what stands around a record. Needs nothing that does not come with Python.

A node is a record with an identifier, or what a record names and the corpus does not hold. An edge
is a reference from one to another, named after its field (`addressees`, `alignments.concept`), or
leads from a record to the one that holds it (`belongs_to`).

**Kept**: identifiers, kinds, titles, and every reference, also where two lead the same way.

**Lost**: everything else that records say. None of these is read back.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
from collections import deque
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import attrs

from .._width import cut
from ..corpus import Corpus
from ..errors import UnknownIdentifier
from ..flat import Flattener
from ..formats._whole_folder import whole_folder
from ..model import Record
from ..model.kinds import KIND_OF, KINDS
from ._full_text import title_of

__all__ = ["mermaid", "save_neo4j", "write"]

HOLDER = "belongs_to"
"""The field of an edge to the record that holds another."""
UNKNOWN = "unknown"
"""The kind of what is named and is nowhere to be found."""


@attrs.frozen
class _Node:
    """A record, or what a record names."""

    kind: str
    title: str
    record: Record | None = None


@attrs.frozen
class _Edge:
    """A reference, or the way from a record to what holds it."""

    source: str
    target: str
    field: str


@attrs.frozen
class _Graph:
    """Nodes by identifier, in the order of the corpus, and edges."""

    nodes: dict[str, _Node]
    edges: tuple[_Edge, ...]

    @classmethod
    def of(cls, corpus: Corpus, context: Corpus | None) -> _Graph:
        """The graph of a corpus; what it names is looked up in *context* too."""
        flattener = Flattener()
        for record in corpus.top:
            flattener.add(record)
        taken = flattener.take()
        edges: list[_Edge] = []
        for _, identifier, _, holder, *_ in taken.identifiers:
            if holder is not None:
                edges.append(_Edge(identifier, holder, HOLDER))
        for _, source, field, target, *_ in zip(*taken.references, strict=True):
            edges.append(_Edge(source, target, re.sub(r"\[\d+\]", "", field)))
        nodes = {identifier: _node(identifier, record) for identifier, record in corpus.items()}
        for edge in edges:
            if edge.target not in nodes:
                other = None if context is None else context.get(edge.target)
                nodes[edge.target] = _node(edge.target, other)
        return cls(nodes, tuple(edges))


def _node(identifier: str, record: Record | None) -> _Node:
    if record is None:
        return _Node(UNKNOWN, identifier)
    return _Node(KIND_OF[type(record)], title_of(record), record)


# --- GraphML --------------------------------------------------------------------------------------

_GRAPHML = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="field" for="edge" attr.name="field" attr.type="string"/>
<graph edgedefault="directed">
"""
#: What XML 1.0 has no way to write.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(corpus: Corpus, *, context: Corpus | None = None) -> bytes:
    """The graph of a corpus as GraphML: directed; nodes have `kind` and `label`, edges `field`.

    Args:
        corpus: What to write.
        context: Where what the corpus names and does not hold is looked up; without it, and where
            it is not there either, such a node is of the kind `unknown`.

    Examples:
        >>> from wsis_model import catalogue
        >>> text = write(catalogue()).decode()
        >>> '<node id="80-173/99"><data key="kind">provision</data>' in text
        True
    """
    graph = _Graph.of(corpus, context)
    pieces = [_GRAPHML]
    for identifier, node in graph.nodes.items():
        kind, label = _xml(node.kind), _xml(node.title)
        pieces.append(
            f"<node id={_attribute(identifier)}>"
            f'<data key="kind">{kind}</data><data key="label">{label}</data></node>\n'
        )
    for number, edge in enumerate(graph.edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        field = _xml(edge.field)
        pieces.append(f'<edge id="e{number}" {ends}><data key="field">{field}</data></edge>\n')
    pieces.append("</graph>\n</graphml>\n")
    return "".join(pieces).encode()


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


# --- Neo4j ----------------------------------------------------------------------------------------

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
_LABELS = {kind.name: kind.record.__name__ for kind in KINDS} | {UNKNOWN: "Unknown"}
_BREAKS = re.compile("[\\s\x00-\x1f\x7f\x85\u2028\u2029]+")


def save_neo4j(
    corpus: Corpus, folder: str | os.PathLike[str], *, context: Corpus | None = None
) -> None:
    """Write the graph of a corpus to a folder, as `neo4j-admin database import` reads it:
    `nodes.csv` and `relationships.csv`.

    A node has the class of its record as label (`Provision`), and the properties `id`, `kind` and
    `title`, a relationship the field as its type (`ADDRESSEES`, `ALIGNMENTS_CONCEPT`). Line breaks
    in titles become spaces, so that the importer needs no options.

    Args:
        corpus: What to write.
        folder: The folder; it is made if it is not there, and replaced if it holds nothing but
            these files.
        context: As for [`write`][wsis_model.interop.graph.write].

    Raises:
        ValueError: The folder holds something else.
        OSError: The place cannot be written to, or is no folder.

    Examples:
        >>> import pathlib, tempfile
        >>> from wsis_model import catalogue
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> save_neo4j(catalogue(), folder)
        >>> with (folder / "nodes.csv").open(encoding="utf-8") as file:
        ...     print(file.readline(), file.readline(), sep="", end="")
        id:ID,kind,title,:LABEL
        "217-a-iii","document","Universal Declaration of Human Rights","Document"
    """
    graph = _Graph.of(corpus, context)
    nodes = (
        (identifier, node.kind, _line(node.title), _LABELS[node.kind])
        for identifier, node in graph.nodes.items()
    )
    relationships = (
        (edge.source, edge.target, edge.field.replace(".", "_").upper()) for edge in graph.edges
    )
    with whole_folder(folder, (NODES, RELATIONSHIPS)) as new:
        (new / NODES).write_bytes(_csv("id:ID,kind,title,:LABEL", nodes))
        (new / RELATIONSHIPS).write_bytes(_csv(":START_ID,:END_ID,:TYPE", relationships))


def _csv(header: str, rows: Iterator[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    stream.write(f"{header}\n")
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue().encode()


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


# --- Mermaid --------------------------------------------------------------------------------------

LIMIT = 30
WIDTH = 70
"""So many columns of a title, and of what a record says, are shown."""
#: Fields that tell in a sentence what a record is about.
_SAYING = ("summary", "action", "description", "definition")
#: What opens and closes a box: actors are round, concepts longer so, all others have corners.
_BOXES = {"group": ("(", ")"), "entity": ("(", ")"), "concept": ("([", "])")}
#: What Mermaid, Markdown or HTML would take for theirs.
_ACTIVE = re.compile(r"[\"#<>&`*_~\\\[\]{}|$%;@]|^[-+]|(?<=:)//")
#: A number before a point or bracket begins a list, which Mermaid refuses to draw.
_LISTED = re.compile(r"^(\d+)([.)])")


def mermaid(
    corpus: Corpus,
    identifier: str,
    depth: int = 1,
    *,
    limit: int = LIMIT,
    context: Corpus | None = None,
) -> str:
    """What stands around a record, as a Mermaid flowchart: what it names, what names it, what holds
    it and what it holds. Of the arrows, those are drawn that lead so far, not those between records
    at the edge.

    GitHub, GitLab, mkdocs and many wikis draw it in a code block marked `mermaid`.

    Args:
        corpus: The records.
        identifier: The record in the middle, by identifier or reference.
        depth: How many steps away a record may be.
        limit: At most so many records are shown, the nearest first; one more box tells how many are
            left out.
        context: As for [`write`][wsis_model.interop.graph.write].

    Raises:
        UnknownIdentifier: There is no such record.
        ValueError: The depth is less than 0, or the limit less than 1.

    Examples:
        >>> from wsis_model import catalogue
        >>> print(mermaid(catalogue(), "80/173 para 100, mandate 1", limit=3), end="")
        flowchart LR
          n0["A/RES/80/173, para. 100, mandate 1<br/>Report the outcomes of ..."]
          n1["A/RES/80/173, para. 100<br/>Calls upon the IGF to report ..."]
          n2(["Call upon<br/>Asks named actors, from one body to everybody, to act#59; ..."])
          n0 -->|"belongs to"| n1
          n0 -->|"verb"| n2
          more["and 3 more"]
          n0 -.- more
          classDef start stroke-width:4px
          class n0 start
    """
    if depth < 0 or limit < 1:
        msg = f"a depth is at least 0 and a limit at least 1, not {depth} and {limit}"
        raise ValueError(msg)
    graph = _Graph.of(corpus, context)
    start = _start(corpus, context, graph, identifier)
    steps = _around(graph, start, depth)
    shown = {name: f"n{number}" for number, name in enumerate([*steps][:limit])}
    lines = ["flowchart LR"]
    for name, box in shown.items():
        node = graph.nodes[name]
        opens, closes = _BOXES.get(node.kind, ("[", "]"))
        lines.append(f'  {box}{opens}"{_label(name, node)}"{closes}')
    fields: dict[tuple[str, str], dict[str, None]] = {}
    for edge in graph.edges:
        both = edge.source in shown and edge.target in shown
        if both and min(steps[edge.source], steps[edge.target]) < depth:
            fields.setdefault((edge.source, edge.target), {})[edge.field] = None
    for (source, target), names in fields.items():
        label = ", ".join(_escaped(_in_words(name)) for name in names)
        lines.append(f'  {shown[source]} -->|"{label}"| {shown[target]}')
    if left := len(steps) - len(shown):
        lines += [f'  more["and {left:,} more"]', f"  {shown[start]} -.- more"]
    lines += ["  classDef start stroke-width:4px", f"  class {shown[start]} start"]
    return "\n".join(lines) + "\n"


def _start(corpus: Corpus, context: Corpus | None, graph: _Graph, identifier: str) -> str:
    """The record in the middle: one of the corpus, or one that it names."""
    if identifier in graph.nodes:
        return identifier
    if context is not None:
        with contextlib.suppress(UnknownIdentifier):
            name: str = context.find(identifier).id
            if name in graph.nodes:
                return name
    found: str = corpus.find(identifier).id
    return found


def _around(graph: _Graph, start: str, depth: int) -> dict[str, int]:
    """The records at most so many steps from one, each with its steps, the nearest first."""
    near: dict[str, list[str]] = {}
    for edge in graph.edges:
        near.setdefault(edge.source, []).append(edge.target)
    for edge in graph.edges:  # what a record names comes before what names it
        near.setdefault(edge.target, []).append(edge.source)
    steps = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for other in near.get(here, ()) if steps[here] < depth else ():
            if other not in steps:
                steps[other] = steps[here] + 1
                waiting.append(other)
    return steps


def _label(name: str, node: _Node) -> str:
    title = _escaped(cut(_line(node.title) or name, WIDTH))  # an empty label is an error
    said = _line(next(filter(None, (getattr(node.record, name, None) for name in _SAYING)), ""))
    return f"{title}<br/>{_escaped(cut(said, WIDTH))}" if said else title


def _in_words(field: str) -> str:
    """A field on an arrow: of an alignment, the concept is what the arrow points at."""
    return re.sub("[._]", " ", field.removesuffix(".concept"))


def _escaped(text: str) -> str:
    """A text that Mermaid shows as it is."""
    plain = _ACTIVE.sub(lambda found: "".join(f"#{ord(each)};" for each in found[0]), text)
    return _LISTED.sub(lambda found: f"{found[1]}#{ord(found[2])};", plain)
