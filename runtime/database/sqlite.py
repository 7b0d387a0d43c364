"""SQLite as the ORM's engine: how connections are opened, what they can do beyond SQL, how values are bound.

`database.py` names this module as a Tortoise engine; the ORM makes its client from `client_class`.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import sqlite3
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import aiosqlite
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient as TortoiseClient
from tortoise.backends.sqlite.client import SqliteTransactionWrapper

from runtime.database import errors as database_errors
from runtime.database import statements
from runtime.database.savepoints import Health, Savepoint
from runtime.database.write_lock import take_write_lock

T = TypeVar("T")

logger = logging.getLogger("agora.database")

BUSY_SECONDS = 5.0


# --- values -----------------------------------------------------------------------------------


def instant_text(value: datetime.datetime) -> str:
    """`2026-01-02T03:04:05.678901Z`: one form for every instant, so that texts compare like instants."""
    return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"


def json_text(value: object) -> str:
    """The compact JSON text of a stored list or object; of a parameter's elements, uuids and dates as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_element)


def _element(value: object) -> str:
    return instant_text(value) if isinstance(value, datetime.datetime) else str(value)


# The same Python values can be bound on both databases: PostgreSQL's driver knows these types, this one is told.
# Tortoise registers adapters of its own when its backend is imported, which the import above has done.
sqlite3.register_adapter(datetime.datetime, instant_text)
sqlite3.register_adapter(datetime.date, datetime.date.isoformat)
sqlite3.register_adapter(uuid.UUID, str)
sqlite3.register_adapter(list, json_text)
sqlite3.register_adapter(dict, json_text)


# --- connections ------------------------------------------------------------------------------


def fold(text: str | None) -> str | None:
    """Case folding for comparisons, as the SQL function agora_fold does it on PostgreSQL."""
    return None if text is None else text.lower()


KEPT_STATEMENTS = 200  # prepared, of a connection; a page of a list takes some 80 kB
WRITING = ("journal_size_limit = 16777216", "synchronous = FULL", "foreign_keys = ON")
READING = ("query_only = ON",)


def connect(file: str | Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a file (in this thread) as every part of the project opens it; transactions are begun explicitly."""
    connection = sqlite3.connect(
        file, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=KEPT_STATEMENTS
    )
    try:
        connection.create_function("agora_fold", 1, fold, deterministic=True)
        if not read_only:
            _write_ahead(connection)
        for pragma in READING if read_only else WRITING:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer side by side. It lasts; but of those who open a new file at once only one can set it,
    and SQLite does not let the others wait for that."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


async def open_connection(file: str | Path, *, read_only: bool = False) -> aiosqlite.Connection:
    """The same in a thread of its own, which does not keep a finished process alive."""
    connection = aiosqlite.Connection(lambda: connect(file, read_only=read_only), iter_chunk_size=64)
    connection._thread.daemon = True
    try:
        return await connection
    except Exception as error:
        await asyncio.to_thread(connection._thread.join)  # it still has to tell our loop that it ends
        raise database_errors.from_sqlite(error) from error


def run(connection: sqlite3.Connection, sql: str, args: Sequence[object]) -> tuple[int, list[Any]]:
    """One statement: how many rows it touched, and the rows it returned."""
    cursor = connection.execute(sql, args)
    rows = cursor.fetchall()
    # The ORM takes total_changes for this, which counts the rows that triggers and cascades touched, too.
    return (cursor.rowcount if cursor.rowcount >= 0 else len(rows)), rows


Work = Callable[[sqlite3.Connection, str, Sequence[object]], T]


async def hop(connection: aiosqlite.Connection, work: Work[T], sql: str, args: Sequence[object]) -> T:
    """Do `work` in the connection's own thread: one hop there and back, whatever it does there."""
    result: T = await connection._execute(work, connection._conn, sql, args)  # type: ignore[no-untyped-call]
    return result


def first(connection: sqlite3.Connection, sql: str, args: Sequence[object]) -> Any:
    """The first row of one statement, or None."""
    cursor = connection.execute(sql, args)
    row = cursor.fetchone()
    cursor.close()  # an open cursor would hold its snapshot, and with it the write-ahead log
    return row


# --- the ORM's clients ------------------------------------------------------------------------


class SqliteClient(TortoiseClient):
    """The ORM's connection for everything that may write; statements are counted and errors translated."""

    async def create_connection(self, with_db: bool) -> None:
        """Open the file, unless it is open already."""
        if self._connection is None:
            self._connection = await open_connection(self.filename)
            self._connection._conn.row_factory = sqlite3.Row
            await self._post_connect()

    def _in_transaction(self) -> TransactionContext:
        raise database_errors.StatementFailed("a transaction is begun by Database.transaction, not by the ORM")

    def failed(self, error: BaseException) -> None:
        """A statement failed; outside a transaction that has no consequence."""

    async def _translating(self, operation: Callable[..., Any], *args: Any) -> Any:
        statements.count()
        try:
            return await operation(*args)
        except BaseException as error:
            self.failed(error)
            if not isinstance(error, Exception):
                raise
            # The ORM has wrapped some of them already, its own class around the driver's.
            cause = error.args[0] if error.args and isinstance(error.args[0], sqlite3.Error) else error
            raise database_errors.from_sqlite(cause) from error

    async def _run(self, sql: str, args: Sequence[object]) -> tuple[int, list[Any]]:
        async with self.acquire_connection() as connection:
            return await hop(connection, run, sql, args)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[dict[str, Any]]]:
        """One statement: rows touched or returned, and the rows."""
        result: tuple[int, Sequence[dict[str, Any]]] = await self._translating(self._run, query, values or ())
        return result

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """One statement's rows as dictionaries."""
        return [dict(row) for row in (await self.execute_query(query, values))[1]]

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        """One INSERT: the row's number."""
        number: int = await self._translating(super().execute_insert, query, values)
        return number

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """One statement over many rows of parameters."""
        await self._translating(super().execute_many, query, values)

    async def execute_script(self, query: str) -> None:
        """Several statements without parameters."""
        await self._translating(super().execute_script, query)


class SqliteTransaction(SqliteClient, SqliteTransactionWrapper):
    """The ORM's connection inside a transaction: knows whether a statement in it has failed."""

    def __init__(self, client: TortoiseClient) -> None:
        SqliteTransactionWrapper.__init__(self, client)
        self.health = Health()

    def failed(self, error: BaseException) -> None:
        """The transaction must not be committed any more."""
        self.health.failed(error)

    def _in_transaction(self) -> TransactionContext:
        nested = SqliteTransaction(self)
        nested.health, nested._lock = self.health, self._lock
        return Savepoint(nested)

    async def begin(self) -> None:
        """Take the write lock at once: a transaction that read first could be refused it later."""
        await self._connection._execute(take_write_lock, self._connection._conn, BUSY_SECONDS)  # type: ignore[no-untyped-call]

    async def fetch(self, sql: str, args: Sequence[object]) -> Sequence[Any]:
        """The rows of one statement."""
        return (await self.execute_query(sql, list(args)))[1]

    async def execute(self, sql: str, args: Sequence[object]) -> int:
        """Run one statement; how many rows it touched."""
        return (await self.execute_query(sql, list(args)))[0]


class SqliteBackend:
    """What `Database` needs of SQLite: reads on a connection of their own, one transaction at a time."""

    dialect: Literal["sqlite"] = "sqlite"
    parallel = 1

    def __init__(self, client: SqliteClient) -> None:
        self._client = client
        self._reader: aiosqlite.Connection | None = None

    async def open(self) -> None:
        """Open the file twice: to write, and to read without waiting for who writes."""
        await self._client.create_connection(with_db=True)
        self._reader = await open_connection(self._client.filename, read_only=True)

    async def close(self) -> None:
        """Close both."""
        reader, self._reader = self._reader, None
        if reader is not None:
            await reader.close()
        await self._client.close()

    async def fetch_row(self, sql: str, args: Sequence[object]) -> Sequence[Any] | None:
        """The first row of a read."""
        row: Sequence[Any] | None = await self._read(first, sql, args)
        return row

    async def fetch_all(self, sql: str, args: Sequence[object]) -> Sequence[Sequence[Any]]:
        """All rows of a read."""
        rows: Sequence[Sequence[Any]] = (await self._read(run, sql, args))[1]
        return rows

    async def _read(self, fetch: Work[T], sql: str, args: Sequence[object]) -> T:
        if self._reader is None:
            raise database_errors.Unavailable("the database is not open")
        try:
            return await hop(self._reader, fetch, sql, args)
        except Exception as error:
            raise database_errors.from_sqlite(error) from error

    async def begin(self) -> SqliteTransaction:
        """Take the write lock."""
        if self._client._connection is None:
            raise database_errors.Unavailable("the database is not open")
        await self._client._lock.acquire()  # the ORM's own statements outside transactions wait here, too
        transaction = SqliteTransaction(self._client)
        try:
            await transaction.begin()
        except BaseException as error:
            self._client._lock.release()
            if isinstance(error, Exception):
                raise database_errors.from_sqlite(error) from error
            raise
        return transaction

    async def commit(self, transaction: SqliteTransaction) -> None:
        """Make it last and give the lock back."""
        try:
            await transaction.commit()
        except Exception as error:
            await self._undo(transaction)
            raise database_errors.from_sqlite(error) from error
        finally:
            self._client._lock.release()

    async def rollback(self, transaction: SqliteTransaction) -> None:
        """Undo it and give the lock back."""
        try:
            await self._undo(transaction)
        finally:
            self._client._lock.release()

    async def _undo(self, transaction: SqliteTransaction) -> None:
        try:
            await transaction.rollback()  # nothing to do where SQLite has rolled back by itself
        except Exception as error:
            logger.warning("rollback failed, the connection is closed: %s", error)
            await self._client.close()
            await self._client.create_connection(with_db=True)


client_class = SqliteClient
