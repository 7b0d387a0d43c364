"""Parsing: what is no expression, and where every part was written."""

from __future__ import annotations

import ast

import pytest

from generator.expressions import ExpressionError, ExpressionFault, parse
from generator.model import Place
from generator.specs import source
from generator.specs.nodes import MapNode, ScalarNode
from tests.generator.expressions.world import said


def fault(text: str, place: Place | None = None) -> ExpressionFault:
    with pytest.raises(ExpressionError) as caught:
        parse(text, place or said(text))
    return caught.value.faults[0]


def place_of(text: str, place: Place, kind: type[ast.expr] = ast.Attribute) -> tuple[int, int, int]:
    """Line, column and length of the last node of a kind."""
    expression = parse(text, place)
    found = expression.at([node for node in ast.walk(expression.tree) if isinstance(node, kind)][-1])
    return found.line, found.column, found.length


def test_columns_count_characters_not_bytes() -> None:
    assert place_of("'ärger 漢' == a.b", said("'ärger 漢' == a.b", 3, 20)) == (3, 33, 3)


def test_quotes_of_the_scalar_shift_by_one() -> None:
    assert place_of("x == a.b", Place("f", 3, 20, len("x == a.b") + 2)) == (3, 26, 3)


def test_leading_space_is_counted() -> None:
    assert place_of("  x == a.b", said("  x == a.b", 3, 20)) == (3, 27, 3)


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("a: x == 1 or\n   y == a.b", (2, 9, 3)),
        ("a: 'x == 1 or\n   y == a.b'", (2, 9, 3)),
        ('a: "x == \\x31 or\n   y == a.b"', (2, 9, 3)),
        ('a: "x == 1 or\n   \\x79 == a.b"', (1, 13, 1)),  # the line holds an escape: shown at the one before
        ("a: >-\n   x == 1 or\n   y == a.b\n", (3, 9, 3)),
        ("a: |\n   x == 1 or\n     y == a.b\n", (3, 11, 3)),
    ],
)
def test_parts_of_a_text_over_several_lines(spec: str, found: tuple[int, int, int]) -> None:
    node, _ = source.parse(spec, "f")
    assert isinstance(node, MapNode) and isinstance(said := node.get("a"), ScalarNode)
    assert place_of(said.text, said.place) == found


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("a = b", 12, "write `==` to compare"),
        ("a && b", 13, "write `and`"),
        ("a || b", 13, "write `or`"),
        ("!a", 10, "write `not`"),
        ("a <> b", 12, "write `!=`"),
        ("a ? b : c", 12, "write `a if condition else b`"),
        ("a ==", 13, None),
        ("(a", 10, None),
        ("a b", 12, None),
        ("'a", 10, None),
        ("a # b", 12, None),
        ("", 10, None),
        ("   ", 10, None),
        ("a == 'x\0'", 17, None),
        ("a == '\ud800'", 16, None),
    ],
)
def test_what_is_no_expression(text: str, column: int, hint: str | None) -> None:
    found = fault(text)
    assert (found.code, found.place.column, found.hint) == ("expression-syntax", column, hint)


@pytest.mark.parametrize(
    "text",
    ["(" * 300 + "a" + ")" * 300, "not " * 3000 + "a", "+".join("a" * 5000), "-" * 90_000],
    ids=["parentheses", "not", "sum", "minus"],
)
def test_depth_is_bounded(text: str) -> None:
    assert fault(text).code in ("expression-too-deep", "expression-syntax")


def test_odd_escapes_warn_nobody(recwarn: pytest.WarningsRecorder) -> None:
    parse(r"a == '\d'", said("a"))
    assert not recwarn.list


def test_expressions_are_equal_by_text_and_place() -> None:
    assert parse("a", said("a")) == parse("a", said("a"))
    assert parse("a", said("a")) != parse("a", said("a", line=8))
