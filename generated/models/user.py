# Generated from spec/user.yaml by `agora build`; do not edit.
"""The table of User as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.cart import Cart
    from generated.models.favorite import Favorite
    from generated.models.order import Order
    from generated.models.order_item import OrderItem
    from generated.models.order_shipping import OrderShipping
    from generated.models.product import Product
    from generated.models.refresh_token import RefreshToken
    from generated.models.review import Review


class User(Record):
    """A person who buys, sells or administers."""

    id = columns.IdColumn(primary_key=True)
    username = columns.TextColumn()
    email = columns.TextColumn()
    password = columns.TextColumn()
    first_name = columns.TextColumn(default="")
    last_name = columns.TextColumn(default="")
    role = columns.TextColumn(default="buyer")
    avatar = columns.TextColumn(null=True)
    avatar_size = columns.IntegerColumn(null=True)
    avatar_stored_at = columns.InstantColumn(null=True)
    is_active = columns.BooleanColumn(default=True)
    date_joined = columns.CreatedColumn()

    products: ReverseRelation[Product]
    sales: ReverseRelation[OrderItem]
    carts: ReverseRelation[Cart]
    favorites: ReverseRelation[Favorite]
    orders: ReverseRelation[Order]
    cancellations: ReverseRelation[Order]
    shipments: ReverseRelation[OrderShipping]
    refresh_tokens: ReverseRelation[RefreshToken]
    reviews: ReverseRelation[Review]

    class Meta:
        """The table."""

        table = "user"
