"""Which stored values an expression depends on, of whichever records: what it reads, through everything it uses."""

from __future__ import annotations

from collections.abc import Iterator

from generator.expressions.checker import check
from generator.expressions.scope import Scope, far_resource, find
from generator.expressions.text import Expression, ExpressionError
from generator.expressions.tree import AggregateRead, Column, walk
from generator.expressions.typed import Typed
from generator.model import Aggregate, Computed, Field, Model, Resource

Stored = tuple[str, str]  # the resource's name and the column's


def whole(model: Model, expression: Expression, scope: Scope) -> Iterator[Typed]:
    """The expression and, of the aggregates that it uses, the conditions and values: all that decides what it is.

    A part that has faults of its own is left out.
    """
    try:
        typed = check(expression, scope)
    except ExpressionError:
        return
    yield typed
    for each in typed.aggregates:
        for inner, where in _within(model, each.owner, each.aggregate):
            yield from whole(model, inner, where)


def stored_in(model: Model, expression: Expression, resource: Resource) -> frozenset[Stored]:
    """The columns that a value of `resource` depends on."""
    return frozenset(_stored(model, expression, Scope(model, resource)))


def _stored(model: Model, expression: Expression, scope: Scope) -> Iterator[Stored]:
    try:
        typed = check(expression, scope)
    except ExpressionError:
        return
    for node in walk(typed.node):
        if isinstance(node, Column):
            yield from _column(model, node, scope)
        elif isinstance(node, AggregateRead):
            yield from _aggregated(model, node)
            for inner, where in _within(model, node.owner, node.aggregate):
                yield from _stored(model, inner, where)


def _column(model: Model, node: Column, scope: Scope) -> Iterator[Stored]:
    start = scope.outer if node.row.base == "outer" else scope.resource
    owner = far_resource(model, start, node.row.hops) if start else None
    if owner is not None:
        yield owner.name, node.name


def _aggregated(model: Model, node: AggregateRead) -> Iterator[Stored]:
    far = far_resource(model, node.owner, node.aggregate.path)
    found = find(far, node.aggregate.value) if far and node.aggregate.value else None
    if far is not None and isinstance(found, Field):
        yield far.name, found.name


def _within(model: Model, owner: Resource, aggregate: Aggregate) -> Iterator[tuple[Expression, Scope]]:
    far = far_resource(model, owner, aggregate.path)
    if far is None:
        return
    if aggregate.where is not None:
        yield aggregate.where, Scope(model, far, outer=owner)
    found = find(far, aggregate.value) if aggregate.value else None
    if isinstance(found, Computed):
        yield found.expression, Scope(model, far)
