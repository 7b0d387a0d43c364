"""What goes with the phases of referrals: beds that are held, and what is told to whom."""

from __future__ import annotations

from datetime import timedelta

from generated.actor import Context
from generated.errors import TreatmentGoesOn
from generated.inputs import referral as inputs
from generated.machines.referral import ACCEPT, DECLINE, DISCHARGE
from generated.models.figures import Figures
from generated.models.prescription import Prescription
from generated.models.referral import Referral
from hooks import beds
from runtime.machines import Moved


async def announce_draft(ctx: Context, referral: Referral) -> None:
    """A clinic that somebody thinks of counts as visited."""
    ctx.track("clinic.visit", referral.clinic_id)


async def accept_urgent(ctx: Context, referral: Referral) -> None:
    """What turns urgent after it was sent need not wait: whoever says so takes the patient, if they may."""
    if referral.phase == "sent" and referral.is_urgent:
        await ctx.transition(referral, ACCEPT, doctor_id=ctx.caller.id, due_on=ctx.now().date())


async def release(ctx: Context, referral: Referral) -> None:
    """What is deleted holds no bed."""
    await ctx.add(Figures, {referral.clinic_id: {"beds": 1}}, key="clinic_id")


async def count_move(ctx: Context, referral: Referral, moved: Moved) -> None:
    """Referrals know how often they were moved."""
    await ctx.add(Referral, {referral.id: {"moves": 1}})


async def announce(ctx: Context, referral: Referral, moved: Moved) -> None:
    """The clinic counts it as a visit, once it is sure."""
    ctx.track("clinic.visit", referral.clinic_id)


async def hold_bed(ctx: Context, referral: Referral, moved: Moved) -> None:
    """Whoever is accepted has a bed."""
    await beds.take(ctx, referral.clinic_id)


async def free_bed(ctx: Context, referral: Referral, moved: Moved) -> None:
    """The bed is free again."""
    await ctx.add(Figures, {referral.clinic_id: {"beds": 1}}, key="clinic_id")


async def discharge(ctx: Context, referral: Referral) -> inputs.Discharge200:
    """End the stay, unless the treatment goes on."""
    begun = referral.decided_at or ctx.now()
    await ctx.transition(referral, DISCHARGE)
    if await Prescription.filter(referral_id=referral.id, is_filled=False).using_db(ctx.db).exists():
        raise TreatmentGoesOn
    return inputs.Discharge200(referral=referral, days=(ctx.now() - begun).days)


async def fast_track(ctx: Context, referral: Referral, body: inputs.FastTrackInput) -> Referral:
    """With an answer it is declined, without one the caller takes the patient."""
    if body.answer is not None:
        await ctx.transition(referral, DECLINE, answer=body.answer)
    else:
        due = (ctx.now() + timedelta(days=7)).date()
        await ctx.transition(referral, ACCEPT, doctor_id=ctx.caller.id, due_on=due)
    return referral


async def prescribe(ctx: Context, referral: Referral, body: inputs.PrescribeInput) -> Prescription:
    """Prescribe something to the patient."""
    return await Prescription.create(
        using_db=ctx.db,
        drug=body.drug,
        patient_id=referral.patient_id,
        doctor_id=ctx.caller.id,
        referral_id=referral.id,
    )
