"""The rows that an input points at: they must exist, be visible to the caller, and not lead in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from runtime.application import Sql
from runtime.calls.violations import MISSING
from runtime.errors import Errors
from runtime.inputs import InputField, Reference
from runtime.reads import GuardRead
from runtime.reads.assembly import column_type

if TYPE_CHECKING:
    from runtime.call import Call
    from runtime.database import Transaction

CIRCLE = "Would lead back to the record itself."


async def faults_of(
    call: Call,
    transaction: Transaction,
    members: tuple[InputField, ...],
    values: Mapping[str, Any],
    key: object = None,
) -> Errors:
    """What is wrong with the references among `values`; `key` is that of the row they are written to."""
    errors: Errors = {}
    for member in members:
        value = values.get(member.target)
        if value is None or member.reference is None:
            continue
        if not await _found(call, transaction, existing(member.reference), {"reference": value}):
            errors[member.name] = [MISSING]
        elif await _circular(call, transaction, member.reference, value, key):
            errors[member.name] = [CIRCLE]
    return errors


async def _circular(call: Call, transaction: Transaction, reference: Reference, value: object, key: object) -> bool:
    # For the message: two changes that close a circle together are refused by the database.
    if reference.acyclic is None or key is None:
        return False
    return await _found(call, transaction, circle(reference), {"reference": value, "key": key})


async def _found(call: Call, transaction: Transaction, read: GuardRead, values: Mapping[str, Any]) -> bool:
    statement = call.services.statements.guard(read, call.bound)
    row = await transaction.fetch_row(statement.text, statement.arguments({**call.values, **values}))
    return row is not None and row[1] is not None


@cache
def existing(reference: Reference) -> GuardRead:
    """Finds the row that `$reference` names, if it is visible."""
    kind = column_type(reference.key_type)
    visible = reference.visible or Sql.same("true")
    return GuardRead(
        name=f"{reference.table}.reference",
        table=reference.table,
        key=reference.key,
        where=Sql(
            f't."{reference.key}" = $reference::{kind} AND ({visible.postgres})',
            f't."{reference.key}" = $reference AND ({visible.sqlite})',
        ),
    )


@cache
def circle(reference: Reference) -> GuardRead:
    """Finds the row `$key` if the way from `$reference` upwards comes past it."""
    kind = column_type(reference.key_type)
    way = (
        'EXISTS (WITH RECURSIVE up("key") AS (SELECT {start} UNION SELECT p."{link}" FROM "{table}" p '
        'JOIN up ON p."{key}" = up."key" WHERE p."{link}" IS NOT NULL) SELECT 1 FROM up WHERE up."key" = t."{key}")'
    )
    names = {"link": reference.acyclic, "table": reference.table, "key": reference.key}
    return GuardRead(
        name=f"{reference.table}.circle",
        table=reference.table,
        key=reference.key,
        where=Sql(
            f't."{reference.key}" = $key::{kind} AND {way.format(start=f"$reference::{kind}", **names)}',
            f't."{reference.key}" = $key AND {way.format(start="$reference", **names)}',
        ),
    )
