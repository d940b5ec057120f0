"""The page that checks, as it was built, in a browser without a screen."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "web"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests say what was asked for."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page is served, as a site would serve it: static files."""
    if not (BUILT / "files.json").exists():
        pytest.skip("the page is not built: python3 tools/do.py web")
    handler = functools.partial(_Quiet, directory=str(BUILT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("needs Chromium or Chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@attrs.frozen
class Opened:
    """The page, with what the browser noticed."""

    context: BrowserContext
    page: Page
    requests: list[str]
    """Every address that was asked for, in the page and in its workers."""
    complaints: list[str]
    """What stands in the console."""

    def check(self, *files: Path, seconds: float = 180) -> None:
        """Choose files, and wait until the page has told what it makes of them."""
        self.page.set_input_files("#files", [str(each) for each in files])
        self.wait(seconds)

    def wait(self, seconds: float = 180) -> None:
        """Wait until the page does nothing."""
        self.page.wait_for_selector("body[aria-busy=false]", timeout=seconds * 1000)

    def rows(self) -> list[list[str]]:
        """The table of faults: places, what was found, what would do, rules."""
        found: list[list[str]] = self.page.eval_on_selector_all(
            "#faults tbody tr",
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))",
        )
        return found

    def download(self, selector: str, folder: Path) -> Path:
        """Click on something that gives a file, and put it into a folder."""
        with self.page.expect_download(timeout=120_000) as saved:
            self.page.click(selector)
        path = folder / saved.value.suggested_filename
        saved.value.save_as(path)
        self.wait()
        return path


def opened(browser: Browser, address: str, **how: object) -> Opened:
    """The page in a context of its own; *how* goes to the context."""
    context = browser.new_context(**{"locale": "en-GB", **how})  # type: ignore[arg-type]  # any option of Playwright's
    page, requests, complaints = context.new_page(), list[str](), list[str]()
    context.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#found li")
    return Opened(context, page, requests, complaints)


@pytest.fixture(scope="module")
def ready(browser: Browser, address: str) -> Iterator[Opened]:
    """The page with its checker started, for the tests of a module."""
    found = opened(browser, address)
    found.page.click("#prepare")
    found.wait()
    yield found
    found.context.close()


@pytest.fixture
def fresh(browser: Browser, address: str) -> Iterator[Opened]:
    """The page as it comes."""
    found = opened(browser, address)
    yield found
    found.context.close()
