"""The section on what a road map answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .._width import cut
from ..analysis import Answer, CoverageRow
from ..model import RoadmapKind, cite
from ..model.identifiers import owner_of
from ..pictures._labels import clean
from ._content import Block, Bullets, Fold, Grid, Line, Paragraph, Strong, grid, joined
from ._facts import RoadmapFacts
from ._lines import NAMED, citation, names_of, part_title, without_empty_columns

__all__ = ["coverage_section"]

#: How many mandates that are not answered are listed unfolded, and how long their labels are.
LISTED, LONGEST = 6, 160


def coverage_section(facts: RoadmapFacts) -> Iterator[Block]:
    """What the road map answers, in numbers and in full."""
    documents = (
        f"the mandates of {cite(facts.document)}"
        if facts.document
        else "the mandates of all documents here"
    )
    numbers = tuple(_COLUMNS)
    counts = [_count(kind, table) for kind, table in facts.coverage.tables.items()]
    yield Grid("What it answers, in numbers", ("Of", *numbers), tuple(counts), numbers=numbers)
    said = (
        f"Compared with {documents}. Expected is what is addressed to an owner of the road map, or "
        "what its Action Lines bring with them; what is addressed to others is not missing here."
    )
    yield Paragraph((said,))
    yield from _missing(facts)
    for (kind, table), field in zip(facts.coverage.tables.items(), _FIELDS, strict=True):
        rows_shown = [row for row in table if row.expected or row.answer is not Answer.NOT]
        if not rows_shown:
            continue
        rows_shown.sort(key=lambda row: row.answer is not Answer.NOT)
        heads, rows = without_empty_columns(
            ("What", "Asked of", "Answered", "How", "By", "Why expected"),
            [_covered(facts, row, with_addressees=field in _WITH_ADDRESSEES) for row in rows_shown],
        )
        call = facts.call(
            "wsis_model.analysis.coverage(corpus, roadmap=ID, "
            f"document={facts.document!r}).{field}.to_csv()"
        )
        yield Fold(
            (f"{kind}: {len(rows):,} answered or expected, one by one",),
            (
                Paragraph((_expected(facts, field),)),
                grid(
                    f"{kind}: what answers them, those that nothing answers first",
                    heads,
                    rows,
                    call,
                ),
            ),
        )


_WITH_ADDRESSEES = ("mandates", "commitments")
_FIELDS = ("mandates", "action_lines", "sdg_targets", "commitments", "groups")
_ANSWERS = {Answer.ANSWERED: "answered", Answer.PARTLY: "partly", Answer.NOT: "not answered"}


_EXPECTED = {
    "action_lines": "Expected are the lines that this road map covers.",
    "sdg_targets": (
        "Expected are the targets that the official matrix of Action Lines and SDGs ties to a "
        "line that this road map covers."
    ),
    "commitments": (
        "Expected is a commitment when one of its mandates is, for the reasons that hold for all "
        "mandates."
    ),
    "groups": (
        "Expected are the groups to which a mandate is addressed that this road map answers, if "
        "only in part."
    ),
}
_ASKED = (
    "Expected is what is asked of an owner of this road map by name, or of a group made of those "
    "who hold a role that an owner holds, such "
    "as the Action Line facilitators."
)
_ABOUT = (
    " This being the road map of an Action Line, what stands in a paragraph about that line and "
    "is asked of a group to which an owner "
    "belongs, such as all stakeholders, is expected too."
)


def _expected(facts: RoadmapFacts, field: str) -> str:
    """The sentence on why rows of a table are expected."""
    about = _ABOUT if facts.roadmap.kind is RoadmapKind.ACTION_LINE else ""
    return _EXPECTED.get(field) or f"{_ASKED}{about}"


def _missing(facts: RoadmapFacts) -> Iterator[Block]:
    """The mandates that are addressed to its owners and not answered, with links."""
    missing = [row for row in facts.coverage.mandates if row.expected and row.answer is Answer.NOT]
    if not missing:
        return
    yield Paragraph((Strong("Addressed to its owners, and not answered:"),))
    lines: list[Line] = [
        (*citation(facts.corpus, owner_of(row.record)), f": {cut(clean(row.label), LONGEST)}")
        for row in missing[:LISTED]
    ]
    left = len(missing) - LISTED
    yield Bullets(tuple(lines), f"And {left:,} more, in the table of mandates." if left > 0 else "")


#: The columns of numbers, each with the rows that it counts.
_COLUMNS: dict[str, Callable[[CoverageRow], bool]] = {
    "Expected": lambda row: row.expected,
    "Answered": lambda row: row.expected and row.answer is Answer.ANSWERED,
    "Partly": lambda row: row.expected and row.answer is Answer.PARTLY,
    "Not answered": lambda row: row.expected and row.answer is Answer.NOT,
    "Answered besides": lambda row: not row.expected and row.answer is not Answer.NOT,
    "Not addressed to it": lambda row: not row.expected and row.answer is Answer.NOT,
}


def _count(kind: str, table: Iterable[CoverageRow]) -> tuple[Line, ...]:
    rows = list(table)
    return ((kind,), *((f"{sum(map(counts, rows)):,}",) for counts in _COLUMNS.values()))


def _covered(facts: RoadmapFacts, row: CoverageRow, *, with_addressees: bool) -> tuple[Line, ...]:
    name, label = cite(row.record), clean(row.label)
    words: Line = (
        (label,)
        if name == row.record
        else (name,)
        if label.casefold() in name.casefold()
        else (f"{name}: {label}",)
    )
    answer: Line = (
        (Strong("not answered"),)
        if row.expected and row.answer is Answer.NOT
        else (_ANSWERS[row.answer],)
    )
    by = [each for each in row.by if each != facts.roadmap.id]
    shown = joined([part_title(facts.corpus, each) for each in by[:NAMED]], "; ")
    more = (f" and {len(by) - NAMED:,} more",) if len(by) > NAMED else ()
    asked: Line = (
        names_of(facts.corpus, row.asked)
        if row.asked
        else ("nobody named" if with_addressees else "",)
    )
    return (
        words,
        asked,
        answer,
        (clean(row.route),),
        (*shown, *more),
        (row.why or "not addressed to its owners",),
    )
