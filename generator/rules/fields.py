"""Fields: what each type understands, and that limits, defaults and examples fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.model import Field, Resource
from generator.resolve.fields import fields as fields_of
from generator.resolve.said import items, pairs, text
from generator.resolve.words import article
from generator.rules import limits, objects
from generator.rules.said_fields import Said
from generator.rules.subject import SHARED, Found, Subject, is_automatic, unknown
from generator.rules.values import problem
from generator.specs.nodes import Node, Step, key_place, place_of
from runtime.fieldtypes import FIELD_TYPES

KEY_TYPES = ("id", "uuid")
LIMITS = ("min", "max", "min_length", "max_length", "min_items", "max_items", "pattern", "trim", "places")
ONLY_WITH: Mapping[str, tuple[str, ...]] = {
    "enum": ("enum",),
    "values": ("enum",),
    "from": ("slug",),
    "suffix": ("slug",),
    "object": ("object", "objects"),
    "unique_by": ("objects",),
}
TEXTS = ("string", "text")
NEVER_UNIQUE = ("list", "object", "counter", "password", "boolean")


FieldRule = Callable[[Subject, Said], Found]


def fields_are_sound(subject: Subject, resource: Resource) -> Found:
    """Every rule about one field, for the fields of a resource and of its objects, inputs, results and errors."""
    for said in _all_said(subject, resource):
        for rule in FIELD_RULES:
            yield from rule(subject, said)


def shared_objects_are_sound(subject: Subject) -> Found:
    """The same for shared objects."""
    root = subject.nodes[SHARED]
    for name, fields in subject.model.objects.items():
        for said in _said(fields, root, ("objects", name), stored=False, taken=True):
            for rule in FIELD_RULES:
                yield from rule(subject, said)


def _all_said(subject: Subject, resource: Resource) -> Iterator[Said]:
    root = subject.nodes[resource.stem]
    yield from _said(resource.fields, root, ("fields",), stored=True, taken=True)
    for name, fields in resource.objects.items():
        yield from _said(fields, root, ("objects", name), stored=False, taken=True)
    for path, taken in _places_of_own_fields(subject, resource):
        node = subject.node(resource, *path)
        enums = {each.name: each.values for each in subject.model.enums}
        yield from _said(fields_of(node, enums), root, path, stored=False, taken=taken)


def _places_of_own_fields(subject: Subject, resource: Resource) -> Iterator[tuple[tuple[Step, ...], bool]]:
    """Where fields are defined outside `fields`: a mapping there holds definitions."""
    for path in _inputs(resource):
        yield path, True
        listed = items(subject.node(resource, *path))
        yield from (((*path, index), True) for index, item in enumerate(listed) if _is_definition(item))
    for action in resource.actions:
        for error in action.errors:
            yield ("actions", action.name, "errors", error.code, "fields"), False
        for result in action.returns:
            if result.fields:
                yield ("actions", action.name, "returns", str(result.status)), False


def _inputs(resource: Resource) -> Iterator[tuple[Step, ...]]:
    yield from (("inputs", str(each.name)) for each in resource.inputs)
    yield from (("actions", each.name, "input") for each in resource.actions)


def _is_definition(item: Node) -> bool:
    """Of the items of an input's list: a name with a type, where others narrow a member of the resource."""
    return any(text(value, "type") for _, value in pairs(item))


def _said(fields: Iterable[Field], root: Node, path: tuple[Step, ...], *, stored: bool, taken: bool) -> Iterator[Said]:
    plain = (each for each in fields if each.record is None and each.state is None)
    return (Said(each, root, (*path, each.name), stored, taken) for each in plain)


# --- the key ----------------------------------------------------------------------------------


def records_have_a_key(subject: Subject, resource: Resource) -> Found:
    """The key is the field `id`, and only it."""
    fields = {each.name: each for each in resource.fields}
    key = fields.get("id")
    if key is None:
        place = key_place(subject.nodes[resource.stem], "fields")
        yield Diagnostic("missing-id", place, f"{resource.name} has no field 'id'", "add 'id: {type: id}'")
    elif key.type not in KEY_TYPES:
        place = subject.at(resource, "fields", "id", "type")
        yield Diagnostic("bad-id", place, "the field 'id' is of type id or uuid")
    for field in resource.fields:
        if field.type == "id" and field.name != "id":
            place = subject.at(resource, "fields", field.name, "type")
            yield Diagnostic("bad-id", place, "only the field 'id' is of type id", "a relation is a belongs_to")


# --- one field --------------------------------------------------------------------------------


def _only_what_the_type_has(_: Subject, said: Said) -> Found:
    field = said.field
    understood = FIELD_TYPES[field.type].limits
    wrong = [name for name in LIMITS if said.says(name) and name not in understood]
    wrong += [key for key, owners in ONLY_WITH.items() if said.says(key) and field.type not in owners]
    for name in wrong:
        place = key_place(said.root, *said.path, name)
        known = ", ".join(sorted({*understood, *(key for key, owners in ONLY_WITH.items() if field.type in owners)}))
        hint = f"it has {known}" if known else None
        message = f"'{field.name}' is of type {field.type}, which has no '{name}'"
        yield Diagnostic("limit-not-for-type", place, message, hint)
    if said.stored and field.unique and field.type in NEVER_UNIQUE:
        message = f"'{field.name}' is of type {field.type}, which cannot be unique"
        yield said.fault("unique", "limit-not-for-type", message)


def _says_what_happens_without_it(_: Subject, said: Said) -> Found:
    field = said.field
    if not said.taken or is_automatic(field) or field.has_const:
        return
    if not (field.required or field.nullable or field.has_default):
        message = f"'{field.name}' does not say what it is when a client leaves it out"
        yield Diagnostic(
            "undecided-field", field.place, message, "say 'required: true', 'nullable: true' or a 'default'"
        )


def _does_not_contradict_itself(_: Subject, said: Said) -> Found:
    field = said.field
    if field.required and field.has_default:
        message = f"'{field.name}' is required, so its default is never used"
        yield Diagnostic("contradiction", key_place(said.root, *said.path, "default"), message, "keep one of the two")
    if not said.stored or not is_automatic(field) or field.type == "file":
        return
    for key in ("required", "default", "nullable"):
        if said.says(key) and not (field.name == "id" and field.type == "uuid" and key == "default"):
            message = f"'{field.name}' is set by the server: '{key}' has no meaning"
            yield Diagnostic("contradiction", key_place(said.root, *said.path, key), message, "leave it out")


def _enum_has_values(subject: Subject, said: Said) -> Found:
    field = said.field
    known = {each.name: each for each in subject.model.enums}
    if field.enum is not None and field.enum not in known:
        yield unknown("unknown-enum", place_of(said.root, *said.path, "enum"), field.enum, "an enum", known)
    if field.type != "enum":
        return
    if said.says("enum") and said.says("values"):
        yield said.fault("values", "enum-values", f"'{field.name}' has an enum and values of its own", "keep one")
    elif not said.says("enum") and not said.says("values"):
        hint = "name a shared 'enum', or list 'values'"
        yield Diagnostic("enum-values", field.place, f"the enum '{field.name}' has no values", hint)


def _default_is_a_value(_: Subject, said: Said) -> Found:
    field = said.field
    if not field.has_default or is_automatic(field):
        return
    wrong = objects.default_problem(field) if field.type == "objects" else problem(field, field.default)
    if wrong:
        yield said.fault("default", "bad-default", f"this default is not a value of '{field.name}': {wrong}")


def _examples_are_values(_: Subject, said: Said) -> Found:
    field = said.field
    for index, example in enumerate(field.examples):
        wrong = problem(replace(field, nullable=True), example)
        if wrong:
            place = place_of(said.root, *said.path, "examples", index)
            yield Diagnostic("bad-example", place, f"this example is not a value of '{field.name}': {wrong}")


def _type_is_for_columns(_: Subject, said: Said) -> Found:
    if not said.stored and said.field.type in ("id", "counter", "slug", "created", "updated") and said.taken:
        message = f"{article(said.field.type)} {said.field.type} is made by the server and stored: nobody sends it"
        yield said.fault("type", "automatic-input", message)


FIELD_RULES: tuple[FieldRule, ...] = (
    _only_what_the_type_has,
    _says_what_happens_without_it,
    _does_not_contradict_itself,
    limits.limits_are_values,
    limits.limits_are_in_order,
    _enum_has_values,
    objects.object_is_known,
    objects.lists_of_objects_are_not_stored,
    objects.items_are_told_apart_by_a_member,
    limits.pattern_is_portable,
    _default_is_a_value,
    _examples_are_values,
    _type_is_for_columns,
)


def slugs_have_a_source(subject: Subject, resource: Resource) -> Found:
    """A slug is made from a text of the same record."""
    fields = {each.name: each for each in resource.fields}
    for field in resource.fields:
        if field.type != "slug":
            continue
        source = fields.get(field.slug_from or "")
        if field.slug_from is None:
            message = f"the slug '{field.name}' does not say what it is made from"
            yield Diagnostic("slug-source", field.place, message, "name a text field: 'from: name'")
        elif source is None:
            place = subject.at(resource, "fields", field.name, "from")
            yield unknown("unknown-field", place, field.slug_from, f"a field of {resource.name}", fields)
        elif source.type not in TEXTS:
            place = subject.at(resource, "fields", field.name, "from")
            yield Diagnostic("slug-source", place, f"a slug is made from a string or text; '{source.name}' is neither")


def enums_have_values(subject: Subject) -> Found:
    """A shared enum lists something."""
    for enum in subject.model.enums:
        if not enum.values:
            yield Diagnostic("enum-values", enum.place, f"the enum '{enum.name}' has no values")
