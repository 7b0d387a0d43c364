"""Conditions that pick rows: the same rows as the condition itself, each by exactly one alternative, as sets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.expressions import apart, to_condition
from generator.reads.rows import top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS
from tests.generator.expressions.databases import Databases
from tests.generator.expressions.world import ITEM, MODEL, PERSON, typed
from tests.support.postgres import Postgres

ROWS = top_rows(ITEM)


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> Iterator[Databases]:
    url = postgres.create_database()
    found = Databases(url)
    for dialect in ("postgres", "sqlite"):
        for loan in (1, 2, 3):  # of random items so far, which are not there
            item = f"SELECT i.id FROM item i ORDER BY i.id LIMIT 1 OFFSET {loan}"
            found.run(dialect, f"UPDATE loan SET item_id = ({item}) WHERE id = {loan}")
    yield found
    found.close()
    postgres.drop_database(url)


@pytest.mark.parametrize(
    ("texts", "demands", "alternatives"),
    [
        (["owner == actor or lent_by_actor or actor.role == worn"], 0, 3),
        (["owner == actor or lent_by_actor", "is_active and count > 0"], 2, 2),
        (["lent_by_actor or is_rare", "lent_by_actor"], 1, 0),  # decided by the second
        (["owner == actor or is_active", "owner.name == actor.name or is_rare or extra == 3"], 1, 3),
        (["holder is null or extra > 3 or lent_by_actor"], 0, 3),
        (["(owner.name == actor.name and is_active) or (is_rare and count > 0)"], 0, 2),
        (["lent_by_actor or (is_active if is_rare else count == 3)"], 0, 2),
        (["not lent_by_actor or owner.name == actor.name"], 0, 2),
        (["owner.name == actor.name"], 1, 0),
        (["actor.name == owner.name", "count > 0"], 2, 0),
        (["owner == actor or is_active"], 1, 0),  # nothing of both is far away
        (["owner.level == actor.level or is_rare"], 1, 0),  # null == null is no membership
        (["owner.name != actor.name or is_rare"], 1, 0),
    ],
)
def test_exactly_one_alternative_holds_where_the_condition_does(
    databases: Databases, texts: list[str], demands: int, alternatives: int
) -> None:
    conditions = [typed(text) for text in texts]
    of_all, either = apart(conditions)
    assert (len(of_all), len(either)) == (demands, alternatives)
    held = set()
    for dialect in DIALECTS:
        values = Values(MODEL, dialect)
        said = [to_condition(each, dialect.name, values.binding(ROWS), positive=False) for each in conditions]
        picking = [values.picking(each, ROWS) for each in (*of_all, *either)]
        asked = [f"CASE WHEN {each} THEN 1 ELSE 0 END" for each in (*said, *picking)]
        for actor in (None, *databases.rows[PERSON.table]):
            for row in databases.ask(dialect.name, asked, actor):
                wanted, all_of, one_of = row[: len(said)], row[len(said) :][:demands], row[len(said) + demands :]
                assert sum(one_of) <= 1
                assert all(wanted) is (all(all_of) and (any(one_of) or not either)), (texts, row)
                held.add(all(wanted))
    assert held == {True, False}


def test_what_is_the_callers_is_a_set() -> None:
    values = Values(MODEL, DIALECTS[0])
    assert values.picking(typed("owner.name == actor.name"), ROWS) == (
        't."owner_id" IN (SELECT t_owner."id" FROM "person" t_owner WHERE t_owner."name" = $actor_name::text)'
    )
    assert "IN (" in values.picking(typed("lent_by_actor"), ROWS)
    assert "IN (" not in values.picking(typed("not lent_by_actor"), ROWS)
    assert "IN (" not in values.picking(typed("owner.name == 'a'"), ROWS)  # perhaps most rows
