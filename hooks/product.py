"""What products do beyond their spec."""

from __future__ import annotations

from generated.actor import Context
from generated.inputs.product import Favorite200, Favorite201
from generated.models.favorite import Favorite
from generated.models.product import Product
from hooks.demo.products import demo_products

__all__ = ["demo_products", "favorite"]


async def favorite(ctx: Context, product: Product) -> Favorite201 | Favorite200:
    """Make the product a favourite of the caller, or no longer one."""
    # The product is locked for as long as this takes: toggles wait for each other, and each sees the one before.
    mine = Favorite.filter(user_id=ctx.caller.id, product_id=product.id)
    if await mine.using_db(ctx.db).delete():
        return Favorite200()
    await Favorite.create(user_id=ctx.caller.id, product_id=product.id, using_db=ctx.db)
    return Favorite201()
