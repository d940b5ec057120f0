"""What is still to be done to the road map itself."""

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
    """What the rules find, rule by rule and by who answers for it."""
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
        held = list(group)
        shown = held[: max(0, ROWS - listed)]
        listed += len(shown)
        more = (
            f"{len(held) - len(shown):,} more are left out. All of them: {call}"
            if len(shown) < len(held)
            else ""
        )
        names = ", ".join(name_of(facts.corpus, each) for each in owner.split(", "))
        errors = sum(is_error(gap.code) for gap in held)
        counts = (
            f"{errors:,} to mend" if errors else "",
            f"{len(held) - errors:,} to look at" if len(held) > errors else "",
        )
        head: Line = (Strong(names), f": {', '.join(filter(None, counts))}")
        yield Fold(head, (Bullets(tuple(map(_to_do, shown)), more),), shown=len(held) <= UNFOLDED)


def is_error(code: str) -> bool:
    """Whether a finding of a rule must be mended before the road map can be published."""
    return code in _RULES and _RULES[code].severity is Severity.ERROR


def _sentence(code: str) -> str:
    return _RULES[code].title if code in _RULES else ""


def _to_do(gap: Gap) -> Line:
    field = f" {clean(gap.field)}" if gap.field else ""
    hint = f"; {clean(gap.hint)}" if gap.hint else ""
    # The page is passed on: the name of the file is enough, and the folders of whoever made it are
    # nobody's business.
    position = gap.position and attrs.evolve(gap.position, file=PurePath(gap.position.file).name)
    severity = "error" if is_error(gap.code) else "warning"
    place = (
        f" ({severity} {gap.code}, {clean(str(position))})"
        if position
        else f" ({severity} {gap.code})"
    )
    return (Code(gap.record), f"{field}: {clean(gap.what)}{hint}{place}")
