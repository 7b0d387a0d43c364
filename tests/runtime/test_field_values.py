"""Values as text and as JSON: what each reader takes, what it makes of it, and what it says where it takes nothing."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from runtime.fieldtypes import FIELD_TYPES, UNLIMITED, Bounds

NONE = UNLIMITED
UTC = dt.UTC
KEY = uuid.UUID("5f0c6a0e-0f5e-4d7b-9c55-0c0ffee00001")


def parse(kind: str, text: str, limits: Bounds) -> Any:
    """The value of a query parameter or form field."""
    return FIELD_TYPES[kind].parse(text, limits)


def convert(kind: str, value: Any, limits: Bounds) -> Any:
    """The value of a member of a JSON body."""
    return FIELD_TYPES[kind].convert(value, limits)


def refused(read: Callable[[str, Any, Bounds], Any], kind: str, given: Any, limits: Bounds) -> str:
    """What the client is told."""
    with pytest.raises(ValueError, match=r"\S") as caught:
        read(kind, given, limits)
    return str(caught.value)


# --- text -------------------------------------------------------------------------------------

TRIMMED = Bounds(min_length=2, max_length=3, trim=True)
EXACTLY = Bounds(min_length=2, max_length=3)
WHITE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


@pytest.mark.parametrize("read", [parse, convert])
def test_text_is_trimmed_where_the_field_says_so(read: Callable[[str, Any, Bounds], Any]) -> None:
    assert read("string", f"{WHITE}abc{WHITE}", TRIMMED) == "abc"
    assert read("string", " ab ", Bounds()) == " ab "
    assert read("string", "XaX", TRIMMED) == "XaX"
    assert read("string", "\x1fab\x1f", Bounds(trim=True)) == "\x1fab\x1f"  # no white space to a schema
    assert refused(read, "string", " a ", TRIMMED) == "must have at least 2 characters"
    assert refused(read, "string", " abcd ", TRIMMED) == "must have at most 3 characters"


def test_lengths_count_characters() -> None:
    assert [parse("string", text, EXACTLY) for text in ("ab", "abc", "\U0001f4da\U0001f4da")] == [
        "ab",
        "abc",
        "\U0001f4da\U0001f4da",
    ]
    assert refused(parse, "string", "a", EXACTLY) == "must have at least 2 characters"
    assert refused(parse, "string", "abcd", EXACTLY) == "must have at most 3 characters"
    assert refused(parse, "string", "", Bounds(min_length=1)) == "must have at least 1 character"
    assert refused(parse, "string", "ab", Bounds(max_length=1)) == "must have at most 1 character"
    assert parse("string", "", Bounds(min_length=0)) == ""


def test_text_of_a_query_has_no_nul_and_the_right_form() -> None:
    assert refused(parse, "string", "a\x00b", NONE) == "must not contain the NUL character"
    assert parse("string", "x1", Bounds(pattern="[a-z][0-9]")) == "x1"
    for wrong in ("1x", "x12", "ax1"):
        assert refused(parse, "string", wrong, Bounds(pattern="[a-z][0-9]")) == "has the wrong form"


def test_addresses_are_kept_in_lower_case() -> None:
    for read in (parse, convert):
        assert read("email", " Ann@Example.ORG ", NONE) == "ann@example.org"


def test_one_of_the_values_exactly() -> None:
    limits = Bounds(values=("new", "like_new"))
    assert parse("enum", "like_new", limits) == "like_new"
    for wrong in ("New", "", "n"):
        assert refused(parse, "enum", wrong, limits) == "must be one of new, like_new"


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), (" +7 ", 7), ("-7", -7), ("007", 7), (str(2**63 - 1), 2**63 - 1), (str(-(2**63)), -(2**63))],
)
def test_whole_numbers_as_text(text: str, value: int) -> None:
    assert parse("integer", text, NONE) == value


@pytest.mark.parametrize("text", ["", "1.0", "1e3", "0x10", "1_000", "٣", "+", "9" * 41, "a", "1 2"])
def test_what_is_no_whole_number(text: str) -> None:
    assert refused(parse, "integer", text, NONE) == "must be a whole number"


def test_whole_numbers_have_63_bits_and_the_fields_limits() -> None:
    assert refused(parse, "integer", str(2**63), NONE) == f"must be at most {2**63 - 1}"
    assert refused(parse, "integer", str(-(2**63) - 1), NONE) == f"must be at least {-(2**63)}"
    limits = Bounds(min=1, max="5")
    for read, one in ((parse, str), (convert, int)):
        assert [read("integer", one(each), limits) for each in (1, 5)] == [1, 5]
        assert refused(read, "integer", one(0), limits) == "must be at least 1"
        assert refused(read, "integer", one(6), limits) == "must be at most 5"


def test_whole_numbers_in_json() -> None:
    for given in (3, 3.0, Decimal("3"), Decimal("3.00")):
        found = convert("integer", given, NONE)
        assert (found, type(found)) == (3, int)
    for wrong in (True, False, 3.5, Decimal("2.01")):
        assert refused(convert, "integer", wrong, NONE) == "must be a whole number"


PRICE = Bounds(min="0.01", max="100000.00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("19.9", "19.90"),
        (" 19.90 ", "19.90"),
        ("+1.", "1.00"),
        (".5", "0.50"),
        ("0.01", "0.01"),
        ("1.500", "1.50"),
        ("100000", "100000.00"),
        ("00001", "1.00"),
    ],
)
def test_money_as_text(text: str, shown: str) -> None:
    assert str(parse("money", text, PRICE)) == shown
    assert FIELD_TYPES["money"].dump(parse("money", text, PRICE), PRICE) == shown


@pytest.mark.parametrize("text", ["", ".", "1,5", "1e2", "NaN", "Infinity", "--1", "1 0", "9" * 21, "0." + "1" * 21])
def test_what_is_no_money(text: str) -> None:
    assert refused(parse, "money", text, PRICE) == "must be a decimal number"


def test_money_has_two_places_and_the_fields_limits() -> None:
    for read in (parse, convert):
        assert refused(read, "money", "0.00", PRICE) == "must be at least 0.01"
        assert refused(read, "money", "-5", PRICE) == "must be at least 0.01"
        assert refused(read, "money", "100000.01", PRICE) == "must be at most 100000.00"
        assert refused(read, "money", "19.901", PRICE) == "must have at most 2 decimal places"
        assert refused(read, "money", "1" + "0" * 18, NONE) == "is out of range"
        assert read("money", "9" * 18, NONE) == Decimal("9" * 18)
        assert read("money", "-0.01", NONE) == Decimal("-0.01")


def test_money_in_json_is_exact() -> None:
    for given in (19.9, "19.9", Decimal("19.9"), Decimal("19.90")):
        assert str(convert("money", given, PRICE)) == "19.90"
    assert str(convert("money", 5, PRICE)) == "5.00"
    assert str(convert("money", 1e2, PRICE)) == "100.00"
    for wrong in (True, "much", "1.2.3"):
        assert refused(convert, "money", wrong, PRICE) == "must be a decimal number"
    for endless in ("NaN", "Infinity", Decimal("-Infinity")):
        assert refused(convert, "money", endless, PRICE) == "is out of range"


def test_other_decimals_have_their_own_places() -> None:
    weight = Bounds(places=3)
    assert str(parse("decimal", "0.125", weight)) == "0.125"
    assert FIELD_TYPES["decimal"].dump(Decimal("1"), weight) == "1.000"
    assert refused(parse, "decimal", "0.1250001", weight) == "must have at most 3 decimal places"
    assert refused(parse, "decimal", "1.5", Bounds(places=0)) == "must have at most 0 decimal places"
    assert FIELD_TYPES["decimal"].dump(Decimal("7"), Bounds(places=0)) == "7"


# --- times ------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On a machine whose clock is not set to UTC."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_days() -> None:
    limits = Bounds(min="2020-02-29", max="2020-03-01")
    for text in ("2020-02-29", "2020-03-01"):
        day = parse("date", text, limits)
        assert (day, FIELD_TYPES["date"].dump(day, limits)) == (dt.date.fromisoformat(text), text)
    assert refused(parse, "date", "2020-02-28", limits) == "must not be before 2020-02-29"
    assert refused(parse, "date", "2020-03-02", limits) == "must not be after 2020-03-01"
    assert parse("date", "0001-01-01", NONE) == dt.date(1, 1, 1)
    for wrong in ("", "2021-02-29", "20200101", "2020-1-1", "2020-W01-1", "0000-01-01", "2020-01-01T00:00:00Z"):
        assert refused(parse, "date", wrong, NONE) == "must be a date such as 2026-01-31"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-31T12:00:00Z", dt.datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T12:00:00.100000Z", dt.datetime(2026, 1, 31, 12, 0, 0, 100_000, tzinfo=UTC)),
        ("2026-01-31t12:00:00z", dt.datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31 12:00:00.5Z", dt.datetime(2026, 1, 31, 12, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-01-31T12:00:00.000001Z", dt.datetime(2026, 1, 31, 12, 0, 0, 1, tzinfo=UTC)),
        ("2026-01-31T12:00:00.123456789Z", dt.datetime(2026, 1, 31, 12, 0, 0, 123_456, tzinfo=UTC)),
        ("2026-01-31T12:00:00+05:30", dt.datetime(2026, 1, 31, 6, 30, tzinfo=UTC)),
        ("2026-01-31T23:00:00-02:00", dt.datetime(2026, 2, 1, 1, tzinfo=UTC)),
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_moments_are_kept_in_utc(text: str, value: dt.datetime) -> None:
    found = parse("datetime", text, NONE)
    assert (found, found.tzinfo) == (value, UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.1234567890Z",
        "2026-01-31T12:00:00+0530",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert refused(parse, "datetime", text, NONE) == "must be a time such as 2026-01-31T12:00:00Z"


@pytest.mark.usefixtures("elsewhere")
def test_moments_are_shown_in_utc_with_six_digits() -> None:
    dump = FIELD_TYPES["datetime"].dump
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert dump(dt.datetime(2026, 1, 31, 12, 0, 0, 5, tzinfo=zone), NONE) == "2026-01-31T06:30:00.000005Z"
    assert dump(dt.datetime(33, 4, 5, 6, 7, 8, tzinfo=UTC), NONE) == "0033-04-05T06:07:08.000000Z"


# --- the rest ---------------------------------------------------------------------------------


def test_yes_and_no() -> None:
    assert [parse("boolean", text, NONE) for text in ("true", "1", "yes", "on", " TRUE ", "Yes")] == [True] * 6
    assert [parse("boolean", text, NONE) for text in ("false", "0", "no", "off", " False", "OFF")] == [False] * 6
    for wrong in ("", "2", "y", "nein"):
        assert refused(parse, "boolean", wrong, NONE) == "must be true or false"


def test_uuids_have_their_usual_form() -> None:
    for read in (parse, convert):
        assert read("uuid", str(KEY).upper(), NONE) == KEY
        for wrong in ("", str(KEY).replace("-", ""), f"{{{KEY}}}", f"urn:uuid:{KEY}", f"{KEY}0", f"{str(KEY)[:-1]}g"):
            assert refused(read, "uuid", wrong, NONE) == "must be a UUID"
    assert FIELD_TYPES["uuid"].dump(KEY, NONE) == "5f0c6a0e-0f5e-4d7b-9c55-0c0ffee00001"


def test_lists_of_texts() -> None:
    limits = Bounds(min_length=1, max_length=3, max_items=2)
    assert parse("list", "abc", limits) == ["abc"]
    assert parse("list", ' ["a", "b"]', limits) == ["a", "b"]
    assert parse("list", "[]", limits) == []
    assert parse("list", '["a", "b", "c"]', NONE) == ["a", "b", "c"]
    for read, several, one in ((parse, '["a", "b", "c"]', '["abcd"]'), (convert, ["a", "b", "c"], ["abcd"])):
        assert refused(read, "list", several, limits) == "must have at most 2 items"
        assert refused(read, "list", one, limits) == "must have at most 3 characters"
    assert refused(parse, "list", '["a", ""]', limits) == "must have at least 1 character"
    assert refused(parse, "list", r'["a\u0000"]', NONE) == "must not contain the NUL character"
    assert refused(parse, "list", "a\x00", NONE) == "must not contain the NUL character"
    for wrong in ("[", "[1]", '["a", null]', "[" * 100_000):
        assert refused(parse, "list", wrong, NONE) == "must be a JSON array of strings"


def test_objects() -> None:
    assert parse("object", '{"a": [1]}', NONE) == {"a": [1]}
    for wrong in ("", "[]", "1", "{", "null", "[" * 100_000):
        assert refused(parse, "object", wrong, NONE) == "must be a JSON object"


def test_lists_of_objects() -> None:
    limits = Bounds(max_items=2)
    assert parse("objects", '[{"a": 1}, {}]', limits) == [{"a": 1}, {}]
    assert parse("objects", "[{}, {}, {}]", NONE) == [{}, {}, {}]
    assert refused(parse, "objects", "[{}, {}, {}]", limits) == "must have at most 2 items"
    for wrong in ("", "{}", "[1]", "[{}, 1]", "null", "[" * 100_000):
        assert refused(parse, "objects", wrong, NONE) == "must be a JSON array of objects"


@pytest.mark.parametrize(
    ("kind", "value"), [("integer", 7), ("string", "a"), ("boolean", False), ("list", ["a"]), ("object", {"a": 1})]
)
def test_what_json_can_hold_is_shown_as_it_is(kind: str, value: object) -> None:
    assert FIELD_TYPES[kind].dump(value, NONE) == value
