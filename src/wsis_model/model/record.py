"""The one base class of all records, and the few types that their fields share."""

from __future__ import annotations

import ast
import datetime
import functools
import inspect
import math
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, NoReturn, TypeGuard, TypeVar

import attrs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

if TYPE_CHECKING:
    from typing import LiteralString, Self

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = [
    "Date",
    "Extensions",
    "FrozenMap",
    "Iri",
    "PartialDate",
    "Record",
    "Refers",
    "Text",
    "Year",
    "first_day",
    "last_day",
]

V = TypeVar("V")


class FrozenMap(dict[str, V]):
    """A mapping that cannot be changed and can be hashed.

    It is a `dict`, so that JSON and YAML writers know it; whatever would change it raises
    `TypeError`.

    Examples:
        >>> title = FrozenMap(en="Media", fr="Médias")
        >>> title["fr"], hash(title) == hash(FrozenMap(fr="Médias", en="Media"))
        ('Médias', True)
    """

    __slots__ = ()

    # `dict` says "unhashable"; being frozen, this one is not.
    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def _refuse_change(self, *_: Any, **__: Any) -> NoReturn:
        msg = f"a {type(self).__name__} cannot be changed; build another one"
        raise TypeError(msg)

    # To a checker this stays a `dict`, so that it can be given where one is asked for.
    if not TYPE_CHECKING:
        __setitem__ = __delitem__ = __ior__ = _refuse_change
        clear = pop = popitem = setdefault = update = _refuse_change

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())
        )


#: The end of a line within a paragraph.
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
DEPTH = 80
"""The value of an extension is nested at most this deep, so that a file with it is not too deep."""
EXTENSION_KEY = r"^[a-z][a-z0-9-]*:[A-Za-z0-9_.-]+$"
PARTIAL_DATE = r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$"
IRI = r'^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>"{}|\\^`]+$'
_JSON_VALUE: Final = "json_value"
_ISO_DATE: Final = "iso_date"
#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
_MAPPING: Any = Mapping
_LISTS: Any = (list, tuple)


def _refuse(message: LiteralString, path: tuple[str | int, ...]) -> NoReturn:
    """Raise for a value inside the extensions; *path* leads to it, for the place in the problem."""
    raise PydanticCustomError(_JSON_VALUE, message, {"path": path}) from None


def _writable(text: str, path: tuple[str | int, ...]) -> str:
    """*text*, unless it holds half of a surrogate pair, which JSON can escape and no UTF-8 file can
    hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        _refuse("a text holds half of a surrogate pair", path)
    return text


def _freeze(value: Any, path: tuple[str | int, ...]) -> object:
    """JSON data as immutable values: mappings and lists become hashable."""
    if len(path) > DEPTH + 1:
        _refuse("an extension is nested too deep", path)
    if isinstance(value, str):
        return _writable(value, path)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            _refuse("JSON has no infinite numbers and no NaN", path)
        return value
    if isinstance(value, _MAPPING):
        if not all(isinstance(key, str) for key in value):
            _refuse("keys of a mapping should be text", path)
        return FrozenMap(
            {_writable(key, path): _freeze(value[key], (*path, key)) for key in sorted(value)}
        )
    if isinstance(value, _LISTS):
        return tuple(_freeze(item, (*path, index)) for index, item in enumerate(value))
    _refuse("an extension holds JSON data: text, numbers, booleans, lists, mappings", path)


class Extensions(FrozenMap[Any]):
    """What third parties add to a record: `prefix:name` to JSON data.

    Examples:
        >>> Extensions({"apnic:programme": "community"})["apnic:programme"]
        'community'
    """

    __slots__ = ()

    @classmethod
    def _make(cls, value: dict[str, Any]) -> Extensions:
        return cls({key: _freeze(value[key], (key,)) for key in sorted(value)})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        key = core_schema.str_schema(pattern=EXTENSION_KEY, max_length=200)
        return core_schema.no_info_after_validator_function(
            cls._make, core_schema.dict_schema(key, core_schema.any_schema())
        )


NO_EXTENSIONS = Extensions()

Text = Annotated[str, StringConstraints(min_length=1)]
"""Text that is there: never the empty string."""

Iri = Annotated[str, StringConstraints(pattern=IRI, max_length=2000)]
"""An absolute IRI, e.g. `"http://metadata.un.org/sdg/9.c"`."""

Year = Annotated[int, Field(ge=1850, le=2200)]
"""A calendar year, e.g. `2027`."""


class _IsoDate:
    """Dates are written `YYYY-MM-DD` and nothing else (pydantic alone would read `"86400"` as a
    time stamp).
    """

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        error: dict[str, Any] = {
            "custom_error_type": _ISO_DATE,
            "custom_error_message": "Input should be a date written YYYY-MM-DD",
        }
        text = core_schema.chain_schema(
            [
                core_schema.str_schema(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
                core_schema.date_schema(),
            ]
        )
        return core_schema.json_or_python_schema(
            json_schema=core_schema.union_schema([text], auto_collapse=False, **error),
            python_schema=core_schema.union_schema(
                [core_schema.date_schema(strict=True), text], **error
            ),
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


Date = Annotated[datetime.date, _IsoDate]
"""A day, written `YYYY-MM-DD`."""


@functools.lru_cache(maxsize=4096)
def first_day(partial: str) -> datetime.date:
    """The first day that a partial date may mean.

    Examples:
        >>> first_day("2027"), first_day("2026-02")
        (datetime.date(2027, 1, 1), datetime.date(2026, 2, 1))
    """
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return datetime.date(year, month, day)


@functools.lru_cache(maxsize=4096)
def last_day(partial: str) -> datetime.date:
    """The last day that a partial date may mean.

    Examples:
        >>> last_day("2027"), last_day("2026-02")
        (datetime.date(2027, 12, 31), datetime.date(2026, 2, 28))
    """
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = [*parts, 12][:2]
    datetime.date(year, month, 1)  # raises for a month that is none
    if (year, month) == (9999, 12):
        return datetime.date.max
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def _calendar_day(value: str) -> str:
    try:
        first_day(value)
    except ValueError:
        raise PydanticCustomError(
            _ISO_DATE, "{value} is not in the calendar", {"value": value}
        ) from None
    return value


PartialDate = Annotated[
    str,
    StringConstraints(pattern=PARTIAL_DATE),
    Field(coerce_numbers_to_str=True),  # before the validator: behind it, it has no effect
    AfterValidator(_calendar_day),
]
"""A year, a month or a day as ISO 8601 writes it: `"2027"`, `"2026-09"`, `"2025-12-17"`."""


@attrs.frozen(repr=False)
class _Many:
    """Stands for a list of records in a repr."""

    count: int
    of: str

    def __repr__(self) -> str:
        return f"({self.count} x {self.of})"


@attrs.frozen
class Refers:
    """Marks a field as naming other records, and says of which kinds (none named: of any kind)."""

    kinds: tuple[str, ...] = ()
    """Names of the kinds, e.g. `("group", "entity")`."""


class Record(BaseModel):
    """What a file says, validated: frozen, hashable, with every field named and no other accepted.

    To change a record is to make another: [`replace`][wsis_model.Record.replace] validates,
    pydantic's `model_copy` does not.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=False,
    )

    extensions: Extensions = Field(
        default=NO_EXTENSIONS, examples=[{"apnic:programme": "community"}]
    )
    """What third parties add; keys are `prefix:name`,
    values any JSON data.
    """

    def replace(self, **changes: Any) -> Self:
        """A copy with *changes*, validated like a new record.

        Raises:
            pydantic.ValidationError: A change does not fit the field.

        Examples:
            >>> from wsis_model import Concept
            >>> Concept(id="themes/igf", label="IGF").replace(code="IGF").code
            'IGF'
        """
        kept = {name: getattr(self, name) for name in self.__pydantic_fields_set__}
        return type(self).model_validate({**kept, **changes})

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON data, without the fields that have their default value.

        Examples:
            >>> from wsis_model import Due
            >>> Due(session="sessions/cstd-30", date="2027").to_dict()
            {'date': '2027', 'session': 'sessions/cstd-30'}
        """
        return self.model_dump(mode="json", exclude_defaults=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Only fields with values, and the sizes of lists: a document's repr fits on a screen."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value == field.get_default():
                continue
            if _are_records(value):
                yield name, _Many(len(value), type(value[0]).__name__)
            else:
                yield name, value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Field docstrings become descriptions. Read when a schema is asked for: at import it would
        cost 100 ms.
        """
        made = handler(schema)
        target = handler.resolve_ref_schema(made)
        described = field_docs(cls)
        for name, field in cls.model_fields.items():
            shown = target.get("properties", {}).get(field.alias or name)
            if shown is not None and name in described:
                shown.setdefault("description", described[name])
        return made


def identifier_of(record: Record) -> str:
    """The identifier of a record; empty where it has none.

    Examples:
        >>> from wsis_model import Concept, Due
        >>> identifier_of(Concept(id="themes/igf", label="IGF")), identifier_of(Due(date="2027"))
        ('themes/igf', '')
    """
    # Asking a record for an attribute that its class does not have is slow.
    return getattr(record, "id", None) or "" if _has_id(type(record)) else ""


@functools.cache
def _has_id(record: type[Record]) -> bool:
    return "id" in record.model_fields


def identified(record: type[Record]) -> bool:
    """Whether every record of a class has an identifier; an update only may have one."""
    return "id" in record.model_fields and record.model_fields["id"].is_required()


def _are_records(value: object) -> TypeGuard[tuple[Record, ...]]:
    return isinstance(value, tuple) and value != () and isinstance(value[0], Record)


def unwrapped(docstring: str) -> str:
    r"""The text of a docstring, a line for each paragraph.

    Examples:
        >>> unwrapped("One sentence\n    goes on.\n\n    Another.")
        'One sentence goes on.\n\nAnother.'
    """
    return _LINE_END.sub(" ", inspect.cleandoc(docstring))


@functools.cache
def field_docs(record: type[BaseModel]) -> dict[str, str]:
    """What the docstring under each field of a record class says, inherited ones included."""
    found: dict[str, str] = {}
    for cls in reversed(record.__mro__):
        if not issubclass(cls, BaseModel) or cls is BaseModel:
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, below in zip(body.body, body.body[1:], strict=False):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    found[name] = unwrapped(text)
                case _:
                    pass
    return found
