"""Adds to columns of many rows at once, in two statements, whatever their number.

All rows are locked first, in the order of their primary keys, so that no two calls wait for each other in a circle.
What a row may not fall below is a condition of the update itself, which sees the row as it is by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from tortoise.fields.base import Field

from runtime.columns import DecimalColumn, IdColumn, IntegerColumn, UpdatedColumn
from runtime.database.database import Transaction
from runtime.records import Record

K = TypeVar("K")
Amount = int | Decimal
Amounts = Mapping[K, Mapping[str, Amount]]


async def add(
    transaction: Transaction,
    model: type[Record],
    amounts: Amounts[K],
    *,
    key: str = "id",
    least: Amount | None = None,
) -> set[K]:
    """Add to the columns of rows, by key; the keys of those that were not changed.

    Those are the rows that are not there, and with `least` those of which a column would fall below it. Nothing is
    added to a column that a row's amounts leave out; null counts as 0.
    """
    if not amounts:
        return set()
    update = _planned(model, amounts, key, least)
    keys = {update.key.to_python_value(each): each for each in amounts}
    changed = await _STATEMENTS[transaction.dialect](transaction, update)
    return {each for found, each in keys.items() if found not in changed}


@dataclass(frozen=True, slots=True)
class _Update:
    """One call: `rows` hold the key and then the scaled amounts, null where there is none."""

    table: str
    primary: str
    key: Field[Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    least: tuple[int | None, ...]
    stamps: tuple[str, ...]

    @property
    def by(self) -> str:
        """The column that rows are found by."""
        return self.key.model_field_name

    def set(self, sums: Sequence[str], now: str) -> str:
        """All after SET."""
        said = [f'"{name}" = {sum_}' for name, sum_ in zip(self.columns, sums, strict=True)]
        return ", ".join([*said, *(f'"{name}" = {now}' for name in self.stamps)])

    def where(self) -> str:
        """Which rows are changed; the numbers are our own."""
        enough = [
            f' AND (a."{name}" IS NULL OR coalesce(t."{name}", 0) + a."{name}" >= {least})'
            for name, least in zip(self.columns, self.least, strict=True)
            if least is not None
        ]
        return f't."{self.by}" = a."agora_key"{"".join(enough)}'


def _planned(model: type[Record], amounts: Amounts[Any], key: str, least: Amount | None) -> _Update:
    fields = model._meta.fields_map
    columns = {name: _number(model, name) for name in dict.fromkeys(name for each in amounts.values() for name in each)}
    rows = (
        (
            fields[key].to_db_value(at, model),
            *(_scaled(model, field, each.get(name)) for name, field in columns.items()),
        )
        for at, each in amounts.items()
    )
    return _Update(
        table=model._meta.db_table,
        primary=model._meta.pk_attr,
        key=fields[key],
        columns=tuple(columns),
        rows=tuple(rows),
        least=tuple(_scaled(model, field, least) for field in columns.values()),
        stamps=tuple(name for name, field in fields.items() if isinstance(field, UpdatedColumn)),
    )


def _number(model: type[Record], name: str) -> Field[Any]:
    field = model._meta.fields_map[name]
    if not isinstance(field, IntegerColumn | DecimalColumn) or isinstance(field, IdColumn):
        raise TypeError(f"{name} of {model.__name__} is no number that can be added to")
    return field


def _scaled(model: type[Record], field: Field[Any], amount: Amount | None) -> int | None:
    scaled: int | None = field.to_db_value(amount, model)
    return scaled


# --- PostgreSQL -------------------------------------------------------------------------------


async def _on_postgres(transaction: Transaction, update: _Update) -> set[Any]:
    kind = update.key.SQL_TYPE
    keys, *amounts = (list(each) for each in zip(*update.rows, strict=True))
    await transaction.execute(
        f'SELECT 1 FROM "{update.table}" t WHERE t."{update.by}" = ANY($1::{kind}[]) '  # noqa: S608 # names of models
        f'ORDER BY t."{update.primary}" FOR NO KEY UPDATE',
        [keys],
    )
    sums = [f't."{name}" + a."{name}"' for name in update.columns]
    known = [f'coalesce({each}, a."{name}", t."{name}")' for each, name in zip(sums, update.columns, strict=True)]
    arrays = [f"$1::{kind}[]", *(f"${place}::bigint[]" for place in range(2, len(amounts) + 2))]
    names = ", ".join(f'"{name}"' for name in ("agora_key", *update.columns))
    now = f"${len(amounts) + 2}::timestamptz"
    rows = await transaction.fetch_all(
        f'UPDATE "{update.table}" AS t SET {update.set(known, now)} '  # noqa: S608 # names of models
        f"FROM unnest({', '.join(arrays)}) AS a({names}) WHERE {update.where()} "
        f'RETURNING t."{update.by}"',
        [keys, *amounts, *([_now()] if update.stamps else [])],
    )
    return {update.key.to_python_value(row[0]) for row in rows}


# --- SQLite -----------------------------------------------------------------------------------


async def _on_sqlite(transaction: Transaction, update: _Update) -> set[Any]:
    names = ("agora_key", *update.columns)
    columns = ", ".join(f"json_extract(value, '$[{index}]') AS \"{name}\"" for index, name in enumerate(names))
    rows = await transaction.fetch_all(
        f'UPDATE "{update.table}" AS t SET {update.set([_exact(name) for name in update.columns], "?2")} '  # noqa: S608
        f"FROM (SELECT {columns} FROM json_each(?1)) a WHERE {update.where()} "
        f'RETURNING "{update.by}"',
        [[list(row) for row in update.rows], *([_now()] if update.stamps else [])],
    )
    return {update.key.to_python_value(row[0]) for row in rows}


def _exact(name: str) -> str:
    """The sum; too large a one, which SQLite would go on with as a float, is refused as on PostgreSQL."""
    known = f'coalesce(t."{name}" + a."{name}", a."{name}", t."{name}")'
    return f"CASE WHEN typeof({known}) = 'real' THEN abs(-9223372036854775807 - 1) ELSE {known} END"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


_STATEMENTS: Mapping[str, Callable[[Transaction, _Update], Any]] = {"postgres": _on_postgres, "sqlite": _on_sqlite}
