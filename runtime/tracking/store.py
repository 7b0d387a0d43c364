"""Writes a batch of events in a few statements, whatever its size: what counts, the counters, the activity.

An event counts when the last one that counted of the same visitor and subject is longer ago than the window. The
table `agora_event_seen` knows when that was, for all workers. Rows are locked in the order of their keys, so that
workers never wait for each other in a circle.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from runtime.application import EventCount, Raised
from runtime.database import Transaction
from runtime.database.sqlite import instant_text

ACTOR = re.compile(r"\$actor_id\b")
PRUNE_ROWS = 5_000
KEY = "id"  # of every resource: all who lock many rows do it in the order of their keys


@dataclass(slots=True)
class Happening:
    """An event of one visitor on one subject. `times` is more than 1 only where each one counts."""

    event: str
    subject: str
    visitor: str
    actor: str | None
    at: dt.datetime
    times: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two events the same one within the window."""
        return self.event, self.subject, self.visitor


# The key of the row that it happened to, the caller's key, who counts as the same visitor, and when.
Past = tuple[object, object | None, str, dt.datetime]


class Store(Protocol):
    """One dialect's statements."""

    async def counted(
        self, transaction: Transaction, batch: Sequence[Happening], window: dt.timedelta
    ) -> set[tuple[str, str, str]]:
        """Remember the events that count, and tell which they are."""

    async def raise_counters(
        self, transaction: Transaction, batch: Sequence[Happening], events: Mapping[str, EventCount]
    ) -> None:
        """Raise the counters of the events, except where an event's `unless` holds."""

    async def keep(self, transaction: Transaction, batch: Sequence[Happening]) -> None:
        """Keep the events as activity."""

    async def prune(self, transaction: Transaction, before: dt.datetime) -> None:
        """Forget what no longer matters to `counted`."""


async def write(
    store: Store,
    transaction: Transaction,
    batch: Iterable[Happening],
    events: Mapping[str, EventCount],
    window: dt.timedelta,
) -> None:
    """All of it, in the open transaction."""
    happened = sorted(batch, key=lambda each: each.key)
    if window:
        keys = await store.counted(transaction, happened, window)
        happened = [each for each in happened if each.key in keys]
    if happened:
        await store.raise_counters(transaction, happened, events)
        await store.keep(transaction, happened)


async def record(
    store: Store, transaction: Transaction, event: str, past: Iterable[Past], events: Mapping[str, EventCount]
) -> None:
    """Write down what happened at some time, each of it, as if it had been counted then. Raises KeyError."""
    events[event]  # known
    batch = [
        Happening(event, str(key), visitor, None if actor is None else str(actor), at)
        for key, actor, visitor, at in past
    ]
    await store.raise_counters(transaction, batch, events)
    await store.keep(transaction, batch)


def _by_event(
    batch: Iterable[Happening], events: Mapping[str, EventCount]
) -> list[tuple[EventCount, Counter[tuple[str, str | None]]]]:
    """Per kind of event that has a counter: how often, by subject and actor."""
    tallies: dict[str, Counter[tuple[str, str | None]]] = {}
    for each in batch:
        if events[each.event].raises:
            tallies.setdefault(each.event, Counter())[each.subject, each.actor] += each.times
    return [(events[name], tally) for name, tally in sorted(tallies.items())]


def _by_table(
    tallies: Iterable[tuple[EventCount, Counter[tuple[str, str | None]]]],
) -> dict[str, dict[str, set[str]]]:
    """Per table whose counters are raised, and per column that finds its rows: the subjects."""
    found: dict[str, dict[str, set[str]]] = {}
    for event, tally in tallies:
        for raised in event.raises:
            subjects = found.setdefault(raised.table, {}).setdefault(raised.by, set())
            subjects.update(subject for subject, _ in tally)
    return found


def _sets(raised: Raised, now: str) -> str:
    """All after SET: names of the spec."""
    counters = [f'"{name}" = r."{name}" + counted.times' for name in raised.columns]
    return ", ".join([*counters, *(f'"{name}" = {now}' for name in raised.stamps)])


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows → one list per column."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


# --- PostgreSQL -------------------------------------------------------------------------------


class PostgresStore:
    """Arrays as parameters."""

    def __init__(self) -> None:
        self._key_types: dict[tuple[str, str], str] = {}

    async def counted(
        self, transaction: Transaction, batch: Sequence[Happening], window: dt.timedelta
    ) -> set[tuple[str, str, str]]:
        """One upsert: a row that was counted within the window stays as it is and is not returned."""
        rows = await transaction.fetch_all(
            """INSERT INTO agora_event_seen AS seen (event, subject, visitor, at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) ORDER BY 1, 2, 3
            ON CONFLICT (event, subject, visitor) DO UPDATE SET at = excluded.at
            WHERE seen.at <= excluded.at - $5::interval
            RETURNING event, subject, visitor""",
            [*_columns(((*each.key, each.at) for each in batch), 4), window],
        )
        return {(event, subject, visitor) for event, subject, visitor in rows}

    async def raise_counters(
        self, transaction: Transaction, batch: Sequence[Happening], events: Mapping[str, EventCount]
    ) -> None:
        """One statement per table to lock its rows, one per kind of event and table to count."""
        tallies = _by_event(batch, events)
        for table, subjects in sorted(_by_table(tallies).items()):
            await self._lock(transaction, table, subjects)
        for event, tally in tallies:
            for raised in event.raises:
                await self._count(transaction, event, raised, tally)

    async def _lock(self, transaction: Transaction, table: str, subjects: Mapping[str, set[str]]) -> None:
        kinds = [await self._key_type(transaction, table, by) for by in subjects]
        found = [
            f't."{by}" = ANY(${place}::text[]::{kind}[])'
            for place, (by, kind) in enumerate(zip(subjects, kinds, strict=True), 1)
        ]
        await transaction.execute(
            f'SELECT 1 FROM "{table}" t WHERE {" OR ".join(found)} ORDER BY t."{KEY}" FOR NO KEY UPDATE',  # noqa: S608 - names of the spec
            [sorted(each) for each in subjects.values()],
        )

    async def _count(
        self, transaction: Transaction, event: EventCount, raised: Raised, tally: Counter[tuple[str, str | None]]
    ) -> None:
        kind = await self._key_type(transaction, event.table, event.key)
        unless = ACTOR.sub("e.actor", event.unless.postgres) if event.unless else "false"
        await transaction.execute(
            f"""UPDATE "{raised.table}" AS r SET {_sets(raised, "now()")}
            FROM (
              SELECT t."{event.key}" AS "key", sum(e.times)::bigint AS times
              FROM unnest($1::text[], $2::text[], $3::bigint[]) AS e(subject, actor, times)
              JOIN "{event.table}" t ON t."{event.key}" = e.subject::{kind}
              WHERE ({unless}) IS NOT TRUE
              GROUP BY 1
            ) counted
            WHERE r."{raised.by}" = counted."key" """,  # noqa: S608 - names of the spec
            _columns(((*who, times) for who, times in tally.items()), 3),
        )

    async def _key_type(self, transaction: Transaction, table: str, key: str) -> str:
        """Subjects come as text; an index is of use only if they are compared as what the column holds."""
        if (table, key) not in self._key_types:
            row = await transaction.fetch_row(
                "SELECT atttypid::regtype::text FROM pg_attribute WHERE attrelid = $1::text::regclass AND attname = $2",
                [f'"{table}"', key],
            )
            self._key_types[table, key] = row[0] if row else "text"
        return self._key_types[table, key]

    async def keep(self, transaction: Transaction, batch: Sequence[Happening]) -> None:
        """One insert."""
        rows = ((each.event, each.subject, each.actor, each.visitor, each.at, each.times) for each in batch)
        await transaction.execute(
            """INSERT INTO agora_event (event, subject, actor, visitor, created_at)
            SELECT e.event, e.subject, e.actor, e.visitor, e.at
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[])
              AS e(event, subject, actor, visitor, at, times), generate_series(1, e.times)""",
            _columns(rows, 6),
        )

    async def prune(self, transaction: Transaction, before: dt.datetime) -> None:
        """Some at a time, and none that somebody is using."""
        await transaction.execute(
            """DELETE FROM agora_event_seen WHERE ctid = ANY(ARRAY(
              SELECT ctid FROM agora_event_seen WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))""",
            [before, PRUNE_ROWS],
        )


# --- SQLite -----------------------------------------------------------------------------------


def _rows(*names: str) -> str:
    """The parameter, JSON rows, as a table `e` with columns of these names."""
    columns = ", ".join(f"json_extract(value, '$[{index}]') AS \"{name}\"" for index, name in enumerate(names))
    return f"(SELECT {columns} FROM json_each(?1)) e"  # noqa: S608


# Names come from checked specs, where they are plain words.
_COUNTED = f"""SELECT e.event, e.subject, e.visitor, e.at
FROM {_rows("event", "subject", "visitor", "at", "since")}
LEFT JOIN agora_event_seen seen
  ON seen.event = e.event AND seen.subject = e.subject AND seen.visitor = e.visitor
WHERE seen.at IS NULL OR seen.at <= e.since"""  # noqa: S608
_SEEN = f"""INSERT INTO agora_event_seen (event, subject, visitor, at)
SELECT e.event, e.subject, e.visitor, e.at FROM {_rows("event", "subject", "visitor", "at")} WHERE true
ON CONFLICT (event, subject, visitor) DO UPDATE SET at = excluded.at"""  # noqa: S608
_KEEP = f"""INSERT INTO agora_event (event, subject, actor, visitor, created_at)
SELECT e.event, e.subject, e.actor, e.visitor, e.at
FROM {_rows("event", "subject", "actor", "visitor", "at")}"""  # noqa: S608
_PRUNE = """DELETE FROM agora_event_seen
WHERE rowid IN (SELECT rowid FROM agora_event_seen WHERE at < ?1 LIMIT ?2)"""


class SqliteStore:
    """JSON as parameters. A transaction has the whole database to itself."""

    async def counted(
        self, transaction: Transaction, batch: Sequence[Happening], window: dt.timedelta
    ) -> set[tuple[str, str, str]]:
        """Find out, then write down."""
        rows = [[*each.key, instant_text(each.at), instant_text(each.at - window)] for each in batch]
        found = await transaction.fetch_all(_COUNTED, [rows])
        await transaction.execute(_SEEN, [[list(row) for row in found]])
        return {(event, subject, visitor) for event, subject, visitor, _ in found}

    async def raise_counters(
        self, transaction: Transaction, batch: Sequence[Happening], events: Mapping[str, EventCount]
    ) -> None:
        """One statement per kind of event and table."""
        now = instant_text(dt.datetime.now(dt.UTC))
        for event, tally in _by_event(batch, events):
            unless = ACTOR.sub("e.actor", event.unless.sqlite) if event.unless else "false"
            rows = [[*who, times] for who, times in tally.items()]
            for raised in event.raises:
                await transaction.execute(
                    f"""UPDATE "{raised.table}" AS r SET {_sets(raised, "?2")}
                    FROM (
                      SELECT t."{event.key}" AS "key", sum(e.times) AS times
                      FROM {_rows("subject", "actor", "times")} JOIN "{event.table}" t ON t."{event.key}" = e.subject
                      WHERE ({unless}) IS NOT TRUE
                      GROUP BY 1
                    ) counted
                    WHERE r."{raised.by}" = counted."key" """,  # noqa: S608
                    [rows, now] if raised.stamps else [rows],
                )

    async def keep(self, transaction: Transaction, batch: Sequence[Happening]) -> None:
        """One insert."""
        rows = [
            [each.event, each.subject, each.actor, each.visitor, instant_text(each.at)]
            for each in batch
            for _ in range(each.times)
        ]
        await transaction.execute(_KEEP, [rows])

    async def prune(self, transaction: Transaction, before: dt.datetime) -> None:
        """Some at a time."""
        await transaction.execute(_PRUNE, [before, PRUNE_ROWS])


STORES: Mapping[str, type[PostgresStore] | type[SqliteStore]] = {"postgres": PostgresStore, "sqlite": SqliteStore}
