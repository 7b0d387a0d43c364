"""Products: shapes, and what a new one needs."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, unique
from tests.api.conftest import NewProduct, offer

LIST_ITEM = [
    *("id", "name", "slug", "short_description", "seller", "category", "price", "original_price", "stock_quantity"),
    *("condition", "brand", "primary_image", "is_featured", "is_digital", "is_active", "average_rating"),
    *("review_count", "is_in_stock", "is_on_sale", "discount_percentage", "is_favorited", "created_at"),
    *("view_count", "favorite_count"),
]
DETAIL = {
    *("id", "name", "slug", "description", "short_description", "seller", "category", "price", "original_price"),
    *("stock_quantity", "condition", "brand", "model", "weight", "dimensions_length", "dimensions_width"),
    *("dimensions_height", "colors", "tags", "materials", "is_active", "is_featured", "is_digital", "created_at"),
    *("updated_at", "view_count", "click_count", "favorite_count", "images", "primary_image", "total_images"),
    *("reviews", "average_rating", "review_count", "is_in_stock", "is_on_sale", "discount_percentage"),
    *("is_favorited", "seller_product_count"),
}
CARD = {"id", "username", "first_name", "last_name", "avatar"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def path(product: dict[str, Any]) -> str:
    return f"products/{product['slug']}/"


# --- shapes ------------------------------------------------------------------------------------


@pytest.mark.promise("1.12", "1.16", "1.20", "2.09", "3.28")
def test_the_list_item(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    (item,) = ok(nobody.get("products/", seller=seller.id))
    assert list(item) == LIST_ITEM
    assert item["seller"] == {"id": seller.id, "username": seller.account["username"]}
    assert set(item["category"]) == {"id", "name", "slug"}
    assert item["primary_image"] is None
    assert item["price"] == "19.90"
    assert str(uuid.UUID(item["id"])) == item["id"]
    assert INSTANT.fullmatch(item["created_at"])


@pytest.mark.promise("1.20", "2.08", "3.29")
def test_the_detail(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    found = ok(nobody.get(path(product)))
    assert set(found) == DETAIL
    assert set(found["seller"]) == CARD
    assert {"subcategories", "product_count"} <= set(found["category"])
    assert (found["images"], found["primary_image"], found["total_images"]) == ([], None, 0)
    assert (found["reviews"], found["review_count"], found["average_rating"]) == ([], 0, 0)
    assert found["seller_product_count"] == 1
    assert INSTANT.fullmatch(found["updated_at"])


@pytest.mark.promise("3.20", "3.21", "3.23")
def test_defaults(product: dict[str, Any]) -> None:
    expected: dict[str, Any] = {
        "short_description": "",
        "original_price": None,
        "stock_quantity": 1,
        "condition": "new",
        "brand": "",
        "model": "",
        "weight": None,
        "colors": [],
        "tags": [],
        "materials": "",
        "is_active": True,
        "is_featured": False,
        "is_digital": False,
        "view_count": 0,
        "click_count": 0,
        "favorite_count": 0,
        "is_favorited": False,
        "is_in_stock": True,
        "is_on_sale": False,
        "discount_percentage": 0,
    }
    assert {name: product[name] for name in expected} == expected


@pytest.mark.promise("3.33", "3.34")
@pytest.mark.parametrize(
    ("price", "original", "sale", "percent"),
    [
        ("19.90", None, False, 0),
        ("19.90", "19.91", True, 0),
        ("15.00", "20.00", True, 25),
        ("0.01", "100.00", True, 99),
        ("66.67", "100.00", True, 33),
        ("100000.00", "1000000.00", True, 90),
    ],
)
def test_the_discount_is_whole_percents_rounded_down(
    seller: Caller, new_product: NewProduct, price: str, original: str | None, sale: bool, percent: int
) -> None:
    made = new_product(seller, price=price, original_price=original)
    assert (made["is_on_sale"], made["discount_percentage"]) == (sale, percent)


# --- creating ----------------------------------------------------------------------------------


@pytest.mark.promise("1.42", "3.23", "3.58")
def test_creating_answers_with_the_detail_and_where_it_is(seller: Caller, categories: dict[str, Any]) -> None:
    body = offer(categories) | {
        "short_description": "For pens.",
        "original_price": "24.90",
        "stock_quantity": 7,
        "condition": "like_new",
        "brand": " Oak & Ash ",
        "model": "D-1",
        "weight": "1.25",
        "dimensions_length": 30,
        "dimensions_width": "12.5",
        "dimensions_height": 0,
        "colors": ["walnut", "sölv"],
        "tags": ["desk"],
        "materials": "walnut",
        "is_digital": False,
    }
    answer = seller.post("products/", body)
    made = ok(answer, 201)
    assert answer.headers["location"] == f"/api/marketplace/products/{made['slug']}/"
    assert set(made) == DETAIL
    assert made["brand"] == "Oak & Ash"
    assert (made["weight"], made["dimensions_length"], made["dimensions_width"]) == ("1.25", "30.00", "12.50")
    assert made["dimensions_height"] == "0.00"
    assert made["colors"] == ["walnut", "sölv"]
    assert made["seller"]["id"] == seller.id
    assert ok(seller.request("GET", answer.headers["location"])) == made


@pytest.mark.promise("3.12", "3.13")
def test_the_slug_is_made_from_the_name_and_stays(seller: Caller, new_product: NewProduct) -> None:
    name = unique("Éclair à la crème № ")
    first, second = new_product(seller, name=name), new_product(seller, name=name)
    assert re.fullmatch(r"eclair-a-la-creme-no-[a-z0-9]+-[a-z0-9]{4,}", first["slug"])
    assert first["slug"] != second["slug"]
    assert ok(seller.patch(path(first), {"name": "Something else"}))["slug"] == first["slug"]
    assert faults(seller.patch(path(first), {"slug": "mine"})) == {"slug"}


def test_a_name_without_a_single_letter_still_gets_a_slug(seller: Caller, new_product: NewProduct) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", new_product(seller, name="「木」")["slug"])


@pytest.mark.promise(
    "1.15",
    "1.19",
    "1.22",
    "3.11",
    "3.14",
    "3.15",
    "3.16",
    "3.18",
    "3.19",
    "3.20",
    "3.21",
    "3.22",
    "3.23",
    "3.24",
    "3.25",
)
@pytest.mark.parametrize(
    ("more", "blamed"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"description": ""}, "description"),
        ({"description": "x" * 20_001}, "description"),
        ({"short_description": "x" * 301}, "short_description"),
        ({"price": "0.00"}, "price"),
        ({"price": "-1.00"}, "price"),
        ({"price": "100000.01"}, "price"),
        ({"price": "1.999"}, "price"),
        ({"price": 1.999}, "price"),
        ({"price": "abc"}, "price"),
        ({"price": ""}, "price"),
        ({"price": None}, "price"),
        ({"price": True}, "price"),
        ({"price": "NaN"}, "price"),
        ({"price": "1e3"}, "price"),
        ({"price": "19,90"}, "price"),
        ({"price": "٣"}, "price"),
        ({"original_price": "19.90"}, "original_price"),
        ({"original_price": "10.00"}, "original_price"),
        ({"stock_quantity": -1}, "stock_quantity"),
        ({"stock_quantity": 2_147_483_648}, "stock_quantity"),
        ({"stock_quantity": 1.5}, "stock_quantity"),
        ({"stock_quantity": "3"}, "stock_quantity"),
        ({"stock_quantity": None}, "stock_quantity"),
        ({"condition": "broken"}, "condition"),
        ({"brand": "x" * 101}, "brand"),
        ({"model": "x" * 101}, "model"),
        ({"weight": "-0.01"}, "weight"),
        ({"weight": "0.001"}, "weight"),
        ({"dimensions_width": "-1"}, "dimensions_width"),
        ({"materials": "x" * 2001}, "materials"),
        ({"is_active": "true"}, "is_active"),
        ({"is_digital": 1}, "is_digital"),
        ({"colors": "red"}, "colors"),
        ({"colors": ["x"] * 31}, "colors"),
        ({"category": None}, "category"),
        ({"category": "notebooks"}, "category"),
        ({"category": 0}, "category"),
        ({"category": -1}, "category"),
        ({"category": 2**63}, "category"),
        ({"category": 999_999_999}, "category"),
        ({"id": str(uuid.uuid4())}, "id"),
        ({"seller": 1}, "seller"),
        ({"view_count": 5}, "view_count"),
        ({"favorite_count": 5}, "favorite_count"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "created_at"),
        ({"average_rating": 5}, "average_rating"),
        ({"nonsense": None}, "nonsense"),
    ],
)
def test_a_wrong_offer_is_refused(
    seller: Caller, categories: dict[str, Any], more: dict[str, Any], blamed: str
) -> None:
    assert faults(seller.post("products/", offer(categories) | more)) == {blamed}
    assert ok(seller.get("products/my_products/")) == []


@pytest.mark.promise("1.46", "3.24")
@pytest.mark.parametrize("member", ["colors", "tags"])
def test_a_fault_inside_a_list_says_where(seller: Caller, categories: dict[str, Any], member: str) -> None:
    blamed = faults(seller.post("products/", offer(categories) | {member: ["fine", "x" * 51, 5]}))
    assert blamed == {f"{member}.1", f"{member}.2"}


@pytest.mark.promise("3.16")
@pytest.mark.parametrize("missing", ["name", "description", "price", "category"])
def test_what_an_offer_needs(seller: Caller, categories: dict[str, Any], missing: str) -> None:
    body = offer(categories)
    del body[missing]
    assert faults(seller.post("products/", body)) == {missing}


@pytest.mark.promise("1.21", "1.46")
def test_all_faults_of_an_offer_at_once(seller: Caller) -> None:
    body = {"name": "", "price": "x", "stock_quantity": -1, "nonsense": 1}
    expected = {"name", "price", "stock_quantity", "nonsense", "description", "category"}
    assert faults(seller.post("products/", body)) == expected


@pytest.mark.promise("1.16", "1.17")
@pytest.mark.parametrize(
    ("sent", "shown"), [(19.9, "19.90"), (5, "5.00"), ("5", "5.00"), ("0.01", "0.01"), ("1.5", "1.50")]
)
def test_money_is_exact(seller: Caller, new_product: NewProduct, sent: Any, shown: str) -> None:
    assert new_product(seller, price=sent)["price"] == shown


@pytest.mark.promise("1.43")
def test_lengths_count_characters(seller: Caller, new_product: NewProduct) -> None:
    assert new_product(seller, name="🦔" * 200)["name"] == "🦔" * 200


@pytest.mark.promise("3.53")
def test_who_may_sell(nobody: Caller, buyer: Caller, admin: Caller, categories: dict[str, Any]) -> None:
    problem(nobody.post("products/", offer(categories)), 401, "NOT_AUTHENTICATED")
    problem(buyer.post("products/", offer(categories)), 403, "FORBIDDEN")
    made = ok(admin.post("products/", offer(categories)), 201)
    ok(admin.delete(path(made)), 204)


def test_permission_comes_before_the_body(nobody: Caller, buyer: Caller) -> None:
    problem(nobody.post("products/", {"nonsense": 1}), 401, "NOT_AUTHENTICATED")
    problem(buyer.post("products/", {"nonsense": 1}), 403, "FORBIDDEN")


@pytest.mark.promise("3.26")
def test_only_admins_feature_a_product(
    seller: Caller, admin: Caller, categories: dict[str, Any], product: dict[str, Any]
) -> None:
    problem(seller.post("products/", offer(categories) | {"is_featured": True}), 403, "FORBIDDEN")
    problem(seller.patch(path(product), {"is_featured": True}), 403, "FORBIDDEN")
    assert ok(seller.get(path(product)))["is_featured"] is False
    assert ok(admin.patch(path(product), {"is_featured": True}))["is_featured"] is True
