"""Members of stored objects: `address.city`."""

from __future__ import annotations

from collections.abc import Sequence

from generator.expressions.scope import Scope, nearest
from generator.expressions.sites import Checker, Facts, Part, Site, narrowed
from generator.expressions.tree import Member, Node, Unknown
from generator.expressions.types import UNKNOWN, Type, field_type
from generator.model import Field, Resource

# What reads the same out of JSON in both databases and in Python.
READABLE = ("string", "text", "email", "url", "enum", "boolean", "integer")


def object_member(
    checker: Checker, site: Site, field: Field, operand: Node, rest: Sequence[Part], facts: Facts
) -> Node:
    """The member that `rest` names of the object in `field`, whose value is `operand`."""
    part = rest[0]
    members = _members(checker.scope, site.resource, field)
    if members is None:
        return Unknown(type=UNKNOWN, place=part.place)  # the rules tell of objects that do not exist
    found = members.get(part.name)
    if found is None:
        message = f"`{part.name}` is not a member of {field.object}"
        return checker.fault(part.place, "unknown-name", message, nearest(part.name, members))
    type = field_type(checker.scope.model, found)
    if found.type not in READABLE or type is None:
        message = f"`{part.name}` of {field.object} is of type {found.type}, which expressions cannot read there"
        return checker.fault(part.place, "not-a-value", message)
    if len(rest) > 1:
        message = f"`{part.name}` of {field.object} is one value, so it has no `{rest[1].name}`"
        return checker.fault(rest[1].place, "not-a-relation", message)
    return narrowed(Member(operand, part.name, found, type=_read(type, found, operand), place=part.place), facts)


def _members(scope: Scope, resource: Resource, field: Field) -> dict[str, Field] | None:
    """The members of the object by name: the resource's own object, else the shared one."""
    name = str(field.object)
    fields = resource.objects.get(name, scope.model.objects.get(name))
    return None if fields is None else {each.name: each for each in fields}


def _read(type: Type, found: Field, operand: Node) -> Type:
    """Objects that were stored before a member was declared have none, whatever its default is."""
    return type.or_null(operand.type.nullable or not found.required)
