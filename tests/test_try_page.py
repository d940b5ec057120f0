"""The page that checks, as its sources are: words, policy, what is shipped with it. What it does in a
browser is tested in `web/`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import test_fifteen_faults as fifteen
from explorer_data import LANGUAGES, outcome
from page_checker import Desk

from wsis_model import Corpus

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "try"
HTML = (PAGE / "index.html").read_text("utf-8")
SCRIPTS = {each.name: each.read_text("utf-8") for each in PAGE.glob("*.js")}
WORDS: dict[str, dict[str, str]] = json.loads((PAGE / "words.json").read_text("utf-8"))
PLACES = re.compile(r"\{\w+\}")


def test_every_language_has_every_word() -> None:
    """No wording is missing in French or Spanish, and each has the places for what is put in."""
    assert set(LANGUAGES) == set(WORDS)
    for language, words in WORDS.items():
        assert list(words) == list(WORDS["en"]), language
        for name, text in words.items():
            assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(WORDS["en"][name])), name
    assert not [
        name
        for name, text in WORDS["en"].items()
        if text.count(" ") > 2
        and text in (WORDS["fr"][name], WORDS["es"][name])
        and name != "foot-page"
    ]


def test_every_word_is_used_and_known() -> None:
    """Page and scripts name no wording that is not there, and each that is there is named."""
    scripts = "".join(SCRIPTS.values())
    named = {
        *re.findall(r'data-t="([^"]+)"', HTML),
        *re.findall(r'\b(?:say|tell)\("([\w.-]+)"', scripts),
    }
    named |= {
        f"{each}.{n}"
        for each in re.findall(r'\bcount\("([\w-]+)"', scripts)
        for n in ("one", "many")
    }
    named |= {
        *re.findall(r'\bcell\("([\w-]+)"', scripts),
        "error",
        "warning",
    }  # columns, severities
    named |= {f"copy.{each}" for each in ("marked", "mended", "report", "brief")}

    assert named == {*WORDS["en"]}


def test_the_english_of_the_page_is_that_of_the_words() -> None:
    """Who has no JavaScript, or waits for it, reads the same."""
    written = re.findall(r'data-t="([^"]+)"[^>]*>([^<]+)<', HTML)

    assert len(written) > 30
    assert dict(written) == {name: WORDS["en"][name] for name, _ in written}


def test_the_page_loads_from_its_own_site_only() -> None:
    """The policy names no other site, nor does anything that is loaded."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', HTML)
    assert policy is not None
    rules = dict(each.strip().split(" ", 1) for each in policy[1].split(";"))
    lock = re.search(r'LOCK = "(.*?);"\s*\+ " (.*?)"', SCRIPTS["engine.js"])
    assert lock is not None
    locked = dict(each.strip().split(" ", 1) for each in f"{lock[1]};{lock[2]}".split(";"))

    assert rules["default-src"] == locked["default-src"] == locked["connect-src"] == "'none'"
    assert rules["connect-src"] == "'self'"
    for each in (rules, locked):
        assert "unsafe-inline" not in str(each) and "'unsafe-eval'" not in str(each)
    addresses = re.findall(r"\w+://[\w.-]+", "".join((HTML, *SCRIPTS.values())))
    assert {*addresses} <= {"https://files.invalid"}
    assert HTML.index("Content-Security-Policy") < HTML.index("<link")


def test_what_is_shipped_has_hashes() -> None:
    """Each library is named with one version and the hash of its file."""
    lines = (ROOT / "tools" / "web" / "requirements.txt").read_text("utf-8").splitlines()
    listed = [each for each in lines if each and not each.startswith("#")]

    assert len(listed) >= 10
    assert all(re.fullmatch(r"[\w-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}", each) for each in listed)


def test_what_is_explored_is_the_catalogue(catalogue: Corpus) -> None:
    """Every paragraph and mandate of the outcome is there, every name is known, and it is text."""
    data: Any = json.loads(json.dumps(outcome(catalogue)))
    document = catalogue.document("80-173")
    mandates = [each for paragraph in data["paragraphs"] for each in paragraph["mandates"]]

    assert [each.id for each in document.provisions] == [each["id"] for each in data["paragraphs"]]
    assert [m.id for p in document.provisions for m in p.mandates] == [
        each["id"] for each in mandates
    ]
    used = {who for each in mandates for who in (each["verb"], *each["addressees"])}
    assert used | {*data["themes"], *data["actors"]} <= {*data["names"]}
    assert data["names"]["itu"]["fr"].startswith("ITU (Union")
    assert data["actors"]["ripe-ncc"]["groups/all-stakeholders"]
    assert {"C1", "C11"} <= {each["code"] for each in data["lines"]}


class TestDesk:
    """What the page asks of the library, without a browser."""

    def test_a_file(self, tmp_path: Path) -> None:
        """A workbook is checked, and what can be made of it is offered and made."""
        pytest.importorskip("openpyxl", reason="needs the extra excel")
        book = fifteen.sound()
        book.save(tmp_path / "map.xlsx")
        desk = Desk(tmp_path / "desk")
        desk.put("map.xlsx", (tmp_path / "map.xlsx").read_bytes())
        found = desk.check()

        assert found["code"] == 2 and found["findings"]
        assert {each["position"]["file"] for each in found["findings"]} == {"map.xlsx"}
        assert "marked" in desk.offers() and "report" not in desk.offers()
        assert desk.make("marked")["path"].endswith("map-marked.xlsx")
        assert desk.make("report")["path"] is None and desk.make("report")["said"]

    def test_a_folder(self, tmp_path: Path) -> None:
        """Several files are one folder; a marked copy of it is one archive. Names cannot lead out."""
        desk = Desk(tmp_path)
        desk.put("../roadmaps.csv", b"id,title,owners\nr,T,nobody at all\n")
        desk.put("sub/notes.csv", b"a,b\n1,2\n")
        found = desk.check()

        assert sorted(each.name for each in tmp_path.iterdir()) == ["dropped", "made"]
        assert "roadmaps.csv" in {each["position"]["file"] for each in found["findings"]}
        assert desk.make("marked")["path"].endswith("roadmap-marked.zip")

    def test_a_template(self, tmp_path: Path) -> None:
        """It is sound when it comes back, and can be made into a report."""
        desk = Desk(tmp_path)
        made = desk.template("action-lines/c7-e-health", "yaml")
        data = Path(made["path"]).read_bytes()
        desk.clear()
        desk.put("health.yaml", data)

        assert desk.check(day="2027-01-01")["code"] == 0
        assert "report" in desk.offers()
        assert "<h1" in Path(desk.make("report")["path"]).read_text("utf-8")
        assert desk.template("action-lines/c99", "yaml")["path"] is None
