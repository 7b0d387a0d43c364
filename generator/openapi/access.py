"""Who may use an operation, as far as a document can say: whether a token is needed, and the policy in words."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Model, Policy, Resource
from generator.operations import Operation
from generator.partial import NOBODY, SOMEBODY, decided
from generator.plans.policies import policy_expression

BUILT_IN = {
    "public": "Open to everybody.",
    "authenticated": "For everybody who is signed in.",
}


@dataclass(frozen=True, slots=True)
class Access:
    """What a policy means for a document.

    `anonymous` is whether callers without a token pass: always (True), never (False) or depending on the record
    (None). `refuses` is whether signed-in callers may be turned away; with `hides` they are told 404.
    """

    words: str
    anonymous: bool | None
    refuses: bool
    hides: bool = False


def access(model: Model, operation: Operation) -> Access:
    """Who may use an operation."""
    return of_policy(model, operation.resource, operation.action.policy)


def guarded(model: Model, operation: Operation) -> dict[str, Access]:
    """The members of an operation's input that not everybody may send, and who may."""
    items = operation.action.input.items if operation.action.input else ()
    return {item.name: of_policy(model, operation.resource, item.policy) for item in items if item.policy}


def of_policy(model: Model, resource: Resource, name: str) -> Access:
    """What a policy that a resource uses means."""
    typed = policy_expression(model, resource, name)
    if typed is None:
        return Access(BUILT_IN[name], anonymous=name == "public", refuses=False)
    policy = _declared(model, resource, name)
    others = " To others there is nothing here." if policy.hide else ""
    return Access(
        words=f"For callers who fulfil the policy `{name}`: `{policy.expression.text}`.{others}",
        anonymous=decided(typed.node, NOBODY),
        refuses=decided(typed.node, SOMEBODY) is not True,
        hides=policy.hide,
    )


def _declared(model: Model, resource: Resource, name: str) -> Policy:
    return next(each for each in (*resource.policies, *model.policies) if each.name == name)
