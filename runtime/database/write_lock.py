"""SQLite's one write lock, in turns.

SQLite's own waiting sleeps up to 100 ms between two tries, so that under load whoever asked last gets the lock and
whoever has waited long does not. All who wait ask often here, and by chance: each gets its turn.
"""

from __future__ import annotations

import random
import sqlite3
import time

ASK_SECONDS = (0.001, 0.003)  # between two tries


def take_write_lock(connection: sqlite3.Connection, patience: float) -> None:
    """Begin a transaction that has the lock, waiting for whoever has it (in this thread)."""
    until = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, last=time.monotonic() > until):
            time.sleep(random.uniform(*ASK_SECONDS))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")


def _begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
