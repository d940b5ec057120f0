"""Write the table of rules in `docs/scale.md`: where each rule runs, and why.

    python tools/write_scale_page.py [--check]

With `--check` nothing is written; the exit status is 1 where the table is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wsis_model.checks import RULES, Rule
from wsis_model.scale import RELATIONAL

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
BEGIN = "<!-- rules: written by tools/write_scale_page.py -->"
END = "<!-- end of rules -->"
NEW = f"""# More than fits in memory

## Which rules run where

{BEGIN}
{END}
"""


def _where(rule: Rule) -> str:
    places = ["" if rule.whole else "in a stream", "on tables" if rule.code in RELATIONAL else ""]
    return ", ".join(filter(None, places)) or "only in memory"


def table() -> str:
    """The table of all rules."""
    lines = ["| code | rule | runs | why it needs the whole |", "|---|---|---|---|"]
    for rule in RULES:
        link = f"[{rule.code}](rules.md#{rule.code.lower()})"
        lines.append(f"| {link} | {rule.title} | {_where(rule)} | {rule.whole} |")
    return "\n".join(lines)


def page(before: str) -> str:
    """The page with its table as it should be.

    Raises:
        SystemExit: The page has no place for the table.
    """
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name} lacks the lines {BEGIN} and {END}")
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


def main() -> int:
    """Write the table, or say that it is stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the table is up to date"
    )
    options = parser.parse_args()
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else NEW
    text = page(before)
    if PAGE.exists() and before == text:
        return 0
    if options.check:
        print("stale: docs/scale.md; run python tools/write_scale_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
