"""What can be done with a cart. It is locked meanwhile, so nobody changes it at the same time."""

from __future__ import annotations

from generated.actor import Context
from generated.errors import (
    CartAddItemInsufficientStock,
    CartCheckoutInsufficientStock,
    CartEmpty,
    CartUpdateItemInsufficientStock,
    ItemNotFound,
    OutOfStock,
    OwnProduct,
    ProductNotFound,
)
from generated.inputs import cart as inputs
from generated.models.cart import Cart
from generated.models.cart_item import CartItem
from generated.models.order import Order
from generated.models.product import Product
from hooks import placing


async def add_item(ctx: Context, cart: Cart, body: inputs.AddItemInput) -> inputs.AddItem201 | inputs.AddItem200:
    """Put a product into the cart, or more of it."""
    in_cart = {"cart_id": cart.id, "product_id": body.product_id}
    product, item = await ctx.find_two((Product, {"id": body.product_id, "is_active": True}), (CartItem, in_cart))
    if product is None:
        raise ProductNotFound
    if product.seller_id == ctx.caller.id:
        raise OwnProduct
    if product.stock_quantity == 0:
        raise OutOfStock
    held = item.quantity if item else 0
    if held + body.quantity > product.stock_quantity:
        raise CartAddItemInsufficientStock(
            available_stock=product.stock_quantity, requested_quantity=body.quantity, current_in_cart=held
        )
    ctx.track("product.cart_addition", product.id)
    if item is None:
        new = CartItem(quantity=body.quantity, **in_cart)
        await ctx.save((new, []), (cart, []))
        return inputs.AddItem201(item=new)
    item.quantity += body.quantity
    await ctx.save((item, ["quantity"]), (cart, []))
    return inputs.AddItem200(item=item)


async def update_item(ctx: Context, cart: Cart, body: inputs.UpdateItemInput) -> inputs.UpdateItem200:
    """Have just so many of an item, or none any more."""
    item = await _item(ctx, cart, body.item_id)
    await _touch(ctx, cart)
    if body.quantity <= 0:
        await item.delete(using_db=ctx.db)
        return inputs.UpdateItem200(item=None, message="Taken out of the cart.")
    if body.quantity > item.product.stock_quantity:
        raise CartUpdateItemInsufficientStock(
            available_stock=item.product.stock_quantity,
            requested_quantity=body.quantity,
            current_in_cart=item.quantity,
        )
    item.quantity = body.quantity
    await item.save(using_db=ctx.db, update_fields=["quantity"])
    return inputs.UpdateItem200(item=item, message="The quantity has changed.")


async def remove_item(ctx: Context, cart: Cart, body: inputs.RemoveItemInput) -> inputs.RemoveItem200:
    """Take an item out."""
    item = await _item(ctx, cart, body.item_id)
    await item.delete(using_db=ctx.db)
    await _touch(ctx, cart)
    return inputs.RemoveItem200()


async def clear(ctx: Context, cart: Cart) -> inputs.Clear200:
    """Take everything out."""
    removed = await CartItem.filter(cart_id=cart.id).using_db(ctx.db).delete()
    await _touch(ctx, cart)
    return inputs.Clear200(removed_count=removed)


async def update_item_status(ctx: Context, cart: Cart, body: inputs.UpdateItemStatusInput) -> inputs.EchoedStatus:
    """Say the status back."""
    item = await _item(ctx, cart, body.item_id)
    name, quantity = item.product.name, item.quantity
    return inputs.EchoedStatus(item={"id": item.id, "product_name": name, "quantity": quantity, "status": body.status})


async def validate_stock(ctx: Context, cart: Cart) -> inputs.CartCheck:
    """Whether each item could be bought now."""
    items = await CartItem.filter(cart_id=cart.id).order_by("added_at", "id").select_related("product").using_db(ctx.db)
    checked = [_checked(item) for item in items]
    valid = sum(each.is_valid for each in checked)
    return inputs.CartCheck(
        cart_valid=valid == len(checked),
        total_items=len(checked),
        valid_items=valid,
        invalid_items=len(checked) - valid,
        items=checked,
    )


async def checkout(ctx: Context, cart: Cart, body: inputs.CheckoutInput) -> Order:
    """Order everything that is in the cart, and empty it."""
    items = await CartItem.filter(cart_id=cart.id).order_by("id").using_db(ctx.db)
    if not items:
        raise CartEmpty
    wanted = {item.product_id: item.quantity for item in items}
    products, short = await placing.take(ctx, wanted)
    if any(each.seller_id == ctx.caller.id for each in products.values()):
        raise OwnProduct
    gone = [placing.line(each, wanted[key]) for key, each in products.items() if not each.is_active]
    if short or gone:
        raise CartCheckoutInsufficientStock(lines=list({each.product_id: each for each in (*short, *gone)}.values()))
    await CartItem.filter(cart_id=cart.id).using_db(ctx.db).delete()
    await _touch(ctx, cart)
    return await placing.place(ctx, products, wanted, body.shipping_address, body.buyer_notes)


async def _item(ctx: Context, cart: Cart, key: int) -> CartItem:
    """An item of this cart, with its product."""
    found = CartItem.filter(id=key, cart_id=cart.id).select_related("product").using_db(ctx.db)
    item = await found.first()
    if item is None:
        raise ItemNotFound
    return item


async def _touch(ctx: Context, cart: Cart) -> None:
    """The cart has changed now."""
    await cart.save(using_db=ctx.db, update_fields=[])


def _checked(item: CartItem) -> inputs.CheckedItem:
    product = item.product
    available = product.stock_quantity if product.is_active else 0
    issues = [] if product.is_active else ["It is not offered any more."]
    if product.is_active and available < item.quantity:
        issues.append("It is out of stock." if available == 0 else f"Only {available} are in stock.")
    return inputs.CheckedItem(
        item_id=item.id,
        product_id=product.id,
        product_name=product.name,
        requested_quantity=item.quantity,
        available_stock=available,
        is_valid=not issues,
        issues=issues,
    )
