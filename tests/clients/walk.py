"""From register to a verified review, by the functions of the generated client alone.

A test copies this beside the client; nothing here knows a path or the name of a member that the types do not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from marketplace_client import AuthenticatedClient
from marketplace_client.api.cart import add_cart_item, checkout_cart, get_cart
from marketplace_client.api.categories import list_categories
from marketplace_client.api.orders import (
    get_order,
    get_tracking_info,
    process_order,
    update_order_status,
    update_order_tracking,
    update_status_of_order,
)
from marketplace_client.api.products import create_product, get_images, list_products
from marketplace_client.api.reviews import create_product_review
from marketplace_client.api.users import get_me, register_user, token
from marketplace_client.models import (
    AddCartItemAnswer201,
    AddCartItemInput,
    AddCartItemInsufficientStockProblem,
    AddressInput,
    Cart,
    CheckoutCartInput,
    Country,
    CreateProductInput,
    CreateProductMultipart,
    CreateProductReviewInput,
    ForbiddenProblem,
    GetImagesAnswer,
    Order,
    OrderStatus,
    OrderTracking,
    ProcessOrderAnswer,
    ProductDetail,
    RegisterUserInput,
    RegisterUserInputRole,
    Review,
    TokenInput,
    Tokens,
    UpdateOrderStatusAnswer,
    UpdateOrderStatusInput,
    UpdateOrderTrackingAnswer,
    UpdateOrderTrackingInput,
    UpdateStatusOfOrderInput,
    UserAccount,
)
from marketplace_client.types import File

T = TypeVar("T")
URL = sys.argv[1]
PASSWORD = "correct-horse-battery"
DEMO_PASSWORD = "demo-password-1"


def expect(kind: type[T], answer: object) -> T:
    """The answer, which must be of this kind."""
    if not isinstance(answer, kind):
        raise SystemExit(f"{kind.__name__} was expected, but this came: {answer}")
    return answer


def guest() -> AuthenticatedClient:
    """Somebody without a token: the tool demands its other client where a token is optional, too."""
    return AuthenticatedClient(base_url=URL, token="none", auth_header_name="X-Guest")


def sign_in(username: str, password: str) -> AuthenticatedClient:
    tokens = expect(Tokens, token.sync(client=guest(), body=TokenInput(username=username, password=password)))
    return AuthenticatedClient(base_url=URL, token=tokens.access)


def register(role: RegisterUserInputRole) -> AuthenticatedClient:
    name = f"{role.value}-{uuid4().hex[:10]}"
    body = RegisterUserInput(username=name, email=f"{name}@example.org", password=PASSWORD, role=role)
    expect(UserAccount, register_user.sync(client=guest(), body=body))
    signed_in = sign_in(name, PASSWORD)
    assert expect(UserAccount, get_me.sync(client=signed_in)).username == name
    return signed_in


def offer(seller: AuthenticatedClient, picture: Path) -> tuple[ProductDetail, ProductDetail]:
    """A product, and another that comes with a picture."""
    categories = expect(list, list_categories.sync(client=seller))
    plain = CreateProductInput(
        name="Walnut desk organiser",
        description="Five compartments and a groove for pens.",
        price="25.00",
        category=categories[0].id,
        stock_quantity=3,
    )
    shown = CreateProductMultipart(
        name="Oak letter tray",
        description="Holds what is not answered yet.",
        price="25.00",
        category=categories[0].id,
        stock_quantity=3,
        main_image=File(picture.open("rb"), file_name=picture.name, mime_type="image/png"),
    )
    made = [expect(ProductDetail, create_product.sync(client=seller, body=body)) for body in (plain, shown)]
    return made[0], made[1]


def buy(buyer: AuthenticatedClient, products: tuple[ProductDetail, ProductDetail]) -> Order:
    """Two of the first and one of the second."""
    for product, quantity in zip(products, (2, 1), strict=True):
        body = AddCartItemInput(product_id=product.id, quantity=quantity)
        expect(AddCartItemAnswer201, add_cart_item.sync(client=buyer, body=body))
    too_many = add_cart_item.sync(client=buyer, body=AddCartItemInput(product_id=products[0].id, quantity=2))
    assert expect(AddCartItemInsufficientStockProblem, too_many).current_in_cart == 2
    assert expect(Cart, get_cart.sync(client=buyer)).total_items == 3
    address = AddressInput(
        street="Rua do Carmo 12", city="Porto", state="Porto", postal_code="4050-164", country=Country.PT
    )
    order = checkout_cart.sync(
        client=buyer, body=CheckoutCartInput(shipping_address=address), idempotency_key=uuid4().hex
    )
    return expect(Order, order)


def deliver(order: Order, buyer: AuthenticatedClient, seller: AuthenticatedClient, admin: AuthenticatedClient) -> Order:
    """The way of an order, each step by whoever may make it."""
    paid = UpdateStatusOfOrderInput(status=OrderStatus.PAYMENT_CONFIRMED)
    expect(ForbiddenProblem, update_status_of_order.sync(order.id, client=buyer, body=paid))
    expect(Order, update_status_of_order.sync(order.id, client=admin, body=paid))
    processed = expect(ProcessOrderAnswer, process_order.sync(order.id, client=seller))
    assert processed.order.status is OrderStatus.AWAITING_SHIPMENT
    tracking = UpdateOrderTrackingInput(tracking_number="CT123", shipping_carrier="Correio")
    sent = expect(UpdateOrderTrackingAnswer, update_order_tracking.sync(order.id, client=seller, body=tracking))
    assert sent.order.status is OrderStatus.SHIPPED
    told = expect(OrderTracking, get_tracking_info.sync(order.id, client=buyer))
    assert told.tracking_information[0].tracking_number == "CT123"
    arrived = UpdateOrderStatusInput(status=OrderStatus.DELIVERED)
    expect(UpdateOrderStatusAnswer, update_order_status.sync(order.id, client=buyer, body=arrived))
    return expect(Order, get_order.sync(order.id, client=buyer))


def main(picture: Path) -> None:
    buyer, seller = register(RegisterUserInputRole.BUYER), register(RegisterUserInputRole.SELLER)
    products = offer(seller, picture)
    found = expect(list, list_products.sync(client=guest(), search="oak letter", page_size=5))
    assert products[1].id in {each.id for each in found}
    images = expect(GetImagesAnswer, get_images.sync(products[1].slug, client=guest()))
    order = deliver(buy(buyer, products), buyer, seller, sign_in("admin", DEMO_PASSWORD))
    opinion = CreateProductReviewInput(rating=5, title="Tidy at last")
    review = expect(Review, create_product_review.sync(products[0].slug, client=buyer, body=opinion))
    said = {"status": order.status.value, "paid": order.payment_status.value, "total": order.total_amount}
    print(json.dumps(said | {"pictures": images.total_images, "verified": review.is_verified_purchase}))


main(Path(sys.argv[2]))
