"""The page that checks: for everybody, in three languages, with no connection."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser

from wsis_model import Corpus

from .conftest import Opened, opened
from .test_checking import filled

AXE = Path(str(files("axe_core_python"))) / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)


def workbook(folder: Path) -> Path:
    """A workbook with a fault."""
    path = filled(folder, wrongly=False)
    book = openpyxl.load_workbook(path)
    book["Activities"]["B2"].value = None
    book.save(path)
    return path


def barriers(opened: Opened) -> list[tuple[str, list[str]]]:
    """What axe-core finds on the page as it is now."""
    opened.page.evaluate(AXE.read_text("utf-8"))
    found: Any = opened.page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    assert len(found["passes"]) > 20
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in (*found["violations"], *found["incomplete"])
    ]


def test_no_request_after_loading(fresh: Opened, tmp_path: Path) -> None:
    """Once the checker is there nothing is asked for, whatever is done; the page and what runs in it
    could not if they wanted to.
    """
    fresh.page.click("#prepare")
    fresh.wait()
    before = len(fresh.requests)
    fresh.check(workbook(tmp_path))
    fresh.download("[data-copy=marked]", tmp_path)
    fresh.download("[data-form=yaml]", tmp_path)
    fresh.page.select_option("#language", "fr")
    fresh.page.fill("#words", "fragmentation")
    fresh.page.wait_for_timeout(500)

    later = [each for each in fresh.requests[before:] if not each.startswith("blob:")]
    assert later == []
    ask = "address => fetch(address).then(() => 'answered', () => 'refused')"
    assert fresh.page.evaluate(ask, "files.json") == "refused"
    assert fresh.page.evaluate(ask, "https://example.org/") == "refused"
    (worker,) = fresh.page.workers
    request = """address => new Promise(done => {
        const request = new XMLHttpRequest();
        request.onload = () => done("answered");
        request.onerror = () => done("refused");
        request.open("GET", address);
        request.send();
    })"""
    origin = fresh.page.evaluate("location.href")
    assert worker.evaluate(request, f"{origin}files.json") == "refused"
    elsewhere = {each.split("/")[2] for each in fresh.requests if each.startswith("http")}
    assert elsewhere == {origin.split("/")[2]}


def test_a_request_would_be_noticed(fresh: Opened) -> None:
    """The test above can fail: before the page is shut off, a request goes through and is counted."""
    before = len(fresh.requests)

    assert fresh.page.evaluate("fetch('files.json').then(answer => answer.ok)")
    # The service worker asks too.
    assert {each.split("/")[-1] for each in fresh.requests[before:]} == {"files.json"}


def test_it_works_without_a_connection(browser: Browser, address: str, tmp_path: Path) -> None:
    """Once loaded, it comes up again and checks with the network gone."""
    found = opened(browser, address)
    found.page.evaluate("navigator.serviceWorker.ready")
    found.page.reload()
    found.page.wait_for_selector("#found li")
    found.check(workbook(tmp_path))
    assert len(found.rows()) == 1

    found.context.set_offline(True)
    found.page.reload()
    found.page.wait_for_selector("#found li")
    found.check(workbook(tmp_path))
    assert ["missing-field"] == [row[3].strip() for row in found.rows()]
    found.context.close()


def test_nothing_is_complained_of(fresh: Opened, tmp_path: Path) -> None:
    """The console stays empty."""
    fresh.check(workbook(tmp_path))

    assert fresh.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_barrier(ready: Opened, width: int, tmp_path: Path) -> None:
    """Nothing against WCAG 2.2 A and AA and good practice, in any language, with a report on it, in
    light and dark; and the page is not wider than the screen.
    """
    ready.page.set_viewport_size({"width": width, "height": 900})
    ready.check(workbook(tmp_path))
    for language, scheme in (("en", "light"), ("fr", "dark"), ("es", "light")):
        ready.page.select_option("#language", language)
        ready.wait()
        ready.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert barriers(ready) == []
        assert ready.page.evaluate("document.documentElement.scrollWidth") <= width
    ready.page.select_option("#language", "en")
    ready.wait()


def test_what_is_found_is_told_in_the_language_of_the_page(ready: Opened, tmp_path: Path) -> None:
    """With the language chosen the faults are told anew, at the same places."""
    ready.check(workbook(tmp_path))
    english = ready.rows()
    ready.page.select_option("#language", "es")
    ready.wait()
    spanish = ready.rows()
    ready.page.select_option("#language", "en")
    ready.wait()

    assert [(row[0], row[3]) for row in spanish] == [(row[0], row[3]) for row in english]
    assert "falta" in spanish[0][1] and "is missing" in english[0][1]
    assert ready.rows() == english


def test_it_can_be_used_with_the_keyboard(fresh: Opened) -> None:
    """Everything that can be clicked is reached, and shows that it is."""
    reached: list[str] = []
    for _ in range(24):
        fresh.page.keyboard.press("Tab")
        seen = fresh.page.evaluate(
            "(() => { const it = document.activeElement; const shows = getComputedStyle(it.closest('.button') ?? it);"
            " return [it.id || it.dataset.form || it.className || it.getAttribute('href'), shows.outlineStyle]; })()"
        )
        assert seen[1] == "solid", seen
        reached.append(seen[0])

    assert reached[0] == "skip"
    wanted = ["language", "files", "folder", "profile", "dated", "prepare", "line", "xlsx", "yaml"]
    assert [each for each in reached if each in wanted] == wanted
    assert {"words", "actor", "theme", "due"} <= {*reached}


def test_in_the_language_of_the_reader(browser: Browser, address: str) -> None:
    """A browser in French or Spanish gets the page in it, and another one English; a choice stays."""
    for locale, language, title in (
        ("fr-CH", "fr", "Vérifier une feuille de route"),
        ("es-AR", "es", "Comprobar una hoja de ruta"),
        ("sw-KE", "en", "Check a road map"),
    ):
        found = opened(browser, address, locale=locale)
        assert found.page.evaluate("document.documentElement.lang") == language
        assert found.page.inner_text("h1") == title == found.page.title()
        found.page.select_option("#language", "es")
        found.page.reload()
        found.page.wait_for_selector("#found li")
        assert found.page.evaluate("document.documentElement.lang") == "es"
        found.context.close()


def numbers(opened: Opened) -> list[str]:
    """The paragraphs that are found, all of them."""
    while opened.page.is_visible("#more"):
        opened.page.click("#more")
    found: list[str] = opened.page.eval_on_selector_all(
        "#found h3 a", "all => all.map(each => each.getAttribute('href'))"
    )
    return [each.split("/")[-2] for each in found]


def test_what_is_asked_of_somebody(ready: Opened, catalogue: Corpus) -> None:
    """The paragraphs that ask something of an actor are those of the library, with the reason; and
    each link leads to a page of the site and to the official text.
    """
    for actor in ("ripe-ncc", "itu", "groups/academia"):
        ready.page.select_option("#actor", actor)
        matches = catalogue.mandates(addressee=actor, document="80-173")
        wanted = list(dict.fromkeys(each.provision.id.partition("/")[2] for each in matches))

        assert wanted and numbers(ready) == wanted
        assert ready.page.locator("#found .why").count() == len(matches)
    official = ready.page.get_attribute("#found li p:last-child a", "href")
    assert official == catalogue.document("80-173").urls[0]
    ready.page.select_option("#actor", "")


def test_filters_go_together(ready: Opened, catalogue: Corpus) -> None:
    """Words, theme and date, alone and with each other."""
    ready.page.fill("#words", "99")
    ready.page.wait_for_selector("#found > li:first-child h3 a:text-is('Paragraph 99')")
    ready.page.fill("#words", "permanent forum")
    ready.page.wait_for_timeout(400)
    assert "99" in numbers(ready)[:3]
    ready.page.fill("#words", "splinternet")  # a by-name of a theme, which no text has
    ready.page.wait_for_timeout(400)
    assert ["90"] == numbers(ready)
    ready.page.fill("#words", "")
    ready.page.wait_for_timeout(400)
    ready.page.select_option("#theme", "themes/igf")
    themed = {
        each.number
        for each in catalogue.document("80-173").provisions
        if any(a.concept == "themes/igf" for a in each.alignments)
    }
    assert {*numbers(ready)} == {each.lower() for each in themed}
    ready.page.select_option("#theme", "")
    ready.page.select_option("#due", "2027")
    due = catalogue.mandates(document="80-173", due_before=2027)
    assert {*numbers(ready)} == {each.provision.id.partition("/")[2] for each in due}
    ready.page.select_option("#due", "")
