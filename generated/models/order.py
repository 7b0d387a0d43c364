# Generated from spec/order.yaml by `agora build`; do not edit.
"""The table of Order as the ORM sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, ForeignKeyRelation, OnDelete, ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.order_item import OrderItem
    from generated.models.order_shipping import OrderShipping
    from generated.models.user import User


class Order(Record):
    """What a buyer ordered, perhaps of several sellers, on its way from payment to delivery."""

    id = columns.UuidColumn(primary_key=True)
    status = columns.TextColumn(default="pending_payment")
    payment_status = columns.TextColumn(default="pending")
    subtotal = columns.DecimalColumn(default=Decimal("0.00"))
    shipping_cost = columns.DecimalColumn(default=Decimal("0.00"))
    tax_amount = columns.DecimalColumn(default=Decimal("0.00"))
    discount_amount = columns.DecimalColumn(default=Decimal("0.00"))
    shipping_address = columns.ObjectColumn(
        default=lambda: {
            "name": "",
            "street": "unknown",
            "city": "unknown",
            "state": "",
            "postal_code": "unknown",
            "country": "AQ",
            "phone": "",
        }
    )
    tracking_number = columns.TextColumn(default="")
    shipping_carrier = columns.TextColumn(default="")
    carrier_code = columns.TextColumn(default="")
    buyer_notes = columns.TextColumn(default="")
    admin_notes = columns.TextColumn(default="")
    cancellation_reason = columns.TextColumn(default="")
    cancelled_at = columns.InstantColumn(null=True)
    processed_at = columns.InstantColumn(null=True)
    shipped_at = columns.InstantColumn(null=True)
    delivered_at = columns.InstantColumn(null=True)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    buyer: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="orders", on_delete=OnDelete.RESTRICT)
    buyer_id: int
    cancelled_by: ForeignKeyNullableRelation[User] = ForeignKeyField(
        "models.User", related_name="cancellations", on_delete=OnDelete.SET_NULL, null=True
    )
    cancelled_by_id: int | None

    items: ReverseRelation[OrderItem]
    shipping_info: ReverseRelation[OrderShipping]

    class Meta:
        """The table."""

        table = "order"
