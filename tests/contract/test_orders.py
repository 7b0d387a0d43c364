"""What holds of orders, beyond what the API's own tests show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.images.steps import fetched, uploaded
from tests.api.shopping import ADDRESS, Order, metrics, move, order, paid, stock
from tests.support.servers import Server
from tests.support.sql import execute

PAYMENTS = ("pending", "processing", "paid", "failed", "refunded", "failed_refund", "partial_refund")
WAY = ("payment_confirmed", "awaiting_shipment", "shipped", "delivered")


def moved(admin: Caller, made: Order, status: str) -> Order:
    """The order, moved along the way up to a status."""
    for each in WAY[: WAY.index(status) + 1] if status in WAY else ():
        made = move(admin, made, each)
    return made


# --- what an order says -----------------------------------------------------------------------


@pytest.mark.promise("7.04")
def test_payment_has_seven_words(buyer: Caller, admin: Caller, product: dict[str, Any]) -> None:
    made = moved(admin, order(buyer, (product, 1)), "payment_confirmed")
    path = f"orders/{made['id']}/"
    for word in PAYMENTS:
        assert ok(admin.patch(path, {"payment_status": word}))["payment_status"] == word
    for word in ("done", "", "PAID", None):
        assert faults(admin.patch(path, {"payment_status": word})) == {"payment_status"}


@pytest.mark.promise("7.05")
def test_what_an_address_needs(buyer: Caller, product: dict[str, Any]) -> None:
    lines = [{"product_id": product["id"], "quantity": 1}]

    def blamed(address: Any) -> set[str]:
        return faults(buyer.post("orders/", {"shipping_address": address, "items": lines}))

    for name in ("street", "city", "state", "postal_code", "country"):
        assert blamed({key: value for key, value in ADDRESS.items() if key != name}) == {f"shipping_address.{name}"}
    for country in ("pt", "PRT", "Portugal", "ZZ", "", None):
        assert blamed(ADDRESS | {"country": country}) == {"shipping_address.country"}
    whole = ADDRESS | {"name": "Marta", "phone": "+351 22 123"}
    made = ok(buyer.post("orders/", {"shipping_address": whole, "items": lines}), 201)
    assert made["shipping_address"] == whole


@pytest.mark.promise("7.06", "7.21")
def test_notes_and_quantities_have_limits(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=10_000)
    made = order(buyer, (product, 10_000), buyer_notes="ñ" * 2_000)
    assert (made["buyer_notes"], made["items"][0]["quantity"]) == ("ñ" * 2_000, 10_000)
    assert faults(buyer.patch(f"orders/{made['id']}/", {"buyer_notes": "x" * 2_001})) == {"buyer_notes"}
    for quantity in (0, -1, 10_001, 1.5, "1"):
        items = [{"product_id": product["id"], "quantity": quantity}]
        body = {"shipping_address": ADDRESS, "items": items, "buyer_notes": "x" * 2_001}
        assert faults(buyer.post("orders/", body)) == {"items.0.quantity", "buyer_notes"}


@pytest.mark.promise("7.08")
def test_what_is_said_of_the_shipment_has_limits(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]
) -> None:
    path = f"orders/{paid(admin, buyer, (product, 1))['id']}/"
    long = "x" * 101
    code = {"carrier_code": long, "shipping_carrier": long}
    assert faults(seller.patch(f"{path}update_carrier_code/", code)) == set(code)
    number = {"tracking_number": long, "shipping_carrier": long}
    assert faults(seller.patch(f"{path}update_tracking/", number)) == set(number)
    assert faults(seller.patch(f"{path}update_tracking/", {"tracking_number": ""})) == {"tracking_number"}
    assert faults(seller.patch(f"{path}update_tracking/", {})) == {"tracking_number"}
    said = dict.fromkeys(code, "y" * 100)
    assert ok(seller.patch(f"{path}update_carrier_code/", said))["order"]["carrier_code"] == "y" * 100
    sent = ok(seller.patch(f"{path}update_tracking/", {"tracking_number": "z" * 100}))
    assert sent["shipping_info"]["tracking_number"] == "z" * 100


@pytest.mark.promise("7.09", "7.10")
def test_a_line_outlives_its_product(server: Server, buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    """No product is ever deleted by HTTP, so the database is told directly."""
    product, other = new_product(seller, price="7.50", stock_quantity=9), new_product(seller)
    made = order(buyer, (product, 2), (other, 1))
    execute(server.database, f"DELETE FROM product WHERE id = '{product['id']}'")
    found = ok(buyer.get(f"orders/{made['id']}/"))
    expected = made["items"][0] | {"product": None}
    assert found["items"] == [expected, made["items"][1]]
    assert found["total_amount"] == made["total_amount"]


@pytest.mark.promise("7.11")
def test_a_line_shows_the_picture_of_then_and_of_now(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=9)
    bare = order(buyer, (product, 1))
    assert (bare["items"][0]["product_image"], bare["items"][0]["product_image_fresh"]) == (None, None)
    then = uploaded(seller, product)
    made = order(buyer, (product, 1))
    now = uploaded(seller, product, image_type="main")
    (line,) = ok(buyer.get(f"orders/{made['id']}/"))["items"]
    assert then["s3_key"] in line["product_image"]
    assert now["s3_key"] in line["product_image_fresh"]
    for name in ("product_image", "product_image_fresh"):
        assert fetched(line[name]).status_code == 200
    (earlier,) = ok(buyer.get(f"orders/{bare['id']}/"))["items"]
    assert earlier["product_image"] is None
    assert now["s3_key"] in earlier["product_image_fresh"]


@pytest.mark.promise("7.13")
def test_a_shipping_record_shows_all(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    made = paid(admin, buyer, (new_product(seller), 1), (new_product(second), 1))
    sent = ok(seller.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "T1"}))
    assert set(sent) == {"success", "message", "is_update", "order", "shipping_info"}
    (record,) = sent["order"]["shipping_info"]
    assert record == sent["shipping_info"]
    assert set(record) == {
        *("id", "seller", "tracking_number", "shipping_carrier", "carrier_code", "shipped_at", "delivered_at"),
        *("created_at", "updated_at"),
    }
    assert set(record["seller"]) == {"id", "username", "first_name", "last_name", "avatar"}


@pytest.mark.promise("7.19")
def test_each_seller_is_shown_their_own_shipping(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    made = paid(admin, buyer, (new_product(seller), 1), (new_product(second), 1))
    for each in (seller, second):
        ok(each.patch(f"orders/{made['id']}/update_carrier_code/", {"carrier_code": f"c{each.id}"}))
    for each in (seller, second):
        (seen,) = ok(each.get("orders/seller_orders/"))
        assert [item["seller"] for item in seen["items"]] == [each.id]
        assert [part["carrier_code"] for part in seen["shipping_info"]] == [f"c{each.id}"]
        assert seen["seller_shipping"] == seen["shipping_info"][0]


# --- making and changing ----------------------------------------------------------------------


@pytest.mark.promise("7.20")
def test_a_hundred_lines_are_taken(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    products = [new_product(seller) for _ in range(100)]
    assert len(order(buyer, *((each, 1) for each in products))["items"]) == 100


@pytest.mark.promise("7.23")
def test_no_line_says_its_price(buyer: Caller, product: dict[str, Any]) -> None:
    for name in ("unit_price", "total_price", "price", "seller", "seller_id"):
        items = [{"product_id": product["id"], "quantity": 1, name: "0.01"}]
        body = {"shipping_address": ADDRESS, "items": items}
        assert faults(buyer.post("orders/", body)) == {f"items.0.{name}"}
    assert ok(buyer.get("orders/")) == []


@pytest.mark.promise("7.35", "7.36")
@pytest.mark.parametrize("status", ["payment_confirmed", "awaiting_shipment", "shipped", "delivered"])
def test_a_buyer_changes_nothing_after_the_payment(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any], status: str
) -> None:
    path = f"orders/{moved(admin, order(buyer, (product, 1)), status)['id']}/"
    before = ok(buyer.get(path))
    for body in ({"buyer_notes": "x"}, {"shipping_address": ADDRESS | {"city": "Braga"}}):
        problem(buyer.patch(path, body), 409, "ORDER_CLOSED")
        problem(seller.patch(path, body), 403, "FORBIDDEN")
    for name, value in (("tax_amount", "1.00"), ("discount_amount", "1.00"), ("payment_status", "paid")):
        problem(buyer.patch(path, {name: value}), 403, "FORBIDDEN")
    assert ok(buyer.get(path)) == before


@pytest.mark.promise("7.37")
def test_a_discount_never_makes_the_total_negative(buyer: Caller, admin: Caller, product: dict[str, Any]) -> None:
    made = order(buyer, (product, 1))
    path = f"orders/{made['id']}/"
    assert ok(admin.patch(path, {"discount_amount": made["subtotal"]}))["total_amount"] == "0.00"
    assert faults(admin.patch(path, {"discount_amount": "19.91"})) == {"discount_amount"}
    for name in ("shipping_cost", "tax_amount", "discount_amount"):
        assert faults(admin.patch(path, {name: "-0.01"})) == {name}


@pytest.mark.promise("7.40")
@pytest.mark.parametrize(
    ("status", "comes_back"),
    [(each, each not in ("shipped", "delivered")) for each in ("pending_payment", *WAY)],
)
def test_what_was_sent_does_not_come_back(
    buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct, status: str, comes_back: bool
) -> None:
    product = new_product(seller, stock_quantity=9)
    made = moved(admin, order(buyer, (product, 4)), status)
    assert stock(buyer, product) == 5
    ok(admin.delete(f"orders/{made['id']}/"), 204)
    assert stock(buyer, product) == (9 if comes_back else 5)
    problem(admin.delete(f"orders/{made['id']}/"), 404, "NOT_FOUND")
    assert stock(buyer, product) == (9 if comes_back else 5)


@pytest.mark.promise("7.40", "7.46")
@pytest.mark.parametrize("way", ["cancelled", "refunded"])
def test_what_came_back_once_does_not_come_back_again(
    buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct, way: str
) -> None:
    product = new_product(seller, stock_quantity=9)
    made = move(admin, paid(admin, buyer, (product, 4)), "cancelled")
    if way == "refunded":
        move(admin, made, "refunded")
    assert stock(buyer, product) == 9
    ok(admin.delete(f"orders/{made['id']}/"), 204)
    assert stock(buyer, product) == 9
    assert metrics(seller, product)["total_sales"] == 0
