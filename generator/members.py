"""What a name stands for in a resource, and where a path of relations ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model import (
    Action,
    Aggregate,
    BelongsTo,
    Computed,
    Field,
    HasMany,
    Model,
    Representation,
    Resource,
)

Member = Field | BelongsTo | HasMany | Computed | Aggregate


def member(resource: Resource, name: str) -> Member:
    """The field, relation, computed value or aggregate called `name`. The rules have made sure there is one."""
    groups: tuple[Iterable[Member], ...] = (
        resource.fields,
        resource.belongs_to,
        resource.has_many,
        resource.computed,
        resource.aggregates,
    )
    return next(each for group in groups for each in group if each.name == name)


def key_of(resource: Resource) -> Field:
    """The primary key: the field `id`."""
    return next(field for field in resource.fields if field.name == "id")


def target_of(model: Model, resource: Resource, relation: str) -> Resource:
    """The resource at the other end of one relation."""
    found = member(resource, relation)
    if not isinstance(found, BelongsTo | HasMany):
        raise TypeError(f"{relation} is no relation of {resource.name}")  # the rules have made sure
    return model.by_name[found.target]


def end_of(model: Model, resource: Resource, path: Iterable[str]) -> Resource:
    """The resource at the end of a dotted way over relations."""
    for step in path:
        resource = target_of(model, resource, step)
    return resource


def repeats(relations: Iterable[BelongsTo | HasMany]) -> bool:
    """Whether a way over these relations may reach a record several times: by a belongs_to of many records."""
    many = False
    for each in relations:
        if many and isinstance(each, BelongsTo):
            return True
        many = many or isinstance(each, HasMany)
    return False


def representation_of(resource: Resource, name: str) -> Representation:
    """The representation called `name`."""
    return next(each for each in resource.representations if each.name == name)


def object_of(model: Model, resource: Resource, name: str) -> tuple[Field, ...]:
    """The members of a named object: the resource's own, else the shared one."""
    own: Mapping[str, tuple[Field, ...]] = resource.objects
    return own[name] if name in own else model.objects[name]


def listed_by(model: Model, resource: Resource, action: Action) -> Resource:
    """The resource whose records an action shows: that of its `of`, else its own."""
    return target_of(model, resource, action.of) if action.of else resource


def column_named(resource: Resource, name: str) -> Field | BelongsTo:
    """The field or belongs_to called `name`."""
    found = member(resource, name)
    if not isinstance(found, Field | BelongsTo):
        raise TypeError(f"{name} is no column of {resource.name}")  # the rules have made sure
    return found


def column_of(found: Field | BelongsTo) -> str:
    """The name of the column that a field or belongs_to is kept in."""
    return f"{found.name}_id" if isinstance(found, BelongsTo) else found.name
