"""Aggregates by name: what their values are, and that they are not derived from themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.expressions.scope import far_resource, find
from generator.expressions.sites import RECORD, Checker, Part, Site
from generator.expressions.text import Expression
from generator.expressions.tree import AggregateRead, Node, Unknown
from generator.expressions.typed import Typed
from generator.expressions.types import BOOLEAN, DEFAULT_PLACES, INTEGER, UNKNOWN, Type, field_type, number
from generator.model import Aggregate, Computed, Field, Resource

NOTHING: frozenset[Node] = frozenset()


def aggregate_read(checker: Checker, site: Site, aggregate: Aggregate, part: Part) -> Node:
    """The value of an aggregate of the row at `site`."""
    if aggregate.function == "first" and aggregate.value is None:
        return checker.fault(part.place, "not-a-value", f"`{part.name}` is a row, not a value")
    far = far_resource(checker.scope.model, site.resource, aggregate.path)
    if far is None:
        return Unknown(type=UNKNOWN, place=part.place)  # the rules tell of ways that lead nowhere
    where = _where(checker, site, aggregate, far, part)
    type = _type(checker, aggregate, far, part)
    if type is None:
        return Unknown(type=UNKNOWN, place=part.place)
    return AggregateRead(site.row, aggregate.name, site.resource, aggregate, where, type=type, place=part.place)


def _where(checker: Checker, site: Site, aggregate: Aggregate, far: Resource, part: Part) -> Typed | None:
    """What it demands of its rows. What else a `first` picks them by is only looked at for circles."""
    for each in _picked_by(aggregate, far):
        _inline(checker, each, far, part)
    if aggregate.where is None:
        return None
    found = _inline(checker, aggregate.where, far, part, outer=site.resource)
    return None if isinstance(found, Unknown) else Typed(found)


def _picked_by(aggregate: Aggregate, far: Resource) -> Iterator[Expression]:
    if aggregate.function != "first":
        return
    if far.visible is not None:
        yield far.visible
    sorts = (find(far, name.removeprefix("-")) for name in aggregate.sort)
    yield from (each.expression for each in sorts if isinstance(each, Computed))


def _inline(checker: Checker, expression: Expression, far: Resource, part: Part, outer: Resource | None = None) -> Node:
    scope = replace(checker.scope, resource=far, outer=outer, value=False)
    return checker.inline(expression, scope, RECORD, NOTHING, part)


def _type(checker: Checker, aggregate: Aggregate, far: Resource, part: Part) -> Type | None:
    """None where what it reads is no value, which is told here or elsewhere."""
    if aggregate.function in ("exists", "count"):
        return BOOLEAN if aggregate.function == "exists" else INTEGER
    read = _read(checker, aggregate, far, part)
    if read is None or aggregate.function == "first":
        return read and read.or_null()
    if aggregate.function == "sum":
        return replace(read, nullable=aggregate.default is None)
    places = DEFAULT_PLACES if aggregate.places is None else aggregate.places
    return number(places, nullable=aggregate.default is None)


def _read(checker: Checker, aggregate: Aggregate, far: Resource, part: Part) -> Type | None:
    found = find(far, str(aggregate.value))
    if isinstance(found, Computed):
        value = _inline(checker, found.expression, far, part)
        return None if isinstance(value, Unknown) else value.type
    if not isinstance(found, Field):
        return None
    if aggregate.function == "first" and found.type == "file":
        checker.fault(part.place, "not-a-value", f"`{part.name}` is a file, which expressions cannot read")
        return None
    return field_type(checker.scope.model, found)
