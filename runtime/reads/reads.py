"""Reads as data: what the compiler found out about one statement, for both dialects.

Every piece of SQL is written over the alias `t` of the read's table. Parameters are `$name`: those of the path by
their own name, `$key` for the primary key, `$actor_id` and `$actor_<field>` for the caller, the rest are made by
`query.py`. `assembly.py` puts the pieces together; nothing here runs anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from runtime.application import Sql


@dataclass(frozen=True, slots=True)
class Bind:
    """A parameter that a query parameter fills, and how its text is read: a field type with its limits."""

    name: str
    type: str
    places: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter that narrows a list.

    With several `binds` the text may be of either type, and has to be of one. With `many` each bind is an array.
    `any` is the word for every value: where it is given, nothing is narrowed.
    """

    name: str
    where: Sql
    binds: tuple[Bind, ...]
    many: bool = False
    separator: str | None = None
    any: str | None = None


@dataclass(frozen=True, slots=True)
class SortKey:
    """One thing that a list can be ordered by. One that is not `offered` serves in the default order only.

    `type` is the field type of what is stored: `integer` for decimals, which are kept scaled.
    """

    name: str
    sql: Sql
    type: str
    nullable: bool = False
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Pages:
    """Bounds of `page_size`, and whether `cursor` is offered."""

    default: int = 20
    max: int = 100
    cursor: bool = True


@dataclass(frozen=True, slots=True)
class ListRead:
    """A page of rows as a JSON array.

    `body` is the JSON text of one row. With `either`, exactly one of these conditions holds of each row, and each
    finds its rows in its own way. `parent` is true where the path's own record exists and is visible; without
    it the list is a 404. `search` is a condition over `$search_patterns` (PostgreSQL) or `$search_words` (SQLite).
    Names in `default_sort` may carry a leading minus.
    """

    name: str
    table: str
    key: str
    key_type: str
    body: Sql
    where: Sql | None = None
    either: tuple[Sql, ...] = ()
    parent: Sql | None = None
    filters: tuple[Filter, ...] = ()
    search: Sql | None = None
    sorts: tuple[SortKey, ...] = ()
    default_sort: tuple[str, ...] = ()
    pages: Pages = Pages()
    public: bool = False


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One row as a JSON object. `allowed` is the part of the policy that needs the record."""

    name: str
    table: str
    key: str
    body: Sql
    where: Sql
    allowed: Sql | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold of a row for something to be done with it now: else 409 with this code."""

    check: Sql
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RecordRead:
    """One row as its columns, for what is about to change it, with what must hold of it then."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    where: Sql
    allowed: Sql | None = None
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardRead:
    """The row that something is about to be created on: its key, and whether the policy holds."""

    name: str
    table: str
    key: str
    where: Sql
    allowed: Sql | None = None


@dataclass(frozen=True, slots=True)
class AskRead:
    """Questions about the row with the key `$key`, each answered with true or false."""

    name: str
    table: str
    key: str
    key_type: str
    asks: tuple[Sql, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a request for a page changes the text of its statement; everything else is a bound value.

    `order` names sort keys, each with whether it descends; the primary key always comes last, in the direction of the
    key before it. `size` is a literal, because a planner that does not know how many rows are wanted plans for many;
    when `sized`, the page is the first `$size` of them, so that few statements serve all page sizes. `cursor` tells
    which of the cursor's values are null. `keys` asks for the sort values of the page's ends, which cursors are made
    of.
    """

    order: tuple[tuple[str, bool], ...] = ()
    size: int = 20
    sized: bool = False
    filters: tuple[str, ...] = ()
    search: bool = False
    offset: bool = False
    cursor: tuple[bool, ...] | None = None
    backward: bool = False
    keys: bool = False
    count: bool = False
