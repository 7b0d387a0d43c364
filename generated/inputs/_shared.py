# Generated from spec/_shared.yaml by `agora build`; do not edit.
"""Shared objects that hooks answer with, or take lists of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLine:
    """The object ShortLine."""

    product_id: UUID
    product_name: str
    requested_quantity: int
    available_stock: int
