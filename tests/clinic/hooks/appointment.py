"""What appointments do beyond their spec."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from generated.actor import Context
from generated.errors import AlreadyCancelled, NoAppointment, NoSuchDoctor, Overlaps, TimesTaken
from generated.inputs._shared import TakenTime
from generated.inputs.appointment import (
    BookedTime,
    BookSeries201,
    BookSeriesInput,
    PostponeInput,
    Withdraw200,
    WithdrawInput,
)
from generated.models.appointment import Appointment
from generated.models.person import Person
from generated.models.room import Room


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


async def book_series(ctx: Context, room: Room, body: BookSeriesInput) -> BookSeries201:
    """All times, or none if the room is taken at one of them."""
    if not await Person.filter(id=body.doctor_id, is_enabled=True).using_db(ctx.db).exists():
        raise NoSuchDoctor
    taken, booked = [], []
    for each in body.times:
        ends = each.starts_at + timedelta(minutes=each.minutes)
        others = Appointment.filter(room_id=room.id, is_cancelled=False, starts_at__lt=ends, ends_at__gt=each.starts_at)
        clash = await others.order_by("-ends_at").using_db(ctx.db).first()
        if clash is not None:
            taken.append(TakenTime(starts_at=each.starts_at, free_from=clash.ends_at))
            continue
        made = await Appointment.create(
            using_db=ctx.db,
            room_id=room.id,
            doctor_id=body.doctor_id,
            patient_id=ctx.caller.id,
            kind=body.kind,
            starts_at=each.starts_at,
            ends_at=ends,
            fee=each.fee,
            notes=each.notes,
        )
        booked.append(BookedTime(id=made.id, starts_at=made.starts_at, fee=made.fee, notes=made.notes))
    if taken:
        raise TimesTaken(taken=taken)
    return BookSeries201(total_fee=sum((each.fee for each in booked), Decimal("0.000")), booked=booked)


async def withdraw(ctx: Context, body: WithdrawInput) -> Withdraw200:
    """Cancel one of the caller's own."""
    own = Appointment.filter(id=body.appointment_id, patient_id=ctx.caller.id, is_cancelled=False)
    if not await own.using_db(ctx.db).update(is_cancelled=True):
        raise NoAppointment
    return Withdraw200(appointment_id=body.appointment_id, reasons=body.reasons, notified=body.notify)
