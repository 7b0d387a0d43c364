"""Finds what a crash has left behind between storage and database, and mends it; safe beside servers that go on.

An object is written before the row that names it, and removed after the row has gone. So what nobody names is an upload
that is under way or one that was never finished, and only time tells which; a row without its object is always wrong.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from runtime.application import Application, Attachment
from runtime.database import Database
from runtime.settings import Settings
from runtime.storage import Storage, Stored, open_storage

T = TypeVar("T")

BATCH = 500
DELETED_AT_ONCE = 20  # between one look for rows that name them and the next
SUSPICIOUS = 10  # rows or files alone, and not one pair: then it is not they that are wrong, but a setting


class SweepRefused(Exception):
    """Nothing can be told about files here, or too much would be lost."""


@dataclass(slots=True)
class Summary:
    """What was found, and whether it was mended."""

    mended: bool
    objects: int = 0
    rows: int = 0

    def line(self) -> str:
        """As people read it."""
        if not self.objects and not self.rows:
            return "Nothing to mend: every file has its row, and every row its file."
        found = f"Files that no row names: {self.objects:,}. Rows whose file is not there: {self.rows:,}."
        return f"{found} All are mended." if self.mended else f"{found} Nothing was changed; --apply mends it."


@dataclass(frozen=True, slots=True)
class Row:
    """A row that names a file."""

    attachment: Attachment
    key: object
    file: str

    def line(self) -> str:
        """What is to be done where the file is not there."""
        at = self.attachment
        what = f"empty {at.table}.{at.column} of {self.key}" if at.nullable else f"delete {at.table} {self.key}"
        return f"{what}: its file {self.file} is not there"


async def sweep(
    application: Application, settings: Settings, minutes: int, mends: bool, tell: Callable[[str], object]
) -> Summary:
    """Find files older than `minutes` that no row names, and rows whose file is not there. Changes nothing unless it
    `mends`. Raises StorageUnavailable, SweepRefused."""
    storage = open_storage(settings)
    if not storage.enabled:
        raise SweepRefused("AGORA_STORAGE_URL is off, so nothing is known about files.")
    await storage.start()
    database = await Database.open(settings, unhurried=True)
    try:
        job = Sweep(storage, database, application.attachments, tell, Summary(mends))
        await job.rows()
        await job.objects(datetime.now(UTC) - timedelta(minutes=minutes))
        return job.summary
    finally:
        await database.close()
        await storage.close()


@dataclass(slots=True)
class Sweep:
    """One sweep: a bounded number of objects or rows at a time."""

    storage: Storage
    database: Database[Any]
    attachments: Sequence[Attachment]
    tell: Callable[[str], object]
    summary: Summary
    seen: bool = False  # whether the file of any row was there

    # --- files that no row names ------------------------------------------------------------------

    async def objects(self, before: datetime) -> None:
        """Delete those that are older than `before`. What is under nobody's prefix is left alone."""
        for prefix in sorted({each.prefix for each in self.attachments}):
            old = (each async for each in self.storage.listed(f"{prefix}/") if each.modified < before)
            async for batch in _batches(old, BATCH):
                await self._orphans(prefix, batch)

    async def _orphans(self, prefix: str, batch: Sequence[Stored]) -> None:
        named = await self._named(prefix, [each.key for each in batch])
        orphans = [each for each in batch if each.key not in named]
        for each in orphans:
            self.tell(f"delete {each.key} ({each.size:,} bytes, {each.modified:%Y-%m-%d %H:%M} UTC): no row names it")
        self.summary.objects += len(orphans)
        if self.summary.mended:
            self._believe(len(orphans))
            await self._delete(prefix, [each.key for each in orphans])

    async def _delete(self, prefix: str, orphans: Sequence[str]) -> None:
        for start in range(0, len(orphans), DELETED_AT_ONCE):
            keys = orphans[start : start + DELETED_AT_ONCE]
            named = await self._named(prefix, keys)  # a row may have come meanwhile
            await self.storage.delete([key for key in keys if key not in named])

    async def _named(self, prefix: str, keys: Sequence[str]) -> set[str]:
        """Those of the keys that a row names."""
        if not keys:
            return set()
        found: set[str] = set()
        for at in self.attachments:
            if at.prefix == prefix:
                among = "= ANY($1::text[])" if self._postgres else "IN (SELECT value FROM json_each(?1))"
                sql = f'SELECT "{at.column}" FROM "{at.table}" WHERE "{at.column}" {among}'  # noqa: S608 # our own names
                found.update(row[0] for row in await self.database.fetch_all(sql, [list(keys)]))
        return found

    # --- rows whose file is not there -------------------------------------------------------------

    async def rows(self) -> None:
        """Empty the column, or delete the row where it cannot be empty."""
        for at in self.attachments:
            last: object = None
            while batch := await self._rows_after(at, last):
                last = batch[-1].key
                await self._lost(batch)

    async def _rows_after(self, at: Attachment, last: object) -> list[Row]:
        after = "" if last is None else f'AND "{at.key}" > {self._mark(1)}'
        sql = f"""SELECT "{at.key}", "{at.column}" FROM "{at.table}" WHERE "{at.column}" IS NOT NULL {after}
        ORDER BY "{at.key}" LIMIT {BATCH}"""  # noqa: S608 # our own names
        return [Row(at, *row) for row in await self.database.fetch_all(sql, [] if last is None else [last])]

    async def _lost(self, batch: Sequence[Row]) -> None:
        found = await _in_turns(self.storage.find, [each.file for each in batch])
        lost = [row for row, stored in zip(batch, found, strict=True) if stored is None]
        self.seen = self.seen or len(lost) < len(batch)
        for row in lost:
            self.tell(row.line())
        self.summary.rows += len(lost)
        if self.summary.mended:
            self._believe(len(lost))
            for row in lost:
                await self._mend(row)

    async def _mend(self, row: Row) -> None:
        """Unless the row names another file by now."""
        at = row.attachment
        change = f'UPDATE "{at.table}" SET "{at.column}" = NULL' if at.nullable else f'DELETE FROM "{at.table}"'  # noqa: S608 # our own names
        sql = f'{change} WHERE "{at.key}" = {self._mark(1)} AND "{at.column}" = {self._mark(2)}'
        await self.database.transaction(lambda transaction: transaction.execute(sql, [row.key, row.file]))

    def _believe(self, count: int) -> None:
        """Nothing fits together where storage and database are not those of the same service: a bucket of another
        one, a disk that is not mounted. Raises SweepRefused before all of it is lost."""
        if not self.seen and count > SUSPICIOUS:
            raise SweepRefused(
                f"{count:,} are wrong, and no row has its file: are AGORA_STORAGE_URL and AGORA_DATABASE_URL right? "
                "Nothing was changed."
            )

    # --- the two databases ------------------------------------------------------------------------

    @property
    def _postgres(self) -> bool:
        return self.database.dialect == "postgres"

    def _mark(self, number: int) -> str:
        return f"{'$' if self._postgres else '?'}{number}"


async def _batches(items: AsyncIterator[T], size: int) -> AsyncIterator[list[T]]:
    batch: list[T] = []
    async for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def _in_turns(ask: Callable[[str], Any], keys: Iterable[str], at_once: int = 16) -> list[Any]:
    """What is answered about each, in order; so many are asked at once that nobody waits long for a turn."""
    answers: list[Any] = []
    left = iter(keys)
    while some := list(itertools.islice(left, at_once)):
        answers += await asyncio.gather(*map(ask, some))
    return answers
