"""Beds of clinics. Not a module of hooks: the compiler does not read what it raises."""

from __future__ import annotations

from generated.actor import Context
from generated.errors import NoBeds
from generated.models.figures import Figures


async def take(ctx: Context, clinic_id: int) -> None:
    """Take a bed, if there is one."""
    if await ctx.add(Figures, {clinic_id: {"beds": -1}}, key="clinic_id", least=0):
        raise NoBeds
