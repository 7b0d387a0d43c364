"""Saves several records at once: in one statement, where every statement is a way there and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from runtime.database.database import Transaction
from runtime.records import Record, set_on_save

# A record and its columns that have changed; of a new one all are saved.
Change = tuple[Record, Iterable[str]]


async def save(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Insert the new ones and update the others, with what every save sets."""
    if len({(type(record), record.pk or id(record)) for record, _ in changes}) < len(changes):
        raise ValueError("a statement can change a row only once")
    if transaction.dialect == "sqlite":  # is no way away
        for record, names in changes:
            await record.save(using_db=transaction.connection, update_fields=list(names) if _is_old(record) else None)
        return
    parts = [_part(record, names) for record, names in changes]
    arguments = [value for (record, _), part in zip(changes, parts, strict=True) for value in _values(record, part)]
    row = await transaction.fetch_row(_statement(tuple(parts)), arguments)
    made = iter(row or ())
    for record, _ in changes:
        if not _is_old(record):
            record.pk = record._meta.pk.to_python_value(next(made))
            record._saved_in_db = True


class _Part(NamedTuple):
    model: type[Record]
    columns: tuple[str, ...]
    inserts: bool


def _is_old(record: Record) -> bool:
    return bool(record._saved_in_db)


def _part(record: Record, names: Iterable[str]) -> _Part:
    model = type(record)
    if _is_old(record):
        return _Part(model, tuple(dict.fromkeys((*names, *sorted(set_on_save(model))))), False)
    made = {record._meta.pk_attr} if record.pk is None else set()
    return _Part(model, tuple(name for name in model._meta.fields_db_projection if name not in made), True)


def _values(record: Record, part: _Part) -> Iterator[Any]:
    fields = record._meta.fields_map
    for name in part.columns if part.inserts else (*part.columns, record._meta.pk_attr):
        yield fields[name].to_db_value(getattr(record, name), record)


@cache
def _statement(parts: tuple[_Part, ...]) -> str:
    places = iter(range(1, 1_000))
    written = [f"w{number} AS ({_write(part, places)})" for number, part in enumerate(parts, 1)]
    keys = [
        f'(SELECT "{part.model._meta.db_pk_column}" FROM w{number})'  # noqa: S608 # names of models
        for number, part in enumerate(parts, 1)
        if part.inserts
    ]
    return f"WITH {', '.join(written)} SELECT {', '.join(keys) or '1'}"


def _write(part: _Part, places: Iterator[int]) -> str:
    meta = part.model._meta
    columns = [f'"{meta.fields_db_projection[name]}"' for name in part.columns]
    marks = [f"${next(places)}" for _ in columns]
    if part.inserts:
        return (
            f'INSERT INTO "{meta.db_table}" ({", ".join(columns)}) '  # noqa: S608 # names of models
            f'VALUES ({", ".join(marks)}) RETURNING "{meta.db_pk_column}"'
        )
    said = ", ".join(f"{column} = {mark}" for column, mark in zip(columns, marks, strict=True))
    return f'UPDATE "{meta.db_table}" SET {said} WHERE "{meta.db_pk_column}" = ${next(places)}'  # noqa: S608 # likewise
