"""Who may, of the part that needs no record, and how those who may not are answered."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from runtime.application import Policy
from runtime.auth import policy
from runtime.auth.actor import BaseActor
from runtime.errors import Problem


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """A caller with a role."""

    role: str


ANN, BOB = Actor(1, "admin"), Actor(2, "buyer")
PUBLIC = Policy("public")
SIGNED_IN = Policy("signed_in", needs_actor=True)
ADMIN = Policy("admin", needs_actor=True, check=lambda actor: actor.role == "admin")
NO_BUYER = Policy("no_buyer", check=lambda actor: actor is None or actor.role != "buyer")
ONLY_KNOWN = Policy("only_known", check=lambda actor: actor is not None)
SECRET = Policy("secret", needs_actor=True, check=lambda actor: actor.role == "admin", hide=True)

# Policy, caller, and the status of the refusal.
CELLS = [
    (PUBLIC, None, None),
    (PUBLIC, BOB, None),
    (SIGNED_IN, None, 401),
    (SIGNED_IN, BOB, None),
    (ADMIN, None, 401),
    (ADMIN, BOB, 403),
    (ADMIN, ANN, None),
    (NO_BUYER, None, None),
    (NO_BUYER, BOB, 403),
    (NO_BUYER, ANN, None),
    (ONLY_KNOWN, None, 401),
    (ONLY_KNOWN, BOB, None),
    (SECRET, None, 401),
    (SECRET, BOB, 404),
    (SECRET, ANN, None),
]
CODES = {401: "NOT_AUTHENTICATED", 403: "FORBIDDEN", 404: "NOT_FOUND"}


@pytest.mark.parametrize(("rule", "actor", "status"), CELLS)
def test_every_kind_of_policy_for_every_kind_of_caller(rule: Policy, actor: Actor | None, status: int | None) -> None:
    assert policy.passes(rule, actor) is (status is None)
    if status is None:
        policy.check(rule, actor)
        return
    with pytest.raises(Problem) as refused:
        policy.check(rule, actor)
    assert (refused.value.status, refused.value.code) == (status, CODES[status])


@pytest.mark.parametrize(
    ("rule", "actor", "status"), [(PUBLIC, None, 401), (SIGNED_IN, BOB, 403), (SECRET, BOB, 404), (SECRET, None, 401)]
)
def test_what_the_database_says_of_a_record(rule: Policy, actor: Actor | None, status: int) -> None:
    for yes in (True, 1):
        policy.check_record(rule, actor, yes)
    for no in (False, 0, None):
        with pytest.raises(Problem) as refused:
            policy.check_record(rule, actor, no)
        assert (refused.value.status, refused.value.code) == (status, CODES[status])
