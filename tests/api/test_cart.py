"""The cart: one for each user, made on first use, with present prices and nothing reserved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import Caller, eventually, faults, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.shopping import metrics, put, stock

NOWHERE = 2**62


@pytest.mark.promise("6.02", "6.03")
def test_a_cart_is_there_at_the_first_look(buyer: Caller) -> None:
    first = ok(buyer.get("cart/"))
    assert first["items"] == []
    assert (first["total_items"], first["total_amount"]) == (0, "0.00")
    assert ok(buyer.get("cart/")) == first
    assert set(first) == {"id", "items", "total_items", "total_amount", "created_at", "updated_at"}


@pytest.mark.promise("6.02")
def test_every_user_has_a_cart_of_their_own(buyer: Caller, nobody: Caller, product: dict[str, Any]) -> None:
    other = register(nobody)
    put(buyer, product)
    assert ok(other.get("cart/"))["items"] == []
    assert ok(other.get("cart/"))["id"] != ok(buyer.get("cart/"))["id"]


@pytest.mark.promise("6.24")
def test_carts_are_for_those_who_are_signed_in(nobody: Caller, product: dict[str, Any]) -> None:
    problem(nobody.get("cart/"), 401, "NOT_AUTHENTICATED")
    problem(nobody.post("cart/add_item/", {"product_id": product["id"]}), 401, "NOT_AUTHENTICATED")


@pytest.mark.promise("1.16", "6.04", "6.08", "6.22")
def test_an_item_is_added_and_then_increased(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="19.90", stock_quantity=9)
    body = {"product_id": product["id"], "quantity": 2}
    first = ok(buyer.post("cart/add_item/", body), 201)
    assert (first["success"], first["was_created"]) == (True, True)
    assert first["item"]["quantity"] == 2
    assert first["item"]["total_price"] == "39.80"
    assert first["item"]["product"]["slug"] == product["slug"]
    assert first["item"]["product"]["seller"] == {"id": seller.id, "username": seller.account["username"]}
    again = ok(buyer.post("cart/add_item/", {"product_id": product["id"]}))
    assert (again["was_created"], again["item"]["quantity"]) == (False, 3)
    assert again["item"]["id"] == first["item"]["id"]
    cart = ok(buyer.get("cart/"))
    assert [each["id"] for each in cart["items"]] == [first["item"]["id"]]
    assert (cart["total_items"], cart["total_amount"]) == (3, "59.70")
    assert stock(buyer, product) == 9


@pytest.mark.promise("6.06")
def test_prices_are_always_the_present_ones(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=5)
    put(buyer, product, 2)
    ok(seller.patch(f"products/{product['slug']}/", {"price": "12.50"}))
    cart = ok(buyer.get("cart/"))
    assert cart["items"][0]["product"]["price"] == "12.50"
    assert (cart["items"][0]["total_price"], cart["total_amount"]) == ("25.00", "25.00")


@pytest.mark.promise("6.09", "6.10", "6.11", "6.12")
def test_what_cannot_be_added(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    problem(buyer.post("cart/add_item/", {"product_id": str(uuid4())}), 404, "PRODUCT_NOT_FOUND")
    gone = new_product(seller, is_active=False)
    problem(buyer.post("cart/add_item/", {"product_id": gone["id"]}), 404, "PRODUCT_NOT_FOUND")
    empty = new_product(seller, stock_quantity=0)
    problem(buyer.post("cart/add_item/", {"product_id": empty["id"]}), 409, "OUT_OF_STOCK")
    own = new_product(seller, stock_quantity=5)
    problem(seller.post("cart/add_item/", {"product_id": own["id"]}), 409, "OWN_PRODUCT")
    put(buyer, own, 3)
    short = problem(buyer.post("cart/add_item/", {"product_id": own["id"], "quantity": 3}), 409, "INSUFFICIENT_STOCK")
    assert (short["available_stock"], short["requested_quantity"], short["current_in_cart"]) == (5, 3, 3)
    assert ok(buyer.get("cart/"))["total_items"] == 3


@pytest.mark.promise("6.07")
def test_bodies_of_the_wrong_form(buyer: Caller, product: dict[str, Any]) -> None:
    for quantity in (0, -1, 10_001, "2", 1.5, None):
        assert faults(buyer.post("cart/add_item/", {"product_id": product["id"], "quantity": quantity})) == {"quantity"}
    assert faults(buyer.post("cart/add_item/", {"product_id": "7", "extra": 1})) == {"product_id", "extra"}
    assert faults(buyer.post("cart/add_item/", {})) == {"product_id"}
    assert faults(buyer.patch("cart/update_item/", {"item_id": 0, "quantity": "x"})) == {"item_id", "quantity"}
    assert faults(buyer.patch("cart/update_item_status/", {"item_id": 1, "status": ""})) == {"status"}
    assert faults(buyer.delete("cart/remove_item/")) == {"item_id"}


@pytest.mark.promise("6.13", "6.14")
def test_the_quantity_of_an_item_is_set(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=4)
    item = put(buyer, product)
    changed = ok(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 4}))
    assert (changed["success"], changed["item"]["quantity"]) == (True, 4)
    short = problem(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 5}), 409, "INSUFFICIENT_STOCK")
    assert (short["available_stock"], short["requested_quantity"], short["current_in_cart"]) == (4, 5, 4)
    removed = ok(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 0}))
    assert (removed["success"], removed["item"]) == (True, None)
    assert ok(buyer.get("cart/"))["items"] == []


@pytest.mark.promise("6.14")
def test_a_quantity_below_nothing_takes_the_item_out(buyer: Caller, product: dict[str, Any]) -> None:
    item = put(buyer, product)
    assert ok(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": -7}))["item"] is None
    problem(buyer.patch("cart/update_item/", {"item_id": item["id"], "quantity": 1}), 404, "ITEM_NOT_FOUND")


@pytest.mark.promise("6.16")
def test_items_of_others_are_out_of_reach(buyer: Caller, nobody: Caller, product: dict[str, Any]) -> None:
    item = put(buyer, product)
    other = register(nobody)
    problem(other.patch("cart/update_item/", {"item_id": item["id"], "quantity": 1}), 404, "ITEM_NOT_FOUND")
    problem(other.request("DELETE", "cart/remove_item/", json={"item_id": item["id"]}), 404, "ITEM_NOT_FOUND")
    problem(other.patch("cart/update_item_status/", {"item_id": item["id"], "status": "x"}), 404, "ITEM_NOT_FOUND")
    assert ok(buyer.get("cart/"))["total_items"] == 1


@pytest.mark.promise("6.17")
def test_an_item_is_removed_by_body_or_query(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    first, second = put(buyer, new_product(seller)), put(buyer, new_product(seller))
    assert ok(buyer.request("DELETE", "cart/remove_item/", json={"item_id": first["id"]}))["success"] is True
    assert ok(buyer.delete(f"cart/remove_item/?item_id={second['id']}"))["success"] is True
    problem(buyer.delete(f"cart/remove_item/?item_id={second['id']}"), 404, "ITEM_NOT_FOUND")
    problem(buyer.delete(f"cart/remove_item/?item_id={NOWHERE}"), 404, "ITEM_NOT_FOUND")
    assert faults(buyer.delete("cart/remove_item/?item_id=x")) == {"item_id"}


@pytest.mark.promise("6.18")
def test_a_cart_is_emptied(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    for _ in range(3):
        put(buyer, new_product(seller))
    cleared = ok(buyer.delete("cart/clear/"))
    assert (cleared["success"], cleared["removed_count"]) == (True, 3)
    assert ok(buyer.delete("cart/clear/"))["removed_count"] == 0
    assert ok(buyer.get("cart/"))["items"] == []


@pytest.mark.promise("6.19", "6.20")
def test_a_status_is_echoed_and_not_stored(buyer: Caller, product: dict[str, Any]) -> None:
    item = put(buyer, product)
    before = ok(buyer.get("cart/"))
    echoed = ok(buyer.patch("cart/update_item_status/", {"item_id": item["id"], "status": "for later"}))
    assert echoed["item"] == {
        "id": item["id"],
        "product_name": product["name"],
        "quantity": 1,
        "status": "for later",
    }
    assert "detail" in echoed
    assert ok(buyer.get("cart/")) == before


@pytest.mark.promise("6.21")
def test_stock_is_validated_item_by_item(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    fine, short, empty, gone = (new_product(seller, stock_quantity=5) for _ in range(4))
    items = [put(buyer, each, 3) for each in (fine, short, empty, gone)]
    ok(seller.patch(f"products/{short['slug']}/", {"stock_quantity": 2}))
    ok(seller.patch(f"products/{empty['slug']}/", {"stock_quantity": 0}))
    ok(seller.delete(f"products/{gone['slug']}/"), 204)
    found = ok(buyer.post("cart/validate_stock/"))
    assert (found["cart_valid"], found["total_items"], found["valid_items"], found["invalid_items"]) == (False, 4, 1, 3)
    assert [each["item_id"] for each in found["items"]] == [each["id"] for each in items]
    assert [each["is_valid"] for each in found["items"]] == [True, False, False, False]
    assert [each["available_stock"] for each in found["items"]] == [5, 2, 0, 0]
    assert [len(each["issues"]) for each in found["items"]] == [0, 1, 1, 1]
    assert found["items"][0] | {"issues": []} == {
        "item_id": items[0]["id"],
        "product_id": fine["id"],
        "product_name": fine["name"],
        "requested_quantity": 3,
        "available_stock": 5,
        "is_valid": True,
        "issues": [],
    }


def test_an_empty_cart_is_valid(buyer: Caller) -> None:
    found = ok(buyer.post("cart/validate_stock/"))
    assert (found["cart_valid"], found["total_items"], found["items"]) == (True, 0, [])


def test_cart_additions_are_counted_in_the_background(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=9)
    put(buyer, product)
    eventually(lambda: metrics(seller, product)["total_cart_additions"], 1)
