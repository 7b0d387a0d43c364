"""The marketplace as of its first migration, in use, brought up to date: nothing of what was there is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generated.app import APPLICATION
from runtime import metrics
from runtime.database import Database
from runtime.migrations import migrate
from runtime.migrations.files import INDEX
from runtime.settings import Settings
from tests.runtime.things import settings_for

MIGRATIONS = Path(__file__).parents[2] / "generated" / "migrations"
FIRST = "0001_initial"

DESK, LAMP, ORDER = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ROWS = (
    """INSERT INTO "user" ("id", "username", "email", "password", "role") VALUES
       (1, 'sofia', 'sofia@example.org', '-', 'seller'), (2, 'bob', 'bob@example.org', '-', 'buyer')""",
    """INSERT INTO "category" ("id", "name", "slug", "parent_id")
       VALUES (1, 'Office', 'office', NULL), (2, 'Desks', 'desks', 1)""",
    f"""INSERT INTO "product" ("id", "name", "slug", "description", "price", "seller_id", "category_id")
        VALUES ('{DESK}', 'Desk', 'desk-1', 'Oak.', 12050, 1, 2),
               ('{LAMP}', 'Lamp', 'lamp-1', 'Brass.', 1990, 1, NULL)""",
    f"""INSERT INTO "review" ("rating", "title", "comment", "product_id", "reviewer_id")
        VALUES (4, 'Fine', '', '{DESK}', 2)""",
    f"""INSERT INTO "favorite" ("user_id", "product_id") VALUES (2, '{DESK}')""",
    f"""INSERT INTO "order" ("id", "status", "buyer_id") VALUES ('{ORDER}', 'delivered', 2)""",
    f"""INSERT INTO "order_item" ("id", "quantity", "order_id", "product_id", "seller_id")
        VALUES (7, 2, '{ORDER}', '{DESK}', 1), (8, 1, '{ORDER}', NULL, 1)""",
)
NEW_PRODUCT = f"""INSERT INTO "product" ("id", "name", "slug", "description", "price", "seller_id")
                  VALUES ('{LAMP[:-1]}9', 'Vase', 'vase-1', 'Glass.', 900, 1)"""
TABLES = ("user", "category", "product", "review", "favorite", "order", "order_item")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(database_url, tmp_path)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The folder of migrations as it was when there was only the first."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    index = json.loads((MIGRATIONS / INDEX).read_text())
    names = [name for name in index["sha256"] if name.startswith(FIRST)]
    for name in names:
        (folder / name).write_text((MIGRATIONS / name).read_text())
    sums = {name: index["sha256"][name] for name in names}
    (folder / INDEX).write_text(json.dumps({"order": [FIRST], "sha256": sums}))
    return folder


async def filled(settings: Settings, folder: Path) -> Database[Any]:
    """A database as of these migrations, with something of everything."""
    await migrate.apply(settings, folder)
    database: Database[Any] = await Database.open(settings)
    for statement in ROWS:
        await database.transaction(lambda transaction, sql=statement: transaction.execute(sql))
    return database


async def rows(database: Database[Any], table: str) -> list[dict[str, Any]]:
    """All rows of a table, as the database writes them."""
    if database.dialect == "sqlite":
        names = [row[1] for row in await database.fetch_all(f'PRAGMA table_info("{table}")')]
        pairs = ", ".join(f"'{name}', \"{name}\"" for name in names)
        found = await database.fetch_all(f'SELECT json_object({pairs}) FROM "{table}" ORDER BY "id"')
    else:
        found = await database.fetch_all(f'SELECT row_to_json(t)::text FROM "{table}" t ORDER BY t."id"')
    return [json.loads(row[0]) for row in found]


async def test_nothing_is_lost_and_what_is_new_is_there(settings: Settings, first: Path) -> None:
    database = await filled(settings, first)
    before = {table: await rows(database, table) for table in TABLES}
    await database.close()

    made = await migrate.apply(settings, MIGRATIONS)
    assert made and FIRST not in made

    database = await Database.open(settings)
    for table in TABLES:
        after = await rows(database, table)
        old = [{name: row[name] for name in known} for row, known in zip(after, before[table], strict=True)]
        assert old == before[table]
    kept = await rows(database, "product_metrics")
    assert {row["product_id"] for row in kept} == {DESK, LAMP}
    assert {row["total_sales"] for row in kept} == {0}
    (order,) = await rows(database, "order")
    assert (order["payment_status"], order["cancelled_at"]) == ("pending", None)
    await database.transaction(lambda transaction: transaction.execute(NEW_PRODUCT))
    assert len(await rows(database, "product_metrics")) == 3, "and whatever is made from now on has its own"
    await database.close()


async def test_what_was_sold_before_is_counted_when_somebody_asks(settings: Settings, first: Path) -> None:
    await (await filled(settings, first)).close()
    await migrate.apply(settings, MIGRATIONS)
    report = await metrics.rebuild(APPLICATION, settings)
    assert {(each.metric.column, each.was, each.now) for each in report.differences} == {("total_sales", 0, 2)}
    assert (await metrics.rebuild(APPLICATION, settings)).differences == ()
