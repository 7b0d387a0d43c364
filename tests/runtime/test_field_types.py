"""The schemas that the document publishes for each type of field, and what they let through."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from dataclasses import astuple
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest

from runtime.fieldtypes import FIELD_TYPES, ID_MAX, UNLIMITED, Bounds, parse_path

NONE = UNLIMITED
KEY = uuid.UUID("5f0c6a0e-0f5e-4d7b-9c55-0c0ffee00001")
NO_NUL = r"^[^\x00]*$"
INT64 = {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1}

INPUT: list[tuple[str, Bounds, dict[str, Any]]] = [
    ("id", NONE, {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1}),
    ("uuid", NONE, {"type": "string", "format": "uuid"}),
    ("integer", NONE, INT64),
    ("integer", Bounds(min=1, max="5"), {"type": "integer", "format": "int32", "minimum": 1, "maximum": 5}),
    (
        "integer",
        Bounds(min=-(2**31), max=2**31 - 1),
        INT64 | {"format": "int32"} | {"minimum": -(2**31), "maximum": 2**31 - 1},
    ),
    ("integer", Bounds(min=0, max=2**31), INT64 | {"minimum": 0, "maximum": 2**31}),
    ("integer", Bounds(min=-(2**31) - 1, max=0), INT64 | {"minimum": -(2**31) - 1, "maximum": 0}),
    ("counter", NONE, {"type": "integer", "format": "int64", "minimum": 0}),
    ("string", NONE, {"type": "string", "pattern": NO_NUL}),
    (
        "text",
        Bounds(min_length=1, max_length=9, trim=True),
        {"type": "string", "minLength": 1, "maxLength": 9, "pattern": r"^[^\x00]*[^\x00\s][^\x00]*$"},
    ),
    ("text", Bounds(max_length=9, trim=True), {"type": "string", "maxLength": 9, "pattern": NO_NUL}),
    ("text", Bounds(min_length=1), {"type": "string", "minLength": 1, "pattern": NO_NUL}),
    (
        "string",
        Bounds(pattern="a|b", trim=True, min_length=1),
        {"type": "string", "minLength": 1, "pattern": "^(?:a|b)$"},
    ),
    ("password", Bounds(min_length=9), {"type": "string", "minLength": 9, "pattern": NO_NUL}),
    ("file", NONE, {"type": "string", "pattern": NO_NUL}),
    ("slug", NONE, {"type": "string", "maxLength": 300, "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"}),
    ("url", NONE, {"type": "string", "format": "uri", "maxLength": 2000, "pattern": r"^https?://[^\s\x00]+$"}),
    (
        "url",
        Bounds(max_length=50),
        {"type": "string", "format": "uri", "maxLength": 50, "pattern": r"^https?://[^\s\x00]+$"},
    ),
    ("enum", Bounds(values=("new", "old")), {"type": "string", "enum": ["new", "old"]}),
    ("boolean", NONE, {"type": "boolean"}),
    (
        "money",
        Bounds(min="0.01", max="100000.00"),
        {
            "type": ["string", "number"],
            "pattern": r"^(?!0+(?:\.0+)?$)(?:[0-9]{1,5}(?:\.[0-9]{1,2})?|100000(?:\.0{1,2})?)$",
            "maxLength": 24,
            "multipleOf": 0.01,
            "minimum": 0.01,
            "maximum": 100000,
        },
    ),
    (
        "decimal",
        Bounds(places=3),
        {
            "type": ["string", "number"],
            "pattern": r"^-?[0-9]{1,16}(?:\.[0-9]{1,3})?$",
            "maxLength": 24,
            "multipleOf": 0.001,
        },
    ),
    (
        "decimal",
        Bounds(min="0", places=0, max="1000"),
        {
            "type": ["string", "number"],
            "pattern": "^(?:[0-9]{1,3}|1000)$",
            "maxLength": 24,
            "multipleOf": 1,
            "minimum": 0,
            "maximum": 1000,
        },
    ),
    ("date", NONE, {"type": "string", "format": "date"}),
    ("datetime", NONE, {"type": "string", "format": "date-time"}),
    ("created", NONE, {"type": "string", "format": "date-time"}),
    ("updated", NONE, {"type": "string", "format": "date-time"}),
    (
        "list",
        Bounds(min_length=1, max_length=50, max_items=30),
        {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 50, "pattern": NO_NUL},
            "maxItems": 30,
        },
    ),
    ("object", NONE, {"type": "object"}),
    ("objects", Bounds(max_items=7), {"type": "array", "items": {"type": "object"}, "maxItems": 7}),
]

OUTPUT: list[tuple[str, Bounds, dict[str, Any]]] = [
    ("string", Bounds(min_length=1, max_length=9, pattern="x"), {"type": "string", "maxLength": 9}),
    ("email", NONE, {"type": "string", "format": "email"}),
    ("text", Bounds(max_length=9), {"type": "string", "maxLength": 9}),
    ("slug", NONE, {"type": "string"}),
    ("uuid", NONE, {"type": "string", "format": "uuid"}),
    ("integer", NONE, INT64),
    ("counter", NONE, {"type": "integer", "format": "int64", "minimum": 0}),
    ("boolean", NONE, {"type": "boolean"}),
    ("date", NONE, {"type": "string", "format": "date"}),
    ("datetime", NONE, {"type": "string", "format": "date-time"}),
    ("created", NONE, {"type": "string", "format": "date-time"}),
    ("updated", NONE, {"type": "string", "format": "date-time"}),
    ("object", NONE, {"type": "object"}),
    ("objects", Bounds(max_items=7), {"type": "array", "items": {"type": "object"}, "maxItems": 7}),
    ("url", NONE, {"type": "string", "format": "uri"}),
    ("file", NONE, {"type": ["string", "null"], "format": "uri"}),
    ("money", Bounds(min=0), {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}),
    ("decimal", Bounds(places=3), {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{3}$"}),
    ("decimal", Bounds(places=0), {"type": "string", "pattern": "^-?[0-9]+$"}),
    (
        "list",
        Bounds(min_length=1, max_length=50, max_items=30),
        {"type": "array", "items": {"type": "string", "maxLength": 50}, "maxItems": 30},
    ),
    ("enum", Bounds(values=("new", "old")), {"type": "string", "enum": ["new", "old"]}),
    ("id", NONE, {"type": "integer", "format": "int64", "minimum": 1, "maximum": ID_MAX}),
]


@pytest.mark.parametrize(("kind", "limits", "schema"), INPUT)
def test_what_is_taken(kind: str, limits: Bounds, schema: dict[str, Any]) -> None:
    found = FIELD_TYPES[kind].schema(limits, input=True)
    assert found == schema
    assert json.dumps(found, sort_keys=True) == json.dumps(schema, sort_keys=True)  # 5 is not written as 5.0


@pytest.mark.parametrize(("kind", "limits", "schema"), OUTPUT)
def test_what_is_shown(kind: str, limits: Bounds, schema: dict[str, Any]) -> None:
    assert FIELD_TYPES[kind].schema(limits, input=False) == schema


# Kind → Python, column of the ORM, PostgreSQL, SQLite. Every database there is was made with these.
STORED = {
    "id": ("int", "IdColumn", "bigint", "INTEGER"),
    "uuid": ("UUID", "UuidColumn", "uuid", "TEXT"),
    "integer": ("int", "IntegerColumn", "bigint", "INTEGER"),
    "counter": ("int", "IntegerColumn", "bigint", "INTEGER"),
    **dict.fromkeys(
        ("string", "text", "slug", "email", "url", "enum", "file", "password"),
        ("str", "TextColumn", 'text COLLATE "C"', "TEXT"),
    ),
    "boolean": ("bool", "BooleanColumn", "boolean", "INTEGER"),
    "money": ("Decimal", "DecimalColumn", "bigint", "INTEGER"),
    "decimal": ("Decimal", "DecimalColumn", "bigint", "INTEGER"),
    "date": ("date", "DateColumn", "date", "TEXT"),
    "datetime": ("datetime", "InstantColumn", "timestamptz", "TEXT"),
    "created": ("datetime", "CreatedColumn", "timestamptz", "TEXT"),
    "updated": ("datetime", "UpdatedColumn", "timestamptz", "TEXT"),
    "list": ("list[str]", "TextListColumn", 'text[] COLLATE "C"', "TEXT"),
    "object": ("dict[str, Any]", "ObjectColumn", "json", "TEXT"),
    "objects": ("list[dict[str, Any]]", "", "", ""),
}
RANGE = {"min", "max"}
TEXT = {"min_length", "max_length", "pattern", "trim"}
LIMITS = {
    "integer": RANGE,
    "money": RANGE,
    "date": RANGE,
    "decimal": RANGE | {"places"},
    "string": TEXT,
    "text": TEXT,
    "slug": {"max_length"},
    "url": {"max_length"},
    "password": {"min_length", "max_length"},
    "list": {"max_items", "min_length", "max_length"},
    "objects": {"min_items", "max_items"},
}


def test_how_each_type_is_stored() -> None:
    found = {name: (each.python, each.column, each.postgres, each.sqlite) for name, each in FIELD_TYPES.items()}
    assert found == STORED
    assert [each.name for each in FIELD_TYPES.values()] == list(FIELD_TYPES)
    assert [name for name, each in FIELD_TYPES.items() if each.stored is not True] == ["objects"]
    assert FIELD_TYPES["objects"].stored is False


def test_what_a_spec_may_say_of_each_type() -> None:
    assert {name: set(each.limits) for name, each in FIELD_TYPES.items()} == {
        name: LIMITS.get(name, set()) for name in FIELD_TYPES
    }
    assert astuple(UNLIMITED) == (None, None, None, None, None, None, False, None, ())
    automatic = [name for name, each in FIELD_TYPES.items() if each.automatic is True]
    assert automatic == ["id", "counter", "slug", "file", "created", "updated"]
    assert [name for name, each in FIELD_TYPES.items() if each.automatic is not False] == automatic
    assert [name for name, each in FIELD_TYPES.items() if each.readable is not True] == ["password"]
    assert FIELD_TYPES["password"].readable is False


DAY, MOMENT = dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
INSTANT = ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z", MOMENT, "2026-01-31T12:00:00.000000Z")
# Kind → as text, as a member of a body, in Python, as a member of an answer.
READ: dict[str, tuple[str, Any, Any, Any]] = {
    **dict.fromkeys(("id", "integer", "counter"), ("7", 7.0, 7, 7)),
    **dict.fromkeys(("string", "text", "slug", "url", "file", "password"), ("abc", "abc", "abc", "abc")),
    **dict.fromkeys(("created", "updated", "datetime"), INSTANT),
    "uuid": (str(KEY).upper(), str(KEY).upper(), KEY, str(KEY)),
    "email": ("A@B.org", "A@B.org", "a@b.org", "a@b.org"),
    "enum": ("new", "new", "new", "new"),
    "boolean": ("yes", True, True, True),
    "money": ("1.5", 1.5, Decimal("1.50"), "1.50"),
    "decimal": ("1.5", "1.5", Decimal("1.50"), "1.50"),
    "date": ("2026-01-31", "2026-01-31", DAY, "2026-01-31"),
    "list": ('["a"]', ["a"], ["a"], ["a"]),
    "object": ('{"a": 1}', {"a": 1}, {"a": 1}, {"a": 1}),
    "objects": ("[{}]", [{}], [{}], [{}]),
}


@pytest.mark.parametrize("kind", FIELD_TYPES)
def test_how_each_type_is_read_and_shown(kind: str) -> None:
    text, member, value, shown = READ[kind]
    entry, limits = FIELD_TYPES[kind], Bounds(values=("new",))
    for found in (entry.parse(text, limits), entry.convert(member, limits)):
        assert (found, type(found)) == (value, type(value))
    assert entry.dump(value, limits) == shown


# --- what the patterns of money let through -----------------------------------------------------

MONEY = [
    (
        Bounds(min="0.01", max="100000.00"),
        ["0.01", "99999.99", "100000", "100000.00", "7"],
        ["0", "0.00", "100000.01", "-1"],
    ),
    (Bounds(min=0), ["0", "0.00", "9999999999999999.99"], ["-0.01", "1.", ".5", "1.234", "+1"]),
    (Bounds(), ["-5", "5.5"], ["5.555", "1e2", ""]),
    (Bounds(min=-5, max=100), ["-5", "100", "999.99"], ["1000", "--5"]),
    (Bounds(min=0, max=5), ["5", "9.99"], ["10", "-1"]),
    (Bounds(min=0, max=10), ["9.99", "10", "10.00"], ["10.01", "11"]),
    (Bounds(min=0, max="12.50"), ["12.50", "99"], ["100"]),
]


@pytest.mark.parametrize(("limits", "good", "bad"), MONEY)
def test_money_as_text(limits: Bounds, good: list[str], bad: list[str]) -> None:
    schema = FIELD_TYPES["money"].schema(limits, input=True)
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert [text for text in good if not validator.is_valid(text)] == []
    assert [text for text in bad if validator.is_valid(text)] == []


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("ann@example.org", True),
        ("ANN@EXAMPLE.ORG", True),
        ("ann@EX-9-AMPLE.ORG", True),
        ("a.b+c!#$%&'*/=?^_`{|}~-@ex-ample.co.uk", True),
        (f"{'a' * 64}@example.org", True),
        (f"{'a' * 65}@example.org", False),
        (f"a@{'b' * 63}.org", True),
        (f"a@{'b' * 64}.org", False),
        ("a@b", False),
        ("a@-b.org", False),
        ("a@b-.org", False),
        ("a b@example.org", False),
        ("a@@example.org", False),
        ("a\x00@example.org", False),
        ("@example.org", False),
    ],
)
def test_addresses(address: str, good: bool) -> None:
    schema = FIELD_TYPES["email"].schema(NONE, input=True)
    assert (schema["type"], schema["format"], schema["maxLength"]) == ("string", "email", 254)
    assert bool(re.search(schema["pattern"], address)) is good


# --- paths --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("id", "1", 1),
        ("id", str(2**63 - 1), 2**63 - 1),
        ("id", str(2**63), None),
        ("id", "0", None),
        ("id", "-1", None),
        ("id", "01", None),
        ("id", "+1", None),
        ("id", "1 ", None),
        ("integer", "0", 0),
        ("integer", "-7", -7),
        ("integer", str(-(2**63)), -(2**63)),
        ("integer", str(-(2**63) - 1), None),
        ("integer", "-0", None),
        ("uuid", str(KEY), KEY),
        ("uuid", str(KEY).upper(), KEY),
        ("uuid", KEY.hex, None),
        ("slug", "oak-desk", "oak-desk"),
        ("slug", "a\x00", None),
        ("id", "1\x00", None),
    ],
)
def test_what_names_a_row_in_a_path(kind: str, text: str, value: object) -> None:
    found = parse_path(kind, text)
    assert (found, type(found)) == (value, type(value))
