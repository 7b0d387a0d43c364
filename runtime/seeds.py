"""Demo data: written once per database, the same every time."""

from __future__ import annotations

import asyncio
import importlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from tortoise.exceptions import DoesNotExist, MultipleObjectsReturned
from tortoise.fields.relational import ForeignKeyFieldInstance

from runtime.application import Application, Attachment, Seed
from runtime.auth.passwords import Passwords
from runtime.columns import DecimalColumn
from runtime.database import Database, Transaction
from runtime.records import Record
from runtime.settings import Settings
from runtime.storage import Storage, open_storage
from runtime.tracking.store import STORES, Past, record

if TYPE_CHECKING:
    from tortoise.backends.base.client import BaseDBAsyncClient

AT_ONCE = 8  # files on their way into the storage
TABLE = "CREATE TABLE IF NOT EXISTS agora_seed (name TEXT NOT NULL PRIMARY KEY, made_at TEXT NOT NULL)"


class SeedError(Exception):
    """A row of a seed cannot be written; the message says which."""


@dataclass(frozen=True, slots=True)
class SeedContext:
    """What a seed hook is given. `random` begins the same way in every database.

    `open`, `application` and `storage` belong to the runtime.
    """

    db: BaseDBAsyncClient
    random: Random
    now: datetime
    passwords: Passwords
    open: Transaction
    application: Application
    storage: Storage

    async def record(self, event: str, past: Iterable[Past]) -> None:
        """Write down what has happened: `event` ("resource.event"), each time with the key of the row, the caller's
        key or None, the visitor, and when. Counters are raised as they would have been; all of it in a few statements.
        """
        store = STORES[self.open.dialect]()
        await record(store, self.open, event, past, self.application.events)

    async def attach(self, model: type[Record], files: Iterable[SeedFile]) -> None:
        """Put files into the storage, and rows of a model that has one attachment beside them. Nothing happens where
        the storage is off."""
        if not self.storage.enabled:
            return
        (taken,) = (each for each in self.application.attachments if each.table == model._meta.db_table)
        rows, waiting = [], iter(files)
        while several := list(islice(waiting, AT_ONCE)):
            rows += await asyncio.gather(*(self._attached(model, taken, file) for file in several))
        await model.bulk_create(rows, batch_size=200, using_db=self.db)

    async def _attached(self, model: type[Record], taken: Attachment, file: SeedFile) -> Record:
        """The row of a file that is in the storage now."""
        key = "/".join([taken.prefix, *([str(file.holder)] if taken.by_holder else []), file.named()])
        await self.storage.put(key, BytesIO(file.content), len(file.content), file.media_type)
        columns = {
            taken.column: key,
            taken.original_name: file.name,
            taken.size: len(file.content),
            taken.media_type: file.media_type,
            taken.stored_at: self.now,
        }
        return model(**file.values, **{name: item for name, item in columns.items() if name is not None})


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A picture for `SeedContext.attach`: `holder` is the key of the record that its folder is named by, `values` are
    further columns of its row."""

    content: bytes
    name: str
    media_type: str
    holder: object
    values: Mapping[str, Any]

    def named(self) -> str:
        """A random name with the right ending."""
        ending = {"jpeg": "jpg"}.get(kind := self.media_type.removeprefix("image/"), kind)
        return f"{secrets.token_hex(16)}.{ending}"


async def run(application: Application, settings: Settings) -> tuple[str, ...]:
    """Run the seeds that this database has not seen yet; the names of those that ran."""
    database = await Database.open(settings, application.models)
    passwords, storage = Passwords(settings.password_cost), open_storage(settings)
    await storage.start()
    try:
        await database.transaction(lambda transaction: transaction.execute(TABLE))
        ran = []
        for seed in application.seeds:
            if await database.transaction(_once(seed, application, passwords, storage)):
                ran.append(seed.name)
        return tuple(ran)
    finally:
        passwords.close()
        await storage.close()
        await database.close()


def _once(seed: Seed, application: Application, passwords: Passwords, storage: Storage) -> Any:
    async def work(transaction: Transaction) -> bool:
        marks = ("$1", "$2") if transaction.dialect == "postgres" else ("?1", "?2")
        now = datetime.now(UTC)
        claimed = await transaction.execute(
            f"INSERT INTO agora_seed (name, made_at) VALUES ({marks[0]}, {marks[1]}) ON CONFLICT DO NOTHING",  # noqa: S608 # two marks
            (seed.name, now.isoformat()),
        )
        if not claimed:
            return False
        context = SeedContext(
            transaction.connection, Random(seed.name), now, passwords, transaction, application, storage
        )
        for number, row in enumerate(seed.rows, 1):
            await _write(seed, number, row, context)
        if seed.make is not None:
            await seed.make(context)
        return True

    return work


async def _write(seed: Seed, number: int, row: Mapping[str, object], context: SeedContext) -> None:
    model = _model(seed)
    values: dict[str, Any] = {}
    try:
        for name, value in row.items():
            column, item = await _value(model, name, value, context)
            values[column] = item
        await model.create(using_db=context.db, **values)
    except (DoesNotExist, MultipleObjectsReturned, ValueError, KeyError) as fault:
        raise SeedError(f"Row {number} of the seed {seed.name} cannot be written: {fault}") from fault


def _model(seed: Seed) -> type[Record]:
    module, _, name = str(seed.model).partition(":")
    found: type[Record] = getattr(importlib.import_module(module), name)
    return found


async def _value(model: type[Record], name: str, value: object, context: SeedContext) -> tuple[str, Any]:
    """The column and its value: a reference may be written as the columns that find the other row."""
    field = model._meta.fields_map[name]
    if isinstance(field, ForeignKeyFieldInstance):
        if isinstance(value, Mapping):
            value = (await field.related_model.get(using_db=context.db, **value)).pk
        return f"{name}_id", value
    if isinstance(field, DecimalColumn):
        return name, None if value is None else Decimal(str(value))
    return name, field.to_python_value(value)
