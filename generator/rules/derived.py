"""What is derived from records or must hold of them: aggregates, invariants, identities, indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic
from generator.model import Aggregate, BelongsTo, Field, HasMany, Item, Place, Resource
from generator.rules import aggregated
from generator.rules.relations import sorts_by_members
from generator.rules.subject import Found, Subject, is_to_many, named, unknown
from generator.specs.nodes import Step


def aggregates_are_sound(subject: Subject, resource: Resource) -> Found:
    """Their way leads to many records, and there is what they read there."""
    for aggregate, path in all_aggregates(resource):
        yield from _leads_to_many(subject, resource, aggregate, path)
        if aggregate.value is not None and is_to_many(subject, resource, aggregate.path):
            yield from aggregated.values_can_be_read(subject, resource, aggregate, path)
        far = subject.far(resource, aggregate.path)
        if far is not None:
            yield from sorts_by_members(subject, resource, far, *path, "sort")


def all_aggregates(resource: Resource) -> Iterator[tuple[Aggregate, tuple[Step, ...]]]:
    """The named ones and those written into representations, each with the path of its node."""
    for each in resource.aggregates:
        yield each, ("aggregates", each.name)
    for representation in resource.representations:
        for item, path in all_items(representation.items, ("representations", representation.name)):
            if item.aggregate is not None:
                yield item.aggregate, path


def all_items(items: Iterable[Item], path: tuple[Step, ...]) -> Iterator[tuple[Item, tuple[Step, ...]]]:
    """Items and the items of groups, each with the path of what its name says."""
    for index, item in enumerate(items):
        here = (*path, index, item.name)
        yield item, here
        yield from all_items(item.items, (*here, "group"))


def way_fault(subject: Subject, resource: Resource, way: Iterable[str], place: Place) -> Diagnostic | None:
    """The first step of a way that is no relation."""
    here: Resource | None = resource
    for step in way:
        if here is None:
            return None
        relation = subject.members(here).get(step)
        if not isinstance(relation, BelongsTo | HasMany):
            relations = (name for name, each in subject.members(here).items() if isinstance(each, BelongsTo | HasMany))
            return unknown("unknown-relation", place, step, f"a relation of {here.name}", relations)
        here = subject.model.by_name.get(relation.target)
    return None


def _leads_to_many(subject: Subject, resource: Resource, aggregate: Aggregate, path: tuple[Step, ...]) -> Found:
    place = subject.at(resource, *path, aggregate.function)
    fault = way_fault(subject, resource, aggregate.path, place)
    if fault:
        yield fault
    elif not is_to_many(subject, resource, aggregate.path):
        said = ".".join(aggregate.path) or aggregate.value
        message = f"'{said}' does not lead to many records: there is nothing to {aggregate.function}"
        yield Diagnostic("bad-aggregate", place, message)


def invariants_are_about_an_input(subject: Subject, resource: Resource) -> Found:
    """`on` names the member that the message belongs to."""
    columns = subject.columns(resource)
    for invariant in resource.invariants:
        if invariant.on not in columns:
            place = subject.at(resource, "invariants", invariant.name, "on")
            yield unknown("unknown-field", place, invariant.on, f"a field of {resource.name}", columns)


def identities_and_indexes_are_over_columns(subject: Subject, resource: Resource) -> Found:
    """Only stored values can be compared by the database."""
    lists: list[tuple[Step, ...]] = [("identities", each.name, "fields") for each in resource.identities]
    lists += [("indexes", index) for index in range(len(resource.indexes))]
    columns = subject.columns(resource)
    for path in lists:
        for name, place in named(resource, subject, *path):
            column = columns.get(name)
            if column is None:
                yield unknown("unknown-field", place, name, f"a column of {resource.name}", columns)
            elif isinstance(column, Field) and column.type in ("object", "list"):
                yield Diagnostic("not-indexable", place, f"'{name}' is of type {column.type}, which no index holds")
