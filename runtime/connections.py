"""PostgreSQL connections kept at hand, in front of the driver's pool.

Taking a connection from the driver's pool and giving it back costs as much as a short statement. So one that did its
work well stays out of the pool, for whoever comes next; it goes back into it when somebody is waiting there, when
something failed on it, or when it has been idle for long.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

IDLE_SECONDS = 240.0


class Connections:
    """`take` one, then `keep` it (it is as it was) or `give_back` it (the pool looks after it)."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._free: list[tuple[asyncpg.Connection, float]] = []
        self._waiting = 0
        self._now = asyncio.get_running_loop().time

    async def take(self) -> asyncpg.Connection:
        """An open connection: one at hand, or one of the pool, perhaps after waiting for it."""
        while self._free:
            connection, since = self._free.pop()
            if _is_open(connection) and self._now() - since < IDLE_SECONDS:
                return connection
            await self.retire(connection)
        self._waiting += 1
        try:
            return await self._pool.acquire()
        finally:
            self._waiting -= 1

    async def keep(self, connection: asyncpg.Connection) -> None:
        """It is in no transaction and nothing failed on it."""
        if self._waiting or self._pool.is_closing() or not _is_open(connection):
            await self._pool.release(connection)
        else:
            self._free.append((connection, self._now()))

    async def give_back(self, connection: asyncpg.Connection) -> None:
        """It may have to be mended or replaced."""
        await self._pool.release(connection)

    @asynccontextmanager
    async def borrowed(self) -> AsyncIterator[asyncpg.Connection]:
        """Take one for the block."""
        connection = await self.take()
        try:
            yield connection
        except BaseException:
            await self.give_back(connection)
            raise
        await self.keep(connection)

    async def give_back_all(self) -> None:
        """Those at hand; the ones in use follow by themselves."""
        while self._free:
            await self._pool.release(self._free.pop()[0])

    async def expire(self) -> None:
        """No connection that is open now is to be used again."""
        await self._pool.expire_connections()
        await self.give_back_all()

    async def retire(self, connection: asyncpg.Connection) -> None:
        """It must not be used again."""
        if _is_open(connection):
            connection.terminate()  # where nobody may answer any more, saying goodbye must not take time
        await self._pool.release(connection)


def _is_open(connection: asyncpg.Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # the pool noticed before us, and has taken it away
        return False
