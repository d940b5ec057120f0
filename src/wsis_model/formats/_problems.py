"""From what pydantic found wrong to what a person is told: where, what, what would do, and the near miss."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..errors import Problem, excerpt
from ..model import Record
from ..model._shape import record_at, shape_of
from ..positions import Path, Places, path_text

__all__ = ["CODES", "bounded", "field_text", "problems_of"]

#: Every code a `Problem` may have, and what it means. The guide *Problems of loading* is written from it.
CODES: dict[str, str] = {
    "unreadable": "The file cannot be opened or read.",
    "empty": "The file holds nothing.",
    "encoding": "The file is not UTF-8.",
    "gzip": "The compressed file is damaged, or expands beyond all measure.",
    "yaml-syntax": "The file is not YAML.",
    "yaml-tag": "A YAML tag (`!name`) has no meaning here.",
    "yaml-key": "A mapping key is not a plain piece of text.",
    "yaml-alias": "A YAML alias names nothing before it, or itself.",
    "yaml-merge": "A YAML merge key takes something that is no mapping.",
    "yaml-documents": "The file holds a second YAML document.",
    "alias-bomb": "Aliases repeat more values than any honest file.",
    "json-syntax": "The file is not JSON.",
    "too-deep": "Lists and mappings are nested deeper than any record.",
    "duplicate-key": "A key stands twice in one mapping.",
    "duplicate-record": "Two records that differ claim one identifier.",
    "unknown-field": "A record has no field of this name.",
    "unknown-kind": "A line or a table names no kind of record.",
    "missing-field": "A mandatory field is not there.",
    "wrong-shape": "A list stands where a mapping belongs, a text where a list belongs, and the like.",
    "wrong-value": "The value is of the right shape but not one the field takes.",
    "wrong-identifier": "The value is not written as an identifier.",
    "wrong-date": "The value is not a date as the field takes it.",
    "no-owner": "A row or line belongs to a record that the file does not hold.",
    "csv-syntax": "The table is not CSV, or a row has more cells than the table has columns.",
}

_SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_type": "text",
    "is_instance_of": "text",
    "mapping_type": "a mapping",
}
FIELD = 300
"""A problem names its field in this many characters at most."""
_IDENTIFIER_HINT = "write an identifier in lower case such as '80-173/99', 'sdg/9.c' or 'groups/youth'"


def bounded(text: str) -> str:
    """The name of a field or column, cut where a file makes it longer than any message should be."""
    return text if len(text) <= FIELD else text[: FIELD - 1] + "…"


def field_text(path: Path) -> str:
    """A path as people write it, bounded."""
    return bounded(path_text(path))


def near(word: str, candidates: Iterable[str]) -> str:
    """The near miss as a hint, or nothing."""
    found = difflib.get_close_matches(word[:100], list(candidates), n=1, cutoff=0.6)
    return f"did you mean {found[0]!r}?" if found else ""


def _unknown_field(record: type[Record] | None, name: str) -> str:
    if record is None:
        return ""
    keys = [field.key for field in shape_of(record)]
    # People write `due-date`, `Due date` or `dueDate` for `due_date`.
    plain = re.sub(r"[^a-z]", "", name.lower())
    same = [key for key in keys if re.sub(r"[^a-z]", "", key) == plain]
    listed = ", ".join(keys[:-1])
    return (f"did you mean {same[0]!r}?" if same else near(name, keys)) or f"{record.__name__} has {listed}"


def _message(error: ErrorDetails, record: type[Record] | None) -> tuple[str, str, str]:  # a table in code
    """Code, message and hint for one of pydantic's errors."""
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        return (
            "unknown-field",
            f"{excerpt(name)} is not a field of {record.__name__ if record else 'this record'}",
            _unknown_field(record, name),
        )
    if kind == "missing":
        return "missing-field", f"{name!r} is missing", ""
    if kind in _SHAPES:
        seen = "nothing" if found is None else excerpt(found)
        hint = ""
        belongs = _SHAPES[kind]
        if kind == "dict_type" and record is not None and any(f.key == name and f.what == "translations" for f in shape_of(record)):
            belongs = "a text (or texts by language)"
        if found is None:
            hint = "give a value or remove the key"
        elif kind == "string_type" and isinstance(found, (int, float)):
            hint = f'put it in quotes: "{excerpt(found)}"'
        elif _SHAPES[kind] == "a list" and isinstance(found, (str, dict)):
            hint = "write a list, also for a single item"
        return "wrong-shape", f"{seen} stands where {belongs} belongs", hint
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", ""))
        choices = re.findall(r"'([^']*)'", expected)
        hint = near(found, choices) if isinstance(found, str) else ""
        return "wrong-value", f"{excerpt(found)} is not one of {expected}", hint
    if kind == "iso_date":
        hint = "write YYYY-MM-DD" if "YYYY" in error["msg"] else ""
        return "wrong-date", f"{excerpt(found)} is not a date", hint
    if kind in ("date_from_datetime_parsing", "date_parsing", "date_type", "date_from_datetime_inexact"):
        return "wrong-date", f"{excerpt(found)} is not in the calendar", ""
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        if "(?:-(?:0[1-9]" in pattern or pattern.startswith("^[0-9]{4}"):
            return "wrong-date", f"{excerpt(found)} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"
        if "/" in pattern and "a-z0-9" in pattern:
            return "wrong-identifier", f"{excerpt(found)} is not an identifier", _IDENTIFIER_HINT
        return "wrong-value", f"{excerpt(found)} is not written as it should be: {pattern}", ""
    if kind == "string_too_short":
        return "wrong-value", "the text is empty", "give a text or remove the key"
    if kind == "too_short":
        return "wrong-value", "the list is empty and should not be", ""
    if kind == "recursion_loop":
        return "wrong-shape", "the value contains itself", ""
    said = re.sub(r"^(Input should be|Value should be)", "should be", error["msg"])
    return "wrong-value", f"{excerpt(found)} {excerpt(said, 160).strip(chr(39))}", ""


def problems_of(error: ValidationError, root: type[Record], places: Places) -> list[Problem]:
    """The problems that one of pydantic's errors stands for, in the order of the file.

    Args:
        error: What validation raised.
        root: The record class that was validated.
        places: Where the values stand.
    """
    found: dict[tuple[Path, str], Problem] = {}
    for each in error.errors(include_url=False):
        # Steps that pydantic adds for itself (union members, `[key]`) name no field of the file.
        path: Path = tuple(step for step in each["loc"] if step != "[key]")
        code, message, hint = _message(each, record_at(root, path[:-1]))
        where = path[:-1] if code == "missing-field" else path
        at_key = code == "unknown-field" or "[key]" in each["loc"]
        found.setdefault((path, code), Problem(code, message, places.find(where, key=at_key), field_text(path), hint))
    for path, code in list(found):
        if code == "unknown-field":
            # `titel` for `title` is one mistake: that `title` is missing need not be said too.
            meant = found[path, code].hint.removeprefix("did you mean '").removesuffix("'?")
            found.pop(((*path[:-1], meant), "missing-field"), None)
    return sorted(found.values(), key=lambda problem: (problem.position.line or 0, problem.position.column or 0))
