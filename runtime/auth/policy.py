"""May they? A policy's part that needs no record is Python; its part about a record came with the row."""

from __future__ import annotations

from runtime.application import Policy
from runtime.auth.actor import BaseActor
from runtime.errors import Problem, forbidden, not_found, unauthorized


def check(policy: Policy, actor: BaseActor | None) -> None:
    """Raise unless `actor` passes the part of `policy` that needs no record."""
    if actor is None and policy.needs_actor:
        raise unauthorized()
    if policy.check is not None and not policy.check(actor):
        raise denied(policy, actor)


def check_record(policy: Policy, actor: BaseActor | None, allowed: object) -> None:
    """Raise unless the database said that `actor` may, of a record that is visible to them."""
    if not allowed:
        raise denied(policy, actor)


def passes(policy: Policy, actor: BaseActor | None) -> bool:
    """Whether `actor` passes the part of `policy` that needs no record."""
    if actor is None and policy.needs_actor:
        return False
    return policy.check is None or policy.check(actor)


def denied(policy: Policy, actor: BaseActor | None) -> Problem:
    """The refusal: an anonymous caller may still sign in, a known one may not, or not even know."""
    if actor is None:
        return unauthorized()
    return not_found() if policy.hide else forbidden()
