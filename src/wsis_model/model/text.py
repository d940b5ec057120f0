"""Text in several languages, sources of claims, and the grounds on which they are made."""

from __future__ import annotations

import threading
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from pydantic_core import core_schema

from .record import Date, FrozenMap, Iri, Record, Text

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = ["Basis", "Certainty", "Label", "Source", "Translations"]


class _PlainTexts(threading.local):
    """How many plain strings this thread has read as English."""

    seen: int = 0


plain_texts = _PlainTexts()
LANGUAGE_TAG = r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"


class Translations(FrozenMap[str]):
    """One text in several languages: language tag (BCP 47) to text.

    A plain string is read as English, so that `title: Media` and `title: {en: Media}` say the same.

    Examples:
        >>> title = Translations(en="Media", fr="Médias")
        >>> title.pick("ru", "fr"), str(title)
        ('Médias', 'Media')
    """

    __slots__ = ()

    def pick(self, *languages: str) -> str:
        """The text in the first of *languages* that is there; else English, else any; empty when
        there is none.
        """
        for language in (*languages, "en"):
            if language in self:
                return self[language]
        return next(iter(self.values()), "")

    def __str__(self) -> str:
        return self.pick()

    @classmethod
    def _in_order(cls, value: dict[str, str]) -> Translations:
        # Equal texts are written alike, whatever order their languages came in.
        return cls(value) if len(value) < 2 else cls({key: value[key] for key in sorted(value)})

    @staticmethod
    def _english(value: Any) -> Any:
        if isinstance(value, str):
            plain_texts.seen += 1
            return {"en": value}
        return value

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        texts = core_schema.dict_schema(
            core_schema.str_schema(pattern=LANGUAGE_TAG), core_schema.str_schema(min_length=1)
        )
        return core_schema.no_info_after_validator_function(
            cls._in_order, core_schema.no_info_before_validator_function(cls._english, texts)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "propertyNames": {"pattern": LANGUAGE_TAG},
                    "additionalProperties": {"type": "string", "minLength": 1},
                },
            ],
            "description": "Text by language tag (BCP 47); a plain string is English.",
        }


NO_TEXT = Translations()

Label = Annotated[Translations, Field(min_length=1)]
"""A text that is there in at least one language."""


class Basis(str, Enum):
    """The ground of a claim about a document."""

    STATED = "stated"
    """The text itself says so."""
    OFFICIAL_MATRIX = "official-matrix"
    """A published matrix of the United Nations system says so."""
    EDITORIAL = "editorial"
    """We judged so."""
    MACHINE = "machine"
    """A machine suggested so, and nobody has read it yet."""


class Certainty(str, Enum):
    """How well a fact is known."""

    VERIFIED = "verified"
    """Read in the source itself."""
    REPORTED = "reported"
    """Read in somebody's account of the source."""
    MEMORY = "memory"
    """Remembered, with no source at hand: to be confirmed."""


class Source(Record):
    """Where a record's facts come from, on what terms, and how they were checked."""

    title: Text = Field(examples=["A/RES/80/173"])
    """What the source is called."""
    url: Iri | None = Field(default=None, examples=["https://docs.un.org/en/A/RES/80/173"])
    """Where it can be read."""
    date: Date | None = Field(default=None, examples=["2025-12-19"])
    """Date of the source itself."""
    retrieved: Date | None = Field(default=None, examples=["2026-11-24"])
    """When it was read."""
    terms: Text | None = Field(default=None, examples=["facts only; no official text is copied"])
    """On what terms it may be used."""
    checked: Text | None = Field(
        default=None, examples=["each paragraph read against the official English text"]
    )
    """How the record was checked against it."""
    certainty: Certainty = Field(default=Certainty.VERIFIED, examples=["reported"])
    """How well the fact is known."""
