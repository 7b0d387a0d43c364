"""What holds of reviews, beyond what the API's own tests show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, ok, register
from tests.api.conftest import NewProduct
from tests.api.shopping import move, order
from tests.support.servers import Server
from tests.support.sql import rows


@pytest.mark.promise("5.06", "5.07")
def test_only_what_was_delivered_is_verified(
    nobody: Caller, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    product, other = new_product(seller, stock_quantity=9), new_product(seller)
    path = f"products/{product['slug']}/reviews/"
    key = ok(buyer.post(path, {"rating": 4}), 201)["id"]
    stranger = ok(register(nobody).post(path, {"rating": 4}), 201)["id"]

    def verified(review: int) -> bool:
        found: bool = ok(nobody.get(f"{path}{review}/"))["is_verified_purchase"]
        return found

    elsewhere = order(buyer, (other, 1))
    for status in ("payment_confirmed", "awaiting_shipment", "shipped", "delivered"):
        move(admin, elsewhere, status)
    assert not verified(key), "another product was delivered"
    made = order(buyer, (product, 1))
    for status in ("payment_confirmed", "awaiting_shipment", "shipped"):
        assert not verified(key)
        move(admin, made, status)
    assert not verified(key)
    move(admin, made, "delivered")
    assert verified(key)
    assert not verified(stranger)


@pytest.mark.promise("5.03", "5.04", "5.05")
@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_a_review_at_its_limits_is_taken(buyer: Caller, product: dict[str, Any], rating: int) -> None:
    said = {"rating": rating, "title": "ü" * 200, "comment": "🦔" * 5_000}
    made = ok(buyer.post(f"products/{product['slug']}/reviews/", said), 201)
    assert {name: made[name] for name in said} == said


@pytest.mark.promise("5.08", "5.14")
def test_a_deleted_review_is_kept(server: Server, buyer: Caller, product: dict[str, Any]) -> None:
    path = f"products/{product['slug']}/reviews/"
    key = ok(buyer.post(path, {"rating": 4}), 201)["id"]
    ok(buyer.delete(f"{path}{key}/"), 204)
    ((active,),) = rows(server.database, f"SELECT is_active FROM review WHERE id = {key}")
    assert not active
