"""The rules that are looked for in tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..checks import RULES, Found, Report, Rule, Waiver
from ..checks._reported import reported, rules_of
from . import _circles as circles
from . import _coverage as coverage
from . import _references as references
from ._columns import tables_of
from ._engines import opened
from ._tables import Tables

__all__ = ["RELATIONAL", "check", "unanswered"]

#: The rules that are looked for in tables, by code.
RELATIONAL: dict[str, Callable[[Tables], Iterator[Found]]] = {
    "I101": references.identifiers_are_unique,
    "R201": references.references_lead_somewhere,
    "R202": references.references_lead_to_the_right_kind,
    "R203": references.references_lead_to_current_concepts,
    "R204": references.parts_that_are_cited_exist,
    "R205": circles.parents_form_no_circle,
    "R206": circles.dependencies_form_no_circle,
    "R207": references.nothing_refers_to_itself,
    "R208": circles.chains_do_not_lead_back,
    "C802": coverage.lines_of_joint_road_maps_have_road_maps,
    "C803": coverage.objectives_are_measured,
    "C804": coverage.objectives_are_worked_on,
    "C805": coverage.indicators_measure_something,
    "C806": coverage.lines_in_scope_are_worked_on,
}


def check(
    source: Any,
    *,
    rules: Iterable[Rule] = RULES,
    profile: str = "draft",
    waivers: Iterable[Waiver] = (),
) -> Report:
    """Look at tables under those of the rules that are relational, in the engine that holds them.

    It finds what [`wsis_model.check`][] finds in the corpus of these tables: the same records,
    fields and messages, without positions in files. What a missing identifier may mean is looked
    for only for the first thousand.

    Args:
        source: A folder of Parquet files, which DuckDB reads; a DuckDB connection, an Ibis
            connection or a Spark session that has tables or views of these names; or a mapping from
            name to frame: lazy frames of Polars, data frames of Spark, whatever narwhals takes. See
            [`relational`][wsis_model.relational] for the tables.
        rules: Which rules; those not in `RELATIONAL` do not run, and are not in the report.
        profile: `"draft"` or `"publish"`, as for `wsis_model.check`.
        waivers: Findings that are accepted, each with a reason.

    Raises:
        LoadError: A table or a column that is needed is missing, or of another type.
        MissingExtra: The library of the engine is not installed.
        ValueError: There is no such profile.

    Examples:
        >>> from wsis_model import Corpus, Document, relational
        >>> corpus = Corpus.of(Document(id="99-1", title="Maps", body="nobody"))
        >>> report = check(relational.tables(corpus))
        >>> [(each.code, each.record, each.field) for each in report.findings]
        [('R201', '99-1', 'body')]
    """
    chosen = tuple(each for each in rules_of(profile, rules) if each.code in RELATIONAL)
    with opened(source, tables_of(each.code for each in chosen)) as frames:
        of = Tables(frames)
        findings = [one.finding(each, None) for each in chosen for one in RELATIONAL[each.code](of)]
        return reported(findings, chosen, waivers, of.count)


def unanswered(source: Any) -> tuple[str, ...]:
    """The identifiers of the mandates that no road map answers, not even in part: those of which
    [`coverage`][wsis_model.analysis.coverage] of all documents says so.

    A mandate is answered, at least in part, if an activity that was not cancelled or an objective
    names it, its paragraph or one around that, or if a road map is mandated by one of these.
    Superseded road maps do not count.

    Args:
        source: As for [`check`][wsis_model.scale.check].

    Raises:
        LoadError: As for `check`.
        MissingExtra: As for `check`.

    Examples:
        >>> from wsis_model import catalogue, relational
        >>> len(unanswered(relational.tables(catalogue())))
        229
    """
    needed = ("activities", "mandates", "objectives", "provisions", "references", "roadmaps")
    with opened(source, needed) as frames:
        return coverage.unanswered_mandates(Tables(frames))
