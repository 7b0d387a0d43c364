"""What a crash leaves behind between storage and database is found and mended, and nothing else is touched."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from runtime import sweep
from runtime.application import Application, Attachment
from runtime.database import Database
from runtime.settings import Settings
from runtime.storage import Storage, StorageUnavailable, open_storage
from tests.runtime.things import open_things, settings_for
from tests.support.objects import OwnS3

TABLES = (
    "CREATE TABLE picture (id integer PRIMARY KEY, file text NOT NULL UNIQUE)",
    "CREATE TABLE member (name text PRIMARY KEY, face text)",
    "CREATE TABLE guest (id text PRIMARY KEY, face text)",
)
PICTURE = Attachment("picture", "id", "file", "pictures", nullable=False)
FACES = (Attachment("member", "name", "face", "faces", True), Attachment("guest", "id", "face", "faces", True))
APPLICATION = Application("Things", "1", "/api", models=(), routes=(), attachments=(PICTURE, *FACES))
TWO_HOURS = 7200


class World:
    """A database and a folder of files that belong together, or not quite."""

    def __init__(self, database: Database[Any], settings: Settings, storage: Storage, root: Path) -> None:
        self.database = database
        self.settings = settings
        self.storage = storage
        self.root = root
        self.told: list[str] = []

    async def execute(self, *statements: str) -> None:
        for sql in statements:
            await self.database.transaction(lambda transaction, sql=sql: transaction.execute(sql))

    async def store(self, *keys: str, age: float = TWO_HOURS) -> None:
        for key in keys:
            await self.storage.put(key, BytesIO(b"content"), 7, "image/png")
            os.utime(self.root / key, (0, time.time() - age))

    async def sweep(self, *, mends: bool, minutes: int = 60) -> str:
        self.told.clear()
        summary = await sweep.sweep(APPLICATION, self.settings, minutes, mends, self.told.append)
        return summary.line()

    async def rows(self, table: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in await self.database.fetch_all(f"SELECT * FROM {table} ORDER BY 1")]

    async def keys(self) -> list[str]:
        return sorted([each.key async for each in self.storage.listed()])


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    root = tmp_path / "kept"
    database = await open_things(database_url, tmp_path)
    settings = settings_for(database_url, tmp_path, AGORA_STORAGE_URL=f"file:{root}")
    storage = open_storage(settings)
    await storage.start()
    made = World(database, settings, storage, root)
    await made.execute(*TABLES)
    yield made
    await storage.close()
    await database.close()


async def disorder(world: World) -> None:
    """One of each kind of thing that can be."""
    await world.store("pictures/1.png", "pictures/lone.png", "faces/ann.png", "faces/lone.png", "faces/eve.png")
    await world.store("others/lone.png")
    await world.store("pictures/young.png", age=600)
    await world.execute(
        "INSERT INTO picture VALUES (1, 'pictures/1.png'), (2, 'pictures/gone.png'), (3, 'pictures/gone too.png')",
        "INSERT INTO member VALUES ('ann', 'faces/ann.png'), ('bob', 'faces/gone.png'), ('cy', NULL)",
        "INSERT INTO guest VALUES ('eve', 'faces/eve.png')",
    )


async def test_what_there_is_to_mend_is_told_and_left_as_it_is(world: World) -> None:
    await disorder(world)
    before = [await world.rows("picture"), await world.rows("member"), await world.keys()]
    line = await world.sweep(mends=False)
    assert line == "Files that no row names: 2. Rows whose file is not there: 3. Nothing was changed; --apply mends it."
    assert [each.partition(" (")[0] for each in world.told] == [
        "delete picture 2: its file pictures/gone.png is not there",
        "delete picture 3: its file pictures/gone too.png is not there",
        "empty member.face of bob: its file faces/gone.png is not there",
        "delete faces/lone.png",
        "delete pictures/lone.png",
    ]
    assert [await world.rows("picture"), await world.rows("member"), await world.keys()] == before


@pytest.mark.promise("4.27")
async def test_it_is_mended(world: World) -> None:
    await disorder(world)
    assert (await world.sweep(mends=True)).endswith("All are mended.")
    assert await world.rows("picture") == [(1, "pictures/1.png")]
    assert await world.rows("member") == [("ann", "faces/ann.png"), ("bob", None), ("cy", None)]
    assert await world.keys() == [
        "faces/ann.png", "faces/eve.png", "others/lone.png", "pictures/1.png", "pictures/young.png"
    ]  # fmt: skip
    again = await world.sweep(mends=True)
    assert (again, world.told) == ("Nothing to mend: every file has its row, and every row its file.", [])


async def test_how_young_is_left_alone_can_be_said(world: World) -> None:
    await disorder(world)
    await world.sweep(mends=True, minutes=5)
    assert "pictures/young.png" not in await world.keys()


async def test_thousands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "BATCH", 100)
    (world.root / "pictures").mkdir()
    values = []
    for number in range(3000):
        key = f"pictures/{number}.png"
        if number % 3:
            (world.root / key).write_bytes(b"x")
            os.utime(world.root / key, (0, 0))
        if number % 5:
            values.append(f"({number}, '{key}')")
    await world.execute(f"INSERT INTO picture VALUES {', '.join(values)}")
    await world.sweep(mends=True)
    kept = [number for number in range(3000) if number % 3 and number % 5]
    assert [row[0] for row in await world.rows("picture")] == kept
    assert await world.keys() == sorted(f"pictures/{number}.png" for number in kept)


# --- beside servers that go on ----------------------------------------------------------------


async def test_a_row_that_comes_at_the_last_moment_keeps_its_file(world: World) -> None:
    """Somebody may have been slow: the row is looked for again just before the file goes."""
    await world.store("pictures/1.png", "pictures/2.png")

    def tell(line: str) -> None:
        if "pictures/1.png" in line:
            coming.append(asyncio.ensure_future(world.execute("INSERT INTO picture VALUES (1, 'pictures/1.png')")))

    coming: list[asyncio.Future[None]] = []
    named = sweep.Sweep._named
    looks = 0

    async def after_the_row(self: sweep.Sweep, prefix: str, keys: Sequence[str]) -> set[str]:
        nonlocal looks
        looks += 1
        await asyncio.gather(*coming)
        return await named(self, prefix, keys)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep.Sweep, "_named", after_the_row)
        await sweep.sweep(APPLICATION, world.settings, 60, True, tell)
    assert looks >= 2
    assert await world.keys() == ["pictures/1.png"]


async def test_a_row_that_names_another_file_by_now_is_left_alone(world: World) -> None:
    await world.store("faces/new.png")
    await world.execute("INSERT INTO member VALUES ('ann', 'faces/old.png')")
    job = sweep.Sweep(world.storage, world.database, FACES, world.told.append, sweep.Summary(mended=True))
    (row,) = await job._rows_after(FACES[0], None)
    await world.execute("UPDATE member SET face = 'faces/new.png'")
    await job._mend(row)
    assert await world.rows("member") == [("ann", "faces/new.png")]


# --- where it refuses -------------------------------------------------------------------------


async def test_a_storage_that_has_nothing_of_all_this_is_the_wrong_one(world: World) -> None:
    """A disk that is not mounted must not cost every row its picture."""
    rows = ", ".join(f"({number}, 'pictures/{number}.png')" for number in range(20))
    await world.execute(f"INSERT INTO picture VALUES {rows}")
    assert "Rows whose file is not there: 20." in await world.sweep(mends=False)
    with pytest.raises(sweep.SweepRefused, match="AGORA_STORAGE_URL"):
        await world.sweep(mends=True)
    assert len(await world.rows("picture")) == 20


async def test_a_database_that_names_nothing_of_all_this_is_the_wrong_one(world: World) -> None:
    await world.store(*(f"pictures/{number}.png" for number in range(20)))
    with pytest.raises(sweep.SweepRefused, match="AGORA_DATABASE_URL"):
        await world.sweep(mends=True)
    assert len(await world.keys()) == 20


async def test_without_a_storage_nothing_is_known(world: World, database_url: str, tmp_path: Path) -> None:
    await world.execute("INSERT INTO member VALUES ('ann', 'faces/ann.png')")
    off = settings_for(database_url, tmp_path, AGORA_STORAGE_URL="off")
    with pytest.raises(sweep.SweepRefused, match="off"):
        await sweep.sweep(APPLICATION, off, 60, True, world.told.append)
    assert await world.rows("member") == [("ann", "faces/ann.png")]


async def test_a_storage_that_is_away_costs_nobody_anything(
    world: World, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.execute("INSERT INTO member VALUES ('ann', 'faces/ann.png')")
    with OwnS3(tmp_path / "s3") as s3:
        for name, text in s3.credentials.items():
            monkeypatch.setenv(name, text)
        s3.kill()
        settings = settings_for(database_url, tmp_path, AGORA_STORAGE_URL=s3.url)
        with pytest.raises(StorageUnavailable):
            await sweep.sweep(APPLICATION, settings, 60, True, world.told.append)
        assert await world.rows("member") == [("ann", "faces/ann.png")]
        s3.start()
        await sweep.sweep(APPLICATION, settings, 60, True, world.told.append)
        assert await world.rows("member") == [("ann", None)]
