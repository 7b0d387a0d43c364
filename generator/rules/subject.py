"""What the rules judge: the model, and the nodes that it was made of, which know where everything was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Related
from generator.expressions.scope import Member, far_resource, members
from generator.members import repeats
from generator.model import Action, BelongsTo, Field, HasMany, Model, Place, Resource
from generator.nearest import did_you_mean
from generator.resolve.said import items, said
from generator.specs.nodes import MapNode, Node, ScalarNode, Step, child, key_place, place_of
from runtime.fieldtypes import FIELD_TYPES

SHARED = "_shared"
BUILT_IN_POLICIES = ("public", "authenticated")

Found = Iterator[Diagnostic]
ResourceRule = Callable[["Subject", Resource], Found]
ApiRule = Callable[["Subject"], Found]


@dataclass(frozen=True, slots=True)
class Subject:
    """The model with its nodes (by stem, mixins merged in; the shared spec's under `_shared`)."""

    model: Model
    nodes: Mapping[str, MapNode]
    by_resource: Mapping[str, Mapping[str, Member]]

    @staticmethod
    def of(model: Model, nodes: Mapping[str, MapNode]) -> Subject:
        """With the members of every resource at hand by name."""
        named = {each.name: {member.name: member for member in members(each)} for each in model.resources}
        return Subject(model, nodes, named)

    def members(self, resource: Resource) -> Mapping[str, Member]:
        """Fields, relations, computed values and aggregates by name."""
        return self.by_resource[resource.name]

    def columns(self, resource: Resource) -> Mapping[str, Field | BelongsTo]:
        """What is stored: fields and belongs_to."""
        columns: list[Field | BelongsTo] = [*resource.fields, *resource.belongs_to]
        return {each.name: each for each in columns}

    def node(self, resource: Resource, *path: Step) -> Node | None:
        """What was said at the end of `path`."""
        here: Node | None = self.nodes[resource.stem]
        for step in path:
            here = child(here, step) if here is not None else None
        return here

    def at(self, resource: Resource, *path: Step) -> Place:
        """Where the value at the end of `path` stands, or as much of the path as was said."""
        return place_of(self.nodes[resource.stem], *path)

    def key(self, resource: Resource, *path: Step) -> Place:
        """Where the key at the end of `path` stands."""
        return key_place(self.nodes[resource.stem], *path)

    def far(self, resource: Resource, path: Iterable[str]) -> Resource | None:
        """Where a way over relations ends."""
        return far_resource(self.model, resource, path)

    def listed(self, resource: Resource, action: Action) -> Resource:
        """The resource whose records an action is about: of a list with `of`, those at the other end."""
        return (self.far(resource, (action.of,)) if action.of else None) or resource


def unknown(code: str, place: Place, name: str, what: str, known: Iterable[str]) -> Diagnostic:
    """A name that is none, with the nearest one that is."""
    return Diagnostic(code, place, f"'{name}' is not {what}", did_you_mean(name, known))


def clash(code: str, place: Place, message: str, first: Place, hint: str | None = None) -> Diagnostic:
    """Two things that cannot both be; the second is pointed at, the first told beside."""
    return Diagnostic(code, place, message, hint, (Related(first, "the other one"),))


def named(resource: Resource, subject: Subject, *path: Step) -> Iterator[tuple[str, Place]]:
    """The names of a list, each with its place; a leading minus is passed over."""
    for item in items(said_at(subject, resource, *path)):
        if isinstance(item, ScalarNode):
            minus = item.text.startswith("-")
            place = item.place
            yield item.text.removeprefix("-"), Place(place.file, place.line, place.column + minus, place.length - minus)


def said_at(subject: Subject, resource: Resource, *path: Step) -> Node | None:
    """What was said at the end of `path`, null counting as nothing."""
    *way, last = path
    return said(subject.node(resource, *way), str(last)) if isinstance(last, str) else subject.node(resource, *path)


def is_automatic(field: Field) -> bool:
    """Whether the server makes the value."""
    kind = FIELD_TYPES.get(field.type)
    return (field.name, field.type) == ("id", "uuid") or (kind is not None and kind.automatic)


def is_to_many(subject: Subject, resource: Resource, path: Iterable[str]) -> bool:
    """Whether a way over relations leads to many records."""
    here: Resource | None = resource
    for name in path:
        relation = subject.members(here).get(name) if here else None
        if isinstance(relation, HasMany):
            return True
        here = subject.model.by_name.get(relation.target) if isinstance(relation, BelongsTo) else None
    return False


def reaches_twice(subject: Subject, resource: Resource, path: Iterable[str]) -> bool:
    """Whether a way over relations may reach a record several times."""
    found: list[BelongsTo | HasMany] = []
    here: Resource | None = resource
    for name in path:
        relation = subject.members(here).get(name) if here else None
        if not isinstance(relation, BelongsTo | HasMany):
            return False
        found.append(relation)
        here = subject.model.by_name.get(relation.target)
    return repeats(found)


def policies_known_to(subject: Subject, resource: Resource) -> list[str]:
    """The names of the policies that a resource can use."""
    return [*BUILT_IN_POLICIES, *(each.name for each in (*subject.model.policies, *resource.policies))]
