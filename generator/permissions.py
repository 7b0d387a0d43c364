"""Model → `permissions.md`: who may do what, for every operation and every kind of caller.

Kinds of callers are told apart by one column: the first enum or boolean of the actor that policies read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.members import guard_named, listed_by
from generator.model import Field, Model, Resource
from generator.operations import Operation, moves_of, operations
from generator.partial import NOBODY, SOMEBODY, Caller, decided
from generator.plans.actor import actor_fields
from generator.plans.policies import policy_expression

ANSWERS = {True: "yes", False: "no", None: "by record"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One resource: its table, that of its transitions, its policies in full, and what only some may send or see."""

    title: str
    rows: tuple[Row, ...]
    moves: tuple[Row, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PermissionsPlan:
    """The whole file."""

    title: str
    head: tuple[str, ...]
    moves_head: tuple[str, ...]
    sections: tuple[Section, ...]


def plan_permissions(model: Model) -> PermissionsPlan:
    """A section for each resource that offers something."""
    callers = dict(callers_of(model))
    offered = [resource for resource in model.resources if resource.actions]
    return PermissionsPlan(
        title=model.api.title,
        head=("Operation", "Method", "Path", "Policy", *callers),
        moves_head=("Transition", "From", "To", "When", "Policy", *callers),
        sections=tuple(_section(model, resource, callers) for resource in offered),
    )


def callers_of(model: Model) -> Iterator[tuple[str, Caller]]:
    """The kinds of callers that are told apart, by name."""
    yield "anonymous", NOBODY
    if model.actor is None:
        return
    kinds = list(_kinds(actor_fields(model)))
    yield from kinds or [("signed in", SOMEBODY)]


def _kinds(fields: Iterable[Field]) -> Iterator[tuple[str, Caller]]:
    telling = next((field for field in fields if field.type in ("enum", "boolean")), None)
    if telling is None:
        return
    if telling.type == "enum":
        yield from ((value, Caller(True, {telling.name: value})) for value in telling.values)
    else:
        yield telling.name, Caller(True, {telling.name: True})
        yield f"not {telling.name}", Caller(True, {telling.name: False})


def _section(model: Model, resource: Resource, callers: dict[str, Caller]) -> Section:
    listed = operations(resource)
    return Section(
        title=resource.name,
        rows=tuple(_row(model, each, callers) for each in listed),
        moves=tuple(_moves(model, resource, callers)),
        notes=tuple(dict.fromkeys(_notes(model, resource, listed))),
    )


def _row(model: Model, operation: Operation, callers: dict[str, Caller]) -> Row:
    action = operation.action
    answers = (ANSWERS[may(model, operation.resource, action.policy, caller)] for caller in callers.values())
    return Row((operation.name, operation.method, f"`{action.url}`", action.policy, *answers))


def _moves(model: Model, resource: Resource, callers: dict[str, Caller]) -> Iterator[Row]:
    for each in resource.machine.transitions if resource.machine else ():
        when = f"`{_text(guard_named(resource, each.when).check.text)}`" if each.when else ""
        answers = (ANSWERS[may(model, resource, each.by, caller)] for caller in callers.values())
        yield Row((each.name, " or ".join(each.sources), each.target, when, each.by, *answers))


def may(model: Model, resource: Resource, policy: str, caller: Caller) -> bool | None:
    """Whether a policy lets such a caller pass; None where that depends on the record."""
    typed = policy_expression(model, resource, policy)
    if typed is None:
        return policy == "public" or caller.present
    return decided(typed.node, caller)


def _notes(model: Model, resource: Resource, listed: Iterable[Operation]) -> Iterator[str]:
    """What stands behind the names of the table, and what narrows it."""
    if resource.visible:
        yield f"Only records are seen for which `{_text(resource.visible.text)}`."
    for operation in listed:
        action = operation.action
        if action.scope:
            shown = listed_by(model, resource, action).name
            yield f"`{operation.name}` is about each {shown} for which `{_text(action.scope.text)}`."
    transitions = resource.machine.transitions if resource.machine else ()
    for policy in (*model.policies, *resource.policies):
        used = {each.action.policy for each in listed} | set(_of_members(listed)) | {each.by for each in transitions}
        if policy.name in used:
            denied = " Others are told that there is nothing (404)." if policy.hide else ""
            yield f"Policy `{policy.name}`: `{_text(policy.expression.text)}`.{denied}"
    for operation in listed:
        if operation.action.when:
            guard = guard_named(resource, operation.action.when)
            yield f"`{operation.name}` only while `{_text(guard.check.text)}`."
    for operation in listed:
        moves = [each.name for each in moves_of(operation)]
        if moves and moves != [operation.name]:
            yield f"`{operation.name}` makes {', '.join(f'`{each}`' for each in moves)}, for those who may."
    for operation in listed:
        for item in operation.action.input.items if operation.action.input else ():
            if item.policy:
                yield f"`{item.name}` in {operation.name}: only with policy `{item.policy}`."


def _of_members(listed: Iterable[Operation]) -> Iterator[str]:
    for operation in listed:
        moves = [each.name for each in moves_of(operation)]
        if moves and moves != [operation.name]:
            yield f"`{operation.name}` makes {', '.join(f'`{each}`' for each in moves)}, for those who may."
    for operation in listed:
        for item in operation.action.input.items if operation.action.input else ():
            if item.policy:
                yield item.policy


def _text(expression: str) -> str:
    return " ".join(expression.split())
