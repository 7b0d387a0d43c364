"""What the figures of clinics do beyond their spec."""

from __future__ import annotations

from decimal import Decimal

from generated.actor import Context
from generated.errors import NoBeds
from generated.inputs.figures import Admit200, AdmitInput
from generated.models.clinic import Clinic
from generated.models.figures import Figures


async def admit(ctx: Context, clinic: Clinic, body: AdmitInput) -> Admit200:
    """Give beds to people, all of them or none."""
    amounts: dict[str, int | Decimal] = {"beds": -body.people, "donations": body.donation}
    if await ctx.add(Figures, {clinic.id: amounts}, key="clinic_id", least=0):
        raise NoBeds
    return Admit200(admitted=body.people)
