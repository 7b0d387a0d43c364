"""Examples of inputs: what the spec offers, else something that fits the field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.members import key_of, machine_of, object_of
from generator.model import Action, Field, InputItem, Model, Resource

Json = dict[str, Any]


def body_example(model: Model, resource: Resource, action: Action, *, partial: bool) -> Json:
    """A body that passes, whoever sends it. Of a change only one member, else what must be there and what the spec
    shows."""
    items = [each for each in (action.input.items if action.input else ()) if _is_free(each)]
    fields = [item.field for item in items]
    shown = [field for field in fields if field.required or field.examples] or fields[:1]
    examples = {field.name: value_example(model, resource, field) for field in shown} | dict(_state(resource, action))
    return dict(list(examples.items())[:1]) if partial else examples


def form_example(schema: Json, example: Json) -> Json:
    """The same body as a form says it: objects as the text of their JSON, and nothing that is null."""
    pieces = schema["properties"]
    return {
        name: json.dumps(value, ensure_ascii=False) if "contentSchema" in pieces[name] else value
        for name, value in example.items()
        if value is not None
    }


def _is_free(item: InputItem) -> bool:
    """Whether everybody may send it, or everybody must."""
    return item.policy is None or item.field.required


def _state(resource: Resource, action: Action) -> Iterator[tuple[str, str]]:
    """Of a transition that its body names: a state that can be reached, not that of the birth."""
    if action.kind == "transition" and action.transition is None:
        machine = machine_of(resource)
        yield machine.field, next(each.target for each in machine.transitions if each.takes is None)


def value_example(model: Model, resource: Resource, field: Field) -> Any:
    """A value that a field takes."""
    if field.examples:
        return field.examples[0]
    if field.type == "reference":
        return value_example(model, resource, key_of(model.by_name[str(field.object)]))
    if field.type in ("object", "objects"):
        members = object_of(model, resource, str(field.object))
        one = {each.name: value_example(model, resource, each) for each in members if each.required or each.examples}
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


def _within(usual: str) -> Callable[[Field], str]:
    """A date or time, moved to the nearest bound where the field leaves it out."""
    return lambda field: min(max(usual, str(field.min or usual)), str(field.max or usual))


def _list(field: Field) -> list[str]:
    words = ["one", "two", *(f"number {count}" for count in range(3, (field.min_items or 0) + 1))]
    return [word.ljust(field.min_length or 0, ".")[: field.max_length] for word in words[: field.max_items]]


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
    "date": _within("2026-05-17"),
    "datetime": _within("2026-05-17T09:30:00Z"),
    "created": _constant("2026-05-17T09:30:00Z"),
    "updated": _constant("2026-05-17T09:30:00Z"),
    "list": _list,
}
