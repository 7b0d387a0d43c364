"""What can be said of a condition before any record is read: for nobody in particular, and for a known actor."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeVar

from generator.expressions import tree
from generator.expressions.tree import Node, needs_more_than_actor
from generator.expressions.typed import Typed
from generator.expressions.types import BOOLEAN

N = TypeVar("N", bound=Node)
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# --- nobody in particular -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Open:
    """A value that depends on the record, the time or a parameter."""

    nullable: bool


_Known = None | bool | int | Decimal | str
_Result = _Known | _Open


def when_anonymous(typed: Typed) -> bool | None:
    """Whether the condition holds for a caller who is not signed in: always, never, or (None) it depends."""
    return _holds(typed.node)


def _holds(node: Node) -> bool | None:
    found = _result(node)
    return None if isinstance(found, _Open) else bool(found)


def _result(node: Node) -> _Result:
    rule = RESULTS.get(type(node))
    return rule(node) if rule else _Open(node.type.nullable)


def _decided(outcome: bool | None) -> _Result:
    return _Open(False) if outcome is None else outcome


def _all_hold(parts: tuple[Node, ...]) -> bool | None:
    outcomes = [_holds(each) for each in parts]
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _one_holds(parts: tuple[Node, ...]) -> bool | None:
    outcomes = [_holds(each) for each in parts]
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _contrary(node: tree.Not) -> _Result:
    outcome = _holds(node.operand)
    return _decided(None if outcome is None else not outcome)


def _equal(node: tree.Equal) -> _Result:
    left, right = _result(node.left), _result(node.right)
    if not isinstance(left, _Open) and not isinstance(right, _Open):
        return (left == right) != node.negated
    sides = ((left, right), (right, left))
    never = any(one is None and isinstance(other, _Open) and not other.nullable for one, other in sides)
    return node.negated if never else _Open(False)


def _order(node: tree.Order) -> _Result:
    left, right = _result(node.left), _result(node.right)
    if left is None or right is None:
        return False
    if isinstance(left, _Open) or isinstance(right, _Open):
        return _Open(False)
    return ORDERS[node.operator](left, right)


def _is_null(node: tree.IsNull) -> _Result:
    found = _result(node.operand)
    if isinstance(found, _Open):
        return _Open(False) if found.nullable else node.negated
    return (found is None) != node.negated


def _one_of(node: tree.OneOf) -> _Result:
    found = _result(node.operand)
    if isinstance(found, _Open):
        return found if not found.nullable else _Open(False)
    return found is not None and any(found == item.value for item in node.items)


def _contains(node: tree.Contains) -> _Result:
    absent = _result(node.operand) is None or _result(node.elements) is None
    return False if absent else _Open(False)


def _coalesce(node: tree.Coalesce) -> _Result:
    for part in node.parts:
        found = _result(part)
        if found is not None:
            certain = not isinstance(found, _Open) or not found.nullable
            return found if certain else _Open(node.type.nullable)
    return None


def _conditional(node: tree.Conditional) -> _Result:
    test = _holds(node.test)
    if test is not None:
        return _result(node.body if test else node.otherwise)
    body, otherwise = _result(node.body), _result(node.otherwise)
    same = not isinstance(body, _Open) and not isinstance(otherwise, _Open) and body == otherwise
    return body if same else _Open(node.type.nullable)


def _null_in_null_out(node: Node) -> _Result:
    absent = any(_result(each) is None for each in tree.children(node))
    return None if absent else _Open(node.type.nullable)


def _aggregate(node: tree.AggregateRead) -> _Result:
    """No rows where the condition on them never holds."""
    never = node.where is not None and when_anonymous(node.where) is False
    return tree.empty_value(node) if never else _Open(node.type.nullable)


RESULTS: dict[type[Node], Callable[[Any], _Result]] = {
    tree.Literal: lambda node: node.value,
    tree.ActorField: lambda node: None,
    tree.And: lambda node: _decided(_all_hold(node.parts)),
    tree.Or: lambda node: _decided(_one_holds(node.parts)),
    tree.Not: _contrary,
    tree.Equal: _equal,
    tree.Order: _order,
    tree.IsNull: _is_null,
    tree.OneOf: _one_of,
    tree.Contains: _contains,
    tree.Coalesce: _coalesce,
    tree.Conditional: _conditional,
    tree.Negative: _null_in_null_out,
    tree.Arithmetic: _null_in_null_out,
    tree.Concatenation: _null_in_null_out,
    tree.Member: _null_in_null_out,
    tree.FloorDivide: _null_in_null_out,
    tree.RoundedQuotient: _null_in_null_out,
    tree.Rescale: _null_in_null_out,
    tree.AggregateRead: _aggregate,
    tree.Lower: _null_in_null_out,
    tree.Length: _null_in_null_out,
    tree.Follow: lambda node: None if _result(node.key) is None else _Open(node.type.nullable),
}


# --- a known actor --------------------------------------------------------------------------------


def actor_part(typed: Typed) -> Typed | Literal[True]:
    """What the condition demands of the actor whatever the record is; True where that is nothing.

    It holds wherever the condition holds, and Python can answer it: `actor.role in [a, b] and owner == actor` gives
    its first half, `owner == actor or actor.role == a` gives True.
    """
    found = _weakened(typed.node, wanted=True)
    if isinstance(found, tree.Literal) and found.value is True:
        return True
    return Typed(found)


def _weakened(node: Node, *, wanted: bool) -> Node:
    """`node` with every part that needs more than the actor replaced by the best case (`wanted`)."""
    if isinstance(node, tree.Not):
        return _flipped(node, _weakened(node.operand, wanted=not wanted))
    if isinstance(node, tree.And):
        return _joined(node, [_weakened(each, wanted=wanted) for each in node.parts], neutral=True)
    if isinstance(node, tree.Or):
        return _joined(node, [_weakened(each, wanted=wanted) for each in node.parts], neutral=False)
    return _truth(node, wanted) if needs_more_than_actor(node) else node


def _flipped(node: tree.Not, operand: Node) -> Node:
    if isinstance(operand, tree.Literal):
        return _truth(node, not operand.value)
    return tree.Not(operand, type=BOOLEAN, place=node.place)


def _joined(node: tree.And | tree.Or, parts: list[Node], *, neutral: bool) -> Node:
    """`and` (neutral: true) or `or` (neutral: false) of what is left."""
    said = [each for each in parts if not (isinstance(each, tree.Literal) and each.value is neutral)]
    if any(isinstance(each, tree.Literal) and each.value is not neutral for each in said):
        return _truth(node, not neutral)
    if not said:
        return _truth(node, neutral)
    return said[0] if len(said) == 1 else type(node)(tuple(said), type=BOOLEAN, place=node.place)


def _truth(node: Node, value: bool) -> tree.Literal:
    return tree.Literal(value, type=BOOLEAN, place=node.place)
