"""What clients were promised is offered: the documented routes, one by one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

BASE = "/api/marketplace"

# By the promise that they are: methods and paths.
ROUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "2.24": (
        ("POST", "/api/auth/register/"),
        ("POST", "/api/auth/token/"),
        ("POST", "/api/auth/token/refresh/"),
        ("GET, PATCH", "/api/auth/me/"),
    ),
    "3.01": (
        ("GET", "categories/"),
        ("GET", "categories/{slug}/"),
        ("GET", "categories/{slug}/products/"),
        ("GET, POST", "products/"),
        ("GET", "products/favorites/"),
        ("GET", "products/my_products/"),
        ("GET, PUT, PATCH, DELETE", "products/{slug}/"),
        ("POST", "products/{slug}/favorite/"),
        ("POST", "products/{slug}/click/"),
    ),
    "4.01": (
        ("GET, POST", "products/{slug}/images/"),
        ("GET, PUT, PATCH, DELETE", "products/{slug}/images/{id}/"),
        ("POST", "products/{slug}/upload_image/"),
        ("DELETE", "products/{slug}/delete_image/"),
        ("DELETE", "products/{slug}/delete_all_images/"),
        ("GET", "products/{slug}/main_image/"),
        ("GET", "products/{slug}/images_with_presigned_urls/"),
    ),
    "4.42": (
        ("GET", "profiles/profile_picture/"),
        ("POST", "profiles/upload_profile_picture/"),
        ("PATCH", "profiles/update_profile_picture/"),
        ("DELETE", "profiles/delete_profile_picture/"),
    ),
    "5.01": (
        ("GET, POST", "products/{slug}/reviews/"),
        ("GET, PUT, PATCH, DELETE", "products/{slug}/reviews/{id}/"),
        ("POST", "products/{slug}/add_review/"),
    ),
    "6.01": (
        ("GET", "cart/"),
        ("POST", "cart/add_item/"),
        ("PATCH", "cart/update_item/"),
        ("DELETE", "cart/remove_item/"),
        ("DELETE", "cart/clear/"),
        ("PATCH", "cart/update_item_status/"),
        ("POST", "cart/validate_stock/"),
        ("POST", "cart/checkout/"),
    ),
    "7.01": (
        ("GET, POST", "orders/"),
        ("GET", "orders/my_orders/"),
        ("GET", "orders/seller_orders/"),
        ("GET, PATCH, DELETE", "orders/{id}/"),
        ("GET", "orders/{id}/tracking_info/"),
        ("PATCH", "orders/{id}/update_status/"),
        ("PATCH", "orders/{id}/update_order_status/"),
        ("PATCH", "orders/{id}/update_tracking/"),
        ("PATCH", "orders/{id}/update_carrier_code/"),
        ("PATCH", "orders/{id}/process_order/"),
        ("PATCH", "orders/{id}/cancel_order/"),
    ),
    "8.01": (
        ("GET", "metrics/"),
        ("GET", "metrics/{id}/"),
        ("GET", "metrics/dashboard_metrics/"),
        ("GET", "metrics/product_metrics/{product_slug}/"),
        ("GET", "sellers/{seller_id}/"),
    ),
}
PROMISED = [
    pytest.param(method, path if path.startswith("/") else f"{BASE}/{path}", marks=pytest.mark.promise(number))
    for number, routes in ROUTES.items()
    for methods, path in routes
    for method in methods.split(", ")
]


def nameless(path: str) -> str:
    """Parameters by position: their names are nobody's business."""
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def document() -> Any:
    """The document as it is served."""
    return json.loads((Path(__file__).parents[2] / "generated" / "openapi.json").read_text())


@pytest.fixture(scope="module")
def offered(document: Any) -> set[tuple[str, str]]:
    """Every method and path of the document, with the slash that is optional."""
    return {(method.upper(), nameless(f"{path}/")) for path, item in document["paths"].items() for method in item}


@pytest.mark.parametrize(("method", "path"), PROMISED)
def test_the_promised_route_is_offered(offered: set[tuple[str, str]], method: str, path: str) -> None:
    assert (method, nameless(path)) in offered


@pytest.mark.promise("1.01")
def test_everything_is_below_its_base(document: Any) -> None:
    assert {path for path in document["paths"] if not path.startswith((f"{BASE}/", "/api/auth/"))} == set()


def test_operation_ids_make_good_method_names(document: Any) -> None:
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))
    assert set(names) >= {
        *("list_products", "create_product", "get_product", "update_product", "replace_product", "delete_product"),
        *("favorite_product", "click_product", "list_product_reviews", "add_product_review", "list_my_products"),
        *("list_categories", "get_category", "list_category_products", "list_favorites", "get_seller", "get_me"),
    }
