"""Finds rows by the values of their columns, with statements that are written once.

A query set is built anew, compiled and taken apart for each query, which costs several times what the database does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from tortoise.fields.base import Field

from runtime.database.database import Transaction
from runtime.records import Record

R = TypeVar("R", bound=Record)


async def find(transaction: Transaction, model: type[R], equal: Mapping[str, Any]) -> R | None:
    """The one row whose columns have these values (None: are null); a mistake of the program if there are several."""
    known = frozenset(name for name, value in equal.items() if value is not None)
    query = _query(model, tuple(equal), known, transaction.dialect)
    values = (value for value in equal.values() if value is not None)
    arguments = [field.to_db_value(value, model) for field, value in zip(query.fields, values, strict=True)]
    rows = await transaction.fetch_all(query.text, arguments)
    if len(rows) > 1:
        raise ValueError(f"there are several {model.__name__} of which {', '.join(equal)} are as said")
    return model.from_row(query.columns, rows[0]) if rows else None


class _Query(NamedTuple):
    text: str
    columns: tuple[str, ...]
    fields: tuple[Field[Any], ...]


@cache
def _query(model: type[Record], names: tuple[str, ...], known: frozenset[str], dialect: str) -> _Query:
    of = model._meta.fields_db_projection
    if unknown := [name for name in names if name not in of]:
        raise TypeError(f"{model.__name__} has no column {unknown[0]}")
    mark = "$" if dialect == "postgres" else "?"
    places = {name: f"= {mark}{place}" for place, name in enumerate((each for each in names if each in known), 1)}
    conditions = " AND ".join(f'"{of[name]}" {places.get(name, "IS NULL")}' for name in names)
    columns = tuple(of.values())
    selected = ", ".join(f'"{name}"' for name in columns)
    text = f'SELECT {selected} FROM "{model._meta.db_table}" WHERE {conditions} LIMIT 2'  # noqa: S608 # names of models
    return _Query(text, columns, tuple(model._meta.fields_map[name] for name in names if name in known))
