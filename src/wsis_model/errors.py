"""What can go wrong, and who should act on it.

```text
WsisModelError
├── LoadError(ValueError)            the file is wrong: every problem, each with its place
├── NotAReference(ValueError)        the caller wrote something that names nothing
├── UnknownIdentifier(KeyError)      the caller asked for something the corpus does not hold
│   └── AmbiguousName                the caller wrote what means several records
├── DuplicateIdentifier(ValueError)  two different records claim one identifier
├── UnknownFormat(ValueError)        no format of that name or suffix
├── MissingExtra(ImportError)        an optional dependency is not installed
└── FetchError(OSError)              an official file could not be fetched
```

An unsound corpus is not an exception: it is a [`Finding`][wsis_model.Finding] of
[`check`][wsis_model.check].

Exceptions are facts first (attributes; they pickle and compare equal) and sentences second: the
wording may change between releases, the attributes may not.
"""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

import attrs

from ._width import visible
from .positions import Position

__all__ = [
    "AmbiguousName",
    "DuplicateIdentifier",
    "EditError",
    "FetchError",
    "LoadError",
    "MissingExtra",
    "NotAReference",
    "Position",
    "Problem",
    "UnknownFormat",
    "UnknownIdentifier",
    "WsisModelError",
    "excerpt",
]

#: No message quotes more than this many characters of what was found.
EXCERPT = 80
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
        except Exception:  # noqa: BLE001 - a foreign repr may fail in any way, and a message must not
            shown = f"<{type(value).__name__}>"
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


@attrs.frozen
class Problem:
    """One thing that is wrong with a file: where, in which field, what, and what would do."""

    code: str
    """A stable name of the kind of problem, e.g. `"unknown-field"`; listed in the guide *Problems
    of loading*.
    """
    message: str
    """What was found and what was expected, in one bounded sentence."""
    position: Position
    """Where it stands."""
    field: str = ""
    """Path of the field, e.g. `"roadmaps[0].activities[2].lead"`."""
    hint: str = ""
    """What would do: the near miss, the form expected; may be empty."""
    meant: str = attrs.field(default="", eq=False)
    """What to write instead, where one thing is plainly meant: the identifier `"bdt"` for `BDT`,
    the field `"title"` for `titel`."""

    def __str__(self) -> str:
        # The heading of a column says in which field; its path in the file would say it again, and
        # worse.
        field = f" {self.field}:" if self.field and not self.position.heading else ""
        hint = f"; {self.hint}" if self.hint else ""
        return visible(f"{self.position}:{field} {self.message}{hint} [{self.code}]")


class WsisModelError(Exception):
    """The root of what this library raises on purpose."""

    def __str__(self) -> str:
        return visible(self._sentence())

    def _sentence(self) -> str:
        """What is told of the facts."""
        return Exception.__str__(self)

    def _facts(self) -> tuple[Any, ...]:
        """The constructor's arguments, for pickling and comparing."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((type(self), self._facts()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self._facts())


class LoadError(WsisModelError, ValueError):
    """A file cannot be read as records. Holds *every* problem found, in the order of the file."""

    problems: tuple[Problem, ...]
    """All problems, each with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def _facts(self) -> tuple[Any, ...]:
        return (self.problems,)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:LISTED]]
        if len(self.problems) > LISTED:
            lines.append(f"... and {len(self.problems) - LISTED} more (see .problems)")
        return "\n".join(lines)


class NotAReference(WsisModelError, ValueError):
    """What was written names nothing in the field's ways of writing references."""

    reference: str
    """What was written."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference

    def _facts(self) -> tuple[Any, ...]:
        return (self.reference,)

    def _sentence(self) -> str:
        return (
            f"{excerpt(self.reference)} is not a reference; write for example 'A/RES/80/173, para. 99', "
            "'SDG target 9.c', 'C7: e-health', 'Global Digital Compact, para. 21 (a)' or an identifier such as '80-173/99'"
        )


class UnknownIdentifier(WsisModelError, KeyError):
    """The corpus holds nothing under this identifier."""

    identifier: str
    """What was asked for."""
    near: tuple[str, ...]
    """Identifiers that are held and look like it, the nearest first."""
    last: str
    """Of a paragraph that its document does not have: the last that it has, e.g. `"80-173/127"`;
    empty of anything else.
    """

    def __init__(self, identifier: str, near: tuple[str, ...] = (), last: str = "") -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.near = tuple(near)
        self.last = last

    def _facts(self) -> tuple[Any, ...]:
        return (self.identifier, self.near, self.last)

    def _sentence(self) -> str:
        hint = f"; the last paragraph there is {self.last!r}" if self.last else ""
        if self.near:
            hint = f"; did you mean {' or '.join(map(repr, self.near))}?"
        return f"nothing is called {excerpt(self.identifier)}{hint}"


class AmbiguousName(UnknownIdentifier):
    """Several records are meant where one is wanted: they bear this name, or it names them all. Ask
    for one of `near`, their identifiers.

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


class DuplicateIdentifier(WsisModelError, ValueError):
    """Two records that differ claim one identifier."""

    identifier: str
    """The identifier claimed twice."""
    kinds: tuple[str, str]
    """What kinds of record claim it, e.g. `("entity", "document")`."""

    def __init__(self, identifier: str, kinds: tuple[str, str]) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.kinds = kinds

    def _facts(self) -> tuple[Any, ...]:
        return (self.identifier, self.kinds)

    def _sentence(self) -> str:
        first, second = self.kinds
        return f"{excerpt(self.identifier)} is the identifier of one {first} and of another {second} that differs from it"


class UnknownFormat(WsisModelError, ValueError):
    """No format has this name or suffix."""

    name: str
    """The format or file name that was given."""
    known: tuple[str, ...]
    """Names of the formats there are."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)

    def _facts(self) -> tuple[Any, ...]:
        return (self.name, self.known)

    def _sentence(self) -> str:
        compressed = " (each also with .gz)" if "yaml" in self.known else ""
        return f"no format is known for {excerpt(self.name)}; there are {', '.join(self.known)}{compressed}"


class EditError(WsisModelError, ValueError):
    """A change that cannot be made in place. The file is as it was."""

    problem: Problem
    """What stands in the way: a code, a sentence, the place, the field and what would do. The codes
    are `unknown-field`, `wrong-shape` (a list is asked for and there is none, and the like),
    `not-there`, `shared` (an alias repeats the value), `compressed`, `changed` (somebody else wrote
    the file meanwhile) and `not-in-place`.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def _facts(self) -> tuple[Any, ...]:
        return (self.problem,)

    def _sentence(self) -> str:
        return str(self.problem)


class MissingExtra(WsisModelError, ImportError):
    """An optional dependency is needed and not installed."""

    extra: str
    """Name of the extra that brings it, e.g. `"akn"`."""
    module: str
    """The module that could not be imported."""

    def __init__(self, extra: str, module: str) -> None:
        super().__init__(extra, module)
        self.extra = extra
        self.module = module

    def _facts(self) -> tuple[Any, ...]:
        return (self.extra, self.module)

    def _sentence(self) -> str:
        return (
            f"this needs {self.module!r}; install it with: pip install 'wsis_model[{self.extra}]'"
        )


class FetchError(WsisModelError, OSError):
    """An official file could not be fetched, or is not the file that is known. Nothing was kept of
    it.
    """

    symbol: str
    """The document, e.g. `"A/RES/80/173"`."""
    language: str
    """In which language, e.g. `"fr"`."""
    format: str
    """In which format, e.g. `"akn"`."""
    reason: str
    """What went wrong, e.g. `"the server answered 404"`."""
    url: str | None
    """Where to download it by hand; None where that would not help."""
    path: str | None
    """Where to put it, so that it is found the next time."""

    def __init__(
        self,
        symbol: str,
        language: str,
        format: str,
        reason: str,
        url: str | None = None,
        path: str | None = None,
    ) -> None:
        super().__init__(symbol, language, format, reason, url, path)
        self.symbol = symbol
        self.language = language
        self.format = format
        self.reason = reason
        self.url = url
        self.path = path

    def _facts(self) -> tuple[Any, ...]:
        return (self.symbol, self.language, self.format, self.reason, self.url, self.path)

    def _sentence(self) -> str:
        by_hand = (
            f"; download it from {self.url} by hand and put it at {self.path}"
            if self.url and self.path
            else ""
        )
        return f"{self.symbol} in {self.language!r} ({self.format}): {self.reason}{by_hand}"
