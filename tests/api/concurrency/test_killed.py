"""The whole server is killed in the middle of a burst of orders, and started again on the same database."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from tests.api.client import unique
from tests.api.concurrency import books
from tests.api.concurrency.conftest import HOURS
from tests.api.concurrency.crowds import ENOUGH, Market, ask, checkout, insisting, market, ordering, outcomes, putting
from tests.support.crowd import Ask
from tests.support.servers import ROOT, Server, command, killing, restart, running, stop

BUYERS = 60
KILLED_AFTER = range(1, BUYERS // 2)  # answers
KILLED = ("sqlite-4", "postgres-4")


@pytest.fixture
def started(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own."""
    with running(ROOT, new_database(), tmp_path, AGORA_WORKERS="4", **HOURS) as server:
        yield server


@pytest.mark.parametrize("setup", KILLED, indirect=True, scope="session")
def test_what_was_acknowledged_outlives_a_kill(started: Server, times: Callable[[int], int]) -> None:
    chance = random.Random(7)
    server, made = started, []
    with market(started, BUYERS) as here:
        try:
            for number in range(1, times(50) + 1):
                asks, payments = burst(here), paying(here, made)
                sent = chance.sample([*asks, *payments], len(asks) + len(payments))
                answers = here.crowd.ask_until(sent, chance.choice(KILLED_AFTER), killing(server))
                server = restart(server)
                assert None in answers
                acknowledged_is_there(here, sent, answers)
                made = all_again(here, asks)
                assert len(books.orders_of(started, here.product)) == number * BUYERS
        finally:
            stop(server.process)
        assert command(started, "metrics", "rebuild").startswith("Nothing differed")


def burst(here: Market) -> list[Ask]:
    """Half of them order, half of them check out, each under a key of its own."""
    direct, carts = here.buyers[: BUYERS // 2], here.buyers[BUYERS // 2 :]
    assert outcomes(here.crowd.ask([putting(buyer, here.product, 2) for buyer in carts])) == {(201, ""): len(carts)}
    asks = [ordering(buyer, (here.product, 3), key=unique("kill-")) for buyer in direct]
    return asks + [checkout(buyer, key=unique("kill-")) for buyer in carts]


def paying(here: Market, orders: Sequence[str]) -> list[Ask]:
    """Earlier orders are paid meanwhile."""
    body = {"status": "payment_confirmed"}
    return [ask(here.admin, "PATCH", f"orders/{key}/update_status/", body) for key in orders[::3]]


def acknowledged_is_there(here: Market, sent: Sequence[Ask], answers: Sequence[httpx.Response | None]) -> None:
    """Every order that was told of is as it was told, and no other one is half there."""
    books.in_order(here.crowd.server, here.product, ENOUGH)
    told = [each.json() for each in answers if each is not None]
    assert all(each is None or each.status_code in (200, 201) for each in answers)
    found = here.crowd.ask([ask(here.admin, "GET", f"orders/{each['id']}/") for each in told])
    hidden = {"admin_notes": ""}  # from those who are not administrators
    assert [each.json() | hidden for each in found] == [each | hidden for each in told]
    totals = here.crowd.ask([ask(here.seller, "GET", f"metrics/product_metrics/{here.product['slug']}/")])[0].json()
    assert totals["product_metrics"]["total_sales"] == books.paid_for(here.crowd.server, here.product)


def all_again(here: Market, asks: Sequence[Ask]) -> list[str]:
    """What got no answer is sent again, under the same keys; what had one gets it again. The orders."""
    answers = insisting(here.crowd, asks)
    assert outcomes(answers) == {(201, ""): len(asks)}
    assert outcomes(here.crowd.ask([ask(each, "GET", "cart/") for each in here.buyers])) == {(200, ""): BUYERS}
    books.in_order(here.crowd.server, here.product, ENOUGH)
    return [each.json()["id"] for each in answers]
