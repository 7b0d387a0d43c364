"""What an input must obey beside its published schema: rules that no JSON Schema can say.

Breaking one of them is answered with a 400, although the request agrees with the document. Tools that test an API by
its document have to know which members this may happen to; everywhere else such a 400 is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.members import listed_by
from generator.model import Action, Field, Model, Resource

CURSOR = "must come from the Link header of an earlier answer"
REFERENCE = "must be that of a record that exists and that the caller sees"
PICTURE = "must be a picture of a kind that is taken"


def unstated(model: Model, resource: Resource, action: Action) -> dict[str, str]:
    """By member of the input: what must be true of it that its schema does not say."""
    found: dict[str, list[str]] = {}
    for name, rule in _rules(model, resource, action):
        found.setdefault(name, []).append(rule)
    return {name: "; ".join(dict.fromkeys(rules)) for name, rules in found.items()}


def _rules(model: Model, resource: Resource, action: Action) -> Iterator[tuple[str, str]]:
    if action.kind == "list" and listed_by(model, resource, action).pagination.cursor:
        yield "cursor", CURSOR
    for item in action.input.items if action.input else ():
        yield from ((item.name, rule) for rule in _of_field(item.field))
    yield from ((part.name, PICTURE) for part in action.files)
    if action.kind in ("create", "update", "transition"):
        yield from _invariants(resource, action)


def _of_field(field: Field) -> Iterator[str]:
    if field.type == "reference":
        yield REFERENCE
    if field.unique_by:
        yield f"no two of them may have the same {field.unique_by}"


def _invariants(resource: Resource, action: Action) -> Iterator[tuple[str, str]]:
    """Those of members that are sent here; of what is only derived, the row's own guards speak."""
    sent = {item.source or item.name: item.name for item in action.input.items} if action.input else {}
    for each in resource.invariants:
        if each.on in sent:
            yield sent[each.on], f"must leave true: {each.check.text}"
