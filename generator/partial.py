"""What is left of a condition once something is known of who asks: true, false, or a condition on the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.expressions import tree
from generator.expressions.tree import Node

UNKNOWN = object()
Reduced = Node | bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Nobody, or somebody of whom some columns are known."""

    present: bool
    fields: Mapping[str, object] = field(default_factory=dict)


NOBODY = Caller(False)
SOMEBODY = Caller(True)


def reduced(node: Node, caller: Caller) -> Reduced:
    """The condition with all that is known of the caller worked out."""
    rule = RULES.get(type(node))
    return rule(node, caller) if rule else node


def decided(node: Node, caller: Caller) -> bool | None:
    """Whether the condition holds for this caller whatever the record is; None where that depends."""
    left = reduced(node, caller)
    return left if isinstance(left, bool) else None


# --- the connectives --------------------------------------------------------------------------


def _joined(kind: type[tree.And] | type[tree.Or], parts: Iterable[Reduced], node: Node) -> Reduced:
    """`and` ends with a false part and does not notice a true one; `or` the other way round."""
    ends = kind is tree.Or
    listed = list(parts)
    left = tuple(part for part in listed if not isinstance(part, bool))
    if any(part is ends for part in listed):
        return ends
    if len(left) < 2:
        return left[0] if left else not ends
    return kind(left, type=node.type, place=node.place)


def _negated(operand: Reduced, node: Node) -> Reduced:
    return not operand if isinstance(operand, bool) else tree.Not(operand, type=node.type, place=node.place)


def _reduced_all(node: tree.And | tree.Or, caller: Caller) -> Reduced:
    return _joined(type(node), (reduced(part, caller) for part in node.parts), node)


def _reduced_not(node: tree.Not, caller: Caller) -> Reduced:
    return _negated(reduced(node.operand, caller), node)


def _reduced_conditional(node: tree.Conditional, caller: Caller) -> Reduced:
    test = decided(node.test, caller)
    if test is None:
        return node
    return reduced(node.body if test else node.otherwise, caller)


# --- comparisons ------------------------------------------------------------------------------


def _value(node: Node, caller: Caller) -> object:
    """The value of a node as far as it is known."""
    if isinstance(node, tree.Literal):
        return node.value
    if isinstance(node, tree.ActorField):
        return caller.fields.get(node.name, UNKNOWN) if caller.present else None
    if isinstance(node, tree.Conditional):
        test = decided(node.test, caller)
        return UNKNOWN if test is None else _value(node.body if test else node.otherwise, caller)
    if isinstance(node, tree.AggregateRead) and node.where is not None:
        return UNKNOWN if decided(node.where.node, caller) is not False else tree.empty_value(node)
    if isinstance(node, tree.Follow) and _value(node.key, caller) is None:
        return None
    return UNKNOWN


def _is_there(node: Node, caller: Caller) -> bool:
    """Whether the value cannot be null."""
    is_key = isinstance(node, tree.ActorField) and node.is_key and caller.present
    value = _value(node, caller)
    return is_key or (not node.type.nullable if value is UNKNOWN else value is not None)


def _reduced_equal(node: tree.Equal, caller: Caller) -> Reduced:
    left, right = _value(node.left, caller), _value(node.right, caller)
    if left is not UNKNOWN and right is not UNKNOWN:
        return (left == right) != node.negated
    for value, other in ((left, node.right), (right, node.left)):
        if value is None and _is_there(other, caller):
            return node.negated
    return node


def _reduced_null(node: tree.IsNull, caller: Caller) -> Reduced:
    if _is_there(node.operand, caller):
        return node.negated
    return not node.negated if _value(node.operand, caller) is None else node


def _reduced_one_of(node: tree.OneOf, caller: Caller) -> Reduced:
    value = _value(node.operand, caller)
    return node if value is UNKNOWN else value in [item.value for item in node.items]


def _reduced_order(node: tree.Order, caller: Caller) -> Reduced:
    return False if None in (_value(node.left, caller), _value(node.right, caller)) else node


def _reduced_contains(node: tree.Contains, caller: Caller) -> Reduced:
    return False if None in (_value(node.operand, caller), _value(node.elements, caller)) else node


def _reduced_value(node: Node, caller: Caller) -> Reduced:
    """A boolean by itself; null does not hold."""
    value = _value(node, caller)
    return node if value is UNKNOWN else bool(value)


RULES: Mapping[type[Node], Callable[[Any, Caller], Reduced]] = {
    tree.And: _reduced_all,
    tree.Or: _reduced_all,
    tree.Not: _reduced_not,
    tree.Conditional: _reduced_conditional,
    tree.Equal: _reduced_equal,
    tree.IsNull: _reduced_null,
    tree.OneOf: _reduced_one_of,
    tree.Order: _reduced_order,
    tree.Contains: _reduced_contains,
    tree.Literal: _reduced_value,
    tree.ActorField: _reduced_value,
    tree.AggregateRead: _reduced_value,
}
