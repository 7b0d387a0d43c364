"""What became of a seller's products: figures for each of them, and for all together."""

from __future__ import annotations

import pytest

from tests.api.client import Caller, eventually, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.shopping import ADDRESS, metrics, order, paid, put

FIGURES = {
    *("id", "product", "total_views", "total_clicks", "total_favorites", "total_cart_additions", "total_sales"),
    *("total_revenue", "view_to_click_rate", "click_to_cart_rate", "cart_to_purchase_rate", "last_updated"),
}


@pytest.mark.promise("8.02", "8.03", "8.04")
def test_a_product_has_figures_from_its_creation_on(seller: Caller, new_product: NewProduct) -> None:
    product = new_product(seller)
    (found,) = ok(seller.get("metrics/"))
    assert set(found) == FIGURES
    assert found["product"] == product["id"]
    assert (found["total_views"], found["total_revenue"], found["view_to_click_rate"]) == (0, "0.00", "0.00")
    assert ok(seller.get(f"metrics/{found['id']}/")) == found


@pytest.mark.promise("2.11", "8.05", "8.06")
def test_figures_are_for_their_seller_alone(
    seller: Caller, buyer: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller)
    (found,) = ok(seller.get("metrics/"))
    other = register(nobody, "seller")
    assert ok(other.get("metrics/")) == []
    problem(other.get(f"metrics/{found['id']}/"), 404, "NOT_FOUND")
    problem(other.get(f"metrics/product_metrics/{product['slug']}/"), 404, "NOT_FOUND")
    for path in ("", f"{found['id']}/", "dashboard_metrics/", f"product_metrics/{product['slug']}/"):
        problem(buyer.get(f"metrics/{path}"), 403, "FORBIDDEN")
        problem(nobody.get(f"metrics/{path}"), 401, "NOT_AUTHENTICATED")
    assert ok(admin.get(f"metrics/{found['id']}/")) == found
    assert ok(admin.get(f"metrics/product_metrics/{product['slug']}/"))["product_info"]["id"] == product["id"]


@pytest.mark.promise("3.71", "8.04", "8.07")
def test_figures_follow_what_happens(seller: Caller, buyer: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=20)
    before = metrics(seller, product)["last_updated"]
    ok(buyer.get(f"products/{product['slug']}/"))
    ok(buyer.post(f"products/{product['slug']}/click/"))
    ok(buyer.post(f"products/{product['slug']}/favorite/"), 201)
    ok(seller.get(f"products/{product['slug']}/"))
    put(buyer, product, 3)
    made = ok(buyer.post("cart/checkout/", {"shipping_address": ADDRESS}), 201)
    ok(admin.patch(f"orders/{made['id']}/update_status/", {"status": "payment_confirmed"}))

    def figures() -> tuple[object, ...]:
        found = metrics(seller, product)
        names = ("total_views", "total_clicks", "total_favorites", "total_cart_additions", "total_sales")
        return (*(found[name] for name in names), found["total_revenue"])

    eventually(figures, (1, 1, 1, 1, 3, "30.00"))
    found = metrics(seller, product)
    rates = ("view_to_click_rate", "click_to_cart_rate", "cart_to_purchase_rate")
    assert [found[name] for name in rates] == ["100.00", "100.00", "300.00"]
    assert found["last_updated"] > before


@pytest.mark.promise("8.08", "8.09", "8.10")
def test_the_dashboard_adds_up(seller: Caller, buyer: Caller, admin: Caller, new_product: NewProduct) -> None:
    one = new_product(seller, price="10.00", stock_quantity=20)
    other = new_product(seller, price="2.50", stock_quantity=20)
    new_product(seller, is_active=False)
    first = paid(admin, buyer, (one, 2), (other, 4))
    second = order(buyer, (other, 1))
    found = ok(seller.get("metrics/dashboard_metrics/"))
    totals = found["product_metrics"]
    assert (totals["total_sales"], totals["total_revenue"]) == (6, "30.00")
    assert {"views", "clicks", "wishlist_adds", "cart_adds", "sales", "revenue"} <= set(totals)
    assert (totals["sales"], totals["revenue"]) == (6, "30.00")
    assert found["product_counts"] == {
        "total_products": 3,
        "active_listings": 2,
        "featured_products": 0,
        "total_categories": 1,
    }
    recent = found["recent_orders"]
    assert [each["id"] for each in recent] == [second["id"], first["id"], first["id"]]
    assert recent[0] == {
        "id": second["id"],
        "customer": buyer.account["username"],
        "date": second["created_at"],
        "product_name": other["name"],
        "quantity": 1,
        "total_price": "2.50",
        "status": "pending_payment",
        "shipping_address": "Rua do Carmo 12, 4050-164 Porto, Porto, PT",
    }


@pytest.mark.promise("8.10", "8.11")
def test_the_page_of_a_product(seller: Caller, buyer: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=20)
    made = [order(buyer, (product, 1)) for _ in range(12)]
    found = ok(seller.get(f"metrics/product_metrics/{product['slug']}/"))
    assert set(found) == {"product_info", "product_metrics", "product_counts", "recent_orders"}
    names = ("id", "name", "slug", "price", "is_active", "created_at")
    assert found["product_info"] == {name: product[name] for name in names} | {"stock_quantity": 8}
    assert set(found["product_metrics"]) == FIGURES
    assert found["product_counts"]["total_products"] == 1
    assert [each["id"] for each in found["recent_orders"]] == [each["id"] for each in reversed(made)][:10]
