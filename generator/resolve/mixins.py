"""Mixins: their parts stand in the resource as if they had been written there, after its own."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Diagnostic, Related
from generator.nearest import did_you_mean, nearest
from generator.resolve.draft import Findings
from generator.resolve.said import items, said
from generator.specs.nodes import Entry, ListNode, MapNode, Node, ScalarNode


def with_mixins(node: MapNode, mixins: Mapping[str, Node], findings: Findings) -> MapNode:
    """The resource's node with the parts of every mixin that it names."""
    for name in items(said(node, "mixins")):
        if not isinstance(name, ScalarNode):
            continue
        mixin = mixins.get(name.text)
        if mixin is None:
            hint = did_you_mean(name.text, mixins)
            findings.add("unknown-mixin", name.place, f"'{name.text}' is not a mixin", hint)
            # What is probably meant is taken, so that what it brings is not missed as well.
            mixin = mixins.get(nearest(name.text, mixins) or "")
        if isinstance(mixin, MapNode):
            node = _merged(node, mixin, name, findings)
    return node


def _merged(node: MapNode, mixin: MapNode, name: ScalarNode, findings: Findings) -> MapNode:
    entries = dict(node.entries)
    for part, entry in mixin.entries.items():
        own = entries.get(part)
        entries[part] = Entry(own.key, _joined(own.value, entry.value, name, findings)) if own else entry
    return MapNode(entries, node.place)


def _joined(own: Node, mixed: Node, name: ScalarNode, findings: Findings) -> Node:
    if isinstance(own, ListNode) and isinstance(mixed, ListNode):
        return ListNode((*own.items, *mixed.items), own.place)
    if not isinstance(own, MapNode) or not isinstance(mixed, MapNode):
        return own
    for key in own.entries.keys() & mixed.entries.keys():
        findings.faults.append(_clash(own.entries[key].key, mixed.entries[key].key, name))
    return MapNode({**own.entries, **{k: v for k, v in mixed.entries.items() if k not in own.entries}}, own.place)


def _clash(own: ScalarNode, mixed: ScalarNode, name: ScalarNode) -> Diagnostic:
    return Diagnostic(
        "duplicate-name",
        own.place,
        f"'{own.text}' comes with the mixin '{name.text}' already",
        "take one of the two away",
        (Related(mixed.place, f"'{mixed.text}' of the mixin"),),
    )
