"""The registry's JSON as it comes: blocks of text with annotations, each with its place in the
file.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import attrs
from pydantic import BaseModel, ConfigDict, ValidationError

from ...errors import Finding, LoadError, Position, excerpt
from ...formats._text import decode, holds_half_pair

__all__ = ["Annotation", "Block", "Deliverable", "PlacedBlock", "Wire", "blocks_of"]

#: Fields of a block that nobody annotated, found by program.
VERB_FIELDS = ("action_verb", "action_verb_type", "action_verb_normalized")


class Wire(BaseModel):
    """An object in the registry's file; fields that the format does not have are kept separately
    and reported.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", frozen=True)


class _Assignee(Wire):
    assignee: str | None = None
    assignee_normalized: str | None = None
    assignee_type: str | None = None


class Deliverable(Wire):
    """The result that an annotated verb asks for."""

    deliverable: str | None = None
    deliverable_normalized: str | None = None
    deliverable_type: str | None = None


class _Mentioned(Wire):
    mentioned_entity: str | None = None
    mentioned_entity_normalized: str | None = None
    mentioned_entity_type: str | None = None


class Annotation(Wire):
    """What the machine found in a paragraph: one verb with its actors and deliverables."""

    action_verb: str | None = None
    action_verb_normalized: str | None = None
    action_verb_type: str | None = None
    assignees: tuple[_Assignee, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    mentioned_entities: tuple[_Mentioned, ...] = ()


class Block(Wire):
    """A piece of a document: a line of the front, the title, a heading, a paragraph, a line of the
    back.

    Files that nobody annotated yet have a verb found by program on the block itself.
    """

    text: str
    type: str
    heading_level: int | None = None
    paragraph_type: str | None = None
    paragraph_level: int | None = None
    prefix: str | None = None
    links: tuple[tuple[str | None, str | None], ...] = ()
    mandates: tuple[Annotation, ...] = ()
    textWithHighlights: str | None = None  # noqa: N815 - the registry's name
    uncertainties: str | None = None
    action_verb: str | None = None
    action_verb_type: str | None = None
    action_verb_normalized: str | None = None

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The machine's annotations, those on the block itself included."""
        if self.action_verb is None:
            return self.mandates
        return (Annotation(action_verb=self.action_verb), *self.mandates)


@attrs.frozen
class PlacedBlock:
    """A block and where it stands."""

    block: Block
    position: Position
    index: int


@attrs.frozen
class _Lines:
    """Turns offsets in a text into lines and columns, each by one look-up."""

    file: str
    text: str
    starts: Sequence[int]

    @classmethod
    def of(cls, text: str, file: str) -> _Lines:
        return cls(file, text, [0, *(found.end() for found in re.finditer("\n", text))])

    def at(self, offset: int) -> Position:
        line = bisect.bisect_right(self.starts, offset)
        return Position(self.file, line, offset - self.starts[line - 1] + 1)


def _values(lines: _Lines) -> Iterator[tuple[Any, Position]]:
    """The values of the list that the text holds, each with its place.

    Raises:
        LoadError: It holds no JSON, or no list.
    """
    text = lines.text
    blank = re.compile(r"[ \t\r\n]*")
    decoder = json.JSONDecoder()

    def after_blanks(at: int) -> int:
        found = blank.match(text, at)
        return found.end() if found else at

    def wrong(at: int, code: str, what: str) -> LoadError:
        return LoadError.of(lines.at(at), code, what, "the registry's files are a list of blocks")

    at = after_blanks(0)
    if at == len(text):
        raise wrong(0, "empty", "the file holds nothing")
    if text[at] != "[":
        raise wrong(at, "wrong-shape", "no list stands at the top of the file")
    at = after_blanks(at + 1)
    first = True
    while text[at : at + 1] != "]":
        if not first:
            if text[at : at + 1] != ",":
                raise wrong(
                    at, "json-syntax", "not JSON: a comma or the end of the list is missing"
                )
            at = after_blanks(at + 1)
        first = False
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise wrong(
                min(error.pos, len(text)), "json-syntax", f"not JSON: {excerpt(error.msg, 120)}"
            ) from None
        except RecursionError:
            raise wrong(at, "too-deep", "lists and mappings are nested too deep") from None
        except ValueError as error:  # an integer of more digits than Python converts
            raise wrong(at, "json-syntax", f"not JSON: {excerpt(str(error), 120)}") from None
        yield value, lines.at(at)
        at = after_blanks(end)
    if after_blanks(at + 1) != len(text):
        raise wrong(
            after_blanks(at + 1), "json-syntax", "not JSON: something stands behind the list"
        )


def blocks_of(data: bytes, file: str) -> list[PlacedBlock]:
    """The blocks of a file.

    Raises:
        LoadError: Every problem of the file.
    """
    text, problems = decode(data, file)
    found: list[PlacedBlock] = []
    escapes = "\\u" in text  # only an escape can write what no UTF-8 file can hold
    if not problems:
        for index, (value, position) in enumerate(_values(_Lines.of(text, file))):
            if escapes and holds_half_pair(value):
                problems.append(
                    Finding(
                        "wrong-value",
                        "a text holds half of a surrogate pair",
                        position,
                        (index,),
                    )
                )
                continue
            try:
                found.append(PlacedBlock(Block.model_validate(value), position, index))
            except ValidationError as error:
                problems += [
                    _problem(each["loc"], each["type"], each["msg"], index, position)
                    for each in error.errors(include_url=False, include_input=False)
                ]
            except RecursionError:
                problems.append(_problem((), "too-deep", "nested too deep", index, position))
    if not problems and not any(placed.block.text.strip() for placed in found):
        problems.append(Finding("empty", "the file holds no text", Position(file, 1, 1)))
    if problems:
        raise LoadError(tuple(problems))
    return found


def _problem(
    path: tuple[str | int, ...], kind: str, message: str, index: int, position: Position
) -> Finding:
    message = message[:1].lower() + message[1:]
    code = "missing-field" if kind == "missing" else "wrong-shape"
    return Finding(code, excerpt(message, 160).strip("'\""), position, (index, *path))
