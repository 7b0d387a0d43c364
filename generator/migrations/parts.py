"""What a table has beside its columns, each with the statements that make it and take it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.migrations.companions import create_companion, drop_companion
from generator.migrations.ddl import (
    check_definition,
    checks,
    create_acyclic,
    create_index,
    drop_acyclic,
    foreign_definition,
)
from generator.migrations.tables import Dialect, Table


@dataclass(frozen=True, slots=True)
class Part:
    """Parts of a lower `rank` are made first: foreign keys need what they point at, triggers everything."""

    rank: int
    create: tuple[str, ...]
    drop: tuple[str, ...]


CHECKS, INDEXES, FOREIGN, TRIGGERS = range(4)


def parts(table: Table, dialect: Dialect) -> Iterator[Part]:
    """All parts. SQLite's checks and foreign keys are not among them: they are part of CREATE TABLE for ever. Nor are
    its companions, which come and go with what other tables are there."""
    if dialect == "postgres":
        yield from _constraints(table)
    for index in table.indexes:
        create = create_index(table, index, dialect)
        yield Part(INDEXES, (create,), (f'DROP INDEX "{index.name}"',))
    for rule in table.acyclic:
        created, dropped = create_acyclic(table, rule, dialect), drop_acyclic(table, rule, dialect)
        yield Part(TRIGGERS, tuple(created), tuple(dropped))
    for companion in table.companions if dialect == "postgres" else ():
        created, dropped = create_companion(table, companion, dialect), drop_companion(table, companion, dialect)
        yield Part(TRIGGERS, tuple(created), tuple(dropped))


def _constraints(table: Table) -> Iterator[Part]:
    alter = f'ALTER TABLE "{table.name}"'
    for check in checks(table, "postgres"):
        add = f"{alter} ADD {check_definition(check, 'postgres')}"
        yield Part(CHECKS, (add,), (f'{alter} DROP CONSTRAINT "{check.name}"',))
    for foreign in table.foreign:
        add = f"{alter} ADD {foreign_definition(foreign)}"
        yield Part(FOREIGN, (add,), (f'{alter} DROP CONSTRAINT "{foreign.name}"',))


def missing(wanted: Iterable[Part], there: Iterable[Part]) -> list[Part]:
    """The parts of `wanted` that are not there in just this form."""
    known = set(there)
    return [part for part in wanted if part not in known]


def creations(found: Iterable[Part]) -> Iterator[str]:
    """The statements that make parts, in a possible order."""
    for part in sorted(found, key=lambda each: each.rank):
        yield from part.create


def drops(found: Iterable[Part]) -> Iterator[str]:
    """The statements that take parts away, in a possible order."""
    for part in sorted(found, key=lambda each: -each.rank):
        yield from part.drop
