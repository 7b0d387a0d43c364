"""Counts events in the background: requests only leave a note, a loop writes the notes down together.

A hard kill loses at most what came since the last write, a moment; a graceful stop loses nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import math
from collections.abc import Callable
from typing import Any

from runtime.application import Application
from runtime.database import Database, DatabaseError, Transaction, Unavailable
from runtime.settings import Settings
from runtime.tracking.store import STORES, Happening, Store, write

logger = logging.getLogger("agora.tracking")

FLUSH_SECONDS = 0.4
RETRY_SECONDS = 2.0
DRAIN_SECONDS = 5.0
PRUNE_SECONDS = 300.0
FULL = 2_000  # write at once
MOST = 50_000  # while the database is away: more are not kept

Key = tuple[str, str, str]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Tracker:
    """One per worker. `clock` tells when an event happened."""

    def __init__(
        self,
        database: Database[Any],
        application: Application,
        settings: Settings,
        clock: Callable[[], dt.datetime] = _now,
    ) -> None:
        self._database = database
        self._events = application.events
        self._window = dt.timedelta(seconds=settings.track_once_seconds)
        self._clock = clock
        self._store: Store = STORES[database.dialect]()
        self._pending: dict[Key, Happening] = {}
        self._waiting = asyncio.Event()
        self._full = asyncio.Event()
        self._stopping = asyncio.Event()
        self._writing = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None
        self._lost = 0
        self._pruned = -math.inf  # the loop's clock begins at 0 when the machine does

    async def start(self) -> None:
        """Begin to write in the background."""
        if self._events:
            self._loop = asyncio.create_task(self._run())

    def track(self, event: str, key: object, actor_id: object, visitor: str) -> None:
        """`visitor` caused `event` ("resource.event") on the row `key`. Returns at once; raises KeyError for an
        event that no spec declares."""
        if event not in self._events:
            raise KeyError(event)
        actor = None if actor_id is None else str(actor_id)
        happening = Happening(event, str(key), visitor, actor, self._clock())
        known = self._pending.get(happening.key)
        if known is not None:
            known.times += 0 if self._window else 1
        elif len(self._pending) >= MOST:
            self._lost += 1
        else:
            self._pending[happening.key] = happening
            self._waiting.set()
            if len(self._pending) >= FULL:
                self._full.set()

    async def flush(self) -> None:
        """Write what is pending. Raises Unavailable when that has to wait; then it is all still pending."""
        async with self._writing:
            batch, self._pending = self._pending, {}
            self._waiting.clear()
            self._full.clear()
            if batch:
                await self._write(batch)

    async def drain(self) -> None:
        """Write everything and stop; only a database that stays away makes it give up after a while."""
        self._stopping.set()
        self._waiting.set()
        self._full.set()
        if self._loop is not None:
            await self._loop
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._pending:
                    if not await self._attempt():
                        await asyncio.sleep(0.2)
        except TimeoutError:
            logger.error("%d events were not counted: the database was away at the end", len(self._pending))

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self._waiting.wait()
            await _within(FLUSH_SECONDS, self._full)
            if await self._attempt():
                await self._prune()
            else:
                await _within(RETRY_SECONDS, self._stopping)

    async def _attempt(self) -> bool:
        try:
            await self.flush()
        except Unavailable as error:
            logger.warning("%d events wait to be counted: %s", len(self._pending), error)
            return False
        if self._lost:
            logger.error("%d events were not counted: too many were waiting", self._lost)
            self._lost = 0
        return True

    async def _write(self, batch: dict[Key, Happening]) -> None:
        async def work(transaction: Transaction) -> None:
            await write(self._store, transaction, batch.values(), self._events, self._window)

        try:
            await self._database.transaction(work)
        except Unavailable:
            self._put_back(batch)
            raise
        except DatabaseError:  # it would fail for ever, and keep all that come after it from being counted
            logger.exception("%d events could not be counted", len(batch))

    def _put_back(self, batch: dict[Key, Happening]) -> None:
        """Of two that are the same the older one counts, or both do."""
        if not self._window:
            for key in batch.keys() & self._pending.keys():
                batch[key].times += self._pending[key].times
        self._pending = {**self._pending, **batch}
        self._waiting.set()

    async def _prune(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._pruned < PRUNE_SECONDS or self._stopping.is_set():
            return
        self._pruned = now
        before = self._clock() - self._window
        try:
            await self._database.transaction(lambda transaction: self._store.prune(transaction, before))
        except DatabaseError as error:
            logger.warning("old visits were not forgotten this time: %s", error)


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Wait for the event, but no longer than that."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
