"""Makes the demo's orders: in every state, of one seller or of several, paid for or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from generated.models.order import Order
from generated.models.order_item import OrderItem
from generated.models.order_shipping import OrderShipping
from generated.models.product import Product
from generated.models.product_metrics import ProductMetrics
from hooks.demo.addresses import CARRIERS, PLACES, REASONS, WISHES
from runtime.seeds import SeedContext

STATES = ("pending_payment", "payment_confirmed", "awaiting_shipment", "shipped", "delivered", "cancelled", "refunded")
PAID = ("payment_confirmed", "awaiting_shipment", "shipped", "delivered")
HOURS = 60 * 24  # how far back the orders go that are still on their way
MIXED = 0.3  # of orders, those that also have something of another seller


@dataclass(slots=True)
class Books:
    """All orders with their lines and parts, before they are written down."""

    orders: list[Order] = field(default_factory=list)
    lines: list[OrderItem] = field(default_factory=list)
    parts: list[OrderShipping] = field(default_factory=list)


async def write_orders(
    seed: SeedContext,
    bought: Sequence[tuple[Product, int, datetime]],
    buyers: Sequence[tuple[int, str]],
    products: Sequence[Product],
) -> None:
    """A delivered order for each of `bought`; and for every seller some in each state."""
    books, names = Books(), dict(buyers)
    for product, buyer, said in bought:
        ordered = said - timedelta(days=seed.random.randint(6, 30))
        _order(seed, books, "delivered", (buyer, names[buyer]), [product], max(ordered, product.created_at))
    for state, chosen in _everywhere(seed.random, products):
        ordered = seed.now - timedelta(hours=seed.random.randint(150, 150 + HOURS))
        _order(seed, books, state, seed.random.choice(buyers), chosen, ordered)
    await Order.bulk_create(books.orders, batch_size=400, using_db=seed.db)
    await OrderItem.bulk_create(books.lines, batch_size=400, using_db=seed.db)
    await OrderShipping.bulk_create(books.parts, batch_size=400, using_db=seed.db)
    await _count_sales(seed, books)
    await _note_carts(seed, books, products)


def _everywhere(random: Random, products: Sequence[Product]) -> Iterator[tuple[str, list[Product]]]:
    """For every seller and state one to three orders, some with products of others in them."""
    by_seller: dict[int, list[Product]] = {}
    for product in products:
        by_seller.setdefault(product.seller_id, []).append(product)
    for own in by_seller.values():
        for state in STATES:
            for _ in range(random.randint(1, 3)):
                chosen = random.sample(own, min(len(own), random.choice((1, 1, 1, 2, 3))))
                if random.random() < MIXED:
                    chosen += random.sample([each for each in products if each not in own], 1)
                yield state, chosen


def _order(
    seed: SeedContext,
    books: Books,
    state: str,
    buyer: tuple[int, str],
    products: Sequence[Product],
    ordered: datetime,
) -> None:
    random = seed.random
    key = UUID(int=random.getrandbits(128), version=4)
    lines = [_line(random, key, product, ordered) for product in products]
    subtotal = sum((each.total_price for each in lines), Decimal(0))
    order = Order(
        id=key,
        status=state,
        buyer_id=buyer[0],
        subtotal=subtotal,
        shipping_cost=Decimal("0.00") if subtotal > 150 else Decimal("4.90"),
        tax_amount=(subtotal * Decimal("0.07")).quantize(Decimal("0.01")),
        shipping_address=_address(random, buyer[1]),
        buyer_notes=random.choice(WISHES) if random.random() < 0.15 else "",
        created_at=ordered,
        updated_at=ordered,
    )
    _go_through(random, order, lines, seed.now)
    books.orders.append(order)
    books.lines += lines
    books.parts += _parts(random, order, lines)


def _line(random: Random, order: UUID, product: Product, ordered: datetime) -> OrderItem:
    quantity = random.choice((1, 1, 1, 1, 2, 2, 3))
    return OrderItem(
        order_id=order,
        product_id=product.id,
        seller_id=product.seller_id,
        quantity=quantity,
        unit_price=product.price,
        total_price=product.price * quantity,
        product_name=product.name,
        product_description=product.description,
        created_at=ordered,
    )


def _address(random: Random, name: str) -> dict[str, Any]:
    street, city, state, code, country = random.choice(PLACES)
    return {
        "name": name,
        "street": f"{street} {random.randint(1, 140)}",
        "city": city,
        "state": state,
        "postal_code": code,
        "country": country,
        "phone": "",
    }


# --- their lives ------------------------------------------------------------------------------


def _go_through(random: Random, order: Order, lines: Sequence[OrderItem], now: datetime) -> None:
    """What the steps that led to an order's state have left on it."""
    steps = _steps(random, order.status)
    order.payment_status = _payment(random, order.status, steps)
    at = order.created_at
    for step in steps:
        at += min(timedelta(hours=random.randint(3, 22)), (now - at) / 2)  # the latest are hurried, nothing is to come
        if step == "processed":
            order.processed_at = at
        elif step == "shipped":
            order.shipped_at = at
        elif step == "delivered":
            order.delivered_at = at
        elif step == "cancelled":
            order.cancelled_at, order.cancelled_by_id = at, random.choice(lines).seller_id
            order.cancellation_reason = random.choice(REASONS)
    order.updated_at = at


def _steps(random: Random, state: str) -> tuple[str, ...]:
    if state == "refunded":
        return ("paid", "cancelled") if random.random() < 0.5 else ("paid", "processed", "shipped", "delivered")
    if state == "cancelled":
        return ("cancelled",) if random.random() < 0.4 else ("paid", "cancelled")
    way = ("paid", "processed", "shipped", "delivered")
    return way[: PAID.index(state) + 1] if state in PAID else ()


def _payment(random: Random, state: str, steps: Sequence[str]) -> str:
    if state == "refunded":
        return "refunded"
    return "paid" if "paid" in steps else random.choice(("pending", "pending", "processing", "failed"))


def _parts(random: Random, order: Order, lines: Sequence[OrderItem]) -> Iterator[OrderShipping]:
    """What has been sent can be followed, one part for each seller; the order shows the last."""
    if order.shipped_at is None:
        return
    for seller in sorted({each.seller_id for each in lines}):
        carrier, code = random.choice(CARRIERS)
        order.shipping_carrier, order.carrier_code = carrier, code
        order.tracking_number = f"{code[:2].upper()}{random.randint(10**9, 10**10 - 1)}"
        yield OrderShipping(
            order_id=order.id,
            seller_id=seller,
            tracking_number=order.tracking_number,
            shipping_carrier=carrier,
            carrier_code=code,
            shipped_at=order.shipped_at,
            delivered_at=order.delivered_at,
            created_at=order.shipped_at,
            updated_at=order.delivered_at or order.shipped_at,
        )


async def _note_carts(seed: SeedContext, books: Books, products: Sequence[Product]) -> None:
    """What was ordered had been put into a cart, and so had this and that which was not."""
    buyers = {each.id: (each.buyer_id, each.created_at) for each in books.orders}
    put = [(line.product_id, *buyers[line.order_id]) for line in books.lines]
    put += [
        (product.id, seed.random.choice(books.orders).buyer_id, product.created_at + timedelta(minutes=90 * number))
        for product in products
        for number in range(seed.random.randint(0, 5))
    ]
    past = [(key, buyer, f"user:{buyer}", min(at, seed.now)) for key, buyer, at in put]
    await seed.record("product.cart_addition", past)


async def _count_sales(seed: SeedContext, books: Books) -> None:
    """What was paid for and not cancelled is sold."""
    sold = {each.id for each in books.orders if each.status != "pending_payment" and each.cancelled_at is None}
    metrics = {each.product_id: each for each in await ProductMetrics.all(using_db=seed.db)}
    for line in books.lines:
        if line.order_id in sold and line.product_id is not None:
            metrics[line.product_id].total_sales += line.quantity
            metrics[line.product_id].total_revenue += line.total_price
    await ProductMetrics.bulk_update(
        list(metrics.values()), fields=["total_sales", "total_revenue"], batch_size=200, using_db=seed.db
    )
