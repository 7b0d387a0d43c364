"""Inputs: members that there are, that clients may send, narrowed and not widened; and nothing needed is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic
from generator.model import Action, BelongsTo, Field, Resource
from generator.resolve.fields import limit
from generator.resolve.inputs import narrowed, reference
from generator.resolve.said import said, text, texts
from generator.rules.fields import LIMITS
from generator.rules.subject import Found, Subject, is_automatic, policies_known_to, unknown
from generator.rules.values import problem
from generator.specs.nodes import ListNode, MapNode, Node, ScalarNode, Step
from runtime.fieldtypes import FIELD_TYPES


@dataclass(frozen=True, slots=True)
class Sent:
    """One item of an input's list: a name, and what is narrowed."""

    name: ScalarNode
    narrowing: Node | None
    path: tuple[Step, ...]


def _lists(subject: Subject, resource: Resource) -> Iterator[tuple[tuple[Step, ...], ListNode]]:
    paths: list[tuple[Step, ...]] = [("inputs", str(each.name)) for each in resource.inputs]
    paths += [("actions", each.name, "input") for each in resource.actions]
    machine = resource.machine
    paths += (
        [("state_machine", "transitions", each.name, "requires") for each in machine.transitions] if machine else []
    )
    for path in paths:
        node = subject.node(resource, *path)
        if isinstance(node, ListNode):
            yield path, node


def _sent(subject: Subject, resource: Resource) -> Iterator[Sent]:
    for path, node in _lists(subject, resource):
        for index, item in enumerate(node.items):
            if isinstance(item, ScalarNode):
                yield Sent(item, None, (*path, index))
            elif isinstance(item, MapNode):
                key, narrowing = next(iter(item))
                yield Sent(key, narrowing, (*path, index, key.text))


def inputs_take_what_there_is(subject: Subject, resource: Resource) -> Found:
    """Names are fields or belongs_to of the resource, and none that the server sets."""
    columns = subject.columns(resource)
    for sent in _sent(subject, resource):
        if text(sent.narrowing, "type"):
            continue
        found = columns.get(sent.name.text)
        if found is None:
            what = f"a field of {resource.name}"
            yield unknown("unknown-field", sent.name.place, sent.name.text, what, columns)
        elif _set_by_server(resource, found):
            message = f"'{found.name}' is set by the server: no client sends it"
            yield Diagnostic("automatic-input", sent.name.place, message, "leave it out")


def _set_by_server(resource: Resource, found: Field | BelongsTo) -> bool:
    """What the server makes: the state, which only transitions change, and numbers that hooks keep, among it."""
    if isinstance(found, BelongsTo):
        return found.set_to_actor or found.name == resource.accompanies
    kept = {each.name for each in resource.metrics} | ({resource.machine.field} if resource.machine else set())
    return is_automatic(found) or found.name in kept or _stored_with_files(resource, found)


def inputs_take_each_once(subject: Subject, resource: Resource) -> Found:
    """A body has each member once."""
    for _, node in _lists(subject, resource):
        seen: set[str] = set()
        for item in node.items:
            name = item if isinstance(item, ScalarNode) else next(iter(item))[0] if isinstance(item, MapNode) else None
            if name is not None and name.text in seen:
                yield Diagnostic("duplicate-item", name.place, f"'{name.text}' is taken twice")
            seen.add(name.text if name else "")


def inputs_narrow(subject: Subject, resource: Resource) -> Found:
    """What an input demands beyond a field's definition lies within it."""
    columns = subject.columns(resource)
    for sent in _sent(subject, resource):
        found = columns.get(sent.name.text)
        if found is None or not isinstance(sent.narrowing, MapNode) or text(sent.narrowing, "type"):
            continue
        whole = found if isinstance(found, Field) else reference(found)
        yield from _narrowing(subject, resource, whole, sent, sent.narrowing)


def _narrowing(subject: Subject, resource: Resource, whole: Field, sent: Sent, node: MapNode) -> Found:
    policy = text(node, "policy")
    known = policies_known_to(subject, resource)
    if policy is not None and policy not in known:
        place = subject.at(resource, *sent.path, "policy")
        yield unknown("unknown-policy", place, policy, f"a policy of {resource.name}", known)
    for name in (*LIMITS, "values"):
        if name in node.entries and not _has(whole, name):
            message = f"'{whole.name}' is of type {whole.type}, which has no '{name}'"
            yield Diagnostic("limit-not-for-type", subject.key(resource, *sent.path, name), message)
    new = [value for value in texts(node, "values") if value not in whole.values]
    if new and whole.values:
        place = subject.at(resource, *sent.path, "values")
        yield unknown("bad-narrowing", place, new[0], f"a value of '{whole.name}'", whole.values)
    for key, wider in _wider(whole, node):
        if wider:
            message = f"'{whole.name}' would take more here than the field holds"
            yield Diagnostic("bad-narrowing", subject.at(resource, *sent.path, key), message)
    result = narrowed(whole, node)
    wrong = problem(result, result.default) if "default" in node.entries else None
    if wrong:
        place = subject.at(resource, *sent.path, "default")
        yield Diagnostic("bad-default", place, f"this default is not a value of '{whole.name}': {wrong}")


def _has(whole: Field, name: str) -> bool:
    if name == "values":
        return whole.type == "enum"
    kind = FIELD_TYPES.get(whole.type)
    return kind is not None and name in kind.limits


def _wider(whole: Field, node: MapNode) -> Iterator[tuple[str, bool]]:
    """A limit that the field itself would refuse, a null that it does not hold."""
    bare = replace(whole, pattern=None, nullable=False)
    for key in ("min", "max"):
        here = limit(whole.type, said(node, key))
        if here is not None and whole.type in ("integer", "money", "decimal", "date") and _has(whole, key):
            yield key, problem(bare, here) is not None
    for key, wider in (("max_length", _longer), ("max_items", _longer), ("min_length", _shorter)):
        yield key, wider(getattr(whole, key), said(node, key))
    nullable = said(node, "nullable")
    yield "nullable", isinstance(nullable, ScalarNode) and nullable.value is True and not whole.nullable


def _longer(limit_: int | None, node: Node | None) -> bool:
    value = node.value if isinstance(node, ScalarNode) else None
    return limit_ is not None and isinstance(value, int) and value > limit_


def _shorter(limit_: int | None, node: Node | None) -> bool:
    value = node.value if isinstance(node, ScalarNode) else None
    return limit_ is not None and isinstance(value, int) and value < limit_


def creations_are_complete(subject: Subject, resource: Resource) -> Found:
    """A creation must be able to give every column that cannot do without."""
    for action in resource.actions:
        if action.kind != "create":
            continue
        if action.input is None and subject.node(resource, "actions", action.name, "input") is not None:
            continue
        given = {each.source for each in action.input.items} if action.input else set()
        given |= _brought(resource, action)
        for name in needed(resource):
            if name not in given:
                place = subject.key(resource, "actions", action.name)
                message = f"'{action.name}' cannot create: '{name}' is needed, and its input does not take it"
                yield Diagnostic(
                    "create-incomplete", place, message, f"add '{name}' to its input, or give it a default"
                )


def needed(resource: Resource) -> Iterator[str]:
    """The columns that must be given when a record is made."""
    for field in resource.fields:
        if not (is_automatic(field) or field.nullable or field.has_default) or (
            field.type == "file" and field.required
        ):
            yield field.name
    for relation in resource.belongs_to:
        if not (relation.nullable or relation.set_to_actor or relation.name == resource.parent):
            yield relation.name


def changes_leave_what_is_immutable(subject: Subject, resource: Resource) -> Found:
    """An immutable field is only set on creation."""
    fixed = {each.name for each in resource.fields if each.immutable and each.type != "slug"}
    for action in resource.actions:
        if action.kind not in ("update", "transition") or action.input is None:
            continue
        for item in action.input.items:
            if item.source in fixed:
                message = f"'{item.name}' is immutable: '{action.name}' cannot change it"
                yield Diagnostic("immutable-input", item.place, message, "leave it out of this input")


def actions_use_known_inputs(subject: Subject, resource: Resource) -> Found:
    """An input used by name is declared under `inputs`."""
    known = [str(each.name) for each in resource.inputs]
    for action in resource.actions:
        node = subject.node(resource, "actions", action.name, "input")
        if isinstance(node, ScalarNode) and node.value is not None and node.text not in known:
            yield unknown("unknown-input", node.place, node.text, f"an input of {resource.name}", known)


def _brought(resource: Resource, action: Action) -> set[str]:
    """The columns that the files of an action fill."""
    into = {part.into for part in action.files if part.required}
    return {name for each in resource.attachments if each.name in into for name in each.columns}


def _stored_with_files(resource: Resource, found: Field | BelongsTo) -> bool:
    """Whether a column is set together with a file, so that no client sends it."""
    return any(found.name in each.columns for each in resource.attachments)
