"""Steps that several tests take: filling carts, ordering, and moving orders on."""

from __future__ import annotations

from typing import Any

from tests.api.client import Caller, ok

ADDRESS = {"street": "Rua do Carmo 12", "city": "Porto", "state": "Porto", "postal_code": "4050-164", "country": "PT"}
WHOLE_ADDRESS = {"name": "", **ADDRESS, "phone": ""}

Product = dict[str, Any]
Order = dict[str, Any]


def put(buyer: Caller, product: Product, quantity: int = 1) -> dict[str, Any]:
    """Put a product into a cart; the item."""
    response = buyer.post("cart/add_item/", {"product_id": product["id"], "quantity": quantity})
    item: dict[str, Any] = ok(response, response.status_code)["item"]
    return item


def order(buyer: Caller, *lines: tuple[Product, int], **more: Any) -> Order:
    """A new order."""
    items = [{"product_id": product["id"], "quantity": quantity} for product, quantity in lines]
    made: Order = ok(buyer.post("orders/", {"shipping_address": ADDRESS, "items": items} | more), 201)
    return made


def move(caller: Caller, moved: Order, status: str) -> Order:
    """The order in another state."""
    changed: Order = ok(caller.patch(f"orders/{moved['id']}/update_status/", {"status": status}))
    assert changed["status"] == status
    return changed


def paid(admin: Caller, buyer: Caller, *lines: tuple[Product, int]) -> Order:
    """A new order that is paid for."""
    return move(admin, order(buyer, *lines), "payment_confirmed")


def stock(caller: Caller, product: Product) -> int:
    """How many there are of a product now."""
    left: int = ok(caller.get(f"products/{product['slug']}/"))["stock_quantity"]
    return left


def metrics(seller: Caller, product: Product) -> dict[str, Any]:
    """A product's figures, as its seller sees them."""
    found: dict[str, Any] = ok(seller.get(f"metrics/product_metrics/{product['slug']}/"))["product_metrics"]
    return found
