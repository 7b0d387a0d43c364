"""Checked expressions as Python over `actor` (or None), `record` and `now`.

What can be null goes through `runtime.nullsafe`, so that the answer is the one that SQL gives; everything else is
written as a colleague would write it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.expressions import tree
from generator.expressions.text import ExpressionError, ExpressionFault
from generator.expressions.tree import Node, unusable
from generator.expressions.typed import Typed

NULLSAFE = "runtime.nullsafe"
ORDERS = {"<": ("less", False), "<=": ("at_most", False), ">": ("less", True), ">=": ("at_most", True)}
ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply"}

# How tightly the outermost operator of a text binds; operands that bind less tightly are enclosed.
CHOICE, EITHER, BOTH, CONTRARY, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(9)


@dataclass(frozen=True, slots=True)
class Python:
    """Source text of an expression, and what it needs: (module, name) to import, and of `actor`, `record`, `now`,
    `value` those that it mentions."""

    text: str
    imports: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


def to_python(typed: Typed) -> Python:
    """The value as Python; conditions are bools.

    `record` has the columns as attributes (`<relation>_id`; Decimal, aware datetime, UUID, enum as str), `actor` the
    columns of its row or is None. Raises ExpressionError (`needs-database`) for what only SQL can answer.
    """
    return _written(typed, lambda writer: writer.value(typed.node))


def to_python_condition(typed: Typed) -> Python:
    """The same as a bool, with null counted as false."""
    return _written(typed, lambda writer: writer.truth(typed.node))


def _written(typed: Typed, write: Callable[[_Writer], _Text]) -> Python:
    faults = {
        ExpressionFault(each.place, "needs-database", f"`{_said(each)}` is in other rows; only the database knows")
        for each in tree.walk(typed.node)
        if tree.needs_database(each)
    }
    if faults:
        raise ExpressionError(*sorted(faults, key=lambda each: (each.place.line, each.place.column)))
    writer = _Writer()
    text = write(writer).text
    return Python(text, tuple(sorted(writer.imports)), tuple(sorted(writer.names)))


def _said(node: Node) -> str:
    while isinstance(node, tree.Follow):
        node = node.value
    return node.name if isinstance(node, tree.Column | tree.AggregateRead) else "this"


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """As an operand of something that binds as tightly as `level`."""
        return self.text if self.level >= level else f"({self.text})"


class _Writer:
    def __init__(self) -> None:
        self.imports: set[tuple[str, str]] = set()
        self.names: set[str] = set()

    def value(self, node: Node) -> _Text:
        """The node's value."""
        writer = WRITERS[type(node)]
        return writer(self, node)

    def truth(self, node: Node) -> _Text:
        """The node as a bool, where null is false."""
        if isinstance(node, tree.Conditional):
            return self._condition_of_two(node)
        found = self.value(node)
        if not node.type.nullable:
            return found
        if isinstance(node, tree.ActorField) and not node.present and not node.is_key:
            return _Text(f"{self._named('actor')} is not None and {self.value(_there(node)).text} is True", BOTH)
        return _Text(f"{found.within(SUM)} is True", COMPARISON)

    def _condition_of_two(self, node: tree.Conditional) -> _Text:
        if isinstance(node.otherwise, tree.Literal) and not node.otherwise.value:
            return self._joined("and", BOTH, (node.test, node.body))
        body, otherwise = self.truth(node.body), self.truth(node.otherwise)
        test = self.truth(node.test)
        return _Text(f"{body.within(EITHER)} if {test.within(EITHER)} else {otherwise.text}", CHOICE)

    def _unknown(self, node: tree.Unknown) -> _Text:
        raise unusable(node)

    def _named(self, name: str) -> str:
        self.names.add(name)
        return name

    def _call(self, function: str, *arguments: str) -> _Text:
        self.imports.add((NULLSAFE, function))
        return _Text(f"{function}({', '.join(arguments)})")

    # --- what is read ---------------------------------------------------------------------------

    def _literal(self, node: tree.Literal) -> _Text:
        if isinstance(node.value, Decimal):
            self.imports.add(("decimal", "Decimal"))
            return _Text(f'Decimal("{node.value:f}")')
        if isinstance(node.value, str):
            return _Text(_quoted(node.value))
        negative = not isinstance(node.value, bool) and isinstance(node.value, int) and node.value < 0
        return _Text(repr(node.value), SIGN if negative else ATOM)

    def _column(self, node: tree.Column) -> _Text:
        return _Text(f"{self._named('record')}.{node.name}")

    def _member(self, node: tree.Member) -> _Text:
        operand = self.value(node.operand)
        there = f"({operand.within(BOTH)} or {{}})" if node.operand.type.nullable else operand.within(ATOM)
        return _Text(f"{there}.get({_quoted(node.name)})")

    def _actor_field(self, node: tree.ActorField) -> _Text:
        found = f"{self._named('actor')}.{node.name}"
        return _Text(found) if node.present else _Text(f"{found} if actor is not None else None", CHOICE)

    def _value(self, node: tree.Value) -> _Text:
        return _Text(self._named("value"))

    def _now(self, node: tree.Now) -> _Text:
        return _Text(self._named("now"))

    # --- what is calculated -----------------------------------------------------------------------

    def _negative(self, node: tree.Negative) -> _Text:
        operand = self.value(node.operand)
        if node.type.nullable:
            return self._call("negative", operand.text)
        return _Text(f"-{operand.within(ATOM)}", SIGN)

    def _arithmetic(self, node: tree.Arithmetic) -> _Text:
        left, right = self.value(node.left), self.value(node.right)
        if node.type.nullable:
            return self._call(ARITHMETIC[node.operator], left.text, right.text)
        level = PRODUCT if node.operator == "*" else SUM
        return _Text(f"{left.within(level)} {node.operator} {right.within(level + 1)}", level)

    def _concatenation(self, node: tree.Concatenation) -> _Text:
        left, right = self.value(node.left), self.value(node.right)
        if node.type.nullable:
            return self._call("concatenate", left.text, right.text)
        return _Text(f"{left.within(SUM)} + {right.within(PRODUCT)}", SUM)

    def _floor_divide(self, node: tree.FloorDivide) -> _Text:
        left, right = self.value(node.left), self.value(node.right)
        # Decimals are divided towards zero by Python's own operator.
        if node.type.nullable or node.left.type.kind == "decimal" or node.right.type.kind == "decimal":
            function = "floor_divide" if node.type.nullable else "floor_quotient"
            return self._call(function, left.text, right.text)
        return _Text(f"{left.within(PRODUCT)} // {right.within(SIGN)}", PRODUCT)

    def _rounded(self, node: tree.RoundedQuotient) -> _Text:
        left, right = self.value(node.left), self.value(node.right)
        function = "divide_rounded" if node.type.nullable else "rounded_quotient"
        return self._call(function, left.text, right.text, str(node.type.places))

    def _rescale(self, node: tree.Rescale) -> _Text:
        return self.value(node.operand)

    def _lower(self, node: tree.Lower) -> _Text:
        operand = self.value(node.operand)
        return self._call("fold", operand.text) if node.type.nullable else _Text(f"{operand.within(ATOM)}.lower()")

    def _length(self, node: tree.Length) -> _Text:
        operand = self.value(node.operand)
        return self._call("length", operand.text) if node.type.nullable else _Text(f"len({operand.text})")

    def _coalesce(self, node: tree.Coalesce) -> _Text:
        *others, last = [self.value(each) for each in node.parts]
        for each in reversed(others):
            last = self._call("coalesce", each.text, last.text)
        return last

    def _conditional(self, node: tree.Conditional) -> _Text:
        body, otherwise = self.value(node.body), self.value(node.otherwise)
        test = self.truth(node.test)
        return _Text(f"{body.within(EITHER)} if {test.within(EITHER)} else {otherwise.text}", CHOICE)

    # --- what is true or false --------------------------------------------------------------------

    def _joined(self, word: str, level: int, parts: tuple[Node, ...]) -> _Text:
        return _Text(f" {word} ".join(self.truth(each).within(level) for each in parts), level)

    def _and(self, node: tree.And) -> _Text:
        return self._joined("and", BOTH, node.parts)

    def _or(self, node: tree.Or) -> _Text:
        return self._joined("or", EITHER, node.parts)

    def _not(self, node: tree.Not) -> _Text:
        if isinstance(node.operand, tree.Equal | tree.IsNull):
            return self.value(replace(node.operand, negated=not node.operand.negated))
        if isinstance(node.operand, tree.OneOf | tree.Contains):
            return self._among(node.operand, "not in")
        if isinstance(node.operand, tree.Column) and node.operand.type.nullable:
            return _Text(f"{self.value(node.operand).text} is not True", COMPARISON)
        return _Text(f"not {self.truth(node.operand).within(CONTRARY)}", CONTRARY)

    def _is_null(self, node: tree.IsNull) -> _Text:
        word = "is not" if node.negated else "is"
        if isinstance(node.operand, tree.ActorField) and node.operand.is_key:
            return _Text(f"{self._named('actor')} {word} None", COMPARISON)
        return _Text(f"{self.value(node.operand).within(SUM)} {word} None", COMPARISON)

    def _equal(self, node: tree.Equal) -> _Text:
        absent = self._absent_actor(node.left, node.right)
        if absent and not (node.left.type.nullable and node.right.type.nullable):
            return self._if_there(replace(node, left=_there(node.left), right=_there(node.right)), node.negated)
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.right, tree.Literal) and isinstance(node.right.value, bool):
            return _Text(f"{left.within(SUM)} is {'not ' if node.negated else ''}{right.text}", COMPARISON)
        return _Text(f"{left.within(SUM)} {'!=' if node.negated else '=='} {right.within(SUM)}", COMPARISON)

    def _order(self, node: tree.Order) -> _Text:
        if self._absent_actor(node.left, node.right):
            return self._if_there(replace(node, left=_there(node.left), right=_there(node.right)), False)
        left, right = self.value(node.left), self.value(node.right)
        if node.left.type.nullable or node.right.type.nullable:
            function, swapped = ORDERS[node.operator]
            return self._call(function, *((right.text, left.text) if swapped else (left.text, right.text)))
        return _Text(f"{left.within(SUM)} {node.operator} {right.within(SUM)}", COMPARISON)

    def _one_of(self, node: tree.OneOf) -> _Text:
        return self._among(node, "in")

    def _contains(self, node: tree.Contains) -> _Text:
        return self._among(node, "in")

    def _among(self, node: tree.OneOf | tree.Contains, word: str) -> _Text:
        if self._absent_actor(node.operand):
            present = replace(node, operand=_there(node.operand))
            contrary = tree.Not(present, type=node.type, place=node.place)
            return self._if_there(contrary if word == "not in" else present, word == "not in")
        operand = self.value(node.operand).within(SUM)
        return _Text(f"{operand} {word} {self._elements(node)}", COMPARISON)

    def _elements(self, node: tree.OneOf | tree.Contains) -> str:
        if isinstance(node, tree.OneOf):
            listed = ", ".join(self.value(each).text for each in node.items)
            return f"({listed},)" if len(node.items) == 1 else f"({listed})"
        elements = self.value(node.elements)
        return f"({elements.text} or ())" if node.elements.type.nullable else elements.within(SUM)

    def _absent_actor(self, *operands: Node) -> bool:
        return any(isinstance(each, tree.ActorField) and not each.present for each in operands)

    def _if_there(self, node: Node, without: bool) -> _Text:
        """The comparison of the actor's value, which there may be none of: it is then `without`."""
        found = self.value(node)
        actor = self._named("actor")
        if without:
            return _Text(f"{actor} is None or {found.within(BOTH)}", EITHER)
        return _Text(f"{actor} is not None and {found.within(CONTRARY)}", BOTH)


def _there(node: Node) -> Node:
    """The actor's value, where there is an actor."""
    if not isinstance(node, tree.ActorField) or node.present:
        return node
    return replace(node, present=True, type=node.type.known() if node.is_key else node.type)


def _quoted(value: str) -> str:
    quoted = repr(value)
    return quoted if '"' in value or quoted[0] == '"' else '"' + quoted[1:-1].replace("\\'", "'") + '"'


WRITERS: dict[type[Node], Callable[[_Writer, Any], _Text]] = {
    tree.Unknown: _Writer._unknown,
    tree.Literal: _Writer._literal,
    tree.Column: _Writer._column,
    tree.Member: _Writer._member,
    tree.ActorField: _Writer._actor_field,
    tree.Value: _Writer._value,
    tree.Now: _Writer._now,
    tree.Negative: _Writer._negative,
    tree.Arithmetic: _Writer._arithmetic,
    tree.Concatenation: _Writer._concatenation,
    tree.FloorDivide: _Writer._floor_divide,
    tree.RoundedQuotient: _Writer._rounded,
    tree.Rescale: _Writer._rescale,
    tree.Lower: _Writer._lower,
    tree.Length: _Writer._length,
    tree.Coalesce: _Writer._coalesce,
    tree.Conditional: _Writer._conditional,
    tree.And: _Writer._and,
    tree.Or: _Writer._or,
    tree.Not: _Writer._not,
    tree.Equal: _Writer._equal,
    tree.Order: _Writer._order,
    tree.IsNull: _Writer._is_null,
    tree.OneOf: _Writer._one_of,
    tree.Contains: _Writer._contains,
}
