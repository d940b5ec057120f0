"""The pages of the site that come from the catalogue, and the addresses that lead to them."""

from __future__ import annotations

import doctest
import functools
import re
from pathlib import Path

import addresses
import paragraphs
import pytest
from addresses import address, escaped
from compact import compact
from indexes import by_actor, by_date, by_theme, records
from paragraphs import Paragraphs

from wsis_model import catalogue
from wsis_model._version import BASE_IRI
from wsis_model.analysis import calendar

ROOT = Path(__file__).resolve().parents[1]
SITE = "https://wsis-model.example/latest"
RULE = re.compile(
    r"^(?:RewriteCond %\{HTTP_ACCEPT\} (\S+)\n)?RewriteRule (\S+) (\S+) \[(\S+)\]$", re.MULTILINE
)
ANCHOR = re.compile(r'\{ #([^ }]+)|<span id="([^"]+)">')


@functools.cache
def built() -> dict[str, str]:
    """Every page that comes from the catalogue, by the file it is made of."""
    corpus = catalogue()
    single = (compact(corpus), by_actor(corpus), by_theme(corpus), by_date(corpus))
    return dict((*Paragraphs(corpus).pages(), *single, *records(corpus)))


def redirected(path: str, accept: str = "") -> str:
    """Where `tools/w3id/.htaccess` sends a path below the base, as the web server reads it: the
    first rule that fits counts, if what stands before it holds of what the client accepts.
    """
    text = (ROOT / "tools" / "w3id" / ".htaccess").read_text(encoding="utf-8")
    for condition, pattern, target, flags in RULE.findall(text):
        found = re.search(pattern, path)
        if target == "-" or not found or (condition and not re.search(condition, accept)):
            continue
        assert "NE" in flags.split(",") or "#" not in target, "the # would be escaped"
        for number, group in enumerate(found.groups(), start=1):
            target = target.replace(f"${number}", group)
        return str(target.replace("%{ENV:SITE}", SITE))
    raise AssertionError(path)


def test_every_paragraph_has_a_page_with_what_it_says_and_asks() -> None:
    """7 and 127 pages, each with summary, mandates, the official address and its neighbours."""
    provisions = catalogue().document("80-173").provisions
    pages = built()

    assert 134 == len(provisions) == sum(bool(re.search(r"173/p?\d+\.md$", each)) for each in pages)
    for before, provision, after in zip(provisions, provisions[1:], provisions[2:], strict=False):
        page = pages[f"outcome/{provision.id}.md"]
        assert escaped(provision.summary) in page
        assert "https://docs.un.org/en/A/RES/80/173" in page
        assert all(escaped(mandate.action) in page for mandate in provision.mandates)
        assert f"({before.id[7:]}.md)" in page and f"({after.id[7:]}.md)" in page


def test_a_page_says_who_is_reached_and_by_which_route() -> None:
    """A Regional Internet Registry is not named in paragraph 107, and is reached all the same."""
    page = built()["outcome/80-173/107.md"]

    assert re.search(r"\*\*belongs to Technical community, .*\*\*: .*RIPE NCC", page)


def test_the_index_by_actor_agrees_with_the_corpus() -> None:
    """What the page lists for an actor is what the corpus answers."""
    part = built()["outcome/80-173/actors.md"].partition("{ #ripe-ncc }")[2].partition("###")[0]
    reached = catalogue().mandates(addressee="ripe-ncc", document="80-173")

    listed = re.findall(r"\[([0-9]+\.[0-9]+)\]", part)

    assert sorted(listed) == sorted(each.mandate.id[7:] for each in reached)


def test_the_index_by_date_holds_everything_that_falls_due() -> None:
    """A line for each entry of the calendar."""
    page = built()["outcome/80-173/dates.md"]

    assert len(calendar(catalogue(), document="80-173")) == page.count("\n- **")


def test_every_identifier_leads_to_a_place_on_a_page() -> None:
    """What w3id.org sends an identifier to is there, and is where the pages link to."""
    anchors = {
        page: {a or b for a, b in ANCHOR.findall(text)} | {""} for page, text in built().items()
    }
    lost: list[str] = []
    for identifier in catalogue():
        page, anchor = address(identifier)
        folder = page.removesuffix("index.md").removesuffix(".md").rstrip("/")
        expected = f"{SITE}/{folder}/" + (f"#{anchor}" if anchor else "")
        if redirected(f"id/{identifier}") != expected or anchor not in anchors.get(page, ()):
            lost.append(identifier)

    assert [] == lost


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("", "/"),
        ("ns", "/ns/ontology.ttl"),
        ("ns/context.jsonld", "/ns/context.jsonld"),
        ("schema/file.json", "/schema/file.json"),
        ("rules/", "/rules/"),
        ("outcome/80-173/99/", "/outcome/80-173/99/"),
    ],
)
def test_what_is_no_identifier_leads_to_the_same_place_of_the_site(
    path: str, leads_to: str
) -> None:
    """Terms, schemas, rules and pages keep their path."""
    assert f"{SITE}{leads_to}" == redirected(path)


def test_people_who_follow_a_term_get_a_page() -> None:
    """A browser asks for HTML, and gets the page that explains the terms."""
    assert f"{SITE}/linked-data/" == redirected("ns", accept="text/html,*/*;q=0.8")


def test_the_site_is_configured_for_the_base_address() -> None:
    """Where nobody says where it is published, pages call themselves by the address that stays."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert [BASE_IRI] == re.findall(
        r'^site_url: !ENV \[WSIS_SITE_URL, "(.+)"\]$', text, re.MULTILINE
    )


def test_the_examples_of_addresses_run() -> None:
    """The docstrings say what the functions give."""
    assert 0 == doctest.testmod(addresses).failed == doctest.testmod(paragraphs).failed
