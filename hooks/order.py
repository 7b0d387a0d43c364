"""Orders: how they are made, what goes with each step of their lives, and how their parts are sent."""

from __future__ import annotations

from typing import Any

from generated.actor import Context
from generated.errors import OrderCreateInsufficientStock, OwnProduct, ProductNotFound
from generated.inputs import order as inputs
from generated.machines.order import CONFIRM_PAYMENT, PROCESS_ORDER, SHIP
from generated.models.order import Order
from generated.models.order_item import OrderItem
from generated.models.order_shipping import OrderShipping
from generated.models.product import Product
from generated.models.product_metrics import ProductMetrics
from hooks import placing
from runtime.machines import Moved

__all__ = [
    "confirm_if_paid",
    "count_sales",
    "create",
    "mark_delivered",
    "mark_shipped",
    "take_back",
    "undo",
    "update_carrier_code",
    "update_tracking",
]


async def create(ctx: Context, body: inputs.CreateInput) -> Order:
    """Order products that are in stock and somebody else's."""
    wanted = {each.product_id: each.quantity for each in body.items}
    products, short = await placing.take(ctx, wanted)
    if len(products) < len(wanted) or not all(each.is_active for each in products.values()):
        raise ProductNotFound
    if any(each.seller_id == ctx.caller.id for each in products.values()):
        raise OwnProduct
    if short:
        raise OrderCreateInsufficientStock(lines=short)
    return await placing.place(ctx, products, wanted, body.shipping_address, body.buyer_notes)


# --- what goes with the steps of an order -----------------------------------------------------


async def confirm_if_paid(ctx: Context, order: Order) -> None:
    """An administrator who says that an order is paid confirms it."""
    if order.payment_status == "paid" and order.status == "pending_payment":
        await ctx.transition(order, CONFIRM_PAYMENT)


async def count_sales(ctx: Context, order: Order, moved: Moved) -> None:
    """What has been paid for counts as sold."""
    await _count(ctx, order, 1)


async def take_back(ctx: Context, order: Order, moved: Moved) -> None:
    """What was cancelled is in stock again, and not sold if it counted as that."""
    await _restock(ctx, order)
    if moved.before != "pending_payment":
        await _count(ctx, order, -1)


async def mark_shipped(ctx: Context, order: Order, moved: Moved) -> None:
    """Parts that nobody has said to be on their way are on their way with the rest."""
    waiting = OrderShipping.filter(order_id=order.id, shipped_at__isnull=True).using_db(ctx.db)
    await waiting.update(shipped_at=order.shipped_at, updated_at=ctx.now())


async def mark_delivered(ctx: Context, order: Order, moved: Moved) -> None:
    """All parts have arrived."""
    parts = OrderShipping.filter(order_id=order.id).using_db(ctx.db)
    await parts.update(delivered_at=order.delivered_at, updated_at=ctx.now())


async def undo(ctx: Context, order: Order) -> None:
    """An order that goes leaves nothing behind: its products are in stock again, unless they are on their way."""
    if order.status in ("pending_payment", "payment_confirmed", "awaiting_shipment"):
        await _restock(ctx, order)
    if order.status != "pending_payment" and order.cancelled_at is None:
        await _count(ctx, order, -1)


async def _restock(ctx: Context, order: Order) -> None:
    await ctx.add(Product, {key: {"stock_quantity": each.quantity} for key, each in (await _lines(ctx, order)).items()})


async def _count(ctx: Context, order: Order, sign: int) -> None:
    lines = (await _lines(ctx, order)).items()
    amounts = {
        key: {"total_sales": sign * each.quantity, "total_revenue": sign * each.total_price} for key, each in lines
    }
    await ctx.add(ProductMetrics, amounts, key="product_id")


async def _lines(ctx: Context, order: Order) -> dict[Any, OrderItem]:
    """The lines by product; of what is no product any more there is nothing to count."""
    lines = await OrderItem.filter(order_id=order.id, product_id__isnull=False).using_db(ctx.db)
    return {each.product_id: each for each in lines}


# --- shipping ---------------------------------------------------------------------------------


async def update_carrier_code(
    ctx: Context, order: Order, body: inputs.UpdateCarrierCodeInput
) -> inputs.UpdateCarrierCode200:
    """Note the carrier's code for the caller's part of the order."""
    said = {"carrier_code": body.carrier_code} | _carrier(body.shipping_carrier)
    await _write_parts(ctx, order, await _sellers_meant(ctx, order), said)
    await _write(ctx, order, said)
    return inputs.UpdateCarrierCode200(order=order)


async def update_tracking(ctx: Context, order: Order, body: inputs.UpdateTrackingInput) -> inputs.UpdateTracking200:
    """Note how the caller's part can be followed; the order is shipped with its last part."""
    meant = await _sellers_meant(ctx, order)
    tracked = await _tracked(ctx, order)
    said = {"tracking_number": body.tracking_number} | _carrier(body.shipping_carrier)
    parts = await _write_parts(ctx, order, meant, said)
    await _write(ctx, order, said)
    if order.status != "shipped" and await _sellers(ctx, order) <= tracked | meant:
        if order.status == "payment_confirmed":
            await ctx.transition(order, PROCESS_ORDER)
        await ctx.transition(order, SHIP)
    return inputs.UpdateTracking200(is_update=meant <= tracked, order=order, shipping_info=parts[0])


def _carrier(name: str) -> dict[str, Any]:
    return {"shipping_carrier": name} if name else {}


async def _write(ctx: Context, order: Order, said: dict[str, Any]) -> None:
    """The order shows what was said last."""
    for name, value in said.items():
        setattr(order, name, value)
    await order.save(using_db=ctx.db, update_fields=list(said))


async def _sellers(ctx: Context, order: Order) -> set[int]:
    return {each.seller_id for each in await OrderItem.filter(order_id=order.id).using_db(ctx.db)}


async def _sellers_meant(ctx: Context, order: Order) -> set[int]:
    """The caller, if part of the order is theirs; an administrator speaks for every seller in it."""
    sellers = await _sellers(ctx, order)
    return sellers & {ctx.caller.id} or sellers


async def _tracked(ctx: Context, order: Order) -> set[int]:
    """The sellers whose parts can be followed."""
    parts = await OrderShipping.filter(order_id=order.id).exclude(tracking_number="").using_db(ctx.db)
    return {each.seller_id for each in parts}


async def _write_parts(ctx: Context, order: Order, sellers: set[int], said: dict[str, Any]) -> list[OrderShipping]:
    """Note something of the sellers' parts, which are made where there are none yet."""
    new = [OrderShipping(order_id=order.id, seller_id=seller) for seller in sorted(sellers)]
    await OrderShipping.bulk_create(new, ignore_conflicts=True, using_db=ctx.db)
    parts = OrderShipping.filter(order_id=order.id, seller_id__in=list(sellers)).using_db(ctx.db)
    await parts.update(**said, updated_at=ctx.now())
    if "tracking_number" in said:  # on its way from when it could first be followed
        await parts.filter(shipped_at__isnull=True).update(shipped_at=ctx.now())
    return await parts.order_by("seller_id")
