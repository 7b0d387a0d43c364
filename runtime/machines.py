"""State machines as data: which states a record can be in, and who may move it from one to another, when.

Generated code makes one `Machine` per resource that has one; `runtime.calls.moving` moves records by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from runtime.application import Policy, Sql
from runtime.reads import AskRead, Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One way from some states to another.

    `policy` says who may, `allowed` is the part of it that needs the record; `guard` must hold of the record. Moved,
    the record gets `sets`, the time in the columns `stamps`, the caller in the columns `signs`, and from the request
    what `takes` names. `effects` are hooks ("resource.function") that run in the same transaction afterwards.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    policy: Policy
    allowed: Sql | None = None
    guard: Guard | None = None
    sets: Mapping[str, object] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The life of the records of `table`, whose column `field` holds their state."""

    table: str
    key: str
    key_type: str
    field: str
    transitions: tuple[Transition, ...]

    @cached_property
    def asks(self) -> AskRead:
        """What has to be asked of a record: for each transition whether the caller may, and whether its guard holds."""
        return AskRead(f"{self.table}.machine", self.table, self.key, self.key_type, tuple(_asks(self.transitions)))

    def answered(self, row: tuple[Any, ...]) -> Mapping[str, tuple[bool, bool]]:
        """The answers to `asks` by transition."""
        answers = iter(row)
        return {
            each.name: (
                each.allowed is None or bool(next(answers)),
                each.guard is None or bool(next(answers)),
            )
            for each in self.transitions
        }


def _asks(transitions: tuple[Transition, ...]) -> Iterator[Sql]:
    for each in transitions:
        if each.allowed is not None:
            yield each.allowed
        if each.guard is not None:
            yield each.guard.check


@dataclass(frozen=True, slots=True)
class Moved:
    """What has just happened to a record: the transition's name, the state before and the state now."""

    transition: str
    before: str
    after: str
