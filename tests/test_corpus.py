"""The corpus: looked up, asked, joined."""

from __future__ import annotations

import copy
import functools
import pickle
from collections.abc import Callable
from operator import methodcaller

import pytest

import wsis_model as wsis
from wsis_model import (
    AmbiguousName,
    Corpus,
    DuplicateIdentifier,
    Entity,
    StakeholderGroup,
    UnknownIdentifier,
)
from wsis_model.corpus import join
from wsis_model.model import Extensions
from wsis_model.names.index import Context
from wsis_model.testing import a_concept, a_roadmap, a_vocabulary

#: What a notebook shows of an object: it calls this method by name.
in_a_notebook: Callable[[object], str] = methodcaller("_repr_html_")

SMALL = wsis.loads(
    """
documents:
- id: 90-1
  symbol: A/RES/90/1
  title: A test
  provisions:
  - {id: 90-1/1, number: "1", alignments: [{concept: lines/c7-a, basis: stated}],
     mandates: [{id: 90-1/1.1, kind: call, verb: verbs/urge, action: Do it, addressees: [groups/all], due: {session: sessions/x-1}},
                {id: 90-1/1.2, kind: request, verb: verbs/request, action: Report, addressees: [club], due: {date: 2030}}]}
  - {id: 90-1/2, number: "2", alignments: [{concept: lines/c1, basis: editorial}],
     mandates: [{id: 90-1/2.1, kind: request, verb: verbs/request, action: Lead, addressees: [groups/leads], due: {recurrence: annual}}]}
vocabularies:
- {id: verbs, title: V, concepts: [{id: verbs/class-directive, label: Directive}, {id: verbs/urge, label: urge, parent: verbs/class-directive},
   {id: verbs/request, label: request, parent: verbs/class-directive}]}
- {id: lines, title: L, concepts: [{id: lines/c1, label: One}, {id: lines/c7, label: Seven}, {id: lines/c7-a, label: Seven A, parent: lines/c7}]}
groups:
- {id: groups/all, label: All}
- {id: groups/tech, label: Technical, parent: groups/all}
- {id: groups/leads, label: Leads, roles: [facilitator]}
entities:
- {id: net, name: Network House, acronym: NET, groups: [groups/tech], aliases: [The Network], roles: [{role: member, of: club}]}
- {id: lead, name: Lead Body, groups: [groups/all], parent: club, roles: [{role: facilitator, of: lines/c1}]}
- {id: old, name: Old Body, roles: [{role: facilitator, of: lines/c1, until: "2010"}, {role: member, of: club, until: "2010"}]}
- {id: club, name: Club}
sessions:
- {id: sessions/x-1, title: X 1, year: 2027}
roadmaps:
- {id: plan, title: Plan, owners: [lead], activities: [{id: plan/a1, title: A, lead: lead, partners: [net], answers: [90-1/1.2], period: {end: "2027"},
   milestones: [{id: plan/a1.m1, title: M, due: {session: sessions/x-1}}], alignments: [{concept: lines/c7-a, basis: editorial}]}]}
""",
    "yaml",
)


def test_finds_by_identifier_reference_and_name() -> None:
    """A record is found by identifier, by reference, by acronym, by name, by alias, and by label,
    whatever the case.
    """
    assert ["90-1/2", "90-1/2", "net", "net", "net", "lines/c7", "90-1"] == [
        SMALL.find(said).id
        for said in (
            "90-1/2",
            "A/RES/90/1 para 2",
            "NET",
            "network  house",
            "The Network",
            "seven",
            "A/RES/90/1",
        )
    ]


@pytest.mark.parametrize(
    ("asked", "near"), [("90-1/2x", "90-1/2"), ("clubb", "club"), ("Netwrk House", "net")]
)
def test_the_near_miss_is_told(asked: str, near: str) -> None:
    """What is not held raises a KeyError that knows what looks like it."""
    with pytest.raises(UnknownIdentifier) as caught:
        SMALL.find(asked)

    assert near in caught.value.near
    assert isinstance(caught.value, KeyError)


def test_is_a_mapping() -> None:
    """`in`, `len`, iteration, `get` and items work as for any mapping."""
    assert "90-1/1.2" in SMALL
    assert "plan/a1.m1" in SMALL
    assert SMALL.get("nothing") is None
    assert len(SMALL) == len(list(SMALL)) == len(dict(SMALL.items()))


REACHED = """
documents:
- id: 90-1
  symbol: A/RES/90/1
  title: A test
  provisions:
  - id: 90-1/1
    number: "1"
    mandates:
    - {id: 90-1/1.1, kind: request, verb: v, action: Meet, addressees: [assembly]}
    - {id: 90-1/1.2, kind: request, verb: v, action: Measure, addressees: [partners]}
    - {id: 90-1/1.3, kind: request, verb: v, action: Write, addressees: [groups/leads]}
    - {id: 90-1/1.4, kind: call, verb: v, action: Map, addressees: [groups/system]}
    - {id: 90-1/1.5, kind: call, verb: v, action: Publish, addressees: [groups/tech]}
    - {id: 90-1/1.6, kind: call, verb: v, action: Advise, addressees: [envoy]}
    - {id: 90-1/1.7, kind: call, verb: v, action: Join, addressees: [groups/all]}
groups:
- {id: groups/all, label: All}
- {id: groups/system, label: System, parent: groups/all}
- {id: groups/tech, label: Technical, parent: groups/all}
- {id: groups/leads, label: Leads, roles: [facilitator, co-facilitator]}
entities:
- {id: assembly, name: Assembly, groups: [groups/system]}
- {id: partners, name: Partnership, groups: [groups/system]}
- {id: fund, name: Fund, parent: board, groups: [groups/system]}
- {id: board, name: Board, parent: assembly, groups: [groups/system]}
- id: outside
  name: Outside
  groups: [groups/tech]
  roles: [{role: partner, of: partners}, {role: co-facilitator, of: line}]
- id: former
  name: Former
  groups: [groups/tech]
  roles: [{role: member, of: partners, until: 2020}, {role: facilitator, of: line, until: 2020}]
- id: envoy
  name: Envoy
  groups: [groups/system]
  parent: assembly
  until: 2024-12
  succeeded_by: office
  roles: [{role: member, of: partners}]
- {id: office, name: Office, groups: [groups/system]}
"""


@pytest.mark.parametrize(
    ("actor", "reached"),
    [
        ("fund", {4: "groups/system", 7: "groups/system groups/all"}),
        (
            "outside",
            {2: "partners", 3: "groups/leads", 5: "groups/tech", 7: "groups/tech groups/all"},
        ),
        ("former", {5: "groups/tech", 7: "groups/tech groups/all"}),
        ("envoy", {6: ""}),
        ("office", {4: "groups/system", 6: "envoy", 7: "groups/system groups/all"}),
        ("groups/tech", {5: "", 7: "groups/all"}),
        ("groups/all", {7: ""}),
        ("partners", {2: "", 4: "groups/system", 7: "groups/system groups/all"}),
    ],
)  # fmt: skip
def test_who_is_reached(actor: str, reached: dict[int, str]) -> None:
    """Reached is who is named, or is of a group or holds a role in a body that is, or succeeded it.

    Not who reports to it, nor, through a body, who is in it by what that body's groups are asked;
    and nothing but its name reaches what has ended.
    """
    found = wsis.loads(REACHED, "yaml").mandates(addressee=actor)

    assert reached == {
        int(each.mandate.id.rpartition(".")[2]): " ".join(step.to for step in each.route)
        for each in found
    }


def test_reporting_lines_carry_a_duty_on_request() -> None:
    """Who asks for it is told what is asked of those to whom it reports, however far up."""
    corpus = wsis.loads(REACHED, "yaml")
    (asked,) = (
        each
        for each in corpus.mandates(addressee="fund", reporting_lines=True)
        if each.mandate.id == "90-1/1.1"
    )

    assert ["board", "assembly"] == [step.to for step in asked.route]
    assert set(corpus.routes("fund", reporting_lines=True)) == {
        *corpus.routes("fund"),
        "board",
        "assembly",
    }


TWO = """
entities:
- {id: one, name: A, acronym: %s}
- {id: two, name: B, acronym: %s, aliases: [%s]}
- {id: three, name: %s}
"""


@pytest.mark.parametrize(
    ("called", "bearers"),
    [
        (("X", "x", "-", "-"), ("one", "two")),
        (("X", "Y", "X", "-"), ("one",)),
        (("W", "Y", "X", "X"), ("three",)),
        (("W", "Y", "X", "-"), ("two",)),
        (("W", "Y", "-", "-"), ()),
    ],
)
def test_a_name_of_two_is_told_as_two(called: tuple[str, ...], bearers: tuple[str, ...]) -> None:
    """An acronym comes before a label, and a label before an alias; of equals none comes first."""
    corpus = wsis.loads(TWO % called, "yaml")

    found = corpus.names.resolve("x", Context(kinds=("entity",)))
    assert bearers == (found.identifiers if found.known else found.ambiguous)
    assert (bearers if len(bearers) == 1 else ()) == corpus.resolve("X", ("entity",))
    if len(bearers) == 1:
        assert bearers[0] == corpus.find("X").id == corpus.entity("X").id
        return
    for ask in (corpus.find, corpus.entity):
        with pytest.raises(UnknownIdentifier) as caught:
            ask("X")
        assert isinstance(caught.value, AmbiguousName) == bool(bearers), ask
        assert not bearers or caught.value.near == bearers, ask
        assert caught.value == pickle.loads(pickle.dumps(caught.value)), ask


def test_a_mandate_reaches_through_groups_and_memberships() -> None:
    """Who is asked through a group, a membership or a role is found, and the route is told; ended
    roles do not count.
    """
    asked = {
        actor: {
            a.mandate.id: [step.to for step in a.route] for a in SMALL.mandates(addressee=actor)
        }
        for actor in ("net", "lead", "old", "club")
    }

    assert {
        "net": {"90-1/1.1": ["groups/tech", "groups/all"], "90-1/1.2": ["club"]},
        "lead": {"90-1/1.1": ["groups/all"], "90-1/2.1": ["groups/leads"]},
        "old": {},
        "club": {"90-1/1.2": []},
    } == asked


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"verb": "request"}, ["90-1/1.2", "90-1/2.1"]),
        ({"verb": "verbs/class-directive"}, ["90-1/1.1", "90-1/1.2", "90-1/2.1"]),
        ({"kind": "call"}, ["90-1/1.1"]),
        ({"due_before": 2027}, ["90-1/1.1"]),
        ({"due_before": "sessions/x-1"}, ["90-1/1.1"]),
        ({"due_before": "2030-12"}, ["90-1/1.1", "90-1/1.2"]),
        ({"action_line": "lines/c7"}, ["90-1/1.1", "90-1/1.2"]),
        ({"about": "lines/c1"}, ["90-1/2.1"]),
        ({"document": "A/RES/90/1", "verb": "urge", "addressee": "NET"}, ["90-1/1.1"]),
        ({}, ["90-1/1.1", "90-1/1.2", "90-1/2.1"]),
    ],
)
def test_mandates_by_condition(conditions: dict[str, object], found: list[str]) -> None:
    """Conditions combine; a wider concept stands for the narrower ones; what has no last day is not
    due before anything.
    """
    assert found == [asked.mandate.id for asked in SMALL.mandates(**conditions)]  # type: ignore[arg-type]  # cases as data


@pytest.mark.parametrize(
    "conditions",
    [
        {"lead": "lead"},
        {"partner": "NET"},
        {"answers": "90-1/1"},
        {"answers": "90-1/1.2"},
        {"action_line": "lines/c7"},
        {"due_before": 2027},
        {"status": "planned"},
    ],
)
def test_activities_by_condition(conditions: dict[str, object]) -> None:
    """Activities answer to their lead, partners, what they answer, Action Line, end and status."""
    assert ["plan/a1"] == [planned.activity.id for planned in SMALL.activities(**conditions)]  # type: ignore[arg-type]  # cases as data


def test_activities_that_do_not_fit() -> None:
    """A condition that does not hold finds nothing."""
    assert (
        not SMALL.activities(lead="net")
        and not SMALL.activities(due_before=2026)
        and not SMALL.activities(answers="90-1/2")
    )


def test_entities_and_concepts_by_condition() -> None:
    """Entities answer to group (through narrower ones), role and kind; concepts to vocabulary and
    wider concept.
    """
    assert ["lead", "net"] == [entity.id for entity in SMALL.entities(group="groups/all")]
    assert ["lead"] == [entity.id for entity in SMALL.entities(role="facilitator", of="lines/c1")]
    assert ["lead", "old"] == [
        entity.id for entity in SMALL.entities(role="facilitator", current=False)
    ]
    assert ["lines/c7-a"] == [concept.id for concept in SMALL.concepts(under="lines/c7")]
    assert 3 == len(SMALL.concepts("lines"))


def test_a_condition_that_names_nothing_raises() -> None:
    """A misspelt condition is the caller's error, never an empty answer."""
    for ask in (
        lambda: SMALL.mandates(addressee="nett"),
        lambda: SMALL.mandates(verb="begs"),
        lambda: SMALL.about("lines/c9"),
        lambda: SMALL.concepts("line"),
        lambda: SMALL.mandates(due_before="2030-13"),
    ):
        with pytest.raises(UnknownIdentifier):
            ask()


def test_cited_by_turns_references_round() -> None:
    """Every reference is found from its target, and from nothing else."""
    turned = {
        each for target in {r.target for r in SMALL.references()} for each in SMALL.cited_by(target)
    }

    assert set(SMALL.references()) == turned
    assert ["plan/a1"] == [each.source for each in SMALL.cited_by("90-1/1.2")]
    assert () == SMALL.cited_by("90-1/2.1")


def test_broken_references() -> None:
    """References that lead nowhere or to the wrong kind are told; this corpus has none."""
    broken = SMALL | wsis.load(
        {"roadmaps": [{"id": "q", "title": "Q", "owners": ["90-1", "nobody", "club"]}]}
    )

    assert () == SMALL.broken_references()
    assert [("q", "owners[0]", "90-1"), ("q", "owners[1]", "nobody")] == [
        (r.source, r.field, r.target) for r in broken.broken_references()
    ]


def test_joining_keeps_order_out_of_it() -> None:
    """Joining is commutative and idempotent; a different record under a held identifier is refused."""
    other = wsis.load({"entities": [{"id": "new", "name": "New"}]})

    assert SMALL | other == other | SMALL
    assert SMALL == SMALL | SMALL
    with pytest.raises(DuplicateIdentifier) as caught:
        _ = SMALL | wsis.load({"entities": [{"id": "net", "name": "Another"}]})
    assert ("net", ("entity", "entity")) == (caught.value.identifier, caught.value.kinds)
    with pytest.raises(DuplicateIdentifier):
        _ = SMALL | wsis.load({"entities": [{"id": "90-1", "name": "Another"}]})


def test_a_union_is_what_joining_one_after_the_other_gives() -> None:
    """Many are joined at once: the same records, each with its place, and the same refusals."""
    texts = [f"entities: [{{id: e{n}, name: E}}]\nextensions: {{a:b{n}: {n}}}" for n in range(9)]
    parts = [wsis.loads(text, "yaml", name=f"{n}.yaml") for n, text in enumerate(texts)]
    joined = Corpus.union(iter((SMALL, *parts)))

    assert joined == functools.reduce(lambda one, other: one | other, parts, SMALL)
    assert "7.yaml:1:12" == str(joined.position("e7"))
    assert (Corpus(), SMALL) == (Corpus.union(()), Corpus.union([SMALL]))
    with pytest.raises(DuplicateIdentifier) as caught:
        Corpus.union((*parts, wsis.load({"groups": [{"id": "e3", "label": "E"}]})))
    assert ("e3", ("entity", "group")) == (caught.value.identifier, caught.value.kinds)
    with pytest.raises(TypeError):
        Corpus.union(SMALL)  # type: ignore[arg-type]  # its identifiers are no corpora


def test_clashes_are_facts() -> None:
    """Where parts differ the first is kept, and it is known what clashes and where it stands."""
    one, two = (
        wsis.loads(data, "yaml", name=name)
        for name, data in {
            "a.yaml": "entities: [{id: net, name: Net}]\nextensions: {a:b: [1], a:c: 1}",
            "b.yaml": "groups:\n- {id: net, label: Nets}\nextensions: {a:b: [2], a:c: 2}",
        }.items()
    )
    corpus, clashes = join((one, two))

    assert (corpus.all_entities, corpus.groups) == (one.all_entities, ())
    assert corpus.extensions == one.extensions
    assert [(each.identifier, each.types) for each in clashes] == [
        ("net", (Entity, StakeholderGroup)),
        ("a:b", (Extensions, Extensions)),
        ("a:c", (Extensions, Extensions)),
    ]
    assert [str(each.find(("id",))) for each in clashes[0].origins if each] == [
        "a.yaml:1:17",
        "b.yaml:2:8",
    ]
    assert join((one, two), lists=True)[0].extensions["a:b"] == (1, 2)


def test_of_equal_records_the_one_with_a_place_is_told() -> None:
    """A record that is held without a place, as in the catalogue, has that of an equal one."""
    placed = wsis.loads("entities: [{id: net, name: Net}]", "yaml", name="a.yaml")
    plain = Corpus.of(*placed.top)

    assert plain.position("net") is None
    assert str((plain | placed).position("net")) == "a.yaml:1:12"


def test_is_a_value() -> None:
    """Copies and pickles are equal; nothing can be set."""
    assert SMALL == pickle.loads(pickle.dumps(SMALL)) == copy.deepcopy(SMALL)
    assert hash(SMALL) == hash(pickle.loads(pickle.dumps(SMALL)))
    with pytest.raises(AttributeError):
        SMALL.documents = ()  # type: ignore[misc]  # that is the claim


def test_knows_where_records_stood() -> None:
    """A record and its fields know the line they were read from; what came from no file has no
    place.
    """
    position = SMALL.position("90-1/1.2", ("due", "date"))

    assert position is not None
    assert (9, 116) == (position.line, position.column)
    assert SMALL.position("nothing") is None
    assert wsis.load({"entities": [{"id": "x", "name": "X"}]}).position("x") is not None


def test_knows_in_what_records_stand() -> None:
    """A milestone stands in an activity of a road map, a mandate in a provision of a document; what
    stands alone in nothing.
    """
    held = {
        name: [record.id for record in SMALL.ancestors(name)]
        for name in ("plan/a1.m1", "plan/a1", "90-1/1.2", "lines/c1", "net")
    }

    assert held == {
        "plan/a1.m1": ["plan", "plan/a1"],
        "plan/a1": ["plan"],
        "90-1/1.2": ["90-1", "90-1/1"],
        "lines/c1": ["lines"],
        "net": [],
    }
    with pytest.raises(UnknownIdentifier):
        SMALL.ancestors("plan/a1.mm1")


def test_only_top_records_make_a_corpus() -> None:
    """A provision alone is no corpus, and says what to give instead."""
    assert 1 == len(Corpus.of(SMALL.entity("net")))
    with pytest.raises(TypeError, match="give the record that holds it"):
        Corpus.of(SMALL.provision("90-1/1"))


def test_reprs_fit_on_a_line_and_html_is_escaped() -> None:
    """Reprs are short, and what a notebook shows is escaped and has no script."""
    nasty = wsis.load(
        {"entities": [{"id": "x", "name": "<script>alert(1)</script>", "aliases": ["a & b"]}]}
    )

    assert len(repr(SMALL)) < 300 and "1 document" in repr(SMALL)
    report = wsis.check(nasty, profile="publish")
    for shown in (nasty["x"], nasty, nasty.entities(), report, report.findings[0]):
        assert "<script" not in in_a_notebook(shown)
    assert "&lt;script&gt;" in in_a_notebook(nasty["x"])
    assert "a &amp; b" in in_a_notebook(nasty["x"])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: SMALL.mandates(kind="reqest"),
        lambda: SMALL.mandates(verb="requst"),
        lambda: SMALL.entities(role="facilitatr"),
        lambda: SMALL.entities(kind="agency"),
        lambda: SMALL.activities(status="begun"),
        lambda: SMALL.about("net"),
        lambda: SMALL.cited_by("90-1/9"),
        lambda: SMALL.references("90-1/9"),
        lambda: SMALL.mandates(due_before=-1),
    ],
)
def test_no_condition_is_silently_empty(ask: Callable[[], object]) -> None:
    """What no record can meet is refused, whatever the condition."""
    with pytest.raises(UnknownIdentifier):
        ask()


def test_references_are_taken_everywhere() -> None:
    """`cited_by` and `references` take what `find` takes, and a look-up by identifier points at
    what a reference means.
    """
    assert SMALL.references("A/RES/90/1 para 1") == SMALL.references("90-1/1")
    assert SMALL.cited_by("NET") == SMALL.cited_by("net") != ()
    with pytest.raises(UnknownIdentifier) as caught:
        SMALL["A/RES/90/1, para. 2"]

    assert "90-1/2" == caught.value.near[0]


def test_what_a_corpus_works_out_cannot_be_changed() -> None:
    """The calendar of the one catalogue serves everybody."""
    with pytest.raises(TypeError):
        SMALL.calendar["x"] = SMALL.calendar["sessions/x-1"]  # type: ignore[index]  # that is the claim


def test_an_update_that_has_an_identifier_is_found_by_it() -> None:
    """One that has none stays a part of its road map, and is no record of its own."""
    first, *_ = a_roadmap().updates
    named = first.replace(id="c1-roadmap/u1", note="Named")
    corpus = Corpus.of(a_roadmap(updates=(first, named)))

    assert corpus["c1-roadmap/u1"] is corpus.roadmaps[0].updates[1]
    assert "update" == corpus.kind("c1-roadmap/u1")
    assert 1 == corpus.counts()["update"]
    assert "c1-roadmap" == corpus.ancestors("c1-roadmap/u1")[0].id


def test_an_identifier_given_twice_turns_no_order() -> None:
    """The first record counts, and the others stay in their order."""
    one, two, three = (a_concept(id=f"themes/{name}") for name in ("one", "two", "three"))
    again = a_concept(id=two.id, label="Second")
    vocabulary = a_vocabulary(id="themes", concepts=(one, two, three, again))

    corpus = Corpus.of(vocabulary)

    assert ["themes", one.id, two.id, three.id] == list(corpus)
    assert corpus[two.id] == two
