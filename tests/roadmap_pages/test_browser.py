"""Pages of road maps: in a browser."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from page_makers import DAY, EXAMPLE, each

from wsis_model import Corpus, load
from wsis_model.pages import roadmap_page

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RUN = """
axe.run(document, {runOnly: {type: "tag", values: TAGS}}).then(found => {
  const told = document.createElement("pre");
  told.id = "axe-found";
  told.textContent = JSON.stringify({
    version: axe.version,
    passes: found.passes.length,
    violations: found.violations.map(each => ({id: each.id, nodes: each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))})),
    unsure: found.incomplete.flatMap(each => each.nodes.filter(node => !node.element?.closest?.("svg") && !/^<(text|tspan)/.test(node.html))
      .map(node => each.id + ": " + node.html.slice(0, 200))),
  });
  document.body.appendChild(told);
});
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """A Chromium that can be run without a screen."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("needs Chromium or Chrome")
    return found


def browse(chromium: str, page: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Open a page, and give what the browser printed."""
    command = [chromium, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", *more, page.as_uri()]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=180
    )


def axe() -> str:
    """The accessibility checker, as it may stand inside a page."""
    package = pytest.importorskip(
        "axe_core_python", reason="accessibility is checked with axe-core"
    )
    return (
        (Path(package.__file__).parent / "axe.min.js")
        .read_text("utf-8")
        .replace("</script", "<\\/script")
    )


@pytest.mark.heavy
@each
def test_the_browser_has_nothing_to_complain_of(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """Opened in Chromium, the page writes nothing to the console, and asks for nothing."""
    page = tmp_path / "page.html"
    page.write_text(written[name], "utf-8")
    done = browse(chromium, page, "--dump-dom")

    assert "<h1" in done.stdout
    said = [
        line
        for line in done.stderr.splitlines()
        if "CONSOLE" in line or "ERR_" in line or "http://" in line or "https://" in line
    ]
    assert not said, said


@pytest.mark.heavy
def test_a_request_would_be_noticed(chromium: str, tmp_path: Path) -> None:
    """The check above can fail: an image from elsewhere is told in the log of the browser."""
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><title>x</title><h1>x</h1><script>fetch('https://example.org/').catch(e =>"
        " console.error(e))</script>",
        "utf-8",
    )
    done = browse(chromium, page, "--virtual-time-budget=5000", "--dump-dom")

    assert "CONSOLE" in done.stderr


@pytest.mark.heavy
@each
def test_axe_finds_no_barrier(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """axe-core finds no violation of WCAG 2.1 A and AA and of good practice, in a copy of the page
    that lets it run.
    """
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", written[name])
    copy = copy.replace("<details>", "<details open>")  # what is folded away is looked at too
    script = f"<script>{axe()}</script><script>{RUN.replace('TAGS', json.dumps(TAGS))}</script>"
    page = tmp_path / "page.html"
    page.write_text(copy.replace("</body>", f"{script}</body>"), "utf-8")
    done = browse(chromium, page, "--virtual-time-budget=120000", "--dump-dom")
    told = re.search(r'<pre id="axe-found">(.*?)</pre>', done.stdout, re.DOTALL)

    assert told is not None, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    assert found["passes"] > 20
    assert not found["violations"], found["violations"]
    assert not found["unsure"], found["unsure"]


MEASURE = """
document.querySelectorAll("details").forEach(each => each.open = true);
const told = document.createElement("pre");
told.id = "measured";
told.textContent = JSON.stringify({
  page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  tables: [...document.querySelectorAll(".scroll")].map(each => {
    const caption = each.querySelector("caption");
    const sign = caption ? getComputedStyle(caption, "::after") : getComputedStyle(each, "::before");
    return {beyond: each.scrollWidth - each.clientWidth, sign: parseFloat(sign.paddingBottom)};
  }),
  cells: [...document.querySelectorAll("td:not(.number)")].map(each => each.getBoundingClientRect().width),
});
document.body.appendChild(told);
"""


def measured(chromium: str, page: Path, text: str, width: int) -> dict[str, Any]:
    """How wide things are where a page is shown in so many pixels, everything unfolded."""
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    page.write_text(copy.replace("</body>", f"<script>{MEASURE}</script></body>"), "utf-8")
    done = browse(chromium, page, f"--window-size={width},900", "--dump-dom")
    told = re.search(r'<pre id="measured">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told is not None, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


@pytest.mark.heavy
@each
def test_no_table_is_wider_than_the_screen(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On a screen of 1280 pixels nothing has to be scrolled sideways, however long the words, and
    no sign says so.
    """
    found = measured(chromium, tmp_path / "page.html", written[name], 1280)

    assert found["page"] <= 0
    assert all(each["beyond"] <= 0 and not each["sign"] for each in found["tables"])


@pytest.mark.heavy
@each
def test_what_can_be_scrolled_says_so(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On a small screen a sign stands at what is wider than it, and at nothing else; the page
    itself is not wider.
    """
    found = measured(chromium, tmp_path / "page.html", written[name], 500)

    assert found["page"] <= 0
    assert any(each["sign"] for each in found["tables"])
    assert all((each["beyond"] > 2) == (each["sign"] > 15) for each in found["tables"])


@pytest.mark.heavy
@each
def test_tables_fit_the_paper(
    name: str, written: dict[str, str], chromium: str, tmp_path: Path
) -> None:
    """On A4 no table is wider than the page, and no column so narrow that each line holds a word."""
    paper = (
        written[name]
        .replace("@media print", "@media all")
        .replace("</style>", "body { width: 182mm; } </style>")
    )
    found = measured(chromium, tmp_path / "page.html", paper, 1280)

    assert all(each["beyond"] <= 0 for each in found["tables"])
    assert min(found["cells"]) > 60


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "activities"), [("c2-roadmap", 13), ("rir-commitments", 7), ("joint-roadmap", 7)]
)
def test_a_road_map_is_printed_on_a_few_sheets(
    name: str, activities: int, catalogue: Corpus, chromium: str, tmp_path: Path
) -> None:
    """At most a page for each three activities, and two."""
    pypdfium = pytest.importorskip("pypdfium2", reason="pages are counted by the extra pdf")
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    mine = load(EXAMPLE.parent / f"{name}.yaml")
    assert len(mine.roadmaps[0].activities) == activities
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(roadmap_page(catalogue | mine, name, as_of=DAY).to_html(), "utf-8")
    browse(chromium, page, f"--print-to-pdf={printed}")

    assert len(pypdfium.PdfDocument(printed)) <= activities / 3 + 2
