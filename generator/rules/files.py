"""Files: attachments of file fields, siblings, and the parts of forms that bring files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.members import is_about_a_record
from generator.model import Action, Attachment, Field, FilePart, HasMany, Resource
from generator.rules.inputs import needed
from generator.rules.subject import Found, Subject, named, unknown
from generator.rules.values import problem

TEXTS = ("string", "text")
# The columns that an attachment may set, and the types that hold what is set there.
SET = {"original_name": TEXTS, "size": ("integer",), "media_type": TEXTS, "stored_at": ("datetime",)}


def attachments_are_of_file_fields(subject: Subject, resource: Resource) -> Found:
    """What is said of an attachment is about a field that holds a file, and columns that can hold the rest."""
    fields = {each.name: each for each in resource.fields}
    for each in resource.attachments:
        found = fields.get(each.name)
        if found is None or found.type != "file":
            files = [name for name, field in fields.items() if field.type == "file"]
            yield unknown("unknown-field", each.place, each.name, f"a field of {resource.name} of type file", files)
            continue
        for key, types in SET.items():
            name = getattr(each, key)
            if name is not None:
                yield from _column(subject, resource, each, key, fields.get(name), types, found.nullable)
        if each.holder not in (None, "id") and each.holder not in {one.name for one in resource.belongs_to}:
            place = subject.at(resource, "attachments", each.name, "folder")
            known = ["id", *(one.name for one in resource.belongs_to)]
            yield unknown(
                "unknown-relation", place, str(each.holder), f"'id' or a belongs_to of {resource.name}", known
            )


def _column(
    subject: Subject,
    resource: Resource,
    attachment: Attachment,
    key: str,
    field: Field | None,
    types: tuple[str, ...],
    nullable: bool,
) -> Found:
    place = subject.at(resource, "attachments", attachment.name, key)
    if field is None:
        known = [each.name for each in resource.fields if each.type in types]
        yield unknown("unknown-field", place, getattr(attachment, key), f"a field of {resource.name}", known)
    elif field.type not in types:
        message = f"'{field.name}' is of type {field.type}, which holds no {key.replace('_', ' ')}"
        yield Diagnostic("bad-attachment", place, message, f"it takes one of type {' or '.join(types)}")
    elif nullable and not field.nullable:
        message = f"there may be no file, and then '{field.name}' has nothing to hold"
        yield Diagnostic("bad-attachment", place, message, f"make '{field.name}' nullable")


def siblings_are_sound(subject: Subject, resource: Resource) -> Found:
    """Siblings share a record; a limit says its error; the primary one is a boolean that is unique among them."""
    said = resource.siblings
    if said is None:
        return
    relations = {each.name: each for each in resource.belongs_to}
    relation = relations.get(said.of)
    if relation is None:
        place = subject.at(resource, "siblings", "of")
        yield unknown("unknown-relation", place, said.of, f"a belongs_to of {resource.name}", relations)
    elif relation.nullable:
        place = subject.at(resource, "siblings", "of")
        yield Diagnostic("bad-siblings", place, f"'{relation.name}' may be null: those without one share nothing")
    if said.most is not None and (said.error is None or said.message is None):
        place = subject.key(resource, "siblings", "most")
        yield Diagnostic("bad-siblings", place, "nothing says what one too many is told", "add 'error' and 'message'")
    if said.primary is not None:
        yield from _primary(subject, resource, said.primary, said.of)
    columns = subject.columns(resource)
    for name, place in named(resource, subject, "siblings", "order"):
        if name not in columns:
            yield unknown("unknown-field", place, name, f"a field of {resource.name}", columns)


def _primary(subject: Subject, resource: Resource, name: str, of: str) -> Found:
    place = subject.at(resource, "siblings", "primary")
    booleans = [each.name for each in resource.fields if each.type == "boolean" and not each.nullable]
    if name not in booleans:
        yield unknown("unknown-field", place, name, f"a boolean field of {resource.name}", booleans)
        return
    kept = any(
        each.fields == (of,) and each.where is not None and each.where.text == name for each in resource.identities
    )
    if not kept:
        hint = f"add 'identities: {{one_{name}: {{fields: [{of}], where: {name}}}}}'"
        yield Diagnostic("bad-siblings", place, f"nothing in the database keeps '{name}' from being true twice", hint)
    if not (resource.siblings and resource.siblings.order):
        yield Diagnostic("bad-siblings", place, "nothing says which one is next", "add 'order'")


# --- forms --------------------------------------------------------------------------------------


def files_go_somewhere(subject: Subject, resource: Resource) -> Found:
    """Every file that a form brings becomes the file of a field, or a record of its own that is complete."""
    for action in resource.actions:
        for part in action.files:
            path = ("actions", action.name, "files", part.name)
            place = subject.at(resource, *path, "into")
            if action.input and part.name in {each.name for each in action.input.items}:
                yield Diagnostic("duplicate-item", part.place, f"'{part.name}' is a member of the input already")
            if part.into in {each.name for each in resource.attachments}:
                yield from _into_field(subject, resource, action, part)
                continue
            relation = next((each for each in resource.has_many if each.name == part.into), None)
            if relation is None:
                known = [
                    *(own.name for own in resource.attachments),
                    *(many.name for many in _with_files(subject, resource)),
                ]
                what = f"a file field of {resource.name} with an attachment, or a has_many"
                yield unknown("unknown-relation", place, part.into, what, known)
                continue
            target = subject.model.by_name.get(relation.target)
            if target is not None:
                yield from _into_records(subject, resource, action, part, relation, target)


def _with_files(subject: Subject, resource: Resource) -> Iterator[HasMany]:
    for each in resource.has_many:
        target = subject.model.by_name.get(each.target)
        if target is not None and target.attachments:
            yield each


def _into_field(subject: Subject, resource: Resource, action: Action, part: FilePart) -> Found:
    path = ("actions", action.name, "files", part.name)
    for key in ("most", "set"):
        if subject.node(resource, *path, key) is not None:
            message = f"'{part.into}' is one field: '{key}' is for records that files become"
            yield Diagnostic("bad-files", subject.key(resource, *path, key), message, "leave it out")
    attachment = next(each for each in resource.attachments if each.name == part.into)
    parent = resource.parent if not is_about_a_record(action) else None
    expected = parent or "id"
    yield from _held(subject, resource, action, part, attachment, expected, new=action.kind == "create" and not parent)


def _into_records(
    subject: Subject, resource: Resource, action: Action, part: FilePart, relation: HasMany, target: Resource
) -> Found:
    path = ("actions", action.name, "files", part.name)
    if len(target.attachments) != 1:
        message = f"{target.name} has {'no attachment' if not target.attachments else 'several attachments'}"
        place = subject.at(resource, *path, "into")
        yield Diagnostic("bad-files", place, message, "its 'attachments' say what the file becomes")
        return
    attachment = target.attachments[0]
    yield from _held(subject, resource, action, part, attachment, relation.inverse, new=action.kind == "create")
    fields = {each.name: each for each in target.fields}
    for name, value in part.sets:
        field = fields.get(name)
        if field is None:
            place = subject.key(resource, *path, "set", name)
            yield unknown("unknown-field", place, name, f"a field of {target.name}", fields)
        elif wrong := problem(field, value):
            place = subject.at(resource, *path, "set", name)
            yield Diagnostic("bad-files", place, f"this is not a value of '{name}': {wrong}")
    if action.kind == "action":
        return  # its hook makes the records
    given = {*attachment.columns, relation.inverse, *(name for name, _ in part.sets)}
    for name in needed(target):
        if name not in given:
            message = f"a {target.name} cannot be made of a file alone: '{name}' is needed"
            yield Diagnostic("create-incomplete", part.place, message, f"set it here, or give '{name}' a default")


def _held(
    subject: Subject,
    resource: Resource,
    action: Action,
    part: FilePart,
    attachment: Attachment,
    expected: str,
    *,
    new: bool,
) -> Found:
    """The record whose key names the folder is known before the file is stored."""
    if attachment.holder is None:
        return
    if action.kind == "action" and not is_about_a_record(action) and not action.parameters:
        message = f"'{part.name}' would be stored below a record's key, and '{action.name}' is about none"
        yield Diagnostic(
            "bad-files", part.place, message, "say which with 'scope', or let the action stand at the item"
        )
    elif attachment.holder != expected:
        message = f"its folder is named by '{attachment.holder}', and here only '{expected}' is known"
        yield Diagnostic("bad-files", part.place, message)
    elif new and _key_is_counted(resource):
        message = f"the key of a new {resource.name} is known only when it is made, and the file is stored before that"
        yield Diagnostic(
            "bad-files", part.place, message, "give it a key of type uuid, or the folder no name in braces"
        )


def _key_is_counted(resource: Resource) -> bool:
    return any(each.name == "id" and each.type != "uuid" for each in resource.fields)
