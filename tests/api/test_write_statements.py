"""Every write takes a number of statements that is known, however many rows it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import Caller, ok, register, statements
from tests.api.conftest import NewProduct
from tests.api.shopping import ADDRESS, Order, Product, move, order, paid, put

# On SQLite and on PostgreSQL. They differ because SQLite has no way there and back that a statement could spare, so
# that several records are saved by a statement each; and because it has no locks: rows that are added to are locked
# by a statement of their own on PostgreSQL, and so is an idempotency key.
COUNTS: Mapping[str, tuple[int, int]] = {
    "add_item": (5, 4),
    "add_item again": (5, 4),
    "add_item to no cart yet": (8, 7),
    "update_item": (5, 5),
    "remove_item": (4, 4),
    "validate_stock": (2, 2),
    "clear": (3, 3),
    "checkout": (10, 11),
    "checkout with a key": (13, 15),
    "checkout again": (2, 3),
    "order": (7, 8),
    "update": (3, 3),
    "update to paid": (8, 9),
    "delete": (6, 8),
    "to payment_confirmed": (6, 7),
    "to awaiting_shipment": (4, 4),
    "to shipped": (5, 5),
    "to delivered": (5, 5),
    "to refunded": (4, 4),
    "to cancelled": (8, 10),
    "cancel_order": (6, 7),
    "process_order": (4, 4),
    "update_carrier_code": (7, 7),
    "update_tracking": (11, 11),
    "update_tracking, the last": (14, 14),
}
FEW, MANY = 1, 100


@pytest.fixture(scope="module")
def sellers(nobody: Caller) -> list[Caller]:
    """Ten of them."""
    return [register(nobody, "seller") for _ in range(10)]


@pytest.fixture(scope="module")
def products(sellers: Sequence[Caller], new_product: NewProduct) -> list[Product]:
    """As many as an order may have lines; one in ten is of each seller."""
    return [new_product(sellers[number % 10], stock_quantity=10_000) for number in range(MANY)]


@pytest.fixture
def takes(backend: str) -> Any:
    """Holds an answer to the number of statements that is known of such a request."""

    def check(what: str, response: Any) -> Any:
        body = ok(response, response.status_code)
        assert (what, statements(response)) == (what, COUNTS[what][backend == "postgres"])
        return body

    return check


def lines(products: Sequence[Product]) -> list[tuple[Product, int]]:
    """Two of each."""
    return [(each, 2) for each in products]


def test_putting_into_the_cart(takes: Any, buyer: Caller, products: Sequence[Product]) -> None:
    ok(buyer.get("cart/"))
    for number, product in enumerate(products[:20]):
        body = {"product_id": product["id"]}
        takes("add_item", buyer.post("cart/add_item/", body))
        if number % 5 == 0:
            takes("add_item again", buyer.post("cart/add_item/", body))
    item = ok(buyer.get("cart/"))["items"][0]
    takes("update_item", buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 4}))
    takes("remove_item", buyer.delete(f"cart/remove_item/?item_id={item['id']}"))
    takes("validate_stock", buyer.post("cart/validate_stock/"))
    takes("clear", buyer.delete("cart/clear/"))


def test_the_first_touch_makes_the_cart(takes: Any, buyer: Caller, products: Sequence[Product]) -> None:
    takes("add_item to no cart yet", buyer.post("cart/add_item/", {"product_id": products[0]["id"]}))


@pytest.mark.parametrize("number", [1, 50])
def test_checkout(takes: Any, buyer: Caller, products: Sequence[Product], number: int) -> None:
    for product in products[:number]:
        put(buyer, product)
    made = takes("checkout", buyer.post("cart/checkout/", {"shipping_address": ADDRESS}))
    assert len(made["items"]) == number
    put(buyer, products[0])
    key = {"Idempotency-Key": uuid4().hex}
    takes("checkout with a key", buyer.post("cart/checkout/", {"shipping_address": ADDRESS}, headers=key))
    takes("checkout again", buyer.post("cart/checkout/", {"shipping_address": ADDRESS}, headers=key))


@pytest.mark.parametrize("number", [FEW, MANY])
def test_ordering(takes: Any, buyer: Caller, products: Sequence[Product], number: int) -> None:
    items = [{"product_id": each["id"], "quantity": 1} for each in products[:number]]
    made = takes("order", buyer.post("orders/", {"shipping_address": ADDRESS, "items": items}))
    assert len(made["items"]) == number


def moved(takes: Any, caller: Caller, which: Order, status: str) -> None:
    """Move an order on, counting."""
    takes(f"to {status}", caller.patch(f"orders/{which['id']}/update_status/", {"status": status}))


@pytest.mark.parametrize("number", [1, 50])
def test_the_life_of_an_order(
    takes: Any, buyer: Caller, admin: Caller, products: Sequence[Product], number: int
) -> None:
    made = order(buyer, *lines(products[:number]))
    for status in ("payment_confirmed", "awaiting_shipment", "shipped", "delivered", "refunded"):
        moved(takes, admin, made, status)


@pytest.mark.parametrize("number", [1, 50])
def test_cancelling(
    takes: Any, buyer: Caller, admin: Caller, sellers: Sequence[Caller], products: Sequence[Product], number: int
) -> None:
    moved(takes, buyer, paid(admin, buyer, *lines(products[:number])), "cancelled")
    made = order(buyer, *lines(products[:number]))
    body = {"cancellation_reason": "Sold out."}
    takes("cancel_order", sellers[0].patch(f"orders/{made['id']}/cancel_order/", body))
    made = paid(admin, buyer, *lines(products[:number]))
    takes("process_order", sellers[0].patch(f"orders/{made['id']}/process_order/", {}))


@pytest.mark.parametrize("number", [1, 10])
def test_tracking(
    takes: Any, buyer: Caller, admin: Caller, sellers: Sequence[Caller], products: Sequence[Product], number: int
) -> None:
    made = move(admin, paid(admin, buyer, *lines(products[:number])), "awaiting_shipment")
    takes("update_carrier_code", sellers[0].patch(f"orders/{made['id']}/update_carrier_code/", {"carrier_code": "ctt"}))
    for seller in sellers[: number - 1]:
        takes("update_tracking", seller.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "RR1"}))
    last = {"tracking_number": "RR2"}
    shipped = takes("update_tracking, the last", admin.patch(f"orders/{made['id']}/update_tracking/", last))
    assert shipped["order"]["status"] == "shipped"
    assert len(shipped["order"]["shipping_info"]) == number


@pytest.mark.parametrize("number", [FEW, MANY])
def test_changing_and_deleting(
    takes: Any, buyer: Caller, admin: Caller, products: Sequence[Product], number: int
) -> None:
    made = order(buyer, *lines(products[:number]))
    takes("update", buyer.patch(f"orders/{made['id']}/", {"buyer_notes": "Ring twice."}))
    takes("update to paid", admin.patch(f"orders/{made['id']}/", {"payment_status": "paid"}))
    takes("delete", admin.delete(f"orders/{made['id']}/"))
