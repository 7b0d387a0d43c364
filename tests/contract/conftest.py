"""The server and the people of the API's own tests, and a product that has one of everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.client import Caller, ok, register
from tests.api.conftest import (
    NewProduct,
    admin,
    backend,
    buyer,
    categories,
    new_database,
    new_product,
    nobody,
    product,
    seller,
    server,
)
from tests.api.images.steps import uploaded
from tests.api.shopping import order
from tests.support.servers import ROOT

__all__ = [
    "admin",
    "backend",
    "buyer",
    "categories",
    "new_database",
    "new_product",
    "nobody",
    "product",
    "seller",
    "server",
]

DOCUMENT: dict[str, Any] = json.loads((ROOT / "generated" / "openapi.json").read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of every operation."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


@dataclass(frozen=True, slots=True)
class Sight:
    """A product that has an image, a review, an order and a favourite, and who had to do with it."""

    seller: Caller
    buyer: Caller
    product: dict[str, Any]
    review: dict[str, Any]
    image: dict[str, Any]
    order: dict[str, Any]
    metrics: dict[str, Any]

    def url(self, path: str, **others: object) -> str:
        """A path of the document, about what there is here."""
        keys = {"orders": self.order, "images": self.image, "reviews": self.review, "metrics": self.metrics}
        key = keys.get(path.partition("/{id}")[0].rpartition("/")[2], {}).get("id")
        slug = self.product["category"]["slug"] if "/categories/" in path else self.product["slug"]
        values = {"slug": slug, "product_slug": slug, "seller_id": self.seller.id, "id": key}
        return path.format(**values | others)


@pytest.fixture(scope="module")
def sight(nobody: Caller, new_product: NewProduct) -> Sight:
    """There is one of everything."""
    owner, customer = register(nobody, "seller"), register(nobody)
    made = new_product(owner, stock_quantity=9)
    image = uploaded(owner, made)
    review = ok(customer.post(f"products/{made['slug']}/reviews/", {"rating": 4}), 201)
    ok(customer.post(f"products/{made['slug']}/favorite/"), 201)
    bought = order(customer, (made, 1))
    (figures,) = ok(owner.get("metrics/"))
    return Sight(owner, customer, made, review, image, bought, figures)
