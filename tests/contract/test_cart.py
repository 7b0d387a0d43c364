"""What holds of carts, beyond what the API's own tests show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.shopping import ADDRESS, put, stock
from tests.api.test_products import LIST_ITEM


@pytest.mark.promise("6.05")
def test_an_item_shows_its_product_as_a_list_does(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=5)
    added = put(buyer, product, 2)
    (item,) = ok(buyer.get("cart/"))["items"]
    assert item == added
    assert list(item) == ["id", "product", "quantity", "total_price", "added_at"]
    assert list(item["product"]) == LIST_ITEM
    assert item["product"] == ok(buyer.get("products/", seller=seller.id))[0]


@pytest.mark.promise("6.07")
def test_as_many_as_can_be_added(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=20_000)
    assert put(buyer, product, 10_000)["quantity"] == 10_000
    assert faults(buyer.post("cart/add_item/", {"product_id": product["id"], "quantity": 10_001})) == {"quantity"}
    other = new_product(seller)
    assert ok(buyer.post("cart/add_item/", {"product_id": other["id"]}), 201)["item"]["quantity"] == 1


@pytest.mark.promise("6.11", "6.15")
def test_what_is_refused_leaves_the_line_as_it_is(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=5)
    item = put(buyer, product, 3)
    short = problem(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 6}), 409, "INSUFFICIENT_STOCK")
    assert (short["available_stock"], short["requested_quantity"], short["current_in_cart"]) == (5, 6, 3)
    problem(buyer.post("cart/add_item/", {"product_id": product["id"], "quantity": 3}), 409, "INSUFFICIENT_STOCK")
    assert [each["quantity"] for each in ok(buyer.get("cart/"))["items"]] == [3]
    assert put(buyer, product, 2)["quantity"] == 5


@pytest.mark.promise("6.13")
def test_setting_a_quantity_answers_with_the_item(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    item = put(buyer, new_product(seller, price="2.50", stock_quantity=9))
    changed = ok(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 4}))
    assert set(changed) == {"success", "item", "message"}
    assert (changed["item"]["id"], changed["item"]["total_price"]) == (item["id"], "10.00")
    assert ok(buyer.get("cart/"))["items"] == [changed["item"]]
    for wrong in (1.5, "2", None, True):
        assert faults(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": wrong})) == {"quantity"}


@pytest.mark.promise("6.17", "6.18")
def test_taking_out_answers_as_documented(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    first, _ = put(buyer, new_product(seller)), put(buyer, new_product(seller))
    assert set(ok(buyer.delete(f"cart/remove_item/?item_id={first['id']}"))) == {"success", "message"}
    assert ok(buyer.get("cart/"))["total_items"] == 1
    assert set(ok(buyer.delete("cart/clear/"))) == {"success", "message", "removed_count"}


@pytest.mark.promise("6.19")
def test_a_status_has_its_limits(buyer: Caller, product: dict[str, Any]) -> None:
    item = put(buyer, product)
    for status in ("x", "s" * 50):
        body = {"item_id": item["id"], "status": status}
        assert ok(buyer.patch("cart/update_item_status/", body))["item"]["status"] == status
    for status in ("", "s" * 51):
        assert faults(buyer.patch("cart/update_item_status/", {"item_id": item["id"], "status": status})) == {"status"}


@pytest.mark.promise("6.21")
def test_validating_answers_as_documented(buyer: Caller, product: dict[str, Any]) -> None:
    put(buyer, product)
    found = ok(buyer.post("cart/validate_stock/"))
    assert set(found) == {"cart_valid", "total_items", "valid_items", "invalid_items", "items"}
    assert (found["cart_valid"], found["valid_items"], found["invalid_items"]) == (True, 1, 0)
    assert set(found["items"][0]) == {
        *("item_id", "product_id", "product_name", "requested_quantity", "available_stock", "is_valid", "issues")
    }


@pytest.mark.promise("6.22")
def test_the_last_piece_is_in_many_carts_and_sold_once(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=1)
    first, second = register(nobody), register(nobody)
    for each in (first, second):
        put(each, product)
    assert stock(nobody, product) == 1
    ok(second.post("cart/checkout/", {"shipping_address": ADDRESS}), 201)
    problem(first.post("cart/checkout/", {"shipping_address": ADDRESS}), 409, "INSUFFICIENT_STOCK")
