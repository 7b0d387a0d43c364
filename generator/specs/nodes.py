"""A spec as it was written: scalars, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Place

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value. `text` is what stands in the file, `value` what it means."""

    text: str
    value: Plain
    place: Place


@dataclass(frozen=True, slots=True)
class ListNode:
    """Items in order."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """Entries by key, in order."""

    entries: dict[str, Entry]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of `key`."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[tuple[ScalarNode, Node]]:
        return ((entry.key, entry.value) for entry in self.entries.values())


Node = ScalarNode | ListNode | MapNode
Step = str | int


def plain(node: Node) -> object:
    """The node as plain data, as JSON would have it."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node}


def child(node: Node, step: Step) -> Node | None:
    """The value one step further in."""
    if isinstance(node, MapNode):
        return node.get(str(step))
    if isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def place_of(node: Node, *path: Step) -> Place:
    """Where the value at the end of `path` stands; where the path breaks off, the last place that there is."""
    here: Node = node
    for step in path:
        further = child(here, step)
        if further is None:
            return here.place
        here = further
    return here.place


def key_place(node: Node, *path: Step) -> Place:
    """Where the key at the end of `path` stands, or as much of the path as there is."""
    here, place = node, node.place
    for step in path:
        if isinstance(here, MapNode) and str(step) in here.entries:
            place = here.entries[str(step)].key.place
        further = child(here, step)
        if further is None:
            return place
        if isinstance(here, ListNode):
            place = further.place
        here = further
    return place
