"""Files of the UN's own making, known by their content wherever a file is loaded."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

import wsis_model as wsis
from wsis_model import LoadError, UnknownFormat
from wsis_model.interop import RepairedFile, akn, un80

FIXTURES = Path(__file__).parent / "fixtures"
KETTLES = FIXTURES / "akn" / "kettles.en.xml"


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    """The same file is read whatever its name, also without any, and as an open file."""
    document = akn.read(KETTLES).document
    shutil.copy(KETTLES, tmp_path / "download")

    assert (
        document == wsis.load(KETTLES)[document.id] == wsis.load(tmp_path / "download")[document.id]
    )
    with KETTLES.open("rb") as stream:
        assert document == wsis.load(stream)[document.id]
    assert (
        document.provisions == wsis.load(io.BytesIO(KETTLES.read_bytes()))[document.id].provisions
    )


def test_registry_json_is_told_from_ours(tmp_path: Path) -> None:
    """A JSON file is read by its content: a list of blocks is the registry's, a mapping is ours."""
    registry = FIXTURES / "registry" / "A_RES_99_7.json"
    wsis.save(wsis.load(registry), tmp_path / "ours.json")

    assert wsis.load(registry) == wsis.load(tmp_path / "ours.json")


def test_an_action_plan_is_known_by_its_content(tmp_path: Path) -> None:
    """It gives a road map with the actors that are new in it, whatever the file is called, in a
    folder, and record by record; and what is wrong with it is told under its name.
    """
    actions = FIXTURES / "un80" / "actions.json"
    shutil.copy(actions, tmp_path / "plan.json")
    plan = un80.read(actions)

    with pytest.warns(RepairedFile, match="unknown-status"):
        assert plan.corpus == wsis.load(actions)
    with pytest.warns(RepairedFile):
        assert plan.corpus == wsis.load(tmp_path)
    with pytest.warns(RepairedFile):
        assert set(plan.records) == set(wsis.stream(actions))

    (tmp_path / "plan.json").write_bytes(b'[{"indicative_activity": "Act"}]')
    with pytest.raises(LoadError) as raised:
        wsis.load(tmp_path / "plan.json")
    (problem,) = raised.value.problems
    assert ("plan.json", 1, 2) == (
        Path(problem.position.file).name,
        problem.position.line,
        problem.position.column,
    )


def test_languages_in_a_folder_become_one_document(tmp_path: Path) -> None:
    """A folder with language versions of one document, and files of ours, is one corpus."""
    for name in ("kettles.en.xml", "kettles.ar.xml"):
        shutil.copy(FIXTURES / "akn" / name, tmp_path / name)
    (tmp_path / "r.yaml").write_text(
        "roadmaps: [{id: r, title: T, owners: [itu]}]", encoding="utf-8"
    )
    corpus = wsis.load(tmp_path)

    document = corpus[akn.read(KETTLES).document.id]
    assert {"en", "ar"} == {
        language for provision in document.provisions for language in provision.text
    }
    assert "r" in corpus


def test_a_file_that_is_not_what_its_name_says(tmp_path: Path) -> None:
    """An XML file of another kind and a PDF that is none are problems; a file of no known name is
    none of ours.
    """
    (tmp_path / "a.xml").write_text("<html/>", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"no PDF")
    (tmp_path / "c.odt").write_bytes(b"")

    with pytest.raises(LoadError) as caught:
        wsis.load(tmp_path)
    assert ["a.xml", "b.pdf"] == [
        Path(problem.position.file).name for problem in caught.value.problems
    ]
    with pytest.raises(UnknownFormat):
        wsis.load(tmp_path / "c.odt")


def test_the_catalogue_takes_the_official_text() -> None:
    """`Corpus.with_text` puts text beside what is ours, and touches nothing else."""
    document = akn.read(KETTLES).document
    ours = wsis.Corpus.of(
        document.replace(
            provisions=[each.replace(text={}, summary="Ours.") for each in document.provisions]
        )
    )
    joined = ours.with_text(document)

    assert [each.text for each in document.provisions] == [each.text for each in joined.provisions]
    assert {"Ours."} == {each.summary for each in joined.provisions}


@pytest.mark.heavy
def test_the_official_files_join_the_catalogue(shared: Path) -> None:
    """The official text of A/RES/80/173 in six languages stands beside all of our 134 provisions."""
    paths = sorted((shared / "documents" / "akn").glob("A_RES_80_173.*.xml"))
    corpus = wsis.catalogue().with_text([akn.read(path).document for path in paths])

    assert 6 == len(paths)
    assert all(
        {"ar", "en", "es", "fr", "ru", "zh"} == set(each.text)
        for each in corpus.document("80-173").provisions
    )
    assert wsis.check(corpus, profile="publish").ok
