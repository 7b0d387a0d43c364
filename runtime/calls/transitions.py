"""Moves records by their state machine: one answer for everybody who asks, whichever way they came.

Of two who move a record at once only one can: the write itself says which state the record must still be in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runtime.auth import policy
from runtime.calls.effects import Effect
from runtime.errors import Problem, conflict
from runtime.machines import Machine, Moved, Transition
from runtime.records import Record, set_on_save

if TYPE_CHECKING:
    from runtime.context import Context

# Of each transition: may the caller, and does its guard hold.
Answers = Mapping[str, tuple[bool, bool]]


async def move(
    ctx: Context[Any],
    machine: Machine,
    record: Record,
    wanted: Transition | str,
    values: Mapping[str, Any],
) -> Moved:
    """Move a record by a transition, or into a state; `record` is what it has become afterwards.

    Raises 403 for those who may not, 409 where the state or a guard forbids it.
    """
    before = str(getattr(record, machine.field))
    answers = await _answers(ctx, machine, record)
    chosen = _chosen(ctx, machine, before, wanted, answers)
    new = _values(ctx, machine, chosen, record, values)
    same = {"pk": record.pk, machine.field: before}
    if not await type(record).filter(**same).using_db(ctx.db).update(**new):
        raise conflict(detail="Somebody else has just changed this record.")
    for name, value in new.items():
        setattr(record, name, value)
    moved = Moved(chosen.name, before, chosen.target)
    for name in chosen.effects:
        await Effect(ctx.call.services.application.effects[name]).run(ctx, record, moved)
    return moved


async def _answers(ctx: Context[Any], machine: Machine, record: Record) -> Answers:
    """Of each transition: may the caller, and does its guard hold."""
    call = ctx.call
    row: Sequence[Any] = ()
    if machine.asks.asks:
        statement = call.services.statements.asks(machine.asks, call.bound)
        values = {**call.values, "key": record.pk}
        row = await ctx.transaction_open.fetch_row(statement.text, statement.arguments(values)) or ()
    found = machine.answered(tuple(row))
    return {
        each.name: (found[each.name][0] and policy.passes(each.policy, call.actor), found[each.name][1])
        for each in machine.transitions
    }


def _chosen(
    ctx: Context[Any],
    machine: Machine,
    before: str,
    wanted: Transition | str,
    answers: Answers,
) -> Transition:
    """The transition that is made, or the reason why none is. To a state leads one at most that demands nothing."""
    actor = ctx.call.actor
    if isinstance(wanted, Transition):
        if not answers[wanted.name][0]:
            raise policy.denied(wanted.policy, actor)
        ways = [wanted]
    else:
        ways = [each for each in machine.transitions if each.target == wanted and not each.takes]
    chosen = next((each for each in ways if before in each.sources), None)
    if chosen is None:
        target = wanted.target if isinstance(wanted, Transition) else wanted
        raise _not_a_way(machine, before, target, answers)
    allowed, holds = answers[chosen.name]
    if not allowed:
        raise policy.denied(chosen.policy, actor)
    if chosen.guard is not None and not holds:
        raise conflict(chosen.guard.code, chosen.guard.message)
    return chosen


def _not_a_way(machine: Machine, before: str, target: str, answers: Answers) -> Problem:
    """409, with the states that this caller can move the record to now."""
    ways = [each.target for each in machine.transitions if before in each.sources and all(answers[each.name])]
    detail = f"What is {before} cannot become {target}."
    known = {f"current_{machine.field}": before, "allowed_transitions": list(dict.fromkeys(ways))}
    return conflict("INVALID_TRANSITION", detail, **known)


def _values(
    ctx: Context[Any], machine: Machine, chosen: Transition, record: Record, values: Mapping[str, Any]
) -> dict[str, Any]:
    now = ctx.now()
    actor = None if ctx.call.actor is None else ctx.call.actor.id
    return {
        machine.field: chosen.target,
        **chosen.sets,
        **dict.fromkeys(chosen.stamps, now),
        **dict.fromkeys(chosen.signs, actor),
        **{name: values[name] for name in chosen.takes if name in values},
        **dict.fromkeys(set_on_save(type(record)), now),
    }
