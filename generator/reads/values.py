"""Values in SQL: columns, expressions and aggregates of a row, in one dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.expressions import Expression, Scope, SqlBinding, Typed, check, to_condition, to_picking, to_sql
from generator.expressions.tree import Member, walk
from generator.members import key_of, member
from generator.model import Aggregate, BelongsTo, Computed, Field, Model
from generator.reads.rows import Rows, Way, way
from generator.sql.dialects import Dialect, Value
from generator.sql.layout import indented
from generator.sql.primitives import divide_rounded
from runtime.fieldtypes import FIELD_TYPES

FIELD_VALUES: Mapping[str, str] = {
    "id": "integer",
    "integer": "integer",
    "counter": "integer",
    "uuid": "uuid",
    "string": "text",
    "text": "text",
    "slug": "text",
    "email": "text",
    "url": "text",
    "enum": "text",
    "file": "file",
    "boolean": "boolean",
    "money": "decimal",
    "decimal": "decimal",
    "date": "date",
    "datetime": "datetime",
    "created": "datetime",
    "updated": "datetime",
    "list": "list",
    "object": "object",
}
DEFAULT_PLACES = 2


@dataclass(frozen=True, slots=True)
class Values:
    """Finds the SQL of what the rows of a model have.

    `by_key`: nobody but `$actor_id` is known of the caller, so other columns of theirs have to be looked up.
    """

    model: Model
    dialect: Dialect
    by_key: bool = False

    def of_event(self) -> Values:
        """The same, for what happens after the request."""
        return replace(self, by_key=True)

    # --- expressions --------------------------------------------------------------------------

    def typed(self, expression: Expression, rows: Rows, outer: Rows | None = None, *, value: bool = False) -> Typed:
        """An expression, checked where it stands. The rules have found its faults before."""
        scope = Scope(self.model, rows.resource, outer=outer.resource if outer else None, value=value)
        return check(expression, scope)

    def condition(self, expression: Expression, rows: Rows, outer: Rows | None = None) -> str:
        """An expression as a condition that picks rows; null stands for false."""
        return to_condition(self.typed(expression, rows, outer), self.dialect.name, self.binding(rows, outer))

    def picking(self, typed: Typed, rows: Rows) -> str:
        """The same of an expression that picks the rows of a list."""
        return to_picking(typed, self.dialect.name, self.binding(rows))

    def binding(self, rows: Rows, outer: Rows | None = None, value: str = "$value") -> SqlBinding:
        """What the names of an expression about `rows` stand for."""
        return SqlBinding(
            record=rows.alias,
            outer=outer.alias if outer else None,
            value=value,
            now=self.dialect.now,
            actor=self.actor,
            aggregate=lambda owner, aggregate, alias: self.aggregate(aggregate, rows.called(owner, alias)).sql,
            among=lambda owner, aggregate, alias: self.among(aggregate, rows.called(owner, alias)),
        )

    def actor(self, field: str) -> str:
        """A column of the caller's row."""
        actor = self.model.by_name[self.model.actor.resource] if self.model.actor else None
        if actor is None or not self.by_key or field == key_of(actor).name:
            return f"$actor_{field}"
        key = key_of(actor)
        known = self.parameter(f"actor_{key.name}", key.type)
        return f'(SELECT a."{field}" FROM "{actor.table}" a WHERE a."{key.name}" = {known})'

    def parameter(self, name: str, field_type: str, array: str = "") -> str:
        """A parameter of a field type."""
        return self.dialect.cast(f"${name}", FIELD_TYPES[field_type].postgres.split(" ")[0] + array)

    def visible(self, rows: Rows) -> list[str]:
        """The condition under which the caller sees these rows, if there is one."""
        return [self.condition(rows.resource.visible, rows)] if rows.resource.visible else []

    # --- members ------------------------------------------------------------------------------

    def member(self, rows: Rows, name: str) -> Value:
        """A column, reference, computed value or aggregate by name."""
        found = member(rows.resource, name)
        if isinstance(found, Field):
            return field_value(found, rows.column(name))
        if isinstance(found, BelongsTo):
            key = key_of(self.model.by_name[found.target])
            return replace(field_value(key, rows.column(f"{name}_id")), nullable=found.nullable)
        if isinstance(found, Computed):
            return self.computed(found, rows)
        assert isinstance(found, Aggregate), f"{name} of {rows.resource.name} is no value"
        return self.aggregate(found, rows)

    def computed(self, computed: Computed, rows: Rows) -> Value:
        """A computed value."""
        typed = self.typed(computed.expression, rows)
        kind = typed.type.stored
        # No column sees to it that a stored object has all its members; without one the JSON must still be JSON.
        trusted = not any(isinstance(each, Member) for each in walk(typed.node))
        return Value(
            to_sql(typed, self.dialect.name, self.binding(rows)),
            "text" if kind == "enum" else kind,
            nullable=typed.type.nullable or not trusted,
            places=typed.type.places,
        )

    # --- aggregates ---------------------------------------------------------------------------

    def aggregate(self, aggregate: Aggregate, rows: Rows) -> Value:
        """A value over related rows: a subquery of its own."""
        path = way(self.model, rows, aggregate.path)
        source = indented(self.aggregated(aggregate, path, rows))
        if aggregate.function == "exists":
            return Value(f"EXISTS (\n  SELECT 1\n  FROM {source}\n)", "boolean")
        value = self.first(aggregate, path) if aggregate.function == "first" else self.folded(aggregate, path)
        return replace(value, sql=f"(\n  SELECT {value.sql}\n  FROM {source}\n)")

    def among(self, aggregate: Aggregate, rows: Rows) -> str:
        """That a row is among those of which an `exists` holds."""
        path = way(self.model, rows, aggregate.path)
        where = [] if aggregate.where is None else [self.condition(aggregate.where, path.end, rows)]
        return path.among(where)

    def aggregated(self, aggregate: Aggregate, path: Way, rows: Rows) -> str:
        """The rows that an aggregate is about: all that follows FROM."""
        conditions = self.visible(path.end) if aggregate.function == "first" else []
        if aggregate.where is not None:
            conditions.append(self.condition(aggregate.where, path.end, rows))
        source = path.source(conditions)
        if aggregate.function != "first":
            return source
        return f"{source}\nORDER BY {self.order(path.end, aggregate.sort)}\nLIMIT 1"

    def first(self, aggregate: Aggregate, path: Way) -> Value:
        """The value that a `first` shows of its record; null where there is none."""
        assert aggregate.value is not None, f"{aggregate.name} is a record"
        return replace(self.member(path.end, aggregate.value), nullable=True)

    def folded(self, aggregate: Aggregate, path: Way) -> Value:
        """What an aggregate makes of the rows at the end of its way, as it stands after SELECT."""
        if aggregate.function == "count":
            counted = f"count(DISTINCT {path.end.key})" if path.repeats else "count(*)"
            return Value(counted, "integer", unsigned=True)
        assert aggregate.value is not None
        value = self.member(path.end, aggregate.value)
        default = None if aggregate.default is None else Decimal(aggregate.default)
        made = self._sum(value) if aggregate.function == "sum" else self._average(value, aggregate)
        if default is None:
            return made
        return replace(made, sql=f"coalesce({made.sql}, {int(default.scaleb(made.places))})", nullable=False)

    def _sum(self, value: Value) -> Value:
        # PostgreSQL's sum of bigint is numeric.
        return replace(value, sql=self.dialect.cast(f"sum({value.sql})", "bigint"), nullable=True)

    def _average(self, value: Value, aggregate: Aggregate) -> Value:
        """Exact: a quotient of whole numbers, halves rounded up."""
        places = DEFAULT_PLACES if aggregate.places is None else aggregate.places
        total = _times(self._sum(value).sql, 10 ** max(places - value.places, 0))
        count = _times(f"count({value.sql})", 10 ** max(value.places - places, 0))
        if value.unsigned:
            quotient = f"(2 * {total} + {count}) / nullif(2 * {count}, 0)"
        else:
            quotient = divide_rounded(total, count, positive=True)
        return Value(quotient, "decimal", nullable=True, places=places, bare=True, unsigned=value.unsigned)

    # --- order --------------------------------------------------------------------------------

    def order(self, rows: Rows, names: Sequence[str]) -> str:
        """What stands after ORDER BY: names with a leading minus, then the key; nulls last."""
        steps = [self._step(self.member(rows, name.removeprefix("-")), name.startswith("-")) for name in names]
        last = " DESC" if names and names[-1].startswith("-") else ""
        key = [] if "id" in {name.removeprefix("-") for name in names} else [f"{rows.key}{last}"]
        return ", ".join([*steps, *key])

    def _step(self, value: Value, descends: bool) -> str:
        return f"{value.sql}{' DESC' if descends else ''}{' NULLS LAST' if value.nullable else ''}"


def field_value(field: Field, sql: str) -> Value:
    """A stored field."""
    kind = FIELD_VALUES[field.type]
    places = (DEFAULT_PLACES if field.places is None else field.places) if kind == "decimal" else 0
    unsigned = kind == "decimal" and field.min is not None and Decimal(str(field.min)) >= 0
    return Value(sql, kind, nullable=field.nullable, places=places, unsigned=unsigned)


def _times(sql: str, factor: int) -> str:
    return sql if factor == 1 else f"{factor} * {sql}"
