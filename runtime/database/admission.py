"""Who may use a scarce thing now: a bounded number at once, a bounded number waiting, none waiting for ever."""

from __future__ import annotations

import asyncio

from runtime.database.errors import Unavailable


class Admission:
    """`slots` at once, `waiting` in line. Who finds the line full, or stands in it too long, gets Unavailable."""

    def __init__(self, slots: int, waiting: int, patience: float) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._waiting = waiting
        self._patience = patience
        self._queue = 0
        self._closed = False

    async def enter(self) -> None:
        """Take a slot, perhaps after waiting; whoever has entered has to leave."""
        if self._closed:
            raise Unavailable("shutting down")
        if not self._slots.locked():
            await self._slots.acquire()  # does not wait
            return
        if self._queue >= self._waiting:
            raise Unavailable("too many are waiting for the database")
        self._queue += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._slots.acquire()
        except TimeoutError:
            raise Unavailable("waited too long for the database") from None
        finally:
            self._queue -= 1

    def leave(self) -> None:
        """Give the slot back."""
        self._slots.release()

    def close(self) -> None:
        """Let nobody in any more; those who wait still get their turn."""
        self._closed = True
