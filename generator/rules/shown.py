"""Representations: every item shows something, nothing secret, and no shape holds itself without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.model import Aggregate, BelongsTo, Field, HasMany, Item, Place, Resource
from generator.rules.behind import fields_shown
from generator.rules.derived import all_items, way_fault
from generator.rules.relations import sorts_by_members
from generator.rules.subject import SHARED, Found, Subject, clash, is_to_many, unknown
from generator.schemas import object_name, schema_name
from generator.specs.nodes import Step, key_place

Shape = tuple[str, str]


def items_show_something(subject: Subject, resource: Resource) -> Found:
    """Every item is a member of the resource, in a form that fits it."""
    for representation in resource.representations:
        for item, path in all_items(representation.items, ("representations", representation.name)):
            yield from _item(subject, resource, item, path)


def _item(subject: Subject, resource: Resource, item: Item, path: tuple[Step, ...]) -> Found:
    if item.items:
        return
    if item.is_self:
        yield from _shape_is_known(subject, resource, resource, item, path)
    elif item.aggregate is not None:
        if item.aggregate.function == "first" and item.aggregate.value is None:
            message = "a 'first' needs a representation: declare it under 'aggregates' and show it by name"
            yield Diagnostic("bad-item", item.place, message)
    else:
        yield from _member(subject, resource, item, path)


def _member(subject: Subject, resource: Resource, item: Item, path: tuple[Step, ...]) -> Found:
    known = subject.members(resource)
    source = known.get(str(item.source))
    if len(item.path) > 1 or isinstance(source, BelongsTo | HasMany):
        yield from _relation(subject, resource, item, path)
    elif source is None:
        place = _source_place(subject, resource, item, path)
        yield unknown("unknown-field", place, str(item.source), f"a field of {resource.name}", known)
    elif isinstance(source, Aggregate) and source.function == "first" and source.value is None:
        yield from _first(subject, resource, source, item, path)
    elif item.as_key and not (isinstance(source, Field) and source.type == "file"):
        place = _source_place(subject, resource, item, path)
        yield Diagnostic("bad-item", place, f"'{item.source}' is no file: only files are kept under a key")
    elif item.shape is not None:
        message = f"'{item.name}' is no relation: it has no representation '{item.shape}'"
        yield Diagnostic("bad-item", item.place, message, "show it by its name alone")
    elif isinstance(source, Field) and source.type == "password":
        place = _source_place(subject, resource, item, path)
        yield Diagnostic("secret-shown", place, f"'{item.source}' is a password: it is never shown")


def _source_place(subject: Subject, resource: Resource, item: Item, path: tuple[Step, ...]) -> Place:
    """Where an item says what it shows: the item itself, unless it is shown under another name."""
    node = subject.node(resource, *path, "value") or subject.node(resource, *path, "key_of")
    return node.place if node is not None else item.place


def _first(subject: Subject, resource: Resource, source: Aggregate, item: Item, path: tuple[Step, ...]) -> Found:
    far = subject.far(resource, source.path)
    if item.shape is None:
        place = _source_place(subject, resource, item, path)
        yield Diagnostic("bad-item", place, f"'{item.source}' is a record: it needs a representation", SHOW_AS)
    elif far is not None:
        yield from _shape_is_known(subject, resource, far, item, path)


SHOW_AS = "show it as '- {name: representation}'"


def _relation(subject: Subject, resource: Resource, item: Item, path: tuple[Step, ...]) -> Found:
    place = subject.at(resource, *path, "of")
    fault = way_fault(subject, resource, item.path, place)
    if fault:
        yield fault
        return
    far = subject.far(resource, item.path)
    many = is_to_many(subject, resource, item.path)
    if item.shape is None:
        if many:
            place = _source_place(subject, resource, item, path)
            yield Diagnostic("bad-item", place, f"'{item.source}' is many records: it needs a representation", SHOW_AS)
    elif far is not None:
        yield from _shape_is_known(subject, resource, far, item, path)
    if not many and (item.where or item.limit or subject.node(resource, *path, "sort") is not None):
        message = f"'{item.name}' is one record: there is nothing to choose, sort or limit"
        yield Diagnostic("bad-item", item.place, message)
    if far is not None:
        yield from sorts_by_members(subject, resource, far, *path, "sort")


def _shape_is_known(subject: Subject, resource: Resource, far: Resource, item: Item, path: tuple[Step, ...]) -> Found:
    known = [each.name for each in far.representations]
    if item.shape not in known:
        key = "self" if item.is_self else "as"
        place = subject.at(resource, *path, key)
        what = f"a representation of {far.name}"
        yield unknown("unknown-representation", place, str(item.shape), what, known)


def items_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """An object has each member once."""
    for representation in resource.representations:
        groups = [representation.items]
        nested = all_items(representation.items, ())
        groups += [item.items for item, _ in nested if item.items]
        for items in groups:
            seen: set[str] = set()
            for item in items:
                if item.name in seen:
                    yield Diagnostic("duplicate-item", item.place, f"'{item.name}' is shown twice")
                seen.add(item.name)


# --- shapes within shapes ---------------------------------------------------------------------


def shapes_end(subject: Subject) -> Found:
    """A shape that leads back to itself has no end, but for a tree: records of one resource below each other."""
    edges = {shape: list(_inner(subject, *shape)) for shape in _shapes(subject)}
    for shape, inner in edges.items():
        for item, far in inner:
            if far == shape and _is_tree(subject, shape, item):
                continue
            if _leads_to(edges, far, shape, subject):
                message = f"'{shape[1]}' of {shape[0]} shows itself again through '{item.name}', without end"
                hint = "choose a smaller representation there"
                yield Diagnostic("representation-cycle", item.place, message, hint)


def _shapes(subject: Subject) -> Iterator[Shape]:
    for resource in subject.model.resources:
        for representation in resource.representations:
            yield resource.name, representation.name


def _inner(subject: Subject, resource_name: str, name: str) -> Iterator[tuple[Item, Shape]]:
    resource = subject.model.by_name[resource_name]
    items = next((each.items for each in resource.representations if each.name == name), ())
    for item, _ in all_items(items, ()):
        far = _far_of(subject, resource, item)
        if item.shape is not None and far is not None:
            yield item, (far.name, item.shape)


def _far_of(subject: Subject, resource: Resource, item: Item) -> Resource | None:
    if item.is_self:
        return resource
    source = subject.members(resource).get(str(item.source))
    way = source.path if isinstance(source, Aggregate) else item.path
    return subject.far(resource, way) if way else None


def _is_tree(subject: Subject, shape: Shape, item: Item) -> bool:
    resource = subject.model.by_name[shape[0]]
    relation = subject.members(resource).get(str(item.source))
    if not isinstance(relation, HasMany) or len(item.path) != 1:
        return False
    return any(each.name == relation.inverse and each.acyclic for each in resource.belongs_to)


def _leads_to(edges: Mapping[Shape, list[tuple[Item, Shape]]], start: Shape, goal: Shape, subject: Subject) -> bool:
    """Whether shapes lead from one to another; a tree's own edge leads nowhere new."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for item, far in edges.get(here, ()):
            if far not in seen and not (far == here and _is_tree(subject, here, item)):
                seen.add(far)
                waiting.append(far)
    return False


def trees_are_shown_whole(subject: Subject, resource: Resource) -> Found:
    """A shape that contains itself is one walk over all rows: through one item of its own, and without a limit."""
    for representation in resource.representations:
        shape = (resource.name, representation.name)
        first: Item | None = None
        for item, path in all_items(representation.items, ("representations", representation.name)):
            itself = item.shape == representation.name and _far_of(subject, resource, item) == resource
            if not itself or not _is_tree(subject, shape, item):
                continue
            if item not in representation.items:
                message = f"'{item.name}' shows the tree's next level within a group, where it cannot stand"
                yield Diagnostic("bad-item", item.place, message, "show it beside the group")
            elif first is not None:
                message = f"'{representation.name}' contains itself through '{first.name}' already"
                yield Diagnostic("bad-item", item.place, message, "choose a smaller representation here")
            elif item.limit is not None:
                place = subject.key(resource, *path, "limit")
                message = f"'{item.name}' shows a whole tree: its levels cannot be limited"
                yield Diagnostic("bad-item", place, message, "leave the limit out")
            first = first or item


def public_reads_show_nothing_sensitive(subject: Subject, resource: Resource) -> Found:
    """What everybody can list or retrieve shows no sensitive field, however deep."""
    for action in resource.actions:
        if action.policy != "public" or action.kind not in ("list", "retrieve"):
            continue
        listed = subject.listed(resource, action)
        for result in action.returns:
            leak = _sensitive_in(subject, (listed.name, result.representation or ""), set())
            if leak:
                place = subject.at(resource, "actions", action.name, "returns")
                message = f"the representation '{result.representation}' shows {leak}, which is sensitive, to everybody"
                yield Diagnostic(
                    "sensitive-exposed", place, message, "narrow the policy, or choose another representation"
                )


def _sensitive_in(subject: Subject, shape: Shape, seen: set[Shape]) -> str | None:
    """The first sensitive field of a shape or of those within it."""
    seen.add(shape)
    resource = subject.model.by_name.get(shape[0])
    if resource is None:
        return None
    items = next((each.items for each in resource.representations if each.name == shape[1]), ())
    for item, _ in all_items(items, ()):
        leak = next((each for each in fields_shown(subject, resource, item) if each.field.sensitive), None)
        if leak:
            return f"'{leak.owner}.{leak.field.name}'"
    inner = (far for _, far in _inner(subject, *shape) if far not in seen)
    return next((found for far in inner if (found := _sensitive_in(subject, far, seen))), None)


def shapes_are_told_apart(subject: Subject) -> Found:
    """Representations and objects are what clients call their types."""
    seen: dict[str, Place] = {}
    for name, place in _types(subject):
        if name in seen:
            message = f"clients would call this '{name}', and something else as well"
            yield clash("duplicate-name", place, message, seen[name], "choose another name")
        seen.setdefault(name, place)


def _types(subject: Subject) -> Iterator[tuple[str, Place]]:
    model = subject.model
    for resource in model.resources:
        yield from ((schema_name(resource, each.name), each.place) for each in resource.representations)
        for name in resource.objects:
            yield object_name(model, resource, name), subject.key(resource, "objects", name)
    for name in model.objects:
        yield name, key_place(subject.nodes[SHARED], "objects", name)
