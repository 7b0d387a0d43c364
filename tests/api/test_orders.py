"""Orders: how they are made, what they show, who sees them, what may be changed of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import Caller, faults, ok, problem, register, unique
from tests.api.conftest import NewProduct
from tests.api.images.steps import uploaded
from tests.api.shopping import ADDRESS, WHOLE_ADDRESS, metrics, move, order, paid, put, stock


def body(*lines: tuple[dict[str, Any], int], **more: Any) -> dict[str, Any]:
    """The body of a new order."""
    items = [{"product_id": product["id"], "quantity": quantity} for product, quantity in lines]
    return {"shipping_address": ADDRESS, "items": items} | more


# --- making them ------------------------------------------------------------------------------


@pytest.mark.promise("1.18", "7.03", "7.22", "7.23", "7.26")
def test_an_order_takes_its_prices_from_the_server(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    one = new_product(seller, price="19.90", stock_quantity=5)
    other = new_product(seller, price="0.35", stock_quantity=9)
    response = buyer.post("orders/", body((one, 2), (other, 3), buyer_notes="Ring twice."))
    made = ok(response, 201)
    assert response.headers["location"] == f"/api/marketplace/orders/{made['id']}/"
    assert (made["status"], made["payment_status"]) == ("pending_payment", "pending")
    assert (made["subtotal"], made["total_amount"]) == ("40.85", "40.85")
    assert made["shipping_address"] == WHOLE_ADDRESS
    assert made["buyer"] == buyer.id
    assert made["buyer_notes"] == "Ring twice."
    assert [(each["product"], each["quantity"], each["unit_price"], each["total_price"]) for each in made["items"]] == [
        (one["id"], 2, "19.90", "39.80"),
        (other["id"], 3, "0.35", "1.05"),
    ]
    assert {each["seller"] for each in made["items"]} == {seller.id}
    assert made["shipping_info"] == []
    assert ok(buyer.get(f"orders/{made['id']}/")) == made
    assert (stock(buyer, one), stock(buyer, other)) == (3, 6)


@pytest.mark.promise("7.02")
def test_an_order_shows_all_that_the_contract_lists(buyer: Caller, product: dict[str, Any]) -> None:
    made = order(buyer, (product, 1))
    assert set(made) == {
        *("id", "buyer", "status", "payment_status", "subtotal", "shipping_cost", "tax_amount", "discount_amount"),
        *("total_amount", "shipping_address", "tracking_number", "shipping_carrier", "carrier_code", "buyer_notes"),
        *("admin_notes", "cancellation_reason", "cancelled_by", "cancelled_at", "processed_at", "shipped_at"),
        *("delivered_at", "created_at", "updated_at", "items", "shipping_info"),
    }
    assert set(made["items"][0]) == {
        *("id", "product", "seller", "quantity", "unit_price", "total_price", "product_name", "product_description"),
        *("product_image", "product_image_fresh"),
    }


@pytest.mark.promise("7.09")
def test_what_was_bought_stays_as_it_was(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=5)
    made = order(buyer, (product, 2))
    ok(seller.patch(f"products/{product['slug']}/", {"price": "99.00", "name": "Another", "description": "Other."}))
    ok(seller.delete(f"products/{product['slug']}/"), 204)
    line = ok(buyer.get(f"orders/{made['id']}/"))["items"][0]
    assert (line["unit_price"], line["product_name"], line["product_description"]) == (
        "10.00",
        product["name"],
        product["description"],
    )


def test_what_was_bought_keeps_its_picture(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    one, other, bare = (new_product(seller, stock_quantity=5) for _ in range(3))
    uploaded(seller, other)
    shown = uploaded(seller, one, image_type="main")
    uploaded(seller, one)
    for lines in (((one, 1),), ((bare, 1), (one, 1))):
        made = order(buyer, *lines)
        uploaded(seller, one, image_type="main")
        pictures = {each["product"]: each["product_image"] for each in ok(buyer.get(f"orders/{made['id']}/"))["items"]}
        assert shown["s3_key"] in pictures[one["id"]]
        assert pictures.get(bare["id"]) is None
        shown = ok(seller.get(f"products/{one['slug']}/main_image/"))["main_image"]


@pytest.mark.promise("1.74", "7.24", "7.25")
def test_all_lines_or_none(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    fine, short, empty = (new_product(seller, stock_quantity=number) for number in (5, 2, 0))
    refused = problem(buyer.post("orders/", body((fine, 1), (short, 3), (empty, 1))), 409, "INSUFFICIENT_STOCK")
    assert refused["lines"] == [
        {
            "product_id": each["id"],
            "product_name": each["name"],
            "requested_quantity": wanted,
            "available_stock": left,
        }
        for each, wanted, left in ((short, 3, 2), (empty, 1, 0))
    ]
    assert [stock(buyer, each) for each in (fine, short, empty)] == [5, 2, 0]
    assert ok(buyer.get("orders/")) == []


@pytest.mark.promise("7.29")
def test_what_cannot_be_ordered(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=5)
    gone = new_product(seller, stock_quantity=5, is_active=False)
    problem(buyer.post("orders/", body(({"id": str(uuid4())}, 1))), 404, "PRODUCT_NOT_FOUND")
    problem(buyer.post("orders/", body((product, 1), (gone, 1))), 404, "PRODUCT_NOT_FOUND")
    problem(seller.post("orders/", body((product, 1))), 409, "OWN_PRODUCT")
    assert stock(buyer, product) == 5


@pytest.mark.promise("7.05", "7.20", "7.23")
def test_bodies_of_the_wrong_form(buyer: Caller, product: dict[str, Any]) -> None:
    line = {"product_id": product["id"], "quantity": 1}
    assert faults(buyer.post("orders/", {})) == {"shipping_address", "items"}
    assert faults(buyer.post("orders/", {"shipping_address": ADDRESS, "items": []})) == {"items"}
    assert faults(buyer.post("orders/", {"shipping_address": ADDRESS, "items": [line, line | {"quantity": 2}]})) == {
        "items.1.product_id"
    }
    wrong = {"shipping_address": ADDRESS | {"country": "XX", "planet": "Earth"}, "items": [{"product_id": 7}]}
    assert faults(buyer.post("orders/", wrong)) == {
        "shipping_address.country",
        "shipping_address.planet",
        "items.0.product_id",
        "items.0.quantity",
    }
    many = [{"product_id": str(uuid4()), "quantity": 1} for _ in range(101)]
    assert faults(buyer.post("orders/", {"shipping_address": ADDRESS, "items": many})) == {"items"}
    for name in ("status", "payment_status", "total_amount", "buyer", "shipping_cost", "admin_notes"):
        assert faults(buyer.post("orders/", body((product, 1), **{name: "paid"}))) == {name}


# --- checkout ---------------------------------------------------------------------------------


@pytest.mark.promise("7.22", "7.30", "7.32")
def test_checkout_makes_an_order_and_empties_the_cart(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    one, other = new_product(seller, price="5.00", stock_quantity=5), new_product(seller, stock_quantity=5)
    put(buyer, one, 2)
    put(buyer, other)
    response = buyer.post("cart/checkout/", {"shipping_address": ADDRESS, "buyer_notes": "Thanks."})
    made = ok(response, 201)
    assert response.headers["location"] == f"/api/marketplace/orders/{made['id']}/"
    assert [(each["product"], each["quantity"]) for each in made["items"]] == [(one["id"], 2), (other["id"], 1)]
    assert made["total_amount"] == "29.90"
    assert ok(buyer.get("cart/"))["items"] == []
    assert (stock(buyer, one), stock(buyer, other)) == (3, 4)
    problem(buyer.post("cart/checkout/", {"shipping_address": ADDRESS}), 409, "CART_EMPTY")


@pytest.mark.promise("1.74", "7.31")
def test_checkout_of_what_is_not_there_any_more(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    short, gone = new_product(seller, stock_quantity=5), new_product(seller, stock_quantity=5)
    put(buyer, short, 3)
    put(buyer, gone)
    ok(seller.patch(f"products/{short['slug']}/", {"stock_quantity": 2}))
    ok(seller.delete(f"products/{gone['slug']}/"), 204)
    refused = problem(buyer.post("cart/checkout/", {"shipping_address": ADDRESS}), 409, "INSUFFICIENT_STOCK")
    assert {(each["product_id"], each["available_stock"]) for each in refused["lines"]} == {
        (short["id"], 2),
        (gone["id"], 0),
    }
    assert ok(buyer.get("cart/"))["total_items"] == 4
    assert stock(buyer, short) == 2


# --- idempotency ------------------------------------------------------------------------------


@pytest.mark.promise("7.33", "7.34")
@pytest.mark.parametrize("path", ["orders/", "cart/checkout/"])
def test_the_same_key_gives_the_first_answer_again(
    path: str, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=9)
    sent = body((product, 2)) if path == "orders/" else {"shipping_address": ADDRESS}
    put(buyer, product, 2)
    headers = {"Idempotency-Key": f'"{unique("key-")}"'}
    first = buyer.post(path, sent, headers=headers)
    again = buyer.post(path, sent, headers=headers)
    ok(first, 201)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert stock(buyer, product) == 7
    assert len(ok(buyer.get("orders/"))) == 1
    problem(buyer.post(path, sent | {"buyer_notes": "Other."}, headers=headers), 422, "IDEMPOTENCY_KEY_REUSED")


# --- who sees them ----------------------------------------------------------------------------


@pytest.mark.promise("7.14", "7.15", "7.68")
def test_orders_are_seen_by_their_parties_alone(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    made = order(buyer, (new_product(seller), 1), (new_product(second), 1))
    for caller in (buyer, seller, second, admin):
        assert ok(caller.get(f"orders/{made['id']}/"))["id"] == made["id"]
        assert made["id"] in [each["id"] for each in ok(caller.get("orders/", page_size=100))]
    for stranger in (register(nobody), register(nobody, "seller")):
        problem(stranger.get(f"orders/{made['id']}/"), 404, "NOT_FOUND")
        problem(stranger.patch(f"orders/{made['id']}/update_status/", {"status": "cancelled"}), 404, "NOT_FOUND")
        problem(stranger.get(f"orders/{made['id']}/tracking_info/"), 404, "NOT_FOUND")
        assert ok(stranger.get("orders/")) == []
    problem(nobody.get(f"orders/{made['id']}/"), 401, "NOT_AUTHENTICATED")
    problem(buyer.get("orders/7/"), 404, "NOT_FOUND")


@pytest.mark.promise("7.16", "7.17", "7.18")
def test_lists_of_orders(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=20)
    made = [order(buyer, (product, 1)) for _ in range(3)]
    move(admin, made[0], "payment_confirmed")
    newest = [each["id"] for each in reversed(made)]
    assert [each["id"] for each in ok(buyer.get("orders/"))] == newest
    assert [each["id"] for each in ok(buyer.get("orders/my_orders/"))] == newest
    assert [each["id"] for each in ok(seller.get("orders/seller_orders/"))] == newest
    assert ok(seller.get("orders/my_orders/")) == []
    assert [each["id"] for each in ok(buyer.get("orders/", status="payment_confirmed"))] == newest[2:]
    assert [each["id"] for each in ok(buyer.get("orders/", payment_status="pending"))] == newest[:2]
    assert [each["id"] for each in ok(seller.get("orders/seller_orders/", status="all"))] == newest
    assert [each["id"] for each in ok(seller.get("orders/seller_orders/", status="shipped"))] == []
    assert [each["id"] for each in ok(buyer.get("orders/", created_after=made[1]["created_at"]))] == newest[:2]
    assert [each["id"] for each in ok(buyer.get("orders/", created_before=made[1]["created_at"]))] == newest[1:]
    assert faults(buyer.get("orders/", status="lost")) == {"status"}
    problem(buyer.get("orders/seller_orders/"), 403, "FORBIDDEN")


@pytest.mark.promise("7.19")
def test_sellers_see_only_their_own_part(
    buyer: Caller, seller: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    one, other = new_product(seller, price="10.00", stock_quantity=5), new_product(second, price="3.00")
    order(buyer, (one, 2), (other, 1))
    (seen,) = ok(seller.get("orders/seller_orders/"))
    assert [each["product"] for each in seen["items"]] == [one["id"]]
    assert (seen["seller_items_count"], seen["seller_items_total"]) == (1, "20.00")
    assert (seen["seller_shipping"], seen["shipping_info"]) == (None, [])
    assert seen["total_amount"] == "23.00"


# --- changing them ----------------------------------------------------------------------------


@pytest.mark.promise("7.35", "7.36")
def test_buyers_change_what_is_theirs_while_the_order_is_not_paid(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]
) -> None:
    made = order(buyer, (product, 1))
    moved = ADDRESS | {"city": "Braga", "name": " Marta "}
    changed = ok(buyer.patch(f"orders/{made['id']}/", {"shipping_address": moved, "buyer_notes": "Later, please."}))
    assert changed["shipping_address"] == WHOLE_ADDRESS | {"city": "Braga", "name": "Marta"}
    assert changed["buyer_notes"] == "Later, please."
    problem(seller.patch(f"orders/{made['id']}/", {"buyer_notes": "x"}), 403, "FORBIDDEN")
    for name, value in (("payment_status", "paid"), ("admin_notes", "x"), ("shipping_cost", "1.00")):
        problem(buyer.patch(f"orders/{made['id']}/", {name: value}), 403, "FORBIDDEN")
    assert faults(buyer.patch(f"orders/{made['id']}/", {"status": "shipped"})) == {"status"}
    move(admin, made, "payment_confirmed")
    problem(buyer.patch(f"orders/{made['id']}/", {"buyer_notes": "x"}), 409, "ORDER_CLOSED")


@pytest.mark.promise("7.07", "7.37")
def test_totals_follow_what_an_admin_says(
    buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct
) -> None:
    made = order(buyer, (new_product(seller, price="10.00", stock_quantity=3), 3))
    amounts = {"shipping_cost": "4.90", "tax_amount": "2.10", "discount_amount": "7.00"}
    changed = ok(admin.patch(f"orders/{made['id']}/", amounts | {"admin_notes": "A good customer."}))
    assert (changed["subtotal"], changed["total_amount"]) == ("30.00", "30.00")
    assert changed["admin_notes"] == "A good customer."
    assert ok(buyer.get(f"orders/{made['id']}/"))["admin_notes"] is None
    assert faults(admin.patch(f"orders/{made['id']}/", {"discount_amount": "37.01"})) == {"discount_amount"}


@pytest.mark.promise("7.38")
def test_payment_confirms_an_order(buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=3)
    made = order(buyer, (product, 2))
    changed = ok(admin.patch(f"orders/{made['id']}/", {"payment_status": "paid"}))
    assert (changed["status"], changed["payment_status"]) == ("payment_confirmed", "paid")
    assert metrics(seller, product)["total_sales"] == 2


@pytest.mark.promise("7.39", "7.40")
def test_only_admins_delete_and_stock_comes_back(
    buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, price="10.00", stock_quantity=9)
    made = paid(admin, buyer, (product, 2))
    for caller in (buyer, seller):
        problem(caller.delete(f"orders/{made['id']}/"), 403, "FORBIDDEN")
    ok(admin.delete(f"orders/{made['id']}/"), 204)
    problem(buyer.get(f"orders/{made['id']}/"), 404, "NOT_FOUND")
    assert stock(buyer, product) == 9
    assert (metrics(seller, product)["total_sales"], metrics(seller, product)["total_revenue"]) == (0, "0.00")


@pytest.mark.promise("7.40")
def test_deleting_brings_back_only_what_is_there(
    buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=9)
    shipped = paid(admin, buyer, (product, 2))
    for status in ("awaiting_shipment", "shipped"):
        move(admin, shipped, status)
    cancelled = move(admin, paid(admin, buyer, (product, 3)), "cancelled")
    assert stock(buyer, product) == 7
    ok(admin.delete(f"orders/{shipped['id']}/"), 204)
    ok(admin.delete(f"orders/{cancelled['id']}/"), 204)
    assert stock(buyer, product) == 7


@pytest.mark.parametrize(
    ("states", "left", "sold"),
    [
        ((), 9, 0),
        (("payment_confirmed",), 9, 0),
        (("payment_confirmed", "awaiting_shipment"), 9, 0),
        (("payment_confirmed", "awaiting_shipment", "shipped"), 7, 0),
        (("payment_confirmed", "awaiting_shipment", "shipped", "delivered"), 7, 0),
        (("payment_confirmed", "cancelled"), 9, 0),
    ],
)
def test_what_a_deleted_order_leaves_behind(
    states: tuple[str, ...], left: int, sold: int, buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct
) -> None:
    """Stock comes back unless it is on its way, once; no sale stays, and none is taken back that was not counted."""
    product = new_product(seller, price="10.00", stock_quantity=9)
    kept = new_product(seller, price="1.00", stock_quantity=9)
    paid(admin, buyer, (kept, 1))
    made = order(buyer, (product, 2), (kept, 3))
    for state in states:
        move(admin, made, state)
    ok(admin.delete(f"orders/{made['id']}/"), 204)
    assert stock(buyer, product) == left
    figures = metrics(seller, product)
    assert (figures["total_sales"], figures["total_revenue"]) == (sold, "0.00")
    figures = metrics(seller, kept)
    assert (figures["total_sales"], figures["total_revenue"]) == (1, "1.00")
