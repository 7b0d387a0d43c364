"""What the names of an expression stand for, where it was written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import Aggregate, BelongsTo, Computed, Field, HasMany, Model, Resource

Member = Field | BelongsTo | HasMany | Computed | Aggregate

WORDS = ("true", "false", "null")
FUNCTIONS = ("coalesce", "length", "lower", "now", "round")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands, and so what it may use.

    `resource`: whose members bare names are (None for shared policies: only `actor`). `outer`: in the `where` of an
    aggregate or of shown rows, the resource that owns them, which is what `record` is then. `value`: it is a filter.
    `actor`, `clock`, `database`: whether `actor`, `now()` and other rows (dotted paths, aggregates) may be used.

        computed, visible, scope, policy, unless   Scope(model, resource)
        shared policy                              Scope(model)
        where of an aggregate or shown rows        Scope(model, far, outer=resource)
        filter                                     Scope(model, resource, value=True)
        invariant, where of an identity            Scope.of_row(model, resource)
        metric                                     Scope.of_metric(model, resource)
    """

    model: Model
    resource: Resource | None = None
    outer: Resource | None = None
    value: bool = False
    actor: bool = True
    clock: bool = True
    database: bool = True

    @staticmethod
    def of_row(model: Model, resource: Resource) -> Scope:
        """The scope of what one row must answer by itself: constraints."""
        return Scope(model, resource, actor=False, clock=False, database=False)

    @staticmethod
    def of_metric(model: Model, resource: Resource) -> Scope:
        """The scope of what is stored, and so is the same for everybody at all times."""
        return Scope(model, resource, actor=False, clock=False)

    @property
    def actor_resource(self) -> Resource | None:
        """The resource that callers are rows of."""
        spec = self.model.actor
        return self.model.by_name.get(spec.resource) if spec else None

    def reserved(self) -> tuple[str, ...]:
        """The names that are no members here."""
        named = (("actor", self.actor), ("record", self.resource is not None), ("value", self.value))
        return tuple(name for name, usable in named if usable)

    def names(self) -> tuple[str, ...]:
        """Every name that an expression may begin with here."""
        own = tuple(each.name for each in members(self.resource)) if self.resource else ()
        return (*own, *self.reserved(), *WORDS)


def members(resource: Resource) -> Iterator[Member]:
    """Everything that a resource has by name."""
    yield from resource.fields
    yield from resource.belongs_to
    yield from resource.has_many
    yield from resource.computed
    yield from resource.aggregates


def find(resource: Resource, name: str) -> Member | None:
    """The member called `name`."""
    return next((each for each in members(resource) if each.name == name), None)


def far_resource(model: Model, resource: Resource, path: Iterable[str]) -> Resource | None:
    """Where a way over relations ends; None where it leads nowhere."""
    here: Resource | None = resource
    for name in path:
        relation = find(here, name) if here else None
        here = model.by_name.get(relation.target) if isinstance(relation, BelongsTo | HasMany) else None
    return here


def nearest(name: str, known: Iterable[str]) -> str | None:
    """A hint with the name that was probably meant."""
    found = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=0.6)
    return f"Did you mean `{found[0]}`?" if found else None
