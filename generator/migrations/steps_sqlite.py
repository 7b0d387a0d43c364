"""What changed → SQLite's statements.

What ALTER TABLE cannot do is done by making the table anew under another name, moving the rows, and taking the old
one's place. Foreign keys are switched off meanwhile (the runtime does that, and checks every row afterwards), so
that dropping the old table deletes nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.migrations.companions import sqlite_creations, sqlite_drops
from generator.migrations.ddl import check_definition, checks, column_definition, create_table, foreign_definition
from generator.migrations.diff import SAME, Difference, Kept, conversion
from generator.migrations.parts import creations, drops, missing, parts
from generator.migrations.tables import Column, Table


def steps(found: Difference) -> Iterator[str]:
    """All statements."""
    rebuilt = frozenset(kept.new.name for kept in found.changed if needs_rebuild(kept))
    for kept in found.changed:
        if kept.was_called != kept.new.name:
            yield f'ALTER TABLE "{kept.was_called}" RENAME TO "{kept.new.name}"'
    yield from sqlite_drops(found, rebuilt)
    for table in found.created:
        yield create_table(table, "sqlite")
    for kept in found.changed:
        yield from _rebuild(kept) if needs_rebuild(kept) else _alter(kept)
    for table in found.dropped:
        yield f'DROP TABLE "{table.name}"'
    for table in found.created:
        yield from creations(parts(table, "sqlite"))
    yield from sqlite_creations(found, rebuilt)


def foreign_keys_off(found: Difference) -> bool:
    """Whether tables go or are made anew."""
    return bool(found.dropped) or any(needs_rebuild(kept) for kept in found.changed)


def needs_rebuild(kept: Kept) -> bool:
    """Whether there is anything that ALTER TABLE cannot do (or not without leaving old names behind)."""
    return (
        bool(kept.dropped)
        or _constraints(kept.old) != _constraints(kept.new)
        or any(_is_another(before, after) for before, after in kept.columns if before)
        or any(not _can_be_added(after) for before, after in kept.columns if before is None)
    )


def _constraints(table: Table) -> set[str]:
    found = {check_definition(check, "sqlite") for check in checks(table, "sqlite")}
    return found | {foreign_definition(foreign) for foreign in table.foreign}


def _is_another(before: Column, after: Column) -> bool:
    return (
        conversion(before, after) != SAME
        or column_definition(before, "sqlite") != column_definition(after, "sqlite")
        or before.key != after.key
    )


def _can_be_added(column: Column) -> bool:
    """A default that is calculated is refused; without one, only null can be."""
    return column.nullable or bool(column.default and not column.default.sqlite.startswith("("))


def _alter(kept: Kept) -> Iterator[str]:
    yield from drops(missing(parts(kept.old, "sqlite"), parts(kept.new, "sqlite")))
    for before, after in kept.columns:
        if before is None:
            yield f'ALTER TABLE "{kept.new.name}" ADD COLUMN {column_definition(after, "sqlite")}'
    yield from creations(missing(parts(kept.new, "sqlite"), parts(kept.old, "sqlite")))


def _rebuild(kept: Kept) -> Iterator[str]:
    name, new = kept.new.name, f"agora_new_{kept.new.name}"
    yield create_table(kept.new, "sqlite", new)
    yield _move(kept, new)
    if kept.new.key and kept.new.key.counted and kept.old.key and kept.old.key.counted:
        # The numbers of deleted rows are not given out again.
        yield from _numbering(name, new)
    yield f'DROP TABLE "{name}"'  # and with it its indexes and triggers
    yield f'ALTER TABLE "{new}" RENAME TO "{name}"'
    yield from creations(parts(kept.new, "sqlite"))


def _numbering(name: str, new: str) -> Iterator[str]:
    # Names come from checked specs, where they are plain words.
    yield f"DELETE FROM sqlite_sequence WHERE name = '{new}'"
    last = f"SELECT '{new}', seq FROM sqlite_sequence WHERE name = '{name}'"
    yield f"INSERT INTO sqlite_sequence (name, seq) {last}"


def _move(kept: Kept, new: str) -> str:
    names = ", ".join(f'"{after.name}"' for _, after in kept.columns)
    values = ", ".join(_value(before, after) for before, after in kept.columns)
    return f'INSERT INTO "{new}" ({names})\nSELECT {values}\nFROM "{kept.old.name}"'


def _value(before: Column | None, after: Column) -> str:
    default = after.default.sqlite if after.default else "NULL"
    if before is None:
        return "NULL" if after.nullable and not after.default else default
    converted = conversion(before, after) or SAME
    value = converted.sqlite.format(f'"{before.name}"')
    tightened = before.nullable and not after.nullable and after.default
    return f"coalesce({value}, {default})" if tightened else value
