"""The operations of an API: one per method of an action, each with a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Action, Model, Resource, Transition


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one URL. `name` is unique in its resource; PUT beside PATCH is called `replace`."""

    resource: Resource
    action: Action
    method: str
    name: str

    @property
    def full_name(self) -> str:
        """`book.replace`: unique in the API."""
        return f"{self.resource.stem}.{self.name}"

    @property
    def partial(self) -> bool:
        """Whether members that are not sent stay as they are."""
        return self.action.kind == "update" and self.method == "PATCH"


def all_operations(model: Model) -> Iterator[Operation]:
    """Those of every resource, in the order of the specs."""
    for resource in model.resources:
        yield from operations(resource)


def operations(resource: Resource) -> tuple[Operation, ...]:
    """Those of one resource, in spec order."""
    return tuple(
        Operation(resource, action, method, _name(action, method))
        for action in resource.actions
        for method in action.methods
    )


def moves_of(operation: Operation) -> tuple[Transition, ...]:
    """The transitions that an operation can make: the one that it is, those that a state in its body can mean, or
    those that its hook makes."""
    action, machine = operation.action, operation.resource.machine
    if machine is None:
        return ()
    if action.kind == "transition" and action.transition is None:
        return tuple(each for each in machine.transitions if each.takes is None)
    named = {*action.moves, action.transition}
    return tuple(each for each in machine.transitions if each.name in named)


def _name(action: Action, method: str) -> str:
    if method == action.methods[0]:
        return action.name
    if action.kind == "update" and method == "PUT":
        return "replace" if action.name == "update" else f"replace_{action.name}"
    return f"{action.name}_{method.lower()}"
