"""What one worker process holds for as long as it lives: database, storage, keys, counting of events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from runtime.application import Application
from runtime.auth.passwords import Passwords
from runtime.auth.tokens import Tokens
from runtime.calls.callers import Reader, readers
from runtime.calls.idempotency import Pruning
from runtime.database import Database
from runtime.pictures import Pictures
from runtime.reads.assembly import Statement, Statements, column_type
from runtime.reads.query import Plans
from runtime.settings import Settings
from runtime.storage import Storage, open_storage
from runtime.tracking.tracker import Tracker

T = TypeVar("T")

logger = logging.getLogger("agora")

DRAIN_SECONDS = 5.0


@dataclass(slots=True)
class Services:
    """Made by `open`, once per worker; given to every call."""

    application: Application
    settings: Settings
    database: Database[Any]
    statements: Statements
    tokens: Tokens
    passwords: Passwords
    tracker: Tracker
    storage: Storage
    pictures: Pictures
    callers: tuple[tuple[str, Reader], ...] = ()
    plans: Plans = field(default_factory=Plans)
    pruning: Pruning = field(default_factory=Pruning)
    unfinished: set[asyncio.Task[Any]] = field(default_factory=set)

    @classmethod
    async def open(cls, application: Application, settings: Settings) -> Services:
        """Connect and start what runs in the background. A PostgreSQL or storage that is away may come later."""
        database = await Database.open(settings, application.models)
        tracker = Tracker(database, application, settings)
        await tracker.start()
        storage = open_storage(settings)
        await storage.start()
        return cls(
            application=application,
            settings=settings,
            database=database,
            statements=Statements(database.dialect, application.actor),
            tokens=Tokens(settings),
            passwords=Passwords(settings.password_cost),
            tracker=tracker,
            storage=storage,
            pictures=Pictures(),
            callers=readers(application.actor),
        )

    async def close(self) -> None:
        """Finish what is under way, write what was counted, let go of the database."""
        if self.unfinished:
            await asyncio.wait(self.unfinished, timeout=DRAIN_SECONDS)
        await self.tracker.drain()
        self.pictures.close()
        await self.storage.close()
        self.passwords.close()
        await self.database.close()

    async def to_the_end(self, task: asyncio.Task[T]) -> T:
        """Await a task that goes on when the caller is cancelled; `close` waits for it."""
        return await asyncio.shield(self._seen_through(task))

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin `work`, which nobody waits for but `close`; a failure goes to the log."""
        self._seen_through(asyncio.create_task(quietly(work)))

    def _seen_through(self, task: asyncio.Task[T]) -> asyncio.Task[T]:
        self.unfinished.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self.unfinished.discard(task)
        if not task.cancelled():
            task.exception()  # seen: whoever waited has it, and nobody else needs to be told

    @property
    def actor_statement(self) -> Statement:
        """Finds the caller by key: the columns that policies read, or no row for an inactive one."""
        source = self.application.actor
        if source is None:
            raise RuntimeError("This API has no callers: its specs name no actor.")
        columns = ", ".join(f'a."{name}"' for name in source.fields)
        active = f' AND a."{source.active}"' if source.active else ""
        cast = f"$1::{column_type(source.key_type)}" if self.database.dialect == "postgres" else "?1"
        return Statement(
            f'SELECT {columns} FROM "{source.table}" a WHERE a."{source.key}" = {cast}{active}',  # noqa: S608 # our own names
            ("actor_id",),
        )


async def quietly(work: Awaitable[None]) -> None:
    """Await what must not change an answer that is decided already; a failure goes to the log."""
    try:
        await work
    except Exception:
        logger.exception("work after the commit failed")
