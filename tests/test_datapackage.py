"""Data Packages: what other people's validator says of them, and that they are read as before."""

from __future__ import annotations

import functools
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import wsis_model as wsis
from wsis_model import Corpus, LoadError, Section, Translations
from wsis_model.interop import datapackage
from wsis_model.testing import a_corpus, a_document, a_roadmap, a_source, corpora

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "data"


def descriptor(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return told


def schema(folder: Path, table: str) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        each["name"]: each["schema"] for each in descriptor(folder)["resources"]
    }
    return found[table]


def faults(folder: Path, table: str = "") -> list[Any]:
    """What frictionless finds wrong with a package and its data, or those of one table."""
    frictionless: Any = pytest.importorskip("frictionless", reason="validates as others do")
    package = frictionless.Package(str(folder / "datapackage.json"))
    report = (package.get_resource(table) if table else package).validate()
    assert len(report.tasks) == (1 if table else len(descriptor(folder)["resources"]))
    found: list[Any] = report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    return found


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as a package, not to be changed."""
    folder = tmp_path_factory.mktemp("outcome")
    datapackage.save(wsis.catalogue(), folder, licenses=[{"name": "CC-BY-4.0"}])
    return folder


class TestOthers:
    def test_the_catalogue_is_valid_with_its_data(self, outcome: Path) -> None:
        assert faults(outcome) == []

    @pytest.mark.parametrize("name", ["c2-roadmap", "rir-commitments", "joint-roadmap"])
    def test_road_maps_are_valid_with_their_data(self, tmp_path: Path, name: str) -> None:
        corpus = wsis.load(EXAMPLES / f"{name}.yaml")
        datapackage.save(corpus, tmp_path)
        assert faults(tmp_path) == []
        assert descriptor(tmp_path)["name"] == corpus.roadmaps[0].id

    def test_road_maps_are_valid_with_the_catalogue(self, tmp_path: Path) -> None:
        """Their references are keys then, which the validator follows."""
        corpus = wsis.catalogue() | wsis.load(EXAMPLES / "c2-roadmap.yaml")
        datapackage.save(corpus, tmp_path)
        assert faults(tmp_path) == []
        columns = [each["fields"] for each in schema(tmp_path, "milestones")["foreignKeys"]]
        assert ["deliverable"] in columns

    @pytest.mark.heavy
    @settings(max_examples=3)
    @given(corpora())
    def test_any_sound_corpus_is_valid_and_read_back(self, corpus: Corpus) -> None:
        with tempfile.TemporaryDirectory() as folder:
            datapackage.save(corpus, folder)
            assert faults(Path(folder)) == []
            assert wsis.load(folder) == corpus

    @pytest.mark.parametrize(
        ("table", "before", "after", "fault"),
        [
            ("mandates", "80-173/99.1,", "80-173/100.1,", "primary-key"),
            ("mandates", ",decision,", ",decree,", "constraint-error"),
            ("mandates", "80-173/99,80-173/99.1,", "80-173/199,80-173/99.1,", "foreign-key"),
            ("documents", ",2025-12-17,", ",17 December,", "type-error"),
            ("concepts", "sdg,sdg/1,", "sdg,SDG 1,", "constraint-error"),
        ],
    )
    def test_what_is_wrong_is_found_by_the_schema(
        self, outcome: Path, tmp_path: Path, table: str, before: str, after: str, fault: str
    ) -> None:
        """The descriptor constrains what it can: one break, and the validator of others tells."""
        for each in outcome.iterdir():
            (tmp_path / each.name).write_bytes(each.read_bytes())
        place = tmp_path / f"{table}.csv"
        text = place.read_text(encoding="utf-8")
        assert before in text
        place.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
        told = descriptor(tmp_path)
        for each in told["resources"]:  # or the change of the bytes is all that is told
            del each["hash"], each["bytes"]
        (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
        assert fault in {each[3] for each in faults(tmp_path, table)}

    def test_a_table_that_was_changed_is_told_by_its_sum(
        self, outcome: Path, tmp_path: Path
    ) -> None:
        for each in outcome.iterdir():
            (tmp_path / each.name).write_bytes(each.read_bytes())
        place = tmp_path / "groups.csv"
        place.write_bytes(place.read_bytes().replace(b"Youth", b"youth", 1))
        assert "hash-count" in {each[3] for each in faults(tmp_path, "groups")}


class TestDescriptor:
    def test_a_column_says_what_its_field_says(self, outcome: Path) -> None:
        fields = {each["name"]: each for each in schema(outcome, "mandates")["fields"]}
        assert fields["kind"]["constraints"] == {
            "required": True,
            "enum": ["decision", "request", "call", "commitment"],
        }
        assert fields["due.session"]["title"] == "Due: session"
        assert fields["due.session"]["description"] == "A session or meeting."
        assert fields["due.session"]["example"] == "sessions/cstd-30"
        types = {each["name"]: each["type"] for each in schema(outcome, "documents")["fields"]}
        assert types["adopted"] == "date"

    def test_keys_are_those_that_hold_in_the_data(self, outcome: Path, tmp_path: Path) -> None:
        keys = {
            (*each["fields"], each["reference"]["resource"])
            for each in schema(outcome, "provisions")["foreignKeys"]
        }
        assert {("belongs_to", "documents"), ("section", "sections"), ("parent", "")} <= keys
        verb = {"fields": ["verb"], "reference": {"resource": "concepts", "fields": ["id"]}}
        assert verb in schema(outcome, "mandates")["foreignKeys"]

        corpus = wsis.load(EXAMPLES / "c2-roadmap.yaml")  # the concepts are in the catalogue
        datapackage.save(corpus, tmp_path)
        columns = [each["fields"] for each in schema(tmp_path, "milestones")["foreignKeys"]]
        assert columns == [["belongs_to"]]

    def test_no_key_is_declared_for_identifiers_claimed_twice(self, tmp_path: Path) -> None:
        sections = tuple(Section(id="9-1/s1", heading=Translations(en=each)) for each in "ab")
        corpus = Corpus.of(a_document(id="9-1", sections=sections, provisions=(), notes=()))
        datapackage.save(corpus, tmp_path)
        assert "primaryKey" not in schema(tmp_path, "sections")
        assert faults(tmp_path) == []

    def test_tables_are_told_with_their_sums_sources_and_terms(self, outcome: Path) -> None:
        told = descriptor(outcome)
        for each in told["resources"]:
            data = (outcome / each["path"]).read_bytes()
            assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert each["bytes"] == len(data)
        source = wsis.catalogue()["80-173"].source
        assert {"title": source.title, "path": source.url} in told["sources"]
        assert told["licenses"] == [{"name": "CC-BY-4.0"}]

    @pytest.mark.parametrize(
        "options",
        [{"name": "My package"}, {"name": "../x"}, {"licenses": [{"title": "Free"}]}],
        ids=str,
    )
    def test_names_and_licences_are_as_the_standard_has_them(
        self, tmp_path: Path, options: dict[str, Any]
    ) -> None:
        with pytest.raises(ValueError, match=r"licence|package"):
            datapackage.save(a_corpus(), tmp_path, **options)
        assert list(tmp_path.iterdir()) == []


class TestFolder:
    def test_the_folder_is_read_as_before_and_saved_again(self, tmp_path: Path) -> None:
        for corpus in (wsis.catalogue(), a_corpus()):
            datapackage.save(corpus, tmp_path)
            assert wsis.load(tmp_path) == corpus
        assert not (tmp_path / "regions.csv").exists()
        assert {each["path"] for each in descriptor(tmp_path)["resources"]} == {
            each.name for each in tmp_path.glob("*.csv")
        }

    def test_tables_that_are_saved_again_leave_no_descriptor_of_others(
        self, tmp_path: Path
    ) -> None:
        """It would speak of tables and sums that are not there any more."""
        datapackage.save(a_corpus(), tmp_path)
        wsis.save(Corpus.of(a_roadmap()), tmp_path, format="csv")
        assert not (tmp_path / "datapackage.json").exists()

    def test_a_save_that_is_refused_leaves_tables_and_descriptor(self, tmp_path: Path) -> None:
        datapackage.save(a_corpus(), tmp_path)
        (tmp_path / "plan-Activities.csv").write_text("id", encoding="utf-8")
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        for save in (datapackage.save, functools.partial(wsis.save, format="csv")):
            with pytest.raises(ValueError, match="workbook"):
                save(Corpus.of(a_roadmap()), tmp_path)
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before

    def test_a_source_without_a_path_that_the_standard_takes_has_none(self, tmp_path: Path) -> None:
        for url in ("urn:un:1", "https://example.org/../x"):
            source = a_source(title="Minutes", url=url)
            datapackage.save(Corpus.of(a_roadmap(source=source)), tmp_path)
            assert descriptor(tmp_path)["sources"] == [{"title": "Minutes"}]

    def test_a_descriptor_that_others_wrote_stays(self, tmp_path: Path) -> None:
        place = tmp_path / "datapackage.json"
        place.write_text('{"resources": []}', encoding="utf-8")
        with pytest.raises(ValueError, match="we did not write"):
            datapackage.save(a_corpus(), tmp_path)
        wsis.save(a_corpus(), tmp_path, format="csv")
        assert place.read_text(encoding="utf-8") == '{"resources": []}'
        assert wsis.load(tmp_path) == a_corpus()

    def test_records_in_a_file_of_that_name_are_read(self, tmp_path: Path) -> None:
        """Only a descriptor is passed over."""
        wsis.save(a_corpus(), tmp_path / "datapackage.json")
        assert wsis.load(tmp_path) == a_corpus()

    @pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff", b"[1]", b'"resources"'])
    def test_a_broken_descriptor_is_told_as_any_file(self, tmp_path: Path, data: bytes) -> None:
        datapackage.save(a_corpus(), tmp_path)
        (tmp_path / "datapackage.json").write_bytes(data)
        with pytest.raises(LoadError) as caught:
            wsis.load(tmp_path)
        assert caught.value.problems[0].position.file.endswith("datapackage.json")

    def test_long_and_strange_texts_are_written(self, tmp_path: Path) -> None:
        text = 'a "b"; c,\r\nd\te ' + "é" * 200_000
        corpus = Corpus.of(a_roadmap(description=text))
        datapackage.save(corpus, tmp_path)
        assert wsis.load(tmp_path) == corpus
