"""A road map as YAML in which every field is explained where it is to be filled in."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from enum import Enum
from typing import Any

import attrs

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
    as_written,
    current_concepts,
    indicators_of,
)

__all__ = ["EXPLAINED", "TODO", "Skeleton"]

TODO = "TODO"
"""What every text begins with that is still to be written."""

WIDTH = 128
"""A line of the skeleton is no longer than this, where it can be helped."""

LISTED = 12
"""So many candidates are listed beside a field."""

#: The records of a road map that are explained field by field; the others stand on one line each,
#: explained above it.
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

_HEAD = """\
{title}: begun, still to be written.

How to fill it in:
* What begins with {todo} is to be written; `wsis-model check --profile publish` says what else is asked of what is published.
* Fields that may be used stand behind a #, like `#description:`. Remove the # before each of their lines, and write what holds.
* Where an identifier of something else belongs, write what people call it: "SDG 9.c", "UNESCO", "C7: e-health", "para. 26".
* To add an objective, activity, milestone or indicator, copy the one there and give it the next number.
* Mandatory are only the identifiers, the titles and the owners."""


_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ()'/.-]*[A-Za-z0-9)])?")

_TYPED = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"))


__all__ = ["EXPLAINED", "TODO", "Skeleton"]


def _text(value: str) -> str:
    """A text as YAML takes it, also inside brackets: quoted unless nobody could take it for
    anything else.
    """
    if (_PLAIN.fullmatch(value) and value.casefold() not in _TYPED) or (
        is_identifier(value) and "/" in value
    ):
        return value
    return _quoted(value)


def _quoted(value: Any) -> str:
    """As JSON, which YAML takes; what nobody sees is escaped as YAML does."""
    return readable(json.dumps(value, ensure_ascii=False), lines=True)


def _comment(text: str) -> list[str]:
    """Lines of explanation."""
    lines: list[str] = []
    for line in text.splitlines():
        plain = "".join(each if each.isprintable() else " " for each in line)
        lines += [f"# {each}" for each in textwrap.wrap(plain, WIDTH)] or ["#"]
    return lines


def _off(lines: Iterable[str]) -> list[str]:
    """Lines that only count once the # is removed."""
    return [f"#{line}" for line in lines]


def _under(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _item(lines: list[str]) -> list[str]:
    """The lines of a mapping as an item of a list; what is explained before the first field stands
    above the item.
    """
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]


@attrs.define
class Skeleton:
    """Writes a road map that is begun as commented YAML. Each kind of record is explained where it
    comes first.
    """

    roadmap: Roadmap
    suggestions: Suggestions
    corpus: Corpus
    seen: set[type[Record]] = attrs.Factory(set[type[Record]])

    def text(self) -> str:
        """The whole file."""
        head = _comment(_HEAD.format(title=str(self.roadmap.title), todo=TODO))
        body = _under(_item(self._mapping(Roadmap, self.roadmap.to_dict())))
        return "\n".join((*head, "wsis_model: 1", "roadmaps:", *body)) + "\n"

    def _mapping(
        self, record: type[Record], plain: dict[str, Any], *, example: bool = False
    ) -> list[str]:
        """The fields of a record, one below the other; as an example, every field with its example
        value.
        """
        known, docs = record in self.seen, explain(record)
        self.seen.add(record)
        lines: list[str] = []
        for field in shape_of(record):
            used = field.key in plain
            if (
                not used
                and known
                and not (example and record.model_fields[field.name].is_required())
            ):
                continue
            if (
                not used and field.what == "extensions" and record is not Roadmap
            ):  # the same everywhere: shown once
                continue
            if not known:
                lines += self._explained(record, field, docs[field.name])
            if used:
                lines += self._field(field, plain[field.key])
            else:
                shown = self._example(field)
                lines += shown if example else _off(shown)
        return lines

    def _explained(self, record: type[Record], field: Field, doc: str) -> list[str]:
        said = doc.replace("`", "").replace("c2-roadmap", self.roadmap.id)
        if isinstance(field.type, type) and issubclass(field.type, Enum):
            said += f" One of {', '.join(str(each.value) for each in field.type)}."
        lines = _comment(said)
        if (
            field.record is not None
            and field.record not in EXPLAINED
            and field.record not in self.seen
        ):
            self.seen.add(field.record)
            below = explain(field.record)
            for each in shape_of(field.record):
                if each.what == "extensions":
                    continue
                lines += _comment(f"- {each.key}: {below[each.name]}".replace("`", ""))
        return [*lines, *self._candidates(record, field.key)]

    def _candidates(self, record: type[Record], key: str) -> list[str]:
        hints, corpus = self.suggestions, self.corpus
        match record.__name__, key:
            case "Activity", "answers":
                return _listed("Candidates", hints.mandates)
            case "Activity", "partners":
                return _listed("Candidates", hints.actors)
            case "Activity", "alignments":
                return (
                    _comment("Candidates are those of the objective.")
                    if hints.sdg_targets or hints.commitments
                    else []
                )
            case "Objective", "alignments":
                return [
                    *_listed("SDG targets", hints.sdg_targets),
                    *_listed("Compact commitments", hints.commitments),
                ]
            case "Milestone", "deliverable":
                return _comment(
                    "Kinds: "
                    + ", ".join(
                        as_written(corpus, each) for each in current_concepts(corpus, DELIVERABLES)
                    )
                )
            case "Indicator", "sdg_indicator":
                targets = {each.record for each in hints.sdg_targets}
                chosen = [
                    each
                    for each in indicators_of(corpus, hints.sdg_targets)
                    if each.parent in targets
                ]
                return _listed(
                    "Candidates",
                    [
                        Candidate(each.id, as_written(corpus, each), str(each.label), "")
                        for each in chosen
                    ],
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
                items = [f"- {_flow(field.record, each)}" for each in value]
            return [f"{field.key}:", *_under(items)]
        if field.what == "record" and field.record is not None and field.record in EXPLAINED:
            return [f"{field.key}:", *_under(self._mapping(field.record, value))]
        return [f"{field.key}: {_value(field, value)}"]

    def _example(self, field: Field) -> list[str]:
        """A field as it could be used."""
        if field.what in ("record", "records") and field.record is not None:
            if field.record in EXPLAINED:
                lines = self._mapping(field.record, {}, example=True)
                return [
                    f"{field.key}:",
                    *_under(_item(lines) if field.what == "records" else lines),
                ]
            flow = _flow(field.record, _example_of(field.record))
            return [f"{field.key}: [{flow}]" if field.what == "records" else f"{field.key}: {flow}"]
        return [f"{field.key}: {_value(field, _said(field, self.roadmap.id))}"]


def _listed(what: str, candidates: Iterable[Candidate]) -> list[str]:
    found = list(candidates)
    if not found:
        return []
    shown = found[:LISTED]
    width = max(len(each.written) for each in shown)
    lines = [f"# {what}:"]
    for each in shown:
        ground = "; ".join(
            part for part in (f"due {each.due}" if each.due else "", each.why) if part
        )
        label = (
            ""
            if each.label == each.written
            else textwrap.shorten(each.label, SHORT, placeholder=" …")
        )
        line = f"# - {each.written.ljust(width)}  {label}".rstrip() + (
            f" [{ground}]" if ground else ""
        )
        lines.append("".join(character if character.isprintable() else " " for character in line))
    if len(found) > len(shown):
        lines.append(f"# - and {len(found) - len(shown)} more")
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
        return _flow(field.record, value)
    if field.what == "values":
        return (
            "[" + ", ".join(_text(each) if field.type is str else str(each) for each in value) + "]"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if field.type is str else str(value)


def _flow(record: type[Record], plain: dict[str, Any]) -> str:
    """A record on one line."""
    parts: list[str] = []
    for field in shape_of(record):
        if field.key in plain:
            value = plain[field.key]
            inner = field.record
            shown = (
                "[" + ", ".join(_flow(inner, each) for each in value) + "]"
                if field.what == "records" and inner
                else _value(field, value)
            )
            parts.append(f"{field.key}: {shown}")
    return "{" + ", ".join(parts) + "}"


def _said(field: Field, name: str = "c2-roadmap") -> Any:
    """The first example of a field, for the road map of this name; what is to be written, where
    there is none.
    """
    if not field.examples:
        return {"en": TODO} if field.what == "translations" else TODO
    return json.loads(json.dumps(field.examples[0]).replace("c2-roadmap", name))


def _example_of(record: type[Record]) -> dict[str, Any]:
    """A record with its mandatory fields, or else with its first, each with its example value."""
    needed = [
        field for field in shape_of(record) if record.model_fields[field.name].is_required()
    ] or shape_of(record)[:1]
    return {field.key: _said(field) for field in needed}
