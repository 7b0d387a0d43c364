"""Links along the life of a record: to the transitions that its state allows, as far as an answer tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import StateMachine, Transition
from generator.openapi.handover import Source
from generator.openapi.shown import Shown
from generator.operations import Operation, moves_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask of an operation: perhaps to take the record to `state`, which its body then says."""

    state: str | None = None
    body: dict[str, str] | None = None


def known_states(source: Source, record: Shown) -> frozenset[str] | None:
    """The states that the record of an answer can be in, where the operation tells: that of its birth, or those that
    it was taken to."""
    machine = record.resource.machine
    if machine is None or record.depth > 0:
        return None
    if source.made:
        return frozenset({machine.initial})
    if source.owner is record.resource and source.operation.action.kind in ("transition", "action"):
        return frozenset(each.target for each in moves_of(source.operation)) or None
    return None


def asked_for(operation: Operation, states: frozenset[str] | None) -> Iterator[Asked]:
    """What may be asked of an operation for a record in one of these states: nothing where all its ways begin
    elsewhere."""
    machine, moves = operation.resource.machine, moves_of(operation)
    if machine is None or states is None or operation.action.kind not in ("transition", "action") or not moves:
        yield Asked()
        return
    ways = [each for each in moves if states.intersection(each.sources)]
    if not names_the_state(operation):
        yield from [Asked()] if ways else []
        return
    for state in dict.fromkeys(each.target for each in ways):
        yield Asked(state, {machine.field: state})


def names_the_state(operation: Operation) -> bool:
    """Whether its body says where the record is to be taken."""
    return operation.action.kind == "transition" and operation.action.transition is None


def most_ways(machine: StateMachine) -> int:
    """How many states can be reached from one at most."""
    return max((len(set(_targets(machine.transitions, each))) for each in _sources(machine)), default=0)


def _sources(machine: StateMachine) -> set[str]:
    return {source for each in machine.transitions for source in each.sources}


def _targets(transitions: tuple[Transition, ...], state: str) -> Iterator[str]:
    yield from (each.target for each in transitions if state in each.sources)
