"""Model → what the runtime has to know to count events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.members import key_of, member
from generator.model import Event, HasMany, Model, Resource
from generator.reads.compiler import unless
from generator.reads.plans import Sql


@dataclass(frozen=True, slots=True)
class Raised:
    """Prints as the runtime's own class of this name."""

    table: str
    by: str
    columns: tuple[str, ...]
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventCount:
    """Prints as the runtime's own class of this name."""

    name: str
    table: str
    key: str
    raises: tuple[Raised, ...] = ()
    unless: Sql | None = None


def events(model: Model) -> Iterator[EventCount]:
    """The events of all resources."""
    for resource in model.resources:
        for event in resource.events:
            yield EventCount(
                name=f"{resource.stem}.{event.name}",
                table=resource.table,
                key=key_of(resource).name,
                raises=tuple(_raised(model, resource, event)),
                unless=unless(model, resource, event),
            )


def _raised(model: Model, resource: Resource, event: Event) -> Iterator[Raised]:
    """One for each table, in the order in which they are said. Being seen is no change of the record itself; what
    is kept about it elsewhere does change."""
    columns: dict[str, list[str]] = {}
    for name in event.counts:
        relation, _, column = name.rpartition(".")
        columns.setdefault(relation, []).append(column)
    for relation, names in columns.items():
        yield _of_others(model, resource, relation, names) if relation else _of_its_own(resource, names)


def _of_its_own(resource: Resource, names: list[str]) -> Raised:
    return Raised(resource.table, key_of(resource).name, tuple(names))


def _of_others(model: Model, resource: Resource, name: str, names: list[str]) -> Raised:
    relation = member(resource, name)
    assert isinstance(relation, HasMany)
    target = model.by_name[relation.target]
    stamps = tuple(field.name for field in target.fields if field.type == "updated")
    return Raised(target.table, f"{relation.inverse}_id", tuple(names), stamps)
