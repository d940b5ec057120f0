"""Problems made of pydantic's errors: the place, a message, a hint, and the near miss."""

from __future__ import annotations

import datetime
import difflib
import functools
import re
import typing
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence, Sized
from enum import EnumType
from typing import Any, TypeVar, cast

import attrs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .._messages import sentence
from ..errors import FACT, Finding, Fix, Position, bounded, excerpt
from ..model import Alignment, Basis, Due, Period, Record, is_identifier
from ..model.fields import Field, field_at, record_at, shape_of
from ..model.identifiers import PATTERN
from ..model.record import EXTENSION_KEY, IRI
from ..model.text import LANGUAGE_TAG
from ..names.hints import (
    UNSURE,
    FieldPlace,
    Hint,
    NameField,
    hint_for_name,
    holder_at,
    in_yaml,
    name_field_at,
)
from ..names.index import Context, Index
from ..names.labels import identifier_for
from ..names.typos import is_slip, says_nothing
from ..positions import Path, Places
from ._hints import (
    hint_for_currency,
    hint_for_date,
    hint_for_nothing,
    hint_for_number,
    hint_for_year,
    is_exact,
    times_meant,
)
from ._resolve import records_in, value_at
from ._shifted import ShiftedPlaces, TablePlaces
from ._text import DEPTH, MAX_PROBLEMS, HugeNumber

__all__ = [
    "CODES",
    "near",
    "near_miss",
    "nearest_field",
    "problems_of",
    "shown",
    "validated",
]

R = TypeVar("R", bound=Record)

#: Every code a `Finding` may have, and what it means. The guide *Problems of loading* is written
#: from it.
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
    "half-saved": "A folder of tables was being saved, and its tables may not belong together.",
    "too-many": "The file has more problems than are listed; mend those first.",
    "duplicate-record": "Two records that differ claim one identifier.",
    "unknown-field": "A record has no field of this name.",
    "unknown-kind": "A line, a table or a sheet names no kind of record.",
    "missing-field": "A mandatory field is not there.",
    "wrong-shape": "A list stands where a mapping belongs, a text where a list belongs, and so on.",
    "wrong-value": "The value is of the right shape but not one the field takes.",
    "wrong-identifier": "The value is not written as an identifier.",
    "ambiguous-name": "Several records bear the name that stands where one of them belongs.",
    "several-names": "The text names several records, and one of them belongs there.",
    "wrong-date": "The value is not a date as the field takes it.",
    "wrong-heading": "A column has no heading, a heading no language, or headings are repeated.",
    "wrong-column": "What a cell names belongs into another column.",
    "no-owner": "A row or line belongs to a record that the file does not hold.",
    "workbook": "The file is not a workbook that can be read.",
    "csv-syntax": "The table is not CSV: a quote is not closed, or no commas separate the columns.",
    "parquet": "The file is not Parquet, or is damaged.",
    "missing-table": "A folder of Parquet files lacks a table.",
    "docx": "The file is not a Word document that can be read.",
    "pdf": "The file is not a PDF that can be read.",
    "not-xml": "The file is not XML.",
    "dtd": "The XML declares a document type, which can define entities and lead to other files.",
    "too-large": "The file is larger than any document.",
    "not-akn": "The file is not Akoma Ntoso, or holds no document.",
    "not-iati": "The file is not one of activities of IATI.",
    "iati-version": "The file is of version 1 of IATI, which is not read.",
    "no-activities": "A file of IATI holds no activity.",
    "not-a-document": "What was read makes no document: a field has a value that it does not take.",
    "no-document": "There is no language version to join.",
    "other-document": "Language versions to join are of another document.",
    "same-language": "Two language versions to join are in one language.",
    "iati-missing": "IATI demands what neither the road map nor the caller says.",
    "iati-code": "What the caller says is no code of the list of IATI, or no number that it takes.",
    "iati-dates": "IATI forbids the dates: an end before its start, or real days yet to come.",
    "iati-long-budget": "Money is for more than a year, which no budget of IATI may be.",
    "iati-identifier": "An identifier in IATI is not one of the publisher's, or is there twice.",
    "not-there": "What is to be changed in a file is not there.",
    "shared": "What is to be changed is repeated elsewhere in the file, by an alias.",
    "compressed": "A compressed file cannot be changed in place.",
    "changed": "Somebody else has written the file meanwhile.",
    "not-in-place": "The change cannot be made without writing the file anew.",
}

_SHAPES = {
    "tuple_type": sentence("a list"),
    "list_type": sentence("a list"),
    "dict_type": sentence("a mapping"),
    "model_type": sentence("a mapping"),
    "model_attributes_type": sentence("a mapping"),
    "string_type": sentence("text"),
    "is_instance_of": sentence("text"),
    "mapping_type": sentence("a mapping"),
}
_RECORDS = ("model_type", "model_attributes_type")
_CURRENCY = r"^[A-Z]{3}$"
AT_ONCE = 2 * MAX_PROBLEMS
"""At most this many of pydantic's errors are looked at together."""
ITEMS = 20
"""A fix has at most this many keys and values."""
SOUGHT = 1000
"""At most this many unknown fields and faulty identifiers get a near miss."""
#: The types of pydantic's errors about values, whatever was written.
_OF_VALUES = re.compile(
    r"(?:iso_date|date_|decimal_|int_|float_|bool_|enum|literal_error"
    r"|string_pattern_mismatch|string_too_long|\w+_type)"
)
#: These may stand between several values of one text.
_SEPARATORS = re.compile(r"[;,/|\n]")
#: Other names that people write for fields, in letters alone.
_CALLED = {"year": "date"}
#: Texts that have a pattern: what belongs there, and a hint.
_WRITTEN = {
    EXTENSION_KEY: (
        sentence("the key of an extension"),
        sentence("write prefix:name, e.g. apnic:programme"),
    ),
    IRI: (
        sentence("an address"),
        sentence("write an address such as https://docs.un.org/en/A/RES/80/173"),
    ),
    LANGUAGE_TAG: (sentence("a language tag"), sentence("write a language tag such as en")),
    _CURRENCY: (sentence("the code of a currency"), sentence("write three capitals, e.g. CHF")),
}
_IDENTIFIER_HINT = sentence(
    "write an identifier in lower case such as '80-173/99', 'sdg/9.c' or 'groups/youth'"
)


def near(word: str, candidates: Iterable[str]) -> str:
    """The near miss as a hint, or nothing."""
    return near_miss(word, candidates).text


def near_miss(word: str, candidates: Iterable[str]) -> Hint:
    """The words of a list most like another, which stands where only these belong."""
    found = difflib.get_close_matches(word[:100], list(candidates), n=3, cutoff=0.6)
    sure = [each for each in found if is_slip(word[:100], each, closed=True)]
    return _close(tuple(found), sure)


def _close(found: tuple[str, ...], sure: Sequence[str]) -> Hint:
    """The near misses as a hint; what surely is meant, if that is one alone."""
    if not found:
        return Hint()
    return Hint(
        sentence("did you mean {meant}?", meant=repr(found[0])),
        found,
        sure[0] if len(sure) == 1 else UNSURE,
    )


def nearest_field(name: str, keys: Iterable[str]) -> str:
    """The near miss among the names of fields or columns, or nothing."""
    return (*near_fields(name, keys).meant, "")[0]


def near_fields(name: str, keys: Iterable[str]) -> Hint:
    """The names of fields or columns most like another."""
    # People write `due-date`, `Due date` or `dueDate` for `due_date`.
    listed = list(keys)
    letters = re.sub(r"[^a-z]", "", name.lower())
    plain = _CALLED.get(letters, letters)
    same = [key for key in listed if re.sub(r"[^a-z]", "", key) == plain]
    if not plain or not same:
        return near_miss(name.lower(), listed)
    return _close((same[0],), same[:1] if re.search("[0-9]", name) is None else ())


def _seen(value: object) -> str:
    """As `shown`; that there is none, and what is too large to quote, also in other languages."""
    if value is None:
        return sentence("nothing")
    if isinstance(value, (list, tuple)):
        return sentence("a list of {size}", size=len(cast("Sized", value)))
    if isinstance(value, dict):
        return sentence("a mapping of {size}", size=len(cast("Sized", value)))
    return shown(value)


def shown(value: object) -> str:
    """A value in a message, in the words of files, not of Python."""
    if value is None:
        return "nothing"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else excerpt(value)


@attrs.frozen
class _Fault:
    """One of pydantic's errors, in our words."""

    code: str
    message: str
    hint: Hint = Hint()  # noqa: RUF009 - a hint is frozen
    expected: str = ""
    names: tuple[str, ...] = ()


def _unknown_field(name: str, holder: type[Record] | None, *, sought: bool) -> _Fault:
    """A field that a record does not have."""
    found = excerpt(name)
    if holder is None:
        return _Fault(
            "unknown-field", sentence("{found} is not a field of this record", found=found)
        )
    message = sentence("{found} is not a field of {record}", found=found, record=holder.__name__)
    keys = [field.key for field in shape_of(holder)]
    hint = near_fields(name, keys) if sought else Hint()
    listed = Hint(
        sentence("{record} has {keys}", record=holder.__name__, keys=", ".join(keys[:-1]))
    )
    return _Fault("unknown-field", message, hint if hint.meant else listed)


def _all_named(identifiers: Sequence[str]) -> str:
    """Identifiers in a message, as many as fit."""
    first, *others = map(repr, identifiers)
    whole = " and of ".join((first, *others))
    if len(whole) > FACT:
        return bounded(whole)
    named: str = first
    for each in others:
        named = sentence("{first} and of {last}", first=named, last=each)
    return named


def _pattern(found: str, pattern: str, where: FieldPlace, *, sought: bool) -> _Fault:
    """A text that is not written as its pattern says."""
    if pattern.startswith("^[0-9]{4}"):
        hint = hint_for_date(found, partial=True, due=where.holder is Due)
        message = sentence("{found} is not a date", found=excerpt(found))
        return _Fault("wrong-date", message, hint, "a date")
    if pattern == PATTERN and isinstance(where, NameField):
        meaning = where.names().resolve(found, where.context)
        if meaning.ambiguous:
            named = _all_named(meaning.ambiguous)
            message = sentence("{found} is the name of {names}", found=excerpt(found), names=named)
            mend = sentence("write the identifier of the one that is meant")
            hint = Hint(mend, meaning.ambiguous)
            return _Fault("ambiguous-name", message, hint, "an identifier", meaning.ambiguous)
        if several := meaning.identifiers[1:] and meaning.identifiers:
            named = " and ".join(map(repr, several))
            message = f"{excerpt(found)} names {bounded(named)}"
            hint = hint_for_name(found, where)
            if where.holder is Alignment and where.form == "text" and meaning.known:
                hint = attrs.evolve(hint, new=list(several), several=True)
            return _Fault("several-names", message, hint, "an identifier", several)
        message = sentence("nothing is called {found}", found=excerpt(found))
        return _Fault("wrong-identifier", message, hint_for_name(found, where), "an identifier")
    if pattern == PATTERN:
        meant = identifier_for(found) if sought else None
        hint = _close((meant,), (meant,)) if meant else Hint(_IDENTIFIER_HINT)
        message = sentence("{found} is not an identifier", found=excerpt(found))
        return _Fault("wrong-identifier", message, hint, "an identifier")
    belongs, text = _WRITTEN.get(pattern, (f"written as it should be: {pattern}", ""))
    hint = hint_for_currency(found, text) if pattern == _CURRENCY else Hint(text)
    message = sentence("{found} is not {expected}", found=excerpt(found), expected=belongs)
    return _Fault("wrong-value", message, hint, belongs)


def _as_mapping(
    found: object, record: type[Record] | None, names: Callable[[], Index] | None
) -> Hint:
    """The hint for a text that stands where a mapping belongs."""
    text = str(found)
    if (
        not isinstance(found, (str, int, datetime.date))
        or isinstance(found, bool)
        or len(text) > FACT
    ):
        return Hint()
    if record is Alignment:
        hint = f"write {{concept: {in_yaml(text)}, basis: editorial}}"
        if _is_known(text, names):
            return Hint(hint, new=_alignment(text))
        several = None if names is None else names().resolve(text, Context(kinds=("concept",)))
        if several is not None and several.known:
            return Hint(hint, new=[*map(_alignment, several.identifiers)], several=True)
        return Hint(hint)
    if record is Period:
        return _as_period(text)
    return _as_due(text) if record is Due else Hint()


def _alignment(concept: str) -> dict[str, str]:
    """The alignment that a concept alone stands for."""
    return {"concept": concept, "basis": Basis.EDITORIAL.value}


def _is_known(text: str, names: Callable[[], Index] | None) -> bool:
    """Whether a text names a record."""
    return is_identifier(text) or (
        names is not None and names().find_or_none(text, Context()) is not None
    )


def _as_period(text: str) -> Hint:
    """The hint for a text that stands where a period belongs."""
    parts = (text, *re.split(r"\s*(?:/|–|\bto\b|(?<=\d{4})-(?=\d{4}))\s*", text, maxsplit=1))
    whole, *ends = (times[0] if len(times := times_meant(part)) == 1 else None for part in parts)
    if whole is not None:
        start, end = whole
    elif len(ends) == 2 and ends[0] and ends[1]:
        start, end = ends[0][0], ends[1][1]
    else:
        return Hint("write both ends, e.g. {start: 2026, end: 2030-06}")
    sure = {"start": start, "end": end} if all(map(is_exact, parts)) else UNSURE
    return Hint(f"write {{start: {start}, end: {end}}}", new=sure)


def _as_due(text: str) -> Hint:
    """The hint for a text that stands where a due belongs."""
    times = times_meant(text)
    if len(times) == 2:
        (day_first, _), (month_first, _) = times
        day, month = f"{{date: {day_first}}}", f"{{date: {month_first}}}"
        hint = f"write {day} if the day stands first, or {month} if the month does"
        return Hint(hint, (day_first, month_first))
    if not times:
        key = "session" if text.startswith("sessions/") else "event"
        sure = {key: text} if is_identifier(text) and key == "session" else UNSURE
        return Hint(f"write {{{key}: {in_yaml(text)}}}", new=sure)
    first, last = times[0]
    if first == last:
        sure = {"date": first} if is_exact(text) else UNSURE
        return Hint(f"write {{date: {first}}}", (first,), sure)
    hint = f"write {{date: {first}}} for its beginning or {{date: {last}}} for its end"
    return Hint(hint, (first, last))


def _shape(
    error: ErrorDetails,
    where: FieldPlace,
    record: type[Record] | None,
    names: Callable[[], Index] | None,
) -> _Fault:
    """A value of the wrong shape, which stands where *record* belongs."""
    kind, field = error["type"], where.field
    found: object = error["input"]
    seen, hint = _seen(found), Hint()
    belongs = _SHAPES[kind]
    if kind == "dict_type" and field is not None and field.what == "translations":
        belongs = sentence("a text (or texts by language)")
    if found is None:
        hint = Hint(sentence("give a value or remove the key"))
    elif not error["loc"]:
        hint = Hint("list records under 'documents', 'roadmaps' ...")
    elif kind == "string_type" and isinstance(found, (int, float)):
        # Of a number with a point it is not known how it was written: 1.10 is 1.1.
        sure = isinstance(found, int) and not isinstance(found, bool)
        hint = Hint(
            sentence('put it in quotes: "{value}"', value=seen), new=seen if sure else UNSURE
        )
    elif belongs == "a list" and isinstance(found, (str, dict)):
        new = UNSURE if field is None else _as_list(error["input"], field, names)
        hint = Hint(sentence("write a list, also for a single item"), new=new)
    elif kind in _RECORDS:
        hint = _as_mapping(found, record, names)
    message = sentence("{found} stands where {expected} belongs", found=seen, expected=belongs)
    return _Fault("wrong-shape", message, hint, belongs)


def _as_list(found: object, field: Field, names: Callable[[], Index] | None) -> Any:
    """The list that a value surely stands for where a list belongs, or `UNSURE`."""
    if not isinstance(found, str):
        return [found] if field.what == "records" and _is_small(found) else UNSURE
    if field.what == "values" and field.refers is None:
        return UNSURE if _SEPARATORS.search(found) else [found]
    if field.what == "values" and _is_known(found, names):
        return [found]
    kinds = () if field.refers is None else field.refers.kinds
    if field.what == "values" and names is not None:
        index = names()
        if index.certain(found, index.near(found, kinds=kinds)) is not None:
            return [found]  # which has a fix of its own then
    if names is None or (field.refers is None and field.record is not Alignment):
        return UNSURE
    kinds = kinds or ("concept",)
    several = names().resolve(found, Context(kinds=kinds, many=True))
    if not several.known:
        return UNSURE
    return [found] if field.record is Alignment else list(several.identifiers)


def _is_small(value: object) -> bool:
    """Whether a value is bounded, and can stand among the facts of a finding."""
    if isinstance(value, (list, dict)):
        held = cast("list[object] | dict[object, object]", value)
        items = [*held, *held.values()] if isinstance(held, dict) else held
        return (
            len(items) <= ITEMS
            and not any(isinstance(each, (list, dict)) for each in items)
            and all(map(_is_small, items))
        )
    return not isinstance(value, HugeNumber) and len(str(value)) <= FACT


def _json_value(error: ErrorDetails) -> str:
    """The message for a value inside the extensions."""
    found: Any = error["input"]
    for step in error.get("ctx", {}).get("path", ()):
        found = found[step]
    return f"{found!r} is more than can be read" if isinstance(found, HugeNumber) else error["msg"]


def _choice(error: ErrorDetails, field: Field | None) -> _Fault:
    """A value that is none of a list."""
    found, expected = error["input"], str(error.get("ctx", {}).get("expected", ""))
    if error["loc"] == ("wsis_model",) and re.fullmatch(
        r"[1-9][0-9]{0,9}(\.[0-9]{1,9})*", str(found)
    ):
        newer = sentence("written for a newer version of the format; upgrade wsis_model")
        hint = Hint(newer)
    else:
        hint = near_miss(found.casefold(), _choices(field)) if isinstance(found, str) else Hint()
    belongs: str = expected
    if (listed := [repr(each) for each in _choices(field)])[1:]:
        either = sentence("{first} or {last}", first=", ".join(listed[:-1]), last=listed[-1])
        belongs = sentence("one of {values}", values=either)
    elif " or " in expected:
        belongs = f"one of {expected}"
    message = sentence("{found} is not {expected}", found=_seen(found), expected=belongs)
    return _Fault("wrong-value", message, hint, belongs)


def _choices(field: Field | None) -> Iterable[str]:
    """The values that a field takes, where they are listed."""
    if field is None:
        return ()
    kind: Any = field.type
    listed = kind if isinstance(kind, EnumType) else typing.get_args(kind)
    return [str(getattr(each, "value", each)) for each in listed]


def _fault(  # a table in code
    error: ErrorDetails,
    record: type[Record] | None,
    where: FieldPlace,
    names: Callable[[], Index] | None,
    *,
    sought: bool,
) -> _Fault:
    """What one of pydantic's errors says, which is about a value where *record* belongs."""
    holder = where.holder
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        return _unknown_field(name, holder, sought=sought)
    if kind == "missing":
        message = sentence("{what} is missing", what=repr(where.place.heading or name))
        return _Fault("missing-field", message)
    if kind in _SHAPES:
        return _shape(error, where, record, names)
    if kind in ("enum", "literal_error"):
        return _choice(error, where.field)
    if kind == "iso_date":
        hint = hint_for_date(str(found), partial="value" in context, due=holder is Due)
        message = sentence("{found} is not a date", found=_seen(found))
        return _Fault("wrong-date", message, hint, "a date")
    if kind in (
        "date_from_datetime_parsing",
        "date_parsing",
        "date_type",
        "date_from_datetime_inexact",
    ):
        message = sentence("{found} is not in the calendar", found=_seen(found))
        return _Fault("wrong-date", message, expected="a date")
    if kind.startswith(("decimal_", "int_", "float_")) and isinstance(found, str):
        hint = hint_for_year(found) if name == "year" else hint_for_number(found, where.place)
        belongs = sentence("a year") if name == "year" else sentence("a number that fits here")
        message = sentence("{found} is not {expected}", found=excerpt(found), expected=belongs)
        return _Fault("wrong-value", message, hint, belongs)
    if kind.startswith("bool_"):
        message = sentence("{found} is neither true nor false", found=_seen(found))
        hint = Hint(sentence("write true or false"))
        return _Fault("wrong-value", message, hint, "true or false")
    if kind == "string_pattern_mismatch":
        return _pattern(str(found), str(context.get("pattern", "")), where, sought=sought)
    if kind == "string_too_short":
        hint = Hint(sentence("give a text or remove the key"))
        return _Fault("wrong-value", sentence("the text is empty"), hint)
    if kind == "too_short":
        of_mapping = sentence("the mapping is empty and should not be")
        of_list = sentence("the list is empty and should not be")
        return _Fault("wrong-value", of_mapping if isinstance(found, dict) else of_list)
    if kind == "recursion_loop":
        return _Fault("wrong-shape", "the value contains itself")
    if kind == "json_value":
        return _Fault("wrong-value", _json_value(error))
    text = re.sub(r"^(Input|Value|String) should ", "should ", error["msg"])
    return _Fault("wrong-value", f"{shown(found)} {excerpt(text, 160).strip(chr(39))}")


def _where(
    root: type[Record], path: Path, names: Callable[[], Index] | None, place: Position
) -> FieldPlace:
    """The field at a path; with the index of names if it names other records."""
    field = field_at(root, path)
    if names is not None and field is not None and field.refers is not None:
        return name_field_at(root, path, field, names, place)
    holder, listed = holder_at(root, path, place)
    return FieldPlace(field=field, holder=holder, place=place, listed=listed)


def _is_blank(found: object) -> bool:
    """Whether all values of a record say that there is nothing."""
    plain = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    return bool(plain) and all(
        isinstance(each, str) and says_nothing(each) for each in plain.values()
    )


def validated(
    tree: Any, root: type[R], *, small: bool = False
) -> tuple[R | None, Sequence[ErrorDetails], bool]:
    """The record made of plain data, or pydantic's errors, and whether these are all: of too many
    for the memory only the first are given.

    A file of a megabyte may have half a million errors, and pydantic lists all or none. Then a
    beginning of the data is validated alone, so much of it that there are some errors and not too
    many. Of data that is known to be *small* nothing would be cut off.
    """
    beginning, cut = (tree, ()) if small else _beginning(tree, AT_ONCE)
    found = _errors_in(beginning, cut, root) if cut else ()
    if found is not None and len(found) < MAX_PROBLEMS:
        try:
            return root.model_validate(tree), (), True
        except ValidationError as error:
            if error.error_count() <= AT_ONCE:
                return None, error.errors(include_url=False), True
        found = found if cut else None  # where nothing was cut off, this beginning is the whole
    # Sizes of beginnings: the largest known with no errors, the smallest with too many.
    few, many, size = 0, 0, AT_ONCE
    while not found:
        few, many = (few, size) if found is None else (size, many)
        size = (few + many) // 2 if many else 4 * size
        if size == few:  # one value has too many alone
            return None, _errors_in(*_beginning(tree, many), root, most=None) or (), False
        found = _errors_in(*_beginning(tree, size), root)
    return None, found, False


def _errors_in(
    beginning: Any, cut: Path, root: type[Record], most: int | None = AT_ONCE
) -> Sequence[ErrorDetails] | None:
    """What is wrong with the beginning of some data; None where that is more than *most*."""
    try:
        root.model_validate(beginning)
    except ValidationError as error:
        if most is not None and error.error_count() > most:
            return None
        found = error.errors(include_url=False)
        return [each for each in found if not _caused_by_cut(each, cut)]
    return ()


def _beginning(tree: Any, size: int) -> tuple[Any, Path]:
    """A copy of the first *size* values of *tree*, and the path of the last of them."""
    left = size
    last: list[str | int] = []

    def part(here: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if depth > DEPTH or not isinstance(here, (dict, list)):  # what contains itself has no end
            return here
        plain = cast("dict[str | int, Any] | list[Any]", here)
        made: dict[str | int, Any] = {}
        for step, each in plain.items() if isinstance(plain, dict) else enumerate(plain):
            if left <= 0:
                break
            made[step] = part(each, depth + 1)
            if left <= 0:
                last.append(step)
        return made if isinstance(plain, dict) else list(made.values())

    made = part(tree, 0)
    return made, tuple(reversed(last))


def _caused_by_cut(error: ErrorDetails, cut: Path) -> bool:
    """Whether an error may exist only because the rest was cut off, along the path *cut*."""
    path = error["loc"][:-1] if error["type"] == "missing" else error["loc"]
    return cut[: len(path)] == path


def problems_of(
    errors: Iterable[ErrorDetails],
    tree: Any,
    root: type[Record],
    places: Places,
    names: Callable[[], Index] | None = None,
) -> list[Finding]:
    """The problems that pydantic's errors stand for, in the order of the file.

    Args:
        errors: What validation found.
        tree: The plain data that was validated.
        root: The record class that it was validated as.
        places: Where the values stand.
        names: Gives the index of names, for near misses.
    """
    found: dict[tuple[Path, str], Finding] = {}
    claims = functools.cache(functools.partial(_claims, tree))
    for each in errors:
        if len(found) >= MAX_PROBLEMS:
            break
        # Steps that pydantic adds for itself (union members, `[key]`) name no field of the file.
        path: Path = tuple(step for step in each["loc"] if step != "[key]")
        if each["type"] == "too_short" and each["input"]:
            continue  # the items are reported already: only without them is the list too short
        if each["type"] == "missing" and _is_blank(each["input"]):
            continue  # "n/a" and the like are reported already: without them the record is left out
        if isinstance(places, (TablePlaces, ShiftedPlaces)) and places.is_reported(path):
            continue
        whole: Path = (*path, *each.get("ctx", {}).get("path", ()))
        of_key = each["type"] == "extra_forbidden" or "[key]" in each["loc"]
        place = places.find(whole, key=of_key)
        where = _where(root, path, names, place)
        fault = _fault(each, record_at(root, path), where, names, sought=len(found) < SOUGHT)
        of_value = _OF_VALUES.match(each["type"]) and "[key]" not in each["loc"]
        if of_value and isinstance(each["input"], str) and says_nothing(each["input"]):
            fault = attrs.evolve(fault, hint=hint_for_nothing(where) or fault.hint)
        stands = None if each["type"] == "missing" else path[-1] if of_key else each["input"]
        in_file = places.in_file(whole) if isinstance(places, ShiftedPlaces) else whole
        taken = value_at(tree, path[:-1]) if of_key else ()
        new: Any = fault.hint.new
        if path[-1:] == ("id",) and _is_taken(new, claims, names):
            new = UNSURE
        problem = Finding(
            fault.code,
            fault.message,
            place,
            in_file,
            fault.hint.text,
            found=stands,
            expected=fault.expected,
            meant=fault.hint.meant,
            names=fault.names,
            fix=_several_fix(tree, path, in_file, new)
            if fault.hint.several
            else _fix(in_file, stands, new, taken, key=of_key),
        )
        found.setdefault((whole, fault.code), problem)
    for path, code in list(found):
        meant = found[path, code].meant if (path, code) in found else ()
        if code == "unknown-field" and meant:
            # `titel` for `title` is one mistake: that `title` is missing need not be said too.
            found.pop(((*path[:-1], meant[0]), "missing-field"), None)
    return sorted(
        found.values(),
        key=lambda problem: (problem.position.line or 0, problem.position.column or 0),
    )


def _claims(tree: Any) -> Counter[str]:
    """How many records of a file have each identifier, or one that would be mended into it."""
    texts = (plain.get("id") for _, plain in records_in(tree))
    said = [each for each in texts if isinstance(each, str)]
    return Counter(each if is_identifier(each) else identifier_for(each) or each for each in said)


def _is_taken(
    new: object, claims: Callable[[], Counter[str]], names: Callable[[], Index] | None
) -> bool:
    """Whether an identifier would be that of another record of the file, or of a known one."""
    if not isinstance(new, str):
        return False
    return claims()[new] > 1 or (names is not None and new in names().records)


def _several_fix(tree: Any, path: Path, in_file: Path, new: list[Any]) -> Fix | None:
    """The change of an item of a list into several: one for each of some values of it, or of a
    field in it.
    """
    field = path[-1]
    if isinstance(field, str):
        path, in_file = path[:-1], in_file[:-1]
        new = [{**value_at(tree, path), field: each} for each in new]
    old = value_at(tree, path)
    if len(new) > ITEMS or not all(map(_is_small, (old, *new))):
        return None
    return Fix(in_file, old, new, several=True)


def _fix(path: Path, old: Any, new: Any, taken: Container[str], *, key: bool) -> Fix | None:
    """The change that mends a fault, if it is certain, both values are small, and no other field
    has the name.
    """
    if new is UNSURE or (key and new in taken) or not (_is_small(old) and _is_small(new)):
        return None
    whole = all(isinstance(step, int) or len(step) <= FACT for step in path)
    return Fix(path, old, new, key) if whole else None
