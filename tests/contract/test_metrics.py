"""What holds of metrics and sellers' pages, beyond what the API's own tests show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, eventually, ok, problem, register, unique
from tests.api.conftest import NewProduct
from tests.api.shopping import metrics, move, order, paid
from tests.api.test_products import LIST_ITEM
from tests.support.servers import Server
from tests.support.sql import execute, rows

SHORT = {
    "views": "total_views",
    "clicks": "total_clicks",
    "wishlist_adds": "total_favorites",
    "cart_adds": "total_cart_additions",
    "sales": "total_sales",
    "revenue": "total_revenue",
}


@pytest.mark.promise("8.02")
def test_every_product_has_one_record(server: Server, seller: Caller, new_product: NewProduct) -> None:
    new_product(seller)
    lacking = """SELECT count(*) FROM product p WHERE
        (SELECT count(*) FROM product_metrics m WHERE m.product_id = p.id) <> 1"""
    assert rows(server.database, lacking) == [(0,)]


@pytest.mark.promise("8.04")
def test_rates_have_two_places(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    path = f"products/{product['slug']}/"
    for _ in range(3):
        ok(nobody.request("GET", path, headers={"User-Agent": unique("agent")}))
    for _ in range(2):
        ok(nobody.request("POST", f"{path}click/", headers={"User-Agent": unique("agent")}))
    eventually(lambda: metrics(seller, product)["view_to_click_rate"], "66.67")
    found = metrics(seller, product)
    assert (found["click_to_cart_rate"], found["cart_to_purchase_rate"]) == ("0.00", "0.00")


@pytest.mark.promise("8.08", "8.09")
def test_the_dashboard_is_of_the_callers_own_products(
    nobody: Caller, buyer: Caller, admin: Caller, seller: Caller, new_product: NewProduct, categories: Any
) -> None:
    rival = register(nobody, "seller")
    mine = [new_product(seller, price="2.50", stock_quantity=9) for _ in range(2)]
    mine.append(new_product(seller, category=categories["Lighting"]["id"]))
    other = new_product(rival, stock_quantity=9)
    ok(admin.patch(f"products/{mine[0]['slug']}/", {"is_featured": True}))
    ok(seller.delete(f"products/{mine[1]['slug']}/"), 204)
    for each in (mine[0], other):
        ok(buyer.post(f"products/{each['slug']}/favorite/"), 201)
    paid(admin, buyer, (mine[0], 3), (other, 1))
    found = ok(seller.get("metrics/dashboard_metrics/"))
    assert set(found) == {"product_metrics", "product_counts", "recent_orders"}
    totals = found["product_metrics"]
    assert set(totals) == {*SHORT, *SHORT.values()}
    assert {short: totals[short] for short in SHORT} == {short: totals[long] for short, long in SHORT.items()}
    assert (totals["sales"], totals["revenue"], totals["wishlist_adds"]) == (3, "7.50", 1)
    assert found["product_counts"] == {
        "total_products": 3,
        "active_listings": 2,
        "featured_products": 1,
        "total_categories": 2,
    }
    assert [each["product_name"] for each in found["recent_orders"]] == [mine[0]["name"]]


@pytest.mark.promise("8.10")
def test_the_ten_newest_sales_are_shown(buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=20)
    made = [order(buyer, (product, 1))["id"] for _ in range(12)]
    shown = ok(seller.get("metrics/dashboard_metrics/"))["recent_orders"]
    assert [each["id"] for each in shown] == made[:1:-1]


@pytest.mark.promise("8.11")
def test_the_figures_of_a_product_are_a_page(seller: Caller, product: dict[str, Any]) -> None:
    found = ok(seller.get(f"metrics/product_metrics/{product['slug']}/"))
    assert set(found) == {"product_info", "product_metrics", "product_counts", "recent_orders"}
    assert set(found["product_info"]) == {"id", "name", "slug", "price", "stock_quantity", "is_active", "created_at"}
    (record,) = ok(seller.get("metrics/"))
    assert found["product_metrics"] == record


@pytest.mark.promise("8.13")
def test_only_delivered_units_are_a_sellers_sales(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=20)
    made = order(buyer, (product, 7))
    order(buyer, (product, 2))

    def sales() -> int:
        found: int = ok(nobody.get(f"sellers/{seller.id}/"))["stats"]["total_sales"]
        return found

    for status in ("payment_confirmed", "awaiting_shipment", "shipped"):
        move(admin, made, status)
        assert sales() == 0
    move(admin, made, "delivered")
    assert sales() == 7


@pytest.mark.promise("8.12", "8.14", "8.15")
def test_a_sellers_page_shows_the_newest_twenty(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    products = [new_product(seller) for _ in range(3)]
    said = []
    for number in range(24):
        path = f"products/{products[number % 3]['slug']}/reviews/"
        said.append(ok(register(nobody).post(path, {"rating": 5}), 201)["id"])
    ok(seller.delete(f"products/{products[2]['slug']}/"), 204)
    page = ok(nobody.get(f"sellers/{seller.id}/"))
    visible = [key for number, key in enumerate(said) if number % 3 != 2]
    assert [each["id"] for each in page["reviews"]] == visible[::-1][:20]
    assert [list(each) for each in page["products"]] == [LIST_ITEM] * 2
    for each in range(8):
        path = f"products/{products[each % 2]['slug']}/reviews/"
        visible.append(ok(register(nobody).post(path, {"rating": 5}), 201)["id"])
    page = ok(nobody.get(f"sellers/{seller.id}/"))
    assert [each["id"] for each in page["reviews"]] == visible[::-1][:20]
    assert page["stats"]["total_reviews"] == len(visible) == 24


@pytest.mark.promise("8.16")
def test_who_is_not_active_has_no_page(server: Server, nobody: Caller, admin: Caller, seller: Caller) -> None:
    """Nobody can be made inactive over HTTP, so the database is told directly."""
    ok(nobody.get(f"sellers/{seller.id}/"))
    execute(server.database, f'UPDATE "user" SET is_active = false WHERE id = {seller.id}')
    for caller in (nobody, admin):
        problem(caller.get(f"sellers/{seller.id}/"), 404, "NOT_FOUND")
