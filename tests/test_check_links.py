"""The check of the links of the built site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAD = '<link rel="canonical" href="https://site.example/docs/{}">'
SOUND = {
    "index.html": '<a href="guide/#one">to a page</a> <img src="img/a.svg"> <a href="#">top</a>',
    "guide/index.html": '<h2 id="one">One</h2> <a href="..">home</a> <a href="#one">here</a>',
    "404.html": '<a href="/docs/guide/">from the root</a> <a href="https://elsewhere.example/x">',
    "img/a.svg": "<svg/>",
    "llms.txt": "- [Guide](https://site.example/docs/guide/): what it says",
}


def checked(tmp_path: Path, **changes: str) -> tuple[int, str]:
    """How the check of a small site with some changed files ends, and what it says."""
    files = SOUND | {
        name.replace("__", "/").replace("_", "."): text for name, text in changes.items()
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        page = name.removesuffix("index.html")
        path.write_text(HEAD.format(page) + text if name.endswith(".html") else text, "utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "check_links.py"), str(tmp_path)],
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def test_a_sound_site_passes(tmp_path: Path) -> None:
    """Pages, anchors, pictures, links from the root and to other sites."""
    assert (0, "") == checked(tmp_path)


@pytest.mark.parametrize(
    ("page", "text", "told"),
    [
        ("index_html", '<a href="gone/">', "index.html:1: gone/: no file gone/index.html"),
        ("index_html", '<a href="guide/#two">', "guide/#two: no anchor 'two' in guide/index.html"),
        ("guide__index_html", '<p>\n<a href="#x">', "guide/index.html:2: #x: no anchor 'x'"),
        ("index_html", '<img src="img/b.svg">', "img/b.svg: no file img/b.svg"),
        ("guide__index_html", '<a href="../../up/">', "../../up/: leads out of the site"),
        ("llms_txt", "- [X](https://site.example/docs/x/)", "llms.txt:1: "),
        ("404_html", '<a href="/docs/none/">', "404.html:1: /docs/none/: no file none/index.html"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(
    tmp_path: Path, page: str, text: str, told: str
) -> None:
    """A page, an anchor, a picture that is not there; a link beyond the site."""
    text = f'<h2 id="one">One</h2>{text}' if page.startswith("guide") else text

    code, said = checked(tmp_path, **{page: text})

    assert 1 == code and told in said, said


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    """An empty folder is not a site without broken links."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "check_links.py"), str(tmp_path)], capture_output=True
    )

    assert 2 == done.returncode
