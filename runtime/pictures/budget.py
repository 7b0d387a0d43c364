"""Memory as a scarce thing: takers wait in line until what they need is free."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Budget:
    """So many bytes at once, first come, first served; who needs more than there is has all of it, alone."""

    def __init__(self, size: int) -> None:
        self._size = self._free = size
        self._line: deque[tuple[asyncio.Future[None], int]] = deque()

    @asynccontextmanager
    async def taken(self, wanted: int) -> AsyncIterator[None]:
        """Have `wanted` bytes for the length of the block."""
        share = min(wanted, self._size)
        await self._take(share)
        try:
            yield
        finally:
            self._give(share)

    async def _take(self, share: int) -> None:
        if not self._line and share <= self._free:
            self._free -= share
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append((turn, share))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give(share)  # it was this one's turn at the moment it left
            elif (turn, share) in self._line:
                self._line.remove((turn, share))
                self._give(0)  # who stood behind it may fit
            raise

    def _give(self, share: int) -> None:
        self._free += share
        while self._line and self._line[0][1] <= self._free:
            turn, wanted = self._line.popleft()
            if not turn.done():
                self._free -= wanted
                turn.set_result(None)
