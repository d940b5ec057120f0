"""Write `docs/conformance.md`: what the suites of others, in `../shared/suites`, say of us.

    python tools/write_conformance_page.py [--check | --run | --update] [SUITE ...]

Without an option the page is written from `deviations.yaml` and `measured.yaml` in
`tests/conformance`. `--run` measures first, and says what is new or gone; `--update` also rewrites
the deviations: a new one gets the reason `?`, for a person to write. With `--check` nothing is run
or written; the exit status is 1 where the page is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from conformance import board  # noqa: E402
from conformance.suites import SUITES  # noqa: E402

PAGE = ROOT / "docs" / "conformance.md"


def ran(names: list[str], *, update: bool) -> bool:
    """Run suites, write down what was measured, and tell what differs from what is known; whether
    nothing does.
    """
    results: dict[str, board.Ran] = {}
    same = True
    for name in names or SUITES:
        if not (board.FOLDER / name).is_dir():
            print(f"{name}: did not run, there is no folder {board.FOLDER / name}")
            continue
        result = results[name] = board.run(SUITES[name])
        print(
            f"{name}: {result.cases} cases, {len(result.deviating)} deviate; "
            f"{result.seconds:.1f} s {result.slowest}; {result.megabytes:.0f} MB {result.largest}"
        )
        said = {case: each.happens for each in board.known().get(name, ()) for case in each.cases}
        for case in sorted({*said, *result.deviating}):
            before, now = said.get(case, "as expected"), result.deviating.get(case, "as expected")
            if before != now:
                same = False
                print(f"  {case}: {now} (known: {before})")
    board.measured(results)
    if update:
        board.written(results)
    return same or update


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="only say whether the page is fresh")
    what.add_argument("--run", action="store_true", help="run the suites and measure")
    what.add_argument("--update", action="store_true", help="as --run, and rewrite the deviations")
    parser.add_argument("suite", nargs="*", help=f"of {', '.join(SUITES)}; all where none is given")
    options = parser.parse_args()
    same = not (options.run or options.update) or ran(options.suite, update=options.update)
    text = board.page()
    if not options.check:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        said = "stale: docs/conformance.md; run python tools/write_conformance_page.py"
        print(said, file=sys.stderr)
        return 1
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
