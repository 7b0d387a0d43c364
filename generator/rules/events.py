"""Events: what they raise is there, and is a counter."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.model import Event, HasMany, Place, Resource
from generator.rules.subject import Found, Subject, said_at, unknown
from generator.specs.nodes import ListNode, ScalarNode


def events_count_counters(subject: Subject, resource: Resource) -> Found:
    """What an event raises is a counter of the resource, or of those that belong to its record."""
    for event in resource.events:
        for name, place in _counted(subject, resource, event):
            first, _, rest = name.rpartition(".")
            relation = {each.name: each for each in resource.has_many}.get(first)
            if not first:
                yield from _is_counter(resource, rest, place)
            elif relation is None:
                relations = [each.name for each in resource.has_many]
                yield unknown("unknown-relation", place, first, f"a has_many of {resource.name}", relations)
            else:
                yield from _is_theirs(subject, relation, rest, place)


def _counted(subject: Subject, resource: Resource, event: Event) -> Iterator[tuple[str, Place]]:
    node = said_at(subject, resource, "events", event.name, "counts")
    for item in node.items if isinstance(node, ListNode) else [node]:
        if isinstance(item, ScalarNode):
            yield item.text, item.place


def _is_theirs(subject: Subject, relation: HasMany, name: str, place: Place) -> Found:
    target = subject.model.by_name.get(relation.target)
    if target is not None:
        yield from _is_counter(target, name, place)


def _is_counter(resource: Resource, name: str, place: Place) -> Found:
    field = next((each for each in resource.fields if each.name == name), None)
    if field is None:
        counters = [each.name for each in resource.fields if each.type == "counter"]
        yield unknown("unknown-field", place, name, f"a counter of {resource.name}", counters)
    elif field.type != "counter":
        yield Diagnostic("not-a-counter", place, f"'{name}' is no counter", "give it 'type: counter'")
