"""Records that are found and saved together, by statements that are written once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.database import ConstraintViolation, Database, Transaction, statements
from runtime.database.finding import find
from runtime.database.saving import save
from tests.runtime.things import Part, Thing, open_things, thing


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database[Any]]:
    database = await open_things(database_url, tmp_path)
    yield database
    await database.close()


async def put(database: Database[Any], *things: Thing) -> None:
    """Have these."""
    for each in things:
        await database.transaction(lambda t, each=each: each.save(using_db=t.connection))


async def test_a_record_is_found_by_its_columns(database: Database[Any]) -> None:
    desk = thing(name="Desk", price=Decimal("19.90"), weight=Decimal("1.250"), tags=["a", "b"], extra={"a": 1})
    await put(database, desk, thing(name="Chair", active=False))

    async def work(t: Transaction) -> list[Any]:
        [same] = await find(t, [(Thing, {"id": desk.id, "price": Decimal("19.90"), "active": True})])
        assert {name: getattr(same, name) for name in Thing._meta.db_fields} == {
            name: getattr(desk, name) for name in Thing._meta.db_fields
        }
        same.name = "Table"
        await same.save(using_db=t.connection, update_fields=["name"])
        return [
            (await find(t, [(Thing, equal)]))[0]
            for equal in (
                {"name": "Desk"},
                {"name": "Chair", "active": True},
                {"name": "Chair", "weight": Decimal("1.250")},
                {"name": "Table", "weight": None},
            )
        ]

    assert await database.transaction(work) == [None] * 4


async def test_null_is_found_as_null(database: Database[Any]) -> None:
    await put(database, thing(name="Desk", weight=None), thing(name="Chair", weight=Decimal("1.250")))
    [found] = await database.transaction(lambda t: find(t, [(Thing, {"weight": None})]))
    assert found.name == "Desk"


async def test_records_of_two_tables_are_found_in_one_statement(database: Database[Any]) -> None:
    desk = thing(name="Desk")
    await put(database, desk)
    await database.transaction(lambda t: Part.bulk_create([Part(thing_id=desk.id, label="leg")], using_db=t.connection))
    for label, name in (("leg", "Desk"), ("leg", "no"), ("no", "Desk"), ("no", "no")):
        with statements.counting() as counter:
            one, two = await database.transaction(
                lambda t, label=label, name=name: find(
                    t, [(Part, {"thing_id": desk.id, "label": label}), (Thing, {"name": name})]
                )
            )
        assert counter.count == 1
        assert (one and one.label, two and two.name) == (
            label if label == "leg" else None,
            name if name != "no" else None,
        )


async def test_several_rows_and_unknown_columns_are_mistakes(database: Database[Any]) -> None:
    await put(database, thing(name="Desk"), thing(name="Chair"))
    with pytest.raises(ValueError, match="several: Thing"):
        await database.transaction(lambda t: find(t, [(Thing, {"active": True})]))
    with pytest.raises(TypeError, match="no column colour"):
        await database.transaction(lambda t: find(t, [(Thing, {"colour": "red"})]))


async def test_new_and_changed_records_are_saved_together(database: Database[Any]) -> None:
    desk = thing(name="Desk", stock=3)
    await put(database, desk)
    before = desk.updated_at

    async def work(t: Transaction) -> tuple[Part, Thing, int]:
        [record] = await find(t, [(Thing, {"id": desk.id})])
        record.stock, record.name = 5, "not meant to be saved"
        part, chair = Part(thing_id=desk.id, label="leg"), thing(name="Chair")
        with statements.counting() as counter:
            await save(t, [(part, []), (record, ["stock"]), (chair, [])])
        return part, chair, counter.count

    part, chair, count = await database.transaction(work)
    assert count == (1 if database.dialect == "postgres" else 3)
    row = await database.fetch_row("SELECT name, stock FROM thing WHERE name <> 'Chair'")
    assert row is not None
    assert tuple(row) == ("Desk", 5)

    async def again(t: Transaction) -> list[Any]:
        part.label = "foot"
        await save(t, [(part, ["label"]), (chair, [])])
        return await find(t, [(Part, {"id": part.id}), (Thing, {"id": desk.id}), (Thing, {"id": chair.id})])

    found_part, found_desk, found_chair = await database.transaction(again)
    assert (found_part.label, found_part.thing_id) == ("foot", desk.id)
    assert found_desk.updated_at > before
    assert found_chair.updated_at > found_chair.created_at


async def test_what_the_database_refuses_undoes_all(database: Database[Any]) -> None:
    desk, chair = thing(name="Desk", stock=3), thing(name="Chair", stock=3)
    await put(database, desk, chair)

    async def work(t: Transaction) -> None:
        desk.stock, chair.stock = 4, -1
        await save(t, [(desk, ["stock"]), (chair, ["stock"])])

    with pytest.raises(ConstraintViolation) as refused:
        await database.transaction(work)
    assert refused.value.name == "ck_thing_stock"
    assert [tuple(row) for row in await database.fetch_all("SELECT stock FROM thing")] == [(3,), (3,)]


async def test_a_row_can_be_saved_once_in_a_statement(database: Database[Any]) -> None:
    desk = thing(name="Desk")
    await put(database, desk)
    with pytest.raises(ValueError, match="once"):
        await database.transaction(lambda t: save(t, [(desk, ["stock"]), (desk, ["name"])]))
