"""Model → what `routes/<stem>.py` says: one function per operation, which names all that decides over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.literals import Name, literal
from generator.members import is_custom, member
from generator.model import Action, Field, Model, Resource
from generator.openapi.names import summary
from generator.operations import Operation, operations
from generator.plans.hooks import (
    HookPlan,
    guard_codes,
    location,
    plan_hook,
    policy_source,
    read_source,
    single_source,
)
from generator.plans.inputs import input_constant
from generator.plans.machines import transition_constant
from generator.plans.module import Module, names_in, python_name
from generator.plans.types import imports_of, set_values
from generator.reads.compiler import record_reads
from runtime.fieldtypes import PATH_PATTERNS

# Names that mean something in a routes module, and so cannot be a handler's.
TAKEN = frozenset({"routes", "inputs", "reads", "policies", "hooks", "rules", "machines", "shared"})


@dataclass(frozen=True, slots=True)
class HandlerPlan:
    """One operation: `standard` is the one call it consists of, unless it has a hook."""

    method: str
    options: tuple[str, ...]
    function: str
    summary: str
    standard: str | None
    hook: HookPlan | None


@dataclass(frozen=True, slots=True)
class RoutesPlan:
    """The whole file."""

    name: str
    handlers: tuple[HandlerPlan, ...]


def plan_routes(model: Model, resource: Resource) -> Module | None:
    """The module of one resource's routes; None where it offers none."""
    if not resource.actions:
        return None
    plan = RoutesPlan(resource.stem, tuple(_handler(model, each) for each in operations(resource)))
    return Module(
        path=f"routes/{resource.stem}.py",
        template="routes.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"The operations of {resource.name}.",
        plan=plan,
        imports=tuple(_imports(model, resource, plan)),
    )


def _handler(model: Model, operation: Operation) -> HandlerPlan:
    action = operation.action
    options = [literal(action.url), literal(operation.full_name)]
    kinds = _parameter_kinds(model, action)
    options += [f"parameters={literal(kinds)}"] if kinds else []
    options += ["form=True"] if action.form else []
    options += ["idempotency=True"] if action.idempotency else []
    custom = is_custom(action)
    return HandlerPlan(
        method=operation.method.lower(),
        options=(*options, f"spec={literal(action.place.short())}"),
        function=python_name(operation.name, TAKEN),
        summary=_summary(model, operation),
        standard=None if custom else STANDARD[action.kind](model, operation),
        hook=plan_hook(model, operation) if custom else None,
    )


def _parameter_kinds(model: Model, action: Action) -> dict[str, str]:
    """The field types of the parameters in the path whose form is checked; any text may be a name."""
    found = {each.name: member(model.by_name[each.resource], each.field) for each in action.parameters}
    kinds = {name: field.type for name, field in found.items() if isinstance(field, Field)}
    return {name: kind for name, kind in kinds.items() if kind in PATH_PATTERNS}


def _summary(model: Model, operation: Operation) -> str:
    action = operation.action
    tracks = f" Tracks: {action.tracks}." if action.tracks else ""
    return f"{summary(model, operation).rstrip('.')}. Policy: {action.policy}.{tracks} ({action.place.short()})"


# --- operations that need no hook --------------------------------------------------------------


def _call(method: str, *arguments: str, **named: str | None) -> str:
    said = [*arguments, *(f"{name}={value}" for name, value in named.items() if value is not None)]
    return f"call.{method}({', '.join(said)})"


def _list(model: Model, operation: Operation) -> str:
    return _call("list", read_source(operation), policy_source(operation), tracks=_tracks(model, operation))


def _retrieve(model: Model, operation: Operation) -> str:
    return _call(
        "retrieve",
        read_source(operation),
        policy_source(operation),
        tracks=_tracks(model, operation),
        single=_single(operation),
        storage_off=literal(dict(off)) if (off := operation.action.storage_off) else None,
    )


def _create(model: Model, operation: Operation) -> str:
    resource, action = operation.resource, operation.action
    sets = {f"{each.name}_id": Name("ACTOR") for each in resource.belongs_to if each.set_to_actor}
    nested = {f"{resource.parent}_id": Name("PARENT")} if _on_parent(operation) else {}
    return _call(
        "create",
        resource.name,
        f"inputs.{input_constant(operation)}",
        policy_source(operation),
        sets=literal(sets | nested) if sets or nested else None,
        guard=read_source(operation, "GUARD") if _on_parent(operation) else None,
        returns=_returns(operation),
        location=_location(resource, action),
        invariants=_invariants(resource),
        slugs=_slugs(resource),
        **_effect(operation),
    )


def _update(model: Model, operation: Operation) -> str:
    return _call(
        "update",
        operation.resource.name,
        f"inputs.{input_constant(operation)}",
        policy_source(operation),
        record=read_source(operation, "RECORD"),
        returns=_returns(operation),
        invariants=_invariants(operation.resource),
        single=_single(operation),
        **_effect(operation),
    )


def _delete(model: Model, operation: Operation) -> str:
    soft = set_values(operation.resource, operation.action.soft)
    return _call(
        "delete",
        operation.resource.name,
        policy_source(operation),
        record=read_source(operation, "RECORD"),
        soft=literal(soft) if soft else None,
        single=_single(operation),
        **_effect(operation),
    )


def _transition(model: Model, operation: Operation) -> str:
    action = operation.action
    return _call(
        "transition",
        "machines.MACHINE",
        operation.resource.name,
        policy_source(operation),
        record=read_source(operation, "RECORD"),
        input=f"inputs.{input_constant(operation)}" if action.input else None,
        by=f"machines.{transition_constant(action.transition)}" if action.transition else None,
        returns=_returns(operation),
        answer=_answer(operation),
    )


def _answer(operation: Operation) -> str | None:
    """The members of a transition's answer: constants, the states before and after, and the record itself."""
    result = operation.action.returns[0]
    records = record_reads(operation.action)
    members: dict[str, object] = {}
    for field in result.fields:
        if field.record is not None:
            members[field.name] = Name(read_source(operation, records[result.status, field.name][0]))
        else:
            members[field.name] = Name(field.state.upper()) if field.state else field.const
    return literal(members) if members else None


def _acknowledge(model: Model, operation: Operation) -> str:
    says = literal(dict(operation.action.responds or {}))
    tracks = _tracks(model, operation)
    return _call("acknowledge", read_source(operation, "RECORD"), policy_source(operation), says, tracks=tracks)


STANDARD: dict[str, Callable[[Model, Operation], str]] = {
    "list": _list,
    "retrieve": _retrieve,
    "create": _create,
    "update": _update,
    "delete": _delete,
    "transition": _transition,
    "action": _acknowledge,
}


def _tracks(model: Model, operation: Operation) -> str | None:
    tracks = operation.action.tracks
    return literal(f"{operation.resource.stem}.{tracks}") if tracks else None


def _returns(operation: Operation) -> str | None:
    """How what was written is shown; without a representation there is no body."""
    shown = any(result.representation for result in operation.action.returns)
    return read_source(operation, "RESULT") if shown else None


def _invariants(resource: Resource) -> str | None:
    return "rules.INVARIANTS" if resource.invariants else None


def _single(operation: Operation) -> str | None:
    return single_source(operation.resource) if operation.action.on == "item" else None


def _effect(operation: Operation) -> dict[str, str]:
    """The hook that goes with a write, and the codes that guards of its transitions answer with."""
    action = operation.action
    if action.effect is None:
        return {}
    codes = guard_codes(operation.resource, replace(action, when=None))
    return {"effect": f"hooks.{action.effect}"} | ({"errors": literal(codes)} if codes else {})


def _slugs(resource: Resource) -> str | None:
    slugs = [
        Name(f"Slug({literal(field.name)}, {literal(field.slug_from)}{', suffix=True' if field.slug_suffix else ''})")
        for field in resource.fields
        if field.slug_from
    ]
    return literal(tuple(slugs)) if slugs else None


def _on_parent(operation: Operation) -> bool:
    return operation.resource.parent is not None and bool(operation.action.parameters)


def _location(resource: Resource, action: Action) -> str | None:
    """Where the new record is: the URL of the resource's retrieve, if there is one and the spec wants it said."""
    path = location(resource, action) if action.location else None
    return literal(path) if path else None


def _imports(model: Model, resource: Resource, plan: RoutesPlan) -> Iterator[str]:
    words = names_in(*_sources(plan))
    yield from imports_of(words)
    for name, line in _modules(resource).items():
        if name in words:
            yield line
    for each in model.resources:
        if each.name in words:
            yield f"from generated.models.{each.stem} import {each.name}"
    yield "from runtime.application import Routes"
    yield "from runtime.call import Call"
    yield "from sanic.response import HTTPResponse"


def _modules(resource: Resource) -> dict[str, str]:
    return {
        "policies": "from generated import policies",
        "inputs": f"from generated.inputs import {resource.stem} as inputs",
        "shared": "from generated.inputs import _shared as shared",
        "reads": f"from generated.reads import {resource.stem} as reads",
        "rules": f"from generated.rules import {resource.stem} as rules",
        "hooks": f"from hooks import {resource.stem} as hooks",
        "machines": f"from generated.machines import {resource.stem} as machines",
        "Context": "from generated.actor import Context",
        "AFTER": "from runtime.call import AFTER",
        "BEFORE": "from runtime.call import BEFORE",
        "Single": "from runtime.call import Single",
        "ACTOR": "from runtime.call import ACTOR",
        "PARENT": "from runtime.call import PARENT",
        "Slug": "from runtime.call import Slug",
    }


def _sources(plan: RoutesPlan) -> Iterator[str]:
    for handler in plan.handlers:
        if handler.standard:
            yield handler.standard
        if handler.hook:
            yield from ("Context", handler.hook.source)
