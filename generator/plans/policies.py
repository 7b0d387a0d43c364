"""Model → what `policies.py` says: who may, as far as that does not depend on the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.expressions import Python, Scope, Typed, actor_part, check, to_python_condition, when_anonymous
from generator.model import Model, Policy, Resource
from generator.partial import SOMEBODY, decided
from generator.plans.module import Module, import_lines, python_name

BUILT_IN = ("public", "authenticated")
TAKEN = frozenset({"Policy", "Actor"})


@dataclass(frozen=True, slots=True)
class PolicyPlan:
    """One policy: `check` is the Python of the part that needs no record, None where there is nothing to check."""

    name: str
    text: str
    spec: str
    needs_actor: bool
    hide: bool
    check: str | None
    imports: tuple[str, ...]


def plan_policies(model: Model) -> Module:
    """The module of all policies: the shared ones, then each resource's own."""
    plans = tuple(_plans(model))
    checked = [plan for plan in plans if plan.check]
    return Module(
        path="policies.py",
        template="policies.py",
        source="spec/",
        summary=SUMMARY,
        plan=plans,
        imports=(
            *(["from generated.actor import Actor"] if checked else []),
            *(line for plan in plans for line in plan.imports),
            "from runtime.application import Policy",
        ),
    )


SUMMARY = """The policies. A check is the part of a policy that needs no record, and so runs before anything is read;
the part about a record is in the `allowed` of each read."""


def policy_name(resource: Resource, policy: str) -> str:
    """The name in `policies.py` of a policy that `resource` uses: its own, a shared or a built-in one."""
    own = any(each.name == policy for each in resource.policies)
    return f"{resource.stem}_{policy}" if own else python_name(policy, TAKEN)


def policy_expression(model: Model, resource: Resource, policy: str) -> Typed | None:
    """The checked expression of a policy that `resource` uses; None for the built-in ones."""
    for owner, policies in ((resource, resource.policies), (None, model.policies)):
        for each in policies:
            if each.name == policy:
                return check(each.expression, Scope(model, owner), condition=True)
    return None


def _plans(model: Model) -> Iterator[PolicyPlan]:
    for policy in model.policies:
        yield _plan(python_name(policy.name, TAKEN), policy, check(policy.expression, Scope(model), condition=True))
    for resource in model.resources:
        for policy in resource.policies:
            typed = check(policy.expression, Scope(model, resource), condition=True)
            yield _plan(policy_name(resource, policy.name), policy, typed)


def _plan(name: str, policy: Policy, typed: Typed) -> PolicyPlan:
    python = _check(typed)
    return PolicyPlan(
        name=name,
        text=policy.expression.text,
        spec=policy.place.short(),
        needs_actor=when_anonymous(typed) is False,
        hide=policy.hide,
        check=python.text if python else None,
        imports=import_lines(python.imports) if python else (),
    )


def _check(typed: Typed) -> Python | None:
    """What the actor must satisfy whatever the record is, beyond being there."""
    part = actor_part(typed)
    if isinstance(part, bool) or (when_anonymous(typed) is False and decided(part.node, SOMEBODY)):
        return None
    return to_python_condition(part)
