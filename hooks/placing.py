"""Buying: stock is taken, and what was bought is written down as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from generated.actor import Context
from generated.inputs._shared import ShortLine
from generated.models.order import Order
from generated.models.order_item import OrderItem
from generated.models.product import Product
from generated.models.product_image import ProductImage

Products = Mapping[UUID, Product]
Wanted = Mapping[UUID, int]


async def take(ctx: Context, wanted: Wanted) -> tuple[Products, list[ShortLine]]:
    """Take stock of the products that have enough; the products there are, and the lines that are short."""
    taken = {key: {"stock_quantity": -quantity} for key, quantity in wanted.items()}
    short = await ctx.add(Product, taken, least=0)
    # Read after they have been locked: price and name are those at which they are sold.
    products = {each.id: each for each in await Product.filter(id__in=list(wanted)).using_db(ctx.db)}
    return products, [line(products[key], wanted[key]) for key in wanted if key in short and key in products]


def line(product: Product, quantity: int) -> ShortLine:
    """What is told of a product that there is too little of, or that is not offered any more."""
    return ShortLine(
        product_id=product.id,
        product_name=product.name,
        requested_quantity=quantity,
        available_stock=product.stock_quantity if product.is_active else 0,
    )


async def place(ctx: Context, products: Products, wanted: Wanted, address: dict[str, Any], notes: str) -> Order:
    """The order of products whose stock has been taken."""
    prices = {key: products[key].price * quantity for key, quantity in wanted.items()}
    order = await Order.create(
        buyer_id=ctx.caller.id,
        subtotal=sum(prices.values(), Decimal(0)),
        shipping_address=address,
        buyer_notes=notes,
        using_db=ctx.db,
    )
    pictures = await _pictures(ctx, wanted)
    lines = [
        OrderItem(
            order_id=order.id,
            product_id=key,
            seller_id=products[key].seller_id,
            quantity=quantity,
            unit_price=products[key].price,
            total_price=prices[key],
            product_name=products[key].name,
            product_description=products[key].description,
            product_image=pictures.get(key),
        )
        for key, quantity in wanted.items()
    ]
    await OrderItem.bulk_create(lines, using_db=ctx.db)
    return order


async def _pictures(ctx: Context, keys: Iterable[UUID]) -> dict[UUID, str]:
    primary = await ProductImage.filter(product_id__in=list(keys), is_primary=True).using_db(ctx.db)
    return {each.product_id: each.s3_key for each in primary}
