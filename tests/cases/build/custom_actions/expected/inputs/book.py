# Generated from spec/book.yaml by `agora build`; do not edit.
"""What the operations of Book take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from generated import policies
from generated.inputs import _shared as shared
from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, InputField, InputType, Nested, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The object Wish."""

    title: str
    copies: int = 1
    parts: list[Volume] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The object Volume."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrow201:
    """201 of book.borrow: the row with this key."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrow200:
    """200 of book.borrow: the row with this key."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order201:
    """201 of book.order."""

    receipts: list[shared.Receipt]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAll200:
    """200 of book.count_all."""

    books: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInput:
    """The body of book.create."""

    title: str
    year: int | None = None
    fee: Decimal | Unset = UNSET
    topics: list[str] = field(default_factory=lambda: ["misc"])


CREATE = InputType(
    name="book.create",
    make=CreateInput,
    fields=(
        InputField(name="title", type="string", limits=Bounds(min_length=1, max_length=200, trim=True), required=True),
        InputField(name="year", type="integer", limits=Bounds(min=1450, max=2100), nullable=True),
        InputField(name="fee", type="money", limits=Bounds(min="0", max="50.00", places=2), policy=policies.librarian),
        InputField(name="topics", type="list", limits=Bounds(max_length=30, max_items=5)),
    ),
    schema={
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$"},
            "year": {"type": ["integer", "null"], "format": "int32", "minimum": 1450, "maximum": 2100},
            "fee": {
                "type": ["string", "number"],
                "pattern": "^[0-9]{1,2}(?:\\.[0-9]{1,2})?$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 50,
            },
            "topics": {
                "type": "array",
                "items": {"type": "string", "maxLength": 30, "pattern": "^[^\\x00]*$"},
                "maxItems": 5,
                "default": ["misc"],
            },
        },
        "required": ["title"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInput:
    """The body of book.update: what is left out stays."""

    title: str | Unset = UNSET
    year: int | Unset | None = UNSET
    fee: Decimal | Unset = UNSET
    topics: list[str] | Unset = UNSET


UPDATE = InputType(
    name="book.update",
    make=UpdateInput,
    fields=(
        InputField(name="title", type="string", limits=Bounds(min_length=1, max_length=200, trim=True), required=True),
        InputField(name="year", type="integer", limits=Bounds(min=1450, max=2100), nullable=True),
        InputField(name="fee", type="money", limits=Bounds(min="0", max="50.00", places=2)),
        InputField(name="topics", type="list", limits=Bounds(max_length=30, max_items=5)),
    ),
    schema={
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$"},
            "year": {"type": ["integer", "null"], "format": "int32", "minimum": 1450, "maximum": 2100},
            "fee": {
                "type": ["string", "number"],
                "pattern": "^[0-9]{1,2}(?:\\.[0-9]{1,2})?$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 50,
            },
            "topics": {
                "type": "array",
                "items": {"type": "string", "maxLength": 30, "pattern": "^[^\\x00]*$"},
                "maxItems": 5,
            },
        },
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceInput:
    """The body of book.replace."""

    title: str
    year: int | None = None
    fee: Decimal = Decimal("0.00")
    topics: list[str] = field(default_factory=lambda: ["misc"])


REPLACE = InputType(
    name="book.replace",
    make=ReplaceInput,
    fields=UPDATE.fields,
    schema={
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$"},
            "year": {"type": ["integer", "null"], "format": "int32", "minimum": 1450, "maximum": 2100},
            "fee": {
                "type": ["string", "number"],
                "pattern": "^[0-9]{1,2}(?:\\.[0-9]{1,2})?$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 50,
                "default": "0.00",
            },
            "topics": {
                "type": "array",
                "items": {"type": "string", "maxLength": 30, "pattern": "^[^\\x00]*$"},
                "maxItems": 5,
                "default": ["misc"],
            },
        },
        "required": ["title"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowInput:
    """The body of book.borrow."""

    days: int = 14
    until: date | None = None


BORROW = InputType(
    name="book.borrow",
    make=BorrowInput,
    fields=(
        InputField(name="days", type="integer", limits=Bounds(min=1, max=60)),
        InputField(name="until", type="date", nullable=True),
    ),
    schema={
        "type": "object",
        "properties": {
            "days": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 60, "default": 14},
            "until": {"type": ["string", "null"], "format": "date"},
        },
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """The body of book.order."""

    wishes: list[Wish]
    spare: list[Wish] = field(default_factory=list)
    sender: dict[str, Any] | None = None


ORDER = InputType(
    name="book.order",
    make=OrderInput,
    fields=(
        InputField(
            name="wishes",
            type="objects",
            limits=Bounds(max_items=10),
            required=True,
            nested=Nested(
                members=(
                    InputField(
                        name="title",
                        type="string",
                        limits=Bounds(min_length=1, max_length=200, trim=True),
                        required=True,
                    ),
                    InputField(name="copies", type="integer", limits=Bounds(min=1, max=5)),
                    InputField(
                        name="parts",
                        type="objects",
                        limits=Bounds(max_items=3),
                        nullable=True,
                        nested=Nested(
                            members=(
                                InputField(name="number", type="integer", limits=Bounds(min=1, max=99), required=True),
                            ),
                            make=Volume,
                        ),
                    ),
                ),
                make=Wish,
                unique_by="title",
            ),
        ),
        InputField(
            name="spare",
            type="objects",
            limits=Bounds(max_items=2),
            nested=Nested(
                members=(
                    InputField(
                        name="title",
                        type="string",
                        limits=Bounds(min_length=1, max_length=200, trim=True),
                        required=True,
                    ),
                    InputField(name="copies", type="integer", limits=Bounds(min=1, max=5)),
                    InputField(
                        name="parts",
                        type="objects",
                        limits=Bounds(max_items=3),
                        nullable=True,
                        nested=Nested(
                            members=(
                                InputField(name="number", type="integer", limits=Bounds(min=1, max=99), required=True),
                            ),
                            make=Volume,
                        ),
                    ),
                ),
                make=Wish,
            ),
        ),
        InputField(
            name="sender",
            type="object",
            nullable=True,
            nested=Nested(
                members=(
                    InputField(name="number", type="string", limits=Bounds(max_length=20), required=True),
                    InputField(name="due_on", type="date", nullable=True, required=True),
                )
            ),
        ),
    ),
    schema={
        "type": "object",
        "properties": {
            "wishes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "title": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 200,
                            "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                        },
                        "copies": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 5, "default": 1},
                        "parts": {
                            "type": ["array", "null"],
                            "items": {
                                "type": "object",
                                "properties": {
                                    "number": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 99}
                                },
                                "required": ["number"],
                                "additionalProperties": False,
                            },
                            "maxItems": 3,
                        },
                    },
                    "required": ["title"],
                    "additionalProperties": False,
                },
                "minItems": 1,
                "maxItems": 10,
                "uniqueItems": True,
            },
            "spare": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "title": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 200,
                            "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                        },
                        "copies": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 5, "default": 1},
                        "parts": {
                            "type": ["array", "null"],
                            "items": {
                                "type": "object",
                                "properties": {
                                    "number": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 99}
                                },
                                "required": ["number"],
                                "additionalProperties": False,
                            },
                            "maxItems": 3,
                        },
                    },
                    "required": ["title"],
                    "additionalProperties": False,
                },
                "maxItems": 2,
                "default": [],
            },
            "sender": {
                "type": ["object", "null"],
                "properties": {
                    "number": {"type": "string", "maxLength": 20, "pattern": "^[^\\x00]*$"},
                    "due_on": {"type": ["string", "null"], "format": "date"},
                },
                "required": ["number", "due_on"],
                "additionalProperties": False,
            },
        },
        "required": ["wishes"],
        "additionalProperties": False,
    },
)
