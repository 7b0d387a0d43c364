"""Brings a database's schema up to date, whoever else is trying to at the same moment.

Each migration is one transaction that also writes down that it was made, in the table `agora_migration`. One process
at a time works; the others wait and then find nothing left to do. After a crash the next run goes on where it broke.
"""

from __future__ import annotations

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import asyncpg

from runtime.application import Application
from runtime.database import Database, StatementFailed, postgres, sqlite
from runtime.database import errors as database_errors
from runtime.migrations.files import Migration, MigrationError, folder_of, read
from runtime.settings import Settings

__all__ = ["MigrationError", "Status", "apply", "pending", "status"]

P = ParamSpec("P")
T = TypeVar("T")

LOCK = 6_020_771_135_146_113  # any number, as long as everybody uses the same
LOCK_SECONDS = 30  # how long a step may wait for those who use the table
BUSY_SECONDS = 60

MADE = "SELECT name, checksum FROM agora_migration ORDER BY name"
TABLE = """CREATE TABLE IF NOT EXISTS agora_migration (
    name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, made_at TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Status:
    """`made` and `pending` name migrations in order; `ahead` those that the database has and this code does not."""

    made: tuple[str, ...]
    pending: tuple[Migration, ...]
    ahead: tuple[str, ...]

    @property
    def destructive(self) -> tuple[str, ...]:
        """What the pending ones would lose for good."""
        return tuple(f"{each.name}: {what}" for each in self.pending for what in each.destructive)


async def status(settings: Settings, folder: Path) -> Status:
    """What was made and what is pending. Changes nothing; needs no table."""
    migrations = read(folder, settings.dialect)
    database = await Database.open(settings)
    try:
        return compare(migrations, await _made(database))
    finally:
        await database.close()


async def pending(database: Database[Any], application: Application) -> tuple[str, ...]:
    """The names of the migrations that are not made yet."""
    migrations = read(folder_of(application.package), database.dialect)
    return tuple(each.name for each in compare(migrations, await _made(database)).pending)


async def apply(settings: Settings, folder: Path, *, confirm_destructive: bool = False) -> tuple[str, ...]:
    """Make what is pending; the names of what was made. Raises MigrationError, Unavailable."""
    migrations = read(folder, settings.dialect)
    async with _OPENED[settings.dialect](settings) as session:
        await session.prepare()
        return tuple([name async for name in _make(session, migrations, confirm_destructive)])


def compare(migrations: Sequence[Migration], made: dict[str, str]) -> Status:
    """Raises MigrationError when one that was made is another one now, or one is missing in between."""
    known = {each.name for each in migrations}
    for each in migrations:
        if made.get(each.name, each.checksum) != each.checksum:
            raise MigrationError(f"{each.name} was made in another form than it has now; restore its files.")
    todo = tuple(each for each in migrations if each.name not in made)
    last = max((index for index, each in enumerate(migrations) if each.name in made), default=-1)
    if todo and migrations.index(todo[0]) < last:
        raise MigrationError(f"{todo[0].name} is missing though {migrations[last].name} was made after it.")
    ahead = tuple(name for name in made if name not in known)
    if todo and ahead:
        raise MigrationError(f"The database has {', '.join(ahead)}, which this code does not know.")
    return Status(tuple(name for name in made if name in known), todo, ahead)


async def _made(database: Database[Any]) -> dict[str, str]:
    try:
        return {str(name): str(checksum) for name, checksum in await database.fetch_all(MADE)}
    except StatementFailed:  # no table yet
        return {}


class Session(ABC):
    """One process's turn: what the two databases do differently."""

    @abstractmethod
    async def prepare(self) -> None:
        """Make the table of what was made, unless it is there."""

    @abstractmethod
    async def made(self) -> dict[str, str]:
        """Names and checksums of what was made."""

    @abstractmethod
    async def run(self, migration: Migration) -> bool:
        """Make one, all or nothing; False if somebody else has made it meanwhile."""


async def _make(session: Session, migrations: Sequence[Migration], confirmed: bool) -> AsyncIterator[str]:
    found = compare(migrations, await session.made())
    if found.destructive and not confirmed:
        lost = "\n".join(f"  {line}" for line in found.destructive)
        raise MigrationError(f"These migrations lose data for good; say --confirm-destructive to go on:\n{lost}")
    for migration in found.pending:
        try:
            if await session.run(migration):
                yield migration.name
        except database_errors.Unavailable:
            raise
        except database_errors.DatabaseError as error:
            raise MigrationError(f"{migration.name} failed and nothing of it was kept: {error}") from error


def _record(migration: Migration) -> tuple[str, str, str]:
    return migration.name, migration.checksum, sqlite.instant_text(datetime.now(UTC))


class PostgresSession(Session):
    """On a connection of its own, which holds a lock for as long as it lives."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def prepare(self) -> None:
        """Take the lock, waiting for whoever has it."""
        await self._execute("SELECT pg_advisory_lock($1)", LOCK)
        await self._execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        await self._execute(TABLE)

    async def made(self) -> dict[str, str]:
        """Nobody else can change it before the lock is given back."""
        return {str(name): str(checksum) for name, checksum in await self._connection.fetch(MADE)}

    async def run(self, migration: Migration) -> bool:
        """PostgreSQL's schema changes are transactional."""
        try:
            async with self._connection.transaction():
                for step in migration.steps:
                    await self._connection.execute(step)
                await self._connection.execute(
                    "INSERT INTO agora_migration (name, checksum, made_at) VALUES ($1, $2, $3)",
                    *_record(migration),
                )
        except Exception as error:
            raise database_errors.from_postgres(error) from error
        return True

    async def _execute(self, sql: str, *args: object) -> None:
        try:
            await self._connection.execute(sql, *args)
        except Exception as error:
            raise database_errors.from_postgres(error) from error


@asynccontextmanager
async def _open_postgres(settings: Settings) -> AsyncIterator[Session]:
    unhurried = {**postgres.SERVER_SETTINGS, "application_name": "agora migrate", "statement_timeout": "0"}
    connection = await postgres.connect(
        settings.database_url, command_timeout=None, statement_cache_size=0, server_settings=unhurried
    )
    try:
        yield PostgresSession(connection)
    finally:
        await connection.close()


class SqliteSession(Session):
    """In a thread; the write lock is taken for each migration anew."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def prepare(self) -> None:
        """Make the table."""
        await _in_thread(self._connection.execute, TABLE)

    async def made(self) -> dict[str, str]:
        """Another process may add to it at any time outside of our transaction."""
        return await _in_thread(self._made)

    async def run(self, migration: Migration) -> bool:
        """SQLite's schema changes are transactional, too."""
        return await _in_thread(self._run, migration)

    def _made(self) -> dict[str, str]:
        return dict(self._connection.execute(MADE))

    def _run(self, migration: Migration) -> bool:
        # Only outside a transaction can this be switched, and every connection has its own switch.
        self._connection.execute(f"PRAGMA foreign_keys = {'OFF' if migration.foreign_keys_off else 'ON'}")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            made = migration.name in self._made()
            if not made:
                self._steps(migration)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return not made

    def _steps(self, migration: Migration) -> None:
        for step in migration.steps:
            self._connection.execute(step)
        if migration.foreign_keys_off:
            _raise_on_orphans(self._connection.execute("PRAGMA foreign_key_check").fetchall())
        self._connection.execute(
            "INSERT INTO agora_migration (name, checksum, made_at) VALUES (?, ?, ?)", _record(migration)
        )


def _raise_on_orphans(rows: Iterable[Sequence[Any]]) -> None:
    tables = sorted({f"{child} → {parent}" for child, _, parent, _ in rows})
    if tables:
        raise database_errors.ConstraintViolation("foreign", None, ", ".join(tables))


async def _in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    except Exception as error:
        raise database_errors.from_sqlite(error) from error


@asynccontextmanager
async def _open_sqlite(settings: Settings) -> AsyncIterator[Session]:
    if settings.sqlite_file is None:
        raise MigrationError("The settings name no SQLite file.")
    settings.sqlite_file.parent.mkdir(parents=True, exist_ok=True)
    connection = await _in_thread(sqlite.connect, settings.sqlite_file)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        yield SqliteSession(connection)
    finally:
        connection.close()


_OPENED = {"postgres": _open_postgres, "sqlite": _open_sqlite}
