"""Beginning a road map: mandate, suggestions and skeleton."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from skeletons import EVERY, LINES

import wsis_model as wsis
from wsis_model import Corpus, Roadmap, UnknownIdentifier, formats
from wsis_model.authoring import EXPLAINED, TODO, Draft, new_roadmap
from wsis_model.model.fields import explain, shape_of
from wsis_model.testing import roadmaps


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
        due={"session": "sessions/cstd-29", "date": "2026"}, reports_to=("ecosoc",)
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
        for name, doc in explain(record).items():
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
        == formats.read(draft.to_yaml().encode(), "skeleton.yaml", formats.YAML)
        .complete()
        .roadmaps[0]
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
