"""Plans of reads: what a generated module says of each statement.

Each class has the name and the members of the runtime's own, so that a plan prints as the call that makes it
(`literals.literal`). They are declared twice because a compiler imports nothing of its target.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """The same piece of a statement in both dialects; parameters are written `$name`."""

    postgres: str
    sqlite: str


@dataclass(frozen=True, slots=True)
class Bind:
    """A parameter that a query parameter fills, and how its text is read."""

    name: str
    type: str
    places: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter that narrows a list."""

    name: str
    where: Sql
    binds: tuple[Bind, ...]
    many: bool = False
    separator: str | None = None
    any: str | None = None


@dataclass(frozen=True, slots=True)
class SortKey:
    """One thing that a list can be ordered by."""

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
    """A page of rows as a JSON array."""

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
    """One row as a JSON object."""

    name: str
    table: str
    key: str
    body: Sql
    where: Sql
    allowed: Sql | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold of a row for something to be done with it now."""

    check: Sql
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RecordRead:
    """One row as its columns, for what is about to change it."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    where: Sql
    allowed: Sql | None = None
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardRead:
    """The row that something is about to be created on."""

    name: str
    table: str
    key: str
    where: Sql
    allowed: Sql | None = None


Read = ListRead | ItemRead | RecordRead | GuardRead
