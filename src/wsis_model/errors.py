"""What can go wrong, and who should act on it.

```text
WsisModelError
├── LoadError(ValueError)            the file is wrong: every problem, each with its place
├── NotAReference(ValueError)        the caller wrote something that names nothing
├── UnknownIdentifier(KeyError)      the caller asked for something the corpus does not hold
│   └── AmbiguousName                the name that the caller wrote is that of several records
├── DuplicateIdentifier(ValueError)  two different records claim one identifier
├── UnknownFormat(ValueError)        no format of that name or suffix
├── WriteError(ValueError)           a format demands what neither records nor caller say
├── EditError(ValueError)            a change cannot be made in place
├── MissingExtra(ImportError)        an optional dependency is not installed
├── MissingProgram(OSError)          a program outside Python is not installed
└── FetchError(OSError)              an official file could not be fetched
```

An unsound corpus is not an exception. What is wrong is a [`Finding`][wsis_model.Finding], whether
with the writing of a file (in `LoadError.problems`) or with what it says (in the report of
[`check`][wsis_model.check]).

Findings and exceptions are facts first (attributes; they pickle and compare equal) and sentences
second: the wording may change between releases, the attributes may not.
"""

from __future__ import annotations

import html
from collections.abc import Sized
from enum import Enum
from typing import Any

import attrs

from ._messages import in_language
from ._width import isolated, visible
from .positions import Path, Position, path_text

__all__ = [
    "AmbiguousName",
    "DuplicateIdentifier",
    "EditError",
    "FetchError",
    "Finding",
    "Fix",
    "LoadError",
    "MissingExtra",
    "MissingProgram",
    "NotAReference",
    "Position",
    "Replacement",
    "Severity",
    "UnknownFormat",
    "UnknownIdentifier",
    "WriteError",
    "WsisModelError",
    "bounded",
    "excerpt",
]

#: No message quotes more than this many characters of what was found.
EXCERPT = 80
#: No name of a field, and no value among the facts of a finding, is longer.
FACT = 300
#: `str(LoadError)` lists this many problems; `LoadError.problems` always has them all.
LISTED = 20
_CONTAINERS: tuple[type[Sized], ...] = (list, tuple, dict, set, frozenset)


def excerpt(value: object, limit: int = EXCERPT) -> str:
    """A bounded, one-line quotation of *value* for a message.

    Examples:
        >>> excerpt("x" * 200, 10)
        "'xxxxxxxx…"
    """
    if isinstance(value, str):
        shown = repr(value[: limit + 1])
    elif isinstance(value, _CONTAINERS):
        # The repr of a deep or large container has no bound of its own.
        size = len(value)
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {size}"
    else:
        try:
            shown = repr(value)
        except Exception:  # noqa: BLE001 - a foreign repr may fail, a message must not
            shown = f"<{type(value).__name__}>"
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def bounded(text: str) -> str:
    """A text, cut where a file makes it longer than a name or value should be.

    Examples:
        >>> bounded("title"), len(bounded("title" * 1000))
        ('title', 300)
    """
    return text if len(text) <= FACT else text[: FACT - 1] + "…"


def _steps(path: str | Path) -> Path:
    given = (path,) if isinstance(path, str) else path
    return tuple(bounded(step) if isinstance(step, str) else step for step in given)


def _fact(value: object) -> str | int | float | bool | None:
    """A value that is bounded: itself, or an excerpt."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int) and abs(value) < 10**FACT:
        return value
    return bounded(value) if isinstance(value, str) else excerpt(value, FACT)


class Severity(str, Enum):
    """How much a finding matters."""

    ERROR = "error"
    """The data says something that cannot be so, or that others cannot use."""
    WARNING = "warning"
    """The data may be right, and someone should look."""


@attrs.frozen
class Fix:
    """A change that certainly mends a fault. A fault with two readings has none."""

    path: Path
    """Where: from the top of the file, or below the record that the finding is about. Of a cell
    that is in no record, a heading or what a row belongs to, the column; `Finding.position` names
    the cell.
    """
    old: Any = attrs.field(hash=False)
    """What stands there, as plain data."""
    new: Any = attrs.field(hash=False)
    """What should stand there; None where it should be taken away."""
    key: bool = False
    """Whether the last step of the path changes, as for `titel`, and not the value."""
    several: bool = False
    """Whether *new* is a list of what takes the place of one item of a list, as for an alignment
    with "SDG 9.c & 4.4".
    """


@attrs.frozen
class Replacement:
    """What a fix changes in the text of a file: a part of it, and the text that belongs there."""

    position: Position
    """Where the part begins."""
    end: tuple[int, int]
    """Line and column, from 1, behind its end."""
    text: str
    """The text that belongs there; empty where the part is taken out."""


@attrs.frozen
class Finding:
    """A fault: in the writing of a file, or found by a rule. What is wrong, where, and how to mend
    it.

    The message and the hint are made of the facts, for people; findings compare by their facts.

    Examples:
        >>> import wsis_model as wsis
        >>> try:
        ...     wsis.loads("roadmaps: [{id: m, titel: Media, owners: [itu]}]", "yaml")
        ... except wsis.LoadError as error:
        ...     (problem,) = error.problems
        >>> problem.code, problem.field, problem.meant
        ('unknown-field', 'roadmaps[0].titel', ('title',))
        >>> problem.fix
        Fix(path=('roadmaps', 0, 'titel'), old='titel', new='title', key=True, several=False)
    """

    code: str
    """A stable name: of the kind of problem, e.g. `"unknown-field"` (listed in the guide *Problems
    of loading*), or of the rule, e.g. `"R201"`.
    """
    message: str = attrs.field(eq=False)
    """What was found and what was expected, in one bounded sentence."""
    position: Position = Position("")  # noqa: RUF009 - a position is frozen
    """Where it stands; a position without a file, which counts as false, for records that came from
    none.
    """
    path: Path = attrs.field(default=(), converter=_steps)
    """Path of the field. It has one of two roots: of a problem of loading, the top of the file,
    e.g. `("roadmaps", 0, "title")`, and `record` is empty; of a rule's finding the record that
    `record` names, e.g. `("due", "session")`. A text is one step.
    """
    hint: str = attrs.field(default="", eq=False)
    """How to mend it: the near miss, the form expected; may be empty."""
    severity: Severity = Severity.ERROR
    """How much it matters."""
    record: str = attrs.field(default="", kw_only=True)
    """Identifier of the record that a rule found it in, e.g. `"80-173/113.1"`."""
    found: str | int | float | bool | None = attrs.field(
        default=None, converter=_fact, kw_only=True
    )
    """The value that stands there, or a bounded excerpt of it."""
    expected: str = attrs.field(default="", kw_only=True)
    """What belongs there, e.g. `"a list"`."""
    meant: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """What the author may have meant, the likeliest first: the identifier `"bdt"` for `BDT`, the
    field `"title"` for `titel`, two days for `4/5/2027`. `fix` says if one of them is certain.
    """
    names: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """The identifiers that the message mentions, besides that of the record."""
    fix: Fix | None = attrs.field(default=None, kw_only=True)
    """The change that certainly mends it, if there is one."""

    @property
    def field(self) -> str:
        """Path of the field as people write it, e.g. `"roadmaps[0].activities[2].lead"`."""
        return bounded(path_text(self.path))

    @property
    def where(self) -> str:
        """Record and field, e.g. `"80-173/113.1 due.session"`; empty for a problem of a file as a
        whole.
        """
        return " ".join(filter(None, (self.record, self.field)))

    @property
    def text(self) -> str:
        """Record and field, message and hint, in one line."""
        # The heading of a column names the field better than its path.
        place = self.record if self.position.heading else self.where
        where = f"{place}: " if place else ""
        return visible(f"{where}{self.message}{f'; {self.hint}' if self.hint else ''}")

    def in_language(self, language: str) -> Finding:
        """The same with message and hint in another language, as far as its catalogue of messages
        has them. What has none stays English.

        Args:
            language: `"fr"`, `"es"` or `"en"`. For any other all stays English.

        Examples:
            >>> import wsis_model as wsis
            >>> try:
            ...     wsis.loads("roadmaps: [{id: m, titel: Media, owners: [itu]}]", "yaml")
            ... except wsis.LoadError as error:
            ...     (problem,) = error.problems
            >>> french = problem.in_language("fr")
            >>> french.message
            "'titel' n'est pas un champ de Roadmap"
            >>> french == problem
            True
        """
        return attrs.evolve(
            self,
            message=in_language(self.message, language),
            hint=in_language(self.hint, language),
        )

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        kind = "" if self.severity is Severity.ERROR else f"{self.severity.value} "
        return f"{place}{self.text} [{kind}{visible(self.code)}]"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(isolated(str(self)))}</p>"


@attrs.frozen(slots=False, auto_exc=False)
class WsisModelError(Exception):
    """The root of what this library raises on purpose."""

    def __str__(self) -> str:
        return visible(self._sentence())

    def _sentence(self) -> str:
        """The message, made of the facts."""
        return Exception.__str__(self)

    def __reduce__(self) -> tuple[Any, ...]:
        facts = (getattr(self, each.name) for each in attrs.fields(type(self)))
        return (type(self), tuple(facts))


def _listed(problems: tuple[Finding, ...]) -> str:
    lines = [str(problem) for problem in problems[:LISTED]]
    if len(problems) > LISTED:
        lines.append(f"... and {len(problems) - LISTED} more (see .problems)")
    return "\n".join(lines)


@attrs.frozen(slots=False, auto_exc=False)
class LoadError(WsisModelError, ValueError):
    """A file cannot be read as records. Holds *every* problem found, in the order of the file."""

    problems: tuple[Finding, ...]
    """All problems, each with its place."""

    @classmethod
    def of(cls, position: Position, code: str, message: str, hint: str = "") -> LoadError:
        """The error of a file with one problem."""
        return cls((Finding(code, message, position, hint=hint),))

    def __str__(self) -> str:
        return _listed(self.problems)


@attrs.frozen(slots=False, auto_exc=False)
class WriteError(WsisModelError, ValueError):
    """Records cannot be written in a format as they are, because it demands what neither they nor
    the caller say, or forbids what they say. Holds *every* reason; nothing was written.
    """

    format: str
    """Name of the format, e.g. `"iati"`."""
    problems: tuple[Finding, ...]
    """All reasons: `record` and `path` name what in the records is meant; where `record` is empty,
    `path` names an argument.
    """

    def __str__(self) -> str:
        return _listed(self.problems)


@attrs.frozen(slots=False, auto_exc=False)
class NotAReference(WsisModelError, ValueError):
    """What was written names nothing in the field's ways of writing references."""

    reference: str
    """What was written."""

    def _sentence(self) -> str:
        return (
            f"{excerpt(self.reference)} is not a reference; write for example "
            "'A/RES/80/173, para. 99', 'SDG target 9.c', 'C7: e-health', "
            "'Global Digital Compact, para. 21 (a)' or an identifier such as '80-173/99'"
        )


@attrs.frozen(slots=False, auto_exc=False)
class UnknownIdentifier(WsisModelError, KeyError):
    """The corpus holds nothing under this identifier."""

    identifier: str
    """What was asked for."""
    near: tuple[str, ...] = ()
    """Identifiers of records that look like it, the nearest first."""
    last: str = ""
    """For a paragraph that its document does not have, the last that it has, e.g. `"80-173/127"`;
    else empty.
    """

    def _sentence(self) -> str:
        hint = f"; the last paragraph there is {self.last!r}" if self.last else ""
        if self.near:
            hint = f"; did you mean {' or '.join(map(repr, self.near))}?"
        return f"nothing is called {excerpt(self.identifier)}{hint}"


class AmbiguousName(UnknownIdentifier):
    """A name stands for several records where one is wanted. Ask for one of `near`, their
    identifiers.

    Examples:
        >>> from wsis_model import AmbiguousName, catalogue
        >>> try:
        ...     catalogue().find("ICC")
        ... except AmbiguousName as error:
        ...     print(error.near)
        ('international-chamber-of-commerce', 'international-criminal-court')
    """

    def __str__(self) -> str:
        few, more = self.near[:LISTED], len(self.near) - LISTED
        rest = f" and {more} more" if more > 0 else ""
        return f"{excerpt(self.identifier)} may mean {', '.join(map(repr, few))}{rest}"


@attrs.frozen(slots=False, auto_exc=False)
class DuplicateIdentifier(WsisModelError, ValueError):
    """Two records that differ claim one identifier."""

    identifier: str
    """The identifier claimed twice."""
    kinds: tuple[str, str]
    """What kinds of record claim it, e.g. `("entity", "document")`."""

    def _sentence(self) -> str:
        first, second = self.kinds
        name = excerpt(self.identifier)
        return (
            f"{name} is the identifier of one {first} and of another {second} that differs from it"
        )


@attrs.frozen(slots=False, auto_exc=False)
class UnknownFormat(WsisModelError, ValueError):
    """No format has this name or suffix."""

    name: str
    """The format or file name that was given."""
    known: tuple[str, ...] = ()
    """Names of the formats there are."""

    def _sentence(self) -> str:
        compressed = " (our own also with .gz)" if "yaml" in self.known else ""
        listed = f"{', '.join(self.known)}{compressed}"
        return f"no format is known for {excerpt(self.name)}; there are {listed}"


@attrs.frozen(slots=False, auto_exc=False)
class EditError(WsisModelError, ValueError):
    """A change that cannot be made in place. The file is unchanged."""

    problem: Finding
    """Why not: a code, a message, the place, the field and a hint. The codes are `unknown-field`,
    `wrong-shape` (a list is asked for and there is none, and the like), `not-there`, `shared` (an
    alias repeats the value), `compressed`, `changed` (another program wrote the file in between)
    and `not-in-place`.
    """

    def _sentence(self) -> str:
        return str(self.problem)


@attrs.frozen(slots=False, auto_exc=False)
class MissingExtra(WsisModelError, ImportError):
    """An optional dependency is needed and not installed."""

    extra: str
    """Name of the extra that brings it, e.g. `"akn"`."""
    module: str
    """The module that could not be imported."""

    def _sentence(self) -> str:
        return (
            f"this needs {self.module!r}; install it with: pip install 'wsis_model[{self.extra}]'"
        )


@attrs.frozen(slots=False, auto_exc=False)
class MissingProgram(WsisModelError, OSError):
    """A program that is no Python package is needed, and not found or not able."""

    purpose: str
    """What it is needed for, e.g. `"to print a page as PDF"`."""
    programs: tuple[str, ...]
    """Any of these will do, e.g. `("Chromium", "LibreOffice")`."""
    reason: str = "is not found"
    """What is wrong, e.g. `"is not found"`."""

    def _sentence(self) -> str:
        return f"{self.purpose}, install {' or '.join(self.programs)}: it {self.reason}"


@attrs.frozen(slots=False, auto_exc=False)
class FetchError(WsisModelError, OSError):
    """An official file could not be fetched, or differs from the known one. Nothing was kept."""

    symbol: str
    """The document, e.g. `"A/RES/80/173"`."""
    language: str
    """The language, e.g. `"fr"`."""
    format: str
    """The format, e.g. `"akn"`."""
    reason: str
    """What went wrong, e.g. `"the server answered 404"`."""
    url: str | None = None
    """Where to download it by hand; None where that would not help."""
    path: str | None = None
    """Where to put it, so that it is found next time."""

    def _sentence(self) -> str:
        by_hand = (
            f"; download it from {self.url} by hand and put it at {self.path}"
            if self.url and self.path
            else ""
        )
        return f"{self.symbol} in {self.language!r} ({self.format}): {self.reason}{by_hand}"
