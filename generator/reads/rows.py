"""Rows under an alias, and the way from a row over its relations to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.members import key_of, member, repeats
from generator.model import BelongsTo, HasMany, Model, Resource
from generator.sql.layout import all_of, indented


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a resource as a statement sees them. `taken` are the aliases that mean something here already."""

    resource: Resource
    alias: str
    taken: frozenset[str]

    @property
    def key(self) -> str:
        """The primary key's column."""
        return self.column(key_of(self.resource).name)

    @property
    def table(self) -> str:
        """The table under this alias, as it stands after FROM."""
        return f'"{self.resource.table}" {self.alias}'

    def column(self, name: str) -> str:
        """A column of these rows."""
        return f'{self.alias}."{name}"'

    def inner(self, resource: Resource, name: str) -> Rows:
        """Rows of another resource within, under an alias of their own. The number keeps it from being a keyword."""
        alias = next(f"{name}{count}" for count in range(1, len(self.taken) + 2) if f"{name}{count}" not in self.taken)
        return Rows(resource, alias, self.taken | {alias})

    def called(self, resource: Resource, alias: str | None) -> Rows:
        """Rows that the statement has already, under this alias."""
        return Rows(resource, alias or self.alias, self.taken | {alias or self.alias})


def top_rows(resource: Resource) -> Rows:
    """The rows that a read is about: alias `t`."""
    return Rows(resource, "t", frozenset({"t"}))


@dataclass(frozen=True, slots=True)
class Step:
    """One table on a way: its rows whose `column` is the `key` of the one before."""

    rows: Rows
    column: str
    key: str

    @property
    def tie(self) -> str:
        """The condition."""
        return f"{self.column} = {self.key}"


@dataclass(frozen=True, slots=True)
class Way:
    """From a row to the rows at the end of a path.

    `many` tells whether there can be more than one, `repeats` whether it reaches one of them several times.
    """

    steps: tuple[Step, ...]
    many: bool
    repeats: bool

    @property
    def end(self) -> Rows:
        """The rows at the end."""
        return self.steps[-1].rows

    def source(self, conditions: Sequence[str] = ()) -> str:
        """All that follows FROM: the tables joined, and what their rows have to fulfil."""
        return self._source([self.steps[0].tie, *conditions])

    def among(self, conditions: Sequence[str]) -> str:
        """That a row is among those from which the way leads to rows that fulfil the conditions."""
        first = self.steps[0]
        return f"{first.key} IN (\n  SELECT {first.column}\n  FROM {indented(self._source(conditions))}\n)"

    def _source(self, conditions: Sequence[str]) -> str:
        joins = [f"\nJOIN {step.rows.table} ON {step.tie}" for step in self.steps[1:]]
        return f"{self.steps[0].rows.table}{''.join(joins)}\nWHERE {indented(all_of(conditions))}"


def way(model: Model, start: Rows, path: Sequence[str], *, whole: bool = False) -> Way:
    """The way along `path`. Tables that only pass a key on are left out, unless the way is wanted `whole`."""
    steps = tuple(_steps(model, start, path, whole))
    relations = tuple(relations_on(model, start.resource, path))
    return Way(steps, any(isinstance(each, HasMany) for each in relations), repeats(relations))


def relations_on(model: Model, resource: Resource, path: Sequence[str]) -> Iterator[BelongsTo | HasMany]:
    """The relations that a path consists of."""
    for name in path:
        relation = member(resource, name)
        assert isinstance(relation, BelongsTo | HasMany), f"{name} is no relation of {resource.name}"
        yield relation
        resource = model.by_name[relation.target]


def _steps(model: Model, start: Rows, path: Sequence[str], whole: bool) -> Iterator[Step]:
    # `key` is the key of the rows at hand, said by the table before them where their own is left out.
    rows, key, present = start, start.key, True
    for place, relation in enumerate(relations_on(model, start.resource, path), 1):
        if isinstance(relation, BelongsTo):
            if not present:
                yield Step(rows, rows.key, key)
            key = rows.column(f"{relation.name}_id")
            present = whole or place == len(path)
        rows = rows.inner(model.by_name[relation.target], relation.name)
        if isinstance(relation, HasMany):
            yield Step(rows, rows.column(f"{relation.inverse}_id"), key)
            present = True
        elif present:
            yield Step(rows, rows.key, key)
        key = rows.key if present else key
