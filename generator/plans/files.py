"""Model → `attachments.py`: what file fields hold; and what inputs and the application say of files."""

from __future__ import annotations

from dataclasses import dataclass

from generator.literals import Name, literal
from generator.members import column_named, column_of, kept_in, key_of, member
from generator.model import Attachment, BelongsTo, FilePart, HasMany, Model, Resource
from generator.plans.module import Module


@dataclass(frozen=True, slots=True)
class AttachmentPlan:
    """One constant and its value as source text."""

    constant: str
    source: str


def plan_attachments(model: Model) -> Module | None:
    """The module of what all file fields hold; None where there are none."""
    found = [(resource, each) for resource in model.resources for each in resource.attachments]
    if not found:
        return None
    plan = tuple(AttachmentPlan(constant(owner, each), _source(owner, each)) for owner, each in found)
    return Module(
        path="attachments.py",
        template="attachments.py",
        source="spec/",
        summary="What the file fields hold.",
        plan=plan,
        imports=("from runtime.application import Attachment",),
    )


def constant(owner: Resource, attachment: Attachment) -> str:
    """The name of an attachment in its module."""
    return f"{owner.stem}_{attachment.name}".upper()


def _source(owner: Resource, attachment: Attachment) -> str:
    field = member(owner, attachment.name)
    said: dict[str, object] = {
        "table": owner.table,
        "key": key_of(owner).name,
        "column": attachment.name,
        "prefix": attachment.folder,
        "by_holder": attachment.holder is not None,
        "nullable": getattr(field, "nullable", False),
        "accept": attachment.accept,
        "max_bytes": attachment.max_bytes,
        "max_pixels": attachment.max_pixels,
        "original_name": attachment.original_name,
        "size": attachment.size,
        "media_type": attachment.media_type,
        "stored_at": attachment.stored_at,
    }
    return _made("Attachment", said)


def siblings(model: Model, resource: Resource) -> str | None:
    """What the records of a resource are to each other, as source text."""
    said = resource.siblings
    if said is None:
        return None
    relation = member(resource, said.of)
    assert isinstance(relation, BelongsTo)
    parent = model.by_name[relation.target]
    order = [(column_of(column_named(resource, name.removeprefix("-"))), name.startswith("-")) for name in said.order]
    return _made(
        "Siblings",
        {
            "table": resource.table,
            "key": key_of(resource).name,
            "of": column_of(relation),
            "parent": parent.table,
            "parent_key": key_of(parent).name,
            "most": said.most,
            "code": said.error,
            "message": said.message,
            "primary": said.primary,
            "order": tuple(order) or None,
        },
    )


def file_input(model: Model, resource: Resource, part: FilePart) -> str:
    """What an input says of a file, as source text. Files for a has_many become records of its model."""
    owner, attachment = kept_in(model, resource, part)
    said: dict[str, object] = {
        "name": part.name,
        "attachment": Name(f"attachments.{constant(owner, attachment)}"),
        "most": part.most,
        "required": part.required or None,
    }
    relation = next((each for each in resource.has_many if each.name == part.into), None)
    if isinstance(relation, HasMany):
        said |= {"model": Name(owner.name), "relation": f"{relation.inverse}_id", "sets": dict(part.sets) or None}
    return _made("FileInput", said)


def _made(name: str, said: dict[str, object]) -> str:
    return f"{name}({', '.join(f'{key}={literal(value)}' for key, value in said.items() if value is not None)})"
