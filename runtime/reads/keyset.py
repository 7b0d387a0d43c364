"""The order of a list, and the condition that picks the rows after a given one in it.

Nulls come last in both directions, on both databases. The primary key ends every order, so no two rows are equal in
it. Reading backwards is the same order turned round.
"""

from __future__ import annotations

from dataclasses import dataclass

from runtime.fieldtypes import FIELD_TYPES
from runtime.reads.reads import ListRead, Shape, SortKey


@dataclass(frozen=True, slots=True)
class Key:
    """One step of an order. `alias` names its value in the page; a `stored` one is there under its own name."""

    sql: str
    alias: str
    parameter: str
    descends: bool
    nullable: bool
    stored: bool


@dataclass(frozen=True, slots=True)
class Ordering:
    """The steps of an order in one dialect, and whether it is read backwards."""

    keys: tuple[Key, ...]
    backward: bool

    def text(self, prefix: str) -> str:
        """What stands after ORDER BY."""
        return ", ".join(f"{prefix}{key.alias}{self._direction(key)}" for key in self.keys)

    def after(self, nulls: tuple[bool, ...]) -> str:
        """The rows that come after the cursor's. A leading bound on the first key lets an index find them."""
        condition = self._after(nulls, 0)
        first = self.keys[0]
        if len(self.keys) == 1 or first.nullable:
            return condition
        return f"{first.sql} {'<=' if self._falls(first) else '>='} {first.parameter} AND {condition}"

    def _after(self, nulls: tuple[bool, ...], index: int) -> str:
        if index == len(self.keys):
            return "false"
        key, is_null, rest = self.keys[index], nulls[index], self._after(nulls, index + 1)
        if is_null:
            beyond = f"{key.sql} IS NOT NULL OR " if self.backward else ""
            return f"({beyond}{key.sql} IS NULL AND {rest})"
        beyond = f" OR {key.sql} IS NULL" if key.nullable and not self.backward else ""
        further = f"{key.sql} {'<' if self._falls(key) else '>'} {key.parameter}"
        same = "" if rest == "false" else f" OR {key.sql} = {key.parameter} AND {rest}"
        return f"({further}{beyond}{same})"

    def _falls(self, key: Key) -> bool:
        return key.descends != self.backward

    def _direction(self, key: Key) -> str:
        nulls = "" if not key.nullable else " NULLS FIRST" if self.backward else " NULLS LAST"
        return (" DESC" if self._falls(key) else "") + nulls


def steps_of(read: ListRead, order: tuple[tuple[str, bool], ...]) -> tuple[tuple[SortKey | None, bool], ...]:
    """The sort keys of an order with their directions, then None for the primary key unless it is among them."""
    named = {each.name: each for each in read.sorts}
    steps: list[tuple[SortKey | None, bool]] = []
    for name, descends in order:
        if name == read.key:
            return (*steps, (None, descends))
        steps.append((named[name], descends))
    return (*steps, (None, order[-1][1] if order else False))


def ordering_of(read: ListRead, shape: Shape, dialect: str) -> Ordering:
    """The order that a request asks for."""
    steps = steps_of(read, shape.order)
    keys = (_key(read, step, descends, place, dialect) for place, (step, descends) in enumerate(steps, 1))
    return Ordering(tuple(keys), shape.backward)


def _key(read: ListRead, step: SortKey | None, descends: bool, place: int, dialect: str) -> Key:
    kind = read.key_type if step is None else step.type
    cast = f"::{FIELD_TYPES[kind].postgres.split(' ')[0]}" if dialect == "postgres" else ""
    return Key(
        sql=f't."{read.key}"' if step is None else step.sql.of(dialect),
        alias=f'"{read.key}"' if step is None else f'"#sort{place}"',
        parameter=f"$cursor_{place}{cast}",
        descends=descends,
        nullable=step is not None and step.nullable,
        stored=step is None,
    )
