"""What people write where an identifier belongs, and reading what is sound in a file that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

import wsis_model as wsis
from wsis_model import Corpus, loading
from wsis_model.loading import salvage

ACTIVITY = """
entities: [{id: example-rir, name: Example Regional Internet Registry, acronym: EXRIR}]
roadmaps:
- id: plan
  title: P
  owners: [itu]
  objectives: [{id: plan/o1, statement: Everyone connected}]
  activities:
  - {id: plan/a1, title: A, %s}
"""


def activity(field: str) -> wsis.Activity:
    return wsis.loads(ACTIVITY % field, "yaml").roadmap("plan").activities[0]


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("ITU", "itu"),
        ("UNESCO", "unesco"),
        ("Technical community", "groups/technical-community"),
        ("International Telecommunication Union", "itu"),
        ("UNESCO | United Nations Educational, Scientific and Cultural Organization", "unesco"),
        ("EXRIR", "example-rir"),
        ("example  regional internet REGISTRY", "example-rir"),
        ("the technical community", "groups/technical-community"),
        ("The Secretary-General", "secretary-general"),
        ("Member States", "groups/governments"),
        ("DESA", "un-desa"),
        ("Media", "groups/media"),
        ("UIT", "itu"),
        ("OMS", "who"),
        ("OIT", "ilo"),
        ("ONU-Femmes", "un-women"),
        ("ONUDI", "unido"),
        ("CNUCED", "unctad"),
        ("SMSI", "wsis"),
        ("МСЭ", "itu"),
        ("ЮНЕСКО", "unesco"),
        ("国际电联", "itu"),
        ("اليونسكو", "unesco"),
        ("Unión Internacional de Telecomunicaciones", "itu"),
        ("Union européenne", "european-union"),
    ],
)
def test_actors_are_named_as_people_name_them(written: str, identifier: str) -> None:
    """An actor is understood by acronym, name or group, also one that the file itself describes."""
    assert activity(f'lead: "{written}"').lead == identifier


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("para. 26", "80-173/26"),
        ("26", "80-173/26"),
        ("paragraph 37, mandate 1", "80-173/37.1"),
        ("A/RES/80/173, para. 99", "80-173/99"),
        ("80/173 para 67, mandate 2", "80-173/67.2"),
        ("GDC 21(a)", "gdc/21-a"),
        ("A/RES/80/173, para. 999", "80-173/999"),
        ("OP 26", "80-173/26"),
        ("PP1", "80-173/p1"),
        ("operative paragraph 26", "80-173/26"),
        ("preambular para. 2", "80-173/p2"),
        ("para 21(a)", "80-173/21-a"),
        ("A/RES/79/1, annex I, para. 21 (a)", "gdc/21-a"),
    ],
)
def test_paragraphs_are_cited_as_people_cite_them(written: str, identifier: str) -> None:
    """A paragraph without a document is one of the outcome; what does not exist is still a
    reference, for a rule to report.
    """
    assert activity(f'answers: ["{written}"]').answers == (identifier,)


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("SDG 9.c", "sdg/9.c"),
        ("SDG target 4.a | schools", "sdg/4.a"),
        ("C7: e-health", "action-lines/c7-e-health"),
        ("Action Line C2", "action-lines/c2"),
        ("C2", "action-lines/c2"),
        ("Global Digital Compact, para. 11 (a)", "gdc/11-a"),
        ("Media", "action-lines/c9"),
        ("Capacity building", "action-lines/c4"),
    ],
)
def test_concepts_are_written_as_people_write_them(written: str, identifier: str) -> None:
    """SDG targets, Action Lines and Compact commitments are understood in the forms of the field."""
    assert (
        activity(f'alignments: [{{concept: "{written}", basis: editorial}}]').alignments[0].concept
        == identifier
    )


def test_a_file_of_a_folder_means_what_it_means_alone(tmp_path: Path) -> None:
    """What names meant in other files does not count in one that calls a record of its own so."""
    plan = "roadmaps: [{id: %s, title: %s, owners: [UNESCO], scope: [C2, Media, 'C5; C6']}]"
    own = "\nentities: [{id: mine, name: Mine, acronym: Unesco}]"
    texts = [plan % (f"p{n}", "T") for n in range(6)]
    texts[3] += own
    texts[4] = texts[4].replace("Media", "Medja")
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(wsis.LoadError) as caught:
        wsis.load(tmp_path)
    (tmp_path / "4.yaml").unlink()
    together = wsis.load(tmp_path)
    alone = [wsis.loads(text, "yaml") for n, text in enumerate(texts) if n != 4]

    assert together == Corpus.union(alone)
    assert [("mine",) if n == 3 else ("unesco",) for n in (0, 1, 2, 3, 5)] == [
        each.owners for each in together.roadmaps
    ]
    assert {("action-lines/c2", "action-lines/c9", "action-lines/c5", "action-lines/c6")} == {
        each.scope for each in together.roadmaps
    }
    assert f"{tmp_path}/5.yaml:1:61" == str(together.position("p5", ("scope", 1)))
    assert [f"{tmp_path}/4.yaml:1:61"] == [str(each.position) for each in caught.value.problems]


def test_an_objective_may_be_named_by_its_statement() -> None:
    """Parts of the file are understood by what they are called in it."""
    assert activity("objective: Everyone Connected").objective == "plan/o1"


def test_a_name_means_what_belongs_there() -> None:
    """An activity that is called as an Action Line is, is not taken for it where a concept belongs,
    and the other way round.
    """
    read = wsis.loads(
        """
roadmaps:
- id: plan
  title: P
  owners: [itu]
  objectives: [{id: plan/o1, statement: Capacity building}]
  activities:
  - id: plan/a1
    title: Capacity building
    objective: Capacity building
    alignments: [{concept: Capacity building, basis: editorial}]
  - {id: plan/a2, title: B, depends_on: [Capacity building]}
  indicators: [{id: plan/i1, name: Capacity building}]
  updates: [{date: 2026-01-01, about: Capacity building}]
""",
        "yaml",
    ).roadmap("plan")
    first, second = read.activities

    assert (first.objective, first.alignments[0].concept, second.depends_on) == (
        "plan/o1",
        "action-lines/c4",
        ("plan/a1",),
    )
    assert read.updates[0].about == "plan/o1"


def test_what_is_of_another_kind_is_left_to_a_rule() -> None:
    """A name that only something of another kind has is understood, and a rule says that it does
    not belong there.
    """
    assert activity("lead: SDG 4").lead == "sdg/4"


def test_no_two_bodies_bear_one_name() -> None:
    """In whatever language: what is understood of one is not taken for another. An acronym that two
    bear is told as two.
    """
    named: dict[str, set[str]] = {}
    shortened: dict[str, set[str]] = {}
    for each in wsis.catalogue().all_entities:
        for name in (*each.name.values(), *each.aliases):
            named.setdefault(name.casefold(), set()).add(each.id)
        if each.acronym:
            shortened.setdefault(each.acronym.casefold(), set()).add(each.id)
    bearers = {name: held | shortened.get(name, set()) for name, held in named.items()}

    assert {name: held for name, held in bearers.items() if len(held) > 1} == {
        "icc": {"international-chamber-of-commerce", "international-criminal-court"}  # told as two
    }


ACTORS = ("group", "entity")


@pytest.mark.parametrize(
    ("written", "kinds", "near"),
    [
        # What is misspelt: letters that changed places, are doubled, left out, put in, or wrong in
        # a long word; signs.
        ("UNSECO", ACTORS, "unesco"),
        ("UNICFE", ACTORS, "unicef"),
        ("Unisef", ACTORS, "unicef"),
        ("unesko", ACTORS, "unesco"),
        ("UNESCCO", ACTORS, "unesco"),
        ("ITTU", ACTORS, "itu"),
        ("APINC", ACTORS, "apnic"),
        ("RIPENCC", ACTORS, "ripe-ncc"),
        ("RIPE NC", ACTORS, "ripe-ncc"),
        ("UN Woman", ACTORS, "un-women"),
        ("Acedemia", ACTORS, "groups/academia"),
        ("technical comunity", ACTORS, "groups/technical-community"),
        ("International Telecomunication Union", ACTORS, "itu"),
        ("World Health Organisation", ACTORS, "who"),
        ("Telecommunication Union", ACTORS, "itu"),
        ("Internet Society (Geneva)", ACTORS, "isoc"),
        ("CSDT 30", ("session",), "sessions/cstd-30"),
        ("CSTD30", ("session",), "sessions/cstd-30"),
        ("e-helth", ("concept",), "action-lines/c7-e-health"),
        ("sdg-9.c", ("concept",), "sdg/9.c"),
        # What is another.
        ("IFLA", ACTORS, None),
        ("IFAP", ACTORS, None),
        ("UNESCO IFAP", ACTORS, None),
        ("Sida", ACTORS, None),
        ("ICRC", ACTORS, None),
        ("UNCT", ACTORS, None),
        ("UNCCD", ACTORS, None),
        ("medianet", ACTORS, None),
        ("ITU Council", ACTORS, None),
        ("European Commission", ACTORS, None),
        ("Council of Europe", ACTORS, None),
        ("Mozilla Foundation", ACTORS, None),
        ("CCI", ACTORS, None),
        ("OMX", ACTORS, None),
        ("ONUDO", ACTORS, None),
        ("FNUD", ACTORS, None),
        ("CSTD 31", ("session",), None),
        ("IGF 2027", ("session",), None),
        ("WSIS Forum 2027", ("session",), None),
        ("sessions/cstd-31", ("session",), None),
        ("80-173/128", ("provision", "mandate"), None),
    ],
)
def test_a_near_miss_is_a_slip_of_the_hand(
    written: str, kinds: tuple[str, ...], near: str | None
) -> None:
    """What is misspelt comes with what was meant; the name of somebody else, or the number of
    something else, with nothing.
    """
    assert next(iter(wsis.catalogue().near(written, 1, kinds)), None) == near


@pytest.mark.parametrize("word", ["academia", "desa", "gdc", "26-28", "acedemia"])
def test_a_bare_word_is_an_identifier(word: str) -> None:
    """What has the form of an identifier is one, in tables too: what was written reads back. That
    nothing is called so is told by a rule.
    """
    made = wsis.loads(f"id,title,owners\nplan,P,{word}\n", "csv", name="roadmaps.csv")

    assert made.roadmap("plan").owners == (word,)


def test_many_wrong_names_are_told_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A near miss costs a look at every name: the first few wrong names get one, however many there
    are.
    """
    monkeypatch.setattr(loading, "HINTED", 2)
    activities = [
        {"id": f"plan/a{number}", "title": "A", "lead": f"UNESCCO{'O' * (number % 4)}"}
        for number in range(8)
    ]
    read = salvage(
        {"roadmaps": [{"id": "plan", "title": "P", "owners": ["itu"], "activities": activities}]}
    )

    assert [each.code for each in read.problems] == ["wrong-identifier"] * 8
    assert ["'unesco'" in each.hint for each in read.problems] == [
        True,
        True,
        False,
        False,
    ] * 2


def test_sessions_are_named_by_body_and_number() -> None:
    """A session is understood by the acronym of its body and its number."""
    read = activity(
        "milestones: [{id: plan/a1.m1, title: M, due: {session: CSTD 30}}, {id: plan/a1.m2, title:"
        " M, due: {session: UNGA 82}}]"
    )

    assert [each.due.session for each in read.milestones if each.due] == [
        "sessions/cstd-30",
        "sessions/ga-82",
    ]
    assert wsis.catalogue().resolve("GA 82", ("session",)) == ("sessions/ga-82",)


def test_a_name_of_two_bodies_is_a_problem_that_names_both() -> None:
    """Two bodies are called ICC: neither is taken, both are told; a full name is understood."""
    with pytest.raises(wsis.LoadError) as caught:
        activity("lead: ICC, partners: [UNESCO, 'ICC | the Chamber']")

    assert [
        ("ambiguous-name", "roadmaps[0].activities[0].lead"),
        ("ambiguous-name", "roadmaps[0].activities[0].partners[1]"),
    ] == [(each.code, each.field) for each in caught.value.problems]
    for problem in caught.value.problems:
        for bearer in wsis.catalogue().names.resolve("ICC").ambiguous:
            assert bearer in problem.message
    assert (
        activity("lead: International Chamber of Commerce").lead
        == "international-chamber-of-commerce"
    )


def test_other_names_may_be_given() -> None:
    """The names are those of the corpus given: in an empty one nobody is called anything."""
    with pytest.raises(wsis.LoadError):
        wsis.loads(ACTIVITY % "lead: UNESCO", "yaml", names=Corpus())


def test_own_identifiers_are_not_understood_as_references() -> None:
    """What a record is called itself is written as an identifier."""
    with pytest.raises(wsis.LoadError):
        wsis.load({"roadmaps": [{"id": "UNESCO", "title": "T", "owners": ["itu"]}]})


FAULTY = """
roadmaps:
- id: plan
  title: P
  owners: [itu]
  status: daft
  activities:
  - not a record
  - {id: plan/a1, lead: UNESCCO, period: {start: 2026, end: soon}}
  - {title: No name}
  - id: plan/a2
    title: B
    lead: nobody
    depends_on: [plan/a9, "no such thing"]
"""


def test_what_is_sound_is_kept_and_told_at_its_place() -> None:
    """Of a faulty file the sound records are kept, findings about them name the right line, and
    what was left out is known.
    """
    read = salvage(FAULTY.encode(), format="yaml", name="plan.yaml")
    report = wsis.check(wsis.catalogue() | read.corpus)

    assert [(each.position.line, each.code) for each in read.problems] == [
        (6, "wrong-value"),
        (8, "wrong-shape"),
        (9, "missing-field"),
        (9, "wrong-identifier"),
        (9, "wrong-date"),
        (10, "missing-field"),
        (14, "wrong-identifier"),
    ]
    assert [each.id for each in read.corpus.roadmap("plan").activities] == ["plan/a1", "plan/a2"]
    dead = [each for each in report.findings if each.code == "R201"]
    assert [(each.record, each.position.line if each.position else 0) for each in dead] == [
        ("plan/a2", 13),
        ("plan/a2", 14),
    ]
    assert {("plan/a1", "period"), ("plan/a2", "depends_on")} <= read.lost
    assert ("plan/a2", "lead") not in read.lost


def test_a_sound_file_is_salvaged_whole() -> None:
    """Salvaging a sound file is loading it."""
    sound = {"roadmaps": [{"id": "plan", "title": "P", "owners": ["itu"]}]}
    read = salvage(sound)

    assert (read.corpus, read.problems, read.lost) == (wsis.load(sound), (), frozenset())


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"- [", b"roadmaps: 3", b"roadmaps: [{id: [1]}]", b"just text"]
)
def test_what_cannot_be_read_at_all_gives_an_empty_corpus(data: bytes) -> None:
    """Any bytes give problems and a corpus of what is left, which may be nothing."""
    read = salvage(data, format="yaml")

    assert read.problems and len(read.corpus) == 0


def test_a_folder_is_salvaged_file_by_file(tmp_path: Path) -> None:
    """One faulty file does not keep the others of a folder from being read, and a claim on one
    identifier is told.
    """
    (tmp_path / "a.yaml").write_text("roadmaps: [{id: a, title: A, owners: [itu]}]")
    (tmp_path / "b.yaml").write_text(
        "roadmaps: [{id: b, title: B, owners: [itu], status: daft}, {id: a, title: Other, owners:"
        " [itu]}]"
    )
    (tmp_path / "c.yaml").write_text("roadmaps: [")

    read = salvage(tmp_path)

    assert {"a", "b"} == set(read.corpus)
    assert sorted(each.code for each in read.problems) == [
        "duplicate-record",
        "wrong-value",
        "yaml-syntax",
    ]
