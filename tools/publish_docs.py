"""Put the documentation of this version beside that of the others, on the branch `gh-pages`.

    python tools/publish_docs.py [--push]

The version is the first two numbers of that of the package, so that a release which only mends
replaces the pages of the one it mends; `latest` stands for it, and is where the site begins. Without
`--push` the branch changes on this machine only: look at it with `mike serve`.

The pages say that they are published where WSIS_SITE_URL says, which is the address at which
`gh-pages` is served.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from wsis_model import __version__

ROOT = Path(__file__).resolve().parents[1]
ALIAS = "latest"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--push", action="store_true", help="also push the branch to `origin`")
    push = ["--push"] if parser.parse_args(argv).push else []
    mike = [sys.executable, "-c", "from mike.driver import main; main()"]
    version = ".".join(__version__.split(".")[:2])
    subprocess.run(
        [*mike, "deploy", *push, "--update-aliases", version, ALIAS], check=True, cwd=ROOT
    )
    subprocess.run([*mike, "set-default", *push, ALIAS], check=True, cwd=ROOT)
    print(f"{version} stands on gh-pages, and is {ALIAS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
