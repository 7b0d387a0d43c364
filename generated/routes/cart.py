# Generated from spec/cart.yaml by `agora build`; do not edit.
"""The operations of Cart."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import cart as inputs
from generated.models.cart import Cart
from generated.models.order import Order
from generated.reads import cart as reads
from hooks import cart as hooks
from runtime.application import Routes
from runtime.call import Call, Single

routes = Routes("cart")


@routes.get("/api/marketplace/cart/", "cart.retrieve", spec="cart.yaml:26")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve the caller's cart. Policy: authenticated. (cart.yaml:26)"""
    return await call.retrieve(reads.RETRIEVE, policies.authenticated, single=Single(Cart, "user_id"))


@routes.post("/api/marketplace/cart/add_item/", "cart.add_item", spec="cart.yaml:28")
async def add_item(call: Call) -> HTTPResponse:
    """Put a product into the cart, or more of it. Policy: authenticated. (cart.yaml:28)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.ADD_ITEM)

    async def work(ctx: Context) -> inputs.AddItem201 | inputs.AddItem200:
        return await hooks.add_item(
            ctx, await ctx.record(Cart, reads.ADD_ITEM_RECORD, single=Single(Cart, "user_id")), body
        )

    return await call.action(
        work,
        statuses={inputs.AddItem201: 201, inputs.AddItem200: 200},
        errors=frozenset({"INSUFFICIENT_STOCK", "OUT_OF_STOCK", "OWN_PRODUCT", "PRODUCT_NOT_FOUND"}),
        shows={
            inputs.AddItem201: {"item": reads.ADD_ITEM_RESULT_ITEM},
            inputs.AddItem200: {"item": reads.ADD_ITEM_RESULT_ITEM},
        },
    )


@routes.patch("/api/marketplace/cart/update_item/", "cart.update_item", spec="cart.yaml:58")
async def update_item(call: Call) -> HTTPResponse:
    """Say how much of a product is in the cart. Policy: authenticated. (cart.yaml:58)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.UPDATE_ITEM)

    async def work(ctx: Context) -> inputs.UpdateItem200:
        return await hooks.update_item(
            ctx, await ctx.record(Cart, reads.UPDATE_ITEM_RECORD, single=Single(Cart, "user_id")), body
        )

    return await call.action(
        work,
        statuses={inputs.UpdateItem200: 200},
        errors=frozenset({"INSUFFICIENT_STOCK", "ITEM_NOT_FOUND"}),
        shows={inputs.UpdateItem200: {"item": reads.UPDATE_ITEM_RESULT_ITEM}},
    )


@routes.delete("/api/marketplace/cart/remove_item/", "cart.remove_item", spec="cart.yaml:82")
async def remove_item(call: Call) -> HTTPResponse:
    """Take an item out of the cart. Policy: authenticated. (cart.yaml:82)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.REMOVE_ITEM)

    async def work(ctx: Context) -> inputs.RemoveItem200:
        return await hooks.remove_item(
            ctx, await ctx.record(Cart, reads.REMOVE_ITEM_RECORD, single=Single(Cart, "user_id")), body
        )

    return await call.action(work, statuses={inputs.RemoveItem200: 200}, errors=frozenset({"ITEM_NOT_FOUND"}))


@routes.delete("/api/marketplace/cart/clear/", "cart.clear", spec="cart.yaml:96")
async def clear(call: Call) -> HTTPResponse:
    """Take everything out of the cart. Policy: authenticated. (cart.yaml:96)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> inputs.Clear200:
        return await hooks.clear(ctx, await ctx.record(Cart, reads.CLEAR_RECORD, single=Single(Cart, "user_id")))

    return await call.action(work, statuses={inputs.Clear200: 200})


@routes.patch("/api/marketplace/cart/update_item_status/", "cart.update_item_status", spec="cart.yaml:107")
async def update_item_status(call: Call) -> HTTPResponse:
    """Echo a status for an item; nothing is stored. Policy: authenticated. (cart.yaml:107)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.UPDATE_ITEM_STATUS)

    async def work(ctx: Context) -> inputs.EchoedStatus:
        return await hooks.update_item_status(
            ctx, await ctx.record(Cart, reads.UPDATE_ITEM_STATUS_RECORD, single=Single(Cart, "user_id")), body
        )

    return await call.action(work, statuses={inputs.EchoedStatus: 200}, errors=frozenset({"ITEM_NOT_FOUND"}))


@routes.post("/api/marketplace/cart/validate_stock/", "cart.validate_stock", spec="cart.yaml:119")
async def validate_stock(call: Call) -> HTTPResponse:
    """Whether everything in the cart can be bought now. Policy: authenticated. (cart.yaml:119)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> inputs.CartCheck:
        return await hooks.validate_stock(
            ctx, await ctx.record(Cart, reads.VALIDATE_STOCK_RECORD, single=Single(Cart, "user_id"))
        )

    return await call.action(work, statuses={inputs.CartCheck: 200})


@routes.post("/api/marketplace/cart/checkout/", "cart.checkout", idempotency=True, spec="cart.yaml:125")
async def checkout(call: Call) -> HTTPResponse:
    """Order everything that is in the cart. Policy: authenticated. (cart.yaml:125)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.CHECKOUT)

    async def work(ctx: Context) -> Order:
        return await hooks.checkout(
            ctx, await ctx.record(Cart, reads.CHECKOUT_RECORD, single=Single(Cart, "user_id")), body
        )

    return await call.action(
        work,
        statuses={Order: 201},
        errors=frozenset({"CART_EMPTY", "INSUFFICIENT_STOCK", "OWN_PRODUCT"}),
        shows={Order: reads.CHECKOUT_RESULT},
        location="/api/marketplace/orders/{record.id}/",
    )
