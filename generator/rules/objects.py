"""Objects and lists of them: that they are known, come to an end, and hold what can be taken and told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.model import Field, Resource
from generator.rules.said_fields import Said
from generator.rules.subject import SHARED, Found, Subject, clash, unknown
from generator.specs.nodes import key_place, place_of

OF_OBJECTS = ("object", "objects")
NOT_COMPARED = (*OF_OBJECTS, "list")

Objects = Mapping[str, tuple[Field, ...]]


def object_is_known(subject: Subject, said: Said) -> Found:
    """A value of type object says which one it is, and so do the items of a list."""
    field = said.field
    if field.type not in OF_OBJECTS:
        return
    if field.object is None:
        message = f"'{field.name}' does not say which object it is"
        if field.type == "objects":
            message = f"'{field.name}' does not say which objects it holds"
        yield Diagnostic("unknown-object", field.place, message, "name one of 'objects'")
        return
    known = _known_at(subject, said)
    if field.object not in known:
        yield unknown("unknown-object", place_of(said.root, *said.path, "object"), field.object, "an object", known)


def lists_of_objects_are_not_stored(_: Subject, said: Said) -> Found:
    """No column holds a list of objects: records of their own can be found, counted and referred to."""
    if said.stored and said.field.type == "objects":
        message = f"'{said.field.name}' is a list of objects, which no column holds"
        hint = "make a resource of what is in it; inputs and results can have such lists"
        yield said.fault("type", "never-stored", message, hint)


def items_are_told_apart_by_a_member(subject: Subject, said: Said) -> Found:
    """`unique_by` is a member of the object, with a single value."""
    field = said.field
    members = {each.name: each for each in _known_at(subject, said).get(field.object or "", ())}
    if field.type != "objects" or field.unique_by is None or not members:
        return
    place = place_of(said.root, *said.path, "unique_by")
    found = members.get(field.unique_by)
    if found is None:
        yield unknown("unknown-field", place, field.unique_by, f"a member of {field.object}", members)
    elif found.type in NOT_COMPARED:
        message = f"'{found.name}' is of type {found.type}, which tells no items apart"
        yield Diagnostic("bad-unique-by", place, message, "choose a member with a single value")


def default_problem(field: Field) -> str | None:
    """What is wrong with the default of a list of objects: it begins empty, or there is none."""
    if field.default is None:
        return None if field.nullable else "null is not allowed"
    if field.default != []:
        return "a list of objects is empty by default, or null"
    return "it has too few items" if field.min_items else None


def _known_at(subject: Subject, said: Said) -> Objects:
    owner = next((each for each in subject.model.resources if subject.nodes[each.stem] is said.root), None)
    return {**subject.model.objects, **(owner.objects if owner else {})}


def lists_that_are_taken_are_bounded(subject: Subject, resource: Resource) -> Found:
    """What clients send has an end that the spec says, however deep it stands."""
    known = {**subject.model.objects, **resource.objects}
    inputs = [*resource.inputs, *(each.input for each in resource.actions if each.input and not each.input.name)]
    seen: set[str] = set()
    for field in _within(known, [item.field for given in inputs for item in given.items], seen):
        if field.type == "objects" and field.max_items is None:
            message = f"'max_items' is missing: clients send '{field.name}', and every list that is taken has an end"
            yield Diagnostic("missing-key", field.place, message, "say the most items that are sensible")


def _within(known: Objects, fields: Iterable[Field], seen: set[str]) -> Iterator[Field]:
    """The fields, and those of the objects among them, each object once."""
    for field in fields:
        yield field
        name = field.object or ""
        if field.type in OF_OBJECTS and name in known and name not in seen:
            seen.add(name)
            yield from _within(known, known[name], seen)


# --- objects within objects -------------------------------------------------------------------


def objects_end(subject: Subject, resource: Resource) -> Found:
    """No object of a resource holds itself."""
    yield from _circles(resource.objects, {**subject.model.objects, **resource.objects})


def shared_objects_end(subject: Subject) -> Found:
    """No shared object holds itself."""
    yield from _circles(subject.model.objects, subject.model.objects)


def _circles(objects: Objects, known: Objects) -> Found:
    for name, fields in objects.items():
        for field in fields:
            if field.type in OF_OBJECTS and field.object and _leads_to(known, field.object, name):
                message = f"{name} holds itself through '{field.name}', without end"
                yield Diagnostic("object-cycle", field.place, message, "let it hold something smaller")


def _leads_to(known: Objects, start: str, goal: str) -> bool:
    below = _within(known, known.get(start, ()), {start})
    return start == goal or any(field.object == goal for field in below if field.type in OF_OBJECTS)


def objects_shadow_nothing(subject: Subject, resource: Resource) -> Found:
    """An object's name means one thing wherever it is used."""
    for name in resource.objects:
        if name in subject.model.objects:
            first = key_place(subject.nodes[SHARED], "objects", name)
            message = f"'{name}' is a shared object already"
            yield clash("duplicate-name", subject.key(resource, "objects", name), message, first, "choose another name")
        if name in subject.model.by_name:
            first = subject.model.by_name[name].place
            message = f"'{name}' is a resource already, and both would be classes of one module"
            yield clash("duplicate-name", subject.key(resource, "objects", name), message, first, "choose another name")
