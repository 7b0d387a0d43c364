"""What is known not to be null, from conditions that hold before it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.expressions.sites import Facts, implied
from generator.expressions.tree import (
    ActorField,
    And,
    Contains,
    Equal,
    IsNull,
    Node,
    Not,
    OneOf,
    Or,
    Order,
    needs_more_than_actor,
    walk,
)


def known_when(node: Node, outcome: bool) -> Facts:
    """What is not null wherever `node` came out as `outcome`: of null tests and comparisons joined by and, or, not."""
    if isinstance(node, Not):
        return known_when(node.operand, not outcome)
    if isinstance(node, And if outcome else Or):
        return frozenset(fact for part in node.parts for fact in known_when(part, outcome))
    return frozenset(fact for each in _not_null(node, outcome) for fact in implied(each))


def _not_null(node: Node, outcome: bool) -> Sequence[Node]:
    if isinstance(node, IsNull):
        return [node.operand] if node.negated == outcome else []
    if isinstance(node, Equal):
        return list(_equals(node)) if node.negated != outcome and _separable(node) else []
    if not outcome or not _separable(node):
        return []
    if isinstance(node, Order):
        return [node.left, node.right]
    if isinstance(node, OneOf):
        return [node.operand]
    return [node.operand, node.elements] if isinstance(node, Contains) else []


def _equals(node: Equal) -> Iterator[Node]:
    """A side that equals something is something."""
    if not node.right.type.nullable:
        yield node.left
    if not node.left.type.nullable:
        yield node.right


def _separable(node: Node) -> bool:
    """Not about the actor and something else at once: `actor_part` takes such a comparison away, and then nothing may
    lean on it."""
    about_actor = any(isinstance(each, ActorField) for each in walk(node))
    return not (about_actor and needs_more_than_actor(node))
