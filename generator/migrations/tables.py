"""What a database should look like: frozen values that can be compared, and kept as JSON between two builds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Dialect = Literal["postgres", "sqlite"]
DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")

LONGEST_NAME = 63  # PostgreSQL cuts off the rest, and two names might become one


@dataclass(frozen=True, slots=True)
class Both:
    """The same thing said in both dialects."""

    postgres: str
    sqlite: str

    def of(self, dialect: Dialect) -> str:
        """The text for one of them."""
        return self.postgres if dialect == "postgres" else self.sqlite

    @classmethod
    def same(cls, text: str) -> Both:
        """One text that both understand."""
        return cls(text, text)


@dataclass(frozen=True, slots=True)
class Column:
    """`default` is an SQL expression. `key` marks the primary key, `counted` one that the database counts up.
    A number with `places` is stored times 10**places."""

    name: str
    type: Both
    nullable: bool = False
    default: Both | None = None
    key: bool = False
    counted: bool = False
    places: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold of every row; empty where a dialect's type says it already."""

    name: str
    sql: Both


@dataclass(frozen=True, slots=True)
class Foreign:
    """A column that points at a row of `target`, by its key."""

    name: str
    column: str
    target: str
    target_column: str
    on_delete: str


@dataclass(frozen=True, slots=True)
class Index:
    """Over columns in the given order (`descending` runs parallel), perhaps of some rows only."""

    name: str
    columns: tuple[str, ...]
    descending: tuple[bool, ...]
    unique: bool = False
    where: Both | None = None


@dataclass(frozen=True, slots=True)
class Acyclic:
    """No row may come to be above itself by following `column`."""

    name: str
    column: str


@dataclass(frozen=True, slots=True)
class Companion:
    """Each new row gets one of `table`, whose `column` points at it by its `key`."""

    name: str
    table: str
    column: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table with all that belongs to it."""

    name: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    indexes: tuple[Index, ...] = ()
    acyclic: tuple[Acyclic, ...] = ()
    companions: tuple[Companion, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def key(self) -> Column | None:
        """The primary key."""
        return next((column for column in self.columns if column.key), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables, sorted by name."""

    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        """The table of that name."""
        return next((table for table in self.tables if table.name == name), None)


def constraint_name(prefix: str, table: str, name: str) -> str:
    """`uq_product_slug`: kind (uq, ck, fk, ix, pk), table, and what it is about; long ones are shortened alike."""
    full = f"{prefix}_{table}_{name}" if name else f"{prefix}_{table}"
    if len(full) <= LONGEST_NAME:
        return full
    return f"{full[: LONGEST_NAME - 9]}_{hashlib.sha256(full.encode()).hexdigest()[:8]}"


# --- as JSON ----------------------------------------------------------------------------------


def to_data(schema: Schema) -> dict[str, Any]:
    """What `from_data` reads again; values that are the default are left out."""
    return {"tables": [_compact(asdict(table)) for table in schema.tables]}


def _compact(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _compact(item) for name, item in value.items() if item not in (None, False, (), 0)}
    return [_compact(item) for item in value] if isinstance(value, list | tuple) else value


def from_data(data: Mapping[str, Any]) -> Schema:
    """The schema of what `to_data` gave."""
    return Schema(tuple(_table(table) for table in data["tables"]))


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        name=data["name"],
        columns=tuple(_column(each) for each in data["columns"]),
        checks=tuple(Check(each["name"], Both(**each["sql"])) for each in data.get("checks", ())),
        foreign=tuple(Foreign(**each) for each in data.get("foreign", ())),
        indexes=tuple(_index(each) for each in data.get("indexes", ())),
        acyclic=tuple(Acyclic(**each) for each in data.get("acyclic", ())),
        companions=tuple(Companion(**each) for each in data.get("companions", ())),
    )


def _column(data: Mapping[str, Any]) -> Column:
    return Column(**{**data, "type": Both(**data["type"]), "default": _both(data.get("default"))})


def _index(data: Mapping[str, Any]) -> Index:
    columns = tuple(data["columns"])
    return Index(
        name=data["name"],
        columns=columns,
        descending=tuple(data["descending"]),
        unique=data.get("unique", False),
        where=_both(data.get("where")),
    )


def _both(data: Mapping[str, str] | None) -> Both | None:
    return Both(**data) if data else None
