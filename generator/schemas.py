"""Model → JSON Schema (2020-12) of every input, representation and object, as plain data.

What is published in the OpenAPI document is what checks each request: both are made here. A nested shape of an answer
is a `$ref` into the document's components; an input is complete in itself, so that a validator needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from generator.expressions import Scope, Type, check
from generator.members import column_named, end_of, key_of, member, object_of, representation_of, shown_record
from generator.model import (
    Action,
    Aggregate,
    BelongsTo,
    Computed,
    Field,
    Input,
    Item,
    Model,
    Resource,
    Result,
)
from runtime.fieldtypes import FIELD_TYPES, Bounds

Schema = dict[str, Any]

COMPONENTS = "#/components/schemas/"

# The field type that shows a computed value of each kind.
KINDS = {
    "boolean": "boolean",
    "integer": "integer",
    "decimal": "decimal",
    "enum": "enum",
    "datetime": "datetime",
    "date": "date",
    "uuid": "uuid",
    "list": "list",
    "object": "object",
}


# --- inputs -----------------------------------------------------------------------------------


def input_schema(model: Model, resource: Resource, action: Action) -> Schema:
    """The body of a create or a custom action: what is required must be there."""
    return _body(model, resource, action.input, partial=False)


def replace_schema(model: Model, resource: Resource, action: Action) -> Schema:
    """The body of PUT: as for a create; what may be left out returns to its default."""
    return _body(model, resource, action.input, partial=False)


def patch_schema(model: Model, resource: Resource, action: Action) -> Schema:
    """The body of PATCH: nothing is required."""
    return _body(model, resource, action.input, partial=True)


def _body(model: Model, resource: Resource, given: Input | None, *, partial: bool) -> Schema:
    items = given.items if given else ()
    required = [] if partial else [item.field.name for item in items if item.field.required]
    pieces = {
        # Clients send the defaults that they read here, and not everybody may send every member.
        item.field.name: input_piece(model, resource, item.field, default=not partial and item.policy is None)
        for item in items
    }
    return closed(pieces, required)


def input_piece(model: Model, resource: Resource, field: Field, *, default: bool = True) -> Schema:
    """The schema of one member of an input."""
    if field.type == "reference":
        piece = _scalar(key_of(model.by_name[str(field.object)]), nullable=field.nullable, input=True)
    elif field.type in ("object", "objects"):
        piece = _of_objects(field, object_schema(model, resource, str(field.object), input=True))
    else:
        piece = _scalar(field, nullable=field.nullable, input=True)
    if default and field.has_default and not field.required:
        piece |= {"default": field.default}
    return piece | _notes(field)


# --- answers ----------------------------------------------------------------------------------


def schema_name(resource: Resource, representation: str) -> str:
    """The component that holds a representation: `BookDetail`; what is shown in full is the `Book` itself."""
    return resource.name if representation == "full" else resource.name + pascal(representation)


def object_name(model: Model, resource: Resource, name: str) -> str:
    """The component that holds a named object; two resources' own objects of one name are told apart."""
    if name not in resource.objects:
        return name
    others = [each for each in model.resources if name in each.objects and each.name != resource.name]
    return resource.name + name if others or name in model.objects else name


def representation_schema(model: Model, resource: Resource, name: str) -> Schema:
    """One record of `resource` as the representation shows it; every member is always there."""
    return _shown(model, resource, representation_of(resource, name).items)


def object_schema(model: Model, resource: Resource, name: str, *, input: bool = False) -> Schema:
    """A named object, either as it is taken or as it is shown."""
    fields = object_of(model, resource, name)
    return closed(
        {field.name: _member_piece(model, resource, field, input=input) for field in fields},
        [field.name for field in fields if field.required],
    )


def result_schema(model: Model, resource: Resource, result: Result) -> Schema | None:
    """The body of one success answer; None where there is none."""
    if result.representation:
        return _ref(schema_name(model.by_name[result.of] if result.of else resource, result.representation))
    if result.object:
        return _ref(object_name(model, resource, result.object))
    return members_schema(model, resource, result.fields) if result.fields else None


def members_schema(model: Model, resource: Resource, fields: Sequence[Field]) -> Schema:
    """An object of these members, all of which are always there."""
    pieces = {field.name: _member_piece(model, resource, field, input=False) for field in fields}
    return closed(pieces, list(pieces))


def _member_piece(model: Model, resource: Resource, field: Field, *, input: bool) -> Schema:
    if input:
        return input_piece(model, resource, field)
    if field.record is not None:
        return _nullable(_ref(schema_name(*shown_record(model, field))), field.nullable)
    if field.type in ("object", "objects"):
        return _of_objects(field, _ref(object_name(model, resource, str(field.object)))) | _notes(field)
    return _scalar(field, nullable=field.nullable, input=False) | _notes(field)


def _of_objects(field: Field, one: Schema) -> Schema:
    """An object, or a list of them."""
    if field.type == "object":
        return _nullable(one, field.nullable)
    limits = {"minItems": field.min_items, "maxItems": field.max_items, "uniqueItems": field.unique_by and True}
    piece = {"type": "array", "items": one} | {name: limit for name, limit in limits.items() if limit is not None}
    return _nullable(piece, field.nullable)


def _shown(model: Model, resource: Resource, items: Iterable[Item]) -> Schema:
    pieces = {item.name: _item(model, resource, item) for item in items}
    return closed(pieces, list(pieces))


def _item(model: Model, resource: Resource, item: Item) -> Schema:
    if item.items:
        return _shown(model, resource, item.items)
    if item.is_self:
        return _nullable(_ref(schema_name(resource, str(item.shape))), item.where is not None)
    if item.aggregate:
        return _aggregate(model, resource, item.aggregate, item.shape)
    source = member(resource, str(item.source))
    if isinstance(source, Aggregate):
        return _aggregate(model, resource, source, item.shape)
    if isinstance(source, Field) and item.as_key:
        return _nullable({"type": "string"}, source.nullable)
    if isinstance(source, Field):
        return _member_piece(model, resource, source, input=False)
    if isinstance(source, Computed):
        type = check(source.expression, Scope(model=model, resource=resource)).type
        return _nullable(_plain(type), type.nullable)
    if item.shape is None and isinstance(source, BelongsTo):
        return _scalar(key_of(model.by_name[source.target]), nullable=source.nullable, input=False)
    return _related(model, resource, item)


def _related(model: Model, resource: Resource, item: Item) -> Schema:
    """Rows or one row of other resources: one where every step of the way is a belongs_to."""
    path = item.path or (str(item.source),)
    steps = [(end_of(model, resource, path[:index]), name) for index, name in enumerate(path)]
    links = [member(owner, name) for owner, name in steps]
    end = end_of(model, resource, path)
    shape = _ref(schema_name(end, str(item.shape)))
    if not all(isinstance(link, BelongsTo) for link in links):
        return {"type": "array", "items": shape}
    hidden = [end_of(model, resource, path[: index + 1]).visible for index in range(len(path))]
    nullable = any(isinstance(link, BelongsTo) and link.nullable for link in links)
    return _nullable(shape, nullable or any(each is not None for each in hidden))


def _aggregate(model: Model, resource: Resource, aggregate: Aggregate, shape: str | None) -> Schema:
    end = end_of(model, resource, aggregate.path)
    if aggregate.function == "exists":
        return {"type": "boolean"}
    if aggregate.function == "count":
        return {"type": "integer", "minimum": 0}
    if aggregate.function == "avg":
        return {"type": _types("number", aggregate.default is None)}
    if aggregate.function == "sum":
        return _nullable(_summed(model, end, str(aggregate.value)), aggregate.default is None)
    if aggregate.value is not None:
        first = column_named(end, aggregate.value)
        assert isinstance(first, Field)
        return _member_piece(model, end, replace(first, nullable=True), input=False)
    return _nullable(_ref(schema_name(end, str(shape))), True)


def _summed(model: Model, end: Resource, name: str) -> Schema:
    """What a sum shows: a value of the type of what is summed, without its limits."""
    found = member(end, name)
    if isinstance(found, Computed):
        return _plain(check(found.expression, Scope(model=model, resource=end)).type)
    assert isinstance(found, Field), f"{name} of {end.name} is no number"
    return _scalar(Field(found.name, found.type, found.place, places=found.places), nullable=False, input=False)


def _plain(type: Type) -> Schema:
    """A value of a type that is there; a decimal shows as many places as the expression gives it."""
    limits = Bounds(places=type.places, values=type.values)
    return FIELD_TYPES[KINDS.get(type.stored, "string")].schema(limits, input=False)


# --- pieces -----------------------------------------------------------------------------------


def closed(properties: Schema, required: list[str]) -> Schema:
    """An object that has these members and no others."""
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return schema | {"additionalProperties": False}


def pascal(name: str) -> str:
    """`title_page` → `TitlePage`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _scalar(field: Field, *, nullable: bool, input: bool) -> Schema:
    piece: Schema = FIELD_TYPES[field.type].schema(field, input=input)
    return _nullable(piece, nullable)


def _nullable(piece: Schema, nullable: bool) -> Schema:
    if not nullable:
        return piece
    if "type" not in piece:
        return {"anyOf": [piece, {"type": "null"}]}
    allowed = piece | {"type": _types(piece["type"], True)}
    return allowed | {"enum": [*piece["enum"], None]} if "enum" in piece else allowed


def _types(names: str | list[str], nullable: bool) -> str | list[str]:
    listed = [names] if isinstance(names, str) else list(names)
    return list(dict.fromkeys([*listed, "null"])) if nullable else names


def _notes(field: Field) -> Schema:
    notes: Schema = {}
    if field.has_const:
        notes["const"] = field.const
    if field.description:
        notes["description"] = field.description
    if field.examples:
        notes["examples"] = list(field.examples)
    if field.deprecated:
        notes["deprecated"] = True
    return notes


def _ref(name: str) -> Schema:
    return {"$ref": COMPONENTS + name}
