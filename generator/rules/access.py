"""Policies: they judge only what there is to be judged when they are asked."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions import ExpressionError, Scope, Typed, check
from generator.expressions.tree import AggregateRead, Column, Node, walk
from generator.model import Action, Policy, Resource
from generator.rules.subject import Found, Subject


def policies_find_a_record(subject: Subject, resource: Resource) -> Found:
    """A list and a creation have no record yet: their policies judge the caller, and the parent of what is nested."""
    own = {each.name: each for each in resource.policies}
    for action in resource.actions:
        policy = own.get(action.policy)
        if policy is None or not _lacks_record(action):
            continue
        typed = _checked(subject, resource, policy)
        if typed is not None and any(_needs_record(each, resource) for each in walk(typed.node)):
            place = subject.at(resource, "actions", action.name, "policy")
            message = f"'{policy.name}' judges a record, and there is none when '{action.name}' begins"
            hint = "for a list, say which records it shows: 'scope' or 'visible'" if action.kind == "list" else None
            yield Diagnostic("policy-without-record", place, message, hint or OTHER)


OTHER = "choose a policy that is about the caller alone"


def checked_policy(subject: Subject, resource: Resource, name: str) -> Typed | None:
    """The expression of a policy that a resource uses; None for one that is built in, unknown or faulty."""
    own = next((each for each in resource.policies if each.name == name), None)
    shared = next((each for each in subject.model.policies if each.name == name), None)
    found = own or shared
    if found is None:
        return None
    try:
        return check(found.expression, Scope(subject.model, resource if own else None), condition=True)
    except ExpressionError:
        return None


def _lacks_record(action: Action) -> bool:
    if action.kind == "create":
        return True
    return action.on == "collection" and action.kind in ("list", "action")


def _checked(subject: Subject, resource: Resource, policy: Policy) -> Typed | None:
    """None where the expression is faulty, which is told elsewhere."""
    try:
        return check(policy.expression, Scope(subject.model, resource), condition=True)
    except ExpressionError:
        return None


def _needs_record(node: Node, resource: Resource) -> bool:
    """Whether a part reads more of the record than what is known of it beforehand: its parent, and the caller."""
    if not isinstance(node, Column | AggregateRead) or node.row.base != "record":
        return False
    if node.row.hops:
        return node.row.hops[0] != resource.parent
    known = {f"{each.name}_id" for each in resource.belongs_to if each.set_to_actor or each.name == resource.parent}
    return node.name not in known


def input_policies_are_about_the_caller(subject: Subject, resource: Resource) -> Found:
    """Who may send a member is asked before there is a record."""
    own = {each.name: each for each in resource.policies}
    for given in (*resource.inputs, *(each.input for each in resource.actions if each.input and not each.input.name)):
        for item in given.items:
            policy = own.get(item.policy or "")
            typed = _checked(subject, resource, policy) if policy else None
            if typed is not None and typed.uses_record:
                message = f"'{item.policy}' judges a record; who may send '{item.name}' is about the caller alone"
                yield Diagnostic("policy-without-record", item.place, message, OTHER)
