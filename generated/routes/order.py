# Generated from spec/order.yaml by `agora build`; do not edit.
"""The operations of Order."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import order as inputs
from generated.machines import order as machines
from generated.models.order import Order
from generated.reads import order as reads
from generated.rules import order as rules
from hooks import order as hooks
from runtime.application import Routes
from runtime.call import AFTER, BEFORE, Call

routes = Routes("order")


@routes.get("/api/marketplace/orders/", "order.list", spec="order.yaml:177")
async def list_(call: Call) -> HTTPResponse:
    """List orders. Policy: authenticated. (order.yaml:177)"""
    return await call.list(reads.LIST, policies.authenticated)


@routes.get("/api/marketplace/orders/{id}/", "order.retrieve", parameters={"id": "uuid"}, spec="order.yaml:178")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve an order. Policy: party. (order.yaml:178)"""
    return await call.retrieve(reads.RETRIEVE, policies.order_party)


@routes.post("/api/marketplace/orders/", "order.create", idempotency=True, spec="order.yaml:179")
async def create(call: Call) -> HTTPResponse:
    """Order products. Policy: authenticated. (order.yaml:179)"""
    await call.authorize(policies.authenticated)
    body = await call.body(inputs.CREATE)

    async def work(ctx: Context) -> Order:
        return await hooks.create(ctx, body)

    return await call.action(
        work,
        statuses={Order: 201},
        errors=frozenset({"INSUFFICIENT_STOCK", "OWN_PRODUCT", "PRODUCT_NOT_FOUND"}),
        shows={Order: reads.CREATE_RESULT},
        location="/api/marketplace/orders/{record.id}/",
    )


@routes.patch("/api/marketplace/orders/{id}/", "order.update", parameters={"id": "uuid"}, spec="order.yaml:197")
async def update(call: Call) -> HTTPResponse:
    """Change an order. Policy: buying. (order.yaml:197)"""
    return await call.update(
        Order,
        inputs.UPDATE,
        policies.order_buying,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
        effect=hooks.confirm_if_paid,
    )


@routes.delete("/api/marketplace/orders/{id}/", "order.delete", parameters={"id": "uuid"}, spec="order.yaml:212")
async def delete(call: Call) -> HTTPResponse:
    """Delete an order. Policy: admin. (order.yaml:212)"""
    return await call.delete(Order, policies.admin, record=reads.DELETE_RECORD, effect=hooks.undo)


@routes.get("/api/marketplace/orders/my_orders/", "order.my_orders", spec="order.yaml:214")
async def my_orders(call: Call) -> HTTPResponse:
    """What the caller has bought. Policy: authenticated. (order.yaml:214)"""
    return await call.list(reads.MY_ORDERS, policies.authenticated)


@routes.get("/api/marketplace/orders/seller_orders/", "order.seller_orders", spec="order.yaml:215")
async def seller_orders(call: Call) -> HTTPResponse:
    """Orders with products of the caller, of which they show only these. Policy: merchant. (order.yaml:215)"""
    return await call.list(reads.SELLER_ORDERS, policies.merchant)


@routes.patch(
    "/api/marketplace/orders/{id}/update_status/",
    "order.update_status",
    parameters={"id": "uuid"},
    spec="order.yaml:223",
)
async def update_status(call: Call) -> HTTPResponse:
    """Move an order on. Policy: party. (order.yaml:223)"""
    return await call.transition(
        machines.MACHINE,
        Order,
        policies.order_party,
        record=reads.UPDATE_STATUS_RECORD,
        input=inputs.UPDATE_STATUS,
        returns=reads.UPDATE_STATUS_RESULT,
    )


@routes.patch(
    "/api/marketplace/orders/{id}/update_order_status/",
    "order.update_order_status",
    parameters={"id": "uuid"},
    spec="order.yaml:229",
)
async def update_order_status(call: Call) -> HTTPResponse:
    """Move an order on, and hear from where to where. Policy: party. (order.yaml:229)"""
    return await call.transition(
        machines.MACHINE,
        Order,
        policies.order_party,
        record=reads.UPDATE_ORDER_STATUS_RECORD,
        input=inputs.UPDATE_ORDER_STATUS,
        answer={
            "success": True,
            "message": "The order's status has changed.",
            "order": reads.UPDATE_ORDER_STATUS_RESULT_ORDER,
            "previous_status": BEFORE,
            "new_status": AFTER,
        },
    )


@routes.patch(
    "/api/marketplace/orders/{id}/process_order/",
    "order.process_order",
    parameters={"id": "uuid"},
    spec="order.yaml:241",
)
async def process_order(call: Call) -> HTTPResponse:
    """Begin to prepare an order for shipment. Policy: party. (order.yaml:241)"""
    return await call.transition(
        machines.MACHINE,
        Order,
        policies.order_party,
        record=reads.PROCESS_ORDER_RECORD,
        by=machines.PROCESS_ORDER,
        answer={"success": True, "message": "The order awaits shipment.", "order": reads.PROCESS_ORDER_RESULT_ORDER},
    )


@routes.patch(
    "/api/marketplace/orders/{id}/cancel_order/", "order.cancel_order", parameters={"id": "uuid"}, spec="order.yaml:251"
)
async def cancel_order(call: Call) -> HTTPResponse:
    """Cancel an order as its seller, with a reason. Policy: party. (order.yaml:251)"""
    return await call.transition(
        machines.MACHINE,
        Order,
        policies.order_party,
        record=reads.CANCEL_ORDER_RECORD,
        input=inputs.CANCEL_ORDER,
        by=machines.CANCEL_ORDER,
        answer={"success": True, "message": "The order is cancelled.", "order": reads.CANCEL_ORDER_RESULT_ORDER},
    )


@routes.patch(
    "/api/marketplace/orders/{id}/update_carrier_code/",
    "order.update_carrier_code",
    parameters={"id": "uuid"},
    spec="order.yaml:262",
)
async def update_carrier_code(call: Call) -> HTTPResponse:
    """Say which carrier will take the caller's part of an order. Policy: selling. (order.yaml:262)"""
    await call.expect(policies.order_selling)
    body = await call.body(inputs.UPDATE_CARRIER_CODE)

    async def work(ctx: Context) -> inputs.UpdateCarrierCode200:
        return await hooks.update_carrier_code(ctx, await ctx.record(Order, reads.UPDATE_CARRIER_CODE_RECORD), body)

    return await call.action(
        work,
        statuses={inputs.UpdateCarrierCode200: 200},
        errors=frozenset({"NOT_BEFORE_SHIPMENT"}),
        shows={inputs.UpdateCarrierCode200: {"order": reads.UPDATE_CARRIER_CODE_RESULT_ORDER}},
    )


@routes.patch(
    "/api/marketplace/orders/{id}/update_tracking/",
    "order.update_tracking",
    parameters={"id": "uuid"},
    spec="order.yaml:277",
)
async def update_tracking(call: Call) -> HTTPResponse:
    """Say how the caller's part of an order can be followed. Policy: selling. (order.yaml:277)"""
    await call.expect(policies.order_selling)
    body = await call.body(inputs.UPDATE_TRACKING)

    async def work(ctx: Context) -> inputs.UpdateTracking200:
        return await hooks.update_tracking(ctx, await ctx.record(Order, reads.UPDATE_TRACKING_RECORD), body)

    return await call.action(
        work,
        statuses={inputs.UpdateTracking200: 200},
        errors=frozenset({"NOT_TRACKABLE", "PAYMENT_REQUIRED"}),
        shows={
            inputs.UpdateTracking200: {
                "order": reads.UPDATE_TRACKING_RESULT_ORDER,
                "shipping_info": reads.UPDATE_TRACKING_RESULT_SHIPPING_INFO,
            }
        },
    )


@routes.get(
    "/api/marketplace/orders/{id}/tracking_info/",
    "order.tracking_info",
    parameters={"id": "uuid"},
    spec="order.yaml:296",
)
async def tracking_info(call: Call) -> HTTPResponse:
    """How the parts of an order can be followed. Policy: party. (order.yaml:296)"""
    return await call.retrieve(reads.TRACKING_INFO, policies.order_party)
