"""What appointments do beyond their spec."""

from __future__ import annotations

from datetime import timedelta

from generated.actor import Context
from generated.errors import AlreadyCancelled, Overlaps
from generated.inputs.appointment import PostponeInput
from generated.models.appointment import Appointment


async def postpone(ctx: Context, appointment: Appointment, body: PostponeInput) -> Appointment:
    """Move the appointment, unless the room is taken then."""
    if appointment.is_cancelled:
        raise AlreadyCancelled
    later = timedelta(minutes=body.minutes)
    starts, ends = appointment.starts_at + later, appointment.ends_at + later
    others = Appointment.filter(room_id=appointment.room_id, is_cancelled=False).exclude(id=appointment.id)
    clash = await others.filter(starts_at__lt=ends, ends_at__gt=starts).order_by("-ends_at").using_db(ctx.db).first()
    if clash is not None:
        raise Overlaps(conflicting_id=clash.id, free_from=clash.ends_at)
    appointment.starts_at, appointment.ends_at = starts, ends
    await appointment.save(using_db=ctx.db, update_fields=["starts_at", "ends_at"])
    return appointment
