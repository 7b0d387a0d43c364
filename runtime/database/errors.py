"""What can go wrong with a database, in words that do not depend on which database it is.

The two drivers' own errors are translated here, by tables, and nowhere else. The ORM's base classes are kept where
it looks for them itself (`get_or_create` waits for IntegrityError).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Literal

import asyncpg
from tortoise.exceptions import IntegrityError, OperationalError

ConstraintKind = Literal["unique", "check", "foreign", "not_null"]


class DatabaseError(Exception):
    """Anything a database refused or could not do."""


class Unavailable(DatabaseError):
    """The database cannot be asked now: away, starting, overloaded, full or locked. Asking again later may help."""


class ConstraintViolation(DatabaseError, IntegrityError):
    """A row would break a rule of the schema. PostgreSQL knows the rule's name, SQLite some names and the columns."""

    def __init__(
        self, kind: ConstraintKind, name: str | None, table: str | None, columns: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{kind} constraint {name or ''} of {table or 'a table'} {', '.join(columns)}".rstrip())
        self.kind = kind
        self.name = name
        self.table = table
        self.columns = columns
        self.record: object = None  # what was to be saved, where it was one row


class ValueRefused(DatabaseError, ValueError):
    """A value that no column of its kind can hold: too large a number, NUL or half a character in a text."""


class StatementFailed(DatabaseError, OperationalError):
    """A statement is wrong, or a transaction went on after a failed one: a mistake of the program."""


# --- PostgreSQL -------------------------------------------------------------------------------
# By SQLSTATE: the whole code first, then its class.

_POSTGRES_CONSTRAINTS: dict[str, ConstraintKind] = {
    "23505": "unique",
    "23514": "check",
    "23503": "foreign",
    "23001": "foreign",
    "23502": "not_null",
}
_POSTGRES_AWAY = frozenset(
    {
        "08",  # connection exceptions
        "53",  # too many connections, disk full, out of memory
        "57",  # shut down, starting up, cancelled by a timeout
        "58",  # input and output of the server itself
        "40",  # deadlock, serialization
        "28",  # password or pg_hba: nobody can work until an operator acts
        "3D",  # no such database: likewise
        "25006",  # read-only: a replica, or a failover going on
        "25P03",  # idle in transaction for too long
        "25P04",
        "55P03",  # lock not available in time
    }
)
_POSTGRES_VALUES = frozenset({"22", "54000", "54001"})


def from_postgres(error: Exception) -> Exception:
    """The translation of anything asyncpg or a socket raised; an error of our own or of a hook stays what it is."""
    if isinstance(error, DatabaseError):
        return error
    if isinstance(error, asyncpg.PostgresError):
        return _from_sqlstate(error)
    if isinstance(error, asyncpg.DataError | UnicodeEncodeError):
        return ValueRefused(str(error))
    if isinstance(error, OSError | TimeoutError | asyncpg.InternalClientError):
        return Unavailable(f"{type(error).__name__}: {error}")
    if isinstance(error, asyncpg.InterfaceError):
        # A closed connection or pool, and a value of the wrong type, share this class and have no code.
        kind = Unavailable if re.search(r"clos(ed|ing)|released", str(error)) else StatementFailed
        return kind(str(error))
    return error


def _from_sqlstate(error: asyncpg.PostgresError) -> DatabaseError:
    code = error.sqlstate or "XX000"
    if isinstance(error, asyncpg.InvalidCachedStatementError):
        return Unavailable(f"the schema has just been changed: {error}")  # prepared anew the next time
    if kind := _POSTGRES_CONSTRAINTS.get(code):
        columns = (error.column_name,) if error.column_name else ()
        return ConstraintViolation(kind, error.constraint_name, error.table_name, columns)
    if code in _POSTGRES_AWAY or code[:2] in _POSTGRES_AWAY:
        return Unavailable(f"{code}: {error}")
    if code in _POSTGRES_VALUES or code[:2] in _POSTGRES_VALUES:
        return ValueRefused(str(error))
    return StatementFailed(f"{code}: {error}")


def connection_lost(error: BaseException | None) -> bool:
    """Whether a pooled PostgreSQL connection turned out to be dead, so that another one may well work."""
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "")[:2] == "08" or error.sqlstate in ("57P01", "57P02", "57P05", "25P03")
    if isinstance(error, TimeoutError):
        return False
    return isinstance(error, ConnectionError | asyncpg.InterfaceError) and not isinstance(error, asyncpg.DataError)


# --- SQLite -----------------------------------------------------------------------------------
# By message where it names a constraint, else by primary result code.

_FAILED = " constraint failed"


def _columns(text: str) -> tuple[str | None, tuple[str, ...]]:
    pairs = [column.strip().rpartition(".") for column in text.split(",")]
    return pairs[0][0], tuple(column for _, _, column in pairs)


def _unique(text: str) -> ConstraintViolation:
    if index := re.fullmatch(r"index '(.+)'", text):
        return ConstraintViolation("unique", index[1], None)
    return ConstraintViolation("unique", None, *_columns(text))


_SQLITE_CONSTRAINTS: dict[str, Callable[[str], ConstraintViolation]] = {
    "UNIQUE": _unique,
    "CHECK": lambda text: ConstraintViolation("check", text, None),
    "FOREIGN KEY": lambda text: ConstraintViolation("foreign", None, None),
    "NOT NULL": lambda text: ConstraintViolation("not_null", None, *_columns(text)),
}
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


def from_sqlite(error: Exception) -> Exception:
    """The translation of anything sqlite3 or aiosqlite raised; an error of our own or of a hook stays what it is."""
    if isinstance(error, DatabaseError):
        return error
    if isinstance(error, sqlite3.Error):
        return _from_sqlite_error(error)
    if isinstance(error, OverflowError | UnicodeEncodeError):
        return ValueRefused(str(error))
    if isinstance(error, ValueError) and re.search(r"[Cc]onnection closed|no active connection", str(error)):
        return Unavailable(str(error))
    return error


def _from_sqlite_error(error: sqlite3.Error) -> DatabaseError:
    text = str(error)
    kind, found, rest = text.partition(_FAILED)
    if found and kind in _SQLITE_CONSTRAINTS:
        return _SQLITE_CONSTRAINTS[kind](rest.removeprefix(":").strip())
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _SQLITE_AWAY:
        return Unavailable(text)
    if code in (sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH) or "overflow" in text:
        return ValueRefused(text)
    return StatementFailed(text)
