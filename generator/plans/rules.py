"""Model → what `rules/<stem>.py` says: what must hold of every row, as functions of the row."""

from __future__ import annotations

from dataclasses import dataclass

from generator.expressions import Scope, check, to_python_condition
from generator.model import Model, Resource
from generator.plans.module import Module, import_lines


@dataclass(frozen=True, slots=True)
class RulePlan:
    """One invariant; `check` is the Python of its expression over `record`."""

    name: str
    text: str
    check: str
    on: str
    message: str


@dataclass(frozen=True, slots=True)
class RulesPlan:
    """The whole file."""

    model: str
    rules: tuple[RulePlan, ...]


def plan_rules(model: Model, resource: Resource) -> Module | None:
    """The module of one resource's invariants; None where it has none."""
    if not resource.invariants:
        return None
    rules: list[RulePlan] = []
    imports: list[str] = []
    for each in resource.invariants:
        python = to_python_condition(check(each.check, Scope.of_row(model, resource), condition=True))
        imports += import_lines(python.imports)
        rules.append(RulePlan(each.name, each.check.text, python.text, each.on, each.message))
    return Module(
        path=f"rules/{resource.stem}.py",
        template="rules.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"What must hold of every {resource.name}.",
        plan=RulesPlan(resource.name, tuple(rules)),
        imports=(
            *imports,
            f"from generated.models.{resource.stem} import {resource.name}",
            "from runtime.call import Invariant",
        ),
    )
