"""What is kept under idempotency keys: forgotten when it is too old, in steps that hold nobody up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from generator.migrations import ddl
from generator.migrations.schema import IDEMPOTENCY_TABLE
from runtime.calls import idempotency
from runtime.database import Database, statements
from tests.runtime.things import settings_for

ROWS = """INSERT INTO agora_idempotency (scope, "key", fingerprint, status, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
SELECT '{scope}', i, '', 204, {at} FROM n"""
AGO = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-{} minutes')",
    "postgres": "now() - interval '{} minutes'",
}


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database[Any]]:
    database = await Database.open(settings_for(database_url, tmp_path))
    table = IDEMPOTENCY_TABLE
    for sql in (
        ddl.create_table(table, database.dialect),
        *(ddl.create_index(table, index, database.dialect) for index in table.indexes),
    ):
        await database.transaction(lambda t, sql=sql: t.execute(sql))
    yield database
    await database.close()


async def test_what_is_a_day_old_is_forgotten_step_by_step(
    database: Database[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PRUNE_ROWS", 10)
    for scope, count, minutes in (("old", 25, 24 * 60 + 1), ("young", 5, 24 * 60 - 1)):
        at = AGO[database.dialect].format(minutes)
        sql = ROWS.format(scope=scope, count=count, at=at)
        await database.transaction(lambda t, sql=sql: t.execute(sql))
    with statements.counting() as counter:
        await idempotency.prune(database)
    assert counter.count == 3
    left = await database.fetch_all("SELECT scope, count(*) FROM agora_idempotency GROUP BY scope")
    assert [tuple(row) for row in left] == [("young", 5)]
