"""Which named objects are dataclasses in generated code, and what they are called where they are mentioned.

Hooks answer with objects, and lists of objects are lists of them. A single value of type `object` stays a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.members import object_of
from generator.model import Field, Model, Resource

SHARED = "shared"  # what modules call `generated.inputs._shared`


@dataclass(frozen=True, slots=True)
class Classes:
    """The names of objects that have a class: those of the resource, and those that are shared."""

    own: tuple[str, ...]
    shared: frozenset[str]


def classes_of(model: Model, resource: Resource) -> Classes:
    """Those that the operations of a resource need, with those that stand in lists within them."""
    needed: set[str] = set()
    waiting = list(_named(resource))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _listed(object_of(model, resource, name))
    own = tuple(name for name in resource.objects if name in needed)
    return Classes(own, frozenset(needed.difference(own)))


def item_class(resource: Resource | None, field: Field, module: str = "") -> str | None:
    """The class of what a list of objects holds, as it is called in the resource's own module of inputs.

    Elsewhere that module is called `module`. The shared module is nobody's: there all are at hand.
    """
    if field.type != "objects":
        return None
    if resource is None:
        return str(field.object)
    return _dotted(module if field.object in resource.objects else SHARED, str(field.object))


def _dotted(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name


def _named(resource: Resource) -> Iterator[str]:
    for action in resource.actions:
        yield from (result.object for result in action.returns if result.object)
        yield from _listed(item.field for item in action.input.items) if action.input else ()
        fields = [part.fields for part in action.returns] + [part.fields for part in action.errors]
        yield from (name for each in fields for name in _listed(each))


def _listed(fields: Iterable[Field]) -> Iterator[str]:
    return (str(field.object) for field in fields if field.type == "objects")
