"""The shipped catalogue, held to the sources beside the project and to what it promises by itself."""

from __future__ import annotations

import csv
import datetime
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import wsis_model as wsis
from wsis_model import Basis, Certainty, Corpus, MandateKind, Part
from wsis_model.names.index import Context

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "wsis_model" / "data"


# --- what it promises by itself -------------------------------------------------------------------


def test_it_holds_what_the_readme_says(catalogue: Corpus) -> None:
    """127 numbered and 7 preambular paragraphs under 17 headings; 74 paragraphs, 13 principles and
    76 commitments of the Compact.
    """
    outcome, compact = catalogue.document("80-173"), catalogue.document("gdc")

    assert [str(n) for n in range(1, 128)] == [
        p.number for p in outcome.provisions if p.part is Part.OPERATIVE
    ]
    assert [f"P{n}" for n in range(1, 8)] == [
        p.number for p in outcome.provisions if p.part is Part.PREAMBULAR
    ]
    assert (17, 12) == (len(outcome.sections), len(outcome.notes))
    assert 74 == len([p for p in compact.provisions if p.parent is None])
    assert 13 == len([p for p in compact.provisions if p.parent == "gdc/8"])
    assert 76 == len([p for p in compact.provisions if p.parent not in (None, "gdc/8")])
    assert all(len(p.mandates) == 1 for p in compact.provisions if p.parent not in (None, "gdc/8"))


def test_it_holds_no_official_sentence(catalogue: Corpus) -> None:
    """No provision or note has its official text; every provision has a summary of ours."""
    assert not [p.id for p in catalogue.provisions if p.text]
    assert not [note for document in catalogue.documents for note in document.notes if note.text]
    assert not [p.id for p in catalogue.provisions if not p.summary]


def test_the_compiled_file_is_what_the_yaml_says() -> None:
    """`data/catalogue.json` is fresh."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "compile_catalogue.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr


@pytest.mark.parametrize("profile", wsis.PROFILES)
def test_it_is_sound(catalogue: Corpus, profile: str) -> None:
    """The shipped catalogue is sound under every rule, warnings included."""
    assert "" == "\n".join(
        str(finding) for finding in wsis.check(catalogue, profile=profile).findings
    )


def test_who_what_by_when_to_whom(catalogue: Corpus) -> None:
    """Paragraph 113 tells who, what, by when, and to whom."""
    mandate = catalogue["80-173/113"].mandates[0]

    assert ("request", "verbs/request") == (mandate.kind.value, mandate.verb)
    assert (("groups/action-line-facilitators",), ("ungis",), ("cstd",)) == (
        mandate.addressees,
        mandate.with_,
        mandate.reports_to,
    )
    assert ("sessions/cstd-30", "2027") == (mandate.due.session, mandate.due.date)


@pytest.mark.parametrize(
    ("theme", "paragraphs"),
    [
        ("themes/multistakeholder-cooperation", {3, 91, 105}),
        ("themes/human-rights", {8, *range(68, 81), 112}),
        ("themes/fragmentation", {90}),
        ("themes/igf", {*range(96, 104)}),
        ("themes/internet-governance", {*range(88, 104)}),
        ("themes/ungis", {67, 121, 122}),
        ("themes/road-maps", {113, 122}),
        ("themes/digital-divides", {*range(19, 29)}),
        ("themes/capacity-building", {59, 60, 61}),
        ("themes/measurement", {*range(114, 119)}),
    ],
)
def test_a_theme_finds_what_the_outcome_says(
    catalogue: Corpus, theme: str, paragraphs: set[int]
) -> None:
    """A person who follows a theme finds the paragraphs on it."""
    assert paragraphs <= {
        int(p.number) for p in catalogue.about(theme, document="80-173") if p.number.isdigit()
    }


DATED = {
    "80-173/37.1": ("2030", None, None),
    "80-173/67.2": ("2027", "sessions/cstd-30", None),
    "80-173/86.1": ("2026", "sessions/ai-dialogue-2026", None),
    "80-173/98.2": (None, None, "annual"),
    "80-173/99.1": (None, None, "standing"),
    "80-173/99.2": (None, None, "standing"),
    "80-173/103.2": (None, "sessions/ga-80", None),
    "80-173/110.1": (None, None, "annual"),
    "80-173/113.1": ("2027", "sessions/cstd-30", None),
    "80-173/116.2": (None, None, "periodic"),
    "80-173/117.1": ("2027", "sessions/cstd-30", None),
    "80-173/119.1": (None, None, "biennial"),
    "80-173/121.2": (None, None, "annual"),
    "80-173/122.1": ("2026", "sessions/cstd-29", None),
    "80-173/124.1": (None, None, "biennial"),
    "80-173/124.2": (None, None, "biennial"),
    "80-173/125.1": ("2027", "sessions/gdc-review-2027", None),
    "80-173/126.1": ("2030", "sessions/agenda-2030-review", None),
    "80-173/126.2": ("2030", "sessions/agenda-2030-review", None),
    "80-173/127.1": ("2035", "sessions/wsis-review-2035", None),
}


def test_the_dated_and_recurring_items_are_these(catalogue: Corpus) -> None:
    """Exactly the items that the text dates or makes recur have a due, and the right one."""
    found = {
        asked.mandate.id: (due.date, due.session, due.recurrence.value if due.recurrence else None)
        for asked in catalogue.mandates(document="80-173")
        if (due := asked.mandate.due) is not None
    }

    assert DATED == found


def test_the_joint_road_map_sorts_between_the_sessions(catalogue: Corpus) -> None:
    """The joint road map, for which no day is given, is due after GA 80 opens and before CSTD 30."""
    opens = catalogue["sessions/ga-80"].window().earliest
    joint, lines = (
        catalogue[i].due.window(catalogue.calendar) for i in ("80-173/122.1", "80-173/113.1")
    )

    assert opens < joint.earliest
    assert joint < lines


def test_stakeholder_groups_by_three_readings(catalogue: Corpus) -> None:
    """Five groups in 3 and 91, six in 105, youth added in 3 and 119."""
    named = {
        paragraph: {
            group.id.removeprefix("groups/")
            for group in catalogue.groups
            if f"80-173/{paragraph}" in group.named_in
        }
        for paragraph in (3, 91, 105, 119)
    }
    common = {"governments", "private-sector", "civil-society", "international-organizations"}

    assert all(common <= groups for groups in named.values())
    assert "technical-and-academic-communities" in named[3] & named[91]
    assert {"technical-community", "academia"} <= named[105]
    assert "youth" in named[3] & named[119]
    assert "youth" not in named[91] | named[105]


def test_a_regional_internet_registry_is_reached(catalogue: Corpus) -> None:
    """What all stakeholders are asked is asked of the five registries, and the route says how."""
    for registry in ("afrinic", "apnic", "arin", "lacnic", "ripe-ncc"):
        asked = {a.mandate.id: a for a in catalogue.mandates(addressee=registry, document="80-173")}

        assert {"80-173/23.1", "80-173/107.1"} <= set(asked), registry
        assert "groups/technical-community" == asked["80-173/23.1"].route[0].to, registry
        assert "groups/all-stakeholders" == asked["80-173/23.1"].route[-1].to, registry


@pytest.mark.parametrize(
    ("actor", "route"),
    [
        ("groups/governments", []),
        ("groups/civil-society", ["groups/all-stakeholders", "groups/other-stakeholders"]),
        ("groups/private-sector", ["groups/all-stakeholders", "groups/other-stakeholders"]),
        ("isoc", ["groups/technical-community", "groups/technical-and-academic-communities", "groups/all-stakeholders", "groups/other-stakeholders"]),
    ],
)  # fmt: skip
def test_others_are_whoever_is_not_named_beside_them(
    catalogue: Corpus, actor: str, route: list[str]
) -> None:
    """Paragraph 95 calls upon Member States and other stakeholders: Governments are named, and
    everybody else is meant.
    """
    (asked,) = (
        each
        for each in catalogue.mandates(addressee=actor, document="80-173")
        if each.mandate.id == "80-173/95.1"
    )

    assert route == [step.to for step in asked.route]


def test_every_line_has_a_facilitator_with_a_source(catalogue: Corpus) -> None:
    """Each of the eighteen lines has a lead with a source, and what is only remembered says so."""
    lines = [c for c in catalogue.concepts("action-lines") if c.id != "action-lines/c7"]
    roles = {
        c.id: [
            (e.id, r)
            for e in catalogue.entities(role="facilitator", of=c.id)
            for r in e.roles
            if r.of == c.id
        ]
        for c in lines
    }

    assert 18 == len(lines)
    assert all(roles.values())
    assert all(role.source for held in roles.values() for _, role in held)
    assert {Certainty.MEMORY} == {
        r.source.certainty for _, r in roles["action-lines/c7-e-employment"] if r.source
    }
    assert [("itu", Certainty.VERIFIED)] == [
        (e, r.source.certainty)
        for e, r in roles["action-lines/c2"]
        if r.source and r.role.value == "facilitator"
    ]


def test_names_are_borne_twice_where_two_have_them_in_truth(catalogue: Corpus) -> None:
    """Bodies share one name; documents of one title and indicators of two goals the others."""
    shared = {
        name: bearers
        for name in (catalogue.names._by_name)  # pyright: ignore[reportPrivateUsage]  # every name there is
        if (bearers := catalogue.names.resolve(name).ambiguous)
    }
    kinds = {name: {catalogue.kind(each) for each in bearers} for name, bearers in shared.items()}

    assert ["icc"] == [name for name, held in kinds.items() if held & {"entity", "group"}]
    assert all(len(held) == 1 for held in kinds.values())
    assert {"document", "concept", "entity"} == {kind for held in kinds.values() for kind in held}
    assert all(
        each.startswith("sdg/")
        for name, bearers in shared.items()
        if kinds[name] == {"concept"}
        for each in bearers
    )


def test_bodies_that_ended_say_what_took_over(catalogue: Corpus) -> None:
    """What has ended says when, is in no group's name asked anything, and named by no mandate."""
    ended = {each.id: each.succeeded_by for each in catalogue.all_entities if each.until}

    assert {"oset": "odet", "oewg-ict": "global-mechanism-ict"} == {
        name: after for name, after in ended.items() if after
    }
    assert all(list(catalogue.routes(each)) == [each] for each in ended)
    assert not [
        (each.source, each.target)
        for name in ended
        for each in catalogue.cited_by(name)
        if "mandates" in each.field or "roles" in each.field or "with" in each.field
    ]


def test_sources_are_listed() -> None:
    """SOURCES.md names every data file."""
    listed = (DATA / "SOURCES.md").read_text(encoding="utf-8")

    assert not [
        path.name
        for path in DATA.rglob("*.yaml")
        if f"`{path.relative_to(DATA).as_posix()}`" not in listed
    ]


def test_mandates_that_are_ours_say_why(catalogue: Corpus) -> None:
    """Where a split or an addressee is our inference, the mandate says `editorial` and why."""
    editorial = [a.mandate for a in catalogue.mandates() if a.mandate.basis is Basis.EDITORIAL]

    assert editorial
    assert not [mandate.id for mandate in editorial if not mandate.note]


def test_permanence_is_decided_and_reviews_are_resolved(catalogue: Corpus) -> None:
    """Paragraph 99 decides and 126 resolves; nothing else in the outcome is a decision."""
    decided = {
        (a.provision.number, a.mandate.verb)
        for a in catalogue.mandates(document="80-173")
        if a.mandate.kind is MandateKind.DECISION
    }

    assert {("99", "verbs/decide"), ("126", "verbs/resolve")} == decided


# --- held to the sources beside the project -------------------------------------------------------


def name(element: ElementTree.Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


@cache
def official(path: Path) -> dict[str, str]:
    """Number to text of each numbered paragraph and preambular paragraph, read from the official
    file by this test alone.
    """
    root = ElementTree.parse(path).getroot()
    texts: dict[str, str] = {}
    for element in root.iter():
        if name(element) in ("paragraph", "point", "subparagraph"):
            number = next((child for child in element if name(child) == "num"), None)
            if number is not None:
                text = " ".join("".join(element.itertext()).split())
                texts.setdefault("".join(number.itertext()).strip(" .\t\u00a0"), text)
        elif name(element) == "container" and element.get("name") in ("preambular", "preamble"):
            texts.setdefault(
                f"P{sum(key.startswith('P') for key in texts) + 1}",
                " ".join("".join(element.itertext()).split()),
            )
    return texts


def outcome_text(shared: Path) -> dict[str, str]:
    return official(shared / "documents" / "akn" / "A_RES_80_173.English.xml")


def test_numbers_are_those_of_the_official_text(catalogue: Corpus, shared: Path) -> None:
    """Every numbered paragraph of the official file is here, and no other."""
    numbers = [number for number in outcome_text(shared) if number.isdigit()]

    assert sorted(numbers, key=int) == [
        p.number for p in catalogue.document("80-173").provisions if p.number.isdigit()
    ]


def test_headings_stand_in_the_official_text(catalogue: Corpus, shared: Path) -> None:
    """Each heading is printed in the official file, in our order."""
    whole = " ".join(
        "".join(
            ElementTree.parse(shared / "documents" / "akn" / "A_RES_80_173.English.xml")
            .getroot()
            .itertext()
        ).split()
    )
    places: list[int] = []
    at = whole.index("We, the Ministers")
    for section in catalogue.document("80-173").sections:
        at = whole.find(section.heading["en"], at)
        places.append(at)
        at += 1

    assert -1 not in places
    assert sorted(places) == places


def test_verbs_stand_in_the_official_text(catalogue: Corpus, shared: Path) -> None:
    """The verb of every mandate of the outcome stands in its paragraph, in one of the forms that
    the vocabulary gives.
    """
    texts = outcome_text(shared)
    missing: list[tuple[str, str]] = []
    for asked in catalogue.mandates(document="80-173"):
        verb = catalogue.concept(asked.mandate.verb)
        forms = {str(verb.label), verb.code or "", *verb.aliases} - {""}
        if not any(
            re.search(rf"\b{re.escape(form)}\b", texts[asked.provision.number], re.IGNORECASE)
            for form in forms
        ):
            missing.append((asked.mandate.id, verb.id))

    assert [] == missing


def test_due_sessions_stand_in_the_official_text(catalogue: Corpus, shared: Path) -> None:
    """A paragraph with a dated mandate names the year, or the session by its ordinal."""
    ordinals = {
        "sessions/cstd-29": "twenty-ninth",
        "sessions/cstd-30": "thirtieth",
        "sessions/ga-80": "eightieth",
        "sessions/ga-82": "eighty-second",
    }
    texts = outcome_text(shared)
    wrong = [
        asked.mandate.id
        for asked in catalogue.mandates(document="80-173")
        if (due := asked.mandate.due)
        and (
            (due.date and due.date[:4] not in texts[asked.provision.number])
            or (
                due.session in ordinals
                and ordinals[due.session] not in texts[asked.provision.number]
            )
        )
    ]

    assert [] == wrong


def test_cited_symbols_are_those_of_the_official_links(catalogue: Corpus, shared: Path) -> None:
    """Every document that the official file links to is cited by a provision or note of the
    outcome.
    """
    root = ElementTree.parse(shared / "documents" / "akn" / "A_RES_80_173.English.xml").getroot()
    linked = {
        link.removeprefix("https://docs.un.org/en/").removeprefix("https://undocs.org/en/")
        for element in root.iter()
        if (link := element.get("href") or "").startswith(
            ("https://docs.un.org/en/", "https://undocs.org/en/")
        )
    }
    cited = {
        catalogue[r.target].symbol
        for r in catalogue.references("80-173")
        if r.target in catalogue and r.field.endswith("target")
        if catalogue.kind(r.target) == "document"
    }

    def fold(symbol: str) -> str:
        # The links leave out the part of an old resolution: A/RES/217(III) for resolution 217 A
        # (III).
        return re.sub(r"[^A-Z0-9]", "", re.sub(r"(?<=\d) [A-Z] (?=\()", "", symbol.upper()))

    assert linked
    assert not {
        symbol
        for symbol in linked
        if fold(symbol) not in {fold(each) for each in cited if each} and "80/L.41" not in symbol
    }


def test_sdg_codes_and_iris_are_the_official_ones(catalogue: Corpus, shared: Path) -> None:
    """17 goals, 169 targets, 251 indicators, with their codes, UNSD codes and IRIs; every label
    ours.
    """
    goals = json.loads(
        (shared / "vocabularies" / "sdg" / "sdg_framework_2025.json").read_text(encoding="utf-8")
    )["goals"]
    expected: dict[str, tuple[str | None, str | None]] = {}
    official_texts: set[str] = set()
    for goal in goals:
        expected[goal["code"]] = (goal["iri"], None)
        for target in goal["targets"]:
            expected[target["code"]] = (target["iri"], None)
            official_texts.add(target["text"].casefold())
            for indicator in target["indicators"]:
                expected[indicator["code"]] = (indicator["iri"], indicator["unsd_code"])
                official_texts.add(indicator["text"].casefold())
    held = {str(c.code): (c.iri, next(iter(c.aliases), None)) for c in catalogue.concepts("sdg")}

    assert expected == held
    assert (17, 169, 251) == tuple(
        sum(code.count(".") == dots for code in held) for dots in (0, 1, 2)
    )
    assert not [
        c.id for c in catalogue.concepts("sdg") if str(c.label).casefold() in official_texts
    ]


def test_the_matrix_is_the_official_one(catalogue: Corpus, shared: Path) -> None:
    """Action Lines have the 163 target links of the matrix and no other, with its basis."""
    matrix: dict[str, dict[str, list[Any]]] = json.loads(
        (shared / "vocabularies" / "wsis" / "action_line_sdg_matrix.json").read_text(
            encoding="utf-8"
        )
    )
    expected = {
        (code, f"sdg/{target}") for code, links in matrix.items() for target in links["targets"]
    }
    goals = {(code, f"sdg/{goal}") for code, links in matrix.items() for goal in links["goals"]}
    held = {
        (str(c.code), a.concept)
        for c in catalogue.concepts("action-lines")
        for a in c.alignments
        if a.basis is Basis.OFFICIAL_MATRIX
    }

    assert 163 == len(expected)
    assert expected == {pair for pair in held if "." in pair[1].removeprefix("sdg/")}
    assert goals == {pair for pair in held if "." not in pair[1].removeprefix("sdg/")}


def test_compact_goal_tags_are_the_printed_ones(catalogue: Corpus, shared: Path) -> None:
    """Each paragraph and item of the Compact has the goals printed with it, stated, and no other
    stated goal.
    """
    rows = json.loads(
        (shared / "vocabularies" / "gdc" / "gdc_commitments.json").read_text(encoding="utf-8")
    )
    expected = {
        f"gdc/{r['paragraph']}" + (f"-{r['item']}" if r["item"] else ""): {
            f"sdg/{g}" for g in (range(1, 18) if r["sdg_goals"] == "all" else r["sdg_goals"])
        }
        for r in rows
    }
    held = {
        p.id: {
            a.concept
            for a in p.alignments
            if a.basis is Basis.STATED and re.fullmatch(r"sdg/\d+", a.concept)
        }
        for p in catalogue.document("gdc").provisions
    }

    assert expected == held


def test_un_entities_are_the_listed_ones(catalogue: Corpus, shared: Path) -> None:
    """Every entity of the UN's list is held, found by its acronym, which is its own but for one."""
    with (shared / "vocabularies" / "un" / "un_entities.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        listed = [row["entity"] for row in csv.DictReader(stream)]

    entities = Context(kinds=("entity",))
    bearers = {acronym: catalogue.names.resolve(acronym, entities) for acronym in listed}

    assert {"ICC": ("international-chamber-of-commerce", "international-criminal-court")} == {
        acronym: found.ambiguous for acronym, found in bearers.items() if not found.known
    }


def test_facts_name_what_is_held(catalogue: Corpus, shared: Path) -> None:
    """Each ask that the facts beside the project list has a mandate in its paragraph."""
    facts = json.loads(
        (shared / "facts" / "a_res_80_173_provisions.json").read_text(encoding="utf-8")
    )
    held = {
        p.number: len([m for m in p.mandates if m.kind is not MandateKind.COMMITMENT])
        for p in catalogue.document("80-173").provisions
    }

    assert not [f["paragraph"] for f in facts if f["asks"] and not held[str(f["paragraph"])]]


def test_unbis_matches_are_the_listed_ones(catalogue: Corpus, shared: Path) -> None:
    """A theme's exact match is a term of the UN's thesaurus."""
    terms = {
        term["iri"]
        for term in json.loads(
            (shared / "vocabularies" / "un" / "unbis_terms.json").read_text(encoding="utf-8")
        )
    }
    matches = {iri for concept in catalogue.concepts("themes") for iri in concept.exact_matches}

    assert matches
    assert matches <= terms


def test_no_official_sentence_slipped_in(shared: Path) -> None:
    """The searcher beside the project finds nothing in what git tracks."""
    done = subprocess.run(
        [sys.executable, str(shared / "tools" / "verbatim.py"), str(ROOT)],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stdout


def test_the_adoption_is_dated_as_printed(catalogue: Corpus) -> None:
    """The outcome was adopted on 17 December 2025; resolution 79/277 has its own date, not the one
    80/173 gives it.
    """
    assert datetime.date(2025, 12, 17) == catalogue.document("80-173").adopted
    assert datetime.date(2025, 3, 25) == catalogue.document("79-277").adopted
