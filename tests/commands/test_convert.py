"""The commands `convert`, `rules` and `schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from running import FILES, Ran, process

import wsis_model as wsis
from wsis_model.checks.texts import TEXT_RULES
from wsis_model.interop import sqlite


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml", "json.gz"])
def test_conversion_keeps_everything(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There and back again is the same corpus."""
    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", f"out.{form}")).code
    assert wsis.load("roadmap.yaml") == wsis.load(f"out.{form}")


def test_conversion_reads_and_writes_streams() -> None:
    """From standard input to standard output, as bytes."""
    done = process(
        "convert", "-", "-", "--from", "yaml", "--to", "json", given=FILES["roadmap.yaml"].encode()
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert wsis.loads(FILES["roadmap.yaml"], "yaml") == wsis.loads(done.stdout, "json")


def test_conversion_writes_what_other_programs_read(capsys: pytest.CaptureFixture[str]) -> None:
    """A suffix, or a name, of other people's formats is as good as one of ours."""
    from wsis_model import relational

    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", "out.parquet")).code
    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", "out", "--to", "parquet")).code

    for folder in ("out.parquet", "out"):
        assert wsis.load("roadmap.yaml") == relational.from_parquet(folder)

    assert 0 == Ran(capsys, ("convert", "out.parquet", "back.yaml")).code
    assert 0 == Ran(capsys, ("convert", "out", "back.json", "--from", "parquet")).code
    assert wsis.load("roadmap.yaml") == wsis.load("back.yaml") == wsis.load("back.json")


def test_a_package_a_database_and_graphs_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Each by its suffix or its name, with the names of what the catalogue has."""
    for arguments in (
        ("package", "--to", "datapackage", "--option", "license=CC-BY-4.0"),
        ("out.sqlite", "--option", "with=catalogue"),
        ("out.db",),
        ("out.graphml",),
        ("graph", "--to", "neo4j"),
        ("out.mmd", "--option", "depth=0"),
    ):
        assert 0 == Ran(capsys, ("convert", "roadmap.yaml", *arguments)).code

    assert wsis.load("package") == wsis.load("roadmap.yaml")
    package = json.loads(Path("package/datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    for path, found in (("out.sqlite", True), ("out.db", False)):
        hits = sqlite.search(path, "splinternet", kinds=["provision"])
        assert bool(hits) == found
    for path in ("out.graphml", "graph/nodes.csv"):
        assert "International Telecommunication Union" in Path(path).read_text(encoding="utf-8")
    assert Path("out.mmd").read_text(encoding="utf-8").startswith("flowchart LR\n  n0")

    again = Ran(capsys, ("convert", "roadmap.yaml", "out.sqlite"))
    assert (2, True) == (again.code, "--force" in again.err)
    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", "out.sqlite", "--force")).code
    Path("notes.db").write_text("mine", encoding="utf-8")
    refused = Ran(capsys, ("convert", "roadmap.yaml", "notes.db", "--force"))
    assert (2, True) == (refused.code, "no database that we wrote" in refused.err)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's
@pytest.mark.parametrize("form", ["jsonld", "nt", "ttl"])
def test_conversion_writes_linked_data(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The road map is there under the base that was asked for, and what it refers to under ours."""
    base = "https://ministry.example/plans/"
    to = ("convert", "roadmap.yaml", f"out.{form}", "--option", f"base={base}")
    assert 0 == Ran(capsys, to).code

    graph = rdflib.Graph().parse(f"out.{form}", format={"jsonld": "json-ld"}.get(form, form))
    roadmap = wsis.load("roadmap.yaml").roadmaps[0]
    mine = rdflib.URIRef(f"{base}id/{roadmap.id}")
    owner = rdflib.URIRef(f"https://w3id.org/wsis-model/id/{roadmap.owners[0]}")
    assert (mine, rdflib.PROV.wasAttributedTo, owner) in graph
    assert (owner, rdflib.RDF.type, rdflib.ORG.Organization) in graph


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("out.json", "--option", "base=x"), "no option 'base'"),
        (("out.parquet", "--option", "base=x"), "no option 'base'"),
        (("out.parquet", "--option", "base"), "NAME=VALUE"),
        (("-", "--to", "parquet"), "name a file or folder"),
        (("out.docx",), "parquet"),
        (("out.db", "--option", "with=all"), "with=catalogue"),
        (("out.mmd", "--option", "depth=-1"), "whole number"),
        (("out.mmd", "--option", "limit=0"), "at least 1"),
        (("out.mmd", "--option", "of=nothing-here"), "nothing-here"),
        (("out.ttl", "--option", "base=nowhere"), "ends with a slash"),
    ],
)
def test_what_a_format_does_not_take_is_told(
    arguments: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that a format does not have, streams for folders, and formats that nobody knows."""
    ran = Ran(capsys, ("convert", "roadmap.yaml", *arguments))

    assert 2 == ran.code
    assert reason in ran.err


def test_conversion_to_iati_takes_what_no_road_map_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As options; without them everything that is missing is told, a line each."""
    from wsis_model.interop import iati

    target = ("convert", "roadmap.yaml", "out.iati.xml")
    missing = Ran(capsys, target)
    said = {
        "reporting-org": "ITU",
        "recipient": "KE:60,UG:40",
        "sector": "22040",
        "planned-start": "2026-01-01",
        "long-budgets": "split",
        "refs": "apnic=AU-ABN-42081528010",
    }
    options = [part for name, value in said.items() for part in ("--option", f"{name}={value}")]

    assert 2 == missing.code
    assert 3 <= len(missing.err.splitlines())
    assert not (folder / "out.iati.xml").exists()
    assert 0 == Ran(capsys, (*target, *options)).code
    given = wsis.load("roadmap.yaml").roadmaps
    assert [iati.kept(each) for each in given] == [*iati.read("out.iati.xml").roadmaps]
    assert 0 == Ran(capsys, ("convert", "out.iati.xml", "back.yaml")).code
    assert [iati.kept(each) for each in given] == [*wsis.load("back.yaml").roadmaps]
    for wrong in ("planned-start=soon", "refs=apnic", "recipients=KE"):
        assert 2 == Ran(capsys, (*target, "--force", *options, "--option", wrong)).code


def test_several_tables_do_not_fit_one_stream(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV of several tables to one file is refused with the way out."""
    ran = Ran(capsys, ("convert", "roadmap.yaml", "out.csv"))

    assert 2 == ran.code
    assert "folder" in ran.err


def test_conversion_writes_over_nothing_unasked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, or a folder in which something stands, is not written over without --force; an empty
    folder is filled.
    """
    (folder / "tables").mkdir()
    (folder / "filled.json").write_text("{}", encoding="utf-8")

    assert 0 == Ran(capsys, ("convert", "roadmap.yaml", "tables", "--to", "csv")).code
    for target in ("filled.json", "tables"):
        arguments = (
            "convert",
            "roadmap.yaml",
            target,
            "--to",
            "csv" if target == "tables" else "json",
        )
        refused = Ran(capsys, arguments)
        assert (
            2,
            f"wsis-model: {target} is there already; choose another name, or say --force\n",
        ) == (refused.code, refused.err), target
    assert "{}" == (folder / "filled.json").read_text(encoding="utf-8")
    for target in ("filled.json", "tables"):
        assert (
            0
            == Ran(
                capsys,
                (
                    "convert",
                    "roadmap.yaml",
                    target,
                    "--force",
                    *(("--to", "csv") if target == "tables" else ()),
                ),
            ).code
        ), target
        assert wsis.load("roadmap.yaml") == wsis.load(target), target


def test_unknown_fields_are_kept_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A field of a newer version is refused, or kept and written back."""
    (folder / "newer.yaml").write_text(
        "entities: [{id: x, name: X, colour: red}]", encoding="utf-8"
    )

    assert 2 == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json")).code
    assert (
        "red"
        == Ran(capsys, ("convert", "newer.yaml", "-", "--to", "json", "--unknown", "keep")).data[
            "entities"
        ][0]["colour"]
    )


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has every rule; its documentation comes by code, in any case of letters."""
    rules = Ran(capsys, ("rules", "--format", "json")).data

    assert {each.code for each in (*wsis.RULES, *TEXT_RULES)} | {"W901"} == {
        each["code"] for each in rules
    }
    assert all(each["title"] and each["documentation"] for each in rules)
    assert "Mend:" in Ran(capsys, ("rules", "w901")).out


def test_schemas_are_printed_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One schema to standard output, or all to a folder."""
    from wsis_model.schema import schemas

    assert schemas()["roadmap"] == Ran(capsys, ("schema", "roadmap")).data
    assert 0 == Ran(capsys, ("schema", "--all", "there")).code
    assert schemas() == {
        path.stem: json.loads(path.read_bytes()) for path in (folder / "there").iterdir()
    }
