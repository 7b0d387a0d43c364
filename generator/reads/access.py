"""Which rows an action reaches and who may: path parameters, parents, visibility, scope and policy as conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.expressions import Typed, apart
from generator.members import key_of, member
from generator.model import Action, Field, HasMany, PathParameter, Policy, Resource
from generator.reads.rows import Rows
from generator.reads.values import Values
from generator.sql.layout import all_of, indented

Parameters = Sequence[PathParameter]


@dataclass(frozen=True, slots=True)
class Access:
    """Writes the conditions of one action in one dialect."""

    values: Values
    resource: Resource
    action: Action

    def item(self, rows: Rows) -> list[str]:
        """The one row that the path names, or that the scope leaves."""
        parameters = self.action.parameters
        if self.action.on == "item" and parameters:
            conditions = self._found(rows, parameters)
        else:
            conditions = [*self._own(rows), *self._nested(rows, parameters), *self.values.visible(rows)]
        return [*conditions, *self._scope(rows)]

    def listed(self, rows: Rows) -> list[str]:
        """What must hold of all rows of a list."""
        relation = self._relation
        tied = [self._tied(rows, relation, self.action.parameters)] if relation else []
        return [*tied, *(self.values.picking(each, rows) for each in self._picked(rows)[0])]

    def alternatives(self, rows: Rows) -> list[str]:
        """What one part of a list's rows has in common each, if they are found in different ways."""
        return [self.values.picking(each, rows) for each in self._picked(rows)[1]]

    def _picked(self, rows: Rows) -> tuple[list[Typed], list[Typed]]:
        said = (rows.resource.visible, self.action.scope)
        return apart([self.values.typed(each, rows) for each in said if each is not None])

    def parent_exists(self, rows: Rows) -> str:
        """Whether the row that a list belongs to is there; empty for a list of its own."""
        relation = self._relation
        if relation is None:
            return ""
        owner = self._owner_rows(rows, relation)
        where = indented(all_of(self._found(owner, self.action.parameters)), 4)
        return f"EXISTS (\n  SELECT 1\n  FROM {owner.table}\n  WHERE {where}\n)"

    def owner(self, rows: Rows) -> list[str]:
        """The parent row that a nested create names."""
        return self._found(rows, self.action.parameters)

    def allowed(self, rows: Rows) -> str:
        """The action's policy, if it depends on the record; else empty."""
        policy = self._policy()
        if policy is None or not self.values.typed(policy.expression, rows).uses_record:
            return ""
        return self.values.condition(policy.expression, rows)

    def allowed_on(self, parent: Rows) -> str:
        """The policy of a create: of a record that so far only has its parent and, where that is set, its author."""
        known = [f'{parent.key} AS "{self.resource.parent}_id"']
        for relation in self.resource.belongs_to:
            if relation.set_to_actor:
                key = key_of(self.values.model.by_name[relation.target])
                caller = self.values.parameter(f"actor_{key.name}", key.type)
                known.append(f'{caller} AS "{relation.name}_id"')
        new = parent.inner(self.resource, "new")
        allowed = self.allowed(new)
        return allowed and f"(\n  SELECT {indented(allowed)}\n  FROM (SELECT {', '.join(known)}) {new.alias}\n)"

    # --- the way up ---------------------------------------------------------------------------

    @property
    def _relation(self) -> tuple[str, Resource] | None:
        """The column of a listed row that names the path's record, and that record's resource."""
        if self.action.of is not None:
            found = member(self.resource, self.action.of)
            assert isinstance(found, HasMany), f"{self.action.of} of {self.resource.name} is no has_many"
            return found.inverse, self.resource
        return self._parent(self.resource) if self.resource.parent and self.action.parameters else None

    def _parent(self, resource: Resource) -> tuple[str, Resource]:
        relation = next(each for each in resource.belongs_to if each.name == resource.parent)
        return relation.name, self.values.model.by_name[relation.target]

    def _owner_rows(self, rows: Rows, relation: tuple[str, Resource]) -> Rows:
        return rows.inner(relation[1], relation[0])

    def _tied(self, rows: Rows, relation: tuple[str, Resource], parameters: Parameters) -> str:
        owner = self._owner_rows(rows, relation)
        where = indented(all_of(self._found(owner, parameters)), 4)
        column = rows.column(f"{relation[0]}_id")
        return f"{column} = (\n  SELECT {owner.key}\n  FROM {owner.table}\n  WHERE {where}\n)"

    def _found(self, rows: Rows, parameters: Parameters) -> list[str]:
        """The row that the last parameter names, below those that the others name, all of them visible."""
        last = parameters[-1]
        field = member(rows.resource, last.field)
        assert isinstance(field, Field)
        named = f"{rows.column(field.name)} = {self.values.parameter(last.name, field.type)}"
        return [named, *self._nested(rows, parameters[:-1]), *self.values.visible(rows)]

    def _own(self, rows: Rows) -> list[str]:
        """Of a singleton: the caller's own row."""
        if self.resource.singleton is None:
            return []
        relation = next(each for each in self.resource.belongs_to if each.name == self.resource.singleton)
        key = key_of(self.values.model.by_name[relation.target])
        return [f"{rows.column(f'{relation.name}_id')} = {self.values.parameter(f'actor_{key.name}', key.type)}"]

    def _nested(self, rows: Rows, parameters: Parameters) -> list[str]:
        if rows.resource.parent is None or not parameters:
            return []
        return [self._tied(rows, self._parent(rows.resource), parameters)]

    # --- what was said ------------------------------------------------------------------------

    def _scope(self, rows: Rows) -> list[str]:
        return [self.values.condition(self.action.scope, rows)] if self.action.scope else []

    def _policy(self) -> Policy | None:
        """The policy by name, the resource's own first; None for those that are built in."""
        declared = (*self.resource.policies, *self.values.model.policies)
        return next((each for each in declared if each.name == self.action.policy), None)
