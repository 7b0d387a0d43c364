"""Aggregates over the same rows, computed in one pass over them instead of a subquery each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.members import member
from generator.model import Aggregate, Item, Resource
from generator.reads.rows import Rows, way
from generator.reads.values import Values
from generator.sql.dialects import Value
from generator.sql.layout import indented

FOLDED = ("count", "sum", "avg")


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: a derived table of one row under its own alias, and what its columns are, by aggregate."""

    table: str
    columns: tuple[tuple[Aggregate, Value], ...]


def aggregate_of(resource: Resource, item: Item) -> Aggregate | None:
    """The aggregate that an item shows, written in place or by name."""
    if item.aggregate is not None:
        return item.aggregate
    if item.source is None:
        return None
    found = member(resource, item.source)
    return found if isinstance(found, Aggregate) else None


def passes(values: Values, rows: Rows, items: Sequence[Item]) -> list[Pass]:
    """The passes that spare something: over rows that two or more of the items, or of their groups', are about."""
    found: dict[tuple[object, ...], list[Aggregate]] = {}
    for aggregate in _folded(rows.resource, items):
        about = (aggregate.path, aggregate.where.text if aggregate.where else None)
        found.setdefault(about, []).append(aggregate)
    shared = [list(dict.fromkeys(group)) for group in found.values() if len(group) > 1]
    return [_pass(values, rows, group, number) for number, group in enumerate(shared, 1)]


def _folded(resource: Resource, items: Sequence[Item]) -> Iterator[Aggregate]:
    for item in items:
        yield from _folded(resource, item.items)
        aggregate = None if item.items or item.is_self else aggregate_of(resource, item)
        if aggregate is not None and aggregate.function in FOLDED:
            yield aggregate


def _pass(values: Values, rows: Rows, group: Sequence[Aggregate], number: int) -> Pass:
    path = way(values.model, rows, group[0].path)
    alias = rows.inner(rows.resource, f"pass{number}_").alias
    selected, columns = [], []
    for place, aggregate in enumerate(group):
        value = values.folded(aggregate, path)
        name = _column(group, place)
        selected.append(f'{value.sql} AS "{name}"')
        columns.append((aggregate, replace(value, sql=f'{alias}."{name}"')))
    source = indented(values.aggregated(group[0], path, rows))
    return Pass(f"(\n  SELECT {indented(', '.join(selected))}\n  FROM {source}\n) {alias}", tuple(columns))


def _column(group: Sequence[Aggregate], place: int) -> str:
    """The name of an aggregate, told apart from that of an earlier one in another group of members."""
    name = group[place].name
    taken = any(each.name == name for each in group[:place])
    return f"{name}#{place}" if taken else name
