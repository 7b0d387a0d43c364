"""Model → what `models/<stem>.py` says: the ORM's class of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import literal
from generator.members import key_of
from generator.model import BelongsTo, Field, Model, Resource
from generator.plans.module import Module, names_in
from generator.plans.types import default_of, imports_of
from runtime.fieldtypes import FIELD_TYPES


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """`name = columns.TextColumn(null=True)`."""

    name: str
    kind: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """A belongs_to: the relation and, annotated, the column behind it."""

    name: str
    target: str
    key: str
    nullable: bool
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """One class. `inverses` are pairs of a has_many's name and its target."""

    name: str
    summary: str
    table: str
    columns: tuple[ColumnPlan, ...]
    references: tuple[ReferencePlan, ...]
    inverses: tuple[tuple[str, str], ...]


def plan_model(model: Model, resource: Resource) -> Module:
    """The module of one resource's model."""
    plan = ModelPlan(
        name=resource.name,
        summary=resource.description or f"A row of {resource.table}.",
        table=resource.table,
        columns=tuple(_column(field) for field in resource.fields),
        references=tuple(_reference(model, each) for each in resource.belongs_to),
        inverses=tuple((each.name, each.target) for each in resource.has_many),
    )
    return Module(
        path=f"models/{resource.stem}.py",
        template="models.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"The table of {resource.name} as the ORM sees it.",
        plan=plan,
        imports=tuple(_imports(plan)),
        type_imports=tuple(_type_imports(model, resource, plan)),
    )


def _column(field: Field) -> ColumnPlan:
    said = {
        "primary_key": field.name == "id" or None,
        "places": field.places if field.type == "decimal" else None,
        "null": field.nullable or None,
        "default": default_of(field),
    }
    arguments = tuple(f"{name}={literal(value)}" for name, value in said.items() if value is not None)
    return ColumnPlan(field.name, FIELD_TYPES[field.type].column, arguments)


def _reference(model: Model, relation: BelongsTo) -> ReferencePlan:
    said = {
        "related_name": literal(relation.inverse),
        "on_delete": f"OnDelete.{relation.on_delete.upper()}",
        "null": "True" if relation.nullable else None,
    }
    key = FIELD_TYPES[key_of(model.by_name[relation.target]).type].python
    arguments = tuple(f"{name}={value}" for name, value in said.items() if value)
    return ReferencePlan(relation.name, relation.target, key, relation.nullable, arguments)


def _imports(plan: ModelPlan) -> Iterator[str]:
    arguments = (f"f({', '.join(each.arguments)})" for each in plan.columns)
    yield from imports_of(names_in(*arguments, *(each.key for each in plan.references)))
    yield from ["from runtime import columns", "from runtime.records import Record"]
    kinds = {"ForeignKeyNullableRelation" if each.nullable else "ForeignKeyRelation" for each in plan.references}
    names = sorted(kinds | ({"ReverseRelation"} if plan.inverses else set()))
    if names:
        yield f"from tortoise.fields import {', '.join(names)}"
    if plan.references:
        yield "from tortoise.fields import ForeignKeyField, OnDelete"
    if _others(plan):
        yield "from typing import TYPE_CHECKING"


def _others(plan: ModelPlan) -> list[str]:
    named = {each.target for each in plan.references} | {target for _, target in plan.inverses}
    return sorted(named - {plan.name})


def _type_imports(model: Model, resource: Resource, plan: ModelPlan) -> Iterator[str]:
    for name in _others(plan):
        yield f"from generated.models.{model.by_name[name].stem} import {name}"
