"""A rule, what it looks at, and what it yields."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import Finding, Fix, Position, Severity
from ..model import Concept, Record, Vocabulary
from ..model.record import identifier_of, unwrapped
from ..positions import Path

if TYPE_CHECKING:
    import datetime

    from ..corpus import Corpus, Reference

__all__ = ["CheckContext", "Found", "Path", "Rule", "Severity", "collected", "found", "rule"]


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
        found = self.target(vocabulary, Vocabulary)
        return {} if found is None else {each.id: each for each in found.concepts}

    def target(self, identifier: str | None, *kinds: type[Record]) -> Any:
        """The record of *identifier*, or None if it is missing or of another kind, which only the
        rules of family R report.
        """
        found = None if identifier is None else self.corpus.get(identifier)
        return found if found is not None and (not kinds or isinstance(found, kinds)) else None


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
    naming: tuple[str, ...] = ()
    """The fields that the hint names, one for each `{}` in it, e.g. `("lead_reason",)`: `check`
    writes each as the file does.
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
        if self.naming:
            hint = hint.format(*(_field_label(each, place) for each in self.naming))
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
    *path: str | int,
    hint: str = "",
    column: str = "",
    naming: tuple[str, ...] = (),
    names: Iterable[str] = (),
    meant: tuple[str, ...] = (),
    fix: Fix | None = None,
) -> Found:
    """What a rule yields about a record, with the field's path as further arguments.

    Give as *names* the identifiers that the message mentions: if one of them is of a record that
    could not be read, the finding is not reported.

    Examples:
        >>> found("80-173/99", "has no summary", "summary").path
        ('summary',)
    """
    name = record if isinstance(record, str) else identifier_of(record)
    return Found(name, message, path, hint, column, naming, tuple(names), meant, fix)


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
    """The other fields that a finding depends on: of the record, of the activity or paragraph that
    holds it, or of its road map or document. If one of them could not be read,
    [`check`][wsis_model.check] of a `Partial` leaves the finding out.
    """
    of_values: bool = False
    """Whether it finds only values that are there, so that a value of the same field that could not
    be read explains none of its findings.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """A rule is pickled by its name in its module, where it stands in place of its function."""
        name = self.look.__qualname__
        if getattr(sys.modules.get(self.look.__module__), name, None) is self:
            return _named, (self.look.__module__, name)
        return Rule, (
            self.code,
            self.severity,
            self.look,
            self.profiles,
            self.dated,
            self.reads,
            self.of_values,
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


def _named(module: str, name: str) -> Rule:
    """The rule of a module that has this name."""
    held = getattr(importlib.import_module(module), name)
    assert isinstance(held, Rule)
    return held


def rule(
    code: str,
    severity: Severity = Severity.ERROR,
    profiles: tuple[str, ...] = ("draft", "publish"),
    *,
    dated: bool = False,
    reads: tuple[str, ...] = (),
    of_values: bool = False,
) -> Callable[[Callable[[CheckContext], Iterator[Found]]], Rule]:
    """Make a rule of a function from a [`CheckContext`][wsis_model.checks.CheckContext] to what it found.

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
    return lambda look: Rule(code, severity, look, profiles, dated, reads, of_values)


def collected(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules defined in some modules, in the order of their codes.

    Examples:
        >>> from wsis_model.checks import structure
        >>> [each.code for each in collected(structure)][:2]
        ['S301', 'S302']
    """
    found = [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Rule) and each.look.__module__ == module.__name__
    ]
    return tuple(sorted(found, key=lambda each: each.code))
