"""`draft`: from an official text to a record to be reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT, Ran

import wsis_model as wsis
from wsis_model import Basis, Corpus, Document

ARABIC = ROOT / "tests" / "fixtures" / "akn" / "kettles.ar.xml"
TEXTS = (
    "Welcomes the kettles, and requests the Secretary-General to count them by 2031;",
    "Invites Member States to make tea, within existing resources.",
)


def test_a_draft_is_a_file_that_loads_and_asks_for_a_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It holds the mandates of the text, none of its sentences, and P608 reports each mandate."""
    official, target = tmp_path / "official.yaml", tmp_path / "kettles.yaml"
    provisions = [
        {"id": f"99-1/{number}", "number": str(number), "text": text}
        for number, text in enumerate(TEXTS, 1)
    ]
    kettles = {"id": "99-1", "title": "Kettles", "provisions": provisions}
    wsis.save(Corpus.of(Document.model_validate(kettles)), official)
    ran = Ran(capsys, ("draft", str(official), "-o", str(target)))
    assert ran.code == 0, ran.err

    again = Ran(capsys, ("draft", str(official), "-o", str(target)))
    assert (2, True) == (again.code, "is there already" in again.err)
    assert 0 == Ran(capsys, ("draft", str(official), "-o", str(target), "--force")).code

    corpus = wsis.load(target)
    (document,) = corpus.documents
    mandates = [each for provision in document.provisions for each in provision.mandates]
    assert [each.verb for each in mandates] == ["verbs/request", "verbs/invite"]
    assert {each.basis for each in mandates} == {Basis.MACHINE}
    assert not any(each.text for each in document.provisions)
    assert f"{len(mandates)} mandates suggested" in ran.err
    report = wsis.check(corpus | wsis.catalogue(), profile="publish")
    unread = [each.record for each in report.findings if each.code == "P608"]
    assert unread == [each.id for each in mandates]


def test_a_text_in_another_language_is_drafted(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, ("draft", str(ARABIC)))
    assert ran.code == 0
    assert 'number: "1"' in ran.out


def test_a_file_without_official_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = tmp_path / "silent.yaml"
    silent.write_text("documents: [{id: 99-1, title: Kettles}]", encoding="utf-8")
    ran = Ran(capsys, ("draft", str(silent)))
    assert ran.code == 2
    assert "official text" in ran.err
