"""Model → `manifest.json`: everything that was compiled, as data for tests and other tools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.expressions import Expression
from generator.model import (
    Action,
    Aggregate,
    Attachment,
    BelongsTo,
    Field,
    Filter,
    Input,
    Item,
    Model,
    Resource,
    Result,
    Siblings,
    StateMachine,
    Transition,
)
from generator.permissions import ANSWERS, callers_of, may
from generator.unstated import unstated

Json = dict[str, Any]

# What a field says beside its name and type; shown where it is not what it would be anyway.
FIELD_MEMBERS = (
    *("required", "nullable", "unique", "unique_code", "index", "immutable", "sensitive", "deprecated"),
    *("min", "max", "min_length", "max_length", "min_items", "max_items", "pattern", "trim", "places"),
    *("enum", "values", "slug_from", "slug_suffix", "object", "unique_by"),
)


def manifest(model: Model) -> Json:
    """The whole API."""
    return {
        "api": {"title": model.api.title, "version": model.api.version, "base": model.api.base},
        "actor": model.actor and {"resource": model.actor.resource, "active": model.actor.active},
        "enums": {enum.name: list(enum.values) for enum in model.enums},
        "policies": {policy.name: policy.expression.text for policy in model.policies},
        "objects": {name: _fields(fields) for name, fields in model.objects.items()},
        "resources": {resource.name: _resource(model, resource) for resource in model.resources},
    }


def _resource(model: Model, resource: Resource) -> Json:
    said = {
        "table": resource.table,
        "lookup": resource.lookup,
        "parent": resource.parent,
        "singleton": resource.singleton,
        "accompanies": resource.accompanies,
        "fields": _fields(resource.fields),
        "belongs_to": {each.name: _belongs_to(each) for each in resource.belongs_to},
        "has_many": {each.name: f"{each.target}.{each.inverse}" for each in resource.has_many},
        "computed": {each.name: each.expression.text for each in resource.computed},
        "aggregates": {each.name: _aggregate(each) for each in resource.aggregates},
        "invariants": {each.name: each.check.text for each in resource.invariants},
        "identities": {each.name: list(each.fields) for each in resource.identities},
        "visible": _text(resource.visible),
        "policies": {each.name: each.expression.text for each in resource.policies},
        "guards": {each.name: {"check": each.check.text, "error": each.error} for each in resource.guards},
        "state_machine": _machine(resource.machine),
        "representations": {each.name: _items(each.items) for each in resource.representations},
        "filters": {each.name: _filter(each) for each in resource.filters},
        "search": list(resource.search),
        "sort": {"fields": list(resource.sort.fields), "default": list(resource.sort.default)},
        "objects": {name: _fields(fields) for name, fields in resource.objects.items()},
        "attachments": {each.name: _attachment(each) for each in resource.attachments},
        "siblings": _siblings(resource.siblings),
        "metrics": {each.name: each.expression.text for each in resource.metrics},
        "events": {each.name: {"counts": list(each.counts)} for each in resource.events},
        "actions": {each.name: _action(model, resource, each) for each in resource.actions},
    }
    return {name: value for name, value in said.items() if value not in ({}, [], None)}


def _attachment(attachment: Attachment) -> Json:
    limits = {name: getattr(attachment, name) for name in ("max_bytes", "max_pixels", "folder")}
    return {"accept": list(attachment.accept)} | limits | {"sets": list(attachment.columns)}


def _siblings(siblings: Siblings | None) -> Json | None:
    if siblings is None:
        return None
    said = {name: getattr(siblings, name) for name in ("of", "most", "error", "primary")}
    return {name: value for name, value in said.items() if value is not None}


def _fields(fields: Iterable[Field]) -> Json:
    return {field.name: _field(field) for field in fields}


def _field(field: Field) -> Json:
    more = {name: getattr(field, name) for name in FIELD_MEMBERS if getattr(field, name) not in (None, False, ())}
    default = {"default": field.default} if field.has_default else {}
    const = {"const": field.const} if field.has_const else {}
    shown = {"record": field.record} if field.record else {"state": field.state} if field.state else {}
    return {"type": field.type} | more | default | const | shown


def _belongs_to(relation: BelongsTo) -> Json:
    flags = ("nullable", "required", "set_to_actor", "acyclic")
    said = {name: True for name in flags if getattr(relation, name)}
    return {"target": relation.target, "inverse": relation.inverse, "on_delete": relation.on_delete} | said


def _aggregate(aggregate: Aggregate) -> Json:
    path = ".".join((*aggregate.path, *([aggregate.value] if aggregate.value else [])))
    where = {"where": aggregate.where.text} if aggregate.where else {}
    return {aggregate.function: path} | where


def _items(items: Iterable[Item]) -> Json:
    return {item.name: _item(item) for item in items}


def _item(item: Item) -> object:
    if item.items:
        return _items(item.items)
    if item.aggregate:
        return _aggregate(item.aggregate)
    return {"as": item.shape} if item.shape else item.source


def _filter(filter: Filter) -> Json:
    said = {
        "where": _text(filter.where),
        "through": filter.through,
        "lookup": list(filter.lookup),
        "descendants": filter.descendants,
        "many": filter.many,
        "separator": filter.separator,
        "any": filter.any,
    }
    return {name: value for name, value in said.items() if value not in (None, False, [])}


def _action(model: Model, resource: Resource, action: Action) -> Json:
    said = {
        "kind": action.kind,
        "on": action.on,
        "methods": list(action.methods),
        "url": action.url,
        "parameters": {each.name: f"{each.resource}.{each.field}" for each in action.parameters},
        "policy": action.policy,
        "allows": {name: ANSWERS[may(model, resource, action.policy, each)] for name, each in callers_of(model)},
        "of": action.of,
        "scope": _text(action.scope),
        "input": _input(action.input),
        "unstated": unstated(model, resource, action),
        "form": action.form or None,
        "files": {each.name: each.into for each in action.files},
        "storage": action.storage or None,
        "storage_off": action.storage_off and dict(action.storage_off),
        "returns": {str(result.status): _result(result) for result in action.returns},
        "responds": action.responds and dict(action.responds),
        "errors": {error.code: error.status for error in action.errors},
        "when": action.when,
        "transition": action.transition,
        "transitions": list(action.moves),
        "effect": action.effect,
        "tracks": action.tracks,
        "soft": dict(action.soft),
        "transaction": None if action.transaction else False,
        "idempotency": action.idempotency or None,
        "deprecated": action.deprecated or None,
        "spec": action.place.short(),
    }
    return {name: value for name, value in said.items() if value not in ({}, [], None)}


def _input(given: Input | None) -> Json:
    return {item.name: _field(item.field) | _policy(item.policy) for item in given.items} if given else {}


def _policy(policy: str | None) -> Json:
    return {"policy": policy} if policy else {}


def _machine(machine: StateMachine | None) -> Json | None:
    if machine is None:
        return None
    transitions = {each.name: _transition(each) for each in machine.transitions}
    said = {"field": machine.field, "initial": machine.initial, "final": list(machine.final)}
    return said | {"transitions": transitions}


def _transition(transition: Transition) -> Json:
    said = {
        "from": list(transition.sources),
        "to": transition.target,
        "by": transition.by,
        "when": transition.when,
        "requires": _input(transition.takes),
        "set": dict(transition.sets),
        "stamps": list(transition.stamps),
        "effects": list(transition.effects),
    }
    return {name: value for name, value in said.items() if value not in ({}, [], None)}


def _result(result: Result) -> object:
    if result.of:
        return f"{result.of}.{result.representation}"
    return result.representation or result.object or (_fields(result.fields) if result.fields else None)


def _text(expression: Expression | None) -> str | None:
    return expression.text if expression else None
