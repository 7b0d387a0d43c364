"""Products: changing and taking away, by those who may."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, register
from tests.api.conftest import NewProduct, offer
from tests.api.test_products import LIST_ITEM, path

# --- changing ----------------------------------------------------------------------------------


@pytest.mark.promise("3.60")
def test_patch_changes_what_is_sent(seller: Caller, new_product: NewProduct) -> None:
    made = new_product(seller, brand="Forge Nine", tags=["a"], original_price="30.00")
    changed = ok(seller.patch(path(made), {"price": "18.00", "tags": ["b", "c"], "original_price": None}))
    assert (changed["price"], changed["tags"], changed["original_price"]) == ("18.00", ["b", "c"], None)
    assert (changed["brand"], changed["name"]) == ("Forge Nine", made["name"])
    assert changed["created_at"] == made["created_at"]
    assert changed["updated_at"] > made["updated_at"]
    assert ok(seller.get(path(made))) == changed


def test_an_empty_patch_changes_nothing(seller: Caller, product: dict[str, Any]) -> None:
    assert ok(seller.patch(path(product), {})) == product


@pytest.mark.promise("3.19")
def test_a_change_is_checked_against_what_stays(seller: Caller, new_product: NewProduct) -> None:
    made = new_product(seller, price="10.00", original_price="12.00")
    assert faults(seller.patch(path(made), {"price": "12.00"})) == {"original_price"}
    assert faults(seller.patch(path(made), {"original_price": "9.00"})) == {"original_price"}
    assert ok(seller.patch(path(made), {"price": "20.00", "original_price": "25.00"}))["price"] == "20.00"


@pytest.mark.promise("3.60")
def test_put_replaces(seller: Caller, categories: dict[str, Any], new_product: NewProduct) -> None:
    made = new_product(seller, brand="Forge Nine", stock_quantity=9, tags=["a"], weight="2.00")
    replaced = ok(seller.put(path(made), offer(categories) | {"name": "New name", "stock_quantity": 3}))
    assert (replaced["name"], replaced["stock_quantity"]) == ("New name", 3)
    assert (replaced["brand"], replaced["tags"], replaced["weight"]) == ("", [], None)
    assert (replaced["slug"], replaced["id"]) == (made["slug"], made["id"])
    assert faults(seller.put(path(made), {"name": "Only a name"})) == {"description", "price", "category"}


@pytest.mark.promise("1.49", "2.11", "3.59")
def test_who_may_change(nobody: Caller, buyer: Caller, admin: Caller, product: dict[str, Any], seller: Caller) -> None:
    rival = register(nobody, "seller")
    for method in ("patch", "put"):
        problem(getattr(nobody, method)(path(product), {"price": "1.00"}), 401, "NOT_AUTHENTICATED")
    problem(buyer.patch(path(product), {"price": "1.00"}), 403, "FORBIDDEN")
    problem(rival.patch(path(product), {"price": "1.00"}), 403, "FORBIDDEN")
    problem(rival.delete(path(product)), 403, "FORBIDDEN")
    problem(nobody.delete(path(product)), 401, "NOT_AUTHENTICATED")
    assert ok(admin.patch(path(product), {"price": "1.00"}))["price"] == "1.00"
    assert ok(seller.patch(path(product), {"price": "2.00"}))["price"] == "2.00"


def test_what_is_not_there_cannot_be_changed(seller: Caller) -> None:
    problem(seller.patch("products/no-such-thing/", {"price": "1.00"}), 404, "NOT_FOUND")
    problem(seller.delete("products/no-such-thing/"), 404, "NOT_FOUND")


def test_the_body_is_checked_before_the_path(seller: Caller) -> None:
    assert faults(seller.patch("products/no-such-thing/", {"price": "x"})) == {"price"}


# --- taking away -------------------------------------------------------------------------------


@pytest.mark.promise("3.50", "3.51", "3.52", "3.61")
def test_deleting_hides_and_can_be_repeated(
    nobody: Caller, buyer: Caller, admin: Caller, seller: Caller, product: dict[str, Any]
) -> None:
    answer = seller.delete(path(product))
    assert (answer.status_code, answer.content) == (204, b"")
    ok(seller.delete(path(product)), 204)
    for stranger in (nobody, buyer):
        problem(stranger.get(path(product)), 404, "NOT_FOUND")
        assert ok(stranger.get("products/", seller=seller.id)) == []
    assert ok(seller.get(path(product)))["is_active"] is False
    assert ok(admin.get(path(product)))["is_active"] is False
    assert ok(seller.get("products/", seller=seller.id)) == []
    assert [each["is_active"] for each in ok(seller.get("products/my_products/"))] == [False]
    assert ok(seller.patch(path(product), {"is_active": True}))["is_active"] is True
    ok(nobody.get(path(product)))


@pytest.mark.promise("3.50")
def test_a_hidden_product_hides_all_about_it(
    nobody: Caller, buyer: Caller, seller: Caller, product: dict[str, Any]
) -> None:
    ok(seller.delete(path(product)), 204)
    problem(nobody.get(path(product) + "reviews/"), 404, "NOT_FOUND")
    problem(buyer.post(path(product) + "favorite/"), 404, "NOT_FOUND")
    problem(nobody.post(path(product) + "click/"), 404, "NOT_FOUND")
    problem(buyer.post(path(product) + "reviews/", {"rating": 5}), 404, "NOT_FOUND")
    problem(buyer.patch(path(product), {"price": "1.00"}), 404, "NOT_FOUND")
    problem(buyer.delete(path(product)), 404, "NOT_FOUND")


@pytest.mark.promise("3.52")
def test_my_products_are_mine_alone(nobody: Caller, buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    other = register(nobody, "seller")
    mine = [new_product(seller)["slug"] for _ in range(3)]
    new_product(other)
    ok(seller.delete(f"products/{mine[0]}/"), 204)
    found = ok(seller.get("products/my_products/"))
    assert [each["slug"] for each in found] == mine[::-1]
    assert [list(each) for each in found] == [LIST_ITEM] * 3
    problem(nobody.get("products/my_products/"), 401, "NOT_AUTHENTICATED")
    problem(buyer.get("products/my_products/"), 403, "FORBIDDEN")
