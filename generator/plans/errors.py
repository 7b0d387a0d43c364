"""Model → what `errors.py` says: one exception per declared error, with its members as typed arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import literal
from generator.model import Action, DeclaredError, Model, Resource
from generator.plans.module import Module, names_in
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
    return Module(
        path="errors.py",
        template="errors.py",
        source="spec/",
        summary="The errors that the specs declare. A hook raises those of its own action.",
        plan=ordered,
        imports=(
            *imports_of(names_in(*(kind for plan in ordered for _, kind in plan.members))),
            *(["from runtime.errors import Problem"] if ordered else []),
        ),
    )


def _plans(model: Model) -> Iterator[ErrorPlan]:
    """A code that means different things in different actions gives one exception for each of them."""
    meanings: dict[str, set[Meaning]] = {}
    for _, _, error in _declared(model):
        meanings.setdefault(error.code, set()).add(_meaning(model, error))
    for resource, action, error in _declared(model):
        owner = "" if len(meanings[error.code]) == 1 else resource.name + pascal(action.name)
        yield ErrorPlan(owner + pascal(error.code.lower()), error.code, *_meaning(model, error))


def _meaning(model: Model, error: DeclaredError) -> Meaning:
    members = tuple((field.name, annotation(model, field)) for field in error.fields)
    return error.status, error.message, members


def _declared(model: Model) -> Iterator[tuple[Resource, Action, DeclaredError]]:
    for resource in model.resources:
        for action in resource.actions:
            for error in action.errors:
                yield resource, action, error
