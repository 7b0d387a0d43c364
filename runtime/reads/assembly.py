"""Puts the pieces of a read together: one statement per read, kind of caller and shape of the request.

Pure text. The statement for a signed-in caller finds the caller too, so that it stays one statement: the columns of
`ActorSource.fields` follow the read's own, all null when there is no such active caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from runtime.application import ActorSource
from runtime.reads.lists import ListRow, list_statement
from runtime.reads.parts import (
    Caller,
    Dialect,
    Parts,
    Statement,
    actor_columns,
    column_type,
    indented,
    numbered,
    select,
)
from runtime.reads.reads import AskRead, GuardRead, ItemRead, ListRead, RecordRead, Shape

__all__ = [
    "Caller",
    "Dialect",
    "ItemRow",
    "ListRow",
    "Statement",
    "Statements",
    "ask_statement",
    "column_type",
    "guard_statement",
    "item_statement",
    "list_statement",
    "record_statement",
]

KEPT_STATEMENTS = 1000


class ItemRow(NamedTuple):
    """The columns of an item's or guard's one row; all null when there is no such row."""

    body: str | None
    key: Any
    allowed: bool | None


# --- single rows ------------------------------------------------------------------------------


def item_statement(read: ItemRead, dialect: Dialect, caller: Caller, actor: ActorSource | None = None) -> Statement:
    """One record as JSON: always exactly one row, an `ItemRow` and the caller's columns."""
    parts = Parts(dialect, caller, actor)
    return _one_row(read, {"body": parts.of(read.body), **_key_and_allowed(read, parts)}, parts)


def guard_statement(read: GuardRead, dialect: Dialect, caller: Caller, actor: ActorSource | None = None) -> Statement:
    """The parent of a create: always exactly one row, an `ItemRow` without body and the caller's columns."""
    parts = Parts(dialect, caller, actor)
    return _one_row(read, {"body": "NULL", **_key_and_allowed(read, parts)}, parts)


def record_statement(
    read: RecordRead, dialect: Dialect, caller: Caller, actor: ActorSource | None = None, *, lock: bool = False
) -> Statement:
    """One record as its columns, `allowed`, whether each guard holds, and the caller's columns.

    With `lock` the row is locked until the transaction ends, and there is no row at all where there is no record.
    SQLite needs no lock, because its transactions begin as writers.
    """
    parts = Parts(dialect, caller, actor)
    columns = {name: f't."{name}"' for name in read.columns} | {"#allowed": _allowed(read, parts)}
    columns |= {f"#guard{number}": f"({parts.of(each.check)})" for number, each in enumerate(read.guards, 1)}
    if not lock:
        return _one_row(read, columns, parts)
    columns |= {f"#actor{number}": sql for number, sql in enumerate(actor_columns(parts.joined), 1)}
    locked = "\nFOR NO KEY UPDATE OF t" if dialect == "postgres" else ""
    return numbered(_row(read, columns, parts) + locked, parts)


def ask_statement(read: AskRead, dialect: Dialect, caller: Caller, actor: ActorSource | None = None) -> Statement:
    """The answers to questions about one row; no row at all where there is no such record."""
    parts = Parts(dialect, caller, actor)
    asked = [f'({parts.of(sql)}) AS "#{number}"' for number, sql in enumerate(read.asks, 1)]
    key = f"$key::{column_type(read.key_type)}" if dialect == "postgres" else "$key"
    return numbered(f'{select(asked)}\nFROM "{read.table}" t\nWHERE t."{read.key}" = {key}', parts)


def _key_and_allowed(read: ItemRead | GuardRead, parts: Parts) -> dict[str, str]:
    return {"key": f't."{read.key}"', "allowed": _allowed(read, parts)}


def _allowed(read: ItemRead | GuardRead | RecordRead, parts: Parts) -> str:
    return f"({parts.of(read.allowed)})" if read.allowed else "true"


def _row(read: ItemRead | GuardRead | RecordRead, columns: Mapping[str, str], parts: Parts) -> str:
    named = [f'{indented(sql, 2)} AS "{name}"' for name, sql in columns.items()]
    return f'{select(named)}\nFROM "{read.table}" t\nWHERE {parts.of(read.where)}'


def _one_row(read: ItemRead | GuardRead | RecordRead, columns: Mapping[str, str], parts: Parts) -> Statement:
    shown = [f'r."{name}"' for name in columns] + actor_columns(parts.joined)
    row = indented(_row(read, columns, parts), 2)
    return numbered(f"{select(shown)}\nFROM (SELECT 1) one\nLEFT JOIN (\n  {row}\n) r ON true", parts)


# --- what was assembled once ------------------------------------------------------------------


@dataclass(slots=True)
class Statements:
    """The statements of one process, each assembled when it is first needed. Bounded: the oldest goes."""

    dialect: Dialect
    actor: ActorSource | None = None
    limit: int = KEPT_STATEMENTS
    kept: dict[object, tuple[object, Statement]] = field(default_factory=dict)

    def list(self, read: ListRead, shape: Shape, caller: Caller) -> Statement:
        """The statement of a page."""
        return self._kept(read, (shape, caller), lambda: list_statement(read, shape, *self._for(caller)))

    def item(self, read: ItemRead, caller: Caller) -> Statement:
        """The statement of one record as JSON."""
        return self._kept(read, caller, lambda: item_statement(read, *self._for(caller)))

    def guard(self, read: GuardRead, caller: Caller) -> Statement:
        """The statement of a create's parent."""
        return self._kept(read, caller, lambda: guard_statement(read, *self._for(caller)))

    def record(self, read: RecordRead, caller: Caller, *, lock: bool = False) -> Statement:
        """The statement of one record as columns."""
        return self._kept(read, (caller, lock), lambda: record_statement(read, *self._for(caller), lock=lock))

    def asks(self, read: AskRead, caller: Caller) -> Statement:
        """The statement of questions about one record."""
        return self._kept(read, caller, lambda: ask_statement(read, *self._for(caller)))

    def _for(self, caller: Caller) -> tuple[Dialect, Caller, ActorSource | None]:
        return self.dialect, caller, self.actor

    def _kept(self, read: object, shape: object, assemble: Callable[[], Statement]) -> Statement:
        # By identity, because hashing a read means hashing all its SQL; kept alive beside it, so an id stays its own.
        known = self.kept.get((id(read), shape))
        if known is not None:
            return known[1]
        if len(self.kept) >= self.limit:
            del self.kept[next(iter(self.kept))]
        statement = assemble()
        self.kept[id(read), shape] = (read, statement)
        return statement
