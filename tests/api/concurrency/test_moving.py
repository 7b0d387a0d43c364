"""Several move one order at once: one of them does, the others hear what is possible now, and it counts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, register
from tests.api.concurrency import books
from tests.api.concurrency.crowds import ask, outcomes
from tests.api.conftest import NewProduct
from tests.api.shopping import Order, Product, metrics, order, paid
from tests.support.crowd import Ask, Crowd
from tests.support.servers import Server

MANY = 50
START = 20
REASON = {"cancellation_reason": "Sold elsewhere."}


def figures(seller: Caller, product: Product) -> tuple[int, str]:
    """What a product's metrics say of its sales."""
    found = metrics(seller, product)
    return found["total_sales"], found["total_revenue"]


def moving(caller: Caller, moved: Order, way: str, body: Any = None) -> Ask:
    """A request that moves an order."""
    return ask(caller, "PATCH", f"orders/{moved['id']}/{way}", body)


@pytest.mark.promise("7.42", "7.57")
def test_a_payment_counts_once(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    """Some say it by the order's status, some by its payment."""
    product = new_product(seller, stock_quantity=START, price="10.10")
    made = order(buyer, (product, 3))
    asks = [moving(admin, made, "update_status/", {"status": "payment_confirmed"})] * (MANY // 2)
    asks += [moving(admin, made, "", {"payment_status": "paid"})] * (MANY // 2)
    answers = crowd.ask([asks[n * 7 % MANY] for n in range(MANY)])
    counted = outcomes(answers)
    assert counted[409, "INVALID_TRANSITION"] in (MANY // 2, MANY // 2 - 1)
    assert counted[200, ""] + counted[409, "INVALID_TRANSITION"] == MANY
    assert figures(seller, product) == (3, "30.30")
    assert ok(buyer.get(f"orders/{made['id']}/"))["status"] == "payment_confirmed"
    assert books.in_order(server, product, START) == 3


@pytest.mark.promise("7.46", "7.47", "7.53", "7.57")
def test_what_is_cancelled_by_everybody_comes_back_once(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    products = [new_product(seller, stock_quantity=START, price="10.10") for _ in range(2)]
    lines = [(each, 3) for each in products]
    kept, gone = paid(admin, buyer, *lines), paid(admin, buyer, *reversed(lines))
    asks = [
        moving(buyer, gone, "update_status/", {"status": "cancelled"}),
        moving(seller, gone, "cancel_order/", REASON),
        moving(admin, gone, "update_order_status/", {"status": "cancelled"}),
        moving(admin, gone, "cancel_order/", REASON),
        moving(seller, gone, "update_status/", {"status": "cancelled"}),
    ] * (MANY // 5)
    answers = crowd.ask(asks)
    assert outcomes(answers) == {(200, ""): 1, (409, "INVALID_TRANSITION"): MANY - 1}
    for each, asked in zip(answers, asks, strict=True):
        if each.is_error:
            told = each.json()
            assert told["current_status"] == "cancelled"
            assert told["allowed_transitions"] == (["refunded"] if asked.token == admin.token else [])
    for product in products:
        assert books.in_order(server, product, START) == 3
        assert figures(seller, product) == (3, "30.30")
    assert ok(buyer.get(f"orders/{kept['id']}/"))["status"] == "payment_confirmed"


@pytest.mark.promise("7.53", "7.57")
def test_cancelling_races_with_processing(
    server: Server,
    crowd: Crowd,
    buyer: Caller,
    seller: Caller,
    admin: Caller,
    new_product: NewProduct,
    times: Callable[[int], int],
) -> None:
    for _ in range(times(20)):
        product = new_product(seller, stock_quantity=START, price="10.10")
        made = [paid(admin, buyer, (product, 1)) for _ in range(8)]
        pairs = [
            (moving(seller, each, "cancel_order/", REASON), moving(seller, each, "process_order/")) for each in made
        ]
        asks = [pair[(n + turn) % 2] for turn in range(2) for n, pair in enumerate(pairs)]
        answers = crowd.ask(asks)
        cancelled = 0
        for n, each in enumerate(made):
            won, lost = sorted((answers[n], answers[n + len(made)]), key=lambda answer: answer.status_code)
            told, now = problem(lost, 409, "INVALID_TRANSITION"), ok(won)["order"]["status"]
            assert (told["current_status"], now) in (("cancelled",) * 2, ("awaiting_shipment",) * 2)
            left = {"cancelled": [], "awaiting_shipment": ["cancelled", "shipped"]}[now]
            assert told["allowed_transitions"] == left
            assert ok(buyer.get(f"orders/{each['id']}/"))["status"] == now
            cancelled += now == "cancelled"
        sold = len(made) - cancelled
        assert books.in_order(server, product, START) == sold
        assert figures(seller, product) == (sold, f"{sold * 10.1:.2f}")


def test_paying_races_with_cancelling(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    """An order may be paid and then cancelled, or cancelled and then not paid; either way nothing was sold."""
    product = new_product(seller, stock_quantity=START)
    made = [order(buyer, (product, 1)) for _ in range(8)]
    asks = [moving(seller, each, "cancel_order/", REASON) for each in made]
    asks += [moving(admin, each, "update_status/", {"status": "payment_confirmed"}) for each in made]
    answers = crowd.ask(asks)
    assert outcomes(answers[: len(made)]) == {(200, ""): len(made)}
    assert set(outcomes(answers[len(made) :])) <= {(200, ""), (409, "INVALID_TRANSITION")}
    assert books.in_order(server, product, START) == 0
    assert figures(seller, product) == (0, "0.00")


@pytest.mark.promise("7.12", "7.65")
def test_all_sellers_send_their_parts_at_once(
    crowd: Crowd, buyer: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    sellers = [register(nobody, "seller") for _ in range(8)]
    made = paid(admin, buyer, *((new_product(each), 1) for each in sellers))
    asks = [
        moving(each, made, "update_tracking/", {"tracking_number": f"{each.id}-{n}"})
        for n in range(3)
        for each in sellers
    ]
    answers = [ok(each) for each in crowd.ask(asks)]
    assert [each["is_update"] for each in answers].count(False) == len(sellers)
    shipped = {each["order"]["shipped_at"] for each in answers if each["order"]["status"] == "shipped"}
    found = ok(buyer.get(f"orders/{made['id']}/"))
    assert shipped == {found["shipped_at"]}
    assert found["status"] == "shipped"
    assert sorted(each["seller"]["id"] for each in found["shipping_info"]) == sorted(each.id for each in sellers)
    assert all(each["tracking_number"] and each["shipped_at"] for each in found["shipping_info"])


@pytest.mark.promise("7.40")
def test_an_order_is_deleted_while_it_is_cancelled(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=START)
    made = [paid(admin, buyer, (product, 2)) for _ in range(8)]
    asks = [moving(seller, each, "cancel_order/", REASON) for each in made]
    asks += [ask(admin, "DELETE", f"orders/{each['id']}/") for each in made] * 2
    counted = outcomes(crowd.ask(asks))
    assert counted[204, ""] == len(made)
    assert set(counted) <= {(200, ""), (204, ""), (404, "NOT_FOUND")}
    assert books.in_order(server, product, START) == 0
    assert figures(seller, product) == (0, "0.00")
