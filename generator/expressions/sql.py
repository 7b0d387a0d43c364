"""Checked expressions as SQL of either dialect.

There are two ways to write a condition. As a `truth` that is wanted positively (WHERE, and, or, CASE WHEN) null may
stand for false, so comparisons stay as they are and indexes can serve them. Where the exact value matters (under
`not`, as a value, in CHECK) null is turned into false, but only where operands can be null.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.expressions import tree
from generator.expressions.text import ExpressionError, ExpressionFault
from generator.expressions.tree import Node, Row, unusable
from generator.expressions.typed import Typed
from generator.expressions.types import Type
from generator.model import Aggregate, Resource
from generator.sql import primitives as sql_
from generator.sql.primitives import Dialect, enclosed

MAX_ALIAS = 63  # PostgreSQL cuts longer names


def no_aggregates(owner: Resource, aggregate: Aggregate, alias: str | None) -> str:
    raise LookupError(f"no binding for the aggregate {aggregate.name} of {owner.name}")


@dataclass(frozen=True, slots=True)
class SqlBinding:
    """What the names of an expression are in the statement around it.

    `record` and `outer` are table aliases; `record` None: bare column names, as in CHECK and index predicates.
    `value`, `now` and what `actor(column)` gives are parameters (`$name`; cast to their type on PostgreSQL) or any
    SQL. `aggregate(owner, aggregate, alias)` gives the SQL of an aggregate of the row `alias`, a row of `owner`: a
    value of the type that `check` said (averages and decimals as scaled integers), safe as an operand. `among` says
    of an `exists` that the row is among those that have it, which `sets` asks for. Aliases made here begin with the
    alias of the row they start from and an underscore (or are `actor_row…`).
    """

    record: str | None = "t"
    outer: str | None = None
    value: str = "$value"
    now: str = "$now"
    actor: Callable[[str], str] = "$actor_{}".format
    aggregate: Callable[[Resource, Aggregate, str | None], str] = no_aggregates
    among: Callable[[Resource, Aggregate, str | None], str] = no_aggregates


def to_sql(typed: Typed, dialect: Dialect, binding: SqlBinding) -> str:
    """The value: null only if the expression is; conditions true or false. Safe as an operand."""
    return enclosed(Writer(dialect, binding).value(typed.node))


def to_condition(typed: Typed, dialect: Dialect, binding: SqlBinding, *, positive: bool = True) -> str:
    """The expression as a condition, safe to join with AND or to follow NOT.

    With `positive`, null may stand for false: for WHERE, HAVING, ON, EXISTS, CASE WHEN. Without, it is true or false:
    for NOT, for a column that is shown, and for CHECK, which takes null for true.
    """
    sql = Writer(dialect, binding).truth(typed.node, positive)
    return enclosed(sql) if isinstance(typed.node, tree.Or | tree.And | tree.Conditional) else sql


def equality_on_value(typed: Typed) -> tuple[Typed, Typed] | None:
    """The two sides of `this == that` where only `that` (second) uses `value`; None for any other filter.

    A filter that takes many values is then `this = ANY(…)` instead of a condition per value.
    """
    node = typed.node
    if not isinstance(node, tree.Equal) or node.negated:
        return None
    left, right = Typed(node.left), Typed(node.right)
    if left.value_type is not None:
        left, right = right, left
    return (left, right) if left.value_type is None and _only_value(right) else None


def _only_value(side: Typed) -> bool:
    reads = (tree.Column, tree.ActorField, tree.Follow, tree.AggregateRead)
    return side.value_type is not None and not any(isinstance(each, reads) for each in tree.walk(side.node))


class Writer:
    """Writes one expression. Each method gives SQL that must be enclosed before it is combined."""

    def __init__(self, dialect: Dialect, binding: SqlBinding) -> None:
        self.dialect = dialect
        self.binding = binding

    def value(self, node: Node) -> str:
        """The node's value, null where it is null."""
        writer = VALUES.get(type(node))
        return writer(self, node) if writer else self.truth(node, False)

    def truth(self, node: Node, positive: bool) -> str:
        """The node as a condition; unless `positive`, never null."""
        writer = TRUTHS.get(type(node))
        if writer:
            return writer(self, node, positive)
        return self._certain(self.value(node), positive or not node.type.nullable)

    def _certain(self, sql: str, certain: bool) -> str:
        return sql if certain else sql_.certain(self.dialect, sql)

    def operand(self, node: Node) -> str:
        """The node's value, safe as an operand."""
        return enclosed(self.value(node))

    def _unknown(self, node: tree.Unknown) -> str:
        raise unusable(node)

    # --- what is read ---------------------------------------------------------------------------

    def alias(self, row: Row) -> str | None:
        """What a row is called in the statement."""
        starts = {"record": self.binding.record, "outer": self.binding.outer, "actor": "actor_row"}
        start = starts[row.base]
        if start is None and row != Row("record"):
            raise ValueError(f"{row} is not bound in this statement")
        if start is None:
            return None
        named = "_".join((start, *row.hops))
        return named if len(named) <= MAX_ALIAS else f"{start[:8]}_{len(row.hops)}_{row.hops[-1][:40]}"

    def _column(self, node: tree.Column) -> str:
        return sql_.column(self.alias(node.row), node.name)

    def _parameter(self, sql: str, type: Type) -> str:
        return sql_.cast(self.dialect, sql, type.stored) if sql.startswith("$") else sql

    def _member(self, node: tree.Member) -> str:
        return sql_.object_member(self.dialect, self.value(node.operand), node.name, node.type.kind)

    def _actor_field(self, node: tree.ActorField) -> str:
        return self._parameter(self.binding.actor(node.name), node.type)

    def _value(self, node: tree.Value) -> str:
        return self._parameter(self.binding.value, node.type)

    def _now(self, node: tree.Now) -> str:
        return self._parameter(self.binding.now, node.type)

    def _aggregate(self, node: tree.AggregateRead) -> str:
        return self.binding.aggregate(node.owner, node.aggregate, self.alias(node.row))

    def _follow(self, node: tree.Follow) -> str:
        if self.binding.record is None:
            message = "a constraint sees only its own row"
            raise ExpressionError(ExpressionFault(node.place, "needs-database", message))
        alias = self.alias(node.row)
        table, key = sql_.identifier(node.table), sql_.column(alias, node.key_column)
        found = self.value(node.value)
        return f"(SELECT {found} FROM {table} {alias} WHERE {key} = {self.operand(node.key)})"  # quoted names

    def _literal(self, node: tree.Literal) -> str:
        return sql_.literal(self.dialect, node.value, node.type.places)

    # --- what is calculated -----------------------------------------------------------------------

    def _negative(self, node: tree.Negative) -> str:
        return f"-({self.value(node.operand)})"

    def _arithmetic(self, node: tree.Arithmetic) -> str:
        return f"{self._wide(node.left, node.right)} {node.operator} {self.operand(node.right)}"

    def _concatenation(self, node: tree.Concatenation) -> str:
        return f"{self.operand(node.left)} || {self.operand(node.right)}"

    def _wide(self, node: Node, *others: Node) -> str:
        """The operand, as bigint where PostgreSQL would take all of the literals around for 32 bits."""
        if self.dialect == "sqlite" or any(_is_wide(each) for each in (node, *others)):
            return self.operand(node)
        return sql_.cast(self.dialect, self.value(node), "integer")

    def _rescale(self, node: tree.Rescale) -> str:
        return sql_.rescale(self._wide(node.operand), node.type.places - node.operand.type.places)

    def _floor_divide(self, node: tree.FloorDivide) -> str:
        divisor = int(self._literal(node.right)) if isinstance(node.right, tree.Literal) else None
        left, right = self._wide(node.left, node.right), self.operand(node.right)
        return sql_.floor_divide(left, right, divisor=divisor)

    def _rounded(self, node: tree.RoundedQuotient) -> str:
        shift = node.type.places + node.right.type.places - node.left.type.places
        left = sql_.rescale(self._wide(node.left), max(shift, 0))
        return sql_.divide_rounded(left, sql_.rescale(self._wide(node.right), max(-shift, 0)))

    def _lower(self, node: tree.Lower) -> str:
        return sql_.fold(self.value(node.operand))

    def _length(self, node: tree.Length) -> str:
        count = sql_.elements if node.operand.type.kind == "list" else sql_.characters
        return count(self.dialect, self.value(node.operand))

    def _coalesce(self, node: tree.Coalesce) -> str:
        return f"coalesce({', '.join(map(self.value, node.parts))})"

    def _conditional(self, node: tree.Conditional) -> str:
        return self._case(node, self.value(node.body), self.value(node.otherwise))

    def _case(self, node: tree.Conditional, body: str, otherwise: str) -> str:
        return f"CASE WHEN {self.truth(node.test, True)} THEN {body} ELSE {otherwise} END"

    # --- what is true or false --------------------------------------------------------------------

    def _conditional_truth(self, node: tree.Conditional, positive: bool) -> str:
        if isinstance(node.otherwise, tree.Literal) and not node.otherwise.value:
            both = tree.And((node.test, node.body), type=node.type, place=node.place)
            return self._and(both, positive)
        return self._case(node, self.truth(node.body, positive), self.truth(node.otherwise, positive))

    def _and(self, node: tree.And, positive: bool) -> str:
        return " AND ".join(self._part(each, positive, tree.Or) for each in node.parts)

    def _or(self, node: tree.Or, positive: bool) -> str:
        return " OR ".join(self._part(each, positive, tree.And) for each in node.parts)

    def _part(self, node: Node, positive: bool, other: type[Node]) -> str:
        sql = self.truth(node, positive)
        return enclosed(sql) if isinstance(node, other | tree.And | tree.Or | tree.Conditional) else sql

    def _not(self, node: tree.Not, positive: bool) -> str:
        if isinstance(node.operand, tree.Equal | tree.IsNull):
            contrary = replace(node.operand, negated=not node.operand.negated)
            return self.truth(contrary, positive)
        return f"NOT {enclosed(self.truth(node.operand, False))}"

    def _equal(self, node: tree.Equal, positive: bool) -> str:
        left, right = self.operand(node.left), self.operand(node.right)
        nullable = (node.left.type.nullable, node.right.type.nullable)
        if not any(nullable) or (positive and not node.negated and not all(nullable)):
            return f"{left} {'<>' if node.negated else '='} {right}"
        return sql_.same(self.dialect, left, right, negated=node.negated)

    def _order(self, node: tree.Order, positive: bool) -> str:
        left, right = self.operand(node.left), self.operand(node.right)
        columns = any(isinstance(each, tree.Column) for each in (node.left, node.right))
        if self.dialect == "postgres" and node.left.type.kind == "text" and not columns:
            right = f'{right} COLLATE "C"'  # columns have it; what is made of parameters and literals has not
        certain = positive or not (node.left.type.nullable or node.right.type.nullable)
        return self._certain(f"{left} {node.operator} {right}", certain)

    def _is_null(self, node: tree.IsNull, positive: bool) -> str:
        return f"{self.operand(node.operand)} IS {'NOT ' if node.negated else ''}NULL"

    def _one_of(self, node: tree.OneOf, positive: bool) -> str:
        listed = ", ".join(map(self._literal, node.items))
        certain = positive or not node.operand.type.nullable
        return self._certain(f"{self.operand(node.operand)} IN ({listed})", certain)

    def _contains(self, node: tree.Contains, positive: bool) -> str:
        found = sql_.member(self.dialect, self.value(node.operand), self.value(node.elements))
        nullable = node.operand.type.nullable or node.elements.type.nullable
        return self._certain(found, positive or not nullable)


def _is_wide(node: Node) -> bool:
    """Whether PostgreSQL takes the node for a bigint by itself; small literals are 32 bits wide there."""
    if isinstance(node, tree.Literal | tree.Coalesce | tree.Conditional | tree.Negative):
        return any(_is_wide(each) for each in tree.children(node) if each.type.is_number)
    return True


VALUES: dict[type[Node], Callable[[Writer, Any], str]] = {
    tree.Unknown: Writer._unknown,
    tree.Literal: Writer._literal,
    tree.Column: Writer._column,
    tree.Member: Writer._member,
    tree.ActorField: Writer._actor_field,
    tree.Value: Writer._value,
    tree.Now: Writer._now,
    tree.AggregateRead: Writer._aggregate,
    tree.Follow: Writer._follow,
    tree.Negative: Writer._negative,
    tree.Arithmetic: Writer._arithmetic,
    tree.Concatenation: Writer._concatenation,
    tree.Rescale: Writer._rescale,
    tree.FloorDivide: Writer._floor_divide,
    tree.RoundedQuotient: Writer._rounded,
    tree.Lower: Writer._lower,
    tree.Length: Writer._length,
    tree.Coalesce: Writer._coalesce,
    tree.Conditional: Writer._conditional,
}
TRUTHS: dict[type[Node], Callable[[Writer, Any, bool], str]] = {
    tree.Conditional: Writer._conditional_truth,
    tree.And: Writer._and,
    tree.Or: Writer._or,
    tree.Not: Writer._not,
    tree.Equal: Writer._equal,
    tree.Order: Writer._order,
    tree.IsNull: Writer._is_null,
    tree.OneOf: Writer._one_of,
    tree.Contains: Writer._contains,
}
