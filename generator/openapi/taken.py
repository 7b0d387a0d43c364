"""What an operation takes of records: in its path, its query and its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.members import key_of, listed_by, object_of
from generator.model import Field, Model, Resource
from generator.openapi.names import plural, singular
from generator.operations import Operation
from generator.reads.filters import Filters
from generator.reads.rows import top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS


@dataclass(frozen=True, slots=True)
class Taken:
    """A field of a record of `resource`, handed over as the parameter `name`, or as that member of the body.

    `path` is the way to a member; a list is meant by its first item. Of a filter any one of `fields` will do.
    """

    resource: str
    fields: tuple[str, ...]
    where: Literal["path", "query", "body"]
    path: tuple[str, ...]
    required: bool = True


def taken(model: Model, operation: Operation) -> tuple[Taken, ...]:
    """Everything that an operation takes of records."""
    return (*_path(operation), *_query(model, operation), *_body(model, operation))


def _path(operation: Operation) -> Iterator[Taken]:
    for each in operation.action.parameters:
        yield Taken(each.resource, (each.field,), "path", (each.name,))


def _query(model: Model, operation: Operation) -> Iterator[Taken]:
    if operation.action.kind != "list":
        return
    listed = listed_by(model, operation.resource, operation.action)
    filters = Filters(Values(model, DIALECTS[0]), top_rows(listed))
    for each in listed.filters:
        found = filters.referred(each)
        if found is not None:
            yield Taken(*found, "query", (each.name,), required=False)


def _body(model: Model, operation: Operation) -> Iterator[Taken]:
    given = operation.action.input
    for item in given.items if given else ():
        yield from _member(model, operation.resource, item.field, (), required=not operation.partial)


def _member(model: Model, owner: Resource, field: Field, above: tuple[str, ...], *, required: bool) -> Iterator[Taken]:
    path, required = (*above, field.name), required and field.required
    if field.type == "reference":
        yield Taken(str(field.object), ("id",), "body", path, required)
    elif field.type in ("object", "objects"):
        for each in object_of(model, owner, str(field.object)):
            yield from _member(model, owner, each, path, required=required)
    elif found := _named(model, owner, field):
        yield Taken(found[0].name, (found[1],), "body", path, required)


def _named(model: Model, owner: Resource, field: Field) -> tuple[Resource, str] | None:
    """What a member that a hook reads means, by its name: `item_id` is the key of one of the items, `image_key` that of
    an image's file."""
    word, _, ending = field.name.rpartition("_")
    target = _meant(model, owner, word) if word and ending in ("id", "key") else None
    if target is None:
        return None
    if ending == "key":
        return (target, target.attachments[0].name) if field.type == "string" and target.attachments else None
    key = key_of(target).type
    return (target, "id") if field.type == ("integer" if key == "id" else key) else None


def _meant(model: Model, owner: Resource, word: str) -> Resource | None:
    """The resource that a word means: at the end of a relation of that name, or called so."""
    above = [model.by_name[each.target] for each in owner.belongs_to if each.name == owner.parent]
    for near in (owner, *above):
        for one in near.belongs_to:
            if one.name == word:
                return model.by_name[one.target]
        for many in near.has_many:
            if many.name == plural(word):
                return model.by_name[many.target]
    return next((each for each in model.resources if singular(each) == word), None)
