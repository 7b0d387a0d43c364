"""Finding products: filters, search and order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, register, unique
from tests.api.conftest import NewProduct


@pytest.fixture(scope="module")
def stall(nobody: Caller, new_product: NewProduct, categories: dict[str, Any], admin: Caller) -> Caller:
    """A seller with five products that differ in everything; each is called by its letter."""
    seller = register(nobody, "seller")
    offers: list[dict[str, Any]] = [
        {"name": "A copper kettle", "price": "10.00", "brand": "Øre", "tags": ["tea", "Sale"]},
        {"name": "B brass kettle", "price": "20.00", "brand": "øre", "condition": "good", "original_price": "25.00"},
        {"name": "C tin 100%_pot\\", "price": "30.00", "brand": "Tin", "stock_quantity": 0, "condition": "poor"},
        {"name": "D pattern", "price": "40.00", "brand": "", "is_digital": True, "tags": ["tea", "paper"]},
        {"name": "E lamp", "price": "50.00", "brand": "Tin", "category": categories["Lighting"]["id"]},
    ]
    made = [new_product(seller, **each) for each in offers]
    ok(admin.patch(f"products/{made[3]['slug']}/", {"is_featured": True}))
    for rating, product in zip((5, 4, 2), made, strict=False):
        for _ in range(2):
            ok(register(nobody).post(f"products/{product['slug']}/reviews/", {"rating": rating}), 201)
    ok(register(nobody).post(f"products/{made[2]['slug']}/favorite/"), 201)
    return seller


def letters(caller: Caller, stall: Caller, **query: Any) -> str:
    """The products found, by letter."""
    found = ok(caller.get("products/", seller=stall.id, **{"ordering": "name"} | query))
    return "".join(each["name"][0] for each in found)


@pytest.mark.promise("3.38", "3.39", "3.40", "3.41", "3.43", "3.44")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "ABCDE"),
        ({"min_price": "20"}, "BCDE"),
        ({"min_price": "20.01"}, "CDE"),
        ({"max_price": "20.00"}, "AB"),
        ({"min_price": "20", "max_price": "40"}, "BCD"),
        ({"brand": "ØRE"}, "AB"),
        ({"brand": ["tin", "øre"]}, "ABCE"),
        ({"brand": "nobody"}, ""),
        ({"condition": "good"}, "B"),
        ({"condition": ["good", "poor"]}, "BC"),
        ({"tags": "tea"}, "AD"),
        ({"tags": "paper,Sale"}, "AD"),
        ({"tags": ["paper", "nothing"]}, "D"),
        ({"tags": "sale"}, ""),
        ({"in_stock": "true"}, "ABDE"),
        ({"in_stock": "0"}, "C"),
        ({"on_sale": "yes"}, "B"),
        ({"on_sale": "false"}, "ACDE"),
        ({"is_featured": "true"}, "D"),
        ({"is_digital": "true"}, "D"),
        ({"is_digital": "off"}, "ABCE"),
        ({"min_rating": "4"}, "AB"),
        ({"min_rating": "4.01"}, "A"),
        ({"min_rating": "0"}, "ABCDE"),
        ({"min_price": "15", "brand": "øre", "condition": "good"}, "B"),
    ],
)
def test_filters(nobody: Caller, stall: Caller, query: dict[str, Any], expected: str) -> None:
    assert letters(nobody, stall, **query) == expected


@pytest.mark.promise("3.37")
def test_a_category_includes_all_below_it(nobody: Caller, stall: Caller, categories: dict[str, Any]) -> None:
    home, books = categories["Home & Kitchen"], categories["Books & Stationery"]
    lighting, notebooks = categories["Lighting"], categories["Notebooks"]
    assert letters(nobody, stall, category=lighting["slug"]) == "E"
    assert letters(nobody, stall, category=str(lighting["id"])) == "E"
    assert letters(nobody, stall, category=home["slug"]) == "E"
    assert letters(nobody, stall, category=books["id"]) == "ABCD"
    assert letters(nobody, stall, category=[home["slug"], notebooks["id"]]) == "ABCDE"
    assert letters(nobody, stall, category="no-such-shelf") == ""


@pytest.mark.promise("3.45")
def test_when_it_was_created(nobody: Caller, stall: Caller) -> None:
    made = [each["created_at"] for each in ok(nobody.get("products/", seller=stall.id, ordering="created_at"))]
    assert letters(nobody, stall, created_after=made[2]) == "CDE"
    assert letters(nobody, stall, created_before=made[2]) == "ABC"
    moment = datetime.fromisoformat(made[2])
    elsewhere = (moment + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S.%f+02:00")
    assert letters(nobody, stall, created_after=elsewhere) == "CDE"
    assert letters(nobody, stall, created_after="2999-01-01T00:00:00Z") == ""


@pytest.mark.promise("3.42")
def test_another_sellers_products_are_not_found(nobody: Caller, stall: Caller) -> None:
    other = register(nobody, "seller")
    assert ok(nobody.get("products/", seller=other.id)) == []
    assert ok(nobody.get("products/", seller=2**62)) == []


# --- search -----------------------------------------------------------------------------------


@pytest.mark.promise("1.36", "1.37", "1.38", "3.47")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("kettle", "AB"),
        ("KETTLE copper", "A"),
        ("copper  brass", ""),
        ("øre", "AB"),
        ("ØRE brass", "B"),
        ("paper", "D"),
        ("%", "C"),
        ("_", "C"),
        ("100%_", "C"),
        ("\\", "C"),
        ("groove", "ABCDE"),
        ("kettle groove", "AB"),
        ("'", ""),
        ("   ", "ABCDE"),
    ],
)
def test_search(nobody: Caller, stall: Caller, search: str, expected: str) -> None:
    assert letters(nobody, stall, search=search) == expected


# --- order ------------------------------------------------------------------------------------


@pytest.mark.promise("1.33", "3.48")
@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("price", "ABCDE"),
        ("-price", "EDCBA"),
        ("-name", "EDCBA"),
        ("created_at", "ABCDE"),
        ("-created_at", "EDCBA"),
        ("-average_rating,name", "ABCDE"),
        ("average_rating,-name", "EDCBA"),
        ("-favorite_count,name", "CABDE"),
        ("view_count,-price", "EDCBA"),
    ],
)
def test_ordering(nobody: Caller, stall: Caller, ordering: str, expected: str) -> None:
    assert letters(nobody, stall, ordering=ordering) == expected


@pytest.mark.promise("3.49")
def test_the_newest_come_first_by_default(nobody: Caller, stall: Caller) -> None:
    assert "".join(each["name"][0] for each in ok(nobody.get("products/", seller=stall.id))) == "EDCBA"


@pytest.mark.promise("1.24", "1.34")
@pytest.mark.parametrize(
    ("query", "blamed"),
    [
        ({"min_price": "cheap"}, "min_price"),
        ({"max_price": "1.999"}, "max_price"),
        ({"min_price": "NaN"}, "min_price"),
        ({"min_price": "9" * 30}, "min_price"),
        ({"condition": "broken"}, "condition"),
        ({"condition": ["new", "broken"]}, "condition"),
        ({"seller": "sofia"}, "seller"),
        ({"seller": "0"}, "seller"),
        ({"seller": "9223372036854775808"}, "seller"),
        ({"seller": ["1", "2"]}, "seller"),
        ({"in_stock": "perhaps"}, "in_stock"),
        ({"is_digital": ""}, "is_digital"),
        ({"min_rating": "good"}, "min_rating"),
        ({"created_after": "yesterday"}, "created_after"),
        ({"created_after": "2026-02-30T00:00:00Z"}, "created_after"),
        ({"created_before": "2026-01-01T00:00:00"}, "created_before"),
        ({"ordering": "seller"}, "ordering"),
        ({"ordering": "price,nonsense"}, "ordering"),
        ({"ordering": "--price"}, "ordering"),
        ({"ordering": ""}, "ordering"),
        ({"search": "x" * 201}, "search"),
    ],
)
def test_a_bad_value_is_refused(nobody: Caller, query: dict[str, Any], blamed: str) -> None:
    assert faults(nobody.get("products/", **query)) == {blamed}


@pytest.mark.promise("1.24", "1.46")
def test_all_bad_values_at_once(nobody: Caller) -> None:
    query = {"min_price": "x", "condition": "y", "page": "0", "ordering": "z", "created_after": "?"}
    assert faults(nobody.get("products/", **query)) == set(query)


@pytest.mark.promise("1.23")
def test_parameters_that_nobody_knows_are_ignored(nobody: Caller, stall: Caller) -> None:
    assert letters(nobody, stall, **{unique("nonsense"): "1", "is_active": "false"}) == "ABCDE"
