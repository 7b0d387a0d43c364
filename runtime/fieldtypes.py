"""The table of field types: what each one is in JSON, in a query or form, in Python and in each database.

One entry is all there is to a type. The compiler reads it to make schemas, models and migrations; the runtime reads it
to turn input into values. Whatever limits a type understands are named in `limits`; they come with the field's own
definition (`Limits`), which the compiler's `Field` satisfies as it is and which the runtime's inputs write out.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from runtime import fieldvalues as values

Schema = dict[str, Any]

ID_MAX = 2**63 - 1
NO_NUL = r"^[^\x00]*$"

# What an emptied field of a form means: of these types an empty text or list, of numbers that are optional nothing.
TEXTS = frozenset({"string", "text", "password", "list", "object", "objects"})
NUMBERS = frozenset({"id", "integer", "counter", "money", "decimal"})


class Limits(Protocol):
    """What a field's definition may say about its values. None where it says nothing."""

    @property
    def min(self) -> str | int | None: ...
    @property
    def max(self) -> str | int | None: ...
    @property
    def min_length(self) -> int | None: ...
    @property
    def max_length(self) -> int | None: ...
    @property
    def max_items(self) -> int | None: ...
    @property
    def pattern(self) -> str | None: ...
    @property
    def trim(self) -> bool: ...
    @property
    def places(self) -> int | None: ...
    @property
    def values(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """`Limits` as a plain value, for generated code and for query parameters."""

    min: str | int | None = None
    max: str | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    max_items: int | None = None
    pattern: str | None = None
    trim: bool = False
    places: int | None = None
    values: tuple[str, ...] = ()


UNLIMITED = Bounds()


@dataclass(frozen=True, slots=True)
class FieldType:
    """Everything that is particular to one type.

    `schema(limits)` is the JSON Schema of a value as input, `shown(limits)` as output. `parse` turns the text of a
    query parameter or form field into a Python value, `convert` a JSON value that the schema accepted; both raise
    ValueError with a message for the client. `dump` turns a Python value into its JSON value. `python` is the
    annotation in generated code; `column` the class in `runtime.columns`; `postgres` and `sqlite` the column types.
    `automatic` values are made by the server and never taken from a client; what is not `stored` has no column.
    """

    name: str
    python: str
    column: str
    postgres: str
    sqlite: str
    input_schema: Callable[[Limits], Schema]
    shown: Callable[[Limits], Schema]
    parse: Callable[[str, Limits], Any]
    convert: Callable[[Any, Limits], Any]
    dump: Callable[[Any, Limits], Any]
    limits: frozenset[str] = frozenset()
    automatic: bool = False
    readable: bool = True
    stored: bool = True

    def schema(self, limits: Limits, *, input: bool) -> Schema:
        """The JSON Schema of one value, as it is taken or as it is shown."""
        return self.input_schema(limits) if input else self.shown(limits)


# --- JSON Schemas -----------------------------------------------------------------------------


def _present(**keywords: Any) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}


def _integer_schema(limits: Limits) -> Schema:
    low = -ID_MAX - 1 if limits.min is None else int(limits.min)
    high = ID_MAX if limits.max is None else int(limits.max)
    return {"type": "integer", "format": _integer_format(low, high), "minimum": low, "maximum": high}


def _integer_format(low: int, high: int) -> str:
    return "int32" if low >= -(2**31) and high < 2**31 else "int64"


def _id_schema(_: Limits) -> Schema:
    return {"type": "integer", "format": "int64", "minimum": 1, "maximum": ID_MAX}


def _count_schema(_: Limits) -> Schema:
    return {"type": "integer", "format": "int64", "minimum": 0}


def _text_schema(limits: Limits) -> Schema:
    return {
        "type": "string",
        **_present(minLength=limits.min_length, maxLength=limits.max_length),
        "pattern": text_pattern(limits),
    }


def text_pattern(limits: Limits) -> str:
    """One pattern for what text must look like: no NUL; the field's own pattern; something else than white space
    where the text is trimmed and must not be empty. Anchored, and valid in Python's and in ECMA's dialect."""
    if limits.pattern is not None:
        return f"^(?:{limits.pattern})$"
    if limits.trim and limits.min_length:
        return r"^[^\x00]*[^\x00\s][^\x00]*$"
    return NO_NUL


def _shown_text(limits: Limits) -> Schema:
    return {"type": "string", **_present(maxLength=limits.max_length)}


def _pattern_schema(pattern: str, **keywords: Any) -> Callable[[Limits], Schema]:
    def schema(_: Limits) -> Schema:
        return {"type": "string", **keywords, "pattern": pattern}

    return schema


def _format_schema(name: str) -> Callable[[Limits], Schema]:
    def schema(_: Limits) -> Schema:
        return {"type": "string", "format": name}

    return schema


def _boolean_schema(_: Limits) -> Schema:
    return {"type": "boolean"}


def _enum_schema(limits: Limits) -> Schema:
    return {"type": "string", "enum": list(limits.values)}


def _decimal_schema(limits: Limits) -> Schema:
    """Either a decimal string or a number. A schema cannot compare strings, so the digits before the point are what
    it can say of the size; `convert` checks the exact limits, and the number's are said here too."""
    places = values.places_of(limits)
    bounds = _present(minimum=_number(limits.min), maximum=_number(limits.max))
    return {
        "type": ["string", "number"],
        "pattern": values.decimal_pattern(limits, places),
        "maxLength": 24,
        "multipleOf": _number(str(Decimal(1).scaleb(-places))),
        **bounds,
    }


def _number(limit: str | int | None) -> int | float | None:
    if limit is None:
        return None
    exact = Decimal(str(limit))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _shown_decimal(limits: Limits) -> Schema:
    places = values.places_of(limits)
    return {"type": "string", "pattern": rf"^-?[0-9]+\.[0-9]{{{places}}}$" if places else "^-?[0-9]+$"}


def _list_schema(limits: Limits) -> Schema:
    items = {
        "type": "string",
        **_present(minLength=limits.min_length, maxLength=limits.max_length),
        "pattern": NO_NUL,
    }
    return {"type": "array", "items": items, **_present(maxItems=limits.max_items)}


def _shown_list(limits: Limits) -> Schema:
    return {"type": "array", "items": _shown_text(limits), **_present(maxItems=limits.max_items)}


def _object_schema(_: Limits) -> Schema:
    return {"type": "object"}


def _objects_schema(limits: Limits) -> Schema:
    return {"type": "array", "items": {"type": "object"}, **_present(maxItems=limits.max_items)}


def _url_schema(limits: Limits) -> Schema:
    return {
        "type": "string",
        "format": "uri",
        "maxLength": limits.max_length or 2000,
        "pattern": r"^https?://[^\s\x00]+$",
    }


def _shown_file(_: Limits) -> Schema:
    return {"type": ["string", "null"], "format": "uri"}


_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+$"
_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
_SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"

_TEXT_LIMITS = frozenset({"min_length", "max_length", "pattern", "trim"})
_RANGE = frozenset({"min", "max"})


def _text(name: str, *, limits: frozenset[str] = _TEXT_LIMITS, **over: Any) -> FieldType:
    """A type that is text in both databases; `over` replaces what is particular."""
    entry: dict[str, Any] = {
        "python": "str",
        "column": "TextColumn",
        "postgres": 'text COLLATE "C"',
        "sqlite": "TEXT",
        "input_schema": _text_schema,
        "shown": _shown_text,
        "parse": values.parse_text,
        "convert": values.convert_text,
        "dump": values.same,
    }
    return FieldType(name=name, limits=limits, **(entry | over))


def _instant(name: str, *, automatic: bool, column: str) -> FieldType:
    return FieldType(
        name=name,
        python="datetime",
        column=column,
        postgres="timestamptz",
        sqlite="TEXT",
        input_schema=_format_schema("date-time"),
        shown=_format_schema("date-time"),
        parse=values.parse_datetime,
        convert=values.parse_datetime,
        dump=values.dump_datetime,
        automatic=automatic,
    )


def _whole(name: str, column: str, schema: Callable[[Limits], Schema], **over: Any) -> FieldType:
    entry: dict[str, Any] = {"postgres": "bigint", "sqlite": "INTEGER", "limits": frozenset()}
    return FieldType(
        name=name,
        python="int",
        column=column,
        input_schema=schema,
        shown=schema,
        parse=values.parse_integer,
        convert=values.convert_integer,
        dump=values.same,
        **(entry | over),
    )


def _exact(name: str, limits: frozenset[str]) -> FieldType:
    return FieldType(
        name=name,
        python="Decimal",
        column="DecimalColumn",
        postgres="bigint",
        sqlite="INTEGER",
        input_schema=_decimal_schema,
        shown=_shown_decimal,
        parse=values.parse_decimal,
        convert=values.convert_decimal,
        dump=values.dump_decimal,
        limits=limits,
    )


FIELD_TYPES: Mapping[str, FieldType] = {
    entry.name: entry
    for entry in (
        _whole("id", "IdColumn", _id_schema, automatic=True),
        FieldType(
            name="uuid",
            python="UUID",
            column="UuidColumn",
            postgres="uuid",
            sqlite="TEXT",
            input_schema=_format_schema("uuid"),
            shown=_format_schema("uuid"),
            parse=values.parse_uuid,
            convert=values.parse_uuid,
            dump=values.dump_uuid,
        ),
        _whole("integer", "IntegerColumn", _integer_schema, limits=_RANGE),
        _whole("counter", "IntegerColumn", _count_schema, automatic=True),
        _text("string"),
        _text("text"),
        _text(
            "slug",
            limits=frozenset({"max_length"}),
            input_schema=_pattern_schema(_SLUG, maxLength=300),
            automatic=True,
        ),
        _text(
            "email",
            limits=frozenset(),
            input_schema=_pattern_schema(_EMAIL, format="email", maxLength=254),
            shown=_format_schema("email"),
            parse=values.parse_email,
            convert=values.parse_email,
        ),
        _text("url", limits=frozenset({"max_length"}), input_schema=_url_schema, shown=_format_schema("uri")),
        _text("enum", limits=frozenset(), input_schema=_enum_schema, shown=_enum_schema, parse=values.parse_enum),
        _text("file", limits=frozenset(), shown=_shown_file, automatic=True),
        _text("password", limits=frozenset({"min_length", "max_length"}), readable=False),
        FieldType(
            name="boolean",
            python="bool",
            column="BooleanColumn",
            postgres="boolean",
            sqlite="INTEGER",
            input_schema=_boolean_schema,
            shown=_boolean_schema,
            parse=values.parse_boolean,
            convert=values.same,
            dump=values.same,
        ),
        _exact("money", _RANGE),
        _exact("decimal", _RANGE | {"places"}),
        FieldType(
            name="date",
            python="date",
            column="DateColumn",
            postgres="date",
            sqlite="TEXT",
            input_schema=_format_schema("date"),
            shown=_format_schema("date"),
            parse=values.parse_date,
            convert=values.parse_date,
            dump=values.dump_date,
            limits=_RANGE,
        ),
        _instant("datetime", automatic=False, column="InstantColumn"),
        _instant("created", automatic=True, column="CreatedColumn"),
        _instant("updated", automatic=True, column="UpdatedColumn"),
        FieldType(
            name="list",
            python="list[str]",
            column="TextListColumn",
            postgres='text[] COLLATE "C"',
            sqlite="TEXT",
            input_schema=_list_schema,
            shown=_shown_list,
            parse=values.parse_list,
            convert=values.convert_list,
            dump=values.same,
            limits=frozenset({"max_items", "min_length", "max_length"}),
        ),
        FieldType(
            name="object",
            python="dict[str, Any]",
            column="ObjectColumn",
            postgres="json",
            sqlite="TEXT",
            input_schema=_object_schema,
            shown=_object_schema,
            parse=values.parse_object,
            convert=values.same,
            dump=values.same,
        ),
        FieldType(
            name="objects",
            python="list[dict[str, Any]]",
            column="",
            postgres="",
            sqlite="",
            input_schema=_objects_schema,
            shown=_objects_schema,
            parse=values.parse_objects,
            convert=values.same,
            dump=values.same,
            limits=frozenset({"min_items", "max_items"}),
            stored=False,
        ),
    )
}

PATH_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "id": re.compile(r"[1-9][0-9]{0,18}"),
    "integer": re.compile(r"0|-?[1-9][0-9]{0,18}"),
    "uuid": re.compile(_UUID[1:-1]),
}


def parse_path(type_name: str, text: str) -> int | uuid.UUID | str | dt.date | None:
    """The value of a path parameter, or None where the text cannot name a row (the caller answers 404)."""
    if "\x00" in text:
        return None
    pattern = PATH_PATTERNS.get(type_name)
    if pattern is None:
        return text
    if not pattern.fullmatch(text):
        return None
    if type_name == "uuid":
        return uuid.UUID(text)
    number = int(text)
    return number if -ID_MAX - 1 <= number <= ID_MAX else None
