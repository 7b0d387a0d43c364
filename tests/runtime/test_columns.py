"""Every value comes back from both databases as what it was."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tortoise.expressions import F

from runtime.columns import CreatedColumn, DecimalColumn, UpdatedColumn, UuidColumn
from runtime.database import Database
from tests.runtime.things import Part, Thing, open_things, thing

MOMENT = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, dt.UTC)


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database[Any]]:
    database = await open_things(database_url, tmp_path)
    yield database
    await database.close()


FULL = {
    "name": "Bücher – \U0001f4da 'quoted' \"twice\" $1 ?1",
    "price": Decimal("-92233720368547758.08"),
    "weight": Decimal("0.005"),
    "stock": 2**63 - 1,
    "active": False,
    "tags": ["a,b", 'c"d', "", "é\\", "{}", "NULL"],
    "extra": {"b": [1, None, True], "a": "ü"},
    "day": dt.date(1, 1, 1),
    "seen_at": MOMENT,
}
EMPTY = {"price": Decimal("0.00"), "weight": None, "tags": [], "extra": None, "day": None, "seen_at": None}


@pytest.mark.parametrize("values", [FULL, EMPTY], ids=["full", "empty"])
async def test_values_come_back_as_they_were(database: Database[Any], values: dict[str, Any]) -> None:
    made = thing(**values)
    await database.transaction(lambda t: made.save(using_db=t.connection))

    async def read(_: Any) -> Thing:
        return await Thing.get(id=made.id)

    found = await database.transaction(read)
    for name, value in values.items():
        assert getattr(found, name) == value, name
        assert type(getattr(found, name)) is type(value), name
    assert type(found.id) is uuid.UUID
    assert found.id == made.id
    assert found.created_at == made.created_at
    assert found.created_at.tzinfo == dt.UTC
    assert str(found.price) == str(values["price"])


async def test_a_row_of_a_compiled_read_becomes_a_saved_record(database: Database[Any]) -> None:
    made = thing(**FULL)
    await database.transaction(lambda t: made.save(using_db=t.connection))
    columns = [*Thing._meta.db_fields]
    row = await database.fetch_row(f"SELECT {', '.join(columns)}, 1 AS allowed FROM thing")
    assert row is not None
    record = Thing.from_row(columns, row)
    assert {name: getattr(record, name) for name in FULL} == FULL
    record.stock = 1
    await database.transaction(lambda t: record.save(using_db=t.connection, update_fields=["stock"]))
    assert (await database.fetch_row("SELECT stock, count(*) OVER () FROM thing") or ())[:] == (1, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL has types of its own for these
async def test_what_is_stored_is_the_same_text_and_number(database: Database[Any]) -> None:
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    made = thing(**FULL | {"seen_at": MOMENT.astimezone(zone)}, created_at=MOMENT.replace(microsecond=0))
    await database.transaction(lambda t: made.save(using_db=t.connection))
    row = await database.fetch_row("SELECT id, price, active, tags, extra, day, seen_at, created_at FROM thing")
    assert row == (
        str(made.id),
        -(2**63),
        0,
        '["a,b","c\\"d","","é\\\\","{}","NULL"]',
        '{"b":[1,null,true],"a":"ü"}',
        "0001-01-01",
        "2026-01-02T03:04:05.678901Z",
        "2026-01-02T03:04:05.000000Z",
    )


async def test_plain_statements_take_the_same_values_on_both(database: Database[Any]) -> None:
    made = thing(**FULL)
    await database.transaction(lambda t: made.save(using_db=t.connection))
    p = "$" if database.dialect == "postgres" else "?"
    for column, value in (("id", made.id), ("seen_at", MOMENT), ("day", FULL["day"]), ("active", False)):
        row = await database.fetch_row(f"SELECT name FROM thing WHERE {column} = {p}1", [value])
        assert row is not None, column
    many = "= ANY($1::uuid[])" if database.dialect == "postgres" else "IN (SELECT value FROM json_each(?1))"
    assert await database.fetch_row(f"SELECT 1 FROM thing WHERE id {many}", [[uuid.uuid4(), made.id]])


async def test_the_orm_filters_updates_and_joins(database: Database[Any]) -> None:
    async def work(_: Any) -> tuple[int, int, list[Any]]:
        a, b = thing(seen_at=MOMENT), thing(name="Chair", price="5", stock=3)
        await Thing.bulk_create([a, b])
        await Part.create(thing_id=a.id, label="leg")
        changed = await Thing.filter(price__gte=Decimal("19.90"), seen_at__lte=MOMENT).update(stock=F("stock") + 2)
        refused = await Thing.filter(id=b.id, stock__gte=4).update(stock=F("stock") - 4)
        return changed, refused, await Part.filter(thing__price=Decimal("19.9")).values_list("thing__stock", flat=True)

    assert await database.transaction(work) == (1, 0, [2])


async def test_created_and_updated(database: Database[Any]) -> None:
    made = thing()
    await database.transaction(lambda t: made.save(using_db=t.connection))
    created, updated = made.created_at, made.updated_at
    for fields in (None, ["stock"]):
        await database.transaction(lambda t, f=fields: made.save(using_db=t.connection, update_fields=f))
        assert made.updated_at > updated
        updated = made.updated_at
    found = await database.transaction(lambda t: Thing.get(id=made.id, using_db=t.connection))
    assert (found.created_at, found.updated_at) == (created, updated)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"price": Decimal("1.001")}, ArithmeticError),
        ({"price": Decimal("NaN")}, (ArithmeticError, ValueError)),
        ({"price": Decimal("Infinity")}, (ArithmeticError, OverflowError)),
        ({"price": 1.5}, TypeError),
        ({"stock": 1.5}, TypeError),
        ({"stock": "7"}, TypeError),
        ({"seen_at": dt.datetime(2026, 1, 1)}, ValueError),  # noqa: DTZ001 - the point of the case
        ({"extra": {"a": float("nan")}}, ValueError),
    ],
)
async def test_what_would_be_stored_wrongly_is_refused(
    database: Database[Any], values: dict[str, Any], error: type[Exception]
) -> None:
    made = thing()
    for name, value in values.items():
        setattr(made, name, value)
    with pytest.raises(error):
        await database.transaction(lambda t: made.save(using_db=t.connection))
    assert await database.fetch_row("SELECT 1 FROM thing") is None


def test_what_a_new_record_gets_of_itself() -> None:
    one, other = thing(), thing()
    assert type(one.id) is uuid.UUID
    assert one.id != other.id
    before = dt.datetime.now(dt.UTC)
    assert before <= CreatedColumn().default() <= UpdatedColumn().default() <= dt.datetime.now(dt.UTC)
    assert UuidColumn(primary_key=True).default is uuid.uuid4
    assert UuidColumn().default is None
    assert [each(description="x").description for each in (CreatedColumn, UpdatedColumn)] == ["x", "x"]
    assert DecimalColumn().places == 2


def test_amounts_are_exact_or_refused() -> None:
    column: Any = Thing._meta.fields_map["price"]
    for digits in ("9" * 35, "0", "-1"):
        stored = column.to_db_value(Decimal(f"{digits}.01"), Thing)
        assert stored == int(f"{digits}01")
        assert str(column.to_python_value(stored)) == f"{digits}.01"
        assert str(column.to_python_value(Decimal(f"{digits}.01"))) == f"{digits}.01"
    assert str(column.to_python_value(Decimal("1.5"))) == "1.50"
    with pytest.raises(ArithmeticError):
        column.to_python_value(Decimal("1.001"))
    with pytest.raises(TypeError, match=r"^price: 1\.5 is a float, which is not exact$"):
        column.to_db_value(1.5, Thing)
    with pytest.raises(TypeError, match=r"^stock: '7' is no whole number$"):
        Thing._meta.fields_map["stock"].to_db_value("7", Thing)


def test_moments_are_in_utc_wherever_the_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    columns: dict[str, Any] = Thing._meta.fields_map
    elsewhere = MOMENT.astimezone(dt.timezone(dt.timedelta(hours=5)))
    found = [columns["seen_at"].to_db_value(elsewhere, Thing), columns["seen_at"].to_python_value(elsewhere)]
    new, record = columns["updated_at"].to_db_value(elsewhere, Thing), thing()
    kept = columns["updated_at"].to_db_value(elsewhere, record)  # what the program sets of a record that is not saved
    monkeypatch.undo()
    time.tzset()
    assert [(each, each.tzinfo) for each in (*found, new, kept)] == [(MOMENT, dt.UTC)] * 4
    with pytest.raises(ValueError, match=r"^datetime\.datetime\(2026, 1, 1, 0, 0\) has no time zone$"):
        columns["seen_at"].to_db_value(dt.datetime(2026, 1, 1), Thing)  # noqa: DTZ001 - the point of the case


def test_null_is_none_whatever_the_column() -> None:
    key = uuid.uuid4()
    assert UuidColumn().to_python_value(key) is key
    columns: dict[str, Any] = {name: each for name, each in Thing._meta.fields_map.items() if name != "parts"}
    assert {name for name, each in columns.items() if each.to_python_value(None) is not None} == set()
    assert {name for name, each in columns.items() if each.to_db_value(None, Thing) is not None} == set()
    assert [columns["active"].to_python_value(value) for value in (0, 1, False, True)] == [False, True, False, True]
