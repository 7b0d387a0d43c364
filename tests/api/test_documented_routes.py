"""What clients were promised is offered: the routes of the catalogue's documentation, one by one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

BASE = "/api/marketplace"

PROMISED = (
    ("GET", "/categories/"),
    ("GET", "/categories/{slug}/"),
    ("GET", "/categories/{slug}/products/"),
    ("GET", "/products/"),
    ("POST", "/products/"),
    ("GET", "/products/favorites/"),
    ("GET", "/products/my_products/"),
    ("GET", "/products/{slug}/"),
    ("PUT", "/products/{slug}/"),
    ("PATCH", "/products/{slug}/"),
    ("DELETE", "/products/{slug}/"),
    ("POST", "/products/{slug}/favorite/"),
    ("POST", "/products/{slug}/click/"),
    ("GET", "/products/{slug}/reviews/"),
    ("POST", "/products/{slug}/reviews/"),
    ("POST", "/products/{slug}/add_review/"),
    ("GET", "/products/{slug}/reviews/{id}/"),
    ("PUT", "/products/{slug}/reviews/{id}/"),
    ("PATCH", "/products/{slug}/reviews/{id}/"),
    ("DELETE", "/products/{slug}/reviews/{id}/"),
    ("GET", "/sellers/{seller_id}/"),
)

ACCOUNTS = (
    ("POST", "/api/auth/register/"),
    ("POST", "/api/auth/token/"),
    ("POST", "/api/auth/token/refresh/"),
    ("GET", "/api/auth/me/"),
    ("PATCH", "/api/auth/me/"),
)


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


@pytest.mark.parametrize(("method", "path"), [*((method, BASE + path) for method, path in PROMISED), *ACCOUNTS])
def test_the_promised_route_is_offered(offered: set[tuple[str, str]], method: str, path: str) -> None:
    assert (method, nameless(path)) in offered


def test_operation_ids_make_good_method_names(document: Any) -> None:
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))
    assert set(names) >= {
        *("list_products", "create_product", "get_product", "update_product", "replace_product", "delete_product"),
        *("favorite_product", "click_product", "list_product_reviews", "add_product_review", "list_my_products"),
        *("list_categories", "get_category", "list_category_products", "list_favorites", "get_seller", "get_me"),
    }
