"""Puts the pieces of a read together: one statement per read, kind of caller and shape of the request.

Pure text. The statement for a signed-in caller finds the caller too, so that it stays one statement: the columns of
`ActorSource.fields` follow the read's own, all null when there is no such active caller.
"""

from __future__ import annotations

# ruff: noqa: S608 - writing SQL is what this module is for; what a client sends never enters the text
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from runtime.application import ActorSource, Sql
from runtime.fieldtypes import FIELD_TYPES
from runtime.reads.keyset import Ordering, ordering_of
from runtime.reads.reads import AskRead, GuardRead, ItemRead, ListRead, RecordRead, Shape

Dialect = Literal["postgres", "sqlite"]
# anonymous: nobody; joined: the statement finds the caller by `$actor_id`; bound: the caller is known already, and
# the columns that the read needs are bound as `$actor_<field>`.
Caller = Literal["anonymous", "joined", "bound"]
PLACEHOLDER = re.compile(r"\$([a-z_][a-z0-9_]*)")
KEPT_STATEMENTS = 2000


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with numbered parameters, and the names of the values to bind to them, in order."""

    text: str
    names: tuple[str, ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the parameters."""
        return [values[name] for name in self.names]


class ListRow(NamedTuple):
    """The columns of a list's one row; `near` and `far` are the sort values of the first and the last row fetched."""

    body: str
    more: bool
    near: str | None
    far: str | None
    total: int | None
    found: bool


class ItemRow(NamedTuple):
    """The columns of an item's or guard's one row; all null when there is no such row."""

    body: str | None
    key: Any
    allowed: bool | None


class Parts(NamedTuple):
    """What the statements of one dialect are made with."""

    dialect: Dialect
    caller: Caller
    actor: ActorSource | None

    def of(self, sql: Sql) -> str:
        """A piece in this dialect."""
        return sql.of(self.dialect)

    @property
    def joined(self) -> ActorSource | None:
        """The caller to find, if the statement has to."""
        return self.actor if self.caller == "joined" else None


# --- lists ------------------------------------------------------------------------------------


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
        *_actor_columns(parts.joined),
    ]
    return _numbered(f"{_select(columns)}\nFROM {_page(read, shape, ordering, parts)} t", parts)


def _size(shape: Shape, dialect: Dialect) -> str:
    if not shape.sized:
        return str(shape.size)
    return "$size::bigint" if dialect == "postgres" else "$size"


def _array(read: ListRead, shape: Shape, parts: Parts) -> str:
    body = _indented(parts.of(read.body), 4)
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
    after = [ordering.after(shape.cursor)] if shape.cursor is not None else []
    sort_values = "".join(f",\n      {key.sql} AS {key.alias}" for key in ordering.keys if not key.stored)
    offset = f" OFFSET $offset{'::bigint' if parts.dialect == 'postgres' else ''}" if shape.offset else ""
    # PostgreSQL orders within string_agg; SQLite aggregates in the order of the rows, and keeps it under a LIMIT.
    way = " DESC" if shape.backward else ""
    kept = "" if parts.dialect == "postgres" else f'\n  ORDER BY "#row"{way} LIMIT -1'
    return (
        f'(\n  SELECT t.*, row_number() OVER (ORDER BY {ordering.text("t.")}) AS "#row"\n  FROM (\n'
        f'    SELECT t.*{sort_values}\n    FROM "{read.table}" t{_where([*_narrowed(read, shape, parts), *after])}\n'
        f"    ORDER BY {ordering.text('')}\n    LIMIT {shape.size + 1}{offset}\n  ) t{kept}\n)"
    )


def _narrowed(read: ListRead, shape: Shape, parts: Parts) -> list[str]:
    """The conditions that decide which rows the list has, whatever the page."""
    named = {each.name: each for each in read.filters}
    found = [read.where, *(named[name].where for name in shape.filters), read.search if shape.search else None]
    return [parts.of(sql) for sql in found if sql is not None]


def _where(conditions: list[str]) -> str:
    if not conditions:
        return ""
    return "\n    WHERE " + "\n      AND ".join(f"({_indented(each, 6)})" for each in conditions)


def _total(read: ListRead, shape: Shape, parts: Parts) -> str:
    if not shape.count:
        return "NULL"
    return f'(SELECT count(*) FROM "{read.table}" t{_where(_narrowed(read, shape, parts))})'


def _found(read: ListRead, parts: Parts) -> str:
    return f"({_indented(parts.of(read.parent), 2)})" if read.parent else "true"


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
    columns |= {f"#actor{number}": sql for number, sql in enumerate(_actor_columns(parts.joined), 1)}
    locked = "\nFOR NO KEY UPDATE OF t" if dialect == "postgres" else ""
    return _numbered(_row(read, columns, parts) + locked, parts)


def ask_statement(read: AskRead, dialect: Dialect, caller: Caller, actor: ActorSource | None = None) -> Statement:
    """The answers to questions about one row; no row at all where there is no such record."""
    parts = Parts(dialect, caller, actor)
    asked = [f'({parts.of(sql)}) AS "#{number}"' for number, sql in enumerate(read.asks, 1)]
    key = f"$key::{column_type(read.key_type)}" if dialect == "postgres" else "$key"
    return _numbered(f'{_select(asked)}\nFROM "{read.table}" t\nWHERE t."{read.key}" = {key}', parts)


def _key_and_allowed(read: ItemRead | GuardRead, parts: Parts) -> dict[str, str]:
    return {"key": f't."{read.key}"', "allowed": _allowed(read, parts)}


def _allowed(read: ItemRead | GuardRead | RecordRead, parts: Parts) -> str:
    return f"({parts.of(read.allowed)})" if read.allowed else "true"


def _row(read: ItemRead | GuardRead | RecordRead, columns: Mapping[str, str], parts: Parts) -> str:
    named = [f'{_indented(sql, 2)} AS "{name}"' for name, sql in columns.items()]
    return f'{_select(named)}\nFROM "{read.table}" t\nWHERE {parts.of(read.where)}'


def _one_row(read: ItemRead | GuardRead | RecordRead, columns: Mapping[str, str], parts: Parts) -> Statement:
    shown = [f'r."{name}"' for name in columns] + _actor_columns(parts.joined)
    row = _indented(_row(read, columns, parts), 2)
    return _numbered(f"{_select(shown)}\nFROM (SELECT 1) one\nLEFT JOIN (\n  {row}\n) r ON true", parts)


# --- callers and parameters -------------------------------------------------------------------


def _actor_columns(actor: ActorSource | None) -> list[str]:
    return [] if actor is None else [f'(SELECT a."{name}" FROM "#actor" a)' for name in actor.fields]


def _actor_table(actor: ActorSource) -> str:
    columns = ", ".join(f'a."{name}"' for name in dict.fromkeys((actor.key, *actor.fields)))
    active = f' AND a."{actor.active}"' if actor.active else ""
    where = f'a."{actor.key}" = $actor_id{active}'
    return f'WITH "#actor" AS (\n  SELECT {columns}\n  FROM "{actor.table}" a\n  WHERE {where}\n)'


def _numbered(text: str, parts: Parts) -> Statement:
    """`$name` → `$1` or `?1`, the caller's own columns by what kind of caller it is."""
    joined = parts.joined
    if joined is not None:
        cast = f"$actor_id::{column_type(joined.key_type)}" if parts.dialect == "postgres" else "$actor_id"
        text = f"{_actor_table(joined).replace('$actor_id', cast)}\n{text}"
    mark = "$" if parts.dialect == "postgres" else "?"
    names: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("actor_"):
            if parts.caller == "anonymous":
                return "NULL"
            if joined is not None and name != "actor_id":
                return f'(SELECT a."{name.removeprefix("actor_")}" FROM "#actor" a)'
        return f"{mark}{names.setdefault(name, len(names) + 1)}"

    return Statement(PLACEHOLDER.sub(numbered, text), tuple(names))


def column_type(type_name: str) -> str:
    """What a parameter of this field type is cast to on PostgreSQL."""
    return FIELD_TYPES[type_name].postgres.split(" ")[0]


def _select(columns: list[str]) -> str:
    return "SELECT\n  " + ",\n  ".join(columns)


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


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
