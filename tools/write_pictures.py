"""Write the pictures of README and start page to `docs/img`, from what the library gives.

    python tools/write_pictures.py [--check]

| file | shows |
|---|---|
| `finding.svg` | a road map as an editor shows it, with the problems that `load` tells below its lines |
| `decade.svg` | `pictures.decade` of A/RES/80/173 |
| `gantt.svg` | `pictures.gantt` of the sample road map |
| `report.png` | the first page of its report, as Chromium shows it |

With `--check` nothing is written; the exit status is 1 where a picture is missing, too large, or does
not say what the library says today. The photograph cannot be compared: it is made again when the
page has changed, on a machine with Chromium.
"""

from __future__ import annotations

import argparse
import datetime
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from PIL import Image

import wsis_model as wsis
from wsis_model import Finding, LoadError, pictures
from wsis_model.pages import roadmap_page

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "img"
DATA = ROOT / "examples" / "data"
AS_OF = datetime.date(2026, 11, 24)
LARGEST = 150_000
"""The most bytes of one picture: what is committed is downloaded by everybody."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_CHARACTER, _LINE, _LEFT, _WIDTH = 8.4, 22, 44, 700
_MESSAGE = 80
_STYLE = """
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
       white-space: pre; fill: #1f2328 }
.number { fill: #6e7781 } .told { font-size: 12.5px; fill: #a40e26 } .key { fill: #0550ae }
.wave { fill: none; stroke: #cf222e; stroke-width: 1.4 } .back { fill: #fff1f0 }
"""


def finding() -> str:
    """A faulty road map with its problems, as SVG."""
    path = DATA / "ten-faults.yaml"
    problems: dict[int, list[Finding]] = {}
    try:
        wsis.load(path)
    except LoadError as error:
        for each in error.problems:
            problems.setdefault(each.position.line or 0, []).append(each)
    drawn: list[str] = []
    top = 12
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if number == 1:  # says what the file is for
            continue
        top += _LINE
        drawn.append(f'<text class="number" x="12" y="{top}">{number:2}</text>')
        drawn.append(_code(line, top))
        for each in problems.get(number, ()):
            drawn.append(_wave(line, each.position.column or 1, top + 4))
            for told in textwrap.wrap(f"{each.message}; {each.hint}".rstrip("; "), _MESSAGE):
                top += _LINE - 2
                drawn.append(
                    f'<rect class="back" x="1" y="{top - 14}" width="{_WIDTH - 2}" height="20"/>'
                    f'<text class="told" x="{_LEFT}" y="{top}">{html.escape(told)}</text>'
                )
    count = sum(map(len, problems.values()))
    height = top + 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}"><title>{count} problems of a road map, each below its '
        f"line</title><style>{_STYLE}</style>"
        f'<rect x=".5" y=".5" width="{_WIDTH - 1}" height="{height - 1}" rx="8" fill="#fff" stroke="#d0d7de"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _code(line: str, y: int) -> str:
    """A line of YAML, its key in another colour, each letter as wide as the others."""
    key = re.match(r"\s*(?:- )?[\w]+:", line)
    head = key[0] if key else ""
    told = f'<tspan class="key">{html.escape(head)}</tspan>{html.escape(line[len(head) :])}'
    width = len(line) * _CHARACTER
    return f'<text x="{_LEFT}" y="{y}" textLength="{width:.1f}">{told}</text>'


def _wave(line: str, column: int, y: int) -> str:
    """A wavy line below the key or value that begins at a column."""
    word = re.compile(r"[^,\]}:]+").match(line, column - 1)
    length = (len(word[0].rstrip()) if word else 1) * _CHARACTER
    x = _LEFT + (column - 1) * _CHARACTER
    steps = "".join(f"q1.5 {-3 if at % 2 else 3} 3 0" for at in range(max(2, round(length / 3))))
    return f'<path class="wave" d="M{x:.1f} {y}{steps}"/>'


def drawings() -> dict[str, pictures.Picture]:
    """The pictures that the library draws, by file name."""
    corpus = wsis.catalogue()
    mine = corpus | wsis.load(DATA / "c2-roadmap.yaml")
    return {
        "decade.svg": pictures.decade(corpus, document="80-173", as_of=AS_OF),
        "gantt.svg": pictures.gantt(mine, "c2-roadmap", as_of=AS_OF),
    }


def photograph(width: int = 1000, height: int = 1180) -> bytes:
    """The top of the report of the sample road map, as PNG in few colours.

    Raises:
        LookupError: There is no Chromium on this machine.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise LookupError(f"none of {', '.join(BROWSERS)} is installed")
    corpus = wsis.catalogue() | wsis.load(DATA / "c2-roadmap.yaml")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "page.png")
        page.write_text(roadmap_page(corpus, "c2-roadmap", as_of=AS_OF).to_html(), encoding="utf-8")
        subprocess.run(
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *(f"--window-size={width},{height}", f"--screenshot={shot}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )
        image = Image.open(shot).convert("RGB").quantize(32)
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def stale() -> list[str]:
    """What is wrong with the pictures that are there."""
    found: list[str] = []
    for name in ("finding.svg", *drawings(), "report.png"):
        path = FOLDER / name
        if not path.exists():
            found.append(f"{name} is missing")
        elif path.stat().st_size > LARGEST:
            found.append(f"{name} has more than {LARGEST:,} bytes")
    for name, picture in drawings().items():
        path = FOLDER / name
        if path.exists() and html.escape(picture.alt) not in path.read_text(encoding="utf-8"):
            found.append(f"{name} does not show what the library draws")
    path = FOLDER / "finding.svg"
    if path.exists() and path.read_text(encoding="utf-8") != finding():
        found.append("finding.svg does not show what the library tells")
    return found


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    if parser.parse_args(argv).check:
        outdated = stale()
        for each in outdated:
            print(f"{each}; run python tools/write_pictures.py", file=sys.stderr)
        return 1 if outdated else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "finding.svg").write_text(finding(), encoding="utf-8")
    for name, picture in drawings().items():
        (FOLDER / name).write_text(picture.to_svg(), encoding="utf-8")
    try:
        (FOLDER / "report.png").write_bytes(photograph())
    except LookupError as error:
        print(f"report.png stays as it is: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
