"""Examples of inputs: what the spec offers, else something that fits the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.members import key_of, object_of
from generator.model import Action, Field, Model, Resource


def body_example(model: Model, resource: Resource, action: Action, *, partial: bool) -> Mapping[str, Any]:
    """A body that passes. Of a change only one member, else what must be there and what the spec shows."""
    fields = [item.field for item in action.input.items] if action.input else []
    shown = [field for field in fields if field.required or field.examples] or fields[:1]
    examples = {field.name: _example(model, resource, field) for field in shown}
    return dict(list(examples.items())[:1]) if partial else examples


def _example(model: Model, resource: Resource, field: Field) -> Any:
    if field.examples:
        return field.examples[0]
    if field.type == "reference":
        return _example(model, resource, key_of(model.by_name[str(field.object)]))
    if field.type in ("object", "objects"):
        members = object_of(model, resource, str(field.object))
        one = {each.name: _example(model, resource, each) for each in members if each.required or each.examples}
        return one if field.type == "object" else [one]
    return MADE[field.type](field)


def _text(field: Field) -> str:
    words = field.name.replace("_", " ").capitalize()
    padded = words.ljust(field.min_length or 0, ".")
    return padded[: field.max_length]


def _number(field: Field) -> int:
    low = int(field.min) if field.min is not None else 1
    high = int(field.max) if field.max is not None else low
    return min(max(low, 1), high)


def _decimal(field: Field) -> str:
    return str(field.min) if field.min is not None else str(field.max or 1)


def _constant(value: Any) -> Callable[[Field], Any]:
    return lambda _: value


MADE: Mapping[str, Callable[[Field], Any]] = {
    "id": _constant(1),
    "uuid": _constant("0b7b6a1c-5f0e-4b8e-9a52-3d0c7b1f9e10"),
    "integer": _number,
    "counter": _constant(0),
    "string": _text,
    "text": _text,
    "slug": _constant("an-example"),
    "email": _constant("somebody@example.org"),
    "url": _constant("https://example.org/"),
    "enum": lambda field: field.values[0],
    "file": _constant(None),
    "password": lambda field: "correct-horse-battery"[: field.max_length],
    "boolean": _constant(True),
    "money": _decimal,
    "decimal": _decimal,
    "date": _constant("2026-05-17"),
    "datetime": _constant("2026-05-17T09:30:00Z"),
    "created": _constant("2026-05-17T09:30:00Z"),
    "updated": _constant("2026-05-17T09:30:00Z"),
    "list": _constant(["one", "two"]),
}
