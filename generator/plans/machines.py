"""Model → what `machines/<stem>.py` says: the life of a resource's records, one constant per transition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import Name, literal
from generator.members import column_of, guard_named, key_of, member
from generator.model import BelongsTo, InputItem, Model, Resource, Transition
from generator.plans.module import Module, is_wide, names_in
from generator.plans.policies import policy_expression, policy_name
from generator.plans.types import imports_of, set_values
from generator.reads.compiler import condition, guard


@dataclass(frozen=True, slots=True)
class TransitionPlan:
    """One transition: the name of its constant, what it says of itself, and its arguments as source text."""

    constant: str
    text: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """The whole file."""

    table: str
    key: str
    key_type: str
    field: str
    transitions: tuple[TransitionPlan, ...]


def plan_machine(model: Model, resource: Resource) -> Module | None:
    """The module of one resource's state machine; None where it has none."""
    machine = resource.machine
    if machine is None:
        return None
    plan = MachinePlan(
        table=resource.table,
        key=key_of(resource).name,
        key_type=key_of(resource).type,
        field=machine.field,
        transitions=tuple(_transition(model, resource, each) for each in machine.transitions),
    )
    return Module(
        path=f"machines/{resource.stem}.py",
        template="machines.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"The life of {resource.name}: who may move it from one state to another, when.",
        plan=plan,
        imports=tuple(_imports(plan)),
        wide=is_wide(*(argument for each in plan.transitions for argument in each.arguments)),
    )


def transition_constant(name: str) -> str:
    """The name that a transition has in its module."""
    return name.upper()


def _transition(model: Model, resource: Resource, transition: Transition) -> TransitionPlan:
    stamps, signs = _stamped(resource, transition)
    said: dict[str, object] = {
        "name": transition.name,
        "sources": transition.sources,
        "target": transition.target,
        "policy": Name(f"policies.{policy_name(resource, transition.by)}"),
    }
    optional: dict[str, object] = {
        "allowed": _allowed(model, resource, transition.by),
        "guard": guard(model, resource, guard_named(resource, transition.when)) if transition.when else None,
        "sets": set_values(resource, transition.sets),
        "stamps": stamps,
        "signs": signs,
        "takes": tuple(
            f"{each.name}_id" if each.field.type == "reference" else each.name for each in _taken(transition)
        ),
        "effects": tuple(f"{resource.stem}.{each}" for each in transition.effects),
    }
    said |= {name: value for name, value in optional.items() if value}
    return TransitionPlan(
        constant=transition_constant(transition.name),
        text=_text(transition),
        arguments=tuple(f"{name}={literal(value, 1)}" for name, value in said.items()),
    )


def _text(transition: Transition) -> str:
    more = f": {transition.description.strip().rstrip('.')}" if transition.description else ""
    return f"{' or '.join(transition.sources)} → {transition.target}{more} ({transition.place.short()})"


def _taken(transition: Transition) -> Iterator[InputItem]:
    return iter(transition.takes.items if transition.takes else ())


def _allowed(model: Model, resource: Resource, policy: str) -> object:
    """The policy as a condition on the record, if it depends on it."""
    typed = policy_expression(model, resource, policy)
    declared = next((each for each in resource.policies if each.name == policy), None)
    if typed is None or declared is None or not typed.uses_record:
        return None
    return condition(model, resource, declared.expression)


def _stamped(resource: Resource, transition: Transition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that get the time, and those that get the caller."""
    found = [member(resource, name) for name in transition.stamps]
    times = tuple(each.name for each in found if not isinstance(each, BelongsTo))
    return times, tuple(column_of(each) for each in found if isinstance(each, BelongsTo))


def _imports(plan: MachinePlan) -> Iterator[str]:
    names = names_in(*(f"f({argument})" for each in plan.transitions for argument in each.arguments))
    yield from imports_of(names)
    yield "from generated import policies"
    if "Sql" in names:
        yield "from runtime.application import Sql"
    yield "from runtime.machines import Machine, Transition"
    if "Guard" in names:
        yield "from runtime.reads import Guard"
