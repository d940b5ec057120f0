"""Action Lines by Sustainable Development Goals: the links in activities, and those in the official
matrix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from ..checks.roadmaps.common import in_force
from ..corpus import Corpus
from ..model import Activity, ActivityStatus, Basis, Concept, Roadmap
from ._labels import clean, counted, fit
from ._picture import (
    BAR,
    CIRCLE,
    FAINT,
    GREY,
    INK,
    NORMAL,
    WHITE,
    Picture,
    Sign,
    boxes,
    brightness,
    empty,
    key,
    look,
    marks,
    overlaid,
    shade,
    specification,
    stacked,
    texts,
)

__all__ = ["heat_map"]

LINES, GOALS = "action-lines", "sdg"
NAMES, CELL, ROW = 310, 40, 26
DESCRIBED = 20
#: The brightness on which black and white letters have the same contrast: 4.6 to 1.
BLACK, MIDDLE = "#000000", 0.179
_MISSING = Sign("linked in the official matrix, by no activity", CIRCLE, WHITE, INK, size=60)
_MET = Sign(
    "small, beside a number: linked in the official matrix too", CIRCLE, WHITE, INK, size=30
)
_LINKED = Sign(
    "activities that link the two; the more, the darker", BAR, shade(0.3), GREY, width=0.5
)
_BLANK = Sign("linked by no activity", BAR, FAINT, FAINT)

Cell = tuple[str, str]


@attrs.frozen
class _Grid:
    """The data: lines, goals, how many activities link each pair, and which pairs the official
    matrix links.
    """

    lines: tuple[Concept, ...]
    goals: tuple[Concept, ...]
    counts: Counter[Cell]
    matrix: frozenset[Cell]
    expected: frozenset[Cell]
    """The pairs of the matrix that the activities are expected to link."""

    @property
    def missing(self) -> list[Cell]:
        """The pairs that the official matrix links and no activity does."""
        return [cell for cell in self.cells if cell in self.expected and not self.counts[cell]]

    @property
    def cells(self) -> Iterable[Cell]:
        """Every pair, line by line."""
        return ((line.id, goal.id) for line in self.lines for goal in self.goals)


def heat_map(corpus: Corpus, roadmap: str | None = None) -> Picture:
    """Which Goals the activities of each Action Line serve: each cell has the number of activities
    that link the two.

    An activity counts for the Action Lines that it names or, if it names none, for those that its
    road map covers; and for the Goals that it names, or whose targets and indicators it names.
    Nothing is inferred from the objective it serves. Cancelled activities do not count, nor do
    superseded road maps, unless *roadmap* names one. A link of the official matrix of Action Lines
    and SDGs, as the corpus holds it, is marked by a ring: a small one if activities link the two
    too, a larger one if none does; for a road map that covers Action Lines, the larger ones only in
    those lines.

    Args:
        corpus: Holds the vocabularies `action-lines` and `sdg`, and the road maps.
        roadmap: Only the activities of this road map, and only the Action Lines that it covers or
            its activities name.

    Raises:
        UnknownIdentifier: There is no such road map.
    """
    chosen = in_force(corpus) if roadmap is None else (corpus.roadmap(roadmap),)
    of = "all road maps" if roadmap is None else clean(chosen[0].title.pick())
    title = f"Action Lines and Sustainable Development Goals: {of}"
    grid = _grid(corpus, chosen, whole=roadmap is None)
    if not grid.lines or not grid.goals:
        text = (
            "The corpus holds no Action Lines or no Goals, so that there is nothing to draw. Add "
            "the catalogue to it."
        )
        return Picture(title, text, empty(text))
    return Picture(title, _description(grid, of), _chart(grid, title))


def _grid(corpus: Corpus, roadmaps: tuple[Roadmap, ...], *, whole: bool) -> _Grid:
    concepts = {vocabulary.id: vocabulary.concepts for vocabulary in corpus.vocabularies}
    lines = concepts.get(LINES, ())
    goals = tuple(concept for concept in concepts.get(GOALS, ()) if concept.parent is None)
    goal_of = _goals(concepts.get(GOALS, ()))
    known = frozenset(line.id for line in lines)
    counts: Counter[Cell] = Counter()
    covered: set[str] = set()
    for roadmap in roadmaps:
        scope = known.intersection(roadmap.scope)
        covered |= scope
        for activity in roadmap.activities:
            if activity.status is not ActivityStatus.CANCELLED:
                counts.update(_links(activity, scope, known, goal_of))
    matrix = frozenset(
        (line.id, goal_of[each.concept])
        for line in lines
        for each in line.alignments
        if each.basis is Basis.OFFICIAL_MATRIX and each.concept in goal_of
    )
    if whole:
        return _Grid(lines, goals, counts, matrix, matrix)
    named = covered | {line for line, _ in counts}
    lines = tuple(line for line in lines if line.id in named) or lines
    return _Grid(
        lines,
        goals,
        counts,
        matrix,
        frozenset(cell for cell in matrix if cell[0] in (covered or named or known)),
    )


def _goals(concepts: Iterable[Concept]) -> dict[str, str]:
    """The goal of each goal, target and indicator; parents stand before their children."""
    found: dict[str, str] = {}
    for concept in concepts:
        found[concept.id] = (
            concept.id if concept.parent is None else found.get(concept.parent, concept.parent)
        )
    return found


def _links(
    activity: Activity, scope: frozenset[str], known: frozenset[str], goal_of: dict[str, str]
) -> set[Cell]:
    named = {each.concept for each in activity.alignments}
    goals = {goal_of[concept] for concept in named if concept in goal_of}
    return {(line, goal) for line in (named & known) or scope for goal in goals}


def _short(concept: Concept) -> str:
    code, label = concept.code or concept.id, concept.label.pick()
    return code if label.casefold() in code.casefold() else f"{code} {label}"


def _description(grid: _Grid, of: str) -> str:
    names = {
        concept.id: clean(concept.code or concept.id) for concept in (*grid.lines, *grid.goals)
    }
    linked = [(cell, grid.counts[cell]) for cell in grid.cells if grid.counts[cell]]
    sentences = [
        (
            f"Table of {counted(len(grid.lines), 'Action Line')} by "
            f"{counted(len(grid.goals), 'Sustainable Development Goal')} for {of}."
        ),
        _summary(grid),
    ]
    if linked:
        parts = [
            f"{names[cell[0]]} and Goal {names[cell[1]]}: {counted(n, 'activity', 'activities')}"
            f"{', not in the official matrix' if grid.matrix and cell not in grid.matrix else ''}"
            for cell, n in linked
        ]
        more = f"; and {len(parts) - DESCRIBED} more cells" if len(parts) > DESCRIBED else ""
        sentences.append("; ".join(parts[:DESCRIBED]) + more + ".")
    by_line: dict[str, list[str]] = {}
    for line, goal in grid.missing:
        by_line.setdefault(line, []).append(names[goal])
    if by_line:
        missing = "; ".join(f"{names[line]}: {', '.join(goals)}" for line, goals in by_line.items())
        sentences.append(f"Linked in the official matrix and by no activity: {missing}.")
    return " ".join(sentences)


def _summary(grid: _Grid) -> str:
    linked = sum(1 for cell in grid.cells if grid.counts[cell])
    met = sum(1 for cell in grid.expected if grid.counts[cell])
    matrix = (
        f"; {met} of the {len(grid.expected)} that the official matrix links"
        if grid.expected
        else ""
    )
    return f"Activities link {counted(linked, 'pair')} of a line and a Goal{matrix}."


def _chart(grid: _Grid, title: str) -> dict[str, Any]:
    most = max(grid.counts.values(), default=1)
    column = {goal.id: index * CELL for index, goal in enumerate(grid.goals)}
    row = {line.id: index * ROW for index, line in enumerate(grid.lines)}
    cells: list[dict[str, Any]] = []
    rings: list[dict[str, Any]] = []
    numbers: dict[str, list[dict[str, Any]]] = {WHITE: [], BLACK: []}
    for cell in grid.cells:
        x, y, n = column[cell[1]], row[cell[0]], grid.counts[cell]
        fill = shade(n / most) if n else WHITE if cell in grid.expected else FAINT
        sign = attrs.evolve(_BLANK, fill=fill)
        cells.append(
            {
                "x": x + 1,
                "x2": x + CELL - 1,
                "y": y + 1,
                "y2": y + ROW - 1,
                "line": cell[0],
                "goal": cell[1],
                **look(sign),
            }
        )
        middle = {"x": x + CELL / 2, "y": y + ROW / 2}
        if n:
            numbers[BLACK if brightness(fill) > MIDDLE else WHITE].append(
                {**middle, "text": f"{n:,}"}
            )
            if cell in grid.matrix:
                rings.append({"x": x + CELL - 7, "y": y + 7, **look(_MET)})
        elif cell in grid.expected:
            rings.append({**middle, **look(_MISSING)})
    heads = [
        {"x": column[goal.id] + CELL / 2, "y": -10, "text": fit(_short(goal), 44)}
        for goal in grid.goals
    ]
    names = [
        {"x": -NAMES, "y": row[line.id] + ROW / 2, "text": fit(_short(line), 52)}
        for line in grid.lines
    ]
    chart = overlaid(
        boxes(cells),
        marks(rings),
        *(
            texts(rows, size=NORMAL, colour=colour, align="center", bold=True)
            for colour, rows in numbers.items()
        ),
        texts(heads, angle=315),
        texts(names, size=NORMAL, limit=NAMES - 8),
        width=CELL * len(grid.goals),
        height=ROW * len(grid.lines),
    )
    shown = {row["size"] for row in rings}
    blank = any(not grid.counts[cell] and cell not in grid.expected for cell in grid.cells)
    occurs = (
        (_LINKED, +grid.counts),
        (_MET, _MET.size in shown),
        (_MISSING, _MISSING.size in shown),
        (_BLANK, blank),
    )
    signs = [sign for sign, there in occurs if there]
    whole = stacked(chart, key(signs, -NAMES, CELL * len(grid.goals)), spacing=14)
    return specification(whole, title, _summary(grid))
