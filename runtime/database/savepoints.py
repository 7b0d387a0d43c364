"""A transaction within a transaction: what failed in it can be undone alone."""

from __future__ import annotations

from typing import Any, Protocol

from tortoise.backends.base.client import TransactionContext

from runtime.database.errors import StatementFailed


class Health:
    """Shared by a transaction and its savepoints: the failure that forbids to commit, if there is one."""

    __slots__ = ("failure",)

    def __init__(self) -> None:
        self.failure: BaseException | None = None

    def failed(self, error: BaseException) -> None:
        """A statement failed; the first one is what matters."""
        self.failure = self.failure or error


class SavepointClient(Protocol):
    """The ORM's connection in a savepoint."""

    health: Health

    async def savepoint(self) -> None: ...
    async def release_savepoint(self) -> None: ...
    async def savepoint_rollback(self) -> None: ...


class Savepoint(TransactionContext):
    """`async with`: kept when the block ends well, undone when it raises.

    A statement that failed in the block and was passed over counts as raised, on SQLite as on PostgreSQL.
    """

    def __init__(self, client: SavepointClient) -> None:
        self._savepoint = client

    async def __aenter__(self) -> Any:
        self._before = self._savepoint.health.failure
        await self._savepoint.savepoint()
        return self._savepoint

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        health = self._savepoint.health
        failure, health.failure = health.failure, self._before
        if kind is None and failure is self._before:
            await self._savepoint.release_savepoint()
            return
        await self._savepoint.savepoint_rollback()
        if kind is None:
            raise StatementFailed("a statement in a savepoint failed and its error was passed over") from failure
