"""The Python annotation of a field in generated code, and the imports that it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator.literals import Name, literal
from generator.members import key_of
from generator.model import Field, Model, Resource
from runtime.fieldtypes import FIELD_TYPES

IMPORTS = {
    "datetime": "from datetime import datetime",
    "date": "from datetime import date",
    "Decimal": "from decimal import Decimal",
    "UUID": "from uuid import UUID",
    "Any": "from typing import Any",
    "Literal": "from typing import Literal",
}

# How a value is written where the spec's own is not the Python value.
FORMS = {
    "Decimal": "Decimal({})",
    "date": "date.fromisoformat({})",
    "datetime": "datetime.fromisoformat({})",
    "UUID": "UUID({})",
}


def annotation(model: Model, field: Field, item: str | None = None, *, unset: bool = False) -> str:
    """How a value of this field is typed in Python; `item` is the class of what a list of objects holds."""
    alternatives = [f"list[{item}]" if item else plain(model, field)]
    alternatives += ["Unset"] if unset else []
    alternatives += ["None"] if field.nullable else []
    return " | ".join(alternatives)


def plain(model: Model, field: Field) -> str:
    """The type of a value that is there: the values of an enum and a constant are spelled out."""
    if field.record is not None:
        return field.record.partition(".")[0]
    if field.type == "reference":
        return FIELD_TYPES[key_of(model.by_name[str(field.object)]).type].python
    if field.has_const and isinstance(field.const, bool | int | str):
        return f"Literal[{literal(field.const)}]"
    if field.type == "enum":
        return f"Literal[{', '.join(map(literal, field.values))}]"
    return FIELD_TYPES[field.type].python


def default_of(field: Field) -> object:
    """What a new row has where nothing is said, as a value to print; None where there is nothing to say.

    A list or object comes as a function, so that no two rows share one.
    """
    if field.type == "counter":
        return 0
    if not field.has_default or field.default is None:
        return None
    if isinstance(field.default, list | tuple | Mapping):
        kind = "dict" if isinstance(field.default, Mapping) else "list"
        listed = list(field.default) if kind == "list" else dict(field.default)
        return Name(f"lambda: {literal(listed)}" if listed else kind)
    return value_of(field, field.default)


def value_of(field: Field, value: object) -> object:
    """A single value of a field as a value to print: of the type that its attribute has."""
    form = FORMS.get(FIELD_TYPES[field.type].python)
    return Name(form.format(literal(str(value)))) if form and value is not None else value


def set_values(resource: Resource, values: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Values that the spec sets, by column, as values to print."""
    fields = {each.name: each for each in resource.fields}
    return {name: value_of(fields[name], value) for name, value in values}


def imports_of(names: Collection[str]) -> list[str]:
    """What a module that uses these names has to import of the standard library."""
    return [line for name, line in IMPORTS.items() if name in names]
