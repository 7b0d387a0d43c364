"""PostgreSQL as the ORM's engine: the pool and its settings, errors translated, statements counted.

`database.py` names this module as a Tortoise engine; the ORM makes its client from `client_class`.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext

from runtime.database import errors as database_errors
from runtime.database import statements
from runtime.database.connections import Connections
from runtime.database.savepoints import Health, Savepoint

logger = logging.getLogger("agora.database")

CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 5.0
STATEMENT_SECONDS = 15  # the server gives up
ANSWER_SECONDS = 20.0  # and if nobody answers at all, the client does
READING = 2_000  # reads of one worker that run or wait: a burst of writes begins with as many reads of who is asking

SERVER_SETTINGS = {
    "application_name": "agora",
    "timezone": "UTC",
    "default_transaction_isolation": "read committed",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": "60s",
    # What is read often is in memory: a page costs little more than the rows on it, and one far away no more than the
    # next one. The defaults are of spinning disks and make the planner read small tables in full.
    "seq_page_cost": "0.1",
    "random_page_cost": "0.11",
    "jit": "off",  # compiling a wide statement to machine code takes longer than running it
}

CONNECTION_OPTIONS: dict[str, Any] = {
    "timeout": CONNECT_SECONDS,
    "command_timeout": ANSWER_SECONDS,
    # Compiled statements are long and few: each stays prepared for as long as its connection lives.
    "statement_cache_size": 200,
    "max_cacheable_statement_size": 0,
    "max_cached_statement_lifetime": 0,
    "server_settings": SERVER_SETTINGS,
}
# For work that no request waits for.
UNHURRIED_OPTIONS: dict[str, Any] = CONNECTION_OPTIONS | {
    "command_timeout": None,
    "server_settings": SERVER_SETTINGS | {"statement_timeout": "0"},
}


async def connect(url: str, **options: Any) -> asyncpg.Connection:
    """A connection of its own, outside any pool."""
    try:
        return await asyncpg.connect(url, **{**CONNECTION_OPTIONS, **options})
    except Exception as error:
        raise database_errors.from_postgres(error) from error


async def _keep(_: asyncpg.Connection) -> None:
    """Nothing to reset: nobody here changes a session, and the usual reset costs a round trip per request."""


class PostgresClient(AsyncpgDBClient):
    """The ORM's client over one pool."""

    def __init__(self, url: str, pool_size: int, unhurried: bool, connection_name: str) -> None:
        super().__init__(connection_name=connection_name)
        self.url = url
        self.pool_size = pool_size
        self.options = UNHURRIED_OPTIONS if unhurried else CONNECTION_OPTIONS
        self._at_hand: Connections | None = None

    async def create_connection(self, with_db: bool) -> None:
        """Make the pool. Its connections are opened when they are needed, so the database may be away meanwhile."""
        self._pool = await asyncpg.create_pool(
            self.url, min_size=0, max_size=self.pool_size, reset=_keep, **self.options
        )
        self._at_hand = Connections(self._pool)
        await self._post_connect()

    @property
    def connections(self) -> Connections:
        """The open connections."""
        if self._at_hand is None:
            raise database_errors.Unavailable("the database is not open")
        return self._at_hand

    def acquire_connection(self) -> Any:
        """Where the ORM gets its connections: those at hand are not in the pool, where it would wait for them."""
        return self.connections.borrowed()

    async def close(self) -> None:
        """Close the pool's connections; those still in use after a while are cut off."""
        at_hand, self._at_hand = self._at_hand, None
        pool, self._pool = self._pool, None
        if pool is None or at_hand is None:
            return
        await at_hand.give_back_all()
        try:
            await asyncio.wait_for(pool.close(), CLOSE_SECONDS)
        except TimeoutError:
            pool.terminate()

    def _in_transaction(self) -> TransactionContext:
        raise database_errors.StatementFailed("a transaction is begun by Database.transaction, not by the ORM")

    def failed(self, error: BaseException) -> None:
        """A statement failed; outside a transaction that has no consequence."""

    async def _translate_exceptions(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Where every statement of the ORM passes."""
        statements.count()
        with self.translating():
            return await func(self, *args, **kwargs)

    @contextmanager
    def translating(self) -> Iterator[None]:
        """What the driver raises within the block leaves it translated."""
        try:
            yield
        except Exception as error:
            self.failed(error)
            raise database_errors.from_postgres(error) from error
        except BaseException as error:
            self.failed(error)
            raise


class PostgresTransaction(PostgresClient, TransactionWrapper):
    """The ORM's connection inside a transaction: knows whether a statement in it has failed."""

    def __init__(self, client: AsyncpgDBClient, connection: asyncpg.Connection) -> None:
        TransactionWrapper.__init__(self, client)
        self._connection = connection
        self.health = Health()

    def acquire_connection(self) -> Any:
        """The transaction's own."""
        return TransactionWrapper.acquire_connection(self)

    def failed(self, error: BaseException) -> None:
        """PostgreSQL refuses everything until the rollback now; remembered, because COMMIT would not say so."""
        self.health.failed(error)

    def _in_transaction(self) -> TransactionContext:
        nested = PostgresTransaction(self, self._connection)
        nested.health, nested._lock = self.health, self._lock
        return Savepoint(nested)

    async def begin(self) -> None:
        """BEGIN, or within a transaction SAVEPOINT."""
        with self.translating():
            self.transaction = self._connection.transaction()
            await self.transaction.start()

    async def commit(self) -> None:
        """COMMIT, or RELEASE of the savepoint."""
        with self.translating():
            await super().commit()

    async def rollback(self) -> None:
        """ROLLBACK, or back to the savepoint."""
        with self.translating():
            await super().rollback()

    async def fetch(self, sql: str, args: Sequence[object]) -> Sequence[Any]:
        """The rows of one statement."""
        statements.count()
        async with self._lock:
            with self.translating():
                rows: Sequence[Any] = await self._connection.fetch(sql, *args)
                return rows

    async def execute(self, sql: str, args: Sequence[object]) -> int:
        """Run one statement; how many rows it touched."""
        statements.count()
        async with self._lock:
            with self.translating():
                status: str = await self._connection.execute(sql, *args)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


Fetch = Callable[[asyncpg.Connection, str, Sequence[object]], Awaitable[Any]]


def _first_row(connection: asyncpg.Connection, sql: str, args: Sequence[object]) -> Awaitable[Any]:
    return connection.fetchrow(sql, *args)  # type: ignore[no-any-return]


def _all_rows(connection: asyncpg.Connection, sql: str, args: Sequence[object]) -> Awaitable[Any]:
    return connection.fetch(sql, *args)  # type: ignore[no-any-return]


class PostgresBackend:
    """What `Database` needs of PostgreSQL: reads on any connection, transactions that are cleaned up after."""

    dialect: Literal["postgres"] = "postgres"

    def __init__(self, client: PostgresClient) -> None:
        self._client = client
        self._reading = 0
        self._expired = -math.inf
        # One slot stays for reads, so that work inside a transaction can never wait for itself.
        self.parallel = max(1, client.pool_size - 1)

    async def open(self) -> None:
        """Make the pool; connects nowhere yet."""
        await self._client.create_connection(with_db=True)

    async def close(self) -> None:
        """Close the pool."""
        await self._client.close()

    async def fetch_row(self, sql: str, args: Sequence[object]) -> Sequence[Any] | None:
        """The first row of a read. One that met a dead connection is tried once more on a new one."""
        return await self._read(_first_row, sql, args)  # type: ignore[no-any-return]

    async def fetch_all(self, sql: str, args: Sequence[object]) -> Sequence[Sequence[Any]]:
        """All rows of a read, likewise."""
        return await self._read(_all_rows, sql, args)  # type: ignore[no-any-return]

    async def _read(self, fetch: Fetch, sql: str, args: Sequence[object]) -> Any:
        if self._reading >= READING:
            raise database_errors.Unavailable("too many are waiting for the database")
        self._reading += 1
        try:
            return await self._fetch(fetch, sql, args)
        except Exception as error:
            if not database_errors.connection_lost(error):
                raise database_errors.from_postgres(error) from error
            await self._expire()
            with self._client.translating():
                return await self._fetch(fetch, sql, args)
        finally:
            self._reading -= 1

    async def _fetch(self, fetch: Fetch, sql: str, args: Sequence[object]) -> Any:
        connections = self._client.connections
        connection = await connections.take()
        try:
            result = await fetch(connection, sql, args)
        except BaseException:
            await connections.give_back(connection)
            raise
        await connections.keep(connection)
        return result

    async def _expire(self) -> None:
        """One connection was dead: most likely all are (a restart). Many notice at once; one expiry is enough."""
        now = asyncio.get_running_loop().time()
        if now - self._expired > 1.0:
            self._expired = now
            await self._client.connections.expire()

    async def begin(self) -> PostgresTransaction:
        """A transaction on a connection of its own; nothing has happened yet, so a dead one is replaced."""
        try:
            return await self._begin()
        except database_errors.Unavailable as error:
            if not database_errors.connection_lost(error.__cause__):
                raise
            await self._expire()
            return await self._begin()

    async def _begin(self) -> PostgresTransaction:
        connections = self._client.connections
        with self._client.translating():
            connection = await connections.take()
        transaction = PostgresTransaction(self._client, connection)
        try:
            await transaction.begin()
        except BaseException:
            await connections.give_back(connection)
            raise
        return transaction

    async def commit(self, transaction: PostgresTransaction) -> None:
        """Make it last."""
        try:
            await transaction.commit()
        except BaseException:
            await self._client.connections.give_back(transaction._connection)
            raise
        await self._client.connections.keep(transaction._connection)

    async def rollback(self, transaction: PostgresTransaction) -> None:
        """Undo it. Where that fails the connection is closed, which undoes it, too."""
        try:
            await transaction.rollback()
        except database_errors.DatabaseError as error:
            logger.warning("rollback failed, the connection is closed: %s", error)
            await self._client.connections.retire(transaction._connection)
            return
        await self._client.connections.keep(transaction._connection)


client_class = PostgresClient
