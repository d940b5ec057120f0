"""A new road map to start from."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

import wsis_model as wsis
from wsis_model import Concept, Corpus, Roadmap, RoadmapKind, UnknownIdentifier, formats
from wsis_model.authoring import EXPLAINED, TODO, Candidate, Draft, new_roadmap, resume
from wsis_model.formats import _rows
from wsis_model.model import is_identifier
from wsis_model.model.fields import shape_of
from wsis_model.model.record import field_docs
from wsis_model.testing import roadmaps

LINES = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C7: e-government",
    "C7: e-business",
    "C7: e-learning",
    "C7: e-health",
    "C7: e-employment",
    "C7: e-environment",
    "C7: e-agriculture",
    "C7: e-science",
    "C8",
    "C9",
    "C10",
    "C11",
]
KINDS: list[dict[str, Any]] = [
    *({"action_line": line} for line in LINES),
    {"kind": "joint"},
    {"kind": "national", "owners": ["Governments"]},
    {"kind": "organisational", "owners": ["RIPE NCC"]},
    {"kind": RoadmapKind.ORGANISATIONAL, "owners": ["APNIC", "isoc"], "action_line": "C5"},
]
EVERY = pytest.mark.parametrize(
    "given", KINDS, ids=lambda given: " ".join(map(str, given.values()))
)


def uncommented(text: str) -> str:
    """A skeleton with every field that stands ready behind a `#`."""
    return re.sub(r"^(\s*)#(?! \S|$)", r"\1", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def draft(catalogue: Corpus) -> Draft:
    """The beginning of a road map for Action Line C2."""
    return new_roadmap(catalogue, action_line="C2")


# --- the road map ---------------------------------------------------------------------------------


def test_what_asks_for_it_is_read_from_the_corpus(draft: Draft) -> None:
    """Mandate, owner, recipient, scope and period of a line's road map are those of paragraph 113
    and of the line's facilitator.
    """
    roadmap = draft.roadmap

    assert ("c2-roadmap", ("itu",), ("80-173/113.1",), ("cstd",)) == (
        roadmap.id,
        roadmap.owners,
        roadmap.mandated_by,
        roadmap.reports_to,
    )
    assert ("action-lines/c2", "80-173") == roadmap.scope
    assert {"start": "2026", "end": "2035"} == (
        roadmap.period.to_dict() if roadmap.period else None
    )
    assert ("draft", "0.1", "action-line") == (
        roadmap.status.value,
        roadmap.version,
        roadmap.kind and roadmap.kind.value,
    )
    assert "sessions/cstd-30, 2027" == str(roadmap.activities[0].milestones[0].due)


def test_what_asks_for_the_joint_one_is_another_mandate(catalogue: Corpus) -> None:
    """The joint road map is asked of UNGIS by paragraph 122, a year earlier, and covers the
    Compact.
    """
    roadmap = new_roadmap(catalogue, kind="joint").roadmap

    assert (("ungis",), ("80-173/122.1",), ("80-173", "gdc")) == (
        roadmap.owners,
        roadmap.mandated_by,
        roadmap.scope,
    )
    assert "sessions/cstd-29, 2026" == str(roadmap.activities[0].milestones[0].due)


def test_another_corpus_gives_another_mandate(catalogue: Corpus) -> None:
    """Nothing of the outcome is written down in the code: in a corpus whose mandate differs the
    road map differs.
    """
    document = catalogue.document("80-173")
    provision = catalogue.provision("80-173/113")
    moved = provision.mandates[0].replace(
        due={"session": "sessions/cstd-29", "year": 2026}, reports_to=("ecosoc",)
    )
    others = tuple(
        provision.replace(mandates=(moved,)) if each.id == provision.id else each
        for each in document.provisions
    )
    changed = Corpus.of(
        *(
            document.replace(provisions=others) if each.id == document.id else each
            for each in catalogue.top
        )
    )
    roadmap = new_roadmap(changed, action_line="C9").roadmap

    assert (("ecosoc",), "sessions/cstd-29, 2026") == (
        roadmap.reports_to,
        str(roadmap.activities[0].milestones[0].due),
    )


def test_a_corpus_that_asks_for_nothing_still_gives_a_skeleton(catalogue: Corpus) -> None:
    """Without documents there is no mandate, scope or period, and the skeleton loads all the same."""
    bare = Corpus.of(*(each for each in catalogue.top if each not in catalogue.documents))
    draft = new_roadmap(bare, action_line="C2")

    assert ((), ("action-lines/c2",), None) == (
        draft.roadmap.mandated_by,
        draft.roadmap.scope,
        draft.roadmap.period,
    )
    assert draft.roadmap == wsis.loads(draft.to_yaml(), "yaml")["c2-roadmap"]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("C2", ("itu",)),
        ("action-lines/c9", ("unesco",)),
        ("C7: e-health", ("who",)),
        ("c7 e-business", ("itc", "unctad", "upu")),
        ("Media", ("unesco",)),
    ],
)
def test_owners_are_those_who_lead_the_line(
    catalogue: Corpus, line: str, owners: tuple[str, ...]
) -> None:
    """However the line is written, all its lead facilitators are owners, and the first leads the
    first activity.
    """
    roadmap = new_roadmap(catalogue, action_line=line).roadmap

    assert owners == roadmap.owners
    assert owners[0] == roadmap.activities[0].lead


def test_the_line_of_lines_belongs_to_those_who_lead_them(catalogue: Corpus) -> None:
    """C7 has no lead of its own: those of its eight fields own its road map."""
    owners = set(new_roadmap(catalogue, action_line="C7").roadmap.owners)

    leads = {
        e.id
        for e in catalogue.entities(role="facilitator")
        if any(
            r.of.startswith("action-lines/c7-") for r in e.roles if r.role.value == "facilitator"
        )
    }
    assert leads == owners


def test_owners_that_are_given_count(catalogue: Corpus) -> None:
    """Owners may be named as people name them, and identifier and title be chosen."""
    roadmap = new_roadmap(
        catalogue, action_line="C2", owners=["UNICEF", "ITU"], id="my-c2", title="Ours"
    ).roadmap

    assert ("my-c2", "Ours", ("unicef", "itu")) == (roadmap.id, str(roadmap.title), roadmap.owners)
    assert "my-c2/a1.m1" == roadmap.activities[0].milestones[0].id


@EVERY
def test_it_is_sound_in_draft_and_unfinished_in_publish(
    catalogue: Corpus, given: dict[str, Any]
) -> None:
    """A skeleton has no finding in the profile `draft`, and `publish` finds each text that is still
    to be written.
    """
    roadmap = new_roadmap(catalogue, **given).roadmap
    corpus = catalogue | Corpus.of(roadmap)

    draft, publish = (wsis.check(corpus, profile=profile) for profile in ("draft", "publish"))
    assert not draft.findings, str(draft)
    todo = [each for each in publish.findings if each.code == "M722"]
    assert str(roadmap.to_dict()).count(TODO) == len(todo)


def test_a_lead_whom_nobody_asks_says_why(catalogue: Corpus, draft: Draft) -> None:
    """Where the mandate does not reach the lead, a reason is asked for; where it does, none is."""
    assert draft.roadmap.activities[0].lead_reason is None
    assert str(
        new_roadmap(catalogue, action_line="C7: e-learning").roadmap.activities[0].lead_reason
    ).startswith(TODO)


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({}, ValueError, "say which Action Line"),
        ({"kind": "action-line"}, ValueError, "'C2'"),
        ({"kind": "national"}, ValueError, "name the owners"),
        ({"kind": "organisational", "action_line": "C5"}, ValueError, "name the owners"),
        ({"kind": "joined"}, UnknownIdentifier, "'joint'"),
        ({"action_line": "C12"}, UnknownIdentifier, "'action-lines/c2'"),
        ({"action_line": "e-healt"}, UnknownIdentifier, "'action-lines/c7-e-health'"),
        ({"action_line": "SDG 9"}, UnknownIdentifier, "SDG 9"),
        ({"action_line": "C2", "owners": ["ITTU"]}, UnknownIdentifier, "'itu'"),
        ({"action_line": "C2", "owners": ["SDG 9"]}, UnknownIdentifier, "SDG 9"),
        (
            {"action_line": "C2", "id": "Our Plan"},
            ValueError,
            "'Our Plan' cannot be the identifier of a road map: write it in lower case",
        ),
        ({"action_line": "C2", "id": "itu"}, ValueError, "another record has this identifier"),
    ],
)
def test_what_is_not_understood_is_said(
    catalogue: Corpus, given: dict[str, Any], error: type[Exception], says: str
) -> None:
    """What is missing or misspelt is an error of ours, with the near miss."""
    with pytest.raises(error, match=re.escape(says)):
        new_roadmap(catalogue, **given)


# --- suggestions ----------------------------------------------------------------------------------


def test_mandates_are_aligned_or_addressed(catalogue: Corpus, draft: Draft) -> None:
    """Every mandate aligned with the line is suggested, every other one asks an owner, and those
    that do both come first.
    """
    suggested = [each.record for each in draft.suggestions.mandates]
    aligned = [each.mandate.id for each in catalogue.mandates(action_line="C2", document="80-173")]
    asked = {each.mandate.id for each in catalogue.mandates(addressee="itu")}

    assert (
        set(aligned)
        <= set(suggested)
        <= {*(each.mandate.id for each in catalogue.mandates(action_line="C2")), *asked}
    )
    assert "80-173/113.1" in suggested
    assert ["80-173/67.2", "80-173/67.1"] == suggested[:2]
    assert len(suggested) == len(set(suggested))


def test_suggestions_say_on_what_ground(draft: Draft) -> None:
    """The ground is in words, and a mandate's due is given."""
    by_record = {each.record: each for each in draft.suggestions.mandates}

    assert "aligned with C2, editorial; names ITU" == by_record["80-173/67.2"].why
    assert "asks Action Line facilitators, ITU among them" == by_record["80-173/113.1"].why
    assert "2030" == str(by_record["80-173/37.1"].due)
    assert all(
        each.why for table in attrs.astuple(draft.suggestions, recurse=False) for each in table
    )


def test_what_was_due_before_is_not_suggested(catalogue: Corpus) -> None:
    """The Compact's requests for 2024 and 2025 are over when a road map begins in 2026."""
    over = {each.mandate.id for each in catalogue.mandates(due_before=2025)}
    suggested = {
        each.record
        for line in LINES
        for each in new_roadmap(catalogue, action_line=line).suggestions.mandates
    }

    assert over
    assert not over & suggested


def test_sdg_targets_are_those_of_the_official_matrix(catalogue: Corpus) -> None:
    """Targets and no goals, from the matrix and nowhere else; of a line for which it names goals
    alone, none.
    """
    found = {
        line: [
            each.record for each in new_roadmap(catalogue, action_line=line).suggestions.sdg_targets
        ]
        for line in ("C2", "C3", "C7")
    }

    assert ["sdg/1.4", "sdg/8.2", "sdg/9.1", "sdg/9.a", "sdg/9.c", "sdg/11.5", "sdg/11.b"] == found[
        "C2"
    ]
    assert [] == found["C3"]
    assert 50 == len(found["C7"])


def test_commitments_are_tied_to_the_line(catalogue: Corpus, draft: Draft) -> None:
    """First the Compact's commitments aligned with the line, then those that share a target or goal
    with it.
    """
    suggested = draft.suggestions.commitments
    aligned = [each for each in suggested if "aligned with C2" in each.why]

    assert tuple(aligned) == tuple(suggested[: len(aligned)])
    assert {"gdc/11-a", "gdc/11-b", "gdc/11-c", "gdc/11-d"} <= {each.record for each in aligned}
    assert all("SDG" in each.why for each in suggested[len(aligned) :])
    assert all(
        any(m.kind.value == "commitment" for m in catalogue[each.record].mandates)
        for each in suggested
    )


def test_actors_have_to_do_with_it(catalogue: Corpus) -> None:
    """First the owners, then who has another role in the line, then who is named by the mandates."""
    suggested = list(new_roadmap(catalogue, action_line="C7: e-health").suggestions.actors)

    assert [
        ("who", "owner"),
        ("itu", "co-facilitator of C7: e-health"),
        ("ohchr", "co-facilitator of C7: e-health"),
    ] == [(each.record, each.why) for each in suggested[:3]]
    assert all(each.why.startswith("named in ") for each in suggested[3:])


# --- the skeleton ---------------------------------------------------------------------------------


@EVERY
def test_the_skeleton_reads_back(catalogue: Corpus, given: dict[str, Any]) -> None:
    """It loads exactly as written, and gives the road map."""
    draft = new_roadmap(catalogue, **given)

    assert draft.roadmap == wsis.loads(draft.to_yaml(), "yaml")[draft.roadmap.id]


@EVERY
def test_every_field_can_be_switched_on(catalogue: Corpus, given: dict[str, Any]) -> None:
    """With every `#` before a field removed it loads too: the example values are valid, and every
    field is used.
    """
    draft = new_roadmap(catalogue, **given)
    full = wsis.loads(uncommented(draft.to_yaml()), "yaml").roadmap(draft.roadmap.id)

    activity, indicator = full.activities[0], full.indicators[0]
    parts = [
        full,
        full.objectives[0],
        activity,
        activity.milestones[0],
        activity.resources[0],
        full.updates[0],
        indicator,
        indicator.targets[0],
    ]
    used = {
        type(part): {
            field.key
            for field in shape_of(type(part))
            if getattr(part, field.name) not in (None, ())
        }
        for part in parts
    }
    missing = {
        record.__name__: {f.key for f in shape_of(record) if f.what != "extensions"} - keys
        for record, keys in used.items()
    }
    assert not [each for each in missing.items() if each[1]]


def test_every_field_is_explained(draft: Draft) -> None:
    """The docstring of each field of each record of a road map stands in the skeleton, so that a
    new field appears by itself.
    """
    said = " ".join(
        line.strip("# ") for line in draft.to_yaml().splitlines() if line.lstrip().startswith("#")
    )
    for record in EXPLAINED:
        for name, doc in field_docs(record).items():
            if name != "extensions":
                assert doc.replace("`", "") in said, (record.__name__, name)


def test_candidates_stand_beside_the_fields(draft: Draft) -> None:
    """Mandates, SDG targets, commitments, actors and kinds of deliverable are listed where they
    belong.
    """
    text = draft.to_yaml()

    for line in (
        r"# - 80-173/67\.2 +Complete the assessment .*due sessions/cstd-30, 2027",
        r"# - SDG target 9\.c +Access to ICT",
        r"# - GDC 11\(a\) +Targets, indicators",
        r"# - ungis-financing-task-force +Internal task force",
        r"# Kinds: Road map, Joint road map, Report",
        r"# - SDG indicator 9\.c\.1 +Mobile network coverage",
    ):
        assert re.search(line, text), line


@given(roadmap=roadmaps())
def test_any_road_map_can_be_written_so(catalogue: Corpus, roadmap: Roadmap) -> None:
    """Not only a new one: whatever a road map holds, the commented YAML reads back as it."""
    draft = Draft(roadmap, new_roadmap(catalogue, kind="joint").suggestions, catalogue)

    assert (
        roadmap
        == formats.read(
            draft.to_yaml().encode(), "skeleton.yaml", formats.format_of("yaml")[0], "forbid"
        ).roadmaps[0]
    )


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "No",
        "null",
        "~",
        "2026",
        "12:30",
        "1.10",
        "a: b",
        "a #b",
        "- a",
        "[a]",
        "{a}",
        "a, b",
        "'a'",
        '"a"',
        "a\\b",
        "a\nb",
        " a",
        "a ",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "\x85\u2028\ufeff",
        "é 中 😀",
    ],
)
def test_any_text_is_quoted_where_it_must_be(catalogue: Corpus, said: str) -> None:
    """A title is read back whatever it looks like to YAML, in the flow style too."""
    draft = new_roadmap(catalogue, action_line="C2", title=said)
    roadmap = draft.roadmap.replace(
        updates=[{"date": "2026-11-24", "about": "itu", "evidence": [{"title": said}]}]
    )

    assert (
        roadmap == wsis.loads(attrs.evolve(draft, roadmap=roadmap).to_yaml(), "yaml")["c2-roadmap"]
    )


def test_people_may_write_what_they_call_things(draft: Draft) -> None:
    """What `written` says may stand where the identifier does."""
    text = (
        draft.to_yaml()
        .replace("answers: [80-173/67.2]", 'answers: ["para. 26", 80-173/37.1]')
        .replace("lead: itu", "lead: UNESCO")
    )
    text = text.replace(
        "{concept: action-lines/c2, basis: editorial}",
        '{concept: "SDG target 9.c | broadband", basis: editorial}',
    )
    activity = wsis.loads(text, "yaml").roadmap("c2-roadmap").activities[0]

    assert (("80-173/26", "80-173/37.1"), "unesco", "sdg/9.c") == (
        activity.answers,
        activity.lead,
        activity.alignments[0].concept,
    )


# --- tables and lists -----------------------------------------------------------------------------


@EVERY
def test_tables_read_back(catalogue: Corpus, tmp_path: Any, given: dict[str, Any]) -> None:
    """The tables, the empty ones too, are a folder that loads as the road map."""
    draft = new_roadmap(catalogue, **given)
    for name, table in draft.tables().items():
        (tmp_path / f"{name}.csv").write_bytes(table)

    assert draft.roadmap == wsis.load(tmp_path)[draft.roadmap.id]


def test_tables_have_every_heading(draft: Draft) -> None:
    """Each table that a road map may have is there, with a column for each field of its record."""
    tables = draft.tables()

    assert {
        "roadmaps",
        "objectives",
        "activities",
        "milestones",
        "indicators",
        "targets",
        "observations",
        "resources",
        "updates",
        "evidence",
        "entities",
    } <= set(tables)
    for record, name in zip(
        EXPLAINED,
        (
            "roadmaps",
            "objectives",
            "activities",
            "milestones",
            "indicators",
            "targets",
            "observations",
        ),
        strict=False,
    ):
        headings = tables[name].decode().partition("\r\n")[0].split(",")
        fields = {
            field.key for field in shape_of(record) if field.what not in ("record", "records")
        }
        assert fields <= set(headings), name
        assert "belongs_to" in headings or name == "roadmaps"


@EVERY
def test_the_workbook_reads_back(catalogue: Corpus, given: dict[str, Any]) -> None:
    """The workbook to fill in holds the road map already."""
    pytest.importorskip("xlsxwriter", reason="needs the extra excel")
    draft = new_roadmap(catalogue, **given)

    assert draft.roadmap == wsis.loads(draft.to_xlsx(), "excel")[draft.roadmap.id]


def cells(data: bytes, sheet: str, row: int = 2) -> dict[str, Any]:
    """A row of a sheet, by heading."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {str(head.value): cell.value for head, cell in zip(found[1], found[row], strict=True)}


def test_the_workbook_speaks_as_people_do(draft: Draft) -> None:
    """What stands in it is written as the lists offer it, so that choosing it again changes
    nothing.
    """
    data, offered = (
        draft.to_xlsx(),
        {name: {text for text, _ in listed} for name, listed in draft.choices().items()},
    )
    roadmap, activity, milestone = (
        cells(data, sheet) for sheet in ("Road maps", "Activities", "Milestones")
    )

    assert ("ITU", "CSTD") == (roadmap["Owners"], roadmap["Reports to"])
    assert ("A/RES/80/173, para. 113, mandate 1", "Action Line C2; A/RES/80/173") == (
        roadmap["Mandated by"],
        roadmap["Scope"],
    )
    assert {roadmap["Owners"], roadmap["Reports to"], activity["Lead"]} <= offered["actors"]
    assert {roadmap["Mandated by"], activity["Answers"]} <= offered["mandates"]
    assert activity["Action Lines"] in offered["concepts:action-lines"]
    assert "CSTD 30" == milestone["Due: session"]
    assert milestone["Due: session"] in offered["sessions"]


def test_notes_and_examples_speak_as_people_do(draft: Draft, catalogue: Corpus) -> None:
    """In the notes on headings and in the example rows a name stands where a record is named, and
    the catalogue knows it as that.
    """
    for table in _rows.TABLES:
        for column, field in _rows.columns_of(_rows.TABLES[table]):
            written = re.search(r"e\.g\. `([^`]*)`", _rows.doc_of(table, column))
            if field.refers is None or written is None:
                continue
            plain, spoken = (
                _rows.in_a_cell(written[1], names=names).split("; ") for names in (False, True)
            )
            for identifier, words in zip(plain, spoken, strict=True):
                if identifier in catalogue:
                    assert identifier == catalogue.meant(words, field.refers.kinds), column
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    notes = {str(cell.value): cell.comment.text for cell in book["Activities"][1]}

    assert ("UNICEF", "A/RES/80/173, para. 37, mandate 1") == tuple(
        notes[heading].partition("e.g. ")[2].rstrip(".") for heading in ("Partners", "Answers")
    )
    assert "ITU" == cells(draft.to_xlsx(), "Resources")["Funder"]


EXAMPLES = Path(__file__).parents[1] / "examples" / "data"


@pytest.mark.parametrize("name", ["c2-roadmap", "joint-roadmap", "rir-commitments"])
def test_a_road_map_that_is_there_is_taken_up(catalogue: Corpus, name: str) -> None:
    """Its workbook reads back as all of it, with its own entities, and offers what it may link with
    and name.
    """
    pytest.importorskip("xlsxwriter", reason="needs the extra excel")
    ours = wsis.load(EXAMPLES / f"{name}.yaml")
    (roadmap,) = ours.roadmaps
    draft = resume(catalogue | ours, roadmap.id)
    found = wsis.loads(draft.to_xlsx(), "excel")

    assert list(ours) == list(found)
    assert all(listed for listed in draft.choices().values())


def test_a_draft_goes_to_another_process(draft: Draft) -> None:
    """It can be pickled, with what it suggests."""
    copy = pickle.loads(pickle.dumps(draft))

    assert (draft, draft.suggestions, draft.to_yaml()) == (copy, copy.suggestions, copy.to_yaml())


def test_the_line_of_a_road_map_is_that_of_its_scope(catalogue: Corpus, draft: Draft) -> None:
    """What may go into a road map taken up is what was suggested when it was begun."""
    again = resume(catalogue | wsis.load({"roadmaps": [draft.roadmap.to_dict()]}), draft.roadmap.id)

    assert draft == again


def test_a_road_map_that_names_nothing_known_is_taken_up(catalogue: Corpus) -> None:
    """An owner, a scope and a mandate that lead nowhere are the business of `check`."""
    ours = wsis.load(
        {
            "roadmaps": [
                {
                    "id": "r",
                    "title": "R",
                    "owners": ["nobody"],
                    "scope": ["gone"],
                    "mandated_by": ["gone/1.1"],
                }
            ]
        }
    )

    assert ours.roadmap("r") == resume(catalogue | ours, "r").roadmap
    with pytest.raises(UnknownIdentifier, match="did you mean 'r'") as caught:
        resume(catalogue | ours, "rr")
    assert "rr" == caught.value.identifier


MINISTRY = {
    "id": "ministry-of-ict",
    "name": "Ministry of Information and Communications",
    "acronym": "MoIC",
    "groups": ["groups/governments"],
    "source": {"title": "Website of the Ministry", "date": "2026-01-15", "terms": "facts only"},
}


def test_who_is_in_no_catalogue_goes_along(catalogue: Corpus) -> None:
    """The workbook of a national plan holds the entities that only its corpus knows, and so stands
    alone.
    """
    ours = wsis.load({"entities": [MINISTRY]})
    draft = new_roadmap(catalogue | ours, kind="national", owners=["MoIC"])
    found = wsis.loads(draft.to_xlsx(), "excel")

    assert ("MoIC", "MoIC") == (
        cells(draft.to_xlsx(), "Road maps")["Owners"],
        cells(draft.to_xlsx(), "Entities")["Acronym"],
    )
    assert (draft.roadmap, ours["ministry-of-ict"]) == (
        found[draft.roadmap.id],
        found["ministry-of-ict"],
    )


def test_who_is_in_no_catalogue_goes_along_in_tables(catalogue: Corpus, tmp_path: Path) -> None:
    """So do the tables, which have headings for further entities, and one for the roles that those
    of the corpus have.
    """
    role = {"role": "co-facilitator", "of": "action-lines/c2"}
    ours = wsis.load({"entities": [{**MINISTRY, "roles": [role]}]})
    draft = new_roadmap(catalogue | ours, kind="national", owners=["MoIC"])
    for name, table in draft.tables().items():
        (tmp_path / f"{name}.csv").write_bytes(table)
    found = wsis.load(tmp_path)

    assert (draft.roadmap, ours["ministry-of-ict"]) == (
        found[draft.roadmap.id],
        found["ministry-of-ict"],
    )
    assert "roles" not in new_roadmap(catalogue, action_line="C2").tables()


def test_a_workbook_can_be_published(draft: Draft, catalogue: Corpus) -> None:
    """With nothing but its own columns filled in, the workbook stands the profile `publish`, a
    partner of its own included.
    """
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    source = {"Source: title": "ITU", "Source: date": "2026-11-01", "Source: terms": "CC BY 4.0"}
    filled: dict[str, dict[str, Any]] = {
        "Road maps": source,
        "Objectives": {
            "Statement": "Every school is connected",
            "SDG targets": "9.c",
            "Compact commitments": "GDC 11(a)",
        },
        "Activities": {
            "Title": "Map the schools",
            "Objective": "Every school is connected",
            "Partners": "MoIC; UNICEF",
        },
        "Milestones": {"Title": "Map published", "Belongs to": "Map the schools"},
        "Indicators": {
            "Name": "Schools online",
            "Unit": "percent",
            "Direction": "increase",
            "Baseline: value": 40,
            "Baseline: when": "2025",
        },
        "Targets": {"Belongs to": "Schools online", "Value": 90, "By": "2030"},
        "Resources": {"Belongs to": "Map the schools", "Funder": "MoIC"},
        "Entities": {"ID": "ministry-of-ict"},
    }
    for name, row in filled.items():
        sheet = book[name]
        for cell in sheet[1]:
            if cell.value in row:
                sheet.cell(2, cell.column, row[cell.value])
    stream = io.BytesIO()
    book.save(stream)
    made = wsis.loads(stream.getvalue(), "excel")
    report = wsis.check(catalogue | made, profile="publish")

    assert not report.findings, str(report)
    assert ("ministry-of-ict", "unicef") == made.roadmap("c2-roadmap").activities[0].partners


@EVERY
def test_choices_are_what_people_write(catalogue: Corpus, given: dict[str, Any]) -> None:
    """Every text of every list is understood, as one record, and fits into a cell; no text stands
    for two.
    """
    for name, listed in new_roadmap(catalogue, **given).choices().items():
        assert listed, name
        texts = [text for text, _ in listed]
        assert len(texts) == len(set(texts)), name
        assert len({catalogue.find(text).id for text in texts}) == len(texts), name
        assert not [
            text
            for text, label in listed
            if re.search(r"[;\n]", text + label) or " | " in text or len(label) > 80
        ], name
        assert not [text for text in texts if is_identifier(text) and text not in catalogue], name


def test_the_most_relevant_choice_comes_first(draft: Draft) -> None:
    """Each list begins with what this road map is about."""
    choices = draft.choices()
    first = {name: listed[0][0] for name, listed in choices.items()}

    assert {
        "actors": "ITU",
        "mandates": "A/RES/80/173, para. 67, mandate 2",
        "commitments": "GDC 10",
        "sessions": "ai dialogue 2026",
        "concepts:action-lines": "Action Line C2",
        "concepts:sdg": "SDG target 1.4",
        "concepts:sdg-indicators": "SDG indicator 1.4.1",
        "concepts:deliverables": "Road map",
    } == first


def test_choices_are_whole(catalogue: Corpus, draft: Draft) -> None:
    """The lists hold all that could be chosen: every actor, line, target, indicator and kind of
    deliverable, and no past session.
    """
    choices = draft.choices()
    count = {name: len(listed) for name, listed in choices.items()}

    def held(vocabulary: str) -> list[Concept]:
        return list(catalogue.concepts(vocabulary))

    assert len(catalogue.all_entities) + len(catalogue.groups) == count["actors"]
    assert len(held("action-lines")) == count["concepts:action-lines"]
    assert len(held("sdg")) == count["concepts:sdg"] + count["concepts:sdg-indicators"]
    assert (17 + 169, 251) == (count["concepts:sdg"], count["concepts:sdg-indicators"])
    assert len(held("deliverables")) == count["concepts:deliverables"]
    assert {"CSTD 29", "CSTD 30"} <= {text for text, _ in choices["sessions"]}
    assert "WSIS+20 High-level Event 2025" not in {text for text, _ in choices["sessions"]}


def test_a_candidate_is_plain(draft: Draft) -> None:
    """Tables of candidates go where tables go."""
    table = draft.suggestions.sdg_targets

    assert isinstance(table[0], Candidate)
    assert "record,written,label,why,due" == table.to_csv().splitlines()[0]


def test_no_label_of_a_choice_reads_as_two_choices() -> None:
    """Whatever is chosen from the lists of the workbook, its label is taken off whole."""
    from wsis_model.formats._text import unlabelled

    for line in ("C2", "C7: e-health", "C9", "C11"):
        for choices in (
            wsis.authoring.new_roadmap(wsis.catalogue(), action_line=line).choices().values()
        ):
            assert [] == [
                (text, label)
                for text, label in choices
                if label and unlabelled(f"{text} | {label}") != text
            ]
