"""What prescriptions do beyond their spec."""

from __future__ import annotations

from generated.actor import Context
from generated.errors import NoSuchPatient
from generated.inputs import prescription as inputs
from generated.models.person import Person
from generated.models.prescription import Prescription


async def create(ctx: Context, body: inputs.CreateInput) -> Prescription | inputs.Create202:
    """Prescribe something; what nobody should take is turned down politely."""
    if not await Person.filter(id=body.patient_id, is_enabled=True).using_db(ctx.db).exists():
        raise NoSuchPatient
    if body.drug == "Arsenic":
        return inputs.Create202(rejected=body.drug)
    return await Prescription.create(
        using_db=ctx.db, drug=body.drug, patient_id=body.patient_id, doctor_id=ctx.caller.id
    )
