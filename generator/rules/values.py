"""Whether a value that a spec says is one that the field takes: judged as a client's value would be."""

from __future__ import annotations

from functools import lru_cache

import jsonschema_rs

from generator.model import Field
from generator.rules.limits import judgeable
from runtime.fieldtypes import FIELD_TYPES, Bounds

JUDGED_ELSEWHERE = ("reference", "object", "objects", "file")


def problem(field: Field, value: object) -> str | None:
    """What is wrong with a value of a field; None where nothing is."""
    if value is None:
        return None if field.nullable else "null is not allowed"
    kind = FIELD_TYPES.get(field.type)
    if kind is None or field.type in JUDGED_ELSEWHERE or not judgeable(field):
        return None
    limits = _limits(field)
    validator = _validator(field.type, limits)
    error = next(validator.iter_errors(value), None)
    if error is not None:
        return _said(field, str(error.message))
    try:
        kind.convert(value, limits)
    except ValueError as refusal:
        return str(refusal)
    return None


def _said(field: Field, message: str) -> str:
    """The validator's message; a pattern is only shown where it is the field's own."""
    if "does not match" not in message:
        return message
    return f"it does not match {field.pattern}" if field.pattern else f"it has not the form of {field.type}"


def _limits(field: Field) -> Bounds:
    return Bounds(
        min=field.min,
        max=field.max,
        min_length=field.min_length,
        max_length=field.max_length,
        max_items=field.max_items,
        pattern=field.pattern,
        trim=field.trim,
        places=field.places,
        values=field.values,
    )


@lru_cache(maxsize=4096)
def _validator(type_name: str, limits: Bounds) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(FIELD_TYPES[type_name].schema(limits, input=True), validate_formats=True)
