"""Actions: kinds, mounts, methods and answers that go together."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Diagnostic
from generator.members import is_about_a_record, is_custom
from generator.model import Action, ActionKind, HasMany, Mount, Resource
from generator.nearest import nearest
from generator.resolve.actions import STANDARD
from generator.rules.sets import set_faults
from generator.rules.subject import Found, Subject, policies_known_to, said_at, unknown

KINDS: Mapping[ActionKind, frozenset[str]] = {
    "list": frozenset({"GET"}),
    "retrieve": frozenset({"GET"}),
    "create": frozenset({"POST"}),
    "update": frozenset({"PATCH", "PUT"}),
    "delete": frozenset({"DELETE"}),
    "transition": frozenset({"POST", "PATCH", "PUT"}),
}
MOUNTS: Mapping[ActionKind, tuple[Mount, ...]] = {
    "list": ("collection", "item"),
    "retrieve": ("item", "collection"),
    "create": ("collection", "parent"),
    "update": ("item", "collection"),
    "delete": ("item", "collection"),
    "transition": ("item",),
    "action": ("collection", "item", "parent"),
}
# Keys that only some kinds of action understand.
ONLY_FOR: Mapping[str, tuple[ActionKind, ...]] = {
    "of": ("list",),
    "scope": ("list", "retrieve", "update", "delete", "transition", "action"),
    "input": ("create", "update", "action"),
    "form": ("create", "update", "action"),
    "files": ("create", "update", "action"),
    "storage": ("action",),
    "storage_off": ("retrieve",),
    "responds": ("action",),
    "errors": ("action",),
    "soft": ("delete",),
    "location": ("create", "action"),
    "when": ("update", "delete", "transition", "action"),
    "effect": ("create", "update", "delete"),
    "transition": ("transition",),
    "transitions": ("create", "update", "delete", "action"),
    "tracks": ("list", "retrieve", "action"),
    "transaction": ("action",),
    "idempotency": ("create", "action"),
}


def kinds_are_said(subject: Subject, resource: Resource) -> Found:
    """An action that is called otherwise than the standard ones says its kind."""
    for action in resource.actions:
        if action.name in STANDARD or said_at(subject, resource, "actions", action.name, "kind") is not None:
            continue
        meant = nearest(action.name, STANDARD)
        hint = f"did you mean '{meant}'? If not, add its kind" if meant else "add its kind: list, create, … or action"
        message = f"'{action.name}' does not say what kind of action it is"
        yield Diagnostic("action-without-kind", action.place, message, hint)


def keys_fit_the_kind(subject: Subject, resource: Resource) -> Found:
    """What an action says is something that its kind understands."""
    for action in resource.actions:
        for key, kinds in ONLY_FOR.items():
            if action.kind not in kinds and said_at(subject, resource, "actions", action.name, key) is not None:
                place = subject.key(resource, "actions", action.name, key)
                message = f"'{key}' has no meaning for {a_kind(action)}"
                yield Diagnostic("misplaced-key", place, message, f"it is for {' and '.join(kinds)}")


def a_kind(action: Action) -> str:
    """What an action is, in a sentence."""
    return "a custom action" if action.kind == "action" else f"the kind {action.kind}"


def forms_have_an_input(subject: Subject, resource: Resource) -> Found:
    """A form is another way to send a body."""
    for action in resource.actions:
        if action.form and action.input is None and said_at(subject, resource, "actions", action.name, "input") is None:
            place = subject.key(resource, "actions", action.name, "form")
            yield Diagnostic("form-without-input", place, "a form needs an 'input': this action takes no body")


def mounts_fit_the_kind(subject: Subject, resource: Resource) -> Found:
    """Where an action stands is a place that its kind can stand at."""
    for action in resource.actions:
        place = subject.at(resource, "actions", action.name, "on")
        if action.on not in MOUNTS[action.kind]:
            message = f"{a_kind(action)} cannot stand at the {action.on}"
            yield Diagnostic("bad-mount", place, message, f"it stands at {' or '.join(MOUNTS[action.kind])}")
        elif action.on == "parent" and resource.parent is None:
            yield Diagnostic("bad-mount", place, f"{resource.name} has no parent to stand at", "say 'parent'")
        elif action.kind == "list" and action.on == "item" and action.of is None:
            yield Diagnostic("bad-mount", place, "a list on an item needs 'of': the relation whose records it lists")


def actions_at_collections_find_their_record(subject: Subject, resource: Resource) -> Found:
    """Without a record in the path, the scope says which one is meant."""
    for action in resource.actions:
        about_one = action.kind in ("retrieve", "update", "delete") and action.on == "collection"
        if about_one and said_at(subject, resource, "actions", action.name, "scope") is None:
            message = f"'{action.name}' stands at the collection and does not say which record it is about"
            yield Diagnostic("missing-scope", action.place, message, "add a scope: 'record == actor'")


def methods_fit_the_kind(subject: Subject, resource: Resource) -> Found:
    """The standard kinds have the methods that HTTP has for them."""
    for action in resource.actions:
        path = ("actions", action.name)
        usual = KINDS.get(action.kind, frozenset(action.methods))
        for key in ("method", "methods"):
            if said_at(subject, resource, *path, key) is not None and not usual.issuperset(action.methods):
                message = f"{a_kind(action)} is not {', '.join(sorted(set(action.methods) - usual))}"
                place = subject.at(resource, *path, key)
                yield Diagnostic("wrong-method", place, message, f"it is {' and '.join(sorted(usual))}")
        if said_at(subject, resource, *path, "method") and said_at(subject, resource, *path, "methods"):
            place = subject.key(resource, *path, "methods")
            yield Diagnostic("contradiction", place, "'method' and 'methods' say the same thing", "keep one of the two")
        if action.kind == "action" and "GET" in action.methods and action.input is not None:
            place = subject.key(resource, *path, "input")
            yield Diagnostic("wrong-method", place, "a GET takes no body", "choose another method")


def names_in_actions_are_known(subject: Subject, resource: Resource) -> Found:
    """Policies, events and relations that actions name."""
    policies = policies_known_to(subject, resource)
    for action in resource.actions:
        path = ("actions", action.name)
        events = {each.name for each in subject.listed(resource, action).events} | {
            each.name for each in resource.events
        }
        if action.policy and action.policy not in policies:
            place = subject.at(resource, *path, "policy")
            yield unknown("unknown-policy", place, action.policy, f"a policy of {resource.name}", policies)
        if action.tracks is not None and action.tracks not in events:
            place = subject.at(resource, *path, "tracks")
            yield unknown("unknown-event", place, action.tracks, f"an event of {resource.name}", events)
        many = {each.name for each in resource.has_many}
        if action.of is not None and not isinstance(subject.members(resource).get(action.of), HasMany):
            place = subject.at(resource, *path, "of")
            yield unknown("unknown-relation", place, action.of, f"a has_many of {resource.name}", many)


def guards_and_transitions_in_actions_are_known(subject: Subject, resource: Resource) -> Found:
    """Guards and transitions that actions name; a transition needs a state machine."""
    guards = [each.name for each in resource.guards]
    ways = [each.name for each in resource.machine.transitions] if resource.machine else []
    for action in resource.actions:
        path = ("actions", action.name)
        if action.when is not None and action.when not in guards:
            place = subject.at(resource, *path, "when")
            yield unknown("unknown-guard", place, action.when, f"a guard of {resource.name}", guards)
        if action.kind == "transition" and resource.machine is None:
            hint = "add 'state_machine'"
            yield Diagnostic("unknown-transition", action.place, f"{resource.name} has no state machine", hint)
            continue
        said = [(action.transition, subject.at(resource, *path, "transition"))] if action.transition else []
        said += [(name, subject.at(resource, *path, "transitions", i)) for i, name in enumerate(action.moves)]
        for name, place in said:
            if name not in ways:
                yield unknown("unknown-transition", place, name, f"a transition of {resource.name}", ways)


def transitions_are_made_by_hooks(subject: Subject, resource: Resource) -> Found:
    """What makes transitions is a hook: that of the action, or the effect of a write."""
    for action in resource.actions:
        if action.moves and not is_custom(action) and action.effect is None and action.kind in ONLY_FOR["transitions"]:
            place = subject.key(resource, "actions", action.name, "transitions")
            message = f"'{action.name}' has no hook that could make them"
            yield Diagnostic("misplaced-key", place, message, "name one under 'effect', or let the kind be transition")


def guards_are_used(subject: Subject, resource: Resource) -> Found:
    """A guard that nothing names guards nothing."""
    used = {each.when for each in resource.actions}
    used |= {each.when for each in resource.machine.transitions} if resource.machine else set()
    misspelt = used - {None, *(each.name for each in resource.guards)}
    for guard in resource.guards:
        if guard.name not in used and not misspelt:
            message = f"nothing is done only 'when: {guard.name}'"
            yield Diagnostic(
                "unused-guard", guard.place, message, "name it in an action or a transition, or leave it out"
            )


def actions_about_a_record_stand_at_it(subject: Subject, resource: Resource) -> Found:
    """What counts an event, takes note of a record or narrows which one, is about the one that its path names."""
    for action in resource.actions:
        if action.kind != "action" or is_about_a_record(action):
            continue
        for key in ("tracks", "responds", "scope", "when"):
            if said_at(subject, resource, "actions", action.name, key) is not None:
                place = subject.key(resource, "actions", action.name, key)
                message = f"'{key}' is about a record of {resource.name}, and at the {action.on} the path names none"
                yield Diagnostic("contradiction", place, message, "let the action stand at the item, or leave it out")


def records_are_handed_over_in_a_transaction(subject: Subject, resource: Resource) -> Found:
    """The record that a hook is handed is locked for it, which only a transaction can do."""
    for action in resource.actions:
        if not action.transaction and (action.on != "collection" or is_about_a_record(action)):
            place = subject.key(resource, "actions", action.name, "transaction")
            handed = "record" if action.on == "collection" else action.on
            message = f"'{action.name}' is handed the {handed}, which takes a transaction"
            hint = "let it stand at the collection, or leave 'transaction' out"
            yield Diagnostic("contradiction", place, message, hint)


def soft_deletions_set_columns(subject: Subject, resource: Resource) -> Found:
    """`soft` sets fields of the record to values that they take."""
    for action in resource.actions:
        for name, value in action.soft:
            yield from set_faults(subject, resource, ("actions", action.name, "soft", name), value, "bad-soft-value")
