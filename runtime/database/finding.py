"""Finds rows by the values of their columns, with statements that are written once.

A query set is built anew, compiled and taken apart for each query, which costs several times what the database does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from runtime.database.database import Transaction
from runtime.records import Record

# A table, and what the columns of the one row are (None: null).
Sought = tuple[type[Record], Mapping[str, Any]]


async def find(transaction: Transaction, sought: Sequence[Sought]) -> list[Any]:
    """Of each table the one row, or None, in one statement. Several such rows are a mistake of the program."""
    described = tuple((model, tuple((name, value is None) for name, value in equal.items())) for model, equal in sought)
    rows = await transaction.fetch_all(_statement(described, transaction.dialect), [*_arguments(sought)])
    if len(rows) != 1:
        names = ", ".join(f"{model.__name__}({', '.join(equal)})" for model, equal in sought)
        raise ValueError(f"there are several: {names}")
    values = iter(rows[0])
    return [_record(model, [next(values) for _ in _columns(model)]) for model, _ in sought]


def _record(model: type[Record], row: Sequence[Any]) -> Record | None:
    columns = _columns(model)
    return None if row[columns.index(model._meta.db_pk_column)] is None else model.from_row(columns, row)


def _arguments(sought: Sequence[Sought]) -> Iterator[Any]:
    for model, equal in sought:
        for name, value in equal.items():
            if value is not None:
                yield model._meta.fields_map[name].to_db_value(value, model)


@cache
def _columns(model: type[Record]) -> tuple[str, ...]:
    return tuple(model._meta.fields_db_projection.values())


@cache
def _statement(described: tuple[tuple[type[Record], tuple[tuple[str, bool], ...]], ...], dialect: str) -> str:
    mark, place = ("$" if dialect == "postgres" else "?"), 0
    selected, joined = [], []
    for number, (model, names) in enumerate(described, 1):
        conditions = []
        for name, is_null in names:
            place += not is_null
            column = f't{number}."{_column(model, name)}"'
            conditions.append(f"{column} IS NULL" if is_null else f"{column} = {mark}{place}")
        selected += [f't{number}."{column}"' for column in _columns(model)]
        joined.append(f'LEFT JOIN "{model._meta.db_table}" t{number} ON {" AND ".join(conditions)}')
    return f"SELECT {', '.join(selected)} FROM (SELECT 1) one {' '.join(joined)} LIMIT 2"  # noqa: S608 # names of models


def _column(model: type[Record], name: str) -> str:
    known = model._meta.fields_db_projection.get(name)
    if known is None:
        raise TypeError(f"{model.__name__} has no column {name}")
    return known
