"""The functions of the expression language: what each takes and gives."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.expressions.operands import FormChecker, alternatives, numbers, quotient_nullable, unknown
from generator.expressions.sites import Facts
from generator.expressions.tree import Coalesce, Length, Literal, Lower, Node, Now, RoundedQuotient
from generator.expressions.types import DATETIME, INTEGER, NULL, TEXT, Type, number

MAX_PLACES = 9

Call = Callable[[FormChecker, ast.Call, Facts, Type | None], Node]


def _lower(checker: FormChecker, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
    operand = _only(checker, node, facts)
    if operand.type.is_text:
        return Lower(operand, type=TEXT.or_null(operand.type.nullable), place=checker.expression.at(node))
    return _wrong(checker, operand, "text")


def _length(checker: FormChecker, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
    operand = _only(checker, node, facts)
    if operand.type.is_text or operand.type.kind == "list":
        return Length(operand, type=INTEGER.or_null(operand.type.nullable), place=checker.expression.at(node))
    return _wrong(checker, operand, "text or a list")


def _only(checker: FormChecker, node: ast.Call, facts: Facts) -> Node:
    if len(node.args) == 1:
        return checker.check(node.args[0], facts, TEXT)
    return _count(checker, node, "one argument")


def _count(checker: FormChecker, node: ast.Call, wanted: str) -> Node:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    place = checker.expression.at(node)
    return checker.fault(place, "wrong-arguments", f"`{name}` takes {wanted}, not {len(node.args)}")


def _wrong(checker: FormChecker, operand: Node, wanted: str) -> Node:
    if operand.type.kind == "unknown":
        return operand
    message = f"{wanted} is needed here; this is {operand.type.described()}"
    return checker.fault(operand.place, "type-mismatch", message)


def _coalesce(checker: FormChecker, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
    if len(node.args) < 2:
        return _count(checker, node, "two arguments or more")
    place = checker.expression.at(node)
    found = alternatives(checker, [(each, facts) for each in node.args], expected)
    if found is None:
        return unknown(place)
    parts, type = found
    if not parts:
        return Literal(None, type=NULL, place=place)
    certain = next((index for index, each in enumerate(parts) if not each.type.nullable), None)
    needed = parts if certain is None else parts[: certain + 1]
    type = type.known().or_null(certain is None)
    # At the common type even where one part is all: text or an enum, a scale.
    return replace(parts[0], type=type) if certain == 0 else Coalesce(needed, type=type, place=place)


def _round(checker: FormChecker, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
    place = checker.expression.at(node)
    if len(node.args) != 2:
        return _count(checker, node, "a quotient and a number of places")
    quotient, places = node.args
    if not (isinstance(quotient, ast.BinOp) and isinstance(quotient.op, ast.Div)):
        message = "only a quotient needs rounding"
        return checker.fault(checker.expression.at(quotient), "unsupported-syntax", message, "round(a / b, 2)")
    pair = numbers(checker, quotient.left, quotient.right, facts, None)
    if not (isinstance(places, ast.Constant) and type(places.value) is int and places.value <= MAX_PLACES):
        message = f"the number of places is written out: 0 to {MAX_PLACES}"
        return checker.fault(checker.expression.at(places), "wrong-arguments", message)
    if pair is None:
        return unknown(place)
    result = number(places.value, nullable=quotient_nullable(*pair), decimal=places.value > 0)
    return RoundedQuotient(*pair, type=result, place=place)


def _now(checker: FormChecker, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
    place = checker.expression.at(node)
    if node.args:
        return _count(checker, node, "no arguments")
    if not checker.scope.clock:
        return checker.fault(place, "no-clock", "a constraint holds at any time, so it cannot use `now()`")
    return Now(type=DATETIME, place=place)


CALLS: Mapping[str, Call] = {
    "coalesce": _coalesce,
    "length": _length,
    "lower": _lower,
    "now": _now,
    "round": _round,
}
