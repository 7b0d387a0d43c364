"""Names: which may be used, and that no two things share one."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.model import Field, Place, Resource
from generator.rules.subject import BUILT_IN_POLICIES, SHARED, Found, Subject, clash, unknown
from generator.specs.nodes import MapNode, place_of

EXPRESSION_WORDS = frozenset({"actor", "record", "value", "true", "false", "null"})
QUERY_WORDS = frozenset({"page", "page_size", "cursor", "ordering", "search", "count"})
# What every model class has already.
MODEL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """all annotate bulk_create bulk_update clone construct create delete describe earliest exclude exists
        fetch_for_list fetch_related filter first get get_or_create get_or_none get_table in_bulk last latest meta
        objects pk raw refresh_from_db register_listener save select_for_update update_from_dict update_or_create""",
    )
)
# What the modules that import a model import beside it.
CLASS_WORDS = frozenset(
    re.findall(
        r"\w+",
        """ACTOR AFTER Actor Any BEFORE Call Context Decimal False HTTPResponse Mapping Model Moved None PARENT Policy
        Routes Single Slug Sql True UUID""",
    )
)
# What a module of hooks has beside them, and the parameters that stand beside the record.
HOOK_WORDS = frozenset({"ctx", "body", "inputs", "shared"})
PARAMETERS = HOOK_WORDS | {"moved"}
# What a module of machines has beside the transitions.
MACHINE_WORDS = frozenset({"machine"})
# What an action's further reads are called, after the action.
READ_NAMES = re.compile(r"record|guard|result(_.*)?")
PREFIX = "agora_"

MEMBER_SECTIONS = ("fields", "relations", "computed", "aggregates")


def members_have_usable_names(subject: Subject, resource: Resource) -> Found:
    """Members become attributes of Python classes and names in expressions."""
    for section in MEMBER_SECTIONS:
        for name in _keys(subject, resource, section):
            taken = EXPRESSION_WORDS | MODEL_WORDS
            yield from _reserved(name, subject.key(resource, section, name), taken)


def actions_have_usable_names(subject: Subject, resource: Resource) -> Found:
    """The names of actions become functions, those of policies and events attributes."""
    for section in ("policies", "guards", "events"):
        for name in _keys(subject, resource, section):
            yield from _reserved(name, subject.key(resource, section, name), frozenset())
    for action in resource.actions:
        if action.kind == "action":
            yield from _reserved(action.name, action.place, HOOK_WORDS)
        if action.effect:
            yield from _reserved(action.effect, subject.at(resource, "actions", action.name, "effect"), HOOK_WORDS)
    for each in resource.machine.transitions if resource.machine else ():
        yield from _reserved(each.name, each.place, MACHINE_WORDS)
        for index, name in enumerate(each.effects):
            path = ("state_machine", "transitions", each.name, "effects", index)
            yield from _reserved(name, subject.at(resource, *path), HOOK_WORDS)


def actions_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """Each action has constants that begin with its name, so none is called as another one's constant."""
    names = {each.name: each for each in resource.actions}
    for action in resource.actions:
        for at, char in enumerate(action.name):
            other = names.get(action.name[:at]) if char == "_" else None
            if other is not None and READ_NAMES.fullmatch(action.name[at + 1 :]):
                message = f"'{action.name}' is what the generated code calls a part of '{other.name}'"
                yield clash("duplicate-name", action.place, message, other.place, OTHER)


def filters_have_usable_names(subject: Subject, resource: Resource) -> Found:
    """Every list has its own query parameters."""
    for name in _keys(subject, resource, "filters"):
        if name in QUERY_WORDS:
            place = subject.key(resource, "filters", name)
            yield Diagnostic("reserved-name", place, f"'{name}' is a query parameter of every list", "choose another")


def resource_has_a_usable_name(subject: Subject, resource: Resource) -> Found:
    """Resources become classes and tables, their files modules."""
    if resource.name in CLASS_WORDS:
        yield Diagnostic("reserved-name", resource.place, f"'{resource.name}' is taken by the generated code", OTHER)
    yield from _reserved(resource.stem, resource.place, PARAMETERS)


OTHER = "choose another name"


def _reserved(name: str, place: Place, taken: frozenset[str]) -> Found:
    if name in taken or keyword.iskeyword(name) or name.startswith(PREFIX):
        yield Diagnostic("reserved-name", place, f"'{name}' is reserved", OTHER)


def _keys(subject: Subject, resource: Resource, section: str) -> Iterator[str]:
    node = subject.node(resource, section)
    return (key.text for key, _ in node) if isinstance(node, MapNode) else iter(())


def members_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """Fields, relations (the implied ones too), computed values, aggregates: one name, one thing."""
    seen: dict[str, Place] = {}
    for name, place in _members(resource):
        if name in seen:
            message = f"'{name}' is the name of something else in {resource.name}"
            yield clash("duplicate-name", place, message, seen[name], OTHER)
        seen.setdefault(name, place)


def _members(resource: Resource) -> Iterator[tuple[str, Place]]:
    """What was said before what is implied."""
    yield from ((each.name, each.place) for each in resource.fields)
    for relation in resource.belongs_to:
        yield relation.name, relation.place
        yield f"{relation.name}_id", relation.place
    yield from ((each.name, each.place) for each in resource.has_many if not each.implicit)
    yield from ((each.name, each.place) for each in resource.computed)
    yield from ((each.name, each.place) for each in resource.aggregates)
    yield from ((each.name, each.place) for each in resource.has_many if each.implicit)


def inverses_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """Two belongs_to to one resource need two inverses."""
    seen: dict[tuple[str, str], Place] = {}
    for relation in resource.belongs_to:
        end = (relation.target, relation.inverse)
        if end in seen:
            message = f"'{relation.inverse}' is the inverse of another relation to {relation.target}"
            yield clash(
                "duplicate-name", subject.at(resource, "relations", relation.name, "inverse"), message, seen[end]
            )
        seen.setdefault(end, relation.place)


def constraints_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """Invariants and identities name constraints of one table."""
    uniques = {each.name: each.place for each in resource.fields if each.unique}
    for identity in resource.identities:
        if identity.name in uniques:
            message = f"'{identity.name}' is the name of a unique field"
            yield clash("duplicate-name", identity.place, message, uniques[identity.name], OTHER)


def policies_shadow_nothing(subject: Subject, resource: Resource) -> Found:
    """A policy's name means one thing wherever it is used."""
    shared = {each.name: each.place for each in subject.model.policies}
    for policy in resource.policies:
        if policy.name in shared:
            message = f"'{policy.name}' is a shared policy already"
            yield clash("duplicate-policy", policy.place, message, shared[policy.name], OTHER)
        yield from _built_in(policy.name, policy.place)


def shared_policies_shadow_nothing(subject: Subject) -> Found:
    """`public` and `authenticated` are built in."""
    for policy in subject.model.policies:
        yield from _built_in(policy.name, policy.place)


def _built_in(name: str, place: Place) -> Found:
    if name in BUILT_IN_POLICIES:
        yield Diagnostic("duplicate-policy", place, f"the policy '{name}' is built in", OTHER)


def shared_names_are_usable(subject: Subject) -> Found:
    """The names of shared policies become attributes."""
    for policy in subject.model.policies:
        yield from _reserved(policy.name, policy.place, frozenset())


def actor_is_a_resource(subject: Subject) -> Found:
    """Callers are records of a resource; `active` is a boolean of theirs."""
    actor = subject.model.actor
    if actor is None:
        return
    resource = subject.model.by_name.get(actor.resource)
    if resource is None:
        yield unknown("unknown-resource", actor.place, actor.resource, "a resource", subject.model.by_name)
        return
    fields = {each.name: each.type for each in resource.fields}
    if actor.active is not None and fields.get(actor.active) != "boolean":
        place = place_of(subject.nodes[SHARED], "actor", "active")
        yield Diagnostic("bad-actor", place, f"'{actor.active}' is not a boolean field of {resource.name}")


def renames_are_done(subject: Subject, resource: Resource) -> Found:
    """`renamed_from` tells what is gone."""
    columns = subject.columns(resource)
    for name, column in columns.items():
        first = columns.get(column.renamed_from or "")
        if first is not None:
            section = "fields" if isinstance(column, Field) else "relations"
            place = subject.at(resource, section, name, "renamed_from")
            yield clash("stale-rename", place, f"'{column.renamed_from}' still exists", first.place)
    stems = {each.stem: each for each in subject.model.resources}
    if resource.renamed_from in stems:
        place = subject.at(resource, "renamed_from")
        other = stems[str(resource.renamed_from)].place
        yield clash("stale-rename", place, f"'{resource.renamed_from}' still exists", other)
