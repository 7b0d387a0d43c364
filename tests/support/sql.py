"""A statement on a test's database, behind the server's back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import asyncpg


def execute(url: str, statement: str) -> None:
    """Run one statement that both databases understand, and keep what it did."""
    if url.startswith("sqlite://"):
        with sqlite3.connect(url.removeprefix("sqlite://"), timeout=30) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(statement)
        connection.close()
    else:
        asyncio.run(_execute(url, statement))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    """What one statement without parameters, in words that both databases understand, finds at one moment."""
    if not url.startswith("sqlite://"):
        return asyncio.run(_rows(url, statement))
    with closing(sqlite3.connect(url.removeprefix("sqlite://"), timeout=30)) as connection:
        return connection.execute(statement).fetchall()


async def _rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()
