"""The rules, and the check that runs them.

A rule is a function with a code for life; `RULES` lists all of ours. Pass your own beside them:
`check(corpus, rules=(*RULES, mine))`. `docs/rules.md` is written from the docstrings of the rules.

| family | about |
|---|---|
| I | identity: names, numbers, codes |
| R | references: what leads where |
| S | structure: numbers, sections, parents |
| D | drafting: verbs, addressees, reports, due dates |
| A | actors: facilitators, roles, groups |
| M | road maps: what they answer, time, measuring, links, progress |
| C | coverage: what is asked is answered, what is aimed at is worked on and measured |
| P | provenance: sources, editorial claims, own words |

CONTRIBUTING.md says what a new rule takes besides its function: its cases, and the files written
from it. A new module of rules is added to the list in `RULES`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..corpus import Corpus
from ..errors import Finding, Severity
from . import actors, coverage, drafting, identity, provenance, references, structure
from ._report import Report, Waived, Waiver
from ._reported import PROFILES, UNUSED_WAIVER, reported, rules_of
from ._rule import CheckContext, Found, Rule, collected, found, rule
from ._waivers import load_waivers
from .roadmaps import activities, dates, indicators, links, progress, resources, roadmap

if TYPE_CHECKING:
    from ..loading import Partial

__all__ = [
    "FAMILIES",
    "PROFILES",
    "RULES",
    "UNUSED_WAIVER",
    "CheckContext",
    "Finding",
    "Found",
    "Report",
    "Rule",
    "Severity",
    "Waived",
    "Waiver",
    "check",
    "found",
    "load_waivers",
    "rule",
]

#: Letter of a family to its name, in the order of the pages.
FAMILIES: dict[str, str] = {
    "I": "Identity",
    "R": "References",
    "S": "Structure",
    "D": "Drafting",
    "A": "Actors",
    "M": "Road maps",
    "C": "Coverage",
    "P": "Provenance",
}

#: Every rule there is, by code: a function with `@rule` in the module of a family is one.
RULES: tuple[Rule, ...] = collected(
    identity,
    references,
    structure,
    drafting,
    actors,
    roadmap,
    activities,
    dates,
    indicators,
    links,
    progress,
    resources,
    coverage,
    provenance,
)


def check(
    source: Corpus | Partial,
    *,
    profile: str = "draft",
    rules: Iterable[Rule] = RULES,
    waivers: Iterable[Waiver] = (),
    as_of: datetime.date | None = None,
) -> Report:
    """Look at a corpus under the rules. Prints nothing, mends nothing, raises nothing about the
    data.

    Args:
        source: What to look at. References to the shipped catalogue lead somewhere only if it is
            part of it: `check(catalogue() | mine)`. Of what [`salvage`][wsis_model.salvage] gives,
            the problems come first, and what is only a consequence of what could not be read is
            left out.
        profile: `"draft"` runs the rules that a draft must keep, `"publish"` all of them.
        rules: Which rules; yours go beside ours: `(*RULES, mine)`.
        waivers: Findings that are accepted, each with a reason.
        as_of: The day for rules that depend on one (what is overdue); without it they do not apply.

    Raises:
        ValueError: There is no such profile.

    Examples:
        >>> from wsis_model import catalogue
        >>> check(catalogue()).ok
        True
    """
    corpus, partial = (source, None) if isinstance(source, Corpus) else (source.corpus, source)
    chosen = rules_of(profile, rules)
    context = CheckContext(corpus, as_of, profile == "publish")

    def findings() -> Iterator[Finding]:
        for each in chosen:
            for one in each.look(context):
                path = (*one.path, one.column) if one.column else one.path
                finding = one.finding(each, corpus.position(one.record, path))
                if not (partial and partial.explains(finding, each.reads, of_value=each.of_values)):
                    yield finding

    problems = partial.problems if partial else ()
    return reported(findings(), chosen, waivers, len(corpus), problems)
