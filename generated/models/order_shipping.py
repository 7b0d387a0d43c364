# Generated from spec/order_shipping.yaml by `agora build`; do not edit.
"""The table of OrderShipping as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.order import Order
    from generated.models.user import User


class OrderShipping(Record):
    """How one seller's part of an order travels."""

    id = columns.IdColumn(primary_key=True)
    tracking_number = columns.TextColumn(default="")
    shipping_carrier = columns.TextColumn(default="")
    carrier_code = columns.TextColumn(default="")
    shipped_at = columns.InstantColumn(null=True)
    delivered_at = columns.InstantColumn(null=True)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    order: ForeignKeyRelation[Order] = ForeignKeyField(
        "models.Order", related_name="shipping_info", on_delete=OnDelete.CASCADE
    )
    order_id: UUID
    seller: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="shipments", on_delete=OnDelete.RESTRICT
    )
    seller_id: int

    class Meta:
        """The table."""

        table = "order_shipping"
