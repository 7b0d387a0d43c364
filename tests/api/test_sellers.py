"""The public page of a seller."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, register, sign_in
from tests.api.conftest import DEMO_PASSWORD, NewProduct


@pytest.mark.promise("8.12")
def test_the_page(nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]) -> None:
    ok(buyer.post(f"products/{product['slug']}/reviews/", {"rating": 4}), 201)
    page = ok(nobody.get(f"sellers/{seller.id}/"))
    assert list(page) == ["seller", "stats", "products", "reviews"]
    assert list(page["seller"]) == ["id", "username", "first_name", "last_name", "role", "date_joined", "avatar"]
    assert page["stats"] == {"total_products": 1, "total_reviews": 1, "average_rating": 4.0, "total_sales": 0}
    assert page["products"] == ok(nobody.get("products/", seller=seller.id))
    assert page["reviews"] == ok(nobody.get(f"products/{product['slug']}/reviews/"))


@pytest.mark.promise("8.14", "8.15")
def test_hidden_products_do_not_count(nobody: Caller, seller: Caller, buyer: Caller, new_product: NewProduct) -> None:
    shown, hidden = new_product(seller), new_product(seller)
    ok(buyer.post(f"products/{hidden['slug']}/reviews/", {"rating": 1}), 201)
    ok(seller.delete(f"products/{hidden['slug']}/"), 204)
    for caller in (nobody, seller):
        page = ok(caller.get(f"sellers/{seller.id}/"))
        assert page["stats"] == {"total_products": 1, "total_reviews": 0, "average_rating": 0, "total_sales": 0}
        assert [each["slug"] for each in page["products"]] == [shown["slug"]]
        assert page["reviews"] == []


def test_a_deleted_review_does_not_count(
    nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    made = ok(buyer.post(f"products/{product['slug']}/reviews/", {"rating": 1}), 201)
    ok(buyer.delete(f"products/{product['slug']}/reviews/{made['id']}/"), 204)
    page = ok(nobody.get(f"sellers/{seller.id}/"))
    assert (page["reviews"], page["stats"]["total_reviews"], page["stats"]["average_rating"]) == ([], 0, 0)


@pytest.mark.promise("8.14")
def test_the_newest_twenty(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = [new_product(seller)["slug"] for _ in range(22)]
    page = ok(nobody.get(f"sellers/{seller.id}/"))
    assert page["stats"]["total_products"] == 22
    assert [each["slug"] for each in page["products"]] == made[:1:-1]


def test_sales_are_delivered_units(nobody: Caller) -> None:
    """The demo's sellers have sold something."""
    for name in ("sofia", "sam"):
        demo = sign_in(nobody, name, DEMO_PASSWORD)
        assert ok(nobody.get(f"sellers/{demo.id}/"))["stats"]["total_sales"] > 50


def test_the_callers_own_favourites_are_marked(
    nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    ok(buyer.post(f"products/{product['slug']}/favorite/"), 201)
    assert [each["is_favorited"] for each in ok(buyer.get(f"sellers/{seller.id}/"))["products"]] == [True]
    assert [each["is_favorited"] for each in ok(nobody.get(f"sellers/{seller.id}/"))["products"]] == [False]


@pytest.mark.promise("8.16")
def test_an_administrator_has_a_page_a_buyer_has_none(nobody: Caller, admin: Caller, buyer: Caller) -> None:
    assert ok(nobody.get(f"sellers/{admin.id}/"))["seller"]["role"] == "admin"
    problem(nobody.get(f"sellers/{buyer.id}/"), 404, "NOT_FOUND")
    problem(buyer.get(f"sellers/{buyer.id}/"), 404, "NOT_FOUND")


@pytest.mark.promise("1.14")
@pytest.mark.parametrize("key", ["0", "-1", "abc", "999999999", "9223372036854775807", "9223372036854775808", "1.5"])
def test_nobody_is_there(nobody: Caller, key: str) -> None:
    problem(nobody.get(f"sellers/{key}/"), 404, "NOT_FOUND")


@pytest.mark.promise("8.17")
def test_never_an_email(nobody: Caller) -> None:
    seller = register(nobody, "seller")
    assert "email" not in nobody.get(f"sellers/{seller.id}/").text
    assert "@" not in nobody.get(f"sellers/{seller.id}/").text
