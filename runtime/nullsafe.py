"""Comparison, arithmetic and texts where null is allowed, as generated policies and checks of invariants use them.

A comparison with None is false, arithmetic with None is None, division by zero is None: what the databases answer.
"""

from __future__ import annotations

import math
from collections.abc import Sized
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

Number = int | Decimal
T = TypeVar("T")
U = TypeVar("U")


def less(left: Any, right: Any) -> bool:
    """left < right"""
    return left is not None and right is not None and bool(left < right)


def at_most(left: Any, right: Any) -> bool:
    """left <= right"""
    return left is not None and right is not None and bool(left <= right)


def add(left: Number | None, right: Number | None) -> Number | None:
    """left + right"""
    return None if left is None or right is None else left + right


def subtract(left: Number | None, right: Number | None) -> Number | None:
    """left - right"""
    return None if left is None or right is None else left - right


def multiply(left: Number | None, right: Number | None) -> Number | None:
    """left * right"""
    return None if left is None or right is None else left * right


def concatenate(left: str | None, right: str | None) -> str | None:
    """One text after the other."""
    return None if left is None or right is None else left + right


def negative(operand: Number | None) -> Number | None:
    """-operand"""
    return None if operand is None else -operand


def floor_divide(left: Number | None, right: Number | None) -> int | None:
    """`floor_quotient`, or None."""
    return None if left is None or right is None or right == 0 else floor_quotient(left, right)


def floor_quotient(left: Number, right: Number) -> int:
    """The whole number below left / right; Decimal's own operator goes towards zero."""
    return math.floor(Fraction(left) / Fraction(right))


def divide_rounded(left: Number | None, right: Number | None, places: int) -> Decimal | None:
    """`rounded_quotient`, or None."""
    return None if left is None or right is None or right == 0 else rounded_quotient(left, right, places)


def rounded_quotient(left: Number, right: Number, places: int) -> Decimal:
    """left / right with `places` places, halves away from zero."""
    scaled = Fraction(left) / Fraction(right) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def fold(text: str | None) -> str | None:
    """The text without difference of case."""
    return None if text is None else text.lower()


def length(operand: Sized | None) -> int | None:
    """How many characters or elements."""
    return None if operand is None else len(operand)


def coalesce(first: T | None, other: U) -> T | U:
    """The first, unless it is None."""
    return other if first is None else first
