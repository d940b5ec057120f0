"""Gaps: what a road map lacks before it can be published, as a list of tasks for each owner."""

from __future__ import annotations

import datetime
import html
import itertools
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from .._width import readable
from ..checks import Waiver, check
from ..checks.roadmaps.common import in_force
from ..corpus import Corpus
from ..errors import Position
from ..model import Roadmap
from ..tables import Table

__all__ = ["Gap", "checklist", "gaps"]


@attrs.frozen
class Gap:
    """Something that is still to be done in a road map, and by whom."""

    owner: str
    """The leads of the activity, or else the owners of the road map, with commas, e.g. `"itu"`."""
    record: str
    """The road map or the part of it that lacks something, e.g. `"c2-roadmap/i1"`."""
    field: str
    """The field, e.g. `"targets"`; empty for the whole record."""
    code: str
    """The code of the rule."""
    what: str
    """What is lacking or wrong, in a sentence."""
    hint: str
    """How to correct it; may be empty."""
    position: Position | None
    """Its position in a file; None if the road map is not from a file."""


def gaps(
    corpus: Corpus,
    roadmap: str | None = None,
    *,
    as_of: datetime.date | None = None,
    waivers: Iterable[Waiver] = (),
) -> Table[Gap]:
    """What the road maps lack under the profile `publish`: sorted by owner, and then in the order
    of the files.

    These are the findings of `check(corpus, profile="publish")` about road maps and their parts;
    not those about documents, vocabularies and actors. Superseded road maps are left out, unless
    *roadmap* names one.

    Args:
        corpus: The road maps, together with the documents, vocabularies and actors that they refer
            to: `gaps(catalogue() | mine)`.
        roadmap: Only this road map.
        as_of: The day for rules that need one (what is overdue); without it they do not apply.
        waivers: Findings that are accepted, each with a reason, which are no gaps.

    Raises:
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> from wsis_model import catalogue, loads
        >>> roadmap = "{id: my-roadmap, title: My road map, owners: [itu], reports_to: [cstdd]}"
        >>> mine = loads(f"roadmaps: [{roadmap}]", "yaml")
        >>> [
        ...     (gap.owner, gap.field, gap.code)
        ...     for gap in gaps(catalogue() | mine)
        ...     if "cstdd" in gap.what
        ... ]
        [('itu', 'reports_to[0]', 'R201')]
    """
    roadmaps = in_force(corpus) if roadmap is None else (corpus.roadmap(roadmap),)
    owners = dict(itertools.chain.from_iterable(map(_owners, roadmaps)))
    report = check(corpus, profile="publish", as_of=as_of, waivers=waivers)
    rows = [
        Gap(
            owners[each.record],
            each.record,
            each.field,
            each.code,
            each.message,
            each.hint,
            each.position or None,
        )
        for each in report.findings
        if each.record in owners
    ]
    return Table(tuple(sorted(rows, key=lambda gap: gap.owner)), _COLUMNS)


def _owners(roadmap: Roadmap) -> Iterable[tuple[str, str]]:
    """The owner of a road map and of each part of it."""
    all_of_them = ", ".join(roadmap.owners)
    yield roadmap.id, all_of_them
    yield from ((objective.id, all_of_them) for objective in roadmap.objectives)
    yield from ((indicator.id, all_of_them) for indicator in roadmap.indicators)
    for activity in roadmap.activities:
        leads = ", ".join(activity.leads) or all_of_them
        yield activity.id, leads
        yield from ((milestone.id, leads) for milestone in activity.milestones)


def checklist(gaps: Iterable[Gap]) -> str:
    """A list of gaps in Markdown: a heading for each owner, and under it a box for each task.

    Examples:
        >>> print(
        ...     checklist(
        ...         [
        ...             Gap(
        ...                 "itu",
        ...                 "c2-roadmap/i1",
        ...                 "targets",
        ...                 "X1",
        ...                 "no target",
        ...                 "give a value and a date",
        ...                 None,
        ...             )
        ...         ]
        ...     )
        ... )
        ## itu
        <BLANKLINE>
        - [ ] `c2-roadmap/i1` targets: no target; give a value and a date (X1)
        <BLANKLINE>
    """
    lines: list[str] = []
    for owner, group in itertools.groupby(gaps, key=lambda gap: gap.owner):
        lines += [*([""] if lines else []), f"## {_escaped(owner)}", "", *map(_box, group)]
    return "".join(f"{line}\n" for line in lines)


def _box(gap: Gap) -> str:
    text = f"{gap.what}; {gap.hint}" if gap.hint else gap.what
    field = f" {_escaped(gap.field)}" if gap.field else ""
    place = f", {_escaped(str(gap.position))}" if gap.position else ""
    return f"- [ ] `{gap.record}`{field}: {_escaped(text)} ({gap.code}{place})"


def _escaped(text: str) -> str:
    """Text on one line, escaped for Markdown."""
    shown = html.escape(" ".join(readable(text).split()), quote=False)
    return re.sub(r"([\\`*_\[\]#|])", r"\\\1", shown)


_COLUMNS: dict[str, Callable[[Gap], Any]] = {
    "owner": lambda gap: gap.owner,
    "record": lambda gap: gap.record,
    "field": lambda gap: gap.field,
    "code": lambda gap: gap.code,
    "what is lacking": lambda gap: gap.what,
    "how to correct it": lambda gap: gap.hint,
    "place": lambda gap: gap.position,
}
