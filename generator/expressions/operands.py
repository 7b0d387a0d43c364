"""What operands must have in common, and how they are brought to it: enum values, scales of decimals, `value`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from generator.expressions.literals import TextChecker, enum_literal, number_literal
from generator.expressions.sites import Checker, Facts
from generator.expressions.tree import (
    ARITHMETIC,
    ActorField,
    Arithmetic,
    ArithmeticOperator,
    Concatenation,
    Equal,
    IsNull,
    Literal,
    Negative,
    Node,
    OneOf,
    Rescale,
    Unknown,
)
from generator.expressions.types import BOOLEAN, TEXT, UNKNOWN, Type, comparable, number, united
from generator.model import Place


class FormChecker(TextChecker, Protocol):
    """What combining operands needs of the one who checks."""

    value_type: Type | None

    def check(self, node: ast.expr, facts: Facts, expected: Type | None = None) -> Node: ...
    def knows(self, name: str) -> bool: ...


def unknown(place: Place) -> Unknown:
    """What stands for a part that is at fault."""
    return Unknown(type=UNKNOWN, place=place)


# --- in which order operands are looked at: the one that says the type first ---------------------


def needs_hint(checker: FormChecker, node: ast.expr) -> bool:
    """Whether the other operand must say what this one is: `value`, or a bare name that may be an enum's value."""
    if isinstance(node, ast.Name):
        untyped = node.id == "value" and checker.scope.value and checker.value_type is None
        return untyped or not checker.knows(node.id)
    if isinstance(node, ast.IfExp):
        return needs_hint(checker, node.body) and needs_hint(checker, node.orelse)
    if isinstance(node, ast.Call):
        coalesce = isinstance(node.func, ast.Name) and node.func.id == "coalesce"
        return coalesce and all(needs_hint(checker, each) for each in node.args)
    if isinstance(node, ast.BinOp):
        return needs_hint(checker, node.left) or needs_hint(checker, node.right)
    return isinstance(node, ast.UnaryOp) and needs_hint(checker, node.operand)


def pair(
    checker: FormChecker, left: ast.expr, right: ast.expr, facts: Facts, expected: Type | None = None
) -> tuple[Node, Node]:
    """Both operands, each knowing the other's type where it needs to."""
    if needs_hint(checker, left) and not needs_hint(checker, right):
        second = checker.check(right, facts, expected)
        return checker.check(left, facts, expected or second.type), second
    first = checker.check(left, facts, expected)
    second = checker.check(right, facts, expected or first.type)
    if isinstance(left, ast.Name) and first.type.kind != "enum" and left.id in second.type.values:
        first = Literal(left.id, type=second.type.known(), place=first.place)
    return first, second


def alternatives(
    checker: FormChecker, sides: Sequence[tuple[ast.expr, Facts]], expected: Type | None
) -> tuple[tuple[Node, ...], Type] | None:
    """Values of which one is taken, at their common type; None after a fault."""
    found: dict[int, Node] = {}
    for index in sorted(range(len(sides)), key=lambda each: needs_hint(checker, sides[each][0])):
        node, facts = sides[index]
        found[index] = checker.check(node, facts, expected)
        if expected is None and found[index].type.kind != "null":
            expected = found[index].type.known()
    nodes = tuple(found[index] for index in range(len(sides)))
    type = nodes[0].type
    for other in nodes[1:]:
        common = united(type, other.type)
        if common is None:
            mismatch(checker, type, other.type, other.place)
            return None
        type = common
    if any(isinstance(each, Unknown) for each in nodes):
        return None
    if type.kind == "null":
        return nodes[:0], type  # null, whichever is taken
    return tuple(rescaled(each, type.places) for each in nodes), type


# --- do they go together ------------------------------------------------------------------------


def mismatch(checker: Checker, left: Type, right: Type, place: Place) -> Unknown:
    """The fault of two types that do not go together."""
    hint = None
    if "reference" in (left.kind, right.kind) and left.kind != right.kind:
        hint = "A reference is compared with another reference, like `owner == actor`."
    elif {left.kind, right.kind} == {"integer", "boolean"}:
        hint = "Booleans are true and false."
    message = f"{left.described()} does not go together with {right.described()}"
    return checker.fault(place, "type-mismatch", message, hint)


def same_family(checker: Checker, left: Node, right: Node, place: Place) -> bool:
    """Whether the two can be compared; a fault if not."""
    if "unknown" in (left.type.kind, right.type.kind):
        return False
    if not comparable(left.type, right.type) and "null" not in (left.type.kind, right.type.kind):
        mismatch(checker, left.type, right.type, place)
        return False
    return True


def _as_enum(checker: Checker, node: Node, other: Type) -> Node:
    if other.kind == "enum" and isinstance(node, Literal) and node.type.kind == "text":
        return enum_literal(checker, str(node.value), other, node.place)
    return node


# --- comparisons --------------------------------------------------------------------------------


def equal(checker: Checker, left: Node, right: Node, *, negated: bool, place: Place) -> Node:
    """`==`, or `!=` when `negated`."""
    if not same_family(checker, left, right, place):
        return unknown(place)
    left, right = _as_enum(checker, left, right.type), _as_enum(checker, right, left.type)
    if left.type.kind == right.type.kind == "null":
        return Literal(not negated, type=BOOLEAN, place=place)
    for one, other in ((left, right), (right, left)):
        if one.type.kind == "null":
            return IsNull(other, negated, type=BOOLEAN, place=place)
        if isinstance(one, ActorField) and one.is_key and one.type.nullable and other.type.nullable:
            return _two_nobodies(checker, place)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return unknown(place)
    left, right = scaled_alike(left, right)
    return Equal(left, right, negated, type=BOOLEAN, place=place)


def _two_nobodies(checker: Checker, place: Place) -> Unknown:
    message = "both sides may be null, and null == null: a caller who is not signed in would match rows without one"
    return checker.fault(place, "nullable-actor", message, "Write `actor is not null and ...` before it.")


def one_of(checker: FormChecker, left: ast.expr, listed: ast.List, facts: Facts, place: Place) -> Node:
    """`left in [a, b]`"""
    if not listed.elts:
        return checker.fault(checker.expression.at(listed), "empty-list", "nothing is in an empty list")
    if needs_hint(checker, left):
        items = [_item(checker, each, None) for each in listed.elts]
        operand = checker.check(left, facts, items[0].type)
    else:
        operand = checker.check(left, facts)
        items = [_item(checker, each, operand.type) for each in listed.elts]
    items = [_as_enum(checker, each, operand.type) for each in items]
    fitting = [same_family(checker, operand, each, each.place) for each in items]
    if not all(fitting):
        return unknown(place)
    places = max(each.type.places for each in (operand, *items))
    literals = tuple(scaled for each in items if isinstance(scaled := rescaled(each, places), Literal))
    if operand.type.kind == "null":
        return checker.fault(operand.place, "type-mismatch", "null is in no list", "Use `is null`.")
    return OneOf(rescaled(operand, places), literals, type=BOOLEAN, place=place)


def _item(checker: FormChecker, node: ast.expr, expected: Type | None) -> Node:
    place = checker.expression.at(node)
    enum = expected is not None and expected.kind == "enum"
    if isinstance(node, ast.Name) and not enum and not checker.knows(node.id):
        message = f"`{node.id}` is not known here"
        return checker.fault(place, "unknown-name", message, f"Text is written in quotes: '{node.id}'.")
    found = checker.check(node, frozenset(), expected)
    if isinstance(found, Unknown) or (isinstance(found, Literal) and found.type.kind != "null"):
        return found
    return checker.fault(place, "not-a-literal", "a list holds values that are written out, and no null")


# --- numbers and texts --------------------------------------------------------------------------


def added(
    checker: FormChecker, left: ast.expr, right: ast.expr, facts: Facts, expected: Type | None, place: Place
) -> Node:
    """`left + right`: the sum of numbers, or one text after the other."""
    first, second = _addends(checker, left, right, facts, expected)
    if "unknown" in (first.type.kind, second.type.kind):
        return unknown(place)
    if first.type.is_text and second.type.is_text:
        return _concatenation(first, second, place)
    if first.type.is_text or second.type.is_text:
        return mismatch(checker, first.type, second.type, second.place)
    fitting = [_is_number(checker, each) for each in (first, second)]
    return arithmetic(checker, "+", first, second, place) if all(fitting) else unknown(place)


def _addends(
    checker: FormChecker, left: ast.expr, right: ast.expr, facts: Facts, expected: Type | None
) -> tuple[Node, Node]:
    """As `pair`, but beside an enum's value any text may stand."""
    wanted = _any_text(expected) if expected and (expected.is_number or expected.is_text) else None
    if needs_hint(checker, left) and not needs_hint(checker, right):
        second = checker.check(right, facts, wanted)
        return checker.check(left, facts, wanted or _any_text(second.type)), second
    first = checker.check(left, facts, wanted)
    return first, checker.check(right, facts, wanted or _any_text(first.type))


def _any_text(type: Type) -> Type:
    return TEXT if type.is_text else type


def _concatenation(left: Node, right: Node, place: Place) -> Node:
    if isinstance(left, Literal) and isinstance(right, Literal):
        return Literal(f"{left.value}{right.value}", type=TEXT, place=place)
    type = TEXT.or_null(left.type.nullable or right.type.nullable)
    return Concatenation(left, right, type=type, place=place)


def numbers(
    checker: FormChecker, left: ast.expr, right: ast.expr, facts: Facts, expected: Type | None
) -> tuple[Node, Node] | None:
    """Two operands that can be calculated with; None after a fault."""
    found = pair(checker, left, right, facts, expected if expected and expected.is_number else None)
    fitting = [_is_number(checker, each) for each in found]  # both are told, where both are none
    return found if all(fitting) else None


def _is_number(checker: Checker, node: Node) -> bool:
    if not node.type.is_number and node.type.kind != "unknown":
        checker.fault(node.place, "type-mismatch", f"a number is needed here; this is {node.type.described()}")
    return node.type.is_number


def arithmetic(checker: FormChecker, operator: ArithmeticOperator, left: Node, right: Node, place: Place) -> Node:
    """Sum, difference or product; of two literals a literal."""
    decimal = "decimal" in (left.type.kind, right.type.kind)
    if isinstance(left, Literal) and isinstance(right, Literal):
        return number_literal(checker, ARITHMETIC[operator](_number(left), _number(right)), decimal, place)
    nullable = left.type.nullable or right.type.nullable
    if operator == "*":
        places = left.type.places + right.type.places
    else:
        left, right = scaled_alike(left, right)
        places = left.type.places
    return Arithmetic(operator, left, right, type=number(places, nullable=nullable, decimal=decimal), place=place)


def negative(checker: FormChecker, operand: Node, place: Place) -> Node:
    """`-operand`"""
    if not _is_number(checker, operand):
        return unknown(place)
    if isinstance(operand, Literal):
        return number_literal(checker, -_number(operand), operand.type.kind == "decimal", place)
    return Negative(operand, type=operand.type, place=place)


def scaled_alike(left: Node, right: Node) -> tuple[Node, Node]:
    """Both at the greater scale."""
    places = max(left.type.places, right.type.places)
    return rescaled(left, places), rescaled(right, places)


def rescaled(node: Node, places: int) -> Node:
    """The same number with `places` places, of which it has at most as many; anything else as it is."""
    if not node.type.is_number or node.type.places == places:
        return node
    type = number(places, nullable=node.type.nullable)
    return replace(node, type=type) if isinstance(node, Literal) else Rescale(node, type=type, place=node.place)


def quotient_nullable(left: Node, right: Node) -> bool:
    """Whether dividing the two may give null."""
    divides = isinstance(right, Literal) and bool(right.value)
    return left.type.nullable or right.type.nullable or not divides


def _number(literal: Literal) -> int | Decimal:
    if not isinstance(literal.value, int | Decimal):
        raise TypeError(f"{literal.value!r} is no number")
    return literal.value
