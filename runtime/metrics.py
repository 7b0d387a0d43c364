"""Calculates stored numbers anew, tells which were wrong, and mends them; safe beside servers that go on writing.

A server changes what a number is made from and the number itself in one transaction, and the number by adding to it.
So it is enough to keep everybody from the tables that hold numbers: what is visible then is counted in them, and what
comes later is added to what is written here.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import asyncpg

from runtime.application import Application, Metric
from runtime.database import Database, Transaction, Unavailable
from runtime.reads.assembly import column_type
from runtime.settings import Settings

SHOWN = 20
# PostgreSQL looks after a second for those who wait in a circle. Who gives up before that is never the cause that a
# server is refused; but only who waits longer makes a vacuum that is in the way give way, so now and then one does.
LOCK_SECONDS = (0.3, 0.3, 0.3, 0.3, 1.5)
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that was not what it must be: as whole numbers of `places`, or null."""

    metric: Metric
    key: object
    was: int | None
    now: int | None

    def line(self) -> str:
        """As people read it."""
        was, now = (_shown(each, self.metric.places) for each in (self.was, self.now))
        return f"{self.metric.table}.{self.metric.column} of {self.key}: {was} → {now}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and mended, among so many values."""

    total: int
    differences: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """As people read it: the first differences, and one line about all."""
        count = len(self.differences)
        yield from (each.line() for each in self.differences[:SHOWN])
        if count > SHOWN:
            yield f"… and {count - SHOWN:,} more"
        if count:
            yield f"{count:,} of {self.total:,} values differed and {'is' if count == 1 else 'are'} mended."
        else:
            yield f"Nothing differed: {self.total:,} values are right."


async def rebuild(application: Application, settings: Settings) -> Report:
    """Calculate all of them in one transaction. Raises Unavailable where the tables are never free."""
    database = await Database.open(settings, application.models, unhurried=True)
    until, waits = time.monotonic() + PATIENCE_SECONDS, itertools.cycle(LOCK_SECONDS)
    try:
        while True:
            try:
                return await database.transaction(partial(_rebuilt, metrics=application.metrics, wait=next(waits)))
            except Unavailable as error:
                if not isinstance(error.__cause__, asyncpg.LockNotAvailableError) or time.monotonic() > until:
                    raise
            await asyncio.sleep(random.uniform(0.1, 0.3))
    finally:
        await database.close()


async def _rebuilt(transaction: Transaction, metrics: Sequence[Metric], wait: float) -> Report:
    dialect = transaction.dialect
    if dialect == "postgres" and metrics:
        await _lock(transaction, (each.table for each in metrics), wait)
    total, found = 0, []
    for metric in metrics:
        rows = await transaction.fetch_row(f'SELECT count(*) FROM "{metric.table}"')  # noqa: S608 # a name of the spec
        total += rows[0] if rows else 0
        differences = [Difference(metric, *row) for row in await transaction.fetch_all(_differing(metric, dialect))]
        if differences:
            changes = [(each.key, each.now) for each in differences]
            await transaction.execute(_mending(metric, dialect), _ARGUMENTS[dialect](changes))
        found += differences
    return Report(total, tuple(found))


async def _lock(transaction: Transaction, tables: Iterable[str], wait: float) -> None:
    """All in one order. Readers go on; each statement after this sees what was committed before it."""
    names = ", ".join(f'"{name}"' for name in sorted(set(tables)))
    await transaction.execute(f"SET LOCAL lock_timeout = {round(wait * 1000)}")
    await transaction.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _differing(metric: Metric, dialect: str) -> str:
    is_another = "IS DISTINCT FROM" if dialect == "postgres" else "IS NOT"
    return f"""SELECT v."key", v."was", v."now"
    FROM (SELECT t."{metric.key}" AS "key", t."{metric.column}" AS "was", {metric.value.of(dialect)} AS "now"
      FROM "{metric.table}" t) v
    WHERE v."was" {is_another} v."now" ORDER BY v."key" """  # noqa: S608 # the application's own SQL


def _mending(metric: Metric, dialect: str) -> str:
    columns = """SELECT json_extract(value, '$[0]') AS "key", json_extract(value, '$[1]') AS "now" FROM json_each(?1)"""
    rows = (
        f'unnest($1::{column_type(metric.key_type)}[], $2::bigint[]) AS v("key", "now")'
        if dialect == "postgres"
        else f"({columns}) v"
    )
    return f"""UPDATE "{metric.table}" AS t SET "{metric.column}" = v."now"
    FROM {rows} WHERE t."{metric.key}" = v."key" """  # noqa: S608 # the application's own names


def _arrays(changes: Iterable[tuple[object, int | None]]) -> list[object]:
    return [list(column) for column in zip(*changes, strict=True)]


def _json(changes: Iterable[tuple[object, int | None]]) -> list[object]:
    return [[list(change) for change in changes]]


_ARGUMENTS = {"postgres": _arrays, "sqlite": _json}


def _shown(value: int | None, places: int) -> str:
    if value is None:
        return "null"
    return f"{Decimal(value).scaleb(-places):f}" if places else str(value)
