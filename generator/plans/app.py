"""Model → what `app.py` says: the one value that the runtime serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.literals import Name, literal
from generator.members import column_named, column_of, key_of
from generator.migrations.tables import constraint_name
from generator.model import BelongsTo, Field, Model, Resource, Seeds
from generator.plans.actor import actor_fields
from generator.plans.events import EventCount, events
from generator.plans.files import siblings
from generator.plans.metrics import Metric, metrics
from generator.plans.module import Module, is_wide
from runtime.fieldtypes import FIELD_TYPES

CIRCLE = "Would lead back to the record itself."
# What `agora token NAME` may look a caller up by.
NAMES = ("string", "slug", "email")


@dataclass(frozen=True, slots=True)
class Constraint:
    """Prints as the runtime's own class of this name."""

    name: str
    kind: str
    table: str
    columns: tuple[str, ...]
    on: tuple[str, ...] = ()
    code: str | None = None
    message: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class AppPlan:
    """The whole file; what is not a name is source text."""

    title: str
    version: str
    base: str
    models: tuple[str, ...]
    routes: tuple[str, ...]
    actor: str
    constraints: tuple[Constraint, ...]
    events: tuple[EventCount, ...]
    metrics: tuple[Metric, ...]
    machines: tuple[str, ...]
    effects: tuple[tuple[str, str], ...]
    attachments: bool
    siblings: tuple[tuple[str, str], ...]
    seeds: tuple[str, ...]


def plan_app(model: Model) -> Module:
    """The module that ties everything together."""
    plan = AppPlan(
        title=model.api.title,
        version=model.api.version,
        base=model.api.base,
        models=tuple(f"generated.models.{resource.stem}" for resource in model.resources),
        routes=tuple(resource.stem for resource in model.resources if resource.actions),
        actor=_actor(model),
        constraints=tuple(each for resource in model.resources for each in constraints(resource)),
        events=tuple(events(model)),
        metrics=metrics(model),
        machines=tuple(each.stem for each in model.resources if each.machine),
        effects=tuple(_effects(model)),
        attachments=any(each.attachments for each in model.resources),
        siblings=tuple((each.table, made) for each in model.resources if (made := siblings(model, each))),
        seeds=tuple(_seed(each, each.seeds) for each in _in_order(model) if each.seeds),
    )
    return Module(
        path="app.py",
        template="app.py",
        source="spec/",
        summary=f"{model.api.title}: everything that the runtime serves.",
        plan=plan,
        imports=tuple(_imports(model, plan)),
        wide=is_wide(*(literal(each, 1) for each in (*plan.events, *plan.metrics))),
    )


def _actor(model: Model) -> str:
    if model.actor is None:
        return "None"
    resource = model.by_name[model.actor.resource]
    fields = actor_fields(model)
    names = next((field.name for field in resource.fields if field.unique and field.type in NAMES), None)
    types = {field.name: field.type for field in fields[1:] if FIELD_TYPES[field.type].python not in ("int", "str")}
    places = {field.name: field.places for field in fields[1:] if field.places is not None}
    said: dict[str, object] = {
        "table": resource.table,
        "key": key_of(resource).name,
        "key_type": key_of(resource).type,
        "active": model.actor.active,
        "fields": tuple(field.name for field in fields),
        "make": Name("Actor"),
    }
    said |= {key: value for key, value in (("types", types), ("places", places), ("names", names)) if value}
    return f"ActorSource({', '.join(f'{name}={literal(value)}' for name, value in said.items())})"


# --- constraints ------------------------------------------------------------------------------


def constraints(resource: Resource) -> Iterator[Constraint]:
    """What the database may refuse, and what the client is told then."""
    taken = _names_in_inputs(resource)
    for field in resource.fields:
        if field.unique and field.name != "id":
            yield _constraint("uq", "unique", resource, field.name, (field,), taken, field.unique_code)
    for identity in resource.identities:
        found = [column_named(resource, name) for name in identity.fields]
        said = (identity.error, identity.message, identity.where is not None)
        yield _constraint("uq", "unique", resource, identity.name, found, taken, *said)
    for invariant in resource.invariants:
        found = [column_named(resource, invariant.on)]
        yield _constraint("ck", "check", resource, invariant.name, found, taken, None, invariant.message)
    for relation in resource.belongs_to:
        yield _constraint("fk", "foreign", resource, relation.name, (relation,), taken)
        if relation.acyclic:
            name = f"{relation.name}_acyclic"
            yield _constraint("ck", "check", resource, name, (relation,), taken, None, CIRCLE)


def _constraint(
    prefix: str,
    kind: str,
    resource: Resource,
    name: str,
    columns: Iterable[Field | BelongsTo],
    taken: frozenset[str],
    code: str | None = None,
    message: str | None = None,
    partial: bool = False,
) -> Constraint:
    found = tuple(columns)
    return Constraint(
        name=constraint_name(prefix, resource.table, name),
        kind=kind,
        table=resource.table,
        columns=tuple(map(column_of, found)),
        on=tuple(each.name for each in found if each.name in taken),
        code=code,
        message=message,
        partial=partial,
    )


def _names_in_inputs(resource: Resource) -> frozenset[str]:
    """Only what a client can send can be blamed on it."""
    inputs = [action.input for action in resource.actions if action.input]
    return frozenset(item.source for given in inputs for item in given.items if item.source)


# --- seeds ---------------------------------------------------------------------------------------


def _effects(model: Model) -> Iterator[tuple[str, str]]:
    """The hooks that go with transitions, by the name that these know them by."""
    for resource in model.resources:
        named = (effect for each in resource.machine.transitions for effect in each.effects) if resource.machine else ()
        for name in dict.fromkeys(named):
            yield f"{resource.stem}.{name}", f"{resource.stem}_hooks.{name}"


def _seed(resource: Resource, seeds: Seeds) -> str:
    said: dict[str, object] = {"name": resource.stem}
    if seeds.rows:
        said |= {"model": f"generated.models.{resource.stem}:{resource.name}", "rows": seeds.rows}
    if seeds.hook:
        said |= {"make": Name(f"{resource.stem}_hooks.{seeds.hook}")}
    return f"Seed({', '.join(f'{name}={literal(value)}' for name, value in said.items())})"


def _in_order(model: Model) -> list[Resource]:
    """What others point at comes first."""
    ordered: dict[str, Resource] = {}

    def visit(resource: Resource, above: frozenset[str]) -> None:
        if resource.name in above or resource.name in ordered:
            return
        for relation in resource.belongs_to:
            visit(model.by_name[relation.target], above | {resource.name})
        ordered[resource.name] = resource

    for resource in model.resources:
        visit(resource, frozenset())
    return list(ordered.values())


def _imports(model: Model, plan: AppPlan) -> Iterator[str]:
    yield from ["from generated.actor import Actor"] if model.actor else []
    yield from ["from generated.attachments import ATTACHMENTS"] if plan.attachments else []
    for stem in plan.routes:
        yield f"from generated.routes import {stem}"
    for stem in plan.machines:
        yield f"from generated.machines import {stem} as {stem}_machine"
    used_hooks = {function.partition(".")[0].removesuffix("_hooks") for _, function in plan.effects}
    for resource in model.resources:
        if (resource.seeds and resource.seeds.hook) or resource.stem in used_hooks:
            yield f"from hooks import {resource.stem} as {resource.stem}_hooks"
    used = {
        "ActorSource": bool(model.actor),
        "Application": True,
        "Constraint": bool(plan.constraints),
        "EventCount": bool(plan.events),
        "Seed": bool(plan.seeds),
        "Metric": bool(plan.metrics),
        "Raised": any(each.raises for each in plan.events),
        "Siblings": bool(plan.siblings),
        "Sql": bool(plan.metrics) or any(each.unless for each in plan.events),
    }
    yield f"from runtime.application import {', '.join(name for name, needed in used.items() if needed)}"
