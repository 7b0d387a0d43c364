"""What an expression means: a typed tree with every name looked up, every literal scaled, every null tracked.

Nodes compare by what they denote; type and place are beside the point, so that a value that is known not to be null
in some branch still equals itself elsewhere.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Literal as OneOfThese

from generator.expressions.text import ExpressionError, ExpressionFault
from generator.expressions.types import Type
from generator.model import Aggregate, Place, Resource
from generator.model import Field as ModelField

if TYPE_CHECKING:
    from generator.expressions.typed import Typed

Base = OneOfThese["record", "outer", "actor"]
ArithmeticOperator = OneOfThese["+", "-", "*"]
OrderOperator = OneOfThese["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that values are read from: the record, the row that owns an aggregate, or the actor's; then belongs_to."""

    base: Base
    hops: tuple[str, ...] = ()

    def then(self, relation: str) -> Row:
        """The row that `relation` leads to."""
        return Row(self.base, (*self.hops, relation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a checked expression."""

    type: Type = field(compare=False)
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unknown(Node):
    """Stands where something is wrong; further faults about it would be noise."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value that was written down."""

    value: bool | int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Column(Node):
    """A stored value. `name` is the column's: `<relation>_id` for a reference."""

    row: Row
    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A member of a stored object; null where the object or the member is missing."""

    operand: Node
    name: str
    definition: ModelField = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ActorField(Node):
    """A column of the actor's row; null without an actor. `present`: there is an actor wherever this is reached."""

    name: str
    is_key: bool
    present: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Value(Node):
    """The value of a filter."""


@dataclass(frozen=True, slots=True)
class Now(Node):
    """The time of the request."""


@dataclass(frozen=True, slots=True)
class AggregateRead(Node):
    """An aggregate of `owner`, which has `row`; decimals and averages as scaled integers like any decimal.

    `where` is what it demands of its rows: checked for itself, no part of this expression.
    """

    row: Row
    name: str
    owner: Resource = field(compare=False, repr=False)
    aggregate: Aggregate = field(compare=False, repr=False)
    where: Typed | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Follow(Node):
    """`value`, read from the one row of `table` that has `key`; null where there is none."""

    key: Node
    row: Row
    table: str
    key_column: str
    value: Node


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """-operand"""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Sum, difference (operands of one scale) or product (whose scale is the sum of scales)."""

    operator: ArithmeticOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Concatenation(Node):
    """One text after the other; null where one of them is."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class FloorDivide(Node):
    """The whole number below the quotient (operands of one scale); null when divided by zero."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class RoundedQuotient(Node):
    """The quotient with the type's places, halves away from zero; null when divided by zero."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Rescale(Node):
    """The same number with more places."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Lower(Node):
    """Text without difference of case."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Length(Node):
    """How many characters, or how many elements."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Coalesce(Node):
    """The first of `parts` that is not null."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`body` where `test` holds, else `otherwise`."""

    test: Node
    body: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """All hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """One holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`operand` does not hold (a null does not hold)."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Equal(Node):
    """Null-safe equality, or its contrary when `negated`."""

    left: Node
    right: Node
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Order(Node):
    """A comparison of order; false where one side is null."""

    operator: OrderOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class IsNull(Node):
    """Whether there is no value (or, `negated`, one)."""

    operand: Node
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """Whether `operand` is among literals; false where it is null."""

    operand: Node
    items: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Contains(Node):
    """Whether the text `operand` is among `elements`; false where one of them is null."""

    operand: Node
    elements: Node


ARITHMETIC: dict[str, Callable[[int | Decimal, int | Decimal], int | Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def empty_value(node: AggregateRead) -> bool | int | None:
    """What an aggregate is where it has no rows."""
    values = {"exists": False, "count": 0}
    return values.get(node.aggregate.function, node.aggregate.default)


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in order."""
    for name in node.__slots__:  # those of its own class: type and place are Node's
        value = getattr(node, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Node):
                yield item


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def reads_row(node: Node, base: Base) -> bool:
    """Whether this very node reads a row that is `base` or was reached from it."""
    return isinstance(node, Column | AggregateRead) and node.row.base == base


def needs_database(node: Node) -> bool:
    """Whether this very node can only be answered by SQL."""
    return isinstance(node, Follow | AggregateRead) or reads_row(node, "outer")


def needs_more_than_actor(node: Node) -> bool:
    """Whether the node cannot be answered from the actor's own row."""
    more = (Column, AggregateRead, Follow, Value, Now)
    return any(isinstance(each, more) for each in walk(node))


def unusable(node: Unknown) -> ExpressionError:
    """What compilers raise for an expression that uses another one, whose faults are told where that one stands."""
    return ExpressionError(ExpressionFault(node.place, "faulty-part", "what stands here has faults of its own"))
