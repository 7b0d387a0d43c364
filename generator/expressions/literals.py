"""What is written out in expressions: numbers and texts."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import Protocol

from generator.expressions.scope import nearest
from generator.expressions.sites import Checker
from generator.expressions.text import Expression
from generator.expressions.tree import Literal, Node
from generator.expressions.types import TEXT, Type, number
from generator.model import Place

DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")
INTEGER_LIMIT = 2**63
PYTHONS_WORDS = {True: "true", False: "false", None: "null"}


class TextChecker(Checker, Protocol):
    """One who checks a text that was written somewhere."""

    expression: Expression


def constant(checker: TextChecker, node: ast.Constant, expected: Type | None) -> Node:
    """The meaning of a number or a text."""
    place = checker.expression.at(node)
    if isinstance(node.value, str):
        return _text(checker, node.value, place, expected)
    if node.value is None or isinstance(node.value, bool):
        return checker.fault(place, "unsupported-syntax", f"write `{PYTHONS_WORDS[node.value]}`")
    written = checker.expression.written(node)
    if DIGITS.fullmatch(written):
        return number_literal(checker, Decimal(written), "." in written, place)
    return checker.fault(place, "unsupported-syntax", f"`{written}` is no number; they are written 12 or 12.50")


def number_literal(checker: Checker, value: Decimal | int, decimal: bool, place: Place) -> Node:
    """A number at the least scale that holds it."""
    exact = Decimal(value)
    places = max(0, -int(exact.normalize().as_tuple().exponent)) if decimal else 0
    if abs(exact.scaleb(places)) >= INTEGER_LIMIT:
        return checker.fault(place, "number-out-of-range", "this number has more than 63 bits")
    return Literal(exact if decimal else int(exact), type=number(places, decimal=decimal), place=place)


def _text(checker: Checker, value: str, place: Place, expected: Type | None) -> Node:
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        return checker.fault(place, "unsupported-syntax", "text cannot hold this character")
    if expected is not None and expected.kind == "enum":
        return enum_literal(checker, value, expected, place)
    return Literal(value, type=TEXT, place=place)


def enum_literal(checker: Checker, value: str, type: Type, place: Place) -> Node:
    """Text that was written where an enum's value belongs."""
    if value in type.values:
        return Literal(value, type=type.known(), place=place)
    message = f"`{value}` is not {type.described()}"
    return checker.fault(place, "unknown-enum-value", message, nearest(value, type.values))
