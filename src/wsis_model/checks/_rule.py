"""A rule, what it looks at, and what it yields."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from .._version import BASE_IRI
from ..errors import Finding, Fix, Position, Severity
from ..model import Concept, Record, Vocabulary
from ..model.record import identifier_of, unwrapped
from ..positions import Path

if TYPE_CHECKING:
    import datetime

    from ..corpus import Corpus, Reference

__all__ = [
    "PUBLISH",
    "CheckContext",
    "Found",
    "Path",
    "Rule",
    "Severity",
    "collected",
    "found",
    "rule",
]


#: The profile of rules that run only for what is to be published.
PUBLISH = ("publish",)


@attrs.frozen
class CheckContext:
    """What a rule is given: the corpus that is checked, and the day of the check."""

    corpus: Corpus
    """The corpus. A rule reads vocabularies from it, never from the shipped catalogue."""
    as_of: datetime.date | None = None
    """The day for rules that depend on one; without it they do not apply."""
    publishing: bool = False
    """Whether all rules run, so that no two report the same thing."""

    @functools.cached_property
    def broken_references(self) -> tuple[Reference, ...]:
        """The references that lead nowhere or to the wrong kind of record."""
        return self.corpus.broken_references()

    def concepts(self, vocabulary: str) -> dict[str, Concept]:
        """The concepts of a vocabulary by identifier; none where the corpus does not hold it."""
        record = self.get(vocabulary, Vocabulary)
        return {} if record is None else {each.id: each for each in record.concepts}

    def get(self, identifier: str | None, *kinds: type[Record]) -> Any:
        """The record of *identifier*, or None if it is missing or of another kind, which only the
        rules of family R report.
        """
        record = None if identifier is None else self.corpus.get(identifier)
        return record if record is not None and (not kinds or isinstance(record, kinds)) else None


@attrs.frozen
class Found:
    """What a rule yields; `check` adds the code, the severity and the place."""

    record: str
    """Identifier of the record."""
    message: str
    """What is wrong, in a sentence."""
    path: Path = ()
    """The field below the record, e.g. `("mandates", 0, "verb")`."""
    hint: str = ""
    """How to mend it."""
    column: str = ""
    """The column to mend in a table, if the field is written in several columns, e.g.
    `"sdg_targets"`.
    """
    hint_fields: tuple[str, ...] = ()
    """The fields that stand for each `{}` in the hint, e.g. `("lead_reason",)`. `check` writes each
    as the file does: a workbook has its heading.
    """
    names: tuple[str, ...] = ()
    """The identifiers that the message mentions, besides that of the record."""
    meant: tuple[str, ...] = ()
    """What the author may have meant, the likeliest first."""
    fix: Fix | None = None
    """The change that certainly mends it, if there is one."""

    def finding(self, rule: Rule, place: Position | None) -> Finding:
        """The finding of a rule at a place."""
        hint = self.hint
        if self.hint_fields:
            hint = hint.format(*(_field_label(each, place) for each in self.hint_fields))
        return Finding(
            rule.code,
            self.message,
            place or Position(""),
            self.path,
            hint,
            rule.severity,
            record=self.record,
            names=self.names,
            meant=self.meant,
            fix=self.fix,
        )


def _field_label(column: str, place: Position | None) -> str:
    """The name of a field at a place; *column* of a text in another language is `title:fr`.

    Examples:
        >>> _field_label("lead_reason", None), _field_label("title:fr", None)
        ('lead_reason', 'title: {fr: ...}')
    """
    if place is not None and place.sheet is not None:
        from ..formats.tables.columns import label_of  # only for findings in a workbook

        return label_of(column)
    stem, _, language = column.partition(":")
    in_table = place is not None and place.heading is not None
    return f"{stem}: {{{language}: ...}}" if language and not in_table else column


def found(
    record: Record | str,
    message: str,
    at: str | Path = (),
    *,
    hint: str = "",
    column: str = "",
    hint_fields: tuple[str, ...] = (),
    names: Iterable[str] = (),
    meant: tuple[str, ...] = (),
    fix: Fix | None = None,
) -> Found:
    """What a rule yields: that something is wrong with a record.

    Args:
        record: The record, or its identifier.
        message: What is wrong, in a sentence.
        at: The field of the record, or the path to what is inside one; empty for the whole record.
        hint: How to mend it. `{}` stands for one of *hint_fields*.
        column: The column to mend in a table, if the field is written in several columns.
        hint_fields: The fields that the hint names; `check` writes each as the file does.
        names: The identifiers that the message mentions. If one of them is of a record that could
            not be read, [`check`][wsis_model.check] of a `Partial` leaves the finding out.
        meant: What the author may have meant, the likeliest first.
        fix: The change that certainly mends it, if there is one.

    Examples:
        >>> found("80-173/99", "has no summary", "summary").path
        ('summary',)
        >>> found("c2-roadmap/a1", "does not say by when", ("period", "end")).path
        ('period', 'end')
    """
    identifier = record if isinstance(record, str) else identifier_of(record)
    path = (at,) if isinstance(at, str) else at
    return Found(identifier, message, path, hint, column, hint_fields, tuple(names), meant, fix)


@attrs.frozen
class Rule:
    """A code for life, a severity, and a function whose docstring is the documentation.

    The docstring's first line states the rule as a sentence; then why it matters; then, after
    `Mend:`, how to mend it.
    """

    code: str
    """E.g. `"R201"`; the letter is the family. Codes are never reused."""
    severity: Severity
    """How much its findings matter."""
    look: Callable[[CheckContext], Iterator[Found]]
    """The function."""
    profiles: tuple[str, ...] = ("draft", "publish")
    """The profiles in which it runs."""
    dated: bool = False
    """Whether it is skipped unless a day is given."""
    reads: tuple[str, ...] = ()
    """The fields that its findings depend on, besides the field of the finding itself: of the
    record, of the activity or paragraph that holds it, or of its road map or document. They matter
    only for [`check`][wsis_model.check] of a `Partial`, which leaves a finding out if one of them,
    or its own field, could not be read.
    """
    of_values: bool = False
    """Whether it finds only values that are there, so that a value of the same field that could not
    be read explains none of its findings.
    """
    whole: str = ""
    """Why it needs the whole corpus. Empty if it looks at one document or road map at a time, with
    the vocabularies, actors and sessions: then it can be run on a stream. What cannot be so does
    not count: two records with one identifier, which I101 reports, and the place of a paragraph in
    another document, which S307 reports.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """A rule is pickled by its name in its module, where it stands in place of its function."""
        name = self.look.__qualname__
        if getattr(sys.modules.get(self.look.__module__), name, None) is self:
            return _rule_named, (self.look.__module__, name)
        return Rule, (
            self.code,
            self.severity,
            self.look,
            self.profiles,
            self.dated,
            self.reads,
            self.of_values,
            self.whole,
        )

    @property
    def name(self) -> str:
        """Name of the function with spaces, e.g. `"leads somewhere"`."""
        return self.look.__name__.replace("_", " ")

    @property
    def doc(self) -> str:
        """The whole documentation."""
        return unwrapped(self.look.__doc__ or "")

    @property
    def title(self) -> str:
        """The rule as a sentence."""
        return self.doc.partition("\n")[0]

    @property
    def url(self) -> str:
        """The address of its documentation; empty for a rule that is not ours.

        Examples:
            >>> from wsis_model.checks import RULES
            >>> RULES[0].url
            'https://w3id.org/wsis-model/rules/#a501'
        """
        ours = self.look.__module__.startswith(f"{__package__}.")
        return f"{BASE_IRI}rules/#{self.code.lower()}" if ours else ""


def _rule_named(module: str, name: str) -> Rule:
    """The rule of a module that has this name."""
    value = getattr(importlib.import_module(module), name)
    assert isinstance(value, Rule)
    return value


def rule(
    code: str,
    severity: Severity = Severity.ERROR,
    profiles: tuple[str, ...] = ("draft", "publish"),
    *,
    dated: bool = False,
    reads: tuple[str, ...] = (),
    of_values: bool = False,
    whole: str = "",
) -> Callable[[Callable[[CheckContext], Iterator[Found]]], Rule]:
    """Make a rule of a function that takes a [`CheckContext`][wsis_model.checks.CheckContext] and
    yields what it finds.

    The name of the function then stands for the [`Rule`][wsis_model.Rule]; the function is its
    `look`. Nothing is registered: pass a rule of yours as `check(corpus, rules=(*RULES, mine))`.

    Args:
        code: A code for life, e.g. `"X001"`.
        severity: How much its findings matter.
        profiles: The profiles in which it runs.
        dated: Whether it is skipped unless a day is given.
        reads: See `Rule.reads`.
        of_values: See `Rule.of_values`.
        whole: See `Rule.whole`.

    Examples:
        >>> @rule("X001", Severity.WARNING)
        ... def has_an_english_title(context):
        ...     '''Every document has an English title.'''
        ...     for document in context.corpus.documents:
        ...         if "en" not in document.title:
        ...             yield found(document, "no English title", "title")
        >>> has_an_english_title.code, has_an_english_title.title
        ('X001', 'Every document has an English title.')
    """
    return lambda look: Rule(code, severity, look, profiles, dated, reads, of_values, whole)


def collected(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules defined in some modules, in the order of their codes.

    Examples:
        >>> from wsis_model.checks import structure
        >>> [each.code for each in collected(structure)][:2]
        ['S301', 'S302']
    """
    rules = [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Rule) and each.look.__module__ == module.__name__
    ]
    return tuple(sorted(rules, key=lambda each: each.code))
