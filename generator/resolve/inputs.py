"""Inputs: members of the resource by name, perhaps narrowed, and fields of an input's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from generator.model import BelongsTo, Field, Input, InputItem, Place
from generator.resolve.draft import Draft, World
from generator.resolve.fields import field, limit, value
from generator.resolve.said import entries, flag, items, number, pairs, said, text, texts
from generator.specs.nodes import ListNode, MapNode, Node, ScalarNode

T = TypeVar("T")


def named_inputs(world: World, draft: Draft) -> tuple[Input, ...]:
    """Those that actions use by name."""
    return tuple(body(world, draft, node, key.place, key.text) for key, node in entries(draft.node, "inputs"))


def input_of(world: World, draft: Draft, named: Mapping[str, Input], node: Node | None) -> Input | None:
    """What an action takes. A name that does not exist is None here; the rules tell."""
    if node is None:
        return None
    if isinstance(node, ScalarNode):
        return named.get(node.text)
    return body(world, draft, node, node.place, None)


def body(world: World, draft: Draft, node: Node, place: Place, name: str | None) -> Input:
    """A list of members, or a mapping of definitions."""
    if isinstance(node, ListNode):
        found = (_item(world, draft, each) for each in node.items)
        return Input(tuple(item for item in found if item), place, name)
    own = (field(key.text, key.place, value, world.enums) for key, value in pairs(node))
    return Input(tuple(InputItem(each.name, each, each.place) for each in own), place, name)


def _item(world: World, draft: Draft, node: Node) -> InputItem | None:
    if isinstance(node, ScalarNode):
        return _member(draft, node, None)
    key, narrowing = next(pairs(node))
    if text(narrowing, "type"):
        own = field(key.text, key.place, narrowing, world.enums)
        return InputItem(key.text, own, key.place)
    return _member(draft, key, narrowing)


def _member(draft: Draft, name: ScalarNode, narrowing: Node | None) -> InputItem | None:
    """A member of the resource; None for a name that is none, which the rules tell."""
    found = draft.fields.get(name.text) or draft.belongs_to.get(name.text)
    if found is None:
        return None
    whole = found if isinstance(found, Field) else reference(found)
    return InputItem(
        name=name.text,
        field=narrowed(whole, narrowing) if isinstance(narrowing, MapNode) else whole,
        place=name.place,
        source=name.text,
        policy=text(narrowing, "policy"),
    )


def reference(relation: BelongsTo) -> Field:
    """A belongs_to as a member of an input. Where it may not be null there is no default: it must be sent."""
    return Field(
        name=relation.name,
        type="reference",
        place=relation.place,
        description=relation.description,
        required=relation.required or not relation.nullable,
        nullable=relation.nullable,
        object=relation.target,
    )


def narrowed(whole: Field, node: MapNode) -> Field:
    """The definition with what the input demands beyond it. What is required here may not be null either."""
    required = flag(node, "required", whole.required)
    nullable = flag(node, "nullable", whole.nullable and not flag(node, "required"))
    has_default = "default" in node.entries or (whole.has_default and not required)
    values = texts(node, "values")
    low, high = limit(whole.type, said(node, "min")), limit(whole.type, said(node, "max"))
    return replace(
        whole,
        description=text(node, "description") or whole.description,
        required=required and "default" not in node.entries,
        nullable=nullable,
        has_default=has_default,
        default=value(whole.type, said(node, "default"), whole.places) if "default" in node.entries else whole.default,
        min=whole.min if low is None else low,
        max=whole.max if high is None else high,
        min_length=_or(number(node, "min_length"), whole.min_length),
        max_length=_or(number(node, "max_length"), whole.max_length),
        max_items=_or(number(node, "max_items"), whole.max_items),
        pattern=text(node, "pattern") or whole.pattern,
        values=values or whole.values,
        enum=None if values else whole.enum,
        deprecated=flag(node, "deprecated", whole.deprecated),
        examples=tuple(value(whole.type, each, whole.places) for each in items(said(node, "examples")))
        or whole.examples,
    )


def _or(said_here: T | None, otherwise: T | None) -> T | None:
    return otherwise if said_here is None else said_here
