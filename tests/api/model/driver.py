"""Asks the server and the model the same, and fails where they differ."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine

from tests.api.client import Caller, register
from tests.api.model.agreement import agree
from tests.api.model.market import Market, Person, Refusal
from tests.api.shopping import ADDRESS
from tests.support.sql import execute

T = TypeVar("T")

ROLES = {"ann": "buyer", "bob": "buyer", "sue": "seller", "sid": "seller", "admin": "admin"}
NOBODY = "nobody"
# Who a rule is about: mostly those for whom it is meant, but anybody may try.
ANYBODY = st.sampled_from([*ROLES, NOBODY])
BUYERS = st.sampled_from(["ann", "bob", "ann", "bob", "sue", "sid", "admin", NOBODY])
CUSTOMERS = st.sampled_from(["ann", "bob"])
SELLERS = st.sampled_from(["sue", "sid", "sue", "sid", "sue", "sid", "admin", "ann", NOBODY])

UNKNOWN = "00000000-0000-4000-8000-000000000000"
PRICES = st.sampled_from(["0.01", "1.00", "9.99", "19.90", "333.33", "100000.00"])
FEW = st.integers(1, 4)

products: Bundle[Any] = Bundle("products")
reviews: Bundle[Any] = Bundle("reviews")
items: Bundle[Any] = Bundle("items")
orders: Bundle[Any] = Bundle("orders")

_examples = itertools.count(1)


@dataclass
class World:
    """What all examples share: the server, its database, a category; how many steps were taken, how far orders came."""

    nobody: Caller
    database: str
    category: int
    steps: int = 0
    reached: set[str] = field(default_factory=set)

    def newcomer(self, role: str) -> Caller:
        """Somebody who has done nothing yet; who administers is not asked over HTTP."""
        caller = register(self.nobody, "seller" if role == "admin" else role)
        caller.account["role"] = role
        execute(self.database, f"UPDATE \"user\" SET role = '{role}' WHERE id = {caller.id}")
        return caller


class EveryRule:
    """All rules may be taken at any time."""

    def is_enabled(self, name: str) -> bool:
        """Whether a rule may be taken."""
        return True


class Driver(RuleBasedStateMachine):
    """People who have just come, and nothing there yet."""

    def __init__(self, world: World) -> None:
        super().__init__()
        # Hypothesis switches about half of the rules off in each example; an order's life takes many in a row.
        self._rules_strategy.enabled_rules_strategy = st.just(EveryRule())
        self.world = world
        self.example = next(_examples)
        self.market = Market()
        self.began = dt.datetime.now(dt.UTC).isoformat()
        self.callers = {name: world.newcomer(role) for name, role in ROLES.items()} | {NOBODY: world.nobody}
        self.people: dict[str, Person | None] = {NOBODY: None}
        for name, role in ROLES.items():
            self.people[name] = Person(name, role, self.callers[name].id, self.callers[name].account["username"])
        self.agrees = True  # until a request fails: after that there is nothing more to compare

    @property
    def present(self) -> dict[str, Person]:
        """Everybody who has signed in, by name."""
        return {name: each for name, each in self.people.items() if each is not None}

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        does: Callable[[], T],
        shows: Callable[[T], Any] = lambda result: result,
        *,
        status: int | Callable[[T], int] = 200,
        binds: Callable[[T, Any], None] | None = None,
        **sent: Any,
    ) -> T | None:
        """Send a request and do the same in the model: both succeed, with the same to show, or both refuse.

        `binds` is given the answer, to take over the keys that the server chose.
        """
        self.agrees = False
        answer = self.callers[who].request(method, path, **sent)
        try:
            result = does()
        except Refusal as refusal:
            self.agree(answer, refusal.status, {"code": refusal.code, "status": refusal.status, **refusal.tells})
            return None
        if binds is not None and answer.is_success:
            binds(result, answer.json())
        expected = status(result) if callable(status) else status
        self.agree(answer, expected, shows(result))
        return result

    def see(self, who: str, path: str, expected: Any, **query: Any) -> None:
        """Fail unless a GET shows what is expected."""
        self.agrees = False
        self.agree(self.callers[who].get(path, **query), 200, expected)

    def agree(self, answer: httpx.Response, status: int, expected: Any) -> None:
        """Fail unless the answer is as expected."""
        agree(answer, status, expected)
        self.agrees = True


def address(city: str) -> dict[str, Any]:
    """A place to send something to."""
    return ADDRESS | {"city": city}
