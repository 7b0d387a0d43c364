"""What of a faulty spec can still be judged: what the meta-schema refuses is cut out, what hangs on it is not judged.

So one run tells the faults of form and those of meaning, and never one that is only the shadow of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.model import Place
from generator.nearest import nearest
from generator.specs.nodes import Entry, ListNode, MapNode, Node, ScalarNode, child, key_place, place_of
from generator.specs.refusals import Path, Refusal, refusals

MAX_ROUNDS = 20

# Faults that may come from the loss of a whole section, whose names nobody knows any more.
MEMBERS = frozenset({"fields", "relations", "computed", "aggregates", "mixins"})
CONSEQUENCES: Mapping[str, frozenset[str]] = {
    "bad-actor": frozenset({"actor"}),
    "bad-companion": frozenset({"fields", "relations", "identities", "mixins"}),
    "bad-metric": frozenset({"fields", "metrics", "events", "mixins"}),
    "no-actor": frozenset({"actor"}),
    "create-incomplete": frozenset({"inputs"}),
    "unknown-enum": frozenset({"enums"}),
    "unknown-event": frozenset({"events", "mixins"}),
    "unknown-field": MEMBERS,
    "unknown-guard": frozenset({"guards"}),
    "unknown-input": frozenset({"inputs"}),
    "unknown-inverse": frozenset({"relations", "mixins"}),
    "unknown-mixin": frozenset({"mixins"}),
    "unknown-name": MEMBERS,
    "unknown-object": frozenset({"objects"}),
    "unknown-policy": frozenset({"policies", "mixins"}),
    "unknown-relation": frozenset({"relations", "mixins"}),
    "unknown-representation": frozenset({"representations"}),
    "unknown-state": frozenset({"enums", "fields"}),
    "unknown-transition": frozenset({"state_machine"}),
}

# What the rest of an action is judged by.
PIVOTS = frozenset({"kind", "of", "on"})

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class Lost:
    """The names that stood in what was cut out, the sections that are gone, and where what lost a part begins."""

    names: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    holes: set[tuple[str, int, int]] = field(default_factory=set)

    def add_text(self, text: str) -> None:
        """A whole file could not be read: any word of it may be what is missed elsewhere."""
        self.names.update(WORD.findall(text))

    def add(self, node: Node) -> None:
        """A node is cut out."""
        for word in _words(node):
            self.add_text(word)

    def shadows(self, fault: Diagnostic) -> bool:
        """Whether a fault of meaning may come only from what was cut out."""
        if position(fault.place) in self.holes or self.sections & CONSEQUENCES.get(fault.code, frozenset()):
            return True
        quoted = re.findall(r"'([^']*)'", fault.message)
        return any(name in self.names for text in quoted for name in WORD.findall(text))


def position(place: Place) -> tuple[str, int, int]:
    """What tells two places apart."""
    return place.file, place.line, place.column


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, ScalarNode):
        yield node.text
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _words(item)
    else:
        for key, value in node:
            yield key.text
            yield from _words(value)


def salvaged(node: Node, kind: str, lost: Lost) -> MapNode | None:
    """The spec without what the meta-schema refuses; None where nothing can be kept."""
    for _ in range(MAX_ROUNDS):
        found = [each for each in refusals(node, kind) if not _is_bearable(each)]
        if not found:
            return node if isinstance(node, MapNode) else None
        for refusal in found:
            lost.names.update(_meant(refusal))
            lost.sections.update(_meant(refusal) if not refusal.path else ())
        paths = sorted({path for refusal in found for path in _refused(refusal)}, key=_depth_first, reverse=True)
        for path in paths:
            if not path:
                lost.add(node)
                return None
            lost.sections |= {str(path[0])} if len(path) == 1 else set()
            lost.holes.update(position(place) for place in (key_place(node, *path[:-1]), place_of(node, *path[:-1])))
            node = _without(node, path, lost)
    lost.add(node)
    return None


def _is_bearable(refusal: Refusal) -> bool:
    """An action whose policy is missing or misspelt can be judged as to all the rest."""
    return refusal.keyword == "required" and refusal.title == "action"


def _breaks_an_action(refusal: Refusal) -> bool:
    """Whether an action lost what the rest of it is judged by."""
    match refusal.path:
        case ("actions", _):
            return not PIVOTS.isdisjoint(_meant(refusal))
        case ("actions", _, key, *_):
            return key in PIVOTS
    return False


def _meant(refusal: Refusal) -> Iterator[str]:
    """The keys that unknown ones were probably meant to be: they are missed now."""
    if refusal.keyword == "additionalProperties":
        yield from (meant for key in refusal.unknown if (meant := nearest(key, refusal.known)))


def _refused(refusal: Refusal) -> Iterable[Path]:
    if _breaks_an_action(refusal):
        return [refusal.path[:2]]
    if refusal.keyword == "additionalProperties":
        return [(*refusal.path, key) for key in refusal.unknown]
    if refusal.in_keys:
        return [(*refusal.path, str(refusal.instance))]
    return [refusal.path]


def _depth_first(path: Path) -> tuple[int, tuple[str, ...]]:
    """Inner before outer, and of a list's items the last first, so that what is still to be cut stays where it is."""
    return len(path), tuple(f"{step:09}" if isinstance(step, int) else step for step in path)


def _without(node: Node, path: Path, lost: Lost) -> Node:
    step, *rest = path
    inner = child(node, step)
    if inner is None:
        return node
    if not rest:
        lost.add(inner)
        if isinstance(step, str):
            lost.names.add(step)
    kept = _without(inner, tuple(rest), lost) if rest else None
    if isinstance(node, MapNode):
        return MapNode(_entries(node, str(step), kept), node.place)
    if isinstance(node, ListNode) and isinstance(step, int):
        before, after = node.items[:step], node.items[step + 1 :]
        return ListNode((*before, *([kept] if kept else []), *after), node.place)
    return node


def _entries(node: MapNode, key: str, value: Node | None) -> dict[str, Entry]:
    entries = dict(node.entries)
    if value is None:
        del entries[key]
    else:
        entries[key] = Entry(entries[key].key, value)
    return entries
