"""The answer of `check`: an expression whose every part has a type, and what it needs to be answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.expressions.tree import (
    ActorField,
    AggregateRead,
    Node,
    Now,
    Value,
    needs_database,
    reads_row,
    walk,
)
from generator.expressions.types import Type


@dataclass(frozen=True, slots=True)
class Typed:
    """A checked expression. `node` is for the compilers of this package; the rest says what it needs."""

    node: Node

    @property
    def type(self) -> Type:
        """What its value is."""
        return self.node.type

    @property
    def uses_record(self) -> bool:
        """Whether it reads the record at hand, directly or through it."""
        return any(reads_row(each, "record") for each in walk(self.node))

    @property
    def uses_outer(self) -> bool:
        """Whether it reads the row that owns the aggregate."""
        return any(reads_row(each, "outer") for each in walk(self.node))

    @property
    def uses_actor(self) -> bool:
        """Whether it says `actor`; the aggregates that it uses may say so, too."""
        return bool(self.actor_fields)

    @property
    def actor_fields(self) -> frozenset[str]:
        """The columns of the actor's row that it reads, the key among them."""
        return frozenset(each.name for each in walk(self.node) if isinstance(each, ActorField))

    @property
    def uses_now(self) -> bool:
        """Whether it depends on the time of the request."""
        return any(isinstance(each, Now) for each in walk(self.node))

    @property
    def value_type(self) -> Type | None:
        """What a filter's `value` must be (a reference's is its key's kind); None where it is not used."""
        found = next((each.type for each in walk(self.node) if isinstance(each, Value)), None)
        if found is None or found.kind != "reference":
            return found
        return replace(found, kind=found.stored, key=None)

    @property
    def aggregates(self) -> tuple[AggregateRead, ...]:
        """The aggregates that it uses by name."""
        return tuple(each for each in walk(self.node) if isinstance(each, AggregateRead))

    @property
    def needs_database(self) -> bool:
        """Whether it reads more than one row and the actor, so that only SQL can answer it."""
        return any(needs_database(each) for each in walk(self.node))
