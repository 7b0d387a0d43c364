"""The one way to the database: reads on pooled connections, and transactions that nothing can leave half done.

`Database` is the same on PostgreSQL and SQLite; what differs is a backend each (`postgres.py`, `sqlite.py`). Errors
of the drivers leave here translated (`database_errors.py`).
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.context import TortoiseContext, _current_context, get_current_context

from runtime.database import statements
from runtime.database.admission import Admission
from runtime.database.errors import (
    ConstraintViolation,
    DatabaseError,
    StatementFailed,
    Unavailable,
    ValueRefused,
)
from runtime.database.postgres import PostgresBackend, PostgresClient
from runtime.database.savepoints import Health
from runtime.database.sqlite import SqliteBackend, SqliteClient

if TYPE_CHECKING:
    from runtime.settings import Settings

__all__ = [
    "ConstraintViolation",
    "Database",
    "DatabaseError",
    "StatementFailed",
    "Transaction",
    "Unavailable",
    "ValueRefused",
]

logger = logging.getLogger("agora.database")

T = TypeVar("T")
Row = Sequence[Any]

# A worker's line, whatever the number of slots: a write takes a few milliseconds, so one slot serves so many within the
# patience. A shorter line would refuse in a burst whom it could serve; without an end, a database that is slow for long
# would keep the bodies of all requests in memory.
WAITING = 2_000
PATIENCE_SECONDS = 10.0
DRAIN_SECONDS = 7.0


class TransactionClient(Protocol):
    """The ORM's connection inside a transaction, which can also run plain statements."""

    health: Health

    async def fetch(self, sql: str, args: Sequence[object]) -> Sequence[Any]:
        """The rows of one statement."""

    async def execute(self, sql: str, args: Sequence[object]) -> int:
        """Run one statement; how many rows it touched."""


C = TypeVar("C", bound=TransactionClient)


class Backend(Protocol[C]):
    """One kind of database. `parallel` is how many transactions may be open at once."""

    @property
    def dialect(self) -> Literal["postgres", "sqlite"]: ...
    @property
    def parallel(self) -> int: ...
    async def open(self) -> None: ...
    async def close(self) -> None: ...
    async def fetch_row(self, sql: str, args: Sequence[object]) -> Row | None: ...
    async def fetch_all(self, sql: str, args: Sequence[object]) -> Sequence[Row]: ...
    async def begin(self) -> C: ...
    async def commit(self, transaction: C) -> None: ...
    async def rollback(self, transaction: C) -> None: ...


class Transaction:
    """An open transaction. `connection` is for the ORM's `using_db=`; plain statements run on the same one."""

    def __init__(self, client: Any, dialect: Literal["postgres", "sqlite"]) -> None:
        self.dialect = dialect
        self.connection: TransactionalDBClient = client
        self._client: TransactionClient = client

    async def fetch_row(self, sql: str, args: Sequence[object] = ()) -> Row | None:
        """The first row of one statement, or None."""
        rows = await self._client.fetch(sql, args)
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, args: Sequence[object] = ()) -> Sequence[Row]:
        """All rows of one statement."""
        return await self._client.fetch(sql, args)

    async def execute(self, sql: str, args: Sequence[object] = ()) -> int:
        """Run one statement; how many rows it touched (triggers and cascades not counted)."""
        return await self._client.execute(sql, args)


class Database(Generic[C]):
    """An open database; made by `Database.open`."""

    def __init__(self, backend: Backend[C], context: TortoiseContext) -> None:
        self.dialect: Literal["postgres", "sqlite"] = backend.dialect
        self._backend = backend
        self._context = context
        self._admission = Admission(backend.parallel, WAITING, PATIENCE_SECONDS)
        self._running: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, settings: Settings, models: Sequence[str] = (), *, unhurried: bool = False) -> Database[Any]:
        """Open the database of `settings`; `models` are the import names of the modules with the ORM's models.

        PostgreSQL may be away: then every use raises Unavailable until it is back. `unhurried`: nobody waits for the
        answer of a request, and a statement may take as long as it takes.
        """
        context = await _initialise(settings, models, unhurried)
        dialect = settings.dialect
        database: Database[Any] = cls(_BACKENDS[dialect](context.connections.get(dialect)), context)
        try:
            await database._backend.open()
        except BaseException:
            await context.close_connections()
            raise
        return database

    async def close(self) -> None:
        """Let no further transaction begin, wait for the open ones, close the connections."""
        self._admission.close()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            if late:
                logger.error("%d transactions were still open at the end and are rolled back", len(late))
                await asyncio.wait(late, timeout=1.0)
        await self._backend.close()
        await self._context.close_connections()

    async def fetch_row(self, sql: str, args: Sequence[object] = ()) -> Row | None:
        """The first row of a read outside any transaction, or None."""
        statements.count()
        return await self._backend.fetch_row(sql, args)

    async def fetch_all(self, sql: str, args: Sequence[object] = ()) -> Sequence[Row]:
        """All rows of a read outside any transaction."""
        statements.count()
        return await self._backend.fetch_all(sql, args)

    async def transaction(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in one transaction: committed when it returns, undone when it raises.

        It runs in a task of its own to its end whatever becomes of the caller: one who is cancelled meanwhile gets
        the cancellation after that. Within `work` the ORM uses the transaction even without `using_db=`.
        Raises Unavailable without having begun when too many are waiting.
        """
        return await _outlast(await self.begin(work))

    async def begin(
        self, work: Callable[[Transaction], Awaitable[T]], then: Callable[[], Awaitable[None]] | None = None
    ) -> asyncio.Task[T]:
        """The task that runs `work` in one transaction, for callers who need not outlast it.

        `then` follows the commit in the same task; the transaction is over by that, and its slot free.
        """
        await self._admission.enter()
        task = asyncio.create_task(self._run(work, then))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _run(self, work: Callable[[Transaction], Awaitable[T]], then: Callable[[], Awaitable[None]] | None) -> T:
        try:
            result = await self._committed(work)
        finally:
            self._admission.leave()
        if then is not None:
            await then()
        return result

    async def _committed(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        client = await self._backend.begin()
        context = _current_context.set(self._context)
        connection = self._context.connections.set(self.dialect, client)  # type: ignore[arg-type] # is one, beside the protocol
        try:
            result = await work(Transaction(client, self.dialect))
            if (failure := client.health.failure) is not None:
                raise StatementFailed("a statement failed and its error was passed over") from failure
        except BaseException:
            await self._backend.rollback(client)
            raise
        finally:
            self._context.connections.reset(connection)
            _current_context.reset(context)
        await self._backend.commit(client)
        return result


async def _outlast(task: asyncio.Task[T]) -> T:
    """The task's result; a cancellation that arrives meanwhile has to wait for it."""
    interruption: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as cancelled:
            interruption = cancelled
    if interruption is None:
        return task.result()
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("nobody was left to tell that a transaction failed: %r", error)
    raise interruption


async def _initialise(settings: Settings, models: Sequence[str], unhurried: bool) -> TortoiseContext:
    # Requests are served by other tasks than the one that opens, so the ORM must find its models from any task.
    # A second database in the same process is found by its own transactions only.
    first = get_current_context() is None
    context = TortoiseContext()
    token = _current_context.set(context)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".* has no models")
            await context.init(_configuration(settings, models, unhurried), _enable_global_fallback=first)
    finally:
        _current_context.reset(token)
    return context


_BACKENDS: dict[str, Callable[[Any], Backend[Any]]] = {"postgres": PostgresBackend, "sqlite": SqliteBackend}
_ENGINES: dict[str, str] = {"postgres": PostgresClient.__module__, "sqlite": SqliteClient.__module__}


def _configuration(settings: Settings, models: Sequence[str], unhurried: bool) -> dict[str, Any]:
    # The connection is named by its dialect: the ORM caches statements by connection name.
    credentials: dict[str, Any] = (
        {"file_path": str(settings.sqlite_file)}
        if settings.dialect == "sqlite"
        else {"url": settings.database_url, "pool_size": settings.database_pool, "unhurried": unhurried}
    )
    return {
        "connections": {settings.dialect: {"engine": _ENGINES[settings.dialect], "credentials": credentials}},
        "apps": {"models": {"models": list(models) or [__name__], "default_connection": settings.dialect}},
        "use_tz": True,
        "timezone": "UTC",
    }
