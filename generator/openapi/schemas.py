"""The components of the document: one schema for each representation and object that some answer shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.members import listed_by
from generator.model import Model, Result
from generator.operations import Operation
from generator.schemas import (
    COMPONENTS,
    object_name,
    object_schema,
    representation_schema,
    result_schema,
    schema_name,
)

Json = dict[str, Any]


def components(model: Model, operations: Iterable[Operation]) -> Json:
    """By name; those that no answer leads to are left out."""
    known = dict(_all(model))
    wanted: set[str] = set()
    waiting = [name for operation in operations for name in _shown(model, operation)]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting.extend(references(known[name]))
    return {name: known[name] for name in sorted(wanted)}


def _all(model: Model) -> Iterator[tuple[str, Json]]:
    for resource in model.resources:
        for shape in resource.representations:
            described = {"description": f"{resource.description.strip()} Shown as `{shape.name}`."}
            schema = representation_schema(model, resource, shape.name)
            yield schema_name(resource, shape.name), described | schema | {"x-spec-source": shape.place.short()}
        for name in (*resource.objects, *model.objects):
            yield object_name(model, resource, name), object_schema(model, resource, name)


def answer_schema(model: Model, operation: Operation, result: Result) -> Json | None:
    """The body of one success answer. Where the storage is off, a retrieved record may have more members."""
    action, off = operation.action, operation.action.storage_off
    if off is None or result.representation is None:
        return result_schema(model, listed_by(model, operation.resource, action), result)
    whole = representation_schema(model, operation.resource, result.representation)
    added = {name: {"const": value} for name, value in off.items() if name not in whole["properties"]}
    return whole | {"properties": whole["properties"] | added}


def _shown(model: Model, operation: Operation) -> Iterator[str]:
    for result in operation.action.returns:
        yield from references(answer_schema(model, operation, result) or {})
    for error in operation.action.errors:
        for field in error.fields:
            if field.type in ("object", "objects"):
                yield object_name(model, operation.resource, str(field.object))


def references(schema: Any) -> Iterator[str]:
    """The components that a schema refers to."""
    if isinstance(schema, dict):
        for name, piece in schema.items():
            if name == "$ref" and isinstance(piece, str) and piece.startswith(COMPONENTS):
                yield piece.removeprefix(COMPONENTS)
            else:
                yield from references(piece)
    elif isinstance(schema, list):
        for piece in schema:
            yield from references(piece)
