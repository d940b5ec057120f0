"""The JSON Schema of files, with a definition for each record, and what breaks it.

A file that an older schema accepts must be accepted by the newer one and mean the same. griffe does
not see that a type, a default, a mandatory field or a value of a list changed; the schema does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeGuard

from wsis_model.schema import schemas

from .breaks import Break

__all__ = ["breaks", "format_version", "promised"]

Schema = dict[str, Any]

#: Keywords that say nothing about what is accepted.
_WORDS = frozenset({"$comment", "$id", "$schema", "description", "examples", "title"})
_MAPS = frozenset({"properties", "patternProperties", "$defs"})
#: Keywords that are compared; another one that changes is a break, because nobody can say.
_COMPARED = frozenset(
    {
        *_WORDS, *_MAPS, "$ref", "additionalProperties", "anyOf", "const", "default", "enum",
        "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength",
        "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "oneOf",
        "pattern", "propertyNames", "required", "type",
    }
)  # fmt: skip
_LOWER_BOUNDS = ("exclusiveMinimum", "minItems", "minLength", "minProperties", "minimum")
_UPPER_BOUNDS = ("exclusiveMaximum", "maxItems", "maxLength", "maxProperties", "maximum")


def promised() -> Schema:
    """The schema of whole files without its words; it defines every record that has a schema.

    Raises:
        RuntimeError: A record has a schema, and a file cannot hold it.
    """
    made = schemas()
    whole: Schema = _without_words(made["file"])
    absent = {each["title"] for each in made.values()} - {made["file"]["title"], *whole["$defs"]}
    if absent:
        raise RuntimeError(f"no file can hold {', '.join(sorted(absent))}")
    return whole


def _is_object(schema: Any) -> TypeGuard[Schema]:
    return isinstance(schema, dict)


def _is_list(schema: Any) -> TypeGuard[list[Any]]:
    return isinstance(schema, list)


def _without_words(schema: Any) -> Any:
    if _is_list(schema):
        return [_without_words(each) for each in schema]
    if not _is_object(schema):
        return schema
    return {
        key: {name: _without_words(each) for name, each in sorted(value.items())}
        if key in _MAPS
        else value
        if key in ("default", "enum", "const")
        else _without_words(value)
        for key, value in schema.items()
        if key not in _WORDS
    }


def format_version(schema: Schema) -> str:
    """The version of the file format that a schema of files describes."""
    return str(schema["properties"]["wsis_model"]["default"])


def breaks(old: Schema, new: Schema) -> list[Break]:
    """What the old schema of files accepts and the new one does not, or reads otherwise.

    Each record is compared once. A pattern that changed is a break, because whether it became wider
    cannot be told from it.
    """
    return sorted(set(_Comparison(old, new).everything()))


class _Comparison:
    """Two schemas, to look up what their references name."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self.old, self.new = old, new
        self.open: set[tuple[int, int]] = set()

    def everything(self) -> Iterator[Break]:
        """All breaks, in the schema and in its definitions."""
        yield from self.between("file", self.old, self.new)
        there: Schema = self.new.get("$defs", {})
        for name, before in self.old.get("$defs", {}).items():
            if name in there:
                yield from self.between(name, before, there[name])
            else:
                yield Break(name, "removed")

    def between(self, place: str, old: Any, new: Any) -> Iterator[Break]:
        """The breaks between two schemas, of which the newer must accept what the older does."""
        if not _is_object(old) or not _is_object(new):
            if old != new and not (old is False or new is True):  # `false` accepts nothing
                yield Break(place, "accepts less")
            return
        if "default" in old and old["default"] != new.get("default"):
            gone = "is gone" if "default" not in new else f"is now {new['default']!r}"
            yield Break(place, f"the default {old['default']!r} {gone}")
        if "$ref" in old and old["$ref"] == new.get("$ref"):
            return  # a definition, which is compared under its own name
        pair = (id(old), id(new))
        if pair in self.open:
            return
        self.open.add(pair)
        yield from self.accepted(place, self.resolved(old, self.old), self.resolved(new, self.new))
        self.open.discard(pair)

    @staticmethod
    def resolved(schema: Schema, whole: Schema) -> Schema:
        """A schema, or the definition that it names."""
        if "$ref" not in schema:
            return schema
        named: Schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
        return named

    def accepted(self, place: str, old: Schema, new: Schema) -> Iterator[Break]:
        """The breaks between two schemas that are no references, alternative by alternative."""
        before, after = _alternatives(old), _alternatives(new)
        if before == [old] and after == [new]:
            yield from self.plain(place, old, new)
            return
        for each in before:
            found = [list(self.between(place, each, other)) for other in after]
            if all(found):
                # Of one alternative that became another it can be said what changed.
                alone = len(before) == len(after) == 1
                yield from (
                    found[0] if alone else [Break(place, f"does not take {_said(each)} any more")]
                )

    def plain(self, place: str, old: Schema, new: Schema) -> Iterator[Break]:
        """The breaks between two schemas without alternatives."""
        yield from _values(place, old, new)
        yield from _bounds(place, old, new)
        yield from self.fields(place, old, new)
        if "items" in new:
            yield from self.between(f"{place}[]", old.get("items", True), new["items"])
        if "propertyNames" in new:
            names = (old.get("propertyNames", True), new["propertyNames"])
            yield from self.between(f"{place}: a name", *names)
        for key in sorted({*old, *new} - _COMPARED):
            if old.get(key) != new.get(key):
                yield Break(place, f"{key!r} changed, and what that means is not known here")

    def fields(self, place: str, old: Schema, new: Schema) -> Iterator[Break]:
        """The breaks in the fields of an object."""
        for name in sorted({*new.get("required", ())} - {*old.get("required", ())}):
            yield Break(f"{place}.{name}", "is mandatory now")
        for name, before in old.get("properties", {}).items():
            after = new.get("properties", {}).get(name)
            if after is None:
                yield Break(f"{place}.{name}", "removed")
            else:
                yield from self.between(f"{place}.{name}", before, after)
        patterns = new.get("patternProperties", {})
        for pattern, before in old.get("patternProperties", {}).items():
            if pattern in patterns:
                yield from self.between(f"{place}.*", before, patterns[pattern])
            else:
                yield Break(place, f"takes no names like {pattern} any more")
        others = (old.get("additionalProperties", True), new.get("additionalProperties", True))
        if others[0] is not False and others[1] is False:
            yield Break(place, "takes no other fields any more")
        elif others[0] is not False:
            yield from self.between(f"{place}.*", *others)


def _alternatives(schema: Schema) -> list[Any]:
    found: list[Any] = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return found


def _said(schema: Any) -> str:
    """An alternative in a few words."""
    if not _is_object(schema):
        return "it"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        return f"one of {sorted(_listed(schema) or (), key=str)}"
    return str(schema.get("type", "it"))


def _types(schema: Schema) -> set[str] | None:
    said = schema.get("type")
    if said is None:
        return None
    types = {said} if isinstance(said, str) else set(said)
    return types | ({"integer"} if "number" in types else set())


def _listed(schema: Schema) -> list[Any] | None:
    """The values that a schema lists; None if it does not."""
    if "const" in schema:
        return [schema["const"]]
    listed: list[Any] | None = schema.get("enum")
    return listed


def _values(place: str, old: Schema, new: Schema) -> Iterator[Break]:
    """The breaks in types, listed values, patterns and formats."""
    before, after = _types(old), _types(new)
    if after is not None and (before is None or not before <= after):
        yield Break(place, f"type changed, {old.get('type', 'any')} to {new['type']}")
    listed, remaining = _listed(old), _listed(new)
    if remaining is not None:
        if listed is None:
            yield Break(place, f"takes only {remaining!r} now")
        else:
            # As JSON tells values apart: 1 and true are two.
            there = {json.dumps(each) for each in remaining}
            for each in listed:
                if json.dumps(each) not in there:
                    yield Break(place, f"the value {each!r} is gone")
    for key in ("pattern", "format"):
        if key in new and old.get(key) != new[key]:
            yield Break(place, f"{key} changed, {old.get(key, 'none')} to {new[key]}")


def _bounds(place: str, old: Schema, new: Schema) -> Iterator[Break]:
    for key in _LOWER_BOUNDS:
        if key in new and (key not in old or old[key] < new[key]):
            yield Break(place, f"{key} is {new[key]}, was {old.get(key, 'none')}")
    for key in _UPPER_BOUNDS:
        if key in new and (key not in old or old[key] > new[key]):
            yield Break(place, f"{key} is {new[key]}, was {old.get(key, 'none')}")
