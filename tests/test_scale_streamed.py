"""The rules on a stream find what they find in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sown import sown

import wsis_model as wsis
from wsis_model import RULES, Corpus, Finding, Report, check, scale
from wsis_model.scale import RELATIONAL
from wsis_model.testing import AS_OF, broken

EXAMPLES = Path(__file__).parents[1] / "examples" / "data"
STREAMED = tuple(each for each in RULES if not each.whole or each.code in RELATIONAL)


def told(report: Report, corpus: Corpus) -> list[tuple[object, ...]]:
    """What a report says of the records of a corpus."""
    return sorted(_facts(each) for each in report.findings if each.record in corpus)


def _facts(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.record, finding.field, finding.message, finding.severity.value)


def test_a_large_batch_of_faults_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In all examples at once, also if a few records are looked at together; each has its line."""
    names = ("c2-roadmap", "joint-roadmap", "rir-commitments")
    examples = [wsis.load(EXAMPLES / f"{name}.yaml") for name in names]
    corpus = sown(Corpus.union((wsis.catalogue(), *examples)), 7, 5)
    path = tmp_path / "a.ndjson"
    wsis.save(corpus, path)
    monkeypatch.setattr("wsis_model.scale._streamed.BATCH", 3)

    report = scale.check_stream(path, profile="publish", as_of=AS_OF)
    expected = check(corpus, profile="publish", rules=STREAMED, as_of=AS_OF)

    assert told(report, corpus) == told(expected, corpus)
    assert report.records == expected.records
    assert all(each.position.line for each in report.findings if each.code != "I101")
    assert {each.code for each in report.rules} == {each.code for each in STREAMED}


@given(corpus=st.sampled_from([each.code for each in STREAMED]).flatmap(broken))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_corpus(corpus: Corpus, tmp_path: Path) -> None:
    """A fault of any rule that runs is found, alone with nothing known besides."""
    wsis.save(corpus, tmp_path / "a.json")

    report = scale.check_stream(
        tmp_path / "a.json", profile="publish", as_of=AS_OF, unknown="keep", known=Corpus()
    )
    read = wsis.load(tmp_path / "a.json", unknown="keep")
    expected = check(read, profile="publish", rules=STREAMED, as_of=AS_OF)

    assert told(report, corpus) == told(expected, corpus)


def test_problems_come_first_and_explain(tmp_path: Path) -> None:
    """A field that could not be read is told once, and what follows from it is not."""
    path = tmp_path / "a.ndjson"
    path.write_text(
        '{"record":"roadmap","id":"r","title":{"en":"R"},"owners":["itu"],"status":"daft",'
        '"activities":[{"id":"r/a1","title":{"en":"A"},"lead":"nobody"}]}\n'
        '{"record":"provision","id":"99-1/1","number":"1"}\n'
    )
    report = scale.check_stream(path)
    partial = check(wsis.catalogue() | wsis.salvage(path), rules=STREAMED)

    assert [each.code for each in report.findings][:2] == ["wrong-value", "no-owner"]
    assert {each.code for each in report.findings} - {"no-owner"} == {
        each.code for each in partial.findings
    } - {"no-owner"}
