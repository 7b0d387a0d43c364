"""The same text means the same in Python, in SQLite and in PostgreSQL, nulls included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.expressions import (
    Typed,
    actor_part,
    to_condition,
    to_python,
    to_python_condition,
    to_sql,
    when_anonymous,
)
from generator.sql import primitives as sql
from generator.sql.primitives import DIALECTS, Dialect
from tests.generator.expressions.databases import BINDING, Databases, InMemory, Row, told
from tests.generator.expressions.texts import any_expression
from tests.generator.expressions.world import ITEM, typed
from tests.support.postgres import Postgres

BATCH = 40
EXAMPLES = 10


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> Iterator[Databases]:
    url = postgres.create_database()
    found = Databases(url)
    yield found
    found.close()
    postgres.drop_database(url)


def as_asked(each: Typed, dialect: Dialect) -> list[str]:
    """The value, and of conditions the strict and the positive form, the latter with its nulls made false."""
    if each.type.kind != "boolean":
        return [to_sql(each, dialect, BINDING)]
    strict = to_condition(each, dialect, BINDING, positive=False)
    positive = to_condition(each, dialect, BINDING)
    return [to_sql(each, dialect, BINDING), strict, sql.certain(dialect, positive)]


def answers(databases: Databases, dialect: Dialect, batch: list[Typed], actor: Row | None) -> list[list[list[Any]]]:
    """Per expression, per row: what the database says."""
    asked = [as_asked(each, dialect) for each in batch]
    found = databases.ask(dialect, [column for each in asked for column in each], actor)
    result: list[list[list[Any]]] = []
    start = 0
    for each, columns in zip(batch, asked, strict=True):
        result.append([[told(each.type, value) for value in row[start : start + len(columns)]] for row in found])
        start += len(columns)
    return result


def in_memory(each: Typed, records: list[Row], actor: Row | None) -> list[list[Any]]:
    """Per row: what Python says."""
    value, truth = InMemory(to_python(each)), InMemory(to_python_condition(each))
    found = [value(record, actor) for record in records]
    if each.type.kind == "boolean":
        held = [truth(record, actor) for record in records]
        assert [type(one) for one in held] == [bool] * len(held)
        return [[one, other, other] for one, other in zip(found, held, strict=True)]
    if each.type.kind == "decimal":
        found = [None if one is None else Decimal(one).scaleb(each.type.places) for one in found]
    return [[one] for one in found]


def judged(each: Typed, found: list[list[Any]], actor: Row | None) -> None:
    """What was known beforehand turned out to be so; what has no nulls has none."""
    assert each.type.nullable or all(row[0] is not None for row in found)
    if each.type.kind != "boolean":
        return
    holds = [row[1] for row in found]
    assert holds == [bool(row[0]) for row in found] == [row[2] for row in found]
    foreseen = when_anonymous(each)
    if actor is None and foreseen is not None:
        assert set(holds) == {foreseen}
    demanded = actor_part(each)
    if demanded is not True and any(holds):
        assert InMemory(to_python_condition(demanded))({}, actor) is True


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(texts=st.lists(any_expression, min_size=BATCH, max_size=BATCH))
def test_one_meaning(databases: Databases, texts: list[str]) -> None:
    batch = [typed(text) for text in texts]
    for actor in (None, databases.actor):
        found = {dialect: answers(databases, dialect, batch, actor) for dialect in DIALECTS}
        for index, (text, each) in enumerate(zip(texts, batch, strict=True)):
            postgres, sqlite = found["postgres"][index], found["sqlite"][index]
            assert postgres == sqlite, text
            judged(each, postgres, actor)
            if not each.needs_database:
                assert in_memory(each, databases.rows[ITEM.table], actor) == postgres, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 // 2", 3),
        ("-7 // 2", -4),
        ("7 // -2", -4),
        ("-7 // -2", 3),
        ("7 // 0", None),
        ("-7.5 // 2", -4),
        ("7.5 // 0.5", 15),
        ("0.3 // 0.1", 3),
        ("round(1 / 3, 2)", 33),
        ("round(1 / 2, 0)", 1),
        ("round(-1 / 2, 0)", -1),
        ("round(5 / 2, 0)", 3),
        ("round(2.675 / 1, 2)", 268),
        ("round(-2.675 / 1, 2)", -268),
        ("round(1 / 0.03, 3)", 33333),
        ("round(1 / 0, 3)", None),
        ("0.1 + 0.2", 3),
        ("1.5 * 1.5", 225),
        ("2000000000 * (2 if is_active else 2)", 4000000000),
        ("length('日本𝄞')", 3),
        ("coalesce(null, null, 'a')", "a"),
        ("'Z' < 'a'", True),
        ("'é' > 'z'", True),
        ("lower('ÄÉЖ')", "äéж"),
        ("null == null", True),
        ("'a' + 'b' + '$5'", "ab$5"),
        ("(null if true else 'a') + 'b'", None),
        ("'Z' + lower('Ä') < 'a'", True),
        ("null != null", False),
        ("(null if true else 3) == 3", False),
        ("not ((null if true else 3) > 2)", True),
        ("'$5' == '$' or 'it''s' == ''", False),
        ("9223372036854775807 > 9223372036854775806", True),
        ("(null if is_active or not is_active else true) == false", False),
    ],
)
def test_edges(databases: Databases, text: str, expected: object) -> None:
    each = typed(text)
    for dialect in DIALECTS:
        assert answers(databases, dialect, [each], None)[0][0][0] == expected, dialect
    assert in_memory(each, databases.rows[ITEM.table], None)[0][0] == expected
