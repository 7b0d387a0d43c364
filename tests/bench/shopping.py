"""The peers of carts and orders: callers with tokens, one write in a transaction, one list of nested rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import jwt
import msgspec
from sanic import Request, Sanic
from sanic.response import HTTPResponse, raw
from tortoise.expressions import Q, Subquery
from tortoise.transactions import in_transaction

from generated.app import APPLICATION
from generated.models.cart import Cart
from generated.models.cart_item import CartItem
from generated.models.order import Order
from generated.models.order_item import OrderItem
from generated.models.order_shipping import OrderShipping
from generated.models.product import Product
from generated.models.product_image import ProductImage
from generated.models.user import User
from generated.reads import cart as cart_reads
from generated.reads import order as reads
from runtime.reads import Shape
from runtime.reads.assembly import list_statement
from tests.bench.answers import encode, plain, when, when_known

ADD_ITEM = "/api/marketplace/cart/add_item/"
ORDERS = "/api/marketplace/orders/"
JSON = "application/json"
MESSAGES = {True: "Added to the cart.", False: "There is more of it in the cart now."}

ShowProduct = Callable[[Product, int | None], dict[str, Any]]


class AddItem(msgspec.Struct):
    """The body of add_item."""

    product_id: UUID
    quantity: int = 1


def refused(status: int) -> HTTPResponse:
    """None of these is measured."""
    return raw(b"{}", status=status, content_type=JSON)


def subject(request: Request) -> int:
    """Who the token says that the caller is."""
    claims = jwt.decode(request.token or "", os.environ["AGORA_SECRET_KEY"], algorithms=["HS256"])
    return int(claims["sub"])


# --- the ordinary way -------------------------------------------------------------------------


async def caller(request: Request) -> User | None:
    """The caller's row."""
    return await User.get_or_none(id=subject(request), is_active=True)


async def put(user: User, wanted: AddItem) -> tuple[CartItem, bool] | None:
    """Lock the product, find or make the cart and the item, check the stock, save; then all that the answer shows."""
    async with in_transaction() as db:
        product = await Product.filter(id=wanted.product_id, is_active=True).using_db(db).select_for_update().first()
        if product is None or product.seller_id == user.id or wanted.quantity > product.stock_quantity:
            return None
        cart, _ = await Cart.get_or_create(user_id=user.id, using_db=db)
        found = CartItem.filter(cart_id=cart.id, product_id=product.id).using_db(db).select_for_update()
        item = await found.first()
        created = item is None
        if item is None:
            item = await CartItem.create(cart_id=cart.id, product_id=product.id, quantity=wanted.quantity, using_db=db)
        elif item.quantity + wanted.quantity > product.stock_quantity:
            return None
        else:
            item.quantity += wanted.quantity
            await item.save(using_db=db, update_fields=["quantity"])
        await cart.save(using_db=db, update_fields=["updated_at"])
        related = [f"product__{name}" for name in ("seller", "category", "images", "reviews", "favorites")]
        await item.fetch_related(*related, using_db=db)
        return item, created


def add_item(show_product: ShowProduct) -> Callable[[Request], Any]:
    """POST add_item."""

    async def answer(request: Request) -> HTTPResponse:
        user = await caller(request)
        if user is None:
            return refused(401)
        done = await put(user, msgspec.json.decode(request.body, type=AddItem))
        if done is None:
            return refused(409)
        item, created = done
        shown = {
            "id": item.id,
            "product": show_product(item.product, user.id),
            "quantity": item.quantity,
            "total_price": item.quantity * item.product.price,
            "added_at": when(item.added_at),
        }
        body = {"success": True, "item": shown, "message": MESSAGES[created], "was_created": created}
        return raw(encode(body), status=201 if created else 200, content_type=JSON)

    return answer


PLAIN = (
    "status",
    "payment_status",
    "subtotal",
    "shipping_cost",
    "tax_amount",
    "discount_amount",
    "shipping_address",
    "tracking_number",
    "shipping_carrier",
    "carrier_code",
    "buyer_notes",
    "cancellation_reason",
)
MOMENTS = ("cancelled_at", "processed_at", "shipped_at", "delivered_at", "created_at", "updated_at")
LINE = ("id", "quantity", "unit_price", "total_price", "product_name", "product_description", "product_image")
PARCEL = ("shipped_at", "delivered_at", "created_at", "updated_at")


async def orders(request: Request) -> HTTPResponse:
    """GET orders: the caller's own and those with something of theirs, prefetched.

    A subquery and not a join with `distinct()`, which PostgreSQL refuses for rows with JSON in them.
    """
    user = await caller(request)
    if user is None:
        return refused(401)
    sold = Subquery(OrderItem.filter(seller_id=user.id).values("order_id"))
    seen = Order.all() if user.role == "admin" else Order.filter(Q(buyer_id=user.id) | Q(id__in=sold))
    found = await seen.order_by("-created_at", "-id").limit(20).prefetch_related("items", "shipping_info__seller")
    pictures = await fresh(found)
    return raw(encode([order(each, pictures, user.role) for each in found]), content_type=JSON)


async def fresh(found: Sequence[Order]) -> dict[UUID, str]:
    """The pictures that the products in these orders have now."""
    products = {line.product_id for each in found for line in each.items if line.product_id}
    return {
        each.product_id: each.s3_key for each in await ProductImage.filter(product_id__in=products, is_primary=True)
    }


def order(each: Order, pictures: dict[UUID, str], role: str) -> dict[str, Any]:
    """An order with its lines and parcels."""
    total: Decimal = each.subtotal + each.shipping_cost + each.tax_amount - each.discount_amount
    return {
        "id": each.id,
        "buyer": each.buyer_id,
        **plain(each, *PLAIN),
        "total_amount": total,
        "admin_notes": each.admin_notes if role == "admin" else None,
        "cancelled_by": each.cancelled_by_id,
        **{name: when_known(getattr(each, name)) for name in MOMENTS},
        "items": [line(item, pictures) for item in sorted(each.items, key=lambda item: item.id)],
        "shipping_info": [parcel(part) for part in sorted(each.shipping_info, key=lambda part: part.id)],
    }


def line(item: OrderItem, pictures: dict[UUID, str]) -> dict[str, Any]:
    """A line of an order."""
    picture = pictures.get(item.product_id) if item.product_id else None
    return {
        **plain(item, *LINE),
        "product": item.product_id,
        "seller": item.seller_id,
        "product_image_fresh": picture,
    }


def parcel(part: OrderShipping) -> dict[str, Any]:
    """How a seller's part of an order travels."""
    seller = part.seller
    return {
        "seller": {**plain(seller, "id", "username", "first_name", "last_name"), "avatar": None},
        **plain(part, "id", "tracking_number", "shipping_carrier", "carrier_code"),
        **{
            name: when_known(getattr(part, name)) for name in ("shipped_at", "delivered_at", "created_at", "updated_at")
        },
    }


def add_orm(app: Sanic[Any, Any], show_product: ShowProduct) -> None:
    """Add them to the ordinary application."""
    app.add_route(add_item(show_product), ADD_ITEM, methods=["POST"], name="add_item")
    app.add_route(orders, ORDERS, name="orders")


# --- the bare driver --------------------------------------------------------------------------

PUT = f"""
WITH me AS (SELECT id, role FROM "user" WHERE id = $1 AND is_active),
wanted AS (
  SELECT p.id, p.stock_quantity FROM product p, me WHERE p.id = $2 AND p.is_active AND p.seller_id <> me.id
),
basket AS (
  INSERT INTO cart (user_id) SELECT me.id FROM me, wanted WHERE wanted.stock_quantity >= $3
  ON CONFLICT (user_id) DO UPDATE SET updated_at = now() RETURNING id
),
item AS (
  INSERT INTO cart_item (cart_id, product_id, quantity) SELECT basket.id, wanted.id, $3 FROM basket, wanted
  ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = cart_item.quantity + excluded.quantity
  WHERE cart_item.quantity + excluded.quantity <= (SELECT stock_quantity FROM wanted)
  RETURNING *, xmax = 0 AS created
)
SELECT ({cart_reads.ADD_ITEM_RESULT_ITEM.body.postgres}), t.created FROM item t
"""


def add_bare(app: Sanic[Any, Any]) -> None:
    """Add them to the application without an ORM: one statement each, tokens remembered."""
    known: dict[str, int] = {}
    order = tuple((name.lstrip("-"), name.startswith("-")) for name in reads.LIST.default_sort)
    listing = list_statement(reads.LIST, Shape(order=order), "postgres", "joined", APPLICATION.actor)
    put = PUT.replace("$actor_id::bigint", "$1::bigint").replace("$actor_role::text", "(SELECT role FROM me)")

    def who(request: Request) -> int:
        token = request.token or ""
        if token not in known:
            known[token] = subject(request)
        return known[token]

    async def orders(request: Request) -> HTTPResponse:
        row = await request.app.ctx.pool.fetchrow(listing.text, *listing.arguments({"actor_id": who(request)}))
        return raw(row[0].encode(), content_type=JSON)

    async def add_item(request: Request) -> HTTPResponse:
        wanted = msgspec.json.decode(request.body, type=AddItem)
        row = await request.app.ctx.pool.fetchrow(put, who(request), wanted.product_id, wanted.quantity)
        if row is None:
            return refused(409)
        text, created = row
        flag = str(created).lower()
        body = f'{{"success":true,"item":{text},"message":"{MESSAGES[created]}","was_created":{flag}}}'
        return raw(body.encode(), status=201 if created else 200, content_type=JSON)

    app.add_route(add_item, ADD_ITEM, methods=["POST"], name="add_item")
    app.add_route(orders, ORDERS, name="orders")
