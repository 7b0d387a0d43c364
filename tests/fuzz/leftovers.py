"""What a server still holds when nobody asks anything of it any more: memory, files, connections, tasks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import psutil

from tests.fuzz.alike import TASKS
from tests.support.servers import Server, command

MEMORY = 50 * 2**20
SETTLED_SECONDS = 15.0
NOTHING_TO_MEND = "Nothing to mend"


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the processes of a server hold, and what of it their database and folders see."""

    memory: int  # bytes in RAM, of all processes
    descriptors: int
    connections: int  # over the network, in whatever state
    tasks: int | None  # of the event loop; None where the server does not tell
    temporary: frozenset[str]  # files below its own TMPDIR
    backends: int  # of PostgreSQL
    in_transaction: int  # of those, the ones that nobody ends
    astray: str  # what `agora sweep` finds

    def line(self) -> str:
        """As people read it."""
        tasks = "" if self.tasks is None else f", {self.tasks} tasks"
        return (
            f"{self.memory / 2**20:.0f} MB, {self.descriptors} descriptors, {self.connections} connections{tasks}, "
            f"{self.backends} backends, {len(self.temporary)} temporary files"
        )


def footprint(server: Server) -> Footprint:
    """As it is now, after one more request."""
    tasks = httpx.get(f"{server.url}/health/live", headers={"Connection": "close"}).headers.get(TASKS)
    main = psutil.Process(server.process.pid)
    processes = [main, *main.children(recursive=True)]
    states = asyncio.run(_states(server.database)) if server.database.startswith("postgres") else []
    folder = Path(server.environment.get("TMPDIR", ""))
    return Footprint(
        memory=sum(each.memory_info().rss for each in processes),
        descriptors=sum(each.num_fds() for each in processes),
        connections=sum(bool(every.raddr) for each in processes for every in each.net_connections("inet")),
        tasks=None if tasks is None else int(tasks),
        temporary=frozenset(str(each) for each in folder.rglob("*")) if "TMPDIR" in server.environment else frozenset(),
        backends=len(states),
        in_transaction=sum((state or "").startswith("idle in transaction") for state in states),
        astray=command(server, "sweep", "--older-than", "1").strip(),
    )


def settled(server: Server, before: Footprint) -> Footprint:
    """The first footprint that leaves nothing to complain of; or the last, when it does not come to that in time."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while True:
        after = footprint(server)
        if not leftovers(before, after, pool(server)) or time.monotonic() > deadline:
            return after
        time.sleep(0.5)


def pool(server: Server) -> int:
    """How many connections to PostgreSQL a server may keep."""
    return int(server.environment.get("AGORA_DATABASE_POOL", 5)) * int(server.environment.get("AGORA_WORKERS", 1))


def leftovers(before: Footprint, after: Footprint, pool: int) -> list[str]:
    """What is there that should not be, a line each. Connections to the database may have been opened meanwhile."""
    opened = max(0, after.backends - before.backends)
    tests: tuple[tuple[Callable[[], bool], str], ...] = (
        (
            lambda: after.memory > before.memory + MEMORY,
            f"memory: {before.memory:,} bytes before, {after.memory:,} after",
        ),
        (
            lambda: after.descriptors > before.descriptors + opened,
            f"descriptors: {before.descriptors}, {after.descriptors}",
        ),
        (
            lambda: after.connections > before.connections + opened,
            f"connections: {before.connections}, {after.connections}",
        ),
        (lambda: (after.tasks or 0) > (before.tasks or 0), f"tasks: {before.tasks} before, {after.tasks} after"),
        (lambda: bool(after.temporary - before.temporary), f"files: {sorted(after.temporary - before.temporary)[:5]}"),
        (lambda: after.backends > pool, f"{after.backends} connections to PostgreSQL, {pool} at most are kept"),
        (lambda: after.in_transaction > 0, f"{after.in_transaction} connections idle in a transaction"),
        (lambda: not after.astray.startswith(NOTHING_TO_MEND), after.astray),
    )
    return [line for wrong, line in tests if wrong()]


async def _states(url: str) -> list[str | None]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return [state for (state,) in rows]
    finally:
        await connection.close()
