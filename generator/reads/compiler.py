"""Model → the reads of every action: which rows, what of them, and who may, for both dialects.

`reads_of` is what a generated module of reads says. Everything is written over the alias `t`; where one statement
needs more than one resource, the others are subqueries, so rows are never multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import model as model_
from generator.expressions import Expression
from generator.members import (
    column_of,
    guard_named,
    is_about_a_record,
    key_of,
    listed_by,
    result_owner,
    shown_record,
    target_of,
)
from generator.model import Action, BelongsTo, Event, Field, Model, Resource
from generator.reads.access import Access
from generator.reads.filters import Filters
from generator.reads.json import Shapes
from generator.reads.plans import Filter, Guard, GuardRead, ItemRead, ListRead, Pages, Read, RecordRead, SortKey, Sql
from generator.reads.rows import Rows, top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS
from generator.sql.layout import all_of

Written = Callable[[Values], str]
# The field type that reads a sort value back from a cursor. Decimals are stored as whole numbers.
SORT_TYPES = {"text": "string", "decimal": "integer"}


def reads_of(model: Model, resource: Resource) -> dict[str, Read]:
    """The reads of a resource's actions by the name of their constant, in the order of the spec.

    A list or retrieve has one of its own name; other kinds have those that they need: `_GUARD` for the parent of a
    create, `_RECORD` for the row at hand, `_RESULT` for a representation that is answered with (of a custom action
    with several: `_RESULT_201`).
    """
    found: dict[str, Read] = {}
    for action in resource.actions:
        found |= _ActionReads(model, resource, action).plans()
    return found


def record_reads(action: Action) -> dict[tuple[int, str], tuple[str, Field]]:
    """The members of an action's answers that show a record, by status and name: what the read of each is called, and
    the member. One that is shown alike in several answers has one read."""
    found: dict[tuple[int, str], tuple[str, Field]] = {}
    shown: dict[str, str] = {}
    for result in action.returns:
        for field in result.fields:
            if field.record is not None:
                name = f"RESULT_{field.name.upper()}"
                if shown.setdefault(name, field.record) != field.record:
                    name = f"RESULT_{result.status}_{field.name.upper()}"
                found[result.status, field.name] = name, field
    return found


def guard(model: Model, resource: Resource, said: model_.Guard) -> Guard:
    """A guard about a row `t`."""
    return Guard(condition(model, resource, said.check), said.error, said.message)


def condition(model: Model, resource: Resource, expression: Expression) -> Sql:
    """An expression about a row `t` as a condition."""
    return _sql(model, lambda values: values.condition(expression, top_rows(resource)))


def visible_reference(model: Model, resource: Resource) -> Sql | None:
    """The condition under which the caller may point at a row `t` of a resource; None where everybody may."""
    if resource.visible is None:
        return None
    return _sql(model, lambda values: all_of(values.visible(top_rows(resource))))


def unless(model: Model, resource: Resource, event: Event) -> Sql | None:
    """The condition on the row `t` and `$actor_id` under which an event does not count."""
    expression = event.unless
    if expression is None:
        return None
    return _sql(model, lambda values: values.of_event().condition(expression, top_rows(resource)))


def _sql(model: Model, write: Written) -> Sql:
    postgres, sqlite = (write(Values(model, dialect)) for dialect in DIALECTS)
    return Sql(postgres, sqlite)


@dataclass(frozen=True, slots=True)
class _ActionReads:
    """The reads of one action."""

    model: Model
    resource: Resource
    action: Action

    def plans(self) -> Mapping[str, Read]:
        """By the name of the constant."""
        return {
            "_".join(filter(None, (self.action.name.upper(), suffix))): plan
            for suffix, plan in _KINDS[self.action.kind](self)
        }

    def name(self, suffix: str = "") -> str:
        """Unique in the API."""
        return ".".join(filter(None, (self.resource.stem, self.action.name, suffix)))

    def sql(self, write: Written) -> Sql:
        """In both dialects."""
        return _sql(self.model, write)

    # --- kinds --------------------------------------------------------------------------------

    def list(self) -> Iterator[tuple[str, Read]]:
        """A page of rows."""
        listed = listed_by(self.model, self.resource, self.action)
        rows, key = top_rows(listed), key_of(listed)
        yield (
            "",
            ListRead(
                name=self.name(),
                table=listed.table,
                key=key.name,
                key_type=key.type,
                body=self.sql(lambda values: Shapes(values).text(rows, self._shape())),
                where=self._optional(lambda values: all_of(self._access(values).listed(rows))),
                either=self._alternatives(rows),
                parent=self._optional(lambda values: self._access(values).parent_exists(rows)),
                filters=tuple(self._filters(rows)),
                search=self.sql(lambda values: Filters(values, rows).search()) if listed.search else None,
                sorts=tuple(self._sorts(rows)),
                default_sort=listed.sort.default,
                pages=Pages(listed.pagination.default, listed.pagination.max, listed.pagination.cursor),
                public=self.action.policy == "public",
            ),
        )

    def retrieve(self) -> Iterator[tuple[str, Read]]:
        """One row in one shape."""
        rows = top_rows(self.resource)
        yield (
            "",
            ItemRead(
                name=self.name(),
                table=self.resource.table,
                key=key_of(self.resource).name,
                body=self.sql(lambda values: Shapes(values).text(rows, self._shape())),
                where=self._item(),
                allowed=self._allowed(),
                public=self.action.policy == "public",
            ),
        )

    def create(self) -> Iterator[tuple[str, Read]]:
        """The parent that it is created on, and what is answered with."""
        if self._on_parent:
            yield "GUARD", self._guard()
        yield from self._results()

    def update(self) -> Iterator[tuple[str, Read]]:
        """The row that is changed, and what is answered with."""
        yield from self.delete()
        yield from self._results()

    def delete(self) -> Iterator[tuple[str, Read]]:
        """The row at hand."""
        yield "RECORD", replace(self._record(self.resource, self._item(), self._allowed()), guards=self._guards())

    def custom(self) -> Iterator[tuple[str, Read]]:
        """The row that the hook is handed, the item or else the parent; and what is answered with."""
        if is_about_a_record(self.action):
            yield from self.delete()
        elif self._on_parent:
            guard = self._guard()
            parent = target_of(self.model, self.resource, self.resource.parent or "")
            yield "RECORD", self._record(parent, guard.where, guard.allowed)
        yield from self._results()

    # --- pieces -------------------------------------------------------------------------------

    @property
    def _on_parent(self) -> bool:
        return self.resource.parent is not None and self.action.on != "item" and bool(self.action.parameters)

    def _access(self, values: Values) -> Access:
        return Access(values, self.resource, self.action)

    def _optional(self, write: Written) -> Sql | None:
        made = self.sql(write)
        return made if made.postgres else None

    def _alternatives(self, rows: Rows) -> tuple[Sql, ...]:
        postgres, sqlite = (self._access(Values(self.model, dialect)).alternatives(rows) for dialect in DIALECTS)
        return tuple(map(Sql, postgres, sqlite))

    def _shape(self) -> str:
        shape = self.action.returns[0].representation
        assert shape is not None, f"{self.name()} answers with no representation"
        return shape

    def _item(self) -> Sql:
        return self.sql(lambda values: all_of(self._access(values).item(top_rows(self.resource))))

    def _allowed(self) -> Sql | None:
        return self._optional(lambda values: self._access(values).allowed(top_rows(self.resource)))

    def _record(self, resource: Resource, where: Sql, allowed: Sql | None) -> RecordRead:
        stored: tuple[Field | BelongsTo, ...] = (*resource.fields, *resource.belongs_to)
        columns = tuple(column_of(each) for each in stored)
        return RecordRead(self.name("record"), resource.table, key_of(resource).name, columns, where, allowed)

    def _guard(self) -> GuardRead:
        parent = target_of(self.model, self.resource, self.resource.parent or "")
        rows = top_rows(parent)
        return GuardRead(
            name=self.name("guard"),
            table=parent.table,
            key=key_of(parent).name,
            where=self.sql(lambda values: all_of(self._access(values).owner(rows))),
            allowed=self._optional(lambda values: self._access(values).allowed_on(rows)),
        )

    def _guards(self) -> tuple[Guard, ...]:
        """What the action's `when` says."""
        if self.action.when is None:
            return ()
        return (guard(self.model, self.resource, guard_named(self.resource, self.action.when)),)

    def _results(self) -> Iterator[tuple[str, Read]]:
        shown = [each for each in self.action.returns if each.representation]
        for result in shown:
            suffix = "RESULT" if len(shown) == 1 else f"RESULT_{result.status}"
            owner = result_owner(self.model, self.resource, self.action, result)
            yield suffix, self._result(suffix.lower(), owner, str(result.representation))
        for name, field in dict(record_reads(self.action).values()).items():
            yield name, self._result(name.lower(), *shown_record(self.model, field))

    def _result(self, suffix: str, resource: Resource, shape: str) -> ItemRead:
        rows, key = top_rows(resource), key_of(resource)
        return ItemRead(
            name=self.name(suffix),
            table=resource.table,
            key=key.name,
            body=self.sql(lambda values: Shapes(values).text(rows, shape)),
            where=self.sql(lambda values: f"{rows.key} = {values.parameter('key', key.type)}"),
        )

    def _filters(self, rows: Rows) -> Iterator[Filter]:
        for each in rows.resource.filters:
            where = self.sql(lambda values, each=each: Filters(values, rows).condition(each))  # type: ignore[misc]
            binds = Filters(Values(self.model, DIALECTS[0]), rows).binds(each)
            yield Filter(each.name, where, binds, each.many, each.separator, each.any)

    def _sorts(self, rows: Rows) -> Iterator[SortKey]:
        sort = rows.resource.sort
        unoffered = (name for name in (each.removeprefix("-") for each in sort.default) if name not in sort.fields)
        for name in (*sort.fields, *unoffered):
            postgres, sqlite = (Values(self.model, dialect).member(rows, name) for dialect in DIALECTS)
            kind = SORT_TYPES.get(postgres.type, postgres.type)
            yield SortKey(name, Sql(postgres.sql, sqlite.sql), kind, postgres.nullable, name in sort.fields)


_KINDS: Mapping[str, Callable[[_ActionReads], Iterator[tuple[str, Read]]]] = {
    "list": _ActionReads.list,
    "retrieve": _ActionReads.retrieve,
    "create": _ActionReads.create,
    "update": _ActionReads.update,
    "delete": _ActionReads.delete,
    "transition": _ActionReads.update,
    "action": _ActionReads.custom,
}
