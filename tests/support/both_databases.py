"""The same schema and rows in SQLite and PostgreSQL, and one way to run a compiled read on both."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from generator.migrations import ddl
from generator.migrations.schema import plan_schema
from generator.migrations.tables import Dialect
from generator.model import Model
from runtime.database import sqlite
from runtime.reads.assembly import Statement
from tests.support.random_rows import RandomRows, Row, in_order


class Database:
    """A database that runs statements in this thread, one at a time."""

    dialect: Dialect

    def row(self, statement: Statement, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The statement's only row, if it has one."""
        rows = self.rows(statement.text, statement.arguments(values))
        assert len(rows) <= 1
        return rows[0] if rows else None

    def rows(self, sql: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of it."""
        raise NotImplementedError


class Sqlite(Database):
    """In memory."""

    dialect: Dialect = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite.connect(":memory:")

    def rows(self, sql: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self.connection.execute(sql, list(arguments)).fetchall()

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()


class Postgres(Database):
    """One connection, with an event loop of its own."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str) -> None:
        self.runner = asyncio.Runner()
        self.connection: asyncpg.Connection = self.runner.run(asyncpg.connect(url, statement_cache_size=2000))
        self.execute("SET timezone = 'Asia/Kolkata'")  # a server's own zone must not show

    def execute(self, sql: str) -> None:
        """One or more statements without parameters."""
        self.runner.run(self.connection.execute(sql))

    def rows(self, sql: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return [tuple(row) for row in self.runner.run(self.connection.fetch(sql, *arguments))]

    def copy(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows."""
        if not rows:
            return
        names = list(rows[0])
        marks = ", ".join(f"${place}" for place in range(1, len(names) + 1))
        sql = f'INSERT INTO "{table}" ({", ".join(map(quoted, names))}) VALUES ({marks})'
        self.runner.run(self.connection.executemany(sql, [tuple(map(bound, row.values())) for row in rows]))

    def close(self) -> None:
        """Let go of it."""
        self.runner.run(self.connection.close())
        self.runner.close()


def quoted(name: str) -> str:
    """A name in SQL."""
    return f'"{name}"'


def bound(value: Any) -> Any:
    """Objects are bound as their text."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def create_schema(model: Model, database: Sqlite | Postgres) -> None:
    """All tables with their constraints and indexes."""
    schema = {table.name: table for table in plan_schema(model).tables}
    tables = [schema[resource.table] for resource in in_order(model)]
    statements = [ddl.FOLD] if database.dialect == "postgres" else []
    for table in tables:
        statements.append(ddl.create_table(table, database.dialect))
        statements += [ddl.create_index(table, index, database.dialect) for index in table.indexes]
    for statement in statements:
        database.execute(statement) if isinstance(database, Postgres) else database.rows(statement)


def fill_both(model: Model, one: Sqlite, other: Postgres, counts: Mapping[str, int], seed: int) -> dict[str, list[Row]]:
    """The same random rows in both."""
    rows = RandomRows(model, one.connection, seed).fill(counts)
    for resource in in_order(model):
        other.copy(resource.table, rows[resource.table])
    other.execute("ANALYZE")
    one.rows("ANALYZE")
    return rows
