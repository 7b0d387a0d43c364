"""Puts the statement of a list together: a page of rows as one JSON array, and what links to its neighbours need."""

from __future__ import annotations

# ruff: noqa: S608 - writing SQL is what this module is for; what a client sends never enters the text
from typing import NamedTuple

from runtime.application import ActorSource
from runtime.reads.keyset import Ordering, ordering_of
from runtime.reads.parts import Caller, Dialect, Parts, Statement, actor_columns, indented, numbered, select
from runtime.reads.reads import ListRead, Shape


class ListRow(NamedTuple):
    """The columns of a list's one row; `near` and `far` are the sort values of the first and the last row fetched."""

    body: str
    more: bool
    near: str | None
    far: str | None
    total: int | None
    found: bool


def list_statement(
    read: ListRead, shape: Shape, dialect: Dialect, caller: Caller, actor: ActorSource | None = None
) -> Statement:
    """One page: always exactly one row, a `ListRow` and the caller's columns."""
    parts = Parts(dialect, caller, actor)
    ordering = ordering_of(read, shape, dialect)
    columns = [
        f'{_array(read, shape, parts)} AS "body"',
        f'count(*) > {_size(shape, dialect)} AS "more"',
        f'{_end(ordering, shape, "1", dialect)} AS "near"',
        f'{_end(ordering, shape, _size(shape, dialect), dialect)} AS "far"',
        f'{_total(read, shape, parts)} AS "total"',
        f'{_found(read, parts)} AS "found"',
        *actor_columns(parts.joined),
    ]
    return numbered(f"{select(columns)}\nFROM {_page(read, shape, ordering, parts)} t", parts)


def _size(shape: Shape, dialect: Dialect) -> str:
    if not shape.sized:
        return str(shape.size)
    return "$size::bigint" if dialect == "postgres" else "$size"


def _array(read: ListRead, shape: Shape, parts: Parts) -> str:
    body = indented(parts.of(read.body), 4)
    within = f'FILTER (WHERE t."#row" <= {_size(shape, parts.dialect)})'
    if parts.dialect == "postgres":
        way = " DESC" if shape.backward else ""
        return f"""concat('[', string_agg(\n    {body},\n    ',' ORDER BY t."#row"{way}\n  ) {within}, ']')"""
    return f"'[' || coalesce(group_concat(\n    {body},\n    ','\n  ) {within}, '') || ']'"


def _end(ordering: Ordering, shape: Shape, row: str, dialect: Dialect) -> str:
    if not shape.keys:
        return "NULL"
    names = ", ".join(f"t.{key.alias}" for key in ordering.keys)
    made = f"json_build_array({names})::text" if dialect == "postgres" else f"json_array({names})"
    return f'min({made}) FILTER (WHERE t."#row" = {row})'


def _page(read: ListRead, shape: Shape, ordering: Ordering, parts: Parts) -> str:
    offset = f"$offset{'::bigint' if parts.dialect == 'postgres' else ''}" if shape.offset else ""
    skipped = f" OFFSET {offset}" if offset else ""
    # PostgreSQL orders within string_agg; SQLite aggregates in the order of the rows, and keeps it under a LIMIT.
    way = " DESC" if shape.backward else ""
    kept = "" if parts.dialect == "postgres" else f'\n  ORDER BY "#row"{way} LIMIT -1'
    return (
        f'(\n  SELECT t.*, row_number() OVER (ORDER BY {ordering.text("t.")}) AS "#row"\n  FROM (\n'
        f"    {indented(_rows(read, shape, ordering, parts, offset), 4)}\n"
        f"    ORDER BY {ordering.text('')}\n    LIMIT {shape.size + 1}{skipped}\n  ) t{kept}\n)"
    )


def _rows(read: ListRead, shape: Shape, ordering: Ordering, parts: Parts, offset: str) -> str:
    """The rows that the page is cut from: all of them, or of each alternative as many as could be on it."""
    after = [ordering.after(shape.cursor)] if shape.cursor is not None else []
    sort_values = "".join(f",\n  {key.sql} AS {key.alias}" for key in ordering.keys if not key.stored)
    narrowed = [*_narrowed(read, shape, parts), *after]
    found = [
        f'SELECT t.*{sort_values}\nFROM "{read.table}" t{_where([*narrowed, *each])}' for each in _either(read, parts)
    ]
    if not read.either:
        return found[0]
    most = f"ORDER BY {ordering.text('')}\nLIMIT {shape.size + 1}{f' + {offset}' if offset else ''}"
    return _whole("\nUNION ALL\n".join(_whole(f"{each}\n{most}") for each in found))


def _whole(rows: str) -> str:
    return f"SELECT *\nFROM (\n  {indented(rows, 2)}\n) t"


def _either(read: ListRead, parts: Parts) -> list[list[str]]:
    """The alternatives, each as the conditions that it adds."""
    return [[parts.of(each)] for each in read.either] or [[]]


def _narrowed(read: ListRead, shape: Shape, parts: Parts) -> list[str]:
    """The conditions that decide which rows the list has, whatever the page."""
    named = {each.name: each for each in read.filters}
    found = [read.where, *(named[name].where for name in shape.filters), read.search if shape.search else None]
    return [parts.of(sql) for sql in found if sql is not None]


def _where(conditions: list[str]) -> str:
    if not conditions:
        return ""
    return "\nWHERE " + "\n  AND ".join(f"({indented(each, 2)})" for each in conditions)


def _total(read: ListRead, shape: Shape, parts: Parts) -> str:
    if not shape.count:
        return "NULL"
    narrowed = _narrowed(read, shape, parts)
    counted = [f'(SELECT count(*) FROM "{read.table}" t{_where([*narrowed, *each])})' for each in _either(read, parts)]
    return " + ".join(counted)


def _found(read: ListRead, parts: Parts) -> str:
    return f"({indented(parts.of(read.parent), 2)})" if read.parent else "true"
