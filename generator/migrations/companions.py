"""Rows that accompany others: triggers that make one for each, and the rows for those that are there already."""

from __future__ import annotations

from collections.abc import Iterator

from generator.migrations.diff import Difference, Kept
from generator.migrations.tables import Companion, Dialect, Table


def create_companion(table: Table, rule: Companion, dialect: Dialect) -> list[str]:
    """The trigger (and on PostgreSQL its function) that makes a row for each new one of `table`."""
    if dialect == "postgres":
        return [_postgres_function(rule), _postgres_trigger(table, rule)]
    return [_sqlite_trigger(table, rule)]


def drop_companion(table: Table, rule: Companion, dialect: Dialect) -> list[str]:
    """Undo `create_companion`."""
    if dialect == "postgres":
        return [f'DROP TRIGGER "{rule.name}" ON "{table.name}"', f'DROP FUNCTION "{rule.name}"()']
    return [f'DROP TRIGGER "{rule.name}"']


def backfill(kept: Kept) -> Iterator[str]:
    """The rows that a table's new companions lack. WHERE tells SQLite that ON belongs to no join."""
    for rule in kept.new.companions:
        if rule not in kept.old.companions:
            yield (
                f'INSERT INTO "{rule.table}" ("{rule.column}")\n'
                f'SELECT t."{rule.key}" FROM "{kept.new.name}" t WHERE true ORDER BY t."{rule.key}"\n'
                "ON CONFLICT DO NOTHING"
            )


def _insert(rule: Companion) -> str:
    return f'INSERT INTO "{rule.table}" ("{rule.column}") VALUES (NEW."{rule.key}") ON CONFLICT DO NOTHING'


def _postgres_function(rule: Companion) -> str:
    return f"""CREATE FUNCTION "{rule.name}"() RETURNS trigger LANGUAGE plpgsql AS $agora$
BEGIN
  {_insert(rule)};
  RETURN NULL;
END
$agora$"""


def _postgres_trigger(table: Table, rule: Companion) -> str:
    return f'CREATE TRIGGER "{rule.name}" AFTER INSERT ON "{table.name}"\nFOR EACH ROW EXECUTE FUNCTION "{rule.name}"()'


def _sqlite_trigger(table: Table, rule: Companion) -> str:
    return f"""CREATE TRIGGER "{rule.name}" AFTER INSERT ON "{table.name}"
BEGIN
  {_insert(rule)};
END"""


# --- SQLite: triggers are out of the way while a table that they name is made anew ---------------


def sqlite_drops(found: Difference, rebuilt: frozenset[str]) -> Iterator[str]:
    """Before anything else: a table cannot take a name while a trigger names what is not there."""
    for kept in found.kept:
        for rule in kept.old.companions:
            if _in_the_way(kept, rule, rebuilt):
                yield from drop_companion(kept.old, rule, "sqlite")


def sqlite_creations(found: Difference, rebuilt: frozenset[str]) -> Iterator[str]:
    """After everything else."""
    for table in found.created:
        for rule in table.companions:
            yield from create_companion(table, rule, "sqlite")
    for kept in found.kept:
        for rule in kept.new.companions:
            if rule not in kept.old.companions or _in_the_way(kept, rule, rebuilt):
                yield from create_companion(kept.new, rule, "sqlite")
        yield from backfill(kept)


def _in_the_way(kept: Kept, rule: Companion, rebuilt: frozenset[str]) -> bool:
    return rule not in kept.new.companions or not rebuilt.isdisjoint({kept.new.name, rule.table})
