"""Representations as JSON text: what one shape of a row shows, as one SQL expression over the row's alias."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.expressions import Expression
from generator.members import member, representation_of
from generator.model import Aggregate, BelongsTo, HasMany, Item, Resource
from generator.reads.passes import aggregate_of, passes
from generator.reads.rows import Rows, Way, relations_on, way
from generator.reads.tree import recursive_item, tree
from generator.reads.values import Values
from generator.sql.dialects import Value
from generator.sql.layout import Piece, code, constant, indented

Shown = tuple[str, str]


class UnsupportedShape(Exception):
    """A representation that contains itself in a way that has no end or no single statement."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Writes representations. `open` are those being written, outermost first; `known` are aggregates at hand."""

    values: Values
    open: tuple[Shown, ...] = ()
    known: tuple[tuple[Aggregate, Value], ...] = ()

    def text(self, rows: Rows, name: str) -> str:
        """The JSON text of one row."""
        return self.values.dialect.joined(self.pieces(rows, name))

    def pieces(self, rows: Rows, name: str) -> list[Piece]:
        """The JSON text of one row, in pieces."""
        representation = representation_of(rows.resource, name)
        within = self.within(rows.resource, name)
        again = recursive_item(self.values.model, rows.resource, representation)
        if again is not None:
            return [code(tree(within, rows, representation, again))]
        return within.object(rows, representation.items)

    def within(self, resource: Resource, name: str) -> Shapes:
        """The same, inside one more representation."""
        shown = (resource.name, name)
        if shown in self.open:
            chain = " > ".join(".".join(each) for each in (*self.open, shown))
            raise UnsupportedShape(f"a representation may only contain itself directly: {chain}")
        return replace(self, open=(*self.open, shown), known=())

    def object(self, rows: Rows, items: Sequence[Item]) -> list[Piece]:
        """`{…}` of some items; aggregates over the same rows are computed together."""
        shared = passes(self.values, rows, items)
        if not shared:
            return self.braced(rows, items)
        known = replace(self, known=tuple(column for each in shared for column in each.columns))
        text = indented(self.values.dialect.joined(known.braced(rows, items)))
        tables = indented(", ".join(each.table for each in shared))
        return [code(f"(\n  SELECT {text}\n  FROM {tables}\n)")]

    def braced(self, rows: Rows, items: Sequence[Item]) -> list[Piece]:
        """`{…}` of some items, as they are."""
        return [constant("{"), *self.members(rows, items), constant("}")]

    def members(self, rows: Rows, items: Sequence[Item]) -> list[Piece]:
        """`"name":value` of each item, with commas between."""
        pieces: list[Piece] = []
        for item in items:
            comma = "," if pieces else ""
            pieces += [constant(f'{comma}"{item.name}":'), *self._item(rows, item)]
        return pieces

    def _item(self, rows: Rows, item: Item) -> list[Piece]:
        if item.items:
            return self.braced(rows, item.items)
        if item.is_self and item.where is not None:
            return [code(self._where(rows, item.where, self.text(rows, item.shape or "")))]
        if item.is_self:
            return self.pieces(rows, item.shape or "")
        aggregate = aggregate_of(rows.resource, item)
        if aggregate is not None:
            return self._aggregate(rows, aggregate, item)
        found = member(rows.resource, item.source or item.name)
        if isinstance(found, HasMany) or (isinstance(found, BelongsTo) and item.shape is not None):
            return self._related(rows, item)
        value = self.values.member(rows, found.name)
        return self._value(replace(value, type="text") if item.as_key else value)

    def _where(self, rows: Rows, condition: Expression, body: str) -> str:
        return f"CASE WHEN {self.values.condition(condition, rows)} THEN {indented(body)} ELSE 'null' END"

    def _aggregate(self, rows: Rows, aggregate: Aggregate, item: Item) -> list[Piece]:
        if aggregate.function == "first" and aggregate.value is None:
            return self._first(rows, aggregate, item)
        known = (value for each, value in self.known if each == aggregate)
        return self._value(next(known, None) or self.values.aggregate(aggregate, rows))

    def _value(self, value: Value) -> list[Piece]:
        return self.values.dialect.json(value)

    # --- relations ----------------------------------------------------------------------------

    def _related(self, rows: Rows, item: Item) -> list[Piece]:
        path = way(self.values.model, rows, item.path or (item.source or item.name,), whole=True)
        conditions = [each for step in path.steps for each in self.values.visible(step.rows)]
        if item.where is not None:
            conditions.append(self.values.condition(item.where, path.end, rows))
        if path.many:
            sort = item.sort or self.sort_of(rows.resource, item.path or (item.source or item.name,))
            return [code(self._array(path, conditions, item, sort))]
        return [code(self._one(path.end, path.source(conditions), item.shape or ""))]

    def _one(self, rows: Rows, source: str, shape: str) -> str:
        body = indented(self.text(rows, shape))
        return f"coalesce((\n  SELECT {body}\n  FROM {indented(source)}\n), 'null')"

    def _first(self, rows: Rows, aggregate: Aggregate, item: Item) -> list[Piece]:
        path = way(self.values.model, rows, aggregate.path)
        source = self.values.aggregated(aggregate, path, rows)
        return [code(self._one(path.end, source, item.shape or ""))]

    def _array(self, path: Way, conditions: Sequence[str], item: Item, sort: Sequence[str]) -> str:
        """Rows are ordered and cut off before anything is made of them."""
        end = path.end
        order = self.values.order(end, sort)
        limit = self.values.dialect.rows(item.limit)
        source = path.source(conditions)
        if limit:
            rows = f"SELECT {end.alias}.*\nFROM {source}\nORDER BY {order}{limit}"
            source = f"(\n  {indented(rows)}\n) {end.alias}"
        return self.values.dialect.array(self.text(end, item.shape or ""), source, order)

    def sort_of(self, resource: Resource, path: Sequence[str]) -> tuple[str, ...]:
        """The order that the relation at the end of a path declares."""
        *_, last = relations_on(self.values.model, resource, path)
        return last.sort if isinstance(last, HasMany) else ()
