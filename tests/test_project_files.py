"""The files that a public project has beside its code say what the code and `pyproject.toml` say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from wsis_model import __version__, catalogue
from wsis_model._version import BASE_IRI

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        *(ROOT / ".github").rglob("*.yml"),
        ROOT / "CITATION.cff",
        ROOT / ".pre-commit-config.yaml",
    )
)


def read(name: str) -> Any:
    """A file as YAML."""
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_parses_and_holds_something(name: str) -> None:
    """Each is YAML with a mapping at its top; their schemas are held by `tools/do.py lint`."""
    assert read(name)


def test_the_citation_agrees_with_the_package() -> None:
    """Name, version, licence, description and key words are those of `pyproject.toml`."""
    cited, project = read("CITATION.cff"), PROJECT["project"]

    assert (project["name"], __version__) == (cited["title"], str(cited["version"]))
    assert (project["license"], project["description"]) == (cited["license"], cited["abstract"])
    assert (project["keywords"], BASE_IRI) == (cited["keywords"], cited["url"])
    assert project["authors"] == cited["authors"]


def test_the_citation_has_the_day_of_the_release() -> None:
    """A version that the changelog calls unreleased has no day, and a released one has its own."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## \[{re.escape(__version__)}\] - (\S+)$", text, re.MULTILINE)

    assert found, f"the changelog does not name {__version__}"
    day = read("CITATION.cff").get("date-released")
    assert ("unreleased" if day is None else str(day)) == found[1]


def test_the_citation_names_the_resolution_as_the_catalogue_does() -> None:
    """Title, symbol, day and address of the resolution cited beside the package."""
    [cited], outcome = read("CITATION.cff")["references"], catalogue().document("80-173")

    assert (outcome.symbol, outcome.adopted) == (cited["number"], cited["date-published"])
    assert (str(outcome.title), outcome.urls[0]) == (cited["title"], cited["url"])


def test_ci_runs_what_contributing_says_on_versions_that_are_supported() -> None:
    """The workflow calls `.ci/run` on the oldest Python of the classifiers and on a newer one."""
    job = read(".github/workflows/ci.yml")["jobs"]["all"]
    versions = [str(each) for each in job["strategy"]["matrix"]["python"]]
    supported = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["project"]["classifiers"]))

    assert "bash .ci/run" in [step.get("run") for step in job["steps"]]
    assert supported[0] == versions[0] and {*versions} <= {*supported} and len(versions) > 1


def test_commands_of_hooks_and_workflows_are_jobs() -> None:
    """What calls `tools/do.py` names a job that it knows."""
    known = set(
        re.findall(r'^    "([a-z-]+)": \(', (ROOT / "tools/do.py").read_text("utf-8"), re.MULTILINE)
    )
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in (*FILES, "CONTRIBUTING.md")]
    called = {job for text in texts for job in re.findall(r"python3 tools/do\.py ([a-z-]+)", text)}

    assert {"lint", "catalogue", "publish-docs"} <= called <= known


def test_every_form_of_github_is_held_to_its_schema() -> None:
    """`tools/do.py lint` names each workflow and each form that is there."""
    listed = (ROOT / "tools" / "do.py").read_text(encoding="utf-8")

    assert [] == [
        name for name in FILES if name.startswith(".github/") and f'"{name}"' not in listed
    ]


def test_a_data_correction_says_what_is_needed_to_check_it() -> None:
    """Paragraph, what we say, what the official text says and where: all required."""
    body = read(".github/ISSUE_TEMPLATE/data-correction.yml")["body"]
    required = {each["id"] for each in body if each.get("validations", {}).get("required")}

    assert {"paragraph", "ours", "official", "source"} <= required


def test_addresses_of_the_project_are_pages_of_the_site() -> None:
    """Each stands below the address that stays, and the navigation has its page."""
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for address in PROJECT["project"]["urls"].values():
        assert address.startswith(BASE_IRI)
        page = address.removeprefix(BASE_IRI)
        assert f": {page}index.md" in navigation or f": {page.rstrip('/')}.md" in navigation, page


def test_the_base_address_is_the_same_everywhere() -> None:
    """Files that cannot read it from the code spell it as the code does."""
    spelt = {
        (name, each)
        for name in (
            *FILES,
            "pyproject.toml",
            "mkdocs.yml",
            "CONTRIBUTING.md",
            "tools/w3id/README.md",
        )
        for each in re.findall(r"https?://w3id\.org/[\w-]+/?", (ROOT / name).read_text("utf-8"))
    }

    assert {BASE_IRI} == {each for _, each in spelt}
