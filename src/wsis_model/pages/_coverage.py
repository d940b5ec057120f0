"""The section on what a road map answers."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis import Answer, Count, CoverageRow
from ..model import RoadmapKind, cite
from ..pictures._labels import clean
from ._content import Block, Code, Fold, Grid, Line, Paragraph, Strong, grid, joined
from ._facts import RoadmapFacts
from ._lines import NAMED, names_of, without_empty_columns

__all__ = ["coverage_section"]

UNFOLDED = 25


def coverage_section(facts: RoadmapFacts) -> Iterator[Block]:
    """What the road map answers, in numbers and in full."""
    documents = (
        f"the mandates of {cite(facts.document)}"
        if facts.document
        else "the mandates of all documents here"
    )
    yield Paragraph(
        (
            (
                f"Compared with {documents}, the Action Lines, the targets of the Sustainable "
                "Development "
                "Goals, the Global Digital Compact and the "
                "stakeholder groups. Below are only those that this road map answers, at least in "
                "part, or is expected to answer."
            ),
        )
    )
    numbers = ("Answered", "Partly", "Not", "In all", "Expected, not answered")
    counts = tuple(_count(count) for count in facts.coverage.summary)
    yield Grid("What is answered, in numbers", ("Of", *numbers), counts, numbers=numbers)
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
            (f"{kind}: {len(rows):,} answered or expected",),
            (
                Paragraph((_expected(facts, field),)),
                grid(
                    f"{kind}: what answers them, those that nothing answers first",
                    heads,
                    rows,
                    call,
                ),
            ),
            shown=len(rows) <= UNFOLDED,
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


def _count(count: Count) -> tuple[Line, ...]:
    numbers = (count.answered, count.partly, count.not_, count.total, count.missing)
    return ((count.kind,), *((f"{number:,}",) for number in numbers))


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
    shown = joined([(Code(each),) for each in by[:NAMED]])
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
        (row.why or "not expected",),
    )
