"""From names to nodes: columns, paths over relations, computed values in place of their names, the actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.expressions.aggregates import aggregate_read
from generator.expressions.objects import object_member
from generator.expressions.scope import find, members, nearest
from generator.expressions.sites import ACTOR, RECORD, Checker, Facts, Part, Site, narrowed
from generator.expressions.tree import (
    ActorField,
    Column,
    Conditional,
    Follow,
    IsNull,
    Literal,
    Node,
    Row,
    Unknown,
)
from generator.expressions.types import (
    BOOLEAN,
    NULL,
    UNKNOWN,
    Type,
    field_type,
    key_field,
    reference_type,
)
from generator.model import Aggregate, BelongsTo, Computed, Field, HasMany, Place, Resource


def resolve(checker: Checker, site: Site | None, parts: Sequence[Part], facts: Facts) -> Node:
    """What a dotted name (other than `value`) stands for; `site` is where bare names look."""
    first, rest = parts[0], parts[1:]
    if first.name == "actor":
        return _actor(checker, first, rest, facts)
    if site is None:
        hint = nearest(first.name, checker.scope.names()) or "Only `actor` is known here."
        return checker.fault(first.place, "unknown-name", f"`{first.name}` is not known here", hint)
    if first.name == "record":
        return _record(checker, site, first, rest, facts)
    return _member(checker, site, parts, facts)


# --- the row at hand and the rows it leads to ---------------------------------------------------


def _record(checker: Checker, site: Site, first: Part, rest: Sequence[Part], facts: Facts) -> Node:
    outer = checker.scope.outer
    here = Site(outer, Row("outer")) if outer else site
    if rest:
        return _member(checker, here, rest, facts)
    key = key_field(here.resource)
    return _column(here, key.name, reference_type(here.resource), first.place, facts)


def _member(checker: Checker, site: Site, parts: Sequence[Part], facts: Facts) -> Node:
    first, rest = parts[0], parts[1:]
    found = find(site.resource, first.name)
    if isinstance(found, BelongsTo):
        return _relation(checker, site, found, parts, facts)
    if rest and isinstance(found, Field) and found.type == "object":
        return _object_member(checker, site, found, parts, facts)
    if rest and found is not None:
        message = f"`{first.name}` of {site.resource.name} is no relation to one row, so it has no `{rest[0].name}`"
        return checker.fault(rest[0].place, "not-a-relation", message)
    if isinstance(found, Field):
        return _field(checker, site, found, first, facts)
    if isinstance(found, Computed):
        return _computed(checker, site, found, first, facts)
    if isinstance(found, Aggregate):
        return _aggregate(checker, site, found, first, facts)
    if isinstance(found, HasMany):
        message = f"`{first.name}` is many rows, not one value"
        return checker.fault(first.place, "not-a-value", message, "Count or sum them in an aggregate.")
    return _unknown(checker, site, first)


def _unknown(checker: Checker, site: Site, part: Part) -> Node:
    names = {each.name for each in members(site.resource)}
    if site.row == RECORD:
        names |= set(checker.scope.names())
    message = f"`{part.name}` is not a member of {site.resource.name}"
    return checker.fault(part.place, "unknown-name", message, nearest(part.name, names))


def _column(site: Site, name: str, type: Type, place: Place, facts: Facts) -> Node:
    if site.row != ACTOR:
        return narrowed(Column(site.row, name, type=type, place=place), facts)
    present = _actor_key(site.resource, place) in facts
    found = ActorField(
        name, name == key_field(site.resource).name, present, type=type.or_null(not present), place=place
    )
    return narrowed(found, facts)


def _field(checker: Checker, site: Site, field: Field, part: Part, facts: Facts) -> Node:
    type = field_type(checker.scope.model, field)
    if type is None:
        message = f"`{field.name}` is a {field.type}, which expressions cannot read"
        return checker.fault(part.place, "not-a-value", message)
    return _column(site, field.name, type, part.place, facts)


def _object_member(checker: Checker, site: Site, field: Field, parts: Sequence[Part], facts: Facts) -> Node:
    first, rest = parts[0], parts[1:]
    return object_member(checker, site, field, _field(checker, site, field, first, facts), rest, facts)


def _relation(checker: Checker, site: Site, relation: BelongsTo, parts: Sequence[Part], facts: Facts) -> Node:
    first, rest = parts[0], parts[1:]
    target = checker.scope.model.by_name.get(relation.target)
    if target is None:
        return Unknown(type=UNKNOWN, place=first.place)  # the rules tell of targets that do not exist
    type = reference_type(target, nullable=relation.nullable)
    key = _column(site, f"{relation.name}_id", type, first.place, facts)
    if not rest:
        return key
    if len(rest) == 1 and rest[0].name == key_field(target).name:
        return replace(key, type=Type(key.type.stored, key.type.nullable), place=rest[0].place)
    if not checker.scope.database:
        return _no_database(checker, rest[0])
    far = Site(target, site.row.then(relation.name))
    return _followed(key, far, _member(checker, far, rest, facts), facts)


def _followed(key: Node, far: Site, value: Node, facts: Facts) -> Node:
    if isinstance(value, Unknown):
        return value
    return narrowed(
        Follow(
            key,
            far.row,
            far.resource.table,
            key_field(far.resource).name,
            value,
            type=value.type.or_null(key.type.nullable),
            place=value.place,
        ),
        facts,
    )


def _no_database(checker: Checker, part: Part) -> Node:
    message = f"`{part.name}` is in another row; a constraint sees only its own"
    return checker.fault(part.place, "needs-database", message)


# --- derived values -----------------------------------------------------------------------------


def _computed(checker: Checker, site: Site, computed: Computed, part: Part, facts: Facts) -> Node:
    scope = replace(checker.scope, resource=site.resource, outer=None, value=False)
    if site.row != ACTOR:
        return checker.inline(computed.expression, scope, site.row, facts, part)
    # Without an actor there is nothing to compute: null, and not what the expression makes of nulls.
    key = _actor_key(site.resource, part.place)
    value = checker.inline(computed.expression, scope, ACTOR, facts | {key}, part)
    if key in facts or isinstance(value, Unknown):
        return value
    test = IsNull(key, negated=True, type=BOOLEAN, place=part.place)
    null = Literal(None, type=NULL, place=part.place)
    return Conditional(test, value, null, type=value.type.or_null(), place=part.place)


def _aggregate(checker: Checker, site: Site, aggregate: Aggregate, part: Part, facts: Facts) -> Node:
    if not checker.scope.database:
        return _no_database(checker, part)
    node = aggregate_read(checker, site, aggregate, part)
    if site.row != ACTOR:
        return node
    return _followed(_actor_key(site.resource, part.place, facts), site, node, facts)


# --- the actor ----------------------------------------------------------------------------------


def _actor_key(resource: Resource, place: Place, facts: Facts = frozenset()) -> ActorField:
    name = key_field(resource).name
    key = ActorField(name, True, type=reference_type(resource, nullable=True), place=place)
    return replace(key, present=True, type=key.type.known()) if key in facts else key


def _actor(checker: Checker, first: Part, rest: Sequence[Part], facts: Facts) -> Node:
    if not checker.scope.actor:
        message = "a constraint holds whoever asks, so it cannot use `actor`"
        return checker.fault(first.place, "no-actor", message)
    resource = checker.scope.actor_resource
    if resource is None:
        return checker.fault(first.place, "no-actor", "this API has no actor", "Declare `actor` in _shared.yaml.")
    if not rest:
        return _actor_key(resource, first.place, facts)
    return _member(checker, Site(resource, ACTOR), rest, facts)
