"""A statement on a test's database, behind the server's back."""

from __future__ import annotations

import asyncio
import sqlite3

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
