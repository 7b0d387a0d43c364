"""Model → what `errors.py` says: one exception per declared error, with its members as typed arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import literal
from generator.model import Action, DeclaredError, Field, Model, Resource
from generator.plans.module import Module, names_in
from generator.plans.objects import SHARED, item_class
from generator.plans.types import annotation, imports_of
from generator.schemas import pascal

Meaning = tuple[int, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class ErrorPlan:
    """One exception; `members` are pairs of a name and its annotation."""

    name: str
    code: str
    status: int
    message: str
    members: tuple[tuple[str, str], ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Those of its constructor."""
        return ("self", *(["*"] if self.members else []), *(f"{name}: {kind}" for name, kind in self.members))

    @property
    def passed(self) -> tuple[str, ...]:
        """Its members as those of a mapping."""
        return tuple(f"{literal(name)}: {name}" for name, _ in self.members)


def plan_errors(model: Model) -> Module:
    """The module of all errors that hooks may raise."""
    plans = {plan.name: plan for plan in _plans(model)}
    ordered = tuple(plans[name] for name in sorted(plans))
    names = names_in(*(kind for plan in ordered for _, kind in plan.members))
    return Module(
        path="errors.py",
        template="errors.py",
        source="spec/",
        summary="The errors that the specs declare. A hook raises those of its own action.",
        plan=ordered,
        imports=(
            *imports_of(names),
            *(line for name, line in _modules(model).items() if name in names),
            *(["from runtime.errors import Problem"] if ordered else []),
        ),
    )


def _plans(model: Model) -> Iterator[ErrorPlan]:
    """A code that means different things in different actions gives one exception for each of them."""
    meanings: dict[str, set[Meaning]] = {}
    for resource, _, error in _declared(model):
        meanings.setdefault(error.code, set()).add(_meaning(model, resource, error))
    for resource, action, error in _declared(model):
        owner = "" if len(meanings[error.code]) == 1 else resource.name + pascal(action.name)
        yield ErrorPlan(owner + pascal(error.code.lower()), error.code, *_meaning(model, resource, error))


def _meaning(model: Model, resource: Resource, error: DeclaredError) -> Meaning:
    return error.status, error.message, tuple(_member(model, resource, field) for field in error.fields)


def _member(model: Model, resource: Resource, field: Field) -> tuple[str, str]:
    return field.name, annotation(model, field, item_class(resource, field, f"{resource.stem}_inputs"))


def _modules(model: Model) -> dict[str, str]:
    """Where the classes of members are, by what the module is called here."""
    own = {
        f"{each.stem}_inputs": f"from generated.inputs import {each.stem} as {each.stem}_inputs"
        for each in model.resources
    }
    return own | {SHARED: f"from generated.inputs import _shared as {SHARED}"}


def _declared(model: Model) -> Iterator[tuple[Resource, Action, DeclaredError]]:
    for resource in model.resources:
        for action in resource.actions:
            for error in action.errors:
                yield resource, action, error
