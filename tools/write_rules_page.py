"""Write `docs/rules.md`, the page of all rules, from their docstrings.

    python tools/write_rules_page.py [--check]

With `--check` nothing is written; the exit status is 1 where the page is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from wsis_model.checks import FAMILIES, PROFILES, RULES, UNUSED_WAIVER, Rule
from wsis_model.checks.texts import TEXT_RULES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
HEAD = """# Rules

Each rule has a code for life: codes are never used again for something else, and [waivers](checking.md#waive-a-finding) name them.
An **error** says something that cannot be so, or that others cannot use; a **warning** may be right, and someone should look. What a rule
needs and does not find (a vocabulary, a date, the record that is named) is no finding of that rule: one mistake, one finding.
"""

JOINING = """These compare a record with the official text of the same document, so `check` does not run them: `join(corpus, documents)` does, and gives
what it found beside the corpus. It also looks for the verbs of mandates in the text, under [D405](#d405).
"""


def _entry(rule: Rule) -> list[str]:
    """The part of the page about one rule: its code, its sentence, why, and how to mend it."""
    title, *rest = rule.doc.split("\n")
    only = (
        f" · only in the profile {' and '.join(f'`{each}`' for each in rule.profiles)}"
        if rule.profiles != PROFILES
        else ""
    )
    return [f"### {rule.code}", "", f"**{title}** *({rule.severity.value}{only})*", *rest, ""]


def _part(name: str, rules: Sequence[Rule], said: str = "") -> list[str]:
    """The part of the page about some rules: a heading, what is said of them all, a list, and each."""
    lines = [f"## {name}", "", *([said] if said else []), "| code | rule |", "|---|---|"]
    lines += [f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} |" for rule in rules]
    return [*lines, "", *(line for rule in rules for line in _entry(rule))]


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for letter, name in FAMILIES.items():
        lines += _part(name, [rule for rule in RULES if rule.code.startswith(letter)])
    lines += _part("Joining official text", TEXT_RULES, JOINING)
    lines += ["## Waivers", "", *_entry(UNUSED_WAIVER)]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the page, or say that it is stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the page is up to date"
    )
    options = parser.parse_args()
    text = page()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if options.check:
        print("stale: docs/rules.md; run python tools/write_rules_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
