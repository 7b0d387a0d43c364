"""Conditions that pick the rows of a list, written so that indexes find what belongs to the caller.

Neither database looks up `this or that` where one of both is about related rows: it goes through the whole table and
asks of each row. So the alternatives are told apart, each to be served by itself, and what is the caller's by way of
related rows becomes a set that is looked up once: `key IN (SELECT …)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.expressions import tree
from generator.expressions.sql import SqlBinding, Writer
from generator.expressions.tree import Node, needs_database, needs_more_than_actor, walk
from generator.expressions.typed import Typed
from generator.expressions.types import BOOLEAN
from generator.sql import primitives as sql_
from generator.sql.primitives import Dialect, enclosed


def apart(conditions: Sequence[Typed]) -> tuple[list[Typed], list[Typed]]:
    """What must hold of every row, and the alternatives of which exactly one holds of it (none: there is no choice).

    A choice is dropped that another condition has made already.
    """
    demands = list(dict.fromkeys(each for condition in conditions for each in _demands(condition.node)))
    left = [each for each in demands if not (isinstance(each, tree.Or) and any(part in demands for part in each.parts))]
    choice = next((each for each in left if isinstance(each, tree.Or) and any(map(_is_found, each.parts))), None)
    return [Typed(each) for each in left if each is not choice], list(_exclusive(choice)) if choice else []


def to_picking(typed: Typed, dialect: Dialect, binding: SqlBinding) -> str:
    """A condition that picks rows of a list, safe to join with AND; null stands for false."""
    sql = _Picking(dialect, binding).truth(typed.node, True)
    return enclosed(sql) if isinstance(typed.node, tree.Or | tree.And | tree.Conditional) else sql


def _exclusive(choice: tree.Or) -> Iterator[Typed]:
    """The alternatives, each without the rows of those before it; those that cost least to rule out come first."""
    parts = sorted(choice.parts, key=_cost)
    for place, part in enumerate(parts):
        others = [tree.Not(each, type=BOOLEAN, place=each.place) for each in parts[:place]]
        yield Typed(tree.And((part, *others), type=BOOLEAN, place=part.place) if others else part)


def _cost(node: Node) -> int:
    if any(needs_database(each) for each in walk(node)):
        return 2
    return int(needs_more_than_actor(node))


def _demands(node: Node) -> Iterator[Node]:
    if isinstance(node, tree.And):
        for part in node.parts:
            yield from _demands(part)
    else:
        yield node


def _is_found(node: Node) -> bool:
    """Whether an index over related rows finds the rows of which this holds."""
    return any(_is_set(each) for each in _demands(node))


def _is_set(node: Node) -> bool:
    if isinstance(node, tree.AggregateRead):
        where = node.where
        return node.aggregate.function == "exists" and where is not None and any(map(_is_callers, _demands(where.node)))
    return _is_callers(node) and any(isinstance(each, tree.Follow) for each in tree.children(node))


def _is_callers(node: Node) -> bool:
    """Whether a column, perhaps of a related row, must be what the caller's is."""
    if not isinstance(node, tree.Equal) or node.negated or (node.left.type.nullable and node.right.type.nullable):
        return False
    sides = (node.left, node.right)
    return any(isinstance(each, tree.ActorField) for each in sides) and any(map(_ends_in_column, sides))


def _ends_in_column(node: Node) -> bool:
    return _ends_in_column(node.value) if isinstance(node, tree.Follow) else isinstance(node, tree.Column)


class _Picking(Writer):
    """Writes what is found in related rows as a set, wherever all of it must hold."""

    def truth(self, node: Node, positive: bool) -> str:
        """The node as a condition."""
        if positive and isinstance(node, tree.And):
            return super().truth(node, positive)
        if positive and _is_set(node):
            return self._among(node)
        return Writer(self.dialect, self.binding).truth(node, positive)

    def _among(self, node: Node) -> str:
        if isinstance(node, tree.AggregateRead):
            return self.binding.among(node.owner, node.aggregate, self.alias(node.row))
        assert isinstance(node, tree.Equal)
        if isinstance(node.right, tree.Follow):
            node = replace(node, left=node.right, right=node.left)
        followed = node.left
        if not isinstance(followed, tree.Follow):
            return super().truth(node, True)
        alias = self.alias(followed.row)
        table, key = sql_.identifier(followed.table), sql_.column(alias, followed.key_column)
        within = self._among(replace(node, left=followed.value))
        return f"{self.operand(followed.key)} IN (SELECT {key} FROM {table} {alias} WHERE {within})"  # quoted names
