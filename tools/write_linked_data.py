"""Write what others need to read our linked data: the ontology of our namespace, the SHACL shapes and
the `@context`, all from `wsis_model.interop.linked.mapping` and the docstrings of the records, and
the table of `docs/linked-data.md`.

    python tools/write_linked_data.py [--check]

With `--check` nothing is written; the exit status is 1 where a file is stale.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from wsis_model._version import __version__
from wsis_model.interop.linked.mapping import (
    DERIVED,
    LEFT_OUT,
    LEGAL_CLASSES,
    MEMBER_ROLES,
    NAMESPACES,
    Form,
    Mapped,
    Term,
    class_of,
    context,
    mapped,
    record_classes,
)
from wsis_model.model import File, Record, TextRow
from wsis_model.model.kinds import KINDS
from wsis_model.model.record import field_docs, unwrapped

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "src" / "wsis_model" / "interop" / "linked"
SERVED = ROOT / "docs" / "ns"
PAGE = ROOT / "docs" / "linked-data.md"
BEGIN = "<!-- mapping: written by tools/write_linked_data.py -->"
END = "<!-- end of mapping -->"
ONTOLOGY = NAMESPACES["wsis"].removesuffix("#")
RECORDS: list[type[Record]] = [each for each in record_classes() if each not in (File, TextRow)]
WITH_FILE: list[type[Record]] = [*RECORDS, File]
CLASS_OF_KIND = {kind.name: class_of(kind.record)[0] for kind in KINDS}
ABOUT = (
    "What an outcome document of the United Nations asks of whom and by when, and the road maps"
    " that answer it, where SKOS, ELI, ORG, PROV and schema.org have no term."
)
#: Properties that no field says by itself: what they are, who has them, and their type.
OWN = {
    "wsis:position": ("The place of a record in its list, from 1.", None, "xsd:integer"),
    "wsis:earliest": ("The first day that it may mean.", "wsis:Due", "xsd:date"),
    "wsis:latest": ("The last day that it may mean.", "wsis:Due", "xsd:date"),
}
DATATYPES: dict[Form, str] = {
    "text": "xsd:string",
    "languages": "rdf:langString",
    "date": "xsd:date",
    "year": "xsd:gYear",
    "decimal": "xsd:decimal",
    "integer": "xsd:integer",
    "boolean": "xsd:boolean",
    "json": "rdf:JSON",
}


@attrs.frozen
class Use:
    """A field that becomes a property."""

    record: type[Record]
    each: Mapped

    @property
    def doc(self) -> str:
        """What the field is for."""
        return field_docs(self.record)[self.each.field.name].replace("`", "")


def quoted(text: str) -> str:
    """A text as Turtle has it."""
    return json.dumps(text, ensure_ascii=False)


def words(name: str) -> str:
    """A name in words: `wsis:reportsTo` is "reports to"."""
    local = name.partition(":")[2].replace("Roadmap", "RoadMap")
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: " " + found[0].lower(), local)


def prefixes(*more: str) -> Iterator[str]:
    """The lines that declare prefixes."""
    others = dict(zip(more[::2], more[1::2], strict=True))
    for prefix, namespace in sorted({**NAMESPACES, **others}.items()):
        yield f"@prefix {prefix}: <{namespace}> ."


def statement(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A subject and what is said of it, as Turtle."""
    return "\n" + subject + " " + " ;\n    ".join(f"{p} {o}" for p, o in pairs) + " ."


def kinds_of(uses: Iterable[Use]) -> list[str]:
    """The classes to which the references and parts of these fields lead; none if to any."""
    found: dict[str, None] = {}
    for use in uses:
        field = use.each.field
        if field.record is not None:
            found[class_of(field.record)[0]] = None
        elif field.refers is not None and field.refers.kinds:
            found |= dict.fromkeys(CLASS_OF_KIND[kind] for kind in field.refers.kinds)
        else:
            return []
    return list(found)


def property_(name: str, uses: list[Use]) -> str:
    """A property of ours, as Turtle."""
    object_like = {use.each.form in ("reference", "records", "iri") for use in uses} == {True}
    docs: dict[str, list[str]] = {}
    for use in uses:
        docs.setdefault(use.doc, []).append(words(class_of(use.record)[0]).lower())
    (comment,) = (
        docs
        if len(docs) == 1
        else ["\n".join(f"{', '.join(of)}: {doc}" for doc, of in docs.items())]
    )
    domains = list(dict.fromkeys(class_of(use.record)[0] for use in uses))
    pairs = [
        ("a", "owl:ObjectProperty" if object_like else "owl:DatatypeProperty"),
        ("rdfs:label", f'"{words(name)}"@en'),
        ("rdfs:comment", f"{quoted(comment)}@en"),
    ]
    if name != "wsis:extensions":
        one = len(domains) == 1
        pairs.append(("rdfs:domain" if one else "schema:domainIncludes", ", ".join(domains)))
    ranges = kinds_of(uses) if object_like else []
    if not object_like and len(types := {DATATYPES.get(use.each.form) for use in uses}) == 1:
        ranges = [each for each in types if each]
    if ranges:
        one = len(ranges) == 1
        pairs.append(("rdfs:range" if one else "schema:rangeIncludes", ", ".join(ranges)))
    return statement(name, [*pairs, ("rdfs:isDefinedBy", f"<{ONTOLOGY}>")])


def used() -> dict[str, list[Use]]:
    """The properties of ours and the fields that become them."""
    found: dict[str, list[Use]] = {}
    for record in WITH_FILE:
        for each in mapped(record):
            for term in each.terms:
                if term.name.startswith("wsis:"):
                    found.setdefault(term.name, []).append(Use(record, each))
    return dict(sorted(found.items()))


def ontology() -> str:
    """The ontology."""
    vann = ("vann", "http://purl.org/vocab/vann/")
    lines = list(prefixes(*vann))
    lines.append(
        statement(
            f"<{ONTOLOGY}>",
            [
                ("a", "owl:Ontology"),
                ("dct:title", '"Outcomes of the WSIS process and their road maps"@en'),
                ("dct:description", f"{quoted(ABOUT)}@en"),
                ("dct:license", "<https://www.apache.org/licenses/LICENSE-2.0>"),
                ("owl:versionInfo", f'"{__version__}"'),
                ("vann:preferredNamespacePrefix", '"wsis"'),
                ("vann:preferredNamespaceUri", f'"{NAMESPACES["wsis"]}"'),
            ],
        )
    )
    defined = ("rdfs:isDefinedBy", f"<{ONTOLOGY}>")
    for record in RECORDS:
        own, *wider = class_of(record)
        if not own.startswith("wsis:"):
            continue
        pairs = [
            ("a", "owl:Class"),
            ("rdfs:label", f'"{words(own).lower()}"@en'),
            ("rdfs:comment", f"{quoted(unwrapped(inspect.getdoc(record) or ''))}@en"),
        ]
        pairs += [("rdfs:subClassOf", ", ".join(wider))] if wider else []
        lines.append(statement(own, [*pairs, defined]))
    lines += [property_(name, uses) for name, uses in used().items()]
    for name, (comment, domain, range_) in OWN.items():
        pairs = [
            ("a", "owl:DatatypeProperty"),
            ("rdfs:label", f'"{words(name)}"@en'),
            ("rdfs:comment", f"{quoted(comment)}@en"),
        ]
        pairs += [("rdfs:domain", domain)] if domain else []
        lines.append(statement(name, [*pairs, ("rdfs:range", range_), defined]))
    for role in MEMBER_ROLES:
        label = role.value.replace("-", " ")
        pairs = [
            ("a", "org:Role"),
            ("rdfs:label", f'"{label}"@en'),
            ("rdfs:comment", f'"The role of {label} in a body."@en'),
        ]
        lines.append(statement(f"wsis:role-{role.value}", [*pairs, defined]))
    return "\n".join(lines) + "\n"


def alternatives(predicate: str, values: list[str]) -> str:
    """A constraint that one of the values meets."""
    if len(values) == 1:
        return f"{predicate} {values[0]}"
    return "sh:or (" + " ".join(f"[{predicate} {each}]" for each in values) + ")"


def constraints(uses: list[Use]) -> Iterator[str]:
    """What a shape asks of the values of a property, which several fields may become."""
    form, *others = {use.each.form for use in uses}
    field = uses[0].each.field
    if len(uses) == 1:
        if uses[0].each.required:
            yield "sh:minCount 1"
        if field.what in ("value", "record", "extensions"):
            yield "sh:maxCount 1"
    if others:
        return
    if form in ("reference", "records"):
        yield "sh:nodeKind sh:IRI"
        if kinds := kinds_of(uses):
            yield alternatives("sh:class", kinds)
    elif form == "partial":
        yield alternatives("sh:datatype", ["xsd:gYear", "xsd:gYearMonth", "xsd:date"])
    elif form == "languages":
        yield "sh:datatype rdf:langString"
        yield "sh:uniqueLang true"
    elif form in DATATYPES:
        yield f"sh:datatype {DATATYPES[form]}"
    values = getattr(field.type, "__members__", None)
    if values is not None and form == "text" and len(uses) == 1:
        yield "sh:in (" + " ".join(quoted(one.value) for one in values.values()) + ")"


def shape(record: type[Record]) -> str:
    """The shape of a class of records, as Turtle."""
    own = class_of(record)[0]
    fields: dict[str, list[Use]] = {}
    for each in mapped(record):
        for term in each.terms:
            if not (term.legal or term.to or term.of or term.name[0] == "^"):
                fields.setdefault(term.name, []).append(Use(record, each))
    pairs = [("a", "sh:NodeShape"), ("sh:targetClass", own)]
    for name, uses in fields.items():
        parts = [f"sh:path {name}", f"sh:name {quoted(words(name))}", *constraints(uses)]
        pairs.append(("sh:property", "[" + " ; ".join(parts) + "]"))
    return statement(f"<{ONTOLOGY}/shapes#{own.partition(':')[2]}>", pairs)


def shapes() -> str:
    """The shapes."""
    head = statement(
        f"<{ONTOLOGY}/shapes>",
        [
            ("a", "owl:Ontology"),
            ("dct:title", '"Shapes of outcomes and road maps"@en'),
            ("dct:license", "<https://www.apache.org/licenses/LICENSE-2.0>"),
            ("owl:versionInfo", f'"{__version__}"'),
        ],
    )
    lines = [*prefixes("sh", "http://www.w3.org/ns/shacl#"), head]
    return "\n".join([*lines, *map(shape, RECORDS)]) + "\n"


def conditions(term: Term) -> str:
    """When a term is written, in words."""
    found: list[str] = []
    if term.of:
        found.append(f"its `{term.of}`")
    if term.legal:
        found.append("legal documents")
    if term.to:
        found.append(
            f"if it is {'an' if term.to == 'entity' else 'a'} {term.to}"
            f"{' document' if term.to == 'legal' else ''}"
        )
    return f" ({', '.join(found)})" if found else ""


def table() -> str:
    """The mapping, field by field."""
    lines: list[str] = []
    for record in WITH_FILE:
        name = record.__name__
        classes = [] if record is File else [f"`{each}`" for each in class_of(record)]
        if name in LEGAL_CLASSES:
            classes += [f"`{each}` (legal documents)" for each in LEGAL_CLASSES[name]]
        lines += [f"### {name}", "", ", ".join(classes) or "The file as a whole.", ""]
        lines += ["| field | in linked data |", "|---|---|"]
        for each in mapped(record):
            terms = [
                f"`{term.name.removeprefix('^')}`"
                f"{' from each of them' if term.name[0] == '^' else ''}{conditions(term)}"
                for term in each.terms
            ]
            left = LEFT_OUT.get(f"{name}.{each.field.key}")
            lines.append(f"| `{each.field.key}` | {', '.join(terms) or f'left out: {left}'} |")
        lines.append("")
    lines += ["### Worked out", "", "| of | written | from |", "|---|---|---|"]
    lines += [
        f"| {each.of} | {', '.join(f'`{term}`' for term in each.terms)} | {each.why} |"
        for each in DERIVED
    ]
    return "\n".join(lines)


def page(before: str) -> str:
    """The page with its table as it should be.

    Raises:
        SystemExit: The page has no place for the table.
    """
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name} lacks the lines {BEGIN} and {END}")
    return f"{head}{BEGIN}\n\n{table()}\n\n{END}{tail}"


def outputs() -> dict[Path, str]:
    """Every file that is written, with its text."""
    made = {
        "context.jsonld": json.dumps({"@context": context()}, indent=1) + "\n",
        "ontology.ttl": ontology(),
        "shapes.ttl": shapes(),
    }
    found = {folder / name: text for name, text in made.items() for folder in (FILES, SERVED)}
    return {**found, PAGE: page(PAGE.read_text(encoding="utf-8"))}


def main() -> int:
    """Write the files, or say which are stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the files are up to date"
    )
    options = parser.parse_args()
    stale = [
        path
        for path, text in outputs().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if not stale or options.check:
        for path in stale:
            name = path.relative_to(ROOT)
            print(f"stale: {name}; run python tools/write_linked_data.py", file=sys.stderr)
        return 1 if stale else 0
    SERVED.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(outputs()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
