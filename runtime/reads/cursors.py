"""Cursors: where in an order a page ends, as opaque text that a client hands back.

Inside is JSON in base64url: the order, the direction, and the sort values of one row. A cursor knows its order by
itself, so what else a request says of page or order cannot contradict it. It grants nothing that the query itself does
not: it is a position, not a permission, so it needs no signature.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.fieldtypes import FIELD_TYPES, UNLIMITED
from runtime.reads.keyset import steps_of
from runtime.reads.reads import ListRead

CURSOR_MAX = 4000
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")
_WRONG = "is not a cursor of this list"

Order = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position: in which order, the values to bind, which of them are null, and which way to read from there."""

    order: Order
    values: Mapping[str, Any]
    nulls: tuple[bool, ...]
    backward: bool


def write_cursor(order: Order, row: str, *, backward: bool) -> str | None:
    """The cursor at a row, whose sort values are a JSON array; None when it would be too long to take back."""
    # The database wrote the array: no need to read it. Names of an order need no escapes.
    text = f'["{_said(order)}",{int(backward)},{row.lstrip()[1:]}'
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return cursor if len(cursor) <= CURSOR_MAX else None


def read_cursor(text: str, read: ListRead) -> Cursor:
    """Read a cursor back; ValueError for anything that `write_cursor` has not made for such a list."""
    match _document(text):
        case [str(said), 0 | 1 as backward, *row]:
            order = _order(said, read)
            values = _values(row, read, order)
        case _:
            raise ValueError(_WRONG)
    named = {f"cursor_{place}": value for place, value in enumerate(values, 1) if value is not None}
    return Cursor(order, named, tuple(value is None for value in values), bool(backward))


def _said(order: Order) -> str:
    return ",".join(f"{'-' * descends}{name}" for name, descends in order)


def _order(said: str, read: ListRead) -> Order:
    order = tuple((name.removeprefix("-"), name.startswith("-")) for name in said.split(",")) if said else ()
    names = [name for name, _ in order]
    known = {each.name for each in read.sorts} | {read.key}
    if len(set(names)) < len(names) or not known.issuperset(names):
        raise ValueError(_WRONG)
    return order


def _values(row: list[Any], read: ListRead, order: Order) -> list[Any]:
    steps = steps_of(read, order)
    if len(row) != len(steps):
        raise ValueError(_WRONG)
    kinds = [(read.key_type, False) if step is None else (step.type, step.nullable) for step, _ in steps]
    return [_value(value, kind, nullable) for value, (kind, nullable) in zip(row, kinds, strict=True)]


def _document(text: str) -> Any:
    if len(text) > CURSOR_MAX or not _ALPHABET.fullmatch(text):
        raise ValueError(_WRONG)
    try:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise ValueError(_WRONG) from None


def _value(value: Any, kind: str, nullable: bool) -> Any:
    if value is None and nullable:
        return None
    try:
        return _READERS[FIELD_TYPES[kind].postgres.split(" ")[0]](value, kind)
    except (KeyError, ValueError):
        raise ValueError(_WRONG) from None


def _integer(value: Any, _: str) -> int:
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError
    return value


def _boolean(value: Any, _: str) -> bool:
    if value not in (True, False):  # SQLite writes 1 and 0
        raise ValueError
    return bool(value)


def _text(value: Any, _: str) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError
    value.encode()  # UnicodeEncodeError, a ValueError, for lone surrogates
    return value


def _parsed(value: Any, kind: str) -> Any:
    if not isinstance(value, str):
        raise ValueError
    return FIELD_TYPES[kind].parse(value, UNLIMITED)


_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "bigint": _integer,
    "boolean": _boolean,
    "text": _text,
    "timestamptz": _parsed,
    "date": _parsed,
    "uuid": _parsed,
}
