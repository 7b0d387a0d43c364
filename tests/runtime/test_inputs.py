"""Bodies: what is taken, what is refused, and what the client is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from runtime.errors import Problem
from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, InputField, InputType, Nested, Reference, Unset, sent
from tests.runtime.tiny.app import schema_of

FIELDS = (
    InputField(name="name", type="string", limits=Bounds(min_length=2, max_length=5, trim=True), required=True),
    InputField(name="price", type="money", limits=Bounds(min="0.01", max="1000.00")),
    InputField(name="weight", type="decimal", limits=Bounds(min="-5", places=3), nullable=True),
    InputField(name="count", type="integer", limits=Bounds(min=0, max=10)),
    InputField(name="big", type="integer"),
    InputField(name="active", type="boolean"),
    InputField(name="tags", type="list", limits=Bounds(max_items=3, max_length=4)),
    InputField(name="extra", type="object"),
    InputField(name="color", type="enum", limits=Bounds(values=("red", "blue")), nullable=False),
    InputField(name="day", type="date", nullable=True),
    InputField(name="moment", type="datetime"),
    InputField(name="uid", type="uuid", nullable=True),
    InputField(name="mail", type="email"),
    InputField(name="site", type="url"),
    InputField(name="text", type="text", nullable=True),
    InputField(
        name="shelf",
        type="reference",
        attribute="shelf_id",
        nullable=True,
        reference=Reference(table="shelf", key="id", key_type="id"),
    ),
)
NAMES = [each.target for each in FIELDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """All that was sent."""

    name: str
    price: Decimal | Unset = UNSET
    weight: Decimal | Unset | None = UNSET
    count: int | Unset = UNSET
    big: int | Unset = UNSET
    active: bool | Unset = UNSET
    tags: list[str] | Unset = UNSET
    extra: dict[str, Any] | Unset = UNSET
    color: str | Unset = UNSET
    day: date | Unset | None = UNSET
    moment: datetime | Unset = UNSET
    uid: UUID | Unset | None = UNSET
    mail: str | Unset = UNSET
    site: str | Unset = UNSET
    text: str | Unset | None = UNSET
    shelf_id: int | Unset | None = UNSET


THING = InputType("thing", Thing, FIELDS, schema_of(FIELDS))


def read(body: bytes | str, content_type: str = "application/json") -> dict[str, Any]:
    """What was sent, without the name."""
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    values = sent(THING.read(raw, content_type))
    del values["name"]
    return values


def refused(body: bytes | str, content_type: str = "application/json") -> Problem:
    """The problem that a body is."""
    with pytest.raises(Problem) as caught:
        read(body, content_type)
    assert (caught.value.status, caught.value.code) == (400, "INVALID_INPUT")
    json.dumps(caught.value.document()).encode()  # can be sent, whatever was in the body
    return caught.value


def one(member: str) -> str:
    """A body with one member beside the name."""
    return f'{{"name": "abc", {member}}}'


# --- JSON -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ('"price": 19.9', Decimal("19.90")),
        ('"price": "19.90"', Decimal("19.90")),
        ('"price": 1e2', Decimal("100.00")),
        ('"price": 0.1', Decimal("0.10")),
        ('"price": 1000', Decimal("1000.00")),
        ('"price": 19.9000', Decimal("19.90")),
        ('"weight": -0.125', Decimal("-0.125")),
        ('"weight": 0.1000000000000000055511151231257827', None),
        ('"weight": null', None),
        ('"count": 3.0', 3),
        ('"count": 1e1', 10),
        ('"big": 9223372036854775807', 2**63 - 1),
        ('"big": -9223372036854775808', -(2**63)),
        ('"active": false', False),
        ('"tags": []', []),
        ('"tags": ["a", "żółw"]', ["a", "żółw"]),
        ('"extra": {"a": [1, null]}', {"a": [1, None]}),
        ('"color": "red"', "red"),
        ('"day": "2024-02-29"', date(2024, 2, 29)),
        ('"moment": "2026-01-02T03:04:05Z"', datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ('"moment": "2026-01-02T03:04:05.5+02:00"', datetime(2026, 1, 2, 1, 4, 5, 500000, tzinfo=UTC)),
        ('"uid": "5C4E7D11-0000-4000-8000-000000000001"', UUID("5c4e7d11-0000-4000-8000-000000000001")),
        ('"mail": "Marta@Example.ORG"', "marta@example.org"),
        ('"site": "https://example.org/a?b"', "https://example.org/a?b"),
        ('"text": " kept as it is "', " kept as it is "),
        ('"text": "\\ud83d\\ude00"', "😀"),
        ('"shelf": 7', 7),
        ('"shelf": null', None),
    ],
)
def test_values_of_each_type(member: str, value: object) -> None:
    if member.startswith('"weight": 0.1000'):
        assert refused(one(member)).errors == {"weight": ["Must have at most 3 decimal places."]}
        return
    (found,) = read(one(member)).values()
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("member", "path", "message"),
    [
        ('"price": 19.999', "price", "Must have at most 2 decimal places."),
        ('"price": "19.999"', "price", "Must have at most 2 decimal places."),
        ('"price": "abc"', "price", "Must be a decimal number."),
        ('"price": "١"', "price", "Must be a decimal number."),
        ('"price": 0', "price", "Must be at least 0.01."),
        ('"price": "0.00"', "price", "Must be at least 0.01."),
        ('"price": 1000.01', "price", "Must be at most 1000."),
        ('"price": "1000.01"', "price", "Must be at most 1000.00."),
        ('"price": 1e300', "price", "Must be at most 1000."),
        ('"price": true', "price", None),
        ('"price": null', "price", None),
        ('"weight": "NaN"', "weight", "Must be a decimal number."),
        ('"weight": 1e-200', "weight", "Must have at most 3 decimal places."),
        ('"count": 1.5', "count", "Must be a whole number."),
        ('"count": "1"', "count", "Must be a whole number."),
        ('"count": true', "count", "Must be a whole number."),
        ('"count": 11', "count", "Must be at most 10."),
        ('"big": 9223372036854775808', "big", "Must be at most 9223372036854775807."),
        ('"big": -1e30', "big", None),
        ('"active": "true"', "active", "Must be true or false."),
        ('"active": 1', "active", "Must be true or false."),
        ('"tags": "a"', "tags", "Must be a list."),
        ('"tags": ["a", 1]', "tags.1", "Must be text."),
        ('"tags": ["a", "12345"]', "tags.1", "Must have at most 4 characters."),
        ('"tags": ["a", "b", "c", "d"]', "tags", "Must have at most 3 items."),
        ('"extra": []', "extra", "Must be an object."),
        ('"color": "Red"', "color", "Must be one of red, blue."),
        ('"color": null', "color", None),
        ('"day": "2023-02-29"', "day", None),
        ('"day": "20240229"', "day", None),
        ('"moment": "2026-01-02"', "moment", None),
        ('"moment": "2026-01-02T03:04:05"', "moment", None),
        ('"moment": "2026-02-30T03:04:05Z"', "moment", None),
        ('"moment": "2026-01-02T03:04:60Z"', "moment", None),
        ('"moment": "0000-01-02T03:04:05Z"', "moment", None),
        ('"moment": "0001-01-01T00:00:00+23:00"', "moment", None),
        ('"uid": "5c4e7d11000040008000000000000001"', "uid", None),
        ('"uid": 5', "uid", None),
        ('"mail": "nobody"', "mail", None),
        ('"mail": "a@b@c.d"', "mail", None),
        ('"site": "javascript:alert(1)"', "site", None),
        ('"text": "a\\u0000b"', "text", "Must not contain the NUL character."),
        ('"text": "\\ud800"', "text", "Must not contain a lone surrogate."),
        ('"text": "\\udc00\\ud800"', "text", "Must not contain a lone surrogate."),
        ('"tags": ["\\u0000"]', "tags.0", "Must not contain the NUL character."),
        ('"extra": {"a": {"b": ["\\ud800"]}}', "extra.a.b.0", "Must not contain a lone surrogate."),
        ('"extra": {"\\ud800": 1}', "extra", "Must not contain a lone surrogate."),
        ('"shelf": 0', "shelf", "Must be at least 1."),
        ('"shelf": "7"', "shelf", "Must be a whole number or null."),
        ('"shelf_id": 7', "shelf_id", "This member is not known here."),
        ('"id": 7', "id", "This member is not known here."),
        ('"__class__": 7', "__class__", "This member is not known here."),
        ('"": 7', "", "This member is not known here."),
    ],
)
def test_wrong_values_are_named(member: str, path: str, message: str | None) -> None:
    errors = refused(one(member)).errors
    assert list(errors) == [path or "body"]
    (messages,) = errors.values()
    assert message is None or messages == [message]
    assert messages[0].endswith(".")


@pytest.mark.parametrize("name", ["", " ", "a", " a ", "abcdef", 7, None, ["ab"]])
def test_trimmed_text_and_its_length(name: object) -> None:
    assert list(refused(json.dumps({"name": name})).errors) == ["name"]


def test_trimming() -> None:
    assert THING.read(b'{"name": " \\tab\\n"}').name == "ab"
    assert THING.read('{"name": "\u2003żół"}'.encode()).name == "żół"
    assert THING.read(b'{"name": "\\u001cab\\u0085"}').name == "\x1cab\x85", "control characters that no schema trims"


def test_all_faults_at_once() -> None:
    body = {"price": "x", "count": -1, "tags": [1, "12345"], "weight": "0.0001", "nope": 1, "nor": 2}
    assert set(refused(json.dumps(body)).errors) == {
        "name", "price", "count", "tags.0", "tags.1", "weight", "nope", "nor",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"{",
        b'{"name": "abc",}',
        b"{'name': 'abc'}",
        b'{"name": "abc"} x',
        b'{"name": "abc"}{}',
        b'{"name": "abc", "name": "abd"}',
        b'{"name": "abc", "extra": {"a": 1, "a": 1}}',
        b'{"name": "abc", "n\\u0061me": "abc"}',
        b'{"name": NaN}',
        b'{"name": Infinity}',
        b'{"name": -Infinity}',
        b'{"name": 1e401}',
        b'{"name": 1e99999999999999999999}',
        b'{"name": 1e-401}',
        b'{"name": ' + b"9" * 5000 + b"}",
        b'{"name": 0.' + b"1" * 5000 + b"}",
        b'{"name": 01}',
        b'{"name": +1}',
        b'{"name": "a\nb"}',
        b'{"name": "\\x41"}',
        b'{"name": "\xff"}',
        b'{"name": "\xed\xa0\x80"}',
        b'{"name": "\xc0\x80"}',
        '{"name": "abc"}'.encode("utf-16"),
        '{"name": "abc"}'.encode("utf-32-le"),
        b"[" * 100_000,
        b'{"extra":' * 100_000,
        b'{"name": "abc", "extra": ' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}",
        b"// no\n{}",
        b"[]",
        b"null",
        b'"abc"',
        b"7",
    ],
    ids=range(35),
)
def test_what_is_no_acceptable_json(body: bytes) -> None:
    refused(body)


def test_a_byte_order_mark_is_skipped() -> None:
    assert read(b'\xef\xbb\xbf{"name": "abc", "count": 1}') == {"count": 1}


def test_depth_within_the_limit_and_many_brackets() -> None:
    deep = '{"a":' * 20 + "1" + "}" * 20
    assert read(one(f'"extra": {deep}'))
    assert read(one('"extra": {"a": [' + ",".join(["[]"] * 500) + "]}"))


def test_absent_is_not_null() -> None:
    assert read('{"name": "abc"}') == {}
    assert read(one('"weight": null')) == {"weight": None}


# --- forms ------------------------------------------------------------------------------------

URLENCODED = "application/x-www-form-urlencoded"


def form(text: str) -> dict[str, Any]:
    """A form's values."""
    return read(f"name=abc&{text}", URLENCODED)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        *((f"active={word}", {"active": True}) for word in ("true", "1", "yes", "on", "TRUE", "On")),
        *((f"active={word}", {"active": False}) for word in ("false", "0", "no", "off", "No")),
        ("price=19.9&count=3", {"price": Decimal("19.90"), "count": 3}),
        ("weight=", {"weight": None}),
        ("count=", {}),
        ("uid=&day=", {"uid": None, "day": None}),
        ("text=", {"text": ""}),
        ("tags=a&tags=b", {"tags": ["a", "b"]}),
        ("tags=%5B%22a%22%2C%22b%22%5D", {"tags": ["a", "b"]}),
        ("tags=a", {"tags": ["a"]}),
        ("tags=", {"tags": []}),
        ("extra=%7B%22a%22%3A1.5%7D", {"extra": {"a": Decimal("1.5")}}),
        ("shelf=7", {"shelf_id": 7}),
        ("text=a+b%2Bc%26&", {"text": "a b+c&"}),
        ("text=%C5%BC", {"text": "ż"}),
    ],
)
def test_forms_have_the_same_names(text: str, values: dict[str, Any]) -> None:
    assert form(text) == values


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("active=maybe", "active"),
        ("active=", "active"),
        ("count=1_0", "count"),
        ("count=%D9%A1", "count"),
        ("count=0x1", "count"),
        ("count=1&count=2", "count"),
        ("price=1,5", "price"),
        ("price=", None),
        ("tags=%5B1%5D", "tags.0"),
        ("tags=%5B", "tags"),
        ("extra=1", "extra"),
        ("color=", "color"),
        ("shelf=x", "shelf"),
        ("text=%00", "text"),
        ("nope=1", "nope"),
        ("nope=1&nope=2", "nope"),
    ],
)
def test_wrong_values_in_forms(text: str, path: str | None) -> None:
    if path is None:
        assert form(text) == {}
        return
    assert list(refused(f"name=abc&{text}", URLENCODED).errors) == [path]


@pytest.mark.parametrize("body", [b"name=%zz", b"name=%", b"name=%ff", b"name=\xc5\xbc", b"&".join([b"a=1"] * 2000)])
def test_broken_urlencoded_forms(body: bytes) -> None:
    refused(body, URLENCODED)


def multipart(parts: dict[str, Any]) -> tuple[bytes, str]:
    """A multipart body and its content type."""
    request = httpx.Request("POST", "http://x", files=parts)
    return request.read(), request.headers["content-type"]


def test_multipart() -> None:
    body, content_type = multipart({"name": (None, "żółw"), "active": (None, "on"), "tags": (None, '["a"]')})
    assert read(body, content_type) == {"active": True, "tags": ["a"]}


def test_files_where_none_are_declared() -> None:
    body, content_type = multipart({"name": (None, "abc"), "text": ("a.txt", b"x"), "photo": ("p.png", b"x")})
    assert refused(body, content_type).errors == {
        "text": ["Files are not taken here."],
        "photo": ["Files are not taken here."],
    }


BODY, TYPE = multipart({"name": (None, "abc"), "text": (None, "x" * 50)})


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (BODY[:-10], TYPE),
        (BODY[:60], TYPE),
        (b"", TYPE),
        (b"nonsense", TYPE),
        (BODY, "multipart/form-data"),
        (BODY, "multipart/form-data; boundary="),
        (BODY, "multipart/form-data; boundary=" + "x" * 100),
        (BODY, TYPE + "y"),
        (BODY.replace(b'name="text"', b"nothing"), TYPE),
        (BODY.replace(b"Content-Disposition", b"Content-Description"), TYPE),
        (BODY.replace(b"abc", b"\xff\xfe\xfd"), TYPE),
        (BODY.replace(b"abc", b"a\0c"), TYPE),
        (BODY.replace(b"Content-Disposition", b"X: y\r\n" * 20 + b"Content-Disposition", 1), TYPE),
    ],
    ids=range(13),
)
def test_broken_multipart_forms(body: bytes, content_type: str) -> None:
    refused(body, content_type)


# --- objects and lists of them ----------------------------------------------------------------

PART = (
    InputField(name="label", type="string", limits=Bounds(max_length=3, trim=True), required=True),
    InputField(name="at", type="datetime"),
    InputField(name="mail", type="email"),
    InputField(name="rate", type="decimal", limits=Bounds(places=3)),
)
LINE = (
    InputField(name="key", type="uuid", nullable=True),
    InputField(name="amount", type="money", limits=Bounds(min="0.01", max="100.00")),
    InputField(name="label", type="string", limits=Bounds(min_length=2, max_length=3, trim=True)),
    InputField(name="code", type="slug", limits=Bounds(max_length=20)),
    InputField(name="tags", type="list", limits=Bounds(max_items=2, max_length=3)),
    InputField(name="part", type="object", nested=Nested(members=PART)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item."""

    key: UUID | None = None
    amount: Decimal = Decimal("1.00")
    label: str = "ab"
    code: str = "x"
    tags: list[str] | None = None
    part: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Lists of objects, as dataclasses and as JSON."""

    lines: list[Line]
    box: dict[str, Any] | None = None


def closed(members: tuple[InputField, ...], **over: dict[str, Any]) -> dict[str, Any]:
    schema = schema_of(members)
    schema["properties"] |= over
    return schema


PART_SCHEMA = closed(PART)
PART_SCHEMA["properties"]["rate"] |= {"default": "0.500"}
LINE_SCHEMA = closed(LINE, part=PART_SCHEMA)
LINES = {"type": "array", "items": LINE_SCHEMA, "minItems": 1, "maxItems": 3, "uniqueItems": True}
BOX = (InputField(name="parts", type="objects", nested=Nested(members=PART, unique_by="label")),)
BOX_SCHEMA = closed(BOX, parts={"type": "array", "items": PART_SCHEMA, "maxItems": 3, "uniqueItems": True})
ORDER_FIELDS = (
    InputField(name="lines", type="objects", required=True, nested=Nested(members=LINE, make=Line, unique_by="key")),
    InputField(name="box", type="object", nested=Nested(members=BOX)),
)
ORDER = InputType("order", Order, ORDER_FIELDS, closed(ORDER_FIELDS, lines=LINES, box=BOX_SCHEMA))
KEY = "5C4E7D11-0000-4000-8000-000000000001"


def order(**members: Any) -> Order:
    """What a body is read as."""
    return ORDER.read(json.dumps(members).encode())


def wrong_order(**members: Any) -> dict[str, list[str]]:
    """The faults of a body."""
    with pytest.raises(Problem) as caught:
        order(**members)
    return caught.value.errors


def test_items_are_read_like_members_of_the_body() -> None:
    read_ = order(lines=[{"key": KEY, "amount": 2, "label": " ab", "tags": ["x"]}, {}])
    assert read_.lines == [
        Line(key=UUID(KEY), amount=Decimal("2.00"), label="ab", tags=["x"]),
        Line(),
    ]


def test_an_object_stays_json_in_the_one_form_of_its_values() -> None:
    part = {"label": " a ", "at": "2026-01-02T03:04:05.5+02:00", "mail": "A@Example.ORG", "rate": 1.5}
    kept = {"label": "a", "at": "2026-01-02T01:04:05.500000Z", "mail": "a@example.org", "rate": "1.500"}
    assert order(lines=[{"part": part}]).lines[0].part == kept
    assert order(lines=[{}], box={"parts": [part, {"label": "b"}]}).box == {
        "parts": [kept, {"label": "b", "rate": "0.500"}]
    }


def test_every_fault_is_told_by_its_path_at_once() -> None:
    line = {"amount": "0.00", "label": " a ", "code": "No", "tags": ["abcd"], "more": 1}
    part = {"label": "abcd", "at": "2026-02-30T00:00:00Z", "rate": "0.1234"}
    errors = wrong_order(lines=[line, {"key": KEY, "amount": "1.234", "part": part}, 7], box={"parts": [{}]}, other=1)
    assert set(errors) == {
        "lines.0.amount",
        "lines.0.label",
        "lines.0.code",
        "lines.0.tags.0",
        "lines.0.more",
        "lines.1.amount",
        "lines.1.part.label",
        "lines.1.part.at",
        "lines.1.part.rate",
        "lines.2",
        "box.parts.0.label",
        "other",
    }
    assert errors["lines.0.amount"] == ["Must be at least 0.01."]
    assert errors["lines.0.label"] == ["Must have at least 2 characters."]
    assert errors["lines.1.amount"] == ["Must have at most 2 decimal places."]


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        ([], {"lines": ["Must have at least 1 item."]}),
        ([{}] * 4, {"lines": ["Must have at most 3 items."]}),
        ({}, {"lines": ["Must be a list."]}),
        (None, {"lines": ["Must be a list."]}),
        ([[]], {"lines.0": ["Must be an object."]}),
    ],
)
def test_a_list_of_objects_has_bounds(lines: object, errors: dict[str, list[str]]) -> None:
    assert wrong_order(lines=lines) == errors


@pytest.mark.parametrize("second", [KEY, KEY.lower()])
def test_no_two_items_share_what_tells_them_apart(second: str) -> None:
    others = "00000000-0000-4000-8000-000000000001"
    lines = [{"key": KEY}, {"key": others}, {"key": second, "amount": 3}]
    assert wrong_order(lines=lines) == {"lines.2.key": ["Must not be the same as in another item."]}


def test_items_without_what_tells_them_apart_are_the_same() -> None:
    assert set(wrong_order(lines=[{}, {}])) == {"lines.1.key"}
    assert set(wrong_order(lines=[{}, {"key": None, "amount": 3}])) == {"lines.1.key"}
    assert set(wrong_order(lines=[{}], box={"parts": [{"label": "a"}, {"label": " a"}]})) == {"box.parts.1.label"}


def test_a_form_holds_objects_as_their_json() -> None:
    lines = json.dumps([{"key": KEY, "amount": "2.00"}])
    body = httpx.Request("POST", "http://x", data={"lines": lines, "box": '{"parts": []}'}).read()
    read_ = ORDER.read(body, "application/x-www-form-urlencoded")
    assert read_ == Order(lines=[Line(key=UUID(KEY), amount=Decimal("2.00"))], box={"parts": []})
    for broken in ("", "[{]", "7", '{"key": 1}', '[{"amount": NaN}]'):
        body = httpx.Request("POST", "http://x", data={"lines": broken}).read()
        with pytest.raises(Problem) as caught:
            ORDER.read(body, "application/x-www-form-urlencoded")
        assert set(caught.value.errors) == {"lines"}


# --- queries ----------------------------------------------------------------------------------


def test_a_query_is_read_like_a_form() -> None:
    values = THING.parse_query("name=a%20b&count=3&active=Yes&tags=a&tags=b&price=+2.5&weight=&unknown=1&unknown=2")
    assert values == {
        "name": "a b",
        "count": 3,
        "active": True,
        "tags": ["a", "b"],
        "price": Decimal("2.50"),
        "weight": None,
    }
    with pytest.raises(Problem) as caught:
        THING.parse_query("count=x&active=maybe&price=1&price=2")
    assert set(caught.value.errors) == {"price"}
    with pytest.raises(Problem) as caught:
        THING.parse_query("count=x&active=maybe")
    assert set(caught.value.errors) == {"name", "count", "active"}
