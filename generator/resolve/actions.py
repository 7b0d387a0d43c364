"""Actions: kinds, methods, paths, inputs, results; all that a spec leaves to custom is filled in here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from generator.model import Action, ActionKind, DeclaredError, Input, Mount, Result
from generator.resolve import urls
from generator.resolve.draft import Draft, World
from generator.resolve.fields import fields, fields_under, value
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
    "action": ("POST",),
}
STATUSES: Mapping[ActionKind, int] = {"create": 201, "delete": 204}


def actions(world: World, draft: Draft, inputs: Mapping[str, Input]) -> tuple[Action, ...]:
    """The resource's actions."""
    return tuple(action(world, draft, key, value, inputs) for key, value in entries(draft.node, "actions"))


def action(world: World, draft: Draft, key: ScalarNode, node: Node, inputs: Mapping[str, Input]) -> Action:
    """One action, complete."""
    kind = cast("ActionKind", text(node, "kind") or STANDARD.get(key.text, "action"))
    mount = cast("Mount", text(node, "on") or MOUNTS.get(kind, "item"))
    url = _url(world, draft, key.text, kind, mount, text(node, "path"))
    responds = said(node, "responds")
    return Action(
        name=key.text,
        kind=kind,
        on=mount,
        methods=_methods(node, kind),
        url=url.text,
        parameters=url.parameters,
        policy=text(node, "policy") or "",
        place=key.place,
        summary=text(node, "summary") or summary(draft.name, draft.path, key.text, kind),
        description=text(node, "description") or "",
        of=text(node, "of"),
        scope=world.findings.expression(node, "scope"),
        input=input_of(world, draft, inputs, said(node, "input")),
        form=flag(node, "form"),
        returns=() if responds else _results(world, node, kind, key),
        responds=cast("Mapping[str, object]", plain(responds)) if responds else None,
        errors=_errors(world, node),
        tracks=text(node, "tracks"),
        soft=_soft(draft, node),
        location=flag(node, "location", True),
        transaction=flag(node, "transaction", True),
        idempotency=flag(node, "idempotency"),
        deprecated=flag(node, "deprecated"),
    )


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


def _results(world: World, node: Node, kind: ActionKind, key: ScalarNode) -> tuple[Result, ...]:
    returns = said(node, "returns")
    if isinstance(returns, MapNode):
        return tuple(_result(world, int(status.text), value) for status, value in pairs(returns))
    if returns is None:
        return (Result(201 if kind == "create" else 204, key.place),)
    return (_result(world, STATUSES.get(kind, 200), returns),)


def _result(world: World, status: int, node: Node) -> Result:
    """Objects are called in PascalCase, representations are not."""
    if isinstance(node, MapNode):
        return Result(status, node.place, fields=fields(node, world.enums))
    if not isinstance(node, ScalarNode) or node.value is None:
        return Result(status, node.place)
    if node.text[:1].isupper():
        return Result(status, node.place, object=node.text)
    return Result(status, node.place, representation=node.text)


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
    return tuple((key.text, _stored(draft, key.text, each)) for key, each in entries(node, "soft"))


def _stored(draft: Draft, name: str, node: Node) -> object:
    found = draft.fields.get(name)
    return value(found.type, node, found.places) if found else plain(node)
