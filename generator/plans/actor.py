"""Model → what `actor.py` says: the caller with the columns that some expression reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.expressions import Expression, Scope, check
from generator.members import end_of, key_of
from generator.model import Action, Aggregate, Field, Item, Model, Resource
from generator.plans.module import Module, names_in
from generator.plans.types import annotation, imports_of

Placed = tuple[Expression, Scope]


@dataclass(frozen=True, slots=True)
class ActorPlan:
    """The class `Actor`: its columns and their annotations, the key first."""

    resource: str
    attributes: tuple[tuple[str, str], ...]


def plan_actor(model: Model) -> Module:
    """The module of the caller; without an actor it only names the runtime's."""
    fields = actor_fields(model)
    plan = ActorPlan(
        resource=model.actor.resource if model.actor else "",
        attributes=tuple((field.name, annotation(model, field)) for field in fields),
    )
    return Module(
        path="actor.py",
        template="actor.py",
        source="spec/",
        summary="Who is asking, and the context that hooks are given.",
        plan=plan,
        imports=(
            *imports_of(names_in(*(kind for _, kind in plan.attributes))),
            *(["from dataclasses import dataclass"] if fields else []),
            "from typing import TypeAlias",
            "from runtime import context",
            "from runtime.auth.actor import BaseActor",
        ),
    )


def actor_fields(model: Model) -> tuple[Field, ...]:
    """The columns of the caller's row that the expressions of all specs read, the key first."""
    if model.actor is None:
        return ()
    resource = model.by_name[model.actor.resource]
    used = {name for expression, scope in expressions(model) for name in check(expression, scope).actor_fields}
    key = key_of(resource)
    return (key, *(field for field in resource.fields if field.name in used and field != key))


def expressions(model: Model) -> Iterator[Placed]:
    """Every expression that may ask who the caller is, with its scope."""
    yield from ((policy.expression, Scope(model)) for policy in model.policies)
    for resource in model.resources:
        yield from _of_resource(model, resource)


def _of_resource(model: Model, resource: Resource) -> Iterator[Placed]:
    here = Scope(model, resource)
    own: list[Expression | None] = [policy.expression for policy in resource.policies]
    own += [each.expression for each in resource.computed]
    own += [guard.check for guard in resource.guards]
    own += [action.scope for action in resource.actions if not action.of]
    own += [event.unless for event in resource.events]
    yield from ((each, here) for each in [*own, resource.visible] if each)
    yield from ((each.where, Scope(model, resource, value=True)) for each in resource.filters if each.where)
    yield from _lists(model, resource, resource.actions)
    yield from _aggregates(model, resource, resource.aggregates)
    for representation in resource.representations:
        yield from _items(model, resource, representation.items)


def _lists(model: Model, resource: Resource, actions: Iterable[Action]) -> Iterator[Placed]:
    """The scope of a list of related records speaks of those."""
    for action in actions:
        if action.of and action.scope:
            yield action.scope, Scope(model, end_of(model, resource, [action.of]))


def _aggregates(model: Model, resource: Resource, aggregates: Iterable[Aggregate]) -> Iterator[Placed]:
    for each in aggregates:
        if each.where:
            yield each.where, Scope(model, end_of(model, resource, each.path), outer=resource)


def _items(model: Model, resource: Resource, items: Iterable[Item]) -> Iterator[Placed]:
    for item in items:
        yield from _items(model, resource, item.items)
        if item.aggregate:
            yield from _aggregates(model, resource, [item.aggregate])
        if item.where and item.is_self:
            yield item.where, Scope(model, resource)
        elif item.where:
            far = end_of(model, resource, item.path or (str(item.source),))
            yield item.where, Scope(model, far, outer=resource)
