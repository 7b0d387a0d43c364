"""Relations: both ends agree, and what happens on deletion can happen."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions.scope import Member
from generator.model import Aggregate, BelongsTo, Computed, Field, HasMany, Resource
from generator.rules.behind import first_value
from generator.rules.subject import Found, Subject, clash, named, unknown

UNSORTABLE = ("list", "object", "password", "file")


def relations_point_at_resources(subject: Subject, resource: Resource) -> Found:
    """The target exists."""
    known = subject.model.by_name
    for kind, relations in (("belongs_to", resource.belongs_to), ("has_many", resource.has_many)):
        for relation in relations:
            implied = isinstance(relation, HasMany) and relation.implicit
            if not implied and relation.target not in known:
                place = subject.at(resource, "relations", relation.name, kind)
                yield unknown("unknown-resource", place, relation.target, "a resource", known)


def has_many_has_its_other_end(subject: Subject, resource: Resource) -> Found:
    """A has_many is the inverse of a belongs_to of the target, which names it as its own inverse."""
    for relation in resource.has_many:
        target = subject.model.by_name.get(relation.target)
        if relation.implicit or target is None:
            continue
        place = subject.at(resource, "relations", relation.name, "inverse")
        ends = {each.name: each for each in target.belongs_to}
        end = ends.get(relation.inverse)
        if end is None:
            yield unknown("unknown-inverse", place, relation.inverse, f"a belongs_to of {target.name}", ends)
        elif end.target != resource.name:
            message = f"{target.name}.{end.name} points at {end.target}, not at {resource.name}"
            yield clash("inverse-mismatch", place, message, end.place)
        elif end.inverse != relation.name:
            message = f"{target.name}.{end.name} has the inverse '{end.inverse}', not '{relation.name}'"
            yield clash("inverse-mismatch", place, message, end.place, "give both ends the same names")


def has_many_is_sorted_by_what_there_is(subject: Subject, resource: Resource) -> Found:
    """Names in `sort` are the target's."""
    for relation in resource.has_many:
        target = subject.model.by_name.get(relation.target)
        if target is not None and not relation.implicit:
            yield from sorts_by_members(subject, resource, target, "relations", relation.name, "sort")


def sorts_by_members(subject: Subject, resource: Resource, far: Resource, *path: str | int) -> Found:
    """A list of names to order by holds members of `far` that have an order."""
    known = subject.members(far)
    for name, place in named(resource, subject, *path):
        if name not in known:
            yield unknown("unknown-field", place, name, f"a field of {far.name}", known)
        elif isinstance(known[name], BelongsTo | HasMany):
            yield Diagnostic("not-sortable", place, f"'{name}' is a relation: there is no order to it")
        elif not has_order(subject, far, known[name]):
            yield Diagnostic("not-sortable", place, f"there is no order to '{name}'")


def has_order(subject: Subject, resource: Resource, found: Member) -> bool:
    """Whether a member's values can be compared."""
    if isinstance(found, Field):
        return found.type not in UNSORTABLE
    if isinstance(found, Aggregate) and found.function == "first":
        return any(each.field.type not in UNSORTABLE for each in first_value(subject, resource, found))
    return isinstance(found, Aggregate | Computed)


def set_null_needs_null(subject: Subject, resource: Resource) -> Found:
    """`on_delete: set_null` on a column that cannot be null."""
    for relation in resource.belongs_to:
        if relation.on_delete == "set_null" and not relation.nullable:
            place = subject.at(resource, "relations", relation.name, "on_delete")
            message = f"'{relation.name}' cannot be set to null: it is not nullable"
            yield Diagnostic(
                "set-null-not-nullable", place, message, "add 'nullable: true', or choose another on_delete"
            )


def acyclic_is_about_itself(subject: Subject, resource: Resource) -> Found:
    """Only a relation of a resource to itself can go round."""
    for relation in resource.belongs_to:
        if relation.acyclic and relation.target != resource.name:
            place = subject.key(resource, "relations", relation.name, "acyclic")
            message = (
                f"'{relation.name}' leads to {relation.target}: only a relation to {resource.name} itself can go round"
            )
            yield Diagnostic("acyclic-not-self", place, message)


def set_actor_points_at_actors(subject: Subject, resource: Resource) -> Found:
    """`set: actor` needs an actor, and a column that can hold one."""
    actor = subject.model.actor
    for relation in resource.belongs_to:
        if not relation.set_to_actor:
            continue
        place = subject.at(resource, "relations", relation.name, "set")
        if actor is None:
            yield Diagnostic("bad-actor", place, "there is no actor", "say who callers are: 'actor' in the shared spec")
        elif actor.resource != relation.target:
            message = f"callers are records of {actor.resource}; '{relation.name}' points at {relation.target}"
            yield Diagnostic("bad-actor", place, message)
        elif relation.required:
            place = subject.key(resource, "relations", relation.name, "required")
            message = f"'{relation.name}' is set by the server: 'required' has no meaning"
            yield Diagnostic("contradiction", place, message, "leave it out")


def parent_is_a_belongs_to(subject: Subject, resource: Resource) -> Found:
    """A nested resource stands under the target of one of its belongs_to."""
    if resource.parent is None:
        return
    relations = {each.name: each for each in resource.belongs_to}
    place = subject.at(resource, "parent")
    relation = relations.get(resource.parent)
    if relation is None:
        yield unknown("unknown-relation", place, resource.parent, f"a belongs_to of {resource.name}", relations)
        return
    above = subject.model.by_name.get(relation.target)
    if above is not None and above.path is None:
        yield clash("missing-path", place, f"{above.name} has no 'path' to stand under", above.place)
    if _goes_round(subject, resource):
        yield Diagnostic("parent-cycle", place, f"{resource.name} would stand under itself")


def _goes_round(subject: Subject, resource: Resource) -> bool:
    seen = {resource.name}
    here: Resource | None = resource
    while here is not None and here.parent is not None:
        relation = next((each for each in here.belongs_to if each.name == here.parent), None)
        here = subject.model.by_name.get(relation.target) if relation else None
        if here is not None and here.name in seen:
            return True
        seen.add(here.name if here else "")
    return False


def lookup_is_unique(subject: Subject, resource: Resource) -> Found:
    """A path names one record."""
    fields = {each.name: each for each in resource.fields}
    field = fields.get(resource.lookup)
    place = subject.at(resource, "lookup")
    if field is None:
        if subject.node(resource, "lookup") is not None:
            yield unknown("unknown-field", place, resource.lookup, f"a field of {resource.name}", fields)
    elif field.name != "id" and not field.unique:
        hint = f"add 'unique: true' to '{field.name}'"
        yield Diagnostic(
            "lookup-not-unique", place, f"'{field.name}' is not unique: it cannot stand for a record", hint
        )
    elif field.nullable:
        yield Diagnostic("lookup-not-unique", place, f"'{field.name}' may be null: it cannot stand for a record")
