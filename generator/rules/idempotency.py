"""Idempotency keys: for what is done once in one transaction, by somebody whom the key belongs to."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions import ExpressionError, Scope, check, when_anonymous
from generator.model import Model, Policy, Resource
from generator.rules.subject import Found, Subject

POST = "POST"


def keys_are_for_posts(subject: Subject, resource: Resource) -> Found:
    """The other methods may be sent again anyway."""
    for action in resource.actions:
        others = sorted(set(action.methods) - {POST})
        if action.idempotency and action.kind in ("create", "action") and others:
            place = subject.key(resource, "actions", action.name, "idempotency")
            message = f"'idempotency' is for POST, and '{action.name}' is {' and '.join(others)}"
            yield Diagnostic("misplaced-key", place, message, "leave it out")


def keys_are_kept_with_the_work(subject: Subject, resource: Resource) -> Found:
    """The answer is kept in the transaction of the work, or one could be there without the other."""
    for action in resource.actions:
        if action.idempotency and not action.transaction:
            place = subject.key(resource, "actions", action.name, "idempotency")
            message = f"the answer of '{action.name}' is kept in its transaction, and it says 'transaction: false'"
            yield Diagnostic("contradiction", place, message, "keep one of the two")


def keys_belong_to_somebody(subject: Subject, resource: Resource) -> Found:
    """Two callers may choose the same key, and nobody can tell anonymous ones apart."""
    policies = {each.name: (each, None) for each in subject.model.policies}
    own = {each.name: (each, resource) for each in resource.policies}
    known: dict[str, tuple[Policy, Resource | None]] = {**policies, **own}
    for action in resource.actions:
        policy = known.get(action.policy)
        open_ = _lets_anybody_in(subject.model, *policy) if policy else action.policy == "public"
        if action.idempotency and open_:
            place = subject.at(resource, "actions", action.name, "policy")
            message = f"'{action.policy}' lets anonymous callers in, who have no keys of their own"
            hint = "choose a policy that asks for a caller, or leave 'idempotency' out"
            yield Diagnostic("anonymous-idempotency", place, message, hint)


def _lets_anybody_in(model: Model, policy: Policy, owner: Resource | None) -> bool:
    """A faulty expression, which is told elsewhere, lets nobody in."""
    try:
        typed = check(policy.expression, Scope(model, owner), condition=True)
    except ExpressionError:
        return False
    return when_anonymous(typed) is not False
