"""Actions: kinds, methods, paths, inputs, results; all that a spec leaves to custom is filled in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from generator.model import Action, ActionKind, DeclaredError, Field, Input, Mount, Result
from generator.resolve import machines, urls
from generator.resolve.draft import Draft, World
from generator.resolve.fields import fields, fields_under
from generator.resolve.files import files
from generator.resolve.inputs import input_of
from generator.resolve.said import entries, flag, number, pairs, said, text, texts
from generator.resolve.words import summary
from generator.specs.nodes import MapNode, Node, ScalarNode, plain

STANDARD: Mapping[str, ActionKind] = {
    "list": "list",
    "create": "create",
    "retrieve": "retrieve",
    "update": "update",
    "delete": "delete",
}
MOUNTS: Mapping[ActionKind, Mount] = {"list": "collection", "create": "collection"}
METHODS: Mapping[ActionKind, tuple[str, ...]] = {
    "list": ("GET",),
    "retrieve": ("GET",),
    "create": ("POST",),
    "update": ("PATCH", "PUT"),
    "delete": ("DELETE",),
    "transition": ("POST",),
    "action": ("POST",),
}
STATUSES: Mapping[ActionKind, int] = {"create": 201, "delete": 204}


def actions(world: World, draft: Draft, inputs: Mapping[str, Input]) -> tuple[Action, ...]:
    """The resource's actions."""
    return tuple(action(world, draft, key, value, inputs) for key, value in entries(draft.node, "actions"))


def action(world: World, draft: Draft, key: ScalarNode, node: Node, inputs: Mapping[str, Input]) -> Action:
    """One action, complete."""
    kind = cast("ActionKind", text(node, "kind") or STANDARD.get(key.text, "action"))
    # A hook under a standard name stands where that stands: only what is done there is custom.
    place = STANDARD.get(key.text, kind) if kind == "action" else kind
    mount = cast("Mount", text(node, "on") or MOUNTS.get(place, "item"))
    url = _url(world, draft, key.text, place, mount, text(node, "path"))
    responds = said(node, "responds")
    transition = _transition(draft, key.text, node) if kind == "transition" else None
    return Action(
        name=key.text,
        kind=kind,
        on=mount,
        methods=_methods(node, place),
        url=url.text,
        parameters=url.parameters,
        policy=text(node, "policy") or "",
        place=key.place,
        summary=text(node, "summary")
        or summary(draft.name, draft.path, key.text, kind, single=draft.singleton is not None),
        description=text(node, "description") or "",
        of=text(node, "of"),
        scope=world.findings.expression(node, "scope"),
        input=_moving(world, draft, transition) if kind == "transition" else _input(world, draft, inputs, node),
        form=flag(node, "form") or said(node, "files") is not None,
        returns=() if responds else _results(world, draft, node, kind, key),
        responds=_constants(node, "responds"),
        errors=_errors(world, node),
        tracks=text(node, "tracks"),
        soft=_soft(draft, node),
        location=flag(node, "location", True),
        transaction=flag(node, "transaction", True),
        idempotency=flag(node, "idempotency"),
        deprecated=flag(node, "deprecated"),
        when=text(node, "when"),
        effect=text(node, "effect"),
        transition=transition,
        moves=texts(node, "transitions"),
        files=files(world, draft, node),
        storage=flag(node, "storage"),
        storage_off=_constants(node, "storage_off"),
    )


def _input(world: World, draft: Draft, inputs: Mapping[str, Input], node: Node) -> Input | None:
    """A form that brings nothing but files has an input too, without members."""
    given = said(node, "input")
    brings = said(node, "files")
    if given is None and brings is not None:
        return Input((), brings.place)
    return input_of(world, draft, inputs, given)


def _constants(node: Node, key: str) -> Mapping[str, object] | None:
    found = said(node, key)
    return cast("Mapping[str, object]", plain(found)) if found else None


def _transition(draft: Draft, name: str, node: Node) -> str | None:
    """The one that is said, else the one of the action's own name; None where the body says the state."""
    known = {key.text for key, _ in entries(said(draft.node, "state_machine"), "transitions")}
    return text(node, "transition") or (name if name in known else None)


def _moving(world: World, draft: Draft, transition: str | None) -> Input | None:
    """The body of a transition: what it demands, or the state to move to."""
    if transition is None:
        return machines.state_input(draft.state) if draft.state else None
    ways = {key.text: each for key, each in entries(said(draft.node, "state_machine"), "transitions")}
    return machines.taken(world, draft, ways[transition]) if transition in ways else None


def _methods(node: Node, kind: ActionKind) -> tuple[str, ...]:
    method = text(node, "method")
    return (method,) if method else texts(node, "methods") or METHODS[kind]


def _url(world: World, draft: Draft, name: str, kind: ActionKind, mount: Mount, path: str | None) -> urls.Url:
    if path is not None and path.startswith("/"):
        return urls.absolute(world, draft, path, looks_up=mount == "item")
    below = ("" if STANDARD.get(name) == kind else name) if path is None else path
    return _mounted(world, draft, mount).then(below)


def _mounted(world: World, draft: Draft, mount: Mount) -> urls.Url:
    if mount == "collection":
        return urls.collection(world, draft)
    parent = urls.parent_of(world, draft) if mount == "parent" else None
    return urls.item(world, parent or draft)


# --- results ----------------------------------------------------------------------------------


def _results(world: World, draft: Draft, node: Node, kind: ActionKind, key: ScalarNode) -> tuple[Result, ...]:
    returns = said(node, "returns")
    if isinstance(returns, MapNode):
        return tuple(_result(world, draft, int(status.text), value) for status, value in pairs(returns))
    if returns is None:
        return (Result(201 if kind == "create" else 204, key.place),)
    return (_result(world, draft, STATUSES.get(kind, 200), returns),)


def _result(world: World, draft: Draft, status: int, node: Node) -> Result:
    """Objects are called in PascalCase, representations are not; `Book.full` is one of another resource."""
    if isinstance(node, MapNode):
        members = (_member(draft, each) for each in fields(node, world.enums))
        return Result(status, node.place, fields=tuple(members))
    if not isinstance(node, ScalarNode) or node.value is None:
        return Result(status, node.place)
    if "." in node.text:
        owner, _, shape = node.text.partition(".")
        return Result(status, node.place, representation=shape, of=owner)
    if node.text[:1].isupper():
        return Result(status, node.place, object=node.text)
    return Result(status, node.place, representation=node.text)


def _member(draft: Draft, field: Field) -> Field:
    """A member of an answer: records say whose they are, states are values of the machine's field."""
    if field.record is not None and "." not in field.record:
        return replace(field, record=f"{draft.name}.{field.record}")
    if field.state is not None and draft.state is not None:
        return replace(field, type="enum", enum=draft.state.enum, values=draft.state.values)
    return field


def _errors(world: World, node: Node) -> tuple[DeclaredError, ...]:
    return tuple(
        DeclaredError(
            code=key.text,
            status=number(error, "status") or 0,
            message=text(error, "message") or "",
            place=key.place,
            fields=fields_under(error, "fields", world.enums),
        )
        for key, error in entries(node, "errors")
    )


def _soft(draft: Draft, node: Node) -> tuple[tuple[str, object], ...]:
    return tuple((key.text, machines.stored(draft, key.text, each)) for key, each in entries(node, "soft"))
