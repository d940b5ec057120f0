"""A rule that suggests, what it looks at, and what it yields."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from ..model import MandateKind, Session
from ..model.record import unwrapped

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ._actors import ActorNames, Named
    from ._verbs import Verbs

__all__ = ["Clause", "Head", "Paragraph", "Passage", "Rule", "Seen", "collected", "suggests"]

Looked = TypeVar("Looked")
NEAR = 200
"""Of the actors named before a place, as many of the last ones may be meant by "the Forum"."""


@attrs.frozen
class Seen:
    """A fact that a rule saw in a text, and where it stands there."""

    field: str
    """The field of the mandate that it is for, e.g. `"verb"`, `"addressees"`."""
    value: Any
    """Its value: an identifier, a [`Due`][wsis_model.Due], a text."""
    start: int
    """Where in the text of the paragraph it begins, in characters from 0."""
    end: int
    """Where it ends, exclusive."""
    rule: str = ""
    """The code of the rule."""


@attrs.frozen
class Head:
    """A verb with which the authors of a text speak, and where it stands."""

    verb: str
    """Its concept."""
    kind: MandateKind | None
    """The kind of mandate that it begins; None where it asks, settles and pledges nothing."""
    start: int
    """Where it begins."""
    end: int
    """Where it ends."""
    rule: str = ""
    """The code of the rule that saw it."""
    ours: bool = False
    """Whether the authors speak in the first person."""
    subject: tuple[int, int] | None = None
    """Where its subject stands, if it is in the passive."""
    inherited: bool = False
    """Whether the verb stands in the paragraph that this is an item of."""


@attrs.frozen(eq=False)
class Paragraph:
    """A paragraph or item in which mandates are looked for."""

    text: str
    """The official text in one language."""
    verbs: Verbs
    """The verbs of the corpus in this language."""
    actors: ActorNames
    """The names of the actors of the corpus."""
    deliverables: Mapping[str, str]
    """The kinds of deliverable of the corpus by their names, in small letters."""
    sessions: Mapping[str, Session]
    """The calendar of the corpus."""
    body: str | None = None
    """The body that adopted the document."""
    year: int | None = None
    """The year in which the document was adopted."""
    preambular: bool = False
    """Whether it stands before the operative part."""
    language: str = "en"
    """The language of the text."""
    above: str = ""
    """The text of the paragraph that this is an item of."""
    chapeau: Clause | None = None
    """The unfinished clause of the paragraph that this is an item of."""

    @functools.cached_property
    def named(self) -> tuple[Named, ...]:
        """The actors that it names, wherever they stand in it."""
        return tuple(self.actors.all_in(self.text, 0, len(self.text)))

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.named]

    def named_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The actors named in a part of it."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(each for each in self.named[first:last] if each.end <= end)

    def named_before(self, place: int) -> tuple[Named, ...]:
        """The actors that it names before a place, the last of them if they are many."""
        last = bisect_left(self._starts, place)
        return self.named[max(0, last - NEAR) : last]

    mentioned: tuple[str, ...] = ()
    """The actors that the paragraphs before it name, the last named last."""


@attrs.frozen(eq=False)
class Clause:
    """A verb of the authors with the words that belong to it."""

    paragraph: Paragraph
    head: Head
    end: int
    """Where the clause ends."""
    opening: int = 0
    """Where its sentence begins."""
    before: Clause | None = attrs.field(default=None, repr=False)
    """The clause before it in its paragraph."""

    def holds(self, place: int) -> bool:
        """Whether a place in the text of the paragraph stands in it."""
        return self.head.start <= place < self.end

    @property
    def text(self) -> str:
        """The words after the verb."""
        return self.paragraph.text[self.head.end : self.end]

    @property
    def is_complete(self) -> bool:
        """Whether a chapeau says all without its items: "the following principles:"."""
        return re.search(r"\b(?:following|follows)\b[^,;]*:\s*$", self.text) is not None

    @property
    def is_chapeau(self) -> bool:
        """Whether it ends with a colon, and items go on."""
        return self.paragraph.text[: self.end].rstrip().endswith((":", "："))


@attrs.frozen(eq=False)
class Passage:
    """A paragraph with its clauses."""

    paragraph: Paragraph
    clauses: tuple[Clause, ...]
    corpus: Corpus
    """Where concepts are looked up."""
    document: str = ""
    """The identifier of its document."""


@attrs.frozen
class Rule(Generic[Looked]):
    """A code for life, and a function whose docstring is the documentation."""

    code: str
    """E.g. `"V101"`. Codes are never reused."""
    function: Callable[[Looked], Iterator[Any]]
    """The function."""

    def look(self, at: Looked) -> Iterator[Any]:
        """What it sees, marked with its code."""
        for seen in self.function(at):
            yield attrs.evolve(seen, rule=self.code)

    @property
    def name(self) -> str:
        """Name of the function with spaces."""
        return self.function.__name__.replace("_", " ")

    @property
    def doc(self) -> str:
        """The whole documentation."""
        return unwrapped(self.function.__doc__ or "")


def suggests(
    code: str,
) -> Callable[[Callable[[Looked], Iterator[Any]]], Rule[Looked]]:
    """Make a rule of a function. Those that find verbs take a `Paragraph` and yield a `Head`;
    the others take a `Clause`, or a `Passage`, and yield what they see in it.
    """
    return lambda function: Rule(code, function)


def collected(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """The rules of some modules, in the order of their codes."""
    values: list[Any] = [each for module in modules for each in vars(module).values()]
    rules: dict[str, Rule[Any]] = {each.code: each for each in values if isinstance(each, Rule)}
    return tuple(rules[code] for code in sorted(rules))
