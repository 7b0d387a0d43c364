"""Representations: what each shape of a resource shows."""

from __future__ import annotations

from generator.model import Item, Place, Representation
from generator.resolve.derived import aggregate, function_of, relation_sort
from generator.resolve.draft import Draft, World
from generator.resolve.said import dotted, entries, items, number, said, text, texts
from generator.specs.nodes import MapNode, Node, ScalarNode


def representations(world: World, draft: Draft) -> tuple[Representation, ...]:
    """The resource's representations."""
    return tuple(
        Representation(key.text, _items(world, draft, value), key.place)
        for key, value in entries(draft.node, "representations")
    )


def _items(world: World, draft: Draft, node: Node | None) -> tuple[Item, ...]:
    return tuple(_item(world, draft, each) for each in items(node))


def _item(world: World, draft: Draft, node: Node) -> Item:
    if isinstance(node, MapNode):
        key, value = next(iter(node))
        return _detailed(world, draft, key.text, key.place, value)
    name = node.text if isinstance(node, ScalarNode) else ""
    return Item(name, node.place, source=name, path=_own_path(draft, name))


def _own_path(draft: Draft, name: str) -> tuple[str, ...]:
    return (name,) if draft.target(name) else ()


def _detailed(world: World, draft: Draft, name: str, place: Place, value: Node) -> Item:
    if isinstance(value, ScalarNode):
        return _related(world, draft, Item(name, place, name, _own_path(draft, name), value.text))
    if said(value, "self"):
        where = world.findings.expression(value, "where")
        return Item(name, place, shape=text(value, "self"), is_self=True, where=where)
    if said(value, "group"):
        return Item(name, place, items=_items(world, draft, said(value, "group")))
    if function_of(value):
        return Item(name, place, aggregate=aggregate(world, draft, name, place, value))
    key_of = text(value, "key_of")
    if key_of is not None:
        return Item(name, place, key_of, as_key=True)
    shown = text(value, "value")
    if shown is not None:
        return Item(name, place, shown, _own_path(draft, shown))
    path = dotted(value, "of") or (name,)
    where, sort = world.findings.expression(value, "where"), texts(value, "sort")
    item = Item(name, place, path[0], path, text(value, "as"), where, sort, number(value, "limit"))
    return _related(world, draft, item)


def _related(world: World, draft: Draft, item: Item) -> Item:
    """With the order that the relation says, where the item says none."""
    sort = item.sort or relation_sort(world, draft, item.path)
    return Item(item.name, item.place, item.source, item.path, item.shape, item.where, sort, item.limit)
