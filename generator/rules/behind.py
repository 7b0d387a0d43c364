"""The fields behind a value: whose values it is made of, and whose it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.expressions import Expression, ExpressionError, Scope, Typed, check, tree
from generator.expressions.scope import Member
from generator.expressions.tree import Node, walk
from generator.model import Aggregate, Computed, Field, Item, Resource
from generator.rules.subject import Subject


class Read(NamedTuple):
    """A field of something that is called `owner`."""

    owner: str
    field: Field


# What says something about its operands, but does not hand them on.
JUDGEMENTS = (tree.IsNull, tree.Equal, tree.Order, tree.OneOf, tree.Contains, tree.Length)


def checked(expression: Expression, scope: Scope, *, condition: bool = False) -> Typed | None:
    """None where the expression is faulty, which is told elsewhere."""
    try:
        return check(expression, scope, condition=condition)
    except ExpressionError:
        return None


def fields_shown(subject: Subject, resource: Resource, item: Item) -> Iterator[Read]:
    """The fields whose values an item of a representation shows, other than in another representation."""
    found = item.aggregate or subject.members(resource).get(str(item.source))
    yield from fields_of(subject, resource, found) if found else ()


def fields_of(subject: Subject, resource: Resource, found: Member) -> Iterator[Read]:
    """The fields whose values a member's value is made of."""
    if isinstance(found, Field):
        yield Read(resource.name, found)
    elif isinstance(found, Aggregate):
        yield from first_value(subject, resource, found)
    elif isinstance(found, Computed):
        typed = checked(found.expression, Scope(subject.model, resource))
        yield from fields_in(subject, resource, handed_on(typed.node) if typed else ())


def first_value(subject: Subject, resource: Resource, aggregate: Aggregate) -> Iterator[Read]:
    """The field that a `first` shows of its record."""
    far = subject.far(resource, aggregate.path)
    if far is not None and aggregate.function == "first" and aggregate.value is not None:
        yield from _field(subject, far, aggregate.value)


def fields_in(subject: Subject, resource: Resource, nodes: Iterable[Node]) -> Iterator[Read]:
    """The fields that these very nodes read, of the record and of those that it points at."""
    for node in nodes:
        if isinstance(node, tree.Column) and node.row.base == "record":
            owner = subject.far(resource, node.row.hops)
            yield from _field(subject, owner, node.name) if owner else ()
        elif isinstance(node, tree.Member):
            yield Read(getattr(node.operand, "name", ""), node.definition)
        elif isinstance(node, tree.AggregateRead):
            yield from first_value(subject, node.owner, node.aggregate)


def _field(subject: Subject, owner: Resource, name: str) -> Iterator[Read]:
    found = subject.members(owner).get(name)
    if isinstance(found, Field):
        yield Read(owner.name, found)


def fields_asked(subject: Subject, resource: Resource, where: Expression) -> Iterator[Field]:
    """The fields that a filter depends on, through computed values too."""
    typed = checked(where, Scope(subject.model, resource, value=True), condition=True)
    yield from (each.field for each in fields_in(subject, resource, walk(typed.node) if typed else ()))


def handed_on(node: Node) -> Iterator[Node]:
    """The node and those below it whose values its own is made of."""
    yield node
    for child in parts(node):
        yield from handed_on(child)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes directly below whose values its own is made of."""
    if isinstance(node, JUDGEMENTS):
        return ()
    if isinstance(node, tree.Conditional):
        return node.body, node.otherwise
    if isinstance(node, tree.Follow):
        return (node.value,)
    return tuple(tree.children(node))
