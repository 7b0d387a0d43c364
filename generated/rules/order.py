# Generated from spec/order.yaml by `agora build`; do not edit.
"""What must hold of every Order."""

from __future__ import annotations

from generated.models.order import Order
from runtime.call import Invariant


def discount_within_the_rest(record: Order) -> bool:
    """discount_amount <= subtotal + shipping_cost + tax_amount"""
    return record.discount_amount <= record.subtotal + record.shipping_cost + record.tax_amount


INVARIANTS = (
    Invariant(
        "discount_within_the_rest",
        discount_within_the_rest,
        on="discount_amount",
        message="discount_amount must not be more than everything else together.",
    ),
)
