"""What a name stands for in a resource, and where a path of relations ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model import (
    Action,
    Aggregate,
    Attachment,
    BelongsTo,
    Computed,
    Field,
    FilePart,
    Guard,
    HasMany,
    Model,
    Representation,
    Resource,
    Result,
    StateMachine,
    Transition,
)

Member = Field | BelongsTo | HasMany | Computed | Aggregate


def member(resource: Resource, name: str) -> Member:
    """The field, relation, computed value or aggregate called `name`. The rules have made sure there is one."""
    groups: tuple[Iterable[Member], ...] = (
        resource.fields,
        resource.belongs_to,
        resource.has_many,
        resource.computed,
        resource.aggregates,
    )
    return next(each for group in groups for each in group if each.name == name)


def key_of(resource: Resource) -> Field:
    """The primary key: the field `id`."""
    return next(field for field in resource.fields if field.name == "id")


def target_of(model: Model, resource: Resource, relation: str) -> Resource:
    """The resource at the other end of one relation."""
    found = member(resource, relation)
    if not isinstance(found, BelongsTo | HasMany):
        raise TypeError(f"{relation} is no relation of {resource.name}")  # the rules have made sure
    return model.by_name[found.target]


def end_of(model: Model, resource: Resource, path: Iterable[str]) -> Resource:
    """The resource at the end of a dotted way over relations."""
    for step in path:
        resource = target_of(model, resource, step)
    return resource


def repeats(relations: Iterable[BelongsTo | HasMany]) -> bool:
    """Whether a way over these relations may reach a record several times: by a belongs_to of many records."""
    many = False
    for each in relations:
        if many and isinstance(each, BelongsTo):
            return True
        many = many or isinstance(each, HasMany)
    return False


def representation_of(resource: Resource, name: str) -> Representation:
    """The representation called `name`."""
    return next(each for each in resource.representations if each.name == name)


def object_of(model: Model, resource: Resource, name: str) -> tuple[Field, ...]:
    """The members of a named object: the resource's own, else the shared one."""
    own: Mapping[str, tuple[Field, ...]] = resource.objects
    return own[name] if name in own else model.objects[name]


def listed_by(model: Model, resource: Resource, action: Action) -> Resource:
    """The resource whose records an action shows: that of its `of`, else its own."""
    return target_of(model, resource, action.of) if action.of else resource


def result_owner(model: Model, resource: Resource, action: Action, result: Result) -> Resource:
    """The resource whose representation a result shows."""
    return model.by_name[result.of] if result.of else listed_by(model, resource, action)


def shown_record(model: Model, field: Field) -> tuple[Resource, str]:
    """The resource and the representation that a member of type `record` shows."""
    owner, _, shape = str(field.record).partition(".")
    return model.by_name[owner], shape


def attachment_of(resource: Resource, name: str) -> Attachment:
    """What the `file` field called `name` holds."""
    return next(each for each in resource.attachments if each.name == name)


def kept_in(model: Model, resource: Resource, part: FilePart) -> tuple[Resource, Attachment]:
    """Whose attachment a file part becomes: that of its own field, or the one of the records at the other end."""
    if part.into in {each.name for each in resource.attachments}:
        return resource, attachment_of(resource, part.into)
    owner = target_of(model, resource, part.into)
    return owner, owner.attachments[0]


def value_type(model: Model, field: Field) -> str:
    """The type of what is sent for a field: for a reference that of the key it names."""
    return key_of(model.by_name[str(field.object)]).type if field.type == "reference" else field.type


def stand_ins(resource: Resource, action: Action, part: FilePart) -> tuple[str, ...]:
    """The names under which a file may come instead of `part`, its own among them: one field takes one file."""
    alike = part.into in {each.name for each in resource.attachments}
    return tuple(each.name for each in action.files if each == part or (alike and each.into == part.into))


def is_about_a_record(action: Action) -> bool:
    """Whether an action is about one record of its resource: the path names it, or the scope leaves only one."""
    return action.on == "item" or (action.kind == "action" and action.on == "collection" and action.scope is not None)


def is_custom(action: Action) -> bool:
    """Whether a hook does the work."""
    return action.kind == "action" and action.responds is None


def transition_named(machine: StateMachine, name: str) -> Transition:
    """The transition called `name`."""
    return next(each for each in machine.transitions if each.name == name)


def guard_named(resource: Resource, name: str) -> Guard:
    """The guard called `name`."""
    return next(each for each in resource.guards if each.name == name)


def machine_of(resource: Resource) -> StateMachine:
    """The state machine of a resource that has one."""
    assert resource.machine is not None, f"{resource.name} has no state machine"
    return resource.machine


def column_named(resource: Resource, name: str) -> Field | BelongsTo:
    """The field or belongs_to called `name`."""
    found = member(resource, name)
    if not isinstance(found, Field | BelongsTo):
        raise TypeError(f"{name} is no column of {resource.name}")  # the rules have made sure
    return found


def column_of(found: Field | BelongsTo) -> str:
    """The name of the column that a field or belongs_to is kept in."""
    return f"{found.name}_id" if isinstance(found, BelongsTo) else found.name
