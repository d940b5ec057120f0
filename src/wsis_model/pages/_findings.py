"""The section on what is still to be done to the road map itself."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath

import attrs

from ..analysis import Gap
from ..checks import RULES, Severity
from ..pictures._labels import clean, counted, name_of
from ._content import (
    ROWS,
    Block,
    Bullets,
    Code,
    Fold,
    Grid,
    Heading,
    Line,
    Paragraph,
    Strong,
    joined,
)
from ._facts import RoadmapFacts
from ._lines import NAMED

__all__ = ["findings_section", "is_error"]

UNFOLDED = 25


_RULES = {rule.code: rule for rule in RULES}


def findings_section(facts: RoadmapFacts) -> Iterator[Block]:
    """The findings, by rule and by owner."""
    if not facts.gaps:
        yield Paragraph(
            (
                (
                    "Checked under everything that a road map is asked before it is published: "
                    "nothing was found."
                ),
            )
        )
        return
    by_code: dict[str, list[Gap]] = defaultdict(list)
    for gap in facts.gaps:
        by_code[gap.code].append(gap)
    errors = sum(len(found) for code, found in by_code.items() if is_error(code))
    yield Paragraph(
        (
            (
                "Checked under everything that a road map is asked before it is published: "
                f"{counted(errors, 'error')} and "
                f"{counted(len(facts.gaps) - errors, 'warning')}. An error says something that "
                "cannot be so or that others cannot use; "
                "a warning may be right, and someone should look."
            ),
        )
    )
    rows: list[tuple[Line, ...]] = [
        (
            (Code(code), f" {_sentence(code)}"),
            (Strong("error") if is_error(code) else "warning",),
            (f"{len(found):,}",),
            joined([(Code(each),) for each in dict.fromkeys(gap.record for gap in found[:NAMED])]),
        )
        for code, found in sorted(
            by_code.items(), key=lambda pair: (not is_error(pair[0]), pair[0])
        )
    ]
    yield Heading("By rule")
    yield Grid(
        "What was found, rule by rule",
        ("Rule", "Severity", "Found", "For example in"),
        tuple(rows),
        numbers=("Found",),
    )
    yield Heading("To do, by who answers for it")
    call = facts.call("wsis_model.analysis.gaps(corpus, ID, as_of=DAY).to_csv()")
    listed = 0
    for owner, group in itertools.groupby(facts.gaps, key=lambda gap: gap.owner):
        of_owner = list(group)
        shown = of_owner[: max(0, ROWS - listed)]
        listed += len(shown)
        more = (
            f"{len(of_owner) - len(shown):,} more are left out. All of them: {call}"
            if len(shown) < len(of_owner)
            else ""
        )
        names = ", ".join(name_of(facts.corpus, each) for each in owner.split(", "))
        errors = sum(is_error(gap.code) for gap in of_owner)
        counts = (
            f"{errors:,} to correct" if errors else "",
            f"{len(of_owner) - errors:,} to look at" if len(of_owner) > errors else "",
        )
        head: Line = (Strong(names), f": {', '.join(filter(None, counts))}")
        yield Fold(
            head, (Bullets(tuple(map(_to_do, shown)), more),), shown=len(of_owner) <= UNFOLDED
        )


def is_error(code: str) -> bool:
    """Whether a finding of a rule must be corrected before the road map can be published."""
    return code in _RULES and _RULES[code].severity is Severity.ERROR


def _sentence(code: str) -> str:
    return _RULES[code].title if code in _RULES else ""


def _to_do(gap: Gap) -> Line:
    field = f" {clean(gap.field)}" if gap.field else ""
    hint = f"; {clean(gap.hint)}" if gap.hint else ""
    # The page is sent to others, who should see the name of the file but not its folders.
    position = gap.position and attrs.evolve(gap.position, file=PurePath(gap.position.file).name)
    severity = "error" if is_error(gap.code) else "warning"
    place = (
        f" ({severity} {gap.code}, {clean(str(position))})"
        if position
        else f" ({severity} {gap.code})"
    )
    return (Code(gap.record), f"{field}: {clean(gap.what)}{hint}{place}")
