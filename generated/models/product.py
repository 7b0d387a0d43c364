# Generated from spec/product.yaml by `agora build`; do not edit.
"""The table of Product as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, ForeignKeyRelation, OnDelete, ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.cart_item import CartItem
    from generated.models.category import Category
    from generated.models.favorite import Favorite
    from generated.models.order_item import OrderItem
    from generated.models.product_image import ProductImage
    from generated.models.product_metrics import ProductMetrics
    from generated.models.review import Review
    from generated.models.user import User


class Product(Record):
    """Something a seller offers."""

    id = columns.UuidColumn(primary_key=True)
    name = columns.TextColumn()
    slug = columns.TextColumn()
    description = columns.TextColumn()
    short_description = columns.TextColumn(default="")
    price = columns.DecimalColumn()
    original_price = columns.DecimalColumn(null=True)
    stock_quantity = columns.IntegerColumn(default=1)
    condition = columns.TextColumn(default="new")
    brand = columns.TextColumn(default="")
    model = columns.TextColumn(default="")
    weight = columns.DecimalColumn(places=2, null=True)
    dimensions_length = columns.DecimalColumn(places=2, null=True)
    dimensions_width = columns.DecimalColumn(places=2, null=True)
    dimensions_height = columns.DecimalColumn(places=2, null=True)
    colors = columns.TextListColumn(default=list)
    tags = columns.TextListColumn(default=list)
    materials = columns.TextColumn(default="")
    is_active = columns.BooleanColumn(default=True)
    is_featured = columns.BooleanColumn(default=False)
    is_digital = columns.BooleanColumn(default=False)
    view_count = columns.IntegerColumn(default=0)
    click_count = columns.IntegerColumn(default=0)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    seller: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="products", on_delete=OnDelete.CASCADE
    )
    seller_id: int
    category: ForeignKeyNullableRelation[Category] = ForeignKeyField(
        "models.Category", related_name="products", on_delete=OnDelete.SET_NULL, null=True
    )
    category_id: int | None

    images: ReverseRelation[ProductImage]
    reviews: ReverseRelation[Review]
    favorites: ReverseRelation[Favorite]
    metrics: ReverseRelation[ProductMetrics]
    cart_items: ReverseRelation[CartItem]
    order_items: ReverseRelation[OrderItem]

    class Meta:
        """The table."""

        table = "product"
