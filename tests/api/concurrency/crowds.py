"""Who is in a crowd, and what they send."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.api.client import BASE, Caller, ok, register, sign_in, token, unique
from tests.api.conftest import DEMO_PASSWORD, client_of, offer
from tests.api.shopping import ADDRESS, Product
from tests.support.conformance import Contract
from tests.support.crowd import Ask, Crowd
from tests.support.servers import Server
from tests.support.sql import execute, rows

DAY = 86_400
PATIENCE_SECONDS = 20.0

People = Sequence[Caller]


@dataclass(frozen=True, slots=True)
class Market:
    """A server that one test has to itself: who is there, and a product that there is always enough of."""

    crowd: Crowd
    admin: Caller
    seller: Caller
    buyers: People
    product: Product


ENOUGH = 1_000_000


@contextmanager
def market(server: Server, buyers: int) -> Iterator[Market]:
    """Open it."""
    ((category,),) = rows(server.database, "SELECT id FROM category WHERE name = 'Notebooks'")
    with client_of(server) as http:
        nobody = Caller(http)
        seller = register(nobody, "seller")
        body = offer({"Notebooks": {"id": category}}) | {"stock_quantity": ENOUGH}
        product = ok(seller.post("products/", body), 201)
        people = people_of(server, buyers, http)
        yield Market(crowd_of(server), sign_in(nobody, "admin", DEMO_PASSWORD), seller, people, product)


def crowd_of(server: Server) -> Crowd:
    """A crowd that fails a test when an answer is not one that the server's own document promises."""
    return Crowd(server, Contract(httpx.get(f"{server.url}/api/openapi.json").json()).check)


def people_of(server: Server, number: int, http: httpx.Client, role: str = "buyer") -> People:
    """So many new users, in one statement: registering them would take longer than what they are there for."""
    name = unique("crowd")
    values = ", ".join(f"('{name}x{n}', '{name}x{n}@example.org', '-', '{role}')" for n in range(number))
    execute(server.database, f'INSERT INTO "user" (username, email, password, role) VALUES {values}')
    found = rows(server.database, f"SELECT id FROM \"user\" WHERE username LIKE '{name}x%' ORDER BY id")
    return [Caller(http, token(server.key, str(key), expires_in=DAY), {"id": key}) for (key,) in found]


def ask(caller: Caller, method: str, path: str, body: Any = None, key: str | None = None) -> Ask:
    """A request of somebody, perhaps under an idempotency key."""
    return Ask(method, f"{BASE}/{path}", body, caller.token, {"idempotency-key": key} if key else {})


def ordering(caller: Caller, *lines: tuple[Product, int], key: str | None = None) -> Ask:
    """POST /orders/."""
    items = [{"product_id": product["id"], "quantity": quantity} for product, quantity in lines]
    return ask(caller, "POST", "orders/", {"shipping_address": ADDRESS, "items": items}, key)


def putting(caller: Caller, product: Product, quantity: int = 1) -> Ask:
    """POST /cart/add_item/."""
    return ask(caller, "POST", "cart/add_item/", {"product_id": product["id"], "quantity": quantity})


def checkout(caller: Caller, key: str | None = None) -> Ask:
    """POST /cart/checkout/."""
    return ask(caller, "POST", "cart/checkout/", {"shipping_address": ADDRESS}, key)


def insisting(crowd: Crowd, asks: Sequence[Ask]) -> list[httpx.Response]:
    """The answers to requests under keys, which are sent again for as long as their first ones are at work."""
    answers = crowd.ask(asks)
    until = time.monotonic() + PATIENCE_SECONDS
    while waiting := [n for n, each in enumerate(answers) if outcome(each) == (409, "REQUEST_IN_PROGRESS")]:
        assert time.monotonic() < until, "requests of those who hung up do not come to an end"
        for n, answer in zip(waiting, crowd.ask([asks[n] for n in waiting]), strict=True):
            answers[n] = answer
    return answers


def outcomes(answers: Iterable[httpx.Response | None]) -> Counter[tuple[int, str]]:
    """How often which status came with which code of a problem."""
    return Counter(outcome(each) for each in answers if each is not None)


def outcome(answer: httpx.Response) -> tuple[int, str]:
    """The status, and the code of a problem."""
    return answer.status_code, answer.json()["code"] if answer.is_error else ""
