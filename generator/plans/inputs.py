"""Model → what `inputs/<stem>.py` says: a dataclass, the members and the schema of each input, and typed results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of

from generator.literals import Name, literal
from generator.members import key_of, member, object_of, result_owner, stand_ins
from generator.model import Action, BelongsTo, Field, FilePart, InputItem, Model, Resource, Result
from generator.operations import Operation, operations
from generator.plans.files import file_input
from generator.plans.module import Module, names_in
from generator.plans.objects import SHARED, classes_of, item_class
from generator.plans.policies import policy_name
from generator.plans.types import annotation, default_of, imports_of
from generator.reads.compiler import visible_reference
from generator.schemas import Schema, input_schema, pascal, patch_schema
from runtime.fieldtypes import FIELD_TYPES, UNLIMITED, Bounds

SUMMARY = "Shared objects that hooks answer with, or take lists of."


@dataclass(frozen=True, slots=True)
class Attribute:
    """One annotated line of a dataclass."""

    name: str
    annotation: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A dataclass: an input, a result or an object."""

    name: str
    summary: str
    attributes: tuple[Attribute, ...]
    rows: bool = False  # whether some members are rows


@dataclass(frozen=True, slots=True)
class InputPlan:
    """One `InputType`; `make`, `fields`, `files`, `schema` are source text. `new` is the class to print before it."""

    constant: str
    name: str
    make: str
    fields: str
    schema: str
    new: Class | None
    files: str | None = None


@dataclass(frozen=True, slots=True)
class InputsPlan:
    """The whole file."""

    results: tuple[Class, ...]
    inputs: tuple[InputPlan, ...]


def plan_inputs(model: Model, resource: Resource) -> Module | None:
    """The module of one resource's inputs and results; None where it has neither."""
    plan = InputsPlan(tuple(_results(model, resource)), tuple(_inputs(model, resource)))
    if not plan.results and not plan.inputs:
        return None
    return Module(
        path=f"inputs/{resource.stem}.py",
        template="inputs.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"What the operations of {resource.name} take, and what its hooks answer.",
        plan=plan,
        imports=(*_imports(plan), *_models(model, plan)),
        type_imports=tuple(_type_imports(model, plan)),
    )


def shared_results(model: Model) -> Module | None:
    """The module of the shared objects that some hook answers with."""
    used = sorted(name for resource in model.resources for name in classes_of(model, resource).shared)
    if not used:
        return None
    classes = tuple(
        _class(model, None, name, f"The object {name}.", model.objects[name]) for name in dict.fromkeys(used)
    )
    plan = InputsPlan(classes, ())
    return Module("inputs/_shared.py", "inputs.py", "spec/_shared.yaml", SUMMARY, plan, _imports(plan))


# --- inputs -----------------------------------------------------------------------------------


def input_constant(operation: Operation) -> str:
    """The name of an operation's `InputType` in its module."""
    return operation.name.upper()


def input_class(operation: Operation) -> str:
    """The name of the dataclass of an operation's body; PUT and create often share one."""
    return pascal(operation.name) + "Input"


def _inputs(model: Model, resource: Resource) -> Iterator[InputPlan]:
    """What an earlier input of the file has in the same form is taken from there by name."""
    seen: dict[str, str] = {}
    for operation in operations(resource):
        if operation.action.input is None:
            continue
        constant = input_constant(operation)
        named, summary = input_class(operation), _summary(operation)
        made = _class(model, resource, named, summary, _members(operation), _kept(operation))
        made = replace(
            made,
            attributes=(
                *made.attributes,
                *(_file(resource, operation.action, each) for each in operation.action.files),
            ),
        )
        # A hook's own class says what the hook takes, also where it happens to look like another one.
        own = made.name if operation.action.kind == "action" else ""
        name = seen.setdefault(f"class {own} {made.attributes}", made.name)
        fields = _fields(model, operation)
        schema = literal(_schema(model, operation))
        files = tuple(Name(file_input(model, resource, each)) for each in operation.action.files)
        shown_fields = seen.setdefault(f"fields {fields}", f"{constant}.fields")
        shown_schema = seen.setdefault(f"schema {schema}", f"{constant}.schema")
        yield InputPlan(
            constant=constant,
            name=operation.full_name,
            make=name,
            fields=fields if shown_fields == f"{constant}.fields" else shown_fields,
            schema=schema if shown_schema == f"{constant}.schema" else shown_schema,
            new=made if name == made.name else None,
            files=literal(files) if files else None,
        )


def _file(resource: Resource, action: Action, part: FilePart) -> Attribute:
    """A member that holds a file, or several."""
    if part.most is not None:
        return Attribute(part.name, "tuple[File, ...]", None if part.required else "()")
    alone = part.required and len(stand_ins(resource, action, part)) == 1
    return Attribute(part.name, "File" if alone else "File | None", None if alone else "None")


def _schema(model: Model, operation: Operation) -> Schema:
    make = patch_schema if operation.partial else input_schema
    return make(model, operation.resource, operation.action)


def _summary(operation: Operation) -> str:
    return f"The body of {operation.full_name}" + (": what is left out stays." if operation.partial else ".")


def _kept(operation: Operation) -> frozenset[str]:
    """Members whose absence is not the same as their default: in PATCH all, else those that not everybody may send."""
    items = operation.action.input.items if operation.action.input else ()
    return frozenset(item.name for item in items if operation.partial or item.policy)


def _members(operation: Operation) -> tuple[Field, ...]:
    return tuple(item.field for item in operation.action.input.items) if operation.action.input else ()


def _fields(model: Model, operation: Operation) -> str:
    items = operation.action.input.items if operation.action.input else ()
    return literal(tuple(Name(_field(model, operation.resource, item)) for item in items))


def _field(model: Model, resource: Resource, item: InputItem, *, as_json: bool = False) -> str:
    field = item.field
    more = {
        "attribute": f"{field.name}_id" if field.type == "reference" else None,
        "limits": _limits(field),
        "nullable": field.nullable or None,
        "required": field.required or None,
        "policy": item.policy and Name(f"policies.{policy_name(resource, item.policy)}"),
        "reference": _reference(model, resource, item) if field.type == "reference" else None,
        "nested": _nested(model, resource, field, as_json) if field.type in ("object", "objects") else None,
    }
    said = [f"name={literal(field.name)}", f"type={literal(field.type)}"]
    said += [f"{name}={literal(value)}" for name, value in more.items() if value is not None]
    return f"InputField({', '.join(said)})"


def _nested(model: Model, resource: Resource, field: Field, as_json: bool) -> Name:
    """What is in an object, which stays JSON with all that is in it, or in a list of them, whose items have a class."""
    plain = as_json or field.type == "object"
    inner = (InputItem(each.name, each, each.place) for each in object_of(model, resource, str(field.object)))
    members = literal(tuple(Name(_field(model, resource, each, as_json=plain)) for each in inner))
    said = [f"members={members}"]
    said += [] if plain else [f"make={item_class(resource, field)}"]
    said += [f"unique_by={literal(field.unique_by)}"] if field.unique_by else []
    return Name(f"Nested({', '.join(said)})")


def _limits(field: Field) -> Bounds | None:
    """What of the field's limits its values are still checked for once the schema has accepted them."""
    if field.type == "reference":
        return None
    bounds = Bounds(**{each.name: getattr(field, each.name) for each in fields_of(Bounds)})
    return None if bounds == UNLIMITED else bounds


def _reference(model: Model, resource: Resource, item: InputItem) -> Name:
    target = model.by_name[str(item.field.object)]
    relation = member(resource, item.source) if item.source else None
    acyclic = isinstance(relation, BelongsTo) and relation.acyclic
    said = [f"table={literal(target.table)}", 'key="id"', f"key_type={literal(key_of(target).type)}"]
    visible = visible_reference(model, target)
    said += [f"visible={literal(visible)}"] if visible else []
    said += [f"acyclic={literal(item.field.name + '_id')}"] if acyclic else []
    return Name(f"Reference({', '.join(said)})")


# --- results ----------------------------------------------------------------------------------


def result_class(action: Action, result: Result) -> str:
    """The dataclass that a hook answers with: `Favorite201`, or the named object."""
    return result.object or f"{pascal(action.name)}{result.status}"


def several_shapes(action: Action) -> bool:
    """Whether a row may be shown in several ways, so that the hook has to say which."""
    return sum(1 for result in action.returns if result.representation) > 1


def _results(model: Model, resource: Resource) -> Iterator[Class]:
    for name in classes_of(model, resource).own:
        yield _class(model, resource, name, f"The object {name}.", resource.objects[name])
    for action in resource.actions:
        for result in action.returns if action.kind == "action" else ():
            name = result_class(action, result)
            if result.representation and several_shapes(action):
                summary = f"{result.status} of {resource.stem}.{action.name}: the row with this key."
                key = key_of(result_owner(model, resource, action, result))
                yield Class(name, summary, (Attribute("key", FIELD_TYPES[key.type].python),))
            elif result.fields:
                summary = f"{result.status} of {resource.stem}.{action.name}."
                yield _class(model, resource, name, summary, _always(result.fields))


def _always(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Every inline member of a result is there."""
    return tuple(replace(field, required=True) for field in fields)


def _class(
    model: Model,
    resource: Resource | None,
    name: str,
    summary: str,
    fields: tuple[Field, ...],
    kept: frozenset[str] = frozenset(),
) -> Class:
    attributes = tuple(_attribute(model, resource, field, field.name in kept) for field in fields)
    return Class(name, summary, attributes, any(field.record for field in fields))


def _attribute(model: Model, resource: Resource | None, field: Field, kept: bool) -> Attribute:
    name = f"{field.name}_id" if field.type == "reference" else field.name
    item = item_class(resource, field)
    if field.has_const:
        return Attribute(name, annotation(model, field, item), literal(field.const))
    if field.required and not kept:
        return Attribute(name, annotation(model, field, item))
    default = None if kept else _default(field)
    return Attribute(name, annotation(model, field, item, unset=default is None), default or "UNSET")


def _default(field: Field) -> str | None:
    """What an absent member is, as source text; None where its absence has a meaning of its own."""
    value = default_of(field)
    if isinstance(value, Name) and (value in ("list", "dict") or value.startswith("lambda")):
        return f"field(default_factory={value})"
    return literal(value) if value is not None else "None" if field.nullable else None


def _imports(plan: InputsPlan) -> tuple[str, ...]:
    classes = [*plan.results, *(each.new for each in plan.inputs if each.new)]
    attributes = [each for made in classes for each in made.attributes]
    said = [text for each in attributes for text in (each.annotation, each.default) if text]
    said += [text for each in plan.inputs for text in (each.fields, each.files) if text]
    names = names_in(*said) | ({"InputType"} if plan.inputs else set())
    return (
        *(["from dataclasses import dataclass"] if classes else []),
        *(["from dataclasses import field"] if "field" in names else []),
        *imports_of(names),
        *(line for name, line in IMPORTS.items() if name in names),
        *(["from typing import TYPE_CHECKING"] if any(made.rows for made in plan.results) else []),
    )


def _models(model: Model, plan: InputsPlan) -> Iterator[str]:
    """The models of records that files become."""
    names = names_in(*(each.files for each in plan.inputs if each.files))
    for resource in model.resources:
        if resource.name in names:
            yield f"from generated.models.{resource.stem} import {resource.name}"


def _type_imports(model: Model, plan: InputsPlan) -> Iterator[str]:
    """The models of rows that are members of results."""
    names = names_in(*(each.annotation for made in plan.results for each in made.attributes))
    for resource in model.resources:
        if resource.name in names:
            yield f"from generated.models.{resource.stem} import {resource.name}"


IMPORTS = {
    "policies": "from generated import policies",
    "attachments": "from generated import attachments",
    "File": "from runtime.calls.files import File",
    "Sql": "from runtime.application import Sql",
    "Bounds": "from runtime.fieldtypes import Bounds",
    SHARED: f"from generated.inputs import _shared as {SHARED}",
} | {
    name: f"from runtime.inputs import {name}"
    for name in ("FileInput", "InputField", "InputType", "Nested", "Reference", "UNSET", "Unset")
}
