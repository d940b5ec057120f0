"""What `wsis_model.testing` promises: valid records, sound corpora, and breaks of one rule and no
other.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wsis_model
from wsis_model import Corpus, MissingExtra, Record, Reference, check, testing
from wsis_model.checks import RULES
from wsis_model.model import RECORDS

CODES = [rule.code for rule in RULES]
BUILDERS = (
    "a_concept", "a_document", "a_group", "a_mandate", "a_provision", "a_roadmap", "a_section", "a_session", "a_source",
    "a_vocabulary", "an_activity", "an_entity", "an_indicator",
)  # fmt: skip
STRATEGIES = {
    "activities": "Activity", "alignments": "Alignment", "citations": "Citation", "concepts": "Concept", "documents": "Document",
    "dues": "Due", "entities": "Entity", "evidence": "Evidence", "files": "File", "groups": "StakeholderGroup",
    "indicators": "Indicator", "mandates": "Mandate", "milestones": "Milestone", "notes": "Note", "objectives": "Objective",
    "observations": "Observation", "periods": "Period", "provisions": "Provision", "resources": "Resource",
    "roadmaps": "Roadmap", "roles": "Role", "sections": "Section", "sessions": "Session", "sources": "Source",
    "subjects": "Subject", "targets": "Target", "text_rows": "TextRow", "text_tables": "TextTable", "updates": "Update",
    "vocabularies": "Vocabulary",
}  # fmt: skip


def codes(corpus: Corpus) -> set[str]:
    """The codes of all that is found in a corpus when it is to be published, on the day for which
    it was made.
    """
    return {
        finding.code for finding in check(corpus, profile="publish", as_of=testing.AS_OF).findings
    }


def all_codes(corpus: Corpus) -> list[str]:
    """As `codes`, each as often as it is found."""
    report = check(corpus, profile="publish", as_of=testing.AS_OF)
    return sorted(finding.code for finding in report.findings)


def misspelt(corpus: Corpus, reference: Reference) -> Corpus:
    """The corpus in which one reference has a letter too many."""

    def put(value: Any, path: tuple[str | int, ...]) -> Any:
        if not path:
            return f"{value}x"
        step, *rest = path
        if isinstance(step, int):
            return (*value[:step], put(value[step], tuple(rest)), *value[step + 1 :])
        name = "with_" if step == "with" else step
        return value.replace(**{name: put(getattr(value, name), tuple(rest))})

    first = reference.path[0]
    changed = put(corpus[reference.source], reference.path)
    name = "with_" if first == "with" else str(first)
    return testing.changed(corpus, reference.source, **{name: getattr(changed, name)})


class TestStrategies:
    """Each record has a strategy."""

    def test_none_is_missing(self) -> None:
        """Every record class has a strategy of its own name."""
        assert sorted(STRATEGIES.values()) == sorted(record.__name__ for record in RECORDS)

    @pytest.mark.parametrize(("name", "record"), STRATEGIES.items())
    @given(data=st.data())
    def test_it_makes_valid_records(self, name: str, record: str, data: st.DataObject) -> None:
        """A strategy makes records of its class, and they validate."""
        made: Record = data.draw(getattr(testing, name)())
        assert type(made).__name__ == record
        assert type(made).model_validate(made.to_dict()) == made

    @pytest.mark.parametrize("record", RECORDS)
    def test_every_optional_field_is_sometimes_there(self, record: type[Record]) -> None:
        """No field of a record is left out for ever."""
        seen: set[str] = set()

        @given(testing.records(record))
        @settings(max_examples=60, derandomize=True, database=None)
        def look(made: Record) -> None:
            seen.update(made.model_fields_set)

        look()
        assert seen == set(record.model_fields)

    @given(testing.files())
    def test_identifiers_of_a_file_are_unique(self, file: wsis_model.model.File) -> None:
        """No identifier stands twice in a file."""
        names = [
            finding.code
            for finding in check(Corpus.from_file(file)).findings
            if finding.code == "I101"
        ]
        assert not names


class TestBuilders:
    """Builders leave a test to name only what it is about."""

    @pytest.mark.parametrize("name", BUILDERS)
    def test_each_makes_the_same_record_each_time(self, name: str) -> None:
        """Two calls give equal records."""
        build = getattr(testing, name)
        assert build() == build()

    @pytest.mark.parametrize("name", [name for name in BUILDERS if name != "a_source"])
    def test_each_record_is_in_the_corpus(self, name: str) -> None:
        """What a builder makes is part of the whole, so that it is sound there."""
        made = getattr(testing, name)()
        assert made.id in testing.a_corpus()

    def test_the_whole_is_sound(self) -> None:
        """Nothing is found in what the builders make."""
        assert codes(testing.a_corpus()) == set()

    def test_records_given_take_the_place_of_others(self) -> None:
        """A record of the same identifier replaces, another joins."""
        corpus = testing.a_corpus(testing.an_entity(name="Another"), testing.an_entity(id="upu"))
        assert corpus.entity("itu").name["en"] == "Another"
        assert len(corpus.all_entities) == len(testing.a_corpus().all_entities) + 1

    def test_a_change_reaches_any_depth(self) -> None:
        """A milestone of an activity of a road map is changed in its place."""
        corpus = testing.changed(testing.a_corpus(), "c1-roadmap/a1.m1", title="Changed")
        assert corpus["c1-roadmap"].activities[0].milestones[0].title["en"] == "Changed"

    def test_a_change_of_nothing_is_a_mistake(self) -> None:
        """An identifier that names nothing is told, with the near miss."""
        with pytest.raises(wsis_model.UnknownIdentifier) as caught:
            testing.changed(testing.a_corpus(), "c1-raodmap/a1")
        assert "c1-roadmap/a1" in caught.value.near


class TestSoundness:
    """A corpus is sound, or broken in one way."""

    @given(testing.corpora())
    def test_nothing_is_found_in_a_sound_corpus(self, corpus: Corpus) -> None:
        """A corpus that is built sound is found sound, also for publishing."""
        assert codes(corpus) == set()

    @pytest.mark.parametrize("code", CODES)
    def test_one_break_brings_that_code_and_no_other(self, code: str) -> None:
        """A break is found, and nothing but the break."""

        @given(testing.broken(code))
        @settings(max_examples=5)
        def look(corpus: Corpus) -> None:
            assert codes(corpus) == {code}

        look()

    def test_a_misspelt_reference_is_one_finding(self) -> None:
        """Whichever it is: what depends on it is not known, and is not held against anybody."""
        corpus = testing.changed(testing.a_corpus(), "c1-roadmap/a1.m1", due={"date": "2037-01-15"})
        assert codes(corpus) == set()
        told = [
            (each.source, each.field, found)
            for each in corpus.references()
            if len(found := all_codes(misspelt(corpus, each))) != 1
            or not {"R201", "R204"}.issuperset(found)
        ]
        assert told == []

    @pytest.mark.parametrize(
        ("identifier", "number", "code"),
        [
            ("91-1/3", "77", "I103"),
            ("91-1/3", "3x", "I103"),
            ("91-1/1", "77", "I103"),
            ("91-1/p2", "P77", "I103"),
            ("91-1/2-a", "2(k)", "I103"),
            ("91-1/2-b", "2(k)", "I103"),
            ("91-1/2-b", "2(7)", "I103"),
            ("91-1/3", "4", "S302"),
            ("91-1/3", "2", "S302"),
            ("91-1/2-b", "2(a)", "S302"),
        ],
    )
    def test_a_wrong_number_is_one_finding(self, identifier: str, number: str, code: str) -> None:
        """Those that come after it are in their places."""
        assert all_codes(testing.changed(testing.a_corpus(), identifier, number=number)) == [code]

    def test_a_date_that_is_yet_to_come_is_one_finding(self) -> None:
        """Targets are not held against a baseline that cannot be."""
        baseline = {"value": 0, "when": "2090"}
        corpus = testing.changed(testing.a_corpus(), "c1-roadmap/i1", baseline=baseline)
        assert all_codes(corpus) == ["M718"]

    @pytest.mark.heavy
    @given(testing.corpora())
    @settings(settings.get_profile("heavy"))
    def test_however_hard_one_tries(self, corpus: Corpus) -> None:
        """The same, tried harder."""
        assert codes(corpus) == set()

    @pytest.mark.heavy
    @pytest.mark.parametrize("code", CODES)
    @given(data=st.data())
    @settings(settings.get_profile("heavy"), max_examples=30)
    def test_whatever_else_is_in_the_corpus(self, code: str, data: st.DataObject) -> None:
        """The same of breaks."""
        assert codes(data.draw(testing.broken(code))) == {code}

    def test_a_code_that_no_rule_has_is_a_mistake(self) -> None:
        """There is nothing to break."""
        with pytest.raises(KeyError, match="M999"):
            testing.broken("M999")


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Hypothesis, importing says what to install."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "wsis_model.testing")
    with pytest.raises(MissingExtra) as caught:
        importlib.import_module("wsis_model.testing")
    assert caught.value == MissingExtra("testing", "hypothesis")


def test_what_is_public_is_there() -> None:
    """Each public name exists, once."""
    assert len(set(testing.__all__)) == len(testing.__all__)
    assert all(hasattr(testing, name) for name in testing.__all__)
    assert testing.__all__ == sorted(testing.__all__)
