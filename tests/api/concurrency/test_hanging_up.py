"""Clients that hang up in the middle of what they have asked for."""

from __future__ import annotations

from typing import Any

import psutil
import pytest

from tests.api.client import Caller, unique
from tests.api.concurrency import books
from tests.api.concurrency.crowds import People, ask, checkout, insisting, ordering, outcomes, putting
from tests.api.conftest import NewProduct
from tests.api.shopping import Product
from tests.support.crowd import Crowd
from tests.support.servers import Server
from tests.support.sql import rows

START = 1_000
BURST = 50
SPREAD = 0.004  # seconds between two who hang up: the last one of a burst does when it is about done
HELD = """SELECT (SELECT count(*) FROM order_item i JOIN "order" o ON o.id = i.order_id
  WHERE i.product_id = '{product}' AND o.buyer_id = u.id),
(SELECT count(*) FROM cart_item i JOIN cart c ON c.id = i.cart_id
  WHERE i.product_id = '{product}' AND c.user_id = u.id)
FROM "user" u WHERE u.id IN ({buyers})"""


@pytest.mark.promise("1.74", "7.30")
def test_who_hangs_up_leaves_nothing_half_done(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, new_product: NewProduct
) -> None:
    """Two hundred of them: orders and checkouts, with a key and without."""
    workers = processes(server)
    product, bystander = (new_product(seller, stock_quantity=START) for _ in range(2))
    carts = buyers[1::2]
    assert outcomes(crowd.ask([putting(buyer, product) for buyer in carts])) == {(201, ""): len(carts)}
    asks = []
    for n, buyer in enumerate(buyers):
        key = unique("gone-") if n % 4 < 2 else None
        asks.append(checkout(buyer, key=key) if n % 2 else ordering(buyer, (product, 1), key=key))
    delays = [n * SPREAD for n in range(BURST)]
    for start in range(0, len(asks), BURST):
        crowd.ask_and_leave(asks[start : start + BURST], delays)
        books.in_order(server, product, START)
        assert {sum(each) for each in held(server, product, carts)} == {1}, "in the cart, or bought"

    # Whoever had a key sends it again, and has ordered once; the server serves all others as before.
    keyed = [each for each in asks if each.headers]
    others = [ordering(buyer, (bystander, 1)) for buyer in buyers]
    assert outcomes(insisting(crowd, [*keyed, *others])) == {(201, ""): len(keyed) + len(others)}
    assert books.in_order(server, bystander, START) == len(others)
    sold = books.in_order(server, product, START)
    assert len(keyed) <= sold <= len(asks)
    assert set(held(server, product, buyers[0::4])) | set(held(server, product, buyers[1::4])) == {(1, 0)}
    assert outcomes(crowd.ask([ask(each, "DELETE", "cart/clear/") for each in buyers])) == {(200, ""): len(buyers)}
    assert processes(server) == workers


def held(server: Server, product: Product, people: People) -> list[tuple[Any, ...]]:
    """Of each: how often the product was bought, and how often it is in the cart."""
    buyers = ", ".join(str(each.id) for each in people)
    return rows(server.database, HELD.format(product=product["id"], buyers=buyers))


def processes(server: Server) -> set[int]:
    """The processes that serve."""
    return {each.pid for each in psutil.Process(server.process.pid).children(recursive=True)}
