"""Reading nodes whose shape has been checked: what is said under a key, or what holds when nothing is said."""

from __future__ import annotations

from collections.abc import Iterator

from generator.specs.nodes import ListNode, MapNode, Node, ScalarNode


def said(node: Node | None, key: str) -> Node | None:
    """What stands under `key`; None where nothing does, or null."""
    found = node.get(key) if isinstance(node, MapNode) else None
    return None if isinstance(found, ScalarNode) and found.value is None else found


def text(node: Node | None, key: str) -> str | None:
    """The text under `key`, as it stands in the file."""
    found = said(node, key)
    return found.text if isinstance(found, ScalarNode) else None


def flag(node: Node | None, key: str, default: bool = False) -> bool:
    """The boolean under `key`."""
    found = said(node, key)
    return found.value if isinstance(found, ScalarNode) and isinstance(found.value, bool) else default


def number(node: Node | None, key: str) -> int | None:
    """The integer under `key`."""
    found = said(node, key)
    return found.value if isinstance(found, ScalarNode) and isinstance(found.value, int) else None


def texts(node: Node | None, key: str) -> tuple[str, ...]:
    """The list of texts under `key`."""
    return texts_of(said(node, key))


def texts_of(node: Node | None) -> tuple[str, ...]:
    """A list of texts."""
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(item.text for item in items if isinstance(item, ScalarNode))


def one_or_more(node: Node | None, key: str) -> tuple[str, ...]:
    """The text under `key`, or the list of texts."""
    found = said(node, key)
    return (found.text,) if isinstance(found, ScalarNode) else texts_of(found)


def dotted(node: Node | None, key: str) -> tuple[str, ...]:
    """The parts of the dotted name under `key`."""
    found = text(node, key)
    return tuple(found.split(".")) if found else ()


def entries(node: Node | None, key: str) -> Iterator[tuple[ScalarNode, Node]]:
    """The members of the mapping under `key`."""
    found = said(node, key)
    return iter(found) if isinstance(found, MapNode) else iter(())


def pairs(node: Node | None) -> Iterator[tuple[ScalarNode, Node]]:
    """The members of a mapping."""
    return iter(node) if isinstance(node, MapNode) else iter(())


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list."""
    return node.items if isinstance(node, ListNode) else ()
