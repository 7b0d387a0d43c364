# Generated from spec/product_image.yaml by `agora build`; do not edit.
"""The table of ProductImage as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.product import Product


class ProductImage(Record):
    """A picture of a product."""

    id = columns.IdColumn(primary_key=True)
    alt_text = columns.TextColumn(default="")
    is_primary = columns.BooleanColumn(default=False)
    order = columns.IntegerColumn(default=0)
    s3_key = columns.TextColumn()
    original_filename = columns.TextColumn()
    file_size = columns.IntegerColumn()
    content_type = columns.TextColumn()
    created_at = columns.CreatedColumn()

    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="images", on_delete=OnDelete.CASCADE
    )
    product_id: UUID

    class Meta:
        """The table."""

        table = "product_image"
