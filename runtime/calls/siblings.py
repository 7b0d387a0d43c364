"""Rows that belong to one: how many there are, and which is the primary one.

The row that they belong to is locked first, before any of them, so that what is decided about them is decided one
after the other. On SQLite transactions follow one another anyway.
"""

from __future__ import annotations

# ruff: noqa: S608 - the names are the generated code's own; values are bound
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from runtime.application import Siblings
from runtime.errors import conflict
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.database import Transaction


async def lock(transaction: Transaction, siblings: Siblings, of: object) -> None:
    """Nobody else changes these siblings until the transaction ends."""
    if transaction.dialect == "postgres":
        sql = f'SELECT 1 FROM "{siblings.parent}" WHERE "{siblings.parent_key}" = $1 FOR NO KEY UPDATE'
        await transaction.fetch_row(sql, [of])


async def admit(transaction: Transaction, siblings: Siblings, of: object, new: Sequence[Record]) -> None:
    """Make room for rows that are about to be written: 409 where they are too many; one of them, or of those that are
    there, is the primary one."""
    await lock(transaction, siblings, of)
    counted = f'count(*), count(*) FILTER (WHERE "{siblings.primary}")' if siblings.primary else "count(*), 0"
    row = await transaction.fetch_row(
        f'SELECT {counted} FROM "{siblings.table}" WHERE "{siblings.of}" = {_mark(transaction)}', [of]
    )
    there, primary = row or (0, 0)
    if siblings.most is not None and there + len(new) > siblings.most:
        raise conflict(siblings.code or "CONFLICT", siblings.message)
    if siblings.primary is not None and new:
        await _choose(transaction, siblings, siblings.primary, of, new, bool(primary))


async def _choose(
    transaction: Transaction, siblings: Siblings, column: str, of: object, new: Sequence[Record], there: bool
) -> None:
    asked = [each for each in new if getattr(each, column)]
    for each in asked[:-1]:
        setattr(each, column, False)
    if not asked and not there:
        setattr(new[0], column, True)
    if asked and there:
        await yield_primary(transaction, siblings, of)


async def yield_primary(transaction: Transaction, siblings: Siblings, of: object) -> None:
    """No row is the primary one now; the siblings are locked."""
    sql = f'UPDATE "{siblings.table}" SET "{siblings.primary}" = false WHERE "{siblings.of}" = {_mark(transaction)}'
    await transaction.execute(f'{sql} AND "{siblings.primary}"', [of])


async def succeed(transaction: Transaction, siblings: Siblings, of: object) -> None:
    """Where no row is the primary one any more, the next is."""
    if siblings.primary is None:
        return
    mark, table, key, primary = _mark(transaction), siblings.table, siblings.key, siblings.primary
    order = ", ".join(f'"{name}"{" DESC" if down else ""}' for name, down in (*siblings.order, (key, False)))
    first = f'SELECT "{key}" FROM "{table}" WHERE "{siblings.of}" = {mark} ORDER BY {order} LIMIT 1'
    none = f'NOT EXISTS (SELECT 1 FROM "{table}" WHERE "{siblings.of}" = {mark} AND "{primary}")'
    await transaction.execute(f'UPDATE "{table}" SET "{primary}" = true WHERE "{key}" = ({first}) AND {none}', [of])


def of_row(siblings: Siblings, record: Record) -> Any:
    """The key of the row that a row and its siblings belong to."""
    return getattr(record, siblings.of)


def _mark(transaction: Transaction) -> str:
    return "$1" if transaction.dialect == "postgres" else "?1"
