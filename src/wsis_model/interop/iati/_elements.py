"""Elements of a file of IATI as values and records of ours: what no record takes is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from ...errors import Position, bounded
from ...model import Record, Translations
from ...model.text import LANGUAGE_TAG
from .._reading import LeftOut
from .._xml import Element, local
from .wire import NAMESPACE

__all__ = ["Elements", "children", "language_tag", "mark", "marks"]

R = TypeVar("R", bound=Record)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(LANGUAGE_TAG)
#: Signs in the longest number that is read; longer ones are cut, and then too long for any field.
_LONGEST_NUMBER = 200


def mark(element: Element, name: str) -> str | None:
    """The value of an attribute of ours."""
    return element.get(f"{{{NAMESPACE}}}{name}")


def marks(element: Element, name: str) -> tuple[str, ...]:
    """The identifiers in an attribute of ours."""
    return tuple((mark(element, name) or "").split())


class Elements:
    """Reads elements of one file, and remembers what found no place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.language = "en"
        self.left_out: list[LeftOut] = []

    def leave(self, element: Element, reason: str, text: str = "") -> None:
        """Report an element, or a text in it, that found no place."""
        position = Position(self.file, element.sourceline)
        self.left_out.append(LeftOut(position, bounded(text or _brief(element)), reason))

    def texts(self, element: Element) -> Translations:
        """The narratives in an element, by language; several in one are one text."""
        found: dict[str, list[str]] = {}
        for each in children(element, "narrative"):
            said = "".join(each.itertext()).strip()
            if said:
                found.setdefault(self._language_of(each), []).append(said)
        return Translations({language: "\n\n".join(found[language]) for language in sorted(found)})

    def text(self, element: Element) -> str | None:
        """The narratives in the file's language, or else in another one; the rest is reported."""
        texts = self.texts(element)
        chosen = next((each for each in (self.language, "en") if each in texts), None)
        chosen = chosen or next(iter(texts), None)
        for language, text in texts.items():
            if language != chosen:
                self.leave(element, "a text in one language alone is kept", text)
        return None if chosen is None else texts[chosen]

    def _language_of(self, element: Element) -> str:
        return language_tag(element.get(_LANG)) or self.language

    def set_language(self, element: Element) -> None:
        """Narratives that follow are in the language of *element*, unless they name theirs."""
        self.language = language_tag(element.get(_LANG)) or "en"

    def decimal(self, element: Element, text: str | None) -> Decimal | None:
        """A number; what is none is reported."""
        try:
            value = Decimal((text or "").strip()[:_LONGEST_NUMBER])
        except ArithmeticError:
            value = Decimal("NaN")
        if value.is_finite():
            return value
        if text is not None:
            self.leave(element, "not a number", text)
        return None

    def make(self, record: type[R], element: Element, **fields: Any) -> R | None:
        """A record of what was read; values that a field does not take are reported, and so is the
        element where a field that must be there is one of them.
        """
        given = {name: value for name, value in fields.items() if value not in (None, (), "")}
        while True:
            try:
                return record.model_validate(given)
            except ValidationError as error:
                names = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
            faulty = names & given.keys()
            for name in sorted(faulty):
                self.leave(element, f"no value of the field {name}", str(given.pop(name)))
            missing = {
                name
                for name, field in record.model_fields.items()
                if field.is_required() and name not in given
            }
            if missing or not faulty:
                self.leave(element, f"lacks {', '.join(sorted(missing)) or 'what it must have'}")
                return None


def language_tag(text: str | None) -> str | None:
    """A language tag as records hold it; None for what is none.

    Examples:
        >>> language_tag("EN"), language_tag("pt_BR"), language_tag("english!")
        ('en', 'pt-BR', None)
    """
    head, dash, rest = (text or "").strip().replace("_", "-").partition("-")
    tag = f"{head.lower()}{dash}{rest}"
    return tag if len(tag) <= 35 and _TAG.fullmatch(tag) else None


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names in an element, whatever their namespace."""
    for each in element:
        if local(each) in names:
            yield each


def _brief(element: Element) -> str:
    """What an element says, in a line: its narratives, or else what its attributes say."""
    said = " ".join("".join(element.itertext()).split())
    if said:
        return said
    told: Iterable[str] = (
        value for each in element.iter() for name, value in each.items() if not name.startswith("{")
    )
    return " ".join((local(element), *told))
