"""Everything at once: what is stored of products' sales is what there is to be counted."""

from __future__ import annotations

import random

import pytest

from tests.api.client import Caller, eventually
from tests.api.concurrency import books
from tests.api.concurrency.crowds import People, ask, checkout, ordering, outcomes, putting
from tests.api.conftest import NewProduct
from tests.api.shopping import metrics
from tests.support.crowd import Crowd
from tests.support.servers import Server, command

START = 1_000
PEOPLE = 40


@pytest.mark.promise("8.18")
def test_after_all_that_nothing_differs(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    chance = random.Random(3)
    products = [new_product(seller, stock_quantity=START, price=f"{n}.35") for n in range(1, 4)]
    people = buyers[:PEOPLE]
    made = crowd.ask([ordering(buyer, *((each, n % 3 + 1) for each in products)) for n, buyer in enumerate(people)])
    orders = [each.json()["id"] for each in made]
    asks = []
    for n, order in enumerate(orders):
        goes = n % 5 == 0  # and then is not shipped: what has been sent does not come back
        moves = ["payment_confirmed", "cancelled", "awaiting_shipment", *([] if goes else ["shipped"])]
        asks += [ask(admin, "PATCH", f"orders/{order}/update_status/", {"status": each}) for each in moves]
        asks += [ask(admin, "DELETE", f"orders/{order}/")] if goes else []
        asks += [ask(people[n], "POST", f"products/{each['slug']}/favorite/") for each in products]
        asks += [ask(people[n], "POST", f"products/{each['slug']}/click/") for each in products]
        asks += [putting(people[n], chance.choice(products)), checkout(people[n])]
    chance.shuffle(asks)
    found = outcomes(crowd.ask(asks))
    assert all(status < 500 for status, _ in found), found
    assert books.paid_for(server, products[0]) > 0
    for product in products:
        books.in_order(server, product, START)
        assert metrics(seller, product)["total_sales"] == books.paid_for(server, product)
        eventually(lambda product=product: metrics(seller, product)["total_clicks"], PEOPLE)  # type: ignore[misc]
    said = command(server, "metrics", "rebuild")
    assert said.startswith("Nothing differed"), said
    assert outcomes(crowd.ask([ask(each, "DELETE", "cart/clear/") for each in people])) == {(200, ""): PEOPLE}
