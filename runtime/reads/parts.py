"""What the statements of all reads are made with: the caller, numbered parameters, columns below each other."""

from __future__ import annotations

# ruff: noqa: S608 - writing SQL is what this module is for; what a client sends never enters the text
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from runtime.application import ActorSource, Sql
from runtime.fieldtypes import FIELD_TYPES

Dialect = Literal["postgres", "sqlite"]
# anonymous: nobody; joined: the statement finds the caller by `$actor_id`; bound: the caller is known already, and
# the columns that the read needs are bound as `$actor_<field>`.
Caller = Literal["anonymous", "joined", "bound"]
PLACEHOLDER = re.compile(r"\$([a-z_][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with numbered parameters, and the names of the values to bind to them, in order."""

    text: str
    names: tuple[str, ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the parameters."""
        return [values[name] for name in self.names]


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


def actor_columns(actor: ActorSource | None) -> list[str]:
    """The caller's columns, for a statement that finds the caller."""
    return [] if actor is None else [f'(SELECT a."{name}" FROM "#actor" a)' for name in actor.fields]


def _actor_table(actor: ActorSource) -> str:
    columns = ", ".join(f'a."{name}"' for name in dict.fromkeys((actor.key, *actor.fields)))
    active = f' AND a."{actor.active}"' if actor.active else ""
    where = f'a."{actor.key}" = $actor_id{active}'
    return f'WITH "#actor" AS (\n  SELECT {columns}\n  FROM "{actor.table}" a\n  WHERE {where}\n)'


def numbered(text: str, parts: Parts) -> Statement:
    """`$name` → `$1` or `?1`, the caller's own columns by what kind of caller it is."""
    joined = parts.joined
    if joined is not None:
        cast = f"$actor_id::{column_type(joined.key_type)}" if parts.dialect == "postgres" else "$actor_id"
        text = f"{_actor_table(joined).replace('$actor_id', cast)}\n{text}"
    mark = "$" if parts.dialect == "postgres" else "?"
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("actor_"):
            if parts.caller == "anonymous":
                return "NULL"
            if joined is not None and name != "actor_id":
                return f'(SELECT a."{name.removeprefix("actor_")}" FROM "#actor" a)'
        return f"{mark}{names.setdefault(name, len(names) + 1)}"

    return Statement(PLACEHOLDER.sub(number, text), tuple(names))


def column_type(type_name: str) -> str:
    """What a parameter of this field type is cast to on PostgreSQL."""
    return FIELD_TYPES[type_name].postgres.split(" ")[0]


def select(columns: list[str]) -> str:
    """SELECT with a line for each column."""
    return "SELECT\n  " + ",\n  ".join(columns)


def indented(text: str, by: int) -> str:
    """All lines but the first moved to the right."""
    return text.replace("\n", "\n" + " " * by)
