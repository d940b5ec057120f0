"""JSON Schema (draft 2020-12) of every record and of a file: for editors, forms, and programs in
other languages.

A schema says what a value looks like, not whether it is right: whether identifiers lead somewhere
and dates follow each other is for [`check`][wsis_model.check]. [`load`][wsis_model.load] reads what
a schema accepts, except for what JSON Schema cannot express (whether a day is in the calendar).

In YAML our reader takes every unquoted value as text, and the record gives it its type; an editor
that goes by the schema types it first. So quote what is a name and looks like a number
(`number: "99"`, `version: "0.2"`), and both agree. To have a file checked while you write it, let
its first line name the schema:

```yaml
# yaml-language-server: $schema=https://w3id.org/wsis-model/schema/file.json
```
"""

from __future__ import annotations

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from ._version import BASE_IRI
from .model import RECORDS, Record
from .model.fields import shape_of
from .model.record import field_docs

__all__ = ["BASE", "schema_name", "schema_of", "schemas"]

BASE = f"{BASE_IRI}schema/"
"""Where the schemas are published; the `$id` of each begins with it."""

_NUMBER = r"^[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
_BY_LANGUAGE = "Text by language tag (BCP 47); a plain string is English."
_COMMENT = (
    "In YAML quote what is a name and looks like a number or a truth value: '99', '0.2', 'NO'."
)


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, made to say exactly what the records take, and the same in every
    release of pydantic.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False  # "Due" for `due` adds nothing

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        made = super().default_schema(schema)
        if made.get("default") in (None, [], {}):  # the same as being absent
            made.pop("default", None)
        return made

    def decimal_schema(self, schema: Any) -> dict[str, Any]:  # noqa: ARG002 - pydantic's signature
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _NUMBER}]}

    def dict_schema(self, schema: core_schema.DictSchema) -> dict[str, Any]:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made

    def str_schema(self, schema: core_schema.StringSchema) -> dict[str, Any]:
        made = super().str_schema(schema)
        # Partial dates: a bare year is a number to JSON and to YAML.
        if schema.get("coerce_numbers_to_str"):
            return {"anyOf": [made, {"type": "integer", "minimum": 1000, "maximum": 9999}]}
        return made

    def literal_schema(self, schema: core_schema.LiteralSchema) -> dict[str, Any]:
        made = super().literal_schema(schema)
        if made.get("const") == "1":  # `wsis_model: 1`, which YAML takes for a number
            return {"enum": ["1", 1]}
        return made


def schema_name(record: type[Record]) -> str:
    """The name of a record's schema.

    Examples:
        >>> from wsis_model import StakeholderGroup
        >>> schema_name(StakeholderGroup)
        'stakeholder-group'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", record.__name__).lower()


def schema_of(record: type[Record]) -> dict[str, Any]:
    """The JSON Schema of a record class, complete in itself. Keys are those of files.

    Examples:
        >>> from wsis_model import Due
        >>> made = schema_of(Due)
        >>> made["$id"], made["properties"]["session"]["description"]
        ('https://w3id.org/wsis-model/schema/due.json', 'A session or meeting.')
    """
    made = record.model_json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    parts = made.pop("$defs", {})
    for each in RECORDS:
        if each.__name__ in parts:
            parts[each.__name__] = _completed(each, parts[each.__name__])
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"{BASE}{schema_name(record)}.json",
        "$comment": _COMMENT,
    }
    return {**head, **_completed(record, made), **({"$defs": parts} if parts else {})}


def _completed(record: type[Record], made: dict[str, Any]) -> dict[str, Any]:
    """The schema with its fields in the record's order, each described by its docstring."""
    docs = field_docs(record)
    properties: dict[str, Any] = {}
    for field in shape_of(record):
        shown = {**made["properties"][field.key], "description": docs[field.name]}
        if field.what == "translations":
            shown["description"] += f" {_BY_LANGUAGE}"
            if "minLength" in shown:  # of the text; of a mapping it is the number of languages
                shown["minProperties"] = shown["minLength"]
        properties[field.key] = shown
    head = {key: made[key] for key in ("title", "description", "type")}
    return {
        **head,
        "properties": properties,
        **{key: value for key, value in made.items() if key not in (*head, "properties")},
    }


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas of all record classes by name; `"file"` is the one for whole files.

    Examples:
        >>> list(schemas())[:3]
        ['file', 'document', 'section']
    """
    return {schema_name(record): schema_of(record) for record in RECORDS}
