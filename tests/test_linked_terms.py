"""Linked data uses the terms of other ontologies as these define them, and defines its own."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
import rdflib
import yaml
from rdflib.namespace import DCAT, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD

from wsis_model import Corpus, Document, load
from wsis_model.interop import jsonld, rdf
from wsis_model.interop.linked.mapping import (
    CLASSES,
    DERIVED,
    FIELDS,
    LEFT_OUT,
    LEGAL_CLASSES,
    NAMESPACES,
    class_of,
    context,
    expand,
    is_legal,
    mapped,
    record_classes,
)
from wsis_model.model.fields import shape_of

ROOT = Path(__file__).resolve().parents[1]
DEFINED: dict[str, dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests/fixtures/linked_data/ontologies.yaml").read_text(encoding="utf-8")
)
#: Lists of terms that a second source, rdflib, holds; asking for another term raises.
CLOSED = {
    "dcat": DCAT, "dct": DCTERMS, "org": ORG, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS,
    "schema": SDO, "skos": SKOS, "xsd": XSD,
}  # fmt: skip
#: Classes that a domain or range gives to what we do not call so, and that fit it.
INFERRED = {
    "eli:Agent": {"wsis:Entity"},  # who passed a resolution
    "foaf:Agent": {"wsis:Entity", "wsis:StakeholderGroup"},
    "prov:Agent": {"wsis:Entity", "wsis:StakeholderGroup"},  # who owns a road map or reports
    "prov:Entity": {"wsis:Document", "wsis:Update"},  # a document that came of its draft; a report
}
#: What each datatype of RDF may stand for in schema.org.
SCHEMA_TYPES = {
    "schema:Text": {XSD.string, RDF.langString},
    "schema:Date": {XSD.date, XSD.gYear, XSD.gYearMonth},
    "schema:URL": {XSD.anyURI},
}
SHORT = {iri: prefix for prefix, iri in NAMESPACES.items()}


def short(iri: object) -> str:
    """An IRI of a term with its prefix."""
    namespace, sign, local = str(iri).partition("#")
    if not sign:
        namespace, sign, local = str(iri).rpartition("/")
    return f"{SHORT.get(namespace + sign, '')}:{local}"


def used() -> Iterator[str]:
    """Every class and property that the table can give."""
    for record in record_classes():
        yield from (*class_of(record), *LEGAL_CLASSES.get(record.__name__, ()))
        for each in mapped(record):
            yield from (term.name.removeprefix("^") for term in each.terms)
    for derived in DERIVED:
        yield from derived.terms


@pytest.fixture(scope="module", params=["acts", "reports"])
def graph(catalogue: Corpus, request: pytest.FixtureRequest) -> rdflib.Graph:
    """The catalogue and the road maps of the examples; and again with every document a report, for
    which terms of legislation would be wrong.
    """
    examples = sorted((ROOT / "examples/data").glob("*roadmap.yaml"))
    corpus = Corpus.union([catalogue, *map(load, examples)])
    if request.param == "reports":
        corpus = Corpus.of(
            *(
                record.replace(kind="report") if isinstance(record, Document) else record
                for record in corpus.top
            )
        )
    return rdf.graph(corpus)


def test_only_acts_are_legislation(catalogue: Corpus) -> None:
    """Resolutions and treaties are legal resources; reports, drafts and what a meeting of others
    agreed on are not.
    """
    legal = {each.id for each in catalogue.documents if is_legal(each)}

    assert {"80-173", "gdc", "iccpr", "un-charter", "tunis-agenda"} <= legal
    assert not legal & {"a-80-l-41", "oewg-ict-final-report", "netmundial-plus-10-guidelines"}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """The ontology of our namespace."""
    return rdflib.Graph().parse(data=rdf.ontology(), format="turtle")


@attrs.frozen
class Definitions:
    """Domain, range and wider classes of every term, ours and others'."""

    domain: dict[str, list[str]]
    range: dict[str, list[str]]
    wider: dict[str, list[str]]

    def classes(self, own: set[str]) -> set[str]:
        """These classes, those that include them, and those that fit them."""
        found, queue = set(own), list(own)
        for here in queue:
            new = [each for each in self.wider.get(here, ()) if each not in found]
            found.update(new)
            queue += new
        return found | {each for each, fits in INFERRED.items() if fits & found}


@pytest.fixture(scope="module")
def definitions(ontology: rdflib.Graph) -> Definitions:
    """What the ontologies say of their terms."""
    made = Definitions({}, {}, {})
    for prefix, ontology_of in DEFINED.items():
        for name, said in ontology_of["properties"].items():
            made.domain[f"{prefix}:{name}"] = said.get("domain", [])
            made.range[f"{prefix}:{name}"] = said.get("range", [])
        for name, wider in ontology_of["classes"].items():
            made.wider[f"{prefix}:{name}"] = wider
    for term in ontology.subjects(RDFS.isDefinedBy):
        for into, predicates in (
            (made.domain, (RDFS.domain, SDO.domainIncludes)),
            (made.range, (RDFS.range, SDO.rangeIncludes)),
            (made.wider, (RDFS.subClassOf,)),
        ):
            into[short(term)] = [
                short(value) for each in predicates for value in ontology.objects(term, each)
            ]
    return made


def test_every_term_of_others_is_defined_by_them() -> None:
    """Each class and property is in the list of its ontology, and in rdflib's where it has one."""
    for name in {*used()}:
        prefix, _, local = name.partition(":")
        if prefix in DEFINED:
            assert local in {*DEFINED[prefix]["classes"], *DEFINED[prefix]["properties"]}, name
        if prefix in CLOSED:
            assert str(CLOSED[prefix][local]) == expand(name)
        assert prefix in {*DEFINED, *CLOSED, "wsis"}


def test_every_term_of_ours_is_defined(ontology: rdflib.Graph) -> None:
    """The ontology has each of our terms and no other, with label, comment and ontology."""
    home = rdflib.URIRef(NAMESPACES["wsis"].removesuffix("#"))
    ours = {expand(name) for name in used() if name.startswith("wsis:")}
    roles = {str(each) for each in ontology.subjects(RDF.type, ORG.Role)}
    row, file = (expand(f"wsis:{each}") for each in ("TextRow", "File"))  # never a node
    cells = expand("wsis:cells")

    assert ours - {row, file, cells} | roles == {
        str(each) for each in ontology.subjects(RDFS.isDefinedBy, home)
    }
    for term in map(rdflib.URIRef, ours - {row, file, cells} | roles):
        assert ontology.value(term, RDFS.label)
        assert ontology.value(term, RDFS.comment)
    for each in (OWL.versionInfo, DCTERMS.license, DCTERMS.title, DCTERMS.description):
        assert ontology.value(home, each)


def test_what_is_written_is_in_the_table(graph: rdflib.Graph) -> None:
    """No class or property is written that the table does not name."""
    names = {*used()}

    assert {short(each) for each in graph.predicates()} <= {*names, "rdf:type"}
    assert {short(each) for each in graph.objects(None, RDF.type)} <= names


def test_subjects_are_in_the_domain(graph: rdflib.Graph, definitions: Definitions) -> None:
    """What has a property is of a class that its ontology gives the property to."""
    wrong: defaultdict[str, set[str]] = defaultdict(set)
    for subject, name in {(s, p) for s, p, _ in graph if p != RDF.type}:
        domain = {*definitions.domain.get(short(name), ())} - {"schema:Thing"}
        own = {short(each) for each in graph.objects(subject, RDF.type)}
        if domain and not domain & definitions.classes(own):
            wrong[short(name)] |= own

    assert wrong == {}


def test_values_are_in_the_range(graph: rdflib.Graph, definitions: Definitions) -> None:
    """What a property leads to is of a class or datatype that its ontology asks for."""
    wrong: defaultdict[str, set[str]] = defaultdict(set)
    for _, name, value in graph:
        range_ = {*definitions.range.get(short(name), ())} - {"schema:Thing"}
        if name == RDF.type or not range_:
            continue
        if isinstance(value, rdflib.Literal):
            datatype = value.datatype or (RDF.langString if value.language else XSD.string)
            fits = {"rdfs:Literal", short(datatype)} | {
                each for each, types in SCHEMA_TYPES.items() if datatype in types
            }
        elif short(value).startswith("schema:"):
            fits = {*DEFINED["schema"]["individuals"][short(value).partition(":")[2]]}
        elif short(value).startswith("wsis:role-"):
            fits = {"org:Role"}
        else:
            own = {short(each) for each in graph.objects(value, RDF.type)}
            # An address, and a concept of others, which the graph does not describe.
            outside = not own and name in (SDO.url, SKOS.exactMatch)
            fits = range_ if outside else definitions.classes(own)
        if not range_ & fits:
            wrong[short(name)].add(f"{value!r}: {fits}")

    assert wrong == {}


def test_every_field_is_mapped_or_left_out_with_a_reason() -> None:
    """Each field of each record becomes a property, or stands in the list of what is left out; the
    tables name no field that there is none of.
    """
    names: set[str] = set()
    for record in record_classes():
        for each in mapped(record):
            name = f"{record.__name__}.{each.field.key}"
            names |= {name, each.field.key}
            assert bool(each.terms) != bool(LEFT_OUT.get(name)), name

    assert {*FIELDS, *LEFT_OUT} <= names
    assert {*CLASSES, *LEGAL_CLASSES} <= {each.__name__ for each in record_classes()}
    assert all(
        shape_of(record)[-1].key == "extensions" for record in record_classes()
    )  # the walk reached whole records


def test_no_two_fields_of_a_class_are_one_property_of_ours() -> None:
    """What is said in two fields can be told apart."""
    for record in record_classes():
        ours = [
            term.name
            for each in mapped(record)
            for term in each.terms
            if term.name.startswith("wsis:")
        ]
        assert sorted(set(ours)) == sorted(ours), record


def test_the_context_refers_to_nothing_elsewhere() -> None:
    """No context is imported, so that nothing is looked up; the file of it is what is written."""
    assert "@import" not in context()
    assert all(isinstance(each, (str, dict)) for name, each in context().items() if name[0] != "@")
    assert jsonld.context() == {"@base": f"{NAMESPACES['wsis'][:-3]}id/", **context()}


def test_what_is_made_of_the_table_is_fresh() -> None:
    """Ontology, shapes, context and the table of `docs/linked-data.md` say what the code says."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write_linked_data.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr
