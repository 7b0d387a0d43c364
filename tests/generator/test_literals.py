"""Values as source text: what is printed means the value it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from generator.literals import Name, literal
from generator.reads.plans import Sql


@dataclass(frozen=True)
class Pair:
    left: object
    right: tuple[int, ...] = ()
    note: str | None = field(default=None)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        "plain",
        'with "double" quotes',
        "with 'single' ones",
        "both ' and \"",
        "back\\slash, new\nline, tab\t, nul \x00, é, \u2028",
        "words " * 60,
        "x" * 300,
        (),
        (1,),
        (1, "two"),
        ["a", ["b"]],
        {"a": {"b": None}},
        frozenset({"b", "a"}),
        frozenset(),
        Pair("x"),
        Pair(Pair(None, (1,)), note="n"),
    ],
)
def test_the_source_text_gives_the_value(value: object) -> None:
    assert eval(literal(value), {"Pair": Pair}) == value


def test_defaults_are_left_out() -> None:
    assert literal(Pair("x")) == 'Pair(left="x")'


def test_a_name_stands_for_itself() -> None:
    assert literal({"make": Name("Actor")}) == '{"make": Actor}'


def test_sets_print_alike_whatever_their_order() -> None:
    assert literal(frozenset("bca")) == 'frozenset({"a", "b", "c"})'


def test_statements_that_are_the_same_are_said_once() -> None:
    assert literal(Sql("t.id", "t.id")) == 'Sql.same("t.id")'


def test_the_lines_of_a_statement_keep_their_order_and_text() -> None:
    sql = 'SELECT 1\n  FROM "t"\nWHERE t.x = \'\\\' || \'"""\''
    printed = eval(literal(Sql(sql, "SELECT 2")), {"Sql": Sql}).postgres
    assert [line.strip() for line in printed.strip().split("\n")] == [line.strip() for line in sql.split("\n")]
