"""Two servers with the same demo data, on SQLite and on PostgreSQL, that go on alike."""

from __future__ import annotations

import secrets
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from tests.fuzz import alike
from tests.support.postgres import Postgres
from tests.support.servers import ROOT, Server, running

PROGRAM = (sys.executable, "-P", alike.__file__)
LIFE = "86400"  # seconds: no token expires during a run, and no visitor counts twice


@dataclass(frozen=True, slots=True)
class Pair:
    """One on each kind of database."""

    sqlite: Server
    postgres: Server

    def __iter__(self) -> Iterator[Server]:
        return iter((self.sqlite, self.postgres))


@contextmanager
def running_alike(postgres: Postgres, folder: Path, public_url: str) -> Iterator[Pair]:
    """Both, until the block ends; with the same secret and, to clients, at the same address."""
    common = {
        "AGORA_SECRET_KEY": secrets.token_hex(32),
        "AGORA_PUBLIC_URL": public_url,
        "AGORA_ACCESS_TOKEN_SECONDS": LIFE,
        "AGORA_TRACK_ONCE_SECONDS": LIFE,
    }
    url = postgres.create_database()
    try:
        with (
            _running(f"sqlite://{folder}/database.sqlite3", folder / "sqlite", common) as one,
            _running(url, folder / "postgres", common) as other,
        ):
            yield Pair(one, other)
    finally:
        postgres.drop_database(url)


def _running(url: str, folder: Path, common: Mapping[str, str]) -> AbstractContextManager[Server]:
    temporary = folder / "temporary"
    temporary.mkdir(parents=True)
    return running(ROOT, url, folder, PROGRAM, TMPDIR=str(temporary), **common)


class Levels:
    """Keeps the numbers that both databases give to new rows in step.

    PostgreSQL does not give a number again that a rolled back transaction took; SQLite does. Without this the two
    would call the same row by different numbers, and nothing after that could be compared by its key.
    """

    def __init__(self, file: Path, connection: asyncpg.Connection[Any], sequences: dict[str, str]) -> None:
        self._file = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
        self._connection = connection
        self._sequences = sequences  # by table

    @classmethod
    async def of(cls, pair: Pair) -> Levels:
        """For two servers that run."""
        connection = await asyncpg.connect(pair.postgres.database)
        rows = await connection.fetch(
            "SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name) FROM"
            " information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'"
        )
        return cls(Path(pair.sqlite.database.removeprefix("sqlite://")), connection, dict(rows))

    async def level(self) -> None:
        """Have PostgreSQL go on where SQLite does."""
        last = dict(self._file.execute("SELECT name, seq FROM sqlite_sequence"))
        tables = list(self._sequences)
        await self._connection.execute(
            "SELECT setval(name::regclass, greatest(last, 1), last > 0)"
            " FROM unnest($1::text[], $2::bigint[]) AS each(name, last)",
            [self._sequences[each] for each in tables],
            [last.get(each, 0) for each in tables],
        )

    async def close(self) -> None:
        """Let go of both databases."""
        self._file.close()
        await self._connection.close()
