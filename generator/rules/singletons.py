"""Singletons: every caller has one record, which can be made without anybody saying anything."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Resource
from generator.partial import NOBODY, decided
from generator.rules.access import checked_policy
from generator.rules.inputs import needed
from generator.rules.subject import Found, Subject, unknown

UNFIT = {
    "create": "its record is made when it is first asked for",
    "list": "there is one record for each caller",
}


def singletons_belong_to_callers(subject: Subject, resource: Resource) -> Found:
    """The relation is set to the caller, and no two records share one."""
    if resource.singleton is None:
        return
    place = subject.at(resource, "singleton")
    relations = {each.name: each for each in resource.belongs_to}
    relation = relations.get(resource.singleton)
    if relation is None:
        yield unknown("unknown-relation", place, resource.singleton, f"a belongs_to of {resource.name}", relations)
        return
    if not relation.set_to_actor or relation.nullable:
        message = f"'{relation.name}' does not name the caller"
        yield Diagnostic("bad-singleton", place, message, "say 'set: actor' there, and not 'nullable'")
    if not any(each.fields == (relation.name,) and each.where is None for each in resource.identities):
        hint = f"add 'identities: {{one_each: {{fields: [{relation.name}]}}}}'"
        yield Diagnostic("bad-singleton", place, f"two records may have the same '{relation.name}'", hint)


def singletons_make_themselves(subject: Subject, resource: Resource) -> Found:
    """Everything else of the record has a default; it is not listed, created or nested."""
    if resource.singleton is None:
        return
    slugs = [
        each.name for each in resource.fields if each.type == "slug" and not each.nullable and not each.has_default
    ]
    for name in (*needed(resource), *slugs):
        message = f"{resource.name} is made by itself, and nobody says what '{name}' is"
        yield Diagnostic("bad-singleton", subject.at(resource, "singleton"), message, f"give '{name}' a default")
    for action in resource.actions:
        if action.kind in UNFIT:
            yield Diagnostic("bad-singleton", action.place, f"a singleton has no {action.kind}: {UNFIT[action.kind]}")
        elif action.on == "item" and _is_open(subject, resource, action.policy):
            place = subject.at(resource, "actions", action.name, "policy")
            message = f"'{action.policy}' lets nobody in particular pass, who has no {resource.name}"
            yield Diagnostic("bad-singleton", place, message, "say 'policy: authenticated'")
    if resource.parent is not None:
        yield Diagnostic("bad-singleton", subject.at(resource, "parent"), "a singleton stands under nothing")
    for other in subject.model.resources:
        above = next((each for each in other.belongs_to if each.name == other.parent), None)
        if above is not None and above.target == resource.name:
            message = f"{resource.name} is a singleton: nothing stands under it"
            yield Diagnostic("bad-singleton", subject.at(other, "parent"), message, "give it a path of its own")


def _is_open(subject: Subject, resource: Resource, policy: str) -> bool:
    """Whether a policy lets callers pass who are not signed in."""
    typed = checked_policy(subject, resource, policy)
    return policy == "public" or (typed is not None and decided(typed.node, NOBODY) is not False)
