"""A road map as YAML with an explanation of every field."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import attrs

from .._messages import Message, in_language, sentence
from .._width import readable
from ..corpus import Corpus
from ..model import (
    Activity,
    Indicator,
    Milestone,
    Objective,
    Observation,
    Record,
    Resource,
    Roadmap,
    Target,
    Update,
    is_identifier,
)
from ..model.fields import Field, explain, shape_of
from .suggestions import (
    DELIVERABLES,
    SHORT,
    Candidate,
    Suggestions,
    current_concepts,
    indicators_of,
    name_to_type,
)

__all__ = ["EXPLAINED", "TODO", "Skeleton"]

TODO = "TODO"
"""The beginning of every text that is still to be written."""

WIDTH = 128
"""The width of the lines of explanations."""

LISTED = 12
"""How many candidates are listed beside a field."""

#: The records of a road map that are explained field by field; the others take one line, with an
#: explanation above it.
EXPLAINED: tuple[type[Record], ...] = (
    Roadmap,
    Objective,
    Activity,
    Milestone,
    Indicator,
    Target,
    Observation,
    Resource,
    Update,
)


def _head(title: str) -> list[str]:
    """What stands above all: a line each."""
    return [
        sentence("{title}: begun, still to be written.", title=title),
        "",
        sentence("How to fill it in:"),
        sentence(
            "* Texts that begin with TODO are to be written; `wsis-model check --profile publish` "
            "lists what else is needed to publish."
        ),
        sentence(
            "* Optional fields are comments, like `#description:`. To use one, remove the # before "
            "each of its lines and write its value."
        ),
        sentence(
            "* Instead of an identifier you can write the usual name of something: "
            '"SDG 9.c", "UNESCO", "C7: e-health", "para. 26".'
        ),
        sentence(
            "* To add an objective, activity, milestone or indicator, copy the one there and give "
            "it the next number."
        ),
        sentence("* Mandatory are only the identifiers, the titles and the owners."),
    ]


_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ()'/.-]*[A-Za-z0-9)])?")

_TYPED = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"))


def _text(value: str) -> str:
    """A text as YAML, also in brackets: with quotes unless it can only be read as text."""
    if (_PLAIN.fullmatch(value) and value.casefold() not in _TYPED) or (
        is_identifier(value) and "/" in value
    ):
        return value
    return _quoted(value)


def _quoted(value: Any) -> str:
    """A value as JSON, which is valid YAML, with escapes for invisible characters."""
    return readable(json.dumps(value, ensure_ascii=False), lines=True)


def _comment(text: str) -> list[str]:
    """Lines of explanation."""
    lines: list[str] = []
    for line in text.splitlines():
        plain = "".join(each if each.isprintable() else " " for each in line)
        lines += [f"# {each}" for each in textwrap.wrap(plain, WIDTH)] or ["#"]
    return lines


def _commented_out(lines: Iterable[str]) -> list[str]:
    """Lines that are comments until the # is removed."""
    return [f"#{line}" for line in lines]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _item(lines: list[str]) -> list[str]:
    """The lines of a mapping as an item of a list, after the explanation of its first field."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]


@attrs.define
class Skeleton:
    """Writes a new road map as YAML with comments. Each kind of record is explained once."""

    roadmap: Roadmap
    suggestions: Suggestions
    corpus: Corpus
    language: str = "en"
    explained_records: set[type[Record]] = attrs.Factory(set[type[Record]])

    def text(self) -> str:
        """The whole file."""
        title = self.roadmap.title.pick(self.language)
        head = _comment("\n".join(in_language(each, self.language) for each in _head(title)))
        body = _indented(_item(self._mapping(Roadmap, self.roadmap.to_dict())))
        return "\n".join((*head, "wsis_model: 1", "roadmaps:", *body)) + "\n"

    def _mapping(
        self, record: type[Record], plain: dict[str, Any], *, example: bool = False
    ) -> list[str]:
        """The fields of a record, a line for each; in an example, with example values."""
        explained, docs = record in self.explained_records, explain(record, self._said)
        self.explained_records.add(record)
        lines: list[str] = []
        for field in shape_of(record):
            used = field.key in plain
            if (
                not used
                and explained
                and not (example and record.model_fields[field.name].is_required())
            ):
                continue
            if (
                not used and field.what == "extensions" and record is not Roadmap
            ):  # the same everywhere: shown once
                continue
            if not explained:
                lines += self._explained(record, field, docs[field.name])
            if used:
                lines += self._field(field, plain[field.key])
            else:
                shown = self._example(field)
                lines += shown if example else _commented_out(shown)
        return lines

    def _explained(self, record: type[Record], field: Field, doc: str) -> list[str]:
        text = doc.replace("`", "").replace("c2-roadmap", self.roadmap.id)
        if isinstance(field.type, type) and issubclass(field.type, Enum):
            values = ", ".join(str(each.value) for each in field.type)
            text += f" {self._said(sentence('One of {values}.', values=values))}"
        lines = _comment(text)
        if (
            field.record is not None
            and field.record not in EXPLAINED
            and field.record not in self.explained_records
        ):
            self.explained_records.add(field.record)
            below = explain(field.record, self._said)
            for each in shape_of(field.record):
                if each.what == "extensions":
                    continue
                lines += _comment(f"- {each.key}: {below[each.name]}".replace("`", ""))
        return [*lines, *self._candidates(record, field.key)]

    def _said(self, text: str) -> str:
        """A text, or what stands of a field in its documentation, in the language."""
        if isinstance(text, Message):
            return in_language(text, self.language)
        plain = " ".join(text.split())
        translated = in_language(plain, self.language, "note")
        return text if translated == plain else translated

    def _candidates(self, record: type[Record], key: str) -> list[str]:
        suggestions, corpus, said = self.suggestions, self.corpus, self._said
        match record.__name__, key:
            case "Activity", "answers":
                return _listed(sentence("Candidates"), suggestions.mandates, said)
            case "Activity", "partners":
                return _listed(sentence("Candidates"), suggestions.actors, said)
            case "Activity", "alignments":
                return (
                    _comment(said(sentence("Candidates are those of the objective.")))
                    if suggestions.sdg_targets or suggestions.commitments
                    else []
                )
            case "Objective", "alignments":
                return [
                    *_listed(sentence("SDG targets"), suggestions.sdg_targets, said),
                    *_listed(sentence("Compact commitments"), suggestions.commitments, said),
                ]
            case "Milestone", "deliverable":
                kinds = ", ".join(
                    name_to_type(corpus, each) for each in current_concepts(corpus, DELIVERABLES)
                )
                return _comment(said(sentence("Kinds: {kinds}", kinds=kinds)))
            case "Indicator", "sdg_indicator":
                targets = {each.record for each in suggestions.sdg_targets}
                chosen = [
                    each
                    for each in indicators_of(corpus, suggestions.sdg_targets)
                    if each.parent in targets
                ]
                return _listed(
                    sentence("Candidates"),
                    [
                        Candidate(each.id, name_to_type(corpus, each), str(each.label), "")
                        for each in chosen
                    ],
                    said,
                )
            case _:
                return []

    def _field(self, field: Field, value: Any) -> list[str]:
        """A field that is used."""
        if field.what == "records" and field.record is not None:
            if field.record in EXPLAINED:
                items = [
                    line for each in value for line in _item(self._mapping(field.record, each))
                ]
            else:
                items = [f"- {_on_one_line(field.record, each)}" for each in value]
            return [f"{field.key}:", *_indented(items)]
        if field.what == "record" and field.record is not None and field.record in EXPLAINED:
            return [f"{field.key}:", *_indented(self._mapping(field.record, value))]
        return [f"{field.key}: {_value(field, value)}"]

    def _example(self, field: Field) -> list[str]:
        """A field with an example value."""
        if field.what in ("record", "records") and field.record is not None:
            if field.record in EXPLAINED:
                lines = self._mapping(field.record, {}, example=True)
                return [
                    f"{field.key}:",
                    *_indented(_item(lines) if field.what == "records" else lines),
                ]
            flow = _on_one_line(field.record, _example_of(field.record))
            return [f"{field.key}: [{flow}]" if field.what == "records" else f"{field.key}: {flow}"]
        return [f"{field.key}: {_value(field, _example_value(field, self.roadmap.id))}"]


def _listed(what: str, candidates: Iterable[Candidate], said: Callable[[str], str]) -> list[str]:
    """Candidates under what they are; *said* puts texts into the language."""
    found = list(candidates)
    if not found:
        return []
    shown = found[:LISTED]
    width = max(len(each.written) for each in shown)
    lines = [f"# {said(sentence('{what}:', what=what))}"]
    for each in shown:
        reason = "; ".join(
            part
            for part in (
                said(sentence("due {due}", due=each.due)) if each.due else "",
                each.why,
            )
            if part
        )
        label = (
            ""
            if each.label == each.written
            else textwrap.shorten(each.label, SHORT, placeholder=" …")
        )
        line = f"# - {each.written.ljust(width)}  {label}".rstrip() + (
            f" [{reason}]" if reason else ""
        )
        lines.append("".join(character if character.isprintable() else " " for character in line))
    if len(found) > len(shown):
        lines.append(f"# - {said(sentence('and {count} more', count=len(found) - len(shown)))}")
    return lines


def _value(field: Field, value: Any) -> str:
    """A value, a list of values or a text in languages, on one line."""
    if field.what == "extensions":
        return _quoted(value)
    if field.what == "translations":
        return (
            _text(value["en"])
            if list(value) == ["en"]
            else "{" + ", ".join(f"{key}: {_text(text)}" for key, text in value.items()) + "}"
        )
    if field.what == "record" and field.record is not None:
        return _on_one_line(field.record, value)
    if field.what == "values":
        return (
            "[" + ", ".join(_text(each) if field.type is str else str(each) for each in value) + "]"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if field.type is str else str(value)


def _on_one_line(record: type[Record], plain: dict[str, Any]) -> str:
    """A record on one line."""
    parts: list[str] = []
    for field in shape_of(record):
        if field.key in plain:
            value = plain[field.key]
            inner = field.record
            shown = (
                "[" + ", ".join(_on_one_line(inner, each) for each in value) + "]"
                if field.what == "records" and inner
                else _value(field, value)
            )
            parts.append(f"{field.key}: {shown}")
    return "{" + ", ".join(parts) + "}"


def _example_value(field: Field, name: str = "c2-roadmap") -> Any:
    """The first example of a field, for the road map of this name; `TODO` if there is none."""
    if not field.examples:
        return {"en": TODO} if field.what == "translations" else TODO
    return json.loads(json.dumps(field.examples[0]).replace("c2-roadmap", name))


def _example_of(record: type[Record]) -> dict[str, Any]:
    """The mandatory fields of a record, or else the first, each with its example value."""
    needed = [
        field for field in shape_of(record) if record.model_fields[field.name].is_required()
    ] or shape_of(record)[:1]
    return {field.key: _example_value(field) for field in needed}
