"""JSON-LD and RDF: two implementations read the same triples from all that is written, nothing of a
record is lost, and what is written keeps the conditions of SKOS and of our shapes.
"""

from __future__ import annotations

import datetime
import importlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat
from rdflib.namespace import DCTERMS, RDF, SKOS

from wsis_model import (
    Corpus,
    Document,
    Entity,
    Record,
    Translations,
    UnknownFormat,
    load,
)
from wsis_model.interop import jsonld, rdf
from wsis_model.interop.linked.mapping import NAMESPACES
from wsis_model.interop.linked.values import is_iri, language_tag
from wsis_model.model import File
from wsis_model.model.fields import shape_of
from wsis_model.model.record import IRI
from wsis_model.model.text import LANGUAGE_TAG
from wsis_model.testing import a_corpus, corpora, files

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples/data").glob("*roadmap.yaml"))
BASE = "https://w3id.org/wsis-model/id/"

#: What rdflib's reader of JSON-LD says to itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

Triples = frozenset[tuple[str, str, str]]


def by_rdflib(data: bytes, format: str) -> Triples:
    """The triples that rdflib reads."""
    graph = rdflib.Graph().parse(data=data, format=format)
    return frozenset((s.n3(), p.n3(), o.n3()) for s, p, o in graph)


def by_oxigraph(data: bytes, format: RdfFormat) -> frozenset[str]:
    """The triples that Oxigraph reads."""
    return frozenset(map(str, pyoxigraph.parse(data, format=format)))


def corpus_of(**records: Any) -> Corpus:
    """The corpus of records as a file has them."""
    return Corpus.from_file(File.model_validate(records))


def in_three_forms(corpus: Corpus, **options: Any) -> Triples:
    """The triples of a corpus, once all readers have read the same from all forms."""
    as_json = jsonld.write(corpus, **options)
    as_turtle = rdf.write(corpus, **options)
    as_lines = rdf.write(corpus, format="nt", **options)
    made = frozenset((s.n3(), p.n3(), o.n3()) for s, p, o in rdf.graph(corpus, **options))

    assert by_rdflib(as_json, "json-ld") == made
    assert by_rdflib(as_turtle, "turtle") == made
    assert by_rdflib(as_lines, "nt") == made
    oxigraph = by_oxigraph(as_json, RdfFormat.JSON_LD)
    assert by_oxigraph(as_turtle, RdfFormat.TURTLE) == oxigraph
    assert by_oxigraph(as_lines, RdfFormat.N_TRIPLES) == oxigraph
    assert len(oxigraph) == len(made)
    return made


def test_two_implementations_read_the_same_triples(catalogue: Corpus) -> None:
    """JSON-LD, Turtle and N-Triples of the road maps of the examples, a document and some entities
    say the same.
    """
    some = (catalogue["gdc"], catalogue["action-lines"], catalogue["itu"], catalogue["ungis"])

    assert len(in_three_forms(Corpus.union([Corpus.of(*some), *map(load, EXAMPLES)]))) > 5_000


@pytest.mark.heavy
def test_two_implementations_read_the_same_triples_of_the_catalogue(catalogue: Corpus) -> None:
    """The same of the whole catalogue, which has no blank node."""
    made = in_three_forms(catalogue)

    assert len(made) > 30_000
    assert not any(each.startswith("_:") for s, _, o in made for each in (s, o))


@pytest.mark.heavy
@given(corpora())
def test_sound_corpora_are_read_alike(corpus: Corpus) -> None:
    """Of any sound corpus the forms say the same, and equal records give equal bytes."""
    in_three_forms(corpus)

    top = list(corpus.top)
    random.Random(7).shuffle(top)
    assert jsonld.write(Corpus.of(*top)) == jsonld.write(corpus)
    assert rdf.write(Corpus.of(*top)) == rdf.write(corpus)


@given(files())
def test_valid_files_are_read_alike_and_lose_nothing(file: Any) -> None:
    """Of any valid file, whatever stands in its texts, the forms say the same, and every value in it
    is there.
    """
    corpus = Corpus.from_file(file)
    in_three_forms(corpus)
    written = set(texts_in(jsonld.to_jsonld(corpus)["@graph"]))

    for record in corpus.top:
        for value in values_in(record):
            assert value in written


#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
MAPPING: Any = dict
LIST: Any = list


def texts_in(data: Any) -> Iterator[str]:
    """Every text, number and identifier in JSON data, as text."""
    below: Any = data.values() if isinstance(data, MAPPING) else data
    if isinstance(data, (MAPPING, LIST)):
        for value in below:
            yield from texts_in(value)
    else:
        yield str(data)


#: Fields that linked data says in words of its own: see `test_what_is_said_otherwise`.
WRITTEN_OTHERWISE = {("Concept", "status"), ("Milestone", "status"), ("TextTable", "rows")}


def values_in(record: Record) -> Iterator[str]:
    """Every value that a record and those in it give, as it is written in linked data."""
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if value is None or (type(record).__name__, field.key) in WRITTEN_OTHERWISE:
            continue
        if field.what == "extensions":
            yield from [json.dumps(value, ensure_ascii=False, sort_keys=True)] if value else []
            continue
        for each in value if field.what in ("values", "records") else (value,):
            if isinstance(each, Record):
                yield from values_in(each)
            elif isinstance(each, Translations):
                yield from each.values()
            elif isinstance(each, Decimal):
                yield f"{each:f}" if "." in f"{each:f}" else f"{each:f}.0"
            elif isinstance(each, datetime.date):
                yield each.isoformat()
            else:
                yield str(getattr(each, "value", each))


@given(st.from_regex(IRI, fullmatch=True))
@example("http://[::1]:80/x?y#z")
@example("http://[::g]/")
@example("http://[v1.a]/")
@example("http://a/[b]")
@example("http://a/%zz")
@example("http://a:b/")
@example("http://a@b@c/")
@example("http://a/\ue000")
@example("http://a/?\ue000")
@example("http://a/\x00")
@example("http://a/\ufdd0")
@example("http://é.example/ü?ß#ö")
@example("skos:prefLabel")
@example("dct:title")
@example("mailto:a@example.org")
@example("urn:isbn:0-486-27557-4")
@example("x://")
@example("x:/a/../b/./c")
@example("x:a//b")
@example("x:////")
@example("HTTP://EXAMPLE.ORG/%7ea")
@example("wsis://example/")
def test_any_address_gives_well_formed_output(address: str) -> None:
    """What is no IRI to a strict reader is a text of type `xsd:anyURI`, and no concept matches it."""
    if len(address) > 2000:
        return
    concept = {"id": "things/two", "label": "Two", "iri": address}
    corpus = corpus_of(
        entities=[{"id": "one", "name": "One", "url": address}],
        vocabularies=[{"id": "things", "title": "Things", "concepts": [concept]}],
    )
    in_three_forms(corpus)

    graph = rdf.graph(corpus)
    url = graph.value(rdflib.URIRef(f"{BASE}one"), rdflib.SDO.url)
    match = graph.value(rdflib.URIRef(f"{BASE}things/two"), SKOS.exactMatch)
    as_text = rdflib.Literal(address, datatype=rdflib.XSD.anyURI)
    if is_iri(address):
        assert url == match == rdflib.URIRef(address)
    else:
        assert url == as_text
        assert match is None
        assert graph.value(rdflib.URIRef(f"{BASE}things/two"), DCTERMS.identifier) == as_text


def test_official_addresses_are_iris(catalogue: Corpus) -> None:
    """No address in the catalogue is taken for a text."""
    assert b"anyURI" not in jsonld.write(catalogue)


@given(
    st.dictionaries(st.from_regex(LANGUAGE_TAG, fullmatch=True), st.text(min_size=1), min_size=1)
)
@example({"en-GB": "Colour", "en-gb": "colour", "en-12": "a", "en-12-abcde": "b"})
@example({"zh-yue-hant-hk": "a", "de-1901-1901": "b", "sl-rozaj-biske-1994": "c", "en-a1": "d"})
def test_any_language_tag_gives_one_label_each(labels: dict[str, str]) -> None:
    """Every tag that a record takes is well-formed in the output, and each has one label, as SKOS
    asks.
    """
    label = Translations(dict(sorted(labels.items())))
    corpus = Corpus.of(Entity(id="one", name=label))
    in_three_forms(corpus)
    found = [
        (each.language, str(each))
        for each in rdf.graph(corpus).objects(predicate=SKOS.prefLabel)
        if isinstance(each, rdflib.Literal)
    ]

    assert len(found) == len({language for language, _ in found}) == len(label)
    assert sorted(text for _, text in found) == sorted(label.values())


@pytest.mark.parametrize("tag", ["en", "zh-Hant", "pt-BR", "es-419", "sl-rozaj-biske-1994"])
def test_well_formed_tags_stay(tag: str) -> None:
    """A good tag is not changed but for its case."""
    assert tag.lower() == language_tag(tag)


def test_half_a_surrogate_pair_is_written_as_a_question_mark() -> None:
    """A record made without validation gives well-formed files too."""
    name = Translations({"en": "a\ud800b"})
    made = in_three_forms(Corpus.of(Entity.model_construct(id="one", name=name)))

    assert ('"a?b"@en',) * 2 == tuple(o for _, p, o in made if "abel" in p or "name" in p)


def test_what_is_given_can_be_changed() -> None:
    """Whoever adds to the data adds to nobody else's."""
    before = jsonld.write(a_corpus())
    data = jsonld.to_jsonld(a_corpus())
    for node in data["@graph"]:
        node["type"].append("https://example.org/Thing")
    data["@context"]["dct:title"].clear()

    assert before == jsonld.write(a_corpus())


def test_nothing_is_written_well() -> None:
    """An empty corpus gives an empty graph in every form."""
    assert in_three_forms(Corpus()) == frozenset()


# --- what is referred to ------------------------------------------------------------------------


@pytest.mark.heavy
def test_what_only_the_context_holds_is_told_in_short(catalogue: Corpus) -> None:
    """A road map alone says of what it refers to what it is, what it is called and its official
    IRI, and no more than the whole would.
    """
    roadmap = load(ROOT / "examples/data/c2-roadmap.yaml")
    alone = in_three_forms(roadmap, context=roadmap | catalogue)

    assert (f"<{BASE}sdg/9.c>", f"<{SKOS.exactMatch}>", "<http://metadata.un.org/sdg/9.c>") in alone
    assert (f"<{BASE}itu>", f"<{SKOS.altLabel}>", '"ITU"') in alone
    assert in_three_forms(roadmap) < alone
    whole = rdf.graph(roadmap | catalogue)
    assert alone < {(s.n3(), p.n3(), o.n3()) for s, p, o in whole}


def test_records_are_published_under_a_base_of_ones_own(catalogue: Corpus) -> None:
    """With a base, records have it; what only the context holds keeps ours, and so do all terms."""
    roadmap = load(ROOT / "examples/data/c2-roadmap.yaml")
    base = "https://ministry.example/plans/"
    made = in_three_forms(roadmap, context=catalogue, base=base)

    subjects = {s for s, p, _ in made if p == f"<{RDF.type}>"}
    assert f"<{base}id/c2-roadmap>" in subjects
    assert f"<{BASE}sdg/9.c>" in subjects
    assert f"<{base}id/sdg/9.c>" not in {each for triple in made for each in triple}
    assert any(o == f"<{NAMESPACES['wsis']}Roadmap>" for _, _, o in made)


@pytest.mark.parametrize(
    "base", ["", "id", "x y/", "https://a.example", "https://a.example/?q=/", "#"]
)
def test_a_base_that_is_none_is_refused(base: str) -> None:
    """A base is an absolute IRI that ends with a slash."""
    for write in (jsonld.write, rdf.write):
        with pytest.raises(ValueError, match="ends with a slash"):
            write(a_corpus(), base=base)


def test_a_format_that_is_none_is_refused() -> None:
    """RDF is written as Turtle or N-Triples."""
    with pytest.raises(UnknownFormat):
        rdf.write(a_corpus(), format="xml")  # type: ignore[arg-type]  # what a caller may give


def test_order_of_hashing_changes_no_byte(tmp_path: Path) -> None:
    """Programs that hash texts differently write the same bytes."""
    program = (
        "import sys; from wsis_model.interop import jsonld, rdf;"
        "from wsis_model.testing import a_corpus; c = a_corpus();"
        "sys.stdout.buffer.write(jsonld.write(c) + rdf.write(c) + rdf.write(c, format='nt'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(outputs)


# --- actors ---------------------------------------------------------------------------------------


def test_only_what_is_contained_is_a_suborganization(catalogue: Corpus) -> None:
    """A department is in the Secretariat; the CSTD reports to ECOSOC and is no part of it."""
    graph = rdf.graph(catalogue)

    def inside(one: str, other: str) -> bool:
        triple = (BASE + one, rdflib.ORG.subOrganizationOf, BASE + other)
        return (rdflib.URIRef(triple[0]), triple[1], rdflib.URIRef(triple[2])) in graph

    assert inside("un-desa", "un-secretariat")
    assert inside("ecosoc", "united-nations")
    assert not inside("cstd", "ecosoc")
    assert not inside("wsis-stocktaking", "itu")


def test_a_facilitator_is_a_member_of_nothing(catalogue: Corpus) -> None:
    """Membership is said of members and chairs of bodies, and of nobody in an Action Line."""
    graph = rdf.graph(catalogue)
    bodies = {*graph.objects(predicate=rdflib.ORG.organization)}

    assert rdflib.URIRef(f"{BASE}ungis") in bodies
    assert all((each, RDF.type, rdflib.ORG.Organization) in graph for each in bodies)
    for membership in graph.subjects(RDF.type, rdflib.ORG.Membership):
        member = graph.value(membership, rdflib.ORG.member)
        assert (member, rdflib.ORG.hasMembership, membership) in graph


# --- SKOS and SHACL -------------------------------------------------------------------------------

#: Conditions that SKOS sets (its reference, by number) and that the graph could break.
SKOS_BROKEN = {
    "S9": "?a a skos:Concept, skos:ConceptScheme",
    "S13": "?a skos:prefLabel ?x ; skos:altLabel|skos:hiddenLabel ?x",
    "S14": "?a skos:prefLabel ?x, ?y FILTER(lang(?x) = lang(?y) && str(?x) != str(?y))",
    "S27": "?a skos:related|^skos:related ?b . ?a skos:broader+ ?b",
    "S37": "?a a skos:Collection ; a ?t FILTER(?t IN (skos:Concept, skos:ConceptScheme))",
    "S46": "?a skos:exactMatch|^skos:exactMatch ?b . ?a skos:broadMatch|skos:relatedMatch ?b",
    # Not numbered, and what the sense of the terms asks.
    "in a scheme": "?a skos:topConceptOf ?s FILTER NOT EXISTS { ?a skos:inScheme ?s }",
    "top has none above": "?a skos:topConceptOf ?s ; skos:broader ?b . ?b skos:inScheme ?s",
    "inverse": "?a skos:broader ?b . ?b a skos:Concept FILTER NOT EXISTS { ?b skos:narrower ?a }",
    "inverse top": "?s skos:hasTopConcept ?a FILTER NOT EXISTS { ?a skos:topConceptOf ?s }",
    "no circle": "?a skos:broader+ ?a",
}


def broken_conditions(corpus: Corpus) -> set[str]:
    """The conditions of SKOS that the graph of a corpus breaks."""
    store = pyoxigraph.Store()
    store.load(jsonld.write(corpus), format=RdfFormat.JSON_LD)
    head = f"PREFIX skos: <{SKOS}> ASK "
    return {name for name, body in SKOS_BROKEN.items() if store.query(f"{head}{{ {body} }}")}


def test_the_catalogue_keeps_the_conditions_of_skos(catalogue: Corpus) -> None:
    """No integrity condition is broken, and every concept of the SDGs matches the official one."""
    assert broken_conditions(catalogue) == set()

    store = pyoxigraph.Store()
    store.load(jsonld.write(catalogue), format=RdfFormat.JSON_LD)
    found = store.query(
        f"PREFIX skos: <{SKOS}> SELECT ?c ?m WHERE {{ ?c skos:inScheme <{BASE}sdg> ;"
        " skos:exactMatch ?m FILTER(strstarts(str(?m), 'http://metadata.un.org/sdg/')) }"
    )
    assert isinstance(found, Iterable)
    assert len(list(found)) == len(catalogue["sdg"].concepts)


@given(corpora())
def test_sound_corpora_keep_the_conditions_of_skos(corpus: Corpus) -> None:
    """Of no sound corpus a condition is broken."""
    assert broken_conditions(corpus) == set()


def test_the_conditions_can_be_broken() -> None:
    """A circle is found."""
    circle = [
        {"id": f"things/{one}", "label": "X", "parent": f"things/{other}"}
        for one, other in ("ab", "ba")
    ]
    vocabulary = {"id": "things", "title": "Things", "concepts": circle}

    assert broken_conditions(corpus_of(vocabularies=[vocabulary])) == {"no circle"}


#: Imported by name, since it types its functions in part only.
PYSHACL: Any = importlib.import_module("pyshacl")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """The shapes."""
    return rdflib.Graph().parse(data=rdf.shapes(), format="turtle")


def violations(graph: rdflib.Graph, shapes: rdflib.Graph) -> set[tuple[str, str]]:
    """What breaks the shapes: the record and the property."""
    _, report, _ = PYSHACL.validate(graph, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    return {
        (
            str(report.value(each, rdflib.SH.focusNode)).removeprefix(BASE),
            str(report.value(each, rdflib.SH.resultPath)).rpartition("#")[2].rpartition("/")[2],
        )
        for each in report.subjects(RDF.type, rdflib.SH.ValidationResult)
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_road_maps_fit_the_shapes(path: Path, catalogue: Corpus, shapes: rdflib.Graph) -> None:
    """A road map written with the catalogue as context is valid by itself."""
    roadmap = load(path)

    assert violations(rdf.graph(roadmap, context=roadmap | catalogue), shapes) == set()


@pytest.mark.heavy
def test_the_catalogue_fits_the_shapes(catalogue: Corpus, shapes: rdflib.Graph) -> None:
    """The whole catalogue is valid."""
    assert violations(rdf.graph(catalogue), shapes) == set()


#: What is taken out of the graph of a sound corpus or put into it, and what is then wrong.
BREAKS: list[tuple[str, str, str, str | None]] = [
    ("91-1/1.1", "wsis:verb", "verb", None),
    ("91-1/1.1", "wsis:kind", "kind", '"plea"'),
    ("91-1/1.1", "wsis:addressee", "addressee", f"<{BASE}nobody>"),
    ("91-1", "dct:title", "title", None),
    ("91-1", "wsis:adopted", "adopted", '"yesterday"'),
]


@pytest.mark.parametrize(("record", "name", "path", "value"), BREAKS)
def test_shapes_are_broken_where_the_record_is(
    shapes: rdflib.Graph, record: str, name: str, path: str, value: str | None
) -> None:
    """A missing verb, an unknown kind, an addressee that is none are found at their record."""
    graph = rdf.graph(a_corpus())
    assert violations(graph, shapes) == set()
    graph.update(f"DELETE WHERE {{ <{BASE}{record}> {name} ?x }}")
    if value is not None:
        graph.update(f"INSERT DATA {{ <{BASE}{record}> {name} {value} }}")

    assert violations(graph, shapes) == {(record, path)}


def test_tables_texts_and_extensions_are_kept() -> None:
    """A table is one text of JSON, and so are the extensions; official text has its languages."""
    document = Document.model_validate(
        {
            "id": "99-7",
            "title": "Maps",
            "extensions": {"apnic:programme": {"name": "é", "codes": [1, 2.5, None]}},
            "provisions": [
                {"id": "99-7/1", "number": "1", "text": {"en": "Asks.", "fr": "Demande."}}
            ],
            "tables": [{"rows": [{"cells": ["a", ""]}, {"cells": ['"', "b\n"]}]}],
        }
    )
    made = {(s, p): o for s, p, o in rdf.graph(Corpus.of(document))}

    def text(subject: str, name: str) -> str:
        return str(made[rdflib.URIRef(BASE + subject), rdflib.URIRef(NAMESPACES["wsis"] + name)])

    in_three_forms(Corpus.of(document))
    assert json.loads(text("99-7", "extensions")) == document.to_dict()["extensions"]
    rows = [[*row.cells] for row in document.tables[0].rows]
    assert [each["cells"] for each in json.loads(text("99-7#tables.0", "rows"))] == rows
    assert {"Asks.", "Demande."} == {
        str(each)
        for each in rdf.graph(Corpus.of(document)).objects(
            rdflib.URIRef(f"{BASE}99-7/1"), rdflib.URIRef(f"{NAMESPACES['wsis']}text")
        )
    }


def test_what_is_said_otherwise() -> None:
    """A retired concept is deprecated, a milestone that says when it was reached is done, and an
    activity that says when it began is under way.
    """
    concept = {"id": "things/a", "label": "A", "status": "retired"}
    milestone = {"id": "map/a1.m1", "title": "Sent", "reached": "2026-10-05"}
    activity = {
        "id": "map/a1",
        "title": "Send",
        "milestones": [milestone],
        "started": "2026-03-02",
    }
    corpus = corpus_of(
        roadmaps=[{"id": "map", "title": "Map", "owners": ["itu"], "activities": [activity]}],
        vocabularies=[{"id": "things", "title": "Things", "concepts": [concept]}],
    )
    made = {(s, p, o.n3()) for s, p, o in rdf.graph(corpus)}

    retired = rdflib.URIRef(f"{BASE}things/a"), rdflib.OWL.deprecated
    reached = rdflib.URIRef(f"{BASE}map/a1.m1"), rdflib.URIRef(f"{NAMESPACES['wsis']}status")
    assert (*retired, rdflib.Literal(True).n3()) in made
    assert (*reached, '"done"') in made
    begun = rdflib.URIRef(f"{BASE}map/a1"), rdflib.SDO.actionStatus
    assert (*begun, rdflib.SDO.ActiveActionStatus.n3()) in made


def test_extensions_of_a_file_are_kept() -> None:
    """What third parties add to a file as a whole has a place too."""
    corpus = corpus_of(extensions={"apnic:programme": "community"})

    assert "apnic:programme" in str(in_three_forms(corpus))
