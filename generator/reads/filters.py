"""Filters and search of a list: conditions over `t`, and the parameters that a request's query fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.expressions import Typed, equality_on_value, to_condition, to_sql
from generator.expressions.tree import Contains, Equal, Value, walk
from generator.expressions.types import Kind, Type
from generator.members import key_of, member
from generator.model import BelongsTo, Field, Filter, Resource
from generator.reads.plans import Bind
from generator.reads.rows import Rows
from generator.reads.values import Values
from generator.sql.layout import all_of, indented

# The field type that reads a value of each kind from a query.
BIND_TYPES: Mapping[Kind, str] = {
    "boolean": "boolean",
    "integer": "integer",
    "decimal": "decimal",
    "text": "string",
    "enum": "enum",
    "datetime": "datetime",
    "date": "date",
    "uuid": "uuid",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Writes the conditions of one list's filters in one dialect."""

    values: Values
    rows: Rows

    @property
    def is_postgres(self) -> bool:
        """The dialect with arrays; the other has JSON."""
        return self.values.dialect.name == "postgres"

    def condition(self, filter: Filter) -> str:
        """The condition of one filter."""
        if filter.through is not None:
            return self._through(filter, filter.through)
        typed, bind = self._typed(filter), self.binds(filter)[0]
        if filter.many:
            return self._many(typed, bind)
        return self._condition(typed, f"${bind.name}")

    def binds(self, filter: Filter) -> tuple[Bind, ...]:
        """What the filter's text is read into."""
        if filter.through is not None:
            target = self._target(filter.through)
            return tuple(_bind_of(filter.name, _field(target, name)) for name in filter.lookup)
        typed, name = self._typed(filter), f"filter_{filter.name}"
        referred = _compared_reference(typed)
        if referred is not None:
            return (Bind(name, key_of(self.values.model.by_name[referred]).type),)
        assert typed.value_type is not None, f"the filter {filter.name} does not use its value"
        return (_bind(name, typed.value_type),)

    def referred(self, filter: Filter) -> tuple[str, tuple[str, ...]] | None:
        """The resource that a filter looks for, and by which of its fields; None where it looks for none."""
        if filter.through is not None:
            return self._target(filter.through).name, filter.lookup
        found = _compared_reference(self._typed(filter))
        return (found, ("id",)) if found else None

    def _typed(self, filter: Filter) -> Typed:
        assert filter.where is not None, f"the filter {filter.name} says nothing"
        return self.values.typed(filter.where, self.rows, value=True)

    def _condition(self, typed: Typed, value: str) -> str:
        return to_condition(typed, self.values.dialect.name, self.values.binding(self.rows, value=value))

    def _value(self, typed: Typed) -> str:
        return to_sql(typed, self.values.dialect.name, self.values.binding(self.rows, value='v."value"'))

    # --- several values -----------------------------------------------------------------------

    def _many(self, typed: Typed, bind: Bind) -> str:
        """Any of several values; the usual forms in a way that an index can serve."""
        sides = equality_on_value(typed)
        if sides is not None:
            return self._among(*sides, bind)
        match typed.node:
            case Contains(operand=Value(), elements=elements) if Typed(elements).value_type is None:
                return self._overlap(Typed(elements), bind)
        condition = indented(self._condition(typed, 'v."value"'))
        return f"EXISTS (SELECT 1 FROM {self._each(bind)} WHERE {condition})"

    def _among(self, left: Typed, right: Typed, bind: Bind) -> str:
        if isinstance(right.node, Value):
            return self._is_any(self._value(left), bind)
        return f"{self._value(left)} IN (SELECT {self._value(right)} FROM {self._each(bind)})"

    def _is_any(self, left: str, bind: Bind) -> str:
        if self.is_postgres:
            return f"{left} = ANY ({self._array(bind)})"
        return f'{left} IN (SELECT v."value" FROM {self._each(bind)})'

    def _overlap(self, elements: Typed, bind: Bind) -> str:
        if self.is_postgres:
            return f"{self._value(elements)} && {self._array(bind)}"
        wanted = f'SELECT v."value" FROM {self._each(bind)}'
        return f'EXISTS (SELECT 1 FROM json_each({self._value(elements)}) e WHERE e."value" IN ({wanted}))'

    def _array(self, bind: Bind) -> str:
        return self.values.parameter(bind.name, bind.type, "[]")

    def _each(self, bind: Bind) -> str:
        if self.is_postgres:
            return f'unnest({self._array(bind)}) v("value")'
        return f"json_each({self._array(bind)}) v"

    # --- through a relation -------------------------------------------------------------------

    def _through(self, filter: Filter, relation: str) -> str:
        """The rows whose relation leads to a visible row found by one of its names, or to one below it."""
        target = self._target(relation)
        found = self.rows.inner(target, relation)
        pairs = zip(self.binds(filter), filter.lookup, strict=True)
        named = [self._looked_up(found, bind, name, filter.many) for bind, name in pairs]
        one_of = f"({' OR '.join(named)})" if len(named) > 1 else named[0]
        where = indented(all_of([one_of, *self.values.visible(found)]))
        query = f"SELECT {found.key}\nFROM {found.table}\nWHERE {where}"
        if filter.descendants:
            query = self._with_descendants(query, found)
        return f"{self.rows.column(f'{relation}_id')} IN (\n  {indented(query)}\n)"

    def _looked_up(self, found: Rows, bind: Bind, name: str, many: bool) -> str:
        if many:
            return self._is_any(found.column(name), bind)
        return f"{found.column(name)} = {self.values.parameter(bind.name, bind.type)}"

    def _with_descendants(self, query: str, found: Rows) -> str:
        """UNION, not UNION ALL: a row that was reached before is not followed again, so this ends."""
        relations = found.resource.belongs_to
        upward = next(each for each in relations if each.acyclic and each.target == found.resource.name)
        below = indented(all_of([*self.values.visible(found)]), 2)
        where = f"\n  WHERE {below}" if below else ""
        step = (
            f'SELECT {found.key}\n  FROM "#found" f\n'
            f'  JOIN {found.table} ON {found.column(f"{upward.name}_id")} = f."id"{where}'
        )
        return (
            f'WITH RECURSIVE "#found" ("id") AS (\n  {indented(query)}\n  UNION\n  {step}\n)\n'
            f'SELECT f."id" FROM "#found" f'
        )

    def _target(self, relation: str) -> Resource:
        found = member(self.rows.resource, relation)
        assert isinstance(found, BelongsTo), f"{relation} of {self.rows.resource.name} is no belongs_to"
        return self.values.model.by_name[found.target]

    # --- search -------------------------------------------------------------------------------

    def search(self) -> str:
        """Every word occurs in the folded text of the searched fields. One pass over the text, however many words."""
        parts = [self._searched(name) for name in self.rows.resource.search]
        if self.is_postgres:
            text = parts[0] if len(parts) == 1 else f"concat_ws(chr(10), {', '.join(parts)})"
            words = "SELECT agora_fold(w) FROM unnest($search_patterns::text[]) w"
            return f"agora_fold({text}) LIKE ALL (ARRAY({words}))"
        text = " || char(10) || ".join(parts)
        return (
            "NOT EXISTS (\n  SELECT 1\n"
            f'  FROM (SELECT agora_fold({text}) AS "text" LIMIT 1) h\n'
            "  CROSS JOIN json_each($search_words) w\n"
            '  WHERE instr(h."text", w."value") = 0\n)'
        )

    def _searched(self, name: str) -> str:
        value = self.values.member(self.rows, name)
        if value.type == "list":
            if self.is_postgres:
                return f"array_to_string({value.sql}, chr(10))"
            listed = f'SELECT group_concat(e."value", char(10)) FROM json_each({value.sql}) e'
            return f"coalesce(({listed}), '')"
        return value.sql if self.is_postgres or not value.nullable else f"coalesce({value.sql}, '')"


def _field(resource: Resource, name: str) -> Field:
    found = member(resource, name)
    assert isinstance(found, Field), f"{name} of {resource.name} is no field"
    return found


def _bind_of(filter: str, field: Field) -> Bind:
    # A name to look up is any text; only its kind matters, not what the field would take as input.
    kind = field.type if field.type in ("id", "uuid", "integer") else "string"
    return Bind(f"filter_{filter}_{field.name}", kind)


def _bind(name: str, type: Type) -> Bind:
    places = type.places if type.kind == "decimal" else None
    return Bind(name, BIND_TYPES[type.stored], places, type.values)


def _compared_reference(typed: Typed) -> str | None:
    """The resource whose key the value is compared with."""
    for node in walk(typed.node):
        if isinstance(node, Equal) and isinstance(node.left, Value) != isinstance(node.right, Value):
            other = node.right if isinstance(node.left, Value) else node.left
            if other.type.kind == "reference":
                return other.type.target
    return None
