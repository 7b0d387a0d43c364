"""Stored numbers, calculated anew while others write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from runtime import metrics
from runtime.application import Application, Metric, Sql
from runtime.database import ConstraintViolation, Database, Transaction
from tests.runtime.things import open_things, settings_for, thing

LABELS = Sql.same("""(SELECT count(*) FROM part p WHERE p."thing_id" = t."id")""")
STOCK = Metric("thing", "id", "uuid", "stock", LABELS)
APPLICATION = Application("Things", "1", "/api", models=(), routes=(), metrics=(STOCK,))


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database[Any]]:
    database = await open_things(database_url, tmp_path)
    yield database
    await database.close()


async def test_a_change_that_is_under_way_is_not_lost(
    database: Database[Any], database_url: str, tmp_path: Path
) -> None:
    """Whoever mends a number must neither miss nor undo what is added to it meanwhile."""
    made = thing(stock=100)
    await database.transaction(lambda t: made.save(using_db=t.connection))
    rebuilding: list[asyncio.Task[metrics.Report]] = []

    async def write(transaction: Transaction) -> None:
        await transaction.execute("UPDATE thing SET stock = stock + 1")
        await transaction.execute(f"INSERT INTO part (thing_id, label) VALUES ('{made.id}', 'leg')")
        rebuilding.append(asyncio.create_task(metrics.rebuild(APPLICATION, settings_for(database_url, tmp_path))))
        done, _ = await asyncio.wait(rebuilding, timeout=1.0)  # enough for it to end, if nothing stopped it
        assert not done

    await database.transaction(write)
    report = await rebuilding[0]
    assert list(report.lines()) == [f"thing.stock of {made.id}: 101 → 1", "1 of 1 values differed and is mended."]
    assert await database.fetch_row("SELECT stock FROM thing") == (1,)


async def test_each_is_made_from_those_before_it(database: Database[Any], database_url: str, tmp_path: Path) -> None:
    made = thing(stock=5)
    await database.transaction(lambda t: made.save(using_db=t.connection))
    price = Metric("thing", "id", "uuid", "price", Sql.same('t."stock" * 150'), places=2)
    weight = Metric("thing", "id", "uuid", "weight", Sql.same('NULLIF(t."price", 0)'), places=3)
    application = Application("Things", "1", "/api", models=(), routes=(), metrics=(STOCK, price, weight))
    await database.transaction(lambda t: t.execute(f"INSERT INTO part (thing_id, label) VALUES ('{made.id}', 'leg')"))
    report = await metrics.rebuild(application, settings_for(database_url, tmp_path))
    assert [each.line().partition(": ")[2] for each in report.differences] == ["5 → 1", "19.90 → 1.50", "null → 0.150"]
    assert report.total == 3


async def test_a_number_that_its_column_refuses_changes_nothing(
    database: Database[Any], database_url: str, tmp_path: Path
) -> None:
    await database.transaction(lambda t: thing(stock=5).save(using_db=t.connection))
    wrong = Metric("thing", "id", "uuid", "stock", Sql.same("-1"))
    price = Metric("thing", "id", "uuid", "price", Sql.same("1"))
    application = Application("Things", "1", "/api", models=(), routes=(), metrics=(price, wrong))
    with pytest.raises(ConstraintViolation):
        await metrics.rebuild(application, settings_for(database_url, tmp_path))
    assert await database.fetch_row("SELECT stock, price FROM thing") == (5, 1990)
