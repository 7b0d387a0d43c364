# Generated from spec/product.yaml by `agora build`; do not edit.
"""What must hold of every Product."""

from __future__ import annotations

from generated.models.product import Product
from runtime.call import Invariant


def original_price_above_price(record: Product) -> bool:
    """original_price is null or original_price > price"""
    return record.original_price is None or record.original_price > record.price


INVARIANTS = (
    Invariant(
        "original_price_above_price",
        original_price_above_price,
        on="original_price",
        message="original_price must be higher than price.",
    ),
)
