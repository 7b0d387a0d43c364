# Generated from spec/order.yaml by `agora build`; do not edit.
"""The life of Order: who may move it from one state to another, when."""

from __future__ import annotations

from generated import policies
from runtime.application import Sql
from runtime.machines import Machine, Transition
from runtime.reads import Guard

CONFIRM_PAYMENT = Transition(
    name="confirm_payment",
    sources=("pending_payment",),
    target="payment_confirmed",
    policy=policies.admin,
    sets={"payment_status": "paid"},
    effects=("order.count_sales",),
)
"""pending_payment → payment_confirmed (order.yaml:79)"""

CANCEL_ORDER = Transition(
    name="cancel_order",
    sources=("pending_payment", "payment_confirmed"),
    target="cancelled",
    policy=policies.order_selling,
    allowed=Sql(
        postgres="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id::bigint
            ) OR $actor_role::text = 'admin')
        """,
        sqlite="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id
            ) OR $actor_role = 'admin')
        """,
    ),
    stamps=("cancelled_at",),
    signs=("cancelled_by_id",),
    takes=("cancellation_reason",),
    effects=("order.take_back",),
)
"""pending_payment or payment_confirmed → cancelled (order.yaml:85)"""

CANCEL = Transition(
    name="cancel",
    sources=("payment_confirmed", "awaiting_shipment"),
    target="cancelled",
    policy=policies.order_party,
    allowed=Sql(
        postgres="""
            (t."buyer_id" = $actor_id::bigint OR EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id::bigint
            ) OR $actor_role::text = 'admin')
        """,
        sqlite="""
            (t."buyer_id" = $actor_id OR EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id
            ) OR $actor_role = 'admin')
        """,
    ),
    stamps=("cancelled_at",),
    signs=("cancelled_by_id",),
    effects=("order.take_back",),
)
"""payment_confirmed or awaiting_shipment → cancelled (order.yaml:92)"""

PROCESS_ORDER = Transition(
    name="process_order",
    sources=("payment_confirmed",),
    target="awaiting_shipment",
    policy=policies.order_selling,
    allowed=Sql(
        postgres="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id::bigint
            ) OR $actor_role::text = 'admin')
        """,
        sqlite="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id
            ) OR $actor_role = 'admin')
        """,
    ),
    guard=Guard(
        check=Sql.same("t.\"payment_status\" = 'paid'"), code="PAYMENT_REQUIRED", message="The order has not been paid."
    ),
    stamps=("processed_at",),
)
"""payment_confirmed → awaiting_shipment (order.yaml:98)"""

SHIP = Transition(
    name="ship",
    sources=("awaiting_shipment",),
    target="shipped",
    policy=policies.order_selling,
    allowed=Sql(
        postgres="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id::bigint
            ) OR $actor_role::text = 'admin')
        """,
        sqlite="""
            (EXISTS (
              SELECT 1
              FROM "order_item" items1
              WHERE items1."order_id" = t."id"
                AND items1."seller_id" = $actor_id
            ) OR $actor_role = 'admin')
        """,
    ),
    guard=Guard(
        check=Sql.same("t.\"payment_status\" = 'paid'"), code="PAYMENT_REQUIRED", message="The order has not been paid."
    ),
    stamps=("shipped_at",),
    effects=("order.mark_shipped",),
)
"""awaiting_shipment → shipped (order.yaml:99)"""

DELIVER = Transition(
    name="deliver",
    sources=("shipped",),
    target="delivered",
    policy=policies.order_buying,
    allowed=Sql(
        postgres="(t.\"buyer_id\" = $actor_id::bigint OR $actor_role::text = 'admin')",
        sqlite="(t.\"buyer_id\" = $actor_id OR $actor_role = 'admin')",
    ),
    guard=Guard(
        check=Sql.same("t.\"payment_status\" = 'paid'"), code="PAYMENT_REQUIRED", message="The order has not been paid."
    ),
    stamps=("delivered_at",),
    effects=("order.mark_delivered",),
)
"""shipped → delivered (order.yaml:100)"""

REFUND = Transition(
    name="refund",
    sources=("cancelled", "delivered"),
    target="refunded",
    policy=policies.admin,
    guard=Guard(
        check=Sql.same("t.\"payment_status\" = 'paid'"), code="PAYMENT_REQUIRED", message="The order has not been paid."
    ),
    sets={"payment_status": "refunded"},
)
"""cancelled or delivered → refunded (order.yaml:101)"""

MACHINE = Machine(
    table="order",
    key="id",
    key_type="uuid",
    field="status",
    transitions=(
        CONFIRM_PAYMENT,
        CANCEL_ORDER,
        CANCEL,
        PROCESS_ORDER,
        SHIP,
        DELIVER,
        REFUND,
    ),
)
