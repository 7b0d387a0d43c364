"""Old schema, new schema → what became of every table and column. Decides nothing about SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.migrations.tables import Column, Foreign, Schema, Table


@dataclass(frozen=True, slots=True)
class Renames:
    """What the specs say by `renamed_from`: new table → old, and (new table, new column) → old column."""

    tables: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that was there and still is. `old` has the new name already, and knows other tables by theirs.

    `columns` pairs every new column with the one it was, None where there was none.
    """

    old: Table
    new: Table
    columns: tuple[tuple[Column | None, Column], ...]
    dropped: tuple[Column, ...]
    was_called: str

    @property
    def changed(self) -> bool:
        """Whether there is anything to do."""
        return self.old != self.new or self.was_called != self.new.name


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed."""

    created: tuple[Table, ...]
    dropped: tuple[Table, ...]
    kept: tuple[Kept, ...]

    @property
    def changed(self) -> tuple[Kept, ...]:
        """The tables that are not as they were."""
        return tuple(each for each in self.kept if each.changed)

    def __bool__(self) -> bool:
        return bool(self.created or self.dropped or self.changed)


def difference(old: Schema, new: Schema, renames: Renames) -> Difference:
    """Match tables and columns by name and by declared renames. A rename that was made already says nothing."""
    made = {
        name: was
        for name, was in renames.tables.items()
        if new.table(name) and old.table(was) and not old.table(name) and not new.table(was)
    }
    before = {table.name: table for table in _renamed(old, made)}
    return Difference(
        created=tuple(table for table in new.tables if table.name not in before),
        dropped=tuple(table for name, table in before.items() if new.table(name) is None),
        kept=tuple(
            _kept(before[table.name], table, renames, made.get(table.name, table.name))
            for table in new.tables
            if table.name in before
        ),
    )


def _renamed(schema: Schema, made: Mapping[str, str]) -> Iterator[Table]:
    names = {was: name for name, was in made.items()}
    for table in schema.tables:
        foreign = tuple(_retargeted(each, names) for each in table.foreign)
        yield replace(table, name=names.get(table.name, table.name), foreign=foreign)


def _retargeted(foreign: Foreign, names: Mapping[str, str]) -> Foreign:
    return replace(foreign, target=names.get(foreign.target, foreign.target))


def _kept(old: Table, new: Table, renames: Renames, was_called: str) -> Kept:
    pairs = tuple((_before(old, new, column, renames), column) for column in new.columns)
    used = {before.name for before, _ in pairs if before}
    dropped = tuple(column for column in old.columns if column.name not in used)
    return Kept(old, new, pairs, dropped, was_called)


def _before(old: Table, new: Table, column: Column, renames: Renames) -> Column | None:
    same = old.column(column.name)
    was = renames.columns.get((new.name, column.name))
    if same or was is None or new.column(was):
        return same
    return old.column(was)


# --- what a change loses, and what cannot be done ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Impossible:
    """A change that needs a decision of the spec's author."""

    table: str
    column: str
    code: str
    message: str
    hint: str


def losses(found: Difference) -> Iterator[str]:
    """What the change destroys for good."""
    for table in found.dropped:
        yield f'drops table "{table.name}"'
    for kept in found.changed:
        for column in kept.dropped:
            yield f'drops column "{kept.new.name}"."{column.name}"'
        for before, after in kept.columns:
            if before and before.places > after.places:
                yield f'rounds column "{kept.new.name}"."{after.name}" to {after.places} places'


def impossible(found: Difference) -> Iterator[Impossible]:
    """Where existing rows would have no value, or none that can be converted."""
    for kept in found.changed:
        for before, after in kept.columns:
            if before is None and not after.nullable and after.default is None:
                yield Impossible(
                    kept.new.name,
                    after.name,
                    "migration-needs-default",
                    f"'{after.name}' is new and must not be null, but existing rows have no value for it",
                    "give it a default, or make it nullable first",
                )
            if before and conversion(before, after) is None:
                yield Impossible(
                    kept.new.name,
                    after.name,
                    "migration-cannot-convert",
                    f"stored values of '{after.name}' cannot become {after.type.postgres}",
                    "add a field of another name, move the values in a hook, then remove this one",
                )


@dataclass(frozen=True, slots=True)
class Conversion:
    """How stored values become new ones: `{}` stands for the quoted old column."""

    postgres: str
    sqlite: str


SAME = Conversion("{}", "{}")


def conversion(before: Column, after: Column) -> Conversion | None:
    """How the values of a column change with its type; None if nobody can know."""
    if (before.key, before.counted) != (after.key, after.counted):
        return None
    if before.type == after.type:
        return _rescaled(before.places, after.places)
    as_text = before.type.postgres in ("bigint", "uuid", "date") and before.places == 0 and not before.key
    if as_text and after.type.postgres.startswith("text ") and after.type.sqlite == "TEXT":
        return Conversion("{}::text", "CAST({} AS TEXT)")
    return None


def _rescaled(before: int, after: int) -> Conversion:
    if before == after:
        return SAME
    if before < after:
        more = f"{{}} * {10 ** (after - before)}"
        return Conversion(more, more)
    step = 10 ** (before - after)
    fewer = f"(abs({{0}}) + {step // 2}) / {step} * CASE WHEN {{0}} < 0 THEN -1 ELSE 1 END"
    return Conversion(fewer, fewer)
