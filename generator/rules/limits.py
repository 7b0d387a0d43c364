"""Limits of fields: that they are values of their type, in order, and patterns that mean the same everywhere."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

import jsonschema_rs

from generator.model import Field
from generator.rules.said_fields import Said
from generator.rules.subject import Found, Subject
from runtime.fieldtypes import FIELD_TYPES


def limits_are_values(_: Subject, said: Said) -> Found:
    field = said.field
    for name in ("min", "max"):
        limit = getattr(field, name)
        if limit is not None and name in FIELD_TYPES[field.type].limits and _measure(field, limit) is None:
            what = f"of type {field.type}" + (f" with {field.places} places" if field.places else "")
            yield said.fault(name, "bad-limit", f"'{limit}' is not {what}")


def limits_are_in_order(_: Subject, said: Said) -> Found:
    field = said.field
    low, high = _measure(field, field.min), _measure(field, field.max)
    if isinstance(low, dt.date) and isinstance(high, dt.date):
        out_of_order = low > high
    else:
        out_of_order = isinstance(low, Decimal) and isinstance(high, Decimal) and low > high
    if out_of_order:
        yield said.fault("max", "limits-crossed", f"max {field.max} is less than min {field.min}")
    if field.min_length is not None and field.max_length is not None and field.min_length > field.max_length:
        message = f"max_length {field.max_length} is less than min_length {field.min_length}"
        yield said.fault("max_length", "limits-crossed", message)
    if field.min_items is not None and field.max_items is not None and field.min_items > field.max_items:
        message = f"max_items {field.max_items} is less than min_items {field.min_items}"
        yield said.fault("max_items", "limits-crossed", message)


def _measure(field: Field, limit: str | int | None) -> Decimal | dt.date | None:
    if limit is None:
        return None
    if field.type == "date":
        return _date(str(limit))
    if field.type == "integer":
        return Decimal(limit) if isinstance(limit, int) and abs(limit) < 2**63 else None
    return _decimal(str(limit), 2 if field.places is None else field.places)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _decimal(text: str, places: int) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    exponent = found.as_tuple().exponent
    return found if isinstance(exponent, int) and -exponent <= places else None


UNPORTABLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\^|(?<!\\)\$$"), "leave ^ and $ out: the whole text must match anyway"),
    (re.compile(r"\(\?P|\(\?[aiLmsux-]+[):]|\(\?#|\(\?\(|\(\?>"), "use only groups that JavaScript has too"),
    (re.compile(r"\\[AZzGpPQ]"), "use only escapes that JavaScript has too"),
    (re.compile(r"[*+?}]\+"), "possessive quantifiers are Python's own"),
)


def pattern_is_portable(_: Subject, said: Said) -> Found:
    """It is checked in Python here and published for clients in any language."""
    pattern = said.field.pattern
    if pattern is None:
        return
    try:
        re.compile(pattern)
    except re.error as error:
        yield said.fault("pattern", "bad-pattern", f"this is no regular expression: {error}")
        return
    hints = [hint for form, hint in UNPORTABLE if form.search(pattern)]
    if not hints and not _is_published(pattern):
        hints = ["JavaScript does not read it: put a backslash before a character that stands for itself"]
    for hint in hints:
        yield said.fault("pattern", "bad-pattern", "this pattern does not mean the same everywhere", hint)


def _is_published(pattern: str) -> bool:
    """Whether a JSON Schema may hold it."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": f"^(?:{pattern})$"})
    except jsonschema_rs.ValidationError:
        return False
    return True


def judgeable(field: Field) -> bool:
    """Whether the definition is sound enough to judge values by."""
    if field.type == "enum" and not field.values:
        return False
    limits = [each for each in (field.min, field.max) if each is not None]
    if any(_measure(field, each) is None for each in limits if field.type in ("integer", "money", "decimal", "date")):
        return False
    return field.pattern is None or _compiles(field.pattern)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return not any(form.search(pattern) for form, _ in UNPORTABLE) and _is_published(pattern)
