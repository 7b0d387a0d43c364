# Generated from spec/product_metrics.yaml by `agora build`; do not edit.
"""The table of ProductMetrics as the ORM sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.product import Product


class ProductMetrics(Record):
    """What became of a product; its seller's own figures."""

    id = columns.IdColumn(primary_key=True)
    total_views = columns.IntegerColumn(default=0)
    total_clicks = columns.IntegerColumn(default=0)
    total_cart_additions = columns.IntegerColumn(default=0)
    total_sales = columns.IntegerColumn(default=0)
    total_revenue = columns.DecimalColumn(default=Decimal("0.00"))
    last_updated = columns.UpdatedColumn()

    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="metrics", on_delete=OnDelete.CASCADE
    )
    product_id: UUID

    class Meta:
        """The table."""

        table = "product_metrics"
