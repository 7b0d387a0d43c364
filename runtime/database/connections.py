"""PostgreSQL connections kept at hand, in front of the driver's pool.

Taking a connection from the driver's pool and giving it back costs as much as a short statement. So one that did its
work well stays out of the pool: it is handed to whoever waits longest, or kept for whoever comes next. It goes back
when something failed on it, or when it has been idle for long.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

IDLE_SECONDS = 240.0


class Connections:
    """`take` one, then `keep` it (it is as it was) or `give_back` it (the pool looks after it)."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._free: list[tuple[asyncpg.Connection, float]] = []
        self._taken = 0  # of the pool: at hand or in use
        self._waiting: deque[asyncio.Future[asyncpg.Connection | None]] = deque()
        self._loop = asyncio.get_running_loop()

    async def take(self) -> asyncpg.Connection:
        """An open connection: one at hand, one of the pool, or the next that somebody is done with."""
        while self._free:
            connection, since = self._free.pop()
            if _is_open(connection) and self._loop.time() - since < IDLE_SECONDS:
                return connection
            await self.retire(connection)
        while self._taken >= self._pool.get_max_size():
            handed = await self._next()
            if handed is not None:
                return handed
        return await self._acquire()

    async def _acquire(self) -> asyncpg.Connection:
        self._taken += 1
        try:
            return await self._pool.acquire()
        except BaseException:
            self._returned()
            raise

    async def _next(self) -> asyncpg.Connection | None:
        """What the next one who is done hands over; None when the pool has one again."""
        turn = self._loop.create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                await self._pass_on(turn.result())
            raise

    async def _pass_on(self, connection: asyncpg.Connection | None) -> None:
        """Somebody was given a turn and is gone."""
        if connection is None:
            self._hand_over(None)
        else:
            await self.keep(connection)

    def _hand_over(self, connection: asyncpg.Connection | None) -> bool:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False

    async def keep(self, connection: asyncpg.Connection) -> None:
        """It is in no transaction and nothing failed on it."""
        if self._pool.is_closing() or not _is_open(connection):
            await self.give_back(connection)
        elif not self._hand_over(connection):
            self._free.append((connection, self._loop.time()))

    async def give_back(self, connection: asyncpg.Connection) -> None:
        """It may have to be mended or replaced."""
        try:
            await self._pool.release(connection)
        finally:
            self._returned()

    def _returned(self) -> None:
        self._taken -= 1
        self._hand_over(None)

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
            await self.give_back(self._free.pop()[0])

    async def expire(self) -> None:
        """No connection that is open now is to be used again."""
        await self._pool.expire_connections()
        await self.give_back_all()

    async def retire(self, connection: asyncpg.Connection) -> None:
        """It must not be used again."""
        if _is_open(connection):
            connection.terminate()  # where nobody may answer any more, saying goodbye must not take time
        await self.give_back(connection)


def _is_open(connection: asyncpg.Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # the pool noticed before us, and has taken it away
        return False
