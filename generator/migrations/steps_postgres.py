"""What changed → PostgreSQL's statements, in an order in which each of them is possible."""

from __future__ import annotations

from collections.abc import Iterator

from generator.migrations.companions import backfill
from generator.migrations.ddl import FOLD, column_definition, create_table, primary_key
from generator.migrations.diff import SAME, Difference, Kept, conversion
from generator.migrations.parts import CHECKS, creations, drops, missing, parts
from generator.migrations.tables import Column, Table


def steps(found: Difference, *, first: bool) -> Iterator[str]:
    """All statements. Parts that change go first and come last, so that nothing in between meets a wrong one."""
    if first:
        yield FOLD
    for kept in found.changed:
        yield from _rename_table(kept)
    yield from drops(
        part for kept in found.changed for part in missing(parts(kept.old, "postgres"), parts(kept.new, "postgres"))
    )
    yield from (create_table(table, "postgres") for table in found.created)
    for kept in found.changed:
        yield from _columns(kept)
    yield from _drop_tables(found.dropped)
    made = [part for table in found.created for part in parts(table, "postgres") if part.rank != CHECKS]
    changed = [
        part for kept in found.changed for part in missing(parts(kept.new, "postgres"), parts(kept.old, "postgres"))
    ]
    yield from creations(made + changed)
    for kept in found.changed:
        yield from backfill(kept)


def _rename_table(kept: Kept) -> Iterator[str]:
    if kept.was_called == kept.new.name:
        return
    yield f'ALTER TABLE "{kept.was_called}" RENAME TO "{kept.new.name}"'
    if kept.new.key:
        was = primary_key(Table(kept.was_called, ()))
        yield f'ALTER TABLE "{kept.new.name}" RENAME CONSTRAINT "{was}" TO "{primary_key(kept.new)}"'


def _drop_tables(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        for foreign in table.foreign:  # two that go may point at each other
            yield f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{foreign.name}"'
    for table in tables:
        yield f'DROP TABLE "{table.name}"'
        names = [*(rule.name for rule in table.acyclic), *(rule.name for rule in table.companions)]
        yield from (f'DROP FUNCTION "{name}"()' for name in names)


# --- columns ----------------------------------------------------------------------------------


def _columns(kept: Kept) -> Iterator[str]:
    table = kept.new.name
    for column in kept.dropped:
        yield f'ALTER TABLE "{table}" DROP COLUMN "{column.name}"'
    for before, after in kept.columns:
        if before and before.name != after.name:
            yield f'ALTER TABLE "{table}" RENAME COLUMN "{before.name}" TO "{after.name}"'
    for before, after in kept.columns:
        if before is None:
            yield f'ALTER TABLE "{table}" ADD COLUMN {column_definition(after, "postgres")}'
        else:
            yield from _alter(table, before, after)


def _alter(table: str, before: Column, after: Column) -> Iterator[str]:
    alter = f'ALTER TABLE "{table}" ALTER COLUMN "{after.name}"'
    default = after.default.postgres if after.default else None
    converted = conversion(before, after)
    if converted and converted != SAME:
        if before.default:  # it may not fit the new type
            yield f"{alter} DROP DEFAULT"
        using = converted.postgres.format(f'"{after.name}"')
        yield f"{alter} TYPE {after.type.postgres} USING {using}"
    if default is not None and (before.default != after.default or converted != SAME):
        yield f"{alter} SET DEFAULT {default}"
    if default is None and before.default and converted == SAME:
        yield f"{alter} DROP DEFAULT"
    if before.nullable and not after.nullable:
        if default is not None:
            yield f'UPDATE "{table}" SET "{after.name}" = {default} WHERE "{after.name}" IS NULL'
        yield f"{alter} SET NOT NULL"
    if after.nullable and not before.nullable:
        yield f"{alter} DROP NOT NULL"
